//go:build !js

package app

import (
	"regexp"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/rules"
)

// A design is the page that shows the design system: the tokens of the
// stylesheet and every part of the calculator in every state, each on light and
// on dark paper. The parts are drawn by the calculator's own code for scenarios
// that bring them into a state, so the page cannot tell of a part that is not
// there.
type design struct {
	w     *language
	today rules.Date
}

func (d design) href(path string) string { return relative(designPath(d.w.code), path) }

func (d design) page() goapp.UI {
	w := d.w
	body := []goapp.UI{
		div("intro", tag("h1").Body(text(w.text("design.heading"))), tag("p").Class("lead").Body(text(w.text("design.lead")))),
	}
	for _, s := range d.specimens() {
		title := w.text("design." + s.name)
		body = append(body, tag("section").Class("specimen").Attr("aria-labelledby", s.name).Body(
			tag("h2").ID(s.name).Body(text(title)),
			div("papers",
				d.paper("light", title, s),
				d.paper("dark", title, s),
			),
		))
	}
	return tag("div").ID("app").Class("page design").Body(
		siteHeader(w, designPath, d.href, overdueStates(w, d.href(homePath(w.code)))),
		tag("main").ID("main").Body(div("reading", body...)),
		siteFooter(w, d.href, nil, installLink(w, d.href)),
	)
}

// specimens are the tokens of the stylesheet, and the parts that are made of them.
func (d design) specimens() []specimen {
	parts := specimensOf(d.w, d.today.String())
	own := []specimen{{"colour", d.swatches}, {"type", d.typeScale}, {"space", d.spaces}, parts[0], {"actions", d.actions}}
	return append(own, parts[1:]...)
}

// paper shows a specimen in a theme. The same part stands on the page many
// times, so its ids and names get the specimen's and the theme's before them, and
// what is a landmark of the calculator is none here.
func (d design) paper(theme, title string, s specimen) goapp.UI {
	prefix := s.name + "-" + theme + "-"
	drawn := goapp.HTMLString(div("paper-parts", s.draw()...))
	drawn = idAttribute.ReplaceAllStringFunc(drawn, func(attribute string) string {
		name, ids, _ := strings.Cut(strings.TrimSuffix(attribute, `"`), `="`)
		list := strings.Fields(ids)
		for i := range list {
			list[i] = prefix + list[i]
		}
		return name + `="` + strings.Join(list, " ") + `"`
	})
	drawn = landmark.ReplaceAllStringFunc(drawn, func(start string) string {
		return landmarkStart.ReplaceAllString(landmarkName.ReplaceAllString(start, ""), "<div")
	})
	drawn = landmarkEnd.ReplaceAllString(drawn, "</div>")
	drawn = strings.ReplaceAll(drawn, ` role="region"`, ` role="group"`)
	drawn = strings.ReplaceAll(drawn, `href="#`, `href="#`+prefix)
	drawn = strings.ReplaceAll(drawn, `href="./`, `href="../`) // the calculator is one folder up
	return tag("div").Class("paper").Attr("data-theme", theme).Attr("role", "group").
		Aria("label", title+", "+d.w.text("design."+theme)).Body(goapp.Raw(drawn))
}

var (
	landmark      = regexp.MustCompile(`<(?:section|aside|nav)\b[^>]*>`)
	landmarkStart = regexp.MustCompile(`^<[a-z]+`)
	landmarkName  = regexp.MustCompile(` aria-label(?:ledby)?="[^"]*"`)
	landmarkEnd   = regexp.MustCompile(`</(?:section|aside|nav)>`)
)

var idAttribute = regexp.MustCompile(` (?:id|for|name|aria-labelledby|aria-describedby|aria-controls)="[^"]*"`)

// tokens are the colours of the stylesheet by their names.
var tokens = []string{
	"paper", "card", "field", "stamp", "line", "field-line", "soft", "ink", "accent", "accent-ink",
	"good", "warn", "bad", "airmail-red", "airmail-blue",
}

func (d design) swatches() []goapp.UI {
	items := make([]goapp.UI, 0, len(tokens))
	for _, name := range tokens {
		items = append(items, tag("li").Class("swatch").Body(
			svg("svg").Attr("viewBox", "0 0 48 32").Attr("width", "48").Attr("height", "32").Aria("hidden", "true").Body(
				svg("rect").Attr("x", "1").Attr("y", "1").Attr("width", "46").Attr("height", "30").Attr("rx", "6").
					Attr("fill", "var(--"+name+")").Attr("stroke", "var(--field-line)"),
			),
			tag("code").Body(text(name)),
		))
	}
	return []goapp.UI{tag("ul").Class("swatches").Body(items...)}
}

// typeScale shows each kind of text with the sentence of the page that has it.
func (d design) typeScale() []goapp.UI {
	w := d.w
	return []goapp.UI{
		tag("p").Class("stamp-total").Body(text(w.money(decimal.NewFromInt(1234567), "VND"))),
		tag("p").Class("like-h1").Body(text(w.text("page.heading"))),
		tag("p").Class("lead").Body(text(w.text("page.lead"))),
		tag("p").Class("like-h2").Body(text(w.text("why.title"))),
		tag("p").Body(text(w.text("foot.private"))),
		tag("p").Class("hint").Body(text(w.text("foot.method"))),
	}
}

// spaces shows the gap between cards and the corners of what has some.
func (d design) spaces() []goapp.UI {
	return []goapp.UI{
		div("card", span("", "--radius, --gap")),
		div("input-box", span("input", "10px")),
		div("chips", tag("span").Class("chip").Body(span("", "999px"))),
	}
}

func (d design) actions() []goapp.UI {
	w := d.w
	none := func(goapp.Context, goapp.Event) {}
	return []goapp.UI{
		tag("p").Body(tag("a").Attr("href", relative(homePath(w.code), rulesPath(w.code))).Body(text(w.text("nav.rules")))),
		tag("p").Body(button("link", w.text("why.answer"), none)),
		tag("p").Body(button("link add", w.text("group.add"), none)),
		tag("details").Class("more").Body(tag("summary").Body(text(w.text("more.howMuch"))), tag("p").Body(text(w.text("foot.private")))),
	}
}
