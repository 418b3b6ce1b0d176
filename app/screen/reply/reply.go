package reply

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/screen/desk"
	"postage/rules"
)

// Draw is the column with the stamp and everything that explains it.
func (r *Column) Draw() goapp.UI {
	w := r.Words()
	column := kit.Tag("section").Class("answer").ID(desk.AnswerID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	if r.Quote == nil {
		return column.Body(r.nothingYet(), r.Tools())
	}
	if !r.Current() {
		column = column.Attr("data-stale", "true")
	}
	return column.Body(
		kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(strings.TrimSpace(r.Said+" "+r.Summary()))),
		kit.PlaceFor(r.FixFirst()),
		kit.PlaceFor(r.otherAnswer()),
		r.Stamp(),
		kit.PlaceFor(r.lead()),
		r.Deferred(r.reasons),
	)
}

// reasons are what the answer rests on, and what can be done with it.
func (r *Column) reasons() goapp.UI {
	return kit.Div("reasons",
		r.Tools(),
		r.Why(),
		kit.PlaceFor(r.GroupTotals()),
		r.Breakdown(),
		kit.PlaceFor(r.Days()),
		kit.PlaceFor(r.Notices()),
		r.changes(),
	)
}

// nothingYet stands in for the stamp while there is no answer at all.
func (r *Column) nothingYet() goapp.UI {
	return kit.Div("stamp stamp-empty", kit.Div("stamp-inner", kit.Tag("p").Body(kit.Text(r.Words().Text("answer.nothing"))), r.FixFirst()))
}

// FixFirst says which answers are missing or wrong, each with the way to it.
func (r *Column) FixFirst() goapp.UI {
	if r.Current() {
		return nil
	}
	w := r.Words()
	var items []goapp.UI
	link := func(path, label string) {
		items = append(items, kit.Tag("li").Body(kit.Button("link", label, func(goapp.Context, goapp.Event) { browser.MoveTo(path) }, path)))
	}
	questions := r.Form.Questions()
	for _, m := range r.Mistakes {
		link(m.Path, r.QuestionTitle(questions, m.Path)+": "+r.MistakeText(m))
	}
	if r.Refused != nil {
		m, _ := r.MistakeAt(r.Refused.Path)
		link(r.Refused.Path, r.QuestionTitle(questions, r.Refused.Path)+": "+r.MistakeText(m))
	}
	return kit.Div("card fix", kit.Tag("h2").Body(kit.Text(w.Text("fix.title"))), kit.Tag("ul").Body(items...))
}

// Bar keeps the answer in view on a phone.
func (r *Column) Bar() goapp.UI {
	w := r.Words()
	label, to := "bar.why", whyID
	if r.Current() {
		if open := r.OpenQuestions(); len(open) > 0 {
			label, to = "bar.answer", open[0]
		}
	}
	if !r.Current() {
		label, to = "bar.fix", r.FirstWrong()
	}
	why := kit.Button("link", w.Text(label), func(goapp.Context, goapp.Event) { browser.MoveTo(to) }, to)
	bar := kit.Tag("aside").Class("bar").Aria("label", w.Text("section.answer.short"))
	if !r.Current() {
		return bar.Body(kit.Span("bar-total", "—"), kit.Span("bar-note", w.Text("fix.title")), why, r.steps())
	}
	return bar.Body(
		kit.Span("bar-total", r.TotalText()),
		kit.Tag("span").Class("pill verdict-"+string(r.Quote.Verdict)).Body(kit.Text(r.VerdictText())),
		why,
		r.steps(),
	)
}

// Days says how long the sending takes where the platform limits a day.
func (r *Column) Days() goapp.UI {
	d := r.Quote.Schedule
	if d == nil {
		return nil
	}
	w := r.Words()
	return kit.Div("card",
		kit.Tag("h2").Body(kit.Text(w.Text("days.title"))),
		kit.Tag("p").Class("big").Body(kit.Text(w.Count("days.needed", d.Days))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("days.per-day."+string(r.Quote.Message.Channel()), "n", w.Number(d.PerDay)))),
	)
}

