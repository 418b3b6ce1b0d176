package table

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postage/rules/reach"
)

// benchmarkRows goes through a file as the command does: once for its columns, once
// for its contacts.
func benchmarkRows(b *testing.B, rows int, open func() *File) {
	b.ReportAllocs()
	for b.Loop() {
		f := open()
		columns, err := f.Columns(nil)
		if err != nil {
			b.Fatal(err)
		}
		contacts, err := f.Contacts(columns, Sending{reach.On(20261201)})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		var c reach.Contact
		for contacts.Next(&c) {
			if contacts.Problem() == nil {
				n++
			}
		}
		if err := contacts.Err(); err != nil || n < rows/2 {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
}

const benchmarked = 50_000

func BenchmarkCSV(b *testing.B) {
	var data bytes.Buffer
	manyRows(&data, benchmarked)
	b.SetBytes(int64(data.Len()))
	benchmarkRows(b, benchmarked, func() *File { return opened(b, data.Bytes(), Options{}) })
}

func BenchmarkXLSX(b *testing.B) {
	data := manyInBook(b, benchmarked)
	b.SetBytes(int64(len(data)))
	benchmarkRows(b, benchmarked, func() *File { return opened(b, data, Options{}) })
}

// manyInBook is what manyRows writes, as a workbook.
func manyInBook(t testing.TB, rows int) []byte {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	s := testSheet{name: "Khách"}
	s.rows = append(s.rows, []any{"Mã khách hàng", "Tên khách hàng", "Điện thoại", "Địa chỉ", "Zalo ID", "Quan tâm", "Tương tác gần nhất", "FB gần nhất", "Ngày giao dịch cuối"})
	for i := range rows {
		line := string(manyCells(nil, random, i))
		line = strings.TrimSpace(strings.ReplaceAll(line, `"12 Lê Lợi, Phường Bến Nghé, Quận 1"`, "12 Lê Lợi"))
		var cells []any
		for cell := range strings.SplitSeq(line, ",") {
			if cell == "" {
				cells = append(cells, nil)
			} else {
				cells = append(cells, cell)
			}
		}
		s.rows = append(s.rows, cells)
	}
	return bookOf(t, s)
}

var (
	manyRowsFlag = flag.Int("rows", 5000, "how many rows the lists have that are read whole")
	keepIn       = flag.String("keep", "", "the folder in which these lists stay")
)

// TestListsAreReadWhole reads lists with none of their rows left out, from files, in
// little memory. With -rows 1000000 -v it tells how long a million takes.
func TestListsAreReadWhole(t *testing.T) {
	folder := *keepIn
	if folder == "" {
		folder = t.TempDir()
	}
	var csv bytes.Buffer
	manyRows(&csv, *manyRowsFlag)
	for name, data := range map[string][]byte{"list.csv": csv.Bytes(), "list.xlsx": manyInBook(t, *manyRowsFlag)} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		from, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		f, err := Open(from, int64(len(data)), Options{MaxRows: MaxSheetRows})
		if err != nil {
			t.Fatal(err)
		}
		columns, err := f.Columns(nil)
		if err != nil {
			t.Fatal(err)
		}
		contacts, err := f.Contacts(columns, sending)
		if err != nil {
			t.Fatal(err)
		}
		read := 0
		var c reach.Contact
		for contacts.Next(&c) {
			if contacts.Problem() == nil && c.Phone != 0 && c.UID != "" && c.ZaloLast.HasHour() && c.MessengerLast.HasHour() {
				read++
			}
		}
		took := time.Since(began)
		if err := errors.Join(contacts.Err(), from.Close()); err != nil || columns.Rows != int64(*manyRowsFlag) || int(contacts.Rows()) != *manyRowsFlag {
			t.Errorf("%s: %d rows and %d, %v", name, columns.Rows, contacts.Rows(), err)
		}
		if read < *manyRowsFlag*9/10 { // some of the random phones are none
			t.Errorf("%s: of %d rows %d were read", name, *manyRowsFlag, read)
		}
		t.Logf("%s: %d bytes, %d rows twice in %v", name, len(data), *manyRowsFlag, took)
	}
}

// What our readers are beside the library's: run as
// go test -bench 'Of(CSV|XML|Phones)' ./app/table.

func BenchmarkOfCSV(b *testing.B) {
	var data bytes.Buffer
	manyRows(&data, benchmarked)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(data.Len()))
		for b.Loop() {
			rows := csvRows{from: bytes.NewReader(data.Bytes()), delimiter: ','}
			var r record
			for r.reset(); rows.next(&r) == nil; r.reset() {
			}
		}
	})
	b.Run("encoding/csv", func(b *testing.B) {
		b.SetBytes(int64(data.Len()))
		for b.Loop() {
			rows := csv.NewReader(bytes.NewReader(data.Bytes()))
			rows.ReuseRecord = true
			for _, err := rows.Read(); err == nil; _, err = rows.Read() {
			}
		}
	})
}

func BenchmarkOfXML(b *testing.B) {
	book, err := zip.NewReader(bytes.NewReader(manyInBook(b, benchmarked)), int64(len(manyInBook(b, benchmarked))))
	if err != nil {
		b.Fatal(err)
	}
	part, err := book.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		b.Fatal(err)
	}
	data, err := io.ReadAll(part)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			x := newXML(bytes.NewReader(data))
			for _, err := x.next(); err == nil; _, err = x.next() {
			}
		}
	})
	b.Run("encoding/xml", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			x := xml.NewDecoder(bytes.NewReader(data))
			for _, err := x.RawToken(); err == nil; _, err = x.RawToken() {
			}
		}
	})
}

func BenchmarkOfPhones(b *testing.B) {
	vietnam := reach.CountryOf(Home)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			_, _, _ = parsePhone("0912345678", false, vietnam)
		}
	})
	b.Run("nyaruka/phonenumbers", func(b *testing.B) {
		for b.Loop() {
			_, _, _ = byLibrary("0912345678", Home)
		}
	})
}
