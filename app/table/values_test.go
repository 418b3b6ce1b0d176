package table

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"postage/app/table/cells"
	"postage/app/table/phone"
	"postage/rules"
	"postage/rules/reach"
)

func TestPhonesAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		cell, country string
		phone         reach.Phone
		of            string
		code          Code
	}{
		{"0912 345 678", "", 84912345678, "VN", ""},
		{"0912.345.678", "", 84912345678, "VN", ""},
		{"(091) 234-5678", "", 84912345678, "VN", ""},
		{"+84912345678", "", 84912345678, "VN", ""},
		{"+84 (0) 912 345 678", "", 84912345678, "VN", ""},
		{"84912345678", "", 84912345678, "VN", ""},
		{"0084912345678", "", 84912345678, "VN", ""},
		{"912345678", "", 84912345678, "VN", ""},
		{"'0912345678", "", 84912345678, "VN", ""},
		{`="0912345678"`, "", 84912345678, "VN", ""},
		{"912345678.0", "", 84912345678, "VN", ""},
		{"84912345678.0", "", 84912345678, "VN", ""},
		{"8.4912345678E+10", "", 84912345678, "VN", ""},
		{"8.49123E+10", "", 0, "", cells.LostDigits},
		{"8,49123E+10", "", 0, "", cells.LostDigits},
		{"9.12E8", "", 0, "", cells.LostDigits},
		{"\u200e+84\u00a0912\u00a0345\u00a0678\u202c", "", 84912345678, "VN", ""},
		{"０９１２３４５６７８", "", 84912345678, "VN", ""},
		{"0912345678 (chị Lan)", "", 84912345678, "VN", ""},
		{"Zalo: 0912345678", "", 84912345678, "VN", ""},
		{"0912345678, 0987654321", "", 84912345678, "VN", ""},
		{"0912 345 678 - 0987 654 321", "", 84912345678, "VN", ""},
		{"12345 / 0987 654 321", "", 84987654321, "VN", ""},
		{"0912345678\n0987654321", "", 84912345678, "VN", ""},
		{"0912345678 0987654321", "", 84912345678, "VN", ""},
		{"+1 202-555-0143", "", 12025550143, "US", ""},
		{"1-809-555-0143", "DO", 18095550143, "DO", ""},
		{"66812345678", "", 66812345678, "TH", ""},
		{"081 234 5678", "TH", 66812345678, "TH", ""},
		{"tel:+84912345678", "", 84912345678, "VN", ""},
		{"028 3823 4567", "", 842838234567, "VN", ""},
		{"0912345678", "XX", 84912345678, "VN", ""},
		{"09123456789", "", 0, "", cells.BadPhone},
		{"0912 345 67", "", 0, "", cells.BadPhone},
		{"0123456789", "", 0, "", cells.BadPhone},
		{"-912345678", "", 0, "", cells.BadPhone},
		{"x", "", 0, "", cells.BadPhone},
		{"+", "", 0, "", cells.BadPhone},
		{"an@example.com", "", 0, "", cells.BadPhone},
		{"2026-11-28", "", 0, "", cells.BadPhone},
		{strings.Repeat("9", 400), "", 0, "", cells.BadPhone},
		{"+999 123 456 789", "", 0, "", cells.BadPhone},
	} {
		number, of, code := phone.Read([]byte(c.cell), reach.CountryOf(c.country))
		if number != c.phone || of.String() != c.of || code != c.code {
			t.Errorf("%q: %d of %s, %q, not %d of %s, %q", c.cell, number, of, code, c.phone, c.of, c.code)
		}
	}
}

