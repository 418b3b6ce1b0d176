//go:build !js

package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/model"
	"postage/rules"
)

// A specimen is a part in a state.
type specimen struct {
	name string // the key of its title, without "design."
	draw func() []goapp.UI
}

// recipients and recency are the answers by which the specimens differ.
const (
	recipients = "audience[0].recipients"
	recency    = "audience[0].hoursSinceInteraction"
)

// specimensOf are parts of the calculator in states, by the keys of their titles
// without "design.". Drawn by the calculator's own code for scenarios that bring
// them into a state, they cannot tell of a part that is not there.
func specimensOf(w *language, today string) []specimen {
	calculator := func(answers ...string) *screen {
		s := prerendered(w.code, false, today)
		s.opened = map[string]bool{}
		for i := 0; i < len(answers); i += 2 {
			s.form.set(answers[i], answers[i+1])
		}
		s.compute()
		return s
	}

	unasked := calculator()
	depends := calculator(recency, "")
	blocked := calculator(recency, hoursLonger)
	unpriced := calculator(pathType, string(rules.ZNSFollower), pathOn, "2023-05-01")
	zns := calculator(pathType, string(rules.ZNS), recipients, "12000", "sender.dailyQuota", "5000")
	added := calculator("pricing.markupPercent", "10", "pricing.monthlyFee", "200000")
	partly := calculator(recency, hoursTwo)
	partly.form.addGroup(0)
	partly.form.set(groupPath(1, "hoursSinceInteraction"), hoursLonger)
	partly.compute()
	stale := calculator()
	stale.form.set(recipients, "12,x")
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
		model.Saved{ID: 1, Name: w.text("design.saved.first"), Link: linkOf(unasked.scenario)},
		model.Saved{ID: 2, Name: w.text("design.saved.second"), Link: linkOf(zns.scenario)},
	)
	shelf.kept.compared = []int64{1, 2}
	news := calculator()
	news.updateReady, news.offline, news.badLink, news.noWords = true, true, true, true
	news.history.note(unasked.form)
	news.history.note(zns.form)
	news.arrived = arrival{said: w.text("shared.opened"), opened: true}

	drawn := func(name string, parts ...func() goapp.UI) specimen {
		return specimen{name, func() []goapp.UI {
			var ui []goapp.UI
			for _, draw := range parts {
				ui = append(ui, draw())
			}
			return ui
		}}
	}
	return []specimen{
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
