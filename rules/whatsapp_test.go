package rules_test

import (
	"strconv"
	"strings"
	"testing"

	"postage/rules"
)

// template asks about an approved WhatsApp template to people who opted in.
func template(on, category, country string, recipients int, more string) question {
	return question{on: on, message: `"type":"whatsapp.` + category + `","template":{"approved":true}`,
		audience: people(country, recipients, `,"optedIn":true`+more)}
}

func people(country string, recipients int, more string) string {
	return `{"country":"` + country + `","recipients":` + strconv.Itoa(recipients) + more + `}`
}

func service(on, country string, recipients int, more string) question {
	return question{on: on, message: "whatsapp.service", audience: people(country, recipients, `,"hoursSinceInteraction":1`+more)}
}

func (q question) from(sender string) question    { q.sender = sender; return q }
func (q question) each(perRecipient int) question { q.perRecipient = perRecipient; return q }
func (q question) and(segments ...string) question {
	q.audience += "," + strings.Join(segments, ",")
	return q
}
func (q question) priced(pricing string) question { q.pricing = pricing; return q }

func TestWhatsAppMayBeSent(t *testing.T) {
	ask := func(on, message, segment string) question {
		return question{on: on, message: message, audience: `{"country":"VN","recipients":10` + segment + `}`}
	}
	const utility, approved = `"type":"whatsapp.utility","template":{"approved":true}`, `,"template":{"approved":true}`
	checkSentences(t, []sentence{
		{name: "nobody knows on 2022-01-31", ask: ask("2022-01-31", utility, `,"optedIn":true`), verdict: "depends", checks: "available?", total: "no price"},
		{name: "from 2022-02-01", ask: ask("2022-02-01", utility, `,"optedIn":true`), verdict: "eligible", checks: "available consent template country"},
		{name: "free form inside 24 hours", ask: ask("2025-09-01", "whatsapp.service", `,"hoursSinceInteraction":24`), verdict: "eligible", checks: "available window country"},
		{name: "no free form after 24 hours", ask: ask("2025-09-01", "whatsapp.service", `,"hoursSinceInteraction":24.5`), verdict: "ineligible", checks: "available window! country"},
		{name: "no free form to who never wrote", ask: ask("2025-09-01", "whatsapp.service", `,"hoursSinceInteraction":null,"optedIn":true`), verdict: "ineligible", checks: "available window! country"},
		{name: "an unknown recency depends", ask: ask("2025-09-01", "whatsapp.service", ""), verdict: "depends", checks: "available window? country"},
		{name: "an entry point does not open the window", ask: ask("2025-09-01", "whatsapp.service", `,"hoursSinceInteraction":71,"freeEntryPoint":true`), verdict: "ineligible", checks: "available window! country"},
		{name: "a template has no window", ask: ask("2025-09-01", utility, `,"optedIn":true,"hoursSinceInteraction":null`), verdict: "eligible", checks: "available consent template country"},
		{name: "no opt-in, no template", ask: ask("2025-09-01", utility, `,"optedIn":false,"hoursSinceInteraction":1`), verdict: "ineligible", checks: "available consent! template country"},
		{name: "an unknown opt-in depends", ask: ask("2025-09-01", utility, ""), verdict: "depends", checks: "available consent? template country"},
		{name: "a template that was not approved", ask: ask("2025-09-01", `"type":"whatsapp.authentication","template":{"approved":false}`, `,"optedIn":true`), verdict: "ineligible", checks: "available consent template! country"},
		{name: "an unknown approval depends", ask: ask("2025-09-01", "whatsapp.authentication", `,"optedIn":true`), verdict: "depends", checks: "available consent template? country"},
		{name: "every failing check is shown", ask: question{on: "2025-04-01", message: `"type":"whatsapp.marketing","template":{"approved":false}`, audience: people("US", 1, `,"optedIn":false`)}, verdict: "ineligible", checks: "available consent! template! country!"},
		{name: "marketing to the US on 2025-03-31", ask: question{on: "2025-03-31", message: `"type":"whatsapp.marketing"` + approved, audience: people("US", 1, `,"optedIn":true`)}, verdict: "eligible", checks: "available consent template country"},
		{name: "not from 2025-04-01", ask: question{on: "2025-04-01", message: `"type":"whatsapp.marketing"` + approved, audience: people("US", 1, `,"optedIn":true`)}, verdict: "ineligible", checks: "available consent template country!"},
		{name: "Canada is of the same market and goes on", ask: question{on: "2025-04-02", message: `"type":"whatsapp.marketing"` + approved, audience: people("CA", 1, `,"optedIn":true`)}, verdict: "eligible", checks: "available consent template country"},
		{name: "utility to the US goes on", ask: question{on: "2025-04-02", message: utility, audience: people("US", 1, `,"optedIn":true`)}, verdict: "eligible", checks: "available consent template country"},
		{name: "Cuba is not served", ask: question{on: "2025-04-02", message: utility, audience: people("CU", 1, `,"optedIn":true`)}, verdict: "ineligible", checks: "available consent template country!"},
		{name: "nor does marketing reach North Korea, also before the US was left out", ask: question{on: "2025-03-31", message: `"type":"whatsapp.marketing"` + approved, audience: people("KP", 1, `,"optedIn":true`)}, verdict: "ineligible", checks: "available consent template country!"},
	})
}

