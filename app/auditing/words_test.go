package auditing

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/app/billing/checking"
	"postage/app/bills"
	"postage/app/files"
	"postage/app/filing"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
	"postage/rules/audit"
)

// whole reports that a text has nothing left of a key or a {name}, and tells of it else.
func whole(t *testing.T, lang, what, said string) {
	t.Helper()
	if left := wordstest.LeftOver(said, wordstest.KeySections()); left != "" || strings.TrimSpace(said) == "" {
		t.Errorf("%s: %s is told as %q", lang, what, said)
	}
}

// TestAReadingIsNamedByWhatItIs: what may be read otherwise in a bill of Zalo is called so,
// not another reading.
func TestAReadingIsNamedByWhatItIs(t *testing.T) {
	for _, lang := range words.Codes {
		w := workOf(lang, "2026-12-01")
		for _, id := range []string{"zalo.zbs.price-list", "zalo.zns.vat"} {
			for _, value := range rules.Readings()[id] {
				c := billing.Cause{Code: audit.OtherReading, Types: []string{"zalo.zns"}, Reading: id, Value: value}
				if said := w.causeText(&c, "VND"); said == w.Words().Text("audit.cause.other-reading") || w.causeAbout(&c, "VND") == filing.Capital(w.Words().Text("audit.cause.other-reading.about", w.causePairs(&c, "VND")...)) {
					t.Errorf("%s: %s read as %s is called %q", lang, id, value, said)
				}
			}
		}
	}
}

// TestEveryCauseHasWords: each code of the engine is told in each language, on the card, in
// its row and in the letter, also where something is taken off or a provider is known to
// add it.
func TestEveryCauseHasWords(t *testing.T) {
	number := func(s string) decimal.Decimal { return decimal.RequireFromString(s) }
	day, _ := rules.ParseDate("2026-07-01")
	for _, lang := range words.Codes {
		w := workOf(lang, "2026-12-01")
		l := w.Words()
		for _, code := range audit.Codes() {
			for _, part := range []string{"", ".about"} {
				if key := "audit.cause." + string(code) + part; !l.Has(key) {
					t.Errorf("%s has no text %s", lang, key)
				}
			}
			for _, less := range []bool{false, true} {
				c := billing.Cause{Code: code, Rows: 2, Messages: 2100, Types: []string{"whatsapp.marketing", "zalo.zns"}, Markets: 2, Until: day, Market: "Rest of Asia Pacific", Tier: 100_001}
				switch {
				case code == audit.MarkupAmount || code == audit.MarkupCharged:
					c.Each = number("0.005")
				default:
					c.Percent = number("8")
				}
				if less {
					c.Percent, c.Each = c.Percent.Neg(), c.Each.Neg()
				}
				known := []string{"", "Somebody"}
				const allowed = "agreed"
				if !less && strings.HasPrefix(string(code), "markup-") {
					known = append(known, allowed)
				}
				for _, c.Provider = range known {
					c.Agreed = decimal.Zero
					if c.Provider == allowed {
						c.Provider, c.Agreed = "", number("0.0025")
					}
					for _, c.Markets = range []int64{0, 1, 3} {
						c.Country = "VN"
						whole(t, lang, string(code), w.causeText(&c, "USD"))
						whole(t, lang, string(code), w.causeAbout(&c, "USD"))
						line := billing.Line{Traffic: billing.Traffic{Types: c.Types[:1], Countries: []string{"VN"}, Messages: 5}, Currency: "USD", State: audit.Priced, Compared: true, Difference: number("1"), Billed: &c.Percent, High: number("2")}
						row := w.rowText(&line, &billing.Sum{Causes: []billing.Cause{c}})
						whole(t, lang, string(code), row)
						if may := l.Decimal(c.Agreed, 0); c.Agreed.IsPositive() && (!strings.Contains(row, may) || !strings.Contains(w.causeText(&c, "USD"), may)) {
							t.Errorf("%s: what may be added is not in %q, %q", lang, row, w.causeText(&c, "USD"))
						}
					}
				}
			}
		}
	}
}

// codesOf are the codes of a file of errors.
func codesOf(t *testing.T, name string) (codes []string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if code, _, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(line, "#") {
			codes = append(codes, code)
		}
	}
	return codes
}

