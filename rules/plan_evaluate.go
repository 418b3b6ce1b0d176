package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// EvaluatePlan answers a plan. The error is an *[Error] as of [Plan.Validate]; a
// plan that [DecodePlan] returned has none.
//
// Each occurrence of an item is a scenario of its own, but for what those before
// it have used up in its calendar month: messages in the package, free thousands,
// the quota of post-sale ZNS, WhatsApp messages charged by market and category,
// free conversations, and the messages of a bundle. They are worked by day, those
// of one day in the order of the items.
func EvaluatePlan(p Plan) (PlanQuote, error) {
	if e := p.firstMistake(); e != nil {
		return PlanQuote{}, e
	}
	w := newPlanning(&p)
	return w.all(), nil
}

// EvaluatePlanUnder answers a plan as if all of it were sent under the rules and at
// the prices of one day: "September's messages under October's rules". Days and months
// stay those of the plan.
//
// What an item says may not be an answer on that day, such as a package that there
// was not yet. It is left out then, with no occurrence and ineligible, and refused
// has its mistake, at a path as of [Plan.Validate].
func EvaluatePlanUnder(p Plan, day Date) (q PlanQuote, refused []*Error, err error) {
	if e := p.firstMistake(); e != nil {
		return PlanQuote{}, nil, e
	}
	if day == 0 {
		return PlanQuote{}, nil, missing("day")
	}
	w := newPlanning(&p)
	w.under = day
	for i := range p.Items {
		if e := p.mistakeUnder(i, day); e != nil {
			refused = append(refused, ofItem(i, e))
			w.items[i].on, w.q.Items[i].Verdict = 0, Ineligible
		}
	}
	return w.all(), refused, nil
}

// mistakeUnder is the first mistake that an item has on a day, but for what its type
// is not asked for.
func (p *Plan) mistakeUnder(item int, day Date) *Error {
	s := p.Scenario(item, day)
	return s.mistakeUnasked()
}

// mistakeUnasked is the first mistake, but for what the type is not asked for on the
// day: that is taken out.
func (s *Scenario) mistakeUnasked() *Error {
	for {
		v := validation{s: s, anyRate: true}
		e := v.firstMistake()
		if e == nil {
			return nil
		}
		if !strings.HasPrefix(e.Path, "sender.") {
			return e
		}
		asked := slices.ContainsFunc(Questions(*s), func(q Question) bool { return q.Path == e.Path })
		if asked || !s.Set(e.Path, nil) {
			return e
		}
	}
}

// all works all occurrences.
func (w *planning) all() PlanQuote {
	for {
		i := w.next()
		if i < 0 {
			return w.answer()
		}
		w.work(i)
	}
}

// rulesOn is the day whose rules hold for what is sent on a day.
func (w *planning) rulesOn(day Date) Date { return cmp.Or(w.under, day) }

// A planning is the work on one plan.
type planning struct {
	p        *Plan
	q        PlanQuote
	items    []itemWork
	month    *monthWork
	under    Date   // whose rules hold for all; zero: each occurrence has those of its day
	currency string // that the user's amounts are in
	zalo     bool   // some item is of Zalo, so that there is an account with a package
	zns      struct {
		day  int   // the last occurrence of ZNS, by its place in the days; -1: none
		sent int64 // by all of its day
	}
	e       evaluation // of the occurrence that is worked on
	found   []bool     // which of the book's notices stand
	notices []Notice
}

// An itemWork is the work on one item.
type itemWork struct {
	s       Scenario // of the occurrence that is worked on
	on      Date     // of the next occurrence; zero: there is none
	number  int      // of the next occurrence
	month   Month    // of the last occurrence
	sent    []int64  // what went out in the month to each segment
	pricing Pricing  // what each occurrence has of it, but for the bundle
}

