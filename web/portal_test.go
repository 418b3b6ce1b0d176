package main

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"html"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"postage/web/site"
)

// What portals do to the calculator, and what it must not do to them.

// oneFrame waits until an element is ready and returns its frame.
func (tb *tab) oneFrame(id string) *tab {
	tb.t.Helper()
	tb.waitFor(fmt.Sprintf(`told("ready", %s).length > 0`, quoted(id)))
	return tb.inside("#" + id)
}

// fits waits until an element is as high as what its frame shows.
func (tb *tab) fits(id string, frame *tab) {
	tb.t.Helper()
	for range 3 { // a height may be on its way
		height := evaluate[int](frame, `Math.ceil(document.body.getBoundingClientRect().height)`)
		if evaluate[int](tb, fmt.Sprintf(`document.getElementById(%s).shadowRoot.querySelector("iframe").clientHeight`, quoted(id))) == height {
			return
		}
		tb.do(`window.settled = false; setTimeout(() => { settled = true; }, 200)`)
		tb.waitFor(`window.settled`)
	}
	tb.t.Errorf("%s is not as high as its content", id)
}

func TestTwoCalculatorsInAHostileStrictPortal(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	page := portalPage(`<style>
		* { all: unset !important; font: italic 40px/3 cursive !important; }
		iframe, div, section, input { display: none !important; transform: rotate(9deg); filter: invert(1); }
		postage-calculator { display: block !important; }
		body { display: flex; flex-direction: column; zoom: 1.1; }
		:root { --accent: red; --paper: lime; color-scheme: dark; }
	</style>
	<postage-calculator id="one" lang="en" types="zalo" theme="light"></postage-calculator>
	<postage-calculator id="two" lang="vi" types="zns" markup-percent="10"></postage-calculator>
	<iframe name="other"></iframe>`)
	// The page's own script moves into a file: the policy lets no inline one run.
	script := page[strings.Index(page, "<script>")+len("<script>") : strings.Index(page, "</script>")]
	page = strings.Replace(page, "<script>"+script+"</script>", `<script src="/own.js"></script>`, 1)
	p := startPortal(t, site, "default-src 'none'; script-src 'self' SITE; frame-src SITE; style-src 'unsafe-inline'; require-trusted-types-for 'script'",
		map[string]string{"/": page, "/own.js": script})
	tab := newTab(t, 800, 800)
	tab.expect("request to elsewhere: " + p.URL)
	tab.goTo(p.URL + "/")
	one, two := tab.oneFrame("one"), tab.oneFrame("two")
	if evaluate[bool](tab, `document.activeElement !== document.body`) {
		t.Error("a calculator has taken the focus")
	}

	one.sees("Can be sent", "₫55,000")
	two.shows(".stamp-parts", "đối tác")
	if got := evaluate[string](one, `getComputedStyle(document.documentElement).getPropertyValue("--accent").trim()`); got != "#1f4fa0" {
		t.Errorf("the accent is %s", got)
	}
	one.answerField("audience[0].recipients", "70")
	tab.waitFor(`told("change", "one").at(-1)?.detail.quote.requested === 70`)
	if n := evaluate[int](tab, `told("change", "two").length`); n != 1 { // the one after ready
		t.Errorf("the other calculator tells %d changes", n)
	}
	two.answerField("audience[0].recipients", "80")
	tab.waitFor(`told("change", "two").at(-1)?.detail.quote.requested === 80`)
	if got := evaluate[string](one, `document.getElementById("audience[0].recipients").value`); got != "70" {
		t.Errorf("the first calculator has %s recipients", got)
	}

	// Each grows and shrinks with what is in it.
	tab.fits("one", one)
	before := evaluate[int](one, `document.body.clientHeight`)
	one.click("details.more > summary")
	one.waitFor(fmt.Sprintf(`document.body.clientHeight > %d`, before))
	tab.fits("one", one)
	one.click("details.more > summary")
	one.waitFor(fmt.Sprintf(`document.body.clientHeight === %d`, before))
	tab.fits("one", one)
	if evaluate[bool](one, `document.documentElement.scrollHeight > innerHeight`) {
		t.Error("the frame scrolls")
	}

	// Nothing is stored, on either side.
	for i, where := range sides(one, two, tab) {
		name := [...]string{"one", "two", "the portal"}[i]
		if !evaluate[bool](where, `document.cookie === "" && localStorage.length === 0 && sessionStorage.length === 0`) {
			t.Errorf("%s has something stored", name)
		}
		if !evaluate[bool](where, `Promise.all([indexedDB.databases(), globalThis.caches?.keys() ?? [], navigator.serviceWorker?.getRegistrations() ?? []]).then((lists) => lists.every((l) => l.length === 0))`) {
			t.Errorf("%s has a database, a cache or a worker", name)
		}
	}
	if n := evaluate[int](tab, `history.length`); n > 2 {
		t.Errorf("the history has %d entries", n)
	}
}

