package rules

import (
	"errors"
	"strconv"
	"strings"
)

// The book's tables are read with a few lines of our own: encoding/csv, and what
// comes with it, would be a part of what every visitor downloads. A test reads
// each table of the book both ways.

// A folder holds the book's files. An embed.FS is one.
type folder interface {
	ReadFile(name string) ([]byte, error)
}

// eachRow reads a table whose first line must be the header given. The cells
// are row's only until it returns.
func eachRow(files folder, name, header string, row func(cells []string) error) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	rest, ok := strings.CutPrefix(string(data), header+"\n")
	if !ok {
		return errors.New(name + ": the first line is not " + strconv.Quote(header))
	}
	columns := strings.Count(header, ",") + 1
	cells := make([]string, 0, columns)
	for line := 2; rest != ""; line++ {
		if cells, rest, err = cutRow(cells[:0], rest); err == nil && len(cells) != columns {
			err = errors.New("there are " + strconv.Itoa(len(cells)) + " cells, not " + strconv.Itoa(columns))
		}
		if err == nil {
			err = row(cells)
		}
		if err != nil {
			return errors.New(name + ":" + strconv.Itoa(line) + ": " + err.Error())
		}
	}
	return nil
}

// cutRow appends the cells of the first row to cells and returns what follows
// the row. A cell in quotes may hold commas, and quotes that are doubled; no
// cell may hold the end of a line.
func cutRow(cells []string, table string) ([]string, string, error) {
	row, rest, _ := strings.Cut(table, "\n")
	for more := true; more; {
		var cell string
		if !strings.HasPrefix(row, `"`) {
			cell, row, more = strings.Cut(row, ",")
			if strings.Contains(cell, `"`) {
				return nil, "", errors.New("there is a quote within a cell without quotes")
			}
			cells = append(cells, cell)
			continue
		}
		end := 1
		for end < len(row) && (row[end] != '"' || strings.HasPrefix(row[end:], `""`)) {
			if row[end] == '"' {
				end++
			}
			end++
		}
		if end >= len(row) {
			return nil, "", errors.New("a quote is not closed")
		}
		cells = append(cells, strings.ReplaceAll(row[1:end], `""`, `"`))
		row = row[end+1:]
		if more = row != ""; more && row[0] != ',' {
			return nil, "", errors.New("there is text behind a cell in quotes")
		}
		row = strings.TrimPrefix(row, ",")
	}
	return cells, rest, nil
}
