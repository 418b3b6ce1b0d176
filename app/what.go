package app

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

const channelName = "channel"

// section is a numbered card of the form.
func (s *screen) section(number, title string, body ...goapp.UI) goapp.UI {
	s.breathe()
	id := "section-" + number
	heading := tag("h2").ID(id).Body(span("step", number), text(s.words().text(title)))
	return tag("section").Class("card").Attr("aria-labelledby", id).Body(append([]goapp.UI{heading}, body...)...)
}

// questionForm holds the questions of a place. At each key Chromium looks through all
// of the form that the field is in, to offer help with filling it in; fields in no form
// are one to it, which with many groups takes a slow phone longer than the answer. With
// few they stay in none: the next key of a phone's keyboard leads no further than the
// form.
func (s *screen) questionForm(class string, p place, group int) goapp.UI {
	kind := "div"
	if s.hasForms() {
		kind = "form"
	}
	return tag(kind).Class(class).Body(s.fields(p, group)...)
}

func (s *screen) hasForms() bool { return s.form.groups >= manyGroups }

// fields shows the questions of a place; those for details stand behind a
// summary. It opens for a mistake and then stays open, so that no field closes
// over what is being typed into it.
func (s *screen) fields(p place, group int) []goapp.UI {
	var shown, details []goapp.UI
	key := placeName(p) + itoa(group)
	for _, q := range s.form.questions() {
		if q.place != p || q.group != group || !s.asksFor(q) {
			continue
		}
		if !q.more {
			shown = append(shown, s.field(q))
			continue
		}
		details = append(details, s.field(q))
		if _, wrong := s.mistakeAt(q.path); wrong {
			s.opened[key] = true
		}
	}
	if len(details) > 0 {
		shown = append(shown, s.details(key, s.words().text("more."+placeName(p)), "more-fields", details))
	}
	return shown
}

// details is a part that opens when asked, and stays as it is until asked again.
func (s *screen) details(key, title, class string, body []goapp.UI) goapp.UI {
	return tag("details").Class("more").Attr("open", s.opened[key]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { s.opened[key] = ctx.JSSrc().Get("open").Bool() }, key).
		Body(tag("summary").Body(text(title)), div(class, body...))
}

func placeName(p place) string {
	return [...]string{inWhat: "what", inWhom: "whom", inHowMuch: "howMuch", inPricing: "pricing"}[p]
}

// what asks for the channel and the message type.
func (s *screen) what() goapp.UI {
	return s.part(whatView{
		s.setting(), s.asked(inWhat, 0), s.form.today, s.form.get(groupPath(0, "country")), s.opened[goneKey], s.opened[placeName(inWhat)+"0"],
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
	w := s.words()
	kind := s.form.kind()
	tabs := make([]goapp.UI, 0, 4)
	for _, c := range s.channels() {
		tabs = append(tabs, tag("label").Class("tab").Body(
			goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", channelName).Attr("value", string(c)).
				Attr("checked", c == kind.Channel()).Attr("data-chosen", c == kind.Channel()).
				On("change", func(goapp.Context, goapp.Event) { s.chooseChannel(c); s.changed() }, string(c)),
			tag("span").Body(text(w.text("channel."+string(c)))),
		))
	}
	// Which card stands where depends on the channel and the day alone, not on
	// the choice: go-app compares lists by position, and a radio button that
	// moved on a click would lose its mark.
	var cards, gone []goapp.UI
	var goneNames []string
	for _, t := range s.offered(kind.Channel()) {
		price, ended := s.priceInAWord(t)
		card := s.typeCard(t, price, ended)
		switch {
		case ended && t == kind:
			s.opened[goneKey] = true
			fallthrough
		case ended:
			gone = append(gone, card)
			goneNames = append(goneNames, w.text("type."+string(t)))
		default:
			cards = append(cards, card)
		}
	}
	list := []goapp.UI{div("type-list", cards...)}
	if len(gone) > 0 {
		list = append(list, s.details(goneKey, w.text("types.gone", "names", strings.Join(goneNames, ", ")), "type-list", gone))
	}
	var channels goapp.UI
	if len(tabs) > 1 {
		channels = tag("fieldset").Class("tabs").Body(
			tag("legend").Class("visually-hidden").Body(text(w.text("ask.channel"))),
			div("tab-row", tabs...),
		)
	}
	body := []goapp.UI{
		channels,
		tag("fieldset").Class("types").ID(pathType).Attr("tabindex", "-1").Body(
			append([]goapp.UI{tag("legend").Class("visually-hidden").Body(text(w.text("ask.message.type")))}, list...)...,
		),
	}
	return s.section("1", "section.what", append(body, s.fields(inWhat, 0)...)...)
}

// typeCard is one message type with a plain sentence and its price in a word.
func (s *screen) typeCard(t rules.MessageType, price string, gone bool) goapp.UI {
	w := s.words()
	class := "type"
	if gone {
		class += " gone"
	}
	return tag("label").Class(class).Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", pathType).Attr("value", string(t)).
			Attr("checked", t == s.form.kind()).Attr("data-chosen", t == s.form.kind()).
			On("change", func(goapp.Context, goapp.Event) { s.form.set(pathType, string(t)); s.changed() }, string(t)),
		tag("span").Class("type-text").Body(
			span("type-name", w.text("type."+string(t))),
			span("type-price", price),
			span("type-about", w.text("about."+string(t))),
		),
	)
}

// chooseChannel moves to a channel's first type, unless the type is of that
// channel already.
func (s *screen) chooseChannel(c rules.Channel) {
	if s.form.kind().Channel() == c {
		return
	}
	types := s.offered(c)
	for _, t := range types {
		if ok, _ := rules.Available(t, s.form.day()); ok {
			s.form.set(pathType, string(t))
			return
		}
	}
	if c != "" && len(types) > 0 {
		s.form.set(pathType, string(types[0]))
	}
}
