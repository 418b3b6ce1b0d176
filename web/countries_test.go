package main

import (
	"strings"
	"testing"
)

// TestACountryIsFoundByWhatIsTyped without accents, by its name or its code, and those
// chosen last are offered from then on.
func TestACountryIsFoundByWhatIsTyped(t *testing.T) {
	t.Parallel()
	const find, offers, country = `[data-find] input`, `[...document.querySelector("[data-find]")?.querySelectorAll("button") ?? []].map((b) => b.textContent).join()`, "audience[0].country"
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 320, 844)
	tab.open(site.url(vi))
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	types := func(text, found string) {
		t.Helper()
		tab.on(`document.querySelector("`+find+`")`, `e.focus(); e.select()`)
		tab.keys(text)
		tab.waitFor(offers + ` === ` + quoted(found))
	}
	types("duc", "Đức (DE)")
	if wide := evaluate[int](tab, `document.documentElement.scrollWidth`); wide > 320 {
		t.Errorf("the page is %d px wide", wide)
	}
	tab.click("[data-find] button")
	tab.sees("Gửi được", "136,50 US$")
	types("indonesia", "Indonesia (ID)")
	tab.keys("\r")
	tab.sees("Gửi được", "41,10 US$")
	tab.waitFor(offers + ` === "Đức (DE)"`) // the one that was chosen before
	types("DE", "Đức (DE),Đan Mạch (DK)")   // the code comes before names that begin alike, here in English
	tab.keys("\r")
	tab.sees("Gửi được", "136,50 US$")
	tab.on(`document.querySelector("`+find+`")`, `e.focus(); e.select()`)
	tab.keys("Mỹ")
	tab.waitFor(offers + `.startsWith("Hoa Kỳ (US),Malaysia (MY),")`) // and not the other way round
	tab.on(`document.querySelector("`+find+`")`, `e.focus(); e.select()`)
	tab.keys("korea")
	tab.waitFor(`["(KP)", "(KR)"].every((code) => ` + offers + `.includes(code))`)
	// Of several none is chosen by itself. (A pressed key comes in two parts here, of which
	// the second would press the button that has the focus by then.)
	tab.on(`document.querySelector("`+find+`")`, `e.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", cancelable: true}))`)
	tab.waitFor(`document.activeElement.matches("[data-find] button")`)
	tab.sees("Gửi được", "136,50 US$")
	types("qqq", "")
	tab.shows("[data-find]", "Không có nước nào tên như vậy.")

	// In another language the device offers the same.
	tab.open(site.url("/ru/"))
	tab.waitFor(`document.getElementById("` + country + `")?.value === "DE"`)
	tab.waitFor(offers + ` === "Индонезия (ID)"`)
	for typed, found := range map[string]string{"германия": "Германия (DE)", "germany": "Германия (DE)", "йем": "Йемен (YE)", "республика южн": "", "корея": "Республика Корея (KR)", "сша": "Соединенные Штаты (US)", "USA": "Соединенные Штаты (US)", "uk": "Великобритания (GB),Украина (UA)"} {
		tab.on(`document.querySelector("`+find+`")`, `e.value = `+quoted(typed)+`; e.dispatchEvent(new Event("input", {bubbles: true}))`)
		if got := evaluate[string](tab, offers); !strings.HasPrefix(got, found) || (found == "") != (got == "") {
			t.Errorf("%q finds %q", typed, got)
		}
	}
}

func TestACountryIsFoundWhereNothingCanBeKept(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.before(`Object.defineProperty(window, "localStorage", {configurable: true, get() { throw new DOMException("no", "SecurityError"); }})`)
	tab.open(site.url(vi))
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.on(`document.querySelector("[data-find] input")`, `e.focus(); e.select()`)
	tab.keys("duc")
	tab.shows("[data-find]", "Đức (DE)")
	tab.click("[data-find] button")
	tab.sees("Gửi được", "136,50 US$")
}
