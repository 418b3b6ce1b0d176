package screen

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
)

// screenOf is the screen with a scenario.
func screenOf(t *testing.T, lang, scenario string) *screen {
	t.Helper()
	f, err := formOfText([]byte(scenario), TestDay, lang)
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{Lang: lang, shownLang: lang, form: f}
	if s.compute(); !s.current() {
		t.Fatalf("%s: %v %v", scenario, s.mistakes, s.refused)
	}
	return s
}

const jakarta = `{"on":"2026-11-21","message":{"type":"whatsapp.marketing","template":{"approved":true}},
	"audience":[{"name":"=Jakarta, \"all\"","recipients":50000,"country":"ID","optedIn":true},{"name":"-Bali","recipients":1,"country":"ID","optedIn":false}],
	"pricing":{"markupPercent":"10","convert":{"currency":"VND","rates":{"USD":"26000.125"}}}}`

func TestALinkTellsItsAnswer(t *testing.T) {
	for name, scenario := range workedExamples(t) {
		var q rules.Quote
		answer, ok := rules.Answer(scenario)
		if !ok || json.Unmarshal(answer, &q) != nil {
			continue
		}
		link := form.LinkOf(scenario) + form.ClaimFor(&q, TestDay).Says()
		got, ok := form.ScenarioOf("#" + link)
		if !ok || string(got) != string(scenario) {
			t.Errorf("%s: %s became %s", name, scenario, got)
		}
		c, ok := form.ClaimOf("#" + link)
		if !ok || !c.Agrees(&q) || c.On.String() != TestDay || c.Book != rules.BookVersion() {
			t.Errorf("%s: %s became the claim %+v", name, link, c)
		}
		q.Verdict += "x"
		if c.Agrees(&q) {
			t.Errorf("%s: another verdict goes unnoticed", name)
		}
	}
}

func TestAClaimThatNoPageHasWrittenIsNone(t *testing.T) {
	for _, says := range []string{
		"", "&a=", "&a=<b>_1_VND", "&a=maybe_1_VND", "&a=eligible_1e9_VND", "&a=eligible_-1_VND", "&a=eligible_1_", "&a=eligible_1_vnd", "&a=eligible_1_VNDX",
		"&a=eligible_1_VND&b=%", "&a=eligible_1_VND&x=<b>", "&a=eligible_1_VND&b=\u202e", "&a=eligible_1_VND&d= ",
		"&a=eligible__VND", "&a=eligible_" + strings.Repeat("9", 50) + "_VND", "&a=eligible_1.2.3_VND", "&a=eligible_._VND", "&a=eligible_1_<i>",
	} {
		if c, ok := form.ClaimOf("s=e30" + says); ok {
			t.Errorf("%q is the claim %+v", says, c)
		}
	}
}

func TestALinkWithAnotherAnswerIsToldBesideTodays(t *testing.T) {
	s := screenOf(t, "en", `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"},"perRecipient":1}`)
	scenario := string(s.scenario)
	html := func(link string) string {
		s.hearLink(link)
		return goapp.HTMLString(goapp.Div().Body(s.otherAnswer()))
	}
	base := form.LinkOf([]byte(scenario))
	for _, c := range []struct{ name, says, want string }{
		{"the same answer", form.ClaimFor(s.quote, TestDay).Says(), ""},
		{"an old link without an answer", "", ""},
		{"another total", "&b=00000000&d=2026-10-01&a=eligible_50000_VND", "The link said on 1 Oct 2026|Can be sent · ₫50,000|Can be sent · ₫55,000|have been updated"},
		{"another verdict, no price, no day", "&a=depends__", "The link said<|Depends · No published price|have been updated"},
		{"the same book", "&b=" + rules.BookVersion() + "&d=2026-10-01&a=eligible_5_VND", "may have been altered"},
	} {
		got := html(base + c.says)
		for part := range strings.SplitSeq(c.want, "|") {
			if !strings.Contains(got, part) || (c.want == "") != (s.told == nil) {
				t.Errorf("%s: no %q in %s", c.name, part, got)
			}
		}
	}
	// Another scenario has nothing to do with the link's answer any more.
	html(base + "&a=eligible_50000_VND")
	if link := s.ownLink(); link != base+"&a=eligible_50000_VND" {
		t.Errorf("the link has become %s", link)
	}
	s.form.Set(form.PathPer, "2")
	s.compute()
	if got := goapp.HTMLString(goapp.Div().Body(s.otherAnswer())); strings.Contains(got, "told") || s.ownLink() != s.newLink() {
		t.Errorf("after a change still %s", got)
	}
}

