package model

import (
	"slices"

	"github.com/shopspring/decimal"

	"postage/app/words"
	"postage/rules"
)

// IsOwn reports whether a line is what the user adds, not the platform's price.
func IsOwn(l *rules.Line) bool {
	switch l.Code {
	case "markup-percent", "markup-per-message", "monthly-fee", "fallback", "incoming", "bundle":
		return true
	}
	return false
}

// SumOf adds up the lines that count, in the currency that is billed. It is
// false where the quote has no total, as a message has no price in the book.
func SumOf(q *rules.Quote, counts func(*rules.Line) bool) (rules.Total, bool) {
	if len(q.Totals) == 0 {
		return rules.Total{}, false
	}
	sum := rules.Total{Currency: q.Totals[0].Currency, Net: decimal.Zero, Tax: decimal.Zero, Gross: decimal.Zero}
	for i := range q.Lines {
		if l := &q.Lines[i]; counts(l) {
			sum.Net, sum.Tax, sum.Gross = sum.Net.Add(l.Net), sum.Tax.Add(l.Tax), sum.Gross.Add(l.Gross)
		}
	}
	return sum, true
}

// PlatformTotal is what the platform charges, OwnTotal what the user adds to it.
func PlatformTotal(q *rules.Quote) (rules.Total, bool) {
	return SumOf(q, func(l *rules.Line) bool { return !IsOwn(l) })
}

func OwnTotal(q *rules.Quote) (rules.Total, bool) { return SumOf(q, IsOwn) }

// HasOwn reports whether the user adds anything to the platform's price.
func HasOwn(q *rules.Quote) bool {
	return slices.ContainsFunc(q.Lines, func(l rules.Line) bool { return IsOwn(&l) })
}

// IsUntaxed reports whether there is something to pay with no tax in it, and nobody said
// what the tax is. A tax of 0 % that the user gave is one.
func IsUntaxed(q *rules.Quote, p *rules.Pricing) bool {
	t, _ := q.Total()
	return t.Gross.IsPositive() && t.Tax.IsZero() && !p.TaxPercent.Known()
}

// A Rate turns what is billed into the currency that the total is shown in.
type Rate struct {
	Currency string
	Each     decimal.Decimal
}

// ShownRate is the rate of the total as it is shown.
func (c *Calculation) ShownRate() Rate {
	billed := c.Form.Currency()
	shown := c.Quote.Converted
	if shown != nil && shown.Currency != billed {
		if convert, ok := c.Stands.Pricing.Convert.Get(); ok {
			return Rate{shown.Currency, convert.Rates[billed]}
		}
	}
	return Rate{billed, decimal.NewFromInt(1)}
}

// Write writes an amount that is billed.
func (r Rate) Write(w *words.Language, d decimal.Decimal) string {
	return w.RoundTotal(d.Mul(r.Each), r.Currency)
}
