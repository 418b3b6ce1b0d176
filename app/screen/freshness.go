package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A Freshness tells whether newer tariffs are due, and of the visitor's last
// look for them.
type Freshness struct {
	look string // what came of the look: the end of a text's key, or empty

	asked string     // the day for which the next was looked up last
	due   rules.Date // and what was found
}

// tariffDate says of which day the tariffs are; it stands on every page.
func tariffDate(w *words.Language) goapp.UI {
	return kit.Tag("p").ID("tariff-date").Body(kit.Text(report.TariffText(w)))
}

// OverdueText warns that on a day something has changed that the book of an
// earlier day could only announce.
func OverdueText(w *words.Language, day rules.Date) string {
	return w.Text("fresh.overdue", "checked", w.Date(rules.Checked()), "day", w.Date(day))
}

// DueSince returns the first day after the book was checked on which something
// changes, zero while there is none by today.
func DueSince(checked, today rules.Date) rules.Date {
	if days := rules.ChangeDays(checked, today); len(days) > 0 {
		return days[0]
	}
	return 0
}

// Overdue is dueSince for the book and a day written 2006-01-02.
func (f *Freshness) Overdue(today string) rules.Date {
	if f.asked != today {
		f.asked, f.due = today, 0
		if now, err := rules.ParseDate(today); err == nil {
			f.due = DueSince(rules.Checked(), now)
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
	w := s.Words()
	look := ""
	if s.fresh.look != "" {
		look = w.Text("fresh." + s.fresh.look)
	}
	return kit.Div("state overdue",
		kit.Span("", OverdueText(w, day)),
		kit.Button("link", w.Text("fresh.check"), func(goapp.Context, goapp.Event) { s.lookForUpdate() }),
		kit.Span("", look),
	)
}

// overdueDay is the day to warn of, zero where there is none.
func (s *screen) overdueDay() rules.Date {
	if s.isAwaited() {
		return 0
	}
	return s.fresh.Overdue(s.Form.Today)
}

func (s *screen) lookForUpdate() {
	s.fresh.look = "looking"
	browser.CheckForUpdate(func(outcome string) {
		s.act(func() { s.fresh.look = outcome })
	})
}
