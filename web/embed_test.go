package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"postage/web/protocol"
)

// The calculator in the pages of partners: each test has a portal of its own.
// It is at localhost, which is another origin and another site than 127.0.0.1,
// so that the browser runs the frame apart as it does on real portals.

// A portal is a site of a partner.
type portal struct {
	*httptest.Server
	pages  sync.Map // by path
	policy string   // of its pages; none if empty
}

// startPortal serves pages until the test ends. SITE in them is the address of
// the calculator's site.
func startPortal(t *testing.T, site *servedSite, policy string, pages map[string]string) *portal {
	t.Helper()
	p := &portal{policy: strings.ReplaceAll(policy, "SITE", strings.TrimSuffix(site.url("/"), "/"))}
	for path, page := range pages {
		p.pages.Store(path, strings.ReplaceAll(page, "SITE", strings.TrimSuffix(site.url("/"), "/")))
	}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := p.pages.Load(r.URL.Path)
		if !ok {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if p.policy != "" {
			w.Header().Set("Content-Security-Policy", p.policy)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if strings.HasSuffix(r.URL.Path, ".js") {
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		}
		fmt.Fprint(w, page)
	}))
	t.Cleanup(p.Close)
	p.URL = strings.Replace(p.URL, "127.0.0.1", "localhost", 1)
	return p
}

