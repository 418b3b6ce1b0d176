package screen

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// This file hands the answer over: on paper, as text, as a table and as JSON.

// An answered is a question with the answer that the quote rests on, in words.
type answered struct{ label, answer string }

// answers are the questions with an answer, the message type first. An answer
// that is not known is one where the verdict may hang on it.
func (s *screen) answers() []answered {
	list := []answered{{s.words().Text("ask.message.type"), s.kindText()}}
	for _, q := range s.form.Questions() {
		if said := s.answerText(q); said != "" && s.asksFor(q) {
			list = append(list, answered{s.titleOf(q), said})
		}
	}
	return list
}

// kindText is the channel and the message type.
func (s *screen) kindText() string {
	w := s.words()
	kind := s.form.Kind()
	return w.Text("channel."+string(kind.Channel())) + " · " + w.Text("type."+string(kind))
}

func (s *screen) answerText(q form.Question) string {
	w := s.words()
	f := field{s, q}
	typed := f.value()
	switch {
	case typed == "" && !q.More && (q.Kind == form.AskYesNo || q.Kind == form.AskHours):
		return w.Text("answer.unknown")
	case typed == "", q.Kind == form.AskText:
		return ""
	}
	switch q.Kind {
	case form.AskYesNo, form.AskFlag, form.AskChoice:
		return f.optionLabel(typed)
	case form.AskCountry:
		if _, names := s.countries(); names[typed] != "" {
			return names[typed]
		}
	case form.AskDate:
		if d, err := rules.ParseDate(typed); err == nil {
			return w.Date(d)
		}
	case form.AskHours:
		if word := f.recencyWord(); word == strings.TrimPrefix(typed, form.Exact) {
			return w.Text("recency." + word)
		}
		return f.shown() + words.NoBreakSpace + w.Text("unit.hours")
	case form.AskAmount:
		if unit := f.unit(); unit != "" {
			return f.shown() + words.NoBreakSpace + unit
		}
		return f.shown()
	case form.AskCount:
		return f.shown() // its unit does not follow the number's plural
	}
	return typed
}

// A validity is the last day of sending for which an answer holds; zero where
// the book knows of no change after the day asked about.
type validity struct {
	scenario string
	until    rules.Date
}

// validText says for how long the verdict and the cost stay as they are.
func (s *screen) validText() string {
	w := s.words()
	if s.editing != "" {
		return "" // it takes as long as many an answer, and a key is not to wait for it
	}
	if s.valid.scenario != string(s.scenario) {
		s.valid = validity{string(s.scenario), rules.SameUntil(s.stands, model.LastDay)}
	}
	if s.valid.until == 0 {
		return w.Text("sheet.valid.open")
	}
	return w.Text("sheet.valid", "date", w.Date(s.valid.until))
}

// madeText says when the answer was asked for, and for which day.
func (s *screen) madeText() string {
	w := s.words()
	today, _ := rules.ParseDate(s.form.Today)
	return w.Text("sheet.made", "made", w.Date(today), "day", w.Date(s.quote.On))
}

// datesText says of which days the answer is, and of which the tariffs.
func (s *screen) datesText() string {
	return s.madeText() + " " + s.validText() + " " + tariffText(s.words())
}

// fileTitle is what a file with the answer is called, without its ending.
func (s *screen) fileTitle() string {
	name := words.ShortName(s.kept.name)
	if name == "" {
		name = s.words().Text("type." + string(s.form.Kind()))
	}
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, name)
	return "Postage - " + strings.TrimSpace(clean) + " - " + s.form.Get(form.PathOn)
}

// sheetHead is the top of the printed answer: what it is, for whom, of when, and
// what was asked. It is seen on paper alone.
func (s *screen) sheetHead() goapp.UI {
	if !s.current() || s.isAwaited() {
		return s.part(sheetView{})
	}
	return s.part(sheetView{s.shownLanguage(), s.fileTitle(), s.kept.name, s.datesText(), s.answers()})
}

// A sheetView is the top of the printed answer.
type sheetView struct {
	language           shownLanguage
	title, name, dates string
	answers            []answered
}

func (v sheetView) draw(s *screen) goapp.UI {
	if v.answers == nil {
		// Something must stand in its place: go-app tells what follows by its
		// number, and would make the field anew that is being typed into.
		return kit.Tag("section").Class("sheet")
	}
	facts := make([]goapp.UI, 0, len(v.answers))
	for _, a := range v.answers {
		facts = append(facts, kit.Div("sheet-fact", kit.Tag("dt").Body(kit.Text(a.label)), kit.Tag("dd").Body(kit.Text(a.answer))))
	}
	return kit.Tag("section").Class("sheet").Attr("data-title", v.title).Body(
		kit.Div("brand", brandMark(), kit.Span("brand-name", "Postage")),
		kit.Tag("p").Class("sheet-title").Body(kit.Text(s.words().Text("sheet.title"))),
		kit.Tag("p").Class("sheet-name").Body(kit.Text(v.name)),
		kit.Tag("p").Class("sheet-dates").Body(kit.Text(v.dates)),
		kit.Tag("dl").Class("sheet-facts").Body(facts...),
	)
}

