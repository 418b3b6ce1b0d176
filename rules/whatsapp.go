package rules

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Messages by the WhatsApp Business Platform.
var (
	whatsappWindow          = theBook.rule("whatsapp.window")
	whatsappConsent         = theBook.rule("whatsapp.consent")
	whatsappTemplate        = theBook.rule("whatsapp.template")
	whatsappCountries       = theBook.rule("whatsapp.marketing.blocked-countries")
	whatsappBlocked         = theBook.rule("whatsapp.blocked-countries")
	whatsappUnit            = theBook.rule("whatsapp.unit")
	whatsappTiers           = theBook.rule("whatsapp.tiers")
	whatsappServicePrice    = theBook.rule("whatsapp.service.price")
	whatsappServiceFree     = theBook.rule("whatsapp.service.free-messages")
	whatsappServiceExempt   = theBook.rule("whatsapp.service.exempt")
	whatsappUtilityInWindow = theBook.rule("whatsapp.utility.in-window")
	whatsappEntryPoint      = theBook.rule("whatsapp.entry-point")
	whatsappUnpricedAuth    = theBook.rule("whatsapp.authentication.unpriced-markets")
	whatsappFreeTalks       = theBook.rule("whatsapp.conversation.free")
	whatsappFreeTalkKinds   = theBook.rule("whatsapp.conversation.free-kinds")
	whatsappLimitLevels     = theBook.rule("whatsapp.messaging-limit.levels")
	whatsappAuthMarkets     = theBook.rule("whatsapp.international-authentication.countries")
	aiProviderCharge        = theBook.rule("whatsapp.ai-providers.charge")
	callingBlocked          = theBook.rule("whatsapp.calling.blocked-countries")
	whatsappUserLimitExempt = theBook.rule("whatsapp.marketing.user-limit.exempt-countries")

	// The register of the rate cards, by the currency they are printed in.
	whatsappCards, billingCurrencies = theBook.useCards()
)

// defaultCurrency is what a WhatsApp account is billed in unless it says so.
const defaultCurrency = "USD"

// BillingCurrencies lists the currencies that the book has WhatsApp rate cards
// in, as ISO 4217 codes, the default first.
func BillingCurrencies() []string { return slices.Clone(billingCurrencies) }

func whatsappKinds() []*messageKind {
	kind := func(t MessageType, prices []look, checks ...*condition) *messageKind {
		k := &messageKind{id: t, channel: ChannelWhatsApp, currency: defaultCurrency, price: priceWhatsApp, prices: prices, checks: checks}
		if t != WhatsAppService {
			k.schedule, k.schedules = scheduleWhatsApp, whatsappScheduleLooks
		}
		return k
	}
	return []*messageKind{
		kind(WhatsAppService, serviceLooks, &available, &inWhatsAppWindow, &toServedCountry),
		kind(WhatsAppUtility, utilityLooks, &available, &whatsappIsAgreed, &whatsappIsApproved, &toServedCountry),
		kind(WhatsAppAuthentication, authenticationLooks, &available, &whatsappIsAgreed, &whatsappIsApproved, &toServedCountry),
		kind(WhatsAppMarketing, whatsappLooks, &available, &whatsappIsAgreed, &whatsappIsApproved, &marketingToCountry),
	}
}

// What decides the prices: for every type, and then for each.
var (
	whatsappLooks = []look{
		{field: "audience.country"}, {field: "sender.billingCurrency"}, {field: "audience.freeEntryPoint", while: &whatsappEntryPoint},
		{field: "sender.freeConversationsUsed", while: &whatsappFreeTalks, when: hasFreeConversations},
	}
	serviceLooks = append([]look{
		{field: "sender.exempt", while: &whatsappServiceExempt},
		{field: "sender.freeServiceUsed", while: &whatsappServiceFree, when: paysForService},
		{field: "sender.phoneNumbers", while: &whatsappServiceFree, when: paysForService},
	}, whatsappLooks...)
	utilityLooks = append([]look{
		{field: "audience.hoursSinceInteraction", when: isFreeInWindow}, {field: "sender.chargedThisMonth", while: &whatsappTiers},
	}, whatsappLooks...)
	authenticationLooks = append([]look{
		{field: "sender.chargedThisMonth", while: &whatsappTiers},
		{field: "sender.internationalAuth"},
		{field: "sender.country", when: func(e *evaluation) bool { return e.s.Sender.InternationalAuth }},
		{field: "assume." + contestedRate, of: isRateContested},
	}, whatsappLooks...)
)

// contestedRate is the reading of the one rate that the cards have as contested.
const contestedRate = "whatsapp.na-authentication-2025"

// isRateContested: the card has more than one rate for the people.
func isRateContested(e *evaluation, g *Segment) bool {
	name := whatsappCards[e.currency].on(e.s.On)
	if name == nil {
		return false
	}
	list, ok := theBook.shelf.rates(name.Value, Market(g.Country, e.s.On), e.kind.id.category(), false)
	return ok && list[0].status == Contested
}

