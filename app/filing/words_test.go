package filing

import "testing"

func TestADateIsTakenApart(t *testing.T) {
	for date, want := range map[string][2]int{"05/11/2026": {5, 11}, "2026-05-11": {5, 11}, "5.11.26 09:30": {5, 11}, "x": {1, 2}} {
		if first, second := DayAndMonth(date); first != want[0] || second != want[1] {
			t.Errorf("%s: %d and %d", date, first, second)
		}
	}
}

// TestWhatIsPastedWithoutNamesGetsThem: phone numbers alone are called so, and all else gets a
// name for each column.
func TestWhatIsPastedWithoutNamesGetsThem(t *testing.T) {
	named := func(letters string) string { return "Cột " + letters }
	for cells, want := range map[string]string{
		"0905123456\n0912345678\n": "SĐT", "\r\n+84 905 123 456\r\n": "SĐT", "3829104400000001\n": "Cột A",
		"An\t0905123456\n": "Cột A\tCột B", "An, Bình;0905123456;x": "Cột A;Cột B;Cột C", "0905123456,An": "Cột A,Cột B",
	} {
		if got := headingFor(cells, "SĐT", named); got != want {
			t.Errorf("%q gets %q, not %q", cells, got, want)
		}
	}
}
