package main

import (
	"encoding/base64"
	"os"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// The best way for each group, where there are several.

// tetOffer is an offer to followers who wrote this week, to phone numbers, and to
// followers who are silent; twice it is one too many broadcasts to be certain.
func tetOffer(more string) string {
	const group = `"follows":true,"uid":true,"phone":false,`
	return "#s=" + base64.RawURLEncoding.EncodeToString([]byte(`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2026-03-16"}},`+
		`"audience":[{"name":"Nhắn trong tuần",`+group+`"recipients":4000,"hoursSinceInteraction":72},`+
		`{"recipients":9000,"follows":false,"uid":false,"phone":true,"careWithin6Months":true},`+
		`{"name":"Im lâu",`+group+`"recipients":7000,"hoursSinceInteraction":2000}],`+more+`"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[60000,60000]}}`))
}

func TestEachGroupGetsItsBestWay(t *testing.T) {
	t.Parallel()
	for _, width := range []int{390, 1280} {
		site := startSite(t, builtSite(t, "/", testDate), "/")
		tab := newTab(t, width, 844)
		tab.open(site.url(vi) + tetOffer(""))
		tab.sees("Gửi được một phần", "2.970.000 ₫") // by phone alone
		tab.choose("mix", "each")
		tab.sees("Gửi được", "2.970.000 ₫")
		tab.shows(".mix-ways", "Broadcast, 11.000 tin")
		tab.shows(".mix-ways", "ZNS, 9.000 tin")
		tab.shows(".mix-groups li:first-child", "Nhắn trong tuần")
		tab.shows(".mix-groups li:first-child .mix-cost", "Miễn phí")
		tab.shows(".mix-groups li:nth-child(2)", "ZNS, 330 ₫ mỗi tin")
		tab.shows(".mix-compared", "Chỉ Broadcast")
		tab.shows(".mix-compared", "11.000 / 20.000 tin, bớt 9.000 tin")
		tab.waitFor(`!document.querySelector(".mix-depends")`)
		// One more silent group member follows nobody: it has the template instead.
		tab.on(`document.querySelectorAll(".group-fold summary")[2]`, `e.click()`)
		tab.choose("audience[2].follows", "no")
		tab.sees("Gửi được", "4.587.000 ₫")
		tab.shows(".mix-groups li:nth-child(3)", "ZBS qua UID, 231 ₫ mỗi tin")
		// What nobody said is a question, with the way to it.
		tab.choose("audience[2].follows", "unknown")
		tab.shows(".mix-depends", "Có thể chỉ còn 2.970.000 ₫")
		tab.shows(".mix-depends", "Im lâu: gửi Broadcast nếu họ đang quan tâm OA.")
		tab.pressIn(".mix-depends", "Trả lời câu này")
		tab.waitFor(`document.activeElement.id === "audience[2].follows" || document.activeElement.name === "audience[2].follows"`)
		tab.choose("audience[2].follows", "yes")
		tab.sees("Gửi được", "2.970.000 ₫")
		// Back to one way for all, and by undoing forth again.
		tab.choose("mix", "one")
		tab.sees("Gửi được một phần", "2.970.000 ₫")
		tab.waitFor(`!document.querySelector(".mix")`)
		tab.press("Hoàn tác")
		tab.waitFor(`document.querySelector('input[name="mix"][value="each"]').checked`)
		tab.shows(".mix-ways", "Broadcast, 11.000 tin")
	}
}

func TestWhatDependsIsCountedOnDemand(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(vi) + tetOffer(`"perRecipient":2,`))
	tab.choose("mix", "each")
	tab.sees("Gửi được", "11.022.000 ₫")
	tab.shows(".mix-depends", "Có thể chỉ còn 5.940.000 ₫")
	tab.shows(".mix-depends", "Nhắn trong tuần, Im lâu: gửi Broadcast nếu chưa vượt số tin mỗi người được nhận (Zalo chưa công bố con số).")
	tab.pressIn(".mix-depends", "Tính cả cách này")
	tab.sees("Còn tuỳ", "5.940.000 ₫")
	tab.shows(".bar-total", "5.940.000 ₫")
	tab.shows(".bar .pill", "Còn tuỳ")
	tab.pressIn(".mix-depends", "Chỉ tính cách chắc chắn")
	tab.sees("Gửi được", "11.022.000 ₫")
	// It follows what is typed, and says of a mistake what there is to mend.
	tab.answerField("perRecipient", "1")
	tab.sees("Gửi được", "2.970.000 ₫")
	tab.fill(`[id="perRecipient"]`, "x")
	tab.shows(".bar-note", "Sửa lại để xem kết quả")
	tab.waitFor(`document.querySelector(".answer[data-stale] .mix") !== null`)
	tab.answerField("perRecipient", "2")
	tab.sees("Gửi được", "11.022.000 ₫")
	// Of one group there is nothing to mix.
	for range 2 {
		tab.on(`document.querySelector('[id="group-remove-0"]')`, `e.click()`)
	}
	tab.waitFor(`!document.querySelector('input[name="mix"]') && !document.querySelector(".mix")`)
}

