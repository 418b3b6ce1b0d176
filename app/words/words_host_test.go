//go:build !js

package words

import (
	"strings"
	"testing"
)

func TestNumbersInTextsKeepTogether(t *testing.T) {
	got := keepTogether("a = 1 024 000 – 5 000 ₫ {n} % 2 $ 12 345 tin 1 2 34 1 июля 2026 г. 7 1234")
	want := strings.ReplaceAll("a = 1_024_000_– 5_000_₫ {n}_% 2_$ 12_345 tin 1 2 34 1 июля 2026_г. 7 1234", "_", NoBreakSpace)
	if got != want {
		t.Errorf("got %q, not %q", got, want)
	}
}

func TestTheBrowserLoadsNoNamesOfRules(t *testing.T) {
	got := string(file(map[string]string{"ask.on": "a", "rule.zalo.x": "b", "fact.zalo.x": "c", "rules.heading": "d"}))
	if want := "ask.on=a\nrules.heading=d\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
