//go:build browsers

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"postage/app"
)

// The tests of the pages in the other browsers: a test below
// TestInTheOtherBrowsers gets its tabs from the browser that it is named after.

func init() {
	otherBrowser = browserOf
	onSite = watchedSite
	closeOthers = stopAll
}

// An other is a browser beside Chromium. It belongs to one test at a time: there
// is one window with the focus, and without it a field tells of nothing.
type other struct {
	open newRemote

	mu     sync.Mutex
	free   *sync.Cond
	holder string // the name of the test; those below it may join in
	tabs   int
}

var others = map[string]*other{"firefox": {open: newFirefoxPage}, "webkit": {open: newWebKitPage}}

// browserOf waits for the browser of a test and returns what opens its tabs; nil
// for Chromium.
func browserOf(t *testing.T) newRemote {
	rest, _ := strings.CutPrefix(t.Name(), "TestInTheOtherBrowsers/")
	name, _, _ := strings.Cut(rest, "/")
	o := others[name]
	if o == nil {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.free == nil {
		o.free = sync.NewCond(&o.mu)
	}
	for o.tabs > 0 && t.Name() != o.holder && !strings.HasPrefix(t.Name(), o.holder+"/") {
		o.free.Wait()
	}
	if o.tabs == 0 {
		o.holder = t.Name()
	}
	o.tabs++
	t.Cleanup(func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.tabs--
		o.free.Broadcast()
	})
	return o.open
}

// endWithTest has a process end with the test process, whatever ends that.
var endWithTest = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}

// toStop is what ends the processes that were started.
var toStop struct {
	sync.Mutex
	all []func()
}

func stopLater(stop func()) {
	toStop.Lock()
	defer toStop.Unlock()
	toStop.all = append(toStop.all, stop)
}

func stopAll() {
	toStop.Lock()
	defer toStop.Unlock()
	for _, stop := range slices.Backward(toStop.all) {
		stop()
	}
}

func TestInTheOtherBrowsers(t *testing.T) {
	for browser := range others {
		t.Run(browser, func(t *testing.T) {
			t.Parallel()
			for _, flow := range flows {
				t.Run(flow.name, flow.test)
			}
		})
	}
}

// watchedSite adds to the pages that WebKit fetches the script that watches them,
// as a file of the site, which its policy allows. What a worker fetches to keep
// stays as it is.
func watchedSite(t *testing.T, site http.Handler) http.Handler {
	const path = "/test-watch.js"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			w.Write([]byte(clockFrom(noonOf(testDate)) + watch))
			return
		}
		if !strings.Contains(r.UserAgent(), "AppleWebKit") || r.Header.Get("Sec-Fetch-Mode") != "navigate" {
			site.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		r.Header.Del("Accept-Encoding")
		r.Header.Del("If-None-Match")
		site.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.Header().Del("ETag")
		w.WriteHeader(answer.Code)
		w.Write(bytes.Replace(answer.Body.Bytes(), []byte("</title>"), []byte(`</title><script src="`+path+`"></script>`), 1))
	})
}

// flows are the tests that run in every browser.
var flows = []struct {
	name string
	test func(*testing.T)
}{
	{"AConsultationIsPricedAsItIsTyped", TestAConsultationIsPricedAsItIsTyped},
	{"GroupsAddUp", TestGroupsAddUp},
	{"AZNSTellsPriceTaxAndDays", TestAZNSTellsPriceTaxAndDays},
	{"AMessengerTagHasEnded", TestAMessengerTagHasEnded},
	{"AWhatsAppMessageIsPricedByCountryMarkUpAndRate", TestAWhatsAppMessageIsPricedByCountryMarkUpAndRate},
	{"WhatIsTypedFastIsWhole", whatIsTypedFastIsWhole},
	{"BadInputSaysWhereAndWhatAndLosesNothing", TestBadInputSaysWhereAndWhatAndLosesNothing},
	{"WhatCannotBeReadIsNeverLost", TestWhatCannotBeReadIsNeverLost},
	{"WhatWasAnsweredEarlyIsCalculated", TestWhatWasAnsweredEarlyIsCalculated},
	{"ADrawingTakesAwayNothingThatIsBeingTyped", TestADrawingTakesAwayNothingThatIsBeingTyped},
	{"ChangesAreUndoneByButtonAndByKeys", TestChangesAreUndoneByButtonAndByKeys},
	{"AnotherLanguageKeepsWhatWasEntered", TestAnotherLanguageKeepsWhatWasEntered},
	{"ALinkOpensItsScenario", TestALinkOpensItsScenario},
	{"ACopiedLinkOpensTheSameFormElsewhere", TestACopiedLinkOpensTheSameFormElsewhere},
	{"TheAnswerIsCopiedAsText", TestTheAnswerIsCopiedAsText},
	{"SavedScenariosAreOpenedRenamedComparedAndDeleted", TestSavedScenariosAreOpenedRenamedComparedAndDeleted},
	{"NoPageIsTooWide", noPageIsTooWide},
	{"TheRulesPageFiltersByChannelAndDay", TestTheRulesPageFiltersByChannelAndDay},
	{"ThePhoneHasWhatItNeeds", thePhoneHasWhatItNeeds},
	{"CalculatesWithTheServerGone", TestCalculatesWithTheServerGone},
	{"NewVersionWaitsUntilItIsAskedFor", TestNewVersionWaitsUntilItIsAskedFor},
	{"AnUpdateDoesNotDisturbTyping", TestAnUpdateDoesNotDisturbTyping},
	{"OldAndNewAreNeverMixed", TestOldAndNewAreNeverMixed},
	{"TheElementShowsTheCalculatorAndHandsQuotesBack", TestTheElementShowsTheCalculatorAndHandsQuotesBack},
	{"AFrameInASandboxAnswers", TestAFrameInASandboxAnswers},
	{"TheLinesToCopyWork", TestTheLinesToCopyWork},
	{"TheCoreAnswersInPagesAndWorkers", TestTheCoreAnswersInPagesAndWorkers},
}

