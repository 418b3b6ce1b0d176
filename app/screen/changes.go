package screen

import (
	"maps"
	"slices"
	"strings"

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
func (s *screen) changes() goapp.UI {
	w := s.words()
	var body []goapp.UI
	if s.opened[ChangesKey] {
		body = s.changeItems()
	}
	return kit.Tag("section").Class("card changes").ID(ChangesKey).Attr("tabindex", "-1").Attr("aria-labelledby", ChangesKey+"-title").Body(
		kit.Tag("h2").ID(ChangesKey+"-title").Body(kit.Text(w.Text("changes.title"))),
		s.details(ChangesKey, w.Text("changes.show"), "", []goapp.UI{kit.Tag("ol").Class("change-list").Body(body...)}),
	)
}

func (s *screen) changeItems() []goapp.UI {
	w := s.words()
	if l := &s.changeList; l.scenario != string(s.scenario) || !maps.Equal(l.values, s.form.Values) {
		*l = changeList{string(s.scenario), maps.Clone(s.form.Values), model.ChangesOf(s.form)}
	}
	today, _ := rules.ParseDate(s.form.Today)
	var items []goapp.UI
	for _, c := range slices.Backward(s.changeList.changes) {
		said := s.changeText(c)
		if said == "" {
			continue // only a notice came or went
		}
		class, date := "change", w.Date(c.On)
		if c.On > today {
			class, date = "change announced", w.Text("changes.announced", "date", date)
		}
		items = append(items, kit.Tag("li").Class(class).Body(kit.Span("change-day", date), kit.Tag("span").Body(kit.Text(said))))
	}
	if len(items) == 0 {
		items = append(items, kit.Tag("li").Body(kit.Text(w.Text("changes.none"))))
	}
	return items
}

// changeText says what changes for the verdict and the cost; empty where
// neither does.
func (s *screen) changeText(c rules.Change) string {
	w := s.words()
	var said []string
	for _, d := range c.Differences {
		switch d.What {
		case "verdict":
			said = append(said, w.Text("changes.to", "before", w.Text("verdict."+d.Before), "after", w.Text("verdict."+d.After)))
		case "total":
			said = append(said, s.totalChange(d))
		case "error":
			if d.After != "" {
				said = append(said, w.Text("changes.no-fit", "field", s.questionTitle(s.form.Questions(), d.Code)))
			} else {
				said = append(said, w.Text("changes.fit"))
			}
		}
	}
	return strings.Join(said, " · ")
}

func (s *screen) totalChange(d rules.Difference) string {
	w := s.words()
	amount := func(plain string) string {
		if plain == "" {
			return w.Text("total.not-in-book")
		}
		return w.PlainMoney(plain, d.Currency)
	}
	said := w.Text("changes.to", "before", amount(d.Before), "after", amount(d.After))
	if d.By == "" {
		return said
	}
	sign := "+"
	by := d.By
	if rest, ok := strings.CutPrefix(by, "-"); ok {
		sign, by = "−", rest
	}
	return w.Text("changes.by", "change", said, "by", sign+w.PlainMoney(by, d.Currency))
}
