//go:build !js

package pages

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/app/screen/keep"
	"postage/app/words"
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
	w     *words.Language
	parts []Part
}

func (a about) href(path string) string { return kit.Relative(kit.AboutPath(a.w.Code), path) }

func (a about) page() goapp.UI {
	w := a.w
	return kit.Tag("div").ID("app").Class("page about").Body(
		page.Header(w, kit.AboutPath, a.href, overdueStates(w, a.href(kit.HomePath(w.Code)))),
		kit.Tag("main").ID("main").Body(kit.Div("reading",
			kit.Div("intro", kit.Tag("h1").Body(kit.Text(w.Text("about.heading"))), kit.Tag("p").Class("lead").Body(kit.Text(w.Text("about.lead")))),
			a.section("method", 4, a.figures(), a.due(), a.link("about.method.rules", kit.RulesPath(w.Code))),
			a.section("status", 0, a.statuses()),
			a.section("contested", 2),
			a.section("missing", 0, a.list("about.missing.item", 7)),
			a.section("private", 3),
			a.install(),
			a.section("licences", 1, a.licences(), a.link("about.licences.bill", "/sbom.cdx.json")),
		)),
		page.Footer(w, a.href, nil, page.InstallLink(w, a.href)),
	)
}

// section is a card with a title, paragraphs numbered from 1 and what follows.
func (a about) section(name string, paragraphs int, below ...goapp.UI) goapp.UI {
	key := "about." + name
	body := []goapp.UI{kit.Tag("h2").ID(name).Body(kit.Text(a.w.Text(key + ".title")))}
	for i := range paragraphs {
		body = append(body, kit.Tag("p").Body(kit.Text(a.w.Text(key+"."+strconv.Itoa(i+1)))))
	}
	return kit.Tag("section").Class("card prose").Attr("aria-labelledby", name).Body(append(body, below...)...)
}

func (a about) link(key, path string) goapp.UI {
	return kit.Tag("p").Body(kit.Tag("a").Attr("href", a.href(path)).Body(kit.Text(a.w.Text(key))))
}

func (a about) list(key string, items int) goapp.UI {
	body := make([]goapp.UI, 0, items)
	for i := range items {
		body = append(body, kit.Tag("li").Body(kit.Text(a.w.Text(key+"."+strconv.Itoa(i+1)))))
	}
	return kit.Tag("ul").Class("bullets").Body(body...)
}

// figures tell the size of the book.
func (a about) figures() goapp.UI {
	w := a.w
	book := rules.TheBook()
	return kit.Tag("p").Class("hint").Body(kit.Text(w.Text("about.figures",
		"rules", w.Number(int64(len(book.Rules))),
		"sources", w.Number(int64(len(book.Sources))),
		"types", w.Number(int64(len(rules.MessageTypes("")))),
		"date", w.Date(rules.Checked()),
	)))
}

// due says how much of the book is to be looked at again, as of its last check.
func (a about) due() goapp.UI {
	w := a.w
	counts := map[rules.DueReason]int64{}
	for _, d := range rules.DueFacts(rules.Checked()) {
		for _, why := range d.Why {
			counts[why]++
		}
	}
	return kit.Tag("p").Class("hint").ID("about-due").Body(kit.Text(w.Text("about.due",
		"single", w.Number(counts[rules.DueSingle]), "unread", w.Number(counts[rules.DueUnread]), "days", w.Number(rules.FreshDays))))
}

// statuses explains the word beside each value.
func (a about) statuses() goapp.UI {
	var rows []goapp.UI
	for _, s := range []rules.Status{rules.Official, rules.Corroborated, rules.Single, rules.Derived, rules.Contested} {
		rows = append(rows, kit.Div("line",
			kit.Tag("dt").Body(kit.Text(a.w.Text("status."+string(s)))),
			kit.Tag("dd").Body(kit.Text(a.w.Text("about.status."+string(s)))),
		))
	}
	return kit.Tag("dl").Class("meanings").Body(rows...)
}

// install says how to put the calculator on a device, a list of steps for each
// kind. The page's script shows the button where the browser has a question.
func (a about) install() goapp.UI {
	w := a.w
	device := func(name, look string) goapp.UI {
		key := "install." + name
		return kit.Div("device",
			kit.Tag("h3").Body(kit.Text(w.Text(key))),
			kit.Tag("ol").Body(
				kit.Tag("li").Body(kit.Icon(look), kit.Span("", w.Text(key+".1"))),
				kit.Tag("li").Body(kit.Icon(iconAdd), kit.Span("", w.Text(key+".2"))),
			),
		)
	}
	return a.section(page.InstallID, 1,
		kit.Tag("p").Body(kit.Tag("button").ID("install-now").Class("press").Attr("type", "button").Attr("hidden", true).Body(kit.Text(w.Text("install.do")))),
		kit.Div("devices",
			device("ios", keep.IconShare),
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
		items = append(items, kit.Tag("details").Class("more").Body(
			kit.Tag("summary").Body(kit.Text(title+" · "+p.Licence)),
			kit.Tag("pre").Class("licence").Attr("lang", "en").Attr("tabindex", "0").Aria("label", title).Body(kit.Text(p.Text)),
		))
	}
	return kit.Tag("div").Body(items...)
}
