package report

import (
	"slices"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/rules"
)

// The list of changes is what the screen would say with another day of sending.
func TestTheListOfChangesAgreesWithTheScreenOnEachDay(t *testing.T) {
	for _, kind := range rules.MessageTypes("") {
		for _, on := range []string{"2026-05-01", formtest.TestDay} {
			f := form.New(formtest.TestDay, "vi")
			f.Set(form.PathType, string(kind))
			f.Set(form.PathOn, on)
			list := model.ChangesOf(f)
			said := func(day rules.Date) string {
				s := reportWith("vi", form.New(formtest.TestDay, "vi"))
				s.Form.Set(form.PathType, string(kind))
				s.Form.Set(form.PathOn, day.String())
				if s.Compute(); !s.Current() {
					t.Fatalf("%s on %s: %v %v", kind, day, s.Mistakes, s.Refused)
				}
				return string(s.Quote.Verdict) + " " + s.TotalText()
			}
			for _, day := range rules.ChangeDays(rules.Span()) {
				told := slices.ContainsFunc(list, func(c rules.Change) bool {
					return c.On == day && slices.ContainsFunc(c.Differences, func(d rules.Difference) bool {
						return d.What == "verdict" || d.What == "total" || d.What == "error"
					})
				})
				if before, after := said(day.AddDays(-1)), said(day); before != after && !told {
					t.Errorf("%s from %s: on %s %s becomes %s, which is not told", kind, on, day, before, after)
				}
			}
		}
	}
}

func TestTheListOfChangesOfABroadcast(t *testing.T) {
	for _, on := range []string{"2026-05-01", formtest.TestDay} {
		s := reportWith("vi", form.New(formtest.TestDay, "vi"))
		s.Form.Set(form.PathType, string(rules.ZaloBroadcast))
		s.Form.Set(form.PathOn, on)
		s.Compute()
		var got []string
		for _, c := range model.ChangesOf(s.Form) {
			if said := s.ChangeText(c); said != "" {
				got = append(got, c.On.String()+" "+said)
			}
		}
		want := []string{"2023-04-18 Còn tuỳ → Gửi được · Chưa có giá công bố → 0\u00a0₫"}
		if !slices.Equal(got, want) {
			t.Errorf("on %s the changes are %q", on, got)
		}
	}
}
