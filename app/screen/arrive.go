package screen

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/rules"
)

// What the address can bring beside a scenario: a channel to start with, which is
// what the shortcuts of the installed app open, and what another app has shared
// into it. Both change the form like a visitor does, so that undo brings back
// what stood there before.

// ChannelPrefix begins a fragment that names a channel. Unlike a scenario it has
// no day, so that a shortcut always asks for today.
const ChannelPrefix = "channel="

// An arrival is what came of something shared.
type arrival struct {
	said   string
	opened bool
}

// arrive does what the address brings, and reports whether there was anything.
func (s *screen) arrive(link string) (came bool) {
	if s.Frame {
		return false
	}
	name, _ := strings.CutPrefix(link, ChannelPrefix)
	if c := rules.Channel(name); slices.Contains(rules.Channels(), c) {
		s.chooseChannel(c)
		s.changed()
		came = true
	}
	if shared := browser.TakeShared(); len(shared) > 0 {
		s.openShared(shared)
		came = true
	}
	return came
}

// openShared opens the first of several texts that holds a link of the
// calculator or a scenario, and says so where there is none.
func (s *screen) openShared(shared []string) {
	w := s.Words()
	a := arrival{said: w.Text("shared.nothing")}
	for _, content := range shared {
		wrong := s.takeIn(content)
		if wrong == nil {
			a = arrival{w.Text("shared.opened"), true}
			break
		}
		switch {
		case wrong.Code != rules.Syntax:
			a.said = s.cannotOpenText(wrong)
		case strings.Contains(content, "#"+form.LinkPrefix): // cut off on its way, mostly
			a.said = w.Text("state.bad-link")
		}
	}
	s.arrived = a
}

// arrivedState tells what came of something shared, until the next change.
func (s *screen) arrivedState() goapp.UI {
	if s.arrived.said == "" {
		return nil
	}
	var back goapp.UI
	if s.arrived.opened && s.History.Can(form.Undo) {
		back = kit.Button("link", s.Words().Text("shared.undo"), func(goapp.Context, goapp.Event) { s.step(form.Undo) })
	}
	return kit.Div("state", kit.Span("", s.arrived.said), back)
}
