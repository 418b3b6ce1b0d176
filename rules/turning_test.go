package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A panel of scenarios for each type: known facts, unknown ones, and ones that
// fail. Together they meet every rule of the type.
var panels = map[MessageType][]string{
	ZaloConsultation: {
		`"message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":100,"uid":true,"hoursSinceInteraction":12}],"perRecipient":10,"sender":{"tool":"openapi","apiVersion":"v2"}`,
		`"message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":100,"uid":true,"hoursSinceInteraction":200}],"sender":{"tool":"oa-manager-web"},"assume":{"zalo.consultation.manager-window":"365d"}`,
	},
	ZaloTransaction: {
		`"message":{"type":"zalo.uid.transaction"},"audience":[{"recipients":100,"uid":true,"hoursSinceInteraction":900}],"sender":{"tool":"openapi"}`,
	},
	ZaloBroadcast: {
		`"message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":100,"uid":true,"follows":true}],"perRecipient":7,"sender":{"tool":"openapi","oaPackage":"basic"}`,
	},
	ZaloPersonalPromotion: {
		`"message":{"type":"zalo.uid.personal-promotion"},"audience":[{"recipients":100,"uid":true,"follows":true}],"perRecipient":7,"sender":{"tool":"openapi","oaPackage":"basic"}`,
	},
	ZNSFollower: {`"message":{"type":"zalo.zns-follower"},"audience":[{"recipients":100}]`},
	ZNS: {
		`"message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true,"buttons":2,"image":true}},"audience":[{"recipients":30000,"phone":true}],"perRecipient":6,"sender":{"dailyQuota":10000,"contentLevel":5,"promotionBase":[60000,60000]}`,
		`"message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true,"publicService":true}},"audience":[{"recipients":30000,"phone":true}],"sender":{"dailyQuota":500,"contentLevel":0}`,
	},
	ZBSUID: {
		`"message":{"type":"zalo.zbs-uid","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2025-12-10"}},"audience":[{"recipients":100,"uid":true,"hoursSinceInteraction":8760}],"sender":{"tool":"openapi"}`,
	},
	MessengerUtility: {
		`"message":{"type":"messenger.utility-message","promotional":false,"template":{"approved":true}},"audience":[{"recipients":100}],"sender":{"country":"RU"}`,
	},
	MessengerMarketing: {
		`"message":{"type":"messenger.marketing-message"},"audience":[{"recipients":100,"country":"VN","optedIn":true},{"recipients":100,"country":"DE","optedIn":true}],"perRecipient":40,"sender":{"country":"VN"}`,
	},
	MessengerRecurring: {
		`"message":{"type":"messenger.recurring-notification"},"audience":[{"recipients":100,"country":"VN","optedIn":true},{"recipients":100,"country":"JP","optedIn":true}],"perRecipient":31`,
	},
	MessengerNews:          {`"message":{"type":"messenger.news","promotional":false},"audience":[{"recipients":100}],"sender":{"newsPage":true}`},
	MessengerStandard:      {`"message":{"type":"messenger.standard"},"audience":[{"recipients":100,"hoursSinceInteraction":24}]`},
	MessengerEventUpdate:   {`"message":{"type":"messenger.confirmed-event-update","promotional":false},"audience":[{"recipients":100}]`},
	MessengerPostPurchase:  {`"message":{"type":"messenger.post-purchase-update","promotional":true},"audience":[{"recipients":100}]`},
	MessengerAccountUpdate: {`"message":{"type":"messenger.account-update"},"audience":[{"recipients":100}]`},
	MessengerHumanAgent:    {`"message":{"type":"messenger.human-agent","promotional":false,"automated":false},"audience":[{"recipients":100,"hoursSinceInteraction":168}]`},
	MessengerOneTime:       {`"message":{"type":"messenger.one-time-notification"},"audience":[{"recipients":100,"optedIn":true}],"perRecipient":2`},
	WhatsAppService:        {`"message":{"type":"whatsapp.service"},"audience":[{"recipients":5000,"country":"VN","hoursSinceInteraction":24}]`},
	WhatsAppUtility: {
		`"message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":200000,"country":"PL","optedIn":true,"hoursSinceInteraction":24}],"sender":{"messagingLimit":1000}`,
		`"message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":200000,"country":"VN","optedIn":true,"hoursSinceInteraction":null}]`,
	},
	WhatsAppAuthentication: {
		`"message":{"type":"whatsapp.authentication","template":{"approved":true}},"audience":[{"recipients":900000,"country":"IN","optedIn":true}],"sender":{"internationalAuth":true,"country":"VN"}`,
		`"message":{"type":"whatsapp.authentication","template":{"approved":true}},"audience":[{"recipients":1000,"country":"EG","optedIn":true}]`,
	},
	WhatsAppMarketing: {
		`"message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":100,"country":"US","optedIn":true},{"recipients":100,"country":"VN","optedIn":true}]`,
	},
}

