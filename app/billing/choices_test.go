package billing_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/rules"
	"postage/rules/audit"
)

// TestChoicesAreKeptAndTakenUp: what is sound comes back the same, and what is not is not
// taken up.
func TestChoicesAreKeptAndTakenUp(t *testing.T) {
	eight, rate := decimal.NewFromInt(8), decimal.NewFromInt(26_000)
	on, _ := rules.ParseDate("2026-09-01")
	whole := billing.Choices{
		On: on, Until: on, Country: "VN", Type: rules.ZNS, Kind: rules.TemplateCustom, Currency: "VND", Tax: audit.TaxExcluded, International: billing.Yes,
		Percent: &eight, Each: &eight, Rate: &rate, RateFrom: "USD", RateTo: "VND", AsOf: on,
	}
	text, err := json.Marshal(&whole)
	if err != nil {
		t.Fatal(err)
	}
	var back billing.Choices
	if err := json.Unmarshal(text, &back); err != nil || !back.IsSound() {
		t.Fatalf("%v: %s", err, text)
	}
	if again, _ := json.Marshal(&back); string(again) != string(text) {
		t.Errorf("%s comes back as %s", text, again)
	}
	back.ForgetBill()
	if back.On != 0 || back.Type != "" || back.Tax != audit.TaxUnsaid || back.AsOf != 0 || back.Country != "VN" || back.Percent == nil || back.Rate == nil {
		t.Errorf("%+v", back)
	}
	minus, much := decimal.NewFromInt(-1), decimal.NewFromInt(10_000_000)
	for name, c := range map[string]billing.Choices{
		"a country": {Country: "ZZ"}, "a type": {Type: "sms"}, "a kind": {Kind: "x"}, "a currency": {Currency: "XYZ"}, "a tax": {Tax: "some"}, "an answer": {International: "perhaps"},
		"a per cent below zero": {Percent: &minus}, "an amount below zero": {Each: &minus}, "a rate of nothing": {Rate: &decimal.Zero}, "a rate that is none": {Rate: &much},
	} {
		if c.IsSound() {
			t.Errorf("%s: %+v can be taken up", name, c)
		}
	}
}

// TestWhatIsSaidGoesIntoTheBill, but what the bill itself says of the tax holds.
func TestWhatIsSaidGoesIntoTheBill(t *testing.T) {
	eight, rate := decimal.NewFromInt(8), decimal.NewFromInt(26_000)
	c := billing.Choices{Tax: audit.TaxExcluded, International: billing.Yes, Percent: &eight, Each: &eight, Rate: &rate, RateFrom: "USD", RateTo: "VND"}
	var b audit.Bill
	c.Put(&b)
	percent, _ := b.Pricing.MarkupPercent.Get()
	each, _ := b.Pricing.MarkupPerMessage.Get()
	convert, _ := b.Pricing.Convert.Get()
	if b.Tax != audit.TaxExcluded || !b.Sender.InternationalAuth || !percent.Equal(eight) || !each.Equal(eight) || convert.Currency != "VND" || !convert.Rates["USD"].Equal(rate) {
		t.Errorf("%+v", b)
	}
	b = audit.Bill{Tax: audit.TaxIncluded}
	c.Put(&b)
	if b.Tax != audit.TaxIncluded {
		t.Errorf("the bill says %s", b.Tax)
	}
	for name, c := range map[string]struct {
		billing.Choices
		ways int
	}{"nothing": {billing.Choices{}, 0}, "a type": {billing.Choices{Type: rules.WhatsAppMarketing}, 1}, "a kind": {billing.Choices{Kind: rules.TemplateCustom}, 2}, "both": {billing.Choices{Type: rules.ZNS, Kind: rules.TemplateCustom}, 1}} {
		ways := c.Ways()
		if len(ways) != c.ways {
			t.Errorf("%s: %+v", name, ways)
		}
		for _, w := range ways {
			if w.Message.Type.Platform() == rules.ZNS.Platform() && w.Message.Template.Kind != rules.TemplateCustom {
				t.Errorf("%s: %+v", name, w)
			}
		}
	}
}

// TestTemplatesHaveParts where the rules ask for the price that is printed on them.
func TestTemplatesHaveParts(t *testing.T) {
	day, _ := rules.ParseDate("2026-11-21")
	for _, kind := range rules.MessageTypes("") {
		asked := slices.ContainsFunc(rules.Questions(rules.Scenario{On: day, Message: rules.Message{Type: kind}, Audience: make([]rules.Segment, 1)}),
			func(q rules.Question) bool { return q.Field == "message.template.price" })
		if asked != billing.HasParts(kind) {
			t.Errorf("%s has parts: %v, its price is asked: %v", kind, billing.HasParts(kind), asked)
		}
	}
}
