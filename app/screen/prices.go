package screen

import (
	"maps"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A user's own prices are the part pricing of a scenario. They can be kept under
// a name, as a profile, on the user's device; a link brings its own.

// profileInUse is the name of the profile whose prices stand in the form; empty
// if those are not of a profile.
func (s *screen) profileInUse() string {
	prices := s.Form.Prices()
	for _, one := range s.profiles.All() {
		if maps.Equal(one.Prices, prices) {
			return one.Name
		}
	}
	return ""
}

// useProfile puts the prices of a profile into the form; without a name none.
func (s *screen) useProfile(name string) {
	prices, outcome := s.profiles.Use(name)
	if outcome == model.Gone {
		s.said = s.Words().Text("profile.gone", "name", name)
		return
	}
	s.Form.SetPrices(prices)
	s.nameProfile(name)
	s.changed()
	s.said = s.Words().Text("profile.used", "name", s.profileLabel(name))
}

// saveProfile keeps the prices in the form under the name that was typed.
func (s *screen) saveProfile() {
	name := model.PriceListName(s.typedProfile)
	done := "profile.saved"
	if s.profiles.Has(name) {
		done = "profile.replaced"
	}
	switch {
	case name == "":
		s.profileMistake = "profile.nameless"
	case len(s.Form.Prices()) == 0:
		s.profileMistake = "profile.empty"
	case slices.ContainsFunc(s.Mistakes, func(m form.Mistake) bool { return strings.HasPrefix(m.Path, form.PricingPrefix) }):
		s.profileMistake = "profile.wrong"
	default:
		s.profileMistake = map[model.Outcome]string{model.Full: "profile.full", model.Unread: "profile.too-long"}[s.profiles.Put(model.PriceList{Name: name, Prices: s.Form.Prices()})]
	}
	if s.profileMistake == "" {
		s.nameProfile(name)
		s.said = s.Words().Text(done, "name", name)
		return
	}
	s.moveAfter(profileNameID)
}

// nameProfile writes a name into the field for it.
func (s *screen) nameProfile(name string) {
	s.typedProfile, s.shownProfile = name, name
	browser.SetFieldOf(profileNameID, name)
}

const profileNameID = "profile-name"

// removeProfile forgets a profile. Its prices stay in the form, so that saving
// brings it back.
func (s *screen) removeProfile(name string) {
	s.profiles.Remove(name)
	s.nameProfile(name)
	s.said = s.Words().Text("profile.removed", "name", name)
	s.moveAfter(profileNameID)
}

const (
	noProfile    = "-none"
	otherProfile = "-other"
)

func (s *screen) profileLabel(name string) string {
	switch name {
	case noProfile, "":
		return s.Words().Text("profile.none")
	case otherProfile:
		return s.Words().Text("profile.other")
	}
	return name
}

const pricesKey = "pricing0"

// prices is the part of the form for what the user adds to the platform's price.
func (s *screen) prices() goapp.UI {
	w := s.Words()
	var fields []goapp.UI
	for _, q := range s.Form.Questions() {
		if q.Place != form.InPricing || !s.Options.AsksFor(q) {
			continue
		}
		fields = append(fields, s.field(q))
		if _, wrong := s.MistakeAt(q.Path); wrong {
			s.opened[pricesKey] = true
		}
	}
	body := []goapp.UI{kit.Tag("p").Class("hint").Body(kit.Text(w.Text("pricing.hint"))), s.profileChips(), kit.Div("pair", fields...), s.profileTools()}
	if s.Frame {
		body = []goapp.UI{kit.Div("pair", fields...)}
	}
	title := "section.pricing"
	if s.Options.Fixed {
		title = "frame.section.pricing"
	}
	return s.section("4", title, s.details(pricesKey, s.pricesInAWord(), "prices", body))
}

// pricesInAWord is what is added, while the fields are out of sight.
func (s *screen) pricesInAWord() string {
	w := s.Words()
	prices := s.Form.Prices()
	if name := s.profileInUse(); name != "" {
		return w.Text("pricing.by-profile", "name", name)
	}
	if len(prices) == 0 && !s.Options.Fixed {
		return w.Text("pricing.none")
	}
	var parts []string
	for _, q := range s.Form.Questions() {
		typed := s.Form.Get(q.Path)
		if q.Place != form.InPricing || typed == "" || typed == form.Yes || !s.Options.AsksFor(q) || strings.HasPrefix(q.Path, "pricing.convert.rates") {
			continue
		}
		shown := typed
		if d, ok := q.Number(typed, s.Form.Lang); q.IsNumber() && ok {
			shown = s.NumberWithUnit(q, d)
		}
		parts = append(parts, w.Text("pricing.word."+strings.TrimPrefix(q.Path, form.PricingPrefix), "value", shown))
	}
	if len(parts) == 0 && s.Options.Fixed {
		return w.Text("frame.pricing.none")
	}
	if len(parts) == 0 {
		return w.Text("pricing.none")
	}
	return strings.Join(parts, " · ")
}

func (s *screen) profileChips() goapp.UI {
	if len(s.profiles.All()) == 0 {
		return nil
	}
	w := s.Words()
	chosen := s.profileInUse()
	if chosen == "" && len(s.Form.Prices()) == 0 {
		chosen = noProfile
	} else if chosen == "" {
		chosen = otherProfile
	}
	names := []string{noProfile}
	for _, one := range s.profiles.All() {
		names = append(names, one.Name)
	}
	if chosen == otherProfile {
		names = append(names, otherProfile)
	}
	chips := make([]goapp.UI, 0, len(names))
	for _, name := range names {
		chips = append(chips, s.chip("profile", name, s.profileLabel(name), name == chosen, func(name string) {
			if name != otherProfile {
				s.useProfile(strings.TrimPrefix(name, noProfile))
			}
		}))
	}
	return kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(w.Text("profile.choose"))), kit.Div("chips", chips...))
}

