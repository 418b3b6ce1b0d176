package audit_test

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

// wildBill is a bill on which anything stands that a row can hold.
func wildBill(r *rand.Rand) audit.Bill {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	days := []rules.Date{20190101, 20220301, 20230420, 20241231, 20250331, 20250701, 20260315, 20260930, 20261001, 20271231}
	anyDay := func() rules.Date { return days[r.IntN(len(days))].AddDays(r.IntN(40)) }
	b := audit.Bill{Tax: audit.Tax(pick("", "included", "excluded"))}
	if r.IntN(2) == 0 {
		b.AsOf = anyDay()
	}
	b.Sender.BillingCurrency = pick("", "USD", "EUR", "INR")
	b.Sender.InternationalAuth, b.Sender.Country = r.IntN(2) == 0, pick("", "VN")
	b.Sender.IncludedMessages = r.Int64N(3) * 100
	if r.IntN(3) == 0 {
		b.Pricing.Convert = rules.Some(rules.Conversion{Currency: "VND", Rates: map[string]decimal.Decimal{"USD": dec("26000")}})
	}
	if r.IntN(3) == 0 {
		b.Pricing.TaxPercent = rules.Some(decimal.NewFromInt(r.Int64N(30)))
	}
	var types []rules.MessageType
	for _, c := range rules.Channels() {
		types = append(types, rules.MessageTypes(c)...)
	}
	for range 1 + r.IntN(25) {
		row := audit.Row{Number: int32(len(b.Rows) + 2), Rows: 1, On: anyDay(), Currency: pick("", "", "USD", "VND", "EUR", "XXX")}
		if r.IntN(4) == 0 {
			row.Until = row.On.AddDays(r.IntN(400))
		}
		for range r.IntN(3) {
			t := audit.Traffic{Country: pick("VN", "US", "IN", "SG", "ZZ", ""), Count: []int64{1, 7, 1000, 250_000, rules.MaxRecipients, 0}[r.IntN(6)], Told: audit.Told(pick("", "", "charged", "window", "entry-point"))}
			t.Message.Type = types[r.IntN(len(types))]
			if r.IntN(2) == 0 {
				t.Message.Type = rules.WhatsAppUtility
			}
			if t.Message.Type == rules.ZNS || t.Message.Type == rules.ZBSUID {
				t.Message.Tag, t.Message.Template.Kind = rules.Some[int64](1+r.Int64N(3)), rules.TemplateKind(pick("custom", "otp", "voucher", "journey"))
			}
			if r.IntN(5) == 0 {
				t.International = rules.Some(r.IntN(2) == 0)
			}
			row.Traffic = append(row.Traffic, t)
		}
		if r.IntN(5) > 0 {
			row.Amount = rules.Some(decimal.New([]int64{0, 1, -5, 12345, 999_999_999_999}[r.IntN(5)], -int32(r.IntN(7))))
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// TestAnyBillIsHeldAgainstTheBook: nothing that a row can hold stops an audit, and its
// sums are always those of its rows.
func TestAnyBillIsHeldAgainstTheBook(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	states := map[audit.State]int{}
	for range 250 {
		b := wildBill(r)
		report := audited(t, b)
		sums(t, report)
		for i := range report.Rows {
			row := &report.Rows[i]
			states[row.Book.State]++
			if row.Row.Number != b.Rows[i].Number || row.Book.Low.GreaterThan(row.Book.High) || row.Book.State != audit.Priced && row.Compared && row.Book.State != audit.OnlyFee ||
				(row.Book.State == audit.NotAllowed || row.Book.State == audit.Refused) != (row.Book.Reason != "" && row.Book.State != audit.NotInBook && row.Book.State != audit.NeedsRate) {
				t.Fatalf("%+v", row)
			}
		}
		open := int64(0)
		for _, f := range report.Open {
			open += f.Rows
		}
		compared, bare := int64(0), int64(0)
		for _, s := range report.Sums {
			compared += s.Rows
		}
		for i := range report.Rows {
			if row := &report.Rows[i]; !row.Compared && (row.Book.State == audit.Priced || row.Book.State == audit.OnlyFee) {
				bare++
			}
		}
		if open+compared+bare != int64(len(b.Rows)) {
			t.Fatalf("%d rows are open, %d compared, %d without an amount, of %d", open, compared, bare, len(b.Rows))
		}
	}
	for _, s := range []audit.State{audit.Priced, audit.NotInBook, audit.NotAllowed, audit.NeedsRate, audit.Refused, audit.OnlyFee} {
		if states[s] < 20 {
			t.Errorf("only %d rows were %s", states[s], s)
		}
	}
}

func TestWhatNoRowCanBeHeldAgainstIsRefused(t *testing.T) {
	some := rules.Some(dec("1"))
	for path, p := range map[string]rules.Pricing{
		"pricing.monthlyFee": {MonthlyFee: some}, "pricing.fallbackPerMessage": {FallbackPerMessage: some},
		"pricing.incoming": {Incoming: rules.Incoming{Messages: 1, PerMessage: some}}, "pricing.bundle": {Bundle: rules.Bundle{Messages: 1}},
		"pricing.convert.currency": {Convert: rules.Some(rules.Conversion{})},
	} {
		b := audit.Bill{}
		b.Pricing.Pricing = p
		_, err := audit.Audit(&b)
		if e, ok := err.(*rules.Error); !ok || e.Path != path || e.Message == "" {
			t.Errorf("%s: %v", path, err)
		}
	}
	if r, err := audit.Audit(&audit.Bill{AsOf: 20261001}); err != nil || len(r.Rows) != 0 || len(r.Sums) != 0 || r.AsOf == nil {
		t.Errorf("an empty bill: %+v, %v", r, err)
	}
}
