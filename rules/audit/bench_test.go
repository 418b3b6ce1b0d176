package audit_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

// largeBill is a bill of so many rows, no two of which are alike: half of a year, all
// countries that have a price, each with what a provider may have added, an old price, or
// another amount.
func largeBill(t testing.TB, rows int, agreed string) audit.Bill {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	b := audit.Bill{Decimals: map[string]int32{"USD": 4}, AsOf: day(t, "2026-11-01")}
	if agreed != "" {
		b.Pricing.MarkupPercent = rules.Some(dec(agreed))
	}
	from := day(t, "2026-06-01")
	type key struct {
		kind    rules.MessageType
		country string
		old     bool
	}
	units := map[key]decimal.Decimal{}
	unit := func(k key) decimal.Decimal {
		u, known := units[k]
		if !known {
			on := "2026-10-15"
			if k.old {
				on = "2026-09-15"
			}
			u = unitUnder(t, on, k.kind, k.country)
			units[k] = u
		}
		return u
	}
	for i := range rows {
		one := sent{kind: types[r.IntN(3)], country: countries[r.IntN(len(countries))], count: 1 + r.Int64N(20_000)}
		on := from.AddDays(r.IntN(180))
		row := audit.Row{Number: int32(i + 2), Rows: 1, On: on, Currency: "USD", Traffic: []audit.Traffic{{Message: rules.Message{Type: one.kind}, Country: one.country, Count: one.count}}}
		if one.kind == rules.WhatsAppUtility && r.IntN(2) == 0 {
			row.Traffic[0].Told = audit.ToldCharged
		}
		amount := unit(key{one.kind, one.country, on < day(t, "2026-10-01") || r.IntN(3) == 0}).Mul(decimal.NewFromInt(one.count))
		switch {
		case one.kind == rules.WhatsAppMarketing:
			amount = amount.Mul(dec("1.08"))
		case one.country == "SG" && r.IntN(2) == 0:
			amount = amount.Mul(dec("1.2"))
		}
		row.Amount = rules.Some(amount.Round(4))
		b.Rows = append(b.Rows, row)
	}
	return b
}

// BenchmarkAudit holds large bills against the book, and prices them on another day.
func BenchmarkAudit(b *testing.B) {
	for _, rows := range []int{2_000, 20_000, 200_000} {
		for _, agreed := range []string{"", "8"} {
			b.Run(fmt.Sprintf("rows=%d/agreed=%s", rows, agreed), func(b *testing.B) {
				bill := largeBill(b, rows, agreed)
				for b.Loop() {
					audited(b, bill)
				}
			})
		}
	}
}
