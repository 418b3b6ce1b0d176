package model

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/words"
)

func TestWhatIsStoredIsReadAsFarAsItCanBe(t *testing.T) {
	good := `{"id":5,"name":" Hoa\n Mai ","link":"s=e30"}`
	for stored, want := range map[string]struct {
		items int
		whole bool
	}{
		"":                               {0, true},
		`{"v":1,"items":[]}`:             {0, true},
		`{"v":1,"items":null}`:           {0, true},
		`{"v":1,"items":[` + good + `]}`: {1, true},
		`{"v":1,"items":[` + good + `,` + good + `]}`:     {1, false},
		`{"v":1,"items":[7,` + good + `,{"id":"x"}]}`:     {1, false},
		`{"v":1,"items":[{"id":-1,"name":"","link":""}]}`: {0, false},
		`{"v":2,"items":[` + good + `]}`:                  {0, false},
		`{"v":1,"items":{}}`:                              {0, false},
		`<script>`:                                        {0, false},
		`{"v":1,"items":[{"id":1,"link":"` + strings.Repeat("x", form.MaxLink+1) + `"}]}`: {0, false},
	} {
		items, whole := readSaved(stored)
		if len(items) != want.items || whole != want.whole {
			t.Errorf("%.60q: %d items, whole %t", stored, len(items), whole)
		}
		if len(items) == 1 && items[0].Name != "Hoa Mai" {
			t.Errorf("the name is %q", items[0].Name)
		}
	}
}

func TestNothingIsSavedUnderANameTwice(t *testing.T) {
	list := []Saved{{Name: "Hoa Mai"}, {Name: "Hoa Mai (2)"}, {Name: "Spa (a)"}, {Name: "(2)"}, {Name: strings.Repeat("ă", words.MaxName)}}
	for name, want := range map[string]string{
		"": "", "Lan": "Lan", "Lan (2)": "Lan (2)", "Hoa Mai": "Hoa Mai (3)", "Hoa Mai (2)": "Hoa Mai (3)", "Spa (a)": "Spa (a) (2)", "(2)": "(2) (2)",
		strings.Repeat("ă", words.MaxName): strings.Repeat("ă", words.MaxName-4) + " (2)",
	} {
		if got := unused(name, list); got != want {
			t.Errorf("%q becomes %q, not %q", name, got, want)
		}
	}
	// Nor in two tabs, in the same moment.
	d := newDevice()
	one, other := NewShelf(d), NewShelf(d)
	first, _ := one.Save("A", "s=1", 7)
	second, _ := other.Save("A", "s=2", 7)
	if first.ID == second.ID || second.Name != "A (2)" || len(other.Items()) != 2 {
		t.Errorf("%+v and %+v", first, second)
	}
}

// fullShelf is a shelf on which no more can be saved.
func fullShelf(t *testing.T, d *device) Shelf {
	t.Helper()
	s := NewShelf(d)
	for i := range MaxSaved {
		if _, outcome := s.Save(fmt.Sprint("Client ", i+1), "s=x", int64(i+1)); outcome != Done {
			t.Fatalf("%d: %d", i, outcome)
		}
	}
	return s
}

func TestAFullShelfHasAPlaceForWhatIsBroughtBack(t *testing.T) {
	d := newDevice()
	s := fullShelf(t, d)
	if _, outcome := s.Save("One more", "s=x", 99); outcome != Full {
		t.Fatalf("one more: %d", outcome)
	}
	first := s.Items()[0]
	s.Delete(first)
	if _, outcome := s.Save("Newest", "s=x", 99); outcome != Done {
		t.Fatalf("in the place of what was deleted: %d", outcome)
	}
	if item, outcome := s.BringBack(); outcome != Done || item != first {
		t.Fatalf("brought back: %+v, %d", item, outcome)
	}
	again := NewShelf(d)
	again.Rename(again.Items()[5], "Renamed") // the next change, of another tab
	items := again.Items()
	if len(items) != MaxSaved+1 || items[0] != first || items[MaxSaved].Name != "Newest" || again.Damaged() {
		t.Errorf("there are %d, from %+v to %+v", len(items), items[0], items[len(items)-1])
	}
	// That has an end too, where many tabs bring back.
	crowded := NewShelf(d)
	crowded.Delete(crowded.Items()[0])
	deleted, _ := crowded.Deleted()
	for i := len(crowded.Items()); i < MaxKept; i++ {
		other := NewShelf(d)
		if outcome := other.Rename(Saved{ID: int64(10_000 + i), Link: "s=x"}, "Back"); outcome != Done {
			t.Fatal(outcome)
		}
	}
	if _, outcome := crowded.BringBack(); outcome != Full {
		t.Errorf("into %d: %d", MaxKept, outcome)
	}
	crowded.Delete(crowded.Items()[3])
	if item, outcome := crowded.BringBack(); outcome != Done || item != deleted {
		t.Errorf("once there is room: %+v, %d", item, outcome)
	}
}

