package rules

import (
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/shopspring/decimal"
)

// A Kind is how the value of a field is given.
type Kind string

// The kinds of fields.
const (
	KindCount    Kind = "count"    // a whole number from Least to Most, one of Words where there are any
	KindAmount   Kind = "amount"   // a decimal string from 0 to Most, in the billing currency
	KindPercent  Kind = "percent"  // a decimal string from 0 to Most
	KindRate     Kind = "rate"     // a decimal string above 0: units of one currency for one of another
	KindYesNo    Kind = "yes-no"   // true or false; unknown where it is not given
	KindFlag     Kind = "flag"     // true or false; false where it is not given
	KindChoice   Kind = "choice"   // one of Words
	KindHours    Kind = "hours"    // a number from 0 to Most, null for never
	KindShare    Kind = "share"    // a number from 0 to Most, in per cent, with at most two decimals
	KindCountry  Kind = "country"  // an ISO 3166-1 alpha-2 code
	KindCurrency Kind = "currency" // an ISO 4217 code
	KindDay      Kind = "day"      // written as 2026-11-21
	KindTime     Kind = "time"     // written as 22:30
	KindTargets  Kind = "targets"  // a whole number from 0 to Most, or a list of at most so many of Words
	KindText     Kind = "text"     // of at most Most characters
)

// A Reach says for which other message types an answer holds that was given for
// one of them.
type Reach string

// The reaches.
const (
	HoldsEverywhere Reach = "everywhere"
	HoldsOnPlatform Reach = "platform" // who has written to an account, and what a platform has approved
	HoldsForType    Reach = "type"     // who has agreed to one kind of message
)

// A Field declares one field of a scenario. What the contract says of the field
// stands here alone: reading and writing JSON, the limits, the published schema
// and the questions come from it.
type Field struct {
	Path        string // "sender.tool"; of a segment "audience.uid"
	Kind        Kind
	Least, Most int64
	Decides     bool   // other questions are asked where it has another value
	Unit        string // what a number counts: people, messages, times, conversations, numbers, hours; empty for none of them

	at       uintptr             // where a scenario has the value, or for a field of a segment that
	stored   storage             // and as what
	standard string              // what is taken where it is not given, if not zero or false
	words    func(Date) []string // that may be chosen on a day; on the zero day all there ever were
	holds    func(MessageType) Reach
	needs    func(MessageType) bool                  // whether the type requires it; nil: none does
	wrong    func(*Scenario, *Segment, Field) *Error // what else is to be said against a value
}

// name is the last step of the path.
func (f *Field) name() string { return f.Path[strings.LastIndexByte(f.Path, '.')+1:] }

// Words lists what a field takes on a day, nil where that is no list of words.
// On the zero day it lists all that it takes on any day.
func (f *Field) Words(on Date) []string {
	if f.words == nil {
		return nil
	}
	return f.words(on)
}

// RequiredFor reports whether a scenario of a type must have the field.
func (f *Field) RequiredFor(t MessageType) bool { return f.needs != nil && f.needs(t) }

// A storage is how a scenario holds the value of a field.
type storage uint8

const (
	storedOptCount storage = iota
	storedCount
	storedOptBool
	storedBool
	storedOptDecimal
	storedOptPair
	storedDay
	storedRecency
	storedButtons
	storedWord // a string, or a type that is one
)

// Where a scenario has its parts.
const (
	inMessage    = unsafe.Offsetof(Scenario{}.Message)
	inTemplate   = inMessage + unsafe.Offsetof(Message{}.Template)
	inSender     = unsafe.Offsetof(Scenario{}.Sender)
	inPricing    = unsafe.Offsetof(Scenario{}.Pricing)
	inIncoming   = inPricing + unsafe.Offsetof(Pricing{}.Incoming)
	inBundle     = inPricing + unsafe.Offsetof(Pricing{}.Bundle)
	inConversion = inPricing + unsafe.Offsetof(Pricing{}.Convert) + unsafe.Offsetof(Opt[Conversion]{}.value)
)

// value points to where a scenario and a segment have the value: *Opt[int64],
// *int64, *Opt[bool], *bool, *string, *Date, *Recency, *Buttons,
// *Opt[[2]int64] or *Opt[decimal.Decimal]. Fifty functions in its place would be a hundredth of the
// program in the browser.
func (f *Field) value(s *Scenario, g *Segment) any {
	if g != nil && f.ofSegment() {
		return f.within(unsafe.Pointer(g))
	}
	return f.within(unsafe.Pointer(s))
}

