package form_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/words"
	"postage/rules"
)

func TestEverySizeFitsEveryType(t *testing.T) {
	for _, z := range form.Sizes {
		for _, kind := range rules.MessageTypes("") {
			for _, on := range []string{"2023-07-01", "2024-12-01", formtest.TestDay} {
				f := form.New(formtest.TestDay, "vi")
				f.Set(form.PathType, string(kind))
				f.Set(form.PathOn, on)
				f.AddGroup(0)
				z.Apply(f)
				q := formtest.Evaluated(t, f)
				n, _ := words.ParseCount(z.Recipients)
				if q.Requested != 2*n {
					t.Errorf("%s for %s on %s: %d messages", z.Id, kind, on, q.Requested)
				}
				for _, c := range q.Segments[0].Checks {
					if c.Outcome == rules.Fail && (c.Code == "tool" || c.Code == "package") && z.Id != "small" {
						t.Errorf("%s for %s on %s fails its %s", z.Id, kind, on, c.Code)
					}
				}
			}
		}
	}
}

func TestAnAmountStaysInItsCurrency(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	f.Set("pricing.markupPerMessage", "25")
	f.Set(form.PathType, string(rules.WhatsAppMarketing))
	if got := f.Get("pricing.markupPerMessage"); got != "" {
		t.Errorf("25 dong a message have become %s dollars", got)
	}
	f.Set("pricing.markupPerMessage", "0,01")
	f.Set(form.PathType, string(rules.ZNS))
	if got := f.Get("pricing.markupPerMessage"); got != "25" {
		t.Errorf("back in dong it is %q", got)
	}
	want := map[string]string{"pricing.markupPerMessage@VND": "25", "pricing.markupPerMessage@USD": "0,01"}
	if got := f.Prices(); !maps.Equal(got, want) {
		t.Errorf("the prices are %v", got)
	}
	f.SetPrices(nil)
	f.SetPrices(want)
	f.Set(form.PathType, string(rules.WhatsAppUtility))
	if got := f.Get("pricing.markupPerMessage"); got != "0,01" {
		t.Errorf("from a profile it is %q", got)
	}
}

