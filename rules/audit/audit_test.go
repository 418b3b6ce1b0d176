package audit_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

func day(t testing.TB, text string) rules.Date {
	t.Helper()
	d, err := rules.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// A sent row is what was sent, before anybody billed it.
type sent struct {
	on      string
	kind    rules.MessageType
	country string
	count   int64
}

// september is a month of a shop that writes to several countries.
var september = []sent{
	{"2026-09-01", rules.WhatsAppMarketing, "VN", 12400},
	{"2026-09-02", rules.WhatsAppMarketing, "ID", 3000},
	{"2026-09-03", rules.WhatsAppMarketing, "BR", 1280},
	{"2026-09-04", rules.WhatsAppAuthentication, "VN", 14500},
	{"2026-09-05", rules.WhatsAppAuthentication, "SG", 1600},
	{"2026-09-06", rules.WhatsAppAuthentication, "US", 2200},
	{"2026-09-07", rules.WhatsAppMarketing, "SG", 700},
	{"2026-09-08", rules.WhatsAppMarketing, "TH", 900},
	{"2026-09-09", rules.WhatsAppService, "VN", 6000},
	{"2026-09-10", rules.WhatsAppAuthentication, "BR", 2000},
}

// october is the same in another month.
var october = func() (list []sent) {
	for _, s := range september {
		s.on = strings.Replace(s.on, "-09-", "-10-", 1)
		list = append(list, s)
	}
	return list
}()

// byBook bills what was sent by the book, in one plan of the month.
func byBook(t testing.TB, list []sent, sender rules.Sender) audit.Bill {
	t.Helper()
	b := audit.Bill{Decimals: map[string]int32{}}
	b.Sender.Sender = sender
	p := rules.Plan{}
	p.Sender.Sender = sender
	for i, s := range list {
		g := rules.Segment{Recipients: rules.Some(s.count), Country: s.country}
		if s.kind == rules.WhatsAppService {
			g.Recency = rules.HoursAgo(decimal.Zero)
		}
		m := rules.Message{Type: s.kind}
		if s.kind == rules.ZNS {
			m.Tag, m.Template.Kind = rules.Some[int64](1), "custom"
		}
		p.Items = append(p.Items, rules.PlanItem{On: day(t, s.on), Message: m, Audience: []rules.Segment{g}})
		b.Rows = append(b.Rows, audit.Row{Number: int32(i + 2), Rows: 1, On: day(t, s.on), Traffic: []audit.Traffic{{Message: m, Country: s.country, Count: s.count}}})
	}
	q, err := rules.EvaluatePlan(p)
	if err != nil {
		t.Fatal(err)
	}
	for i := range b.Rows {
		if len(q.Items[i].Totals) != 1 {
			t.Fatalf("row %d has no price", i)
		}
		total := q.Items[i].Totals[0]
		b.Rows[i].Amount, b.Rows[i].Currency = rules.Some(total.Gross.RoundBank(4)), total.Currency
		b.Decimals[total.Currency] = 4
	}
	return b
}

// bill changes the amount of each row.
func bill(b audit.Bill, change func(i int, r *audit.Row, amount decimal.Decimal) decimal.Decimal) audit.Bill {
	for i := range b.Rows {
		r := &b.Rows[i]
		amount, _ := r.Amount.Get()
		r.Amount = rules.Some(change(i, r, amount).Round(4))
	}
	return b
}

func audited(t testing.TB, b audit.Bill) *audit.Report {
	t.Helper()
	r, err := audit.Audit(&b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// causes are those of the only currency: code and what it is about.
func causes(t testing.TB, r *audit.Report) string {
	t.Helper()
	if len(r.Sums) != 1 {
		t.Fatalf("%d currencies", len(r.Sums))
	}
	var list []string
	for _, c := range r.Sums[0].Causes {
		list = append(list, c.Words(r.Sums[0].Currency))
	}
	return strings.Join(list, "; ")
}

// named is the cause that explains the whole.
func named(t testing.TB, r *audit.Report) string {
	t.Helper()
	s := r.Sums[0]
	if s.Cause < 0 {
		return ""
	}
	return s.Causes[s.Cause].Words(s.Currency)
}

func TestABillByTheBookIsRight(t *testing.T) {
	r := audited(t, byBook(t, september, rules.Sender{}))
	if s := r.Sums[0]; s.Rows != int64(len(september)) || s.Right != s.Rows || len(s.Causes) != 0 || s.Cause != -1 || !s.Difference.IsZero() || !s.Unknown.IsZero() {
		t.Errorf("%+v", s)
	}
}

func unitUnder(t testing.TB, on string, kind rules.MessageType, country string) decimal.Decimal {
	t.Helper()
	rate, ok := rules.ListRate(kind, country, day(t, on))
	if !ok {
		t.Fatalf("no rate of %s to %s on %s", kind, country, on)
	}
	return rate
}

func TestTheCauseOfADifferenceIsNamedAndNoOther(t *testing.T) {
	percent := func(p string) func(int, *audit.Row, decimal.Decimal) decimal.Decimal {
		return func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal {
			return a.Mul(dec(p).Shift(-2).Add(dec("1")))
		}
	}
	for _, c := range []struct {
		name, want string
		sent       []sent
		change     func(i int, r *audit.Row, amount decimal.Decimal) decimal.Decimal
	}{
		{"a steady per cent", "the provider adds 8 %", september, percent("8")},
		{"a steady part of a per cent", "the provider adds 3.5 %", september, percent("3.5")},
		{"a discount", "the provider takes off 2.5 %", september, percent("-2.5")},
		{"a steady amount", "the provider adds 0.004 USD for each message", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			return a.Add(dec("0.004").Mul(decimal.NewFromInt(r.Messages())))
		}},
		{"the fee of a provider that the book knows", "the provider adds 0.005 USD for each message, as Twilio does", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			return a.Add(dec("0.005").Mul(decimal.NewFromInt(r.Messages())))
		}},
		{"a steady amount for what is charged", "the provider adds 0.004 USD for each message that is charged", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			if a.IsZero() {
				return a
			}
			return a.Add(dec("0.004").Mul(decimal.NewFromInt(r.Messages())))
		}},
		{"a per cent on one type", "the provider adds 7 %, on whatsapp.marketing", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			if r.Traffic[0].Message.Type != rules.WhatsAppMarketing {
				return a
			}
			return a.Mul(dec("1.07"))
		}},
		{"the tax", "a tax of 10 % is added, or as much by the provider", september, percent("10")},
		{"the card of before October", "the prices of before 2026-10-01", october, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			m := r.Traffic[0]
			return unitUnder(t, "2026-09-30", m.Message.Type, m.Country).Mul(decimal.NewFromInt(m.Count))
		}},
		{"the card of before January, of one country", "the prices of before 2026-01-01 to US", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			m := r.Traffic[0]
			if m.Country != "US" {
				return a
			}
			return unitUnder(t, "2025-12-31", m.Message.Type, m.Country).Mul(decimal.NewFromInt(m.Count))
		}},
		{"another market", "SG at the price of the market Rest of Asia Pacific", september, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			t := r.Traffic[0]
			if t.Country != "SG" {
				return a
			}
			rate, ok := rules.ListRate(t.Message.Type, "KH", r.On)
			if !ok {
				panic("no rate")
			}
			return rate.Mul(decimal.NewFromInt(t.Count))
		}},
		{"free at an entry point", "not charged, as at a free entry point", september, func(i int, _ *audit.Row, a decimal.Decimal) decimal.Decimal {
			if i == 1 {
				return decimal.Zero
			}
			return a
		}},
		{"not charged inside the window", "not charged, as inside the window when that was free", []sent{
			{"2026-10-02", rules.WhatsAppUtility, "VN", 900}, {"2026-10-03", rules.WhatsAppMarketing, "VN", 200},
		}, func(i int, _ *audit.Row, a decimal.Decimal) decimal.Decimal {
			if i == 0 {
				return decimal.Zero
			}
			return a
		}},
		{"volume tiers that were not given", "whatsapp.authentication to VN at the list price, without the volume tiers", []sent{
			{"2026-09-01", rules.WhatsAppAuthentication, "VN", 900000}, {"2026-09-02", rules.WhatsAppAuthentication, "VN", 900000},
			{"2026-09-03", rules.WhatsAppMarketing, "VN", 1000}, {"2026-09-04", rules.WhatsAppAuthentication, "VN", 5000000},
		}, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			if r.Traffic[0].Message.Type != rules.WhatsAppAuthentication {
				return a
			}
			return unitUnder(t, "2026-09-01", rules.WhatsAppAuthentication, "VN").Mul(decimal.NewFromInt(r.Traffic[0].Count))
		}},
		{"a volume tier that other accounts have reached", "whatsapp.authentication to VN at the price of the volume tier from message 1000001 on", []sent{
			{"2026-09-01", rules.WhatsAppAuthentication, "VN", 90000}, {"2026-09-02", rules.WhatsAppAuthentication, "VN", 40000}, {"2026-09-03", rules.WhatsAppMarketing, "VN", 1000},
		}, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			if r.Traffic[0].Message.Type != rules.WhatsAppAuthentication {
				return a
			}
			s := rules.Scenario{On: r.On, Message: r.Traffic[0].Message, Audience: []rules.Segment{{Recipients: rules.Some(r.Traffic[0].Count), Country: "VN"}}}
			s.Sender.ChargedThisMonth = 1_000_000
			q, err := rules.Evaluate(s)
			if err != nil {
				t.Fatal(err)
			}
			return q.Totals[0].Gross
		}},
		{"the free thousand that was not given", "what is free by number in a month is charged", []sent{
			{"2026-10-02", rules.WhatsAppService, "VN", 700}, {"2026-10-03", rules.WhatsAppService, "VN", 900}, {"2026-10-04", rules.WhatsAppMarketing, "VN", 1000},
		}, func(_ int, r *audit.Row, a decimal.Decimal) decimal.Decimal {
			if r.Traffic[0].Message.Type != rules.WhatsAppService {
				return a
			}
			return unitUnder(t, "2026-10-02", rules.WhatsAppService, "VN").Mul(decimal.NewFromInt(r.Traffic[0].Count))
		}},
		{"the tax of Zalo left out", "the tax of 10 % is left out", []sent{
			{"2026-10-02", rules.ZNS, "", 700}, {"2026-10-03", rules.ZNS, "", 900},
		}, func(_ int, r *audit.Row, _ decimal.Decimal) decimal.Decimal {
			return dec("300").Mul(decimal.NewFromInt(r.Traffic[0].Count))
		}},
		{"the reduced tax, which some take to hold", "with zalo.zns.vat read as 8, on zalo.zns", []sent{
			{"2026-10-02", rules.ZNS, "", 700}, {"2026-10-03", rules.ZNS, "", 900},
		}, func(_ int, r *audit.Row, _ decimal.Decimal) decimal.Decimal {
			return dec("324").Mul(decimal.NewFromInt(r.Traffic[0].Count))
		}},
		{"the public list, which has the prices of before March", "with zalo.zbs.price-list read as public-list, on zalo.zns", []sent{
			{"2026-04-02", rules.ZNS, "", 700}, {"2026-04-03", rules.ZNS, "", 900},
		}, func(_ int, r *audit.Row, _ decimal.Decimal) decimal.Decimal {
			return dec("220").Mul(decimal.NewFromInt(r.Traffic[0].Count))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := audited(t, bill(byBook(t, c.sent, rules.Sender{}), c.change))
			if got := causes(t, r); got != c.want {
				t.Errorf("causes %q, not %q", got, c.want)
			}
			if got := named(t, r); got != c.want {
				t.Errorf("named %q, not %q", got, c.want)
			}
			if s := r.Sums[0]; !s.Unknown.IsZero() {
				t.Errorf("%s is left unexplained", s.Unknown)
			}
		})
	}
}

