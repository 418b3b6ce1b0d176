package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"postage/rules"
	"postage/web/internal/worked"
)

// The calculator as people use it, in the built site.

const (
	testDate = "2026-11-21"
	vi       = "/"
	en       = "/en/"
	ru       = "/ru/"
)

// openCalculator opens the page in a language on a size of screen.
func openCalculator(t *testing.T, path string, width int) *tab {
	t.Helper()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, width, 844)
	tab.open(site.url(path))
	return tab
}

// choose presses a radio button or ticks a box, as a click on its label does.
func (tb *tab) choose(name, value string) {
	tb.t.Helper()
	selector := fmt.Sprintf(`input[name="%s"][value="%s"]:not([inert] *)`, name, value)
	tb.on(fmt.Sprintf(`document.querySelector(%s)`, quoted(selector)), `e.click()`)
	// The program says in data-chosen which button is the right one, once it has
	// drawn what follows from it.
	tb.waitFor(fmt.Sprintf(`(() => { const e = document.querySelector(%s); return e?.checked && e.dataset.chosen !== "false"; })()`, quoted(selector)))
}

// answerField types into the field of a path of the contract and leaves it.
func (tb *tab) answerField(path, text string) {
	tb.t.Helper()
	tb.fill(fmt.Sprintf(`[id="%s"]`, path), text)
	if text == "" {
		tb.do(`document.execCommand("delete")`)
	}
	tb.do(`document.activeElement.blur()`)
}

// colorScheme shows the page light or dark.
func (tb *tab) colorScheme(scheme string) {
	tb.t.Helper()
	tb.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
}

// setDate picks a day, which a test cannot type alike in every locale.
func (tb *tab) setDate(day string) {
	tb.t.Helper()
	tb.onID("on", `e.value = `+quoted(day)+`; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true}))`)
}

// sees waits until the stamp shows a verdict and a total.
func (tb *tab) sees(verdict, total string) {
	tb.t.Helper()
	tb.waitFor(fmt.Sprintf(`(() => {
		const text = (s) => document.querySelector(s)?.textContent.replaceAll("\u00a0", " ") ?? "";
		return text(".stamp-total") === %s && document.querySelector('[data-is~="postmark"]')?.getAttribute("aria-label") === %s
			&& !document.querySelector(".answer[data-stale]");
	})()`, quoted(total), quoted(verdict)))
}

// shows waits until an element holds a text.
func (tb *tab) shows(selector, text string) {
	tb.t.Helper()
	tb.waitFor(fmt.Sprintf(`[...document.querySelectorAll(%s)].some((e) => e.textContent.replaceAll("\u00a0", " ").includes(%s))`, quoted(selector), quoted(text)))
}

func TestAConsultationIsPricedAsItIsTyped(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 1280)
	tab.sees("Gửi được", "55.000 ₫")
	tab.setDate("2023-07-01")
	tab.choose("audience[0].hoursSinceInteraction", "12")
	tab.answerField("audience[0].recipients", "1.000")
	tab.answerField("perRecipient", "10")
	tab.sees("Gửi được", "110.000 ₫")
	tab.shows(".breakdown", "8.000 tin")
	tab.shows(".breakdown", "2.000 × 55 ₫")
	tab.shows(".breakdown", "trong đó VAT 10.000 ₫")
	tab.choose("audience[0].hoursSinceInteraction", "720")
	tab.sees("Không gửi được", "0 ₫")
	tab.shows(".check-fail", "Đã quá 7 ngày")
	tab.choose("audience[0].hoursSinceInteraction", "unknown")
	tab.sees("Còn tuỳ", "550.000 ₫")
	tab.shows(".check-unknown", "Còn tuỳ họ có tương tác trong vòng 7 ngày hay không.")
}

