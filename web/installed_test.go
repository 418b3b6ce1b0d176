package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/pwa"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// The installed app: the site in a window of its own, without the browser's
// buttons.

// install puts the site on the device as its visitor would, until the test ends.
func (tb *tab) install(site *servedSite) {
	tb.t.Helper()
	app := site.url("/")
	ask(tb, pwa.Install, pwa.InstallParams{ManifestID: app})
	tb.t.Cleanup(func() { ask(tb, pwa.Uninstall, pwa.UninstallParams{ManifestID: app}) })
	ask(tb, pwa.ChangeAppUserSettings, pwa.ChangeAppUserSettingsParams{ManifestID: app, DisplayMode: pwa.DisplayModeStandalone})
}

// launch opens the installed app at an address, as its shortcuts and the share
// sheet do, and returns its window.
func (tb *tab) launch(site *servedSite, address string) *tab {
	tb.t.Helper()
	before := tb.pagesOf(site)
	ask(tb, pwa.Launch, pwa.LaunchParams{ManifestID: site.url("/"), URL: address})
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		for _, id := range tb.pagesOf(site) {
			if !slices.Contains(before, id) {
				window := attach(tb.t, theBrowser.context(tb.t), chromedp.WithTargetID(id))
				// What the browser fetches of its own accord, such as the icon of a
				// window, has no address here and can be broken off.
				window.expect("request failed:  net::ERR_FAILED")
				window.waitLive()
				return window
			}
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			tb.t.Fatalf("the app did not open at %s", address)
		}
	}
}

// pagesOf lists the open pages of a site.
func (tb *tab) pagesOf(site *servedSite) (ids []target.ID) {
	tb.t.Helper()
	infos, err := chromedp.Targets(tb.ctx)
	if err != nil {
		tb.t.Fatal(err)
	}
	for _, info := range infos {
		if info.Type == "page" && strings.HasPrefix(info.URL, site.server.URL) {
			ids = append(ids, info.TargetID)
		}
	}
	return ids
}

const standalone = `matchMedia("(display-mode: standalone)").matches`

// shownOnly is the expression for which of the two offers a page makes: to
// install it, or to look for a newer version.
const shownOnly = `[...document.querySelectorAll(".in-app, .in-browser")].filter((e) => e.checkVisibility()).map((e) => e.className).join()`

// TestTheAppIsInstalledOpensAndRenewsItself, below a path. It is launched as by the share
// sheet; a shortcut is an address too, which TestShortcutsOpenWhatTheyName reads.
func TestTheAppIsInstalledOpensAndRenewsItself(t *testing.T) {
	t.Parallel()
	const base = "/tools/postage/"
	site := startSite(t, builtSite(t, base, testDate), base)
	tab := ownProfile(t)
	tab.open(site.url("/en/"))
	tab.waitOffline()
	tab.canBeInstalled(site, "en")
	if got := evaluate[string](tab, shownOnly); got != "in-browser" {
		t.Errorf("the browser's page shows %q", got)
	}
	tab.install(site)

	app := tab.launch(site, shared(t, site, "en", map[string]string{"text": sharedScenario}))
	app.waitFor(standalone)
	app.waitFor(valueOf(people) + ` === "4,321"`)
	if got := evaluate[string](app, shownOnly); got != "in-app" {
		t.Errorf("the app shows %q", got)
	}
	app.on(`document.querySelector(".in-app button")`, `e.click()`)
	app.shows(".in-app", "There is no newer version yet.")
	site.swap(laterBuild(t, base))
	app.on(`document.querySelector(".in-app button")`, `e.click()`)
	app.shows(".state", "New tariffs are ready.")
	app.on(`[...document.querySelectorAll(".state button")].find((b) => b.textContent === "Reload")`, `e.click()`)
	app.waitFor(builtOn + ` === ` + quoted(laterDate))
	app.waitLive()
	app.waitFor(valueOf(people) + ` === "4,321"`)
	app.waitFor(standalone)
}

