package app

import (
	"maps"
	"slices"
	"strings"
)

const pricingPrefix = "pricing."

// ownAmounts are in the currency that is billed: what was meant in dong must
// not become an amount in dollars.
var ownAmounts = []string{"pricing.markupPerMessage", "pricing.monthlyFee"}

// amountIn is the path under which an amount waits while another currency is
// billed.
func amountIn(path, currency string) string { return path + "@" + currency }

// keepAmounts puts the amounts of the currency before away, if it is another
// one by now, and takes those of the new one out.
func (f *form) keepAmounts(before string) {
	now := f.currency()
	if now == before {
		return
	}
	for _, path := range ownAmounts {
		for _, move := range [2][2]string{{path, amountIn(path, before)}, {amountIn(path, now), path}} {
			if v, ok := f.values[move[0]]; ok {
				f.values[move[1]] = v
				delete(f.values, move[0])
			}
		}
	}
}

// prices are the user's own prices in the form, the amounts of every currency
// by [amountIn].
func (f *form) prices() map[string]string {
	prices := map[string]string{}
	for path, v := range f.values {
		if slices.Contains(ownAmounts, path) {
			path = amountIn(path, f.currency())
		}
		if strings.HasPrefix(path, pricingPrefix) && v != "" {
			prices[path] = v
		}
	}
	return prices
}

// setPrices replaces the user's own prices in the form.
func (f *form) setPrices(prices map[string]string) {
	maps.DeleteFunc(f.values, func(path, _ string) bool { return strings.HasPrefix(path, pricingPrefix) })
	for path, v := range prices {
		if plain, ok := strings.CutSuffix(path, amountIn("", f.currency())); ok {
			path = plain
		}
		f.values[path] = v
	}
	f.asked = nil
	for path := range f.carried {
		if strings.HasPrefix(path, pricingPrefix) {
			delete(f.carried, path)
		}
	}
}