func TestGroupsAddUp(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.setDate("2023-07-01")
	tab.choose("audience[0].hoursSinceInteraction", "12")
	tab.answerField("perRecipient", "10")
	for i, group := range []struct{ people, recency string }{{"500", "120"}, {"50", "720"}} {
		tab.onID("add-group", `e.click()`)
		tab.focusOn(fmt.Sprintf("audience[%d].recipients", i+1))
		tab.answerField(fmt.Sprintf("audience[%d].recipients", i+1), group.people)
		tab.choose(fmt.Sprintf("audience[%d].hoursSinceInteraction", i+1), group.recency)
	}
	tab.sees("Gửi được một phần", "385.000 ₫")
	tab.shows(".split-text", "Gửi được 15.000")
	tab.shows(".split-text", "Không gửi được 500")
	tab.onID("group-remove-2", `e.click()`)
	tab.sees("Gửi được", "385.000 ₫")
}

func TestAZNSTellsPriceTaxAndDays(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.choose("channel", "zns")
	tab.answerField("audience[0].recipients", "12k")
	tab.answerField("sender.dailyQuota", "5.000")
	tab.sees("Gửi được", "3.960.000 ₫")
	tab.shows(".breakdown", "12.000 × 300 ₫")
	tab.shows(".breakdown", "360.000 ₫")
	tab.shows(".answer", "3 ngày")
	tab.choose("audience[0].phone", "no")
	tab.sees("Không gửi được", "0 ₫")
}

func TestAMessengerTagHasEnded(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, en, 390)
	tab.choose("channel", "messenger")
	tab.sees("Can be sent", "₫0")
	tab.choose("message.type", "messenger.post-purchase-update")
	tab.sees("Cannot be sent", "₫0")
	tab.shows(".check-fail", "This tag ended on 27 Apr 2026")
	tab.setDate("2020-06-01")
	tab.sees("Can be sent", "₫0")
	tab.choose("message.promotional", "yes")
	tab.sees("Cannot be sent", "₫0")
	tab.shows(".check-fail", "This tag is not for promotion.")
}

func TestAWhatsAppMessageIsPricedByCountryMarkUpAndRate(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 1280)
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.answerField("audience[0].recipients", "50.000")
	tab.onID("audience[0].country", `e.value = "ID"; if (e.value !== "ID") return false; e.dispatchEvent(new Event("change", {bubbles: true}))`)
	tab.sees("Gửi được", "2.055,00 US$")
	tab.do(`for (const d of document.querySelectorAll("details")) d.open = true`)
	tab.answerField("pricing.markupPercent", "10")
	tab.sees("Gửi được", "2.260,50 US$")
	tab.picks("pricing.convert.currency", "VND")
	tab.sees("Gửi được", "2.260,50 US$") // until there is a rate
	tab.answerField("pricing.convert.rates.USD", "26.000")
	tab.sees("Gửi được", "58.773.000 ₫")
	tab.shows(".breakdown", "50.000 × 0,0411 US$")
}

func TestBadInputSaysWhereAndWhatAndLosesNothing(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	const people = "audience[0].recipients"
	tab.answerField(people, "abc")
	tab.shows(".field .mistake", "Hãy nhập một số nguyên, ví dụ 1.200.")
	tab.shows(".fix", "Số người nhận: Hãy nhập một số nguyên")
	tab.waitFor(`document.querySelector(".answer[data-stale] .stamp-total") !== null`)
	field := fmt.Sprintf(`document.getElementById(%s)`, quoted(people))
	if got := evaluate[string](tab, field+`.value`); got != "abc" {
		t.Errorf("the field holds %q", got)
	}
	tab.waitFor(field + `.getAttribute("aria-invalid") === "true" && document.getElementById(` + field + `.getAttribute("aria-describedby")) !== null`)
	tab.on(`document.querySelector(".fix button")`, `e.click()`)
	tab.waitFor(`document.activeElement === ` + field)
	tab.reload()
	tab.shows(".fix", "Số người nhận")
	if got := evaluate[string](tab, field+`.value`); got != "abc" {
		t.Errorf("after a reload the field holds %q", got)
	}
	tab.answerField(people, "2.000.000.000")
	tab.shows(".field .mistake", "Hãy nhập số từ 1 đến 1.000.000.000.")
	tab.answerField(people, "")
	tab.shows(".field .mistake", "Bạn chưa điền mục này.")
	tab.answerField(people, "20")
	tab.sees("Gửi được", "1.100 ₫")
	tab.waitFor(`document.querySelector(".mistake, .fix") === null`)
}

