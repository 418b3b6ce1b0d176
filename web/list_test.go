package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"postage/app/table/cellstest"
	"postage/app/words/wordstest"
)

// aList is a list of contacts of whom two have names that stand nowhere else.
const aList = `Họ tên,SĐT,zalo_id,Quan tâm OA,ZNS gần nhất,Ghi chú
Quyên Zqxwv,0912345678,,,05/11/2026,=1+1
Bình,0912345679,,,không,
Chi,0912 34x,,,,
Quyên,0912345678,,,,đôi
Ếch Zqxwv,,3829104400000001,có,,"a, b"
`

// openListPage opens the page with the list on a site of its own.
func openListPage(t *testing.T, lang string, width int) (*tab, *servedSite) {
	t.Helper()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, width, 844)
	tab.open(site.url(lang + "list/"))
	return tab, site
}

// choosesList gives the page a file, as the browser's window for files does.
func (tb *tab) choosesList(name string, content []byte) {
	tb.t.Helper()
	tb.onID("list-file", fmt.Sprintf(`const bytes = Uint8Array.from(atob(%s), (c) => c.charCodeAt(0)), files = new DataTransfer();
		files.items.add(new File([bytes], %s)); e.files = files.files; e.dispatchEvent(new Event("change", { bubbles: true }))`,
		quoted(base64.StdEncoding.EncodeToString(content)), quoted(name)))
}

// reads waits until the page has the columns of a list with so many rows.
func (tb *tab) reads(rows string) {
	tb.t.Helper()
	tb.shows(".list-file", rows)
}

// reaches waits until the stamp says so.
func (tb *tab) reaches(people, money string) {
	tb.t.Helper()
	tb.waitFor(`!document.querySelector(".answer[data-stale]")`)
	tb.shows(".list-total", people)
	tb.shows(".list-money", money)
}

