package form

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A provider's fees are answers among the user's own prices, at these paths.
var feePaths = []string{"pricing.markupPerMessage", "pricing.monthlyFee", "pricing.markupPercent", "pricing.markupOnFree"}

// Providers are those through whom the messages may go and of whom the book has a
// fee on the day of the form, in the currency that is billed.
func (f *Form) Providers() []rules.Provider {
	if f.Kind().Channel() != rules.ChannelWhatsApp {
		return nil
	}
	return slices.DeleteFunc(rules.Providers(), func(p rules.Provider) bool {
		currency := f.Currency()
		isDue := func(fee decimal.Decimal, in ...string) bool { return !fee.IsZero() && !slices.Contains(in, currency) }
		none := p.PerMessage.IsZero() && p.MonthlyFee.IsZero() && p.Percent.IsZero()
		return none || p.Since > f.Day() || isDue(p.PerMessage, p.Currency) || isDue(p.MonthlyFee, p.FeeCurrencies...)
	})
}

// feesOf are the answers by their paths that a provider's fees come to.
func feesOf(p *rules.Provider) map[string]string {
	fees := map[string]string{}
	for i, amount := range []decimal.Decimal{p.PerMessage, p.MonthlyFee, p.Percent} {
		if !amount.IsZero() {
			fees[feePaths[i]] = Exact + amount.String()
		}
	}
	fees["pricing.markupOnFree"] = Yes
	if !p.PerMessage.IsZero() && !p.AppliesToFree {
		fees["pricing.markupOnFree"] = No
	}
	return fees
}

// TakeProvider puts the fees of a provider in the place of what stood there; nil
// takes them out.
func (f *Form) TakeProvider(p *rules.Provider) {
	fees := feesOf(cmp.Or(p, &rules.Provider{}))
	for _, path := range feePaths {
		f.Set(path, fees[path])
	}
}

// HasFeesOf reports whether the fees of a provider stand in the form.
func (f *Form) HasFeesOf(p *rules.Provider) bool {
	fees := feesOf(p)
	questions := f.Questions()
	return !slices.ContainsFunc(feePaths, func(path string) bool {
		i := slices.IndexFunc(questions, func(q Question) bool { return q.Path == path })
		if i < 0 || !questions[i].IsNumber() {
			return f.Get(path) != fees[path]
		}
		is, _ := questions[i].Number(f.Get(path), f.Lang)
		want, _ := questions[i].Number(fees[path], f.Lang)
		return !is.Equal(want)
	})
}
