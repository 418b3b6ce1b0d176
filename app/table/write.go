package table

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"postage/app/table/cells"
)

// A Writer writes rows as CSV that Excel and tools for messages read: UTF-8 with the
// mark by which Excel knows it, commas, and lines that end as in Windows.
//
// What a cell holds must not be run when the file is opened, although it comes from
// people's files: names are typed by customers. So an apostrophe is put before a cell
// that a spreadsheet would take for a formula, and before what looks like one behind a
// sign at which a spreadsheet of another country would cut the cell. A phone number or
// another number that begins with + or - has only digits, blanks, points, dashes and
// brackets; it can call nothing and name no cell, and stays as it is, for the tools that
// read the file.
type Writer struct {
	to   *bufio.Writer
	line []byte
	end  string // of a line
	err  error
}

const bufferBytes = 64 << 10

// NewWriter returns a writer that has written the header, with more columns behind
// those of the file.
func (f *File) NewWriter(to io.Writer, more ...string) *Writer {
	w := &Writer{to: bufio.NewWriterSize(to, bufferBytes), end: "\r\n"}
	w.write([]byte("\ufeff"))
	w.WriteTexts(slices.Concat(f.Header, more))
	return w
}

// NewLines returns a writer of rows that other programs read: without the mark, and with
// lines that end as they do there.
func NewLines(to io.Writer) *Writer {
	return &Writer{to: bufio.NewWriterSize(to, bufferBytes), end: "\n"}
}

// Write writes a row. An error is told by [Writer.Close].
func (w *Writer) Write(row [][]byte) {
	w.line = w.line[:0]
	for i, cell := range row {
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.line = appendCell(w.line, cell)
	}
	w.line = append(w.line, w.end...)
	w.write(w.line)
}

func (w *Writer) write(b []byte) {
	if w.err == nil {
		_, w.err = w.to.Write(b)
	}
}

// WriteTexts writes a row as [Writer.Write] does.
func (w *Writer) WriteTexts(row []string) {
	cells := make([][]byte, len(row))
	for i, text := range row {
		cells[i] = []byte(text)
	}
	w.Write(cells)
}

// Close writes what is left. It does not close what is written to.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	return w.to.Flush()
}

// appendCell appends a cell that is harmless, in quotation marks where it needs them.
func appendCell(to, cell []byte) []byte {
	text := harmless(strings.ReplaceAll(strings.ToValidUTF8(string(cell), "�"), "\x00", ""))
	if !strings.ContainsAny(text, "\",;\t\r\n") && strings.TrimSpace(text) == text {
		return append(to, text...)
	}
	to = append(to, '"')
	for i := range len(text) {
		if text[i] == '"' {
			to = append(to, '"')
		}
		to = append(to, text[i])
	}
	return append(to, '"')
}

// harmless puts an apostrophe before what would be a formula.
func harmless(text string) string {
	if !strings.ContainsAny(text, "=+-@＝＋－＠") {
		return text
	}
	var b strings.Builder
	start, first := true, true // of a cell, here or in another country; of the whole one
	for i, r := range text {
		switch {
		case start && isFormula(text[i:], first):
			b.WriteByte('\'')
			start, first = false, false
		case strings.ContainsRune("\t\r\n", r):
			start = true
		case strings.ContainsRune(";,|", r):
			start, first = true, false
		case !unicode.IsSpace(r) && r != '"' && !unicode.IsControl(r) && !strings.ContainsRune(cells.Unseen, r):
			start, first = false, false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isFormula reports whether a spreadsheet would take a text for a formula. Behind a
// sign within a cell, as in "Hà Nội, -5°", only what must be one counts.
func isFormula(text string, first bool) bool {
	r, n := utf8.DecodeRuneInString(text)
	switch r {
	case '=', '＝', '@', '＠':
		return true
	case '+', '-', '＋', '－':
		rest := text[n:]
		if !first {
			if end := strings.IndexAny(rest, ";,\t\r\n|"); end >= 0 {
				rest = rest[:end]
			}
			return strings.ContainsAny(rest, "(!")
		}
		return !isHarmless(rest)
	}
	return false
}

// isHarmless reports whether a text has nothing that a formula needs to do harm.
func isHarmless(text string) bool {
	return strings.Trim(text, "0123456789 .,-()/\u00a0") == ""
}

// Split goes through the rows and writes each to the writer that it is for, nil for
// none. The header must have been written by [File.NewWriter]. Rows that cannot be read
// are written as the others are, where a writer is named for them. The progress is as
// for [File.Columns]; where it returns false the writing stops.
func (f *File) Split(to func(row int32) *Writer, progress func(float64) bool) error {
	return f.Each(func(row int32, cells [][]byte) {
		if w := to(row); w != nil {
			w.Write(cells)
		}
	}, progress)
}

// Each goes through the rows below the header, which may have fewer cells than that or
// more. The cells are good until the next row. The progress is as for [File.Columns];
// where it returns false the rows end.
func (f *File) Each(each func(row int32, cells [][]byte), progress func(float64) bool) error {
	rows := f.Rows()
	rows.Next() // the header
	for n := 1; rows.Next(); n++ {
		if progress != nil && n%progressRows == 0 && !progress(rows.Progress()) {
			return nil
		}
		each(rows.Row(), rows.Cells())
	}
	return rows.Err()
}
