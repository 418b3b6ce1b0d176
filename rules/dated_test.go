package rules_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"postage/rules"
)

// TestEveryDatedValueHoldsFromItsDay reads the data files on its own and asks
// the book for every value on the day before it begins, on the day, and on the
// day after.
func TestEveryDatedValueHoldsFromItsDay(t *testing.T) {
	type fact struct{ since, value string }
	series := map[string][]fact{}
	for _, name := range []string{"zalo-uid", "zalo-zns", "messenger", "whatsapp"} {
		f, err := os.Open(filepath.Join("book", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows[1:] {
			series[r[0]] = append(series[r[0]], fact{r[1], r[2]})
		}
	}
	values := 0
	for id, facts := range series {
		for i, f := range facts {
			if f.since == "" {
				continue
			}
			values++
			before := "none" // before its first fact the book has nothing
			if i > 0 {
				before = facts[i-1].value
			}
			after := f.value
			next := date(t, f.since).AddDays(1)
			if i+1 < len(facts) && facts[i+1].since == next.String() {
				after = facts[i+1].value
			}
			for _, on := range []struct {
				day  rules.Date
				want string
			}{{date(t, f.since).AddDays(-1), before}, {date(t, f.since), f.value}, {next, after}} {
				got, known := rules.RuleOn(id, on.day)
				if known != (on.want != "none") || known && got.Value != on.want {
					t.Errorf("%s on %s is %q, %t, not %q", id, on.day, got.Value, known, on.want)
				}
			}
		}
	}
	if values < 400 {
		t.Errorf("only %d dated values", values)
	}
}
