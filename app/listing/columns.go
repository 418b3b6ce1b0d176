package listing

import (
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/contacts"
	"postage/app/kit"
	"postage/rules/reach"
)

// A head is the title above a list, on a phone what was asked.
type head struct{ *work }

func (v head) draw() goapp.UI {
	w := v.words()
	title := w.Text("list.heading")
	var edit goapp.UI
	lead := w.Text("list.lead.each")
	if v.found != nil {
		name := v.fileName()
		if v.sample {
			name = w.Text("list.sample.in")
		}
		title = w.Text("list.for."+string(v.choices.Purpose), "name", name)
		lead = w.Count("people", v.found.People) + " · " + w.Date(v.choices.On)
		edit = kit.Button("link list-edit", w.Text("plan.edit"), func(goapp.Context, goapp.Event) { v.moveAfter(columnsID) }, "edit")
	}
	return kit.Div("intro plan-head list-head",
		kit.Div("plan-title", kit.Tag("h1").ID(headID).Attr("tabindex", "-1").Body(kit.Text(title)), kit.PlaceFor(edit)),
		kit.Tag("p").Class("lead").Body(kit.Text(lead)))
}

// fileName is what the list is called.
func (w *work) fileName() string {
	switch {
	case w.sample:
		return w.words().Text("list.sample.name")
	case w.name == "":
		return w.words().Text("list.pasted.name")
	}
	return w.name
}

// A file is the list as it was read.
type file struct{ *work }

func (v file) draw() goapp.UI {
	w, c := v.words(), v.work.columns
	said := []string{w.Count("list.rows", c.Rows)}
	if c.Stopped || v.found != nil && v.found.Stopped {
		said = append(said, w.Text("list.stopped"))
	}
	if v.found != nil && v.found.Doubles > 0 {
		said = append(said, w.Count("list.doubles", v.found.Doubles))
	}
	body := []goapp.UI{
		kit.Tag("h2").ID("list-file-title").Body(kit.Text(w.Text("list.list"))),
		kit.Div("list-file-row", kit.Tag("p").Body(kit.Tag("b").Body(kit.Text(v.fileName()))), choose(v.work, "link", w.Text("list.change"), "")),
		kit.Tag("p").Class("hint").Body(kit.Text(strings.Join(said, " · "))),
	}
	if len(c.Sheets) > 1 {
		var chips []goapp.UI
		for i, name := range c.Sheets {
			chips = append(chips, kit.Chip("list-sheet", strconv.Itoa(i), name, name == c.Sheet, func(string) {
				v.ask(contacts.Request{Do: contacts.Look, Sheet: name}, true)
			}))
		}
		body = append(body, kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(w.Text("list.sheet"))), kit.Div("chips", chips...)))
	}
	body = append(body, kit.PlaceFor(v.faults()), kit.PlaceFor(progress(v).draw()), kit.PlaceFor(mistake(v).draw()))
	return kit.Tag("section").Class("card list-file").Attr("aria-labelledby", "list-file-title").Body(body...)
}

// faults are the rows that could not be read.
func (v file) faults() goapp.UI {
	if v.found == nil || v.found.Unreadable == 0 {
		return nil
	}
	w := v.words()
	var rows []goapp.UI
	for i := range v.found.Faults {
		f := &v.found.Faults[i]
		rows = append(rows, kit.Tag("li").Body(kit.Tag("b").Body(kit.Text(w.Text("list.row", "row", strconv.Itoa(int(f.Row))))), kit.Text(" "+v.faultText(f))))
	}
	if more := v.found.Unreadable - int64(len(rows)); more > 0 {
		rows = append(rows, kit.Tag("li").Body(kit.Text(w.Count("list.faults.more", more))))
	}
	return kit.Tag("details").Class("more").Body(
		kit.Tag("summary").Body(kit.Text(w.Count("list.faults", v.found.Unreadable))), kit.Tag("ul").Class("list-faults").Body(rows...))
}

// columns are the columns of the list, and what each is.
type columns struct{ *work }

const columnsID = "list-columns"

func (v columns) draw() goapp.UI {
	w := v.words()
	var used, others []goapp.UI
	var names, usedNames []string
	for i := range v.work.columns.List {
		if v.facts[i] != "" {
			used = append(used, v.column(i))
			usedNames = append(usedNames, v.called(i))
			continue
		}
		if c := &v.work.columns.List[i]; c.Filled > 0 || c.Name != "" {
			others = append(others, v.column(i))
			names = append(names, v.called(i))
		}
	}
	title := kit.Tag("h2").ID(columnsID + "-title").Body(kit.Text(w.Text("list.columns")))
	body := []goapp.UI{}
	if len(used) == 0 {
		body = append(body, kit.Tag("p").Class("mistake").Body(kit.Text(w.Text("list.no-contacts"))))
	}
	body = append(body, kit.Tag("ul").Class("list-columns-rows").Body(used...))
	if len(others) > 0 {
		body = append(body, kit.Tag("details").Class("more").Attr("open", len(used) == 0 || v.opened["columns"]).
			On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.opened["columns"] = ctx.JSSrc().Get("open").Bool() }).
			Body(kit.Tag("summary").Body(kit.Text(w.Count("list.unused", int64(len(others)), "names", some(names)))), kit.Tag("ul").Class("list-columns-rows").Body(others...)))
	}
	// Until there is an answer they are what is to be looked at; then they are folded.
	open := v.found == nil || len(v.questions()) > 0 || v.opened["all columns"]
	folded := kit.Tag("details").Class("more").Attr("open", open).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) {
			if v.found != nil {
				v.opened["all columns"] = ctx.JSSrc().Get("open").Bool()
			}
		}).
		Body(kit.Tag("summary").ID(columnsID).Body(kit.Text(w.Count("list.used", int64(len(used)), "names", some(usedNames)))), kit.Div("", body...))
	return kit.Tag("section").Class("card list-columns-card").Attr("aria-labelledby", columnsID+"-title").Body(title, folded)
}

