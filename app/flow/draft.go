package flow

import (
	"encoding/json"
	"slices"
	"unicode/utf8"

	"postage/app/words"
	"postage/rules"
)

// Key is where the flow in work is stored.
const Key = "postage.flow"

// A Storage keeps texts under keys.
type Storage interface {
	Read(key string) (text string, ok bool)
	Write(key, text string) bool
}

// A draft is a flow as it is stored, where anybody could have changed it.
type draft struct {
	Version   int         `json:"v"`
	ID        string      `json:"id"`
	On        string      `json:"on"`
	Customers string      `json:"customers"`
	Lang      string      `json:"lang"`
	Steps     []draftStep `json:"steps"`
}

type draftStep struct {
	Day    string          `json:"day"`
	Share  string          `json:"share,omitempty"`
	Answer string          `json:"answer,omitempty"`
	Item   int             `json:"item"`
	Other  json.RawMessage `json:"other,omitempty"` // a scenario
}

const version = 1

// longest bounds what is typed into a field, in bytes.
const longest = 1 << 8

// Store keeps a flow; none where it is nil. It reports whether that could be done.
func Store(s Storage, f *Flow) bool {
	if f == nil {
		return s.Write(Key, "")
	}
	d := draft{Version: version, ID: f.ID, On: f.On, Customers: f.Customers, Lang: f.Lang}
	for _, step := range f.Steps {
		kept := draftStep{Day: step.Day, Share: step.Share, Answer: step.Answer, Item: step.item}
		if step.other != nil {
			kept.Other, _ = step.other.MarshalJSON() // never fails
		}
		d.Steps = append(d.Steps, kept)
	}
	text, err := json.Marshal(d)
	return err == nil && s.Write(Key, string(text))
}

// Stored is the flow that is kept, nil where there is none that can be read.
func Stored(s Storage) *Flow {
	text, _ := s.Read(Key)
	var d draft
	if text == "" || json.Unmarshal([]byte(text), &d) != nil || d.Version != version {
		return nil
	}
	f := &Flow{ID: d.ID, On: d.On, Customers: d.Customers, Lang: d.Lang}
	one := f.worked()
	if one == nil || len(d.Steps) == 0 || len(d.Steps) > rules.MaxSteps || !slices.Contains(words.Codes, d.Lang) {
		return nil
	}
	f.Silent = one.Silent
	typed := []string{d.On, d.Customers}
	for _, kept := range d.Steps {
		if kept.Item < 0 || kept.Item >= len(one.Steps) {
			return nil
		}
		step := Step{Day: kept.Day, Share: kept.Share, Answer: kept.Answer, item: kept.Item}
		if kept.Other != nil {
			other, err := rules.Decode(kept.Other)
			if err != nil {
				return nil
			}
			step.other = &other
		}
		f.Steps = append(f.Steps, step)
		typed = append(typed, kept.Day, kept.Share, kept.Answer)
	}
	for _, t := range typed {
		if len(t) > longest || !utf8.ValidString(t) {
			return nil
		}
	}
	return f
}
