package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"postage/app/words"
	"postage/rules"
)

// The Rules page as people look something up in it.

// openRules opens the page, with a fragment or without.
func openRules(t *testing.T, path string, width int) *tab {
	t.Helper()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, width, 844)
	tab.open(site.url(path))
	return tab
}

// looksFor types into the search field, in the place of what stood there.
func (tb *tab) looksFor(words string) {
	tb.t.Helper()
	tb.fill("#words", words)
	tb.waitFor(`document.getElementById("words").value === ` + quoted(words))
}

// rates are the rows of prices that are to be seen.
const rates = `[...document.querySelectorAll(".rate")].filter((e) => e.checkVisibility())`

// found are the rules, notices and codes that are to be seen.
const found = `[...document.querySelectorAll(".rule, .rule-notices > li, .code")].filter((e) => e.checkVisibility())`

// finds are their beginnings.
func (tb *tab) finds() []string {
	tb.t.Helper()
	return evaluate[[]string](tb, found+`.map((e) => e.textContent.slice(0, 60))`)
}

// inView tells whether an element is to be seen without scrolling.
func inView(id string) string {
	return fmt.Sprintf(`(() => { const e = document.getElementById(%s); const { top } = e.getBoundingClientRect(); return e.checkVisibility() && top >= 0 && top < innerHeight; })()`, quoted(id))
}

func TestTheRulesPageIsSearched(t *testing.T) {
	t.Parallel()
	tab := openRules(t, "/rules/", 390)
	said := func() string { return evaluate[string](tab, `document.getElementById("found").textContent`) }
	if all := tab.finds(); len(all) > 0 || said() != "" {
		t.Errorf("before a search %d entries are open, and it says %q", len(all), said())
	}
	for _, c := range []struct{ written, plain string }{{"đồng ý", "DONG Y"}} {
		tab.looksFor(c.written)
		with, saidWith := tab.finds(), said()
		tab.looksFor(c.plain)
		if without := tab.finds(); len(with) == 0 || !slices.Equal(with, without) {
			t.Errorf("%q finds %q, %q finds %q", c.written, with, c.plain, without)
		}
		if s := said(); s != saidWith || !strings.Contains(s, "kết quả") {
			t.Errorf("%q says %q, %q says %q", c.written, saidWith, c.plain, s)
		}
		if !evaluate[bool](tab, found+`.every((e) => `+quoted(strings.ToLower(c.plain))+`.split(" ").every((word) => (e.textContent + e.closest(".fold").querySelector("h3").textContent + e.closest(".channel").querySelector("h2").textContent).toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").includes(word)))`) {
			t.Errorf("%q finds what does not say it: %q", c.written, tab.finds())
		}
	}
	if !evaluate[bool](tab, `["news", "cards", "timeline", "sources"].every((id) => !document.getElementById(id).checkVisibility())`) {
		t.Error("beside what was found the rest stands too")
	}
	if wide := evaluate[int](tab, `document.documentElement.scrollWidth`); wide > 390 {
		t.Errorf("what was found is %d px wide", wide)
	}

	// The name of a type means all of it, and it stays closed.
	tab.looksFor("tra loi rieng binh luan")
	tab.waitFor(`document.querySelector('[data-type="messenger.private-reply"]').checkVisibility() && !document.querySelector('[data-type="messenger.standard"]').checkVisibility()`)

	// What an owner calls it is found under the name that the platform gives it.
	for _, word := range []string{"khuyến mãi", "sinh nhật zns", "ưu đãi sinh nhật", "nhắc lịch hẹn", "khung giờ gửi zns", "zns hoàn tiền"} {
		tab.looksFor(word)
		tab.waitFor(found + `.some((e) => e.id.startsWith("zalo.zns") || e.querySelector('[id^="zalo.zns"]'))`)
	}

	// The prices of a country stand first for its whole name, in a market of many too; with
	// its accents, where it is short.
	const marketsFirst = `document.querySelector(".book").classList.contains("cards-first")`
	for word, market := range map[string]string{
		"Việt Nam": "Thái Bình Dương", "viet nam": "Thái Bình Dương", "Hà Lan": "Hà Lan", "anh": "Anh", "Mỹ": "Bắc Mỹ", "giá WhatsApp Nam Phi": "Nam Phi", "Hoa Kỳ": "Bắc Mỹ",
	} {
		tab.looksFor(word)
		tab.waitFor(marketsFirst + ` && ` + rates + `.length > 5 && ` + rates + `.every((e) => e.cells[0].textContent.includes(` + quoted(market) + `))`)
	}
	for _, word := range []string{"ảnh", "đồng ý", "nước khác"} {
		tab.looksFor(word)
		tab.waitFor(`!` + marketsFirst + ` && ` + found + `.length > 0`)
	}

	tab.looksFor("xyzzy")
	tab.shows("#found", "Không thấy gì khớp")
	tab.waitFor(`document.querySelector("#beyond a").checkVisibility() && document.querySelector("#beyond a").href.endsWith("/about/#missing")`)
	if list := tab.finds(); len(list) > 0 || evaluate[int](tab, `[...document.querySelectorAll(".channel")].filter((e) => e.checkVisibility()).length`) > 0 {
		t.Errorf("nothing matches, yet there is %q", list)
	}
	tab.keys("\x1b")
	tab.waitFor(`document.getElementById("words").value === "" && document.getElementById("found").textContent === "" && !document.getElementById("beyond").checkVisibility() && document.getElementById("cards").checkVisibility()`)
	if open := evaluate[int](tab, `document.querySelectorAll(".fold[open]").length`); open > 0 {
		t.Errorf("%d folds have stayed open after the search", open)
	}
	if focus := evaluate[string](tab, `document.activeElement.id`); focus != "words" {
		t.Errorf("the focus is on %q", focus)
	}
	if live := evaluate[string](tab, `document.getElementById("beyond").closest("[role=status]").getAttribute("aria-live")`); live != "polite" {
		t.Errorf("what was found is said %q", live)
	}
}

