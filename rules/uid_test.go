package rules_test

import "testing"

func TestTransaction(t *testing.T) {
	tx := func(on, segment, sender string) question {
		return question{on: on, message: "zalo.uid.transaction", audience: segment, sender: sender}
	}
	const ready, api = `{"recipients":100,"uid":true,"hoursSinceInteraction":87600,"follows":false}`, `"tool":"openapi"`
	checkSentences(t, []sentence{
		{name: "has no window", ask: tx("2023-07-01", ready, api), verdict: "eligible", checks: "available identity consent tool"},
		{name: "goes to those who only allowed it", ask: tx("2023-07-01", `{"recipients":1,"uid":true,"consents":true,"hoursSinceInteraction":null}`, api), verdict: "eligible", checks: "available identity consent tool"},
		{name: "is not for those who neither wrote nor allowed it", ask: tx("2023-07-01", `{"recipients":1,"uid":true,"follows":true,"consents":false,"hoursSinceInteraction":null}`, api), verdict: "ineligible", checks: "available identity consent! tool"},
		{name: "is not for OA Manager on the web", ask: tx("2023-07-01", ready, `"tool":"oa-manager-web"`), checks: "available identity consent tool!"},
		{name: "is not for OA Manager in the Mini App", ask: tx("2023-07-01", ready, `"tool":"oa-manager-mini-app"`), checks: "available identity consent tool!"},
		{name: "with an unknown tool it depends", ask: tx("2023-07-01", ready, ""), verdict: "depends", checks: "available identity consent tool?", total: "15000 + 1500 = 16500"},
		{name: "nobody knows before the classification", ask: tx("2023-04-17", ready, api), checks: "available?", total: "no price"},
		{name: "free on the first day of the transition", ask: tx("2023-04-18", ready, api), figures: "100 = 100 + 0", total: "0 + 0 = 0"},
		{name: "free the day before the transition ends", ask: tx("2023-06-19", ready, api), figures: "100 = 100 + 0"},
		{name: "free on the last day of the transition", ask: tx("2023-06-20", ready, api), figures: "100 = 100 + 0"},
		{name: "165 with VAT on the day after", ask: tx("2023-06-21", ready, api), figures: "100 = 0 + 100", total: "15000 + 1500 = 16500", lines: "transaction 100 × 165"},
		{name: "the last day is 2026-02-28", ask: tx("2026-02-28", ready, api), verdict: "eligible", total: "15000 + 1500 = 16500"},
		{name: "gone on 2026-03-01", ask: tx("2026-03-01", ready, api), verdict: "ineligible", checks: "available! identity consent tool", total: "0 + 0 = 0"},
		{name: "v2 of the interface fails after 2023-06-20", ask: tx("2023-06-21", ready, api+`,"apiVersion":"v2"`), verdict: "ineligible", checks: "available identity consent tool api-version!"},
	})
}