// whatIsTypedFastIsWhole presses keys faster than anybody can.
func whatIsTypedFastIsWhole(t *testing.T) {
	tab := openCalculator(t, vi, 390)
	tab.answerField(people, "1234567")
	tab.waitFor(valueOf(people) + ` === "1.234.567"`)
	tab.sees("Gửi được", "67.901.185 ₫")
	tab.onID("add-group", `e.click()`)
	const name = "Khach quen o Ha Noi, Da Nang va Can Tho"
	tab.answerField("audience[1].name", name)
	tab.answerField("audience[1].recipients", "765433")
	tab.sees("Gửi được", "110.000.000 ₫")
	tab.holds(map[string]string{"audience[1].name": name, "audience[1].recipients": "765.433"})
}

// noPageIsTooWide opens every page of the site as wide as a phone is.
func noPageIsTooWide(t *testing.T) {
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for _, page := range app.Pages() {
		if page.Frame || strings.HasSuffix(page.Path, "/partners/") {
			continue // the first is opened with its portal, and the other has it in it
		}
		tab.open(site.url(page.Path))
		if got := evaluate[string](tab, `document.documentElement.lang + " " + document.title`); got != page.Lang+" "+page.Title {
			t.Errorf("%s says %q", page.Path, got)
		}
		tab.opensEverything()
		for _, width := range []int{320, 390} {
			tab.resize(width, 844)
			if got := evaluate[int](tab, `document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s is %d pixels wide on a screen of %d", page.Path, got, width)
			}
		}
	}
}

// thePhoneHasWhatItNeeds looks at what iPhones have of their own.
func thePhoneHasWhatItNeeds(t *testing.T) {
	tab := openCalculator(t, en, 390)
	if got := evaluate[int](tab, `new Promise((done) => {
		const icon = new Image();
		icon.onload = () => done(icon.naturalWidth);
		icon.onerror = () => done(0);
		icon.src = document.querySelector('link[rel="apple-touch-icon"]').href;
	})`); got != 180 {
		t.Errorf("the icon for the home screen is %d pixels wide", got)
	}
	if got := evaluate[string](tab, `document.querySelector('meta[name="viewport"]').content`); !strings.Contains(got, "width=device-width") || strings.Contains(got, "scalable") || strings.Contains(got, "maximum") {
		t.Errorf("the viewport is %q", got)
	}
	if got := evaluate[string](tab, `document.getElementById("on").type`); got != "date" {
		t.Errorf("the day is asked for by a field of type %q", got)
	}
	tab.setDate("2023-07-01")
	tab.waitFor(`document.getElementById("on").value === "2023-07-01"`)
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	zip.Write([]byte("unpacked"))
	zip.Close()
	if got := evaluate[string](tab, `new Response(new Blob([Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(packed.Bytes())+`"), (c) => c.charCodeAt(0))]).stream()
		.pipeThrough(new DecompressionStream("gzip"))).text()`); got != "unpacked" {
		t.Errorf("what was packed is unpacked as %q", got)
	}
	tab.saveAs("Kept")
	tab.reload()
	tab.shows(".saved-name", "Kept")
}

// watch has a document keep what goes wrong in it, for the browsers that do not
// tell of everything themselves.
const watch = `
	if (!("postageWatched" in window)) {
		const kept = () => JSON.parse(sessionStorage.getItem("test.watched") ?? "[]");
		const problems = [];
		try { problems.push(...kept()); sessionStorage.removeItem("test.watched"); } catch {}
		Object.defineProperty(window, "postageWatched", { value: problems });
		const note = (...words) => { problems.push(words.map((word) => word?.stack ? word + " " + word.stack : String(word)).join(" ")); };
		const { error } = console;
		console.error = (...words) => {
			if (!words.some((word) => word?.name === "AbortError")) note("console:", ...words); // the page is being left
			error.apply(console, words);
		};
		addEventListener("error", (event) => {
			if (event instanceof ErrorEvent) note("exception:", event.message, event.filename);
			else if (!(event instanceof CustomEvent)) note("not loaded:", event.target.src ?? event.target.href);
		}, true);
		addEventListener("unhandledrejection", (event) => note("exception:", event.reason));
		document.addEventListener("securitypolicyviolation", (event) => {
			if (!event.blockedURI.endsWith("/favicon.ico")) note("policy:", event.violatedDirective, event.blockedURI, event.sourceFile); // which the browser itself asks for
		});
		addEventListener("pagehide", () => { try { if (problems.length) sessionStorage.setItem("test.watched", JSON.stringify(problems.splice(0))); } catch {} });
	}`
