package rules

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

// toldNotComputed are the rules that the book tells people of and no check or
// price works with.
var toldNotComputed = []string{
	"messenger.account-update.purpose",
	"messenger.automation-disclosure",
	"messenger.bot-answer-seconds",
	"messenger.chat-plugin",
	"messenger.confirmed-event-update.purpose",
	"messenger.customer-feedback.form",
	"messenger.human-agent.purpose",
	"messenger.human-agent.review",
	"messenger.interactions",
	"messenger.marketing-message.billing",
	"messenger.marketing-message.subscribed-by",
	"messenger.marketing-message.unit",
	"messenger.one-time-notification.purpose",
	"messenger.one-time-notification.request",
	"messenger.one-time-notification.token-days",
	"messenger.post-purchase-update.purpose",
	"messenger.private-reply.hourly-limit",
	"messenger.private-reply.human-agent-tag",
	"messenger.rate.media-per-second",
	"messenger.rate.text-per-second",
	"messenger.recurring-notification.follow-ups",
	"messenger.recurring-notification.frequencies",
	"messenger.recurring-notification.request",
	"messenger.recurring-notification.token-months",
	"messenger.russia",
	"messenger.sponsored-message.frequency",
	"messenger.tags.forbidden-content",
	"messenger.utility-message.images",
	"messenger.utility-message.purpose",
	"messenger.utility-message.window",
	"whatsapp.ai-providers",
	"whatsapp.ai-providers.charge.br",
	"whatsapp.ai-providers.charge.it",
	"whatsapp.ai-providers.service",
	"whatsapp.authentication.form",
	"whatsapp.authentication.in-window",
	"whatsapp.automation",
	"whatsapp.billing.br",
	"whatsapp.billing.currencies",
	"whatsapp.billing.in",
	"whatsapp.billing.in.prepaid",
	"whatsapp.blocked-regions",
	"whatsapp.business-agent.covers",
	"whatsapp.business-agent.price",
	"whatsapp.business-app",
	"whatsapp.business-scoped-id",
	"whatsapp.calling.charge",
	"whatsapp.calling.markets",
	"whatsapp.calling.messaging-limit",
	"whatsapp.calling.rate.rest-of-cee",
	"whatsapp.calling.tiers",
	"whatsapp.charged-on",
	"whatsapp.charged-on.read",
	"whatsapp.conversation.category",
	"whatsapp.conversation.hours",
	"whatsapp.conversation.kinds",
	"whatsapp.conversation.opened-by",
	"whatsapp.conversation.parallel",
	"whatsapp.direct-send",
	"whatsapp.entry-point.closes-conversations",
	"whatsapp.entry-point.covers",
	"whatsapp.entry-point.devices",
	"whatsapp.entry-point.hours",
	"whatsapp.entry-point.opened-by",
	"whatsapp.entry-point.reply-hours",
	"whatsapp.entry-point.scope",
	"whatsapp.groups.charge",
	"whatsapp.groups.tiers",
	"whatsapp.groups.window",
	"whatsapp.international-authentication",
	"whatsapp.international-authentication.days",
	"whatsapp.international-authentication.lasts",
	"whatsapp.international-authentication.location-not-verified",
	"whatsapp.international-authentication.starts-after-days",
	"whatsapp.international-authentication.threshold",
	"whatsapp.marketing.cloud-api-off",
	"whatsapp.marketing.in-window",
	"whatsapp.marketing.max-price",
	"whatsapp.marketing.max-price.countries",
	"whatsapp.marketing.max-price.field",
	"whatsapp.marketing.max-price.interface",
	"whatsapp.marketing.messages-api",
	"whatsapp.marketing.stopped-by-user",
	"whatsapp.marketing.user-limit",
	"whatsapp.marketing.user-limit.error",
	"whatsapp.marketing.user-limit.not-counted",
	"whatsapp.marketing.user-limit.retries",
	"whatsapp.markets",
	"whatsapp.messaging-limit",
	"whatsapp.messaging-limit.field",
	"whatsapp.messaging-limit.first-raise",
	"whatsapp.messaging-limit.low-quality",
	"whatsapp.messaging-limit.raise",
	"whatsapp.messaging-limit.raise-hours",
	"whatsapp.messaging-limit.scope",
	"whatsapp.opt-out",
	"whatsapp.pacing",
	"whatsapp.price-changes.days",
	"whatsapp.price-changes.notice-months",
	"whatsapp.rate-changes",
	"whatsapp.russia",
	"whatsapp.russia.senders",
	"whatsapp.service.free-messages.month",
	"whatsapp.service.free-messages.scope",
	"whatsapp.service.payment-method",
	"whatsapp.service.promotional",
	"whatsapp.service.reaction",
	"whatsapp.tax",
	"whatsapp.tax.in",
	"whatsapp.tax.np",
	"whatsapp.tax.ug",
	"whatsapp.tax.vn",
	"whatsapp.template.categories",
	"whatsapp.template.category-corrected",
	"whatsapp.template.charged-as",
	"whatsapp.template.misuse",
	"whatsapp.template.pauses",
	"whatsapp.template.quality",
	"whatsapp.template.review-hours",
	"whatsapp.throughput",
	"whatsapp.tiers.categories",
	"whatsapp.tiers.counted-by",
	"whatsapp.tiers.webhook",
	"whatsapp.time-to-live",
	"whatsapp.utility.definition",
	"whatsapp.webhook.categories",
	"whatsapp.webhook.pricing-subtypes",
	"whatsapp.webhook.pricing-types",
	"whatsapp.window.error",
	"whatsapp.window.not-opened-by",
	"whatsapp.window.opened-by",
	"whatsapp.window.renewed-by",
	"zalo.oa-packages.after-expiry",
	"zalo.oa-packages.requests-per-minute",
	"zalo.oa-packages.trial-term",
	"zalo.groups.price",
	"zalo.oa-packages.unlicensed-account",
	"zalo.support.answer-hours",
	"zalo.uid.api-versions.scope",
	"zalo.uid.broadcast.articles",
	"zalo.uid.broadcast.manager-hours",
	"zalo.uid.broadcast.review-minutes",
	"zalo.uid.consultation.free-messages.renewed-by",
	"zalo.uid.consultation.hours",
	"zalo.uid.consultation.purpose",
	"zalo.uid.format.consultation",
	"zalo.uid.format.promotion",
	"zalo.uid.format.transaction",
	"zalo.uid.free-quota-answer",
	"zalo.uid.identity.scope",
	"zalo.uid.interactions",
	"zalo.uid.offline-days",
	"zalo.uid.personal-promotion.daily-cap",
	"zalo.uid.personal-promotion.daily-requests",
	"zalo.uid.promotion.purpose",
	"zalo.uid.transaction.purpose",
	"zalo.uid.transaction.push-hours",
	"zalo.uid.transaction.tools-announced",
	"zalo.uid.transaction.window",
	"zalo.zbs-uid.daily-quota",
	"zalo.zbs-uid.price",
	"zalo.zbs-uid.price.compared",
	"zalo.zbs-uid.promotion-cap",
	"zalo.zbs-uid.template.excluded-parts",
	"zalo.zns-follower.charged",
	"zalo.zns.basic-sending",
	"zalo.zns.charged-within-seconds",
	"zalo.zns.content",
	"zalo.zns.conversion.by",
	"zalo.zns.daily-quota",
	"zalo.zns.hours",
	"zalo.zns.interaction-based",
	"zalo.zns.interface",
	"zalo.zns.named",
	"zalo.zns.opt-out",
	"zalo.zns.over-quota-sending",
	"zalo.zns.post-sale-conditions",
	"zalo.zns.post-sale-daily-most",
	"zalo.zns.price.journey",
	"zalo.zns.price.permission-request",
	"zalo.zns.quality.advised-reports",
	"zalo.zns.quality.exempt",
	"zalo.zns.quality.first-look-day",
	"zalo.zns.quality.penalty",
	"zalo.zns.quality.penalty-looked-at",
	"zalo.zns.quota-penalty-tiers",
	"zalo.zns.quota-start",
	"zalo.zns.reports.counted-hours",
}

