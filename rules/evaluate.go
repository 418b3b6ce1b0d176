package rules

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Evaluate answers a scenario. The error is an *[Error] that names the field,
// the kind of mistake and what would be right; a scenario that [Decode]
// returned has none.
func Evaluate(s Scenario) (Quote, error) {
	if err := s.Validate(); err != nil {
		return Quote{}, err
	}
	e := evaluationOf(&s)
	e.addNotices()
	return e.q, nil
}

// evaluationOf answers a scenario without a mistake, but for the notices.
func evaluationOf(s *Scenario) *evaluation { return evaluationAfter(s, nil) }

// evaluationAfter is [evaluationOf] a scenario before which others of its plan have
// used up something of the month.
func evaluationAfter(s *Scenario, before *monthWork) *evaluation {
	var e evaluation
	e.work(s, before)
	return &e
}

// work answers a scenario in the room that the one before it had, whose quote is no
// longer there then.
func (e *evaluation) work(s *Scenario, before *monthWork) {
	n := len(s.Audience)
	segments, lines, numbers, checks := e.q.Segments, e.q.Lines, e.numbers, e.checks
	if cap(segments) < n || segments == nil {
		segments, lines, numbers, checks = make([]SegmentQuote, n), make([]Line, 0, n+3), make([]int, n), make([]Check, 0, 8*n)
	}
	*e = evaluation{s: s, kind: kindOf(s.Message.Type), currency: s.Currency(), perRecipient: s.PerRecipient.Or(1), before: before}
	e.q = Quote{On: s.On, Message: s.Message.Type, Priced: true, Segments: segments[:n], Lines: lines[:0]}
	clear(e.q.Segments)
	e.startCounters()
	e.numbers = numbers[:n]
	checks = checks[:0]
	for i := range s.Audience {
		e.numbers[i] = i
		checks = e.segment(i, checks)
	}
	e.checks = checks
	e.sum()
	if e.kind.schedule != nil && !e.isBeforeBook() && before == nil {
		e.q.Schedule = e.kind.schedule(e)
	}
}

// An evaluation is the work on one scenario.
type evaluation struct {
	s            *Scenario
	kind         *messageKind
	q            Quote
	currency     string // ISO 4217, the billing currency
	perRecipient int64
	numbers      []int   // of the segments, for the lines to point to
	checks       []Check // of all segments
	noticeSince  Date    // the first day of the notice whose circumstance is looked at

	left    allowances      // of the month; segments use them up in order
	charged []marketCounter // WhatsApp messages charged in the month

	// Of an occurrence of a plan: what the month has used up before it. Fees of the
	// month are then none of its lines.
	before *monthWork
	over   int64 // messages by which the ZNS of its day are more than the daily quota
}

// allowances are numbers of the month that messages use up.
type allowances struct {
	included      int64 // consultation messages in the package
	promotion     int64 // post-sale ZNS
	service       int64 // free WhatsApp service messages
	conversations int64 // free WhatsApp conversations
}

// less is what others leave of the allowances; it may be less than nothing.
func (a allowances) less(b allowances) allowances {
	return allowances{a.included - b.included, a.promotion - b.promotion, a.service - b.service, a.conversations - b.conversations}
}

// allowed is what the month of the day holds for the sender, less what it says
// that it has used up.
func (e *evaluation) allowed() allowances {
	a := allowances{included: e.s.Sender.IncludedMessages, promotion: promotionQuota(e), conversations: freeConversations(e)}
	if f := whatsappServiceFree.on(e.s.On); f != nil {
		a.service = max(0, f.n*e.s.Sender.PhoneNumbers.Or(1)-e.s.Sender.FreeServiceUsed)
	}
	return a
}

func (e *evaluation) startCounters() {
	e.left = e.allowed()
	if e.before != nil {
		e.before.start(e)
	}
}

// An inspection collects the checks of a segment and how many messages they let
// through.
type inspection struct {
	day    Date
	kind   *messageKind
	checks []Check
	left   int64 // what the caps and quotas so far leave of the messages asked for
	closed bool  // a check that lets nothing through has failed
}

