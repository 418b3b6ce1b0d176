package screen

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

var update = flag.Bool("update", false, "record the golden files anew")

// golden compares what is said of each name with a file of testdata/golden, a
// name a line; with -update it records the file instead.
func golden(t *testing.T, name string, now map[string]string) {
	t.Helper()
	if t.Failed() {
		return // what lacks a text is neither compared nor recorded
	}
	path := filepath.Join("testdata", "golden", name)
	if *update {
		var text strings.Builder
		for _, name := range slices.Sorted(maps.Keys(now)) {
			text.WriteString(name + ": " + now[name] + "\n")
		}
		if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	recorded := map[string]string{}
	for line := range strings.Lines(string(data)) {
		name, said, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		recorded[name] = said
	}
	names := maps.Clone(recorded)
	maps.Copy(names, now)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		was, before := recorded[name]
		is, after := now[name]
		switch {
		case !before:
			t.Errorf("%s: added %s: %s", path, name, is)
		case !after:
			t.Errorf("%s: removed %s: %s", path, name, was)
		case was != is:
			t.Errorf("%s: changed %s: recorded %s, is now %s", path, name, was, is)
		}
	}
	if t.Failed() {
		t.Log("if this is as it should be: go test ./app/screen -run Golden -update, and read the difference")
	}
}

// keyUsed is the key of the text that stands on the screen: the first that there
// is. In a language that has none of them, that is an error.
func keyUsed(t *testing.T, of string, keys []string) string {
	t.Helper()
	used := "-"
	for _, code := range words.Codes {
		l := words.Of(code)
		at := slices.IndexFunc(keys, l.Has)
		if at < 0 {
			t.Errorf("%s has no text %s for %s", code, keys[len(keys)-1], of)
			continue
		}
		if used != "-" && used != keys[at] {
			t.Errorf("%s uses %s for %s, another language %s", code, keys[at], of, used)
		}
		used = keys[at]
	}
	return used
}

// everyTextIsUsed holds the keys with one of some beginnings against those that
// are used.
func everyTextIsUsed(t *testing.T, used map[string]bool, beginnings ...string) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(words.Of(words.Codes[0]).Texts)) {
		if slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) }) && !used[key] {
			t.Errorf("nothing shows the text %s", key)
		}
	}
}

// turningDaysOf are the days on which anything begins for a type, and the one
// before the first.
func turningDaysOf(kind rules.MessageType) []rules.Date {
	var days []rules.Date
	for _, e := range rules.History(kind) {
		if e.On != 0 {
			days = append(days, e.On)
		}
	}
	slices.Sort(days)
	return append([]rules.Date{days[0].AddDays(-1)}, slices.Compact(days)...)
}

// A fact of a scenario that a check may look at, with its values as they stand
// in JSON: the ones that let a message out first.
type checkedFact struct {
	path   string
	values []string
}

// checkedFacts are the facts that decide a check of a type on a day.
func checkedFacts(kind rules.MessageType, on rules.Date) []checkedFact {
	var packages []string
	for _, p := range rules.OAPackages(on) {
		packages = append(packages, fmt.Sprintf("%q", p))
	}
	slices.Reverse(packages)
	facts := []checkedFact{
		{"perRecipient", []string{"1", "40"}},
		{"at", []string{`"12:00"`, `"06:30"`, `"23:00"`}},
		{"message.template.kind", []string{`"custom"`, `"carousel"`}},
		{"message.promotional", []string{"false", "true"}},
		{"message.automated", []string{"false", "true"}},
		{"message.template.approved", []string{"true", "false"}},
		{"message.template.approvedOn", []string{`"2026-01-01"`, `"2025-12-01"`}},
		{"sender.tool", []string{`"openapi"`, `"oa-manager-web"`, `"oa-manager-mini-app"`}},
		{"sender.apiVersion", []string{`"v3"`, `"v2"`}},
		{"sender.oaPackage", packages},
		{"sender.dailyQuota", []string{"100000", "500"}},
		{"sender.contentLevel", []string{"5", "0"}},
		{"sender.extraConditionsMet", []string{"true", "false"}},
		{"sender.promotionBase", []string{"[600000,0]", "[0,0]"}},
		{"sender.country", []string{`"VN"`, `"DE"`}},
		{"sender.newsPage", []string{"true", "false"}},
		{"audience.country", []string{`"VN"`, `"DE"`, `"CU"`, `"US"`}},
		{"audience.hoursSinceInteraction", []string{"1", "null", "100", "9000"}},
		{"audience.receivedThisMonth", []string{"0", "99"}},
	}
	for _, f := range rules.Fields() {
		if f.Kind == rules.KindYesNo && !strings.HasPrefix(f.Path, "pricing.") && !slices.ContainsFunc(facts, func(other checkedFact) bool { return other.path == f.Path }) {
			facts = append(facts, checkedFact{f.Path, []string{"true", "false"}})
		}
	}
	return facts
}

