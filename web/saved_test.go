package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// What is saved, in more than one tab and when there is no more room.

// keeps has the device keep scenarios under names, with the ids 1, 2 …, before
// the first page of a tab is there.
func (tb *tab) keeps(names ...string) {
	tb.t.Helper()
	link := "s=" + base64.RawURLEncoding.EncodeToString([]byte(
		`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"}}`))
	type item struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
		Link string `json:"link"`
	}
	var items []item
	for i, name := range names {
		items = append(items, item{i + 1, name, link})
	}
	stored, err := json.Marshal(map[string]any{"v": 1, "items": items})
	if err != nil {
		tb.t.Fatal(err)
	}
	tb.before(fmt.Sprintf(`if (localStorage.getItem("postage.saved") === null) localStorage.setItem("postage.saved", %s)`, quoted(string(stored))))
}

// storedNames are what the device has saved.
const storedNames = `JSON.parse(localStorage.getItem("postage.saved")).items.map((i) => i.name).join("|")`

// shownNames are the names of what is saved as the page shows them, and in
// brackets what stands in the field for a new one.
const shownNames = `[...document.querySelectorAll(".saved-list > li:not([hidden])")].map((li) => li.querySelector(".saved-name")?.textContent ?? "[" + li.querySelector("input").value + "]").join("|")`

// waitShown waits until the page shows what is saved under these names.
func (tb *tab) waitShown(names ...string) {
	tb.t.Helper()
	tb.waitFor(shownNames + ` === ` + quoted(strings.Join(names, "|")))
}

// waitKept waits until the names are both shown and stored.
func (tb *tab) waitKept(names ...string) {
	tb.t.Helper()
	tb.waitShown(names...)
	tb.waitFor(storedNames + ` === ` + quoted(strings.Join(names, "|")))
}

func TestOfAFullShelfNothingIsLostByAnUndo(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	var names []string
	for i := range 50 {
		names = append(names, fmt.Sprint("Client ", i+1))
	}
	tab.keeps(names...)
	tab.open(site.url(en))
	tab.waitKept(names...)
	tab.pressIn(".saved-list li:nth-child(1)", "Delete")
	tab.waitKept(names[1:]...)
	tab.saveAs("Newest")
	tab.click("#saved-undo")
	names = append(names, "Newest")
	tab.waitKept(names...)
	tab.shows(`.saved-gone [role="status"]`, "“Client 1” is back. That makes 51")

	// The next change, and the next visit, find all of them.
	tab.pressIn(".saved-list li:nth-child(2)", "Rename")
	tab.waitFor(`document.activeElement.id === "saved-2-name"`)
	tab.fill("#saved-2-name", "Renamed")
	tab.keys("\r")
	names[1] = "Renamed"
	tab.waitKept(names...)
	tab.reload()
	tab.waitKept(names...)

	// There is no room for one more until there are fewer than 50.
	save := func() {
		tab.tool("Save")
		tab.waitFor(`document.getElementById("keep-save-name") !== null`)
		tab.fill("#keep-save-name", "One more")
		tab.pressIn("#keep-save", "Save on this device")
	}
	save()
	tab.shows(".keep-said", "No more than 50 calculations can be saved")
	tab.waitKept(names...)
}

func TestRenamingGoesOnWhileAnotherTabDeletesAndUndoes(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.keeps("One", "Two", "Three", "Four")
	tab.open(site.url(en))
	other := tab.another()
	other.open(site.url(en))
	other.waitShown("One", "Two", "Three", "Four")

	tab.pressIn(".saved-list li:nth-child(3)", "Rename")
	tab.waitFor(`document.activeElement.id === "saved-3-name"`)
	tab.fill("#saved-3-name", "Drei")
	tab.do(`window.field = document.activeElement; field.setSelectionRange(1, 2)`)
	undisturbed := func(shown ...string) {
		t.Helper()
		tab.waitShown(shown...)
		if !evaluate[bool](tab, `document.activeElement === field && field.isConnected && field.value === "Drei" && field.selectionStart === 1 && field.selectionEnd === 2`) {
			t.Errorf("with %q the field is not as it was: %s", shown, tab.state())
		}
	}
	other.pressIn(".saved-list li:nth-child(1)", "Delete")
	undisturbed("Two", "[Drei]", "Four")
	other.click("#saved-undo")
	undisturbed("One", "Two", "[Drei]", "Four")
	other.pressIn(".saved-list li:nth-child(4)", "Delete")
	undisturbed("One", "Two", "[Drei]")
	other.saveAs("Five")
	undisturbed("One", "Two", "[Drei]", "Five")
	other.pressIn(".saved-list li:nth-child(3)", "Rename")
	other.waitFor(`document.activeElement.id === "saved-3-name"`)
	other.fill("#saved-3-name", "Tres")
	other.keys("\r")
	other.waitKept("One", "Two", "Tres", "Five")
	// The last change is that of a row before, so that this one has come as well.
	other.pressIn(".saved-list li:nth-child(1)", "Delete")
	undisturbed("Two", "[Drei]", "Five")
	// Another row can be renamed instead.
	tab.pressIn(".saved-list li:last-child", "Rename")
	tab.waitFor(`document.activeElement.value === "Five"`)
	tab.waitShown("Two", "Tres", "[Five]")

	// What cannot be stored is told, and stays in the field.
	tab.fill(".rename .input", "Vier")
	tab.do(`Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }`)
	tab.keys("\r")
	tab.shows(`.rename [role="status"]`, "Nothing was changed")
	tab.waitShown("Two", "Tres", "[Vier]")
	other.waitKept("Two", "Tres", "Five")
}

