package planning

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/flow"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/plan"
	"postage/app/words"
	"postage/rules"
)

// A flowing is a flow in work, in the place of the plan until it goes into it.
type flowing struct {
	flow   flow.Flow
	answer *flow.Answer
	// The step for which another way is looked for, and those that there are.
	open     bool
	changing int
	ways     []rules.Option
}

// goToFlow goes on with the flow that was left for the plan, or begins the first.
func (w *work) goToFlow() {
	if w.leftFlow == nil {
		w.openFlow(flow.IDs()[0])
		return
	}
	w.flowing, w.said, w.panel, w.editing = &flowing{flow: *w.leftFlow}, "", "", ""
	w.computeFlow()
	w.moveAfter(flowTitleID)
}

// openFlow begins a flow.
func (w *work) openFlow(id string) {
	w.flowing = &flowing{flow: flow.New(id, w.today, w.report.Lang)}
	w.said, w.panel, w.editing = "", "", ""
	w.computeFlow()
	w.moveAfter(flowTitleID)
}

// computeFlow answers the flow, and keeps it.
func (w *work) computeFlow() {
	f := w.flowing
	f.answer = f.flow.Answer(w.words())
	f.ways = nil
	if f.open {
		f.ways = f.answer.Ways(f.changing)
	}
	w.flowLost = !w.keepsFlow(&f.flow)
}

// keepsFlow keeps the flow in work, or that there is none.
func (w *work) keepsFlow(f *flow.Flow) bool { return flow.Store(w.storage, f) }

// goOnWithFlow takes up the flow that was in work when the page was left.
func (w *work) goOnWithFlow() {
	if f := flow.Stored(w.storage); f != nil {
		w.flowing = &flowing{flow: *f}
		w.computeFlow()
	}
}

// closeFlow goes back to the plan.
func (w *work) closeFlow() {
	w.leftFlow = &w.flowing.flow
	w.flowing, w.editing, w.flowLost = nil, "", false
	w.keepsFlow(nil)
	w.moveAfter(titleID)
}

// putFlow puts the messages of the flow into the plan.
func (w *work) putFlow() {
	other := plan.Of(w.flowing.answer.Quote.Plan, w.today, w.report.Lang)
	w.plan.Join(&other, w.today)
	name := w.words().Text("flow." + w.flowing.flow.ID)
	if w.plan.Name == "" {
		w.plan.Name = name
	}
	w.closeFlow()
	w.leftFlow = nil // it is in the plan
	w.changed()
	w.said = w.words().Text("flow.put.done", "name", name)
}

// flows draw a flow.
type flows struct{ *work }

const flowTitleID = "flow-title"

// draw is the flow in the place of the plan.
func (v flows) draw() []goapp.UI {
	return []goapp.UI{
		kit.Div("columns plan-columns flow-columns",
			kit.Div("plan-left", v.head(), v.customers()),
			kit.Div("plan-right", v.stamp()),
		),
		kit.Div("columns plan-below", kit.Tag("ol").Class("flow-steps").Body(v.steps()...), v.presses()),
	}
}

func (v flows) head() goapp.UI {
	w := v.words()
	return kit.Div("intro plan-head",
		kit.Tag("h1").ID(flowTitleID).Attr("tabindex", "-1").Body(kit.Text(w.Text("flow.heading"))),
		kit.Tag("p").Class("lead").Body(kit.Text(w.Text("flow.lead"))),
		kit.Div("mix-leave", kit.Button("link flow-back", w.Text("flow.back"), func(goapp.Context, goapp.Event) { v.closeFlow() }, "back")),
	)
}

// customers asks which flow it is, for how many and from when.
func (v flows) customers() goapp.UI {
	w, f := v.words(), &v.flowing.flow
	var chips []goapp.UI
	for _, id := range flow.IDs() {
		chips = append(chips, kit.Chip("flow", id, w.Text("flow."+id), id == f.ID, func(id string) { v.openFlow(id) }))
	}
	return kit.Tag("section").Class("card").Aria("label", w.Text("flow.choose")).Body(
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(w.Text("flow.choose"))), kit.Div("chips", chips...)),
		kit.Div("pair",
			v.field(flow.PathCustomers, w.Text("flow.customers"), "", "numeric", f.Customers, ""),
			v.field(flow.PathOn, w.Text("flow.on"), "", "", f.On, ""),
		),
	)
}

