package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"postage/app/words"
	"postage/rules"
)

// mendsBy changes a scenario as the text of a failed check says, where that names a
// number that would mend it.
func mendsBy(s *rules.Scenario, c *rules.Check) bool {
	limit, _ := words.ParseCount(c.Limit)
	switch {
	case c.Code == "quota":
		s.Sender.PromotionBase = rules.Some([2]int64{s.CareNeeded(), 0})
	case c.Rule == "zalo.zns.post-sale-tier":
		s.Sender.DailyQuota = rules.Some(limit)
	case c.Code == "tag":
		s.Sender.ContentLevel, s.Sender.ExtraConditionsMet = rules.Some(limit), rules.Some(true)
	case c.Code == "cap":
		s.PerRecipient, s.Audience[0].ReceivedThisMonth = rules.Some(max(1, limit)), 0
	case c.Code == "hours":
		s.At, _, _ = strings.Cut(c.Limit, "-")
	default:
		return false
	}
	return true
}

// TestEveryFailedCheckSaysWhatWouldMendIt asks about each type on each of its days,
// with all facts in order, with none and with each of them wrong. A check that fails
// says what to do about it, with the number if it is measured against one, and who
// does as it says passes it. What a platform has closed cannot be mended: then a
// notice says what has come in its place.
func TestEveryFailedCheckSaysWhatWouldMendIt(t *testing.T) {
	seen := map[string]bool{}
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
				name := fmt.Sprint(kind, " ", c.Code, " ", c.Rule, " ", c.Limit)
				if c.Outcome != rules.Fail || seen[name+q.On.String()] {
					continue
				}
				seen[name+q.On.String()] = true
				need := int64(0)
				if c.Code == "quota" {
					need = s.CareNeeded()
				}
				for _, code := range words.Codes {
					w := words.Of(code)
					reason, all := w.CheckText("check."+c.Code+".fail", &q, c), w.FailText(&q, c, need)
					mend := strings.TrimPrefix(all, reason)
					replaced := slices.ContainsFunc(q.Notices, func(n rules.Notice) bool { return strings.HasSuffix(n.Code, "ended") })
					if strings.HasSuffix(mend, "mend."+c.Code) { // a key stands where there is no text
						t.Errorf("%s has no text mend.%s for %s", code, c.Code, kind)
					}
					if mend == "" && !(c.Code == "available" && replaced) {
						t.Errorf("%s on %s in %s: nothing would mend %q", name, q.On, code, all)
					}
					number := ""
					if n, ok := words.ParseCount(c.Limit); ok && slices.Contains([]string{"cap", "tag"}, c.Code) {
						number = w.Number(n)
					} else if c.Code == "quota" {
						number = w.Number(need)
					} else if c.Code == "hours" {
						number = c.Limit
					}
					if !strings.Contains(all, number) || strings.Contains(all, "{") {
						t.Errorf("%s on %s in %s: no %q in %q", name, q.On, code, number, all)
					}
				}
				if other, err := rules.Decode(scenario); err == nil && mendsBy(&other, c) {
					again, err := rules.Evaluate(other)
					if err != nil {
						t.Fatalf("%s: %v", scenario, err)
					}
					at := slices.IndexFunc(again.Segments[0].Checks, func(d rules.Check) bool { return d.Code == c.Code })
					if got := again.Segments[0].Checks[at]; got.Outcome != rules.Pass {
						t.Errorf("%s on %s: who does what it says comes to %s: %s", name, q.On, got.Outcome, scenario)
					}
				}
			}
		})
	}
	if len(seen) < 100 {
		t.Errorf("only %d failed checks were seen", len(seen))
	}
}