// TestGoldenTurningDays records what every scenario of the panels gets on each
// day on which a fact of its type begins, and on the days before and after it.
func TestGoldenTurningDays(t *testing.T) {
	var lines []string
	for _, kind := range MessageTypes("") {
		days := map[Date]bool{}
		for _, e := range History(kind) {
			if e.On != 0 {
				days[e.On.AddDays(-1)], days[e.On], days[e.On.AddDays(1)] = true, true, true
			}
		}
		var sorted []Date
		for d := range days {
			sorted = append(sorted, d)
		}
		slices.Sort(sorted)
		panel, ok := panels[kind]
		if !ok {
			panel = []string{fmt.Sprintf(`"message":{"type":%q},"audience":[{"recipients":100,"country":"VN","uid":true,"optedIn":true,"hoursSinceInteraction":20}]`, kind)}
		}
		for i, scenario := range panel {
			last := ""
			for _, d := range sorted {
				line := oneLine(t, fmt.Sprintf(`{"on":%q,%s}`, d, scenario))
				// Days that follow each other with one answer need one line.
				if line != last {
					lines = append(lines, fmt.Sprintf("%s #%d from %s: %s", kind, i+1, d, line))
				}
				last = line
			}
		}
	}
	golden(t, "turning-days.txt", strings.Join(lines, "\n")+"\n", func(text string) map[string]string {
		said := map[string]string{}
		for line := range strings.Lines(text) {
			name, answer, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			said[name] = answer
		}
		return said
	})
}

// oneLine is an answer in a line that people can read.
func oneLine(t *testing.T, scenario string) string {
	t.Helper()
	s, err := Decode([]byte(scenario))
	if err != nil {
		return err.Error()
	}
	q, err := Evaluate(s)
	if err != nil {
		t.Fatal(err)
	}
	total := "not in the book"
	if len(q.Totals) > 0 {
		total = q.Totals[0].Gross.String() + " " + q.Totals[0].Currency
	}
	parts := []string{string(q.Verdict), total, fmt.Sprintf("out %d free %d charged %d", q.Deliverable, q.Free, q.Charged)}
	for i, seg := range q.Segments {
		if failed := codesOf(seg.Checks, Fail); len(failed) > 0 {
			parts = append(parts, fmt.Sprintf("%d fails %s", i, strings.Join(failed, " ")))
		}
		if unknown := codesOf(seg.Checks, Unknown); len(unknown) > 0 {
			parts = append(parts, fmt.Sprintf("%d lacks %s", i, strings.Join(unknown, " ")))
		}
	}
	if q.Schedule != nil {
		parts = append(parts, fmt.Sprintf("%d a day, %d days", q.Schedule.PerDay, q.Schedule.Days))
	}
	for _, n := range q.Notices {
		parts = append(parts, "("+n.Code+")")
	}
	return strings.Join(parts, "; ")
}

// codesOf lists the codes of the checks with an outcome, in order.
func codesOf(checks []Check, outcome Outcome) []string {
	var found []string
	for _, c := range checks {
		if c.Outcome == outcome {
			found = append(found, c.Code)
		}
	}
	return found
}
