package cells

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"testing"

	"postage/app/table/cellstest"
)

const benchmarked = 50_000

// What our readers are beside the library's: run as
// go test -bench 'Of(CSV|XML|Phones)' ./app/table/...

func BenchmarkOfCSV(b *testing.B) {
	var data bytes.Buffer
	cellstest.ManyRows(&data, benchmarked)
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
	book, err := zip.NewReader(bytes.NewReader(cellstest.ManyInBook(b, benchmarked)), int64(len(cellstest.ManyInBook(b, benchmarked))))
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
