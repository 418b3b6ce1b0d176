package listing

import (
	"encoding/json"
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/contacts"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
	"postage/rules/reach"
)

// A work is what was chosen, what was asked of the worker, and what it has told.
type work struct {
	lang    string
	today   rules.Date
	choices contacts.Choices
	typed   map[string]string // what stands in fields of numbers, by their ids

	name    string // of the file; empty for one that has none
	sample  bool   // the list is made up
	pasted  string // what is being pasted
	pasting bool   // the field for it is open

	turn    int64 // of the last request
	asked   contacts.Deed
	at      contacts.Progress
	working bool
	columns *contacts.Columns
	facts   []string // what each column is
	orders  []string // of day and month in each, where that was answered
	found   *contacts.Found
	stale   bool            // another answer is asked for than the one that is shown
	wrong   *contacts.Wrong // what came of the last request
	saveAs  string          // the name of the file that is being written
	said    string          // what the last press came to
	opened  map[string]bool // parts that are open
	fixed   bool            // the ways were chosen, and do not follow the columns
	reader  readerState
	lost    bool // a list was there before the page was loaded anew
	over    bool // a file is held over the page
	fields  kit.Fields
	storage storage
	noWords string
	offline bool
	toPlan  string // a link that puts the answer into the plan
	tooLong bool   // the answer is too long for a link

	updateReady bool
	fresh       model.Freshness
	looked      string // what came of the last look for a newer version
	ctx         goapp.Context
}

// A storage keeps the choices.
type storage interface {
	Read(key string) (text string, ok bool)
	Write(key, text string) bool
}

// A readerState is how the worker is.
type readerState uint8

const (
	readerComing readerState = iota
	readerReady
	readerFailed // its program could not be fetched
)

func (w *work) words() *words.Language { return words.Of(w.lang) }

func (w *work) href(path string) string { return kit.Relative(kit.ListPath(w.lang), path) }

// reset forgets the list.
func (w *work) reset() {
	w.columns, w.found, w.facts, w.orders, w.wrong, w.said, w.toPlan = nil, nil, nil, nil, nil, "", ""
	w.working, w.stale, w.saveAs, w.tooLong = false, false, "", false
	w.opened = map[string]bool{}
	if w.typed == nil {
		w.choices = contacts.Default(w.today)
		w.typed = map[string]string{}
	}
}

// Where the choices are kept, and where it is noted that there was a list. Nothing of a
// list itself is kept anywhere.
const (
	keyChoices = "postage.list"
	keyOpen    = "postage.list.open"
)

// maxKept bounds what is read of the choices, in bytes.
const maxKept = 1 << 12

// recall takes up the choices that are kept.
func (w *work) recall() {
	if text, _ := w.storage.Read(keyChoices); text != "" && len(text) <= maxKept {
		kept := contacts.Default(w.today)
		if json.Unmarshal([]byte(text), &kept) == nil {
			kept.On, kept.Depends = max(kept.On, w.today), false
		}
		if kept.IsSound() {
			w.choices, w.fixed = kept, true
			w.show()
		}
	}
	open, _ := browser.OfTab.Read(keyOpen)
	w.lost = open != ""
	browser.OfTab.Write(keyOpen, "")
}

// keep keeps the choices, but not those that belong to the list that is made up.
func (w *work) keep() {
	if w.storage == nil || w.sample {
		return
	}
	text, err := json.Marshal(&w.choices)
	if err == nil {
		w.storage.Write(keyChoices, string(text))
	}
}

// ask asks the worker for something; what it is doing is stopped.
func (w *work) ask(q contacts.Request, withFile bool) {
	w.stop()
	w.turn++
	q.Turn, q.Lang, q.Choices = w.turn, w.lang, w.choices
	w.asked, w.working, w.at, w.wrong = q.Do, true, contacts.Progress{}, nil
	w.send(q, withFile)
}

func (w *work) send(q contacts.Request, withFile bool) {
	text, err := json.Marshal(q)
	if err != nil { // it is made of texts and numbers
		panic(err)
	}
	browser.AskReader(string(text), withFile)
}

// stop has the worker stop what it is doing; it tells what it has got so far.
func (w *work) stop() {
	if w.working {
		w.send(contacts.Request{Do: contacts.Stop, Turn: w.turn}, false)
	}
}

// open has the file that was chosen looked at.
func (w *work) open(name string) {
	w.lost, w.pasting, w.pasted = false, false, ""
	w.name = words.ShortName(name)
	if w.sample {
		w.sample = false
		w.choices = contacts.Default(w.today)
		w.typed = map[string]string{}
		w.recallChoices()
	}
	w.ask(contacts.Request{Do: contacts.Look}, true)
}

// recallChoices goes back to those that are kept.
func (w *work) recallChoices() {
	if w.storage != nil {
		lost := w.lost
		w.recall()
		w.lost = lost
	}
}

// openSample has a list made up.
func (w *work) openSample() {
	w.lost, w.pasting = false, false
	w.choices = contacts.SampleChoices(w.today)
	w.show()
	w.ask(contacts.Request{Do: contacts.Sample}, false)
}

// answer asks who is reached, once there is a list and no question left.
func (w *work) answer() {
	w.keep()
	if w.columns == nil || len(w.questions()) > 0 {
		return
	}
	w.stale, w.said, w.toPlan, w.tooLong = w.found != nil, "", "", false
	w.ask(contacts.Request{Do: contacts.Answer, Facts: w.facts, Orders: w.orders}, false)
}

// changed follows a choice: an answer that is shown is asked for anew.
func (w *work) changed() {
	if w.found != nil || w.working && w.asked == contacts.Answer {
		w.answer()
		return
	}
	w.keep()
}

