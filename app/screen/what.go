package screen

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

const channelName = "channel"

// section is a numbered card of the form.
func (s *screen) section(number, title string, body ...goapp.UI) goapp.UI {
	s.breathe()
	id := "section-" + number
	heading := kit.Tag("h2").ID(id).Body(kit.Span("step", number), kit.Text(s.Words().Text(title)))
	return kit.Tag("section").Class("card").Attr("aria-labelledby", id).Body(append([]goapp.UI{heading}, body...)...)
}

// questionForm holds the questions of a place. At each key Chromium looks through all
// of the form that the field is in, to offer help with filling it in; fields in no form
// are one to it, which with many groups takes a slow phone longer than the answer. With
// few they stay in none: the next key of a phone's keyboard leads no further than the
// form.
func (s *screen) questionForm(class string, p form.Place, group int) goapp.UI {
	kind := "div"
	if s.hasForms() {
		kind = "form"
	}
	return kit.Tag(kind).Class(class).Body(s.fields(p, group)...)
}

func (s *screen) hasForms() bool { return s.Form.Groups >= manyGroups }

// fields shows the questions of a place; those for details stand behind a
// summary. It opens for a mistake and then stays open, so that no field closes
// over what is being typed into it.
func (s *screen) fields(p form.Place, group int) []goapp.UI {
	var shown, details []goapp.UI
	key := placeName(p) + words.Itoa(group)
	for _, q := range s.Form.Questions() {
		if q.Place != p || q.Group != group || !s.Options.AsksFor(q) {
			continue
		}
		if !q.More {
			shown = append(shown, s.field(q))
			continue
		}
		details = append(details, s.field(q))
		if _, wrong := s.MistakeAt(q.Path); wrong {
			s.opened[key] = true
		}
	}
	if len(details) > 0 {
		shown = append(shown, s.details(key, s.Words().Text("more."+placeName(p)), "more-fields", details))
	}
	return shown
}

// details is a part that opens when asked, and stays as it is until asked again.
func (s *screen) details(key, title, class string, body []goapp.UI) goapp.UI {
	return kit.Tag("details").Class("more").Attr("open", s.opened[key]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { s.opened[key] = ctx.JSSrc().Get("open").Bool() }, key).
		Body(kit.Tag("summary").Body(kit.Text(title)), kit.Div(class, body...))
}

func placeName(p form.Place) string {
	return [...]string{form.InWhat: "what", form.InWhom: "whom", form.InHowMuch: "howMuch", form.InPricing: "pricing"}[p]
}

// what asks for the channel and the message type.
func (s *screen) what() goapp.UI {
	return s.part(whatView{
		s.setting(), s.asked(form.InWhat, 0), s.Form.Today, s.Form.Get(form.GroupPath(0, "country")), s.opened[goneKey], s.opened[placeName(form.InWhat)+"0"],
	})
}

// A whatView is the channels, the types with their prices, and what is asked
// about the message.
type whatView struct {
	setting
	asked      asked
	today      string
	country    string // whose prices are told
	goneOpened bool
	opened     bool
}

const goneKey = "gone"

func (whatView) draw(s *screen) goapp.UI {
	w := s.Words()
	kind := s.Form.Kind()
	tabs := make([]goapp.UI, 0, 4)
	for _, c := range s.Options.Channels() {
		tabs = append(tabs, kit.Tag("label").Class("tab").Body(
			goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", channelName).Attr("value", string(c)).
				Attr("checked", c == kind.Channel()).Attr("data-chosen", c == kind.Channel()).
				On("change", func(goapp.Context, goapp.Event) { s.chooseChannel(c); s.changed() }, string(c)),
			kit.Tag("span").Body(kit.Text(w.Text("channel."+string(c)))),
		))
	}
	// Which card stands where depends on the channel and the day alone, not on
	// the choice: go-app compares lists by position, and a radio button that
	// moved on a click would lose its mark.
	var cards, gone []goapp.UI
	var goneNames []string
	for _, t := range s.Options.Offered(kind.Channel()) {
		price, ended := s.PriceInAWord(t)
		card := s.typeCard(t, price, ended)
		switch {
		case ended && t == kind:
			s.opened[goneKey] = true
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
		list = append(list, s.details(goneKey, w.Text("types.gone", "names", strings.Join(goneNames, ", ")), "type-list", gone))
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
	return s.section("1", "section.what", append(body, s.fields(form.InWhat, 0)...)...)
}

// typeCard is one message type with a plain sentence and its price in a word.
func (s *screen) typeCard(t rules.MessageType, price string, gone bool) goapp.UI {
	w := s.Words()
	class := "type"
	if gone {
		class += " gone"
	}
	return kit.Tag("label").Class(class).Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", form.PathType).Attr("value", string(t)).
			Attr("checked", t == s.Form.Kind()).Attr("data-chosen", t == s.Form.Kind()).
			On("change", func(goapp.Context, goapp.Event) { s.Form.Set(form.PathType, string(t)); s.changed() }, string(t)),
		kit.Tag("span").Class("type-text").Body(
			kit.Span("type-name", w.Text("type."+string(t))),
			kit.Span("type-price", price),
			kit.Span("type-about", w.Text("about."+string(t))),
		),
	)
}

// chooseChannel moves to a channel's first type, unless the type is of that
// channel already.
func (s *screen) chooseChannel(c rules.Channel) {
	if s.Form.Kind().Channel() == c {
		return
	}
	types := s.Options.Offered(c)
	for _, t := range types {
		if ok, _ := rules.Available(t, s.Form.Day()); ok {
			s.Form.Set(form.PathType, string(t))
			return
		}
	}
	if c != "" && len(types) > 0 {
		s.Form.Set(form.PathType, string(types[0]))
	}
}
