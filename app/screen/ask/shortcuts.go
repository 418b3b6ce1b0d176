package ask

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/rules"
)

// The day of sending can be picked from today and the days on which the book
// changes for the chosen type.

// maxDays is how many days of change are offered, before today and after it.
const maxDays = 2

// dayShortcuts are buttons for today and for the days of change around it.
func (a *Column) dayShortcuts() goapp.UI {
	if kind := a.Desk.Form.Kind(); a.days.Kind != kind {
		a.days = model.DaysOfType{Kind: kind, Days: model.ChangeDays(kind)}
	}
	today, err := rules.ParseDate(a.Desk.Form.Today)
	if err != nil {
		return nil
	}
	var before, after []rules.Date
	for _, d := range a.days.Days {
		switch {
		case d > today:
			after = append(after, d)
		case len(before) < maxDays:
			before = append(before, d)
		}
	}
	slices.Reverse(before)
	slices.Reverse(after)
	w := a.Desk.Words()
	chip := func(d rules.Date, label string, choose func()) goapp.UI {
		return kit.Tag("button").Class("day-chip").Attr("type", "button").Attr("aria-pressed", pressed(a.Desk.Form.Day() == d)).Body(kit.Text(label)).
			On("click", func(goapp.Context, goapp.Event) { choose() }, d.String())
	}
	chips := []goapp.UI{chip(today, w.Text("day.today"), a.sendToday)}
	for _, d := range slices.Concat(before, after[:min(len(after), maxDays)]) {
		chips = append(chips, chip(d, w.Text("day.from", "date", w.Date(d)), func() { a.Desk.Entered(form.PathOn, d.String()) }))
	}
	hint := kit.Tag("p").Class("hint").ID("day-choose").Body(kit.Text(w.Text("day.choose")))
	return kit.Tag("div").Class("day-chips").Attr("role", "group").Aria("labelledby", "day-choose").Body(append([]goapp.UI{hint}, chips...)...)
}

// pressed is the state of a button that can be in two.
func pressed(is bool) string {
	if is {
		return "true"
	}
	return "false"
}

// sendToday makes today the day of sending, also once it is another day.
func (a *Column) sendToday() {
	d := a.Desk
	d.FollowDay()
	d.Form.MoveTo(d.Form.Today)
	if _, preset := d.Options.Preset[form.PathOn]; !preset {
		d.Form.Clear(form.PathOn)
	}
	if d.Frame {
		browser.NoteTyped(form.PathOn, d.Form.Today) // as in entered
	}
	d.Changed()
}
