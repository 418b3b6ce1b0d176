package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/words"
)

const startKey = "start"

// offer is a button with a name and a line about it.
func offer(id, name, about string, take func()) goapp.UI {
	return kit.Pressable("offer", "", func(goapp.Context, goapp.Event) { take() }, id+name, kit.Span("offer-name", name), kit.Span("offer-about", about))
}

// start offers what to start from.
func (s *screen) start() goapp.UI {
	if s.Frame {
		return nil // a partner offers what it chooses
	}
	return s.part(startView{s.shownLanguage(), s.opened[startKey]})
}

// A startView is what there is to start from.
type startView struct {
	language shownLanguage
	opened   bool
}

func (startView) draw(s *screen) goapp.UI {
	w := s.Words()
	started := func(label string) {
		s.opened[startKey] = false
		browser.CloseDetails(startKey)
		s.changed()
		s.said = w.Text("start.done", "name", label)
		s.moveAfter(startKey)
	}
	var chips, list []goapp.UI
	for _, z := range form.Sizes {
		label := w.Text("size." + z.Id)
		n, _ := words.ParseCount(z.Recipients)
		chips = append(chips, offer("size", label, w.Text("size.about."+z.Id, "people", w.Count("people", n)), func() {
			z.Apply(s.Form)
			started(label)
		}))
	}
	for _, e := range form.Examples() {
		label := w.Text("example." + e.Id)
		list = append(list, kit.Tag("li").Body(offer("example", label, w.Text("example.about."+e.Id), func() {
			s.StartFrom(e)
			started(label)
		})))
	}
	body := []goapp.UI{
		kit.Tag("h2").ID("start-examples").Body(kit.Text(w.Text("start.examples"))),
		kit.Tag("ul").Class("examples").Attr("aria-labelledby", "start-examples").Body(list...),
		kit.Tag("h2").ID("start-sizes").Body(kit.Text(w.Text("start.sizes"))),
		kit.Tag("div").Class("sizes").Attr("role", "group").Attr("aria-labelledby", "start-sizes").Body(chips...),
	}
	return kit.Tag("details").Class("card start").Attr("open", s.opened[startKey]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { s.opened[startKey] = ctx.JSSrc().Get("open").Bool() }, startKey).
		Body(kit.Tag("summary").ID(startKey).Body(kit.Text(w.Text("start.title"))), kit.Div("start-list", body...))
}
