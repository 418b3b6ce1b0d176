package checking_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/app/billing/checking"
	"postage/app/files"
	"postage/app/files/desk"
	"postage/app/words"
	"postage/rules"
	"postage/rules/audit"
)

// A clerk asks a desk, and keeps what it tells.
type clerk struct {
	*checking.Desk
	told []billing.Report
}

func newClerk(text string) *clerk {
	c := &clerk{}
	c.Desk = &checking.Desk{Tell: func(r billing.Report) { c.told = append(c.told, r) }}
	c.Open(strings.NewReader(text), int64(len(text)))
	return c
}

// ask hands in a request as the page does, as JSON, and takes the report likewise.
func (c *clerk) ask(t *testing.T, q billing.Request) (back billing.Report) {
	t.Helper()
	text, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	var read billing.Request
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	c.Handle(read)
	if len(c.told) == 0 {
		t.Fatal("nothing was told")
	}
	if text, err = json.Marshal(c.told[len(c.told)-1]); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return back
}

func look() billing.Request { return billing.Request{Request: files.Request{Do: files.Look}} }

func answer(c billing.Choices) billing.Request {
	return billing.Request{Request: files.Request{Do: files.Answer}, Choices: c}
}

// TestTheSampleHasEveryCauseThatItIsMeantToShow, in each language, with the same sums.
func TestTheSampleHasEveryCauseThatItIsMeantToShow(t *testing.T) {
	var first *billing.Found
	for _, lang := range words.Codes {
		c := newClerk("")
		columns := c.ask(t, billing.Request{Request: files.Request{Do: files.Sample, Lang: lang}}).Columns
		if columns == nil || len(columns.List) != 6 {
			t.Fatalf("%s: %+v", lang, c.told)
		}
		for i, want := range []audit.Fact{audit.FactDay, audit.FactCountry, audit.FactType, audit.FactCharge, audit.FactCount, audit.FactAmount} {
			if columns.List[i].Fact != string(want) {
				t.Errorf("%s: %+v is no %s", lang, columns.List[i], want)
			}
		}
		found := c.ask(t, answer(billing.Choices{})).Found
		if found == nil {
			t.Fatalf("%s: %+v", lang, c.told)
		}
		if found.Unreadable > 0 || len(found.Open) > 0 || len(found.Totals) != 1 || found.Format != "table" {
			t.Fatalf("%s: %+v", lang, found)
		}
		var codes []audit.Code
		for _, cause := range found.Totals[0].Causes {
			codes = append(codes, cause.Code)
		}
		for _, want := range []audit.Code{audit.MarkupPercent, audit.ChargedFree, audit.OldCard, audit.OtherMarket} {
			if !slices.Contains(codes, want) {
				t.Errorf("%s: %s is not among %v", lang, want, codes)
			}
		}
		if len(codes) != 4 || !found.Totals[0].Unknown.IsZero() {
			t.Errorf("%s: %v, %s", lang, codes, found.Totals[0].Unknown)
		}
		if found.Then == nil || len(found.Then.Changed) < 2 || found.Then.Day <= found.To {
			t.Errorf("%s: %+v", lang, found.Then)
		}
		if first == nil {
			first = found
		} else if !first.Totals[0].Difference.Equal(found.Totals[0].Difference) || len(found.Lines) != len(first.Lines) {
			t.Errorf("%s: %s, not %s", lang, found.Totals[0].Difference, first.Totals[0].Difference)
		}
	}
}

// TestWhatIsAgreedLeavesTheOtherCausesOfTheSample: the sum is less by just what is agreed.
func TestWhatIsAgreedLeavesTheOtherCausesOfTheSample(t *testing.T) {
	c := newClerk("")
	c.ask(t, billing.Request{Request: files.Request{Do: files.Sample, Lang: "vi"}})
	before := c.ask(t, answer(billing.Choices{})).Found.Totals[0]
	eight := decimal.NewFromInt(8)
	found := c.ask(t, answer(billing.Choices{Percent: &eight})).Found
	s, left := found.Totals[0], before.Difference
	told := map[audit.Code]string{}
	for _, cause := range before.Causes {
		if cause.Code == audit.MarkupPercent {
			left = left.Sub(cause.Amount)
			continue
		}
		told[cause.Code] = cause.Amount.String()
	}
	for _, cause := range s.Causes {
		if told[cause.Code] != cause.Amount.String() {
			t.Errorf("%s is %s, and was %q", cause.Code, cause.Amount, told[cause.Code])
		}
		delete(told, cause.Code)
	}
	if len(told) > 0 || s.UnknownRows > 0 || !s.Difference.Equal(left) || !s.High.Equal(before.High) || !s.Most.GreaterThan(s.High) {
		t.Errorf("%v is no longer told; %d rows are unknown; %s is left, not %s", told, s.UnknownRows, s.Difference, left)
	}
	// The other day is told at the published prices.
	for _, change := range found.Then.Changed {
		if change.Types[0] == string(rules.WhatsAppMarketing) && change.Countries[0] == "VN" && (change.From.String() != "0.0732" || change.To.String() != "0.0842") {
			t.Errorf("%+v", change)
		}
	}
}

