package screen

import (
	"encoding/json"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/words"
)

// FuzzDraft: nothing in the storage can stop the page.
func FuzzDraft(f *testing.F) {
	for _, data := range formtest.HostileDrafts {
		f.Add(data)
	}
	for _, scenario := range formtest.WorkedExamples(f) {
		filled, err := formtest.FormOfText(scenario, formtest.TestDay, "vi")
		if err != nil {
			continue
		}
		data, err := json.Marshal(form.Draft{Values: filled.Values, Groups: filled.Groups, Link: form.LinkOf(scenario), Carried: filled.Carried})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, data string) {
		d, ok := form.ReadDraft(data)
		if !ok {
			return
		}
		tab := formtest.Memory{}
		if outcome := model.StoreDraft(tab, d); outcome != model.Done {
			t.Errorf("%+v is read, but not kept: %d", d, outcome)
		}
		if again, ok := model.LoadDraft(tab); !ok || !formtest.SameDraft(again, d) {
			t.Errorf("%+v is kept as %s", d, tab[model.DraftKey])
		}
		filled := form.New(formtest.TestDay, "vi")
		filled.TakeUp(d)
		s := newScreen("vi", false, filled)
		s.desk.Compute()
		goapp.HTMLString(s)
		filled.Translate("en")
		for filled.Groups > 1 {
			filled.RemoveGroup(filled.Groups - 1)
		}
		s.desk.Compute()
	})
}

func TestWhatCouldNotBeKeptIsToldWhereTheAddressHasItNotEither(t *testing.T) {
	for _, lang := range words.Codes {
		s := screenOf(t, lang, formtest.Jakarta)
		says := func() bool {
			return strings.Contains(goapp.HTMLString(s.news.states()), s.desk.Words().Text("state.draft-lost"))
		}
		s.desk.Form.Set("audience[0].recipients", "x")
		s.desk.Changed() // outside a browser there is no storage
		if !s.desk.DraftLost || !says() {
			t.Errorf("%s: it is not told", lang)
		}
		s.desk.Form.Set("audience[0].recipients", "5")
		if s.desk.Changed(); says() {
			t.Errorf("%s: it is told, although the address has it", lang)
		}
	}
}
