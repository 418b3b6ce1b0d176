package table

import (
	"errors"
	"io"
	"slices"
	"strings"

	"postage/app/table/cells"
	"postage/app/table/phone"
	"postage/rules/reach"
)

// A File is a table of contacts that can be read, as often as one likes.
type File struct{ *cells.File }

// What a file is opened with, and what is wrong with it.
type (
	Options = cells.Options
	Error   = cells.Error
	Code    = cells.Code
)

// MaxBytes is how large a file may be.
const MaxBytes = cells.MaxBytes

// MaxSheetRows is how many rows below the header a spreadsheet holds; the browser reads
// no more.
const MaxSheetRows = cells.MaxSheetRows

// The errors that whoever reads a file may want to ask about, or to act on.
const (
	WhichSheet  = cells.WhichSheet
	DateOrder   = cells.DateOrder
	DateOrders  = cells.DateOrders
	NoContacts  = cells.NoContacts
	NoRows      = cells.NoRows
	TooManyRows = cells.TooManyRows
)

// Open looks at a file of a size in bytes, as [cells.Open] does, and at whether its
// first row holds names of columns and no contact. Every error is an [Error].
func Open(at io.ReaderAt, size int64, o Options) (*File, error) {
	f, err := cells.Open(at, size, o)
	var wrong *Error
	if err != nil && (!errors.As(err, &wrong) || wrong.Code != NoRows) {
		return nil, err
	}
	found := ""
	facts := make([]string, len(f.Header))
	for i, name := range f.Header {
		facts[i] = contactIn(name)
		holds := facts[i] != "" || slices.ContainsFunc(strings.Split(name, "|"), func(part string) bool { return contactIn(part) != "" }) // nothing is cut there
		if holds && found == "" {
			found = cells.Shown([]byte(name))
		}
	}
	if found != "" {
		return nil, &Error{Code: cells.NoHeader, Row: 1, Found: found, Facts: facts, Delimiter: f.Delimiter}
	}
	if err != nil {
		return nil, err
	}
	return &File{f}, nil
}

// contactIn is the fact that the name of a column is, a phone number or a user id, so that it
// is not the name of a column; empty where it is none.
func contactIn(name string) string {
	digits := 0
	for i := range len(name) {
		if '0' <= name[i] && name[i] <= '9' {
			digits++
		}
	}
	if digits < 9 {
		return ""
	}
	if _, _, ok := phone.ReadOne(name, reach.Country{}); ok {
		return "phone"
	}
	if cells.OnlyDigits(name) && digits >= leastUID {
		return "uid"
	}
	return ""
}
