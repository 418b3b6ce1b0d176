package rules_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A second, slow way to answer a plan. It looks at each day of the calendar, and asks
// [rules.Evaluate] for one segment of one occurrence at a time, with the counters of
// the sender set to what went before. It shares with the first one nothing but that.

// A slowPart is a sum of occurrences, or one of them.
type slowPart struct {
	verdicts []rules.Verdict
	unpriced bool
	counts   [6]int64 // requested, deliverable, blocked, undelivered, free, charged
	money    map[string][2]decimal.Decimal
}

func (p *slowPart) add(q slowPart) {
	p.verdicts = append(p.verdicts, q.verdicts...)
	p.unpriced = p.unpriced || q.unpriced
	for i, n := range q.counts {
		p.counts[i] += n
	}
	for currency, m := range q.money {
		p.pay(currency, m[0], m[1])
	}
}

func (p *slowPart) pay(currency string, net, tax decimal.Decimal) {
	if p.money == nil {
		p.money = map[string][2]decimal.Decimal{}
	}
	m := p.money[currency]
	p.money[currency] = [2]decimal.Decimal{m[0].Add(net), m[1].Add(tax)}
}

// verdict joins verdicts as a quote joins those of its segments.
func (p *slowPart) verdict() rules.Verdict {
	switch {
	case !slices.ContainsFunc(p.verdicts, func(v rules.Verdict) bool { return v != p.verdicts[0] }):
		return p.verdicts[0]
	case slices.Contains(p.verdicts, rules.Depends):
		return rules.Depends
	}
	return rules.Partial
}

// totals are the sums by currency, in words; none where something has no price.
func (p *slowPart) totals() string {
	if p.unpriced {
		return "no totals"
	}
	var list []string
	for currency, m := range p.money {
		list = append(list, strings.Replace(currency, "VND", "", 1)+" "+m[0].String()+"+"+m[1].String())
	}
	sort.Strings(list)
	return strings.Join(list, ", ")
}

func totalsInWords(list []rules.Total) string {
	if list == nil {
		return "no totals"
	}
	var words []string
	for _, t := range list {
		if !t.Gross.Equal(t.Net.Add(t.Tax)) {
			words = append(words, "wrong gross "+t.Gross.String())
		}
		words = append(words, strings.Replace(t.Currency, "VND", "", 1)+" "+t.Net.String()+"+"+t.Tax.String())
	}
	return strings.Join(words, ", ")
}

// A slowMonth is what has been used up in a month, and what is paid in it once.
type slowMonth struct {
	slowPart
	name    string
	first   string
	lines   []string
	fees    map[string]decimal.Decimal // gross
	sends   bool
	counter map[string]int64
}

