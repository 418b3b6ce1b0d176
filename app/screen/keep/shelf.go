package keep

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/page"
	"postage/app/report"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

// A Shelf is what was saved.
type Shelf struct {
	Desk *desk.Desk
	Kept model.Shelf

	Lasting bool // what is stored outlives the page
	Fades   bool // but not a week without a visit

	Compared    []int64     // ids of the saved scenarios side by side; 0 is the one on the screen
	Done        ShelfSaid   // what the last change of what is saved came to
	Renaming    model.Saved // the saved scenario that gets a new name; without an id none
	RenameWrong string      // the key of why it cannot have that

	newName string                  // as it is being typed
	views   map[string]*savedAnswer // of saved links, by link and language
}

// NewShelf is a shelf at a desk.
func NewShelf(d *desk.Desk) *Shelf {
	s := &Shelf{Desk: d}
	d.Saved = func() []model.Saved { return s.Kept.Items() }
	return s
}

// The saved scenarios are kept by a [model.Shelf]; here they are shown.

// maxCompared is how many stand side by side.
const maxCompared = 4

// LookAtStorage finds out for how long the browser keeps what is stored.
func (s *Shelf) LookAtStorage() {
	s.Lasting, s.Fades = browser.StorageLasts(), browser.StorageFades()
}

// A savedAnswer is a saved scenario with today's answer to it.
type savedAnswer struct {
	Report *report.Report // nil where today's book does not take it
	other  bool           // another answer than when it was saved
	on     rules.Date
}

// viewOf works out a link's answer. Doing so takes as long as an answer on the
// screen, so what was worked out is kept.
func (s *Shelf) viewOf(link string) *savedAnswer {
	d := s.Desk
	key := d.Lang + link
	if v := s.views[key]; v != nil {
		return v
	}
	v := &savedAnswer{}
	if said, ok := form.ClaimOf(link); ok {
		v.on = said.On
	}
	if scenario, ok := form.ScenarioOf(link); ok {
		if asked, wrong := model.Decode(scenario); wrong == nil {
			other := &report.Report{Lang: d.Lang, ShownLang: d.ShownLang}
			other.Form = form.Of(asked, d.Form.Today, d.Lang)
			if other.Compute(); other.Current() {
				other.Hear(link, &asked)
				v.Report, v.other = other, other.Told != nil
			}
		}
	}
	if s.views == nil || len(s.views) > 2*model.MaxKept {
		s.views = map[string]*savedAnswer{}
	}
	s.views[key] = v
	return v
}

// A ShelfSaid is what the last change of what is saved came to: the key of a text,
// the name of what was changed, and how many there were then.
type ShelfSaid struct {
	Key, Name string
	N         int
}

// sayOfShelf tells what a change of what is saved came to.
func (s *Shelf) sayOfShelf(key, name string) {
	s.Done = ShelfSaid{key, name, len(s.Kept.Items())}
}

// Draw lists what is saved, and sets some of it side by side.
func (s *Shelf) Draw() goapp.UI {
	d := s.Desk
	v := shelfView{of: s,
		language: d.ShownLanguage(), today: d.Form.Today, list: s.Kept.Items(), damaged: s.Kept.Damaged(), lasting: s.Lasting, fades: s.Fades,
		said: s.Done, compared: slices.Clone(s.Compared), renaming: s.Renaming, renameWrong: s.RenameWrong,
	}
	_, v.undo = s.Kept.Deleted()
	if v.renaming.ID != 0 {
		v.missing = !s.Kept.Has(v.renaming.ID)
		v.list, v.place = s.Kept.With(v.renaming)
	}
	if len(v.list) == 0 && !v.undo && !v.damaged {
		return nil
	}
	if d.Quote != nil && slices.Contains(s.Compared, 0) {
		v.current, v.broken = string(d.Scenario), !d.Current()
	}
	return d.Part(v)
}

// A shelfView is what is saved.
type shelfView struct {
	of             *Shelf
	language       desk.ShownLanguage
	today          string
	list           []model.Saved
	damaged        bool
	lasting, fades bool
	said           ShelfSaid
	undo           bool // there is one to bring back
	compared       []int64
	renaming       model.Saved // what gets a new name
	place          int         // of it in the list
	missing        bool        // it has been deleted in another tab
	renameWrong    string
	current        string // the scenario on the screen, where it is compared
	broken         bool   // there is a mistake in it: its column stays, with nothing in it
}

