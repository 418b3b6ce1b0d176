package plan

import (
	"encoding/json"
	"unicode/utf8"

	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// Where plans are stored: the one in work, the one that stood there before it, and
// those that were saved.
const (
	Key       = "postage.plan"
	keyBefore = "postage.plan.before"
	KeySaved  = "postage.plans"
)

// MaxKept bounds what is stored of a plan, in bytes.
const MaxKept = 1 << 20

// maxHeld is how many items a plan holds. The rules take [rules.MaxItems] at once;
// what is more is kept and told.
const maxHeld = 200

const version = 1

type kept struct {
	Version int `json:"v"`
	Plan
}

// read reads a plan from the device, where anybody could have changed it.
func read(text string) (Plan, bool) {
	var k kept
	if len(text) > MaxKept || json.Unmarshal([]byte(text), &k) != nil || k.Version != version || !k.isSound() {
		return Plan{}, false
	}
	for i := range k.Items {
		if k.Items[i].Values == nil {
			k.Items[i].Values = map[string]string{}
		}
	}
	return k.Plan, true
}

// isSound reports whether a plan is one that is read again.
func (p *Plan) isSound() bool {
	for i := range p.Items {
		if !p.Items[i].isSound() || p.Find(p.Items[i].ID) != i {
			return false
		}
	}
	d := form.Draft{Values: p.Shared, Groups: 1, Carried: p.Carried, Name: p.Name}
	return len(p.Items) <= maxHeld && d.IsSound() && (form.Draft{Values: p.Balance, Groups: 1}).IsSound()
}

func (i *Item) isSound() bool {
	known := i.Every == ""
	for _, e := range rules.Rhythms() {
		known = known || i.Every == e
	}
	d := form.Draft{Values: i.Values, Groups: i.Groups, Carried: i.Carried}
	return known && i.ID > 0 && utf8.ValidString(i.Name) && len(i.Name) < 1<<10 && utf8.ValidString(i.Until) && len(i.Until) < 1<<10 && d.IsSound()
}

// A Keeper is the one owner of the plan in work. It reads what is stored anew before
// each change, as another tab may have changed it, and writes nothing that it would
// not read again.
type Keeper struct {
	storage model.Storage
}

// NewKeeper keeps the plan of a device.
func NewKeeper(storage model.Storage) *Keeper { return &Keeper{storage: storage} }

// Read is the plan that is stored, in a language; an empty one where there is none.
// It reports whether what is stored could be read.
func (k *Keeper) Read(lang, today string) (p Plan, whole bool) {
	return k.readFrom(Key, lang, today)
}

// Before is the plan that another one has taken the place of, with no items where there
// is none.
func (k *Keeper) Before(lang, today string) Plan {
	p, _ := k.readFrom(keyBefore, lang, today)
	return p
}

func (k *Keeper) readFrom(key, lang, today string) (p Plan, whole bool) {
	stored, _ := k.storage.Read(key)
	if stored == "" {
		return Plan{Lang: lang}, true
	}
	if p, whole = read(stored); !whole {
		return Plan{Lang: lang}, false
	}
	if p.Lang == "" {
		p.Lang = lang
	}
	p.Translate(lang, today)
	return p, true
}

// Store keeps a plan in the place of the one that is stored. One that cannot be read
// is put aside first.
func (k *Keeper) Store(p Plan) model.Outcome { return k.storeAt(Key, p) }

// StoreBefore keeps a plan that another one takes the place of.
func (k *Keeper) StoreBefore(p Plan) model.Outcome { return k.storeAt(keyBefore, p) }

func (k *Keeper) storeAt(key string, p Plan) model.Outcome {
	p.Name = words.ShortName(p.Name)
	stored, ok := k.storage.Read(key)
	if !ok {
		return model.NoRoom
	}
	if stored != "" {
		if _, whole := read(stored); !whole && !model.PutAside(k.storage, key, stored) {
			return model.NoRoom
		}
	}
	if len(p.Items) > maxHeld {
		return model.Full
	}
	return model.Keep(k.storage, key, kept{version, p}, func(text string) bool {
		return p.isSound() && len(text) <= MaxKept
	})
}
