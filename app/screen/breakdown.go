package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/report"
	"postage/rules"
)

// breakdown shows how the total comes about, line by line.
func (s *screen) breakdown() goapp.UI {
	var rows []goapp.UI
	for _, e := range s.Entries() {
		rows = append(rows, s.row(e))
	}
	return kit.Div("card breakdown", kit.Tag("h2").Body(kit.Text(s.Words().Text("breakdown.title"))), kit.Tag("dl").Class("lines").Body(rows...))
}

// A rowView is one row, without its line.
type rowView struct {
	entry   report.Entry
	sources sourcesView
}

// row shows an entry.
func (s *screen) row(e report.Entry) goapp.UI {
	v := rowView{entry: e}
	if v.entry.Line = nil; e.Line != nil {
		v.sources = sourcesView{s.shownLanguage(), e.Line.Sources, e.Line.Status, e.Line.Since}
	}
	return s.part(v)
}

func (v rowView) draw(s *screen) goapp.UI {
	class := "line"
	switch {
	case v.entry.Total:
		class = "line sum"
	case v.entry.Part:
		class = "line part"
	}
	var below goapp.UI
	if len(v.sources.ids) > 0 {
		below = s.part(v.sources)
	}
	return kit.Div(class,
		kit.Tag("dt").Body(kit.Span("line-title", v.entry.Title), kit.Span("line-detail", v.entry.Detail), below),
		kit.Tag("dd").Body(kit.Text(v.entry.Amount)),
	)
}

// A sourcesView is the sources of a row, which stay while its amount changes.
type sourcesView struct {
	language shownLanguage
	ids      []string
	status   rules.Status
	since    rules.Date
}

func (v sourcesView) draw(s *screen) goapp.UI { return s.sources(v.ids, v.status, v.since) }
