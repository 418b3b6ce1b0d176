package rules_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"postage/rules"
)

// A workedPlan is a plan with what its quote must say: all of what expect has. Null
// means that the quote has it not.
type workedPlan struct {
	Name   string          `json:"name"`
	Plan   json.RawMessage `json:"plan"`
	Expect map[string]any  `json:"expect"`
}

// workedPlans are those of testdata/cases/plans, with the file and the line in their
// names.
func workedPlans(t testing.TB) (list []workedPlan) {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/plans/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no worked plans: %v", err)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			var example workedPlan
			if err := json.Unmarshal(lines.Bytes(), &example); err != nil {
				t.Fatalf("%s:%d: %v", file, n, err)
			}
			example.Name = filepath.Base(file) + ":" + strconv.Itoa(n) + " " + example.Name
			list = append(list, example)
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func eachWorkedPlan(t *testing.T, test func(*testing.T, workedPlan)) {
	t.Helper()
	for _, example := range workedPlans(t) {
		t.Run(example.Name, func(t *testing.T) { test(t, example) })
	}
}

func TestWorkedPlans(t *testing.T) {
	eachWorkedPlan(t, func(t *testing.T, example workedPlan) {
		answer, _ := rules.AnswerPlan(example.Plan)
		var got map[string]any
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatal(err)
		}
		for _, difference := range differing("", example.Expect, got) {
			t.Error(difference)
		}
		if t.Failed() {
			t.Logf("plan %s\nis answered with %s", example.Plan, answer)
		}
	})
}

// differing tells where an answer is not what is expected of it. What an expectation
// leaves out may be anything.
func differing(path string, want, got any) (found []string) {
	switch want := want.(type) {
	case map[string]any:
		have, _ := got.(map[string]any)
		for name, value := range want {
			found = append(found, differing(path+"."+name, value, have[name])...)
		}
		if have == nil {
			found = append(found, path+" is no object")
		}
		return found
	case []any:
		have, _ := got.([]any)
		if len(have) != len(want) {
			return []string{path + " has " + strconv.Itoa(len(have)) + " entries, not " + strconv.Itoa(len(want))}
		}
		for i := range want {
			found = append(found, differing(path+"["+strconv.Itoa(i)+"]", want[i], have[i])...)
		}
		return found
	}
	if !reflect.DeepEqual(want, got) {
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		return []string{path + " is " + string(a) + ", not " + string(b)}
	}
	return nil
}
