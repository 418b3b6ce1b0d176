package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// Follow has the plan follow what a partner sets of it, whichever way something came
// into it: its items are of types on offer, what is added to the price is the partner's
// where that is fixed, and else where nobody has said so. What the partner has said
// before and no longer says is gone.
func (p *Plan) Follow(o, before *model.FrameOptions, today string) {
	p.Items = slices.DeleteFunc(p.Items, func(item Item) bool { return !o.Offers(rules.MessageType(item.Values[form.PathType])) })
	if p.Shared == nil {
		p.Shared = map[string]string{}
	}
	stale := func(path, _ string) bool {
		if path == pathAmounts || !isAddition(path) {
			return false
		}
		return o.Fixed || o.Preset[path] != before.Preset[path]
	}
	maps.DeleteFunc(p.Shared, stale)
	maps.DeleteFunc(p.Carried, stale)
	for path, v := range o.Preset {
		if isAddition(path) && p.Shared[path] == "" {
			p.Shared[path] = form.Exact + v
			delete(p.Carried, path)
		}
	}
	own := ""
	if len(p.Items) > 0 {
		own = p.Form(0, today).Currency()
	}
	p.chooseCurrency(own)
}

// isAddition reports whether a path, which may name a currency, is that of something
// added to the platform's price.
func isAddition(path string) bool {
	plain, _, _ := strings.Cut(path, "@")
	return model.IsAddition(plain)
}

// InFrame is the plan that a partner's page has set, as JSON.
func InFrame(text string, o *model.FrameOptions, today, lang string) (p Plan, wrong *rules.Error) {
	asked, err := rules.DecodePlan([]byte(text))
	if err != nil {
		return p, err.(*rules.Error) // the only kind of error that there is here
	}
	for i := range asked.Items {
		if !o.Offers(asked.Items[i].Message.Type) {
			return p, model.NotOffered(itemPath(i, form.PathType))
		}
	}
	s := asked.Scenario(0, asked.Items[0].On) // what it adds to the price is that of them all
	if wrong = o.RefusesPrices(&s, cmp.Or(asked.Pricing.Currency, s.Currency())); wrong != nil {
		return p, wrong
	}
	return Of(asked, today, lang), nil
}

// RefusedInLink is what [InFrame] finds wrong with the plan in a fragment.
func RefusedInLink(fragment string, o *model.FrameOptions, today, lang string) *rules.Error {
	text, wrong := textInLink(fragment)
	if wrong == nil {
		_, wrong = InFrame(string(text), o, today, lang)
	}
	return wrong
}

func itemPath(item int, path string) string { return "items[" + words.Itoa(item) + "]." + path }

// IsWhole reports whether each item has its answer, and the plan is one that the rules
// take.
func (a *Answer) IsWhole(p *Plan) bool {
	return a.Quote != nil && a.LeftOut(p) == 0 && len(a.Wrong) == 0
}

// Paths are the mistakes with their paths in the plan as JSON; that it has no items is
// one.
func (a *Answer) Paths(p *Plan) (list []form.Mistake) {
	if len(p.Items) == 0 {
		return []form.Mistake{{Path: "items", Key: "plan.nothing"}}
	}
	for _, m := range a.Wrong {
		switch {
		case m.Item != Whole:
			m.Path = itemPath(m.Item, m.Path)
		case m.Path == "":
			m.Path = "items"
		}
		list = append(list, m.Mistake)
	}
	return list
}
