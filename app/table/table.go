package table

import (
	"io"

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
	if err != nil {
		return nil, err
	}
	for _, name := range f.Header {
		if looksLikeContact(name) {
			return nil, &Error{Code: cells.NoHeader, Row: 1, Found: cells.Shown([]byte(name))}
		}
	}
	return &File{f}, nil
}

// looksLikeContact reports whether the name of a column is a phone number or a user
// id, so that it is not the name of a column.
func looksLikeContact(name string) bool {
	digits := 0
	for i := range len(name) {
		if '0' <= name[i] && name[i] <= '9' {
			digits++
		}
	}
	if digits < 9 {
		return false
	}
	_, _, ok := phone.ReadOne(name, reach.Country{})
	return ok || cells.OnlyDigits(name) && digits >= leastUID
}
