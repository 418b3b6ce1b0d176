package rules_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

func percent(n string) rules.Opt[decimal.Decimal] { return rules.Some(decimal.RequireFromString(n)) }

// consultation is a step by hand to people who have the OA.
func consultation(day int64, share, answer string) rules.FlowStep {
	step := rules.FlowStep{Day: day, Message: rules.Message{Type: rules.ZaloConsultation}, People: rules.Segment{UID: rules.Some(true)}, Tool: rules.OAManagerWeb}
	if share != "" {
		step.Share = percent(share)
	}
	if answer != "" {
		step.Answer = percent(answer)
	}
	return step
}

// confirmation is a step by template to a phone number.
func confirmation(day int64, share string) rules.FlowStep {
	return rules.FlowStep{
		Day: day, Share: percent(share), People: rules.Segment{Phone: rules.Some(true)},
		Message: rules.Message{Type: rules.ZNS, Tag: rules.Some[int64](1), Template: rules.Template{
			Kind: rules.TemplateCustom, Approved: rules.Some(true), Buttons: rules.Buttons{Targets: []rules.ButtonTarget{rules.ButtonOAPage}},
		}},
	}
}

func flow(customers int64, steps ...rules.FlowStep) rules.Flow {
	return rules.Flow{On: 20261201, Customers: rules.Some(customers), Steps: steps}
}

// groups writes the groups of a step: people, and how many hours ago they wrote.
func groups(q rules.FlowQuote, step int) string {
	var said []string
	for _, g := range q.Plan.Items[q.Steps[step].Item].Audience {
		ago := "never"
		if hours, ok := g.Recency.Hours(); ok {
			ago = hours.String()
		}
		said = append(said, fmt.Sprint(g.Recipients.Or(0), "@", ago))
	}
	return strings.Join(said, " ")
}

// TestFlowsAreWorkedOutIntoPlans goes through the sentences of EvaluateFlow.
func TestFlowsAreWorkedOutIntoPlans(t *testing.T) {
	silent := flow(100, confirmation(0, "100"), consultation(1, "100", ""))
	silent.Silent = true
	for _, c := range []struct {
		what    string
		flow    rules.Flow
		groups  string // of the last step
		total   string // gross in dong
		each    string // gross in dong of one customer
		verdict rules.Verdict
		late    int64 // of the last step
	}{
		{"a welcome within two days is free", flow(500, consultation(0, "100", "")), "500@0", "0", "0", rules.Eligible, 0},
		{"from the third day on it costs 55", flow(500, consultation(3, "100", "")), "500@72", "27500", "55", rules.Eligible, 0},
		{"a share is rounded half-up", flow(5, consultation(3, "50", "")), "3@72", "165", "33", rules.Eligible, 0},
		{"an answer opens the window anew", flow(500, consultation(0, "100", ""), consultation(6, "100", "40"), consultation(8, "100", "")), "300@192 200@48", "27500", "55", rules.Partial, 300},
		{"who answered twice counts from the second", flow(100, consultation(0, "100", "50"), consultation(2, "100", "50"), consultation(3, "100", "")), "25@72 25@72 50@24", "2750", "27.5", rules.Eligible, 0},
		{"who is not reached cannot answer", flow(100, consultation(1, "50", "100"), consultation(3, "100", "")), "50@72 50@48", "2750", "27.5", rules.Eligible, 0},
		{"the window of seven days is inclusive", flow(10, consultation(7, "100", "")), "10@168", "550", "55", rules.Eligible, 0},
		{"a day later it has closed", flow(10, consultation(8, "100", "")), "10@192", "0", "0", rules.Ineligible, 10},
		{"steps are worked by day, not as they stand", flow(100, consultation(3, "100", ""), consultation(1, "100", "100")), "100@24", "0", "0", rules.Eligible, 0},
		{"a template by phone asks for no window", flow(1000, confirmation(0, "80"), confirmation(30, "60")), "600@720", "462000", "462", rules.Eligible, 0},
		{"who came without writing has never written", silent, "100@never", "33000", "330", rules.Partial, 100},
		{"a step without a share counts nobody", flow(100, confirmation(0, "80"), consultation(1, "", "")), "", "26400", "264", rules.Depends, 0},
		{"a share of nobody is no step", flow(100, confirmation(0, "80"), consultation(1, "0", "")), "", "26400", "264", rules.Eligible, 0},
	} {
		q, err := rules.EvaluateFlow(c.flow)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		last := len(q.Steps) - 1
		if c.what == "steps are worked by day, not as they stand" {
			last = 0
			c.groups = "100@48"
		}
		if c.groups != "" {
			if got := groups(q, last); got != c.groups {
				t.Errorf("%s: the groups are %s", c.what, got)
			}
		} else if q.Steps[last].Item != -1 {
			t.Errorf("%s: the step is an item", c.what)
		}
		total, each := "none", "none"
		if len(q.Quote.Totals) == 1 && len(q.PerCustomer) == 1 {
			total, each = q.Quote.Totals[0].Gross.String(), q.PerCustomer[0].Gross.String()
		}
		if total != c.total || each != c.each || q.Verdict != c.verdict || q.Steps[last].Late != c.late {
			t.Errorf("%s: %s in all, %s each, %s, late %d", c.what, total, each, q.Verdict, q.Steps[last].Late)
		}
	}
}

