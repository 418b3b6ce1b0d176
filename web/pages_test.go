package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"postage/app/pages"
	"postage/web/serve"
)

// bases are what a site is built for in the tests.
var bases = []string{"/", "/tools/postage/"}

// TestSiteWorksOffline: below a path, where more can go wrong, pages come to life, and
// without the network too: the calculator, which answers there in two languages, a page
// without a program, and others by another spelling of their address, which the worker tells
// from its list. That what every page needs is kept shows TestTheWorkerKeepsWhatEveryPageNeeds.
func TestSiteWorksOffline(t *testing.T) {
	t.Parallel()
	base := bases[1]
	site := startSite(t, builtSite(t, base, testDate), base)
	tab := newTab(t, 360, 740)
	tab.open(site.url("/embed/")) // of no use without the page of a partner, and not kept
	tab.open(site.url("/"))
	tab.waitOffline()
	site.stop()

	tab.open(site.url("/"))
	tab.answerField(people, "30")
	tab.sees("Gửi được", "1.650 ₫")
	tab.click(`.languages a[lang="en"]`)
	tab.sees("Can be sent", "₫1,650")
	tab.reload()
	tab.sees("Can be sent", "₫1,650")

	for path, want := range map[string]string{"/en/rules/?from=mail#s": "/en/rules/?from=mail#s", "/plan?a=1": "/plan/?a=1", "/en/about/index.html": "/en/about/"} {
		tab.open(site.url(path))
		if got := evaluate[string](tab, `location.pathname + location.search + location.hash`); got != address(base, want) {
			t.Errorf("%s leads to %s, want %s", path, got, want)
		}
		if got, want := evaluate[string](tab, `document.documentElement.lang`), map[bool]string{true: "en", false: "vi"}[strings.HasPrefix(path, "/en/")]; got != want {
			t.Errorf("%s: language %q, want %q", path, got, want)
		}
		if evaluate[bool](tab, `document.getElementById("boot-bar") !== null`) {
			t.Errorf("%s: the progress bar is still there", path)
		}
	}

	tab.expect("answer 404")
	tab.expect("status of 404")
	tab.goTo(site.url("/no/such/page"))
	tab.waitFor(`document.querySelector(".not-found") !== null`)
	for _, address := range tab.requested() {
		if !strings.HasPrefix(address, site.url("/")) && !strings.HasPrefix(address, "data:") && !strings.HasPrefix(address, "blob:") {
			t.Errorf("a request leaves the site: %s", address)
		}
	}
}

// TestTheWorkerKeepsWhatEveryPageNeeds, so that what one page does without the network the
// others do too.
func TestTheWorkerKeepsWhatEveryPageNeeds(t *testing.T) {
	t.Parallel()
	for _, base := range bases {
		tree := readTree(t, builtSite(t, base, testDate))
		kept := string(tree["worker.js"])
		named := regexp.MustCompile(`"(` + regexp.QuoteMeta(base) + `assets/[^"#?,]+)`)
		for _, page := range pages.Pages() {
			if page.Frame {
				continue // not kept
			}
			if !strings.Contains(kept, quoted(address(base, page.Path))+":") {
				t.Errorf("%s is not kept", address(base, page.Path))
			}
			files := named.FindAllSubmatch(tree[strings.TrimPrefix(page.Path, "/")+"index.html"], -1)
			if len(files) < 2 { // its styles and its script
				t.Errorf("%s names only %q", page.Path, files)
			}
			for _, file := range files {
				if !strings.Contains(kept, quoted(string(file[1]))+":") {
					t.Errorf("%s needs %s, which is not kept", page.Path, file[1])
				}
			}
		}
	}
}

