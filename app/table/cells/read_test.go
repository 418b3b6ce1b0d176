package cells

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"postage/app/table/cellstest"
)

// opened opens a file that must be sound.
func opened(t testing.TB, data []byte, o Options) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// rowsOf reads all rows as text, each with its number.
func rowsOf(t testing.TB, f *File) (list []string) {
	t.Helper()
	rows := f.Rows()
	for rows.Next() {
		list = append(list, fmt.Sprintf("%d %q", rows.Row(), rows.Cells()))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func inUTF16(text string, low int, mark bool) []byte {
	if mark {
		text = "\ufeff" + text
	}
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		pair := []byte{byte(u), byte(u >> 8)}
		b = append(b, pair[low], pair[1-low])
	}
	return b
}

func TestOneTableIsReadAlikeInEveryEncodingAndForm(t *testing.T) {
	const text = "Số điện thoại,Họ tên,Ghi chú\n0912345678,Nguyễn Thị Hồng Ánh,\"khách, ruột\"\n0987654321,Đỗ Đức Ưởng Ỹ,Ệ\n"
	want := rowsOf(t, opened(t, []byte(text), Options{}))
	if len(want) != 3 || want[1] != `2 ["0912345678" "Nguyễn Thị Hồng Ánh" "khách, ruột"]` {
		t.Fatalf("%q", want)
	}
	delimited := func(d string) []byte {
		return []byte(strings.ReplaceAll(strings.Replace(text, "khách, ruột", "khách\x01 ruột", 1), ",", d))
	}
	for _, c := range []struct {
		name      string
		data      []byte
		encoding  Encoding
		delimiter byte
	}{
		{"UTF-8", []byte(text), UTF8, ','},
		{"with a mark", []byte(bomUTF8 + text), UTF8, ','},
		{"decomposed", []byte(norm.NFD.String(text)), UTF8, ','},
		{"UTF-16LE", inUTF16(text, 0, true), UTF16LE, ','},
		{"UTF-16BE", inUTF16(text, 1, true), UTF16BE, ','},
		{"UTF-16LE without a mark", inUTF16(text, 0, false), UTF16LE, ','},
		{"UTF-16BE without a mark", inUTF16(text, 1, false), UTF16BE, ','},
		{"Windows-1258", cellstest.In1258(t, text), Windows1258, ','},
		{"lines that end as in Windows", []byte(strings.ReplaceAll(text, "\n", "\r\n")), UTF8, ','},
		{"lines that end as on an old Mac", []byte(strings.ReplaceAll(text, "\n", "\r")), UTF8, ','},
		{"mixed line ends", []byte(strings.Replace(strings.Replace(text, "\n", "\r", 1), "\n", "\r\n", 1)), UTF8, ','},
		{"no last line end", []byte(strings.TrimSuffix(text, "\n")), UTF8, ','},
		{"semicolons", delimited(";"), UTF8, ';'},
		{"tabs", delimited("\t"), UTF8, '\t'},
		{"semicolons that are named", append([]byte("sep=;\r\n"), delimited(";")...), UTF8, ';'},
		{"tabs as Excel writes Unicode text", inUTF16(string(delimited("\t")), 0, true), UTF16LE, '\t'},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, c.data, Options{})
			if f.Encoding != c.encoding || f.Delimiter != c.delimiter || f.Kind != CSV {
				t.Errorf("it is taken for %s with %q", f.Encoding, f.Delimiter)
			}
			got := rowsOf(t, f)
			for i := range got {
				got[i] = strings.Replace(got[i], "khách\\x01 ruột", "khách, ruột", 1)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q, not %q", got, want)
			}
		})
	}
	t.Run("a workbook", func(t *testing.T) {
		var sheet cellstest.Sheet
		sheet.Name = "Khách"
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range records {
			var cells []any
			for k, cell := range r {
				if (i+k)%2 == 0 {
					cells = append(cells, cell)
				} else {
					cells = append(cells, cellstest.Inline(norm.NFD.String(cell)))
				}
			}
			sheet.Rows = append(sheet.Rows, cells)
		}
		if got := rowsOf(t, opened(t, cellstest.Book(t, sheet), Options{})); !slices.Equal(got, want) {
			t.Errorf("%q, not %q", got, want)
		}
	})
}