func TestDatesAreReadAsPeopleAndExportsWriteThem(t *testing.T) {
	const day, noon = "2026-10-28", "2026-10-28T14:20"
	for cell, want := range map[string]string{
		"28/10/2026": day, "28-10-2026": day, "28.10.2026": day, "28/10/26": day, "28 10 2026": day, "2026-10-28": day, "2026/10/28": day, "20261028": day,
		"ngày 28 tháng 10 năm 2026": day, "28 thg 10, 2026": day, "Thứ Tư, 28/10/2026": day, "Thứ 4, 28/10/2026": day, "T4 28/10/2026": day, "Chủ nhật 28/10/2026": day,
		"Oct 28, 2026": day, "28 October 2026": day, "28-Oct-2026": day, "Wednesday, October 28th, 2026": day, "28 Oct. 26": day, "October 28 2026": day,
		"28 октября 2026 г.": day, "28 окт. 2026": day, "ср, 28 октября 2026": day, "28.10.2026 г.": day,
		"28/10/2026 14:20": noon, "28/10/2026 14:20:59": noon, "14:20 28/10/2026": noon, "14:20, 28/10/2026": noon, "14:20 - 28/10/2026": noon,
		"28/10/2026 - 14:20": noon, "28/10/2026 lúc 14:20": noon, "14h20 28/10/2026": noon, "14 giờ 20 phút ngày 28 tháng 10 năm 2026": noon, "28/10/2026 14h20p": noon,
		"28/10/2026 02:20 CH": noon, "28/10/2026 2:20:05 CH": noon, "28/10/2026 2:20 chiều": noon, "28/10/2026 2:20 PM": noon, "28/10/2026, 2:20:00 p.m.": noon, "28/10/2026 2:20 p. m.": noon,
		"10/28/2026 2:20 PM": noon, "Oct 28, 2026 at 2:20 PM": noon, "Oct 28, 2026, 2:20:10 PM": noon, "28 октября 2026 г. в 14:20": noon, "28.10.2026, 14:20": noon, "28.10.2026 2:20 дня": noon,
		"2026-10-28T14:20": noon, "2026-10-28 14:20:00": noon, "2026-10-28T14:20:00.123": noon, "20261028T142000": noon, "20261028 1420": noon,
		"2026-10-28T07:20:00Z": noon, "2026-10-28T14:20:00+07:00": noon, "2026-10-28T14:20:00+0700": noon, "2026-10-28 07:20:00 UTC": noon, "2026-10-28 14:20 GMT+7": noon,
		"2026-10-28 14:20 (GMT+07:00)": noon, "2026-10-28 00:20:00 -07:00": noon, "2026-10-28 10:20 MSK": noon, "2026-10-28T23:20:00+16:00": "",
		"28/10/2026 12:05 SA": "2026-10-28T00:05", "28/10/2026 12:05 CH": "2026-10-28T12:05", "28/10/2026 8 AM": "2026-10-28T08:00", "8h sáng 28/10/2026": "2026-10-28T08:00",
		"2026-10-28T20:00:00Z": "2026-10-29T03:00", "2026-12-31T20:00:00Z": "2027-01-01T03:00", "2027-01-01 01:00 +09:00": "2026-12-31T23:00",
		"46323": day, "46323.597222222": noon, "46323,597222222": noon, "1793172000": noon, "1793172000000": noon,
		"29/02/2024": "2024-02-29", "29/02/2026": "", "31/11/2026": "", "28/13/2026": "", "32/10/2026": "", "0/10/2026": "", "2026-13-01": "", "28/10": "", "10/2026": "", "28/10/0026": "", "28/10/20266": "",
		"14:20": "", "hôm qua": "", "2 ngày trước": "", "28/10/2026 25:00": "", "28/10/2026 14:60": "", "28/10-2026": "", "28/10/2026 28/10/2026": "", "2026": "", "0912345678": "",
		"28/10/2026 14:20 PM AM": "", "--": "", "28//10//2026": "", "Oct 2026": "", "Mai 28 2026": "", "28/10/2026 x": "", "\xff28/10/2026": "", "١٢/١٠/٢٠٢٦": "",
	} {
		got := ""
		if w, ok := parseWhen([]byte(cell)); ok {
			if m, code := w.moment(DayFirst); code == "" || code == cells.DateUnordered {
				if code == cells.DateUnordered {
					m, _ = w.moment(MonthFirst)
				}
				got = m.Day().String()
				if m.HasHour() {
					got += fmt.Sprintf("T%02d:%02d", m.Minute()/60, m.Minute()%60)
				}
			}
		}
		if got != want {
			t.Errorf("%q is %q, not %q", cell, got, want)
		}
	}
}

