package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// No test rests on the machine's clock or zone. The sites are built of a day that
// the test names, and the clock of every tab begins at noon of testDate in Vietnam
// unless the test sets another.

// clockFrom is the script that has the clock of a document begin at an instant, and
// go on from there. The last one that is set holds.
func clockFrom(instant string) string {
	return fmt.Sprintf(`{
		const RealDate = window.RealDate ?? Date;
		window.RealDate = RealDate;
		let ahead = 0;
		window.setClock = (instant) => { ahead = RealDate.parse(instant) - RealDate.now(); };
		setClock(%s);
		const now = () => RealDate.now() + ahead;
		window.Date = new Proxy(RealDate, {
			construct: (target, given, as) => Reflect.construct(target, given.length > 0 ? given : [now()], as),
			apply: () => new RealDate(now()).toString(),
			get: (target, name) => name === "now" ? now : Reflect.get(target, name),
		});
	}`, quoted(instant))
}

// startsAt has the clock of every document of the tab begin at an instant, such as
// 2026-12-01T00:01:00+07:00. A frame that the browser runs apart has its own.
func (tb *tab) startsAt(instant string) {
	tb.t.Helper()
	tb.before(clockFrom(instant))
}

// onDay has it begin at noon of a day in Vietnam.
func (tb *tab) onDay(day string) {
	tb.t.Helper()
	tb.startsAt(noonOf(day))
}

func noonOf(day string) string { return day + "T12:00:00+07:00" }

// setClock sets the clock of the page that is open.
func (tb *tab) setClock(instant string) {
	tb.t.Helper()
	tb.do(`setClock(` + quoted(instant) + `)`)
}

// inZone has the tab be in a time zone, such as America/Los_Angeles.
func (tb *tab) inZone(zone string) {
	tb.t.Helper()
	ask(tb, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone})
}

// comesBack tells the page that it is in view again, as the browser does it.
func (tb *tab) comesBack(event string) {
	tb.t.Helper()
	tb.do(map[string]string{
		"visibilitychange": `document.dispatchEvent(new Event("visibilitychange"))`,
		"pageshow":         `dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`,
		"focus":            `dispatchEvent(new Event("focus"))`,
	}[event])
}

// linkSays is the scenario of the link in the address, empty where there is none.
const linkSays = `((coded) => coded ? JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(coded.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)))) : {})(/#s=([^&]*)/.exec(location.hash)?.[1])`

const dayOfSending = `document.getElementById("on")?.value`

// West and east of Vietnam it is still the day before, or the next day already.
const (
	west, east              = "America/Los_Angeles", "Pacific/Kiritimati"
	lastMinute, firstMinute = "T23:59:00+07:00", "T00:01:00+07:00" // of a day in Vietnam
)

func TestTodayIsTheDayInVietnamForEveryVisitor(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	for zone, instant := range map[string]string{west: "2026-12-01" + firstMinute, east: "2026-12-01" + lastMinute} {
		t.Run(zone, func(t *testing.T) {
			tab := newTab(t, 390, 844)
			tab.inZone(zone)
			tab.startsAt(instant)
			tab.open(site.url("/en/#channel=whatsapp")) // a shortcut
			tab.waitFor(`document.querySelector('input[name="channel"]:checked')?.value === "whatsapp" && ` + dayOfSending + ` === "2026-12-01"`)
			tab.shows(`[id="on-hint"]`, "time zone")
			tab.shows(".sheet-dates", "1 Dec 2026")
			if zone == east {
				return // without a shortcut the day is found in the same way
			}
			tab.goTo("about:blank")
			tab.open(site.url(en))
			tab.waitFor(dayOfSending + ` === "2026-12-01"`)
			tab.waitFor(`document.querySelector('.day-chip[aria-pressed="true"]')?.textContent === "Today"`)
		})
	}
}

func TestOverdueTariffsAreOwnedUpToByTheDayInVietnam(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	due := nextChange(t)
	tab := newTab(t, 390, 844)
	for _, page := range []string{"/en/", "/en/rules/"} {
		tab.inZone(east)
		tab.startsAt(due.AddDays(-1).String() + lastMinute)
		tab.open(site.url(page))
		tab.atRest()
		tab.waitFor(overdue + `.length === 0`)
		// The page stays open past midnight, and goes to where it is still the day before.
		tab.inZone(west)
		tab.setClock(due.String() + firstMinute)
		tab.comesBack("visibilitychange")
		tab.waitFor(overdue + `.length === 1`)
		tab.shows(".overdue:not([hidden])", "Changes announced for "+inWords(t, due, "2 Jan 2006")+" have come since")
	}
}

func TestAPageThatStaysOpenPastMidnightGoesOnWithTheNewDay(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.startsAt("2026-11-30" + lastMinute)
	tab.open(site.url(en))
	tab.atRest()
	is := func(day string) {
		t.Helper()
		tab.waitFor(dayOfSending + ` === ` + quoted(day))
	}
	is("2026-11-30")
	tab.answerField(people, "2,000")
	tab.sees("Can be sent", "₫110,000")
	for i, event := range []string{"visibilitychange", "pageshow", "focus"} {
		day := fmt.Sprintf("2026-12-%02d", i+1)
		tab.setClock(day + firstMinute)
		tab.comesBack(event)
		is(day)
		tab.waitFor(linkSays + `.on === ` + quoted(day)) // so does the page that it opens
	}
	tab.sees("Can be sent", "₫110,000")
	tab.waitFor(valueOf(people) + ` === "2,000"`)

	// A day that was chosen stays, until today is pressed.
	tab.setDate("2026-11-29")
	tab.waitFor(linkSays + `.on === "2026-11-29"`)
	tab.setClock("2026-12-04" + firstMinute)
	tab.comesBack("focus")
	tab.shows(".sheet-dates", "4 Dec 2026") // made today
	is("2026-11-29")
	tab.setClock("2026-12-05" + firstMinute)
	tab.on(`document.querySelector(".day-chip")`, `e.click()`)
	is("2026-12-05")
	tab.setClock("2026-12-06" + firstMinute)
	tab.comesBack("focus")
	is("2026-12-06")

	tab.press("Start from an example")
	tab.press("Order updates by ZNS")
	tab.waitFor(`document.querySelector('input[name="channel"]:checked')?.value === "zns" && ` + linkSays + `.on === "2026-12-06"`)
	tab.setClock("2026-12-07" + firstMinute)
	tab.comesBack("focus")
	tab.waitFor(linkSays + `.on === "2026-12-07"`)

	// A shortcut asks for today of itself.
	tab.setClock("2026-12-08" + firstMinute)
	tab.do(`location.hash = "channel=whatsapp"`)
	tab.waitFor(`document.querySelector('input[name="channel"]:checked')?.value === "whatsapp" && ` + dayOfSending + ` === "2026-12-08"`)
}
