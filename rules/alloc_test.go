package rules_test

import (
	"testing"

	"postage/rules"
)

// mostAllocations bounds what an answer for one segment may allocate.
const mostAllocations = 40

func TestAnAnswerAllocatesLittle(t *testing.T) {
	for _, bench := range benchmarks {
		s, err := rules.Decode(benchmarkScenario(bench.head, bench.segment, 1))
		if err != nil {
			t.Fatal(err)
		}
		got := testing.AllocsPerRun(100, func() {
			if _, err := rules.Evaluate(s); err != nil {
				t.Fatal(err)
			}
		})
		if got > mostAllocations {
			t.Errorf("%s: %v allocations, at most %d are meant to be", bench.name, got, mostAllocations)
		}
	}
}

func TestAnOccurrenceOfAPlanAllocatesLittle(t *testing.T) {
	p, err := rules.DecodePlan([]byte(yearOfPlan))
	if err != nil {
		t.Fatal(err)
	}
	occurrences := len(planQuote(t, p).Days)
	got := testing.AllocsPerRun(3, func() {
		if _, err := rules.EvaluatePlan(p); err != nil {
			t.Fatal(err)
		}
	})
	if occurrences != 1098 || got/1098 > 30 {
		t.Errorf("%v allocations for %d occurrences, at most 30 for each are meant to be", got, occurrences)
	}
}
