package app

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/words"
	"postage/rules"
)

// What is saved bounds itself, so that it never crowds out the rest of the
// storage: so many scenarios, and so many side by side.
const (
	maxSaved    = 50
	maxCompared = 4
)

// A savedItem is a scenario with a name, as its link.
type savedItem struct {
	ID   int64  `json:"id"` // when it was first saved, in milliseconds
	Name string `json:"name"`
	Link string `json:"link"`
}

// A savedFile is the saved scenarios as they are stored.
type savedFile struct {
	Version int         `json:"v"`
	Items   []savedItem `json:"items"`
}

const savedVersion = 1

// A savedState is what is to be said of the storage.
type savedState struct {
	unreadable bool // something is stored that is no list of scenarios
	lasting    bool // what is stored outlives the page
	fades      bool // but not a week without a visit
}

// readSaved reads the saved scenarios from what is stored. Of a list that is
// damaged it takes what can be read, and reports that something cannot.
func readSaved(stored string) (items []savedItem, whole bool) {
	var f struct {
		Version int               `json:"v"`
		Items   []json.RawMessage `json:"items"`
	}
	if stored == "" {
		return nil, true
	}
	if json.Unmarshal([]byte(stored), &f) != nil || f.Version != savedVersion {
		return nil, false
	}
	whole = true
	for _, raw := range f.Items {
		var item savedItem
		known := func(i savedItem) bool { return i.ID == item.ID }
		if json.Unmarshal(raw, &item) != nil || item.ID <= 0 || len(item.Link) > maxLink || len(items) == maxSaved || slices.ContainsFunc(items, known) {
			whole = false
			continue
		}
		item.Name = words.ShortName(item.Name)
		items = append(items, item)
	}
	return items, whole
}

// reread takes over what is stored now.
func (s *screen) reread() {
	k := &s.kept
	stored, _ := readStorage(savedKey)
	items, whole := readSaved(stored)
	k.list, k.state = items, savedState{!whole, storageLasts(), storageFades()}
}

// change stores the saved scenarios with a change made, and reports whether
// there was room. They are read anew before, as another tab may have changed
// them since.
func (s *screen) change(change func([]savedItem) []savedItem) bool {
	stored, ok := readStorage(savedKey)
	items, whole := readSaved(stored)
	if !whole { // it is put aside, as it may be of use to somebody yet
		ok = writeStorage(savedKey+".unreadable", stored)
	}
	if data, err := json.Marshal(savedFile{savedVersion, change(items)}); ok && err == nil {
		ok = writeStorage(savedKey, string(data))
	}
	s.reread()
	return ok
}

// save keeps the answer on the screen under its name.
func (s *screen) save() {
	if !s.current() {
		return
	}
	k := &s.kept
	name := s.freeName()
	if len(k.list) >= maxSaved {
		s.say("saved.too-many", "n", itoa(maxSaved))
		return
	}
	given := name
	if name == "" { // it stays without one, as another answer is called otherwise
		given = unused(s.ownName(), k.list)
	}
	item := savedItem{time.Now().UnixMilli(), given, s.newLink()}
	if !s.change(func(items []savedItem) []savedItem { return append(items, item) }) {
		s.say("saved.full")
		return
	}
	k.name, k.panel = name, ""
	s.keepDraft()
	if !k.state.lasting {
		s.say("saved.passing")
		return
	}
	s.say("saved.done", "name", given)
}

// freeName is the answer's name as nothing else that is saved is called, and
// empty where it has none.
func (s *screen) freeName() string { return unused(words.ShortName(s.kept.name), s.kept.list) }

// unused counts a name on until no item has it: "Hoa Mai", "Hoa Mai (2)".
func unused(name string, list []savedItem) string {
	base := []rune(name)
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") && isDigits(name[i+2:len(name)-1]) {
		base = []rune(name[:i])
	}
	for n := 2; slices.ContainsFunc(list, func(i savedItem) bool { return i.Name == name }); n++ {
		end := " (" + itoa(n) + ")"
		name = strings.TrimSpace(string(base[:min(len(base), words.MaxName-len(end))])) + end
	}
	return name
}

