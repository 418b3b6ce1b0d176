package screen

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/rules"
)

// openQuestions are the paths of the questions that would settle what the answer
// depends on.
func (s *screen) openQuestions() []string {
	var paths []string
	for i := range s.quote.Segments {
		for j := range s.quote.Segments[i].Checks {
			c := &s.quote.Segments[i].Checks[j]
			if path := s.questionBehind(c); c.Outcome == rules.Unknown && path != "" && !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// maxOpen is how many open questions the stamp names.
const maxOpen = 3

// dependsOn names what the answer depends on, each with the way to the question.
func (s *screen) dependsOn() goapp.UI {
	paths := s.openQuestions()
	if !s.current() || s.quote.Verdict != rules.Depends {
		return nil
	}
	body := []goapp.UI{kit.Span("", s.words().Text("depends.on"))}
	questions := s.form.Questions()
	for _, path := range paths[:min(len(paths), maxOpen)] {
		body = append(body, kit.Button("link", s.questionTitle(questions, path), func(goapp.Context, goapp.Event) { browser.MoveTo(path) }, path))
	}
	if len(paths) == 0 {
		body = append(body, kit.Button("link", s.words().Text("depends.unpublished"), func(goapp.Context, goapp.Event) { browser.MoveTo(whyID) }, whyID))
	}
	return kit.Div("depends", body...)
}
