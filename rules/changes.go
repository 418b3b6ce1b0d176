package rules

import (
	"slices"
	"sort"
	"strconv"
	"sync"
)

// A Change is a day on which the answer to a scenario becomes another one.
type Change struct {
	On          Date         `json:"on"` // the first day of the new answer
	Differences []Difference `json:"differences"`
	Rules       []string     `json:"rules"` // ids of the rules with a fact from that day that the new answer rests on
}

// A Difference is one thing that is not as it was on the day before.
type Difference struct {
	// What is verdict, priced, deliverable, free, charged, total, schedule,
	// check, notice or error.
	What     string `json:"what"`
	Segment  *int   `json:"segment,omitempty"`  // of a check
	Code     string `json:"code,omitempty"`     // of a check, a notice or an error
	Before   string `json:"before,omitempty"`   // empty where there was none
	After    string `json:"after,omitempty"`    // empty where there is none any more
	By       string `json:"by,omitempty"`       // after less before, for numbers and amounts
	Currency string `json:"currency,omitempty"` // of an amount, ISO 4217
}

// Changes returns the days after from, up to and including to, on which the
// answer to a scenario changes, in order; the scenario's own day does not
// matter. Only the book's own days count, not that one month has more days than
// another where a limit is by the day. Days on which the question itself no longer fits (a package or a tag
// that is not on offer) come as a difference of kind error. What is announced
// in the book counts as any other fact. It fails if the scenario fits no day of
// the time asked about, with the *[Error] of its first day.
func Changes(s Scenario, from, to Date) ([]Change, error) {
	return ChangesOf(func(Date) (Scenario, error) { return s, nil }, from, to)
}

// ChangesOf is [Changes] of what is asked differently on some days, as by
// somebody who chooses among what is on offer on the day. All of it must have
// the same groups.
func ChangesOf(asked func(Date) (Scenario, error), from, to Date) ([]Change, error) {
	changes := []Change{}
	answer := func(day Date) dayAnswer {
		s, err := asked(day)
		if err != nil {
			return dayAnswer{err: err}
		}
		return answerOn(s, day)
	}
	before := answer(from)
	first := before.err
	fits := first == nil
	for _, day := range turningDays(from, to) {
		after := answer(day)
		fits = fits || after.err == nil
		if d := before.differences(after); len(d) > 0 {
			changes = append(changes, Change{day, d, after.rulesSince(day)})
		}
		before = after
	}
	if !fits {
		return nil, first
	}
	return changes, nil
}

// SameUntil returns the last day of sending for which the verdict and the cost
// of a scenario are as on its own day, and zero if they are so up to and
// including to.
func SameUntil(s Scenario, to Date) Date {
	own := answerOn(s, s.On)
	for _, day := range turningDays(s.On, to) {
		then := answerOn(s, day)
		if !sameMistake(own.err, then.err) || own.quote.Verdict != then.quote.Verdict ||
			len(totalDifferences(own.quote.Totals, then.quote.Totals)) > 0 {
			return day.AddDays(-1)
		}
	}
	return 0
}

// ChangeDays returns the days after from, up to and including to, on which
// anything in the book begins or ends, in order. What is announced counts as any
// other fact.
func ChangeDays(from, to Date) []Date { return turningDays(from, to) }

// Span returns the first day and the last day on which anything in the book begins
// or ends.
func Span() (first, last Date) { return span() }

// span waits until it is asked for: the first answer needs none of it.
var span = sync.OnceValues(func() (first, last Date) {
	days := turningDays(0, lastDay)
	return days[0], days[len(days)-1]
})

const lastDay Date = 9999_12_31

// turningDays lists the days after from, up to and including to, on which
// anything in the book begins or ends.
func turningDays(from, to Date) []Date {
	days := []Date{}
	add := func(d Date) {
		if d > from && d <= to {
			days = append(days, d)
		}
	}
	for _, r := range theBook.rules {
		for i := range r.facts {
			add(r.facts[i].Since)
		}
	}
	for i := range theBook.notices {
		add(theBook.notices[i].since)
		if until := theBook.notices[i].until; until != 0 {
			add(until.AddDays(1))
		}
	}
	for _, spans := range markets() {
		for _, s := range spans {
			add(s.since)
			if s.until != 0 {
				add(s.until.AddDays(1))
			}
		}
	}
	sort.SliceStable(days, func(i, j int) bool { return days[i] < days[j] })
	return slices.Compact(days)
}

// A dayAnswer is what a scenario gets on a day.
type dayAnswer struct {
	quote Quote
	err   error
}

func answerOn(s Scenario, day Date) dayAnswer {
	s.On = day
	q, err := Evaluate(s)
	return dayAnswer{q, err}
}

