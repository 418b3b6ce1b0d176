package reply

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/app/report"
	"postage/app/screen/desk"
)

// SheetHead is the top of the printed answer: what it is, for whom, of when, and
// what was asked. It is seen on paper alone.
func (r *Column) SheetHead() goapp.UI {
	d := r.Desk
	if !d.Current() || d.IsAwaited() {
		return d.Part(sheetView{of: r})
	}
	return d.Part(sheetView{r, d.ShownLanguage(), d.FileTitle(), d.Called(), d.DatesText(), d.Answers()})
}

// A sheetView is the top of the printed answer.
type sheetView struct {
	of                 *Column
	language           desk.ShownLanguage
	title, name, dates string
	answers            []report.Answered
}

func (v sheetView) Draw() goapp.UI {
	if v.answers == nil {
		// Something must stand in its place: go-app tells what follows by its
		// number, and would make the field anew that is being typed into.
		return kit.Tag("section").Class("sheet")
	}
	facts := make([]goapp.UI, 0, len(v.answers))
	for _, a := range v.answers {
		facts = append(facts, kit.Div("sheet-fact", kit.Tag("dt").Body(kit.Text(a.Label)), kit.Tag("dd").Body(kit.Text(a.Answer))))
	}
	return kit.Tag("section").Class("sheet").Attr("data-title", v.title).Body(
		kit.Div("brand", page.Brand(), kit.Span("brand-name", "Postage")),
		kit.Tag("p").Class("sheet-title").Body(kit.Text(v.of.Desk.Words().Text("sheet.title"))),
		kit.Tag("p").Class("sheet-name").Body(kit.Text(v.name)),
		kit.Tag("p").Class("sheet-dates").Body(kit.Text(v.dates)),
		kit.Tag("dl").Class("sheet-facts").Body(facts...),
	)
}

// SheetFoot is the end of the printed answer: where to find it again.
func (r *Column) SheetFoot() goapp.UI {
	d := r.Desk
	if !d.Current() || d.IsAwaited() {
		return kit.Tag("section").Class("sheet") // as in sheetHead
	}
	address := d.Address()
	return kit.Tag("section").Class("sheet").Body(
		kit.Tag("p").Body(kit.Text(d.Words().Text("sheet.link"))),
		kit.Tag("p").Class("sheet-link").Body(kit.Tag("a").Attr("href", address).Body(kit.Text(address))),
	)
}