func TestASearchKeepsToTheChannel(t *testing.T) {
	t.Parallel()
	tab := openRules(t, "/en/rules/", 390)
	tab.looksFor("24 hours")
	everywhere := len(tab.finds())
	tab.choose("channel", "whatsapp")
	tab.waitFor(fmt.Sprintf(`%s.length > 0 && %[1]s.length < %d && %[1]s.every((e) => e.closest("[data-channel]").dataset.channel === "whatsapp")`, found, everywhere))
	tab.choose("channel", "all")
	tab.waitFor(fmt.Sprintf(`%s.length === %d`, found, everywhere))
	tab.looksFor("error code 138013")
	tab.shows("#found", "1 match.")
	// What is said of the platform need not be said of each rule; alone it finds nothing more.
	tab.looksFor("whatsapp 24 hours")
	tab.waitFor(fmt.Sprintf(`%s.length > 0 && %[1]s.every((e) => e.closest("[data-channel]").dataset.channel === "whatsapp")`, found))
}

// TestRussianWordsAreFoundInEveryCase: people type the first one.
func TestRussianWordsAreFoundInEveryCase(t *testing.T) {
	t.Parallel()
	tab := openRules(t, ru+"rules/", 1280)
	for _, word := range []string{"Россия", "РОССИИ", "россию"} {
		tab.looksFor(word)
		tab.waitFor(found + `.length > 5 && ` + found + `.every((e) => /росси/i.test(e.textContent))`)
		// Its prices are found too, and stand first where a country is named as it is.
		tab.waitFor(rates + `.length > 5 && ` + rates + `.every((e) => e.cells[0].textContent === "Россия")`)
		if first := evaluate[bool](tab, rates+`[0].getBoundingClientRect().top < `+found+`[0].getBoundingClientRect().top`); first != strings.EqualFold(word, "россия") {
			t.Errorf("%s: the prices stand first: %v", word, first)
		}
	}
	tab.looksFor("0,0802") // a price
	tab.waitFor(rates + `.some((e) => e.cells[0].textContent === "Россия") && ` + rates + `.every((e) => e.textContent.includes("0,0802"))`)
	tab.looksFor("131047") // of an error code no price is meant
	tab.waitFor(found + `.length > 0 && ` + rates + `.length === 0`)
}

