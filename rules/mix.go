package rules

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/shopspring/decimal"
)

// A Mix is the best way for each group of a scenario: to reach the most people, and
// then at the least cost. Money of two currencies is weighed by the rates that the
// scenario gives; without one the cheapest way is that of [Mix.Currency], and Rates
// names what could not be weighed.
type Mix struct {
	Purpose  Purpose
	Currency string     // of the comparison: the one that was asked for, else the scenario's own
	Groups   []MixGroup // as in the audience
	Sure     Blend      // of the ways that surely may be sent
	OneWays  []OneWay   // what one type alone surely does, for each that reaches anybody, the best first
	// Depends is the best mix if the ways that hang on something count too; nil where
	// none of them would be taken. Of each way that is taken, [GroupWay.Open] says on
	// what it hangs.
	Depends *Blend
	Rates   []string // ISO 4217 codes of the currencies whose rate is missing
}

// A MixGroup is a group with every way to it.
type MixGroup struct {
	Name       string
	Recipients int64
	Ways       []GroupWay // what may be sent first, then what depends, then what lacks an answer, then what may not; each the best first
}

// A GroupWay is a type for one group, as it is for that group alone: with every
// allowance for itself.
type GroupWay struct {
	Type    MessageType
	Verdict Verdict      // depends also where an answer is missing or assumed, as [Option.Verdict]
	Quote   SegmentQuote // the paths that its checks need are those of the scenario
	Total   *Total       // without what is paid by the month; in the currency that was asked for if it has a rate; nil without a price in the book
	Error   *Error       // what it lacks; there is no quote then
	Unmet   bool         // as in [Option]
	Replied *Total       // as in [Option]; looked for only where no way surely reaches the group

	option   int // among the options
	admitted bool
}

// Open lists what the way hangs on: the checks that are unknown.
func (w *GroupWay) Open() []Check { return w.checks(Unknown) }

// Failed lists the checks that stand in the way.
func (w *GroupWay) Failed() []Check { return w.checks(Fail) }

func (w *GroupWay) checks(o Outcome) (list []Check) {
	for _, c := range w.Quote.Checks {
		if c.Outcome == o {
			list = append(list, c)
		}
	}
	return list
}

// A Blend is who gets what, and the plan that sends it: one item for each type, to
// all the groups that get it, so that they share what there is of an allowance.
type Blend struct {
	Groups []BlendGroup // as in the audience
	Plan   Plan         // without items where nobody is reached
	Quote  PlanQuote    // of the plan
}

// A BlendGroup is what a group gets in a blend.
type BlendGroup struct {
	Type  MessageType  // empty: nothing reaches the group
	Item  int          // of the plan; -1: none
	Quote SegmentQuote // within the plan
	Total *Total       // what the platform charges for it, without what the user adds; nil without a price in the book
}

// A OneWay is what one type alone does.
type OneWay struct {
	Type MessageType
	Blend
}

// Plan is the plan of what surely may be sent.
func (m *Mix) Plan() Plan { return m.Sure.Plan }

// Way is what a group gets in a blend, as it is for that group alone; nil where it
// gets nothing.
func (m *Mix) Way(b *Blend, group int) *GroupWay {
	ways := m.Groups[group].Ways
	for i := range ways {
		if ways[i].Type == b.Groups[group].Type {
			return &ways[i]
		}
	}
	return nil
}

// Unreached lists the groups that a blend does not reach.
func (b *Blend) Unreached() (groups []int) {
	for g := range b.Groups {
		if b.Groups[g].Type == "" {
			groups = append(groups, g)
		}
	}
	return groups
}

// Types lists the types of a blend in the order of its plan.
func (b *Blend) Types() []MessageType {
	types := make([]MessageType, len(b.Plan.Items))
	for i := range types {
		types[i] = b.Plan.Items[i].Message.Type
	}
	return types
}

