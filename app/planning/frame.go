package planning

import (
	"encoding/json"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/browser"
	"postage/app/flow"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/page"
	"postage/app/plan"
	"postage/rules"
)

// A frame is the plan in a partner's page: its messages, its total and its months,
// without what surrounds it on its own. Nothing is kept there, and nothing is read of
// what the device keeps.
type frame struct{ *work }

// expose gives the frame's script what it asks of the program.
func (v frame) expose() {
	later := func(do func()) { v.ctx.Dispatch(func(goapp.Context) { do() }) }
	browser.ExposeFrame(browser.FrameAnswer{
		State: v.state,
		Set: func(text string, done func(string)) {
			later(func() { done(model.RefusalText(v.open(text))) })
		},
		Configure: func() {
			later(func() {
				before := v.report.Options
				v.work.report.Options = model.ReadFrameOptions(browser.FrameOptionsText())
				v.plan.Follow(&v.report.Options, &before, v.today)
				v.changed()
			})
		},
	})
	if strings.HasPrefix(v.link, plan.LinkPrefix) {
		if wrong := plan.RefusedInLink(v.link, &v.report.Options, v.today, v.report.Lang); wrong != nil {
			browser.TellFrame("refused", model.RefusalText(wrong))
		}
	}
}

// open opens the plan that the page around the frame has given.
func (v frame) open(text string) *rules.Error {
	p, wrong := plan.InFrame(text, &v.report.Options, v.today, v.report.Lang)
	if wrong == nil {
		v.work.badLink = false
		v.take(p)
	}
	return wrong
}

// state is what stands on the screen, for the page around the frame.
func (v frame) state() string {
	if v.answer.IsWhole(&v.plan) {
		return `{"plan":` + v.answer.Text() + `}`
	}
	mistakes := []map[string]string{}
	for _, m := range v.answer.Paths(&v.plan) {
		mistakes = append(mistakes, map[string]string{"path": m.Path, "message": v.report.MistakeText(m)})
	}
	text, _ := json.Marshal(map[string]any{"mistakes": mistakes})
	return string(text)
}

// tellFrame tells the page around the frame of a new answer, and keeps the plan in the
// address of the frame.
func (w *work) tellFrame() {
	link := ""
	if w.answer.IsWhole(&w.plan) {
		link = plan.LinkOf(w.answer.Asked, "")
	}
	if w.link = link; w.ctx != nil {
		browser.SetFrameLink(link)
		browser.TellFrame("changed")
	}
}

// mayChange reports whether the visitor can change anything.
func (w *work) mayChange() bool { return !w.report.Options.ReadOnly }

// mayAdd reports whether messages can be added in the frame: a flow is of several types.
func (w *work) mayAdd() bool { return w.mayChange() && len(w.report.Options.Types) == 0 }

// draw is the page in a frame.
func (v frame) draw() goapp.UI {
	t, w := v.words(), v.work
	var body []goapp.UI
	switch {
	case w.flowing != nil:
		body = flows{w}.draw()
	case len(w.plan.Items) == 0:
		body = []goapp.UI{kit.Div("columns plan-start", v.head(), v.starts())}
	default:
		body = []goapp.UI{kit.Div("columns plan-columns",
			kit.Div("plan-left", v.head(), items{w}.draw()),
			kit.Div("plan-right", kit.Div("plan-answer", reply{w}.draw(), kit.PlaceFor(v.includes()), kit.PlaceFor(v.lead())), kit.PlaceFor(reply{w}.months())),
		)}
	}
	return kit.Tag("div").ID("app").Class("page planning framed").Body(
		w.states(),
		kit.Tag("main").ID("main").Body(body...),
		page.FrameFooter(t, w.href(kit.PlanPath(t.Code))),
		kit.PlaceFor(reply{w}.bar()),
	)
}

func (v frame) head() goapp.UI {
	return kit.Div("intro plan-head",
		kit.Tag("h1").ID(titleID).Attr("tabindex", "-1").Body(kit.Text(v.words().Text("plan.heading"))),
		kit.Tag("p").Class("lead").Body(kit.Text(v.tell().Period())),
		kit.Tag("p").Class("keep-said").Attr("role", "status").Body(kit.Text(v.said)),
	)
}

// starts is what an empty plan can begin with.
func (v frame) starts() goapp.UI {
	t := v.words()
	if !v.mayAdd() {
		return kit.Div("card", kit.Tag("p").Class("hint").Body(kit.Text(t.Text("frame.plan.empty"))))
	}
	offer := func(key string, press func()) goapp.UI {
		return kit.Tag("li").Body(kit.Pressable("offer", key, func(goapp.Context, goapp.Event) { press() }, key,
			kit.Span("offer-name", t.Text(key)), kit.Span("offer-about", t.Text(key+".about"))))
	}
	return kit.Tag("section").Class("card plan-starts").Attr("aria-labelledby", "start-title").Body(
		kit.Tag("h2").ID("start-title").Body(kit.Text(t.Text("plan.start"))),
		kit.Tag("ul").Class("examples").Body(
			offer("plan.start.example", func() {
				v.take(plan.Example(v.words(), v.today))
				v.moveAfter(titleID)
			}),
			offer("plan.start.flow", func() { v.openFlow(flow.IDs()[0]) }),
		),
	)
}

// includes says that the partner's fee is part of what stands here, and where it has no tax.
func (v frame) includes() goapp.UI {
	if !v.report.Options.AddsToPrice() {
		return nil
	}
	key := "frame.plan.includes"
	if !v.answer.Asked.Pricing.TaxPercent.Or(decimal.Zero).IsPositive() {
		key = "frame.plan.includes.untaxed"
	}
	return kit.Tag("p").Class("hint frame-includes").Body(kit.Text(v.words().Text(key, "partner", v.report.Partner())))
}

// lead is the way from the plan to the partner.
func (v frame) lead() goapp.UI {
	if !v.answer.IsWhole(&v.plan) {
		return nil
	}
	t := v.tell()
	return page.Lead(v.words(), &v.report.Options, t.Title(), t.Summary())
}