func TestEveryLetterComesThroughItsEncoding(t *testing.T) {
	var words []string
	for _, vowel := range []string{"a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"} {
		for _, tone := range []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
			words = append(words, "đ"+norm.NFC.String(vowel+tone))
		}
	}
	for c := range 256 {
		if got, want := runeOf1258(byte(c)), charmap.Windows1258.DecodeByte(byte(c)); got != want {
			t.Errorf("%#x is %q, not %q", c, got, want)
		}
	}
	text := strings.Join(words, " ")
	if got := norm.NFC.String(fromWindows1258(cellstest.In1258(t, text))); got != text {
		t.Errorf("Windows-1258: %q", got)
	}
	for _, w := range words {
		if got := fromTCVN3(inTCVN3(w)); got != w {
			t.Errorf("TCVN3: %q for %q", got, w)
		}
		if got := fromVNI(inVNI(w)); got != w {
			t.Errorf("VNI: %q for %q", got, w)
		}
	}
}

// TestAForeignLetterMayStandLate: a file that begins with a long stretch of ASCII.
func TestAForeignLetterMayStandLate(t *testing.T) {
	head := "Phone,Name\n" + strings.Repeat("0912345678,A\n", 3*headBytes/13)
	for _, c := range []struct {
		tail []byte
		want Encoding
	}{{[]byte("0912345678,Nguyễn Thị Ánh\n"), UTF8}, {cellstest.In1258(t, "0912345678,Nguyễn Thị Ánh\n"), Windows1258}, {nil, UTF8}} {
		f := opened(t, append([]byte(head), c.tail...), Options{})
		rows := rowsOf(t, f)
		if last := rows[len(rows)-1]; f.Encoding != c.want || c.tail != nil && !strings.Contains(last, "Nguyễn Thị Ánh") {
			t.Errorf("%s: %s", f.Encoding, last)
		}
	}
}

// TestCSVIsReadAsTheLibraryReadsIt: random tables, on which the library's reader and
// ours must agree; ours counts empty lines, which the library passes over.
func TestCSVIsReadAsTheLibraryReadsIt(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	pieces := []string{"a", "0912345678", "Ánh", " ", "\"", "\"\"", ",", "\n", "\r\n", "x y", "", ";", "'"}
	agreed := 0
	for range 30_000 {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			for k := range 1 + random.IntN(4) {
				if k > 0 {
					b.WriteByte(',')
				}
				cell := ""
				for range random.IntN(4) {
					cell += pieces[random.IntN(len(pieces))]
				}
				if strings.ContainsAny(cell, "\",\n\r") || random.IntN(4) == 0 {
					cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
				}
				b.WriteString(cell)
			}
			b.WriteString([]string{"\n", "\r\n"}[random.IntN(2)])
		}
		library := csv.NewReader(strings.NewReader(b.String()))
		library.FieldsPerRecord = -1
		want, err := library.ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", b.String(), err)
		}
		ours := csvRows{from: &slowly{strings.NewReader(b.String()), random}, delimiter: ',', space: make([]byte, 64)}
		var got [][]string
		for {
			var r record
			if err := ours.next(&r); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%q: %v", b.String(), err)
			}
			var cells []string
			start := 0
			for _, end := range r.ends {
				cells = append(cells, strings.ReplaceAll(string(r.text[start:end]), "\r\n", "\n")) // as the library does
				start = end
			}
			if len(cells) > 1 || cells[0] != "" {
				got = append(got, cells)
			}
		}
		want = slices.DeleteFunc(want, func(r []string) bool { return len(r) == 1 && r[0] == "" })
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Fatalf("%q is %q, not %q", b.String(), got, want)
		}
		agreed += len(got)
	}
	if agreed < 100_000 {
		t.Errorf("only %d records were compared", agreed)
	}
}

// A slowly gives what it reads in small pieces.
type slowly struct {
	from   io.Reader
	random *rand.Rand
}

func (s *slowly) Read(p []byte) (int, error) { return s.from.Read(p[:min(len(p), 1+s.random.IntN(7))]) }

