package rules

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Limits of a scenario.
const (
	MaxSegments     = 100 // of a scenario that is read; one that is put together may have more
	MaxRecipients   = 1_000_000_000
	MaxPerRecipient = 1000
	MaxCount        = 1_000_000_000_000 // of every counter, limit and amount
	MaxHours        = 87_600            // ten years
	MaxInteractions = 100
	MaxPhoneNumbers = 1000
	MaxButtons      = 5
	MaxTag          = 5
	MaxPercent      = 10_000
	MaxDecimals     = 12  // of an amount that the user gives
	ShareDecimals   = 2   // of a share that arrives, at most
	MaxName         = 100 // characters of a segment's name
)

// Validate checks everything about a scenario that its types do not, and
// returns the first mistake as an *[Error].
func (s *Scenario) Validate() error {
	if e := s.firstMistake(false); e != nil {
		return e
	}
	return nil
}

// firstMistake returns nil where there is none. A draft may lack what it must
// have in the end.
func (s *Scenario) firstMistake(draft bool) *Error {
	v := validation{s: s, draft: draft}
	return v.firstMistake()
}

func (v *validation) firstMistake() *Error {
	if e := v.fields(ownFields, nil); e != nil {
		return e
	}
	if e := v.fields(messageFields, nil); e != nil {
		return e
	}
	if e := v.fields(templateFields, nil); e != nil {
		return e
	}
	if e := v.audience(); e != nil {
		return e
	}
	if e := v.fields(senderFields, nil); e != nil {
		return e
	}
	if e := v.s.checkAssume(); e != nil {
		return e
	}
	for _, list := range [...][]Field{pricingFields, incomingFields, bundleFields} {
		if e := v.fields(list, nil); e != nil {
			return e
		}
	}
	return v.conversion()
}

// A validation looks for the first mistake of a scenario.
type validation struct {
	s       *Scenario
	draft   bool
	anyRate bool // no rate of a conversion is required
}

// mistakeOfDay is the first mistake of a scenario that was without one on another
// day: which words may be said depends on the day, and what else is said against a
// value.
func (v *validation) mistakeOfDay() *Error {
	for i := range allFields {
		f := &allFields[i]
		if f.words == nil && f.wrong == nil || f.ofSegment() { // no field of a segment goes by the day
			continue
		}
		if e := v.fields(allFields[i:i+1], nil); e != nil {
			return e
		}
	}
	return nil
}

// segmentsRange is how many segments may be read, for the message.
var segmentsRange = "1 to " + strconv.Itoa(MaxSegments) + " segments"

func (v *validation) audience() *Error {
	s := v.s
	if len(s.Audience) == 0 && !v.draft {
		return &Error{"audience", OutOfRange, segmentsRange + ", not 0"}
	}
	for i := range s.Audience {
		if e := v.fields(segmentFields, &s.Audience[i]); e != nil {
			e.Path = indexed(e.Path, i)
			return e
		}
	}
	return nil
}

// indexed is the path of a segment's field with the segment's number.
func indexed(path string, segment int) string {
	rest, ok := strings.CutPrefix(path, "audience.")
	if !ok {
		return path
	}
	return "audience[" + strconv.Itoa(segment) + "]." + rest
}

func (v *validation) fields(list []Field, g *Segment) *Error {
	for i := range list {
		f := &list[i]
		value := f.value(v.s, g)
		if !given(value) {
			if !v.draft && f.RequiredFor(v.s.Message.Type) {
				return missing(f.Path)
			}
			continue
		}
		if e := v.value(f, value); e != nil {
			return e
		}
		if f.wrong != nil {
			if e := f.wrong(v.s, g, *f); e != nil {
				return e
			}
		}
	}
	return nil
}

// value checks a value that is given against its field.
func (v *validation) value(f *Field, value any) *Error {
	switch value := value.(type) {
	case *Opt[int64]:
		return f.count(f.Path, value.value)
	case *int64:
		return f.count(f.Path, *value)
	case *Opt[[2]int64]:
		for i, n := range value.value {
			if e := f.count(f.Path, n); e != nil {
				e.Path += "[" + strconv.Itoa(i) + "]"
				return e
			}
		}
	case *Opt[decimal.Decimal]:
		return f.amount(value.value)
	case *Recency:
		if hours, ok := value.Hours(); ok && (hours.IsNegative() || hours.GreaterThan(maxHours)) {
			return &Error{f.Path, OutOfRange, "0 to " + strconv.FormatInt(f.Most, 10) + " hours, or null for never"}
		}
	case *Buttons:
		return v.buttons(f, value)
	case *string:
		return v.word(f, *value)
	}
	return nil
}

func (v *validation) buttons(f *Field, b *Buttons) *Error {
	if len(b.Targets) > 0 && b.Count != 0 {
		return &Error{f.Path, Conflict, "either how many buttons or where each of them leads to"}
	}
	for i, target := range b.Targets {
		if !slices.Contains(targetWords, string(target)) {
			return unknownWord(f.Path+"["+strconv.Itoa(i)+"]", string(target), ButtonTargets())
		}
	}
	return f.count(f.Path, b.Count+int64(len(b.Targets)))
}

