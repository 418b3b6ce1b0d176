package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"postage/app/contacts/reading"
	"postage/app/table/cellstest"
)

// openAuditPage opens the page with a bill on a site of its own.
func openAuditPage(t *testing.T, lang string, width int) (*tab, *servedSite) {
	t.Helper()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, width, 844)
	tab.open(site.url(lang + "audit/"))
	return tab, site
}

// bills waits until a stamp says so.
func (tb *tab) bills(label, figure, beside string) {
	tb.t.Helper()
	tb.waitFor(`!document.querySelector(".answer[data-stale]")`)
	tb.shows(".audit-total", figure)
	tb.shows(".stamp-label", label)
	tb.shows(".stamp-note", beside)
}

// picks chooses a value of a list.
func (tb *tab) picks(id, value string) {
	tb.t.Helper()
	tb.onID(id, fmt.Sprintf(`e.value = %s; e.dispatchEvent(new Event("change", { bubbles: true }))`, quoted(value)))
}

// writesInto writes into a field and leaves it.
func (tb *tab) writesInto(id, text string) {
	tb.t.Helper()
	tb.onID(id, `e.focus(); e.value = `+quoted(text)+`; e.dispatchEvent(new Event("input", { bubbles: true })); e.dispatchEvent(new Event("change", { bubbles: true })); e.blur()`)
}

