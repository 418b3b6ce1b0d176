package rules_test

import (
	"testing"

	"postage/rules"
)

func TestMessengerUtilityMessages(t *testing.T) {
	utility := func(on, fields, sender string) question {
		return question{on: on, message: `"type":"messenger.utility-message"` + fields, audience: `{"recipients":100}`, sender: sender}
	}
	const good, vietnam = `,"promotional":false,"template":{"approved":true}`, `"country":"VN"`
	checkSentences(t, []sentence{
		{name: "not on 2025-07-28", ask: utility("2025-07-28", good, vietnam), verdict: "ineligible", checks: "available! template content"},
		{name: "from 2025-07-29", ask: utility("2025-07-29", good, vietnam), verdict: "eligible", checks: "available template content country", figures: "100 = 100 + 0", total: "0 + 0 = 0"},
		{name: "and on the day after", ask: utility("2025-07-30", good, `"country":"TH"`), verdict: "eligible"},
		{name: "the beta is not everywhere", ask: utility("2025-07-30", good, `"country":"DE"`), verdict: "ineligible", checks: "available template content country!"},
		{name: "an unknown country depends", ask: utility("2026-03-12", good, ""), verdict: "depends", checks: "available template content country?"},
		{name: "no country is named from 2026-03-13", ask: utility("2026-03-13", good, ""), verdict: "eligible", checks: "available template content"},
		{name: "nor later", ask: utility("2026-03-14", good, `"country":"DE"`), verdict: "eligible"},
		{name: "no promotion", ask: utility("2026-11-21", `,"promotional":true,"template":{"approved":true}`, ""), verdict: "ineligible", checks: "available template content!"},
		{name: "no template, no message", ask: utility("2026-11-21", `,"promotional":false,"template":{"approved":false}`, ""), verdict: "ineligible", checks: "available template! content"},
		{name: "what is not known depends", ask: utility("2026-11-21", "", ""), verdict: "depends", checks: "available template? content?"},
	})
	for sender, want := range map[string]bool{"": true, vietnam: false, `"country":"DE"`: true} {
		q := ask(t, utility("2026-11-21", good, sender).json())
		if hasNotice(q, "messenger.utility-message.countries") != want || !hasNotice(q, "messenger.utility-price") {
			t.Errorf("sender %s: notices %v", sender, q.Notices)
		}
	}
}

