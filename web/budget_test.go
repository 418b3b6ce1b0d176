package main

import "testing"

// TestMoneyIsTurnedIntoPeople asks to how many a sum may go, as someone does who
// knows only the budget, and takes the number over.
func TestMoneyIsTurnedIntoPeople(t *testing.T) {
	t.Parallel()
	tab := openCalculator(t, vi, 390)
	tab.choose("channel", "zns")
	tab.sees("Gửi được", "330.000 ₫")
	tab.press("Có ngân sách? Xem gửi được bao nhiêu")
	tab.write("Số tiền bạn có", "2tr")
	tab.shows("#budget-answer", "Nhiều nhất 6.060 người, hết 1.999.800 ₫.")
	// It follows what else is answered, and says why where there is no number.
	tab.choose("audience[0].phone", "no")
	tab.shows("#budget-answer", "Tin này không gửi được")
	tab.choose("audience[0].phone", "yes")
	tab.shows("#budget-answer", "Nhiều nhất 6.060 người")
	tab.press("Điền 6.060 người")
	tab.sees("Gửi được", "1.999.800 ₫")
	tab.waitFor(`document.getElementById("audience[0].recipients").value === "6.060"`)
	tab.press("Hoàn tác")
	tab.sees("Gửi được", "330.000 ₫")
	tab.press("+ Thêm nhóm người nhận")
	tab.waitFor(`document.getElementById("budget") === null`) // of several nobody says how it is shared
}
