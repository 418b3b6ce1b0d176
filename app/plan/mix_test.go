package plan_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/plan"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
)

// workedGroups are the scenarios of the rules' test data with several groups, and each
// with the groups of the one before it, as far as that is one too.
func workedGroups(t *testing.T) (list []rules.Scenario) {
	t.Helper()
	files, err := filepath.Glob("../../rules/testdata/cases/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var before rules.Scenario
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var one struct{ Scenario json.RawMessage }
			if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
				t.Fatal(err)
			}
			s, err := rules.Decode(one.Scenario)
			if err != nil {
				continue
			}
			if len(s.Audience) > 1 {
				list = append(list, s)
			}
			both := s
			both.Audience = slices.Concat(s.Audience, before.Audience)
			if before = s; len(both.Audience) > len(s.Audience) && both.Validate() == nil {
				list = append(list, both)
			}
		}
	}
	if len(list) < 100 {
		t.Fatalf("only %d worked scenarios with several groups", len(list))
	}
	return list
}

func noRest() {}

// found is a mix that has been found.
func found(t *testing.T, s rules.Scenario) *plan.Mixing {
	t.Helper()
	m := &plan.Mixing{Asked: s, Purpose: rules.PurposeOf(s)}
	if m.Mix = m.Find(noRest); m.Mix == nil && m.Purpose != "" {
		t.Fatalf("no mix of %+v", s)
	}
	return m
}

// TestThePlanOfAMixCostsWhatTheMixSays puts each mix into an empty plan: whatever the
// plan keeps of it, it answers as the mix did.
func TestThePlanOfAMixCostsWhatTheMixSays(t *testing.T) {
	put := 0
	for i, s := range workedGroups(t) {
		m := found(t, s)
		if m.Mix == nil {
			continue
		}
		for _, m.Counted = range []bool{false, true} {
			b := m.Blend()
			p := plan.Plan{Lang: words.Codes[i%len(words.Codes)]}
			first := p.Put(m, formtest.TestDay, func(t rules.MessageType) string { return string(t) })
			if len(b.Plan.Items) == 0 {
				if first != 0 || len(p.Items) != 0 {
					t.Errorf("%d: of nothing came %d items", i, len(p.Items))
				}
				continue
			}
			put++
			a := p.Answer(formtest.TestDay)
			if a.LeftOut(&p) > 0 || p.Find(first) != 0 {
				t.Errorf("%d: %v was left out, or item %d is not the first", i, a.Wrong, first)
				continue
			}
			if got, want := answerText(t, a.Quote), answerText(t, &b.Quote); got != want {
				t.Errorf("%d: the plan answers\n%s\nthe mix\n%s", i, got, want)
			}
		}
	}
	if put < 50 {
		t.Errorf("only %d mixes were put into a plan", put)
	}
}

// offer is a message to a group with a user id and one with a phone number.
func offer(t *testing.T) plan.Plan {
	t.Helper()
	return typed(t,
		`{"on":"2026-12-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":5,"uid":true,"hoursSinceInteraction":1}]}`,
		`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true,"approvedOn":"2026-03-16"}},"audience":[{"recipients":10,"uid":true,"phone":false,"hoursSinceInteraction":1},{"recipients":20,"uid":false,"phone":true}],"sender":{"tool":"openapi","oaPackage":"growth"}}`,
		`{"on":"2026-12-02","message":{"type":"whatsapp.utility"},"audience":[{"recipients":7,"country":"VN"}]}`,
	)
}

func TestAMixTakesThePlaceOfItsItem(t *testing.T) {
	p := offer(t)
	p.Items[1].Name, p.Items[1].Every, p.Items[1].Until, p.Items[1].Same = "Đơn", rules.EveryWeek, "2026-12-31", true
	a := p.Answer(formtest.TestDay)
	if a.MixingOf(&p, 0) != nil {
		t.Error("one group has a mix")
	}
	m := a.MixingOf(&p, 1)
	if m == nil {
		t.Fatal("two groups have no mix")
	}
	m.Mix = m.Find(noRest)
	ids := []int64{p.Items[0].ID, p.Items[2].ID}
	first := p.Put(m, formtest.TestDay, func(t rules.MessageType) string { return string(t.Channel()) })
	if len(p.Items) != 4 || p.Find(first) != 1 || p.Items[0].ID != ids[0] || p.Items[3].ID != ids[1] {
		t.Fatalf("the items are %+v", p.Items)
	}
	for _, item := range p.Items[1:3] {
		if !strings.HasPrefix(item.Name, "Đơn, z") || item.Every != rules.EveryWeek || item.Until != "2026-12-31" || !item.Same {
			t.Errorf("an item of the mix is %+v", item)
		}
	}
	if keeper := plan.NewKeeper(memory{}); keeper.Store(p) != 0 {
		t.Error("such a plan cannot be kept")
	}
	if q := p.Answer(formtest.TestDay).Quote; q.Deliverable != 5+2*30+7 {
		t.Errorf("%d messages go out", q.Deliverable)
	}
	// What is no longer in the plan comes behind the others.
	before := len(p.Items)
	if first = p.Put(m, formtest.TestDay, func(rules.MessageType) string { return "" }); p.Find(first) != before {
		t.Errorf("the first of the mix is item %d, not %d", p.Find(first), before)
	}
}