// sheetFoot is the end of the printed answer: where to find it again.
func (s *screen) sheetFoot() goapp.UI {
	if !s.current() || s.isAwaited() {
		return kit.Tag("section").Class("sheet") // as in sheetHead
	}
	address := browser.AddressWith(s.newLink())
	return kit.Tag("section").Class("sheet").Body(
		kit.Tag("p").Body(kit.Text(s.words().Text("sheet.link"))),
		kit.Tag("p").Class("sheet-link").Body(kit.Tag("a").Attr("href", address).Body(kit.Text(address))),
	)
}

// plainText is the answer as a text to send to somebody.
func (s *screen) plainText() string {
	w := s.words()
	var b strings.Builder
	line := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
		}
		b.WriteByte('\n')
	}
	if s.kept.name != "" {
		line(s.kept.name)
	}
	line("Postage · ", s.kindText())
	line(s.summary())
	line(s.perMessage())
	line(w.Text("split.out", "n", w.Number(s.quote.Deliverable)), " · ", w.Text("split.blocked", "n", w.Number(s.quote.Blocked)))
	if d := s.quote.Schedule; d != nil {
		line(w.Text("days.title"), ": ", w.Count("days.needed", d.Days))
	}
	line("\n", w.Text("breakdown.title"))
	for _, e := range s.entries() {
		line("- ", withDetail(e.title, e.detail), ": ", e.amount)
	}
	line("\n", w.Text("why.title"))
	for i := range s.quote.Segments {
		seg := &s.quote.Segments[i]
		if len(s.quote.Segments) > 1 {
			line(s.groupName(i), ": ", w.Text("verdict."+string(seg.Verdict)))
		}
		for j := range seg.Checks {
			c := &seg.Checks[j]
			line("- ", w.Text("outcome."+string(c.Outcome)), ": ", withDetail(s.checkText(c), words.SourceNames(w, c.Sources)))
		}
	}
	if len(s.quote.Notices) > 0 {
		line("\n", w.Text("notices.title"))
	}
	for _, n := range s.quote.Notices {
		line("- ", withDetail(w.Text("notice."+n.Code), words.SourceNames(w, n.Sources)))
	}
	line("\n", w.Text("sheet.asked"))
	for _, a := range s.answers() {
		line("- ", a.label, ": ", a.answer)
	}
	line("\n", s.datesText())
	line(browser.AddressWith(s.newLink()))
	return strings.ReplaceAll(b.String(), words.NoBreakSpace, " ")
}

func withDetail(title, detail string) string {
	if detail == "" {
		return title
	}
	return title + " (" + detail + ")"
}

// table is the answer as CSV after RFC 4180 for a spreadsheet: what was asked,
// the verdict, the lines and sums of the cost, the checks and the notices, one
// in each row. Numbers are plain.
func (s *screen) table() string {
	w := s.words()
	q := s.quote
	var b strings.Builder
	header := strings.Split(w.Text("csv.header"), "|")
	row := func(cells ...string) {
		for i := range header {
			if i > 0 {
				b.WriteByte(',')
			}
			if i < len(cells) {
				b.WriteString(cell(cells[i]))
			}
		}
		b.WriteString("\r\n")
	}
	row(header...)
	if s.kept.name != "" {
		row(w.Text("sheet.title"), s.kept.name)
	}
	for _, a := range s.answers() {
		row(w.Text("sheet.asked"), a.label, a.answer)
	}
	row(w.Text("section.answer"), s.verdictText(), w.Text("split.blocked", "n", strconv.FormatInt(q.Blocked, 10)), strconv.FormatInt(q.Deliverable, 10))
	if q.Free > 0 {
		row(w.Text("breakdown.title"), w.Text("line.free"), "", strconv.FormatInt(q.Free, 10))
	}
	for i := range q.Lines {
		l := &q.Lines[i]
		e := s.line(l)
		row(w.Text("breakdown.title"), e.title, e.detail, strconv.FormatInt(l.Quantity, 10), l.UnitPrice.String(), l.Net.String(), l.TaxPercent.String(), l.Tax.String(), l.Gross.String(),
			s.form.Currency(), l.Since.String(), words.SourceNames(w, l.Sources))
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
		for j := range q.Segments[i].Checks {
			c := &q.Segments[i].Checks[j]
			detail := w.Text("outcome." + string(c.Outcome))
			if len(q.Segments) > 1 {
				detail = s.groupName(i) + " · " + detail
			}
			row(w.Text("why.title"), s.checkText(c), detail, "", "", "", "", "", "", "", c.Since.String(), words.SourceNames(w, c.Sources))
		}
	}
	for _, n := range q.Notices {
		row(w.Text("notices.title"), w.Text("notice."+n.Code), "", "", "", "", "", "", "", "", "", words.SourceNames(w, n.Sources))
	}
	row("Postage", s.datesText(), browser.AddressWith(s.newLink()))
	return b.String()
}

