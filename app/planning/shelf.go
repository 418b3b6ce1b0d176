package planning

import (
	"slices"
	"strconv"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/plan"
	"postage/app/words"
	"postage/rules"
)

// A shelf is the saved plans, which a [model.Shelf] keeps.
type shelf struct{ *work }

// maxCompared is how many stand side by side.
const maxCompared = 4

// A saved is a saved plan with today's answer to it.
type saved struct {
	plan   plan.Plan
	answer *plan.Answer // nil where today's book does not take it
	other  bool         // another answer than when it was saved
	on     rules.Date
}

// save keeps the plan on the screen under its name, or, without one, under its days.
func (v shelf) save() {
	w := v.words()
	name := v.plan.Name
	if name == "" {
		name = v.tell().Title() + ", " + v.tell().Period()
	}
	item, outcome := v.work.shelf.Save(name, v.answer.Link(v.plan.Name, v.today), time.Now().UnixMilli())
	switch {
	case outcome == model.Full:
		v.work.said = w.Text("plan.saved.too-many", "n", words.Itoa(model.MaxSaved))
	case outcome == model.Unread:
		v.work.said = w.Text("plan.link.long")
	case outcome != model.Done:
		v.work.said = w.Text("saved.full")
	case !browser.StorageLasts():
		v.work.said = w.Text("saved.passing")
	default:
		v.work.said = w.Text("saved.done", "name", item.Name)
	}
}

// viewOf works out a link's answer, and keeps it.
func (v shelf) viewOf(link string) *saved {
	if one := v.views[link]; one != nil && one.plan.Lang == v.report.Lang {
		return one
	}
	one := &saved{}
	if p, wrong := plan.InLink(link, v.today, v.report.Lang); wrong == nil {
		if a := p.Answer(v.today); a.Quote != nil {
			said, other := a.Hear(link)
			one.answer, one.other, one.on = a, other, said.On
		}
		one.plan = p
	}
	one.plan.Lang = v.report.Lang
	if v.views == nil || len(v.views) > 2*model.MaxKept {
		v.work.views = map[string]*saved{}
	}
	v.views[link] = one
	return one
}

func (v shelf) teller(one *saved) plan.Teller {
	return plan.Teller{Report: &v.report, Plan: &one.plan, Answer: one.answer, Today: v.today}
}

const shelfID = "saved"

// draw lists what is saved, and sets some of it side by side.
func (v shelf) draw() goapp.UI {
	items := v.work.shelf.Items()
	_, canUndo := v.work.shelf.Deleted()
	if len(items) == 0 && !canUndo && !v.work.shelf.Damaged() {
		return nil
	}
	w := v.words()
	note := "saved.where"
	switch {
	case !browser.StorageLasts():
		note = "saved.passing"
	case browser.StorageFades():
		note = "saved.week"
	}
	notes := []goapp.UI{kit.Tag("p").Class("hint").Body(kit.Text(w.Text(note)))}
	if v.work.shelf.Damaged() {
		notes = append(notes, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("saved.unreadable"))))
	}
	var list []goapp.UI
	for _, item := range items {
		if item.ID == v.relabel.ID {
			list = append(list, kit.Tag("li").Body(v.renameForm()))
			continue
		}
		list = append(list, v.row(item))
	}
	var back goapp.UI
	if canUndo {
		back = kit.Button("link", w.Text("saved.undo"), func(goapp.Context, goapp.Event) { v.bringBack() }, "undo").ID("saved-undo")
	}
	return kit.Tag("section").Class("card saved").ID(shelfID).Attr("tabindex", "-1").Attr("aria-labelledby", "saved-title").Body(
		kit.Tag("h2").ID("saved-title").Body(kit.Text(w.Text("plan.saved.title"))),
		kit.Div("saved-notes", notes...),
		kit.Tag("ul").Class("saved-list").Body(list...),
		kit.Div("saved-gone", kit.Tag("p").Attr("role", "status").Body(kit.Text(v.shelfDid)), kit.PlaceFor(back)),
		kit.PlaceFor(v.comparison()),
	)
}