// TestWhereNothingIsSureTheAnswerDepends: whoever has only just added a group has
// answered little, and is told what to answer.
func TestWhereNothingIsSureTheAnswerDepends(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.press("+ Thêm nhóm người nhận")
	tab.choose("mix", "each")
	tab.choose("mix-purpose", "promotion")
	tab.sees("Còn tuỳ", "0 ₫")
	tab.shows(".mix-depends", "Nhóm 1, Nhóm 2: gửi Broadcast nếu họ đang quan tâm OA; chưa vượt số tin mỗi người được nhận theo gói OA.")
	for _, path := range []string{"audience[0].follows", "audience[1].follows"} {
		tab.choose(path, "yes")
	}
	tab.shows(".mix-depends", "Nhóm 1, Nhóm 2: gửi Broadcast nếu chưa vượt số tin mỗi người được nhận theo gói OA.")
	tab.pressIn(".mix-depends", "Trả lời câu này")
	tab.waitFor(`document.activeElement.id === "sender.oaPackage"`)
	tab.on(`document.activeElement`, `e.value = "basic"; e.dispatchEvent(new Event("change", {bubbles: true}))`)
	tab.sees("Gửi được", "0 ₫")
	tab.waitFor(`!document.querySelector(".mix-depends")`)
}

func TestAxeFindsNothingInAMix(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	site := startSite(t, builtSite(t, "/", testDate), "/")
	for width, scheme := range map[int]string{320: "light", 390: "dark", 1280: "light"} {
		for _, lang := range []string{vi, ru} {
			tab := newTab(t, width, 844)
			tab.colorScheme(scheme)
			tab.open(site.url(lang) + tetOffer(`"perRecipient":2,`))
			tab.do(string(axe) + ";")
			tab.choose("mix", "each")
			tab.shows(".mix-ways", "ZBS")
			tab.atRest()
			if found := axeFindings(tab); found != "" {
				t.Errorf("%s, %d px, %s:\n%s", scheme, width, lang, found)
			}
			if got := evaluate[int](tab, `document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s is %d px wide on %d", lang, got, width)
			}
		}
	}
}

// TestAKeyboardChoosesTheBestWays: the choice is one of radio buttons, and the answer
// is spoken when it has been found.
func TestAKeyboardChoosesTheBestWays(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 1280, 844)
	tab.open(site.url(en) + tetOffer(`"perRecipient":2,`))
	tab.on(`document.querySelector('input[name="mix"][value="one"]')`, `e.focus()`)
	tab.keys(kb.ArrowRight)
	tab.shows(`.answer > [role="status"]`, "Can be sent. Total: ₫11,022,000.")
	tab.waitFor(`document.activeElement.value === "each"`)
	tab.on(`document.querySelector(".mix-depends .link:last-child")`, `e.focus()`)
	tab.keys(kb.Enter)
	tab.shows(`.answer > [role="status"]`, "Depends. Total: ₫5,940,000.")
	tab.waitFor(`document.activeElement.closest(".mix-depends") !== null`)
}