// cell writes one cell of a CSV. What a spreadsheet would take for a formula is
// turned into text: names come from links and files too. Where lists are
// separated by semicolons a spreadsheet cuts cells at those, in quotes or not;
// so what follows one is looked at like a cell. A number is left as it is.
func cell(s string) string {
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

// file is the scenario and its quote as the contract has them, as JSON that the
// page opens again.
func (s *screen) file() string {
	quote, _ := rules.Answer(s.scenario)
	data, err := json.Marshal(quoteFile{
		Version: 1, Name: s.kept.name, Made: s.form.Today, Book: rules.BookVersion(), Scenario: s.scenario, Quote: quote,
	})
	if err != nil { // both parts are JSON
		panic(err)
	}
	var b bytes.Buffer
	json.Indent(&b, data, "", "  ") // of what was written as JSON: cannot fail
	return b.String() + "\n"
}

// A quoteFile is an answer in a file.
type quoteFile struct {
	Version  int             `json:"postage"`
	Name     string          `json:"name,omitempty"`
	Made     string          `json:"made"` // the day, 2006-01-02
	Book     string          `json:"book"` // see [rules.BookVersion]
	Scenario json.RawMessage `json:"scenario"`
	Quote    json.RawMessage `json:"quote,omitempty"`
}

// compactLink is the link of a scenario as short as it can be written.
func compactLink(scenario []byte) string {
	var b bytes.Buffer
	json.Compact(&b, scenario) // of JSON: cannot fail
	return form.LinkOf(b.Bytes())
}

// maxImport bounds what is opened as JSON, in bytes.
const maxImport = 1 << 20

// linkIn finds the link, without the "#", in a text that was opened or pasted: a
// scenario, a file with an answer, or an address of the calculator. It returns
// the name that the file has.
func linkIn(content string) (link, name string, wrong *rules.Error) {
	content = strings.TrimSpace(strings.TrimPrefix(content, "\ufeff"))
	if len(content) > maxImport {
		return "", "", &rules.Error{Code: rules.OutOfRange}
	}
	if !strings.HasPrefix(content, "{") {
		_, coded, _ := strings.Cut("#"+content, "#"+form.LinkPrefix)
		if parts := strings.Fields(coded); len(parts) > 0 {
			if _, ok := form.ScenarioOf(form.LinkPrefix + parts[0]); ok {
				return form.LinkPrefix + parts[0], "", nil
			}
		}
		return "", "", &rules.Error{Code: rules.Syntax}
	}
	var parts map[string]json.RawMessage
	if json.Unmarshal([]byte(content), &parts) != nil {
		return "", "", &rules.Error{Code: rules.Syntax}
	}
	if _, ok := parts["scenario"]; !ok {
		return compactLink([]byte(content)), "", nil
	}
	var f quoteFile
	for _, p := range []struct {
		name string
		into any
	}{
		{"postage", &f.Version}, {"name", &f.Name}, {"made", &f.Made}, {"book", &f.Book}, {"scenario", &f.Scenario}, {"quote", &f.Quote},
	} {
		if value, ok := parts[p.name]; ok && json.Unmarshal(value, p.into) != nil {
			return "", "", &rules.Error{Path: p.name, Code: rules.WrongType}
		}
		delete(parts, p.name)
	}
	for unknown := range parts {
		return "", "", &rules.Error{Path: unknown, Code: rules.UnknownField}
	}
	if f.Version != 1 {
		return "", "", &rules.Error{Path: "postage", Code: rules.UnknownValue}
	}
	// What the file says of its answer is taken as what a link says.
	var q struct {
		Verdict rules.Verdict
		Totals  []struct{ Currency, Gross string }
	}
	link = compactLink(f.Scenario)
	if json.Unmarshal(f.Quote, &q) == nil {
		c := form.Claim{Book: f.Book, Verdict: q.Verdict}
		c.On, _ = rules.ParseDate(f.Made)
		if len(q.Totals) > 0 {
			c.Total, c.Currency = q.Totals[0].Gross, q.Totals[0].Currency
		}
		link += c.Says()
	}
	return link, words.ShortName(f.Name), nil
}
