package form

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"postage/app/words"
	"postage/rules"
)

// A Draft is the form as it was left, invalid answers included.
type Draft struct {
	Values map[string]string `json:"values"`
	Groups int               `json:"groups"`
	Link   string            `json:"link"` // the fragment that stood in the address

	// Before is the fragment that stood there before. Firefox takes no new address from
	// a page that it is leaving, so a reload can still open this one.
	Before string `json:"before,omitempty"`

	Carried map[string]string `json:"carried,omitempty"` // see form
	Name    string            `json:"name,omitempty"`    // see keeping
	Item    int64             `json:"item,omitempty"`    // the item of the plan that is being edited; 0: none
}

// maxDraft bounds what a draft holds, in bytes. A form of 100 groups and the longest
// link fit well; a single answer of a megabyte would hold up each start.
const maxDraft = 1 << 19

// size is the length of all texts of a draft, in bytes.
func (d Draft) size() int {
	n := len(d.Link) + len(d.Before) + len(d.Name)
	for path, value := range d.Values {
		n += len(path) + len(value)
	}
	for path, value := range d.Carried {
		n += len(path) + len(value)
	}
	return n
}

// ReadDraft reads a draft from the browser's storage, where anybody could have
// changed it. An answer may be anything, as in a field; what is carried goes
// into the scenario as it stands, so of that only what is sound is taken.
func ReadDraft(data string) (d Draft, ok bool) {
	if json.Unmarshal([]byte(data), &d) != nil || d.Groups < 1 || d.Groups > rules.MaxSegments || d.Item < 0 || d.size() > maxDraft {
		return Draft{}, false
	}
	d.Name = words.ShortName(d.Name)
	for path, value := range d.Carried {
		if !isSoundFact(path, value) {
			delete(d.Carried, path)
		}
	}
	return d, true
}

// IsSound reports whether reading a draft gives it back. Reading it anew at each
// key would take four times as long as writing it; a test holds the two together.
func (d Draft) IsSound() bool {
	sound := d.Item >= 0 && d.Groups >= 1 && d.Groups <= rules.MaxSegments && d.Name == words.ShortName(d.Name) && d.size() <= maxDraft && utf8.ValidString(d.Link+d.Before)
	for path, value := range d.Values {
		sound = sound && utf8.ValidString(path) && utf8.ValidString(value)
	}
	for path, value := range d.Carried {
		sound = sound && isSoundFact(path, value)
	}
	return sound
}

func isSoundFact(path, value string) bool {
	return utf8.ValidString(path+value) && json.Valid([]byte(value)) && isSoundPath(path)
}

// isSoundPath reports whether every index of a path is one that a scenario can
// have.
func isSoundPath(path string) bool {
	for _, step := range stepsOf(path) {
		if digits, ok := strings.CutPrefix(step, "["); ok {
			n, err := strconv.Atoi(strings.TrimSuffix(digits, "]"))
			if err != nil || n < 0 || n >= rules.MaxSegments {
				return false
			}
		}
	}
	return true
}

// IsOf reports whether the draft is what was left at an address with a fragment.
func (d *Draft) IsOf(fragment string, reloaded bool) bool {
	return d.Link == fragment || reloaded && d.Before == fragment
}

// TakeUp puts the answers of a draft into the form.
func (f *Form) TakeUp(d Draft) {
	f.Values, f.Groups, f.Carried, f.asked = d.Values, d.Groups, d.Carried, nil
	if f.Values == nil {
		f.Values = map[string]string{}
	}
}