func TestMessengerMarketingMessages(t *testing.T) {
	send := func(on, segment, sender string, n int) question {
		return question{on: on, message: "messenger.marketing-message", audience: `{"recipients":100,"optedIn":true` + segment + `}`, sender: sender, perRecipient: n}
	}
	const vn = `"country":"VN"`
	checkSentences(t, []sentence{
		{name: "not on 2025-06-30", ask: send("2025-06-30", `,"country":"VN"`, vn, 1), verdict: "ineligible", checks: "available! consent country cap"},
		{name: "from 2025-07-01", ask: send("2025-07-01", `,"country":"VN"`, vn, 1), verdict: "eligible", lines: "marketing-message 100 × 250", figures: "100 = 0 + 100", total: "25000 + 0 = 25000"},
		{name: "and on the day after", ask: send("2025-07-02", `,"country":"VN"`, vn, 1), verdict: "eligible"},
		{name: "the user's tax comes on top", ask: func() question {
			q := send("2026-11-21", `,"country":"VN"`, vn, 1)
			q.pricing = `"taxPercent":"10"`
			return q
		}(), total: "25000 + 2500 = 27500"},
		{name: "one a day is thirty in November", ask: send("2026-11-21", `,"country":"VN"`, vn, 30), verdict: "eligible", figures: "3000 = 0 + 3000"},
		{name: "and not thirty-one", ask: send("2026-11-21", `,"country":"VN"`, vn, 31), verdict: "partial", checks: "available consent country cap!", figures: "3000 = 0 + 3000"},
		{name: "thirty-one in December", ask: send("2025-12-01", `,"country":"VN"`, vn, 31), verdict: "eligible"},
		{name: "twenty-eight in February", ask: send("2026-02-01", `,"country":"VN"`, vn, 29), verdict: "partial", figures: "2800 = 0 + 2800"},
		{name: "less what they had", ask: send("2026-11-21", `,"country":"VN","receivedThisMonth":29`, vn, 2), verdict: "partial", figures: "100 = 0 + 100"},
		{name: "not to Poland", ask: send("2026-11-21", `,"country":"PL"`, vn, 1), verdict: "ineligible", checks: "available consent country! cap"},
		{name: "not to Great Britain", ask: send("2026-11-21", `,"country":"GB"`, vn, 1), verdict: "ineligible"},
		{name: "to Switzerland, which is no member", ask: send("2026-11-21", `,"country":"CH"`, vn, 1), verdict: "eligible"},
		{name: "not from Germany", ask: send("2026-11-21", `,"country":"VN"`, `"country":"DE"`, 1), verdict: "ineligible", checks: "available consent country! cap"},
		{name: "from Australia, not to it", ask: send("2026-11-21", `,"country":"AU"`, `"country":"AU"`, 1), verdict: "ineligible"},
		{name: "an unknown sender depends", ask: send("2026-11-21", `,"country":"VN"`, "", 1), verdict: "depends", checks: "available consent country? cap"},
		{name: "unknown people depend", ask: send("2026-11-21", "", vn, 1), verdict: "depends", checks: "available consent country? cap"},
		{name: "people who cannot get it are refused whoever sends", ask: send("2026-11-21", `,"country":"JP"`, "", 1), verdict: "ineligible", checks: "available consent country! cap"},
		{name: "who did not subscribe gets none", ask: question{on: "2026-11-21", message: "messenger.marketing-message", audience: `{"recipients":1,"country":"VN","optedIn":false}`, sender: vn}, verdict: "ineligible", checks: "available consent! country cap"},
	})
	for _, c := range []struct{ segment, sender, rule string }{
		{`,"country":"PL"`, vn, "messenger.marketing-message.blocked-countries"}, {`,"country":"PL"`, "", "messenger.marketing-message.blocked-countries"},
		{`,"country":"PL"`, `"country":"DE"`, "messenger.marketing-message.sender-countries"}, {"", vn, "messenger.marketing-message.blocked-countries"},
		{`,"country":"VN"`, "", "messenger.marketing-message.sender-countries"},
	} {
		if got := ask(t, send("2026-11-21", c.segment, c.sender, 1).json()).Segments[0].Checks[2].Rule; got != c.rule {
			t.Errorf("%s from %s rests on %s, want %s", c.segment, c.sender, got, c.rule)
		}
	}
	q := ask(t, send("2026-11-21", `,"country":"VN"`, vn, 1).json())
	if !hasNotice(q, "messenger.marketing-price") || q.Lines[0].Status != rules.Single {
		t.Errorf("notices %v, status %s", q.Notices, q.Lines[0].Status)
	}
}

func TestMessengerRecurringNotifications(t *testing.T) {
	send := func(on, segment string, n int) question {
		return question{on: on, message: "messenger.recurring-notification", audience: `{"recipients":10,"optedIn":true` + segment + `}`, perRecipient: n}
	}
	checkSentences(t, []sentence{
		{name: "not on 2022-05-18", ask: send("2022-05-18", "", 1), verdict: "ineligible", checks: "available! consent cap"},
		{name: "from 2022-05-19, free", ask: send("2022-05-19", "", 31), verdict: "eligible", checks: "available consent cap", figures: "310 = 310 + 0", total: "0 + 0 = 0"},
		{name: "one a day", ask: send("2022-05-20", "", 32), verdict: "partial", figures: "310 = 310 + 0"},
		{name: "on 2025-08-31 still one a day", ask: send("2025-08-31", "", 31), verdict: "eligible"},
		{name: "from 2025-09-01 one in 48 hours: fifteen in thirty days", ask: send("2025-09-01", "", 16), verdict: "partial", figures: "150 = 150 + 0"},
		{name: "and sixteen in thirty-one", ask: send("2025-10-01", "", 16), verdict: "eligible"},
		{name: "fourteen in February", ask: send("2026-02-09", "", 15), verdict: "partial", figures: "140 = 140 + 0"},
		{name: "on 2026-02-09 everywhere", ask: send("2026-02-09", `,"country":"VN"`, 1), verdict: "eligible", checks: "available consent cap"},
		{name: "from 2026-02-10 no more in Vietnam", ask: send("2026-02-10", `,"country":"VN"`, 1), verdict: "ineligible", checks: "available consent country! cap"},
		{name: "but in Japan", ask: send("2026-02-11", `,"country":"JP"`, 1), verdict: "eligible", figures: "10 = 10 + 0"},
		{name: "and in the European Union", ask: send("2026-11-21", `,"country":"HR"`, 1), verdict: "eligible"},
		{name: "it depends where they are", ask: send("2026-02-10", "", 1), verdict: "depends", checks: "available consent country? cap"},
	})
}

