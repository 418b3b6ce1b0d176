package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postage/app/pages"
	"postage/web/serve"
)

const buildDate = "2026-01-31"

// bases are what a site is built for in the tests.
var bases = []string{"/", "/tools/postage/"}

func TestEveryPageComesToLife(t *testing.T) {
	t.Parallel()
	for _, base := range bases {
		t.Run(base, func(t *testing.T) {
			site := startSite(t, builtSite(t, base, buildDate), base)
			tab := newTab(t, 360, 740)
			for _, page := range pages.Pages() {
				if base == bases[0] && page.Lang != pages.Languages()[0] {
					continue // below another base every page is opened
				}
				tab.open(site.url(page.Path))
				if got := evaluate[string](tab, `document.documentElement.lang`); got != page.Lang {
					t.Errorf("%s: language %q, want %q", page.Path, got, page.Lang)
				}
				if evaluate[bool](tab, `document.getElementById("boot-bar") !== null`) {
					t.Errorf("%s: the progress bar is still there", page.Path)
				}
			}
			for _, address := range tab.requested() {
				if !strings.HasPrefix(address, site.url("/")) && !strings.HasPrefix(address, "data:") && !strings.HasPrefix(address, "blob:") {
					t.Errorf("a request leaves the site: %s", address)
				}
			}
		})
	}
}

func TestSiteWorksOffline(t *testing.T) {
	t.Parallel()
	for _, base := range bases {
		t.Run(base, func(t *testing.T) {
			site := startSite(t, builtSite(t, base, buildDate), base)
			tab := newTab(t, 360, 740)
			tab.open(site.url("/"))
			tab.waitOffline()
			site.stop()

			tab.reload()
			tab.expect("embed/v1/postage.js", "embed/v1/plan.js") // the previews for partners are not kept
			for _, page := range pages.Pages() {
				if page.Frame {
					continue // of no use without the page of a partner, which is not kept
				}
				if base != bases[0] && page.Lang != pages.Languages()[0] {
					continue // what the base changes, it changes in every language
				}
				tab.open(site.url(page.Path + "?from=mail#s"))
				if got := evaluate[string](tab, `location.search + location.hash`); got != "?from=mail#s" {
					t.Errorf("%s: the address ends in %q", page.Path, got)
				}
				if page.Lang != pages.Languages()[0] {
					continue // the other spellings of an address know no language
				}
				if without := strings.TrimSuffix(page.Path, "/"); without != "" {
					tab.open(site.url(without + "?a=1"))
					if got, want := evaluate[string](tab, `location.pathname`), address(base, page.Path); got != want {
						t.Errorf("%s leads to %s, want %s", without, got, want)
					}
				}
				tab.open(site.url(page.Path + "index.html"))
			}

			tab.expect("answer 404")
			tab.expect("status of 404")
			tab.goTo(site.url("/no/such/page"))
			tab.waitFor(`document.querySelector(".not-found") !== null`)
		})
	}
}

func TestSitesOfOneOriginKeepOutOfEachOthersWay(t *testing.T) {
	t.Parallel()
	one, other := "/one/", "/tools/postage/"
	mux := http.NewServeMux()
	mux.Handle(one, serve.Site(builtSite(t, one, buildDate), one, ""))
	mux.Handle(other, serve.Site(builtSite(t, other, buildDate), other, ""))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	tab := newTab(t, 360, 740)
	for _, base := range []string{one, other} {
		tab.open(server.URL + base)
		tab.waitOffline()
	}
	server.CloseClientConnections()
	server.Close()
	for _, base := range []string{one, other} {
		tab.open(server.URL + base)
	}
	if names := evaluate[[]string](tab, `caches.keys()`); len(names) != 2 {
		t.Errorf("the caches are %q", names)
	}
}

func TestPrerenderedPageSaysWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	// Fields are compared by nobody: what is in them is a property, not text. The
	// address on the printed sheet is not known before.
	text := `(() => {
		const copy = document.body.firstElementChild.cloneNode(true);
		for (const field of copy.querySelectorAll("textarea, .sheet-link")) field.remove();
		return copy.textContent;
	})()`
	site := startSite(t, builtSite(t, "/", testDate), "/")
	for _, page := range pages.Pages() {
		if page.Static {
			continue // no program says anything there
		}
		t.Run(page.Path, func(t *testing.T) {
			release := site.holdProgram()
			defer release()
			tab := newTab(t, 360, 740)
			tab.goTo(site.url(page.Path))
			before := evaluate[string](tab, text)
			release()
			tab.waitLive()
			if !page.Plan && !page.File() {
				tab.waitFor(`document.querySelector('.below[data-state="awaited"]') === null && document.querySelector(".sheet-link") !== null`)
			}
			if after := evaluate[string](tab, text); after != before {
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
	site := startSite(t, builtSite(t, "/", buildDate), "/")
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
	site := startSite(t, builtSite(t, "/", buildDate), "/")
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
	site := startSite(t, builtSite(t, "/", buildDate), "/")
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

func TestNewVersionWaitsUntilItIsAskedFor(t *testing.T) {
	t.Parallel()
	const later = "2026-02-28"
	built := `document.querySelector("script[data-built]").dataset.built`
	site := startSite(t, builtSite(t, "/", buildDate), "/")
	tab := newTab(t, 360, 740)
	tab.open(site.url("/"))
	tab.waitOffline()
	tab.reload() // now the worker answers

	site.swap(builtSite(t, "/", later))
	tab.do(`window.told = 0; window.postageOnUpdate = () => window.told++;`)
	tab.findUpdate()
	tab.waitFor(`window.postageUpdateWaiting && window.told === 1`)

	tab.reload()
	if got := evaluate[string](tab, built); got != buildDate {
		t.Errorf("before it is asked for, the page is of %s", got)
	}
	tab.waitFor(`window.postageUpdateWaiting`)
	tab.do(`window.postageUpdate()`)
	tab.waitFor(built + ` === ` + quoted(later))
	tab.waitLive()
	tab.waitFor(`caches.keys().then(names => names.length === 1)`)
	if evaluate[bool](tab, `window.postageUpdateWaiting`) {
		t.Error("the new version says that it waits")
	}
}

func TestFailureCanBeTriedAgainWithoutLosingWhatWasTyped(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/en/", buildDate), "/en/")
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
	site := startSite(t, builtSite(t, "/", buildDate), "/")
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
	site := startSite(t, builtSite(t, "/", buildDate), "/")
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
	site := startSite(t, builtSite(t, "/", buildDate), "/")
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
	site := startSite(t, builtSite(t, "/", buildDate), "/")
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
