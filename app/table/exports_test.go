package table

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"postage/app/table/cells"
	"postage/app/table/cellstest"
	"postage/rules/reach"
)

// opened opens a file that must be sound.
func opened(t testing.TB, data []byte, o Options) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sending is when the lists of the tests are written to.
var sending = Sending{reach.On(20261201)}

// told is a contact in one line, with what is known of it.
func told(c *reach.Contact, problem *Error) string {
	if problem != nil {
		return fmt.Sprintf("%d %s: %s", c.Row, problem.Column, problem.Code)
	}
	s := fmt.Sprint(c.Row)
	for _, f := range reach.Facts() {
		if !f.Known(c) {
			continue
		}
		value := ""
		switch v := f.In(c).(type) {
		case *reach.Moment:
			value = v.Day().String()
			if v.HasHour() {
				value += fmt.Sprintf("T%02d:%02d", v.Minute()/60, v.Minute()%60)
			}
			if v.IsNever() {
				value = "never"
			}
		case *reach.Count:
			n, _ := v.Get()
			value = fmt.Sprint(n)
		case *reach.Phone:
			value = fmt.Sprint(uint64(*v))
		case *reach.Country:
			value = v.String()
		case *string:
			value = *v
		default:
			value = map[bool]string{true: "yes", false: "no"}[strings.HasPrefix(fmt.Sprint(f.In(c)), "&{true")]
		}
		s += " " + f.Name + "=" + value
	}
	return s
}

// readAll reads a file to its end, by the columns that it is found to have.
func readAll(t testing.TB, data []byte, o Options) (lines []string, columns *Columns) {
	t.Helper()
	f := opened(t, data, o)
	columns, err := f.Columns(nil)
	if err != nil {
		t.Fatal(err)
	}
	contacts, err := f.Contacts(columns, sending)
	if err != nil {
		t.Fatal(err)
	}
	var c reach.Contact
	for contacts.Next(&c) {
		lines = append(lines, told(&c, contacts.Problem()))
	}
	if err := contacts.Err(); err != nil {
		t.Fatal(err)
	}
	return lines, columns
}