// paysForService: the sender is none of those who get all replies free.
func paysForService(e *evaluation) bool {
	return !e.s.Sender.Exempt || whatsappServiceExempt.on(e.s.On) == nil
}

// hasFreeConversations: those of the type are among the free ones of the month.
func hasFreeConversations(e *evaluation) bool {
	kinds := whatsappFreeTalkKinds.on(e.s.On)
	return kinds != nil && kinds.has(string(e.kind.id.category()))
}

// whatsappScheduleLooks are at the limit on people outside the window in a day.
var whatsappScheduleLooks = []look{
	{field: "sender.messagingLimit"},
	{field: "audience.hoursSinceInteraction", when: func(e *evaluation) bool { return e.s.Sender.MessagingLimit.Known() }},
}

var (
	inWhatsAppWindow   = condition{code: "window", looks: hoursLooks, rule: &whatsappWindow}
	whatsappIsAgreed   = condition{code: "consent", looks: optedInLooks, rule: &whatsappConsent, outcome: hasOptedIn}
	whatsappIsApproved = condition{code: "template", looks: approvedLooks, rule: &whatsappTemplate, outcome: isApproved}
	toServedCountry    = condition{code: "country", looks: countryLooks, rule: &whatsappBlocked, outcome: isServed}
	marketingToCountry = condition{code: "country", looks: countryLooks, run: func(e *evaluation, g *Segment, in *inspection) {
		r, outcome := whatsappBlocked, isServed(e, g)
		if refused := whatsappCountries.on(e.s.On); refused != nil && outcome == Pass {
			r, outcome = whatsappCountries, told(Some(!refused.has(g.Country)))
		}
		in.gate("country", r, outcome)
	}}
	countryLooks = []look{{field: "audience.country"}}
)

// isServed: WhatsApp delivers to the country at all.
func isServed(e *evaluation, g *Segment) Outcome {
	return told(Some(!whatsappBlocked.latest(e.s.On).has(g.Country)))
}

// isFreeInWindow: utility messages inside the 24-hour window cost nothing.
func isFreeInWindow(e *evaluation) bool {
	f := whatsappUtilityInWindow.on(e.s.On)
	return e.kind.id == WhatsAppUtility && f != nil && f.Value == "0"
}

func priceWhatsApp(e *evaluation, i int, seg *Segment, q *SegmentQuote) bool {
	if e.s.On < firstDay(e, whatsappUnit, "message") {
		return priceConversations(e, i, seg, q)
	}
	return priceMessages(e, i, seg, q)
}

// firstDay is the day from which a rule has a value.
func firstDay(e *evaluation, r *rule, value string) Date {
	for i := range r.facts {
		if r.facts[i].Value == value {
			return r.facts[i].Since
		}
	}
	return 0
}

// priceConversations prices by the 24-hour conversation: one a recipient, as
// all messages of a segment are taken as sent together.
func priceConversations(e *evaluation, i int, seg *Segment, q *SegmentQuote) bool {
	free := seg.FreeEntryPoint && e.tariff(whatsappEntryPoint) != nil
	if e.kind.id == WhatsAppService && e.tariff(whatsappServicePrice) != nil {
		free = true
	}
	if free {
		q.Free = q.delivered()
		return true
	}
	talks := seg.arriving(seg.Recipients.Or(0))
	if talks == 0 { // some messages arrive, but so few that no conversation is counted
		return e.wouldPrice(i, seg, q)
	}
	if gratis := takeFreeConversations(e, talks); gratis > 0 {
		talks -= gratis
		q.Free = min(gratis*e.perRecipient, q.delivered())
	}
	q.Charged = talks
	if talks == 0 {
		return true
	}
	if e.kind.id == WhatsAppService {
		return false
	}
	if e.kind.id == WhatsAppAuthentication && !authenticationPriced(seg.Country, e.s.On) {
		return false
	}
	c := e.kind.id.category()
	return chargeByCard(e, i, seg, c, q.Charged, nil)
}

// freeConversations is what is left of the month's free conversations: none
// unless the sender says how many it has used.
func freeConversations(e *evaluation) int64 {
	f := whatsappFreeTalks.on(e.s.On)
	used, known := e.s.Sender.FreeConversationsUsed.Get()
	if f == nil || !known {
		return 0
	}
	return max(0, f.n-used)
}

// takeFreeConversations uses up free conversations, where those of the type
// are among them, and returns how many.
func takeFreeConversations(e *evaluation, wanted int64) int64 {
	kinds := whatsappFreeTalkKinds.on(e.s.On)
	if e.left.conversations == 0 || kinds == nil || !kinds.has(string(e.kind.id.category())) {
		return 0
	}
	e.tariff(whatsappFreeTalks)
	taken := min(wanted, e.left.conversations)
	e.left.conversations -= taken
	return taken
}

// authenticationPriced reports whether the book has the authentication rates of
// a country: seven changed theirs between two cards.
func authenticationPriced(country string, on Date) bool {
	unpriced := whatsappUnpricedAuth.on(on)
	return unpriced == nil || !unpriced.has(country)
}

