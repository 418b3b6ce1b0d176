package main

import "testing"

// TestAFlowSaysWhatANewCustomerCosts begins with a worked flow on a phone, changes it
// as someone does who has other numbers, takes the way that still works for a step
// that comes too late, and puts it into the plan.
func TestAFlowSaysWhatANewCustomerCosts(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url(planPath))
	tab.click("#start-flow")
	tab.shows(".flow-columns .stamp-total", "574 ₫")
	tab.shows(".flow-columns .stamp-note", "286.825 ₫ cho 500 người")
	tab.shows(".flow-step.verdict-partial .row-why", "177 người nhắn lần cuối đã lâu")

	tab.answerField("flow-customers", "1.000")
	tab.shows(".flow-columns .stamp-note", "cho 1.000 người")
	tab.answerField("flow-customers", "nhiều")
	tab.shows(".flow-columns .stamp", "Hãy sửa mục còn sai")
	tab.shows(`[id="flow-customers-error"]`, "số nguyên")
	tab.answerField("flow-customers", "500")
	tab.shows(".flow-columns .stamp-total", "574 ₫")

	tab.answerField("flow-steps[1].share", "")
	tab.shows(".flow-step.verdict-depends .row-why", "Chưa rõ bao nhiêu khách")
	tab.answerField("flow-steps[1].share", "40")
	tab.shows(".flow-columns .stamp-total", "574 ₫")

	tab.shows(".flow-instead", "177 người, 58.410 ₫")
	tab.shows(".flow-instead", "cả 200 người của bước này nhận bằng")
	tab.shows(".flow-instead", "hết 66.000 ₫")
	tab.press("Đổi bước này")
	tab.waitFor(`document.querySelector(".flow-instead") === null`)
	tab.waitFor(`document.querySelectorAll(".flow-step.verdict-eligible").length === 6`)
	// The third step by another channel, which costs more, and the flow is still there
	// when the page is opened again.
	tab.onID("flow-change-2", `e.click()`)
	tab.shows(".flow-ways", "Gửi được")
	tab.on(`[...document.querySelectorAll(".flow-way")].find((e) => e.getAttribute("aria-pressed") === "false" && e.classList.contains("verdict-eligible"))`, `e.click()`)
	tab.waitFor(`document.querySelector(".flow-ways") === null && document.activeElement.id === "flow-change-2"`)
	said := evaluate[string](tab, `document.querySelector(".flow-columns .stamp").innerText`)
	tab.reload()
	tab.waitFor(`document.querySelector(".flow-columns .stamp")?.innerText === ` + quoted(said))
	tab.onID("flow-change-2", `e.click()`)
	tab.on(`[...document.querySelectorAll(".flow-way")].find((e) => e.textContent.startsWith("ZNS"))`, `e.click()`)

	// A step like the last one a week later, and out again.
	tab.on(`[...document.querySelectorAll(".flow-acts button")].at(-2)`, `e.click()`)
	tab.waitFor(`document.querySelectorAll(".flow-step").length === 7 && document.activeElement.id === "flow-steps[6].day"`)
	tab.answerField("flow-steps[6].day", "21")
	tab.waitFor(`document.querySelectorAll(".flow-day")[6].textContent.includes("21")`)
	tab.on(`[...document.querySelectorAll(".flow-acts button")].at(-1)`, `e.click()`)
	tab.waitFor(`document.querySelectorAll(".flow-step").length === 6`)
	tab.press("Đưa vào kế hoạch")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 6`)
	tab.shows(".keep-said", "Đã thêm các bước của “Cửa hàng online”")
	tab.reload()
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 6`)

	// One flow more, and back without it.
	tab.press("Thêm từ kịch bản mẫu")
	tab.choose("flow", "school")
	tab.shows(".flow-columns .stamp-total", "396 ₫")
	tab.on(`document.querySelector(".site .to-plan")`, `e.click()`) // the way to the plan leads to it
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 6 && location.hash === ""`)
	tab.press("Thêm từ kịch bản mẫu") // and what was put together is not lost
	tab.shows(".flow-columns .stamp-total", "396 ₫")
	tab.pressIn(".plan-head", "Về kế hoạch")
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 6`)
	tab.reload()
	tab.waitFor(`document.querySelectorAll(".plan-row").length === 6`)
}

// TestSeptemberUnderOctobersRules sees a plan of September at the prices of October.
func TestSeptemberUnderOctobersRules(t *testing.T) {
	t.Parallel()
	site := startSite(t, builtSite(t, "/", testDate), "/")
	tab := newTab(t, 390, 844)
	tab.open(site.url("/"))
	tab.choose("channel", "whatsapp")
	tab.choose("message.type", "whatsapp.marketing")
	tab.setDate("2026-09-15")
	tab.sees("Gửi được", "73,20 US$")
	tab.toPlan("")
	tab.seePlan()
	tab.press("Tính lại kế hoạch theo giá ngày khác")
	tab.setDay("plan-under", "2026-10-15")
	tab.shows(".plan-under .lines", "Theo ngày 15/10/2026")
	tab.shows(".plan-under .lines", "84,20 US$")
	tab.shows(".plan-under .lines", "73,20 US$")
	tab.shows(".plan-under .lines", "+11,00 US$")
	tab.shows(".plan-under .under-changes", "0,0732 US$ → 0,0842 US$")
	tab.setDay("plan-under", "2022-01-15")
	tab.shows(".plan-under .under-changes", "Còn tuỳ")
}

// TestTheQuotaGoesUpWithThePlan says what an account is like, and sees what becomes of
// its daily quota.
func TestTheQuotaGoesUpWithThePlan(t *testing.T) {
	t.Parallel()
	tab, _ := examplePlan(t, planPath, 390)
	tab.press("Hạn mức ZNS sẽ lên hay xuống?")
	tab.shows(".forecast-said", "Giữ nguyên 10.000 tin mỗi ngày")
	tab.answerField("quota-deliveredIn7", "20.000")
	tab.shows(".forecast-said", "Lên: từ 10.000 thành 20.000 tin mỗi ngày")
	tab.choose("quota-quality", "low")
	tab.shows(".forecast-said", "Xuống: từ 10.000 còn 1.000")
	tab.answerField("quota-reportsToday", "x")
	tab.shows("#quota-reportsToday-hint", "số nguyên")
}

// TestThePackagesStandSideBySide compares what an account may buy for the plan that
// there is.
func TestThePackagesStandSideBySide(t *testing.T) {
	t.Parallel()
	tab, _ := examplePlan(t, planPath, 390)
	tab.press("Gói OA nào lợi nhất cho kế hoạch này?")
	tab.shows(".package-rows .best", "Lợi nhất")
	tab.shows(".package-rows", "gói của bạn")
	tab.shows(".package-rows", "Premium, mua trước 06/2026")
	tab.shows(".package-rows .wrong", "Không gửi được")
	// One of them is taken for the whole plan with a press, which then costs what its row says.
	row := evaluate[string](tab, `document.getElementById("package-comprehensive-12").closest("li").querySelector(".package-total").textContent`)
	tab.onID("package-comprehensive-12", `e.click()`)
	tab.waitFor(`document.querySelector(".stamp-total").textContent === ` + quoted(row) + ` && !document.getElementById("package-comprehensive-12")`)
	tab.shows(".package-rows", "Toàn diện · gói của bạn")
	tab.focusOn("answer")
}