// MixOf finds the best way for each group of a scenario, among the types that
// [Compare] would list for a purpose; as is what Compare takes. The scenario's own
// type is one of them if it can serve the purpose.
//
// Each group takes the way that delivers the most to it, of these the cheapest: what
// is free before what is billed in the currency of the comparison, then other
// currencies, then what has no price in the book. Between equals the scenario's own
// type stands first, then they stand in the order of the book. Where ways share an
// allowance, a quota or the tiers of a price, groups are then moved to another of
// their ways one at a time as long as the whole delivers more or costs less. No type
// alone delivers more than the mix, or as much for less.
//
// A way depends where a check of it is unknown. Of a platform on which nothing was
// said of these people it counts for no mix. A template by phone goes to user ids as
// it is, and the other way round.
//
// The error is an *[Error], of the scenario; what another type lacks is no error.
func MixOf(s Scenario, p Purpose, as func(Message) Scenario) (Mix, error) {
	if err := s.Validate(); err != nil {
		return Mix{}, err
	}
	if as == nil {
		as = s.As
	}
	w := mixing{own: &s, currency: s.Currency()}
	if c, asked := s.Pricing.Convert.Get(); asked {
		w.currency = c.Currency
	}
	if _, serves := MessageFor(p, s.Message.Type, s.On); serves {
		w.options = append(w.options, &s)
	}
	for i := range theBook.uses {
		u := &theBook.uses[i]
		if u.purpose != p || u.kind == s.Message.Type {
			continue
		}
		message := u.messageOn(s.On)
		if forTemplates(u.kind) && forTemplates(s.Message.Type) && message.Tag == s.Message.Tag {
			message.Template.Kind = s.Message.Template.Kind
		}
		other := as(message)
		w.options = append(w.options, &other)
	}
	w.share()
	m := &Mix{Purpose: p, Currency: w.currency, Groups: make([]MixGroup, len(s.Audience))}
	w.groups = m.Groups
	for g := range s.Audience {
		w.group(g)
	}
	for o := range w.options {
		w.single(m, o)
	}
	sort.SliceStable(m.OneWays, func(i, j int) bool { return w.orderOneWays(&m.OneWays[i].Blend, &m.OneWays[j].Blend) < 0 })
	m.Sure = w.best((*GroupWay).isSure)
	for i := range m.OneWays {
		if w.isBetter(&m.OneWays[i].Blend, &m.Sure) {
			m.Sure = m.OneWays[i].Blend
		}
	}
	open := w.best(func(way *GroupWay) bool { return way.isSure() || way.admitted })
	for g := range open.Groups {
		if way := m.Way(&open, g); way != nil && !way.isSure() {
			m.Depends = &open
		}
	}
	m.Rates = w.missing(m)
	return *m, nil
}

// A mixing is the work on one mix.
type mixing struct {
	own      *Scenario
	currency string      // of the comparison
	options  []*Scenario // the scenario with each of the types
	plan     Plan        // what all of them share, without items
	groups   []MixGroup
}

// share finds what all options share, which is what any of them knows of the sender:
// each asks for what its own type needs.
func (w *mixing) share() {
	all := *w.own
	rates := map[string]decimal.Decimal{}
	convert, asked := all.Pricing.Convert.Get()
	for _, o := range w.options {
		for i := range senderFields {
			f := &senderFields[i]
			ofQuota := strings.HasSuffix(strings.ToLower(f.Path), "dailyquota") // there is one of the two
			if given(f.value(&all, nil)) || ofQuota && (all.Sender.DailyQuota.Known() || all.Sender.OldDailyQuota.Known()) {
				continue
			}
			if value := o.Get(f.Path); value != nil {
				all.Set(f.Path, value)
			}
		}
		if other, ok := o.Pricing.Convert.Get(); ok && other.Currency == convert.Currency {
			for currency, rate := range other.Rates {
				rates[currency] = rate
			}
		}
	}
	if asked {
		for currency, rate := range convert.Rates {
			rates[currency] = rate
		}
		all.Pricing.Convert = Some(Conversion{convert.Currency, rates})
	}
	w.plan = Plan{
		Sender: PlanSender{Sender: all.Sender}, Assume: all.Assume,
		Pricing: PlanPricing{Pricing: all.Pricing, Currency: w.own.Currency()},
	}
}

