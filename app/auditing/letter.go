package auditing

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/rules/audit"
)

// letterText asks the provider about the differences.
func (w *teller) letterText() string {
	l, f := w.file.Words(), w.found
	why, ask := "audit.letter.why", "audit.letter.ask"
	if w.onlyTaxed() {
		why, ask = "audit.letter.why.taxed", "audit.letter.ask.taxed"
	}
	lines := []string{l.Text("audit.letter.subject", "days", w.days(f.From, f.To)), "", l.Text("audit.letter.hello"), "", l.Text(why, "days", w.days(f.From, f.To), "card", l.Date(f.Card))}
	for i := range f.Totals {
		s := &f.Totals[i]
		is := stateOf(s)
		if !is.differs() {
			continue
		}
		lines = append(lines, "", l.Text(w.agreedKey("audit.letter.sum", s), w.sumPairs(s)...))
		if lacks := w.outside(); lacks != "" {
			lines[len(lines)-1] += " " + lacks
		}
		for _, said := range []string{w.plainText(s, "audit.letter.plain"), w.flatText(s)} {
			if said != "" {
				lines = append(lines, said)
			}
		}
		for k := range s.Causes {
			c := &s.Causes[k]
			lines = append(lines, "- "+w.causeText(c, s.Currency)+": "+w.signedMoney(c.Amount, s.Currency)+". "+w.causeAsked(c, s.Currency))
		}
		if s.UnknownRows > 0 {
			lines = append(lines, "- "+w.unknownText(s)+": "+w.signedMoney(s.Unknown, s.Currency)+". "+w.unknownAbout(s))
		}
		if is != taxed { // there each row differs by the same
			lines = append(lines, w.worst(s)...)
		}
	}
	return strings.Join(append(lines, "", l.Text(ask), "", l.Text("audit.letter.bye")), "\n")
}

// plainText says by a text of its own, on the page or in the letter, of a sum with more than
// the book has that the book's is that of a template without parts; empty where it is not so.
func (w *teller) plainText(s *billing.Sum, key string) string {
	if !w.found.Plain || !s.Difference.IsPositive() {
		return ""
	}
	return w.file.Words().Text(key)
}

// outside says how many rows of the file are not in its sum: those that could not be read, and
// those that have no price. It is empty where there are none, and where there are several
// sums, of which each lacks the rows of the others too.
func (w *teller) outside() string {
	if len(w.found.Totals) > 1 {
		return ""
	}
	n := w.found.Unreadable
	for i := range w.found.Open {
		n += w.found.Open[i].Rows
	}
	if n == 0 {
		return ""
	}
	return w.file.Words().Count("audit.outside", n)
}

// worst are the rows of a sum that differ most.
func (w *teller) worst(s *billing.Sum) (lines []string) {
	const most = 8
	l := w.file.Words()
	for i := range w.found.Lines {
		line := &w.found.Lines[i]
		if line.Currency != s.Currency || !line.Compared || line.Difference.IsZero() || len(lines) == most || line.Billed == nil {
			continue
		}
		what := []string{w.place(&line.Traffic), w.kind(&line.Traffic)} // of a fee there is the first alone
		if line.Messages > 0 {
			what = append(what, l.Count("messages", line.Messages))
		}
		what = slices.DeleteFunc(what, func(part string) bool { return part == "" })
		lines = append(lines, "  "+l.Text("audit.letter.row", "row", l.Number(int64(line.Row)), "what", strings.Join(what, ", "),
			"billed", w.amount(*line.Billed, s.Currency), "book", w.held(line, s.Currency)))
	}
	if len(lines) > 0 {
		lines = append([]string{"", l.Text("audit.letter.rows", "currency", w.sign(s.Currency))}, lines...)
	}
	return lines
}

// held is the price that a row is held against.
func (w *teller) held(l *billing.Line, currency string) string {
	return w.withMost(w.spread(l.Low, l.High, currency), l.High, mostFor(l), currency)
}

