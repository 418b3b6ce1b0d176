//go:build !js

package auditing

import (
	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/app/files"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
	"postage/rules/audit"
)

// foundSpecimen is a bill with 8 % agreed: a row with more, one at another market's price,
// a right one and one that may not be sent.
func foundSpecimen() *billing.Found {
	d := decimal.RequireFromString
	amount := func(s string) *decimal.Decimal { a := d(s); return &a }
	line := func(row int32, kind rules.MessageType, country string, n int64, billed, book, most, difference string, cause int) billing.Line {
		return billing.Line{
			Traffic:  billing.Traffic{Types: []string{string(kind)}, Countries: []string{country}, Messages: n},
			Currency: "USD", Row: row, On: 20260900 + rules.Date(row), Billed: amount(billed), State: audit.Priced, Low: d(book), High: d(book), Most: d(most),
			Compared: true, Difference: d(difference), Cause: cause,
		}
	}
	old := line(2, rules.WhatsAppMarketing, "VN", 10_000, "852.78", "732.00", "790.56", "62.22", 0)
	market := line(3, rules.WhatsAppAuthentication, "SG", 1600, "18.08", "25.60", "27.648", "-7.52", 1)
	market.Added = audit.AddedNone
	right := line(4, rules.WhatsAppMarketing, "ID", 3000, "123.30", "123.30", "133.164", "0", -1)
	refused := line(5, rules.WhatsAppMarketing, "US", 5, "0.13", "0", "0", "0", -1)
	refused.Compared, refused.State, refused.Reason = false, audit.NotAllowed, "whatsapp.marketing: country"
	return &billing.Found{
		Format: "table", Rows: 4, Messages: 14_605, From: 20260902, To: 20260905, Card: 20260701, Channels: []string{"whatsapp"}, Percent: d("8"), Adds: "USD", All: 4,
		Totals: []billing.Sum{{
			Currency: "USD", Rows: 3, Right: 1, Messages: 14_605, Compared: 14_600, Billed: d("994.16"), Low: d("880.90"), High: d("880.90"), Most: d("951.372"), Difference: d("54.70"), Unexamined: d("0.13"),
			Causes: []billing.Cause{
				{Code: audit.MarkupPercent, Rows: 1, Messages: 10_000, Amount: d("62.22"), Types: []string{string(rules.WhatsAppMarketing)}, Country: "VN", Markets: 1, Percent: d("16.5"), Agreed: d("8")},
				{Code: audit.OtherMarket, Rows: 1, Messages: 1600, Amount: d("-7.52"), Types: []string{string(rules.WhatsAppAuthentication)}, Country: "SG", Markets: 1, Market: "Rest of Asia Pacific", Added: audit.AddedNone},
			},
		}},
		Lines: []billing.Line{old, market, right, refused},
		Open:  []billing.Refusal{{State: audit.NotAllowed, Reason: refused.Reason, Rows: 1, Messages: 5}},
	}
}

// SpecimensOf are the parts of the page in states, on a day written 2006-01-02. Drawn by
// the page's own code, they cannot tell of a part that is not there.
func SpecimensOf(l *words.Language, today string) []kit.Specimen {
	on := func(change func(f *billing.Found)) *work {
		w := workOf(l.Code, today)
		w.Columns, w.Uses = &files.Columns{Rows: 4}, nil
		w.nations = map[string]string{}
		for _, code := range []string{"VN", "SG", "ID", "US"} {
			w.nations[code] = code
		}
		if w.found = foundSpecimen(); change != nil {
			change(w.found)
		}
		return w
	}
	whole := on(nil)
	right := on(func(f *billing.Found) {
		s := &f.Totals[0]
		f.Lines, f.Open, f.All, s.Causes, s.Rows, s.Right, s.Unexamined = f.Lines[2:3], nil, 1, nil, 1, 1, decimal.Zero
		s.Billed, s.Low, s.High, s.Most, s.Difference = *f.Lines[0].Billed, f.Lines[0].Low, f.Lines[0].High, f.Lines[0].Most, decimal.Zero
	})
	less := on(func(f *billing.Found) {
		s := &f.Totals[0]
		f.Lines, f.Open, f.All, s.Causes, s.Rows, s.Right, s.Unexamined = f.Lines[1:2], nil, 1, s.Causes[1:], 1, 0, decimal.Zero
		f.Lines[0].Cause = 0
		s.Billed, s.Low, s.High, s.Most, s.Difference = *f.Lines[0].Billed, f.Lines[0].Low, f.Lines[0].High, f.Lines[0].Most, f.Lines[0].Difference
	})
	log := on(func(f *billing.Found) {
		s := &f.Totals[0]
		s.Rows, s.UnbilledLow, s.UnbilledHigh, s.Causes, s.Unexamined, f.Open = 0, s.Low, s.High, nil, decimal.Zero, nil
	})
	letter := on(nil)
	letter.Opened = map[string]bool{"letter": true}
	return []kit.Specimen{
		kit.SpecimenOf("audit.stamp", reply{whole}.draw, reply{right}.draw, reply{less}.draw, reply{log}.draw),
		kit.SpecimenOf("audit.causes", causes{whole}.draw),
		kit.SpecimenOf("audit.rows", rows{whole}.draw),
		kit.SpecimenOf("audit.letter", tools{letter}.draw),
	}
}