// some are the first of some names.
func some(names []string) string {
	const shown = 3
	if len(names) > shown {
		return strings.Join(names[:shown], ", ") + "…"
	}
	return strings.Join(names, ", ")
}

// called is what a column is called.
func (w *work) called(i int) string {
	c := &w.columns.List[i]
	if c.Name != "" {
		return c.Name
	}
	return w.words().Text("list.column", "letters", c.Letters)
}

func (v columns) column(i int) goapp.UI {
	w, c := v.words(), &v.work.columns.List[i]
	id := "list-column-" + strconv.Itoa(i)
	options := []goapp.UI{v.option("", w.Text("list.fact.none"), v.facts[i] == "")}
	for _, f := range reach.Facts() {
		options = append(options, v.option(f.Name, w.Text("list.fact."+f.Name), v.facts[i] == f.Name))
	}
	list := kit.Tag("select").ID(id).Class("input").Aria("label", w.Text("list.column.is", "name", v.called(i))).Body(options...).
		On("change", func(ctx goapp.Context, _ goapp.Event) { v.use(i, ctx.JSSrc().Get("value").String()) }, id)
	body := []goapp.UI{
		kit.Div("list-column", kit.Tag("h3").Body(kit.Text(v.called(i))), kit.Icon("M3 10h13M11 5l5 5-5 5"), kit.Div("input-box", list)),
		kit.Tag("p").Class("list-samples").Body(kit.Text(strings.Join(c.Samples, " · "))),
		kit.Tag("p").Class("hint").Body(kit.Text(v.counts(i))),
	}
	class := ""
	if v.asksOrder(i) {
		if v.orders[i] == "" {
			class = "list-asks"
		}
		body = append(body, v.order(i))
	}
	return kit.Tag("li").Class(class).Body(body...)
}

func (v columns) option(value, label string, chosen bool) goapp.UI {
	return kit.Tag("option").Attr("value", value).Attr("selected", chosen).Body(kit.Text(label))
}

// counts says what of a column could be read, once it has been.
func (v columns) counts(i int) string {
	w, c := v.words(), &v.work.columns.List[i]
	said := []string{w.Count("list.filled", c.Filled)}
	if v.facts[i] != "" && v.found != nil {
		if n, ok := v.found.Counts[v.facts[i]]; ok {
			said = []string{w.Count("list.read", n.Read)}
			if n.Empty > 0 {
				said = append(said, w.Count("list.empty", n.Empty))
			}
			if n.Unreadable > 0 {
				said = append(said, w.Count("list.unread", n.Unreadable))
			}
		}
	}
	if order := c.Order; order != "" && v.facts[i] != "" {
		said = append(said, w.Text("list.order."+order))
	}
	return strings.Join(said, ", ")
}

// order asks whether the day or the month stands first.
func (v columns) order(i int) goapp.UI {
	w, either := v.words(), v.work.columns.List[i].Either
	id := "list-order-" + strconv.Itoa(i)
	first, second := dayAndMonth(either)
	var chips []goapp.UI
	for order, day := range map[string][2]int{"dmy": {first, second}, "mdy": {second, first}} {
		label := w.Text("list.order.day", "day", strconv.Itoa(day[0]), "month", w.First([]string{"month." + strconv.Itoa(day[1])}))
		if w.Code == "vi" {
			label = w.Text("list.order.day", "day", strconv.Itoa(day[0]), "month", strconv.Itoa(day[1]))
		}
		chip := kit.Chip(id, order, label, v.orders[i] == order, func(string) {
			v.orders[i] = order
			v.changed()
		})
		if order == "dmy" {
			chips = append([]goapp.UI{chip}, chips...)
		} else {
			chips = append(chips, chip)
		}
	}
	return kit.Tag("fieldset").Class("field").ID(id).Attr("tabindex", "-1").Body(
		kit.Tag("legend").Body(kit.Text(w.Text("list.order", "date", either))), kit.Div("chips", chips...))
}

// dayAndMonth are the two numbers of a date that can be either.
func dayAndMonth(date string) (first, second int) {
	var numbers []int
	for _, part := range strings.FieldsFunc(date, func(r rune) bool { return r < '0' || r > '9' }) {
		const mostDigits = 2
		if n, err := strconv.Atoi(part); err == nil && len(part) <= mostDigits && len(numbers) < 2 {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) < 2 {
		return 1, 2
	}
	return numbers[0], numbers[1]
}