// TestUsualDatesAreReadAsAllAre holds the quick reader to the thorough one.
func TestUsualDatesAreReadAsAllAre(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	quick := 0
	pieces := []string{"/", "-", ".", " ", "T", ":", "2026", "26", "28", "10", "1", "9", "12", "14:20", "7:05:09", ", "}
	shapes := []string{"02/01/2006", "2/1/2006 15:04", "2006-01-02", "2006-01-02T15:04:05", "02.01.2006 15:04:05", "01-02-2006", "2006/1/2 3:04"}
	for range 200_000 {
		text := time.Unix(random.Int64N(2_000_000_000), 0).UTC().Format(shapes[random.IntN(len(shapes))])
		switch random.IntN(3) {
		case 0:
			i := random.IntN(len(text))
			text = text[:i] + pieces[random.IntN(len(pieces))] + text[i:]
		case 1:
			i := random.IntN(len(text))
			text = text[:i] + text[i+1:]
		}
		w, ok := usualWhen([]byte(text))
		if !ok {
			continue
		}
		quick++
		if all, allOK := anyWhen([]byte(text)); !allOK || all != w {
			t.Fatalf("%q is quickly %+v, else %+v, %v", text, w, all, allOK)
		}
	}
	if quick < 50_000 {
		t.Errorf("only %d dates were read quickly", quick)
	}
}

func TestSerialDaysAreThoseOfSpreadsheets(t *testing.T) {
	for _, c := range []struct {
		n     float64
		later bool // from 1904 on
		want  string
	}{
		{1, false, "1900-01-01 00:00:00"}, {59, false, "1900-02-28 00:00:00"}, {61, false, "1900-03-01 00:00:00"}, {46323.5, false, "2026-10-28 12:00:00"},
		{44861.5, true, "2026-10-28 12:00:00"}, {2958465.999999999, false, "10000-01-01 00:00:00"}, {0, false, ""}, {-1, false, ""}, {1e300, false, ""},
	} {
		got := ""
		if at, ok := cells.SerialTime(c.n, c.later); ok {
			got = at.Format("2006-01-02 15:04:05")
		}
		if got != c.want {
			t.Errorf("%g is %s, not %s", c.n, got, c.want)
		}
	}
}

func TestAnswersAreReadInThreeLanguages(t *testing.T) {
	for cell, want := range map[string]string{
		"Có": "yes", "có": "yes", "CÓ": "yes", "co": "yes", "Co\u0301": "yes", "x": "yes", "✓": "yes", "1": "yes", "TRUE": "yes", "Yes": "yes", "да": "yes", "Да": "yes", "Đã quan tâm": "yes", "đồng ý": "yes", "opted-in": "yes", "Opted In": "yes",
		"Không": "no", "khong": "no", "0": "no", "FALSE": "no", "No": "no", "нет": "no", "Chưa quan tâm": "no", "Bỏ quan tâm": "no", "✗": "no", "unsubscribed": "no", "Отписался": "no",
		"có thể": "", "2": "", "maybe": "", "yesno": "", strings.Repeat("có", 100): "",
	} {
		got := ""
		if answer, ok := readAnswer([]byte(cell)); ok {
			got = map[bool]string{true: "yes", false: "no"}[answer]
		}
		if got != want {
			t.Errorf("%q is %q, not %q", cell, got, want)
		}
	}
	for _, cell := range []string{"", "-", "—", "N/A", "n/a", "NULL", "None", "không rõ", "неизвестно", "#N/A", "."} {
		if !isUnknown([]byte(cell)) {
			t.Errorf("%q says something", cell)
		}
	}
	for _, cell := range []string{"0", "không", "✓", "✗", "u1", "+84912345678"} {
		if isUnknown([]byte(cell)) {
			t.Errorf("%q says nothing", cell)
		}
	}
}

func TestCountriesAreReadByCodeAndName(t *testing.T) {
	for cell, want := range map[string]string{
		"VN": "VN", "vn": "VN", "VNM": "VN", "Việt Nam": "VN", "VIET NAM": "VN", "Vietnam": "VN", "Вьетнам": "VN", "84": "VN", "+84": "VN", "0084": "VN",
		"Hoa Kỳ": "US", "Mỹ": "US", "USA": "US", "United States": "US", "США": "US", "Hàn Quốc": "KR", "Нидерланды": "NL", "Nhật Bản": "JP", "Đức": "DE", "Laos": "LA", "Lào": "LA", "Áo": "AT", "AO": "AO", "my": "MY", "Nga": "RU", "NGA": "NG", "nga": "RU",
		"XX": "", "Sài Gòn": "", "999": "", strings.Repeat("V", 100): "",
	} {
		c, _ := readCountry([]byte(cell))
		if c.String() != want {
			t.Errorf("%q is %q, not %q", cell, c, want)
		}
	}
	for _, code := range rules.Countries() {
		if c, ok := readCountry([]byte(code)); !ok || c.String() != code {
			t.Errorf("%s is %s", code, c)
		}
	}
}

