package report

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/words"
	"postage/rules"
)

// FuzzTable: the table is one of twelve columns whatever things are called, its
// numbers are numbers, and no spreadsheet finds a formula in it.
func FuzzTable(f *testing.F) {
	for _, name := range formtest.HostileNames {
		f.Add(name, name)
		f.Add("", name)
	}
	var base map[string]any
	if err := json.Unmarshal([]byte(formtest.Jakarta), &base); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, group string) {
		if r := []rune(group); len(r) > rules.MaxName { // as long as a name can be
			group = string(r[:rules.MaxName])
		}
		base["audience"].([]any)[0].(map[string]any)["name"] = group
		scenario, err := json.Marshal(base)
		if err != nil {
			t.Fatal(err)
		}
		s := reportOf(t, "en", string(scenario))
		s.Name = name
		table := s.Table()
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil {
			t.Fatalf("%v in\n%s", err, table)
		}
		var numbers, named []string
		for _, row := range rows {
			if row[0] == s.Words().Text("sheet.title") {
				named = append(named, row[1])
			}
			if row[0] == s.Words().Text("breakdown.title") {
				numbers = append(numbers, row[3:9]...)
			}
			for _, c := range row {
				if isFormula(c) {
					t.Errorf("a spreadsheet takes %q for a formula", c)
				}
			}
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(table, "\r\n"), "\r\n") {
			if strings.ContainsAny(line, "\r\n") {
				t.Errorf("a row is more than a line: %q", line)
			}
			for c := range strings.SplitSeq(line, ";") { // as where lists are separated by semicolons
				if isFormula(c) {
					t.Errorf("a spreadsheet cuts a formula out: %q", c)
				}
			}
		}
		var want []string
		for i := range s.Quote.Lines {
			l := &s.Quote.Lines[i]
			want = append(want, words.Itoa(int(l.Quantity)), l.UnitPrice.String(), l.Net.String(), l.TaxPercent.String(), l.Tax.String(), l.Gross.String())
		}
		if !slices.Equal(numbers, want) {
			t.Errorf("the numbers are read as %q, not %q", numbers, want)
		}
		if name != "" && (len(named) != 1 || sameSigns(named[0]) != sameSigns(name)) {
			t.Errorf("the name %q is read as %q", name, named)
		}
		if len(table) > 20_000+2*len(name) {
			t.Errorf("the table of a group with a name of %d bytes has %d", len(group), len(table))
		}
	})
}

// reportWith is the report of a form.
func reportWith(lang string, f *form.Form) *Report {
	r := &Report{Lang: lang}
	r.Form = f
	return r
}

// reportOf is the report of a scenario that has an answer.
func reportOf(t *testing.T, lang, scenario string) *Report {
	t.Helper()
	f, err := formtest.FormOfText([]byte(scenario), formtest.TestDay, lang)
	if err != nil {
		t.Fatal(err)
	}
	r := reportWith(lang, f)
	if r.Compute(); !r.Current() {
		t.Fatalf("%s: %v %v", scenario, r.Mistakes, r.Refused)
	}
	return r
}

// isFormula reports whether a spreadsheet could work a cell out.
func isFormula(c string) bool {
	if isPlainNumber(c) {
		return false
	}
	c = strings.TrimLeft(c, " \u00a0\"")
	return c != "" && strings.ContainsAny(c[:1], "=+-@\t\r\n") || strings.ContainsAny(firstSign(c), "＝＋－＠")
}

func firstSign(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// sameSigns is a text without what a cell may change about it.
func sameSigns(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune("'\u0085\u2028\u2029", r) {
			return -1
		}
		return r
	}, s)
}

