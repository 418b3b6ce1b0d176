package plan

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// A Mistake is an answer that cannot be used.
type Mistake struct {
	Item int // its number; -1: of the whole plan
	form.Mistake
}

// Whole stands in a mistake of the whole plan.
const Whole = -1

// Asked is the plan that the rules are asked. Items with an answer that cannot be
// used are left out, and told; at has the number of each item that is in it.
func (p *Plan) Asked(today string) (asked rules.Plan, at []int, wrong []Mistake) {
	shared := rules.Scenario{}
	sure := map[string]bool{} // of the shared fields: somebody said so
	for i := range p.Items {
		if len(at) == rules.MaxItems {
			wrong = append(wrong, Mistake{Whole, form.Mistake{Key: "plan.too-many"}})
			break
		}
		item, f := &p.Items[i], p.Form(i, today)
		s, mistakes := f.Scenario()
		until, bad := item.lastDay()
		if bad != "" {
			mistakes = append(mistakes, form.Mistake{Path: PathUntil, Key: bad})
		}
		if len(mistakes) > 0 {
			for _, m := range mistakes {
				wrong = append(wrong, Mistake{i, m})
			}
			continue
		}
		p.share(&shared, &s, sure)
		asked.Items = append(asked.Items, rules.PlanItem{
			Name: words.OneLine(item.Name, words.MaxName), On: s.On, Every: item.Every, Until: until, At: s.At, Message: s.Message, Audience: s.Audience,
			PerRecipient: s.PerRecipient, Tool: s.Sender.Tool, APIVersion: s.Sender.APIVersion, SamePeople: item.Same,
		})
		at = append(at, i)
	}
	currency := p.Shared[pathAmounts]
	for _, path := range form.OwnAmounts {
		if d, ok := Amount(p.Shared[form.AmountIn(path, currency)], p.Lang); ok {
			shared.Set(path, d)
		}
	}
	asked.Sender.Sender, asked.Assume = shared.Sender, shared.Assume
	asked.Pricing = rules.PlanPricing{Pricing: shared.Pricing, Currency: currency}
	var perMonth int64
	if json.Unmarshal([]byte(p.Carried[pathPerMonth]), &perMonth) == nil && p.Carried[pathPerMonth] != "" {
		asked.Sender.IncludedPerMonth = rules.Some(perMonth)
	}
	for currency, typed := range p.Balance {
		d, ok := Amount(typed, p.Lang)
		switch {
		case typed == "":
		case !ok || d.GreaterThan(decimal.NewFromInt(rules.MaxCount)):
			wrong = append(wrong, Mistake{Whole, form.Mistake{Path: BalancePath(currency), Key: "mistake.amount"}})
		default:
			if asked.Balance == nil {
				asked.Balance = map[string]decimal.Decimal{}
			}
			asked.Balance[currency] = d
		}
	}
	return asked, at, wrong
}

// BalancePath is the path of the money that there is in a currency.
func BalancePath(currency string) string { return "balance." + currency }

// lastDay reads until when an item is sent.
func (i *Item) lastDay() (until rules.Date, wrong string) {
	if i.Every == "" {
		return 0, ""
	}
	if i.Until == "" {
		return 0, "mistake.required"
	}
	until, err := rules.ParseDate(i.Until)
	if err != nil {
		return 0, "mistake.date"
	}
	if on := i.Values[form.PathOn]; i.Until < on {
		return 0, "mistake.until"
	}
	return until, ""
}

// share puts what an item says of the sender, the readings and the prices where it
// stands for all. What a question only begins with gives way to what was said. Amounts
// are those of one currency, whatever the item is billed in.
func (p *Plan) share(shared, s *rules.Scenario, sure map[string]bool) {
	s.EachGiven(func(path, value string) {
		if !isShared(path) || isAmount(path) || sure[path] {
			return
		}
		_, typed := p.Shared[path]
		if shared.Get(path) == nil || typed {
			shared.SetJSON(path, value)
		}
		sure[path] = typed
	})
}

// isAmount reports whether a path is that of an amount of the user's.
func isAmount(path string) bool {
	plain, _, _ := strings.Cut(path, "@")
	return slices.Contains(form.OwnAmounts, plain)
}

// Of is the plan of what the rules were asked.
func Of(asked rules.Plan, today, lang string) Plan {
	p := Plan{Lang: lang, Shared: map[string]string{}, Carried: map[string]string{}}
	for i := range asked.Items {
		item := &asked.Items[i]
		s := asked.Scenario(i, item.On)
		if i == 0 {
			p.takeAmounts(&s, cmp.Or(asked.Pricing.Currency, s.Currency()))
		}
		f := form.Of(s, today, lang)
		for _, path := range form.OwnAmounts {
			delete(f.Values, path)
			delete(f.Carried, path)
		}
		k := p.Add(f, item.Name)
		own := &p.Items[k]
		own.Every, own.Same = item.Every, item.SamePeople
		own.Until = item.Until.String()
	}
	if n, ok := asked.Sender.IncludedPerMonth.Get(); ok {
		text, _ := json.Marshal(n) // of a number: cannot fail
		p.Carried[pathPerMonth] = string(text)
	}
	for currency, d := range asked.Balance {
		if p.Balance == nil {
			p.Balance = map[string]string{}
		}
		p.Balance[currency] = form.Exact + d.String()
	}
	return p
}

// takeAmounts takes the amounts of the user's out of a scenario, as those of a currency.
func (p *Plan) takeAmounts(s *rules.Scenario, currency string) {
	for _, path := range form.OwnAmounts {
		if d, ok := s.Get(path).(decimal.Decimal); ok {
			p.Shared[form.AmountIn(path, currency)] = form.Exact + d.String()
			p.Shared[pathAmounts] = currency
		}
	}
}

// Amount reads money as a language writes it.
func Amount(typed, lang string) (decimal.Decimal, bool) {
	if plain, ok := strings.CutPrefix(typed, form.Exact); ok {
		return words.PlainDecimal(plain)
	}
	return words.ParseDecimal(typed, lang)
}
