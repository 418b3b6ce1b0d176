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

// TestAnotherPlanDoesNotChangeTheSender of the messages that are there, and what is typed
// afterwards of two months holds for all.
func TestAnotherPlanDoesNotChangeTheSender(t *testing.T) {
	const today = "2026-11-21"
	const offer = `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true}},"audience":[{"recipients":100,"phone":true,"careWithin6Months":true}]}`
	const reminder = `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":30,"phone":true}]}`
	of := func(text string) Plan {
		asked, err := rules.DecodePlan([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return Of(asked, today, "vi")
	}
	sent := func(p *Plan) int64 {
		q := p.Answer(today).Quote
		if q == nil {
			t.Fatal("there is no answer")
		}
		return q.Deliverable
	}
	madeUp := of(`{"items":[` + reminder + `,` + offer + `],"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[6000,6000],"dailyQuota":20000}}`)
	p := of(`{"items":[` + offer + `],"sender":{"tool":"openapi","oaPackage":"standard","promotionBase":[120,120],"dailyQuota":10000}}`)
	before := sent(&p)
	if before >= 100 {
		t.Fatalf("%d of 100 are within the quota", before)
	}
	p.Join(&madeUp, today)
	if len(p.Items) != 3 || p.Shared["sender.oaPackage"] != "standard" || sent(&p) != before+30 {
		t.Errorf("%d messages, %d go out, of %v", len(p.Items), sent(&p), p.Shared)
	}
	// Into an empty plan the other's sender comes too; what is said later takes its place.
	var empty Plan
	empty.Lang = "vi"
	empty.Join(&madeUp, today)
	if sent(&empty) != 130 {
		t.Errorf("%d go out", sent(&empty))
	}
	f := empty.Form(1, today)
	f.Set("sender.promotionBase[0]", "120")
	f.Set("sender.promotionBase[1]", "120")
	empty.Replace(1, f)
	if got := sent(&empty); got != before+30 {
		t.Errorf("%d go out, with %v and %v", got, empty.Shared, empty.Carried)
	}
}

// TestWhatAMessageLeavesOpenStaysAsThePlanHasIt: the package was said for the first one.
func TestWhatAMessageLeavesOpenStaysAsThePlanHasIt(t *testing.T) {
	const today = "2026-11-21"
	p := Plan{Lang: "vi"}
	for _, c := range []struct{ oaPackage, quota, wantPackage, wantQuota string }{
		{"growth", "20000", "growth", "20000"}, {"", "", "growth", "20000"}, {"standard", "", "standard", "20000"}, {"", "10000", "standard", "10000"},
	} {
		f := form.New(today, "vi")
		f.Set(form.PathType, string(rules.ZNS))
		f.Set("audience[0].recipients", "10")
		f.Set("sender.oaPackage", c.oaPackage)
		f.Set("sender.dailyQuota", c.quota)
		p.Add(f, "")
		if got := [2]string{p.Shared["sender.oaPackage"], strings.TrimPrefix(p.Shared["sender.dailyQuota"], form.Exact)}; got != [2]string{c.wantPackage, c.wantQuota} {
			t.Errorf("after a message with %q and %q the plan has %q", c.oaPackage, c.quota, got)
		}
	}
	// A box is ticked or not: what is not ticked is no.
	for _, ticked := range []string{form.Yes, ""} {
		f := form.New(today, "vi")
		f.Set(form.PathType, string(rules.ZNS))
		f.Set("audience[0].recipients", "10")
		f.Set("sender.firstPromotionMonth", ticked)
		if p.Add(f, ""); p.Shared["sender.firstPromotionMonth"] != ticked {
			t.Errorf("the first month of offers is %q after a message with %q", p.Shared["sender.firstPromotionMonth"], ticked)
		}
	}
}
