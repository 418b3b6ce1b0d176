package rules_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

const (
	careByPhone     = `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":7,"phone":true}]`
	postSaleByPhone = `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":7,"phone":true,"careWithin6Months":true}]`
	utilityToVN     = `{"on":"2026-12-01","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":7,"country":"VN","optedIn":true}]`
	repliesToVN     = `{"on":"2026-12-01","message":{"type":"whatsapp.service"},"audience":[{"recipients":7,"country":"VN","hoursSinceInteraction":1}]`
)

// TestABudgetIsEnoughForSoMany: worked out by hand from the prices of the book.
func TestABudgetIsEnoughForSoMany(t *testing.T) {
	for _, c := range []struct {
		name, scenario, budget string
		most                   int64
		gross                  string // of as many, or of one where it is enough for none
	}{
		{"a message costs 330 dong, so two million are enough for 6,060", careByPhone + `}`, "2000000", 6060, "1999800"},
		{"to the last dong", careByPhone + `}`, "330", 1, "330"},
		{"one recipient over the budget", careByPhone + `}`, "329.999999", 0, "330"},
		{"no money", careByPhone + `}`, "0", 0, "330"},
		{"three messages each", careByPhone + `,"perRecipient":3}`, "2000000", 2020, "1999800"},
		{"150,000 at 0.0113 and the rest at the next tier", utilityToVN + `}`, "1702", 150654, "1701.9978"},
		{"the tiers of what was charged before", utilityToVN + `,"sender":{"chargedThisMonth":150000}}`, "10.7", 1000, "10.7"},
		{"in the currency that it is converted to", utilityToVN + `,"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}}}`, "2938000", 10000, "113"},
		{"a fee is in the budget", careByPhone + `,"pricing":{"monthlyFee":"1000"}}`, "1990", 3, "1990"},
		{"a fee over the budget leaves nobody", careByPhone + `,"pricing":{"monthlyFee":"1000"}}`, "1000", 0, "1330"},
		{"the free thousand comes on top", repliesToVN + `}`, "0", 1000, "0"},
		{"a thousand free and a hundred paid", repliesToVN + `}`, "1.13", 1100, "1.13"},
		{"the quota ends it", postSaleByPhone + `,"sender":{"promotionBase":[60,0]}}`, "1000000", 10, "3300"},
		{"the budget ends it before the quota", postSaleByPhone + `,"sender":{"promotionBase":[60,0]}}`, "1000", 3, "990"},
		{"the quota ends it among the messages of one recipient", postSaleByPhone + `,"perRecipient":3,"sender":{"promotionBase":[60,0]}}`, "1000000", 4, "3300"},
		{"nothing may be sent", postSaleByPhone + `,"sender":{"promotionBase":[0,0]}}`, "1000000", 0, "0"},
		{"free without limit", `{"on":"2026-12-01","message":{"type":"messenger.standard"},"audience":[{"recipients":7,"hoursSinceInteraction":1}]}`, "0", 1_000_000_000, "0"},
		{"only half arrives and is paid", `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":7,"phone":true,"deliveredPercent":50}]}`, "3300", 20, "3300"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := rules.Decode([]byte(c.scenario))
			if err != nil {
				t.Fatal(err)
			}
			most, q, err := rules.Most(s, decimal.RequireFromString(c.budget))
			if err != nil {
				t.Fatal(err)
			}
			if got := q.Totals[0].Gross.String(); most != c.most || got != c.gross {
				t.Errorf("%s is enough for %d at %s, not for %d at %s", c.budget, most, got, c.most, c.gross)
			}
			if people := q.Requested / s.PerRecipient.Or(1); people != max(1, c.most) {
				t.Errorf("the quote is of %d recipients", people)
			}
			if s.Audience[0].Recipients.Or(0) != 7 {
				t.Error("the scenario has become another one")
			}
			if rules.MoneyIsNoLimit(most) != (c.name == "free without limit") {
				t.Errorf("of %d it says otherwise", most)
			}
		})
	}
}

