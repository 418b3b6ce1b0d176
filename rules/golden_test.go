package rules

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "record the golden files anew")

// golden compares a text with a file of testdata/golden, line by line; with
// -update it records the file instead.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, have := strings.Split(string(data), "\n"), strings.Split(got, "\n")
	const shown = 10
	for i, different := 0, 0; i < max(len(want), len(have)) && different < shown; i++ {
		var w, h string
		if i < len(want) {
			w = want[i]
		}
		if i < len(have) {
			h = have[i]
		}
		if w != h {
			different++
			t.Errorf("%s:%d:\n recorded %s\n is now   %s", path, i+1, w, h)
		}
	}
	if t.Failed() {
		t.Log("if this is as it should be: go test ./rules -run Golden -update, and read the difference")
	}
}

// TestGoldenCards records the list rates of every card, a market a line.
func TestGoldenCards(t *testing.T) {
	var b strings.Builder
	for _, currency := range billingCurrencies {
		facts := whatsappCards[currency].facts
		for i, f := range facts {
			if f.Value == none {
				continue
			}
			until := "on"
			if i+1 < len(facts) {
				until = "to " + facts[i+1].Since.AddDays(-1).String()
			}
			fmt.Fprintf(&b, "%s: %s from %s %s\n", f.Value, currency, f.Since, until)
			c := theBook.shelf.card(f.Value)
			rows := map[string]string{}
			for _, column := range cardColumns {
				for _, key := range slices.SortedFunc(maps.Keys(c), func(a, b cardKey) int { return strings.Compare(a.market, b.market) }) {
					if key.category == column {
						rows[key.market] += fmt.Sprintf("  %s %s %s", column, c[key][0].price.StringFixed(tierDecimals), c[key][0].status)
					}
				}
			}
			for _, market := range slices.Sorted(maps.Keys(rows)) {
				fmt.Fprintf(&b, "%-32s%s\n", market, rows[market])
			}
			b.WriteByte('\n')
		}
	}
	golden(t, "cards.txt", b.String())
}
