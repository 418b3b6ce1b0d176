package audit_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestALargeBillHasTheSameCauses: causes that are looked for by a sample, and weighed no
// further than until it is plain that they fail, are those that weighing to the end found,
// with the same rows and sums. Weighed to the end, the work was asked 35,331 times whether
// to go on.
func TestALargeBillHasTheSameCauses(t *testing.T) {
	const name = "testdata/large.txt"
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	asked := 0
	for _, percent := range []string{"", "8"} {
		b := largeBill(t, 2500, percent)
		b.GoOn = func() bool { asked++; return true }
		s := audited(t, b).Sums[0]
		fmt.Fprintf(&got, "%q agreed: %d rows, %d right, billed %s, book %s to %s, at most %s, difference %s, unknown %s\n", percent, s.Rows, s.Right, s.Billed, s.Low, s.High, s.Most, s.Difference, s.Unknown)
		for _, c := range s.Causes {
			fmt.Fprintf(&got, "%d rows, %s: %s\n", c.Rows, c.Amount, c.Words(s.Currency))
		}
	}
	if got.String() != string(want) {
		t.Errorf("%s says\n%s\nnow it is\n%s", name, want, got.String())
	}
	if most := 5_000; asked > most {
		t.Errorf("it was asked %d times whether to go on, more than %d", asked, most)
	}
}
