package rules_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

func decoded(t *testing.T, scenario string) rules.Scenario {
	t.Helper()
	s, err := rules.Decode([]byte(scenario))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func date(t *testing.T, s string) rules.Date {
	t.Helper()
	d, err := rules.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// changeDays are the days of changes of a kind.
func changeDays(changes []rules.Change, what string) []string {
	days := []string{}
	for _, c := range changes {
		if slices.ContainsFunc(c.Differences, func(d rules.Difference) bool { return d.What == what }) {
			days = append(days, c.On.String())
		}
	}
	return days
}

func TestChangesOfAConsultation(t *testing.T) {
	s := decoded(t, `{"on":"2025-01-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":100,"uid":true,"hoursSinceInteraction":12}],"perRecipient":10}`)
	changes, err := rules.Changes(s, date(t, "2020-01-01"), date(t, "2026-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	if got := changeDays(changes, "total"); !slices.Equal(got, []string{"2023-04-18", "2026-01-01"}) {
		t.Errorf("the total changes on %v", got)
	}
	last := changes[len(changes)-1]
	i := slices.IndexFunc(last.Differences, func(d rules.Difference) bool { return d.What == "total" })
	want := rules.Difference{What: "total", Before: "11000", After: "0", By: "-11000", Currency: "VND"}
	if last.On != date(t, "2026-01-01") || last.Differences[i] != want {
		t.Errorf("the last change is %+v", last)
	}
}

func TestChangesOfAWhatsAppMessage(t *testing.T) {
	s := decoded(t, `{"on":"2026-11-21","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":1000,"country":"VN","optedIn":true}]}`)
	changes, err := rules.Changes(s, date(t, "2026-06-30"), date(t, "2026-11-21"))
	if err != nil {
		t.Fatal(err)
	}
	if got := changeDays(changes, "total"); !slices.Equal(got, []string{"2026-10-01"}) {
		t.Fatalf("the total changes on %v", got)
	}
	for _, c := range changes {
		for _, d := range c.Differences {
			if d.What == "total" && (d.By != "11" || d.Before != "73.2" || !slices.Contains(c.Rules, "whatsapp.card")) {
				t.Errorf("%+v", c)
			}
		}
	}
}

func TestAQuestionThatStopsFittingIsAChange(t *testing.T) {
	s := decoded(t, `{"on":"2024-01-01","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":1,"uid":true,"follows":true}],"sender":{"tool":"openapi","oaPackage":"premium"}}`)
	changes, err := rules.Changes(s, date(t, "2027-05-31"), date(t, "2027-06-01"))
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) != 1 || changes[0].Differences[0].What != "error" || changes[0].Differences[0].Code != "sender.oaPackage" {
		t.Errorf("%+v", changes)
	}
	if _, err := rules.Changes(s, date(t, "2027-07-01"), date(t, "2027-08-01")); err == nil {
		t.Error("a scenario that fits no day is answered")
	}
}

func TestDaysThatDoNotFitForTheSameReasonAreOneChange(t *testing.T) {
	s := decoded(t, `{"on":"2026-05-01","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":1000,"uid":true,"follows":true}],"sender":{"tool":"oa-manager-web","oaPackage":"advanced"}}`)
	changes, err := rules.Changes(s, date(t, "2020-01-01"), date(t, "2028-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	if got := changeDays(changes, "error"); !slices.Equal(got, []string{"2027-06-01"}) {
		t.Errorf("it stops fitting on %v", got)
	}
	// The day of sending, too, may be one that does not fit.
	s.On = date(t, "2027-06-17")
	if got := rules.SameUntil(s, date(t, "2028-12-31")); got != 0 {
		t.Errorf("what does not fit is the same until %s", got)
	}
}

func TestWhatIsAskedDifferentlyOnSomeDaysChangesWithIt(t *testing.T) {
	turn := date(t, "2026-06-01")
	asked := func(tool string) func(rules.Date) (rules.Scenario, error) {
		return func(day rules.Date) (rules.Scenario, error) {
			oaPackage := ""
			if day < turn {
				oaPackage = `,"oaPackage":"advanced"`
			}
			return rules.Decode([]byte(`{"on":"` + day.String() + `","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":1000,"uid":true,"follows":true}],"sender":{"tool":"` + tool + `"` + oaPackage + `}}`))
		}
	}
	changes, err := rules.ChangesOf(asked("oa-manager-web"), date(t, "2023-01-01"), date(t, "2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	if got := changeDays(changes, "verdict"); !slices.Equal(got, []string{"2023-04-18", "2026-06-01"}) {
		t.Errorf("the verdict changes on %v: %+v", got, changes)
	}
	if _, err := rules.ChangesOf(asked("carrier pigeon"), date(t, "2023-01-01"), date(t, "2026-11-22")); err == nil {
		t.Error("what can be asked on no day is answered")
	}
}

func TestChangesAgreeWithEveryDayOfAYear(t *testing.T) {
	s := decoded(t, `{"on":"2025-01-01","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":1000,"country":"PL","optedIn":true,"hoursSinceInteraction":3}]}`)
	from, to := date(t, "2025-10-31"), date(t, "2026-10-31")
	changes, err := rules.Changes(s, from, to)
	if err != nil {
		t.Fatal(err)
	}
	days := changeDays(changes, "total")
	before := ""
	for day := from; day <= to; day = day.AddDays(1) {
		s.On = day
		q, err := rules.Evaluate(s)
		if err != nil {
			t.Fatal(err)
		}
		total := q.Totals[0].Gross.String()
		if day > from && (total != before) != slices.Contains(days, day.String()) {
			t.Errorf("%s: the total was %s and is %s; changes are on %v", day, before, total, days)
		}
		before = total
	}
}

func TestEveryRuleIsInTheHistoryOfAType(t *testing.T) {
	told := map[string]bool{}
	for _, kind := range rules.MessageTypes("") {
		events := rules.History(kind)
		if len(events) == 0 {
			t.Errorf("%s has no history", kind)
		}
		for i, e := range events {
			told[e.Rule] = true
			if i > 0 && events[i-1].On < e.On {
				t.Errorf("%s: %s comes after %s", kind, e.On, events[i-1].On)
			}
		}
	}
	for _, r := range rules.TheBook().Rules {
		if !told[r.ID] {
			t.Errorf("%s is in no type's history", r.ID)
		}
	}
	if got := rules.History("carrier-pigeon"); len(got) != 0 {
		t.Errorf("a type that does not exist has the history %v", got)
	}
}

func TestHistoryOfATypeHasItsOwnRulesOnly(t *testing.T) {
	for kind, others := range map[rules.MessageType][]string{
		rules.ZaloTransaction:     {"zalo.uid.consultation.price", "zalo.uid.follow", "zalo.zns.tag", "zalo.uid.promotion-cap.trial"},
		rules.ZaloBroadcast:       {"zalo.uid.consent", "zalo.uid.transaction.price"},
		rules.WhatsAppService:     {"whatsapp.consent", "whatsapp.tiers", "whatsapp.marketing.blocked-countries"},
		rules.MessengerStandard:   {"messenger.tags.content", "messenger.human-agent.window"},
		rules.MessengerHumanAgent: {"messenger.standard.window"},
	} {
		got := rules.RulesOf(kind)
		for _, id := range others {
			if slices.Contains(got, id) {
				t.Errorf("%s is under %s", kind, id)
			}
		}
	}
	for kind, own := range map[rules.MessageType][]string{
		rules.ZaloConsultation: {"zalo.uid.consultation.price", "zalo.uid.vat", "zalo.uid.consent"},
		rules.ZaloBroadcast:    {"zalo.uid.promotion-cap.premium", "zalo.uid.follow", "zalo.oa-packages"},
		rules.WhatsAppUtility:  {"whatsapp.card", "whatsapp.utility.in-window", "whatsapp.tiers"},
		rules.ZNS:              {"zalo.zns.price.otp"},
	} {
		got := rules.RulesOf(kind)
		for _, id := range own {
			if !slices.Contains(got, id) {
				t.Errorf("%s is not under %s", kind, id)
			}
		}
	}
}

func TestCompareOrdersWhatMayBeSentByCost(t *testing.T) {
	s := decoded(t, `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},
		"audience":[{"recipients":1000,"country":"VN","uid":true,"phone":true,"follows":true,"optedIn":true,"hoursSinceInteraction":30}],
		"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}}}`)
	options := rules.Compare(s, rules.TransactionUpdate, nil)
	var types []rules.MessageType
	for _, o := range options {
		types = append(types, o.Type)
		if o.Quote == nil {
			t.Fatalf("%s: %v", o.Type, o.Error)
		}
	}
	place := func(kind rules.MessageType) int { return slices.Index(types, kind) }
	// A consultation inside 48 h is free, a ZNS costs 330 with VAT. That Zalo has
	// approved the template says nothing of Messenger, where it is free, and of
	// WhatsApp, where it costs 293.8.
	want := []rules.MessageType{rules.ZaloConsultation, rules.ZNS, rules.MessengerUtility, rules.ZBSUID, rules.WhatsAppUtility}
	if !slices.Equal(types[:5], want) {
		t.Errorf("the order is %v", types)
	}
	rank := map[rules.Verdict]int{rules.Eligible: 1, rules.Partial: 1, rules.Depends: 2, rules.Ineligible: 3}
	for i := range options[1:] {
		if a, b := options[i].Verdict(), options[i+1].Verdict(); rank[a] > rank[b] {
			t.Errorf("%s is %s and comes before %s, which is %s", types[i], a, types[i+1], b)
		}
	}
	if q := options[place(rules.MessengerPostPurchase)].Quote; q.Segments[0].Checks[0].Outcome != rules.Fail {
		t.Errorf("the ended tag gives no reason: %+v", q.Segments[0].Checks)
	}
}

func TestCompareSaysWhatATypeLacks(t *testing.T) {
	s := decoded(t, `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"uid":true,"hoursSinceInteraction":1}]}`)
	for _, o := range rules.Compare(s, rules.AnswerQuestion, nil) {
		if o.Type != rules.WhatsAppService {
			continue
		}
		if o.Error == nil || o.Error.Path != "audience[0].country" || o.Error.Code != rules.Required {
			t.Errorf("%+v", o.Error)
		}
	}
	s.Sender.Country = "VN"
	for _, o := range rules.Compare(s, rules.AnswerQuestion, nil) {
		if o.Error != nil {
			t.Errorf("%s: %v", o.Type, o.Error)
		}
	}
	if s.Audience[0].Country != "" {
		t.Error("the scenario that was given has changed")
	}
}

func TestEveryPurposeIsServedOnEveryChannelAndDay(t *testing.T) {
	for _, p := range rules.Purposes() {
		for _, on := range []string{"2020-06-01", "2024-03-01", "2024-05-01", "2026-11-21"} {
			s := rules.Scenario{On: date(t, on), Message: rules.Message{Type: rules.MessengerStandard}, Audience: []rules.Segment{{Recipients: rules.Some[int64](5), Country: "VN"}}}
			s.Pricing.TaxPercent = rules.Some(decimal.NewFromInt(8))
			options := rules.Compare(s, p, nil)
			if len(options) < 2 {
				t.Errorf("%s on %s has %d options", p, on, len(options))
			}
			for _, o := range options {
				if o.Error != nil {
					t.Errorf("%s on %s: %s: %v", p, on, o.Type, o.Error)
				}
			}
		}
	}
}