func (v shelfView) Draw() goapp.UI {
	d := v.of.Desk
	w := d.Words()
	var notes, items []goapp.UI
	note := func(key string) { notes = append(notes, kit.Tag("p").Class("hint").Body(kit.Text(w.Text(key)))) }
	switch {
	case !v.lasting:
		note("saved.passing")
	case v.fades:
		note("saved.week")
		notes = append(notes, page.InstallLink(w, d.Href))
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
			items = append(items, kit.Tag("li").Body(v.renameForm()))
			continue
		}
		items = append(items, v.of.savedRow(item))
	}
	var undo goapp.UI
	if v.undo {
		undo = kit.Button("link", w.Text("saved.undo"), func(goapp.Context, goapp.Event) { v.of.bringBack() }).ID("saved-undo")
	}
	said := ""
	if v.said.Key != "" {
		said = w.Text(v.said.Key, "name", v.said.Name, "n", words.Itoa(v.said.N), "most", words.Itoa(model.MaxSaved), "all", words.Itoa(model.MaxKept))
	}
	return kit.Tag("section").Class("card saved").ID("saved").Attr("tabindex", "-1").Attr("aria-labelledby", "saved-title").Body(
		kit.Tag("h2").ID("saved-title").Body(kit.Text(w.Text("saved.title"))),
		kit.Div("saved-notes", notes...),
		kit.Tag("ul").Class("saved-list").Body(items...),
		kit.Div("saved-gone", kit.Tag("p").Attr("role", "status").Body(kit.Text(said)), undo),
		v.of.comparison(),
	)
}

// savedID is the id of a saved scenario's name in the page.
func savedID(item model.Saved) string { return "saved-" + words.Itoa(int(item.ID)) }

func (s *Shelf) savedRow(item model.Saved) goapp.UI {
	w := s.Desk.Words()
	id := savedID(item)
	v := s.viewOf(item.Link)
	detail := w.Text("saved.cannot-read")
	if v.Report != nil {
		detail = v.Report.KindText() + " · " + v.Report.VerdictText() + " · " + v.Report.TotalText()
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
	name := kit.Tag("p").Class("saved-name").ID(id).Attr("tabindex", "-1").Body(kit.Text(item.Name))
	if v.Report != nil {
		actions = append([]goapp.UI{act("saved.open", func() { s.openSaved(item) }), s.compareBox(item.ID, w.Text("saved.compare"), id)}, actions...)
	}
	return kit.Tag("li").Body(kit.Div("saved-item", append([]goapp.UI{name}, body...)...), kit.Div("saved-acts", actions...))
}

// rename asks for a new name.
func (s *Shelf) rename(item model.Saved) {
	s.Renaming, s.newName, s.RenameWrong = item, item.Name, ""
	s.Desk.Ctx.Defer(func(goapp.Context) {
		// The field may be that of another, whose new name was being typed.
		browser.TryJS(func() { browser.SetField(goapp.Window().GetElementByID(savedID(item)+"-name"), item.Name) })
		browser.SelectText(savedID(item) + "-name")
	})
}

func (v shelfView) renameForm() goapp.UI {
	w := v.of.Desk.Words()
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
				On("input", func(ctx goapp.Context, _ goapp.Event) { v.of.newName = ctx.JSSrc().Get("value").String() }, item.ID)),
			kit.Tag("p").Class("hint").ID(id+"-note").Attr("role", "status").Body(kit.Text(note)),
		),
		kit.Div("presses",
			kit.Tag("button").Class("press").Attr("type", "submit").Body(kit.Text(w.Text("saved.rename.do"))),
			kit.Button("link", w.Text("saved.rename.not"), func(goapp.Context, goapp.Event) { v.of.endRenaming() }, item.ID),
		),
	).On("submit", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		v.of.giveName()
	}, item.ID)
}

// giveName stores the new name. What another tab has deleted meanwhile comes back
// under it.
func (s *Shelf) giveName() {
	if words.ShortName(s.newName) != "" {
		if outcome := s.Kept.Rename(s.Renaming, s.newName); outcome != model.Done {
			s.RenameWrong = refusal(outcome)
			s.Desk.MoveAfter(savedID(s.Renaming) + "-name")
			return
		}
	}
	s.endRenaming()
}

