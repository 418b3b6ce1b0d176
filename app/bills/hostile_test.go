package bills_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/app/bills"
	"postage/app/table"
	"postage/app/table/cells"
	"postage/rules"
	"postage/rules/audit"
)

// whole reads a bill and holds it against the book, and says what a reading must keep.
func whole(t testing.TB, data []byte, o bills.Options) {
	t.Helper()
	f, err := bills.Open(strings.NewReader(string(data)), int64(len(data)), o)
	if err == nil {
		var r *bills.Reading
		if r, err = f.Read(); err == nil {
			var read int64
			for _, row := range r.Bill.Rows {
				read += row.Rows
			}
			if read+r.Sums+r.Unpaid+int64(len(r.Unreadable)) != r.Rows {
				t.Fatalf("of %d rows %d were read, %d are sums, %d unpaid, %d unreadable", r.Rows, read, r.Sums, r.Unpaid, len(r.Unreadable))
			}
			r.Bill.AsOf = 20261001
			report, err := audit.Audit(&r.Bill)
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Rows) != len(r.Bill.Rows) {
				t.Fatalf("%d rows became %d", len(r.Bill.Rows), len(report.Rows))
			}
			return
		}
	}
	var own *bills.Error
	var of *cells.Error
	if !errors.As(err, &own) && !errors.As(err, &of) {
		t.Fatalf("%T: %v", err, err)
	}
}

func FuzzBill(f *testing.F) {
	for _, text := range []string{
		analytics,
		"date,country,category,count,amount\n2026-09-01,VN,marketing,10,0.73\nTotal,,,10,0.73\n",
		"Ngày;Quốc gia;Loại tin;Số lượng;Thành tiền (VND)\n01/09/2026;Việt Nam;Tiếp thị;12.400;23.597.200\n",
		"time,phone,category,price\n2026-09-01 10:00:00,0912345678,marketing,-0.0732\n",
		"Loại template\tSố tin\tThành tiền\nOTP\t1\t440\n",
		`[{"date":"2026-09-01","marketing":1,"utility":2,"country":"VN","waFees":1e-3,"pricing":{"billable":true}}]`,
		`{"a":[[[{"b":1,"c":[{"d":2,"e":1e999999}]}]]]}`,
		"date,country,category,count,amount\n2026-09-01,VN,marketing,1e9,1e999999999\n2026-09-01,VN,marketing,99999999999999999999,(1)\n9999-12-31,VN,utility,1,0\n1900-01-01 - 2099-12-31,VN,utility,1,0\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const most = 1 << 14 // what is longer takes the fuzzer's time, and tells no more
		whole(t, data[:min(len(data), most)], bills.Options{On: 20260901, Country: "VN", Dates: table.DayFirst})
	})
}

