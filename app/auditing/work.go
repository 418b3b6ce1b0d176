package auditing

import (
	"encoding/json"
	"slices"

	"postage/app/billing"
	"postage/app/browser"
	"postage/app/files"
	"postage/app/filing"
	"postage/app/kit"
	"postage/rules/audit"
)

// A work is the bill, what was said of it, and what came of it.
type work struct {
	filing.File
	teller
	choices billing.Choices
	mine    billing.Choices // one's own while those of the bill that is made up stand there
	newFile bool            // another one was chosen
	missing []files.Wrong   // what must be said before the bill can be read
	storage storage
	more    bool // all rows are shown
	panel   string
	letter  bool   // the panel shows it; else the summary
	leaving bool   // it is asked whether to let go of the bill
	next    func() // is to be done with the answer that is on its way
}

// A storage keeps what is said.
type storage interface {
	Read(key string) (text string, ok bool)
	Write(key, text string) bool
}

// Kind is what kind of file is read.
func (w *work) Kind() files.Kind { return files.Bill }

// Section is that of the page's texts.
func (w *work) Section() string { return "audit" }

// Path is the address of the page in a language.
func (w *work) Path(code string) string { return kit.AuditPath(code) }

// Kinds are those of files that are offered.
func (w *work) Kinds() string {
	return ".csv,.tsv,.txt,.xlsx,.json,.jsonl,text/csv,text/tab-separated-values,application/json,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// countOf begins what a column is that counts the messages of a type.
const countOf = "count "

// Facts lists what a column can be.
func (w *work) Facts() (uses []string) {
	for _, f := range audit.Facts() {
		uses = append(uses, string(f))
	}
	for _, t := range billing.Types() {
		uses = append(uses, countOf+string(t))
	}
	return uses
}

// HoldsDates reports whether a fact is a day.
func (w *work) HoldsDates(fact string) bool {
	return fact == string(audit.FactDay) || fact == string(audit.FactUntil)
}

// Answered reports whether there is an answer.
func (w *work) Answered() bool { return w.found != nil }

// Counts says nothing of single columns: rows are read as a whole.
func (w *work) Counts(string) []string { return nil }

// Forget forgets what came of the bill.
func (w *work) Forget() {
	w.found, w.missing, w.more, w.panel, w.leaving, w.next = nil, nil, false, "", false, nil
	if w.Typed == nil {
		w.Typed = map[string]string{}
	}
}

// keyChoices is where what is said is kept. Nothing of a bill itself is kept anywhere.
const keyChoices = "postage.audit"

// maxKept bounds what is read of it, in bytes.
const maxKept = 1 << 12

// recall takes up what is kept.
func (w *work) recall() {
	text, _ := w.storage.Read(keyChoices)
	if text == "" || len(text) > maxKept {
		return
	}
	var kept billing.Choices
	if json.Unmarshal([]byte(text), &kept) == nil && kept.IsSound() {
		w.choices = kept
		w.show()
	}
}

// keep keeps what is said of all bills, but not of the one that is made up.
func (w *work) keep() {
	if w.storage == nil || w.Sample {
		return
	}
	lasting := w.choices
	lasting.ForgetBill()
	if text, err := json.Marshal(&lasting); err == nil {
		w.storage.Write(keyChoices, string(text))
	}
}

// show writes numbers into their fields.
func (w *work) show() {
	l := w.Words()
	w.Typed = map[string]string{}
	if w.choices.Percent != nil {
		w.Typed[percentID] = l.Decimal(*w.choices.Percent, 0)
	}
	if w.choices.Each != nil {
		w.Typed[eachID] = l.Decimal(*w.choices.Each, 0)
	}
	if w.choices.Rate != nil {
		w.Typed[rateID] = l.Decimal(*w.choices.Rate, 0)
	}
}

// ask asks the worker for something.
func (w *work) ask(q billing.Request, withFile bool) {
	q.Choices, q.Today = w.choices, w.Today
	w.Ask(&q.Request, &q, withFile)
}

// Look asks for the columns of the bill that was chosen.
func (w *work) Look(sheet string) {
	w.ask(billing.Request{Request: files.Request{Do: files.Look, Sheet: sheet}}, true)
}

// Chosen goes back to what is one's own behind the bill that is made up.
func (w *work) Chosen(wasMadeUp bool) {
	w.newFile = true
	if wasMadeUp {
		w.choices = w.mine
		w.show()
	}
}

// MakeUp has a bill made up.
func (w *work) MakeUp() {
	if !w.Sample {
		w.mine = w.choices
	}
	w.choices = billing.Choices{}
	w.show()
	w.ask(billing.Request{Request: files.Request{Do: files.Sample}}, false)
}

// Took takes up a bill that was looked at: what was said of the one before it is no longer
// of use.
func (w *work) Took() {
	if w.newFile {
		w.choices.ForgetBill()
		w.show()
	}
	w.newFile = false
}

// Moved follows a column that is something else now.
func (w *work) Moved() {}

// Changed follows a choice: the bill is held against the book anew.
func (w *work) Changed() {
	w.keep()
	w.answer()
}

// answer asks what comes of the bill, once the order of dates is known.
func (w *work) answer() {
	if w.Columns == nil || len(w.Unordered()) > 0 {
		return
	}
	w.Stale = w.found != nil
	w.Say("")
	w.ask(billing.Request{Request: files.Request{Do: files.Answer, Facts: w.Uses, Orders: w.Orders}}, false)
}

// hear takes what comes from the worker.
func (w *work) hear(what, report string) {
	var r billing.Report
	if !w.Hear(what, report, &r, &r.Report) {
		return
	}
	next := w.next
	w.next = nil
	switch {
	case r.Columns != nil:
		w.missing = r.Missing
		if len(w.questions()) == 0 {
			w.answer()
		}
	case r.Found != nil:
		w.found, w.missing, w.Stale = r.Found, nil, false
		w.nameCountries()
		if !w.Opened["answered"] {
			w.Opened["answered"] = true
			w.MoveAfter(filing.AnswerID)
		}
		if next != nil {
			next()
		}
	case len(r.Missing) > 0:
		w.found, w.missing, w.Stale = nil, r.Missing, false
	}
}

// questions are what must be said before there can be an answer: columns of dates whose
// order is not known, and what is missing beside that.
func (w *work) questions() (codes []string) {
	for range w.Unordered() {
		codes = append(codes, dateOrder)
	}
	for i := range w.missing {
		if code := w.missing[i].Code; code != dateOrder {
			codes = append(codes, code)
		}
	}
	return codes
}

// What may be missing, by the codes of package bills.
const (
	dateOrder   = "date-order"
	noDay       = "no-day"
	noCountry   = "no-country"
	noType      = "no-type"
	unknownBill = "unknown-bill"
)

// lacks reports whether something is missing.
func (w *work) lacks(code string) bool {
	return slices.ContainsFunc(w.missing, func(m files.Wrong) bool { return m.Code == code })
}

// nameCountries fetches the names of the countries that are shown.
func (w *work) nameCountries() {
	if w.found == nil {
		return
	}
	var codes []string
	add := func(list []string) {
		for _, c := range list {
			if !slices.Contains(codes, c) {
				codes = append(codes, c)
			}
		}
	}
	for i := range w.found.Lines {
		add(w.found.Lines[i].Countries)
	}
	for i := range w.found.Totals {
		for k := range w.found.Totals[i].Causes {
			if c := w.found.Totals[i].Causes[k].Country; c != "" {
				add([]string{c})
			}
		}
	}
	if w.found.Then != nil {
		for i := range w.found.Then.Changed {
			add(w.found.Then.Changed[i].Countries)
		}
	}
	w.nations = browser.CountryNames(w.Lang, codes)
}
