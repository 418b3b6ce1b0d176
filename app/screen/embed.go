package screen

import (
	"encoding/json"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/page"
	"postage/rules"
)

// readFrameOptions returns the options of the frame.
func readFrameOptions() model.FrameOptions { return model.ReadFrameOptions(browser.FrameOptionsText()) }

// exposeFrame gives the frame's script what it asks of the program.
func (s *screen) exposeFrame() {
	later := func(work func()) { s.desk.Ctx.Dispatch(func(goapp.Context) { work() }) }
	browser.ExposeFrame(browser.FrameAnswer{
		State: s.frameState,
		Set: func(scenario string, done func(string)) {
			later(func() { done(model.RefusalText(s.openInFrame([]byte(scenario)))) })
		},
		Configure: func() { later(s.configureFrame) },
	})
}

// configureFrame takes over options that have changed. What the partner has
// answered otherwise than before is answered so.
func (s *screen) configureFrame() {
	d := s.desk
	before := d.Options
	d.Options = readFrameOptions()
	d.Options.Replace(before, d.Form)
	d.Changed()
}

// openInFrame opens the scenario that the page around the frame has given.
func (s *screen) openInFrame(scenario []byte) *rules.Error {
	d := s.desk
	asked, wrong := model.Decode(scenario)
	if wrong == nil {
		wrong = d.Options.Refuses(&asked)
	}
	if wrong != nil {
		return wrong
	}
	d.Form = form.Of(asked, d.Form.Today, s.Lang)
	d.Options.Use(d.Form)
	d.Changed()
	return nil
}

// scenarioIn decodes the scenario of a link, nil for one that cannot be opened. The page
// around a frame is told what is wrong with it, and what of it is not taken.
func (s *screen) scenarioIn(coded []byte) *rules.Scenario {
	asked, wrong := model.Decode(coded)
	opened := &asked
	if wrong != nil {
		opened = nil
	}
	if s.Frame {
		if wrong == nil {
			wrong = s.desk.Options.Refuses(opened)
		}
		if wrong != nil {
			browser.TellFrame("refused", model.RefusalText(wrong))
		}
	}
	return opened
}

// frameState is what stands on the screen, for the page around the frame.
func (s *screen) frameState() string {
	d := s.desk
	if d.Current() {
		return `{"scenario":` + string(d.Scenario) + `}`
	}
	mistakes := []map[string]string{}
	for _, m := range d.Mistakes {
		mistakes = append(mistakes, map[string]string{"path": m.Path, "message": d.MistakeText(m)})
	}
	if d.Refused != nil {
		mistakes = append(mistakes, map[string]string{"path": d.Refused.Path, "message": d.Refused.Message})
	}
	text, _ := json.Marshal(map[string]any{"mistakes": mistakes})
	return string(text)
}

// frameFooter says where the numbers come from.
func (s *screen) frameFooter() goapp.UI {
	return page.FrameFooter(s.desk.Words(), s.desk.Href(kit.HomePath(s.Lang)))
}
