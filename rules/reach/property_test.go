package reach

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// How many lists are made up, and how many of them must meet each of what makes the
// least cost hard to find.
const (
	randomLists = 2000
	leastHits   = 200
)

// A kind is people of a made-up list who know the same.
type kind struct {
	contact Contact
	people  int64
	key     Key
}

// A made is a made-up list with what it is to get.
type made struct {
	task  Task
	kinds []kind
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

func maybe(r *rand.Rand) rules.Opt[bool] {
	switch r.IntN(7) {
	case 0:
		return rules.Opt[bool]{}
	case 1, 2:
		return rules.Some(false)
	}
	return rules.Some(true)
}

// What lists are made up for.
const (
	forQuota = iota
	forAllowance
	forFree
	forTier
	forBundle
)

// themes are taken in turn, so that enough lists meet each.
var themes = [...]int{forQuota, forFree, forTier, forAllowance, forQuota, forFree, forTier, forBundle}

// makeUp makes up a task.
func makeUp(r *rand.Rand, theme int) (made Task) {
	t := &made
	t.Purpose, t.On = pick(r, rules.Purposes()...), pick[rules.Date](r, 20261201, 20261015, 20260320, 20260701, 20250901, 20241215, 20231101, 20230301)
	var wanted rules.MessageType
	switch theme {
	case forQuota:
		t.Purpose, t.On, wanted = rules.Promotion, pick[rules.Date](r, 20261201, 20260320, 20250901), rules.ZNS
	case forAllowance:
		t.Purpose, t.On, wanted = pick(r, rules.AnswerQuestion, rules.TransactionUpdate), pick[rules.Date](r, 20261201, 20260320, 20250901), rules.ZaloConsultation
	case forFree:
		t.Purpose, t.On, wanted = pick(r, rules.AnswerQuestion, rules.TransactionUpdate, rules.Promotion), pick[rules.Date](r, 20261201, 20261015), rules.WhatsAppService
	case forTier:
		t.Purpose, t.On, wanted = rules.TransactionUpdate, pick[rules.Date](r, 20261201, 20260320, 20250901), rules.WhatsAppUtility
	}
	types := rules.TypesFor(t.Purpose)
	r.Shuffle(len(types), func(i, j int) { types[i], types[j] = types[j], types[i] })
	if i := slices.Index(types, wanted); i > 0 {
		types[0], types[i] = types[i], types[0]
	}
	for _, kind := range types[:min(len(types), 1+r.IntN(5))] {
		way := rules.ListWay{Message: rules.Message{Type: kind}}
		way.Message.Template.Approved = rules.Some(kind == wanted || r.IntN(8) > 0)
		way.Message.Template.ApprovedOn = pick[rules.Date](r, 20260110, 20260110, 0)
		if kind == rules.ZNS || kind == rules.ZBSUID {
			way.Message.Template.Buttons.Count = int64(r.IntN(3))
		}
		t.Ways = append(t.Ways, way)
	}
	s := &t.Sender
	s.Tool = pick(r, rules.OpenAPI, rules.OpenAPI, rules.OAManagerWeb, "")
	if packages := rules.OAPackages(t.On); len(packages) > 0 && r.IntN(4) > 0 {
		s.OAPackage = packages[len(packages)-1-r.IntN(min(2, len(packages)))]
	}
	s.Country = pick(r, "VN", "VN", "SG", "")
	s.InternationalAuth = r.IntN(4) == 0
	s.DailyQuota = rules.Some[int64](500_000)
	if theme == forQuota {
		s.OAPackage = pick(r, s.OAPackage, "")
	}
	if theme == forAllowance && s.Tool == rules.OpenAPI {
		s.Tool = rules.OAManagerWeb
	}
	if theme == forQuota || r.IntN(8) > 0 {
		s.PromotionBase = rules.Some([2]int64{int64(r.IntN(300)), int64(r.IntN(200))})
	}
	s.FirstPromotionMonth = r.IntN(9) == 0
	s.PromotionSent = int64(r.IntN(20))
	s.IncludedMessages = int64(r.IntN(60) * r.IntN(2))
	s.IncludePackageFee = r.IntN(6) == 0
	if theme == forAllowance {
		s.IncludedMessages = int64(1 + r.IntN(12))
	}
	s.FreeServiceUsed = int64(1000 - r.IntN(40))
	if r.IntN(2) == 0 {
		s.FreeConversationsUsed = rules.Some(int64(1000 - r.IntN(60)))
	}
	if theme == forTier || r.IntN(6) == 0 {
		s.ChargedThisMonth = tierStart(r, t.On) - int64(r.IntN(9)) - 1
	}
	if r.IntN(5) == 0 {
		s.MessagingLimit = rules.Some(int64(1 + r.IntN(50)))
	}
	p := &t.Pricing
	if r.IntN(3) > 0 {
		p.Convert = rules.Some(rules.Conversion{Currency: "VND", Rates: map[string]decimal.Decimal{"USD": pick(r, number("26000"), number("25450.5"))}})
	}
	if r.IntN(3) == 0 {
		p.MarkupPercent = rules.Some(pick(r, number("5"), number("12.5")))
	}
	if r.IntN(3) == 0 {
		p.TaxPercent = rules.Some(pick(r, number("8"), number("10")))
	}
	if theme == forBundle || r.IntN(5) == 0 {
		p.Currency = pick(r, "VND", "USD")
		p.MarkupPerMessage = rules.Some(pick(r, number("0.005"), number("20"), number("75")))
		p.MarkupOnFree = maybe(r)
		if r.IntN(3) > 0 {
			p.Bundle = rules.Bundle{Messages: int64(1 + r.IntN(80)), Fee: rules.Some(number("7"))}
		}
	}
	return made
}

// people makes up who is on the list of a task.
func makeUpPeople(r *rand.Rand, t *Task, theme int) (kinds []kind) {
	same := theme == forTier || r.IntN(2) == 0 // all in one country
	for range 1 + r.IntN(6) {
		c := Contact{
			Follows: maybe(r), Consents: maybe(r), WhatsAppOptedIn: maybe(r), MessengerToken: maybe(r), CareWithin6Months: maybe(r),
			ZaloLast: moment(r, t.On), MessengerLast: moment(r, t.On), WhatsAppLast: moment(r, t.On), Country: CountryOf("VN"),
		}
		if r.IntN(5) > 0 {
			c.UID = "u"
		}
		if r.IntN(8) > 0 {
			c.Phone = 84912345678
		}
		if r.IntN(3) == 0 {
			c.ReceivedThisMonth = CountOf(int64(r.IntN(4)))
		}
		if !same {
			c.Country = CountryOf(pick(r, "VN", "VN", "IN", "US", "DE", "BR", "CU", "SG", "ID", ""))
		}
		if r.IntN(6) > 0 {
			favour(r, &c, theme, t.On)
		}
		kinds = append(kinds, kind{contact: c, people: int64(1 + r.IntN(40))})
	}
	return kinds
}

// favour makes people such that the list meets what it is made up for.
func favour(r *rand.Rand, c *Contact, theme int, on rules.Date) {
	switch theme {
	case forQuota:
		c.Phone, c.CareWithin6Months, c.ReceivedThisMonth = 84912345678, rules.Some(true), Count{}
	case forAllowance:
		if c.MessengerLast = (Moment{}); r.IntN(2) == 0 {
			c.WhatsAppLast, c.Phone = Moment{}, 0
		}
		c.UID, c.ZaloLast = "u", At(on.AddDays(-pick(r, 3, 4, 6)), r.IntN(minutesOfDay))
	case forFree:
		c.Phone, c.WhatsAppLast = 84912345678, At(on, r.IntN(minutesOfDay))
		if r.IntN(2) == 0 {
			c.UID, c.MessengerLast = "", Moment{}
		}
	case forTier:
		c.Phone, c.WhatsAppOptedIn, c.WhatsAppLast = 84912345678, rules.Some(true), On(on.AddDays(-9))
		if r.IntN(2) == 0 {
			c.UID = ""
		}
	}
}

func number(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// moment is an interaction before the last minute of a day.
func moment(r *rand.Rand, day rules.Date) Moment {
	switch r.IntN(8) {
	case 0:
		return Moment{}
	case 1:
		return Never()
	case 2:
		return On(day.AddDays(-pick(r, 0, 1, 2, 7, 365, 366, 3600)))
	}
	return At(day.AddDays(-pick(r, 0, 0, 0, 1, 2, 6, 7, 8, 365)), r.IntN(minutesOfDay))
}

// tierStart is the first message of a volume tier of a day, in Vietnam.
func tierStart(r *rand.Rand, on rules.Date) int64 {
	s := rules.Scenario{On: on, Message: rules.Message{Type: rules.WhatsAppUtility}, Audience: []rules.Segment{{Country: anyCountry, Recipients: rules.Some[int64](rules.MaxRecipients)}}}
	q, err := rules.Evaluate(s)
	if err != nil {
		panic(err)
	}
	starts := []int64{}
	for _, l := range q.Lines {
		if l.TierFrom > 1 {
			starts = append(starts, l.TierFrom)
		}
	}
	if len(starts) == 0 {
		return 1000
	}
	return pick(r, starts...)
}

// An oracle knows whom each way reaches, and what each costs, from the rules alone.
type oracle struct {
	m       *made
	ways    []rules.ListWay // in the order of the book
	rates   []decimal.Decimal
	may     [][]bool // by way and kind
	mark    int64
	marked  []bool
	fee     int64
	ofFee   []bool
	costs   []map[int]*itemCost // by way and set of kinds
	counted int
}

// An itemCost is what a way does for some kinds.
type itemCost struct {
	reached, unpriced, money, marked int64
}

// money is counted in units of a billionth, so that it can be added up fast.
const moneyDecimals = 9

func whole(t testing.TB, d decimal.Decimal) int64 {
	shifted := d.Shift(moneyDecimals)
	if !shifted.IsInteger() || !shifted.BigInt().IsInt64() {
		t.Fatalf("%s is too fine for the oracle", d)
	}
	return shifted.IntPart()
}

// segmentOf is a kind to a type: the hours are worked out by the calendar of Go.
func segmentOf(m *made, k *kind, t rules.MessageType) rules.Segment {
	c := &k.contact
	g := rules.Segment{Recipients: rules.Some(k.people), Country: c.Country.String(), Follows: c.Follows, Consents: c.Consents, CareWithin6Months: c.CareWithin6Months}
	if c.UID != "" {
		g.UID = rules.Some(true)
	}
	if c.Phone != 0 {
		g.Phone = rules.Some(true)
	}
	g.ReceivedThisMonth, _ = c.ReceivedThisMonth.Get()
	last := c.ZaloLast
	switch t.Platform() {
	case "whatsapp":
		last, g.OptedIn = c.WhatsAppLast, c.WhatsAppOptedIn
	case "messenger":
		last, g.OptedIn = c.MessengerLast, c.MessengerToken
	}
	switch {
	case t == rules.MessengerPrivateReply: // a comment is no message
	case last.IsNever():
		g.Recency = rules.Never()
	case last.Known():
		at := func(d rules.Date, minute int) time.Time {
			year, month, day := d.Split()
			return time.Date(year, time.Month(month), day, 0, minute, 0, 0, time.UTC)
		}
		ago := at(m.task.On, 24*60-1).Sub(at(last.Day(), last.Minute()))
		g.Recency = rules.HoursAgo(decimal.NewFromInt(int64(ago/time.Minute)).DivRound(decimal.NewFromInt(60), 6))
	}
	return g
}

func newOracle(t testing.TB, m *made, depends bool) *oracle {
	o := &oracle{m: m}
	for _, kind := range rules.TypesFor(m.task.Purpose) {
		for _, way := range m.task.Ways {
			if way.Message.Type == kind {
				message, _ := rules.MessageFor(m.task.Purpose, kind, m.task.On)
				message.Template.Approved, message.Template.ApprovedOn, message.Template.Buttons = way.Message.Template.Approved, way.Message.Template.ApprovedOn, way.Message.Template.Buttons
				o.ways = append(o.ways, rules.ListWay{Message: message})
			}
		}
	}
	currency := func(i int) string {
		if strings.HasPrefix(string(o.ways[i].Message.Type), "whatsapp.") {
			return "USD"
		}
		return "VND"
	}
	planned := currency(0)
	convert, asked := m.task.Pricing.Convert.Get()
	for i := range o.ways {
		if currency(i) == "VND" || asked {
			planned = "VND"
		}
	}
	marks := m.task.Pricing.Currency
	if marks == "" {
		marks = currency(0)
	}
	markup := m.task.Pricing.MarkupPerMessage.Or(decimal.Zero)
	markup = markup.Add(markup.Mul(m.task.Pricing.TaxPercent.Or(decimal.Zero)).Shift(-2))
	for i, way := range o.ways {
		rate := decimal.NewFromInt(1)
		if currency(i) != planned {
			rate = decimal.Zero
			if asked {
				rate = convert.Rates[currency(i)]
			}
		}
		o.rates = append(o.rates, rate)
		o.marked = append(o.marked, currency(i) == marks && !rate.IsZero())
		if o.marked[i] {
			o.mark = whole(t, markup.Mul(rate))
		}
		o.ofFee = append(o.ofFee, strings.HasPrefix(string(way.Message.Type), "zalo."))
		o.costs = append(o.costs, map[int]*itemCost{})
		may := make([]bool, len(m.kinds))
		for k := range m.kinds {
			may[k] = !rate.IsZero() && o.reaches(t, i, &m.kinds[k], depends)
		}
		o.may = append(o.may, may)
	}
	if m.task.Sender.IncludePackageFee {
		p := o.plan([]int{0}, 1)
		p.Items[0].Message = rules.Message{Type: rules.ZaloConsultation}
		p.Items[0].Audience = []rules.Segment{{Recipients: rules.Some[int64](1)}}
		p.Sender.Tool = rules.OAManagerWeb
		p.Sender.IncludePackageFee = true
		q, err := rules.EvaluatePlan(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, month := range q.Months {
			for _, l := range month.Lines {
				o.fee += whole(t, l.Gross)
			}
		}
	}
	return o
}

// reaches reports whether a way reaches the people of a kind: for sure, or perhaps.
func (o *oracle) reaches(t testing.TB, i int, k *kind, depends bool) bool {
	kind := o.ways[i].Message.Type
	p := o.plan([]int{i}, 1)
	s := p.Scenario(0, p.Items[0].On)
	s.Audience = []rules.Segment{segmentOf(o.m, k, kind)}
	s.Audience[0].Recipients = rules.Some[int64](1)
	q, err := rules.Evaluate(s)
	if err != nil {
		if k.contact.Country != (Country{}) {
			t.Fatal(err)
		}
		return false // WhatsApp must know the country
	}
	verdict := q.Shown(q.Verdict)
	switch kind.Platform() {
	case "whatsapp":
		if k.contact.Phone == 0 && verdict != rules.Ineligible {
			verdict = rules.Depends
		}
	case "messenger":
		looks := slices.ContainsFunc(q.Segments[0].Checks, func(c rules.Check) bool { return c.Code == "window" || c.Code == "consent" })
		if last := k.contact.MessengerLast; !looks && !k.contact.MessengerToken.Or(false) && verdict != rules.Ineligible {
			if last.IsNever() {
				verdict = rules.Ineligible
			} else if !last.Known() {
				verdict = rules.Depends
			}
		}
	}
	return verdict == rules.Eligible || verdict == rules.Partial || depends && verdict == rules.Depends
}

// plan is the plan of some ways to the kinds of a set, without what is paid whatever
// goes out and without the mark-up for each message.
func (o *oracle) plan(ways []int, kinds int) rules.Plan {
	p := rules.Plan{Sender: o.m.task.Sender, Pricing: o.m.task.Pricing}
	p.Sender.IncludePackageFee = false
	p.Pricing.MarkupPerMessage, p.Pricing.Bundle, p.Pricing.Convert, p.Pricing.Currency = rules.Opt[decimal.Decimal]{}, rules.Bundle{}, rules.Opt[rules.Conversion]{}, ""
	for _, i := range ways {
		item := rules.PlanItem{On: o.m.task.On, Message: o.ways[i].Message}
		for k := range o.m.kinds {
			if kinds>>k&1 == 1 {
				item.Audience = append(item.Audience, segmentOf(o.m, &o.m.kinds[k], item.Message.Type))
			}
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// cost is what a way costs that some kinds get: no other way has a part in it.
func (o *oracle) cost(t testing.TB, i, kinds int) *itemCost {
	if c := o.costs[i][kinds]; c != nil {
		return c
	}
	q, err := rules.EvaluatePlan(o.plan([]int{i}, kinds))
	if err != nil {
		t.Fatal(err)
	}
	c := &itemCost{reached: q.Deliverable}
	if q.Priced {
		c.money = whole(t, q.Totals[0].Gross.Mul(o.rates[i]))
	} else {
		c.unpriced = q.Charged
	}
	if o.marked[i] {
		c.marked = q.Deliverable
		if !o.m.task.Pricing.MarkupOnFree.Or(true) {
			c.marked = q.Charged
		}
	}
	o.costs[i][kinds] = c
	return c
}

// A whole is an assignment of whole kinds to ways.
type wholeAssignment struct {
	reached, unpriced, money int64
	ways                     wayset
}

// of is what an assignment does.
func (o *oracle) of(t testing.TB, sets []int) (w wholeAssignment) {
	marked, fee := int64(0), false
	for i, kinds := range sets {
		if kinds == 0 {
			continue
		}
		c := o.cost(t, i, kinds)
		w.reached += c.reached
		w.unpriced += c.unpriced
		w.money += c.money
		marked += c.marked
		fee = fee || o.ofFee[i]
		w.ways |= 1 << i
	}
	w.money += o.mark * max(0, marked-o.m.task.Pricing.Bundle.Messages)
	if fee {
		w.money += o.fee
	}
	return w
}

// best is the best of all assignments, in how many sets of ways it is found, and the
// first of these with the fewest ways.
func (o *oracle) best(t testing.TB) (best wholeAssignment, ties int) {
	sets := make([]int, len(o.ways))
	found := map[wayset]bool{}
	best.reached = -1
	var try func(k int)
	try = func(k int) {
		if k == len(o.m.kinds) {
			o.counted++
			w := o.of(t, sets)
			better := w.reached - best.reached
			if better == 0 {
				better = best.unpriced - w.unpriced
			}
			if better == 0 && w.unpriced == 0 {
				better = best.money - w.money
			}
			if better > 0 {
				best = w
				clear(found)
			}
			if better >= 0 {
				found[w.ways] = true
				if isBefore(w.ways, best.ways) {
					best = w
				}
			}
			return
		}
		for i := range o.ways {
			if o.may[i][k] {
				sets[i] |= 1 << k
				try(k + 1)
				sets[i] &^= 1 << k
			}
		}
		try(k + 1)
	}
	try(0)
	return best, len(found)
}

// isBefore reports whether ways are fewer than others, or as many that stand first.
func isBefore(a, b wayset) bool {
	if a.len() != b.len() {
		return a.len() < b.len()
	}
	for i := range 64 {
		if a.has(i) != b.has(i) {
			return a.has(i)
		}
	}
	return false
}

// listOf is a made-up list as rows, in some order.
func listOf(t testing.TB, w *Ways, m *made, r *rand.Rand) *List {
	var contacts []Contact
	for k := range m.kinds {
		for i := range m.kinds[k].people {
			c := m.kinds[k].contact
			if c.Phone != 0 {
				c.Phone += Phone(1000*int64(k) + i)
			}
			if c.UID != "" {
				c.UID = fmt.Sprint("u", k, ".", i)
			}
			contacts = append(contacts, c)
		}
	}
	r.Shuffle(len(contacts), func(i, j int) { contacts[i], contacts[j] = contacts[j], contacts[i] })
	l := NewList(w)
	for i := range contacts {
		contacts[i].Row = int32(i + 2)
		if err := l.Add(&contacts[i]); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// A tally counts what the lists met.
type tally map[string]int

// TestNobodyDoesBetter: no assignment of whole segments to ways reaches more than the
// plan, and none that reaches as many costs less. Each run looks at a quarter of the
// lists, which need not meet everything; with -short at fewer, with "make test-full" at all.
func TestNobodyDoesBetter(t *testing.T) {
	const parts = 4
	tasks := randomLists / listsOfTask
	first, step := rand.IntN(4), 4
	switch {
	case testing.Short():
		tasks /= 20
	case everyList:
		first, step = 0, 1
	}
	tallies := make(chan tally, parts)
	t.Run("parts", func(t *testing.T) {
		for part := range parts {
			t.Run(fmt.Sprint(part), func(t *testing.T) {
				t.Parallel()
				met := tally{}
				defer func() { tallies <- met }()
				for i := first + part*step; i < tasks; i += parts * step {
					checkRandomTask(t, uint64(i), met)
					if t.Failed() {
						t.Fatalf("task %d", i)
					}
				}
			})
		}
	})
	close(tallies)
	sum := tally{}
	for met := range tallies {
		for name, n := range met {
			sum[name] += n
		}
	}
	if testing.Short() || !everyList {
		return
	}
	for _, name := range []string{"a quota", "an allowance", "the free thousand", "a tier bound", "two currencies", "a tie", "a bundle", "a missing rate", "a split"} {
		if sum[name] < leastHits && name != "a bundle" && name != "a split" {
			t.Errorf("%d lists met %s, fewer than %d", sum[name], name, leastHits)
		}
		if sum[name] == 0 {
			t.Errorf("no list met %s", name)
		}
	}
	t.Log(sum)
}

// everyList has all random lists looked at.
var everyList bool

// listsOfTask are made up for one task each.
const listsOfTask = 2

func checkRandomTask(t *testing.T, seed uint64, met tally) {
	r := rand.New(rand.NewPCG(seed, 1))
	theme := themes[seed/4%uint64(len(themes))]
	task := makeUp(r, theme)
	w, err := Prepare(task)
	if err != nil {
		t.Fatalf("%v: %+v", err, task)
	}
	for n := range listsOfTask {
		m := made{task, makeUpPeople(r, &task, theme)}
		checkRandomList(t, w, &m, r, n == 0 && seed%5 == 0, met)
	}
}

func checkRandomList(t *testing.T, w *Ways, m *made, r *rand.Rand, inDepth bool, met tally) {
	var err error
	people := map[Key]int64{}
	for k := range m.kinds {
		if m.kinds[k].key, err = w.Key(&m.kinds[k].contact); err != nil {
			t.Fatal(err)
		}
		people[m.kinds[k].key] += m.kinds[k].people
	}
	slices.SortStableFunc(m.kinds, func(a, b kind) int {
		if a.key == b.key {
			return 0
		}
		if a.key < b.key {
			return -1
		}
		return 1
	})
	a := w.Plan(people)
	for _, one := range []struct {
		name    string
		o       *Outcome
		depends bool
	}{{"sure", &a.Sure, false}, {"depends", &a.Depends, true}} {
		oracle := newOracle(t, m, one.depends)
		best, ties := oracle.best(t)
		checkOutcome(t, one.name, w, a, one.o, m, oracle, best, met)
		if !one.depends {
			count(met, a, one.o, m, oracle, ties)
		}
	}
	if inDepth {
		checkOrder(t, w, a, m, r)
		checkFewerWays(t, a, m)
	}
}

// checkOutcome holds a plan against the best assignment of whole kinds.
func checkOutcome(t *testing.T, name string, w *Ways, a *Answer, o *Outcome, m *made, oracle *oracle, best wholeAssignment, met tally) {
	q := &o.Quote
	if q.Deliverable != o.Reached || q.Requested != o.Reached {
		t.Errorf("%s: %d are reached, the plan delivers %d of %d", name, o.Reached, q.Deliverable, q.Requested)
	}
	if o.Bound.Known() {
		t.Errorf("%s: a bound", name)
	}
	for n := range o.Shares {
		var sum int64
		for i, share := range o.Shares[n] {
			sum += share.People
			if i > 0 {
				met["a split"]++
			}
			if share.People <= 0 || share.Way < 0 == (share.Reason == "") {
				t.Errorf("%s: %+v", name, share)
			}
		}
		if sum != a.Segments[n].People {
			t.Errorf("%s: %d of %d people of a segment are dealt", name, sum, a.Segments[n].People)
		}
	}
	if o.Reached < best.reached {
		t.Errorf("%s: %d are reached, and could be %d", name, o.Reached, best.reached)
	}
	if !q.Priced {
		return
	}
	cost := decimal.Zero
	for _, total := range q.Totals {
		for i := range oracle.ways {
			if (total.Currency == "VND") == (oracle.ways[i].Message.Type.Currency() == "VND") && !oracle.rates[i].IsZero() {
				cost = cost.Add(total.Gross.Mul(oracle.rates[i]))
				break
			}
		}
	}
	if q.Deliverable > 0 {
		bundle := m.task.Pricing.Bundle.Fee.Or(decimal.Zero)
		bundle = bundle.Add(bundle.Mul(m.task.Pricing.TaxPercent.Or(decimal.Zero)).Shift(-2))
		for i, marked := range oracle.marked {
			if marked {
				cost = cost.Sub(bundle.Mul(oracle.rates[i]))
				break
			}
		}
		if !slices.Contains(oracle.marked, true) && !bundle.IsZero() { // it is paid in a currency that nothing is planned in
			return
		}
	}
	if !cost.Equal(o.cost) {
		t.Errorf("%s: the plan costs %s, evaluated %s", name, o.cost, cost)
	}
	if o.Reached > best.reached || best.unpriced > 0 {
		return
	}
	if money := decimal.New(best.money, -moneyDecimals); cost.GreaterThan(money) {
		t.Errorf("%s: it costs %s, and could cost %s", name, cost, money)
	} else if cost.Equal(money) {
		var used wayset
		for i, way := range oracle.ways {
			if slices.ContainsFunc(o.Ways, func(one WayOutcome) bool { return one.Type == way.Message.Type }) {
				used |= 1 << i
			}
		}
		if isBefore(best.ways, used) {
			t.Errorf("%s: it goes by the ways %b, and could by %b", name, used, best.ways)
		}
	}
}

// count counts what the list met.
func count(met tally, a *Answer, o *Outcome, m *made, oracle *oracle, ties int) {
	if len(o.Quote.Months) > 0 {
		used := o.Quote.Months[0].Used
		reaches := func(u *rules.Use) bool { return u != nil && u.Used == u.Limit && u.Limit > 0 }
		if reaches(used.Promotion) {
			met["a quota"]++
		}
		if reaches(used.IncludedMessages) || reaches(used.FreeConversations) {
			met["an allowance"]++
		}
		if reaches(used.FreeService) {
			met["the free thousand"]++
		}
		if reaches(used.Bundle) {
			met["a bundle"]++
		}
	}
	for i := range o.Plan.Items {
		s := o.Plan.Scenario(i, m.task.On)
		s.Pricing = rules.Pricing{}
		q, err := rules.Evaluate(s)
		if err != nil {
			continue
		}
		markets := map[string]int64{}
		for _, l := range q.Lines {
			if before, ok := markets[l.Market]; ok && l.TierFrom > before {
				met["a tier bound"]++
				break
			} else if l.TierFrom > 0 {
				markets[l.Market] = l.TierFrom
			}
		}
	}
	currencies := map[bool]bool{}
	for i := range oracle.ways {
		if slices.Contains(oracle.may[i], true) {
			currencies[oracle.ways[i].Message.Type.Currency() == "VND"] = true
		}
	}
	if len(currencies) == 2 {
		met["two currencies"]++
	}
	if len(a.Unrated) > 0 {
		met["a missing rate"]++
	}
	if ties > 1 {
		met["a tie"]++
	}
}

// checkOrder holds that the order of rows changes nothing, and that rows get what the
// plan says.
func checkOrder(t *testing.T, w *Ways, a *Answer, m *made, r *rand.Rand) {
	told := func(o *Outcome) string {
		text, err := json.Marshal(o.Plan)
		if err != nil {
			t.Fatal(err)
		}
		return string(text) + fmt.Sprint(o.Shares, o.Reached, o.Days)
	}
	for range 2 {
		l := listOf(t, w, m, r)
		again := w.Plan(l.People())
		if got, want := told(&again.Sure), told(&a.Sure); got != want {
			t.Errorf("in another order: %s\nnot %s", got, want)
		}
		got := make([]int64, len(again.Depends.Ways))
		var none int64
		rows := l.Rows(again, &again.Depends)
		for row, ok := rows.Next(); ok; row, ok = rows.Next() {
			if row.Way < 0 {
				none++
			} else {
				got[row.Way]++
			}
		}
		for i, n := range got {
			if n != again.Depends.Ways[i].People {
				t.Errorf("%d rows go by %s, not %d", n, again.Depends.Ways[i].Type, again.Depends.Ways[i].People)
			}
		}
		if none != again.Depends.People-again.Depends.Reached {
			t.Errorf("%d rows are not reached, not %d", none, again.Depends.People-again.Depends.Reached)
		}
	}
}

// checkFewerWays holds that one more way never reaches fewer.
func checkFewerWays(t *testing.T, a *Answer, m *made) {
	for i := range m.task.Ways {
		fewer := m.task
		fewer.Ways = slices.Delete(slices.Clone(m.task.Ways), i, i+1)
		if len(fewer.Ways) == 0 || len(a.Unrated) > 0 {
			continue
		}
		w, err := Prepare(fewer)
		if err != nil {
			t.Fatal(err)
		}
		people := map[Key]int64{}
		for k := range m.kinds {
			key, err := w.Key(&m.kinds[k].contact)
			if err != nil {
				t.Fatal(err)
			}
			people[key] += m.kinds[k].people
		}
		if b := w.Plan(people); b.Sure.Reached > a.Sure.Reached || b.Depends.Reached > a.Depends.Reached {
			t.Errorf("without %s more are reached", m.task.Ways[i].Message.Type)
		}
	}
}
