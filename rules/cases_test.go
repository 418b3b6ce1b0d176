package rules_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"postage/rules"
)

// expectation is what a worked example says about its quote. Total is the first
// of the totals, or null; a segment's failed and unknown are sorted codes.
type expectation struct {
	Verdict     rules.Verdict     `json:"verdict"`
	Priced      bool              `json:"priced"`
	Requested   int64             `json:"requested"`
	Deliverable int64             `json:"deliverable"`
	Blocked     int64             `json:"blocked"`
	Undelivered int64             `json:"undelivered,omitempty"`
	Free        int64             `json:"free"`
	Charged     int64             `json:"charged"`
	Total       *expectedTotal    `json:"total"`
	Schedule    *rules.Schedule   `json:"schedule"`
	Segments    []expectedSegment `json:"segments"`
}

type expectedTotal struct {
	Currency string `json:"currency"`
	Net      string `json:"net"`
	Tax      string `json:"tax"`
	Gross    string `json:"gross"`
}

type expectedSegment struct {
	Verdict     rules.Verdict `json:"verdict"`
	Deliverable int64         `json:"deliverable"`
	Failed      []string      `json:"failed"`
	Unknown     []string      `json:"unknown"`
}

// summary is what a quote has to show against an expectation.
func summary(q rules.Quote) expectation {
	x := expectation{
		Verdict: q.Verdict, Priced: q.Priced, Requested: q.Requested, Deliverable: q.Deliverable,
		Blocked: q.Blocked, Undelivered: q.Undelivered, Free: q.Free, Charged: q.Charged, Schedule: q.Schedule,
	}
	if len(q.Totals) > 0 {
		t := q.Totals[0]
		x.Total = &expectedTotal{t.Currency, t.Net.String(), t.Tax.String(), t.Gross.String()}
	}
	for _, s := range q.Segments {
		x.Segments = append(x.Segments, expectedSegment{
			s.Verdict, s.Deliverable, codes(s.Checks, rules.Fail), codes(s.Checks, rules.Unknown),
		})
	}
	return x
}

func codes(checks []rules.Check, outcome rules.Outcome) []string {
	found := []string{}
	for _, c := range checks {
		if c.Outcome == outcome {
			found = append(found, c.Code)
		}
	}
	slices.Sort(found)
	return found
}

type workedExample struct {
	Name     string          `json:"name"`
	Scenario json.RawMessage `json:"scenario"`
	Expect   expectation     `json:"expect"`
}

// eachExample runs a test for every worked example of testdata/cases.
func eachExample(t *testing.T, test func(*testing.T, workedExample)) {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no worked examples in testdata/cases: %v", err)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			var example workedExample
			if err := json.Unmarshal(lines.Bytes(), &example); err != nil {
				t.Fatalf("%s:%d: %v", file, n, err)
			}
			t.Run(filepath.Base(file)+":"+strconv.Itoa(n)+" "+example.Name, func(t *testing.T) { test(t, example) })
		}
	}
}

func TestWorkedExamples(t *testing.T) {
	eachExample(t, func(t *testing.T, example workedExample) {
		s, err := rules.Decode(example.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		q, err := rules.Evaluate(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := summary(q); !reflect.DeepEqual(got, example.Expect) {
			t.Errorf("scenario %s\ngot  %s\nwant %s", example.Scenario, toJSON(t, got), toJSON(t, example.Expect))
		}
	})
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
