package main

import "testing"

// TestAProvidersFeesAreFilledIn chooses a provider among the own prices of a WhatsApp
// message: its published fees are added and say where they are from, and an amount of
// one's own is no longer the provider's.
func TestAProvidersFeesAreFilledIn(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.sees("Gửi được", "84,20 US$")
	tab.press("Chưa cộng gì. Thêm phí nhà cung cấp, phí dịch vụ, thuế")
	take := func(id string) {
		t.Helper()
		tab.onID("provider", `e.value = `+quoted(id)+`; e.dispatchEvent(new Event("change", { bubbles: true }))`)
	}
	take("twilio")
	tab.sees("Gửi được", "89,20 US$")
	tab.shows("#provider-fees .sources", "01/02/2022")
	tab.says("Đã điền phí của Twilio")
	take("360dialog-premium")
	tab.sees("Gửi được", "133,20 US$")
	tab.waitFor(`document.getElementById("provider").value === "360dialog-premium"`)
	tab.write("Phí cố định mỗi tháng", "50")
	tab.sees("Gửi được", "134,20 US$")
	tab.waitFor(`document.getElementById("provider").value === "" && document.querySelector("#provider-fees .sources") === null`)
	take("unifonic-connect")
	tab.shows("#provider-fees .hint", "chưa công bố")
	take("")
	tab.sees("Gửi được", "84,20 US$")
	tab.choose("channel", "zns")
	tab.waitFor(`document.getElementById("provider") === null`)
}
