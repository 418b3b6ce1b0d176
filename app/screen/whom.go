package screen

import (
	"maps"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// whom asks for the recipients, group by group.
func (s *screen) whom() goapp.UI {
	w := s.Words()
	var body []goapp.UI
	for g := range s.Form.Groups {
		if s.Form.Groups == 1 {
			body = append(body, s.questionForm("group", form.InWhom, 0))
			continue
		}
		body = append(body, s.part(groupView{
			s.setting(), g, s.Form.Groups, s.GroupFacts(g), s.asked(form.InWhom, g), s.isOpen(g), s.opened[placeName(form.InWhom)+words.Itoa(g)],
		}))
	}
	if s.Form.Groups < rules.MaxSegments {
		body = append(body, kit.Button("link add", w.Text("group.add"), func(goapp.Context, goapp.Event) {
			s.copyGroup(s.Form.Groups-1, s.Form.Groups)
		}).ID("add-group"))
	}
	return s.section("2", "section.whom", body...)
}

// A groupView is one of several groups.
type groupView struct {
	setting
	group  int
	groups int // how many there are
	facts  string
	asked  asked
	open   bool // folded out
	opened bool // with its details
}

func (v groupView) draw(s *screen) goapp.UI { return s.group(v) }

// manyGroups is from how many groups on only the one that is worked on is open.
const manyGroups = 3

// isOpen reports whether a group shows its questions. A mistake opens it for
// good, so that nothing folds over what is being typed.
func (s *screen) isOpen(g int) bool {
	key := groupKey(g)
	open, known := s.opened[key]
	if !known {
		open = s.Form.Groups < manyGroups
	}
	for _, m := range s.Mistakes {
		if strings.HasPrefix(m.Path, form.GroupPath(g, "")) {
			open = true
		}
	}
	s.opened[key] = open
	return open
}

// group is one group of several: what it is in a line, its questions behind it,
// and what can be done with it.
func (s *screen) group(v groupView) goapp.UI {
	id, key := "group-"+words.Itoa(v.group), groupKey(v.group)
	fold := kit.Tag("details").Class("group-fold").Attr("open", v.open).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { s.opened[key] = ctx.JSSrc().Get("open").Bool() }, key).
		Body(
			kit.Tag("summary").Body(
				kit.Tag("h3").ID(id).Body(kit.Text(s.GroupName(v.group))),
				kit.Span("group-facts", v.facts),
			),
			s.questionForm("group", form.InWhom, v.group),
		)
	return kit.Tag("section").Class("group-of-many").Attr("aria-labelledby", id).Body(fold, s.groupTools(v.group))
}

func groupKey(g int) string { return "group" + words.Itoa(g) }

// groupTools move a group, copy it and take it out.
func (s *screen) groupTools(g int) goapp.UI {
	w := s.Words()
	last := s.Form.Groups - 1
	tool := func(name, shape string, works bool, press func()) goapp.UI {
		id := "group-" + name + "-" + words.Itoa(g)
		return kit.Pressable("icon-button", id, func(goapp.Context, goapp.Event) {
			if works {
				press()
			}
		}, id+" of "+words.Itoa(last), kit.Icon(shape)).
			Aria("label", w.Text("group."+name, "name", s.GroupName(g))).Attr("title", w.Text("group.short."+name)).Attr("aria-disabled", !works)
	}
	return kit.Div("group-tools",
		tool("up", "M10 16V4M5 9l5-5 5 5", g > 0, func() { s.moveGroup(g, g-1, "up") }),
		tool("down", "M10 4v12M5 11l5 5 5-5", g < last, func() { s.moveGroup(g, g+1, "down") }),
		tool("copy", "M7 7h9v9H7zM13 7V4H4v9h3", s.Form.Groups < rules.MaxSegments, func() { s.copyGroup(g, g+1) }),
		tool("remove", "M5 5l10 10M15 5L5 15", true, func() { s.removeGroup(g) }),
	)
}

// arrange puts the groups into another order; what is open goes with them.
func (s *screen) arrange(order []int, arrange func()) {
	for _, part := range []string{groupKey(0), placeName(form.InWhom) + "0", "passed0"} {
		part = strings.TrimSuffix(part, "0")
		was := maps.Clone(s.opened)
		for to, from := range order {
			if open, known := was[part+words.Itoa(from)]; known {
				s.opened[part+words.Itoa(to)] = open
			}
		}
	}
	arrange()
	s.changed()
}

// copyGroup puts a copy of a group at a place and opens it.
func (s *screen) copyGroup(from, at int) {
	s.arrange(slices.Insert(s.Form.Order(), at, from), func() { s.Form.CopyGroup(from, at) })
	for g := range s.Form.Groups {
		if s.Form.Groups >= manyGroups {
			s.opened[groupKey(g)] = false
		}
	}
	s.opened[groupKey(at)] = true
	s.said = s.Words().Text("group.done.copy", "name", s.GroupName(at), "all", words.Itoa(s.Form.Groups))
	s.moveAfter(form.GroupPath(at, "recipients"))
}

// removeGroup takes a group out.
func (s *screen) removeGroup(g int) {
	name := s.GroupName(g)
	s.arrange(slices.Delete(s.Form.Order(), g, g+1), func() { s.Form.RemoveGroup(g) })
	s.said = s.Words().Text("group.done.remove", "name", name)
	next := min(g, s.Form.Groups-1)
	if s.Form.Groups == 1 {
		s.moveAfter(form.GroupPath(0, "recipients"))
		return
	}
	s.moveAfter("group-remove-" + words.Itoa(next))
}

// moveGroup moves a group to another place; the focus stays on its button.
func (s *screen) moveGroup(from, to int, tool string) {
	name := s.GroupName(from)
	order := s.Form.Order()
	order[from], order[to] = order[to], order[from]
	s.arrange(order, func() { s.Form.Arrange(order) })
	s.said = s.Words().Text("group.done.move", "name", name, "n", words.Itoa(to+1), "all", words.Itoa(s.Form.Groups))
	s.moveAfter("group-" + tool + "-" + words.Itoa(to))
}