// TestAnAnswerHoldsForItsMixAlone: the plan's own answers stay as they are.
func TestAnAnswerHoldsForItsMixAlone(t *testing.T) {
	p := typed(t, `{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2026-03-16"}},"audience":[{"recipients":10,"uid":true,"phone":false},{"recipients":20,"uid":false,"phone":true,"careWithin6Months":true}],"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[60000,60000]}}`)
	a := p.Answer(formtest.TestDay)
	before := a.Text()
	m := a.MixingOf(&p, 0)
	m.Mix = m.Find(noRest)
	said := 0
	for tell := m.Tell("vi", formtest.TestDay); said < 20; said++ {
		q, ok := tell.Open()
		if !ok {
			break
		}
		answer := form.Yes
		if len(q.Q.Options) > 0 {
			answer = q.Q.Options[0]
		}
		m.Say(q, answer)
		m.Mix = m.Find(noRest)
		tell = m.Tell("vi", formtest.TestDay)
		if got := len(tell.Said()); got != said+1 {
			t.Errorf("%d questions are answered, not %d", got, said+1)
		}
	}
	if said == 0 || said == 20 {
		t.Errorf("%d questions were asked", said)
	}
	if got := a.Text(); got != before {
		t.Errorf("the plan has become\n%s\nfrom\n%s", got, before)
	}
}

func TestALinkBringsTheGroups(t *testing.T) {
	text, err := workedGroups(t)[0].MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	link := form.MixLink(rules.Promotion, text)
	m, wrong := plan.MixingIn("#" + link)
	if wrong != nil || m.Purpose != rules.Promotion {
		t.Fatalf("%v", wrong)
	}
	if got, _ := m.Asked.MarshalJSON(); string(got) != string(text) {
		t.Errorf("%s became %s", text, got)
	}
	for bad, path := range map[string]string{
		"":                                  "",
		"mix=promotion":                     "",
		"mix=promotion&s=!":                 "",
		form.MixLink("x", text):             "purpose",
		form.MixLink("", text):              "purpose",
		form.MixLink("answer", []byte("{")): "",
		"mix=answer&" + form.LinkPrefix + base64.RawURLEncoding.EncodeToString([]byte(`{"on":"x"}`)): "on",
		"mix=answer&s=" + strings.Repeat("A", form.MaxLink):                                          "",
	} {
		if _, wrong := plan.MixingIn(bad); wrong == nil || wrong.Path != path {
			t.Errorf("%.60s: %v, not a mistake at %q", bad, wrong, path)
		}
	}
}

// TestAMixIsToldInEveryLanguage looks for keys and placeholders in all that is said.
func TestAMixIsToldInEveryLanguage(t *testing.T) {
	sections := wordstest.KeySections()
	for i, s := range workedGroups(t) {
		m := found(t, s)
		if m.Mix == nil {
			continue
		}
		for _, lang := range words.Codes {
			tell := m.Tell(lang, formtest.TestDay)
			b := m.Blend()
			said := append([]string{tell.About(), tell.Label(), tell.Note(), tell.Ring(), tell.Total(&b.Quote)}, tell.Notes()...)
			for g := range b.Groups {
				said = append(append(said, tell.Facts(g), tell.Sent(&b.Groups[g])), tell.WouldReach(g)...)
				if b.Groups[g].Type != "" {
					said = append(said, tell.Way(&b.Groups[g]), tell.Cost(b.Groups[g].Total))
				}
				for k := range m.Mix.Groups[g].Ways {
					said = append(said, tell.Why(g, &m.Mix.Groups[g].Ways[k]))
				}
			}
			if m.Mix.Depends != nil {
				said = append(append(said, tell.DependsTitle()), tell.DependsOn()...)
			}
			for _, text := range said {
				if left := wordstest.LeftOver(text, sections); left != "" {
					t.Errorf("%d in %s: %q is left in %q", i, lang, left, text)
				}
			}
		}
	}
}
