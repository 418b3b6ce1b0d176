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
	messengerPrices = map[MessageType]*rule{
		MessengerUtility:   theBook.rule("messenger.utility-message.price"),
		MessengerMarketing: theBook.rule("messenger.marketing-message.price"),
		MessengerRecurring: theBook.rule("messenger.recurring-notification.price"),
		MessengerSponsored: theBook.rule("messenger.sponsored-message.price"),
	}
)

func messengerKinds() []*messageKind {
	kind := func(t MessageType, check func(*evaluation, *Segment, *inspection)) *messageKind {
		return &messageKind{id: t, channel: ChannelMessenger, currency: "VND", check: check, price: priceMessenger}
	}
	return []*messageKind{
		kind(MessengerStandard, checkMessengerStandard),
		kind(MessengerEventUpdate, checkMessengerTag),
		kind(MessengerPostPurchase, checkMessengerTag),
		kind(MessengerAccountUpdate, checkMessengerTag),
		kind(MessengerHumanAgent, checkHumanAgent),
		kind(MessengerOneTime, checkOneTimeNotification),
		kind(MessengerUtility, checkUtilityMessage),
		kind(MessengerMarketing, checkMarketingMessage),
		kind(MessengerRecurring, checkRecurringNotification),
		kind(MessengerSponsored, checkSponsoredMessage),
		kind(MessengerPrivateReply, checkPrivateReply),
		kind(MessengerFeedback, checkCustomerFeedback),
		kind(MessengerNews, checkNews),
	}
}

func checkMessengerStandard(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.window(messengerWindow, seg.Recency)
}

func checkMessengerTag(e *evaluation, _ *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("content", messengerTagContent, not(e.s.Message.Promotional))
}

func checkHumanAgent(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.window(humanAgentWindow, seg.Recency)
	in.gate("content", humanAgentContent, both(not(e.s.Message.Promotional), not(e.s.Message.Automated)))
}

func checkOneTimeNotification(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("consent", oneTimeConsent, told(seg.OptedIn))
	f := oneTimeCap.latest(e.s.On)
	// One token, one message: what they got before rests on other tokens.
	in.cut("cap", oneTimeCap, min(e.perRecipient, f.n)*seg.Recipients.Or(0), f.Value)
}

// checkUtilityMessage: an approved template without promotion, inside and
// outside the window; by pages of a few countries while it was a beta.
func checkUtilityMessage(e *evaluation, _ *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("template", utilityTemplate, told(e.s.Message.Template.Approved))
	in.gate("content", utilityContent, not(e.s.Message.Promotional))
	if beta := utilityCountries.on(e.s.On); beta != nil {
		in.gate("country", utilityCountries, e.isIn(beta, e.s.Sender.Country))
	}
}

// checkMarketingMessage: to subscribers, one a day, from pages of some countries
// to people outside others.
func checkMarketingMessage(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("consent", marketingConsent, told(seg.OptedIn))
	sender := e.isIn(marketingSenders.latest(e.s.On), e.s.Sender.Country)
	recipient := opposite(e.isIn(marketingBlocked.latest(e.s.On), seg.Country))
	r := marketingSenders // the check rests on the part that decides
	if sender == Pass || sender == Unknown && recipient == Fail {
		r = marketingBlocked
	}
	in.gate("country", r, both(sender, recipient))
	e.checkMonthlyCap(seg, in, marketingDailyCap, marketingDailyCap.latest(e.s.On).n*e.daysOfMonth())
}

// checkRecurringNotification: to subscribers, with a pause between two; since
// 2026-02-10 only to people of a few countries.
func checkRecurringNotification(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("consent", recurringConsent, told(seg.OptedIn))
	if left := recurringLeft.on(e.s.On); left != nil {
		in.gate("country", recurringLeft, e.isIn(left, seg.Country))
	}
	e.checkMonthlyCap(seg, in, recurringCooldown, ceilDiv(24*e.daysOfMonth(), recurringCooldown.latest(e.s.On).n))
}

// checkSponsoredMessage: an ad to people of an old conversation, who have been
// silent for a day and not for longer than a year.
func checkSponsoredMessage(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	silence, window := sponsoredSilence.latest(e.s.On), sponsoredWindow.latest(e.s.On)
	switch {
	case !seg.Recency.Known():
		in.unknown("window", sponsoredWindow)
	case seg.Recency.within(silence):
		in.limitedGate("window", sponsoredSilence, Fail, silence.Value)
	default:
		in.limitedGate("window", sponsoredWindow, told(Some(seg.Recency.within(window))), window.Value)
	}
}

// checkPrivateReply: one message to who commented, for each comment.
func checkPrivateReply(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.window(privateWindow, seg.Recency)
	limit := privateCap.latest(e.s.On).n * seg.Interactions.Or(1)
	in.cut("cap", privateCap, min(e.perRecipient, limit)*seg.Recipients.Or(0), strconv.FormatInt(limit, 10))
}

func checkCustomerFeedback(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.window(feedbackWindow, seg.Recency)
	in.gate("content", feedbackContent, not(e.s.Message.Promotional))
}

func checkNews(e *evaluation, _ *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("identity", newsPage, told(e.s.Sender.NewsPage))
	in.gate("content", newsContent, not(e.s.Message.Promotional))
}

// checkMonthlyCap cuts to what a limit for each recipient leaves of a month.
func (e *evaluation) checkMonthlyCap(seg *Segment, in *inspection, r *rule, limit int64) {
	in.cut("cap", r, e.perRecipientLeft(seg, limit), strconv.FormatInt(limit, 10))
}

func (e *evaluation) daysOfMonth() int64 {
	year, month, _ := e.s.On.Split()
	return int64(daysIn(year, month))
}

// isIn tells whether a country is on a list of countries, where EU stands for
// the members of the European Union on the day.
func (e *evaluation) isIn(list *Fact, country string) Outcome {
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
		q.Charged = q.Deliverable
	case p.unit.IsZero():
		q.Free = q.Deliverable
	default:
		q.Charged = q.Deliverable
		e.charge(i, string(e.kind.id[len("messenger."):]), q.Charged, p)
	}
	return ok
}