func sides(tabs ...*tab) []*tab { return tabs }

func TestASinglePageHostMountsAndRemounts(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<div id="here"></div><div id="there"></div><postage-calculator id="calc" lang="en" types="zalo"></postage-calculator>`)
	tab.waitFor(`told("ready").length === 1`)
	tab.do(`calc.set(` + consultation + `)`)
	tab.waitFor(`told("quote").length === 1`)

	// The loader may come any number of times.
	tab.do(`const again = document.createElement("script"); again.src = document.querySelector("script[src]").src; again.onload = () => { window.again = true; }; document.head.append(again)`)
	tab.waitFor(`window.again`)

	tab.do(`window.calc = calc; for (let i = 0; i < 10; i++) { here.append(calc); calc.remove(); there.append(calc); }`)
	tab.waitFor(`told("ready").length === 2`)
	tab.do(`calc.getQuote().then((a) => { window.kept = a.quote.totals[0].gross; })`)
	tab.waitFor(`window.kept === "110000"`)
	if n := evaluate[int](tab, `calc.shadowRoot.querySelectorAll("iframe").length`); n != 1 {
		t.Errorf("there are %d frames", n)
	}

	// Who waits for an answer is told when the calculator is gone.
	tab.do(`calc.getQuote().catch((err) => { window.gone = err.message; }); calc.remove();`)
	tab.waitFor(`window.gone`)
	tab.do(`window.rejected = false; calc.getQuote().catch(() => { window.rejected = true; })`)
	tab.waitFor(`window.rejected`)

	// Another language keeps what was entered.
	tab.do(`document.body.append(calc); calc.lang = "vi"; calc.setAttribute("theme", "dark");`)
	tab.waitFor(`told("ready").at(-1).detail.lang === "vi"`)
	tab.do(`calc.getQuote().then((a) => { window.translated = a.quote.totals[0].gross; })`)
	tab.waitFor(`window.translated === "110000"`)
	tab.inside("#calc").waitFor(`document.documentElement.dataset.theme === "dark"`)
}

// TestAFrameThatGrowsAboveHoldsTheReadersPlace where the device is turned, in the page and
// in a part of it that scrolls by itself. The end of the frame is in sight: browsers do not
// run one that is not until it is.
func TestAFrameThatGrowsAboveHoldsTheReadersPlace(t *testing.T) {
	t.Parallel()
	const text = `<p id="read" style="margin:0;height:5000px">What is being read</p>`
	for name, page := range map[string]string{
		"page":           `<style>html { scroll-behavior: smooth }</style><postage-calculator id="calc" lang="en"></postage-calculator>` + text,
		"without anchor": `<style>html { overflow-anchor: none }</style><postage-calculator id="calc" lang="en"></postage-calculator>` + text,
		"box":            `<div id="box" style="height:700px;overflow:auto"><postage-calculator id="calc" lang="en"></postage-calculator>` + text + `</div>`,
	} {
		t.Run(name, func(t *testing.T) {
			tab, _ := inPortal(t, 1000, page)
			frame := tab.oneFrame("calc")
			tab.fits("calc", frame)
			const height = `calc.shadowRoot.querySelector("iframe").clientHeight`
			wide := evaluate[int](tab, height)
			const top = `Math.round(read.getBoundingClientRect().top)`
			frame.answerField("audience[0].recipients", "70") // the frame has the focus
			tab.waitFor(`told("change").at(-1)?.detail.quote.requested === 70`)
			tab.do(`(window.box ?? document.documentElement).scrollBy({ top: ` + top + ` - 300, behavior: "instant" })`)
			tab.waitFor(top + ` === 300`)
			tab.resize(360, 800)
			tab.waitFor(fmt.Sprintf(`%s > %d + 500 && %s === 300`, height, wide, top))
			// What is opened in the frame moves what is below, and not what is above.
			frame.do(`document.querySelector("details.more > summary").focus({ preventScroll: true })`)
			narrow := evaluate[int](tab, height)
			frame.do(`document.querySelector("details.more").open = true`)
			tab.waitFor(fmt.Sprintf(`%s > %d && %s === 300 + %[1]s - %[2]d`, height, narrow, top))
		})
	}
}

func TestOptionsChangeWhileTheCalculatorRuns(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-calculator id="calc" lang="en" types="zalo,zns" markup-percent="10"></postage-calculator>`)
	frame := tab.oneFrame("calc")
	frame.sees("Can be sent", "₫60,000")
	tab.do(`calc.setAttribute("markup-percent", "20"); calc.setAttribute("theme", "dark")`)
	frame.sees("Can be sent", "₫65,000")
	frame.waitFor(`document.documentElement.dataset.theme === "dark"`)
	tab.do(`calc.removeAttribute("markup-percent"); calc.setAttribute("types", "zns"); calc.setAttribute("readonly", "")`)
	frame.waitFor(`!document.querySelector('input[value="zalo.uid.consultation"]') && document.querySelector("fieldset.ask").disabled`)
	frame.sees("Can be sent", "₫330,000")
	tab.do(`calc.set(` + consultation + `).catch((err) => { window.refused = err.path; })`)
	tab.waitFor(`window.refused === "message.type"`)
	tab.do(`calc.setAttribute("date", "2023-07-01")`)
	tab.waitFor(`told("change").at(-1)?.detail.scenario?.on === "2023-07-01"`)
}