// TestOneMarketingAndTwoUtility is the provider's own example: three charges
// outside the window, one inside it.
func TestOneMarketingAndTwoUtility(t *testing.T) {
	for _, c := range []struct {
		name, recency string
		want          int64
	}{
		{"outside the window three are charged", `,"hoursSinceInteraction":30`, 3},
		{"inside the window only the marketing message is", `,"hoursSinceInteraction":3`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			marketing := ask(t, template("2025-09-01", "marketing", "VN", 1, c.recency).json())
			utility := ask(t, template("2025-09-01", "utility", "VN", 1, c.recency).each(2).json())
			if got := marketing.Charged + utility.Charged; got != c.want {
				t.Errorf("%d charges, want %d", got, c.want)
			}
		})
	}
}

func TestWhatsAppPerMessagePrice(t *testing.T) {
	const inside, late, entry = `,"hoursSinceInteraction":24`, `,"hoursSinceInteraction":25`, `,"freeEntryPoint":true,"hoursSinceInteraction":71`
	checkSentences(t, []sentence{
		{name: "each message of a recipient is charged", ask: template("2025-07-01", "marketing", "VN", 10, late).each(3), figures: "30 = 0 + 30", total: "2.196 + 0 = 2.196", lines: "marketing 30 × 0.0732"},
		{name: "marketing is charged inside the window", ask: template("2025-07-01", "marketing", "VN", 10, inside), figures: "10 = 0 + 10"},
		{name: "authentication is charged inside the window", ask: template("2025-07-01", "authentication", "VN", 10, inside), figures: "10 = 0 + 10", total: "0.113 + 0 = 0.113"},
		{name: "utility is free inside the window", ask: template("2025-07-01", "utility", "VN", 10, inside), figures: "10 = 10 + 0", total: "0 + 0 = 0"},
		{name: "utility is charged outside", ask: template("2025-07-01", "utility", "VN", 10, late), figures: "10 = 0 + 10"},
		{name: "utility is charged where the recency is unknown", ask: template("2025-07-01", "utility", "VN", 10, ""), verdict: "eligible", figures: "10 = 0 + 10"},
		{name: "utility inside the window is free to 2026-09-30", ask: template("2026-09-30", "utility", "VN", 10, inside), figures: "10 = 10 + 0"},
		{name: "and charged from 2026-10-01", ask: template("2026-10-01", "utility", "VN", 10, inside), figures: "10 = 0 + 10", total: "0.113 + 0 = 0.113"},
		{name: "service is free to 2026-09-30", ask: service("2026-09-30", "VN", 2000, ""), figures: "2000 = 2000 + 0", total: "0 + 0 = 0"},
		{name: "the first thousand are free from 2026-10-01", ask: service("2026-10-01", "VN", 2000, ""), figures: "2000 = 1000 + 1000", total: "11.3 + 0 = 11.3"},
		{name: "exactly a thousand cost nothing", ask: service("2026-10-01", "VN", 1000, ""), figures: "1000 = 1000 + 0"},
		{name: "the thousand are less what was used", ask: service("2026-10-02", "VN", 2000, "").from(`"freeServiceUsed":999`), figures: "2000 = 1 + 1999"},
		{name: "more used than there were is none left", ask: service("2026-10-02", "VN", 10, "").from(`"freeServiceUsed":1000000000000`), figures: "10 = 0 + 10"},
		{name: "the thousand run on through segments and markets", ask: service("2026-10-02", "VN", 600, "").and(people("IN", 600, inside), people("VN", 100, inside)), figures: "1300 = 1000 + 300", lines: "service 200 × 0.0014, service 100 × 0.0113"},
		{name: "what is blocked uses none of the thousand up", ask: service("2026-10-02", "VN", 600, "").and(people("VN", 600, late), people("VN", 400, inside)), figures: "1000 = 1000 + 0"},
		{name: "service at an entry point uses none of the thousand up", ask: service("2026-10-02", "VN", 600, `,"freeEntryPoint":true`).and(people("VN", 1000, inside)), figures: "1600 = 1600 + 0"},
		{name: "service messages have no volume tiers", ask: service("2026-10-02", "VN", 1_000_000, ""), lines: "service 999000 × 0.0113"},
		{name: "an entry point makes marketing free", ask: template("2026-11-01", "marketing", "VN", 10, entry), figures: "10 = 10 + 0", total: "0 + 0 = 0"},
		{name: "an entry point makes utility free", ask: template("2026-11-01", "utility", "VN", 10, entry), figures: "10 = 10 + 0"},
		{name: "an entry point makes authentication free", ask: template("2026-11-01", "authentication", "IN", 10, entry).from(`"internationalAuth":true`), figures: "10 = 10 + 0"},
		{name: "hours do not end an entry point", ask: template("2026-11-01", "marketing", "VN", 10, `,"freeEntryPoint":true,"hoursSinceInteraction":null`), figures: "10 = 10 + 0"},
	})
}

