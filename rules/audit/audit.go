package audit

import (
	"cmp"
	"errors"
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A Report is what came of a bill.
type Report struct {
	Rows []RowReport // as in the bill
	Sums []Sum       // one for each currency: dong first, then by code
	Open []Refusal   // rows that have no price on their own days: most messages first
	AsOf *AsOf       // nil where no other day was named
}

// A RowReport is what came of a row.
type RowReport struct {
	Row      *Row
	Currency string // ISO 4217
	Book     Price
	Compared bool // there are both an amount and a price
	// The amount less the nearest end of what is right: of the list price, or above it of
	// what may be billed with what is agreed; zero where it is right. Where a cause is
	// found at the list price, it is the difference from that.
	Difference decimal.Decimal
	Cause      int   // among those of the sum of its currency; -1: none was found
	Added      Added // whether what is agreed with the provider is in the amount, as the cause has it
	Then       Price // under the rules of the other day
}

// IsRight reports whether the row was compared and the amount is right.
func (r *RowReport) IsRight() bool { return r.Compared && r.Difference.IsZero() }

// A Sum is all rows of a currency.
type Sum struct {
	Currency   string          // ISO 4217
	Rows       int64           // that were compared
	Right      int64           // of these
	Billed     decimal.Decimal // of the rows that were compared
	Low, High  decimal.Decimal // by the book, of the same rows
	Most       decimal.Decimal // that may be billed for them with what is agreed with the provider
	Difference decimal.Decimal // the sum of those of the rows
	// What each message costs where that is the same in all rows, and the book has several
	// prices for them; unknown where it is not so, and where nothing differs.
	Flat       rules.Opt[decimal.Decimal]
	Unexamined decimal.Decimal // billed in rows that were not compared
	// By the book, of rows without an amount: of a log of messages.
	UnbilledLow, UnbilledHigh decimal.Decimal
	Causes                    []CauseReport   // those that explain most first
	Cause                     int             // the one that explains 95 % of the differences of all rows; -1: none does alone
	Unknown                   decimal.Decimal // the differences that no cause explains
}

// A CauseReport is what a cause explains.
type CauseReport struct {
	Cause
	Rows   int64
	Amount decimal.Decimal // the differences of these rows
}

// An AsOf is the same traffic under the rules of another day.
type AsOf struct {
	Day     rules.Date
	Sums    []ThenSum
	Refused []Refusal // what has no price then: most messages first
}

// A ThenSum is the rows of a currency that have a price both on their days and on the
// other one.
type ThenSum struct {
	Currency           string // ISO 4217
	Rows               int64
	Low, High          decimal.Decimal // on their own days
	ThenLow, ThenHigh  decimal.Decimal
	Changed, Unchanged int64 // rows
}

// A Refusal is rows that have no price for the same reason.
type Refusal struct {
	State    State
	Reason   string
	Rows     int64
	Messages int64
}

// ErrStopped is what [Audit] fails with where it was to go on no longer.
var ErrStopped = errors.New("audit: stopped")

// Audit holds a bill against the book. It fails with an *[rules.Error] where the
// configuration says something that no bill can be held against.
func Audit(b *Bill) (*Report, error) {
	if err := b.mistake(); err != nil {
		return nil, err
	}
	a := &auditor{bill: b, units: map[unitKey]unitPrice{}, freeUnits: map[unitKey]bool{}}
	order := make([]int, len(b.Rows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(b.Rows[x].On, b.Rows[y].On) })
	for _, i := range order {
		a.rows = append(a.rows, b.Rows[i])
		a.currency = append(a.currency, a.billedIn(&b.Rows[i]))
	}
	a.settleOutside()
	prices := a.prices(0)
	var then []Price
	if b.AsOf != 0 {
		then = a.prices(b.AsOf)
	}

	sorted := make([]RowReport, len(a.rows))
	for i := range sorted {
		sorted[i] = RowReport{Row: &b.Rows[order[i]], Currency: a.currency[i], Book: prices[i], Cause: -1}
		if then != nil {
			sorted[i].Then = then[i]
		}
	}
	r := &Report{Rows: make([]RowReport, len(sorted))}
	a.compare(sorted)
	r.Sums = a.sums(sorted)
	r.Open = refusals(sorted, func(r *RowReport) *Price { return &r.Book })
	if then != nil {
		r.AsOf = a.asOf(sorted)
	}
	for i, at := range order {
		r.Rows[at] = sorted[i]
	}
	if a.stopped {
		return nil, ErrStopped
	}
	return r, nil
}

// mistake finds what a bill cannot be held against.
func (b *Bill) mistake() error {
	p := &b.Pricing
	for _, fee := range []struct {
		path  string
		given bool
	}{
		{"pricing.monthlyFee", p.MonthlyFee.Known()},
		{"pricing.fallbackPerMessage", p.FallbackPerMessage.Known()},
		{"pricing.incoming", p.Incoming.PerMessage.Known()},
		{"pricing.bundle", p.Bundle.Fee.Known() || p.Bundle.Messages > 0},
	} {
		if fee.given {
			return &rules.Error{Path: fee.path, Code: rules.Conflict, Message: "a bill is compared row by row, and this belongs to no row; take it out here and off the bill"}
		}
	}
	if c, known := p.Convert.Get(); known && c.Currency == "" {
		return &rules.Error{Path: "pricing.convert.currency", Code: rules.Required, Message: "the currency that the bill is in"}
	}
	return nil
}

// billedIn is the currency that a row is compared in: of a fee that does not say it,
// that of the first row.
func (a *auditor) billedIn(r *Row) string {
	for _, other := range [...]*Row{r, &a.bill.Rows[0]} {
		if other.Currency != "" {
			return other.Currency
		}
		if len(other.Traffic) > 0 {
			s := rules.Scenario{Message: other.Traffic[0].Message, Sender: a.bill.Sender.Sender}
			return s.Currency()
		}
	}
	return rules.BillingCurrencies()[0]
}

// unitOf is one unit of the last decimal of the bill's amounts in a currency.
func (a *auditor) unitOf(currency string) decimal.Decimal {
	// A bill that does not say its currency is in the one that the book bills in.
	decimals, given := a.bill.Decimals[currency]
	if unsaid, said := a.bill.Decimals[""]; said {
		decimals, given = max(decimals, unsaid), true
	}
	if given {
		return decimal.New(1, -decimals)
	}
	for i := range a.rows {
		if amount, known := a.rows[i].Amount.Get(); known && a.currency[i] == currency {
			decimals = max(decimals, -amount.Exponent())
		}
	}
	return decimal.New(1, -decimals)
}

// within is the share of an amount that is not looked at.
var within = decimal.New(5, -3)

// distance is how far an amount is from a price: zero inside of it and as near to it as
// the tolerance.
func distance(amount, low, high, unit, share decimal.Decimal) decimal.Decimal {
	end := high
	if amount.LessThan(low) {
		end = low
	} else if amount.LessThanOrEqual(high) {
		return decimal.Zero
	}
	d := amount.Sub(end)
	if d.Abs().LessThanOrEqual(decimal.Max(unit, end.Abs().Mul(share))) {
		return decimal.Zero
	}
	return d
}

// bounds are the ends of the list price that the amounts of the bill are held against.
func (a *auditor) bounds(p *Price) (low, high decimal.Decimal) { return p.Ends(a.bill.Tax) }

// boundsWith are likewise those of the price with what is agreed with the provider, or
// without it.
func (a *auditor) boundsWith(p *Price, agreed bool) (low, high decimal.Decimal) {
	if agreed {
		return p.agreed.of(a.bill.Tax)
	}
	return a.bounds(p)
}

// compare tells by how much the rows differ.
func (a *auditor) compare(rows []RowReport) {
	units := map[string]decimal.Decimal{}
	for i := range rows {
		r := &rows[i]
		if r.Book.State == OnlyFee {
			r.Book = Price{State: OnlyFee}
		}
		amount, known := r.Row.Amount.Get()
		r.Compared = known && (r.Book.State == Priced || r.Book.State == OnlyFee)
		if !r.Compared {
			continue
		}
		unit, found := units[r.Currency]
		if !found {
			unit = a.unitOf(r.Currency)
			units[r.Currency] = unit
		}
		low, _ := a.bounds(&r.Book)
		r.Difference = distance(amount, low, r.Book.Most(a.bill.Tax), unit, within)
	}
}

// sums adds the rows up, and finds the causes.
func (a *auditor) sums(rows []RowReport) []Sum {
	list := []Sum{}
	for _, currency := range currencies(rows) {
		s := Sum{Currency: currency, Cause: -1}
		for i := range rows {
			r := &rows[i]
			amount, known := r.Row.Amount.Get()
			if r.Currency != currency {
				continue
			}
			if !r.Compared {
				if known {
					s.Unexamined = s.Unexamined.Add(amount)
				} else if r.Book.State == Priced {
					low, high := a.bounds(&r.Book)
					s.UnbilledLow, s.UnbilledHigh = s.UnbilledLow.Add(low), s.UnbilledHigh.Add(high)
				}
				continue
			}
			low, high := a.bounds(&r.Book)
			s.Rows++
			if r.IsRight() {
				s.Right++
			}
			s.Billed, s.Low, s.High, s.Most = s.Billed.Add(amount), s.Low.Add(low), s.High.Add(high), s.Most.Add(r.Book.Most(a.bill.Tax))
		}
		if s.Right < s.Rows {
			s.Flat = a.flat(rows, currency)
		}
		a.findCauses(rows, &s)
		for i := range rows { // a cause tells what a row differs from
			if rows[i].Currency == currency {
				s.Difference = s.Difference.Add(rows[i].Difference)
			}
		}
		list = append(list, s)
	}
	return list
}

// currencies are those of the rows: dong first, then by code.
func currencies(rows []RowReport) (list []string) {
	for i := range rows {
		if c := rows[i].Currency; !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		switch {
		case a == b:
			return 0
		case a == "VND":
			return -1
		case b == "VND":
			return 1
		}
		return cmp.Compare(a, b)
	})
	return list
}

