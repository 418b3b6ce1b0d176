package filing

import "testing"

func TestADateIsTakenApart(t *testing.T) {
	for date, want := range map[string][2]int{"05/11/2026": {5, 11}, "2026-05-11": {5, 11}, "5.11.26 09:30": {5, 11}, "x": {1, 2}} {
		if first, second := DayAndMonth(date); first != want[0] || second != want[1] {
			t.Errorf("%s: %d and %d", date, first, second)
		}
	}
}
