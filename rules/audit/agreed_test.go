package audit_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

// agreed is a bill with what the provider may add, as a per cent and for each message;
// empty where nothing is.
func agreed(b audit.Bill, percent, each string) audit.Bill {
	if percent != "" {
		b.Pricing.MarkupPercent = rules.Some(dec(percent))
	}
	if each != "" {
		b.Pricing.MarkupPerMessage = rules.Some(dec(each))
	}
	return b
}

// TestWhatIsAgreedIsTheMostThatMayBeAdded: nothing of it, any part of it and all of it is
// right; what is more counts from the most, what is less from the list price.
func TestWhatIsAgreedIsTheMostThatMayBeAdded(t *testing.T) {
	for _, c := range []struct{ percent, each, billed, difference string }{
		{"8", "", "73.2", "0"}, {"8", "", "75", "0"}, {"8", "", "79.06", "0"}, {"8", "", "80", "0.944"}, {"8", "", "72", "-1.2"},
		{"", "0.005", "73.2", "0"}, {"", "0.005", "78.2", "0"}, {"", "0.005", "80.7", "2.5"},
		{"8", "0.005", "84.05", "0"}, {"8", "0.005", "85.056", "1"}, {"", "", "79.056", "5.856"},
	} {
		b := byBook(t, []sent{{"2026-09-01", rules.WhatsAppMarketing, "VN", 1000}}, rules.Sender{})
		b.Rows[0].Amount = rules.Some(dec(c.billed))
		r := audited(t, agreed(b, c.percent, c.each))
		if got := r.Sums[0]; got.Difference.String() != c.difference || !got.High.Equal(dec("73.2")) || got.Most.LessThan(got.High) {
			t.Errorf("%s %% and %s agreed, %s billed: %s, %+v", c.percent, c.each, c.billed, got.Difference, got)
		}
		sums(t, r)
	}
}