func TestTheRulesPageIsSearchedByKeysAlone(t *testing.T) {
	t.Parallel()
	tab := openRules(t, "/rules/", 1280)
	tab.do(`document.getElementById("words").focus()`)
	tab.keys("131047")
	tab.waitFor(found + `.length > 0`)
	// Enter goes on to the first match, whose link leads to it.
	tab.keys("\r")
	tab.waitFor(`document.activeElement.getAttribute("href") === "#code-131047"`)
	tab.do(`document.getElementById("words").focus()`)
	tab.keys("\x1b")
	tab.waitFor(`document.getElementById("words").value === ""`)
	tab.do(`document.querySelector('[data-type="zalo.zns"] > summary').focus()`)
	tab.keys("\r")
	tab.waitFor(`document.querySelector('[data-type="zalo.zns"]').open`)
	tab.keys("\t")
	tab.waitFor(`document.activeElement.closest('[data-type="zalo.zns"] .fold-body') !== null`)
}

func TestAnErrorCodeLeadsToWhatItMeans(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for _, c := range []struct{ address, id string }{
		{"#code-10/2018278", "code-10/2018278"}, {"#code-118", "code--118"}, // the second as people write it
	} {
		tab.goTo("about:blank")
		tab.open(site.url("/rules/" + c.address))
		tab.waitFor(inView(c.id) + ` && location.hash === ` + quoted("#"+c.id))
		if c.address == "#"+c.id {
			tab.waitFor(`document.querySelector(":target")?.id === ` + quoted(c.id))
		}
	}
	for _, c := range []struct{ address, id string }{{"#code-131047", "code-131047"}, {"#code-2018278", "code-10/2018278"}, {"#code--118", "code--118"}} { // in the page that is open
		tab.do(`scrollTo(0, 0); location.hash = ` + quoted(c.address))
		tab.waitFor(inView(c.id) + ` && location.hash === ` + quoted("#"+c.id))
	}

	tab.looksFor("131047")
	// Above the rules that name it.
	tab.waitFor(found + `.length > 1 && ` + found + `.every((e) => e.getBoundingClientRect().top >= document.getElementById("code-131047").getBoundingClientRect().top)`)
	tab.shows("#code-131047", "Gửi bằng mẫu đã duyệt")
	// The rule behind it is hidden by the search, until a link leads there.
	tab.click(`[id="code-131047"] a[href="#whatsapp.window"]`)
	tab.waitFor(inView("whatsapp.window") + ` && document.getElementById("words").value === ""`)
	// The calculator is asked the question to which it is the answer, and names it.
	tab.on(`document.querySelector('[id="code-131047"] .to-calculator')`, `e.click()`)
	tab.waitFor(`location.pathname === "/" && document.documentElement.dataset.ready === "true"`)
	tab.shows(".check-fail", "131047")
	tab.waitFor(dayOfSending + ` === ` + quoted(testDate))
	tab.on(`document.querySelector('.check-fail a[href$="rules/#code-131047"]')`, `e.click()`)
	tab.waitFor(`location.pathname === "/rules/"`)
	tab.waitLive()
	tab.waitFor(inView("code-131047"))
}

// insideFolds are parts of the page that are folded away at first.
var insideFolds = []string{
	"zalo.uid.transaction", "zalo.uid.transaction.price", "zalo.uid.transaction.price@2023-06-21", "whatsapp.window",
	"card-usd-2026-10-01", "source-ZALO-ERRORS", "code-TAG_SHOULD_BE_MARKETING",
}

func TestALinkOpensTheFoldItLeadsInto(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for _, id := range []string{insideFolds[2], insideFolds[4], insideFolds[5]} { // a fold in a fold, a card, a source
		tab.goTo("about:blank")
		tab.open(site.url("/en/rules/#" + id))
		tab.waitFor(inView(id))
		if open := evaluate[int](tab, `document.querySelectorAll(".fold[open]").length`); open != 1 {
			t.Errorf("%s opens %d folds", id, open)
		}
	}
	for _, id := range insideFolds { // within the page, and once more after it was closed
		for range 2 {
			tab.do(`for (const fold of document.querySelectorAll(".fold")) fold.open = false; const a = document.createElement("a"); a.href = ` + quoted("#"+id) + `; document.querySelector(".intro").replaceChildren(a); a.click()`)
			tab.waitFor(inView(id))
		}
	}
}

