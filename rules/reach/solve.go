package reach

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/shopspring/decimal"
)

// An offer is a way for the people of a group.
type offer struct {
	way      int
	unpriced bool            // the book has no price for it
	unit     decimal.Decimal // what a message costs without the mark-up, where no tier says it
	marked   bool            // a message carries the mark-up if it is charged
	freeMark bool            // and if an allowance pays for it
	pays     allowance
	limited  bool // by the quota
	pair     int  // of market and category whose counter it moves; -1: of none
}

// A group is people whom every way offers the same.
type group struct {
	offers []offer
	people int64
	place  int // in the order of work, of what the free messages may pay for; those of a place cost the same
}

// A step is a volume tier, as what the messages cost if all were of it: the dearer
// tiers before it are in the base. Of all steps the least is what the messages cost,
// as prices only fall.
type step struct {
	before int64 // messages before its first one
	unit   decimal.Decimal
	base   decimal.Decimal
}

// cost is what so many messages cost by the step.
func (s *step) cost(n int64) decimal.Decimal { return s.base.Add(s.unit.Mul(decimal.NewFromInt(n))) }

// A wayset is some ways by their numbers.
type wayset uint64

func (s wayset) has(way int) bool { return s>>way&1 == 1 }
func (s wayset) len() int         { return bits.OnesCount64(uint64(s)) }

// A problem is whom to write to by which way: to reach the most people, of them as few
// as can be without a price, and then at the least cost.
type problem struct {
	groups     []group // in the order of work
	pairs      [][]step
	quota      int64 // messages that the monthly quota leaves
	allowances [allowances]int64
	places     int
	mark       decimal.Decimal // of each message that is marked, behind those of the bundle
	bundle     int64
	feeFor     wayset // ways with any of which the fee of a package is paid
	fee        decimal.Decimal
	scale      scale
	tries      int // flows that are looked at of more pairs than [exactPairs]
}

// An arc is an edge of the network that is a choice.
type arc struct {
	group, offer int
	edge         int32
	money        decimal.Decimal
}

// A solution is how many of each group get what of its offers.
type solution struct {
	share    [][]int64 // by group and offer
	reached  int64
	unpriced int64
	money    decimal.Decimal
	bound    decimal.Decimal // no solution costs less
}

// compare is less than zero if the solution is better than one that does so much, and more
// than zero if it is worse.
func (s *solution) compare(reached, unpriced int64, money decimal.Decimal) int {
	switch {
	case s.reached != reached:
		return cmp.Compare(reached, s.reached)
	case s.unpriced != unpriced:
		return cmp.Compare(s.unpriced, unpriced)
	}
	return s.money.Cmp(money)
}

// used are the ways that anybody gets.
func (p *problem) used(s *solution) (used wayset) {
	for g := range s.share {
		for o, n := range s.share[g] {
			if n > 0 {
				used |= 1 << p.groups[g].offers[o].way
			}
		}
	}
	return used
}

// exactPairs is up to how many pairs of market and category the search for the least
// cost does not end before it has found it.
const exactPairs = 12

// mostTries is how many flows are looked at where there are more, and how many sets of
// ways are tried for fewer ways that do as well.
const mostTries = 4096

// solve finds the best solution; among equals one of the fewest ways, and of those the
// one whose ways stand first.
func (p *problem) solve(among wayset) solution {
	var all wayset
	for g := range p.groups {
		for i := range p.groups[g].offers {
			all |= 1 << p.groups[g].offers[i].way & among
		}
	}
	best := p.with(all)
	used := p.used(&best)
	tried := 0
	for size := 1; size <= used.len(); size++ {
		for s := wayset(0); ; {
			if s = nextOf(s, all, size); s == 0 {
				break
			}
			if !p.mayDo(s, &best) {
				continue
			}
			if tried++; tried > mostTries {
				return best
			}
			if other, ok := p.within(s, &best); ok {
				other.bound = best.bound
				return other
			}
		}
	}
	return best
}

