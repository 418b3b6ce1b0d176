package reading

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"postage/rules/reach"
)

// Lines writes what becomes of each row as CSV: row, way, price and reason.
type Lines struct {
	out  *bufio.Writer
	ways []string
}

// WayCells are the cells of the ways of an outcome, its type and its price, as [Lines]
// write them. There is no price where the book has none.
func WayCells(o *reach.Outcome) []string {
	ways := make([]string, len(o.Ways))
	for i := range ways {
		ways[i] = string(o.Ways[i].Type) + ","
		if len(o.Ways[i].Totals) > 0 {
			ways[i] += o.Ways[i].Price.String()
		}
	}
	return ways
}

// NewLines begins with the line of names.
func NewLines(to io.Writer, ways []string) *Lines {
	l := &Lines{bufio.NewWriterSize(to, 1<<16), ways}
	l.out.WriteString("row,way,price,reason\n") // its errors are kept for Flush
	return l
}

// Write writes a row that goes by one of the ways, or by none, -1, for a reason.
func (l *Lines) Write(row int64, way int, reason string) {
	l.out.Write(strconv.AppendInt(l.out.AvailableBuffer(), row, 10))
	l.out.WriteByte(',')
	if way >= 0 {
		l.out.WriteString(l.ways[way])
		l.out.WriteByte(',')
	} else {
		l.out.WriteString(",,")
		l.out.WriteString(CSVCell(reason))
	}
	l.out.WriteByte('\n')
}

// Flush writes what is still kept, and returns the first error of all writing.
func (l *Lines) Flush() error { return l.out.Flush() }

// CSVCell is a text as a cell of a CSV.
func CSVCell(text string) string {
	if !strings.ContainsAny(text, "\",\r\n") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