func TestEveryRuleIsUsedOrTold(t *testing.T) {
	for _, id := range theBook.order {
		told := slices.Contains(toldNotComputed, id)
		switch {
		case theBook.claimed[id] && told:
			t.Errorf("%s is computed with; it need not be listed as told", id)
		case !theBook.claimed[id] && !told:
			t.Errorf("%s is neither used by the code nor listed as told", id)
		}
	}
	for _, id := range toldNotComputed {
		if theBook.rules[id] == nil {
			t.Errorf("the book has no %s", id)
		}
	}
}

var statuses = []Status{Official, Corroborated, Single, Derived, Contested}

func TestFactsAreWellFormed(t *testing.T) {
	for _, id := range theBook.order {
		var before Date
		for i, f := range theBook.rules[id].facts {
			if i > 0 && f.Since <= before {
				t.Errorf("%s: %s does not come after %s", id, f.Since, before)
			}
			before = f.Since
			if !slices.Contains(statuses, f.Status) {
				t.Errorf("%s on %s has the status %q", id, f.Since, f.Status)
			}
			if f.Value == "" || f.Value != strings.Join(strings.Fields(f.Value), " ") {
				t.Errorf("%s on %s has the value %q", id, f.Since, f.Value)
			}
			// A copy of a whole sheet is one source, of which two copies were compared.
			sheet := id == "whatsapp.card" || id == "whatsapp.markets"
			if f.Status == Corroborated && len(f.Sources) < 2 && !sheet {
				t.Errorf("%s on %s is corroborated by %v alone", id, f.Since, f.Sources)
			}
			if f.Status == Single && slices.ContainsFunc(f.Sources, isOfficial) {
				t.Errorf("%s on %s is the platform's own text: official, or contested where that names no day", id, f.Since)
			}
			if i > 0 && f.Value == theBook.rules[id].facts[i-1].Value && f.Status == theBook.rules[id].facts[i-1].Status {
				t.Errorf("%s on %s changes nothing", id, f.Since)
			}
		}
	}
}

