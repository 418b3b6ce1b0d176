package rules

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// TestErrorsAreWellFormed: each is for a type, and for a check's code or a rule.
func TestErrorsAreWellFormed(t *testing.T) {
	checks := []string{
		"available", "identity", "consent", "follow", "window", "tool", "api-version", "package", "template", "tag", "content", "country", "cap", "quota", "hours",
	}
	seen := map[[2]string]Date{}
	for _, r := range theBook.errors {
		if !slices.ContainsFunc(MessageTypes(""), r.matches) {
			t.Errorf("error %s is for %s, which is no type", r.code, r.pattern)
		}
		if !slices.Contains(checks, r.check) && theBook.rules[r.check] == nil {
			t.Errorf("error %s is for %s, which is neither a check nor a rule", r.code, r.check)
		}
		if r.code == "" || len(r.sources) == 0 {
			t.Errorf("the error for %s %s lacks a part", r.pattern, r.check)
		}
		key := [2]string{r.pattern, r.check}
		if before, twice := seen[key]; twice && r.since <= before {
			t.Errorf("%v on %s does not come after %s", key, r.since, before)
		}
		seen[key] = r.since
	}
}

// TestWordsThatTheCodeReads: values of facts that are more than a number.
func TestWordsThatTheCodeReads(t *testing.T) {
	for _, f := range zbsApprovedFrom.facts {
		if _, err := ParseDate(f.Value); err != nil {
			t.Errorf("templates approved from %q", f.Value)
		}
	}
	if f := znsOldPrices.facts[0]; f.Value >= f.Since.String() || len(f.Value) != 10 {
		t.Errorf("old prices of %q are kept from %s", f.Value, f.Since)
	}
	for id, r := range buttonPrices {
		for _, f := range r.facts {
			if _, err := decimal.NewFromString(f.words[0]); f.Value != none && (err != nil || len(f.words) != 2) {
				t.Errorf("a button to %s costs %q", id, f.Value)
			}
		}
	}
	for _, r := range append(slices.Collect(maps.Values(znsHours)), promotionHours) {
		for _, f := range r.facts {
			for _, span := range f.words {
				if from, to, _ := strings.Cut(span, "-"); !looksLikeTime(from) || !looksLikeTime(to) || from >= to || len(f.words) > 2 {
					t.Errorf("%s has the hours %q", r.id, f.Value)
				}
			}
		}
	}
	for _, f := range quotaRaise.facts {
		if len(f.words) != 2 || f.words[0] != "more-than" && f.words[0] != "at-least" || f.words[1] != "2" {
			t.Errorf("a quota is raised by %q", f.Value)
		}
	}
	for _, r := range []*rule{marketingSenders, marketingBlocked, recurringLeft, utilityCountries, euMembers, europeJapan} {
		for _, f := range r.facts {
			for _, w := range f.words {
				if w != "EU" && w != none && !IsCountry(w) {
					t.Errorf("%s has %s, which is no country", r.id, w)
				}
			}
		}
	}
	if n := len(euMembers.facts[0].words); n != 27 {
		t.Errorf("the European Union has %d members", n)
	}
	if n := len(marketingSenders.facts[0].words); n != 20 {
		t.Errorf("marketing messages go out from %d countries", n)
	}
}

