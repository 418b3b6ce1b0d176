package model

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"postage/app/words"
)

func percent(v string) map[string]string { return map[string]string{"pricing.markupPercent": v} }

func TestPriceListsAreKeptUnderTheirNames(t *testing.T) {
	d := newDevice()
	p := NewPriceLists(d)
	for i := range MaxPriceLists {
		if outcome := p.Put(PriceList{fmt.Sprint("P", i), percent(fmt.Sprint("=", i))}); outcome != Done {
			t.Fatalf("list %d: %d", i, outcome)
		}
	}
	if outcome := p.Put(PriceList{"one more", percent("1")}); outcome != Full {
		t.Errorf("there is room without end: %d", outcome)
	}
	if outcome := p.Put(PriceList{"P3", percent("=33")}); outcome != Done {
		t.Errorf("a list cannot be replaced: %d", outcome)
	}
	again := NewPriceLists(d)
	if using, ok := again.InUse(); !ok || len(again.All()) != MaxPriceLists || using.Name != "P3" || using.Prices["pricing.markupPercent"] != "=33" {
		t.Errorf("read again: %+v", again.shown)
	}
	again.Remove("P3")
	if _, ok := again.InUse(); ok || again.Has("P3") {
		t.Error("the list is still there")
	}
	// Another tab does not know yet.
	if prices, outcome := p.Use("P3"); outcome != Gone || prices != nil || p.Has("P3") {
		t.Errorf("what is gone is used: %v, %d", prices, outcome)
	}
	if prices, outcome := p.Use("P4"); outcome != Done || !maps.Equal(prices, percent("=4")) {
		t.Errorf("P4: %v, %d", prices, outcome)
	}
	if _, outcome := p.Use(""); outcome != Done {
		t.Errorf("none: %d", outcome)
	}
	if _, ok := p.InUse(); ok || p.Damaged() || p.Passing() {
		t.Errorf("after all: %+v", p)
	}
	// A name is one short line.
	for typed, want := range map[string]string{"  Đại  lý A ": "Đại lý A", "-none": "none", "\t\n": "", strings.Repeat("ă", 60): strings.Repeat("ă", MaxPriceListName)} {
		if got := PriceListName(typed); got != want || PriceListName(got) != got || words.ShortName(got) != got {
			t.Errorf("%q becomes %q", typed, got)
		}
	}
}

func TestOfDamagedPricesTheSoundAreReadAndAllIsPutAside(t *testing.T) {
	sound := `{"name":"A","prices":{"pricing.taxPercent":"=1"}}`
	for stored, want := range map[string]struct {
		lists int
		whole bool
	}{
		"":                        {0, true},
		`{"v":1,"profiles":null}`: {0, true},
		`{"v":1,"profiles":[` + sound + `],"using":"gone"}`: {1, true},
		"null":                               {0, false},
		"[]":                                 {0, false},
		"{":                                  {0, false},
		`{"v":2,"profiles":[` + sound + `]}`: {0, false},
		`{"v":1,"profiles":7}`:               {0, false},
		`{"v":1,"profiles":[{"name":7},` + sound + `,{"name":"","prices":{}},{"name":" B","prices":{}}]}`: {1, false},
		`{"v":1,"profiles":[` + sound + `,` + sound + `],"using":"A"}`:                                    {1, false},
		`{"v":1,"profiles":[{"name":"B","prices":{"on":"2020-01-01"}}]}`:                                  {0, false},
		`{"v":1,"profiles":[{"name":"C","prices":{"pricing.x":"` + strings.Repeat("9", 200) + `"}}]}`:     {0, false},
	} {
		d := newDevice()
		d.kept[PricesKey] = stored
		p := NewPriceLists(d)
		if len(p.All()) != want.lists || p.Damaged() == want.whole {
			t.Errorf("%s is read as %+v", stored, p.shown)
		}
		if outcome := p.Put(PriceList{"New", percent("5")}); outcome != Done || len(p.All()) != want.lists+1 || p.Damaged() {
			t.Errorf("%s: one more: %d, %+v", stored, outcome, p.shown)
		}
		if aside, ok := d.kept[PricesKey+".unreadable"]; ok == want.whole || ok && aside != stored {
			t.Errorf("%s: aside is %q", stored, aside)
		}
	}
}

