package rules_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// planOf is the plan whose one item is sent once, and is a scenario.
func planOf(s rules.Scenario) rules.Plan {
	return rules.Plan{
		Items:  []rules.PlanItem{{On: s.On, At: s.At, Message: s.Message, Audience: s.Audience, PerRecipient: s.PerRecipient}},
		Sender: rules.PlanSender{Sender: s.Sender}, Assume: s.Assume, Pricing: rules.PlanPricing{Pricing: s.Pricing},
	}
}

// randomPlans hands over made-up plans.
func randomPlans(t *testing.T, each func(t *testing.T, p rules.Plan, text string, r *rand.Rand)) {
	t.Helper()
	eachSeed(t, func(t *testing.T, r *rand.Rand) {
		answered := 0
		for range 300 {
			text := randomPlan(r, planDays)
			p, err := rules.DecodePlan(text)
			if err != nil {
				continue
			}
			answered++
			if each(t, p, string(text), r); t.Failed() {
				t.Fatalf("plan %s", text)
			}
		}
		if answered < 150 {
			t.Errorf("only %d plans fit", answered)
		}
	})
}

func planQuote(t *testing.T, p rules.Plan) rules.PlanQuote {
	t.Helper()
	q, err := rules.EvaluatePlan(p)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// TestAPlanOfOneScenarioIsItsQuote: where there is nothing that is paid by the month.
func TestAPlanOfOneScenarioIsItsQuote(t *testing.T) {
	eachRandomScenario(t, func(t *testing.T, text string, s rules.Scenario, _ *rand.Rand) {
		s.Sender.IncludePackageFee = false
		s.Pricing.MonthlyFee, s.Pricing.Bundle.Fee, s.Pricing.Incoming = rules.Opt[decimal.Decimal]{}, rules.Opt[decimal.Decimal]{}, rules.Incoming{}
		want, err := rules.Evaluate(s)
		if err != nil {
			t.Fatal(err)
		}
		got := planQuote(t, planOf(s))
		item, day := got.Items[0], got.Days[0]
		counts := [...]int64{want.Requested, want.Deliverable, want.Blocked, want.Undelivered, want.Free, want.Charged}
		if counts != [...]int64{got.Requested, got.Deliverable, got.Blocked, got.Undelivered, got.Free, got.Charged} ||
			counts != [...]int64{item.Requested, item.Deliverable, item.Blocked, item.Undelivered, item.Free, item.Charged} || day.Deliverable != want.Deliverable {
			t.Errorf("%s: the counts %v are %+v", text, counts, got)
		}
		if got.Verdict != want.Verdict || item.Verdict != want.Verdict || day.Verdict != want.Verdict || got.Priced != want.Priced || item.Priced != want.Priced {
			t.Errorf("%s: %s, priced %t, is %s, priced %t", text, want.Verdict, want.Priced, got.Verdict, got.Priced)
		}
		for _, totals := range [][]rules.Total{got.Totals, item.Totals, day.Totals, got.Months[0].Totals} {
			if totalsInWords(totals) != totalsInWords(want.Totals) {
				t.Errorf("%s: %v is %v", text, want.Totals, totals)
			}
		}
		if (got.Converted == nil) != (want.Converted == nil) || want.Converted != nil && toJSON(t, got.Converted) != toJSON(t, want.Converted) {
			t.Errorf("%s: converted %v is %v", text, want.Converted, got.Converted)
		}
		if got, want := noticesOf(got.Notices), noticesOf(want.Notices); !slices.Equal(slices.DeleteFunc(got, isOfPlans), want) {
			t.Errorf("%s: the notices %v are %v", text, want, got)
		}
		if len(got.Months[0].Lines) > 0 {
			t.Errorf("%s: the month has %v", text, got.Months[0].Lines)
		}
		for _, c := range item.Checks {
			for _, s := range want.Segments {
				for _, other := range s.Checks {
					if other.Code == c.Code && (other.Outcome == rules.Fail && c.Outcome != rules.Fail || other.Outcome == rules.Unknown && c.Outcome == rules.Pass) {
						t.Errorf("%s: the check %s is %s, and the item says %s", text, c.Code, other.Outcome, c.Outcome)
					}
				}
			}
		}
	})
}

func noticesOf(list []rules.Notice) []string {
	codes := make([]string, len(list))
	for i, n := range list {
		codes[i] = n.Code
	}
	return codes
}

func isOfPlans(code string) bool { return strings.HasPrefix(code, "zalo.zns.plan-") }

// TestItemsThatShareNothingStandInAnyOrder: each sends in a month of its own.
func TestItemsThatShareNothingStandInAnyOrder(t *testing.T) {
	randomPlans(t, func(t *testing.T, p rules.Plan, _ string, r *rand.Rand) {
		if p.Pricing.Currency == "" {
			p.Pricing.Currency = "USD"
		}
		seen := map[rules.Month]bool{}
		p.Items = slices.DeleteFunc(p.Items, func(i rules.PlanItem) bool {
			known := seen[i.On.Month()]
			seen[i.On.Month()] = true
			return known
		})
		for i := range p.Items {
			p.Items[i].Every, p.Items[i].Until = "", 0
		}
		want := planQuote(t, p)
		order := r.Perm(len(p.Items))
		shuffled := p
		shuffled.Items = nil
		for _, i := range order {
			shuffled.Items = append(shuffled.Items, p.Items[i])
		}
		got := planQuote(t, shuffled)
		items := make([]rules.ItemQuote, len(got.Items))
		for at, i := range order {
			items[i] = got.Items[at]
		}
		got.Items = items
		for i := range got.Days {
			got.Days[i].Item = order[got.Days[i].Item]
		}
		if toJSON(t, got) != toJSON(t, want) {
			t.Errorf("in the order %v it is %s\nnot %s", order, toJSON(t, got), toJSON(t, want))
		}
	})
}

// TestTheOccurrencesOfAnItemMayBeItems: where nobody says that they go to the same
// people, and nothing of the people holds for one month alone.
func TestTheOccurrencesOfAnItemMayBeItems(t *testing.T) {
	randomPlans(t, func(t *testing.T, p rules.Plan, _ string, _ *rand.Rand) {
		p.Items = p.Items[:1]
		item := &p.Items[0]
		item.SamePeople = false
		item.Audience = slices.Clone(item.Audience)
		for k := range item.Audience {
			item.Audience[k].ReceivedThisMonth, item.Audience[k].FreeUsed = 0, 0
		}
		want := planQuote(t, p)
		if len(want.Days) > rules.MaxItems {
			return
		}
		single := p
		single.Items = nil
		for _, d := range want.Days {
			one := *item
			one.On, one.Every, one.Until = d.On, "", 0
			single.Items = append(single.Items, one)
		}
		got := planQuote(t, single)
		for i := range got.Days {
			got.Days[i].Item = 0
		}
		got.Items, want.Items = nil, nil
		if toJSON(t, got) != toJSON(t, want) {
			t.Errorf("as items it is %s\nnot %s", toJSON(t, got), toJSON(t, want))
		}
	})
}

// TestDaysItemsMonthsAndPlanAddUp: all say the same, in other pieces.
func TestDaysItemsMonthsAndPlanAddUp(t *testing.T) {
	randomPlans(t, func(t *testing.T, p rules.Plan, _ string, _ *rand.Rand) {
		q := planQuote(t, p)
		var ofDays, ofItems int64
		occurrences := map[int]int64{}
		sums := func(lists ...[]rules.Total) map[string]string {
			money := map[string]decimal.Decimal{}
			for _, list := range lists {
				for _, t := range list {
					money[t.Currency+" net"] = money[t.Currency+" net"].Add(t.Net)
					money[t.Currency+" tax"] = money[t.Currency+" tax"].Add(t.Tax)
					money[t.Currency+" gross"] = money[t.Currency+" gross"].Add(t.Gross)
				}
			}
			words := map[string]string{}
			for name, amount := range money {
				words[name] = amount.String()
			}
			return words
		}
		byItem := make([][][]rules.Total, len(q.Items))
		byMonth := map[rules.Month][][]rules.Total{}
		for i, d := range q.Days {
			ofDays += d.Deliverable
			occurrences[d.Item]++
			byItem[d.Item] = append(byItem[d.Item], d.Totals)
			byMonth[d.On.Month()] = append(byMonth[d.On.Month()], d.Totals)
			if i > 0 && (d.On < q.Days[i-1].On || d.On == q.Days[i-1].On && d.Item <= q.Days[i-1].Item) {
				t.Errorf("%s of item %d comes after %s of %d", d.On, d.Item, q.Days[i-1].On, q.Days[i-1].Item)
			}
		}
		for i, item := range q.Items {
			ofItems += item.Deliverable
			if item.Occurrences != occurrences[i] || item.Requested != item.Deliverable+item.Blocked {
				t.Errorf("item %d: %+v has %d days", i, item, occurrences[i])
			}
			if item.Priced && !reflect.DeepEqual(sums(item.Totals), sums(byItem[i]...)) {
				t.Errorf("item %d: %v is not the sum of its days", i, item.Totals)
			}
		}
		var all [][]rules.Total
		for _, m := range q.Months {
			for _, l := range m.Lines {
				byMonth[m.Month] = append(byMonth[m.Month], []rules.Total{{Currency: l.Currency, Net: l.Net, Tax: l.Tax, Gross: l.Gross}})
			}
			if m.Totals != nil && !reflect.DeepEqual(sums(m.Totals), sums(byMonth[m.Month]...)) {
				t.Errorf("%s: %v is not the sum of its days and lines", m.Month, m.Totals)
			}
			all = append(all, m.Totals)
			for _, u := range []*rules.Use{m.Used.IncludedMessages, m.Used.FreeService, m.Used.FreeConversations, m.Used.Bundle} {
				if u != nil && (u.Used < 0 || u.Limit < 1) {
					t.Errorf("%s: %d of %d are used", m.Month, u.Used, u.Limit)
				}
			}
		}
		if ofDays != q.Deliverable || ofItems != q.Deliverable || q.Priced && !reflect.DeepEqual(sums(q.Totals), sums(all...)) {
			t.Errorf("days have %d, items %d, the plan %d: %v", ofDays, ofItems, q.Deliverable, q.Totals)
		}
	})
}

// TestAPlanIsWrittenAsItIsRead, and its quote as encoding/json writes it.
func TestAPlanIsWrittenAsItIsRead(t *testing.T) {
	check := func(t *testing.T, text []byte) {
		t.Helper()
		p, err := rules.DecodePlan(text)
		if err != nil {
			return
		}
		written, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		again, err := rules.DecodePlan(written)
		if err != nil {
			t.Fatalf("%s is written as %s: %v", text, written, err)
		}
		if second, _ := json.Marshal(again); string(second) != string(written) {
			t.Errorf("%s\nis written as %s\nand then as   %s", text, written, second)
		}
		answer, _ := rules.AnswerPlan(text)
		want := toJSON(t, planQuote(t, p))
		if got := strings.TrimSuffix(string(answer), "\n"); got != want {
			t.Errorf("%s\nis answered with %s\nnot with         %s", text, got, want)
		}
		if other, _ := rules.AnswerPlan(written); string(other) != string(answer) {
			t.Errorf("%s\nis answered with %s\nas written with  %s", text, answer, other)
		}
	}
	randomPlans(t, func(t *testing.T, _ rules.Plan, text string, _ *rand.Rand) { check(t, []byte(text)) })
	eachWorkedPlan(t, func(t *testing.T, example workedPlan) { check(t, example.Plan) })
}

// FuzzPlan: whatever comes in is a plan with an answer that adds up, or a mistake that
// says where it is.
func FuzzPlan(f *testing.F) {
	for _, example := range workedPlans(f) {
		f.Add([]byte(example.Plan))
	}
	for _, text := range []string{"", "null", "{}", `{"items":[{"on":"9999-12-31","every":"day","until":"9999-12-31"}]}`, `{"items":[null]}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := rules.DecodePlan(data)
		if err != nil {
			var e *rules.Error
			if !errors.As(err, &e) || e.Code == "" || e.Message == "" {
				t.Errorf("%q is refused without a reason: %v", data, err)
			}
			return
		}
		answer, ok := rules.AnswerPlan(data)
		if !ok || !json.Valid(answer) {
			t.Errorf("%q is answered with %s", data, answer)
		}
		q := planQuote(t, p)
		if q.Requested != q.Deliverable+q.Blocked || q.Requested < 1 || q.Deliverable < 0 || q.Free < 0 || q.Charged < 0 || q.Priced != (q.Totals != nil) {
			t.Errorf("%q does not add up: %s", data, answer)
		}
		for _, totals := range append([]rules.Total{}, q.Totals...) {
			if totals.Net.IsNegative() || !totals.Gross.Equal(totals.Net.Add(totals.Tax)) {
				t.Errorf("%q costs %v", data, totals)
			}
		}
	})
}
