package bills_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"postage/app/bills"
	"postage/app/table"
	"postage/rules"
	"postage/rules/audit"
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

// wordsOf are the words of a key, or of each key that begins with it and a space, in the files
// of words, each with the rest of its key.
func wordsOf(t *testing.T, key string) (list [][2]string) {
	t.Helper()
	for _, language := range []string{"vi", "en", "ru"} {
		text, err := os.ReadFile("words/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		before := len(list)
		for line := range strings.Lines(string(text)) {
			of, words, ok := strings.Cut(line, " = ")
			if rest, is := strings.CutPrefix(of+" ", key+" "); ok && is {
				for word := range strings.SplitSeq(words, "|") {
					list = append(list, [2]string{strings.TrimSpace(word), strings.TrimSpace(rest)})
				}
			}
		}
		if len(list) == before {
			t.Errorf("%s has no words for %s", language, key)
		}
	}
	return list
}

// typeColumn reports whether a file takes a column for that with the type.
func typeColumn(f *bills.File, name string) bool {
	for i := range f.Columns {
		if f.Columns[i].Name == name {
			return f.Columns[i].Fact == audit.FactType
		}
	}
	return false
}

// TestAKnownHeadingIsTheTypeWhateverItsCells: rows that say nothing known are named, and the
// column is not said to be of no use.
func TestAKnownHeadingIsTheTypeWhateverItsCells(t *testing.T) {
	for _, word := range wordsOf(t, "named type") {
		heading := word[0]
		for cell, want := range map[string]string{
			"Абв где":   fmt.Sprintf("unreadable 2: %s: \"Абв где\" is not a type of message that is known.", heading),
			"marketing": "2×1 2026-09-01 whatsapp.marketing VN 10 = 0.732 \n",
		} {
			f, r, err := open(t, "date;country;"+heading+";count;amount\n2026-09-01;VN;"+cell+";10;0.732\n", bills.Options{})
			if err != nil || !typeColumn(f, heading) || f.Format != bills.Table && f.Format != bills.PricingAnalytics || !strings.HasPrefix(shown(r), want) {
				t.Errorf("%s, %s: %v", heading, cell, err)
			}
		}
		if heading == "pricing category" { // Meta's, beside which a number is that of the business
			continue
		}
		// The form of a message is not its type, and a type that is said by hand goes before.
		f := look(t, "time;phone;"+heading+"\n2026-09-01 10:00;0912345678;image\n", nil)
		if missing, err := f.Use(bills.Options{}); err != nil || len(missing) != 1 || missing[0].Code != bills.NoType || typeColumn(f, heading) {
			t.Errorf("%s of pictures: %v, %v", heading, missing, err)
		}
		f = look(t, "time;phone;"+heading+"\n2026-09-01 10:00;0912345678;Абв\n", nil)
		ways := []rules.ListWay{{Message: rules.Message{Type: rules.WhatsAppMarketing}}}
		if missing, err := f.Use(bills.Options{Ways: ways}); err != nil || len(missing) > 0 || typeColumn(f, heading) {
			t.Errorf("%s with a type that is said: %v, %v", heading, missing, err)
		}
	}
	// Zalo's channel or kind tells what was sent: names of templates beside it are left alone.
	for _, text := range []string{
		"Ngày,Kênh,Loại tin,Số lượng,Thành tiền\n2026-09-01,ZNS,Sinh nhật tháng 9,10,4400\n",
		"Ngày,Loại template,Dịch vụ,Số lượng,Thành tiền\n2026-09-01,Voucher,Sinh nhật tháng 9,10,4400\n",
		"Ngày,Quốc gia,Tiếp thị,Tiện ích,Loại,Thành tiền\n2026-09-01,VN,10,20,Sinh nhật,1.2\n",
	} {
		f := look(t, text, nil)
		if missing, err := f.Use(bills.Options{}); err != nil || len(missing) > 0 || typeColumn(f, "Loại tin") || typeColumn(f, "Dịch vụ") || typeColumn(f, "Loại") {
			t.Errorf("%s: %v, %v", text, missing, err)
		}
	}
}

// TestWhatPeopleCallATypeIsKnown: each word for its own type, in a bill that is not Zalo's.
func TestWhatPeopleCallATypeIsKnown(t *testing.T) {
	told := append(wordsOf(t, "said"), [][2]string{
		{"Маркетинговая рассылка", "whatsapp.marketing"}, {"Уведомления о заказах", "whatsapp.utility"}, {"Уведомление", "whatsapp.utility"}, {"Коды", "whatsapp.authentication"},
		{"Tin tiếp thị", "whatsapp.marketing"}, {"Tin quảng cáo", "whatsapp.marketing"}, {"Thông báo đơn hàng", "whatsapp.utility"}, {"Tin thông báo", "whatsapp.utility"}, {"Mã OTP", "whatsapp.authentication"},
		{"marketing campaign", "whatsapp.marketing"}, {"order updates", "whatsapp.utility"}, {"Order notifications", "whatsapp.utility"}, {"OTP codes", "whatsapp.authentication"},
		{"Ответы клиентам", "whatsapp.service"}, {"customer support", "whatsapp.service"}, {"Trả lời khách hàng", "whatsapp.service"},
	}...)
	for _, word := range told {
		_, r, err := open(t, "date;country;Message type;count;amount\n2026-09-01;VN;"+word[0]+";10;1\n", bills.Options{})
		if want := "2×1 2026-09-01 " + word[1] + " VN 10 = 1 \n"; err != nil || shown(r) != want {
			t.Errorf("%s: %v, not %s", word[0], err, want)
		}
	}
	// In a bill of Zalo it is the name of a template.
	_, r, err := open(t, "Ngày,Loại tin,Số lượng,Thành tiền\n2026-09-01,ZNS voucher,10,4400\n2026-09-02,Thông báo đơn hàng,10,4400\n", bills.Options{})
	if err != nil || !strings.HasPrefix(shown(r), "2×1 2026-09-01 zalo.zns:voucher  10 = 4400 \nunreadable 3: Loại tin: \"Thông báo đơn hàng\" is not a type") {
		t.Errorf("%v", err)
	}
}
