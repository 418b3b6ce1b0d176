package table

import (
	"bytes"

	"postage/app/table/phone"
	"postage/rules"
	"postage/rules/reach"
)

// What stands in one cell, for whoever reads other tables than of contacts.

// A WrittenDate is a date, with or without an hour, as it stands in a cell.
type WrittenDate struct{ written writtenDate }

// ReadDate reads a date as people and programs write it: days of spreadsheets and
// seconds of programs too.
func ReadDate(cell []byte) (WrittenDate, bool) {
	w, ok := parseWhen(cell)
	return WrittenDate{w}, ok
}

// Proves says which order of day and month the date shows, or whether it can be read
// with either of them.
func (d *WrittenDate) Proves() (o Order, either bool) { return d.written.proves() }

// HasZone reports whether the date has an hour of a zone that it names, as the seconds of
// programs do.
func (d *WrittenDate) HasZone() bool { return d.written.hasZone }

// Moment is the date in Vietnam's time. The code says what is wrong with it: [DateOrder]
// where the order is needed and unknown, [cells.DateUnordered], [cells.BadDate].
func (d *WrittenDate) Moment(o Order) (reach.Moment, Code) { return d.written.moment(o) }

// ReadMonth reads a calendar month: 2026-09, 09/2026, tháng 9 năm 2026, Sep 2026.
func ReadMonth(cell []byte) (rules.Month, bool) {
	const longest = 40
	cell = bytes.TrimSpace(cell)
	if len(cell) == 0 || len(cell) > longest {
		return 0, false
	}
	var space [maxDateTokens]dateToken
	list, ok := tokens(cell, space[:0])
	if !ok {
		return 0, false
	}
	year, month, signed := 0, 0, false
	for _, t := range list {
		switch {
		case t.kind == 'n' && t.digits == 4 && year == 0:
			year = t.value
		case t.kind == 'n' && t.digits <= 2 && month == 0:
			month = t.value
		case t.kind == 'w' && t.word.kind == wordMonth && month == 0:
			month = t.word.value
		case t.kind == 'w' && t.word.kind == wordMonthSign && !signed:
			signed = true
		case t.kind == 'w' && t.word.kind == wordFiller, t.kind == ' ', t.kind == '-', t.kind == '/', t.kind == '.', t.kind == ',':
		default:
			return 0, false
		}
	}
	if !inYears(year) || month < 1 || month > 12 {
		return 0, false
	}
	return rules.Month(year*100 + month), true
}

// ReadPhone reads a phone number as [phone.Read] does. The code says what is wrong with
// it.
func ReadPhone(cell []byte, country reach.Country) (reach.Phone, reach.Country, Code) {
	return phone.Read(cell, country)
}

// ReadCountry reads a code or a name of a country in three languages, or a calling code.
func ReadCountry(cell []byte) (reach.Country, bool) { return readCountry(cell) }

// Fold is a text by which words are compared: in lower case, without accents, with one
// blank for all that is between words. lastSeen, as programs write names, is two.
func Fold(text string) string { return fold(text) }

// FoldCell is [Fold] for a cell, the words of which are not told apart by capitals.
func FoldCell(cell []byte) string { return foldCell(cell) }

// IsUnknown reports whether a cell says nothing, as an empty one or one that says so.
func IsUnknown(cell []byte) bool { return isUnknown(cell) }
