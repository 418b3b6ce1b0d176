package rules_test

import (
	"strconv"
	"strings"
	"testing"
)

// consult asks about ten consultation messages' worth of one reachable person.
func consult(on, segment, sender string, perRecipient int) question {
	return question{on: on, message: "zalo.uid.consultation", audience: segment, sender: sender, perRecipient: perRecipient}
}

func TestConsultationMayBeSent(t *testing.T) {
	const ready = `{"recipients":10,"uid":true,"hoursSinceInteraction":1}`
	checkSentences(t, []sentence{
		{name: "nobody knows before the classification of 2023-04-18", ask: consult("2023-04-17", ready, "", 1),
			verdict: "depends", checks: "available?", figures: "10 = 0 + 10", total: "no price"},
		{name: "from the day of the classification", ask: consult("2023-04-18", ready, "", 1),
			verdict: "eligible", checks: "available identity consent window tool"},
		{name: "to a known user id only", ask: consult("2023-07-01", `{"recipients":10,"uid":false,"hoursSinceInteraction":1}`, "", 1),
			verdict: "ineligible", checks: "available identity! consent window tool"},
		{name: "with an unknown user id it depends", ask: consult("2023-07-01", `{"recipients":10,"hoursSinceInteraction":1}`, "", 1),
			verdict: "depends", checks: "available identity? consent window tool", figures: "10 = 10 + 0"},
		{name: "an interaction is consent whether they follow or not", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"follows":false,"consents":false,"hoursSinceInteraction":168}`, "", 1),
			verdict: "eligible", checks: "available identity consent window tool"},
		{name: "consent alone does not open the window", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"consents":true,"hoursSinceInteraction":null}`, "", 1),
			verdict: "ineligible", checks: "available identity consent window! tool"},
		{name: "consent passes with an unknown recency", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"consents":true}`, "", 1),
			verdict: "depends", checks: "available identity consent window? tool"},
		{name: "consent is unknown where the recency is and they are not known to have consented", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"consents":false}`, "", 1),
			verdict: "depends", checks: "available identity consent? window? tool"},
		{name: "consent is unknown where they never interacted and nobody knows whether they consented", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"hoursSinceInteraction":null}`, "", 1),
			verdict: "ineligible", checks: "available identity consent? window! tool"},
		{name: "never interacted and not consented is no consent", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"hoursSinceInteraction":null,"consents":false}`, "", 1),
			verdict: "ineligible", checks: "available identity consent! window! tool"},
		{name: "an interaction past the window is still consent", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"hoursSinceInteraction":87600,"consents":false}`, "", 1),
			verdict: "ineligible", checks: "available identity consent window! tool"},
		{name: "following does not stand in for the window", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"follows":true,"hoursSinceInteraction":null,"consents":false}`, "", 1),
			verdict: "ineligible", checks: "available identity consent! window! tool"},
		{name: "the window ends after exactly 168 hours", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"hoursSinceInteraction":168.0}`, "", 1),
			verdict: "eligible"},
		{name: "and not a moment later", ask: consult("2023-07-01", `{"recipients":10,"uid":true,"hoursSinceInteraction":168.0000001}`, "", 1),
			verdict: "ineligible", checks: "available identity consent window! tool"},
		{name: "every tool may be used", ask: consult("2023-07-01", ready, `"tool":"oa-manager-mini-app"`, 1),
			checks: "available identity consent window tool"},
		{name: "every failing check is shown", ask: consult("2023-06-21", `{"recipients":10,"uid":false,"hoursSinceInteraction":null,"consents":false}`, `"tool":"openapi","apiVersion":"v2"`, 1),
			verdict: "ineligible", checks: "available identity! consent! window! tool api-version!"},
	})
}

func TestConsultationWindowOfOAManager(t *testing.T) {
	at := func(on, hours, tool, reading string) question {
		q := consult(on, `{"recipients":1,"uid":true,"hoursSinceInteraction":`+hours+`}`, tool, 1)
		if reading != "" {
			q.assume = `"zalo.consultation.manager-window":"` + reading + `"`
		}
		return q
	}
	const web, mini, api = `"tool":"oa-manager-web"`, `"tool":"oa-manager-mini-app"`, `"tool":"openapi"`
	checkSentences(t, []sentence{
		{name: "is seven days by default", ask: at("2026-07-17", "169", web, ""), verdict: "ineligible"},
		{name: "is seven days where that reading is chosen", ask: at("2026-07-17", "169", web, "7d"), verdict: "ineligible"},
		{name: "is a year in the other reading, by the web", ask: at("2026-07-17", "8760", web, "365d"), verdict: "eligible"},
		{name: "is a year in the other reading, by the Mini App", ask: at("2026-07-17", "8760", mini, "365d"), verdict: "eligible"},
		{name: "ends after the year", ask: at("2026-07-17", "8760.5", web, "365d"), verdict: "ineligible"},
		{name: "the other reading does not help the API", ask: at("2026-05-17", "169", api, "365d"), verdict: "ineligible"},
		{name: "nor an unknown tool", ask: at("2026-07-17", "169", "", "365d"), verdict: "ineligible"},
		{name: "a message in that year is past the free 48 hours", ask: at("2026-07-17", "8760", web, "365d"), figures: "1 = 0 + 1", total: "50 + 5 = 55"},
	})
}

func TestConsultationPrice(t *testing.T) {
	inside := `{"recipients":100,"uid":true,"hoursSinceInteraction":48}`
	outside := `{"recipients":100,"uid":true,"hoursSinceInteraction":48.01}`
	with := func(q question, assume string) question { q.assume = assume; return q }
	const eight = `"zalo.consultation.free-cap":"8"`
	const unlimited = `"zalo.consultation.free-cap":"unlimited"`
	checkSentences(t, []sentence{
		{name: "the ninth message inside 48 hours costs 55 with VAT", ask: consult("2023-07-01", inside, "", 9), figures: "900 = 800 + 100", total: "5000 + 500 = 5500", lines: "consultation 100 × 55"},
		{name: "past 48 hours the first message costs 55", ask: consult("2023-07-01", outside, "", 1), figures: "100 = 0 + 100", total: "5000 + 500 = 5500"},
		{name: "55 was charged from the first day of the classification", ask: consult("2023-04-18", outside, "", 1), figures: "100 = 0 + 100"},
		{name: "each interaction renews the eight", ask: consult("2023-07-01", `{"recipients":100,"uid":true,"hoursSinceInteraction":1,"interactions":3}`, "", 25), figures: "2500 = 2400 + 100"},
		{name: "the eight are less what was used", ask: consult("2023-07-01", `{"recipients":100,"uid":true,"hoursSinceInteraction":1,"interactions":2,"freeUsed":15}`, "", 5), figures: "500 = 100 + 400"},
		{name: "more used than there were is none left", ask: consult("2023-07-01", `{"recipients":100,"uid":true,"hoursSinceInteraction":1,"freeUsed":1000000000000}`, "", 5), figures: "500 = 0 + 500"},
		{name: "unused free messages of one person are not another's", ask: consult("2023-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":1},{"recipients":1,"uid":true,"hoursSinceInteraction":1,"freeUsed":8}`, "", 4), figures: "8 = 4 + 4"},
		{name: "eight on the last day of 2025", ask: consult("2025-12-31", inside, "", 9), figures: "900 = 800 + 100"},
		{name: "all free from the first day of 2026", ask: consult("2026-01-01", inside, "", 1000), figures: "100000 = 100000 + 0", total: "0 + 0 = 0"},
		{name: "all free even where free ones were used", ask: consult("2026-01-02", `{"recipients":100,"uid":true,"hoursSinceInteraction":0,"freeUsed":900}`, "", 10), figures: "1000 = 1000 + 0"},
		{name: "eight again in the other reading", ask: with(consult("2026-01-01", inside, "", 9), eight), figures: "900 = 800 + 100"},
		{name: "eight for each interaction in the other reading", ask: with(consult("2026-01-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":1,"interactions":2,"freeUsed":1}`, "", 20), eight), figures: "20 = 15 + 5"},
		{name: "the unlimited reading does not change an earlier day", ask: with(consult("2025-12-31", inside, "", 9), unlimited), figures: "900 = 800 + 100"},
		{name: "the reading of eight does not change an earlier day", ask: with(consult("2025-12-31", inside, "", 9), eight), figures: "900 = 800 + 100"},
		{name: "past 48 hours is paid in 2026 too", ask: consult("2026-02-01", outside, "", 1), figures: "100 = 0 + 100"},
		{name: "an unknown recency is priced as outside the 48 hours", ask: consult("2026-02-01", `{"recipients":100,"uid":true}`, "", 2), verdict: "depends", figures: "200 = 0 + 200"},
	})
}

func TestIncludedConsultationMessages(t *testing.T) {
	const out, in, unknown = `{"recipients":100,"uid":true,"hoursSinceInteraction":72}`, `{"recipients":100,"uid":true,"hoursSinceInteraction":2}`, `{"recipients":100,"uid":true}`
	const blocked = `{"recipients":100,"uid":false,"hoursSinceInteraction":72}`
	checkSentences(t, []sentence{
		{name: "pay for messages past 48 hours first", ask: consult("2025-03-01", out, `"includedMessages":150`, 2), figures: "200 = 150 + 50"},
		{name: "pay where the recency is unknown", ask: consult("2025-03-01", unknown, `"includedMessages":150`, 2), figures: "200 = 150 + 50"},
		{name: "never pay inside 48 hours", ask: consult("2025-03-01", in, `"includedMessages":1000`, 9), figures: "900 = 800 + 100"},
		{name: "run on from one segment to the next", ask: consult("2025-03-01", out+","+in+","+unknown+","+out, `"includedMessages":250`, 1), figures: "400 = 350 + 50"},
		{name: "are not used up by what is blocked", ask: consult("2025-03-01", blocked+","+out, `"includedMessages":100`, 1), verdict: "partial", figures: "100 = 100 + 0"},
	})
	q := ask(t, consult("2025-03-01", out+","+out+","+out, `"includedMessages":150`, 1).json())
	for i, want := range []int64{100, 50, 0} {
		if q.Segments[i].Free != want {
			t.Errorf("segment %d has %d free messages, want %d", i, q.Segments[i].Free, want)
		}
	}
}

func TestConsultationNotices(t *testing.T) {
	inside := func(n int) string {
		return consult("2026-03-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":2}`, "", n).json()
	}
	for _, c := range []struct {
		name, scenario, notice string
		want                   bool
	}{
		{"eight or unlimited matters at nine", inside(9), "zalo.consultation.free-cap", true},
		{"eight or unlimited does not matter at eight", inside(8), "zalo.consultation.free-cap", false},
		{"a person who writes by OA Manager reads of the two windows", consult("2025-03-01", `{"recipients":1}`, `"tool":"oa-manager-web"`, 1).json(), "zalo.consultation.manager-window", true},
		{"the old interface is closing", consult("2023-05-01", `{"recipients":1}`, `"apiVersion":"v2"`, 1).json(), "zalo.uid.api-v2-closing", true},
		{"the start of the price is contested to 2023-06-19", consult("2023-06-19", `{"recipients":1}`, "", 1).json(), "zalo.consultation.start", true},
		{"and not from 2023-06-20", consult("2023-06-20", `{"recipients":1}`, "", 1).json(), "zalo.consultation.start", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := hasNotice(ask(t, c.scenario), c.notice); got != c.want {
				t.Errorf("notice %s: %t, want %t", c.notice, got, c.want)
			}
		})
	}
}

