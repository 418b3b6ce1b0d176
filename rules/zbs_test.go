package rules_test

import "testing"

func TestZBSToUserIDs(t *testing.T) {
	const (
		people = `{"recipients":100,"uid":true,"hoursSinceInteraction":100}`
		api    = `"tool":"openapi"`
	)
	message := func(kind, tag, template string) string {
		return `"type":"zalo.zbs-uid","tag":` + tag + `,"template":{"kind":"` + kind + `"` + template + `}`
	}
	const ready = `,"approved":true,"approvedOn":"2025-12-10"`
	by := func(on, template, sender string) question {
		return question{on: on, message: message("custom", "1", template), audience: people, sender: sender}
	}
	to := func(segment string) question {
		return question{on: "2026-02-01", message: message("custom", "2", ready), audience: segment, sender: api}
	}
	checkSentences(t, []sentence{
		{name: "not on the last day of 2025", ask: by("2025-12-31", ready, api), verdict: "ineligible", checks: "available! identity window tool template"},
		{name: "from 2026-01-01, at a price that nobody publishes", ask: by("2026-01-01", ready, api), verdict: "eligible", checks: "available identity window tool template", figures: "100 = 0 + 100", total: "no price", schedule: "none"},
		{name: "and on", ask: by("2026-01-02", ready, api), verdict: "eligible"},
		{name: "a template of the day before goes to phones only", ask: by("2026-01-01", `,"approved":true,"approvedOn":"2025-12-09"`, api), verdict: "ineligible", checks: "available identity window tool template!"},
		{name: "a template of the day after goes too", ask: by("2026-01-01", `,"approved":true,"approvedOn":"2025-12-11"`, api), verdict: "eligible"},
		{name: "a template approved on the day itself", ask: by("2026-02-01", `,"approved":true,"approvedOn":"2026-02-01"`, api), verdict: "eligible"},
		{name: "the day of approval matters", ask: by("2026-02-01", `,"approved":true`, api), verdict: "depends", checks: "available identity window tool template?"},
		{name: "a day of approval is no approval", ask: by("2026-02-01", `,"approvedOn":"2026-01-01"`, api), verdict: "depends", checks: "available identity window tool template?"},
		{name: "a refused template is refused", ask: by("2026-02-01", `,"approved":false`, api), verdict: "ineligible", checks: "available identity window tool template!"},
		{name: "no OTP", ask: question{on: "2026-02-01", message: message("otp", "1", ready), audience: people, sender: api}, verdict: "ineligible", checks: "available identity window tool template!"},
		{name: "post-sale has a cap", ask: question{on: "2026-02-01", message: message("voucher", "3", ready), audience: people, sender: api}, verdict: "eligible", checks: "available identity window tool template cap"},
		{name: "a year is inside", ask: to(`{"recipients":1,"uid":true,"hoursSinceInteraction":8760}`), verdict: "eligible"},
		{name: "more than a year is not", ask: to(`{"recipients":1,"uid":true,"hoursSinceInteraction":8760.5}`), checks: "available identity window! tool template"},
		{name: "who never interacted is outside", ask: to(`{"recipients":1,"uid":true,"hoursSinceInteraction":null}`), checks: "available identity window! tool template"},
		{name: "an unknown recency depends", ask: to(`{"recipients":1,"uid":true}`), verdict: "depends", checks: "available identity window? tool template"},
		{name: "no user id", ask: to(`{"recipients":1,"uid":false,"phone":true,"hoursSinceInteraction":1}`), checks: "available identity! window tool template"},
		{name: "not by OA Manager", ask: by("2026-02-01", ready, `"tool":"oa-manager-web"`), verdict: "ineligible", checks: "available identity window tool! template"},
		{name: "an unknown tool depends", ask: by("2026-02-01", ready, ""), verdict: "depends", checks: "available identity window tool? template"},
		{name: "the old API is closed", ask: by("2026-02-01", ready, api+`,"apiVersion":"v2"`), checks: "available identity window tool api-version! template"},
		{name: "two packages to 2026-05-31", ask: by("2026-05-31", ready, api+`,"oaPackage":"basic"`), checks: "available identity window tool package! template"},
		{name: "not every package from 2026-06-01", ask: by("2026-06-01", ready, api+`,"oaPackage":"standard"`), checks: "available identity window tool package! template"},
		{name: "the growth package", ask: by("2026-06-02", ready, api+`,"oaPackage":"growth"`), verdict: "eligible"},
	})
	for _, code := range []string{"zalo.zbs-uid.price", "zalo.zbs-uid.template"} {
		if !hasNotice(ask(t, by("2026-01-01", ready, api).json()), code) {
			t.Errorf("notice %s is missing", code)
		}
	}
	for field, scenario := range map[string]string{
		"message.tag":                 by("2026-02-01", ready, api).telling(`"type":"zalo.zbs-uid","template":{"kind":"custom"}`).json(),
		"message.template.kind":       by("2026-02-01", ready, api).telling(`"type":"zalo.zbs-uid","tag":1`).json(),
		"message.template.approvedOn": by("2026-02-01", `,"approvedOn":"2026-02-30"`, api).json(),
	} {
		if e := mistake(t, scenario); e.Path != field {
			t.Errorf("the mistake is at %s, want %s", e.Path, field)
		}
	}
}

