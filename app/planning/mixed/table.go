package mixed

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/rules"
)

const (
	tableID     = "mix-table"
	mostColumns = 6  // ways side by side
	mostRows    = 12 // groups up to which the table is open from the start
)

// table is every group by every way that could be had, with what each would cost.
func (v View) table() goapp.UI {
	if v.Mix == nil {
		return nil
	}
	types := v.columns()
	if len(types) == 0 {
		return nil
	}
	w, b := v.Words(), v.Blend()
	head := []goapp.UI{kit.Tag("th").Attr("scope", "col").Body(kit.Text(w.Text("mix.group")))}
	for _, kind := range types {
		head = append(head, kit.Tag("th").Attr("scope", "col").Body(kit.Text(v.WayName(kind))))
	}
	var rows []goapp.UI
	for g := range v.Mix.Groups {
		cells := []goapp.UI{kit.Tag("th").Attr("scope", "row").Body(kit.Text(v.GroupName(g)), kit.Span("soft", w.Count("people", v.Mix.Groups[g].Recipients)))}
		for _, kind := range types {
			cells = append(cells, v.cell(g, v.wayOf(g, kind), b.Groups[g].Type == kind))
		}
		rows = append(rows, kit.Tag("tr").Body(cells...))
	}
	return kit.Div("card mix-all", kit.Tag("details").Class("more").Attr("open", len(rows) <= mostRows).Body(
		kit.Tag("summary").ID(tableID+"-title").Body(kit.Text(w.Text("mix.table"))),
		para("hint", w.Text("mix.table.hint")),
		kit.Tag("div").Class("table-box").Attr("role", "region").Attr("tabindex", "0").Attr("aria-labelledby", tableID+"-title").Body(
			kit.Tag("table").Class("mix-table").Body(kit.Tag("thead").Body(kit.Tag("tr").Body(head...)), kit.Tag("tbody").Body(rows...))),
	))
}

// columns are the ways that stand in the table: those that are taken, then those that
// could be for some group.
func (v View) columns() (types []rules.MessageType) {
	types = v.Blend().Types()
	for _, verdict := range []rules.Verdict{rules.Eligible, rules.Partial, rules.Depends} {
		for g := range v.Mix.Groups {
			ways := v.Mix.Groups[g].Ways
			for i := range ways {
				if way := &ways[i]; way.Error == nil && way.Verdict == verdict && !slices.Contains(types, way.Type) {
					types = append(types, way.Type)
				}
			}
		}
	}
	return types[:min(len(types), mostColumns)]
}

func (v View) wayOf(g int, kind rules.MessageType) *rules.GroupWay {
	ways := v.Mix.Groups[g].Ways
	return &ways[slices.IndexFunc(ways, func(way rules.GroupWay) bool { return way.Type == kind })]
}

// cell is a way to a group.
func (v View) cell(g int, way *rules.GroupWay, taken bool) goapp.UI {
	w := v.Words()
	if way.Error != nil {
		return kit.Tag("td").Body(kit.Span("soft", w.Text("ways.missing")))
	}
	var body []goapp.UI
	if way.Verdict != rules.Ineligible {
		body = append(body, para("mix-cell-cost", v.Cost(way.Total)))
	}
	outcome := map[rules.Verdict]rules.Outcome{rules.Eligible: rules.Pass, rules.Partial: rules.Pass, rules.Ineligible: rules.Fail, rules.Depends: rules.Unknown}[way.Verdict]
	word := kit.Tag("p").Class("verdict-word verdict-"+string(way.Verdict)).Body(page.OutcomeIcon(outcome), kit.Text(w.Text("verdict."+string(way.Verdict))))
	body = append(body, word)
	if why := v.Why(g, way); why != "" && way.Verdict != rules.Eligible {
		body = append(body, para("soft", why))
	}
	class := ""
	if taken {
		class = "mix-taken"
		body = append(body, kit.Hidden(w.Text("mix.now")))
	}
	return kit.Tag("td").Class(class).Body(body...)
}
