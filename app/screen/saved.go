package screen

import (
	"cmp"
	"slices"
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

// The saved scenarios are kept by a [model.Shelf]; here they are shown.

// maxCompared is how many stand side by side.
const maxCompared = 4

// lookAtStorage finds out for how long the browser keeps what is stored.
func (s *screen) lookAtStorage() {
	s.kept.lasting, s.kept.fades = browser.StorageLasts(), browser.StorageFades()
}

// save keeps the answer on the screen under its name, or, without one, under what
// it is.
func (s *screen) save() {
	if !s.Current() {
		return
	}
	k := &s.kept
	name := words.ShortName(s.Name)
	item, outcome := k.shelf.Save(cmp.Or(name, s.OwnName()), s.NewLink(), time.Now().UnixMilli())
	switch outcome {
	case model.Done:
	case model.Full:
		s.say("saved.too-many", "n", words.Itoa(model.MaxSaved))
		return
	case model.Unread:
		s.say("saved.too-long")
		return
	default:
		s.say("saved.full")
		return
	}
	if name != "" {
		name = item.Name
	}
	s.Name, k.panel = name, ""
	s.lookAtStorage()
	s.keepDraft()
	if !k.lasting {
		s.say("saved.passing")
		return
	}
	s.say("saved.done", "name", item.Name)
}

// freeName is the answer's name as nothing else that is saved is called, and
// empty where it has none.
func (s *screen) freeName() string { return s.kept.shelf.FreeName(s.Name) }

// A savedAnswer is a saved scenario with today's answer to it.
type savedAnswer struct {
	*report.Report      // nil where today's book does not take it
	other          bool // another answer than when it was saved
	on             rules.Date
}

// viewOf works out a link's answer. Doing so takes as long as an answer on the
// screen, so what was worked out is kept.
func (s *screen) viewOf(link string) *savedAnswer {
	key := s.Lang + link
	if v := s.kept.views[key]; v != nil {
		return v
	}
	v := &savedAnswer{}
	if said, ok := form.ClaimOf(link); ok {
		v.on = said.On
	}
	if scenario, ok := form.ScenarioOf(link); ok {
		if asked, wrong := model.Decode(scenario); wrong == nil {
			other := &report.Report{Lang: s.Lang, ShownLang: s.ShownLang}
			other.Form = form.Of(asked, s.Form.Today, s.Lang)
			if other.Compute(); other.Current() {
				other.Hear(link, &asked)
				v.Report, v.other = other, other.Told != nil
			}
		}
	}
	if s.kept.views == nil || len(s.kept.views) > 2*model.MaxKept {
		s.kept.views = map[string]*savedAnswer{}
	}
	s.kept.views[key] = v
	return v
}

// A shelfSaid is what the last change of what is saved came to: the key of a text,
// the name of what was changed, and how many there were then.
type shelfSaid struct {
	key, name string
	n         int
}

// sayOfShelf tells what a change of what is saved came to.
func (s *screen) sayOfShelf(key, name string) {
	s.kept.shelfSaid = shelfSaid{key, name, len(s.kept.shelf.Items())}
}

// saved lists what is saved, and sets some of it side by side.
func (s *screen) saved() goapp.UI {
	k := &s.kept
	v := shelfView{
		language: s.shownLanguage(), today: s.Form.Today, list: k.shelf.Items(), damaged: k.shelf.Damaged(), lasting: k.lasting, fades: k.fades,
		said: k.shelfSaid, compared: slices.Clone(k.compared), renaming: k.renaming, renameWrong: k.renameWrong,
	}
	_, v.undo = k.shelf.Deleted()
	if v.renaming.ID != 0 {
		v.missing = !k.shelf.Has(v.renaming.ID)
		v.list, v.place = k.shelf.With(v.renaming)
	}
	if len(v.list) == 0 && !v.undo && !v.damaged {
		return nil
	}
	if s.Quote != nil && slices.Contains(k.compared, 0) {
		v.current, v.broken = string(s.Scenario), !s.Current()
	}
	return s.part(v)
}

// A shelfView is what is saved.
type shelfView struct {
	language       shownLanguage
	today          string
	list           []model.Saved
	damaged        bool
	lasting, fades bool
	said           shelfSaid
	undo           bool // there is one to bring back
	compared       []int64
	renaming       model.Saved // what gets a new name
	place          int         // of it in the list
	missing        bool        // it has been deleted in another tab
	renameWrong    string
	current        string // the scenario on the screen, where it is compared
	broken         bool   // there is a mistake in it: its column stays, with nothing in it
}

func (v shelfView) draw(s *screen) goapp.UI {
	w := s.Words()
	var notes, items []goapp.UI
	note := func(key string) { notes = append(notes, kit.Tag("p").Class("hint").Body(kit.Text(w.Text(key)))) }
	switch {
	case !v.lasting:
		note("saved.passing")
	case v.fades:
		note("saved.week")
		notes = append(notes, InstallLink(w, s.href))
	default:
		note("saved.where")
	}
	if v.damaged {
		note("saved.unreadable")
	}
	if v.renaming.ID != 0 {
		// go-app tells rows by their number. Rows that are not seen fill up what
		// is above the field, so that it keeps its own whatever comes and goes there.
		for range model.MaxKept - v.place {
			items = append(items, kit.Tag("li").Attr("hidden", true))
		}
	}
	for _, item := range v.list {
		if item.ID == v.renaming.ID {
			items = append(items, kit.Tag("li").Body(v.renameForm(s)))
			continue
		}
		items = append(items, s.savedRow(item))
	}
	var undo goapp.UI
	if v.undo {
		undo = kit.Button("link", w.Text("saved.undo"), func(goapp.Context, goapp.Event) { s.bringBack() }).ID("saved-undo")
	}
	said := ""
	if v.said.key != "" {
		said = w.Text(v.said.key, "name", v.said.name, "n", words.Itoa(v.said.n), "most", words.Itoa(model.MaxSaved), "all", words.Itoa(model.MaxKept))
	}
	return kit.Tag("section").Class("card saved").ID("saved").Attr("tabindex", "-1").Attr("aria-labelledby", "saved-title").Body(
		kit.Tag("h2").ID("saved-title").Body(kit.Text(w.Text("saved.title"))),
		kit.Div("saved-notes", notes...),
		kit.Tag("ul").Class("saved-list").Body(items...),
		kit.Div("saved-gone", kit.Tag("p").Attr("role", "status").Body(kit.Text(said)), undo),
		s.comparison(),
	)
}

// savedID is the id of a saved scenario's name in the page.
func savedID(item model.Saved) string { return "saved-" + words.Itoa(int(item.ID)) }

func (s *screen) savedRow(item model.Saved) goapp.UI {
	w := s.Words()
	id := savedID(item)
	v := s.viewOf(item.Link)
	detail := w.Text("saved.cannot-read")
	if v.Report != nil {
		detail = v.KindText() + " · " + v.VerdictText() + " · " + v.TotalText()
	}
	if v.on != 0 {
		detail += " · " + w.Text("saved.on", "date", w.Date(v.on))
	}
	body := []goapp.UI{
		kit.Tag("p").Class("saved-detail").Body(kit.Text(detail)),
	}
	if v.other {
		body = append(body, kit.Tag("p").Class("saved-changed").Body(kit.Text(w.Text("saved.changed"))))
	}
	act := func(key string, press func()) goapp.HTMLElem {
		return kit.Button("link", w.Text(key), func(goapp.Context, goapp.Event) { press() }, key, item.ID).
			Attr("aria-describedby", id)
	}
	actions := []goapp.UI{
		act("saved.rename", func() { s.rename(item) }).ID(id + "-rename"),
		act("saved.delete", func() { s.forget(item) }),
	}
	name := kit.Tag("p").Class("saved-name").ID(id).Body(kit.Text(item.Name))
	if v.Report != nil {
		actions = append([]goapp.UI{act("saved.open", func() { s.openSaved(item) }), s.compareBox(item.ID, w.Text("saved.compare"), id)}, actions...)
	}
	return kit.Tag("li").Body(kit.Div("saved-item", append([]goapp.UI{name}, body...)...), kit.Div("saved-acts", actions...))
}

// rename asks for a new name.
func (s *screen) rename(item model.Saved) {
	k := &s.kept
	k.renaming, k.newName, k.renameWrong = item, item.Name, ""
	s.ctx.Defer(func(goapp.Context) {
		// The field may be that of another, whose new name was being typed.
		browser.TryJS(func() { browser.SetField(goapp.Window().GetElementByID(savedID(item)+"-name"), item.Name) })
		browser.SelectText(savedID(item) + "-name")
	})
}

func (v shelfView) renameForm(s *screen) goapp.UI {
	k := &s.kept
	w := s.Words()
	item := v.renaming
	id := savedID(item) + "-name"
	note := ""
	switch {
	case v.renameWrong != "":
		note = w.Text(v.renameWrong, "name", item.Name, "all", words.Itoa(model.MaxKept))
	case v.missing:
		note = w.Text("saved.elsewhere", "name", item.Name)
	}
	return kit.Tag("form").Class("rename").Body(
		kit.Div("field",
			kit.Tag("label").Attr("for", id).Body(kit.Text(w.Text("saved.new-name"))),
			kit.Div("input-box", goapp.ElemSelfClosing("input").ID(id).Class("input").Attr("type", "text").Attr("autocomplete", "off").
				Attr("maxlength", words.Itoa(words.MaxName)).Attr("aria-describedby", id+"-note").Attr("value", item.Name).
				On("input", func(ctx goapp.Context, _ goapp.Event) { k.newName = ctx.JSSrc().Get("value").String() }, item.ID)),
			kit.Tag("p").Class("hint").ID(id+"-note").Attr("role", "status").Body(kit.Text(note)),
		),
		kit.Div("presses",
			kit.Tag("button").Class("press").Attr("type", "submit").Body(kit.Text(w.Text("saved.rename.do"))),
			kit.Button("link", w.Text("saved.rename.not"), func(goapp.Context, goapp.Event) { s.endRenaming() }, item.ID),
		),
	).On("submit", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		s.giveName()
	}, item.ID)
}

