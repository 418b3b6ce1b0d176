package bills_test

import (
	"testing"

	"postage/app/bills"
	"postage/app/table"
	"postage/rules"
)

func TestWhatTheConfigurationKnowsOfATypeIsUsed(t *testing.T) {
	voucher := rules.ListWay{Message: rules.Message{Type: rules.ZNS, Template: rules.Template{Kind: "voucher", Image: true}}}
	for _, c := range []struct {
		name, text string
		o          bills.Options
		want       string
	}{
		{"a template that the bill does not tell", "Ngày,Loại tin,Số lượng,Thành tiền\n2026-09-01,ZNS,10,7700\n", bills.Options{Ways: []rules.ListWay{voucher}}, "2×1 2026-09-01 zalo.zns:voucher  10 = 7700 \n"},
		{"a kind that the bill tells goes before", "Ngày,Loại tin,Loại template,Số lượng,Thành tiền\n2026-09-01,ZNS,OTP,10,4400\n", bills.Options{Ways: []rules.ListWay{voucher}}, "2×1 2026-09-01 zalo.zns:otp  10 = 4400 \n"},
		{"a type that no column has", "Ngày,Số lượng,Thành tiền\n2026-09-01,10,7700\n", bills.Options{Ways: []rules.ListWay{voucher}}, "2×1 2026-09-01 zalo.zns:voucher  10 = 7700 \n"},
		{"without a template nothing is guessed", "Ngày,Loại tin,Số lượng,Thành tiền\n2026-09-01,ZNS,10,7700\n", bills.Options{},
			"unreadable 2: It does not say which kind of template the ZNS was. Name the column with the kind, or say in the configuration what is sent: {\"ways\":[{\"type\":\"zalo.zns\",\"template\":{\"kind\":\"custom\"}}]}.\n"},
		{"the order of day and month that is said", "date,country,category,count,amount\n03/04/2026,VN,marketing,1,1\n", bills.Options{Dates: table.MonthFirst}, "2×1 2026-03-04 whatsapp.marketing VN 1 = 1 \n"},
		{"a price for each message", "date,country,category,count,unit price\n2026-09-01,VN,marketing,200,0.0732\n", bills.Options{}, "2×1 2026-09-01 whatsapp.marketing VN 200 = 14.64 \n"},
		{"no column for a fact", "date,country,category,count,amount\n2026-09-01,VN,marketing,200,0.0732\n", bills.Options{Columns: map[string]string{"amount": ""}}, "2×1 2026-09-01 whatsapp.marketing VN 200\n"},
	} {
		_, r, err := open(t, c.text, c.o)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := shown(r); got != c.want {
			t.Errorf("%s:\n%s\nnot\n%s", c.name, got, c.want)
		}
	}
	// The template's own price, its picture and all that the bill cannot tell stay with it.
	_, r, err := open(t, "Ngày,Loại tin,Số lượng,Thành tiền\n2026-09-01,ZNS,10,7700\n", bills.Options{Ways: []rules.ListWay{voucher}})
	if err != nil || !r.Bill.Rows[0].Traffic[0].Message.Template.Image {
		t.Error(err, r)
	}
}