func TestWithoutAScriptTheRulesPageHasEverything(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	ask(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	for _, id := range []string{"code-131047", insideFolds[2], insideFolds[4]} { // two in folds
		tab.goTo("about:blank")
		tab.goTo(site.url("/en/rules/#" + id))
		tab.waitFor(inView(id))
	}
	tab.waitFor(`!document.getElementById("filter").checkVisibility() && document.querySelector("#recent .day") !== null`)
	tab.shows("#counted", "21 Nov 2026")
}

func TestOnPaperTheRulesPageHasNoFolds(t *testing.T) {
	t.Parallel()
	tab := openRules(t, "/en/rules/", 1280)
	const shown = `[...document.querySelectorAll(".rule, .code, .source-list li, .parts .table-box td")]`
	tab.media("print", "light")
	tab.waitFor(shown + `.every((e) => e.checkVisibility())`)
	tab.media("screen", "light")
	tab.waitFor(shown + `.every((e) => !e.checkVisibility())`)
	// Browsers that know nothing of this are told by the script.
	tab.do(`dispatchEvent(new Event("beforeprint"))`)
	tab.waitFor(`document.querySelector("details:not([open])") === null`)
	tab.do(`dispatchEvent(new Event("afterprint"))`)
	tab.waitFor(`document.querySelectorAll(".fold[open]").length === 0`)
}

func TestTheContentsLeadEverywhere(t *testing.T) {
	t.Parallel()
	tab := openRules(t, "/rules/", 390)
	if evaluate[bool](tab, `document.querySelector(".toc > details").open`) {
		t.Error("on a phone the contents are open at first")
	}
	tab.click(".toc summary")
	if lost := evaluate[[]string](tab, `[...document.querySelectorAll(".toc a")].map((a) => decodeURIComponent(a.hash.slice(1))).filter((id) => !document.getElementById(id))`); len(lost) > 0 {
		t.Errorf("the contents lead nowhere: %q", lost)
	}
	// Each kind of place: a part, a channel, a type of message, and back to the top.
	types := rules.MessageTypes(rules.Channels()[1])
	for _, id := range []string{"sources", "channel-" + string(rules.Channels()[2]), string(types[len(types)-1]), "codes"} {
		tab.click(`.toc a[href="#` + id + `"]`)
		tab.waitFor(inView(id))
	}
	listed := evaluate[string](tab, `[...document.querySelectorAll(".toc a")].map((a) => decodeURIComponent(a.hash)).join(" ") + " "`)
	for _, c := range rules.Channels() {
		want := []string{"channel-" + string(c)}
		for _, t := range rules.MessageTypes(c) {
			want = append(want, string(t))
		}
		for _, id := range want {
			if !strings.Contains(listed, "#"+id+" ") {
				t.Errorf("the contents do not lead to %s: %s", id, listed)
			}
		}
	}
	tab.resize(1280, 844)
	tab.reload()
	tab.waitFor(`document.querySelector(".toc > details").open && document.querySelector(".toc").getBoundingClientRect().right < document.querySelector(".parts").getBoundingClientRect().left`)
	tab.click(".back a")
	tab.waitFor(`location.pathname === "/"`)
}

// daysAround are the days on which the book changes at most so many days before
// and after one, the latest first.
func daysAround(on rules.Date, days int) (recent, coming []string) {
	seen := map[string]bool{}
	for _, r := range rules.TheBook().Rules {
		for _, f := range r.Facts {
			if day := f.Since.String(); f.Since != 0 && !seen[day] {
				seen[day] = true
				switch {
				case f.Since > on && f.Since <= on.AddDays(days):
					coming = append(coming, day)
				case f.Since <= on && f.Since >= on.AddDays(-days):
					recent = append(recent, day)
				}
			}
		}
	}
	slices.Sort(coming)
	slices.Sort(recent)
	slices.Reverse(recent)
	return recent, coming
}

func TestTheNewsFollowTheDay(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	around := func(day string) {
		t.Helper()
		on, err := rules.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		recent, coming := daysAround(on, 90)
		for id, want := range map[string][]string{"recent": recent, "coming": coming} {
			tab.waitFor(fmt.Sprintf(`[...document.querySelectorAll("#%s > .day")].map((e) => e.dataset.on).join() === %s`, id, quoted(strings.Join(want, ","))))
			tab.waitFor(fmt.Sprintf(`document.querySelector("#%s + .nothing").checkVisibility() === %t`, id, len(want) == 0))
		}
	}
	choose := func(day string) {
		tab.onID("day", `e.value = `+quoted(day)+`; e.dispatchEvent(new Event("input", {bubbles: true}))`)
	}
	tab.open(site.url("/rules/"))
	around(testDate)
	tab.shows("#counted", "21/11/2026")
	for _, day := range []string{"2026-12-31", "2024-06-10", "2021-01-01", "2027-06-01", "2030-01-01"} {
		choose(day)
		around(day)
	}
	tab.shows("#counted", "ngày đã chọn")
	// A question is asked of the chosen day, unless it has one of its own.
	choose("2026-12-31")
	asks := func(code string) string {
		return evaluate[string](tab, `JSON.parse(atob(document.querySelector('[id="code-`+code+`"] .to-calculator').hash.slice(3).split("&")[0].replaceAll("-", "+").replaceAll("_", "/"))).on`)
	}
	if on, own := asks("131047"), asks("-145"); on != "2026-12-31" || own != "2025-12-15" {
		t.Errorf("131047 is asked of %s, -145 of %s", on, own)
	}
	// Of another channel nothing is new.
	tab.choose("channel", "messenger")
	tab.waitFor(`document.querySelector("#coming + .nothing").checkVisibility()`)

	// Who comes later than the build has a later day, until one is chosen.
	later := newTab(t, 390, 844)
	later.startsAt("2027-03-30T23:59:00+07:00")
	later.open(site.url("/rules/"))
	tab = later
	later.waitFor(`document.getElementById("day").value === "2027-03-30"`)
	around("2027-03-30")
	later.setClock("2027-03-31T00:01:00+07:00")
	later.comesBack("focus")
	later.waitFor(`document.getElementById("day").value === "2027-03-31"`)
	around("2027-03-31")
	choose("2026-01-01")
	later.setClock("2027-04-01T00:01:00+07:00")
	later.comesBack("focus")
	around("2026-01-01")
}

// TestTheRulesPageSaysItsDayInTheReadersLanguage as the other pages write one: the browser's
// own field is in the browser's language.
func TestTheRulesPageSaysItsDayInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for path, lang := range map[string]string{"/rules/": "vi", "/en/rules/": "en", "/ru/rules/": "ru"} {
		tab.open(site.url(path))
		for _, day := range []string{testDate, "2024-02-29", "2027-05-05", "2020-10-28", "2028-01-20"} {
			on, err := rules.ParseDate(day)
			if err != nil {
				t.Fatal(err)
			}
			if day != testDate { // which is there from the start
				tab.onID("day", `e.value = `+quoted(day)+`; e.dispatchEvent(new Event("input", {bubbles: true}))`)
			}
			tab.shows("#day-said", strings.ReplaceAll(words.Of(lang).Day(on), words.NoBreakSpace, " "))
		}
		for _, none := range []string{"", "20266-05-05"} { // browsers take years of six digits
			tab.onID("day", `e.value = "2026-01-01"; e.dispatchEvent(new Event("input", {bubbles: true}))`)
			tab.waitFor(`document.getElementById("day-said").textContent !== ""`)
			tab.onID("day", `e.value = `+quoted(none)+`; e.dispatchEvent(new Event("input", {bubbles: true}))`)
			tab.waitFor(`document.getElementById("day-said").textContent === ""`)
		}
	}
}

func TestTheRulesPageIsShortUntilSomethingIsOpened(t *testing.T) {
	t.Parallel()
	tab := openRules(t, "/rules/", 390)
	for _, width := range []int{320, 390, 1280} {
		tab.resize(width, 844)
		if wide := evaluate[int](tab, `document.documentElement.scrollWidth`); wide > width {
			t.Errorf("%d pixels wide on a screen of %d", wide, width)
		}
	}
	tab.resize(390, 844)
	if high := evaluate[int](tab, `document.documentElement.scrollHeight`); high > 8000 {
		t.Errorf("the page is %d px high", high)
	}
}
