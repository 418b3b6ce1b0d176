package cells

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"runtime"
	"strings"
	"testing"

	"postage/app/table/cellstest"
)

// A blankFile is a file of a size, all of one byte behind what it begins with.
type blankFile struct {
	head string
	fill byte
}

func (b blankFile) ReadAt(p []byte, from int64) (int, error) {
	for n := copy(p, []byte{b.fill}); n < len(p) && n > 0; n *= 2 {
		copy(p[n:], p[:n])
	}
	if from < int64(len(b.head)) {
		copy(p, b.head[from:])
	}
	return len(p), nil
}

type brokenFile struct{}

func (brokenFile) ReadAt([]byte, int64) (int, error) {
	return 0, errors.New("the stick was pulled out")
}

// goThrough reads a file to its end and returns the first error.
func goThrough(at io.ReaderAt, size int64, o Options) error {
	f, err := Open(at, size, o)
	if err != nil {
		return err
	}
	rows := f.Rows()
	for rows.Next() {
		if fault := rows.Fault(); fault != nil {
			_ = fault.Error()
		}
	}
	return rows.Err()
}

// parts is an archive of parts, in the order given: name, text, name, text.
func parts(t testing.TB, list ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(list); i += 2 {
		w, err := z.Create(list[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, list[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheetXML is a workbook whose only sheet is the text.
func sheetXML(t testing.TB, sheet string, more ...string) []byte {
	return parts(t, append([]string{
		"xl/workbook.xml", `<workbook xmlns:r="x"><sheets><sheet name="S" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="t.xml"/></Relationships>`,
		"xl/s.xml", sheet,
		"xl/t.xml", `<sst><si><t>Phone</t></si></sst>`,
	}, more...)...)
}

// ole is the start of an OLE compound file whose directory names a part.
func ole(part string) []byte {
	b := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 4096)...)
	binary.LittleEndian.PutUint16(b[30:], 9)
	binary.LittleEndian.PutUint32(b[48:], 3)
	copy(b[512*4+128:], utf16Name(part))
	return b
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	t.Parallel()
	head := "Phone,Name\n"
	row := "0912345678,A\n"
	good := cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: [][]any{{"Phone"}, {"0912345678"}}})
	two := cellstest.Book(t, cellstest.Sheet{Name: "Khách", Rows: [][]any{{"Phone"}, {"0912345678"}}}, cellstest.Sheet{Name: "Cũ", Rows: [][]any{{"Phone"}, {"0912345678"}}})
	encrypted := bytes.Clone(good)
	encrypted[6] |= 1
	if i := bytes.Index(encrypted, []byte("PK\x01\x02")); i >= 0 {
		encrypted[i+8] |= 1
	}
	for _, c := range []struct {
		name string
		data []byte
		code Code
		row  int32
		says string
	}{
		{"nothing", nil, Empty, 0, ""},
		{"blanks", []byte(" \r\n\r\n \t"), Empty, 0, ""},
		{"only a byte order mark", []byte(bomUTF8), Empty, 0, ""},
		{"only a header", []byte(head), NoRows, 0, ""},
		{"an empty first row", []byte("\n" + head + row), NoHeader, 1, ""},
		{"an empty header", []byte(",,\n" + row), NoHeader, 1, ""},
		{"an old workbook", ole("Workbook"), OldExcel, 0, ".xls"},
		{"a locked workbook", ole("EncryptedPackage"), Password, 0, "password"},
		{"a letter", ole("WordDocument"), OtherKind, 0, "Word"},
		{"a short OLE file", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), OldExcel, 0, ""},
		{"a locked archive", encrypted, Password, 0, ""},
		{"an OpenDocument", parts(t, "content.xml", "<x/>"), OtherBook, 0, ".ods"},
		{"a letter in an archive", parts(t, "_rels/.rels", `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`, "word/document.xml", "<x/>"), OtherBook, 0, ".docx"},
		{"a binary workbook", parts(t, "xl/workbook.bin", "x"), OtherBook, 0, ".xlsb"},
		{"another archive", parts(t, "a.txt", "x"), OtherKind, 0, "zip"},
		{"an empty archive", parts(t), OtherKind, 0, "zip"},
		{"a PDF", []byte("%PDF-1.7\n"), OtherKind, 0, "PDF"},
		{"a page that is called .xls", []byte("<html><table><tr><td>Phone"), OtherKind, 0, "HTML"},
		{"an old XML workbook", []byte(`<?xml version="1.0"?><Workbook>`), OtherKind, 0, "XML"},
		{"JSON", []byte(`[{"phone":"0912345678"}]`), OtherKind, 0, "JSON"},
		{"a card", []byte("BEGIN:VCARD\nTEL:0912345678\n"), OtherKind, 0, "vCard"},
		{"bytes", []byte("abc\x00\x01\x02\xff\xfe,x\n\x00"), Binary, 0, ""},
		{"zeros", make([]byte, 5000), Binary, 0, ""},
		{"TCVN3", append([]byte("Phone,Name\n0912345678,"), inTCVN3("nguyễn thị hồng, đường lê lợi, huyện bình chánh\n")...), FontText, 0, "TCVN3"},
		{"VNI", append([]byte("Phone,Name\n0912345678,"), inVNI("nguyễn thị hồng, đường lê lợi, huyện bình chánh\n")...), FontText, 0, "VNI"},
		{"TCVN3 as Unicode", []byte("Sè ®iÖn tho¹i,Hä tªn\n0912345678,A\n"), FontText, 1, "TCVN3"},
		{"VNI as Unicode", []byte("Soá ñieän thoaïi,Hoï teân\n0912345678,A\n"), FontText, 1, "VNI"},
		{"Windows-1251", []byte("Phone,Name\n0912345678,\xcf\xf0\xe8\xe2\xe5\xf2 \xe8\xe7 \xcc\xee\xf1\xea\xe2\xfb\n"), NamedEncoding, 0, "Windows-1251"},
		{"no encoding at all", []byte("Phone,Name\n0912345678,a\x81b \x8d\x8e \x90x \x9d\n"), UnknownText, 0, ""},
		{"an open quotation mark", []byte(head + row + `0912345678,"A` + "\n" + row), OpenQuote, 3, ""},
		{"a long cell", []byte(head + row + row + "x," + strings.Repeat("ạ", MaxCell+1) + "\n"), CellTooLong, 4, "column B"},
		{"a cell of 10 MB", []byte(head + "x," + strings.Repeat("x", 10<<20) + "\n"), CellTooLong, 2, "32,767"},
		{"a quoted cell of 10 MB", []byte(head + row + `"` + strings.Repeat("x\n", 5<<20) + `"` + "\n"), CellTooLong, 3, "32,767"},
		{"a header of 10 MB", []byte(strings.Repeat("x", 10<<20) + "\n" + row), CellTooLong, 1, "32,767"},
		{"1,001 columns", []byte(head + row + strings.Repeat("x,", MaxColumns) + "x\n"), TooManyColumns, 3, "1,000"},
		{"a million columns", []byte(strings.Repeat("a,", 1_000_000) + "\n" + row), TooManyColumns, 1, "1,000"},
		{"a million empty columns", []byte("Phone" + strings.Repeat(",", 1_000_000) + "\n" + row), "", 0, ""},
		{"two sheets", two, WhichSheet, 0, "Khách, Cũ"},
		{"a workbook of nothing", cellstest.Book(t, cellstest.Sheet{Name: "A"}), Empty, 0, ""},
		{"half a workbook", good[:len(good)/2], Damaged, 0, ""},
		{"a sheet that is not there", parts(t, "xl/workbook.xml", `<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>`, "xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>`), Damaged, 0, "xl/s.xml is missing"},
		{"a workbook that is no XML", parts(t, "xl/workbook.xml", "workbook <<<"), Damaged, 0, "XML"},
		{"entities that grow", sheetXML(t, `<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet><row><c><v>&b;</v></c></row></worksheet>`), Damaged, 0, "document type"},
		{"an entity that is none", sheetXML(t, `<worksheet><sheetData><row r="1"><c t="str"><v>Phone</v></c></row><row r="2"><c t="str"><v>&nbsp;</v></c></row></sheetData></worksheet>`), Damaged, 2, "XML"},
		{"rows that go back", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="5"><c><v>912345678</v></c></row><row r="4"><c><v>912345678</v></c></row></worksheet>`), Damaged, 5, "row"},
		{"cells that go back", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row></worksheet>`), Damaged, 2, "cell"},
		{"a text that is not there", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>7</v></c></row></worksheet>`), Damaged, 1, "text"},
		{"a sheet that ends early", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="2"><c><v>912345678</v></c>`), Damaged, 2, "XML"},
		{"tags that close too much", sheetXML(t, `<worksheet></worksheet></worksheet>`), Damaged, 0, "XML"},
		{"a tag without end", sheetXML(t, `<worksheet><row r="`+strings.Repeat("1", 200_000)), Damaged, 0, "XML"},
		{"a long cell in a sheet", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="2"><c t="str"><v>`+randomText(MaxCell+1)+`</v></c></row></worksheet>`), CellTooLong, 2, "32,767"},
		{"a cell of 10 MB in a sheet", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="2"><c t="str"><v>`+randomText(10<<20)+`</v></c></row></worksheet>`), CellTooLong, 2, "32,767"},
		{"a column beyond the thousandth", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>0</v></c></row><row r="2"><c r="XFD2"><v>1</v></c></row></worksheet>`), TooManyColumns, 2, "1,000"},
		{"1,001 columns in a sheet", sheetXML(t, `<worksheet><row r="1">`+strings.Repeat(`<c><v>1</v></c>`, 1001)+`</row></worksheet>`), TooManyColumns, 1, ""},
		{"a sheet that unpacks to too much", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>0</v></c></row>`+strings.Repeat(" ", 8<<20)+`</worksheet>`), ZipBomb, 0, "200"},
		{"texts that unpack to too much", sheetXML(t, `<worksheet><row r="1"><c t="s"><v>0</v></c></row></worksheet>`, "xl/t.xml", `<sst>`+strings.Repeat(" ", 8<<20)+`</sst>`), ZipBomb, 0, "200"},
		{"two sheets that are one", parts(t, "xl/workbook.xml", `<workbook><sheets><sheet name="S" r:id="a"/><sheet name="T" r:id="a"/></sheets></workbook>`, "xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></Relationships>`, "xl/s.xml", `<worksheet/>`), Damaged, 0, "same part"},
		{"UTF-16 in a workbook", sheetXML(t, "\xff\xfe<\x00w\x00"), Damaged, 0, "UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := goThrough(bytes.NewReader(c.data), int64(len(c.data)), Options{})
			if c.code == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wrong := new(Error)
			if !errors.As(err, &wrong) || wrong.Code != c.code || wrong.Row != c.row || !strings.Contains(wrong.Error(), c.says) {
				t.Errorf("%+v, not %s at %d with %q", err, c.code, c.row, c.says)
			}
		})
	}
}