// TestSitesOfOneOriginKeepOutOfEachOthersWay, also where one is below the other.
func TestSitesOfOneOriginKeepOutOfEachOthersWay(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	for _, base := range bases {
		mux.Handle(base, serve.Site(builtSite(t, base, testDate), base, ""))
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	tab := newTab(t, 360, 740)
	for _, base := range bases {
		tab.open(server.URL + base)
		tab.letWorker()
		tab.waitFor(`navigator.serviceWorker.getRegistration().then(r => r?.scope === ` + quoted(server.URL+base) + `)`)
		tab.waitOffline()
	}
	server.CloseClientConnections()
	server.Close()
	for _, base := range bases {
		tab.open(server.URL + base)
		if got := evaluate[string](tab, `new URL(document.querySelector('link[rel="manifest"]').href).pathname`); got != base+"manifest.webmanifest" {
			t.Errorf("at %s is the page of %s", base, got)
		}
	}
	if names := evaluate[[]string](tab, `caches.keys()`); len(names) != 2 {
		t.Errorf("the caches are %q", names)
	}
}

// TestPrerenderedPageSaysWhatTheProgramSays: every page of one language, and one of each
// other; what the words of a language are is not made by the browser.
func TestPrerenderedPageSaysWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 360, 740)
	for _, page := range pages.Pages() {
		if page.Static || page.Lang != pages.Languages()[0] && page.Path != homeOf("en") {
			continue // no program says anything there
		}
		t.Run(page.Path, func(t *testing.T) {
			tab := tab.in(t)
			tab.open(site.url(page.Path))
			if !page.Plan && !page.File() {
				tab.waitFor(`document.querySelector('.below[data-state="awaited"]') === null && document.querySelector(".sheet-link") !== null`)
			}
			// Fields are compared by nobody: what is in them is a property, not text. The
			// address on the printed sheet is not known before.
			said := evaluate[struct{ Before, After string }](tab, `new Promise((done, fail) => {
				const text = (page) => {
					const copy = page.body.firstElementChild.cloneNode(true);
					for (const field of copy.querySelectorAll("textarea, .sheet-link")) field.remove();
					return copy.textContent;
				};
				const asBuilt = new XMLHttpRequest();
				asBuilt.open("GET", location.pathname);
				asBuilt.responseType = "document";
				asBuilt.onerror = fail;
				asBuilt.onload = () => done({ before: text(asBuilt.response), after: text(document) });
				asBuilt.send();
			})`)
			if before, after := said.Before, said.After; after != before || before == "" {
				same := 0
				for same < min(len(before), len(after)) && before[same] == after[same] {
					same++
				}
				t.Errorf("after %q\nthere was %q\nand is    %q", before[max(0, same-80):same], before[same:], after[same:])
			}
		})
	}
}

func TestUnknownPageSaysSoInEveryLanguage(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 360, 740)
	tab.expect("answer 404", "status of 404")
	tab.goTo(site.url("/no/such/page"))
	text := evaluate[string](tab, `document.body.textContent`)
	for _, page := range pages.Pages() {
		if want := wordsIn(page.Lang).NotFound; !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// earlyField is a text field of the start page.
const earlyField = `document.body.querySelector("input[id]:not([type=radio]):not([type=checkbox]):not([type=range]):not([type=date]), textarea[id]")`

// byID returns the selector of an id, which may have any character in it.
func byID(tab *tab, id string) string {
	tab.t.Helper()
	return evaluate[string](tab, `"#" + CSS.escape(`+quoted(id)+`)`)
}

func TestWhatIsTypedEarlyIsKept(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	release := site.holdProgram()
	defer release()
	tab := newTab(t, 360, 740)
	tab.goTo(site.url("/"))
	tab.waitFor(`window.postageEarly`)
	if !evaluate[bool](tab, `document.getElementById("boot-bar").getAttribute("role") === "progressbar"`) {
		t.Error("there is no progress bar")
	}
	id := evaluate[string](tab, earlyField+`.id`)
	tab.fill(byID(tab, id), "4321")
	release()
	tab.waitLive()
	if got := evaluate[string](tab, `window.postageEarly[`+quoted(id)+`]`); got != "4321" {
		t.Errorf("postageEarly has %q", got)
	}
	focus := evaluate[struct {
		ID         string
		Start, End int
	}](tab, `window.postageEarlyFocus`)
	if focus.ID != id || focus.Start != 4 || focus.End != 4 {
		t.Errorf("postageEarlyFocus is %+v", focus)
	}
}

func TestEveryKindOfFieldIsRecorded(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	release := site.holdProgram()
	defer release()
	tab := newTab(t, 360, 740)
	tab.goTo(site.url("/"))
	tab.waitFor(`window.postageEarly && document.readyState === "complete"`)
	// The page lets no text become markup, so each field is made by hand.
	tab.do(`
		const add = (tag, attributes, ...content) => {
			const element = document.createElement(tag);
			for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
			element.append(...content);
			document.body.firstElementChild.append(element);
			return element;
		};
		add("input", { type: "radio", name: "test-kind", value: "a", checked: "" });
		add("input", { type: "radio", name: "test-kind", value: "b", id: "test-b" });
		add("input", { type: "checkbox", id: "test-box" });
		add("select", { id: "test-choice" }, new Option("1", "1"), new Option("2", "2"));
		add("textarea", { id: "test-text" });
		add("input", { id: "test-restored", value: "from the page" });
		add("input", { id: "test-untouched", value: "x" });
	`)
	tab.click("#test-b")
	tab.click("#test-box")
	tab.do(`
		const fire = (id, value) => { const f = document.getElementById(id); f.value = value; f.dispatchEvent(new Event("change", { bubbles: true })); };
		fire("test-choice", "2");
		fire("test-text", "words");
		document.getElementById("test-restored").value = "from the browser";
	`)
	release()
	tab.waitLive()
	got := evaluate[map[string]string](tab, `window.postageEarly`)
	for key, want := range map[string]string{
		"test-kind": "b", "test-box": "true", "test-choice": "2", "test-text": "words", "test-restored": "from the browser",
	} {
		if got[key] != want {
			t.Errorf("%s is %q, want %q", key, got[key], want)
		}
	}
	if value, ok := got["test-untouched"]; ok {
		t.Errorf("a field nobody touched is recorded as %q", value)
	}
}

func TestFailureCanBeTriedAgainWithoutLosingWhatWasTyped(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	site.broken.Store(true)
	tab := newTab(t, 360, 740)
	tab.expect("answer 503", "status of 503", "could not be loaded")
	tab.goTo(site.url("/"))
	tab.waitFor(`document.querySelector("#boot-message button")`)
	id := evaluate[string](tab, earlyField+`.id`)
	tab.fill(byID(tab, id), "77")
	site.broken.Store(false)
	tab.click("#boot-message button")
	tab.waitLive()
	if got := evaluate[string](tab, `window.postageEarly[`+quoted(id)+`]`); got != "77" {
		t.Errorf("postageEarly has %q", got)
	}
	if evaluate[bool](tab, `document.getElementById("boot-message") !== null`) {
		t.Error("the message is still there")
	}
}

func TestAProgramThatStopsSaysSo(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 360, 740)
	tab.expect("panic", "goroutine", "exit code", "Go program has already exited", "the program stopped")
	tab.open(site.url("/"))
	// go-app's own function fails on a call without an argument.
	tab.do(`setTimeout(() => window.goappNav())`)
	tab.waitFor(`document.getElementById("boot-message")?.textContent.includes(` + quoted(wordsIn("vi").Stopped) + `)`)
	tab.click("#boot-message button")
	tab.waitLive()
	tab.waitFor(`document.getElementById("boot-message") === null`)
}

