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
	s.desk.History.Note(s.desk.Form)
	changes := []func(){
		func() { s.desk.Entered(form.GroupPath(0, "recipients"), "12k") },
		func() { s.desk.Entered(form.PathType, string(rules.ZNS)) },
		func() { s.desk.Entered(form.GroupPath(0, "recipients"), "nonsense") },
		func() { s.desk.Form.AddGroup(0); s.desk.Changed() },
		func() { s.desk.Entered(form.GroupPath(1, "recipients"), "7") },
		func() { s.desk.Form.Arrange([]int{1, 0}); s.desk.Changed() },
		func() { s.desk.Form.RemoveGroup(0); s.desk.Changed() },
		func() { form.Sizes[2].Apply(s.desk.Form); s.desk.Changed() },
		func() { s.desk.StartFrom(form.Examples()[1]); s.desk.Changed() },
		func() {
			asked, _ := model.Decode([]byte(`{"on":"2024-02-01","message":{"type":"messenger.standard"},"audience":[{"recipients":7}]}`))
			s.desk.OpenScenario(&asked)
			s.desk.Keep()
		},
		func() { s.desk.Form.SetPrices(map[string]string{"pricing.markupPercent": "=10"}); s.desk.Changed() },
	}
	states := []string{s.desk.Form.State().Content}
	for _, change := range changes {
		change()
		states = append(states, s.desk.Form.State().Content)
	}
	same := func(step, want string) {
		t.Helper()
		if now := s.desk.Form.State().Content; now != want {
			t.Errorf("%s: %s, not %s", step, now, want)
		}
	}
	for i := len(states) - 2; i >= 0; i-- {
		s.desk.Step(form.Undo)
		same("undone", states[i])
	}
	if s.desk.Step(form.Undo); s.desk.History.Can(form.Undo) {
		t.Error("something can be undone before the first state")
	}
	for i := 1; i < len(states); i++ {
		s.desk.Step(form.Redo)
		same("done again", states[i])
	}
	s.desk.Step(form.Undo)
	s.desk.Entered(form.PathPer, "3")
	if s.desk.History.Can(form.Redo) {
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
				s.desk.Compute()
				if s.desk.Quote == nil {
					t.Fatalf("%s on %s: %v %v", kind, on, s.desk.Mistakes, s.desk.Refused)
				}
				html := ""
				for i := range s.desk.Quote.Segments[0].Checks {
					c := &s.desk.Quote.Segments[0].Checks[i]
					_, known := rules.RuleOn(c.Rule, s.desk.Quote.On)
					unpublished := !known || c.Code == "available" // that is before the book
					if c.Outcome != rules.Unknown || unpublished {
						continue
					}
					path := s.desk.QuestionBehind(c)
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
