package reach

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

func whole64(n int64) decimal.Decimal { return decimal.NewFromInt(n) }

// randomProblem makes up a problem small enough to try everything, person by person.
func randomProblem(r *rand.Rand) *problem {
	p := &problem{mark: whole64(int64(r.IntN(3))), bundle: int64(r.IntN(4)), quota: int64(r.IntN(5))}
	p.allowances = [...]int64{packageMessages: int64(r.IntN(4)), freeService: int64(r.IntN(4)), freeConversations: 0}
	if r.IntN(3) == 0 {
		p.fee, p.feeFor = whole64(int64(1+r.IntN(20))), 0b011
	}
	for range 2 {
		steps := []step{{0, whole64(int64(6 + r.IntN(6))), decimal.Zero}}
		for range r.IntN(3) {
			last := &steps[len(steps)-1]
			next := step{before: last.before + int64(1+r.IntN(3)), unit: last.unit.Sub(whole64(int64(r.IntN(3))))}
			next.base = last.base.Add(last.unit.Sub(next.unit).Mul(whole64(next.before)))
			steps = append(steps, next)
		}
		p.pairs = append(p.pairs, steps)
	}
	const groups = 3
	for g := range groups {
		one := group{people: int64(1 + r.IntN(4)), place: g}
		unit := whole64(int64(r.IntN(12)))
		for way, o := range []offer{
			{way: 0, unit: whole64(int64(r.IntN(14))), limited: true, marked: true, pair: -1},
			{way: 1, unit: whole64(9), pays: packageMessages, marked: true, freeMark: true, pair: -1},
			{way: 2, unit: unit, pays: freeService, marked: true, pair: -1},
			{way: 3, pair: r.IntN(len(p.pairs)), marked: true},
			{way: 4, unit: whole64(int64(r.IntN(16))), pair: -1},
			{way: 5, unpriced: true, pair: -1},
		} {
			if r.IntN(2) == 0 || way == 5 && r.IntN(4) > 0 {
				continue
			}
			one.offers = append(one.offers, o)
		}
		p.groups = append(p.groups, one)
	}
	p.places = groups
	p.measure()
	return p
}

// everything tries every way to deal people, and returns the best.
func everything(p *problem) (best solution) {
	whole := &reduced{problem: *p, whole: p, sent: make([]int64, len(p.pairs))}
	share := make([][]int64, len(p.groups))
	for g := range share {
		share[g] = make([]int64, len(p.groups[g].offers))
	}
	found := false
	var deal func(g, i int, left, quota int64)
	deal = func(g, i int, left, quota int64) {
		if g == len(p.groups) {
			is := solution{share: share}
			whole.reckon(&is)
			if !found || best.compare(is.reached, is.unpriced, is.money) > 0 {
				best, found = solution{reached: is.reached, unpriced: is.unpriced, money: is.money}, true
			}
			return
		}
		if i == len(share[g]) {
			next := int64(0)
			if g+1 < len(p.groups) {
				next = p.groups[g+1].people
			}
			deal(g+1, 0, next, quota)
			return
		}
		limited := p.groups[g].offers[i].limited
		for n := int64(0); n <= left && (!limited || n <= quota); n++ {
			share[g][i] = n
			if limited {
				deal(g, i+1, left-n, quota-n)
			} else {
				deal(g, i+1, left-n, quota)
			}
		}
		share[g][i] = 0
	}
	deal(0, 0, p.groups[0].people, p.quota)
	return best
}

