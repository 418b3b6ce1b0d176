package rules_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"postage/rules"
)

// told writes mistakes as path, code and what was meant.
func told(list []*rules.Error) (lines []string) {
	for _, e := range list {
		line := e.Path + " " + string(e.Code)
		if _, meant, ok := strings.Cut(e.Message, "; did you mean "); ok {
			line += " " + strings.TrimSuffix(meant, "?")
		}
		lines = append(lines, line)
	}
	return lines
}

func TestEveryMistakeIsTold(t *testing.T) {
	for _, c := range []struct {
		name, scenario string
		want           []string
	}{
		{"none", smallest.json(), nil},
		{"no JSON", `{`, []string{" syntax"}},
		{"no object", `[]`, []string{" wrong-type"}},
		{"nothing", `{}`, []string{"on required", "message required", "audience required"}},
		{
			"in each part", `{"on":"2026-13-01","message":{"type":"zalo.znss","aproved":true,"tag":"1"},
			"audience":[{"recipients":"5","Uid":true},7,{}],"sender":{"tool":"open-api","oaPackage":"grwoth"},
			"pricing":{"markupPerMessage":5,"convert":{"rates":{"VND":"x","usd":"1"}}},"asume":{}}`,
			[]string{
				"on out-of-range", "message.aproved unknown-field `message.template.approved`", "message.tag wrong-type",
				"audience[0].recipients wrong-type", "audience[0].Uid unknown-field `uid`", "audience[1] wrong-type",
				"pricing.markupPerMessage wrong-type", "pricing.convert.rates.VND wrong-type", "pricing.convert.rates.usd unknown-field",
				"pricing.convert.currency required", "asume unknown-field `assume`", "message.type unknown-value `zalo.zns`",
				"audience[2].recipients required", "sender.tool unknown-value `openapi`", "sender.oaPackage unknown-value `growth`",
			},
		},
		{
			"of values", `{"on":"2026-01-01","message":{"type":"zalo.zns","tag":4,"template":{"kind":"rate","buttons":["oa-pag"],"approvd":true}},
			"audience":[],"assume":{"zalo.consultation.free-cap":"9","zalo.consultation.freecap":"8"}}`,
			[]string{
				"message.template.approvd unknown-field `approved`", "assume.zalo.consultation.freecap unknown-field `zalo.consultation.free-cap`",
				"message.tag out-of-range", "message.template.kind unknown-value", "message.template.buttons[0] unknown-value `oa-page`",
				"audience out-of-range", "assume.zalo.consultation.free-cap unknown-value",
			},
		},
		{
			"a field that is given twice", strings.Replace(smallest.json(), `"on":`, `"on":{"a":[1,"]"]},"on":`, 1),
			[]string{"on wrong-type"},
		},
		{"a rate that is missing", smallest.priced(`"convert":{"currency":"USD","rates":{}}`).json(), []string{"pricing.convert.rates.VND required"}},
		{
			"more segments than there may be", smallest.to(strings.Repeat(`{"recipients":1},`, rules.MaxSegments+1) + `{"recipients":0}`).json(),
			[]string{"audience out-of-range"},
		},
		{
			"in words for another day", smallest.from(`"oaPackage":"growth","oldDailyQuota":501`).json(),
			[]string{"sender.oaPackage unknown-value", "sender.oldDailyQuota unknown-value"},
		},
	} {
		got := told(rules.Mistakes([]byte(c.scenario)))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: it tells\n%s\nnot\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
	if got := told(rules.DraftMistakes([]byte(`{"message":{"type":"zalo.zns","tga":1}}`))); !slices.Equal(got, []string{"message.tga unknown-field `tag`"}) {
		t.Errorf("of a draft it tells %q", got)
	}
}

func TestATypeThatDoesNotExistListsThoseOfItsChannel(t *testing.T) {
	for word, channel := range map[string]rules.Channel{"zalo.uid.consult": rules.ChannelZalo, "whatsapp.promo.new": rules.ChannelWhatsApp, "messenger": rules.ChannelMessenger, "telegram": ""} {
		var types []string
		for _, other := range rules.MessageTypes(channel) {
			types = append(types, string(other))
		}
		list := rules.Mistakes([]byte(smallest.telling(`"type":"` + word + `"`).json()))
		if want := fmt.Sprintf("%q is none of %s", word, strings.Join(types, ", ")); len(list) != 1 || list[0].Message != want {
			t.Errorf("%s: %v, not %s", word, list, want)
		}
	}
}

func TestEveryMistakeOfAPlanIsTold(t *testing.T) {
	const plan = `{"items":[{"on":"2026-01-01","evry":"day","every":"dya","message":{"type":"zalo.uid.foo","approved":true}},
		{"audience":[{"recipients":0}],"sender":{},"until":"2020-01-01"}],
		"on":"2026-01-01","sender":{"tol":"openapi","includedPerMonth":-1},"balance":{"VND":"-1","đ":"1"}}`
	want := []string{
		"items[0].evry unknown-field `every`", "items[0].message.approved unknown-field `items.message.template.approved`", "items[0].audience required",
		"items[1].sender unknown-field `sender`", "items[1].on required", "items[1].message required", "on unknown-field `items.on`",
		"sender.tol unknown-field `tool`", "balance.đ unknown-field", "items[0].every unknown-value `day`", "items[0].message.type unknown-value",
		"items[1].audience[0].recipients out-of-range", "sender.includedPerMonth out-of-range", "balance.VND out-of-range",
	}
	if got := told(rules.PlanMistakes([]byte(plan))); !slices.Equal(got, want) {
		t.Errorf("it tells\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	item := `{"on":"2026-01-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1}]`
	for plan, want := range map[string]string{
		`{"items":[` + item + `}]}`: "",
		`{"items":[]}`:              "items out-of-range",
		`{"items":[` + item + `,"every":"day","until":"2025-01-01"},` + item + `,"every":"week"}]}`: "items[0].until out-of-range items[1].until required",
		`{"items":[` + strings.Repeat(item+`},`, rules.MaxItems+1) + item + `}]}`:                   "items out-of-range",
	} {
		if got := strings.Join(told(rules.PlanMistakes([]byte(plan))), " "); got != want {
			t.Errorf("%.80s: %q, not %q", plan, got, want)
		}
	}
}

// TestTheFirstMistakeIsTheOneThatDecodeTells, of random scenarios in which something
// was changed; where Decode finds none, there is none.
func TestTheFirstMistakeIsTheOneThatDecodeTells(t *testing.T) {
	days := []string{"2023-05-01", "2024-05-01", "2025-05-01", "2026-07-01"}
	eachSeed(t, func(t *testing.T, r *rand.Rand) {
		wrong := 0
		for range 500 {
			_, scenario := randomScenario(r, days)
			text := spoilt(r, scenario)
			if _, err := rules.Decode([]byte(text)); err != nil {
				wrong++
			}
			sameFirstMistake(t, []byte(text))
		}
		if wrong < 200 {
			t.Errorf("only %d scenarios were wrong", wrong)
		}
	})
}

// spoilt changes some words of a scenario.
func spoilt(r *rand.Rand, scenario string) string {
	words := strings.FieldsFunc(scenario, func(c rune) bool { return strings.ContainsRune(`{}[]:,`, c) })
	for range 1 + r.IntN(4) {
		with := []string{`"x"`, "7", "-1", "true", "null", "{}", `[1,"a"]`, `"uid"`, `"on"`}[r.IntN(9)]
		scenario = strings.Replace(scenario, words[r.IntN(len(words))], with, 1)
	}
	return scenario
}

func sameFirstMistake(t *testing.T, text []byte) {
	t.Helper()
	_, whole := rules.Decode(text)
	_, draft := rules.DecodeDraft(text)
	_, plan := rules.DecodePlan(text)
	for name, c := range map[string]struct {
		err  error
		list []*rules.Error
	}{"scenario": {whole, rules.Mistakes(text)}, "draft": {draft, rules.DraftMistakes(text)}, "plan": {plan, rules.PlanMistakes(text)}} {
		var e *rules.Error
		switch {
		case !errors.As(c.err, &e):
			if len(c.list) > 0 {
				t.Errorf("%s %s: mistakes are told of what is sound: %v", name, text, c.list)
			}
		case len(c.list) == 0:
			t.Errorf("%s %s: %v is not told", name, text, e)
		case c.list[0].Path != e.Path || c.list[0].Code != e.Code:
			t.Errorf("%s %s: %v is told first, not %v", name, text, c.list[0], e)
		}
		if len(c.list) > rules.MaxMistakes {
			t.Errorf("%s: %d mistakes are told", name, len(c.list))
		}
	}
}

// TestMistakesWithoutEndAreToldUpToANumber: what takes the square of their number is
// not done for all of them.
func TestMistakesWithoutEndAreToldUpToANumber(t *testing.T) {
	var many strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&many, `,"f%d":%d`, i, i)
	}
	for _, scenario := range []string{
		`{"on":"2026-01-01"` + many.String() + `}`,
		smallest.to(`{"recipients":1` + many.String() + `}`).json(),
		smallest.to(strings.Repeat(`7,`, 50_000) + `7`).json(),
		smallest.assuming(many.String()[1:]).json(),
	} {
		if n := len(rules.Mistakes([]byte(scenario))); n != rules.MaxMistakes && n != 1+rules.MaxSegments-1 {
			t.Errorf("%.60s: %d mistakes", scenario, n)
		}
	}
}

// FuzzMistakes: the first of them is what the readers tell.
func FuzzMistakes(f *testing.F) {
	seed(f)
	f.Add([]byte(`{"items":[{"on":"2026-01-01","evry":"day","message":{"type":"x"}}],"balance":{"VND":"-1"}}`))
	f.Fuzz(func(t *testing.T, data []byte) { sameFirstMistake(t, data) })
}