func (in *inspection) add(code string, r *rule, outcome Outcome, limit string) {
	f := r.latest(in.day)
	c := Check{Code: code, Outcome: outcome, Rule: r.id, Since: f.Since, Status: f.Status, Limit: limit, Sources: f.Sources}
	if outcome == Fail {
		c.Error = in.kind.errorCode(code, r.id, in.day)
	}
	in.checks = append(in.checks, c)
}

// gate adds a check that lets everything through or nothing.
func (in *inspection) gate(code string, r *rule, outcome Outcome) {
	in.add(code, r, outcome, "")
	in.closed = in.closed || outcome == Fail
}

// limitedGate is a gate whose fact has a limit worth showing.
func (in *inspection) limitedGate(code string, r *rule, outcome Outcome, limit string) {
	in.add(code, r, outcome, limit)
	in.closed = in.closed || outcome == Fail
}

// cut adds a cap or a quota that lets at most so many messages through.
func (in *inspection) cut(code string, r *rule, allowed int64, limit string) {
	allowed = max(0, allowed)
	if allowed >= in.left {
		in.add(code, r, Pass, limit)
		return
	}
	in.add(code, r, Fail, limit)
	in.left = allowed
}

func (in *inspection) unknown(code string, r *rule) { in.add(code, r, Unknown, "") }

// told turns a fact of the user into an outcome.
func told(fact Opt[bool]) Outcome {
	yes, known := fact.Get()
	switch {
	case !known:
		return Unknown
	case yes:
		return Pass
	default:
		return Fail
	}
}

// not turns a fact that must be false into an outcome.
func not(fact Opt[bool]) Outcome {
	if yes, known := fact.Get(); known {
		return told(Some(!yes))
	}
	return Unknown
}

// both joins the two parts of a check: it fails if one part is known to fail.
func both(a, b Outcome) Outcome {
	switch {
	case a == Fail || b == Fail:
		return Fail
	case a == Unknown || b == Unknown:
		return Unknown
	default:
		return Pass
	}
}

// checkAvailable adds the check that the type exists on the day.
func checkAvailable(e *evaluation, _ *Segment, in *inspection) {
	r, outcome := e.kind.available, Fail
	switch f := r.on(in.day); {
	case e.isBeforeBook():
		outcome = Unknown
	case f != nil && f.Value == "yes":
		outcome = Pass
	}
	in.gate("available", r, outcome)
}

// isBeforeBook: nobody knows whether the type was there on the day, and by which
// rules.
func (e *evaluation) isBeforeBook() bool {
	f := e.kind.available.on(e.s.On)
	return f != nil && f.Value == "unknown"
}

// available is the first check of every type.
var available = condition{code: "available", run: checkAvailable}

// Looks of checks that several types have.
var (
	hoursLooks       = []look{{field: "audience.hoursSinceInteraction"}}
	promotionalLooks = []look{{field: "message.promotional"}}
	optedInLooks     = []look{{field: "audience.optedIn"}}
	approvedLooks    = []look{{field: "message.template.approved"}}
	receivedLooks    = []look{{field: "perRecipient"}, {field: "audience.receivedThisMonth"}}
)

// isUnpromotional: the message does not advertise.
func isUnpromotional(e *evaluation, _ *Segment) Outcome { return not(e.s.Message.Promotional) }

// isApproved: the platform has approved the template.
func isApproved(e *evaluation, _ *Segment) Outcome { return told(e.s.Message.Template.Approved) }

// hasOptedIn: the people have agreed to such messages.
func hasOptedIn(_ *evaluation, g *Segment) Outcome { return told(g.OptedIn) }

// window adds the check that the last interaction was at most as many hours ago
// as the rule says.
func (in *inspection) window(r *rule, recency Recency) {
	f, outcome := r.latest(in.day), Unknown
	if recency.Known() {
		outcome = told(Some(recency.within(f)))
	}
	in.limitedGate("window", r, outcome, f.Value)
}

