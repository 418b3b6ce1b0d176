package billing

import (
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

// Choices are what is said of a bill that it does not say itself, and what is agreed with
// the provider. Nothing of a file is in them.
type Choices struct {
	On            rules.Date         `json:"on,omitempty"`    // the day of sending, or the first one
	Until         rules.Date         `json:"until,omitempty"` // the last one of several
	Country       string             `json:"country,omitempty"`
	Type          rules.MessageType  `json:"type,omitempty"`
	Kind          rules.TemplateKind `json:"kind,omitempty"`
	Currency      string             `json:"currency,omitempty"` // ISO 4217
	Tax           audit.Tax          `json:"tax,omitempty"`
	International string             `json:"international,omitempty"` // yes, no or empty

	Price    *decimal.Decimal `json:"price,omitempty"`   // without VAT, that Zalo prints on the template, for all parts of it
	Percent  *decimal.Decimal `json:"percent,omitempty"` // that the provider adds, as agreed
	Each     *decimal.Decimal `json:"each,omitempty"`    // that it adds for each message
	Rate     *decimal.Decimal `json:"rate,omitempty"`    // RateTo for one of RateFrom
	RateFrom string           `json:"rateFrom,omitempty"`
	RateTo   string           `json:"rateTo,omitempty"`

	AsOf rules.Date `json:"asOf,omitempty"` // the other day; zero: the next one on which the prices change, else today
}

// Yes and No are answers.
const (
	Yes = "yes"
	No  = "no"
)

// Types lists the types that a bill which does not say one may be about, and those that it
// may have a column of numbers for.
func Types() []rules.MessageType {
	return []rules.MessageType{rules.WhatsAppMarketing, rules.WhatsAppUtility, rules.WhatsAppAuthentication, rules.WhatsAppService, rules.ZNS, rules.ZBSUID, rules.ZaloConsultation, rules.ZaloTransaction}
}

// Currencies lists those that bills are often in.
func Currencies() []string { return []string{"VND", "USD", "EUR", "INR", "RUB"} }

// ForgetBill forgets what belongs to one bill alone. Whether tax is in its amounts does: taken
// from the bill before, it would turn what is too much into too little unseen.
func (c *Choices) ForgetBill() {
	c.On, c.Until, c.Type, c.Kind, c.Currency, c.Tax, c.AsOf = 0, 0, "", "", "", audit.TaxUnsaid, 0
	c.Price = nil
}

// Ways are what is known of what was sent.
func (c *Choices) Ways() (ways []rules.ListWay) {
	of := c.Type
	if of == "" && c.Kind != "" {
		return []rules.ListWay{
			{Message: rules.Message{Type: rules.ZNS, Template: rules.Template{Kind: c.Kind}}},
			{Message: rules.Message{Type: rules.ZBSUID, Template: rules.Template{Kind: c.Kind}}},
		}
	}
	if of == "" {
		return nil
	}
	way := rules.ListWay{Message: rules.Message{Type: of}}
	if of.Platform() == rules.ZNS.Platform() {
		way.Message.Template.Kind = c.Kind
	}
	return append(ways, way)
}

// Put puts what is said into a bill.
func (c *Choices) Put(b *audit.Bill) {
	if b.Tax == audit.TaxUnsaid {
		b.Tax = c.Tax
	}
	b.AsOf = c.AsOf
	for i := range b.Rows {
		for k := range b.Rows[i].Traffic {
			if m := &b.Rows[i].Traffic[k].Message; c.Price != nil && HasParts(m.Type) {
				m.Template.Price = rules.Some(*c.Price)
			}
		}
	}
	b.Sender.InternationalAuth = c.International == Yes
	p := &b.Pricing.Pricing
	if c.Percent != nil {
		p.MarkupPercent = rules.Some(*c.Percent)
	}
	if c.Each != nil {
		p.MarkupPerMessage = rules.Some(*c.Each)
	}
	if c.Rate != nil {
		p.Convert = rules.Some(rules.Conversion{Currency: c.RateTo, Rates: map[string]decimal.Decimal{c.RateFrom: *c.Rate}})
	}
}

// HasParts reports whether a type's templates cost more with parts that a bill does not show,
// such as a picture or buttons.
func HasParts(t rules.MessageType) bool { return t == rules.ZNS || t == rules.ZBSUID }

// IsSound reports whether choices that were kept can be taken up.
func (c *Choices) IsSound() bool {
	sound := c.Country == "" || rules.IsCountry(c.Country)
	sound = sound && (c.Type == "" || slices.Contains(Types(), c.Type)) && (c.Kind == "" || slices.Contains(rules.TemplateKinds(), c.Kind))
	sound = sound && (c.Currency == "" || slices.Contains(Currencies(), c.Currency))
	sound = sound && slices.Contains([]audit.Tax{audit.TaxUnsaid, audit.TaxIncluded, audit.TaxExcluded}, c.Tax) && slices.Contains([]string{"", Yes, No}, c.International)
	return sound && (c.Percent == nil || IsPercent(*c.Percent)) && (c.Each == nil || IsAmount(*c.Each)) && (c.Price == nil || IsAmount(*c.Price)) && (c.Rate == nil || IsRate(*c.Rate))
}

// IsRate reports whether a number can be a rate between two currencies.
func IsRate(d decimal.Decimal) bool {
	const places = 6
	return d.IsPositive() && d.LessThan(decimal.NewFromInt(1_000_000)) && d.Exponent() >= -places
}

// IsPercent reports whether a number can be a mark-up.
func IsPercent(d decimal.Decimal) bool {
	const most, places = 1000, 4
	return !d.IsNegative() && d.LessThanOrEqual(decimal.NewFromInt(most)) && d.Exponent() >= -places
}

// IsAmount reports whether a number can be what is added for a message.
func IsAmount(d decimal.Decimal) bool {
	return !d.IsNegative() && d.LessThan(decimal.NewFromInt(1_000_000)) && d.Exponent() >= -6
}
