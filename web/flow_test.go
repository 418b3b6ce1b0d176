package main

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// These tests do what a visitor does: they find things by the words that are to
// be read on them.

// named is a JavaScript expression for the visible button, summary, link or
// label whose words begin with a text.
func named(text string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("#app :is(button, summary, label, a)")].find((e) => e.checkVisibility() && !e.closest("[inert]")
		&& (e.querySelector(".type-name") ?? e).textContent.trim().replace(/\s+/g, " ").startsWith(%s))`, quoted(text))
}

// press taps what has the words.
func (tb *tab) press(text string) {
	tb.t.Helper()
	tb.on(named(text), `e.click()`)
}

// write types into the field with the label and leaves it.
func (tb *tab) write(label, text string) {
	tb.t.Helper()
	field := fmt.Sprintf(`document.getElementById([...document.querySelectorAll("label[for]")].find((l) => l.checkVisibility() && l.textContent.replaceAll("\u00a0", " ").startsWith(%s))?.htmlFor)`, quoted(label))
	tb.on(field, `e.focus(); e.select(); if (document.activeElement !== e) return false`)
	tb.keys(text)
	tb.do(`document.activeElement.blur()`)
}

// focusOn waits until an element has the focus.
func (tb *tab) focusOn(id string) {
	tb.t.Helper()
	tb.waitFor(fmt.Sprintf(`document.activeElement.id === %s`, quoted(id)))
}

// says waits until the answer's spoken summary begins with a text.
func (tb *tab) says(text string) {
	tb.t.Helper()
	tb.waitFor(fmt.Sprintf(`document.querySelector('.answer > [role="status"]')?.textContent.startsWith(%s)`, quoted(text)))
}

func TestAFirstTimeUserAnswersFiveQuestions(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	visitor := newTab(t, 390, 844)
	visitor.before(`localStorage.clear(); sessionStorage.clear();`) // each begins as one who has never been there
	asks := func(what string, finds func(t *testing.T, tab *tab)) {
		t.Run(what, func(t *testing.T) {
			tab := visitor.in(t)
			tab.open(site.url(vi))
			finds(t, tab)
		})
	}
	asks("what 3 consultation messages to 2,000 people who wrote yesterday cost", func(t *testing.T, tab *tab) {
		tab.press("Tư vấn")
		tab.write("Số người nhận", "2.000")
		tab.press("Hôm qua")
		tab.write("Số tin mỗi người trong tháng", "3")
		tab.sees("Gửi được", "0 ₫")
		tab.shows(".split-text", "Gửi được 6.000")
		tab.shows(".stamp-note", "Không tốn phí")
	})
	asks("whether one may send a coupon to followers and how often", func(t *testing.T, tab *tab) {
		tab.shows(".type-about", "mã giảm giá")
		tab.press("Truyền thông (Broadcast)")
		tab.sees("Gửi được", "0 ₫")
		tab.write("Số tin mỗi người trong tháng", "2")
		tab.sees("Còn tuỳ", "0 ₫")
		tab.press("điều nền tảng chưa công bố")
		tab.focusOn("why")
		if first := evaluate[string](tab, `document.querySelector("#why .check").textContent`); !strings.Contains(first, "Trước 01/06/2026, mỗi tháng: gói Cơ bản 1 tin") {
			t.Errorf("the first reason is %q", first)
		}
		tab.setDate("2026-05-31")
		tab.sees("Gửi được", "0 ₫")
		tab.shows(".check-pass", "Chưa vượt số tin mỗi người được nhận trong tháng (4).")
	})
	asks("ZNS order updates to 12,000 people with a quota of 5,000 a day", func(t *testing.T, tab *tab) {
		tab.press("ZNS")
		tab.write("Số người nhận", "12.000")
		tab.write("Hạn mức ZNS mỗi ngày", "5.000")
		tab.sees("Gửi được", "3.960.000 ₫")
		tab.shows(".days summary", "3 ngày")
	})
	asks("WhatsApp marketing to 50,000 people in Indonesia with 10 % mark-up in dong", func(t *testing.T, tab *tab) {
		tab.press("WhatsApp")
		tab.press("Tiếp thị")
		tab.write("Số người nhận", "50.000")
		tab.waitFor(`[...document.querySelectorAll("label")].some((l) => l.textContent === "Người nhận ở nước nào?")`)
		tab.do(`const list = document.getElementById([...document.querySelectorAll("label")].find((l) => l.textContent === "Người nhận ở nước nào?").htmlFor);
			list.value = [...list.options].find((o) => o.text === "Indonesia").value; list.dispatchEvent(new Event("change", {bubbles: true}))`)
		tab.sees("Gửi được", "2.055,00 US$")
		tab.press("Chưa cộng gì. Thêm phí nhà cung cấp, phí dịch vụ, thuế")
		tab.write("Cộng thêm theo phần trăm", "10")
		tab.sees("Gửi được", "2.260,50 US$")
		tab.press("Tính ra ₫")
		tab.write("1 US$ bằng bao nhiêu VND", "26.000")
		tab.sees("Gửi được", "58.773.000 ₫")
		tab.shows(".stamp-parts", "gồm 1.068,6 ₫ của nền tảng, 106,9 ₫ cộng thêm")
		for title, amount := range map[string]string{
			"Giá của nền tảng": "2.055,00 US$", "Phần bạn cộng thêm": "205,50 US$", "Tổng": "2.260,50 US$", "Quy đổi": "58.773.000 ₫", "Nếu phần này là của bạn: thu về trước thuế": "5.343.000 ₫",
		} {
			tab.waitFor(fmt.Sprintf(`[...document.querySelectorAll(".breakdown .line")].some((l) => l.querySelector(".line-title").textContent.startsWith(%s)
				&& l.querySelector("dd").textContent.replaceAll("\u00a0", " ") === %s)`, quoted(title), quoted(amount)))
		}
	})
	asks("whether a Messenger shipping update can be sent today and what to use instead", func(t *testing.T, tab *tab) {
		tab.press("Messenger")
		tab.shows("summary", "Cập nhật đơn hàng")
		tab.press("Không gửi được vào ngày này")
		tab.press("Cập nhật đơn hàng")
		tab.sees("Không gửi được", "0 ₫")
		tab.shows(".check-fail", "27/04/2026")
		tab.shows(".check-fail", "tin tiện ích")
		tab.press("Tin tiện ích")
		tab.sees("Gửi được", "0 ₫")
	})
}

func TestEveryExampleIsTwoTapsAway(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	for _, example := range []struct{ name, verdict, total string }{
		{"Trả lời khách nhắn hôm qua", "Gửi được", "0 ₫"},
		{"Báo đơn hàng qua ZNS", "Gửi được", "3.960.000 ₫"},
		{"Gửi mã giảm giá cho người quan tâm OA", "Còn tuỳ", "0 ₫"},
		{"Nhắn nhiều nhóm khách cùng lúc", "Gửi được một phần", "66.000 ₫"},
		{"Tiếp thị WhatsApp sang Indonesia", "Gửi được", "2.055,00 US$"},
		{"Báo giao hàng qua Messenger", "Không gửi được", "0 ₫"},
	} {
		tab.press("Bắt đầu nhanh từ một ví dụ")
		tab.press(example.name)
		tab.sees(example.verdict, example.total)
		tab.says("Đã điền: " + example.name)
		tab.focusOn("start")
		if bar := evaluate[string](tab, `document.querySelector(".bar-total").textContent.replaceAll("\u00a0", " ")`); bar != example.total {
			t.Errorf("%s: the bar says %s", example.name, bar)
		}
	}
	tab.press("Zalo OA")
	tab.press("Bắt đầu nhanh từ một ví dụ")
	tab.press("Doanh nghiệp lớn")
	tab.waitFor(`document.getElementById("audience[0].recipients").value === "200.000" && document.querySelector('input[name="sender.tool"][value="openapi"]').checked`)
}

func TestChangesAreUndoneByButtonAndByKeys(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.waitFor(`document.getElementById("undo") === null`)
	const people = "audience[0].recipients"
	tab.answerField(people, "12k")
	tab.sees("Gửi được", "660.000 ₫")
	tab.press("Messenger")
	tab.sees("Gửi được", "0 ₫")
	tab.onID("undo", `e.focus(); e.click()`)
	tab.sees("Gửi được", "660.000 ₫")
	tab.says("Đã hoàn tác. Gửi được.")
	tab.focusOn("undo")
	tab.press("Làm lại")
	tab.sees("Gửi được", "0 ₫")

	tab.do(`document.activeElement.blur()`)
	tab.keys("z", chromedp.ModifierCtrl)
	tab.sees("Gửi được", "660.000 ₫")
	tab.keys("z", chromedp.ModifierCtrl)
	tab.sees("Gửi được", "55.000 ₫")
	tab.waitFor(`document.getElementById("undo").getAttribute("aria-disabled") === "true"`)
	tab.keys("z", chromedp.ModifierCtrl, chromedp.ModifierShift)
	tab.sees("Gửi được", "660.000 ₫")
	tab.keys("z", chromedp.ModifierMeta)
	tab.sees("Gửi được", "55.000 ₫")
	tab.keys("y", chromedp.ModifierCtrl)
	tab.sees("Gửi được", "660.000 ₫")

	// In a text field the keys are the field's own.
	tab.waitFor(`document.getElementById("perRecipient").dispatchEvent(new KeyboardEvent("keydown", {key: "z", code: "KeyZ", ctrlKey: true, bubbles: true, cancelable: true}))`)
	tab.waitFor(`!document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "я", code: "KeyZ", ctrlKey: true, bubbles: true, cancelable: true}))`)
	tab.sees("Gửi được", "55.000 ₫")
	tab.press("Làm lại")
	tab.sees("Gửi được", "660.000 ₫")

	// What is undone in another language is the same.
	tab.click(`.languages a[lang="en"]`)
	tab.sees("Can be sent", "₫660,000")
	tab.press("Undo")
	tab.sees("Can be sent", "₫55,000")
	tab.press("Redo")
	tab.sees("Can be sent", "₫660,000")
}

func TestGroupsAreCopiedMovedAndRemovedByKeyboard(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	enter := func(id string) {
		tab.onID(id, `e.focus(); if (document.activeElement !== e) return false`)
		tab.keys("\r")
	}
	people := func(want ...string) {
		tab.waitFor(fmt.Sprintf(`JSON.stringify([...document.querySelectorAll('input[id$=".recipients"]')].map((e) => e.value)) === JSON.stringify([%s])`, `"`+strings.Join(want, `","`)+`"`))
	}
	tab.answerField("audience[0].recipients", "100")
	enter("add-group")
	tab.focusOn("audience[1].recipients")
	tab.answerField("audience[1].recipients", "200")
	tab.answerField("audience[1].name", "Khach quen")
	enter("group-copy-0")
	tab.focusOn("audience[1].recipients")
	tab.says("Đã thêm Nhóm 2, nay có 3 nhóm.")
	tab.answerField("audience[1].recipients", "150")
	people("100", "150", "200")
	tab.shows("#group-2", "Khach quen")

	// With three groups only the one that is worked on is open.
	tab.waitFor(`document.querySelectorAll(".group-fold[open]").length === 1`)
	tab.shows(".group-facts", "150 người · 2–7 ngày trước · 8.250 ₫")

	enter("group-up-2")
	people("100", "200", "150")
	tab.focusOn("group-up-1")
	tab.says("Khach quen nay ở vị trí 2 trong 3 nhóm.")
	tab.keys("\r")
	people("200", "100", "150")
	tab.focusOn("group-up-0")
	tab.waitFor(`document.activeElement.getAttribute("aria-disabled") === "true"`)
	tab.keys("\r")
	people("200", "100", "150")
	tab.shows(".why-group", "Khach quen Gửi được")
	tab.sees("Gửi được", "24.750 ₫")

	enter("group-remove-1")
	people("200", "150")
	tab.focusOn("group-remove-1")
	tab.press("Hoàn tác")
	people("200", "100", "150")

	// A mistake in a group that is folded leads into it.
	tab.do(`for (const d of document.querySelectorAll(".group-fold")) d.open = true`)
	tab.answerField("audience[2].recipients", "x")
	tab.do(`for (const d of document.querySelectorAll(".group-fold")) d.open = false`)
	tab.press("Nhóm 3: Số người nhận")
	tab.focusOn("audience[2].recipients")
}

const resellerPrices = "postage.prices"

func TestPricesAreKeptAsProfiles(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(vi))
	tab.press("Chưa cộng gì. Thêm phí nhà cung cấp, phí dịch vụ, thuế")
	tab.press("Lưu bảng giá")
	tab.shows(".profile-tools .mistake", "Hãy đặt tên trước khi lưu.")
	tab.focusOn("profile-name")
	tab.write("Lưu lại với tên", "Dai ly A")
	tab.press("Lưu bảng giá")
	tab.shows(".profile-tools .mistake", "Chưa có gì để lưu")
	tab.write("Cộng thêm theo phần trăm", "10")
	tab.write("Cộng thêm mỗi tin", "5")
	tab.sees("Gửi được", "65.000 ₫")
	tab.press("Lưu bảng giá")
	tab.shows(".prices > summary, details > summary", "Bảng giá Dai ly A")
	tab.press("Không cộng gì")
	tab.sees("Gửi được", "55.000 ₫")
	tab.write("Cộng thêm theo phần trăm", "20")
	tab.write("Lưu lại với tên", "Khach le")
	tab.press("Lưu bảng giá")
	tab.sees("Gửi được", "65.000 ₫")
	tab.press("Dai ly A")
	tab.waitFor(`document.getElementById("pricing.markupPercent").value === "10" && document.getElementById("pricing.markupPerMessage").value === "5"`)
	tab.write("Cộng thêm mỗi tin", "6")
	tab.sees("Gửi được", "66.000 ₫")
	tab.waitFor(`document.querySelector('input[name="profile"]:checked').value === "-other"`)
	tab.press("Khach le")
	tab.sees("Gửi được", "65.000 ₫")
	tab.press("Hoàn tác")
	tab.sees("Gửi được", "66.000 ₫")
	tab.press("Dai ly A")
	tab.sees("Gửi được", "65.000 ₫")
	tab.reload()
	tab.sees("Gửi được", "65.000 ₫")
	tab.shows("summary", "Bảng giá Dai ly A")

	// A new calculation starts with the prices in use, what a link brings does not.
	other := tab.another()
	other.open(site.url(vi))
	other.sees("Gửi được", "65.000 ₫")
	link := `#s=` + base64.RawURLEncoding.EncodeToString([]byte(`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"}}`))
	other.do(`location.hash = ` + quoted(link))
	other.sees("Gửi được", "55.000 ₫")
	other.shows("summary", "Chưa cộng gì. Thêm phí nhà cung cấp, phí dịch vụ, thuế")

	tab.press("Bảng giá Dai ly A")
	tab.press("Xoá Dai ly A")
	tab.waitFor(`document.querySelector('input[name="profile"][value="Dai ly A"]') === null`)
	tab.sees("Gửi được", "65.000 ₫")
	tab.waitFor(fmt.Sprintf(`JSON.parse(localStorage.getItem(%s)).profiles.length === 1`, quoted(resellerPrices)))
}

