package screen

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/report"
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
	s := screenWith(lang, false, f)
	if s.compute(); !s.Current() {
		t.Fatalf("%s: %v %v", scenario, s.Mistakes, s.Refused)
	}
	return s
}

func TestALinkWithAnotherAnswerIsToldBesideTodays(t *testing.T) {
	s := screenOf(t, "en", `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"},"perRecipient":1}`)
	scenario := string(s.Scenario)
	html := func(link string) string {
		s.hearLink(link)
		return goapp.HTMLString(goapp.Div().Body(s.otherAnswer()))
	}
	base := form.LinkOf([]byte(scenario))
	for _, c := range []struct{ name, says, want string }{
		{"the same answer", form.ClaimFor(s.Quote, formtest.TestDay).Says(), ""},
		{"an old link without an answer", "", ""},
		{"another total", "&b=00000000&d=2026-10-01&a=eligible_50000_VND", "The link said on 1 Oct 2026|Can be sent · ₫50,000|Can be sent · ₫55,000|have been updated"},
		{"another verdict, no price, no day", "&a=depends__", "The link said<|Depends · No published price|have been updated"},
		{"the same book", "&b=" + rules.BookVersion() + "&d=2026-10-01&a=eligible_5_VND", "may have been altered"},
	} {
		got := html(base + c.says)
		for part := range strings.SplitSeq(c.want, "|") {
			if !strings.Contains(got, part) || (c.want == "") != (s.Told == nil) {
				t.Errorf("%s: no %q in %s", c.name, part, got)
			}
		}
	}
	// Another scenario has nothing to do with the link's answer any more.
	html(base + "&a=eligible_50000_VND")
	if link := s.OwnLink(); link != base+"&a=eligible_50000_VND" {
		t.Errorf("the link has become %s", link)
	}
	s.Form.Set(form.PathPer, "2")
	s.compute()
	if got := goapp.HTMLString(goapp.Div().Body(s.otherAnswer())); strings.Contains(got, "told") || s.OwnLink() != s.NewLink() {
		t.Errorf("after a change still %s", got)
	}
}

func TestAFileThatCannotBeOpenedSaysWhyAndChangesNothing(t *testing.T) {
	s := screenOf(t, "en", formtest.Jakarta)
	before := string(s.Scenario)
	for content, want := range map[string]string{
		`{"on":"2026-11-21","message":{"type":"whatsapp.service"},"audience":[{"recipients":0,"country":"VN"}]}`: "How many people (audience[0].recipients): it is outside its limits.",
		`{"on":"2026-13-21","message":{"type":"zalo.zns"},"audience":[{"recipients":1}]}`:                        "Day of sending (on): ",
		`{"on":"2026-11-21","message":{"type":"x"},"audience":[{"recipients":1}]}`:                               "Message type (message.type): there is no such value",
		`{"on":"2026-11-21","message":{"type":"zalo.zns"},"audience":[{"recipients":1}],"<img src=x>":1}`:        "<img src=x>: Postage does not know this field.",
		`{"scenario":{"on":"2026-11-21"},"postage":1}`:                                                           "message: it is missing.",
		`nonsense`: "The content: it is neither JSON nor a link",
	} {
		s.openText(content)
		if !strings.Contains(s.kept.problem, want) {
			t.Errorf("%s: %q has no %q", content, s.kept.problem, want)
		}
		if string(s.Scenario) != before || s.kept.panel != panelMore {
			t.Errorf("%s: the form has changed", content)
		}
		if html := goapp.HTMLString(goapp.Div().Body(s.morePanel())); strings.Contains(html, "<img") {
			t.Errorf("markup got in: %s", html)
		}
	}
}

func TestComparedScenariosShowWhereTheyDiffer(t *testing.T) {
	one := `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"}}`
	s := screenOf(t, "en", one)
	var items []model.Saved
	for i, scenario := range []string{strings.Replace(one, "1000", "2000", 1), strings.Replace(one, ":120", ":999", 1), "nonsense"} {
		items = append(items, model.Saved{ID: int64(i + 1), Name: "<b>" + words.Itoa(i), Link: form.LinkOf([]byte(scenario))})
	}
	s.kept.shelf = model.ShelfOf(items...)
	s.kept.compared = []int64{0, 1, 2, 3}
	html := goapp.HTMLString(goapp.Div().Body(s.saved()))
	for _, want := range []string{"The one on the screen", "&lt;b&gt;0", "₫110,000", "Cannot be sent", "How many people", "2,000", "When did they last interact", "cannot answer this one"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q in\n%s", want, html)
		}
	}
	if strings.Contains(html, "Sent with") || strings.Contains(html, "<b>") {
		t.Errorf("it shows too much:\n%s", html)
	}
}

func TestEveryPanelHasItsWords(t *testing.T) {
	for _, lang := range words.Codes {
		s := screenOf(t, lang, formtest.Jakarta)
		s.hearLink(form.LinkOf(s.Scenario) + "&a=eligible_1_USD")
		kept := formtest.Memory{}
		s.kept.shelf = model.NewShelf(kept)
		for i, link := range []string{s.NewLink(), form.LinkOf(s.Scenario) + "&a=eligible_1_USD", "s=bm8", "s="} {
			s.kept.shelf.Save(strings.Repeat("x", i+1), link, int64(i+1))
		}
		renamed := s.kept.shelf.Items()[0]
		s.kept.compared, s.kept.shares = []int64{0, renamed.ID}, true
		saids := []string{"", "saved.deleted", "saved.back", "saved.back.more", "saved.stuck", "saved.no-place"}
		for state := range 2 * len(saids) {
			s.kept.lasting, s.kept.fades = state > 0, state%3 == 0
			s.kept.shelfSaid = shelfSaid{saids[state/2], "w", 51}
			s.kept.renaming, s.kept.renameWrong = model.Saved{}, saids[4+state%2]
			switch state {
			case 2:
				s.kept.shelf.Delete(s.kept.shelf.Items()[3])
				kept[model.SavedKey] = strings.Replace(kept[model.SavedKey], `[{`, `[7,{`, 1)
				s.kept.shelf.Read()
			case 3, 4:
				s.kept.renaming = renamed
			case 5:
				s.kept.renaming, s.kept.renameWrong = model.Saved{ID: 99, Name: "v"}, ""
			}
			for _, panel := range []string{"", panelByHand, panelSave, panelMore} {
				s.kept.panel = panel
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

func TestWhatNoComparedScenarioHasIsLeftOut(t *testing.T) {
	a, b := screenOf(t, "en", formtest.Jakarta), screenOf(t, "en", strings.Replace(formtest.Jakarta, "50000", "60000", 1))
	html := goapp.HTMLString(a.comparedTable([]string{"A", "B"}, []*report.Report{&a.answerReport, &b.answerReport}))
	if a.Quote.Schedule != nil || strings.Contains(html, a.Words().Text("compared.days")) {
		t.Error("there is a row of days, which neither has")
	}
	for _, key := range []string{"compared.each", "compared.verdict", "compared.out"} {
		if !strings.Contains(html, a.Words().Text(key)) {
			t.Errorf("there is no row of %s", key)
		}
	}
}
