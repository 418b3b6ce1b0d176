package model

import (
	"errors"
	"strings"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// A Budget is to how many people of the one group an amount of money may go.
type Budget struct {
	Most  int64       // people; 0 where Said says why
	Total rules.Total // what they cost, in the currency of the amount
	Own   bool        // what the user adds is in it
	Said  string      // the key of what is to be said instead; empty where there is a number, or nothing was typed
}

// BudgetCurrency is the currency of an amount that a form's answer is held against.
func BudgetCurrency(f *form.Form) string {
	if s, _ := f.Scenario(); s.Pricing.Convert.Known() {
		conversion, _ := s.Pricing.Convert.Get()
		return conversion.Currency
	}
	return f.Currency()
}

// BudgetOf holds what was typed as an amount against a form with one group.
func BudgetOf(f *form.Form, typed string) Budget {
	if strings.TrimSpace(typed) == "" {
		return Budget{}
	}
	amount, ok := words.WholeNumber(typed)
	if !ok {
		amount, ok = words.ParseDecimal(typed, f.Lang)
	}
	if !ok || amount.IsNegative() {
		return Budget{Said: "budget.number"}
	}
	asked := f.On(f.Day())
	asked.Set(form.GroupPath(0, "recipients"), form.Exact+"1") // what stands there does not matter
	s, mistakes := asked.Scenario()
	if len(mistakes) > 0 {
		return Budget{Said: "budget.mistakes"}
	}
	most, q, err := rules.Most(s, amount)
	var wrong *rules.Error
	if errors.As(err, &wrong) {
		return Budget{Said: map[bool]string{true: "budget.number", false: "budget.unpriced"}[wrong.Path == "budget"]}
	}
	total, _ := q.Total()
	switch {
	case q.Deliverable == 0:
		return Budget{Said: "budget.blocked"}
	case rules.MoneyIsNoLimit(most):
		return Budget{Said: "budget.unlimited"}
	case most == 0:
		return Budget{Total: total, Said: "budget.little"}
	}
	return Budget{Most: most, Total: total, Own: hasOwn(&q)}
}
