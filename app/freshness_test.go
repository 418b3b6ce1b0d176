//go:build !js

package app

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

func TestTariffsAreOverdueOnceAnAnnouncedDayHasCome(t *testing.T) {
	built, _ := rules.ParseDate(testDay)
	announced := rules.ChangeDays(built, lastDay)
	if len(announced) < 2 {
		t.Fatalf("the book announces changes on %v alone", announced)
	}
	first, second := announced[0], announced[1]
	for _, c := range []struct{ built, today, want rules.Date }{
		{built, built, 0},
		{built, first.AddDays(-1), 0},
		{built, first, first},
		{built, second, first},
		{built, second.AddDays(100), first},
		{first, first, 0},
		{first, second.AddDays(-1), 0},
		{first, second, second},
		{built, built.AddDays(-300), 0}, // a clock that is wrong
		{0, first, 0},
		{built, 0, 0},
	} {
		f := freshness{built: c.built}
		if got := f.overdue(c.today.String()); got != c.want {
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