// TestRealExportsAreReadWithoutAHandOnTheColumns: files with the columns, the forms of
// cells and the oddities that the exports of these programs have.
func TestRealExportsAreReadWithoutAHandOnTheColumns(t *testing.T) {
	t.Parallel()
	vn := time.UTC // a spreadsheet's times have no zone
	for _, c := range []struct {
		name  string
		data  []byte
		facts string // fact:column, in the order of the columns
		lines []string
	}{
		{
			// The columns of the page Người dùng; dates as the page shows them. The
			// names are decomposed, as a browser on a Mac writes them.
			"Zalo OA Manager",
			cellstest.Book(t, cellstest.Sheet{Name: "Người dùng", Rows: [][]any{
				{"STT", "Tên người dùng", "User ID", "Số điện thoại", "Trạng thái", "Quan tâm OA", "Ngày tương tác gần nhất", "Nhân viên", "Nhãn quy trình", "Vị trí"},
				{1, "Nguyễn Thị Ánh", "3829104457182930411", "84912345678", "Đang hoạt động", "Đã quan tâm", "28/10/2026", "Lan", "Khách mới", "Quận 1, TP. HCM"},
				{2, "Trần Văn Bình", "5510293847561029333", "", "Đang hoạt động", "Chưa quan tâm", "03/11/2026", nil, "VIP", nil},
				{3, "Mai 🌸", "777129384756102933", "0987 654 321", "Hạn chế", "Đã quan tâm", "-", nil, nil, nil},
			}}, cellstest.Sheet{Name: "Sheet2"}, cellstest.Sheet{Name: "Sheet3"}),
			"uid:User ID phone:Số điện thoại follows:Quan tâm OA zaloLast:Ngày tương tác gần nhất",
			[]string{
				"2 phone=84912345678 uid=3829104457182930411 follows=yes zaloLast=2026-10-28 country=VN",
				"3 uid=5510293847561029333 follows=no zaloLast=2026-11-03",
				"4 phone=84987654321 uid=777129384756102933 follows=yes country=VN",
			},
		},
		{
			// What the OpenAPI answers to oa/user/detail, flattened by a script.
			"Zalo OpenAPI",
			[]byte("user_id,user_id_by_app,display_name,user_is_follower,user_last_interaction_date,shared_info.phone,tags\n" +
				"2512523625412515001,6912523625412515002,An,True,30/11/2026,84912345678,\n" +
				"2512523625412515003,6912523625412515004,Bo,False,05/11/2026,0,VIP\n"),
			"uid:user_id follows:user_is_follower zaloLast:user_last_interaction_date phone:shared_info.phone",
			[]string{
				"2 phone=84912345678 uid=2512523625412515001 follows=yes zaloLast=2026-11-30 country=VN",
				"3 uid=2512523625412515003 follows=no zaloLast=2026-11-05",
			},
		},
		{
			// Phones as numbers, which lose their nought; a formula, a time, a total below.
			"KiotViet",
			cellstest.Book(t, cellstest.Sheet{Name: "Danh sách khách hàng", Rows: [][]any{
				{"Loại khách", "Chi nhánh tạo", "Mã khách hàng", "Tên khách hàng", "Điện thoại", "Địa chỉ", "Công ty", "Mã số thuế", "Số CMND/CCCD", "Ngày sinh", "Giới tính", "Email", "Facebook", "Nhóm khách hàng", "Ghi chú", "Người tạo", "Ngày tạo", "Ngày giao dịch cuối", "Nợ cần thu hiện tại", "Tổng bán"},
				{"Cá nhân", "Chi nhánh trung tâm", "KH000001", "Chị Hoa", 912345678, "12 Lê Lợi", nil, nil, "079188001234", time.Date(1990, 3, 4, 0, 0, 0, 0, vn), "Nữ", nil, nil, nil, cellstest.Inline("gọi sau 9h & trước 11h"), "admin", time.Date(2025, 1, 2, 9, 30, 0, 0, vn), time.Date(2026, 10, 28, 14, 20, 0, 0, vn), 0, 1200000},
				{"Công ty", "Chi nhánh trung tâm", "KH000002", "Cty Minh", 9.87654321e8, nil, "Minh", "0312345678", nil, nil, nil, nil, nil, nil, nil, "admin", nil, nil, 150000.5, 0},
				{"Cá nhân", "Chi nhánh trung tâm", "KH000003", "Anh Ba", cellstest.Formula("0356789012"), nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil},
				{"Cá nhân", "Chi nhánh trung tâm", "KH000004", "Khách lẻ", "không có", nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil},
			}}),
			"phone:Điện thoại",
			[]string{
				"2 phone=84912345678 country=VN", "3 phone=84987654321 country=VN", "4 phone=84356789012 country=VN", "5 Điện thoại: bad-phone",
			},
		},
		{
			// Semicolons and the mark of Excel; phones behind an apostrophe; an address
			// over two lines; the mail that Haravan makes of a phone.
			"Haravan",
			[]byte("\ufeff" + strings.Join([]string{
				`Mã khách hàng;Họ;Tên;Email;Điện thoại;Công ty;Địa chỉ;Phường/Xã;Quận/Huyện;Tỉnh/Thành;Quốc gia;Mã quốc gia;Nhận email quảng cáo;Tổng chi tiêu;Số đơn hàng;Ghi chú`,
				`1001;Lê;Thu;0912345678@vn.phone;'0912345678;;"12 Lê Lợi` + "\n" + `Phường Bến Nghé";Bến Nghé;Quận 1;Hồ Chí Minh;Vietnam;VN;yes;1.250.000;3;"khách ""ruột"""`,
				`1002;Phạm;Đức;duc@example.com;+84 28 3823 4567;;;;;;Việt Nam;VN;no;0;0;`,
				`1003;Smith;Jo;jo@example.com;+44 20 7946 0018;;;;;;Anh;GB;no;0;0;`,
			}, "\r\n")),
			"phone:Điện thoại country:Quốc gia",
			[]string{"2 phone=84912345678 country=VN", "3 phone=842838234567 country=VN", "4 phone=442079460018 country=GB"},
		},
		{
			// Google's own names; several numbers in a cell stand with :::.
			"Google Contacts",
			[]byte("First Name,Middle Name,Last Name,Phonetic First Name,Nickname,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Country\n" +
				"Hoa,,Nguyễn,,,,,,* myContacts,Home,hoa@example.com,Mobile,+84 912-345-678,,,VN\n" +
				"Bình,,Trần,,,,,,* myContacts,,,Mobile,0987654321 ::: 0356789012,Work,028 3823 4567,\n" +
				"Taxi,,,,,,,,* myContacts,,,Main,1900 1234,,,\n"),
			"phone:Phone 1 - Value country:Address 1 - Country",
			[]string{"2 phone=84912345678 country=VN", "3 phone=84987654321 country=VN", "4 phone=8419001234 country=VN"},
		},
		{
			// A page's contacts: the last interaction is with the page, not with an OA.
			"ManyChat",
			[]byte("Psid,Full Name,Phone,Email,Subscribed,Last Interaction,Opted-in for Messenger\n" +
				"6512345678901234,An,+84912345678,a@example.com,2026-01-02T03:04:05+00:00,2026-11-30T17:30:00+00:00,true\n" +
				"6512345678901235,Bo,,,2026-01-02T03:04:05+00:00,2026-11-29T01:00:00Z,false\n"),
			"phone:Phone messengerLast:Last Interaction messengerToken:Opted-in for Messenger",
			[]string{
				"2 phone=84912345678 messengerLast=2026-12-01T00:30 messengerToken=yes country=VN",
				"3 messengerLast=2026-11-29T08:00 messengerToken=no",
			},
		},
		{
			"a Russian shop's",
			[]byte("Имя;Телефон;Страна;Последнее сообщение WhatsApp;Согласие на WhatsApp;Сообщений за месяц\r\n" +
				"Анна;8 (912) 345-67-89;Россия;28.10.2026 14:20;да;2\r\n" +
				"Пётр;+7 701 234 56 78;Казахстан;3 ноября 2026 г. в 9:05;нет;0\r\n" +
				"Ли;0912 345 678;;никогда;;\r\n"),
			"phone:Телефон country:Страна whatsappLast:Последнее сообщение WhatsApp whatsappOptedIn:Согласие на WhatsApp receivedThisMonth:Сообщений за месяц",
			[]string{
				"2 phone=79123456789 whatsappLast=2026-10-28T14:20 whatsappOptedIn=yes receivedThisMonth=2 country=RU",
				"3 phone=77012345678 whatsappLast=2026-11-03T09:05 whatsappOptedIn=no receivedThisMonth=0 country=KZ",
				"4 phone=84912345678 whatsappLast=never country=VN",
			},
		},
		{
			// A list that a shop keeps itself, pasted from a spreadsheet.
			"pasted cells",
			[]byte("SĐT\tzalo_id\tTương tác gần nhất\tZNS gần nhất\tĐăng ký FB\tFB gần nhất\tHọ tên\n" +
				"0912 345 678\t3829104457182930\t28/10/2026 14:20\t15/09/2026\t31/08/2026\t30/11/2026 09:12\tAn\n" +
				"84987650123\t\t03/11/2026\t02/06/2026\t\t21/11/2026\tBo\n" +
				"912345677\t5510293847561029\t\t31/05/2026\t\t\t\n" +
				"abc\t5510293847561030\t\t\t\t\t\n" +
				"abc\t\t\t\t\t\tCó tên\n" +
				"0912345678\t\t28/12/2026\t\t\t\tMai sau\n"),
			"phone:SĐT uid:zalo_id zaloLast:Tương tác gần nhất careWithin6Months:ZNS gần nhất messengerToken:Đăng ký FB messengerLast:FB gần nhất",
			[]string{
				"2 phone=84912345678 uid=3829104457182930 zaloLast=2026-10-28T14:20 messengerLast=2026-11-30T09:12 messengerToken=yes careWithin6Months=yes country=VN",
				"3 phone=84987650123 zaloLast=2026-11-03 messengerLast=2026-11-21 careWithin6Months=yes country=VN",
				"4 phone=84912345677 uid=5510293847561029 careWithin6Months=no country=VN",
				"5 uid=5510293847561030",
				"6 SĐT: bad-phone",
				"7 Tương tác gần nhất: date-in-future",
			},
		},
		{
			// Facts by their own names, as a developer writes them.
			"facts",
			[]byte("phone,uid,follows,consents,zaloLast,messengerLast,whatsappLast,whatsappOptedIn,messengerToken,receivedThisMonth,careWithin6Months,country\n" +
				"+84912345678,u1,true,false,2026-11-30T10:00:00+07:00,2026-11-30 10:00,never,1,0,3,no,vn\n"),
			"phone:phone uid:uid follows:follows consents:consents zaloLast:zaloLast messengerLast:messengerLast whatsappLast:whatsappLast whatsappOptedIn:whatsappOptedIn messengerToken:messengerToken receivedThisMonth:receivedThisMonth careWithin6Months:careWithin6Months country:country",
			[]string{"2 phone=84912345678 uid=u1 follows=yes consents=no zaloLast=2026-11-30T10:00 messengerLast=2026-11-30T10:00 whatsappLast=never whatsappOptedIn=yes messengerToken=no receivedThisMonth=3 careWithin6Months=no country=VN"},
		},
		{
			"numbers alone",
			[]byte("Khách\tGhi chú\n0912345678\tA\n0987654321\tB\n"),
			"phone:Khách",
			[]string{"2 phone=84912345678 country=VN", "3 phone=84987654321 country=VN"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines, columns := readAll(t, c.data, Options{})
			var facts []string
			for _, l := range columns.List {
				if l.Fact != "" {
					facts = append(facts, l.Fact+":"+l.Name)
				}
			}
			if got := strings.Join(facts, " "); got != c.facts {
				t.Errorf("the columns are\n%s, not\n%s", got, c.facts)
			}
			if got, want := strings.Join(lines, "\n"), strings.Join(c.lines, "\n"); got != want {
				t.Errorf("read is\n%s\nnot\n%s", got, want)
			}
		})
	}
}

