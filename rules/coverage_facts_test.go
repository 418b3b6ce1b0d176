package rules

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestCoverageOfFactsNamesWhatThereIs: every rule, notice and type that
// coverage-facts.md names is in the book, every rule and notice of Zalo and
// Messenger that it should name is named in one of the two coverages, and no
// number is missing.
func TestCoverageOfFactsNamesWhatThereIs(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	text := read("coverage-facts.md")
	names := regexp.MustCompile("`((?:zalo|messenger|whatsapp)\\.[a-z0-9.-]+)`")
	for _, m := range names.FindAllStringSubmatch(text, -1) {
		isNotice := slices.ContainsFunc(theBook.notices, func(n noticeRule) bool { return n.code == m[1] })
		if theBook.rules[m[1]] == nil && !isNotice && kindOf(MessageType(m[1])) == nil && Readings()[m[1]] == nil {
			t.Errorf("coverage-facts.md names %s, which is no rule, notice, type or reading", m[1])
		}
	}
	both := text + read("coverage.md")
	mine := func(id string) bool { return strings.HasPrefix(id, "zalo.") || strings.HasPrefix(id, "messenger.") }
	const written Date = 20261128 // what has begun later was not there to be covered
	for _, id := range theBook.order {
		if theBook.rules[id].facts[0].Since > written {
			continue
		}
		// The two like prices of a kind stand in one row with their fellows.
		if mine(id) && !strings.Contains(both, "`"+id+"`") && !strings.HasPrefix(id, "zalo.zns.price.") &&
			!strings.HasPrefix(id, "zalo.oa-packages.included-messages.") && id != "zalo.zns.free-buttons" {
			t.Errorf("neither coverage names %s", id)
		}
	}
	zalo, messenger, ok := strings.Cut(text, "## Messenger: the article of 2020")
	if !ok {
		t.Fatal("the half on Messenger is missing")
	}
	for _, c := range []struct {
		half, prefix string
		numbers      []int // ranges, both ends included
		form         string
	}{
		{zalo, "A", []int{1, 32}, "%s-%02d"}, {zalo, "B", []int{1, 32}, "%s-%02d"}, {zalo, "C2", []int{1, 14}, "%s-%02d"},
		{zalo, "D", []int{1, 44}, "%s-%02d"}, {zalo, "E", []int{1, 24}, "%s-%02d"}, {zalo, "F", []int{1, 20}, "%s-%02d"}, {zalo, "V", []int{1, 4}, "%s-%02d"},
		{zalo, "C", []int{1, 24, 26, 26, 28, 32, 34, 35}, "%s-%02d"},
		{messenger, "S3", []int{1, 38}, "%s-%02d"}, {messenger, "S4", []int{1, 22}, "%s-%02d"}, {messenger, "W", []int{1, 7}, "%s-%02d"}, {messenger, "C", []int{1, 25}, "%s-%02d"},
		{messenger, "M", []int{1, 9, 20, 31, 40, 50, 60, 68, 80, 90, 100, 108, 120, 125, 140, 155, 170, 179, 190, 194, 200, 205, 220, 227, 240, 256, 270, 271}, "%s-%03d"},
	} {
		for i := 0; i < len(c.numbers); i += 2 {
			for n := c.numbers[i]; n <= c.numbers[i+1]; n++ {
				id := fmt.Sprintf(c.form, c.prefix, n)
				if !regexp.MustCompile(`(?m)^\|[^|]*\b` + id + `\b`).MatchString(c.half) {
					t.Errorf("number %s has no row", id)
				}
			}
		}
	}
}