// TestEveryFaultOfABillHasWords: whatever can be wrong is said in each language, and that
// of a bill as of a bill.
func TestEveryFaultOfABillHasWords(t *testing.T) {
	ofBills, ofTables := codesOf(t, "../bills/errors.txt"), codesOf(t, "../table/cells/errors.txt")
	if len(ofBills) < 20 || len(ofTables) < 40 {
		t.Fatalf("only %d and %d codes", len(ofBills), len(ofTables))
	}
	for _, lang := range words.Codes {
		w := workOf(lang, "2026-12-01")
		for _, code := range ofBills {
			if !w.Words().Has("audit.wrong." + code) {
				t.Errorf("%s has no text for %s", lang, code)
			}
		}
		for _, code := range append(ofBills, ofTables...) {
			whole(t, lang, code, w.WrongText(&files.Wrong{Code: code, Row: 3, Column: "A", Found: "x", Most: 5}))
		}
		for _, wrong := range []files.Wrong{{Code: files.Internal}, {Code: "never heard of"}, {Code: files.WrongChoice, Path: "pricing.markupPercent"}, {Code: files.WrongChoice, Path: "sender"}} {
			whole(t, lang, wrong.Code, w.WrongText(&wrong))
		}
		// What of a list is said of contacts is said of bills here.
		for _, code := range []string{"empty", "no-rows", "other-kind", "binary", "zip-bomb", "which-sheet", "no-header"} {
			if !w.Words().Has("audit.wrong." + code) {
				t.Errorf("%s says of a bill what it says of a list: %s", lang, code)
			}
		}
	}
	w := workOf("vi", "2026-12-01")
	if got := w.WrongText(&files.Wrong{Code: "bad-count", Column: "Số tin", Found: "nhiều"}); got != "Số tin: “nhiều” không phải số tin. Hãy ghi số nguyên, như 12.400." {
		t.Errorf("%q", got)
	}
}

// TestEveryReasonHasWords: states of prices, reasons of changes, questions, formats.
func TestEveryReasonHasWords(t *testing.T) {
	reasons := map[audit.State]string{
		audit.NotAllowed: "whatsapp.marketing: country window", audit.NotInBook: "zalo.zns", audit.NeedsRate: "USD VND", audit.Refused: "message.template.kind", audit.OnlyFee: "",
	}
	for _, lang := range words.Codes {
		w := workOf(lang, "2026-12-01")
		for state, reason := range reasons {
			whole(t, lang, string(state), w.stateText(state, reason))
		}
		for _, why := range billing.Whys() {
			c := billing.Change{Why: why, ThenSum: billing.ThenSum{Currency: "USD"}, From: decimal.New(1, -2), To: decimal.New(2, -2), Free: 1000}
			whole(t, lang, string(why), w.whyText(&c))
		}
		for _, fact := range w.Facts() {
			whole(t, lang, fact, w.FactName(fact))
		}
		w.found = &billing.Found{Channels: []string{"zns"}}
		for _, format := range []string{"pricing-analytics", "table", "wide", "zalo", "log"} {
			whole(t, lang, format, w.Words().Text("audit.format."+format, "channels", w.channels()))
		}
		for _, is := range []state{right, more, less, mixed, unbilled, unpriced} {
			for _, key := range []string{"audit.stamp.", "audit.mark.", "audit.pill."} {
				if !w.Words().Has(key + string(is)) {
					t.Errorf("%s has no %s%s", lang, key, is)
				}
			}
		}
		for _, told := range []audit.Told{audit.ToldCharged, audit.ToldWindow, audit.ToldEntryPoint} {
			whole(t, lang, string(told), w.kind(&billing.Traffic{Types: []string{"whatsapp.utility"}, Told: told}))
		}
		for _, tax := range []audit.Tax{audit.TaxIncluded, audit.TaxExcluded} {
			whole(t, lang, string(tax), w.Words().Text("audit.tax."+string(tax)))
		}
	}
}

// sample is the bill that is made up, as the page has it.
func sample(t *testing.T, lang string) *work { return sampleWith(t, lang, billing.Choices{}) }

// sampleWith is likewise with what is said of it.
func sampleWith(t *testing.T, lang string, c billing.Choices) *work {
	t.Helper()
	w := workOf(lang, "2026-12-01")
	w.Sample = true
	d := checking.Desk{Tell: func(r billing.Report) { w.found = r.Found }}
	d.Handle(billing.Request{Request: files.Request{Do: files.Sample, Lang: lang}})
	d.Handle(billing.Request{Request: files.Request{Do: files.Answer}, Choices: c})
	if w.found == nil {
		t.Fatal("the sample has no answer")
	}
	return w
}

