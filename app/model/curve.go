package model

import (
	"math/bits"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A Curve is what a scenario costs by the number of people. Between two points
// the cost is a straight line; each point is the answer to the scenario with
// that many people.
type Curve struct {
	Currency string
	Points   []CostPoint // by people, the first with one, the last at the end of the axis
	Bends    []CostPoint // where the price of one more changes
	Now      CostPoint   // the scenario itself
}

// A CostPoint is the cost for a number of people.
type CostPoint struct {
	People int64
	Cost   decimal.Decimal
}

// CurveOf works out the curve of a scenario; false where a price is not in the
// book. The axis ends at a round number at or past twice the people, further
// out if the price changes only there.
func CurveOf(s rules.Scenario) (Curve, bool) {
	var people, largest int64
	for i := range s.Audience {
		n := s.Audience[i].Recipients.Or(0)
		people, largest = people+n, max(largest, n)
	}
	if people == 0 {
		return Curve{}, false
	}
	// No group may have more people than a scenario can.
	limit := scaled(people, rules.MaxRecipients, largest)
	var c Curve
	for _, factor := range []int64{2, 5, 12} {
		found, ok := curveTo(s, people, min(roundUp(people*factor), limit))
		if !ok {
			return Curve{}, false
		}
		if c.Points == nil || len(found.Bends) > 0 {
			c = found
		}
		if len(c.Bends) > 0 || len(s.Audience) > 1 {
			break
		}
	}
	return c, true
}

// scaled is n × by ÷ of, without overflow where by is at most of times what fits.
func scaled(n, by, of int64) int64 {
	high, low := bits.Mul64(uint64(n), uint64(by))
	if high >= uint64(of) {
		return rules.MaxCount
	}
	q, _ := bits.Div64(high, low, uint64(of))
	return int64(min(q, rules.MaxCount))
}

// roundUp is the end of an axis that holds a count.
func roundUp(n int64) int64 {
	step := CountStep(n)
	return (n + step - 1) / step * step
}

// CountStep is a round step of whole things, of which four reach n.
func CountStep(n int64) int64 { return max(1, NiceStep(decimal.NewFromInt(n), 4).IntPart()) }

// ScaleStep is a round step of money, of which three reach most.
func ScaleStep(most decimal.Decimal) decimal.Decimal {
	if most.IsZero() {
		most = decimal.NewFromInt(1)
	}
	return NiceStep(most, 3)
}

// NiceStep is the least of 1, 2 and 5 times a power of ten that cuts what is
// there into at most so many parts; for counts and for money.
func NiceStep(most decimal.Decimal, parts int64) decimal.Decimal {
	least := most.DivRound(decimal.NewFromInt(parts), 12)
	step := decimal.New(1, 0)
	for step.GreaterThan(least) && step.Exponent() > -9 && !most.GreaterThanOrEqual(decimal.NewFromInt(parts)) {
		step = step.Shift(-1)
	}
	for {
		for _, factor := range []int64{1, 2, 5} {
			if s := step.Mul(decimal.NewFromInt(factor)); !s.LessThan(least) {
				return s
			}
		}
		step = step.Shift(1)
	}
}

const curveSamples = 24

func curveTo(s rules.Scenario, people, most int64) (Curve, bool) {
	c := Curve{}
	priced := true
	cost := func(n int64) decimal.Decimal {
		q, err := rules.Evaluate(WithPeople(s, people, n))
		if err != nil || len(q.Totals) == 0 {
			priced = false
			return decimal.Zero
		}
		t, _ := q.Total()
		c.Currency = t.Currency
		return t.Gross
	}
	c.Now = CostPoint{people, cost(people)}
	// Groups are whole people, so that their shares and with them the cost jump
	// about the straight line: only the bends of one group are looked for.
	single := len(s.Audience) == 1
	at := CostPoint{1, cost(1)}
	slope := cost(2).Sub(at.Cost)
	c.Points = append(c.Points, at)
	straight := func(p CostPoint) bool {
		return p.Cost.Equal(at.Cost.Add(slope.Mul(decimal.NewFromInt(p.People - at.People))))
	}
	for i := int64(1); i <= curveSamples && priced; i++ {
		end := CostPoint{People: 1 + (most-1)*i/curveSamples}
		end.Cost = cost(end.People)
		for single && len(c.Bends) < curveSamples && !straight(end) {
			low, high := at, end // the line holds at low and not at high
			for low.People+1 < high.People {
				middle := CostPoint{People: low.People + (high.People-low.People)/2}
				middle.Cost = cost(middle.People)
				if straight(middle) {
					low = middle
				} else {
					high = middle
				}
			}
			at = low
			slope = cost(at.People + 1).Sub(at.Cost)
			c.Points, c.Bends = append(c.Points, at), append(c.Bends, at)
		}
		at = end
		c.Points = append(c.Points, at)
	}
	if !priced {
		return Curve{}, false
	}
	c.Points = append(c.Points, c.Now)
	sort.SliceStable(c.Points, func(i, j int) bool { return c.Points[i].People < c.Points[j].People })
	c.Points = slices.CompactFunc(c.Points, func(a, b CostPoint) bool { return a.People == b.People })
	c.Points = ends(c.Points, people)
	return c, true
}

// ends leaves of each straight line its two ends, and the point of so many
// people.
func ends(points []CostPoint, people int64) []CostPoint {
	kept := points[:1]
	for i := 1; i+1 < len(points); i++ {
		a, b, c := kept[len(kept)-1], points[i], points[i+1]
		across := func(p, q CostPoint) decimal.Decimal { return decimal.NewFromInt(q.People - p.People) }
		if b.People == people || !b.Cost.Sub(a.Cost).Mul(across(b, c)).Equal(c.Cost.Sub(b.Cost).Mul(across(a, b))) {
			kept = append(kept, b)
		}
	}
	return append(kept, points[len(points)-1])
}

// WithPeople is a scenario with another number of people in all, shared among
// the groups as they are now.
func WithPeople(s rules.Scenario, people, n int64) rules.Scenario {
	groups := make([]rules.Segment, 0, len(s.Audience))
	var before, given int64
	for _, g := range s.Audience {
		before += g.Recipients.Or(0)
		share := scaled(n, before, people) - given
		given += share
		if share > 0 {
			g.Recipients = rules.Some(share)
			groups = append(groups, g)
		}
	}
	s.Audience = groups
	return s
}
