package main

import (
	"fmt"
	"strings"
	"testing"
)

// A frame never moves the page around it, unless its visitor presses what leads
// somewhere in it.

// noteMoves notes in window.moves whatever scrolls in a document.
const noteMoves = `window.moves = []; addEventListener("scroll", ({ target }) => { moves.push(target.nodeName + " " + (target.scrollTop ?? scrollY)); }, true);`

// hostPage has the calculator below the fold, and a field to type into above it.
func hostPage(calculator string) string {
	return portalPage(`<link rel="icon" href="data:,"><style>body { margin: 200px 0 0; } .space { height: 1500px; }</style>
<script>` + noteMoves + `
	const frame = () => calc.shadowRoot?.querySelector("iframe") ?? calc;
	const send = (message) => frame().contentWindow.postMessage({ ns: "postage", v: 1, ...message }, "*");
	const heardOf = (type) => heard.filter((h) => h.data.type === type).map((h) => h.data);
</script>
<p><input id="typing" aria-label="Something of the host's"></p><div class="space"></div>` + calculator + `<div class="space"></div>`)
}

const hostedFrame = `<iframe id="calc" src="SITE/en/embed/" width="100%" height="900"></iframe>`

// inHost opens the page of a host, of the origin of the calculator's own site or
// of another.
func inHost(t *testing.T, site *servedSite, own bool, calculator string) *tab {
	t.Helper()
	tab := newTab(t, 800, 700)
	page := hostPage(calculator)
	if own {
		site.extra.Store("/host", strings.ReplaceAll(page, "SITE", strings.TrimSuffix(site.url("/"), "/")))
		tab.goTo(site.url("/host"))
		return tab
	}
	p := startPortal(t, site, "", map[string]string{"/": page})
	tab.expect("request to elsewhere: " + p.URL)
	tab.goTo(p.URL + "/")
	return tab
}

// ready waits until the frame of a host has greeted.
func (tb *tab) ready() {
	tb.t.Helper()
	tb.waitFor(`typeof heardOf === "function" && document.readyState === "complete"`)
	tb.do(`if (frame() === calc) send({ type: "hello", versions: [1] })`)
	tb.waitFor(`heardOf("ready").length > 0`)
}

// stayed fails the test where the page has moved from a place, or back to it.
func (tb *tab) stayed(where int, what string) {
	tb.t.Helper()
	got := evaluate[struct {
		Y     int
		Moves []string
	}](tb, `new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => seen({ y: Math.round(scrollY), moves }))))`)
	if got.Y != where || len(got.Moves) > 0 {
		tb.t.Errorf("%s: the page is at %d, not %d, and has moved: %v", what, got.Y, where, got.Moves)
		tb.scrollTo(where)
	}
}

// scrollTo moves the page itself.
func (tb *tab) scrollTo(where int) {
	tb.t.Helper()
	tb.do(fmt.Sprintf(`scrollTo(0, %d)`, where))
	tb.waitFor(fmt.Sprintf(`Math.round(scrollY) === %d && new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => { moves.length = 0; seen(true); })))`, where))
}

func TestNoFrameMovesItsHost(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	// A frame without a fragment is that of the tests below.
	for _, c := range []struct {
		name, calculator string
		own              bool
	}{
		{"iframe with the name of a place", `<iframe id="calc" src="SITE/en/embed/#answer" width="100%" height="900"></iframe>`, true},
		{"iframe with an empty fragment", `<iframe id="calc" src="SITE/en/embed/#" width="100%" height="900"></iframe>`, false},
		{"element with an option", `<postage-calculator id="calc" lang="en" partner="ABC"></postage-calculator>`, false},
	} {
		t.Run(fmt.Sprintf("%s, own origin %t", c.name, c.own), func(t *testing.T) {
			tab := inHost(t, site, c.own, c.calculator)
			tab.ready()
			tab.stayed(0, "on loading")

			const where = 40
			tab.scrollTo(where)
			tab.do(`document.getElementById("typing").focus({ preventScroll: true })`)
			tab.keys("a")
			tab.do(`
				if (frame() === calc) send({ type: "configure", options: { "markup-percent": "10", readonly: "" } });
				else calc.setAttribute("markup-percent", "10");
				send({ type: "get-quote", id: "typed" });`)
			tab.waitFor(`[...heardOf("quote"), ...heardOf("change")].some((q) => q.scenario.pricing?.markupPercent === "10")`)
			tab.stayed(where, "on changing an option while the host is typed into")
			tab.do(`send({ type: "set", id: "s", scenario: ` + consultation + ` })`)
			tab.waitFor(`heardOf("quote").some((q) => q.id === "s")`)
			tab.stayed(where, "on setting a scenario")
			if got := evaluate[string](tab, `document.activeElement.id + " " + typing.value`); got != "typing a" {
				t.Errorf("the host's field has %q", got)
			}
		})
	}
}

