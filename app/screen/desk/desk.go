package desk

import (
	"slices"
	"strings"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A Desk is what every part of the calculator works at: the calculation in words,
// and what becomes of a change. Parts read it to draw, and tell it what was done.
type Desk struct {
	report.Report

	Pace   kit.Pace        // what is drawn when
	Opened map[string]bool // the details that are open, by place and group

	Said    string  // what was done, spoken before the answer until the next change
	Outcome string  // what the last press in the toolbar came to
	Kept    string  // the element with what it kept, if that is what it came to
	Arrived Arrival // what came of something shared, until the next change

	Item int64 // of the plan that stands in the form; 0: none

	Fields  kit.Fields
	Touched string // the path of the question that was answered last

	SeenPath  string // the address's path and fragment as last seen or set
	SeenLink  string
	BadLink   bool // the address has a scenario that cannot be read
	DraftLost bool // what is in the form could not be kept for the next page

	linkBefore string // the fragment that the last change took away

	// Later puts off what waits for a pause, after each answer; nil for a screen
	// that is in no page.
	Later func()

	// Ctx is the context of Screen: work that is put off must not hang on an element
	// that the change takes away.
	Ctx    goapp.Context
	Screen goapp.UI
}

// New is a desk without a form.
func New(lang string, frame bool) *Desk {
	d := &Desk{Opened: map[string]bool{}}
	d.Lang, d.Frame = lang, frame
	return d
}

// AnswerID is the element with the answer.
const AnswerID = "answer"

// WaysID is the element with the other ways.
const WaysID = "ways"

// PartID is the heading of a numbered part of the form: 1, 2 or 3.
func PartID(number string) string { return "section-" + number }

// Warning is what the book tells of the country of people to whom messages go out, which
// no number of an answer shows, in a few words, with the code of the notice; empty where
// it tells nothing.
func (d *Desk) Warning(q *rules.Quote) (said, code string) {
	for g := range q.Segments {
		country := d.Form.Get(form.GroupPath(g, "country"))
		for i := range q.Notices {
			key := "stamp." + country + "." + q.Notices[i].Code
			if q.Segments[g].Deliverable > 0 && d.Words().Has(key) {
				return d.Words().Text(key), q.Notices[i].Code
			}
		}
	}
	return "", ""
}

// An Arrival is what came of something shared.
type Arrival struct {
	Said   string
	Opened bool
}

// After does something a while later that does not change the screen by itself.
func (d *Desk) After(wait time.Duration, do func()) {
	d.Ctx.Async(func() {
		time.Sleep(wait)
		d.Ctx.Dispatcher().Dispatch(goapp.Dispatch{Mode: goapp.Next, Source: d.Screen, Function: func(goapp.Context) { do() }})
	})
}

// Act carries out what was asked for in a part on behalf of the whole screen.
func (d *Desk) Act(do func()) { d.Ctx.Dispatch(func(goapp.Context) { do() }) }

// Say tells what an action came to, once it is over.
func (d *Desk) Say(key string, pairs ...string) {
	d.Outcome, d.Kept = d.Words().Text(key, pairs...), ""
}

// TakeIn puts what a text holds in the place of the form: a scenario, a file with
// an answer, or a link.
func (d *Desk) TakeIn(content string) *rules.Error {
	link, name, wrong := model.LinkIn(content)
	if wrong != nil {
		return wrong
	}
	if wrong := d.OpenLink(link); wrong != nil {
		return wrong
	}
	d.Name = name
	d.KeepDraft()
	return nil
}

// OpenLink puts the scenario of a link in the place of the form, unless it
// cannot be read.
func (d *Desk) OpenLink(link string) *rules.Error {
	scenario, ok := form.ScenarioOf(link)
	if !ok {
		return &rules.Error{Code: rules.OutOfRange}
	}
	asked, wrong := model.Decode(scenario)
	if wrong != nil {
		return wrong
	}
	d.Form, d.BadLink, d.Item = form.Of(asked, d.Form.Today, d.Lang), false, 0
	d.Compute()
	d.Hear(link, &asked)
	d.Changed()
	return nil
}

// SayShared says of what a link brought that it is somebody's quote, what they call it,
// of which day it is, and whether their prices are in it.
func (d *Desk) SayShared() {
	if d.Quote == nil {
		return
	}
	w, key := d.Words(), "shared.quote"
	if d.Name != "" {
		key += ".named"
	}
	d.Arrived = Arrival{Said: w.Text(key, "name", d.Name, "what", d.OwnName(), "date", w.Date(d.Quote.On))}
	if slices.ContainsFunc(d.Quote.Lines, func(l rules.Line) bool { return model.IsOwn(&l) || l.Code == "template-price" }) {
		d.Arrived.Said += " " + w.Text("shared.quote.prices")
	}
}

// CannotOpenText says what is wrong with what was to be opened, and where.
func (d *Desk) CannotOpenText(wrong *rules.Error) string {
	w := d.Words()
	where := w.Text("import.whole")
	if path := wrong.Path; path != "" {
		where = path
		if label := w.First([]string{"ask." + form.FieldName(path), ""}, "currency", d.Form.Currency(), "target", ""); label != "" {
			where = label + " (" + path + ")"
		}
	}
	return w.Text("import.wrong", "what", words.ShortName(where), "why", w.Text("import."+string(wrong.Code)))
}

// OpenScenario puts the scenario of a link into the form, nil for a link that cannot be
// read: it must not pass for what it was meant to show.
func (d *Desk) OpenScenario(scenario *rules.Scenario) {
	if d.BadLink = scenario == nil; scenario != nil {
		d.Item = 0
		d.Open(*scenario)
	}
}

// Typed takes over an answer while it is being typed.
func (d *Desk) Typed(path, value string) {
	if d.Editing != path {
		d.Drawn = d.Fields.Drawn(path)
	}
	d.Fields.Heard(path, value)
	d.Touched = path
	d.Pace.Key()
	browser.NoteTyped(path, value)
	d.Report.Typed(path, value)
	d.computed()
	browser.AfterPaint(func() {
		d.Ctx.Dispatch(func(goapp.Context) {
			d.Pace.Painted()
			d.KeepDraft()
		})
	})
}

// Entered takes over an answer that is complete.
func (d *Desk) Entered(path, value string) {
	d.Pace.Entered()
	d.Touched = path
	if d.Frame {
		browser.NoteTyped(path, value) // it has no draft, and no link while there is a mistake
	}
	d.Report.Entered(path, value)
	d.computed()
	d.Keep()
}

// Changed follows a change of the form's shape.
func (d *Desk) Changed() {
	d.Pace.Entered()
	d.Report.Changed()
	d.computed()
	d.Keep()
}

// MoveAfter moves to an element once the change is on the screen.
func (d *Desk) MoveAfter(id string) {
	d.Ctx.Defer(func(goapp.Context) { browser.MoveTo(id) })
}

// Keep takes the change into the history, and puts the scenario into the address
// and the answers into the draft.
func (d *Desk) Keep() {
	d.Outcome = ""
	d.History.Note(d.Form)
	if (len(d.Form.Values) > 0 || strings.HasPrefix(d.SeenLink, form.LinkPrefix)) && len(d.Mistakes) == 0 && d.Refused == nil && d.Scenario != nil {
		if d.Frame {
			d.SeenLink = form.LinkOf(d.Scenario)
			browser.SetFrameLink(d.SeenLink)
			browser.ForgetTyped()
		} else {
			if link := d.OwnLink(); link != d.SeenLink {
				d.linkBefore, d.SeenLink = d.SeenLink, link
			}
			browser.SetAddressFragment(d.SeenLink)
		}
		d.BadLink = false
	}
	d.KeepDraft()
}

// KeepDraft keeps what stands in the form for the next page of this tab.
func (d *Desk) KeepDraft() {
	if d.Frame {
		return // frames of one page would share it
	}
	draft := form.Draft{Values: d.Form.Values, Groups: d.Form.Groups, Link: d.SeenLink, Before: d.linkBefore, Carried: d.Form.Carried, Name: d.Name, Item: d.Item}
	if d.DraftLost = model.StoreDraft(browser.OfTab, draft) != model.Done; !d.DraftLost {
		browser.ForgetTyped()
	}
}

// Compute works out the answer.
func (d *Desk) Compute() {
	d.Report.Compute()
	d.computed()
}

// computed follows a new answer.
func (d *Desk) computed() {
	d.Said, d.Arrived = "", Arrival{}
	if d.Later != nil && d.Current() {
		d.Later()
	}
	if d.Frame {
		browser.TellFrame("changed")
	}
}

// Step undoes a change, or does it again.
func (d *Desk) Step(by int) {
	if !d.Report.Step(by) {
		return
	}
	d.Pace.Entered()
	d.computed()
	d.Keep()
	d.Said = d.Words().Text(map[int]string{form.Undo: "undo.done", form.Redo: "redo.done"}[by])
}

// FollowDay goes on with the day that it is now, for a page that stays open past
// midnight. A day of sending that nobody has chosen is today's.
func (d *Desk) FollowDay() {
	if !d.Report.FollowDay(browser.Today()) {
		return
	}
	d.computed()
	if _, chosen := d.Form.Values[form.PathOn]; !chosen {
		d.Keep()
	}
}
