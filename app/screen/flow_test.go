package screen

import (
	"slices"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/rules"
)

func TestEveryChangeCanBeUndoneAndDoneAgain(t *testing.T) {
	s := newScreen("vi", false, form.New(formtest.TestDay, "vi"))
	s.History.Note(s.Form)
	changes := []func(){
		func() { s.Entered(form.GroupPath(0, "recipients"), "12k") },
		func() { s.Entered(form.PathType, string(rules.ZNS)) },
		func() { s.Entered(form.GroupPath(0, "recipients"), "nonsense") },
		func() { s.Form.AddGroup(0); s.Changed() },
		func() { s.Entered(form.GroupPath(1, "recipients"), "7") },
		func() { s.Form.Arrange([]int{1, 0}); s.Changed() },
		func() { s.Form.RemoveGroup(0); s.Changed() },
		func() { form.Sizes[2].Apply(s.Form); s.Changed() },
		func() { s.StartFrom(form.Examples()[1]); s.Changed() },
		func() {
			asked, _ := model.Decode([]byte(`{"on":"2024-02-01","message":{"type":"messenger.standard"},"audience":[{"recipients":7}]}`))
			s.OpenScenario(&asked)
			s.Keep()
		},
		func() { s.Form.SetPrices(map[string]string{"pricing.markupPercent": "=10"}); s.Changed() },
	}
	states := []string{s.Form.State().Content}
	for _, change := range changes {
		change()
		states = append(states, s.Form.State().Content)
	}
	same := func(step, want string) {
		t.Helper()
		if now := s.Form.State().Content; now != want {
			t.Errorf("%s: %s, not %s", step, now, want)
		}
	}
	for i := len(states) - 2; i >= 0; i-- {
		s.Step(form.Undo)
		same("undone", states[i])
	}
	if s.Step(form.Undo); s.History.Can(form.Undo) {
		t.Error("something can be undone before the first state")
	}
	for i := 1; i < len(states); i++ {
		s.Step(form.Redo)
		same("done again", states[i])
	}
	s.Step(form.Undo)
	s.Entered(form.PathPer, "3")
	if s.History.Can(form.Redo) {
		t.Error("what was undone is still there after another change")
	}
}

// Every answer that a check lacks can be given: the check names a question that
// is asked.
func TestWhatAnAnswerDependsOnIsAsked(t *testing.T) {
	for _, kind := range rules.MessageTypes("") {
		for _, on := range append([]string{"2022-09-01", "2023-05-01", "2023-07-01", "2024-02-01", "2024-05-01", "2024-12-01", "2025-09-01", "2026-02-01", formtest.TestDay}, announcedDays()...) {
			for _, tag := range []string{"1", "3", "5"} {
				if tag != "1" && kind != rules.ZNS && kind != rules.ZBSUID {
					continue
				}
				f := form.New(formtest.TestDay, "vi")
				f.Set(form.PathType, string(kind))
				f.Set(form.PathOn, on)
				for _, q := range f.Questions() {
					if q.Path == "message.tag" && slices.Contains(q.Options, tag) {
						f.Set("message.tag", tag)
					}
				}
				open := func() []string {
					var paths []string
					for _, q := range f.Questions() {
						if !q.Required && q.Place != form.InPricing && q.Standard == "" {
							paths = append(paths, q.Path)
						}
					}
					return paths
				}
				for range 3 { // some questions are only asked once others are open
					for _, path := range open() {
						f.Set(path, "")
					}
				}
				s := newScreen("vi", false, f)
				s.Compute()
				if s.Quote == nil {
					t.Fatalf("%s on %s: %v %v", kind, on, s.Mistakes, s.Refused)
				}
				html := ""
				for i := range s.Quote.Segments[0].Checks {
					c := &s.Quote.Segments[0].Checks[i]
					_, known := rules.RuleOn(c.Rule, s.Quote.On)
					unpublished := !known || c.Code == "available" // that is before the book
					if c.Outcome != rules.Unknown || unpublished {
						continue
					}
					path := s.QuestionBehind(c)
					if path == "" {
						t.Errorf("%s on %s: nothing is asked that would settle the check %s", kind, on, c.Code)
						continue
					}
					if html == "" {
						html = goapp.HTMLString(s)
					}
					if !strings.Contains(html, `id="`+path+`"`) {
						t.Errorf("%s on %s: %s is not on the screen", kind, on, path)
					}
				}
			}
		}
	}
}