const aBill = "Ngày,Thị trường,Loại tin,Số tin,Thành tiền (USD)\n" +
	"01/09/2026,VN,tiếp thị,1000,79.06\n" +
	"15/09/2026,VN,tiện ích,100,1.13\n" +
	"16/09/2026,VN,tin lạ,1,1\n" +
	"17/09/2026,Mỹ,tiếp thị,5,0.13\n"

// TestWhatABillDoesNotSayIsAskedAndTaken: what is missing is told by code, and the answer
// follows once it is said.
func TestWhatABillDoesNotSayIsAskedAndTaken(t *testing.T) {
	day := func(s string) rules.Date {
		d, err := rules.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	rate, price := decimal.NewFromInt(26_000), decimal.NewFromInt(550)
	for _, c := range []struct {
		name, text string
		missing    string
		asks       []billing.Ask
		choices    billing.Choices
		book       string
	}{
		{"a day", "Country,Category,Count,Amount USD\nVN,marketing,1000,73.2\n", "no-day", []billing.Ask{billing.AskDay},
			billing.Choices{On: day("2026-09-01"), Until: day("2026-09-30")}, "73.2"},
		{"a country", "Date,Category,Count,Amount USD\n2026-09-01,marketing,1000,73.2\n", "no-country", []billing.Ask{billing.AskCountry},
			billing.Choices{Country: "VN"}, "73.2"},
		{"a type", "Date,Country,Count,Amount USD\n2026-09-01,VN,1000,73.2\n", "no-type", []billing.Ask{billing.AskType},
			billing.Choices{Type: rules.WhatsAppMarketing}, "73.2"},
		{"a day, a country and a type", "Count,Amount USD,Date sent\n1000,73.2,2026-09-01\n", "no-type no-country", []billing.Ask{billing.AskCountry, billing.AskType},
			billing.Choices{Type: rules.WhatsAppMarketing, Country: "VN"}, "73.2"},
		{"the kind of a template", "Ngày,Kênh,Số tin,Thành tiền (VND)\n2026-09-01,ZNS,1000,330000\n", "", []billing.Ask{billing.AskKind, billing.AskTax},
			billing.Choices{Kind: rules.TemplateCustom}, "330000"},
		{"the price on the template", "Ngày,Kênh,Mẫu,Số tin,Thành tiền (VND)\n2026-11-12,ZNS,Tuỳ chỉnh,2600,1573000\n", "", []billing.Ask{billing.AskPrice, billing.AskTax},
			billing.Choices{Price: &price}, "1573000"},
		{"a rate", "Ngày,Thị trường,Loại tin,Số tin,Thành tiền (VND)\n2026-09-01,VN,tiếp thị,1000,1903200\n", "", nil,
			billing.Choices{Rate: &rate, RateFrom: "USD", RateTo: "VND"}, "1903200"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newClerk(c.text)
			r := d.ask(t, look())
			var codes []string
			for _, m := range r.Missing {
				codes = append(codes, m.Code)
			}
			if got := strings.Join(codes, " "); r.Columns == nil || got != c.missing {
				t.Fatalf("missing is %q, not %q, %+v", got, c.missing, r.Wrong)
			}
			if c.missing != "" {
				if r = d.ask(t, answer(billing.Choices{})); r.Found != nil || len(r.Missing) == 0 {
					t.Fatalf("it is answered: %+v", r)
				}
			}
			found := d.ask(t, answer(c.choices)).Found
			if found == nil {
				t.Fatalf("%+v", d.told[len(d.told)-1])
			}
			if len(found.Totals) != 1 || found.Totals[0].High.String() != c.book || !found.Totals[0].Difference.IsZero() || found.Unreadable > 0 {
				t.Errorf("%+v", found)
			}
			for _, a := range c.asks {
				if !slices.Contains(found.Asks, a) {
					t.Errorf("%s is no longer asked: %v", a, found.Asks)
				}
			}
		})
	}
}