func TestUserIDsAndCountsAreRead(t *testing.T) {
	for cell, want := range map[string]string{
		"3829104457182930": "3829104457182930", "u-1": "u-1", "'3829104457182930": "3829104457182930", "3829104457182930.0": "3829104457182930",
		"3.82910445718293E+15": "lost-digits", "3.829104457182930E+15": "3829104457182930", "a b": "bad-uid", strings.Repeat("u", 200): "bad-uid",
	} {
		got, code := readUID([]byte(cell))
		if got+string(code) != want {
			t.Errorf("%q is %q %s, not %q", cell, got, code, want)
		}
	}
	for cell, want := range map[string]int64{"0": 0, "3": 3, "12.0": 12, "-1": -1, "1.5": -1, "x": -1, "+3": -1, "99999999999": -1, "": -1} {
		n, ok := readCount([]byte(cell))
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("%q is %d, not %d", cell, n, want)
		}
	}
}

// TestTheMomentOfSendingCounts: what is later has not happened; a day without an hour
// is its first minute, and the sending its last unless its hour is given.
func TestTheMomentOfSendingCounts(t *testing.T) {
	day := rules.Date(20261201)
	for _, c := range []struct {
		at   reach.Moment
		cell string
		want Code
	}{
		{reach.On(day), "01/12/2026 23:59", ""},
		{reach.On(day), "02/12/2026", cells.DateInFuture},
		{reach.At(day, 600), "01/12/2026 10:00", ""},
		{reach.At(day, 600), "01/12/2026 10:01", cells.DateInFuture},
		{reach.At(day, 600), "01/12/2026", ""},
		{reach.At(day, 600), "2026-12-01T03:00:00Z", ""},
		{reach.At(day, 600), "2026-12-01T03:01:00Z", cells.DateInFuture},
	} {
		reader := Contacts{sending: Sending{c.at}}
		if _, code := reader.readMoment([]byte(c.cell), DayFirst); code != c.want {
			t.Errorf("%s: %q, not %q", c.cell, code, c.want)
		}
	}
}

func TestCareCountsForAsLongAsTheBookSays(t *testing.T) {
	for sending, want := range map[rules.Date]rules.Date{20261201: 20260601, 20260831: 20260228, 20251231: 20250630, 20200101: 0} {
		if got := careSince(sending); got != want {
			t.Errorf("sent on %s, care counts from %s, not %s", sending, got, want)
		}
	}
}

func TestCellsAreCounted(t *testing.T) {
	f := opened(t, []byte("Phone,Country,Follows,UID,Last interaction\n0912345678,,x,0,0000-00-00 00:00:00\nabc,VN,,,\n0,Atlantis,maybe,00,\n"), Options{})
	columns, err := f.Columns(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := columns.UseAll(map[string]string{"phone": "Phone", "country": "Country", "follows": "Follows", "uid": "UID", "zaloLast": "Last interaction"}); err != nil {
		t.Fatal(err)
	}
	contacts, err := f.Contacts(columns, sending)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	var c reach.Contact
	for contacts.Next(&c) {
		fmt.Fprintln(&got, told(&c, contacts.Problem()))
	}
	for _, fact := range []string{"phone", "country", "follows", "uid", "zaloLast"} {
		fmt.Fprintln(&got, fact, *contacts.Counts[fact])
	}
	const want = "2 phone=84912345678 follows=yes country=VN\n3 Phone: bad-phone\n4 Country: bad-country\nphone {1 1 1}\ncountry {1 1 1}\nfollows {1 1 1}\nuid {0 3 0}\nzaloLast {0 3 0}\n"
	if got.String() != want {
		t.Errorf("%s, not %s", got.String(), want)
	}
}
