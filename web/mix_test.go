package main

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// The best way for each group, on the page with the plan.

// tetOffer is an offer to followers who wrote this week, to phone numbers, and to
// followers who are silent; twice it is one too many broadcasts to be certain. Of the
// last group it is said whether they follow.
func tetOffer(follows, more string) string {
	const group = `"uid":true,"phone":false,`
	if follows != "" {
		follows = `"follows":` + follows + `,`
	}
	return "s=" + base64.RawURLEncoding.EncodeToString([]byte(`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2026-03-16"}},`+
		`"audience":[{"name":"Nhắn trong tuần","follows":true,`+group+`"recipients":4000,"hoursSinceInteraction":72},`+
		`{"recipients":9000,"follows":false,"uid":false,"phone":true,"careWithin6Months":true},`+
		`{"name":"Im lâu",`+follows+group+`"recipients":7000,"hoursSinceInteraction":2000}],`+more+`"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[60000,60000]}}`))
}

// openMix opens the page with the plan for the best ways of a scenario.
func openMix(t *testing.T, lang string, width int, scenario string) *tab {
	t.Helper()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, width, 844)
	tab.open(site.url(lang+"plan/") + "#mix=promotion&" + scenario)
	return tab
}

// TestTheCalculatorLeadsToTheBestWayForEachGroup goes from several groups in the
// calculator to the mix, and with one press to a plan.
func TestTheCalculatorLeadsToTheBestWayForEachGroup(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(vi) + "#" + tetOffer("true", ""))
	tab.sees("Gửi được một phần", "2.970.000 ₫") // by phone alone
	// From beside the groups and back to them, then from among the ways.
	tab.shows(".states", "Báo giá được chia sẻ")
	tab.onID("group-ways", `e.click()`)
	tab.waitFor(`location.pathname === "/plan/"`)
	tab.waitLive()
	tab.sees("Gửi được", "2.970.000 ₫")
	tab.on(`document.querySelector(".mix-edit")`, `e.click()`)
	tab.waitFor(`location.pathname === "/"`)
	tab.waitLive()
	tab.sees("Gửi được một phần", "2.970.000 ₫")
	tab.waitFor(`!document.querySelector(".states").textContent.includes("được chia sẻ") && !location.hash.includes("own")`) // they are one's own
	tab.waitFor(`document.querySelector(".ways-each")`)
	tab.on(`document.querySelector(".ways-each")`, `e.click()`)
	tab.waitFor(`location.pathname === "/plan/"`)
	tab.waitLive()
	tab.sees("Gửi được", "2.970.000 ₫")
	tab.shows(".mix-ways", "Broadcast, 11.000 tin")
	tab.shows(".mix-ways", "ZNS, 9.000 tin")
	tab.shows(".mix-groups li:first-child", "Nhắn trong tuần")
	tab.shows(".mix-groups li:first-child .mix-cost", "Miễn phí")
	tab.shows(".mix-groups li:nth-child(2)", "ZNS, 330 ₫ mỗi tin")
	tab.shows(".mix-groups li:nth-child(2)", "Loại mẫu tin: Tuỳ chỉnh · Mục đích gửi (tag): 3 · Hậu mãi")
	tab.waitFor(`document.querySelector(".mix-groups li:nth-child(2) .mix-price a").hash.startsWith("#zalo.zns")`)
	tab.shows(".mix-compared", "Chỉ Broadcast")
	tab.shows(".mix-compared", "11.000 / 20.000 tin, bớt 9.000 tin")
	tab.shows(".mix-table tbody tr:nth-child(2) .mix-taken", "2.970.000 ₫")
	tab.waitFor(`!document.querySelector(".mix-depends")`)
	tab.reload() // the address still asks for it
	tab.sees("Gửi được", "2.970.000 ₫")
	tab.onID("mix-put", `e.click()`)
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 2 && location.hash === ""`)
	tab.sees("Gửi được", "2.970.000 ₫")
	tab.shows(".keep-said", "giờ có 2 mục")
	tab.press("Hoàn tác")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 0`)
	// Nor are they shared when one goes back to them, though the last draft was another one.
	tab.do(`sessionStorage.removeItem("postage.draft"); setTimeout(() => history.back())`)
	tab.waitFor(`location.pathname === "/"`)
	tab.waitLive()
	tab.sees("Gửi được một phần", "2.970.000 ₫")
	tab.waitFor(`!document.querySelector(".states").textContent.includes("được chia sẻ")`)
}

