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

// The zones are west and east of Vietnam: there it is still the day before, or the
// next day already.
var zones = []string{"America/Los_Angeles", "UTC", "Asia/Ho_Chi_Minh", "Pacific/Kiritimati"}

func TestTodayIsTheDayInVietnamForEveryVisitor(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", "2026-11-30"), "/")
	for _, zone := range zones {
		for instant, today := range map[string]string{"2026-11-30T23:59:00+07:00": "2026-11-30", "2026-12-01T00:01:00+07:00": "2026-12-01"} {
			t.Run(zone+" "+instant, func(t *testing.T) {
				tab := newTab(t, 390, 844)
				tab.inZone(zone)
				tab.startsAt(instant)
				tab.open(site.url(en))
				tab.waitFor(dayOfSending + ` === ` + quoted(today))
				tab.waitFor(`document.querySelector('.day-chip[aria-pressed="true"]')?.textContent === "Today"`)
				tab.goTo("about:blank")
				tab.open(site.url("/en/#channel=whatsapp"))
				tab.waitFor(`document.querySelector('input[name="channel"]:checked')?.value === "whatsapp" && ` + dayOfSending + ` === ` + quoted(today))
				tab.shows(`[id="on-hint"]`, "time zone")
				tab.shows(".sheet-dates", map[string]string{"2026-11-30": "30 Nov 2026", "2026-12-01": "1 Dec 2026"}[today])
			})
		}
	}
}

func TestOverdueTariffsAreOwnedUpToByTheDayInVietnam(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	for _, zone := range zones {
		t.Run(zone, func(t *testing.T) {
			tab := newTab(t, 390, 844)
			tab.inZone(zone)
			tab.startsAt("2026-12-31T23:59:00+07:00")
			for _, page := range []string{"/en/", "/en/rules/"} {
				tab.open(site.url(page))
				tab.atRest()
				tab.waitFor(overdue + `.length === 0`)
				// The page stays open past midnight.
				tab.setClock("2027-01-01T00:01:00+07:00")
				tab.comesBack("visibilitychange")
				tab.waitFor(overdue + `.length === 1`)
			}
		})
	}
}

func TestAPageThatStaysOpenPastMidnightGoesOnWithTheNewDay(t *testing.T) {
	t.Parallel()
	const before, after = "2026-11-30T23:59:00+07:00", "2026-12-01T00:01:00+07:00"
	site := startSite(t, builtSite(t, "/", "2026-11-30"), "/")
	begin := func(t *testing.T) *tab {
		tab := newTab(t, 390, 844)
		tab.startsAt(before)
		tab.open(site.url(en))
		tab.atRest()
		tab.waitFor(dayOfSending + ` === "2026-11-30"`)
		return tab
	}
	for _, event := range []string{"visibilitychange", "pageshow", "focus"} {
		t.Run("on "+event, func(t *testing.T) {
			tab := begin(t)
			tab.answerField(people, "2,000")
			tab.sees("Can be sent", "₫110,000")
			tab.setClock(after)
			tab.comesBack(event)
			tab.waitFor(dayOfSending + ` === "2026-12-01"`)
			tab.shows(".sheet-dates", "1 Dec 2026")
			// The link asks for the new day, and so does the page that it opens.
			tab.waitFor(linkSays + `.on === "2026-12-01"`)
			tab.sees("Can be sent", "₫110,000")
			tab.waitFor(valueOf(people) + ` === "2,000"`)
		})
	}
	t.Run("a day that was chosen stays", func(t *testing.T) {
		tab := begin(t)
		tab.setDate("2026-11-29")
		tab.waitFor(linkSays + `.on === "2026-11-29"`)
		tab.setClock(after)
		tab.comesBack("focus")
		tab.shows(".sheet-dates", "1 Dec 2026") // made today
		tab.waitFor(dayOfSending + ` === "2026-11-29"`)
		tab.on(`document.querySelector(".day-chip")`, `e.click()`)
		tab.waitFor(dayOfSending + ` === "2026-12-01"`)
	})
	t.Run("on pressing today", func(t *testing.T) {
		tab := begin(t)
		tab.setClock(after)
		tab.on(`document.querySelector(".day-chip")`, `e.click()`)
		tab.waitFor(dayOfSending + ` === "2026-12-01"`)
		tab.setClock("2026-12-02T00:01:00+07:00")
		tab.comesBack("focus")
		tab.waitFor(dayOfSending + ` === "2026-12-02"`)
	})
	t.Run("after an example", func(t *testing.T) {
		tab := begin(t)
		tab.press("Start from an example")
		tab.press("Order updates by ZNS")
		tab.waitFor(linkSays + `.on === "2026-11-30"`)
		tab.setClock(after)
		tab.comesBack("focus")
		tab.waitFor(linkSays + `.on === "2026-12-01"`)
	})
	t.Run("on a shortcut", func(t *testing.T) {
		tab := begin(t)
		tab.setClock(after)
		tab.do(`location.hash = "channel=whatsapp"`)
		tab.waitFor(`document.querySelector('input[name="channel"]:checked')?.value === "whatsapp" && ` + dayOfSending + ` === "2026-12-01"`)
	})
}