// civil is a day in the calendar of package time.
func civil(d rules.Date) time.Time {
	year, month, day := d.Split()
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// isSentOn reports whether an item is sent on a day.
func isSentOn(i *rules.PlanItem, day time.Time) bool {
	first, last := civil(i.On), civil(i.On)
	if i.Every != "" {
		last = civil(i.Until)
	}
	if day.Before(first) || day.After(last) {
		return false
	}
	switch i.Every {
	case rules.EveryWeek:
		return int(day.Sub(first).Hours())/24%7 == 0
	case rules.EveryMonth:
		ends := day.AddDate(0, 0, 1).Day() == 1
		return day.Day() == first.Day() || ends && day.Day() < first.Day()
	default:
		return true
	}
}

// slowly answers a plan in words: what [inWords] says of a quote.
func slowly(t *testing.T, p rules.Plan) []string {
	t.Helper()
	var said []string
	currencyOf := func(item int) string {
		s := rules.Scenario{Message: p.Items[item].Message, Sender: p.Sender.Sender}
		return s.Currency()
	}
	mine := p.Pricing.Currency
	if mine == "" {
		mine = currencyOf(0)
	}
	amount := func(o rules.Opt[decimal.Decimal]) decimal.Decimal { return o.Or(decimal.Zero) }
	tax := amount(p.Pricing.TaxPercent)
	zalo := false
	from, to := civil(p.Items[0].On), civil(p.Items[0].On)
	for i := range p.Items {
		item := &p.Items[i]
		zalo = zalo || strings.HasPrefix(string(item.Message.Type), "zalo.")
		for _, d := range []rules.Date{item.On, item.Until} {
			if d != 0 && civil(d).Before(from) {
				from = civil(d)
			}
			if d != 0 && civil(d).After(to) {
				to = civil(d)
			}
		}
	}

	items := make([]slowPart, len(p.Items))
	checks := make([]map[string]string, len(p.Items)) // outcome and day by code
	spans := make([][]string, len(p.Items))
	wentOut := map[string]int64{} // by item, month and segment
	var months []*slowMonth
	type paid struct {
		on    string
		month int
		part  slowPart
	}
	var payments []paid
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		on, err := rules.ParseDate(day.Format(time.DateOnly))
		if err != nil {
			t.Fatal(err)
		}
		var zns, last int64 = 0, -1
		for i := range p.Items {
			item := &p.Items[i]
			if !isSentOn(item, day) {
				continue
			}
			if name := day.Format("2006-01"); len(months) == 0 || months[len(months)-1].name != name {
				months = append(months, &slowMonth{name: name, first: on.String(), counter: map[string]int64{}, fees: map[string]decimal.Decimal{}})
			}
			m := months[len(months)-1]
			firstMonth := len(months) == 1
			var occurrence slowPart
			outcomes := map[string]rules.Outcome{}
			var order []string
			bundled := int64(0)
			for k, g := range item.Audience {
				s := rules.Scenario{On: on, At: item.At, Message: item.Message, PerRecipient: item.PerRecipient, Sender: p.Sender.Sender, Assume: p.Assume}
				if item.Tool != "" {
					s.Sender.Tool = item.Tool
				}
				if item.APIVersion != "" {
					s.Sender.APIVersion = item.APIVersion
				}
				s.Sender.IncludePackageFee = false
				if !firstMonth {
					s.Sender.IncludedMessages = p.Sender.IncludedPerMonth.Or(s.Sender.IncludedMessages)
					s.Sender.PromotionSent, s.Sender.ChargedThisMonth, s.Sender.FreeServiceUsed, s.Sender.FirstPromotionMonth = 0, 0, 0, false
					if s.Sender.FreeConversationsUsed.Known() {
						s.Sender.FreeConversationsUsed = rules.Some[int64](0)
					}
				}
				counted := func(given, used int64) int64 { return min(rules.MaxCount, given+used) }
				s.Sender.IncludedMessages = max(0, s.Sender.IncludedMessages-m.counter["included"])
				s.Sender.PromotionSent = counted(s.Sender.PromotionSent, m.counter["promotion"])
				s.Sender.FreeServiceUsed = counted(s.Sender.FreeServiceUsed, m.counter["service"])
				if n, known := s.Sender.FreeConversationsUsed.Get(); known {
					s.Sender.FreeConversationsUsed = rules.Some(counted(n, m.counter["conversations"]))
				}
				market := string(item.Message.Type) + rules.Market(g.Country, on)
				s.Sender.ChargedThisMonth = counted(s.Sender.ChargedThisMonth, m.counter[market])
				if item.On.Month() != on.Month() {
					g.ReceivedThisMonth, g.FreeUsed = 0, 0
				}
				out := fmt.Sprint(i, m.name, k)
				if item.SamePeople {
					people := g.Recipients.Or(0)
					g.ReceivedThisMonth = counted(g.ReceivedThisMonth, (wentOut[out]+people-1)/people)
				}
				s.Audience = []rules.Segment{g}
				s.Pricing = rules.Pricing{MarkupPercent: p.Pricing.MarkupPercent, TaxPercent: p.Pricing.TaxPercent, MarkupOnFree: p.Pricing.MarkupOnFree}
				carries := currencyOf(i) == mine && p.Pricing.MarkupPerMessage.Known()
				if currencyOf(i) == mine {
					s.Pricing.MarkupPerMessage, s.Pricing.FallbackPerMessage = p.Pricing.MarkupPerMessage, p.Pricing.FallbackPerMessage
				}
				if carries {
					s.Pricing.Bundle.Messages = max(0, p.Pricing.Bundle.Messages-m.counter["bundle"]-bundled)
				}
				q, err := rules.Evaluate(s)
				if err != nil {
					t.Fatal(err)
				}

				wentOut[out] += q.Deliverable
				delivered := q.Deliverable - q.Undelivered
				hours, told := g.Recency.Hours()
				switch kind := item.Message.Type; {
				case kind == rules.ZaloConsultation && !(told && hours.LessThanOrEqual(decimal.NewFromInt(48))):
					m.counter["included"] += q.Free
				case kind == rules.ZNS && item.Message.Tag.Or(0) == 3:
					m.counter["promotion"] += q.Deliverable
				case kind == rules.WhatsAppService && on >= 20261001 && !g.FreeEntryPoint && !s.Sender.Exempt:
					m.counter["service"] += q.Free
				case kind.Channel() == rules.ChannelWhatsApp && on < 20241101 && on >= 20220201 && !g.FreeEntryPoint && q.Deliverable > 0 && delivered > 0 && (kind == rules.WhatsAppService || on < 20230601):
					talks := g.DeliveredPercent.Or(decimal.NewFromInt(100)).Mul(decimal.NewFromInt(g.Recipients.Or(0))).Shift(-2).Round(0).IntPart()
					m.counter["conversations"] += talks - q.Charged
				case (kind == rules.WhatsAppUtility || kind == rules.WhatsAppAuthentication) && on >= 20250701:
					m.counter[market] += q.Charged
				}
				if carries {
					marked := delivered
					if !p.Pricing.MarkupOnFree.Or(true) {
						marked = q.Charged
					}
					bundled += min(marked, s.Pricing.Bundle.Messages)
				}
				part := slowPart{verdicts: []rules.Verdict{q.Verdict}, unpriced: !q.Priced, counts: [6]int64{q.Requested, q.Deliverable, q.Blocked, q.Undelivered, q.Free, q.Charged}}
				if q.Priced {
					part.pay(q.Totals[0].Currency, q.Totals[0].Net, q.Totals[0].Tax)
				}
				occurrence.add(part)
				for _, c := range q.Segments[0].Checks {
					before, known := outcomes[c.Code]
					if !known {
						order = append(order, c.Code)
					}
					if !known || c.Outcome == rules.Fail || c.Outcome == rules.Unknown && before == rules.Pass {
						outcomes[c.Code] = c.Outcome
					}
				}
			}
			if !occurrence.unpriced {
				m.counter["bundle"] += bundled
			}
			if checks[i] == nil {
				checks[i] = map[string]string{}
			}
			for _, code := range order {
				worst := func(outcome string) int { return slices.Index([]string{"", "pass", "unknown", "fail"}, outcome) }
				before, _, _ := strings.Cut(checks[i][code], " ")
				if worst(string(outcomes[code])) > worst(before) {
					checks[i][code] = string(outcomes[code]) + " " + on.String()
				}
			}
			over := int64(0)
			if item.Message.Type == rules.ZNS {
				quota, known := p.Sender.DailyQuota.Get()
				if old, given := p.Sender.OldDailyQuota.Get(); given {
					quota, known = map[int64]int64{500: 5000, 8000: 10_000, 16_000: 20_000, 1_024_000: 500_000}[old], true
				}
				if zns += occurrence.counts[1]; known {
					over = max(0, zns-quota)
					if last >= 0 {
						said[last] = said[last][:strings.LastIndex(said[last], " over ")] + " over 0"
					}
				}
				last = int64(len(said))
			}
			v := occurrence.verdict()
			said = append(said, fmt.Sprint("day ", on, " ", i, " ", v, " ", occurrence.counts[1], " ", occurrence.totals(), " over ", over))
			occurrence.verdicts = []rules.Verdict{v}
			items[i].add(occurrence)
			spans[i] = append(spans[i], on.String())
			m.add(occurrence)
			m.sends = m.sends || occurrence.counts[1] > 0
			payments = append(payments, paid{on.String(), len(months) - 1, occurrence})
		}
	}

	var whole slowPart
	for _, m := range months {
		fee := func(currency, code string, net, tax decimal.Decimal) {
			if !net.IsZero() {
				m.pay(currency, net, tax)
				m.lines = append(m.lines, fmt.Sprint(currency, " ", code, " ", net, "+", tax))
				m.fees[currency] = m.fees[currency].Add(net).Add(tax)
			}
		}
		if m.sends {
			if p.Sender.IncludePackageFee && zalo {
				// What the fee of the month is, a scenario tells that sends one message.
				on, _ := rules.ParseDate(m.first)
				one := rules.Scenario{
					On: on, Message: rules.Message{Type: rules.ZNS, Tag: rules.Some[int64](1), Template: rules.Template{Kind: rules.TemplateCustom, Price: rules.Some(decimal.Zero)}},
					Audience: []rules.Segment{{Recipients: rules.Some[int64](1)}}, Sender: rules.Sender{OAPackage: p.Sender.OAPackage, IncludePackageFee: true},
				}
				if p.Sender.OAPackage == rules.PackageBasic {
					one.Sender.IncludePackageFee = false // it is free, and ZNS are not for it
				}
				q, err := rules.Evaluate(one)
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range q.Lines {
					if l.Code == "package-fee" {
						fee("VND", l.Code, l.Net, l.Tax)
					}
				}
			}
			taxed := func(code string, net decimal.Decimal) { fee(mine, code, net, net.Mul(tax).Shift(-2)) }
			taxed("incoming", amount(p.Pricing.Incoming.PerMessage).Mul(decimal.NewFromInt(p.Pricing.Incoming.Messages)))
			taxed("bundle", amount(p.Pricing.Bundle.Fee))
			taxed("monthly-fee", amount(p.Pricing.MonthlyFee))
		}
		whole.add(slowPart{unpriced: m.unpriced, money: m.money})
		said = append(said, fmt.Sprint("month ", m.name, " ", m.totals(), " ", m.lines))
	}
	for i := range items {
		var list []string
		for code, outcome := range checks[i] {
			list = append(list, code+" "+outcome)
		}
		sort.Strings(list)
		v := items[i].verdict()
		whole.verdicts = append(whole.verdicts, v)
		for k, n := range items[i].counts {
			whole.counts[k] += n
		}
		said = append(said, fmt.Sprint("item ", i, " ", len(spans[i]), " ", spans[i][0], " ", spans[i][len(spans[i])-1], " ", v, " ", items[i].counts, " ", items[i].totals(), " ", list))
	}
	said = append(said, fmt.Sprint("plan ", whole.verdict(), " ", whole.counts, " ", whole.totals()))
	if whole.unpriced {
		return said
	}
	if c, asked := p.Pricing.Convert.Get(); asked {
		var sum slowPart
		all := true
		for currency, m := range whole.money {
			rate, known := c.Rates[currency]
			if currency == c.Currency {
				rate, known = decimal.NewFromInt(1), true
			}
			all = all && known
			sum.pay(c.Currency, m[0].Mul(rate), m[1].Mul(rate))
		}
		if all {
			said = append(said, "converted "+sum.totals())
		}
	}
	for _, currency := range []string{"EUR", "USD", "VND"} {
		left, given := p.Balance[currency]
		if !given {
			continue
		}
		out, month := "", -1
		for _, payment := range payments {
			if out == "" && payment.month != month {
				month = payment.month
				if due := months[month].fees[currency]; due.GreaterThan(left) {
					out = payment.on
				} else {
					left = left.Sub(due)
				}
			}
			if due := payment.part.money[currency]; out == "" && due[0].Add(due[1]).GreaterThan(left) {
				out = payment.on
			} else if out == "" {
				left = left.Sub(due[0]).Sub(due[1])
			}
		}
		said = append(said, fmt.Sprint("balance ", currency, " ", left, " ", out))
	}
	return said
}

