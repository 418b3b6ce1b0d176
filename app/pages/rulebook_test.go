//go:build !js

package pages

import (
	"regexp"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

func TestEveryRuleAndEveryValueHasWords(t *testing.T) {
	on, _ := rules.ParseDate(testDay)
	for _, code := range words.Codes {
		b := ruleBook{words.Of(code), on}
		for _, r := range rules.TheBook().Rules {
			if !b.w.Has("rule." + r.ID) {
				t.Errorf("%s has no text rule.%s", code, r.ID)
			}
			for i := range r.Facts {
				if said := b.value(r.ID, &r.Facts[i]); strings.Contains(said, "value.") || strings.Contains(said, "{") {
					t.Errorf("%s: %s = %q reads %q", code, r.ID, r.Facts[i].Value, said)
				}
			}
		}
	}
}

func TestNoTextIsForARuleThatIsGone(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range rules.TheBook().Rules {
		ids[r.ID] = true
	}
	for _, code := range words.Codes {
		for key := range words.Of(code).Texts {
			id, ok := strings.CutPrefix(key, "rule.")
			if ok && !ids[id] {
				t.Errorf("%s has a text for %s, which is no rule", code, id)
			}
		}
	}
}

func TestTheRulesPageShowsEveryFactOnceWithItsSources(t *testing.T) {
	for _, p := range Pages() {
		if p.Path != kit.RulesPath(p.Lang) {
			continue
		}
		html := goapp.HTMLString(View(p, testDay, nil))
		for _, r := range rules.TheBook().Rules {
			for _, f := range r.Facts {
				if n := strings.Count(html, `id="`+r.ID+"@"+f.Since.String()+`"`); n != 1 {
					t.Errorf("%s: the fact %s@%s stands there %d times", p.Path, r.ID, f.Since, n)
				}
			}
			if n := strings.Count(html, `id="`+r.ID+`"`); n != 1 {
				t.Errorf("%s: the rule %s stands there %d times", p.Path, r.ID, n)
			}
		}
		for _, s := range rules.Sources() {
			if !strings.Contains(html, `id="source-`+s.ID+`"`) {
				t.Errorf("%s: the source %s is missing", p.Path, s.ID)
			}
		}
		if m := regexp.MustCompile(`>\s*((?:rule|rules|fact|value|notice|status|type|about|line)\.[A-Za-z0-9.\-]+)`).FindStringSubmatch(html); m != nil {
			t.Errorf("%s shows the key %q", p.Path, m[1])
		}
		if n := strings.Count(html, "in-force"); n < 50 {
			t.Errorf("%s: only %d facts are in force", p.Path, n)
		}
	}
}