// TestAPIVersion: both versions worked side by side to the end of 2023-06-20.
func TestAPIVersion(t *testing.T) {
	const seg = `{"recipients":10,"uid":true,"follows":true,"hoursSinceInteraction":1}`
	for _, c := range []struct{ on, sender, want string }{
		{"2023-04-18", `"tool":"openapi","apiVersion":"v2"`, "available identity consent window tool api-version"},
		{"2023-06-19", `"tool":"openapi","apiVersion":"v2"`, "available identity consent window tool api-version"},
		{"2023-06-20", `"tool":"openapi","apiVersion":"v2"`, "available identity consent window tool api-version"},
		{"2023-06-21", `"tool":"openapi","apiVersion":"v2"`, "available identity consent window tool api-version!"},
		{"2023-06-21", `"tool":"openapi","apiVersion":"v3"`, "available identity consent window tool api-version"},
		{"2023-04-18", `"tool":"openapi","apiVersion":"v3"`, "available identity consent window tool api-version"},
		{"2023-06-21", `"tool":"openapi"`, "available identity consent window tool"},
		{"2023-06-21", `"apiVersion":"v2"`, "available identity consent window tool"},
		{"2023-06-21", `"tool":"oa-manager-web","apiVersion":"v2"`, "available identity consent window tool"},
	} {
		t.Run(c.on+" "+c.sender, func(t *testing.T) {
			if got := outcomes(ask(t, consult(c.on, seg, c.sender, 1).json()).Segments[0]); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestAPIPackage: the API is part of two packages, and whoever does not tell the package is asked from 2026-06-01 on.
func TestAPIPackage(t *testing.T) {
	const seg = `{"recipients":10,"uid":true,"follows":true,"hoursSinceInteraction":1}`
	for i, c := range []struct{ on, sender, want string }{
		{"2024-08-11", `"tool":"openapi","oaPackage":"basic"`, ""},
		{"2024-08-12", `"tool":"openapi","oaPackage":"basic"`, "package!"},
		{"2024-08-12", `"tool":"openapi","oaPackage":"advanced"`, "package"},
		{"2026-05-31", `"tool":"openapi","oaPackage":"trial"`, "package!"},
		{"2026-05-31", `"tool":"openapi"`, ""},
		{"2027-05-31", `"tool":"openapi","oaPackage":"premium"`, "package"},
		{"2026-06-01", `"tool":"openapi","oaPackage":"basic"`, "package!"},
		{"2026-06-02", `"tool":"openapi","oaPackage":"standard"`, "package!"},
		{"2026-06-01", `"tool":"openapi","oaPackage":"growth"`, "package"},
		{"2026-06-01", `"tool":"openapi","oaPackage":"comprehensive"`, "package"},
		{"2026-06-01", `"tool":"openapi"`, "package?"},
		{"2026-06-01", `"tool":"openapi","apiVersion":"v3","oaPackage":"growth"`, "api-version package"},
		{"2026-06-01", `"oaPackage":"basic"`, ""},
		{"2026-06-01", `"tool":"oa-manager-web","oaPackage":"basic"`, ""},
	} {
		t.Run(strconv.Itoa(i)+" "+c.on+" "+c.sender, func(t *testing.T) {
			got := outcomes(ask(t, consult(c.on, seg, c.sender, 1).json()).Segments[0])
			if _, behind, ok := strings.Cut(got, " tool"); ok {
				got = strings.TrimSpace(behind)
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
