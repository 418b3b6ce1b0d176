//go:build !js

package pages

import (
	xhtml "html"
	"regexp"
	"slices"
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
		html := goapp.HTMLString(View(p, testDay, Build{}))
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
		said := xhtml.UnescapeString(html)
		for _, n := range rules.TheBook().Notices {
			if text := words.Of(p.Lang).First([]string{"told." + n.Code, "notice." + n.Code}); !strings.Contains(said, text) {
				t.Errorf("%s: the notice %s is missing", p.Path, n.Code)
			}
		}
		for _, s := range rules.Sources() {
			if n := strings.Count(html, `id="source-`+s.ID+`"`); n != 1 {
				t.Errorf("%s: the source %s stands there %d times", p.Path, s.ID, n)
			}
		}
		// What has no address of its own is shown where its prices stand.
		if at := regexp.MustCompile(`id="card-usd-2026-10-01"[^>]*>\s*<div\s+id="source-WA-CARD-2026-10"`); !at.MatchString(html) {
			t.Errorf("%s: the list of prices of October 2026 leads elsewhere than to its table", p.Path)
		}
		if m := regexp.MustCompile(`>\s*((?:rule|rules|fact|value|notice|status|type|about|line)\.[A-Za-z0-9.\-]+)`).FindStringSubmatch(html); m != nil {
			t.Errorf("%s shows the key %q", p.Path, m[1])
		}
		if n := strings.Count(html, "in-force"); n < 50 {
			t.Errorf("%s: only %d facts are in force", p.Path, n)
		}
	}
}

// TestEveryErrorCodeHasWordsAndLeadsSomewhere: what it means, what to do, and for
// one of a check the question whose answer names it, by the rule it is shown with.
func TestEveryErrorCodeHasWordsAndLeadsSomewhere(t *testing.T) {
	codes := map[string]bool{}
	for _, c := range rules.ErrorCodes() {
		codes[c.Code] = true
		for _, lang := range words.Codes {
			w := words.Of(lang)
			for _, key := range []string{"code." + c.Code, "code." + c.Code + ".do"} {
				if !w.Has(key) {
					t.Errorf("%s has no text %s", lang, key)
				}
			}
		}
	}
	for _, lang := range words.Codes {
		for key := range words.Of(lang).Texts {
			if code, ok := strings.CutPrefix(key, "code."); ok && !codes[strings.TrimSuffix(code, ".do")] {
				t.Errorf("%s has a text for the code %s, which the book has not", lang, code)
			}
		}
	}
}

func TestTheQuestionOfACodeIsAnsweredWithIt(t *testing.T) {
	// The book's own day: what it was checked on is in force, whatever day it is.
	b := ruleBook{words.Of(words.Codes[0]), rules.Checked()}
	answered := 0
	for _, c := range rules.ErrorCodes() {
		asked, _ := b.asked(c.Type, c.Question)
		quote, err := rules.Evaluate(asked)
		if err != nil {
			t.Errorf("the question of %s cannot be answered: %v", c.Code, err)
			continue
		}
		for _, said := range c.Question {
			path, _, _ := strings.Cut(said, "=")
			path, _, _ = strings.Cut(path, "[") // of a pair, both months
			coded, _ := asked.MarshalJSON()
			if !strings.Contains(string(coded), `"`+path[strings.LastIndexByte(path, '.')+1:]+`"`) {
				t.Errorf("the question of %s says %s, which its form does not ask: %s", c.Code, said, coded)
			}
		}
		var named []string
		for _, check := range quote.Segments[0].Checks {
			if check.Error == c.Code {
				named = append(named, check.Rule)
			}
		}
		switch {
		case len(named) > 0 && !slices.Contains(named, c.Rule):
			t.Errorf("the code %s is shown with the rule %s; its question fails at %v", c.Code, c.Rule, named)
		case len(named) == 0 && c.OfCheck:
			t.Errorf("the question of %s, a code of a check, is not answered with it", c.Code)
		}
		answered += min(len(named), 1)
	}
	if answered < 20 {
		t.Errorf("only %d questions lead to their code", answered)
	}
}

// TestACardIsInTheOrderOfItsReader: the markets of one country by the alphabet of the
// language, before those of many.
func TestACardIsInTheOrderOfItsReader(t *testing.T) {
	cards := rules.RateCards()
	last := slices.IndexFunc(cards, func(c rules.CardTable) bool { return c.Name == "usd-2026-10-01" })
	if last < 0 {
		t.Fatal("the card of October 2026 is not in the book")
	}
	for code, want := range map[string]string{
		"vi": "Ả Rập Xê Út, Ai Cập, Anh, Argentina, Ấn Độ, Ba Lan",
		"en": "Argentina, Bangladesh, Brazil, Chile, Colombia, Egypt",
		"ru": "Аргентина, Бангладеш, Бразилия, Великобритания, Венгрия, Германия",
	} {
		w := words.Of(code)
		var names []string
		markets := inOrderOfNames(w, cards[last])
		for _, m := range markets {
			names = append(names, marketName(w, m.Name))
		}
		if got := strings.Join(names[:6], ", "); got != want {
			t.Errorf("%s: the card begins with %s", code, got)
		}
		if len(markets) != len(cards[last].Markets) || slices.ContainsFunc(markets[:6], func(m rules.MarketRates) bool { return strings.HasPrefix(m.Name, "Rest of") }) || markets[len(markets)-1].Name != cards[last].Markets[len(markets)-1].Name {
			t.Errorf("%s: the card has %s", code, strings.Join(names, ", "))
		}
	}
}

// TestAPriceIsFoundByItsCountries: the main audience is in a market of many, whose row
// does not name it; what is left over is found by no name of its own, which is a word.
func TestAPriceIsFoundByItsCountries(t *testing.T) {
	cards := rules.RateCards()
	card := cards[slices.IndexFunc(cards, func(c rules.CardTable) bool { return c.Name == "usd-2026-10-01" })]
	for _, code := range words.Codes {
		w := words.Of(code)
		found := 0
		for _, m := range card.Markets {
			names, countries := findsMarket(w, m.Name, card.Since)
			list := strings.Split(countries, "/")
			if slices.Contains(list, rules.Home) && slices.Contains(list, w.Text("value."+rules.Home)) {
				found++
			}
			if (m.Name == "Other") != (names == "") || slices.Contains(list, marketName(w, m.Name)) {
				t.Errorf("%s: %s is found by %q and %q", code, m.Name, names, countries)
			}
		}
		if found != 1 {
			t.Errorf("%s: the country of most readers is in %d rows", code, found)
		}
	}
}

// TestTheWayOnIsReadOutWhereNothingIsFound: it stands in the live region.
func TestTheWayOnIsReadOutWhereNothingIsFound(t *testing.T) {
	for _, code := range words.Codes {
		html := goapp.HTMLString(ruleBook{words.Of(code), rules.Checked()}.filter())
		if !regexp.MustCompile(`(?s)<div[^>]*role="status"[^>]*>\s*<p[^>]*id="found"[^>]*>\s*</p>\s*<p[^>]*id="beyond"[^>]*>`).MatchString(html) {
			t.Errorf("%s: the status does not hold the way on: %s", code, html)
		}
	}
}
