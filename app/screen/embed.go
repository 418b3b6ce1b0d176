package screen

import (
	"encoding/json"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/rules"
)

// frameOptions are what a partner sets of the calculator in its page.
type frameOptions struct {
	Types     []rules.MessageType `json:"types"`  // on offer; all if empty
	Preset    map[string]string   `json:"preset"` // answers by their paths, numbers as in the contract
	Fixed     bool                `json:"fixed"`  // the visitor cannot change what the partner adds to the price
	ReadOnly  bool                `json:"readOnly"`
	Partner   string              `json:"partner"`   // its name
	Lead      string              `json:"lead"`      // where a quote is handed to: an address, or "event"; nowhere if empty
	LeadLabel string              `json:"leadLabel"` // on the way there
}

// readFrameOptions returns the options of the frame, which its script has checked.
func readFrameOptions() (o frameOptions) {
	_ = json.Unmarshal([]byte(browser.FrameOptionsText()), &o)
	return o
}

// exposeFrame gives the frame's script what it asks of the program.
func (s *screen) exposeFrame() {
	later := func(work func()) { s.ctx.Dispatch(func(goapp.Context) { work() }) }
	browser.ExposeFrame(browser.FrameAnswer{
		State: s.frameState,
		Set: func(scenario string, done func(string)) {
			later(func() {
				wrong := ""
				if err := s.openInFrame([]byte(scenario)); err != nil {
					text, _ := json.Marshal(map[string]*rules.Error{"error": err})
					wrong = string(text)
				}
				done(wrong)
			})
		},
		Configure: func() { later(s.configureFrame) },
	})
}

// offers reports whether a message type is on offer.
func (o *frameOptions) offers(t rules.MessageType) bool {
	return len(o.Types) == 0 || slices.Contains(o.Types, t)
}

// offered are the types of a channel that are on offer.
func (s *screen) offered(c rules.Channel) []rules.MessageType {
	return slices.DeleteFunc(slices.Clone(rules.MessageTypes(c)), func(t rules.MessageType) bool { return !s.options.offers(t) })
}

// channels are those with a type on offer.
func (s *screen) channels() []rules.Channel {
	return slices.DeleteFunc(rules.Channels(), func(c rules.Channel) bool { return len(s.offered(c)) == 0 })
}

// isAddition reports whether a path is something added to the platform's price.
func isAddition(path string) bool {
	return strings.HasPrefix(path, form.PricingPrefix) && !strings.HasPrefix(path, "pricing.convert")
}

// asksFor reports whether a question is put to the visitor.
func (s *screen) asksFor(q form.Question) bool { return !(s.options.Fixed && isAddition(q.Path)) }

// preset is the partner's answer to a question.
func (s *screen) preset(q form.Question) (answer string, ok bool) {
	path := q.Path
	if slices.Contains(form.OwnAmounts, path) {
		path = form.AmountIn(path, s.form.Currency())
	}
	answer, ok = s.options.Preset[path]
	return q.Exactly(answer), ok
}

// holdPreset answers what nobody but the partner may: whichever way something
// came into the form, it is of a type on offer and has the fixed additions.
func (s *screen) holdPreset() {
	if !s.options.offers(s.form.Kind()) {
		s.form.Set(form.PathType, string(s.options.Types[0]))
	}
	for _, q := range s.form.Questions() {
		if answer, _ := s.preset(q); s.options.Fixed && isAddition(q.Path) && s.form.Get(q.Path) != answer {
			s.form.Set(q.Path, answer)
		}
	}
}

// usePreset answers for the partner what nobody has answered.
func (s *screen) usePreset() {
	s.holdPreset()
	currency := s.form.Currency()
	for _, q := range s.form.Questions() {
		if answer, ok := s.preset(q); ok && s.form.Values[q.Path] == "" {
			s.form.Set(q.Path, answer)
		}
	}
	for path, v := range s.options.Preset {
		if strings.Contains(path, "@") && !strings.HasSuffix(path, "@"+currency) {
			s.form.Values[path] = form.Exact + v // waits until that currency is billed
		}
	}
}

