package screen

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/kit"
	"postage/rules"
)

// An entry is one row of the breakdown in words.
type entry struct {
	title, detail, amount string
	line                  *rules.Line // nil for a sum
	total                 bool
	part                  bool // the sum of the lines above it, a part of the total
}

// breakdown shows how the total comes about, line by line.
func (s *screen) breakdown() goapp.UI {
	var rows []goapp.UI
	for _, e := range s.entries() {
		rows = append(rows, s.row(e))
	}
	return kit.Div("card breakdown", kit.Tag("h2").Body(kit.Text(s.words().Text("breakdown.title"))), kit.Tag("dl").Class("lines").Body(rows...))
}

// A rowView is one row, without its line.
type rowView struct {
	entry   entry
	sources sourcesView
}

// row shows an entry.
func (s *screen) row(e entry) goapp.UI {
	v := rowView{entry: e}
	if v.entry.line = nil; e.line != nil {
		v.sources = sourcesView{s.shownLanguage(), e.line.Sources, e.line.Status, e.line.Since}
	}
	return s.part(v)
}

func (v rowView) draw(s *screen) goapp.UI {
	class := "line"
	switch {
	case v.entry.total:
		class = "line sum"
	case v.entry.part:
		class = "line part"
	}
	var below goapp.UI
	if len(v.sources.ids) > 0 {
		below = s.part(v.sources)
	}
	return kit.Div(class,
		kit.Tag("dt").Body(kit.Span("line-title", v.entry.title), kit.Span("line-detail", v.entry.detail), below),
		kit.Tag("dd").Body(kit.Text(v.entry.amount)),
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

// entries are the lines of the quote and the sums below them.
func (s *screen) entries() []entry {
	w := s.words()
	q := s.quote
	var list []entry
	if q.Free > 0 {
		detail := w.Count("messages", q.Free)
		if why := "line.free." + string(q.Message); w.Has(why) {
			detail += " · " + w.Text(why)
		}
		list = append(list, entry{title: w.Text("line.free"), detail: detail, amount: w.Money(decimal.Zero, s.form.Currency())})
	}
	for _, own := range []bool{false, true} {
		for i := range q.Lines {
			if isOwn(&q.Lines[i]) == own {
				list = append(list, s.line(&q.Lines[i]))
			}
		}
		list = append(list, s.partOfTotal(own)...)
	}
	if len(list) == 0 && q.Priced {
		list = append(list, entry{title: w.Text("line.nothing")})
	}
	return append(list, s.sums()...)
}

func (s *screen) line(l *rules.Line) entry {
	w := s.words()
	currency := s.form.Currency()
	title := s.ownText("line." + l.Code)
	if l.Market != "" {
		title += " · " + s.marketName(l)
	}
	detail := w.Text("line.times", "quantity", w.Number(l.Quantity), "price", w.Money(l.UnitPrice, currency))
	if l.TierFrom > 1 {
		detail += " · " + w.Text("line.tier", "from", w.Number(l.TierFrom))
	}
	if l.Code == "markup-percent" {
		if percent, known := s.markupPercent(); known {
			detail = w.Percent(percent)
		}
	}
	if l.Segment != nil && len(s.quote.Segments) > 1 {
		detail = s.groupName(*l.Segment) + " · " + detail
	}
	// The lines add up to the first sum below them.
	amount := l.Net
	if s.taxIncluded() {
		amount = l.Gross
	}
	return entry{title: title, detail: detail, amount: w.Money(amount, currency), line: l}
}

// marketName is the name of a line's market: a region's from the tables, a
// country's as the browser knows it, else as the card prints it.
func (s *screen) marketName(l *rules.Line) string {
	if w := s.words(); w.Has("market." + l.Market) {
		return w.Text("market." + l.Market)
	}
	if l.Segment != nil {
		if _, names := s.countries(); names[s.form.Get(form.GroupPath(*l.Segment, "country"))] != "" {
			return names[s.form.Get(form.GroupPath(*l.Segment, "country"))]
		}
	}
	return l.Market
}

// taxIncluded reports whether no line adds a tax to its price.
func (s *screen) taxIncluded() bool {
	return !slices.ContainsFunc(s.quote.Lines, func(l rules.Line) bool { return !l.TaxIncluded && !l.TaxPercent.IsZero() })
}

// sums are net, tax and gross, or that the price is not in the book.
func (s *screen) sums() []entry {
	w := s.words()
	q := s.quote
	if len(q.Totals) == 0 {
		return []entry{{title: w.Text("total.not-in-book"), detail: w.Text("total.not-in-book.why"), amount: "—", total: true}}
	}
	t := q.Totals[0]
	var list []entry
	detail := ""
	switch {
	case t.Tax.IsZero():
	case s.taxIncluded():
		detail = w.Text("total.tax-included", "tax", w.Money(t.Tax, t.Currency))
	default:
		list = append(list,
			entry{title: w.Text("total.net"), amount: w.Money(t.Net, t.Currency)},
			entry{title: w.Text("total.tax"), amount: w.Money(t.Tax, t.Currency)},
		)
	}
	list = append(list, entry{title: w.Text("total.gross"), detail: detail, amount: w.Money(t.Gross, t.Currency), total: true})
	if c := q.Converted; c != nil && c.Currency != t.Currency {
		list = append(list, entry{title: w.Text("total.converted", "currency", c.Currency), amount: w.RoundTotal(c.Gross, c.Currency)})
	}
	if own, ok := ownTotal(q); ok && hasOwn(q) && !s.Frame { // there a partner's customer reads it
		list = append(list, entry{title: w.Text("total.earn"), amount: s.shownRate().write(w, own.Net)})
	}
	return list
}