// TestAFlatPriceIsToldAndNoMarketClaimed, also where a mark-up is agreed with which the price
// would be that of another market by chance.
func TestAFlatPriceIsToldAndNoMarketClaimed(t *testing.T) {
	fifteen := decimal.NewFromInt(15)
	for price, choices := range map[string]billing.Choices{"0.10": {}, "0.1": {Percent: &fifteen}, "0.09879": {Percent: &fifteen}} {
		each := decimal.RequireFromString(price)
		text := "Date,Country,Category,Count,Amount USD\n"
		for i, row := range []string{"VN,marketing,1000", "ID,marketing,3000", "VN,authentication,2000", "TH,marketing,500"} {
			count, _ := decimal.NewFromString(row[strings.LastIndex(row, ",")+1:])
			text += fmt.Sprintf("2026-09-%02d,%s,%s\n", i+1, row, each.Mul(count))
		}
		d := newClerk(text)
		d.ask(t, look())
		f := d.ask(t, answer(choices)).Found
		if f == nil || len(f.Totals) != 1 {
			t.Fatalf("%+v", d.told)
		}
		s := &f.Totals[0]
		if !s.Flat.Equal(each) || len(s.Causes) > 0 || s.UnknownRows != 4 {
			t.Errorf("%s: %s, %+v", price, s.Flat, s.Causes)
		}
	}
}

// TestWhatIsFoundIsToldRowByRow: rows that differ first, what has no price with its reason
// and never as nothing, and what cannot be read by its number.
func TestWhatIsFoundIsToldRowByRow(t *testing.T) {
	d := newClerk(aBill)
	d.ask(t, look())
	f := d.ask(t, answer(billing.Choices{})).Found
	if f == nil {
		t.Fatalf("%+v", d.told)
	}
	if f.Unreadable != 1 || f.Faults[0].Row != 4 || f.Faults[0].Code != "bad-type" || f.Faults[0].Found != "tin lạ" {
		t.Errorf("%+v", f.Faults)
	}
	if len(f.Lines) != 3 || f.Lines[0].Row != 2 || f.Lines[1].State != audit.NotAllowed || f.Lines[1].Reason != "whatsapp.marketing: country" || f.Lines[1].Compared {
		t.Errorf("%+v", f.Lines)
	}
	if last := f.Lines[2]; last.Row != 3 || !last.Difference.IsZero() || last.Low.Equal(last.High) {
		t.Errorf("a row that may have been free is no range: %+v", last)
	}
	if s := f.Totals[0]; len(s.Causes) != 1 || s.Causes[0].Code != audit.MarkupPercent || s.Causes[0].Types[0] != "whatsapp.marketing" || s.Causes[0].Markets != 1 || s.Causes[0].Country != "VN" || s.Unexamined.String() != "0.13" {
		t.Errorf("%+v", s)
	}
	// The mark-up is agreed: then it is no difference.
	eight := decimal.NewFromInt(8)
	if f = d.ask(t, answer(billing.Choices{Percent: &eight})).Found; f == nil || !f.Totals[0].Difference.IsZero() || len(f.Totals[0].Causes) != 0 {
		t.Errorf("%+v", f)
	}
	// A column can be taken for something else.
	q := answer(billing.Choices{Country: "VN"})
	q.Facts = []string{"day", "", "type", "count", "amount"}
	if f = d.ask(t, q).Found; f == nil || !slices.Contains(f.Asks, billing.AskCountry) {
		t.Errorf("%+v", f)
	}
	q.Facts = []string{"day", "day", "type", "count", "amount"}
	if w := d.ask(t, q).Wrong; w == nil || w.Code != "two-facts" {
		t.Errorf("%+v", w)
	}
}