func (v shelf) row(item model.Saved) goapp.UI {
	w := v.words()
	one := v.viewOf(item.Link)
	id := savedID(item)
	detail := w.Text("saved.cannot-read")
	if one.answer != nil {
		t := v.teller(one)
		total, _ := t.Total()
		detail = t.Period() + " · " + w.Count("plan.items", int64(len(one.plan.Items))) + " · " + w.Text("verdict."+string(one.answer.Quote.Verdict)) + " · " + total
	}
	if one.on != 0 {
		detail += " · " + w.Text("saved.on", "date", w.Date(one.on))
	}
	body := []goapp.UI{kit.Tag("p").Class("saved-name").ID(id).Body(kit.Text(item.Name)), kit.Tag("p").Class("saved-detail").Body(kit.Text(detail))}
	if one.other {
		body = append(body, kit.Tag("p").Class("saved-changed").Body(kit.Text(w.Text("saved.changed"))))
	}
	act := func(key string, press func()) goapp.HTMLElem {
		return kit.Button("link", w.Text(key), func(goapp.Context, goapp.Event) { press() }, key, item.ID, item.Name).Attr("aria-describedby", id)
	}
	acts := []goapp.UI{act("saved.rename", func() { v.rename(item) }).ID(id + "-rename"), act("saved.delete", func() { v.forget(item) })}
	if one.answer != nil {
		acts = append([]goapp.UI{act("saved.open", func() { v.openSaved(item) }), v.box(item.ID, w.Text("saved.compare"), id)}, acts...)
	}
	return kit.Tag("li").Body(kit.Div("saved-item", body...), kit.Div("saved-acts", acts...))
}

func savedID(item model.Saved) string { return "saved-" + strconv.FormatInt(item.ID, 10) }

// rename asks for a new name.
func (v shelf) rename(item model.Saved) {
	v.work.relabel, v.work.newLabel, v.work.shelfDid = item, item.Name, ""
	v.ctx.Defer(func(goapp.Context) { browser.SelectText(savedID(item) + "-name") })
}

func (v shelf) renameForm() goapp.UI {
	w, item := v.words(), v.relabel
	return nameForm(savedID(item)+"-name", w.Text("saved.new-name"), item.Name, w.Text("saved.rename.do"), func(typed string) { v.work.newLabel = typed }, func() {
		if words.ShortName(v.newLabel) != "" && v.work.shelf.Rename(v.relabel, v.newLabel) != model.Done {
			v.work.shelfDid = v.words().Text("saved.stuck")
		}
		v.endRenaming()
	}, kit.Button("link", w.Text("saved.rename.not"), func(goapp.Context, goapp.Event) { v.endRenaming() }, item.ID))
}

// endRenaming shows the row again.
func (v shelf) endRenaming() {
	item := v.relabel
	v.work.relabel = model.Saved{}
	v.moveAfter(savedID(item) + "-rename")
}

// openSaved puts a saved plan in the place of the one in work, which is kept.
func (v shelf) openSaved(item model.Saved) {
	p, wrong := plan.InLink(item.Link, v.today, v.report.Lang)
	if wrong != nil {
		return // the row has no such button then
	}
	if p.Name == "" {
		p.Name = item.Name
	}
	v.take(p)
	v.hear(item.Link)
	v.work.said = v.words().Text("plan.import.done")
	v.moveAfter(titleID)
}

func (v shelf) forget(item model.Saved) {
	if v.work.shelf.Delete(item) != model.Done {
		v.work.shelfDid = v.words().Text("saved.stuck")
		return
	}
	v.work.shelfDid = v.words().Text("saved.deleted", "name", item.Name)
	v.work.compared = slices.DeleteFunc(v.compared, func(id int64) bool { return id == item.ID })
	v.moveAfter("saved-undo")
}