// isOfficial: the source is the platform's own text.
func isOfficial(id string) bool {
	s, _ := SourceByID(id)
	return s.Status == SourceOfficial
}

func TestEverySourceIsKnownAndUsed(t *testing.T) {
	used := map[string]bool{}
	cite := func(what string, sources []string) {
		if len(sources) == 0 {
			t.Errorf("%s rests on nothing", what)
		}
		for i, id := range sources {
			if _, ok := SourceByID(id); !ok {
				t.Errorf("%s rests on %s, which is not in the register", what, id)
			}
			if slices.Contains(sources[:i], id) {
				t.Errorf("%s names %s twice", what, id)
			}
			used[id] = true
		}
	}
	for _, id := range theBook.order {
		for _, f := range theBook.rules[id].facts {
			cite(id+" on "+f.Since.String(), f.Sources)
		}
	}
	for _, n := range theBook.notices {
		cite("notice "+n.code, n.sources)
	}
	for _, p := range theBook.providers {
		cite("provider "+p.ID, p.Sources)
	}
	for _, r := range theBook.errors {
		cite("error "+r.code, r.sources)
	}
	seen := map[string]bool{}
	for _, s := range Sources() {
		if seen[s.ID] {
			t.Errorf("source %s is registered twice", s.ID)
		}
		seen[s.ID] = true
		if !used[s.ID] {
			t.Errorf("nothing rests on source %s", s.ID)
		}
		if s.Title == "" || s.Publisher == "" || s.Language == "" || len(s.Date) < 4 {
			t.Errorf("source %s lacks a part: %+v", s.ID, s)
		}
		if s.URL != "" && !strings.HasPrefix(s.URL, "https://") {
			t.Errorf("source %s is at %q", s.ID, s.URL)
		}
	}
}

func TestPrimarySourcesAreRegistered(t *testing.T) {
	for _, id := range []string{"S000", "S001", "S002", "S003", "S004"} {
		if _, ok := SourceByID(id); !ok {
			t.Errorf("%s is not registered", id)
		}
	}
	if _, ok := SourceByID("S005"); ok {
		t.Error("a source that does not exist is found")
	}
}

