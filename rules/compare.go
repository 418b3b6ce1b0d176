package rules

import (
	"cmp"
	"slices"
	"sort"
	"strconv"

	"github.com/shopspring/decimal"
)

// A Purpose is what a message is for, whatever the channel.
type Purpose string

// The purposes.
const (
	AnswerQuestion    Purpose = "answer"
	TransactionUpdate Purpose = "transaction"
	OneTimePassword   Purpose = "one-time-password"
	Promotion         Purpose = "promotion"
)

// Purposes lists the purposes in the order in which they are shown.
func Purposes() []Purpose {
	return []Purpose{AnswerQuestion, TransactionUpdate, OneTimePassword, Promotion}
}

// An Option is one way to reach the same people for the same purpose.
type Option struct {
	Type     MessageType
	Chosen   bool     // the scenario's own message
	Scenario Scenario // what was asked, to take over
	Quote    *Quote   // nil where the scenario lacks something that the type needs
	Error    *Error   // what it lacks
	// Unmet: nobody said that these people have ever written to the page, without
	// which Messenger knows none of them.
	Unmet bool
	// Dropped: an amount that the user adds is left out, being in another currency.
	Dropped bool
	// Replied is the total had everybody just written; nil where that would not
	// make the way possible or cheaper.
	Replied *Total
}

// Compare answers a scenario for its own type and for every other type of every
// channel that could serve the purpose, for the same people, day and sender.
//
// What may be sent comes first, then what depends on something that is not known,
// then what lacks an answer, then what may not be sent, with the reasons in its
// checks. Within these, what is free comes first, then what is billed in the
// currency of the scenario's own total, then other currencies, then what has no
// price in the book; each by cost, then by reach.
//
// Each option is asked for by as, which returns the scenario with another message
// in the place of its own, see [Scenario.As]; nil stands for that.
func Compare(s Scenario, p Purpose, as func(Message) Scenario) []Option {
	if as == nil {
		as = s.As
	}
	own := option(s, s.Message.Type)
	own.Chosen = true
	options := []Option{own}
	for i := range theBook.uses {
		u := &theBook.uses[i]
		if u.purpose != p || u.kind == s.Message.Type {
			continue
		}
		o := option(as(u.messageOn(s.On)), s.Message.Type)
		o.Dropped = s.addsAmount() && !o.Scenario.addsAmount()
		options = append(options, o)
	}
	currency := ""
	if own.Quote != nil {
		total, _ := own.Quote.Total()
		currency = total.Currency
	}
	sort.SliceStable(options, func(i, j int) bool { return options[i].order(&options[j], currency) < 0 })
	return options
}

// option answers a scenario in the place of one of another type.
func option(s Scenario, instead MessageType) Option {
	o := Option{Type: s.Message.Type, Scenario: s}
	q, err := Evaluate(s)
	if err != nil {
		o.Error = err.(*Error) // the only kind of error that there is here
		return o
	}
	o.Quote = &q
	o.Unmet = s.Message.Type.isUnmet(instead, &q)
	o.Replied = o.ifReplied()
	return o
}

// isUnmet reports whether nobody said that the page knows the people of a quote, which
// was asked for in the place of another type. Who may be answered, or has subscribed,
// has written: then that is the question.
func (t MessageType) isUnmet(instead MessageType, q *Quote) bool {
	return t.Channel() == ChannelMessenger && instead.Channel() != ChannelMessenger &&
		q.Verdict != Ineligible && !q.isOpen("window") && !q.isOpen("consent")
}

// isOpen reports whether a check of any segment is unknown, without a code any
// check.
func (q *Quote) isOpen(code string) bool {
	return slices.ContainsFunc(q.Segments, func(s SegmentQuote) bool {
		return slices.ContainsFunc(s.Checks, func(c Check) bool { return (code == "" || c.Code == code) && c.Outcome == Unknown })
	})
}