// word checks a text against its field: a word of a list, a code, or a text that
// is not too long.
func (v *validation) word(f *Field, word string) *Error {
	switch f.Kind {
	case KindText:
		if utf8.RuneCountInString(word) > int(f.Most) {
			return &Error{f.Path, OutOfRange, "at most " + strconv.FormatInt(f.Most, 10) + " characters"}
		}
	case KindTime:
		if !looksLikeTime(word) || word > "23:59" || word[3] > '5' {
			return &Error{f.Path, OutOfRange, "00:00 to 23:59"}
		}
	case KindCountry:
		if !IsCountry(word) {
			return &Error{f.Path, UnknownValue, strconv.Quote(word) + " is not an ISO 3166-1 alpha-2 code in capital letters, like VN"}
		}
	case KindCurrency:
		if !isCurrency(word) {
			return &Error{f.Path, UnknownValue, "an ISO 4217 code of three capital letters, like VND"}
		}
	case KindChoice:
		words := f.words(v.s.On)
		if slices.Contains(words, word) {
			return nil
		}
		e := &Error{f.Path, UnknownValue, strconv.Quote(word) + noneOf + strings.Join(words, ", ")}
		if len(words) != len(f.words(0)) {
			e.Message += " on " + v.s.On.String()
		}
		return e
	}
	return nil
}

var maxHours = decimal.NewFromInt(MaxHours)

func (s *Scenario) checkAssume() *Error {
	if len(s.Assume) == 0 {
		return nil
	}
	v := validation{s: s}
	for _, id := range sortedNames(s.Assume) {
		i := readingIndex(id)
		if i < 0 {
			return &Error{"assume." + id, UnknownField, unknownReading}
		}
		f := readingField(&theBook.readings[i])
		if e := v.word(&f, s.Assume[id]); e != nil {
			return e
		}
	}
	return nil
}

const (
	unknownReading = "no contested fact has this id"
	unknownRate    = "the rates are named by ISO 4217 codes of three capital letters, like USD"
)

func readingIndex(id string) int {
	return slices.IndexFunc(theBook.readings, func(r reading) bool { return r.id == id })
}

func isReading(id string) bool { return readingIndex(id) >= 0 }

// conversion checks the currency to convert to, and the rates.
func (v *validation) conversion() *Error {
	c, known := v.s.Pricing.Convert.Get()
	if !known {
		return nil
	}
	if c.Currency == "" && !v.draft {
		return missing(conversionFields[0].Path)
	}
	if e := v.fields(conversionFields, nil); e != nil {
		return e
	}
	for _, currency := range sortedNames(c.Rates) {
		f := rateField(currency)
		if !isCurrency(currency) {
			return &Error{f.Path, UnknownField, unknownRate}
		}
		if e := f.amount(c.Rates[currency]); e != nil {
			return e
		}
	}
	billing := v.s.Currency()
	if _, ok := c.Rates[billing]; !ok && !v.draft && !v.anyRate && billing != c.Currency {
		return missing(rateField(billing).Path)
	}
	return nil
}

// noneOf stands between a word and the list that it is not on.
const noneOf = " is none of "

func isCurrency(s string) bool {
	return len(s) == 3 && !strings.ContainsFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' })
}

func missing(path string) *Error { return &Error{path, Required, "this field must be given"} }

func unknownWord[T ~string](path, word string, known []T) *Error {
	list := make([]string, len(known))
	for i, k := range known {
		list[i] = string(k)
	}
	return &Error{path, UnknownValue, strconv.Quote(word) + noneOf + strings.Join(list, ", ")}
}

func inRange(path string, value Opt[int64], least, most int64) *Error {
	if n, known := value.Get(); known {
		f := Field{Least: least, Most: most}
		return f.count(path, n)
	}
	return nil
}

// count checks a whole number against the limits of its field.
func (f *Field) count(path string, n int64) *Error {
	if n < f.Least || n > f.Most {
		return &Error{path, OutOfRange, strconv.FormatInt(f.Least, 10) + " to " + strconv.FormatInt(f.Most, 10) + ", not " + strconv.FormatInt(n, 10)}
	}
	return nil
}

// amount checks an amount, a percentage or a rate against the limits of its field.
func (f *Field) amount(v decimal.Decimal) *Error {
	switch {
	case v.IsNegative() || v.GreaterThan(decimal.NewFromInt(f.Most)):
		return &Error{f.Path, OutOfRange, "0 to " + strconv.FormatInt(f.Most, 10)}
	case f.Kind != KindShare && v.Exponent() < -MaxDecimals:
		return &Error{f.Path, OutOfRange, "at most " + strconv.Itoa(MaxDecimals) + " decimals"}
	case f.Kind == KindShare && !v.Equal(v.Round(ShareDecimals)):
		return &Error{f.Path, OutOfRange, "at most " + strconv.Itoa(ShareDecimals) + " decimals"}
	case f.Kind == KindRate && v.IsZero():
		return &Error{f.Path, OutOfRange, "a rate is more than zero"}
	}
	return nil
}
