package ask

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/rules"
)

const providerID = "provider"

// providers puts the published fees of a provider into the form, and says since
// when they are on record and who says so.
func (p *Prices) providers() goapp.UI {
	all := p.Desk.Form.Providers()
	if len(all) == 0 {
		return nil
	}
	w := p.Desk.Words()
	at := p.providerAmong(all)
	options := []goapp.UI{kit.Tag("option").Attr("value", "").Attr("selected", at < 0).Body(kit.Text(w.Text("provider.none")))}
	for i := range all {
		options = append(options, kit.Tag("option").Attr("value", all[i].ID).Attr("selected", i == at).Body(kit.Text(all[i].Name)))
	}
	list := kit.Tag("select").ID(providerID).Attr("name", providerID).Class("input").Body(options...).
		On("change", func(ctx goapp.Context, _ goapp.Event) { p.take(ctx.JSSrc().Get("value").String()) })
	var below []goapp.UI
	if at >= 0 {
		list = list.Attr("aria-describedby", providerID+"-fees")
		if all[at].Unpublished {
			below = append(below, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("provider.unpublished", "name", all[at].Name))))
		}
		below = append(below, p.Desk.Sources(all[at].Sources, all[at].Status, all[at].Since))
	}
	return kit.Div("field",
		kit.Tag("label").Attr("for", providerID).Body(kit.Text(w.Text("provider.choose"))),
		kit.Div("input-box", list),
		kit.Tag("div").ID(providerID+"-fees").Body(below...),
	)
}

// providerAmong finds the provider that was chosen, if its fees still stand in the form; -1
// where there is none. Somebody who has typed the same fee has chosen nobody.
func (p *Prices) providerAmong(all []rules.Provider) int {
	return slices.IndexFunc(all, func(one rules.Provider) bool { return one.ID == p.provider && p.Desk.Form.HasFeesOf(&one) })
}

// take puts the fees of the provider with an id into the form, without one none.
func (p *Prices) take(id string) {
	d := p.Desk
	all := d.Form.Providers()
	p.provider = id
	i := slices.IndexFunc(all, func(one rules.Provider) bool { return one.ID == id })
	if i < 0 {
		d.Form.TakeProvider(nil)
		d.Changed()
		return
	}
	d.Form.TakeProvider(&all[i])
	d.Changed()
	d.Said = d.Words().Text("provider.taken", "name", all[i].Name)
}
