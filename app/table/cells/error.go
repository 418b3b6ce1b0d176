package cells

import (
	_ "embed"
	"strconv"
	"strings"
)

// An Error says what is wrong with a file, a row or a cell, and what would be right.
// Its words are made from its code; [Error.Pairs] is what they are filled with.
type Error struct {
	Code   Code
	Row    int32    // 1 is the header; 0 where it is not about a row
	Column string   // the name of the column, or its letters where it has none; empty where it is not about a cell
	Found  string   // what stands there, shortened; or what the file is
	Most   int64    // the limit that is passed; 0 where it is none
	Sheets []string // of a workbook, where one has to be chosen

	// Where the first row holds contacts in the place of names: what each of its cells is, as
	// the facts of a contact are named, empty for what is none; and what stands between them.
	Facts     []string
	Delimiter byte
}

// A Code is what kind of error it is, in lower case with hyphens.
type Code string

// What can be wrong with a file as a whole.
const (
	Empty         Code = "empty"          // no bytes, or nothing but blanks
	NoHeader      Code = "no-header"      // the first row is empty, or holds a contact
	NoRows        Code = "no-rows"        // nothing but a header
	TooLarge      Code = "too-large"      // more bytes than Most
	OldExcel      Code = "old-excel"      // .xls
	Password      Code = "password"       // encrypted
	OtherBook     Code = "other-workbook" // .xlsb, .ods, .numbers
	OtherKind     Code = "other-kind"     // a kind of file that is known but no table; Found names it
	Binary        Code = "binary"         // not text, of no known kind
	UnknownText   Code = "unknown-text"   // text in no encoding that is read
	FontText      Code = "font-text"      // Vietnamese in a font's own encoding; Found is TCVN3 or VNI
	NamedEncoding Code = "other-encoding" // an encoding that is recognised but not read; Found names it
	Damaged       Code = "damaged"        // an .xlsx that is not as it should be; Found says which part
	ZipBomb       Code = "zip-bomb"       // unpacks to more than Most times its size
	TooLargeOpen  Code = "too-large-open" // unpacks to more than Most bytes
	WhichSheet    Code = "which-sheet"    // several sheets with rows; Found lists them
	NoSheet       Code = "no-sheet"       // no sheet of the name that was asked for; Found lists those there are
	CannotRead    Code = "cannot-read"    // the device does not give the file's bytes; Found says why
	NoContacts    Code = "no-contacts"    // no column that a contact could be told by
	NoColumn      Code = "no-column"      // no column of the name that was asked for
	NoFact        Code = "no-fact"        // no fact of the name that was asked for
	TwoFacts      Code = "two-facts"      // one column is to be two facts
	DateOrder     Code = "date-order"     // nothing in a column proves whether the day or the month stands first
	DateOrders    Code = "date-orders"    // a column has days before months and months before days
)

// Limits that a row passes, which end the reading.
const (
	TooManyRows    Code = "too-many-rows"
	TooManyColumns Code = "too-many-columns"
	CellTooLong    Code = "cell-too-long"
	OpenQuote      Code = "open-quote" // a quotation mark that is not closed before the file ends
)

// Why a row cannot be read. The other rows can.
const (
	BadEncoding   Code = "bad-encoding"
	NUL           Code = "nul"            // a character that no text has
	MoreCells     Code = "more-cells"     // cells beyond the last column that has a name
	BadPhone      Code = "bad-phone"      // not a phone number
	LostDigits    Code = "lost-digits"    // a number that a spreadsheet has rounded
	BadUID        Code = "bad-uid"        // too long for a user id, or not one word
	BadYesNo      Code = "bad-yes-no"     // neither yes nor no
	BadDate       Code = "bad-date"       // not a date
	DateInFuture  Code = "date-in-future" // after the moment of sending
	DateUnordered Code = "date-other-way" // a day as the rest of the column does not write it
	BadCount      Code = "bad-count"      // not a whole number from 0
	BadCountry    Code = "bad-country"    // neither a code nor a name of a country
)

// errors.txt has a line "code = text" for each code.
//
//go:embed errors.txt
var errorTexts string

// Error says it in English.
func (e *Error) Error() string {
	text := string(e.Code)
	for line := range strings.Lines(errorTexts) {
		if code, words, ok := strings.Cut(line, " = "); ok && code == string(e.Code) {
			text = strings.TrimSpace(words)
		}
	}
	pairs := e.Pairs()
	for i := range pairs {
		if i%2 == 0 {
			pairs[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Pairs are the names in the texts of an error, each followed by its value.
func (e *Error) Pairs() []string {
	return []string{"row", strconv.Itoa(int(e.Row)), "column", e.Column, "found", e.Found, "most", grouped(e.Most)}
}

// grouped writes a number as 32,767; bytes in thousands of millions or millions are
// for whoever writes the texts.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// mostShown is how many characters of a cell an error shows.
const mostShown = 40

// Shown is a cell as an error or a sample shows it: in one line, cut.
func Shown(cell []byte) string {
	if len(cell) > 8*mostShown {
		cell = cell[:8*mostShown]
	}
	s := strings.Join(strings.FieldsFunc(strings.ToValidUTF8(string(cell), "�"), func(r rune) bool {
		return r <= ' ' || r == 0x7f || r == noBreakSpace
	}), " ")
	if r := []rune(s); len(r) > mostShown {
		return string(r[:mostShown-1]) + "…"
	}
	return s
}

const noBreakSpace = '\u00a0'
