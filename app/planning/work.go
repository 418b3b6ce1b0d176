package planning

import (
	"strings"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/flow"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/plan"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A work is the plan in work, and what becomes of a change.
type work struct {
	report report.Report // its words
	plan   plan.Plan
	answer *plan.Answer
	rows   []row // the items as they are told

	history plan.History
	keeper  *plan.Keeper
	today   string

	flowing  *flowing   // a flow that is put together, in the place of the plan
	flowLost bool       // and could not be kept
	leftFlow *flow.Flow // the last one that was left for the plan, nil where there is none
	storage  model.Storage

	mixing *plan.Mixing // the best way for each group, in the place of the plan until it goes into it
	mixDue int          // the last mix that is waited for
	// what is wrong with the day that was chosen for it, the key of its text
	mixWrongDay string

	forecasted   plan.Forecast // what was said of the daily quota
	forecastOpen bool          // the part that asks for it is open

	packagesOpen bool // the packages stand side by side

	same map[int64]bool // what was answered of items that go to the same people, also while they are sent once

	underDay  string // under whose rules the plan is to be seen, 2006-01-02
	underOpen bool   // the part that asks for it is open

	open     int64  // the item whose row is open; 0: none
	renaming bool   // the plan gets another name
	editing  string // id of the field that is being typed into
	fields   kit.Fields
	due      int // the last answer that is waited for

	panel   string // the part of the toolbar that is open, by its id
	byHand  string // a text to copy where the clipboard is shut
	pasted  string // what is to be opened
	problem string // why it cannot be
	said    string // what the last press came to
	days    bool   // the table of days is open
	told    bool   // and the notices

	shelf    model.Shelf // the saved plans
	compared []int64     // of them, side by side; 0 is the one in work
	views    map[string]*saved
	shelfDid string      // what the last change of what is saved came to
	relabel  model.Saved // the saved plan that gets another name
	newLabel string      // as typed

	claim  *form.Claim // what the link of the plan said that was another answer
	claims string      // of which plan, as JSON

	link        string // the address's fragment as last seen
	seen        string // its path
	badLink     bool   // what it holds cannot be read
	arrived     bool   // a link has put the own plan away
	lost        bool   // the plan could not be kept
	unreadable  bool   // what was kept cannot be read
	updateReady bool
	fresh       model.Freshness
	looked      string // what came of the last look for a newer version
	offline     bool
	shares      bool   // there is a share sheet
	noWords     string // the language whose texts could not be fetched

	from func(lang string) string // where it is drawn, nil for its own page

	ctx    goapp.Context
	screen goapp.UI
}

const (
	undo = -1
	redo = 1
)

func (w *work) words() *words.Language { return w.report.Words() }

// href is a link from where the page stands to another one of the site.
func (w *work) href(path string) string {
	from := kit.PlanPath
	if w.report.Frame {
		from = kit.PlanFramePath
	}
	if w.from != nil {
		from = w.from
	}
	return kit.Relative(from(w.report.Lang), path)
}

// tell tells the answer in words.
func (w *work) tell() plan.Teller {
	return plan.Teller{Report: &w.report, Plan: &w.plan, Answer: w.answer, Today: w.today}
}

// compute works out the answer.
func (w *work) compute() {
	w.due++ // what is waited for has come
	if w.report.Frame {
		w.plan.Follow(&w.report.Options, &w.report.Options, w.today)
	}
	w.answer = w.plan.Answer(w.today)
	w.rows = w.rowsTold()
	if w.report.Frame {
		w.tellFrame()
	}
}

// typed keeps what is being typed, and answers it at a pause.
func (w *work) typed() {
	w.store()
	w.due++
	mine := w.due
	w.after(250*time.Millisecond, func() {
		if w.due == mine {
			w.compute()
		}
	})
}

// changed follows a change that is complete.
func (w *work) changed() {
	w.said, w.arrived = "", false
	w.compute()
	w.history.Note(&w.plan)
	w.store()
}

func (w *work) store() {
	w.lost = w.keeper.Store(w.plan) != model.Done
}

// take puts another plan in the place of this one, which undoing brings back.
func (w *work) take(other plan.Plan) {
	if len(w.plan.Items) > 0 {
		w.keeper.StoreBefore(w.plan)
	}
	w.plan, w.claim = other, nil
	w.open, w.renaming, w.panel = 0, false, ""
	w.changed()
}

// add puts messages that come in a link into the plan.
func (w *work) add(coded string) {
	first, wrong := w.plan.AddIn(coded, w.today)
	if w.badLink = wrong != nil; w.badLink {
		return
	}
	w.open, w.link = 0, ""
	browser.SetAddressFragment("")
	w.changed()
	w.said = w.words().Count("plan.to.done", int64(len(w.plan.Items)))
	w.moveAfter(rowID(first))
}

// hear listens to what a link says of the plan that was just opened from it.
func (w *work) hear(link string) {
	if said, other := w.answer.Hear(link); other {
		w.claim, w.claims = &said, w.answer.Text()
	}
}

// goBack puts the plan before in the place of this one, and this one in its place.
func (w *work) goBack() {
	w.take(w.keeper.Before(w.report.Lang, w.today))
	w.moveAfter(titleID)
}

// step undoes a change, or does it again.
func (w *work) step(by int) {
	if !w.history.Can(by) || !w.mayChange() {
		return
	}
	w.plan = w.history.Move(by)
	w.plan.Translate(w.report.Lang, w.today)
	w.compute()
	w.store()
	w.arrived = false
	w.said = w.words().Text(map[int]string{undo: "undo.done", redo: "redo.done"}[by])
}

// readAgain takes over what another page has changed.
func (w *work) readAgain() {
	if w.editing != "" || w.lost {
		return // what stands here is newer
	}
	p, whole := w.keeper.Read(w.report.Lang, w.today)
	if !whole || p.Same(&w.plan) {
		return
	}
	w.plan = p
	w.history.Note(&w.plan)
	w.compute()
}

// followDay goes on with the day that it is now.
func (w *work) followDay(today string) {
	if today != w.today {
		w.today = today
		w.compute()
	}
}

// after does something a while later.
func (w *work) after(wait time.Duration, do func()) {
	w.ctx.Async(func() {
		time.Sleep(wait)
		w.ctx.Dispatch(func(goapp.Context) { do() })
	})
}

// moveAfter moves to an element once the change is on the screen.
func (w *work) moveAfter(id string) {
	if w.ctx == nil {
		return // it is in no page
	}
	w.ctx.Defer(func(goapp.Context) { browser.MoveTo(id) })
}

// states tells of the network, of updates, and of what has come or could not be kept.
func (w *work) states() goapp.UI {
	t := w.words()
	var lines []goapp.UI
	line := func(said string, more ...goapp.UI) {
		lines = append(lines, kit.Div("state", append([]goapp.UI{kit.Span("", said)}, more...)...))
	}
	if w.updateReady {
		line(t.Text("state.update"), kit.Button("link", t.Text("state.reload"), func(goapp.Context, goapp.Event) { browser.ApplyUpdate() }, "update"))
	}
	if day := w.overdue(); day != 0 && !w.updateReady {
		lines = append(lines, kit.Div("state overdue", kit.Span("", report.OverdueText(t, day)), kit.Button("link", t.Text("fresh.check"), func(goapp.Context, goapp.Event) { w.lookForUpdate() }, "look"), kit.Span("", w.looked)))
	}
	if w.badLink {
		line(t.Text("plan.bad-link"))
	}
	if w.unreadable {
		line(t.Text("plan.unreadable"))
	}
	if w.arrived && !w.report.Frame {
		line(t.Text("plan.opened"), kit.Button("link", t.Text("plan.opened.back"), func(goapp.Context, goapp.Event) { w.goBack() }, "back"))
	}
	if (w.lost && len(w.plan.Items) > 0 || w.flowLost) && !w.report.Frame {
		line(t.Text("plan.lost"))
	}
	if w.noWords != "" {
		line(t.Text("state.no-words", "language", t.Text("language."+w.noWords)))
	}
	if w.offline {
		line(t.Text("state.offline"))
	}
	return kit.Tag("div").Class("states").Attr("role", "status").Body(lines...)
}

// overdue is the day since which the book may lack something, zero where there is none.
func (w *work) overdue() rules.Date { return w.fresh.Overdue(w.today) }

func (w *work) lookForUpdate() {
	w.looked = w.words().Text("fresh.looking")
	browser.CheckForUpdate(func(outcome string) {
		w.ctx.Dispatch(func(goapp.Context) { w.looked = w.words().Text("fresh." + outcome) })
	})
}

// A head is the plan's name, and for which days and where it is kept.
type head struct{ *work }

const (
	nameID  = "plan-name"
	titleID = "plan-title"
)

func (h head) draw() goapp.UI {
	t, w := h.tell(), h.words()
	facts := []string{}
	if period := t.Period(); period != "" {
		facts = append(facts, period)
	}
	facts = append(facts, w.Count("plan.items", int64(len(h.plan.Items))))
	about := strings.Join(facts, " · ")
	title := []goapp.UI{
		kit.Tag("h1").ID(titleID).Attr("tabindex", "-1").Body(kit.Text(t.Title())),
		kit.Pressable("icon-button rename-plan", "plan-rename", func(goapp.Context, goapp.Event) {
			h.work.renaming = true
			h.moveAfter(nameID)
		}, "rename", kit.Icon(iconPen), kit.Hidden(w.Text("plan.rename"))),
	}
	if h.renaming {
		title = []goapp.UI{kit.Tag("h1").Class("visually-hidden").Body(kit.Text(t.Title())), h.form()}
	}
	return kit.Div("intro plan-head", kit.Div("plan-title", title...), kit.Tag("p").Class("lead").Body(kit.Text(about), kit.Span("kept", h.kept())),
		kit.Tag("p").Class("paper-only").Body(kit.Text(h.made())))
}

// kept says that the plan is kept.
func (h head) kept() string {
	if h.lost {
		return ""
	}
	return " · " + h.words().Text("plan.kept")
}

// made is the day on which the plan is printed.
func (h head) made() string {
	day, err := rules.ParseDate(h.today)
	if err != nil {
		return ""
	}
	return h.words().Text("plan.made", "date", h.words().Date(day))
}

// form takes the plan's name.
func (h head) form() goapp.UI {
	w := h.words()
	return nameForm(nameID, w.Text("plan.name"), h.shown(nameID, h.plan.Name), w.Text("plan.rename.do"), func(typed string) {
		h.noteTyped(nameID, typed)
		h.work.plan.Name = typed
		h.store()
	}, func() {
		h.work.renaming, h.work.editing = false, ""
		h.plan.Name = words.ShortName(h.plan.Name)
		h.changed()
		h.moveAfter("plan-rename")
	})
}

// nameForm takes a name, which stands in the field to begin with.
func nameForm(id, label, value, do string, typed func(string), done func(), more ...goapp.UI) goapp.UI {
	return kit.Tag("form").Class("rename-form").Body(append([]goapp.UI{
		kit.Tag("label").Class("visually-hidden").Attr("for", id).Body(kit.Text(label)),
		kit.Div("input-box", goapp.ElemSelfClosing("input").ID(id).Class("input").Attr("type", "text").Attr("autocomplete", "off").
			Attr("maxlength", words.Itoa(words.MaxName)).Attr("placeholder", label).Attr("value", value).
			On("input", func(ctx goapp.Context, _ goapp.Event) { typed(ctx.JSSrc().Get("value").String()) }, id)),
		kit.Tag("button").Class("press").Attr("type", "submit").Body(kit.Text(do)),
	}, more...)...).On("submit", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		done()
	}, id)
}

// heard takes what is being typed into a field.
func (w *work) heard(ctx goapp.Context, id string) string {
	typed := ctx.JSSrc().Get("value").String()
	w.noteTyped(id, typed)
	return typed
}

func (w *work) noteTyped(id, typed string) {
	w.editing = id
	w.fields.Heard(id, typed)
}

// shown is what is drawn in a field. While it is being typed into that stays as it was,
// and go-app leaves the input alone.
func (w *work) shown(id, value string) string {
	if w.editing == id {
		return w.fields.Drawn(id)
	}
	return w.fields.Draw(id, value)
}
