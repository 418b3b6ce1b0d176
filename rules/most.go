package rules

import (
	"sort"

	"github.com/shopspring/decimal"
)

// Most is the scenario turned round: to how many recipients its messages may go
// for a budget, with the quote of so many. The budget runs from 0 to 1e12, in the
// currency of Pricing.Convert if that is given, else in the billing currency, and
// is to pay the total with its taxes. How many recipients the one segment has does
// not matter.
//
// It is the most whose total is within the budget; where a cap or a quota ends what
// can be delivered, the smallest number that reaches it; 1e9 where money is no
// limit. It is 0, with the quote of one recipient, where nothing may be sent or one
// recipient costs more than the budget.
//
// The error is an *[Error]: a mistake of the scenario or of the budget, or a
// conflict where there are several segments or the book has not the price.
func Most(s Scenario, budget decimal.Decimal) (int64, Quote, error) {
	m := turned{s: s, budget: budget}
	f := Field{Path: "budget", Kind: KindAmount, Most: MaxCount}
	if e := f.amount(budget); e != nil {
		return 0, Quote{}, e
	}
	if len(s.Audience) > 1 {
		return 0, Quote{}, &Error{"audience", Conflict, "a budget is for one segment: of several nobody says how it is shared"}
	}
	if len(s.Audience) == 1 {
		m.s.Audience = []Segment{s.Audience[0]}
		m.s.Audience[0].Recipients = Some[int64](1)
	}
	if err := m.s.Validate(); err != nil {
		return 0, Quote{}, err
	}
	one := m.ask(1)
	if !one.q.Priced {
		return 0, Quote{}, &Error{"", Conflict, "the book has no price for this, so no budget can be held against it"}
	}
	most := 0
	if one.q.Deliverable > 0 && m.pays(one) {
		most = m.first(MaxRecipients, func(e *evaluation) bool { return !m.pays(e) }) - 1
		reached := m.ask(most).q.Deliverable
		most = m.first(most, func(e *evaluation) bool { return e.q.Deliverable == reached })
	}
	e := m.ask(max(1, most))
	e.addNotices()
	return int64(most), e.q, nil
}

// MoneyIsNoLimit reports whether what [Most] returned is no more than there may be
// recipients: the budget would do for more, or nothing is charged.
func MoneyIsNoLimit(most int64) bool { return most == MaxRecipients }

// A turned is a scenario of one segment whose recipients are looked for.
type turned struct {
	s      Scenario
	budget decimal.Decimal
}

// ask answers for so many recipients.
func (m *turned) ask(recipients int) *evaluation {
	m.s.Audience[0].Recipients = Some(int64(recipients))
	return evaluationOf(&m.s)
}

// pays reports whether the budget pays it. It does not pay what has no price.
func (m *turned) pays(e *evaluation) bool {
	total, priced := e.q.Total()
	return priced && !total.Gross.GreaterThan(m.budget)
}

// first is the smallest number of recipients up to a last one for which it is so,
// one more than the last where it never is. What is so for a number must be so for
// every larger one.
func (m *turned) first(last int, so func(*evaluation) bool) int {
	return 1 + sort.Search(last, func(n int) bool { return so(m.ask(n + 1)) })
}

// AnswerMost takes a scenario as JSON and a budget as a decimal string, and returns
// {"most":…,"quote":{…}} on one line, see [Most], or {"error":{…}} and false. Where
// money is no limit a note says so.
func AnswerMost(scenario []byte, budget string) (answer []byte, ok bool) {
	return answerJSON(scenario, func(s Scenario, w *jsonWriter) error {
		amount, err := ParseBudget(budget)
		if err != nil {
			return err
		}
		most, q, err := Most(s, amount)
		if err != nil {
			return err
		}
		w.int("most", most)
		if MoneyIsNoLimit(most) {
			w.string("note", "money is no limit")
		}
		w.key("quote")
		w.raw("{")
		w.quoteFields(&q)
		w.raw("}")
		return nil
	})
}

// ParseBudget reads a budget written as a decimal such as "2000000" or "49.5", from
// 0 to 1e12. The error is an *[Error].
func ParseBudget(text string) (decimal.Decimal, error) {
	f := Field{Path: "budget", Kind: KindAmount, Most: MaxCount}
	if !isPlainDecimal(text) || len(text) > 2*maxDigits {
		return decimal.Decimal{}, &Error{f.Path, WrongType, `must be a decimal, like "2000000" or "49.5"`}
	}
	amount, err := decimal.NewFromString(text)
	if err != nil {
		return decimal.Decimal{}, &Error{f.Path, WrongType, `must be a decimal, like "2000000" or "49.5"`}
	}
	if e := f.amount(amount); e != nil {
		return decimal.Decimal{}, e
	}
	return amount, nil
}
