package audit_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

// flatBill bills what was sent at one price for each message, rounded to so many decimals.
func flatBill(t testing.TB, list []sent, price string, places int32) audit.Bill {
	b := bill(byBook(t, list, rules.Sender{}), func(_ int, r *audit.Row, _ decimal.Decimal) decimal.Decimal {
		return dec(price).Mul(decimal.NewFromInt(r.Messages())).Round(places)
	})
	b.Decimals = map[string]int32{"USD": places}
	return b
}

// flatSent are messages of several prices.
var flatSent = []sent{
	{"2026-09-01", rules.WhatsAppMarketing, "VN", 1240}, {"2026-09-02", rules.WhatsAppMarketing, "ID", 333}, {"2026-09-03", rules.WhatsAppAuthentication, "VN", 777},
}

// TestAPriceThatIsTheSameForAllIsTold, as far as amounts are rounded, and none else.
func TestAPriceThatIsTheSameForAllIsTold(t *testing.T) {
	vn := unitUnder(t, "2026-09-01", rules.WhatsAppMarketing, "VN")
	for _, c := range []struct {
		name string
		bill audit.Bill
		want string // empty: none
	}{
		{"to the cent", flatBill(t, flatSent, "0.1", 2), "0.1"},
		{"of three decimals", flatBill(t, flatSent, "0.125", 2), "0.125"},
		{"to the dollar", flatBill(t, flatSent, "0.1", 0), "0.1"},
		{"one row is a cent and a half off", bill(flatBill(t, flatSent, "0.1", 2), func(i int, _ *audit.Row, a decimal.Decimal) decimal.Decimal {
			return a.Add(map[int]decimal.Decimal{1: dec("0.015")}[i])
		}), ""},
		{"two rows", flatBill(t, flatSent[:2], "0.1", 2), ""},
		{"one price in the book", flatBill(t, []sent{flatSent[0], flatSent[0], flatSent[0]}, "0.1", 2), ""},
		{"the book's own price of a row, so that another market may be meant", flatBill(t, flatSent, vn.String(), 2), ""},
		{"by the book", byBook(t, flatSent, rules.Sender{}), ""},
		{"with a mark-up", bill(byBook(t, flatSent, rules.Sender{}), func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Mul(dec("1.1")) }), ""},
		{"free", flatBill(t, flatSent, "0", 2), ""},
	} {
		got := ""
		if price, known := audited(t, c.bill).Sums[0].Flat.Get(); known {
			got = price.String()
		}
		if got != c.want {
			t.Errorf("%s: each message costs %q, not %q", c.name, got, c.want)
		}
	}
	// A fee is about no message.
	b := flatBill(t, flatSent, "0.1", 2)
	b.Rows = append(b.Rows, audit.Row{Number: 9, Rows: 1, On: b.Rows[0].On, Amount: rules.Some(dec("49")), Currency: "USD"})
	if price, known := audited(t, b).Sums[0].Flat.Get(); !known || !price.Equal(dec("0.1")) {
		t.Errorf("beside a fee each message costs %s", price)
	}
}

// TestNothingIsNamedByChanceWhereEveryMessageCostsTheSame: no other market and no mark-up, if who asks tells of that; the codes
// of the causes are as before where it does not.
func TestNothingIsNamedByChanceWhereEveryMessageCostsTheSame(t *testing.T) {
	price := unitUnder(t, "2026-09-01", rules.WhatsAppMarketing, "FR").Mul(dec("1.15"))
	for _, told := range []bool{false, true} {
		b := agreed(flatBill(t, flatSent, price.String(), 4), "15", "")
		b.FlatTold = told
		r := audited(t, b)
		if !r.Sums[0].Flat.Known() {
			t.Error("no flat price")
		}
		if named := strings.Contains(causes(t, r), "at the price of the market"); named == told {
			t.Errorf("it is told: %v, and the causes are %s", told, causes(t, r))
		}
		sums(t, r)
		b = flatBill(t, []sent{{"2026-09-01", rules.WhatsAppMarketing, "VN", 1000}, {"2026-09-02", rules.WhatsAppMarketing, "ID", 3000}, {"2026-09-03", rules.WhatsAppAuthentication, "VN", 2000}}, "0.1", 0)
		b.FlatTold = told
		r = audited(t, b)
		if named := strings.Contains(causes(t, r), "the provider adds"); named == told || told && !r.Sums[0].Unknown.Equal(r.Sums[0].Difference) {
			t.Errorf("it is told: %v, and the causes are %s", told, causes(t, r))
		}
	}
}
