package main

import (
	"fmt"
	"testing"
)

// Nothing on the page may go away and come back while somebody else changes an
// answer or makes a mistake: it would take place and focus from who is reading
// there.

// sits gives the focus to the element of an expression, notes what else is to stay
// in the page, and returns what fails the test unless all of it does. The element
// may move on the screen by a few lines only: the browser keeps what is at the
// upper edge where it is, and between that and the element a line may come or go.
func (tb *tab) sits(element string, others ...string) (stays func(when string)) {
	const lines = 160
	tb.t.Helper()
	tb.on(element, `e.scrollIntoView({ block: "center", behavior: "instant" }); e.focus({ preventScroll: true }); if (document.activeElement !== e) return false; window.sat = [e]`)
	for _, other := range others {
		tb.on(other, `sat.push(e)`)
	}
	top := evaluate[float64](tb, `sat[0].getBoundingClientRect().top`)
	return func(when string) {
		tb.t.Helper()
		got := evaluate[struct {
			Gone  int
			Focus bool
			Top   float64
		}](tb, `({ gone: sat.filter((e) => !e.isConnected).length, focus: document.activeElement === sat[0], top: sat[0].getBoundingClientRect().top })`)
		if got.Gone > 0 || !got.Focus {
			tb.t.Errorf("%s: %d elements are gone, has the focus: %t", when, got.Gone, got.Focus)
		}
		if moved := got.Top - top; moved < -lines || moved > lines {
			tb.t.Errorf("%s: the reader's place has moved by %.0f px", when, moved)
		}
	}
}

// enters puts a text into a field from elsewhere: the focus stays where it is.
func (tb *tab) enters(path, text string) {
	tb.t.Helper()
	tb.onID(path, `e.value = `+quoted(text)+`; for (const type of ["input", "change"]) e.dispatchEvent(new Event(type, { bubbles: true }))`)
}

func TestTheReadersPlaceBelowTheAnswerStays(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.drawPictures()
	for name, element := range map[string]string{
		"in the pictures": `document.querySelector("#picture-reach summary")`,
		"at a section":    `document.getElementById("pictures")`,
	} {
		stays := tab.sits(element, `document.querySelector(".below")`, `document.getElementById("ways")`, `document.getElementById("pictures")`, `document.querySelector(".way-list")`, `document.querySelector(".picture-grid")`)
		tab.enters(people, "x")
		tab.waitFor(`document.querySelector('.below[data-state="broken"]')`)
		stays(name + ", with a mistake")
		tab.enters(people, "40")
		tab.sees("Gửi được", "2.200 ₫")
		tab.waitFor(`document.querySelector('.below[data-state="fresh"]')`)
		stays(name + ", with another number")
	}
	// Of another type there is more or less to be said.
	tab.choose("message.type", "zalo.uid.transaction")
	tab.shows(".way-chosen", "Giao dịch")
	tab.waitFor(`document.querySelector('.below[data-state="fresh"]')`)
	if evaluate[bool](tab, `document.activeElement !== sat[0] || sat.some((e) => !e.isConnected)`) {
		t.Error("another type takes the focus or the section away")
	}
}

func TestTheReadersPlaceBesideTheAnswerStays(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, en, 1280)
	tab.choose("channel", "zns")
	for name, element := range map[string]string{
		"at when the answer changes": `document.querySelector("#changes summary")`,
		"at a reason":                `document.querySelector("#why .rule-link")`,
	} {
		tab.enters(people, "5,000")
		tab.sees("Can be sent", "₫1,650,000")
		tab.atRest()
		tab.on(`document.querySelector("#why details")`, `e.open = true`)
		stays := tab.sits(element, `document.querySelector(".stamp")`, `document.querySelector(".reasons")`, `document.getElementById("why")`, `document.querySelector(".breakdown")`, `document.getElementById("changes")`)
		tab.enters(people, "none")
		tab.waitFor(`document.querySelector(".fix") && document.querySelector('.below[data-state="broken"]')`)
		stays(name + ", with a mistake")
		tab.enters(people, "50,000") // which takes days
		tab.waitFor(`!document.querySelector(".fix") && document.querySelector('.below[data-state="fresh"]')`)
		stays(name + ", with more people")
	}
}

// The shortcut that mends the day stays while the mistake goes away.
func TestADayThatIsMendedLeavesTheFocus(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, en, 390)
	tab.setDate("")
	tab.waitFor(`document.querySelector("#on-error")`)
	tab.on(`document.querySelector(".day-chip")`, `window.chip = e; e.focus(); e.click()`)
	tab.waitFor(`!document.querySelector("#on-error") && document.activeElement === chip && chip.isConnected`)
}

// TestTheReadersPlaceStaysWhenTheProgramComes: what was to be read below the
// answer stays there until the program has worked it out, and then in the same
// section.
func TestTheReadersPlaceStaysWhenTheProgramComes(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	for _, width := range []int{390, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			release := site.holdProgram()
			defer release()
			tab := newTab(t, width, 844)
			tab.before(`
				window.seen = [];
				window.heights = [];
				new MutationObserver(() => {
					const below = document.querySelector(".below");
					if (!below || !document.querySelector("main")) return;
					if (seen.at(-1) !== below) seen.push(below);
				}).observe(document, { subtree: true, childList: true });
				(function look() {
					if (document.querySelector(".ways")) heights.push(document.querySelector(".ways").textContent.length);
					else if (heights.length > 0) heights.push(0);
					requestAnimationFrame(look);
				})();`)
			tab.goTo(site.url(vi))
			tab.on(`document.getElementById("pictures")`, `e.scrollIntoView({ block: "center", behavior: "instant" })`)
			const place = `document.getElementById("pictures").getBoundingClientRect().top`
			before := evaluate[float64](tab, place)
			release()
			tab.atRest()
			if n := evaluate[int](tab, `seen.length`); n != 2 {
				t.Errorf("the section has been %d elements, not one before the program and one with it", n)
			}
			if got := evaluate[float64](tab, place); got < before-1 || got > before+1 {
				t.Errorf("the reader's place has moved by %.0f px", got-before)
			}
			if evaluate[bool](tab, `heights.includes(0)`) {
				t.Error("for a moment there was nothing to read")
			}
		})
	}
}

func TestTheReadersPlaceInTheComparisonStays(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, en, 390)
	tab.saveAs("Hoa Mai")
	tab.answerField(people, "2,000")
	tab.sees("Can be sent", "₫110,000")
	for _, box := range []string{".compared > label input", ".saved-list [name=compare]"} {
		tab.on(`document.querySelector("`+box+`")`, `e.click()`)
		tab.waitFor(`document.querySelector("` + box + `")?.checked`)
	}
	const sum = `[...document.querySelectorAll(".compared-total td")].map((e) => e.textContent).join()`
	tab.waitFor(sum + ` === "₫110,000,₫55,000"`)
	stays := tab.sits(`document.querySelector(".compared .table-box")`)
	tab.enters(people, "none")
	tab.waitFor(sum + ` === "—,₫55,000"`)
	stays("with a mistake")
	tab.enters(people, "40")
	tab.waitFor(sum + ` === "₫2,200,₫55,000"`)
	stays("with another number")
}
