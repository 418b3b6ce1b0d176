package app

// followDay goes on with the day that it is now, for a page that stays open past
// midnight. A day of sending that nobody has chosen is today's.
func (s *screen) followDay() {
	today := browserToday()
	if today == s.form.today {
		return
	}
	s.form.today, s.form.asked = today, nil
	s.compute()
	if _, chosen := s.form.values[pathOn]; !chosen {
		s.keep()
	}
}

// sendToday makes today the day of sending, also once it is another day.
func (s *screen) sendToday() {
	s.followDay()
	s.form.set(pathOn, s.form.today)
	if _, preset := s.options.Preset[pathOn]; !preset {
		s.form.clear(pathOn)
	}
	if s.Frame {
		noteTyped(pathOn, s.form.today) // as in entered
	}
	s.changed()
}
