package rules_test

import (
	"strconv"
	"testing"

	"postage/rules"
)

// zns asks about one ZNS to each of a number of people with a phone number.
func zns(on string, tag, people int, sender string) question {
	return question{on: on, message: znsMessage(tag, "custom", `"approved":true`), audience: znsPeople(people, ""), sender: sender}
}

func znsMessage(tag int, kind, template string) string {
	if template != "" {
		template = "," + template
	}
	return `"type":"zalo.zns","tag":` + strconv.Itoa(tag) + `,"template":{"kind":"` + kind + `"` + template + `}`
}

func znsPeople(n int, more string) string {
	return `{"recipients":` + strconv.Itoa(n) + `,"phone":true` + more + `}`
}

func TestZNSMayBeSent(t *testing.T) {
	const level5 = `"contentLevel":5,"extraConditionsMet":true`
	care := func(q question, value string) question {
		q.audience = znsPeople(10, `,"careWithin6Months":`+value)
		return q
	}
	checkSentences(t, []sentence{
		{name: "nobody knows on 2021-08-11", ask: zns("2021-08-11", 1, 10, level5), verdict: "depends", checks: "available?", total: "no price"},
		{name: "from 2021-08-12", ask: zns("2021-08-12", 1, 10, level5), verdict: "eligible", checks: "available identity template tag"},
		{name: "not without a phone number", ask: question{on: "2024-06-10", message: znsMessage(1, "otp", `"approved":true`), audience: `{"recipients":1,"phone":false,"uid":true,"follows":true}`}, checks: "available identity! template tag"},
		{name: "with an unknown phone number it depends", ask: question{on: "2024-06-10", message: znsMessage(1, "otp", `"approved":true`), audience: `{"recipients":1}`}, verdict: "depends", checks: "available identity? template tag"},
		{name: "not by a template that was refused", ask: question{on: "2024-06-10", message: znsMessage(1, "otp", `"approved":false`), audience: znsPeople(1, "")}, checks: "available identity template! tag"},
		{name: "with an unknown template it depends", ask: question{on: "2024-06-10", message: znsMessage(1, "otp", ""), audience: znsPeople(1, "")}, verdict: "depends", checks: "available identity template? tag"},
		{name: "every failing check is shown", ask: question{on: "2021-12-31", message: znsMessage(5, "otp", `"approved":false`), audience: `{"recipients":1,"phone":false,"receivedThisMonth":4}`, sender: `"contentLevel":4`},
			verdict: "ineligible", checks: "available identity! template! tag! cap!"},

		{name: "old regime: an unknown level leaves tag 0 unknown", ask: zns("2024-03-11", 0, 10, ""), verdict: "depends", checks: "available identity template tag?"},
		{name: "old regime: tag 0 at level 0", ask: zns("2024-03-11", 0, 10, `"contentLevel":0`), verdict: "eligible"},
		{name: "old regime: tag 1 at level 0", ask: zns("2024-03-11", 1, 10, `"contentLevel":0`), verdict: "ineligible", checks: "available identity template tag!"},
		{name: "old regime: tag 4 at level 4 without the extra conditions", ask: zns("2024-03-11", 4, 10, `"contentLevel":4,"extraConditionsMet":false`), verdict: "eligible"},
		{name: "old regime: tag 5 at level 5 without the extra conditions", ask: zns("2024-03-11", 5, 10, `"contentLevel":5,"extraConditionsMet":false`), checks: "available identity template tag! cap"},
		{name: "old regime: tag 5 at level 5 with unknown extra conditions", ask: zns("2024-03-11", 5, 10, `"contentLevel":5`), checks: "available identity template tag? cap"},
		{name: "old regime: tag 5 at level 4 fails whatever the conditions", ask: zns("2024-03-11", 5, 10, `"contentLevel":4`), checks: "available identity template tag! cap"},
		{name: "old regime: tag 5 without the conditions fails whatever the level", ask: zns("2024-03-11", 5, 10, `"extraConditionsMet":false`), checks: "available identity template tag! cap"},
		{name: "old regime: tag 5 with nothing known", ask: zns("2024-03-11", 5, 10, ""), checks: "available identity template tag? cap"},
		{name: "old regime: the quota opens nothing", ask: zns("2024-03-11", 5, 10, `"contentLevel":4,"dailyQuota":128000`), checks: "available identity template tag! cap"},

		{name: "new regime: the level does not matter", ask: zns("2024-03-12", 4, 10, `"contentLevel":0`), verdict: "eligible"},
		{name: "new regime: 20,000 opens tag 5 on the first day", ask: zns("2024-03-12", 5, 10, `"dailyQuota":20000,"contentLevel":0,"extraConditionsMet":false`), verdict: "eligible", checks: "available identity template tag cap"},
		{name: "new regime: 19,999 does not", ask: zns("2024-03-13", 5, 10, `"dailyQuota":19999,"contentLevel":5,"extraConditionsMet":true`), checks: "available identity template tag! cap"},
		{name: "new regime: an unknown quota leaves tag 5 unknown", ask: zns("2024-03-12", 5, 10, ""), verdict: "depends", checks: "available identity template tag? cap"},
		{name: "new regime: other tags ask for no quota", ask: zns("2024-03-12", 0, 10, ""), verdict: "eligible"},

		{name: "tag 5 is post-sale on 2024-04-15", ask: zns("2024-04-15", 5, 10, `"dailyQuota":5000`), checks: "available identity template tag! cap"},
		{name: "tag 3 is not yet", ask: zns("2024-04-15", 3, 10, `"dailyQuota":5000`), verdict: "eligible", checks: "available identity template tag"},
		{name: "tag 3 is post-sale from 2024-04-16", ask: zns("2024-04-16", 3, 10, `"dailyQuota":5000`), checks: "available identity template tag! cap"},
		{name: "tag 2 is not", ask: zns("2024-04-16", 2, 10, `"dailyQuota":5000`), verdict: "eligible", checks: "available identity template tag"},

		{name: "a small tier may not send post-sale on the last day of 2025", ask: care(zns("2025-12-31", 3, 10, `"dailyQuota":19999,"promotionBase":[60,0]`), "true"), checks: "available identity template tag! consent cap quota"},
		{name: "every tier may from 2026-01-01", ask: care(zns("2026-01-01", 3, 10, `"dailyQuota":1,"promotionBase":[60,0]`), "true"), verdict: "eligible", checks: "available identity template tag consent cap quota"},
		{name: "with no quota given either", ask: care(zns("2026-01-01", 3, 10, `"promotionBase":[60,0]`), "true"), verdict: "eligible"},

		{name: "no care message is asked for on 2025-08-05", ask: care(zns("2025-08-05", 3, 10, `"dailyQuota":20000,"promotionBase":[60,0]`), "false"), verdict: "eligible", checks: "available identity template tag cap quota"},
		{name: "one is from 2025-08-06", ask: care(zns("2025-08-06", 3, 10, `"dailyQuota":20000,"promotionBase":[60,0]`), "false"), verdict: "ineligible", checks: "available identity template tag consent! cap quota"},
		{name: "an unknown one depends", ask: zns("2025-08-06", 3, 10, `"dailyQuota":20000,"promotionBase":[60,0]`), verdict: "depends", checks: "available identity template tag consent? cap quota"},
		{name: "none for the other tags", ask: care(zns("2025-08-06", 2, 10, ""), "false"), verdict: "eligible", checks: "available identity template tag"},
	})
}

