package model

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// FrameOptions are what a partner sets of the calculator in its page.
type FrameOptions struct {
	Types     []rules.MessageType `json:"types"`  // on offer; all if empty
	Preset    map[string]string   `json:"preset"` // answers by their paths, numbers as in the contract
	Fixed     bool                `json:"fixed"`  // the visitor cannot change what the partner adds to the price
	ReadOnly  bool                `json:"readOnly"`
	Partner   string              `json:"partner"`   // its name
	Page      string              `json:"page"`      // its address, which opens what is behind its "#"; empty if it has none
	Lead      string              `json:"lead"`      // where a quote is handed to: an address, or "event"; nowhere if empty
	LeadLabel string              `json:"leadLabel"` // on the way there
}

// ReadFrameOptions reads the options as the frame's script gives them, which has
// checked them.
func ReadFrameOptions(text string) (o FrameOptions) {
	_ = json.Unmarshal([]byte(text), &o)
	return o
}

// RefusalText is a mistake as the frame's script passes it on; empty where there is none.
func RefusalText(wrong *rules.Error) string {
	if wrong == nil {
		return ""
	}
	text, _ := json.Marshal(map[string]*rules.Error{"error": wrong})
	return string(text)
}

// NotOffered is the mistake of a message type at a path that is not on offer.
func NotOffered(path string) *rules.Error {
	return &rules.Error{Path: path, Code: rules.UnknownValue, Message: "the frame does not offer this type"}
}

// Offers reports whether a message type is on offer.
func (o *FrameOptions) Offers(t rules.MessageType) bool {
	return len(o.Types) == 0 || slices.Contains(o.Types, t)
}

// Refuses is what a scenario asks for that is the partner's to say: a type that is not
// on offer, or other additions to the price than the fixed ones.
func (o *FrameOptions) Refuses(s *rules.Scenario) *rules.Error {
	if !o.Offers(s.Message.Type) {
		return NotOffered(form.PathType)
	}
	return o.RefusesPrices(s, s.Currency())
}

// RefusesPrices is the first addition to the price in a scenario, with its amounts in a
// currency, that is another one than the partner has fixed.
func (o *FrameOptions) RefusesPrices(s *rules.Scenario, currency string) (wrong *rules.Error) {
	if !o.Fixed {
		return nil
	}
	s.EachGiven(func(path, _ string) {
		given := s.Get(path)
		if wrong != nil || !IsAddition(path) || given == true { // which pricing.markupOnFree is anyway
			return
		}
		amount, isAmount := given.(decimal.Decimal)
		fixed, _ := words.PlainDecimal(o.Preset[presetPath(path, currency)]) // nothing is 0
		if !isAmount || !fixed.Equal(amount) {
			wrong = &rules.Error{Path: path, Code: rules.Conflict, Message: "the frame has pricing=fixed, and takes no other additions to the price than those in its options"}
		}
	})
	return wrong
}

// Offered are the types of a channel that are on offer.
func (o *FrameOptions) Offered(c rules.Channel) []rules.MessageType {
	return slices.DeleteFunc(slices.Clone(rules.MessageTypes(c)), func(t rules.MessageType) bool { return !o.Offers(t) })
}

// Channels are those with a type on offer.
func (o *FrameOptions) Channels() []rules.Channel {
	return slices.DeleteFunc(rules.Channels(), func(c rules.Channel) bool { return len(o.Offered(c)) == 0 })
}

// IsAddition reports whether a path is something added to the platform's price.
func IsAddition(path string) bool {
	return strings.HasPrefix(path, form.PricingPrefix) && !strings.HasPrefix(path, "pricing.convert")
}

// AsksFor reports whether a question is put to the visitor.
func (o *FrameOptions) AsksFor(q form.Question) bool { return !(o.Fixed && IsAddition(q.Path)) }

// preset is the partner's answer to a question.
func (o *FrameOptions) preset(q form.Question, currency string) (answer string, ok bool) {
	answer, ok = o.Preset[presetPath(q.Path, currency)]
	return q.Exactly(answer), ok
}

// presetPath is the path of the partner's answer to a question: it has one for each
// currency where it is an amount.
func presetPath(path, currency string) string {
	if slices.Contains(form.OwnAmounts, path) {
		return form.AmountIn(path, currency)
	}
	return path
}

// Hold answers what nobody but the partner may: whichever way something
// came into the form, it is of a type on offer and has the fixed additions.
func (o *FrameOptions) Hold(f *form.Form) {
	if !o.Offers(f.Kind()) {
		f.Set(form.PathType, string(o.Types[0]))
	}
	if !o.Fixed {
		return
	}
	for _, q := range f.Questions() {
		if answer, _ := o.preset(q, f.Currency()); IsAddition(q.Path) && f.Get(q.Path) != answer {
			f.Set(q.Path, answer)
		}
	}
}

// Use answers for the partner what nobody has answered.
func (o *FrameOptions) Use(f *form.Form) {
	o.Hold(f)
	currency := f.Currency()
	for _, q := range f.Questions() {
		if answer, ok := o.preset(q, f.Currency()); ok && f.Values[q.Path] == "" {
			f.Set(q.Path, answer)
		}
	}
	for path, v := range o.Preset {
		if strings.Contains(path, "@") && !strings.HasSuffix(path, "@"+currency) {
			f.Values[path] = form.Exact + v // waits until that currency is billed
		}
	}
}

// Replace puts the options in the place of those before.
func (o *FrameOptions) Replace(before FrameOptions, f *form.Form) {
	for _, presets := range []map[string]string{before.Preset, o.Preset} {
		for path := range presets {
			if o.Preset[path] != before.Preset[path] {
				f.Clear(path)
				f.Clear(strings.TrimSuffix(path, form.AmountIn("", f.Currency())))
			}
		}
	}
	o.Use(f)
}

// AddsToPrice reports whether the additions to the price are the partner's.
func (o *FrameOptions) AddsToPrice() bool {
	for path := range o.Preset {
		if plain, _, _ := strings.Cut(path, "@"); IsAddition(plain) {
			return true
		}
	}
	return false
}
