package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What only a browser can tell about hostile messages: what comes of things that
// are no JSON, of floods, and of a frame that is not the calculator.

// TestNoMessageIsTooMuchForTheFrame sends what is small on its way and endless to
// look at, what is no data, and what would make a flood of answers.
func TestNoMessageIsTooMuchForTheFrame(t *testing.T) {
	t.Parallel()
	tab, site := inPortal(t, 800, `<iframe id="calc" src="SITE/en/embed/#types=zns" width="100%" height="900"></iframe>`)
	frame := tab.inside("#calc")
	tab.do(`
		window.post = (message, transfer) => calc.contentWindow.postMessage(message, ` + quoted(strings.TrimSuffix(site.url("/"), "/")) + `, transfer);
		window.p = (more) => ({ ns: "postage", v: 1, ...more });
		post(p({ type: "hello", versions: [1] }));
	`)
	tab.waitFor(`heard.some((h) => h.data.type === "ready")`)
	for _, c := range []struct{ name, message, answer string }{
		{"an array buffer", `new ArrayBuffer(1 << 20)`, ""},
		{"a port of its own", `new MessageChannel().port1`, ""},
		{"a blob", `new Blob(["x"])`, ""},
		{"a list that is a message", `Object.assign([], p({ type: "get-quote" }))`, ""},
		{"a list of a billion gaps", `p({ type: "set", id: 1, scenario: { audience: new Array(4294967295) } })`, "too-large"},
		{"versions without end", `p({ type: "hello", id: 1, versions: new Array(4294967295) })`, "too-large"},
		{"a billion of the same", `p({ type: "set", id: 1, scenario: Array.from({ length: 30 }).reduce((all) => [all, all], []) })`, "too-large"},
		{"many bytes", `p({ type: "set", id: 1, scenario: { on: new Uint8Array(1 << 24) } })`, "too-large"},
		{"a long name", `p({ type: "set", id: 1, scenario: { ["x".repeat(1 << 20)]: 1 } })`, "too-large"},
		{"what grows when it is written", `p({ type: "set", id: 1, scenario: { on: "\u0001".repeat(60000) } })`, "too-large"},
		{"a deep nest", `p({ type: "set", id: 1, scenario: Array.from({ length: 1000 }).reduce((inner) => ({ x: inner }), {}) })`, "unknown-field"},
		{"a number that is none", `p({ type: "set", id: 1, scenario: { on: NaN } })`, "wrong-type"},
		{"a date", `p({ type: "set", id: 1, scenario: new Date() })`, "wrong-type"},
		{"a map", `p({ type: "set", id: 1, scenario: new Map([["on", 1]]) })`, "required"},
		{"half a sign", `p({ type: "set", id: 1, scenario: { on: "\ud800" } })`, "wrong-type"},
		{"a name of the language", `p({ type: "set", id: 1, scenario: JSON.parse('{"__proto__":{"on":1}}') })`, "unknown-field"},
		{"options that are none", `p({ type: "configure", id: 1, options: JSON.parse('{"__proto__":"x","constructor":"y","toString":"z","s":"e30","a":"eligible_1_VND"}') })`, "bad-option,bad-option,bad-option,bad-option,bad-option"},
	} {
		tab.do(`heard.length = 0; { const message = ` + c.message + `; post(message, message instanceof MessagePort ? [message] : []); } post(p({ type: "get-quote", id: "after" }));`)
		tab.waitFor(`heard.some((h) => h.data.id === "after")`)
		got := evaluate[string](tab, `heard.filter((h) => h.data.type === "error").map((h) => h.data.code).join()`)
		if got != c.answer {
			t.Errorf("%s is answered with %q, not %q", c.name, got, c.answer)
		}
		if got := evaluate[string](tab, `heard.find((h) => h.data.id === "after").data.quote?.message`); got != "zalo.zns" && c.name != "options that are none" {
			t.Errorf("after %s the frame answers for %q", c.name, got)
		}
	}
	if got := evaluate[string](frame, `location.hash`); strings.Contains(got, "e30") || strings.Contains(got, "proto") {
		t.Errorf("the address has become %s", got)
	}

	// One message does not make thousands.
	tab.do(`heard.length = 0;
		post(p({ type: "configure", options: Object.fromEntries(Array.from({ length: 20000 }, (_, i) => ["x" + i, ""])) }));
		post(p({ type: "get-quote", id: "after" }));`)
	tab.waitFor(`heard.some((h) => h.data.id === "after")`)
	if n := evaluate[int](tab, `heard.filter((h) => h.data.code === "bad-option").length`); n != 50 {
		t.Errorf("20,000 wrong options make %d messages", n)
	}

	// From itself, and from a window that is not around it, it takes nothing.
	frame.do(`window.postMessage({ ns: "postage", v: 1, type: "set", id: "self", scenario: ` + consultation + ` }, "*")`)
	tab.do(`heard.length = 0; post(p({ type: "get-quote", id: "last" }))`)
	tab.waitFor(`heard.some((h) => h.data.id === "last")`)
	if got := evaluate[string](tab, `heard.map((h) => h.data.id).join()`); got != "last" {
		t.Errorf("it answers %q", got)
	}
	frame.unharmed()
}

