//go:build !js

package pages

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/app/words"
	"postage/rules"
)

// A partners is the page that tells partners how to put the calculator into
// pages of theirs: what it looks like with their options, live, the lines to
// copy, and what their security people ask. web/site/assets/partners.js makes it work,
// typed.js beside it reads what is typed.
type partners struct {
	w    *words.Language
	made Build
}

func (p partners) href(path string) string { return kit.Relative(kit.PartnersPath(p.w.Code), path) }

func (p partners) text(key string, pairs ...string) string {
	return p.w.Text("partners."+key, pairs...)
}

func (p partners) page() goapp.UI {
	return kit.Tag("div").ID("app").Class("page partners").Body(
		page.Header(p.w, kit.PartnersPath, p.href, nil),
		kit.Tag("main").ID("main").Body(kit.Div("reading",
			kit.Div("intro", kit.Tag("h1").Body(kit.Text(p.text("heading"))), kit.Tag("p").Class("lead").Body(kit.Text(p.text("lead")))),
			kit.Div("builder", p.form(), p.preview()),
			p.section("copy", p.snippet("element"), p.snippet("frame"), p.snippet("core")),
			p.section("events", p.table("event", events...), p.snippet("listen"), p.snippet("total"), p.snippet("plan"), p.snippet("lead")),
			p.section("security", p.table("csp", "frame", "element", "core"), p.list("private", 4)),
			p.section("sandbox", p.safari(), p.table("permission", permissions...)),
			p.section("attributes", p.table("attribute", attributes...)),
			p.section("messages", p.snippet("messages"), p.files()),
		)),
		page.Footer(p.w, p.href, nil, page.InstallLink(p.w, p.href)),
	)
}

// section is a card with a title, a sentence and what follows.
func (p partners) section(name string, body ...goapp.UI) goapp.UI {
	head := []goapp.UI{
		kit.Tag("h2").ID(name).Body(kit.Text(p.text(name + ".title"))),
		kit.Tag("p").Class("hint").Body(kit.Text(p.text(name + ".about"))),
	}
	return kit.Tag("section").Class("card").Attr("aria-labelledby", name).Body(append(head, body...)...)
}

// safari says what Safari needs of a sandbox where the site's origin is not known.
func (p partners) safari() goapp.UI {
	if p.made.Origin != "" { // the policy of frames names the site
		return nil
	}
	return kit.Tag("p").Class("hint").Body(kit.Text(p.text("sandbox.safari")))
}

// snippet is lines to copy.
func (p partners) snippet(name string) goapp.UI {
	id := "snippet-" + name
	return kit.Div("snippet",
		kit.Div("snippet-head",
			kit.Tag("h3").ID(id+"-title").Body(kit.Text(p.text("snippet."+name))),
			kit.Tag("button").Class("press copy").Attr("type", "button").Attr("hidden", true).Attr("data-copy", id).Attr("data-done", p.text("copied")).
				Attr("aria-describedby", id+"-title").Body(kit.Text(p.text("copy"))),
		),
		kit.Tag("p").Class("hint").Body(kit.Text(p.text("snippet."+name+".about"))),
		kit.Tag("pre").Attr("tabindex", "0").Attr("role", "region").Attr("aria-labelledby", id+"-title").
			Body(kit.Tag("code").ID(id).Attr("data-snippet", name).Body(p.lines(snippets[name])...)),
	)
}

// lines are a template with its values, each of which the script writes anew as other
// choices are made.
func (p partners) lines(template string) (parts []goapp.UI) {
	values := p.values()
	at := 0
	for _, found := range valueName.FindAllStringIndex(template, -1) {
		name := template[found[0]:found[1]]
		parts = append(parts, kit.Text(template[at:found[0]]), kit.Tag("span").Attr("data-value", name).Body(kit.Text(values[name])))
		at = found[1]
	}
	return append(parts, kit.Text(template[at:]))
}

var valueName = regexp.MustCompile(`SITE|ORIGIN|INTEGRITY|PLANHASH|LOADER|ELEMENT|FOLDER|ATTRIBUTES|LANG|CODE|FRAGMENT|PERMISSIONS`)

// someOrigin stands for that of a site that does not know its own.
const someOrigin = "https://postage.example"

