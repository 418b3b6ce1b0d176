package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"postage/rules"
)

// The plan, as people use it.

const planPath = "/plan/"

// toPlan puts what stands in the calculator into the plan, and waits until it is told.
func (tb *tab) toPlan(said string) {
	tb.t.Helper()
	tb.waitFor(`!document.querySelector(".answer[data-stale]")`)
	tb.onID("to-plan", `e.click()`)
	tb.shows(".to-plan-said", said)
}

// seePlan follows the link from the calculator to the plan.
func (tb *tab) seePlan() {
	tb.t.Helper()
	tb.click(".see-plan")
	tb.waitFor(`location.pathname.endsWith("/plan/")`)
	tb.waitLive()
}

// setDay picks a day in a field.
func (tb *tab) setDay(id, day string) {
	tb.t.Helper()
	tb.onID(id, `e.value = `+quoted(day)+`; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true}))`)
}

// openRow opens the row of an item.
func (tb *tab) openRow(id int) {
	tb.t.Helper()
	tb.waitFor(fmt.Sprintf(`document.getElementById("item-%d")`, id))
	tb.onID(fmt.Sprintf("item-%d", id), `if (e.getAttribute("aria-expanded") !== "true") e.click()`)
	tb.waitFor(fmt.Sprintf(`document.getElementById("item-%d-body") !== null`, id))
}

// examplePlan opens the page with the plan that it offers to start from.
func examplePlan(t *testing.T, path string, width int) (*tab, *servedSite) {
	t.Helper()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, width, 844)
	tab.open(site.url(path))
	tab.click("#start-example")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 3`)
	return tab, site
}

// TestAMessageGoesIntoThePlanAndComesBack with the prices of a dealer, who sees what
// Argentina costs through a provider.
func TestAMessageGoesIntoThePlanAndComesBack(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 1280)
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.setDate("2025-10-23")
	tab.answerField("audience[0].recipients", "9.000")
	tab.onID("audience[0].country", `e.value = "AR"; if (e.value !== "AR") return false; e.dispatchEvent(new Event("change", {bubbles: true}))`)
	tab.do(`for (const d of document.querySelectorAll("details")) d.open = true`)
	tab.answerField("pricing.markupPerMessage", "0,005")
	tab.toPlan("giờ có 1 mục")
	tab.choose("message.type", "whatsapp.utility")
	tab.answerField("audience[0].recipients", "6.000")
	tab.toPlan("giờ có 2 mục")
	tab.seePlan()
	tab.sees("Gửi được", "787,20 US$")
	tab.shows(".stamp-label", "chưa gồm thuế")
	tab.shows(".plan-row:nth-child(1)", "9.000 người")
	tab.waitFor(`document.getElementById("item-2-body") !== null`) // the link opens it

	tab.openRow(1)
	tab.on(`document.querySelector("#item-1-body a.press")`, `e.click()`)
	tab.waitFor(`document.getElementById("audience[0].recipients")?.value === "9.000"`)
	tab.answerField("audience[0].recipients", "3000")
	tab.sees("Gửi được", "200,40 US$")
	tab.reload() // in the middle of it
	tab.shows(".to-plan-about", "Đang sửa tin")
	tab.toPlan("Đã cập nhật")
	tab.seePlan()
	tab.sees("Gửi được", "386,40 US$")
	tab.shows(".plan-row:nth-child(1)", "3.000 người")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 2`)

	// Of the 9,000 messages 0.005 USD each are one's own.
	tab.shows(".stamp .screen-only", "Nếu phần này là của bạn: thu về 45,00 US$ trước thuế")
}

func TestHowLongTwoMillionLast(t *testing.T) {
	t.Parallel()
	const once = `{"items":[{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":150,"phone":true}]}]}`
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(planPath + "#p=" + base64.RawURLEncoding.EncodeToString([]byte(once))))
	tab.openRow(1)
	tab.choose("item-1-every", "day")
	tab.waitFor(`document.getElementById("item-1-until")?.value === "2026-12-31"`)
	tab.setDay("item-1-until", "2027-02-28")
	tab.sees("Gửi được", "4.455.000 ₫")
	tab.answerField("balance.VND", "2tr")
	tab.shows(".lasts", "Tiền đủ dùng 40 ngày, đến hết ngày 09/01/2027.")
	tab.shows(".lasts", "Đến ngày 10/01/2027 chỉ còn 20.000 ₫")
	tab.shows(".lasts", "Nạp thêm 2.455.000 ₫")
	tab.waitFor(`document.getElementById("balance.VND").value === "2.000.000"`)
	tab.shows(".plan-course", "hết ngày 10/01/2027")

	tab.reload()
	tab.sees("Gửi được", "4.455.000 ₫")
	tab.shows(".lasts", "Tiền đủ dùng 40 ngày, đến hết ngày 09/01/2027.")
	tab.waitFor(`document.getElementById("balance.VND").value === "2.000.000"`)
}

