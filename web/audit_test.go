package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postage/web/protocol"
)

// auditedBill runs the command on files of the given contents, and returns its exit code
// and what it writes. A flag whose value is "config" or "summary" gets the path of such a
// file.
func auditedBill(t *testing.T, name, text, config string, more ...string) (code int, stdout, stderr string, summary protocol.AuditSummary) {
	t.Helper()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	to := filepath.Join(folder, "summary.json")
	args := append([]string{"audit", "-summary", to}, more...)
	if config != "" {
		args = append(args, "-config", write("config.json", config))
	}
	args = append(args, write(name, text))
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &errs)
	if written, err := os.ReadFile(to); err == nil {
		if err := json.Unmarshal(written, &summary); err != nil {
			t.Fatal(err)
		}
	}
	return code, out.String(), errs.String(), summary
}

// septemberBill is a bill of a provider with several things that are not by the book.
const septemberBill = `Ngày,Thị trường,Loại tin,Số tin,Thành tiền (USD)
01/09/2026,Việt Nam,tiếp thị,12400,980.29
30/09/2026,Việt Nam,tiện ích,4100,46.33
02/09/2026,Indonesia,tiếp thị,3000,133.16
03/09/2026,Singapore,xác thực,1600,18.08
04/09/2026,Brazil,tiếp thị,1280,86.40
06/09/2026,Việt Nam,trả lời khách,6000,0
06/09/2026,Mỹ,tiếp thị,5,0.13
07/09/2026,Mỹ,tin lạ,5,0.13
Tổng,,,,1264.52
`

const septemberRows = `row,on,until,type,country,messages,currency,billed,book,book_most,agreed_most,difference,cause,as_of,as_of_most,note
2,2026-09-01,,whatsapp.marketing,VN,12400,USD,980.29,907.68,,,72.61,"the provider adds 8 %, on whatsapp.marketing",1044.08,,
3,2026-09-30,,whatsapp.utility,VN,4100,USD,46.33,0,46.33,,0,,46.33,,
4,2026-09-02,,whatsapp.marketing,ID,3000,USD,133.16,123.3,,,9.86,"the provider adds 8 %, on whatsapp.marketing",123.3,,
5,2026-09-03,,whatsapp.authentication,SG,1600,USD,18.08,25.6,,,-7.52,SG at the price of the market Rest of Asia Pacific,25.6,,
6,2026-09-04,,whatsapp.marketing,BR,1280,USD,86.4,80,,,6.4,"the provider adds 8 %, on whatsapp.marketing",80,,
7,2026-09-06,,whatsapp.service,VN,6000,USD,0,0,,,0,,56.5,,
8,2026-09-06,,whatsapp.marketing,US,5,USD,0.13,,,,,,,,may not be sent: whatsapp.marketing: country
9,,,,,,,,,,,,,,,"unreadable: Loại tin: ""tin lạ"" is not a type of message that is known.`

func TestABillIsHeldAgainstTheBookRowByRow(t *testing.T) {
	code, stdout, stderr, s := auditedBill(t, "bill.csv", septemberBill, "", "-as-of", "2026-10-01")
	if code != exitFailed || !strings.HasPrefix(stdout, septemberRows) || !strings.HasPrefix(stderr, "format: table\nA \"Ngày\": day\nB \"Thị trường\": country\n") {
		t.Errorf("exit code %d, %s\n%s", code, stderr, stdout)
	}
	if len(s.Totals) != 1 || s.AsOf == nil || len(s.AsOf.Totals) != 1 {
		t.Fatalf("%+v", s)
	}
	total, then := s.Totals[0], s.AsOf.Totals[0]
	if s.Rows != 9 || s.Sums != 1 || s.Unreadable != 1 || s.Messages != 28385 || s.From.String() != "2026-09-01" || s.To.String() != "2026-09-30" ||
		total.Rows != 6 || total.Right != 2 || total.Difference.String() != "81.35" || total.NotPriced.String() != "0.13" || !total.Unknown.IsZero() || total.Cause != "" ||
		len(total.Causes) != 2 || total.Causes[0].Code != "markup-percent" || total.Causes[0].Percent.String() != "8" || total.Causes[0].Amount.String() != "88.87" ||
		total.Causes[1].Code != "other-market" || total.Causes[1].Market != "Rest of Asia Pacific" ||
		then.More.String() != "192.9" || then.ThenMost.String() != "1375.81" {
		t.Errorf("%+v", s)
	}
	if len(s.Open) != 1 || s.Open[0].Reason != "whatsapp.marketing: country" || len(s.AsOf.Open) != 1 || s.AsOf.Open[0].Messages != 5 {
		t.Errorf("%+v, %+v", s.Open, s.AsOf.Open)
	}
	readable := strings.Replace(septemberBill, "07/09/2026,Mỹ,tin lạ,5,0.13\n", "", 1)
	if code, stdout, stderr, _ := auditedBill(t, "bill.csv", readable, ""); code != exitOK || strings.Contains(stdout, "unreadable") {
		t.Errorf("exit code %d, %s\n%s", code, stderr, stdout)
	}
}

