package screen

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

const TestDay = "2026-11-21"

// workedExamples are the scenarios of the rules' test data.
func workedExamples(t testing.TB) map[string]json.RawMessage {
	t.Helper()
	files, err := filepath.Glob("../../rules/testdata/cases/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no worked examples: %v", err)
	}
	examples := map[string]json.RawMessage{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			var e struct {
				Name     string
				Scenario json.RawMessage
			}
			if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
				t.Fatal(err)
			}
			examples[filepath.Base(file)+" "+e.Name] = e.Scenario
		}
	}
	return examples
}

func TestEveryScenarioSurvivesTheForm(t *testing.T) {
	for name, scenario := range workedExamples(t) {
		t.Run(name, func(t *testing.T) {
			f, err := formOfText(scenario, TestDay, "vi")
			if err != nil {
				t.Fatal(err)
			}
			again, mistakes := scenarioText(f)
			if len(mistakes) > 0 {
				t.Fatalf("mistakes %v", mistakes)
			}
			want, _ := rules.Answer(scenario)
			got, _ := rules.Answer(again)
			if string(got) != string(want) {
				t.Errorf("scenario %s\nbecame   %s\nanswer %s\nwas    %s", scenario, again, got, want)
			}
		})
	}
}

func TestEveryScenarioSurvivesALink(t *testing.T) {
	for name, scenario := range workedExamples(t) {
		got, ok := form.ScenarioOf("#" + form.LinkOf(scenario))
		if !ok || string(got) != string(scenario) {
			t.Errorf("%s: %s became %s", name, scenario, got)
		}
	}
	for _, fragment := range []string{"", "#", "#answer", "#s=%%%", "#s", "s=!"} {
		if got, ok := form.ScenarioOf(fragment); ok {
			t.Errorf("the fragment %q gave %q", fragment, got)
		}
	}
}

func TestEveryTypeIsAnsweredFromItsDefaults(t *testing.T) {
	for _, kind := range rules.MessageTypes("") {
		for _, on := range []string{"2020-06-01", "2023-07-01", "2024-02-01", "2024-12-01", "2025-09-01", TestDay} {
			f := form.New(TestDay, "vi")
			f.Set(form.PathType, string(kind))
			f.Set(form.PathOn, on)
			scenario, mistakes := scenarioText(f)
			if len(mistakes) > 0 {
				t.Errorf("%s on %s: mistakes %v", kind, on, mistakes)
				continue
			}
			answer, ok := rules.Answer(scenario)
			if !ok {
				t.Errorf("%s on %s: %s gave %s", kind, on, scenario, answer)
			}
			var q rules.Quote
			if json.Unmarshal(answer, &q); q.Verdict == rules.Depends && kind != rules.ZaloBroadcast && kind != rules.ZaloPersonalPromotion {
				t.Errorf("%s on %s depends on something that the defaults leave open: %s", kind, on, answer)
			}
		}
	}
}