// portalPage is a page with the loader, which notes every event and message.
func portalPage(body string) string {
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A portal</title>
<script>
window.events = [];
window.heard = [];
addEventListener("message", (event) => { heard.push({ origin: event.origin, data: event.data }); });
for (const type of ["ready", "quote", "change", "lead", "error"]) {
  document.addEventListener(type, (event) => { if (event.target.localName.startsWith("postage-")) events.push({ id: event.target.id, type, detail: event.detail }); }, true);
}
const told = (type, id = "calc") => events.filter((e) => e.type === type && e.id === id);
</script>
<script src="SITE/embed/v1/postage.js"></script>
<script src="SITE/embed/v1/plan.js"></script>
` + body
}

// inPortal opens a page with the loader in a portal.
func inPortal(t *testing.T, width int, body string) (*tab, *servedSite) {
	t.Helper()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	p := startPortal(t, site, "", map[string]string{"/": portalPage(body)})
	tab := newTab(t, width, 800)
	tab.expect("request to elsewhere: " + p.URL)
	tab.goTo(p.URL + "/")
	return tab, site
}

// inside returns the frame that the selector finds in the page, once it is live.
func (tb *tab) inside(selector string) *tab {
	tb.t.Helper()
	address := evaluate[string](tb, `(() => {
		const found = document.querySelector(`+quoted(selector)+`);
		return (found.shadowRoot?.querySelector("iframe") ?? found).src.split("&s=")[0].split("&p=")[0].replace(/#$/, "");
	})()`)
	frame := tb.frameThat("begins with "+address, func(url string) bool { return strings.HasPrefix(url, address) })
	frame.expect("net::ERR_CACHE_MISS") // the inspector asking for what came before it
	frame.waitLive()
	return frame
}

const consultation = `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":100}],"perRecipient":2,"sender":{"tool":"oa-manager-web"}}`

// messageSchema compiles the published schema of the messages, which is named.
func messageSchema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	const at = "https://postage.example/"
	for file, content := range readTree(t, builtSite(t, "/", testDate)) {
		if !strings.HasPrefix(file, protocol.SchemaFolder) {
			continue
		}
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
		if err == nil {
			err = compiler.AddResource(at+file, schema)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	schema, err := compiler.Compile(at + protocol.SchemaFolder + name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// fitTheSchema checks every message that a portal has heard.
func (tb *tab) fitTheSchema(name string, least int) {
	tb.t.Helper()
	schema := messageSchema(tb.t, name)
	messages := evaluate[[]json.RawMessage](tb, `heard.map((h) => h.data)`)
	if len(messages) < least {
		tb.t.Errorf("only %d messages were heard", len(messages))
	}
	for _, message := range messages {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(message))
		if err == nil {
			err = schema.Validate(v)
		}
		if err != nil {
			tb.t.Errorf("%s\n%v", message, err)
		}
	}
}

func TestTheElementShowsTheCalculatorAndHandsQuotesBack(t *testing.T) {
	t.Parallel()
	tab, site := inPortal(t, 800, `<postage-calculator id="calc" lang="en"></postage-calculator>`)
	tab.waitFor(`told("ready").length === 1 && told("ready")[0].detail.lang === "en"`)
	frame := tab.inside("#calc")
	tab.waitFor(`told("change").length > 0`)
	tab.hasHeard("ready change", `told("change")[0].detail.quote.totals[0].gross === "55000"`)

	tab.do(`calc.set(` + consultation + `).then((answer) => { window.answer = answer; })`)
	tab.waitFor(`window.answer?.quote.totals[0].gross === "110000"`)
	tab.waitFor(`told("quote")[0]?.detail.quote.totals[0].gross === "110000"`)
	tab.do(`calc.getQuote().then((again) => { window.again = again; })`)
	tab.waitFor(`JSON.stringify(window.again) === JSON.stringify(window.answer)`)

	// What is wrong with a scenario is said with its path, and changes nothing.
	tab.do(`calc.set({"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":0}]}).catch((err) => { window.wrong = err; })`)
	tab.waitFor(`window.wrong?.path === "audience[0].recipients" && window.wrong.code === "out-of-range"`)
	tab.waitFor(`told("error").length === 1`)

	frame.sees("Can be sent", "₫110,000")
	tab.hasHeard("ready change quote change quote error", `told("change")[1].detail.quote.totals[0].gross === "110000"`)
	// The same once more is told once more.
	tab.do(`calc.set(` + consultation + `).then(() => calc.getQuote()).then(() => { window.settled = true; })`)
	tab.waitFor(`window.settled`)
	tab.hasHeard("ready change quote change quote error quote change quote", `told("change")[2].detail.quote.totals[0].gross === "110000"`)
	frame.answerField("audience[0].recipients", "500")
	tab.waitFor(`told("change").at(-1)?.detail.quote.totals[0].gross === "55000"`)
	frame.answerField("audience[0].recipients", "none")
	tab.waitFor(`told("change").at(-1)?.detail.mistakes?.[0].path === "audience[0].recipients"`)
	tab.do(`calc.getQuote().catch((err) => { window.unanswered = err.code; })`)
	tab.waitFor(`window.unanswered === "not-answered"`)

	tab.fitTheSchema("message.json", 5)
	if got := evaluate[string](tab, `[...new Set(heard.map((h) => h.origin))].join()`); got != strings.TrimSuffix(site.url("/"), "/") {
		t.Errorf("the messages come from %s", got)
	}
}

// hasHeard fails the test where the page has been told of other events, in this order,
// or where something does not hold of them.
func (tb *tab) hasHeard(types, holds string) {
	tb.t.Helper()
	if got := evaluate[string](tb, `events.map((e) => e.type).join(" ")`); got != types {
		tb.t.Errorf("the page has heard %s, not %s", got, types)
	}
	if !evaluate[bool](tb, holds) {
		tb.t.Errorf("%s does not hold", holds)
	}
}

func TestABadAttributeIsNeverSilent(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-calculator id="calc" lang="xx" types="zalo.sms" theme="blue" date="2026-02-30" markup-percent="-5"
		pricing="hidden" lead="http://portal.example/" accent="red" radius="99" font="comic" height="tall" scenario="{" thme="dark" partner="`+strings.Repeat("x", 61)+`"></postage-calculator>`)
	tab.waitFor(`told("ready").length === 1`)
	for _, name := range []string{
		"lang", "types", "theme", "date", "markup-percent", "pricing", "lead", "accent", "radius", "font", "height", "scenario", "thme", "partner",
	} {
		tab.waitFor(`told("error").some((e) => e.detail.code === "bad-option" && e.detail.path === ` + quoted(name) + `)`)
	}
	// One that has been put right is not complained about again.
	before := evaluate[int](tab, `told("error").length`)
	tab.do(`calc.setAttribute("theme", "dark")`)
	tab.waitFor(fmt.Sprintf(`told("error").length > %d`, before)) // the others
	if n := evaluate[int](tab, `told("error").filter((e) => e.detail.path === "theme").length`); n != 1 {
		t.Errorf("theme is complained about %d times", n)
	}
}

func TestUnreadableColoursAreRefused(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-calculator id="calc" theme="light" ink="bbbbbb" accent="#B3261E" paper="202020" card="ffffff"></postage-calculator>`)
	tab.waitFor(`told("ready").length === 1`)
	tab.waitFor(`told("error").map((e) => e.detail.path).sort().join() === "ink,paper"`)
	frame := tab.inside("#calc")
	got := evaluate[string](frame, `["--accent", "--card", "--ink", "--paper"].map((p) => getComputedStyle(document.documentElement).getPropertyValue(p).trim()).join()`)
	if got != "#b3261e,#ffffff,#1c2430,#f6f1e8" {
		t.Errorf("the colours are %s", got)
	}
}

func TestPartnersMarkUpIsNeverShownAsThePlatformsPrice(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-calculator id="calc" lang="en" types="zalo" markup-percent="10" markup-per-message="5" partner="ABC Media" pricing="fixed"
		scenario='`+consultation+`'></postage-calculator>`)
	tab.waitFor(`told("ready").length === 1`)
	frame := tab.inside("#calc")
	frame.sees("Can be sent", "₫130,000")
	frame.shows(".stamp-parts", "₫55 to the platform, ₫10 to ABC Media")
	frame.shows(".stamp-label", "Total; what ABC Media charges, ₫20,000, has no tax in it")
	tab.do(`calc.setAttribute("tax-percent", "10")`)
	frame.shows(".stamp-label", "Total with 10% VAT")
	tab.do(`calc.setAttribute("tax-percent", "8")`)
	frame.shows(".stamp-label", "Total with taxes")
	tab.do(`calc.removeAttribute("tax-percent")`)
	frame.sees("Can be sent", "₫130,000")
	frame.shows(".type-price", "₫55")
	frame.shows(".breakdown .line", "Consultation2,000 × ₫55")
	frame.shows(".breakdown .line", "Fee of ABC Media, in per cent10%")
	frame.shows(".breakdown .line", "Fee of ABC Media for each message2,000 × ₫5")
	for _, path := range []string{"pricing.markupPercent", "pricing.markupPerMessage", "pricing.monthlyFee", "pricing.taxPercent"} {
		if evaluate[bool](frame, `document.getElementById(`+quoted(path)+`) !== null`) {
			t.Errorf("%s can be changed", path)
		}
	}
	// Nor in what the page gets: each addition is a line of its own, without a rule of the platform.
	tab.do(`calc.getQuote().then((a) => { window.lines = a.quote.lines.map((l) => [l.code, l.unitPrice, l.net, Boolean(l.rule)].join(" ")).join(", "); })`)
	tab.waitFor(`window.lines === "consultation 55 100000 true, markup-percent 10000 10000 false, markup-per-message 5 10000 false"`)
	// A scenario without prices, or with the same, does not take it away; one with others is
	// refused.
	tab.do(`calc.set(` + consultation + `).then(({ scenario }) => calc.set(scenario)).then((a) => { window.total = a.quote.totals[0].gross; })`)
	tab.waitFor(`window.total === "130000"`)
	for pricing, path := range map[string]string{`{ markupPercent: "0" }`: "pricing.markupPercent", `{ markupPercent: "10", taxPercent: "8" }`: "pricing.taxPercent", `{ bundle: { messages: 5 } }`: "pricing.bundle.messages"} {
		tab.do(`window.wrong = null; calc.set({ ...` + consultation + `, perRecipient: 1, pricing: ` + pricing + ` }).catch((err) => { window.wrong = err; })`)
		tab.waitFor(`window.wrong?.code === "conflict" && window.wrong.path === ` + quoted(path))
	}
	tab.do(`calc.getQuote().then((a) => { window.kept = a.quote.totals[0].gross; })`)
	tab.waitFor(`window.kept === "130000"`)
	// What a page begins with is told of too, and the fixed prices hold.
	tab.do(`events.length = 0; calc.remove();
		const other = document.createElement("postage-calculator");
		for (const [name, value] of Object.entries({ id: "calc", lang: "en", "markup-percent": "10", pricing: "fixed", scenario: JSON.stringify({ ...` + consultation + `, pricing: { monthlyFee: "7" } }) })) other.setAttribute(name, value);
		document.body.append(other)`)
	tab.waitFor(`told("change").at(-1)?.detail.quote.totals[0].gross === "120000"`)
	tab.hasHeard("ready error change", `told("error")[0].detail.code === "conflict" && told("error")[0].detail.path === "pricing.monthlyFee"`)
}

// TestTheCustomerOfAPartnerReadsNothingOfItsEarnings takes every way out of a
// frame.
func TestTheCustomerOfAPartnerReadsNothingOfItsEarnings(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	const pays = "₫130,000"
	for _, options := range []string{"pricing=edit", "pricing=fixed&readonly=true"} {
		t.Run(options, func(t *testing.T) {
			tab := newTab(t, 800, 800)
			tab.allowClipboard()
			file := tab.downloads()
			tab.open(site.url("/en/embed/#markup-percent=10&markup-per-message=5&partner=ABC&" + options + "&s=" + base64.RawURLEncoding.EncodeToString([]byte(consultation))))
			tab.sees("Can be sent", pays)
			tab.shows(".breakdown", "What ABC charges")
			told := map[string]string{}
			tab.tool("Copy as text")
			tab.shows(".keep-said", "Text copied")
			told["text"] = tab.clipboard()
			told["screen"] = evaluate[string](tab, `document.body.textContent`) // with what is for paper
			if !strings.Contains(options, "readonly") {
				tab.tool("More")
				tab.pressIn("#keep-more", "Download (CSV)")
				_, table := file(".csv")
				tab.pressIn("#keep-more", "Download (JSON)")
				_, scenario := file(".json")
				told["table"], told["file"] = string(table), string(scenario)
			}
			tab.media("print", "light")
			tab.waitFor(`document.querySelector(".sheet-dates")?.checkVisibility()`)
			told["paper"] = evaluate[string](tab, `document.body.innerText`)
			for way, said := range told {
				said = strings.ReplaceAll(said, "\u00a0", " ")
				if strings.Contains(strings.ToLower(said), "earn") {
					t.Errorf("%s: %s", way, said)
				}
				if !strings.Contains(said, pays) && !strings.Contains(said, "130000") {
					t.Errorf("%s does not say what there is to pay: %s", way, said)
				}
			}
		})
	}
}

// TestTheConsoleOfAHostStaysFree of what the calculator has to say: that is told by events
// and promises.
func TestTheConsoleOfAHostStaysFree(t *testing.T) {
	t.Parallel()
	for _, page := range []string{
		`<postage-calculator id="calc" lang="en" types="zalo" theme="dark" markup-percent="10" partner="ABC" lead="event" scenario='` + consultation + `'></postage-calculator>`,
		`<postage-plan id="calc" lang="en"></postage-plan>`,
		`<postage-calculator id="calc" lang="en" thme="dark" accent="eeeeee" height="tall" date="2026-02-30" scenario="{"></postage-calculator>`,
	} {
		tab, _ := inPortal(t, 800, page)
		tab.waitFor(`told("change").length === 1`)
		frame := tab.inside("#calc")
		tab.do(`calc.getQuote().catch(() => {}); calc.set({}).catch((err) => { window.refused = err.code; })`)
		tab.waitFor(`window.refused`)
		for i, side := range sides(tab, frame) {
			if said := side.consoleSays(); len(said) > 0 {
				t.Errorf("the console of %s has\n%s", [...]string{"the page", "the frame"}[i], strings.Join(said, "\n"))
			}
		}
	}
}

// TestWhatIsWrongInAPlainFrameIsSaidInTheConsole, where nobody speaks with it.
func TestWhatIsWrongInAPlainFrameIsSaidInTheConsole(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 800, 800)
	tab.before(`window.said = []; console.info = (...words) => { said.push(words.join(" ")); };`)
	tab.open(site.url("/en/embed/#theme=blue&thme=dark"))
	tab.waitFor(`said.join() === 'Postage: theme="blue": one of auto, light, dark\nthme="dark": no such option'`)
}

// TestACopiedLinkLeadsBackToThePartnersPage where the page has said which it is, and the
// element there opens what the link holds, and nothing else that is behind the #.
func TestACopiedLinkLeadsBackToThePartnersPage(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-calculator id="calc" lang="en" page="https://portal.example/prices?from=link" lead="mailto:sales@portal.example" markup-percent="10" pricing="fixed"></postage-calculator>`)
	frame := tab.oneFrame("calc")
	tab.do(`calc.set(` + consultation + `).then((a) => { window.set = a.quote.totals[0].gross; })`)
	tab.waitFor(`window.set === "120000"`)
	frame.do(`window.copied = ""; navigator.clipboard.write = async ([item]) => { copied = await (await item.getType("text/plain")).text(); }`)
	frame.tool("Copy link")
	frame.waitFor(`copied !== ""`)
	link := evaluate[string](frame, `copied`)
	fragment, ok := strings.CutPrefix(link, "https://portal.example/prices?from=link#")
	if !ok || !strings.HasPrefix(fragment, "s=") || !strings.Contains(fragment, "&a=eligible_120000_VND") {
		t.Fatalf("the link is %s", link)
	}
	frame.do(`addEventListener("click", (event) => event.preventDefault(), { once: true }); document.querySelector("a.lead-button").click()`)
	frame.waitFor(`document.querySelector("a.lead-button").href.includes(encodeURIComponent("https://portal.example/prices?from=link#s="))`)

	at := evaluate[string](tab, `location.href`)
	tab.goTo(at + "?again#" + fragment + "&markup-percent=0&pricing=edit&partner=Somebody")
	tab.waitFor(`told("change").at(-1)?.detail.quote.totals[0].gross === "120000"`)
	tab.hasHeard("ready change", `told("change")[0].detail.scenario.perRecipient === 2`)
	if src := evaluate[string](tab, `calc.shadowRoot.querySelector("iframe").src`); strings.Contains(src, "Somebody") || strings.Contains(src, "markup-percent=0") {
		t.Errorf("the link has brought options: %s", src)
	}
	// A page that has not said so keeps what is behind its # to itself.
	tab.do(`events.length = 0; calc.remove(); const other = document.createElement("postage-calculator"); other.id = "calc"; document.body.append(other)`)
	tab.waitFor(`told("change").at(-1)?.detail.quote.totals[0].gross === "55000"`)
}
