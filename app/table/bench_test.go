package table

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"postage/app/table/cellstest"
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
	cellstest.ManyRows(&data, benchmarked)
	b.SetBytes(int64(data.Len()))
	benchmarkRows(b, benchmarked, func() *File { return opened(b, data.Bytes(), Options{}) })
}

func BenchmarkXLSX(b *testing.B) {
	data := cellstest.ManyInBook(b, benchmarked)
	b.SetBytes(int64(len(data)))
	benchmarkRows(b, benchmarked, func() *File { return opened(b, data, Options{}) })
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
	cellstest.ManyRows(&csv, *manyRowsFlag)
	for name, data := range map[string][]byte{"list.csv": csv.Bytes(), "list.xlsx": cellstest.ManyInBook(t, *manyRowsFlag)} {
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
