package auditing

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/app/filing"
	"postage/app/kit"
	"postage/app/page"
	"postage/rules"
	"postage/rules/audit"
)

// A reply is whether the bill is right, and by how much it is not.
type reply struct{ *work }

// draw is a stamp for each currency, or what is to be done to have one.
func (v reply) draw() goapp.UI {
	w := v.Words()
	section := kit.Tag("section").Class("answer plan-stamp audit-stamps").ID(filing.AnswerID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	if v.Stale {
		section = section.Attr("data-stale", "true") // go-app sets no new attribute that is empty
	}
	if v.found == nil || len(v.found.Totals) == 0 {
		said := w.Text("list.working")
		var act goapp.UI
		switch n := len(v.questions()); {
		case n > 0:
			said, act = w.Count("list.questions", int64(n)), v.see()
		case v.found != nil:
			if said = w.Text("audit.nothing"); len(v.found.Asks) > 0 {
				act = v.see()
			}
		case !v.Working:
			said = w.Text("audit.not-read")
		}
		return section.Body(spoken(""), kit.Div("stamp stamp-empty", kit.Div("stamp-inner", kit.Tag("p").Body(kit.Text(said)), kit.PlaceFor(act))))
	}
	var said []string
	body := []goapp.UI{nil}
	for i := range v.found.Totals {
		s := &v.found.Totals[i]
		said = append(said, v.label(s)+": "+v.headline(s)+". "+strings.TrimSuffix(v.beside(s), ".")+".")
		body = append(body, v.stamp(s))
	}
	if v.Stale {
		said = nil
	}
	body[0] = spoken(strings.Join(said, " "))
	return section.Body(body...)
}

func spoken(text string) goapp.UI {
	return kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(text))
}

// see leads to the question that is left.
func (v reply) see() goapp.UI {
	return kit.Button("press primary", v.Words().Text("audit.see"), func(goapp.Context, goapp.Event) {
		switch left := v.Unordered(); {
		case len(left) > 0:
			v.MoveAfter(filing.OrderID(left[0]))
		case v.lacks(unknownBill):
			v.MoveAfter(filing.ColumnsID)
		default:
			v.MoveAfter(asksID)
		}
	}, "see")
}

// A state is how a sum is.
type state string

const (
	right    state = "right"
	more     state = "more"    // more was billed
	less     state = "less"    // less was
	mixed    state = "mixed"   // rows differ, and the sums do not
	taxed    state = "taxed"   // more was billed by what is probably a tax, and by that alone
	unbilled state = "log"     // there are no amounts
	unpriced state = "unknown" // nothing could be compared
)

func stateOf(s *billing.Sum) state {
	switch {
	case s.Rows == 0 && !s.UnbilledHigh.IsZero():
		return unbilled
	case s.Rows == 0:
		return unpriced
	case s.Difference.IsPositive() && !taxOf(s).IsZero():
		return taxed
	case s.Difference.IsPositive():
		return more
	case s.Difference.IsNegative():
		return less
	case s.Right < s.Rows:
		return mixed
	}
	return right
}

// taxOf is the tax that explains all by which a sum differs, in per cent; zero where one tax
// alone does not, and where a row that costs something is right without it: a tax is on the
// whole bill.
func taxOf(s *billing.Sum) decimal.Decimal {
	if len(s.Causes) == 0 || s.UnknownRows > 0 || s.Right > s.Free || !s.Low.Equal(s.High) || !s.Most.Equal(s.High) {
		return decimal.Zero
	}
	tax := s.Causes[0].Percent
	for i := range s.Causes {
		if c := &s.Causes[i]; c.Code != audit.TaxAdded || !c.Percent.Equal(tax) {
			return decimal.Zero
		}
	}
	return tax
}

// verdictOf is how the stamp of a sum looks. A tax that is likely is no fault, and not certain.
func verdictOf(is state) rules.Verdict {
	switch is {
	case right:
		return rules.Eligible
	case unbilled, unpriced, taxed:
		return rules.Depends
	}
	return rules.Partial
}

// differs reports whether a state is that of a bill that is not as the book has it.
func (is state) differs() bool { return is == more || is == less || is == mixed || is == taxed }

