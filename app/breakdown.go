package app

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/rules"
)

// breakdown shows how the total comes about, line by line.
func (s *screen) breakdown() goapp.UI {
	w := s.words()
	q := s.quote
	var rows []goapp.UI
	if q.Free > 0 {
		rows = append(rows, s.row(w.text("line.free"), w.count("messages", q.Free), w.money(decimal.Zero, s.form.currency()), nil))
	}
	for i := range q.Lines {
		rows = append(rows, s.line(&q.Lines[i]))
	}
	if len(rows) == 0 && q.Priced {
		rows = append(rows, s.row(w.text("line.nothing"), "", "", nil))
	}
	rows = append(rows, s.totalRows()...)
	return div("card breakdown", tag("h2").Body(text(w.text("breakdown.title"))), tag("dl").Class("lines").Body(rows...))
}

func (s *screen) row(title, detail, amount string, below goapp.UI) goapp.UI {
	return div("line",
		tag("dt").Body(span("line-title", title), span("line-detail", detail), below),
		tag("dd").Body(text(amount)),
	)
}

func (s *screen) line(l *rules.Line) goapp.UI {
	w := s.words()
	currency := s.form.currency()
	title := w.text("line." + l.Code)
	if l.Market != "" {
		title += " · " + s.marketName(l)
	}
	detail := w.text("line.times", "quantity", w.number(l.Quantity), "price", w.money(l.UnitPrice, currency))
	if l.TierFrom > 1 {
		detail += " · " + w.text("line.tier", "from", w.number(l.TierFrom))
	}
	if l.Code == "markup-percent" {
		if percent, known := s.markupPercent(); known {
			detail = w.percent(percent)
		}
	}
	if l.Segment != nil && len(s.quote.Segments) > 1 {
		detail = s.groupName(*l.Segment) + " · " + detail
	}
	var below goapp.UI
	if len(l.Sources) > 0 {
		below = s.sources(l.Sources, l.Status, l.Since)
	}
	// The lines add up to the first sum below them.
	amount := l.Net
	if s.taxIncluded() {
		amount = l.Gross
	}
	return s.row(title, detail, w.money(amount, currency), below)
}

// marketName is the name of a line's market: a region's from the tables, a
// country's as the browser knows it, else as the card prints it.
func (s *screen) marketName(l *rules.Line) string {
	if w := s.words(); w.has("market." + l.Market) {
		return w.text("market." + l.Market)
	}
	if l.Segment != nil {
		if _, names := s.countries(); names[s.form.get(groupPath(*l.Segment, "country"))] != "" {
			return names[s.form.get(groupPath(*l.Segment, "country"))]
		}
	}
	return l.Market
}

// taxIncluded reports whether no line adds a tax to its price.
func (s *screen) taxIncluded() bool {
	return !slices.ContainsFunc(s.quote.Lines, func(l rules.Line) bool { return !l.TaxIncluded && !l.TaxPercent.IsZero() })
}

// totalRows are the sums: net, tax and gross, or that the price is not in the
// book.
func (s *screen) totalRows() []goapp.UI {
	w := s.words()
	q := s.quote
	if len(q.Totals) == 0 {
		return []goapp.UI{div("line sum", tag("dt").Body(span("line-title", w.text("total.not-in-book")), span("line-detail", w.text("total.not-in-book.why"))), tag("dd").Body(text("—")))}
	}
	t := q.Totals[0]
	var rows []goapp.UI
	detail := ""
	switch {
	case t.Tax.IsZero():
	case s.taxIncluded():
		detail = w.text("total.tax-included", "tax", w.money(t.Tax, t.Currency))
	default:
		rows = append(rows,
			s.row(w.text("total.net"), "", w.money(t.Net, t.Currency), nil),
			s.row(w.text("total.tax"), "", w.money(t.Tax, t.Currency), nil),
		)
	}
	rows = append(rows, div("line sum", tag("dt").Body(span("line-title", w.text("total.gross")), span("line-detail", detail)), tag("dd").Body(text(w.money(t.Gross, t.Currency)))))
	if c := q.Converted; c != nil && c.Currency != t.Currency {
		rows = append(rows, div("line", tag("dt").Body(span("line-title", w.text("total.converted", "currency", c.Currency))), tag("dd").Body(text(w.roundTotal(c.Gross, c.Currency)))))
	}
	return rows
}
