package main

import (
	"net/http"
	"testing"
	"time"

	"postage/rules"
)

// inWords writes a day of the book as a language does, by a layout of [time].
func inWords(t *testing.T, day rules.Date, layout string) string {
	t.Helper()
	date, err := time.Parse(time.DateOnly, day.String())
	if err != nil {
		t.Fatal(err)
	}
	return date.Format(layout)
}

// nextChange is the first day on which something changes after the book was
// checked.
func nextChange(t *testing.T) rules.Date {
	t.Helper()
	days := rules.ChangeDays(rules.Checked(), 99991231)
	if len(days) == 0 {
		t.Fatal("the book announces nothing")
	}
	return days[0]
}

// brokenHost answers nothing but that it cannot.
func brokenHost(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "the host is down", http.StatusServiceUnavailable)
	})
}

func TestThePageSaysOfWhichDayItsTariffsAre(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for _, page := range []string{"/", "/rules/"} {
		tab.open(site.url(page))
		tab.shows("#tariff-date", inWords(t, rules.Checked(), "02/01/2006"))
	}
	for _, page := range []string{"/en/", "/en/rules/", "/en/about/"} {
		tab.open(site.url(page))
		tab.shows("#tariff-date", "Tariffs as of "+inWords(t, rules.Checked(), "2 Jan 2006")+".")
	}
}

// overdue are the warnings of overdue tariffs that are to be seen.
const overdue = `[...document.querySelectorAll(".overdue")].filter(e => e.checkVisibility())`

func TestOverdueTariffsAreOwnedUpTo(t *testing.T) {
	t.Parallel()
	const visible = overdue
	site := startSite(t, builtSite(t, "/", testDate), "/")
	due := nextChange(t)
	tab := newTab(t, 390, 844)
	// A page that no program fills; the others are looked at around midnight.
	const page = "/en/about/"
	tab.onDay(due.AddDays(-1).String())
	tab.open(site.url(page))
	if evaluate[int](tab, visible+`.length`) != 0 {
		t.Errorf("%s warns before the day has come", page)
	}
	tab.onDay(due.AddDays(1).String()) // of the next page
	tab.setClock(noonOf(due.AddDays(1).String()))
	tab.comesBack("focus")
	warning := "Changes announced for " + inWords(t, due, "2 Jan 2006") + " have come since"
	tab.waitFor(visible + `.length === 1`)
	tab.shows(".overdue:not([hidden])", warning)
	tab.click(".overdue:not([hidden]) a")
	tab.waitLive()
	tab.waitFor(`location.pathname === "/en/" && ` + visible + `.length === 1`)
	tab.shows(".overdue", warning)
	tab.waitOffline()

	press := func(outcome string) {
		t.Helper()
		tab.click(".overdue button")
		tab.shows(".overdue", outcome)
	}
	press("There is no newer version yet.")
	site.hostedBy(brokenHost)
	tab.expect("503", "error occurred when fetching the script", "bad HTTP response code")
	press("That did not work.")
	site.hostedBy(nil)
	site.swap(laterBuild(t, "/"))
	tab.click(".overdue button")
	// An update that is ready takes the place of the warning.
	tab.shows(".state", "New tariffs are ready.")
	tab.waitFor(visible + `.length === 0`)
	tab.click(".state .link")
	tab.waitFor(builtOn + ` === ` + quoted(laterDate))
	tab.waitLive()
	// A later build alone knows no more.
	tab.shows("#tariff-date", inWords(t, rules.Checked(), "2 Jan 2006"))
}

func TestTheWarningFitsASmallScreen(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 320, 640)
	tab.onDay(nextChange(t).AddDays(1).String())
	for _, page := range []string{"/", "/en/", "/rules/"} {
		tab.open(site.url(page))
		tab.waitFor(`document.querySelector(".overdue:not([hidden])")`)
		if wide := evaluate[string](tab, `[...document.querySelectorAll(".overdue:not([hidden]), .overdue:not([hidden]) *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML).join()`); wide != "" {
			t.Errorf("%s: too wide: %s", page, wide)
		}
		if evaluate[string](tab, `document.querySelector(".states").getAttribute("role")`) != "status" {
			t.Errorf("%s: the warning is not announced", page)
		}
	}
}