// TestABillIsCheckedOnAPhone from the file to the letter.
func TestABillIsCheckedOnAPhone(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 390)
	file := tab.downloads()
	tab.choosesList("hoa-don-thang-9.csv", []byte(septemberBill))
	tab.bills("Bị tính nhiều hơn biểu giá", "81,35", "hoá đơn 1.264,26 US$, biểu giá")
	tab.focusOn("answer")
	tab.shows(`.answer > [role="status"]`, "Bị tính nhiều hơn biểu giá: ít nhất 81,35")
	tab.shows(".audit-file", "hoa-don-thang-9.csv")
	tab.shows(".audit-file", "WhatsApp, bảng kê của nhà cung cấp · 01/09/2026 – 30/09/2026 · 28.385 tin · US$ · bỏ qua 1 dòng cộng")
	tab.shows(".audit-file", "5 cột đã nhận ra")
	tab.shows(".list-faults", "Dòng 9: Loại tin: không rõ “tin lạ” là loại tin nào.")
	tab.shows(".audit-causes", "Cộng đều 8% trên tin tiếp thị+88,87")
	tab.shows(".audit-causes", "Có lẽ lấy giá của thị trường khác−7,52")
	tab.waitFor(`document.querySelectorAll('[data-is~="audit-less"]').length === 1`)
	// What is not known is a range, and what may not be sent is no 0.
	tab.shows(".stamp", "Hoá đơn không cho biết tin nào gửi trong 24 giờ")
	tab.shows(".audit-rows", "Khớp, tuỳ bao nhiêu tin trong 24 giờ")
	tab.shows(".audit-sums", "Cộng phần đã so")
	tab.shows(".audit-sums", "28.380")
	tab.waitFor(`[...document.querySelectorAll(".audit-open")].some((r) => r.querySelector(".audit-book").textContent.endsWith("–") && r.textContent.includes("không gửi được"))`)
	first := evaluate[string](tab, `document.querySelector(".audit-rows tbody tr").textContent`)
	if !strings.Contains(first, "+72,61") || !strings.Contains(first, "Nhà cung cấp cộng 8%") {
		t.Errorf("the row that differs most is %q", first)
	}

	// Another day has other rules.
	tab.shows(".audit-then", "Theo quy định ngày 01/10/2026")
	tab.shows(".audit-then", "Giá đổi từ 0,0732 US$ thành 0,0842 US$")
	tab.setDay("audit-as-of", "2026-08-01")
	tab.shows(".audit-then", "Theo quy định ngày 01/08/2026")
	tab.shows(".audit-then-short", "không đổi")
	tab.shows(".audit-then", "Khi đó không gửi được")

	// What is agreed is no difference.
	tab.onID("audit-agreed", `e.click()`)
	tab.writesInto("audit-percent", "8")
	tab.bills("Bị tính ít hơn biểu giá", "7,52", "hoá đơn 1.264,26 US$")
	tab.writesInto("audit-percent", "tám")
	tab.shows("#audit-percent-error", "Hãy ghi một số")
	tab.writesInto("audit-percent", "")
	tab.bills("Bị tính nhiều hơn biểu giá", "81,35", "hoá đơn 1.264,26 US$")

	// A column can be taken for nothing, and then it is asked for.
	tab.onID("list-columns", `e.click()`)
	tab.picks("list-column-1", "")
	tab.shows(".stamp-empty", "Còn 1 câu cần trả lời")
	tab.pressIn(".list-bar", "Trả lời")
	tab.focusOn("audit-asks")
	tab.picks("audit-country", "VN")
	tab.shows(".audit-total", "US$")
	tab.picks("list-column-1", "country")
	tab.bills("Bị tính nhiều hơn biểu giá", "81,35", "hoá đơn 1.264,26 US$")

	// The letter is copied; the file has the lines of the command.
	tab.allowClipboard()
	tab.onID("audit-letter", `e.click()`)
	tab.shows(".keep-said", "Đã chép thư")
	if got := tab.clipboard(); !strings.Contains(got, "980,29") {
		t.Errorf("the letter on the clipboard is %s", got)
	}
	tab.onID("tool-keep.more", `e.click()`)
	tab.onID("audit-read", `e.click()`)
	tab.shows(".audit-letter-text", "Dòng 2: Việt Nam, Tiếp thị, 12.400 tin, bảng cước 980,29, biểu giá 907,68")
	tab.onID("tool-audit.save", `e.click()`)
	name, content := file(".csv")
	if name != "postage-audit-2026-09-01.csv" || !strings.HasPrefix(string(content), "\ufeffDòng,Từ ngày,Đến ngày,") ||
		!strings.Contains(string(content), "2,2026-09-01,,whatsapp.marketing,VN,12400,USD,980.29,907.68,,,72.61,Cộng đều 8% trên tin tiếp thị,") ||
		!strings.Contains(string(content), "không gửi được (") || !strings.Contains(string(content), "Không đọc được: Loại tin: tin lạ") {
		t.Errorf("%s: %s", name, content)
	}
	tab.shows(".keep-said", name)
	// It takes two presses to let go of the bill.
	tab.pressIn(".panel", "Xem hoá đơn khác")
	tab.focusOn("audit-leaving")
	tab.pressIn(".panel", "Giữ lại")
	tab.shows(".audit-rows", "12.400")
	tab.pressIn(".panel", "Xem hoá đơn khác")
	tab.onID("audit-other-yes", `e.click()`)
	tab.waitFor(`document.querySelector(".list-drop") && !document.querySelector(".audit-rows")`)
}

