package rules_test

import (
	"math/rand/v2"
	"testing"

	"postage/rules"
)

func TestAReplyIsCheaperOnlyWhereTheEngineFindsItSo(t *testing.T) {
	mkt := func(on, segment string) question { return template(on, "marketing", "VN", 2000, segment) }
	utility := template("2026-11-28", "utility", "VN", 2000, `,"hoursSinceInteraction":1`)
	for _, c := range []struct {
		name string
		ask  question
		want string // people, this way, the other way; empty: nothing is said
	}{
		{"marketing in the window", mkt("2026-11-28", `,"hoursSinceInteraction":1`), "2000 168.4 11.3"},
		{"outside", mkt("2026-11-28", `,"hoursSinceInteraction":25`), ""},
		{"not known to be inside", mkt("2026-11-28", ""), ""},
		{"while replies were free", mkt("2026-09-30", `,"hoursSinceInteraction":1`), "2000 146.4 0"},
		{"utility in the window was free too", utility.day("2026-09-30"), ""},
		{"now the free thousand are the difference", utility, "2000 22.6 11.3"},
		{"once they are used there is none", utility.from(`"freeServiceUsed":1000`), ""},
		{"those outside do not count", mkt("2026-11-28", `,"hoursSinceInteraction":1`).and(people("VN", 5000, `,"optedIn":true`)), "2000 168.4 11.3"},
		{"nor those who get no template", mkt("2026-11-28", `,"hoursSinceInteraction":1`).and(people("US", 5000, `,"optedIn":true,"hoursSinceInteraction":1`)), "2000 168.4 11.3"},
		{"free after an ad either way", mkt("2026-11-28", `,"hoursSinceInteraction":1,"freeEntryPoint":true`), ""},
		{"in the currency that is shown", mkt("2026-11-28", `,"hoursSinceInteraction":1`).priced(`"convert":{"currency":"VND","rates":{"USD":"25000"}}`), "2000 4210000 282500"},
		{"no price, no word", mkt("2026-11-28", `,"hoursSinceInteraction":1`).also(`"billingCurrency":"EUR"`), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, n := range ask(t, c.ask.json()).Notices {
				if x := n.Compared; x.Type != "" {
					got += toJSON(t, x.Recipients) + " " + x.Here.String() + " " + x.There.String()
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestComparisonsHold: whatever is asked, a notice that compares has the amounts
// that the engine gives for the one and the other, and the other is less.
func TestComparisonsHold(t *testing.T) {
	days := aroundTurningDays()
	found := 0
	eachSeed(t, func(t *testing.T, r *rand.Rand) {
		for n := 0; n < 1500 || found == 0 && n < 50_000; n++ { // few of them compare
			_, scenario := randomScenario(r, days)
			s, err := rules.Decode([]byte(scenario))
			if err != nil {
				t.Fatal(err)
			}
			q, err := rules.Evaluate(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range q.Notices {
				if n.Compared.Type == "" {
					continue
				}
				found++
				here, there := s, s
				there.Message.Type = n.Compared.Type
				other, err := rules.Evaluate(there)
				if err != nil {
					t.Fatal(err)
				}
				var both []rules.Segment
				for i, g := range s.Audience {
					if q.Segments[i].Deliverable > 0 && other.Segments[i].Verdict == rules.Eligible {
						both = append(both, g)
					}
				}
				here.Audience, there.Audience = both, both
				a, _ := rules.Evaluate(here)
				b, _ := rules.Evaluate(there)
				now, _ := a.Total()
				then, _ := b.Total()
				if !now.Gross.Equal(n.Compared.Here) || !then.Gross.Equal(n.Compared.There) || !then.Gross.LessThan(now.Gross) || now.Currency != n.Compared.Currency {
					t.Fatalf("%s: %s says %+v, the engine %s and %s\n%s", n.Code, n.Compared.Type, n.Compared, now.Gross, then.Gross, scenario)
				}
			}
		}
	})
	if found == 0 {
		t.Error("nothing was compared")
	}
}
