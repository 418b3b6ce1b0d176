package planning

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/plan"
	"postage/app/planning/spreadsheet"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
)

// workedPlans are the plans of the rules' test data that are sound.
func workedPlans(t *testing.T) (plans []rules.Plan) {
	t.Helper()
	files, err := filepath.Glob("../../rules/testdata/cases/plans/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no worked plans: %v", err)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var one struct{ Plan json.RawMessage }
			if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
				t.Fatal(err)
			}
			if p, err := rules.DecodePlan(one.Plan); err == nil {
				plans = append(plans, p)
			}
		}
	}
	return plans
}

// workedMix is a plan of one message to a group that is reached, one of which something
// is not known, and one that nothing reaches.
func workedMix(t *testing.T) rules.Plan {
	t.Helper()
	p, err := rules.DecodePlan([]byte(`{"items":[{"name":"x","on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2026-03-16"}},` +
		`"audience":[{"recipients":10,"uid":true,"phone":false,"hoursSinceInteraction":72},{"recipients":20,"uid":false,"phone":true,"careWithin6Months":true},{"recipients":30,"uid":false,"phone":false,"follows":false}]}],` +
		`"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[60000,60000]},"pricing":{"markupPercent":"10"}}`))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// memory is a device's storage.
type memory map[string]string

func (m memory) Read(key string) (string, bool) { return m[key], true }
func (m memory) Write(key, text string) bool    { m[key] = text; return true }

// states are works in all that a page can show, by what they are.
func states(t *testing.T, lang string) map[string]*work {
	t.Helper()
	example := func() *work { return workOf(plan.Example(words.Of(lang), formtest.TestDay), lang, formtest.TestDay) }
	list := map[string]*work{"empty": workOf(plan.Plan{Lang: lang}, lang, formtest.TestDay), "the example": example()}
	wrong := example()
	wrong.open = 1
	wrong.plan.SetAnswer(0, "audience[0].recipients", "12,x", formtest.TestDay)
	wrong.plan.SetAnswer(1, plan.PathUntil, "2020-01-01", formtest.TestDay)
	wrong.plan.Balance = map[string]string{"VND": "x", "USD": ""}
	wrong.compute()
	list["mistakes"] = wrong
	none := example()
	for i := range none.plan.Items {
		none.plan.SetAnswer(i, "on", "2026-02-30", formtest.TestDay)
	}
	none.compute()
	list["nothing to answer"] = none
	many := example()
	for range rules.MaxItems {
		many.plan.Copy(0)
	}
	many.compute()
	list["more than there may be"] = many
	told := example()
	told.renaming, told.badLink, told.arrived, told.lost, told.unreadable, told.updateReady, told.offline, told.noWords = true, true, true, true, true, true, true, lang
	told.panel, told.problem, told.shares = panelMore, "x", true
	list["all that it tells"] = told
	shelved := example()
	shelved.shelf = model.NewShelfUnder(memory{}, plan.KeySaved)
	for _, link := range []string{shelved.answer.Link("a", formtest.TestDay), "p=e30", shelved.answer.Link("b", formtest.TestDay) + "x"} {
		if _, outcome := shelved.shelf.Save("name", link, 1); outcome != model.Done {
			t.Fatal(outcome)
		}
	}
	shelved.compared = []int64{0, 1, 2, 3}
	shelved.hear("&b=00000000&d=2026-10-01&a=eligible_1000000_VND")
	list["saved ones"] = shelved
	mixing := example()
	mixing.plan = plan.Of(workedMix(t), formtest.TestDay, lang)
	mixing.compute()
	mixing.open = 1
	list["a row that can be mixed"] = mixing
	for name, counted := range map[string]bool{"a mix": false, "a mix with what depends": true} {
		w := workOf(mixing.plan, lang, formtest.TestDay)
		mixes{w}.openMix(w.answer.MixingOf(&w.plan, 0))
		list["a mix that is looked for"] = w
		w = workOf(mixing.plan, lang, formtest.TestDay)
		mixes{w}.openMix(w.answer.MixingOf(&w.plan, 0))
		w.mixing.Mix, w.mixing.Counted = w.mixing.Find(func() {}), counted
		list[name] = w
	}
	framed := func(p plan.Plan, o model.FrameOptions) *work {
		w := workOf(p, lang, formtest.TestDay)
		w.report.Frame, w.report.Options = true, o
		w.compute()
		w.open = 1
		return w
	}
	priced := model.FrameOptions{Preset: map[string]string{"pricing.markupPercent": "10", "pricing.markupPerMessage@USD": "1"}, Fixed: true, Lead: "mailto:a@b.example"}
	list["a frame"] = framed(example().plan, priced)
	list["a frame with nothing"] = framed(plan.Plan{Lang: lang}, priced)
	list["a frame to be read only"] = framed(example().plan, model.FrameOptions{ReadOnly: true, Lead: "event"})
	list["a frame with nothing on offer"] = framed(plan.Plan{Lang: lang}, model.FrameOptions{Types: []rules.MessageType{rules.ZNS}})
	list["a frame with mistakes"] = framed(wrong.plan, model.FrameOptions{})
	by := example()
	by.panel, by.byHand = panelByHand, "x"
	list["to copy by hand"] = by
	return list
}

func TestNoPlanShowsAKeyOrAPlaceholder(t *testing.T) {
	sections := wordstest.KeySections()
	look := func(name string, w *work, lang string) {
		t.Helper()
		html := goapp.HTMLString(&Page{Lang: lang, Frame: w.report.Frame, work: w})
		for said := range wordstest.TextsIn(html) {
			if left := wordstest.LeftOver(said, sections); left != "" {
				t.Errorf("%s in %s shows %q in %q", name, lang, left, said)
			}
		}
	}
	for _, lang := range words.Codes {
		for name, w := range states(t, lang) {
			look(name, w, lang)
		}
	}
	for i, asked := range workedPlans(t) {
		lang := words.Codes[i%len(words.Codes)]
		w := workOf(plan.Of(asked, formtest.TestDay, lang), lang, formtest.TestDay)
		w.days, w.told, w.open = true, true, int64(1+i%len(w.plan.Items))
		look("a worked plan", w, lang)
	}
}

// TestEveryTextOfThePlanIsUsed finds texts that no code names.
func TestEveryTextOfThePlanIsUsed(t *testing.T) {
	var code strings.Builder
	for _, folder := range []string{".", "../plan", "../pages", "../page", "../screen/keep", "../screen", "mixed", "calendar", "packages", "under", "spreadsheet"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(text)
		}
	}
	var text []byte
	for _, file := range []string{"plan.txt", "plan/plan.txt", "plan/mix.txt", "plan/planframe.txt"} {
		more, err := os.ReadFile("../words/vi/" + file)
		if err != nil {
			t.Fatal(err)
		}
		text = append(append(text, more...), '\n')
	}
	plural := regexp.MustCompile(`\.(one|few|many|other)$`)
	for line := range strings.Lines(string(text)) {
		key, _, ok := strings.Cut(line, " = ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		key = plural.ReplaceAllString(key, "")
		named := strings.Contains(code.String(), `"`+key+`"`)
		for start, more := key, true; more && !named; {
			if start, _, more = words.CutLast(start); more {
				named = strings.Contains(code.String(), `"`+start+`."`)
			}
		}
		if !named && !strings.HasSuffix(key, ".about") && !strings.HasPrefix(key, "mistake.") {
			t.Errorf("nothing names %s", key)
		}
	}
}

func TestAChangeCanBeUndone(t *testing.T) {
	w := workOf(plan.Example(words.Of("vi"), formtest.TestDay), "vi", formtest.TestDay)
	w.keeper = plan.NewKeeper(memory{})
	w.history.Note(&w.plan)
	before := w.answer.Text()
	w.plan.Remove(0)
	w.changed()
	if w.answer.Text() == before || w.lost {
		t.Fatalf("nothing has changed, or it is lost: %v", w.lost)
	}
	w.step(undo)
	if w.answer.Text() != before {
		t.Errorf("undone it is %s\nnot %s", w.answer.Text(), before)
	}
	w.take(plan.Plan{Lang: "vi"})
	w.goBack()
	if w.answer.Text() != before {
		t.Error("the plan before is lost")
	}
}

// TestOneDayMakesNoPicture: a bar over all the width says nothing; the table has the day.
func TestOneDayMakesNoPicture(t *testing.T) {
	html := func(p plan.Plan) string {
		return goapp.HTMLString(&Page{Lang: "en", work: workOf(p, "en", formtest.TestDay)})
	}
	if got := html(plan.Example(words.Of("en"), formtest.TestDay)); !strings.Contains(got, `data-is="chart`) && !strings.Contains(got, "plan-strip") {
		t.Error("a plan of many days has no picture of them")
	}
	got := html(plan.Of(workedMix(t), formtest.TestDay, "en"))
	if strings.Contains(got, "plan-strip") || !strings.Contains(got, `id="plan-calendar"`) || !strings.Contains(got, "Day by day") {
		t.Error("a plan of one day has a picture of it, or nothing of its day at all")
	}
}

// A total at prices that nobody has announced says so where it stands, not in a fold.
func TestATotalSaysThatItsPricesAreNotAnnounced(t *testing.T) {
	for _, lang := range words.Codes {
		html := func(on string) string {
			p, err := rules.DecodePlan([]byte(`{"items":[{"on":"` + on + `","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":10,"optedIn":true,"country":"VN"}]}]}`))
			if err != nil {
				t.Fatal(err)
			}
			return goapp.HTMLString(&Page{Lang: lang, work: workOf(plan.Of(p, formtest.TestDay, lang), lang, formtest.TestDay)})
		}
		said := goapp.HTMLString(goapp.Text(words.Of(lang).Text("notice." + rules.NotAnnounced)))
		if got := html("2027-01-15"); strings.Count(got, said) != 1 {
			t.Errorf("%s: no %q in %s", lang, said, got)
		}
		if got := html("2026-12-15"); strings.Contains(got, said) {
			t.Errorf("%s: %q of a day whose prices are announced", lang, said)
		}
		// Nor is a plan of announced prices silent about another day's.
		p, _ := rules.DecodePlan([]byte(`{"items":[{"on":"2026-12-15","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":10,"optedIn":true,"country":"VN"}]}]}`))
		w := workOf(plan.Of(p, formtest.TestDay, lang), lang, formtest.TestDay)
		for day, want := range map[string]bool{"2026-12-20": false, "2027-07-01": true} {
			w.underDay = day
			if is := strings.Contains(goapp.HTMLString(w.under().Draw()), said); is != want {
				t.Errorf("%s, at the prices of %s it is said: %v", lang, day, is)
			}
		}
	}
}

// TestSeveralBroadcastsAreSaidToGoToDifferentPeople, as a plan does not know better.
func TestSeveralBroadcastsAreSaidToGoToDifferentPeople(t *testing.T) {
	const broadcast = `{"on":"2026-12-05","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":10,"follows":true}]}`
	for _, lang := range words.Codes {
		said := goapp.HTMLString(goapp.Text(words.Of(lang).Text("plan.broadcasts")))
		short := goapp.HTMLString(goapp.Text(words.Of(lang).Text("plan.broadcasts.short"))) // beside the verdict
		for items, want := range map[string]bool{broadcast: false, broadcast + "," + broadcast: true} {
			p, err := rules.DecodePlan([]byte(`{"items":[` + items + `]}`))
			if err != nil {
				t.Fatal(err)
			}
			got := goapp.HTMLString(&Page{Lang: lang, work: workOf(plan.Of(p, formtest.TestDay, lang), lang, formtest.TestDay)})
			if is, at := strings.Contains(got, said), strings.Contains(got, short); is != want || at != want {
				t.Errorf("%s: of %s it is said: %v, at the stamp: %v", lang, items, is, at)
			}
		}
	}
}

// TestWhatEachMayGetOnlySoOftenGoesToTheSamePeople: a weekly newsletter does, orders don't.
func TestWhatEachMayGetOnlySoOftenGoesToTheSamePeople(t *testing.T) {
	for item, want := range map[string]bool{
		`{"on":"2026-12-05","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":10,"follows":true}]}`:                                          true,
		`{"on":"2026-12-05","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":10,"phone":true}]}`: false,
	} {
		p, err := rules.DecodePlan([]byte(`{"items":[` + item + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		w := workOf(plan.Of(p, formtest.TestDay, "vi"), "vi", formtest.TestDay)
		items{w}.repeat(0, rules.EveryWeek)
		if got := w.plan.Items[0].Same; got != want {
			t.Errorf("%s each week goes to the same people: %v", item, got)
		}
		items{w}.answerSame(0, !want) // one's own answer
		for _, every := range []rules.Every{rules.EveryMonth, "", rules.EveryDay} {
			items{w}.repeat(0, every)
			if got := w.plan.Items[0].Same; got != (!want && every != "") {
				t.Errorf("%s: of what is sent %q it is said: %v", item, every, got)
			}
		}
	}
}

// TestTheStampSaysWhatTheTotalIsWithout: the fee of a package, and which message a verdict
// hangs on.
func TestTheStampSaysWhatTheTotalIsWithout(t *testing.T) {
	const zns = `{"name":"order","on":"2026-12-05","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":10,"phone":true}]}`
	const whatsapp = `{"on":"2026-12-05","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":10,"optedIn":true,"country":"VN"}]}`
	const barred = `{"name":"offer","on":"2026-12-05","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":false}},"audience":[{"recipients":10,"phone":true}]}`
	day, _ := rules.ParseDate("2026-12-05")
	for _, lang := range words.Codes {
		w := words.Of(lang)
		said := func(key string, args ...string) string { return goapp.HTMLString(goapp.Text(w.Text(key, args...))) }
		fee, _ := rules.PackageFee(rules.PackageGrowth, day)
		unpaid, withFee := said("packages.unpaid"), strings.Split(w.Text("packages.unpaid.fee"), "{fee}")[0]
		for _, c := range []struct{ items, sender, has, hasNot string }{
			{zns, `{}`, unpaid, w.RoundTotal(fee, "VND")},
			{zns, `{"oaPackage":"growth"}`, said("packages.unpaid.fee", "fee", w.RoundTotal(fee, "VND")), ""},
			{zns, `{"oaPackage":"growth","includePackageFee":true}`, "", withFee},
			{whatsapp, `{}`, "", unpaid},
			{zns + "," + barred, `{"oaPackage":"growth"}`, "offer: ", "order: "},
		} {
			p, err := rules.DecodePlan([]byte(`{"items":[` + c.items + `],"sender":` + c.sender + `}`))
			if err != nil {
				t.Fatal(err)
			}
			got := goapp.HTMLString(reply{workOf(plan.Of(p, formtest.TestDay, lang), lang, formtest.TestDay)}.draw())
			if !strings.Contains(got, c.has) || c.hasNot != "" && strings.Contains(got, c.hasNot) {
				t.Errorf("%s, %s: want %q and not %q in %s", lang, c.sender, c.has, c.hasNot, got)
			}
		}
	}
}

// TestTheTableOfAPlanHasEveryWord, whatever is in the plan.
func TestTheTableOfAPlanHasEveryWord(t *testing.T) {
	sections := wordstest.KeySections()
	for _, p := range workedPlans(t) {
		for _, lang := range words.Codes {
			table := spreadsheet.Of(workOf(plan.Of(p, formtest.TestDay, lang), lang, formtest.TestDay).tell())
			for _, said := range strings.FieldsFunc(table, func(r rune) bool { return r == ',' || r == '"' }) {
				if left := wordstest.LeftOver(said, sections); left != "" && !strings.Contains(said, "Postage") {
					t.Errorf("%s: %q in %q", lang, left, said)
				}
			}
		}
	}
}