// within points to where what the field is declared for has the value.
func (f *Field) within(whole unsafe.Pointer) any {
	at := unsafe.Add(whole, f.at)
	switch f.stored {
	case storedOptCount:
		return (*Opt[int64])(at)
	case storedCount:
		return (*int64)(at)
	case storedOptBool:
		return (*Opt[bool])(at)
	case storedBool:
		return (*bool)(at)
	case storedOptDecimal:
		return (*Opt[decimal.Decimal])(at)
	case storedOptPair:
		return (*Opt[[2]int64])(at)
	case storedDay:
		return (*Date)(at)
	case storedRecency:
		return (*Recency)(at)
	case storedButtons:
		return (*Buttons)(at)
	default:
		return (*string)(at)
	}
}

// In points to where a scenario and one of its segments have the field, for who
// describes the types; nil pointers will not do.
func (f *Field) In(s *Scenario, g *Segment) any { return f.value(s, g) }

// Fields lists the fields of a scenario in the order in which they are written.
// The caller may keep the list but not change it. Beside them there are the
// message, audience and sender that they are in, and the dictionaries assume and
// pricing.convert.rates.
func Fields() []Field { return allFields }

var allFields = slices.Concat(ownFields, messageFields, templateFields, segmentFields, senderFields, pricingFields, incomingFields, bundleFields, conversionFields)

// fieldOf returns the field of a path without indexes, nil where there is none.
func fieldOf(path string) *Field {
	for i := range allFields {
		if allFields[i].Path == path {
			return &allFields[i]
		}
	}
	return nil
}

// The lists of words that are the same on every day.
var (
	kindWords   = plain(TemplateKinds())
	targetWords = plain(ButtonTargets())
	toolWords   = plain(Tools())
	typeWords   []string // set by init, as the types need the fields
)

func init() { typeWords = plain(MessageTypes("")) }

func always(MessageType) bool { return true }

func forTemplates(t MessageType) bool { return t == ZNS || t == ZBSUID }

func forWhatsApp(t MessageType) bool { return t.Channel() == ChannelWhatsApp }

// PlanFields lists the fields that a plan has beside those of a scenario. The
// caller may keep the list but not change it. Of a scenario's fields on, at,
// message, audience and perRecipient are those of an item; balance is a dictionary.
func PlanFields() []Field { return planFields }

var planFields = append(append(append([]Field{}, itemFields...), planSenderFields...), planPricingFields...)

// InPlan points to where a plan and one of its items have the field, for who
// describes the types; nil pointers will not do.
func (f *Field) InPlan(p *Plan, i *PlanItem) any {
	if strings.HasPrefix(f.Path, "items.") {
		return f.within(unsafe.Pointer(i))
	}
	return f.within(unsafe.Pointer(p))
}

// rateField is the field of a rate from a currency.
func rateField(currency string) Field {
	return Field{Path: "pricing.convert.rates." + currency, Kind: KindRate, Most: MaxCount}
}

// readingField is the field for the reading of a contested fact.
func readingField(r *reading) Field {
	return Field{Path: "assume." + r.id, Kind: KindChoice, Decides: true, standard: r.values[0], words: func(Date) []string { return r.values }}
}

// onPlatform: what one platform has approved another one has not.
func onPlatform(MessageType) Reach { return HoldsOnPlatform }

// forTypeAlone: each way of sending has a price of its own.
func forTypeAlone(MessageType) Reach { return HoldsForType }

// asWritten: who has written to an account has done so on its platform; who has
// commented has not written.
func asWritten(t MessageType) Reach {
	if t == MessengerPrivateReply {
		return HoldsForType
	}
	return HoldsOnPlatform
}

// asAgreed: on WhatsApp one agrees to a business, elsewhere to one kind of
// message.
func asAgreed(t MessageType) Reach {
	if t.Channel() == ChannelWhatsApp {
		return HoldsOnPlatform
	}
	return HoldsForType
}

// ReachOf tells how far the answer at a path holds that was given for a type.
// Indexes in the path do not matter.
func ReachOf(path string, t MessageType) Reach {
	field, _ := splitIndex(path)
	if f := fieldOf(field); f != nil && f.holds != nil {
		return f.holds(t)
	}
	return HoldsEverywhere
}