// TestRateOfTheDay: the card in force prices the message, by the market that
// the country is in on that day.
func TestRateOfTheDay(t *testing.T) {
	for _, c := range []struct{ name, category, country, on, market, rate string }{
		{"Poland is in the rest of its region", "utility", "PL", "2026-06-30", "Rest of Central & Eastern Europe", "0.0212"},
		{"Poland is a market", "utility", "PL", "2026-07-01", "Poland", "0.0122"},
		{"Poland stays a market", "marketing", "PL", "2026-10-01", "Poland", "0.0366"},
		{"Singapore is in the rest of its region", "utility", "SG", "2026-06-30", "Rest of Asia Pacific", "0.0113"},
		{"Singapore is a market", "utility", "SG", "2026-07-01", "Singapore", "0.016"},
		{"Kazakhstan is Other", "utility", "KZ", "2026-09-30", "Other", "0.0077"},
		{"Kazakhstan is a market", "utility", "KZ", "2026-10-01", "Kazakhstan", "0.018"},
		{"Zimbabwe is Other", "marketing", "ZW", "2025-09-30", "Other", "0.0604"},
		{"Zimbabwe is in Africa", "marketing", "ZW", "2025-10-01", "Rest of Africa", "0.0225"},
		{"South Korea is Other", "marketing", "KR", "2026-10-01", "Other", "0.0604"},
		{"Kosovo is Other", "utility", "XK", "2025-07-01", "Other", "0.0077"},
		{"Vietnam before October 2026", "marketing", "VN", "2026-09-30", "Rest of Asia Pacific", "0.0732"},
		{"Vietnam from October 2026", "marketing", "VN", "2026-10-01", "Rest of Asia Pacific", "0.0842"},
		{"North America in 2025", "utility", "US", "2025-12-31", "North America", "0.004"},
		{"North America in 2026", "utility", "CA", "2026-01-01", "North America", "0.0034"},
		{"Pakistan to March 2026", "utility", "PK", "2026-03-31", "Pakistan", "0.0054"},
		{"Pakistan from April 2026", "utility", "PK", "2026-04-01", "Pakistan", "0.01"},
		{"Turkey to March 2026", "authentication", "TR", "2026-03-31", "Turkey", "0.0053"},
		{"Turkey from April 2026", "authentication", "TR", "2026-04-01", "Turkey", "0.0009"},
		{"Egypt to September 2025", "utility", "EG", "2025-09-30", "Egypt", "0.0052"},
		{"Egypt from October 2025", "utility", "EG", "2025-10-01", "Egypt", "0.0036"},
		{"Puerto Rico is in Latin America", "marketing", "PR", "2024-11-01", "Rest of Latin America", "0.074"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := ask(t, template(c.on, c.category, c.country, 1, "").json())
			if len(q.Lines) != 1 || q.Lines[0].Market != c.market || q.Lines[0].UnitPrice.String() != c.rate {
				t.Errorf("got %+v, want %s at %s", q.Lines, c.market, c.rate)
			}
			on, err := rules.ParseDate(c.on)
			if got := rules.Market(c.country, on); err != nil || got != c.market {
				t.Errorf("Market says %s, want %s (%v)", got, c.market, err)
			}
		})
	}
}