// configureFrame takes over options that have changed. What the partner has
// answered otherwise than before is answered so.
func (s *screen) configureFrame() {
	before := s.options
	s.options = readFrameOptions()
	for _, presets := range []map[string]string{before.Preset, s.options.Preset} {
		for path := range presets {
			if s.options.Preset[path] != before.Preset[path] {
				delete(s.form.Values, path)
				delete(s.form.Values, strings.TrimSuffix(path, form.AmountIn("", s.form.Currency())))
			}
		}
	}
	s.form.Asked = nil
	s.usePreset()
	s.changed()
}

// openInFrame opens the scenario that the page around the frame has given.
func (s *screen) openInFrame(scenario []byte) *rules.Error {
	asked, refused := decode(scenario)
	if refused != nil {
		return refused
	}
	if !s.options.offers(asked.Message.Type) {
		return &rules.Error{Path: form.PathType, Code: rules.UnknownValue, Message: "the frame does not offer this type"}
	}
	s.form = form.Of(asked, s.form.Today, s.Lang)
	s.usePreset()
	s.changed()
	return nil
}

// frameState is what stands on the screen, for the page around the frame.
func (s *screen) frameState() string {
	if s.current() {
		return `{"scenario":` + string(s.scenario) + `}`
	}
	mistakes := []map[string]string{}
	for _, m := range s.mistakes {
		mistakes = append(mistakes, map[string]string{"path": m.Path, "message": s.mistakeText(m)})
	}
	if s.refused != nil {
		mistakes = append(mistakes, map[string]string{"path": s.refused.Path, "message": s.refused.Message})
	}
	text, _ := json.Marshal(map[string]any{"mistakes": mistakes})
	return string(text)
}

// partnerAdds reports whether the additions to the price are the partner's.
func (s *screen) partnerAdds() bool {
	for path := range s.options.Preset {
		if plain, _, _ := strings.Cut(path, "@"); isAddition(plain) {
			return true
		}
	}
	return false
}

// partner is the name by which the partner's additions are told from the
// platform's price.
func (s *screen) partner() string {
	if s.options.Partner != "" {
		return s.options.Partner
	}
	return s.words().Text("frame.partner")
}

// ownText is the text of something that is added to the platform's price: by the
// partner, where it has set that, else by the user.
func (s *screen) ownText(key string, pairs ...string) string {
	if w := s.words(); s.partnerAdds() && w.Has("partner."+key) {
		return w.Text("partner."+key, append(pairs, "partner", s.partner())...)
	}
	return s.words().Text(key, pairs...)
}

// lead is the way from a quote to the partner. The script of the frame puts the
// quote into the address when it is pressed.
func (s *screen) lead() goapp.UI {
	if s.options.Lead == "" || !s.current() {
		return nil
	}
	w := s.words()
	label := s.options.LeadLabel
	if label == "" {
		label = w.Text("frame.lead")
	}
	if s.options.Lead == "event" {
		return kit.Tag("button").Class("lead-button").Attr("type", "button").Attr("data-lead", "event").Body(kit.Text(label))
	}
	link := kit.Tag("a").Class("lead-button").Attr("href", s.options.Lead).Attr("data-lead", "link").
		Attr("data-subject", w.Text("type."+string(s.quote.Message))).Attr("data-summary", s.summary()).Body(kit.Text(label))
	if strings.HasPrefix(s.options.Lead, "https:") {
		link = link.Attr("target", "_blank").Attr("rel", "noopener")
	}
	return link
}

// frameFooter says where the numbers come from.
func (s *screen) frameFooter() goapp.UI {
	w := s.words()
	return kit.Tag("footer").Class("foot").Body(
		tariffDate(w),
		kit.Tag("p").Body(kit.Tag("a").Attr("href", s.href(kit.HomePath(s.Lang))).Attr("target", "_blank").Attr("rel", "noopener").Body(kit.Text(w.Text("frame.full")))),
		kit.Tag("p").Body(kit.Text(w.Text("foot.private"))),
	)
}
