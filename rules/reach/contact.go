package reach

import (
	"unsafe"

	"postage/rules"
)

// A Contact is one row of a list of people: what is known of one of them. Whoever
// reads a file fills one, gives it to [List.Add] and may use it again for the next
// row; nothing of it is kept but a copy of UID. The zero value of every fact is
// unknown, as an empty cell and a column that is not there are.
type Contact struct {
	Row               int32           // of the file, from 2 on; 1 is the header
	Phone             Phone           // E.164
	UID               string          // Zalo user id, as it stands in the file without space around it
	Country           Country         // where the person is; of the phone number if nothing else says it
	ZaloLast          Moment          // last interaction with the Official Account
	MessengerLast     Moment          // last message to the page
	WhatsAppLast      Moment          // last message on WhatsApp
	ReceivedThisMonth Count           // promotional messages from this sender
	Follows           rules.Opt[bool] // the Official Account
	Consents          rules.Opt[bool] // allowed the Official Account to write
	WhatsAppOptedIn   rules.Opt[bool]
	MessengerToken    rules.Opt[bool] // for notifications
	CareWithin6Months rules.Opt[bool] // had a message of care, a ZNS of tag 1 or 2, in six months
}

// A Phone is an E.164 number without its plus sign: 84912345678. It has at most 15
// digits. Zero is unknown.
type Phone uint64

// MaxPhone is the largest number that E.164 allows.
const MaxPhone Phone = 999_999_999_999_999

// A Country is an ISO 3166-1 alpha-2 code in capitals. The zero Country is unknown.
type Country [2]byte

// CountryOf turns a code of two letters into a Country; every other text is unknown.
func CountryOf(code string) (c Country) {
	if len(code) == len(c) {
		copy(c[:], code)
	}
	return c
}

// String is the code, empty where it is unknown.
func (c Country) String() string {
	if c == (Country{}) {
		return ""
	}
	return string(c[:])
}

// A Count is a number from 0 to [MaxCount] that may be unknown. The zero Count is
// unknown.
type Count struct{ plusOne int32 }

// MaxCount is the largest Count.
const MaxCount = 1<<31 - 2

// CountOf is a known number, cut to 0 to [MaxCount].
func CountOf(n int64) Count { return Count{int32(max(0, min(n, MaxCount))) + 1} }

// Get returns the number and whether it is known.
func (c Count) Get() (int64, bool) { return max(0, int64(c.plusOne)-1), c.plusOne != 0 }

// A Moment is a day with or without an hour, in Vietnam's time. A day without an hour
// counts as its first minute. The zero Moment is unknown.
type Moment struct {
	day    rules.Date // never: that of [Never]
	minute int16      // of the day; noHour: it is not known
}

const (
	noHour       = -1
	hoursOfDay   = 24
	minutesOfDay = hoursOfDay * 60
)

// Never says that it is known that there was no interaction at all.
func Never() Moment { return Moment{day: -1} }

// On is a day of which the hour is not known.
func On(day rules.Date) Moment { return Moment{day, noHour} }

// At is a minute of a day, which is cut to 0 to 1,439. Seconds are left off: whether a
// window is still open at a whole minute does not depend on them.
func At(day rules.Date, minute int) Moment {
	return Moment{day, int16(max(0, min(minute, minutesOfDay-1)))}
}

// Known reports whether anything is known, never included.
func (m Moment) Known() bool { return m.day != 0 }

// IsNever reports whether it is known that there was none.
func (m Moment) IsNever() bool { return m == Never() }

// HasHour reports whether the minute of the day is known.
func (m Moment) HasHour() bool { return m.day > 0 && m.minute != noHour }

// Day returns the day, zero where the moment is unknown or never.
func (m Moment) Day() rules.Date { return max(0, m.day) }

// Minute returns the minute of the day, 0 where only the day is known.
func (m Moment) Minute() int { return int(max(0, m.minute)) }

// A Kind is how a fact is given.
type Kind string

// The kinds of facts.
const (
	KindPhone   Kind = "phone"   // *Phone
	KindText    Kind = "text"    // *string
	KindYesNo   Kind = "yes-no"  // *rules.Opt[bool]
	KindMoment  Kind = "moment"  // *Moment
	KindCount   Kind = "count"   // *Count
	KindCountry Kind = "country" // *Country
)

// A Fact declares one fact of a contact. Its name is what a column is called in a
// configuration.
type Fact struct {
	Name string
	Kind Kind

	at   uintptr // where a contact has it
	bits Key     // where a key has it
}

// Facts lists the facts of a contact. The caller may keep the list but not change it.
func Facts() []Fact { return contactFacts[:] }

var contactFacts = [...]Fact{
	{"phone", KindPhone, unsafe.Offsetof(Contact{}.Phone), bitsOf(phoneAt, 1)},
	{"uid", KindText, unsafe.Offsetof(Contact{}.UID), bitsOf(uidAt, 1)},
	{"follows", KindYesNo, unsafe.Offsetof(Contact{}.Follows), bitsOf(followsAt, yesNoBits)},
	{"consents", KindYesNo, unsafe.Offsetof(Contact{}.Consents), bitsOf(consentsAt, yesNoBits)},
	{"zaloLast", KindMoment, unsafe.Offsetof(Contact{}.ZaloLast), bitsOf(zaloAt, recencyBits)},
	{"messengerLast", KindMoment, unsafe.Offsetof(Contact{}.MessengerLast), bitsOf(messengerAt, recencyBits)},
	{"whatsappLast", KindMoment, unsafe.Offsetof(Contact{}.WhatsAppLast), bitsOf(whatsappAt, recencyBits)},
	{"whatsappOptedIn", KindYesNo, unsafe.Offsetof(Contact{}.WhatsAppOptedIn), bitsOf(optedInAt, yesNoBits)},
	{"messengerToken", KindYesNo, unsafe.Offsetof(Contact{}.MessengerToken), bitsOf(tokenAt, yesNoBits)},
	{"receivedThisMonth", KindCount, unsafe.Offsetof(Contact{}.ReceivedThisMonth), bitsOf(receivedAt, receivedBits)},
	{"careWithin6Months", KindYesNo, unsafe.Offsetof(Contact{}.CareWithin6Months), bitsOf(0, careBits)},
	{"country", KindCountry, unsafe.Offsetof(Contact{}.Country), bitsOf(countryAt, countryBits)},
}

// In points to where a contact has the fact; the type is what the kind says.
func (f *Fact) In(c *Contact) any {
	at := unsafe.Add(unsafe.Pointer(c), f.at)
	switch f.Kind {
	case KindPhone:
		return (*Phone)(at)
	case KindText:
		return (*string)(at)
	case KindMoment:
		return (*Moment)(at)
	case KindCount:
		return (*Count)(at)
	case KindCountry:
		return (*Country)(at)
	default:
		return (*rules.Opt[bool])(at)
	}
}

// Known reports whether a contact has the fact.
func (f *Fact) Known(c *Contact) bool {
	switch v := f.In(c).(type) {
	case *Phone:
		return *v != 0
	case *string:
		return *v != ""
	case *Moment:
		return v.Known()
	case *Count:
		return v.plusOne != 0
	case *Country:
		return *v != Country{}
	case *rules.Opt[bool]:
		return v.Known()
	}
	return false
}