func TestNoticesAreWellFormed(t *testing.T) {
	conditions := map[string]bool{}
	seen := map[string]bool{}
	for _, n := range theBook.notices {
		if seen[n.code] {
			t.Errorf("notice %s is written twice", n.code)
		}
		seen[n.code] = true
		if n.when != "" {
			conditions[n.when] = true
			if noticeConditions[n.when].holds == nil {
				t.Errorf("notice %s asks for %q, which is no condition", n.code, n.when)
			}
		}
		if n.until != 0 && n.until < n.since {
			t.Errorf("notice %s ends on %s, before it starts on %s", n.code, n.until, n.since)
		}
		for _, pattern := range n.types {
			one := noticeRule{types: []string{pattern}}
			if !slices.ContainsFunc(MessageTypes(""), one.matches) {
				t.Errorf("notice %s is for %s, which is no type", n.code, pattern)
			}
		}
	}
	if len(noticeConditions) != len(circumstances) {
		t.Errorf("%d circumstances have %d names", len(circumstances), len(noticeConditions))
	}
	for name := range noticeConditions {
		if !conditions[name] {
			t.Errorf("no notice asks for the condition %q", name)
		}
	}
}

// TestReadingsAreToldOf: each contested fact has a notice of its own name.
func TestReadingsAreToldOf(t *testing.T) {
	for _, r := range theBook.readings {
		if !slices.ContainsFunc(theBook.notices, func(n noticeRule) bool { return n.code == r.id }) {
			t.Errorf("the reading %s has no notice", r.id)
		}
	}
	want := map[string][]string{
		"zalo.consultation.free-cap":       {"unlimited", "8"},
		"zalo.consultation.manager-window": {"7d", "365d"},
		"zalo.broadcast.premium-cap":       {"6", "4"},
		"whatsapp.entry-point":             {"168h", "72h"}, // the second one stands in old links alone
		"whatsapp.na-authentication-2025":  {"0.0135", "0.0040"},
		"zalo.zns.post-sale-cap":           {"30", "4"},
		"zalo.zbs.price-list":              {"template", "public-list"},
		"zalo.zns.vat":                     {"10", "8"},
	}
	for id, values := range want {
		if got := Readings()[id]; !slices.Equal(got, values) {
			t.Errorf("reading %s offers %v, want %v", id, got, values)
		}
	}
	for id, values := range Readings() {
		if want[id] == nil && len(values) != 1 {
			t.Errorf("reading %s offers %v", id, values)
		}
	}
}