// A monthWork is what a month's occurrences have used up, and what is paid once.
type monthWork struct {
	later   bool // than the plan's first month
	sender  Sender
	spent   allowances
	bundle  int64              // messages that went without the mark-up
	charged [2][]marketCounter // utility and authentication
	first   Date               // day of an occurrence
	sends   bool               // anything is deliverable
	priced  bool               // all of it has a price in the book
}

func newPlanning(p *Plan) *planning {
	w := &planning{p: p, currency: p.Pricing.Currency, items: make([]itemWork, len(p.Items)), found: make([]bool, len(theBook.notices))}
	if w.currency == "" {
		w.currency = p.billedIn(0)
	}
	w.zns.day = -1
	w.notices = make([]Notice, len(theBook.notices))
	w.q = PlanQuote{Priced: true, Items: make([]ItemQuote, len(p.Items)), Days: make([]PlanDay, 0, p.occurrences()), Months: []PlanMonth{}, Notices: []Notice{}}
	for i := range p.Items {
		item, at := &p.Items[i], &w.items[i]
		at.s = p.Scenario(i, item.On)
		at.s.Audience = slices.Clone(item.Audience)
		at.on, at.month, at.sent = item.On, item.On.Month(), make([]int64, len(item.Audience))
		at.pricing = w.pricingOf(at.s.Currency())
		w.q.Items[i] = ItemQuote{Name: item.Name, First: item.On, Priced: true, Checks: []PlanCheck{}}
		w.zalo = w.zalo || strings.HasPrefix(string(item.Message.Type), "zalo.")
	}
	return w
}

// pricingOf is what the user adds to an occurrence that is billed in a currency.
func (w *planning) pricingOf(currency string) Pricing {
	all := &w.p.Pricing
	p := Pricing{MarkupPercent: all.MarkupPercent, TaxPercent: all.TaxPercent, MarkupOnFree: all.MarkupOnFree}
	if currency == w.currency {
		p.MarkupPerMessage, p.FallbackPerMessage = all.MarkupPerMessage, all.FallbackPerMessage
	}
	return p
}

// next is the item with the next occurrence, -1 where there is none.
func (w *planning) next() int {
	next := -1
	for i := range w.items {
		if on := w.items[i].on; on != 0 && (next < 0 || on < w.items[next].on) {
			next = i
		}
	}
	return next
}

// begin opens the month of a day if it is not open.
func (w *planning) begin(on Date) {
	if n := len(w.q.Months); n > 0 && w.q.Months[n-1].Month == on.Month() {
		return
	}
	w.end()
	m := &monthWork{later: len(w.q.Months) > 0, sender: w.p.Sender.Sender, first: on, priced: true}
	if m.later {
		m.sender.beginMonth(w.p.Sender.IncludedPerMonth)
	}
	w.month = m
	w.q.Months = append(w.q.Months, PlanMonth{Month: on.Month(), Lines: []PlanLine{}})
}

// beginMonth is the sender at the start of a month later than the first, of which
// nothing is used yet.
func (s *Sender) beginMonth(included Opt[int64]) {
	s.PromotionSent, s.ChargedThisMonth, s.FreeServiceUsed, s.FirstPromotionMonth = 0, 0, 0, false
	s.FreeConversationsUsed.value = 0 // they are counted only where they were in the first month
	s.IncludedMessages = included.Or(s.IncludedMessages)
}

