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
	d := a.Desk
	w := d.Words()
	var fields []goapp.UI
	for _, q := range d.Form.Questions() {
		if q.Place != form.InPricing || !d.Options.AsksFor(q) {
			continue
		}
		fields = append(fields, a.field(q))
		if _, wrong := d.MistakeAt(q.Path); wrong {
			d.Opened[PricesKey] = true
		}
	}
	body := []goapp.UI{kit.Tag("p").Class("hint").Body(kit.Text(w.Text("pricing.hint"))), a.Prices.chips(), a.Prices.providers(), kit.Div("pair", fields...), a.Prices.tools()}
	if d.Frame {
		body = []goapp.UI{kit.Div("pair", fields...)}
	}
	title := "section.pricing"
	if d.Options.Fixed {
		title = "frame.section.pricing"
	}
	return a.section("4", title, d.Details(PricesKey, a.pricesInAWord(), "prices", body))
}

// pricesInAWord is what is added, while the fields are out of sight.
func (a *Column) pricesInAWord() string {
	w := a.Desk.Words()
	if name := a.Prices.inUse(); name != "" {
		return w.Text("pricing.by-profile", "name", name)
	}
	var parts []string
	for _, q := range a.Desk.Form.Questions() {
		typed := a.Desk.Form.Get(q.Path)
		if q.Place != form.InPricing || typed == "" || typed == form.Yes || !a.Desk.Options.AsksFor(q) || strings.HasPrefix(q.Path, "pricing.convert.rates") {
			continue
		}
		shown := typed
		if d, ok := q.Number(typed, a.Desk.Form.Lang); q.IsNumber() && ok {
			shown = a.Desk.NumberWithUnit(q, d)
		}
		_, name, _ := strings.Cut(q.Name, ".")
		parts = append(parts, w.Text("pricing.word."+name, "value", shown))
	}
	if len(parts) == 0 && a.Desk.Options.Fixed {
		return w.Text("frame.pricing.none")
	}
	if len(parts) == 0 {
		return w.Text("pricing.none")
	}
	return strings.Join(parts, " · ")
}