// ownName is what the answer is called where the user does not say.
func (s *screen) ownName() string {
	w := s.words()
	people := int64(0)
	for i := range s.stands.Audience {
		people += s.stands.Audience[i].Recipients.Or(0)
	}
	return w.text("type."+string(s.form.kind())) + ", " + w.count("people", people)
}

// A savedAnswer is a saved scenario with today's answer to it.
type savedAnswer struct {
	*screen      // nil where today's book does not take it
	other   bool // another answer than when it was saved
	on      rules.Date
}

// viewOf works out a link's answer. Doing so takes as long as an answer on the
// screen, so what was worked out is kept.
func (s *screen) viewOf(link string) *savedAnswer {
	key := s.Lang + link
	if v := s.kept.views[key]; v != nil {
		return v
	}
	v := &savedAnswer{}
	if said, ok := claimOf(link); ok {
		v.on = said.on
	}
	if scenario, ok := scenarioOf(link); ok {
		if asked, wrong := decode(scenario); wrong == nil {
			other := &screen{Lang: s.Lang, shownLang: s.shownLang, form: formOf(asked, s.form.today, s.Lang)}
			if other.compute(); other.current() {
				other.hear(link, &asked)
				v.screen, v.other = other, other.told != nil
			}
		}
	}
	if s.kept.views == nil || len(s.kept.views) > 2*maxSaved {
		s.kept.views = map[string]*savedAnswer{}
	}
	s.kept.views[key] = v
	return v
}

// saved lists what is saved, and sets some of it side by side.
func (s *screen) saved() goapp.UI {
	k := &s.kept
	if len(k.list) == 0 && k.gone == nil && !k.state.unreadable {
		return nil
	}
	v := shelfView{
		language: s.shownLanguage(), today: s.form.today, list: k.list, state: k.state, gone: k.gone,
		compared: slices.Clone(k.compared), renaming: k.renaming, oldName: k.oldName,
	}
	if s.quote != nil && slices.Contains(k.compared, 0) {
		v.current, v.broken = string(s.scenario), !s.current()
	}
	return s.part(v)
}

// A shelfView is what is saved.
type shelfView struct {
	language shownLanguage
	today    string
	list     []savedItem
	state    savedState
	gone     *savedItem
	compared []int64
	renaming int64
	oldName  string
	current  string // the scenario on the screen, where it is compared
	broken   bool   // there is a mistake in it: its column stays, with nothing in it
}

func (v shelfView) draw(s *screen) goapp.UI {
	k := &s.kept
	w := s.words()
	var notes, items []goapp.UI
	note := func(key string) { notes = append(notes, tag("p").Class("hint").Body(text(w.text(key)))) }
	switch {
	case !k.state.lasting:
		note("saved.passing")
	case k.state.fades:
		note("saved.week")
		notes = append(notes, installLink(w, s.href))
	default:
		note("saved.where")
	}
	if k.state.unreadable {
		note("saved.unreadable")
	}
	for _, item := range k.list {
		items = append(items, s.savedRow(item))
	}
	var undo goapp.UI
	if k.gone != nil {
		undo = button("link", w.text("saved.undo"), func(goapp.Context, goapp.Event) { s.bringBack() }).ID("saved-undo")
	}
	said := ""
	if k.gone != nil {
		said = w.text("saved.deleted", "name", k.gone.Name)
	}
	return tag("section").Class("card saved").ID("saved").Attr("tabindex", "-1").Attr("aria-labelledby", "saved-title").Body(
		tag("h2").ID("saved-title").Body(text(w.text("saved.title"))),
		div("saved-notes", notes...),
		tag("ul").Class("saved-list").Body(items...),
		div("saved-gone", tag("p").Attr("role", "status").Body(text(said)), undo),
		s.comparison(),
	)
}

