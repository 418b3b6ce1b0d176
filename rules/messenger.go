package rules

import (
	"slices"
	"strconv"
)

// Messages of a Facebook page by Messenger.
var (
	messengerWindow     = theBook.rule("messenger.standard.window")
	messengerTagContent = theBook.rule("messenger.tags.content")
	humanAgentWindow    = theBook.rule("messenger.human-agent.window")
	humanAgentContent   = theBook.rule("messenger.human-agent.content")
	oneTimeConsent      = theBook.rule("messenger.one-time-notification.consent")
	oneTimeCap          = theBook.rule("messenger.one-time-notification.cap")
	messengerPrice      = theBook.rule("messenger.price")

	utilityCountries  = theBook.rule("messenger.utility-message.countries")
	utilityTemplate   = theBook.rule("messenger.utility-message.template")
	utilityContent    = theBook.rule("messenger.utility-message.content")
	marketingConsent  = theBook.rule("messenger.marketing-message.consent")
	marketingSenders  = theBook.rule("messenger.marketing-message.sender-countries")
	marketingBlocked  = theBook.rule("messenger.marketing-message.blocked-countries")
	marketingDailyCap = theBook.rule("messenger.marketing-message.daily-cap")
	recurringConsent  = theBook.rule("messenger.recurring-notification.consent")
	recurringCooldown = theBook.rule("messenger.recurring-notification.cooldown")
	recurringLeft     = theBook.rule("messenger.recurring-notification.countries")
	sponsoredSilence  = theBook.rule("messenger.sponsored-message.silence")
	sponsoredWindow   = theBook.rule("messenger.sponsored-message.window")
	privateWindow     = theBook.rule("messenger.private-reply.window")
	privateCap        = theBook.rule("messenger.private-reply.cap")
	feedbackWindow    = theBook.rule("messenger.customer-feedback.window")
	feedbackContent   = theBook.rule("messenger.customer-feedback.content")
	newsPage          = theBook.rule("messenger.news.identity")
	newsContent       = theBook.rule("messenger.news.content")
	euMembers         = theBook.rule("messenger.eu-members")
	europeJapan       = theBook.rule("messenger.europe-japan")

	// messengerPrices are the prices of the types that have one of their own.
	messengerPrices = rulesOf("", ".price", MessengerUtility, MessengerMarketing, MessengerRecurring, MessengerSponsored)
)

func messengerKinds() []*messageKind {
	kind := func(t MessageType, checks ...*condition) *messageKind {
		return &messageKind{id: t, channel: ChannelMessenger, currency: "VND", price: priceMessenger, checks: checks}
	}
	return []*messageKind{
		kind(MessengerStandard, &available, &inMessengerWindow),
		kind(MessengerEventUpdate, &available, &tagIsUnpromotional),
		kind(MessengerPostPurchase, &available, &tagIsUnpromotional),
		kind(MessengerAccountUpdate, &available, &tagIsUnpromotional),
		kind(MessengerHumanAgent, &available, &inHumanAgentWindow, &byAHuman),
		kind(MessengerOneTime, &available, &oneTimeIsAgreed, &oneForEachToken),
		kind(MessengerUtility, &available, &utilityIsApproved, &utilityIsUnpromotional, &utilityFromCountry),
		kind(MessengerMarketing, &available, &marketingIsAgreed, &marketingCountries, &marketingIsUnderCap),
		kind(MessengerRecurring, &available, &recurringIsAgreed, &recurringToCountry, &recurringIsUnderCap),
		kind(MessengerSponsored, &available, &sponsoredWindows),
		kind(MessengerPrivateReply, &available, &inPrivateReplyWindow, &oneForEachComment),
		kind(MessengerFeedback, &available, &inFeedbackWindow, &feedbackIsUnpromotional),
		kind(MessengerNews, &available, &pageMaySendNews, &newsIsUnpromotional),
	}
}

