package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"postage/rules"
)

// Keeping the answer, as people do.

// perform calls a command of the browser for the tab's profile.
func perform[P any](tb *tab, command cdp.Command[P, cdp.Empty], params func(profile cdp.BrowserContextID) P) {
	tb.t.Helper()
	tb.run(chromedp.Func(func(ctx context.Context, tg *chromedp.Target) error {
		info, err := cdp.Call(ctx, tg, target.GetTargetInfo, target.GetTargetInfoParams{})
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, tg, command, params(info.TargetInfo.BrowserContextID))
		return err
	}))
}

// allowClipboard lets the page use the clipboard while it is told of a press. What
// comes later is refused, as Safari does.
func (tb *tab) allowClipboard() {
	tb.t.Helper()
	if tb.remote != nil {
		return // these go by the press itself
	}
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		perform(tb, browser.SetPermission, func(profile cdp.BrowserContextID) browser.SetPermissionParams {
			return browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted, BrowserContextID: profile}
		})
	}
	tb.do(`if (navigator.clipboard) {
		const write = navigator.clipboard.write;
		let pressed = false;
		addEventListener("click", () => { pressed = true; }, true);
		addEventListener("click", () => { pressed = false; });
		navigator.clipboard.writeText = () => Promise.reject(new Error("this comes after the press"));
		navigator.clipboard.write = function (items) { return pressed ? write.call(this, items) : this.writeText(); };
	}`)
}

// clipboard returns what is on the clipboard.
func (tb *tab) clipboard() string {
	tb.t.Helper()
	if tb.remote != nil { // it is pasted, as a visitor does
		tb.do(`document.body.append(Object.assign(document.createElement("textarea"), { id: "test-pasted" })); document.getElementById("test-pasted").focus()`)
		tb.keys("v", chromedp.ModifierCtrl)
		tb.waitFor(valueOf("test-pasted") + ` !== ""`)
		return evaluate[string](tb, `(() => { const f = document.getElementById("test-pasted"); f.remove(); return f.value; })()`)
	}
	return evaluate[string](tb, `navigator.clipboard.readText()`)
}

// downloads has files downloaded into a folder, and returns what reads the
// first that ends so.
func (tb *tab) downloads() (file func(ending string) (name string, content []byte)) {
	tb.t.Helper()
	dir := tb.t.TempDir()
	perform(tb, browser.SetDownloadBehavior, func(profile cdp.BrowserContextID) browser.SetDownloadBehaviorParams {
		return browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, BrowserContextID: profile}
	})
	return func(ending string) (string, []byte) {
		tb.t.Helper()
		deadline := time.NewTimer(patience)
		defer deadline.Stop()
		look := time.NewTicker(20 * time.Millisecond)
		defer look.Stop()
		for {
			// While it is on its way a file has another ending.
			if found, _ := filepath.Glob(filepath.Join(dir, "*"+ending)); len(found) == 1 {
				if content, err := os.ReadFile(found[0]); err == nil && len(content) > 0 {
					return filepath.Base(found[0]), content
				}
			}
			select {
			case <-look.C:
			case <-deadline.C:
				entries, _ := os.ReadDir(dir)
				tb.t.Fatalf("waited in vain for a file with %s: %v", ending, entries)
			}
		}
	}
}