func TestWhatCannotBeReadIsNeverLost(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	const people = `document.getElementById("audience[0].recipients").value === "hai nghin ruoi"`
	tab.answerField(pathOfPeople, "hai nghin ruoi")
	tab.shows(".fix", "Số người nhận")
	tab.waitFor(`Object.values(sessionStorage).some((v) => v.includes("hai nghin ruoi"))`) // its first letters are a mistake too
	tab.reload()
	tab.waitFor(people)
	tab.click(`.languages a[lang="en"]`)
	tab.shows(".fix", "How many people")
	tab.waitFor(people)
	tab.do(`setTimeout(() => history.back())`) // once this is answered
	tab.shows(".fix", "Số người nhận")
	tab.waitFor(people)
	tab.click(`.to-rules`)
	tab.waitFor(`location.pathname === "/rules/"`)
	tab.do(`setTimeout(() => history.back())`) // once this is answered
	tab.waitLive()
	tab.shows(".fix", "Số người nhận")
	tab.waitFor(people)
	tab.press("Messenger")
	tab.waitFor(people)
	tab.press("Hoàn tác")
	tab.waitFor(people)
}

const pathOfPeople = "audience[0].recipients"

func TestANumberIsSaidBackWhileItIsTyped(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{vi: "= 12.500 người", en: "= 12,500 people"} {
		tab := openCalculator(t, path, 390)
		tab.fill(`[id="`+pathOfPeople+`"]`, "12.5k")
		tab.shows(".unit", want)
		tab.do(`document.activeElement.blur()`)
		tab.waitFor(`!document.querySelector(".unit[data-echo='true']")`)
	}
}

