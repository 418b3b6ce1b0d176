package report

import (
	"strconv"
	"strings"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// TariffText says of which day the tariffs are.
func TariffText(w *words.Language) string {
	return w.Text("fresh.as-of", "date", w.Date(rules.Checked()))
}

// OverdueText warns that on a day something has changed that the book of an
// earlier day could only announce.
func OverdueText(w *words.Language, day rules.Date) string {
	return w.Text("fresh.overdue", "checked", w.Date(rules.Checked()), "day", w.Date(day))
}

// ValidText says for how long the verdict and the cost stay as they are.
func (r *Report) ValidText() string {
	w := r.Words()
	if r.Editing != "" {
		return "" // it takes as long as many an answer, and a key is not to wait for it
	}
	until := r.ValidUntil()
	if until == 0 {
		return w.Text("sheet.valid.open")
	}
	return w.Text("sheet.valid", "date", w.Date(until))
}

// madeText says when the answer was asked for, and for which day.
func (r *Report) madeText() string {
	w := r.Words()
	today, _ := rules.ParseDate(r.Form.Today)
	return w.Text("sheet.made", "made", w.Date(today), "day", w.Date(r.Quote.On))
}

// DatesText says of which days the answer is, and of which the tariffs.
func (r *Report) DatesText() string {
	return r.madeText() + " " + r.ValidText() + " " + TariffText(r.Words())
}

// FileTitle is what a file with the answer is called, without its ending.
func (r *Report) FileTitle() string {
	name := words.ShortName(r.Called())
	if name == "" {
		name = r.Words().Text("type." + string(r.Form.Kind()))
	}
	return FileName(name, r.Form.Get(form.PathOn))
}

// FileName is what a file about something is called, without its ending.
func FileName(what, day string) string {
	clean := strings.Map(func(sign rune) rune {
		if sign < ' ' || strings.ContainsRune(`/\:*?"<>|`, sign) {
			return ' '
		}
		return sign
	}, what)
	return "Postage - " + strings.TrimSpace(clean) + " - " + day
}

// PlainText is the answer as a text to send to somebody.
func (r *Report) PlainText() string {
	w := r.Words()
	var b strings.Builder
	line := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
		}
		b.WriteByte('\n')
	}
	if name := r.Called(); name != "" {
		line(name)
	}
	line("Postage · ", r.KindText())
	line(r.Summary())
	line(r.PerMessage())
	line(joined(r.SplitText()))
	if d := r.Quote.Schedule; d != nil {
		line(w.Text("days.title"), ": ", w.Count("days.needed", d.Days), " (", r.PerDayText(), ")")
	}
	line("\n", w.Text("breakdown.title"))
	for _, e := range r.Entries() {
		if e.Private {
			continue
		}
		line("- ", withDetail(e.Title, e.Detail), ": ", e.Amount)
	}
	line("\n", w.Text("why.title"))
	for i := range r.Quote.Segments {
		seg := &r.Quote.Segments[i]
		if len(r.Quote.Segments) > 1 {
			line(r.GroupName(i), ": ", w.Text("verdict."+string(r.Quote.Shown(seg.Verdict))))
		}
		bites := r.Bites(i)
		for _, c := range r.Checks(i) {
			line("- ", w.Text("outcome."+string(c.Outcome)), ": ", withDetail(r.Reason(&c, bites), words.SourceNames(w, c.Sources)))
		}
	}
	if len(r.Quote.Notices) > 0 {
		line("\n", w.Text("notices.title"))
	}
	for _, n := range r.Quote.Notices {
		line("- ", withDetail(w.NoticeText(&n), words.SourceNames(w, n.Sources)))
	}
	line("\n", w.Text("sheet.asked"))
	for _, a := range r.Answers() {
		line("- ", a.Label, ": ", a.Answer)
	}
	line("\n", r.DatesText())
	line(r.Address())
	return strings.ReplaceAll(b.String(), words.NoBreakSpace, " ")
}

// joined are two parts of a detail, of which either may be missing.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// PerDayText says how much a day allows, and of which quota that is a share.
func (r *Report) PerDayText() string {
	w := r.Words()
	perDay := r.Quote.Schedule.PerDay
	key, quota := "days.per-day."+string(r.Quote.Message.Channel()), perDay
	share, ok := bookNumber("zalo.zns.post-sale-daily-share", r.Quote.On)
	if tag, _ := bookNumber("zalo.zns.post-sale-tag", r.Quote.On); ok && r.Stands.Message.Tag.Or(0) == tag {
		key += ".share"
		quota = r.Stands.Sender.DailyQuota.Or(perDay * 100 / share) // the quotas of before can be divided
	}
	return w.Text(key, "n", w.Number(perDay), "quota", w.Number(quota))
}