// TestTheQuestionThatHoldsAWayBackIsAskedInPlace answers it, and changes the answer.
func TestTheQuestionThatHoldsAWayBackIsAskedInPlace(t *testing.T) {
	t.Parallel()
	tab := openMix(t, vi, 390, tetOffer("", ""))
	tab.sees("Gửi được", "4.587.000 ₫")
	tab.shows(".mix-groups li:nth-child(3)", "ZBS qua UID, 231 ₫ mỗi tin")
	tab.shows(".mix-depends", "Có thể chỉ còn 2.970.000 ₫")
	tab.shows(".mix-depends", "Im lâu: gửi Broadcast nếu họ đang quan tâm OA.")
	const question = "mix-audience[2].follows"
	tab.choose(question, "yes")
	tab.sees("Gửi được", "2.970.000 ₫")
	tab.waitFor(`!document.querySelector(".mix-depends") && ` + goesOnAt("mix-answer")) // nothing more is asked: on with the total
	tab.shows("#mix-answers", "Bạn vừa trả lời")
	tab.choose(question, "no")
	tab.sees("Gửi được", "4.587.000 ₫")
	tab.waitFor(`!document.querySelector(".mix-depends") && ` + goesOnAt(question)) // one may think again
	tab.choose(question, "unknown")
	tab.shows(".mix-depends", "Im lâu: gửi Broadcast nếu họ đang quan tâm OA.")
	tab.choose(question, "yes")
	tab.sees("Gửi được", "2.970.000 ₫")
	tab.reload() // the address knows the answer
	tab.sees("Gửi được", "2.970.000 ₫")
	// What was answered goes into the plan too.
	tab.onID("mix-put", `e.click()`)
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 2`)
	tab.sees("Gửi được", "2.970.000 ₫")
}

// goesOnAt is that an element has the focus and is in view.
func goesOnAt(id string) string {
	return `(e => e === document.activeElement && e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight)(document.getElementById(` + quoted(id) + `))`
}

// TestWhatHasToBeTypedIsAskedInPlaceToo asks for the numbers on which the month's quota of
// post-sale ZNS hangs, and says of them what is wrong.
func TestWhatHasToBeTypedIsAskedInPlaceToo(t *testing.T) {
	t.Parallel()
	const group = `"recipients":500,"uid":false,"phone":true,"careWithin6Months":true`
	tab := openMix(t, vi, 390, "s="+base64.RawURLEncoding.EncodeToString([]byte(`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true,"approvedOn":"2026-03-16"}},`+
		`"audience":[{`+group+`},{`+group+`}]}`)))
	tab.shows(".mix-depends", "ZNS tag 1, 2 gửi thành công tháng trước")
	const form = `.mix-depends form`
	tab.fill(`[id="mix-sender.promotionBase[0]"]`, "6000")
	tab.keys(kb.Enter)
	tab.shows(form, "Hãy điền cả tháng này")
	tab.waitFor(goesOnAt("mix-sender.promotionBase[1]"))
	tab.fill(`[id="mix-sender.promotionBase[1]"]`, "0")
	tab.pressIn(form, "Trả lời")
	tab.sees("Gửi được", "440.000 ₫")
	tab.waitFor(`!document.querySelector(".mix-depends") && ` + goesOnAt("mix-answer"))
	tab.waitFor(`document.getElementById("mix-sender.promotionBase[0]").value === "6.000"`)
	// Another day has other prices; the address knows it and the answers.
	tab.setDay("mix-on", "2026-05-31")
	tab.waitFor(`document.querySelector(".mix .lead").textContent.includes("31/5/2026") || document.querySelector(".mix .lead").textContent.includes("31/05/2026")`)
	tab.reload()
	tab.waitFor(`document.getElementById("mix-on").value === "2026-05-31"`)
}

func TestWhatDependsIsCountedOnDemand(t *testing.T) {
	t.Parallel()
	tab := openMix(t, vi, 390, tetOffer("true", `"perRecipient":2,`))
	tab.sees("Gửi được", "11.022.000 ₫")
	tab.shows(".mix-depends", "Có thể chỉ còn 5.940.000 ₫")
	tab.shows(".mix-depends", "Nhắn trong tuần, Im lâu: gửi Broadcast nếu chưa vượt số tin mỗi người được nhận (Zalo chưa công bố con số).")
	tab.pressIn(".mix-depends", "Tính luôn phần này vào tổng")
	tab.sees("Còn tuỳ", "5.940.000 ₫")
	tab.shows(".bar-total", "5.940.000 ₫")
	tab.shows(".bar .pill", "Còn tuỳ")
	tab.pressIn(".mix-depends", "Chỉ tính cách chắc chắn")
	tab.sees("Gửi được", "11.022.000 ₫")
	tab.press("Quay lại kế hoạch")
	tab.waitFor(`document.querySelector(".plan-starts") && location.hash === ""`)
}

// TestWhereNothingIsSureTheAnswerDepends: whoever has only just added a group has
// answered little, and is asked what it takes.
func TestWhereNothingIsSureTheAnswerDepends(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.press("+ Thêm nhóm người nhận")
	tab.choose("ways-purpose", "promotion")
	tab.waitFor(`document.querySelector(".ways-each")?.href.includes("mix=promotion")`)
	tab.on(`document.querySelector(".ways-each")`, `e.click()`)
	tab.waitFor(`location.pathname === "/plan/"`)
	tab.waitLive()
	tab.sees("Còn tuỳ", "0 ₫")
	tab.shows(".mix-depends", "Nhóm 1, Nhóm 2: gửi Broadcast nếu họ đang quan tâm OA; chưa vượt số tin mỗi người được nhận theo gói OA.")
	answer := func(path, value string) {
		t.Helper()
		tab.waitFor(`document.querySelector('.mix-depends [name="mix-` + path + `"]')`)
		tab.choose("mix-"+path, value)
	}
	goesOn := func(path string) {
		t.Helper()
		tab.waitFor(goesOnAt("mix-" + path))
	}
	answer("audience[0].follows", "yes")
	tab.shows(".mix-depends", "Nhóm 1: gửi Broadcast nếu chưa vượt số tin mỗi người được nhận theo gói OA.")
	goesOn("sender.oaPackage")
	answer("sender.oaPackage", "basic")
	goesOn("audience[1].follows")
	tab.sees("Gửi được một phần", "0 ₫")
	tab.shows(".mix-depends", "Nhóm 2: gửi Broadcast nếu họ đang quan tâm OA.")
	answer("audience[1].follows", "yes")
	tab.sees("Gửi được", "0 ₫")
	tab.waitFor(`!document.querySelector(".mix-depends")`)
}

// TestAMessageOfThePlanGivesWayToTheBestWays replaces an item by the mix, and brings it
// back.
func TestAMessageOfThePlanGivesWayToTheBestWays(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(vi) + "#" + tetOffer("true", ""))
	tab.sees("Gửi được một phần", "2.970.000 ₫")
	tab.toPlan("giờ có 1 mục")
	tab.seePlan()
	tab.openRow(1)
	tab.fill(`[id="item-1-name"]`, "Ưu đãi Tết")
	tab.choose("item-1-every", "month")
	tab.setDay("item-1-until", "2027-01-31")
	tab.shows(".plan-row .row-cost", "5.940.000 ₫")
	tab.press("Tìm cách tốt nhất cho từng nhóm")
	tab.shows(".mix", "Cho tin “Ưu đãi Tết”")
	tab.on(`document.querySelector(".site .to-plan")`, `e.click()`) // the way to the plan leads to it
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 1 && location.hash === ""`)
	tab.press("Tìm cách tốt nhất cho từng nhóm")
	tab.shows(".mix", "Cho tin “Ưu đãi Tết”")
	tab.shows(".mix-ways", "Broadcast, 11.000 tin")
	tab.onID("mix-put", `e.click()`)
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 2`)
	tab.shows(".plan-row:nth-child(1)", "Ưu đãi Tết, Broadcast")
	tab.shows(".plan-row:nth-child(2)", "Ưu đãi Tết, ZNS")
	tab.shows(".plan-row:nth-child(2)", "9.000 người mỗi tháng")
	tab.shows(".keep-said", "Đã thay bằng 2 tin.")
	tab.sees("Gửi được", "5.940.000 ₫")
	tab.press("Hoàn tác")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 1`)
	tab.sees("Gửi được một phần", "5.940.000 ₫")
}