// TestTheLetterNamesWhatDiffers: every cause with its sum, the rows that differ most, and
// nothing that is right.
func TestTheLetterNamesWhatDiffers(t *testing.T) {
	for _, lang := range words.Codes {
		w := sample(t, lang)
		letter, l, s := w.letterText(), w.Words(), &w.found.Totals[0]
		for line := range strings.Lines(letter + "\n" + w.summaryText()) {
			if left := wordstest.LeftOver(line, wordstest.KeySections()); left != "" {
				t.Errorf("%s: %q in %q", lang, left, line)
			}
		}
		for i := range s.Causes {
			c := &s.Causes[i]
			if want := w.causeText(c, s.Currency) + ": " + w.signedMoney(c.Amount, s.Currency); !strings.Contains(letter, want) {
				t.Errorf("%s: no %q in %s", lang, want, letter)
			}
		}
		if !strings.Contains(letter, l.Money(s.Billed, s.Currency)) || !strings.Contains(letter, l.Money(s.Low, s.Currency)) {
			t.Errorf("%s: the sums are not in %s", lang, letter)
		}
		for i := range w.found.Lines {
			line := &w.found.Lines[i]
			row := l.Text("audit.letter.row", "row", l.Number(int64(line.Row)))
			row, _, _ = strings.Cut(row, ":")
			if named := strings.Contains(letter, row+":"); named != !line.Difference.IsZero() {
				t.Errorf("%s: row %d differs by %s and is named: %v\n%s", lang, line.Row, line.Difference, named, letter)
			}
		}
		// Of a fee it tells no messages and no place.
		billed := decimal.NewFromInt(25)
		w.found.Lines = []billing.Line{{Row: 7, Currency: s.Currency, Compared: true, Difference: billed, Billed: &billed}}
		if letter := w.letterText(); strings.Contains(letter, ", ,") || strings.Contains(letter, ": ,") || strings.Contains(letter, " 0 ") {
			t.Errorf("%s: %s", lang, letter)
		}
	}
}

// TestALetterSaysWhatItsSumLacks: how many rows could not be read or have no price; and so
// does the text of what came of the bill.
func TestALetterSaysWhatItsSumLacks(t *testing.T) {
	for lang, want := range map[string]string{"vi": "Còn 5 dòng trong bảng chưa tính vào số này.", "en": "5 rows of the file are not in this sum.", "ru": "5 строк файла в эту сумму не вошло."} {
		w := sample(t, lang)
		before := w.letterText() + w.summaryText()
		w.found.Unreadable = 2
		w.found.Open = []billing.Refusal{{State: audit.NotInBook, Reason: "zalo.zns", Rows: 3}}
		for what, said := range map[string]string{"letter": w.letterText(), "summary": w.summaryText()} {
			for line := range strings.Lines(said) {
				if left := wordstest.LeftOver(line, wordstest.KeySections()); left != "" {
					t.Errorf("%s: %q in %q", lang, left, line)
				}
			}
			if said = wordstest.WithPlainSpaces(said); strings.Count(said, want) != 1 || strings.Contains(before, want) {
				t.Errorf("%s: not once %q in the %s %s", lang, want, what, said)
			}
		}
	}
}

// TestAFlatPriceIsSaidFirst, on the card of the causes, in the letter and in the text; the rows
// that nothing else explains are of that price, and not unclear.
func TestAFlatPriceIsSaidFirst(t *testing.T) {
	for lang, want := range map[string]string{
		"vi": "Ở đây tin nào cũng tính 0,10 US$, bất kể gửi đi nước nào và loại tin gì: một giá cho mọi tin.",
		"en": "Every message costs $0.10 here, whatever the country and type: a flat price.",
		"ru": "Каждое сообщение здесь стоит 0,10 $, независимо от страны и вида: это единая цена.",
	} {
		w := sample(t, lang)
		s, unclear := &w.found.Totals[0], w.Words().Text("audit.cause.unknown")
		s.Unknown, s.UnknownRows = decimal.NewFromInt(7), 2
		row := func() string {
			return w.rowText(&billing.Line{State: audit.Priced, Compared: true, Difference: s.Unknown, Billed: &s.Unknown, Cause: -1}, s)
		}
		said := func() map[string]string {
			return map[string]string{
				"letter": w.letterText(), "summary": w.summaryText(), "card": goapp.HTMLString(causes{w}.draw()), "row": want + row(), "file": want + w.lineWords().Unknown,
			}
		}
		for where, text := range said() {
			if !strings.Contains(text, unclear) || where != "row" && where != "file" && strings.Contains(wordstest.WithPlainSpaces(text), want) {
				t.Errorf("%s, no flat price: the %s is %s", lang, where, text)
			}
		}
		s.Flat = decimal.RequireFromString("0.1")
		for where, text := range said() {
			text = wordstest.WithPlainSpaces(text)
			at, first := strings.Index(text, want), strings.Index(text, wordstest.WithPlainSpaces(w.causeText(&s.Causes[0], s.Currency)))
			if at < 0 || first >= 0 && first < at || strings.Contains(text, unclear) || !strings.Contains(text, w.Words().Text("audit.flat.rows")) {
				t.Errorf("%s: the %s is %s", lang, where, text)
			}
		}
	}
}

