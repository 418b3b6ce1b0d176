package calendar

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/kit"
	"postage/app/model"
	"postage/app/plan"
	"postage/app/words"
	"postage/rules"
)

// A View shows the days of sending, and the money over them.
type View struct {
	plan.Teller

	Open   bool       // the table of the days
	Toggle func(bool) // follows that it is opened or closed
}

const calendarID = "plan-calendar"

// stateNames are the ends of the keys of what becomes of an item on a day, which are
// also what the shapes are called.
var stateNames = [...]string{
	plan.Charged: "charged", plan.Free: "free", plan.Part: "part", plan.Open: "open", plan.Stopped: "stopped", plan.Unpriced: "unpriced", plan.Unpaid: "unpaid",
}

// axis is the days from the first to the last one, across a picture.
type axis struct {
	first rules.Date
	days  int64
}

// at is where a day begins, in thousandths.
func (a axis) at(d rules.Date) int64 { return plan.DaysBetween(a.first, d) * 1000 / a.days }

// Draw is nil where the plan has no answer.
func (v View) Draw() goapp.UI {
	if v.Answer.Quote == nil {
		return nil
	}
	w := v.Words()
	first, last := v.Answer.Period()
	a := axis{first, plan.DaysBetween(first, last) + 1}
	title := w.Text("plan.calendar")
	var courses []plan.Course
	for _, currency := range v.Answer.Currencies() {
		if c, ok := v.Answer.Course(currency); ok {
			courses = append(courses, c)
			title = w.Text("plan.calendar.balance")
		}
	}
	body := []goapp.UI{kit.Tag("h2").ID(calendarID).Body(kit.Text(title)), v.changes()}
	if a.days > 1 { // one day makes no picture: the table has it
		body = append(body, v.strip(a, courses))
		for _, c := range courses {
			body = append(body, v.course(a, c))
		}
		body = append(body, v.keys())
	}
	body = append(body, v.table(courses))
	return kit.Tag("section").Class("card plan-calendar").Attr("aria-labelledby", calendarID).Body(body...)
}

// changes are the prices and rules that change within the time.
func (v View) changes() goapp.UI {
	w := v.Words()
	list := v.Answer.PriceChanges()
	if len(list) == 0 {
		return kit.Tag("p").Class("soft").Body(kit.Text(w.Text("plan.changes.none")))
	}
	var items []goapp.UI
	for _, c := range list {
		items = append(items, kit.Tag("li").Class("change").Body(
			kit.Span("change-day", w.Date(c.On)),
			kit.Tag("span").Body(kit.Text(w.Text("plan.change", "name", v.Name(v.Answer.At[c.Item]), "change", v.ChangeText(c.Change)))),
		))
	}
	return kit.Div("plan-changes", kit.Tag("h3").Body(kit.Text(w.Text("plan.changes"))), kit.Tag("ol").Class("change-list").Body(items...))
}

// Of the strip: where the lines of the items begin, and how high each is.
const (
	stripTop  = 46
	stripLine = 36
	stripBar  = 12
)

