package reach

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// An Answer is who can be reached, how, and at what cost.
type Answer struct {
	Currency string    // that amounts were compared in, an ISO 4217 code
	Unrated  []Unrated // ways that were left out, as there is no rate between their currency and the others
	Segments []Segment
	Sure     Outcome // by the ways that surely reach people
	Depends  Outcome // by those too that hang on something

	segments map[Key]int
}

// An Unrated is a way that needs a rate to be planned with.
type Unrated struct {
	Type     rules.MessageType
	Currency string // ISO 4217
}

// A Segment is people whom no rule of the day tells apart.
type Segment struct {
	Key    Key // of one of them, without what nothing looks at
	People int64
}

// An Outcome is who gets what, and the plan that sends it.
type Outcome struct {
	People    int64 // all that were planned for
	Reached   int64
	Shares    [][]Share // by segment
	Ways      []WayOutcome
	Unreached []Unreached // most people first
	Plan      rules.Plan  // without items where nobody is reached
	Quote     rules.PlanQuote
	Days      int64   // that the sending takes
	Single    *Single // the cheapest type alone among those that reach the most; nil where nobody is reached
	// What no plan that reaches as many costs less than, in the currency of the
	// comparison; absent where the plan is known to cost the least.
	Bound rules.Opt[decimal.Decimal]
	Gap   decimal.Decimal // by how much the plan is above the bound

	cost decimal.Decimal // in the currency of the comparison, without what is paid whatever goes out
}

// A Share is people of a segment who get the same.
type Share struct {
	Way    int // among the ways of the outcome; -1: nothing reaches them
	People int64
	Reason string // why nothing does, as of [Unreached]
}

// A WayOutcome is what goes by one way.
type WayOutcome struct {
	Type    rules.MessageType
	People  int64
	Totals  []rules.Total   // one, in the currency that it is billed in; absent where a price is not in the book
	Price   decimal.Decimal // gross for each of the people, half-up at six decimals
	Unknown []string        // codes of checks that hold it back for some of them
	Needs   []string        // facts of contacts, and fields of a scenario, that would settle them
}

// Unreached is people whom nothing reaches, for the same reason.
type Unreached struct {
	People int64
	// Of the way that is nearest: its type, and the codes of the checks that fail and
	// that are unknown: "zalo.uid.broadcast: follow cap".
	Reason string
	Would  *Would // nil where nothing would do
}

// A Would is what would reach people.
type Would struct {
	Type     rules.MessageType
	Need     string // codes of the checks that would have to pass, and quota or rate where that is all
	Price    rules.Opt[decimal.Decimal]
	Currency string // of the price, an ISO 4217 code
}

// A Single is what one type alone does.
type Single struct {
	Type      rules.MessageType
	People    int64
	Totals    []rules.Total // absent where a price is not in the book
	Converted *rules.Total
}

// Plan plans who gets what, for so many people of each key. The order of rows does not
// matter to it.
func (w *Ways) Plan(people map[Key]int64) *Answer {
	b := planning{w: w, people: people, a: &Answer{Currency: w.currency, segments: map[Key]int{}}}
	for _, one := range w.ways {
		if !one.rated {
			b.a.Unrated = append(b.a.Unrated, Unrated{one.Type(), one.currency})
		}
	}
	b.segment()
	b.a.Sure = b.outcome(func(t *term) bool { return t.sure })
	b.a.Depends = b.outcome(func(t *term) bool { return t.may })
	return b.a
}

// Outcome is the one by the ways too that hang on something, or the one without them.
func (a *Answer) Outcome(dependsToo bool) *Outcome {
	if dependsToo {
		return &a.Depends
	}
	return &a.Sure
}

// Segment is the number of the segment of a key that was planned for.
func (a *Answer) Segment(k Key) int { return a.segments[k] }

// A planning is the work on one answer.
type planning struct {
	w       *Ways
	people  map[Key]int64
	keys    []Key   // in order
	members [][]Key // of each segment
	a       *Answer
}

