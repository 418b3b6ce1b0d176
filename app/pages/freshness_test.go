//go:build !js

package pages

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

func TestTariffsAreOverdueOnceAnAnnouncedDayHasCome(t *testing.T) {
	checked := rules.Checked()
	_, last := rules.Span()
	announced := rules.ChangeDays(checked, last)
	if len(announced) < 2 {
		t.Fatalf("the book announces changes on %v alone", announced)
	}
	first, second := announced[0], announced[1]
	for _, c := range []struct{ checked, today, want rules.Date }{
		{checked, checked, 0},
		{checked, first.AddDays(-1), 0},
		{checked, first, first},
		{checked, second, first},
		{checked, second.AddDays(100), first},
		{first, first, 0},
		{first, second.AddDays(-1), 0},
		{first, second, second},
		{checked, checked.AddDays(-300), 0}, // a clock that is wrong
	} {
		if got := model.DueSince(c.checked, c.today); got != c.want {
			t.Errorf("checked on %s, today %s: overdue since %q, want %q", c.checked, c.today, got, c.want)
		}
	}
	var f model.Freshness
	for _, c := range []struct {
		today string
		want  rules.Date
	}{{first.AddDays(-1).String(), 0}, {second.String(), first}, {"", 0}, {first.String(), first}} {
		if got := f.Overdue(c.today); got != c.want {
			t.Errorf("today %s: overdue since %q, want %q", c.today, got, c.want)
		}
	}
}

// The day of a build says nothing about the tariffs: a site that is built next
// year knows no more than what it is built from.
func TestEveryPageTellsTheDayOnWhichTheBookWasChecked(t *testing.T) {
	_, last := rules.Span()
	due := rules.ChangeDays(rules.Checked(), last)[0]
	for _, built := range []rules.Date{due.AddDays(-1), due, due.AddDays(400)} {
		for _, p := range Pages() {
			w := words.Of(p.Lang)
			html := goapp.HTMLString(View(p, built.String(), Build{}))
			if want := w.Text("fresh.as-of", "date", w.Date(rules.Checked())); !strings.Contains(html, want) {
				t.Errorf("%s, built on %s, does not say %q", p.Path, built, want)
			}
			if p.Path == kit.AboutPath(p.Lang) && strings.Count(html, w.Date(rules.Checked())) < 2 {
				t.Errorf("%s, built on %s, does not say how far the book goes", p.Path, built)
			}
			if p.Static {
				continue // its script compares the days
			}
			if warns := strings.Contains(html, report.OverdueText(w, due)); warns != (built >= due) {
				t.Errorf("%s, built on %s, warns of %s: %t", p.Path, built, due, warns)
			}
		}
	}
}
