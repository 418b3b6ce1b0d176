package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A Specimen is a part in a state.
type Specimen struct {
	Name string // the key of its title, without "design."
	Draw func() []goapp.UI
}

// recipients and recency are the answers by which the specimens differ.
const (
	recipients = "audience[0].recipients"
	recency    = "audience[0].hoursSinceInteraction"
)

// SpecimensOf are parts of the calculator in states, by the keys of their titles
// without "design.". Drawn by the calculator's own code for scenarios that bring
// them into a state, they cannot tell of a part that is not there.
func SpecimensOf(w *words.Language, today string) []Specimen {
	calculator := func(answers ...string) *screen {
		s := Prerendered(w.Code, false, today)
		s.opened = map[string]bool{}
		for i := 0; i < len(answers); i += 2 {
			s.Form.Set(answers[i], answers[i+1])
		}
		s.compute()
		return s
	}

	unasked := calculator()
	depends := calculator(recency, "")
	blocked := calculator(recency, report.HoursLonger)
	unpriced := calculator(form.PathType, string(rules.ZNSFollower), form.PathOn, "2023-05-01")
	zns := calculator(form.PathType, string(rules.ZNS), recipients, "12000", "sender.dailyQuota", "5000")
	added := calculator("pricing.markupPercent", "10", "pricing.monthlyFee", "200000")
	partly := calculator(recency, report.HoursTwo)
	partly.Form.AddGroup(0)
	partly.Form.Set(form.GroupPath(1, "hoursSinceInteraction"), report.HoursLonger)
	partly.compute()
	stale := calculator()
	stale.Form.Set(recipients, "12,x")
	stale.compute()
	empty := calculator(recipients, "12,x")
	opened := calculator(recipients, "1500")
	for _, key := range []string{startKey, pricesKey, picturesID} {
		opened.opened[key] = true
	}
	saving, exporting := calculator(), calculator()
	saving.kept.panel, exporting.kept.panel = panelSave, panelMore
	shelf := calculator()
	shelf.kept.shelf = model.ShelfOf(
		model.Saved{ID: 1, Name: w.Text("design.saved.first"), Link: form.LinkOf(unasked.Scenario)},
		model.Saved{ID: 2, Name: w.Text("design.saved.second"), Link: form.LinkOf(zns.Scenario)},
	)
	shelf.kept.compared = []int64{1, 2}
	news := calculator()
	news.updateReady, news.offline, news.badLink, news.noWords = true, true, true, true
	news.History.Note(unasked.Form)
	news.History.Note(zns.Form)
	news.arrived = arrival{said: w.Text("shared.opened"), opened: true}

	drawn := func(name string, parts ...func() goapp.UI) Specimen {
		return Specimen{name, func() []goapp.UI {
			var ui []goapp.UI
			for _, draw := range parts {
				ui = append(ui, draw())
			}
			return ui
		}}
	}
	return []Specimen{
		drawn("brand", brandMark),
		drawn("start", opened.start),
		drawn("channels", unasked.what),
		drawn("choices", unasked.whom),
		drawn("inputs", zns.howMuch),
		drawn("wrong", stale.whom, stale.fixFirst),
		drawn("stamp.eligible", unasked.stamp),
		drawn("stamp.partial", partly.stamp),
		drawn("stamp.depends", depends.stamp, depends.dependsOn),
		drawn("stamp.ineligible", blocked.stamp),
		drawn("stamp.unpriced", unpriced.stamp),
		drawn("stamp.stale", stale.answer),
		drawn("stamp.empty", empty.answer),
		drawn("why", depends.why, blocked.why),
		drawn("breakdown", added.breakdown),
		drawn("days", zns.days),
		drawn("notices", unasked.notices),
		drawn("groups", partly.whom, partly.groupTotals),
		drawn("prices", opened.prices),
		drawn("tools", unasked.toolbar, saving.toolbar, exporting.toolbar),
		drawn("saved", shelf.saved),
		drawn("below", opened.below),
		drawn("states", news.states),
		drawn("bar", unasked.bar, stale.bar),
	}
}