func TestAPlanIsEditedUndoneAndKept(t *testing.T) {
	t.Parallel()
	tab, site := examplePlan(t, planPath, 1280)
	tab.openRow(1)
	tab.answerField("item-1-audience[0].recipients", "300")
	tab.shows(".plan-row:nth-child(1) .row-cost", "3.069.000 ₫")
	tab.onID("undo", `e.click()`)
	tab.shows(".plan-row:nth-child(1) .row-cost", "1.534.500 ₫")
	tab.onID("redo", `e.click()`)
	tab.shows(".plan-row:nth-child(1) .row-cost", "3.069.000 ₫")

	// What is being typed is kept before the field is left.
	tab.fill(`[id="item-1-name"]`, "Đơn hàng")
	tab.waitFor(`localStorage.getItem("postage.plan").includes("Đơn hàng")`)
	tab.reload()
	tab.shows(".plan-row:nth-child(1) h3", "Đơn hàng")

	// A row opens and closes, also after another has come and gone in its place.
	tab.openRow(1)
	tab.pressIn("#item-1-body", "Nhân bản")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 4 && !document.getElementById("item-1-body")`)
	tab.pressIn(".row-body", "Xoá")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 3 && !document.querySelector(".row-body")`)
	tab.openRow(1)
	tab.onID("item-1", `e.click()`)
	tab.waitFor(`!document.getElementById("item-1-body")`)

	// It speaks three languages.
	tab.click("#language-ru")
	tab.shows(".plan-row:nth-child(1)", "300 человек в день")
	tab.waitFor(`document.title.startsWith("План") && document.documentElement.lang === "ru"`)
	tab.click("#language-en")
	tab.shows(".plan-row:nth-child(1)", "300 people a day")
	tab.sees("Can be sent in part", "₫3,875,520")

	tab.onID("plan-rename", `e.click()`)
	tab.fill("#plan-name", "Tháng mười hai")
	tab.keys("\r")
	tab.shows("h1", "Tháng mười hai")

	// Another tab puts a message into it.
	other := tab.another()
	other.open(site.url("/"))
	other.toPlan("giờ có 4 mục")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 4`)

	tab.openRow(1)
	tab.pressIn("#item-1-body", "Remove")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 3`)
	tab.shows(".keep-said", "“Đơn hàng” is removed.") // the name that it has now
}

func TestAMistakeInAMessageLeavesTheOthersTheirAnswer(t *testing.T) {
	t.Parallel()
	tab, _ := examplePlan(t, planPath, 390)
	tab.openRow(1)
	tab.answerField("item-1-audience[0].recipients", "12,x")
	tab.shows(".plan-row:nth-child(1) .row-why", "Số người nhận: Hãy nhập một số nguyên")
	tab.shows(".stamp", "Tổng chưa gồm 1 tin cần sửa.")
	tab.sees("Gửi được một phần", "806.520 ₫")
	tab.waitFor(`document.querySelector('[id="item-1-audience[0].recipients"]').getAttribute("aria-invalid") === "true" && document.getElementById("tool-keep.link").disabled`)
	tab.answerField("item-1-audience[0].recipients", "100")
	tab.waitFor(`!document.getElementById("tool-keep.link").disabled`)
}

func TestALinkOpensTheSamePlan(t *testing.T) {
	t.Parallel()
	tab, site := examplePlan(t, planPath, 390)
	tab.allowClipboard()
	tab.onID("tool-keep.link", `e.click()`)
	tab.shows(".keep-said", "Đã chép liên kết.")
	link := tab.clipboard()
	total := evaluate[string](tab, `document.querySelector(".stamp-total").textContent`)
	if !strings.HasPrefix(link, site.url(planPath)+"#p=") {
		t.Fatalf("the link is %s", link)
	}

	tab.onID("tool-keep.text", `e.click()`)
	tab.shows(".keep-said", "Đã chép nội dung")
	if text := tab.clipboard(); !strings.HasPrefix(text, "Tháng tới ở Gốm Mây\n") || !strings.Contains(text, link) {
		t.Errorf("the text is %s", text)
	}

	// With a plan of one's own there is a way back to it.
	other := newTab(t, 1280, 844)
	other.open(site.url("/"))
	other.toPlan("giờ có 1 mục")
	other.open(link)
	other.waitFor(`document.querySelectorAll(".plan-row").length === 3 && document.querySelector(".stamp-total").textContent === ` + quoted(total) + ` && location.hash === ""`)
	other.shows("h1", "Tháng tới ở Gốm Mây")
	other.pressIn(".states", "Quay lại kế hoạch của bạn")
	other.waitFor(`document.querySelectorAll(".plan-row").length === 1`)

	// What cannot be read leaves it alone.
	other.do(`location.hash = "p=e30"`)
	other.shows(".states", "Liên kết này không đọc được.")
	other.waitFor(`document.querySelectorAll(".plan-row").length === 1`)

	// A link says what its sender saw, until something is changed.
	plain, _, ok := strings.Cut(link, "&b=")
	if !ok {
		t.Fatalf("the link %s does not say what its sender saw", link)
	}
	_, fragment, _ := strings.Cut(plain, "#")
	other.do(`location.hash = ` + quoted(fragment+"&b=00000000&d=2026-10-01&a=eligible_1000000_VND"))
	other.shows(".told", "Liên kết ghi, ngày 01/10/2026")
	other.shows(".told", "Gửi được · 1.000.000 ₫")
	other.shows(".told", "Gửi được một phần · 2.341.020 ₫")
	other.openRow(1)
	other.answerField("item-1-audience[0].recipients", "300")
	other.waitFor(`document.querySelector(".told") === null`)
}

