package model_test

import (
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/rules"
)

// A draft that would come back as another one is not kept in the place of the
// last good one.
func TestADraftThatWouldNotBeReadIsNotKept(t *testing.T) {
	tab := formtest.Memory{}
	good := form.Draft{Values: map[string]string{"on": "2026-11-21"}, Groups: rules.MaxSegments, Link: "s=e30", Carried: map[string]string{"audience[99].tag": "7"}}
	named := good
	named.Name = " Hoa\u202e  Mai " // as it is being typed
	if outcome := model.StoreDraft(tab, named); outcome != model.Done {
		t.Fatalf("a good one is not kept: %d", outcome)
	}
	good.Name = "Hoa Mai"
	for name, change := range map[string]func(*form.Draft){
		"too many groups":        func(d *form.Draft) { d.Groups = rules.MaxSegments + 1 },
		"no group":               func(d *form.Draft) { d.Groups = 0 },
		"carried beyond groups":  func(d *form.Draft) { d.Carried = map[string]string{"audience[100].tag": "7"} },
		"carried that is broken": func(d *form.Draft) { d.Carried = map[string]string{"sender.x": "{"} },
		"signs that are none":    func(d *form.Draft) { d.Values = map[string]string{"on": "\xff"} },
		"an endless answer":      func(d *form.Draft) { d.Values = map[string]string{"on": strings.Repeat("9", 1<<20)} },
	} {
		bad := good
		if change(&bad); model.StoreDraft(tab, bad) != model.Unread {
			t.Errorf("%s: %s", name, tab[model.DraftKey])
		}
		if kept, ok := model.LoadDraft(tab); !ok || !formtest.SameDraft(kept, good) {
			t.Errorf("%s: %+v stands there", name, kept)
		}
	}
	for _, odd := range []string{"", "\xff", "a\u2028b", "\u0000", "<>&\"", "\ufffd", "\U0010ffff", strings.Repeat("ă", 500)} {
		d := form.Draft{Values: map[string]string{odd: odd, "on": odd}, Groups: 1, Link: odd, Before: odd, Carried: map[string]string{"x" + odd: "7"}}
		if outcome := model.StoreDraft(tab, d); (outcome == model.Done) == (odd == "\xff") {
			t.Errorf("%q: %d", odd, outcome)
		}
		if kept, _ := model.LoadDraft(tab); odd != "\xff" && !formtest.SameDraft(kept, d) {
			t.Errorf("%q: %+v stands there", odd, kept)
		}
	}
	// Each scenario that can be opened can be kept, and what a user makes of it.
	for _, scenario := range formtest.WorkedExamples(t) {
		f, err := formtest.FormOfText(scenario, formtest.TestDay, "vi")
		if err != nil {
			continue
		}
		for f.Groups < rules.MaxSegments {
			f.AddGroup(0)
		}
		d := form.Draft{Values: f.Values, Groups: f.Groups, Link: form.LinkOf(scenario), Carried: f.Carried}
		if outcome := model.StoreDraft(tab, d); outcome != model.Done {
			t.Errorf("%s is not kept: %d", scenario, outcome)
		}
		if kept, ok := model.LoadDraft(tab); !ok || !formtest.SameDraft(kept, d) {
			t.Errorf("%s comes back as %+v", scenario, kept)
		}
	}
}
