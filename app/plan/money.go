package plan

import (
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A payment is money that goes out, in the order in which it does.
type payment struct {
	on    rules.Date
	day   int // of the quote; -1: what is paid once a month
	gross decimal.Decimal
}

// payments are all of a currency: what is paid once a month goes before the first
// occurrence of the month.
func (a *Answer) payments(currency string) (list []payment) {
	month := rules.Month(0)
	for i := range a.Quote.Days {
		d := &a.Quote.Days[i]
		if d.On.Month() != month {
			month = d.On.Month()
			list = append(list, a.fees(month, d.On, currency)...)
		}
		if len(d.Totals) > 0 && d.Totals[0].Currency == currency {
			list = append(list, payment{d.On, i, d.Totals[0].Gross})
		}
	}
	return list
}

func (a *Answer) fees(month rules.Month, on rules.Date, currency string) (list []payment) {
	for _, m := range a.Quote.Months {
		for i := range m.Lines {
			if m.Month == month && m.Lines[i].Currency == currency {
				list = append(list, payment{on, -1, m.Lines[i].Gross})
			}
		}
	}
	return list
}

// settle finds what is not paid for any more.
func (a *Answer) settle() {
	a.unpaid = make([]bool, len(a.Quote.Days))
	for currency := range a.Quote.Balance {
		left, out := a.Asked.Balance[currency], false
		for _, p := range a.payments(currency) {
			out = out || p.gross.GreaterThan(left)
			if !out {
				left = left.Sub(p.gross)
			} else if p.day >= 0 && p.gross.IsPositive() {
				a.unpaid[p.day] = true
			}
		}
	}
}

// A Left is what is left at the end of a day.
type Left struct {
	On   rules.Date
	Left decimal.Decimal
}

// A Course is what becomes of the money in a currency.
type Course struct {
	Currency string
	Begins   decimal.Decimal
	Days     []Left // each day on which something is paid, till the money runs out
	Left     decimal.Decimal
	RunsOut  rules.Date      // zero where all is paid
	Missing  decimal.Decimal // what would pay for the rest
}

// Course is what becomes of the money in a currency; false where none is given, or a
// price is not in the book.
func (a *Answer) Course(currency string) (c Course, ok bool) {
	if a.Quote == nil {
		return c, false
	}
	b, ok := a.Quote.Balance[currency]
	if !ok {
		return c, false
	}
	c = Course{Currency: currency, Begins: a.Asked.Balance[currency], Left: b.Left, RunsOut: b.RunsOut}
	left, all := c.Begins, decimal.Zero
	for _, p := range a.payments(currency) {
		all = all.Add(p.gross)
		if c.RunsOut != 0 && p.gross.GreaterThan(left) {
			left = decimal.NewFromInt(-1) // nothing is paid from here on
		}
		if left.IsNegative() {
			continue
		}
		left = left.Sub(p.gross)
		if n := len(c.Days) - 1; n >= 0 && c.Days[n].On == p.on {
			c.Days[n].Left = left
		} else {
			c.Days = append(c.Days, Left{p.on, left})
		}
	}
	if c.RunsOut != 0 {
		c.Missing = all.Sub(c.Begins)
	}
	return c, true
}

// GoesOn is the last day for which the money in a currency is enough, should what is sent
// every day, week or month go on beyond its end, at the prices that the book knows of those
// days; zero where it is enough for as long as a plan may be. It is false where nothing
// goes on that is paid in the currency, or a price is not in the book.
func (a *Answer) GoesOn(currency string) (until rules.Date, ok bool) {
	longer := a.Asked
	longer.Items = slices.Clone(a.Asked.Items)
	_, last := a.Period()
	for i := range longer.Items {
		if item := &longer.Items[i]; item.Every != "" && item.Until == last {
			item.Until = item.On.AddDays(rules.MaxPlanDays)
			ok = ok || a.pays(i, currency)
		}
	}
	if !ok {
		return 0, false
	}
	q, err := rules.EvaluatePlan(longer)
	if err != nil {
		return 0, false
	}
	switch b, known := q.Balance[currency]; {
	case !known:
		return 0, false
	case b.RunsOut == 0:
		return 0, true
	default:
		return b.RunsOut.AddDays(-1), true
	}
}

// pays reports whether an item, by its number among those that were asked, costs something
// in a currency.
func (a *Answer) pays(item int, currency string) bool {
	return slices.ContainsFunc(a.Quote.Items[item].Totals, func(t rules.Total) bool { return t.Currency == currency && t.Gross.IsPositive() })
}

// DaysBetween is how many days a day is after another one.
func DaysBetween(from, to rules.Date) int64 { return number(to) - number(from) }

// number counts the days from one that is long past.
func number(d rules.Date) int64 {
	year, month, day := d.Split()
	y, m := int64(year), int64(month)
	if m <= 2 { // a year begins with March, so that the odd day is its last
		y, m = y-1, m+12
	}
	return y*365 + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + int64(day)
}