func TestWhatIsOpenedIsReadStrictly(t *testing.T) {
	s := screenOf(t, "en", jakarta)
	s.kept.name = "Hoa Mai"
	file := s.file()
	link := s.newLink()
	for name, c := range map[string]struct{ content, link, name string }{
		"the file":               {file, link, "Hoa Mai"},
		"with a mark before it":  {"\ufeff \n" + file, link, "Hoa Mai"},
		"a bare scenario":        {string(s.scenario), form.LinkOf(s.scenario), ""},
		"an address":             {"https://example.vn/tools/#" + link + "\n", link, ""},
		"a fragment":             {link, link, ""},
		"the answer as text":     {s.plainText() + "#" + link, link, ""},
		"an address in a letter": {"see https://example.vn/#" + link + " please", link, ""},
	} {
		got, called, wrong := linkIn(c.content)
		if wrong != nil || got != c.link || called != c.name {
			t.Errorf("%s: %v, %q\n%s\nnot\n%s", name, wrong, called, got, c.link)
		}
	}
	for content, want := range map[string]string{
		"":                                   ": syntax",
		"hello":                              ": syntax",
		"[]":                                 ": syntax",
		"{":                                  ": syntax",
		"#s=%%":                              ": syntax",
		`{"scenario":{},"postage":2}`:        "postage: unknown-value",
		`{"scenario":{},"nme":"x"}`:          "nme: unknown-field",
		`{"scenario":{},"name":7}`:           "name: wrong-type",
		strings.Repeat(" ", 9) + "null":      ": syntax",
		"x" + strings.Repeat("x", maxImport): ": out-of-range",
	} {
		if _, _, wrong := linkIn(content); wrong == nil || wrong.Path+": "+string(wrong.Code) != want {
			t.Errorf("%.30q: %v, not %s", content, wrong, want)
		}
	}
}

func TestAFileThatCannotBeOpenedSaysWhyAndChangesNothing(t *testing.T) {
	s := screenOf(t, "en", jakarta)
	before := string(s.scenario)
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
		if string(s.scenario) != before || s.kept.panel != panelMore {
			t.Errorf("%s: the form has changed", content)
		}
		if html := goapp.HTMLString(goapp.Div().Body(s.morePanel())); strings.Contains(html, "<img") {
			t.Errorf("markup got in: %s", html)
		}
	}
}

func TestTheTableIsReadAsItWasWritten(t *testing.T) {
	for _, lang := range words.Codes {
		s := screenOf(t, lang, jakarta)
		s.kept.name = "@SUM(A1)\r\nx"
		table := s.table()
		if strings.Count(table, "\n") != strings.Count(table, "\r\n") {
			t.Error("a line does not end with CR LF")
		}
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, row := range rows {
			for i, c := range row {
				if c != "" && strings.ContainsRune("=+-@\t\r\n", rune(c[0])) {
					t.Errorf("a spreadsheet takes %q for a formula", c)
				}
				found[c] = true
				if i >= 3 && i <= 8 && c != "" && strings.Trim(c, "0123456789.") != "" && row[0] != rows[0][0] {
					t.Errorf("%q in column %s is no plain number", c, rows[0][i])
				}
			}
		}
		for _, want := range []string{"'@SUM(A1)  x", "50000", "0.0411", "2055", "205.5", "2260.5", "58773282.5625", "USD", "VND"} {
			if !found[want] {
				t.Errorf("%s: no cell holds %q in\n%s", lang, want, table)
			}
		}
		if !strings.Contains(table, `=Jakarta, ""all""`) {
			t.Errorf("the group is not named in\n%s", table)
		}
	}
	for in, want := range map[string]string{"=1+1": "'=1+1", "+84": "'+84", "-2": "-2", "-2-2": "'-2-2", "@x": "'@x", "\tx": " x", "\r=x": " '=x", " =x": " '=x", `"=x`: `"""'=x"`,
		"a;=x": `"a;'=x"`, `a;"-x`: `"a;""'-x"`, "＝x": "'＝x", "-0.5": "-0.5", "-.5": "'-.5", "-5e3": "'-5e3",
		"a,b": `"a,b"`, `"`: `""""`, "": "", "1-2": "1-2", "a\nb": "a b", "a\r\n=b": "a  =b"} {
		if got := cell(in); got != want {
			t.Errorf("%q becomes %q, not %q", in, got, want)
		}
	}
}

