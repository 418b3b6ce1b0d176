package app

import (
	"maps"

	"postage/rules"
)

// The days within which changes are looked for: from the book's first rules to
// what is announced last.
var firstDay, lastDay = rules.Span()

// changesOf works out on which days the answer becomes another one: the answers
// that the screen gives where just the day of sending is another, with the
// questions and the options of that day.
func changesOf(f *form) []rules.Change {
	changes, _ := rules.ChangesOf(func(day rules.Date) (rules.Scenario, error) {
		other := *f
		other.asked = nil
		other.values = maps.Clone(f.values)
		other.values[pathOn] = day.String()
		scenario, mistakes := other.scenario()
		if len(mistakes) > 0 {
			return rules.Scenario{}, &rules.Error{Path: mistakes[0].path, Code: rules.OutOfRange}
		}
		return scenario, nil
	}, firstDay, lastDay)
	return changes
}
