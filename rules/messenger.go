package rules

// Messages of a Facebook page by Messenger.
var (
	messengerWindow     = theBook.rule("messenger.standard.window")
	messengerTagContent = theBook.rule("messenger.tags.content")
	humanAgentWindow    = theBook.rule("messenger.human-agent.window")
	humanAgentContent   = theBook.rule("messenger.human-agent.content")
	oneTimeConsent      = theBook.rule("messenger.one-time-notification.consent")
	oneTimeCap          = theBook.rule("messenger.one-time-notification.cap")
	messengerPrice      = theBook.rule("messenger.price")
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
	}
}

func checkMessengerStandard(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.window(messengerWindow, seg.Recency, messengerWindow.latest(e.s.On).n)
}

func checkMessengerTag(e *evaluation, _ *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("content", messengerTagContent, not(e.s.Message.Promotional))
}

func checkHumanAgent(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.window(humanAgentWindow, seg.Recency, humanAgentWindow.latest(e.s.On).n)
	in.gate("content", humanAgentContent, both(not(e.s.Message.Promotional), not(e.s.Message.Automated)))
}

func checkOneTimeNotification(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("consent", oneTimeConsent, told(seg.OptedIn))
	f := oneTimeCap.latest(e.s.On)
	// One token, one message: what they got before rests on other tokens.
	in.cut("cap", oneTimeCap, min(e.perRecipient, f.n)*seg.Recipients.Or(0), f.Value)
}

func priceMessenger(e *evaluation, _ int, _ *Segment, q *SegmentQuote) bool {
	f := e.tariff(messengerPrice)
	if f == nil {
		q.Charged = q.Deliverable
		return false
	}
	q.Free = q.Deliverable
	return true
}