// media shows the page as on a screen or on paper.
func (tb *tab) media(media, scheme string) {
	tb.t.Helper()
	tb.run(chromedp.Func(func(ctx context.Context, tg *chromedp.Target) error {
		_, err := cdp.Call(ctx, tg, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media: media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
}

// tool presses the button of the toolbar with a label.
func (tb *tab) tool(label string) {
	tb.t.Helper()
	tb.pressIn(".acts", label)
}

// pressIn presses the first button with a label below an element.
func (tb *tab) pressIn(selector, label string) {
	tb.t.Helper()
	button := fmt.Sprintf(`[...document.querySelectorAll(%s)].find((b) => b.textContent.trim() === %s && !b.disabled)`, quoted(selector+" button"), quoted(label))
	if tb.remote != nil {
		tb.on(button, `e.focus(); if (document.activeElement !== e) return false`)
		tb.keys("\r") // as what may use the clipboard only the visitor's own press counts
		return
	}
	tb.on(button, `e.scrollIntoView({block: "center"}); e.click()`)
}

// saveAs saves what is on the screen under a name.
func (tb *tab) saveAs(name string) {
	tb.t.Helper()
	tb.tool("Save")
	tb.waitFor(`document.getElementById("keep-save-name") !== null`)
	tb.fill(`#keep-save-name`, name)
	tb.pressIn("#keep-save", "Save on this device")
	tb.waitFor(fmt.Sprintf(`[...document.querySelectorAll(".saved-name")].some((e) => e.textContent === %s)`, quoted(name)))
}

// wholeForm is the names and answers of the form.
const wholeForm = `JSON.stringify([...document.querySelectorAll(".ask input, .ask select")].map((f) => [f.id || f.name + "=" + f.value, f.type === "radio" || f.type === "checkbox" ? f.checked : f.value]))`

func TestACopiedLinkOpensTheSameFormElsewhere(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(en + "?utm_source=mail"))
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.answerField("audience[0].recipients", "50,000")
	tab.sees("Can be sent", "$4,210.00")
	tab.onID("add-group", `e.click()`)
	tab.focusOn("audience[1].recipients")
	tab.answerField("audience[1].name", `Đà Nẵng & "co" <b>`)
	tab.waitFor(`document.querySelectorAll(".why-group").length === 2`)
	total := evaluate[string](tab, `document.querySelector(".stamp-total").textContent`)
	tab.allowClipboard()
	const place = `document.querySelector(".keep").offsetHeight`
	height := evaluate[int](tab, place)
	tab.tool("Copy link")
	tab.shows(".keep-said", "Link copied")
	if got := evaluate[int](tab, place); got != height {
		t.Errorf("what is said makes the toolbar %d instead of %d high", got, height)
	}
	link := tab.clipboard()
	if !strings.HasPrefix(link, site.url(en)+"#s=") || !strings.Contains(link, "&b="+rules.BookVersion()) {
		t.Fatalf("the clipboard has %s", link)
	}
	want := evaluate[string](tab, wholeForm)
	other := newTab(t, 1280, 844)
	other.open(link)
	other.sees("Can be sent", total)
	if got := evaluate[string](other, wholeForm); got != want {
		t.Errorf("the form has become\n%s\nfrom\n%s", got, want)
	}
	if evaluate[bool](other, `document.querySelector(".told") !== null`) {
		t.Error("another answer is told, although there is none")
	}
	// What is typed afterwards leaves nothing of the announcement.
	tab.answerField("audience[0].recipients", "10")
	tab.waitFor(`document.querySelector(".keep-said").textContent === ""`)
}

func TestALinkOfAnOlderBookShowsBothAnswers(t *testing.T) {
	t.Parallel()
	scenario := `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"perRecipient":1,"sender":{"tool":"oa-manager-web"}}`
	base := "#s=" + base64.RawURLEncoding.EncodeToString([]byte(scenario))
	tab := openCalculator(t, en+base+"&b=00000000&d=2026-10-01&a=partial_44000_VND", 390)
	tab.sees("Can be sent", "₫55,000")
	tab.shows(".told", "The link said on 1 Oct 2026")
	tab.shows(".told dd", "Can be sent in part · ₫44,000")
	tab.shows(".told dd", "Can be sent · ₫55,000")
	tab.click(`.languages a[lang="vi"]`)
	tab.shows(".told dd", "44.000 ₫")
	tab.reload()
	tab.shows(".told dd", "44.000 ₫")
	tab.answerField("audience[0].recipients", "2.000")
	tab.waitFor(`document.querySelector(".told") === null && location.hash.includes("a=eligible_110000_VND")`)
	// Whoever makes a link may write anything into it. TestAClaimThatNoPageHasWrittenIsNone
	// knows more of it.
	tab.goTo("about:blank")
	tab.open(startSite(t, builtSite(t, "/", testDate), "/").url(en + base + "&a=<img src=x onerror=alert(1)>_1_VND"))
	tab.sees("Can be sent", "₫55,000")
	if evaluate[bool](tab, `document.querySelector(".told, img") !== null`) {
		t.Error("what is no answer is taken for one")
	}
}

func TestTheAnswerIsCopiedAsText(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.sees("Gửi được", "55.000 ₫")
	tab.allowClipboard()
	tab.tool("Sao chép nội dung")
	tab.shows(".keep-said", "Đã chép nội dung")
	got := tab.clipboard()
	for _, want := range []string{"Postage · Zalo OA · Tư vấn\nGửi được. Tổng: 55.000 ₫.", "- Tư vấn (1.000 × 55 ₫): 55.000 ₫", "- Đạt: ", "Zalo Cloud", "- Số người nhận: 1.000", "Lập ngày ", "/#s="} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestAShutClipboardLeavesTheTextToCopyByHand(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.before(`Object.defineProperty(navigator, "clipboard", {value: undefined})`)
	tab.open(site.url(en))
	tab.tool("Copy link")
	tab.waitFor(`document.activeElement.id === "keep-by-hand-text" && document.activeElement.value.includes("#s=") &&
		document.activeElement.selectionEnd === document.activeElement.value.length && document.activeElement.selectionStart === 0`)
	tab.tool("Copy as text")
	tab.waitFor(`document.activeElement.value.includes("Can be sent. Total: ₫55,000.")`)
}

func TestTheShareSheetGetsTheLink(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.before(`navigator.share = (what) => { window.shared = what; return Promise.resolve(); }`)
	tab.open(site.url(en))
	tab.tool("Share")
	tab.waitFor(`window.shared?.url === location.origin + location.pathname + "#" + shared.url.split("#")[1] && shared.url.includes("#s=") && shared.text.includes("₫55,000")`)
	without := newTab(t, 390, 844)
	without.before(`delete Navigator.prototype.share`)
	without.open(site.url(en))
	without.sees("Can be sent", "₫55,000")
	if evaluate[bool](without, `document.querySelector(".acts").textContent.includes("Share")`) {
		t.Error("there is a button for a share sheet that is not there")
	}
}

func TestSavedScenariosAreOpenedRenamedComparedAndDeleted(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(en))
	for i, name := range []string{"Hoa Mai", `<b>Spa</b> & "co"`, "Third", "Fourth"} {
		tab.answerField("audience[0].recipients", fmt.Sprint(1000*(i+1)))
		tab.saveAs(name)
	}
	// What says that it is saved leads there.
	tab.pressIn(".keep-said", "See what is saved")
	tab.waitFor(`document.activeElement.className === "saved-name" && document.activeElement.textContent === "Fourth"`)
	tab.answerField("audience[0].recipients", "7")
	tab.sees("Can be sent", "₫385")
	tab.reload()
	tab.waitFor(`document.querySelectorAll(".saved-name").length === 4`)
	tab.pressIn(".saved-list li:nth-child(2)", "Open")
	tab.sees("Can be sent", "₫110,000")
	tab.waitFor(`document.activeElement.id === "answer"`)

	tab.pressIn(".saved-list li:nth-child(3)", "Rename")
	tab.waitFor(`document.activeElement.value === "Third"`)
	tab.fill(`.rename .input`, "Renamed")
	tab.keys("\r")
	tab.waitFor(`document.querySelectorAll(".saved-name")[2]?.textContent === "Renamed" && document.activeElement.textContent === "Rename"`)

	// Up to four, in a region of its own that scrolls by the keyboard.
	for i := range 4 {
		tab.on(fmt.Sprintf(`document.querySelectorAll(".saved-list [name=compare]")[%d]`, i), `e.click()`)
		tab.waitFor(fmt.Sprintf(`document.querySelectorAll(".saved-list [name=compare]:checked").length === %d`, i+1))
		if i == 1 { // two fit
			tab.waitFor(`(() => { const b = document.querySelector(".compared .table-box"); return b && b.querySelectorAll("thead th").length === 2 && b.scrollWidth <= b.clientWidth; })()`)
		}
	}
	tab.waitFor(`document.querySelector(".compared > label input").disabled`)
	tab.shows(".compared thead", `<b>Spa</b> & "co"`)
	tab.shows(".compared-total", "₫220,000")
	tab.shows(".compared tbody", "How many people")
	tab.waitFor(`(() => { const b = document.querySelector(".compared .table-box"); return b.scrollWidth > b.clientWidth && b.tabIndex === 0 && document.documentElement.scrollWidth <= 390; })()`)

	tab.pressIn(".saved-list li:nth-child(1)", "Delete")
	tab.shows(".saved-gone", "“Hoa Mai” is deleted.")
	tab.waitFor(`document.activeElement.id === "saved-undo" && document.querySelectorAll(".saved-name").length === 3`)
	tab.click("#saved-undo")
	tab.waitFor(`document.querySelectorAll(".saved-name")[0]?.textContent === "Hoa Mai"`)
}

// TestAStorageThatIsFullShutOrDamagedIsTold: what is saved there, and price lists, which work
// until the page is closed.
func TestAStorageThatIsFullShutOrDamagedIsTold(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	save := func(tab *tab) {
		t.Helper()
		tab.tool("Save")
		tab.waitFor(`document.getElementById("keep-save-name") !== null`)
		tab.pressIn("#keep-save", "Save on this device")
	}
	pricesWork := func(tab *tab, lost bool) {
		t.Helper()
		tab.opensEverything()
		tab.enters("pricing.markupPercent", "10")
		tab.sees("Can be sent", "₫60,000")
		tab.enters("profile-name", "<b>A</b>")
		tab.onID("profile-save", `e.click()`)
		tab.shows("summary", "<b>A</b>")
		tab.choose("profile", "-none")
		tab.sees("Can be sent", "₫55,000")
		tab.choose("profile", "<b>A</b>")
		tab.sees("Can be sent", "₫60,000")
		tab.waitFor(fmt.Sprintf(`document.querySelector(".profile-tools").textContent.includes("the price list is lost when you close the page") === %t`, lost))
	}
	t.Run("full", func(t *testing.T) {
		tab := newTab(t, 390, 844)
		tab.open(site.url(en))
		tab.do(`for (let size = 1 << 22; size > 0; size >>= 1) { try { localStorage.setItem("x" + size, "x".repeat(size)); } catch {} }`)
		save(tab)
		tab.shows(".keep-said", "It could not be saved")
		tab.waitFor(`document.querySelector(".saved") === null`)
		pricesWork(tab, true)
	})
	t.Run("shut", func(t *testing.T) {
		tab := newTab(t, 390, 844)
		tab.before(`Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }, configurable: true})`)
		tab.open(site.url(en))
		save(tab)
		tab.shows(".keep-said", "it is gone once the page is closed")
		tab.shows(".saved-notes", "it is gone once the page is closed")
		tab.shows(".saved-name", "Consultation, 1,000 people")
		pricesWork(tab, true)
	})
	t.Run("damaged", func(t *testing.T) {
		tab := newTab(t, 390, 844)
		tab.before(`if (!localStorage.getItem("seen")) {
			localStorage.setItem("seen", "1");
			localStorage.setItem("postage.saved", '{"v":1,"items":[{"id":1,"name":"<img src=x>","link":"s=bm8"},5');
			localStorage.setItem("postage.prices", '{"v":1,"profiles":[{"name":7}]');
		}`)
		tab.open(site.url(en))
		tab.shows(".saved-notes", "cannot be read")
		save(tab)
		tab.shows(".saved-name", "Consultation, 1,000 people")
		if got := evaluate[string](tab, `localStorage.getItem("postage.saved.unreadable")`); !strings.Contains(got, "<img") {
			t.Errorf("what was damaged has become %q", got)
		}
		pricesWork(tab, false)
		// The next visit finds what was saved, and a link that is none beside it.
		tab.do(`const kept = JSON.parse(localStorage["postage.saved"]); kept.items.push({ id: 9, name: "<img src=x>", link: "s=bm8" }); localStorage["postage.saved"] = JSON.stringify(kept)`)
		tab.reload()
		tab.shows(".saved-name", "Consultation, 1,000 people")
		tab.shows(".saved-name", "<img src=x>")
		tab.shows(".saved-detail", "cannot answer this one")
	})
}

func TestFilesAreDownloadedAndOpenedAgain(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(en))
	file := tab.downloads()
	tab.choose("channel", "zns")
	tab.setDate("2026-11-21")
	tab.answerField("audience[0].recipients", "12,000")
	tab.sees("Can be sent", "₫3,960,000")
	tab.tool("More")
	tab.pressIn(".panel", "Download (CSV)")
	tab.shows(".keep-said", "is ready")
	name, table := file(".csv")
	if name != "Postage - ZNS notification - 2026-11-21.csv" || !bytes.HasPrefix(table, []byte("\xef\xbb\xbf")) {
		t.Errorf("%s begins with %q", name, table[:10])
	}
	rows, err := csv.NewReader(bytes.NewReader(table[3:])).ReadAll()
	if err != nil || len(rows) < 10 {
		t.Errorf("%d rows, %v:\n%s", len(rows), err, table)
	}
	tab.pressIn(".panel", "Download (JSON)")
	name, content := file(".json")
	var kept struct {
		Scenario json.RawMessage
		Quote    rules.Quote
	}
	if err := json.Unmarshal(content, &kept); err != nil || kept.Quote.Totals[0].Gross.String() != "3960000" {
		t.Fatalf("%s: %v\n%s", name, err, content)
	}
	if answer, ok := rules.Answer(kept.Scenario); !ok || !bytes.Contains(answer, []byte(`"3960000"`)) {
		t.Errorf("the scenario of the file gets %s", answer)
	}

	// Into another visit.
	other := newTab(t, 390, 844)
	other.open(site.url(en))
	other.tool("More")
	choose := func(content string) {
		other.onID("keep-more-file", fmt.Sprintf(`const files = new DataTransfer(); files.items.add(new File([%s], "a.json"));
			e.files = files.files; e.dispatchEvent(new Event("change", {bubbles: true}))`, quoted(content)))
	}
	for content, want := range map[string]string{
		"nonsense": "it is neither JSON nor a link",
		`{"on":"2026-11-21","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":1}],"<img src=x>":1}`: "<img src=x>: Postage does not know this field.",
		strings.Repeat("[", 1<<19): "it is neither JSON nor a link", // app/screen/keep has more
	} {
		choose(content)
		other.shows(".panel .mistake", want)
		other.sees("Can be sent", "₫55,000")
		if evaluate[bool](other, `document.querySelector("#app img") !== null`) {
			t.Error("markup got in")
		}
	}
	choose(string(content))
	other.sees("Can be sent", "₫3,960,000")
	other.shows(".keep-said", "Opened.")
	other.waitFor(`document.querySelector(".panel") === null && document.activeElement.id === "answer"`)
	if evaluate[string](other, wholeForm) != evaluate[string](tab, wholeForm) {
		t.Error("the form is not the one that was saved")
	}
	// Pasted, and what the file says of its answer compared with today's.
	other.tool("More")
	other.onID("keep-more-paste", fmt.Sprintf(`e.value = %s; e.dispatchEvent(new Event("input", {bubbles: true}))`,
		quoted(strings.Replace(string(content), `"gross": "3960000"`, `"gross": "5"`, 2))))
	other.pressIn(".panel", "Open")
	other.shows(".told", "The answer is another one now")
	// An undo brings back what was there before the first file.
	other.onID("undo", `e.click()`)
	other.sees("Can be sent", "₫55,000")
}

func TestThePrintedAnswerCanBeHandedOver(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 1280, 844)
	tab.before(`window.print = () => { window.printed = (window.printed ?? 0) + 1; }`)
	tab.open(site.url(vi))
	tab.setDate("2023-06-01")
	tab.sees("Gửi được", "55.000 ₫")
	tab.tool("Lưu")
	tab.waitFor(`document.getElementById("keep-save-name") !== null`)
	tab.fill("#keep-save-name", "Hoa Mai")
	tab.waitFor(`document.querySelector(".sheet[data-title*='Hoa Mai']") !== null`) // the paper waits for a pause
	tab.tool("In, PDF")
	tab.waitFor(`window.printed === 1`)
	// The browser takes the title for the file's name.
	title := evaluate[string](tab, `document.title`)
	tab.do(`dispatchEvent(new Event("beforeprint"))`)
	tab.waitFor(`document.title === "Postage - Hoa Mai - 2023-06-01"`)
	tab.do(`dispatchEvent(new Event("afterprint"))`)
	tab.waitFor(`document.title === ` + quoted(title))

	tab.media("print", "dark")
	tab.do(`dispatchEvent(new Event("beforeprint"))`) // what is folded opens for it
	seen := evaluate[string](tab, `document.body.innerText.replaceAll("\u00a0", " ")`)
	for _, want := range []string{"Bảng tính cước tin nhắn", "Hoa Mai", "Lập ngày ", "cho ngày gửi 01/06/2023.", "Chưa có thay đổi nào được công bố", "Số người nhận", "Chi tiết cước", "1.000 × 55 ₫", "VAT", "Zalo Cloud", "Vì sao", "Cần biết", "#s=", "không phải báo giá"} {
		if !strings.Contains(seen, want) {
			t.Errorf("no %q on paper:\n%s", want, seen)
		}
	}
	if controls := evaluate[string](tab, `[...document.querySelectorAll("input, select, textarea, button, summary:not(.brief > summary), nav")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML).join("\n")`); controls != "" {
		t.Errorf("on paper stand\n%s", controls)
	}
	if colours := evaluate[string](tab, `[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].join(" ")`); colours != "rgb(255, 255, 255) rgb(0, 0, 0)" {
		t.Errorf("the paper is %s", colours)
	}
	for _, size := range [][2]float64{{8.27, 11.69}, {8.5, 11}} {
		var pdf []byte
		tab.run(chromedp.Func(func(ctx context.Context, tg *chromedp.Target) error {
			result, err := cdp.Call(ctx, tg, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: size[0], PaperHeight: size[1]})
			pdf = result.Data
			return err
		}))
		pages := bytes.Count(pdf, []byte("/Type /Page\n"))
		if pages < 1 || pages > 3 || len(pdf) < 10_000 {
			t.Errorf("on %v inches it takes %d pages, %d bytes", size, pages, len(pdf))
		}
	}
}

