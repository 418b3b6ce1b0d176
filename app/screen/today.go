package screen

import (
	"postage/app/browser"
	"postage/app/form"
)

// followDay goes on with the day that it is now, for a page that stays open past
// midnight. A day of sending that nobody has chosen is today's.
func (s *screen) followDay() {
	if !s.FollowDay(browser.BrowserToday()) {
		return
	}
	s.computed()
	if _, chosen := s.Form.Values[form.PathOn]; !chosen {
		s.keep()
	}
}

// sendToday makes today the day of sending, also once it is another day.
func (s *screen) sendToday() {
	s.followDay()
	s.Form.Set(form.PathOn, s.Form.Today)
	if _, preset := s.Options.Preset[form.PathOn]; !preset {
		s.Form.Clear(form.PathOn)
	}
	if s.Frame {
		browser.NoteTyped(form.PathOn, s.Form.Today) // as in entered
	}
	s.changed()
}