// TestCausesAreFoundBesideWhatIsAgreed, with it and without it, and a mark-up that is more
// is told as a whole.
func TestCausesAreFoundBesideWhatIsAgreed(t *testing.T) {
	factor := func(p string) decimal.Decimal { return dec(p).Shift(-2).Add(dec("1")) }
	each := func(d string, r *audit.Row) decimal.Decimal {
		return dec(d).Mul(decimal.NewFromInt(r.Messages()))
	}
	old := func(r *audit.Row) decimal.Decimal {
		m := r.Traffic[0]
		return unitUnder(t, "2026-09-30", m.Message.Type, m.Country).Mul(decimal.NewFromInt(m.Count))
	}
	market := func(r *audit.Row, a decimal.Decimal) decimal.Decimal {
		if m := r.Traffic[0]; m.Country == "SG" {
			return unitUnder(t, "2026-09-01", m.Message.Type, "KH").Mul(decimal.NewFromInt(m.Count))
		}
		return a
	}
	for _, c := range []struct {
		name, percent, each string
		sent                []sent
		change              func(i int, r *audit.Row, a decimal.Decimal) decimal.Decimal
		want                string
	}{
		{"just that", "8", "", september, func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Mul(factor("8")) }, ""},
		{"a part", "8", "", september, func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Mul(factor("3")) }, ""},
		{"as much as each adds", "", "0.005", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Add(each("0.005", r)) }, ""},
		{"more", "8", "", september, func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Mul(factor("9.3")) }, "the provider adds 9.3 %, 8 % may be added"},
		{"as much as a tax", "8", "", september, func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Mul(factor("10")) }, "the provider adds 10 %, 8 % may be added"},
		{"a discount", "8", "", september, func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Mul(factor("-2.5")) }, "the provider takes off 2.5 %"},
		{"more for each", "", "0.005", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Add(each("0.007", r)) }, "the provider adds 0.007 USD for each message, 0.005 USD may be added"},
		{"both, and more for each", "8", "0.005", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			return a.Mul(factor("8")).Add(each("0.007", r))
		}, "the provider adds 0.007 USD for each message, 0.005 USD may be added"},
		{"both, and a higher per cent", "8", "0.005", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			return a.Mul(factor("12")).Add(each("0.005", r))
		}, "the provider adds 12 %, 8 % may be added"},
		{"another market without it", "8", "", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal { return market(r, a) }, "SG at the price of the market Rest of Asia Pacific, without what may be added"},
		{"another market with it", "8", "", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			return market(r, a).Mul(factor("8"))
		}, "SG at the price of the market Rest of Asia Pacific, with what may be added"},
		{"an old card without it", "8", "", october, func(_ int, r *audit.Row, _ decimal.Decimal) decimal.Decimal { return old(r) }, "the prices of before 2026-10-01, without what may be added"},
		{"an old card with it", "8", "", october, func(_ int, r *audit.Row, _ decimal.Decimal) decimal.Decimal { return old(r).Mul(factor("8")) }, "the prices of before 2026-10-01, with what may be added"},
		{"an old card, with it in some rows", "8", "", october, func(i int, r *audit.Row, _ decimal.Decimal) decimal.Decimal {
			if i%2 > 0 {
				return old(r)
			}
			return old(r).Mul(factor("8"))
		}, "the prices of before 2026-10-01, some rows with what may be added"},
		{"an old card with an amount for each", "", "0.005", october, func(_ int, r *audit.Row, _ decimal.Decimal) decimal.Decimal { return old(r).Add(each("0.005", r)) }, "the prices of before 2026-10-01, with what may be added"},
		{"an old card where nothing is agreed", "", "", october, func(_ int, r *audit.Row, _ decimal.Decimal) decimal.Decimal { return old(r) }, "the prices of before 2026-10-01"},
		{"the free thousand, with it", "8", "", []sent{
			{"2026-10-02", rules.WhatsAppService, "VN", 700}, {"2026-10-03", rules.WhatsAppService, "VN", 900}, {"2026-10-04", rules.WhatsAppMarketing, "VN", 1000},
		}, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			if m := r.Traffic[0]; m.Message.Type == rules.WhatsAppService {
				a = unitUnder(t, "2026-10-02", rules.WhatsAppService, "VN").Mul(decimal.NewFromInt(m.Count))
			}
			return a.Mul(factor("8"))
		}, "what is free by number in a month is charged, with what may be added"},
		{"a tax on top of it", "8", "", september, func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal {
			return a.Mul(factor("8")).Mul(factor("10"))
		}, "a tax of 10 % is added, or as much by the provider, with what may be added"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := audited(t, agreed(bill(byBook(t, c.sent, rules.Sender{}), c.change), c.percent, c.each))
			sums(t, r)
			if got := causes(t, r); got != c.want {
				t.Errorf("causes %q, not %q", got, c.want)
			}
			for i := range r.Rows { // a row says of itself what the cause says of all of them
				if row := &r.Rows[i]; row.Cause >= 0 {
					said := r.Sums[0].Causes[row.Cause].Added
					free := row.Row.Amount.Or(decimal.Zero).IsZero() // to which nothing is added
					if row.Added != said && !(said == audit.AddedSome && row.Added != audit.AddedUnsaid) && !(free && row.Added == audit.AddedUnsaid) {
						t.Errorf("row %d says %q of what is added, its cause %q", row.Row.Number, row.Added, said)
					}
				} else if row.Added != audit.AddedUnsaid {
					t.Errorf("row %d says %q of what is added, without a cause", row.Row.Number, row.Added)
				}
			}
			if s := r.Sums[0]; !s.Unknown.IsZero() || s.Difference.IsZero() != (c.want == "") {
				t.Errorf("%s, of which %s is left unexplained", s.Difference, s.Unknown)
			}
		})
	}
}

// TestACauseThatIsFoundAtTheListPriceTellsTheDifferenceFromThat: who billed the old price
// and added nothing is not owed what may be added.
func TestACauseThatIsFoundAtTheListPriceTellsTheDifferenceFromThat(t *testing.T) {
	for _, factor := range []string{"1", "1.08"} {
		b := byBook(t, []sent{{"2026-09-01", rules.WhatsAppMarketing, "VN", 1000}, {"2026-09-02", rules.WhatsAppUtility, "VN", 900}}, rules.Sender{})
		b = bill(b, func(i int, _ *audit.Row, a decimal.Decimal) decimal.Decimal {
			if i == 1 {
				b.Rows[i].Traffic[0].Told = audit.ToldWindow
				return a.Mul(dec(factor))
			}
			return a
		})
		s := audited(t, agreed(b, "8", "")).Sums[0]
		want := unitUnder(t, "2026-09-02", rules.WhatsAppUtility, "VN").Mul(dec("900")).Mul(dec(factor))
		if len(s.Causes) != 1 || s.Causes[0].Code != audit.ChargedFree || !s.Difference.Sub(want).Abs().LessThan(dec("0.01")) {
			t.Errorf("%s by %+v, not %s", s.Difference, s.Causes, want)
		}
	}
}