func TestALinkOpensItsScenario(t *testing.T) {
	t.Parallel()
	scenario := `{"on":"2024-02-01","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":1000,"uid":true,"follows":true}],"perRecipient":7,"sender":{"tool":"oa-manager-web","oaPackage":"premium"}}`
	fragment := "#s=" + base64.RawURLEncoding.EncodeToString([]byte(scenario))
	tab := openCalculator(t, en+"?from=mail"+fragment, 390)
	tab.sees("Can be sent in part", "₫0")
	tab.shows(".split-text", "6,000 can be sent")
	// Pasted into a page that is open already.
	tab.do(`location.hash = "s=` + base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(scenario, "1000", "10", 1))) + `"`)
	tab.shows(".split-text", "60 can be sent")
	// Opened once more it is as it was, whatever has been made of it since.
	pasted := evaluate[string](tab, `location.href`)
	tab.answerField(people, "20")
	tab.shows(".split-text", "120 can be sent")
	tab.goTo("about:blank")
	tab.open(pasted)
	tab.shows(".split-text", "60 can be sent")
	tab.reload()
	tab.shows(".split-text", "60 can be sent")
	// What cannot be read changes nothing. FuzzLink and FuzzArrival know more of it.
	tab.do(`location.hash = "s=` + base64.RawURLEncoding.EncodeToString([]byte(`{"on":"<script>"}`)) + `"`)
	tab.shows(".state", "This link cannot be read.")
	tab.shows(".split-text", "60 can be sent")
	tab.goTo("about:blank") // nor does a page that begins with it
	tab.open(startSite(t, builtSite(t, "/", testDate), "/").url(en + "#s=%%%"))
	tab.sees("Can be sent", "₫55,000")
}

func TestRadioButtonsKeepTheirMarks(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	const unmarked = `(() => {
		const groups = new Map();
		for (const r of document.querySelectorAll('#app input[type="radio"]')) groups.set(r.name, (groups.get(r.name) ?? false) || r.checked);
		return [...groups].filter(([, marked]) => !marked).map(([name]) => name).join(" ");
	})()`
	for range 3 {
		for _, kind := range [][2]string{{"zalo", "zalo.uid.broadcast"}, {"zns", "zalo.zns"}, {"messenger", "messenger.standard"}, {"whatsapp", "whatsapp.marketing"}, {"zalo", "zalo.uid.consultation"}} {
			tab.choose("channel", kind[0])
			tab.choose("message.type", kind[1])
			tab.waitFor(unmarked + ` === ""`)
		}
	}
}

func TestFocusFollowsTheGroups(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	for i := range 2 {
		tab.onID("add-group", `e.focus(); e.click()`)
		tab.focusOn(fmt.Sprintf("audience[%d].recipients", i+1))
	}
	tab.choose("audience[1].hoursSinceInteraction", "720")
	tab.onID("group-remove-0", `e.click()`)
	tab.waitFor(`document.activeElement.id === "group-remove-0"`)
	tab.waitFor(`document.querySelector('input[name="audience[0].hoursSinceInteraction"][value="720"]').checked && document.querySelector('input[name="audience[1].hoursSinceInteraction"][value="120"]').checked`)
}

func TestWhatWasAnsweredEarlyIsCalculated(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	release := site.holdProgram()
	tab := newTab(t, 390, 844)
	tab.goTo(site.url(vi))
	tab.waitFor(`document.querySelector(".stamp-total") !== null && "postageEarly" in window`)
	tab.fill(`[id="audience[0].recipients"]`, "4321")
	tab.do(`document.querySelector('input[name="audience[0].hoursSinceInteraction"][value="36"]').click();
		document.getElementById("perRecipient").focus()`)
	tab.fill(`#perRecipient`, "2")
	release()
	tab.waitLive()
	tab.sees("Gửi được", "0 ₫")
	tab.shows(".split-text", "Gửi được 8.642")
	tab.waitFor(`document.activeElement.id === "perRecipient"`)
}

