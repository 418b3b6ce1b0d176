package form

import (
	"maps"

	"postage/app/words"
	"postage/rules"
)

// As is the form with another message in the place of its own: the same people,
// number and day, and whatever else has been said and still matters. What nobody
// has said of the other type is left open there, not taken from the starts of its
// questions: those are for who chooses the type and reads them.
func (f *Form) As(m rules.Message) *Form {
	other := &Form{Values: maps.Clone(f.Values), Groups: f.Groups, Today: f.Today, Lang: f.Lang}
	seen := map[string]string{}
	for _, q := range f.Questions() {
		seen[q.Path] = f.Get(q.Path)
		switch at := remembered(q.Path, f.Kind()); {
		case at != "":
			other.Values[at] = f.Get(q.Path) // for the way back
		case q.Path == PathOn:
			if day, chosen := f.Values[PathOn]; chosen {
				other.Values[PathOn] = day
			}
		case q.Place == InWhom || q.Path == PathPer:
			other.Values[q.Path] = f.Get(q.Path)
		case f.Values[q.Path] == "" && f.Get(q.Path) != "":
			other.Values[q.Path+"@"+string(f.Kind())] = f.Get(q.Path)
		}
	}
	other.set(PathType, string(m.Type))
	say := func(path string, fact rules.Opt[bool]) {
		if is, known := fact.Get(); known {
			other.Values[path] = map[bool]string{true: Yes, false: No}[is]
		}
	}
	say("message.promotional", m.Promotional)
	say("message.automated", m.Automated)
	if tag, known := m.Tag.Get(); known {
		other.Values["message.tag"] = words.Itoa(int(tag))
		other.Values["message.template.kind"] = string(m.Template.Kind)
	}
	for range 2 { // an open answer may bring another question
		other.asked = nil
		for _, q := range other.Questions() {
			if at := remembered(q.Path, m.Type); at != "" {
				other.Values[q.Path] = other.Values[at]
			} else if _, said := other.Values[q.Path]; !said && !q.Required && other.Get(q.Path) != seen[q.Path] {
				other.Values[q.Path] = other.Values[q.Path+"@"+string(m.Type)]
			}
		}
	}
	other.asked = nil
	return other
}

// remembered is the path at which the answer to a question is remembered that
// holds for a platform or a type alone, empty for one that holds for all.
func remembered(path string, t rules.MessageType) string {
	switch rules.ReachOf(path, t) {
	case rules.HoldsForType:
		return path + "@" + string(t)
	case rules.HoldsOnPlatform:
		return path + "@" + t.Platform()
	}
	return ""
}
