package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// whom asks for the recipients, group by group.
func (s *screen) whom() goapp.UI {
	w := s.words()
	var body []goapp.UI
	for g := range s.form.groups {
		if s.form.groups == 1 {
			body = append(body, div("group", s.fields(inWhom, 0)...))
			continue
		}
		body = append(body, s.part(groupView{s.setting(), g, s.asked(inWhom, g), s.opened[placeName(inWhom)+itoa(g)]}))
	}
	if s.form.groups < rules.MaxSegments {
		last := s.form.groups - 1
		body = append(body, button("link add", w.text("group.add"), func(goapp.Context, goapp.Event) {
			s.form.addGroup(s.form.groups - 1)
			s.changed()
			s.moveAfter(groupPath(s.form.groups-1, "recipients"))
		}).ID("add-group").Attr("data-after", itoa(last)))
	}
	return s.section("2", "section.whom", body...)
}

// A groupView is one of several groups.
type groupView struct {
	setting
	group  int
	asked  asked
	opened bool
}

func (v groupView) draw(s *screen) goapp.UI { return s.group(v.group) }

func (s *screen) group(g int) goapp.UI {
	w := s.words()
	id := "group-" + itoa(g)
	head := div("group-head",
		tag("h3").ID(id).Body(text(s.groupName(g))),
		button("link", w.text("group.remove"), func(goapp.Context, goapp.Event) {
			s.removeGroup(g)
			s.moveAfter(groupPath(min(g, s.form.groups-1), "recipients"))
		}, g).Attr("aria-describedby", id),
	)
	return tag("section").Class("group group-of-many").Attr("aria-labelledby", id).
		Body(append([]goapp.UI{head}, s.fields(inWhom, g)...)...)
}

// removeGroup takes a group out; what is open moves up with the groups behind it.
func (s *screen) removeGroup(g int) {
	for i := g; i < s.form.groups; i++ {
		for _, part := range []string{placeName(inWhom), "passed"} {
			s.opened[part+itoa(i)] = s.opened[part+itoa(i+1)]
		}
	}
	s.form.removeGroup(g)
	s.changed()
}

// groupName is the name that the user gave, else the group's number.
func (s *screen) groupName(g int) string {
	if name := s.form.get(groupPath(g, "name")); name != "" {
		return name
	}
	return s.words().text("group.number", "n", itoa(g+1))
}