func TestEveryScenarioSurvivesTheForm(t *testing.T) {
	for name, scenario := range formtest.WorkedExamples(t) {
		t.Run(name, func(t *testing.T) {
			f, err := formtest.FormOfText(scenario, formtest.TestDay, "vi")
			if err != nil {
				t.Fatal(err)
			}
			again, mistakes := formtest.ScenarioText(f)
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
	for name, scenario := range formtest.WorkedExamples(t) {
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
		for _, on := range []string{"2020-06-01", "2023-07-01", "2024-02-01", "2024-12-01", "2025-09-01", formtest.TestDay} {
			f := form.New(formtest.TestDay, "vi")
			f.Set(form.PathType, string(kind))
			f.Set(form.PathOn, on)
			scenario, mistakes := formtest.ScenarioText(f)
			if len(mistakes) > 0 {
				t.Errorf("%s on %s: mistakes %v", kind, on, mistakes)
				continue
			}
			answer, ok := rules.Answer(scenario)
			if !ok {
				t.Errorf("%s on %s: %s gave %s", kind, on, scenario, answer)
			}
			var q rules.Quote
			if json.Unmarshal(answer, &q); q.Verdict == rules.Depends && !strings.Contains(string(answer), `"before-the-book"`) && kind != rules.ZaloBroadcast && kind != rules.ZaloPersonalPromotion {
				t.Errorf("%s on %s depends on something that the defaults leave open: %s", kind, on, answer)
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
		f, err := formtest.FormOfText(scenario, formtest.TestDay, lang)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // and again after what people see was read back
			again, mistakes := formtest.ScenarioText(f)
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
		f, err := formtest.FormOfText([]byte(scenario), formtest.TestDay, "vi")
		if err != nil {
			t.Fatal(err)
		}
		again, _ := formtest.ScenarioText(f)
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
		f, err := formtest.FormOfText([]byte(scenario), formtest.TestDay, "vi")
		if err != nil {
			t.Fatal(err)
		}
		again, mistakes := formtest.ScenarioText(f)
		want, _ := rules.Answer([]byte(scenario))
		if got, _ := rules.Answer(again); string(got) != string(want) {
			t.Errorf("%s %v\ngives %s\nnot   %s", again, mistakes, got, want)
		}
		f.Set(form.PathType, string(rules.ZNSFollower))
		if again, _ := formtest.ScenarioText(f); strings.Contains(string(again), "Jakarta") || strings.Contains(string(again), "promotionBase") {
			t.Errorf("facts of another type are carried along: %s", again)
		}
	}
}

// Half of what counts only as a whole is not known, and no mistake.
func TestHalfAPromotionBaseIsNotKnown(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	f.Set(form.PathType, string(rules.ZNS))
	f.Set("message.tag", "3")
	if half := f.HalfPair(); half != "" {
		t.Errorf("without any, %s is half of a pair", half)
	}
	f.Set("sender.promotionBase[1]", "5")
	text, mistakes := formtest.ScenarioText(f)
	if len(mistakes) != 0 || strings.Contains(string(text), "promotionBase") || f.HalfPair() != "sender.promotionBase[0]" {
		t.Errorf("mistakes %v, half of a pair %q in %s", mistakes, f.HalfPair(), text)
	}
	f.Set("sender.promotionBase[0]", "0")
	if text, _ := formtest.ScenarioText(f); !strings.Contains(string(text), `"promotionBase":[0,5]`) || f.HalfPair() != "" {
		t.Errorf("half of a pair %q in %s", f.HalfPair(), text)
	}
}

func TestAMistakeNamesTheFieldAndLosesNothing(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	f.Set("audience[0].recipients", "many")
	f.Set(form.PathPer, "0")
	_, mistakes := formtest.ScenarioText(f)
	if len(mistakes) != 2 || mistakes[0].Path != "audience[0].recipients" || mistakes[0].Key != "mistake.count" ||
		mistakes[1].Path != form.PathPer || mistakes[1].Key != "mistake.range" {
		t.Errorf("mistakes %v", mistakes)
	}
	if f.Get("audience[0].recipients") != "many" {
		t.Errorf("what was typed has become %q", f.Get("audience[0].recipients"))
	}
}

func TestGroupsAreAddedAsCopiesAndRemovedFromTheMiddle(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
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
	f := form.New(formtest.TestDay, "vi")
	f.Set("sender.oaPackage", "premium") // not on offer on that day, and not asked
	f.Set("message.tag", "5")
	scenario, mistakes := formtest.ScenarioText(f)
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
	f := form.New(formtest.TestDay, "vi")
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
	scenario, mistakes := formtest.ScenarioText(f)
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
		f := form.New(formtest.TestDay, "vi")
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
	f, err := formtest.FormOfText([]byte(`{"on":"2026-08-01","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":1,"country":"VN"}],"perRecipient":1}`), formtest.TestDay, "vi")
	if err != nil {
		t.Fatal(err)
	}
	if f.Get(form.PathCurrency) != "USD" || f.Currency() != "USD" {
		t.Errorf("the currency is %q", f.Get(form.PathCurrency))
	}
}

// TestButtonsAreReadAsTheyWereKept: what was kept while only their number was asked
// for still counts them.
func TestButtonsAreReadAsTheyWereKept(t *testing.T) {
	for kept, want := range map[string]string{
		"2": "2", form.Exact + "2": "2", "0": "", "": "", "own-website,copy": `["own-website","copy"]`, "own-website,fax": `["own-website"]`,
	} {
		f := form.New(formtest.TestDay, "vi")
		f.Set(form.PathType, string(rules.ZNS))
		f.Set("message.template.buttons", kept)
		scenario, mistakes := formtest.ScenarioText(f)
		_, got, _ := strings.Cut(string(scenario), `"buttons":`)
		if end := strings.IndexAny(got, "}"); end >= 0 {
			got = got[:end]
		}
		if len(mistakes) > 0 || got != want {
			t.Errorf("%q is read as %s with %v, want %s", kept, got, mistakes, want)
		}
	}
	f := form.New(formtest.TestDay, "vi")
	f.Set(form.PathType, string(rules.ZNS))
	f.Set("message.template.buttons", "6")
	if _, mistakes := formtest.ScenarioText(f); len(mistakes) != 1 || mistakes[0].Path != "message.template.buttons" {
		t.Errorf("six buttons: %v", mistakes)
	}
}

// TestAFormOfAScenarioAsksWhatItsOwnFormAsked: what is asked may depend on a
// choice among numbers, such as a tag.
func TestAFormOfAScenarioAsksWhatItsOwnFormAsked(t *testing.T) {
	for _, kind := range rules.Channels() {
		for _, kind := range rules.MessageTypes(kind) {
			own := form.New("2026-11-21", "en")
			own.Set(form.PathType, string(kind))
			scenario, mistakes := own.Scenario()
			if len(mistakes) > 0 {
				t.Fatal(mistakes)
			}
			opened := form.Of(scenario, "2026-11-21", "en")
			paths := func(f *form.Form) (all []string) {
				for _, q := range f.Questions() {
					all = append(all, q.Path)
				}
				return all
			}
			if got, want := paths(opened), paths(own); !slices.Equal(got, want) {
				t.Errorf("%s: opened it asks\n%v, not\n%v", kind, got, want)
			}
		}
	}
}

// The quota that stands in the form stays on every other day, also where it is the one
// that the form began with; what somebody typed or left open stays as it is.
func TestTheQuotaStaysOnAnotherDay(t *testing.T) {
	for _, typed := range []string{"-", "", "=8000"} {
		f := formtest.FormWith(map[string]string{form.PathType: string(rules.ZNS)})
		if typed != "-" {
			f.Set(form.PathQuota, typed)
		}
		before := strings.TrimPrefix(f.Get(form.PathQuota), form.Exact)
		for _, day := range []string{"2024-03-12", "", "2022-01-01", formtest.TestDay} {
			if on, err := rules.ParseDate(day); err == nil {
				if got := strings.TrimPrefix(f.On(on).Get(form.PathQuota), form.Exact); got != before {
					t.Errorf("%q: with the day %s the quota is %s, not %s", typed, day, got, before)
				}
			}
			f.MoveTo(day)
			if got := strings.TrimPrefix(f.Get(form.PathQuota), form.Exact); got != before {
				t.Errorf("%q: on %s the quota has become %s from %s", typed, day, got, before)
			}
		}
	}
}

// The price on one's own template comes first, in sight: the book has none that is
// certain.
func TestThePriceOfOnesOwnTemplateIsAskedFirst(t *testing.T) {
	for _, kind := range []rules.MessageType{rules.ZNS, rules.ZBSUID} {
		for _, template := range []string{"custom", "otp", "bus-ticket"} {
			f := formtest.FormWith(map[string]string{form.PathType: string(kind), "message.template.kind": template})
			if q := f.Questions()[0]; q.Path != form.PathPrice || q.More || q.Required {
				t.Errorf("the first question of a %s template is %s", template, q.Path)
			}
		}
	}
}

// How many arrive and what SMS in their place costs are asked one after the other,
// among one's own prices.
func TestWhatArrivesStandsWithWhatComesInItsPlace(t *testing.T) {
	f := formtest.FormWith(nil)
	f.AddGroup(0)
	var paths []string
	for _, q := range f.Questions() {
		if q.Place == form.InPricing {
			paths = append(paths, q.Path)
		}
	}
	want := []string{form.GroupPath(0, "deliveredPercent"), form.GroupPath(1, "deliveredPercent"), "pricing.fallbackPerMessage"}
	if i := slices.Index(paths, want[0]); i < 0 || !slices.Equal(paths[i:i+3], want) {
		t.Errorf("the prices ask for %q", paths)
	}
}