func (s *screen) savedRow(item savedItem) goapp.UI {
	k := &s.kept
	w := s.words()
	id := "saved-" + itoa(int(item.ID))
	v := s.viewOf(item.Link)
	detail := w.text("saved.cannot-read")
	if v.screen != nil {
		detail = v.kindText() + " · " + v.verdictText() + " · " + v.totalText()
	}
	if v.on != 0 {
		detail += " · " + w.text("saved.on", "date", w.date(v.on))
	}
	body := []goapp.UI{
		tag("p").Class("saved-detail").Body(text(detail)),
	}
	if v.other {
		body = append(body, tag("p").Class("saved-changed").Body(text(w.text("saved.changed"))))
	}
	if k.renaming == item.ID {
		return tag("li").Body(s.renameForm(item, id))
	}
	act := func(key string, press func()) goapp.HTMLElem {
		return button("link", w.text(key), func(goapp.Context, goapp.Event) { press() }, key, item.ID).
			Attr("aria-describedby", id)
	}
	actions := []goapp.UI{
		act("saved.rename", func() {
			k.renaming, k.oldName, k.newName = item.ID, item.Name, item.Name
			s.ctx.Defer(func(goapp.Context) { selectText(id + "-name") })
		}).ID(id + "-rename"),
		act("saved.delete", func() { s.forget(item) }),
	}
	name := tag("p").Class("saved-name").ID(id).Body(text(item.Name))
	if v.screen != nil {
		actions = append([]goapp.UI{act("saved.open", func() { s.openSaved(item) }), s.compareBox(item.ID, w.text("saved.compare"), id)}, actions...)
	}
	return tag("li").Body(div("saved-item", append([]goapp.UI{name}, body...)...), div("saved-acts", actions...))
}

func (s *screen) renameForm(item savedItem, id string) goapp.UI {
	k := &s.kept
	w := s.words()
	done := func() {
		k.renaming = 0
		s.moveAfter(id + "-rename")
	}
	return tag("form").Class("rename").Body(
		div("field",
			tag("label").Attr("for", id+"-name").Body(text(w.text("saved.new-name"))),
			div("input-box", goapp.ElemSelfClosing("input").ID(id+"-name").Class("input").Attr("type", "text").Attr("autocomplete", "off").
				Attr("maxlength", itoa(words.MaxName)).Attr("value", k.oldName).
				On("input", func(ctx goapp.Context, _ goapp.Event) { k.newName = ctx.JSSrc().Get("value").String() }, item.ID)),
		),
		div("presses",
			tag("button").Class("press").Attr("type", "submit").Body(text(w.text("saved.rename.do"))),
			button("link", w.text("saved.rename.not"), func(goapp.Context, goapp.Event) { done() }, item.ID),
		),
	).On("submit", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		if name := words.ShortName(k.newName); name != "" {
			s.change(func(items []savedItem) []savedItem {
				for i := range items {
					if items[i].ID == item.ID {
						items[i].Name = name
					}
				}
				return items
			})
		}
		done()
	}, item.ID)
}

func (s *screen) openSaved(item savedItem) {
	if wrong := s.openLink(item.Link); wrong != nil {
		return // the row has no such button then
	}
	s.kept.name = item.Name
	s.keepDraft()
	s.moveAfter(answerID)
}

// forget deletes a saved scenario; the last one can be brought back.
func (s *screen) forget(item savedItem) {
	k := &s.kept
	if !s.change(func(items []savedItem) []savedItem {
		return slices.DeleteFunc(items, func(i savedItem) bool { return i.ID == item.ID })
	}) {
		return
	}
	k.gone = &item
	k.compared = slices.DeleteFunc(k.compared, func(id int64) bool { return id == item.ID })
	s.moveAfter("saved-undo")
}

func (s *screen) bringBack() {
	k := &s.kept
	item := *k.gone
	if s.change(func(items []savedItem) []savedItem {
		at := 0
		for at < len(items) && items[at].ID < item.ID {
			at++
		}
		return slices.Insert(items, at, item)
	}) {
		k.gone = nil
		s.moveAfter("saved-" + itoa(int(item.ID)) + "-rename")
	}
}

