package form

import (
	"encoding/json"
)

// MaxStates bounds how many changes can be undone.
const MaxStates = 100

// A History is the states that a form has been in, the oldest first.
type History struct {
	States []State
	At     int // the one that stands in the form
}

// A State is all that stands in a form, as JSON. What was typed and could not be
// read means what it does in its language alone.
type State struct{ Content, lang string }

// State is all that stands in the form.
func (f *Form) State() State {
	data, _ := json.Marshal(Draft{Values: f.Values, Groups: f.Groups, Carried: f.Carried})
	return State{string(data), f.Lang}
}

// restore puts a state back into the form, which goes on in its own language.
func (f *Form) restore(s State) {
	var d Draft
	if json.Unmarshal([]byte(s.Content), &d) != nil {
		return
	}
	lang := f.Lang
	f.Values, f.Carried, f.Groups, f.Lang, f.asked = d.Values, d.Carried, d.Groups, s.lang, nil
	if f.Lang != lang {
		f.Translate(lang)
	}
}

// Note takes the form's state into the history if it is a new one; what had
// been undone is then gone.
func (h *History) Note(f *Form) {
	now := f.State()
	if len(h.States) > 0 {
		if now.Content == h.States[h.At].Content {
			return
		}
		h.At++
	}
	h.States = append(h.States[:h.At], now)
	if extra := len(h.States) - MaxStates; extra > 0 {
		h.States = h.States[extra:]
		h.At -= extra
	}
}

// Can reports whether there is a state so many steps on; -1 is the one before.
func (h *History) Can(step int) bool { return h.At+step >= 0 && h.At+step < len(h.States) }

// Move puts the state so many steps on into the form.
func (h *History) Move(f *Form, step int) {
	h.At += step
	f.restore(h.States[h.At])
	h.States[h.At] = f.State()
}

// Steps of a history.
const (
	Undo = -1
	Redo = 1
)
