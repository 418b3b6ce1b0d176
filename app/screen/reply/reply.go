package reply

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/screen/desk"
	"postage/rules"
)

// Draw is the column with the stamp and everything that explains it.
func (r *Column) Draw() goapp.UI {
	d := r.Desk
	w := d.Words()
	column := kit.Tag("section").Class("answer").ID(desk.AnswerID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	if d.Quote == nil {
		return column.Body(r.nothingYet(), r.Tools())
	}
	if !d.Current() {
		column = column.Attr("data-stale", "true")
	}
	return column.Body(
		kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(strings.TrimSpace(d.Said+" "+d.Summary()))),
		kit.PlaceFor(r.FixFirst()),
		kit.PlaceFor(r.otherAnswer()),
		r.Stamp(),
		kit.PlaceFor(r.lead()),
		d.Deferred(r.reasons),
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
	return kit.Div("stamp stamp-empty", kit.Div("stamp-inner", kit.Tag("p").Body(kit.Text(r.Desk.Words().Text("answer.nothing"))), r.FixFirst()))
}

// FixFirst says which answers are missing or wrong, each with the way to it.
func (r *Column) FixFirst() goapp.UI {
	d := r.Desk
	if d.Current() {
		return nil
	}
	w := d.Words()
	var items []goapp.UI
	link := func(path, label string) {
		items = append(items, kit.Tag("li").Body(kit.Button("link", label, func(goapp.Context, goapp.Event) { browser.MoveTo(path) }, path)))
	}
	questions := d.Form.Questions()
	for _, m := range d.Mistakes {
		link(m.Path, d.QuestionTitle(questions, m.Path)+": "+d.MistakeText(m))
	}
	if d.Refused != nil {
		m, _ := d.MistakeAt(d.Refused.Path)
		link(d.Refused.Path, d.QuestionTitle(questions, d.Refused.Path)+": "+d.MistakeText(m))
	}
	return kit.Div("card fix", kit.Tag("h2").Body(kit.Text(w.Text("fix.title"))), kit.Tag("ul").Body(items...))
}

// Bar keeps the answer in view on a phone.
func (r *Column) Bar() goapp.UI {
	d := r.Desk
	w := d.Words()
	label, to := "bar.why", whyID
	if d.Current() {
		if open := d.OpenQuestions(); len(open) > 0 {
			label, to = "bar.answer", open[0]
		}
	}
	if !d.Current() {
		label, to = "bar.fix", d.FirstWrong()
	}
	why := kit.Button("link", w.Text(label), func(goapp.Context, goapp.Event) { browser.MoveTo(to) }, to)
	bar := kit.Tag("aside").Class("bar").Aria("label", w.Text("section.answer.short"))
	if !d.Current() {
		return bar.Body(kit.Span("bar-total", "—"), kit.Span("bar-note", w.Text("fix.title")), why, r.steps())
	}
	return bar.Body(
		kit.Span("bar-total", d.TotalText()),
		kit.Tag("span").Class("pill verdict-"+string(d.Verdict())).Body(kit.Text(d.VerdictText())),
		why,
		r.steps(),
	)
}

// Days says how long the sending takes where the platform limits a day.
func (r *Column) Days() goapp.UI {
	d := r.Desk.Quote.Schedule
	if d == nil {
		return nil
	}
	w := r.Desk.Words()
	return kit.Div("card",
		kit.Tag("h2").Body(kit.Text(w.Text("days.title"))),
		kit.Tag("p").Class("big").Body(kit.Text(w.Count("days.needed", d.Days))),
		kit.Tag("p").Class("hint").Body(kit.Text(r.Desk.PerDayText())),
	)
}

// NoticesKey is the part with the notices that hold for every message of the type.
const NoticesKey = "notices"

// fewNotices is how many of those stand in sight.
const fewNotices = 2

// Notices are what the user must know and no number shows. What stands for
// something in this scenario comes first; what is told of every such message is
// folded away where there is more of it.
func (r *Column) Notices() goapp.UI {
	d := r.Desk
	w := d.Words()
	var first, rest []goapp.UI
	for i := range d.Quote.Notices {
		n := &d.Quote.Notices[i]
		if strings.HasSuffix(n.Code, "ended") && d.Quote.Verdict == rules.Ineligible || n.Code == priceList {
			continue // stands with the reason, or with the price
		}
		list := &rest
		if n.Particular() {
			list = &first
		}
		*list = append(*list, kit.Tag("li").Body(r.notice(n)))
	}
	folded := goapp.UI(nil)
	if len(rest) > fewNotices {
		folded = d.Details(NoticesKey, w.Count("notices.more", int64(len(rest))), "", []goapp.UI{kit.Tag("ul").Body(rest...)})
	} else if first = append(first, rest...); len(first) == 0 {
		return nil
	}
	return kit.Div("card notices", kit.Tag("h2").Body(kit.Text(w.Text("notices.title"))), kit.Tag("ul").Body(first...), folded)
}

// notice is one, with its sources. What a platform does not approve goes out never.
func (r *Column) notice(n *rules.Notice) goapp.UI {
	class, other := "notice", goapp.UI(nil)
	switch {
	case strings.HasPrefix(n.Code, "zalo.template."):
		class = "notice warning"
	case n.Code == priceList && !r.Desk.Options.ReadOnly:
		other = r.otherList()
	}
	return kit.Div(class, kit.Tag("p").Body(kit.Text(r.Desk.Words().NoticeText(n))), r.Desk.Sources(n.Sources, "", 0), other)
}

// lead is the way from a quote to the partner.
func (r *Column) lead() goapp.UI {
	d := r.Desk
	if !d.Current() {
		return nil
	}
	return page.Lead(d.Words(), &d.Options, d.Words().Text("type."+string(d.Quote.Message)), d.Summary())
}

// otherAnswer shows what the link said beside today's answer, where they are not
// the same.
func (r *Column) otherAnswer() goapp.UI {
	d := r.Desk
	t := d.Told
	if t == nil || !t.Unread && t.Scenario != string(d.Scenario) || t.Unread && !d.BadLink {
		return nil
	}
	w := d.Words()
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
		if len(d.Quote.Totals) > 0 {
			now = w.RoundTotal(d.Quote.Totals[0].Gross, d.Quote.Totals[0].Currency)
		}
		rows = append(rows, row(w.Text("told.today"), d.VerdictText(), now))
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
	d := r.Desk
	if len(d.History.States) < 2 {
		return nil
	}
	one := func(by int, name, arrow string) goapp.UI {
		return kit.Pressable("step-button", name, func(goapp.Context, goapp.Event) { d.Step(by) }, by, kit.Icon(arrow), kit.Span("step-word", d.Words().Text(name))).
			Attr("aria-disabled", !d.History.Can(by))
	}
	buttons := []goapp.UI{one(form.Undo, "undo", "M8 4L4 8l4 4M4.500 8H12a4 4 0 0 1 0 8H8")}
	if d.History.Can(form.Redo) {
		buttons = append(buttons, one(form.Redo, "redo", "M12 4l4 4-4 4M15.500 8H8a4 4 0 0 0 0 8h4"))
	}
	return kit.Tag("div").Class("steps").Attr("role", "group").Aria("label", d.Words().Text("undo.group")).Body(buttons...)
}
