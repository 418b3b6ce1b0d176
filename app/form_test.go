package app

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"postage/rules"
)

const testDay = "2026-11-21"

// workedExamples are the scenarios of the rules' test data.
func workedExamples(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	files, err := filepath.Glob("../rules/testdata/cases/*.jsonl")
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
			f, err := formOf(scenario, testDay)
			if err != nil {
				t.Fatal(err)
			}
			again, mistakes := f.scenario()
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
		got, ok := scenarioOf("#" + linkOf(scenario))
		if !ok || string(got) != string(scenario) {
			t.Errorf("%s: %s became %s", name, scenario, got)
		}
	}
	for _, fragment := range []string{"", "#", "#answer", "#s=%%%", "#s", "s=!"} {
		if got, ok := scenarioOf(fragment); ok {
			t.Errorf("the fragment %q gave %q", fragment, got)
		}
	}
}

func TestEveryTypeIsAnsweredFromItsDefaults(t *testing.T) {
	for _, kind := range rules.MessageTypes("") {
		for _, on := range []string{"2020-06-01", "2023-07-01", "2024-02-01", "2024-12-01", "2025-09-01", testDay} {
			f := newForm(testDay)
			f.set(pathType, string(kind))
			f.set(pathOn, on)
			scenario, mistakes := f.scenario()
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
		if got, ok := parseCount(typed); !ok || got != want {
			t.Errorf("%q is read as %d, %v, not %d", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", " ", "abc", "1.5", "1,20", "-5", "1..200", ".200", "12,34,567", "1e3", "99999999999999999999", "k", "0x10", "1.2345k", "١٢"} {
		if got, ok := parseCount(typed); ok {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
}

func TestDecimalsAreReadAsPeopleWriteThem(t *testing.T) {
	for typed, want := range map[string]string{
		"10": "10", "0.05": "0.05", "0,05": "0.05", "26.000": "26000", "26,000": "26000", "26.000,5": "26000.5",
		"26,000.5": "26000.5", "1 234,56": "1234.56", ".5": "0.5", "168.5": "168.5", "0.123": "0.123",
	} {
		if got, ok := parseDecimal(typed); !ok || got.String() != want {
			t.Errorf("%q is read as %s, %v, not %s", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", "abc", "-1", "1e9", "NaN", "--", "1/2"} {
		if got, ok := parseDecimal(typed); ok {
			t.Errorf("%q is read as %s", typed, got)
		}
	}
}

func TestAMistakeNamesTheFieldAndLosesNothing(t *testing.T) {
	f := newForm(testDay)
	f.set("audience[0].recipients", "many")
	f.set(pathPer, "0")
	_, mistakes := f.scenario()
	if len(mistakes) != 2 || mistakes[0].path != "audience[0].recipients" || mistakes[0].key != "mistake.count" ||
		mistakes[1].path != pathPer || mistakes[1].key != "mistake.range" {
		t.Errorf("mistakes %v", mistakes)
	}
	if f.get("audience[0].recipients") != "many" {
		t.Errorf("what was typed has become %q", f.get("audience[0].recipients"))
	}
}

func TestGroupsAreAddedAsCopiesAndRemovedFromTheMiddle(t *testing.T) {
	f := newForm(testDay)
	f.set("audience[0].recipients", "10")
	f.addGroup(0)
	f.set("audience[1].recipients", "20")
	f.addGroup(1)
	f.set("audience[2].recipients", "30")
	f.removeGroup(1)
	if f.groups != 2 || f.get("audience[0].recipients") != "10" || f.get("audience[1].recipients") != "30" {
		t.Errorf("%d groups: %v", f.groups, f.values)
	}
	f.removeGroup(0)
	if f.groups != 1 || f.get("audience[0].recipients") != "30" {
		t.Errorf("%d groups: %v", f.groups, f.values)
	}
}

func TestAnswersOfHiddenQuestionsStayOutOfTheScenarioButAreKept(t *testing.T) {
	f := newForm(testDay)
	f.set("sender.oaPackage", "premium") // not on offer on that day, and not asked
	f.set("message.tag", "5")
	scenario, mistakes := f.scenario()
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	if answer, ok := rules.Answer(scenario); !ok {
		t.Errorf("%s gave %s", scenario, answer)
	}
	if f.get("message.tag") != "5" {
		t.Error("the tag is lost")
	}
}
