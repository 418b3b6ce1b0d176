package plan

import (
	"encoding/base64"
	"strings"
	"testing"

	"postage/app/form"
	"postage/rules"
)

// TestMessagesOfALinkComeBehindThoseOfThePlan, and what is no plan changes nothing.
func TestMessagesOfALinkComeBehindThoseOfThePlan(t *testing.T) {
	const text = `{"items":[{"on":"2026-12-01","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true}},"audience":[{"recipients":400,"phone":true,"careWithin6Months":true}]},` +
		`{"on":"2026-12-01","message":{"type":"messenger.standard"},"audience":[{"recipients":50,"hoursSinceInteraction":24}]}],"sender":{"tool":"openapi","promotionBase":[1500,900]}}`
	coded := base64.RawURLEncoding.EncodeToString([]byte(text))
	p := Plan{Lang: "vi"}
	const today = "2026-11-21"
	for round := range 2 {
		first, wrong := p.AddIn(coded, today)
		if wrong != nil || len(p.Items) != 2*(round+1) || p.Find(first) != 2*round {
			t.Fatalf("round %d: %v, %d items, the first is %d", round, wrong, len(p.Items), first)
		}
	}
	q := p.Answer(today).Quote
	if q == nil || q.Requested != 900 || q.Verdict != rules.Partial { // of 800 offers 400 are within the quota
		t.Errorf("%+v", q)
	}
	for _, bad := range []string{"", "!", "e30", coded[:40], base64.RawURLEncoding.EncodeToString([]byte(`{"items":[]}`)), strings.Repeat("A", form.MaxLink+4)} {
		if _, wrong := p.AddIn(bad, today); wrong == nil || len(p.Items) != 4 {
			t.Errorf("%.40q is taken, there are %d items", bad, len(p.Items))
		}
	}
}