func TestWhatNothingExplainsIsLeftOpen(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	report := audited(t, bill(byBook(t, september, rules.Sender{}), func(_ int, _ *audit.Row, a decimal.Decimal) decimal.Decimal {
		return a.Mul(decimal.New(int64(1013+r.IntN(3000)), -3))
	}))
	if s := report.Sums[0]; s.Cause != -1 || s.Unknown.IsZero() {
		t.Errorf("%q explains what is mere chance; %s is open", causes(t, report), s.Unknown)
	}
}

func ExampleAudit() {
	b := audit.Bill{Rows: []audit.Row{
		{On: 20260901, Traffic: []audit.Traffic{{Message: rules.Message{Type: rules.WhatsAppMarketing}, Country: "VN", Count: 1000}}, Amount: rules.Some(decimal.RequireFromString("79.06"))},
		{On: 20260902, Traffic: []audit.Traffic{{Message: rules.Message{Type: rules.WhatsAppMarketing}, Country: "ID", Count: 2000}}, Amount: rules.Some(decimal.RequireFromString("88.78"))},
	}}
	r, err := audit.Audit(&b)
	if err != nil {
		panic(err)
	}
	s := r.Sums[0]
	fmt.Println(s.Billed, s.High, s.Difference, s.Currency, "-", s.Causes[s.Cause].Words(s.Currency))
	// Output: 167.84 155.4 12.44 USD - the provider adds 8 %
}