// compareBox takes a saved scenario into the comparison; 0 is the one on the
// screen.
func (s *screen) compareBox(id int64, label, describedBy string) goapp.UI {
	k := &s.kept
	chosen := slices.Contains(k.compared, id)
	box := goapp.ElemSelfClosing("input").Attr("type", "checkbox").Attr("name", "compare").Attr("value", itoa(int(id))).Attr("checked", chosen).
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
	return tag("label").Class("compare-box").Body(box, tag("span").Body(text(label)))
}

// comparison sets the chosen scenarios side by side: what each comes to, and the
// answers in which they differ.
func (s *screen) comparison() goapp.UI {
	k := &s.kept
	w := s.words()
	if len(k.list) == 0 {
		return nil
	}
	body := []goapp.UI{
		tag("h3").ID("compared-title").Body(text(w.text("compared.title"))),
		tag("p").Class("hint").Body(text(w.text("compared.hint", "n", itoa(maxCompared)))),
		s.compareBox(0, w.text("compared.current"), ""),
	}
	var names []string
	var shown []*screen
	if slices.Contains(k.compared, 0) && s.quote != nil {
		names, shown = append(names, w.text("compared.current")), append(shown, s)
	}
	for _, item := range k.list {
		if v := s.viewOf(item.Link); slices.Contains(k.compared, item.ID) && v.screen != nil {
			names, shown = append(names, item.Name), append(shown, v.screen)
		}
	}
	if len(shown) > 1 {
		body = append(body, s.comparedTable(names, shown))
	}
	return div("compared", body...)
}

func (s *screen) comparedTable(names []string, shown []*screen) goapp.UI {
	w := s.words()
	head := []goapp.UI{tag("td").Body()}
	for _, name := range names {
		head = append(head, tag("th").Attr("scope", "col").Body(text(name)))
	}
	var rows []goapp.UI
	row := func(class, label string, value func(*screen) string) {
		cells := []goapp.UI{tag("th").Attr("scope", "row").Body(text(label))}
		tells := false
		for _, other := range shown {
			said := "—"
			if other.current() {
				said = value(other)
			}
			tells = tells || said != "—"
			cells = append(cells, tag("td").Body(text(said)))
		}
		if !tells {
			return
		}
		rows = append(rows, tag("tr").Class(class).Body(cells...))
	}
	row("compared-total", w.text("total.gross"), (*screen).totalText)
	row("", w.text("compared.verdict"), (*screen).verdictText)
	row("", w.text("compared.each"), (*screen).eachText)
	row("", w.text("compared.out"), func(o *screen) string {
		return w.text("why.of", "out", w.number(o.quote.Deliverable), "all", w.number(o.quote.Requested))
	})
	row("", w.text("compared.days"), func(o *screen) string {
		if o.quote.Schedule == nil {
			return "—"
		}
		return w.count("days.needed", o.quote.Schedule.Days)
	})
	for _, label := range differing(shown) {
		row("", label, func(o *screen) string { return answerTo(o, label) })
	}
	return div("compared-box", tag("div").Class("table-box").Attr("role", "region").Attr("tabindex", "0").Attr("aria-labelledby", "compared-title").Body(
		tag("table").Body(tag("thead").Body(tag("tr").Body(head...)), tag("tbody").Body(rows...)),
	))
}

// differing lists the questions, by their labels, that not all scenarios answer
// alike.
func differing(shown []*screen) []string {
	var labels []string
	for _, o := range shown {
		for _, a := range o.answers() {
			unlike := func(other *screen) bool { return answerTo(other, a.label) != a.answer }
			if !slices.Contains(labels, a.label) && slices.ContainsFunc(shown, unlike) {
				labels = append(labels, a.label)
			}
		}
	}
	return labels
}

// answerTo is the answer of a scenario to a question.
func answerTo(o *screen, label string) string {
	for _, a := range o.answers() {
		if a.label == label {
			return a.answer
		}
	}
	return "—"
}
