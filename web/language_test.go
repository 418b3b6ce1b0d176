package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/page"
	"postage/app/words"
	"postage/rules"
)

// The languages of the calculator, as a visitor goes from one to the other.

// speaks waits until the page is in a language, at its own address.
func (tb *tab) speaks(lang, path string) {
	tb.t.Helper()
	tb.waitFor(fmt.Sprintf(`document.documentElement.lang === %[1]s && location.pathname === %[2]s
		&& document.querySelector(".languages [aria-current]").lang === %[1]s`, quoted(lang), quoted(path)))
}

// holds waits until fields have their values, no-break spaces written as
// spaces.
func (tb *tab) holds(values map[string]string) {
	tb.t.Helper()
	for path, value := range values {
		tb.waitFor(fmt.Sprintf(`document.getElementById(%s)?.value.replaceAll("\u00a0", " ") === %s`, quoted(path), quoted(value)))
	}
}

// opensEverything opens all details, whose fields cannot be typed into before.
func (tb *tab) opensEverything() {
	tb.t.Helper()
	tb.do(`for (const d of document.querySelectorAll("details")) d.open = true`)
}

func TestAnotherLanguageKeepsWhatWasEntered(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.onID("add-group", `e.click()`)
	tab.focusOn("audience[1].recipients")
	tab.opensEverything()
	tab.enters("audience[0].name", "Khách cũ & mới")
	tab.enters("audience[0].recipients", "12.500")
	tab.enters("audience[1].recipients", "1.200")
	tab.enters("audience[1].hoursSinceInteraction-exact", "1,5")
	tab.enters("perRecipient", "2")
	tab.enters("pricing.markupPercent", "12,5")
	tab.enters("pricing.markupPerMessage", "0,0125")
	tab.picks("pricing.convert.currency", "VND")
	tab.enters("pricing.convert.rates.USD", "26.000,5")
	steps := []struct {
		lang, path, verdict, total string
		fields                     map[string]string
	}{
		{"vi", vi, "Gửi được", "76.388.559 ₫", map[string]string{
			"audience[0].recipients": "12.500", "audience[1].hoursSinceInteraction-exact": "1,5",
			"pricing.markupPercent": "12,5", "pricing.markupPerMessage": "0,0125", "pricing.convert.rates.USD": "26.000,5",
		}},
		{"en", en, "Can be sent", "₫76,388,559", map[string]string{
			"audience[0].recipients": "12,500", "audience[1].hoursSinceInteraction-exact": "1.5",
			"pricing.markupPercent": "12.5", "pricing.markupPerMessage": "0.0125", "pricing.convert.rates.USD": "26,000.5",
		}},
		{"ru", ru, "Можно отправить", "76 388 559 ₫", map[string]string{
			"audience[0].recipients": "12 500", "audience[1].hoursSinceInteraction-exact": "1,5",
			"pricing.markupPercent": "12,5", "pricing.markupPerMessage": "0,0125", "pricing.convert.rates.USD": "26 000,5",
		}},
	}
	check := func(i int) {
		t.Helper()
		tab.speaks(steps[i].lang, steps[i].path)
		tab.sees(steps[i].verdict, steps[i].total)
		tab.holds(steps[i].fields)
		tab.holds(map[string]string{"audience[0].name": "Khách cũ & mới", "perRecipient": "2"})
	}
	check(0)
	for i, step := range steps[1:] {
		tab.click(`.languages a[lang="` + step.lang + `"]`)
		check(i + 1)
	}
	if got := evaluate[string](tab, `document.title`); !strings.Contains(got, "сколько это стоит") {
		t.Errorf("the title is %q", got)
	}
	tab.do(`setTimeout(() => history.back())`) // once this is answered
	check(1)
	tab.reload()
	check(1)
}

func TestWhatIsTypedInALanguageIsReadInIt(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, ru, 390)
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.opensEverything()
	tab.answerField("audience[0].recipients", "1,5 тыс.")
	tab.answerField("pricing.markupPercent", "10,5")
	tab.holds(map[string]string{"audience[0].recipients": "1 500", "pricing.markupPercent": "10,5"})
	// A field that is still being typed into counts as it was typed.
	tab.fill(`[id="pricing.markupPerMessage"]`, "1.125")
	tab.click(`.languages a[lang="vi"]`)
	tab.speaks("vi", vi)
	tab.holds(map[string]string{"pricing.markupPerMessage": "1,125", "audience[0].recipients": "1.500"})
}

func TestALanguageThatCannotBeFetchedLosesNothing(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	accept := site.refuse("words-ru")
	tab := newTab(t, 390, 844)
	tab.expect("words-ru", "503")
	tab.open(site.url(en))
	tab.answerField("audience[0].recipients", "12,500")
	tab.sees("Can be sent", "₫687,500")

	const refused = "The page could not be fetched in Русский."
	tab.click(`.languages a[lang="ru"]`)
	tab.shows(".state", refused)
	tab.waitFor(`location.pathname === "/ru/" && document.documentElement.lang === "en"`)
	tab.sees("Can be sent", "₫687,500")
	tab.holds(map[string]string{"audience[0].recipients": "12,500"})
	tab.answerField("audience[0].recipients", "2,000")
	tab.sees("Can be sent", "₫110,000")

	tab.on(`document.querySelector(".state .link")`, `e.click()`)
	tab.waitFor(`document.activeElement.lang === "ru"`)
	tab.shows(".state", refused)

	accept()
	// The last attempt may still be on its way to its failure.
	tab.waitFor(`document.documentElement.lang === "ru" || (document.querySelector(".state .link")?.click(), false)`)
	tab.speaks("ru", ru)
	tab.sees("Можно отправить", "110 000 ₫")
	tab.holds(map[string]string{"audience[0].recipients": "2 000"})
	tab.waitFor(`document.querySelector(".state") === null`)
	tab.do(`setTimeout(() => history.back())`) // once this is answered
	tab.speaks("en", en)
	tab.sees("Can be sent", "₫110,000")
}

