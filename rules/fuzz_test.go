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

// FuzzChanges: whatever can be answered can be asked for its changes and for other
// ways to the same people, and a change is one.
func FuzzChanges(f *testing.F) {
	seed(f)
	const from, to = rules.Date(20220101), rules.Date(20281231)
	f.Fuzz(func(t *testing.T, data []byte) {
		answer, ok := rules.AnswerChanges(data, from, to)
		if !json.Valid(answer) {
			t.Fatalf("the changes of %q are not JSON: %s", data, answer)
		}
		s, err := rules.Decode(data)
		if ok != (err == nil) {
			t.Fatalf("%q: the changes are %s, the scenario %v", data, answer, err)
		}
		if err != nil {
			return
		}
		changes, err := rules.Changes(s, from, to)
		if err != nil {
			t.Fatal(err)
		}
		before := from
		for _, c := range changes {
			if c.On <= before || c.On > to || len(c.Differences) == 0 {
				t.Errorf("%q: a change on %s after %s: %+v", data, c.On, before, c)
			}
			before = c.On
		}
		if until := rules.SameUntil(s, to); until != 0 && (until < s.On || until > to) {
			t.Errorf("%q of %s is the same until %s", data, s.On, until)
		}
		for _, p := range rules.Purposes() {
			for _, o := range rules.Compare(s, p, nil) {
				if o.Scenario.Message.Type == "" {
					t.Errorf("%q: a way without a type: %+v", data, o)
				}
			}
		}
	})
}