func TestTheLastCardGoesOn(t *testing.T) {
	cards := rules.RateCards()
	var last rules.Date
	for _, c := range cards {
		if c.Currency == "USD" {
			last = max(last, c.Since)
		}
	}
	const later = 29991231
	for _, country := range []string{"VN", "IN", "BR", "XK"} {
		want, ok := rules.ListRate(rules.WhatsAppMarketing, country, last)
		if got, still := rules.ListRate(rules.WhatsAppMarketing, country, later); !ok || !still || !got.Equal(want) {
			t.Errorf("to %s it is %s on %s, and %s in a thousand years", country, want, last, got)
		}
	}
}

func TestVolumeTiers(t *testing.T) {
	after := func(q question, charged int) question {
		q.sender = `"chargedThisMonth":` + strconv.Itoa(charged)
		return q
	}
	vn := func(on string, n int) question { return template(on, "utility", "VN", n, "") }
	checkSentences(t, []sentence{
		{name: "the last message of the list rate", ask: after(vn("2026-10-01", 1), 149_999), lines: "utility 1 × 0.0113"},
		{name: "the first of the next tier", ask: after(vn("2026-10-01", 1), 150_000), lines: "utility 1 × 0.0107"},
		{name: "a sending crosses several bounds", ask: vn("2026-10-01", 60_000_000),
			lines: "utility 150000 × 0.0113, utility 850000 × 0.0107, utility 3000000 × 0.0102, utility 21000000 × 0.0096, utility 25000000 × 0.009, utility 10000000 × 0.0085",
			total: "552990 + 0 = 552990"},
		{name: "everything past the last bound is at the last rate", ask: after(vn("2026-10-01", 5), 1_000_000_000_000), lines: "utility 5 × 0.0085"},
		{name: "authentication has bounds of its own", ask: template("2026-10-01", "authentication", "VN", 100_001, ""), lines: "authentication 100000 × 0.0113, authentication 1 × 0.0107"},
		{name: "marketing has no tiers", ask: after(template("2026-10-01", "marketing", "VN", 1_000_000, ""), 1_000_000), lines: "marketing 1000000 × 0.0842"},
		{name: "countries of a market share its counter", ask: vn("2026-10-01", 100_000).and(people("TH", 100_000, `,"optedIn":true`)), lines: "utility 100000 × 0.0113, utility 50000 × 0.0113, utility 50000 × 0.0107"},
		{name: "markets have counters of their own, each after what was charged", ask: after(vn("2026-10-01", 1), 149_999).and(people("IN", 1, `,"optedIn":true`), people("VN", 1, `,"optedIn":true`)), lines: "utility 1 × 0.0113, utility 1 × 0.0014, utility 1 × 0.0107"},
		{name: "what is free does not count", ask: template("2026-09-30", "utility", "VN", 150_000, `,"hoursSinceInteraction":1`).and(people("VN", 1, `,"optedIn":true`), people("VN", 1, `,"optedIn":true,"freeEntryPoint":true`)), lines: "utility 1 × 0.0113"},
		{name: "what is blocked does not count", ask: vn("2026-10-01", 1).and(people("VN", 150_000, `,"optedIn":false`), people("VN", 150_000, `,"optedIn":true`)), lines: "utility 1 × 0.0113, utility 149999 × 0.0113, utility 1 × 0.0107"},
		{name: "in the window counts from October 2026", ask: template("2026-10-01", "utility", "VN", 150_000, `,"hoursSinceInteraction":1`).and(people("VN", 1, `,"optedIn":true`)), lines: "utility 150000 × 0.0113, utility 1 × 0.0107"},
		{name: "Singapore has its own counter from its first day as a market", ask: template("2026-07-01", "utility", "SG", 150_000, "").and(people("VN", 1, `,"optedIn":true`)), lines: "utility 150000 × 0.016, utility 1 × 0.0113"},
		{name: "and shared one before", ask: template("2026-06-30", "utility", "SG", 150_000, "").and(people("VN", 1, `,"optedIn":true`)), lines: "utility 150000 × 0.0113, utility 1 × 0.0107"},

		{name: "before October 2026 the list rate of the day is discounted", ask: after(template("2025-07-01", "utility", "PK", 1, ""), 150_000), lines: "utility 1 × 0.0051"},
		{name: "a derived rate is rounded half-up at four decimals", ask: after(template("2025-07-01", "utility", "PK", 1, ""), 50_000_000), lines: "utility 1 × 0.0041"},
		{name: "India has discounts of its own", ask: after(template("2026-01-01", "utility", "IN", 1, ""), 300_000_000), lines: "utility 1 × 0.001"},
		{name: "conversations have no tiers", ask: after(template("2025-06-30", "utility", "VN", 1, ""), 150_000), lines: "utility 1 × 0.0157"},
	})
	t.Run("a tier line names its first message", func(t *testing.T) {
		q := ask(t, vn("2026-09-30", 150_001).json())
		if got := [2]int64{q.Lines[0].TierFrom, q.Lines[1].TierFrom}; got != [2]int64{1, 150_001} {
			t.Errorf("tiers from %v", got)
		}
		if q.Lines[0].Status != rules.Corroborated || q.Lines[1].Status != rules.Derived {
			t.Errorf("statuses %s and %s, want the list rate's and derived", q.Lines[0].Status, q.Lines[1].Status)
		}
		if !hasNotice(q, "whatsapp.tiers-before-2026-10") {
			t.Error("nothing says that the tier is derived")
		}
		if hasNotice(ask(t, vn("2026-09-30", 150_000).json()), "whatsapp.tiers-before-2026-10") {
			t.Error("a sending within the list rate speaks of tiers")
		}
	})
}

