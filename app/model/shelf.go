package model

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"postage/app/form"
	"postage/app/words"
)

// What is saved bounds itself, so that it never crowds out the rest of the
// storage. Some places are for what was deleted and is brought back: who makes
// room for another scenario that way can still think better of it.
const (
	MaxSaved = 50            // no more are saved
	MaxKept  = MaxSaved + 10 // no more are brought back
)

// A Saved is a scenario, or what else is saved, with a name, as its link.
type Saved struct {
	ID   int64  `json:"id"` // when it was first saved, in milliseconds
	Name string `json:"name"`
	Link string `json:"link"`
}

// A savedFile is the saved scenarios as they are stored.
type savedFile struct {
	Version int     `json:"v"`
	Items   []Saved `json:"items"`
}

// SavedKey is where the saved scenarios are stored.
const SavedKey = "postage.saved"

// A Shelf is the saved scenarios. The zero Shelf keeps nothing.
type Shelf struct {
	storage Storage
	key     string
	items   []Saved
	damaged bool
	gone    Saved // the last one that was deleted here; without an id there is none
	waits   bool  // there was no room to bring it back
}

// NewShelf returns what a device has saved.
func NewShelf(storage Storage) Shelf { return NewShelfUnder(storage, SavedKey) }

// NewShelfUnder is [NewShelf] of what is saved under another key.
func NewShelfUnder(storage Storage, key string) Shelf {
	s := Shelf{storage: storage, key: key}
	s.Read()
	return s
}

// ShelfOf returns a shelf to be looked at: nothing more is kept on it.
func ShelfOf(items ...Saved) Shelf { return Shelf{items: items} }

// Read takes over what is stored now.
func (s *Shelf) Read() {
	if s.storage == nil {
		return
	}
	if stored, ok := s.storage.Read(s.key); ok {
		items, whole := readSaved(stored)
		s.items, s.damaged = items, !whole
	}
}

// Items are what is saved, the oldest first. They are not to be changed.
func (s *Shelf) Items() []Saved { return s.items }

// Damaged reports whether a part of what is stored cannot be read. It is put
// aside at the next change.
func (s *Shelf) Damaged() bool { return s.damaged }

// Deleted is the last scenario that was deleted here, which [Shelf.BringBack]
// brings back.
func (s *Shelf) Deleted() (item Saved, ok bool) { return s.gone, s.gone.ID != 0 }

// Has reports whether a scenario is still saved.
func (s *Shelf) Has(id int64) bool { return find(s.items, id) >= 0 }

// With are the saved scenarios with one in its place, wherever it has been deleted
// since.
func (s *Shelf) With(item Saved) (items []Saved, place int) {
	if place = find(s.items, item.ID); place >= 0 {
		return s.items, place
	}
	return putBack(s.items, item)
}

// FreeName is a name as nothing that is saved has it; no name stays none.
func (s *Shelf) FreeName(name string) string { return unused(words.ShortName(name), s.items) }

// Save keeps a scenario under a name, counted on until nothing else has it.
func (s *Shelf) Save(name, link string, now int64) (Saved, Outcome) {
	item := Saved{Link: link}
	outcome := s.change(func(items []Saved) ([]Saved, Outcome) {
		if len(items) >= MaxSaved {
			return nil, Full
		}
		item.ID = ownID(items, now, s.gone.ID)
		item.Name = unused(words.ShortName(name), items)
		return append(items, item), Done
	})
	return item, outcome
}

// Rename gives a scenario another name. One that has been deleted since comes back
// under it.
func (s *Shelf) Rename(item Saved, name string) Outcome {
	return s.change(func(items []Saved) ([]Saved, Outcome) {
		name = cmp.Or(words.ShortName(name), item.Name)
		if i := find(items, item.ID); i >= 0 {
			items[i].Name = name
			return items, Done
		}
		item.Name = name
		return bringBack(items, item)
	})
}