func TestAnOrderOfDaysIsProvedByTheColumnOrAsked(t *testing.T) {
	file := func(dates ...string) []byte {
		return []byte("Phone,Last interaction\n0912345678," + strings.Join(dates, "\n0912345678,") + "\n")
	}
	for _, c := range []struct {
		name   string
		data   []byte
		order  Order
		asked  Code
		answer Order
		want   string
	}{
		{"a day beyond the twelfth proves the day first", file("03/11/2026", "28/10/2026"), DayFirst, "", 0, "2026-11-03 2026-10-28"},
		{"and the month first", file("03/11/2026", "10/28/2026"), MonthFirst, "", 0, "2026-03-11 2026-10-28"},
		{"what proves may stand last", file("03/11/2026", "01/02/2026", "31/01/2026"), DayFirst, "", 0, "2026-11-03 2026-02-01 2026-01-31"},
		{"nothing proves it", file("03/11/2026", "01/02/2026"), 0, DateOrder, DayFirst, "2026-11-03 2026-02-01"},
		{"and it is answered otherwise", file("03/11/2026", "01/02/2026"), 0, DateOrder, MonthFirst, "2026-03-11 2026-01-02"},
		{"days that are the same either way", file("03/03/2026", "2026-02-01"), 0, "", 0, "2026-03-03 2026-02-01"},
		{"both, and one that may be either", file("28/10/2026", "10/28/2026", "03/11/2026"), 0, DateOrders, DayFirst, "2026-10-28 date-other-way 2026-11-03"},
		{"both, each clear of itself", file("28/10/2026", "10/28/2026"), 0, "", 0, "2026-10-28 2026-10-28"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, c.data, Options{})
			columns, err := f.Columns(nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := columns.Of("zaloLast").Order; got != c.order {
				t.Errorf("the order is %s, not %s", got, c.order)
			}
			contacts, err := f.Contacts(columns, sending)
			if c.asked != "" {
				wrong, ok := err.(*Error)
				if !ok || wrong.Code != c.asked || wrong.Column != "Last interaction" || !strings.Contains(wrong.Error(), "03/11/2026") {
					t.Fatalf("asked is %v", err)
				}
				columns.Answer(c.answer)
				contacts, err = f.Contacts(columns, sending)
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			var contact reach.Contact
			for contacts.Next(&contact) {
				if p := contacts.Problem(); p != nil {
					got = append(got, string(p.Code))
				} else {
					got = append(got, contact.ZaloLast.Day().String())
				}
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s, not %s", s, c.want)
			}
		})
	}
}