func TestMessengerSponsoredMessages(t *testing.T) {
	send := func(on, hours string) question {
		return question{on: on, message: "messenger.sponsored-message", audience: `{"recipients":10,"hoursSinceInteraction":` + hours + `}`}
	}
	checkSentences(t, []sentence{
		{name: "not before the policy", ask: send("2020-03-03", "100"), verdict: "ineligible", checks: "available! window"},
		{name: "from 2020-03-04, at the price of an auction", ask: send("2020-03-04", "100"), verdict: "eligible", figures: "10 = 0 + 10", total: "no price"},
		{name: "on the last day", ask: send("2024-07-31", "100"), verdict: "eligible"},
		{name: "not on 2024-08-01", ask: send("2024-08-01", "100"), verdict: "ineligible", checks: "available! window"},
		{name: "not within 24 hours", ask: send("2022-01-01", "24"), verdict: "ineligible", checks: "available window!"},
		{name: "right after them", ask: send("2022-01-01", "24.001"), verdict: "eligible"},
		{name: "to a year", ask: send("2022-01-01", "8760"), verdict: "eligible"},
		{name: "and no longer", ask: send("2022-01-01", "8760.5"), verdict: "ineligible", checks: "available window!"},
		{name: "not to strangers", ask: send("2022-01-01", "null"), verdict: "ineligible", checks: "available window!"},
		{name: "an unknown recency depends", ask: question{on: "2022-01-01", message: "messenger.sponsored-message", audience: `{"recipients":1}`}, verdict: "depends", checks: "available window?"},
	})
	if !hasNotice(ask(t, send("2024-08-01", "100").json()), "messenger.sponsored-message.ended") {
		t.Error("the end is not told of")
	}
}

