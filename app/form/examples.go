package form

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

// An Example is a scenario to start from.
type Example struct{ Id, scenario string }

func Examples() []Example {
	var list []Example
	for line := range strings.Lines(exampleTable) {
		id, scenario, _ := strings.Cut(strings.TrimSpace(line), " ")
		list = append(list, Example{id, scenario})
	}
	return list
}

// On is the example's scenario on a day.
func (e Example) On(day string) []byte {
	return []byte(`{"on":"` + day + `",` + strings.TrimPrefix(e.scenario, "{"))
}

// A size is what a business of that size mostly has. What it leaves out goes
// back to its default.
type size struct {
	Id         string
	Recipients string
	tool       rules.Tool
	oaPackage  rules.OAPackage // of the packages since 2026-06-01
	before     rules.OAPackage // of those before
	dailyQuota string          // of ZNS
	limit      string          // of people in 24 h, WhatsApp
}

var Sizes = []size{
	{Id: "small", Recipients: "500", limit: "250"},
	{Id: "medium", Recipients: "10000", tool: rules.OpenAPI, oaPackage: rules.PackageGrowth, before: rules.PackageAdvanced, dailyQuota: "50000", limit: "10000"},
	{Id: "large", Recipients: "200000", tool: rules.OpenAPI, oaPackage: rules.PackageComprehensive, before: rules.PackagePremium, dailyQuota: "500000", limit: "100000"},
}

// Apply fills a size into the form; the message, the day and the groups stay.
func (z size) Apply(f *Form) {
	for g := range f.Groups {
		f.Set(GroupPath(g, "recipients"), Exact+z.Recipients)
	}
	oaPackage := z.oaPackage
	if !slices.Contains(rules.OAPackages(f.Day()), oaPackage) {
		oaPackage = z.before
	}
	for _, answer := range [][2]string{
		{"sender.tool", string(z.tool)}, {"sender.oaPackage", string(oaPackage)},
		{"sender.dailyQuota", z.dailyQuota}, {"sender.messagingLimit", z.limit},
	} {
		path, value := answer[0], answer[1]
		switch {
		case value == "":
			f.Clear(path)
		case path == "sender.dailyQuota" || path == "sender.messagingLimit":
			f.Set(path, Exact+value)
		default:
			f.Set(path, value)
		}
	}
}
