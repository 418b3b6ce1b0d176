package app

import (
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A wayList is every type that could serve a purpose for the same people. It is
// not changed afterwards: working it out takes as long as some twenty answers,
// so a new one waits until typing pauses, and the rows show this one alone.
type wayList struct {
	key     string // what it was worked out for
	purpose rules.Purpose
	all     []way // those that may be sent first, by cost
}

// A way is one type in the place of the chosen one, as the rules compare it.
type way struct {
	rules.Option
	unsaid []rules.Check // that rest on what nobody said, one of each code
	ask    string        // the question that would settle the first of those
}

// allWays lists the ways to serve a purpose, and rests between them. The form
// must have an answer.
func allWays(f *form, purpose rules.Purpose, rest func()) []way {
	asked, mistakes := f.scenario()
	if len(mistakes) > 0 {
		return nil
	}
	options := rules.Compare(asked, purpose, func(m rules.Message) rules.Scenario {
		rest()
		other, _ := f.as(m).scenario()
		return other
	})
	list := make([]way, len(options))
	for i, o := range options {
		list[i].Option = o
		list[i].seeUnsaid()
	}
	return list
}

// seeUnsaid finds the checks that rest on what nobody said. Of the chosen way the
// answer itself tells.
func (w *way) seeUnsaid() {
	if w.Chosen || !w.Sent() {
		return
	}
	for i := range w.Quote.Segments {
		for _, c := range w.Quote.Segments[i].Checks {
			same := func(d rules.Check) bool { return d.Code == c.Code }
			if c.Outcome != rules.Unknown || slices.ContainsFunc(w.unsaid, same) {
				continue
			}
			w.unsaid = append(w.unsaid, c)
			if w.ask == "" && len(c.Needs) > 0 {
				w.ask = c.Needs[0]
			}
		}
	}
}

func totalCurrency(q *rules.Quote) string {
	if q == nil {
		return ""
	}
	t, _ := q.Total()
	return t.Currency
}

// A purposeMeant is what the user says the messages are for, and of which type.
type purposeMeant struct {
	purpose rules.Purpose
	kind    rules.MessageType
}

// addNotes adds what must be said once of all the rows.
func (l *wayList) addNotes(notes []string, v *way) []string {
	note := func(key string, holds bool) {
		if holds && !slices.Contains(notes, key) {
			notes = append(notes, key)
		}
	}
	note("ways.dropped", v.Dropped)
	if v.Quote == nil {
		return notes
	}
	if t, ok := v.Quote.Total(); ok && l.chosen().Sent() {
		_, _, comparable := l.saving(t)
		note("ways.currencies", !comparable && totalCurrency(l.chosen().Quote) != "")
	}
	note("ways.own", slices.ContainsFunc(v.Quote.Lines, func(l rules.Line) bool { return l.Segment == nil && l.Code != "package-fee" }))
	c := v.Quote.Converted
	note("ways.converted", c != nil && len(v.Quote.Totals) > 0 && c.Currency != v.Quote.Totals[0].Currency)
	return notes
}

// chosen is the row of the chosen type; nil where there is no list.
func (l *wayList) chosen() *way {
	for i := range l.all {
		if l.all[i].Chosen {
			return &l.all[i]
		}
	}
	return nil
}

// saving is what a total is less than the chosen type's. Of two currencies
// nothing can be said, and nothing of a type that does not go out at all.
func (l *wayList) saving(t rules.Total) (saved decimal.Decimal, currency string, ok bool) {
	now, priced := l.chosen().Quote.Total()
	currency = t.Currency
	if t.Gross.IsZero() {
		currency = now.Currency
	}
	return now.Gross.Sub(t.Gross), currency, priced && (now.Currency == t.Currency || now.Gross.IsZero() || t.Gross.IsZero())
}

// missing is the path of what a way lacks, empty where it lacks nothing.
func (w *way) missing() string {
	if w.Error == nil {
		return ""
	}
	return w.Error.Path
}