// eachScreen shows a tab every channel's types, with several states of each.
func eachScreen(tab *tab, look func(name string)) {
	types := evaluate[[]string](tab, `[...document.querySelectorAll('input[name="channel"]')].map((e) => e.value)`)
	for _, channel := range types {
		tab.choose("channel", channel)
		kinds := evaluate[[]string](tab, `[...document.querySelectorAll('input[name="message.type"]')].map((e) => e.value)`)
		for _, kind := range kinds {
			tab.choose("message.type", kind)
			look(kind)
		}
	}
	tab.do(`for (const d of document.querySelectorAll("details")) d.open = true`)
	look("with all details open")
	tab.answerField("audience[0].recipients", "999.999.999")
	look("with a long total")
	tab.answerField("audience[0].recipients", "x")
	tab.waitFor(`document.querySelector(".fix") !== null`)
	look("with a mistake")
	tab.onID("add-group", `e.click()`)
	tab.focusOn("audience[1].recipients")
	look("with two groups")
}

func TestNothingScrollsSideways(t *testing.T) {
	t.Parallel()
	for _, path := range []string{vi, en, ru} {
		t.Run(strings.Trim("vi"+path, "/"), func(t *testing.T) {
			t.Parallel()
			tab := openCalculator(t, path, 390)
			eachScreen(tab, func(name string) {
				for _, width := range []int{320, 390, 1280} {
					tab.resize(width, 844)
					if got := evaluate[int](tab, `document.documentElement.scrollWidth`); got > width {
						wide := evaluate[string](tab, fmt.Sprintf(`[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > %d).map((e) => e.tagName + "." + e.getAttribute("class")).slice(0, 5).join(" ")`, width))
						t.Errorf("%s is %d px wide on a screen of %d: %s", name, got, width, wide)
					}
				}
			})
		})
	}
}

// axeFindings lists what axe, which has been loaded, finds wrong by some of its
// rules, or by all of them.
func axeFindings(tab *tab, rules ...string) string {
	tab.t.Helper()
	return axeFindingsIn(tab, `document`, rules...)
}

// axeFindingsIn has it look at a part of the page alone, an element or what a selector finds.
func axeFindingsIn(tab *tab, part string, rules ...string) string {
	options := `{resultTypes: ["violations"]}`
	if len(rules) > 0 {
		options = fmt.Sprintf(`{resultTypes: ["violations"], runOnly: ["%s"]}`, strings.Join(rules, `", "`))
	}
	// It looks at every element several times, which takes a busy machine minutes.
	ctx, cancel := context.WithTimeout(tab.ctx, 5*patience)
	defer cancel()
	found, err := valueIn[string](ctx, tab, `axe.run(`+part+`, `+options+`).then((r) => r.violations.map((v) =>
		v.id + ": " + v.nodes.map((n) => n.target.join(" ") + " " + n.any.map((c) => c.message).join("; ")).join(" | ")).join("\n"))`)
	if err != nil {
		tab.t.Fatalf("axe: %v", err)
	}
	return found
}

// loadAxe has axe in the page that is open.
func (tb *tab) loadAxe() {
	tb.t.Helper()
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		tb.t.Fatal(err)
	}
	tb.do(string(axe) + ";")
}

// staysWithin fails the test where the page scrolls sideways on a screen of one of the widths. It
// keeps the last of them.
func (tb *tab) staysWithin(state string, widths ...int) {
	tb.t.Helper()
	for _, width := range widths {
		tb.resize(width, 844)
		tb.waitFor(fmt.Sprintf(`innerWidth === %d`, width))
		if got := evaluate[int](tb, `document.documentElement.scrollWidth`); got > width {
			tb.t.Errorf("%s is %d px wide on a screen of %d", state, got, width)
		}
	}
}