// TestThePriceListIsNotThePriceWithWhatIsAgreed: both are named, and what is agreed.
func TestThePriceListIsNotThePriceWithWhatIsAgreed(t *testing.T) {
	percent, each := decimal.NewFromInt(8), decimal.RequireFromString("0.002")
	for _, lang := range words.Codes {
		for _, c := range []billing.Choices{{Percent: &percent}, {Each: &each}, {Percent: &percent, Each: &each}} {
			w := sampleWith(t, lang, c)
			l, s := w.Words(), &w.found.Totals[0]
			if !s.Most.GreaterThan(s.High) {
				t.Fatalf("%+v", s)
			}
			for _, said := range []string{w.beside(s), w.letterText(), w.summaryText()} {
				for _, want := range []string{w.added(), l.Money(s.High, "USD"), w.money(s.Most, "USD"), w.money(s.Billed, "USD")} {
					if !strings.Contains(said, want) {
						t.Errorf("%s: no %q in %q", lang, want, said)
					}
				}
				for line := range strings.Lines(said) {
					if left := wordstest.LeftOver(line, wordstest.KeySections()); left != "" {
						t.Errorf("%s: %q in %q", lang, left, line)
					}
				}
			}
			if c.Percent != nil && !strings.Contains(w.added(), l.Percent(percent)) || c.Each != nil && !strings.Contains(w.added(), l.Money(each, "USD")) {
				t.Errorf("%s: %q is agreed", lang, w.added())
			}
		}
	}
}

// TestACauseSaysWhetherWhatIsAgreedIsAdded, in the list of causes, in its rows, in the letter,
// in the text and in the file; where nothing is agreed nothing is said of it.
func TestACauseSaysWhetherWhatIsAgreedIsAdded(t *testing.T) {
	percent := decimal.NewFromInt(8)
	for _, lang := range words.Codes {
		for _, agreed := range []billing.Choices{{}, {Percent: &percent}} {
			w := sampleWith(t, lang, agreed)
			s := &w.found.Totals[0]
			at := slices.IndexFunc(s.Causes, func(c billing.Cause) bool { return c.Code == audit.OldCard })
			row := slices.IndexFunc(w.found.Lines, func(l billing.Line) bool { return at >= 0 && l.Cause == at })
			if row < 0 {
				t.Fatalf("no row has an old price: %+v", s.Causes)
			}
			c, line := &s.Causes[at], &w.found.Lines[row]
			if agreed == (billing.Choices{}) {
				if c.Added != audit.AddedUnsaid || strings.Contains(w.causeText(c, "USD")+w.rowText(line, s), ",") {
					t.Errorf("%s: nothing is agreed, and %q is said", lang, w.causeText(c, "USD"))
				}
				continue
			}
			if c.Added == audit.AddedUnsaid || line.Added == audit.AddedUnsaid {
				t.Fatalf("%q and %q is added", c.Added, line.Added)
			}
			said := map[string]bool{}
			for _, c.Added = range []audit.Added{audit.AddedAll, audit.AddedNone, audit.AddedSome} {
				text := w.causeText(c, "USD")
				whole(t, lang, string(c.Added), text)
				if said[text] = true; !strings.Contains(text, w.added()) {
					t.Errorf("%s: no %q in %q", lang, w.added(), text)
				}
				line.Added = c.Added
				most := w.Words().Text("audit.most", "most", w.amount(line.Most, "USD"))
				if got, want := strings.Contains(w.held(line, "USD"), most), c.Added != audit.AddedNone; got != want {
					t.Errorf("%s: with %q the letter holds the row against %q", lang, c.Added, w.held(line, "USD"))
				}
				if row := w.rowText(line, s); !strings.HasSuffix(row, strings.TrimPrefix(text, w.Words().Text("audit.cause.old-card"))) {
					t.Errorf("%s: the row says %q, its cause %q", lang, row, text)
				}
				for where, all := range map[string]string{"letter": w.letterText(), "text": w.summaryText(), "file": strings.Join(w.lineWords().Causes["USD"], "\n")} {
					if !strings.Contains(all, text) {
						t.Errorf("%s: no %q in the %s %s", lang, text, where, all)
					}
				}
			}
			if len(said) != 3 {
				t.Errorf("%s: %v", lang, said)
			}
		}
	}
}