func TestAPlanIsTakenAwayAndOpenedAgain(t *testing.T) {
	t.Parallel()
	tab, _ := examplePlan(t, "/en/plan/", 1280)
	file := tab.downloads()
	tab.onID("tool-keep.more", `e.click()`)
	tab.pressIn("#plan-more", "Download (JSON)")
	_, content := file(".json")
	var f struct {
		Postage int
		Plan    json.RawMessage
		Quote   json.RawMessage
	}
	if err := json.Unmarshal(content, &f); err != nil || f.Postage != 1 {
		t.Fatalf("%v: %s", err, content)
	}
	answer, ok := rules.AnswerPlan(f.Plan)
	if got, want := compact(t, f.Quote), strings.TrimSpace(string(answer)); !ok || got != want {
		t.Errorf("the file answers %s\nnot %s", got, want)
	}
	tab.pressIn("#plan-more", "Download (CSV)")
	if _, table := file(".csv"); !strings.Contains(string(table), "Message,Order updates,ZNS · ZNS notification,150 people a day,2026-12-01,2026-12-31,31,Can be sent,4650,4650,0,4650,1395000,139500,1534500,VND") {
		t.Errorf("the table is\n%s", table)
	}

	total := evaluate[string](tab, `document.querySelector(".stamp-total").textContent`)
	tab.pressIn(".plan-clear", "Start a new plan")
	tab.waitFor(`document.querySelector("#start-import") !== null`)
	tab.onID("start-import", `e.click()`)
	tab.onID("plan-more-paste", `e.value = `+quoted(string(content))+`; e.dispatchEvent(new Event("input", {bubbles: true}))`)
	tab.pressIn("#plan-more", "Open")
	tab.waitFor(`document.querySelector(".stamp-total")?.textContent === ` + quoted(total))
}

func compact(t *testing.T, text json.RawMessage) string {
	t.Helper()
	var b strings.Builder
	var value json.RawMessage
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	packed, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	b.Write(packed)
	return b.String()
}

