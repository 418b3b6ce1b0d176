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
	"postage/app/report"
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

// answer answers questions that stand together with the first that there is.
func answer(t *testing.T, m *plan.Mixing, list []report.Question) {
	t.Helper()
	if q := list[0]; !plan.IsTyped(q.Q) {
		answer := form.Yes
		switch {
		case q.Q.Kind == form.AskHours:
			answer = report.HoursWeek
		case len(q.Q.Options) > 0:
			answer = q.Q.Options[0]
		}
		m.Say(q, answer)
		return
	}
	for _, q := range list {
		switch q.Q.Kind {
		case form.AskFlag:
			m.Type(q.Q.Path, form.Yes)
		case form.AskCountry:
			m.Type(q.Q.Path, "VN")
		case form.AskDate:
			m.Type(q.Q.Path, "2026-03-16")
		default:
			m.Type(q.Q.Path, "5")
		}
	}
	if !m.SayTyped(list) {
		t.Errorf("%s cannot be answered: %s", list[0].Q.Path, m.FirstWrong())
	}
}

// TestNoQuestionOfAMixIsADeadEnd answers all that is asked: what a way hangs on in the end
// is not known by the book either.
func TestNoQuestionOfAMixIsADeadEnd(t *testing.T) {
	groups := workedGroups(t)
	for _, text := range []string{
		`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2026-03-16"}},"audience":[{"recipients":8000},{"recipients":12000,"phone":true}]}`,
		`{"on":"2026-10-20","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":8000,"country":"US"},{"recipients":12000,"country":"VN"}]}`,
	} {
		s, err := rules.Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		groups = append(groups, s)
	}
	typed := 0
	for _, s := range groups {
		m := found(t, s)
		if m.Mix == nil {
			continue
		}
		tell := m.Tell("vi", formtest.TestDay)
		for n := 0; ; n++ {
			list := tell.Open()
			if len(list) == 0 {
				break
			}
			if n > 60 {
				t.Fatalf("%s is asked without an end", list[0].Q.Path)
			}
			if plan.IsTyped(list[0].Q) {
				typed++
			}
			answer(t, m, list)
			m.Mix = m.Find(noRest)
			tell = m.Tell("vi", formtest.TestDay)
		}
		if m.Mix.Depends == nil {
			continue
		}
		for g := range m.Mix.Depends.Groups {
			if way := m.Mix.Way(m.Mix.Depends, g); way != nil {
				for _, c := range way.Open() {
					if len(c.Needs) > 0 {
						t.Errorf("%s to group %d hangs on %s, and nothing asks for %s", way.Type, g, c.Code, c.Needs)
					}
				}
			}
		}
	}
	if typed == 0 {
		t.Error("nothing had to be typed")
	}
}

