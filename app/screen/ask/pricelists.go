package ask

import (
	"maps"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/screen/desk"
	"postage/app/words"
)

// A user's own prices are the part pricing of a scenario. They can be kept under
// a name, as a profile, on the user's device; a link brings its own.

// Prices are the price lists that the user keeps.
type Prices struct {
	Desk  *desk.Desk
	Lists model.PriceLists

	typed   string // the name to keep prices under
	shown   string // that was last written into its field
	mistake string // the key of what is wrong with it

	provider string // the id of the one that was chosen
}

// inUse is the name of the profile whose prices stand in the form; empty
// if those are not of a profile.
func (p *Prices) inUse() string {
	prices := p.Desk.Form.Prices()
	for _, one := range p.Lists.All() {
		if maps.Equal(one.Prices, prices) {
			return one.Name
		}
	}
	return ""
}

// use puts the prices of a profile into the form; without a name none.
func (p *Prices) use(name string) {
	d := p.Desk
	prices, outcome := p.Lists.Use(name)
	if outcome == model.Gone {
		d.Said = d.Words().Text("profile.gone", "name", name)
		return
	}
	d.Form.SetPrices(prices)
	p.name(name)
	d.Changed()
	d.Said = d.Words().Text("profile.used", "name", p.label(name))
}

// save keeps the prices in the form under the name that was typed.
func (p *Prices) save() {
	d := p.Desk
	name := model.PriceListName(p.typed)
	done := "profile.saved"
	if p.Lists.Has(name) {
		done = "profile.replaced"
	}
	switch {
	case name == "":
		p.mistake = "profile.nameless"
	case len(d.Form.Prices()) == 0:
		p.mistake = "profile.empty"
	case slices.ContainsFunc(d.Mistakes, func(m form.Mistake) bool { return strings.HasPrefix(m.Path, form.PricingPrefix) }):
		p.mistake = "profile.wrong"
	default:
		p.mistake = map[model.Outcome]string{model.Full: "profile.full", model.Unread: "profile.too-long"}[p.Lists.Put(model.PriceList{Name: name, Prices: d.Form.Prices()})]
	}
	if p.mistake == "" {
		p.name(name)
		d.Said = d.Words().Text(done, "name", name)
		return
	}
	d.MoveAfter(profileNameID)
}

// name writes a name into the field for it.
func (p *Prices) name(name string) {
	p.typed, p.shown = name, name
	browser.SetFieldOf(profileNameID, name)
}

const profileNameID = "profile-name"

// remove forgets a profile. Its prices stay in the form, so that saving
// brings it back.
func (p *Prices) remove(name string) {
	d := p.Desk
	p.Lists.Remove(name)
	p.name(name)
	d.Said = d.Words().Text("profile.removed", "name", name)
	d.MoveAfter(profileNameID)
}

const (
	noProfile    = "-none"
	otherProfile = "-other"
)

func (p *Prices) label(name string) string {
	d := p.Desk
	switch name {
	case noProfile, "":
		return d.Words().Text("profile.none")
	case otherProfile:
		return d.Words().Text("profile.other")
	}
	return name
}

func (p *Prices) chips() goapp.UI {
	d := p.Desk
	if len(p.Lists.All()) == 0 {
		return nil
	}
	w := d.Words()
	chosen := p.inUse()
	if chosen == "" && len(d.Form.Prices()) == 0 {
		chosen = noProfile
	} else if chosen == "" {
		chosen = otherProfile
	}
	names := []string{noProfile}
	for _, one := range p.Lists.All() {
		names = append(names, one.Name)
	}
	if chosen == otherProfile {
		names = append(names, otherProfile)
	}
	chips := make([]goapp.UI, 0, len(names))
	for _, name := range names {
		chips = append(chips, kit.Chip("profile", name, p.label(name), name == chosen, func(name string) {
			if name != otherProfile {
				p.use(strings.TrimPrefix(name, noProfile))
			}
		}))
	}
	return kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(w.Text("profile.choose"))), kit.Div("chips", chips...))
}

// tools save the prices under a name and forget a name.
func (p *Prices) tools() goapp.UI {
	w := p.Desk.Words()
	const id = profileNameID
	in := goapp.ElemSelfClosing("input").ID(id).Attr("name", id).Attr("type", "text").Attr("autocomplete", "off").
		Attr("maxlength", words.Itoa(model.MaxPriceListName)).Class("input").Attr("value", p.shown).
		On("input", func(ctx goapp.Context, _ goapp.Event) {
			p.typed, p.mistake = ctx.JSSrc().Get("value").String(), ""
		})
	var below []goapp.UI
	if p.mistake != "" {
		in = in.Attr("aria-invalid", "true").Attr("aria-describedby", id+"-error")
		below = append(below, kit.Tag("p").Class("mistake").ID(id+"-error").Body(kit.Text(w.Text(p.mistake, "most", words.Itoa(model.MaxPriceLists)))))
	}
	if p.Lists.Damaged() {
		below = append(below, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("saved.unreadable"))))
	}
	if p.Lists.Passing() || !browser.StorageLasts() {
		below = append(below, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("profile.not-kept"))))
	}
	tools := []goapp.UI{kit.Button("link", w.Text("profile.save"), func(goapp.Context, goapp.Event) { p.save() }).ID("profile-save")}
	if name := p.inUse(); name != "" {
		tools = append(tools, kit.Button("link", w.Text("profile.remove", "name", name), func(goapp.Context, goapp.Event) { p.remove(name) }, name))
	}
	return kit.Div("field profile-tools",
		kit.Tag("label").Attr("for", id).Body(kit.Text(w.Text("profile.name"))),
		kit.Div("input-box", in),
		kit.Div("profile-buttons", tools...),
		kit.Div("", below...),
	)
}

// Start puts the prices that were used last into a calculation that
// begins from nothing. A link's prices are its sender's, and a draft has its own.
func (p *Prices) Start() {
	if list, ok := p.Lists.InUse(); ok {
		p.Desk.Form.SetPrices(list.Prices)
		p.typed, p.shown = list.Name, list.Name
	}
}
