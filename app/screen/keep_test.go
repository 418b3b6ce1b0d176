package screen

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/screen/keep"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
)

// screenOf is the screen with a scenario.
func screenOf(t *testing.T, lang, scenario string) *screen {
	t.Helper()
	f, err := formtest.FormOfText([]byte(scenario), formtest.TestDay, lang)
	if err != nil {
		t.Fatal(err)
	}
	s := newScreen(lang, false, f)
	if s.desk.Compute(); !s.desk.Current() {
		t.Fatalf("%s: %v %v", scenario, s.desk.Mistakes, s.desk.Refused)
	}
	return s
}

func TestEveryPanelHasItsWords(t *testing.T) {
	for _, lang := range words.Codes {
		s := screenOf(t, lang, formtest.Jakarta)
		s.hearLink(form.LinkOf(s.desk.Scenario) + "&a=eligible_1_USD")
		kept := formtest.Memory{}
		s.shelf.Kept = model.NewShelf(kept)
		for i, link := range []string{s.desk.NewLink(), form.LinkOf(s.desk.Scenario) + "&a=eligible_1_USD", "s=bm8", "s="} {
			s.shelf.Kept.Save(strings.Repeat("x", i+1), link, int64(i+1))
		}
		renamed := s.shelf.Kept.Items()[0]
		s.shelf.Compared, s.tools.Shares = []int64{0, renamed.ID}, true
		saids := []string{"", "saved.deleted", "saved.back", "saved.back.more", "saved.stuck", "saved.no-place"}
		for state := range 2 * len(saids) {
			s.shelf.Lasting, s.shelf.Fades = state > 0, state%3 == 0
			s.shelf.Done = keep.ShelfSaid{Key: saids[state/2], Name: "w", N: 51}
			s.shelf.Renaming, s.shelf.RenameWrong = model.Saved{}, saids[4+state%2]
			switch state {
			case 2:
				s.shelf.Kept.Delete(s.shelf.Kept.Items()[3])
				kept[model.SavedKey] = strings.Replace(kept[model.SavedKey], `[{`, `[7,{`, 1)
				s.shelf.Kept.Read()
			case 3, 4:
				s.shelf.Renaming = renamed
			case 5:
				s.shelf.Renaming, s.shelf.RenameWrong = model.Saved{ID: 99, Name: "v"}, ""
			}
			for _, panel := range []string{"", keep.PanelByHand, keep.PanelSave, keep.PanelMore} {
				s.tools.Panel = panel
				for said := range wordstest.TextsIn(goapp.HTMLString(s)) {
					if left := wordstest.LeftOver(said, wordstest.KeySections()); left != "" {
						t.Errorf("%s, %q shows %q in %q", lang, panel, left, said)
					}
				}
			}
		}
		for _, code := range []rules.Code{rules.Syntax, rules.UnknownField, rules.WrongType, rules.Required, rules.OutOfRange, rules.UnknownValue, rules.Conflict} {
			if !words.Of(lang).Has("import." + string(code)) {
				t.Errorf("%s has no text for the mistake %s", lang, code)
			}
		}
		columns := strings.Count(words.Of(words.Codes[0]).Text("csv.header"), "|")
		if got := strings.Count(words.Of(lang).Text("csv.header"), "|"); got != columns || columns != 11 {
			t.Errorf("%s: the table has %d columns", lang, got+1)
		}
	}
}

// TestAQuoteTakesItsNameAlong: whoever opens the address of an answer that has a name
// is told it first, in the strip and where the address is pasted.
func TestAQuoteTakesItsNameAlong(t *testing.T) {
	sent := screenOf(t, "en", formtest.Jakarta)
	sent.desk.Name = "Tết for Hoa Mai"
	_, link, _ := strings.Cut(sent.desk.Address(), "#")
	if pasted, name, wrong := model.LinkIn("https://postage.example/#" + link); wrong != nil || name != sent.desk.Name || pasted != link {
		t.Errorf("the pasted address is %s with the name %q, %v", pasted, name, wrong)
	}
	got := screenOf(t, "en", formtest.Jakarta)
	got.desk.Name = form.NameIn(link)
	if got.desk.SayShared(); !strings.HasPrefix(got.desk.Arrived.Said, "“Tết for Hoa Mai”, a shared quote: ") {
		t.Errorf("the strip says %q", got.desk.Arrived.Said)
	}
	got.desk.Name = ""
	if got.desk.SayShared(); !strings.HasPrefix(got.desk.Arrived.Said, "A shared quote: ") {
		t.Errorf("without a name the strip says %q", got.desk.Arrived.Said)
	}
}
