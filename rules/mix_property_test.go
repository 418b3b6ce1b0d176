package rules_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// randomMixes hands over made-up scenarios with their mixes. Every other one knows
// the same of its people on every platform, so that more ways are sure.
func randomMixes(t *testing.T, change func(*rules.Scenario), each func(t *testing.T, s rules.Scenario, m *rules.Mix)) {
	t.Helper()
	eachRandomScenario(t, func(t *testing.T, _ string, s rules.Scenario, r *rand.Rand) {
		change(&s)
		var as func(rules.Message) rules.Scenario
		if r.IntN(2) == 0 {
			as = func(m rules.Message) rules.Scenario {
				other := s
				m.Template.Approved, m.Template.ApprovedOn = rules.Some(true), 20260110
				other.Message = m
				return other
			}
		}
		can := rules.PurposesOf(s.Message.Type)
		if len(can) == 0 {
			return
		}
		m, err := rules.MixOf(s, can[r.IntN(len(can))], as)
		if err != nil {
			t.Fatal(err)
		}
		each(t, s, &m)
	})
}

// costsMore reports whether a plan costs more than another one in some currency, and
// less in none, by the rates that there are.
func costsMore(a, b *rules.PlanQuote) bool {
	if a.Converted != nil && b.Converted != nil {
		return a.Converted.Gross.GreaterThan(b.Converted.Gross)
	}
	in := func(q *rules.PlanQuote) map[string]decimal.Decimal {
		m := map[string]decimal.Decimal{}
		for _, t := range q.Totals {
			m[t.Currency] = t.Gross
		}
		return m
	}
	ours, theirs := in(a), in(b)
	more := false
	for _, list := range []map[string]decimal.Decimal{ours, theirs} {
		for currency := range list {
			switch ours[currency].Cmp(theirs[currency]) {
			case 1:
				more = true
			case -1:
				return false
			}
		}
	}
	return more
}

// isWorse reports whether a plan delivers less than another one, or as much for more.
func isWorse(a, b *rules.PlanQuote) bool {
	if a.Deliverable != b.Deliverable {
		return a.Deliverable < b.Deliverable
	}
	if !a.Priced || !b.Priced {
		return !a.Priced && b.Priced
	}
	return costsMore(a, b)
}

func TestAMixIsNeverWorseThanOneWay(t *testing.T) {
	mixed := 0
	randomMixes(t, func(*rules.Scenario) {}, func(t *testing.T, s rules.Scenario, m *rules.Mix) {
		for i := range m.OneWays {
			if isWorse(&m.Sure.Quote, &m.OneWays[i].Quote) {
				t.Errorf("%s alone delivers %d for %v, the mix %d for %v", m.OneWays[i].Type, m.OneWays[i].Quote.Deliverable, m.OneWays[i].Quote.Totals, m.Sure.Quote.Deliverable, m.Sure.Quote.Totals)
			}
		}
		blends := []*rules.Blend{&m.Sure}
		if m.Depends != nil {
			blends = append(blends, m.Depends)
			if m.Depends.Quote.Deliverable < m.Sure.Quote.Deliverable {
				t.Errorf("with what depends %d are delivered, without it %d", m.Depends.Quote.Deliverable, m.Sure.Quote.Deliverable)
			}
		}
		for _, b := range blends {
			if len(b.Plan.Items) > 0 {
				text, _ := json.Marshal(b.Plan)
				p, err := rules.DecodePlan(text)
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				if got, want := toJSON(t, planQuote(t, p)), toJSON(t, b.Quote); got != want {
					t.Errorf("the plan costs %s\nnot %s", got, want)
				}
			}
			types := map[rules.MessageType]bool{}
			for _, kind := range b.Types() {
				if types[kind] {
					t.Errorf("there are two items of %s", kind)
				}
				types[kind] = true
			}
			if len(types) > 1 {
				mixed++
			}
			place := make([]int, len(b.Plan.Items)) // of the next group in each item
			for g, group := range b.Groups {
				if group.Item < 0 {
					continue
				}
				alone := b.Plan.Scenario(group.Item, s.On)
				alone.Audience = alone.Audience[place[group.Item]:][:1]
				place[group.Item]++
				if alone.Pricing.Convert.Known() {
					alone.Pricing.Convert = rules.Opt[rules.Conversion]{} // a plan may lack rates
				}
				q, err := rules.Evaluate(alone)
				if err != nil {
					t.Fatal(err)
				}
				way := m.Way(b, g)
				if q.Verdict == rules.Ineligible || q.Verdict != way.Quote.Verdict || q.Deliverable != way.Quote.Deliverable {
					t.Errorf("group %d gets %s, which alone is %s with %d, not %s with %d", g, group.Type, q.Verdict, q.Deliverable, way.Quote.Verdict, way.Quote.Deliverable)
				}
				if b == &m.Sure && (q.Verdict == rules.Depends || q.Shown(q.Verdict) == rules.Depends) {
					t.Errorf("group %d gets %s for certain, which depends", g, group.Type)
				}
				if strings.Contains(toJSON(t, way.Open()), `audience[`) && !strings.Contains(toJSON(t, way.Open()), `audience[`+toText(int64(g))+`]`) {
					t.Errorf("group %d hangs on what is asked of another one: %s", g, toJSON(t, way.Open()))
				}
			}
		}
	})
	if mixed < 20 {
		t.Errorf("only %d mixes were of several types", mixed)
	}
}

