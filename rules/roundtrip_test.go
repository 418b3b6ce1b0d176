package rules_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"postage/rules"
)

// fullScenario gives a value to every field that needs one of its own; everyField
// gives one to the rest.
const fullScenario = `{"on":"2024-04-15","at":"22:30","message":{"type":"zalo.zns","promotional":false,"automated":true,"tag":5,
	"template":{"kind":"voucher","approved":true,"approvedOn":"2024-03-01","publicService":true,"buttons":["call","copy"],"image":true,"price":"300"}},
	"audience":[{"name":"Nhóm 1","recipients":1000,"country":"VN","uid":true,"phone":true,"follows":false,"consents":true,"optedIn":false,
		"hoursSinceInteraction":47.25,"interactions":3,"freeUsed":2,"receivedThisMonth":1,"careWithin6Months":false,"freeEntryPoint":true,"deliveredPercent":79.25},
		{"recipients":1,"hoursSinceInteraction":null},{"recipients":2,"hoursSinceInteraction":0}],
	"perRecipient":4,
	"sender":{"tool":"openapi","apiVersion":"v3","oaPackage":"premium","includedMessages":5,"includePackageFee":true,"newsPage":false,"oldDailyQuota":16000,"contentLevel":5,"extraConditionsMet":false,
		"promotionBase":[10,0],"firstPromotionMonth":true,"promotionSentThisMonth":7,"chargedThisMonth":8,"freeServiceUsed":9,"phoneNumbers":2,"exempt":true,"messagingLimit":1000,"freeConversationsUsed":10,"billingCurrency":"EUR",
		"internationalAuth":true,"country":"VN"},
	"assume":{"zalo.consultation.free-cap":"8","windows":"inside"},
	"pricing":{"markupPercent":"12.5","markupPerMessage":"0.01","monthlyFee":"1000000","taxPercent":"8","markupOnFree":false,"fallbackPerMessage":"700","incoming":{"messages":5,"perMessage":"2"},"bundle":{"messages":3,"fee":"9"},"convert":{"currency":"USD","rates":{"VND":"0.00004"}}}}`

// everyField is fullScenario with a value for each further field that is yes or
// no, or a count.
func everyField(t *testing.T) []byte {
	t.Helper()
	s, err := rules.Decode([]byte(fullScenario))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rules.Fields() {
		switch at := f.In(&s, &s.Audience[0]).(type) {
		case *rules.Opt[bool]:
			if !at.Known() {
				*at = rules.Some(true)
			}
		case *bool:
			*at = true
		case *rules.Opt[int64]:
			if !at.Known() && f.Path != "sender.dailyQuota" { // excluded by oldDailyQuota
				*at = rules.Some(max(1, f.Least))
			}
		case *int64:
			*at = max(1, f.Least, *at)
		}
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestScenarioWrittenOutReadsTheSame(t *testing.T) {
	eachExample(t, func(t *testing.T, example workedExample) { roundTrip(t, example.Scenario) })
	for name, scenario := range map[string]string{
		"every field":                  string(everyField(t)),
		"a conversion without rates":   smallest.priced(`"convert":{"currency":"VND"}`).json(),
		"a zero that was given":        smallest.saying(`"tag":0,"promotional":false`).json(),
		"hours of many digits":         smallest.segment(`"hoursSinceInteraction":0.00000000000000000000000000000000000001`).json(),
		"hours with an exponent":       smallest.segment(`"hoursSinceInteraction":8.76e4`).json(),
		"hours of the shortest moment": smallest.segment(`"hoursSinceInteraction":1e-40`).json(),
		"a number of buttons":          question{on: "2026-10-15", message: znsMessage(1, "custom", `"buttons":2`), audience: znsPeople(10, "")}.json(),
	} {
		t.Run(name, func(t *testing.T) { roundTrip(t, []byte(scenario)) })
	}
}

// roundTrip decodes, writes out and decodes again. Amounts are compared as they
// are written, as one number may be stored in two ways.
func roundTrip(t testing.TB, scenario []byte) {
	t.Helper()
	first, err := rules.Decode(scenario)
	if err != nil {
		t.Fatalf("%s: %v", scenario, err)
	}
	written, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	second, err := rules.Decode(written)
	if err != nil {
		t.Fatalf("%s was written out as %s: %v", scenario, written, err)
	}
	again, err := json.Marshal(second)
	if err != nil {
		t.Fatal(err)
	}
	if string(written) != string(again) {
		t.Errorf("written as %s\nthen as    %s", written, again)
	}
	before, _ := rules.Answer(scenario)
	after, _ := rules.Answer(written)
	if string(before) != string(after) {
		t.Errorf("%s\nanswers differ:\n%s%s", written, before, after)
	}
}

// TestTheRoundTripLeavesNothingOut: every field of every struct is given.
func TestTheRoundTripLeavesNothingOut(t *testing.T) {
	s, err := rules.Decode(everyField(t))
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{"DailyQuota": true} // excludes oldDailyQuota
	for _, part := range []any{s, s.Message, s.Message.Template, s.Audience[0], s.Sender, s.Pricing, s.Pricing.Incoming, s.Pricing.Bundle} {
		v := reflect.ValueOf(part)
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; v.Field(i).IsZero() != left[name] {
				t.Errorf("%s.%s is left out: %t", v.Type(), name, v.Field(i).IsZero())
			}
		}
	}
}
