package planning

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/plan"
)

// starts are what an empty plan can begin with.
type starts struct{ *work }

func (v starts) head() goapp.UI {
	w := v.words()
	return kit.Div("intro plan-head",
		kit.Tag("h1").ID(titleID).Attr("tabindex", "-1").Body(kit.Text(v.tell().Title())),
		kit.Tag("p").Class("lead").Body(kit.Text(w.Text("plan.lead"))),
		kit.Tag("p").Class("keep-said").Attr("role", "status").Body(kit.Text(v.said)),
	)
}

func (v starts) draw() goapp.UI {
	w := v.words()
	told := func(key string) []goapp.UI {
		return []goapp.UI{kit.Span("offer-name", w.Text(key)), kit.Span("offer-about", w.Text(key+".about"))}
	}
	var back goapp.UI
	if before := v.keeper.Before(v.report.Lang, v.today); len(before.Items) > 0 {
		back = kit.Tag("li").Body(kit.Pressable("offer", "start-before", func(goapp.Context, goapp.Event) { v.goBack() }, "before",
			kit.Span("offer-name", w.Text("plan.start.before")), kit.Span("offer-about", beforeText(v.work, before))))
	}
	return kit.Tag("section").Class("card plan-starts").Attr("aria-labelledby", "start-title").Body(
		kit.Tag("h2").ID("start-title").Body(kit.Text(w.Text("plan.start"))),
		kit.Tag("ul").Class("examples").Body(
			kit.Tag("li").Body(kit.Tag("a").Class("offer").Attr("href", v.href(kit.HomePath(v.report.Lang))+"#"+plan.AddFragment).Body(told("plan.start.calculator")...)),
			kit.Tag("li").Body(kit.Pressable("offer", "start-example", func(goapp.Context, goapp.Event) {
				v.take(plan.Example(v.words(), v.today))
				v.moveAfter(titleID)
			}, "example", told("plan.start.example")...)),
			kit.Tag("li").Body(kit.Pressable("offer", "start-import", func(goapp.Context, goapp.Event) {
				tools(v).toggle(panelMore)
				if v.panel != "" {
					v.moveAfter(panelMore + "-paste")
				}
			}, "import", told("plan.start.import")...).Aria("expanded", v.panel == panelMore)),
			kit.Tag("li").Body(kit.Pressable("offer", "start-flow", func(goapp.Context, goapp.Event) { v.goToFlow() }, "flow", told("plan.start.flow")...)),
			kit.PlaceFor(back),
		),
	)
}

// beforeText names a plan with how many messages it has.
func beforeText(w *work, p plan.Plan) string {
	t := w.words()
	said := t.Count("plan.items", int64(len(p.Items)))
	if p.Name != "" {
		said = p.Name + " · " + said
	}
	return said
}
