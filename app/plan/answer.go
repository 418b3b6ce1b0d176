package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/rules"
)

// An Answer is what becomes of a plan.
type Answer struct {
	Asked rules.Plan
	At    []int // the number in the plan of each item that was asked
	Wrong []Mistake
	Quote *rules.PlanQuote // nil where no item can be asked

	unpaid   []bool // of the quote's days: money had run out
	changes  []PriceChange
	looked   bool // for changes
	earned   []rules.Total
	reckoned bool // what is earned
}

// Answer works out what becomes of the plan. An item with a mistake is left out and
// told: the others have their answer.
func (p *Plan) Answer(today string) *Answer {
	a := &Answer{}
	a.Asked, a.At, a.Wrong = p.Asked(today)
	for len(a.Asked.Items) > 0 {
		q, err := rules.EvaluatePlan(a.Asked)
		if err == nil {
			a.Quote = &q
			a.settle()
			break
		}
		refused := err.(*rules.Error) // the only kind of error that there is here
		if !a.leaveOut(refused) {
			a.Wrong = append(a.Wrong, Mistake{Whole, mistakeOf(refused)})
			break
		}
	}
	return a
}

func mistakeOf(e *rules.Error) form.Mistake {
	return form.Mistake{Path: e.Path, Key: "mistake." + string(e.Code)}
}

// leaveOut leaves the items out that an error is of, and reports whether there are
// any.
func (a *Answer) leaveOut(e *rules.Error) bool {
	if digits, path, ok := strings.Cut(strings.TrimPrefix(e.Path, "items["), "]."); ok && digits != e.Path {
		n, err := strconv.Atoi(digits)
		if err != nil || n >= len(a.Asked.Items) {
			return false
		}
		m := mistakeOf(e)
		m.Path = path
		a.without(n, m)
		return true
	}
	found := false
	for n := len(a.Asked.Items) - 1; n >= 0; n-- { // what they share may be wrong for some of them
		alone := a.Asked
		alone.Items = a.Asked.Items[n : n+1]
		if err := alone.Validate(); err != nil && err.(*rules.Error).Path == e.Path {
			a.without(n, mistakeOf(e))
			found = true
		}
	}
	return found
}

func (a *Answer) without(n int, m form.Mistake) {
	a.Wrong = append(a.Wrong, Mistake{a.At[n], m})
	a.Asked.Items = slices.Delete(slices.Clone(a.Asked.Items), n, n+1)
	a.At = slices.Delete(a.At, n, n+1)
}

// Item is the answer to the item with a number in the plan, nil where it has none.
func (a *Answer) Item(number int) *rules.ItemQuote {
	if n := slices.Index(a.At, number); n >= 0 && a.Quote != nil {
		return &a.Quote.Items[n]
	}
	return nil
}

// MistakesOf are the mistakes of an item, or of the whole plan.
func (a *Answer) MistakesOf(item int) (list []form.Mistake) {
	for _, m := range a.Wrong {
		if m.Item == item {
			list = append(list, m.Mistake)
		}
	}
	return list
}

// LeftOut is how many items have no answer.
func (a *Answer) LeftOut(p *Plan) int { return len(p.Items) - len(a.At) }

// Known are the totals of what has a price in the book, and how many sendings there are
// besides, the first of them on a day.
func (a *Answer) Known() (totals []rules.Total, without int64, first rules.Date) {
	if a.Quote.Priced {
		return a.Quote.Totals, 0, 0
	}
	add := func(t rules.Total) {
		for i := range totals {
			if sum := &totals[i]; sum.Currency == t.Currency {
				sum.Net, sum.Tax, sum.Gross = sum.Net.Add(t.Net), sum.Tax.Add(t.Tax), sum.Gross.Add(t.Gross)
				return
			}
		}
		totals = append(totals, t)
	}
	for i := range a.Quote.Days {
		switch d := &a.Quote.Days[i]; {
		case a.StateOf(i) == Unpriced:
			if without++; first == 0 {
				first = d.On
			}
		default:
			for _, t := range d.Totals {
				add(t)
			}
		}
	}
	for _, m := range a.Quote.Months {
		for _, l := range m.Lines {
			add(rules.Total{Currency: l.Currency, Net: l.Net, Tax: l.Tax, Gross: l.Gross})
		}
	}
	return totals, without, first
}

// Period is the first and the last day of sending.
func (a *Answer) Period() (first, last rules.Date) {
	for i := range a.Quote.Items {
		item := &a.Quote.Items[i]
		if first == 0 || item.First < first {
			first = item.First
		}
		last = max(last, item.Last)
	}
	return first, last
}

// Currencies are those that the items are billed in, the quote's order first.
func (a *Answer) Currencies() (list []string) {
	for i := range a.Asked.Items {
		if c := a.currencyOf(i); !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(one, other string) int {
		if one == "VND" {
			return -1
		} else if other == "VND" {
			return 1
		}
		return strings.Compare(one, other)
	})
	return list
}