// stamp is what came of a currency.
func (v reply) stamp(s *billing.Sum) goapp.UI {
	w, is := v.Words(), stateOf(s)
	verdict := verdictOf(is)
	said := w.Text("audit.mark."+string(is), "n", w.Number(s.Rows-s.Right), "percent", v.percentOf(s), "tax", w.Percent(taxOf(s)))
	figure := v.headline(s)
	inner := []goapp.UI{
		kit.Tag("p").Class("stamp-label").Body(kit.Text(v.label(s))),
		kit.Tag("p").Class(page.TotalClass(figure) + " audit-total").Body(kit.Text(figure)),
		kit.Tag("p").Class("stamp-note").Body(kit.Text(v.beside(s))),
	}
	if is != unbilled && !s.Low.Equal(s.High) {
		inner = append(inner, kit.Tag("p").Class("misfit").Body(kit.Text(v.rangeText(s))))
	}
	if is != unpriced && !s.Unexamined.IsZero() {
		inner = append(inner, kit.Tag("p").Class("misfit").Body(kit.Text(w.Text("audit.unexamined", "amount", v.money(s.Unexamined, s.Currency)))))
	}
	if said := v.plainText(s, "audit.plain"); said != "" {
		inner = append(inner, kit.Tag("p").Class("misfit").Body(kit.Button("link", said, func(goapp.Context, goapp.Event) { v.MoveAfter(priceID) }, "price")))
	}
	if v.found.Unreadable > 0 {
		inner = append(inner, kit.Tag("p").Class("misfit").Body(kit.Text(w.Count("audit.unread", v.found.Unreadable))))
	}
	if v.found.Stopped {
		inner = append(inner, kit.Tag("p").Class("misfit").Body(kit.Text(w.Text("list.stopped.note"))))
	}
	top := w.Text("audit.ring.card", "date", page.Dotted(w, v.found.Card))
	if v.found.Card == 0 {
		top = w.Text("audit.ring.book")
	}
	mark := page.PostmarkOf(verdict, said, strings.ReplaceAll(said, "|", " "), top, w.Text("audit.ring.bill", "month", v.month()))
	return kit.Div("stamp verdict-"+string(verdict), kit.Div("stamp-inner", inner...), mark)
}

// percentOf is by how many per cent of the book a sum differs.
func (v reply) percentOf(s *billing.Sum) string {
	base := s.Most
	if s.Difference.IsNegative() {
		base = s.Low
	}
	if base.IsZero() {
		return ""
	}
	const places = 3
	return v.Words().Percent(s.Difference.Abs().DivRound(base, places+2).Shift(2).Round(1))
}

// month is that of the bill, or the months.
func (v reply) month() string {
	digits := func(d rules.Date) (month, year string) {
		y, m, _ := d.Split()
		return string([]byte{byte('0' + m/10), byte('0' + m%10)}), itoa(y)
	}
	from, year := digits(v.found.From)
	to, last := digits(v.found.To)
	if from == to && year == last {
		return from + "·" + year
	}
	if year == last {
		return from + "–" + to + "·" + year
	}
	return from + "·" + year + "–" + to + "·" + last
}

// bar keeps what is next in view on a phone.
func (v reply) bar() goapp.UI {
	if v.Columns == nil {
		return nil
	}
	w := v.Words()
	bar := kit.Tag("aside").Class("bar list-bar").Aria("label", w.Text("section.answer.short"))
	if v.Working && v.At.Rows > 0 { // it takes a while, and the card that tells of it may be out of view
		return bar.Body(
			kit.Div("list-bar-said", kit.Span("bar-total", v.FileName()), v.Meter(func() goapp.UI { return kit.Span("bar-note", v.Doing()) })),
			v.StopButton("press"),
		)
	}
	if v.found == nil || len(v.found.Totals) == 0 {
		n := len(v.questions())
		if n == 0 {
			return nil
		}
		return bar.Body(kit.Div("list-bar-said", kit.Span("bar-total", w.Count("list.rows", v.Columns.Rows)), kit.Span("bar-note list-left", w.Count("list.questions", int64(n)))), v.see())
	}
	s := &v.found.Totals[0]
	verdict := verdictOf(stateOf(s))
	return bar.Body(
		kit.Div("list-bar-said", kit.Span("bar-total", v.headline(s)), kit.Span("bar-note", v.label(s))),
		kit.Tag("span").Class("pill verdict-"+string(verdict)).Body(kit.Text(w.Text("audit.pill."+string(stateOf(s)), "tax", w.Percent(taxOf(s))))),
		kit.Button("press", w.Text("audit.rows.short"), func(goapp.Context, goapp.Event) { v.MoveAfter(rowsID) }, "rows"),
	)
}
