package reply

import (
	"maps"
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/model"
	"postage/rules"
)

// ChangesKey is the part of the screen that tells when the answer changes.
const ChangesKey = "changes"

// A changeList is the changes of what the form asks; working them out takes as
// long as some hundred answers, so it waits until they are asked for.
type changeList struct {
	scenario string
	values   map[string]string // of the form: some may only be asked on other days
	changes  []rules.Change
}

// changes tells on which days the answer to this very scenario changes.
func (r *Column) changes() goapp.UI {
	d := r.Desk
	w := d.Words()
	var body []goapp.UI
	if d.Opened[ChangesKey] {
		body = r.changeItems()
	}
	return d.Brief(ChangesKey, "changes", w.Text("changes.title"), w.Text("changes.show"), []goapp.UI{kit.Tag("ol").Class("change-list").Body(body...)})
}

func (r *Column) changeItems() []goapp.UI {
	d := r.Desk
	w := d.Words()
	if l := &r.list; l.scenario != string(d.Scenario) || !maps.Equal(l.values, d.Form.Values) {
		*l = changeList{string(d.Scenario), maps.Clone(d.Form.Values), model.ChangesOf(d.Form)}
	}
	today, _ := rules.ParseDate(d.Form.Today)
	var items []goapp.UI
	announced := false
	for _, c := range slices.Backward(r.list.changes) {
		said := d.ChangeText(c)
		if said == "" {
			continue // only a notice came or went
		}
		class, date := "change", w.Date(c.On)
		if c.On > today {
			class, date, announced = "change announced", w.Text("changes.announced", "date", date), true
		}
		items = append(items, kit.Tag("li").Class(class).Body(kit.Span("change-day", date), kit.Tag("span").Body(kit.Text(said))))
	}
	none := "changes.none"
	if len(items) > 0 {
		if none = "sheet.valid.open"; announced {
			return items
		}
	}
	return append([]goapp.UI{kit.Tag("li").Body(kit.Text(w.Text(none)))}, items...)
}
