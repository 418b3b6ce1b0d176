package main

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// Names come from links and users, as long as they may be and without a space.

// fitsOn fails the test where something is wider than the screen or the card
// that it stands in. What scrolls by itself may be.
func (tb *tab) fitsOn(name string, widths ...int) {
	tb.t.Helper()
	for _, width := range widths {
		tb.staysWithin(name, width)
		wide := evaluate[[]string](tb, `(() => {
			const texts = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT), found = [], range = document.createRange();
			while (texts.nextNode()) {
				const e = texts.currentNode.parentElement;
				if (!e.checkVisibility() || e.closest(".table-box, .visually-hidden, .step-word, [data-is~=postmark]")) continue;
				range.selectNode(texts.currentNode);
				const around = e.closest("button, .lead-button, .chip, .card, .stamp-inner, .page").getBoundingClientRect();
				const { left, right, width } = range.getBoundingClientRect();
				if (width > 0 && (right > around.right + 1 || left < around.left - 1)) found.push(e.localName + "." + (e.getAttribute("class") ?? e.dataset.is) + " " + e.textContent.trim().slice(0, 30));
			}
			return found;
		})()`)
		if len(wide) > 0 {
			tb.t.Errorf("%s on a screen of %d: too wide are\n%s", name, width, strings.Join(wide, "\n"))
		}
	}
}

// longName is a name of so many letters.
func longName(first string, letters int) string { return first + strings.Repeat("W", letters-1) }

func TestNamesWithoutASpaceFitEveryScreen(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	widths := []int{320, 1280}
	scenario := fmt.Sprintf(`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"perRecipient":2,"sender":{"tool":"oa-manager-web"},"pricing":{"markupPercent":"10","monthlyFee":"100000"},
		"audience":[{"name":%q,"recipients":1000,"uid":true,"hoursSinceInteraction":100},{"name":%q,"recipients":500,"hoursSinceInteraction":100}]}`, longName("A", 100), longName("B", 100))
	link := "#s=" + base64.RawURLEncoding.EncodeToString([]byte(scenario))
	tab := newTab(t, 390, 844)
	tab.open(site.url(en + link))
	tab.opensEverything()
	tab.waitFor(`document.querySelector(".depends") !== null`)
	tab.waitFor(`(() => { document.getElementById("pictures").open = true; return document.querySelectorAll('#pictures [data-is~="chart"]').length === 4; })()`)
	tab.opensEverything()
	tab.waitFor(`document.querySelectorAll(".picture table").length === 4`)
	tab.fitsOn("all of the calculator", widths...)
	for _, width := range []int{390, 1280} { // on the narrowest, tables of numbers alone are too wide
		tab.resize(width, 844)
		tab.waitFor(fmt.Sprintf(`innerWidth === %d`, width))
		if over := evaluate[string](tab, `[...document.querySelectorAll(".picture .table-box")].filter((b) => b.scrollWidth > b.clientWidth).map((b) => b.textContent).join("\n")`); over != "" {
			t.Errorf("on a screen of %d a table under a picture has to be scrolled:\n%s", width, over)
		}
	}

	tab.answerField("profile-name", longName("P", 40))
	tab.do(`document.getElementById("profile-save").click()`)
	tab.shows(".profile-buttons", longName("P", 40))
	tab.saveAs(longName("S", 80))
	tab.shows(".keep-said", longName("S", 80))
	tab.do(`document.querySelector(".saved-list [name=compare]").click()`)
	tab.do(`document.querySelector(".compared > label input").click()`)
	tab.waitFor(`document.querySelectorAll(".compared thead th").length === 2`)
	tab.fitsOn("with a price list and something saved and compared", widths...)
	tab.tool("More")
	tab.pressIn("#keep-more", "Download (JSON)")
	tab.shows(".keep-said", "is ready")
	tab.fitsOn("with a file", 320)
	tab.media("print", "light")
	tab.waitFor(`document.querySelector(".sheet-name")?.checkVisibility()`)
	tab.fitsOn("on paper", 680)
	tab.media("screen", "light")
	tab.waitFor(`!document.querySelector(".sheet-name")?.checkVisibility()`)

	tab.pressIn(".saved-list", "Rename")
	tab.waitFor(`document.querySelector(".rename .input")?.value.length === 80`)
	tab.answerField("audience[1].recipients", "none")
	tab.shows(".fix", longName("B", 80))
	tab.fitsOn("renaming, with a mistake", widths...)
	tab.pressIn(".rename", "Rename")
	tab.pressIn(".saved-list", "Delete")
	tab.shows(".saved-gone", longName("S", 80))
	tab.fitsOn("deleted", 320)
}

func TestNamesWithoutASpaceFitTheFrame(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	scenario := strings.Replace(consultation, `"audience":[{`, fmt.Sprintf(`"audience":[{"name":%q,"recipients":5},{"name":%q,`, longName("A", 100), longName("B", 100)), 1)
	tab := newTab(t, 390, 844)
	for _, options := range []string{"?1#pricing=edit", "?2#readonly=true"} {
		tab.open(site.url("/en/embed/" + options + "&markup-percent=10&monthly-fee=5&partner=" + longName("P", 60) + "&lead=event&lead-label=" + longName("L", 60) +
			"&s=" + base64.RawURLEncoding.EncodeToString([]byte(scenario))))
		tab.shows(".breakdown", longName("P", 60))
		tab.shows(".lead-button", longName("L", 60))
		tab.opensEverything()
		tab.fitsOn("the frame with "+options, 280, 1280)
	}
}
