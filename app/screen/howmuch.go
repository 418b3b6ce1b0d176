package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
)

// howMuch asks for the number of messages, the day, and what the type needs to
// know of the sender.
func (s *screen) howMuch() goapp.UI {
	return s.part(howMuchView{s.setting(), s.asked(form.InHowMuch, 0), s.Form.Today, s.opened[placeName(form.InHowMuch)+"0"], s.hasForms()})
}

// A howMuchView is that part of the form.
type howMuchView struct {
	setting
	asked  asked
	today  string
	opened bool
	forms  bool // the questions are in a form, see [screen.questionForm]
}

func (howMuchView) draw(s *screen) goapp.UI {
	return s.section("3", "section.howMuch", s.questionForm("pair", form.InHowMuch, 0))
}
