package below

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form/formtest"
	"postage/app/model"
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
		// To some of them it is offered with a word of warning, and not as the better way.
		w, some := l.Desk.Words(), strings.Contains(groups, "ID") && offered
		v := waysView{of: l, purpose: l.Ways.Purpose, list: l.Ways}
		for i := range l.Ways.All {
			each := &l.Ways.All[i]
			warned := strings.Contains(goapp.HTMLString(v.row(each)), w.Text("stamp.abroad.zalo"))
			if isZalo := strings.HasPrefix(string(each.Type), "zalo"); warned != (isZalo && some) || isZalo && some && strings.Contains(v.hint(), w.TypeName(each.Type)) {
				t.Errorf("to %s %s is offered with a warning: %v, and the list comes to %q", groups, each.Type, warned, v.hint())
			}
		}
	}
}

// A row says of which template its price is: an offer by ZNS is a voucher, whatever the
// form holds.
func TestAWayByATemplateNamesIt(t *testing.T) {
	for lang, want := range map[string][2]string{
		"vi": {"Giá này là của mẫu Tuỳ chỉnh.", "Giá này là của mẫu Voucher."}, "en": {"the template: Custom.", "the template: Voucher."}, "ru": {"шаблона «Свой».", "шаблона «Ваучер»."},
	} {
		f, err := formtest.FormOfText([]byte(`{"on":"2026-11-21","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":5,"country":"VN","phone":true,"uid":true,"careWithin6Months":true,"optedIn":true,"hoursSinceInteraction":9}],"sender":{"tool":"openapi"}}`), formtest.TestDay, lang)
		if err != nil {
			t.Fatal(err)
		}
		l := New(desk.New(lang, false))
		l.Desk.Form = f
		l.Desk.Compute()
		for i, purpose := range []rules.Purpose{rules.TransactionUpdate, rules.Promotion} {
			l.Meant = model.PurposeMeant{Purpose: purpose, Kind: rules.WhatsAppMarketing}
			l.FindWays()
			rows := 0
			for j := range l.Ways.All {
				each := &l.Ways.All[j]
				said := goapp.HTMLString(waysView{of: l, list: l.Ways}.row(each))
				named := strings.Contains(said, want[i])
				if templates := each.Type == rules.ZNS || each.Type == rules.ZBSUID; named != (templates && each.Quote != nil) {
					t.Errorf("%s, %s: %s", purpose, each.Type, said)
				} else if templates && named {
					rows++
				}
			}
			if rows == 0 {
				t.Errorf("%s: no way by a template", purpose)
			}
		}
	}
}