var (
	inMessengerWindow    = condition{code: "window", looks: hoursLooks, rule: &messengerWindow}
	inHumanAgentWindow   = condition{code: "window", looks: hoursLooks, rule: &humanAgentWindow}
	inPrivateReplyWindow = condition{code: "window", looks: hoursLooks, rule: &privateWindow}
	inFeedbackWindow     = condition{code: "window", looks: hoursLooks, rule: &feedbackWindow}

	tagIsUnpromotional      = condition{code: "content", looks: promotionalLooks, rule: &messengerTagContent, outcome: isUnpromotional}
	utilityIsUnpromotional  = condition{code: "content", looks: promotionalLooks, rule: &utilityContent, outcome: isUnpromotional}
	feedbackIsUnpromotional = condition{code: "content", looks: promotionalLooks, rule: &feedbackContent, outcome: isUnpromotional}
	newsIsUnpromotional     = condition{code: "content", looks: promotionalLooks, rule: &newsContent, outcome: isUnpromotional}

	oneTimeIsAgreed   = condition{code: "consent", looks: optedInLooks, rule: &oneTimeConsent, outcome: hasOptedIn}
	marketingIsAgreed = condition{code: "consent", looks: optedInLooks, rule: &marketingConsent, outcome: hasOptedIn}
	recurringIsAgreed = condition{code: "consent", looks: optedInLooks, rule: &recurringConsent, outcome: hasOptedIn}

	byAHuman = condition{code: "content", looks: []look{{field: "message.promotional"}, {field: "message.automated"}},
		run: func(e *evaluation, _ *Segment, in *inspection) {
			in.gate("content", humanAgentContent, both(not(e.s.Message.Promotional), not(e.s.Message.Automated)))
		}}

	// One token, one message: what they got before rests on other tokens.
	oneForEachToken = condition{code: "cap", looks: []look{{field: "perRecipient"}}, run: func(e *evaluation, g *Segment, in *inspection) {
		f := oneTimeCap.latest(e.s.On)
		in.cut("cap", oneTimeCap, min(e.perRecipient, f.n)*g.Recipients.Or(0), f.Value)
	}}

	utilityIsApproved = condition{code: "template", looks: approvedLooks, rule: &utilityTemplate, outcome: isApproved}
	// Pages of a few countries only, while it was a beta.
	utilityFromCountry = condition{code: "country", looks: []look{{field: "sender.country"}}, when: func(e *evaluation) bool { return utilityCountries.on(e.s.On) != nil },
		run: func(e *evaluation, _ *Segment, in *inspection) {
			in.gate("country", utilityCountries, isIn(e, utilityCountries.on(e.s.On), e.s.Sender.Country))
		}}

	// From pages of some countries to people outside others.
	marketingCountries = condition{code: "country", looks: []look{{field: "sender.country"}, {field: "audience.country"}}, run: func(e *evaluation, g *Segment, in *inspection) {
		sender := isIn(e, marketingSenders.latest(e.s.On), e.s.Sender.Country)
		recipient := opposite(isIn(e, marketingBlocked.latest(e.s.On), g.Country))
		r := marketingSenders // the check rests on the part that decides
		if sender == Pass || sender == Unknown && recipient == Fail {
			r = marketingBlocked
		}
		in.gate("country", r, both(sender, recipient))
	}}
	marketingIsUnderCap = condition{code: "cap", looks: receivedLooks, rule: &marketingDailyCap, limit: func(e *evaluation) int64 { return marketingDailyCap.latest(e.s.On).n * daysOfMonth(e) }}

	// Since the feature has ended elsewhere, to people of a few countries only.
	recurringToCountry = condition{code: "country", looks: []look{{field: "audience.country"}}, when: func(e *evaluation) bool { return recurringLeft.on(e.s.On) != nil },
		run: func(e *evaluation, g *Segment, in *inspection) {
			in.gate("country", recurringLeft, isIn(e, recurringLeft.on(e.s.On), g.Country))
		}}
	recurringIsUnderCap = condition{code: "cap", looks: receivedLooks, rule: &recurringCooldown, limit: func(e *evaluation) int64 {
		return ceilDiv(24*daysOfMonth(e), recurringCooldown.latest(e.s.On).n)
	}}

	// An ad to people of an old conversation, who have been silent for a day and
	// not for longer than a year.
	sponsoredWindows = condition{code: "window", looks: []look{{field: "audience.hoursSinceInteraction"}}, run: func(e *evaluation, g *Segment, in *inspection) {
		silence, window := sponsoredSilence.latest(e.s.On), sponsoredWindow.latest(e.s.On)
		switch {
		case !g.Recency.Known():
			in.unknown("window", sponsoredWindow)
		case g.Recency.within(silence):
			in.limitedGate("window", sponsoredSilence, Fail, silence.Value)
		default:
			in.limitedGate("window", sponsoredWindow, told(Some(g.Recency.within(window))), window.Value)
		}
	}}

	// One message to who commented, for each comment.
	oneForEachComment = condition{code: "cap", looks: []look{{field: "perRecipient"}, {field: "audience.interactions"}}, run: func(e *evaluation, g *Segment, in *inspection) {
		limit := privateCap.latest(e.s.On).n * g.Interactions.Or(1)
		in.cut("cap", privateCap, min(e.perRecipient, limit)*g.Recipients.Or(0), strconv.FormatInt(limit, 10))
	}}

	pageMaySendNews = condition{code: "identity", looks: []look{{field: "sender.newsPage"}}, rule: &newsPage, outcome: func(e *evaluation, _ *Segment) Outcome { return told(e.s.Sender.NewsPage) }}
)

func daysOfMonth(e *evaluation) int64 {
	year, month, _ := e.s.On.Split()
	return int64(daysIn(year, month))
}

// isIn tells whether a country is on a list of countries, where EU stands for
// the members of the European Union on the day.
func isIn(e *evaluation, list *Fact, country string) Outcome {
	if country == "" {
		return Unknown
	}
	return told(Some(list.has(country) || list.has("EU") && isEUMember(country, e.s.On)))
}

func isEUMember(country string, day Date) bool {
	members := euMembers.on(day)
	return members != nil && members.has(country)
}

// isEuropeOrJapan reports whether a country is one for which Meta switched
// parts of Messenger off.
func isEuropeOrJapan(country string, day Date) bool {
	f := europeJapan.on(day)
	return f != nil && country != "" && slices.ContainsFunc(f.words, func(w string) bool {
		return w == country || w == "EU" && isEUMember(country, day)
	})
}

// opposite turns a pass into a fail and a fail into a pass.
func opposite(o Outcome) Outcome {
	switch o {
	case Pass:
		return Fail
	case Fail:
		return Pass
	default:
		return o
	}
}

// priceMessenger: most of it is free; the rest has a price of its own, or none
// that anyone publishes.
func priceMessenger(e *evaluation, i int, _ *Segment, q *SegmentQuote) bool {
	r := messengerPrices[e.kind.id]
	if r == nil {
		r = messengerPrice
	}
	p, ok := e.bookPrice(r, e.userTax(), false)
	switch {
	case !ok:
		q.Charged = q.delivered()
	case p.unit.IsZero():
		q.Free = q.delivered()
	default:
		q.Charged = q.delivered()
		e.charge(i, string(e.kind.id[len("messenger."):]), q.Charged, p)
	}
	return ok
}
