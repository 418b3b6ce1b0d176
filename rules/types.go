package rules

import "slices"

// A MessageType is a kind of business message with rules and a price of its own.
type MessageType string

// The message types.
const (
	ZaloConsultation       MessageType = "zalo.uid.consultation"
	ZaloTransaction        MessageType = "zalo.uid.transaction"
	ZaloBroadcast          MessageType = "zalo.uid.broadcast"
	ZaloPersonalPromotion  MessageType = "zalo.uid.personal-promotion"
	ZNSFollower            MessageType = "zalo.zns-follower"
	ZNS                    MessageType = "zalo.zns"
	ZBSUID                 MessageType = "zalo.zbs-uid" // a ZBS template message to a user id
	MessengerStandard      MessageType = "messenger.standard"
	MessengerEventUpdate   MessageType = "messenger.confirmed-event-update"
	MessengerPostPurchase  MessageType = "messenger.post-purchase-update"
	MessengerAccountUpdate MessageType = "messenger.account-update"
	MessengerHumanAgent    MessageType = "messenger.human-agent"
	MessengerOneTime       MessageType = "messenger.one-time-notification"
	MessengerUtility       MessageType = "messenger.utility-message"
	MessengerMarketing     MessageType = "messenger.marketing-message"
	MessengerRecurring     MessageType = "messenger.recurring-notification"
	MessengerSponsored     MessageType = "messenger.sponsored-message"
	MessengerPrivateReply  MessageType = "messenger.private-reply"
	MessengerFeedback      MessageType = "messenger.customer-feedback"
	MessengerNews          MessageType = "messenger.news"
	WhatsAppService        MessageType = "whatsapp.service"
	WhatsAppUtility        MessageType = "whatsapp.utility"
	WhatsAppAuthentication MessageType = "whatsapp.authentication"
	WhatsAppMarketing      MessageType = "whatsapp.marketing"
)

// A Channel is a platform as its users know it.
type Channel string

// The channels.
const (
	ChannelZalo      Channel = "zalo"
	ChannelZNS       Channel = "zns"
	ChannelMessenger Channel = "messenger"
	ChannelWhatsApp  Channel = "whatsapp"
)

// Channels lists the channels in the order in which they are shown.
func Channels() []Channel {
	return []Channel{ChannelZalo, ChannelZNS, ChannelMessenger, ChannelWhatsApp}
}

// messageKind is how a message type is checked and priced.
type messageKind struct {
	id       MessageType
	channel  Channel
	currency string // ISO 4217, the billing currency unless the sender has another one
	// checks look at one segment, in order; price sets what of its deliverable
	// messages is free and what is charged, and reports whether the book has the
	// price. prices are the fields that it looks at.
	checks []*condition
	price  func(*evaluation, int, *Segment, *SegmentQuote) bool
	prices []look
	// schedule spreads the sending over days; nil where nothing limits a day.
	schedule  func(*evaluation) *Schedule
	schedules []look
	available *rule
	notices   []int // which of the book's notices may apply
	errors    []int // which of the platform's error codes may apply
}

var messageKinds = indexKinds(zaloKinds(), znsKinds(), messengerKinds(), whatsappKinds())

func indexKinds(groups ...[]*messageKind) []*messageKind {
	kinds := slices.Concat(groups...)
	for _, k := range kinds {
		k.available = availability[k.id]
		for i := range theBook.notices {
			if theBook.notices[i].matches(k.id) {
				k.notices = append(k.notices, i)
			}
		}
		for i := range theBook.errors {
			if theBook.errors[i].matches(k.id) {
				k.errors = append(k.errors, i)
			}
		}
	}
	return kinds
}

func kindOf(t MessageType) *messageKind {
	for _, k := range messageKinds {
		if k.id == t {
			return k
		}
	}
	return nil
}

// MessageTypes lists the types of a channel in the order in which they are
// shown; the empty channel means all.
func MessageTypes(c Channel) []MessageType {
	var types []MessageType
	for _, k := range messageKinds {
		if c == "" || k.channel == c {
			types = append(types, k.id)
		}
	}
	return types
}

// Channel returns the platform of a type, empty for a type that does not exist.
func (t MessageType) Channel() Channel {
	if k := kindOf(t); k != nil {
		return k.channel
	}
	return ""
}

// Currency returns the billing currency of a type as an ISO 4217 code. WhatsApp
// accounts may have another one, see [Scenario.Currency].
func (t MessageType) Currency() string {
	if k := kindOf(t); k != nil {
		return k.currency
	}
	return ""
}

// availability holds for each type when it may be sent at all.
var availability = availabilities()

func availabilities() map[MessageType]*rule {
	of := rulesOf("", ".available",
		ZaloConsultation, ZaloTransaction, ZaloBroadcast, ZaloPersonalPromotion, ZNSFollower, ZNS, ZBSUID,
		MessengerStandard, MessengerEventUpdate, MessengerPostPurchase, MessengerAccountUpdate, MessengerHumanAgent, MessengerOneTime,
		MessengerUtility, MessengerMarketing, MessengerRecurring, MessengerSponsored, MessengerPrivateReply, MessengerFeedback, MessengerNews)
	for _, t := range [...]MessageType{WhatsAppService, WhatsAppUtility, WhatsAppAuthentication, WhatsAppMarketing} {
		of[t] = theBook.rule("whatsapp.available")
	}
	return of
}

// Available reports whether a type may be sent at all on a day, and the day of
// the fact that says so (zero before the book's first one).
func Available(t MessageType, on Date) (bool, Date) {
	r := availability[t]
	if r == nil {
		return false, 0
	}
	f := r.on(on)
	if f == nil || f.Since == 0 && f.Value == "unknown" {
		return false, 0
	}
	return f.Value == "yes", f.Since
}

// AvailableFrom is the first day behind a day from which a type may be sent, zero
// where there is none.
func AvailableFrom(t MessageType, on Date) Date {
	for _, f := range availability[t].facts {
		if f.Since > on && f.Value == "yes" {
			return f.Since
		}
	}
	return 0
}