func TestInternationalAuthentication(t *testing.T) {
	auth := func(on, country, sender string) question {
		return template(on, "authentication", country, 1, "").from(sender)
	}
	const abroad, home, flag = `"internationalAuth":true,"country":"VN"`, `"internationalAuth":true,"country":"IN"`, `"internationalAuth":true`
	checkSentences(t, []sentence{
		{name: "takes the international rate", ask: auth("2026-01-01", "IN", abroad), lines: "authentication-international 1 × 0.028"},
		{name: "of the day", ask: auth("2026-04-01", "IN", abroad), lines: "authentication-international 1 × 0.0304"},
		{name: "not at home", ask: auth("2026-01-01", "IN", home), lines: "authentication 1 × 0.0014"},
		{name: "an unknown home counts as another country", ask: auth("2026-01-01", "IN", flag), lines: "authentication-international 1 × 0.028"},
		{name: "not where the business is not international", ask: auth("2026-01-01", "IN", `"country":"VN"`), lines: "authentication 1 × 0.0014"},
		{name: "not where the market has no such rate", ask: auth("2026-01-01", "BR", abroad), lines: "authentication 1 × 0.0068"},
		{name: "not for utility", ask: template("2026-01-01", "utility", "IN", 1, "").from(abroad), lines: "utility 1 × 0.0014"},
		{name: "Kazakhstan has none as Other", ask: auth("2026-09-30", "KZ", abroad), lines: "authentication 1 × 0.0077"},
		{name: "per conversation too", ask: auth("2025-06-30", "IN", abroad).each(5), lines: "authentication-international 1 × 0.028"},
		{name: "per conversation at home", ask: auth("2025-06-30", "IN", home), lines: "authentication 1 × 0.0014"},
		{name: "tiers of its own bounds", ask: auth("2026-10-01", "IN", abroad+`,"chargedThisMonth":750000`), lines: "authentication-international 1 × 0.0286"},
		{name: "derived tiers before October 2026", ask: auth("2026-04-01", "IN", abroad+`,"chargedThisMonth":750000`), lines: "authentication-international 1 × 0.0286"},
	})
}

