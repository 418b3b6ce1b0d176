package rules

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// TestWhatsAppValuesOfTheDay looks at each dated value on the day before it
// comes into force, on that day and on the day after. Empty means that the book
// has none.
func TestWhatsAppValuesOfTheDay(t *testing.T) {
	for _, c := range []struct{ id, since, before, from string }{
		{"whatsapp.card.eur", "2026-07-01", "", "eur-2026-07-01"},
		{"whatsapp.card.eur", "2026-10-01", "eur-2026-07-01", ""},
		{"whatsapp.conversation.kinds", "2022-02-01", "", "user-initiated business-initiated"},
		{"whatsapp.conversation.kinds", "2023-06-01", "user-initiated business-initiated", "marketing utility authentication service"},
		{"whatsapp.conversation.kinds", "2025-07-01", "marketing utility authentication service", ""},
		{"whatsapp.conversation.parallel", "2023-06-01", "", "one-of-each-category service-if-none-is-open"},
		{"whatsapp.conversation.parallel", "2025-07-01", "one-of-each-category service-if-none-is-open", ""},
		{"whatsapp.conversation.free", "2022-02-01", "", "1000"},
		{"whatsapp.conversation.free", "2024-11-01", "1000", ""},
		{"whatsapp.conversation.free-kinds", "2023-06-01", "service utility authentication marketing", "service"},
		{"whatsapp.conversation.free-kinds", "2024-11-01", "service", ""},
		{"whatsapp.entry-point.hours", "2022-02-01", "", "24"},
		{"whatsapp.entry-point.hours", "2023-03-01", "24", "72"},
		{"whatsapp.entry-point.covers", "2025-07-01", "", "marketing utility authentication service"},
		{"whatsapp.entry-point.closes-conversations", "2025-07-01", "all-others", ""},
		{"whatsapp.entry-point.hours", "2026-09-28", "72", "168"},
		{"whatsapp.window.opened-by", "2024-10-01", "message", "message call"},
		{"whatsapp.window.renewed-by", "2024-10-01", "message", "message call"},
		{"whatsapp.service.exempt", "2026-10-01", "", "government non-profit"},
		{"whatsapp.service.exempt", "2028-01-01", "government non-profit", ""},
		{"whatsapp.russia", "2026-02-11", "calls-blocked slowed", "blocked"},
		{"whatsapp.charged-on", "2025-07-01", "", "delivery"},
		{"whatsapp.marketing.in-window", "2025-07-01", "", "charged"},
		{"whatsapp.authentication.in-window", "2025-07-01", "", "charged"},
		{"whatsapp.service.free-messages.scope", "2026-10-01", "", "phone-number one-to-one-and-groups each-recipient"},
		{"whatsapp.service.payment-method", "2026-10-01", "", "required-past-the-free"},
		{"whatsapp.service.promotional", "2026-10-01", "", "one-charge no-marketing-surcharge"},
		{"whatsapp.business-agent.price", "2026-08-01", "", "2-USD-per-million-tokens"},
		{"whatsapp.ai-providers", "2025-10-15", "", "not-as-main-purpose new-accounts"},
		{"whatsapp.ai-providers", "2026-01-15", "not-as-main-purpose new-accounts", "not-as-main-purpose"},
		{"whatsapp.ai-providers.charge", "2026-02-16", "", "IT"},
		{"whatsapp.ai-providers.charge", "2026-03-11", "IT", "IT BR AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE LV LI LT LU MT NL NO PL PT RO SK SI ES SE"},
		{"whatsapp.ai-providers.charge", "2026-05-13", "IT BR AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE LV LI LT LU MT NL NO PL PT RO SK SI ES SE", "BR"},
		{"whatsapp.automation", "2026-09-23", "", "path-to-a-person"},
		{"whatsapp.international-authentication.countries", "2024-06-01", "", "ID"},
		{"whatsapp.international-authentication.countries", "2024-07-01", "ID", "ID IN"},
		{"whatsapp.international-authentication.countries", "2025-02-01", "ID IN", "ID IN EG MY NG PK SA ZA AE"},
		{"whatsapp.international-authentication.countries", "2026-10-01", "ID IN EG MY NG PK SA ZA AE", "ID IN EG MY NG PK SA ZA AE BD IQ KZ KW MA NP OM LK UA"},
		{"whatsapp.international-authentication.threshold", "2024-06-01", "", "750000"},
		{"whatsapp.messaging-limit.levels", "2022-02-01", "", "250 1000 10000 100000 unlimited"},
		{"whatsapp.messaging-limit.levels", "2025-10-07", "250 1000 10000 100000 unlimited", "250 2000 10000 100000 unlimited"},
		{"whatsapp.messaging-limit.scope", "2025-10-07", "phone-number", "portfolio"},
		{"whatsapp.messaging-limit.first-raise", "2025-10-07", "", "business-verification partner-verification 2000-delivered-in-30-days"},
		{"whatsapp.messaging-limit.raise-hours", "2025-10-07", "24", "6"},
		{"whatsapp.messaging-limit.low-quality", "2025-10-07", "flagged-7-days-then-one-level-down", "level-stays"},
		{"whatsapp.messaging-limit.field", "2025-10-07", "messaging_limit_tier", "whatsapp_business_manager_messaging_limit"},
		{"whatsapp.template.category-corrected", "2025-04-09", "utility-to-marketing one-day-notice", "utility-to-marketing review-within-60-days"},
		{"whatsapp.utility.definition", "2025-07-01", "", "not-promotional requested-or-essential mixed-is-marketing"},
		{"whatsapp.marketing.user-limit", "2024-02-06", "", "not-published all-businesses-together first-in-IN then-worldwide"},
		{"whatsapp.marketing.max-price", "2026-05-15", "", "limited-beta"},
		{"whatsapp.marketing.max-price", "2026-10-01", "limited-beta", "open-beta"},
		{"whatsapp.marketing.max-price", "2027-04-01", "open-beta", "general-planned required-in-some-countries"},
		{"whatsapp.marketing.max-price.field", "2026-08-01", "bid_spec optimization_spec", "optimization_spec"},
		{"whatsapp.billing.currencies", "2026-01-01", "", "AUD EUR GBP IDR INR MXN USD"},
		{"whatsapp.billing.currencies", "2026-04-01", "AUD EUR GBP IDR INR MXN USD", "AED ARS AUD CLP COP EUR GBP IDR INR MXN MYR PEN SAR SGD USD"},
		{"whatsapp.billing.currencies", "2026-07-01", "AED ARS AUD CLP COP EUR GBP IDR INR MXN MYR PEN SAR SGD USD", "AED ARS AUD BRL CLP COP EUR GBP IDR INR MXN MYR PEN SAR SGD USD"},
		{"whatsapp.billing.in", "2026-01-01", "", "INR-offered"},
		{"whatsapp.billing.in", "2027-01-01", "INR-offered", "INR-only"},
		{"whatsapp.billing.br", "2026-07-01", "", "BRL-offered"},
		{"whatsapp.billing.br", "2027-07-01", "BRL-offered", "BRL-only"},
		{"whatsapp.tax.in", "2026-01-01", "", "18"},
		{"whatsapp.tax.ug", "2022-10-01", "", "vat-without-tax-number"},
		{"whatsapp.tax.np", "2023-08-01", "", "vat-without-tax-number"},
		{"whatsapp.tiers.categories", "2025-07-01", "", "utility authentication"},
	} {
		since := day(t, c.since)
		for days, want := range map[int]string{-1: c.before, 0: c.from, 1: c.from} {
			f, ok := RuleOn(c.id, since.AddDays(days))
			if f.Value != want || ok != (want != "") {
				t.Errorf("%s on %s is %q (%t), want %q", c.id, since.AddDays(days), f.Value, ok, want)
			}
		}
	}
}

