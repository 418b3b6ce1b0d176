//go:build !js

package listing

import (
	"github.com/shopspring/decimal"

	"postage/app/contacts"
	"postage/app/files"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// SpecimensOf are the parts of the page in states, on a day written 2006-01-02. Drawn by
// the page's own code, they cannot tell of a part that is not there.
func SpecimensOf(l *words.Language, today string) []kit.Specimen {
	on := func(change func(w *work)) *work {
		w := workOf(l.Code, today)
		w.choices = contacts.Default(w.Today)
		w.Columns = &files.Columns{Rows: 200, List: []files.Column{
			{Name: "SĐT", Letters: "A", Fact: "phone", Samples: []string{"0900000001", "0900000002"}, Filled: 190},
			{Name: "zalo_id", Letters: "B", Fact: "uid", Samples: []string{"3829104400000001"}, Filled: 120},
			{Name: "Tên", Letters: "C", Samples: []string{"An", "Bình"}, Filled: 200},
		}}
		w.Uses, w.Orders = []string{"phone", "uid", ""}, make([]string, 3)
		dong := func(n int64) []rules.Total { return []rules.Total{{Currency: "VND", Gross: decimal.NewFromInt(n)}} }
		w.found = &contacts.Found{Rows: 200, Doubles: 2, Unreadable: 3, Faults: []files.Wrong{}, Counts: map[string]files.Counts{"phone": {Read: 187, Empty: 10, Unreadable: 3}, "uid": {Read: 120, Empty: 80}}}
		w.found.Outcome = contacts.Outcome{
			People: 195, Reached: 170, Days: 1, Totals: dong(45_100),
			Ways:   []contacts.Sent{{Type: rules.ZNS, People: 100, Totals: dong(33_000)}, {Type: rules.ZBSUID, People: 70, Totals: dong(12_100)}},
			Single: &contacts.Sent{Type: rules.ZNS, People: 150, Totals: dong(49_500)},
			Missed: []contacts.Missed{
				{People: 15, Reason: "zalo.zns: consent", Type: rules.ZNS, Codes: []string{"consent"}, Would: rules.ZNS, Needs: []string{"consent"}, Price: "330", Currency: "VND"},
				{People: 10, Reason: "zalo.zns: identity", Type: rules.ZNS, Codes: []string{"identity"}},
			},
		}
		if change != nil {
			change(w)
		}
		return w
	}
	whole := on(nil)
	unread := on(func(w *work) { w.found = nil })
	unused := on(func(w *work) { w.found, w.Uses = nil, make([]string, 3) })
	all := on(func(w *work) { w.found.Reached, w.found.Missed, w.found.Unreadable = w.found.People, nil, 0 })
	return []kit.Specimen{
		kit.SpecimenOf("list.columns", columns{unread}.draw),
		kit.SpecimenOf("list.stamp", reply{whole}.draw, reply{all}.draw, reply{unread}.draw, reply{unused}.draw),
		kit.SpecimenOf("list.reasons", reply{whole}.missed),
		kit.SpecimenOf("list.files", reply{whole}.ways),
	}
}