// scenarioWith is a scenario of a type with the facts said; others are unknown.
func scenarioWith(kind rules.MessageType, on rules.Date, tag int, said map[string]string) []byte {
	top := map[string]any{"on": on}
	message := map[string]any{"type": kind, "tag": tag}
	template := map[string]any{"kind": "custom"}
	sender := map[string]any{}
	segment := map[string]any{"recipients": 1000}
	for path, value := range said {
		section, name, _ := strings.Cut(path, ".")
		in := map[string]map[string]any{"message": message, "sender": sender, "audience": segment}[section]
		if rest, ok := strings.CutPrefix(name, "template."); ok {
			in, name = template, rest
		}
		if in == nil {
			in, name = top, path
		}
		in[name] = json.RawMessage(value)
	}
	message["template"] = template
	top["message"], top["audience"], top["sender"] = message, []any{segment}, sender
	text, err := json.Marshal(top)
	if err != nil {
		panic(err)
	}
	return text
}

// tagsOn are the tags of a day.
func tagsOn(on rules.Date) []string {
	for _, f := range rules.Fields() {
		if f.Path == "message.tag" {
			return f.Words(on)
		}
	}
	return nil
}

// eachCheckedScenario asks about each type on each of its days: with all facts as
// they should be, with none, with the worst, and with each of those but for one
// fact.
func eachCheckedScenario(kind rules.MessageType, ask func(scenario []byte)) {
	for _, on := range turningDaysOf(kind) {
		facts := checkedFacts(kind, on)
		for _, tag := range []int{1, 3, 5} {
			if tag > 1 && kind != rules.ZNS && kind != rules.ZBSUID || !slices.Contains(tagsOn(on), fmt.Sprint(tag)) {
				continue
			}
			for _, base := range []string{"good", "unknown", "bad"} {
				said := map[string]string{}
				for _, f := range facts {
					switch {
					case f.path == "audience.country" && kind.Channel() == rules.ChannelWhatsApp || base == "good":
						said[f.path] = f.values[0]
					case base == "bad":
						said[f.path] = f.values[len(f.values)-1]
					}
				}
				ask(scenarioWith(kind, on, tag, said))
				for _, f := range facts {
					own := said[f.path]
					for _, value := range append([]string{""}, f.values...) {
						if value == own || value == "" && f.path == "audience.country" && kind.Channel() == rules.ChannelWhatsApp {
							continue
						}
						if said[f.path] = value; value == "" {
							delete(said, f.path)
						}
						ask(scenarioWith(kind, on, tag, said))
					}
					if said[f.path] = own; own == "" {
						delete(said, f.path)
					}
				}
			}
		}
	}
}

// TestGoldenTextsOfChecks records the text of each check, outcome and type that
// the rules can come to, on any day of the book, and of each condition on which
// another way hangs.
func TestGoldenTextsOfChecks(t *testing.T) {
	said, used := map[string]string{}, map[string]bool{}
	for _, key := range []string{"ways.if", "ways.if.met"} { // of no check
		used[keyUsed(t, "the other ways", []string{key})] = true
	}
	for _, kind := range rules.MessageTypes("") {
		eachCheckedScenario(kind, func(scenario []byte) {
			s, err := rules.Decode(scenario)
			if err != nil {
				t.Fatalf("%s: %v", scenario, err)
			}
			q, err := rules.Evaluate(s)
			if err != nil {
				t.Fatalf("%s: %v", scenario, err)
			}
			for i := range q.Segments[0].Checks {
				c := &q.Segments[0].Checks[i]
				note := func(key string) {
					keys := words.CheckKeys(key, &q, c)
					name := string(kind) + " " + key
					if strings.HasSuffix(keys[0], ".unpublished") {
						name += " unpublished"
					}
					if words.Of("vi").Has(keys[0]) && strings.HasSuffix(keys[0], c.Rule) {
						name += " by " + c.Rule
					}
					if said[name] == "" {
						said[name] = keyUsed(t, string(kind), keys)
						used[said[name]] = true
					}
				}
				note("check." + c.Code + "." + string(c.Outcome))
				switch c.Outcome {
				case rules.Unknown:
					note("ways.if." + c.Code)
				case rules.Fail:
					if c.Code != "available" || rules.AvailableFrom(q.Message, q.On) != 0 { // what is closed cannot be mended
						note("mend." + c.Code)
					}
				}
			}
		})
	}
	everyTextIsUsed(t, used, "check.", "mend.", "ways.if.")
	golden(t, "checks.txt", said)
}

