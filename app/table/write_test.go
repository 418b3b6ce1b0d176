package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"postage/app/table/cellstest"
)

// TestNoCellIsAFormula: what a spreadsheet would run has an apostrophe, and what people
// need as it stands has none.
func TestNoCellIsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"+84912345678": "+84912345678", "+84 (0) 912-345.678": "+84 (0) 912-345.678", "-5": "-5", "-1,250.00": "-1,250.00", "-": "-", "+": "+",
		"0912345678": "0912345678", "an@example.com": "an@example.com", "A-B": "A-B", "1+1": "1+1", "Hà Nội, -5°": "Hà Nội, -5°", "x = y": "x = y", "": "",
		"=1+1": "'=1+1", `=cmd|'/C calc'!A0`: `'=cmd|'/C calc'!A0`, "@SUM(1)": "'@SUM(1)", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0": "'-2+3+cmd|' /C calc'!A0",
		"+A1": "'+A1", "-SUM(A1)": "'-SUM(A1)", " =1": " '=1", "\t=1": "\t'=1", "\r\n=1": "\r\n'=1", "＝1": "'＝1", "＠x": "'＠x", "\u200b=1": "\u200b'=1", `"=1"`: `"'=1"`,
		"\u200b+A1": "\u200b'+A1", " \t+A1": " \t'+A1", "a;=1": "a;'=1", "a, =HYPERLINK(1)": "a, '=HYPERLINK(1)", "a\n=1": "a\n'=1", "a\t@x": "a\t'@x", "a;-SUM(1)": "a;'-SUM(1)", "a;+84912345678": "a;+84912345678", "'=1": "'=1", "a\x00b": "ab", "\x00=1": "'=1", "\xff=1": "\ufffd=1",
	} {
		record, err := csv.NewReader(bytes.NewReader(append(appendCell(nil, []byte(cell)), '\n'))).Read()
		if want == "" && err != nil {
			continue
		}
		if want = strings.ReplaceAll(want, "\r\n", "\n"); err != nil || record[0] != want {
			t.Errorf("%q is written as %q, %v, not %q", cell, record, err, want)
		}
	}
}

// TestAListIsSplitIntoAFileForEachWay: the original columns, each row in its file, and
// what was written is read again.
func TestAListIsSplitIntoAFileForEachWay(t *testing.T) {
	data := cellstest.Book(t, cellstest.Sheet{Name: "A", Rows: [][]any{
		{"SĐT", "Tên", "Ghi chú"}, {"+84912345678", "Ánh, \"Hoa\"", "=1+1"}, {"0987654321", cellstest.Inline("Đỗ\nĐức"), nil}, nil, {"0356789012", "B", "x"},
	}})
	f := opened(t, data, Options{})
	var zns, rest bytes.Buffer
	writers := map[int32]*Writer{2: f.NewWriter(&zns), 5: f.NewWriter(&rest)}
	if err := f.Split(func(row int32) *Writer { return writers[row] }, nil); err != nil {
		t.Fatal(err)
	}
	for _, w := range writers {
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if want := "\ufeffSĐT,Tên,Ghi chú\r\n+84912345678,\"Ánh, \"\"Hoa\"\"\",'=1+1\r\n"; zns.String() != want {
		t.Errorf("%q, not %q", zns.String(), want)
	}
	if lines, columns := readAll(t, rest.Bytes(), Options{}); !slices.Equal(lines, []string{"2 phone=84356789012 country=VN"}) || len(columns.List) != 3 {
		t.Errorf("%q", lines)
	}
	stopped := 0
	var many bytes.Buffer
	cellstest.ManyRows(&many, 3*progressRows)
	if err := opened(t, many.Bytes(), Options{}).Split(func(int32) *Writer { stopped++; return nil }, func(float64) bool { return stopped < progressRows }); err != nil || stopped >= 2*progressRows {
		t.Errorf("stopped after %d rows, %v", stopped, err)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestAFullDiskIsTold(t *testing.T) {
	f := opened(t, []byte("Phone\n0912345678\n"), Options{})
	w := f.NewWriter(fullDisk{})
	for range 100_000 {
		w.Write([][]byte{[]byte("0912345678")})
	}
	if err := w.Close(); err == nil {
		t.Error("nothing is told")
	}
}