// giveName stores the new name. What another tab has deleted meanwhile comes back
// under it.
func (s *screen) giveName() {
	k := &s.kept
	if words.ShortName(k.newName) != "" {
		if outcome := k.shelf.Rename(k.renaming, k.newName); outcome != model.Done {
			k.renameWrong = refusal(outcome)
			s.moveAfter(savedID(k.renaming) + "-name")
			return
		}
	}
	s.endRenaming()
}

// endRenaming shows the row again, unless another tab has deleted it.
func (s *screen) endRenaming() {
	k := &s.kept
	item := k.renaming
	k.renaming, k.renameWrong = model.Saved{}, ""
	switch {
	case k.shelf.Has(item.ID):
		s.moveAfter(savedID(item) + "-rename")
	case len(k.shelf.Items()) > 0:
		s.moveAfter("saved")
	default:
		s.moveAfter(answerID)
	}
}

// refusal is the text for a change of what is saved that was not made.
func refusal(outcome model.Outcome) string {
	if outcome == model.Full {
		return "saved.no-place"
	}
	return "saved.stuck"
}

func (s *screen) openSaved(item model.Saved) {
	if wrong := s.openLink(item.Link); wrong != nil {
		return // the row has no such button then
	}
	s.Name = item.Name
	s.keepDraft()
	s.moveAfter(answerID)
}

