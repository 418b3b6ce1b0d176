package model

import (
	"postage/app/form"
	"postage/rules"
)

// MixOf finds the best way for each group of a form for the purpose that it says, and
// rests between the types. It is nil where the form has no answer.
func MixOf(f *form.Form, rest func()) *rules.Mix {
	asked, mistakes := f.Scenario()
	if len(mistakes) > 0 {
		return nil
	}
	m, err := rules.MixOf(asked, f.Mix(), func(m rules.Message) rules.Scenario {
		rest()
		other, _ := f.As(m).Scenario()
		return other
	})
	if err != nil {
		return nil
	}
	return &m
}
