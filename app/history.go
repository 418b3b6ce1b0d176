package app

import (
	"encoding/json"
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