func TestWhatMayNotBeSentOnTheOtherDayIsListed(t *testing.T) {
	code, stdout, _, s := auditedBill(t, "log.csv", "time,phone,category\n2025-03-01 09:00,+1 202 555 0123,marketing\n2025-03-01 10:00,0912345678,marketing\n", "", "-as-of", "2026-11-01")
	if code != exitOK || len(s.AsOf.Open) != 1 || s.AsOf.Open[0] != (protocol.AuditRow{State: "not-allowed", Reason: "whatsapp.marketing: country", Rows: 1, Messages: 1}) ||
		s.AsOf.Totals[0].Rows != 1 || !strings.Contains(stdout, "then may not be sent: whatsapp.marketing: country") && !strings.Contains(stdout, "may not be sent: whatsapp.marketing: country") {
		t.Errorf("exit code %d, %+v\n%s", code, s.AsOf, stdout)
	}
}

func TestTheConfigurationSaysWhatIsAgreed(t *testing.T) {
	const bill = "a;b;c;d;e\n2026-09-01;VN;marketing;1000;1903200\n2026-09-02;VN;marketing;2000;4110912\n"
	const columns = `"columns":{"day":"a","country":"b","type":"c","count":"d","amount":"E"}`
	for right, config := range []string{
		`{"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}},` + columns + `}`,
		`{"pricing":{"markupPercent":"8","convert":{"currency":"VND","rates":{"USD":"26000"}}},` + columns + `}`,
	} {
		bill := strings.ReplaceAll(bill, ";e\n", ";e VND\n")
		code, stdout, stderr, s := auditedBill(t, "bill.csv", bill, strings.Replace(config, `"E"`, `"e VND"`, 1))
		if code != exitOK || len(s.Totals) != 1 || s.Totals[0].Currency != "VND" || s.Totals[0].Right != int64(1+right) || strings.Contains(stdout, "unknown") != (right == 0) || (s.Totals[0].AgreedMost != nil) != (right == 1) {
			t.Errorf("exit code %d, %s\n%s\n%+v", code, stderr, stdout, s)
		}
	}
	// What has a cause beside that says whether what is agreed is in it.
	for billed, want := range map[string][2]string{"79.06": {"with what may be added", "all"}, "73.20": {"without what may be added", "none"}} {
		code, stdout, _, s := auditedBill(t, "bill.csv", "day,country,type,count,amount (USD)\n2026-10-01,VN,marketing,1000,"+billed+"\n", `{"pricing":{"markupPercent":"8"}}`)
		words := "the prices of before 2026-10-01, " + want[0]
		if code != exitOK || !strings.Contains(stdout, `"`+words+`"`) || s.Totals[0].Cause != words || len(s.Totals[0].Causes) != 1 || string(s.Totals[0].Causes[0].Added) != want[1] {
			t.Errorf("%s billed: exit code %d, %s\n%+v", billed, code, stdout, s)
		}
	}
	// Without a rate nothing is guessed.
	code, stdout, _, s := auditedBill(t, "bill.csv", strings.ReplaceAll(bill, ";e\n", ";e VND\n"), `{`+strings.Replace(columns, `"E"`, `"e VND"`, 1)+`}`)
	if code != exitOK || s.Totals[0].Rows != 0 || s.Totals[0].NotPriced.String() != "6014112" || !strings.Contains(stdout, "needs a rate from USD to VND") {
		t.Errorf("exit code %d, %s\n%+v", code, stdout, s)
	}
	if code, _, stderr, _ := auditedBill(t, "bill.csv", bill, `{"pricing":{"monthlyFee":"49"},`+columns+`}`); code != exitUsage || !strings.Contains(stderr, "pricing.monthlyFee") {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}

func TestABillMayComeFromStandardInput(t *testing.T) {
	var out, errs bytes.Buffer
	const analytics = `{"data":[{"data_points":[{"start":1788195600,"end":1788282000,"country":"VN","pricing_type":"REGULAR","pricing_category":"UTILITY","volume":100,"cost":1.13},` +
		`{"start":1788195600,"end":1788282000,"country":"VN","pricing_type":"FREE_CUSTOMER_SERVICE","pricing_category":"UTILITY","volume":100,"cost":1.13}]}]}`
	code := run([]string{"audit", "-"}, strings.NewReader(analytics), &out, &errs)
	const want = "1,2026-09-01,,whatsapp.utility,VN,100,USD,1.13,1.13,,,0,,,,\n" +
		"2,2026-09-01,,whatsapp.utility,VN,100,USD,1.13,0,,,1.13,messages that the bill itself calls free are charged,,,\n"
	if code != exitOK || !strings.HasSuffix(out.String(), want) {
		t.Errorf("exit code %d, %s\n%s", code, errs.String(), out.String())
	}
}

func TestABillThatCannotBeIsRefused(t *testing.T) {
	const sound = "date,country,category,count,amount\n2026-09-01,VN,marketing,1,0.0732\n"
	for _, c := range []struct {
		name, text, config, says string
		more                     []string
	}{
		{"contacts", "Name,Phone\nAn,0912345678\n", "", "none of the bills that are known. Its columns are: Name, Phone", nil},
		{"a day that is none", sound, "", "-as-of", []string{"-as-of", "2026-13-01"}},
		{"a country that is none", sound, "", "-country", []string{"-country", "Vietnam"}},
		{"an order that is none", sound, "", "-dates", []string{"-dates", "ymd"}},
		{"a month that is none", sound, "", "-on", []string{"-on", "2026-13"}},
		{"two bills", sound, "", "one bill", []string{"another.csv"}},
		{"a configuration with a mistake", sound, `{"senders":{}}`, "-config: senders", nil},
		{"a column that there is not", sound, `{"columns":{"day":"ngày"}}`, `There is no column "ngày"`, nil},
		{"a fact that there is not", sound, `{"columns":{"age":"date"}}`, `There is no fact "age"`, nil},
		{"an order that nothing proves", strings.Replace(sound, "2026-09-01", "01/09/2026", 1), "", "dmy or mdy", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, stdout, stderr, _ := auditedBill(t, "bill.csv", c.text, c.config, c.more...)
			if code != exitUsage || stdout != "" || !strings.Contains(stderr, c.says) {
				t.Errorf("exit code %d, %s\n%s", code, stdout, stderr)
			}
		})
	}
	for _, args := range [][]string{{"audit"}, {"audit", "/nowhere/bill.csv"}, {"audit", t.TempDir()}} {
		var out, errs bytes.Buffer
		if code := run(args, strings.NewReader(""), &out, &errs); code != exitUsage {
			t.Errorf("%q: exit code %d, %s", args, code, errs.String())
		}
	}
	var out bytes.Buffer
	if code := run([]string{"audit", "-h"}, strings.NewReader(""), &out, &out); code != exitOK || !strings.Contains(out.String(), "book_most") {
		t.Errorf("exit code %d, %s", code, out.String())
	}
}
