package reply

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/screen/desk"
	"postage/rules"
)

// Breakdown shows how the total comes about, line by line.
func (r *Column) Breakdown() goapp.UI {
	d := r.Desk
	var rows []goapp.UI
	for _, e := range d.Entries() {
		rows = append(rows, r.row(e))
	}
	body := []goapp.UI{kit.Tag("h2").Body(kit.Text(d.Words().Text("breakdown.title"))), kit.Tag("dl").Class("lines").Body(rows...)}
	for i := range d.Quote.Notices {
		if n := &d.Quote.Notices[i]; n.Code == priceList {
			body = append(body, r.notice(n))
		}
	}
	return kit.Div("card breakdown", body...)
}

// priceList is the reading by which a template is charged, and the notice on it.
const priceList = "zalo.zbs.price-list"

// otherList leads to the other one of the two lists of prices.
func (r *Column) otherList() goapp.UI {
	d := r.Desk
	other := "public-list"
	if d.Stands.Assume[priceList] == other {
		other = "template"
	}
	return kit.Button("link", d.Words().Text("prices.by."+other), func(goapp.Context, goapp.Event) { d.Entered("assume."+priceList, other) }, other)
}

// A rowView is one row, without its line.
type rowView struct {
	of      *Column
	entry   report.Entry
	sources sourcesView
}

// row shows an entry.
func (r *Column) row(e report.Entry) goapp.UI {
	d := r.Desk
	v := rowView{of: r, entry: e}
	if v.entry.Line = nil; e.Line != nil {
		v.sources = sourcesView{r, d.ShownLanguage(), e.Line.Sources, e.Line.Status, e.Line.Since}
	}
	return d.Part(v)
}

func (v rowView) Draw() goapp.UI {
	class := "line"
	switch {
	case v.entry.Total:
		class = "line sum"
	case v.entry.Part:
		class = "line part"
	}
	var below goapp.UI
	if len(v.sources.ids) > 0 {
		below = v.of.Desk.Part(v.sources)
	}
	return kit.Div(class,
		kit.Tag("dt").Body(kit.Span("line-title", v.entry.Title), kit.Span("line-detail", v.entry.Detail), below),
		kit.Tag("dd").Body(kit.Text(v.entry.Amount)),
	)
}

// A sourcesView is the sources of a row, which stay while its amount changes.
type sourcesView struct {
	of       *Column
	language desk.ShownLanguage
	ids      []string
	status   rules.Status
	since    rules.Date
}

func (v sourcesView) Draw() goapp.UI { return v.of.Desk.Sources(v.ids, v.status, v.since) }

// GroupTotals is what each group gets and costs, and what is for all of them.
func (r *Column) GroupTotals() goapp.UI {
	d := r.Desk
	q := d.Quote
	if len(q.Segments) < 2 || len(q.Totals) == 0 {
		return nil
	}
	w := d.Words()
	currency := q.Totals[0].Currency
	var rows []goapp.UI
	for g := range q.Segments {
		seg := &q.Segments[g]
		verdict := q.Shown(seg.Verdict)
		sum, _ := model.SumOf(q, func(l *rules.Line) bool { return l.Segment != nil && *l.Segment == g })
		rows = append(rows, r.row(report.Entry{
			Title:  w.Text("groups.row", "name", d.GroupName(g), "verdict", w.Text("verdict."+string(verdict))),
			Detail: w.Text(report.AtMost("groups.sent", verdict), "out", w.Number(seg.Deliverable), "all", w.Number(seg.Requested)),
			Amount: w.Money(sum.Gross, currency),
		}))
	}
	if shared, _ := model.SumOf(q, func(l *rules.Line) bool { return l.Segment == nil }); !shared.Gross.IsZero() {
		rows = append(rows, r.row(report.Entry{Title: w.Text("groups.shared"), Detail: d.OwnText("groups.shared.about"), Amount: w.Money(shared.Gross, currency)}))
	}
	rows = append(rows, r.row(report.Entry{Title: w.Text("total.gross"), Amount: w.Money(q.Totals[0].Gross, currency), Total: true}))
	return kit.Div("card group-totals", kit.Tag("h2").Body(kit.Text(w.Text("groups.title"))), kit.Tag("dl").Class("lines").Body(rows...))
}