// forget deletes a saved scenario; the last one can be brought back.
func (s *screen) forget(item model.Saved) {
	k := &s.kept
	if outcome := k.shelf.Delete(item); outcome != model.Done {
		s.sayOfShelf(refusal(outcome), item.Name)
		return
	}
	s.sayOfShelf("saved.deleted", item.Name)
	k.compared = slices.DeleteFunc(k.compared, func(id int64) bool { return id == item.ID })
	s.moveAfter("saved-undo")
}

func (s *screen) bringBack() {
	k := &s.kept
	item, outcome := k.shelf.BringBack()
	if outcome != model.Done {
		s.sayOfShelf(refusal(outcome), item.Name)
		return
	}
	s.sayOfShelf("saved.back", item.Name)
	if len(k.shelf.Items()) > model.MaxSaved {
		s.sayOfShelf("saved.back.more", item.Name)
	}
	s.moveAfter(savedID(item) + "-rename")
}

// compareBox takes a saved scenario into the comparison; 0 is the one on the
// screen.
func (s *screen) compareBox(id int64, label, describedBy string) goapp.UI {
	k := &s.kept
	chosen := slices.Contains(k.compared, id)
	box := goapp.ElemSelfClosing("input").Attr("type", "checkbox").Attr("name", "compare").Attr("value", words.Itoa(int(id))).Attr("checked", chosen).
		Attr("disabled", !chosen && len(k.compared) >= maxCompared).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			k.compared = slices.DeleteFunc(k.compared, func(other int64) bool { return other == id })
			if ctx.JSSrc().Get("checked").Bool() {
				k.compared = append(k.compared, id)
			}
		}, id)
	if describedBy != "" {
		box = box.Attr("aria-describedby", describedBy)
	}
	return kit.Tag("label").Class("compare-box").Body(box, kit.Tag("span").Body(kit.Text(label)))
}

