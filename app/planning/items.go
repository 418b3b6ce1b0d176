package planning

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/app/plan"
	"postage/rules"
)

// The pictures of the page, drawn on a field of 20 by 20.
const (
	iconPen   = "M4 16l1-4 8.500-8.500 3 3L8 15zM12 5l3 3"
	iconPlus  = "M10 4v12M4 10h12"
	iconLink  = "M8.5 11.5a3.5 3.5 0 0 0 5 0l2.5-2.5a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-2.5 2.5a3.5 3.5 0 0 0 5 5l1-1"
	iconShare = "M10 12V3M6.5 6L10 2.5 13.5 6M5 9H4v8h12V9h-1"
	iconSave  = "M5 3h10v14l-5-3.5L5 17z"
	iconText  = "M5 3h10v14H5zM8 7h4M8 10h4M8 13h2"
	iconPrint = "M6 7V3h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8V17H6z"
	iconMore  = "M3.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M9.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M15.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0"
	iconClock = "M10 3a7 7 0 1 0 .01 0zM10 6v4l2.500 1.500"
)

// A row is an item as it is told.
type row struct {
	id                     int64
	name, kind, whom, when string
	cost, count, why       string
	verdict                rules.Verdict // empty where it has no answer
	wrong                  []string
	several                bool // it is sent more than once
}

func rowID(id int64) string { return "item-" + strconv.FormatInt(id, 10) }

// rowsTold tells all items.
func (w *work) rowsTold() []row {
	t := w.tell()
	rows := make([]row, len(w.plan.Items))
	for i := range w.plan.Items {
		r := &rows[i]
		r.id, r.name, r.kind, r.whom, r.when = w.plan.Items[i].ID, t.Name(i), t.Kind(i), t.Whom(i), t.When(i)
		r.several = w.plan.Items[i].Every != ""
		q := w.answer.Item(i)
		if q == nil {
			r.cost = "—"
			for _, m := range w.answer.MistakesOf(i) {
				r.wrong = append(r.wrong, t.Mistake(i, m))
			}
			continue
		}
		r.verdict, r.cost, r.count, r.why = q.Verdict, t.Cost(q), t.Count(q), t.Reason(q)
	}
	return rows
}

// items are the messages of the plan.
type items struct{ *work }

const itemsID = "plan-items"

func (v items) draw() goapp.UI {
	w := v.words()
	var list []goapp.UI
	for i := range v.rows {
		list = append(list, v.row(i))
	}
	var more goapp.UI
	for _, m := range v.answer.MistakesOf(plan.Whole) {
		if m.Key == "plan.too-many" {
			more = kit.Tag("p").Class("mistake").Body(kit.Text(w.Text("plan.too-many")))
		}
	}
	return kit.Tag("section").Class("card plan-items").Attr("aria-labelledby", itemsID).Body(
		kit.Tag("h2").ID(itemsID).Attr("tabindex", "-1").Body(kit.Text(w.Text("plan.items"))),
		kit.Tag("ul").Class("plan-rows").Body(list...),
		kit.PlaceFor(more),
		kit.PlaceFor(v.broadcasts()),
		kit.PlaceFor(v.adds()),
	)
}

// broadcasts says of several broadcasts that nobody is taken to get two of them: how many
// each may get in a day and a month is limited.
func (v items) broadcasts() goapp.UI {
	if v.countBroadcasts() < 2 {
		return nil
	}
	return kit.Tag("p").Class("hint").ID("plan-broadcasts").Body(kit.Text(v.words().Text("plan.broadcasts")))
}

// countBroadcasts counts the messages that are broadcasts.
func (w *work) countBroadcasts() (n int) {
	for i := range w.answer.Asked.Items {
		if w.answer.Asked.Items[i].Message.Type == rules.ZaloBroadcast {
			n++
		}
	}
	return n
}

// adds are the ways to another message. In a frame the calculator is not at hand.
func (v items) adds() goapp.UI {
	w := v.words()
	var presses []goapp.UI
	if !v.report.Frame {
		presses = append(presses, kit.Tag("a").Class("press primary").Attr("href", v.href(kit.HomePath(v.report.Lang))+"#"+plan.AddFragment).Body(kit.Icon(iconPlus), kit.Text(w.Text("plan.add"))))
	} else if !v.mayAdd() {
		return nil
	}
	presses = append(presses, kit.Button("press", w.Text("flow.add"), func(goapp.Context, goapp.Event) { v.goToFlow() }, "flow"))
	return kit.Div("presses plan-adds", presses...)
}

// row is an item in a line or two, which opens.
func (v items) row(i int) goapp.UI {
	r := &v.rows[i]
	id, w := rowID(r.id), v.words()
	isOpen := v.open == r.id
	class := "plan-row"
	if r.verdict == "" {
		class += " wrong"
	} else {
		class += " verdict-" + string(r.verdict)
	}
	why := r.why
	body := []goapp.UI{
		verdictIcon(r.verdict),
		kit.Div("row-what",
			kit.Tag("h3").Body(kit.Pressable("row-open", id, func(goapp.Context, goapp.Event) {
				v.work.editing = ""
				if v.work.open = r.id; isOpen {
					v.work.open = 0
				}
			}, [2]any{r.id, isOpen}, kit.Text(r.name)).Aria("expanded", isOpen).Aria("controls", id+"-body")),
			kit.Tag("p").Class("soft").Body(kit.Text(r.kind)),
		),
		kit.Div("row-whom", kit.Tag("p").Body(kit.Text(r.whom)), kit.Tag("p").Class("soft").Body(kit.Text(r.when))),
		kit.Div("row-cost", kit.Tag("p").Class("row-money").Body(kit.Text(r.cost)), kit.Tag("p").Class("soft").Body(kit.Text(r.count))),
	}
	if r.verdict == "" {
		why = w.Text("plan.wrong")
		for _, m := range r.wrong {
			why += ". " + m
		}
	}
	if why != "" {
		body = append(body, kit.Tag("p").Class("row-why").Body(kit.Text(why)))
	}
	if isOpen {
		body = append(body, kit.Tag("div").Class("row-body").ID(id+"-body").Body(v.opened(i)...))
	}
	return kit.Tag("li").Class(class).Body(body...)
}