func TestEverySandboxOfTheFrame(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-calculator id="calc" lang="en" sandbox="allow-scripts"></postage-calculator>`)
	// None has a test of its own. Of the others only the first changes what a frame may keep.
	more := []string{"allow-same-origin", "allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals"}
	for set, given := range append(more, strings.Join(more, " ")) {
		sandbox := strings.TrimSpace("allow-scripts " + given)
		tab.do(fmt.Sprintf(`events.length = 0; window.gross = ""; calc.setAttribute("sandbox", %s)`, quoted(sandbox)))
		if set == 0 {
			tab.do(`document.body.append(calc)`)
		}
		tab.waitFor(`told("ready").length === 1`)
		tab.do(`calc.set(` + consultation + `).then((a) => { window.gross = a.quote.totals[0].gross; })`)
		tab.waitFor(`window.gross === "110000"`)
		tab.waitFor(`calc.shadowRoot.querySelector("iframe").clientHeight > 900`)
		origin := evaluate[string](tab, `heard.at(-1).origin`)
		if opaque := !strings.Contains(sandbox, "allow-same-origin"); opaque != (origin == "null") {
			t.Errorf("%s: the messages come from %s", sandbox, origin)
		}
	}
}

// TestAFrameInASandboxAnswers: with allow-scripts alone the frame has no origin,
// no storage and no worker, in any browser.
func TestAFrameInASandboxAnswers(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	site.named(t) // WebKit takes nothing for the frame's own
	p := startPortal(t, site, "", map[string]string{"/": portalPage(`<postage-calculator id="calc" lang="en" sandbox="allow-scripts"></postage-calculator>`)})
	tab := newTab(t, 800, 800)
	tab.expect("request to elsewhere: " + p.URL)
	tab.goTo(p.URL + "/")
	tab.waitFor(`told("ready").length === 1`)
	tab.do(`calc.set(` + consultation + `).then((a) => { window.gross = a.quote.totals[0].gross; })`)
	tab.waitFor(`window.gross === "110000"`)
	tab.waitFor(`calc.shadowRoot.querySelector("iframe").clientHeight > 900`)
	if origin := evaluate[string](tab, `heard.at(-1).origin`); origin != "null" {
		t.Errorf("the messages come from %s", origin)
	}
	frame := tab.inside("#calc")
	frame.sees("Can be sent", "₫110,000")
	frame.answerField("audience[0].recipients", "500")
	tab.waitFor(`told("change").at(-1)?.detail.quote.totals[0].gross === "55000"`)
}

func TestMessagesOfOthersAreIgnored(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	p := startPortal(t, site, "", map[string]string{
		"/":     portalPage(`<postage-calculator id="calc" lang="en"></postage-calculator><iframe id="evil" src="/evil"></iframe>`),
		"/evil": `<!doctype html><title>Another frame</title>`,
		"/fake": `<!doctype html><title>Not the calculator</title><script>
			for (const more of [{ fake: true }, { type: "ready", version: 1 }, { type: "quote", id: 1, scenario: {}, quote: {} }, { type: "lead", scenario: {}, quote: {} }]) {
				parent.postMessage({ ns: "postage", v: 1, ...more }, "*");
			}
		</script>`,
	})
	tab := newTab(t, 800, 800)
	tab.expect("request to elsewhere: " + p.URL)
	tab.goTo(p.URL + "/")
	tab.waitFor(`told("ready").length === 1`)
	// The window of another frame, which has no business here, speaks to the
	// calculator and to the page.
	tab.do(`
		const script = (text) => evil.contentWindow.eval(text);
		const frame = calc.shadowRoot.querySelector("iframe").contentWindow;
		evil.contentWindow.victim = frame;
		script('onmessage = (e) => { (window.got ??= []).push(e.data); }');
		script('victim.postMessage({ ns: "postage", v: 1, type: "hello", id: "e", versions: [1] }, "*")');
		evil.contentWindow.scenario = ` + consultation + `;
		script('victim.postMessage({ ns: "postage", v: 1, type: "set", id: "e", scenario }, "*")');
		script('parent.postMessage({ ns: "postage", v: 1, type: "quote", id: 1, scenario: {}, quote: { totals: [{ gross: "1" }] } }, "*")');
		script('parent.postMessage({ ns: "postage", v: 1, type: "resize", height: 5 }, "*")');
	`)
	tab.do(`calc.getQuote().then((a) => { window.mine = a.quote.totals[0].gross; })`)
	tab.waitFor(`window.mine === "55000"`)
	if got := evaluate[string](tab, `String(evil.contentWindow.got)`); got != "undefined" {
		t.Errorf("the other frame was answered: %s", got)
	}
	if n := evaluate[int](tab, `told("quote").length`); n != 1 {
		t.Errorf("there are %d quotes", n)
	}

	// The right window, but no longer with the calculator in it.
	tab.do(`events.length = 0; calc.shadowRoot.querySelector("iframe").removeAttribute("sandbox"); calc.shadowRoot.querySelector("iframe").src = "/fake"`)
	tab.waitFor(`heard.some((h) => h.data?.fake)`)
	if n := evaluate[int](tab, `events.length`); n != 0 {
		t.Errorf("another page in the frame is believed: %s", evaluate[string](tab, `JSON.stringify(events)`))
	}
}

func TestTenThousandMalformedMessagesAreSurvived(t *testing.T) {
	t.Parallel()
	tab, site := inPortal(t, 800, `<iframe id="calc" src="SITE/en/embed/" width="100%" height="900"></iframe>`)
	tab.inside("#calc")
	tab.do(`
		window.post = (message) => calc.contentWindow.postMessage(message, ` + quoted(strings.TrimSuffix(site.url("/"), "/")) + `);
		const p = (more) => ({ ns: "postage", v: 1, ...more });
		window.junk = [
			p({ type: "get-quote", id: 1 }), // before hello
			null, 1, "postage", [], {}, { ns: "postage" }, { ns: "other", v: 1, type: "set" }, p({}), p({ type: 5 }), p({ type: "hello" }),
			p({ type: "hello", versions: "1" }), p({ type: "hello", versions: [2, 3], id: "x" }), { ns: "postage", v: 2, type: "set" }, { ns: "postage", v: "1", type: "set" },
			p({ type: "set" }), p({ type: "set", scenario: "{}" }), p({ type: "set", scenario: {} }), p({ type: "set", scenario: [] }), p({ type: "set", scenario: { on: 5 } }),
			p({ type: "set", id: {}, scenario: {} }), p({ type: "get-quote", id: "y".repeat(65) }), p({ type: "get-quote", id: NaN }),
			p({ type: "configure" }), p({ type: "configure", options: { theme: 1 } }), p({ type: "configure", options: null }),
			p({ type: "toString" }), p({ type: "__proto__" }), p({ type: "set", scenario: { __proto__: null, on: 1n } }), new Map([["ns", "postage"]]),
			p({ type: "set", scenario: { on: "z".repeat(300000) } }),
		];
		const circle = p({ type: "set", scenario: {} }); circle.scenario.self = circle; junk.push(circle);
		heard.length = 0;
		for (const message of junk.slice(0, 8)) post(message);
		post(p({ type: "hello", id: "h", versions: [1] }));
	`)
	tab.waitFor(`heard.some((h) => h.data.type === "ready" && h.data.id === "h")`)
	if n := evaluate[int](tab, `heard.filter((h) => !["ready", "change", "resize"].includes(h.data.type)).length`); n != 0 {
		t.Errorf("before hello there were %d answers", n)
	}
	// Each one alone is answered as it should be.
	answers := evaluate[[]string](tab, `(async () => {
		const found = [];
		for (const message of junk.slice(8)) {
			const at = heard.length;
			post(message);
			post({ ns: "postage", v: 1, type: "get-quote", id: "after" });
			await new Promise((done) => { const look = () => heard.slice(at).some((h) => h.data.id === "after") ? done() : setTimeout(look, 5); look(); });
			found.push(heard.slice(at).filter((h) => h.data.type === "error").map((h) => h.data.code).join() || "-");
			await new Promise((done) => setTimeout(done, 80)); // slower than the limit
		}
		return found;
	})()`)
	want := "malformed malformed malformed malformed version version malformed malformed malformed required wrong-type wrong-type malformed malformed malformed malformed malformed malformed - - malformed - too-large too-large"
	if got := strings.Join(answers, " "); got != want {
		t.Errorf("the answers are\n%s, want\n%s", got, want)
	}
	// And ten thousand at once.
	tab.do(`heard.length = 0; for (let i = 0; i < 10000; i++) post(junk[i % (junk.length - 2)]);`)
	tab.waitFor(`heard.some((h) => h.data.code === "too-many")`)
	tab.do(`window.asking = setInterval(() => post({ ns: "postage", v: 1, type: "get-quote", id: "alive" }), 200)`)
	tab.waitFor(`heard.some((h) => h.data.type === "quote" && h.data.id === "alive" && h.data.quote.totals[0].gross === "55000")`)
	tab.do(`clearInterval(asking)`)
	if n := evaluate[int](tab, `heard.filter((h) => h.data.type === "error").length`); n > 1000 {
		t.Errorf("%d errors were sent", n)
	}
}

func TestALeadHandsTheQuoteOver(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-calculator id="calc" lang="en" lead="event" lead-label="Order at ABC" scenario='`+consultation+`'></postage-calculator>`)
	frame := tab.oneFrame("calc")
	frame.shows(".lead-button", "Order at ABC")
	frame.click(".lead-button")
	tab.waitFor(`told("lead")[0]?.detail.quote.totals[0].gross === "110000"`)

	// A link is followed with the quote behind its #; here only its address counts.
	pressed := `(() => {
		const link = document.querySelector("a.lead-button");
		addEventListener("click", (event) => event.preventDefault(), { once: true });
		link.click();
		return link.href;
	})()`
	tab.do(`calc.setAttribute("lead", "https://127.0.0.1/order?from=portal")`)
	frame.waitFor(`document.querySelector("a.lead-button")?.target === "_blank"`)
	address := evaluate[string](frame, pressed)
	coded, ok := strings.CutPrefix(address, "https://127.0.0.1/order?from=portal#postage=")
	if !ok {
		t.Fatalf("the link leads to %s", address)
	}
	gross := evaluate[string](tab, `JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(`+quoted(coded)+`.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)))).quote.totals[0].gross`)
	if gross != "110000" {
		t.Errorf("the total handed over is %s", gross)
	}
	tab.do(`calc.setAttribute("lead", "mailto:sales@portal.example")`)
	frame.waitFor(`document.querySelector("a.lead-button")?.href.startsWith("mailto:")`)
	mail := evaluate[string](frame, pressed)
	if !strings.HasPrefix(mail, "mailto:sales@portal.example?subject=") || !strings.Contains(mail, "110%2C000") {
		t.Errorf("the mail is %s", mail)
	}
	for _, bad := range []string{"javascript:alert(1)", "http://a.example/", "data:text/html,x", "mailto:a@b.example?bcc=c@d.example", "https://a.example/#x", "//a.example"} {
		tab.do(`calc.setAttribute("lead", ` + quoted(bad) + `)`)
		tab.waitFor(fmt.Sprintf(`told("error").at(-1)?.detail.message.includes(%s)`, quoted(bad)))
		frame.waitFor(`document.querySelector(".lead-button") === null`)
	}
}

