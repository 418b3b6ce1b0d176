package form

import (
	"slices"
	"strings"

	"postage/rules"
)

// pathMix is where the form keeps that each group is to get the best way for it, and
// for which purpose. It is no part of a scenario.
const pathMix = "mix"

// Mix is the purpose for which each group is to get the best way for it; empty where
// all get the same.
func (f *Form) Mix() rules.Purpose {
	if f.Groups < 2 {
		return ""
	}
	return rules.Purpose(f.Values[pathMix])
}

// SetMix has each group get the best way for it, or all the same.
func (f *Form) SetMix(p rules.Purpose) {
	delete(f.Values, pathMix)
	if p != "" {
		f.Values[pathMix] = string(p)
	}
	f.asked = nil
	for _, q := range f.Questions() {
		if said, ok := f.Carried[q.Path]; ok { // it is asked for now
			var s rules.Scenario
			s.Audience = make([]rules.Segment, f.Groups)
			s.SetJSON(q.Path, said)
			f.Values[q.Path] = answerOf(s.Get(q.Path))
			if q.Kind == AskChoice {
				f.Values[q.Path] = strings.TrimPrefix(f.Values[q.Path], Exact)
			}
			delete(f.Carried, q.Path)
		}
	}
	f.asked = nil
}

// withOthers adds to the questions of the chosen type, where each group is to get the
// best way, what the platform's other types for the purpose ask about who gets it and
// who sends: the people are the same, whatever they get.
func (f *Form) withOthers(asked []rules.Question, draft *rules.Scenario) []rules.Question {
	p := f.Mix()
	f.others = nil
	if p == "" {
		return asked
	}
	for _, kind := range rules.MessageTypes("") {
		message, serves := rules.MessageFor(p, kind, draft.On)
		if there, _ := rules.Available(kind, draft.On); !serves || !there || kind == f.Kind() || kind.Platform() != f.Kind().Platform() {
			continue
		}
		own := draft.Message
		draft.Message = message
		questions := rules.Questions(*draft)
		draft.Message = own
		for i := range questions {
			q := &questions[i]
			if !q.Required && q.Holds != rules.HoldsForType && slices.ContainsFunc(q.For, isCheck) && !strings.HasPrefix(q.Path, "assume.") && !asks(asked, q.Path) {
				asked = append(asked, *q)
				f.others = append(f.others, q.Path)
			}
		}
	}
	return asked
}

func asks(list []rules.Question, path string) bool {
	for i := range list {
		if list[i].Path == path {
			return true
		}
	}
	return false
}

// isCheck reports whether a part of the answer is a check.
func isCheck(part string) bool {
	return isWeighty(part) && part != rules.PartPrice && part != rules.PartNumber && part != rules.PartTotal
}