func TestBroadcastAndPersonalPromotion(t *testing.T) {
	const follower = `{"recipients":100,"uid":true,"follows":true}`
	promo := func(kind, on, segment, sender string, n int) question {
		return question{on: on, message: "zalo.uid." + kind, audience: segment, sender: sender, perRecipient: n}
	}
	const api, premium, trial = `"tool":"openapi"`, `"tool":"openapi","oaPackage":"premium"`, `"tool":"openapi","oaPackage":"trial"`
	other := func(q question) question { q.assume = `"zalo.broadcast.premium-cap":"4"`; return q }
	checkSentences(t, []sentence{
		{name: "broadcast is for followers only", ask: promo("broadcast", "2023-07-01", `{"recipients":100,"uid":true,"follows":false,"hoursSinceInteraction":1,"consents":true}`, trial, 1), verdict: "ineligible", checks: "available identity follow! tool cap"},
		{name: "broadcast asks for no interaction", ask: promo("broadcast", "2023-07-01", `{"recipients":100,"uid":true,"follows":true,"hoursSinceInteraction":null,"consents":false}`, trial, 1), verdict: "eligible"},
		{name: "with unknown followers it depends", ask: promo("broadcast", "2023-07-01", `{"recipients":100,"uid":true}`, trial, 1), verdict: "depends", checks: "available identity follow? tool cap"},
		{name: "broadcast may go from OA Manager on the web", ask: promo("broadcast", "2023-07-01", follower, `"tool":"oa-manager-web","oaPackage":"trial"`, 1), checks: "available identity follow tool cap"},
		{name: "broadcast may not go from the Mini App", ask: promo("broadcast", "2023-07-01", follower, `"tool":"oa-manager-mini-app","oaPackage":"trial"`, 1), checks: "available identity follow tool! cap"},
		{name: "broadcast with an unknown tool depends", ask: promo("broadcast", "2023-07-01", follower, `"oaPackage":"trial"`, 1), verdict: "depends", checks: "available identity follow tool? cap"},
		{name: "a personal promotion goes by the API only", ask: promo("personal-promotion", "2023-07-01", follower, `"tool":"oa-manager-web","oaPackage":"trial"`, 1), checks: "available identity follow tool! cap"},
		{name: "both are free", ask: promo("personal-promotion", "2023-07-01", follower, trial, 4), verdict: "eligible", figures: "400 = 400 + 0", total: "0 + 0 = 0"},

		{name: "basic gets one a month", ask: promo("broadcast", "2023-07-01", follower, api+`,"oaPackage":"basic"`, 2), verdict: "partial", checks: "available identity follow tool cap!", figures: "100 = 100 + 0"},
		{name: "trial gets four", ask: promo("broadcast", "2023-07-01", follower, trial, 5), verdict: "partial", figures: "400 = 400 + 0"},
		{name: "advanced gets four", ask: promo("broadcast", "2023-07-01", follower, api+`,"oaPackage":"advanced"`, 5), verdict: "partial", figures: "400 = 400 + 0"},
		{name: "premium gets six", ask: promo("broadcast", "2023-07-01", follower, premium, 7), verdict: "partial", figures: "600 = 600 + 0"},
		{name: "premium gets six personal promotions", ask: promo("personal-promotion", "2023-07-01", follower, premium, 7), figures: "600 = 600 + 0"},
		{name: "premium gets four in the other reading", ask: other(promo("broadcast", "2023-07-01", follower, premium, 7)), figures: "400 = 400 + 0"},
		{name: "the other reading holds for personal promotions", ask: other(promo("personal-promotion", "2023-07-01", follower, premium, 7)), figures: "400 = 400 + 0"},
		{name: "the other reading leaves the trial package alone", ask: other(promo("broadcast", "2023-07-01", follower, trial, 7)), figures: "400 = 400 + 0"},
		{name: "the cap is less what they received", ask: promo("broadcast", "2023-07-01", `{"recipients":100,"uid":true,"follows":true,"receivedThisMonth":5}`, premium, 7), verdict: "partial", figures: "100 = 100 + 0"},
		{name: "below zero is zero", ask: promo("broadcast", "2023-07-01", `{"recipients":100,"uid":true,"follows":true,"receivedThisMonth":1000000000000}`, premium, 1), verdict: "ineligible", checks: "available identity follow tool cap!", figures: "0 = 0 + 0"},
		{name: "the cap passes where it leaves just enough", ask: promo("broadcast", "2023-07-01", `{"recipients":100,"uid":true,"follows":true,"receivedThisMonth":5}`, premium, 1), verdict: "eligible"},
		{name: "without a package the cap is unknown, whatever the number", ask: promo("broadcast", "2023-07-01", follower, api, 1), verdict: "depends", checks: "available identity follow tool cap?", figures: "100 = 100 + 0"},
		{name: "an unknown cap is taken as passed", ask: promo("broadcast", "2023-07-01", follower, api, 1000), verdict: "depends", figures: "100000 = 100000 + 0"},
		{name: "the cap fails also where another check has", ask: promo("broadcast", "2023-07-01", `{"recipients":100,"uid":true,"follows":false}`, trial, 5), verdict: "ineligible", checks: "available identity follow! tool cap!", figures: "0 = 0 + 0"},
		{name: "no cap is looked at before the book", ask: promo("broadcast", "2023-04-17", follower, trial, 5), verdict: "depends", checks: "available?", figures: "500 = 0 + 500"},

		{name: "the caps hold on the last day of the old packages", ask: promo("broadcast", "2026-05-31", follower, premium, 7), checks: "available identity follow tool package cap!"},
		{name: "and go on for those that were bought before", ask: promo("broadcast", "2027-05-31", follower, premium, 7), checks: "available identity follow tool package cap!", figures: "600 = 600 + 0"},
		{name: "one is taken as allowed by the new packages", ask: promo("broadcast", "2026-06-01", follower, `"tool":"openapi","oaPackage":"growth"`, 1), verdict: "eligible", checks: "available identity follow tool package cap"},
		{name: "a second one is not known", ask: promo("broadcast", "2026-06-01", `{"recipients":100,"uid":true,"follows":true,"receivedThisMonth":1}`, `"tool":"openapi","oaPackage":"growth"`, 1), verdict: "depends", checks: "available identity follow tool package cap?", figures: "100 = 100 + 0"},
		{name: "and for the basic one of the same name", ask: promo("broadcast", "2026-06-01", follower, `"tool":"oa-manager-web","oaPackage":"basic"`, 2), verdict: "depends", checks: "available identity follow tool cap?", figures: "200 = 200 + 0"},
		{name: "what they received does not matter then", ask: promo("broadcast", "2026-06-02", `{"recipients":100,"uid":true,"follows":true,"receivedThisMonth":99}`, `"tool":"oa-manager-web"`, 2), verdict: "depends", figures: "200 = 200 + 0"},
		{name: "broadcast goes on after the personal promotion ends", ask: promo("broadcast", "2026-03-01", follower, premium, 1), verdict: "eligible"},
		{name: "the personal promotion's last day is 2026-02-28", ask: promo("personal-promotion", "2026-02-28", follower, premium, 1), verdict: "eligible"},
		{name: "it is gone on 2026-03-01", ask: promo("personal-promotion", "2026-03-01", follower, premium, 1), checks: "available! identity follow tool package cap"},
	})
}