// segment takes together whom every way treats alike.
func (b *planning) segment() {
	b.keys = slices.Sorted(maps.Keys(b.people))
	type found struct {
		Segment
		members []Key
	}
	alike := map[string]*found{}
	var list []*found
	for _, k := range b.keys {
		n := b.people[k]
		if n <= 0 {
			continue
		}
		print := b.print(k)
		plain := b.plain(k, print)
		s := alike[print]
		if s == nil {
			s = &found{Segment: Segment{Key: plain}}
			alike[print] = s
			list = append(list, s)
		}
		s.Key = min(s.Key, plain)
		s.People += n
		s.members = append(s.members, k)
	}
	slices.SortFunc(list, func(x, y *found) int { return cmp.Compare(x.Key, y.Key) })
	for i, s := range list {
		b.a.Segments = append(b.a.Segments, s.Segment)
		b.members = append(b.members, s.members)
		for _, k := range s.members {
			b.a.segments[k] = i
		}
	}
}

// print is how all ways treat the people of a key.
func (b *planning) print(k Key) string {
	print := make([]byte, 0, 2*len(b.w.ways))
	for _, one := range b.w.ways {
		n := b.w.term(one, k).number
		print = append(print, byte(n), byte(n>>8))
	}
	return string(print)
}

// plain is a key without what no way looks at, as things stand for its people.
func (b *planning) plain(k Key, print string) Key {
	var asked Key
	for _, one := range b.w.ways {
		asked |= b.w.asks(one, k)
	}
	if plain := k & asked; b.print(plain) == print {
		return plain
	}
	return k
}

// outcome plans with the ways that count.
func (b *planning) outcome(counts func(*term) bool) Outcome {
	p := b.problem(counts)
	best := p.solve(^wayset(0))
	o := b.told(p, &best, counts)
	if best.bound.LessThan(best.money) {
		o.Bound, o.Gap = rules.Some(best.bound), best.money.Sub(best.bound)
	}
	o.Single = b.single(p)
	return o
}

// single is the best of the types alone.
func (b *planning) single(p *posed) *Single {
	var best solution
	way := -1
	for i := range b.w.ways {
		s := p.with(1 << i)
		if s.reached > 0 && (way < 0 || best.compare(s.reached, s.unpriced, s.money) > 0) {
			best, way = s, i
		}
	}
	if way < 0 {
		return nil
	}
	quote := b.send(p, &best).quote
	return &Single{b.w.ways[way].Type(), best.reached, quote.Totals, quote.Converted}
}

// A posed problem knows which segments its groups are of.
type posed struct {
	problem
	segments [][]int // of each group
	looked   [allowances]bool
}

