package rules_test

import (
	"slices"
	"testing"

	"postage/rules"
)

// euros asks in the name of an account that is billed in euros.
func (q question) euros() question { return q.also(`"billingCurrency":"EUR"`) }

// also adds fields to the sender.
func (q question) also(fields string) question {
	if q.sender != "" {
		fields = q.sender + "," + fields
	}
	q.sender = fields
	return q
}

func TestBillingInEuros(t *testing.T) {
	mkt := func(on string) question { return template(on, "marketing", "VN", 1000, "").euros() }
	checkSentences(t, []sentence{
		{name: "the day before the card", ask: mkt("2026-06-30"), verdict: "eligible", figures: "1000 = 0 + 1000", total: "no price"},
		{name: "its first day", ask: mkt("2026-07-01"), total: "60.6 + 0 = 60.6", lines: "marketing 1000 × 0.0606"},
		{name: "the day after", ask: mkt("2026-07-02"), total: "60.6 + 0 = 60.6"},
		{name: "its last day", ask: mkt("2026-09-30"), total: "60.6 + 0 = 60.6"},
		{name: "the day after its last", ask: mkt("2026-10-01"), figures: "1000 = 0 + 1000", total: "no price", lines: ""},
		{name: "long before", ask: mkt("2024-11-01"), total: "no price"},
		{name: "dollars are what is not said", ask: template("2026-07-01", "marketing", "VN", 1000, ""), total: "73.2 + 0 = 73.2"},
		{name: "dollars may be said", ask: template("2026-07-01", "marketing", "VN", 1000, "").also(`"billingCurrency":"USD"`), total: "73.2 + 0 = 73.2"},
		{name: "a market of its own", ask: template("2026-07-01", "marketing", "IN", 1000, "").euros(), lines: "marketing 1000 × 0.0099"},
		{name: "tiers as for dollars", ask: template("2026-07-01", "utility", "VN", 150_001, "").euros(), lines: "utility 150000 × 0.0094, utility 1 × 0.0089", total: "1410.0089 + 0 = 1410.0089"},
		{name: "the international rate", ask: template("2026-07-01", "authentication", "IN", 1, "").from(`"internationalAuth":true,"country":"VN"`).euros(), lines: "authentication-international 1 × 0.0252"},
		{name: "what is free is free on any day", ask: service("2025-09-01", "VN", 5, "").euros(), figures: "5 = 5 + 0", total: "0 + 0 = 0"},
		{name: "additions are in euros too", ask: mkt("2026-07-01").priced(`"monthlyFee":"49","taxPercent":"10"`), total: "109.6 + 10.96 = 120.56"},
		{name: "one unpriced message leaves the whole without a price", ask: service("2026-10-01", "VN", 1001, "").euros(), figures: "1001 = 1000 + 1", total: "no price"},
		{name: "the free thousand need no card", ask: service("2026-10-01", "VN", 1000, "").euros(), figures: "1000 = 1000 + 0", total: "0 + 0 = 0"},
	})
	for _, c := range []struct {
		name     string
		ask      question
		currency string
	}{
		{"a total in euros", mkt("2026-07-01"), "EUR"},
		{"nothing in euros", template("2026-11-21", "marketing", "US", 1, "").euros(), "EUR"},
		{"Zalo stays in dong", consult("2026-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":1}`, "", 1).euros(), "VND"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := ask(t, c.ask.json())
			if len(q.Totals) != 1 || q.Totals[0].Currency != c.currency {
				t.Errorf("totals %+v, want %s", q.Totals, c.currency)
			}
		})
	}
	t.Run("the derived tier says so", func(t *testing.T) {
		q := ask(t, template("2026-07-01", "utility", "VN", 150_001, "").euros().json())
		if q.Lines[0].Status != rules.Single || q.Lines[1].Status != rules.Derived || !hasNotice(q, "whatsapp.tiers-before-2026-10") {
			t.Errorf("lines %+v, notices %v", q.Lines, q.Notices)
		}
		if q.Lines[0].Rule != "whatsapp.card.eur" || q.Lines[0].Since.String() != "2026-07-01" {
			t.Errorf("the line rests on %s since %s", q.Lines[0].Rule, q.Lines[0].Since)
		}
	})
	if got := rules.BillingCurrencies(); !slices.Equal(got, []string{"USD", "EUR", "INR"}) {
		t.Errorf("the currencies are %v", got)
	}
}

func TestTheBillingCurrencyNeedsTheRate(t *testing.T) {
	mkt := template("2026-07-01", "marketing", "VN", 1000, "").euros()
	q := ask(t, mkt.priced(`"convert":{"currency":"VND","rates":{"EUR":"30000"}}`).json())
	if q.Converted == nil || q.Converted.Currency != "VND" || q.Converted.Gross.String() != "1818000" {
		t.Errorf("converted %+v", q.Converted)
	}
	if q := ask(t, mkt.priced(`"convert":{"currency":"EUR"}`).json()); q.Converted == nil || q.Converted.Gross.String() != "60.6" {
		t.Errorf("converted %+v", q.Converted)
	}
	for name, c := range map[string]struct {
		ask  question
		path string
		code rules.Code
	}{
		"a rate for dollars is none for euros": {mkt.priced(`"convert":{"currency":"VND","rates":{"USD":"26000"}}`), "pricing.convert.rates.EUR", rules.Required},
		"and the other way round":              {template("2026-07-01", "marketing", "VN", 1, "").priced(`"convert":{"currency":"VND","rates":{"EUR":"30000"}}`), "pricing.convert.rates.USD", rules.Required},
		"a currency without cards":             {template("2026-07-01", "marketing", "VN", 1, "").also(`"billingCurrency":"GBP"`), "sender.billingCurrency", rules.UnknownValue},
		"a currency in small letters":          {template("2026-07-01", "marketing", "VN", 1, "").also(`"billingCurrency":"eur"`), "sender.billingCurrency", rules.UnknownValue},
		"an empty currency":                    {template("2026-07-01", "marketing", "VN", 1, "").also(`"billingCurrency":""`), "sender.billingCurrency", rules.UnknownValue},
		"a currency for another platform":      {smallest.from(`"billingCurrency":"GBP"`), "sender.billingCurrency", rules.UnknownValue},
		"a currency that is a number":          {smallest.from(`"billingCurrency":840`), "sender.billingCurrency", rules.WrongType},
		"conversations below zero":             {smallest.from(`"freeConversationsUsed":-1`), "sender.freeConversationsUsed", rules.OutOfRange},
		"too many conversations":               {smallest.from(`"freeConversationsUsed":1000000000001`), "sender.freeConversationsUsed", rules.OutOfRange},
		"half a conversation":                  {smallest.from(`"freeConversationsUsed":0.5`), "sender.freeConversationsUsed", rules.WrongType},
	} {
		t.Run(name, func(t *testing.T) {
			if e := mistake(t, c.ask.json()); e.Path != c.path || e.Code != c.code {
				t.Errorf("got %s at %s, want %s at %s", e.Code, e.Path, c.code, c.path)
			}
		})
	}
}

func TestListRateInACurrency(t *testing.T) {
	for _, c := range []struct{ currency, on, want string }{
		{"EUR", "2026-06-30", "none"}, {"EUR", "2026-07-01", "0.0606"}, {"EUR", "2026-10-01", "none"}, {"USD", "2026-10-01", "0.0842"}, {"GBP", "2026-07-01", "none"},
	} {
		on, err := rules.ParseDate(c.on)
		if err != nil {
			t.Fatal(err)
		}
		got := "none"
		if rate, ok := rules.ListRateIn(c.currency, rules.WhatsAppMarketing, "VN", on); ok {
			got = rate.String()
		}
		if got != c.want {
			t.Errorf("in %s on %s: %s, want %s", c.currency, c.on, got, c.want)
		}
	}
}

// TestFreeConversations: the thousand of a month are counted only for who says
// how many are used; what is over them has no price in the book.
func TestFreeConversations(t *testing.T) {
	used := func(q question, n string) question { return q.also(`"freeConversationsUsed":` + n) }
	mkt := func(on string, n int) question { return template(on, "marketing", "VN", n, "") }
	checkSentences(t, []sentence{
		{name: "marketing counts from the first day", ask: used(mkt("2022-02-01", 1000), "0"), verdict: "eligible", figures: "1000 = 1000 + 0", total: "0 + 0 = 0"},
		{name: "free messages are counted, not conversations", ask: used(mkt("2022-02-02", 10), "0").each(7), figures: "70 = 70 + 0", total: "0 + 0 = 0"},
		{name: "the rest has no price", ask: used(mkt("2023-05-31", 1001), "0"), figures: "1001 = 1000 + 1", total: "no price"},
		{name: "the rest counts conversations", ask: used(mkt("2023-05-31", 1002), "0").each(3), figures: "3006 = 3000 + 2", total: "no price"},
		{name: "less what is used", ask: used(mkt("2023-05-31", 10), "995"), figures: "10 = 5 + 5", total: "no price"},
		{name: "all used", ask: used(mkt("2023-05-31", 10), "1000"), figures: "10 = 0 + 10", total: "no price"},
		{name: "more used than there are", ask: used(mkt("2023-05-31", 10), "1000000000000"), figures: "10 = 0 + 10", total: "no price"},
		{name: "service too", ask: used(service("2023-05-31", "VN", 1000, ""), "0"), figures: "1000 = 1000 + 0", total: "0 + 0 = 0"},
		{name: "from June 2023 marketing no more", ask: used(mkt("2023-06-01", 10), "0"), figures: "10 = 0 + 10", total: "no price"},
		{name: "nor on the next day", ask: used(mkt("2023-06-02", 10), "0"), total: "no price"},
		{name: "service goes on", ask: used(service("2023-06-01", "VN", 1000, ""), "0").each(2), figures: "2000 = 2000 + 0", total: "0 + 0 = 0"},
		{name: "to its last day", ask: used(service("2024-10-31", "VN", 1001, ""), "0"), figures: "1001 = 1000 + 1", total: "no price"},
		{name: "then service is free without end", ask: used(service("2024-11-01", "VN", 1001, ""), "1000"), figures: "1001 = 1001 + 0", total: "0 + 0 = 0"},
		{name: "and marketing has its price", ask: used(mkt("2024-11-01", 10), "0"), figures: "10 = 0 + 10", total: "0.732 + 0 = 0.732"},
		{name: "not said, not counted", ask: mkt("2023-05-31", 10), figures: "10 = 0 + 10", total: "no price"},
		{name: "segments use them up in order", ask: used(mkt("2023-01-01", 600), "0").and(people("IN", 500, `,"optedIn":true`)), figures: "1100 = 1000 + 100", total: "no price"},
		{name: "an entry point uses none up", ask: used(template("2023-01-01", "marketing", "VN", 600, `,"freeEntryPoint":true`), "0").and(people("IN", 1000, `,"optedIn":true`)), figures: "1600 = 1600 + 0", total: "0 + 0 = 0"},
		{name: "what is blocked uses none up", ask: used(template("2023-01-01", "marketing", "VN", 600, ""), "0").and(people("IN", 600, `,"optedIn":false`), people("IN", 400, `,"optedIn":true`)), figures: "1000 = 1000 + 0", total: "0 + 0 = 0"},
		{name: "free in euros too", ask: used(mkt("2022-02-01", 1000), "0").euros(), figures: "1000 = 1000 + 0", total: "0 + 0 = 0"},
	})
}

// TestWhatsAppNoticesInTime asks on the day before a notice begins, on its first
// and second day, on its last day and on the day after. No last day: it stays.
func TestWhatsAppNoticesInTime(t *testing.T) {
	mkt := template("", "marketing", "VN", 1, "")
	utility := template("", "utility", "VN", 1, "")
	auth := template("", "authentication", "IN", 1, "")
	reply := service("", "VN", 2000, "")
	said := func(q question, field string) question { q.message += "," + field; return q }
	bot := question{message: `"type":"whatsapp.service","automated":true`, audience: people("VN", 1, `,"hoursSinceInteraction":1`)}
	for _, c := range []struct {
		notice, first, last string
		ask                 question
	}{
		{"whatsapp.free-conversations", "2022-02-01", "2023-05-31", mkt},
		{"whatsapp.free-service-conversations", "2023-06-01", "2024-10-31", reply},
		{"whatsapp.entry-point.day", "2022-02-01", "2023-02-28", template("", "marketing", "VN", 1, `,"freeEntryPoint":true`)},
		{"whatsapp.entry-point.reply", "2023-03-01", "", template("", "marketing", "VN", 1, `,"freeEntryPoint":true`)},
		{"whatsapp.currency-card", "2022-02-01", "2026-06-30", mkt.euros()},
		{"whatsapp.currency-card", "2026-10-01", "", mkt.euros()},
		{"whatsapp.utility.transition", "2025-07-01", "2025-07-01", utility},
		{"whatsapp.utility.promotional", "2025-04-09", "", said(utility, `"promotional":true`)},
		{"whatsapp.international-authentication", "2024-07-01", "", auth}, // India's launch; Indonesia's is a month before
		{"whatsapp.international-authentication", "2024-06-01", "", template("", "authentication", "ID", 1, "")},
		{"whatsapp.international-authentication", "2026-10-01", "", template("", "authentication", "UA", 1, "")},
		{"whatsapp.messaging-limit.per-number", "2022-02-01", "2025-10-06", utility.from(`"messagingLimit":2000`)},
		{"whatsapp.messaging-limit.per-portfolio", "2025-10-07", "", utility.from(`"messagingLimit":1000`)},
		{"whatsapp.messaging-limit.shared", "2025-10-07", "", utility.from(`"messagingLimit":10000`)},
		{"whatsapp.marketing.user-limit", "2024-02-06", "", mkt},
		{"whatsapp.marketing.user-limit", "2024-02-06", "2026-06-16", template("", "marketing", "DE", 1, "")},
		{"whatsapp.marketing.user-limit-exempt", "2026-06-17", "", template("", "marketing", "GB", 1, "")},
		{"whatsapp.marketing.user-limit-exempt", "2026-06-17", "", mkt.from(`"country":"JP"`)},
		{"whatsapp.marketing.max-price", "2026-05-15", "", mkt},
		{"whatsapp.ai-providers", "2026-01-15", "", bot},
		{"whatsapp.business-agent", "2026-08-01", "", reply},
		{"whatsapp.payment-method", "2026-09-10", "", reply},
		{"whatsapp.billing.india", "2026-01-01", "", mkt.from(`"country":"IN"`)},
		{"whatsapp.russia.slowed", "2025-12-01", "2026-02-10", template("", "marketing", "RU", 1, "")},
		{"whatsapp.russia.blocked", "2026-02-11", "", template("", "marketing", "RU", 1, "")},
		{"whatsapp.russia.senders", "2025-06-01", "", mkt.from(`"country":"RU"`)},
		{"whatsapp.calling", "2026-06-26", "", reply.from(`"country":"VN"`)},
		{"whatsapp.tax.vietnam", "2025-07-01", "", reply.from(`"country":"VN"`)},
		{"whatsapp.billing.prepaid", "2026-09-08", "", mkt.from(`"billingCurrency":"INR"`)},
		{"whatsapp.pacing", "2025-12-08", "", utility.from(`"messagingLimit":10000`)},
		{"whatsapp.entry-point", "2026-09-28", "", template("", "marketing", "VN", 1, `,"freeEntryPoint":true`)},
		{"whatsapp.ai-providers.charge", "2026-03-11", "2026-05-12", question{message: `"type":"whatsapp.service","automated":true`, audience: people("DE", 1, `,"hoursSinceInteraction":1`)}},
		{"whatsapp.ai-providers.charge", "2026-03-11", "", question{message: `"type":"whatsapp.service","automated":true`, audience: people("BR", 1, `,"hoursSinceInteraction":1`)}},
		{"whatsapp.billing.brazil", "2026-07-01", "", reply.from(`"country":"BR"`)},
	} {
		t.Run(c.notice+" from "+c.first, func(t *testing.T) {
			shown := func(on rules.Date) bool { return hasNotice(ask(t, c.ask.day(on.String()).json()), c.notice) }
			first, err := rules.ParseDate(c.first)
			if err != nil {
				t.Fatal(err)
			}
			last := rules.Date(20300101)
			if c.last != "" {
				if last, err = rules.ParseDate(c.last); err != nil {
					t.Fatal(err)
				}
				if shown(last.AddDays(1)) {
					t.Error("it is shown on the day after its last")
				}
			}
			if shown(first.AddDays(-1)) || !shown(first) || !shown(min(first.AddDays(1), last)) || !shown(last) {
				t.Errorf("shown on the day before %t, on the first %t, on the last %t", shown(first.AddDays(-1)), shown(first), shown(last))
			}
		})
	}
}

func TestWhatsAppNoticesOnlyWhereTheyMatter(t *testing.T) {
	mkt, utility := template("2026-11-21", "marketing", "VN", 1, ""), template("2026-11-21", "utility", "VN", 1, "")
	for _, c := range []struct {
		name   string
		ask    question
		notice string
	}{
		{"who says how many conversations are used", template("2023-01-01", "marketing", "VN", 1, "").from(`"freeConversationsUsed":5`), "whatsapp.free-conversations"},
		{"what is free at an entry point", template("2023-01-01", "marketing", "VN", 1, `,"freeEntryPoint":true`), "whatsapp.free-conversations"},
		{"a level of the day", utility.from(`"messagingLimit":2000`), "whatsapp.messaging-limit.per-portfolio"},
		{"no limit given", utility, "whatsapp.messaging-limit.shared"},
		{"a level of before", utility.day("2025-10-06").from(`"messagingLimit":1000`), "whatsapp.messaging-limit.per-number"},
		{"authentication at home", template("2026-11-21", "authentication", "IN", 1, "").from(`"country":"IN"`), "whatsapp.international-authentication"},
		{"a country without an international rate", template("2026-11-21", "authentication", "VN", 1, ""), "whatsapp.international-authentication"},
		{"utility without an offer", utility, "whatsapp.utility.promotional"},
		{"a person answers", question{on: "2026-11-21", message: `"type":"whatsapp.service","automated":false`, audience: people("VN", 1, "")}, "whatsapp.business-agent"},
		{"a business elsewhere", mkt.from(`"country":"VN"`), "whatsapp.billing.india"},
		{"dollars", mkt.day("2024-01-01"), "whatsapp.currency-card"},
		{"euros with a price", mkt.day("2026-08-01").euros(), "whatsapp.currency-card"},
		{"people without the limit", template("2026-11-21", "marketing", "FR", 1, ""), "whatsapp.marketing.user-limit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if hasNotice(ask(t, c.ask.json()), c.notice) {
				t.Errorf("%s is shown", c.notice)
			}
		})
	}
}