func TestZNSFollower(t *testing.T) {
	follower := func(on string) question {
		return question{on: on, message: "zalo.zns-follower", audience: `{"recipients":10}`, perRecipient: 3}
	}
	checkSentences(t, []sentence{
		{name: "available on any day of the past", ask: follower("0001-01-01"), verdict: "eligible", checks: "available"},
		{name: "its price is not in the book", ask: follower("2023-06-19"), verdict: "eligible", figures: "30 = 0 + 30", total: "no price"},
		{name: "gone on 2023-06-20", ask: follower("2023-06-20"), verdict: "ineligible", checks: "available!", total: "0 + 0 = 0"},
		{name: "gone ever since", ask: follower("9999-12-31"), verdict: "ineligible", total: "0 + 0 = 0"},
	})
	if q := ask(t, follower("2023-06-20").json()); !hasNotice(q, "zalo.zns-follower.ended") {
		t.Error("nothing says that ZNS Follower has ended")
	}
	if q := ask(t, follower("2023-05-01").json()); !hasNotice(q, "zalo.zns-follower.ending") {
		t.Error("nothing says that ZNS Follower will end")
	}
}

// TestFootnotesOfTheClassification follows the notes (1) to (5) under Zalo's
// table of UID messages.
func TestFootnotesOfTheClassification(t *testing.T) {
	checkSentences(t, []sentence{
		{name: "(1) nobody is written to before they act", ask: consult("2023-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":null,"consents":false}`, "", 1), verdict: "ineligible"},
		{name: "(2) no template is asked for, whatever is told of one", ask: question{on: "2023-07-01", message: `"type":"zalo.uid.transaction","template":{"approved":false}`,
			audience: `{"recipients":1,"uid":true,"hoursSinceInteraction":1}`, sender: `"tool":"openapi"`}, verdict: "eligible", checks: "available identity consent tool"},
		{name: "(3) 55 holds the 10 per cent of VAT", ask: consult("2023-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":49}`, "", 1), total: "50 + 5 = 55"},
		{name: "(3) 165 holds the 10 per cent of VAT", ask: question{on: "2023-07-01", message: "zalo.uid.transaction", audience: `{"recipients":1,"uid":true,"hoursSinceInteraction":49}`, sender: `"tool":"openapi"`}, total: "150 + 15 = 165"},
		{name: "(5) six to a follower of a premium OA", ask: question{on: "2023-07-01", message: "zalo.uid.broadcast", audience: `{"recipients":1,"uid":true,"follows":true}`, sender: `"tool":"openapi","oaPackage":"premium"`, perRecipient: 6}, verdict: "eligible"},
	})
	q := ask(t, question{on: "2023-07-01", message: "zalo.uid.transaction", audience: `{"recipients":1}`}.json())
	if !hasNotice(q, "zalo.transaction.bad-reports") {
		t.Error("(4) nothing says that bad reports may end the transaction interface")
	}
}
