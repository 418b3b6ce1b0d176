package screen

import (
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/page"
	"postage/app/report"
	"postage/app/screen/ask"
	"postage/app/screen/below"
	"postage/app/screen/desk"
	"postage/app/screen/keep"
	"postage/app/words"
	"postage/rules"
)

// recipients and recency are the answers by which the specimens differ.
const (
	recipients = "audience[0].recipients"
	recency    = "audience[0].hoursSinceInteraction"
)

// SpecimensOf are parts of the calculator in states, by the keys of their titles
// without "design.". Drawn by the calculator's own code for scenarios that bring
// them into a state, they cannot tell of a part that is not there.
func SpecimensOf(w *words.Language, today string) []kit.Specimen {
	calculator := func(answers ...string) *screen {
		s := newScreen(w.Code, false, form.New(today, w.Code))
		s.desk.Opened = map[string]bool{}
		for i := 0; i < len(answers); i += 2 {
			s.desk.Form.Set(answers[i], answers[i+1])
		}
		s.desk.Compute()
		return s
	}

	unasked := calculator()
	depends := calculator(recency, "")
	blocked := calculator(recency, report.HoursLonger)
	unpriced := calculator(form.PathType, string(rules.ZNSFollower), form.PathOn, "2023-05-01")
	zns := calculator(form.PathType, string(rules.ZNS), recipients, "12000", "sender.dailyQuota", "5000")
	added := calculator("pricing.markupPercent", "10", "pricing.monthlyFee", "200000")
	partly := calculator(recency, report.HoursTwo)
	partly.desk.Form.AddGroup(0)
	partly.desk.Form.Set(form.GroupPath(1, "hoursSinceInteraction"), report.HoursLonger)
	partly.desk.Compute()
	stale := calculator()
	stale.desk.Form.Set(recipients, "12,x")
	stale.desk.Compute()
	empty := calculator(recipients, "12,x")
	opened := calculator(recipients, "1500")
	for _, key := range []string{ask.StartKey, ask.PricesKey, below.PicturesID} {
		opened.desk.Opened[key] = true
	}
	saving, exporting := calculator(), calculator()
	saving.tools.Panel, exporting.tools.Panel = keep.PanelSave, keep.PanelMore
	shelf := calculator()
	shelf.shelf.Kept = model.ShelfOf(
		model.Saved{ID: 1, Name: w.Text("design.saved.first"), Link: form.LinkOf(unasked.desk.Scenario)},
		model.Saved{ID: 2, Name: w.Text("design.saved.second"), Link: form.LinkOf(zns.desk.Scenario)},
	)
	shelf.shelf.Compared = []int64{1, 2}
	news := calculator()
	news.news.updateReady, news.news.offline, news.desk.BadLink, news.news.noWords = true, true, true, true
	news.desk.History.Note(unasked.desk.Form)
	news.desk.History.Note(zns.desk.Form)
	news.desk.Arrived = desk.Arrival{Said: w.Text("shared.opened"), Opened: true}

	return []kit.Specimen{
		kit.SpecimenOf("brand", page.Brand),
		kit.SpecimenOf("start", opened.form.Start),
		kit.SpecimenOf("channels", unasked.form.What),
		kit.SpecimenOf("choices", unasked.form.Whom),
		kit.SpecimenOf("inputs", zns.form.HowMuch),
		kit.SpecimenOf("wrong", stale.form.Whom, stale.answer.FixFirst),
		kit.SpecimenOf("stamp.eligible", unasked.answer.Stamp),
		kit.SpecimenOf("stamp.partial", partly.answer.Stamp),
		kit.SpecimenOf("stamp.depends", depends.answer.Stamp, depends.answer.DependsOn),
		kit.SpecimenOf("stamp.ineligible", blocked.answer.Stamp),
		kit.SpecimenOf("stamp.unpriced", unpriced.answer.Stamp),
		kit.SpecimenOf("stamp.stale", stale.answer.Draw),
		kit.SpecimenOf("stamp.empty", empty.answer.Draw),
		kit.SpecimenOf("why", depends.answer.Why, blocked.answer.Why),
		kit.SpecimenOf("breakdown", added.answer.Breakdown),
		kit.SpecimenOf("days", zns.answer.Days),
		kit.SpecimenOf("notices", unasked.answer.Notices),
		kit.SpecimenOf("groups", partly.form.Whom, partly.answer.Why),
		kit.SpecimenOf("prices", opened.form.DrawPrices),
		kit.SpecimenOf("tools", unasked.tools.Draw, saving.tools.Draw, exporting.tools.Draw),
		kit.SpecimenOf("saved", shelf.shelf.Draw),
		kit.SpecimenOf("below", opened.lists.Draw),
		kit.SpecimenOf("states", news.news.states),
		kit.SpecimenOf("bar", unasked.answer.Bar, stale.answer.Bar),
	}
}
