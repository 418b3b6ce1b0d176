package cells

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Limits of what is read.
const (
	MaxBytes     = 2 << 30   // of a file
	MaxBookBytes = 200 << 20 // of an .xlsx
	MaxUnpacked  = 1 << 30   // of all that is read of an .xlsx, unpacked
	MaxRatio     = 200       // of unpacked to packed bytes
	MaxColumns   = 1000
	MaxCell      = 32_767    // characters of a cell
	MaxSheetRows = 1_048_575 // rows below the header that a spreadsheet holds; the browser reads no more
)

// A Kind is what sort of file it is.
type Kind string

// The kinds of files that are read.
const (
	CSV  Kind = "csv"  // cells between commas, semicolons or tabs
	XLSX Kind = "xlsx" // a workbook of Excel since 2007
)

// An Encoding is how the text of a file is written.
type Encoding string

// The encodings that are read.
const (
	UTF8        Encoding = "UTF-8"
	UTF16LE     Encoding = "UTF-16LE"
	UTF16BE     Encoding = "UTF-16BE"
	Windows1258 Encoding = "Windows-1258"
)

// A Sheet is one of a workbook's.
type Sheet struct {
	Name   string
	Hidden bool
	Empty  bool // it has no cell that holds anything

	part string // of the archive
}

// Options say what of a file is to be read.
type Options struct {
	Sheet   string // by name; needed where several sheets hold something
	MaxRows int32  // below the header; 0: as many as there are
}

// A File is a table that can be read, as often as one likes. It keeps the reader
// that it was opened with.
type File struct {
	Kind      Kind
	Encoding  Encoding
	Delimiter byte     // of a CSV: , ; or tab
	Sheets    []Sheet  // of a workbook, in its order
	Sheet     string   // the one that is read
	Header    []string // the names of the columns, trimmed; some may be empty

	at        io.ReaderAt
	size      int64
	mark      int64 // bytes of the byte order mark
	separator int64 // bytes of the line "sep=;", as UTF-8
	maxRows   int32
	book      *workbook
}

// Open looks at a file of a size in bytes: what it is, how it is encoded, which sheet
// is read, and its header. The file is read again for each [File.Rows]. Every error
// is an [Error].
func Open(at io.ReaderAt, size int64, o Options) (*File, error) {
	f := &File{at: at, size: size, maxRows: o.MaxRows}
	if size > MaxBytes {
		return nil, &Error{Code: TooLarge, Found: grouped(size), Most: MaxBytes}
	}
	head, err := f.read(0, headBytes)
	if err != nil {
		return nil, err
	}
	if err := f.recognise(head); err != nil {
		return nil, err
	}
	if f.Kind == XLSX {
		err = f.openBook(o.Sheet)
	} else {
		err = f.openText(head)
	}
	if err != nil {
		return nil, err
	}
	return f, f.readHeader()
}

// headBytes are looked at to tell what a file is.
const headBytes = 64 << 10

// read returns at most n bytes from a place on.
func (f *File) read(from int64, n int) ([]byte, error) {
	b := make([]byte, max(0, min(int64(n), f.size-from)))
	return b, f.readInto(b, from)
}

func (f *File) readInto(b []byte, from int64) error {
	if got, err := f.at.ReadAt(b, from); err != nil && (!errors.Is(err, io.EOF) || got < len(b)) {
		return cannotRead(err)
	}
	return nil
}

func cannotRead(err error) error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	return &Error{Code: CannotRead, Found: Shown([]byte(err.Error()))}
}

