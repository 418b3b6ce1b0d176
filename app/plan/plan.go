package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// A Plan is what stands in a plan, as typed.
type Plan struct {
	Name  string `json:"name,omitempty"`
	Items []Item `json:"items"`

	// Shared are the answers that hold for all items, by the paths of the contract:
	// who sends, readings, the user's own prices. Amounts have the currency in which
	// they were typed behind their path, see [form.AmountIn].
	Shared  map[string]string `json:"shared,omitempty"`
	Carried map[string]string `json:"carried,omitempty"` // facts of a link that no question asks for, see form

	Balance map[string]string `json:"balance,omitempty"` // money there is, as typed, by its currency
	Lang    string            `json:"lang,omitempty"`    // of what is being typed
}

// An Item is a message of a plan as it is typed.
type Item struct {
	ID   int64  `json:"id"` // no other item of the plan has it
	Name string `json:"name,omitempty"`

	// The answers that are its own, as in a [form.Draft].
	Values  map[string]string `json:"values"`
	Groups  int               `json:"groups"`
	Carried map[string]string `json:"carried,omitempty"`

	Every rules.Every `json:"every,omitempty"`
	Until string      `json:"until,omitempty"` // the last day, 2006-01-02, as typed
	Same  bool        `json:"samePeople,omitempty"`
}

// Paths of what a plan has beside a scenario.
const (
	PathEvery = "every"
	PathUntil = "until"
	PathName  = "name"

	pathAmounts  = "pricing.currency"
	pathPerMonth = "sender.includedPerMonth"
)

// isShared reports whether the answer at a path holds for all items.
func isShared(path string) bool {
	switch path {
	case "sender.tool", "sender.apiVersion":
		return false
	}
	return strings.HasPrefix(path, "sender.") || strings.HasPrefix(path, "assume.") || strings.HasPrefix(path, form.PricingPrefix)
}

// isRemembered reports whether an answer waits for another type or day, see form.
// What a tag meant on its day is kept.
func isRemembered(path string) bool {
	return strings.Contains(path, "@") && !strings.HasSuffix(path, "@then")
}

// Form is the form of an item, as the calculator opens it.
func (p *Plan) Form(i int, today string) *form.Form {
	item := &p.Items[i]
	f := form.New(today, p.Lang)
	d := form.Draft{Values: maps.Clone(item.Values), Groups: item.Groups}
	prices := map[string]string{}
	for path, v := range p.Shared {
		if strings.HasPrefix(path, form.PricingPrefix) {
			prices[path] = v
		} else {
			d.Values[path] = v
		}
	}
	f.TakeUp(d)
	f.SetPrices(prices)
	f.Carried = map[string]string{}
	for _, carried := range []map[string]string{p.Carried, item.Carried} {
		for path, v := range carried {
			if f.Values[path] == "" && f.Values[path+"[0]"] == "" && path != pathPerMonth {
				f.Carried[path] = v
			}
		}
	}
	return f
}

// take puts what a form shares with the other items into the plan, and returns what
// is an item's own. What is said last holds for all.
func (p *Plan) take(f *form.Form) Item {
	other := form.New(f.Today, f.Lang)
	other.TakeUp(form.Draft{Values: maps.Clone(f.Values), Groups: f.Groups, Carried: maps.Clone(f.Carried)})
	other.Translate(p.Lang) // which keeps numbers as plain digits
	if p.Shared == nil {
		p.Shared = map[string]string{}
	}
	if p.Carried == nil {
		p.Carried = map[string]string{}
	}
	item := Item{Values: map[string]string{form.PathOn: other.Get(form.PathOn), form.PathType: other.Get(form.PathType)}, Groups: other.Groups, Carried: map[string]string{}}
	for path, v := range other.Values {
		switch {
		case isRemembered(path), strings.HasPrefix(path, form.PricingPrefix):
		case isShared(path):
			p.Shared[path] = v
			delete(p.Carried, path)
			delete(p.Carried, strings.TrimSuffix(path, "[0]"))
		default:
			item.Values[path] = v
		}
	}
	for path, v := range other.Carried {
		if isShared(path) {
			p.Carried[path] = v
		} else {
			item.Carried[path] = v
		}
	}
	prices := other.Prices()
	delete(prices, pathAmounts)
	for path := range p.Carried {
		if _, typed := prices[path]; typed {
			delete(p.Carried, path)
		}
	}
	maps.Copy(p.Shared, prices)
	p.chooseCurrency(other.Currency())
	return item
}

// chooseCurrency sees to it that there is a currency of the user's amounts where there
// are any: the one that was there first, else that of the item.
func (p *Plan) chooseCurrency(own string) {
	of := map[string]bool{}
	for path, v := range p.Shared {
		if _, currency, ok := strings.Cut(path, "@"); ok && isAmount(path) && v != "" {
			of[currency] = true
		}
	}
	switch {
	case of[p.Shared[pathAmounts]]:
	case of[own]:
		p.Shared[pathAmounts] = own
	case len(of) == 0:
		delete(p.Shared, pathAmounts)
	default:
		p.Shared[pathAmounts] = slices.Sorted(maps.Keys(of))[0]
	}
}

// Add puts what stands in a form into the plan, and returns the number of the item. What
// the form leaves open of the sender stays as the plan has it; a box that is not ticked is
// not open.
func (p *Plan) Add(f *form.Form, name string) int {
	before := maps.Clone(p.Shared)
	item := p.take(f)
	for path, v := range before {
		if strings.HasPrefix(path, "sender.") && p.Shared[path] == "" && v != form.Yes {
			p.Shared[path] = v
		}
	}
	item.ID, item.Name = p.freeID(), words.OneLine(name, words.MaxName)
	p.Items = append(p.Items, item)
	return len(p.Items) - 1
}