// nextOf is the set behind another one of so many ways among all; the sets with ways
// that stand before come first. Zero begins, and ends.
func nextOf(s, all wayset, size int) wayset {
	var ways []int
	for w := range 64 {
		if all.has(w) {
			ways = append(ways, w)
		}
	}
	if s == 0 {
		if size > len(ways) {
			return 0
		}
		for _, w := range ways[:size] {
			s |= 1 << w
		}
		return s
	}
	var at []int // of the ways of the set
	for i, w := range ways {
		if s.has(w) {
			at = append(at, i)
		}
	}
	for i := size - 1; i >= 0; i-- {
		if at[i]+size-i == len(ways) {
			continue
		}
		at[i]++
		for k := i + 1; k < size; k++ {
			at[k] = at[k-1] + 1
		}
		s = 0
		for _, n := range at {
			s |= 1 << ways[n]
		}
		return s
	}
	return 0
}

// mayDo reports whether some ways alone might do as well as a solution: whether they
// have anything for whom it reaches, and cost no more if all went well.
func (p *problem) mayDo(s wayset, best *solution) bool {
	least := decimal.Zero
	for g := range p.groups {
		var n int64
		for _, share := range best.share[g] {
			n += share
		}
		if n == 0 {
			continue
		}
		var low decimal.Decimal
		found, free, elsewhere := false, false, false
		for i := range p.groups[g].offers {
			o := &p.groups[g].offers[i]
			elsewhere = elsewhere || !o.limited
			if !s.has(o.way) {
				continue
			}
			unit := o.unit
			if o.pair >= 0 {
				unit = p.pairs[o.pair][len(p.pairs[o.pair])-1].unit
			}
			free = free || o.unpriced || o.pays != noAllowance
			if !found || unit.LessThan(low) {
				found, low = true, unit
			}
		}
		if !found && elsewhere {
			return false
		}
		if !free && elsewhere {
			least = least.Add(low.Mul(decimal.NewFromInt(n)))
		}
	}
	return !least.GreaterThan(best.money)
}

// measure finds how fine the weights must be.
func (p *problem) measure() {
	p.tries = mostTries
	p.scale.hold(p.mark)
	p.scale.hold(p.fee)
	for g := range p.groups {
		for i := range p.groups[g].offers {
			p.scale.hold(p.groups[g].offers[i].unit)
		}
	}
	for _, steps := range p.pairs {
		for i := range steps {
			p.scale.hold(steps[i].unit)
		}
	}
}

// slopeDecimals are how many more decimals a slope has than the amounts, so that what is
// lost by rounding it is less than the least difference of two amounts, for as many
// people as there may be.
const slopeDecimals = 15

// with finds the best solution with some of the ways alone.
func (p *problem) with(s wayset) solution {
	best, _ := p.within(s, nil)
	return best
}

// within finds the best solution with some of the ways alone; false where it is worse than
// another one.
func (p *problem) within(s wayset, than *solution) (solution, bool) {
	best, ok := p.withFee(s, than)
	if without := s &^ p.feeFor; without != s && without != 0 && !p.fee.IsZero() {
		other, found := p.withFee(without, than)
		if found && (!ok || other.compare(best.reached, best.unpriced, best.money) < 0) {
			if ok {
				other.bound = decimal.Min(best.bound, other.bound)
			}
			return other, true
		}
	}
	return best, ok
}

// freely is the place up to which free messages are given where it is not decided: they
// may pay for whatever they are worth most for, which costs no more than in order.
const freely = -1

// withFee finds the best solution of some ways, where the fee of a package is paid if
// any of them needs it; false where it is worse than another one.
func (p *problem) withFee(s wayset, than *solution) (solution, bool) {
	b := branching{reduced: p.reduce(s), than: than}
	b.search(freely)
	if b.isLoose {
		for place := range p.places {
			b.search(place)
		}
	}
	if !b.found || b.isWorse(&b.best) {
		return solution{}, false
	}
	best := b.spread(&b.best)
	best.bound = best.money
	if b.isCut {
		best.bound = decimal.Min(b.bound, best.money)
	}
	return best, true
}