// TestThePagesOwnFunctionTakesAnything: whatever a script gives postage.answer, it
// is answered with JSON, and the calculator goes on.
func TestThePagesOwnFunctionTakesAnything(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, en, 390)
	answers := evaluate[[]string](tab, `[
		[], [undefined], [null], [true], [7], [NaN], [10n], [Symbol("x")], [() => {}], [{}], [[]], [{ toString() { throw new Error("no"); } }], [new Proxy({}, { get() { throw new Error("no"); } })],
		[new String("{}")], ["{}", "{}"], [""], ["{"], ["\ud800"], ["\u0000"], ["[".repeat(1 << 20)], ['{"on":1e999999999}'], ['{"__proto__":{}}'], ["9".repeat(1 << 21)],
	].map((given) => { try { return JSON.parse(postage.answer(...given)).error.code; } catch (err) { return String(err); } })`)
	for i, got := range answers {
		want := "wrong-type"
		if i >= 15 {
			want = "syntax required unknown-field wrong-type" // as the rules say
		}
		if !strings.Contains(want, got) || got == "" {
			t.Errorf("%d is answered with %s", i, got)
		}
	}
	tab.answerField(people, "2,000")
	tab.sees("Can be sent", "₫110,000")
}

// TestHostileOptionsAreText: what stands in the address of the frame is shown as
// text or refused, and never followed, whether the frame is opened with it or goes on to it.
func TestHostileOptionsAreText(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	coded := url.QueryEscape(attack[:60])
	look := func(options string) {
		t.Helper()
		tab.goesOn()
		if got := evaluate[string](tab, `[...document.querySelectorAll("a.lead-button")].map((a) => new URL(a.href).protocol).join()`); got != "" && got != "https:" {
			t.Errorf("%.200s leads to %s", options, got)
		}
	}
	for i, options := range []string{
		"partner=" + coded + "&lead-label=" + coded + "&lead=event&markup-percent=10",
		"partner=" + url.QueryEscape(attack) + "&types=" + url.QueryEscape(attack) + "&theme=" + url.QueryEscape(attack) + "&accent=" + url.QueryEscape("red;background:url(//a.example)") + "&lead=javascript:window.hacked=1&" + strings.Repeat("x=1&", 50_000),
	} {
		tab.open(site.url("/en/embed/?" + strings.Repeat("x", i+1) + "&lead=javascript:1&" + coded + "#" + options))
		look(options)
	}
	for _, options := range []string{
		"lead=javascript:window.hacked=1", "lead=" + url.QueryEscape("https://a.example/\"onclick=\"window.hacked=1"), "lead=data:text/html,x&__proto__=x&constructor=y&toString=z",
		"font=" + url.QueryEscape("x;}*{display:none") + "&radius=1e1&radius=-1", "%E0%A4%A=1&%=2&=3&&&", "partner=" + strings.Repeat("x", 1_000_000),
		"markup-percent=1e9&monthly-fee=NaN&tax-percent=-1&markup-per-message=" + strings.Repeat("9", 100), "date=2026-02-30&s=" + attack + "&b=" + attack,
	} {
		tab.do(`location.hash = ` + quoted(options))
		look(options)
	}
}

