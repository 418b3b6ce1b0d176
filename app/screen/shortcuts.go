package screen

import (
	"slices"
	"sort"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// The day of sending can be picked from today and the days on which the book
// changes for the chosen type.

// maxDays is how many days of change are offered, before today and after it.
const maxDays = 2

// A daysOfType is the days on which a rule of a type changes that verdicts and
// prices rest on, the newest first. They are looked up once for each type.
type daysOfType struct {
	kind rules.MessageType
	days []rules.Date
}

// decisive are the last names of the rules that decide verdicts and prices, as
// against those that are only told.
var decisive = strings.Fields("available price card free-messages free-window api-packages promotion-cap in-window countries tag cooldown unit care-months " +
	"price.custom price.otp price.rating price.payment price.voucher")

// changeDays are those of the type's own rules and of its platform's.
func changeDays(t rules.MessageType) []rules.Date {
	var days []rules.Date
	for owner, more := string(t), true; more; owner, _, more = words.CutLast(owner) {
		for _, name := range decisive {
			for _, d := range rules.DaysOfChange(owner + "." + name) {
				if !slices.Contains(days, d) {
					days = append(days, d)
				}
			}
		}
	}
	sort.SliceStable(days, func(i, j int) bool { return days[i] > days[j] })
	return days
}

// dayShortcuts are buttons for today and for the days of change around it.
func (s *screen) dayShortcuts() goapp.UI {
	if kind := s.form.Kind(); s.daysOfChange.kind != kind {
		s.daysOfChange = daysOfType{kind, changeDays(kind)}
	}
	today, err := rules.ParseDate(s.form.Today)
	if err != nil {
		return nil
	}
	var before, after []rules.Date
	for _, d := range s.daysOfChange.days {
		switch {
		case d > today:
			after = append(after, d)
		case len(before) < maxDays:
			before = append(before, d)
		}
	}
	slices.Reverse(before)
	slices.Reverse(after)
	w := s.words()
	chip := func(d rules.Date, label string, choose func()) goapp.UI {
		return kit.Tag("button").Class("day-chip").Attr("type", "button").Attr("aria-pressed", pressed(s.form.Day() == d)).Body(kit.Text(label)).
			On("click", func(goapp.Context, goapp.Event) { choose() }, d.String())
	}
	chips := []goapp.UI{chip(today, w.Text("day.today"), s.sendToday)}
	for _, d := range slices.Concat(before, after[:min(len(after), maxDays)]) {
		chips = append(chips, chip(d, w.Text("day.from", "date", w.Date(d)), func() { s.entered(form.PathOn, d.String()) }))
	}
	return kit.Tag("div").Class("day-chips").Attr("role", "group").Aria("label", w.Text("day.choose")).Body(chips...)
}

// pressed is the state of a button that can be in two.
func pressed(is bool) string {
	if is {
		return "true"
	}
	return "false"
}
