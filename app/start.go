package app

import (
	_ "embed"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// What one can start from: a size of business, which fills in what one of that
// size mostly has, and examples, which are whole scenarios.

// exampleTable has a line for each example: its id, a space and a scenario
// without the day.
//
//go:embed examples.txt
var exampleTable string

// An example is a scenario to start from.
type example struct{ id, scenario string }

func examples() []example {
	var list []example
	for line := range strings.Lines(exampleTable) {
		id, scenario, _ := strings.Cut(strings.TrimSpace(line), " ")
		list = append(list, example{id, scenario})
	}
	return list
}

// on is the example's scenario on a day.
func (e example) on(day string) []byte {
	return []byte(`{"on":"` + day + `",` + strings.TrimPrefix(e.scenario, "{"))
}

// A size is what a business of that size mostly has. What it leaves out goes
// back to its default.
type size struct {
	id         string
	recipients string
	tool       rules.Tool
	oaPackage  rules.OAPackage // of the packages since 2026-06-01
	before     rules.OAPackage // of those before
	dailyQuota string          // of ZNS
	limit      string          // of people in 24 h, WhatsApp
}

var sizes = []size{
	{id: "small", recipients: "500", limit: "250"},
	{id: "medium", recipients: "10000", tool: rules.OpenAPI, oaPackage: rules.PackageGrowth, before: rules.PackageAdvanced, dailyQuota: "50000", limit: "10000"},
	{id: "large", recipients: "200000", tool: rules.OpenAPI, oaPackage: rules.PackageComprehensive, before: rules.PackagePremium, dailyQuota: "500000", limit: "100000"},
}

// apply fills a size into the form; the message, the day and the groups stay.
func (z size) apply(f *form) {
	for g := range f.groups {
		f.set(groupPath(g, "recipients"), exact+z.recipients)
	}
	oaPackage := z.oaPackage
	if !slices.Contains(rules.OAPackages(f.day()), oaPackage) {
		oaPackage = z.before
	}
	for _, answer := range [][2]string{
		{"sender.tool", string(z.tool)}, {"sender.oaPackage", string(oaPackage)},
		{"sender.dailyQuota", z.dailyQuota}, {"sender.messagingLimit", z.limit},
	} {
		path, value := answer[0], answer[1]
		switch {
		case value == "":
			f.clear(path)
		case path == "sender.dailyQuota" || path == "sender.messagingLimit":
			f.set(path, exact+value)
		default:
			f.set(path, value)
		}
	}
}

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
