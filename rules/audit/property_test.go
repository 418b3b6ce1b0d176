package audit_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

var (
	types     = []rules.MessageType{rules.WhatsAppMarketing, rules.WhatsAppUtility, rules.WhatsAppAuthentication, rules.WhatsAppService}
	countries = []string{"VN", "ID", "SG", "TH", "BR", "IN", "GB", "DE", "MX", "MY", "PH", "KH"}
	someDays  = []string{"2025-08-03", "2025-11-20", "2026-02-11", "2026-05-30", "2026-09-04", "2026-09-30", "2026-10-01", "2026-11-15"}
	otherDays = slices.Concat(someDays, []string{"2024-09-15", "2025-03-01", "2021-05-05"}) // that the book has no prices of, or others
)

// traffic is what somebody sent in a month.
func traffic(r *rand.Rand) []sent {
	day := someDays[r.IntN(len(someDays))][:8]
	var list []sent
	for range 3 + r.IntN(8) {
		list = append(list, sent{day + fmt.Sprintf("%02d", 1+r.IntN(28)), types[r.IntN(len(types))], countries[r.IntN(len(countries))], 100 + r.Int64N(20_000)})
	}
	return list
}

// asPlan is what was sent as a plan.
func asPlan(t testing.TB, b *audit.Bill) rules.Plan {
	t.Helper()
	p := rules.Plan{Sender: b.Sender, Assume: b.Assume, Pricing: b.Pricing}
	for i := range b.Rows {
		one := &b.Rows[i].Traffic[0]
		g := rules.Segment{Recipients: rules.Some(one.Count), Country: one.Country}
		if one.Message.Type == rules.WhatsAppService {
			g.Recency = rules.HoursAgo(decimal.Zero)
		}
		p.Items = append(p.Items, rules.PlanItem{On: b.Rows[i].On, Message: one.Message, Audience: []rules.Segment{g}})
	}
	return p
}

// TestTheBooksSumsAreThoseOfAPlan also holds the other day against the plan under its
// rules, and says that the order of rows changes nothing but among those of a day.
func TestTheBooksSumsAreThoseOfAPlan(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	ranges, refused := 0, 0
	for range 150 {
		b := byBook(t, traffic(r), rules.Sender{})
		b.AsOf = day(t, otherDays[r.IntN(len(otherDays))])
		if r.IntN(2) == 0 {
			b.Pricing.TaxPercent = rules.Some(decimal.NewFromInt(10))
			b.Pricing.MarkupPercent = rules.Some(decimal.New(r.Int64N(200), -1))
		}
		p := asPlan(t, &b)
		now, err := rules.EvaluatePlan(p)
		if err != nil {
			t.Fatal(err)
		}
		p.Pricing.MarkupPercent = rules.Opt[decimal.Decimal]{}
		list, err := rules.EvaluatePlan(p)
		if err != nil {
			t.Fatal(err)
		}
		then, _, err := rules.EvaluatePlanUnder(p, b.AsOf)
		if err != nil {
			t.Fatal(err)
		}
		report := audited(t, b)
		for i, row := range report.Rows {
			if totals := now.Items[i].Totals; row.Book.State == audit.Priced && !row.Book.Most(b.Tax).Equal(totals[0].Gross) {
				t.Fatalf("row %d may be billed %s, the plan has %s", i, row.Book.Most(b.Tax), totals[0].Gross)
			}
			if row.Row != &b.Rows[i] && row.Row.Number != b.Rows[i].Number {
				t.Fatalf("row %d is reported as %d", b.Rows[i].Number, row.Row.Number)
			}
			for _, side := range []struct {
				price audit.Price
				item  rules.ItemQuote
			}{{row.Book, list.Items[i]}, {row.Then, then.Items[i]}} {
				if len(side.item.Totals) == 0 || side.item.Blocked > 0 {
					refused++
					if side.price.State == audit.Priced {
						t.Fatalf("row %d is priced, but %+v", i, side.item)
					}
					continue
				}
				if side.price.State != audit.Priced || !side.price.High.Equal(side.item.Totals[0].Gross) || side.price.Low.GreaterThan(side.price.High) {
					t.Fatalf("row %d is %+v, the plan has %s", i, side.price, side.item.Totals[0].Gross)
				}
				if side.price.IsRange() {
					ranges++
					if b.Rows[i].Traffic[0].Message.Type != rules.WhatsAppUtility {
						t.Fatalf("%s is a range", b.Rows[i].Traffic[0].Message.Type)
					}
				}
			}
		}
		sums(t, report)
	}
	if ranges < 50 || refused < 10 {
		t.Errorf("only %d ranges, %d without a price", ranges, refused)
	}
}

// sums holds the sums of a report against its rows.
func sums(t testing.TB, report *audit.Report) {
	t.Helper()
	for _, s := range report.Sums {
		total, explained := decimal.Zero, s.Unknown
		for i := range report.Rows {
			if r := &report.Rows[i]; r.Currency == s.Currency {
				total = total.Add(r.Difference)
				if r.Cause >= len(s.Causes) || r.Cause >= 0 && r.Difference.IsZero() {
					t.Fatalf("row %d has cause %d of %d, differs by %s", r.Row.Number, r.Cause, len(s.Causes), r.Difference)
				}
			}
		}
		for _, c := range s.Causes {
			explained = explained.Add(c.Amount)
		}
		if !total.Equal(s.Difference) || !total.Equal(explained) {
			t.Fatalf("the rows differ by %s, the sum by %s, the causes and the rest by %s", total, s.Difference, explained)
		}
	}
}

func TestTheOrderOfRowsChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		list := traffic(r)
		for i := range list { // each on a day of its own, for those of one day count as they stand
			list[i].on = list[i].on[:8] + fmt.Sprintf("%02d", i+1)
		}
		b := bill(byBook(t, list, rules.Sender{}), func(i int, _ *audit.Row, a decimal.Decimal) decimal.Decimal {
			return a.Mul(decimal.NewFromInt(int64(100 + i%3*5))).Shift(-2)
		})
		before := audited(t, b)
		order := r.Perm(len(b.Rows))
		mixed := b
		mixed.Rows = nil
		for _, i := range order {
			mixed.Rows = append(mixed.Rows, b.Rows[i])
		}
		after := audited(t, mixed)
		if got, want := causes(t, after), causes(t, before); got != want {
			t.Fatalf("%q, in another order %q", want, got)
		}
		for at, i := range order {
			if x, y := &before.Rows[i], &after.Rows[at]; !x.Difference.Equal(y.Difference) || !x.Book.High.Equal(y.Book.High) {
				t.Fatalf("row %d differs by %s, in another order by %s", i, x.Difference, y.Difference)
			}
		}
	}
}

// TestARandomBillWithOneCauseHasItNamed distorts bills of which the book's amounts are
// known, each in one way. Where that way happens to be no other than one that is looked
// for earlier the bill is left out, which must be seldom.
func TestARandomBillWithOneCauseHasItNamed(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	one := decimal.NewFromInt(1)
	wrong, tried := map[audit.Code]int{}, map[audit.Code]int{}
	for range 450 {
		list := traffic(r)
		b := byBook(t, list, rules.Sender{})
		var want audit.Code
		var change func(row *audit.Row, a decimal.Decimal) decimal.Decimal
		value := decimal.Zero
		switch r.IntN(7) {
		case 0:
			want = audit.MarkupPercent
			if value = decimal.New(11+r.Int64N(240), -1); value.Equal(decimal.NewFromInt(10)) {
				continue
			}
			change = func(_ *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Mul(one.Add(value.Shift(-2))) }
		case 1:
			want = audit.MarkupAmount
			value = decimal.New(2+r.Int64N(18), -3)
			change = func(row *audit.Row, a decimal.Decimal) decimal.Decimal {
				return a.Add(value.Mul(decimal.NewFromInt(row.Messages())))
			}
		case 2:
			want = audit.TaxAdded
			change = func(_ *audit.Row, a decimal.Decimal) decimal.Decimal { return a.Mul(one.Add(decimal.New(1, -1))) }
		case 3, 4:
			want = audit.OldCard
			q, err := rules.Evaluate(rules.Scenario{On: b.Rows[0].On, Message: b.Rows[0].Traffic[0].Message, Audience: []rules.Segment{{Recipients: rules.Some[int64](1), Country: "VN", Recency: rules.HoursAgo(decimal.Zero)}}})
			if err != nil {
				t.Fatal(err)
			}
			before := q.Tariff.AddDays(-1)
			if before < 20250701 || slices.ContainsFunc(list, func(s sent) bool { return s.country == "SG" }) {
				continue // Singapore's old price was that of another market
			}
			change = func(row *audit.Row, a decimal.Decimal) decimal.Decimal {
				m := &row.Traffic[0]
				rate, known := rules.ListRate(m.Message.Type, m.Country, before)
				if !known {
					return a
				}
				return rate.Mul(decimal.NewFromInt(m.Count))
			}
		case 5:
			// All people of one country at the price of a market that another one is in.
			want = audit.OtherMarket
			from, to := list[0].country, countries[r.IntN(len(countries))]
			if slices.ContainsFunc(list, func(s sent) bool { return s.country == from && s.kind == rules.WhatsAppService }) {
				continue // what is free by number does not follow from the price
			}
			change = func(row *audit.Row, a decimal.Decimal) decimal.Decimal {
				m := &row.Traffic[0]
				if m.Country != from {
					return a
				}
				rate, known := rules.ListRate(m.Message.Type, to, row.On)
				if !known {
					return a
				}
				return rate.Mul(decimal.NewFromInt(m.Count))
			}
		case 6:
			want = audit.FreeEntry
			change = func(row *audit.Row, a decimal.Decimal) decimal.Decimal {
				if row.Traffic[0].Message.Type != rules.WhatsAppMarketing {
					return a
				}
				return decimal.Zero
			}
		}
		different, units := 0, map[string]bool{}
		b = bill(b, func(_ int, row *audit.Row, a decimal.Decimal) decimal.Decimal {
			c := change(row, a)
			if !c.Equal(a) {
				different++
				units[a.Div(decimal.NewFromInt(row.Messages())).String()] = true
			}
			return c
		})
		report := audited(t, b)
		sums(t, report)
		// One price alone does not tell a per cent from an amount.
		if different < 2 || len(units) < 2 && (want == audit.MarkupPercent || want == audit.MarkupAmount) {
			continue
		}
		tried[want]++
		s := report.Sums[0]
		if s.Cause < 0 || len(s.Causes) != 1 || s.Causes[s.Cause].Code != want ||
			want == audit.MarkupPercent && !s.Causes[s.Cause].Percent.Equal(value) {
			wrong[want]++
			t.Logf("%s %s: %q, %s unknown", want, value, causes(t, report), s.Unknown)
			for i := range report.Rows {
				x := &report.Rows[i]
				a, _ := x.Row.Amount.Get()
				t.Logf("   %s %v %s %s", x.Row.On, x.Row.Traffic[0], a, x.Book.High)
			}
		}
	}
	for code, n := range tried {
		if n < 10 {
			t.Errorf("%s was tried only %d times", code, n)
		}
		if wrong[code]*50 > n {
			t.Errorf("%s was not named in %d of %d bills", code, wrong[code], n)
		}
	}
}
