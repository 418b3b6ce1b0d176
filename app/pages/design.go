//go:build !js

package pages

import (
	"regexp"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/auditing"
	"postage/app/kit"
	"postage/app/listing"
	"postage/app/page"
	"postage/app/planning"
	"postage/app/screen"
	"postage/app/words"
	"postage/rules"
)

// A design is the page that shows the design system: the tokens of the
// stylesheet and every part of the calculator in every state, each on light and
// on dark paper. The parts are drawn by the calculator's own code for scenarios
// that bring them into a state, so the page cannot tell of a part that is not
// there.
type design struct {
	w     *words.Language
	today rules.Date
}

func (d design) href(path string) string { return kit.Relative(kit.DesignPath(d.w.Code), path) }

func (d design) page() goapp.UI {
	w := d.w
	body := []goapp.UI{
		kit.Div("intro", kit.Tag("h1").Body(kit.Text(w.Text("design.heading"))), kit.Tag("p").Class("lead").Body(kit.Text(w.Text("design.lead")))),
	}
	// The stylesheet finds patterns by ids, and those of a specimen are other ones.
	body = append(body, kit.Svg("svg").Attr("width", "0").Attr("height", "0").Aria("hidden", "true").Body(kit.Svg("defs").Body(
		kit.Stripes("audit-less", "list-stripes", "45"), kit.Stripes("list-none", "list-stripes list-none-stripes", "-45"))))
	for _, s := range d.specimens() {
		title := w.Text("design." + s.Name)
		body = append(body, kit.Tag("section").Class("specimen").Attr("aria-labelledby", s.Name).Body(
			kit.Tag("h2").ID(s.Name).Body(kit.Text(title)),
			kit.Div("papers",
				d.paper("light", title, s),
				d.paper("dark", title, s),
			),
		))
	}
	return kit.Tag("div").ID("app").Class("page design").Body(
		page.Header(w, kit.DesignPath, d.href, overdueStates(w, d.href(kit.HomePath(w.Code)))),
		kit.Tag("main").ID("main").Body(kit.Div("reading", body...)),
		page.Footer(w, d.href, nil, page.InstallLink(w, d.href)),
	)
}

// specimens are the tokens of the stylesheet, and the parts that are made of them.
func (d design) specimens() []kit.Specimen {
	parts := screen.SpecimensOf(d.w, d.today.String())
	own := []kit.Specimen{
		{Name: "colour", Draw: d.swatches}, {Name: "type", Draw: d.typeScale}, {Name: "space", Draw: d.spaces}, parts[0], {Name: "actions", Draw: d.actions},
	}
	parts = slices.Concat(parts, planning.SpecimensOf(d.w, d.today.String()), listing.SpecimensOf(d.w, d.today.String()), auditing.SpecimensOf(d.w, d.today.String()))
	return append(own, parts[1:]...)
}

// paper shows a specimen in a theme. The same part stands on the page many
// times, so its ids and names get the specimen's and the theme's before them, and
// what is a landmark of the calculator is none here.
func (d design) paper(theme, title string, s kit.Specimen) goapp.UI {
	prefix := s.Name + "-" + theme + "-"
	drawn := goapp.HTMLString(kit.Div("paper-parts", s.Draw()...))
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
	return kit.Tag("div").Class("paper").Attr("data-theme", theme).Attr("role", "group").
		Aria("label", title+", "+d.w.Text("design."+theme)).Body(goapp.Raw(drawn))
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
		items = append(items, kit.Tag("li").Class("swatch").Body(
			kit.Svg("svg").Attr("viewBox", "0 0 48 32").Attr("width", "48").Attr("height", "32").Aria("hidden", "true").Body(
				kit.Svg("rect").Attr("x", "1").Attr("y", "1").Attr("width", "46").Attr("height", "30").Attr("rx", "6").
					Attr("fill", "var(--"+name+")").Attr("stroke", "var(--field-line)"),
			),
			kit.Tag("code").Body(kit.Text(name)),
		))
	}
	return []goapp.UI{kit.Tag("ul").Class("swatches").Body(items...)}
}

// typeScale shows each kind of text with the sentence of the page that has it.
func (d design) typeScale() []goapp.UI {
	w := d.w
	return []goapp.UI{
		kit.Tag("p").Class("stamp-total").Body(kit.Text(w.Money(decimal.NewFromInt(1234567), "VND"))),
		kit.Tag("p").Class("like-h1").Body(kit.Text(w.Text("page.heading"))),
		kit.Tag("p").Class("lead").Body(kit.Text(w.Text("page.lead"))),
		kit.Tag("p").Class("like-h2").Body(kit.Text(w.Text("why.title"))),
		kit.Tag("p").Body(kit.Text(w.Text("foot.private"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("foot.method"))),
	}
}

// spaces shows the gap between cards and the corners of what has some.
func (d design) spaces() []goapp.UI {
	return []goapp.UI{
		kit.Div("card", kit.Span("", "--radius, --gap")),
		kit.Div("input-box", kit.Span("input", "10px")),
		kit.Div("chips", kit.Tag("span").Class("chip").Body(kit.Span("", "999px"))),
	}
}

func (d design) actions() []goapp.UI {
	w := d.w
	none := func(goapp.Context, goapp.Event) {}
	return []goapp.UI{
		kit.Tag("p").Body(kit.Tag("a").Attr("href", kit.Relative(kit.HomePath(w.Code), kit.RulesPath(w.Code))).Body(kit.Text(w.Text("nav.rules")))),
		kit.Tag("p").Body(kit.Button("link", w.Text("why.answer"), none)),
		kit.Tag("p").Body(kit.Button("link add", w.Text("group.add"), none)),
		kit.Tag("details").Class("more").Body(kit.Tag("summary").Body(kit.Text(w.Text("more.howMuch"))), kit.Tag("p").Body(kit.Text(w.Text("foot.private")))),
	}
}