func TestADayIsPickedFromTheDaysOfChange(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.press("WhatsApp")
	tab.press("Tiếp thị")
	tab.press("Từ 01/07/2026")
	tab.sees("Gửi được", "73,20 US$")
	tab.waitFor(`document.getElementById("on").value === "2026-07-01" && document.querySelector('.day-chip[aria-pressed="true"]').textContent === "Từ 01/07/2026"`)
	tab.press("Hôm nay")
	tab.sees("Gửi được", "84,20 US$")
}

func TestDependsOnLeadsToItsQuestion(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.choose("audience[0].hoursSinceInteraction", "unknown")
	tab.sees("Còn tuỳ", "55.000 ₫")
	tab.shows(".depends", "Còn tuỳ:")
	tab.on(`document.querySelector(".depends .link")`, `e.click()`)
	tab.focusOn("audience[0].hoursSinceInteraction")
	tab.on(`document.querySelector(".bar .link")`, `e.click()`)
	tab.focusOn("audience[0].hoursSinceInteraction")
	tab.press("Hôm nay")
	tab.sees("Gửi được", "0 ₫")
	tab.waitFor(`document.querySelector(".depends") === null`)
}

// startedStates shows a tab the states that belong to starting, groups and own
// prices.
func startedStates(tab *tab, look func(name string)) {
	tab.onID("start", `e.click()`)
	tab.waitFor(`document.querySelector(".start[open]") !== null`)
	look("with what to start from")
	tab.on(`[...document.querySelectorAll(".offer")].find((e) => /^(Nhắn nhiều nhóm|Several groups|Написать сразу)/.test(e.textContent.trim()))`, `e.click()`)
	tab.waitFor(`document.querySelectorAll(".group-of-many").length === 3`)
	look("with three groups folded")
	tab.do(`for (const d of document.querySelectorAll("details")) d.open = true`)
	tab.answerField("audience[1].name", "Nhom khach hang than thiet co cai ten rat dai khongchongatdongnaocahet")
	tab.answerField("pricing.markupPercent", "12,5")
	tab.answerField("profile-name", "Bang gia danh cho dai ly cap hai mien Bac")
	tab.onID("profile-save", `e.click()`)
	tab.waitFor(`document.querySelector('input[name="profile"]:checked') !== null`)
	tab.onID("undo", `e.click()`)
	tab.waitFor(`document.getElementById("redo") !== null`)
	tab.waitFor(`document.getAnimations().length === 0 && document.querySelector('.below[data-state="stale"]') === null`)
	look("with prices of one's own, undone")
}

func TestStartingGroupsAndPricesFitEveryScreenAndUser(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.loadAxe()
	startedStates(tab, func(name string) {
		tab.staysWithin(name, 320, 1280, 390)
	})
	// The answer beside the questions is that of any other state.
	if found := axeFindingsIn(tab, `".ask"`); found != "" {
		t.Error(found)
	}
	tab.colorScheme("dark")
	tab.waitFor(`matchMedia("(prefers-color-scheme: dark)").matches && document.getAnimations().length === 0`)
	if found := axeFindingsIn(tab, `".ask"`, "color-contrast"); found != "" {
		t.Errorf("by night:\n%s", found)
	}
}
