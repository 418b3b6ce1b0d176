package app

import (
	"math/bits"
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A curve is what a scenario costs by the number of people. Between two points
// the cost is a straight line; each point is the answer to the scenario with
// that many people.
type curve struct {
	currency string
	points   []costPoint // by people, the first with one, the last at the end of the axis
	bends    []costPoint // where the price of one more changes
	now      costPoint   // the scenario itself
}

// A costPoint is the cost for a number of people.
type costPoint struct {
	people int64
	cost   decimal.Decimal
}

// curveOf works out the curve of a scenario; false where a price is not in the
// book. The axis ends at a round number at or past twice the people, further
// out if the price changes only there.
func curveOf(s rules.Scenario) (curve, bool) {
	var people, largest int64
	for i := range s.Audience {
		n := s.Audience[i].Recipients.Or(0)
		people, largest = people+n, max(largest, n)
	}
	if people == 0 {
		return curve{}, false
	}
	// No group may have more people than a scenario can.
	limit := scaled(people, rules.MaxRecipients, largest)
	var c curve
	for _, factor := range []int64{2, 5, 12} {
		found, ok := curveTo(s, people, min(roundUp(people*factor), limit))
		if !ok {
			return curve{}, false
		}
		if c.points == nil || len(found.bends) > 0 {
			c = found
		}
		if len(c.bends) > 0 || len(s.Audience) > 1 {
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
	step := countStep(n)
	return (n + step - 1) / step * step
}

// countStep is a round step of whole things, of which four reach n.
func countStep(n int64) int64 { return max(1, niceStep(decimal.NewFromInt(n), 4).IntPart()) }

// scaleStep is a round step of money, of which three reach most.
func scaleStep(most decimal.Decimal) decimal.Decimal {
	if most.IsZero() {
		most = decimal.NewFromInt(1)
	}
	return niceStep(most, 3)
}

// niceStep is the least of 1, 2 and 5 times a power of ten that cuts what is
// there into at most so many parts; for counts and for money.
func niceStep(most decimal.Decimal, parts int64) decimal.Decimal {
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

func curveTo(s rules.Scenario, people, most int64) (curve, bool) {
	c := curve{}
	priced := true
	cost := func(n int64) decimal.Decimal {
		q, err := rules.Evaluate(withPeople(s, people, n))
		if err != nil || len(q.Totals) == 0 {
			priced = false
			return decimal.Zero
		}
		t, _ := q.Total()
		c.currency = t.Currency
		return t.Gross
	}
	c.now = costPoint{people, cost(people)}
	// Groups are whole people, so that their shares and with them the cost jump
	// about the straight line: only the bends of one group are looked for.
	single := len(s.Audience) == 1
	at := costPoint{1, cost(1)}
	slope := cost(2).Sub(at.cost)
	c.points = append(c.points, at)
	straight := func(p costPoint) bool {
		return p.cost.Equal(at.cost.Add(slope.Mul(decimal.NewFromInt(p.people - at.people))))
	}
	for i := int64(1); i <= curveSamples && priced; i++ {
		end := costPoint{people: 1 + (most-1)*i/curveSamples}
		end.cost = cost(end.people)
		for single && len(c.bends) < curveSamples && !straight(end) {
			low, high := at, end // the line holds at low and not at high
			for low.people+1 < high.people {
				middle := costPoint{people: low.people + (high.people-low.people)/2}
				middle.cost = cost(middle.people)
				if straight(middle) {
					low = middle
				} else {
					high = middle
				}
			}
			at = low
			slope = cost(at.people + 1).Sub(at.cost)
			c.points, c.bends = append(c.points, at), append(c.bends, at)
		}
		at = end
		c.points = append(c.points, at)
	}
	if !priced {
		return curve{}, false
	}
	c.points = append(c.points, c.now)
	slices.SortStableFunc(c.points, func(a, b costPoint) int { return int(a.people - b.people) })
	c.points = slices.CompactFunc(c.points, func(a, b costPoint) bool { return a.people == b.people })
	c.points = ends(c.points, people)
	return c, true
}

// ends leaves of each straight line its two ends, and the point of so many
// people.
func ends(points []costPoint, people int64) []costPoint {
	kept := points[:1]
	for i := 1; i+1 < len(points); i++ {
		a, b, c := kept[len(kept)-1], points[i], points[i+1]
		across := func(p, q costPoint) decimal.Decimal { return decimal.NewFromInt(q.people - p.people) }
		if b.people == people || !b.cost.Sub(a.cost).Mul(across(b, c)).Equal(c.cost.Sub(b.cost).Mul(across(a, b))) {
			kept = append(kept, b)
		}
	}
	return append(kept, points[len(points)-1])
}

// withPeople is a scenario with another number of people in all, shared among
// the groups as they are now.
func withPeople(s rules.Scenario, people, n int64) rules.Scenario {
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
