package auditing

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/billing"
	"postage/app/filing"
	"postage/app/kit"
	"postage/rules"
)

// then is the same traffic under the rules of another day.
type then struct{ *work }

const thenID = "audit-then"

// short is what it comes to.
func (v then) short() goapp.UI {
	if v.found == nil || v.found.Then == nil || len(v.found.Then.Totals) == 0 {
		return nil
	}
	w, t := v.Words(), v.found.Then
	body := []goapp.UI{kit.Tag("h2").ID(thenID + "-short").Body(kit.Text(w.Text("audit.then.short", "date", w.Date(t.Day))))}
	for i := range t.Totals {
		s := &t.Totals[i]
		body = append(body, kit.Tag("p").Body(kit.Tag("b").Class("audit-then-sum").Body(kit.Text(v.between(s.ThenLow, s.ThenHigh, s.Currency))), kit.Text(" "+v.moreText(s))))
	}
	body = append(body, kit.PlaceFor(v.unannounced()), kit.Button("link", w.Text("audit.then.see"), func(goapp.Context, goapp.Event) { v.MoveAfter(thenID) }, "then"))
	return kit.Tag("section").Class("card audit-then-short").Attr("aria-labelledby", thenID+"-short").Body(body...)
}

// unannounced says that the prices of the other day are not announced yet.
func (v then) unannounced() goapp.UI {
	if !v.found.Then.Unannounced {
		return nil
	}
	return kit.Tag("p").Class("misfit").Body(kit.Text(v.Words().Text("notice." + rules.NotAnnounced)))
}

func (v then) draw() goapp.UI {
	if v.found == nil || v.found.Then == nil || len(v.found.Lines) == 0 {
		return nil
	}
	w, t := v.Words(), v.found.Then
	lead := w.Text("audit.then.none")
	if len(t.Totals) > 0 {
		var now, other []string
		for i := range t.Totals {
			s := &t.Totals[i]
			now, other = append(now, v.between(s.Low, s.High, s.Currency)), append(other, v.between(s.ThenLow, s.ThenHigh, s.Currency))
		}
		lead = w.Text("audit.then.lead", "now", strings.Join(now, " + "), "then", strings.Join(other, " + "))
		if len(t.Changed) > 0 {
			lead += " " + w.Text("audit.then.rows")
		}
	}
	body := []goapp.UI{
		kit.Div("audit-then-head",
			kit.Div("", kit.Tag("h2").ID(thenID+"-title").Body(kit.Text(w.Text("audit.then", "date", w.Date(t.Day)))), kit.Tag("p").Class("hint").Body(kit.Text(lead))),
			filing.Form{File: &v.File}.Day("audit-as-of", w.Text("audit.then.day"), t.Day, func(d rules.Date) { v.choices.AsOf = d })),
	}
	if len(t.Changed) > 0 {
		body = append(body, v.table(t))
	}
	if t.Unchanged > 0 {
		body = append(body, kit.Tag("p").Class("hint audit-unchanged").Body(kit.Text(w.Count("audit.then.unchanged", t.Unchanged))))
	}
	if list := v.notCompared(t.Refused); len(list) > 0 {
		body = append(body, kit.Tag("h3").Body(kit.Text(w.Text("audit.then.refused"))), kit.Tag("ul").Class("list-reasons").Body(list...))
	}
	return kit.Tag("section").Class("card audit-then").ID(thenID).Attr("tabindex", "-1").Attr("aria-labelledby", thenID+"-title").Body(body...)
}

// table is what changes.
func (v then) table(t *billing.Then) goapp.UI {
	w := v.Words()
	head := []goapp.UI{headCell("col", w.Text("audit.col.market")), headCell("col", w.Text("audit.col.type"))}
	for _, key := range [...]string{"audit.then.before", "audit.then.after", "audit.then.plus"} {
		head = append(head, headCell("col", w.Text(key)).Class("number"))
	}
	head = append(head, headCell("col", w.Text("audit.then.why")).Class("audit-cause-of"))
	amounts := v.spread
	if len(t.Totals) > 1 {
		amounts = v.between // with its currency, for there are several
	}
	var lines []goapp.UI
	for i := range t.Changed {
		c := &t.Changed[i]
		market := headCell("row", "").Class("audit-market").Body(kit.Span("", v.place(&c.Traffic)), kit.Span("hint", w.Count("messages", c.Messages)))
		lines = append(lines, row("", market, cell("audit-type", "", v.kind(&c.Traffic)),
			cell("number audit-billed", w.Text("audit.then.before"), amounts(c.Low, c.High, c.Currency)), cell("number audit-book", w.Text("audit.then.after"), amounts(c.ThenLow, c.ThenHigh, c.Currency)),
			cell("number audit-diff", "", v.plus(&c.ThenSum)), cell("audit-cause-of", "", v.whyText(c))))
	}
	return kit.Tag("table").Class("audit-table audit-changes").Attr("role", "table").Body(
		kit.Tag("caption").Class("visually-hidden").Body(kit.Text(w.Text("audit.then", "date", w.Date(t.Day)))),
		group("thead", row("", head...)), group("tbody", lines...))
}
