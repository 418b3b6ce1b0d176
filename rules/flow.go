package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Limits of a flow.
const (
	MaxSteps   = MaxItems
	MaxFlowDay = MaxPlanDays - 1 // days after the start
)

// A Flow is what one sender writes to each new customer, step by step: a welcome, a
// confirmation, a reminder after three days. It is worked out for the customers who
// come on one day.
type Flow struct {
	On        Date       // the day on which they come, as a rule the first of a month
	Customers Opt[int64] // how many come on it, 1 to 1e9
	// They come without writing, following or calling, so that none has written
	// until a step is answered.
	Silent  bool
	Steps   []FlowStep // 1 to 50, worked by day and those of one day in their order
	Sender  PlanSender
	Assume  map[string]string
	Pricing PlanPricing
}

// A FlowStep is a message of a flow.
type FlowStep struct {
	Name string // at most 100 characters
	Day  int64  // days after the start, 0 to 365
	// Whom it goes to, in per cent of the customers, 0 to 100 with at most two
	// decimals; nobody is counted where it is not given.
	Share Opt[decimal.Decimal]
	// Who answers it, in per cent of those to whom it goes, likewise; nobody where it
	// is not given.
	Answer       Opt[decimal.Decimal]
	At           string // hour of sending in Vietnam, 00:00 to 23:59; empty if not given
	Message      Message
	People       Segment // what is so of all of them; Recipients, Recency and ReceivedThisMonth follow from the steps
	PerRecipient Opt[int64]
	Tool         Tool
	APIVersion   APIVersion
}

// A FlowQuote answers a [Flow].
type FlowQuote struct {
	Verdict Verdict     // joins the steps', depends where a share is not given
	Steps   []StepQuote // as in the flow
	Plan    Plan        // what it is worked out into: an item for each step that goes to anybody
	Quote   *PlanQuote  // of the plan; nil where no step goes to anybody
	// What one customer costs over all steps: the totals divided by the customers,
	// rounded half-up at six decimals where that does not terminate. Absent where a
	// price is not in the book.
	PerCustomer []Total
}

// A StepQuote is what becomes of one step.
type StepQuote struct {
	On      Date
	People  int64 // to whom it goes; 0 where the share is not given
	Counted bool  // the share is given
	Item    int   // index into the items of the plan; -1 where it goes to nobody
	Verdict Verdict
	Late    int64 // of them wrote too long ago for this type, so that the window has closed
	// For who is late: of the other ways to reach them for what the type serves, the
	// first that [Compare] finds may be sent, else the first that depends on something
	// else than when they wrote. Nil where there is none, or nobody is late.
	Instead *Option
}

// EvaluateFlow works a flow out into a plan, and answers it.
//
// A step goes to Customers × Share, rounded half-up. Of them those have last
// written with a step who answered it and no later one; the others when they came.
// Whether somebody answers does not depend on what they answered before. The sizes
// of these groups are rounded so that their sums are whole: each boundary between
// two of them half-up. Hours since a step are 24 for each day.
//
// The error is an *[Error] with a path such as "steps[2].share", or below a step as
// of a scenario, whose segment is people: "steps[2].message.tag", "steps[0].people.country".
func EvaluateFlow(f Flow) (FlowQuote, error) {
	if e := f.firstMistake(); e != nil {
		return FlowQuote{}, e
	}
	q := FlowQuote{Steps: make([]StepQuote, len(f.Steps))}
	order := make([]int, len(f.Steps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(f.Steps[a].Day - f.Steps[b].Day) })

	q.Plan = Plan{Sender: f.Sender, Assume: f.Assume, Pricing: f.Pricing}
	last := []lastWord{{share: decimal.NewFromInt(1), never: f.Silent}}
	for n, i := range order {
		step, sq := &f.Steps[i], &q.Steps[i]
		sq.On, sq.Item = f.On.AddDays(int(step.Day)), -1
		share, counted := step.Share.Get()
		sq.Counted = counted
		if !counted {
			sq.Verdict = Depends
			continue
		}
		sq.People = share.Mul(decimal.NewFromInt(f.Customers.Or(0))).Shift(-2).Round(0).IntPart()
		if sq.People > 0 {
			sq.Item = len(q.Plan.Items)
			q.Plan.Items = append(q.Plan.Items, f.item(i, sq, last, order[:n]))
		}
		last = answered(last, step)
	}
	return q, f.answer(&q)
}

// answer answers the plan that the flow was worked out into.
func (f *Flow) answer(q *FlowQuote) error {
	if len(q.Plan.Items) == 0 {
		q.Verdict = Depends
		return nil
	}
	all, err := EvaluatePlan(q.Plan)
	if err != nil {
		return f.inSteps(err.(*Error), q)
	}
	q.Quote, q.Verdict = &all, all.Verdict
	for i := range q.Steps {
		sq := &q.Steps[i]
		if !sq.Counted {
			q.Verdict = Depends
		}
		if sq.Item >= 0 {
			sq.Verdict = all.Items[sq.Item].Verdict
			f.late(sq, &q.Plan)
		}
	}
	customers := decimal.NewFromInt(f.Customers.Or(1))
	for _, t := range all.Totals {
		each := Total{Currency: t.Currency, Net: divide(t.Net, customers), Tax: divide(t.Tax, customers)}
		each.Gross = divide(t.Gross, customers)
		q.PerCustomer = append(q.PerCustomer, each)
	}
	return nil
}