func TestMessengerPrivateRepliesFeedbackAndNews(t *testing.T) {
	reply := func(on, segment string, n int) question {
		return question{on: on, message: "messenger.private-reply", audience: `{"recipients":10` + segment + `}`, perRecipient: n}
	}
	feedback := func(on, hours, promotional string) question {
		return question{on: on, message: `"type":"messenger.customer-feedback","promotional":` + promotional, audience: `{"recipients":1,"hoursSinceInteraction":` + hours + `}`}
	}
	news := func(on, fields, sender string) question {
		return question{on: on, message: `"type":"messenger.news"` + fields, audience: `{"recipients":5}`, sender: sender}
	}
	checkSentences(t, []sentence{
		{name: "one private reply within seven days", ask: reply("2020-03-04", `,"hoursSinceInteraction":168`, 1), verdict: "eligible", checks: "available window cap", total: "0 + 0 = 0"},
		{name: "not before the book", ask: reply("2020-03-03", `,"hoursSinceInteraction":1`, 1), checks: "available! window cap"},
		{name: "not later", ask: reply("2026-11-21", `,"hoursSinceInteraction":168.1`, 1), verdict: "ineligible", checks: "available window! cap"},
		{name: "one for a comment", ask: reply("2026-11-21", `,"hoursSinceInteraction":1`, 2), verdict: "partial", checks: "available window cap!", figures: "10 = 10 + 0"},
		{name: "two for two comments", ask: reply("2026-11-21", `,"hoursSinceInteraction":1,"interactions":2`, 2), verdict: "eligible"},

		{name: "feedback not on 2021-06-01", ask: feedback("2021-06-01", "1", "false"), verdict: "ineligible", checks: "available! window content"},
		{name: "feedback from 2021-06-02 in seven days", ask: feedback("2021-06-02", "168", "false"), verdict: "eligible"},
		{name: "feedback on the day after", ask: feedback("2021-06-03", "168.5", "false"), verdict: "ineligible", checks: "available window! content"},
		{name: "feedback without promotion", ask: feedback("2026-11-21", "1", "true"), verdict: "ineligible", checks: "available window content!"},

		{name: "news of a news page", ask: news("2020-03-04", `,"promotional":false`, `"newsPage":true`), verdict: "eligible", checks: "available identity content"},
		{name: "not before", ask: news("2020-03-03", `,"promotional":false`, `"newsPage":true`), checks: "available! identity content"},
		{name: "not of another page", ask: news("2026-11-21", `,"promotional":false`, `"newsPage":false`), verdict: "ineligible", checks: "available identity! content"},
		{name: "not with promotion", ask: news("2026-11-21", `,"promotional":true`, `"newsPage":true`), verdict: "ineligible", checks: "available identity content!"},
		{name: "it depends on the page", ask: news("2026-11-21", "", ""), verdict: "depends", checks: "available identity? content?"},
	})
	for on, want := range map[string]bool{"2026-07-11": false, "2026-07-12": true, "2026-07-13": true} {
		if q := ask(t, feedback(on, "1", "false").json()); hasNotice(q, "messenger.customer-feedback.contested") != want {
			t.Errorf("%s: the dispute is told of: %t", on, !want)
		}
	}
}

func TestEuropeAndJapanAreTold(t *testing.T) {
	for _, c := range []struct {
		on, country string
		want        bool
	}{
		{"2020-12-15", "FR", false}, {"2020-12-16", "FR", true}, {"2020-12-16", "GB", false}, {"2021-03-29", "JP", false}, {"2021-03-30", "JP", true}, {"2026-11-21", "VN", false},
	} {
		q := ask(t, question{on: c.on, message: "messenger.one-time-notification", audience: `{"recipients":1,"country":"` + c.country + `"}`}.json())
		if hasNotice(q, "messenger.europe-japan") != c.want || hasNotice(q, "messenger.one-time-notification.europe") != c.want {
			t.Errorf("%s on %s: notices %v", c.country, c.on, q.Notices)
		}
	}
}