// TestTheFileSpeaksTheLanguageOfThePage: all columns of the command, each with a name of its
// own, and the causes as the page tells them.
func TestTheFileSpeaksTheLanguageOfThePage(t *testing.T) {
	var columns []string
	for _, name := range bills.LineNames() {
		columns = append(columns, strings.ReplaceAll(name, "_", "-"))
	}
	if !slices.Equal(columns, lineNames) {
		t.Fatalf("the columns are %q, named are %q", columns, lineNames)
	}
	for _, lang := range words.Codes {
		w := sample(t, lang)
		said := w.lineWords()
		for i, name := range said.Header {
			whole(t, lang, lineNames[i], name)
			if slices.Index(said.Header, name) != i {
				t.Errorf("%s: two columns are called %q", lang, name)
			}
			if named := strings.Contains(name, w.Words().Date(20261120)); named {
				t.Errorf("%s: %q names a day that nobody asked for", lang, name)
			}
		}
		w.found.Then = &billing.Then{Day: 20261120}
		for i, name := range w.lineWords().Header {
			if named := strings.Contains(name, w.Words().Date(20261120)); named != strings.HasPrefix(lineNames[i], "as-of") {
				t.Errorf("%s: %s is called %q beside the prices of another day", lang, lineNames[i], name)
			}
		}
		s := &w.found.Totals[0]
		if texts := said.Causes[s.Currency]; len(texts) != len(s.Causes) || texts[0] != w.causeText(&s.Causes[0], s.Currency) {
			t.Errorf("%s: %q", lang, texts)
		}
		whole(t, lang, "then", said.Then)
		whole(t, lang, "unreadable", said.Unreadable)
	}
}

// TestEveryTextOfTheBillIsUsed: a text that nothing shows is left over.
func TestEveryTextOfTheBillIsUsed(t *testing.T) {
	source, err := wordstest.Source(".", "../filing")
	if err != nil {
		t.Fatal(err)
	}
	named := []string{"audit.title", "audit.description"}
	for _, q := range regexp.MustCompile(`"(?:audit|list)\.([a-zA-Z.-]+)"`).FindAllStringSubmatch(source, -1) {
		named = append(named, "audit."+q[1])
	}
	for _, key := range wordstest.Unused(slices.Collect(maps.Keys(words.Of("vi").Texts)), named) {
		if strings.HasPrefix(key, "audit.") {
			t.Errorf("%s is left over", key)
		}
	}
}

// TestAnAmountIsWrittenForReading: as people pay it, and small ones not as nothing.
func TestAnAmountIsWrittenForReading(t *testing.T) {
	w := workOf("vi", "2026-12-01")
	for _, c := range []struct{ amount, currency, plain, signed string }{
		{"1234.5", "USD", "1.234,50", "+1.234,50"}, {"-0.0034", "USD", "-0,0034", "−0,0034"}, {"330.4", "VND", "330", "+330"}, {"0", "USD", "0", "0"}, {"129", "USD", "129,00", "+129,00"},
	} {
		d := decimal.RequireFromString(c.amount)
		if plain, signed := w.amount(d, c.currency), w.signed(d, c.currency); plain != c.plain || signed != c.signed {
			t.Errorf("%s %s: %q, %q", c.amount, c.currency, plain, signed)
		}
	}
	if got := wordstest.WithPlainSpaces(w.between(decimal.New(0, 0), decimal.New(4633, -2), "USD")); got != "0 đến 46,33 US$" {
		t.Errorf("%q", got)
	}
	for currency, want := range map[string]string{"USD": "US$", "VND": "₫", "EUR": "€", "CHF": "CHF"} {
		if got := w.sign(currency); got != want {
			t.Errorf("%s is called %q", currency, got)
		}
	}
}

