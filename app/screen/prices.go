package screen

import (
	"maps"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// A user's own prices are the part pricing of a scenario. They can be kept under
// a name, as a profile, on the user's device; a link brings its own.

// profileInUse is the name of the profile whose prices stand in the form; empty
// if those are not of a profile.
func (s *screen) profileInUse() string {
	prices := s.form.Prices()
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
		s.said = s.words().Text("profile.gone", "name", name)
		return
	}
	s.form.SetPrices(prices)
	s.nameProfile(name)
	s.changed()
	s.said = s.words().Text("profile.used", "name", s.profileLabel(name))
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
	case len(s.form.Prices()) == 0:
		s.profileMistake = "profile.empty"
	case slices.ContainsFunc(s.mistakes, func(m form.Mistake) bool { return strings.HasPrefix(m.Path, form.PricingPrefix) }):
		s.profileMistake = "profile.wrong"
	default:
		s.profileMistake = map[model.Outcome]string{model.Full: "profile.full", model.Unread: "profile.too-long"}[s.profiles.Put(model.PriceList{Name: name, Prices: s.form.Prices()})]
	}
	if s.profileMistake == "" {
		s.nameProfile(name)
		s.said = s.words().Text(done, "name", name)
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
	s.said = s.words().Text("profile.removed", "name", name)
	s.moveAfter(profileNameID)
}

const (
	noProfile    = "-none"
	otherProfile = "-other"
)

func (s *screen) profileLabel(name string) string {
	switch name {
	case noProfile, "":
		return s.words().Text("profile.none")
	case otherProfile:
		return s.words().Text("profile.other")
	}
	return name
}

const pricesKey = "pricing0"

// prices is the part of the form for what the user adds to the platform's price.
func (s *screen) prices() goapp.UI {
	w := s.words()
	var fields []goapp.UI
	for _, q := range s.form.Questions() {
		if q.Place != form.InPricing || !s.asksFor(q) {
			continue
		}
		fields = append(fields, s.field(q))
		if _, wrong := s.mistakeAt(q.Path); wrong {
			s.opened[pricesKey] = true
		}
	}
	body := []goapp.UI{kit.Tag("p").Class("hint").Body(kit.Text(w.Text("pricing.hint"))), s.profileChips(), kit.Div("pair", fields...), s.profileTools()}
	if s.Frame {
		body = []goapp.UI{kit.Div("pair", fields...)}
	}
	title := "section.pricing"
	if s.options.Fixed {
		title = "frame.section.pricing"
	}
	return s.section("4", title, s.details(pricesKey, s.pricesInAWord(), "prices", body))
}

