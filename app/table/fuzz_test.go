package table

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"postage/rules/reach"
)

// FuzzFile: whatever a file holds, it is read or refused in words, and nothing panics.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		"", "Phone\n0912345678\n", "Phone;Last interaction\n+84 912;28/10/2026 14:20\n", "sep=\t\nSĐT\tTên\n'0912345678\t\"a\"\"b\n\"\n", "\ufeffa,b\r\rc,\"d", "a\x00b",
		"\xff\xfeP\x00h\x00\n\x000\x00", "\xfe\xff\x00P\x00h\x00\n\xd8\x00", "Phone,Follows,Country\n8.49123E+10,có,Mỹ\n84912345678.0,x,84\n", "{\"a\":1}", "%PDF-", "<html>",
		"Phone,zaloLast\n0912345678,ngày 28 tháng 10 năm 2026 lúc 2:20 CH GMT+7\n", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x01", 600),
	} {
		f.Add([]byte(seed))
	}
	f.Add(in1258(f, "Số điện thoại,Tên\n0912345678,Nguyễn Thị Ánh\n"))
	f.Add(inVNI("phone,nguyễn thị ánh\n0912345678,đường lê lợi\n"))
	f.Add(bookOf(f, testSheet{name: "A", rows: [][]any{{"Phone", "zaloLast"}, {912345678, inline("28/10/2026")}}}, testSheet{name: "B"}))
	f.Add(sheetXML(f, `<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="3"><c r="B3" t="str"><v>&#65;_x000D_</v></c></row></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		err := goThrough(bytes.NewReader(data), int64(len(data)), Options{})
		wrong := new(Error)
		if err != nil && (!errors.As(err, &wrong) || wrong.Error() == "" || strings.Contains(wrong.Error(), "{found}")) {
			t.Errorf("%v", err)
		}
	})
}

// FuzzSheet: the same for what stands in a workbook, behind its packing.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="2"><c><v>912345678</v></c></row></worksheet>`, `<sst><si><t>Phone</t></si></sst>`, `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`)
	f.Add(`<x:worksheet><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row>`, `<sst><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>`, `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>`)
	f.Add(`<worksheet><row r="1"><c t="b" s="0"><v>1</v></c><c s="0"><v>46323.5</v></c>`, `<!DOCTYPE a>`, `<a><![CDATA[ ]]>&lt;`)
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		data := parts(t,
			"xl/workbook.xml", `<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="t.xml"/><Relationship Id="c" Type="x/styles" Target="y.xml"/></Relationships>`,
			"xl/s.xml", sheet, "xl/t.xml", shared, "xl/y.xml", styles)
		err := goThrough(bytes.NewReader(data), int64(len(data)), Options{})
		wrong := new(Error)
		if err != nil && (!errors.As(err, &wrong) || wrong.Error() == "") {
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
		if phone, country, code := readPhone(cell, sendingCountry); code == "" && (phone == 0 || phone > 999_999_999_999_999 || len(country.String()) == 1) {
			t.Errorf("%q is %d of %s", cell, phone, country)
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

var sendingCountry = reach.CountryOf(Home)

func fitsAll(cell []byte) {
	for _, fact := range reach.Facts() {
		fits(fact.Kind, cell)
	}
	isUnknown(cell)
	_ = harmless(string(cell))
}