func (a dayAnswer) differences(b dayAnswer) []Difference {
	if a.err != nil || b.err != nil {
		if sameMistake(a.err, b.err) {
			return nil
		}
		return []Difference{{What: "error", Code: errorPath(a.err, b.err), Before: text(a.err), After: text(b.err)}}
	}
	var d []Difference
	word := func(what, before, after string) {
		if before != after {
			d = append(d, Difference{What: what, Before: before, After: after})
		}
	}
	number := func(what string, before, after int64) {
		if before != after {
			d = append(d, Difference{What: what, Before: strconv.FormatInt(before, 10), After: strconv.FormatInt(after, 10), By: strconv.FormatInt(after-before, 10)})
		}
	}
	p, q := &a.quote, &b.quote
	word("verdict", string(p.Verdict), string(q.Verdict))
	word("priced", strconv.FormatBool(p.Priced), strconv.FormatBool(q.Priced))
	number("deliverable", p.Deliverable, q.Deliverable)
	number("free", p.Free, q.Free)
	number("charged", p.Charged, q.Charged)
	d = append(d, totalDifferences(p.Totals, q.Totals)...)
	word("schedule", p.Schedule.text(), q.Schedule.text())
	for i := range q.Segments {
		d = append(d, checkDifferences(i, p.Segments[i].Checks, q.Segments[i].Checks)...)
	}
	return append(d, noticeDifferences(p.Notices, q.Notices)...)
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// sameMistake reports whether a scenario fits on neither of two days for the
// same reason, or on both. The messages say the day and may differ.
func sameMistake(a, b error) bool {
	p, wrong := a.(*Error)
	q, wrongToo := b.(*Error)
	if wrong && wrongToo {
		return p.Path == q.Path && p.Code == q.Code
	}
	return text(a) == text(b)
}

func errorPath(errs ...error) string {
	for _, err := range errs {
		if e, ok := err.(*Error); ok {
			return e.Path
		}
	}
	return ""
}

func totalDifferences(before, after []Total) []Difference {
	var p, q *Total
	if len(before) > 0 {
		p = &before[0]
	}
	if len(after) > 0 {
		q = &after[0]
	}
	switch {
	case p == nil && q == nil:
		return nil
	case p == nil:
		return []Difference{{What: "total", After: q.Gross.String(), Currency: q.Currency}}
	case q == nil:
		return []Difference{{What: "total", Before: p.Gross.String(), Currency: p.Currency}}
	case p.Gross.Equal(q.Gross) && p.Net.Equal(q.Net):
		return nil
	default:
		return []Difference{{What: "total", Before: p.Gross.String(), After: q.Gross.String(), By: q.Gross.Sub(p.Gross).String(), Currency: q.Currency}}
	}
}

func (s *Schedule) text() string {
	if s == nil {
		return ""
	}
	return strconv.FormatInt(s.Days, 10) + " days of " + strconv.FormatInt(s.PerDay, 10)
}

// checkDifferences compares outcomes and limits by code.
func checkDifferences(segment int, before, after []Check) []Difference {
	var d []Difference
	find := func(checks []Check, code string) string {
		for i := range checks {
			if c := &checks[i]; c.Code == code {
				if c.Limit != "" {
					return string(c.Outcome) + " (" + c.Limit + ")"
				}
				return string(c.Outcome)
			}
		}
		return ""
	}
	var codes []string
	for _, c := range slices.Concat(before, after) {
		if !slices.Contains(codes, c.Code) {
			codes = append(codes, c.Code)
		}
	}
	for _, code := range codes {
		if p, q := find(before, code), find(after, code); p != q {
			d = append(d, Difference{What: "check", Segment: &segment, Code: code, Before: p, After: q})
		}
	}
	return d
}

func noticeDifferences(before, after []Notice) []Difference {
	var d []Difference
	has := func(notices []Notice, code string) bool {
		return slices.ContainsFunc(notices, func(n Notice) bool { return n.Code == code })
	}
	for _, n := range before {
		if !has(after, n.Code) {
			d = append(d, Difference{What: "notice", Code: n.Code, Before: "shown"})
		}
	}
	for _, n := range after {
		if !has(before, n.Code) {
			d = append(d, Difference{What: "notice", Code: n.Code, After: "shown"})
		}
	}
	return d
}

// rulesSince lists the rules that an answer rests on and that have a fact from
// just that day.
func (a dayAnswer) rulesSince(day Date) []string {
	ids := []string{}
	add := func(id string, since Date) {
		if since == day && id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, s := range a.quote.Segments {
		for _, c := range s.Checks {
			add(c.Rule, c.Since)
		}
	}
	for _, l := range a.quote.Lines {
		add(l.Rule, l.Since)
	}
	return ids
}