func TestRenamingBringsBackWhatAnotherTabHasDeleted(t *testing.T) {
	d := newDevice()
	one := NewShelf(d)
	item, _ := one.Save("A", "s=1", 1)
	one.Save("B", "s=2", 2)
	other := NewShelf(d)
	other.Delete(item)
	if one.Read(); one.Has(item.ID) {
		t.Error("it is still there")
	}
	if items, place := one.With(item); place != 0 || len(items) != 2 || items[0] != item || len(one.Items()) != 1 {
		t.Errorf("in its place: %+v", items)
	}
	if outcome := one.Rename(item, "  Z\u202e "); outcome != Done || one.Items()[0] != (Saved{1, "Z", "s=1"}) {
		t.Errorf("renamed: %d, %+v", outcome, one.Items())
	}
	// It is not there twice once it is brought back as well.
	if got, outcome := other.BringBack(); outcome != Done || got.Name != "Z" || len(other.Items()) != 2 {
		t.Errorf("brought back: %+v, %d, %+v", got, outcome, other.Items())
	}
	// What is deleted comes back as another tab has called it.
	one.Delete(item)
	if got, _ := one.Deleted(); got.Name != "Z" {
		t.Errorf("deleted is %+v", got)
	}
	// An id that is another scenario's by now is left to that.
	other.Rename(Saved{1, "", "s=3"}, "Another")
	if got, outcome := one.BringBack(); outcome != Done || got.ID != 3 || len(one.Items()) != 3 || one.Damaged() {
		t.Errorf("beside another: %+v, %d, %+v", got, outcome, one.Items())
	}
}

func TestWhatIsDamagedIsToldAndPutAside(t *testing.T) {
	const stored = `{"v":1,"items":[{"id":1,"name":"A","link":"s=1"},5]}`
	d := newDevice()
	d.kept[SavedKey] = stored
	s := NewShelf(d)
	if !s.Damaged() || len(s.Items()) != 1 {
		t.Errorf("read as %+v", s.Items())
	}
	if d.full = true; s.Rename(s.Items()[0], "B") != NoRoom || d.kept[SavedKey] != stored || s.Items()[0].Name != "A" {
		t.Errorf("without room it has become %q", d.kept)
	}
	d.full = false
	if outcome := s.Rename(s.Items()[0], "B"); outcome != Done || d.kept[SavedKey+".unreadable"] != stored || s.Damaged() {
		t.Errorf("%d: %q", outcome, d.kept)
	}
	// What the device does not tell is not written over.
	if d.shut = true; s.Delete(s.Items()[0]) != NoRoom || len(s.Items()) != 1 {
		t.Errorf("shut: %+v", s.Items())
	}
}

func TestWhatWouldNotBeReadIsNotSaved(t *testing.T) {
	d := newDevice()
	s := NewShelf(d)
	long := "s=" + strings.Repeat("x", form.MaxLink)
	if _, outcome := s.Save("A", long, 1); outcome != Unread || len(d.kept) != 0 {
		t.Errorf("a link of %d bytes: %d", len(long), outcome)
	}
	if _, outcome := s.Save("A", long[:form.MaxLink], 1); outcome != Done {
		t.Errorf("a link of %d bytes: %d", form.MaxLink, outcome)
	}
	var nowhere Shelf
	if _, outcome := nowhere.Save("A", "s=", 1); outcome != NoRoom {
		t.Errorf("nowhere: %d", outcome)
	}
	if _, outcome := nowhere.BringBack(); outcome != Gone {
		t.Errorf("nothing is brought back: %d", outcome)
	}
}