func TestTheTableIsReadAsItWasWritten(t *testing.T) {
	for _, lang := range words.Codes {
		s := reportOf(t, lang, formtest.Jakarta)
		s.Name = "@SUM(A1)\r\nx"
		table := s.Table()
		if strings.Count(table, "\n") != strings.Count(table, "\r\n") {
			t.Error("a line does not end with CR LF")
		}
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, row := range rows {
			for i, c := range row {
				if c != "" && strings.ContainsRune("=+-@\t\r\n", rune(c[0])) {
					t.Errorf("a spreadsheet takes %q for a formula", c)
				}
				found[c] = true
				if i >= 3 && i <= 8 && c != "" && strings.Trim(c, "0123456789.") != "" && row[0] != rows[0][0] {
					t.Errorf("%q in column %s is no plain number", c, rows[0][i])
				}
			}
		}
		for _, want := range []string{"'@SUM(A1)  x", "50000", "0.0411", "2055", "205.5", "2260.5", "58773282.5625", "USD", "VND"} {
			if !found[want] {
				t.Errorf("%s: no cell holds %q in\n%s", lang, want, table)
			}
		}
		if !strings.Contains(table, `=Jakarta, ""all""`) {
			t.Errorf("the group is not named in\n%s", table)
		}
	}
	for in, want := range map[string]string{"=1+1": "'=1+1", "+84": "'+84", "-2": "-2", "-2-2": "'-2-2", "@x": "'@x", "\tx": " x", "\r=x": " '=x", " =x": " '=x", `"=x`: `"""'=x"`,
		"a;=x": `"a;'=x"`, `a;"-x`: `"a;""'-x"`, "＝x": "'＝x", "-0.5": "-0.5", "-.5": "'-.5", "-5e3": "'-5e3",
		"a,b": `"a,b"`, `"`: `""""`, "": "", "1-2": "1-2", "a\nb": "a b", "a\r\n=b": "a  =b"} {
		if got := Cell(in); got != want {
			t.Errorf("%q becomes %q, not %q", in, got, want)
		}
	}
}

func TestTheTextSaysWhatTheScreenSays(t *testing.T) {
	s := reportOf(t, "en", formtest.Jakarta)
	s.Name = "Hoa Mai"
	got := s.PlainText()
	for _, want := range []string{
		"Hoa Mai\nPostage · WhatsApp · Marketing\n", "Can be sent in part. Total: ₫58,773,283.", "50,000 can be sent · 1 cannot",
		"- Marketing · ", "50,000 × $0.0411", ": $2,055.00", "$205.50", "=Jakarta", "Passed: ", "Not passed: ", "Mark-up", "Worked out on 21 Nov 2026, for sending on 21 Nov 2026.", TariffText(words.Of("en")), "#s=",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\u00a0") {
		t.Error("there are spaces that do not break")
	}
}

func TestTheValidityEndsTheDayBeforeTheNextChange(t *testing.T) {
	scenario := `{"on":"2023-06-01","message":{"type":"zalo.uid.transaction"},"audience":[{"recipients":10,"uid":true,"hoursSinceInteraction":1}],"sender":{"tool":"openapi","apiVersion":"v3"}}`
	if got := lastSameDay([]byte(scenario)).String(); got != "2023-06-20" {
		t.Errorf("a free transaction holds until %s", got)
	}
	s := reportOf(t, "en", scenario)
	if got := s.ValidText(); !strings.Contains(got, "until 20 Jun 2023") {
		t.Errorf("it says %q", got)
	}
	if got := lastSameDay([]byte(strings.Replace(scenario, "2023-06-01", "2026-11-21", 1))); got != 0 {
		t.Errorf("a type that has ended changes on %s", got)
	}
}

func TestANameIsOneShortLine(t *testing.T) {
	for in, want := range map[string]string{" a \n b\t": "a b", "": "", strings.Repeat("ă", 100): strings.Repeat("ă", words.MaxName)} {
		if got := words.ShortName(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
	s := reportOf(t, "vi", formtest.Jakarta)
	s.Name = `../a:b*"c"`
	if got := s.FileTitle(); got != "Postage - .. a b  c - 2026-11-21" {
		t.Errorf("the file is called %q", got)
	}
}

// lastSameDay is the last day on which a scenario in JSON has the same answer.
func lastSameDay(scenario []byte) rules.Date {
	s, err := rules.Decode(scenario)
	if err != nil {
		return 0
	}
	_, last := rules.Span()
	return rules.SameUntil(s, last)
}