// problem poses the problem of the ways that count.
func (b *planning) problem(counts func(*term) bool) *posed {
	w := b.w
	p := &posed{}
	p.mark = decimal.Zero
	p.bundle = w.task.Pricing.Bundle.Messages
	type pairKey struct {
		kind   rules.MessageType
		market string
	}
	pairs, places := map[pairKey]int{}, place{at: -1}
	var markets []pairKey
	var examples []Key
	var messages []int64
	groups := map[string]int{}
	for s := range b.a.Segments {
		segment := &b.a.Segments[s]
		var g group
		for i, one := range w.ways {
			t := w.term(one, segment.Key)
			if !counts(t) || !one.rated {
				continue
			}
			o := offer{
				way: i, unpriced: !t.priced, unit: t.unit, marked: !t.mark.IsZero(), freeMark: !t.freeMark.IsZero(),
				pays: t.pays, limited: t.limited, pair: -1,
			}
			p.mark = decimal.Max(p.mark, t.mark, t.freeMark)
			b.allow(p, one, t, segment.Key)
			if t.market != "" {
				key := pairKey{one.Type(), t.market}
				n, ok := pairs[key]
				if !ok {
					n = len(markets)
					pairs[key], markets, examples, messages = n, append(markets, key), append(examples, segment.Key), append(messages, 0)
				}
				o.pair = n
				messages[n] += segment.People
			}
			if t.pays == freeService {
				g.place = places.of(t.unit)
			}
			g.offers = append(g.offers, o)
		}
		all := make([]int, len(g.offers))
		for i := range all {
			all[i] = i
		}
		print := textOf(&g, all)
		n, ok := groups[print]
		if !ok {
			n = len(p.groups)
			groups[print], p.groups, p.segments = n, append(p.groups, g), append(p.segments, nil)
		}
		p.groups[n].people += segment.People
		p.segments[n] = append(p.segments[n], s)
	}
	p.places = places.at + 1
	tiers := make([]int, len(markets)) // the pair that a market is, -1 where its messages reach one tier alone
	only := make([]decimal.Decimal, len(markets))
	for n, key := range markets {
		way := slices.IndexFunc(w.ways, func(one *way) bool { return one.Type() == key.kind })
		steps := w.steps(w.ways[way], examples[n], messages[n])
		if tiers[n] = -1; len(steps) > 1 {
			tiers[n] = len(p.pairs)
			p.pairs = append(p.pairs, steps)
		} else {
			only[n] = steps[0].unit
		}
	}
	for g := range p.groups {
		for i := range p.groups[g].offers {
			if o := &p.groups[g].offers[i]; o.pair >= 0 {
				if n := o.pair; tiers[n] < 0 {
					o.unit, o.pair = only[n], -1
				} else {
					o.pair = tiers[n]
				}
			}
		}
	}
	b.addFee(p)
	p.measure()
	return p
}

// A place counts where the price changes in the order of work.
type place struct {
	at   int
	unit decimal.Decimal
}

func (p *place) of(unit decimal.Decimal) int {
	if p.at < 0 || !p.unit.Equal(unit) {
		p.at++
		p.unit = unit
	}
	return p.at
}

// allow finds what there is of what people share.
func (b *planning) allow(p *posed, one *way, t *term, k Key) {
	const quota = noAllowance // which pays for nothing, so that its place is free
	asks := t.pays
	if t.limited {
		asks = quota
	}
	if asks == noAllowance && !t.limited || p.looked[asks] {
		return
	}
	p.looked[asks] = true
	g := b.w.people.segment(k, one.Type())
	g.Recipients = rules.Some[int64](1)
	q, err := rules.EvaluatePlan(b.w.plan([]*way{one}, [][]rules.Segment{{g}}))
	if err != nil || len(q.Months) == 0 {
		return
	}
	left := func(use *rules.Use, spent int64) int64 {
		if use == nil {
			return 0
		}
		return max(0, use.Limit-spent)
	}
	sender, used := &b.w.task.Sender, &q.Months[0].Used
	switch asks {
	case packageMessages:
		p.allowances[asks] = left(used.IncludedMessages, 0)
	case freeService:
		p.allowances[asks] = left(used.FreeService, sender.FreeServiceUsed)
	case freeConversations:
		p.allowances[asks] = left(used.FreeConversations, sender.FreeConversationsUsed.Or(0))
	case quota:
		p.quota = left(used.Promotion, sender.PromotionSent)
	}
}

// steps are the volume tiers that so many messages of a way to people of a key may
// reach.
func (w *Ways) steps(one *way, k Key, messages int64) []step {
	g := w.people.segment(k, one.Type())
	g.Recipients = rules.Some(min(messages, rules.MaxRecipients))
	s := w.scenario(one, g, w.spent())
	s.Pricing.MarkupPerMessage = rules.Opt[decimal.Decimal]{}
	q, err := rules.Evaluate(s)
	if err != nil {
		return nil
	}
	before := s.Sender.ChargedThisMonth
	g.Recipients = rules.Some[int64](1)
	var steps []step
	for i := range q.Lines {
		l := &q.Lines[i]
		if l.TierFrom == 0 {
			continue
		}
		sender := w.spent()
		sender.ChargedThisMonth = max(before, l.TierFrom-1)
		single := w.scenario(one, g, sender)
		single.Pricing.MarkupPerMessage = rules.Opt[decimal.Decimal]{}
		next := step{before: sender.ChargedThisMonth - before, unit: w.grossOf(single).Mul(one.rate)}
		if n := len(steps); n > 0 {
			last := &steps[n-1]
			next.base = last.base.Add(last.unit.Sub(next.unit).Mul(decimal.NewFromInt(next.before)))
		}
		steps = append(steps, next)
	}
	return steps
}

