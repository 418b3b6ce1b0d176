package rules_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// TestASeriesIsThePlanOfItsScenarios holds every scenario of a random series, the sums of
// which run on over two months, against the item of a plan.
func TestASeriesIsThePlanOfItsScenarios(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	types := []rules.MessageType{rules.WhatsAppUtility, rules.WhatsAppAuthentication, rules.WhatsAppService, rules.ZaloConsultation, rules.ZNS}
	tiered := 0
	for n := range 300 {
		p := rules.Plan{}
		p.Sender.IncludedMessages, p.Sender.IncludedPerMonth = r.Int64N(3000), rules.Some(r.Int64N(3000))
		p.Sender.ChargedThisMonth, p.Sender.FreeServiceUsed = r.Int64N(1_000_000), r.Int64N(1200)
		p.Sender.PromotionBase = rules.Some([2]int64{r.Int64N(9000), 3000})
		on := []rules.Date{20260920, 20261020, 20261215}[r.IntN(3)]
		for range 2 + r.IntN(8) {
			on = on.AddDays(r.IntN(5))
			m := rules.Message{Type: types[r.IntN(len(types))]}
			g := rules.Segment{Recipients: rules.Some(1 + r.Int64N(2_000_000))}
			switch m.Type {
			case rules.ZNS:
				m.Tag, m.Template.Kind = rules.Some(1+r.Int64N(3)), "voucher"
			case rules.ZaloConsultation:
			default:
				g.Country = []string{"VN", "IN"}[r.IntN(2)]
			}
			p.Items = append(p.Items, rules.PlanItem{On: on, Message: m, Audience: []rules.Segment{g}})
		}
		q, err := rules.EvaluatePlan(p)
		under := rules.Date(0)
		if n%2 == 1 {
			under = 20261101
			q, _, err = rules.EvaluatePlanUnder(p, under)
		}
		if err != nil {
			t.Fatal(err)
		}
		series := rules.Series{Under: under, IncludedPerMonth: p.Sender.IncludedPerMonth}
		for i := range p.Items {
			s := p.Scenario(i, p.Items[i].On)
			got, err := series.Next(&s)
			if err != nil {
				t.Fatal(err)
			}
			want := &q.Items[i]
			if len(got.Lines) > 1 {
				tiered++
			}
			if got.Free != want.Free || got.Charged != want.Charged || got.Deliverable != want.Deliverable || !got.Totals[0].Gross.Equal(want.Totals[0].Gross) {
				t.Fatalf("%d, item %d: %d free, %d charged, %s; in the plan %d, %d, %s", n, i, got.Free, got.Charged, got.Totals[0].Gross, want.Free, want.Charged, want.Totals[0].Gross)
			}
		}
	}
	if tiered < 20 {
		t.Errorf("only %d reached a volume tier", tiered)
	}
}

func TestASeriesGoesForwardAndForgetsWhatIsWrong(t *testing.T) {
	scenario := func(on rules.Date, people int64) *rules.Scenario {
		return &rules.Scenario{On: on, Message: rules.Message{Type: rules.WhatsAppService}, Audience: []rules.Segment{{Recipients: rules.Some(people), Country: "VN", Recency: rules.HoursAgo(decimal.Zero)}}}
	}
	var s rules.Series
	if q, err := s.Next(scenario(20261010, 600)); err != nil || q.Free != 600 {
		t.Fatal(q, err)
	}
	var wrong *rules.Error
	if _, err := s.Next(scenario(20261011, 0)); !errors.As(err, &wrong) || wrong.Path != "audience[0].recipients" {
		t.Error(err)
	}
	if _, err := s.Next(scenario(20261009, 1)); !errors.As(err, &wrong) || wrong.Path != "on" || wrong.Code != rules.Conflict {
		t.Error(err)
	}
	if q, err := s.Next(scenario(20261012, 600)); err != nil || q.Free != 400 || q.Charged != 200 {
		t.Fatal(q, err)
	}
	if q, err := s.Next(scenario(20261101, 600)); err != nil || q.Free != 600 {
		t.Fatal(q, err)
	}
}

// TestASeriesAsksWhatIsAskedOnItsDay: what the sender says and the type is not asked for
// on the day is no mistake.
func TestASeriesAsksWhatIsAskedOnItsDay(t *testing.T) {
	s := rules.Scenario{On: 20261010, Message: rules.Message{Type: rules.WhatsAppMarketing}, Audience: []rules.Segment{{Recipients: rules.Some[int64](1), Country: "VN"}}}
	s.Sender.OAPackage = rules.PackageGrowth
	if _, err := (&rules.Series{Under: 20250801}).Next(&s); err != nil {
		t.Error(err)
	}
	s.Message.Type = rules.ZaloBroadcast
	if _, err := (&rules.Series{Under: 20250801}).Next(&s); err == nil {
		t.Error("a package that there was not yet is taken")
	}
}
