package app

import (
	"maps"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/words"
	"postage/rules"
)

// whom asks for the recipients, group by group.
func (s *screen) whom() goapp.UI {
	w := s.words()
	var body []goapp.UI
	for g := range s.form.groups {
		if s.form.groups == 1 {
			body = append(body, s.questionForm("group", inWhom, 0))
			continue
		}
		body = append(body, s.part(groupView{
			s.setting(), g, s.form.groups, s.groupFacts(g), s.asked(inWhom, g), s.isOpen(g), s.opened[placeName(inWhom)+itoa(g)],
		}))
	}
	if s.form.groups < rules.MaxSegments {
		body = append(body, button("link add", w.text("group.add"), func(goapp.Context, goapp.Event) {
			s.copyGroup(s.form.groups-1, s.form.groups)
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
		open = s.form.groups < manyGroups
	}
	for _, m := range s.mistakes {
		if strings.HasPrefix(m.path, groupPath(g, "")) {
			open = true
		}
	}
	s.opened[key] = open
	return open
}

// group is one group of several: what it is in a line, its questions behind it,
// and what can be done with it.
func (s *screen) group(v groupView) goapp.UI {
	id, key := "group-"+itoa(v.group), groupKey(v.group)
	fold := tag("details").Class("group-fold").Attr("open", v.open).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { s.opened[key] = ctx.JSSrc().Get("open").Bool() }, key).
		Body(
			tag("summary").Body(
				tag("h3").ID(id).Body(text(s.groupName(v.group))),
				span("group-facts", v.facts),
			),
			s.questionForm("group", inWhom, v.group),
		)
	return tag("section").Class("group-of-many").Attr("aria-labelledby", id).Body(fold, s.groupTools(v.group))
}

func groupKey(g int) string { return "group" + itoa(g) }

// groupFacts is a group in a line: how many people, and how they stand to the
// sender.
func (s *screen) groupFacts(g int) string {
	var facts []string
	for _, q := range s.form.questions() {
		if q.place != inWhom || q.group != g {
			continue
		}
		typed := s.form.get(q.path)
		switch q.kind {
		case askCount:
			if d, ok := q.number(typed, s.form.lang); ok && strings.HasSuffix(q.path, ".recipients") {
				facts = append(facts, s.numberWithUnit(q, d))
			}
		case askCountry:
			if _, names := s.countries(); names[typed] != "" {
				facts = append(facts, names[typed])
			}
		case askHours:
			if word := (field{s, q}).recencyWord(); word != "" && word != "?" && !q.more {
				facts = append(facts, s.words().text("recency."+word))
			}
		}
	}
	if total, ok := s.groupTotal(g); ok {
		facts = append(facts, s.words().roundTotal(total.Gross, total.Currency))
	}
	return strings.Join(facts, " · ")
}

// groupTotal is what the messages to a group cost, without what the user adds.
func (s *screen) groupTotal(g int) (rules.Total, bool) {
	if !s.current() || g >= len(s.quote.Segments) {
		return rules.Total{}, false
	}
	return sumOf(s.quote, func(l *rules.Line) bool { return l.Segment != nil && *l.Segment == g })
}

// groupTools move a group, copy it and take it out.
func (s *screen) groupTools(g int) goapp.UI {
	w := s.words()
	last := s.form.groups - 1
	tool := func(name, shape string, works bool, press func()) goapp.UI {
		id := "group-" + name + "-" + itoa(g)
		return pressable("icon-button", id, func(goapp.Context, goapp.Event) {
			if works {
				press()
			}
		}, id+" of "+itoa(last), icon(shape)).
			Aria("label", w.text("group."+name, "name", s.groupName(g))).Attr("title", w.text("group.short."+name)).Attr("aria-disabled", !works)
	}
	return div("group-tools",
		tool("up", "M10 16V4M5 9l5-5 5 5", g > 0, func() { s.moveGroup(g, g-1, "up") }),
		tool("down", "M10 4v12M5 11l5 5 5-5", g < last, func() { s.moveGroup(g, g+1, "down") }),
		tool("copy", "M7 7h9v9H7zM13 7V4H4v9h3", s.form.groups < rules.MaxSegments, func() { s.copyGroup(g, g+1) }),
		tool("remove", "M5 5l10 10M15 5L5 15", true, func() { s.removeGroup(g) }),
	)
}

// arrange puts the groups into another order; what is open goes with them.
func (s *screen) arrange(order []int, arrange func()) {
	for _, part := range []string{groupKey(0), placeName(inWhom) + "0", "passed0"} {
		part = strings.TrimSuffix(part, "0")
		was := maps.Clone(s.opened)
		for to, from := range order {
			if open, known := was[part+itoa(from)]; known {
				s.opened[part+itoa(to)] = open
			}
		}
	}
	arrange()
	s.changed()
}

// copyGroup puts a copy of a group at a place and opens it.
func (s *screen) copyGroup(from, at int) {
	s.arrange(slices.Insert(s.form.order(), at, from), func() { s.form.copyGroup(from, at) })
	for g := range s.form.groups {
		if s.form.groups >= manyGroups {
			s.opened[groupKey(g)] = false
		}
	}
	s.opened[groupKey(at)] = true
	s.said = s.words().text("group.done.copy", "name", s.groupName(at), "all", itoa(s.form.groups))
	s.moveAfter(groupPath(at, "recipients"))
}

// removeGroup takes a group out.
func (s *screen) removeGroup(g int) {
	name := s.groupName(g)
	s.arrange(slices.Delete(s.form.order(), g, g+1), func() { s.form.removeGroup(g) })
	s.said = s.words().text("group.done.remove", "name", name)
	next := min(g, s.form.groups-1)
	if s.form.groups == 1 {
		s.moveAfter(groupPath(0, "recipients"))
		return
	}
	s.moveAfter("group-remove-" + itoa(next))
}

// moveGroup moves a group to another place; the focus stays on its button.
func (s *screen) moveGroup(from, to int, tool string) {
	name := s.groupName(from)
	order := s.form.order()
	order[from], order[to] = order[to], order[from]
	s.arrange(order, func() { s.form.arrange(order) })
	s.said = s.words().text("group.done.move", "name", name, "n", itoa(to+1), "all", itoa(s.form.groups))
	s.moveAfter("group-" + tool + "-" + itoa(to))
}

// groupName is the name that the user gave, as far as it can stand among other
// words, else the group's number.
func (s *screen) groupName(g int) string {
	if name := words.ShortName(s.form.get(groupPath(g, "name"))); name != "" {
		return name
	}
	return s.words().text("group.number", "n", itoa(g+1))
}
