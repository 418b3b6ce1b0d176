package screen

import (
	"postage/app/form"
	"postage/app/model"
)

// hearLink listens to a link as one that is opened.
func (s *screen) hearLink(link string) {
	coded, _ := form.ScenarioOf(link)
	if asked, wrong := model.Decode(coded); wrong == nil {
		s.desk.Hear(link, &asked)
		return
	}
	s.desk.Hear(link, nil)
}