// values are what stands in the lines before anything is chosen, and where no script runs.
func (p partners) values() map[string]string {
	origin := cmp.Or(p.made.Origin, someOrigin)
	return map[string]string{
		"ORIGIN": origin, "SITE": origin + strings.TrimSuffix(p.made.Base, "/"),
		"ELEMENT": "postage-calculator", "LOADER": "postage.js", "FOLDER": "embed/",
		"INTEGRITY": p.made.Integrity, "PLANHASH": p.made.PlanIntegrity,
		"ATTRIBUTES": ` lang="` + p.w.Code + `"`, "CODE": p.w.Code, "LANG": strings.TrimPrefix(kit.HomePath(p.w.Code), "/"),
		"FRAGMENT": "", "PERMISSIONS": strings.Join(permissions, " "),
	}
}

// snippets are the lines with the names of their values: SITE is the address of the site,
// LOADER, ELEMENT and FOLDER are of the calculator or of the plan, INTEGRITY is the hash of
// the loader, PLANHASH that of the plan's, CODE is the language, and ATTRIBUTES, LANG and
// FRAGMENT are what was chosen.
var snippets = map[string]string{
	"element": `<script async src="SITE/embed/v1/LOADER"
  integrity="INTEGRITY" crossorigin="anonymous"></script>
<ELEMENTATTRIBUTES></ELEMENT>`,
	"frame": `<iframe src="SITE/LANGFOLDERFRAGMENT"
  title="Postage" width="100%" height="900" frameborder="0"
  sandbox="PERMISSIONS"
  allow="clipboard-write" referrerpolicy="no-referrer"></iframe>`,
	"core": `<script type="module">
  import { load } from "SITE/core/v1/postage.js";
  const { answer } = await load();
  const quote = answer({
    on: "2026-11-21",
    message: { type: "zalo.uid.consultation" },
    audience: [{ recipients: 2000, uid: true, hoursSinceInteraction: 100 }],
  });
  console.log(quote.verdict, quote.totals[0].gross, quote.totals[0].currency);
</script>`,
	"listen": `<script>
  const calculator = document.querySelector("postage-calculator");
  calculator.addEventListener("change", ({ detail }) => {
    if (detail.quote) console.log(detail.quote.verdict, detail.quote.totals);
    else console.log(detail.mistakes); // an input is missing or wrong
  });
  calculator.addEventListener("error", ({ detail }) => console.log(detail.code, detail.path, detail.message));
  customElements.whenDefined("postage-calculator").then(() => calculator.set({
    on: "2026-11-21",
    message: { type: "zalo.uid.consultation" },
    audience: [{ recipients: 2000, uid: true, hoursSinceInteraction: 100 }],
  })).then(({ scenario, quote }) => console.log(quote.totals[0].gross), (problem) => console.log(problem.code));
</script>`,
	"total": `<p id="total"></p>
<script>
  const bar = document.getElementById("total");
  Object.assign(bar.style, { position: "sticky", bottom: 0, margin: 0, padding: ".7rem 1rem", background: "Canvas" });
  document.querySelector("ELEMENT").addEventListener("change", ({ detail }) => {
    const total = detail.quote?.totals?.[0]; // not there while an input is missing or wrong
    const money = total && new Intl.NumberFormat("CODE", { style: "currency", currency: total.currency });
    bar.textContent = total ? money.format(total.gross) : "";
  });
</script>`,
	"plan": `<script async src="SITE/embed/v1/plan.js"
  integrity="PLANHASH" crossorigin="anonymous"></script>
<postage-plan></postage-plan>
<script>
  const plan = document.querySelector("postage-plan");
  plan.addEventListener("change", ({ detail }) => {
    if (detail.quote) console.log(detail.plan.items.length, detail.quote.totals);
    else console.log(detail.mistakes); // an input is missing or wrong
  });
  customElements.whenDefined("postage-plan").then(() => plan.set({
    items: [{
      name: "Orders", on: "2026-12-01", every: "day", until: "2026-12-31",
      message: { type: "zalo.zns", tag: 1, template: { kind: "custom", approved: true } },
      audience: [{ recipients: 150, phone: true }],
    }],
    sender: { tool: "openapi" },
  })).then(({ quote }) => console.log(quote.totals[0].gross), (problem) => console.log(problem.code, problem.path));
</script>`,
	"lead": `<script>
  // On the page that lead="https://…" leads to:
  const coded = new URLSearchParams(location.hash.slice(1)).get("postage");
  if (coded) {
    const bytes = Uint8Array.from(atob(coded.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const { scenario, quote } = JSON.parse(new TextDecoder().decode(bytes));
    console.log(scenario.message.type, quote.totals);
  }
</script>`,
	"messages": `<iframe id="calculator" src="SITE/LANGembed/" title="Postage" width="100%" height="900" frameborder="0"></iframe>
<script>
  const frame = document.getElementById("calculator");
  const site = new URL(frame.src).origin;
  const send = (message) => frame.contentWindow.postMessage({ ns: "postage", v: 1, ...message }, site);
  frame.addEventListener("load", () => send({ type: "hello", versions: [1], resize: true }));
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== site || data?.ns !== "postage") return;
    if (data.type === "resize") frame.height = data.height;
    if (data.type === "change") console.log(data.quote); // the first one comes after ready
    if (data.type === "error") console.log(data.code, data.message);
  });
</script>`,
}