// work works the next occurrence of an item.
func (w *planning) work(i int) {
	item, at, q := &w.p.Items[i], &w.items[i], &w.q.Items[i]
	on := at.on
	w.begin(on)
	at.prepare(item, on, w.month)
	at.s.On = w.rulesOn(on)
	if at.pricing.MarkupPerMessage.Known() {
		at.s.Pricing.Bundle.Messages = max(0, w.p.Pricing.Bundle.Messages-w.month.bundle)
	}
	e := &w.e
	e.work(&at.s, w.month)
	w.month.take(e)
	for k := range at.sent {
		at.sent[k] += e.q.Segments[k].Deliverable
	}

	q.Occurrences++
	q.Last = on
	q.Verdict = e.q.Verdict.join(q.Verdict)
	q.Priced = q.Priced && e.q.Priced
	q.Requested += e.q.Requested
	q.Deliverable += e.q.Deliverable
	q.Blocked += e.q.Blocked
	q.Undelivered += e.q.Undelivered
	q.Free += e.q.Free
	q.Charged += e.q.Charged
	month := &w.q.Months[len(w.q.Months)-1]
	if total, priced := e.q.Total(); priced {
		addTotal(&q.Totals, total)
		addTotal(&month.Totals, total)
	} else {
		w.month.priced = false
	}
	w.q.Days = append(w.q.Days, PlanDay{On: on, Item: i, Verdict: e.q.Verdict, Deliverable: e.q.Deliverable, Totals: e.q.Totals})
	w.count(e, on)
	q.addChecks(e, on)
	w.month.use(e, &month.Used)
	if bundle := w.p.Pricing.Bundle.Messages; bundle > 0 && at.pricing.MarkupPerMessage.Known() {
		setUse(&month.Used.Bundle, w.month.bundle, bundle)
	}
	w.addNotices(e)

	at.number++
	at.on = item.occurrence(at.number)
}

// prepare makes the scenario of the occurrence on a day.
func (at *itemWork) prepare(item *PlanItem, on Date, m *monthWork) {
	s := &at.s
	if on.Month() != at.month { // no more the month that the segments tell of
		at.month = on.Month()
		for k := range s.Audience {
			s.Audience[k].ReceivedThisMonth, s.Audience[k].FreeUsed, at.sent[k] = 0, 0, 0
		}
	}
	if item.SamePeople {
		for k := range s.Audience {
			g := &s.Audience[k]
			g.ReceivedThisMonth = ceilDiv(at.sent[k], g.Recipients.Or(1))
			if at.month == item.On.Month() {
				g.ReceivedThisMonth += item.Audience[k].ReceivedThisMonth
			}
		}
	}
	s.On, s.Sender, s.Pricing = on, m.sender, at.pricing
	item.sendsWith(&s.Sender)
}

// left is what the occurrences so far leave of the month's allowances.
func (m *monthWork) left(e *evaluation) allowances {
	a := e.allowed().less(m.spent)
	return allowances{max(0, a.included), max(0, a.promotion), max(0, a.service), max(0, a.conversations)}
}

// counters are the messages charged in the month that count for the same tiers, nil
// where there are none.
func (m *monthWork) counters(e *evaluation) *[]marketCounter {
	switch e.kind.id {
	case WhatsAppUtility:
		return &m.charged[0]
	case WhatsAppAuthentication:
		return &m.charged[1]
	}
	return nil
}

// start gives an occurrence what is left of the month.
func (m *monthWork) start(e *evaluation) {
	e.left = m.left(e)
	if c := m.counters(e); c != nil {
		e.charged = slices.Clone(*c)
	}
}

// take takes from the month what an occurrence has used up.
func (m *monthWork) take(e *evaluation) {
	used := m.left(e).less(e.left)
	m.spent.included += used.included
	m.spent.service += used.service
	m.spent.conversations += used.conversations
	if e.kind.id == ZNS && isPostSale(e) {
		m.spent.promotion += e.q.Deliverable
	}
	if c := m.counters(e); c != nil {
		*c = e.charged
	}
	if e.q.Priced && e.s.Pricing.MarkupPerMessage.Known() {
		m.bundle += min(e.s.Pricing.Bundle.Messages, e.marked())
	}
	m.sends = m.sends || e.q.Deliverable > 0
	m.priced = m.priced && e.q.Priced
}