// TestNobodyIsDealtBetter: not even dealing people one by one is better.
func TestNobodyIsDealtBetter(t *testing.T) {
	loose, branched := 0, 0
	for seed := range uint64(300) {
		p := randomProblem(rand.New(rand.NewPCG(seed, 2)))
		got, want := p.solve(^wayset(0)), everything(p)
		if got.compare(want.reached, want.unpriced, want.money) != 0 {
			t.Fatalf("problem %d: %d reached, %d unpriced for %s; could be %d, %d for %s\n%+v", seed, got.reached, got.unpriced, got.money, want.reached, want.unpriced, want.money, p)
		}
		if !got.bound.Equal(got.money) {
			t.Errorf("problem %d: the bound is %s, the cost %s", seed, got.bound, got.money)
		}
		b := branching{reduced: p.reduce(^wayset(0))}
		b.search(freely)
		if b.isLoose {
			loose++
		}
		if len(b.pairs[0])+len(b.pairs[1]) > 2 && len(b.groups) > 1 {
			branched++
		}
	}
	if loose < 10 || branched < 10 {
		t.Errorf("%d problems had free messages out of order, %d had tiers to choose", loose, branched)
	}
}

// tiered is a problem of so many markets, each of which has tiers and shares an
// allowance with all others.
func tiered(pairs int) *problem {
	p := &problem{}
	p.allowances[packageMessages] = int64(pairs * 35)
	for i := range pairs {
		steps := []step{{0, whole64(100), decimal.Zero}}
		for n := range 4 {
			last := &steps[len(steps)-1]
			next := step{before: int64(20*(n+1) + i), unit: last.unit.Sub(whole64(int64(5 + (i+n)%7)))}
			next.base = last.base.Add(last.unit.Sub(next.unit).Mul(whole64(next.before)))
			steps = append(steps, next)
		}
		p.pairs = append(p.pairs, steps)
		p.groups = append(p.groups, group{people: int64(70 + i), offers: []offer{
			{way: 0, unit: whole64(int64(88 + i%5)), pays: packageMessages, pair: -1}, {way: 1, pair: i},
		}})
	}
	p.measure()
	return p
}

func TestBeyondTwelveMarketsABoundMayStandForTheLeast(t *testing.T) {
	for _, pairs := range []int{1, 5, exactPairs, exactPairs + 1, 40} {
		t.Run(fmt.Sprint(pairs), func(t *testing.T) {
			p := tiered(pairs)
			p.tries = 1
			s := p.solve(^wayset(0))
			if whole := tiered(pairs).solve(^wayset(0)); whole.money.LessThan(s.bound) {
				t.Errorf("the bound %s is above the least cost %s", s.bound, whole.money)
			}
			if pairs == exactPairs+1 && s.bound.Equal(s.money) {
				t.Errorf("with %d pairs and one flow the least cost is known", pairs)
			}
			if s.bound.GreaterThan(s.money) {
				t.Errorf("the bound %s is above the cost %s", s.bound, s.money)
			}
			if pairs <= exactPairs && !s.bound.Equal(s.money) {
				t.Errorf("with %d pairs the bound is %s, the cost %s", pairs, s.bound, s.money)
			}
			if s.reached == 0 || s.bound.LessThan(s.money.Mul(decimal.RequireFromString("0.9"))) {
				t.Errorf("%d are reached for %s, the bound is %s", s.reached, s.money, s.bound)
			}
		})
	}
}

func TestSetsOfWaysComeInOrder(t *testing.T) {
	var got []wayset
	for s := nextOf(0, 0b10110, 2); s != 0; s = nextOf(s, 0b10110, 2) {
		got = append(got, s)
	}
	if fmt.Sprint(got) != fmt.Sprint([]wayset{0b00110, 0b10010, 0b10100}) {
		t.Errorf("%b", got)
	}
	if nextOf(0, 0b1, 2) != 0 {
		t.Error("there are two of one")
	}
}

func TestWeightsHoldTheLargestAmounts(t *testing.T) {
	s := scale{52}
	large, small := decimal.RequireFromString("1e28"), decimal.New(1, -52)
	a, b, c := s.weight(large, 0, -1), s.weight(large.Add(small), 0, -5), s.weight(decimal.Zero, 1, 0)
	if !a.less(&b) || !b.less(&c) || c.less(&a) {
		t.Error("they are in another order")
	}
	n := a.negative()
	zero := a.add(&n)
	if zero != (weight{}) {
		t.Errorf("%v", zero)
	}
	d := s.weight(large, 0, 3)
	if !a.less(&d) || d.less(&a) {
		t.Error("ties are not broken")
	}
}
