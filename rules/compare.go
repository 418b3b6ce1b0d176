package rules

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

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
	Type     MessageType `json:"type"`
	Scenario Scenario    `json:"scenario"`        // what was asked, to take over
	Quote    *Quote      `json:"quote,omitempty"` // nil where the scenario lacks something that the type needs
	Error    *Error      `json:"error,omitempty"` // what it lacks
}

// Compare answers a scenario for every type of every channel that could serve
// the purpose, for the same people, day and sender. What may be sent comes
// first, by how much of it goes out and by cost; then what lacks an answer; then
// what may not be sent, with the reasons in its checks. Costs are compared in
// the currency that the scenario converts to; without one, free options come
// first, then those in dong, then those in other currencies.
//
// The message of the scenario gives the template's approval, and nothing else:
// each type gets the template, tag and content that fit the purpose. Segments
// without a country get the sender's.
func Compare(s Scenario, p Purpose) []Option {
	options := []Option{}
	for _, u := range theBook.uses {
		if u.purpose != p {
			continue
		}
		o := Option{Type: u.kind, Scenario: u.scenario(s)}
		q, err := Evaluate(o.Scenario)
		if refused, ok := err.(*Error); ok {
			o.Error = refused
		} else {
			o.Quote = &q
		}
		options = append(options, o)
	}
	slices.SortStableFunc(options, func(a, b Option) int { return a.order(&b) })
	return options
}

// PurposeOf is the purpose that a type serves first, for a scenario of that
// type; empty for a type that serves none.
func PurposeOf(m Message) Purpose {
	otp := m.Template.Kind == TemplateOTP
	for _, u := range theBook.uses {
		if u.kind == m.Type && (m.Type != ZNS || otp == (u.purpose == OneTimePassword)) {
			return u.purpose
		}
	}
	return ""
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

// A use is a type that can serve a purpose, and the message that does.
type use struct {
	purpose Purpose
	kind    MessageType
	message Message
	oldTag  Opt[int64] // the ZNS tag before the renumbering
}

// scenario asks for this use in place of the scenario's own message.
func (u *use) scenario(s Scenario) Scenario {
	approved := s.Message.Template.Approved
	s.Message = u.message
	s.Message.Template.Approved = approved
	if renumbered := znsTags.facts[len(znsTags.facts)-1].Since; u.kind == ZNS && s.On < renumbered {
		s.Message.Tag = u.oldTag
	}
	if s.Sender.Country != "" {
		s.Audience = slices.Clone(s.Audience)
		for i := range s.Audience {
			if s.Audience[i].Country == "" {
				s.Audience[i].Country = s.Sender.Country
			}
		}
	}
	return s
}

// order puts an option before or behind another one.
func (o *Option) order(other *Option) int {
	if a, b := o.rank(), other.rank(); a != b {
		return a - b
	}
	if o.Quote == nil {
		return 0
	}
	if o.Quote.Deliverable != other.Quote.Deliverable {
		if o.Quote.Deliverable > other.Quote.Deliverable {
			return -1
		}
		return 1
	}
	class, cost := o.cost()
	otherClass, otherCost := other.cost()
	return cmp.Or(strings.Compare(class, otherClass), cost.Cmp(otherCost))
}

// cost is the total and what it can be compared with: totals of one class are
// in one currency. The classes sort as they are shown.
func (o *Option) cost() (class string, total decimal.Decimal) {
	q := o.Quote
	switch {
	case len(q.Totals) == 0:
		return "3 not in the book", decimal.Zero
	case q.Totals[0].Gross.IsZero():
		return "1 free", decimal.Zero
	case q.Converted != nil:
		return "1 free", q.Converted.Gross
	case q.Totals[0].Currency == "VND":
		return "2 dong", q.Totals[0].Gross
	default:
		return "2 other " + q.Totals[0].Currency, q.Totals[0].Gross
	}
}

func (o *Option) rank() int {
	switch {
	case o.Quote == nil:
		return 3
	case o.Quote.Verdict == Ineligible:
		return 4
	case o.Quote.Verdict == Depends:
		return 2
	default:
		return 1
	}
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