func TestQuotationMarksAreReadWithForbearance(t *testing.T) {
	for text, want := range map[string]string{
		"h,h\n\"a\"b,c\n":      `2 ["ab" "c"]`,
		"h,h\na\"b,c\"\n":      `2 ["a\"b" "c\""]`,
		"h,h\n \"a\",b\n":      `2 [" \"a\"" "b"]`,
		"h,h\n\n\n\"\n\",b\n":  `4 ["\n" "b"]`,
		"h,h\na\n":             `2 ["a"]`,
		"h,h\na,\n":            `2 ["a" ""]`,
		"h,h\n\"a\"\"\",b":     `2 ["a\"" "b"]`,
		"h,h\r\r\na,b\r":       `3 ["a" "b"]`,
		"h,h\n,\n , \n\ta,b\n": `4 ["\ta" "b"]`,
	} {
		rows := rowsOf(t, opened(t, []byte(text), Options{}))
		if len(rows) != 2 || rows[1] != want {
			t.Errorf("%q is %q, not %s", text, rows, want)
		}
	}
}

// shownXML is what a document holds: its tags and texts, by the library and by ours.
func shownXML(text string) (library, ours string, err error) {
	var a strings.Builder
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", "", err
		}
		switch v := token.(type) {
		case xml.StartElement:
			a.WriteString("<" + v.Name.Local)
			for _, at := range v.Attr {
				a.WriteString(" " + at.Name.Local + "=" + at.Value)
			}
			a.WriteString(">")
		case xml.EndElement:
			a.WriteString("</" + v.Name.Local + ">")
		case xml.CharData:
			a.Write(v)
		}
	}
	var b strings.Builder
	x := &xmlReader{from: &slowly{strings.NewReader(text), rand.New(rand.NewPCG(uint64(len(text)), 1))}, buf: make([]byte, 4096)}
	for {
		kind, err := x.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", "", fmt.Errorf("ours: %w", err)
		}
		switch kind {
		case xmlStart:
			b.WriteString("<" + string(x.name))
			for rest := x.attrs; ; {
				var name, value []byte
				if name, value, rest = cutAttr(rest); name == nil {
					break
				}
				value, err := unescape(nil, value)
				if err != nil {
					return "", "", fmt.Errorf("ours: %w", err)
				}
				b.WriteString(" " + string(name) + "=" + string(value))
			}
			b.WriteString(">")
			if x.empty {
				b.WriteString("</" + string(x.name) + ">")
			}
		case xmlEnd:
			b.WriteString("</" + string(x.name) + ">")
		default:
			text, err := x.appendText(nil)
			if err != nil {
				return "", "", fmt.Errorf("ours: %w", err)
			}
			b.Write(text)
		}
	}
	return a.String(), b.String(), nil
}

