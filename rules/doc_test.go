package rules

import (
	"os"
	"strings"
	"testing"
)

// TestTheDocNamesTheChecksOfEveryType looks for each type in the list of doc.go,
// by its last step if the ones before stand there once, and for each of its checks
// in that point of the list.
func TestTheDocNamesTheChecksOfEveryType(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(text), "# Message types")
	list, _, _ = strings.Cut(list, "On a day before the book begins")
	points := strings.Split(strings.ReplaceAll(list, "\n//", " "), "  - ")
	for _, k := range messageKinds {
		platform := k.id.Platform()
		_, last, _ := strings.Cut(string(k.id), ".")
		said := ""
		for _, point := range points {
			if strings.Contains(point, platform+".") && strings.Contains(point, last[strings.LastIndexByte("."+last, '.'):]) {
				said += point
			}
		}
		if said == "" {
			t.Errorf("doc.go does not name %s", k.id)
			continue
		}
		for _, c := range k.checks {
			if !strings.Contains(said, c.code) {
				t.Errorf("doc.go does not name the check %s of %s", c.code, k.id)
			}
		}
	}
}
