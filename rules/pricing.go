package rules

import (
	"unsafe"

	"github.com/shopspring/decimal"
)

// Pricing is what the user adds to the platform's price. Amounts are in the
// billing currency and run from 0 to 1e12.
type Pricing struct {
	MarkupPercent    Opt[decimal.Decimal] // of the platform's net charge
	MarkupPerMessage Opt[decimal.Decimal] // for every message that arrives
	MonthlyFee       Opt[decimal.Decimal] // a fixed fee of the month
	TaxPercent       Opt[decimal.Decimal] // for prices that the book has without a tax, and for the additions
	MarkupOnFree     Opt[bool]            // whether free messages carry MarkupPerMessage; they do if not given
	// For every message that does not arrive, as for an SMS instead.
	FallbackPerMessage Opt[decimal.Decimal]
	Incoming           Incoming
	Bundle             Bundle
	Convert            Opt[Conversion]
}

// An Incoming is what a provider charges for what people write.
type Incoming struct {
	Messages   int64                // that people write in the month
	PerMessage Opt[decimal.Decimal] // fee for each of them
}

// A Bundle is how many messages go without MarkupPerMessage, for one fee.
type Bundle struct {
	Messages int64                // that go without MarkupPerMessage
	Fee      Opt[decimal.Decimal] // for all of them
}

// A Conversion asks for the total in another currency.
type Conversion struct {
	Currency string                     // ISO 4217
	Rates    map[string]decimal.Decimal // units of Currency for one unit of the billing currency
}

var pricingFields = []Field{
	{Path: "pricing.markupPercent", Kind: KindPercent, Most: MaxPercent, at: inPricing + unsafe.Offsetof(Pricing{}.MarkupPercent), stored: storedOptDecimal},
	{Path: "pricing.markupPerMessage", Kind: KindAmount, Most: MaxCount, at: inPricing + unsafe.Offsetof(Pricing{}.MarkupPerMessage), stored: storedOptDecimal},
	{Path: "pricing.monthlyFee", Kind: KindAmount, Most: MaxCount, at: inPricing + unsafe.Offsetof(Pricing{}.MonthlyFee), stored: storedOptDecimal},
	{Path: "pricing.taxPercent", Kind: KindPercent, Most: MaxPercent, at: inPricing + unsafe.Offsetof(Pricing{}.TaxPercent), stored: storedOptDecimal},
	{Path: "pricing.markupOnFree", Kind: KindYesNo, standard: "true", at: inPricing + unsafe.Offsetof(Pricing{}.MarkupOnFree), stored: storedOptBool},
	{Path: "pricing.fallbackPerMessage", Kind: KindAmount, Most: MaxCount, at: inPricing + unsafe.Offsetof(Pricing{}.FallbackPerMessage), stored: storedOptDecimal},
}

// What providers charge beside the messages.
var (
	incomingFields = []Field{
		{Path: "pricing.incoming.messages", Kind: KindCount, Most: MaxCount, Unit: "messages", at: inIncoming + unsafe.Offsetof(Incoming{}.Messages), stored: storedCount},
		{Path: "pricing.incoming.perMessage", Kind: KindAmount, Most: MaxCount, at: inIncoming + unsafe.Offsetof(Incoming{}.PerMessage), stored: storedOptDecimal},
	}
	bundleFields = []Field{
		{Path: "pricing.bundle.messages", Kind: KindCount, Most: MaxCount, Unit: "messages", at: inBundle + unsafe.Offsetof(Bundle{}.Messages), stored: storedCount},
		{Path: "pricing.bundle.fee", Kind: KindAmount, Most: MaxCount, at: inBundle + unsafe.Offsetof(Bundle{}.Fee), stored: storedOptDecimal},
	}
)

// The currency of a conversion is required where there is a conversion; the rates
// are fields by the names of their currencies, see [rateField].
var conversionFields = []Field{
	{Path: "pricing.convert.currency", Decides: true, Kind: KindCurrency, at: inConversion + unsafe.Offsetof(Conversion{}.Currency), stored: storedWord},
}

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
