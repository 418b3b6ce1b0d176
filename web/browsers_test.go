//go:build browsers

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
	"testing"

	"postage/app/pages"
	"postage/web/internal/browsers"
)

// The tests of the pages in the other browsers: a test below
// TestInTheOtherBrowsers gets its tabs from the browser that it is named after.

func init() {
	otherBrowser = browserOf
	onSite = func(site http.Handler) http.Handler { return browsers.WatchedSite(site, firstScript()) }
	closeOthers = endAll
}

// firstScript sets the clock of each document.
func firstScript() string { return clockFrom(noonOf(testDate)) }

// An other is a browser beside Chromium. It belongs to one test at a time: there
// is one window with the focus, and without it a field tells of nothing.
type other struct {
	start func() (browsers.Browser, error)

	mu     sync.Mutex
	free   *sync.Cond
	holder string // the name of the test; those below it may join in
	tabs   int
}

var others = map[string]*other{
	"firefox": {start: sync.OnceValues(func() (browsers.Browser, error) { return endLater(browsers.StartFirefox(firstScript())) })},
	"webkit":  {start: sync.OnceValues(func() (browsers.Browser, error) { return endLater(browsers.StartWebKit()) })},
}

// open opens a page, and starts the browser if it does not run yet.
func (o *other) open(ctx context.Context, problem browsers.Problem) (browsers.Page, error) {
	browser, err := o.start()
	if err != nil {
		return nil, err
	}
	return browser.Open(ctx, problem)
}

// started are the browsers that were started.
var started struct {
	sync.Mutex
	all []browsers.Browser
}

func endLater[B browsers.Browser](browser B, err error) (browsers.Browser, error) {
	if err != nil {
		return nil, err
	}
	started.Lock()
	defer started.Unlock()
	started.all = append(started.all, browser)
	return browser, nil
}

func endAll() {
	started.Lock()
	defer started.Unlock()
	for _, browser := range started.all {
		browser.Close()
	}
}

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

// TestTheMainFlows runs in Chromium what runs in the other browsers, and what holds
// money and JSON against the rules: make test-full has it on programs as Go alone
// makes them.
func TestTheMainFlows(t *testing.T) {
	for _, flow := range flows {
		t.Run(flow.name, flow.test)
	}
	t.Run("RulesAnswerAlikeInTheBrowser", TestRulesAnswerAlikeInTheBrowser)
	t.Run("TheExampleForNodeAnswersAsGoDoes", TestTheExampleForNodeAnswersAsGoDoes)
	t.Run("TheCoreSurvivesAnyInput", TestTheCoreSurvivesAnyInput)
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
	{"TheRulesPageIsSearched", TestTheRulesPageIsSearched},
	{"AnErrorCodeLeadsToWhatItMeans", TestAnErrorCodeLeadsToWhatItMeans},
	{"ALinkOpensTheFoldItLeadsInto", TestALinkOpensTheFoldItLeadsInto},
	{"ThePhoneHasWhatItNeeds", thePhoneHasWhatItNeeds},
	{"CalculatesWithTheServerGone", calculatesWithTheServerGone},
	{"AnUpdateDoesNotDisturbTyping", TestAnUpdateDoesNotDisturbTyping},
	{"OldAndNewAreNeverMixed", TestOldAndNewAreNeverMixed},
	{"TheSampleIsOneTap", TestTheSampleIsOneTap},
	{"TheSampleBillIsOneTap", TestTheSampleBillIsOneTap},
	{"AWrongListIsSaidSoAndThePageLives", TestAWrongListIsSaidSoAndThePageLives},
	{"AMessageGoesIntoThePlanAndComesBack", TestAMessageGoesIntoThePlanAndComesBack},
	{"TheCalculatorLeadsToTheBestWayForEachGroup", TestTheCalculatorLeadsToTheBestWayForEachGroup},
	{"TheElementShowsThePlanAndHandsItBack", TestTheElementShowsThePlanAndHandsItBack},
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

// calculatesWithTheServerGone below a path, where more can go wrong.
func calculatesWithTheServerGone(t *testing.T) {
	base := bases[1]
	site := startSite(t, builtSite(t, base, testDate), base)
	tab := newTab(t, 390, 844)
	tab.open(site.url(vi))
	tab.waitOffline()
	site.stop()
	tab.reload()
	tab.answerField("audience[0].recipients", "30")
	tab.sees("Gửi được", "1.650 ₫")
	tab.click(`.languages a[lang="en"]`)
	tab.sees("Can be sent", "₫1,650")
	tab.reload()
	tab.sees("Can be sent", "₫1,650")
}

// noPageIsTooWide opens every page of the site as wide as a phone is.
func noPageIsTooWide(t *testing.T) {
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for _, page := range pages.Pages() {
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