func TestTheFrameIsAtHomeFrom280Pixels(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 1200, 700)
	for _, c := range []struct {
		theme  string
		widths []int
		rules  []string // of axe, all by day
	}{
		{"light", []int{1200, 320, 280}, nil},
		{"dark", []int{1200}, []string{"color-contrast"}},
	} {
		tab.open(site.url("/embed/?" + c.theme + "#theme=" + c.theme + "&markup-percent=10&partner=ABC&lead=event"))
		tab.loadAxe()
		tab.staysWithin("a frame with the theme "+c.theme, c.widths...)
		if found := axeFindings(tab, c.rules...); found != "" {
			t.Errorf("%s:\n%s", c.theme, found)
		}
	}
}

// fetchSnippets reads the lines to copy off the page for partners.
func fetchSnippets(t *testing.T, site *servedSite) map[string]string {
	t.Helper()
	tab := newTab(t, 1280, 900)
	tab.open(site.url("/en/partners/"))
	tab.do(`for (const other of document.querySelectorAll('[name="types"]:not([value="zalo"])')) other.click()`)
	tab.waitFor(`document.querySelector('[data-snippet="element"]').textContent.includes('types="zalo"')`)
	return evaluate[map[string]string](tab, `Object.fromEntries([...document.querySelectorAll("[data-snippet]")].map((c) => [c.dataset.snippet, c.textContent]))`)
}