// mostFor is the most that a row is held against: with what is agreed, unless its cause is
// at the list price, which its difference is from then.
func mostFor(l *billing.Line) decimal.Decimal {
	if l.Added == audit.AddedNone {
		return l.High
	}
	return l.Most
}

// summaryText is what came of the bill, in a few lines.
func (w *teller) summaryText() string {
	l, f := w.file.Words(), w.found
	lines := []string{l.Text("audit.summary", "name", w.file.FileName(), "days", w.days(f.From, f.To), "messages", l.Count("messages", f.Messages))}
	for i := range f.Totals {
		s := &f.Totals[i]
		lines = append(lines, w.label(s)+": "+w.headline(s)+", "+w.beside(s))
		if lacks := w.outside(); lacks != "" && stateOf(s) != unpriced { // there the sum is of rows without a price
			lines = append(lines, lacks)
		}
		if said := w.flatText(s); said != "" {
			lines = append(lines, said)
		}
		for k := range s.Causes {
			lines = append(lines, "- "+w.causeText(&s.Causes[k], s.Currency)+": "+w.signedMoney(s.Causes[k].Amount, s.Currency))
		}
		if s.UnknownRows > 0 {
			lines = append(lines, "- "+w.unknownText(s)+": "+w.signedMoney(s.Unknown, s.Currency))
		}
	}
	if t := f.Then; t != nil {
		for i := range t.Totals {
			s := &t.Totals[i]
			lines = append(lines, l.Text("audit.then.short", "date", l.Date(t.Day))+": "+w.between(s.ThenLow, s.ThenHigh, s.Currency)+", "+w.moreText(s))
		}
	}
	return strings.Join(lines, "\n")
}

// fileTitle names files and what is printed.
func (w *teller) fileTitle() string {
	if w.found == nil || w.found.From == 0 {
		return "postage-audit"
	}
	return "postage-audit-" + w.found.From.String()
}

// differs reports whether there is something to ask the provider about.
func (w *teller) differs() bool {
	for i := range w.found.Totals {
		if stateOf(&w.found.Totals[i]).differs() {
			return true
		}
	}
	return false
}

// onlyTaxed reports whether nothing differs but by a tax.
func (w *teller) onlyTaxed() bool {
	for i := range w.found.Totals {
		if is := stateOf(&w.found.Totals[i]); is.differs() && is != taxed {
			return false
		}
	}
	return w.differs()
}

// lineNames are the columns of the file with the lines, as their texts are named.
var lineNames = []string{"row", "on", "until", "type", "country", "messages", "currency", "billed", "book", "book-most", "agreed-most", "difference", "cause", "as-of", "as-of-most", "note"}

// lineWords are the words of the file with the lines.
func (w *teller) lineWords() *billing.LineWords {
	l := w.file.Words()
	of := &billing.LineWords{
		Unknown: l.Text("audit.cause.unknown"), Unreadable: l.Text("audit.lines.unreadable"), Then: l.Text("audit.lines.then") + " ",
		Causes: map[string][]string{}, Notes: map[string]string{billing.NoteKey(audit.OnlyFee, ""): w.stateText(audit.OnlyFee, "")},
	}
	for _, name := range lineNames {
		key := "audit.lines." + name
		if w.found.Then != nil && strings.HasPrefix(name, "as-of") { // the file is read without the page: its other day is named
			of.Header = append(of.Header, l.Text(key+".day", "date", l.Date(w.found.Then.Day)))
			continue
		}
		of.Header = append(of.Header, l.Text(key))
	}
	for i := range w.found.Totals {
		s := &w.found.Totals[i]
		for k := range s.Causes {
			of.Causes[s.Currency] = append(of.Causes[s.Currency], w.causeText(&s.Causes[k], s.Currency))
		}
		if len(w.found.Totals) == 1 {
			of.Unknown = w.unknownText(s)
		}
	}
	refused := w.found.Open
	if w.found.Then != nil {
		refused = slices.Concat(refused, w.found.Then.Refused)
	}
	for i := range refused {
		r := &refused[i]
		of.Notes[billing.NoteKey(r.State, r.Reason)] = w.stateText(r.State, r.Reason)
	}
	return of
}
