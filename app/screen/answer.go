package screen

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/rules"
)

const answerID = "answer"

// answer is the column with the stamp and everything that explains it.
func (s *screen) answer() goapp.UI {
	w := s.words()
	column := kit.Tag("section").Class("answer").ID(answerID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	if s.quote == nil {
		return column.Body(s.nothingYet(), s.toolbar())
	}
	if !s.current() {
		column = column.Attr("data-stale", "true")
	}
	return column.Body(
		kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(strings.TrimSpace(s.said+" "+s.summary()))),
		kit.PlaceFor(s.fixFirst()),
		kit.PlaceFor(s.otherAnswer()),
		s.stamp(),
		kit.PlaceFor(s.lead()),
		s.deferred(s.reasons),
	)
}

// reasons are what the answer rests on, and what can be done with it.
func (s *screen) reasons() goapp.UI {
	return kit.Div("reasons",
		s.toolbar(),
		s.why(),
		kit.PlaceFor(s.groupTotals()),
		s.breakdown(),
		kit.PlaceFor(s.days()),
		kit.PlaceFor(s.notices()),
		s.changes(),
	)
}

// nothingYet stands in for the stamp while there is no answer at all.
func (s *screen) nothingYet() goapp.UI {
	return kit.Div("stamp stamp-empty", kit.Div("stamp-inner", kit.Tag("p").Body(kit.Text(s.words().Text("answer.nothing"))), s.fixFirst()))
}

// fixFirst says which answers are missing or wrong, each with the way to it.
func (s *screen) fixFirst() goapp.UI {
	if s.current() {
		return nil
	}
	w := s.words()
	var items []goapp.UI
	link := func(path, label string) {
		items = append(items, kit.Tag("li").Body(kit.Button("link", label, func(goapp.Context, goapp.Event) { browser.MoveTo(path) }, path)))
	}
	questions := s.form.Questions()
	for _, m := range s.mistakes {
		link(m.Path, s.questionTitle(questions, m.Path)+": "+s.mistakeText(m))
	}
	if s.refused != nil {
		m, _ := s.mistakeAt(s.refused.Path)
		link(s.refused.Path, s.questionTitle(questions, s.refused.Path)+": "+s.mistakeText(m))
	}
	return kit.Div("card fix", kit.Tag("h2").Body(kit.Text(w.Text("fix.title"))), kit.Tag("ul").Body(items...))
}

// questionTitle is a question's label, with its group where there are several.
func (s *screen) questionTitle(questions []form.Question, path string) string {
	for _, q := range questions {
		if q.Path == path {
			return s.titleOf(q)
		}
	}
	return path
}

func (s *screen) titleOf(q form.Question) string {
	label := s.questionLabel(q)
	if q.Place == form.InWhom && s.form.Groups > 1 {
		label = s.groupName(q.Group) + ", " + label
	}
	return label
}

// summary is the answer in one sentence, for screen readers and for copying.
func (s *screen) summary() string {
	if !s.current() {
		return s.words().Text("fix.title")
	}
	return s.words().Text("answer.summary", "verdict", s.verdictText(), "total", s.totalText())
}

func (s *screen) verdictText() string { return s.words().Text("verdict." + string(s.quote.Verdict)) }

// markupPercent is the mark-up that the user asked for.
func (s *screen) markupPercent() (decimal.Decimal, bool) {
	return s.stands.Pricing.MarkupPercent.Get()
}

// totalText is the total, in the currency that the user asked for if any.
func (s *screen) totalText() string {
	w := s.words()
	if !s.current() {
		return "—" // an old number beside new answers would be a wrong one
	}
	switch t, ok := s.total(); {
	case !ok:
		return w.Text("total.not-in-book")
	default:
		return w.RoundTotal(t.Gross, t.Currency)
	}
}

func (s *screen) total() (rules.Total, bool) { return s.quote.Total() }

// perMessage is the price of one message that goes out, in a sentence.
func (s *screen) perMessage() string {
	w := s.words()
	if !s.current() {
		return ""
	}
	if s.quote.Deliverable == 0 {
		return w.Text("stamp.nothing")
	}
	switch t, ok := s.total(); {
	case !ok:
		return ""
	case t.Gross.IsZero():
		return w.Text("stamp.free")
	default:
		return w.Text("stamp.per-message", "price", s.eachText())
	}
}

// eachText is the price of one message that goes out.
func (s *screen) eachText() string {
	t, ok := s.total()
	if !ok || s.quote.Deliverable == 0 {
		return "—"
	}
	return s.words().RoundMoney(t.Gross.DivRound(decimal.NewFromInt(s.quote.Deliverable), 6), t.Currency)
}

// bar keeps the answer in view on a phone.
func (s *screen) bar() goapp.UI {
	w := s.words()
	label, to := "bar.why", whyID
	if s.current() {
		if open := s.openQuestions(); len(open) > 0 {
			label, to = "bar.answer", open[0]
		}
	}
	if !s.current() {
		label, to = "bar.fix", s.firstWrong()
	}
	why := kit.Button("link", w.Text(label), func(goapp.Context, goapp.Event) { browser.MoveTo(to) }, to)
	bar := kit.Tag("aside").Class("bar").Aria("label", w.Text("section.answer.short"))
	if !s.current() {
		return bar.Body(kit.Span("bar-total", "—"), kit.Span("bar-note", w.Text("fix.title")), why, s.steps())
	}
	return bar.Body(
		kit.Span("bar-total", s.totalText()),
		kit.Tag("span").Class("pill verdict-"+string(s.quote.Verdict)).Body(kit.Text(s.verdictText())),
		why,
		s.steps(),
	)
}

// firstWrong is the path of the first answer that cannot be used.
func (s *screen) firstWrong() string {
	if len(s.mistakes) > 0 {
		return s.mistakes[0].Path
	}
	return s.refused.Path
}

// days says how long the sending takes where the platform limits a day.
func (s *screen) days() goapp.UI {
	d := s.quote.Schedule
	if d == nil {
		return nil
	}
	w := s.words()
	return kit.Div("card",
		kit.Tag("h2").Body(kit.Text(w.Text("days.title"))),
		kit.Tag("p").Class("big").Body(kit.Text(w.Count("days.needed", d.Days))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("days.per-day."+string(s.quote.Message.Channel()), "n", w.Number(d.PerDay)))),
	)
}

// notices are what the user must know and no number shows.
func (s *screen) notices() goapp.UI {
	if len(s.quote.Notices) == 0 {
		return nil
	}
	w := s.words()
	items := make([]goapp.UI, 0, len(s.quote.Notices))
	for _, n := range s.quote.Notices {
		if strings.HasSuffix(n.Code, "ended") && s.quote.Verdict == rules.Ineligible {
			continue // stands with the reason
		}
		items = append(items, kit.Tag("li").Body(kit.Tag("p").Body(kit.Text(w.Text("notice."+n.Code))), s.sources(n.Sources, "", 0)))
	}
	if len(items) == 0 {
		return nil
	}
	return kit.Div("card notices", kit.Tag("h2").Body(kit.Text(w.Text("notices.title"))), kit.Tag("ul").Body(items...))
}