// A branching looks for the best solution by splitting what a pair of market and
// category may cost into tiers: a line below what the messages cost makes a flow, whose
// cost is a lower bound. Without bounds of something shared it ends at once, as then
// all that can be moved goes by a pair or nothing does.
type branching struct {
	*reduced
	than    *solution // what is worse is not looked for; nil: there is none
	best    solution
	found   bool
	isLoose bool            // free messages were given otherwise than in order
	isCut   bool            // it ended before all was looked at
	bound   decimal.Decimal // of what was not looked at
}

// A span is the tiers that are still looked at, of each pair.
type span struct{ from, to []int }

func (b *branching) search(place int) {
	whole := span{make([]int, len(b.pairs)), make([]int, len(b.pairs))}
	for i := range b.pairs {
		whole.to[i] = len(b.pairs[i]) - 1
	}
	open, tries := []span{whole}, 0
	for len(open) > 0 {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		lines := b.lines(at)
		bound, ok := b.flow(place, lines)
		tries++
		if !ok || b.isWorse(&bound) || b.found && b.isNoBetter(&bound) {
			continue
		}
		is := solution{share: bound.share}
		b.reckon(&is)
		if !b.found || b.best.compare(is.reached, is.unpriced, is.money) > 0 {
			b.best, b.found = is, true
		}
		pair := b.widest(bound.share, at, lines)
		switch {
		case pair < 0:
			b.isLoose = b.isLoose || place == freely && is.money.GreaterThan(bound.money)
		case len(b.pairs) > exactPairs && tries >= b.tries:
			if !b.isCut || bound.money.LessThan(b.bound) {
				b.bound = bound.money
			}
			b.isCut = true
		default:
			middle := b.tierOf(pair, b.sentBy(bound.share, pair)) // which the lower part keeps
			middle = max(at.from[pair], min(middle, at.to[pair]-1))
			upper := span{slices.Clone(at.from), slices.Clone(at.to)}
			upper.from[pair] = middle + 1
			lower := span{slices.Clone(at.from), slices.Clone(at.to)}
			lower.to[pair] = middle
			open = append(open, lower, upper)
		}
	}
}

// isWorse reports whether a solution, or the bound of some, is worse than what is looked
// for.
func (b *branching) isWorse(s *solution) bool {
	return b.than != nil && b.than.compare(s.reached, s.unpriced, s.money) < 0
}

// isNoBetter reports whether nothing above a bound is better than what is found: less
// than the least difference of two amounts makes none.
func (b *branching) isNoBetter(bound *solution) bool {
	least := decimal.New(1, -b.scale.decimals)
	return b.best.compare(bound.reached, bound.unpriced, bound.money.Add(least)) < 0
}

// A line is a lower bound of what the messages of a pair cost, as far as there are at
// least and at most so many.
type line struct {
	unit, base  decimal.Decimal
	least, most int64
}

// lines are those of the tiers that are looked at.
func (r *reduced) lines(at span) []line {
	lines := make([]line, len(r.pairs))
	for i, steps := range r.pairs {
		l := line{least: r.least[i], most: r.most[i]}
		l.least = max(l.least, steps[at.from[i]].before)
		if at.to[i]+1 < len(steps) {
			l.most = min(l.most, steps[at.to[i]+1].before)
		}
		low := leastOf(steps, l.least)
		switch {
		case at.from[i] == at.to[i]:
			l.unit, l.base = steps[at.from[i]].unit, steps[at.from[i]].base
		case l.most > l.least:
			rise := leastOf(steps, l.most).Sub(low)
			l.unit, _ = rise.QuoRem(decimal.NewFromInt(l.most-l.least), r.scale.decimals+slopeDecimals)
			fallthrough
		default:
			l.base = low.Sub(l.unit.Mul(decimal.NewFromInt(l.least)))
		}
		lines[i] = l
	}
	return lines
}

// leastOf is what so many messages cost by the step that makes them cheapest.
func leastOf(steps []step, n int64) decimal.Decimal {
	least := steps[0].cost(n)
	for i := range steps[1:] {
		least = decimal.Min(least, steps[1+i].cost(n))
	}
	return least
}