// answerings are what may be said on a form: each asks for more, or for less.
var answerings = []map[string]string{
	{},
	{"message.tag": "3"},
	{"message.tag": "5"},
	{"message.template.kind": "otp"},
	{"audience[0].hoursSinceInteraction": ""},
	{"audience[0].hoursSinceInteraction": form.Never},
	{"sender.tool": ""},
	{"sender.tool": "openapi"},
	{"sender.tool": "openapi", "sender.apiVersion": "v2"},
	{"sender.tool": "oa-manager-web", "sender.includePackageFee": form.Yes},
	{"sender.oaPackage": "premium"},
	{"sender.oldDailyQuota": "500"},
	{"sender.messagingLimit": "250"},
	{"assume.zalo.consultation.free-cap": "8"},
	{form.PathConvert: "EUR"},
	{form.PathConvert: "VND", form.PathCurrency: "EUR"},
	{form.PathConvert: "VND", form.PathCurrency: "INR"},
	{"audience[0].country": "US"},
	{"groups": "2"},
}

// TestGoldenQuestions records for each type what is asked, under which title,
// with which hint and choices, and from which day to which, whatever else has
// been said.
func TestGoldenQuestions(t *testing.T) {
	_, last := rules.Span()
	days := rules.ChangeDays(0, last)
	days = append([]rules.Date{days[0].AddDays(-1)}, days...)
	said, used := map[string]string{}, map[string]bool{"ask.channel": true, "ask.message.type": true}
	for _, kind := range rules.MessageTypes("") {
		type asked struct {
			texts, choices []string
			on             []bool
		}
		all := map[string]*asked{}
		for at, on := range days {
			for _, answers := range answerings {
				f := form.New(formtest.TestDay, "vi")
				f.Set(form.PathType, string(kind))
				f.Set(form.PathOn, on.String())
				for path, value := range answers {
					if path == "groups" {
						f.AddGroup(0)
						continue
					}
					f.Set(path, value)
				}
				for _, q := range f.Questions() {
					if q.Group > 0 {
						continue
					}
					a := all[q.Path]
					if a == nil {
						a = &asked{on: make([]bool, len(days))}
						all[q.Path] = a
					}
					a.on[at] = true
					add := func(list *[]string, keys []string) {
						if key := keyUsed(t, string(kind)+": "+q.Path, keys); !slices.Contains(*list, key) {
							*list = append(*list, key)
							used[key] = true
						}
					}
					add(&a.texts, report.LabelKeys(q, kind))
					if keys := report.HintKeys(q, kind); slices.ContainsFunc(keys, words.Of(words.Codes[0]).Has) {
						add(&a.texts, keys)
					}
					options := q.Options
					if q.Kind == form.AskChoice && (report.Question{Q: q}).MayBeUnknown() {
						options = append(slices.Clone(options), "")
					}
					for _, value := range options {
						add(&a.choices, report.OptionKeys(q, value))
					}
				}
			}
		}
		for path, a := range all {
			words := append(a.texts, spans(days, a.on)...)
			if slices.Sort(a.choices); len(a.choices) > 0 {
				words = append(words, "choices", strings.Join(a.choices, " "))
			}
			said[string(kind)+" "+path] = strings.Join(words, " ")
		}
	}
	everyTextIsUsed(t, used, "ask.", "hint.", "option.", "answer.unknown")
	golden(t, "questions.txt", said)
}

// spans writes between which of some days something is so.
func spans(days []rules.Date, is []bool) []string {
	var list []string
	for i := range days {
		if is[i] && (i == 0 || !is[i-1]) {
			if i > 0 {
				list = append(list, "from", days[i].String())
			}
		} else if !is[i] && i > 0 && is[i-1] {
			list = append(list, "to", days[i].AddDays(-1).String())
		}
	}
	return list
}