// TestAStepOutsideItsWindowNamesAnotherWay: for who wrote too long ago a template by
// phone still works, and by UID too.
func TestAStepOutsideItsWindowNamesAnotherWay(t *testing.T) {
	f := flow(100, consultation(9, "100", ""))
	f.Steps[0].People.Phone = rules.Some(true)
	q, err := rules.EvaluateFlow(f)
	if err != nil {
		t.Fatal(err)
	}
	if o := q.Steps[0].Instead; o == nil || o.Type != rules.ZNS || o.Quote.Deliverable != 100 {
		t.Errorf("instead of it: %+v", o)
	}
	f.Steps[0].Day = 3
	if q, err = rules.EvaluateFlow(f); err != nil || q.Steps[0].Instead != nil {
		t.Errorf("in its window another way is named: %+v, %v", q.Steps[0].Instead, err)
	}
}

// TestPromotionsOfAFlowAreCountedByMonth: what the same people had from the steps
// before in the month is counted against the limit of a month, and no more.
func TestPromotionsOfAFlowAreCountedByMonth(t *testing.T) {
	var steps []rules.FlowStep
	for day := range int64(35) {
		step := confirmation(day, "100")
		step.Message.Tag, step.People.CareWithin6Months = rules.Some[int64](3), rules.Some(true)
		steps = append(steps, step)
	}
	f := flow(1, steps...)
	f.Sender.DailyQuota = rules.Some[int64](20000)
	f.Sender.PromotionBase = rules.Some([2]int64{60000, 60000})
	q, err := rules.EvaluateFlow(f)
	if err != nil {
		t.Fatal(err)
	}
	// Thirty in the month of December, though it has thirty-one days.
	for i, want := range map[int]rules.Verdict{0: rules.Eligible, 29: rules.Eligible, 30: rules.Ineligible, 31: rules.Eligible} {
		if got := q.Steps[i].Verdict; got != want {
			t.Errorf("the post-sale message of %s: %s", q.Steps[i].On, got)
		}
	}
}

// TestAFlowWithNothingSentDepends: without any share there is no plan to answer.
func TestAFlowWithNothingSentDepends(t *testing.T) {
	q, err := rules.EvaluateFlow(flow(100, consultation(0, "", "")))
	if err != nil || q.Quote != nil || q.Verdict != rules.Depends || q.Steps[0].Counted {
		t.Errorf("%+v, %v", q, err)
	}
}

// TestMistakesOfAFlowAreNamedByTheirStep: the path is that of the flow.
func TestMistakesOfAFlowAreNamedByTheirStep(t *testing.T) {
	fault := func(change func(f *rules.Flow)) rules.Flow {
		f := flow(100, consultation(0, "100", ""), confirmation(1, "50"))
		change(&f)
		return f
	}
	for path, f := range map[string]rules.Flow{
		"on":                           fault(func(f *rules.Flow) { f.On = 0 }),
		"customers":                    fault(func(f *rules.Flow) { f.Customers = rules.Opt[int64]{} }),
		"steps":                        fault(func(f *rules.Flow) { f.Steps = nil }),
		"steps[1].day":                 fault(func(f *rules.Flow) { f.Steps[1].Day = 366 }),
		"steps[0].share":               fault(func(f *rules.Flow) { f.Steps[0].Share = percent("100.1") }),
		"steps[0].answer":              fault(func(f *rules.Flow) { f.Steps[0].Answer = percent("0.001") }),
		"steps[1].message.tag":         fault(func(f *rules.Flow) { f.Steps[1].Message.Tag = rules.Some[int64](5) }),
		"steps[1].people.interactions": fault(func(f *rules.Flow) { f.Steps[1].People.Interactions = rules.Some[int64](101) }),
		"sender.dailyQuota":            fault(func(f *rules.Flow) { f.Sender.DailyQuota = rules.Some[int64](0) }),
	} {
		_, err := rules.EvaluateFlow(f)
		var wrong *rules.Error
		if !errors.As(err, &wrong) || wrong.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestGroupsOfAStepAreItsPeople: however people answered before, the groups of a step
// sum to those to whom it goes.
func TestGroupsOfAStepAreItsPeople(t *testing.T) {
	for range 150 {
		f := flow(1 + rand.Int64N(100_000))
		for range 1 + rand.IntN(8) {
			f.Steps = append(f.Steps, consultation(rand.Int64N(40), decimal.New(rand.Int64N(10001), -2).String(), decimal.New(rand.Int64N(10001), -2).String()))
		}
		q, err := rules.EvaluateFlow(f)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range q.Steps {
			sum := int64(0)
			if s.Item >= 0 {
				for _, g := range q.Plan.Items[s.Item].Audience {
					sum += g.Recipients.Or(0)
				}
			}
			if sum != s.People {
				t.Errorf("step %d of %+v goes to %d, its groups are %d", i, f, s.People, sum)
			}
		}
	}
}