func TestPostSaleCap(t *testing.T) {
	capped := func(received, n int) question {
		q := zns("2024-05-01", 3, 10, `"dailyQuota":20000`)
		q.audience = znsPeople(10, `,"receivedThisMonth":`+strconv.Itoa(received))
		q.perRecipient = n
		return q
	}
	checkSentences(t, []sentence{
		{name: "four to a user in a month", ask: capped(0, 4), verdict: "eligible", checks: "available identity template tag cap"},
		{name: "five are cut to four", ask: capped(0, 5), verdict: "partial", checks: "available identity template tag cap!", figures: "40 = 0 + 40"},
		{name: "less what they received", ask: capped(3, 4), figures: "10 = 0 + 10"},
		{name: "none after four", ask: capped(4, 1), verdict: "ineligible", checks: "available identity template tag cap!"},
		{name: "below zero is zero", ask: capped(9, 1), figures: "0 = 0 + 0"},
		{name: "other tags have no cap", ask: question{on: "2024-05-01", message: znsMessage(2, "custom", `"approved":true`), audience: znsPeople(10, `,"receivedThisMonth":100`), perRecipient: 1000}, verdict: "eligible", figures: "10000 = 0 + 10000"},
	})
}

func TestPromotionQuota(t *testing.T) {
	promo := func(on, sender string, perRecipient int, segments string) question {
		q := zns(on, 3, 1, `"dailyQuota":20000,`+sender)
		q.audience, q.perRecipient = segments, perRecipient
		return q
	}
	checkSentences(t, []sentence{
		{name: "none on 2024-10-31", ask: promo("2024-10-31", `"promotionBase":[0,0]`, 1, znsPeople(10, "")), verdict: "eligible", checks: "available identity template tag cap"},
		{name: "from 2024-11-01 a base of nothing gives nothing", ask: promo("2024-11-01", `"promotionBase":[0,0]`, 1, znsPeople(10, "")), verdict: "ineligible", checks: "available identity template tag cap quota!"},
		{name: "a sixth of the two months", ask: promo("2024-11-01", `"promotionBase":[36,24]`, 1, znsPeople(10, "")), verdict: "eligible"},
		{name: "rounded down", ask: promo("2024-11-01", `"promotionBase":[35,24]`, 1, znsPeople(10, "")), verdict: "partial", figures: "9 = 0 + 9"},
		{name: "of the sum, not of each", ask: promo("2024-11-01", `"promotionBase":[5,1]`, 1, znsPeople(10, "")), figures: "1 = 0 + 1"},
		{name: "less what was sent", ask: promo("2024-11-02", `"promotionBase":[60,0],"promotionSentThisMonth":7`, 1, znsPeople(10, "")), figures: "3 = 0 + 3"},
		{name: "sent more than there was is zero", ask: promo("2024-11-02", `"promotionBase":[60,0],"promotionSentThisMonth":70`, 1, znsPeople(10, "")), figures: "0 = 0 + 0"},
		{name: "ten thousand more in the first month", ask: promo("2024-11-02", `"promotionBase":[6,0],"firstPromotionMonth":true`, 1, znsPeople(20000, "")), figures: "10001 = 0 + 10001"},
		{name: "the ten thousand are less what was sent too", ask: promo("2024-11-02", `"promotionBase":[0,0],"firstPromotionMonth":true,"promotionSentThisMonth":9999`, 1, znsPeople(5, "")), figures: "1 = 0 + 1"},
		{name: "an unknown base leaves the quota unknown", ask: promo("2024-11-02", `"firstPromotionMonth":true`, 1, znsPeople(20000, "")), verdict: "depends", checks: "available identity template tag cap quota?", figures: "20000 = 0 + 20000"},
		{name: "the quota is measured against what the cap left", ask: promo("2024-11-02", `"promotionBase":[240,0]`, 5, znsPeople(10, "")), verdict: "partial", checks: "available identity template tag cap! quota", figures: "40 = 0 + 40"},
		{name: "and cuts further", ask: promo("2024-11-02", `"promotionBase":[234,0]`, 5, znsPeople(10, "")), checks: "available identity template tag cap! quota!", figures: "39 = 0 + 39"},
		{name: "a cap of nothing leaves nothing for the quota to cut", ask: promo("2024-11-02", `"promotionBase":[0,0]`, 5, znsPeople(10, `,"receivedThisMonth":4`)), checks: "available identity template tag cap! quota", figures: "0 = 0 + 0"},
		{name: "the quota fails also where another check has", ask: promo("2024-11-02", `"promotionBase":[54,0]`, 1, `{"recipients":10,"phone":false}`), verdict: "ineligible", checks: "available identity! template tag cap quota!"},
		{name: "segments share it in order", ask: promo("2024-11-02", `"promotionBase":[90,0]`, 1, znsPeople(10, "")+","+znsPeople(10, "")+","+znsPeople(10, "")), verdict: "partial", figures: "15 = 0 + 15"},
		{name: "a blocked segment uses nothing up", ask: promo("2024-11-02", `"promotionBase":[60,0]`, 1, `{"recipients":10,"phone":false},`+znsPeople(10, "")), verdict: "partial", figures: "10 = 0 + 10"},
		{name: "a segment that depends uses it up", ask: promo("2024-11-02", `"promotionBase":[60,0]`, 1, `{"recipients":10},`+znsPeople(10, "")), verdict: "depends", figures: "10 = 0 + 10"},
		{name: "a segment without a care message uses nothing up", ask: promo("2025-11-02", `"promotionBase":[60,0]`, 1, znsPeople(10, `,"careWithin6Months":false`)+","+znsPeople(10, `,"careWithin6Months":true`)), verdict: "partial", figures: "10 = 0 + 10"},
		{name: "other tags have no quota", ask: zns("2024-11-02", 2, 10, `"promotionBase":[0,0]`), verdict: "eligible", checks: "available identity template tag"},
		{name: "the largest base does not overflow", ask: promo("2024-11-02", `"promotionBase":[1000000000000,1000000000000],"firstPromotionMonth":true`, 1, znsPeople(10, "")), verdict: "eligible"},
	})
	q := ask(t, promo("2024-11-02", `"promotionBase":[90,0]`, 1, znsPeople(10, "")+","+znsPeople(10, "")+","+znsPeople(10, "")).json())
	for i, want := range []string{
		"available identity template tag cap quota", "available identity template tag cap quota!", "available identity template tag cap quota!",
	} {
		if got := outcomes(q.Segments[i]); got != want {
			t.Errorf("segment %d: %s, want %s", i, got, want)
		}
	}
	blocked := ask(t, promo("2024-11-02", `"promotionBase":[60,0],"oaPackage":"basic"`, 1, znsPeople(10, "")+","+znsPeople(10, "")).json())
	if got := outcomes(blocked.Segments[1]); got != "available identity template tag cap quota package!" {
		t.Errorf("what the package blocks has used up the quota: %s", got)
	}
}

