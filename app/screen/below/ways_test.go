package below

import (
	"testing"

	"postage/app/form/formtest"
	"postage/app/screen/desk"
	"postage/rules"
)

// TestZaloIsNoWayToPeopleInOtherCountries, but to those of whom nobody says that they are.
func TestZaloIsNoWayToPeopleInOtherCountries(t *testing.T) {
	for groups, offered := range map[string]bool{
		`{"recipients":5,"country":"ID"}`:                                 false,
		`{"recipients":5,"country":"ID"},{"recipients":5,"country":"DE"}`: false,
		`{"recipients":5,"country":"ID"},{"recipients":5,"country":"VN"}`: true,
		`{"recipients":5,"country":"VN"}`:                                 true,
	} {
		f, err := formtest.FormOfText([]byte(`{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[`+groups+`]}`), formtest.TestDay, "ru")
		if err != nil {
			t.Fatal(err)
		}
		l := New(desk.New("ru", false))
		l.Desk.Form = f
		l.Desk.Compute()
		l.FindWays()
		found, others := false, 0
		for _, way := range l.Ways.All {
			if c := way.Type.Channel(); c == rules.ChannelZalo || c == rules.ChannelZNS {
				found = true
			} else {
				others++
			}
		}
		if found != offered || others < 2 {
			t.Errorf("to %s Zalo is offered: %v, beside %d others", groups, found, others)
		}
	}
}