func TestPackageFee(t *testing.T) {
	const late = `{"recipients":100,"uid":true,"hoursSinceInteraction":60}`
	fee := func(on, oaPackage string) question {
		q := question{on: on, message: "zalo.uid.consultation", audience: late, sender: `"includePackageFee":true,"includedMessages":100`}
		if oaPackage != "" {
			q.sender += `,"oaPackage":"` + oaPackage + `"`
		}
		return q
	}
	checkSentences(t, []sentence{
		{name: "advanced in 2023", ask: fee("2023-05-01", "advanced"), lines: "package-fee 1 × 59000", total: "59000 + 0 = 59000"},
		{name: "advanced on 2025-10-31", ask: fee("2025-10-31", "advanced"), lines: "package-fee 1 × 59000"},
		{name: "advanced on 2025-11-01", ask: fee("2025-11-01", "advanced"), lines: "package-fee 1 × 99000"},
		{name: "advanced on 2025-11-02", ask: fee("2025-11-02", "advanced"), lines: "package-fee 1 × 99000"},
		{name: "premium on its last day", ask: fee("2026-05-31", "premium"), lines: "package-fee 1 × 399000"},
		{name: "trial", ask: fee("2024-05-01", "trial"), lines: "package-fee 1 × 10000"},
		{name: "basic before 2026-06 is not in the book", ask: fee("2026-05-31", "basic"), lines: "", total: "0 + 0 = 0"},
		{name: "basic is free from 2026-06-01", ask: fee("2026-06-01", "basic"), total: "0 + 0 = 0"},
		{name: "standard is a twelfth of a million", ask: fee("2026-06-01", "standard"), lines: "package-fee 1 × 83333.333333", total: "75757.575757 + 7575.757576 = 83333.333333"},
		{name: "growth", ask: fee("2026-06-02", "growth"), lines: "package-fee 1 × 208333.333333"},
		{name: "comprehensive", ask: fee("2026-11-21", "comprehensive"), lines: "package-fee 1 × 500000", total: "454545.454545 + 45454.545455 = 500000"},
		{name: "no package, no fee", ask: fee("2026-11-21", ""), total: "0 + 0 = 0"},
		{name: "not where nothing goes out", ask: question{on: "2026-11-21", message: "zalo.uid.consultation", audience: `{"recipients":1,"uid":false}`, sender: `"includePackageFee":true,"oaPackage":"growth"`}, total: "0 + 0 = 0"},
		{name: "not for other platforms", ask: question{on: "2026-11-21", message: "messenger.standard", audience: `{"recipients":1,"hoursSinceInteraction":1}`, sender: `"includePackageFee":true,"oaPackage":"growth"`}, total: "0 + 0 = 0"},
		{name: "with a mark-up on all that the platform takes", ask: func() question {
			q := fee("2026-11-21", "comprehensive")
			q.pricing = `"markupPercent":"10"`
			return q
		}(), lines: "package-fee 1 × 500000, markup-percent 1 × 45454.5454545"},
		{name: "beside messages", ask: question{on: "2026-11-21", message: "zalo.uid.consultation", audience: late, sender: `"includePackageFee":true,"oaPackage":"comprehensive"`}, lines: "consultation 100 × 55, package-fee 1 × 500000"},
	})
	unknown := ask(t, fee("2026-05-31", "basic").json())
	if !hasNotice(unknown, "zalo.package-fee.unknown") || hasNotice(unknown, "zalo.package-fee.before-2026") {
		t.Errorf("notices %v", unknown.Notices)
	}
	if before := ask(t, fee("2026-05-31", "premium").json()); !hasNotice(before, "zalo.package-fee.before-2026") || hasNotice(before, "zalo.package-fee.unknown") {
		t.Errorf("notices %v", before.Notices)
	}
	known := ask(t, fee("2026-06-01", "growth").json())
	if hasNotice(known, "zalo.package-fee.unknown") || !hasNotice(known, "zalo.package-fee.term") || known.Lines[0].Segment != nil {
		t.Errorf("notices %v", known.Notices)
	}
	checkLines(t, known)
	if q := ask(t, question{on: "2026-11-21", message: "zalo.uid.consultation", audience: late, sender: `"oaPackage":"growth"`}.json()); len(q.Lines) != 1 {
		t.Errorf("a fee that was not asked for: %s", lines(q))
	}
}