// fitsAndHasNoFaults fails the test too where axe, which has been loaded, finds anything on
// the last of the widths.
func (tb *tab) fitsAndHasNoFaults(state string, widths ...int) {
	tb.t.Helper()
	tb.staysWithin(state, widths...)
	if found := axeFindings(tb); found != "" {
		tb.t.Errorf("%s:\n%s", state, found)
	}
}

// hasColoursByNight lets axe look at what is another thing by night, the contrast, on a
// screen of a width. It goes back to the day.
func (tb *tab) hasColoursByNight(state string, width int) {
	tb.t.Helper()
	tb.resize(width, 844)
	tb.colorScheme("dark")
	tb.waitFor(`matchMedia("(prefers-color-scheme: dark)").matches && document.getAnimations().length === 0`)
	if found := axeFindings(tb, "color-contrast"); found != "" {
		tb.t.Errorf("%s, by night:\n%s", state, found)
	}
	tb.colorScheme("light")
}

func TestAxeFindsNothing(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	// The markup is the same in every language and by night; the colours are, but for
	// a channel's own, on each of its screens.
	for path, scheme := range map[string]string{vi: "light", en: "dark"} {
		t.Run(strings.Trim("vi"+path, "/")+" "+scheme, func(t *testing.T) {
			t.Parallel()
			tab := openCalculator(t, path, 390)
			tab.colorScheme(scheme)
			tab.do(string(axe) + ";")
			seen := map[string]bool{}
			eachScreen(tab, func(name string) {
				var only []string
				if scheme == "dark" {
					channel, _, isType := strings.Cut(name, ".")
					if isType && seen[channel] {
						return
					}
					seen[channel], only = true, []string{"color-contrast"}
				}
				if found := axeFindings(tab, only...); found != "" {
					t.Errorf("%s:\n%s", name, found)
				}
			})
		})
	}
}

// workedScenarios are the scenarios of the worked examples.
func workedScenarios(t *testing.T) []json.RawMessage {
	t.Helper()
	tree, err := theTree()
	if err != nil {
		t.Fatal(err)
	}
	scenarios, err := worked.Scenarios(tree)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios
}

// onTurningDays asks the same for the days on which a rule of its type begins,
// and for the days before and after.
func onTurningDays(t *testing.T, scenario json.RawMessage) []json.RawMessage {
	t.Helper()
	all, err := worked.OnTurningDays(scenario)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestRulesAnswerAlikeInTheBrowser asks every worked example, and each again on a quarter of
// the days on which a rule of its type begins: all of them has TestTheExampleForNodeAnswersAsGoDoes.
func TestRulesAnswerAlikeInTheBrowser(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tree, err := theTree()
	if err != nil {
		t.Fatal(err)
	}
	files, err := worked.Files(tree)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		examples, err := worked.ScenariosOf(file)
		if err != nil {
			t.Fatal(err)
		}
		var scenarios []json.RawMessage
		for i, example := range examples {
			scenarios = append(scenarios, example)
			for j, again := range onTurningDays(t, example) {
				if (i+j)%4 == 0 {
					scenarios = append(scenarios, again)
				}
			}
		}
		scenarios = append(scenarios, json.RawMessage(`{"on":"2026-11-21","message":{"type":"whatsapp.service"},"audience":[{"recipients":5}]}`), json.RawMessage(`{}`))
		list, err := json.Marshal(scenarios)
		if err != nil {
			t.Fatal(err)
		}
		if len(scenarios) < 80 {
			t.Errorf("%s: only %d scenarios", file, len(scenarios))
		}
		got := evaluate[[]string](tab, fmt.Sprintf(`%s.map((s) => postage.answer(JSON.stringify(s)))`, list))
		for i, s := range scenarios {
			want, _ := rules.Answer(s)
			if got[i]+"\n" != string(want) {
				t.Errorf("%s:%d: the browser says %s, not %s", file, i+1, got[i], want)
			}
		}
	}
	if got := evaluate[string](tab, `postage.answer(5)`); !strings.Contains(got, `"wrong-type"`) {
		t.Errorf("a number is answered with %s", got)
	}
	if got := evaluate[string](tab, `postage.answer("{")`); !strings.Contains(got, `"syntax"`) {
		t.Errorf("half a scenario is answered with %s", got)
	}
}