// TestTwoTabsLoseNothing: whatever two owners of one storage do, what is stored
// reads back whole, and it is what was done and confirmed.
func TestTwoTabsLoseNothing(t *testing.T) {
	most := 0
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		d := newDevice()
		tabs := []*Shelf{}
		for range 2 {
			s := NewShelf(d)
			tabs = append(tabs, &s)
		}
		confirmed := map[int64]Saved{}
		now := int64(1_000)
		for step := range 700 {
			s := tabs[r.IntN(2)]
			if r.IntN(2) == 0 {
				s.Read() // or it has not heard of the other tab's change yet
			}
			d.full = r.IntN(12) == 0
			before := d.kept[SavedKey]
			pick := func() Saved {
				if len(s.Items()) == 0 || r.IntN(9) == 0 {
					return Saved{ID: now + 5_000, Name: "Unheard of", Link: "s=u"}
				}
				return s.Items()[r.IntN(len(s.Items()))]
			}
			did, outcome := "", Done
			// Now and again there are many or few.
			switch op := r.IntN(10); {
			case op < 3 || op < 6 && step%200 < 120:
				var item Saved
				if r.IntN(3) > 0 {
					now += int64(r.IntN(3))
				}
				link := "s=" + fmt.Sprint(step)
				if r.IntN(20) == 0 {
					link = strings.Repeat("x", form.MaxLink+1)
				}
				item, outcome = s.Save("Name", link, now)
				did = fmt.Sprintf("save %d", item.ID)
				if outcome == Done {
					if _, taken := confirmed[item.ID]; taken {
						t.Fatalf("seed %d, step %d: %s takes the place of another", seed, step, did)
					}
					confirmed[item.ID] = item
				}
			case op < 6:
				item := pick()
				did, outcome = fmt.Sprintf("delete %d", item.ID), s.Delete(item)
				if outcome == Done {
					delete(confirmed, item.ID)
				}
			case op < 8:
				item := pick()
				name := fmt.Sprint("Renamed ", step)
				did, outcome = fmt.Sprintf("rename %d", item.ID), s.Rename(item, name)
				if outcome == Done {
					if known, ok := confirmed[item.ID]; ok {
						item = known
					}
					item.Name = name
					confirmed[item.ID] = item
				}
			default:
				deleted, offered := s.Deleted()
				var item Saved
				item, outcome = s.BringBack()
				did = fmt.Sprintf("bring back %d", deleted.ID)
				if outcome == Done {
					confirmed[item.ID] = item
				} else if still, ok := s.Deleted(); offered != ok || still != deleted {
					t.Fatalf("seed %d, step %d: %s fails with %d and cannot be done again", seed, step, did, outcome)
				}
				if outcome == Done && item.Link != deleted.Link {
					t.Fatalf("seed %d, step %d: %s brings back %+v instead of %+v", seed, step, did, item, deleted)
				}
			}
			items, whole := readSaved(d.kept[SavedKey])
			want := map[int64]bool{}
			for id := range confirmed {
				want[id] = true
			}
			for _, item := range items {
				if confirmed[item.ID] != item {
					t.Fatalf("seed %d, step %d, %s: stored is %+v, confirmed %+v", seed, step, did, item, confirmed[item.ID])
				}
				delete(want, item.ID)
			}
			if outcome == Gone {
				s.Read() // there was nothing to do
			}
			if !whole || len(want) > 0 || !slices.Equal(items, s.Items()) {
				t.Fatalf("seed %d, step %d, %s: whole %t, lost %v, stored %d, shown %d", seed, step, did, whole, want, len(items), len(s.Items()))
			}
			if outcome != Done && before != d.kept[SavedKey] {
				t.Fatalf("seed %d, step %d, %s: refused with %d, and yet changed", seed, step, did, outcome)
			}
			most = max(most, len(items))
		}
	}
	if most <= MaxSaved {
		t.Errorf("no more than %d were ever there", most)
	}
}