// TestConversionOf2024 goes through the twelve rows of Zalo's table, typed in
// from the announcement, and tries every tag that there was at the time.
func TestConversionOf2024(t *testing.T) {
	table := []struct {
		old, new int
		tags     []int
	}{
		{500, 5_000, []int{0, 1, 2, 3, 4}},
		{1_000, 5_000, []int{0, 1, 2, 3, 4}},
		{2_000, 5_000, []int{0, 1, 2, 3, 4}},
		{4_000, 5_000, []int{0, 1, 2, 3, 4}},
		{8_000, 10_000, []int{0, 1, 2, 3, 4}},
		{16_000, 20_000, []int{0, 1, 2, 3, 4, 5}},
		{32_000, 50_000, []int{0, 1, 2, 3, 4, 5}},
		{64_000, 100_000, []int{0, 1, 2, 3, 4, 5}},
		{128_000, 500_000, []int{0, 1, 2, 3, 4, 5}},
		{256_000, 500_000, []int{0, 1, 2, 3, 4, 5}},
		{512_000, 500_000, []int{0, 1, 2, 3, 4, 5}},
		{1_024_000, 500_000, []int{0, 1, 2, 3, 4, 5}},
	}
	for _, row := range table {
		t.Run(strconv.Itoa(row.old), func(t *testing.T) {
			sender := `"oldDailyQuota":` + strconv.Itoa(row.old)
			for tag := range 6 {
				q := ask(t, zns("2024-03-12", tag, 1_000_000, sender).json())
				want := rules.Ineligible
				for _, allowed := range row.tags {
					if allowed == tag {
						want = rules.Eligible
					}
				}
				if q.Verdict != want {
					t.Errorf("tag %d: %s, want %s", tag, q.Verdict, want)
				}
				if perDay := int64(row.new); tag < 5 && q.Schedule.PerDay != perDay {
					t.Errorf("tag %d: %d a day, want %d", tag, q.Schedule.PerDay, perDay)
				} else if tag == 5 && q.Schedule.PerDay != perDay/4 {
					t.Errorf("tag 5: %d a day, want a quarter of %d", q.Schedule.PerDay, perDay)
				}
			}
			if e := mistake(t, zns("2024-03-11", 1, 1, sender).json()); e.Code != rules.Conflict || e.Path != "sender.oldDailyQuota" {
				t.Errorf("the day before: %v", e)
			}
		})
	}
}