// Notices are what the user must know and no number shows.
func (r *Column) Notices() goapp.UI {
	if len(r.Quote.Notices) == 0 {
		return nil
	}
	w := r.Words()
	items := make([]goapp.UI, 0, len(r.Quote.Notices))
	for _, n := range r.Quote.Notices {
		if strings.HasSuffix(n.Code, "ended") && r.Quote.Verdict == rules.Ineligible {
			continue // stands with the reason
		}
		items = append(items, kit.Tag("li").Body(kit.Tag("p").Body(kit.Text(w.NoticeText(&n))), r.Sources(n.Sources, "", 0)))
	}
	if len(items) == 0 {
		return nil
	}
	return kit.Div("card notices", kit.Tag("h2").Body(kit.Text(w.Text("notices.title"))), kit.Tag("ul").Body(items...))
}

// lead is the way from a quote to the partner. The script of the frame puts the
// quote into the address when it is pressed.
func (r *Column) lead() goapp.UI {
	if r.Options.Lead == "" || !r.Current() {
		return nil
	}
	w := r.Words()
	label := r.Options.LeadLabel
	if label == "" {
		label = w.Text("frame.lead")
	}
	if r.Options.Lead == "event" {
		return kit.Tag("button").Class("lead-button").Attr("type", "button").Attr("data-lead", "event").Body(kit.Text(label))
	}
	link := kit.Tag("a").Class("lead-button").Attr("href", r.Options.Lead).Attr("data-lead", "link").
		Attr("data-subject", w.Text("type."+string(r.Quote.Message))).Attr("data-summary", r.Summary()).Body(kit.Text(label))
	if strings.HasPrefix(r.Options.Lead, "https:") {
		link = link.Attr("target", "_blank").Attr("rel", "noopener")
	}
	return link
}

// otherAnswer shows what the link said beside today's answer, where they are not
// the same.
func (r *Column) otherAnswer() goapp.UI {
	t := r.Told
	if t == nil || !t.Unread && t.Scenario != string(r.Scenario) || t.Unread && !r.BadLink {
		return nil
	}
	w := r.Words()
	row := func(label, verdict, total string) goapp.UI {
		return kit.Div("line", kit.Tag("dt").Body(kit.Text(label)), kit.Tag("dd").Body(kit.Text(verdict+" · "+total)))
	}
	total := w.Text("total.not-in-book")
	if t.Total != "" {
		total = w.PlainMoney(t.Total, t.Currency)
	}
	label := w.Text("told.link")
	if t.On != 0 {
		label = w.Text("told.link.on", "date", w.Date(t.On))
	}
	rows := []goapp.UI{row(label, w.Text("verdict."+string(t.Verdict)), total)}
	why := "told.why.unread"
	if !t.Unread {
		if why = "told.why"; t.Book == rules.BookVersion() {
			why = "told.why.same-book"
		}
		now := w.Text("total.not-in-book")
		if len(r.Quote.Totals) > 0 {
			now = w.RoundTotal(r.Quote.Totals[0].Gross, r.Quote.Totals[0].Currency)
		}
		rows = append(rows, row(w.Text("told.today"), r.VerdictText(), now))
	}
	return kit.Tag("section").Class("card told").Attr("aria-labelledby", "told-title").Body(
		kit.Tag("h2").ID("told-title").Body(kit.Text(w.Text("told.title"))),
		kit.Tag("dl").Class("lines").Body(rows...),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text(why))),
	)
}

// steps are the buttons that undo and do again. They stay while there is
// anything to go back to or on to, so that the focus can stay on them.
func (r *Column) steps() goapp.UI {
	if len(r.History.States) < 2 {
		return nil
	}
	one := func(by int, name, arrow string) goapp.UI {
		return kit.Pressable("step-button", name, func(goapp.Context, goapp.Event) { r.Step(by) }, by, kit.Icon(arrow), kit.Span("step-word", r.Words().Text(name))).
			Attr("aria-disabled", !r.History.Can(by))
	}
	buttons := []goapp.UI{one(form.Undo, "undo", "M8 4L4 8l4 4M4.500 8H12a4 4 0 0 1 0 8H8")}
	if r.History.Can(form.Redo) {
		buttons = append(buttons, one(form.Redo, "redo", "M12 4l4 4-4 4M15.500 8H8a4 4 0 0 0 0 8h4"))
	}
	return kit.Tag("div").Class("steps").Attr("role", "group").Aria("label", r.Words().Text("undo.group")).Body(buttons...)
}
