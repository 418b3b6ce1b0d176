package cells

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// Rows goes through the rows of a file from the header on.
type Rows struct {
	file   *File
	source interface{ next(*record) error }
	at     *counter
	record record
	cells  [][]byte
	fault  *Error
	err    error
}

// Rows returns the rows of the file from its header on.
func (f *File) Rows() *Rows {
	r := &Rows{file: f, at: &counter{}}
	if f.Kind == XLSX {
		source, err := f.book.rows(f.Sheet, f.Sheets, r.at)
		if err != nil {
			r.err = err
		}
		r.source = source
		return r
	}
	text := f.text(r.at)
	if _, err := io.CopyN(io.Discard, text, f.separator); err != nil {
		r.err = cannotRead(err)
	}
	r.source = &csvRows{from: text, delimiter: f.Delimiter}
	return r
}

// Next goes on to the next row that is not blank and reports whether there is one.
func (r *Rows) Next() bool {
	for r.err == nil {
		r.record.reset()
		if err := r.source.next(&r.record); err != nil {
			if !errors.Is(err, io.EOF) {
				r.err = cannotRead(err)
			} else {
				r.err = io.EOF
			}
			return false
		}
		if most := r.file.maxRows; most > 0 && r.record.row > most+1 && !r.blank() {
			r.err = &Error{Code: TooManyRows, Row: r.record.row, Most: int64(most)}
			return false
		}
		if r.blank() {
			continue
		}
		r.cut()
		return true
	}
	return false
}

func (r *Rows) blank() bool { return len(bytes.TrimSpace(r.record.text)) == 0 }

// cut makes cells of the record and says what is wrong with them.
func (r *Rows) cut() {
	r.fault, r.cells = nil, r.cells[:0]
	text, start := r.record.text, 0
	ascii := isASCII(text)
	for _, end := range r.record.ends {
		cell := text[start:end:end]
		start = end
		if !ascii {
			cell = composed(cell)
		}
		r.cells = append(r.cells, cell)
	}
	switch {
	case bytes.IndexByte(text, 0) >= 0:
		r.fault = r.faultIn(NUL, func(cell []byte) bool { return bytes.IndexByte(cell, 0) >= 0 })
	case !ascii && !utf8.Valid(text):
		r.fault = r.faultIn(BadEncoding, func(cell []byte) bool { return !utf8.Valid(cell) })
	case len(r.file.Header) > 0 && len(r.cells) > len(r.file.Header):
		for i, cell := range r.cells[len(r.file.Header):] {
			if len(bytes.TrimSpace(cell)) > 0 {
				r.fault = &Error{Code: MoreCells, Row: r.record.row, Column: Letters(len(r.file.Header) + i), Found: Shown(cell), Most: int64(len(r.file.Header))}
				break
			}
		}
	}
}

func (r *Rows) faultIn(code Code, wrong func([]byte) bool) *Error {
	for i, cell := range r.cells {
		if wrong(cell) {
			return &Error{Code: code, Row: r.record.row, Column: r.file.ColumnName(i), Found: Shown(bytes.ReplaceAll(cell, []byte{0}, []byte("␀")))}
		}
	}
	return &Error{Code: code, Row: r.record.row}
}

// Row is the number of the row; 1 is the header.
func (r *Rows) Row() int32 { return r.record.row }

// Cells are the cells of the row as they stand in the file, in Unicode's form NFC; a
// row may have fewer than there are columns. They hold until Next is called.
func (r *Rows) Cells() [][]byte { return r.cells }

// Fault says why the row cannot be read, nil where it can.
func (r *Rows) Fault() *Error { return r.fault }

// Err is the error that ended the rows, nil where there were no more.
func (r *Rows) Err() error {
	if errors.Is(r.err, io.EOF) {
		return nil
	}
	return r.err
}

// Progress is how much of the file has been read, from 0 to 1.
func (r *Rows) Progress() float64 {
	if r.at.all == 0 {
		return 0
	}
	return min(1, float64(r.at.n)/float64(r.at.all))
}

// A counter counts the bytes that are read.
type counter struct {
	from   io.Reader
	n, all int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	return n, err
}