func TestTheRulesPageFiltersByChannelAndDay(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.click(`.to-rules`)
	tab.waitFor(`location.pathname === "/rules/" && document.documentElement.dataset.ready === "true"`)
	const price = `document.getElementById("zalo.uid.transaction.price@2023-06-21").classList.contains("in-force")`
	tab.waitFor(price)
	tab.do(`const d = document.getElementById("day"); d.value = "2023-05-01"; d.dispatchEvent(new Event("input", {bubbles: true}))`)
	tab.waitFor(`!` + price + ` && document.getElementById("zalo.uid.transaction.price@2023-04-18").classList.contains("in-force")`)
	tab.choose("channel", "whatsapp")
	tab.waitFor(`document.querySelector('.channel[data-channel="zalo"]').hidden && !document.querySelector('.channel[data-channel="whatsapp"]').hidden`)
	if got := evaluate[int](tab, `document.documentElement.scrollWidth`); got > 390 {
		t.Errorf("the page is %d px wide", got)
	}
	tab.click(`.languages a[lang="en"]`)
	tab.waitFor(`location.pathname === "/en/rules/" && document.documentElement.dataset.ready === "true" && document.querySelector("h1").textContent === "Rules and prices, by date"`)
	tab.click(`.languages a[lang="ru"]`)
	tab.waitFor(`location.pathname === "/ru/rules/" && document.querySelector("h1").textContent === "Правила и цены по датам"`)
}

func TestTheRulesPageLeadsToTheChangesOfOnesOwnScenario(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.answerField("audience[0].recipients", "2.000")
	tab.sees("Gửi được", "168,40 US$")
	tab.click(`.to-rules`)
	tab.waitFor(`location.pathname === "/rules/" && document.documentElement.dataset.ready === "true"`)
	tab.on(`document.querySelector(".own-changes")`, `e.click()`)
	tab.waitFor(`location.pathname === "/" && document.documentElement.dataset.ready === "true"`)
	tab.sees("Gửi được", "168,40 US$")
	tab.shows(".change-list", "146,40 US$ → 168,40 US$ (+22,00 US$)")
	tab.waitFor(`document.activeElement.id === "changes"`)
}

func TestAFactHasAnAddress(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, en, 1280)
	tab.on(`document.querySelector(".check .rule-link")`, `e.click()`)
	tab.waitFor(`location.pathname === "/en/rules/" && location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null`)
}

func TestADrawingTakesAwayNothingThatIsBeingTyped(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	// A program that is at something else reads the field later, when all is in it.
	tab.atRest()
	// A slow phone: while the answer to the first keys is drawn, the next ones
	// stand in the field already, and their event is still on its way.
	people := `document.getElementById("audience[0].recipients")`
	tab.do(`const f = ` + people + `; f.focus(); f.value = "20"; f.dispatchEvent(new Event("input", { bubbles: true })); f.value = "2000";`)
	tab.sees("Gửi được", "1.100 ₫")
	if got := evaluate[string](tab, people+`.value`); got != "2000" {
		t.Errorf("the field holds %q", got)
	}
	tab.do(people + `.dispatchEvent(new Event("input", { bubbles: true }))`)
	tab.sees("Gửi được", "110.000 ₫")
	tab.do(people + `.dispatchEvent(new Event("change", { bubbles: true }))`)
	tab.waitFor(people + `.value === "2.000"`)
	// What was drawn before, typed in another way, is shown as it was read too.
	tab.answerField("audience[0].recipients", "2 000")
	tab.waitFor(people + `.value === "2.000"`)
}

