package model

import (
	"slices"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/rules"
)

// A WayList is every type that could serve a purpose for the same people. It is
// not changed afterwards: working it out takes as long as some twenty answers,
// so a new one waits until typing pauses, and the rows show this one alone.
type WayList struct {
	Key     string // what it was worked out for
	Purpose rules.Purpose
	All     []Way // those that may be sent first, by cost
}

// A Way is one type in the place of the chosen one, as the rules compare it.
type Way struct {
	rules.Option
	Unsaid []rules.Check // that rest on what nobody said, one of each code
	Ask    string        // the question that would settle the first of those
}

// AllWays lists the ways to serve a purpose, and rests between them. The form
// must have an answer.
func AllWays(f *form.Form, purpose rules.Purpose, rest func()) []Way {
	asked, mistakes := f.Scenario()
	if len(mistakes) > 0 {
		return nil
	}
	// The book may know something of a country that a type does not ask for.
	for i := range asked.Audience {
		if to := &asked.Audience[i].Country; *to == "" {
			*to = f.Values[form.GroupPath(i, "country")]
		}
	}
	options := rules.Compare(asked, purpose, func(m rules.Message) rules.Scenario {
		rest()
		other, _ := f.As(m).Scenario()
		for i := range other.Audience {
			if to := &other.Audience[i].Country; *to == "" {
				*to = asked.Audience[i].Country
			}
		}
		return other
	})
	list := make([]Way, len(options))
	for i, o := range options {
		list[i].Option = o
		list[i].seeUnsaid()
	}
	return list
}

// seeUnsaid finds the checks that rest on what nobody said. Of the chosen way the
// answer itself tells.
func (w *Way) seeUnsaid() {
	if w.Chosen || !w.Sent() {
		return
	}
	for i := range w.Quote.Segments {
		for _, c := range checksOf(w.Quote, i) {
			same := func(d rules.Check) bool { return d.Code == c.Code }
			if c.Outcome != rules.Unknown || slices.ContainsFunc(w.Unsaid, same) {
				continue
			}
			w.Unsaid = append(w.Unsaid, c)
			if w.Ask == "" && len(c.Needs) > 0 {
				w.Ask = c.Needs[0]
			}
		}
	}
}

func TotalCurrency(q *rules.Quote) string {
	if q == nil {
		return ""
	}
	t, _ := q.Total()
	return t.Currency
}

// A PurposeMeant is what the user says the messages are for, and of which type.
type PurposeMeant struct {
	Purpose rules.Purpose
	Kind    rules.MessageType
}

// AddNotes adds what must be said once of all the rows.
func (l *WayList) AddNotes(notes []string, v *Way) []string {
	note := func(key string, holds bool) {
		if holds && !slices.Contains(notes, key) {
			notes = append(notes, key)
		}
	}
	note("ways.dropped", v.Dropped)
	if v.Quote == nil {
		return notes
	}
	if _, ok := v.Quote.Total(); ok && l.Chosen().Sent() {
		_, _, unlike := l.Saving(v)
		note(unlike, unlike != "" && TotalCurrency(l.Chosen().Quote) != "")
	}
	note("ways.own", hasOwn(v.Quote))
	c := v.Quote.Converted
	note("ways.converted", c != nil && len(v.Quote.Totals) > 0 && c.Currency != v.Quote.Totals[0].Currency)
	return notes
}

// Chosen is the row of the chosen type; nil where there is no list.
func (l *WayList) Chosen() *Way {
	for i := range l.All {
		if l.All[i].Chosen {
			return &l.All[i]
		}
	}
	return nil
}

// Saving is what a priced way costs less than the chosen one. Where nothing can be said,
// unlike is the key of the text that says why: the two are in two currencies, or one
// is without its tax and the other is not. What is free is less than either.
func (l *WayList) Saving(v *Way) (saved decimal.Decimal, currency, unlike string) {
	chosen := l.Chosen()
	now, priced := chosen.Quote.Total()
	t, _ := v.Quote.Total()
	currency = t.Currency
	if t.Gross.IsZero() {
		currency = now.Currency
	}
	switch free := now.Gross.IsZero() || t.Gross.IsZero(); {
	case !priced || !free && now.Currency != t.Currency:
		unlike = "ways.currencies"
	case !free && IsUntaxed(chosen.Quote, &chosen.Scenario.Pricing) != IsUntaxed(v.Quote, &v.Scenario.Pricing):
		unlike = "ways.taxes"
	}
	return now.Gross.Sub(t.Gross), currency, unlike
}

// Missing is the path of what a way lacks, empty where it lacks nothing.
func (w *Way) Missing() string {
	if w.Error == nil {
		return ""
	}
	return w.Error.Path
}

// For is what the messages of a form are for: what the user said of the chosen
// type, or of another one if the chosen type can serve that too, else what the type
// is for first.
func (m PurposeMeant) For(f *form.Form) rules.Purpose {
	kind := f.Kind()
	can := rules.PurposesOf(kind)
	if m.Purpose != "" && (m.Kind == kind || slices.Contains(can, m.Purpose)) {
		return m.Purpose
	}
	if len(can) == 0 {
		return ""
	}
	const offer = "message.promotional"
	asks := func(q form.Question) bool { return q.Path == offer }
	if f.Get(offer) == form.Yes && (slices.Contains(can, rules.Promotion) || slices.ContainsFunc(f.Questions(), asks)) {
		return rules.Promotion // also where this type may carry none
	}
	asked, _ := f.Scenario()
	return rules.PurposeOf(asked)
}

// Adopt puts the answers of another way into the form.
func (c *Calculation) Adopt(w *Way) {
	c.Form.TakeOver(c.Form.As(w.Scenario.Message))
}

// hasOwn reports whether something that the user adds is in a quote.
func hasOwn(q *rules.Quote) bool {
	return slices.ContainsFunc(q.Lines, func(l rules.Line) bool { return l.Segment == nil && l.Code != "package-fee" })
}
