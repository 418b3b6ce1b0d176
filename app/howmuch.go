package app

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// howMuch asks for the number of messages, the day, and what the type needs to
// know of the sender.
func (s *screen) howMuch() goapp.UI {
	return s.section("3", "section.howMuch", div("pair", s.fields(inHowMuch, 0)...))
}