// TestTheLinesToCopyAreThereWithoutAScript, with the address of a site that knows it, and
// with one that says what to put in its place.
func TestTheLinesToCopyAreThereWithoutAScript(t *testing.T) {
	t.Parallel()
	tag := regexp.MustCompile(`<[^>]*>`)
	line := func(page []byte, name string) string {
		_, after, _ := strings.Cut(string(page), `data-snippet="`+name+`"`)
		_, after, _ = strings.Cut(after, ">")
		lines, _, _ := strings.Cut(after, "</code>")
		return html.UnescapeString(tag.ReplaceAllString(lines, ""))
	}
	for _, origin := range []string{"https://tools.example", ""} {
		tree := readTree(t, builtWith(t, site.Options{Base: "/p/", Date: testDate, Origin: origin, Quick: true}))
		page := tree["en/partners/index.html"]
		at := cmp.Or(origin, "https://postage.example")
		for name, want := range map[string]string{
			"element": `<script async src="` + at + `/p/embed/v1/postage.js"
  integrity="` + site.Integrity(tree[site.Loader]) + `" crossorigin="anonymous"></script>
<postage-calculator lang="en"></postage-calculator>`,
			"frame":     `<iframe src="` + at + `/p/en/embed/"`,
			"plan":      `integrity="` + site.Integrity(tree[site.PlanLoader]) + `"`,
			"csp-frame": `frame-src ` + at + `;`,
		} {
			if got := line(page, name); !strings.Contains(got, want) {
				t.Errorf("%s of %q is\n%s, without\n%s", name, origin, got, want)
			}
		}
		for _, name := range []string{"element", "frame", "core", "listen", "total", "plan", "lead", "messages", "csp-frame", "csp-element", "csp-core"} {
			if got := regexp.MustCompile(`\b[A-Z]{4,}\b`).FindString(strings.ReplaceAll(line(page, name), "JSON", "")); got != "" {
				t.Errorf("%s of %q has %s", name, origin, got)
			}
		}
		if said := strings.Contains(string(page), "Put the address of this site in the place of"); said == (origin != "") {
			t.Errorf("with the origin %q the page says what to put in its place: %t", origin, said)
		}
	}
}

