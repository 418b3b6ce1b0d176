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

// golden compares what is said of each name with a file of testdata/golden;
// with -update it records the file instead. The file is text, of which said
// tells what it says of each name: where a line stands does not matter.
func golden(t *testing.T, name, got string, said func(text string) map[string]string) {
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
	const shown = 20
	different := differences(said(string(data)), said(got))
	for _, d := range different[:min(shown, len(different))] {
		t.Errorf("%s: %s", path, d)
	}
	if more := len(different) - shown; more > 0 {
		t.Errorf("%s: and %d more", path, more)
	}
	if t.Failed() {
		t.Log("if this is as it should be: go test ./rules -run Golden -update, and read the difference")
	}
}

// differences lists by name what is new, gone or not as it was recorded.
func differences(recorded, now map[string]string) []string {
	names := maps.Clone(recorded)
	maps.Copy(names, now)
	var found []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		was, before := recorded[name]
		is, after := now[name]
		switch {
		case !before:
			found = append(found, fmt.Sprintf("added %s: %s", name, is))
		case !after:
			found = append(found, fmt.Sprintf("removed %s: %s", name, was))
		case was != is:
			found = append(found, fmt.Sprintf("changed %s: recorded %s, is now %s", name, was, is))
		}
	}
	return found
}

func TestGoldenFilesAreComparedByName(t *testing.T) {
	recorded := "usd-1: USD from 2025-07-01 on\n" + goldenRow("India", "  marketing 0.0107 single  utility 0.0014 single") + goldenRow("Other", "  marketing 0.0604 single") + "\n"
	now := "usd-0: USD from 2024-11-01 to 2025-06-30\n\nusd-1: USD from 2025-07-01 on\n" +
		goldenRow("Brazil", "  marketing 0.0625 single") + goldenRow("India", "  marketing 0.0118 single  utility 0.0014 single") + "\n"
	want := []string{
		"added usd-0: USD from 2024-11-01 to 2025-06-30",
		"added usd-1, Brazil, marketing: 0.0625 single",
		"changed usd-1, India, marketing: recorded 0.0107 single, is now 0.0118 single",
		"removed usd-1, Other, marketing: 0.0604 single",
	}
	if got := differences(ratesByName(recorded), ratesByName(now)); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// goldenRow is a market's line in the golden file of the cards.
func goldenRow(market, rates string) string {
	return fmt.Sprintf("%-*s%s\n", marketWidth, market, rates)
}

const marketWidth = 32

// ratesByName reads the golden file of the cards: the days of each card, and
// the rate of each market and category.
func ratesByName(text string) map[string]string {
	said := map[string]string{}
	card := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if name, days, ok := strings.Cut(line, ": "); ok {
			card = name
			said[card] = days
		} else if len(line) > marketWidth {
			market := strings.TrimSpace(line[:marketWidth])
			for rate := range strings.SplitSeq(strings.TrimSpace(line[marketWidth:]), "  ") {
				category, price, _ := strings.Cut(rate, " ")
				said[card+", "+market+", "+category] = price
			}
		}
	}
	return said
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
				b.WriteString(goldenRow(market, rows[market]))
			}
			b.WriteByte('\n')
		}
	}
	golden(t, "cards.txt", b.String(), ratesByName)
}
