package rules

import (
	"slices"
	"strings"
)

// Windows lists the hours since an interaction, ascending, at which an answer of a day
// may change: those of every rule of the book that is a window or a silence, of
// whatever type.
func Windows(on Date) []int64 {
	var hours []int64
	for _, id := range theBook.order {
		if !strings.HasSuffix(id, "window") && !strings.HasSuffix(id, ".silence") {
			continue
		}
		if n := theBook.rules[id].latest(on).n; n > 0 {
			hours = append(hours, n)
		}
	}
	slices.Sort(hours)
	return slices.Compact(hours)
}
