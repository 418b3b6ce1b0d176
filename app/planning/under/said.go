package under

import (
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/plan"
	"postage/rules"
)

// Of is an answer as if all were sent under the rules and at the prices of one
// day, and which items could not have been said on it, by their place among those
// that were asked. It is nil where the plan has no answer.
func Of(a *plan.Answer, day rules.Date) (under *plan.Answer, refused []int) {
	if a.Quote == nil {
		return nil, nil
	}
	q, wrong, err := rules.EvaluatePlanUnder(a.Asked, day)
	if err != nil {
		return nil, nil
	}
	if len(wrong) > 0 {
		for n := range q.Items {
			if q.Items[n].Occurrences == 0 {
				refused = append(refused, n)
			}
		}
	}
	return &plan.Answer{Asked: a.Asked, At: a.At, Wrong: a.Wrong, Quote: &q}, refused
}

// Difference says by how much another answer to the plan costs more or less, in each of its
// currencies; empty where a price of either is not in the book, or nothing differs.
func Difference(t plan.Teller, other *plan.Answer) string {
	if !t.Answer.Quote.Priced || !other.Quote.Priced {
		return ""
	}
	var list []string
	for _, sum := range sumsOf(t.Answer.Quote.Totals, other.Quote.Totals) {
		if by := sum.after.Sub(sum.before); !by.IsZero() {
			said := t.Words().RoundTotal(by.Abs(), sum.currency)
			list = append(list, map[bool]string{true: "+", false: "−"}[by.IsPositive()]+said)
		}
	}
	return strings.Join(list, ", ")
}

// A pair is what two answers come to in a currency.
type pair struct {
	currency      string
	before, after decimal.Decimal
}

// sumsOf puts the totals of two answers beside each other.
func sumsOf(before, after []rules.Total) (list []pair) {
	at := func(currency string) *pair {
		for i := range list {
			if list[i].currency == currency {
				return &list[i]
			}
		}
		list = append(list, pair{currency: currency})
		return &list[len(list)-1]
	}
	for _, sum := range before {
		at(sum.Currency).before = sum.Gross
	}
	for _, sum := range after {
		at(sum.Currency).after = sum.Gross
	}
	return list
}

// Changed says what has become of an item, by its number among those that were asked,
// since another answer, and why: its verdict, how many go out or are free, what each
// costs. It is empty where nothing has changed.
func Changed(t plan.Teller, before *plan.Answer, n int) (list []string) {
	w, was, is := t.Words(), &before.Quote.Items[n], &t.Answer.Quote.Items[n]
	if cost, now := t.Cost(was), t.Cost(is); cost != now {
		list = append(list, w.Text("plan.under.change", "before", cost, "after", now))
	}
	if was.Verdict != is.Verdict {
		why := t.Reason(is)
		if why == "" {
			why = w.Text("verdict." + string(is.Verdict))
		}
		list = append(list, strings.TrimSuffix(why, "."))
	}
	if was.Deliverable != is.Deliverable {
		list = append(list, w.Text("plan.under.out", "before", w.Number(was.Deliverable), "after", w.Number(is.Deliverable)))
	}
	if was.Free != is.Free {
		list = append(list, w.Text("plan.under.free", "before", w.Number(was.Free), "after", w.Number(is.Free)))
	}
	if one, other := each(t, was), each(t, is); one != "" && other != "" && one != other {
		list = append(list, w.Text("plan.under.price", "before", one, "after", other))
	}
	return list
}

// each is what a message of an item that is not free costs on average; empty where nobody
// knows, or none is charged.
func each(t plan.Teller, q *rules.ItemQuote) string {
	if !q.Priced || len(q.Totals) == 0 || q.Charged == 0 {
		return ""
	}
	return t.Words().RoundMoney(q.Totals[0].Gross.DivRound(decimal.NewFromInt(q.Charged), 6), q.Totals[0].Currency)
}
