package bills

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"postage/app/table/cells"
)

// MaxJSON is how many bytes of JSON are read.
const MaxJSON = 32 << 20

// A source gives the rows of a file, as often as it is asked.
type source interface {
	header() []string
	// each calls back for every row that is not blank, until it returns false. The
	// error is about the file as a whole, the fault about the row.
	each(use func(number int32, row [][]byte, fault error) bool) error
	// part is how much of the file each has gone through, 0 to 1.
	part() float64
}

// A tableSource is a table.
type tableSource struct {
	file *cells.File
	rows *cells.Rows
}

func (s *tableSource) header() []string { return s.file.Header }

func (s *tableSource) part() float64 { return s.rows.Progress() }

func (s *tableSource) each(use func(int32, [][]byte, error) bool) error {
	rows := s.file.Rows()
	s.rows = rows
	rows.Next() // the header
	for rows.Next() {
		var fault error
		if f := rows.Fault(); f != nil {
			fault = f
		}
		if !use(rows.Row(), rows.Cells(), fault) {
			return nil
		}
	}
	return rows.Err()
}

// A recordSource is the records of JSON. They count from 1.
type recordSource struct {
	names []string
	cells []recordCell // of all records, one after the other
	ends  []int        // where each record's end
	done  int          // records that were gone through
}

func (s *recordSource) part() float64 { return float64(s.done) / float64(len(s.ends)) }

// A recordCell is a field of a record.
type recordCell struct {
	column int
	text   string
}

func (s *recordSource) header() []string { return s.names }

func (s *recordSource) each(use func(int32, [][]byte, error) bool) error {
	row, start := make([][]byte, len(s.names)), 0
	for i, end := range s.ends {
		clear(row)
		for _, c := range s.cells[start:end] {
			row[c.column] = []byte(c.text)
		}
		start, s.done = end, i+1
		if !use(int32(i+1), row, nil) {
			return nil
		}
	}
	return nil
}

// looksLikeJSON reports whether a file begins as JSON does.
func looksLikeJSON(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	switch head[0] {
	case '{':
		return len(rest) == 0 || rest[0] == '"' || rest[0] == '}'
	case '[':
		return len(rest) == 0 || rest[0] == '{' || rest[0] == ']'
	}
	return false
}

// readRecords finds the records in JSON, or in lines of it: the objects of the list that
// has most of them.
func readRecords(at io.ReaderAt, size int64) (*recordSource, error) {
	if size > MaxJSON {
		return nil, &Error{Code: TooLargeJSON, Found: grouped(size), Most: MaxJSON}
	}
	text := make([]byte, size)
	if n, err := at.ReadAt(text, 0); err != nil && (!errors.Is(err, io.EOF) || int64(n) < size) {
		return nil, &Error{Code: BadJSON, Found: cells.Shown([]byte(err.Error()))}
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	d.UseNumber()
	lists := map[string][]map[string]any{}
	for {
		var value any
		err := d.Decode(&value)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, &Error{Code: BadJSON, Found: cells.Shown([]byte(err.Error()))}
		}
		if message := mistakeIn(value); message != "" {
			return nil, &Error{Code: AnswerIsError, Found: cells.Shown([]byte(message))}
		}
		gather(value, "", deepest, lists)
	}
	var best string
	for _, path := range slices.Sorted(maps.Keys(lists)) {
		if len(lists[path]) > len(lists[best]) {
			best = path
		}
	}
	if len(lists[best]) == 0 {
		return nil, &Error{Code: NoRecords}
	}
	return recordsOf(lists[best])
}

// mistakeIn is what the answer of a platform says went wrong.
func mistakeIn(value any) string {
	object, _ := value.(map[string]any)
	mistake, _ := object["error"].(map[string]any)
	message, _ := mistake["message"].(string)
	return message
}

// deepest is how deep records may stand in JSON.
const deepest = 20

// gather collects records by where they stand. A record is an object that holds no list
// of records itself.
func gather(value any, path string, depth int, lists map[string][]map[string]any) {
	switch value := value.(type) {
	case []any:
		for _, one := range value {
			gather(one, path+"[]", depth-1, lists)
		}
	case map[string]any:
		inner := false
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if holdsRecords(value[name], depth-1) {
				inner = true
				gather(value[name], path+"."+name, depth-1, lists)
			}
		}
		if !inner && len(value) > 1 {
			lists[path] = append(lists[path], value)
		}
	}
}

// holdsRecords reports whether there is a list of objects in a value.
func holdsRecords(value any, depth int) bool {
	if depth == 0 {
		return false
	}
	switch value := value.(type) {
	case []any:
		return slices.ContainsFunc(value, func(one any) bool {
			_, object := one.(map[string]any)
			return object || holdsRecords(one, depth-1)
		})
	case map[string]any:
		for _, one := range value {
			if holdsRecords(one, depth-1) {
				return true
			}
		}
	}
	return false
}

// recordsOf makes rows of records: what stands in an object inside of one is called by
// both names.
func recordsOf(list []map[string]any) (*recordSource, error) {
	s := &recordSource{}
	place := map[string]int{}
	for _, record := range list {
		var failed error
		var put func(prefix string, value any)
		put = func(name string, value any) {
			var cell string
			switch value := value.(type) {
			case map[string]any:
				if strings.Count(name, " ") > deepest {
					return
				}
				for _, inner := range slices.Sorted(maps.Keys(value)) {
					put(strings.TrimSpace(name+" "+inner), value[inner])
				}
				return
			case string:
				cell = value
			case json.Number:
				cell = value.String()
			case bool:
				cell = strconv.FormatBool(value)
			default:
				return
			}
			at, known := place[name]
			if !known {
				if len(s.names) == cells.MaxColumns {
					failed = &cells.Error{Code: cells.TooManyColumns, Row: int32(len(s.ends) + 1), Most: cells.MaxColumns}
					return
				}
				at = len(s.names)
				place[name] = at
				s.names = append(s.names, name)
			}
			s.cells = append(s.cells, recordCell{at, cell})
		}
		put("", record)
		if failed != nil {
			return nil, failed
		}
		s.ends = append(s.ends, len(s.cells))
	}
	return s, nil
}
