package browser_test

import (
	"testing"
	"time"

	"postage/app/browser"
)

func TestTodayIsTheDayInVietnam(t *testing.T) {
	for at, want := range map[string]string{
		"2026-11-30T16:59:59Z":      "2026-11-30",
		"2026-11-30T17:00:00Z":      "2026-12-01",
		"2026-11-30T09:59:00-07:00": "2026-11-30",
		"2026-12-01T02:00:00+09:00": "2026-12-01",
		"2026-12-31T17:00:00Z":      "2027-01-01",
		"2028-02-28T17:00:00Z":      "2028-02-29",
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := browser.DayAt(now); got != want {
			t.Errorf("at %s it is %s, want %s", at, got, want)
		}
	}
}
