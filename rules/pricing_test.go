package rules_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

func TestWhatTheUserAdds(t *testing.T) {
	wa := func(pricing string) question {
		return template("2026-01-01", "marketing", "VN", 1000, "").priced(pricing)
	}
	paid := consult("2023-07-01", `{"recipients":1000,"uid":true,"hoursSinceInteraction":1}`, "", 10)
	checkSentences(t, []sentence{
		{name: "a percentage of the platform's net charge", ask: wa(`"markupPercent":"12.5"`), total: "82.35 + 0 = 82.35", lines: "marketing 1000 × 0.0732, markup-percent 1 × 9.15"},
		{name: "of the net, not of what holds VAT", ask: paid.priced(`"markupPercent":"10"`), total: "110000 + 10000 = 120000"},
		{name: "an amount for every delivered message, the free ones too", ask: paid.priced(`"markupPerMessage":"5"`), lines: "consultation 2000 × 55, markup-per-message 10000 × 5", total: "150000 + 10000 = 160000"},
		{name: "for the delivered ones only", ask: question{on: "2023-07-01", message: "zalo.uid.broadcast", audience: `{"recipients":10,"uid":true,"follows":true}`, sender: `"tool":"openapi","oaPackage":"trial"`, perRecipient: 5}.priced(`"markupPerMessage":"1"`), lines: "markup-per-message 40 × 1", total: "40 + 0 = 40"},
		{name: "for every message of a conversation", ask: template("2025-06-30", "marketing", "VN", 10, "").each(3).priced(`"markupPerMessage":"0.001"`), lines: "marketing 10 × 0.0732, markup-per-message 30 × 0.001", total: "0.762 + 0 = 0.762"},
		{name: "a monthly fee once", ask: wa(`"monthlyFee":"49.99"`).and(people("VN", 1000, `,"optedIn":true`)), total: "196.39 + 0 = 196.39"},
		{name: "the percentage is not taken of the other additions", ask: wa(`"monthlyFee":"100","markupPerMessage":"1","markupPercent":"10"`), total: "1180.52 + 0 = 1180.52", lines: "marketing 1000 × 0.0732, markup-percent 1 × 7.32, markup-per-message 1000 × 1, monthly-fee 1 × 100"},
		{name: "a tax on prices that the book has without one", ask: wa(`"taxPercent":"10"`), total: "73.2 + 7.32 = 80.52"},
		{name: "no second tax on a price that holds VAT", ask: paid.priced(`"taxPercent":"8"`), total: "100000 + 10000 = 110000"},
		{name: "no second tax on a price before VAT", ask: zns("2024-06-10", 1, 10, "").priced(`"taxPercent":"8"`), total: "2000 + 200 = 2200"},
		{name: "the additions are taxed by it", ask: wa(`"taxPercent":"10","monthlyFee":"100"`), total: "173.2 + 17.32 = 190.52"},
		{name: "zeros add no line", ask: wa(`"taxPercent":"0","monthlyFee":"0","markupPerMessage":"0","markupPercent":"0"`), lines: "marketing 1000 × 0.0732"},
		{name: "nothing is added where nothing goes out", ask: template("2026-01-01", "marketing", "US", 10, "").priced(`"monthlyFee":"100","markupPerMessage":"1"`), total: "0 + 0 = 0"},
		{name: "nothing stands in for a price that is not in the book", ask: template("2024-01-01", "marketing", "VN", 10, "").priced(`"monthlyFee":"100","convert":{"currency":"VND","rates":{"USD":"26000"}}`), total: "no price"},
		{name: "twelve decimals are exact", ask: wa(`"markupPerMessage":"0.000000000001"`), total: "73.200000001 + 0 = 73.200000001"},
	})
}