func TestTheTextSaysWhatTheScreenSays(t *testing.T) {
	s := screenOf(t, "en", jakarta)
	s.kept.name = "Hoa Mai"
	got := s.plainText()
	for _, want := range []string{
		"Hoa Mai\nPostage · WhatsApp · Marketing\n", "Can be sent in part. Total: ₫58,773,283.", "50,000 can be sent · 1 cannot",
		"- Marketing · ", "50,000 × $0.0411", ": $2,055.00", "$205.50", "=Jakarta", "Passed: ", "Not passed: ", "Mark-up", "Worked out on 21 Nov 2026, for sending on 21 Nov 2026.", tariffText(words.Of("en")), "#s=",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\u00a0") {
		t.Error("there are spaces that do not break")
	}
}

func TestTheValidityEndsTheDayBeforeTheNextChange(t *testing.T) {
	scenario := `{"on":"2023-06-01","message":{"type":"zalo.uid.transaction"},"audience":[{"recipients":10,"uid":true,"hoursSinceInteraction":1}],"sender":{"tool":"openapi","apiVersion":"v3"}}`
	if got := lastSameDay([]byte(scenario)).String(); got != "2023-06-20" {
		t.Errorf("a free transaction holds until %s", got)
	}
	s := screenOf(t, "en", scenario)
	if got := s.validText(); !strings.Contains(got, "until 20 Jun 2023") {
		t.Errorf("it says %q", got)
	}
	if got := lastSameDay([]byte(strings.Replace(scenario, "2023-06-01", "2026-11-21", 1))); got != 0 {
		t.Errorf("a type that has ended changes on %s", got)
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

// A memory is a storage without an end.
type memory map[string]string

func (m memory) Read(key string) (string, bool) { return m[key], true }

func (m memory) Write(key, text string) bool {
	m[key] = text
	return true
}

func TestEveryPanelHasItsWords(t *testing.T) {
	for _, lang := range words.Codes {
		s := screenOf(t, lang, jakarta)
		s.hearLink(form.LinkOf(s.scenario) + "&a=eligible_1_USD")
		kept := memory{}
		s.kept.shelf = model.NewShelf(kept)
		for i, link := range []string{s.newLink(), form.LinkOf(s.scenario) + "&a=eligible_1_USD", "s=bm8", "s="} {
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

func TestANameIsOneShortLine(t *testing.T) {
	for in, want := range map[string]string{" a \n b\t": "a b", "": "", strings.Repeat("ă", 100): strings.Repeat("ă", words.MaxName)} {
		if got := words.ShortName(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
	s := screenOf(t, "vi", jakarta)
	s.kept.name = `../a:b*"c"`
	if got := s.fileTitle(); got != "Postage - .. a b  c - 2026-11-21" {
		t.Errorf("the file is called %q", got)
	}
}

func TestWhatNoComparedScenarioHasIsLeftOut(t *testing.T) {
	a, b := screenOf(t, "en", jakarta), screenOf(t, "en", strings.Replace(jakarta, "50000", "60000", 1))
	html := goapp.HTMLString(a.comparedTable([]string{"A", "B"}, []*screen{a, b}))
	if a.quote.Schedule != nil || strings.Contains(html, a.words().Text("compared.days")) {
		t.Error("there is a row of days, which neither has")
	}
	for _, key := range []string{"compared.each", "compared.verdict", "compared.out"} {
		if !strings.Contains(html, a.words().Text(key)) {
			t.Errorf("there is no row of %s", key)
		}
	}
}