func TestCountsAreReadAsPeopleWriteThem(t *testing.T) {
	for typed, want := range map[string]int64{
		"0": 0, "7": 7, "1200": 1200, "1.200": 1200, "1,200": 1200, "1 200": 1200, "1\u00a0200": 1200, "1'200": 1200,
		"12.500.000": 12_500_000, "12k": 12_000, "12 K": 12_000, "12 nghìn": 12_000, "1tr": 1_000_000, "1,5 tr": 1_500_000,
		"1.5tr": 1_500_000, "2 triệu": 2_000_000, "3 тыс.": 3_000, "0,5k": 500,
	} {
		if got, ok := words.ParseCount(typed); !ok || got != want {
			t.Errorf("%q is read as %d, %v, not %d", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", " ", "abc", "1.5", "1,20", "-5", "1..200", ".200", "12,34,567", "1e3", "99999999999999999999", "k", "0x10", "1.2345k", "18446744073709.551617m", "١٢"} {
		if got, ok := words.ParseCount(typed); ok {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
}

func TestDecimalsAreReadAsTheLanguageWritesThem(t *testing.T) {
	for _, c := range []struct{ lang, typed, want string }{
		{"vi", "10", "10"}, {"vi", "0,05", "0.05"}, {"vi", "0.05", "0.05"}, {"vi", "26.000", "26000"}, {"vi", "26.000,5", "26000.5"},
		{"vi", "1.125", "1125"}, {"vi", "1,125", "1.125"}, {"vi", "0.125", "0.125"}, {"vi", "1 234,56", "1234.56"}, {"vi", "1.085,25", "1085.25"},
		{"en", "26,000", "26000"}, {"en", "1.125", "1.125"}, {"en", "1,125", "1125"}, {"en", "26,000.5", "26000.5"}, {"en", ".5", "0.5"}, {"en", "0,05", "0.05"},
		{"ru", "1 234,56", "1234.56"}, {"ru", "1,125", "1.125"}, {"ru", "1.125", "1.125"},
	} {
		if got, ok := words.ParseDecimal(c.typed, c.lang); !ok || got.String() != c.want {
			t.Errorf("%s: %q is read as %s, %v, not %s", c.lang, c.typed, got, ok, c.want)
		}
	}
	for _, typed := range []string{"", "abc", "-1", "1e9", "NaN", "--", "1/2", "1.", "1.2.3,4,5", "1,2,3"} {
		for _, lang := range []string{"vi", "en", "ru"} {
			if got, ok := words.ParseDecimal(typed, lang); ok {
				t.Errorf("%s: %q is read as %s", lang, typed, got)
			}
		}
	}
}

func TestAmountsOfALinkAreTakenExactly(t *testing.T) {
	scenario := []byte(`{"on":"2026-11-21","message":{"type":"whatsapp.marketing","template":{"approved":true}},
		"audience":[{"recipients":1e3,"country":"ID","optedIn":true,"hoursSinceInteraction":1.125}],
		"pricing":{"markupPerMessage":"1.125","convert":{"currency":"VND","rates":{"USD":"26000.125"}}}}`)
	want, _ := rules.Answer(scenario)
	for _, lang := range []string{"vi", "en"} {
		f, err := formOfText(scenario, TestDay, lang)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // and again after what people see was read back
			again, mistakes := scenarioText(f)
			if got, _ := rules.Answer(again); string(got) != string(want) {
				t.Errorf("%s: %s %v gives %s, not %s", lang, again, mistakes, got, want)
			}
			f.Translate(lang)
		}
	}
}

func TestGivenAnswersKeepTheirQuestion(t *testing.T) {
	for _, scenario := range []string{
		`{"on":"2025-11-22","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":5,"uid":true,"hoursSinceInteraction":1}],"sender":{"tool":"openapi","apiVersion":"v2"}}`,
		`{"on":"2026-11-22","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":12000,"phone":true}],"sender":{"oldDailyQuota":4000}}`,
	} {
		f, err := formOfText([]byte(scenario), TestDay, "vi")
		if err != nil {
			t.Fatal(err)
		}
		again, _ := scenarioText(f)
		want, _ := rules.Answer([]byte(scenario))
		if got, _ := rules.Answer(again); string(got) != string(want) {
			t.Errorf("%s gives %s, not %s", again, got, want)
		}
	}
}

func TestFactsThatNoQuestionAsksForAreCarried(t *testing.T) {
	for _, scenario := range []string{
		`{"on":"2026-08-01","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"name":"Jakarta","recipients":1000,"country":"ID","optedIn":true}],"sender":{"billingCurrency":"EUR"},"pricing":{"convert":{"currency":"EUR","rates":{}}}}`,
		`{"on":"2026-11-21","message":{"type":"messenger.standard","promotional":true},"audience":[{"recipients":5,"country":"DE","hoursSinceInteraction":1}]}`,
		`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":5,"uid":true,"follows":false,"hoursSinceInteraction":1}],"assume":{"zalo.zns.post-sale-cap":"4"},"sender":{"promotionBase":[1,2]}}`,
	} {
		f, err := formOfText([]byte(scenario), TestDay, "vi")
		if err != nil {
			t.Fatal(err)
		}
		again, mistakes := scenarioText(f)
		want, _ := rules.Answer([]byte(scenario))
		if got, _ := rules.Answer(again); string(got) != string(want) {
			t.Errorf("%s %v\ngives %s\nnot   %s", again, mistakes, got, want)
		}
		f.Set(form.PathType, string(rules.ZNSFollower))
		if again, _ := scenarioText(f); strings.Contains(string(again), "Jakarta") || strings.Contains(string(again), "promotionBase") {
			t.Errorf("facts of another type are carried along: %s", again)
		}
	}
}

func TestHalfAPromotionBaseIsAMistake(t *testing.T) {
	f := form.New(TestDay, "vi")
	f.Set(form.PathType, string(rules.ZNS))
	f.Set("message.tag", "3")
	f.Set("sender.promotionBase[1]", "5")
	if _, mistakes := scenarioText(f); len(mistakes) != 1 || mistakes[0].Path != "sender.promotionBase[0]" || mistakes[0].Key != "mistake.pair" {
		t.Errorf("mistakes %v", mistakes)
	}
}

func TestAMistakeNamesTheFieldAndLosesNothing(t *testing.T) {
	f := form.New(TestDay, "vi")
	f.Set("audience[0].recipients", "many")
	f.Set(form.PathPer, "0")
	_, mistakes := scenarioText(f)
	if len(mistakes) != 2 || mistakes[0].Path != "audience[0].recipients" || mistakes[0].Key != "mistake.count" ||
		mistakes[1].Path != form.PathPer || mistakes[1].Key != "mistake.range" {
		t.Errorf("mistakes %v", mistakes)
	}
	if f.Get("audience[0].recipients") != "many" {
		t.Errorf("what was typed has become %q", f.Get("audience[0].recipients"))
	}
}

func TestGroupsAreAddedAsCopiesAndRemovedFromTheMiddle(t *testing.T) {
	f := form.New(TestDay, "vi")
	f.Set("audience[0].recipients", "10")
	f.AddGroup(0)
	f.Set("audience[1].recipients", "20")
	f.AddGroup(1)
	f.Set("audience[2].recipients", "30")
	f.RemoveGroup(1)
	if f.Groups != 2 || f.Get("audience[0].recipients") != "10" || f.Get("audience[1].recipients") != "30" {
		t.Errorf("%d groups: %v", f.Groups, f.Values)
	}
	f.RemoveGroup(0)
	if f.Groups != 1 || f.Get("audience[0].recipients") != "30" {
		t.Errorf("%d groups: %v", f.Groups, f.Values)
	}
}

func TestAnswersOfHiddenQuestionsStayOutOfTheScenarioButAreKept(t *testing.T) {
	f := form.New(TestDay, "vi")
	f.Set("sender.oaPackage", "premium") // not on offer on that day, and not asked
	f.Set("message.tag", "5")
	scenario, mistakes := scenarioText(f)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	if answer, ok := rules.Answer(scenario); !ok {
		t.Errorf("%s gave %s", scenario, answer)
	}
	if f.Get("message.tag") != "5" {
		t.Error("the tag is lost")
	}
}

func TestAWhatsAppAccountInEurosIsAskedAndToldInEuros(t *testing.T) {
	f := form.New(TestDay, "vi")
	f.Set(form.PathType, string(rules.WhatsAppMarketing))
	f.Set(form.PathOn, "2026-08-01")
	if f.Currency() != "USD" {
		t.Errorf("without a choice the currency is %s", f.Currency())
	}
	f.Set(form.PathCurrency, "EUR")
	f.Set("pricing.convert.currency", "VND")
	asked := map[string]bool{}
	for _, q := range f.Questions() {
		asked[q.Path] = true
	}
	if !asked[form.PathCurrency] || !asked["pricing.convert.rates.EUR"] || asked["pricing.convert.rates.USD"] {
		t.Errorf("asked: %v", asked)
	}
	f.Set("pricing.convert.rates.EUR", "30000")
	scenario, mistakes := scenarioText(f)
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	var q rules.Quote
	if answer, ok := rules.Answer(scenario); !ok || json.Unmarshal(answer, &q) != nil || q.Totals[0].Currency != "EUR" || q.Converted == nil {
		t.Errorf("%s gave %s", scenario, answer)
	}
	f.Set(form.PathType, string(rules.ZaloConsultation))
	if f.Currency() != "VND" {
		t.Errorf("Zalo is billed in %s", f.Currency())
	}
}

func TestFreeConversationsAreAskedWhileThereWereAny(t *testing.T) {
	for _, c := range []struct {
		kind rules.MessageType
		on   string
		want bool
	}{
		{rules.WhatsAppMarketing, "2023-05-31", true}, {rules.WhatsAppMarketing, "2023-06-01", false},
		{rules.WhatsAppService, "2023-06-01", true}, {rules.WhatsAppService, "2024-10-31", true}, {rules.WhatsAppService, "2024-11-01", false},
		{rules.ZaloConsultation, "2023-05-31", false},
	} {
		f := form.New(TestDay, "vi")
		f.Set(form.PathType, string(c.kind))
		f.Set(form.PathOn, c.on)
		asked := false
		for _, q := range f.Questions() {
			asked = asked || q.Path == "sender.freeConversationsUsed"
		}
		if asked != c.want {
			t.Errorf("%s on %s: asked %t, want %t", c.kind, c.on, asked, c.want)
		}
	}
}

func TestAScenarioWithoutACurrencyIsOneInItsStandard(t *testing.T) {
	f, err := formOfText([]byte(`{"on":"2026-08-01","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":1,"country":"VN"}],"perRecipient":1}`), TestDay, "vi")
	if err != nil {
		t.Fatal(err)
	}
	if f.Get(form.PathCurrency) != "USD" || f.Currency() != "USD" {
		t.Errorf("the currency is %q", f.Get(form.PathCurrency))
	}
}

// The list of changes is what the screen would say with another day of sending.
func TestTheListOfChangesAgreesWithTheScreenOnEachDay(t *testing.T) {
	for _, kind := range rules.MessageTypes("") {
		for _, on := range []string{"2026-05-01", TestDay} {
			f := form.New(TestDay, "vi")
			f.Set(form.PathType, string(kind))
			f.Set(form.PathOn, on)
			list := model.ChangesOf(f)
			said := func(day rules.Date) string {
				s := &screen{Lang: "vi", shownLang: "vi", form: form.New(TestDay, "vi")}
				s.form.Set(form.PathType, string(kind))
				s.form.Set(form.PathOn, day.String())
				if s.compute(); !s.current() {
					t.Fatalf("%s on %s: %v %v", kind, day, s.mistakes, s.refused)
				}
				return string(s.quote.Verdict) + " " + s.totalText()
			}
			for _, day := range rules.ChangeDays(model.FirstDay, model.LastDay) {
				told := slices.ContainsFunc(list, func(c rules.Change) bool {
					return c.On == day && slices.ContainsFunc(c.Differences, func(d rules.Difference) bool {
						return d.What == "verdict" || d.What == "total" || d.What == "error"
					})
				})
				if before, after := said(day.AddDays(-1)), said(day); before != after && !told {
					t.Errorf("%s from %s: on %s %s becomes %s, which is not told", kind, on, day, before, after)
				}
			}
		}
	}
}

func TestTheListOfChangesOfABroadcast(t *testing.T) {
	for _, on := range []string{"2026-05-01", TestDay} {
		s := &screen{Lang: "vi", shownLang: "vi", form: form.New(TestDay, "vi")}
		s.form.Set(form.PathType, string(rules.ZaloBroadcast))
		s.form.Set(form.PathOn, on)
		s.compute()
		var got []string
		for _, c := range model.ChangesOf(s.form) {
			if said := s.changeText(c); said != "" {
				got = append(got, c.On.String()+" "+said)
			}
		}
		want := []string{"2023-04-18 Không gửi được → Gửi được", "2026-06-01 Gửi được → Còn tuỳ"}
		if !slices.Equal(got, want) {
			t.Errorf("on %s the changes are %q", on, got)
		}
	}
}

func TestANumberOutOfItsRangeIsToldFromWhatIsNone(t *testing.T) {
	recipients, percent := form.GroupPath(0, "recipients"), "pricing.markupPercent"
	texts := map[string]struct{ recipients, percent, count, amount string }{
		"vi": {"Hãy nhập số từ 1 đến 1.000.000.000.", "Hãy nhập số từ 0 đến 10.000.", "Hãy nhập một số nguyên, ví dụ 1.200.", "Hãy nhập một số, ví dụ 10 hoặc 0,05."},
		"en": {"Enter a number from 1 to 1,000,000,000.", "Enter a number from 0 to 10,000.", "Enter a whole number, such as 1,200.", "Enter a number, such as 10 or 0.05."},
		"ru": {"Введите число от 1 до 1 000 000 000.", "Введите число от 0 до 10 000.", "Введите целое число, например 1 200.", "Введите число, например 10 или 0,05."},
	}
	for lang, want := range texts {
		for _, c := range []struct{ path, typed, want string }{
			{recipients, "99999999999999", want.recipients}, {recipients, "99.999.999.999.999", want.recipients}, {recipients, "1 000 000 001", want.recipients},
			{recipients, "999999 tỷ", want.recipients}, {recipients, "-5", want.recipients}, {recipients, "−5", want.recipients}, {recipients, "-2k", want.recipients},
			{recipients, "-1.200", want.recipients}, {recipients, "0", want.recipients}, {recipients, form.Exact + "-5", want.recipients}, {recipients, "1000000000", ""}, {recipients, "1", ""},
			{recipients, "--5", want.count}, {recipients, "abc", want.count}, {recipients, "-1,25", want.count}, {recipients, "5-", want.count}, {recipients, "-", want.count},
			{percent, "-5", want.percent}, {percent, "−0,5", want.percent}, {percent, "-0.5%", want.percent}, {percent, "99999999999999", want.percent}, {percent, "7,5", ""}, {percent, "0", ""},
			{percent, "abc", want.amount}, {percent, "5-", want.amount}, {percent, "-", want.amount},
		} {
			s := &screen{Lang: lang, shownLang: lang, form: form.New(TestDay, lang)}
			s.typed(c.path, c.typed)
			got := ""
			if len(s.mistakes) > 0 {
				got = strings.ReplaceAll(s.mistakeText(s.mistakes[0]), "\u00a0", " ")
			}
			if got != c.want {
				t.Errorf("%s: %s %q is answered by %q, not %q", lang, c.path, c.typed, got, c.want)
			}
		}
	}
}