// TestTheSampleBillIsOneTap, and shows each of its causes.
func TestTheSampleBillIsOneTap(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 1280)
	tab.onID("list-sample", `e.click()`)
	tab.shows(".audit-total", "129,00 US$")
	tab.shows(`[data-is~="postmark"]`, "LỆCH9,9%")
	tab.shows(`[data-is~="postmark"]`, "BIỂU GIÁ 01·07·2026")
	tab.shows(`[data-is~="postmark"]`, "ĐỐI SOÁT · 09·2026")
	for _, cause := range []string{"Cộng đều 8% trên tin tiếp thị", "Tin miễn phí vẫn bị tính", "Dùng biểu giá cũ", "Có lẽ lấy giá của thị trường khác"} {
		tab.shows(".audit-causes", cause)
	}
	tab.shows(".audit-then-short", "1.547,14 US$ thêm 239,23, tức 18,3%")
	tab.shows(".audit-changes", "1.000 tin đầu miễn phí, sau đó 0,0113 US$")
	tab.shows(".audit-changes", "Trong 24 giờ không còn miễn phí")
	tab.waitFor(`document.querySelectorAll(".audit-rows tbody tr").length === 8`)
	// What is said of it is not kept for one's own bills.
	tab.onID("audit-agreed", `e.click()`)
	tab.writesInto("audit-percent", "8")
	tab.bills("Bị tính nhiều hơn đã thoả thuận", "40,13", "hoá đơn 1.436,91 US$, biểu giá 1.307,91 US$, cộng 8% thì nhiều nhất 1.412,5")
	for _, cause := range []string{"Tin miễn phí vẫn bị tính, không cộng 8%+46,33", "Dùng biểu giá cũ, không cộng 8%+1,32", "Có lẽ lấy giá của thị trường khác, không cộng 8%−7,52"} {
		tab.shows(".audit-causes", cause)
	}
	tab.waitFor(`!document.querySelector(".audit-causes").textContent.includes("Chưa rõ")`)
	tab.shows(".audit-changes", "Giá đổi từ 0,0732 US$ thành 0,0842 US$")
	tab.shows(".audit-counted", "Đã tính 8% cho nhà cung cấp · Bỏ")
	tab.onID("audit-added-drop", `e.click()`)
	tab.shows(".audit-total", "129,00 US$")
	tab.waitFor(`!document.querySelector(".audit-counted") && document.getElementById("audit-percent").value === ""`)
	if kept := evaluate[string](tab, `localStorage["postage.audit"] ?? ""`); kept != "" {
		t.Errorf("%s is kept", kept)
	}
	tab.choosesList("b.csv", []byte("Date,Country,Category,Count,Amount USD\n2026-09-01,VN,marketing,1000,73.2\n"))
	tab.bills("Đúng theo biểu giá", "73,20 US$", "hoá đơn 73,20 US$, biểu giá 73,20 US$")
	tab.shows(`[data-is~="postmark"]`, "KHỚP")
	tab.waitFor(`!document.querySelector(".audit-why") && !document.getElementById("audit-letter")`)
}

// countsReports has the page count what its worker tells, by turn.
const countsReports = `window.testReports = 0; window.Worker = class extends Worker {
	constructor(...args) { super(...args); this.addEventListener("message", ({ data }) => { if (data.report) window.testReports++; }); }
};`

