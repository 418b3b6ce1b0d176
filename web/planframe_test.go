package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"postage/rules"
)

// The plan in the pages of partners, beside what embed_test.go and portal_test.go say
// of the calculator there.

// orders are two messages of a month: 10 × 330 ₫ and 31 × 5 × 330 ₫.
const orders = `{"items":[` +
	`{"name":"Tet offer","on":"2026-12-20","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":10,"phone":true}]},` +
	`{"name":"Orders","on":"2026-12-01","every":"day","until":"2026-12-31","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":5,"phone":true}]}],` +
	`"sender":{"tool":"openapi","oaPackage":"growth"}}`

func TestTheElementShowsThePlanAndHandsItBack(t *testing.T) {
	t.Parallel()
	tab, site := inPortal(t, 800, `<postage-plan id="calc" lang="en"></postage-plan>`)
	tab.waitFor(`told("ready").length === 1 && told("ready")[0].detail.lang === "en"`)
	frame := tab.inside("#calc")
	tab.do(`calc.getQuote().catch((err) => { window.empty = err; })`)
	tab.waitFor(`window.empty?.code === "not-answered" && window.empty.message.includes("items")`)

	tab.do(`calc.set(` + orders + `).then((answer) => { window.answer = answer; })`)
	tab.waitFor(`window.answer?.quote.totals[0].gross === "54450"`)
	tab.waitFor(`told("quote")[0]?.detail.plan.items.length === 2`)
	frame.sees("Can be sent", "₫54,450")
	frame.shows(".plan-row:nth-child(1)", "Tet offer")
	frame.shows(".plan-months", "54,450")
	for _, part := range []string{".airmail", "nav", ".kept", ".keep", ".plan-balance", ".plan-shared", ".plan-packages", ".plan-under", ".plan-calendar", ".saved"} {
		if evaluate[bool](frame, `document.querySelector(`+quoted(part)+`) !== null`) {
			t.Errorf("%s stands in the frame", part)
		}
	}
	// The answer is what the rules say of the plan that was given.
	p, err := rules.DecodePlan([]byte(orders))
	if err != nil {
		t.Fatal(err)
	}
	text, _ := p.MarshalJSON()
	want, _ := rules.AnswerPlan(text)
	tab.do(`calc.getQuote().then((again) => { window.again = again; })`)
	tab.waitFor(`window.again`)
	var got, expected any
	if err := json.Unmarshal([]byte(evaluate[string](tab, `JSON.stringify(window.again.quote)`)), &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(want, &expected); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, expected) {
		t.Errorf("the page gets\n%v\nnot\n%v", got, expected)
	}

	// What is wrong with a plan is said with its path, and changes nothing.
	tab.do(`calc.set({ items: [` + orders + `.items[0], { ...` + orders + `.items[1], audience: [{ recipients: 0 }] }] }).catch((err) => { window.wrong = err; })`)
	tab.waitFor(`window.wrong?.path === "items[1].audience[0].recipients" && window.wrong.code === "out-of-range"`)
	frame.sees("Can be sent", "₫54,450")
	tab.hasHeard("ready change error quote change quote error", `told("change")[0].detail.mistakes[0].path === "items" && told("change")[1].detail.quote.totals[0].gross === "54450"`)

	// The visitor's changes are told, and what is wrong with them.
	frame.openRow(1)
	frame.fill(`[id="item-1-audience[0].recipients"]`, "20")
	tab.waitFor(`told("change").at(-1)?.detail.quote.totals[0].gross === "57750" && told("change").at(-1).detail.plan.items[0].audience[0].recipients === 20`)
	frame.fill(`[id="item-1-audience[0].recipients"]`, "none")
	tab.waitFor(`told("change").at(-1)?.detail.mistakes?.[0].path === "items[0].audience[0].recipients"`)
	tab.do(`calc.getQuote().catch((err) => { window.unanswered = err.code; })`)
	tab.waitFor(`window.unanswered === "not-answered"`)
	if evaluate[bool](frame, `document.querySelector(".row-acts a") !== null`) {
		t.Error("a row leads out of the frame")
	}
	frame.pressIn(".row-acts", "Remove")
	tab.waitFor(`told("change").at(-1)?.detail.plan?.items.length === 1`)
	tab.fitTheSchema("plan-message.json", 7)
	if got := evaluate[string](tab, `[...new Set(heard.map((h) => h.origin))].join()`); got != strings.TrimSuffix(site.url("/"), "/") {
		t.Errorf("the messages come from %s", got)
	}

	// Taken out of the page and put back it still shows what stood there.
	tab.do(`const place = calc.parentNode; const taken = calc; taken.remove(); place.append(taken)`)
	tab.waitFor(`told("ready").length === 2`)
	tab.do(`calc.getQuote().then((last) => { window.last = last; })`)
	tab.waitFor(`window.last?.plan.items.length === 1`)
}

