package rules

import (
	"slices"
	"testing"
)

// TestWhatIsDueIsListedWithItsReason, of today's book on the day of its last check, a
// hundred days later, and after the last day that it announces.
func TestWhatIsDueIsListedWithItsReason(t *testing.T) {
	count := func(on Date) map[DueReason]int {
		counts := map[DueReason]int{}
		for _, d := range DueFacts(on) {
			for _, why := range d.Why {
				counts[why]++
			}
			f, ok := RuleOn(d.Rule, max(on, d.Since))
			if !ok || d.Since <= on && f.Since != d.Since || slices.Contains(d.Why, DueSingle) != (f.Status == Single) {
				t.Errorf("on %s %+v is not what is in force, %+v", on, d, f)
			}
		}
		return counts
	}
	now, later, end := count(Checked()), count(Checked().AddDays(100)), count(20991231)
	if now[DuePassed] != 0 || now[DueSingle] == 0 {
		t.Errorf("on the day of the check: %v", now)
	}
	if later[DueUnread] < now[DueUnread] {
		t.Errorf("after a hundred days less is read long ago: %v, %v before", later, now)
	}
	if announced := len(ChangeDays(Checked().AddDays(1), 20991231)) > 0; announced != (end[DuePassed] > 0) {
		t.Errorf("changes are announced: %t; in the end %v", announced, end)
	}
	for date, want := range map[string]Date{"2026": 20260101, "2026-06": 20260601, "2026-09-10": 20260910} {
		if got := (&Source{Date: date}).read(); got != want {
			t.Errorf("%s is read on %s", date, got)
		}
	}
}
