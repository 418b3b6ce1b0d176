package rules

import "unsafe"

// A Scenario is one question: these messages, to these people, from this
// sender, on this day.
type Scenario struct {
	On           Date   // day of sending
	At           string // hour of sending in Vietnam, 00:00 to 23:59; empty if not given
	Message      Message
	Audience     []Segment  // 1 or more; 1 to 100 where it is read
	PerRecipient Opt[int64] // messages to each recipient in the calendar month, 1 to 1,000; 1 if not given
	Sender       Sender
	Assume       map[string]string // reading of a contested fact by its id, see Readings
	Pricing      Pricing
}

// Currency returns the currency that a scenario is billed in, as an ISO 4217
// code: for WhatsApp the one of the sender's account, else the type's own.
func (s *Scenario) Currency() string {
	if s.Sender.BillingCurrency != "" && s.Message.Type.Channel() == ChannelWhatsApp {
		return s.Sender.BillingCurrency
	}
	return s.Message.Type.Currency()
}

// Fields of a scenario that are in no object.
var ownFields = []Field{
	{Path: "on", Decides: true, Kind: KindDay, needs: always, at: unsafe.Offsetof(Scenario{}.On), stored: storedDay},
	{Path: "at", Kind: KindTime, at: unsafe.Offsetof(Scenario{}.At), stored: storedWord},
	{Path: "perRecipient", Kind: KindCount, Least: 1, Most: MaxPerRecipient, Unit: "messages", standard: "1",
		at: unsafe.Offsetof(Scenario{}.PerRecipient), stored: storedOptCount},
}