// group finds every way to a group.
func (w *mixing) group(g int) {
	seg := &w.own.Audience[g]
	group := &w.groups[g]
	group.Name, group.Recipients = seg.Name, seg.Recipients.Or(0)
	for o := range w.options {
		group.Ways = append(group.Ways, w.way(g, o))
	}
	sort.SliceStable(group.Ways, func(i, j int) bool {
		a, b := &group.Ways[i], &group.Ways[j]
		return cmp.Or(a.rank()-b.rank(), w.orderWays(a, b)) < 0
	})
	if len(group.Ways) == 0 || group.Ways[0].isSure() {
		return
	}
	for i := range group.Ways {
		way := &group.Ways[i]
		if way.Error == nil {
			one := w.alone(g, way.option)
			o := Option{Type: way.Type, Scenario: one, Quote: &evaluationOf(&one).q}
			way.Replied = o.ifReplied()
		}
	}
}

// alone is the scenario of one group with one of the types.
func (w *mixing) alone(g, o int) Scenario {
	one := *w.options[o]
	one.Audience = one.Audience[g : g+1]
	one.Sender, one.Assume, one.Pricing = w.plan.Sender.Sender, w.plan.Assume, w.plan.Pricing.Pricing
	return one
}

// way is a type for a group.
func (w *mixing) way(g, o int) GroupWay {
	one := w.alone(g, o)
	way := GroupWay{Type: one.Message.Type, option: o}
	v := validation{s: &one, anyRate: true}
	if e := v.firstMistake(); e != nil {
		e.Path = ofGroup(e.Path, g)
		way.Error, way.Verdict = e, Depends
		return way
	}
	p := w.plan
	p.Items = []PlanItem{w.item(o)}
	p.Items[0].Audience = one.Audience
	work := newPlanning(&p)
	work.work(0)
	e := &work.e
	e.addNotices()
	way.Quote = e.q.Segments[0]
	for i := range way.Quote.Checks {
		c := &way.Quote.Checks[i]
		for k, path := range c.Needs {
			c.Needs[k] = ofGroup(path, g)
		}
	}
	q := e.q // its slices are this way's own
	option := Option{Type: way.Type, Chosen: way.Type == w.own.Message.Type, Quote: &q}
	platform, ownPlatform := way.Type.Platform(), w.own.Message.Type.Platform()
	option.Unmet = way.Type.isUnmet(w.own.Message.Type, &q)
	way.Unmet, way.Verdict = option.Unmet, option.Verdict()
	way.Total = w.shown(q.Totals)
	way.admitted = way.Verdict == Depends && !way.Unmet && (platform == ownPlatform || !asksOfPeople(way.Quote.Checks, way.Type))
	return way
}

// asksOfPeople reports whether a check hangs on something about people that holds on
// its platform alone.
func asksOfPeople(checks []Check, t MessageType) bool {
	for i := range checks {
		for _, path := range checks[i].Needs {
			if strings.HasPrefix(path, "audience[") && ReachOf(path, t) != HoldsEverywhere {
				return true
			}
		}
	}
	return false
}

// ofGroup puts a path of a group alone where the scenario has it.
func ofGroup(path string, g int) string {
	if field, n := splitIndex(path); n == 0 {
		return indexed(field, g)
	}
	return path
}

// isSure reports whether the way surely reaches somebody.
func (w *GroupWay) isSure() bool { return w.Verdict == Eligible || w.Verdict == Partial }

func (w *GroupWay) rank() int {
	switch {
	case w.Error != nil:
		return 2
	case w.Verdict == Depends:
		return 1
	case w.Verdict == Ineligible:
		return 3
	}
	return 0
}

// orderWays puts the way that delivers more first, then the cheaper one.
func (w *mixing) orderWays(a, b *GroupWay) int {
	return w.order(b.Quote.Deliverable-a.Quote.Deliverable, a.Total, b.Total)
}

// order puts first what delivers more, then what costs less; the numbers of messages
// are less than would overflow.
func (w *mixing) order(more int64, a, b *Total) int {
	return cmp.Or(cmp.Compare(more, 0), w.class(a)-w.class(b), grossOf(a).Cmp(grossOf(b)))
}

// class is how well an amount can be weighed: free, in the currency of the comparison,
// in another one, without a price.
func (w *mixing) class(t *Total) int {
	switch {
	case t == nil:
		return 3
	case t.Gross.IsZero():
		return 0
	case t.Currency != w.currency:
		return 2
	}
	return 1
}

func grossOf(t *Total) decimal.Decimal {
	if t == nil {
		return decimal.Zero
	}
	return t.Gross
}