// TestRandomMessagesAreAnsweredAsTheSchemaSays puts messages together at random
// from what messages are made of.
func TestRandomMessagesAreAnsweredAsTheSchemaSays(t *testing.T) {
	t.Parallel()
	tab, site := inPortal(t, 800, `<iframe id="calc" src="SITE/en/embed/" width="100%" height="900"></iframe>`)
	tab.inside("#calc")
	messages := evaluate[[]json.RawMessage](tab, `(async () => {
		const at = `+quoted(strings.TrimSuffix(site.url("/"), "/"))+`;
		let seed = 7;
		const random = (n) => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return Math.floor(seed / 4294967296 * n); };
		const one = (list) => list[random(list.length)];
		const scenario = `+consultation+`;
		const junk = () => one([undefined, null, true, 0, -1, NaN, Infinity, 1e300, 10n, "", "x", "<b>", "\u0000", "\ud800", "=1+1", "postage", [], [1], {}, { on: 1 }, new Date(0), /x/, new Map(), new Error("x"), scenario]);
		const spoilt = (value, depth = 3) => {
			if (depth === 0 || random(8) === 0 || typeof value !== "object" || value === null) return junk();
			const copy = Array.isArray(value) ? [...value] : { ...value };
			const inside = Object.keys(copy).filter((name) => typeof copy[name] === "object");
			const name = one(random(4) && inside.length > 0 ? inside : [...Object.keys(copy), "more", "__proto__", "0"]);
			copy[name] = spoilt(copy[name], depth - 1);
			return copy;
		};
		const sound = [
			{ type: "hello", versions: [1], resize: true }, { type: "set", scenario }, { type: "get-quote" }, { type: "configure", options: { theme: "dark", "markup-percent": "5", types: "zalo,zns" } },
		].map((m) => ({ ns: "postage", v: 1, id: 1, ...m }));
		const post = (message) => { try { calc.contentWindow.postMessage(message, at); } catch {} };
		post(sound[0]);
		const answered = () => new Promise((done) => {
			const id = "sync" + random(1e9);
			const listen = ({ data }) => { if (data?.id === id) { removeEventListener("message", listen); done(); } };
			addEventListener("message", listen);
			const ask = () => { post({ ns: "postage", v: 1, type: "get-quote", id }); };
			ask();
			const again = setInterval(ask, 300);
			addEventListener("message", ({ data }) => { if (data?.id === id) clearInterval(again); });
		});
		for (let round = 0; round < 15; round++) {
			for (let i = 0; i < 10; i++) post(spoilt(one(sound), 4));
			await answered();
		}
		return heard.map((h) => h.data);
	})()`)
	schema := messageSchema(t, "message.json")
	kinds := map[string]int{}
	for _, message := range messages {
		var m struct{ Type, Code string }
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(message))
		if err == nil {
			err = schema.Validate(v)
		}
		if err != nil || json.Unmarshal(message, &m) != nil {
			t.Errorf("%.500s\n%v", message, err)
		}
		kinds[m.Type+m.Code]++
	}
	for _, want := range []string{"ready", "quote", "errormalformed", "errorwrong-type", "errorunknown-field", "errorbad-option"} {
		if kinds[want] == 0 {
			t.Errorf("of %v none is %s", kinds, want)
		}
	}
}

// TestAHostileFrameDoesNoHarmToThePortal: what is in the frame says all it can
// think of, and the page around it stays whole.
func TestAHostileFrameDoesNoHarmToThePortal(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	hostile := startPortal(t, site, "", map[string]string{"/embed/": `<!doctype html><title>Not the calculator</title><script>
		addEventListener("message", ({ data, source, origin }) => {
			const say = (more, transfer) => source.postMessage({ ns: "postage", v: 1, ...more }, origin, transfer);
			if (data.type === "hello") {
				for (const junk of [null, undefined, 7, "postage", [], new ArrayBuffer(8), new Map([["ns", "postage"]]), new Error("x")]) source.postMessage(junk, origin);
				for (const type of [undefined, null, 7, "constructor", "__proto__", "toString", "hello", "set", [], {}]) say({ type, id: 1 });
				for (const height of [undefined, null, NaN, Infinity, -Infinity, -1, 0, -0.5, 1e5, 1e308, "", "900px", "100%", "calc(100vh)", [], {}, true, 10n, new Date(-1)]) say({ type: "resize", height });
				say({ type: "ready" });
				say({ type: "error" });
				say({ type: "error", id: {}, message: { toString: 1 }, code: [], path: "<img src=x onerror=alert(1)>" });
				say({ type: "error", ...JSON.parse('{"__proto__":{"message":"x"},"stack":"y","name":"z"}') });
				for (let i = 0; i < 1000; i++) say({ type: "resize", height: 400 + i % 2 });
				say({ type: "resize", height: 640.2 });
				say({ type: "end" });
			} else if (data.type === "get-quote") {
				const circle = { on: 1n };
				circle.circle = circle;
				const { port1 } = new MessageChannel();
				say({ type: "quote", id: data.id, scenario: circle, quote: "none", port: port1 }, [port1]);
				say({ type: "quote", id: data.id, scenario: circle, quote: "twice" });
			} else if (data.type === "set") {
				say({ type: "error", id: data.id });
			}
		});
	</script>`})
	p := startPortal(t, site, "", map[string]string{"/": portalPage(fmt.Sprintf(`<postage-calculator id="calc" site="%s/"></postage-calculator>`, hostile.URL))})
	tab := newTab(t, 800, 800)
	tab.expect("request to elsewhere: "+p.URL, "request to elsewhere: "+hostile.URL)
	tab.goTo(p.URL + "/")
	tab.waitFor(`heard.some((h) => h.data?.type === "end")`)
	if got := evaluate[string](tab, `calc.shadowRoot.querySelector("iframe").style.height`); got != "641px" {
		t.Errorf("the frame is %s high", got)
	}
	if got := evaluate[string](tab, `events.map((e) => e.type).join()`); got != "ready,error,error,error" {
		t.Errorf("the page is told %s", got)
	}
	tab.do(`calc.getQuote().then((a) => { window.got = a.quote; }); calc.set({}).catch((err) => { window.refused = err instanceof Error; })`)
	tab.waitFor(`window.got === "none" && window.refused === true`)
	// What cannot be taken along into another language is left behind.
	tab.do(`events.length = 0; heard.length = 0; calc.setAttribute("label", "again")`)
	tab.waitFor(`told("ready").length === 1 && calc.shadowRoot.querySelectorAll("iframe").length === 1`)
	if evaluate[bool](tab, `document.querySelector("img") !== null || ({}).message !== undefined`) {
		t.Error("the page has changed")
	}
}