// TestInternationalRatesComeWithTheirMarkets: a card has the international
// authentication rate of a country from the country's launch day on, and of no
// other one.
func TestInternationalRatesComeWithTheirMarkets(t *testing.T) {
	for currency, register := range whatsappCards {
		for _, f := range register.facts {
			if f.Value == none {
				continue
			}
			launched := whatsappAuthMarkets.on(f.Since)
			c := theBook.shelf.card(f.Value)
			for _, country := range Countries() {
				_, has := c[cardKey{Market(country, f.Since), authInternational}]
				if !isOnCard(f.Value, Market(country, f.Since)) || f.Value == "inr-2026-01-01" {
					continue // the book has not found India's in rupees before April 2026
				}
				if has != launched.has(country) {
					t.Errorf("%s card %s: %s has an international rate: %t; launched: %t", currency, f.Value, country, has, !has)
				}
			}
		}
	}
}

// TestCardsAreInBilledCurrencies: the book has cards only in currencies that
// WhatsApp bills in.
func TestCardsAreInBilledCurrencies(t *testing.T) {
	for currency, register := range whatsappCards {
		for _, f := range register.facts {
			if list, ok := RuleOn("whatsapp.billing.currencies", max(f.Since, 20260101)); !ok || !list.has(currency) {
				t.Errorf("on %s WhatsApp bills in %s, not in %s", f.Since, list.Value, currency)
			}
		}
	}
}