// TestAnotherFragmentMovesNoHost: a host may change the options behind the # of a
// plain frame.
func TestAnotherFragmentMovesNoHost(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	for _, c := range []struct {
		name, calculator string
		own              bool
		fragments        []string
	}{
		{"another origin", hostedFrame, false, []string{"#markup-percent=10", "#", "#top", "#answer", "#%6Fn", "#readonly"}},
		{"own origin", hostedFrame, true, []string{"#answer", "#markup-percent=20"}},
		// Nobody tells such a frame beforehand, so that it goes where it is sent by name.
		{"no origin", strings.Replace(hostedFrame, "<iframe", `<iframe sandbox="allow-scripts"`, 1), true, []string{"#", "#markup-percent=20"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab := inHost(t, site, c.own, c.calculator)
			tab.ready()
			tab.stayed(0, "on loading")
			const where = 40
			tab.scrollTo(where)
			for i, fragment := range c.fragments {
				tab.do(fmt.Sprintf(`calc.src = calc.src.split("#")[0] + %s; window.asking = setInterval(() => send({ type: "get-quote", id: %d }), 50)`, quoted(fragment), i))
				tab.waitFor(fmt.Sprintf(`heardOf("quote").some((q) => q.id === %d && (q.scenario.pricing?.markupPercent ?? "") === %s)`, i, quoted(strings.TrimPrefix(fragment, "#markup-percent=")[:max(0, len(fragment)-len("#markup-percent="))])))
				tab.do(`clearInterval(asking)`)
				tab.stayed(where, "after "+fragment)
			}
			// A scenario behind the # is opened.
			tab.do(`calc.src = calc.src.split("#")[0] + "#s=" + btoa(` + quoted(consultation) + `).replaceAll("=", "")`)
			tab.do(`window.asking = setInterval(() => send({ type: "get-quote", id: "link" }), 50)`)
			tab.waitFor(`heardOf("quote").some((q) => q.id === "link" && q.quote.totals[0].gross === "110000")`)
			tab.do(`clearInterval(asking)`)
			tab.stayed(where, "after a scenario")
		})
	}
}

// TestAFrameThatBecomesLiveMovesNoHost: while the program of a frame is on its way
// its visitor may have been in a field of it, and have gone on.
func TestAFrameThatBecomesLiveMovesNoHost(t *testing.T) {
	t.Parallel()
	for _, own := range []bool{true, false} {
		leaves := !own
		t.Run(fmt.Sprintf("own origin %t, the field is left %t", own, leaves), func(t *testing.T) {
			site := startSite(t, builtSite(t, "/", testDate), "/")
			release := site.holdProgram()
			defer release()
			tab := inHost(t, site, own, hostedFrame)
			tab.waitFor(`document.readyState === "complete"`)
			inside, doc := tab, "calc.contentDocument"
			if !own {
				inside, doc = tab.frame(site.url("/en/embed/")), "document"
				inside.expect("net::ERR_CACHE_MISS")
			}
			field := doc + `.getElementById("audience[0].recipients")`
			tab.do(`calc.scrollIntoView()`)
			inside.waitFor(`(() => { ` + field + `.focus(); ` + field + `.select(); return ` + doc + `.hasFocus(); })()`)
			inside.keys("12")
			inside.waitFor(field + `.value === "12"`)
			tab.scrollTo(40)
			if leaves {
				tab.do(`document.getElementById("typing").focus({ preventScroll: true })`)
				tab.keys("a")
				tab.waitFor(`typing.value === "a"`)
			}
			release()
			tab.ready()
			tab.stayed(40, "on loading")
			if leaves {
				tab.keys("b")
				tab.waitFor(`typing.value === "ab"`)
				tab.stayed(40, "on typing")
			} else if !evaluate[bool](inside, field+`.value === "12" && `+doc+`.activeElement === `+field) {
				t.Error("the field has lost the focus")
			}
		})
	}
}

// TestThePageForPartnersStaysWhereItIs: it has a frame of its own origin, which is
// made anew for another language.
func TestThePageForPartnersStaysWhereItIs(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	for _, width := range []int{390, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			tab := newTab(t, width, 800)
			tab.before(noteMoves)
			// What the frame has been told, once it shows it.
			shown := func(what string) {
				t.Helper()
				tab.waitFor(`(() => {
					const { contentDocument: doc, contentWindow: win } = document.querySelector("postage-calculator")?.shadowRoot.querySelector("iframe") ?? {};
					return doc?.documentElement.dataset.ready === "true" && doc.documentElement.dataset.auto === "" && document.getElementById("preview-said").textContent !== "" && (` + what + `);
				})()`)
			}
			tab.open(site.url("/en/partners/"))
			shown(`true`)
			tab.stayed(0, "on loading")

			field := `document.querySelector('[name="partner"]')`
			where := evaluate[int](tab, `Math.round(`+field+`.getBoundingClientRect().top) - 300`)
			tab.scrollTo(max(0, where))
			where = evaluate[int](tab, `Math.round(scrollY)`)
			tab.do(field + `.focus({ preventScroll: true })`)
			tab.keys("ABC")
			tab.stayed(where, "on typing a name")
			shown(`JSON.parse(win.postageFrame.options).partner === "ABC"`)
			tab.stayed(where, "after a name")
			if width > 390 {
				return // what comes next changes the frame alone, which is as wide
			}
			tab.do(`document.querySelector('[name="theme"][value="dark"]').click()`)
			shown(`doc.documentElement.dataset.theme === "dark"`)
			tab.stayed(where, "after another theme")
			tab.do(field + `.focus({ preventScroll: true }); ` + field + `.select(); document.execCommand("delete")`)
			tab.do(`document.querySelector('[name="theme"][value="auto"]').click()`)
			shown(`JSON.parse(win.postageFrame.options).partner === "" && doc.documentElement.dataset.theme === undefined`)
			tab.stayed(where, "without options")
			tab.do(`document.querySelector('[name="lang"]:not(:checked)').click()`)
			shown(`doc.documentElement.lang !== "en"`)
			tab.stayed(where, "after another language")
		})
	}
}
