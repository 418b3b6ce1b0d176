package app

import (
	_ "embed"
	"slices"
	"strings"

	"postage/rules"
)

// exampleTable has a line for each example: its id, a space and a scenario
// without the day.
//
//go:embed examples.txt
var exampleTable string

// An example is a scenario to start from.
type example struct{ id, scenario string }

func examples() []example {
	var list []example
	for line := range strings.Lines(exampleTable) {
		id, scenario, _ := strings.Cut(strings.TrimSpace(line), " ")
		list = append(list, example{id, scenario})
	}
	return list
}

// on is the example's scenario on a day.
func (e example) on(day string) []byte {
	return []byte(`{"on":"` + day + `",` + strings.TrimPrefix(e.scenario, "{"))
}

// A size is what a business of that size mostly has. What it leaves out goes
// back to its default.
type size struct {
	id         string
	recipients string
	tool       rules.Tool
	oaPackage  rules.OAPackage // of the packages since 2026-06-01
	before     rules.OAPackage // of those before
	dailyQuota string          // of ZNS
	limit      string          // of people in 24 h, WhatsApp
}

var sizes = []size{
	{id: "small", recipients: "500", limit: "250"},
	{id: "medium", recipients: "10000", tool: rules.OpenAPI, oaPackage: rules.PackageGrowth, before: rules.PackageAdvanced, dailyQuota: "50000", limit: "10000"},
	{id: "large", recipients: "200000", tool: rules.OpenAPI, oaPackage: rules.PackageComprehensive, before: rules.PackagePremium, dailyQuota: "500000", limit: "100000"},
}

// apply fills a size into the form; the message, the day and the groups stay.
func (z size) apply(f *form) {
	for g := range f.groups {
		f.set(groupPath(g, "recipients"), exact+z.recipients)
	}
	oaPackage := z.oaPackage
	if !slices.Contains(rules.OAPackages(f.day()), oaPackage) {
		oaPackage = z.before
	}
	for _, answer := range [][2]string{
		{"sender.tool", string(z.tool)}, {"sender.oaPackage", string(oaPackage)},
		{"sender.dailyQuota", z.dailyQuota}, {"sender.messagingLimit", z.limit},
	} {
		path, value := answer[0], answer[1]
		switch {
		case value == "":
			f.clear(path)
		case path == "sender.dailyQuota" || path == "sender.messagingLimit":
			f.set(path, exact+value)
		default:
			f.set(path, value)
		}
	}
}