func TestAxeFindsNothingInThePlan(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(planPath))
	tab.loadAxe()
	tab.fitsAndHasNoFaults("the empty plan", 320)
	tab.click("#start-example")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 3`)
	tab.answerField("balance.VND", "1.000.000")
	tab.shows(".lasts", "Tiền đủ dùng")
	tab.openRow(1)
	tab.setDay("item-1-until", "2027-01-31")
	tab.waitFor(`document.querySelector(".plan-costs") !== null`)
	tab.onID("tool-keep.save", `e.click()`)
	tab.waitFor(`document.querySelector(".saved-list li") !== null`)
	tab.do(`for (const c of document.querySelectorAll("[name=compare]")) c.click()`)
	tab.waitFor(`document.querySelector(".compared table") !== null`)
	tab.openRow(3)
	tab.onID("tool-keep.more", `e.click()`)
	tab.do(`for (const d of document.querySelectorAll("details")) d.open = true`)
	tab.waitFor(`document.querySelector(".plan-calendar table") !== null && document.querySelector(".notice") !== null`)
	tab.answerField("item-3-audience[0].recipients", "x")
	tab.shows(".plan-row:nth-child(3) .row-why", "Chưa tính được")
	tab.fitsAndHasNoFaults("all that opens, and a mistake", 1280, 320)
	tab.hasColoursByNight("all that opens, and a mistake", 1280)
	tab.press("Thêm từ kịch bản mẫu")
	tab.shows(".flow-columns .stamp-total", "574 ₫")
	tab.fitsAndHasNoFaults("a flow", 1280, 320)
	tab.answerField("flow-steps[0].day", "x")
	tab.shows(".flow-columns .stamp", "Hãy sửa mục còn sai")
	tab.staysWithin("a flow with a mistake", 320)
}

func TestPlansAreSavedAndCompared(t *testing.T) {
	t.Parallel()
	tab, _ := examplePlan(t, planPath, 1280)
	tab.onID("tool-keep.save", `e.click()`)
	tab.shows(".keep-said", "Đã lưu “Tháng tới ở Gốm Mây”.")
	tab.openRow(1)
	tab.answerField("item-1-audience[0].recipients", "300")
	tab.sees("Gửi được một phần", "3.875.520 ₫")
	tab.onID("tool-keep.save", `e.click()`)
	tab.shows(".saved", "Tháng tới ở Gốm Mây (2)")
	tab.do(`for (const c of document.querySelectorAll("[name=compare]:not([value='0'])")) c.click()`)
	tab.shows(".compared table", "2.341.020 ₫")
	tab.shows(".compared table", "3.875.520 ₫")
	tab.pressIn(".saved-list li:nth-child(1)", "Mở")
	tab.sees("Gửi được một phần", "2.341.020 ₫")

	// What stood there before is not lost, not even by a reload.
	tab.onID("tool-keep.more", `e.click()`)
	tab.pressIn(".plan-clear", "Bắt đầu kế hoạch mới")
	tab.waitFor(`document.querySelector("#start-before") !== null`)
	tab.reload()
	tab.onID("start-before", `e.click()`)
	tab.sees("Gửi được một phần", "2.341.020 ₫")
	tab.pressIn(".saved-list li:nth-child(2)", "Đổi tên")
	tab.fill(".saved .rename-form input", "Mùa Tết")
	tab.pressIn(".saved .rename-form", "Đổi tên")
	tab.shows(".saved-list li:nth-child(2) .saved-name", "Mùa Tết")
	tab.waitFor(`document.activeElement.id.endsWith("-rename")`)
	tab.pressIn(".saved-list li:nth-child(2)", "Xoá")
	tab.waitFor(`document.querySelectorAll(".saved-list li").length === 1`)
	tab.onID("saved-undo", `e.click()`)
	tab.waitFor(`document.querySelectorAll(".saved-list li").length === 2`)
}

func TestAPlanIsPrintedOnOnePage(t *testing.T) {
	t.Parallel()
	tab, _ := examplePlan(t, planPath, 1280)
	tab.openRow(1)
	tab.onID("tool-keep.more", `e.click()`)
	tab.answerField("balance.VND", "2.000.000")
	tab.shows(".lasts", "Tiền đủ dùng")
	tab.do(`dispatchEvent(new Event("beforeprint"))`)
	tab.waitFor(`document.title === "Postage - Tháng tới ở Gốm Mây - 2026-11-21"`)
	tab.do(`dispatchEvent(new Event("afterprint"))`)
	tab.media("print", "dark")
	seen := evaluate[string](tab, `document.body.innerText.replaceAll("\u00a0", " ")`)
	for _, want := range []string{"Tháng tới ở Gốm Mây", "Lập ngày 21/11/2026", "Báo đơn hàng", "1.534.500 ₫", "Theo tháng và kênh", "Phần miễn phí và hạn mức", "2.000.000 ₫", "Tiền đủ dùng 24 ngày, đến hết ngày 24/12/2026.", "Lịch gửi", "không phải báo giá"} {
		if !strings.Contains(seen, want) {
			t.Errorf("no %q on paper:\n%s", want, seen)
		}
	}
	// Paper is for the customer, who does not read what one earns.
	tab.do(`const earned = document.createElement("p"); earned.className = "screen-only"; earned.textContent = "45"; document.querySelector(".plan-stamp").append(earned)`)
	if evaluate[bool](tab, `document.querySelector(".plan-stamp > .screen-only").checkVisibility()`) {
		t.Error("what is for the screen alone stands on paper")
	}
	if controls := evaluate[string](tab, `[...document.querySelectorAll("input, select, textarea, summary, nav, button:not(.row-open)")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML).join("\n")`); controls != "" {
		t.Errorf("on paper stand\n%s", controls)
	}
	var pdf []byte
	tab.run(chromedp.Func(func(ctx context.Context, tg *chromedp.Target) error {
		result, err := cdp.Call(ctx, tg, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69})
		pdf = result.Data
		return err
	}))
	if pages := bytes.Count(pdf, []byte("/Type /Page\n")); pages != 1 {
		t.Errorf("it takes %d pages", pages)
	}
}