// comparison sets the chosen scenarios side by side: what each comes to, and the
// answers in which they differ.
func (s *screen) comparison() goapp.UI {
	k := &s.kept
	w := s.Words()
	if len(k.shelf.Items()) == 0 {
		return nil
	}
	body := []goapp.UI{
		kit.Tag("h3").ID("compared-title").Body(kit.Text(w.Text("compared.title"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("compared.hint", "n", words.Itoa(maxCompared)))),
		s.compareBox(0, w.Text("compared.current"), ""),
	}
	var names []string
	var shown []*report.Report
	if slices.Contains(k.compared, 0) && s.Quote != nil {
		names, shown = append(names, w.Text("compared.current")), append(shown, &s.answerReport)
	}
	for _, item := range k.shelf.Items() {
		if v := s.viewOf(item.Link); slices.Contains(k.compared, item.ID) && v.Report != nil {
			names, shown = append(names, item.Name), append(shown, v.Report)
		}
	}
	if len(shown) > 1 {
		body = append(body, s.comparedTable(names, shown))
	}
	return kit.Div("compared", body...)
}

func (s *screen) comparedTable(names []string, shown []*report.Report) goapp.UI {
	w := s.Words()
	head := []goapp.UI{kit.Tag("td").Body()}
	for _, name := range names {
		head = append(head, kit.Tag("th").Attr("scope", "col").Body(kit.Text(name)))
	}
	var rows []goapp.UI
	row := func(class, label string, value func(*report.Report) string) {
		cells := []goapp.UI{kit.Tag("th").Attr("scope", "row").Body(kit.Text(label))}
		tells := false
		for _, other := range shown {
			said := "—"
			if other.Current() {
				said = value(other)
			}
			tells = tells || said != "—"
			cells = append(cells, kit.Tag("td").Body(kit.Text(said)))
		}
		if !tells {
			return
		}
		rows = append(rows, kit.Tag("tr").Class(class).Body(cells...))
	}
	row("compared-total", w.Text("total.gross"), (*report.Report).TotalText)
	row("", w.Text("compared.verdict"), (*report.Report).VerdictText)
	row("", w.Text("compared.each"), (*report.Report).EachText)
	row("", w.Text("compared.out"), func(o *report.Report) string {
		return w.Text("why.of", "out", w.Number(o.Quote.Deliverable), "all", w.Number(o.Quote.Requested))
	})
	row("", w.Text("compared.days"), func(o *report.Report) string {
		if o.Quote.Schedule == nil {
			return "—"
		}
		return w.Count("days.needed", o.Quote.Schedule.Days)
	})
	for _, label := range differing(shown) {
		row("", label, func(o *report.Report) string { return answerTo(o, label) })
	}
	return kit.Div("compared-box", kit.Tag("div").Class("table-box").Attr("role", "region").Attr("tabindex", "0").Attr("aria-labelledby", "compared-title").Body(
		kit.Tag("table").Body(kit.Tag("thead").Body(kit.Tag("tr").Body(head...)), kit.Tag("tbody").Body(rows...)),
	))
}

// differing lists the questions, by their labels, that not all scenarios answer
// alike.
func differing(shown []*report.Report) []string {
	var labels []string
	for _, o := range shown {
		for _, a := range o.Answers() {
			unlike := func(other *report.Report) bool { return answerTo(other, a.Label) != a.Answer }
			if !slices.Contains(labels, a.Label) && slices.ContainsFunc(shown, unlike) {
				labels = append(labels, a.Label)
			}
		}
	}
	return labels
}

// answerTo is the answer of a scenario to a question.
func answerTo(o *report.Report, label string) string {
	for _, a := range o.Answers() {
		if a.Label == label {
			return a.Answer
		}
	}
	return "—"
}