// magic are the first bytes of files that are no tables.
var magic = []struct{ first, kind string }{
	{"%PDF-", "PDF"}, {"{\\rtf", "RTF"}, {"\x1f\x8b", "gzip"}, {"7z\xbc\xaf\x27\x1c", "7-Zip"}, {"Rar!", "RAR"},
	{"\x89PNG", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {"SQLite format 3", "SQLite"},
	{"BEGIN:VCARD", "vCard"}, {"PAR1", "Parquet"},
}

// recognise tells the kind of a file by its first bytes.
func (f *File) recognise(head []byte) error {
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.first)) {
			return &Error{Code: OtherKind, Found: m.kind}
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		f.Kind = XLSX
		return nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return f.oldExcel(head)
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bomUTF8)), " \t\r\n")
	if len(text) == 0 && int64(len(head)) == f.size {
		return &Error{Code: Empty}
	}
	start := strings.ToLower(string(text[:min(len(text), 512)]))
	switch {
	case strings.HasPrefix(start, "<?xml"), strings.HasPrefix(start, "<workbook"):
		return &Error{Code: OtherKind, Found: "XML"}
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"), strings.HasPrefix(start, "<table"), strings.HasPrefix(start, "<meta"), strings.HasPrefix(start, "<style"):
		return &Error{Code: OtherKind, Found: "HTML"}
	case strings.HasPrefix(start, "{\""), strings.HasPrefix(start, "[{"), strings.HasPrefix(start, "{\n"), strings.HasPrefix(start, "{\r"):
		return &Error{Code: OtherKind, Found: "JSON"}
	}
	f.Kind = CSV
	return nil
}

// oldExcel tells a workbook before 2007 from a newer one with a password: both are
// OLE compound files, whose directory names their parts in UTF-16.
func (f *File) oldExcel(head []byte) error {
	const directoryAt, shiftAt = 48, 30
	parts := head
	if len(head) > directoryAt+4 && head[shiftAt] <= 12 {
		sector := int64(head[directoryAt]) | int64(head[directoryAt+1])<<8 | int64(head[directoryAt+2])<<16 | int64(head[directoryAt+3])<<24
		if from := (sector + 1) << head[shiftAt]; from < f.size {
			directory, err := f.read(from, headBytes)
			if err != nil {
				return err
			}
			parts = append(parts, directory...)
		}
	}
	switch {
	case bytes.Contains(parts, utf16Name("EncryptedPackage")):
		return &Error{Code: Password}
	case bytes.Contains(parts, utf16Name("Workbook")), bytes.Contains(parts, utf16Name("Book")):
		return &Error{Code: OldExcel}
	case bytes.Contains(parts, utf16Name("WordDocument")):
		return &Error{Code: OtherKind, Found: "Word"}
	}
	return &Error{Code: OldExcel}
}

func utf16Name(name string) []byte {
	var b []byte
	for i := range len(name) {
		b = append(b, name[i], 0)
	}
	return b
}

// readHeader reads the names of the columns.
func (f *File) readHeader() error {
	rows := f.Rows()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		return &Error{Code: Empty}
	}
	if fault := rows.Fault(); fault != nil {
		return fault
	}
	last := -1
	for i, cell := range rows.Cells() {
		name := strings.Join(strings.Fields(string(cell)), " ")
		f.Header = append(f.Header, name)
		if name != "" {
			last = i
		}
	}
	f.Header = f.Header[:last+1]
	if rows.Row() != 1 || last < 0 {
		return &Error{Code: NoHeader, Row: 1}
	}
	if font := fontOf(f.Header); font != "" {
		return &Error{Code: FontText, Row: 1, Found: font}
	}
	if rows.Next() {
		return nil
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return &Error{Code: NoRows}
}

// ColumnName is what a column is called: its name, else its letters.
func (f *File) ColumnName(i int) string {
	if i < len(f.Header) && f.Header[i] != "" {
		return Shown([]byte(f.Header[i]))
	}
	return Letters(i)
}

// Letters are what a spreadsheet calls a column, from A on.
func Letters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// composed is a cell in Unicode's form NFC, in which a letter with its marks is one
// character where there is one.
func composed(cell []byte) []byte {
	if isComposed(cell) || norm.NFC.IsNormal(cell) {
		return cell
	}
	return norm.NFC.Bytes(cell)
}

// isComposed is a quick look at a cell: true where all of it is ASCII, letters of the
// Latin script with their marks, and Cyrillic letters, which are in form NFC.
func isComposed(cell []byte) bool {
	for i, c := range cell {
		switch {
		case c < 0xc7, c == 0xd0, c == 0xd1:
		case c == 0xe1 && i+1 < len(cell) && (cell[i+1] == 0xba || cell[i+1] == 0xbb):
		default:
			return false
		}
	}
	return true
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