// TestNewFactsInForce pins the day before, the day and the day after of what
// packages hold and cost, of the hours of the day and of the new types.
func TestNewFactsInForce(t *testing.T) {
	for _, c := range []struct{ id, on, value string }{
		{"zalo.oa-packages.included-messages.trial", "2022-06-21", ""}, {"zalo.oa-packages.included-messages.trial", "2022-06-22", "200"},
		{"zalo.oa-packages.included-messages.trial", "2025-10-31", "200"}, {"zalo.oa-packages.included-messages.trial", "2025-11-01", "2000"}, {"zalo.oa-packages.included-messages.trial", "2026-06-01", ""},
		{"zalo.oa-packages.included-messages.advanced", "2022-06-23", "2000"}, {"zalo.oa-packages.included-messages.premium", "2026-05-31", "9000"}, {"zalo.oa-packages.included-messages.premium", "2026-06-01", "9000"}, {"zalo.oa-packages.included-messages.premium", "2027-06-01", ""},
		{"zalo.oa-packages.included-messages.growth", "2026-05-31", ""}, {"zalo.oa-packages.included-messages.growth", "2026-06-01", "500"}, {"zalo.oa-packages.included-messages.comprehensive", "2026-06-02", "2000"},
		{"zalo.oa-packages.fee-per-month.advanced", "2022-07-31", ""}, {"zalo.oa-packages.fee-per-month.advanced", "2022-08-01", "59000"}, {"zalo.oa-packages.fee-per-month.advanced", "2022-08-02", "59000"},
		{"zalo.oa-packages.fee-per-month.advanced", "2026-05-31", "99000"}, {"zalo.oa-packages.fee-per-month.advanced", "2026-06-01", ""},
		{"zalo.oa-packages.fee-per-year.growth", "2026-05-31", ""}, {"zalo.oa-packages.fee-per-year.growth", "2026-06-01", "2500000"},
		{"zalo.oa-packages.vat", "2026-05-31", ""}, {"zalo.oa-packages.vat", "2026-06-01", "10"},
		{"zalo.uid.interactions", "2025-12-31", "follow message call accept-call quick-menu service-menu chatbot-button"},
		{"zalo.uid.interactions", "2026-01-01", "message group-message call accept-call article-comment chatbot menu widget follow message-button"},
		{"zalo.zns.quota-start", "2024-03-11", "500"}, {"zalo.zns.quota-start", "2024-03-12", "5000"}, {"zalo.zns.quota-start", "2025-12-31", "5000"}, {"zalo.zns.quota-start", "2026-01-01", "20000"},
		{"zalo.zns.quota-penalty-tiers", "2024-03-11", ""}, {"zalo.zns.quota-penalty-tiers", "2024-03-12", "500 2000"}, {"zalo.zns.quota-penalty-tiers", "2026-01-01", "1000 10000"},
		{"zalo.zns.quality.penalty-share", "2024-03-11", ""}, {"zalo.zns.quality.penalty-share", "2024-03-12", "2"},
		{"zalo.zns.quota-idle", "2024-03-11", "less-than-quota-in-30-days"}, {"zalo.zns.quota-idle", "2024-03-12", ""},
		{"zalo.zns.post-sale-daily-most", "2024-10-31", "512000"}, {"zalo.zns.post-sale-daily-most", "2024-11-01", ""},
		{"zalo.zns.opt-out", "2025-01-06", ""}, {"zalo.zns.opt-out", "2025-01-07", "all-tags"}, {"zalo.zns.opt-out", "2026-01-01", "block-account"},
		{"zalo.zns.hours", "2023-12-31", ""}, {"zalo.zns.hours", "2024-01-01", "06:00-22:00"},
		{"messenger.recurring-notification.frequencies", "2023-02-01", "daily weekly monthly"}, {"messenger.recurring-notification.frequencies", "2023-02-02", "daily"},
		{"messenger.recurring-notification.cooldown", "2025-08-31", "24"}, {"messenger.recurring-notification.cooldown", "2025-09-01", "48"}, {"messenger.recurring-notification.cooldown", "2025-09-02", "48"},
		{"messenger.private-reply.human-agent-tag", "2021-09-12", ""}, {"messenger.private-reply.human-agent-tag", "2021-09-13", "not-allowed"},
		{"messenger.eu-members", "2020-01-31", ""}, {"messenger.europe-japan", "2021-03-29", "EU"}, {"messenger.europe-japan", "2021-03-30", "EU JP"},
	} {
		f, ok := RuleOn(c.id, day(t, c.on))
		if f.Value != c.value || ok != (c.value != "") {
			t.Errorf("%s on %s is %q (%t), want %q", c.id, c.on, f.Value, ok, c.value)
		}
	}
	if f, ok := IncludedMessages(PackageGrowth, day(t, "2026-06-01")); !ok || f.n != 500 {
		t.Errorf("the growth package holds %v, %t", f, ok)
	}
	if f, ok := IncludedMessages("gold", day(t, "2026-06-01")); ok {
		t.Errorf("a package that never was holds %v", f)
	}
}
