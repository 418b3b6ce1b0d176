package screen

import (
	"postage/rules"

	"postage/app/form"
	"postage/app/model"
)

// formOfText is the form of a scenario in JSON.
func formOfText(scenario []byte, today, lang string) (*form.Form, error) {
	s, err := rules.Decode(scenario)
	if err != nil {
		return nil, err
	}
	return form.Of(s, today, lang), nil
}

// scenarioText is what is asked as JSON.
func scenarioText(f *form.Form) ([]byte, []form.Mistake) {
	s, mistakes := f.Scenario()
	return []byte(textOf(s)), mistakes
}

// hearLink listens to a link as one that is opened.
func (s *screen) hearLink(link string) {
	coded, _ := form.ScenarioOf(link)
	if asked, wrong := decode(coded); wrong == nil {
		s.hear(link, &asked)
		return
	}
	s.hear(link, nil)
}

// lastSameDay is the last day on which a scenario in JSON has the same answer.
func lastSameDay(scenario []byte) rules.Date {
	s, err := rules.Decode(scenario)
	if err != nil {
		return 0
	}
	return rules.SameUntil(s, model.LastDay)
}

// quoteOf is the answer to what stands in a form, or the path of what stands in
// its way.
func quoteOf(f *form.Form) (*rules.Quote, string) {
	asked, mistakes := f.Scenario()
	if len(mistakes) > 0 {
		return nil, mistakes[0].Path
	}
	q, wrong := answer(asked)
	if wrong != nil {
		return nil, wrong.Path
	}
	return q, ""
}
