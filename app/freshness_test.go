//go:build !js

package app

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

func TestTariffsAreOverdueOnceAnAnnouncedDayHasCome(t *testing.T) {
	// The book tells of changes on 1 January and 1 April 2027.
	for _, c := range []struct {
		built, today string
		want         string
	}{
		{"2026-11-21", "2026-11-21", ""},
		{"2026-11-21", "2026-12-31", ""},
		{"2026-11-21", "2027-01-01", "2027-01-01"},
		{"2026-11-21", "2027-05-05", "2027-01-01"},
		{"2027-01-01", "2027-01-01", ""},
		{"2027-01-01", "2027-03-31", ""},
		{"2027-01-01", "2027-04-01", "2027-04-01"},
		{"2026-11-21", "2026-01-01", ""}, // a clock that is wrong
		{"", "2027-01-01", ""},
		{"2026-11-21", "", ""},
	} {
		built, _ := rules.ParseDate(c.built)
		f := freshness{built: built}
		if got := f.overdue(c.today).String(); got != c.want {
			t.Errorf("built %s, today %s: overdue since %q, want %q", c.built, c.today, got, c.want)
		}
	}
}

func TestEveryPageTellsTheDayOfItsTariffs(t *testing.T) {
	for _, p := range Pages() {
		w := languageOf(p.Lang)
		html := goapp.HTMLString(View(p, testDay, nil))
		day, _ := rules.ParseDate(testDay)
		if want := w.text("fresh.as-of", "date", w.date(day)); !strings.Contains(html, want) {
			t.Errorf("%s does not say %q", p.Path, want)
		}
		if !p.Static && strings.Contains(html, "overdue") {
			t.Errorf("%s warns on the day of its build", p.Path)
		}
	}
}
