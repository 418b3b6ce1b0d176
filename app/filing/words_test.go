package filing

import (
	"strings"
	"testing"

	"postage/app/files"
)

func TestADateIsTakenApart(t *testing.T) {
	for date, want := range map[string][2]int{"05/11/2026": {5, 11}, "2026-05-11": {5, 11}, "5.11.26 09:30": {5, 11}, "x": {1, 2}} {
		if first, second := DayAndMonth(date); first != want[0] || second != want[1] {
			t.Errorf("%s: %d and %d", date, first, second)
		}
	}
}

// TestWhatIsPastedWithoutNamesGetsThem: each column that of what is in it, once, and else that
// of its letters.
func TestWhatIsPastedWithoutNamesGetsThem(t *testing.T) {
	factName := func(fact string) string { return map[string]string{"phone": "SĐT", "uid": "UID"}[fact] }
	named := func(letters string) string { return "Cột " + letters }
	for _, c := range []struct {
		cells, facts, between, want string
	}{
		{"0905123456\n0912345678\n", "phone", ",", "SĐT\n0905123456\n0912345678\n"}, {"3829104400000001\n", "uid", ",", "UID\n3829104400000001\n"},
		{"An\t0905123456\n", " phone", "\t", "Cột A\tSĐT\nAn\t0905123456\n"}, {"0905123456|An\n", "", ",", "Cột A\n0905123456|An\n"},
		{"0905123456, 0912345678\n", "phone phone", ",", "SĐT\n0905123456\n 0912345678"},
		{"0905123456,0912345678\n0905123457,0912345679", "phone phone", ",", "SĐT,Cột B\n0905123456,0912345678\n0905123457,0912345679"},
	} {
		wrong := files.Wrong{Facts: strings.Split(c.facts, " "), Between: c.between}
		if got := WithHeading(c.cells, &wrong, factName, named); got != c.want {
			t.Errorf("%q becomes %q, not %q", c.cells, got, c.want)
		}
	}
}

// TestWhatCannotBeReadIsMendedWhereItIs: by the button that adds names, and else in the field.
func TestWhatCannotBeReadIsMendedWhereItIs(t *testing.T) {
	f := File{pasted: "0905123456\n", Wrong: &files.Wrong{Code: "no-header", Facts: []string{"phone"}}}
	if at := (mending{&f}).mendAt(); at != headingID {
		t.Errorf("names are added at %s", at)
	}
	for _, wrong := range []files.Wrong{{Code: "no-header", Row: 1}, {Code: "no-rows"}} {
		if f.Wrong = &wrong; (mending{&f}).mendAt() != pasteID {
			t.Errorf("%s is mended at %s", wrong.Code, (mending{&f}).mendAt())
		}
	}
}