func TestEveryTypeHasAvailability(t *testing.T) {
	for _, k := range messageKinds {
		if availability[k.id] == nil || len(k.checks) == 0 || k.price == nil {
			t.Errorf("%s lacks a part", k.id)
		}
	}
	if len(availability) != len(messageKinds) {
		t.Errorf("%d types, %d availabilities", len(messageKinds), len(availability))
	}
	var listed []MessageType
	for _, c := range Channels() {
		listed = append(listed, MessageTypes(c)...)
	}
	if !slices.Equal(listed, MessageTypes("")) {
		t.Errorf("the channels hold %v", listed)
	}
	for _, c := range []struct {
		kind  MessageType
		on    string
		want  bool
		since string
	}{
		{ZaloTransaction, "2023-04-17", false, ""}, {ZaloTransaction, "2023-04-18", true, "2023-04-18"},
		{ZaloTransaction, "2026-03-01", false, "2026-03-01"}, {ZNSFollower, "2000-01-01", true, ""},
		{WhatsAppService, "2022-02-01", true, "2022-02-01"}, {"smoke.signal", "2024-01-01", false, ""},
	} {
		got, since := Available(c.kind, day(t, c.on))
		if got != c.want || since.String() != c.since {
			t.Errorf("%s on %s: %t since %q, want %t since %q", c.kind, c.on, got, since, c.want, c.since)
		}
	}
}

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestConversionTableAgreesWithTheTier(t *testing.T) {
	if n := len(theBook.conversions); n != 12 {
		t.Fatalf("%d rows, want 12", n)
	}
	err := eachRow(bookFiles, "book/zns-conversion.csv", "old,new,tags", func(c []string) error {
		quota, err := strconv.ParseInt(c[1], 10, 64)
		if err != nil {
			return err
		}
		tags := "0 1 2 3 4"
		if quota >= postSaleTier.facts[0].n {
			tags += " 5"
		}
		if c[2] != tags {
			t.Errorf("row %s allows tags %s; its quota of %d allows %s", c[0], c[2], quota, tags)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// cardNames lists the rate cards of the folder in alphabetical order.
func cardNames(t *testing.T) []string {
	t.Helper()
	entries, err := bookFiles.ReadDir("book/cards")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".csv"); ok && name != "markets" && name != "tiers" && !strings.HasPrefix(name, "tiers-") {
			names = append(names, name)
		} else if !ok {
			t.Errorf("%s is no card", path.Join("book/cards", e.Name()))
		}
	}
	return names
}

func TestEveryCardIsInForceOnce(t *testing.T) {
	var inForce []string
	for currency, register := range whatsappCards {
		for _, f := range register.facts {
			if f.Value == none {
				continue
			}
			inForce = append(inForce, f.Value)
			if want := strings.ToLower(currency) + "-" + f.Since.String(); f.Value != want && f.Value != want+"-per-conversation" {
				t.Errorf("the card in %s from %s is called %s", currency, f.Since, f.Value)
			}
		}
	}
	slices.Sort(inForce)
	if names := cardNames(t); !slices.Equal(names, inForce) {
		t.Errorf("the folder has %v, the book puts %v in force", names, inForce)
	}
}

func TestTiersAreContiguous(t *testing.T) {
	for _, name := range cardNames(t) {
		c, err := readCard(bookFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		for key, rates := range c {
			next := int64(1)
			for i, r := range rates {
				if r.from != next {
					t.Errorf("%s, %s %s: tier %d starts at %d, want %d", name, key.market, key.category, i, r.from, next)
				}
				if last := i == len(rates)-1; last != (r.to == 0) {
					t.Errorf("%s, %s %s: tier %d ends at %d", name, key.market, key.category, i, r.to)
				}
				next = r.to + 1
				if !slices.Contains(statuses, r.status) {
					t.Errorf("%s, %s %s has the status %q", name, key.market, key.category, r.status)
				}
				if r.price.IsNegative() || i > 0 && r.price.GreaterThan(rates[i-1].price) {
					t.Errorf("%s, %s %s: tier %d costs %s", name, key.market, key.category, i, r.price)
				}
			}
		}
	}
	for _, sheet := range sheetNames() {
		for key, steps := range theBook.shelf.sheet(sheet) {
			next := int64(1)
			for i, s := range steps {
				if s.from != next || (i == len(steps)-1) != (s.to == 0) {
					t.Errorf("%s, %s %s: step %d is %d to %d", sheet, key.market, key.category, i, s.from, s.to)
				}
				next = s.to + 1
				if i == 0 && !s.factor.Equal(decimal.NewFromInt(1)) || s.factor.GreaterThan(decimal.NewFromInt(1)) || !s.factor.IsPositive() {
					t.Errorf("%s, %s %s: step %d takes the list rate times %s", sheet, key.market, key.category, i, s.factor)
				}
			}
		}
	}
}

// sheetNames are the sheets of volume tiers that a card is registered for.
func sheetNames() []string {
	var names []string
	for _, row := range theBook.shelf.sheetRows() {
		names = append(names, row.sheet)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestEverySheetOfTiersIsForCardsOfTheBook: each line of the register names a
// card and a sheet that are there, and a card only once.
func TestEverySheetOfTiersIsForCardsOfTheBook(t *testing.T) {
	cards := cardNames(t)
	met := map[string]bool{}
	for _, row := range theBook.shelf.sheetRows() {
		if !slices.Contains(cards, row.card) || met[row.card] {
			t.Errorf("tiers.csv: %s is no card, or stands there twice", row.card)
		}
		met[row.card] = true
		if len(theBook.shelf.sheet(row.sheet)) == 0 {
			t.Errorf("tiers.csv: %s is empty", row.sheet)
		}
		card, err := readCard(bookFiles, row.card)
		if err != nil {
			t.Fatal(err)
		}
		for key := range card {
			tiered := key.category == utility || key.category == authentication
			if tiered && theBook.shelf.sheet(row.sheet)[key] == nil && !slices.Contains(withoutTiers, key.market) {
				t.Errorf("tiers.csv: %s has no rows for %s %s of the card %s: if it has no tiers, list it in withoutTiers", row.sheet, key.market, key.category, row.card)
			}
		}
	}
}

// withoutTiers are the markets of cards with a sheet that have no tiers of their own.
var withoutTiers []string

// TestPrintedTiersAreTheListRateDiscounted: the rule by which earlier tiers are
// derived holds on the one sheet that prints them all.
func TestPrintedTiersAreTheListRateDiscounted(t *testing.T) {
	c, err := readCard(bookFiles, "usd-2026-10-01")
	if err != nil {
		t.Fatal(err)
	}
	for key, steps := range theBook.shelf.sheet("tiers-2026-10-01") {
		rates := c[key]
		if len(rates) != len(steps) {
			t.Errorf("%s %s has %d rates and %d steps", key.market, key.category, len(rates), len(steps))
			continue
		}
		for i, s := range steps {
			if want := rates[0].price.Mul(s.factor).Round(tierDecimals); !rates[i].price.Equal(want) || rates[i].from != s.from {
				t.Errorf("%s %s: tier %d from %d at %s, the schedule makes it %d at %s", key.market, key.category, i, rates[i].from, rates[i].price, s.from, want)
			}
		}
	}
	for key, rates := range c {
		if tiered := key.category != marketing && key.category != service; tiered != (len(rates) > 1) {
			t.Errorf("%s %s has %d tiers", key.market, key.category, len(rates))
		}
	}
}

// TestMarketsAreInTheirCards: on every day on which a card comes into force or
// a market changes, each country's market is in the card, with every category.
func TestMarketsAreInTheirCards(t *testing.T) {
	days := map[Date]bool{}
	for _, f := range whatsappCards["USD"].facts {
		days[f.Since] = true
	}
	spansOf := markets()
	for country, spans := range spansOf {
		if country != "*" && !IsCountry(country) {
			t.Errorf("%s is no country", country)
		}
		spans = slices.Clone(spans)
		slices.SortFunc(spans, func(a, b marketSpan) int { return int(a.since - b.since) })
		for i, s := range spans {
			days[max(s.since, whatsappCards["USD"].facts[0].Since)] = true
			if i == 0 && s.since != 0 || (i == len(spans)-1) != (s.until == 0) {
				t.Errorf("%s is in %s from %q to %q", country, s.market, s.since, s.until)
			}
			if i > 0 && spans[i-1].until.AddDays(1) != s.since {
				t.Errorf("%s leaves %s on %s and enters %s on %s", country, spans[i-1].market, spans[i-1].until, s.market, s.since)
			}
		}
	}
	if len(spansOf["*"]) != 1 || spansOf["*"][0].market != otherMarket {
		t.Errorf("the other countries are in %v", spansOf["*"])
	}
	for currency, register := range whatsappCards {
		for _, d := range slices.Sorted(maps.Keys(days)) {
			if f := register.on(d); f != nil {
				checkCardOnDay(t, currency, f, d)
			}
		}
	}
}

// isOnCard: the cards in rupees since 2026 have India alone, and no replies.
func isOnCard(card, market string) bool {
	return !strings.HasPrefix(card, "inr-2026-") || market == "India"
}

// checkCardOnDay checks that a card has just the markets of a day, with every
// category of the day.
func checkCardOnDay(t *testing.T, currency string, f *Fact, d Date) {
	t.Helper()
	c := theBook.shelf.card(f.Value)
	used := map[string]bool{}
	for _, country := range Countries() {
		if market := Market(country, d); isOnCard(f.Value, market) {
			used[market] = true
		}
	}
	for _, market := range slices.Sorted(maps.Keys(used)) {
		for _, category := range []category{marketing, utility, authentication} {
			if len(c[cardKey{market, category}]) == 0 {
				t.Errorf("on %s the card %s has no %s in %s", d, f.Value, category, market)
			}
		}
		if d >= 20261001 && currency != "INR" && len(c[cardKey{market, service}]) == 0 {
			t.Errorf("on %s there is no service rate in %s in %s", d, currency, market)
		}
	}
	for key := range c {
		if !used[key.market] && d == f.Since {
			t.Errorf("on %s no country is in %s of the card %s", d, key.market, f.Value)
		}
	}
}

func TestBrokenBooksAreRefused(t *testing.T) {
	fresh := func() *bookData { return &bookData{rules: map[string]*rule{}} }
	for _, c := range []struct {
		name  string
		facts [][2]string // since, value
		good  bool
	}{
		{"in order", [][2]string{{"", "1"}, {"2024-01-01", "2"}, {"2024-01-02", "none"}}, true},
		{"the same day twice", [][2]string{{"2024-01-01", "1"}, {"2024-01-01", "2"}}, false},
		{"out of order", [][2]string{{"2024-01-02", "1"}, {"2024-01-01", "2"}}, false},
		{"an open beginning at the end", [][2]string{{"2024-01-02", "1"}, {"", "2"}}, false},
		{"a day that is none", [][2]string{{"2024-02-30", "1"}}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := fresh(), error(nil)
			for _, f := range c.facts {
				if e := b.addFact("x", f[0], f[1], "official", "S000"); e != nil {
					err = e
				}
			}
			if (err == nil) != c.good {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("a rule that is missing", func(t *testing.T) {
		defer func() {
			if recover() == nil {
				t.Error("the code goes on without its rule")
			}
		}()
		theBook.rule("no.such.rule")
	})
	t.Run("a table under another header", func(t *testing.T) {
		if err := eachRow(bookFiles, "book/readings.csv", "id,value", func([]string) error { return nil }); err == nil {
			t.Error("it is read")
		}
	})
	t.Run("a table that is not there", func(t *testing.T) {
		if _, err := readCard(bookFiles, "usd-1999-01-01"); err == nil {
			t.Error("it is read")
		}
	})
}

// TestFactsInForce pins the day before, the day and the day after of rules that
// change, as their documents date them.
func TestFactsInForce(t *testing.T) {
	for _, c := range []struct{ id, on, value string }{
		{"zalo.uid.transaction.price", "2023-06-20", "0"}, {"zalo.uid.transaction.price", "2023-06-21", "165"},
		{"zalo.uid.api-versions", "2023-06-20", "v2 v3"}, {"zalo.uid.api-versions", "2023-06-21", "v3"},
		{"zalo.zns-follower.available", "2023-06-19", "yes"}, {"zalo.zns-follower.available", "2023-06-20", "no"},
		{"zalo.zns.tag", "2024-03-11", "content-level"}, {"zalo.zns.tag", "2024-03-12", "daily-quota"},
		{"zalo.zns.tag", "2025-12-31", "daily-quota"}, {"zalo.zns.tag", "2026-01-01", "every-tier"},
		{"zalo.zns.post-sale-daily-share", "2024-10-31", "25"}, {"zalo.zns.post-sale-daily-share", "2024-11-01", ""},
		{"zalo.zns.promotion-quota", "2024-10-31", ""}, {"zalo.zns.promotion-quota", "2024-11-01", "6"},
		{"zalo.zns.quality.lowered-at", "2024-03-11", "medium low"}, {"zalo.zns.quality.lowered-at", "2024-03-12", "low"},
		{"messenger.human-agent.available", "2021-06-01", "no"}, {"messenger.human-agent.available", "2021-06-02", "yes"},
		{"whatsapp.unit", "2025-06-30", "conversation"}, {"whatsapp.unit", "2025-07-01", "message"},
		{"zalo.zns.post-sale-tier", "2025-12-31", "20000"}, {"zalo.zns.post-sale-tier", "2026-01-01", ""},
		{"zalo.zns.post-sale-conditions", "2024-03-11", "level-5 extra-conditions"}, {"zalo.zns.post-sale-conditions", "2024-03-12", ""},
		{"zalo.zns.interaction-based", "2024-03-11", "trial-accounts"}, {"zalo.zns.interaction-based", "2024-03-12", ""},
		{"zalo.zns.interface", "2024-03-11", "unchanged"}, {"zalo.zns.interface", "2024-03-12", "same-request new-quota-values"},
		{"zalo.uid.transaction.tools-announced", "2026-02-28", "oa-manager-web oa-manager-mini-app"}, {"zalo.uid.transaction.tools-announced", "2026-03-01", ""},
		{"zalo.zns.quality.wait-days", "2024-03-12", "7"}, {"zalo.zns.care-months", "2025-08-06", "6"}, {"zalo.support.answer-hours", "2024-03-12", "24"},
		{"whatsapp.conversation.hours", "2025-06-30", "24"}, {"whatsapp.conversation.hours", "2025-07-01", ""},
		{"whatsapp.unit", "2022-01-31", ""}, {"no.such.rule", "2024-01-01", ""},
	} {
		f, ok := RuleOn(c.id, day(t, c.on))
		if f.Value != c.value || ok != (c.value != "") {
			t.Errorf("%s on %s is %q (%t), want %q", c.id, c.on, f.Value, ok, c.value)
		}
	}
}

func TestCountriesAreInOrder(t *testing.T) {
	codes := Countries()
	if len(codes) != 250 { // the 249 of ISO 3166-1 and Kosovo
		t.Errorf("%d countries", len(codes))
	}
	if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Error("the countries are not in alphabetical order, each once")
	}
	for _, code := range codes {
		if !IsCountry(code) {
			t.Errorf("%s is listed and not found", code)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		on   string
		days int
		want string
	}{
		{"2024-02-28", 1, "2024-02-29"}, {"2023-02-28", 1, "2023-03-01"}, {"2024-01-01", -1, "2023-12-31"}, {"2025-12-31", 1, "2026-01-01"}, {"2024-06-10", 0, "2024-06-10"},
	} {
		if got := day(t, c.on).AddDays(c.days).String(); got != c.want {
			t.Errorf("%s and %d days is %s, want %s", c.on, c.days, got, c.want)
		}
	}
	if year, month, d := day(t, "2024-06-10").Split(); year != 2024 || month != 6 || d != 10 {
		t.Errorf("split into %d, %d, %d", year, month, d)
	}
}

// TestWeekdaysAreThoseOfTheCalendar compares with the standard library, over leap years
// and the centuries that are none.
func TestWeekdaysAreThoseOfTheCalendar(t *testing.T) {
	for _, from := range []string{"0001-01-01", "1899-12-01", "1999-12-01", "2026-11-01", "2099-12-01", "9998-12-01"} {
		for n := range 800 {
			d := day(t, from).AddDays(n)
			if d == 0 {
				break
			}
			at, err := time.Parse(time.DateOnly, d.String())
			if err != nil {
				t.Fatal(err)
			}
			if got := d.Weekday(); got != int(at.Weekday()) {
				t.Fatalf("%s is day %d, want %s", d, got, at.Weekday())
			}
			if d.String() == "9999-12-31" {
				break
			}
		}
	}
}

// TestDivisionIsExactOrRounded covers the quotient that no price of today needs.
func TestDivisionIsExactOrRounded(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"6050", "110", "55"}, {"1", "8", "0.125"}, {"1", "3", "0.333333"}, {"2", "3", "0.666667"}, {"1", "7", "0.142857"}, {"0", "110", "0"}, {"1", "1024", "0.0009765625"},
	} {
		if got := divide(decimal.RequireFromString(c.a), decimal.RequireFromString(c.b)).String(); got != c.want {
			t.Errorf("%s / %s is %s, want %s", c.a, c.b, got, c.want)
		}
	}
	included := line("x", 1, price{unit: decimal.NewFromInt(100), tax: decimal.NewFromInt(8), included: true})
	if included.Net.String() != "92.592593" || included.Tax.String() != "7.407407" || !included.Net.Add(included.Tax).Equal(included.Gross) {
		t.Errorf("100 with 8 per cent holds %s and %s", included.Net, included.Tax)
	}
}

// TestGoldenFirstDays records the day on which each rule begins: a date that slips
// is seen, and a new rule is one more line.
func TestGoldenFirstDays(t *testing.T) {
	var b strings.Builder
	for _, id := range slices.Sorted(slices.Values(theBook.order)) {
		day := theBook.rules[id].facts[0].Since.String()
		b.WriteString(id + ": " + cmp.Or(day, "not known") + "\n")
	}
	golden(t, "first-days.txt", b.String(), func(text string) map[string]string {
		days := map[string]string{}
		for line := range strings.Lines(text) {
			id, day, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			days[id] = day
		}
		return days
	})
}

func TestNoticeCodesAreListed(t *testing.T) {
	codes := NoticeCodes()
	if len(codes) != len(theBook.notices) || !slices.Contains(codes, "messenger.tags-end") {
		t.Errorf("got %v", codes)
	}
}
