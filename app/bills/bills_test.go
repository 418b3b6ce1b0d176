package bills_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"postage/app/bills"
	"postage/app/table/cells"
	"postage/app/table/cellstest"
	"postage/rules"
	"postage/rules/audit"
)

// open reads a bill out of a text.
func open(t testing.TB, text string, o bills.Options) (*bills.File, *bills.Reading, error) {
	t.Helper()
	f, err := bills.Open(strings.NewReader(text), int64(len(text)), o)
	if err != nil {
		return nil, nil, err
	}
	r, err := f.Read()
	return f, r, err
}

// shown is what was read, a line a row.
func shown(r *bills.Reading) string {
	var b strings.Builder
	for _, row := range r.Bill.Rows {
		fmt.Fprintf(&b, "%d×%d %s", row.Number, row.Rows, row.On)
		if row.Until != 0 {
			fmt.Fprintf(&b, "..%s", row.Until)
		}
		for _, t := range row.Traffic {
			fmt.Fprintf(&b, " %s", t.Message.Type)
			if t.Message.Template.Kind != "" {
				fmt.Fprintf(&b, ":%s", t.Message.Template.Kind)
			}
			if tag, known := t.Message.Tag.Get(); known && tag > 1 {
				fmt.Fprintf(&b, "#%d", tag)
			}
			if abroad, known := t.International.Get(); known && abroad {
				b.WriteString(" abroad")
			}
			fmt.Fprintf(&b, " %s %d", t.Country, t.Count)
			if t.Told != "" {
				fmt.Fprintf(&b, " %s", t.Told)
			}
		}
		if amount, known := row.Amount.Get(); known {
			fmt.Fprintf(&b, " = %s %s", amount, row.Currency)
		}
		b.WriteByte('\n')
	}
	for _, u := range r.Unreadable {
		fmt.Fprintf(&b, "unreadable %d: %s\n", u.Row, u.Err)
	}
	if r.Sums+r.Unpaid > 0 {
		fmt.Fprintf(&b, "sums %d, unpaid %d\n", r.Sums, r.Unpaid)
	}
	return b.String()
}

const analytics = `{"id":"102290129340398","pricing_analytics":{"data":[{"data_points":[
 {"start":1788159600,"end":1788246000,"phone_number":"84912345678","country":"VN","tier":"0:MAX","pricing_type":"REGULAR","pricing_category":"MARKETING","volume":1000,"cost":73.2},
 {"start":1788246000,"end":1788332400,"phone_number":"84912345678","country":"US","pricing_type":"REGULAR","pricing_category":"AUTHENTICATION_INTERNATIONAL","volume":10,"cost":0.034},
 {"start":1788246000,"end":1788332400,"phone_number":"84912345678","country":"VN","pricing_type":"FREE_CUSTOMER_SERVICE","pricing_category":"UTILITY","volume":40,"cost":0},
 {"start":1788246000,"end":1788332400,"phone_number":"84912345678","country":"VN","pricing_type":"FREE_ENTRY_POINT","pricing_category":"MARKETING_LITE","volume":7,"cost":0.0},
 {"start":1788246000,"end":1788332400,"country":"VN","pricing_type":"REGULAR","pricing_category":"GROUP_MARKETING","volume":7,"cost":0.30000000000000004}
]}],"paging":{"cursors":{"before":"a","after":"b"}}}}`