// endRenaming shows the row again, unless another tab has deleted it.
func (s *Shelf) endRenaming() {
	d := s.Desk
	item := s.Renaming
	s.Renaming, s.RenameWrong = model.Saved{}, ""
	switch {
	case s.Kept.Has(item.ID):
		d.MoveAfter(savedID(item) + "-rename")
	case len(s.Kept.Items()) > 0:
		d.MoveAfter("saved")
	default:
		d.MoveAfter(desk.AnswerID)
	}
}

// refusal is the text for a change of what is saved that was not made.
func refusal(outcome model.Outcome) string {
	if outcome == model.Full {
		return "saved.no-place"
	}
	return "saved.stuck"
}

func (s *Shelf) openSaved(item model.Saved) {
	d := s.Desk
	if wrong := d.OpenLink(item.Link); wrong != nil {
		return // the row has no such button then
	}
	d.Name = item.Name
	d.KeepDraft()
	d.MoveAfter(desk.AnswerID)
}

// forget deletes a saved scenario; the last one can be brought back.
func (s *Shelf) forget(item model.Saved) {
	if outcome := s.Kept.Delete(item); outcome != model.Done {
		s.sayOfShelf(refusal(outcome), item.Name)
		return
	}
	s.sayOfShelf("saved.deleted", item.Name)
	s.Compared = slices.DeleteFunc(s.Compared, func(id int64) bool { return id == item.ID })
	s.Desk.MoveAfter("saved-undo")
}

func (s *Shelf) bringBack() {
	item, outcome := s.Kept.BringBack()
	if outcome != model.Done {
		s.sayOfShelf(refusal(outcome), item.Name)
		return
	}
	s.sayOfShelf("saved.back", item.Name)
	if len(s.Kept.Items()) > model.MaxSaved {
		s.sayOfShelf("saved.back.more", item.Name)
	}
	s.Desk.MoveAfter(savedID(item) + "-rename")
}

// compareBox takes a saved scenario into the comparison; 0 is the one on the
// screen.
func (s *Shelf) compareBox(id int64, label, describedBy string) goapp.UI {
	chosen := slices.Contains(s.Compared, id)
	box := goapp.ElemSelfClosing("input").Attr("type", "checkbox").Attr("name", "compare").Attr("value", words.Itoa(int(id))).Attr("checked", chosen).
		Attr("disabled", !chosen && len(s.Compared) >= maxCompared).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			s.Compared = slices.DeleteFunc(s.Compared, func(other int64) bool { return other == id })
			if ctx.JSSrc().Get("checked").Bool() {
				s.Compared = append(s.Compared, id)
			}
		}, id)
	if describedBy != "" {
		box = box.Attr("aria-describedby", describedBy)
	}
	return kit.Tag("label").Class("compare-box").Body(box, kit.Tag("span").Body(kit.Text(label)))
}

// comparison sets the chosen scenarios side by side: what each comes to, and the
// answers in which they differ.
func (s *Shelf) comparison() goapp.UI {
	d := s.Desk
	w := d.Words()
	if len(s.Kept.Items()) == 0 {
		return nil
	}
	body := []goapp.UI{
		kit.Tag("h3").ID("compared-title").Body(kit.Text(w.Text("compared.title"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("compared.hint", "n", words.Itoa(maxCompared)))),
		s.compareBox(0, w.Text("compared.current"), ""),
	}
	var names []string
	var shown []*report.Report
	if slices.Contains(s.Compared, 0) && d.Quote != nil {
		names, shown = append(names, w.Text("compared.current")), append(shown, &d.Report)
	}
	for _, item := range s.Kept.Items() {
		if v := s.viewOf(item.Link); slices.Contains(s.Compared, item.ID) && v.Report != nil {
			names, shown = append(names, item.Name), append(shown, v.Report)
		}
	}
	if len(shown) > 1 {
		body = append(body, s.comparedTable(names, shown))
	}
	return kit.Div("compared", body...)
}

func (s *Shelf) comparedTable(names []string, shown []*report.Report) goapp.UI {
	w := s.Desk.Words()
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