func TestWhatAPackageHolds(t *testing.T) {
	late := question{message: "zalo.uid.consultation", audience: `{"recipients":1,"uid":true,"hoursSinceInteraction":60}`}
	for _, c := range []struct {
		on, sender, notice string
	}{
		{"2026-05-31", `"oaPackage":"premium"`, "zalo.consultation.included"},
		{"2026-05-31", "", "zalo.consultation.included"},
		{"2026-05-31", `"oaPackage":"basic"`, ""},
		{"2026-06-01", `"oaPackage":"growth"`, "zalo.consultation.included-2026"},
		{"2026-06-01", `"oaPackage":"standard"`, ""},
		{"2026-06-01", `"oaPackage":"growth","includedMessages":1`, ""},
	} {
		late.on, late.sender = c.on, c.sender
		q := ask(t, late.json())
		for _, code := range []string{"zalo.consultation.included", "zalo.consultation.included-2026"} {
			if hasNotice(q, code) != (code == c.notice) {
				t.Errorf("%s %s: notice %s: %t", c.on, c.sender, code, hasNotice(q, code))
			}
		}
	}
}

func TestHoursOfTheDayAreTold(t *testing.T) {
	for _, c := range []struct {
		on, message, audience, notice string
		want                          bool
	}{
		{"2025-12-31", "zalo.uid.broadcast", `{"recipients":1}`, "zalo.promotion.hours", false},
		{"2026-01-01", "zalo.uid.broadcast", `{"recipients":1}`, "zalo.promotion.hours", true},
		{"2026-01-02", "zalo.uid.personal-promotion", `{"recipients":1}`, "zalo.promotion.hours", true},
		{"2026-02-28", "zalo.uid.transaction", `{"recipients":1}`, "zalo.transaction.hours", true},
		{"2026-03-01", "zalo.uid.transaction", `{"recipients":1}`, "zalo.transaction.hours", false},
		{"2023-12-31", znsMessage(1, "otp", ""), `{"recipients":1}`, "zalo.zns.hours", false},
		{"2024-01-01", znsMessage(1, "otp", ""), `{"recipients":1}`, "zalo.zns.hours", true},
		{"2025-12-31", znsMessage(1, "otp", ""), `{"recipients":1}`, "zalo.zns.by-uid", false},
		{"2026-01-01", znsMessage(1, "otp", ""), `{"recipients":1}`, "zalo.zns.by-uid", true},
		{"2024-01-01", "zalo.uid.transaction", `{"recipients":1,"hoursSinceInteraction":8760}`, "zalo.transaction.window", false},
		{"2024-01-01", "zalo.uid.transaction", `{"recipients":1,"hoursSinceInteraction":8761}`, "zalo.transaction.window", true},
		{"2024-01-01", "zalo.uid.transaction", `{"recipients":1,"hoursSinceInteraction":null}`, "zalo.transaction.window", false},
	} {
		if q := ask(t, question{on: c.on, message: c.message, audience: c.audience}.json()); hasNotice(q, c.notice) != c.want {
			t.Errorf("%s on %s: notice %s: %t", c.message, c.on, c.notice, !c.want)
		}
	}
}