// asOf adds up what the traffic costs under the rules of the other day.
func (a *auditor) asOf(rows []RowReport) *AsOf {
	t := &AsOf{Day: a.bill.AsOf}
	for _, currency := range currencies(rows) {
		s := ThenSum{Currency: currency}
		for i := range rows {
			r := &rows[i]
			if r.Currency != currency || r.Book.State != Priced || r.Then.State != Priced {
				continue
			}
			s.Rows++
			low, high := a.bounds(&r.Book)
			thenLow, thenHigh := a.bounds(&r.Then)
			s.Low, s.High, s.ThenLow, s.ThenHigh = s.Low.Add(low), s.High.Add(high), s.ThenLow.Add(thenLow), s.ThenHigh.Add(thenHigh)
			if low.Equal(thenLow) && high.Equal(thenHigh) {
				s.Unchanged++
			} else {
				s.Changed++
			}
		}
		if s.Rows > 0 {
			t.Sums = append(t.Sums, s)
		}
	}
	t.Refused = refusals(rows, func(r *RowReport) *Price { return &r.Then })
	return t
}

// refusals are the rows without a price, by reason.
func refusals(rows []RowReport, of func(*RowReport) *Price) (list []Refusal) {
	for i := range rows {
		p := of(&rows[i])
		if p.State == Priced || p.State == OnlyFee {
			continue
		}
		k := slices.IndexFunc(list, func(f Refusal) bool { return f.State == p.State && f.Reason == p.Reason })
		if k < 0 {
			k = len(list)
			list = append(list, Refusal{State: p.State, Reason: p.Reason})
		}
		list[k].Rows += max(1, rows[i].Row.Rows)
		list[k].Messages += rows[i].Row.Messages()
	}
	slices.SortStableFunc(list, func(x, y Refusal) int { return cmp.Compare(y.Messages, x.Messages) })
	return list
}
