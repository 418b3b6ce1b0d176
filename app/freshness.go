package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// A freshness tells whether newer tariffs are due, and of the visitor's last
// look for them.
type freshness struct {
	look string // what came of the look: the end of a text's key, or empty

	asked string     // the day for which the next was looked up last
	due   rules.Date // and what was found
}

// tariffDate says of which day the tariffs are; it stands on every page.
func tariffDate(w *language) goapp.UI {
	return tag("p").ID("tariff-date").Body(text(tariffText(w)))
}

func tariffText(w *language) string { return w.text("fresh.as-of", "date", w.date(rules.Checked())) }

// overdueText warns that on a day something has changed that the book of an
// earlier day could only announce.
func overdueText(w *language, day rules.Date) string {
	return w.text("fresh.overdue", "checked", w.date(rules.Checked()), "day", w.date(day))
}

// dueSince returns the first day after the book was checked on which something
// changes, zero while there is none by today.
func dueSince(checked, today rules.Date) rules.Date {
	if days := rules.ChangeDays(checked, today); len(days) > 0 {
		return days[0]
	}
	return 0
}

// overdue is dueSince for the book and a day written 2006-01-02.
func (f *freshness) overdue(today string) rules.Date {
	if f.asked != today {
		f.asked, f.due = today, 0
		if now, err := rules.ParseDate(today); err == nil {
			f.due = dueSince(rules.Checked(), now)
		}
	}
	return f.due
}

// overdueState warns of tariffs that are probably no longer the newest, and
// looks for others. Where an update is ready, that is what to tell.
func (s *screen) overdueState() goapp.UI {
	day := s.overdueDay()
	if day == 0 || s.updateReady {
		return nil
	}
	w := s.words()
	look := ""
	if s.fresh.look != "" {
		look = w.text("fresh." + s.fresh.look)
	}
	return div("state overdue",
		span("", overdueText(w, day)),
		button("link", w.text("fresh.check"), func(goapp.Context, goapp.Event) { s.lookForUpdate() }),
		span("", look),
	)
}

// overdueDay is the day to warn of, zero where there is none.
func (s *screen) overdueDay() rules.Date {
	if s.isAwaited() {
		return 0
	}
	return s.fresh.overdue(s.form.today)
}

func (s *screen) lookForUpdate() {
	s.fresh.look = "looking"
	checkForUpdate(func(outcome string) {
		s.act(func() { s.fresh.look = outcome })
	})
}
