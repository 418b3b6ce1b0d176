package app

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// The screen is built from go-app's generic elements: its typed ones would
// bring the methods of every HTML element into the program.

//go:noinline
func tag(name string) goapp.HTMLElem { return goapp.Elem(name) }

// svgNS is the XML namespace of SVG; without it a browser draws nothing.
const svgNS = "http://www.w3.org/2000/svg"

// An SVG element has no class: go-app sets className, which SVG does not let it
// change. Styles find it by data-is instead.
//
//go:noinline
func svg(name string) goapp.HTMLElem { return goapp.Elem(name).XMLNS(svgNS) }

//go:noinline
func text(s string) goapp.UI { return goapp.Text(s) }

// div is a div with a class.
//
//go:noinline
func div(class string, body ...goapp.UI) goapp.UI { return tag("div").Class(class).Body(body...) }

// span is a span with a class and a text.
//
//go:noinline
func span(class, s string) goapp.UI { return tag("span").Class(class).Body(text(s)) }

// hidden is a text for screen readers alone.
//
//go:noinline
func hidden(s string) goapp.UI { return span("visually-hidden", s) }

// placeFor keeps the place of what is not there at times. go-app tells elements by
// their number among those beside them: what follows would be made anew, and a
// reader in it would lose place and focus.
//
//go:noinline
func placeFor(ui goapp.UI) goapp.UI {
	if ui == nil {
		return tag("i").Attr("hidden", true)
	}
	return ui
}

// outside is a link to another site, opened beside this one.
func outside(href, title, label string) goapp.UI {
	return tag("a").Attr("href", href).Attr("title", title).Attr("target", "_blank").Attr("rel", "noopener noreferrer").Body(text(label))
}

// button is a button that does something when pressed; the scope tells one
// handler from another that stands in its place later.
//
//go:noinline
func button(class, label string, press goapp.EventHandler, scope ...any) goapp.HTMLElem {
	return tag("button").Class(class).Attr("type", "button").Body(text(label)).On("click", press, scope...)
}

// pressable is a button with more in it than a text.
//
//go:noinline
func pressable(class, id string, press goapp.EventHandler, scope any, body ...goapp.UI) goapp.HTMLElem {
	return tag("button").Class(class).ID(id).Attr("type", "button").On("click", press, scope).Body(body...)
}

// icon is a small drawing on a field of 20 by 20; words beside it say the same.
//
//go:noinline
func icon(shape string) goapp.UI {
	return svg("svg").Attr("data-is", "icon").Attr("viewBox", "0 0 20 20").Aria("hidden", "true").Body(svg("path").Attr("d", shape))
}