func TestAListIsWorkedOnAPhone(t *testing.T) {
	t.Parallel()
	tab, _ := openListPage(t, vi, 390)
	file := tab.downloads()
	tab.choosesList("khách mua.csv", []byte(aList))
	tab.reads("5 dòng")
	tab.shows(".list-columns-card", "0912345678 · 0912345679 · 0912 34x")
	tab.shows(".list-bar", "Còn 1 câu cần trả lời")
	// What it knows of decides which ways are taken for given.
	tab.waitFor(`[...document.querySelectorAll(".list-ways-card input:checked")].map((e) => e.id).join() === "list-way-zns,list-way-uid,list-way-oa"`)
	tab.pressIn(".list-bar", "Xem kết quả")
	tab.focusOn("list-order-4") // the question that is left
	tab.shows("#list-order-4", "5 tháng 11")
	tab.choose("list-order-4", "dmy")
	tab.setDay("list-day", "2026-12-01")
	// A package that sends none by user id says so where it is chosen.
	tab.on(`document.getElementById("list-package")`, `e.value = "standard"; e.dispatchEvent(new Event("change", { bubbles: true }))`)
	tab.shows(".list-no-api", "không gửi được ZBS qua UID")
	tab.on(`document.getElementById("list-package")`, `e.value = "growth"; e.dispatchEvent(new Event("change", { bubbles: true }))`)
	tab.waitFor(`!document.querySelector(".list-no-api")`)
	for _, id := range []string{"list-care-2026-11", "list-care-2026-10"} {
		tab.fill("#"+id, "1200")
		tab.do(`document.activeElement.blur()`)
	}
	tab.pressIn(".list-bar", "Xem kết quả")
	tab.reaches("2 / 3 khách", "440 ₫")
	tab.focusOn("answer")
	tab.shows(`.answer > [role="status"]`, "Gửi được cho 2 trên 3 khách, tổng cộng: 440 ₫.")
	tab.shows(".list-by-way", "Broadcast1 người · Miễn phí")
	tab.shows(".list-by-way", "ZNS1 người · 440 ₫")
	tab.shows(".list-by-way", "Chưa gửi được1 người · 1 dòng không đọc được · kèm lý do")
	tab.shows(".list-missed", "Chưa quan tâm OA")
	tab.shows(".list-missed", "Họ nhắn cho trang thì gửi được bằng Messenger · Tin trong 24 giờ, miễn phí")
	tab.shows(".list-file", "1 dòng trùng đã gộp")
	// The stamp is in view, whatever came below it.
	tab.waitFor(`!document.querySelector(".list-coming")`)
	if top := evaluate[float64](tab, `document.querySelector("#answer .stamp").getBoundingClientRect().top`); top < 0 || top > 200 {
		t.Errorf("the stamp begins %v px below the top of what is in view", top)
	}
	tab.shows(".list-faults", "Dòng 4: SĐT: “0912 34x” không phải số điện thoại.")

	// Another choice has another answer at once.
	tab.choose("list-purpose", "transaction")
	tab.reaches("2 / 3 khách", "660 ₫")
	tab.choose("list-purpose", "promotion")
	tab.reaches("2 / 3 khách", "440 ₫")
	tab.press("ZNS")
	tab.reaches("1 / 3 khách", "Miễn phí")
	tab.press("ZNS")
	tab.reaches("2 / 3 khách", "440 ₫")

	// A column can be taken for something else, and for nothing.
	tab.onID("list-columns", `e.click()`)
	tab.onID("list-column-2", `e.value = ""; e.dispatchEvent(new Event("change", { bubbles: true }))`)
	tab.reaches("1 / 3 khách", "440 ₫")
	tab.onID("list-column-2", `e.value = "uid"; e.dispatchEvent(new Event("change", { bubbles: true }))`)
	tab.reaches("2 / 3 khách", "440 ₫")

	// The files hold the columns of the list, and nothing that a spreadsheet runs.
	tab.onID("list-save-1", `e.click()`)
	if name, content := file("zalo-zns.csv"); string(content) != "\ufeffHọ tên,SĐT,zalo_id,Quan tâm OA,ZNS gần nhất,Ghi chú\r\nQuyên Zqxwv,0912345678,,,05/11/2026,'=1+1\r\n" {
		t.Errorf("%s: %q", name, content)
	}
	tab.onID("list-save-rest", `e.click()`)
	if name, content := file("rest.csv"); !strings.Contains(string(content), "Bình,0912345679,,,không,,Chưa quan tâm OA") || !strings.Contains(string(content), "Không đọc được") {
		t.Errorf("%s: %q", name, content)
	}
	tab.onID("list-all", `e.click()`)
	name, content := file(".zip")
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(z.File) != 3 {
		t.Fatalf("%s: %v", name, err)
	}

	// Into the plan with one tap.
	tab.onID("list-to-plan", `e.click()`)
	tab.waitFor(`location.pathname === "/plan/"`)
	tab.waitLive()
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 2 && location.hash === ""`)
	tab.shows(".keep-said", "giờ có 2 mục")
	tab.sees("Gửi được", "440 ₫")
}

// TestNothingLeavesWhileAListIsWorked counts every request, from the choice of the file
// to the files that are saved, at the host and in the browser: there is none. And what
// stands in the list is kept nowhere.
func TestNothingLeavesWhileAListIsWorked(t *testing.T) {
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
	tab.open(site.url("/list/"))
	tab.waitOffline()
	tab.waitFor(`performance.getEntriesByType("resource").some((e) => /list\.[0-9a-f]+\.wasm/.test(e.name) && e.responseEnd > 0)`)
	before, requested := served.Load(), len(tab.requested())
	if before == 0 || requested == 0 {
		t.Fatal("nothing was counted")
	}
	tab.choosesList("Zqxwv.csv", []byte(aList))
	tab.reads("5 dòng")
	tab.choose("list-order-4", "dmy")
	tab.setDay("list-day", "2026-12-01")
	tab.choose("list-purpose", "transaction")
	tab.pressIn(".answer", "Xem kết quả")
	tab.shows(".list-total", "3 khách")
	tab.onID("list-all", `e.click()`)
	file(".zip")
	tab.shows(".keep-said", ".zip")
	if n := served.Load() - before; n != 0 {
		t.Errorf("the host was asked for %d files", n)
	}
	if more := slices.DeleteFunc(tab.requested()[requested:], func(address string) bool {
		return strings.HasPrefix(address, "blob:") || strings.HasPrefix(address, "data:")
	}); len(more) > 0 {
		t.Errorf("the page asked for %q", more)
	}
	tab.onID("list-to-plan", `window.testLink = e.href`)
	kept := evaluate[string](tab, `(async () => {
		const said = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href, document.title, atob(testLink.split("add=")[1].replaceAll("-", "+").replaceAll("_", "/"))];
		for (const { name } of await indexedDB.databases()) said.push("database " + name);
		for (const name of await caches.keys()) {
			for (const { url } of await (await caches.open(name)).keys()) said.push(url);
		}
		return said.join("\n");
	})()`)
	if !strings.Contains(kept, "postage.list") || !strings.Contains(kept, `"recipients"`) {
		t.Errorf("nothing was kept: %s", kept)
	}
	for _, secret := range []string{"Zqxwv", "0912345", "3829104400000001", "SĐT", "zalo_id", "Ghi chú", "database "} {
		if strings.Contains(kept, secret) {
			t.Errorf("%s is kept: %s", secret, kept)
		}
	}
	// After a reload it is said that the list has to be chosen again.
	tab.reload()
	tab.shows(".states", "Danh sách không được giữ lại, hãy chọn lại tệp.")
	tab.waitFor(`document.querySelector(".list-drop")`)
}

func TestTheSampleIsOneTap(t *testing.T) {
	t.Parallel()
	tab, _ := openListPage(t, vi, 390)
	tab.onID("list-sample", `e.click()`)
	tab.shows(".list-total", "khách")
	tab.shows("h1", "Ưu đãi cho danh sách mẫu")
	tab.shows(".list-by-way", "Tải cả 8 tệp (.zip)")
	tab.waitFor(`document.querySelectorAll(".list-reasons li").length >= 4`)
	reached := evaluate[string](tab, `document.querySelector(".list-total").textContent`)
	tab.shows(".mix-depends", "Có thể thêm")
	tab.pressIn(".mix-depends", "Tính luôn phần này vào tổng")
	tab.shows(".mix-depends", "Đang tính cả cách chưa chắc")
	if more := evaluate[string](tab, `document.querySelector(".list-total").textContent`); more == reached {
		t.Errorf("it is %s with what is not certain too", more)
	}
	tab.pressIn(".mix-depends", "Chỉ tính cách chắc chắn")
	tab.shows(".list-total", reached)
	// Its sender is made up too, and not kept for a list of one's own.
	if kept := evaluate[string](tab, `localStorage["postage.list"] ?? ""`); kept != "" {
		t.Errorf("the choices for the sample are kept: %s", kept)
	}
	tab.choosesList("own.csv", []byte("Phone\n0912345678\n"))
	tab.reads("1 dòng")
	tab.waitFor(`document.getElementById("list-package")?.value === "" && document.querySelector('[id^="list-care-"]').value === ""`)
	tab.waitFor(`[...document.querySelectorAll(".list-ways-card input:checked")].map((e) => e.id).join() === "list-way-zns"`)
	// What is switched off by hand is known as such.
	tab.onID("list-way-messenger", `e.click()`)
	tab.waitFor(`((kept) => kept.includes("messenger") && !kept.includes('"off"'))(localStorage["postage.list"] ?? "")`)
	tab.onID("list-way-messenger", `e.click()`)
	tab.waitFor(`(localStorage["postage.list"] ?? "").includes('"off":["messenger"]')`)
}

// TestAListIsPastedOrDropped in the place of a file.
func TestAListIsPastedOrDropped(t *testing.T) {
	t.Parallel()
	tab, _ := openListPage(t, en, 1280)
	tab.press("Paste from a spreadsheet")
	tab.focusOn("list-paste")
	tab.onID("list-paste", `e.value = "Phone\tName\n0912345678\tA\n+6581234567\tB\n"; e.dispatchEvent(new Event("input", { bubbles: true }))`)
	tab.press("Use what I pasted")
	tab.reads("2 rows")
	// What has nobody in it stays to be mended, in the field.
	tab.press("Paste again")
	tab.onID("list-paste", `e.value = "Phone\t\n"; e.dispatchEvent(new Event("input", { bubbles: true }))`)
	tab.press("Use what I pasted")
	tab.shows(".list-mistake", "There are column names but no contact below them.")
	tab.focusOn("list-paste")
	// Numbers alone get a heading by one press.
	tab.onID("list-paste", `e.value = "0905123456\n0912345678\n0912345679\n"; e.dispatchEvent(new Event("input", { bubbles: true }))`)
	tab.press("Use what I pasted")
	tab.focusOn("list-heading")
	tab.waitFor(`document.getElementById("list-paste").value === "0905123456\n0912345678\n0912345679\n"`)
	tab.press("Add a row of names and read on")
	tab.reads("3 rows")
	tab.press("Paste again")
	tab.onID("list-paste", `e.value = "Phone\tName\n0912345678\tA\n+6581234567\tB\n"; e.dispatchEvent(new Event("input", { bubbles: true }))`)
	tab.press("Use what I pasted")
	tab.reads("2 rows")
	tab.choose("list-purpose", "transaction")
	tab.pressIn(".answer", "See the result")
	tab.shows(".list-total", "2 / 2 people")
	tab.do(`{
		const data = new DataTransfer();
		data.items.add(new File(["Phone\n0912345678\n"], "dropped.csv"));
		for (const type of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
	}`)
	tab.reads("dropped.csv")
	tab.reads("1 row")
}

// TestASheetIsChosen of a workbook that has several.
func TestASheetIsChosen(t *testing.T) {
	t.Parallel()
	tab, _ := openListPage(t, vi, 390)
	book := cellstest.Book(t,
		cellstest.Sheet{Name: "Khách cũ", Rows: [][]any{{"SĐT"}, {"0912345678"}}},
		cellstest.Sheet{Name: "Khách mới", Rows: [][]any{{"SĐT"}, {"0912345679"}, {"0912345670"}}})
	tab.choosesList("trước.csv", []byte("SĐT\n0912345678\n"))
	tab.reads("trước.csv")
	tab.choosesList("khach.xlsx", book)
	tab.shows(".list-mistake", "Danh sách ở trang nào?")
	tab.press("Khách mới")
	tab.reads("2 dòng")
	tab.reads("khach.xlsx") // not the name of the list before it
	tab.shows(".list-file", "Khách cũ")
}

// TestAWrongListIsSaidSoAndThePageLives whatever is chosen.
func TestAWrongListIsSaidSoAndThePageLives(t *testing.T) {
	t.Parallel()
	tab, _ := openListPage(t, vi, 390)
	for _, c := range []struct {
		name, content, said string
	}{
		{"empty.csv", "", "Tệp trống."},
		{"a.pdf", "%PDF-1.7\n", "Đây là tệp PDF, không phải bảng."},
		{"a.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 4000), "Excel đời cũ (.xls)"},
		{"a.xlsx", "PK\x03\x04" + strings.Repeat("nothing", 90), "bị hỏng"},
		{"bomb.xlsx", string(bomb(t)), "lớn hơn 200 lần"},
		{"a.csv", "\xff\xfe\xff\xff\x00\xd8\x00\xd8", "CSV UTF-8"},
		{"b.csv", "0912345678,An\n0912345679,Bình\n", "phải là tên các cột"},
		{"c.csv", "SĐT\n", "chưa có khách nào"},
		{"d.csv", "SĐT\n" + strings.Repeat("9", 40_000) + "\n", "ô dài hơn 32.767 ký tự"},
		{"e.csv", strings.Repeat("a,", 1100) + "\n1\n", "hơn 1.000 cột"},
	} {
		tab.choosesList(c.name, []byte(c.content))
		tab.shows(".list-mistake", c.said)
	}
	tab.choosesList("f.csv", []byte("<img src=x onerror=alert(1)>,SĐT\n\"=cmd|'/c calc'!A0\",0912345678\n"))
	tab.reads("1 dòng")
	tab.shows(".list-columns-card", "<img src=x onerror=alert(1)>")
	// A list that stands there stays when the next one cannot be read, and is answered.
	tab.choosesList("empty.csv", nil)
	tab.shows(".list-mistake", "Tệp trống.")
	tab.reads("1 dòng")
	tab.waitFor(`(said => said.includes("f.csv") && !said.includes("empty.csv"))(document.querySelector("main").innerText)`)
	tab.press("Xem kết quả")
	tab.shows(".list-total", "/ 1 khách")
	tab.choosesList("g.csv", []byte(aList))
	tab.reads("5 dòng")
}

// bomb is a workbook whose sheet unpacks to a thousand times its size.
func bomb(t *testing.T) []byte {
	t.Helper()
	book := cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: [][]any{{"SĐT"}, {"0912345678"}}})
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if !strings.Contains(f.Name, "worksheets/") {
			if err := out.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>SĐT</t></is></c></row>` + strings.Repeat(" ", 20<<20) + `</sheetData></worksheet>`)); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestReadingCanBeStopped: the page answers while a long list is read, and what was read