// field takes what is typed at a path; a day where it has no mode. A screen reader
// hears what it is of.
func (v flows) field(path, label, of, mode, value, unit string) goapp.UI {
	id := "flow-" + path
	in := goapp.ElemSelfClosing("input").ID(id).Class("input").Attr("autocomplete", "off").Attr("value", v.shown(id, value))
	if mode == "" {
		in = in.Attr("type", "date")
	} else {
		in = in.Attr("type", "text").Attr("inputmode", mode).Class("number")
	}
	var wrong goapp.UI
	if m, ok := v.flowing.answer.MistakeAt(path); ok {
		in = in.Attr("aria-invalid", "true").Attr("aria-describedby", id+"-error")
		wrong = kit.Tag("p").Class("mistake").ID(id + "-error").Body(kit.Text(v.words().Text(m.Key, m.Args...)))
	}
	in = in.On("input", func(ctx goapp.Context, _ goapp.Event) {
		v.flowing.flow.Set(path, v.heard(ctx, id))
		v.computeFlow()
	}, id).On("change", func(goapp.Context, goapp.Event) { v.work.editing = "" }, id)
	box := []goapp.UI{in}
	if mode == "" {
		box = append(box, page.DayUnit(v.words(), value))
	}
	if unit != "" {
		box = append(box, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(unit)))
	}
	return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label), kit.Hidden(of)), kit.Div("input-box", box...), kit.PlaceFor(wrong))
}

// stamp is what one new customer costs.
func (v flows) stamp() goapp.UI {
	w, a := v.words(), v.flowing.answer
	section := kit.Tag("section").Class("answer plan-stamp").ID(answerID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	q := a.Quote.Quote
	if !a.Answered || q == nil {
		key := "flow.wrong"
		if a.Answered {
			key = "flow.nobody"
		}
		return section.Body(kit.Div("stamp stamp-empty", kit.Div("stamp-inner", kit.Tag("p").Attr("role", "status").Body(kit.Text(w.Text(key))))))
	}
	each, all := w.Text("total.not-in-book"), ""
	if len(a.Quote.PerCustomer) > 0 {
		each = w.RoundTotal(a.Quote.PerCustomer[0].Gross, a.Quote.PerCustomer[0].Currency)
		all = w.Text("flow.total", "total", w.RoundTotal(q.Totals[0].Gross, q.Totals[0].Currency), "people", w.Count("people", v.customersCount()))
	}
	stays := ""
	if q.Blocked > 0 {
		stays = w.Text("split.blocked", "n", w.Number(q.Blocked))
	}
	return section.Body(
		kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(w.Text("flow.each")+": "+each+". "+w.Text("verdict."+string(a.Quote.Verdict)))),
		kit.Div("stamp verdict-"+string(a.Quote.Verdict), kit.Div("stamp-inner",
			kit.Tag("p").Class("stamp-label").Body(kit.Text(w.Text("flow.each"))),
			kit.Tag("p").Class(page.TotalClass(each)).Body(kit.Text(each)),
			kit.Tag("p").Class("stamp-note").Body(kit.Text(all)),
			page.Split(a.Quote.Verdict, q.Requested, q.Deliverable, w.Text("split.out", "n", w.Number(q.Deliverable)), stays),
		), page.Postmark(w, a.Quote.Verdict, v.day(), w.Text("flow.postmark", "n", w.Number(int64(len(a.Quote.Steps)))))),
	)
}

// day is the day on which the customers come, as it stands in a postmark.
func (v flows) day() string {
	on, err := rules.ParseDate(v.flowing.flow.On)
	if err != nil {
		return ""
	}
	return page.Dotted(v.words(), on)
}

func (v flows) customersCount() int64 {
	n, _ := words.ParseCount(v.flowing.flow.Customers)
	return n
}

