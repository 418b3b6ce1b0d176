package listing

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/contacts"
	"postage/app/filing"
	"postage/app/kit"
)

// A head is the title above a list, on a phone what was asked.
type head struct{ *work }

func (v head) draw() goapp.UI {
	w := v.Words()
	title := w.Text("list.heading")
	var edit goapp.UI
	lead := w.Text("list.lead.each")
	if v.found != nil {
		name := v.FileName()
		if v.Sample {
			name = w.Text("list.sample.in")
		}
		title = w.Text("list.for."+string(v.choices.Purpose), "name", name)
		lead = w.Count("people", v.found.People) + " · " + w.Date(v.choices.On)
		edit = kit.Button("link list-edit", w.Text("plan.edit"), func(goapp.Context, goapp.Event) { v.MoveAfter(filing.ColumnsID) }, "edit")
	}
	var by goapp.UI
	if v.found != nil {
		var names []string
		for _, way := range contacts.Ways() {
			if v.choices.Has(way) {
				names = append(names, w.Text("list.way."+string(way)))
			}
		}
		by = kit.Tag("p").Class("hint list-used").Body(kit.Text(w.Text("list.with", "ways", strings.Join(names, ", "))+" "),
			kit.Button("link", w.Text("list.with.change"), func(goapp.Context, goapp.Event) { v.MoveAfter("list-ways") }, "ways"))
	}
	return kit.Div("intro plan-head list-head",
		kit.Div("plan-title", kit.Tag("h1").ID(filing.HeadID).Attr("tabindex", "-1").Body(kit.Text(title)), kit.PlaceFor(edit)),
		kit.Tag("p").Class("lead").Body(kit.Text(lead)), kit.PlaceFor(by))
}

// A file is the list as it was read.
type file struct{ *work }

func (v file) draw() goapp.UI {
	w, c := v.Words(), v.Columns
	said := []string{w.Count("list.rows", c.Rows)}
	if c.Stopped || v.found != nil && v.found.Stopped {
		said = append(said, w.Text("list.stopped"))
	}
	if v.found != nil && v.found.Doubles > 0 {
		said = append(said, w.Count("list.doubles", v.found.Doubles))
	}
	body := []goapp.UI{
		kit.Tag("h2").ID("list-file-title").Body(kit.Text(w.Text("list.list"))),
		filing.Card{File: &v.File}.NameRow(),
		kit.Tag("p").Class("hint").Body(kit.Text(strings.Join(said, " · "))), kit.PlaceFor(filing.Card{File: &v.File}.SheetChoice()),
		kit.PlaceFor(v.faults()), kit.PlaceFor(v.Progress()), kit.PlaceFor(v.Mistake()),
	}
	return kit.Tag("section").Class("card list-file").Attr("aria-labelledby", "list-file-title").Body(body...)
}

// faults are the rows that could not be read.
func (v file) faults() goapp.UI {
	if v.found == nil {
		return nil
	}
	var told []filing.Fault
	for i := range v.found.Faults {
		told = append(told, filing.Fault{Row: v.found.Faults[i].Row, Said: v.WrongText(&v.found.Faults[i])})
	}
	return filing.Card{File: &v.File}.Faults(v.found.Unreadable, told)
}

// columns are the columns of the list, and what each is.
type columns struct{ *work }

func (v columns) draw() goapp.UI {
	w, mistake := v.Words(), ""
	if !slices.ContainsFunc(v.Uses, func(use string) bool { return use != "" }) {
		mistake = w.Text("list.no-contacts")
	}
	body, used := filing.Card{File: &v.File}.ColumnRows(mistake)
	open := v.found == nil || len(v.questions()) > 0
	return kit.Tag("section").Class("card list-columns-card").Attr("aria-labelledby", filing.ColumnsID+"-title").Body(
		kit.Tag("h2").ID(filing.ColumnsID+"-title").Body(kit.Text(w.Text("list.columns"))), filing.Card{File: &v.File}.FoldColumns(open, body, used))
}

// Counts says what of a column could be read.
func (w *work) Counts(fact string) (said []string) {
	n, ok := w.found.Counts[fact]
	if !ok {
		return nil
	}
	l := w.Words()
	said = []string{l.Count("list.read", n.Read)}
	if n.Empty > 0 {
		said = append(said, l.Count("list.empty", n.Empty))
	}
	if n.Unreadable > 0 {
		said = append(said, l.Count("list.unread", n.Unreadable))
	}
	return said
}
