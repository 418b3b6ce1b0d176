package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
)

// step undoes a change, or does it again.
func (s *screen) step(by int) {
	if !s.Step(by) {
		return
	}
	s.pace.Entered()
	s.computed()
	s.keep()
	s.said = s.Words().Text(map[int]string{form.Undo: "undo.done", form.Redo: "redo.done"}[by])
}

// steps are the buttons that undo and do again. They stay while there is
// anything to go back to or on to, so that the focus can stay on them.
func (s *screen) steps() goapp.UI {
	if len(s.History.States) < 2 {
		return nil
	}
	one := func(by int, name, arrow string) goapp.UI {
		return kit.Pressable("step-button", name, func(goapp.Context, goapp.Event) { s.step(by) }, by, kit.Icon(arrow), kit.Span("step-word", s.Words().Text(name))).
			Attr("aria-disabled", !s.History.Can(by))
	}
	buttons := []goapp.UI{one(form.Undo, "undo", "M8 4L4 8l4 4M4.500 8H12a4 4 0 0 1 0 8H8")}
	if s.History.Can(form.Redo) {
		buttons = append(buttons, one(form.Redo, "redo", "M12 4l4 4-4 4M15.500 8H8a4 4 0 0 0 0 8h4"))
	}
	return kit.Tag("div").Class("steps").Attr("role", "group").Aria("label", s.Words().Text("undo.group")).Body(buttons...)
}
