package rules_test

import (
	"testing"

	"postage/rules"
)

func TestRupees(t *testing.T) {
	mkt := func(on, country string) question {
		return template(on, "marketing", country, 1000, "").also(`"billingCurrency":"INR"`)
	}
	code := func(on, country string) question {
		return template(on, "authentication", country, 1000, "").from(`"internationalAuth":true,"country":"VN"`).also(`"billingCurrency":"INR"`)
	}
	checkSentences(t, []sentence{
		{name: "the day before the card", ask: mkt("2025-09-30", "VN"), total: "no price"},
		{name: "its first day", ask: mkt("2025-10-01", "VN"), total: "5366.4 + 0 = 5366.4", lines: "marketing 1000 × 5.3664"},
		{name: "its last day", ask: mkt("2025-12-31", "VN"), total: "5366.4 + 0 = 5366.4"},
		{name: "then India alone", ask: mkt("2026-01-01", "VN"), total: "no price"},
		{name: "India in 2025", ask: mkt("2025-12-31", "IN"), lines: "marketing 1000 × 0.7846"},
		{name: "India from 2026", ask: mkt("2026-01-01", "IN"), lines: "marketing 1000 × 0.8631"},
		{name: "and on", ask: mkt("2026-11-28", "IN"), lines: "marketing 1000 × 0.8631"},
		{name: "no tiers", ask: template("2026-11-28", "utility", "IN", 100_000_000, "").also(`"billingCurrency":"INR"`), lines: "utility 100000000 × 0.115"},
		{name: "international codes in 2025", ask: code("2025-12-31", "IN"), lines: "authentication-international 1000 × 2.3"},
		{name: "are not on record for three months", ask: code("2026-03-31", "IN"), total: "no price"},
		{name: "and then again", ask: code("2026-04-01", "IN"), lines: "authentication-international 1000 × 2.4971"},
		{name: "replies past the free thousand are not", ask: service("2026-11-28", "IN", 1001, "").also(`"billingCurrency":"INR"`), figures: "1001 = 1000 + 1", total: "no price"},
	})
}

func TestTheFreeThousandOfEachNumber(t *testing.T) {
	reply := func(on string, n int) question { return service(on, "VN", n, "") }
	checkSentences(t, []sentence{
		{name: "one number", ask: reply("2026-10-15", 9000), figures: "9000 = 1000 + 8000"},
		{name: "eight numbers", ask: reply("2026-10-15", 9000).from(`"phoneNumbers":8`), figures: "9000 = 8000 + 1000", total: "11.3 + 0 = 11.3"},
		{name: "less what is used", ask: reply("2026-10-15", 9000).from(`"phoneNumbers":2,"freeServiceUsed":1500`), figures: "9000 = 500 + 8500"},
		{name: "no charge yet in September", ask: reply("2026-09-30", 9000).from(`"phoneNumbers":8`), figures: "9000 = 9000 + 0"},
		{name: "who is exempt pays nothing", ask: reply("2026-10-01", 9000).from(`"exempt":true`), figures: "9000 = 9000 + 0", total: "0 + 0 = 0"},
		{name: "to the end of 2027", ask: reply("2027-12-31", 9000).from(`"exempt":true`), figures: "9000 = 9000 + 0"},
		{name: "and then as all do", ask: reply("2028-01-01", 9000).from(`"exempt":true`), figures: "9000 = 1000 + 8000"},
		{name: "templates are not meant", ask: template("2026-10-15", "utility", "VN", 10, "").from(`"exempt":true`), figures: "10 = 0 + 10"},
	})
}

func TestTheContestedRate(t *testing.T) {
	code := func(on, assume string, n int) question {
		q := template(on, "authentication", "US", n, "")
		q.assume = assume
		return q
	}
	const other = `"whatsapp.na-authentication-2025":"0.0040"`
	checkSentences(t, []sentence{
		{name: "as the tables of a provider have it", ask: code("2025-07-01", "", 1000), lines: "authentication 1000 × 0.0135"},
		{name: "said so", ask: code("2025-09-30", `"whatsapp.na-authentication-2025":"0.0135"`, 1000), lines: "authentication 1000 × 0.0135"},
		{name: "the other way", ask: code("2025-09-30", other, 1000), lines: "authentication 1000 × 0.004"},
		{name: "with its tiers", ask: code("2025-08-01", other, 100_001), lines: "authentication 100000 × 0.004, authentication 1 × 0.0038"},
		{name: "no more in October", ask: code("2025-10-01", "", 1000), lines: "authentication 1000 × 0.004"},
		{name: "and not by then either", ask: code("2025-06-30", other, 1000), lines: "authentication 1000 × 0.0135"},
	})
	for name, q := range map[string]question{"contested": code("2025-08-01", "", 1), "either way": code("2025-08-01", other, 1)} {
		if !hasNotice(ask(t, q.json()), "whatsapp.na-authentication-2025") {
			t.Errorf("%s: nothing is told", name)
		}
	}
	if hasNotice(ask(t, template("2025-08-01", "authentication", "VN", 1, "").json()), "whatsapp.na-authentication-2025") {
		t.Error("it is told of Vietnam")
	}
}

// TestNoNewerCardIsToldOf: from the day for which the book expects a card on,
// until it has one.
func TestNoNewerCardIsToldOf(t *testing.T) {
	const code, expected = "whatsapp.card.unannounced", rules.Date(20270101)
	for _, on := range []rules.Date{expected.AddDays(-1), expected, expected.AddDays(1)} {
		var newest rules.Date
		for _, since := range rules.DaysOfChange("whatsapp.card") {
			if since <= on { // a later card changes nothing for this day
				newest = since
			}
		}
		want := on >= expected && newest < expected
		if got := hasNotice(ask(t, template(on.String(), "marketing", "VN", 1, "").json()), code); got != want {
			t.Errorf("on %s: %t, with the newest card of %s", on, got, newest)
		}
	}
}

func TestWhoIsExemptIsNotToldOfTheFreeThousand(t *testing.T) {
	for _, code := range []string{"whatsapp.free-thousand", "whatsapp.payment-method"} {
		reply := service("2026-11-28", "VN", 9000, "")
		if !hasNotice(ask(t, reply.json()), code) || hasNotice(ask(t, reply.from(`"exempt":true`).json()), code) {
			t.Errorf("%s: %t, for the exempt %t", code, hasNotice(ask(t, reply.json()), code), hasNotice(ask(t, reply.from(`"exempt":true`).json()), code))
		}
	}
}
