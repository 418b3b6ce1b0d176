package form_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/rules"
)

// whatsApp is a form for marketing messages by WhatsApp.
func whatsApp(on string) *form.Form {
	f := form.New(formtest.TestDay, "vi")
	f.Set(form.PathType, string(rules.WhatsAppMarketing))
	f.Set(form.PathOn, on)
	return f
}

// TestProvidersAreThoseOfTheDayAndTheCurrency: none is offered before it is on
// record, in a currency in which it has no price, or for what no provider sends.
func TestProvidersAreThoseOfTheDayAndTheCurrency(t *testing.T) {
	euros := whatsApp("2026-08-01")
	euros.Set(form.PathCurrency, "EUR")
	for _, c := range []struct {
		what       string
		form       *form.Form
		has, hasNo string
	}{
		{"late in 2026", whatsApp("2026-11-28"), "respond-starter", "kapso"},
		{"before most are on record", whatsApp("2024-12-01"), "twilio", "360dialog-regular"},
		{"in euros", euros, "360dialog-regular", "twilio"},
		{"by Zalo", form.New(formtest.TestDay, "vi"), "", "twilio"},
	} {
		var ids []string
		for _, p := range c.form.Providers() {
			ids = append(ids, p.ID)
		}
		if c.has != "" && !slices.Contains(ids, c.has) || slices.Contains(ids, c.hasNo) {
			t.Errorf("%s: %v", c.what, ids)
		}
	}
}

// TestAProvidersFeesAreItsOwn takes each provider over from the one before, and
// finds its fees in the scenario, and them alone.
func TestAProvidersFeesAreItsOwn(t *testing.T) {
	f := whatsApp("2026-11-28")
	f.Set("pricing.taxPercent", "8")
	for _, p := range f.Providers() {
		f.TakeProvider(&p)
		s, mistakes := f.Scenario()
		got := s.Pricing
		if len(mistakes) > 0 || !got.MarkupPerMessage.Or(decimal.Zero).Equal(p.PerMessage) || !got.MonthlyFee.Or(decimal.Zero).Equal(p.MonthlyFee) ||
			!got.MarkupPercent.Or(decimal.Zero).Equal(p.Percent) || got.TaxPercent.Or(decimal.Zero).IntPart() != 8 {
			t.Errorf("%s: %+v %v", p.ID, got, mistakes)
		}
		if !p.PerMessage.IsZero() && got.MarkupOnFree.Or(true) != p.AppliesToFree {
			t.Errorf("%s: its fee on free messages is not as the book says", p.ID)
		}
		if !f.HasFeesOf(&p) {
			t.Errorf("%s: its fees are not found in the form", p.ID)
		}
		f.Set("pricing.monthlyFee", "7,5")
		if f.HasFeesOf(&p) {
			t.Errorf("%s: a fee of one's own is taken for its own", p.ID)
		}
	}
	f.TakeProvider(nil)
	if s, _ := f.Scenario(); s.Pricing.MonthlyFee.Known() || s.Pricing.MarkupPerMessage.Known() {
		t.Errorf("without a provider there is left %+v", s.Pricing)
	}
}