func TestAxeFindsNothingInWhatIsKept(t *testing.T) {
	t.Parallel()
	scenario := `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"}}`
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 320, 844)
	tab.open(site.url(en + "#s=" + base64.RawURLEncoding.EncodeToString([]byte(scenario)) + "&b=00000000&d=2026-10-01&a=partial_44000_VND"))
	tab.shows(".told", "The link said")
	tab.saveAs("A name without any space that is as long as it can be " + strings.Repeat("x", 20))
	tab.saveAs("Second")
	tab.do(`for (const c of document.querySelectorAll("[name=compare]")) c.click()`)
	tab.waitFor(`document.querySelector(".compared table") !== null`)
	tab.pressIn(".saved-list li:nth-child(1)", "Rename")
	tab.waitFor(`document.querySelector(".rename") !== null`)
	tab.loadAxe()
	tab.tool("Save")
	tab.waitFor(`document.getElementById("keep-save-name") !== null`)
	tab.fitsAndHasNoFaults("with what is saved", 1280, 320)
	tab.tool("More")
	tab.waitFor(`document.getElementById("keep-save-name") === null && document.querySelector(".panel") !== null`)
	tab.pressIn(".panel", "Open")
	tab.waitFor(`document.querySelector(".panel .mistake") !== null`)
	tab.staysWithin("with what cannot be opened", 1280, 320)
	if found := axeFindingsIn(tab, `".panel"`); found != "" {
		t.Errorf("what cannot be opened:\n%s", found)
	}
	tab.hasColoursByNight("with what cannot be opened", 1280)
}