func (v shelf) bringBack() {
	item, outcome := v.work.shelf.BringBack()
	if outcome != model.Done {
		v.work.shelfDid = v.words().Text("saved.stuck")
		return
	}
	v.work.shelfDid = v.words().Text("saved.back", "name", item.Name)
	v.moveAfter(shelfID)
}

// box takes a saved plan into the comparison; 0 is the one in work.
func (v shelf) box(id int64, label, describedBy string) goapp.UI {
	chosen := slices.Contains(v.compared, id)
	in := goapp.ElemSelfClosing("input").Attr("type", "checkbox").Attr("name", "compare").Attr("value", strconv.FormatInt(id, 10)).Attr("checked", chosen).
		Attr("disabled", !chosen && len(v.compared) >= maxCompared).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			v.work.compared = slices.DeleteFunc(v.compared, func(other int64) bool { return other == id })
			if ctx.JSSrc().Get("checked").Bool() {
				v.work.compared = append(v.compared, id)
			}
		}, id)
	if describedBy != "" {
		in = in.Attr("aria-describedby", describedBy)
	}
	return kit.Tag("label").Class("compare-box").Body(in, kit.Tag("span").Body(kit.Text(label)))
}

// comparison sets the chosen plans side by side.
func (v shelf) comparison() goapp.UI {
	w := v.words()
	if len(v.work.shelf.Items()) == 0 {
		return nil
	}
	body := []goapp.UI{
		kit.Tag("h3").ID("compared-title").Body(kit.Text(w.Text("compared.title"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("plan.compared.hint", "n", words.Itoa(maxCompared)))),
	}
	var names []string
	var shown []plan.Teller
	if v.answer.Quote != nil {
		body = append(body, v.box(0, w.Text("plan.compared.current"), ""))
		if slices.Contains(v.compared, 0) {
			names, shown = append(names, w.Text("plan.compared.current")), append(shown, v.tell())
		}
	}
	for _, item := range v.work.shelf.Items() {
		if one := v.viewOf(item.Link); slices.Contains(v.compared, item.ID) && one.answer != nil {
			names, shown = append(names, item.Name), append(shown, v.teller(one))
		}
	}
	if len(shown) > 1 {
		body = append(body, v.table(names, shown))
	}
	return kit.Div("compared", body...)
}

func (v shelf) table(names []string, shown []plan.Teller) goapp.UI {
	w := v.words()
	head := []goapp.UI{kit.Tag("td").Body()}
	for _, name := range names {
		head = append(head, kit.Tag("th").Attr("scope", "col").Body(kit.Text(name)))
	}
	var rows []goapp.UI
	row := func(class, label string, value func(plan.Teller) string) {
		cells := []goapp.UI{kit.Tag("th").Attr("scope", "row").Body(kit.Text(label))}
		for _, t := range shown {
			cells = append(cells, kit.Tag("td").Body(kit.Text(value(t))))
		}
		rows = append(rows, kit.Tag("tr").Class(class).Body(cells...))
	}
	row("compared-total", w.Text("total.gross"), func(t plan.Teller) string {
		total, _ := t.Total()
		return total
	})
	row("", w.Text("compared.verdict"), func(t plan.Teller) string { return w.Text("verdict." + string(t.Answer.Quote.Verdict)) })
	row("", w.Text("compared.out"), func(t plan.Teller) string {
		return w.Text("why.of", "out", w.Number(t.Answer.Quote.Deliverable), "all", w.Number(t.Answer.Quote.Requested))
	})
	row("", w.Text("plan.use.free"), func(t plan.Teller) string { return w.Number(t.Answer.Quote.Free) })
	row("", w.Text("plan.compared.days"), plan.Teller.Period)
	return kit.Div("compared-box", kit.Tag("div").Class("table-box").Attr("role", "region").Attr("tabindex", "0").Attr("aria-labelledby", "compared-title").Body(
		kit.Tag("table").Body(kit.Tag("thead").Body(kit.Tag("tr").Body(head...)), kit.Tag("tbody").Body(rows...)),
	))
}
