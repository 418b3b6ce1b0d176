package screen

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// evaluated is the answer to what stands in a form.
func evaluated(t *testing.T, f *form.Form) rules.Quote {
	t.Helper()
	scenario, mistakes := scenarioText(f)
	if len(mistakes) > 0 {
		t.Fatalf("mistakes %v in %v", mistakes, f.Values)
	}
	text, ok := rules.Answer(scenario)
	var q rules.Quote
	if !ok || json.Unmarshal(text, &q) != nil {
		t.Fatalf("%s gave %s", scenario, text)
	}
	return q
}

func TestEveryExampleIsAScenarioWithAnAnswer(t *testing.T) {
	want := map[string]struct {
		verdict rules.Verdict
		total   string
	}{
		"reply": {rules.Eligible, "0"}, "orders": {rules.Eligible, "2640000"}, "coupon": {rules.Depends, "0"},
		"groups": {rules.Partial, "66000"}, "indonesia": {rules.Eligible, "2055"}, "shipping": {rules.Ineligible, "0"},
	}
	seen := map[string]bool{}
	for _, e := range form.Examples() {
		seen[e.Id] = true
		if _, err := rules.Decode(e.On(TestDay)); err != nil {
			t.Errorf("%s: %v", e.Id, err)
			continue
		}
		s := &screen{Lang: "vi", form: form.New(TestDay, "vi")}
		s.startFrom(e)
		q := evaluated(t, s.form)
		if q.Verdict != want[e.Id].verdict || q.Totals[0].Gross.String() != want[e.Id].total {
			t.Errorf("%s: %s, %v", e.Id, q.Verdict, q.Totals)
		}
		for _, lang := range words.Codes {
			if w := words.Of(lang); !w.Has("example."+e.Id) || !w.Has("example.about."+e.Id) {
				t.Errorf("%s: no texts in %s", e.Id, lang)
			}
		}
	}
	if len(seen) != len(want) {
		t.Errorf("examples: %v", slices.Sorted(maps.Keys(seen)))
	}
}

func TestEveryExampleIsAnsweredOnLaterDaysToo(t *testing.T) {
	for _, on := range []string{TestDay, "2027-07-01", "2028-12-31"} {
		for _, e := range form.Examples() {
			s := &screen{Lang: "vi", form: form.New(on, "vi")}
			s.startFrom(e)
			if q := evaluated(t, s.form); q.On.String() != on {
				t.Errorf("%s: asked for %s", e.Id, q.On)
			}
		}
	}
}

