package auditing

import (
	"github.com/shopspring/decimal"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/billing"
	"postage/app/kit"
)

// causes are why the bill differs, and what could not be compared.
type causes struct{ *work }

func (v causes) draw() goapp.UI {
	if v.found == nil {
		return nil
	}
	w := v.Words()
	var body []goapp.UI
	for i := range v.found.Totals {
		s := &v.found.Totals[i]
		var items []goapp.UI
		whole := s.Unknown.Abs()
		for k := range s.Causes {
			whole = whole.Add(s.Causes[k].Amount.Abs())
		}
		for k := range s.Causes {
			c := &s.Causes[k]
			items = append(items, v.item(v.causeText(c, s.Currency), v.causeAbout(c, s.Currency), c.Amount, whole, s.Currency))
		}
		if s.UnknownRows > 0 {
			items = append(items, v.item(v.unknownText(s), v.unknownAbout(s), s.Unknown, whole, s.Currency))
		}
		if len(items) == 0 {
			continue
		}
		if len(v.found.Totals) > 1 {
			body = append(body, kit.Tag("h3").Body(kit.Text(v.sign(s.Currency))))
		}
		if said := v.flatText(s); said != "" {
			body = append(body, kit.Tag("p").Class("audit-flat").Body(kit.Text(said)))
		}
		body = append(body, kit.Tag("ul").Class("audit-causes").Body(items...))
	}
	if len(body) == 0 {
		return nil
	}
	stripes := kit.Svg("svg").Attr("width", "0").Attr("height", "0").Aria("hidden", "true").Body(kit.Svg("defs").Body(kit.Stripes("audit-less", "list-stripes", "45")))
	return kit.Tag("section").Class("card audit-why").Attr("aria-labelledby", "audit-why").Body(append([]goapp.UI{
		kit.Tag("h2").ID("audit-why").Body(kit.Text(w.Text("audit.why")), stripes)}, body...)...)
}

// item is a cause with its sum, and a bar of how much of all differences it is.
func (v causes) item(title, about string, amount, whole decimal.Decimal, currency string) goapp.UI {
	length := kit.ShareOf(amount.Abs(), whole)
	bar := []goapp.UI{
		kit.Svg("rect").Attr("data-is", "use-room").Attr("width", "100%").Attr("height", "100%"),
		kit.Svg("rect").Attr("data-is", "use-used").Attr("width", kit.Across(length)).Attr("height", "100%"),
	}
	if amount.IsNegative() {
		bar[1] = kit.Svg("rect").Attr("data-is", "audit-less").Attr("width", kit.Across(length)).Attr("height", "100%")
	}
	return kit.Tag("li").Body(
		kit.Div("audit-cause", kit.Tag("b").Body(kit.Text(title)), kit.Tag("b").Class("audit-sum").Body(kit.Text(v.signed(amount, currency)))),
		kit.Tag("p").Class("hint").Body(kit.Text(about)),
		kit.Svg("svg").Attr("data-is", "use-bar audit-bar").Aria("hidden", "true").Body(bar...),
	)
}

// notCompared are the rows that have no price, and why.
func (w *work) notCompared(list []billing.Refusal) []goapp.UI {
	l := w.Words()
	var items []goapp.UI
	for i := range list {
		r := &list[i]
		items = append(items, kit.Tag("li").Body(
			kit.Span("list-n", l.Number(r.Messages)), kit.Tag("p").Body(kit.Text(w.stateText(r.State, r.Reason)), kit.Span("hint", " · "+l.Count("list.rows", r.Rows)))))
	}
	return items
}