func (v flows) steps() (list []goapp.UI) {
	for i := range v.flowing.flow.Steps {
		list = append(list, v.step(i))
	}
	return list
}

// step is one message of the flow: when, to whom, what it costs, and what would still
// reach who wrote too long ago.
func (v flows) step(i int) goapp.UI {
	w, f, a := v.words(), &v.flowing.flow, v.flowing.answer
	typed := &f.Steps[i]
	cost, count, class := "—", "", "flow-step"
	var warn []goapp.UI
	if a.Answered {
		s := &a.Quote.Steps[i]
		class += " verdict-" + string(s.Verdict)
		switch {
		case !s.Counted:
			warn = append(warn, kit.Tag("p").Class("row-why").Body(kit.Text(w.Text("flow.share.unknown"))))
		case s.Item >= 0:
			q := &a.Quote.Quote.Items[s.Item]
			cost, count = v.cost(q), w.Text("flow.count", "n", w.Number(q.Deliverable), "all", w.Number(q.Requested))
			if q.Deliverable == q.Requested {
				count = w.Count("messages", q.Deliverable)
			}
			if q.Free > 0 && q.Charged > 0 {
				count += w.Text("flow.count.free", "n", w.Number(q.Free))
			}
			warn = append(warn, v.late(i, s)...)
		default:
			count = w.Count("messages", 0)
		}
	}
	name := w.Text("flow." + f.ID + "." + f.Name(i))
	of := ", " + name
	body := []goapp.UI{
		kit.Div("flow-head",
			kit.Tag("h2").Body(kit.Text(name)),
			kit.Tag("p").Class("flow-money").Body(kit.Text(cost)),
			kit.Tag("p").Class("soft").Body(kit.Text(w.TypeName(f.Kind(i)))),
			kit.Tag("p").Class("soft").Body(kit.Text(count)),
		),
		kit.Div("flow-asks",
			v.field(flow.StepPath(i, "day"), w.Text("flow.ask.day"), of, "numeric", typed.Day, ""),
			v.field(flow.StepPath(i, "share"), w.Text("flow.ask.share"), of, "decimal", typed.Share, "%"),
			v.field(flow.StepPath(i, "answer"), w.Text("flow.ask.answer"), of, "decimal", typed.Answer, "%"),
		),
	}
	warn = append(warn, kit.PlaceFor(v.ways(i, name)), kit.Div("flow-acts",
		v.change(i, name),
		v.act(i, "flow.copy", name, func() bool { return f.Copy(i) }, i+1),
		v.act(i, "flow.remove", name, func() bool { return f.Remove(i) }, max(0, i-1)),
	))
	return kit.Tag("li").Class(class).Body(
		kit.Tag("p").Class("flow-day").Aria("hidden", "true").Body(kit.Span("", w.Text("flow.day")), kit.Tag("b").Body(kit.Text(typed.Day))),
		kit.Div("card", append(body, warn...)...),
	)
}

// act changes the steps and moves to one of them.
func (v flows) act(i int, key, name string, do func() bool, to int) goapp.UI {
	w := v.words()
	return kit.Button("link", w.Text(key), func(goapp.Context, goapp.Event) {
		if do() {
			v.flowing.open = false // the steps have other numbers now
			v.work.fields = kit.Fields{}
			v.computeFlow()
			v.moveAfter("flow-" + flow.StepPath(to, "day"))
		}
	}, [3]any{key, i, len(v.flowing.flow.Steps)}).Aria("label", w.Text(key)+": "+name)
}

func flowChangeID(step int) string { return "flow-change-" + words.Itoa(step) }

// change opens the other ways of a step, or shuts them.
func (v flows) change(i int, name string) goapp.UI {
	f := v.flowing
	if !f.answer.Answered || f.answer.Quote.Steps[i].Item < 0 {
		return nil
	}
	w, open := v.words(), f.open && f.changing == i
	return kit.Button("link", w.Text("flow.change"), func(goapp.Context, goapp.Event) {
		f.open = !f.open || f.changing != i
		f.changing = i
		v.computeFlow()
	}, [2]any{"change", i}).ID(flowChangeID(i)).Aria("label", w.Text("flow.change")+": "+name).Aria("expanded", strconv.FormatBool(open))
}

