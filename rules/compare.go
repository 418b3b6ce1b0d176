package rules

import (
	"slices"
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
	Type     MessageType `json:"type"`
	Scenario Scenario    `json:"scenario"`        // what was asked, to take over
	Quote    *Quote      `json:"quote,omitempty"` // nil where the scenario lacks something that the type needs
	Error    *Error      `json:"error,omitempty"` // what it lacks
}

// Compare answers a scenario for every type of every channel that could serve
// the purpose, for the same people, day and sender. What may be sent comes
// first, by how much of it goes out and by cost; then what lacks an answer; then
// what may not be sent, with the reasons in its checks. Costs in another
// currency than the first option's are compared by the scenario's conversion
// rates; without them free options come first and the others keep their order.
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
	rates := s.Pricing.Convert.value.Rates
	slices.SortStableFunc(options, func(a, b Option) int { return a.order(&b, rates) })
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
func (o *Option) order(other *Option, rates map[string]decimal.Decimal) int {
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
	if len(o.Quote.Totals) == 0 || len(other.Quote.Totals) == 0 {
		return len(other.Quote.Totals) - len(o.Quote.Totals)
	}
	a, b := o.Quote.Totals[0], other.Quote.Totals[0]
	if a.Gross.IsZero() || b.Gross.IsZero() || a.Currency == b.Currency {
		return a.Gross.Cmp(b.Gross)
	}
	if inB, ok := amountIn(b.Currency, a, rates); ok {
		return inB.Cmp(b.Gross)
	}
	if inA, ok := amountIn(a.Currency, b, rates); ok {
		return a.Gross.Cmp(inA)
	}
	return 0
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