// randomText hardly gets smaller when it is packed.
func randomText(length int) string {
	b := make([]byte, length)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = 'a' + byte(x>>24)%26
	}
	return string(b)
}

func TestFilesThatAreTooLargeAreRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		at   io.ReaderAt
		size int64
		code Code
	}{
		{"3 GB", blankFile{"Phone\n", '1'}, 3 << 30, TooLarge},
		{"a workbook of 300 MB", blankFile{"PK\x03\x04", 0}, 300 << 20, TooLarge},
		{"a device that fails", brokenFile{}, 100, CannotRead},
	} {
		wrong := new(Error)
		if err := goThrough(c.at, c.size, Options{}); !errors.As(err, &wrong) || wrong.Code != c.code {
			t.Errorf("%s: %v, not %s", c.name, err, c.code)
		}
	}
}

// lying is an archive with one part that says it unpacks to another size than it does.
func lying(t testing.TB, name, text string, says uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, text string, says uint64) {
		w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(text)), CompressedSize64: uint64(len(text)), UncompressedSize64: says})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	add("xl/workbook.xml", `<workbook/>`, uint64(len(`<workbook/>`)))
	add(name, text, says)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnArchiveThatLiesIsRefused(t *testing.T) {
	for _, c := range []struct {
		says uint64
		code Code
	}{{5 << 30, TooLargeOpen}, {1 << 62, TooLargeOpen}, {MaxUnpacked + 1, TooLargeOpen}, {1 << 20 * 5, Empty}} {
		data := lying(t, "xl/other.xml", "<x/>", c.says)
		wrong := new(Error)
		if err := goThrough(bytes.NewReader(data), int64(len(data)), Options{}); !errors.As(err, &wrong) || wrong.Code != c.code {
			t.Errorf("%d: %v, not %s", c.says, err, c.code)
		}
	}
	for _, says := range []uint64{2, 1000} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		text := `<workbook><sheets/></workbook>`
		w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(text)), CompressedSize64: uint64(len(text)), UncompressedSize64: says})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, text)
		_ = z.Close()
		wrong := new(Error)
		if err := goThrough(bytes.NewReader(b.Bytes()), int64(b.Len()), Options{}); !errors.As(err, &wrong) || wrong.Code != Damaged {
			t.Errorf("%d: %v", says, err)
		}
	}
}