// pricesInAWord is what is added, while the fields are out of sight.
func (s *screen) pricesInAWord() string {
	w := s.words()
	prices := s.form.Prices()
	if name := s.profileInUse(); name != "" {
		return w.Text("pricing.by-profile", "name", name)
	}
	if len(prices) == 0 && !s.options.Fixed {
		return w.Text("pricing.none")
	}
	var parts []string
	for _, q := range s.form.Questions() {
		typed := s.form.Get(q.Path)
		if q.Place != form.InPricing || typed == "" || typed == form.Yes || !s.asksFor(q) || strings.HasPrefix(q.Path, "pricing.convert.rates") {
			continue
		}
		shown := typed
		if d, ok := q.Number(typed, s.form.Lang); q.IsNumber() && ok {
			shown = s.numberWithUnit(q, d)
		}
		parts = append(parts, w.Text("pricing.word."+strings.TrimPrefix(q.Path, form.PricingPrefix), "value", shown))
	}
	if len(parts) == 0 && s.options.Fixed {
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
	w := s.words()
	chosen := s.profileInUse()
	if chosen == "" && len(s.form.Prices()) == 0 {
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
	w := s.words()
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

// isOwn reports whether a line is what the user adds, not the platform's price.
func isOwn(l *rules.Line) bool {
	switch l.Code {
	case "markup-percent", "markup-per-message", "monthly-fee", "fallback", "incoming", "bundle":
		return true
	}
	return false
}

// sumOf adds up the lines that count, in the currency that is billed. It is
// false where the quote has no total, as a message has no price in the book.
func sumOf(q *rules.Quote, counts func(*rules.Line) bool) (rules.Total, bool) {
	if len(q.Totals) == 0 {
		return rules.Total{}, false
	}
	sum := rules.Total{Currency: q.Totals[0].Currency, Net: decimal.Zero, Tax: decimal.Zero, Gross: decimal.Zero}
	for i := range q.Lines {
		if l := &q.Lines[i]; counts(l) {
			sum.Net, sum.Tax, sum.Gross = sum.Net.Add(l.Net), sum.Tax.Add(l.Tax), sum.Gross.Add(l.Gross)
		}
	}
	return sum, true
}

// platformTotal is what the platform charges, ownTotal what the user adds to it.
func platformTotal(q *rules.Quote) (rules.Total, bool) {
	return sumOf(q, func(l *rules.Line) bool { return !isOwn(l) })
}

func ownTotal(q *rules.Quote) (rules.Total, bool) { return sumOf(q, isOwn) }

// hasOwn reports whether the user adds anything to the platform's price.
func hasOwn(q *rules.Quote) bool {
	return slices.ContainsFunc(q.Lines, func(l rules.Line) bool { return isOwn(&l) })
}

// startWithProfile puts the prices that were used last into a calculation that
// begins from nothing. A link's prices are its sender's, and a draft has its own.
func (s *screen) startWithProfile() {
	if list, ok := s.profiles.InUse(); ok {
		s.form.SetPrices(list.Prices)
		s.typedProfile, s.shownProfile = list.Name, list.Name
	}
}

// partOfTotal is the sum of what the platform charges, or of what the user adds,
// where there are both.
func (s *screen) partOfTotal(own bool) []entry {
	sum, title := platformTotal, "total.platform"
	if own {
		sum, title = ownTotal, "total.own"
	}
	total, ok := sum(s.quote)
	if !ok || !hasOwn(s.quote) {
		return nil
	}
	w := s.words()
	amount := total.Net
	if s.taxIncluded() {
		amount = total.Gross
	}
	return []entry{{title: s.ownText(title), amount: w.Money(amount, total.Currency), part: true}}
}

// A shownRate turns what is billed into the currency that the total is shown in.
type shownRate struct {
	currency string
	rate     decimal.Decimal
}

func (s *screen) shownRate() shownRate {
	billed := s.form.Currency()
	c := s.quote.Converted
	if c != nil && c.Currency != billed {
		if convert, ok := s.stands.Pricing.Convert.Get(); ok {
			return shownRate{c.Currency, convert.Rates[billed]}
		}
	}
	return shownRate{billed, decimal.NewFromInt(1)}
}

func (r shownRate) write(w *words.Language, d decimal.Decimal) string {
	return w.RoundTotal(d.Mul(r.rate), r.currency)
}

// partsOfPrice says what of the price of one message goes to whom.
func (s *screen) partsOfPrice() string {
	platform, ok := platformTotal(s.quote)
	if !ok || !hasOwn(s.quote) || s.quote.Deliverable == 0 || !s.current() {
		return ""
	}
	own, _ := ownTotal(s.quote)
	w, r := s.words(), s.shownRate()
	each := func(t rules.Total) string {
		return w.RoundMoney(t.Gross.Mul(r.rate).DivRound(decimal.NewFromInt(s.quote.Deliverable), 6), r.currency)
	}
	return s.ownText("stamp.parts", "platform", each(platform), "own", each(own))
}

// groupTotals is what each group gets and costs, and what is for all of them.
func (s *screen) groupTotals() goapp.UI {
	q := s.quote
	if len(q.Segments) < 2 || len(q.Totals) == 0 {
		return nil
	}
	w := s.words()
	currency := q.Totals[0].Currency
	var rows []goapp.UI
	for g := range q.Segments {
		seg := &q.Segments[g]
		sum, _ := sumOf(q, func(l *rules.Line) bool { return l.Segment != nil && *l.Segment == g })
		rows = append(rows, s.row(entry{
			title:  w.Text("groups.row", "name", s.groupName(g), "verdict", w.Text("verdict."+string(seg.Verdict))),
			detail: w.Text("groups.sent", "out", w.Number(seg.Deliverable), "all", w.Number(seg.Requested)),
			amount: w.Money(sum.Gross, currency),
		}))
	}
	if shared, _ := sumOf(q, func(l *rules.Line) bool { return l.Segment == nil }); !shared.Gross.IsZero() {
		rows = append(rows, s.row(entry{title: w.Text("groups.shared"), detail: s.ownText("groups.shared.about"), amount: w.Money(shared.Gross, currency)}))
	}
	rows = append(rows, s.row(entry{title: w.Text("total.gross"), amount: w.Money(q.Totals[0].Gross, currency), total: true}))
	return kit.Div("card group-totals", kit.Tag("h2").Body(kit.Text(w.Text("groups.title"))), kit.Tag("dl").Class("lines").Body(rows...))
}
