package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
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
		drawn("brand", page.Brand),
		drawn("start", opened.form.Start),
		drawn("channels", unasked.form.What),
		drawn("choices", unasked.form.Whom),
		drawn("inputs", zns.form.HowMuch),
		drawn("wrong", stale.form.Whom, stale.answer.FixFirst),
		drawn("stamp.eligible", unasked.answer.Stamp),
		drawn("stamp.partial", partly.answer.Stamp),
		drawn("stamp.depends", depends.answer.Stamp, depends.answer.DependsOn),
		drawn("stamp.ineligible", blocked.answer.Stamp),
		drawn("stamp.unpriced", unpriced.answer.Stamp),
		drawn("stamp.stale", stale.answer.Draw),
		drawn("stamp.empty", empty.answer.Draw),
		drawn("why", depends.answer.Why, blocked.answer.Why),
		drawn("breakdown", added.answer.Breakdown),
		drawn("days", zns.answer.Days),
		drawn("notices", unasked.answer.Notices),
		drawn("groups", partly.form.Whom, partly.answer.Why),
		drawn("prices", opened.form.DrawPrices),
		drawn("tools", unasked.tools.Draw, saving.tools.Draw, exporting.tools.Draw),
		drawn("saved", shelf.shelf.Draw),
		drawn("below", opened.lists.Draw),
		drawn("states", news.news.states),
		drawn("bar", unasked.answer.Bar, stale.answer.Bar),
	}
}