func TestWhatThePlatformAnswers(t *testing.T) {
	const api = `"tool":"openapi"`
	for _, c := range []struct {
		name  string
		ask   question
		check string
		want  string
	}{
		{"a consultation after a week", consult("2023-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":169}`, "", 1), "window", "-230"},
		{"a consultation to a stranger", consult("2023-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":null,"consents":false}`, "", 1), "consent", "-232"},
		{"nothing is said of a user id that is missing", consult("2023-07-01", `{"recipients":1,"uid":false}`, "", 1), "identity", ""},
		{"a check that passes says nothing", consult("2023-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":1}`, "", 1), "window", ""},
		{"an unknown one says nothing", consult("2023-07-01", `{"recipients":1,"uid":true}`, "", 1), "window", ""},
		{"the old API the day after it closed", consult("2023-06-21", `{"recipients":1}`, api+`,"apiVersion":"v2"`, 1), "api-version", "-240"},
		{"a small package", consult("2026-06-01", `{"recipients":1}`, api+`,"oaPackage":"standard"`, 1), "package", "-224"},
		{"a promotion to who does not follow", question{on: "2024-01-01", message: "zalo.uid.broadcast", audience: `{"recipients":1,"follows":false}`}, "follow", "-213"},
		{"one promotion too many", question{on: "2024-01-01", message: "zalo.uid.broadcast", audience: `{"recipients":1}`, sender: `"oaPackage":"basic"`, perRecipient: 2}, "cap", "-218"},
		{"a transaction before it began", question{on: "2023-04-17", message: "zalo.uid.transaction", audience: `{"recipients":1}`}, "available", ""},
		{"a transaction on the day after its end", question{on: "2026-03-01", message: "zalo.uid.transaction", audience: `{"recipients":1}`}, "available", "-233"},
		{"no phone number", question{on: "2024-06-10", message: znsMessage(1, "otp", ""), audience: `{"recipients":1,"phone":false}`}, "identity", "-108"},
		{"a template that is not approved", question{on: "2024-06-10", message: znsMessage(1, "otp", `"approved":false`), audience: `{"recipients":1}`}, "template", "-131"},
		{"post-sale below its tier", question{on: "2024-06-10", message: znsMessage(3, "voucher", ""), audience: `{"recipients":1}`, sender: `"dailyQuota":5000`}, "tag", "-145"},
		{"post-sale without care", question{on: "2025-08-06", message: znsMessage(3, "voucher", ""), audience: `{"recipients":1,"careWithin6Months":false}`}, "consent", "-140"},
		{"the fifth of a month", question{on: "2024-06-10", message: znsMessage(3, "voucher", ""), audience: `{"recipients":1}`, perRecipient: 5}, "cap", "-1471"},
		{"past the month's quota", question{on: "2024-11-01", message: znsMessage(3, "voucher", ""), audience: `{"recipients":9}`, sender: `"promotionBase":[6,0]`}, "quota", "-1441"},
		{"ZBS after a year", question{on: "2026-02-01", message: `"type":"zalo.zbs-uid","tag":1,"template":{"kind":"otp"}`, audience: `{"recipients":1,"hoursSinceInteraction":9000}`}, "window", "-232"},
		{"ZBS with an OTP", question{on: "2026-02-01", message: `"type":"zalo.zbs-uid","tag":1,"template":{"kind":"otp"}`, audience: `{"recipients":1}`}, "template", "-249"},
		{"ZBS with an old template", question{on: "2026-02-01", message: `"type":"zalo.zbs-uid","tag":1,"template":{"kind":"custom","approvedOn":"2025-12-09"}`, audience: `{"recipients":1}`}, "template", "-249"},
		{"ZBS with a refused template: not on record", question{on: "2026-02-01", message: `"type":"zalo.zbs-uid","tag":1,"template":{"kind":"custom","approved":false}`, audience: `{"recipients":1}`}, "template", ""},
		{"Messenger after a day", question{on: "2022-01-01", message: "messenger.standard", audience: `{"recipients":1,"hoursSinceInteraction":25}`}, "window", "10/2018278"},
		{"a person after a week", question{on: "2022-01-01", message: "messenger.human-agent", audience: `{"recipients":1,"hoursSinceInteraction":169}`}, "window", "10/2018278"},
		{"a tag on its first day gone", question{on: "2026-04-27", message: "messenger.account-update", audience: `{"recipients":1}`}, "available", "100"},
		{"a tag before the policy", question{on: "2020-03-03", message: "messenger.account-update", audience: `{"recipients":1}`}, "available", ""},
		{"news of a shop", question{on: "2026-01-01", message: "messenger.news", audience: `{"recipients":1}`, sender: `"newsPage":false`}, "identity", "10/2018065"},
		{"promotion as a utility message", question{on: "2026-01-01", message: `"type":"messenger.utility-message","promotional":true`, audience: `{"recipients":1}`}, "content", "TAG_SHOULD_BE_MARKETING"},
		{"a notification too soon", question{on: "2025-09-01", message: "messenger.recurring-notification", audience: `{"recipients":1}`, perRecipient: 30}, "cap", "4/2018354"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, check := range ask(t, c.ask.json()).Segments[0].Checks {
				if check.Code == c.check {
					if check.Error != c.want {
						t.Errorf("%s answers %q, want %q", c.check, check.Error, c.want)
					}
					return
				}
			}
			t.Errorf("there is no check %s", c.check)
		})
	}
}
