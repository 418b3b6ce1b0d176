package rules

import (
	"bytes"
	"encoding/json"
)

// Answer takes a scenario as JSON and returns the quote as JSON on one line, or
// {"error":{…}} and false. Every way in that speaks JSON goes through it, so
// that they all answer alike.
func Answer(scenario []byte) (answer []byte, ok bool) {
	return answerJSON(scenario, func(s Scenario) (any, error) { return Evaluate(s) })
}

// AnswerChanges takes a scenario as JSON and returns {"changes":[…]} on one
// line, see [Changes], or {"error":{…}} and false.
func AnswerChanges(scenario []byte, from, to Date) (answer []byte, ok bool) {
	return answerJSON(scenario, func(s Scenario) (any, error) {
		changes, err := Changes(s, from, to)
		return map[string][]Change{"changes": changes}, err
	})
}

func answerJSON(scenario []byte, work func(Scenario) (any, error)) (answer []byte, ok bool) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	s, err := Decode(scenario)
	if err == nil {
		var result any
		if result, err = work(s); err == nil {
			err = enc.Encode(result)
			return out.Bytes(), err == nil
		}
	}
	enc.Encode(map[string]error{"error": err}) // to memory: cannot fail
	return out.Bytes(), false
}