// Platform is whose accounts, people and templates a type has: Zalo has two
// channels.
func (t MessageType) Platform() string {
	platform, _, _ := strings.Cut(string(t), ".")
	return platform
}

func packagesOn(on Date) []string { return oaPackages.wordsOn(on) }

func tagsOn(on Date) []string { return znsTags.wordsOn(on) }

// wordsOn lists the words that a rule has on a day, in force or not; on the zero
// day those of all days.
func (r *rule) wordsOn(on Date) []string {
	if on != 0 {
		return r.latest(on).words
	}
	var all []string
	for i := range r.facts {
		for _, w := range r.facts[i].words {
			if !slices.Contains(all, w) {
				all = append(all, w)
			}
		}
	}
	return all
}

func oldQuotasOn(Date) []string {
	words := make([]string, len(theBook.oldQuotas))
	for i, n := range theBook.oldQuotas {
		words[i] = strconv.FormatInt(n, 10)
	}
	return words
}

// wrongTag: which tags there are depends on the day.
func wrongTag(s *Scenario, _ *Segment, f Field) *Error {
	tag, _ := s.Message.Tag.Get()
	if tags := tagsOn(s.On); forTemplates(s.Message.Type) && !slices.Contains(tags, strconv.FormatInt(tag, 10)) {
		return &Error{f.Path, OutOfRange, "on " + s.On.String() + " the tags are " + strings.Join(tags, ", ")}
	}
	return nil
}

func wrongOldQuota(s *Scenario, _ *Segment, f Field) *Error {
	if s.Sender.DailyQuota.Known() {
		return &Error{f.Path, Conflict, "dailyQuota is given too: give the quota of before " + quotaConversion.facts[0].Since.String() + " or the one of after it"}
	}
	if quotaConversion.on(s.On) == nil {
		return &Error{f.Path, Conflict, "the conversion is for days from " + quotaConversion.facts[0].Since.String() + " on: give dailyQuota"}
	}
	old, _ := s.Sender.OldDailyQuota.Get()
	if _, ok := theBook.conversions[old]; !ok {
		return &Error{f.Path, UnknownValue, strconv.FormatInt(old, 10) + " is not in the conversion table; it has " + strings.Join(oldQuotasOn(0), " ")}
	}
	return nil
}

// plain turns a list of words into strings.
func plain[T ~string](list []T) []string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	return words
}

// splitIndex takes the index of a segment, or of a pair, out of a path:
// "audience[3].uid" is "audience.uid" and 3, a path without one has -1.
func splitIndex(path string) (field string, index int) {
	before, rest, found := strings.Cut(path, "[")
	digits, behind, closed := strings.Cut(rest, "]")
	n, err := strconv.Atoi(digits)
	if !found || !closed || err != nil || n < 0 || strings.HasPrefix(path, "assume.") {
		return path, -1
	}
	return before + behind, n
}

// given reports whether a value that a field points to is known.
func given(value any) bool {
	switch v := value.(type) {
	case *Opt[int64]:
		return v.known
	case *Opt[bool]:
		return v.known
	case *Opt[decimal.Decimal]:
		return v.known
	case *Opt[[2]int64]:
		return v.known
	case *int64:
		return *v != 0
	case *bool:
		return *v
	case *string:
		return *v != ""
	case *Date:
		return *v != 0
	case *Recency:
		return v.Known()
	case *Buttons:
		return v.Count != 0 || len(v.Targets) > 0
	}
	return false
}

// forget makes a value that a field points to unknown.
func forget(value any) {
	switch v := value.(type) {
	case *Opt[int64]:
		*v = Opt[int64]{}
	case *Opt[bool]:
		*v = Opt[bool]{}
	case *Opt[decimal.Decimal]:
		*v = Opt[decimal.Decimal]{}
	case *Opt[[2]int64]:
		*v = Opt[[2]int64]{}
	case *int64:
		*v = 0
	case *bool:
		*v = false
	case *string:
		*v = ""
	case *Date:
		*v = 0
	case *Recency:
		*v = Recency{}
	case *Buttons:
		*v = Buttons{}
	}
}

// Default is what is taken where the field is not given, empty where that is nothing
// else than zero, false or unknown.
func (f *Field) Default() string { return f.standard }

// Zero reports whether a field that is not given counts as zero or false, and not as
// unknown.
func (f *Field) Zero() bool { return f.stored == storedCount || f.stored == storedBool }