func TestZNSPrice(t *testing.T) {
	priced := func(on, kind, template string) question {
		return question{on: on, message: znsMessage(1, kind, template), audience: znsPeople(10, ""), sender: `"contentLevel":5`}
	}
	checkSentences(t, []sentence{
		{name: "a custom template is 200 before VAT", ask: priced("2022-01-01", "custom", `"approved":true`), total: "2000 + 200 = 2200", lines: "zns-custom 10 × 200"},
		{name: "an OTP is 300", ask: priced("2024-01-01", "otp", ""), total: "3000 + 300 = 3300"},
		{name: "a rating is 200", ask: priced("2024-01-01", "rating", ""), total: "2000 + 200 = 2200"},
		{name: "a payment is 300", ask: priced("2024-01-01", "payment", ""), total: "3000 + 300 = 3300"},
		{name: "a voucher is 300", ask: priced("2024-01-01", "voucher", ""), total: "3000 + 300 = 3300"},
		{name: "a custom template for a public service is 120", ask: priced("2024-01-01", "custom", `"publicService":true`), total: "1200 + 120 = 1320"},
		{name: "a public service has no effect on an OTP", ask: priced("2024-01-01", "otp", `"publicService":true`), total: "3000 + 300 = 3300", lines: "zns-otp 10 × 300"},
		{name: "a public service has no effect on a voucher", ask: priced("2024-01-01", "voucher", `"publicService":true`), total: "3000 + 300 = 3300"},
		{name: "the first button is free", ask: priced("2024-01-01", "custom", `"buttons":1`), total: "2000 + 200 = 2200"},
		{name: "each button after it is 100", ask: priced("2024-01-01", "custom", `"buttons":5`), total: "6000 + 600 = 6600", lines: "zns-custom 10 × 200, zns-button 40 × 100"},
		{name: "an image is 200", ask: priced("2024-01-01", "custom", `"image":true`), total: "4000 + 400 = 4400", lines: "zns-custom 10 × 200, zns-image 10 × 200"},
		{name: "a public service pays for buttons and image", ask: priced("2024-01-01", "custom", `"publicService":true,"buttons":2,"image":true`), total: "4200 + 420 = 4620"},
		{name: "the price is not in the book on the last day of 2021", ask: priced("2021-12-31", "custom", `"buttons":2,"image":true`), figures: "10 = 0 + 10", total: "no price"},
		{name: "no price is needed where nothing goes out", ask: zns("2021-12-31", 1, 10, `"contentLevel":0`), total: "0 + 0 = 0"},
	})
}