// TestAColumnCanBeWhateverTheReaderUses, and nothing else.
func TestAColumnCanBeWhateverTheReaderUses(t *testing.T) {
	offered, used := workOf("vi", "2026-12-01").Facts(), bills.Uses()
	slices.Sort(offered)
	slices.Sort(used)
	if !slices.Equal(offered, used) {
		t.Errorf("%q is offered, %q can be used", offered, used)
	}
}

// TestATotalSaysWhatItLacks: rows that could not be read, and prices that are not announced.
func TestATotalSaysWhatItLacks(t *testing.T) {
	for _, lang := range words.Codes {
		w := sample(t, lang)
		l := w.Words()
		unread, open := l.Count("audit.unread", 2), l.Text("notice."+rules.NotAnnounced)
		shown := func() string {
			return goapp.HTMLString(goapp.Div().Body(reply{w}.draw(), then{w}.short()))
		}
		says := func(text string) bool { return strings.Contains(shown(), goapp.HTMLString(goapp.Text(text))) }
		if says(unread) || says(open) {
			t.Errorf("%s: it lacks something that is there: %s", lang, shown())
		}
		w.found.Unreadable, w.found.Then.Unannounced = 2, true
		if !says(unread) || !says(open) {
			t.Errorf("%s: no %q or %q in %s", lang, unread, open, shown())
		}
	}
}

// TestATaxIsNoReproach: where a tax alone is what is more, the stamp, the bar, what is spoken
// and the letter name it and blame nobody; with anything else they say that more was billed.
func TestATaxIsNoReproach(t *testing.T) {
	d := decimal.RequireFromString
	for lang, said := range map[string][2]string{
		"vi": {"Khớp biểu giá, cộng thêm 10%, có lẽ là thuế", "chưa khớp"}, "en": {"As the price list says, plus 10%, probably a tax", "do not agree"}, "ru": {"По прайсу, плюс 10 %, похоже, налог", "не сходится"},
	} {
		want := said[0]
		w := workOf(lang, "2026-12-01")
		w.Columns, w.nations = &files.Columns{Rows: 1}, map[string]string{}
		billed := d("110")
		w.found = &billing.Found{Format: "table", Rows: 1, Messages: 9, From: 20260902, To: 20260905, Card: 20260701, Channels: []string{"whatsapp"}, All: 1}
		w.found.Lines = []billing.Line{{Traffic: billing.Traffic{Types: []string{"whatsapp.marketing"}, Countries: []string{"VN"}, Messages: 9}, Row: 2, Currency: "USD", Billed: &billed, State: audit.Priced, Low: d("100"), High: d("100"), Most: d("100"), Compared: true, Difference: d("10")}}
		tax := billing.Cause{Code: audit.TaxAdded, Rows: 1, Messages: 9, Amount: d("10"), Types: []string{"whatsapp.marketing"}, Country: "VN", Markets: 1, Percent: d("10")}
		sum := billing.Sum{Currency: "USD", Rows: 1, Billed: billed, Low: d("100"), High: d("100"), Most: d("100"), Difference: d("10"), Causes: []billing.Cause{tax}}
		l := w.Words()
		shows := func() string {
			return wordstest.WithPlainSpaces(goapp.HTMLString(reply{w}.draw()) + goapp.HTMLString(reply{w}.bar()) + w.summaryText())
		}
		blames := []string{l.Text("audit.stamp.more"), l.Text("audit.pill.more"), l.Text("audit.letter.ask"), said[1]}
		w.found.Totals = []billing.Sum{sum}
		shown, letter := shows(), w.letterText()
		if !strings.Contains(shown, want) || !strings.Contains(shown, "verdict-depends") || !strings.Contains(shown, wordstest.WithPlainSpaces(l.Text("audit.pill.taxed", "tax", l.Percent(tax.Percent)))) {
			t.Errorf("%s: no %q in %s", lang, want, shown)
		}
		for _, text := range blames {
			if strings.Contains(shown+letter, text) {
				t.Errorf("%s: %q is said of a tax: %s\n%s", lang, text, shown, letter)
			}
		}
		for _, text := range []string{w.causeText(&tax, "USD"), l.Text("audit.letter.ask.taxed")} {
			if !w.differs() || !strings.Contains(letter, text) {
				t.Errorf("%s: no %q in %s", lang, text, letter)
			}
		}
		whole(t, lang, "a tax", letter)
		whole(t, lang, "a tax", shown)

		markup, other := tax, tax
		markup.Code, other.Percent = audit.MarkupPercent, d("8")
		for what, change := range map[string]func(s *billing.Sum){
			"a mark-up": func(s *billing.Sum) { s.Causes = []billing.Cause{markup} }, "a tax and a mark-up": func(s *billing.Sum) { s.Causes = append(s.Causes, markup) },
			"two taxes": func(s *billing.Sum) { s.Causes = append(s.Causes, other) }, "a row that nothing explains": func(s *billing.Sum) { s.UnknownRows = 1 },
			"something agreed": func(s *billing.Sum) { s.Most = d("101") }, "a row that is right without it": func(s *billing.Sum) { s.Rows, s.Right = 3, 2; s.Free = 1 }, "nothing": func(s *billing.Sum) { s.Causes, s.UnknownRows = nil, 1 },
		} {
			one := sum
			one.Causes = slices.Clone(sum.Causes)
			change(&one)
			w.found.Totals = []billing.Sum{one}
			if shown := shows(); strings.Contains(shown, want) || !strings.Contains(shown, w.label(&one)) || stateOf(&one) != more || !strings.Contains(w.letterText(), l.Text("audit.letter.ask")) || !strings.Contains(w.letterText(), said[1]) {
				t.Errorf("%s: with %s it is told as a tax: %s", lang, what, shown)
			}
		}
		// A letter of two sums of which one has more than its tax asks for that.
		one := sum
		one.Causes = []billing.Cause{markup}
		w.found.Totals = []billing.Sum{sum, one}
		if letter := w.letterText(); strings.Contains(letter, l.Text("audit.letter.ask.taxed")) {
			t.Errorf("%s: %s", lang, letter)
		}
	}
}

