package filing

import (
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
)

// ColumnsID is the id of what opens the columns.
const ColumnsID = "list-columns"

// OrderID is the id of the question how the dates of a column are written.
func OrderID(column int) string { return "list-order-" + strconv.Itoa(column) }

// A Card is what is shown of a file that was read.
type Card struct{ *File }

// NameRow is the name of the file, with the way to another one.
func (f Card) NameRow() goapp.UI {
	paste := "list.paste"
	if f.Name == "" && !f.Sample { // what was pasted is still there, to be mended
		paste = "list.paste.again"
	}
	return kit.Div("", kit.Div("list-file-row", kit.Tag("p").Body(kit.Tag("b").Body(kit.Text(f.FileName()))), start(f).offerPaste(paste), start(f).choose("link", f.Text("list.change"), "")), kit.PlaceFor(start(f).paste()))
}

// SheetChoice is the choice of a sheet; nil where there is none.
func (f Card) SheetChoice() goapp.UI {
	if len(f.Columns.Sheets) < 2 {
		return nil
	}
	return kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(f.Text("list.sheet"))), kit.Div("chips", sheets(f.File, f.Columns.Sheets, f.Columns.Sheet)...))
}

// A Fault is a row that could not be read, and why.
type Fault struct {
	Row  int32
	Said string
}

// Faults are the rows that could not be read, of whom the first ones are told; nil where
// there are none.
func (f Card) Faults(all int64, told []Fault) goapp.UI {
	if all == 0 {
		return nil
	}
	var rows []goapp.UI
	for _, one := range told {
		rows = append(rows, kit.Tag("li").Body(kit.Tag("b").Body(kit.Text(f.Text("list.row", "row", strconv.Itoa(int(one.Row))))), kit.Text(" "+one.Said)))
	}
	if more := all - int64(len(rows)); more > 0 {
		rows = append(rows, kit.Tag("li").Body(kit.Text(f.Count("list.faults.more", more))))
	}
	return kit.Tag("details").Class("more").Body(
		kit.Tag("summary").Body(kit.Text(f.Count("list.faults", all))), kit.Tag("ul").Class("list-faults").Body(rows...))
}

// ColumnRows are the columns of the file, and what each is. Those that are not used are
// folded; the mistake is what is wrong with them all, empty where nothing is.
func (f Card) ColumnRows(mistake string) (body []goapp.UI, used []string) {
	var rows, others []goapp.UI
	var names []string
	for i := range f.Columns.List {
		if f.Uses[i] != "" {
			rows = append(rows, f.column(i))
			used = append(used, f.Called(i))
			continue
		}
		if c := &f.Columns.List[i]; c.Filled > 0 || c.Name != "" {
			others = append(others, f.column(i))
			names = append(names, f.Called(i))
		}
	}
	if mistake != "" {
		body = append(body, kit.Tag("p").Class("mistake").Body(kit.Text(mistake)))
	}
	body = append(body, kit.Tag("ul").Class("list-columns-rows").Body(rows...))
	if len(others) > 0 {
		body = append(body, kit.Tag("details").Class("more").Attr("open", mistake != "" || f.Opened["columns"]).
			On("toggle", func(ctx goapp.Context, _ goapp.Event) { f.Opened["columns"] = ctx.JSSrc().Get("open").Bool() }).
			Body(kit.Tag("summary").Body(kit.Text(f.Count("list.unused", int64(len(others)), "names", Some(names)))), kit.Tag("ul").Class("list-columns-rows").Body(others...)))
	}
	return body, used
}

// FoldColumns folds the columns behind how many are used. Until there is an answer they
// are what is to be looked at.
func (f Card) FoldColumns(open bool, body []goapp.UI, used []string) goapp.UI {
	return kit.Tag("details").Class("more").Attr("open", open || f.Opened["all columns"]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) {
			if f.page.Answered() {
				f.Opened["all columns"] = ctx.JSSrc().Get("open").Bool()
			}
		}).
		Body(kit.Tag("summary").ID(ColumnsID).Body(kit.Text(f.Count("list.used", int64(len(used)), "names", Some(used)))), kit.Div("", body...))
}

// Some are the first of some names.
func Some(names []string) string {
	const shown = 3
	if len(names) > shown {
		return strings.Join(names[:shown], ", ") + "…"
	}
	return strings.Join(names, ", ")
}

func (f Card) column(i int) goapp.UI {
	c := &f.Columns.List[i]
	id := "list-column-" + strconv.Itoa(i)
	options := []goapp.UI{Option("", f.Text("list.fact.none"), f.Uses[i] == "")}
	for _, fact := range f.page.Facts() {
		options = append(options, Option(fact, f.page.FactName(fact), f.Uses[i] == fact))
	}
	list := kit.Tag("select").ID(id).Class("input").Aria("label", f.Text("list.column.is", "name", f.Called(i))).Body(options...).
		On("change", func(ctx goapp.Context, _ goapp.Event) { f.use(i, ctx.JSSrc().Get("value").String()) }, id)
	body := []goapp.UI{
		kit.Div("list-column", kit.Tag("h3").Body(kit.Text(f.Called(i))), kit.Icon("M3 10h13M11 5l5 5-5 5"), kit.Div("input-box", list)),
		kit.Tag("p").Class("list-samples").Body(kit.Text(strings.Join(c.Samples, " · "))),
		kit.Tag("p").Class("hint").Body(kit.Text(f.counts(i))),
	}
	class := ""
	if asksOrder(f.File, i) {
		if f.Orders[i] == "" {
			class = "list-asks"
		}
		body = append(body, f.order(i))
	}
	return kit.Tag("li").Class(class).Body(body...)
}

// Option is one of a list to choose from.
func Option(value, label string, chosen bool) goapp.UI {
	return kit.Tag("option").Attr("value", value).Attr("selected", chosen).Body(kit.Text(label))
}

// counts says what of a column could be read, once it has been.
func (f Card) counts(i int) string {
	c := &f.Columns.List[i]
	said := []string{f.Count("list.filled", c.Filled)}
	if f.Uses[i] != "" && f.page.Answered() {
		if read := f.page.Counts(f.Uses[i]); read != nil {
			said = read
		}
	}
	if order := c.Order; order != "" && f.Uses[i] != "" {
		said = append(said, f.Text("list.order."+order))
	}
	return strings.Join(said, ", ")
}

// order asks whether the day or the month stands first.
func (f Card) order(i int) goapp.UI {
	w, either := f.Words(), f.Columns.List[i].Either
	id := OrderID(i)
	first, second := DayAndMonth(either)
	chip := func(order string, day, month int) goapp.UI {
		label := f.Text("list.order.day", "day", strconv.Itoa(day), "month", w.First([]string{"month." + strconv.Itoa(month)}))
		if w.Code == "vi" {
			label = f.Text("list.order.day", "day", strconv.Itoa(day), "month", strconv.Itoa(month))
		}
		return kit.Chip(id, order, label, f.Orders[i] == order, func(string) {
			f.Orders[i] = order
			f.page.Changed()
		})
	}
	return kit.Tag("fieldset").Class("field").ID(id).Attr("tabindex", "-1").Body(
		kit.Tag("legend").Body(kit.Text(f.Text("list.order", "date", either))), kit.Div("chips", chip("dmy", first, second), chip("mdy", second, first)))
}

// DayAndMonth are the two numbers of a date that can be either.
func DayAndMonth(date string) (first, second int) {
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
