package rules_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"postage/rules"
)

// TestACompareInJSONTellsWhatCompareDoes, in its order, and each option's scenario asks
// for the same numbers.
func TestACompareInJSONTellsWhatCompareDoes(t *testing.T) {
	days := []string{"2023-05-01", "2024-05-01", "2025-05-01", "2026-07-01", "2026-12-01"}
	eachSeed(t, func(t *testing.T, r *rand.Rand) {
		options := 0
		for range 30 {
			_, text := randomScenario(r, days)
			s, err := rules.Decode([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range append(rules.Purposes(), "") {
				answer, ok := rules.AnswerCompare([]byte(text), p)
				if p == "" {
					if p = rules.PurposeOf(s); p == "" {
						if ok {
							t.Errorf("%s serves nothing, and is answered with %s", text, answer)
						}
						continue
					}
				}
				var told struct {
					Purpose rules.Purpose
					Options []struct {
						Type                                                        rules.MessageType
						Chosen, Unmet, Dropped, Priced                              bool
						Verdict                                                     rules.Verdict
						Requested, Deliverable, Blocked, Undelivered, Free, Charged int64
						Totals                                                      []rules.Total
						Converted, Replied                                          *rules.Total
						Error                                                       *rules.Error
						Segments                                                    []struct{ Checks []rules.Check }
						Scenario                                                    json.RawMessage
					}
				}
				if err := json.Unmarshal(answer, &told); err != nil || !ok || told.Purpose != p {
					t.Fatalf("%s: %v %s", text, err, answer)
				}
				want := rules.Compare(s, p, nil)
				if len(told.Options) != len(want) {
					t.Fatalf("%s: %d options, not %d", text, len(told.Options), len(want))
				}
				for i, got := range told.Options {
					options++
					o := want[i]
					same := got.Type == o.Type && got.Chosen == o.Chosen && got.Unmet == o.Unmet && got.Dropped == o.Dropped && got.Verdict == o.Verdict() &&
						(got.Replied == nil) == (o.Replied == nil) && (got.Error == nil) == (o.Error == nil)
					if q := o.Quote; q != nil {
						same = same && got.Priced == q.Priced && got.Requested == q.Requested && got.Deliverable == q.Deliverable && got.Blocked == q.Blocked &&
							got.Undelivered == q.Undelivered && got.Free == q.Free && got.Charged == q.Charged && len(got.Totals) == len(q.Totals) && (got.Converted == nil) == (q.Converted == nil)
						for k := range got.Totals {
							same = same && got.Totals[k].Gross.Equal(q.Totals[k].Gross) && got.Totals[k].Currency == q.Totals[k].Currency
						}
						again, err := rules.Decode(got.Scenario)
						if err != nil {
							t.Fatalf("%s: %v", got.Scenario, err)
						}
						if q2, err := rules.Evaluate(again); err != nil || q2.Deliverable != q.Deliverable || q2.Charged != q.Charged || q2.Verdict != q.Verdict {
							t.Errorf("%s answers otherwise than its option: %v", got.Scenario, err)
						}
						for k, segment := range got.Segments {
							open := 0
							for _, c := range q.Segments[k].Checks {
								if c.Outcome != rules.Pass {
									open++
								}
							}
							same = same && len(segment.Checks) == open
						}
					}
					if !same {
						t.Errorf("%s: option %d is %+v, not %+v", text, i, got, o)
					}
				}
			}
		}
		if options < 250 {
			t.Errorf("only %d options", options)
		}
	})
	if answer, ok := rules.AnswerCompare([]byte(smallest.json()), "greeting"); ok || string(answer) != `{"error":{"path":"purpose","code":"unknown-value","message":"\"greeting\" is none of answer, transaction, one-time-password, promotion"}}`+"\n" {
		t.Errorf("a purpose that there is not: %s", answer)
	}
}
