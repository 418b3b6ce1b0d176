package rules

import (
	"bytes"
	"encoding/json"
)

// Answer takes a scenario as JSON and returns the quote as JSON on one line, or
// {"error":{…}} and false. Every way in that speaks JSON goes through it, so
// that they all answer alike.
func Answer(scenario []byte) (answer []byte, ok bool) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	s, err := Decode(scenario)
	if err == nil {
		var q Quote
		if q, err = Evaluate(s); err == nil {
			err = enc.Encode(q)
			return out.Bytes(), err == nil
		}
	}
	enc.Encode(map[string]error{"error": err}) // to memory: cannot fail
	return out.Bytes(), false
}
