package main

import "testing"

// The better ways, below the answer.

func TestOneTapTakesABetterWayOver(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 1280)
	tab.answerField("audience[0].recipients", "2.500")
	tab.sees("Gửi được", "137.500 ₫")
	tab.choose("ways-purpose", "transaction")
	tab.shows(`.way[data-type="zalo.zns"] .way-total`, "825.000 ₫")
	tab.shows(`.way[data-type="zalo.zns"] .way-diff`, "tốn thêm 687.500 ₫")
	tab.shows(`.way[data-type="zalo.zns"] .verdict-word`, "Còn tuỳ")
	tab.shows(`.way[data-type="zalo.zns"] .way-if`, "bạn có số điện thoại của họ; mẫu tin đã được duyệt")
	tab.shows(`.way[data-type="zalo.zbs-uid"] .way-total`, "577.500 ₫")
	tab.shows(`.way[data-type="messenger.standard"] .verdict-word`, "Còn tuỳ")
	tab.shows(`.way[data-type="messenger.standard"] .way-if`, "họ nhắn cho trang trong vòng 24 giờ")
	tab.atRest()
	tab.on(`document.querySelector('.way[data-type="zalo.zns"] .choose')`, `e.click()`)
	tab.sees("Còn tuỳ", "825.000 ₫") // nobody has said that there are phone numbers
	tab.waitFor(`document.activeElement.id === "answer" && document.querySelector('input[name="message.type"][value="zalo.zns"]').checked`)
	// The way back is a tap too, and nothing was lost on either.
	tab.shows(`.way-chosen`, "ZNS · Thông báo ZNS")
	tab.shows(`.way[data-type="zalo.uid.consultation"] .way-diff`, "rẻ hơn 687.500 ₫")
	tab.atRest()
	tab.on(`document.querySelector('.way[data-type="zalo.uid.consultation"] .choose')`, `e.click()`)
	tab.sees("Gửi được", "137.500 ₫")
	tab.waitFor(`location.hash.startsWith("#s=")`)
	tab.reload()
	tab.sees("Gửi được", "137.500 ₫")
}

func TestAWayLeadsToTheQuestionItHangsOn(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, en, 390)
	tab.choose("ways-purpose", "transaction")
	tab.shows(`.way[data-type="zalo.zns"] .way-if`, "Can be sent if you have their phone numbers; the template is approved.")
	tab.atRest()
	tab.on(`document.querySelector('.way[data-type="zalo.zns"] .way-if button')`, `e.click()`)
	tab.waitFor(`document.activeElement.id === "audience[0].phone"`)
	tab.shows(`[role="status"]`, "You now look at ZNS")
	tab.waitFor(`[...document.querySelectorAll('input[name="audience[0].phone"]')].every(i => !i.checked || i.value === "unknown")`)
	tab.shows(`.verdict-word`, "Depends")
}

func TestTheListFollowsWhatIsTyped(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.fill(`[id="audience[0].recipients"]`, "3000")
	tab.sees("Gửi được", "165.000 ₫")
	tab.shows(`.way-chosen .way-total`, "165.000 ₫")
	tab.atRest()
	tab.fill(`[id="audience[0].recipients"]`, "x")
	// The last list stays, marked as one that is not of this answer.
	tab.waitFor(`document.querySelector('.below[data-state="broken"] .way') !== null`)
	tab.shows(".ways .hint", "Sửa lại để xem kết quả")
	tab.fill(`[id="audience[0].recipients"]`, "40")
	tab.shows(`.way-chosen .way-total`, "2.200 ₫")
}

// drawPictures opens the other ways and the pictures, which are drawn only then.
func (tb *tab) drawPictures() {
	tb.t.Helper()
	tb.atRest()
	tb.onID("ways", `e.open = true`)
	tb.onID("pictures", `e.open = true; e.scrollIntoView()`)
	tb.waitFor(`document.querySelectorAll('#pictures .picture').length === 4`)
	tb.waitFor(`document.querySelectorAll('#pictures [data-is~="chart"]').length === 4`)
}

// openTables shows the numbers of every picture.
func (tb *tab) openTables() {
	tb.t.Helper()
	tb.waitFor(`(() => {
		for (const d of document.querySelectorAll(".picture details:not([open])")) d.open = true;
		return document.querySelectorAll(".picture table").length === 4;
	})()`)
}

func TestThePicturesFollowTheScenario(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	if evaluate[bool](tab, `document.querySelector('[data-is~="chart"]') !== null`) {
		t.Error("the pictures are drawn before anybody looks at them")
	}
	tab.choose("channel", "whatsapp")
	tab.sees("Gửi được", "0,00 US$")
	tab.answerField("audience[0].recipients", "1.500")
	tab.sees("Gửi được", "5,65 US$")
	tab.drawPictures()
	tab.openTables()
	tab.shows("#picture-volume .keys", "Bạn đang ở đây: 1.500 người, 5,65 US$")
	tab.shows("#picture-volume .keys", "1.000") // where the free ones end
	tab.shows("#picture-volume td", "5,65 US$")
	tab.shows("#picture-history tbody", "01/10/2026")
	tab.shows("#picture-history tbody", "0,0113 US$")
	tab.shows("#picture-reach td", "1.500")
	tab.shows("#picture-ways tbody", "WhatsApp · Trả lời khách")
	tab.answerField("audience[0].recipients", "3.000")
	tab.shows("#picture-volume .keys", "3.000 người, 22,60 US$")
	tab.click(`.languages a[lang="en"]`)
	tab.shows("#picture-volume .keys", "You are here: 3,000 people, $22.60")
	tab.fill(`[id="audience[0].recipients"]`, "x")
	tab.waitFor(`document.querySelector('.below[data-state="broken"] .picture') !== null`)
	tab.fill(`[id="audience[0].recipients"]`, "2,000")
	tab.shows("#picture-volume .keys", "2,000 people, $11.30")

	// Axe finds nothing in them, nor in the other ways.
	tab.choose("ways-purpose", "promotion")
	tab.atRest()
	tab.loadAxe()
	tab.fitsAndHasNoFaults("with pictures", 1280, 320)
	tab.hasColoursByNight("with pictures", 1280)
}
