package plan

import (
	_ "embed"
	"slices"
	"strings"

	"postage/app/words"
	"postage/rules"
)

// exampleText is a plan to start from, with words for its days.
//
//go:embed example.json
var exampleText string

// Example is a plan to start from, for the month after a day, with names in a
// language.
func Example(w *words.Language, today string) Plan {
	on, err := rules.ParseDate(today)
	if err != nil {
		return Plan{Lang: w.Code}
	}
	nextMonth := func(day rules.Date) rules.Date {
		for month := day.Month(); day.Month() == month; day = day.AddDays(1) {
		}
		return day
	}
	first := nextMonth(on)
	last := nextMonth(first).AddDays(-1)
	oaPackage := rules.PackageGrowth
	if !slices.Contains(rules.OAPackages(first), oaPackage) {
		oaPackage = rules.PackageAdvanced
	}
	text := strings.NewReplacer("PACKAGE", string(oaPackage), "FIRST", first.String(), "LAST", last.String(), "MIDDLE", first.AddDays(14).String()).Replace(exampleText)
	p, _ := decoded([]byte(text), w.Text("plan.example.name"), today, w.Code) // a test rules out that it is wrong
	for i := range p.Items {
		p.Items[i].Name = w.Text("plan.example." + p.Items[i].Name)
	}
	return p
}
