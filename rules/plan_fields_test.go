package rules

import "testing"

// TestNoFieldOfASegmentGoesByTheDay: of a plan's later days only what may be said on
// the day is looked at again, and that is of no segment.
func TestNoFieldOfASegmentGoesByTheDay(t *testing.T) {
	for i := range segmentFields {
		if f := &segmentFields[i]; f.words != nil || f.wrong != nil {
			t.Errorf("%s goes by the day: let validation.mistakeOfDay look at segments too", f.Path)
		}
	}
}

// TestPlanFieldsStandBesideThoseOfAScenario: none has the name of another one there.
func TestPlanFieldsStandBesideThoseOfAScenario(t *testing.T) {
	for _, lists := range [][2][]Field{{itemFields, ownFields}, {planSenderFields, senderFields}, {planPricingFields, pricingFields}} {
		for i := range lists[0] {
			for k := range lists[1] {
				if lists[0][i].name() == lists[1][k].name() {
					t.Errorf("%s is declared twice", lists[0][i].Path)
				}
			}
		}
	}
	if n := len(itemFields) + len(planSenderFields) + len(planPricingFields); len(PlanFields()) != n {
		t.Errorf("%d fields are listed, not %d", len(PlanFields()), n)
	}
}
