package flow

import (
	"slices"

	"postage/rules"
)

// Ways are the types of message that may take the place of a step's, each as it would be
// for those to whom the step goes: what surely reaches somebody first, then what depends, the
// cheaper first. The step's own is among them, as chosen; what may not be sent is not. There
// are none where the step goes to nobody.
func (a *Answer) Ways(step int) (ways []rules.Option) {
	if !a.Answered || a.Quote.Steps[step].Item < 0 {
		return nil
	}
	s := a.Quote.Plan.Scenario(a.Quote.Steps[step].Item, a.Quote.Steps[step].On)
	for _, purpose := range rules.PurposesOf(s.Message.Type) {
		for _, o := range rules.Compare(s, purpose, nil) {
			known := slices.ContainsFunc(ways, func(w rules.Option) bool { return w.Type == o.Type })
			may := o.Chosen || o.Sent() || o.Verdict() == rules.Depends
			if o.Quote != nil && may && !o.Unmet && !known {
				ways = append(ways, o)
			}
		}
	}
	slices.SortStableFunc(ways, func(a, b rules.Option) int { return last(a) - last(b) })
	return ways
}

// last is after how many kinds of ways one stands.
func last(o rules.Option) int {
	if o.Sent() && o.Verdict() != rules.Depends {
		return 0
	}
	return 1
}
