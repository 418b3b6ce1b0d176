package model

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"postage/app/form"
	"postage/app/words"
)

const (
	MaxPriceLists    = 20
	MaxPriceListName = 40 // characters; a longer name is cut

	maxPrices = 40 // in a list
	maxPrice  = 96 // bytes of a path and what stands there
)

// A PriceList is prices under a name.
type PriceList struct {
	Name   string            `json:"name"`
	Prices map[string]string `json:"prices"` // as typed, by their paths
}

// PriceListName is a name as a price list is kept under.
func PriceListName(typed string) string {
	return words.OneLine(strings.TrimLeft(words.ShortName(typed), "- "), MaxPriceListName)
}

// sound reports whether a list is as it would be kept.
func (l PriceList) sound() bool {
	sound := l.Name != "" && l.Name == PriceListName(l.Name) && len(l.Prices) <= maxPrices
	for path, v := range l.Prices {
		sound = sound && strings.HasPrefix(path, form.PricingPrefix) && v != "" && len(path)+len(v) <= maxPrice
	}
	return sound
}

// A priceFile is all that the device keeps of prices.
type priceFile struct {
	Version int         `json:"v"`
	Lists   []PriceList `json:"profiles"`
	Using   string      `json:"using,omitempty"` // name of the one that a new calculation starts with
}

// PricesKey is where the price lists are stored.
const PricesKey = "postage.prices"

// PriceLists are the prices that are kept under a name. What the device has no
// room for lasts as long as they do. The zero PriceLists are none.
type PriceLists struct {
	storage Storage
	shown   priceFile
	damaged bool
	passing []func(*priceFile) // changes that could not be stored, the oldest first
}

// NewPriceLists returns what a device keeps of prices.
func NewPriceLists(storage Storage) PriceLists {
	p := PriceLists{storage: storage}
	p.Read()
	return p
}

// Read takes over what is stored now.
func (p *PriceLists) Read() {
	stored, _ := p.stored()
	f, whole := readPrices(stored)
	p.shown, p.damaged = p.withPassing(f), !whole
}

func (p *PriceLists) stored() (text string, ok bool) {
	if p.storage == nil {
		return "", false
	}
	return p.storage.Read(PricesKey)
}

// withPassing makes the changes again that could not be stored.
func (p *PriceLists) withPassing(f priceFile) priceFile {
	for _, again := range p.passing {
		again(&f)
	}
	if f.find(f.Using) < 0 {
		f.Using = "" // another tab has removed it
	}
	return f
}

// All are the price lists. They are not to be changed.
func (p *PriceLists) All() []PriceList { return p.shown.Lists }

// Damaged reports whether a part of what is stored cannot be read. It is put
// aside at the next change.
func (p *PriceLists) Damaged() bool { return p.damaged }

// Passing reports whether the device had no room for all of them.
func (p *PriceLists) Passing() bool { return len(p.passing) > 0 }

// Has reports whether there is a list of a name.
func (p *PriceLists) Has(name string) bool { return p.shown.find(name) >= 0 }

// InUse is the list that a new calculation starts with.
func (p *PriceLists) InUse() (list PriceList, ok bool) {
	if i := p.shown.find(p.shown.Using); i >= 0 {
		return p.shown.Lists[i], true
	}
	return PriceList{}, false
}

// Put keeps prices under a name, in place of those that had it.
func (p *PriceLists) Put(list PriceList) Outcome {
	if p.Read(); !list.sound() {
		return Unread
	}
	if !p.Has(list.Name) && len(p.shown.Lists) >= MaxPriceLists {
		return Full
	}
	list.Prices = maps.Clone(list.Prices)
	return p.change(func(f *priceFile) {
		if i := f.find(list.Name); i >= 0 {
			f.Lists[i] = list
		} else {
			f.Lists = append(f.Lists, list)
		}
		f.Using = list.Name
	})
}

// Use has new calculations start with a list, without a name with none, and
// returns its prices. One that another tab has removed is [Gone].
func (p *PriceLists) Use(name string) (map[string]string, Outcome) {
	p.Read()
	i := p.shown.find(name)
	if i < 0 && name != "" {
		return nil, Gone
	}
	var prices map[string]string
	if i >= 0 {
		prices = p.shown.Lists[i].Prices
	}
	return prices, p.change(func(f *priceFile) { f.Using = name })
}

// Remove forgets a list.
func (p *PriceLists) Remove(name string) Outcome {
	return p.change(func(f *priceFile) {
		if i := f.find(name); i >= 0 {
			f.Lists = append(f.Lists[:i], f.Lists[i+1:]...)
		}
	})
}

// change stores the lists with a change made. Where the device has no room the
// change lasts as long as the page, and is tried again with the next one.
func (p *PriceLists) change(do func(*priceFile)) Outcome {
	stored, ok := p.stored()
	f, whole := readPrices(stored)
	p.passing = append(p.passing, do)
	f = p.withPassing(f)
	outcome := NoRoom
	if ok && (whole || PutAside(p.storage, PricesKey, stored)) {
		outcome = Keep(p.storage, PricesKey, f, func(text string) bool {
			again, whole := readPrices(text)
			return whole && again.Using == f.Using && slices.EqualFunc(again.Lists, f.Lists, PriceList.equal)
		})
	}
	if outcome == Done {
		p.passing = nil
	}
	p.Read()
	return outcome
}

func (l PriceList) equal(other PriceList) bool {
	return l.Name == other.Name && maps.Equal(l.Prices, other.Prices)
}

// readPrices reads what the device has kept. What is not as this program would
// have written it is left out, and all of another version; it reports whether
// that is so.
func readPrices(stored string) (f priceFile, whole bool) {
	in, whole := partsOf(stored)
	f.Version = version
	for _, raw := range in.Prices {
		var list PriceList
		if json.Unmarshal(raw, &list) != nil || !list.sound() || len(f.Lists) == MaxPriceLists || f.find(list.Name) >= 0 {
			whole = false
			continue
		}
		f.Lists = append(f.Lists, list)
	}
	if f.find(in.Using) >= 0 {
		f.Using = in.Using
	}
	return f, whole
}

func (f *priceFile) find(name string) int {
	return slices.IndexFunc(f.Lists, func(l PriceList) bool { return l.Name == name })
}
