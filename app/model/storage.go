package model

import (
	"encoding/json"
	"strings"
)

// A Storage keeps texts under keys on the visitor's device.
type Storage interface {
	// Read returns what is kept under a key, nothing where there is none. It is not
	// ok where the device does not say.
	Read(key string) (text string, ok bool)
	// Write keeps a text under a key, and reports whether that worked.
	Write(key, text string) (ok bool)
}

// An Outcome is what came of a change of what is kept. But for [Done] the device
// keeps what it kept before.
type Outcome int

const (
	Done   Outcome = iota
	NoRoom         // the device's storage is full or shut
	Full           // there are as many as there may be
	Gone           // it is no longer there
	Unread         // it is beyond what is read again
)

// Keep writes a value in JSON under a key, unless that would not be read again:
// reads is given the text and reports whether reading it gives the whole value
// back. All that the program keeps is written here.
func Keep(to Storage, key string, value any, reads func(text string) bool) Outcome {
	text, err := json.Marshal(value)
	if err != nil || !reads(string(text)) {
		return Unread
	}
	if !to.Write(key, string(text)) {
		return NoRoom
	}
	return Done
}

// version is that of what is stored.
const version = 1

// The parts of what is stored are read one by one, so that the sound ones are
// found beside those that are not.
type parts struct {
	Version int               `json:"v"`
	Saved   []json.RawMessage `json:"items"`
	Prices  []json.RawMessage `json:"profiles"`
	Using   string            `json:"using"`
}

// partsOf reads what is stored, and reports whether it can be.
func partsOf(stored string) (p parts, ok bool) {
	if stored == "" {
		return p, true
	}
	if json.Unmarshal([]byte(stored), &p) != nil || p.Version != version {
		return parts{}, false
	}
	return p, true
}

// PutAside keeps what cannot be read under another key, beside what was put there
// before, as it may be of use to somebody yet. It reports whether it is there.
func PutAside(in Storage, key, text string) bool {
	key += ".unreadable"
	before, ok := in.Read(key)
	switch {
	case !ok:
		return false
	case strings.Contains(before, text):
		return true
	case before != "":
		text = before + "\n" + text
	}
	return in.Write(key, text)
}
