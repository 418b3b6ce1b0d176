package app

import (
	"maps"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// changesKey is the part of the screen that tells when the answer changes.
const changesKey = "changes"

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
	if s.opened[changesKey] {
		body = s.changeItems()
	}
	return tag("section").Class("card changes").ID(changesKey).Attr("tabindex", "-1").Attr("aria-labelledby", changesKey+"-title").Body(
		tag("h2").ID(changesKey+"-title").Body(text(w.text("changes.title"))),
		s.details(changesKey, w.text("changes.show"), "", []goapp.UI{tag("ol").Class("change-list").Body(body...)}),
	)
}

func (s *screen) changeItems() []goapp.UI {
	w := s.words()
	if l := &s.changeList; l.scenario != string(s.scenario) || !maps.Equal(l.values, s.form.values) {
		*l = changeList{string(s.scenario), maps.Clone(s.form.values), changesOf(s.form)}
	}
	today, _ := rules.ParseDate(s.form.today)
	var items []goapp.UI
	for _, c := range slices.Backward(s.changeList.changes) {
		said := s.changeText(c)
		if said == "" {
			continue // only a notice came or went
		}
		class, date := "change", w.date(c.On)
		if c.On > today {
			class, date = "change announced", w.text("changes.announced", "date", date)
		}
		items = append(items, tag("li").Class(class).Body(span("change-day", date), tag("span").Body(text(said))))
	}
	if len(items) == 0 {
		items = append(items, tag("li").Body(text(w.text("changes.none"))))
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
			said = append(said, w.text("changes.to", "before", w.text("verdict."+d.Before), "after", w.text("verdict."+d.After)))
		case "total":
			said = append(said, s.totalChange(d))
		case "error":
			if d.After != "" {
				said = append(said, w.text("changes.no-fit", "field", s.questionTitle(s.form.questions(), d.Code)))
			} else {
				said = append(said, w.text("changes.fit"))
			}
		}
	}
	return strings.Join(said, " · ")
}

func (s *screen) totalChange(d rules.Difference) string {
	w := s.words()
	amount := func(plain string) string {
		if plain == "" {
			return w.text("total.not-in-book")
		}
		return w.plainMoney(plain, d.Currency)
	}
	said := w.text("changes.to", "before", amount(d.Before), "after", amount(d.After))
	if d.By == "" {
		return said
	}
	sign := "+"
	by := d.By
	if rest, ok := strings.CutPrefix(by, "-"); ok {
		sign, by = "−", rest
	}
	return w.text("changes.by", "change", said, "by", sign+w.plainMoney(by, d.Currency))
}
