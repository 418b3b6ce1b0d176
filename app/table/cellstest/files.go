// Package cellstest writes the files that the tests of lists read.
package cellstest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// A Sheet is one of a workbook that a test writes. A string is a text that cells
// share, an Inline one a text of its own, a number a number, a time a date, a Formula
// what it gives, nil no cell.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   [][]any
}

// Texts of cells that are not shared.
type (
	Inline  string
	Formula string
)

// Book writes a workbook as Excel does.
func Book(t testing.TB, sheets ...Sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	writeBook(t, &b, sheets...)
	return b.Bytes()
}

func writeBook(t testing.TB, to io.Writer, sheets ...Sheet) {
	t.Helper()
	z := zip.NewWriter(to)
	part := func(name string, text ...string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range text {
			if _, err := io.WriteString(w, s); err != nil {
				t.Fatal(err)
			}
		}
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	part("[Content_Types].xml", head, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`)
	part("_rels/.rels", head, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+office+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	var list, relations strings.Builder
	for i, s := range sheets {
		state := ""
		if s.Hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escaped(s.Name), i+1, state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, office, i+1)
	}
	part("xl/workbook.xml", head, `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="`+office+`"><workbookPr/><sheets>`, list.String(), `</sheets></workbook>`)
	part("xl/_rels/workbook.xml.rels", head, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`, relations.String(),
		`<Relationship Id="rIdS" Type="`+office+`/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="`+office+`/styles" Target="/xl/styles.xml"/></Relationships>`)
	part("xl/styles.xml", head, `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/><numFmt numFmtId="165" formatCode="&quot;day&quot; #,##0;[Red]-0"/></numFmts>`,
		`<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs></styleSheet>`)
	shared := map[string]int{}
	var texts []string
	for i, s := range sheets {
		w, err := z.Create("xl/worksheets/sheet" + strconv.Itoa(i+1) + ".xml")
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, head+`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
		var row strings.Builder
		for r, cells := range s.Rows {
			row.Reset()
			fmt.Fprintf(&row, `<row r="%d" hidden="%t">`, r+1, r%7 == 3)
			for k, cell := range cells {
				place := string(rune('A'+k)) + strconv.Itoa(r+1)
				switch v := cell.(type) {
				case nil:
				case string:
					n, known := shared[v]
					if !known {
						n = len(texts)
						shared[v] = n
						texts = append(texts, v)
					}
					fmt.Fprintf(&row, `<c r="%s" t="s"><v>%d</v></c>`, place, n)
				case Inline:
					fmt.Fprintf(&row, `<c r="%s" t="inlineStr"><is><r><t xml:space="preserve">%s</t></r><rPh><t>aside</t></rPh></is></c>`, place, escaped(string(v)))
				case Formula:
					fmt.Fprintf(&row, `<c r="%s" t="str"><f>A1&amp;""</f><v>%s</v></c>`, place, escaped(string(v)))
				case int:
					fmt.Fprintf(&row, `<c r="%s"><v>%d</v></c>`, place, v)
				case float64:
					fmt.Fprintf(&row, `<c r="%s" s="2"><v>%s</v></c>`, place, strconv.FormatFloat(v, 'E', -1, 64))
				case bool:
					fmt.Fprintf(&row, `<c r="%s" t="b"><v>%d</v></c>`, place, map[bool]int{true: 1}[v])
				case time.Time:
					days := v.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
					fmt.Fprintf(&row, `<c r="%s" s="1"><v>%s</v></c>`, place, strconv.FormatFloat(days, 'f', -1, 64))
				default:
					t.Fatalf("a cell of the type %T", cell)
				}
			}
			row.WriteString("</row>")
			if _, err := io.WriteString(w, row.String()); err != nil {
				t.Fatal(err)
			}
		}
		io.WriteString(w, `</sheetData></worksheet>`)
	}
	w, err := z.Create("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, head+`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`)
	for _, s := range texts {
		io.WriteString(w, `<si><t xml:space="preserve">`+escaped(s)+`</t></si>`)
	}
	io.WriteString(w, `</sst>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// In1258 writes a text in Windows-1258, which has vowels with their own signs and the
// tones behind them.
func In1258(t testing.TB, text string) []byte {
	t.Helper()
	var b []byte
	for _, r := range norm.NFC.String(text) {
		if c, ok := charmap.Windows1258.EncodeRune(r); ok {
			b = append(b, c)
			continue
		}
		parts := []rune(norm.NFD.String(string(r)))
		tone := -1
		for i, p := range parts {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", p) {
				tone = i
			}
		}
		if tone < 0 {
			t.Fatalf("%q is not in Windows-1258", r)
		}
		vowel := []rune(norm.NFC.String(string(parts[:tone]) + string(parts[tone+1:])))
		for _, p := range append(vowel, parts[tone]) {
			c, ok := charmap.Windows1258.EncodeRune(p)
			if !ok {
				t.Fatalf("%q is not in Windows-1258", p)
			}
			b = append(b, c)
		}
	}
	return b
}

// ManyRows writes a list as a shop has it, of so many rows below the header.
func ManyRows(to io.Writer, rows int) {
	random := rand.New(rand.NewPCG(1, 2))
	io.WriteString(to, "Mã khách hàng,Tên khách hàng,Điện thoại,Địa chỉ,Zalo ID,Quan tâm,Tương tác gần nhất,FB gần nhất,Ngày giao dịch cuối\r\n")
	var b []byte
	for i := range rows {
		b = ManyCells(b[:0], random, i)
		_, _ = to.Write(b)
	}
}

// ManyCells appends one row of such a list.
func ManyCells(b []byte, random *rand.Rand, i int) []byte {
	date := func() string {
		return fmt.Sprintf("%02d/%02d/2026 %02d:%02d", 1+random.IntN(28), 1+random.IntN(10), random.IntN(24), random.IntN(60))
	}
	return fmt.Appendf(b, "KH%07d,Nguyễn Thị Ánh Ngọc %d,09%08d,\"12 Lê Lợi, Phường Bến Nghé, Quận 1\",%d,%s,%s,%s,%s\r\n",
		i, random.IntN(1000), random.IntN(100_000_000), 1_000_000_000_000_000_000+random.Int64N(1_000_000_000_000_000_000), []string{"Có", "Không", ""}[random.IntN(3)], date(), date(), date())
}

// ManyInBook is what manyRows writes, as a workbook.
func ManyInBook(t testing.TB, rows int) []byte {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	s := Sheet{Name: "Khách"}
	s.Rows = append(s.Rows, []any{"Mã khách hàng", "Tên khách hàng", "Điện thoại", "Địa chỉ", "Zalo ID", "Quan tâm", "Tương tác gần nhất", "FB gần nhất", "Ngày giao dịch cuối"})
	for i := range rows {
		line := string(ManyCells(nil, random, i))
		line = strings.TrimSpace(strings.ReplaceAll(line, `"12 Lê Lợi, Phường Bến Nghé, Quận 1"`, "12 Lê Lợi"))
		var cells []any
		for cell := range strings.SplitSeq(line, ",") {
			if cell == "" {
				cells = append(cells, nil)
			} else {
				cells = append(cells, cell)
			}
		}
		s.Rows = append(s.Rows, cells)
	}
	return Book(t, s)
}