// TestTheBrowsersOwnQuestionWaitsUntilItIsAskedFor: where the browser can
// install, a button at the foot of the page and one in the instructions ask it.
func TestTheBrowsersOwnQuestionWaitsUntilItIsAskedFor(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	// Stands in for the browser's, which appears when the browser sees fit.
	const offer = `(() => {
		const event = new Event("beforeinstallprompt", { cancelable: true });
		event.prompt = () => { window.asked = (window.asked ?? 0) + 1; };
		event.userChoice = Promise.resolve({ outcome: "dismissed" });
		return !dispatchEvent(event);
	})()`
	tab.open(site.url("/en/"))
	tab.waitFor(`document.querySelector('.foot a[href$="about/#install"]') !== null`)
	tab.waitFor(offer)
	tab.shows(".foot button", "Install Postage on this device")
	tab.pressIn(".foot", "Install Postage on this device")
	tab.waitFor(`window.asked === 1`)
	tab.waitFor(`document.querySelector('.foot a[href$="about/#install"]') !== null`)
	// The pictures above it are drawn when they come into view, and move it.
	tab.on(`document.querySelector('.foot a[href$="about/#install"]')`, `e.click()`)
	tab.waitFor(`location.pathname === "/en/about/" && location.hash === "#install"`)
	tab.waitLive()
	if evaluate[bool](tab, `document.getElementById("install-now").checkVisibility()`) {
		t.Error("there is a button that does nothing")
	}
	tab.waitFor(offer)
	tab.click("#install-now")
	tab.waitFor(`window.asked === 1 && !document.getElementById("install-now").checkVisibility()`)
	for _, page := range []string{"/en/rules/", "/en/partners/"} {
		tab.open(site.url(page))
		tab.waitFor(offer) // and nothing else happens
	}
}

// TestNothingIsCoveredAtTheEdges holds the page on a phone with round corners and
// a notch, upright and on its side.
func TestNothingIsCoveredAtTheEdges(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for _, page := range []string{"/", "/rules/"} { // with a program and without one
		tab.open(site.url(page))
		if page == "/" {
			tab.answerField(people, "77") // for undo to be there
		}
		for _, c := range []struct{ width, height, top, right, bottom, left int64 }{
			{390, 844, 59, 0, 34, 0},
			{844, 390, 0, 59, 21, 59},
			{1280, 800, 0, 40, 30, 40},
		} {
			tab.run(chromedp.EmulateViewport(c.width, c.height))
			ask(tab, emulation.SetSafeAreaInsetsOverride, emulation.SetSafeAreaInsetsOverrideParams{
				Insets: &emulation.SafeAreaInsets{Top: &c.top, Right: &c.right, Bottom: &c.bottom, Left: &c.left},
			})
			tab.waitFor(fmt.Sprintf(`innerWidth === %d && new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => seen(true))))`, c.width))
			tab.do(`scrollTo(0, 0)`)
			covered := evaluate[[]string](tab, fmt.Sprintf(`[...document.querySelectorAll("header a, .state, h1, .card, .foot *, .bar *")].filter((e) => e.checkVisibility()).filter((e) => {
				const { top, right, bottom, left, width } = e.getBoundingClientRect();
				const fixed = e.closest(".bar") !== null;
				return width > 0 && (left < %d || right > innerWidth - %d || top < %d && !fixed || fixed && bottom > innerHeight - %d);
			}).map((e) => e.outerHTML.slice(0, 90))`, c.left, c.right, c.top, c.bottom))
			if len(covered) > 0 {
				t.Errorf("%s at %dx%d: covered are %q", page, c.width, c.height, covered)
			}
			if wide := evaluate[int64](tab, `document.documentElement.scrollWidth`); wide > c.width {
				t.Errorf("%s is %d wide at %d", page, wide, c.width)
			}
		}
	}
}
