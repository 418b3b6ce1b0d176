package app

import (
	"encoding/json"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// maxStates bounds how many changes can be undone.
const maxStates = 100

// A history is the states that a form has been in, the oldest first.
type history struct {
	states []state
	at     int // the one that stands in the form
}

// A state is all that stands in a form, as JSON. What was typed and could not be
// read means what it does in its language alone.
type state struct{ content, lang string }

func (f *form) state() state {
	data, _ := json.Marshal(draft{Values: f.values, Groups: f.groups, Carried: f.carried})
	return state{string(data), f.lang}
}

// restore puts a state back into the form, which goes on in its own language.
func (f *form) restore(s state) {
	var d draft
	if json.Unmarshal([]byte(s.content), &d) != nil {
		return
	}
	lang := f.lang
	f.values, f.carried, f.groups, f.lang, f.asked = d.Values, d.Carried, d.Groups, s.lang, nil
	if f.lang != lang {
		f.translate(lang)
	}
}

// note takes the form's state into the history if it is a new one; what had
// been undone is then gone.
func (h *history) note(f *form) {
	now := f.state()
	if len(h.states) > 0 {
		if now.content == h.states[h.at].content {
			return
		}
		h.at++
	}
	h.states = append(h.states[:h.at], now)
	if extra := len(h.states) - maxStates; extra > 0 {
		h.states = h.states[extra:]
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
		return pressable("step-button", name, func(goapp.Context, goapp.Event) { s.step(by) }, by, icon(arrow), span("step-word", s.words().text(name))).
			Attr("aria-disabled", !s.history.can(by))
	}
	buttons := []goapp.UI{one(undo, "undo", "M8 4L4 8l4 4M4.500 8H12a4 4 0 0 1 0 8H8")}
	if s.history.can(redo) {
		buttons = append(buttons, one(redo, "redo", "M12 4l4 4-4 4M15.500 8H8a4 4 0 0 0 0 8h4"))
	}
	return tag("div").Class("steps").Attr("role", "group").Aria("label", s.words().text("undo.group")).Body(buttons...)
}
