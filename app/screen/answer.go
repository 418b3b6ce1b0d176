package screen

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/rules"
)

const answerID = "answer"

// answer is the column with the stamp and everything that explains it.
func (s *screen) answer() goapp.UI {
	w := s.Words()
	column := kit.Tag("section").Class("answer").ID(answerID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	if s.Quote == nil {
		return column.Body(s.nothingYet(), s.toolbar())
	}
	if !s.Current() {
		column = column.Attr("data-stale", "true")
	}
	return column.Body(
		kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(strings.TrimSpace(s.said+" "+s.Summary()))),
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
	return kit.Div("stamp stamp-empty", kit.Div("stamp-inner", kit.Tag("p").Body(kit.Text(s.Words().Text("answer.nothing"))), s.fixFirst()))
}

// fixFirst says which answers are missing or wrong, each with the way to it.
func (s *screen) fixFirst() goapp.UI {
	if s.Current() {
		return nil
	}
	w := s.Words()
	var items []goapp.UI
	link := func(path, label string) {
		items = append(items, kit.Tag("li").Body(kit.Button("link", label, func(goapp.Context, goapp.Event) { browser.MoveTo(path) }, path)))
	}
	questions := s.Form.Questions()
	for _, m := range s.Mistakes {
		link(m.Path, s.QuestionTitle(questions, m.Path)+": "+s.MistakeText(m))
	}
	if s.Refused != nil {
		m, _ := s.MistakeAt(s.Refused.Path)
		link(s.Refused.Path, s.QuestionTitle(questions, s.Refused.Path)+": "+s.MistakeText(m))
	}
	return kit.Div("card fix", kit.Tag("h2").Body(kit.Text(w.Text("fix.title"))), kit.Tag("ul").Body(items...))
}

// bar keeps the answer in view on a phone.
func (s *screen) bar() goapp.UI {
	w := s.Words()
	label, to := "bar.why", whyID
	if s.Current() {
		if open := s.OpenQuestions(); len(open) > 0 {
			label, to = "bar.answer", open[0]
		}
	}
	if !s.Current() {
		label, to = "bar.fix", s.FirstWrong()
	}
	why := kit.Button("link", w.Text(label), func(goapp.Context, goapp.Event) { browser.MoveTo(to) }, to)
	bar := kit.Tag("aside").Class("bar").Aria("label", w.Text("section.answer.short"))
	if !s.Current() {
		return bar.Body(kit.Span("bar-total", "—"), kit.Span("bar-note", w.Text("fix.title")), why, s.steps())
	}
	return bar.Body(
		kit.Span("bar-total", s.TotalText()),
		kit.Tag("span").Class("pill verdict-"+string(s.Quote.Verdict)).Body(kit.Text(s.VerdictText())),
		why,
		s.steps(),
	)
}

// days says how long the sending takes where the platform limits a day.
func (s *screen) days() goapp.UI {
	d := s.Quote.Schedule
	if d == nil {
		return nil
	}
	w := s.Words()
	return kit.Div("card",
		kit.Tag("h2").Body(kit.Text(w.Text("days.title"))),
		kit.Tag("p").Class("big").Body(kit.Text(w.Count("days.needed", d.Days))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("days.per-day."+string(s.Quote.Message.Channel()), "n", w.Number(d.PerDay)))),
	)
}

// notices are what the user must know and no number shows.
func (s *screen) notices() goapp.UI {
	if len(s.Quote.Notices) == 0 {
		return nil
	}
	w := s.Words()
	items := make([]goapp.UI, 0, len(s.Quote.Notices))
	for _, n := range s.Quote.Notices {
		if strings.HasSuffix(n.Code, "ended") && s.Quote.Verdict == rules.Ineligible {
			continue // stands with the reason
		}
		items = append(items, kit.Tag("li").Body(kit.Tag("p").Body(kit.Text(w.NoticeText(&n))), s.sources(n.Sources, "", 0)))
	}
	if len(items) == 0 {
		return nil
	}
	return kit.Div("card notices", kit.Tag("h2").Body(kit.Text(w.Text("notices.title"))), kit.Tag("ul").Body(items...))
}