// can be used.
func TestReadingCanBeStopped(t *testing.T) {
	t.Parallel()
	tab, _ := openListPage(t, vi, 390)
	tab.onID("list-file", `const line = "0912345678,An Bình,3829104400000001,có,05/12/2025,ghi chú dài để tệp lớn hơn\n", block = line.repeat(100_000), files = new DataTransfer();
		files.items.add(new File(["SĐT,Tên,zalo_id,Quan tâm OA,ZNS gần nhất,Ghi chú\n", ...Array(9).fill(block)], "dài.csv"));
		e.files = files.files; e.dispatchEvent(new Event("change", { bubbles: true }))`)
	tab.shows(".list-progress", "Đang đọc, đã qua")
	tab.do(`window.said = document.querySelector(".list-progress").textContent`)
	tab.waitFor(`document.querySelector(".list-progress").textContent !== said`) // it goes on
	tab.onID("list-stop", `e.click()`)
	tab.shows(".list-file", "đã dừng giữa chừng")
	tab.waitFor(`!document.querySelector(".list-progress")`)
	if rows := evaluate[string](tab, `document.querySelector(".list-file").textContent`); strings.Contains(rows, "900.000 dòng") {
		t.Errorf("it was not stopped: %s", rows)
	}
	// And another list can be chosen while one is read.
	tab.choosesList("ngắn.csv", []byte("SĐT\n0912345678\n"))
	tab.reads("ngắn.csv")
	tab.reads("1 dòng")
}

