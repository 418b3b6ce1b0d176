package reach

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// A reduced problem is one with some of the ways, without what needs no thought: offers
// that another one is never worse than are left out, people who have one offer left get
// it, and the others are taken together as far as theirs are the same.
type reduced struct {
	problem
	whole   *problem
	members [][]member // of each group
	settled []member   // who need no thought; their first offer is theirs

	// What the settled cost and use up, but for the tiers that they reach.
	reached, unpriced, marked int64
	money                     decimal.Decimal
	ways                      wayset
	sent                      []int64 // by pair

	least, most   []int64 // that may go by each pair
	isMarkedAlike bool    // every message of those who are not settled carries the mark-up, whatever it is

	net  network
	arcs []arc
}

// A member is a group of the whole problem with the offers that are left to it.
type member struct {
	group  int
	offers []int
}

// reduce reduces the problem to some of the ways.
func (p *problem) reduce(s wayset) *reduced {
	r := &reduced{problem: *p, whole: p, isMarkedAlike: true}
	r.groups = nil
	r.sent, r.least, r.most = make([]int64, len(p.pairs)), make([]int64, len(p.pairs)), make([]int64, len(p.pairs))
	alike := map[string]int{}
	for g := range p.groups {
		group := &p.groups[g]
		left := p.prune(group, s)
		if len(left) == 0 {
			continue
		}
		one := member{g, left}
		if first := &group.offers[left[0]]; len(left) == 1 && p.isPlain(first) {
			r.settle(one, first, group.people)
			continue
		}
		text := textOf(group, left)
		n, ok := alike[text]
		if !ok {
			n = len(r.groups)
			alike[text] = n
			kept := group.keep(left)
			r.groups, r.members = append(r.groups, kept), append(r.members, nil)
		}
		r.groups[n].people += group.people
		r.members[n] = append(r.members[n], one)
	}
	for g := range r.groups {
		r.count(&r.groups[g])
	}
	for i := range r.sent {
		r.least[i] += r.sent[i]
		r.most[i] += r.sent[i]
	}
	r.isMarkedAlike = r.isMarkedAlike && r.marked == r.reached
	return r
}

// keep is a group of nobody yet with some of the offers.
func (g *group) keep(left []int) group {
	kept := group{place: g.place}
	for _, i := range left {
		kept.offers = append(kept.offers, g.offers[i])
	}
	return kept
}

// textOf has what decides about a group with some of its offers, to compare.
func textOf(g *group, left []int) string {
	var b strings.Builder
	for _, i := range left {
		o := &g.offers[i]
		b.WriteString(strconv.Itoa(o.way) + " " + o.text() + ";")
		if o.pays == freeService {
			b.WriteString("@" + strconv.Itoa(g.place))
		}
	}
	return b.String()
}

// text has all of an offer but its way, to compare.
func (o *offer) text() string {
	text := o.unit.String() + " " + strconv.Itoa(int(o.pays)) + " " + strconv.Itoa(o.pair)
	for _, yes := range [...]bool{o.unpriced, o.marked, o.freeMark, o.limited} {
		text += strconv.FormatBool(yes)[:1]
	}
	return text
}

// isPlain reports whether an offer shares nothing that can end.
func (p *problem) isPlain(o *offer) bool {
	return !o.limited && (o.pays == noAllowance || p.allowances[o.pays] == 0)
}

// settle gives people the only offer that they have.
func (r *reduced) settle(one member, o *offer, people int64) {
	r.settled = append(r.settled, one)
	r.reached += people
	r.ways |= 1 << o.way
	if o.pair >= 0 {
		r.sent[o.pair] += people
	} else {
		r.money = r.money.Add(o.unit.Mul(decimal.NewFromInt(people)))
	}
	if o.unpriced {
		r.unpriced += people
	}
	if o.marked {
		r.marked += people
	}
}

// count counts what may and what must go by each pair.
func (r *reduced) count(g *group) {
	only := g.offers[0].pair
	seen := map[int]bool{}
	for i := range g.offers {
		o := &g.offers[i]
		if o.pair != only {
			only = -1
		}
		if o.pair >= 0 && !seen[o.pair] {
			seen[o.pair] = true
			r.most[o.pair] += g.people
		}
		r.isMarkedAlike = r.isMarkedAlike && o.marked && (o.freeMark || o.pays == noAllowance)
	}
	if only >= 0 {
		r.least[only] += g.people
	}
}

// prune lists the offers of a group by some of the ways, but for those that another one
// is never worse than.
func (p *problem) prune(g *group, s wayset) []int {
	best := -1
	for i := range g.offers {
		o := &g.offers[i]
		if s.has(o.way) && o.pair < 0 && p.isPlain(o) && (best < 0 || p.dearest(o).less(p.dearest(&g.offers[best]))) {
			best = i
		}
	}
	var left []int
	for i := range g.offers {
		o := &g.offers[i]
		if s.has(o.way) && (i == best || best < 0 || p.cheapest(o).less(p.dearest(&g.offers[best]))) {
			left = append(left, i)
		}
	}
	return left
}

// A worth is what a message costs, to compare.
type worth struct {
	unpriced bool
	money    decimal.Decimal
	way      int
}

func (a worth) less(b worth) bool {
	if a.unpriced != b.unpriced {
		return b.unpriced
	}
	if c := a.money.Cmp(b.money); c != 0 {
		return c < 0
	}
	return a.way < b.way
}

// dearest is the most that a message of a plain offer costs.
func (p *problem) dearest(o *offer) worth {
	w := worth{o.unpriced, o.unit, o.way}
	if o.marked {
		w.money = w.money.Add(p.mark)
	}
	return w
}

// cheapest is the least that a message of an offer may cost.
func (p *problem) cheapest(o *offer) worth {
	w := worth{o.unpriced, o.unit, o.way}
	marked := o.marked
	switch {
	case !p.isPlain(o) && o.pays != noAllowance && p.allowances[o.pays] > 0:
		w.unpriced, w.money, marked = false, decimal.Zero, o.freeMark
	case o.pair >= 0:
		w.money = p.pairs[o.pair][len(p.pairs[o.pair])-1].unit
	}
	if marked && p.bundle == 0 {
		w.money = w.money.Add(p.mark)
	}
	return w
}

// spread gives a solution to the groups of the whole problem.
func (r *reduced) spread(s *solution) solution {
	is := *s
	is.share = make([][]int64, len(r.whole.groups))
	for g := range is.share {
		is.share[g] = make([]int64, len(r.whole.groups[g].offers))
	}
	for _, one := range r.settled {
		is.share[one.group][one.offers[0]] = r.whole.groups[one.group].people
	}
	for g := range r.groups {
		left := append([]int64(nil), s.share[g]...)
		order := inOrder(r.groups[g].offers)
		for _, one := range r.members[g] {
			people := r.whole.groups[one.group].people
			for _, i := range order {
				n := min(people, left[i])
				is.share[one.group][one.offers[i]] = n
				left[i], people = left[i]-n, people-n
			}
		}
	}
	return is
}