// TestUnpricedAuthentication: seven markets changed their authentication rates
// on 2025-02-01, and the book does not have the rates of that spring.
func TestUnpricedAuthentication(t *testing.T) {
	for _, country := range []string{"EG", "MY", "NG", "PK", "SA", "ZA", "AE"} {
		for _, sender := range []string{"", `"internationalAuth":true`, `"internationalAuth":true,"country":"` + country + `"`} {
			t.Run(country+" "+sender, func(t *testing.T) {
				for _, c := range []struct {
					on     string
					priced bool
				}{{"2025-01-31", true}, {"2025-02-01", false}, {"2025-06-30", false}, {"2025-07-01", true}} {
					q := ask(t, template(c.on, "authentication", country, 3, "").from(sender).each(2).json())
					if q.Priced != c.priced || q.Priced != (q.Totals != nil) {
						t.Errorf("%s: priced %t, want %t; totals %v", c.on, q.Priced, c.priced, q.Totals)
					}
					if want := int64(3); c.on < "2025-07-01" && q.Charged != want {
						t.Errorf("%s: %d conversations, want %d", c.on, q.Charged, want)
					}
				}
				if q := ask(t, template("2025-03-01", "utility", country, 1, "").from(sender).json()); !q.Priced {
					t.Error("utility has no price")
				}
				if q := ask(t, template("2025-03-01", "authentication", country, 1, `,"freeEntryPoint":true`).from(sender).json()); !q.Priced || q.Free != 1 {
					t.Error("authentication at an entry point is not free")
				}
			})
		}
	}
	if q := ask(t, template("2025-03-01", "authentication", "IN", 1, "").json()); !q.Priced {
		t.Error("authentication to another country has no price")
	}
}