// use tells how far the limits are used that an occurrence goes by.
func (m *monthWork) use(e *evaluation, to *MonthUse) {
	s := &m.sender
	if n := s.IncludedMessages; e.kind.id == ZaloConsultation && n > 0 {
		setUse(&to.IncludedMessages, m.spent.included, n)
	}
	if n, known := promotionLimit(e); known && e.kind.id == ZNS && isPostSale(e) {
		setUse(&to.Promotion, s.PromotionSent+m.spent.promotion, n)
	}
	if f := whatsappServiceFree.on(e.s.On); f != nil && e.kind.id == WhatsAppService && paysForService(e) {
		setUse(&to.FreeService, s.FreeServiceUsed+m.spent.service, f.n*s.PhoneNumbers.Or(1))
	}
	if f := whatsappFreeTalks.on(e.s.On); f != nil && e.isOfWhatsApp() && hasFreeConversations(e) && s.FreeConversationsUsed.Known() {
		setUse(&to.FreeConversations, s.FreeConversationsUsed.value+m.spent.conversations, f.n)
	}
}

func setUse(to **Use, used, limit int64) { *to = &Use{used, limit} }

// count counts the ZNS of a day against the daily quota, which cuts nothing.
func (w *planning) count(e *evaluation, on Date) {
	quota, known := dailyQuota(e)
	if e.kind.id != ZNS || !known {
		return
	}
	z, last := &w.zns, len(w.q.Days)-1
	if z.day >= 0 && w.q.Days[z.day].On == on {
		w.q.Days[z.day].OverQuota = 0 // the last one of the day tells it
	} else {
		z.sent = 0
	}
	z.day = last
	z.sent += e.q.Deliverable
	e.over = max(0, z.sent-quota)
	w.q.Days[last].OverQuota = e.over
}

// addNotices adds the notices of an occurrence that no one before it has.
func (w *planning) addNotices(e *evaluation) {
	for _, i := range e.kind.notices {
		if !w.found[i] {
			w.notices[i], w.found[i] = e.notice(&theBook.notices[i])
		}
	}
}

// addChecks joins the checks of an occurrence with those before it.
func (q *ItemQuote) addChecks(e *evaluation, on Date) {
	for i := range e.q.Segments {
		for k := range e.q.Segments[i].Checks {
			c := &e.q.Segments[i].Checks[k]
			at := 0
			for at < len(q.Checks) && q.Checks[at].Code != c.Code {
				at++
			}
			switch {
			case at == len(q.Checks):
				q.Checks = append(q.Checks, PlanCheck{on, *c})
			case c.Outcome.worse(q.Checks[at].Outcome):
				q.Checks[at] = PlanCheck{on, *c}
			case c.Outcome == Unknown && q.Checks[at].Outcome == Unknown:
				for _, path := range c.Needs {
					if needs := &q.Checks[at].Needs; !slices.Contains(*needs, path) {
						*needs = append(slices.Clip(*needs), path)
					}
				}
			}
		}
	}
}

// worse reports whether an outcome stands more in the way than another one.
func (o Outcome) worse(than Outcome) bool {
	return o == Fail && than != Fail || o == Unknown && than == Pass
}

// end closes the month: what is paid once in it is added.
func (w *planning) end() {
	m := w.month
	if m == nil {
		return
	}
	month := &w.q.Months[len(w.q.Months)-1]
	if m.sends {
		w.addFees(month)
	}
	for i := range month.Lines {
		l := &month.Lines[i]
		addTotal(&month.Totals, Total{l.Currency, l.Net, l.Tax, l.Gross})
	}
	if !m.priced {
		month.Totals = nil
	}
	w.q.Priced = w.q.Priced && m.priced
	for _, t := range month.Totals {
		addTotal(&w.q.Totals, t)
	}
}

// addFees adds what is paid once a month.
func (w *planning) addFees(month *PlanMonth) {
	m, all := w.month, &w.p.Pricing
	if fee, ok := monthFee(m.sender.OAPackage, w.rulesOn(m.first)); ok && w.zalo && m.sender.IncludePackageFee && !fee.unit.IsZero() {
		month.Lines = append(month.Lines, PlanLine{"VND", bookLine("package-fee", 1, fee, w.rulesOn(m.first))})
	}
	add := func(code string, quantity int64, unit Opt[decimal.Decimal]) {
		if amount := unit.Or(decimal.Zero); quantity > 0 && !amount.IsZero() {
			month.Lines = append(month.Lines, PlanLine{w.currency, line(code, quantity, price{unit: amount, tax: all.TaxPercent.Or(decimal.Zero)})})
		}
	}
	add("incoming", all.Incoming.Messages, all.Incoming.PerMessage)
	add("bundle", 1, all.Bundle.Fee)
	add("monthly-fee", 1, all.MonthlyFee)
}

