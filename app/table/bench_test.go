package table

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// TestWriteLargeLists writes the lists that the speed is measured with, where
// LARGE_LISTS names a folder for them.
func TestWriteLargeLists(t *testing.T) {
	folder := os.Getenv("LARGE_LISTS")
	if folder == "" {
		t.Skip("LARGE_LISTS names no folder")
	}
	to, err := os.Create(filepath.Join(folder, "million.csv"))
	if err != nil {
		t.Fatal(err)
	}
	manyRows(to, 1_000_000)
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "million.xlsx"), manyInBook(t, 1_000_000), 0o644); err != nil {
		t.Fatal(err)
	}
}
