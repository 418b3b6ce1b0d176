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