// inWords says of a quote what [slowly] says of a plan.
func inWords(q rules.PlanQuote) []string {
	var said []string
	for _, d := range q.Days {
		said = append(said, fmt.Sprint("day ", d.On, " ", d.Item, " ", d.Verdict, " ", d.Deliverable, " ", totalsInWords(d.Totals), " over ", d.OverQuota))
	}
	for _, m := range q.Months {
		var lines []string
		for _, l := range m.Lines {
			lines = append(lines, fmt.Sprint(l.Currency, " ", l.Code, " ", l.Net, "+", l.Tax))
		}
		said = append(said, fmt.Sprint("month ", m.Month, " ", totalsInWords(m.Totals), " ", lines))
	}
	for i, item := range q.Items {
		var list []string
		for _, c := range item.Checks {
			list = append(list, c.Code+" "+string(c.Outcome)+" "+c.On.String())
		}
		sort.Strings(list)
		counts := [6]int64{item.Requested, item.Deliverable, item.Blocked, item.Undelivered, item.Free, item.Charged}
		said = append(said, fmt.Sprint("item ", i, " ", item.Occurrences, " ", item.First, " ", item.Last, " ", item.Verdict, " ", counts, " ", totalsInWords(item.Totals), " ", list))
	}
	counts := [6]int64{q.Requested, q.Deliverable, q.Blocked, q.Undelivered, q.Free, q.Charged}
	said = append(said, fmt.Sprint("plan ", q.Verdict, " ", counts, " ", totalsInWords(q.Totals)))
	if q.Converted != nil {
		said = append(said, "converted "+totalsInWords([]rules.Total{*q.Converted}))
	}
	for _, currency := range []string{"EUR", "USD", "VND"} {
		if b, given := q.Balance[currency]; given {
			said = append(said, fmt.Sprint("balance ", currency, " ", b.Left, " ", b.RunsOut))
		}
	}
	return said
}