// segment works out one segment and appends its checks to the store that all
// segments share.
func (e *evaluation) segment(n int, store []Check) []Check {
	seg := &e.s.Audience[n]
	q := &e.q.Segments[n]
	q.Name = seg.Name
	q.Requested = seg.Recipients.Or(0) * e.perRecipient

	in := inspection{day: e.s.On, kind: e.kind, checks: store, left: q.Requested}
	checks := e.kind.checks
	if e.isBeforeBook() {
		checks = checks[:1]
	}
	for _, c := range checks {
		if c.when != nil && !c.when(e) {
			continue
		}
		before := len(in.checks)
		c.make(e, seg, &in)
		if len(in.checks) > before && in.checks[before].Outcome == Unknown {
			in.checks[before].Needs = e.open(c, n)
		}
	}
	q.Checks = in.checks[len(store):len(in.checks):len(in.checks)]
	if !in.closed {
		q.Deliverable = in.left
		e.left.promotion -= in.left // looked at for post-sale ZNS alone
	}
	q.Blocked = q.Requested - q.Deliverable
	q.Verdict = segmentVerdict(q)
	q.Undelivered = q.Deliverable - seg.arriving(q.Deliverable)
	if q.Deliverable > 0 && !e.price(n, seg, q) {
		e.q.Priced = false
	}

	e.q.Requested += q.Requested
	e.q.Deliverable += q.Deliverable
	e.q.Blocked += q.Blocked
	e.q.Undelivered += q.Undelivered
	e.q.Free += q.Free
	e.q.Charged += q.Charged
	return in.checks
}

// arriving is how many of so many messages or people the segment's share leaves,
// rounded half-up.
func (g *Segment) arriving(n int64) int64 {
	share, known := g.DeliveredPercent.Get()
	if !known {
		return n
	}
	return percentOf(share, decimal.NewFromInt(n)).Round(0).IntPart()
}

// price prices a segment and reports whether the book has the price. Where nothing
// arrives nothing is charged, and the book has the price that it would have had.
func (e *evaluation) price(n int, g *Segment, q *SegmentQuote) bool {
	if e.isBeforeBook() {
		q.Charged = q.delivered()
		return chargeOwnPrice(e, n, q)
	}
	if q.Undelivered < q.Deliverable {
		return e.kind.price(e, n, g, q)
	}
	return e.wouldPrice(n, g, q)
}

// wouldPrice reports whether the book has the price of a segment of which all
// arrives, and charges nothing.
func (e *evaluation) wouldPrice(n int, g *Segment, q *SegmentQuote) bool {
	as, would, arrives := *e, *q, *g
	as.charged, as.q.Lines = slices.Clone(e.charged), slices.Clone(e.q.Lines)
	would.Undelivered, arrives.DeliveredPercent = 0, Opt[decimal.Decimal]{}
	ok := as.kind.price(&as, n, &arrives, &would)
	e.q.Tariff = as.q.Tariff
	return ok
}

func segmentVerdict(q *SegmentQuote) Verdict {
	if q.Deliverable == 0 {
		return Ineligible
	}
	for i := range q.Checks {
		if q.Checks[i].Outcome == Unknown {
			return Depends
		}
	}
	if q.Deliverable < q.Requested {
		return Partial
	}
	return Eligible
}

// join joins a verdict with those before it, which are empty where there are none.
func (v Verdict) join(before Verdict) Verdict {
	switch {
	case before == "" || before == v:
		return v
	case before == Depends || v == Depends:
		return Depends
	default:
		return Partial
	}
}

// verdict joins the verdicts of the segments.
func (e *evaluation) verdict() (all Verdict) {
	for i := range e.q.Segments {
		all = e.q.Segments[i].Verdict.join(all)
	}
	return all
}

