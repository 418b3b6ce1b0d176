package bills

import (
	_ "embed"
	"strconv"
	"strings"
)

// An Error says what is wrong with a bill or a row of it, and what would be right. Its
// words are made from its code; [Error.Pairs] is what they are filled with.
type Error struct {
	Code   Code
	Row    int32  // 1 is the header of a table; a record of JSON counts from 1; 0 where it is not about a row
	Column string // empty where it is not about a cell
	Found  string // what stands there, shortened
	Most   int64  // the limit that is passed; 0 where it is none
	By     error  // what package cells says of a damaged row; nil else
}

// A Code is what kind of error it is, in lower case with hyphens.
type Code string

// What can be wrong with a bill as a whole.
const (
	UnknownBill   Code = "unknown-bill"   // none of the known formats; Found lists the columns
	NoRecords     Code = "no-records"     // JSON without a list of records
	BadJSON       Code = "bad-json"       // not JSON; Found says where
	AnswerIsError Code = "answer-error"   // the answer of a platform that says what went wrong; Found has it
	TooLargeJSON  Code = "too-large-json" // more bytes than Most
	NoType        Code = "no-type"        // no column with the type or category; it can be said by hand, as the one way of a configuration
	NoDay         Code = "no-day"         // no column with the day; it can be said by hand
	NoCountry     Code = "no-country"     // no column with the country or phone of the people; it can be said by hand
	NoColumn      Code = "no-column"      // no column of the name that was asked for
	NoFact        Code = "no-fact"        // no fact of the name that was asked for
	TwoFacts      Code = "two-facts"      // one column is to be two facts
	DateOrder     Code = "date-order"     // nothing in a column proves whether the day or the month stands first
	TooManyRows   Code = "too-many-rows"  // more rows, or groups of messages, than Most
)

// Why a row cannot be read. The other rows can.
const (
	BadDay      Code = "bad-day"
	BadPeriod   Code = "bad-period" // the last day is before the first one
	BadType     Code = "bad-type"
	BadKind     Code = "bad-kind"
	NoKind      Code = "no-kind" // a ZNS of which neither the row nor the configuration tells the template
	BadCountry  Code = "bad-country"
	BadCount    Code = "bad-count"
	BadAmount   Code = "bad-amount"
	BadCurrency Code = "bad-currency"
	BadCharge   Code = "bad-charge"
	Damaged     Code = "damaged-row" // what package table says of it; Found has it
)

// errors.txt has a line "code = text" for each code.
//
//go:embed errors.txt
var errorTexts string

// Unwrap is what package cells says of a damaged row.
func (e *Error) Unwrap() error { return e.By }

// Error says it in English.
func (e *Error) Error() string {
	text := string(e.Code)
	for line := range strings.Lines(errorTexts) {
		if code, words, ok := strings.Cut(line, " = "); ok && code == string(e.Code) {
			text = strings.TrimSpace(words)
		}
	}
	pairs := e.Pairs()
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Pairs are the names in the texts of an error, each followed by its value.
func (e *Error) Pairs() []string {
	return []string{"row", strconv.Itoa(int(e.Row)), "column", e.Column, "found", e.Found, "most", grouped(e.Most), "facts", factNames()}
}

// grouped writes a number as 32,767.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