func TestConversationPrice(t *testing.T) {
	const inside, entry = `,"hoursSinceInteraction":1`, `,"hoursSinceInteraction":1,"freeEntryPoint":true`
	checkSentences(t, []sentence{
		{name: "one a recipient, whatever the number of messages", ask: template("2024-11-01", "marketing", "VN", 10, "").each(7), figures: "70 = 0 + 10", total: "0.732 + 0 = 0.732", lines: "marketing 10 × 0.0732"},
		{name: "to the last day of June 2025", ask: template("2025-06-30", "marketing", "VN", 10, "").each(7), figures: "70 = 0 + 10"},
		{name: "each message from July", ask: template("2025-07-01", "marketing", "VN", 10, "").each(7), figures: "70 = 0 + 70"},
		{name: "utility is charged inside the window", ask: template("2025-06-30", "utility", "VN", 10, inside), figures: "10 = 0 + 10", total: "0.157 + 0 = 0.157"},
		{name: "service is free from 2024-11-01, counted in messages", ask: service("2024-11-01", "VN", 10, "").each(7), figures: "70 = 70 + 0", total: "0 + 0 = 0"},
		{name: "service before is not in the book", ask: service("2024-10-31", "VN", 10, "").each(7), figures: "70 = 0 + 10", total: "no price"},
		{name: "marketing before is not in the book", ask: template("2024-10-31", "marketing", "VN", 10, "").each(7), figures: "70 = 0 + 10", total: "no price"},
		{name: "an entry point is free, counted in messages", ask: template("2025-06-30", "marketing", "VN", 10, entry).each(7), figures: "70 = 70 + 0", total: "0 + 0 = 0"},
		{name: "an entry point is free before the cards too", ask: template("2022-02-01", "marketing", "VN", 10, entry).each(7), figures: "70 = 70 + 0", total: "0 + 0 = 0"},
		{name: "service at an entry point is free before the cards", ask: service("2023-01-01", "VN", 10, `,"freeEntryPoint":true`), figures: "10 = 10 + 0", total: "0 + 0 = 0"},
		{name: "one unpriced segment leaves the whole without a total", ask: template("2025-03-01", "authentication", "VN", 10, "").and(people("EG", 1, `,"optedIn":true`)), figures: "11 = 0 + 11", total: "no price"},
		{name: "a blocked segment needs no price", ask: template("2025-03-01", "authentication", "VN", 10, "").and(people("EG", 1, `,"optedIn":false`)), verdict: "partial", total: "0.425 + 0 = 0.425"},
		{name: "messages that make no whole conversation are charged nothing", ask: template("2024-11-01", "marketing", "VN", 1, `,"deliveredPercent":40`).each(7), figures: "7 = 0 + 0", total: "0 + 0 = 0"},
		{name: "and yet have no price where the book has none", ask: template("2024-10-31", "marketing", "VN", 1, `,"deliveredPercent":40`).each(7), figures: "7 = 0 + 0", total: "no price"},
		{name: "nothing deliverable is priced, at zero", ask: template("2022-02-01", "marketing", "CU", 10, ""), figures: "0 = 0 + 0", total: "0 + 0 = 0"},
	})
}

func TestWhatsAppSchedule(t *testing.T) {
	limited := func(q question) question { return q.from(`"messagingLimit":250`) }
	checkSentences(t, []sentence{
		{name: "people, not messages, are spread over days", ask: limited(template("2026-01-01", "utility", "VN", 251, "")).each(10), schedule: "2 days of 250"},
		{name: "people inside the window do not count", ask: limited(template("2026-01-01", "utility", "VN", 251, `,"hoursSinceInteraction":24`)), schedule: "0 days of 250"},
		{name: "people of unknown recency do", ask: limited(template("2026-01-01", "utility", "VN", 250, "")), schedule: "1 days of 250"},
		{name: "an entry point does not matter", ask: limited(template("2026-01-01", "utility", "VN", 251, `,"freeEntryPoint":true,"hoursSinceInteraction":25`)), schedule: "2 days of 250"},
		{name: "blocked segments do not count", ask: limited(template("2026-01-01", "utility", "VN", 251, "")).and(people("VN", 1000, `,"optedIn":false`)), schedule: "2 days of 250"},
		{name: "segments are summed before they are divided", ask: limited(template("2026-01-01", "utility", "VN", 125, "")).and(people("IN", 125, `,"optedIn":true`)), schedule: "1 days of 250"},
		{name: "no days where nothing goes out", ask: limited(template("2026-01-01", "marketing", "US", 251, "")), schedule: "0 days of 250"},
		{name: "conversations are spread too, priced or not", ask: limited(template("2023-01-01", "marketing", "VN", 251, "")), schedule: "2 days of 250", total: "no price"},
		{name: "service is not spread", ask: limited(service("2026-11-01", "VN", 251, "")), schedule: "none"},
		{name: "none without a limit", ask: template("2026-01-01", "utility", "VN", 251, ""), schedule: "none"},
	})
}

