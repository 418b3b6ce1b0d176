package app

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// A draft is the form as it was left, invalid answers included.
type draft struct {
	Values map[string]string `json:"values"`
	Groups int               `json:"groups"`
	Link   string            `json:"link"` // the fragment that stood in the address

	Carried map[string]string `json:"carried,omitempty"` // see form
	Name    string            `json:"name,omitempty"`    // see keeping
}

// readDraft reads a draft from the browser's storage, where anybody could have
// changed it. An answer may be anything, as in a field; what is carried goes
// into the scenario as it stands, so of that only what is sound is taken.
func readDraft(data string) (d draft, ok bool) {
	if json.Unmarshal([]byte(data), &d) != nil || d.Groups < 1 || d.Groups > rules.MaxSegments {
		return draft{}, false
	}
	d.Name = words.ShortName(d.Name)
	for path, value := range d.Carried {
		if !json.Valid([]byte(value)) || !isSoundPath(path) {
			delete(d.Carried, path)
		}
	}
	return d, true
}

const draftKey = "postage.draft"

// storeDraft keeps a draft for the next page of this tab. One that would not be
// read whole is not kept: the last one that was stays.
func storeDraft(in model.Storage, d draft) model.Outcome {
	d.Name = words.ShortName(d.Name)
	return model.Keep(in, draftKey, d, func(stored string) bool {
		again, ok := readDraft(stored)
		return ok && again.equal(d)
	})
}

func (d draft) equal(other draft) bool {
	return d.Groups == other.Groups && d.Link == other.Link && d.Name == other.Name && maps.Equal(d.Values, other.Values) && maps.Equal(d.Carried, other.Carried)
}

func loadDraft(from model.Storage) (d draft, ok bool) {
	stored, _ := from.Read(draftKey)
	return readDraft(stored)
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

// takeUp puts the answers of a draft into the form.
func (f *form) takeUp(d draft) {
	f.values, f.groups, f.carried, f.asked = d.Values, d.Groups, d.Carried, nil
	if f.values == nil {
		f.values = map[string]string{}
	}
}
