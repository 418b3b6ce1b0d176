package screen

import (
	"testing"

	"postage/app/form"
	"postage/rules"
)

// FuzzLink: no fragment can stop the page, and the scenario of one that is
// accepted gets from the form the answer that it gets itself.
func FuzzLink(f *testing.F) {
	for _, scenario := range workedExamples(f) {
		f.Add("#" + form.LinkOf(scenario))
	}
	for _, fragment := range []string{"", "#", "#answer", "#s=", "#s=%%%", "s=!", "#s=e30", "#s=bnVsbA"} {
		f.Add(fragment)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		scenario, ok := form.ScenarioOf(fragment)
		if !ok {
			return
		}
		surviveForm(t, scenario)
	})
}

// FuzzForm is FuzzLink without the coding of the link, which hides the fields
// from a fuzzer.
func FuzzForm(f *testing.F) {
	for _, scenario := range workedExamples(f) {
		f.Add([]byte(scenario))
	}
	for _, scenario := range hostileJSON {
		f.Add([]byte(scenario))
	}
	f.Fuzz(surviveForm)
}

func surviveForm(t *testing.T, scenario []byte) {
	filled, err := formOfText(scenario, TestDay, "vi")
	want, ok := rules.Answer(scenario)
	if ok != (err == nil) {
		t.Fatalf("%s: the form says %v, the rules %s", scenario, err, want)
	}
	if err != nil {
		return
	}
	again, mistakes := scenarioText(filled)
	if len(mistakes) > 0 {
		t.Fatalf("%s: mistakes %v", scenario, mistakes)
	}
	if got, _ := rules.Answer(again); string(got) != string(want) {
		t.Errorf("scenario %s\nbecame   %s\nanswer %s\nwas    %s", scenario, again, got, want)
	}
}
