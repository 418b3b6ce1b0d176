//go:build !js

package app

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// A Part is a piece of software that the site brings to a visitor's device.
type Part struct {
	Name    string // as its authors call it
	Version string // empty for the site's own
	Licence string // SPDX identifier
	Text    string // the whole licence
}

// An about is the page that says how the calculator works, how far it can be
// trusted, what it leaves out and what it is made of.
type about struct {
	w     *language
	parts []Part
}

func (a about) href(path string) string { return relative(aboutPath(a.w.code), path) }

func (a about) page() goapp.UI {
	w := a.w
	return tag("div").ID("app").Class("page about").Body(
		siteHeader(w, aboutPath, a.href, overdueStates(w, a.href(homePath(w.code)))),
		tag("main").ID("main").Body(div("reading",
			div("intro", tag("h1").Body(text(w.text("about.heading"))), tag("p").Class("lead").Body(text(w.text("about.lead")))),
			a.section("method", 4, a.figures(), a.link("about.method.rules", rulesPath(w.code))),
			a.section("status", 0, a.statuses()),
			a.section("contested", 2),
			a.section("missing", 0, a.list("about.missing.item", 6)),
			a.section("private", 3),
			a.install(),
			a.section("licences", 1, a.licences(), a.link("about.licences.bill", "/sbom.cdx.json")),
		)),
		siteFooter(w, a.href, nil, installLink(w, a.href)),
	)
}

// section is a card with a title, paragraphs numbered from 1 and what follows.
func (a about) section(name string, paragraphs int, below ...goapp.UI) goapp.UI {
	key := "about." + name
	body := []goapp.UI{tag("h2").ID(name).Body(text(a.w.text(key + ".title")))}
	for i := range paragraphs {
		body = append(body, tag("p").Body(text(a.w.text(key+"."+strconv.Itoa(i+1)))))
	}
	return tag("section").Class("card prose").Attr("aria-labelledby", name).Body(append(body, below...)...)
}

func (a about) link(key, path string) goapp.UI {
	return tag("p").Body(tag("a").Attr("href", a.href(path)).Body(text(a.w.text(key))))
}

func (a about) list(key string, items int) goapp.UI {
	body := make([]goapp.UI, 0, items)
	for i := range items {
		body = append(body, tag("li").Body(text(a.w.text(key+"."+strconv.Itoa(i+1)))))
	}
	return tag("ul").Class("bullets").Body(body...)
}

// figures tell the size of the book.
func (a about) figures() goapp.UI {
	w := a.w
	book := rules.TheBook()
	return tag("p").Class("hint").Body(text(w.text("about.figures",
		"rules", w.number(int64(len(book.Rules))),
		"sources", w.number(int64(len(book.Sources))),
		"types", w.number(int64(len(rules.MessageTypes("")))),
		"date", w.date(rules.Checked()),
	)))
}

// statuses explains the word beside each value.
func (a about) statuses() goapp.UI {
	var rows []goapp.UI
	for _, s := range []rules.Status{rules.Official, rules.Corroborated, rules.Single, rules.Derived, rules.Contested} {
		rows = append(rows, div("line",
			tag("dt").Body(text(a.w.text("status."+string(s)))),
			tag("dd").Body(text(a.w.text("about.status."+string(s)))),
		))
	}
	return tag("dl").Class("meanings").Body(rows...)
}

// install says how to put the calculator on a device, a list of steps for each
// kind. The page's script shows the button where the browser has a question.
func (a about) install() goapp.UI {
	w := a.w
	device := func(name, look string) goapp.UI {
		key := "install." + name
		return div("device",
			tag("h3").Body(text(w.text(key))),
			tag("ol").Body(
				tag("li").Body(icon(look), span("", w.text(key+".1"))),
				tag("li").Body(icon(iconAdd), span("", w.text(key+".2"))),
			),
		)
	}
	return a.section(installID, 1,
		tag("p").Body(tag("button").ID("install-now").Class("press").Attr("type", "button").Attr("hidden", true).Body(text(w.text("install.do")))),
		div("devices",
			device("ios", iconShare),
			device("android", iconMenu),
			device("desktop", iconScreen),
		),
		a.list("about.install.item", 3),
	)
}

// The pictures of the buttons to look for, drawn on a field of 20 by 20.
const (
	iconMenu   = "M10 3.300a.7.7 0 1 0 0 1.400a.7.7 0 1 0 0-1.400M10 9.300a.7.7 0 1 0 0 1.400a.7.7 0 1 0 0-1.400M10 15.300a.7.7 0 1 0 0 1.400a.7.7 0 1 0 0-1.400"
	iconScreen = "M3 4h14v9H3zM10 6v4.500M8 8.500l2 2 2-2M7 16.500h6"
	iconAdd    = "M4 4h12v12H4zM10 7v6M7 10h6"
)

// licences shows the licence of each part in full.
func (a about) licences() goapp.UI {
	items := make([]goapp.UI, 0, len(a.parts))
	for _, p := range a.parts {
		title := p.Name
		if p.Version != "" {
			title += " " + p.Version
		}
		items = append(items, tag("details").Class("more").Body(
			tag("summary").Body(text(title+" · "+p.Licence)),
			tag("pre").Class("licence").Attr("lang", "en").Attr("tabindex", "0").Aria("label", title).Body(text(p.Text)),
		))
	}
	return tag("div").Body(items...)
}