// sentBy is how many messages go by a pair.
func (r *reduced) sentBy(share [][]int64, pair int) int64 {
	n := r.sent[pair]
	for g := range share {
		for o, one := range share[g] {
			if r.groups[g].offers[o].pair == pair {
				n += one
			}
		}
	}
	return n
}

// tierOf is the tier of the last of so many messages.
func (p *problem) tierOf(pair int, n int64) int {
	steps := p.pairs[pair]
	tier := 0
	for i := range steps {
		if steps[i].before < n {
			tier = i
		}
	}
	return tier
}

// widest is the pair whose line is farthest below what its messages cost, among those
// of which more than one tier is looked at; -1: there is none.
func (p *reduced) widest(share [][]int64, at span, lines []line) int {
	widest, by := -1, decimal.New(1, -p.scale.decimals-1)
	for i := range p.pairs {
		if at.from[i] == at.to[i] {
			continue
		}
		n := p.sentBy(share, i)
		gap := leastOf(p.pairs[i], n).Sub(lines[i].base).Sub(lines[i].unit.Mul(decimal.NewFromInt(n)))
		if gap.GreaterThan(by) {
			widest, by = i, gap
		}
	}
	return widest
}

// flow finds the solution of least cost by lines in the place of tiers, with the free
// messages given up to a place; false where there is none within the lines.
func (p *reduced) flow(place int, lines []line) (solution, bool) {
	is := solution{share: make([][]int64, len(p.groups)), reached: p.reached, unpriced: p.unpriced, money: p.money}
	w := scale{p.scale.decimals}
	for i := range lines {
		w.hold(lines[i].unit)
	}
	n := &p.net
	n.reset()
	p.arcs = p.arcs[:0]
	var marks, quota int32
	var paid [allowances]int32
	for i := range lines {
		if lines[i].least > lines[i].most {
			return is, false
		}
	}
	paired, forced := make([]int32, len(lines)), make([]int32, len(lines))
	markUp := func() int32 { // where the bundle comes first, then the mark-up
		if marks == 0 {
			marks = n.node()
			n.edge(marks, sink, max(0, p.bundle-p.marked), weight{}) // what the settled leave of it
			p.choose(-1, -1, marks, sink, unbounded, &w, p.mark, 0, 0)
		}
		return marks
	}
	// behind is where a message goes on, and what more it costs.
	behind := func(marked bool) (int32, decimal.Decimal) {
		switch {
		case !marked || p.isMarkedAlike:
			return sink, decimal.Zero
		case p.bundle > 0:
			return markUp(), decimal.Zero
		default:
			return sink, p.mark
		}
	}
	for g := range p.groups {
		people := &p.groups[g]
		from := int32(0)
		is.share[g] = make([]int64, len(people.offers))
		for i := range people.offers {
			o := &people.offers[i]
			if from == 0 {
				from = n.node()
				n.edge(source, from, people.people, weight{})
			}
			tie := tieOf(o.way, g, len(p.groups))
			unit, unpriced := o.unit, int64(0)
			if o.pair >= 0 {
				unit = lines[o.pair].unit
			}
			if o.unpriced {
				unpriced = 1
			}
			free, charged := o.pays != noAllowance && p.allowances[o.pays] > 0, true
			if o.pays == freeService && place != freely {
				free, charged = free && people.place <= place, people.place >= place
			}
			if free {
				if paid[o.pays] == 0 {
					paid[o.pays] = n.node()
					to, more := behind(o.freeMark)
					p.choose(-1, -1, paid[o.pays], to, p.allowances[o.pays], &w, more, 0, 0)
				}
				p.choose(g, i, from, paid[o.pays], unbounded, &w, decimal.Zero, 0, tie)
			}
			if !charged {
				continue
			}
			to, more := behind(o.marked)
			if o.pair >= 0 {
				l := &lines[o.pair]
				if paired[o.pair] == 0 {
					paired[o.pair] = n.node()
					before := p.sent[o.pair]
					forced[o.pair] = n.edge(paired[o.pair], to, max(0, l.least-before), weight{lastWord: ^uint64(0) - mustFlow})
					n.edge(paired[o.pair], to, l.most-max(l.least, before), weight{})
				}
				to = paired[o.pair]
			}
			if o.limited {
				if quota == 0 {
					quota = n.node()
					n.edge(quota, to, p.quota, weight{})
				}
				to = quota
			}
			p.choose(g, i, from, to, unbounded, &w, unit.Add(more), unpriced, tie)
		}
	}
	n.fill()
	for i := range lines {
		if l := &lines[i]; paired[i] > 0 && n.flow(forced[i]) < l.least-p.sent[i] || paired[i] == 0 && p.sent[i] < l.least || p.sent[i] > l.most {
			return is, false
		}

		is.money = is.money.Add(lines[i].base).Add(lines[i].unit.Mul(decimal.NewFromInt(p.sent[i])))
	}
	for i := range p.arcs {
		a := &p.arcs[i]
		flow := n.flow(a.edge)
		if flow == 0 {
			continue
		}
		is.money = is.money.Add(a.money.Mul(decimal.NewFromInt(flow)))
		if a.group >= 0 {
			is.share[a.group][a.offer] += flow
			is.reached += flow
			if p.groups[a.group].offers[a.offer].unpriced && n.edges[a.edge].weight[lastWord] == 1 {
				is.unpriced += flow
			}
		}
	}
	if p.isMarkedAlike {
		is.money = is.money.Add(p.markOf(is.reached))
	} else {
		is.money = is.money.Add(p.markOf(p.marked))
	}
	if p.paysFee(is.share) {
		is.money = is.money.Add(p.fee)
	}
	return is, true
}

