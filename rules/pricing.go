package rules

import "github.com/shopspring/decimal"

// addPricing adds a line for each thing that the user adds to the platform's
// price.
func (e *evaluation) addPricing() {
	p := &e.s.Pricing
	tax := p.TaxPercent.Or(decimal.Zero)
	add := func(code string, quantity int64, unit decimal.Decimal) {
		if !unit.IsZero() {
			e.q.Lines = append(e.q.Lines, line(code, quantity, price{unit: unit, tax: tax}))
		}
	}
	platform := len(e.q.Lines)
	of := func(amount Opt[decimal.Decimal]) decimal.Decimal { return amount.Or(decimal.Zero) }
	if e.q.Undelivered > 0 {
		add("fallback", e.q.Undelivered, of(p.FallbackPerMessage))
	}
	if p.Incoming.Messages > 0 {
		add("incoming", p.Incoming.Messages, of(p.Incoming.PerMessage))
	}
	if percent, ok := p.MarkupPercent.Get(); ok {
		var net decimal.Decimal
		for i := range e.q.Lines[:platform] {
			net = net.Add(e.q.Lines[i].Net)
		}
		add("markup-percent", 1, percentOf(percent, net))
	}
	if marked := e.marked() - p.Bundle.Messages; marked > 0 {
		add("markup-per-message", marked, of(p.MarkupPerMessage))
	}
	add("bundle", 1, of(p.Bundle.Fee))
	add("monthly-fee", 1, of(p.MonthlyFee))
}

// marked is how many messages carry the mark-up, those of a bundle included.
func (e *evaluation) marked() int64 {
	if e.s.Pricing.MarkupOnFree.Or(true) {
		return e.q.Deliverable - e.q.Undelivered
	}
	return e.q.Charged
}

// convert adds the total in the currency that the user asks for.
func (e *evaluation) convert(t Total) {
	c, ok := e.s.Pricing.Convert.Get()
	if !ok {
		return
	}
	if converted, ok := c.of(t); ok {
		e.q.Converted = &converted
	}
}

// of converts a total, and reports false where the rate is not given.
func (c *Conversion) of(t Total) (Total, bool) {
	if c.Currency == t.Currency {
		return t, true
	}
	rate, ok := c.Rates[t.Currency]
	return Total{c.Currency, t.Net.Mul(rate), t.Tax.Mul(rate), t.Gross.Mul(rate)}, ok
}

// userTax is the tax on a price that the book has without one.
func (e *evaluation) userTax() decimal.Decimal { return e.s.Pricing.TaxPercent.Or(decimal.Zero) }
