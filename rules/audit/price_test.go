package audit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
	"postage/rules/audit"
)

func TestTheAuditTouchesNothingOutsideAndKnowsNoDay(t *testing.T) {
	allowed := []string{"cmp", "errors", "slices", "strings", "strconv", "github.com/shopspring/decimal", "postage/rules"}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		looked++
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err != nil || !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", name, spec.Path.Value)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				if text := strings.Trim(lit.Value, "`\""); len(text) >= len("20260101") && strings.HasPrefix(text, "20") && strings.Trim(text, "0123456789-") == "" {
					t.Errorf("%s has the day %s", name, lit.Value)
				}
			}
			return true
		})
	}
	if looked < 4 {
		t.Errorf("only %d files were looked at", looked)
	}
}

// one is a bill with one row.
func one(on, until rules.Date, m rules.Message, country string, count int64, told audit.Told, amount string) audit.Bill {
	row := audit.Row{Number: 2, Rows: 1, On: on, Until: until, Traffic: []audit.Traffic{{Message: m, Country: country, Count: count, Told: told}}}
	if amount != "" {
		row.Amount = rules.Some(dec(amount))
	}
	return audit.Bill{Rows: []audit.Row{row}}
}

func TestAnAmountIsRightWithinHalfAPerCentOrOneUnit(t *testing.T) {
	marketing := rules.Message{Type: rules.WhatsAppMarketing}
	for _, c := range []struct {
		count          int64
		amount, differ string
	}{
		{1000, "73.2", "0"}, {1000, "73.566", "0"}, {1000, "73.567", "0.367"}, {1000, "72.834", "0"}, {1000, "72.833", "-0.367"},
		{1, "0.07", "0"}, {1, "0.08", "0"}, {1, "0.09", "0.0168"}, {1, "0.1", "0"}, {1, "0", "-0.0732"}, {1, "0.0733", "0"}, {1, "0.0736", "0.0004"},
	} {
		r := audited(t, one(20260901, 0, marketing, "VN", c.count, "", c.amount))
		if got := r.Rows[0].Difference; !got.Equal(dec(c.differ)) && !(c.amount == "0" && got.IsZero()) {
			t.Errorf("%s for %d differs by %s, not %s", c.amount, c.count, got, c.differ)
		}
	}
}

func TestWhatIsNotKnownOfTheWindowIsARange(t *testing.T) {
	utility, marketing := rules.Message{Type: rules.WhatsAppUtility}, rules.Message{Type: rules.WhatsAppMarketing}
	consultation := rules.Message{Type: rules.ZaloConsultation}
	zns := rules.Message{Type: rules.ZNS, Tag: rules.Some[int64](1), Template: rules.Template{Kind: "custom"}}
	for _, c := range []struct {
		name      string
		on, until rules.Date
		m         rules.Message
		country   string
		told      audit.Told
		low, high string
		then      string // by the book of October 2026, low and high
	}{
		{"utility, nobody knows when people wrote", 20260901, 0, utility, "VN", "", "0", "11.3", "11.3 11.3"},
		{"utility that is said to be charged was outside", 20260901, 0, utility, "VN", audit.ToldCharged, "11.3", "11.3", "11.3 11.3"},
		{"utility that is said to be free", 20260901, 0, utility, "VN", audit.ToldWindow, "0", "0", "11.3 11.3"},
		{"utility at a free entry point", 20260901, 0, utility, "VN", audit.ToldEntryPoint, "0", "0", "0 0"},
		{"utility when the window is charged as well", 20261005, 0, utility, "VN", "", "11.3", "11.3", "11.3 11.3"},
		{"marketing", 20260901, 0, marketing, "VN", "", "73.2", "73.2", "84.2 84.2"},
		{"marketing that is said to be free in the window is not", 20260901, 0, marketing, "VN", audit.ToldWindow, "73.2", "73.2", "84.2 84.2"},
		{"consultation", 20260901, 0, consultation, "", "", "0", "55000", "0 55000"},
		{"a month in which the price changes", 20260301, 20260331, zns, "", "", "220000", "330000", "330000 330000"},
		{"a month in which it does not", 20260401, 20260430, zns, "", "", "330000", "330000", "330000 330000"},
		{"two months of marketing", 20260901, 20261031, marketing, "VN", "", "73.2", "84.2", "84.2 84.2"},
	} {
		b := one(c.on, c.until, c.m, c.country, 1000, c.told, "")
		b.AsOf = 20261001
		r := audited(t, b)
		p, then := r.Rows[0].Book, r.Rows[0].Then
		if !p.Low.Equal(dec(c.low)) || !p.High.Equal(dec(c.high)) {
			t.Errorf("%s: %s to %s, not %s to %s", c.name, p.Low, p.High, c.low, c.high)
		}
		if got := then.Low.String() + " " + then.High.String(); got != c.then {
			t.Errorf("%s: then %s, not %s", c.name, got, c.then)
		}
	}
	// What was charged when the window was, too, says nothing of when it is free.
	b := one(20261005, 0, utility, "VN", 1000, audit.ToldCharged, "11.3")
	b.AsOf = 20260901
	if then := audited(t, b).Rows[0].Then; !then.Low.IsZero() || !then.High.Equal(dec("11.3")) {
		t.Errorf("%s to %s", then.Low, then.High)
	}
}

func TestCountersRunThroughTheMonthOfTheBill(t *testing.T) {
	service := rules.Message{Type: rules.WhatsAppService}
	b := audit.Bill{AsOf: 20261101}
	for _, on := range []rules.Date{20260910, 20260905, 20261002, 20261001} { // the later one of each month stands first
		b.Rows = append(b.Rows, audit.Row{On: on, Traffic: []audit.Traffic{{Message: service, Country: "VN", Count: 800}}})
	}
	r := audited(t, b)
	for i, want := range []struct{ now, then string }{{"0", "6.78"}, {"0", "0"}, {"6.78", "6.78"}, {"0", "0"}} {
		if row := &r.Rows[i]; !row.Book.High.Equal(dec(want.now)) || !row.Then.High.Equal(dec(want.then)) {
			t.Errorf("row %d costs %s, then %s, not %s and %s", i, row.Book.High, row.Then.High, want.now, want.then)
		}
	}
}

func TestCurrenciesStandBesideEachOther(t *testing.T) {
	b := audit.Bill{}
	put := func(currency, amount string) {
		b.Rows = append(b.Rows, audit.Row{On: 20260901, Currency: currency, Amount: rules.Some(dec(amount)), Traffic: []audit.Traffic{{Message: rules.Message{Type: rules.WhatsAppMarketing}, Country: "VN", Count: 1000}}})
	}
	put("USD", "73.20")
	put("VND", "1903200")
	put("EUR", "70")
	put("", "80")
	b.Pricing.Convert = rules.Some(rules.Conversion{Currency: "VND", Rates: map[string]decimal.Decimal{"USD": dec("26000")}})
	r := audited(t, b)
	var got []string
	for _, s := range r.Sums {
		got = append(got, s.Currency+" "+s.Billed.String()+" "+strconv.Itoa(int(s.Right)))
	}
	// A rate of the euro's card holds for September, and 70 is not it.
	if want := []string{"VND 1903200 1", "EUR 70 0", "USD 153.2 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestAFeeAndMessagesThatAreCalledFreeAreNamed(t *testing.T) {
	b := byBook(t, september, rules.Sender{})
	b.Rows = append(b.Rows,
		audit.Row{Number: 90, Rows: 1, On: 20260930, Currency: "USD", Amount: rules.Some(dec("49"))},
		audit.Row{Number: 91, Rows: 1, On: 20260930, Currency: "USD", Amount: rules.Some(dec("46.33")), Traffic: []audit.Traffic{{Message: rules.Message{Type: rules.WhatsAppUtility}, Country: "VN", Count: 4100, Told: audit.ToldWindow}}})
	r := audited(t, b)
	if got, want := causes(t, r), "a fee of the provider, or a charge for messages that did not arrive or came from people; messages that the bill itself calls free are charged"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	if s := r.Sums[0]; s.Cause != -1 || !s.Unknown.IsZero() || !s.Difference.Equal(dec("95.33")) || s.Right != int64(len(september)) {
		t.Errorf("%+v", s)
	}
}

func TestABillThatSaysNoCurrencyIsNotCalledDear(t *testing.T) {
	b := byBook(t, september, rules.Sender{})
	for i := range b.Rows {
		amount, _ := b.Rows[i].Amount.Get()
		b.Rows[i].Amount, b.Rows[i].Currency = rules.Some(amount.Mul(dec("26000"))), ""
	}
	if got := named(t, audited(t, b)); got != "the amounts are far from USD: say which currency they are in, in the name of their column or in a column of its own" {
		t.Error(got)
	}
	for i := range b.Rows {
		b.Rows[i].Currency = "USD"
	}
	if got := named(t, audited(t, b)); got != "" {
		t.Errorf("a bill that says its currency: %q", got)
	}
}

func TestEveryCauseHasWordsOfItsOwn(t *testing.T) {
	said := map[string]audit.Code{}
	for _, code := range audit.Codes() {
		c := audit.Cause{Code: code, Percent: dec("5"), Amount: dec("0.5"), Until: 20260701, Market: "Other", Tier: 101}
		words := c.Words("USD")
		if other, twice := said[words]; twice || words == "" || words == string(code) {
			t.Errorf("%s and %q say %q", code, other, words)
		}
		said[words] = code
	}
}
