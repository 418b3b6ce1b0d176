package model_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/rules"
)

func TestEveryPointOfACurveIsAnAnswer(t *testing.T) {
	for name, f := range formtest.CurveForms() {
		s := formtest.AskedOf(t, f)
		c, ok := model.CurveOf(s)
		if !ok {
			t.Errorf("%s has no curve", name)
			continue
		}
		people := c.Now.People
		answerAt := func(n int64) decimal.Decimal {
			q, err := rules.Evaluate(model.WithPeople(s, people, n))
			if err != nil {
				t.Fatalf("%s, %d people: %v", name, n, err)
			}
			sum, _ := q.Total()
			return sum.Gross
		}
		for i, p := range c.Points {
			if i > 0 && p.People <= c.Points[i-1].People {
				t.Errorf("%s: %d people come behind %d", name, p.People, c.Points[i-1].People)
			}
			if want := answerAt(p.People); !p.Cost.Equal(want) {
				t.Errorf("%s: %d people cost %s, not %s", name, p.People, p.Cost, want)
			}
		}
		if !slices.ContainsFunc(c.Points, func(p model.CostPoint) bool { return p.People == people && p.Cost.Equal(c.Now.Cost) }) {
			t.Errorf("%s: the scenario itself is not on its curve", name)
		}
		if len(s.Audience) > 1 {
			continue // the shares of groups are whole people, beside the straight line
		}
		// Between two points the line is the answer too, to the last decimal.
		for i := 1; i < len(c.Points); i++ {
			a, b := c.Points[i-1], c.Points[i]
			for k := int64(1); k <= 20; k++ {
				n := a.People + (b.People-a.People)*k/21
				left := answerAt(n).Sub(a.Cost).Mul(decimal.NewFromInt(b.People - a.People))
				right := b.Cost.Sub(a.Cost).Mul(decimal.NewFromInt(n - a.People))
				if !left.Equal(right) {
					t.Errorf("%s: %d people cost %s, off the line from %v to %v", name, n, answerAt(n), a, b)
				}
			}
		}
	}
}

func TestACurveBendsWhereThePriceDoes(t *testing.T) {
	bends := func(name string) string {
		c, _ := model.CurveOf(formtest.AskedOf(t, formtest.CurveForms()[name]))
		var list []string
		for _, b := range c.Bends {
			list = append(list, strconv.FormatInt(b.People, 10))
		}
		return strings.Join(list, " ")
	}
	for name, want := range map[string]string{
		"a plain price":     "",
		"a free thousand":   "1000", // beyond twice the people
		"a quota":           "2500", // a sixth of the two months
		"included messages": "500",
		"nothing to pay":    "",
	} {
		if got := bends(name); got != want {
			t.Errorf("%s bends at %q, not %q", name, got, want)
		}
	}
}

func TestAPriceNotInTheBookHasNoCurve(t *testing.T) {
	if c, ok := model.CurveOf(formtest.AskedOf(t, formtest.FormWith(map[string]string{form.PathType: string(rules.ZNSFollower), form.PathOn: "2023-06-01"}))); ok {
		t.Errorf("a curve without a price: %v", c.Points)
	}
}

// What the book announces later is not said here: it becomes more.
func TestTheHistoryOfAPriceIsTheBooks(t *testing.T) {
	spans := func(answers map[string]string) string {
		h := model.HistoryOf(formtest.AskedOf(t, formtest.FormWith(answers)))
		var list []string
		for _, s := range h.Spans {
			if s.Since.String() > formtest.TestDay {
				continue
			}
			said := s.Price.String()
			switch s.State {
			case model.SpanUnknown:
				said = "?"
			case model.SpanOff:
				said = "off"
			}
			if s.Talk {
				said += "/talk"
			}
			list = append(list, s.Since.String()+" "+said)
		}
		return strings.Join(list, ", ")
	}
	for _, c := range []struct {
		answers map[string]string
		want    string
	}{
		{map[string]string{form.PathType: string(rules.ZaloTransaction), form.PathOn: "2024-01-01"}, "2023-04-18 0, 2023-06-21 165, 2026-03-01 off"},
		{map[string]string{"audience[0].hoursSinceInteraction": "1"}, "2023-04-18 55"},
		{map[string]string{form.PathType: string(rules.ZNS), "message.template.buttons": "2", "message.tag": "3"}, "2022-01-01 330, 2026-03-16 440"},
		{map[string]string{form.PathType: string(rules.WhatsAppMarketing)}, "2024-11-01 0.0732/talk, 2025-07-01 0.0732, 2026-10-01 0.0842"},
		{map[string]string{form.PathType: string(rules.WhatsAppService), "sender.freeServiceUsed": "5"}, "2024-11-01 0/talk, 2025-07-01 0, 2026-10-01 0.0113"},
		{map[string]string{form.PathType: string(rules.WhatsAppMarketing), "sender.billingCurrency": "EUR", form.PathOn: "2026-08-01", "audience[0].country": "DE"}, "2026-07-01 0.1131, 2026-10-01 ?"},
		{map[string]string{form.PathType: string(rules.ZBSUID)}, "2026-03-16 154, 2026-03-24 231"},
	} {
		if got := spans(c.answers); got != c.want {
			t.Errorf("%v: %s, not %s", c.answers, got, c.want)
		}
	}
}

func TestStepsAreRoundAndFew(t *testing.T) {
	for _, most := range []string{"1", "2", "3", "7", "10", "999", "1000", "1001", "54321", "2000000000", "0.0842", "0.4", "1.5", "0.00001", "123456789012"} {
		d := decimal.RequireFromString(most)
		for _, parts := range []int64{3, 4} {
			step := model.NiceStep(d, parts)
			if step.Mul(decimal.NewFromInt(parts)).LessThan(d) {
				t.Errorf("%d steps of %s do not reach %s", parts, step, most)
			}
			first := strings.Trim(strings.ReplaceAll(step.String(), ".", ""), "0")
			if first != "1" && first != "2" && first != "5" {
				t.Errorf("%s is no round step", step)
			}
			if !step.LessThan(d.Mul(decimal.NewFromInt(2))) && d.GreaterThan(decimal.NewFromInt(1)) {
				t.Errorf("the step %s is beyond %s", step, most)
			}
		}
	}
}
