package auditing

import (
	"github.com/shopspring/decimal"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/billing"
	"postage/app/kit"
	"postage/rules/audit"
)

// rows are those of the bill, the ones that differ most first.
type rows struct{ *work }

const (
	rowsID = "audit-rows"
	atOnce = 20 // rows that are shown at first
)

func (v rows) draw() goapp.UI {
	if v.found == nil || len(v.found.Lines) == 0 {
		return nil
	}
	w := v.Words()
	body := []goapp.UI{
		kit.Tag("h2").ID(rowsID + "-title").Body(kit.Text(w.Text("audit.rows"))),
	}
	for i := range v.found.Totals {
		body = append(body, v.table(&v.found.Totals[i]))
	}
	if later := len(v.found.Lines) - atOnce; later > 0 && !v.more {
		body = append(body, kit.Button("link audit-more", w.Count("audit.rows.more", int64(later)), func(goapp.Context, goapp.Event) { v.work.more = true }, "more").ID("audit-more"))
	}
	if left := v.found.All - int64(len(v.found.Lines)); left > 0 {
		body = append(body, kit.Tag("p").Class("hint").Body(kit.Text(w.Count("audit.rows.left", left))))
	}
	if list := v.notCompared(v.found.Open); len(list) > 0 {
		body = append(body, kit.Tag("h3").Body(kit.Text(w.Text("audit.open"))), kit.Tag("ul").Class("list-reasons").Body(list...))
	}
	return kit.Tag("section").Class("card audit-rows").ID(rowsID).Attr("tabindex", "-1").Attr("aria-labelledby", rowsID+"-title").Body(body...)
}

// table is the rows of a currency.
func (v rows) table(s *billing.Sum) goapp.UI {
	w := v.Words()
	unit := w.Text("audit.rows.unit", "currency", v.sign(s.Currency))
	if v.found.Tax != "" {
		unit = w.Text("audit.rows.unit.tax", "currency", v.sign(s.Currency), "tax", w.Text("audit.tax."+string(v.found.Tax)))
	}
	var lines []goapp.UI
	for i := range v.found.Lines {
		l := &v.found.Lines[i]
		if l.Currency == s.Currency {
			lines = append(lines, v.line(l, s, i >= atOnce && !v.more))
		}
	}
	if len(lines) == 0 {
		return kit.Div("")
	}
	const columns = 7
	head := make([]goapp.UI, 0, columns)
	for _, key := range [...]string{"market", "type", "messages", "billed", "book", "diff", "why"} {
		th := headCell("col", w.Text("audit.col."+key))
		switch key {
		case "why":
			th = th.Class("audit-cause-of")
		case "messages", "billed", "book", "diff":
			th = th.Class("number")
		}
		head = append(head, th)
	}
	return kit.Div("audit-of",
		kit.Tag("p").Class("hint").Body(kit.Text(unit)),
		kit.Tag("table").Class("audit-table").Attr("role", "table").Body(
			kit.Tag("caption").Class("visually-hidden").Body(kit.Text(w.Text("audit.rows")+", "+unit)),
			group("thead", row("", head...)), group("tbody", lines...), v.foot(s),
		))
}

// foot is the sums of the rows that were compared, or, where there are no amounts, of what
// they cost by the book; nothing is to be seen of it where neither is.
func (v rows) foot(s *billing.Sum) goapp.UI {
	w := v.Words()
	name, messages, billed, book, diff := "audit.rows.sum", s.Compared, v.amount(s.Billed, s.Currency), v.spread(s.Low, s.High, s.Currency), v.signed(s.Difference, s.Currency)
	most := v.mostOf(s.High, s.Most, s.Currency)
	switch {
	case stateOf(s) == unbilled:
		messages, billed, book, diff = s.Messages, "–", v.spread(s.UnbilledLow, s.UnbilledHigh, s.Currency), "–"
	case stateOf(s) == unpriced:
		return kit.Tag("tfoot").Attr("hidden", true)
	case s.Compared < s.Messages || !s.Unexamined.IsZero():
		name = "audit.rows.sum.part"
	}
	return group("tfoot", row("audit-sums",
		headCell("row", w.Text(name)), cell("", "", ""), cell("number audit-count", w.Text("audit.col.messages"), w.Number(messages)),
		cell("number audit-billed", w.Text("audit.col.billed"), billed), bookCell(w.Text("audit.col.book"), book, most),
		cell("number audit-diff", "", diff), cell("", "", "")))
}