// category is the column of the rate cards that a type is priced by.
func (t MessageType) category() category { return category(t[len("whatsapp."):]) }

func priceMessages(e *evaluation, i int, seg *Segment, q *SegmentQuote) bool {
	switch {
	case seg.FreeEntryPoint && e.tariff(whatsappEntryPoint) != nil:
		q.Free = q.delivered()
	case e.kind.id == WhatsAppService:
		f := e.tariff(whatsappServicePrice)
		switch {
		case f == nil:
		case f.Value == "0" || !paysForService(e):
			q.Free = q.delivered()
		default:
			q.Free = min(e.left.service, q.delivered())
			e.left.service -= q.Free
		}
	case e.kind.id == WhatsAppUtility && seg.Recency.within(whatsappWindow.latest(e.s.On)):
		if f := e.tariff(whatsappUtilityInWindow); f != nil && f.Value == "0" {
			q.Free = q.delivered()
		}
	}
	if q.Charged = q.delivered() - q.Free; q.Charged == 0 {
		return true
	}
	c := e.kind.id.category()
	var counter *int64
	if c == utility || c == authentication {
		so := chargedIn(e, Market(seg.Country, e.s.On))
		before := *so
		*so += q.Charged
		counter = &before
	}
	return chargeByCard(e, i, seg, c, q.Charged, counter)
}

// A marketCounter counts the messages charged in a market.
type marketCounter struct {
	market  string
	charged int64
}

// chargedIn is the counter of a market in the month.
func chargedIn(e *evaluation, market string) *int64 {
	i := slices.IndexFunc(e.charged, func(c marketCounter) bool { return c.market == market })
	if i < 0 {
		i = len(e.charged)
		e.charged = append(e.charged, marketCounter{market, e.s.Sender.ChargedThisMonth})
	}
	return &e.charged[i].charged
}

// chargeByCard adds the lines for charged messages or conversations by the card
// of the day, one for each volume tier that they reach. The counter holds how
// many were charged before them in the month; nil means that tiers do not apply.
func chargeByCard(e *evaluation, i int, seg *Segment, c category, charged int64, counter *int64) bool {
	cards := whatsappCards[e.currency]
	name := e.tariff(cards)
	if name == nil {
		return false
	}
	market := Market(seg.Country, e.s.On)
	tiered := counter != nil && whatsappTiers.on(e.s.On) != nil && theBook.shelf.hasTiers(name.Value)
	list, ok := []rate(nil), false
	if c == authentication && e.s.Sender.InternationalAuth && seg.Country != e.s.Sender.Country {
		if list, ok = theBook.shelf.rates(name.Value, market, authInternational, tiered); ok {
			c = authInternational
		} else if abroad := whatsappAuthMarkets.on(e.s.On); abroad != nil && abroad.has(seg.Country) {
			return false // it has an international rate, which the card lacks
		}
	}
	if !ok {
		if list, ok = theBook.shelf.rates(name.Value, market, c, tiered); !ok {
			return false
		}
	}
	if other := e.s.Assume[contestedRate]; other != "" && list[0].status == Contested {
		list = theBook.shelf.discounted(name.Value, cardKey{market, c}, rate{1, 0, decimal.RequireFromString(other), Contested})
	}
	if !tiered {
		chargeAtRate(e, i, c, market, charged, &list[0], cards, false)
		return true
	}
	next, last := *counter+1, *counter+charged
	for k := range list {
		r := &list[k]
		end := last
		if r.to != 0 {
			end = min(last, r.to)
		}
		if next <= end {
			chargeAtRate(e, i, c, market, end-next+1, r, cards, true)
			next = end + 1
		}
	}
	return true
}

func chargeAtRate(e *evaluation, i int, c category, market string, quantity int64, r *rate, cards *rule, tiered bool) {
	l := e.charge(i, string(c), quantity, price{unit: r.price, tax: e.userTax(), rule: cards})
	l.Market, l.Status = market, r.status
	if tiered {
		l.TierFrom = r.from
	}
}

// exemptFromUserLimit reports whether WhatsApp does not limit how much marketing
// these people get: because of where they are, or of where the sender is.
func exemptFromUserLimit(e *evaluation, seg *Segment) bool {
	exempt := whatsappUserLimitExempt.on(e.s.On)
	return exempt != nil && (exempt.has(seg.Country) || exempt.has(e.s.Sender.Country))
}

// scheduleWhatsApp spreads templates over days by the messaging limit, which
// counts people outside the 24-hour window.
func scheduleWhatsApp(e *evaluation) *Schedule {
	limit, known := e.s.Sender.MessagingLimit.Get()
	if !known {
		return nil
	}
	var people int64
	for i := range e.s.Audience {
		seg := &e.s.Audience[i]
		if e.q.Segments[i].Deliverable > 0 && !seg.Recency.within(whatsappWindow.latest(e.s.On)) {
			people += seg.Recipients.Or(0)
		}
	}
	return &Schedule{limit, ceilDiv(people, limit)}
}