// TestAVisitorsOwnPlanStaysApart: it is the same site that keeps it, and neither leaks
// to the page around the frame nor is changed from there.
func TestAVisitorsOwnPlanStaysApart(t *testing.T) {
	t.Parallel()
	tab, site := inPortal(t, 800, `<postage-plan id="calc" lang="en"></postage-plan>`)
	own := tab.another()
	own.open(site.url(en + "plan/"))
	own.click("#start-example")
	own.waitFor(`document.querySelectorAll(".plan-row").length === 3`)
	const kept = `JSON.stringify(Object.entries(localStorage).sort())`
	before := evaluate[string](own, kept)
	if !strings.Contains(before, "postage.plan") {
		t.Fatalf("nothing is kept of the visitor's own plan: %s", before)
	}
	tab.reloadOnly()
	tab.waitFor(`told("ready").length === 1`)
	frame := tab.inside("#calc")
	frame.shows(".plan-starts", "From an example")
	tab.do(`calc.set(` + orders + `).then((answer) => { window.answer = answer; })`)
	tab.waitFor(`window.answer?.plan.items.length === 2`)
	frame.openRow(1)
	frame.pressIn(".row-acts", "Remove")
	tab.waitFor(`told("change").at(-1)?.detail.plan.items.length === 1`)
	if after := evaluate[string](own, kept); after != before {
		t.Errorf("the visitor's own plan was\n%s\nand is\n%s", before, after)
	}
	own.waitFor(`document.querySelectorAll(".plan-row").length === 3`)
}

