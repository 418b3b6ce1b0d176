package app

import (
	"maps"
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// maxStates bounds how many changes can be undone.
const maxStates = 100

// A state is all that stands in a form. What was typed and could not be read
// means what it does in its language alone.
type state struct {
	values, carried map[string]string
	groups          int
	lang            string
}

// state is what stands in the form now.
func (f *form) state() state {
	return state{maps.Clone(f.values), maps.Clone(f.carried), f.groups, f.lang}
}

// restore puts a state back into the form, which goes on in its own language.
func (f *form) restore(s state) {
	lang := f.lang
	f.values, f.carried, f.groups, f.lang, f.asked = maps.Clone(s.values), maps.Clone(s.carried), s.groups, s.lang, nil
	if s.lang != lang {
		f.translate(lang)
	}
}

// A history is the states that a form has been in, the oldest first.
type history struct {
	states []state
	at     int // the one that stands in the form
}

// note takes the form's state into the history if it is a new one; what had
// been undone is then gone.
func (h *history) note(f *form) {
	now := f.state()
	if len(h.states) > 0 {
		last := h.states[h.at]
		if now.groups == last.groups && maps.Equal(now.values, last.values) && maps.Equal(now.carried, last.carried) {
			return
		}
		h.at++
	}
	h.states = append(slices.Delete(h.states, h.at, len(h.states)), now)
	if extra := len(h.states) - maxStates; extra > 0 {
		h.states = slices.Delete(h.states, 0, extra)
		h.at -= extra
	}
}

// can reports whether there is a state so many steps on; -1 is the one before.
func (h *history) can(step int) bool { return h.at+step >= 0 && h.at+step < len(h.states) }

// move puts the state so many steps on into the form.
func (h *history) move(f *form, step int) {
	h.at += step
	f.restore(h.states[h.at])
	h.states[h.at] = f.state()
}

// Steps of a history.
const (
	undo = -1
	redo = 1
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
		return tag("button").Class("step-button").Attr("type", "button").ID(name).Attr("aria-disabled", !s.history.can(by)).
			On("click", func(goapp.Context, goapp.Event) { s.step(by) }, by).Body(
			svg("svg").Attr("data-is", "icon").Attr("viewBox", "0 0 20 20").Aria("hidden", "true").Body(svg("path").Attr("d", arrow)),
			span("step-word", s.words().text(name)),
		)
	}
	buttons := []goapp.UI{one(undo, "undo", "M8 4L4 8l4 4M4.500 8H12a4 4 0 0 1 0 8H8")}
	if s.history.can(redo) {
		buttons = append(buttons, one(redo, "redo", "M12 4l4 4-4 4M15.500 8H8a4 4 0 0 0 0 8h4"))
	}
	return tag("div").Class("steps").Attr("role", "group").Aria("label", s.words().text("undo.group")).Body(buttons...)
}