// TestXMLIsReadAsTheLibraryReadsIt: random documents of what workbooks are made of.
func TestXMLIsReadAsTheLibraryReadsIt(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	texts := []string{"a", "Ánh", "&amp;", "&lt;&gt;", "&#65;", "&#x1F338;", "&quot;&apos;", "<![CDATA[a<b&c]]>", "<![CDATA[]]>", "<!-- a > b - -->", "<?p a?>", " ", "]]", ">"}
	var element func(depth int) string
	element = func(depth int) string {
		name := []string{"c", "row", "x:v", "t"}[random.IntN(4)]
		s := "<" + name
		for i := range random.IntN(4) {
			quote := []string{`"`, `'`}[random.IntN(2)]
			s += fmt.Sprintf("%s%s%d%s=%s%s%s%s", []string{" ", "\n ", "\t"}[random.IntN(3)], []string{"", "r:"}[random.IntN(2)], i, "a"[:0], quote, []string{"", "A1", "a>b", "&amp;", "/"}[random.IntN(5)], quote, []string{"", " "}[random.IntN(2)])
		}
		s = strings.NewReplacer(" 0=", " p=", " 1=", " q=", " 2=", " s=", "r:0=", "r:p=", "r:1=", "r:q=", "r:2=", "r:s=", "\t0=", "\tp=", "\t1=", "\tq=", "\t2=", "\ts=").Replace(s)
		if depth == 0 || random.IntN(5) == 0 {
			return s + "/>"
		}
		s += ">"
		for range random.IntN(5) {
			if random.IntN(2) == 0 {
				s += texts[random.IntN(len(texts)-1)]
			} else {
				s += element(depth - 1)
			}
		}
		return s + "</" + name + ">"
	}
	for range 20_000 {
		text := `<?xml version="1.0"?>` + element(4)
		library, ours, err := shownXML(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if ours != library {
			t.Fatalf("%q is %q, not %q", text, ours, library)
		}
	}
}

func TestSheetsAreChosen(t *testing.T) {
	list := [][]any{{"Phone"}, {"0912345678"}}
	old := [][]any{{"Phone"}, {"0987654321"}}
	for _, c := range []struct {
		name  string
		data  []byte
		sheet string
		want  string
	}{
		{"the only one", cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: list}), "", "A"},
		{"the only one that holds something", cellstest.Book(t, cellstest.Sheet{Name: "A"}, cellstest.Sheet{Name: "B & <C>", Rows: list}, cellstest.Sheet{Name: "D"}), "", "B & <C>"},
		{"the one that is seen", cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: list}, cellstest.Sheet{Name: "B", Rows: old, Hidden: true}), "", "A"},
		{"a hidden one alone", cellstest.Book(t, cellstest.Sheet{Name: "A"}, cellstest.Sheet{Name: "B", Rows: list, Hidden: true}), "", "B"},
		{"of two the one asked for", cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: old}, cellstest.Sheet{Name: "B", Rows: list}), "B", "B"},
		{"a hidden one that is asked for", cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: old}, cellstest.Sheet{Name: "B", Rows: list, Hidden: true}), "B", "B"},
	} {
		f, err := Open(bytes.NewReader(c.data), int64(len(c.data)), Options{Sheet: c.sheet})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if rows := rowsOf(t, f); f.Sheet != c.want || len(rows) != 2 || rows[1] != `2 ["0912345678"]` {
			t.Errorf("%s: %s, %q", c.name, f.Sheet, rows)
		}
	}
	data := cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: list}, cellstest.Sheet{Name: "B", Rows: list})
	wrong := new(Error)
	if _, err := Open(bytes.NewReader(data), int64(len(data)), Options{Sheet: "C"}); !errors.As(err, &wrong) || wrong.Code != NoSheet || wrong.Found != "A, B" {
		t.Error(err)
	}
}

// TestCellsOfAWorkbookAreReadAsTheyAreMeant: kinds of cells beside those of the exports.
func TestCellsOfAWorkbookAreReadAsTheyAreMeant(t *testing.T) {
	data := cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: [][]any{
		{"h", "h", "h", "h", "h", "h", "h"},
		{true, false, 84912345678, 9.12345678e8, 3829104457182930.0, 0.5, -3.0},
		nil,
		{nil, cellstest.Inline("a_x000D__x000A_b_x00e1_ _xZZZZ_"), cellstest.Formula("<&>"), nil, "  a ", "", 46323},
	}})
	got := rowsOf(t, opened(t, data, Options{}))
	want := []string{
		`1 ["h" "h" "h" "h" "h" "h" "h"]`,
		`2 ["TRUE" "FALSE" "84912345678" "912345678" "3.82910445718293E+15" "0.5" "-3"]`,
		`4 ["" "a\r\nbá _xZZZZ_" "<&>" "" "  a " "" "46323"]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
	strict := sheetXML(t, `<x:worksheet xmlns:x="y"><x:sheetData><!-- c --><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="inlineStr"><x:is><x:t><![CDATA[a<b]]></x:t></x:is></x:c></x:row><x:row><x:c t="str"><x:f>A</x:f><x:v>0912</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c/></x:row></x:sheetData></x:worksheet>`)
	if got := rowsOf(t, opened(t, strict, Options{})); fmt.Sprint(got) != `[1 ["Phone" "a<b"] 2 ["0912" "#N/A"]]` {
		t.Errorf("%q", got)
	}
}
