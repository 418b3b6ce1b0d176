package screen

import (
	"testing"

	"postage/app/form"
	"postage/rules"
)

// A day that nobody has chosen is today's, also once that is another one.
func TestADayThatNobodyChoseFollowsToday(t *testing.T) {
	const before, after = "2026-11-30", "2026-12-01"
	start := func() *screen { return newScreen("vi", false, form.New(before, "vi")) }
	for name, c := range map[string]struct {
		do   func(s *screen)
		want string
	}{
		"at the start":     {func(*screen) {}, after},
		"after an example": {func(s *screen) { s.desk.StartFrom(form.Examples()[0]) }, after},
		"after another way": {func(s *screen) {
			other := s.desk.Form.As(rules.Message{Type: rules.ZNS})
			s.desk.Form.Values = other.Values
		}, after},
		"a day that is chosen": {func(s *screen) { s.desk.Form.Set(form.PathOn, "2026-12-24") }, "2026-12-24"},
		"today, typed":         {func(s *screen) { s.desk.Form.Set(form.PathOn, before) }, before},
	} {
		s := start()
		c.do(s)
		if got := s.desk.Form.Get(form.PathOn); got != before && got != c.want {
			t.Errorf("%s: it is %s before", name, got)
		}
		s.desk.Form.Today = after
		if got := s.desk.Form.Get(form.PathOn); got != c.want {
			t.Errorf("%s: the day is %s, want %s", name, got, c.want)
		}
	}
}