// answer puts the quote together when all is worked.
func (w *planning) answer() PlanQuote {
	w.end()
	q := &w.q
	for i := range q.Items {
		item := &q.Items[i]
		if !item.Priced {
			item.Totals = nil
		}
		q.Verdict = item.Verdict.join(q.Verdict)
		q.Requested += item.Requested
		q.Deliverable += item.Deliverable
		q.Blocked += item.Blocked
		q.Undelivered += item.Undelivered
		q.Free += item.Free
		q.Charged += item.Charged
	}
	if q.Priced {
		q.Converted = w.converted()
		if len(w.p.Balance) > 0 {
			q.Balance = map[string]PlanBalance{}
			for currency, amount := range w.p.Balance {
				q.Balance[currency] = q.pay(currency, amount)
			}
		}
	} else {
		q.Totals = nil
	}
	for i, n := range w.notices {
		if w.found[i] {
			q.Notices = append(q.Notices, n)
		}
	}
	return *q
}

// converted is all totals in one currency, nil where a rate is not given.
func (w *planning) converted() *Total {
	c, asked := w.p.Pricing.Convert.Get()
	if !asked {
		return nil
	}
	return c.all(w.q.Totals)
}

// all is the sum of some totals, nil where a rate is not given.
func (c *Conversion) all(totals []Total) *Total {
	sum := Total{Currency: c.Currency}
	for _, t := range totals {
		t, ok := c.of(t)
		if !ok {
			return nil
		}
		sum.add(t)
	}
	return &sum
}

// pay pays from an amount what is billed in its currency, in the order of work: the
// fees of a month before its first occurrence.
func (q *PlanQuote) pay(currency string, left decimal.Decimal) PlanBalance {
	month := -1
	for i := range q.Days {
		day := &q.Days[i]
		due := decimal.Zero
		if month < 0 || q.Months[month].Month != day.On.Month() {
			month++
			for k := range q.Months[month].Lines {
				if l := &q.Months[month].Lines[k]; l.Currency == currency {
					due = plus(due, l.Gross)
				}
			}
		}
		for _, due := range [...]decimal.Decimal{due, grossIn(day.Totals, currency)} {
			if due.IsZero() {
				continue
			}
			if due.GreaterThan(left) {
				return PlanBalance{left, day.On}
			}
			left = left.Sub(due)
		}
	}
	return PlanBalance{Left: left}
}

// grossIn is the gross of the total in a currency, zero where there is none.
func grossIn(totals []Total, currency string) decimal.Decimal {
	for i := range totals {
		if totals[i].Currency == currency {
			return totals[i].Gross
		}
	}
	return decimal.Zero
}

// addTotal adds a total to those of other currencies: dong first, then by code.
func addTotal(to *[]Total, t Total) {
	rank := func(currency string) string {
		if currency == "VND" {
			return ""
		}
		return currency
	}
	i := 0
	for i < len(*to) && rank((*to)[i].Currency) < rank(t.Currency) {
		i++
	}
	if i < len(*to) && (*to)[i].Currency == t.Currency {
		(*to)[i].add(t)
		return
	}
	*to = append(*to, t)
	copy((*to)[i+1:], (*to)[i:])
	(*to)[i] = t
}

// add adds a total of the same currency.
func (t *Total) add(other Total) {
	t.Net, t.Tax, t.Gross = plus(t.Net, other.Net), plus(t.Tax, other.Tax), plus(t.Gross, other.Gross)
}