// TestTheQuotaOfPostSaleMessagesIsAskedInPlace: two numbers that count together, and with
// them what else the quota hangs on.
func TestTheQuotaOfPostSaleMessagesIsAskedInPlace(t *testing.T) {
	s, err := rules.Decode([]byte(`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true,"approvedOn":"2026-03-16"}},"audience":[{"recipients":80,"uid":false,"phone":true,"careWithin6Months":true},{"recipients":20,"uid":false,"phone":true,"careWithin6Months":true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	m := &plan.Mixing{Asked: s, Purpose: rules.Promotion}
	tell := func() plan.MixTeller {
		m.Mix = m.Find(noRest)
		return m.Tell("vi", formtest.TestDay)
	}
	list := tell().Open()
	var paths []string
	for _, q := range list {
		paths = append(paths, q.Q.Path)
	}
	if got := strings.Join(paths, " "); got != "sender.promotionBase[0] sender.promotionBase[1] sender.firstPromotionMonth sender.promotionSentThisMonth" {
		t.Fatalf("%s are asked together", got)
	}
	if m.SayTyped(list) || m.FirstWrong() != "sender.promotionBase[0]" {
		t.Errorf("nothing is an answer: %s", m.FirstWrong())
	}
	m.Type("sender.promotionBase[0]", "600")
	if list = tell().Open(); m.SayTyped(list) || m.FirstWrong() != "sender.promotionBase[1]" || tell().Wrong(list[1]) == "" {
		t.Errorf("one of two months is an answer: %s", m.FirstWrong())
	}
	m.Type("sender.promotionBase[1]", "x")
	if list = tell().Open(); m.SayTyped(list) {
		t.Error("x is a number")
	}
	m.Type("sender.promotionBase[1]", "0")
	if list = tell().Open(); !m.SayTyped(list) || m.Asked.Sender.PromotionBase.Or([2]int64{}) != [2]int64{600, 0} {
		t.Fatalf("the base is %v", m.Asked.Sender.PromotionBase)
	}
	if after := tell(); len(after.Open()) != 0 || len(after.Said()) != 1 || after.Verdict() != rules.Eligible {
		t.Errorf("%s, %d open, %d said", after.Verdict(), len(after.Open()), len(after.Said()))
	}
	// Emptied it is open again.
	for _, q := range tell().Said()[0] {
		m.Type(q.Q.Path, "")
	}
	if !m.SayTyped(tell().Said()[0]) || m.Asked.Sender.PromotionBase.Known() || len(tell().Open()) != 4 || len(tell().Said()) != 0 {
		t.Errorf("the base still is %v", m.Asked.Sender.PromotionBase)
	}
}

// TestAMixLooksAtAnotherDay: what is not there on it gives way to what is.
func TestAMixLooksAtAnotherDay(t *testing.T) {
	s, err := rules.Decode([]byte(`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true}},"audience":[{"recipients":80,"phone":true},{"recipients":20,"phone":true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	m := &plan.Mixing{Asked: s, Purpose: rules.Promotion}
	for day, wrong := range map[string]string{"": "mistake.date", "2026-02-30": "mistake.date", "2027-01-04": "", "2023-06-01": ""} {
		before := m.Asked.On.String()
		if got := m.MoveTo(day); got != wrong {
			t.Errorf("%q: %q, not %q", day, got, wrong)
		}
		want := before
		if wrong == "" {
			want = day
		}
		if err := m.Asked.Validate(); err != nil || m.Asked.On.String() != want {
			t.Errorf("%q: the day is %s, not %s: %v", day, m.Asked.On, want, err)
		}
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
		list := tell.Open()
		if len(list) == 0 {
			break
		}
		answer(t, m, list)
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

// TestEachWayOfAMixSaysWhatIsSentAndWhereItsPriceStands: "for advertising" alone leaves open
// by which template an offer goes out.
func TestEachWayOfAMixSaysWhatIsSentAndWhereItsPriceStands(t *testing.T) {
	s, err := rules.Decode([]byte(`{"on":"2026-12-20","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true,"approvedOn":"2026-03-16"}},"audience":[{"recipients":80,"follows":true,"uid":true,"phone":false,"hoursSinceInteraction":72},{"recipients":20,"uid":false,"phone":true,"careWithin6Months":true}],"sender":{"tool":"openapi","oaPackage":"growth","promotionBase":[6000,6000]}}`))
	if err != nil {
		t.Fatal(err)
	}
	m := &plan.Mixing{Asked: s, Purpose: rules.Promotion}
	m.Mix = m.Find(noRest)
	tell := m.Tell("vi", formtest.TestDay)
	groups := m.Blend().Groups
	if groups[0].Type != rules.ZaloBroadcast || tell.Template(&groups[0]) != "" || tell.Price(0, &groups[0]) != nil {
		t.Errorf("%s: %q, %+v", groups[0].Type, tell.Template(&groups[0]), tell.Price(0, &groups[0]))
	}
	if got := tell.Template(&groups[1]); got != "Loại mẫu tin: Voucher · Mục đích gửi (tag): 3 · Hậu mãi" {
		t.Errorf("%s: %q", groups[1].Type, got)
	}
	if l := tell.Price(1, &groups[1]); l == nil || l.Code != "zns-voucher" || len(l.Sources) == 0 {
		t.Errorf("its price is %+v", l)
	}
}