// profileTools save the prices under a name and forget a name.
func (s *screen) profileTools() goapp.UI {
	w := s.Words()
	const id = profileNameID
	in := goapp.ElemSelfClosing("input").ID(id).Attr("name", id).Attr("type", "text").Attr("autocomplete", "off").
		Attr("maxlength", words.Itoa(model.MaxPriceListName)).Class("input").Attr("value", s.shownProfile).
		On("input", func(ctx goapp.Context, _ goapp.Event) {
			s.typedProfile, s.profileMistake = ctx.JSSrc().Get("value").String(), ""
		})
	var below []goapp.UI
	if s.profileMistake != "" {
		in = in.Attr("aria-invalid", "true").Attr("aria-describedby", id+"-error")
		below = append(below, kit.Tag("p").Class("mistake").ID(id+"-error").Body(kit.Text(w.Text(s.profileMistake, "most", words.Itoa(model.MaxPriceLists)))))
	}
	if s.profiles.Damaged() {
		below = append(below, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("saved.unreadable"))))
	}
	if s.profiles.Passing() || !browser.StorageLasts() {
		below = append(below, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("profile.not-kept"))))
	}
	tools := []goapp.UI{kit.Button("link", w.Text("profile.save"), func(goapp.Context, goapp.Event) { s.saveProfile() }).ID("profile-save")}
	if name := s.profileInUse(); name != "" {
		tools = append(tools, kit.Button("link", w.Text("profile.remove", "name", name), func(goapp.Context, goapp.Event) { s.removeProfile(name) }, name))
	}
	return kit.Div("field profile-tools",
		kit.Tag("label").Attr("for", id).Body(kit.Text(w.Text("profile.name"))),
		kit.Div("input-box", in),
		kit.Div("profile-buttons", tools...),
		kit.Div("", below...),
	)
}

// startWithProfile puts the prices that were used last into a calculation that
// begins from nothing. A link's prices are its sender's, and a draft has its own.
func (s *screen) startWithProfile() {
	if list, ok := s.profiles.InUse(); ok {
		s.Form.SetPrices(list.Prices)
		s.typedProfile, s.shownProfile = list.Name, list.Name
	}
}

// groupTotals is what each group gets and costs, and what is for all of them.
func (s *screen) groupTotals() goapp.UI {
	q := s.Quote
	if len(q.Segments) < 2 || len(q.Totals) == 0 {
		return nil
	}
	w := s.Words()
	currency := q.Totals[0].Currency
	var rows []goapp.UI
	for g := range q.Segments {
		seg := &q.Segments[g]
		sum, _ := model.SumOf(q, func(l *rules.Line) bool { return l.Segment != nil && *l.Segment == g })
		rows = append(rows, s.row(report.Entry{
			Title:  w.Text("groups.row", "name", s.GroupName(g), "verdict", w.Text("verdict."+string(seg.Verdict))),
			Detail: w.Text("groups.sent", "out", w.Number(seg.Deliverable), "all", w.Number(seg.Requested)),
			Amount: w.Money(sum.Gross, currency),
		}))
	}
	if shared, _ := model.SumOf(q, func(l *rules.Line) bool { return l.Segment == nil }); !shared.Gross.IsZero() {
		rows = append(rows, s.row(report.Entry{Title: w.Text("groups.shared"), Detail: s.OwnText("groups.shared.about"), Amount: w.Money(shared.Gross, currency)}))
	}
	rows = append(rows, s.row(report.Entry{Title: w.Text("total.gross"), Amount: w.Money(q.Totals[0].Gross, currency), Total: true}))
	return kit.Div("card group-totals", kit.Tag("h2").Body(kit.Text(w.Text("groups.title"))), kit.Tag("dl").Class("lines").Body(rows...))
}
