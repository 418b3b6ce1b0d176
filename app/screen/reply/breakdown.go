package reply

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
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
	body := []goapp.UI{kit.Tag("dl").Class("lines").Body(rows...)}
	for i := range d.Quote.Notices {
		if n := &d.Quote.Notices[i]; n.Code == priceList {
			body = append(body, r.notice(n))
		}
	}
	return d.Brief("breakdown", "breakdown", d.Words().Text("breakdown.title"), breakdownHint(d), body)
}

// breakdownHint is the breakdown in a few words: what is multiplied, or how many lines
// there are, and the tax.
func breakdownHint(d *desk.Desk) string {
	var parts []string
	lines, about := int64(0), ""
	for _, e := range d.Entries() {
		switch {
		case e.Private:
		case !e.Total && !e.Part:
			lines++
			about = e.Detail
		case e.Total && e.Detail != "":
			parts = append(parts, e.Detail)
		}
	}
	if lines != 1 || about == "" {
		about = d.Words().Count("breakdown.lines", lines)
	}
	return strings.Join(append([]string{about}, parts...), ", ")
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
	case v.entry.Private:
		class = "line screen-only"
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