// TestTheOtherDayIsTheNextThatChangesSomething, and any other that is named.
func TestTheOtherDayIsTheNextThatChangesSomething(t *testing.T) {
	d := newClerk(aBill)
	d.ask(t, look())
	f := d.ask(t, answer(billing.Choices{})).Found
	if f == nil || f.Then == nil || f.Then.Day.String() != "2026-10-01" {
		t.Fatalf("%+v", f)
	}
	whys := map[billing.Why]string{}
	for _, c := range f.Then.Changed {
		whys[c.Why] = c.From.String() + " " + c.To.String()
	}
	if whys[billing.WhyPrice] != "0.0732 0.0842" || whys[billing.WhyWindow] != "0.0113 0.0113" || len(whys) != 2 {
		t.Errorf("%v", whys)
	}
	if len(f.Then.Refused) != 1 || f.Then.Refused[0].Messages != 5 || f.Then.Refused[0].State != audit.NotAllowed {
		t.Errorf("%+v", f.Then.Refused)
	}
	// Where nothing in the book changes any more it is today.
	_, last := rules.Span()
	late := newClerk("Date,Country,Category,Count,Amount USD\n" + last.String() + ",VN,marketing,1,1\n")
	late.ask(t, look())
	q := answer(billing.Choices{})
	if q.Today = last.AddDays(40); late.ask(t, q).Found.Then.Day != q.Today {
		t.Errorf("%+v", late.told[len(late.told)-1].Found.Then)
	}
	on, _ := rules.ParseDate("2026-08-15")
	if f = d.ask(t, answer(billing.Choices{AsOf: on})).Found; f == nil || f.Then.Day != on || len(f.Then.Changed) != 0 || f.Then.Unchanged != 2 {
		t.Errorf("%+v", f)
	}
	// A day whose prices Meta has not announced is told, but not beside a bill of Zalo's.
	zalo := newClerk("Ngày,Loại tin,Số lượng,Thành tiền\n2026-09-01,ZNS OTP,10,4400\n")
	zalo.ask(t, look())
	far, _ := rules.ParseDate("2027-07-01")
	for _, c := range []struct {
		clerk *clerk
		on    rules.Date
		want  bool
	}{{d, on, false}, {d, far, true}, {zalo, far, false}} {
		if got := c.clerk.ask(t, answer(billing.Choices{AsOf: c.on})).Found; got == nil || got.Then.Unannounced != c.want {
			t.Errorf("on %s: %+v", c.on, got)
		}
	}
}

// A memory is a file in memory.
type memory struct{ bytes.Buffer }

func (m *memory) ReadAt(p []byte, at int64) (int, error) {
	return bytes.NewReader(m.Bytes()).ReadAt(p, at)
}
func (m *memory) Size() int64 { return int64(m.Len()) }

// TestTheFileHasTheLinesOfTheCommand, with the mark by which Excel knows UTF-8, and nothing
// that a spreadsheet runs.
func TestTheFileHasTheLinesOfTheCommand(t *testing.T) {
	d := newClerk(strings.Replace(aBill, "tin lạ", "=cmd|'/c calc'!A0", 1))
	if _, err := d.Write(billing.Request{}, func() desk.Blob { return &memory{} }); err == nil {
		t.Error("a file without a bill was written")
	}
	d.ask(t, look())
	d.ask(t, answer(billing.Choices{}))
	b, err := d.Write(billing.Request{}, func() desk.Blob { return &memory{} })
	if err != nil {
		t.Fatal(err)
	}
	text := b.(*memory).String()
	const want = "\ufeffrow,on,until,type,country,messages,currency,billed,book,book_most,agreed_most,difference,cause,as_of,as_of_most,note\n" +
		"2,2026-09-01,,whatsapp.marketing,VN,1000,USD,79.06,73.2,,,5.86,the provider adds 8 %,84.2,,\n"
	if !strings.HasPrefix(text, want) || !strings.Contains(text, "\n4,,,,,,,,,,,,,,,") {
		t.Errorf("%s", text)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") || strings.Contains(cell, ";=") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
}

// TestReadingIsToldAndCanBeStopped: what was read until then is answered for.
func TestReadingIsToldAndCanBeStopped(t *testing.T) {
	var b strings.Builder
	b.WriteString("Date,Country,Category,Count,Amount USD\n")
	for range 400_000 {
		b.WriteString("2026-09-01,VN,marketing,1,0.0732\n")
	}
	d := newClerk(b.String())
	pauses := 0
	d.Rest = func() bool { pauses++; return false }
	r := d.ask(t, look())
	if pauses == 0 {
		t.Fatal("the reading told nothing")
	}
	if r.Columns == nil || !r.Columns.Stopped || r.Columns.Rows >= 400_000 || r.Columns.Rows == 0 {
		t.Fatalf("%+v", r.Columns)
	}
	for _, told := range d.told[:len(d.told)-1] {
		if told.Progress == nil || told.Progress.Rows == 0 || told.Progress.Thousandth > 1000 {
			t.Errorf("%+v", told)
		}
	}
	d.Rest = nil
	if f := d.ask(t, answer(billing.Choices{})).Found; f == nil || !f.Stopped || f.Messages == 0 {
		t.Errorf("%+v", f)
	}
}

// TestAnythingThatAFileHoldsIsAnswered, and the desk goes on.
func TestAnythingThatAFileHoldsIsAnswered(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "a PDF": "%PDF-1.7\n", "NULs": "a,b\n\x00\x00,\x00\n", "JSON cut off": `{"data":[{"a":`, "deep JSON": strings.Repeat("[", 5000),
		"an error": `{"error":{"message":"no"}}`, "only names": "Ngày,Số tin\n", "contacts": "Tên,SĐT\nAn,0912345678\n", "numbers": "1,2,3\n4,5,6\n",
		"one cell": strings.Repeat("9", 12_000) + "\n1\n", "many columns": strings.Repeat("a,", 1100) + "\n1\n", "binary": "\x7fELF\x00\x01\x02",
		"huge amounts":     "Date,Country,Category,Count,Amount USD\n2026-09-01,VN,marketing,1,1e12\n2026-09-01,VN,marketing,1000000000,999999999999\n",
		"days without end": "Date,Country,Category,Count,Amount USD\n9999-12-31,VN,marketing,1,1\n0001-01-01,VN,marketing,1,1\n",
	} {
		t.Run(name, func(t *testing.T) {
			d := newClerk(text)
			r := d.ask(t, look())
			if r.Columns == nil && r.Wrong == nil {
				t.Errorf("%+v", r)
			}
			if r.Wrong != nil && r.Wrong.Code == files.Internal {
				t.Errorf("%+v", r.Wrong)
			}
			r = d.ask(t, answer(billing.Choices{Country: "VN"}))
			if r.Found == nil && r.Wrong == nil && len(r.Missing) == 0 {
				t.Errorf("%+v", r)
			}
		})
	}
	if w := newClerk("").ask(t, answer(billing.Choices{})).Wrong; w == nil {
		t.Error("an answer without a bill")
	}
}