// mustFlow is how much lighter than anything else an edge is that must be filled.
const mustFlow = 1 << 40

const unbounded = int64(1) << 61

// tieOf breaks ties: ways that stand first before others, and those for the groups that
// are worked first. It is less than two to the 42, and paths are not longer than there
// are groups.
func tieOf(way, group, groups int) int64 {
	return int64(way+1)<<34 + int64(way+1)*int64(groups-group)
}

// choose adds an edge that costs money.
func (p *reduced) choose(group, offer int, from, to int32, most int64, w *scale, money decimal.Decimal, unpriced, tie int64) {
	e := p.net.edge(from, to, most, w.weight(money, unpriced, tie))
	p.arcs = append(p.arcs, arc{group, offer, e, money})
}

// paysFee reports whether anybody gets a way for which the fee of a package is paid.
func (r *reduced) paysFee(share [][]int64) bool {
	return !r.fee.IsZero() && (r.used(&solution{share: share})|r.ways)&r.feeFor != 0
}

// markOf is the mark-up of so many messages behind those of the bundle.
func (p *problem) markOf(marked int64) decimal.Decimal {
	return p.mark.Mul(decimal.NewFromInt(max(0, marked-p.bundle)))
}

// reckon finds what a solution reaches and costs: the allowances are used up in the order
// of work.
func (r *reduced) reckon(is *solution) {
	left, marked := r.allowances, r.marked
	is.reached, is.unpriced, is.money = r.reached, r.unpriced, r.money
	for g := range is.share {
		for i, n := range is.share[g] {
			if n == 0 {
				continue
			}
			o := &r.groups[g].offers[i]
			is.reached += n
			free := min(n, left[o.pays])
			left[o.pays] -= free
			charged := n - free
			if o.pair < 0 {
				is.money = is.money.Add(o.unit.Mul(decimal.NewFromInt(charged)))
			}
			if o.unpriced {
				is.unpriced += charged
			}
			if o.marked {
				marked += charged
			}
			if o.freeMark {
				marked += free
			}
		}
	}
	for i := range r.pairs {
		is.money = is.money.Add(leastOf(r.pairs[i], r.sentBy(is.share, i)))
	}
	is.money = is.money.Add(r.markOf(marked))
	if r.paysFee(is.share) {
		is.money = is.money.Add(r.fee)
	}
}
