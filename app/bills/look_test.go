package bills_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"postage/app/bills"
	"postage/app/table"
	"postage/rules"
	"postage/rules/audit"
)

func look(t *testing.T, text string, progress bills.Progress) *bills.File {
	t.Helper()
	f, err := bills.Look(strings.NewReader(text), int64(len(text)), "", progress)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestABillIsLookedAtBeforeAllIsSaid: everything that is missing is told at once, and what
// is said takes the place of what was said before.
func TestABillIsLookedAtBeforeAllIsSaid(t *testing.T) {
	f := look(t, "When;Menge;Kosten\n05/11/2026;1.000;79,06\n06/11/2026;2.000;158,11\n", nil)
	if f.Rows != 2 || len(f.Columns) != 3 || f.Columns[0].Either != "05/11/2026" || f.Columns[0].Filled != 2 {
		t.Errorf("%+v", f.Columns)
	}
	codes := func(missing []*bills.Error) string {
		var list []string
		for _, m := range missing {
			list = append(list, string(m.Code))
		}
		return strings.Join(list, " ")
	}
	use := func(o bills.Options, want string) {
		t.Helper()
		missing, err := f.Use(o)
		if err != nil || codes(missing) != want {
			t.Errorf("%q is missing, not %q: %v", codes(missing), want, err)
		}
	}
	uses := []string{"day", "count", "amount"}
	use(bills.Options{Uses: uses}, "date-order no-type no-country")
	use(bills.Options{Uses: uses, Orders: []table.Order{table.DayFirst}}, "no-type no-country")
	ways := []rules.ListWay{{Message: rules.Message{Type: rules.WhatsAppMarketing}}}
	use(bills.Options{Uses: uses, Orders: []table.Order{table.DayFirst}, Ways: ways, Country: "VN", Currency: "USD"}, "")
	r, err := f.Read()
	if err != nil || shown(r) != "2×1 2026-11-05 whatsapp.marketing VN 1000 = 79.06 USD\n3×1 2026-11-06 whatsapp.marketing VN 2000 = 158.11 USD\n" {
		t.Errorf("%v\n%s", err, shown(r))
	}
	use(bills.Options{Uses: uses, Orders: []table.Order{table.MonthFirst}, Ways: ways, Country: "US", Currency: "EUR"}, "")
	if r, err = f.Read(); err != nil || !strings.HasPrefix(shown(r), "2×1 2026-05-11 whatsapp.marketing US 1000 = 79.06 EUR\n") {
		t.Errorf("%v\n%s", err, shown(r))
	}
	use(bills.Options{Uses: []string{"", "", "amount"}}, "unknown-bill")
	for _, wrong := range [][]string{{"day", "day"}, {"age"}, {"count sms"}} {
		if _, err := f.Use(bills.Options{Uses: wrong}); err == nil {
			t.Errorf("%q can be used", wrong)
		}
	}
}

// TestColumnsOfNumbersCanBeSaid: a table with a column for each type, whatever they are
// called.
func TestColumnsOfNumbersCanBeSaid(t *testing.T) {
	f := look(t, "Date,A,B,Cost USD\n2026-09-01,1000,100,74.33\n", nil)
	if _, err := f.Use(bills.Options{Uses: []string{"day", "count whatsapp.marketing", "count whatsapp.utility", "amount"}, Country: "VN"}); err != nil {
		t.Fatal(err)
	}
	if f.Format != bills.Wide || f.Columns[1].Use() != "count whatsapp.marketing" {
		t.Errorf("%s, %+v", f.Format, f.Columns)
	}
	r, err := f.Read()
	if err != nil || shown(r) != "2×1 2026-09-01 whatsapp.marketing VN 1000 whatsapp.utility VN 100 = 74.33 USD\n" {
		t.Errorf("%v\n%s", err, shown(r))
	}
	// Zalo's need no country, but the kind of a template.
	f = look(t, "Ngày,Tin tư vấn,Số ZNS,Thành tiền\n2026-09-01,10,1000,330550\n", nil)
	if missing, err := f.Use(bills.Options{}); err != nil || len(missing) > 0 || f.Format != bills.Wide {
		t.Fatal(missing, err, f.Format)
	}
	if r, err = f.Read(); err != nil || len(r.Unreadable) != 1 || !strings.Contains(r.Unreadable[0].Err.Error(), "which kind of template") {
		t.Errorf("%v\n%s", err, shown(r))
	}
	way := rules.ListWay{Message: rules.Message{Type: rules.ZNS, Template: rules.Template{Kind: rules.TemplateCustom}}}
	if missing, err := f.Use(bills.Options{Ways: []rules.ListWay{way}}); err != nil || len(missing) > 0 {
		t.Fatal(missing, err)
	}
	if r, err = f.Read(); err != nil || shown(r) != "2×1 2026-09-01 zalo.uid.consultation  10 zalo.zns:custom  1000 = 330550 \n" {
		t.Errorf("%v\n%s", err, shown(r))
	}
	for _, fact := range audit.Facts() {
		if !slices.Contains(bills.Uses(), string(fact)) {
			t.Errorf("%s is no use", fact)
		}
	}
}

// TestLookingAndReadingCanBeStopped, and what was read until then counts.
func TestLookingAndReadingCanBeStopped(t *testing.T) {
	text := "Date,Country,Category,Count,Amount USD\n" + strings.Repeat("2026-09-01,VN,marketing,1,0.0732\n", 5000)
	var parts []float64
	f := look(t, text, func(rows int64, part float64) bool {
		parts = append(parts, part)
		return len(parts) != 3 // the reading goes on, but not beyond
	})
	if !f.Stopped || f.Rows != 1500 || len(parts) != 3 || parts[0] <= 0 || parts[2] > 1 || parts[0] > parts[2] {
		t.Errorf("%d rows, %v", f.Rows, parts)
	}
	if missing, err := f.Use(bills.Options{}); err != nil || len(missing) > 0 {
		t.Fatal(missing, err)
	}
	if r, err := f.Read(); err != nil || !r.Stopped || len(r.Bill.Rows) != 1500 {
		t.Errorf("%v, %+v", err, r)
	}
}

// TestEveryFileOfWordsIsRead, and those of every language are there.
func TestEveryFileOfWordsIsRead(t *testing.T) {
	names, err := filepath.Glob("words/*.txt")
	if err != nil || len(names) != 3 {
		t.Fatal(names, err)
	}
	for text, lang := range map[string]string{"Ngày,Thị trường,Loại tin,Số tin,Thành tiền": "vi", "Date,Country,Category,Count,Amount": "en", "Дата,Страна,Категория,Количество,Сумма": "ru"} {
		if !slices.Contains(names, "words/"+lang+".txt") {
			t.Errorf("there are no words of %s", lang)
		}
		f := look(t, text+"\n2026-09-01,VN,marketing,1,1\n", nil)
		for i, want := range []audit.Fact{audit.FactDay, audit.FactCountry, audit.FactType, audit.FactCount, audit.FactAmount} {
			if f.Columns[i].Fact != want {
				t.Errorf("%s: %+v is no %s", lang, f.Columns[i], want)
			}
		}
	}
}

// TestNoLineRunsInASpreadsheet: what a bill holds stands in the notes.
func TestNoLineRunsInASpreadsheet(t *testing.T) {
	var b bytes.Buffer
	bad := []bills.Unreadable{{Row: 2, Err: &bills.Error{Code: bills.BadDay, Row: 2, Column: "=cmd|'/c calc'!A0", Found: "x"}}, {Row: 3, Err: &bills.Error{Code: bills.Damaged, Row: 3, Found: "a;=1+1"}}}
	if err := bills.WriteLines(&b, &audit.Report{}, bad, "", nil); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if strings.Contains(line, ",=") || strings.Contains(line, ";=") {
			t.Errorf("%s", line)
		}
	}
	if !strings.Contains(b.String(), "'=1+1") {
		t.Errorf("%s", b.String())
	}
}