func TestRealShapesOfBillsAreRead(t *testing.T) {
	for _, c := range []struct {
		name, text, format, want string
		o                        bills.Options
	}{
		{"Meta's answer, of an account in California", analytics, "pricing-analytics", `1×1 2026-08-31 whatsapp.marketing VN 1000 charged = 73.2 
2×1 2026-09-01 whatsapp.authentication abroad US 10 charged = 0.034 
3×1 2026-09-01 whatsapp.utility VN 40 window = 0 
4×1 2026-09-01 whatsapp.marketing VN 7 entry-point = 0 
unreadable 5: pricing_category: "GROUP_MARKETING" is not a type of message that is known. Known are marketing, utility, authentication and service for WhatsApp, ZNS, consultation, transaction and broadcast for Zalo, and the types of the calculator such as whatsapp.marketing.
`, bills.Options{}},
		{"Meta's answer, of an account in Vietnam by months", `{"data":[{"data_points":[{"start":1785517200,"end":1788195600,"country":"VN","pricing_type":"REGULAR","pricing_category":"MARKETING","volume":5,"cost":0.366}]}]}`,
			"pricing-analytics", "1×1 2026-08-01..2026-08-31 whatsapp.marketing VN 5 charged = 0.366 \n", bills.Options{}},
		{"Twilio's usage records", "AccountSid,ApiVersion,AsOf,Category,Count,CountUnit,Description,EndDate,Price,PriceUnit,StartDate,Usage,UsageUnit\n" +
			"AC1,2010-04-01,2026-10-01T00:00:00+00:00,channels-whatsapp-template-marketing,1200,messages,Channels - WhatsApp - Template Marketing,2026-09-01,87.84,usd,2026-09-01,1200,messages\n" +
			"AC1,2010-04-01,2026-10-01T00:00:00+00:00,channels-whatsapp-template-utility,300,messages,Channels - WhatsApp - Template Utility,2026-09-02,3.39,usd,2026-09-02,300,messages\n" +
			"AC1,2010-04-01,2026-10-01T00:00:00+00:00,channels-whatsapp,1500,messages,Channels - WhatsApp,2026-09-02,91.23,usd,2026-09-01,1500,messages\n" +
			"AC1,2010-04-01,2026-10-01T00:00:00+00:00,channels-messaging-outbound,1500,messages,Channels - Messaging Outbound,2026-09-02,7.50,usd,2026-09-01,1500,messages\n" +
			"AC1,2010-04-01,2026-10-01T00:00:00+00:00,totalprice,,usd,Total Price,2026-09-02,98.73,usd,2026-09-01,98.73,usd\n",
			"table", `2×1 2026-09-01 whatsapp.marketing VN 1200 = 87.84 USD
3×1 2026-09-02 whatsapp.utility VN 300 = 3.39 USD
5×1 2026-09-01..2026-09-02 = 7.5 USD
sums 2, unpaid 0
`, bills.Options{Country: "VN"}},
		{"Meta's older answer, by conversations", `{"conversation_analytics":{"data":[{"data_points":[{"start":1733011200,"end":1733097600,"conversation":12,"conversation_type":"REGULAR","conversation_category":"MARKETING","conversation_direction":"BUSINESS_INITIATED","country":"VN","cost":0.88},` +
			`{"start":1733011200,"end":1733097600,"conversation":3,"conversation_type":"FREE_ENTRY_POINT","conversation_category":"SERVICE","conversation_direction":"USER_INITIATED","country":"VN","cost":0}]}]}}`,
			"table", "1×1 2024-12-01 whatsapp.marketing VN 12 charged = 0.88 \n2×1 2024-12-01 whatsapp.service VN 3 entry-point = 0 \n", bills.Options{}},
		{"Twilio's usage records in JSON", `{"first_page_uri":"/x","usage_records":[{"category":"channels-whatsapp-template-marketing","count":"1200","count_unit":"messages","description":"x","end_date":"2026-09-01","price":"87.84","price_unit":"usd","start_date":"2026-09-01","usage":"1200","usage_unit":"messages","subresource_uris":{"daily":"/d"}}]}`,
			"table", "1×1 2026-09-01 whatsapp.marketing VN 1200 = 87.84 USD\n", bills.Options{Country: "VN"}},
		{"Gupshup's daily usage", `{"status":"success","partnerAppUsageList":[{"appId":"b","appName":"Shop","authentication":10,"cumulativeBill":9.1,"currency":"USD","date":"2026-09-10","discount":0.0,"fep":0,"ftc":1,"gsCap":75.0,"gsFees":0.031,"incomingMsg":4,"outgoingMsg":0,"outgoingMediaMsg":0,"marketing":20,"service":0,"templateMsg":30,"templateMediaMsg":0,"totalFees":1.5,"totalMsgs":34,"utility":0,"waFees":1.469}]}`,
			"wide", "1×1 2026-09-10 whatsapp.authentication VN 10 whatsapp.marketing VN 20 = 1.5 USD\n", bills.Options{Country: "VN"}},
		{"a provider's table, as Vietnamese write it", "Ngày;Quốc gia;Loại tin;Số lượng;Đơn giá;Thành tiền (VND)\n" +
			"01/09/2026;Việt Nam;Tiếp thị;12.400;1.903;23.597.200\n15/09/2026;Mỹ;Xác thực;200;88;17.680\nTổng cộng;;;12.600;;23.614.880\n",
			"table", `2×1 2026-09-01 whatsapp.marketing VN 12400 = 23597200 VND
3×1 2026-09-15 whatsapp.authentication US 200 = 17680 VND
sums 1, unpaid 0
`, bills.Options{}},
		{"a provider's table in Russian, by months", "Месяц;Страна;Категория;Количество;Сумма без НДС, USD\nсентябрь 2026;Вьетнам;Маркетинг;1 000;73,20\n",
			"table", "2×1 2026-09-01..2026-09-30 whatsapp.marketing VN 1000 = 73.2 USD\n", bills.Options{}},
		{"a table by markets", "Period,Market,Category,Billable messages,Total cost (USD)\n2026-09-01 - 2026-09-30,Rest of Asia Pacific,Marketing,100,$7.32\n2026-09-01 - 2026-09-30,Vietnam,Service,100,$0.00\n",
			"table", `2×1 2026-09-01..2026-09-30 whatsapp.marketing AF 100 = 7.32 USD
3×1 2026-09-01..2026-09-30 whatsapp.service VN 100 = 0 USD
`, bills.Options{}},
		{"an invoice in long words", "Service date,Item,Destination,Qty,Rate,Line total\n2026-09-01,WhatsApp - Marketing template (VN),Vietnam (VN),10,0.0791,0.791\n" +
			"2026-09-01,Meta authentication-international fee,India,10,0.02,0.2\n2026-09-01,WhatsApp Authentication message international,India,10,0.02,0.2\n2026-09-01,WhatsApp SMS service,VN,10,0.02,0.2\n2026-09-01,Monthly fee,,1,49,49.00\nSubtotal,,,,,50.39\n",
			"table", `2×1 2026-09-01 whatsapp.marketing VN 10 = 0.791 
3×1 2026-09-01 whatsapp.authentication abroad IN 10 = 0.2 
4×1 2026-09-01 whatsapp.authentication abroad IN 10 = 0.2 
6×1 2026-09-01 = 49 
unreadable 5: Item: "WhatsApp SMS service" is not a type of message that is known. Known are marketing, utility, authentication and service for WhatsApp, ZNS, consultation, transaction and broadcast for Zalo, and the types of the calculator such as whatsapp.marketing.
sums 1, unpaid 0
`, bills.Options{}},
		{"a log of single messages", "time,phone,category,status\n2026-09-01 10:00:00,0912345678,marketing,delivered\n2026-09-01 11:00:00,+84 98 765 43 21,marketing,read\n2026-09-01 12:00:00,+1 202 555 0123,authentication,delivered\n2026-09-02 10:00:00,0912345678,marketing,failed\n2026-09-02 10:00:00,12,marketing,delivered\n",
			"log", `2×2 2026-09-01 whatsapp.marketing VN 2
4×1 2026-09-01 whatsapp.authentication US 1
unreadable 6: phone: "12" is neither a country, nor its code, nor a market of WhatsApp.
sums 0, unpaid 1
`, bills.Options{}},
		{"Twilio's log, of marketing alone", "From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,Price,PriceUnit\n" +
			"whatsapp:+14155238886,whatsapp:+84912345678,Hi,delivered,2026-09-01T03:00:00Z,2010-04-01,1,,AC1,SM1,outbound-api,-0.0782,USD\nwhatsapp:+84912345678,whatsapp:+14155238886,Yes,received,2026-09-01T04:00:00Z,2010-04-01,1,,AC1,SM2,inbound,-0.005,USD\n",
			"log", "2×1 2026-09-01 whatsapp.marketing VN 1 = 0.0782 USD\n3×1 2026-09-01 = 0.005 USD\n",
			bills.Options{Ways: []rules.ListWay{{Message: rules.Message{Type: rules.WhatsAppMarketing}}}}},
		{"Zalo's table", "Tên template\tLoại template\tSố tin gửi thành công\tThành tiền (đã gồm VAT)\nXác nhận đơn\tTùy chỉnh\t1.000\t330.000\nMã OTP\tOTP\t500\t220.000\nTổng\t\t1.500\t550.000\n",
			"zalo", `2×1 2026-09-01..2026-09-30 zalo.zns:custom  1000 = 330000 
3×1 2026-09-01..2026-09-30 zalo.zns:otp  500 = 220000 
sums 1, unpaid 0
`, bills.Options{On: 20260901, Until: 20260930}},
		{"Zalo's ways side by side", "Ngày,Kênh,Loại tin,Số lượng,Thành tiền\n2026-09-01,Zalo,Tin tư vấn,10,550\n2026-09-01,ZNS,Voucher,10,4400\n2026-09-01,ZBS UID,Voucher,10,3080\n",
			"zalo", `2×1 2026-09-01 zalo.uid.consultation  10 = 550 
3×1 2026-09-01 zalo.zns:voucher  10 = 4400 
4×1 2026-09-01 zalo.zbs-uid:voucher  10 = 3080 
`, bills.Options{}},
		{"kinds and purposes beside the channel", "Ngày,Loại tin,Số lượng,Thành tiền\n2026-09-01,ZNS hậu mãi ưu đãi,10,4400\n2026-09-02,Zalo ZNS - OTP (Giao dịch),10,4400\n2026-09-03,ZBS UID chăm sóc: tùy chỉnh,10,2310\n2026-09-04,ZNS (Zalo) voucher,10,4400\n",
			"zalo", `2×1 2026-09-01 zalo.zns:voucher#3  10 = 4400 
3×1 2026-09-02 zalo.zns:otp  10 = 4400 
4×1 2026-09-03 zalo.zbs-uid:custom#2  10 = 2310 
5×1 2026-09-04 zalo.zns:voucher  10 = 4400 
`, bills.Options{}},
		{"a note about ZNS in a bill of WhatsApp", "Date,Category,Country,Volume,Cost,Note\n2026-09-01,Marketing,VN,10,0.732,ZNS voucher\n2026-09-02,Authentication,VN,10,0.113,moved from ZNS\n",
			"table", `2×1 2026-09-01 whatsapp.marketing VN 10 = 0.732 
3×1 2026-09-02 whatsapp.authentication VN 10 = 0.113 
`, bills.Options{}},
		{"both in one column", "Ngày,Loại tin,Quốc gia,Số lượng,Thành tiền\n2026-09-01,WhatsApp Marketing,VN,10,0.732\n2026-09-02,Authentication,VN,10,0.113\n2026-09-03,ZNS OTP,VN,10,4400\n",
			"table", `2×1 2026-09-01 whatsapp.marketing VN 10 = 0.732 
3×1 2026-09-02 whatsapp.authentication VN 10 = 0.113 
4×1 2026-09-03 zalo.zns:otp  10 = 4400 
`, bills.Options{}},
		{"a channel that the type contradicts", "Ngày,Kênh,Loại tin,Loại template,Số lượng,Thành tiền\n2026-09-03,ZBS UID,ZNS,Voucher,10,4400\n2026-09-03,ZBS UID,ZNS voucher,,10,3080\n",
			"zalo", `2×1 2026-09-03 zalo.zns:voucher  10 = 4400 
3×1 2026-09-03 zalo.zbs-uid:voucher  10 = 3080 
`, bills.Options{}},
		{"columns that are named by hand", "a,b,c,d,e\n2026-09-01,VN,marketing,10,1\n",
			"table", "2×1 2026-09-01 whatsapp.marketing VN 10 = 1 \n", bills.Options{Columns: map[string]string{"day": "a", "country": "b", "type": "c", "count": "D", "amount": "e"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, r, err := open(t, c.text, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if string(f.Format) != c.format {
				t.Errorf("it is taken for a %s, not %s", f.Format, c.format)
			}
			if got := shown(r); got != c.want {
				t.Errorf("\n%s\nnot\n%s", got, c.want)
				for _, col := range f.Columns {
					t.Logf("%q is %q %q", col.Name, col.Fact, col.Counts)
				}
			}
		})
	}
}

func TestABillMayBeAWorkbook(t *testing.T) {
	book := cellstest.Book(t, cellstest.Sheet{Name: "T9", Rows: [][]any{
		{"Ngày", "Quốc gia", "Loại tin", "Số lượng", "Thành tiền (USD)"},
		{time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), "Việt Nam", "Tiếp thị", 12400, 907.68},
		{time.Date(2026, 9, 2, 0, 0, 0, 0, time.UTC), "Mỹ", "Xác thực", 31000, 105.4},
		{"Tổng", nil, nil, 43400, 1013.08},
	}})
	_, r, err := open(t, string(book), bills.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const want = `2×1 2026-09-01 whatsapp.marketing VN 12400 = 907.68 USD
3×1 2026-09-02 whatsapp.authentication US 31000 = 105.4 USD
sums 1, unpaid 0
`
	if got := shown(r); got != want {
		t.Errorf("\n%s\nnot\n%s", got, want)
	}
}

func TestWhatTheColumnSaysOfTheTaxIsKept(t *testing.T) {
	for header, want := range map[string]audit.Tax{
		"Thành tiền (đã gồm VAT)": audit.TaxIncluded, "Thành tiền chưa VAT": audit.TaxExcluded, "Cost excl. VAT": audit.TaxExcluded,
		"Сумма с НДС": audit.TaxIncluded, "Сумма без НДС": audit.TaxExcluded, "Cost": audit.TaxUnsaid, "Total incl. tax": audit.TaxIncluded,
	} {
		_, r, err := open(t, "date,country,category,count,"+header+"\n2026-09-01,VN,marketing,10,1\n", bills.Options{})
		if err != nil {
			t.Error(header, err)
		} else if r.Bill.Tax != want {
			t.Errorf("%s says %q, not %q", header, r.Bill.Tax, want)
		}
	}
}

func TestWhatIsNoBillIsRefusedWithWhatWouldDo(t *testing.T) {
	for _, c := range []struct {
		text, code string
		says       string
	}{
		{"Name,Phone\nAn,0912345678\n", "unknown-bill", "Its columns are: Name, Phone"},
		{`{"data":[]}`, "no-records", "pricing_analytics"},
		{`{"data":[`, "bad-json", "not JSON"},
		{`{"error":{"message":"Unsupported get request","code":100}}`, "answer-error", "Unsupported get request"},
		{"category,country,count,amount\nmarketing,VN,1,1\n", "no-day", "-on"},
		{"date,category,count,amount\n2026-09-01,marketing,1,1\n", "no-country", "-country"},
		{"date,country,category,count,amount\n03/04/2026,VN,marketing,1,1\n", "date-order", "dmy or mdy"},
		{"%PDF-1.7", "other-kind", "PDF"},
	} {
		_, _, err := open(t, c.text, bills.Options{})
		code := ""
		switch e := err.(type) {
		case *bills.Error:
			code = string(e.Code)
		case *cells.Error:
			code = string(e.Code)
		}
		if code != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %s, %v", c.text, code, err)
		}
	}
}
