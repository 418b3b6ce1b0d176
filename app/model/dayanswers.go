package model

import (
	"postage/app/form"
	"postage/rules"
)

// ChangesOf works out on which days the answer becomes another one: the answers
// that the screen gives where just the day of sending is another, with the
// questions and the options of that day.
func ChangesOf(f *form.Form) []rules.Change {
	first, last := rules.Span() // to what is announced last
	changes, _ := rules.ChangesOf(func(day rules.Date) (rules.Scenario, error) {
		scenario, mistakes := f.On(day).Scenario()
		if len(mistakes) > 0 {
			return rules.Scenario{}, &rules.Error{Path: mistakes[0].Path, Code: rules.OutOfRange}
		}
		return scenario, nil
	}, first, last)
	return changes
}