// A lastWord is who has last written on a day.
type lastWord struct {
	day   int64           // after the start
	share decimal.Decimal // of the customers, of 1
	never bool            // they have not written at all
}

// answered is who has last written when, once a step has been answered.
func answered(last []lastWord, step *FlowStep) []lastWord {
	answer := step.Share.Or(decimal.Zero).Mul(step.Answer.Or(decimal.Zero)).Shift(-4)
	if answer.IsZero() {
		return last
	}
	after := make([]lastWord, 0, len(last)+1)
	silent := decimal.NewFromInt(1).Sub(answer)
	for _, l := range last {
		if l.share = l.share.Mul(silent); !l.share.IsZero() {
			after = append(after, l)
		}
	}
	return append(after, lastWord{day: step.Day, share: answer})
}

// item is a step as an item of a plan, with a segment for those who last wrote on
// the same day.
func (f *Flow) item(i int, sq *StepQuote, last []lastWord, before []int) PlanItem {
	step := &f.Steps[i]
	item := PlanItem{
		Name: step.Name, On: sq.On, At: step.At, Message: step.Message, PerRecipient: step.PerRecipient,
		Tool: step.Tool, APIVersion: step.APIVersion,
	}
	had := f.hadBefore(i, sq.On, before)
	people, upTo, placed := decimal.NewFromInt(sq.People), decimal.Zero, int64(0)
	for _, l := range last {
		upTo = upTo.Add(l.share)
		end := people.Mul(upTo).Round(0).IntPart()
		if end == placed {
			continue
		}
		g := step.People
		g.Recipients, g.ReceivedThisMonth, g.Recency = Some(end-placed), had, Never()
		if !l.never {
			g.Recency = HoursAgo(decimal.NewFromInt(24 * (step.Day - l.day)))
		}
		item.Audience = append(item.Audience, g)
		placed = end
	}
	return item
}

// hadBefore is how many messages of a step's kind its people had in its month from
// the steps before it.
func (f *Flow) hadBefore(i int, on Date, before []int) (had int64) {
	step := &f.Steps[i]
	for _, b := range before {
		other := &f.Steps[b]
		same := other.Message.Type == step.Message.Type && other.Message.Tag == step.Message.Tag
		if same && other.Share.Known() && f.On.AddDays(int(other.Day)).Month() == on.Month() {
			had += other.PerRecipient.Or(1)
		}
	}
	return had
}

// late counts those of a step whose window has closed, and looks for a way that
// would still reach them.
func (f *Flow) late(sq *StepQuote, p *Plan) {
	s := p.Scenario(sq.Item, sq.On)
	q, err := Evaluate(s)
	if err != nil {
		return // a plan may have amounts that a scenario in another currency has not
	}
	var closed []Segment
	for i := range q.Segments {
		if slices.ContainsFunc(q.Segments[i].Checks, func(c Check) bool { return c.Code == "window" && c.Outcome == Fail }) {
			closed = append(closed, s.Audience[i])
			sq.Late += s.Audience[i].Recipients.Or(0) // a step is refused for all of them
		}
	}
	if len(closed) == 0 {
		return
	}
	s.Audience = closed
	for _, purpose := range PurposesOf(s.Message.Type) {
		for _, o := range Compare(s, purpose, nil) {
			if o.Chosen || !o.Sent() || o.Unmet || o.Quote.isOpen("window") || sq.Instead != nil && (sq.Instead.Verdict() != Depends || o.Verdict() == Depends) {
				continue
			}
			sq.Instead = &o
		}
	}
}

// inSteps is a mistake of the plan at the path of its step.
func (f *Flow) inSteps(e *Error, q *FlowQuote) *Error {
	for i := range q.Steps {
		at := "items[" + strconv.Itoa(q.Steps[i].Item) + "]"
		if rest, ok := strings.CutPrefix(e.Path, at); ok {
			rest = strings.Replace(rest, "audience[0]", "people", 1)
			return &Error{ofStep(i) + rest, e.Code, e.Message}
		}
	}
	return e
}

func ofStep(i int) string { return "steps[" + strconv.Itoa(i) + "]" }

// firstMistake is the first mistake of what a plan has not.
func (f *Flow) firstMistake() *Error {
	switch n := len(f.Steps); {
	case f.On == 0:
		return missing("on")
	case !f.Customers.Known():
		return missing("customers")
	case n < 1 || n > MaxSteps:
		return &Error{"steps", OutOfRange, "1 to " + strconv.Itoa(MaxSteps) + " steps, not " + strconv.Itoa(n)}
	}
	if e := inRange("customers", f.Customers, 1, MaxRecipients); e != nil {
		return e
	}
	for i := range f.Steps {
		step := &f.Steps[i]
		if e := inRange(ofStep(i)+".day", Some(step.Day), 0, MaxFlowDay); e != nil {
			return e
		}
		for _, of := range [...]struct {
			name  string
			share Opt[decimal.Decimal]
		}{{"share", step.Share}, {"answer", step.Answer}} {
			field := Field{Path: ofStep(i) + "." + of.name, Kind: KindShare, Most: 100}
			if e := field.amount(of.share.Or(decimal.Zero)); e != nil {
				return e
			}
		}
	}
	return nil
}
