package ask

import (
	"maps"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// Whom asks for the recipients, group by group.
func (a *Column) Whom() goapp.UI {
	d := a.Desk
	w := d.Words()
	var body []goapp.UI
	for g := range d.Form.Groups {
		if d.Form.Groups == 1 {
			body = append(body, a.questionForm("group", form.InWhom, 0))
			continue
		}
		body = append(body, d.Part(groupView{
			a, a.setting(), g, d.Form.Groups, d.GroupFacts(g), a.asked(form.InWhom, g), a.isOpen(g), d.Opened[PlaceName(form.InWhom)+words.Itoa(g)],
		}))
	}
	if d.Form.Groups < rules.MaxSegments {
		body = append(body, kit.Button("link add", w.Text("group.add"), func(goapp.Context, goapp.Event) {
			a.copyGroup(d.Form.Groups-1, d.Form.Groups)
		}).ID("add-group"))
	}
	if d.Form.Groups > 1 && !d.Frame && d.Quote != nil {
		body = append(body, kit.Tag("a").Class("link add").ID("group-ways").Attr("href", d.Href(kit.PlanPath(d.Lang))+"#"+form.MixLink(rules.PurposeOf(d.Stands), d.Scenario)).Body(kit.Text(w.Text("ways.each"))))
	}
	return a.section("2", "section.whom", body...)
}

// A groupView is one of several groups.
type groupView struct {
	of *Column
	setting
	group  int
	groups int // how many there are
	facts  string
	asked  asked
	open   bool // folded out
	opened bool // with its details
}

func (v groupView) Draw() goapp.UI { return v.of.group(v) }

// manyGroups is from how many groups on only the one that is worked on is open.
const manyGroups = 3

// isOpen reports whether a group shows its questions. A mistake opens it for
// good, so that nothing folds over what is being typed.
func (a *Column) isOpen(g int) bool {
	d := a.Desk
	key := GroupKey(g)
	open, known := d.Opened[key]
	if !known {
		open = d.Form.Groups < manyGroups
	}
	for _, m := range d.Mistakes {
		if strings.HasPrefix(m.Path, form.GroupPath(g, "")) {
			open = true
		}
	}
	d.Opened[key] = open
	return open
}

// group is one group of several: what it is in a line, its questions behind it,
// and what can be done with it.
func (a *Column) group(v groupView) goapp.UI {
	d := a.Desk
	id, key := "group-"+words.Itoa(v.group), GroupKey(v.group)
	fold := kit.Tag("details").Class("group-fold").Attr("open", v.open).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { d.Opened[key] = ctx.JSSrc().Get("open").Bool() }, key).
		Body(
			kit.Tag("summary").Body(
				kit.Tag("h3").ID(id).Body(kit.Text(d.GroupName(v.group))),
				kit.Span("group-facts", v.facts),
			),
			a.questionForm("group", form.InWhom, v.group),
		)
	return kit.Tag("section").Class("group-of-many").Attr("aria-labelledby", id).Body(fold, a.groupTools(v.group))
}

func GroupKey(g int) string { return "group" + words.Itoa(g) }

// groupTools move a group, copy it and take it out.
func (a *Column) groupTools(g int) goapp.UI {
	d := a.Desk
	w := d.Words()
	last := d.Form.Groups - 1
	tool := func(name, shape string, works bool, press func()) goapp.UI {
		id := "group-" + name + "-" + words.Itoa(g)
		return kit.Pressable("icon-button", id, func(goapp.Context, goapp.Event) {
			if works {
				press()
			}
		}, id+" of "+words.Itoa(last), kit.Icon(shape)).
			Aria("label", w.Text("group."+name, "name", d.GroupName(g))).Attr("title", w.Text("group.short."+name)).Attr("aria-disabled", !works)
	}
	return kit.Div("group-tools",
		tool("up", "M10 16V4M5 9l5-5 5 5", g > 0, func() { a.MoveGroup(g, g-1, "up") }),
		tool("down", "M10 4v12M5 11l5 5 5-5", g < last, func() { a.MoveGroup(g, g+1, "down") }),
		tool("copy", "M7 7h9v9H7zM13 7V4H4v9h3", d.Form.Groups < rules.MaxSegments, func() { a.copyGroup(g, g+1) }),
		tool("remove", "M5 5l10 10M15 5L5 15", true, func() { a.RemoveGroup(g) }),
	)
}

// arrange puts the groups into another order; what is open goes with them.
func (a *Column) arrange(order []int, arrange func()) {
	d := a.Desk
	for _, part := range []string{GroupKey(0), PlaceName(form.InWhom) + "0", "passed0"} {
		part = strings.TrimSuffix(part, "0")
		was := maps.Clone(d.Opened)
		for to, from := range order {
			if open, known := was[part+words.Itoa(from)]; known {
				d.Opened[part+words.Itoa(to)] = open
			}
		}
	}
	arrange()
	d.Changed()
}

// copyGroup puts a copy of a group at a place and opens it.
func (a *Column) copyGroup(from, at int) {
	d := a.Desk
	a.arrange(slices.Insert(d.Form.Order(), at, from), func() { d.Form.CopyGroup(from, at) })
	for g := range d.Form.Groups {
		if d.Form.Groups >= manyGroups {
			d.Opened[GroupKey(g)] = false
		}
	}
	d.Opened[GroupKey(at)] = true
	d.Said = d.Words().Text("group.done.copy", "name", d.GroupName(at), "all", words.Itoa(d.Form.Groups))
	count := form.GroupPath(at, "recipients")
	d.MoveAfter(count)
	d.Ctx.Defer(func(goapp.Context) { browser.SelectText(count) }) // the number that was copied is written over
}

// RemoveGroup takes a group out.
func (a *Column) RemoveGroup(g int) {
	d := a.Desk
	name := d.GroupName(g)
	a.arrange(slices.Delete(d.Form.Order(), g, g+1), func() { d.Form.RemoveGroup(g) })
	d.Said = d.Words().Text("group.done.remove", "name", name)
	next := min(g, d.Form.Groups-1)
	if d.Form.Groups == 1 {
		d.MoveAfter(form.GroupPath(0, "recipients"))
		return
	}
	d.MoveAfter("group-remove-" + words.Itoa(next))
}

// MoveGroup moves a group to another place; the focus stays on its button.
func (a *Column) MoveGroup(from, to int, tool string) {
	d := a.Desk
	name := d.GroupName(from)
	order := d.Form.Order()
	order[from], order[to] = order[to], order[from]
	a.arrange(order, func() { d.Form.Arrange(order) })
	d.Said = d.Words().Text("group.done.move", "name", name, "n", words.Itoa(to+1), "all", words.Itoa(d.Form.Groups))
	d.MoveAfter("group-" + tool + "-" + words.Itoa(to))
}
