package ask

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/screen/desk"
	"postage/app/words"
)

const StartKey = "start"

// offer is a button with a name and a line about it.
func offer(id, name, about string, take func()) goapp.UI {
	return kit.Pressable("offer", "", func(goapp.Context, goapp.Event) { take() }, id+name, kit.Span("offer-name", name), kit.Span("offer-about", about))
}

// Start offers what to start from.
func (a *Column) Start() goapp.UI {
	d := a.Desk
	if d.Frame {
		return nil // a partner offers what it chooses
	}
	return d.Part(startView{a, d.ShownLanguage(), d.Opened[StartKey]})
}

// A startView is what there is to start from.
type startView struct {
	of       *Column
	language desk.ShownLanguage
	opened   bool
}

func (v startView) Draw() goapp.UI {
	d := v.of.Desk
	w := d.Words()
	started := func(label string) {
		d.Opened[StartKey] = false
		browser.CloseDetails(StartKey)
		d.Changed()
		d.Said = w.Text("start.done", "name", label)
		d.MoveAfter(StartKey)
	}
	var chips, list []goapp.UI
	for _, z := range form.Sizes {
		label := w.Text("size." + z.Id)
		n, _ := words.ParseCount(z.Recipients)
		chips = append(chips, offer("size", label, w.Text("size.about."+z.Id, "people", w.Count("people", n)), func() {
			z.Apply(d.Form)
			started(label)
		}))
	}
	for _, e := range form.Examples() {
		label := w.Text("example." + e.Id)
		list = append(list, kit.Tag("li").Body(offer("example", label, w.Text("example.about."+e.Id), func() {
			d.Item = 0
			d.StartFrom(e)
			started(label)
		})))
	}
	body := []goapp.UI{
		kit.Tag("h2").ID("start-examples").Body(kit.Text(w.Text("start.examples"))),
		kit.Tag("ul").Class("examples").Attr("aria-labelledby", "start-examples").Body(list...),
		kit.Tag("h2").ID("start-sizes").Body(kit.Text(w.Text("start.sizes"))),
		kit.Tag("div").Class("sizes").Attr("role", "group").Attr("aria-labelledby", "start-sizes").Body(chips...),
	}
	return kit.Tag("details").Class("card start").Attr("open", d.Opened[StartKey]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { d.Opened[StartKey] = ctx.JSSrc().Get("open").Bool() }, StartKey).
		Body(kit.Tag("summary").ID(StartKey).Body(kit.Text(w.Text("start.title"))), kit.Div("start-list", body...))
}
