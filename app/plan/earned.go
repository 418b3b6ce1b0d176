package plan

import "postage/rules"

// Earned is what the user's own part of the totals comes to before tax, in each of their
// currencies: what they are more than those of the same plan without it. It is nil where
// nothing is added, or a price is not in the book.
func (a *Answer) Earned() []rules.Total {
	if !a.reckoned {
		a.earned, a.reckoned = a.reckonEarned(), true
	}
	return a.earned
}

func (a *Answer) reckonEarned() (list []rules.Total) {
	if a.Quote == nil || !a.Quote.Priced {
		return nil
	}
	bare := a.Asked
	bare.Pricing.Pricing = rules.Pricing{TaxPercent: bare.Pricing.TaxPercent, Convert: bare.Pricing.Convert}
	q, err := rules.EvaluatePlan(bare)
	if err != nil || !q.Priced {
		return nil
	}
	for _, sum := range a.Quote.Totals {
		for _, platform := range q.Totals {
			if platform.Currency == sum.Currency {
				sum.Net = sum.Net.Sub(platform.Net)
			}
		}
		if sum.Net.IsPositive() {
			list = append(list, rules.Total{Currency: sum.Currency, Net: sum.Net})
		}
	}
	return list
}