func TestConversion(t *testing.T) {
	converted := func(t *testing.T, q question) string {
		c := ask(t, q.json()).Converted
		if c == nil {
			return "none"
		}
		return c.Currency + " " + c.Net.String() + " + " + c.Tax.String() + " = " + c.Gross.String()
	}
	wa := template("2026-01-01", "marketing", "VN", 1000, "")
	for _, c := range []struct {
		name string
		ask  question
		want string
	}{
		{"dollars into dong", wa.priced(`"taxPercent":"10","convert":{"currency":"VND","rates":{"USD":"26000"}}`), "VND 1903200 + 190320 = 2093520"},
		{"dong into dollars", consult("2023-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":50}`, "", 1).priced(`"convert":{"currency":"USD","rates":{"VND":"0.00004"}}`), "USD 0.002 + 0.0002 = 0.0022"},
		{"the billing currency into itself needs no rate", wa.priced(`"convert":{"currency":"USD"}`), "USD 73.2 + 0 = 73.2"},
		{"nor takes one", wa.priced(`"convert":{"currency":"USD","rates":{"USD":"2"}}`), "USD 73.2 + 0 = 73.2"},
		{"other rates do not matter", wa.priced(`"convert":{"currency":"EUR","rates":{"USD":"0.5","VND":"3"}}`), "EUR 36.6 + 0 = 36.6"},
		{"nothing is converted without being asked", wa, "none"},
		{"nothing is converted without a price", template("2024-01-01", "marketing", "VN", 1, "").priced(`"convert":{"currency":"VND","rates":{"USD":"26000"}}`), "none"},
		{"nothing comes to zero", template("2026-01-01", "marketing", "US", 1, "").priced(`"convert":{"currency":"VND","rates":{"USD":"26000"}}`), "VND 0 + 0 = 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := converted(t, c.ask); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestBillingCurrency(t *testing.T) {
	for _, kind := range rules.MessageTypes("") {
		want := "VND"
		if kind.Channel() == rules.ChannelWhatsApp {
			want = "USD"
		}
		if got := kind.Currency(); got != want {
			t.Errorf("%s is billed in %s, want %s", kind, got, want)
		}
	}
}

// TestLinesHoldTheirAmounts checks every line of every worked example: net and
// tax make the gross, and quantity times price makes one of the two.
func TestLinesHoldTheirAmounts(t *testing.T) {
	eachExample(t, func(t *testing.T, example workedExample) { checkLines(t, ask(t, string(example.Scenario))) })
}

func checkLines(t testing.TB, q rules.Quote) {
	t.Helper()
	var sum rules.Total
	for _, l := range q.Lines {
		if !l.Net.Add(l.Tax).Equal(l.Gross) {
			t.Errorf("line %s: %s + %s is not %s", l.Code, l.Net, l.Tax, l.Gross)
		}
		amount := l.Net
		if l.TaxIncluded {
			amount = l.Gross
		}
		if !l.UnitPrice.Mul(decimal.NewFromInt(l.Quantity)).Equal(amount) {
			t.Errorf("line %s: %d × %s is not %s", l.Code, l.Quantity, l.UnitPrice, amount)
		}
		if l.TaxIncluded {
			hundred := decimal.NewFromInt(100)
			withTax := l.TaxPercent.Add(hundred)
			terminates := l.Net.Mul(withTax).Equal(l.Gross.Mul(hundred))
			if rounded := l.Gross.Mul(hundred).DivRound(withTax, 6); !terminates && !l.Net.Equal(rounded) {
				t.Errorf("line %s: without %s %% tax %s is %s, not %s", l.Code, l.TaxPercent, l.Gross, rounded, l.Net)
			}
		}
		sum.Net, sum.Tax, sum.Gross = sum.Net.Add(l.Net), sum.Tax.Add(l.Tax), sum.Gross.Add(l.Gross)
	}
	if !q.Priced {
		if q.Totals != nil || q.Converted != nil {
			t.Error("a quote without a price has a total")
		}
		return
	}
	if len(q.Totals) != 1 {
		t.Fatalf("%d totals", len(q.Totals))
	}
	if total := q.Totals[0]; !total.Net.Equal(sum.Net) || !total.Tax.Equal(sum.Tax) || !total.Gross.Equal(sum.Gross) {
		t.Errorf("the lines come to %s + %s = %s, the total says %+v", sum.Net, sum.Tax, sum.Gross, total)
	}
}