// addFee adds the fee of a package, which is paid where anything goes out by Zalo.
func (b *planning) addFee(p *posed) {
	if !b.w.task.Sender.IncludePackageFee {
		return
	}
	for i, one := range b.w.ways {
		for s := range b.a.Segments {
			g := b.w.people.segment(b.a.Segments[s].Key, one.Type())
			g.Recipients = rules.Some[int64](1)
			q, err := rules.EvaluatePlan(b.w.plan([]*way{one}, [][]rules.Segment{{g}}))
			if err != nil || q.Deliverable == 0 {
				continue
			}
			for _, l := range q.Months[0].Lines {
				if l.Code == "package-fee" {
					p.feeFor |= 1 << i
					p.fee = l.Gross.Mul(one.rate)
				}
			}
			break
		}
	}
}

// deal deals the people of each group to its ways, segment by segment: what a quota or
// an allowance pays for goes to the first of them.
func (p *posed) deal(s *solution, segments []Segment) [][]int64 {
	shares := make([][]int64, len(segments)) // by segment and offer of its group
	for g := range p.groups {
		offers := p.groups[g].offers
		left := slices.Clone(s.share[g])
		for _, at := range p.segments[g] {
			shares[at] = make([]int64, len(offers))
			people := segments[at].People
			for _, i := range inOrder(offers) {
				n := min(people, left[i])
				shares[at][i], left[i], people = n, left[i]-n, people-n
			}
		}
	}
	return shares
}

