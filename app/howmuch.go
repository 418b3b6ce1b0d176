package app

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// howMuch asks for the number of messages, the day, and what the type needs to
// know of the sender.
func (s *screen) howMuch() goapp.UI {
	body := []goapp.UI{div("pair", s.fields(inHowMuch, 0)...)}
	return s.section("3", "section.howMuch", append(body, s.fields(inPricing, 0)...)...)
}
