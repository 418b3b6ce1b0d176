package ask

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/rules"
)

const ChannelName = "channel"

// What asks for the channel and the message type.
func (a *Column) What() goapp.UI {
	d := a.Desk
	return d.Part(whatView{
		a, a.setting(), a.asked(form.InWhat, 0), d.Form.Today, d.Form.Get(form.GroupPath(0, "country")), d.Opened[goneKey], d.Opened[PlaceName(form.InWhat)+"0"],
	})
}

// A whatView is the channels, the types with their prices, and what is asked
// about the message.
type whatView struct {
	of *Column
	setting
	asked      asked
	today      string
	country    string // whose prices are told
	goneOpened bool
	opened     bool
}

const goneKey = "gone"

func (v whatView) Draw() goapp.UI {
	d := v.of.Desk
	w := d.Words()
	kind := d.Form.Kind()
	tabs := make([]goapp.UI, 0, 4)
	for _, c := range d.Options.Channels() {
		tabs = append(tabs, tab(ChannelName, string(c), w.Text("channel."+string(c)), c == kind.Channel(), func() { v.of.ChooseChannel(c); d.Changed() }))
	}
	// Which card stands where depends on the channel and the day alone, not on
	// the choice: go-app compares lists by position, and a radio button that
	// moved on a click would lose its mark.
	var cards, gone []goapp.UI
	var goneNames []string
	for _, t := range d.Options.Offered(kind.Channel()) {
		price, ended := d.PriceInAWord(t)
		card := v.of.typeCard(t, price, ended)
		switch {
		case ended && t == kind:
			d.Opened[goneKey] = true
			fallthrough
		case ended:
			gone = append(gone, card)
			goneNames = append(goneNames, w.Text("type."+string(t)))
		default:
			cards = append(cards, card)
		}
	}
	list := []goapp.UI{kit.Div("type-list", cards...)}
	if len(gone) > 0 {
		list = append(list, d.Details(goneKey, w.Text("types.gone", "names", strings.Join(goneNames, ", ")), "type-list", gone))
	}
	var channels goapp.UI
	if len(tabs) > 1 {
		channels = kit.Tag("fieldset").Class("tabs").Body(
			kit.Tag("legend").Class("visually-hidden").Body(kit.Text(w.Text("ask.channel"))),
			kit.Div("tab-row", tabs...),
		)
	}
	body := []goapp.UI{
		channels,
		kit.Tag("fieldset").Class("types").ID(form.PathType).Attr("tabindex", "-1").Body(
			append([]goapp.UI{kit.Tag("legend").Class("visually-hidden").Body(kit.Text(w.Text("ask.message.type")))}, list...)...,
		),
	}
	return v.of.section("1", "section.what", append(body, v.of.fields(form.InWhat, 0)...)...)
}

// tab is a radio button that looks like one of several tabs. The scope tells what it
// chooses from what a button in its place chose before.
//
//go:noinline
func tab(name, value, label string, chosen bool, choose func(), scope ...any) goapp.UI {
	return kit.Tag("label").Class("tab").Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", name).Attr("value", value).
			Attr("checked", chosen).Attr("data-chosen", chosen).
			On("change", func(goapp.Context, goapp.Event) { choose() }, append(scope, value)...),
		kit.Tag("span").Body(kit.Text(label)),
	)
}

// typeCard is one message type with a plain sentence and its price in a word.
func (a *Column) typeCard(t rules.MessageType, price string, gone bool) goapp.UI {
	d := a.Desk
	w := d.Words()
	class := "type"
	if gone {
		class += " gone"
	}
	return kit.Tag("label").Class(class).Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", form.PathType).Attr("value", string(t)).
			Attr("checked", t == d.Form.Kind()).Attr("data-chosen", t == d.Form.Kind()).
			On("change", func(goapp.Context, goapp.Event) { d.Form.Set(form.PathType, string(t)); d.Changed() }, string(t)),
		kit.Tag("span").Class("type-text").Body(
			kit.Span("type-name", w.Text("type."+string(t))),
			kit.Span("type-price", price),
			kit.Span("type-about", w.Text("about."+string(t))),
		),
	)
}

// ChooseChannel moves to a channel's first type, unless the type is of that
// channel already.
func (a *Column) ChooseChannel(c rules.Channel) {
	d := a.Desk
	if d.Form.Kind().Channel() == c {
		return
	}
	types := d.Options.Offered(c)
	for _, t := range types {
		if ok, _ := rules.Available(t, d.Form.Day()); ok {
			d.Form.Set(form.PathType, string(t))
			return
		}
	}
	if c != "" && len(types) > 0 {
		d.Form.Set(form.PathType, string(types[0]))
	}
}
