package app

import (
	"maps"

	"postage/rules"
)

// as is the form with another message in the place of its own: the same people,
// number and day, and whatever else has been said and still matters. What nobody
// has said of the other type is left open there, not taken from the starts of its
// questions: those are for who chooses the type and reads them.
func (f *form) as(m rules.Message) *form {
	other := &form{values: maps.Clone(f.values), groups: f.groups, today: f.today, lang: f.lang}
	seen := map[string]string{}
	for _, q := range f.questions() {
		seen[q.path] = f.get(q.path)
		switch at := remembered(q.path, f.kind()); {
		case at != "":
			other.values[at] = f.get(q.path) // for the way back
		case q.path == pathOn:
			if day, chosen := f.values[pathOn]; chosen {
				other.values[pathOn] = day
			}
		case q.place == inWhom || q.path == pathPer:
			other.values[q.path] = f.get(q.path)
		case f.values[q.path] == "" && f.get(q.path) != "":
			other.values[q.path+"@"+string(f.kind())] = f.get(q.path)
		}
	}
	other.set(pathType, string(m.Type))
	say := func(path string, fact rules.Opt[bool]) {
		if is, known := fact.Get(); known {
			other.values[path] = map[bool]string{true: yes, false: no}[is]
		}
	}
	say("message.promotional", m.Promotional)
	say("message.automated", m.Automated)
	if tag, known := m.Tag.Get(); known {
		other.values["message.tag"] = itoa(int(tag))
		other.values["message.template.kind"] = string(m.Template.Kind)
	}
	for range 2 { // an open answer may bring another question
		other.asked = nil
		for _, q := range other.questions() {
			if at := remembered(q.path, m.Type); at != "" {
				other.values[q.path] = other.values[at]
			} else if _, said := other.values[q.path]; !said && !q.required && other.get(q.path) != seen[q.path] {
				other.values[q.path] = other.values[q.path+"@"+string(m.Type)]
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