// TestFixedPricesHoldInThePlan: whatever comes into it, the partner's fee is added, and
// its customer reads of no earnings.
func TestFixedPricesHoldInThePlan(t *testing.T) {
	t.Parallel()
	tab, site := inPortal(t, 800, `<postage-plan id="calc" lang="en" markup-percent="10" markup-per-message="5" partner="ABC Media" pricing="fixed" plan='`+orders+`'></postage-plan>`)
	tab.waitFor(`told("ready").length === 1`)
	frame := tab.inside("#calc")
	// 165 messages: 49,500 ₫ before VAT, 10 % and 5 ₫ each.
	const pays = "₫60,225"
	frame.sees("Can be sent", pays)
	frame.shows(".frame-includes", "Includes the fee of ABC Media, which has no tax in it.")
	tab.do(`calc.set({ ...` + orders + `, pricing: { currency: "VND", markupPercent: "0", markupPerMessage: "1", monthlyFee: "7" } }).catch((err) => { window.wrong = err; })`)
	tab.waitFor(`window.wrong?.code === "conflict" && window.wrong.path === "pricing.markupPercent"`)
	tab.do(`calc.getQuote().then(({ plan }) => calc.set(plan)).then((a) => { window.total = a.quote.totals[0].gross; })`)
	tab.waitFor(`window.total === "60225"`)
	tab.do(`events.length = 0; window.again = document.createElement("postage-plan"); again.id = "again"; again.setAttribute("pricing", "fixed"); again.setAttribute("plan", JSON.stringify({ ...` + orders + `, pricing: { markupPercent: "1" } })); document.body.append(again)`)
	tab.waitFor(`told("error", "again").some((e) => e.detail.code === "conflict" && e.detail.path === "pricing.markupPercent")`)
	tab.do(`again.remove()`)
	// Nor does what the visitor does, or a link, take it away.
	frame.press("Add a worked flow")
	frame.press("Put it into the plan")
	tab.waitFor(`told("change").at(-1)?.detail.plan.pricing.markupPercent === "10" && told("change").at(-1).detail.plan.items.length > 2`)
	said := strings.ReplaceAll(evaluate[string](frame, `document.body.textContent`), "\u00a0", " ")
	if strings.Contains(strings.ToLower(said), "earn") || strings.Contains(said, "10%") {
		t.Errorf("the customer reads %s", said)
	}
	// Other options, other prices.
	tab.do(`calc.setAttribute("markup-percent", "20")`)
	tab.waitFor(`told("change").at(-1)?.detail.plan.pricing.markupPercent === "20"`)

	for options, want := range map[string]string{"pricing=fixed&": pays, "": "₫54,450"} {
		own := tab.another()
		priced := strings.TrimSuffix(orders, "}") + `,"pricing":{"currency":"VND","markupPercent":"0","markupPerMessage":"0"}}`
		own.open(site.url("/en/embed/plan/#" + options + "markup-percent=10&markup-per-message=5&p=" + base64.RawURLEncoding.EncodeToString([]byte(priced))))
		own.sees("Can be sent", want)
	}
}

// TestAPlanIsOfTypesOnOffer says which item is not.
func TestAPlanIsOfTypesOnOffer(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-plan id="calc" lang="en" types="zns" date="2026-12-01"></postage-plan>`)
	tab.waitFor(`told("ready").length === 1`)
	tab.waitFor(`told("error").some((e) => e.detail.path === "date" && e.detail.code === "bad-option")`)
	frame := tab.inside("#calc")
	frame.shows(".plan-start", "The plan has no messages yet.")
	if evaluate[bool](frame, `document.querySelector(".offer") !== null`) {
		t.Error("there are messages of other types to begin with")
	}
	mixed := strings.Replace(orders, `"items":[`, `"items":[{"on":"2026-12-20","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":10,"uid":true,"hoursSinceInteraction":1}]},`, 1)
	mixed = strings.Replace(mixed, `"every":"day"`, `"every":"week"`, 1)
	tab.do(`calc.set(` + orders + `).then(() => { window.taken = true; })`)
	tab.waitFor(`window.taken`)
	tab.do(`calc.set(` + mixed + `).catch((err) => { window.wrong = err; })`)
	tab.waitFor(`window.wrong?.path === "items[0].message.type" && window.wrong.code === "unknown-value"`)
	frame.sees("Can be sent", "₫54,450")
	// Without the limit it is taken, and with another one the rest stays.
	tab.do(`calc.removeAttribute("types")`)
	tab.do(`calc.set(` + mixed + `).then((a) => { window.items = a.plan.items.length; })`)
	tab.waitFor(`window.items === 3`)
	tab.do(`calc.setAttribute("types", "zalo")`)
	tab.waitFor(`told("change").at(-1)?.detail.plan?.items.length === 1`)
	// Nothing, and nonsense.
	for _, given := range []string{`null`, `undefined`, `"x"`, `[]`, `{}`, `{items: []}`, `{items: [null]}`, `{items: "x"}`, `{scenario: 1}`} {
		tab.do(fmt.Sprintf(`window.refused = null; calc.set(%s).catch((err) => { window.refused = err.code; })`, given))
		tab.waitFor(`window.refused`)
	}
	tab.fitTheSchema("plan-message.json", 10)
}

// TestAPlanInTheStrictestSandboxAnswers where it has no origin and no storage.
func TestAPlanInTheStrictestSandboxAnswers(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-plan id="calc" lang="en" sandbox="allow-scripts" plan='`+orders+`'></postage-plan>`)
	tab.waitFor(`told("ready").length === 1`)
	tab.do(`calc.getQuote().then((answer) => { window.gross = answer.quote.totals[0].gross; })`)
	tab.waitFor(`window.gross === "54450"`)
	frame := tab.inside("#calc")
	frame.openRow(1)
	frame.pressIn(".row-acts", "Remove")
	tab.waitFor(`told("change").at(-1)?.detail.plan.items.length === 1`)
	if got := evaluate[string](tab, `[...new Set(heard.map((h) => h.origin))].join()`); got != "null" {
		t.Errorf("the messages come from %s", got)
	}
}

