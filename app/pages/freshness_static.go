//go:build !js

package pages

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// overdueStates are the warnings of a page without a program, one for each day
// that is still to come. The page's script shows that of the first day that has
// passed.
func overdueStates(w *words.Language, home string) goapp.UI {
	var lines []goapp.UI
	_, last := rules.Span()
	for _, day := range rules.ChangeDays(rules.Checked(), last) {
		lines = append(lines, kit.Tag("div").Class("state overdue").Attr("data-due", day.String()).Attr("hidden", true).Body(
			kit.Span("", report.OverdueText(w, day)),
			kit.Tag("a").Class("link").Attr("href", home).Body(kit.Text(w.Text("fresh.open"))),
		))
	}
	return kit.Tag("div").Class("states").Attr("role", "status").Body(lines...)
}
