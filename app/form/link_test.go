package form_test

import (
	"encoding/json"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/words"
	"postage/rules"
)

func TestALinkTellsItsAnswer(t *testing.T) {
	for name, scenario := range formtest.WorkedExamples(t) {
		var q rules.Quote
		answer, ok := rules.Answer(scenario)
		if !ok || json.Unmarshal(answer, &q) != nil {
			continue
		}
		link := form.LinkOf(scenario) + form.ClaimFor(&q, formtest.TestDay).Says()
		got, ok := form.ScenarioOf("#" + link)
		if !ok || string(got) != string(scenario) {
			t.Errorf("%s: %s became %s", name, scenario, got)
		}
		c, ok := form.ClaimOf("#" + link)
		if !ok || !c.Agrees(&q) || c.On.String() != formtest.TestDay || c.Book != rules.BookVersion() {
			t.Errorf("%s: %s became the claim %+v", name, link, c)
		}
		q.Verdict += "x"
		if c.Agrees(&q) {
			t.Errorf("%s: another verdict goes unnoticed", name)
		}
	}
}

func TestAClaimThatNoPageHasWrittenIsNone(t *testing.T) {
	for _, says := range []string{
		"", "&a=", "&a=<b>_1_VND", "&a=maybe_1_VND", "&a=eligible_1e9_VND", "&a=eligible_-1_VND", "&a=eligible_1_", "&a=eligible_1_vnd", "&a=eligible_1_VNDX",
		"&a=eligible_1_VND&b=%", "&a=eligible_1_VND&x=<b>", "&a=eligible_1_VND&b=\u202e", "&a=eligible_1_VND&d= ",
		"&a=eligible__VND", "&a=eligible_" + strings.Repeat("9", 50) + "_VND", "&a=eligible_1.2.3_VND", "&a=eligible_._VND", "&a=eligible_1_<i>",
	} {
		if c, ok := form.ClaimOf("s=e30" + says); ok {
			t.Errorf("%q is the claim %+v", says, c)
		}
	}
}

func TestALinkTellsItsName(t *testing.T) {
	for name, want := range map[string]string{
		"Tết, chị Hoa": "Tết, chị Hoa", " a\n b ": "a b", "": "", " \u202e ": "", strings.Repeat("ơ", words.MaxName+5): strings.Repeat("ơ", words.MaxName),
	} {
		link := form.LinkPrefix + "e30" + form.NamePart(name)
		if got := form.NameIn("#" + link + "&b=x"); got != want || (want == "") != (link == "s=e30") {
			t.Errorf("%q is %q in %s", name, got, link)
		}
		if scenario, ok := form.ScenarioOf(link); !ok || string(scenario) != "{}" {
			t.Errorf("with the name %q the scenario is %s", name, scenario)
		}
		if _, ok := form.ClaimOf(link + "&a=eligible_5_VND"); !ok {
			t.Errorf("with the name %q the link's answer is not read", name)
		}
	}
	for _, hostile := range []string{"#s=e30", "#s=e30&n=", "#s=e30&n=%%%", "#s=e30&n=4oCu"} {
		if got := form.NameIn(hostile); got != "" {
			t.Errorf("%s has the name %q", hostile, got)
		}
	}
}

// FuzzLink: no fragment can stop the page, and the scenario of one that is
// accepted gets from the form the answer that it gets itself.
func FuzzLink(f *testing.F) {
	for _, scenario := range formtest.WorkedExamples(f) {
		f.Add("#" + form.LinkOf(scenario))
	}
	for _, fragment := range []string{"", "#", "#answer", "#s=", "#s=%", "#s=%%%", "s=!", "#s=!!", "#s=e30", "#s=bnVsbA", "#__proto__", "#s=" + strings.Repeat("A", 1_900_000), "#s=" + strings.Repeat("W1tb", 5_000)} {
		f.Add(fragment)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		scenario, ok := form.ScenarioOf(fragment)
		if !ok {
			return
		}
		formtest.SurviveForm(t, scenario)
	})
}

// FuzzForm is FuzzLink without the coding of the link, which hides the fields
// from a fuzzer.
func FuzzForm(f *testing.F) {
	for _, scenario := range formtest.WorkedExamples(f) {
		f.Add([]byte(scenario))
	}
	for _, scenario := range formtest.HostileJSON {
		f.Add([]byte(scenario))
	}
	f.Fuzz(formtest.SurviveForm)
}