// TestTierSums works out the cost of many messages a second way, by adding up
// message ranges from the schedule of the tiers, at every bound of every market.
func TestTierSums(t *testing.T) {
	countryOf := func(market string, on Date) string {
		for _, country := range Countries() {
			if Market(country, on) == market {
				return country
			}
		}
		return ""
	}
	for currency, on := range map[string]Date{"USD": 20261001, "EUR": 20260701} {
		card := whatsappCards[currency].on(on).Value
		list := theBook.shelf.card(card)
		for key, steps := range theBook.shelf.sheet(theBook.shelf.sheetOf(card)) {
			country := countryOf(key.market, on)
			if country == "" || len(list[key]) == 0 {
				continue // not a market on that day
			}
			cost := func(n, before int64) decimal.Decimal {
				s := Scenario{On: on, Message: Message{Type: WhatsAppUtility}, Audience: []Segment{{Recipients: Some(n), Country: country}}}
				s.Sender.BillingCurrency, s.Sender.ChargedThisMonth = currency, before
				if key.category != utility {
					s.Message.Type = WhatsAppAuthentication
					s.Sender.InternationalAuth = key.category == authInternational
				}
				q, err := Evaluate(s)
				if err != nil || len(q.Totals) != 1 || q.Totals[0].Currency != currency {
					t.Fatalf("%+v: %v, %+v", s, err, q.Totals)
				}
				return q.Totals[0].Net
			}
			summed := func(n int64) decimal.Decimal {
				var sum decimal.Decimal
				for _, s := range steps {
					last := n
					if s.to != 0 {
						last = min(n, s.to)
					}
					if last >= s.from {
						sum = sum.Add(list[key][0].price.Mul(s.factor).Round(4).Mul(decimal.NewFromInt(last - s.from + 1)))
					}
				}
				return sum
			}
			for _, s := range steps {
				for _, n := range []int64{s.from - 1, s.from, s.from + 1} {
					if n < 1 {
						continue
					}
					if got, want := cost(n, 0), summed(n); !got.Equal(want) {
						t.Errorf("%s %s %s: %d messages cost %s, the tiers add up to %s", currency, key.market, key.category, n, got, want)
					}
					if n > 7 {
						if whole, parts := cost(n, 0), cost(n-7, 0).Add(cost(7, n-7)); !whole.Equal(parts) {
							t.Errorf("%s %s %s: %d messages cost %s at once and %s in two sendings", currency, key.market, key.category, n, whole, parts)
						}
					}
				}
			}
		}
	}
}

func TestProvidersAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Providers() {
		if seen[p.ID] || p.ID == "" || p.Name == "" {
			t.Errorf("provider %q is there twice or has no name", p.ID)
		}
		seen[p.ID] = true
		if p.PerMessage.IsPositive() != (p.Currency != "") || p.MonthlyFee.IsPositive() != (len(p.FeeCurrencies) > 0) {
			t.Errorf("%s has a fee without a currency, or the other way round", p.ID)
		}
		for _, currency := range p.FeeCurrencies {
			if !isCurrency(currency) {
				t.Errorf("%s has its fee in %q", p.ID, currency)
			}
		}
		if p.PerMessage.IsNegative() || p.MonthlyFee.IsNegative() || p.Percent.IsNegative() || p.Since == 0 || !slices.Contains(statuses, p.Status) || len(p.Sources) == 0 {
			t.Errorf("%s lacks a part: %+v", p.ID, p)
		}
	}
	want := map[string]string{"twilio": "0.005 0 0", "360dialog-regular": "0 25 0", "360dialog-premium": "0 49 0", "kapso": "0 0 0", "gupshup": "0.001 0 0", "connexease": "0.001 0 0",
		"respond-starter": "0 99 0", "respond-growth": "0 199 0", "respond-advanced": "0 349 0", "unifonic-connect": "0 499 0", "unifonic-engagement": "0 999 0"}
	got := map[string]string{}
	for _, p := range Providers() {
		got[p.ID] = p.PerMessage.String() + " " + p.MonthlyFee.String() + " " + p.Percent.String()
		if p.Unpublished != slices.Contains([]string{"kapso", "unifonic-connect", "unifonic-engagement"}, p.ID) {
			t.Errorf("%s has fees that are not published: %t", p.ID, p.Unpublished)
		}
		if p.AppliesToFree != slices.Contains([]string{"twilio", "gupshup", "connexease"}, p.ID) {
			t.Errorf("%s charges for free messages: %t", p.ID, p.AppliesToFree)
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestWhatsAppCoverage: coverage-whatsapp.md has each row of each series once,
// and names only what the book has.
func TestWhatsAppCoverage(t *testing.T) {
	text, err := os.ReadFile("coverage-whatsapp.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^\| ([A-Z][0-9]{2}) \|`).FindAllStringSubmatch(string(text), -1) {
		seen[m[1]]++
	}
	for series, last := range map[string]int{"B": 44, "M": 7, "V": 9, "A": 4, "E": 28, "C": 5, "T": 5, "K": 6, "X": 19, "N": 44} {
		for n := 1; n <= last; n++ {
			id := series + string([]byte{byte('0' + n/10), byte('0' + n%10)})
			if seen[id] != 1 {
				t.Errorf("%s has %d rows, want one", id, seen[id])
			}
			delete(seen, id)
		}
	}
	for id := range seen {
		t.Errorf("%s is in no series", id)
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("`(whatsapp\\.[a-z0-9.-]+)`").FindAllStringSubmatch(string(text), -1) {
		named[m[1]] = true
		isNotice := slices.ContainsFunc(theBook.notices, func(n noticeRule) bool { return n.code == m[1] })
		if theBook.rules[m[1]] == nil && !isNotice && kindOf(MessageType(m[1])) == nil {
			t.Errorf("coverage-whatsapp.md names %s, which is no rule, notice or type", m[1])
		}
	}
	for _, id := range theBook.order {
		if strings.HasPrefix(id, "whatsapp.") && !named[id] {
			t.Errorf("coverage-whatsapp.md does not name the rule %s", id)
		}
	}
	for _, n := range theBook.notices {
		if strings.HasPrefix(n.code, "whatsapp.") && !named[n.code] {
			t.Errorf("coverage-whatsapp.md does not name the notice %s", n.code)
		}
	}
}
