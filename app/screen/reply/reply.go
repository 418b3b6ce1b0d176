package reply

import (
	"cmp"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/report"
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
		kit.PlaceFor(r.asked()),
		r.Stamp(),
		kit.PlaceFor(r.lead()),
		d.Deferred(r.reasons),
	)
}

// asked is what the answer is to, on a phone, where the questions are out of sight.
func (r *Column) asked() goapp.UI {
	d := r.Desk
	if d.Frame || !d.Current() {
		return nil
	}
	lines := report.AskedText(&d.Report)
	return kit.Div("asked",
		kit.Tag("p").Class("asked-what").Body(kit.Text(lines[0])), r.edit("link"),
		kit.Tag("p").Body(kit.Text(lines[1])), kit.Tag("p").Class("hint").Body(kit.Text(lines[2])))
}

// edit leads back to what was answered last.
func (r *Column) edit(class string) goapp.UI {
	to := cmp.Or(r.Desk.Touched, form.GroupPath(0, "recipients"))
	return desk.Lead(class, r.Desk.Words().Text("bar.edit"), to)
}

// reasons are what the answer rests on, and what can be done with it.
func (r *Column) reasons() goapp.UI {
	return kit.Div("reasons",
		r.Tools(),
		r.Why(),
		kit.Div("card briefs",
			r.Breakdown(),
			kit.PlaceFor(r.Days()),
			kit.PlaceFor(r.Notices()),
			r.changes(),
		),
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
		items = append(items, kit.Tag("li").Body(desk.Lead("link", label, path)))
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

// Bar keeps the answer in view on a phone. It leads to the answer, and from there back
// to what was answered last.
func (r *Column) Bar() goapp.UI {
	d := r.Desk
	w := d.Words()
	bar := kit.Tag("aside").Class("bar").Aria("label", w.Text("section.answer.short"))
	if !d.Current() {
		return bar.Body(kit.Span("bar-total", "—"), kit.Span("bar-note", w.Text("fix.title")), desk.Lead("link", w.Text("bar.fix"), d.FirstWrong()), r.steps())
	}
	answer := kit.Tag("button").Class("bar-answer").Attr("type", "button").On("click", func(goapp.Context, goapp.Event) { browser.MoveTo(desk.AnswerID) }).Body(
		kit.Span("bar-total", d.TotalText()),
		kit.Tag("span").Class("pill verdict-"+string(d.Verdict())).Body(kit.Text(d.VerdictText())),
		kit.Hidden(w.Text("bar.open")),
	)
	if open := d.OpenQuestions(); len(open) > 0 && d.Verdict() != rules.Ineligible { // no answer makes a yes of a no
		return bar.Body(answer, desk.Lead("link", w.Text("bar.answer"), open[0]), r.steps())
	}
	return bar.Body(answer, r.edit("link bar-edit"), desk.Lead("link", w.Text("bar.why"), whyID), r.steps())
}

// Days says how long the sending takes where the platform limits a day.
func (r *Column) Days() goapp.UI {
	d := r.Desk.Quote.Schedule
	if d == nil {
		return nil
	}
	w := r.Desk.Words()
	return r.Desk.Brief("days", "days", w.Text("days.title"), w.Count("days.needed", d.Days),
		[]goapp.UI{kit.Tag("p").Body(kit.Text(r.Desk.PerDayText()))})
}

// NoticesKey is the part with the notices.
const NoticesKey = "notices"

// noticeID begins the id of a notice; its code follows.
const noticeID = "notice-"

// Notices are what the user must know of every message of the type and no number shows.
func (r *Column) Notices() goapp.UI {
	notes := r.notes(false)
	if len(notes) == 0 {
		return nil
	}
	w := r.Desk.Words()
	return r.Desk.Brief(NoticesKey, "notices", w.Text("notices.title"), w.Count("notices.of", int64(len(notes))), []goapp.UI{kit.Tag("ul").Body(notes...)})
}

// particular are the notices that stand for something in this scenario.
func (r *Column) particular() goapp.UI {
	notes := r.notes(true)
	if len(notes) == 0 {
		return nil
	}
	return kit.Tag("ul").Class("notices").Body(notes...)
}

func (r *Column) notes(particular bool) (items []goapp.UI) {
	q := r.Desk.Quote
	for i := range q.Notices {
		n := &q.Notices[i]
		if n.Particular() != particular || strings.HasSuffix(n.Code, "ended") && q.Verdict == rules.Ineligible || n.Code == priceList {
			continue // stands with the reason, or with the price
		}
		items = append(items, kit.Tag("li").Body(r.notice(n)))
	}
	return items
}

// notice is one, with its sources and a way to where the sender can say what it leaves
// open. What a platform does not approve goes out never.
func (r *Column) notice(n *rules.Notice) goapp.UI {
	class, set, other := "notice", goapp.UI(nil), goapp.UI(nil)
	if key := "notice." + n.Code + ".set"; r.Desk.Words().Has(key) && !r.Desk.Options.ReadOnly {
		to := desk.PartID("3")
		if reading := "assume." + n.Code; r.Desk.Words().Has("ask." + reading) {
			to = reading
		}
		set = desk.Lead("link", r.Desk.Words().Text(key), to)
	}
	switch {
	case strings.HasPrefix(n.Code, "zalo.template."):
		class = "notice warning"
	case n.Code == priceList && !r.Desk.Options.ReadOnly:
		other = r.otherList()
	}
	return kit.Tag("div").Class(class).ID(noticeID+n.Code).Attr("tabindex", "-1").
		Body(kit.Tag("p").Body(kit.Text(r.Desk.Words().NoticeText(n)+" "), set), r.Desk.Sources(n.Sources, "", 0), other)
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