func TestABudgetNeedsAPriceAndOneSegment(t *testing.T) {
	for _, c := range []struct{ name, scenario, budget, path, code string }{
		{"the book has no price", `{"on":"2026-12-01","message":{"type":"zalo.zns","tag":1,"template":{"kind":"journey","approved":true}},"audience":[{"recipients":7,"phone":true}]}`, "5", "", "conflict"},
		{"two segments", `{"on":"2026-12-01","message":{"type":"messenger.standard"},"audience":[{"recipients":7},{"recipients":7}]}`, "5", "audience", "conflict"},
		{"a mistake of the scenario", `{"on":"2026-12-01","message":{"type":"fax"},"audience":[{"recipients":7}]}`, "5", "message.type", "unknown-value"},
		{"less than no money", careByPhone + `}`, "-1", "budget", "out-of-range"},
		{"more than a trillion", careByPhone + `}`, "1000000000000.5", "budget", "out-of-range"},
		{"thirteen decimals", careByPhone + `}`, "0.0000000000001", "budget", "out-of-range"},
		{"no amount", careByPhone + `}`, "1e6", "budget", "wrong-type"},
		{"nothing", careByPhone + `}`, "", "budget", "wrong-type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer, ok := rules.AnswerMost([]byte(c.scenario), c.budget)
			var refused struct{ Error rules.Error }
			if err := json.Unmarshal(answer, &refused); err != nil || ok || refused.Error.Path != c.path || string(refused.Error.Code) != c.code || refused.Error.Message == "" {
				t.Errorf("it is answered with %s, %t", answer, ok)
			}
		})
	}
	if _, _, err := rules.Most(rules.Scenario{}, decimal.NewFromInt(5)); err == nil {
		t.Error("nothing at all has an answer")
	}
}

func TestTheAnswerToABudgetSaysWhereMoneyIsNoLimit(t *testing.T) {
	free := `{"on":"2026-12-01","message":{"type":"messenger.standard"},"audience":[{"recipients":7,"hoursSinceInteraction":1}]}`
	for scenario, want := range map[string]string{free: "money is no limit", careByPhone + "}": ""} {
		answer, ok := rules.AnswerMost([]byte(scenario), "1000")
		var got struct {
			Most  int64
			Note  string
			Quote *struct{ Requested int64 }
		}
		if err := json.Unmarshal(answer, &got); err != nil || !ok || got.Quote == nil || got.Quote.Requested != got.Most || got.Note != want {
			t.Errorf("%s: %v %s", scenario, err, answer)
		}
	}
}

// TestNobodyMoreIsWithinABudget: one recipient more costs too much, is not reached, or
// is one too many; and who is one fewer gets less or costs less.
func TestNobodyMoreIsWithinABudget(t *testing.T) {
	eachRandomScenario(t, func(t *testing.T, text string, s rules.Scenario, r *rand.Rand) {
		s.Audience = s.Audience[:1]
		budget := decimal.New(r.Int64N(1_000_000), int32(r.IntN(8)-3))
		most, q, err := rules.Most(s, budget)
		of := func(n int64) rules.Quote {
			s.Audience[0].Recipients = rules.Some(n)
			q, err := rules.Evaluate(s)
			if err != nil {
				t.Fatal(err)
			}
			return q
		}
		pays := func(q rules.Quote) bool {
			total, ok := q.Total()
			return ok && !total.Gross.GreaterThan(budget)
		}
		if err != nil {
			var e *rules.Error
			if !errors.As(err, &e) || e.Code != rules.Conflict || of(1).Priced {
				t.Errorf("%s: %v", text, err)
			}
			return
		}
		if toJSON(t, q) != toJSON(t, of(max(1, most))) {
			t.Errorf("%s: the quote of %d is another one", text, most)
		}
		switch {
		case most == 0:
			if one := of(1); one.Deliverable > 0 && pays(one) {
				t.Errorf("%s: %s is enough for one", text, budget)
			}
			return
		case !pays(q):
			t.Errorf("%s: %s is not enough for %d", text, budget, most)
		}
		if most < rules.MaxRecipients {
			if more := of(most + 1); pays(more) && more.Deliverable > q.Deliverable {
				t.Errorf("%s: %s is enough for more than %d", text, budget, most)
			}
		}
		if most > 1 && of(most-1).Deliverable == q.Deliverable {
			t.Errorf("%s: fewer than %d reach as much", text, most)
		}
	})
}
