package rules_test

import (
	"slices"
	"testing"

	"postage/rules"
)

func TestWindowsAreTheHoursOfTheDay(t *testing.T) {
	for _, c := range []struct {
		on   rules.Date
		want []int64
	}{{20260301, []int64{24, 48, 168, 8760}}, {20261201, []int64{24, 48, 168, 8760}}} {
		if got := rules.Windows(c.on); !slices.Equal(got, c.want) {
			t.Errorf("on %s they are %v, not %v", c.on, got, c.want)
		}
	}
}