// strip has a line for each item, with its days in the colours of what becomes of them.
func (v View) strip(a axis, courses []plan.Course) goapp.UI {
	w := v.Words()
	height := int64(stripTop + stripLine*len(v.Answer.At))
	shapes := v.months(a, height)
	for _, c := range v.Answer.PriceChanges() {
		x := kit.Across(a.at(c.On))
		shapes = append(shapes, kit.Shape("line", "turns", "x1", x, "x2", x, "y1", "30", "y2", kit.Px(height)))
	}
	shapes = append(shapes, outLines(a, courses, 30, height)...)
	for n, item := range v.Answer.At {
		y := int64(stripTop + stripLine*n)
		name := v.Name(item)
		if r := []rune(name); len(r) > 34 {
			name = string(r[:33]) + "…"
		}
		shapes = append(shapes, kit.Label("row-name", "0", kit.Px(y+12), "start", name))
		for _, run := range v.Answer.Runs(n) {
			from, to := a.at(run.From), a.at(run.To.AddDays(1))
			shapes = append(shapes, kit.Shape("rect", "run "+stateNames[run.State], "x", kit.Across(from), "width", kit.Across(max(2, to-from)), "y", kit.Px(y+18), "height", kit.Px(stripBar), "rx", "3"))
		}
	}
	first, last := v.Answer.Period()
	said := []string{w.Text("plan.calendar.said", "n", w.Number(int64(len(v.Answer.At))), "first", w.Date(first), "last", w.Date(last))}
	for _, item := range v.Answer.At {
		said = append(said, v.Name(item)+": "+v.When(item)+", "+v.Cost(v.Answer.Item(item))+".")
	}
	return kit.Chart("plan-strip", w.Text("plan.calendar"), strings.Join(said, " "), height, []goapp.UI{kit.Stripes("plan-stopped", "stripes blocked", "45"), kit.Stripes("plan-unpriced", "stripes gap", "45")}, shapes)
}

// months are the names of the months above their first days, and the days of the weeks
// where there is room for them.
func (v View) months(a axis, height int64) (shapes []goapp.UI) {
	w, t := v.Words(), v.Teller
	day, free, freeDay := a.first, int64(0), int64(0)
	for i := range a.days {
		_, _, d := day.Split()
		x := i * 1000 / a.days
		if i == 0 || d == 1 {
			if i > 0 {
				shapes = append(shapes, kit.Shape("line", "month-line", "x1", kit.Across(x), "x2", kit.Across(x), "y1", "30", "y2", kit.Px(height)))
			}
			if x >= free && x < 820 || i == 0 {
				shapes = append(shapes, kit.Label("month-name", kit.Across(x), "14", "start", t.Month(day.Month())))
				free = x + 260
			}
		}
		if a.days <= 62 && a.days > 1 && x >= freeDay && (i == 0 || d == 1 || d == 8 || d == 15 || d == 22) && x < 960 {
			shapes = append(shapes, kit.Label("tick", kit.Across(x), "30", "start", w.Number(int64(d))))
			freeDay = x + 85
		}
		day = day.AddDays(1)
	}
	return shapes
}

// outLines are the days on which money runs out, and what comes after them.
func outLines(a axis, courses []plan.Course, top, bottom int64) (shapes []goapp.UI) {
	for _, c := range courses {
		if c.RunsOut == 0 {
			continue
		}
		at := a.at(c.RunsOut)
		x := kit.Across(at)
		shapes = append(shapes,
			kit.Shape("rect", "beyond", "x", x, "width", kit.Across(1000-at), "y", kit.Px(top), "height", kit.Px(bottom-top)),
			kit.Shape("line", "out", "x1", x, "x2", x, "y1", kit.Px(top), "y2", kit.Px(bottom)))
	}
	return shapes
}