// pressesSlowly presses an element with the mouse, and lets go once the worker has told what
// came of leaving the field.
func (tb *tab) pressesSlowly(selector string) {
	tb.t.Helper()
	place := evaluate[struct{ X, Y float64 }](tb, `(() => {
		const element = document.querySelector(`+quoted(selector)+`);
		element.scrollIntoView({ block: "center", behavior: "instant" });
		const { left, top, width, height } = element.getBoundingClientRect();
		window.testReports = 0;
		return { x: left + width / 2, y: top + height / 2 };
	})()`)
	mouse := func(what input.DispatchMouseEventType) {
		tb.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: what, X: place.X, Y: place.Y, Button: input.MouseButtonLeft, ClickCount: 1})
			return err
		}))
	}
	mouse(input.DispatchMouseEventTypeMousePressed)
	tb.waitFor(`window.testReports > 0`)
	tb.waitFor(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`) // it would be drawn by now
	if !evaluate[bool](tb, `document.querySelector(".answer[data-stale]") !== null`) {
		tb.t.Error("the page is drawn anew under the pointer")
	}
	mouse(input.DispatchMouseEventTypeMouseReleased)
}

// TestAPressThatLeavesAFieldIsHeard: what is typed is taken as the field is left, on the way
// down of the press, and nothing that comes of it moves or takes away what is pressed.
func TestAPressThatLeavesAFieldIsHeard(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.before(countsReports)
	tab.open(site.url("/audit/"))
	tab.onID("list-sample", `e.click()`)
	tab.shows(".audit-total", "129,00 US$")
	tab.onID("audit-agreed", `e.click()`)
	tab.onID("audit-percent", `e.focus()`)
	tab.keys("7")
	tab.pressesSlowly("#tool-keep\\.more")
	tab.waitFor(`!document.querySelector(".answer[data-stale]") && document.getElementById("audit-other")`)
	tab.shows(".audit-counted", "Đã tính 7%")
	if now := evaluate[string](tab, `document.querySelector(".audit-total").textContent`); strings.Contains(now, "129,00") {
		t.Errorf("with 7 %% it is %s as before", now)
	}
	// A panel that is open stays open when something else is said.
	tab.writesInto("audit-percent", "8")
	tab.shows(".audit-total", "40,13")
	tab.waitFor(`document.getElementById("audit-other")`)
	// What is copied is the answer to what was typed last.
	tab.allowClipboard()
	tab.onID("audit-percent", `e.value = ""; e.focus()`)
	tab.keys("9")
	tab.pressesSlowly("#tool-audit\\.copy")
	tab.shows(".keep-said", "Đã chép")
	if got := tab.clipboard(); !strings.Contains(got, "cộng 9%") {
		t.Errorf("the text on the clipboard is %s", got)
	}
}

// TestAPastedBillCanBeMended: the text is there again, and the least difference is said to
// be that.
func TestAPastedBillCanBeMended(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 390)
	tab.press("Dán từ bảng tính")
	const pasted = "Ngày\tLoại tin\tQuốc gia\tSố lượng\tThành tiền\n05/09/2026\tmarketing\tVN\t1000\t80\n12/09/2026\tutility\tVN\t500\t5.65\n"
	tab.onID("list-paste", `e.value = `+quoted(pasted)+`; e.dispatchEvent(new Event("input", { bubbles: true }))`)
	tab.press("Dùng dữ liệu vừa dán")
	tab.choose("list-order-0", "dmy")
	tab.bills("Bị tính nhiều hơn biểu giá", "ít nhất 6,80 US$", "hoá đơn 85,65 US$, biểu giá 73,20 đến 78,85 US$")
	tab.shows(".stamp", "Lệch có thể tới 12,45 US$.")
	tab.shows("#audit-currency", "Đang hiểu là US$")
	// In the sums no figure lies over another one.
	tab.waitFor(`(() => {
		const cells = [...document.querySelectorAll(".audit-sums > *")].filter((e) => e.checkVisibility() && e.textContent).map((e) => {
			const range = document.createRange();
			range.selectNodeContents(e);
			return range.getBoundingClientRect();
		});
		return cells.length === 5 && cells.every((a, i) => a.right <= innerWidth && cells.every((b, k) => i === k || a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top));
	})()`)
	tab.press("Dán lại")
	tab.waitFor(`document.getElementById("list-paste").value === ` + quoted(pasted))
	// All of it is selected, so that what is pasted now takes its place.
	tab.waitFor(`(() => { const e = document.getElementById("list-paste"); return document.activeElement === e && e.selectionStart === 0 && e.selectionEnd === e.value.length; })()`)
	tab.onID("list-paste", `e.value = e.value.replace("\t80\n", "\t73.2\n"); e.dispatchEvent(new Event("input", { bubbles: true }))`)
	tab.press("Dùng dữ liệu vừa dán")
	tab.shows(".stamp-empty", "Còn 1 câu cần trả lời")
	tab.choose("list-order-0", "dmy")
	tab.bills("Đúng theo biểu giá", "78,85 US$", "hoá đơn 78,85 US$")
	tab.reload()
	tab.shows(".states", "Hoá đơn không được giữ lại, hãy dán lại.")
}

// TestWhatABillDoesNotSayIsAskedInPlace, and nothing that was entered is lost.
func TestWhatABillDoesNotSayIsAskedInPlace(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 390)
	tab.choosesList("zns.csv", []byte("Ngày,Kênh,Số tin,Thành tiền\n05/09/2026,ZNS,1000,330000\n06/09/2026,ZNS,500,200000\n"))
	tab.shows(".stamp-empty", "Còn 1 câu cần trả lời")
	tab.pressIn(".list-bar", "Trả lời")
	tab.focusOn("list-order-0")
	tab.choose("list-order-0", "dmy")
	// The kind of template is asked: until then there is nothing to compare.
	tab.shows(".stamp-empty", "Không có dòng nào để so.")
	tab.pressIn(".stamp-empty", "Trả lời")
	tab.focusOn("audit-asks")
	tab.picks("audit-kind", "custom")
	tab.bills("Bị tính nhiều hơn biểu giá", "35.000", "hoá đơn 530.000 ₫, biểu giá 495.000 ₫")
	tab.shows(".audit-asks", "Số tiền đã gồm thuế chưa")
	tab.choose("audit-tax", "excluded")
	tab.shows(".audit-file", "chưa gồm thuế")
	tab.shows(".stamp-note", "hoá đơn 530.000 ₫")
	tab.waitFor(`document.getElementById("audit-kind").value === "custom"`)

	// A rate, for a bill of WhatsApp in dong.
	tab.choosesList("wa.csv", []byte("Ngày,Thị trường,Loại tin,Số tin,Thành tiền (VND)\n2026-09-01,VN,tiếp thị,1000,1903200\n"))
	tab.shows(".stamp-label", "Chưa so được")
	tab.shows(".audit-rows", "Cần tỷ giá từ US$ sang ₫")
	tab.shows(".stamp-note", "Hãy nhập tỷ giá")
	tab.waitFor(`!document.querySelector(".audit-sums")`) // a sum of nothing is no sum
	tab.writesInto("audit-rate", "26.000")
	tab.bills("Đúng theo biểu giá", "1.903.200 ₫", "biểu giá 1.903.200 ₫")

	// No day at all: both ends of a month.
	tab.choosesList("no-day.csv", []byte("Country,Category,Count,Amount USD\nVN,marketing,1000,73.2\n"))
	tab.shows(".stamp-empty", "Còn 1 câu cần trả lời")
	tab.setDay("audit-from", "2026-09-01")
	tab.bills("Đúng theo biểu giá", "73,20 US$", "biểu giá 73,20 US$")
	tab.setDay("audit-until", "2026-09-30")
	tab.shows(".audit-file", "01/09/2026 – 30/09/2026")
	tab.waitFor(`document.getElementById("audit-from").value === "2026-09-01"`)
	// What holds for every bill is kept, and nothing of this one.
	kept := evaluate[string](tab, `localStorage["postage.audit"]`)
	if !strings.Contains(kept, `"rate":"26000"`) || strings.Contains(kept, "2026-09-01") || strings.Contains(kept, "custom") {
		t.Errorf("%s is kept", kept)
	}
}

// TestALogHasAPriceAndNoVerdict, and several currencies stand side by side.
func TestALogHasAPriceAndNoVerdict(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, en, 1280)
	tab.press("Paste from a spreadsheet")
	tab.onID("list-paste", `e.value = "Time\tPhone\tCategory\n2026-09-01 09:00\t0912345678\tmarketing\n2026-09-01 10:00\t+6281234567890\tmarketing\n"; e.dispatchEvent(new Event("input", { bubbles: true }))`)
	tab.press("Use what I pasted")
	tab.bills("By the price list these messages cost", "$0.11", "2 messages")
	tab.shows(".audit-file", "WhatsApp, a log of single messages")
	tab.shows(".audit-rows", "No amount given")
	tab.shows(".audit-sums", "0.11")
	tab.waitFor(`!document.getElementById("audit-letter")`)

	tab.choosesList("two.csv", []byte("Date,Country,Category,Count,Amount,Currency\n2026-09-01,VN,marketing,1000,79.06,USD\n2026-09-02,VN,marketing,1000,79.06,USD\n2026-09-02,IN,marketing,1000,1000,INR\n"))
	tab.waitFor(`document.querySelectorAll(".stamp").length === 2`)
	tab.waitFor(`document.querySelectorAll(".audit-rows .audit-table").length === 2`)
	tab.shows(".audit-total", "$11.72")
	tab.shows(".audit-then", "cost $146.40 + ₹863.10, and then $168.40 + ₹863.10")
	tab.shows(".audit-changes", "$168.40")
	if second := evaluate[string](tab, `document.querySelectorAll(".stamp-note")[1].textContent`); !strings.Contains(second, "₹1,000.00") {
		t.Errorf("%s", second)
	}
}

// TestALongBillShowsTheWorstRowsFirst, then more, and all on paper.
func TestALongBillShowsTheWorstRowsFirst(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 1280)
	var b strings.Builder
	b.WriteString("Ngày,Thị trường,Loại tin,Số tin,Thành tiền USD\n")
	for day := range 30 {
		fmt.Fprintf(&b, "2026-09-%02d,VN,marketing,1000,%d\n", day+1, 74+day)
	}
	tab.choosesList("dài.csv", []byte(b.String()))
	tab.shows(".audit-rows", "Xem thêm 10 dòng")
	const seen = `[...document.querySelectorAll(".audit-rows tbody tr")].filter((r) => r.checkVisibility()).length`
	tab.waitFor(seen + ` === 20`)
	tab.media("print", "light")
	tab.waitFor(seen + ` === 30`)
	tab.waitFor(`!document.querySelector(".keep").checkVisibility() && !document.getElementById("audit-as-of").checkVisibility()`)
	tab.media("screen", "light")
	tab.onID("audit-more", `e.click()`)
	tab.waitFor(seen + ` === 30`)
	if first := evaluate[string](tab, `document.querySelector(".audit-rows tbody tr").textContent`); !strings.Contains(first, "103,00") {
		t.Errorf("the row that differs most is %q", first)
	}
	tab.shows(".audit-causes", "Chưa rõ vì sao")
}

// TestNothingLeavesWhileABillIsChecked counts every request, from the choice of the file to
// the file that is saved, at the host and in the browser: there is none. And what stands in
// the bill is kept nowhere.
func TestNothingLeavesWhileABillIsChecked(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	var served atomic.Int64
	site.hostedBy(func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			served.Add(1)
			h.ServeHTTP(w, r)
		})
	})
	tab := newTab(t, 390, 844)
	file := tab.downloads()
	tab.open(site.url("/audit/"))
	tab.waitOffline()
	tab.waitFor(`performance.getEntriesByType("resource").some((e) => /list\.[0-9a-f]+\.wasm/.test(e.name) && e.responseEnd > 0)`)
	before, requested := served.Load(), len(tab.requested())
	if before == 0 || requested == 0 {
		t.Fatal("nothing was counted")
	}
	tab.choosesList("Zqxwv.csv", []byte(strings.Replace(septemberBill, "tin lạ", "Zqxwv 0912345678", 1)))
	tab.shows(".audit-total", "81,35")
	tab.setDay("audit-as-of", "2026-12-01")
	tab.shows(".audit-then", "01/12/2026")
	tab.onID("audit-agreed", `e.click()`)
	tab.writesInto("audit-percent", "8")
	tab.shows(".audit-total", "7,52")
	tab.onID("audit-letter", `e.click()`)
	tab.onID("tool-audit.copy", `e.click()`)
	tab.onID("tool-audit.save", `e.click()`)
	file(".csv")
	tab.shows(".keep-said", ".csv")
	if n := served.Load() - before; n != 0 {
		t.Errorf("the host was asked for %d files", n)
	}
	if more := slices.DeleteFunc(tab.requested()[requested:], func(address string) bool {
		return strings.HasPrefix(address, "blob:") || strings.HasPrefix(address, "data:")
	}); len(more) > 0 {
		t.Errorf("the page asked for %q", more)
	}
	kept := evaluate[string](tab, `(async () => {
		const said = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href, document.title, ...[...document.querySelectorAll("a[href]")].map((a) => a.href)];
		for (const { name } of await indexedDB.databases()) said.push("database " + name);
		for (const name of await caches.keys()) {
			for (const { url } of await (await caches.open(name)).keys()) said.push(url);
		}
		return said.join("\n");
	})()`)
	if !strings.Contains(kept, "postage.audit") {
		t.Errorf("nothing was kept: %s", kept)
	}
	for _, secret := range []string{"Zqxwv", "0912345", "12400", "980.29", "Thành tiền", "database "} {
		if strings.Contains(kept, secret) {
			t.Errorf("%s is kept: %s", secret, kept)
		}
	}

	// Without a network the page comes again, without the bill, and works.
	site.stop()
	tab.reload()
	tab.shows(".states", "Hoá đơn không được giữ lại, hãy chọn lại tệp.")
	tab.waitFor(`document.querySelector(".list-drop")`)
	tab.onID("list-sample", `e.click()`)
	tab.shows(".audit-total", "129,00 US$")
	// The page with a list has the same programs.
	tab.do(`document.querySelector(".to-list").click()`)
	tab.waitFor(`location.pathname === "/list/"`)
	tab.waitLive()
	tab.onID("list-sample", `e.click()`)
	tab.shows(".list-file", fmt.Sprintf("%d.000 dòng", reading.SampleSize/1000))
	tab.shows(".list-total", "khách")
}

// TestAWrongBillIsSaidSoAndThePageLives whatever is chosen.
func TestAWrongBillIsSaidSoAndThePageLives(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 390)
	for _, c := range []struct {
		name, content, said string
	}{
		{"empty.csv", "", "Tệp trống. Hãy chọn tệp có hoá đơn."},
		{"a.pdf", "%PDF-1.7\n", "Hãy xin nhà cung cấp bảng kê dạng .xlsx hoặc CSV."},
		{"a.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 4000), "Excel đời cũ (.xls)"},
		{"bomb.xlsx", string(bomb(t)), "hoá đơn không bao giờ như vậy"},
		{"a.json", `{"data":[{"a":`, "Tệp JSON bị hỏng"},
		{"b.json", `{"error":{"message":"Zqxwv <img src=x>"}}`, "báo lỗi: Zqxwv <img src=x>"},
		{"c.csv", "Ngày,Số tin\n", "chưa có dòng nào bên dưới"},
		{"d.csv", "Ngày\n" + strings.Repeat("9", 40_000) + "\n", "ô dài hơn 32.767 ký tự"},
	} {
		tab.choosesList(c.name, []byte(c.content))
		tab.shows(".list-mistake", c.said)
	}
	// A table that is no bill opens its columns on the question.
	tab.choosesList("e.csv", []byte("<img src=x onerror=alert(1)>,SĐT\n\"=cmd|'/c calc'!A0\",0912345678\n"))
	tab.shows(".audit-file .mistake", "Không nhận ra đây là hoá đơn hay nhật ký nào. Các cột: <img src=x onerror=alert(1)>, SĐT.")
	tab.waitFor(`document.getElementById("list-column-0").checkVisibility()`)
	tab.choosesList("f.csv", []byte(septemberBill))
	tab.shows(".audit-total", "81,35")
	// A bill that stands there stays when the next one cannot be read.
	tab.choosesList("empty.csv", nil)
	tab.shows(".list-mistake", "Tệp trống.")
	tab.shows(".audit-total", "81,35")
	// Of a workbook with several sheets one is asked for.
	rows := [][]any{{"Ngày", "Thị trường", "Loại tin", "Số tin", "Thành tiền USD"}, {"2026-09-01", "VN", "marketing", 1000, 73.2}}
	tab.choosesList("sheets.xlsx", cellstest.Book(t, cellstest.Sheet{Name: "Ghi chú", Rows: [][]any{{"A"}, {"B"}}}, cellstest.Sheet{Name: "Tháng 9", Rows: rows}))
	tab.shows(".list-mistake", "Hoá đơn ở trang nào?")
	tab.press("Tháng 9")
	tab.bills("Đúng theo biểu giá", "73,20 US$", "biểu giá 73,20 US$")
}

// TestCheckingCanBeStopped: the page answers while a long log is read.
func TestCheckingCanBeStopped(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 390)
	tab.onID("list-file", `const block = new Blob(["2026-09-01 09:00,0912345678,marketing,ghi chú dài để tệp lớn hơn nhiều\n".repeat(10_000)]), files = new DataTransfer();
		files.items.add(new File(["time,phone,category,note\n", ...Array(90).fill(block)], "nhật ký.csv"));
		e.files = files.files; e.dispatchEvent(new Event("change", { bubbles: true }))`)
	tab.shows(".list-progress", "Đang đọc, đã qua")
	tab.onID("list-stop", `e.click()`)
	tab.shows(".audit-file", "đã dừng giữa chừng")
	tab.choosesList("ngắn.csv", []byte(septemberBill))
	tab.shows(".audit-file", "ngắn.csv")
	tab.shows(".audit-total", "81,35")
}

// TestTheBillSpeaksEveryLanguage, and stays when the language changes.
func TestTheBillSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 1280)
	tab.choosesList("a.csv", []byte(septemberBill))
	tab.shows(".audit-total", "81,35")
	tab.onID("tool-keep.more", `e.click()`)
	for _, page := range []struct{ lang, title, label, country string }{
		{"vi", "Hoá đơn có đúng không?", "Bị tính nhiều hơn biểu giá", "Việt Nam"}, {"ru", "Верен ли счёт?", "Выставлено больше, чем по прайсу", "Вьетнам"}, {"en", "Is the bill right?", "Billed above the price list", "Vietnam"},
	} {
		if page.lang != "vi" {
			tab.onID("language-"+page.lang, `e.click()`)
			tab.waitFor(`location.pathname === "/` + page.lang + `/audit/"`)
		}
		tab.shows("h1", page.title)
		tab.shows(".stamp-label", page.label)
		tab.shows(".audit-rows", page.country)
		tab.waitFor(`document.querySelector(".audit-total") && document.querySelector(".audit-changes") && !document.querySelector(".answer[data-stale]")`)
		tab.saysNoKey(page.lang)
	}
	// On a phone a day is not cut, not even where it is long in words.
	tab.onID("language-ru", `e.click()`)
	tab.waitFor(`location.pathname === "/ru/audit/"`)
	tab.resize(390, 844)
	tab.waitFor(`document.getElementById("audit-as-of")?.offsetWidth > 165`)
}

func TestAxeFindsNothingInABill(t *testing.T) {
	t.Parallel()
	tab, _ := openAuditPage(t, vi, 320)
	tab.loadAxe()
	tab.fitsAndHasNoFaults("at the start", 1280, 320)
	tab.choosesList("khách.csv", []byte("Tên,SĐT\nAn,0912345678\n"))
	tab.shows(".audit-file .mistake", "Không nhận ra")
	tab.fitsOn("with a file that is no bill", 1280, 320)
	tab.choosesList("zns.csv", []byte("Kênh,Số tin,Thành tiền\nZNS,1000,330000\n"))
	tab.shows(".audit-asks", "Gửi từ ngày")
	tab.fitsOn("with questions", 1280, 320)
	if found := axeFindingsIn(tab, `".audit-asks"`); found != "" {
		t.Errorf("with questions:\n%s", found)
	}
	tab.choosesList("hoá đơn.csv", []byte(septemberBill))
	tab.shows(".audit-total", "81,35")
	tab.onID("tool-keep.more", `e.click()`)
	tab.waitFor(`document.querySelector(".panel")`)
	tab.opensEverything()
	tab.fitsOn("with an answer", 1280, 320)
	tab.fitsAndHasNoFaults("with an answer", 320)
	tab.hasColoursByNight("with an answer", 1280)
}