// hear takes what comes from the worker.
func (w *work) hear(what, report string) {
	switch what {
	case "ready":
		w.reader = readerReady
		return
	case "failed":
		w.reader = readerFailed
		w.working = false
		return
	case "ended": // it had no memory left, most likely
		w.reset()
		w.wrong = &contacts.Wrong{Code: contacts.Internal}
		return
	}
	var r contacts.Report
	if json.Unmarshal([]byte(report), &r) != nil || r.Turn != w.turn {
		return // it is of before
	}
	switch {
	case r.Progress != nil:
		w.at = *r.Progress
		return
	case r.Columns != nil:
		w.takeColumns(r.Columns)
	case r.Found != nil:
		w.found, w.stale = r.Found, false
		w.link()
		if w.ctx != nil && !w.opened["answered"] {
			w.opened["answered"] = true
			w.moveAfter(answerID)
		}
	case r.Written:
		browser.SaveList(r.Turn, w.saveAs)
		w.said = w.words().Text("list.saved", "name", w.saveAs)
	case r.Wrong != nil:
		if w.stale = false; r.Wrong.Code != contacts.Stopped {
			w.wrong = r.Wrong
		}
	}
	w.working = false
	if r.Columns != nil && w.sample && len(w.questions()) == 0 {
		w.answer()
	}
}

// takeColumns takes up a list that was looked at.
func (w *work) takeColumns(c *contacts.Columns) {
	w.sample = w.asked == contacts.Sample
	w.reset()
	w.columns = c
	w.facts, w.orders = make([]string, len(c.List)), make([]string, len(c.List))
	for i := range c.List {
		w.facts[i] = c.List[i].Fact
	}
	if !w.sample {
		browser.OfTab.Write(keyOpen, "1")
		w.followColumns()
	}
	w.moveAfter(headID)
}

// followColumns has those ways chosen of which the list knows something, until the
// sender says otherwise.
func (w *work) followColumns() {
	if w.fixed {
		return
	}
	has := func(facts ...string) bool {
		return slices.ContainsFunc(w.facts, func(f string) bool { return slices.Contains(facts, f) })
	}
	zalo := has("uid", "follows", "consents", "zaloLast")
	for way, known := range map[contacts.Way]bool{
		contacts.ZNS: has("phone"), contacts.UID: zalo, contacts.OA: zalo, contacts.Messenger: has("messengerLast", "messengerToken"),
		contacts.WhatsApp: has("whatsappLast", "whatsappOptedIn"),
	} {
		w.choices.Set(way, known)
	}
}

// A question is what must be answered before there can be an answer.
type question struct {
	column int    // of whose dates it is, -1: of none
	key    string // of its text
}

// questions lists what is to be answered yet.
func (w *work) questions() (list []question) {
	contact := false
	for i := range w.columns.List {
		contact = contact || w.facts[i] != ""
		if w.asksOrder(i) && w.orders[i] == "" {
			list = append(list, question{i, "list.order"})
		}
	}
	if !contact {
		list = append(list, question{-1, "list.no-contacts"})
	}
	return list
}

// asksOrder reports whether it must be asked how the dates of a column are written.
func (w *work) asksOrder(i int) bool {
	fact := slices.IndexFunc(reach.Facts(), func(f reach.Fact) bool { return f.Name == w.facts[i] })
	if fact < 0 || w.columns.List[i].Either == "" {
		return false
	}
	kind := reach.Facts()[fact].Kind
	return kind == reach.KindMoment || kind == reach.KindYesNo
}

// use takes a column for a fact, which no other one is then.
func (w *work) use(column int, fact string) {
	for i := range w.facts {
		if fact != "" && w.facts[i] == fact {
			w.facts[i] = ""
		}
	}
	w.facts[column] = fact
	w.followColumns()
	w.changed()
}

// moveAfter moves to an element once the change is on the screen.
func (w *work) moveAfter(id string) {
	if w.ctx == nil {
		return
	}
	w.ctx.Defer(func(goapp.Context) { browser.MoveTo(id) })
}

// states tells of the network and of updates.
func (w *work) states() goapp.UI {
	t := w.words()
	var lines []goapp.UI
	line := func(said string, more ...goapp.UI) {
		lines = append(lines, kit.Div("state", append([]goapp.UI{kit.Span("", said)}, more...)...))
	}
	if w.updateReady {
		line(t.Text("state.update"), kit.Button("link", t.Text("state.reload"), func(goapp.Context, goapp.Event) { browser.ApplyUpdate() }, "update"))
	}
	if day := w.fresh.Overdue(w.today.String()); day != 0 && !w.updateReady {
		lines = append(lines, kit.Div("state overdue", kit.Span("", report.OverdueText(t, day)), kit.Button("link", t.Text("fresh.check"), func(goapp.Context, goapp.Event) { w.lookForUpdate() }, "look"), kit.Span("", w.looked)))
	}
	if w.noWords != "" {
		line(t.Text("state.no-words", "language", t.Text("language."+w.noWords)))
	}
	if w.offline {
		line(t.Text("state.offline"))
	}
	if w.lost {
		line(t.Text("list.lost"))
	}
	return kit.Tag("div").Class("states").Attr("role", "status").Body(lines...)
}

func (w *work) lookForUpdate() {
	w.looked = w.words().Text("fresh.looking")
	browser.CheckForUpdate(func(outcome string) {
		w.ctx.Dispatch(func(goapp.Context) { w.looked = w.words().Text("fresh." + outcome) })
	})
}