// randomPlan makes up a plan of up to five items that begin within seven weeks.
func randomPlan(r *rand.Rand, days []string) []byte {
	one := func(words ...string) string { return words[r.IntN(len(words))] }
	base, err := rules.ParseDate(one(days...))
	if err != nil {
		panic(err)
	}
	plan := map[string]any{}
	var items []map[string]any
	for range 1 + r.IntN(5) {
		on := base.AddDays(r.IntN(50))
		_, text := randomScenario(r, []string{on.String()})
		var item map[string]any
		if err := json.Unmarshal([]byte(text), &item); err != nil {
			panic(err)
		}
		plan["sender"], plan["assume"], plan["pricing"] = item["sender"], item["assume"], item["pricing"]
		for _, shared := range []string{"sender", "assume", "pricing"} {
			delete(item, shared)
		}
		if r.IntN(4) > 0 {
			item["every"] = one("day", "week", "month", "month")
			item["until"] = on.AddDays(r.IntN(70)).String()
		}
		if r.IntN(3) == 0 {
			item["samePeople"] = true
		}
		if r.IntN(3) == 0 {
			item["tool"] = one("openapi", "oa-manager-web")
		}
		items = append(items, item)
	}
	plan["items"] = items
	if sender, ok := plan["sender"].(map[string]any); ok && r.IntN(2) == 0 {
		sender["includedPerMonth"] = r.IntN(3) * 700
	}
	pricing, ok := plan["pricing"].(map[string]any)
	if !ok {
		pricing = map[string]any{}
	}
	if r.IntN(4) > 0 {
		pricing["currency"] = one("VND", "USD", "USD", "EUR")
	}
	if r.IntN(4) == 0 {
		pricing["convert"] = map[string]any{"currency": "VND", "rates": map[string]string{"USD": "26000"}}
	}
	plan["pricing"] = pricing
	plan["balance"] = map[string]string{"VND": one("0", "400000", "90000000000"), "USD": one("1", "3000.5", "1000000000000"), "EUR": one("0", "100")}
	text, err := json.Marshal(plan)
	if err != nil {
		panic(err)
	}
	return text
}