func TestColumnsCanBeChanged(t *testing.T) {
	f := opened(t, []byte("Số 1,Số 2,Gặp,Gặp\n0912345678,0987654321,x,30/11/2026\n"), Options{})
	columns, err := f.Columns(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := columns.UseAll(map[string]string{"phone": "so 2", "zaloLast": "D", "follows": ""}); err != nil {
		t.Fatal(err)
	}
	contacts, err := f.Contacts(columns, sending)
	if err != nil {
		t.Fatal(err)
	}
	var c reach.Contact
	if !contacts.Next(&c) || told(&c, contacts.Problem()) != "2 phone=84987654321 zaloLast=2026-11-30 country=VN" {
		t.Error(told(&c, contacts.Problem()))
	}
	for _, c := range []struct {
		headers map[string]string
		want    Code
	}{
		{map[string]string{"phone": "Số 3"}, cells.NoColumn},
		{map[string]string{"fone": "Số 1"}, cells.NoFact},
		{map[string]string{"phone": "Số 1", "uid": "Số 1"}, cells.TwoFacts},
	} {
		if err, ok := columns.UseAll(c.headers).(*Error); !ok || err.Code != c.want {
			t.Errorf("%v: %v, not %s", c.headers, err, c.want)
		}
	}
}

func TestProgressIsToldAndReadingCanBeStopped(t *testing.T) {
	var data bytes.Buffer
	cellstest.ManyRows(&data, 10*progressRows)
	f := opened(t, data.Bytes(), Options{})
	last, calls := 0.0, 0
	columns, err := f.Columns(func(done float64) bool {
		if done < last || done <= 0 || done > 1 {
			t.Errorf("%g behind %g", done, last)
		}
		last = done
		calls++
		return calls < 5
	})
	if err != nil || columns.Rows != 5*progressRows || columns.Of("phone") == nil {
		t.Errorf("%d rows, %v", columns.Rows, err)
	}
}

// TestABrokenRowIsToldAndTheOthersAreRead: bytes that are no character, a NUL and cells
// that have no column are told with their row.
func TestABrokenRowIsToldAndTheOthersAreRead(t *testing.T) {
	data := []byte("Phone,Tên\n0912345678,Nguyễn Thị Ánh Tuyết Hồng Nhung, Trần Đức\n0912345678,Nguy\xe1\xbb\n0912345678,a\x00b\n0912345678,A,,,\n0912345678,A,,x\n0987654321,B\n")
	data = bytes.Replace(data, []byte("Nhung, Trần"), []byte("Nhung Trần"), 1)
	data = append(data, bytes.Repeat([]byte("0987654321,Phạm Đức Ánh\n"), 3000)...) // the NUL is not where a file is told to be binary
	head := append([]byte("Phone,Tên\n"), bytes.Repeat([]byte("0987654321,Phạm Đức Ánh\n"), 3000)...)
	data = append(head, data[len("Phone,Tên\n"):]...)
	lines, _ := readAll(t, data, Options{})
	got := lines[3000:3006]
	want := []string{
		"3002 phone=84912345678 country=VN", "3003 Tên: bad-encoding", "3004 Tên: nul", "3005 phone=84912345678 country=VN", "3006 D: more-cells", "3007 phone=84987654321 country=VN",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestAContactWhereTheHeaderShouldBeIsTold(t *testing.T) {
	for _, first := range []string{"An,0912345678", "3829104457182930411,An", "+84 912 345 678"} {
		data := []byte(first + "\n" + first + "\n")
		wrong := new(Error)
		if _, err := Open(bytes.NewReader(data), int64(len(data)), Options{}); !errors.As(err, &wrong) || wrong.Code != cells.NoHeader || wrong.Row != 1 {
			t.Errorf("%s: %v", first, err)
		}
	}
}

// TestNamesOfManyProgramsAreKnown: one row under the names that programs and people give
// to columns, and the facts that are found.
func TestNamesOfManyProgramsAreKnown(t *testing.T) {
	for names, want := range map[string]string{
		"Name=An|Country Code=91|Phone Number=9876543210|WhatsApp Opted=Yes":                                                         "2 phone=919876543210 whatsappOptedIn=yes country=IN",
		"Mã khách hàng=CUZN00001|Tên khách hàng=An|Số điện thoại=0912345678|Mã số thuế=0312345678|Fax=02838234567|Quốc gia=Việt Nam": "2 phone=84912345678 country=VN",
		"Tên KH=An|Điện thoại di động=912345678|Điện thoại cố định=02838234567":                                                      "2 phone=84912345678 country=VN",
		"customer_name=An|customer_phone=84912345678|order_id=123456789|last_order_date=28/10/2026":                                  "2 phone=84912345678 country=VN",
		"Họ tên=An|Zalo=0912345678":          "2 phone=84912345678 country=VN",
		"Họ tên=An|Zalo=3829104457182930411": "2 uid=3829104457182930411",
		"Họ tên=An|SĐT=0912345678|Zalo=có":   "2 phone=84912345678 follows=yes country=VN",
		"SĐT=0912345678|Lần cuối nhắn Messenger=28/10/2026|Lần cuối nhắn WhatsApp=29/10/2026|Tương tác Zalo lần cuối=30/10/2026": "2 phone=84912345678 zaloLast=2026-10-30 messengerLast=2026-10-28 whatsappLast=2026-10-29 country=VN",
		"phone=0912345678|lastFacebookMessageAt=2026-10-28T07:20:00Z|last_whatsapp_message_at=1793172000":                        "2 phone=84912345678 messengerLast=2026-10-28T14:20 whatsappLast=2026-10-28T14:20 country=VN",
		"PSID=6512345678901234|Tương tác cuối=28/10/2026|Nhận thông báo=x":                                                       "2 messengerLast=2026-10-28 messengerToken=yes",
		"wa_id=84912345678|WhatsApp=84912345678|Последнее взаимодействие=28.10.2026":                                             "2 phone=84912345678 whatsappLast=2026-10-28 country=VN",
		"Телефон=+7 912 345-67-89|Подписан на OA=да|Согласие=нет|Факс=84951234567":                                               "2 phone=79123456789 follows=yes consents=no country=RU",
		"Phone 1 - Label=Mobile|Phone 1 - Value=+84912345678|Last Name=Nguyễn|Last Order=28/10/2026":                             "2 phone=84912345678 country=VN",
		"Phone model=iPhone 15|Phone consent=yes|Mobile=0912345678":                                                              "2 phone=84912345678 country=VN",
		"Số điện thoại người nhận=0987654321|Số điện thoại=0912345678":                                                           "2 phone=84912345678 country=VN",
		"Đồng ý nhận tin WhatsApp=có|Đồng ý nhận tin=không|Điện thoại=0912345678|Số tin đã nhận trong tháng=3":                   "2 phone=84912345678 consents=no whatsappOptedIn=yes receivedThisMonth=3 country=VN",
		"SĐT=12345678|Ghi chú=a":                "2 SĐT: bad-phone",
		"follows=thỉnh thoảng|Phone=0912345678": "2 follows: bad-yes-no",
	} {
		var header, row []string
		for pair := range strings.SplitSeq(names, "|") {
			name, cell, _ := strings.Cut(pair, "=")
			header, row = append(header, name), append(row, cell)
		}
		lines, _ := readAll(t, []byte(strings.Join(header, ";")+"\n"+strings.Join(row, ";")+"\n"), Options{})
		if strings.Join(lines, "\n") != want {
			t.Errorf("%s is\n%s, not\n%s", names, strings.Join(lines, "\n"), want)
		}
	}
}