// TestTheCheckingItselfCanBeStopped, and the bill is there to be checked again.
func TestTheCheckingItselfCanBeStopped(t *testing.T) {
	var b strings.Builder
	b.WriteString("Date,Country,Category,Count,Amount USD\n")
	for i := range 12_000 {
		fmt.Fprintf(&b, "2026-09-%02d,VN,marketing,%d,%d\n", i%28+1, 100+i%50, 10+i%7)
	}
	d := newClerk(b.String())
	d.ask(t, look())
	stop := false
	d.Rest = func() bool { return !stop }
	// It stops once it has told that all rows are read.
	tell := d.Tell
	d.Tell = func(r billing.Report) {
		stop = stop || r.Progress != nil && r.Progress.Thousandth == 1000
		tell(r)
	}
	if w := d.ask(t, answer(billing.Choices{})).Wrong; w == nil || w.Code != files.Stopped {
		t.Fatalf("%+v", w)
	}
	d.Rest, d.Tell = nil, tell
	if f := d.ask(t, answer(billing.Choices{})).Found; f == nil || f.All != 12_000 {
		t.Errorf("%+v", f)
	}
}

// TestAWrongFileTakesNothingAway: whoever chooses another file by mistake still has the
// bill that stands on the page, and its answer.
func TestAWrongFileTakesNothingAway(t *testing.T) {
	c := newClerk("")
	look := billing.Request{Request: files.Request{Do: files.Look}}
	if r := c.ask(t, billing.Request{Request: files.Request{Do: files.Sample}}); r.Columns == nil {
		t.Fatalf("%+v", r)
	}
	for _, wrong := range []string{"%PDF-1.7\n", "", "{"} {
		c.Open(strings.NewReader(wrong), int64(len(wrong)))
		if r := c.ask(t, look); r.Wrong == nil {
			t.Fatalf("%q is a bill", wrong)
		}
		if r := c.ask(t, billing.Request{Request: files.Request{Do: files.Answer}}); r.Wrong != nil {
			t.Errorf("after %q: %+v", wrong, r.Wrong)
		}
	}
}

// TestABillOfTemplatesIsHeldAgainstTextAlone and says so, until the price on them is told: what
// a picture adds is no mark-up of the provider.
func TestABillOfTemplatesIsHeldAgainstTextAlone(t *testing.T) {
	price := decimal.NewFromInt(550)
	for text, want := range map[string]bool{
		"Ngày,Kênh,Mẫu,Số tin,Thành tiền (VND)\n2026-11-12,ZNS,Tuỳ chỉnh,2600,1573000\n": true,
		"Date,Country,Category,Count,Amount USD\n2026-09-01,VN,marketing,1000,80\n":      false,
	} {
		for _, choices := range []billing.Choices{{}, {Price: &price}} {
			d := newClerk(text)
			d.ask(t, look())
			f := d.ask(t, answer(choices)).Found
			if f == nil || f.Plain != (want && choices.Price == nil) {
				t.Errorf("%q with %+v: %+v", text, choices.Price, f)
			}
		}
	}
}