func TestHostileBillsAreRefusedOrRead(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 4000) + strings.Repeat(`]}`, 4000)
	for name, text := range map[string]string{
		"deep JSON":            deep,
		"deeper than any":      strings.Repeat(`[{"a":`, 20000),
		"many fields":          "[{" + many(3000) + `"z":1}]`,
		"few fields of many":   "[{" + many(990) + `"z":1}` + strings.Repeat(`,{"z":1,"k1":2}`, 20000) + "]",
		"no end of a number":   "date,country,category,count,amount\n2026-09-01,VN,marketing,1," + strings.Repeat("9", 30000) + "\n",
		"exponents":            `[{"date":"2026-09-01","country":"VN","category":"marketing","count":1,"amount":1e-999999999}]`,
		"centuries":            "start,end,country,category,count,amount\n1900-01-01,2099-12-31,VN,marketing,5,1\n",
		"days before calendar": "date,country,category,count,amount\n0001-01-01,VN,marketing,5,1\n",
		"a template's name":    "date,country,category,count,amount\n2026-09-01,VN," + strings.Repeat("marketing ", 3000) + ",5,1\n",
		"half a pair":          `[{"date":"2026-09-01","country":"\ud800","category":"marketing","count":1,"amount":1}]`,
	} {
		t.Run(name, func(t *testing.T) { whole(t, []byte(text), bills.Options{Country: "VN"}) })
	}
	t.Run("too large", func(t *testing.T) {
		_, err := bills.Open(strings.NewReader(`{"a":`), bills.MaxJSON+1, bills.Options{})
		var e *bills.Error
		if !errors.As(err, &e) || e.Code != bills.TooLargeJSON {
			t.Error(err)
		}
	})
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"k%d":1,`, i)
	}
	return b.String()
}

// TestAmountsAreReadAsTheColumnWritesThem writes random amounts in the ways of the world.
func TestAmountsAreReadAsTheColumnWritesThem(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 300 {
		decimals, thousands := ".", ","
		switch r.IntN(4) {
		case 1:
			decimals, thousands = ",", "."
		case 2:
			decimals, thousands = ",", "\u00a0"
		case 3:
			decimals, thousands = ".", ""
		}
		places := []int32{0, 2, 4}[r.IntN(3)]
		currency := "USD"
		if places == 0 {
			currency = "VND"
		}
		sign := []string{"", "$", " US$", "\u00a0USD"}[r.IntN(4)]
		if currency == "VND" {
			sign = []string{"", " ₫", " đ", " VND"}[r.IntN(4)]
		}
		var text strings.Builder
		text.WriteString("date\tcountry\tcategory\tcount\tamount " + currency + "\n")
		var amounts []decimal.Decimal
		var counts []int64
		for range 12 {
			d := decimal.New(r.Int64N(90_000_000)+1_000_000, -places)
			n := r.Int64N(3_000_000) + 1
			amounts, counts = append(amounts, d), append(counts, n)
			cell := grouped(d.StringFixed(places), decimals, thousands)
			if strings.HasPrefix(sign, "$") {
				cell = sign + cell
			} else {
				cell += sign
			}
			fmt.Fprintf(&text, "2026-09-01\tVN\tmarketing\t%s\t%s\n", grouped(fmt.Sprint(n), decimals, thousands), cell)
		}
		_, read, err := open(t, text.String(), bills.Options{})
		if err != nil {
			t.Fatal(err, text.String())
		}
		if len(read.Bill.Rows) != len(amounts) {
			t.Fatalf("%s\n%s", text.String(), shown(read))
		}
		for i, row := range read.Bill.Rows {
			if got, _ := row.Amount.Get(); !got.Equal(amounts[i]) || row.Messages() != counts[i] || row.Currency != currency {
				t.Fatalf("%d of %s %s is read as %d of %s %s in\n%s", counts[i], amounts[i], currency, row.Messages(), got, row.Currency, text.String())
			}
		}
		if got := read.Bill.Decimals[currency]; got != places {
			t.Fatalf("%d decimals, not %d:\n%s", got, places, text.String())
		}
	}
}

// grouped writes a number with signs between thousands and before decimals.
func grouped(number, decimals, thousands string) string {
	head, tail, has := strings.Cut(number, ".")
	for i := len(head) - 3; i > 0; i -= 3 {
		head = head[:i] + thousands + head[i:]
	}
	if has {
		head += decimals + tail
	}
	return head
}

func TestEveryCodeHasWords(t *testing.T) {
	text, err := os.ReadFile("error.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for line := range strings.Lines(string(text)) {
		name, code, is := strings.Cut(strings.TrimSpace(line), " Code = \"")
		if !is {
			name, code, is = strings.Cut(strings.Join(strings.Fields(line), " "), " Code = \"")
		}
		if !is {
			continue
		}
		code, _, _ = strings.Cut(code, `"`)
		found++
		if got := (&bills.Error{Code: bills.Code(code), Found: "something"}).Error(); got == code || got == "" {
			t.Errorf("%s has no words in errors.txt", name)
		}
	}
	if found < 15 {
		t.Errorf("only %d codes were looked at", found)
	}
}

func TestEveryLanguageNamesTheColumns(t *testing.T) {
	for _, language := range []string{"vi", "en", "ru"} {
		text, err := os.ReadFile("words/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range audit.Facts() {
			if !strings.Contains(string(text), "\n"+string(fact)+" = ") {
				t.Errorf("%s has no names for the column %s", language, fact)
			}
		}
		for _, kind := range rules.MessageTypes(rules.ChannelWhatsApp) {
			if !strings.Contains(string(text), "\ntype "+string(kind)+" = ") {
				t.Errorf("%s has no words for %s", language, kind)
			}
		}
	}
}

func TestWordsOfTheFilesAreOfTheRules(t *testing.T) {
	for _, language := range []string{"vi", "en", "ru"} {
		text, err := os.ReadFile("words/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			key, _, is := strings.Cut(line, " = ")
			kind, of, one := strings.Cut(key, " ")
			if !is || !one {
				continue
			}
			ok := true
			switch kind {
			case "type", "zalo", "count", "token", "said":
				ok = rules.MessageType(strings.TrimSuffix(of, "-international")).Channel() != ""
			case "kind":
				ok = false
				for _, k := range rules.TemplateKinds() {
					ok = ok || string(k) == of
				}
			case "currency":
				ok = len(of) == 3
			}
			if !ok {
				t.Errorf("%s: %q is nothing that the rules know", language, key)
			}
		}
	}
}