// permissions are those of a sandbox that the frame can make use of.
var permissions = []string{
	"allow-scripts", "allow-same-origin", "allow-popups allow-popups-to-escape-sandbox", "allow-downloads", "allow-modals",
}

// attributes are those of the element, which are the options of a frame too.
var attributes = []string{
	"lang", "types", "theme", "date", "scenario", "plan", "markup-percent", "markup-per-message", "monthly-fee", "tax-percent", "pricing", "partner", "page",
	"readonly", "lead", "lead-label", "accent", "ink", "paper", "card", "radius", "font", "height", "label", "sandbox", "site",
}

// events are those of the element, and messages of a frame.
var events = []string{"ready", "change", "quote", "lead", "error"}

// amounts are written in an attribute as they are in a scenario, in every language.
const amounts = "VND 20, USD 0.001"

// table explains names, one a row.
func (p partners) table(kind string, names ...string) goapp.UI {
	rows := make([]goapp.UI, 0, len(names))
	for _, name := range names {
		key := kind + "." + strings.Fields(name)[0]
		first := kit.Tag("code").Body(kit.Text(name))
		if kind == "csp" {
			first = kit.Tag("span").Body(kit.Text(p.text("snippet." + name)))
		}
		cell := []goapp.UI{kit.Text(p.text(key, "amounts", amounts))}
		if kind == "csp" {
			cell = []goapp.UI{kit.Tag("code").Attr("data-snippet", "csp-"+name).Body(p.lines(policies[name])...)}
		}
		rows = append(rows, kit.Div("line", kit.Tag("dt").Body(first), kit.Tag("dd").Body(cell...)))
	}
	return kit.Tag("dl").Class("meanings " + kind + "-list").Body(rows...)
}

// policies are what a Content-Security-Policy has to let through.
var policies = map[string]string{
	"frame":   "frame-src ORIGIN;",
	"element": "script-src ORIGIN; frame-src ORIGIN;",
	"core":    "script-src ORIGIN 'wasm-unsafe-eval'; connect-src ORIGIN;",
}

func (p partners) list(key string, items int) goapp.UI {
	body := make([]goapp.UI, 0, items)
	for i := range items {
		body = append(body, kit.Tag("li").Body(kit.Text(p.text(key+"."+words.Itoa(i+1)))))
	}
	return kit.Tag("ul").Class("bullets").Body(body...)
}

// files are the contract for machines: the page with all fields, the schemas, the types.
func (p partners) files() goapp.UI {
	var items []goapp.UI
	for _, name := range []string{
		"fields/", "schema/scenario.json", "schema/quote.json", "schema/questions.json", "schema/error.json", "schema/refusal.json", "schema/message.json", "schema/plan.json", "schema/plan-quote.json",
		"schema/plan-message.json", "schema/list-config.json", "schema/list-summary.json", "schema/audit-config.json", "schema/audit-summary.json", "postage.d.ts", "types.d.ts",
	} {
		items = append(items, kit.Tag("li").Body(kit.Tag("a").Attr("href", p.href("/embed/v1/"+name)).Body(kit.Text(name))))
	}
	return kit.Tag("ul").Class("bullets").Body(items...)
}

// form asks for the options.
func (p partners) form() goapp.UI {
	channels := make([]string, 0, 4)
	for _, c := range rules.Channels() {
		channels = append(channels, string(c))
	}
	return kit.Tag("form").Class("card builder-form").ID("builder").Attr("aria-label", p.text("form")).
		Attr("data-numbers", p.numbers()).Attr("data-unclear", p.text("mistake.unclear")).Body(
		kit.Tag("h2").Body(kit.Span("step", "1"), kit.Text(p.text("form"))),
		p.chips("kind", "radio", []string{"calculator", "plan"}, "calculator", nil),
		p.chips("lang", "radio", words.Codes, p.w.Code, func(code string) string { return p.w.Text("language." + code) }),
		p.chips("types", "checkbox", channels, strings.Join(channels, " "), func(c string) string { return p.w.Text("channel." + c) }),
		p.chips("theme", "radio", []string{"auto", "light", "dark"}, "auto", nil),
		kit.Div("pair", p.input("accent", "color", "#1f4fa0"), p.input("accent-dark", "color", "#8db4ff")),
		p.chips("font", "radio", []string{"system", "serif", "rounded"}, "system", nil),
		p.chips("radius", "radio", []string{"0", "8", "14", "20"}, "14", func(r string) string { return p.text("pixels", "n", r) }),
		kit.Div("pair", p.input("partner", "text", ""), p.input("markup-percent", "text", ""), p.input("markup-per-message", "text", ""), p.input("monthly-fee", "text", ""),
			p.input("tax-percent", "text", "")),
		p.input("date", "date", ""), // a browser's words for a day take a whole line
		p.chips("pricing", "radio", []string{"edit", "fixed"}, "edit", nil),
		p.input("lead", "text", ""),
		p.chips("readonly", "checkbox", []string{"true"}, "", nil),
		p.chips("permissions", "checkbox", permissions[1:], strings.Join(permissions[1:], "|"), nil),
	)
}

