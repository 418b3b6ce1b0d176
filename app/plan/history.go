package plan

import "encoding/json"

// MaxStates bounds how many changes can be undone.
const MaxStates = 100

// A History is the states that a plan has been in, the oldest first.
type History struct {
	states []string
	at     int // the one that stands
}

// Note takes the plan's state into the history if it is a new one; what had been
// undone is then gone.
func (h *History) Note(p *Plan) {
	text, err := json.Marshal(p)
	if err != nil {
		return
	}
	if len(h.states) > 0 {
		if h.states[h.at] == string(text) {
			return
		}
		h.at++
	}
	h.states = append(h.states[:h.at], string(text))
	if extra := len(h.states) - MaxStates; extra > 0 {
		h.states = h.states[extra:]
		h.at -= extra
	}
}

// Can reports whether there is a state so many steps on; -1 is the one before.
func (h *History) Can(step int) bool { return h.at+step >= 0 && h.at+step < len(h.states) }

// Any reports whether there is anything to go back to or on to.
func (h *History) Any() bool { return len(h.states) > 1 }

// Move is the state so many steps on.
func (h *History) Move(step int) (p Plan) {
	h.at += step
	_ = json.Unmarshal([]byte(h.states[h.at]), &p) // of what was written as JSON: cannot fail
	return p
}

// Same reports whether two plans say the same.
func (p *Plan) Same(other *Plan) bool {
	one, err := json.Marshal(p)
	if err != nil {
		return false
	}
	text, err := json.Marshal(other)
	return err == nil && string(text) == string(one)
}
