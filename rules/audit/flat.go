package audit

import (
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// leastFlat is how many rows show that a price is a flat one, at the least.
const leastFlat = 3

// flat is the price of each message where all rows of a currency have the same one, whatever
// was sent and where to, and the book has several and none of them is that; unknown where it is
// not so. Amounts count as far as rounding to the bill's last decimal leaves them known.
func (a *auditor) flat(rows []RowReport, currency string) (each rules.Opt[decimal.Decimal]) {
	unit := a.unitOf(currency)
	var billed, book overlap
	tried := map[string]bool{}
	for i := range rows {
		r := &rows[i]
		amount, known := r.Row.Amount.Get()
		n := r.Row.Messages()
		if r.Currency != currency || !known || n == 0 {
			continue
		}
		if billed.add(amount, amount, unit, n); !billed.is() {
			return each
		}
		if !r.Compared {
			continue
		}
		low, high := a.bounds(&r.Book)
		if low.Equal(high) && amount.Sub(low).Abs().LessThanOrEqual(unit) {
			return each
		}
		if what := r.Row.what(); !tried[what] { // of the same traffic volume tiers and cards make other prices
			tried[what] = true
			book.add(low, high, unit, n)
		}
	}
	if billed.rows < leastFlat || book.is() {
		return each
	}
	if price := billed.roundest(); price.IsPositive() {
		each = rules.Some(price)
	}
	return each
}

// what names the types and countries of a row.
func (r *Row) what() string {
	var names strings.Builder
	for i := range r.Traffic {
		t := &r.Traffic[i]
		names.WriteString(string(t.Message.Type) + " " + string(t.Message.Template.Kind) + " " + t.Country + "\n")
	}
	return names.String()
}

// An overlap is the prices for each message that several amounts allow.
type overlap struct {
	low, high decimal.Decimal
	rows      int
}

// add takes what an amount between two ends for n messages allows, if it was rounded to a unit.
func (o *overlap) add(low, high, unit decimal.Decimal, n int64) {
	const places = 18
	half, messages := unit.Shift(-1).Mul(decimal.NewFromInt(5)), decimal.NewFromInt(n)
	low, high = low.Sub(half).DivRound(messages, places), high.Add(half).DivRound(messages, places)
	if o.rows == 0 || low.GreaterThan(o.low) {
		o.low = low
	}
	if o.rows == 0 || high.LessThan(o.high) {
		o.high = high
	}
	o.rows++
}

// is reports whether one price is allowed by all.
func (o *overlap) is() bool { return o.low.LessThanOrEqual(o.high) }

// roundest is the price with the fewest decimals of those that are allowed; zero where that is
// none.
func (o *overlap) roundest() decimal.Decimal {
	const most = 9
	for places := range int32(most + 1) {
		if price := o.low.RoundCeil(places); price.IsPositive() && price.LessThanOrEqual(o.high) {
			return price
		}
	}
	return decimal.Zero
}
