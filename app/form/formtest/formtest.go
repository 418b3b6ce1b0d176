// Package formtest is what tests share of forms and scenarios: the worked examples
// of the rules, and what is meant to do harm.
package formtest

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"postage/app/form"
	"postage/rules"
)

// SameDraft reports whether two drafts say the same.
func SameDraft(d, other form.Draft) bool {
	return d.Groups == other.Groups && d.Link == other.Link && d.Before == other.Before && d.Name == other.Name && maps.Equal(d.Values, other.Values) && maps.Equal(d.Carried, other.Carried)
}

// TestDay is today in tests.
const TestDay = "2026-11-21"

// WorkedExamples are the scenarios of the rules' test data.
func WorkedExamples(t testing.TB) map[string]json.RawMessage {
	t.Helper()
	folder := "rules/testdata/cases"
	for range 5 { // upwards from the tested package
		if _, err := os.Stat(folder); err == nil {
			break
		}
		folder = filepath.Join("..", folder)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
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

// SurviveForm holds that a scenario gets from the form the answer that it gets
// itself.
func SurviveForm(t *testing.T, scenario []byte) {
	filled, err := FormOfText(scenario, TestDay, "vi")
	want, ok := rules.Answer(scenario)
	if ok != (err == nil) {
		t.Fatalf("%s: the form says %v, the rules %s", scenario, err, want)
	}
	if err != nil {
		return
	}
	again, mistakes := ScenarioText(filled)
	if len(mistakes) > 0 {
		t.Fatalf("%s: mistakes %v", scenario, mistakes)
	}
	if got, _ := rules.Answer(again); string(got) != string(want) {
		t.Errorf("scenario %s\nbecame   %s\nanswer %s\nwas    %s", scenario, again, got, want)
	}
}

// FormOfText is the form of a scenario in JSON.
func FormOfText(scenario []byte, today, lang string) (*form.Form, error) {
	s, err := rules.Decode(scenario)
	if err != nil {
		return nil, err
	}
	return form.Of(s, today, lang), nil
}

// ScenarioText is what is asked as JSON.
func ScenarioText(f *form.Form) ([]byte, []form.Mistake) {
	s, mistakes := f.Scenario()
	text, _ := s.MarshalJSON() // never fails
	return text, mistakes
}

// FormWith is a form with answers by their paths.
func FormWith(answers map[string]string) *form.Form {
	f := form.New(TestDay, "vi")
	for path, v := range answers {
		f.Set(path, v)
	}
	return f
}

// Evaluated is the answer to what stands in a form.
func Evaluated(t testing.TB, f *form.Form) rules.Quote {
	t.Helper()
	scenario, mistakes := ScenarioText(f)
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

// AskedOf is the scenario of a form that must have one.
func AskedOf(t testing.TB, f *form.Form) rules.Scenario {
	t.Helper()
	data, mistakes := ScenarioText(f)
	s, err := rules.Decode(data)
	if err != nil || len(mistakes) > 0 {
		t.Fatalf("%s: %v %v", data, err, mistakes)
	}
	return s
}

// CurveForms are forms whose curves bend in different ways.
func CurveForms() map[string]*form.Form {
	groups := FormWith(map[string]string{form.PathType: string(rules.WhatsAppMarketing), "audience[0].recipients": "700", "audience[0].country": "ID"})
	groups.AddGroup(0)
	groups.Set("audience[1].recipients", "4321")
	groups.Set("audience[1].country", "IN")
	return map[string]*form.Form{
		"a plain price":         FormWith(nil),
		"a free thousand":       FormWith(map[string]string{form.PathType: string(rules.WhatsAppService), "audience[0].recipients": "300", "audience[0].hoursSinceInteraction": "2"}),
		"volume tiers":          FormWith(map[string]string{form.PathType: string(rules.WhatsAppUtility), "audience[0].country": "ID", "audience[0].recipients": "900000", form.PathPer: "3"}),
		"a quota":               FormWith(map[string]string{form.PathType: string(rules.ZNS), "message.tag": "3", "message.template.kind": "voucher", "sender.promotionBase[0]": "9000", "sender.promotionBase[1]": "6000", "audience[0].careWithin6Months": form.Yes, "audience[0].recipients": "4000"}),
		"included messages":     FormWith(map[string]string{"sender.includedMessages": "500", "audience[0].recipients": "800", "pricing.monthlyFee": "100000", "pricing.markupPercent": "7.5"}),
		"nothing to pay":        FormWith(map[string]string{form.PathType: string(rules.ZaloBroadcast)}),
		"one person":            FormWith(map[string]string{"audience[0].recipients": "1"}),
		"as many as there are":  FormWith(map[string]string{"audience[0].recipients": "1000000000"}),
		"a converted price":     FormWith(map[string]string{form.PathType: string(rules.WhatsAppMarketing), "pricing.convert.currency": "VND", "pricing.convert.rates.USD": "26123.45"}),
		"two groups":            groups,
		"a conversation's rate": FormWith(map[string]string{form.PathType: string(rules.WhatsAppMarketing), form.PathOn: "2025-01-01", form.PathPer: "4"}),
	}
}