func TestALinkThatAsksForNoMixIsSaidSo(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	for _, link := range []string{"?1#mix=&" + tetOffer("true", ""), "?2#add=e30"} { // app/plan has more of them
		tab.open(site.url("/plan/") + link)
		tab.shows(".states", "Liên kết này không đọc được")
		tab.waitFor(`document.querySelector(".plan-starts") && !document.querySelector(".mix")`)
	}
}

func TestAxeFindsNothingInAMix(t *testing.T) {
	t.Parallel()
	tab := openMix(t, vi, 320, tetOffer("", `"perRecipient":2,`))
	tab.loadAxe()
	tab.shows(".mix-ways", "ZBS")
	tab.choose("mix-audience[2].follows", "yes")
	tab.waitFor(`document.getElementById("mix-answers")`)
	tab.atRest()
	tab.fitsAndHasNoFaults("the mix", 1280, 320)
	tab.hasColoursByNight("the mix", 1280)
	tab.onID("language-ru", `e.click()`) // the longest words
	tab.waitFor(`location.pathname === "/ru/plan/" && document.documentElement.lang === "ru"`)
	tab.shows("#mix-answers", "Вы")
	tab.atRest()
	tab.staysWithin("the mix in Russian", 1280, 320)
}

// TestAKeyboardCountsWhatDepends: the answer is spoken when it has been found, and the
// focus stays.
func TestAKeyboardCountsWhatDepends(t *testing.T) {
	t.Parallel()
	tab := openMix(t, en, 1280, tetOffer("true", `"perRecipient":2,`))
	tab.shows(`.answer > [role="status"]`, "Can be sent. Total: ₫11,022,000.")
	tab.onID("mix-count", `e.focus()`)
	tab.keys(kb.Enter)
	tab.shows(`.answer > [role="status"]`, "Depends. Total: ₫5,940,000.")
	tab.waitFor(`document.activeElement.id === "mix-count"`)
	tab.onID("mix-put", `e.focus()`)
	tab.keys(kb.Enter)
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 2 && document.activeElement.closest(".plan-row")`)
	if title := evaluate[string](tab, `document.querySelector("h1").textContent`); strings.Contains(title, "best way") {
		t.Errorf("the page still is about %q", title)
	}
}
