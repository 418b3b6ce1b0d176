package spreadsheet

import (
	"strconv"
	"strings"

	"postage/app/plan"
	"postage/app/report"
	"postage/rules"
)

// Of is the plan as CSV after RFC 4180: its items, fees, months and totals, one in each row,
// then what they were counted with and what there is to know of them. Numbers are plain. Of a
// sum without a tax, where the user has given none, it says that none is stated: a zero would
// be read as a rate.
func Of(t plan.Teller) string {
	w, q := t.Words(), t.Answer.Quote
	var b strings.Builder
	header := strings.Split(w.Text("plan.csv.header"), "|")
	row := func(cells ...string) {
		for i := range header {
			if i > 0 {
				b.WriteByte(',')
			}
			if i < len(cells) {
				b.WriteString(report.Cell(cells[i]))
			}
		}
		b.WriteString("\r\n")
	}
	count := func(n int64) string { return strconv.FormatInt(n, 10) }
	money := func(sum rules.Total) []string {
		tax := sum.Tax.String()
		if sum.Tax.IsZero() && sum.Gross.IsPositive() && !t.Answer.Asked.Pricing.TaxPercent.Known() {
			tax = w.Text("plan.csv.untaxed")
		}
		return []string{sum.Net.String(), tax, sum.Gross.String(), sum.Currency}
	}

	row(header...)
	for n := range q.Items {
		i, item := &q.Items[n], t.Answer.At[n]
		cells := []string{w.Text("plan.item"), t.Name(item), t.Kind(item), t.Whom(item), i.First.String(), i.Last.String(), count(i.Occurrences),
			w.Text("verdict." + string(i.Verdict)), count(i.Requested), count(i.Deliverable), count(i.Free), count(i.Charged)}
		if len(i.Totals) == 0 {
			row(append(cells, "", "", w.Text("total.not-in-book"))...)
			continue
		}
		row(append(cells, money(i.Totals[0])...)...)
		for _, more := range i.Totals[1:] {
			row(append([]string{cells[0], cells[1], "", "", "", "", "", "", "", "", "", ""}, money(more)...)...)
		}
	}
	sums := func(what, name string, totals []rules.Total) {
		for _, sum := range totals {
			row(append([]string{what, name, "", "", "", "", "", "", "", "", "", ""}, money(sum)...)...)
		}
	}
	for i := range q.Months {
		m := &q.Months[i]
		for k := range m.Lines {
			l := &m.Lines[k]
			row(append([]string{w.Text("plan.fees"), w.Text("line." + l.Code), "", "", m.Month.String(), "", "", "", "", "", "", ""},
				money(rules.Total{Currency: l.Currency, Net: l.Net, Tax: l.Tax, Gross: l.Gross})...)...)
		}
		sums(w.Text("plan.csv.month"), m.Month.String(), m.Totals)
	}
	sums(w.Text("total.gross"), "", q.Totals)
	if c := t.InOne(); c != nil {
		sums(w.Text("total.gross"), w.Text("total.converted", "currency", c.Currency), []rules.Total{*c})
	}
	for _, s := range t.Shared() {
		row(w.Text("plan.shared"), s.Label, s.Answer)
	}
	for i := range q.Notices {
		row(w.Text("notices.title"), w.NoticeText(&q.Notices[i]))
	}
	row(report.TariffText(w))
	return b.String()
}
