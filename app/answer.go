package app

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/rules"
)

const answerID = "answer"

// answer is the column with the stamp and everything that explains it.
func (s *screen) answer() goapp.UI {
	w := s.words()
	column := tag("section").Class("answer").ID(answerID).Attr("tabindex", "-1").Aria("label", w.text("section.answer"))
	if s.quote == nil {
		return column.Body(s.nothingYet(), s.toolbar())
	}
	if !s.current() {
		column = column.Attr("data-stale", "true")
	}
	return column.Body(
		tag("p").Class("visually-hidden").Attr("role", "status").Body(text(strings.TrimSpace(s.said+" "+s.summary()))),
		placeFor(s.fixFirst()),
		placeFor(s.otherAnswer()),
		s.stamp(),
		placeFor(s.lead()),
		s.deferred(s.turn, s.reasons),
	)
}

// reasons are what the answer rests on, and what can be done with it.
func (s *screen) reasons() goapp.UI {
	return div("reasons",
		s.toolbar(),
		s.why(),
		placeFor(s.groupTotals()),
		s.breakdown(),
		placeFor(s.days()),
		placeFor(s.notices()),
		s.changes(),
	)
}

// nothingYet stands in for the stamp while there is no answer at all.
func (s *screen) nothingYet() goapp.UI {
	return div("stamp stamp-empty", div("stamp-inner", tag("p").Body(text(s.words().text("answer.nothing"))), s.fixFirst()))
}

// fixFirst says which answers are missing or wrong, each with the way to it.
func (s *screen) fixFirst() goapp.UI {
	if s.current() {
		return nil
	}
	w := s.words()
	var items []goapp.UI
	link := func(path, label string) {
		items = append(items, tag("li").Body(button("link", label, func(goapp.Context, goapp.Event) { moveTo(path) }, path)))
	}
	questions := s.form.questions()
	for _, m := range s.mistakes {
		link(m.path, s.questionTitle(questions, m.path)+": "+s.mistakeText(m))
	}
	if s.refused != nil {
		m, _ := s.mistakeAt(s.refused.Path)
		link(s.refused.Path, s.questionTitle(questions, s.refused.Path)+": "+s.mistakeText(m))
	}
	return div("card fix", tag("h2").Body(text(w.text("fix.title"))), tag("ul").Body(items...))
}

// questionTitle is a question's label, with its group where there are several.
func (s *screen) questionTitle(questions []question, path string) string {
	for _, q := range questions {
		if q.path == path {
			return s.titleOf(q)
		}
	}
	return path
}

func (s *screen) titleOf(q question) string {
	label := s.questionLabel(q)
	if q.place == inWhom && s.form.groups > 1 {
		label = s.groupName(q.group) + ", " + label
	}
	return label
}

// summary is the answer in one sentence, for screen readers and for copying.
func (s *screen) summary() string {
	if !s.current() {
		return s.words().text("fix.title")
	}
	return s.words().text("answer.summary", "verdict", s.verdictText(), "total", s.totalText())
}

func (s *screen) verdictText() string { return s.words().text("verdict." + string(s.quote.Verdict)) }

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
		return w.text("total.not-in-book")
	default:
		return w.roundTotal(t.Gross, t.Currency)
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
		return w.text("stamp.nothing")
	}
	switch t, ok := s.total(); {
	case !ok:
		return ""
	case t.Gross.IsZero():
		return w.text("stamp.free")
	default:
		return w.text("stamp.per-message", "price", s.eachText())
	}
}

// eachText is the price of one message that goes out.
func (s *screen) eachText() string {
	t, ok := s.total()
	if !ok || s.quote.Deliverable == 0 {
		return "—"
	}
	return s.words().roundMoney(t.Gross.DivRound(decimal.NewFromInt(s.quote.Deliverable), 6), t.Currency)
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
	why := button("link", w.text(label), func(goapp.Context, goapp.Event) { moveTo(to) }, to)
	bar := tag("aside").Class("bar").Aria("label", w.text("section.answer.short"))
	if !s.current() {
		return bar.Body(span("bar-total", "—"), span("bar-note", w.text("fix.title")), why, s.steps())
	}
	return bar.Body(
		span("bar-total", s.totalText()),
		tag("span").Class("pill verdict-"+string(s.quote.Verdict)).Body(text(s.verdictText())),
		why,
		s.steps(),
	)
}

// firstWrong is the path of the first answer that cannot be used.
func (s *screen) firstWrong() string {
	if len(s.mistakes) > 0 {
		return s.mistakes[0].path
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
	return div("card",
		tag("h2").Body(text(w.text("days.title"))),
		tag("p").Class("big").Body(text(w.count("days.needed", d.Days))),
		tag("p").Class("hint").Body(text(w.text("days.per-day."+string(s.quote.Message.Channel()), "n", w.number(d.PerDay)))),
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
		items = append(items, tag("li").Body(tag("p").Body(text(w.text("notice."+n.Code))), s.sources(n.Sources, "", 0)))
	}
	if len(items) == 0 {
		return nil
	}
	return div("card notices", tag("h2").Body(text(w.text("notices.title"))), tag("ul").Body(items...))
}