// Which of the two lists of prices holds is changed at the price; the quota that stood
// in the form stays when the day is another one; and the notices that are folded away
// open where they are.
func TestTheListOfPricesIsChangedAtThePrice(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.choose("channel", "zns")
	tab.sees("Gửi được", "330.000 ₫")
	tab.onID("breakdown", `e.open = true`)
	tab.click(`.breakdown .notice .link`)
	tab.sees("Gửi được", "220.000 ₫")
	tab.shows(`.breakdown .notice .link`, "Đang tính theo bảng công khai")
	tab.click(`.breakdown .notice .link`)
	tab.sees("Gửi được", "330.000 ₫")
	tab.answerField("message.template.price", "800")
	tab.sees("Gửi được", "880.000 ₫")
	tab.shows(".stamp-note", "theo giá của bạn")
	tab.shows(".breakdown .sources", "Giá của bạn")
	tab.setDate("2024-05-01")
	tab.shows(`[data-is~="postmark"]`, "01·05·2024")
	if quota := evaluate[string](tab, `document.getElementById("sender.dailyQuota").value`); quota != "20.000" {
		t.Errorf("with the day the quota has become %s", quota)
	}
}

// TestTheAnswerIsOneTapAwayOnAPhone from the bar, and what was answered last one tap back.
func TestTheAnswerIsOneTapAwayOnAPhone(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.atRest()
	if high := evaluate[int](tab, `document.documentElement.scrollHeight`); high > 4000 {
		t.Errorf("the page is %d px high", high)
	}
	const shown = `[...document.querySelectorAll(".bar .link")].filter((e) => e.checkVisibility()).map((e) => e.textContent).join()`
	tab.answerField("perRecipient", "2")
	tab.sees("Gửi được", "110.000 ₫")
	tab.waitFor(shown + ` === "Vì sao"`)
	tab.click(".bar-answer")
	tab.focusOn("answer")
	tab.waitFor(`document.querySelector(".stamp").getBoundingClientRect().top < innerHeight / 2`)
	tab.waitFor(shown + ` === "Sửa"`)
	tab.click(".bar-edit")
	tab.focusOn("perRecipient")
	tab.waitFor(shown + ` === "Vì sao"`)
}

// TestASharedLinkSaysThatItIsAQuote, what its sender calls it, of which day and with whose
// prices, until something is changed.
func TestASharedLinkSaysThatItIsAQuote(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(vi + scenarioLink(`{"on":"2026-11-20","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":7,"hoursSinceInteraction":100,"uid":true}],"pricing":{"markupPercent":"10"}}`) + "&n=VOG6v3QgPGI-SG9hIE1haTwvYj4"))
	tab.shows(".state", "“Tết <b>Hoa Mai</b>” – báo giá được chia sẻ: Tư vấn, 7 người, gửi ngày 20/11/2026. Đã gồm giá của người lập báo giá.")
	tab.answerField("perRecipient", "2")
	tab.waitFor(`document.querySelector(".state") === null`)
	// Coming back to one's own is no quote of somebody else.
	tab.reload()
	tab.atRest()
	if evaluate[bool](tab, `document.querySelector(".state") !== null`) {
		t.Error("one's own calculation is called a quote")
	}
}

// TestADrawingLeavesWhatIsTypedMeanwhile types into a field what the program has not heard
// of yet when it draws what it made of the answer before, and may leave the field again
// before that.
func TestADrawingLeavesWhatIsTypedMeanwhile(t *testing.T) {
	t.Parallel()
	const typeAhead = `e.focus(); e.value = "70"; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); e.value += "5"`
	const hear = `e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true}))`
	for name, then := range map[string]string{"in the calculator": "", "in the calculator, which is left": "; e.blur()"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := openCalculator(t, vi, 390)
			const field = "audience[0].recipients"
			tab.onID(field, typeAhead+then)
			tab.sees("Gửi được", "3.850 ₫")
			tab.atRest()
			if got := tab.valueOf(field); got != "705" {
				t.Errorf("in the field stands %q", got)
			}
			tab.onID(field, hear)
			tab.sees("Gửi được", "38.775 ₫")
		})
	}
	t.Run("in the plan", func(t *testing.T) {
		t.Parallel()
		tab, _ := examplePlan(t, planPath, 390)
		tab.openRow(1)
		const field = "item-1-audience[0].recipients"
		said := evaluate[string](tab, `document.querySelector(".plan-row").innerText`)
		tab.onID(field, typeAhead)
		tab.waitFor(`document.querySelector(".plan-row").innerText !== ` + quoted(said))
		if got := tab.valueOf(field); got != "705" {
			t.Errorf("in the field stands %q", got)
		}
		tab.onID(field, hear)
		tab.waitFor(`document.querySelector(".plan-row").innerText.includes("705")`)
	})
}

