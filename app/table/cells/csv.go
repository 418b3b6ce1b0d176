package cells

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// delimiterOf is the one of comma, semicolon and tab that cuts the first records into
// the most equal numbers of cells.
func delimiterOf(start []byte) byte {
	best, most := byte(','), 0
	for _, d := range []byte{',', ';', '\t'} {
		if n := alike(start, d); n > most {
			best, most = d, n
		}
	}
	return best
}

// separatorLine reads the first line "sep=;" by which Excel is told the delimiter, and
// how many bytes it takes.
func separatorLine(start []byte) (delimiter byte, length int) {
	const sep = "sep="
	if len(start) <= len(sep) || !bytes.EqualFold(start[:len(sep)], []byte(sep)) {
		return 0, 0
	}
	length = len(sep) + 1
	for length < len(start) && length < len(sep)+3 && (start[length] == '\r' || start[length] == '\n') {
		length++
	}
	d := start[len(sep)]
	if bytes.IndexByte([]byte(",;\t"), d) < 0 || length == len(sep)+1 {
		return 0, 0
	}
	return d, length
}

// alike counts how many of the first 20 records have as many cells as the first one,
// times the cells; 0 where the first has one.
func alike(start []byte, delimiter byte) int {
	const records = 20
	cells, first, same, quoted := 1, 0, 0, false
	end := func() bool {
		if first == 0 {
			first = cells
		}
		if cells == first {
			same++
		}
		cells = 1
		return same >= records
	}
	atStart := true
	for i, c := range start {
		switch {
		case c == '"':
			quoted = quoted != (quoted || atStart) // it opens only at the start of a cell
			if quoted {
				atStart = false
				continue
			}
		case quoted:
			continue
		case c == delimiter:
			cells++
		case c == '\n' && i > 0 && start[i-1] == '\r':
			continue
		case c == '\n' || c == '\r':
			if end() {
				return same * (first - 1)
			}
		}
		atStart = c == delimiter || c == '\n' || c == '\r'
	}
	if len(start) < headBytes || first == 0 {
		end()
	}
	return same * (first - 1)
}

// A csvRows reads records of cells. It is our own and not encoding/csv because that
// one keeps a cell of any length in memory (a quotation mark that is not closed is
// the rest of the file), does not know a lone CR, and skips empty lines without
// counting them; a test holds it equal to encoding/csv on what both read.
type csvRows struct {
	from      io.Reader
	delimiter byte
	window    []byte // read, not yet used
	space     []byte
	err       error // after the window
	afterCR   bool
	notPlain  int // how many records are not looked at as plain lines
	row       int32
}

const windowBytes = 256 << 10

func (r *csvRows) fill() bool {
	if r.space == nil {
		r.space = make([]byte, windowBytes)
	}
	for len(r.window) == 0 && r.err == nil {
		var n int
		n, r.err = r.from.Read(r.space)
		r.window = r.space[:n]
	}
	return len(r.window) > 0
}

// next reads a record into a row.
func (r *csvRows) next(to *record) error {
	if !r.fill() {
		return r.err
	}
	if r.afterCR && r.window[0] == '\n' {
		r.window = r.window[1:]
	}
	r.afterCR = false
	if !r.fill() {
		return r.err
	}
	r.row++
	to.row = r.row
	if whole, err := r.plainLine(to); whole || err != nil {
		return err
	}
	for {
		last, err := r.cell(to)
		if err != nil {
			return err
		}
		if err := to.endCell(); err != nil {
			return err
		}
		if last {
			return nil
		}
	}
}

// plainLine reads a record that stands in the window as a whole and has no quotation
// mark, as most do. It reports false where there is none.
//
// It looks at so many bytes only, and after a record that is not plain leaves so many
// alone, for where no record is plain each look would be in vain.
func (r *csvRows) plainLine(to *record) (whole bool, err error) {
	const looked, left = 4 << 10, 32
	if r.notPlain > 0 {
		r.notPlain--
		return false, nil
	}
	r.notPlain = left
	near := r.window[:min(len(r.window), looked)]
	end := bytes.IndexByte(near, '\n')
	if end < 0 || bytes.IndexByte(near[:end], '"') >= 0 {
		return false, nil
	}
	line := near[:end]
	if i := bytes.IndexByte(line, '\r'); i >= 0 {
		if i != end-1 {
			return false, nil
		}
		line = line[:i]
	}
	r.notPlain = 0
	r.window = r.window[end+1:]
	for {
		i := bytes.IndexByte(line, r.delimiter)
		cell := line
		if i >= 0 {
			cell, line = line[:i], line[i+1:]
		}
		if err := to.add(cell); err != nil {
			return false, err
		}
		if err := to.endCell(); err != nil {
			return false, err
		}
		if i < 0 {
			return true, nil
		}
	}
}

// cell reads a cell, and reports whether it is the last of its record.
func (r *csvRows) cell(to *record) (last bool, err error) {
	quoted := false
	if r.fill() && r.window[0] == '"' {
		quoted = true
		r.window = r.window[1:]
	}
	for quoted {
		if !r.fill() {
			if r.err != io.EOF {
				return false, r.err
			}
			return false, &Error{Code: OpenQuote, Row: r.row}
		}
		i := bytes.IndexByte(r.window, '"')
		if i < 0 {
			i = len(r.window)
		}
		if err := to.add(r.window[:i]); err != nil {
			return false, err
		}
		if r.window = r.window[i:]; len(r.window) == 0 {
			continue
		}
		r.window = r.window[1:]
		if r.fill() && r.window[0] == '"' { // two are one
			if err := to.add(r.window[:1]); err != nil {
				return false, err
			}
			r.window = r.window[1:]
			continue
		}
		quoted = false
	}
	for r.fill() {
		i := 0
		for i < len(r.window) {
			if c := r.window[i]; c == r.delimiter || c == '\n' || c == '\r' {
				break
			}
			i++
		}
		if i > 0 {
			if err := to.add(r.window[:i]); err != nil {
				return false, err
			}
		}
		if r.window = r.window[i:]; len(r.window) == 0 {
			continue
		}
		c := r.window[0]
		r.window = r.window[1:]
		r.afterCR = c == '\r'
		return c != r.delimiter, nil
	}
	if r.err != io.EOF {
		return false, r.err
	}
	return true, nil
}

// A record is the cells of one row, one behind the other.
type record struct {
	row  int32
	text []byte
	ends []int
}

func (r *record) reset() { r.text, r.ends = r.text[:0], r.ends[:0] }

// add appends to the cell that is being read.
func (r *record) add(text []byte) error {
	start := 0
	if len(r.ends) > 0 {
		start = r.ends[len(r.ends)-1]
	}
	if len(r.text)-start+len(text) > MaxCell*utf8.UTFMax {
		return r.tooLong()
	}
	r.text = append(r.text, text...)
	return nil
}

func (r *record) tooLong() error {
	return &Error{Code: CellTooLong, Row: r.row, Column: Letters(len(r.ends)), Most: MaxCell}
}

func (r *record) endCell() error {
	start := 0
	if len(r.ends) > 0 {
		start = r.ends[len(r.ends)-1]
	}
	if len(r.text)-start > MaxCell && utf8.RuneCount(r.text[start:]) > MaxCell {
		return r.tooLong()
	}
	if len(r.ends) == MaxColumns {
		if len(r.text) == start {
			return nil // nothing stands there
		}
		return &Error{Code: TooManyColumns, Row: r.row, Most: MaxColumns}
	}
	r.ends = append(r.ends, len(r.text))
	return nil
}
