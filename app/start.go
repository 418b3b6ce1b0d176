package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// What one can start from: a size of business, which fills in what one of that
// size mostly has, and examples, which are whole scenarios.

// startFrom puts an example into the form. The user's own prices stay.
func (s *screen) startFrom(e example) {
	asked, wrong := decode(e.on(s.form.today))
	if wrong != nil { // a test rules it out
		return
	}
	f := formOf(asked, s.form.today, s.form.lang)
	f.setPrices(s.form.prices())
	f.clear(pathOn) // nobody has chosen the day
	s.form = f
}

const startKey = "start"

// offer is a button with a name and a line about it.
func offer(id, name, about string, take func()) goapp.UI {
	return pressable("offer", "", func(goapp.Context, goapp.Event) { take() }, id+name, span("offer-name", name), span("offer-about", about))
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
	w := s.words()
	started := func(label string) {
		s.opened[startKey] = false
		closeDetails(startKey)
		s.changed()
		s.said = w.text("start.done", "name", label)
		s.moveAfter(startKey)
	}
	var chips, list []goapp.UI
	for _, z := range sizes {
		label := w.text("size." + z.id)
		n, _ := parseCount(z.recipients)
		chips = append(chips, offer("size", label, w.text("size.about."+z.id, "people", w.count("people", n)), func() {
			z.apply(s.form)
			started(label)
		}))
	}
	for _, e := range examples() {
		label := w.text("example." + e.id)
		list = append(list, tag("li").Body(offer("example", label, w.text("example.about."+e.id), func() {
			s.startFrom(e)
			started(label)
		})))
	}
	body := []goapp.UI{
		tag("h2").ID("start-examples").Body(text(w.text("start.examples"))),
		tag("ul").Class("examples").Attr("aria-labelledby", "start-examples").Body(list...),
		tag("h2").ID("start-sizes").Body(text(w.text("start.sizes"))),
		tag("div").Class("sizes").Attr("role", "group").Attr("aria-labelledby", "start-sizes").Body(chips...),
	}
	return tag("details").Class("card start").Attr("open", s.opened[startKey]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { s.opened[startKey] = ctx.JSSrc().Get("open").Bool() }, startKey).
		Body(tag("summary").ID(startKey).Body(text(w.text("start.title"))), div("start-list", body...))
}