// shown is the one of some totals, in the currency of the comparison if it has a rate.
func (w *mixing) shown(totals []Total) *Total {
	if len(totals) == 0 {
		return nil
	}
	t := totals[0]
	if c, asked := w.plan.Pricing.Convert.Get(); asked {
		if converted, ok := c.of(t); ok {
			t = converted
		}
	}
	return &t
}

// item is the item of a plan that sends one of the options, to nobody yet.
func (w *mixing) item(o int) PlanItem {
	s := w.options[o]
	return PlanItem{On: s.On, At: s.At, Message: s.Message, PerRecipient: s.PerRecipient}
}

// blend works out who gets what, by the number of the option of each group; -1 is
// none.
func (w *mixing) blend(choice []int) Blend {
	b := Blend{Groups: make([]BlendGroup, len(choice)), Plan: w.plan}
	var places [][]int // groups by item
	items := make([]int, len(w.options))
	for g, o := range choice {
		group := &b.Groups[g]
		group.Item = -1
		if o < 0 {
			continue
		}
		if items[o] == 0 {
			b.Plan.Items, places = append(b.Plan.Items, w.item(o)), append(places, nil)
			items[o] = len(places)
		}
		i := items[o] - 1
		item := &b.Plan.Items[i]
		item.Audience = append(item.Audience, w.options[o].Audience[g])
		places[i] = append(places[i], g)
		group.Type, group.Item = item.Message.Type, i
	}
	if len(places) == 0 {
		b.Plan = Plan{}
		b.Quote = PlanQuote{Verdict: Ineligible, Priced: true, Items: []ItemQuote{}, Days: []PlanDay{}, Months: []PlanMonth{}, Notices: []Notice{}}
		return b
	}
	work := newPlanning(&b.Plan)
	for i := work.next(); i >= 0; i = work.next() {
		work.work(i)
		for k, g := range places[i] {
			b.Groups[g].take(&work.e, k)
		}
	}
	b.Quote = work.answer()
	return b
}

// take takes what a group gets from the evaluation of its item, where it is a segment.
func (b *BlendGroup) take(e *evaluation, segment int) {
	b.Quote = e.q.Segments[segment]
	b.Quote.Checks = append([]Check(nil), b.Quote.Checks...) // the next item is worked in the same room
	if !e.q.Priced {
		return
	}
	sum := Total{Currency: e.currency}
	for i := range e.q.Lines {
		if l := &e.q.Lines[i]; l.Segment != nil && *l.Segment == segment {
			sum.add(Total{Net: l.Net, Tax: l.Tax, Gross: l.Gross})
		}
	}
	b.Total = &sum
}

// single adds what one of the options alone surely does, if that is anything.
func (w *mixing) single(m *Mix, o int) {
	choice, any := make([]int, len(w.groups)), false
	for g := range w.groups {
		choice[g] = -1
		for i := range w.groups[g].Ways {
			if way := &w.groups[g].Ways[i]; way.option == o && way.isSure() {
				choice[g], any = o, true
			}
		}
	}
	if any {
		m.OneWays = append(m.OneWays, OneWay{w.options[o].Message.Type, w.blend(choice)})
	}
}

// mostTries is how many blends are worked out to find a better one.
const mostTries = 500

// best is the best blend of the ways that count.
func (w *mixing) best(counts func(*GroupWay) bool) Blend {
	ways := make([][]*GroupWay, len(w.groups))
	choice := make([]int, len(w.groups))
	for g := range w.groups {
		choice[g] = -1
		for i := range w.groups[g].Ways {
			if way := &w.groups[g].Ways[i]; counts(way) {
				ways[g] = append(ways[g], way)
			}
		}
		// They stand in this order but for what is sure and what depends.
		sort.SliceStable(ways[g], func(i, j int) bool { return w.orderWays(ways[g][i], ways[g][j]) < 0 })
		if len(ways[g]) > 0 {
			choice[g] = ways[g][0].option
		}
	}
	found := w.blend(choice)
	if !w.isShared(ways) {
		return found
	}
	for tries, better := 0, true; better && tries < mostTries; {
		better = false
		for g := range ways {
			for _, way := range ways[g] {
				if choice[g] == way.option {
					continue
				}
				tries++
				was := choice[g]
				choice[g] = way.option
				if other := w.blend(choice); w.isBetter(&other, &found) {
					found, better = other, true
				} else {
					choice[g] = was
				}
			}
		}
	}
	return found
}