// verdictIcon is a verdict as a shape, with its word for screen readers.
func verdictIcon(v rules.Verdict) goapp.UI {
	shapes := map[rules.Verdict]string{
		rules.Eligible:   "M4 10.5l4 4 8-9",
		rules.Partial:    "M4 10h12",
		rules.Depends:    "M7 7c0-4.5 6.5-4.5 6.5 0 0 3-3.5 2.500-3.5 5.5m0 3.5v.5",
		rules.Ineligible: "M5 5l10 10M15 5L5 15",
		"":               "M10 4v7.500m0 3.500v.5",
	}
	return kit.Div("row-icon", kit.Icon(shapes[v]))
}

// opened is what an open row holds: the questions of which the plan is made, why it
// may be sent or not, and what can be done with it.
func (v items) opened(i int) []goapp.UI {
	w, r := v.words(), &v.rows[i]
	press := func(class, key string, do func()) goapp.UI {
		return kit.Button(class, w.Text(key), func(goapp.Context, goapp.Event) { do() }, [2]any{key, r.id}).Aria("label", w.Text(key)+": "+r.name)
	}
	var body, acts []goapp.UI
	if !v.report.Frame { // where the calculator is at hand
		acts = append(acts, kit.Tag("a").Class("press").Attr("href", v.href(kit.HomePath(v.report.Lang))+"#"+plan.ItemPrefix+strconv.FormatInt(r.id, 10)).
			Aria("label", w.Text("plan.edit")+": "+r.name).Body(kit.Text(w.Text("plan.edit"))))
	}
	acts = append(acts, press("press", "plan.copy", func() { v.copy(i) }), press("press", "plan.remove", func() { v.remove(i) }))
	if !v.report.Frame && v.answer.MixingOf(&v.plan, i) != nil {
		acts = append(acts, press("press", "mix.find", func() { v.findWays(i) }))
	}
	if v.mayChange() {
		body = append(body, kit.Div("pair", v.fields(i)...), kit.Div("presses row-acts", acts...))
	}
	if q := v.answer.Item(i); q != nil {
		body = append(body, v.checks(q, v.answer.Asked.Items[indexOf(v.answer.At, i)].Message.Type)...)
	}
	return body
}

// findWays finds the best way for each group of an item.
func (v items) findWays(i int) {
	if m := v.answer.MixingOf(&v.plan, i); m != nil {
		mixes(v).openMix(m)
	}
}

// copy puts a copy of an item behind it, and opens that.
func (v items) copy(i int) {
	name := v.rows[i].name
	v.plan.Copy(i)
	v.work.open = v.plan.Items[i+1].ID
	v.changed()
	v.work.said = v.words().Text("plan.copied", "name", name)
	v.moveAfter(rowID(v.work.open))
}

// remove takes an item out of the plan.
func (v items) remove(i int) {
	name := v.rows[i].name
	v.plan.Remove(i)
	v.work.open = 0
	v.changed()
	v.work.said = v.words().Text("plan.removed", "name", name)
	v.moveAfter(itemsID)
}

func indexOf(list []int, item int) int {
	for n, i := range list {
		if i == item {
			return n
		}
	}
	return -1
}

// checks are the conditions of an item with the worst outcome that each had.
func (v items) checks(q *rules.ItemQuote, kind rules.MessageType) []goapp.UI {
	w := v.words()
	var list, passed []goapp.UI
	for _, c := range q.Checks {
		said := w.CheckText("check."+c.Code+"."+string(c.Outcome), &rules.Quote{Message: kind, On: c.On}, &c.Check)
		if c.On != q.First {
			said = w.Text("plan.from", "date", w.Date(c.On)) + " " + said
		}
		to := &list
		if c.Outcome == rules.Pass {
			to = &passed
		}
		*to = append(*to, kit.Tag("li").Class("check check-"+string(c.Outcome)).Body(
			kit.Tag("div").Body(page.OutcomeIcon(c.Outcome), kit.Hidden(w.Text("outcome."+string(c.Outcome)))),
			kit.Tag("div").Body(kit.Tag("p").Body(kit.Text(said)), page.SourceLine(w, c.Sources, c.Status, c.Since)),
		))
	}
	body := []goapp.UI{kit.Tag("h4").Body(kit.Text(w.Text("plan.checks"))), kit.Tag("ul").Class("checks").Body(list...)}
	if len(passed) > 0 {
		body = append(body, kit.Tag("details").Class("more").Body(
			kit.Tag("summary").Body(kit.Text(w.Count("plan.checks.pass", int64(len(passed))))), kit.Tag("ul").Class("checks").Body(passed...)))
	}
	return body
}
