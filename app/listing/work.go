package listing

import (
	"encoding/json"
	"slices"

	"postage/app/contacts"
	"postage/app/files"
	"postage/app/filing"
	"postage/app/kit"
	"postage/rules/reach"
)

// A work is the list, what was chosen, and what came of it.
type work struct {
	filing.File
	choices contacts.Choices
	found   *contacts.Found
	fixed   bool // the ways were chosen, and do not follow the columns
	storage storage
	toPlan  string // a link that puts the answer into the plan
	tooLong bool   // the answer is too long for a link

	// The fields, by their ids, in which something stands that nobody has given on this page
	// yet, each with the key of the text that says whose it is.
	given map[string]string
}

// A storage keeps the choices.
type storage interface {
	Read(key string) (text string, ok bool)
	Write(key, text string) bool
}

// Kind is what kind of file is read.
func (w *work) Kind() files.Kind { return files.Contacts }

// Section is that of the page's texts.
func (w *work) Section() string { return "list" }

// Path is the address of the page in a language.
func (w *work) Path(code string) string { return kit.ListPath(code) }

// Kinds are those of files that are offered.
func (w *work) Kinds() string {
	return ".csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// Facts lists what a column can be.
func (w *work) Facts() (names []string) {
	for _, f := range reach.Facts() {
		names = append(names, f.Name)
	}
	return names
}

// FactName is what a column can be, in words.
func (w *work) FactName(fact string) string { return w.Words().Text("list.fact." + fact) }

// HoldsDates reports whether a fact is a moment, or can be told by one.
func (w *work) HoldsDates(fact string) bool {
	at := slices.IndexFunc(reach.Facts(), func(f reach.Fact) bool { return f.Name == fact })
	return at >= 0 && (reach.Facts()[at].Kind == reach.KindMoment || reach.Facts()[at].Kind == reach.KindYesNo)
}

// Answered reports whether there is an answer.
func (w *work) Answered() bool { return w.found != nil }

// Forget forgets what came of the list.
func (w *work) Forget() {
	w.found, w.toPlan, w.tooLong = nil, "", false
	if w.Typed == nil {
		w.choices = contacts.Default(w.Today)
		w.Typed, w.given = map[string]string{}, nil
	}
}

// keyChoices is where the choices are kept. Nothing of a list itself is kept anywhere.
const keyChoices = "postage.list"

// maxKept bounds what is read of the choices, in bytes.
const maxKept = 1 << 12

// recall takes up the choices that are kept.
func (w *work) recall() {
	if text, _ := w.storage.Read(keyChoices); text != "" && len(text) <= maxKept {
		kept := contacts.Default(w.Today)
		if json.Unmarshal([]byte(text), &kept) == nil {
			kept.On, kept.Depends = max(kept.On, w.Today), false
			_, before := kept.CareMonths()
			kept.Care = slices.DeleteFunc(kept.Care, func(a contacts.Arrived) bool { return a.Month < before })
		}
		if kept.IsSound() {
			w.fixed = true
			w.fill(kept, "list.given.kept")
		}
	}
}

// keep keeps the choices, but not those that belong to the list that is made up.
func (w *work) keep() {
	if w.storage == nil || w.Sample {
		return
	}
	text, err := json.Marshal(&w.choices)
	if err == nil {
		w.storage.Write(keyChoices, string(text))
	}
}

// ask asks the worker for something.
func (w *work) ask(q contacts.Request, withFile bool) {
	q.Choices = w.choices
	w.Ask(&q.Request, &q, withFile)
}

// Look asks for the columns of the list that was chosen.
func (w *work) Look(sheet string) {
	w.ask(contacts.Request{Request: files.Request{Do: files.Look, Sheet: sheet}}, true)
}

// Chosen goes back to one's own choices behind the list that is made up.
func (w *work) Chosen(wasMadeUp bool) {
	if !wasMadeUp {
		return
	}
	w.choices = contacts.Default(w.Today)
	w.Typed, w.given = map[string]string{}, nil
	if w.storage != nil {
		w.recall()
	}
}

// MakeUp has a list made up.
func (w *work) MakeUp() {
	w.fill(contacts.SampleChoices(w.Today), "list.given.sample")
	w.ask(contacts.Request{Request: files.Request{Do: files.Sample}}, false)
}

// answer asks who is reached, once there is a list and no question left.
func (w *work) answer() {
	w.keep()
	if w.Columns == nil || len(w.questions()) > 0 {
		return
	}
	w.Stale, w.toPlan, w.tooLong = w.found != nil, "", false
	w.Say("")
	w.ask(contacts.Request{Request: files.Request{Do: files.Answer, Facts: w.Uses, Orders: w.Orders}}, false)
}

// Changed follows a choice: an answer that is shown is asked for anew.
func (w *work) Changed() {
	if w.found != nil || w.Working && w.Asked == files.Answer {
		w.answer()
		return
	}
	w.keep()
}

// hear takes what comes from the worker.
func (w *work) hear(what, report string) {
	var r contacts.Report
	if !w.Hear(what, report, &r, &r.Report) {
		return
	}
	if r.Found != nil {
		w.found, w.Stale = r.Found, false
		w.link()
		if !w.Opened["answered"] {
			w.Opened["answered"] = true
			w.InParts()
			w.MoveAfter(filing.AnswerID)
		}
	}
	if r.Columns != nil && w.Sample && len(w.questions()) == 0 {
		w.answer()
	}
}

// Took takes up a list that was looked at.
func (w *work) Took() {
	if !w.Sample {
		w.Moved()
	}
}

// Moved has those ways chosen of which the list knows something, until the
// sender says otherwise.
func (w *work) Moved() {
	if w.fixed {
		return
	}
	has := func(facts ...string) bool {
		return slices.ContainsFunc(w.Uses, func(f string) bool { return slices.Contains(facts, f) })
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
	for _, i := range w.Unordered() {
		list = append(list, question{i, "list.order"})
	}
	if !slices.ContainsFunc(w.Uses, func(use string) bool { return use != "" }) {
		list = append(list, question{-1, "list.no-contacts"})
	}
	return list
}
