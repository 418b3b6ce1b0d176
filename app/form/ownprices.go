package form

import (
	"maps"
	"slices"
	"strings"
)

// PricingPrefix begins the paths of the user's own prices.
const PricingPrefix = "pricing."

// OwnAmounts are in the currency that is billed: what was meant in dong must
// not become an amount in dollars.
var OwnAmounts = []string{"pricing.markupPerMessage", "pricing.monthlyFee", "pricing.fallbackPerMessage", "pricing.incoming.perMessage", "pricing.bundle.fee"}

// AmountIn is the path under which an amount waits while another currency is
// billed.
func AmountIn(path, currency string) string { return path + "@" + currency }

// keepAmounts puts the amounts of the currency before away, if it is another
// one by now, and takes those of the new one out.
func (f *Form) keepAmounts(before string) {
	now := f.Currency()
	if now == before {
		return
	}
	for _, path := range OwnAmounts {
		for _, move := range [2][2]string{{path, AmountIn(path, before)}, {AmountIn(path, now), path}} {
			if v, ok := f.Values[move[0]]; ok {
				f.Values[move[1]] = v
				delete(f.Values, move[0])
			}
		}
	}
}

// Prices are the user's own prices in the form, the amounts of every currency
// by [amountIn].
func (f *Form) Prices() map[string]string {
	prices := map[string]string{}
	for path, v := range f.Values {
		if slices.Contains(OwnAmounts, path) {
			path = AmountIn(path, f.Currency())
		}
		if strings.HasPrefix(path, PricingPrefix) && v != "" {
			prices[path] = v
		}
	}
	return prices
}

// SetPrices replaces the user's own prices in the form.
func (f *Form) SetPrices(prices map[string]string) {
	maps.DeleteFunc(f.Values, func(path, _ string) bool { return strings.HasPrefix(path, PricingPrefix) })
	for path, v := range prices {
		if plain, ok := strings.CutSuffix(path, AmountIn("", f.Currency())); ok {
			path = plain
		}
		f.Values[path] = v
	}
	f.asked = nil
	for path := range f.Carried {
		if strings.HasPrefix(path, PricingPrefix) {
			delete(f.Carried, path)
		}
	}
}
