package rules_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"postage/rules"
)

// randomScenario makes up a question on one of the days: of any type, with
// values around every limit, each fact given or left out.
func randomScenario(r *rand.Rand, days []string) (rules.MessageType, string) {
	one := func(words ...string) string { return words[r.IntN(len(words))] }
	perhaps := func(fields *[]string, name string, values ...string) {
		if r.IntN(3) > 0 {
			*fields = append(*fields, `"`+name+`":`+one(values...))
		}
	}
	booleans := []string{"true", "false"}
	kind := rules.MessageTypes("")[r.IntN(len(rules.MessageTypes("")))]
	on := one(days...)
	message := []string{`"type":"` + string(kind) + `"`}
	perhaps(&message, "promotional", booleans...)
	perhaps(&message, "automated", booleans...)
	tags := []string{"1", "2", "3", "3"}
	if on < "2024-04-16" {
		tags = []string{"0", "1", "4", "5", "5"}
	}
	message = append(message, `"tag":`+one(tags...))
	template := []string{`"kind":"` + one("custom", "custom", "otp", "rating", "payment", "voucher", "bus-ticket", "quick-response", "journey", "carousel") + `"`}
	for _, name := range []string{"approved", "publicService", "image"} {
		perhaps(&template, name, booleans...)
	}
	perhaps(&template, "approvedOn", `"2025-12-09"`, `"2025-12-10"`, `"2026-03-15"`, `"2026-08-01"`)
	perhaps(&template, "buttons", "0", "1", "2", "5", `["oa-page"]`, `["copy","own-website","other-website"]`, `["mini-app","oa-article","e-invoice","e-invoice","call"]`, `["app-download"]`)
	if r.IntN(5) == 0 {
		perhaps(&template, "price", `"0"`, `"300"`, `"612.5"`)
	}
	message = append(message, `"template":{`+strings.Join(template, ",")+`}`)

	var segments []string
	for range 1 + r.IntN(4) {
		segment := []string{`"recipients":` + one("1", "7", "999", "1001", "150001", "1000000000"), `"country":"` + one("VN", "IN", "US", "EG", "PL", "KZ", "KR", "PK", "CU") + `"`}
		for _, name := range []string{"uid", "phone", "follows", "consents", "optedIn", "careWithin6Months", "freeEntryPoint"} {
			perhaps(&segment, name, "true", "true", "true", "false")
		}
		perhaps(&segment, "hoursSinceInteraction", "null", "0", "24", "24.5", "48", "48.5", "168", "168.5", "8760", "87600")
		perhaps(&segment, "interactions", "1", "2", "100")
		perhaps(&segment, "freeUsed", "0", "7", "8", "1000000000000")
		perhaps(&segment, "receivedThisMonth", "0", "1", "3", "4", "1000000000000")
		perhaps(&segment, "deliveredPercent", "100", "79.5", "0", "33.33")
		segments = append(segments, "{"+strings.Join(segment, ",")+"}")
	}
	var sender []string
	perhaps(&sender, "tool", `"openapi"`, `"oa-manager-web"`, `"oa-manager-mini-app"`)
	perhaps(&sender, "apiVersion", `"v2"`, `"v3"`)
	day, err := rules.ParseDate(on)
	if err != nil {
		panic(err)
	}
	var packages []string
	for _, p := range rules.OAPackages(day) {
		packages = append(packages, `"`+string(p)+`"`)
	}
	perhaps(&sender, "oaPackage", packages...)
	if on >= "2024-03-12" && r.IntN(2) == 0 {
		perhaps(&sender, "oldDailyQuota", "500", "8000", "16000", "1024000")
	} else {
		perhaps(&sender, "dailyQuota", "1", "3", "19999", "20000", "1000000000000")
	}
	perhaps(&sender, "contentLevel", "0", "4", "5")
	perhaps(&sender, "promotionBase", "[0,0]", "[35,24]", "[1000000,5]")
	for _, name := range []string{"extraConditionsMet", "firstPromotionMonth", "internationalAuth", "includePackageFee", "newsPage", "exempt"} {
		perhaps(&sender, name, booleans...)
	}
	for _, name := range []string{"includedMessages", "promotionSentThisMonth", "chargedThisMonth", "freeServiceUsed"} {
		perhaps(&sender, name, "0", "5", "999", "150000", "1000000000000")
	}
	perhaps(&sender, "phoneNumbers", "1", "8", "1000")
	perhaps(&sender, "messagingLimit", "1", "250")
	perhaps(&sender, "country", `"VN"`, `"IN"`)
	perhaps(&sender, "billingCurrency", `"USD"`, `"EUR"`, `"INR"`)
	perhaps(&sender, "freeConversationsUsed", "0", "993", "1000000000000")
	var assume, pricing []string
	perhaps(&assume, "zalo.consultation.free-cap", `"8"`, `"unlimited"`)
	perhaps(&assume, "zalo.consultation.manager-window", `"7d"`, `"365d"`)
	perhaps(&assume, "zalo.broadcast.premium-cap", `"4"`, `"6"`)
	perhaps(&assume, "zalo.zbs.price-list", `"template"`, `"public-list"`)
	perhaps(&assume, "zalo.zns.vat", `"10"`, `"8"`)
	perhaps(&assume, "zalo.zns.post-sale-cap", `"30"`, `"4"`)
	perhaps(&assume, "whatsapp.na-authentication-2025", `"0.0135"`, `"0.0040"`)
	perhaps(&pricing, "markupPercent", `"12.5"`, `"0"`)
	perhaps(&pricing, "markupPerMessage", `"0.001"`)
	perhaps(&pricing, "monthlyFee", `"49.99"`)
	perhaps(&pricing, "taxPercent", `"8"`)
	perhaps(&pricing, "fallbackPerMessage", `"0.05"`)
	perhaps(&pricing, "markupOnFree", booleans...)
	perhaps(&pricing, "incoming", `{"messages":300,"perMessage":"0.005"}`, `{"perMessage":"1"}`)
	perhaps(&pricing, "bundle", `{"messages":1000,"fee":"15"}`, `{"messages":1}`)
	perhaps(&pricing, "convert", `{"currency":"EUR","rates":{"USD":"0.9","VND":"0.00003","EUR":"1","INR":"0.01"}}`)

	hour := ""
	if r.IntN(3) == 0 {
		hour = one("00:00", "05:59", "06:00", "06:59", "07:00", "21:59", "22:00", "23:59")
	}
	return kind, question{
		on: on, at: hour, message: strings.Join(message, ","), audience: strings.Join(segments, ","), perRecipient: []int{1, 2, 5, 9, 1000}[r.IntN(5)],
		sender: strings.Join(sender, ","), assume: strings.Join(assume, ","), pricing: strings.Join(pricing, ","),
	}.json()
}

// TestRandomScenariosAddUp asks many questions made up from every type, the
// days around every change and values around every limit.
func TestRandomScenariosAddUp(t *testing.T) {
	days := aroundTurningDays()
	eachSeed(t, func(t *testing.T, r *rand.Rand) {
		for n := range 1500 {
			kind, scenario := randomScenario(r, days)
			q := ask(t, scenario)
			checkFigures(t, q)
			checkLines(t, q)
			if q.Schedule != nil && (q.Schedule.PerDay < 1 || q.Schedule.Days < 0 || q.Schedule.Days == 0 && q.Deliverable > 0 && kind == rules.ZNS) {
				t.Errorf("schedule %+v for %d messages", *q.Schedule, q.Deliverable)
			}
			if n%10 == 0 {
				roundTrip(t, []byte(scenario))
			}
			if t.Failed() {
				t.Fatalf("scenario %d: %s", n, scenario)
			}
		}
	})
}