// numbers are the signs of numbers in the language of the page, by which the script reads
// what is typed.
func (p partners) numbers() string {
	signs, err := json.Marshal(words.SignsOf(p.w.Code))
	if err != nil {
		panic(err) // strings and numbers
	}
	return string(signs)
}

// chips is a group of buttons of which one, or any number, is chosen.
func (p partners) chips(name, kind string, values []string, chosen string, label func(string) string) goapp.UI {
	if label == nil {
		label = func(value string) string { return p.text("choice." + name + "." + strings.Fields(value)[0]) }
	}
	marked := strings.FieldsFunc(chosen, func(r rune) bool { return r == ' ' && name != "permissions" || r == '|' })
	chips := make([]goapp.UI, 0, len(values))
	for _, v := range values {
		chips = append(chips, kit.Tag("label").Class("chip").Body(
			goapp.ElemSelfClosing("input").Attr("type", kind).Attr("name", name).Attr("value", v).Attr("checked", slices.Contains(marked, v)),
			kit.Tag("span").Body(kit.Text(label(v))),
		))
	}
	return kit.Tag("fieldset").Class("field").Body(
		kit.Tag("legend").Body(kit.Text(p.text("field."+name))),
		kit.Div("chips", chips...),
		p.mistake(name),
	)
}

// mistake is the place of what is wrong with an option, in the language of the page: what
// the frame says of it is for developers.
func (p partners) mistake(name string) goapp.HTMLElem {
	place := kit.Tag("p").Class("mistake").ID(name+"-mistake").Attr("data-mistake", name).Attr("hidden", true)
	if key := "partners.mistake." + name; p.w.Has(key) {
		place = place.Attr("data-wrong", p.w.Text(key, "amounts", amounts))
	}
	return place
}

// input is a field. What it may say, and what holds where it says nothing, stands below it.
func (p partners) input(name, kind, value string) goapp.UI {
	in := goapp.ElemSelfClosing("input").ID(name).Attr("name", name).Attr("type", kind).Attr("value", value).Attr("autocomplete", "off").
		Class("input").Attr("aria-describedby", name+"-hint "+name+"-mistake")
	return kit.Div("field",
		kit.Tag("label").Attr("for", name).Body(kit.Text(p.text("field."+name))),
		kit.Div("input-box", in),
		kit.Tag("p").Class("hint").ID(name+"-hint").Body(kit.Text(p.text("hint."+name, "amounts", amounts))),
		p.mistake(name),
	)
}

// preview shows the calculator as partners would have it.
func (p partners) preview() goapp.UI {
	said := kit.Tag("p").Class("preview-said").ID("preview-said").Attr("role", "status").Attr("data-quote", p.text("preview.quote"))
	for _, v := range []rules.Verdict{rules.Eligible, rules.Partial, rules.Depends, rules.Ineligible} {
		said = said.Attr("data-"+string(v), p.w.Text("verdict."+string(v)))
	}
	withoutScript := p.text("preview.no-script")
	if p.made.Origin == "" {
		withoutScript += " " + p.text("preview.no-origin", "origin", someOrigin)
	}
	return kit.Tag("section").Class("preview").Attr("aria-labelledby", "preview-title").Body(
		kit.Div("preview-head",
			kit.Tag("h2").ID("preview-title").Body(kit.Span("step", "2"), kit.Text(p.text("preview"))),
			p.chips("width", "radio", []string{"280", "390", "full"}, "full", nil),
		),
		kit.Tag("div").Class("preview-box").Attr("tabindex", "0").Attr("role", "group").Attr("aria-labelledby", "preview-title"),
		said,
		kit.Tag("noscript").Body(kit.Tag("p").Class("hint").Body(kit.Text(withoutScript))),
	)
}