// mostOf is the most that may be billed, in words; empty where that is the list price.
func (v rows) mostOf(high, most decimal.Decimal, currency string) string {
	if most.Equal(high) {
		return ""
	}
	return v.Words().Text("audit.most", "most", v.amount(most, currency))
}

// bookCell is an amount by the book, with the most that may be billed below it.
func bookCell(label, book, most string) goapp.UI {
	body := []goapp.UI{kit.Tag("span").Class("audit-label").Aria("hidden", "true").Body(kit.Text(label + " ")), kit.Text(book)}
	if most != "" {
		body = append(body, kit.Span("hint audit-most", most))
	}
	return kit.Tag("td").Class("number audit-book").Attr("role", "cell").Body(body...)
}

// On a phone a row is not drawn as one of a table, but stays one to a screen reader: its
// parts say what they are.
func group(name string, body ...goapp.UI) goapp.UI {
	return kit.Tag(name).Attr("role", "rowgroup").Body(body...)
}

func row(class string, body ...goapp.UI) goapp.UI {
	return kit.Tag("tr").Class(class).Attr("role", "row").Body(body...)
}

func headCell(scope, text string) goapp.HTMLElem {
	role := map[string]string{"col": "columnheader", "row": "rowheader"}[scope]
	return kit.Tag("th").Attr("scope", scope).Attr("role", role).Body(kit.Text(text))
}

// cell is a cell, with what it is where the names of the columns are not to be seen.
func cell(class, label, text string) goapp.UI {
	body := []goapp.UI{kit.Text(text)}
	if label != "" {
		body = append([]goapp.UI{kit.Tag("span").Class("audit-label").Aria("hidden", "true").Body(kit.Text(label + " "))}, body...)
	}
	return kit.Tag("td").Class(class).Attr("role", "cell").Body(body...)
}

// line is a row of the bill.
func (v rows) line(l *billing.Line, s *billing.Sum, later bool) goapp.UI {
	w := v.Words()
	class := ""
	switch {
	case l.Compared && l.Difference.IsZero():
		class = "audit-right"
	case l.State != audit.Priced && l.State != audit.OnlyFee:
		class = "audit-open"
	}
	if later {
		class += " audit-later"
	}
	billed, book, diff, most := "–", "–", "–", ""
	if l.Billed != nil {
		billed = v.amount(*l.Billed, l.Currency)
	}
	if l.State == audit.Priced || l.State == audit.OnlyFee {
		book, most = v.spread(l.Low, l.High, l.Currency), v.mostOf(l.High, mostFor(l), l.Currency)
	}
	if l.Compared {
		diff = v.signed(l.Difference, l.Currency)
	}
	market := headCell("row", "").Class("audit-market").Body(kit.Span("", v.place(&l.Traffic)), kit.Span("hint", w.Text("audit.at", "row", w.Number(int64(l.Row)), "days", v.days(l.On, max(l.On, l.Until)))))
	return row(class, market, cell("audit-type", "", v.kind(&l.Traffic)), cell("number audit-count", w.Text("audit.col.messages"), w.Number(l.Messages)),
		cell("number audit-billed", w.Text("audit.col.billed"), billed), bookCell(w.Text("audit.col.book"), book, most),
		cell("number audit-diff", "", diff), cell("audit-cause-of", "", v.rowText(l, s)))
}
