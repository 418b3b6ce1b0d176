package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/rules"
)

// maxOpen is how many open questions the stamp names.
const maxOpen = 3

// dependsOn names what the answer depends on, each with the way to the question.
func (s *screen) dependsOn() goapp.UI {
	paths := s.OpenQuestions()
	if !s.Current() || s.Quote.Verdict != rules.Depends {
		return nil
	}
	body := []goapp.UI{kit.Span("", s.Words().Text("depends.on"))}
	questions := s.Form.Questions()
	for _, path := range paths[:min(len(paths), maxOpen)] {
		body = append(body, kit.Button("link", s.QuestionTitle(questions, path), func(goapp.Context, goapp.Event) { browser.MoveTo(path) }, path))
	}
	if len(paths) == 0 {
		body = append(body, kit.Button("link", s.Words().Text("depends.unpublished"), func(goapp.Context, goapp.Event) { browser.MoveTo(whyID) }, whyID))
	}
	return kit.Div("depends", body...)
}