// TestNoOtherMixIsBetter tries all of them, where nothing is shared.
func TestNoOtherMixIsBetter(t *testing.T) {
	tried := 0
	alone := func(s *rules.Scenario) {
		s.Sender.PromotionBase, s.Sender.IncludedMessages, s.Sender.FreeServiceUsed = rules.Some([2]int64{rules.MaxCount, rules.MaxCount}), 0, rules.MaxCount
		s.Sender.PromotionSent, s.Sender.ChargedThisMonth, s.Sender.FreeConversationsUsed = 0, 0, rules.Opt[int64]{}
		s.Pricing.Bundle, s.Sender.IncludePackageFee = rules.Bundle{}, false
		s.PerRecipient = rules.Some[int64](min(2, s.PerRecipient.Or(1)))
		for i := range s.Audience {
			s.Audience[i].Recipients = rules.Some(min(1000, s.Audience[i].Recipients.Or(1)))
		}
	}
	randomMixes(t, alone, func(t *testing.T, s rules.Scenario, m *rules.Mix) {
		eachAssignment(m, func(choice []*rules.GroupWay) {
			q, ok := quoteOf(t, m, choice)
			if !ok {
				return
			}
			tried++
			if isWorse(&m.Sure.Quote, &q) {
				var types []string
				for _, way := range choice {
					if way != nil {
						types = append(types, shortType(way.Type)+" "+toJSON(t, way.Total))
					}
				}
				t.Fatalf("%s delivers %d for %s, the mix %d for %s (%s)", strings.Join(types, ", "), q.Deliverable, totalInWords(&q), m.Sure.Quote.Deliverable, totalInWords(&m.Sure.Quote), blendInWords(m, &m.Sure))
			}
		})
	})
	if tried < 1000 {
		t.Errorf("only %d mixes were tried", tried)
	}
}

// eachAssignment hands over every choice of one of the sure ways for each group, or
// of none.
func eachAssignment(m *rules.Mix, each func([]*rules.GroupWay)) {
	choice := make([]*rules.GroupWay, len(m.Groups))
	var choose func(g int)
	choose = func(g int) {
		if g == len(choice) {
			each(choice)
			return
		}
		choice[g] = nil
		choose(g + 1)
		for i := range m.Groups[g].Ways {
			if w := &m.Groups[g].Ways[i]; w.Verdict == rules.Eligible || w.Verdict == rules.Partial {
				choice[g] = w
				choose(g + 1)
			}
		}
	}
	choose(0)
}

// quoteOf is what a choice costs, put together from the plans of single ways.
func quoteOf(t *testing.T, m *rules.Mix, choice []*rules.GroupWay) (rules.PlanQuote, bool) {
	var p rules.Plan
	for i := range m.OneWays {
		one := &m.OneWays[i]
		item := one.Plan.Items[0]
		item.Audience = nil
		place := 0
		for g := range one.Groups {
			if one.Groups[g].Item < 0 {
				continue
			}
			if choice[g] != nil && choice[g].Type == one.Type {
				item.Audience = append(item.Audience, one.Plan.Items[0].Audience[place])
			}
			place++
		}
		if len(item.Audience) > 0 {
			items := append(p.Items, item)
			p = one.Plan
			p.Items = items
		}
	}
	if len(p.Items) == 0 {
		return rules.PlanQuote{}, false
	}
	return planQuote(t, p), true
}

// TestTheAnswerOfAMixIsJSON: it is what the values say.
func TestTheAnswerOfAMixIsJSON(t *testing.T) {
	for _, c := range mixCases {
		answer, ok := rules.AnswerMix([]byte(c.ask.json()))
		var got struct {
			Groups []struct {
				Ways []struct {
					Type   string
					Checks []rules.Check
				}
			}
			Sure, Depends struct {
				Groups []struct{ Type string }
				Plan   json.RawMessage
				Quote  json.RawMessage
			}
			OneWays []struct {
				Type        string
				Deliverable int64
			}
		}
		if err := json.Unmarshal(answer, &got); !ok || err != nil {
			t.Fatalf("%s: %v: %s", c.name, err, answer)
		}
		if len(got.Sure.Plan) > 0 {
			if quote, ok := rules.AnswerPlan(got.Sure.Plan); !ok || strings.TrimSpace(string(quote)) != string(got.Sure.Quote) {
				t.Errorf("%s: the plan is answered with %s\nnot %s", c.name, quote, got.Sure.Quote)
			}
		}
	}
	for _, wrong := range []string{`{`, `{"on":"2022-01-01","message":{"type":"zalo.zns-follower"},"audience":[{"recipients":1}]}`} {
		if answer, ok := rules.AnswerMix([]byte(wrong)); ok || !strings.Contains(string(answer), `"error"`) {
			t.Errorf("%s is answered with %s", wrong, answer)
		}
	}
}

func BenchmarkMix(b *testing.B) {
	for _, n := range []int{1, 33} {
		c := mixCases[0]
		c.ask = tet(growth, strings.TrimSuffix(strings.Repeat(strings.Join([]string{lately, phones, silent}, ",")+",", n), ","))
		s, err := rules.Decode([]byte(c.ask.json()))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(toText(int64(3*n)), func(b *testing.B) {
			for range b.N {
				if _, err := rules.MixOf(s, rules.Promotion, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
