package rules_test

import "testing"

func TestMessenger(t *testing.T) {
	msg := func(on, message, segment string, n int) question {
		return question{on: on, message: message, audience: segment, perRecipient: n}
	}
	const (
		hour      = `{"recipients":100,"hoursSinceInteraction":1}`
		day       = `{"recipients":100,"hoursSinceInteraction":24}`
		late      = `{"recipients":100,"hoursSinceInteraction":24.001}`
		week      = `{"recipients":100,"hoursSinceInteraction":168}`
		pastWeek  = `{"recipients":100,"hoursSinceInteraction":168.5}`
		never     = `{"recipients":100,"hoursSinceInteraction":null}`
		nothing   = `{"recipients":100}`
		human     = `"type":"messenger.human-agent","promotional":false,"automated":false`
		oneTime   = "messenger.one-time-notification"
		withToken = `{"recipients":100,"optedIn":true,"hoursSinceInteraction":null}`
	)
	checkSentences(t, []sentence{
		{name: "the policy starts on 2020-03-04", ask: msg("2020-03-04", "messenger.standard", hour, 1), verdict: "eligible", checks: "available window", total: "0 + 0 = 0"},
		{name: "the book has nothing before it", ask: msg("2020-03-03", "messenger.standard", late, 1), verdict: "depends", checks: "available?", total: "no price"},
		{name: "24 hours is inside", ask: msg("2022-01-01", "messenger.standard", day, 5), verdict: "eligible", figures: "500 = 500 + 0"},
		{name: "past 24 hours is outside", ask: msg("2022-01-01", "messenger.standard", late, 1), verdict: "ineligible", checks: "available window!"},
		{name: "who never wrote is outside", ask: msg("2022-01-01", "messenger.standard", never, 1), verdict: "ineligible", checks: "available window!"},
		{name: "an unknown recency depends", ask: msg("2022-01-01", "messenger.standard", nothing, 1), verdict: "depends", checks: "available window?", figures: "100 = 100 + 0"},
		{name: "promotion is allowed inside the window", ask: msg("2022-01-01", `"type":"messenger.standard","promotional":true,"automated":true`, day, 1), verdict: "eligible"},

		{name: "a tag has no window", ask: msg("2022-01-01", `"type":"messenger.account-update","promotional":false`, never, 1), verdict: "eligible", checks: "available content"},
		{name: "a tag is not for promotion", ask: msg("2022-01-01", `"type":"messenger.post-purchase-update","promotional":true`, hour, 1), verdict: "ineligible", checks: "available content!"},
		{name: "unknown content depends", ask: msg("2022-01-01", "messenger.confirmed-event-update", never, 1), verdict: "depends", checks: "available content?"},
		{name: "a tag may be automated", ask: msg("2022-01-01", `"type":"messenger.account-update","promotional":false,"automated":true`, never, 1), verdict: "eligible"},

		{name: "human agent was in a closed test to 2021-06-01", ask: msg("2021-06-01", human, hour, 1), verdict: "ineligible", checks: "available! window content"},
		{name: "human agent opened on 2021-06-02", ask: msg("2021-06-02", human, week, 1), verdict: "eligible", checks: "available window content"},
		{name: "human agent goes on after the other tags end", ask: msg("2026-04-27", human, week, 1), verdict: "eligible"},
		{name: "human agent ends after seven days", ask: msg("2022-01-01", human, pastWeek, 1), checks: "available window! content"},
		{name: "human agent is not for robots", ask: msg("2022-01-01", `"type":"messenger.human-agent","promotional":false,"automated":true`, hour, 1), checks: "available window content!"},
		{name: "human agent is not for promotion", ask: msg("2022-01-01", `"type":"messenger.human-agent","promotional":true,"automated":false`, hour, 1), checks: "available window content!"},
		{name: "robots are refused whatever the content", ask: msg("2022-01-01", `"type":"messenger.human-agent","automated":true`, hour, 1), checks: "available window content!"},
		{name: "promotion is refused whoever writes", ask: msg("2022-01-01", `"type":"messenger.human-agent","promotional":true`, hour, 1), checks: "available window content!"},
		{name: "one part known to be right is not enough", ask: msg("2022-01-01", `"type":"messenger.human-agent","promotional":false`, hour, 1), verdict: "depends", checks: "available window content?"},
		{name: "the other part alone is not either", ask: msg("2022-01-01", `"type":"messenger.human-agent","automated":false`, nothing, 1), verdict: "depends", checks: "available window? content?"},

		{name: "one token, one message", ask: msg("2020-03-04", oneTime, withToken, 1), verdict: "eligible", checks: "available consent cap"},
		{name: "the second is cut", ask: msg("2022-01-01", oneTime, withToken, 2), verdict: "partial", checks: "available consent cap!", figures: "100 = 100 + 0"},
		{name: "what was received before does not matter", ask: msg("2022-01-01", oneTime, `{"recipients":100,"optedIn":true,"receivedThisMonth":7}`, 1), verdict: "eligible"},
		{name: "no token, no message", ask: msg("2022-01-01", oneTime, `{"recipients":100,"optedIn":false,"hoursSinceInteraction":1}`, 1), verdict: "ineligible", checks: "available consent! cap"},
		{name: "the cap is looked at also without a token", ask: msg("2022-01-01", oneTime, `{"recipients":100,"optedIn":false}`, 2), verdict: "ineligible", checks: "available consent! cap!"},
		{name: "an unknown token depends", ask: msg("2022-01-01", oneTime, nothing, 2), verdict: "depends", checks: "available consent? cap!", figures: "100 = 100 + 0"},
		{name: "not before the policy", ask: msg("2020-03-03", oneTime, withToken, 1), verdict: "depends", checks: "available?"},
	})
}

func TestMessengerTagsEnd(t *testing.T) {
	for _, kind := range []string{"confirmed-event-update", "post-purchase-update", "account-update"} {
		for _, c := range []struct {
			on, verdict, notice string
		}{
			{"2020-03-03", "depends", "before-the-book"}, {"2020-03-04", "eligible", ""}, {"2026-01-11", "eligible", ""},
			{"2026-01-12", "eligible", "messenger.tags-end"}, {"2026-04-26", "eligible", "messenger.tags-end"},
			{"2026-04-27", "ineligible", "messenger.tags-ended"}, {"2026-11-21", "ineligible", "messenger.tags-ended"},
		} {
			t.Run(kind+" "+c.on, func(t *testing.T) {
				q := ask(t, question{on: c.on, message: `"type":"messenger.` + kind + `","promotional":false`, audience: `{"recipients":1}`}.json())
				if string(q.Verdict) != c.verdict {
					t.Errorf("verdict %s, want %s", q.Verdict, c.verdict)
				}
				if c.notice != "" && !hasNotice(q, c.notice) {
					t.Errorf("notice %s is missing from %v", c.notice, q.Notices)
				}
			})
		}
	}
}

func TestMessengerNoticesWhatAPageRisks(t *testing.T) {
	risky := question{on: "2022-01-01", message: `"type":"messenger.account-update","promotional":true`, audience: `{"recipients":1}`}
	if !hasNotice(ask(t, risky.json()), "messenger.page-restriction") {
		t.Error("a promotion under a tag tells nothing of the page's restriction")
	}
	safe := question{on: "2022-01-01", message: "messenger.standard", audience: `{"recipients":1,"hoursSinceInteraction":1}`}
	if hasNotice(ask(t, safe.json()), "messenger.page-restriction") {
		t.Error("a message inside the window warns of a restriction")
	}
}
