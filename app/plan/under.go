package plan

import "postage/rules"

// Under is the answer as if all were sent under the rules and at the prices of one
// day, and which items could not have been said on it, by their place among those
// that were asked. It is nil where the plan has no answer.
func (a *Answer) Under(day rules.Date) (under *Answer, refused []int) {
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
	return &Answer{Asked: a.Asked, At: a.At, Wrong: a.Wrong, Quote: &q}, refused
}