// Join puts the messages of another plan behind those of this one. Where there are some,
// what they say of the sender holds on: the other plan is made up, or of another list.
func (p *Plan) Join(other *Plan, today string) {
	shared, carried, isOwn := maps.Clone(p.Shared), maps.Clone(p.Carried), len(p.Items) > 0
	for i := range other.Items {
		like, item := &other.Items[i], &p.Items[p.Add(other.Form(i, today), other.Items[i].Name)]
		item.Every, item.Until, item.Same = like.Every, like.Until, like.Same
	}
	if isOwn {
		p.Shared, p.Carried = shared, carried
	}
}

// Replace puts what stands in a form in the place of an item, which keeps its name
// and its rhythm. Own prices that are no longer there are gone for all.
func (p *Plan) Replace(i int, f *form.Form) {
	maps.DeleteFunc(p.Shared, func(path, _ string) bool { return strings.HasPrefix(path, form.PricingPrefix) && path != pathAmounts })
	before := p.Items[i]
	item := p.take(f)
	item.ID, item.Name, item.Every, item.Until, item.Same = before.ID, before.Name, before.Every, before.Until, before.Same
	p.Items[i] = item
}

// Copy puts a copy of an item behind it.
func (p *Plan) Copy(i int) {
	item := p.Items[i]
	item.ID, item.Values, item.Carried = p.freeID(), maps.Clone(item.Values), maps.Clone(item.Carried)
	p.Items = slices.Insert(p.Items, i+1, item)
}

// Remove takes an item out. With the last one goes what all shared, and the money: the
// next message begins a plan of its own.
func (p *Plan) Remove(i int) {
	if p.Items = slices.Delete(p.Items, i, i+1); len(p.Items) == 0 {
		*p = Plan{Name: p.Name, Lang: p.Lang}
	}
}

// Adds reports whether the plan adds amounts or rates of the user's own to every message
// that a form has not, or reads a contested fact in another way than the form does.
func (p *Plan) Adds(f *form.Form) bool {
	own := f.Prices()
	for path, v := range p.Shared {
		if strings.HasPrefix(path, form.PricingPrefix) && path != pathAmounts && v != "" && own[path] == "" {
			return true
		}
	}
	return slices.ContainsFunc(f.Questions(), func(q form.Question) bool {
		shared := p.Shared[q.Path]
		return shared != "" && strings.HasPrefix(q.Path, "assume.") && shared != cmp.Or(f.Get(q.Path), q.Options[0])
	})
}

// Find is the number of the item with an id, -1 where there is none.
func (p *Plan) Find(id int64) int {
	return slices.IndexFunc(p.Items, func(i Item) bool { return i.ID == id })
}

func (p *Plan) freeID() (id int64) {
	for i := range p.Items {
		id = max(id, p.Items[i].ID)
	}
	return id + 1
}

// Translate goes on in another language. Numbers that have been typed become plain digits.
func (p *Plan) Translate(lang, today string) {
	if p.Lang == lang {
		return
	}
	for i := range p.Items {
		f := p.Form(i, today)
		f.Translate(lang)
		for path := range p.Items[i].Values {
			p.Items[i].Values[path] = f.Values[path]
		}
	}
	for currency, typed := range p.Balance {
		if d, ok := Amount(typed, p.Lang); ok {
			p.Balance[currency] = form.Exact + d.String()
		}
	}
	p.Lang = lang
}

// SetAnswer changes an answer of an item.
func (p *Plan) SetAnswer(i int, path, value, today string) {
	item := &p.Items[i]
	switch path {
	case PathName:
		item.Name = value
	case PathUntil:
		item.Until = value
	case PathEvery:
		item.Every = rules.Every(value)
		if value == "" {
			item.Until = ""
		} else if item.Until == "" {
			item.Until = item.sensibleEnd(today)
		}
	case form.PathOn:
		f := p.Form(i, today)
		f.MoveTo(value)
		item.Values[form.PathOn] = value
		if then, ok := f.Values[form.PathTag+"@then"]; ok {
			item.Values[form.PathTag+"@then"] = then
		}
	default:
		item.Values[path] = value
	}
}

// leastDays is how many days are sent at least until the end that is proposed: who begins
// on the last day of a month does not mean that day alone.
const leastDays = 14

// monthsOn is how many months are proposed for what is sent once in each.
const monthsOn = 3

// sensibleEnd is the end that is proposed for what begins to repeat: most ask for a month,
// so it is the last day of the one in which the item begins, or of the next one where hardly
// anything is left of it; what is sent every month is sent three times.
func (i *Item) sensibleEnd(today string) string {
	on, err := rules.ParseDate(i.Values[form.PathOn])
	if err != nil {
		if on, err = rules.ParseDate(today); err != nil {
			return ""
		}
	}
	if i.Every != rules.EveryMonth {
		return monthsEnd(on.AddDays(leastDays - 1)).String()
	}
	last := monthsEnd(on)
	for range monthsOn - 1 {
		last = monthsEnd(last.AddDays(1))
	}
	return last.String()
}

// monthsEnd is the last day of the month of a day.
func monthsEnd(day rules.Date) rules.Date {
	last := day
	for next := day; next.Month() == day.Month(); next = next.AddDays(1) {
		last = next
	}
	return last
}

// Settle keeps a number of an item that has been typed to its end as plain digits.
func (p *Plan) Settle(i int, path, today string) {
	if v, ok := p.Items[i].Values[path]; ok && v != "" {
		f := p.Form(i, today)
		f.Settle(path)
		p.Items[i].Values[path] = f.Values[path]
	}
}