// TestThePageForPartnersSpeaksItsLanguage: what the visitor of the page reads of a quote and
// of a mistake is in words, and what a field may say stands below it, whole. Axe finds nothing
// in it, and a long name fits.
func TestThePageForPartnersSpeaksItsLanguage(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 1280, 900)
	tab.open(site.url("/partners/"))
	tab.shows("#preview-said", "Trang của bạn nhận được: Gửi được, 55.000 ₫")
	tab.loadAxe()
	tab.fitsAndHasNoFaults("the page", 1280)
	tab.hasColoursByNight("the page", 1280)
	// What is understood is written as the widget takes it; the widget is not asked for a mistake.
	tab.do(`window.refusals = []; document.addEventListener("error", ({ detail }) => detail && refusals.push(detail.path), true)`)
	tab.answerField("markup-percent", "20 %")
	tab.answerField("monthly-fee", "100.000 ₫")
	tab.answerField("tax-percent", "8,0")
	tab.answerField("lead", "marina@example.com")
	tab.waitFor(`document.querySelector('[data-snippet="element"]').textContent.includes(' markup-percent="20" monthly-fee="100000" tax-percent="8" lead="mailto:marina@example.com"')`)
	tab.shows("#preview-said", "Trang của bạn nhận được: Gửi được, 173.800 ₫")
	if refused := evaluate[[]string](tab, `refusals`); len(refused) > 0 {
		t.Errorf("the widget refuses %q", refused)
	}
	tab.answerField("partner", longName("P", 60))
	tab.shows(`[data-snippet="element"]`, longName("P", 60))
	// What is not stays in its field, with what would be right, and out of the lines; it does so
	// also when the field is left later, and when the kind of what is embedded changes.
	mistakes := map[string]string{"markup-percent": "Cần một số từ 0 đến 10000", "markup-per-message": "Cần một số tiền như 200", "monthly-fee": "Cần một số tiền như 500000", "tax-percent": "Cần một số từ 0 đến 10000", "lead": "Cần email", "partner": "Tối đa 60 ký tự"}
	for field := range mistakes {
		tab.enters(field, "x y")
	}
	tab.enters("partner", longName("P", 61))
	tab.enters("monthly-fee", "500,000")
	mistakes["monthly-fee"] = "“500,000” có thể hiểu hai cách. Hãy viết 500000 hoặc 500"
	tab.fill("#date", "12") // of the month that is not said
	// Of colours the frame alone knows what can be read.
	tab.enters("accent", "#ffff00")
	tab.shows("#date-mistake:not([hidden])", "Cần đủ ngày")
	mistakes["accent"] = "Màu này làm chữ khó đọc"
	for _, then := range []string{"", `document.getElementById("accent").dispatchEvent(new Event("change", { bubbles: true }))`, `document.querySelector('[name="kind"][value="plan"]').click()`} {
		tab.do(then)
		for field, wrong := range mistakes {
			tab.shows("#"+field+"-mistake:not([hidden])", wrong)
			tab.waitFor(`document.getElementById(` + quoted(field) + `).getAttribute("aria-invalid") === "true" && document.getElementById(` + quoted(field) + `).value !== ""`)
		}
		tab.waitFor(`/^<postage-\w+ lang="vi"></m.test(document.querySelector('[data-snippet="element"]').textContent)`)
		tab.waitFor(`/embed\/(plan\/)?"/.test(document.querySelector('[data-snippet="frame"]').textContent)`)
	}
	tab.enters("accent", "#00308f")
	tab.waitFor(`document.getElementById("accent-mistake").hidden && document.querySelector('[data-snippet="element"]').textContent.includes('accent="00308f"')`)
	if n := evaluate[int](tab, `document.querySelectorAll("[placeholder]").length`); n > 0 {
		t.Errorf("%d examples look like values", n)
	}
	for _, width := range []int{320, 390, 1280} {
		tab.staysWithin("with a long name and mistakes, the page", width)
		if cut := evaluate[string](tab, `[...document.querySelectorAll(".builder .hint")].filter((h) => h.scrollWidth > h.clientWidth || h.clientHeight === 0).map((h) => h.id).join()`); cut != "" {
			t.Errorf("at %d pixels %s is cut", width, cut)
		}
		if still := evaluate[string](tab, `[...document.querySelectorAll(".snippet pre")].filter((p) => p.scrollWidth > p.clientWidth && getComputedStyle(p).overflowX !== "auto").map((p) => p.firstChild.id).join()`); still != "" {
			t.Errorf("at %d pixels %s does not scroll", width, still)
		}
	}
}