func TestEverySizeFitsEveryType(t *testing.T) {
	for _, z := range form.Sizes {
		for _, kind := range rules.MessageTypes("") {
			for _, on := range []string{"2023-07-01", "2024-12-01", TestDay} {
				f := form.New(TestDay, "vi")
				f.Set(form.PathType, string(kind))
				f.Set(form.PathOn, on)
				f.AddGroup(0)
				z.Apply(f)
				q := evaluated(t, f)
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

func TestAnExampleKeepsOnesOwnPrices(t *testing.T) {
	s := &screen{Lang: "vi", form: form.New(TestDay, "vi")}
	s.form.Set("pricing.markupPercent", "10")
	s.form.Set("pricing.markupPerMessage", "25")
	for _, e := range form.Examples() {
		s.startFrom(e)
	}
	if s.form.Get("pricing.markupPercent") != "10" || s.form.Prices()["pricing.markupPerMessage@VND"] != "25" {
		t.Errorf("prices: %v", s.form.Prices())
	}
}

func TestEveryChangeCanBeUndoneAndDoneAgain(t *testing.T) {
	s := &screen{Lang: "vi", form: form.New(TestDay, "vi")}
	s.history.Note(s.form)
	changes := []func(){
		func() { s.entered(form.GroupPath(0, "recipients"), "12k") },
		func() { s.entered(form.PathType, string(rules.ZNS)) },
		func() { s.entered(form.GroupPath(0, "recipients"), "nonsense") },
		func() { s.form.AddGroup(0); s.changed() },
		func() { s.entered(form.GroupPath(1, "recipients"), "7") },
		func() { s.form.Arrange([]int{1, 0}); s.changed() },
		func() { s.form.RemoveGroup(0); s.changed() },
		func() { form.Sizes[2].Apply(s.form); s.changed() },
		func() { s.startFrom(form.Examples()[1]); s.changed() },
		func() {
			asked, _ := decode([]byte(`{"on":"2024-02-01","message":{"type":"messenger.standard"},"audience":[{"recipients":7}]}`))
			s.open(&asked)
			s.keep()
		},
		func() { s.form.SetPrices(map[string]string{"pricing.markupPercent": "=10"}); s.changed() },
	}
	states := []string{s.form.State().Content}
	for _, change := range changes {
		change()
		states = append(states, s.form.State().Content)
	}
	same := func(step, want string) {
		t.Helper()
		if now := s.form.State().Content; now != want {
			t.Errorf("%s: %s, not %s", step, now, want)
		}
	}
	for i := len(states) - 2; i >= 0; i-- {
		s.step(form.Undo)
		same("undone", states[i])
	}
	if s.step(form.Undo); s.history.Can(form.Undo) {
		t.Error("something can be undone before the first state")
	}
	for i := 1; i < len(states); i++ {
		s.step(form.Redo)
		same("done again", states[i])
	}
	s.step(form.Undo)
	s.entered(form.PathPer, "3")
	if s.history.Can(form.Redo) {
		t.Error("what was undone is still there after another change")
	}
}

func TestTheHistoryIsBoundedAndTakesEachStateOnce(t *testing.T) {
	f := form.New(TestDay, "vi")
	var h form.History
	for i := range 3 * form.MaxStates {
		f.Set(form.PathPer, words.Itoa(i))
		h.Note(f)
		h.Note(f)
	}
	if len(h.States) != form.MaxStates || h.At != form.MaxStates-1 {
		t.Fatalf("%d states, at %d", len(h.States), h.At)
	}
	for h.Can(form.Undo) {
		h.Move(f, form.Undo)
	}
	if got := f.Get(form.PathPer); got != words.Itoa(2*form.MaxStates) {
		t.Errorf("the oldest state has %s", got)
	}
}

func TestAnUndoneNumberMeansWhatItMeantInItsLanguage(t *testing.T) {
	f := form.New(TestDay, "vi")
	var h form.History
	f.Set("pricing.markupPerMessage", "1.125") // more than a thousand in Vietnamese
	h.Note(f)
	f.Set("pricing.markupPerMessage", "2")
	h.Note(f)
	f.Translate("en")
	h.Move(f, form.Undo)
	if got := f.Get("pricing.markupPerMessage"); got != form.Exact+"1125" || f.Lang != "en" {
		t.Errorf("it is %s in %s", got, f.Lang)
	}
}

func TestNumbersAreReadLeniently(t *testing.T) {
	for typed, want := range map[string]int64{
		"2 nghìn": 2_000, "2 ngàn": 2_000, "3 nghin": 3_000, "1,5 triệu": 1_500_000, "1.5 trieu": 1_500_000, "1tr5": 1_500_000, "1tr250": 1_250_000, "2k5": 2_500, "2 tỷ": 2_000_000_000, "1 tỉ": 1_000_000_000,
		"12k": 12_000, "12 K": 12_000, "3 million": 3_000_000, "2 thousand": 2_000, "0.5m": 500_000, "1 billion": 1_000_000_000, "1,200k": 1_200_000,
		"2 тыс.": 2_000, "5 тысяч": 5_000, "1,5 млн": 1_500_000, "3 миллиона": 3_000_000, "1 млрд": 1_000_000_000, "7к": 7_000,
		"1.200": 1_200, "1 200": 1_200, "1,200": 1_200, "1\u202f200": 1_200, "500 ₫": 500, "$500": 500,
	} {
		if got, ok := words.ParseCount(typed); !ok || got != want {
			t.Errorf("%q is read as %d, %v, not %d", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"k5", "1,5k5", "1k k", "2 dozens", "1.23456k", "999999 tỷ", "1tr5tr", "k", "1..5k", "-2k"} {
		if got, ok := words.ParseCount(typed); ok {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
	for _, c := range []struct{ lang, typed, want string }{
		{"vi", "26k", "26000"}, {"vi", "1,5 triệu", "1500000"}, {"vi", "10%", "10"}, {"vi", "25.500 ₫", "25500"}, {"vi", "25.500đ", "25500"}, {"vi", "1tr5", "1500000"},
		{"en", "$0.05", "0.05"}, {"en", "2.5k", "2500"}, {"en", "7.5 %", "7.5"}, {"ru", "2,5 тыс.", "2500"}, {"ru", "0,05 $", "0.05"},
	} {
		if got, ok := words.ParseDecimal(c.typed, c.lang); !ok || got.String() != c.want {
			t.Errorf("%s: %q is read as %s, %v, not %s", c.lang, c.typed, got, ok, c.want)
		}
	}
}

func TestANumberIsEchoedInWordsWhileItIsTyped(t *testing.T) {
	for _, c := range []struct{ lang, path, typed, want string }{
		{"vi", form.GroupPath(0, "recipients"), "12500", "= 12.500 người"},
		{"en", form.GroupPath(0, "recipients"), "12.5k", "= 12,500 people"},
		{"en", form.GroupPath(0, "recipients"), "1", "= 1 person"},
		{"vi", form.PathPer, "3", "= 3 tin"},
		{"en", form.PathPer, "1", "= 1 message"},
		{"vi", "pricing.markupPercent", "7,5", "= 7,5%"},
		{"vi", "pricing.monthlyFee", "1,5 triệu", "= 1.500.000\u00a0₫"},
		{"vi", form.GroupPath(0, "recipients"), "nhiều", "người"},
		{"vi", form.GroupPath(0, "hoursSinceInteraction"), "72", "= 3 ngày"},
	} {
		s := &screen{Lang: c.lang, form: form.New(TestDay, c.lang)}
		s.typed(c.path, c.typed)
		for _, q := range s.form.Questions() {
			if q.Path == c.path {
				if got := (field{s, q}).unit(); got != c.want {
					t.Errorf("%s: %s typed into %s is echoed as %q, not %q", c.lang, c.typed, c.path, got, c.want)
				}
			}
		}
		s.entered(c.path, c.typed)
		for _, q := range s.form.Questions() {
			if q.Path == c.path && strings.HasPrefix((field{s, q}).unit(), "=") {
				t.Errorf("%s is echoed after it has been entered", c.typed)
			}
		}
	}
}

func TestAnAmountStaysInItsCurrency(t *testing.T) {
	f := form.New(TestDay, "vi")
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

func TestOwnAdditionsAreKeptApartInEveryTotal(t *testing.T) {
	f := form.New(TestDay, "vi")
	f.Set(form.PathType, string(rules.ZNS))
	for path, v := range map[string]string{"pricing.markupPercent": "10", "pricing.markupPerMessage": "5", "pricing.monthlyFee": "100000", "pricing.taxPercent": "8"} {
		f.Set(path, v)
	}
	q := evaluated(t, f)
	platform, _ := platformTotal(&q)
	own, _ := ownTotal(&q)
	if platform.Net.String() != "200000" || platform.Gross.String() != "220000" {
		t.Errorf("the platform gets %v", platform)
	}
	// 10 % of 200,000, 5 on each of 1,000 messages, 100,000 a month, and 8 % tax.
	if own.Net.String() != "125000" || own.Gross.String() != "135000" {
		t.Errorf("the user gets %v", own)
	}
	if sum := platform.Gross.Add(own.Gross); !sum.Equal(q.Totals[0].Gross) {
		t.Errorf("together %s, not %s", sum, q.Totals[0].Gross)
	}
	f.SetPrices(nil)
	if q := evaluated(t, f); hasOwn(&q) {
		t.Error("something is added without a price of one's own")
	}
}

func TestADayOfChangeIsOffered(t *testing.T) {
	for kind, want := range map[rules.MessageType][]string{
		rules.ZaloConsultation: {"2026-06-01", "2026-01-01"}, rules.ZaloTransaction: {"2026-06-01", "2026-03-01"},
		rules.WhatsAppMarketing: {"2026-10-01", "2026-07-01"}, rules.MessengerPostPurchase: {"2026-04-27"},
		rules.ZNSFollower: {"2023-06-20"},
	} {
		days := changeDays(kind)
		if !slices.IsSortedFunc(days, func(a, b rules.Date) int { return int(b - a) }) {
			t.Errorf("%s: %v, not the last first", kind, days)
		}
		var got []string
		for _, d := range days {
			if d.String() <= TestDay { // what is announced becomes more
				got = append(got, d.String())
			}
		}
		if len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Errorf("%s: %v, not %v", kind, got, want)
		}
	}
}

// Every answer that a check lacks can be given: the check names a question that
// is asked.
func TestWhatAnAnswerDependsOnIsAsked(t *testing.T) {
	for _, kind := range rules.MessageTypes("") {
		for _, on := range append([]string{"2022-09-01", "2023-05-01", "2023-07-01", "2024-02-01", "2024-05-01", "2024-12-01", "2025-09-01", "2026-02-01", TestDay}, announcedDays()...) {
			for _, tag := range []string{"1", "3", "5"} {
				if tag != "1" && kind != rules.ZNS && kind != rules.ZBSUID {
					continue
				}
				f := form.New(TestDay, "vi")
				f.Set(form.PathType, string(kind))
				f.Set(form.PathOn, on)
				for _, q := range f.Questions() {
					if q.Path == "message.tag" && slices.Contains(q.Options, tag) {
						f.Set("message.tag", tag)
					}
				}
				open := func() []string {
					var paths []string
					for _, q := range f.Questions() {
						if !q.Required && q.Place != form.InPricing && q.Standard == "" {
							paths = append(paths, q.Path)
						}
					}
					return paths
				}
				for range 3 { // some questions are only asked once others are open
					for _, path := range open() {
						f.Set(path, "")
					}
				}
				s := &screen{Lang: "vi", form: f}
				s.compute()
				if s.quote == nil {
					t.Fatalf("%s on %s: %v %v", kind, on, s.mistakes, s.refused)
				}
				html := ""
				for i := range s.quote.Segments[0].Checks {
					c := &s.quote.Segments[0].Checks[i]
					_, known := rules.RuleOn(c.Rule, s.quote.On)
					unpublished := !known || kind == rules.ZBSUID && c.Code == "cap"
					if c.Outcome != rules.Unknown || unpublished {
						continue
					}
					path := s.questionBehind(c)
					if path == "" {
						t.Errorf("%s on %s: nothing is asked that would settle the check %s", kind, on, c.Code)
						continue
					}
					if html == "" {
						html = goapp.HTMLString(s)
					}
					if !strings.Contains(html, `id="`+path+`"`) {
						t.Errorf("%s on %s: %s is not on the screen", kind, on, path)
					}
				}
			}
		}
	}
}
