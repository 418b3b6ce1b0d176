package ask

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
)

// HowMuch asks for the number of messages, the day, and what the type needs to
// know of the sender.
func (a *Column) HowMuch() goapp.UI {
	d := a.Desk
	return d.Part(howMuchView{a, a.setting(), a.asked(form.InHowMuch, 0), d.Form.Today, d.Opened[PlaceName(form.InHowMuch)+"0"], a.hasForms()})
}

// A howMuchView is that part of the form.
type howMuchView struct {
	of *Column
	setting
	asked  asked
	today  string
	opened bool
	forms  bool // the questions are in a form, see [screen.questionForm]
}

func (v howMuchView) Draw() goapp.UI {
	return v.of.section("3", "section.howMuch", v.of.questionForm("pair", form.InHowMuch, 0))
}