func TestWhatAnotherTabDeletesIsSavedAgainByRenamingIt(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.keeps("One")
	tab.open(site.url(en))
	other := tab.another()
	other.open(site.url(en))
	other.saveAs("Two")
	tab.waitKept("One", "Two") // and keeps both when it saves something

	rename := func(row int, name string) {
		tab.pressIn(fmt.Sprintf(".saved-list li:nth-child(%d)", row), "Rename")
		tab.waitFor(`document.activeElement.closest(".rename") !== null`)
		tab.fill(".rename .input", name)
		tab.do(`window.field = document.activeElement`)
	}
	told := func(shown ...string) {
		t.Helper()
		tab.waitShown(shown...)
		tab.shows(`.rename [role="status"]`, "is deleted in another tab")
		if !evaluate[bool](tab, `document.activeElement === field && field.isConnected`) {
			t.Errorf("the field has lost the focus: %s", tab.state())
		}
	}
	rename(1, "Eins")
	other.pressIn(".saved-list li:nth-child(1)", "Delete")
	told("[Eins]", "Two")
	tab.keys("\r")
	tab.waitKept("Eins", "Two")
	other.waitShown("Eins", "Two")
	// What has come back under another name does not come back twice.
	other.click("#saved-undo")
	other.waitFor(`document.getElementById("saved-undo") === null`)
	other.waitKept("Eins", "Two")

	// Who thinks better of it leaves it deleted.
	rename(2, "Zwei")
	other.pressIn(".saved-list li:nth-child(2)", "Delete")
	told("Eins", "[Zwei]")
	tab.pressIn(".rename", "Cancel")
	tab.waitKept("Eins")

	// So it is with the last one of all.
	rename(1, "Uno")
	other.pressIn(".saved-list li:nth-child(1)", "Delete")
	told("[Uno]")
	tab.keys("\r")
	tab.waitKept("Uno")
	other.waitKept("Uno")
}

// waitPriceLists waits until the price lists that are offered have these names.
func (tb *tab) waitPriceLists(names string) {
	tb.t.Helper()
	tb.waitFor(`[...document.querySelectorAll("input[name=profile]")].map((i) => i.value).filter((v) => !v.startsWith("-")).join("|") === ` + quoted(names))
}

func TestPriceListsAreThoseOfEveryTab(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	const damaged = `{"v":1,"profiles":[{"name":"Dai ly","prices":{"pricing.markupPercent":"=10"}},{"name":7}],"using":"Dai ly"}`
	tab.before(fmt.Sprintf(`if (localStorage.getItem("postage.prices") === null) localStorage.setItem("postage.prices", %s)`, quoted(damaged)))
	tab.open(site.url(vi))
	tab.sees("Gửi được", "60.000 ₫")
	tab.press("Bảng giá Dai ly")
	tab.shows(".profile-tools", "Một phần dữ liệu đã lưu không đọc được")
	tab.waitPriceLists("Dai ly")
	other := tab.another()
	other.open(site.url(vi))
	other.press("Bảng giá Dai ly")
	other.write("Cộng thêm theo phần trăm", "20")
	other.write("Lưu lại với tên", "Khach le")
	other.press("Lưu bảng giá")
	other.waitPriceLists("Dai ly|Khach le")
	tab.waitPriceLists("Dai ly|Khach le")
	tab.waitFor(`!document.querySelector(".profile-tools").textContent.includes("không đọc được")`)
	if got := evaluate[string](tab, `localStorage.getItem("postage.prices.unreadable")`); got != damaged {
		t.Errorf("aside is %q", got)
	}
	tab.press("Khach le")
	tab.sees("Gửi được", "65.000 ₫")
	other.press("Xoá Khach le")
	tab.waitPriceLists("Dai ly")
	// The prices stay in the form, so that they can be kept again.
	tab.sees("Gửi được", "65.000 ₫")
	tab.press("Lưu bảng giá")
	tab.waitPriceLists("Dai ly|Khach le")
	other.waitPriceLists("Dai ly|Khach le")
	tab.press("Lưu bảng giá")
	tab.says("Đã cập nhật bảng giá Khach le.")
}