func TestTooManyRowsAreRefusedWhereAskedFor(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("Phone\n")
	rows := [][]any{{"Phone"}}
	for range 12 {
		csv.WriteString("0912345678\n")
		rows = append(rows, []any{"0912345678"})
	}
	for name, data := range map[string][]byte{"csv": []byte(csv.String()), "xlsx": cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: rows})} {
		if err := goThrough(bytes.NewReader(data), int64(len(data)), Options{MaxRows: 12}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		wrong := new(Error)
		if err := goThrough(bytes.NewReader(data), int64(len(data)), Options{MaxRows: 11}); !errors.As(err, &wrong) || wrong.Code != TooManyRows || wrong.Row != 13 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMemoryIsBounded: whatever a file holds, no more than some rows of it are kept.
func TestMemoryIsBounded(t *testing.T) {
	const size, most = 30 << 20, 12 << 20
	for _, c := range []struct {
		name string
		at   io.ReaderAt
	}{
		{"one line", blankFile{"Phone\n", '1'}},
		{"one quoted cell", blankFile{"Phone\n\"", '1'}},
		{"quotation marks", blankFile{"Phone\n", '"'}},
		{"commas", blankFile{"Phone\n", ','}},
		{"line ends", blankFile{"Phone\n0912345678", '\n'}},
		{"carriage returns", blankFile{"Phone\r0912345678", '\r'}},
		{"bytes beyond ASCII", blankFile{"Phone\n", 0xe1}},
		{"zeros", blankFile{"Phone\n0912345678\n" + strings.Repeat("0912345678\n", headBytes/11), 0}},
		{"OLE", blankFile{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 1}},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := goThrough(c.at, size, Options{})
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > most {
			t.Errorf("%s took %d bytes", c.name, used)
		}
		wrong := new(Error)
		if err != nil && !errors.As(err, &wrong) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
