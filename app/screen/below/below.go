package below

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/model"
	"postage/app/screen/desk"
)

// Lists are the better ways and the pictures.
type Lists struct {
	Desk *desk.Desk

	Ways     *model.WayList // the last ones worked out
	Pictures *pictureSet
	Meant    model.PurposeMeant

	each   string // the fragment that asks for the best way for each group; empty for one group
	abroad bool   // some of these people are known to be in other countries
}

// New is the lists at a desk.
func New(d *desk.Desk) *Lists { return &Lists{Desk: d} }

// Draw is the better ways and the pictures. Its lists take long to work out,
// so that they wait for a pause; until then the old ones stay, marked as such.
func (l *Lists) Draw() goapp.UI {
	d := l.Desk
	if d.Frame {
		return nil // a partner's page offers what the partner chose
	}
	if l.Ways == nil && d.Current() && goapp.IsClient {
		// They are called for when the answer is there. Until then those of the
		// page before the program stand in their place, where they are of the same
		// scenario: the page's script puts them there.
		var before goapp.UI
		if len(d.Form.Values) == 0 {
			before = kit.Tag("div").Class("below-before").Attr("inert", true)
		}
		return kit.Tag("div").Class("below").Attr("data-state", "awaited").Body(before)
	}
	if l.Ways == nil {
		l.FindWays()
		l.FindPictures()
	}
	state := "fresh"
	switch {
	case !d.Current():
		state = "broken"
	case l.Ways.Key != l.waysKey():
		state = "stale"
	}
	return kit.Tag("div").Class("below").Attr("data-state", state).Body(kit.Tag("section").Class("card briefs").Body(
		d.Part(waysView{l, d.ShownLanguage(), l.Meant.For(d.Form), l.Ways, state == "broken", d.Opened[desk.WaysID]}),
		l.pictures(state == "broken"),
	))
}

// waysKey is what the list of ways must have been worked out for.
func (l *Lists) waysKey() string {
	d := l.Desk
	return d.Lang + " " + d.Form.Today + " " + string(l.Meant.For(d.Form)) + string(d.Scenario)
}