// course is the money in a currency over the days.
func (v View) course(a axis, c plan.Course) goapp.UI {
	w, t := v.Words(), v.Teller
	plot := kit.NewPlot(w, c.Begins, model.ScaleStep(c.Begins), c.Currency)
	var line strings.Builder
	y := plot.Height(c.Begins)
	line.WriteString("M0 " + kit.Px(y))
	at := int64(0)
	for _, d := range c.Days {
		x := a.at(d.On)
		line.WriteString("L" + kit.Px(x) + " " + kit.Px(y))
		y = plot.Height(d.Left)
		at = a.at(d.On.AddDays(1))
		line.WriteString("L" + kit.Px(at) + " " + kit.Px(y))
	}
	end := int64(1000)
	if c.RunsOut != 0 {
		end = a.at(c.RunsOut)
	}
	if end > at {
		line.WriteString("L" + kit.Px(end) + " " + kit.Px(y))
	} else {
		end = at
	}
	area := line.String() + "L" + kit.Px(end) + " " + kit.Px(plot.Bottom) + "L0 " + kit.Px(plot.Bottom) + "Z"
	plot.Body = append(outLines(a, []plan.Course{c}, 0, plot.Bottom), plot.Body...)
	plot.Add(kit.Shape("svg", "", "width", "100%", "height", "212", "viewBox", "0 0 1000 212", "preserveAspectRatio", "none").Body(
		kit.Shape("path", "area", "d", area), kit.Shape("path", "money", "d", line.String())))
	if c.RunsOut != 0 {
		plot.Add(kit.Shape("circle", "out-point", "cx", kit.Across(end), "cy", kit.Px(y), "r", "5"))
		anchor := "middle"
		if end > 700 {
			anchor = "end"
		} else if end < 300 {
			anchor = "start"
		}
		plot.Add(kit.Label("out-name", kit.Across(end), kit.Px(plot.Bottom+20), anchor, w.Text("plan.calendar.out", "date", w.Date(c.RunsOut))))
	}
	said, more := t.Lasts(c)
	name := w.Text("plan.calendar.left") + ", " + plan.UnitOf(c.Currency)
	return kit.Div("plan-course", kit.Tag("h3").Body(kit.Text(name)), kit.Chart("plan-course-"+c.Currency, name, strings.TrimSpace(said+" "+more), 212, nil, plot.Drawn()))
}

// keys say what the shapes mean, as far as there are any.
func (v View) keys() goapp.UI {
	w := v.Words()
	var seen [len(stateNames)]bool
	for day := range v.Answer.Quote.Days {
		seen[v.Answer.StateOf(day)] = true
	}
	var list []goapp.UI
	for s, name := range stateNames {
		if seen[s] {
			list = append(list, kit.Key(kit.Shape("rect", "run "+name, "x", "3", "y", "3", "width", "14", "height", "14", "rx", "3"), w.Text("plan.state."+name)))
		}
	}
	return kit.Tag("ul").Class("keys plan-keys").Body(list...)
}

// table has the days one by one.
func (v View) table(courses []plan.Course) goapp.UI {
	w := v.Words()
	var body []goapp.UI
	if v.Open {
		head := []string{w.Text("plan.days.day"), w.Text("plan.items"), w.Text("plan.days.cost")}
		for _, c := range courses {
			head = append(head, w.Text("plan.days.left")+" ("+plan.UnitOf(c.Currency)+")")
		}
		body = append(body, kit.Table(w.Text("plan.days"), head, v.dayRows(courses)))
	}
	return kit.Tag("details").Class("more").Attr("open", v.Open).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.Toggle(ctx.JSSrc().Get("open").Bool()) }).
		Body(append([]goapp.UI{kit.Tag("summary").Body(kit.Text(w.Text("plan.days")))}, body...)...)
}

func (v View) dayRows(courses []plan.Course) (rows [][]string) {
	w, q := v.Words(), v.Answer.Quote
	for from := 0; from < len(q.Days); {
		to := from
		var names, costs []string
		sums := map[string]decimal.Decimal{}
		var order []string
		for ; to < len(q.Days) && q.Days[to].On == q.Days[from].On; to++ {
			d := &q.Days[to]
			names = append(names, v.Name(v.Answer.At[d.Item]))
			for _, total := range d.Totals {
				if !slices.Contains(order, total.Currency) {
					order = append(order, total.Currency)
				}
				sums[total.Currency] = sums[total.Currency].Add(total.Gross)
			}
		}
		for _, currency := range order {
			costs = append(costs, w.RoundTotal(sums[currency], currency))
		}
		cells := []string{w.Date(q.Days[from].On), strings.Join(names, ", "), strings.Join(costs, " + ")}
		for _, c := range courses {
			cells = append(cells, leftOn(w, c, q.Days[from].On))
		}
		rows = append(rows, cells)
		from = to
	}
	return rows
}

// leftOn is what is left at the end of a day.
func leftOn(w *words.Language, c plan.Course, on rules.Date) string {
	left := c.Begins
	for _, d := range c.Days {
		if d.On > on {
			break
		}
		left = d.Left
	}
	return w.Decimal(left.Round(2), 0)
}