// planDays are some days around which the book changes what a plan carries on.
var planDays = []string{"2022-12-20", "2023-05-20", "2024-02-20", "2024-09-25", "2025-06-10", "2025-08-25", "2025-12-10", "2026-02-20", "2026-04-15", "2026-08-25", "2026-09-20", "2026-11-10", "2027-05-10"}

func TestASlowWayAnswersRandomPlansAlike(t *testing.T) {
	answered, refused := 0, map[string]int{}
	eachSeed(t, func(t *testing.T, r *rand.Rand) {
		for range 1200 {
			text := randomPlan(r, planDays)
			p, err := rules.DecodePlan(text)
			if err != nil {
				refused[err.Error()]++
				continue
			}
			answered++
			q, err := rules.EvaluatePlan(p)
			if err != nil {
				t.Fatal(err)
			}
			got, want := inWords(q), slowly(t, p)
			for i := range want {
				if i >= len(got) || got[i] != want[i] {
					t.Fatalf("%s\nis answered with %s\nnot with         %s", text, append(got, "nothing")[min(i, len(got))], want[i])
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%s\nis answered with %s too", text, got[len(want)])
			}
		}
	})
	if answered < 1000 {
		t.Errorf("only %d plans were answered: %v", answered, refused)
	}
	t.Logf("%d plans answered", answered)
}
