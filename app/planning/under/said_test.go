package under_test

import (
	"strings"
	"testing"

	"postage/app/plan"
	"postage/app/planning/under"
	"postage/app/report"
	"postage/rules"
)

// TestUnderAnotherDaysRulesEachChangeHasItsReason: by how much the totals differ, and of
// each message that changed what has.
func TestUnderAnotherDaysRulesEachChangeHasItsReason(t *testing.T) {
	const scenario = `{"on":"2026-09-15","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":1000,"country":"VN","optedIn":true}]}`
	asked, err := rules.DecodePlan([]byte(`{"items":[` + scenario + `,{"on":"2026-09-15","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true,"approvedOn":"2026-03-16"}},"audience":[{"recipients":10,"phone":true}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	const today = "2026-11-21"
	p := plan.Of(asked, today, "vi")
	own := p.Answer(today)
	for day, want := range map[string][]string{
		"2026-09-20": {"", "", ""},
		"2026-10-15": {"+11,00 US$", "73,20 US$ → 84,20 US$; giá mỗi tin 0,0732 US$ → 0,0842 US$", ""},
	} {
		on, err := rules.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		then, refused := under.Of(own, on)
		if len(refused) > 0 {
			t.Fatalf("%s: %d", day, refused)
		}
		tell := plan.Teller{Report: &report.Report{Lang: "vi"}, Plan: &p, Answer: own, Today: today}
		other := tell
		other.Answer = then
		got := []string{under.Difference(tell, then), strings.Join(under.Changed(other, own, 0), "; "), strings.Join(under.Changed(other, own, 1), "; ")}
		for i := range got {
			if got[i] = strings.ReplaceAll(got[i], "\u00a0", " "); got[i] != want[i] {
				t.Errorf("%s: %q, not %q", day, got[i], want[i])
			}
		}
	}
}
