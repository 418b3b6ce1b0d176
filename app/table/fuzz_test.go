package table

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"postage/app/table/cellstest"
	"postage/app/table/phone"
	"postage/rules"
	"postage/rules/reach"
)

// goThrough does with a file all that can be done, and returns the first error.
func goThrough(data []byte) error {
	f, err := Open(bytes.NewReader(data), int64(len(data)), Options{})
	if err != nil {
		return err
	}
	columns, err := f.Columns(nil)
	if err != nil {
		return err
	}
	columns.Answer(DayFirst)
	if contacts, err := f.Contacts(columns, sending); err == nil {
		var c reach.Contact
		for contacts.Next(&c) {
			if p := contacts.Problem(); p != nil {
				_ = p.Error()
			}
		}
		if err := contacts.Err(); err != nil {
			return err
		}
	} else if known := new(Error); !errors.As(err, &known) || known.Code != NoContacts {
		return err
	}
	w := f.NewWriter(io.Discard)
	if err := f.Split(func(int32) *Writer { return w }, nil); err != nil {
		return err
	}
	return w.Close()
}

// FuzzFile: whatever a file holds, it is read or refused in words, and nothing panics.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"", "Phone\n0912345678\n", "Phone;Last interaction\n+84 912;28/10/2026 14:20\n", "sep=\t\nSĐT\tTên\n'0912345678\t\"a\"\"b\n\"\n", "\ufeffa,b\r\rc,\"d", "a\x00b",
		"\xff\xfeP\x00h\x00\n\x000\x00", "\xfe\xff\x00P\x00h\x00\n\xd8\x00", "Phone,Follows,Country\n8.49123E+10,có,Mỹ\n84912345678.0,x,84\n", "{\"a\":1}", "%PDF-", "<html>",
		"Phone,zaloLast\n0912345678,ngày 28 tháng 10 năm 2026 lúc 2:20 CH GMT+7\n", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x01", 600),
	} {
		f.Add([]byte(seed))
	}
	f.Add(cellstest.In1258(f, "Số điện thoại,Tên\n0912345678,Nguyễn Thị Ánh\n"))
	f.Add(cellstest.Book(f, cellstest.Sheet{Name: "A", Rows: [][]any{{"Phone", "zaloLast"}, {912345678, cellstest.Inline("28/10/2026")}}}, cellstest.Sheet{Name: "B"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		err := goThrough(data)
		wrong := new(Error)
		if err != nil && (!errors.As(err, &wrong) || wrong.Error() == "" || strings.Contains(wrong.Error(), "{found}")) {
			t.Errorf("%v", err)
		}
	})
}

// FuzzCells: phones and dates of any bytes are read or not, and what is read is sound.
func FuzzCells(f *testing.F) {
	for _, seed := range []string{"0912 345 678", "+84 (0) 912", "8.49123E+10", "28/10/2026 14:20", "ngày 28 tháng 10 năm 2026", "2026-10-28T07:20:00Z", "46323.5", "+", "a.m.", "1 Mai", "\u200e+84"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, cell []byte) {
		if number, country, code := phone.Read(cell, sendingCountry); code == "" && (number == 0 || number > reach.MaxPhone || len(country.String()) == 1) {
			t.Errorf("%q is %d of %s", cell, number, country)
		}
		if w, ok := parseWhen(cell); ok {
			for _, order := range []Order{OrderUnknown, DayFirst, MonthFirst} {
				if m, code := w.moment(order); code == "" && (m.Day() < 18991231 || m.Day() > 21000102) {
					t.Errorf("%q is %s", cell, m.Day())
				}
			}
		}
		fitsAll(cell)
	})
}

var sendingCountry = reach.CountryOf(rules.Home)

func fitsAll(cell []byte) {
	for _, fact := range reach.Facts() {
		fits(fact.Kind, cell)
	}
	isUnknown(cell)
	_ = harmless(string(cell))
}