// billOf is the answer to a bill of WhatsApp messages to Vietnam in September 2026, 1,000 in
// each row: of each the type, what is said of its charge, and so many hundredths of the price
// of the book.
func billOf(t *testing.T, lang string, list [][3]string) *work {
	t.Helper()
	text := "Date,Country,Category,Charge,Messages,Amount (USD)\n"
	for i, row := range list {
		q, err := rules.Evaluate(rules.Scenario{On: 20260901, Message: rules.Message{Type: rules.MessageType("whatsapp." + row[0])}, Audience: []rules.Segment{{Recipients: rules.Some[int64](1000), Country: "VN", Recency: rules.Never()}}})
		if err != nil {
			t.Fatal(err)
		}
		amount := decimal.Zero
		if len(q.Totals) > 0 {
			amount = q.Totals[0].Gross.Mul(decimal.RequireFromString(row[2])).Shift(-2)
		}
		text += "2026-09-0" + string(rune('1'+i)) + ",VN," + row[0] + "," + row[1] + ",1000," + amount.String() + "\n"
	}
	w := workOf(lang, "2026-12-01")
	w.Columns = &files.Columns{}
	d := checking.Desk{Tell: func(r billing.Report) {
		if w.found = r.Found; r.Wrong != nil {
			t.Fatalf("%+v\n%s", r.Wrong, text)
		}
	}}
	d.Open(strings.NewReader(text), int64(len(text)))
	d.Handle(billing.Request{Request: files.Request{Do: files.Look}})
	d.Handle(billing.Request{Request: files.Request{Do: files.Answer}})
	if w.found == nil || len(w.found.Totals) != 1 {
		t.Fatalf("%+v\n%s", w.found, text)
	}
	return w
}

// TestATaxIsOnTheWholeBill: ten per cent on some rows alone are more than the price list says,
// and the letter asks for them with the rows that differ; on all that cost something they are
// probably a tax, whatever was free.
func TestATaxIsOnTheWholeBill(t *testing.T) {
	marketing, dearer := [3]string{"marketing", "paid", "100"}, [3]string{"authentication", "paid", "110"}
	for _, lang := range words.Codes {
		w := billOf(t, lang, [][3]string{marketing, marketing, marketing, marketing, dearer, dearer})
		s, letter := &w.found.Totals[0], w.letterText()
		if stateOf(s) != more || s.Right != 4 || len(s.Causes) != 1 || s.Causes[0].Code != audit.TaxAdded {
			t.Errorf("%s: it is %s: %+v", lang, stateOf(s), s)
		}
		for _, want := range []string{w.Words().Text("audit.letter.ask"), w.Words().Text("audit.letter.rows", "currency", w.sign("USD"))} {
			if !strings.Contains(letter, want) {
				t.Errorf("%s: no %q in %s", lang, want, letter)
			}
		}
		all := [3]string{"marketing", "paid", "110"}
		if w = billOf(t, lang, [][3]string{all, all, dearer, {"service", "free", "0"}}); stateOf(&w.found.Totals[0]) != taxed || w.found.Totals[0].Free != 1 {
			t.Errorf("%s: it is %s: %+v", lang, stateOf(&w.found.Totals[0]), w.found.Totals[0])
		}
	}
}