// isShared reports whether what some groups get of a type is not what each of them
// would get of it alone: they share an allowance, a quota, a tier or a fee.
func (w *mixing) isShared(ways [][]*GroupWay) bool {
	if w.plan.Pricing.Bundle.Messages > 0 || w.plan.Sender.FreeConversationsUsed.Known() || w.plan.Sender.IncludePackageFee {
		return true // by several types
	}
	for o := range w.options {
		choice, deliverable, priced, takers := make([]int, len(ways)), int64(0), true, 0
		var alone decimal.Decimal
		for g := range ways {
			choice[g] = -1
			for _, way := range ways[g] {
				if way.option == o {
					takers++
					choice[g] = o
					deliverable += way.Quote.Deliverable
					priced = priced && way.Total != nil
					alone = alone.Add(grossOf(way.Total))
				}
			}
		}
		if takers < 2 {
			continue
		}
		b := w.blend(choice)
		item := &b.Quote.Items[0]
		if item.Deliverable != deliverable || item.Priced != priced || priced && !grossOf(w.shown(item.Totals)).Equal(alone) {
			return true
		}
	}
	return false
}

// isBetter reports whether a blend delivers more than another one, or as much for
// less. Of two currencies without a rate none may cost more.
func (w *mixing) isBetter(a, b *Blend) bool {
	if a.Quote.Deliverable != b.Quote.Deliverable {
		return a.Quote.Deliverable > b.Quote.Deliverable
	}
	if !a.Quote.Priced || !b.Quote.Priced {
		return a.Quote.Priced && !b.Quote.Priced
	}
	ours, theirs := w.weighed(a), w.weighed(b)
	less := false
	for _, list := range [...][]Total{ours, theirs} {
		for _, t := range list {
			switch grossIn(ours, t.Currency).Cmp(grossIn(theirs, t.Currency)) {
			case 1:
				return false
			case -1:
				less = true
			}
		}
	}
	return less
}

// weighed is what a blend costs by currency, in that of the comparison as far as there
// are rates.
func (w *mixing) weighed(b *Blend) (list []Total) {
	for i := range b.Quote.Totals {
		addTotal(&list, *w.shown(b.Quote.Totals[i : i+1]))
	}
	return list
}

// orderOneWays puts what delivers more first, then the cheaper one, as ways are.
func (w *mixing) orderOneWays(a, b *Blend) int {
	cost := func(x *Blend) *Total {
		if !x.Quote.Priced {
			return nil
		}
		t := Total{Currency: w.currency}
		for _, each := range w.weighed(x) {
			if !each.Gross.IsZero() {
				t = each
			}
		}
		return &t
	}
	return w.order(b.Quote.Deliverable-a.Quote.Deliverable, cost(a), cost(b))
}

// missing are the currencies that could not be weighed against another way: those of
// a mix of several, and those of ways that deliver as much as the one that is taken.
func (w *mixing) missing(m *Mix) (list []string) {
	for g := range m.Groups {
		taken := m.Way(&m.Sure, g)
		if taken == nil || !w.isCharged(taken.Total) {
			continue
		}
		for i := range m.Groups[g].Ways {
			way := &m.Groups[g].Ways[i]
			if way.isSure() && way.Quote.Deliverable == taken.Quote.Deliverable && w.isCharged(way.Total) && way.Total.Currency != taken.Total.Currency {
				list = w.rate(w.rate(list, way.Total), taken.Total)
			}
		}
	}
	if costs := w.weighed(&m.Sure); len(costs) > 1 {
		for i := range costs {
			list = w.rate(list, &costs[i])
		}
	}
	return list
}

// isCharged reports whether an amount is known and not zero.
func (w *mixing) isCharged(t *Total) bool { return w.class(t)%3 != 0 }

// rate adds the currency of an amount to those whose rate is missing.
func (w *mixing) rate(list []string, t *Total) []string {
	if w.class(t) != 2 || slices.Contains(list, t.Currency) {
		return list
	}
	i := 0
	for i < len(list) && list[i] < t.Currency {
		i++
	}
	return slices.Insert(list, i, t.Currency)
}
