package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// step undoes a change, or does it again.
func (s *screen) step(by int) {
	if !s.history.can(by) {
		return
	}
	s.history.move(s.form, by)
	s.changed()
	s.said = s.words().text(map[int]string{undo: "undo.done", redo: "redo.done"}[by])
}

// steps are the buttons that undo and do again. They stay while there is
// anything to go back to or on to, so that the focus can stay on them.
func (s *screen) steps() goapp.UI {
	if len(s.history.states) < 2 {
		return nil
	}
	one := func(by int, name, arrow string) goapp.UI {
		return pressable("step-button", name, func(goapp.Context, goapp.Event) { s.step(by) }, by, icon(arrow), span("step-word", s.words().text(name))).
			Attr("aria-disabled", !s.history.can(by))
	}
	buttons := []goapp.UI{one(undo, "undo", "M8 4L4 8l4 4M4.500 8H12a4 4 0 0 1 0 8H8")}
	if s.history.can(redo) {
		buttons = append(buttons, one(redo, "redo", "M12 4l4 4-4 4M15.500 8H8a4 4 0 0 0 0 8h4"))
	}
	return tag("div").Class("steps").Attr("role", "group").Aria("label", s.words().text("undo.group")).Body(buttons...)
}