// TestAFrameWhoseProgramFailsTellsThePortalAndItsVisitor: the page's question is
// answered, the visitor has a way back, and what both had set is still there.
func TestAFrameWhoseProgramFailsTellsThePortalAndItsVisitor(t *testing.T) {
	t.Parallel()
	for _, sandbox := range []string{"allow-scripts allow-same-origin", "allow-scripts"} {
		t.Run(sandbox, func(t *testing.T) {
			tab, _ := inPortal(t, 800, `<postage-calculator id="calc" lang="en" types="zalo" markup-percent="10" sandbox="`+sandbox+`"></postage-calculator>`)
			frame := tab.oneFrame("calc")
			tab.expectStop()
			frame.expectStop()
			tab.do(`calc.set(` + consultation + `)`)
			frame.sees("Can be sent", "₫120,000")
			frame.enters("audience[0].recipients", "2,000")
			frame.sees("Can be sent", "₫240,000")
			frame.do(`document.createTextNode = () => { throw new Error("the test stops the program"); }`)
			// One question is still waiting when the program stops, the other comes later.
			frame.do(`window.postage.set = () => { window.waiting = true; }`)
			tab.do(`void calc.set(` + consultation + `).catch((err) => { window.refused = err.code; })`)
			frame.waitFor(`window.waiting`)
			frame.onID("add-group", `e.click()`)
			tab.waitFor(`window.refused === "not-answered"`)
			tab.do(`calc.getQuote().catch((err) => { window.again = err.code + err.message; })`)
			tab.waitFor(`window.again?.includes("not-answered") && window.again.includes("stopped")`)
			frame.stopMessage(wordsIn("en").Stopped)
			if got := evaluate[string](frame, `document.querySelector(".stamp-total").textContent.replaceAll("\u00a0", " ")`); !strings.HasPrefix(got, "₫") {
				t.Errorf("the frame has lost its answer and shows %q", got)
			}
			back := func(button, want string) {
				tab.do(`events.length = 0; window.back = ""`)
				frame.on(`document.querySelector("#boot-message `+button+`")`, `e.click()`)
				tab.waitFor(`told("ready").length === 1`)
				tab.do(`calc.getQuote().then((a) => { window.back = a.quote.totals[0].gross + " " + a.scenario.pricing.markupPercent; })`)
				tab.waitFor(`window.back !== ""`)
				if got := evaluate[string](tab, `window.back`); got != want {
					t.Errorf("after it was started again the total and the mark-up are %s, not %s", got, want)
				}
			}
			back("button", "480000 10") // the second group has been added
			if sandbox == "allow-scripts" {
				return // without storage nobody knows that it is not the first time
			}
			frame = tab.inside("#calc")
			frame.expectStop()
			frame.do(`document.createTextNode = () => { throw new Error("the test stops the program"); }`)
			frame.onID("add-group", `e.click()`)
			frame.stopMessage(wordsIn("en").StoppedAgain)
			back("button:last-child", "60000 10") // afresh for the visitor, not for the partner
		})
	}
}