// inOrder are the offers as people get them: what may end first.
func inOrder(offers []offer) []int {
	order := make([]int, len(offers))
	for i := range order {
		order[i] = i
	}
	ends := func(i int) int {
		if offers[i].limited || offers[i].pays != noAllowance {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(order, func(a, b int) int { return ends(a) - ends(b) })
	return order
}

// A sending is a solution as a plan.
type sending struct {
	plan   rules.Plan
	ways   []int     // of its items
	shares [][]Share // by segment
	quote  rules.PlanQuote
}

// send makes a solution a plan.
func (b *planning) send(p *posed, s *solution) sending {
	used, item := p.used(s), map[int]int{}
	is := sending{shares: make([][]Share, len(b.a.Segments))}
	var list []*way
	for i, one := range b.w.ways {
		if used.has(i) {
			item[i] = len(list)
			is.ways, list = append(is.ways, i), append(list, one)
		}
	}
	audiences, at := make([][]rules.Segment, len(list)), make([]map[Key]int, len(list))
	dealt := p.deal(s, b.a.Segments)
	for g := range p.segments {
		offers := p.groups[g].offers
		order := inOrder(offers)
		for _, n := range p.segments[g] {
			left := b.a.Segments[n].People
			for _, i := range order {
				if people := dealt[n][i]; people > 0 {
					left -= people
					is.shares[n] = append(is.shares[n], Share{Way: item[offers[i].way], People: people})
				}
			}
			if left > 0 {
				is.shares[n] = append(is.shares[n], Share{Way: -1, People: left})
			}
		}
	}
	for n := range is.shares {
		for _, share := range is.shares[n] {
			if share.Way < 0 {
				continue
			}
			one := list[share.Way]
			k := b.a.Segments[n].Key
			k &= b.w.asks(one, k)
			if at[share.Way] == nil {
				at[share.Way] = map[Key]int{}
			}
			addPeople(&audiences[share.Way], at[share.Way], k, share.People, func() rules.Segment { return b.w.people.segment(k, one.Type()) })
		}
	}
	if len(list) == 0 {
		is.quote = rules.PlanQuote{Verdict: rules.Ineligible, Priced: true, Items: []rules.ItemQuote{}, Days: []rules.PlanDay{}, Months: []rules.PlanMonth{}, Notices: []rules.Notice{}}
		return is
	}
	is.plan = b.w.plan(list, audiences)
	quote, err := rules.EvaluatePlan(is.plan)
	if err != nil { // the configuration was looked at, and the facts come from keys
		panic("reach: the plan has a mistake: " + err.Error())
	}
	is.quote = quote
	return is
}

// addPeople adds people of a key to an audience: those whom the way does not tell apart
// are one segment, or several where that has no room.
func addPeople(to *[]rules.Segment, at map[Key]int, k Key, people int64, segment func() rules.Segment) {
	for people > 0 {
		i, ok := at[k]
		if !ok || (*to)[i].Recipients.Or(0) == rules.MaxRecipients {
			i = len(*to)
			at[k], *to = i, append(*to, segment())
		}
		before := (*to)[i].Recipients.Or(0)
		n := min(people, rules.MaxRecipients-before)
		(*to)[i].Recipients = rules.Some(before + n)
		people -= n
	}
}

// told is a solution as it is told.
func (b *planning) told(p *posed, s *solution, counts func(*term) bool) Outcome {
	is := b.send(p, s)
	o := Outcome{Plan: is.plan, Quote: is.quote, Shares: is.shares, Reached: s.reached, cost: s.money}
	for i, n := range is.ways {
		one := WayOutcome{Type: b.w.ways[n].Type(), Totals: is.quote.Items[i].Totals}
		for at := range is.shares {
			for _, share := range is.shares[at] {
				if share.Way != i {
					continue
				}
				one.People += share.People
				t := b.w.term(b.w.ways[n], b.a.Segments[at].Key)
				one.Unknown, one.Needs = united(one.Unknown, t.unknown), united(one.Needs, t.needs)
			}
		}
		if len(one.Totals) > 0 {
			one.Price = one.Totals[0].Gross.DivRound(decimal.NewFromInt(one.People), priceDecimals)
		}
		o.Ways = append(o.Ways, one)
	}
	b.explain(&o, counts)
	o.Days = b.days(&o.Plan)
	for n := range b.a.Segments {
		o.People += b.a.Segments[n].People
	}
	return o
}

const priceDecimals = 6

// united adds the words that a list lacks.
func united(list, more []string) []string {
	for _, word := range more {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	return list
}

// explain says why people are not reached, and what would reach them.
func (b *planning) explain(o *Outcome, counts func(*term) bool) {
	type why struct {
		reason string
		would  Would
		price  string
	}
	found := map[why]int{}
	add := func(k Key, people int64) string {
		reason := b.reason(k, counts)
		one := why{reason: reason}
		would := b.would(k, counts)
		if would != nil {
			one.would = Would{Type: would.Type, Need: would.Need, Currency: would.Currency}
			if price, ok := would.Price.Get(); ok {
				one.price = price.String()
			}
		}
		at, ok := found[one]
		if !ok {
			at = len(o.Unreached)
			found[one] = at
			o.Unreached = append(o.Unreached, Unreached{Reason: reason, Would: would})
		}
		o.Unreached[at].People += people
		return reason
	}
	for n := range o.Shares {
		for i := range o.Shares[n] {
			share := &o.Shares[n][i]
			if share.Way >= 0 {
				continue
			}
			if share.People < b.a.Segments[n].People { // who of the segment they are is not known here
				share.Reason = add(b.a.Segments[n].Key, share.People)
				continue
			}
			for _, k := range b.members[n] {
				share.Reason = add(k, b.people[k])
			}
		}
	}
	slices.SortStableFunc(o.Unreached, func(x, y Unreached) int { return cmp.Compare(y.People, x.People) })
}

// missing are the codes of what keeps a way from people.
func (b *planning) missing(one *way, t *term, counts func(*term) bool) (failed, unknown []string) {
	failed, unknown = t.failed, t.unknown
	switch {
	case len(failed) > 0 || !counts(t):
	case !one.rated:
		failed = []string{needsRate}
	case t.limited:
		failed = []string{"quota"}
	}
	if !one.rated && len(failed) > 0 && failed[0] != needsRate {
		failed = append(slices.Clip(failed), needsRate)
	}
	return failed, unknown
}

// needsRate stands in the place of a check for a way that could not be planned.
const needsRate = "needs a rate"

// nearest is the way of a list that lacks the least, nil where the list is empty: what
// the sender can settle is less in the way than what only people can.
func (b *planning) nearest(list []*way, k Key, counts func(*term) bool) *way {
	var best *way
	var least [3]int
	for _, one := range list {
		t := b.w.term(one, k)
		failed, unknown := b.missing(one, t, counts)
		lacks := [...]int{len(failed), t.ofPeople(), len(unknown)}
		if best == nil || slices.Compare(lacks[:], least[:]) < 0 {
			best, least = one, lacks
		}
	}
	return best
}

// reason is the way nearest to the people of a key, and what it lacks.
func (b *planning) reason(k Key, counts func(*term) bool) string {
	one := b.nearest(b.w.ways, k, counts)
	failed, unknown := b.missing(one, b.w.term(one, k), counts)
	return string(one.Type()) + ": " + strings.Join(united(slices.Clone(failed), unknown), " ")
}

// would is what would reach the people of a key: the way that lacks the least, but for
// those that are not there on the day or switched off; among equals one that is not among
// the ways yet.
func (b *planning) would(k Key, counts func(*term) bool) *Would {
	var list []*way
	for _, one := range slices.Concat(b.w.others, b.w.ways) {
		if t := b.w.term(one, k); !slices.Contains(t.failed, "available") {
			list = append(list, one)
		}
	}
	one := b.nearest(list, k, counts)
	if one == nil {
		return nil
	}
	t := b.w.term(one, k)
	failed, unknown := b.missing(one, t, counts)
	if slices.Contains(b.w.others, one) && t.may { // nobody has planned with it, so no quota has ended
		failed = slices.DeleteFunc(slices.Clone(failed), func(code string) bool { return code == "quota" })
	}
	would := &Would{Type: one.Type(), Need: strings.Join(united(slices.Clone(failed), unknown), " "), Currency: one.currency}
	if !t.may { // the price if it could be sent: to somebody of whom nothing is known but the country
		t = b.w.term(one, k&bitsOf(countryAt, countryBits))
	}
	if t.may && t.priced {
		would.Price = rules.Some(t.gross)
	}
	return would
}

// days is how many days the sending takes: types that share a daily limit share it.
func (b *planning) days(p *rules.Plan) int64 {
	if len(p.Items) == 0 {
		return 0
	}
	most := int64(1)
	type limit struct {
		channel rules.Channel
		perDay  int64
	}
	units := map[limit]int64{}
	for i := range p.Items {
		s := p.Scenario(i, p.Items[i].On)
		s.Pricing = rules.Pricing{}
		q, err := rules.Evaluate(s)
		if err != nil || q.Schedule == nil {
			continue
		}
		n := q.Deliverable
		if q.Message.Channel() == rules.ChannelWhatsApp { // people count, but not those who wrote within the day
			s.Sender.MessagingLimit = rules.Some[int64](1)
			if q, err := rules.Evaluate(s); err == nil {
				n = q.Schedule.Days
			}
		}
		l := limit{q.Message.Channel(), q.Schedule.PerDay}
		units[l] += n
		most = max(most, (units[l]+l.perDay-1)/l.perDay)
	}
	return most
}
