package screen

import (
	"slices"
	"strconv"
	"strings"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/plan"
	"postage/app/screen/desk"
	"postage/rules"
)

// What the address can bring beside a scenario: a channel to start with, which is
// what the shortcuts of the installed app open, a message of the plan to be edited,
// and what another app has shared into it. All change the form like a visitor does, so that undo brings back
// what stood there before.

// ChannelPrefix begins a fragment that names a channel. Unlike a scenario it has
// no day, so that a shortcut always asks for today.
const ChannelPrefix = "channel="

// arrive does what the address brings, and reports whether there was anything.
func (s *screen) arrive(link string) (came bool) {
	if s.Frame {
		return false
	}
	name, _ := strings.CutPrefix(link, ChannelPrefix)
	if c := rules.Channel(name); slices.Contains(rules.Channels(), c) {
		s.form.ChooseChannel(c)
		s.desk.Changed()
		came = true
	}
	if s.arriveFromPlan(link) {
		came = true
	}
	if shared := browser.TakeShared(); len(shared) > 0 {
		s.openShared(shared)
		came = true
	}
	return came
}

// arriveFromPlan opens the message of the plan that the address names, or goes on with
// what stands in the form as another one for it.
func (s *screen) arriveFromPlan(link string) (came bool) {
	d := s.desk
	id, named := strings.CutPrefix(link, plan.ItemPrefix)
	if !named {
		if link == plan.AddFragment && d.Item != 0 {
			d.Item = 0
			d.KeepDraft()
			return true
		}
		return false
	}
	number, _ := strconv.ParseInt(id, 10, 64)
	if !s.tools.ToPlan.Open(number) {
		d.Arrived = desk.Arrival{Said: d.Words().Text("plan.to.gone")}
	}
	return true
}

// openShared opens the first of several texts that holds a link of the
// calculator or a scenario, and says so where there is none.
func (s *screen) openShared(shared []string) {
	d := s.desk
	w := d.Words()
	a := desk.Arrival{Said: w.Text("shared.nothing")}
	for _, content := range shared {
		wrong := d.TakeIn(content)
		if wrong == nil {
			a = desk.Arrival{Said: w.Text("shared.opened"), Opened: true}
			break
		}
		switch {
		case wrong.Code != rules.Syntax:
			a.Said = d.CannotOpenText(wrong)
		case strings.Contains(content, "#"+form.LinkPrefix): // cut off on its way, mostly
			a.Said = w.Text("state.bad-link")
		}
	}
	d.Arrived = a
}