func TestZNSSchedule(t *testing.T) {
	checkSentences(t, []sentence{
		{name: "the last day is not full", ask: zns("2024-06-10", 1, 12001, `"dailyQuota":6000`), schedule: "3 days of 6000"},
		{name: "exactly full days", ask: zns("2024-06-10", 1, 12000, `"dailyQuota":6000`), schedule: "2 days of 6000"},
		{name: "none without a quota", ask: zns("2024-06-10", 1, 12000, ""), schedule: "none"},
		{name: "post-sale has a quarter, rounded down", ask: zns("2024-10-31", 3, 10000, `"dailyQuota":20003`), schedule: "2 days of 5000"},
		{name: "post-sale had a quarter in the old regime too", ask: zns("2024-03-11", 5, 10000, `"dailyQuota":16000,"contentLevel":5,"extraConditionsMet":true`), schedule: "3 days of 4000"},
		{name: "a quarter of three is still one", ask: zns("2024-03-11", 5, 10, `"dailyQuota":3,"contentLevel":5,"extraConditionsMet":true`), schedule: "10 days of 1"},
		{name: "post-sale has the whole quota from 2024-11-01", ask: zns("2024-11-01", 3, 20001, `"dailyQuota":20000,"promotionBase":[1000000,0]`), schedule: "2 days of 20000"},
		{name: "the quota counts what the caps leave", ask: zns("2024-11-01", 3, 20001, `"dailyQuota":20000,"promotionBase":[120000,0]`), schedule: "1 days of 20000"},
		{name: "no days where nothing goes out", ask: zns("2024-06-10", 3, 10, `"dailyQuota":5000`), verdict: "ineligible", schedule: "0 days of 1250"},
		{name: "a schedule where the price is not in the book", ask: zns("2021-12-31", 1, 10, `"dailyQuota":5,"contentLevel":5`), total: "no price", schedule: "2 days of 5"},
		{name: "the largest quota does not overflow", ask: zns("2024-10-31", 3, 10, `"dailyQuota":1000000000000`), schedule: "1 days of 250000000000"},
	})
}
