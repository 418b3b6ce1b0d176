package form_test

import (
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/rules"
)

// TestEachGroupIsAskedWhatItsWaysNeed: the questions of the platform's other types,
// with nothing taken for said, and gone again where all get the same.
func TestEachGroupIsAskedWhatItsWaysNeed(t *testing.T) {
	f := formtest.FormWith(map[string]string{form.PathType: string(rules.ZNS), "message.tag": "3", form.PathOn: "2026-12-20"})
	others := []string{"audience[0].follows", "audience[1].uid", "audience[1].hoursSinceInteraction", "message.template.approvedOn", "sender.tool"}
	f.SetMix(rules.Promotion)
	if f.Mix() != "" || f.Asks(others[0]) {
		t.Error("one group has ways of its own")
	}
	f.AddGroup(0)
	for _, path := range others {
		if !f.Asks(path) || f.Get(path) != "" {
			t.Errorf("%s is asked: %t, and stands at %q", path, f.Asks(path), f.Get(path))
		}
	}
	for _, path := range []string{"audience[0].optedIn", "audience[0].country", "audience[0].freeEntryPoint"} {
		if f.Asks(path) {
			t.Errorf("%s is asked, which is of another platform", path)
		}
	}
	f.Set(others[0], form.Yes)
	other := f.As(rules.Message{Type: rules.ZaloBroadcast})
	if other.Mix() != "" || other.Get(others[0]) != form.Yes || other.Get("audience[1].follows") != "" {
		t.Errorf("as a broadcast they follow: %q and %q", other.Get(others[0]), other.Get("audience[1].follows"))
	}
	f.SetMix("")
	if f.Asks(others[0]) {
		t.Error("it is still asked whether they follow")
	}
	f.SetMix(rules.Promotion)
	if f.Get(others[0]) != form.Yes {
		t.Error("the answer is gone")
	}
	f.RemoveGroup(1)
	if f.Mix() != "" || f.Asks(others[0]) {
		t.Error("the last group has ways of its own")
	}
}

// TestWhatALinkCarriesIsAnAnswerOnceItIsAsked.
func TestWhatALinkCarriesIsAnAnswerOnceItIsAsked(t *testing.T) {
	s, err := rules.Decode([]byte(`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2026-01-10"}},` +
		`"audience":[{"recipients":5,"uid":true,"follows":false,"hoursSinceInteraction":72},{"recipients":7,"hoursSinceInteraction":null}],"sender":{"tool":"openapi"}}`))
	if err != nil {
		t.Fatal(err)
	}
	f := form.Of(s, formtest.TestDay, "vi")
	before, _ := f.Scenario()
	f.SetMix(rules.Promotion)
	for path, want := range map[string]string{
		"audience[0].uid": form.Yes, "audience[0].follows": form.No, "audience[0].hoursSinceInteraction": "=72", "audience[1].hoursSinceInteraction": form.Never,
		"audience[1].uid": "", "sender.tool": "openapi", "message.template.approvedOn": "2026-01-10",
	} {
		if got := f.Get(path); got != want {
			t.Errorf("%s is %q, not %q", path, got, want)
		}
	}
	again, mistakes := f.Scenario()
	if text, _ := again.MarshalJSON(); len(mistakes) > 0 || string(text) != string(must(before.MarshalJSON())) {
		t.Errorf("the scenario is now %s %v", text, mistakes)
	}
}

func must(text []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return text
}
