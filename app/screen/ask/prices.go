package ask

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
)

const PricesKey = "pricing0"

// DrawPrices is the part of the form for what the user adds to the platform's price.
func (a *Column) DrawPrices() goapp.UI {
	w := a.Words()
	var fields []goapp.UI
	for _, q := range a.Form.Questions() {
		if q.Place != form.InPricing || !a.Options.AsksFor(q) {
			continue
		}
		fields = append(fields, a.field(q))
		if _, wrong := a.MistakeAt(q.Path); wrong {
			a.Opened[PricesKey] = true
		}
	}
	body := []goapp.UI{kit.Tag("p").Class("hint").Body(kit.Text(w.Text("pricing.hint"))), a.Prices.chips(), kit.Div("pair", fields...), a.Prices.tools()}
	if a.Frame {
		body = []goapp.UI{kit.Div("pair", fields...)}
	}
	title := "section.pricing"
	if a.Options.Fixed {
		title = "frame.section.pricing"
	}
	return a.section("4", title, a.Details(PricesKey, a.pricesInAWord(), "prices", body))
}

// pricesInAWord is what is added, while the fields are out of sight.
func (a *Column) pricesInAWord() string {
	w := a.Words()
	prices := a.Form.Prices()
	if name := a.Prices.inUse(); name != "" {
		return w.Text("pricing.by-profile", "name", name)
	}
	if len(prices) == 0 && !a.Options.Fixed {
		return w.Text("pricing.none")
	}
	var parts []string
	for _, q := range a.Form.Questions() {
		typed := a.Form.Get(q.Path)
		if q.Place != form.InPricing || typed == "" || typed == form.Yes || !a.Options.AsksFor(q) || strings.HasPrefix(q.Path, "pricing.convert.rates") {
			continue
		}
		shown := typed
		if d, ok := q.Number(typed, a.Form.Lang); q.IsNumber() && ok {
			shown = a.NumberWithUnit(q, d)
		}
		parts = append(parts, w.Text("pricing.word."+strings.TrimPrefix(q.Path, form.PricingPrefix), "value", shown))
	}
	if len(parts) == 0 && a.Options.Fixed {
		return w.Text("frame.pricing.none")
	}
	if len(parts) == 0 {
		return w.Text("pricing.none")
	}
	return strings.Join(parts, " · ")
}
