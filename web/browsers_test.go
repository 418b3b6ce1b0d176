//go:build browsers

package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
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
			w.Write([]byte(watch))
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
	{"BadInputSaysWhereAndWhatAndLosesNothing", TestBadInputSaysWhereAndWhatAndLosesNothing},
	{"ALinkOpensItsScenario", TestALinkOpensItsScenario},
	{"WhatWasAnsweredEarlyIsCalculated", TestWhatWasAnsweredEarlyIsCalculated},
	{"CalculatesWithTheServerGone", TestCalculatesWithTheServerGone},
	{"TheRulesPageFiltersByChannelAndDay", TestTheRulesPageFiltersByChannelAndDay},
	{"ADrawingTakesAwayNothingThatIsBeingTyped", TestADrawingTakesAwayNothingThatIsBeingTyped},
	{"ChangesAreUndoneByButtonAndByKeys", TestChangesAreUndoneByButtonAndByKeys},
	{"WhatCannotBeReadIsNeverLost", TestWhatCannotBeReadIsNeverLost},
	{"TheAnswerIsCopiedAsText", TestTheAnswerIsCopiedAsText},
	{"AnotherLanguageKeepsWhatWasEntered", TestAnotherLanguageKeepsWhatWasEntered},
}