func withDetail(title, detail string) string {
	if detail == "" {
		return title
	}
	return title + " (" + detail + ")"
}

// Table is the answer as CSV after RFC 4180 for a spreadsheet: what was asked,
// the verdict, the lines and sums of the cost, the checks and the notices, one
// in each row. Numbers are plain.
func (r *Report) Table() string {
	w := r.Words()
	q := r.Quote
	var b strings.Builder
	header := strings.Split(w.Text("csv.header"), "|")
	row := func(cells ...string) {
		for i := range header {
			if i > 0 {
				b.WriteByte(',')
			}
			if i < len(cells) {
				b.WriteString(Cell(cells[i]))
			}
		}
		b.WriteString("\r\n")
	}
	row(header...)
	if name := r.Called(); name != "" {
		row(w.Text("sheet.title"), name)
	}
	for _, a := range r.Answers() {
		row(w.Text("sheet.asked"), a.Label, a.Answer)
	}
	row(w.Text("section.answer"), r.VerdictText(), w.Text("split.blocked", "n", strconv.FormatInt(q.Blocked, 10)), strconv.FormatInt(q.Deliverable, 10))
	if q.Free > 0 {
		row(w.Text("breakdown.title"), w.Text("line.free"), "", strconv.FormatInt(q.Free, 10))
	}
	for i := range q.Lines {
		l := &q.Lines[i]
		e := breakdown{r}.line(l)
		row(w.Text("breakdown.title"), e.Title, e.Detail, strconv.FormatInt(l.Quantity, 10), l.UnitPrice.String(), l.Net.String(), l.TaxPercent.String(), l.Tax.String(), l.Gross.String(),
			r.Form.Currency(), l.Since.String(), words.SourceNames(w, e.Line.Sources))
	}
	sum := func(title string, t rules.Total) {
		row(w.Text("total.gross"), title, "", "", "", t.Net.String(), "", t.Tax.String(), t.Gross.String(), t.Currency)
	}
	for _, t := range q.Totals {
		sum("", t)
	}
	if !q.Priced {
		row(w.Text("total.gross"), w.Text("total.not-in-book"))
	}
	if c := q.Converted; c != nil {
		sum(w.Text("total.converted", "currency", c.Currency), *c)
	}
	for i := range q.Segments {
		bites := r.Bites(i)
		for _, c := range r.Checks(i) {
			detail := w.Text("outcome." + string(c.Outcome))
			if len(q.Segments) > 1 {
				detail = r.GroupName(i) + " · " + detail
			}
			row(w.Text("why.title"), r.Reason(&c, bites), detail, "", "", "", "", "", "", "", c.Since.String(), words.SourceNames(w, c.Sources))
		}
	}
	for _, n := range q.Notices {
		row(w.Text("notices.title"), w.NoticeText(&n), "", "", "", "", "", "", "", "", "", words.SourceNames(w, n.Sources))
	}
	row("Postage", r.DatesText(), r.Address())
	return b.String()
}

// Cell writes one cell of a CSV. What a spreadsheet would take for a formula is
// turned into text: names come from links and files too. Where lists are
// separated by semicolons a spreadsheet cuts cells at those, in quotes or not;
// so what follows one is looked at like a cell. A number is left as it is.
func Cell(s string) string {
	if isPlainNumber(s) {
		return s
	}
	var b strings.Builder
	begins := true // nothing but spaces and quotes since the cell began
	for _, r := range s {
		switch {
		case r < ' ' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			r = ' ' // a row is a line
		case begins && strings.ContainsRune("=+-@＝＋－＠", r):
			b.WriteByte('\'')
		}
		begins = r == ';' || begins && (r == ' ' || r == '"' || r == '\u00a0')
		b.WriteRune(r)
	}
	s = b.String()
	if strings.ContainsAny(s, ",;\"") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// isPlainNumber reports whether a text is a number such as -12.5.
func isPlainNumber(s string) bool {
	whole, part, broken := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return words.IsDigits(whole) && (!broken || words.IsDigits(part))
}