// TestAnotherWorkerGoesOn where one has come to an end, with the program that is there.
func TestAnotherWorkerGoesOn(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.before(`{
		const Original = Worker;
		window.workers = [];
		window.Worker = class extends Original { constructor(...all) { super(...all); workers.push(this); } };
	}`)
	tab.open(site.url(vi + "list/"))
	for n := range 2 {
		tab.choosesList("ngắn.csv", []byte("SĐT\n0912345678\n"))
		tab.reads("1 dòng")
		tab.do(fmt.Sprintf(`workers[%d].onmessage({ data: { ended: true } })`, n))
		tab.shows(".list-mistake", "Bộ đọc tệp vừa gặp sự cố")
	}
	tab.choosesList("ngắn.csv", []byte("SĐT\n0912345678\n0912345679\n"))
	tab.reads("2 dòng")
	if n := evaluate[int](tab, `performance.getEntriesByType("resource").filter((e) => /\/list\.\w+\.wasm/.test(e.name)).length`); n != 1 {
		t.Errorf("the program was fetched %d times", n)
	}
}

// TestAProgramThatIsNoneIsSaidSoAndFetchedAgain: a network that answers everything with its
// own page must not have the page start for ever.
func TestAProgramThatIsNoneIsSaidSoAndFetchedAgain(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	var isWrong atomic.Bool
	isWrong.Store(true)
	site.hostedBy(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if isWrong.Load() && strings.HasPrefix(r.URL.Path, "/assets/list.") && strings.Contains(r.URL.Path, ".wasm") {
				fmt.Fprint(w, "<h1>Wi-Fi</h1>")
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	tab := newTab(t, 390, 844)
	tab.before(`delete Navigator.prototype.serviceWorker;`)
	tab.open(site.url(vi + "list/"))
	tab.shows(".list-mistake", "Chưa mở được bộ đọc tệp")
	isWrong.Store(false)
	tab.on(`document.querySelector(".list-mistake .link")`, `e.click()`)
	tab.choosesList("ngắn.csv", []byte("SĐT\n0912345678\n"))
	tab.reads("1 dòng")
}

// saysNoKey fails the test where a text is shown by its key, in what is folded too.
func (tb *tab) saysNoKey(lang string) {
	tb.t.Helper()
	tb.opensEverything()
	for said := range wordstest.TextsIn(evaluate[string](tb, `document.getElementById("app").outerHTML`)) {
		if left := wordstest.LeftOver(said, wordstest.KeySections()); left != "" {
			tb.t.Errorf("%s shows %q", lang, left)
		}
	}
}

// TestTheListSpeaksEveryLanguage, and stays when the language changes.
func TestTheListSpeaksEveryLanguage(t *testing.T) {
	t.Parallel()
	tab, _ := openListPage(t, vi, 1280)
	tab.choosesList("a.csv", []byte(aList))
	tab.reads("5 dòng")
	tab.choose("list-order-4", "dmy")
	tab.setDay("list-day", "2026-12-01")
	tab.pressIn(".answer", "Xem kết quả")
	for _, page := range []struct{ lang, rows string }{{"vi", "5 dòng"}, {"ru", "5 строк"}, {"en", "5 rows"}} {
		if page.lang != "vi" {
			tab.onID("language-"+page.lang, `e.click()`)
			tab.waitFor(`location.pathname === "/` + page.lang + `/list/"`)
		}
		tab.reads(page.rows)
		tab.waitFor(`document.querySelector(".list-money") && document.querySelector(".list-missed") && !document.querySelector(".answer[data-stale]")`)
		tab.saysNoKey(page.lang)
	}
}

func TestAxeFindsNothingInAList(t *testing.T) {
	t.Parallel()
	tab, _ := openListPage(t, vi, 320)
	tab.loadAxe()
	tab.fitsOn("at the start", 320)
	tab.choosesList("khách.csv", []byte(aList))
	tab.reads("5 dòng")
	tab.choosesList("a.pdf", []byte("%PDF-1.7\n"))
	tab.shows(".list-mistake", "PDF")
	tab.fitsOn("with columns and a mistake", 1280, 320)
	tab.fitsAndHasNoFaults("with columns and a mistake", 320)
	tab.choosesList("lại.csv", []byte(aList))
	tab.reads("lại.csv")
	tab.waitFor(`!document.querySelector(".list-mistake, .list-progress")`)
	tab.choose("list-order-4", "dmy")
	tab.setDay("list-day", "2026-12-01")
	tab.pressIn(".answer, .list-bar", "Xem kết quả")
	tab.shows(".list-total", "3 khách")
	tab.opensEverything()
	tab.fitsOn("with an answer", 1280, 320)
	tab.fitsAndHasNoFaults("with an answer", 320)
	tab.hasColoursByNight("with an answer", 1280)
}

// TestTheReaderHasNoWayOut: of what could send something elsewhere or keep it, the
// script takes all away that a worker has, before anything of a file comes.
func TestTheReaderHasNoWayOut(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile(filepath.Join("site", "assets", "reader.js"))
	if err != nil {
		t.Fatal(err)
	}
	tab, site := openListPage(t, vi, 390)
	site.hostedBy(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/assets/probe.js" {
				next.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, string(script), `
				postMessage(Object.fromEntries(["fetch", "XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "BroadcastChannel", "Worker", "importScripts", "indexedDB", "caches"].map((n) => [n, typeof self[n]])));`)
		})
	})
	found := evaluate[map[string]string](tab, `new Promise((done) => {
		const w = new Worker("/assets/probe.js");
		w.onmessage = ({ data }) => done(data);
		w.onerror = (e) => done({ error: e.message });
	})`)
	if len(found) != 10 {
		t.Errorf("%v", found)
	}
	for name, kind := range found {
		if kind != "undefined" {
			t.Errorf("the worker has %s, %s", name, kind)
		}
	}
}
