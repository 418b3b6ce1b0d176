package rules

import (
	"unsafe"

	"github.com/shopspring/decimal"
)

// A Segment is a group of recipients who stand alike to the sender.
type Segment struct {
	Name       string     // of the group, at most 100 characters
	Recipients Opt[int64] // 1 to 1e9
	Country    string     // ISO 3166-1 alpha-2; required for WhatsApp
	UID        Opt[bool]  // the OA has their Zalo user id
	Phone      Opt[bool]  // the sender has their phone number
	Follows    Opt[bool]  // they follow the OA
	Consents   Opt[bool]  // they allowed the OA to write
	OptedIn    Opt[bool]  // WhatsApp opt-in; Messenger notification token
	// Hours since they last wrote, or did what counts like it: for Zalo following, calling
	// or accepting a call, and tapping a menu or a button of the chatbot too.
	Recency           Recency
	Interactions      Opt[int64] // new interactions in the month, 1 to 100; 1 if not given
	FreeUsed          int64      // of each one's free consultation messages
	ReceivedThisMonth int64      // promotional messages that each already had from this sender in the month
	CareWithin6Months Opt[bool]  // had a ZNS of tag 1 or 2 in the last six months
	FreeEntryPoint    bool       // WhatsApp: inside the free time after an ad or page button
	// The share of what goes out that arrives, 0 to 100 per cent; 100 if not given.
	DeliveredPercent Opt[decimal.Decimal]
}

var segmentFields = []Field{
	{Path: "audience.name", Kind: KindText, Most: MaxName, at: unsafe.Offsetof(Segment{}.Name), stored: storedWord},
	{Path: "audience.recipients", Kind: KindCount, Least: 1, Most: MaxRecipients, Unit: "people", needs: always,
		at: unsafe.Offsetof(Segment{}.Recipients), stored: storedOptCount},
	{Path: "audience.country", Decides: true, Kind: KindCountry, needs: forWhatsApp, at: unsafe.Offsetof(Segment{}.Country), stored: storedWord},
	{Path: "audience.uid", Kind: KindYesNo, at: unsafe.Offsetof(Segment{}.UID), stored: storedOptBool},
	{Path: "audience.phone", Kind: KindYesNo, at: unsafe.Offsetof(Segment{}.Phone), stored: storedOptBool},
	{Path: "audience.follows", Kind: KindYesNo, at: unsafe.Offsetof(Segment{}.Follows), stored: storedOptBool},
	{Path: "audience.consents", Kind: KindYesNo, at: unsafe.Offsetof(Segment{}.Consents), stored: storedOptBool},
	{Path: "audience.optedIn", Kind: KindYesNo, holds: asAgreed, at: unsafe.Offsetof(Segment{}.OptedIn), stored: storedOptBool},
	{Path: "audience.hoursSinceInteraction", Decides: true, Kind: KindHours, Most: MaxHours, Unit: "hours", holds: asWritten,
		at: unsafe.Offsetof(Segment{}.Recency), stored: storedRecency},
	{Path: "audience.interactions", Kind: KindCount, Least: 1, Most: MaxInteractions, Unit: "times", holds: asWritten, standard: "1",
		at: unsafe.Offsetof(Segment{}.Interactions), stored: storedOptCount},
	{Path: "audience.freeUsed", Kind: KindCount, Most: MaxCount, Unit: "messages", at: unsafe.Offsetof(Segment{}.FreeUsed), stored: storedCount},
	{Path: "audience.receivedThisMonth", Kind: KindCount, Most: MaxCount, Unit: "messages", holds: asAgreed,
		at: unsafe.Offsetof(Segment{}.ReceivedThisMonth), stored: storedCount},
	{Path: "audience.careWithin6Months", Kind: KindYesNo, at: unsafe.Offsetof(Segment{}.CareWithin6Months), stored: storedOptBool},
	{Path: "audience.freeEntryPoint", Kind: KindFlag, at: unsafe.Offsetof(Segment{}.FreeEntryPoint), stored: storedBool},
	{Path: "audience.deliveredPercent", Kind: KindShare, Most: 100, standard: "100", at: unsafe.Offsetof(Segment{}.DeliveredPercent), stored: storedOptDecimal},
}

// Recency is the time since the last interaction: unknown, never, or a number
// of hours from 0 to 87,600. The zero Recency is unknown.
type Recency struct {
	hours decimal.Decimal
	state recencyState
}

type recencyState uint8

const (
	recencyUnknown recencyState = iota
	recencyNever
	recencyHours
)

// Never is the recency of people who have not interacted at all.
func Never() Recency { return Recency{state: recencyNever} }

// HoursAgo is the recency of people whose last interaction was that long ago.
func HoursAgo(hours decimal.Decimal) Recency { return Recency{hours, recencyHours} }

// Known reports whether the recency was given, never included.
func (r Recency) Known() bool { return r.state != recencyUnknown }

// Hours returns the hours since the last interaction, and false for people who
// never interacted or whose recency is unknown.
func (r Recency) Hours() (decimal.Decimal, bool) { return r.hours, r.state == recencyHours }

// Within reports whether the last interaction was at most that many hours ago;
// an unknown one was not.
func (r Recency) Within(hours int64) bool {
	return r.state == recencyHours && r.hours.Cmp(decimal.NewFromInt(hours)) <= 0
}

// within is Within for a fact that is a number of hours.
func (r Recency) within(f *Fact) bool {
	return r.state == recencyHours && r.hours.Cmp(f.amount) <= 0
}

// IsZero reports whether the recency is unknown, so that JSON leaves it out.
func (r Recency) IsZero() bool { return r.state == recencyUnknown }