// sum adds up the lines, after adding what the user adds to the price.
func (e *evaluation) sum() {
	e.q.Verdict = e.verdict()
	if !e.q.Priced {
		return
	}
	if e.q.Deliverable > 0 {
		if e.before == nil {
			addPackageFee(e)
		}
		e.addPricing()
	}
	total := Total{Currency: e.currency}
	for i := range e.q.Lines {
		l := &e.q.Lines[i]
		total.Net = plus(total.Net, l.Net)
		total.Tax = plus(total.Tax, l.Tax)
	}
	total.Gross = plus(total.Net, total.Tax) // as in every line
	e.q.Totals = []Total{total}
	e.convert(total)
}

// A price is what the book says a message costs.
type price struct {
	unit     decimal.Decimal
	tax      decimal.Decimal // percent
	included bool            // the unit price holds the tax
	rule     *rule
	fact     *Fact // of the rule; nil: the one of the day
}

// bookPrice is the price that a rule gives on the day, in whole units of the
// currency.
func (e *evaluation) bookPrice(r *rule, tax decimal.Decimal, included bool) (price, bool) {
	f := e.tariff(r)
	if f == nil {
		return price{}, false
	}
	return price{unit: f.amount, tax: tax, included: included, rule: r}, true
}

// tariff returns the price fact in force and keeps its day for the quote.
func (e *evaluation) tariff(r *rule) *Fact {
	f := r.on(e.s.On)
	if f != nil {
		e.q.Tariff = max(e.q.Tariff, f.Since)
	}
	return f
}

// charge adds a line for a segment.
func (e *evaluation) charge(segment int, code string, quantity int64, p price) *Line {
	e.q.Lines = append(e.q.Lines, bookLine(code, quantity, p, e.s.On))
	l := &e.q.Lines[len(e.q.Lines)-1]
	l.Segment = &e.numbers[segment]
	return l
}

// bookLine is a line at a price of the book on a day.
func bookLine(code string, quantity int64, p price, on Date) Line {
	f := p.fact
	if f == nil {
		f = p.rule.latest(on)
	}
	l := line(code, quantity, p)
	l.Rule, l.Since, l.Status, l.Sources = p.rule.id, f.Since, f.Status, f.Sources
	return l
}

// line works out the amounts of a line.
func line(code string, quantity int64, p price) Line {
	l := Line{Code: code, Quantity: quantity, UnitPrice: p.unit, TaxPercent: p.tax, TaxIncluded: p.included, Sources: []string{}}
	amount := p.unit.Mul(decimal.NewFromInt(quantity))
	switch {
	case p.tax.IsZero():
		l.Net, l.Gross = amount, amount
	case p.included:
		l.Gross = amount
		l.Net = divide(amount.Mul(hundred), hundred.Add(p.tax))
		l.Tax = l.Gross.Sub(l.Net)
	default:
		l.Net = amount
		l.Tax = percentOf(p.tax, amount)
		l.Gross = plus(l.Net, l.Tax)
	}
	return l
}

var hundred = decimal.NewFromInt(100)

// plus is a + b, without work where one of them is zero.
func plus(a, b decimal.Decimal) decimal.Decimal {
	switch {
	case a.IsZero():
		return b
	case b.IsZero():
		return a
	default:
		return a.Add(b)
	}
}

func percentOf(percent, amount decimal.Decimal) decimal.Decimal {
	return amount.Mul(percent).Shift(-2)
}

// divide returns a/b: exact where it terminates, else rounded half-up at six
// decimals.
func divide(a, b decimal.Decimal) decimal.Decimal {
	const enoughDecimals, digitsOfInt64 = 24, 18
	if a.Exponent() == 0 && b.Exponent() == 0 && a.NumDigits() <= digitsOfInt64 && b.NumDigits() <= digitsOfInt64 {
		// Most amounts are whole and divide without a rest.
		if x, y := a.CoefficientInt64(), b.CoefficientInt64(); x%y == 0 {
			return decimal.NewFromInt(x / y)
		}
	}
	if exact, rest := a.QuoRem(b, enoughDecimals); rest.IsZero() {
		return exact
	}
	return a.DivRound(b, 6)
}