func TestWhatWouldNotBeReadIsNoPriceList(t *testing.T) {
	d := newDevice()
	p := NewPriceLists(d)
	many := map[string]string{}
	for i := range maxPrices + 1 {
		many[fmt.Sprint("pricing.", i)] = "1"
	}
	for name, list := range map[string]PriceList{
		"nameless":        {"", percent("1")},
		"not one line":    {"A\nB", percent("1")},
		"too long":        {"A", percent(strings.Repeat("9", maxPrice))},
		"too many":        {"A", many},
		"empty":           {"A", percent("")},
		"no price at all": {"A", map[string]string{"on": "2026-01-01"}},
	} {
		if outcome := p.Put(list); outcome != Unread || len(p.All()) != 0 || len(d.kept) != 0 {
			t.Errorf("%s: %d, %v", name, outcome, p.All())
		}
	}
}

func TestWithoutRoomPriceListsLastAsLongAsThePage(t *testing.T) {
	d := newDevice()
	p, other := NewPriceLists(d), NewPriceLists(d)
	d.full = true
	if outcome := p.Put(PriceList{"A", percent("1")}); outcome != NoRoom || !p.Passing() || !p.Has("A") {
		t.Errorf("%d, %+v", outcome, p)
	}
	// What another tab keeps meanwhile stays.
	d.full = false
	other.Put(PriceList{"B", percent("2")})
	if p.Read(); !p.Has("A") || !p.Has("B") {
		t.Errorf("shown: %+v", p.All())
	}
	if _, outcome := p.Use("B"); outcome != Done || p.Passing() {
		t.Errorf("once there is room: %d", outcome)
	}
	if other.Read(); !other.Has("A") || !other.Has("B") {
		t.Errorf("stored: %+v", other.All())
	}
	var nowhere PriceLists
	if outcome := nowhere.Put(PriceList{"A", percent("1")}); outcome != NoRoom || !nowhere.Has("A") {
		t.Errorf("nowhere: %d", outcome)
	}
}

// TestTwoTabsLoseNoPrices is [TestTwoTabsLoseNothing] of the price lists.
func TestTwoTabsLoseNoPrices(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 2))
		d := newDevice()
		one, other := NewPriceLists(d), NewPriceLists(d)
		tabs := []*PriceLists{&one, &other}
		confirmed := map[string]PriceList{}
		for step := range 300 {
			p := tabs[r.IntN(2)]
			name := fmt.Sprint("P", r.IntN(MaxPriceLists+5))
			list := PriceList{name, percent(fmt.Sprint(step))}
			if r.IntN(20) == 0 {
				list.Prices["pricing.x"] = strings.Repeat("9", maxPrice)
			}
			var outcome Outcome
			switch r.IntN(4) {
			case 0, 1:
				if outcome = p.Put(list); outcome == Done {
					confirmed[name] = list
				}
			case 2:
				if outcome = p.Remove(name); outcome == Done {
					delete(confirmed, name)
				}
			case 3:
				var prices map[string]string
				if prices, outcome = p.Use(name); outcome == Done && !maps.Equal(prices, confirmed[name].Prices) {
					t.Fatalf("seed %d, step %d: %s is used with %v", seed, step, name, prices)
				}
			}
			f, whole := readPrices(d.kept[PricesKey])
			if !whole || len(f.Lists) != len(confirmed) || len(f.Lists) > MaxPriceLists || !slices.EqualFunc(f.Lists, p.All(), PriceList.equal) {
				t.Fatalf("seed %d, step %d: whole %t, stored %d, confirmed %d, shown %d", seed, step, whole, len(f.Lists), len(confirmed), len(p.All()))
			}
			for _, l := range f.Lists {
				if !l.equal(confirmed[l.Name]) {
					t.Fatalf("seed %d, step %d: stored is %+v, confirmed %+v", seed, step, l, confirmed[l.Name])
				}
			}
			if outcome == NoRoom {
				t.Fatalf("seed %d, step %d: no room", seed, step)
			}
		}
	}
}