func (a *Answer) currencyOf(n int) string {
	s := a.Asked.Scenario(n, a.Asked.Items[n].On)
	return s.Currency()
}

// A State is what becomes of an item on a day.
type State uint8

// The states, by what is to be seen first.
const (
	Charged  State = iota // costs something
	Free                  // goes out for nothing
	Part                  // some of it does not go out
	Open                  // hangs on something
	Stopped               // nothing goes out
	Unpriced              // the price is not in the book
	Unpaid                // the money has run out
)

// StateOf is the state of a day of the quote.
func (a *Answer) StateOf(day int) State {
	d := &a.Quote.Days[day]
	switch {
	case d.Verdict == rules.Ineligible:
		return Stopped
	case len(d.Totals) == 0:
		return Unpriced
	case a.unpaid[day]:
		return Unpaid
	case d.Verdict == rules.Partial:
		return Part
	case d.Verdict == rules.Depends:
		return Open
	case d.Totals[0].Gross.IsZero():
		return Free
	}
	return Charged
}

// A Run is days without a break on which an item is in one state.
type Run struct {
	From, To rules.Date
	State    State
}

// Runs are those of the item that was asked with a number.
func (a *Answer) Runs(n int) (runs []Run) {
	for day := range a.Quote.Days {
		d := &a.Quote.Days[day]
		if d.Item != n {
			continue
		}
		state := a.StateOf(day)
		if k := len(runs) - 1; k >= 0 && runs[k].State == state && runs[k].To.AddDays(1) == d.On {
			runs[k].To = d.On
			continue
		}
		runs = append(runs, Run{d.On, d.On, state})
	}
	return runs
}

// A ChannelSum is what the messages of a channel cost in a month.
type ChannelSum struct {
	Channel  rules.Channel // empty: what is paid once a month
	Currency string
	Gross    decimal.Decimal
	Unknown  bool // a price is not in the book
}

// MonthSums are the costs of a month by channel and currency, in the order of the
// channels; what is paid once a month stands last.
func (a *Answer) MonthSums(month rules.Month) (sums []ChannelSum) {
	add := func(channel rules.Channel, currency string, gross decimal.Decimal, known bool) {
		for i := range sums {
			if s := &sums[i]; s.Channel == channel && s.Currency == currency {
				s.Gross, s.Unknown = s.Gross.Add(gross), s.Unknown || !known
				return
			}
		}
		sums = append(sums, ChannelSum{channel, currency, gross, !known})
	}
	for _, channel := range rules.Channels() {
		for i := range a.Quote.Days {
			d := &a.Quote.Days[i]
			if d.On.Month() != month || a.Asked.Items[d.Item].Message.Type.Channel() != channel {
				continue
			}
			if len(d.Totals) == 0 {
				add(channel, a.currencyOf(d.Item), decimal.Zero, false)
			} else {
				add(channel, d.Totals[0].Currency, d.Totals[0].Gross, true)
			}
		}
	}
	for _, m := range a.Quote.Months {
		for i := range m.Lines {
			if m.Month == month {
				add("", m.Lines[i].Currency, m.Lines[i].Gross, true)
			}
		}
	}
	return sums
}

// A PriceChange is a day on which the answer to an item becomes another one while it
// is being sent.
type PriceChange struct {
	Item int // as asked
	rules.Change
}

// PriceChanges are the days of the book, within the time of sending, on which what an
// item costs or whether it may be sent changes.
func (a *Answer) PriceChanges() []PriceChange {
	if a.looked {
		return a.changes
	}
	a.looked = true
	for n := range a.Quote.Items {
		item := &a.Quote.Items[n]
		if item.First == item.Last {
			continue
		}
		changes, err := rules.Changes(a.Asked.Scenario(n, item.First), item.First, item.Last)
		if err != nil {
			continue // it would not be here
		}
		for _, c := range changes {
			if slices.ContainsFunc(c.Differences, func(d rules.Difference) bool { return d.What == "verdict" || d.What == "total" }) {
				a.changes = append(a.changes, PriceChange{n, c})
			}
		}
	}
	slices.SortStableFunc(a.changes, func(one, other PriceChange) int { return int(one.On) - int(other.On) })
	return a.changes
}

// QuotaPeak is the day with the most ZNS, against the quota of a day; false where no
// quota is known.
func (a *Answer) QuotaPeak() (on rules.Date, sent, quota int64, ok bool) {
	quota, ok = a.Asked.Sender.DailyQuota.Get()
	if !ok {
		return 0, 0, 0, false
	}
	var day rules.Date
	var n int64
	for i := range a.Quote.Days {
		d := &a.Quote.Days[i]
		if a.Asked.Items[d.Item].Message.Type != rules.ZNS {
			continue
		}
		if d.On != day {
			day, n = d.On, 0
		}
		if n += d.Deliverable; n > sent {
			on, sent = day, n
		}
	}
	return on, sent, quota, sent > 0
}