// TestTheLetterSpeaksToItsReader: of what the provider may have done it says that they did, and
// it asks for nothing that can be done on the page alone.
func TestTheLetterSpeaksToItsReader(t *testing.T) {
	others := map[string]*regexp.Regexp{
		"vi": regexp.MustCompile(`nhà cung cấp|bạn|ở trên`), "en": regexp.MustCompile(`(?i)provider|your|above\.`), "ru": regexp.MustCompile(`(?i)провайдер|выше`),
	}
	value := decimal.NewFromInt(8)
	for _, lang := range words.Codes {
		w := workOf(lang, "2026-12-01")
		for _, code := range audit.Codes() {
			for _, c := range []billing.Cause{{Percent: value}, {Percent: value.Neg()}, {Percent: value, Agreed: value}, {Each: value.Neg()}} {
				c.Code, c.Types, c.Markets, c.Country, c.Messages, c.Rows, c.Until = code, []string{"whatsapp.marketing"}, 1, "VN", 9, 1, 20260701
				said := w.causeText(&c, "USD") + ". " + w.causeAsked(&c, "USD")
				whole(t, lang, string(code), said)
				if other := others[lang].FindString(said); other != "" {
					t.Errorf("%s: %q in the letter: %s", lang, other, said)
				}
				w.found = &billing.Found{Totals: []billing.Sum{{Currency: "USD", Rows: 1, Difference: value, Causes: []billing.Cause{c}}}}
				if letter := w.letterText(); !strings.Contains(letter, w.causeAsked(&c, "USD")) {
					t.Errorf("%s: no %q in %s", lang, w.causeAsked(&c, "USD"), letter)
				}
			}
		}
	}
}

// TestAMarkUpIsSaidToBeLikely: a bill does not say whether there is a provider.
func TestAMarkUpIsSaidToBeLikely(t *testing.T) {
	each := decimal.RequireFromString("0.005")
	for lang, likely := range map[string]string{"vi": "Có lẽ", "en": "Probably", "ru": "Похоже"} {
		w := workOf(lang, "2026-12-01")
		for _, code := range []audit.Code{audit.MarkupPercent, audit.MarkupAmount, audit.MarkupCharged} {
			for _, less := range []bool{false, true} {
				c := billing.Cause{Code: code, Each: each, Types: []string{"whatsapp.marketing"}}
				if less {
					c.Each = each.Neg()
				}
				if said := w.causeAbout(&c, "USD"); !strings.HasPrefix(said, likely) {
					t.Errorf("%s: %s is said to be %q", lang, code, said)
				}
			}
		}
	}
}

// TestATemplateOfTextAloneIsSaidToBeOne at the stamp and in the letter, where more was billed:
// a picture or a button may be why.
func TestATemplateOfTextAloneIsSaidToBeOne(t *testing.T) {
	for _, lang := range words.Codes {
		for _, plain := range []bool{true, false} {
			w := workOf(lang, "2026-12-01")
			sum := billing.Sum{Currency: "VND", Rows: 1, Low: decimal.NewFromInt(858_000), High: decimal.NewFromInt(858_000), Most: decimal.NewFromInt(858_000), Difference: decimal.NewFromInt(715_000)}
			w.found = &billing.Found{Plain: plain, Asks: []billing.Ask{billing.AskPrice}, Totals: []billing.Sum{sum}}
			stamp, letter := goapp.HTMLString(reply{w}.stamp(&w.found.Totals[0])), w.letterText()
			if said := goapp.HTMLString(goapp.Text(w.Words().Text("audit.plain"))); strings.Contains(stamp, said) != plain {
				t.Errorf("%s: plain %v, but the stamp is %s", lang, plain, stamp)
			}
			if strings.Contains(letter, w.Words().Text("audit.letter.plain")) != plain {
				t.Errorf("%s: plain %v, but the letter is %s", lang, plain, letter)
			}
		}
	}
}