// postmarkFaults lists the words of the postmark that are longer than their
// ring or run out of the inner circle.
const postmarkFaults = `(() => {
	const faults = [];
	for (const ring of document.querySelectorAll('[data-is~="ring-text"]')) {
		const path = document.querySelector(ring.querySelector("textPath").getAttribute("href"));
		if (ring.getComputedTextLength() > path.getTotalLength()) faults.push(ring.textContent);
	}
	const { cx, cy, r } = document.querySelector('[data-is~="postmark"] [data-is~="thin"]');
	for (const word of document.querySelectorAll('[data-is~="postmark-word"]')) {
		const box = word.getBBox();
		const far = Math.max(...[box.x, box.x + box.width].map((x) =>
			Math.hypot(x - cx.baseVal.value, box.y + box.height / 2 - cy.baseVal.value)));
		if (far > r.baseVal.value) faults.push(word.textContent);
	}
	return faults.join("; ");
})()`

// TestThePostmarkHoldsItsWords in the language with the longest: those of each channel in its
// ring, and of each verdict inside.
func TestThePostmarkHoldsItsWords(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, ru, 390)
	tab.onID("add-group", `e.click()`)
	tab.focusOn("audience[1].recipients")
	seen := map[string]bool{}
	check := func(state string) {
		t.Helper()
		tab.waitFor(`!document.querySelector(".answer[data-stale]")`)
		if found := evaluate[string](tab, postmarkFaults); found != "" {
			t.Errorf("%s: no room for %s", state, found)
		}
		seen[evaluate[string](tab, `[...document.querySelectorAll('[data-is~="postmark-word"]')].map((e) => e.textContent).join(" ")`)] = true
	}
	for _, channel := range []string{"zns", "messenger", "whatsapp", "zalo"} {
		tab.choose("channel", channel)
		check(channel)
	}
	for _, recency := range [][2]string{{"12", "720"}, {"720", "720"}, {"unknown", "12"}} {
		tab.choose("audience[0].hoursSinceInteraction", recency[0])
		tab.choose("audience[1].hoursSinceInteraction", recency[1])
		check(strings.Join(recency[:], " and "))
	}
	if len(seen) < 4 {
		t.Errorf("only these verdicts were seen: %v", seen)
	}
	var rings [][][2]string // of other days and other pages, in the place of these
	for _, lang := range words.Codes {
		rings = append(rings, ringsOf(t, words.Of(lang))...)
	}
	list, err := json.Marshal(rings)
	if err != nil {
		t.Fatal(err)
	}
	if found := evaluate[string](tab, string(list)+`.map((both) => {
		const rings = document.querySelectorAll('[data-is~="ring-text"]');
		both.forEach(([is, said], i) => { rings[i].dataset.is = is; rings[i].firstElementChild.textContent = said; });
		return `+strings.TrimSuffix(postmarkFaults, ";")+`;
	}).filter((fault) => fault).join("; ")`); found != "" {
		t.Errorf("no room for %s", found)
	}
}

var ringText = regexp.MustCompile(`<text [^>]*data-is="(ring-text[^"]*)"[^>]*>\s*<textPath [^>]*>([^<]*)<`)

// ringsOf are the looks and the texts of rings in a language, above and below: days of each
// month and those of two, what is sent, planned, listed or billed.
func ringsOf(t *testing.T, w *words.Language) [][][2]string {
	t.Helper()
	tops := []string{w.Text("audit.ring.book")}
	for month := range 12 {
		on := rules.Date(20260128 + 100*month)
		day := page.Dotted(w, on)
		tops = append(tops, strings.ToUpper(w.Text("postmark.tariff"))+" "+day, strings.ToUpper(w.Text("postmark.day"))+" "+day,
			w.Text("audit.ring.card", "date", day), page.DottedSpan(w, on, on.AddDays(20)), page.DottedSpan(w, on, on.AddDays(365)))
	}
	const most = 20
	bottoms := []string{w.Text("plan.postmark", "n", w.Number(most)), w.Text("flow.postmark", "n", w.Number(most)), w.Text("audit.ring.bill", "month", "12·2026–12·2027"),
		w.Text("mix.ring", "groups", w.Count("mix.ring.groups", most), "ways", w.Count("mix.ring.ways", most))}
	for _, purpose := range rules.Purposes() {
		bottoms = append(bottoms, w.Text("list.ring", "purpose", w.Text("list.ring."+string(purpose)), "ways", w.Count("mix.ring.ways", 5)))
	}
	var rings [][][2]string
	for i := range max(len(tops), len(bottoms)) {
		top, bottom := tops[i%len(tops)], bottoms[i%len(bottoms)]
		found := ringText.FindAllStringSubmatch(app.HTMLString(page.Postmark(w, rules.Partial, top, bottom)), -1)
		if len(found) != 2 || found[0][2] != top || found[1][2] != bottom {
			t.Fatalf("%s and %s are drawn as %q", top, bottom, found)
		}
		rings = append(rings, [][2]string{[2]string(found[0][1:]), [2]string(found[1][1:])})
	}
	return rings
}
