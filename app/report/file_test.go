package report

import (
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
)

func TestWhatIsOpenedIsReadStrictly(t *testing.T) {
	s := reportOf(t, "en", formtest.Jakarta)
	s.Name = "Hoa Mai"
	file := s.File()
	link := s.NewLink()
	for name, c := range map[string]struct{ content, link, name string }{
		"the file":               {file, link, "Hoa Mai"},
		"with a mark before it":  {"\ufeff \n" + file, link, "Hoa Mai"},
		"a bare scenario":        {string(s.Scenario), form.LinkOf(s.Scenario), ""},
		"an address":             {"https://example.vn/tools/#" + link + "\n", link, ""},
		"a fragment":             {link, link, ""},
		"the answer as text":     {s.PlainText(), link + form.NamePart(s.Name), s.Name},
		"an address in a letter": {"see https://example.vn/#" + link + " please", link, ""},
	} {
		got, called, wrong := model.LinkIn(c.content)
		if wrong != nil || got != c.link || called != c.name {
			t.Errorf("%s: %v, %q\n%s\nnot\n%s", name, wrong, called, got, c.link)
		}
	}
	for content, want := range map[string]string{
		"":                              ": syntax",
		"hello":                         ": syntax",
		"[]":                            ": syntax",
		"{":                             ": syntax",
		"#s=%%":                         ": syntax",
		`{"scenario":{},"postage":2}`:   "postage: unknown-value",
		`{"scenario":{},"nme":"x"}`:     "nme: unknown-field",
		`{"scenario":{},"name":7}`:      "name: wrong-type",
		strings.Repeat(" ", 9) + "null": ": syntax",
		"x" + strings.Repeat("x", model.MaxImport): ": out-of-range",
	} {
		if _, _, wrong := model.LinkIn(content); wrong == nil || wrong.Path+": "+string(wrong.Code) != want {
			t.Errorf("%.30q: %v, not %s", content, wrong, want)
		}
	}
}
