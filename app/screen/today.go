package screen

import (
	"postage/app/browser"
	"postage/app/form"
)

// followDay goes on with the day that it is now, for a page that stays open past
// midnight. A day of sending that nobody has chosen is today's.
func (s *screen) followDay() {
	today := browser.BrowserToday()
	if today == s.form.Today {
		return
	}
	s.form.Today, s.form.Asked = today, nil
	s.compute()
	if _, chosen := s.form.Values[form.PathOn]; !chosen {
		s.keep()
	}
}

// sendToday makes today the day of sending, also once it is another day.
func (s *screen) sendToday() {
	s.followDay()
	s.form.Set(form.PathOn, s.form.Today)
	if _, preset := s.options.Preset[form.PathOn]; !preset {
		s.form.Clear(form.PathOn)
	}
	if s.Frame {
		browser.NoteTyped(form.PathOn, s.form.Today) // as in entered
	}
	s.changed()
}
