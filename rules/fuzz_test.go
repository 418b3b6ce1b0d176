package rules_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"postage/rules"
)

// seed adds the worked examples, a scenario of every field and a few broken ones.
func seed(f *testing.F) {
	f.Helper()
	files, err := filepath.Glob("testdata/cases/*.jsonl")
	if err != nil || len(files) == 0 {
		f.Fatalf("no worked examples in testdata/cases: %v", err)
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			f.Fatal(err)
		}
		for lines := bufio.NewScanner(file); lines.Scan(); {
			var example workedExample
			if err := json.Unmarshal(lines.Bytes(), &example); err != nil {
				f.Fatal(err)
			}
			f.Add([]byte(example.Scenario))
		}
		if err := file.Close(); err != nil {
			f.Fatal(err)
		}
	}
	for _, scenario := range []string{fullScenario, "", "null", `{"on":1e999999999}`, `{"":{"":[]}}`, `{"audience":[{"recipients":1e40}]}`} {
		f.Add([]byte(scenario))
	}
}

// FuzzDecode: whatever comes in is a scenario that can be written out and read
// again, or a mistake that says where it is.
func FuzzDecode(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := rules.Decode(data)
		if err != nil {
			var e *rules.Error
			if !errors.As(err, &e) || e.Code == "" || e.Message == "" {
				t.Errorf("%q is refused without a reason: %v", data, err)
			}
			return
		}
		if err := s.Validate(); err != nil {
			t.Errorf("%q is decoded, but not valid: %v", data, err)
		}
		roundTrip(t, data)
	})
}

// FuzzAnswer: every answer adds up.
func FuzzAnswer(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		answer, ok := rules.Answer(data)
		if !json.Valid(answer) {
			t.Fatalf("the answer to %q is not JSON: %s", data, answer)
		}
		if !ok {
			var refused struct {
				Error *rules.Error `json:"error"`
			}
			if err := json.Unmarshal(answer, &refused); err != nil || refused.Error == nil || refused.Error.Code == "" {
				t.Errorf("%q is refused with %s", data, answer)
			}
			return
		}
		q := ask(t, string(data))
		checkFigures(t, q)
		checkLines(t, q)
	})
}