func TestLinksThatAreNotOursAreLeftToTheBrowser(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 360, 740)
	tab.open(site.url("/"))
	seen := func(link, event string) bool {
		t.Helper()
		return evaluate[bool](tab, fmt.Sprintf(`(() => {
			const box = document.createElement("a");
			for (const [name, value] of Object.entries(%s)) box.setAttribute(name, value);
			box.append(document.createElement("b"));
			document.body.append(box);
			let seen = false;
			const before = window.onclick;
			window.onclick = () => { seen = true; };
			const stay = (e) => e.preventDefault();
			window.addEventListener("click", stay, true);
			box.querySelector("b").dispatchEvent(new MouseEvent("click", Object.assign({ bubbles: true, cancelable: true }, %s)));
			window.removeEventListener("click", stay, true);
			window.onclick = before;
			box.remove();
			return seen;
		})()`, link, event))
	}
	for _, test := range []struct {
		name, link, event string
		want              bool
	}{
		{"a page of the site", `{href: "/"}`, `{}`, true},
		{"a page with a query", `{href: "/?a=1#b"}`, `{}`, true},
		{"with shift", `{href: "/"}`, `{shiftKey: true}`, false},
		{"with ctrl", `{href: "/"}`, `{ctrlKey: true}`, false},
		{"with the middle button", `{href: "/"}`, `{button: 1}`, false},
		{"another site", `{href: "https://example.com/"}`, `{}`, false},
		{"mail", `{href: "mailto:a@example.com"}`, `{}`, false},
		{"a target", `{href: "/", target: "_blank"}`, `{}`, false},
		{"a download", `{href: "/", download: ""}`, `{}`, false},
		{"a fragment", `{href: "#x"}`, `{}`, false},
		{"a file of the site", `{href: "/manifest.webmanifest"}`, `{}`, false},
	} {
		if got := seen(test.link, test.event); got != test.want {
			t.Errorf("%s: go-app gets the click: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestFormsAreNeverSent(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 360, 740)
	tab.open(site.url("/"))
	if evaluate[bool](tab, `(() => {
		const form = document.createElement("form");
		document.body.append(form);
		const sent = form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
		form.remove();
		return sent;
	})()`) {
		t.Error("a form would be sent")
	}
}

func TestPageComesToLifeInASandboxedFrame(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	site.extra.Store("/portal.html", `<!doctype html><title>portal</title><iframe sandbox="allow-scripts" src="/"></iframe>`)
	tab := newTab(t, 800, 600)
	tab.expect("/favicon.ico", "status of 404")
	tab.goTo(site.url("/portal.html"))
	frame := tab.frame(site.url("/"))
	frame.waitLive()
	if !evaluate[bool](frame, `(() => { localStorage.setItem("a", 1); return localStorage.getItem("a") === "1" && localStorage.length > 0; })()`) {
		t.Error("the storage of the page does not work")
	}
}