// ifReplied is the total had everybody just written, nil where that changes
// nothing for the better. A comment is not waited for.
func (o *Option) ifReplied() *Total {
	if o.Type == MessengerPrivateReply {
		return nil
	}
	matters := false
	s := o.Scenario
	s.Audience = slices.Clone(s.Audience)
	for _, q := range Questions(s) {
		if q.Kind == KindHours {
			s.Audience[q.Segment].Recency = HoursAgo(decimal.NewFromInt(1))
			matters = true
		}
	}
	if !matters {
		return nil
	}
	q, err := Evaluate(s)
	if err != nil || q.Verdict == Ineligible {
		return nil
	}
	now, priced := o.Quote.Total()
	then, ok := q.Total()
	if ok && (o.Quote.Verdict == Ineligible || priced && then.Currency == now.Currency && then.Gross.LessThan(now.Gross)) {
		return &then
	}
	return nil
}

// Verdict is the quote's, but depends where an answer is missing or assumed.
func (o *Option) Verdict() Verdict {
	if o.Quote == nil || o.Unmet || !o.Chosen && o.Quote.Verdict != Ineligible && o.Quote.isOpen("") {
		return Depends
	}
	return o.Quote.Shown(o.Quote.Verdict)
}

// Sent reports whether any message goes out.
func (o *Option) Sent() bool { return o.Quote != nil && o.Quote.Verdict != Ineligible }

// Total is the first of the totals in the currency that was asked for if any, and
// false where a price is not in the book.
func (q *Quote) Total() (Total, bool) {
	switch {
	case q.Converted != nil:
		return *q.Converted, true
	case len(q.Totals) == 0:
		return Total{}, false
	default:
		return q.Totals[0], true
	}
}

// As is the scenario with another message in the place of its own. Of the people
// and the sender stays what holds for the other type too, see [Reach]; template
// and content are the message's, but for an approval by the same platform.
// Amounts in a currency that is not billed then are left out, and segments without
// a country get the sender's.
func (s *Scenario) As(m Message) Scenario {
	other := *s
	other.Message = m
	if !m.Template.Approved.Known() {
		other.Message.Template.Approved = s.Message.Template.Approved
	}
	if t := &other.Message.Template; forTemplates(m.Type) && forTemplates(s.Message.Type) && t.Kind == s.Message.Template.Kind {
		was := &s.Message.Template
		t.Buttons, t.Image, t.PublicService, t.ApprovedOn = was.Buttons, was.Image, was.PublicService, was.ApprovedOn
	}
	other.Audience = slices.Clone(s.Audience)
	for _, q := range Questions(*s) {
		if q.Holds == HoldsForType || q.Holds == HoldsOnPlatform && s.Message.Type.Platform() != m.Type.Platform() {
			f := fieldOf(q.Field)
			forget(f.value(&other, &other.Audience[q.Segment]))
		}
	}
	for i := range other.Audience {
		if g := &other.Audience[i]; g.Country == "" {
			g.Country = s.Sender.Country
		}
	}
	if other.Currency() != s.Currency() {
		for _, amount := range other.Pricing.amounts() {
			*amount = Opt[decimal.Decimal]{}
		}
	}
	if c, known := s.Pricing.Convert.Get(); known && c.Currency != other.Currency() {
		if _, ok := c.Rates[other.Currency()]; !ok {
			other.Pricing.Convert = Opt[Conversion]{}
		}
	}
	return other
}

// addsAmount reports whether the user adds an amount of money.
func (s *Scenario) addsAmount() bool {
	return slices.ContainsFunc(s.Pricing.amounts(), func(a *Opt[decimal.Decimal]) bool { return a.known })
}

// amounts are what the user adds in the billing currency.
func (p *Pricing) amounts() []*Opt[decimal.Decimal] {
	return []*Opt[decimal.Decimal]{&p.MarkupPerMessage, &p.MonthlyFee, &p.FallbackPerMessage, &p.Incoming.PerMessage, &p.Bundle.Fee}
}

