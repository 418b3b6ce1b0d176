package kit

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// The screen is built from go-app's generic elements: its typed ones would
// bring the methods of every HTML element into the program.

//go:noinline
func Tag(name string) goapp.HTMLElem { return goapp.Elem(name) }

// svgNS is the XML namespace of SVG; without it a browser draws nothing.
const svgNS = "http://www.w3.org/2000/svg"

// An SVG element has no class: go-app sets className, which SVG does not let it
// change. Styles find it by data-is instead.
//
//go:noinline
func Svg(name string) goapp.HTMLElem { return goapp.Elem(name).XMLNS(svgNS) }

//go:noinline
func Text(s string) goapp.UI { return goapp.Text(s) }

// Div is a div with a class.
//
//go:noinline
func Div(class string, body ...goapp.UI) goapp.UI { return Tag("div").Class(class).Body(body...) }

// Span is a span with a class and a text.
//
//go:noinline
func Span(class, s string) goapp.UI { return Tag("span").Class(class).Body(Text(s)) }

// Hidden is a text for screen readers alone.
//
//go:noinline
func Hidden(s string) goapp.UI { return Span("visually-hidden", s) }

// PlaceFor keeps the place of what is not there at times. go-app tells elements by
// their number among those beside them: what follows would be made anew, and a
// reader in it would lose place and focus.
//
//go:noinline
func PlaceFor(ui goapp.UI) goapp.UI {
	if ui == nil {
		return Tag("i").Attr("hidden", true)
	}
	return ui
}

// Outside is a link to another site, opened beside this one.
func Outside(href, title, label string) goapp.UI {
	return Tag("a").Attr("href", href).Attr("title", title).Attr("target", "_blank").Attr("rel", "noopener noreferrer").Body(Text(label))
}

// Button is a button that does something when pressed; the scope tells one
// handler from another that stands in its place later.
//
//go:noinline
func Button(class, label string, press goapp.EventHandler, scope ...any) goapp.HTMLElem {
	return Tag("button").Class(class).Attr("type", "button").Body(Text(label)).On("click", press, scope...)
}

// Pressable is a button with more in it than a text.
//
//go:noinline
func Pressable(class, id string, press goapp.EventHandler, scope any, body ...goapp.UI) goapp.HTMLElem {
	return Tag("button").Class(class).ID(id).Attr("type", "button").On("click", press, scope).Body(body...)
}

// Copies is the attribute of a button whose press ends in browser.CopyText: it lets
// Safari write to the clipboard, which would refuse what comes after the press.
const Copies = "data-copies"

// Icon is a small drawing on a field of 20 by 20; words beside it say the same.
//
//go:noinline
func Icon(shape string) goapp.UI {
	return Svg("svg").Attr("data-is", "icon").Attr("viewBox", "0 0 20 20").Aria("hidden", "true").Body(Svg("path").Attr("d", shape))
}

// Unknown is the value of the radio button for "not known". It may not be empty:
// go-app sets attributes in any order, and a radio button whose empty value is
// set before its type has the value "on".
const Unknown = "unknown"

// Chip is a radio button that looks like a pill.
func Chip(name, value, label string, chosen bool, choose func(string)) goapp.UI {
	class, shown := "chip", value
	if value == "" {
		class, shown = "chip chip-unknown", Unknown
	}
	return Tag("label").Class(class).Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", name).Attr("value", shown).
			Attr("checked", chosen).Attr("data-chosen", chosen).
			On("change", func(goapp.Context, goapp.Event) { choose(value) }, name, value),
		Tag("span").Body(Text(label)),
	)
}
