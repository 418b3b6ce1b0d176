package reach

import (
	"testing"

	"postage/rules"
)

// FuzzTask: whatever a configuration holds, it is refused with the field or planned
// with, and what is planned can be evaluated.
func FuzzTask(f *testing.F) {
	for _, config := range []string{
		`{}`, znsAlone, `{"ways":[{"type":"zalo.uid.broadcast","tool":"openapi"}],"at":"22:30","sender":{"tool":"oa-manager-web"}}`,
		`{"sender":{"tool":"openapi","oaPackage":"growth","includedMessages":3,"includePackageFee":true,"promotionBase":[12,6],"freeServiceUsed":998,"chargedThisMonth":249999,"messagingLimit":2,"dailyQuota":5},` +
			`"pricing":{"currency":"VND","markupPercent":"5","markupPerMessage":"20","taxPercent":"8","markupOnFree":false,"bundle":{"messages":2,"fee":"1"},"monthlyFee":"9","incoming":{"messages":3,"perMessage":"1"},"convert":{"currency":"VND","rates":{"USD":"26000"}}}}`,
		`{"sender":{"billingCurrency":"EUR","phoneNumbers":2,"exempt":true,"internationalAuth":true,"country":"SG"},"assume":{"zalo.zbs.price-list":"public-list"},"dependsToo":true}`,
	} {
		for purpose := range len(rules.Purposes()) {
			f.Add(config, purpose, int32(20261201))
			f.Add(config, purpose, int32(20230501))
		}
	}
	vn, now := CountryOf("VN"), rules.Some(true)
	f.Fuzz(func(t *testing.T, config string, purpose int, on int32) {
		c, err := rules.DecodeListConfig([]byte(config))
		if err != nil {
			return
		}
		day, err := rules.ParseDate(rules.Date(max(10101, on)).String())
		if err != nil {
			return
		}
		purposes := rules.Purposes()
		w, err := Prepare(Task{Purpose: purposes[uint(purpose)%uint(len(purposes))], On: day, ListConfig: c})
		if err != nil {
			if _, ok := err.(*rules.Error); !ok {
				t.Fatal(err)
			}
			return
		}
		l := NewList(w)
		for i, one := range []Contact{
			{Phone: 84912345678, UID: "a", Country: vn, Follows: now, WhatsAppOptedIn: now, MessengerToken: now, CareWithin6Months: now, ZaloLast: On(day), WhatsAppLast: On(day), MessengerLast: On(day)},
			{Phone: 84912345679, Country: vn, CareWithin6Months: now, WhatsAppOptedIn: now, ZaloLast: Never(), ReceivedThisMonth: CountOf(2)},
			{Phone: 4915112345678, Country: CountryOf("DE"), WhatsAppOptedIn: now, WhatsAppLast: On(day)},
			{UID: "b", Follows: now, ZaloLast: On(max(10101, day.AddDays(-5)))}, {}, {UID: "a"},
		} {
			one.Row = int32(i + 2)
			if err := l.Add(&one); err != nil {
				t.Fatal(err)
			}
		}
		a := w.Plan(l.People())
		for _, o := range []*Outcome{&a.Sure, &a.Depends} {
			if o.Reached > o.People || o.Quote.Deliverable != o.Reached || o.Gap.IsNegative() {
				t.Errorf("%d of %d are reached, %d delivered", o.Reached, o.People, o.Quote.Deliverable)
			}
			rows := l.Rows(a, o)
			n := 0
			for row, ok := rows.Next(); ok; row, ok = rows.Next() {
				n++
				if row.Way < 0 && row.Reason == "" {
					t.Errorf("row %d has neither a way nor a reason", row.Number)
				}
			}
			if n != l.Len() {
				t.Errorf("%d rows of %d", n, l.Len())
			}
		}
		if a.Depends.Reached < a.Sure.Reached {
			t.Errorf("%d are reached for sure, %d perhaps", a.Sure.Reached, a.Depends.Reached)
		}
	})
}