// TestTheBarHasRoomForWords: where there is no price the words for it are longer than an
// amount, and what stands beside them stays beside them.
func TestTheBarHasRoomForWords(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(vi) + "#s=" + base64.RawURLEncoding.EncodeToString([]byte(`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":1,"template":{"kind":"journey","approved":true}},"audience":[{"recipients":100,"phone":true}]}`)))
	tab.waitFor(`document.querySelector(".bar-total").textContent.length > 12`)
	for _, width := range []int{390, 360, 320} {
		tab.resize(width, 844)
		if over := evaluate[string](tab, `(() => {
			const boxes = [...document.querySelectorAll(".bar-total, .bar .pill, .bar > .link, .bar > .steps")].filter((e) => e.checkVisibility()).map((e) => [e.textContent, e.getBoundingClientRect()]);
			const over = [];
			for (const [one, a] of boxes) for (const [other, b] of boxes) if (a !== b && a.left < b.left && a.right > b.left + 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) over.push(one + " / " + other);
			return over.join();
		})()`); over != "" {
			t.Errorf("on %d px these overlap: %s", width, over)
		}
	}
	// A long sum has its stamp below it, and the way back beside both.
	tab.open(site.url(ru) + "#s=" + base64.RawURLEncoding.EncodeToString([]byte(`{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":12900,"country":"RU","optedIn":true}],"pricing":{"convert":{"currency":"VND","rates":{"USD":"26300"}}}}`)))
	tab.waitFor(`document.querySelector(".bar-total").textContent.length > 11`)
	for _, width := range []int{390, 320} {
		tab.resize(width, 844)
		tab.do(`document.getElementById("answer").scrollIntoView()`)
		tab.waitFor(`document.querySelector(".bar-edit").checkVisibility()`)
		if at := evaluate[string](tab, `(() => {
			const [bar, total, pill, edit] = [".bar", ".bar-total", ".bar .pill", ".bar-edit"].map((s) => document.querySelector(s).getBoundingClientRect());
			return Math.max(total.right, pill.right) < edit.left && bar.height < 90 ? "" : JSON.stringify([bar, total, pill, edit]);
		})()`); at != "" {
			t.Errorf("on %d px the way back is not beside the sum: %s", width, at)
		}
	}
}

// TestANoticeLeadsToItsChoice, also where that is folded away.
func TestANoticeLeadsToItsChoice(t *testing.T) {
	t.Parallel()
	scenario := `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":500,"uid":true,"hoursSinceInteraction":200}],"sender":{"tool":"oa-manager-web"}}`
	tab := openCalculator(t, vi+"#s="+base64.RawURLEncoding.EncodeToString([]byte(scenario)), 390)
	tab.waitFor(`document.querySelector(".verdict-ineligible")`)
	tab.do(`for (const d of document.querySelectorAll("details:not(:has([id^='assume.zalo.consultation.manager-window']))")) d.open = true`)
	tab.waitFor(`!document.querySelector("[id^='assume.zalo.consultation.manager-window']").checkVisibility()`)
	tab.press("Chọn cách hiểu ở phần 3")
	tab.waitFor(`document.activeElement.closest("details")?.open && document.activeElement.id.startsWith("assume.zalo.consultation.manager-window")`)
}