func TestAPlanToBeReadOnlyCannotBeChanged(t *testing.T) {
	t.Parallel()
	tab, _ := inPortal(t, 800, `<postage-plan id="calc" lang="en" readonly lead="event" lead-label="Ask for this plan" plan='`+orders+`'></postage-plan>`)
	tab.waitFor(`told("ready").length === 1`)
	frame := tab.inside("#calc")
	frame.sees("Can be sent", "₫54,450")
	frame.openRow(1)
	frame.shows(".row-body", "What it must meet")
	if evaluate[int](frame, `document.querySelectorAll("main input, .row-acts, .plan-adds, .steps").length`) != 0 {
		t.Error("there is something to change")
	}
	frame.keys("z")
	frame.press("Ask for this plan")
	tab.waitFor(`told("lead")[0]?.detail.plan.items.length === 2 && told("lead")[0].detail.quote.totals[0].gross === "54450"`)
	tab.fitTheSchema("plan-message.json", 2)
}

// TestAPlanIsHandedToThePartner by the link that a partner names.
func TestAPlanIsHandedToThePartner(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	coded := "&p=" + base64.RawURLEncoding.EncodeToString([]byte(orders))
	for lead, want := range map[string]string{"https://partner.example/ask": "https://partner.example/ask#postage=", "mailto:a@partner.example": "mailto:a@partner.example?subject="} {
		tab := newTab(t, 390, 844)
		tab.open(site.url("/embed/plan/#lead=" + lead + coded))
		tab.sees("Gửi được", "54.450 ₫")
		tab.shows(".lead-button", "Gửi báo giá này cho chúng tôi")
		tab.on(`document.querySelector(".lead-button")`, `e.addEventListener("click", (event) => event.preventDefault()); e.click()`)
		href := evaluate[string](tab, `document.querySelector(".lead-button").href`)
		if !strings.HasPrefix(href, want) {
			t.Errorf("%s leads to %s", lead, href)
		}
		if _, own, ok := strings.Cut(href, "#postage="); ok {
			text, err := base64.RawURLEncoding.DecodeString(own)
			var handed struct {
				Plan  json.RawMessage
				Quote struct{ Deliverable int64 }
			}
			if err != nil || json.Unmarshal(text, &handed) != nil || handed.Quote.Deliverable != 165 {
				t.Errorf("what is handed over is %s (%v)", text, err)
			}
			if _, err := rules.DecodePlan(handed.Plan); err != nil {
				t.Error(err)
			}
		} else if !strings.Contains(href, "%2Fplan%2F%23p%3D") {
			t.Errorf("the letter has no way to the plan: %s", href)
		}
	}
}

func TestAxeFindsNothingInAFrameWithAPlan(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 320, 844)
	tab.open(site.url(ru + "embed/plan/#markup-percent=10&partner=ABC&lead=event&p=" + base64.RawURLEncoding.EncodeToString([]byte(orders)))) // the longest words
	tab.loadAxe()
	tab.openRow(2)
	tab.atRest()
	tab.fitsAndHasNoFaults("a plan in a frame", 1280, 320)
	tab.hasColoursByNight("a plan in a frame", 1280)
}
