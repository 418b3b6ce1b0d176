package rules

import (
	"os"
	"regexp"
	"slices"
	"testing"
)

// TestCoverageNamesWhatThereIs: every rule, notice and type that coverage.md
// names is in the book, and every rule that is only told is named there or
// rests on none of the five documents.
func TestCoverageNamesWhatThereIs(t *testing.T) {
	text, err := os.ReadFile("coverage.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("`((?:zalo|messenger|whatsapp)\\.[a-z0-9.-]+|windows)`").FindAllSubmatch(text, -1) {
		id := string(m[1])
		named[id] = true
		isNotice := slices.ContainsFunc(theBook.notices, func(n noticeRule) bool { return n.code == id })
		if theBook.rules[id] == nil && !isNotice && kindOf(MessageType(id)) == nil {
			t.Errorf("coverage.md names %s, which is no rule, notice or type", id)
		}
	}
	primary := func(sources []string) bool {
		return slices.ContainsFunc(sources, func(s string) bool { return regexp.MustCompile(`^S00[0-4]$`).MatchString(s) })
	}
	for _, id := range theBook.order {
		if slices.ContainsFunc(theBook.rules[id].facts, func(f Fact) bool { return primary(f.Sources) }) && !named[id] {
			t.Errorf("coverage.md does not name %s, which rests on one of the five documents", id)
		}
	}
	for _, n := range theBook.notices {
		if primary(n.sources) && !named[n.code] {
			t.Errorf("coverage.md does not name the notice %s, which rests on one of the five documents", n.code)
		}
	}
}