// PurposeOf is the purpose that a scenario serves as it stands: what it advertises
// serves promotion where its type can, a template for a one-time password that,
// and all else what its type is for first. It is empty for a type that serves
// none.
func PurposeOf(s Scenario) Purpose {
	t := s.Message.Type
	can := PurposesOf(t)
	if len(can) == 0 {
		return ""
	}
	if t == ZNS && s.Message.Template.Kind == TemplateOTP {
		return OneTimePassword
	}
	promotional := s.Message.Promotional.Or(false)
	if forTemplates(t) {
		e := evaluation{s: &s}
		promotional = isPostSale(&e)
	}
	if promotional && slices.Contains(can, Promotion) {
		return Promotion
	}
	return can[0]
}

// PurposesOf lists the purposes that a type can serve, in the order in which
// they are shown.
func PurposesOf(t MessageType) []Purpose {
	var purposes []Purpose
	for _, u := range theBook.uses {
		if u.kind == t && !slices.Contains(purposes, u.purpose) {
			purposes = append(purposes, u.purpose)
		}
	}
	return purposes
}

// TypesFor lists the types that can serve a purpose, in the order of the book.
func TypesFor(p Purpose) []MessageType {
	var types []MessageType
	for i := range theBook.uses {
		if u := &theBook.uses[i]; u.purpose == p {
			types = append(types, u.kind)
		}
	}
	return types
}

// MessageFor is the message of a type that serves a purpose on a day, and false where
// the type does not.
func MessageFor(p Purpose, t MessageType, on Date) (Message, bool) {
	for i := range theBook.uses {
		if u := &theBook.uses[i]; u.purpose == p && u.kind == t {
			return u.messageOn(on), true
		}
	}
	return Message{}, false
}

// A use is a type that can serve a purpose, and the message that does.
type use struct {
	purpose Purpose
	kind    MessageType
	message Message
	oldTag  Opt[int64] // the ZNS tag before the renumbering
}

// messageOn is the message for the use on a day.
func (u *use) messageOn(day Date) Message {
	m := u.message
	if renumbered := znsTags.facts[len(znsTags.facts)-1].Since; forTemplates(u.kind) && day < renumbered {
		m.Tag = u.oldTag
	}
	return m
}

// order puts an option before or behind another one, where the scenario's own
// total is in a currency.
func (o *Option) order(other *Option, currency string) int {
	rank1, class1, total1, reach1 := o.rank(currency)
	rank2, class2, total2, reach2 := other.rank(currency)
	return cmp.Or(rank1-rank2, class1-class2, total1.Cmp(total2), cmp.Compare(reach2, reach1))
}

func (o *Option) rank(currency string) (rank, class int, total decimal.Decimal, reach int64) {
	if o.Quote == nil {
		return 2, 0, total, 0
	}
	switch o.Verdict() {
	case Depends:
		rank = 1
	case Ineligible:
		rank = 3
	}
	t, priced := o.Quote.Total()
	switch {
	case !priced:
		class = 3
	case t.Gross.IsZero():
	case t.Currency != currency:
		class = 2
	default:
		class = 1
	}
	return rank, class, t.Gross, o.Quote.Deliverable
}

// readUse reads a row of purposes.csv.
func readUse(c []string) (use, error) {
	u := use{purpose: Purpose(c[0]), kind: MessageType(c[1])}
	u.message = Message{Type: u.kind, Promotional: yesNo(c[2]), Automated: yesNo(c[3])}
	u.message.Template.Kind = TemplateKind(c[4])
	var err error
	if u.message.Tag, err = optionalCount(c[5]); err != nil {
		return u, err
	}
	u.oldTag, err = optionalCount(c[6])
	return u, err
}

func yesNo(s string) Opt[bool] {
	if s == "" {
		return Opt[bool]{}
	}
	return Some(s == "yes")
}

func optionalCount(s string) (Opt[int64], error) {
	if s == "" {
		return Opt[int64]{}, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return Some(n), err
}