func TestWhatsAppNotices(t *testing.T) {
	for _, c := range []struct {
		name   string
		ask    question
		notice string
		want   bool
	}{
		{"write freely instead of by template", template("2025-09-01", "marketing", "VN", 1, `,"hoursSinceInteraction":1`), "whatsapp.free-form-instead", true},
		{"not outside the window", template("2025-09-01", "marketing", "VN", 1, ""), "whatsapp.free-form-instead", false},
		{"service will be charged", service("2026-07-01", "VN", 1, ""), "whatsapp.charged-from-2026-10", true},
		{"and is", service("2026-10-01", "VN", 1, ""), "whatsapp.free-thousand", true},
		{"a rate that was reconstructed", template("2025-07-01", "utility", "SA", 1, ""), "whatsapp.rate-derived", true},
		{"a rate that two copies show", template("2026-01-01", "marketing", "VN", 1, ""), "whatsapp.rate-derived", false},
		{"conversations", template("2025-06-30", "marketing", "VN", 1, ""), "whatsapp.conversation-pricing", true},
		{"no conversations any more", template("2025-07-01", "marketing", "VN", 1, ""), "whatsapp.conversation-pricing", false},
		{"the entry point's length is contested", template("2026-09-28", "marketing", "VN", 1, `,"freeEntryPoint":true`), "whatsapp.entry-point", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := hasNotice(ask(t, c.ask.json()), c.notice); got != c.want {
				t.Errorf("notice %s: %t, want %t", c.notice, got, c.want)
			}
		})
	}
}

func TestListRate(t *testing.T) {
	for _, c := range []struct {
		name    string
		kind    rules.MessageType
		country string
		on      string
		want    string
	}{
		{"of a message", rules.WhatsAppMarketing, "VN", "2026-10-01", "0.0842"},
		{"of a conversation", rules.WhatsAppUtility, "VN", "2025-06-30", "0.0157"},
		{"of a country that is Other", rules.WhatsAppUtility, "KR", "2026-01-01", "0.0077"},
		{"of service while it is free", rules.WhatsAppService, "VN", "2026-09-30", "0"},
		{"of service after", rules.WhatsAppService, "VN", "2026-10-01", "0.0113"},
		{"of service before the book has one", rules.WhatsAppService, "VN", "2024-10-31", "none"},
		{"before the first card", rules.WhatsAppUtility, "VN", "2024-10-31", "none"},
		{"of authentication that the book does not have", rules.WhatsAppAuthentication, "EG", "2025-02-01", "none"},
		{"of authentication the day before", rules.WhatsAppAuthentication, "EG", "2025-01-31", "0.0618"},
		{"of another platform", rules.ZNS, "VN", "2026-01-01", "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			on, err := rules.ParseDate(c.on)
			if err != nil {
				t.Fatal(err)
			}
			got := "none"
			if rate, ok := rules.ListRate(c.kind, c.country, on); ok {
				got = rate.String()
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestTariffDay: a quote names the day since which its newest price is in force.
func TestTariffDay(t *testing.T) {
	for _, c := range []struct {
		name string
		ask  question
		want string
	}{
		{"of a price", consult("2025-07-01", `{"recipients":1,"uid":true,"hoursSinceInteraction":50}`, "", 1), "2023-04-18"},
		{"of a price that changed", question{on: "2024-01-01", message: "zalo.uid.transaction", audience: `{"recipients":1,"uid":true,"hoursSinceInteraction":50}`}, "2023-06-21"},
		{"of a card", template("2026-11-21", "marketing", "VN", 1, ""), "2026-10-01"},
		{"none where nothing goes out", template("2026-11-21", "marketing", "US", 1, ""), ""},
		{"none where the price is not in the book", template("2024-10-31", "marketing", "VN", 1, ""), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ask(t, c.ask.json()).Tariff.String(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
