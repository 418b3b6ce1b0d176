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
	marked := e.q.Charged
	if p.MarkupOnFree.Or(true) {
		marked = e.q.Deliverable - e.q.Undelivered
	}
	if marked -= p.Bundle.Messages; marked > 0 {
		add("markup-per-message", marked, of(p.MarkupPerMessage))
	}
	add("bundle", 1, of(p.Bundle.Fee))
	add("monthly-fee", 1, of(p.MonthlyFee))
}

// convert adds the total in the currency that the user asks for.
func (e *evaluation) convert(t Total) {
	c, ok := e.s.Pricing.Convert.Get()
	if !ok {
		return
	}
	e.q.Converted = &Total{t.Currency, t.Net, t.Tax, t.Gross}
	if c.Currency != t.Currency {
		rate := c.Rates[t.Currency]
		*e.q.Converted = Total{c.Currency, t.Net.Mul(rate), t.Tax.Mul(rate), t.Gross.Mul(rate)}
	}
}

// userTax is the tax on a price that the book has without one.
func (e *evaluation) userTax() decimal.Decimal { return e.s.Pricing.TaxPercent.Or(decimal.Zero) }
