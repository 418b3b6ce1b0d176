package rules

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// tables are the files of the book beside its rate cards, which the facts name,
// and their sheets of volume tiers, which cards/tiers names.
var tables = [...]string{
	"zalo-uid", "zalo-zns", "messenger", "whatsapp", "errors", "left-out", "notices", "checked", "providers", "purposes", "readings", "sources", "starts", "zns-conversion",
	"cards/markets", "cards/tiers",
}

// BookVersion tells one state of the book from another: eight hexadecimal
// digits that change with its files. Whoever keeps an answer keeps it beside, to
// tell later whether the book is still the same.
func BookVersion() string { return bookVersion() }

var bookVersion = sync.OnceValue(func() string {
	hash := uint32(2166136261) // FNV-1a
	for _, name := range bookTables() {
		for _, c := range must(bookFiles.ReadFile("book/" + name + ".csv")) {
			hash = (hash ^ uint32(c)) * 16777619
		}
	}
	return strconv.FormatUint(1<<32|uint64(hash), 16)[1:]
})

// bookTables are the names of all files of the book.
func bookTables() []string {
	names := append([]string{}, tables[:]...)
	for _, id := range theBook.order {
		if !strings.HasPrefix(id, cardRule(defaultCurrency)) {
			continue
		}
		for _, f := range theBook.rules[id].facts {
			if f.Value != none {
				names = append(names, "cards/"+f.Value)
			}
		}
	}
	for _, row := range theBook.shelf.sheetRows() {
		if name := "cards/" + row.sheet; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