// Delete takes a scenario off the shelf. It can be brought back until the next one
// is deleted, unless that makes room for one that waits to be brought back.
func (s *Shelf) Delete(item Saved) Outcome {
	outcome := s.change(func(items []Saved) ([]Saved, Outcome) {
		if i := find(items, item.ID); i >= 0 {
			item = items[i] // another tab may have renamed it
			items = append(items[:i], items[i+1:]...)
		}
		return items, Done
	})
	if outcome == Done && !s.waits {
		s.gone = item
	}
	return outcome
}

// BringBack puts what was deleted last back to its place.
func (s *Shelf) BringBack() (Saved, Outcome) {
	item := s.gone
	if item.ID == 0 {
		return item, Gone
	}
	outcome := s.change(func(items []Saved) ([]Saved, Outcome) {
		if i := find(items, item.ID); i >= 0 && items[i].Link == item.Link {
			item = items[i] // another tab has brought it back
			return items, Done
		}
		item.ID = ownID(items, item.ID, 0)
		return bringBack(items, item)
	})
	if s.waits = outcome == Full; outcome == Done {
		s.gone = Saved{}
	}
	return item, outcome
}

// change stores the scenarios with a change made. They are read anew before, as
// another tab may have changed them since.
func (s *Shelf) change(change func([]Saved) ([]Saved, Outcome)) Outcome {
	if s.storage == nil {
		return NoRoom
	}
	defer s.Read()
	stored, ok := s.storage.Read(s.key)
	if !ok {
		return NoRoom
	}
	items, whole := readSaved(stored)
	items, outcome := change(items)
	if outcome != Done {
		return outcome
	}
	if !whole && !PutAside(s.storage, s.key, stored) {
		return NoRoom
	}
	return Keep(s.storage, s.key, savedFile{version, items}, func(text string) bool {
		again, whole := readSaved(text)
		return whole && slices.Equal(again, items)
	})
}

// readSaved reads the saved scenarios from what is stored. Of a list that is
// damaged it takes what can be read, and reports that something cannot.
func readSaved(stored string) (items []Saved, whole bool) {
	f, whole := partsOf(stored)
	for _, raw := range f.Saved {
		var item Saved
		if json.Unmarshal(raw, &item) != nil || item.ID <= 0 || len(item.Link) > form.MaxLink || len(items) == MaxKept || find(items, item.ID) >= 0 {
			whole = false
			continue
		}
		item.Name = words.ShortName(item.Name)
		items = append(items, item)
	}
	return items, whole
}

func find(items []Saved, id int64) int {
	return slices.IndexFunc(items, func(i Saved) bool { return i.ID == id })
}

// putBack puts a scenario where it was saved first.
func putBack(items []Saved, item Saved) ([]Saved, int) {
	at := 0
	for at < len(items) && items[at].ID < item.ID {
		at++
	}
	with := append([]Saved{}, items[:at]...)
	with = append(with, item)
	return append(with, items[at:]...), at
}

// bringBack is putBack as far as there is room.
func bringBack(items []Saved, item Saved) ([]Saved, Outcome) {
	if len(items) >= MaxKept {
		return nil, Full
	}
	items, _ = putBack(items, item)
	return items, Done
}

// ownID counts an id on until neither an item nor what may come back has it.
func ownID(items []Saved, id, gone int64) int64 {
	for find(items, id) >= 0 || id == gone {
		id++
	}
	return id
}

// unused counts a name on until no item has it: "Hoa Mai", "Hoa Mai (2)".
func unused(name string, items []Saved) string {
	base := []rune(name)
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") && isNumber(name[i+2:len(name)-1]) {
		base = []rune(name[:i])
	}
	for n := 2; slices.ContainsFunc(items, func(i Saved) bool { return i.Name == name }); n++ {
		end := " (" + strconv.Itoa(n) + ")"
		name = strings.TrimSpace(string(base[:min(len(base), words.MaxName-len(end))])) + end
	}
	return name
}

func isNumber(digits string) bool { return digits != "" && strings.Trim(digits, "0123456789") == "" }