// TestTheLinesToCopyWork runs what partners copy, under the policy that the same
// page tells them to have.
func TestTheLinesToCopyWork(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	snippets := fetchSnippets(t, site)
	logging := `<!doctype html><html lang="en"><meta charset="utf-8"><title>A portal</title>
		<script>window.logged = []; console.log = (...all) => logged.push(JSON.stringify(all)); window.heard = 0; addEventListener("message", () => { heard++; });</script>`
	open := func(t *testing.T, policy, body string, fragment ...string) *tab {
		policy = strings.Replace(policy, "script-src ", "script-src 'unsafe-inline' ", 1)
		if !strings.Contains(policy, "script-src") {
			policy += " script-src 'unsafe-inline';"
		}
		p := startPortal(t, site, "default-src 'none'; "+policy, map[string]string{"/": logging + body})
		tab := newTab(t, 800, 800)
		tab.expect("request to elsewhere: " + p.URL)
		tab.goTo(p.URL + "/" + strings.Join(fragment, ""))
		return tab
	}
	// Each in a test of its own, so that no frame is taken for another's.
	t.Run("element, listening and total", func(t *testing.T) {
		tab := open(t, snippets["csp-element"], snippets["element"]+snippets["listen"]+snippets["total"])
		tab.waitFor(`logged[0]?.startsWith('["eligible",[{"currency":"VND"') && logged[0].includes('"gross":"55000"')`) // the first quote
		tab.waitFor(`logged.includes('["110000"]')`)
		tab.waitFor(`document.getElementById("total").textContent === "₫110,000"`)
		tab.waitFor(`document.documentElement.scrollHeight > innerHeight + 500`)
		if bottom := evaluate[float64](tab, `document.getElementById("total").getBoundingClientRect().bottom`); bottom > 800 || bottom < 700 {
			t.Errorf("the total ends at %v of a window of 800 pixels", bottom)
		}
		tab.inside("postage-calculator").answerField("audience[0].recipients", "10")
		tab.waitFor(`logged.some((l) => l.startsWith('["eligible",[{"currency":"VND"') && l.includes('"gross":"550"'))`)
	})
	t.Run("plan", func(t *testing.T) {
		tab := open(t, snippets["csp-element"], snippets["plan"])
		tab.waitFor(`logged.includes('["1534500"]')`)
		tab.inside("postage-plan").openRow(1)
		tab.inside("postage-plan").fill(`[id="item-1-audience[0].recipients"]`, "10")
		tab.waitFor(`logged.some((l) => l.startsWith('[1,[{"currency":"VND"') && l.includes('"gross":"102300"'))`)
	})
	t.Run("frame and messages", func(t *testing.T) {
		tab := open(t, snippets["csp-frame"], snippets["frame"]+snippets["messages"])
		tab.waitFor(`logged.some((l) => l.includes('"gross":"55000"')) && document.getElementById("calculator").clientHeight > 900`)
		tab.inside("iframe").sees("Can be sent", "₫55,000")
	})
	t.Run("lead and core", func(t *testing.T) {
		handed := base64.RawURLEncoding.EncodeToString([]byte(`{"v":1,"scenario":` + consultation + `,"quote":{"totals":[{"currency":"VND"}]}}`))
		tab := open(t, snippets["csp-core"], snippets["lead"]+snippets["core"], "#postage="+handed)
		tab.waitFor(`logged.includes('["zalo.uid.consultation",[{"currency":"VND"}]]')`)
		tab.waitFor(`logged.includes('["eligible","110000","VND"]')`)
	})
}

func TestTheLoadersAreSmallAndStayAsTheyAre(t *testing.T) {
	t.Parallel()
	built := readTree(t, builtSite(t, "/", testDate))
	for _, loader := range []string{site.Loader, site.PlanLoader} {
		content := built[loader]
		packed, err := site.Encodings()[0].Encode(content)
		if err != nil {
			t.Fatal(err)
		}
		if len(content) == 0 || len(packed) > 3<<10 {
			t.Errorf("%s is %d bytes as brotli", loader, len(packed))
		}
		// Partners name this hash in their pages, and their browsers take no other
		// file: once published, a change needs a path of its own.
		pinned, err := os.ReadFile("testdata/" + path.Base(loader) + ".integrity")
		if err != nil {
			t.Fatal(err)
		}
		if got := site.Integrity(content); got != strings.TrimSpace(string(pinned)) {
			t.Errorf("%s has changed: %s", loader, got)
		}
		if strings.Contains(string(content), "innerHTML") {
			t.Errorf("%s writes markup", loader)
		}
	}
}
