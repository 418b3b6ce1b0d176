package rules_test

import (
	"math/rand/v2"
	"testing"

	"postage/rules"
)

// TestAnswersAreWrittenAsEncodingJSONWritesThem asks every worked example and
// thousands of made-up questions, broken ones among them.
func TestAnswersAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	eachExample(t, func(t *testing.T, example workedExample) { rules.CheckWritten(t, example.Scenario) })
	r := rand.New(rand.NewPCG(9, 2026))
	for n := range 3000 {
		_, scenario := randomScenario(r, aroundTurningDays())
		if n%3 == 0 {
			at := r.IntN(len(scenario))
			scenario = scenario[:at] + string(rune(r.IntN(0x250))) + scenario[at+1:]
		}
		rules.CheckWritten(t, []byte(scenario))
		if t.Failed() {
			t.FailNow()
		}
	}
}
