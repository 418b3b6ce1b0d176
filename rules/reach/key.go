package reach

import (
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A Key is what the rules of a day may look at of a person: hours as the window that
// they are in, a country as the first one that is treated like it, a number as the
// least one that is. Keys sort by country code and then by the facts in the order of
// the contract. A Key means something only to the [Ways] that made it.
type Key uint64

// Where a key has each fact, the first to sort by at the top.
const (
	careBits      = 2
	receivedAt    = careBits
	receivedBits  = 6
	recencyBits   = 6
	whatsappAt    = receivedAt + receivedBits
	messengerAt   = whatsappAt + recencyBits
	zaloAt        = messengerAt + recencyBits
	tokenAt       = zaloAt + recencyBits
	optedInAt     = tokenAt + yesNoBits
	consentsAt    = optedInAt + yesNoBits
	followsAt     = consentsAt + yesNoBits
	phoneAt       = followsAt + yesNoBits
	uidAt         = phoneAt + 1
	countryAt     = uidAt + 1
	countryBits   = 9
	yesNoBits     = 2
	keyBits       = countryAt + countryBits
	mostRecencies = 1<<recencyBits - 1
)

// part is what a key has of a fact.
func (k Key) part(at, bits int) int { return int(k >> at & (1<<bits - 1)) }

func bitsOf(at, bits int) Key { return (1<<bits - 1) << at }

// What a recency is in a key: unknown, never, then the windows that it is in,
// shortest first, and behind all of them.
const (
	recencyUnknown = iota
	recencyNever
	recencyFirst
)

// yesNo is an answer as a number: unknown, no, yes.
func yesNo(o rules.Opt[bool]) Key {
	switch yes, known := o.Get(); {
	case !known:
		return 0
	case yes:
		return 2
	default:
		return 1
	}
}

// answer is the answer that a number stands for.
func answer(n int) rules.Opt[bool] {
	if n == 0 {
		return rules.Opt[bool]{}
	}
	return rules.Some(n == 2)
}

// people is how those of a list are told apart.
type people struct {
	sending   int64                     // the minute of sending, from the first day of the calendar
	windows   []int64                   // minutes, ascending
	hours     []int64                   // the same, and at last the most there may be
	countries [letters * letters]uint16 // which of the countries below stands for a code
	firsts    []string                  // one for all countries treated alike, in alphabetical order; the first is unknown
	received  []int64                   // the numbers from which on what was received is treated otherwise, ascending; the first is 0
}

// minutes counts the minutes from the first day of the calendar.
func minutes(day rules.Date, minute int) int64 {
	return rules.DaysBetween(firstDay, day)*minutesOfDay + int64(minute)
}

const firstDay rules.Date = 10101 // 0001-01-01

// recency is how long ago a moment was at the sending, and false if it is after it.
func (f *people) recency(m Moment) (Key, bool) {
	switch {
	case !m.Known():
		return recencyUnknown, true
	case m.IsNever():
		return recencyNever, true
	}
	ago := f.sending - minutes(m.Day(), m.Minute())
	if ago < 0 {
		return 0, false
	}
	i, _ := slices.BinarySearch(f.windows, ago)
	return Key(recencyFirst + i), true
}

// key is what may be looked at of a contact. The fact is one that is after the
// sending, empty if there is none.
func (f *people) key(c *Contact) (k Key, late string) {
	for _, one := range [...]struct {
		m    Moment
		at   int
		name string
	}{{c.ZaloLast, zaloAt, "zaloLast"}, {c.MessengerLast, messengerAt, "messengerLast"}, {c.WhatsAppLast, whatsappAt, "whatsappLast"}} {
		n, ok := f.recency(one.m)
		if !ok {
			return 0, one.name
		}
		k |= n << one.at
	}
	if c.Phone != 0 {
		k |= 1 << phoneAt
	}
	if c.UID != "" {
		k |= 1 << uidAt
	}
	received, _ := c.ReceivedThisMonth.Get()
	step, found := slices.BinarySearch(f.received, received)
	if !found {
		step--
	}
	k |= yesNo(c.Follows)<<followsAt | yesNo(c.Consents)<<consentsAt | yesNo(c.WhatsAppOptedIn)<<optedInAt | yesNo(c.MessengerToken)<<tokenAt |
		yesNo(c.CareWithin6Months) | Key(step)<<receivedAt | Key(f.country(c.Country))<<countryAt
	return k, ""
}

func (f *people) country(c Country) uint16 {
	if c[0] < 'A' || c[0] > 'Z' || c[1] < 'A' || c[1] > 'Z' {
		return 0
	}
	return f.countries[placeOf(c[0], c[1])]
}

// placeOf is the place of a country among all codes of two letters.
func placeOf(a, b byte) int { return int(a-'A')*letters + int(b-'A') }

const letters = 26

// segment are the people of a key as they stand to a message type, of whose platform
// the facts are.
func (f *people) segment(k Key, t rules.MessageType) rules.Segment {
	g := rules.Segment{
		Country: f.firsts[k.part(countryAt, countryBits)], Follows: answer(k.part(followsAt, yesNoBits)), Consents: answer(k.part(consentsAt, yesNoBits)),
		CareWithin6Months: answer(k.part(0, careBits)), ReceivedThisMonth: f.received[k.part(receivedAt, receivedBits)],
	}
	if k.part(uidAt, 1) == 1 {
		g.UID = rules.Some(true)
	}
	if k.part(phoneAt, 1) == 1 {
		g.Phone = rules.Some(true)
	}
	p := platformOf(t)
	if p.optedInAt >= 0 {
		g.OptedIn = answer(k.part(p.optedInAt, yesNoBits))
	}
	switch n := k.part(p.recencyAt, recencyBits); {
	case n == recencyNever:
		g.Recency = rules.Never()
	case n >= recencyFirst:
		g.Recency = rules.HoursAgo(decimal.NewFromInt(f.hours[n-recencyFirst]))
	}
	if isOfTypeAlone(t) {
		g.Recency = rules.Recency{}
	}
	return g
}

// isOfTypeAlone reports whether the hours that a type asks for are about something
// that no fact of a contact tells, such as a comment.
func isOfTypeAlone(t rules.MessageType) bool {
	return rules.ReachOf("audience.hoursSinceInteraction", t) == rules.HoldsForType
}

// A platform is where a key has what holds on one platform alone.
type platform struct {
	recencyAt, optedInAt int // -1: there is none
}

func platformOf(t rules.MessageType) platform {
	switch t.Channel() {
	case rules.ChannelWhatsApp:
		return platform{whatsappAt, optedInAt}
	case rules.ChannelMessenger:
		return platform{messengerAt, tokenAt}
	default:
		return platform{zaloAt, -1}
	}
}

// lookedAt is where a key has the field of a scenario, as a type looks at it; zero
// where a contact has no such fact.
func lookedAt(field string, t rules.MessageType) Key {
	p := platformOf(t)
	switch field {
	case "audience.country":
		return bitsOf(countryAt, countryBits)
	case "audience.uid":
		return bitsOf(uidAt, 1)
	case "audience.phone":
		return bitsOf(phoneAt, 1)
	case "audience.follows":
		return bitsOf(followsAt, yesNoBits)
	case "audience.consents":
		return bitsOf(consentsAt, yesNoBits)
	case "audience.optedIn":
		if p.optedInAt >= 0 {
			return bitsOf(p.optedInAt, yesNoBits)
		}
	case "audience.hoursSinceInteraction":
		if !isOfTypeAlone(t) {
			return bitsOf(p.recencyAt, recencyBits)
		}
	case receivedField:
		return bitsOf(receivedAt, receivedBits)
	case "audience.careWithin6Months":
		return bitsOf(0, careBits)
	}
	return 0
}

const receivedField = "audience.receivedThisMonth"

// factOf is the name of the fact of a contact that a field of a scenario is, as a type
// looks at it; other fields keep their path.
func factOf(path string, t rules.MessageType) string {
	bits := lookedAt(path, t)
	for i := range contactFacts {
		if bits != 0 && contactFacts[i].bits == bits {
			return contactFacts[i].Name
		}
	}
	return path
}
