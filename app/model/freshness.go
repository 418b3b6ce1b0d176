package model

import (
	"postage/rules"
)

// A Freshness tells whether newer tariffs are due.
type Freshness struct {
	asked string     // the day for which the next was looked up last
	due   rules.Date // and what was found
}

// DueSince returns the first day after the book was checked on which something
// changes, zero while there is none by today.
func DueSince(checked, today rules.Date) rules.Date {
	if days := rules.ChangeDays(checked, today); len(days) > 0 {
		return days[0]
	}
	return 0
}

// Overdue is [DueSince] for the book and a day written 2006-01-02.
func (f *Freshness) Overdue(today string) rules.Date {
	if f.asked != today {
		f.asked, f.due = today, 0
		if now, err := rules.ParseDate(today); err == nil {
			f.due = DueSince(rules.Checked(), now)
		}
	}
	return f.due
}
