package screen

import (
	"testing"
	"time"

	"postage/app/browser"
	"postage/app/form"
	"postage/rules"
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
		if got := browser.Today(now); got != want {
			t.Errorf("at %s it is %s, want %s", at, got, want)
		}
	}
}

// A day that nobody has chosen is today's, also once that is another one.
func TestADayThatNobodyChoseFollowsToday(t *testing.T) {
	const before, after = "2026-11-30", "2026-12-01"
	start := func() *screen { return &screen{Lang: "vi", form: form.New(before, "vi"), opened: map[string]bool{}} }
	for name, c := range map[string]struct {
		do   func(s *screen)
		want string
	}{
		"at the start":         {func(*screen) {}, after},
		"after an example":     {func(s *screen) { s.startFrom(form.Examples()[0]) }, after},
		"after another way":    {func(s *screen) { other := s.form.As(rules.Message{Type: rules.ZNS}); s.form.Values = other.Values }, after},
		"a day that is chosen": {func(s *screen) { s.form.Set(form.PathOn, "2026-12-24") }, "2026-12-24"},
		"today, typed":         {func(s *screen) { s.form.Set(form.PathOn, before) }, before},
	} {
		s := start()
		c.do(s)
		if got := s.form.Get(form.PathOn); got != before && got != c.want {
			t.Errorf("%s: it is %s before", name, got)
		}
		s.form.Today = after
		if got := s.form.Get(form.PathOn); got != c.want {
			t.Errorf("%s: the day is %s, want %s", name, got, c.want)
		}
	}
}