// ways are the other ways of a step, with what each costs for those to whom it goes.
func (v flows) ways(i int, name string) goapp.UI {
	if !v.flowing.open || v.flowing.changing != i {
		return nil
	}
	w := v.words()
	var list []goapp.UI
	for n := range v.flowing.ways {
		o := &v.flowing.ways[n]
		price := w.Text("total.not-in-book")
		if total, ok := o.Quote.Total(); ok {
			price = w.Money(total.Gross, total.Currency)
		}
		said := w.Text("verdict."+string(o.Verdict())) + " · " + price
		if !o.Sent() {
			said = w.Text("verdict." + string(o.Verdict()))
		}
		way := kit.Pressable("flow-way verdict-"+string(o.Verdict()), "", func(goapp.Context, goapp.Event) {
			v.flowing.flow.Swap(i, o)
			v.flowing.open = false
			v.computeFlow()
			v.moveAfter(flowChangeID(i))
		}, [3]any{"way", i, o.Type}, kit.Tag("b").Body(kit.Text(w.TypeName(o.Type))), kit.Span("soft", said)).
			Aria("pressed", strconv.FormatBool(o.Type == v.flowing.flow.Kind(i)))
		list = append(list, kit.Tag("li").Body(way))
	}
	return kit.Tag("ul").Class("flow-ways").Aria("label", w.Text("flow.change")+": "+name).Body(list...)
}

// cost is what a step costs.
func (v flows) cost(q *rules.ItemQuote) string {
	if len(q.Totals) > 0 && q.Totals[0].Gross.IsZero() && q.Deliverable > 0 {
		return v.words().Text("plan.free")
	}
	return v.sum(q.Totals)
}

// sum is the first of some totals.
func (v flows) sum(totals []rules.Total) string {
	if len(totals) == 0 {
		return v.words().Text("total.not-in-book")
	}
	return v.words().Money(totals[0].Gross, totals[0].Currency)
}

// late tells of those whose window has closed, and offers what still reaches them.
func (v flows) late(i int, s *rules.StepQuote) (body []goapp.UI) {
	if s.Late == 0 {
		return nil
	}
	w := v.words()
	body = append(body, kit.Tag("p").Class("row-why").Body(kit.Text(w.Text("flow.late", "people", w.Count("people", s.Late)))))
	o := s.Instead
	if o == nil {
		return body
	}
	price := w.Text("total.not-in-book")
	if total, ok := o.Quote.Total(); ok {
		price = w.Money(total.Gross, total.Currency)
	}
	name := w.TypeName(o.Type)
	all, cost := v.flowing.flow.Swapped(i, o, w)
	return append(body, kit.Div("flow-instead",
		kit.Tag("p").Body(kit.Tag("b").Body(kit.Text(w.Text("flow.instead", "way", name)))),
		kit.Tag("p").Class("soft").Body(kit.Text(w.Text("flow.instead.cost", "people", w.Count("people", o.Quote.Deliverable), "total", price))),
		kit.Tag("p").Body(kit.Text(w.Text("flow.instead.all", "people", w.Count("people", all), "way", name, "total", v.sum(cost)))),
		kit.Button("press", w.Text("flow.swap"), func(goapp.Context, goapp.Event) {
			v.flowing.flow.Swap(i, o)
			v.computeFlow()
			v.moveAfter("flow-" + flow.StepPath(i, "day"))
		}, [2]any{"swap", i}).ID("flow-swap-"+words.Itoa(i)).Aria("label", w.Text("flow.swap")+": "+name),
	))
}

// presses put the flow into the plan, or leave it.
func (v flows) presses() goapp.UI {
	w := v.words()
	may := v.flowing.answer.Answered && v.flowing.answer.Quote.Quote != nil
	return kit.Div("presses",
		kit.Button("press primary", w.Text("flow.put"), func(goapp.Context, goapp.Event) { v.putFlow() }, "put").Attr("disabled", !may),
		kit.Button("press", w.Text("flow.back"), func(goapp.Context, goapp.Event) { v.closeFlow() }, "back"),
	)
}
