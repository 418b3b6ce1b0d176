//go:build !js

package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// overdueStates are the warnings of a page without a program, one for each day
// that is still to come. The page's script shows that of the first day that has
// passed.
func overdueStates(w *language, home string) goapp.UI {
	var lines []goapp.UI
	for _, day := range rules.ChangeDays(rules.Checked(), lastDay) {
		lines = append(lines, tag("div").Class("state overdue").Attr("data-due", day.String()).Attr("hidden", true).Body(
			span("", overdueText(w, day)),
			tag("a").Class("link").Attr("href", home).Body(text(w.text("fresh.open"))),
		))
	}
	return tag("div").Class("states").Attr("role", "status").Body(lines...)
}
