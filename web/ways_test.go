package main

import (
	"os"
	"testing"
)

// The better ways, below the answer.

func TestOneTapTakesABetterWayOver(t *testing.T) {
	for _, width := range []int{390, 1280} {
		tab := openCalculator(t, vi, width)
		tab.answerField("audience[0].recipients", "2.500")
		tab.sees("Gửi được", "137.500 ₫")
		tab.choose("ways-purpose", "transaction")
		tab.shows(`.way[data-type="zalo.zns"] .way-total`, "550.000 ₫")
		tab.shows(`.way[data-type="zalo.zns"] .way-diff`, "đắt hơn 412.500 ₫")
		tab.shows(`.way[data-type="zalo.zns"] .verdict-word`, "Còn tuỳ")
		tab.shows(`.way[data-type="zalo.zns"] .way-if`, "bạn có số điện thoại của họ; mẫu tin đã được duyệt")
		tab.shows(`.way[data-type="zalo.zbs-uid"] .way-total`, "Chưa có giá công bố")
		tab.shows(`.barred`, "Messenger · Tin trong 24 giờ")
		tab.shows(`.barred`, "Chờ họ nhắn lại rồi gửi thì miễn phí.")
		tab.do(`document.querySelector('.way[data-type="zalo.zns"] .choose').click()`)
		tab.sees("Gửi được", "550.000 ₫")
		tab.waitFor(`document.activeElement.id === "answer" && document.querySelector('input[name="message.type"][value="zalo.zns"]').checked`)
		// The way back is a tap too, and nothing was lost on either.
		tab.shows(`.way-chosen`, "ZNS · Thông báo ZNS")
		tab.shows(`.way[data-type="zalo.uid.consultation"] .way-diff`, "rẻ hơn 412.500 ₫")
		tab.do(`document.querySelector('.way[data-type="zalo.uid.consultation"] .choose').click()`)
		tab.sees("Gửi được", "137.500 ₫")
		tab.waitFor(`location.hash.startsWith("#s=")`)
		tab.reload()
		tab.sees("Gửi được", "137.500 ₫")
	}
}

func TestAWayLeadsToTheQuestionItHangsOn(t *testing.T) {
	tab := openCalculator(t, en, 390)
	tab.choose("ways-purpose", "transaction")
	tab.shows(`.way[data-type="zalo.zns"] .way-if`, "Can be sent if you have their phone numbers; the template is approved.")
	tab.do(`document.querySelector('.way[data-type="zalo.zns"] .way-if button').click()`)
	tab.waitFor(`document.activeElement.id === "audience[0].phone"`)
	tab.sees("Can be sent", "₫220,000")
}

func TestTheListFollowsWhatIsTyped(t *testing.T) {
	tab := openCalculator(t, vi, 390)
	tab.fill(`[id="audience[0].recipients"]`, "3000")
	tab.sees("Gửi được", "165.000 ₫")
	tab.shows(`.way-chosen .way-total`, "165.000 ₫")
	tab.waitFor(`document.querySelector('.below[data-state="fresh"]') !== null`)
	tab.fill(`[id="audience[0].recipients"]`, "x")
	tab.waitFor(`document.querySelector(".way") === null`)
	tab.fill(`[id="audience[0].recipients"]`, "40")
	tab.shows(`.way-chosen .way-total`, "2.200 ₫")
}

func TestAxeFindsNothingBelowTheAnswer(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{320, 390, 1280} {
			tab := openCalculator(t, vi, width)
			tab.colorScheme(scheme)
			tab.do(string(axe) + ";")
			for _, purpose := range []string{"answer", "transaction", "one-time-password", "promotion"} {
				tab.choose("ways-purpose", purpose)
				tab.waitFor(`document.querySelector('.below[data-state="fresh"]') !== null`)
				if found := axeFindings(tab); found != "" {
					t.Errorf("%s, %d px, %s:\n%s", scheme, width, purpose, found)
				}
				if got := evaluate[int](tab, `document.documentElement.scrollWidth`); got > width {
					t.Errorf("%s is %d px wide on %d", purpose, got, width)
				}
			}
		}
	}
}
