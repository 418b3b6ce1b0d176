package model_test

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

func TestEveryExampleIsAScenarioWithAnAnswer(t *testing.T) {
	want := map[string]struct {
		verdict rules.Verdict
		total   string
	}{
		"reply": {rules.Eligible, "0"}, "orders": {rules.Eligible, "3960000"}, "appointments": {rules.Eligible, "99000"}, "coupon": {rules.Depends, "0"},
		"groups": {rules.Partial, "66000"}, "indonesia": {rules.Eligible, "2055"}, "shipping": {rules.Ineligible, "0"},
	}
	seen := map[string]bool{}
	for _, e := range form.Examples() {
		seen[e.Id] = true
		if _, err := rules.Decode(e.On(formtest.TestDay)); err != nil {
			t.Errorf("%s: %v", e.Id, err)
			continue
		}
		s := &model.Calculation{Form: form.New(formtest.TestDay, "vi")}
		s.StartFrom(e)
		q := formtest.Evaluated(t, s.Form)
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

// What is said of an example in numbers is in it: a quota was changed, and its text was not.
func TestAnExampleIsTheOneThatIsSaid(t *testing.T) {
	for _, e := range form.Examples() {
		asked := string(e.On(formtest.TestDay))
		if s, err := rules.Decode([]byte(asked)); err != nil {
			t.Error(err)
		} else if quota, ok := s.Sender.DailyQuota.Get(); ok {
			if tiers, _ := rules.RuleOn("zalo.zns.quota-tiers", s.On); !slices.Contains(strings.Fields(tiers.Value), strconv.FormatInt(quota, 10)) {
				t.Errorf("%s has a quota of %d, which no account has: %s", e.Id, quota, tiers.Value)
			}
		}
		for _, lang := range words.Codes {
			said := words.Of(lang).Text("example.about." + e.Id)
			for _, n := range regexp.MustCompile(`\d[\d.,\s\x{a0}]*`).FindAllString(said, -1) {
				digits := regexp.MustCompile(`\D`).ReplaceAllString(n, "")
				if !regexp.MustCompile(`:` + digits + `[,}]`).MatchString(asked) {
					t.Errorf("%s in %s: %q says %s, which is not in %s", e.Id, lang, said, digits, asked)
				}
			}
		}
	}
}

func TestEveryExampleIsAnsweredOnLaterDaysToo(t *testing.T) {
	for _, on := range []string{formtest.TestDay, "2027-07-01", "2028-12-31"} {
		for _, e := range form.Examples() {
			s := &model.Calculation{Form: form.New(on, "vi")}
			s.StartFrom(e)
			if q := formtest.Evaluated(t, s.Form); q.On.String() != on {
				t.Errorf("%s: asked for %s", e.Id, q.On)
			}
		}
	}
}

func TestAnExampleKeepsOnesOwnPrices(t *testing.T) {
	s := &model.Calculation{Form: form.New(formtest.TestDay, "vi")}
	s.Form.Set("pricing.markupPercent", "10")
	s.Form.Set("pricing.markupPerMessage", "25")
	for _, e := range form.Examples() {
		s.StartFrom(e)
	}
	if s.Form.Get("pricing.markupPercent") != "10" || s.Form.Prices()["pricing.markupPerMessage@VND"] != "25" {
		t.Errorf("prices: %v", s.Form.Prices())
	}
}

func TestOwnAdditionsAreKeptApartInEveryTotal(t *testing.T) {
	f := form.New(formtest.TestDay, "vi")
	f.Set(form.PathType, string(rules.ZNS))
	for path, v := range map[string]string{"pricing.markupPercent": "10", "pricing.markupPerMessage": "5", "pricing.monthlyFee": "100000", "pricing.taxPercent": "8"} {
		f.Set(path, v)
	}
	q := formtest.Evaluated(t, f)
	platform, _ := model.PlatformTotal(&q)
	own, _ := model.OwnTotal(&q)
	if platform.Net.String() != "300000" || platform.Gross.String() != "330000" {
		t.Errorf("the platform gets %v", platform)
	}
	// 10 % of 300,000, 5 on each of 1,000 messages, 100,000 a month, and 8 % tax.
	if own.Net.String() != "135000" || own.Gross.String() != "145800" {
		t.Errorf("the user gets %v", own)
	}
	if sum := platform.Gross.Add(own.Gross); !sum.Equal(q.Totals[0].Gross) {
		t.Errorf("together %s, not %s", sum, q.Totals[0].Gross)
	}
	f.SetPrices(nil)
	if q := formtest.Evaluated(t, f); model.HasOwn(&q) {
		t.Error("something is added without a price of one's own")
	}
}

func TestADayOfChangeIsOffered(t *testing.T) {
	for kind, want := range map[rules.MessageType][]string{
		rules.ZaloConsultation: {"2026-06-01", "2026-01-01"}, rules.ZaloTransaction: {"2026-06-01", "2026-03-01"},
		rules.WhatsAppMarketing: {"2026-10-01", "2026-07-01"}, rules.MessengerPostPurchase: {"2026-04-27"},
		rules.ZNSFollower: {"2023-06-20"},
	} {
		days := model.ChangeDays(kind)
		if !slices.IsSortedFunc(days, func(a, b rules.Date) int { return int(b - a) }) {
			t.Errorf("%s: %v, not the last first", kind, days)
		}
		var got []string
		for _, d := range days {
			if d.String() <= formtest.TestDay { // what is announced becomes more
				got = append(got, d.String())
			}
		}
		if len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Errorf("%s: %v, not %v", kind, got, want)
		}
	}
}
