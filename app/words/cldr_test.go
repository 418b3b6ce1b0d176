package words

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/feature/plural"
	tags "golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"postage/rules"
)

// How numbers, amounts, days and plurals are written is held against CLDR, the
// tables that every browser and phone has: against what Chromium wrote for some
// hundred values each, amounts and days included, and against x/text for any
// number.

func TestEverythingIsWrittenAsTheBrowserWritesIt(t *testing.T) {
	file, err := os.ReadFile("testdata/intl.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for line := range strings.Lines(string(file)) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(row) != 4 || row[3] == "" {
			t.Fatalf("%q is not a language, what it is, a value and its text", line)
		}
		l := Of(row[0])
		kind, currency, _ := strings.Cut(row[1], " ")
		seen[l.Code+" "+kind]++
		got, want := "", row[3]
		switch kind {
		case "number":
			got = l.Decimal(decimal.RequireFromString(row[2]), 0)
		case "money":
			got = l.Money(decimal.RequireFromString(row[2]), currency)
		case "percent":
			got = l.Percent(decimal.RequireFromString(row[2]))
		case "plural":
			got = PluralForm(l.Code, decimal.RequireFromString(row[2]).IntPart())
		case "date":
			on, err := rules.ParseDate(row[2])
			if err != nil {
				t.Fatal(err)
			}
			// Ours must not break between the day and its month.
			got, want = withPlainSpaces(l.Date(on)), withPlainSpaces(want)
		}
		if got != want {
			t.Errorf("%s: we write %q, the browser %q", strings.Join(row[:3], " "), got, want)
		}
	}
	for _, code := range Codes {
		for _, kind := range []string{"number", "money", "percent", "date", "plural"} {
			if seen[code+" "+kind] < 10 {
				t.Errorf("%s: %d values of %s are too few", code, seen[code+" "+kind], kind)
			}
		}
	}
}

func TestAnyNumberIsWrittenAsCLDRHasIt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, code := range Codes {
		l, printer := Of(code), message.NewPrinter(tags.MustParse(code))
		for range 2000 {
			n := random.Int64() >> random.IntN(64)
			if got, want := l.Number(n), printer.Sprint(number.Decimal(n)); got != want {
				t.Fatalf("%s writes %q, CLDR %q", code, got, want)
			}
			places := 1 + random.IntN(6)
			d := decimal.New(random.Int64N(1e12), -int32(places))
			float, _ := d.Float64()
			want := printer.Sprint(number.Decimal(float, number.Scale(places)))
			if got := l.Decimal(d, places); got != want {
				t.Fatalf("%s writes %q, CLDR %q", code, got, want)
			}
			if read, ok := ParseDecimal(want, code); !ok || !read.Equal(d) {
				t.Fatalf("%s: %q is read as %s, %v", code, want, read, ok)
			}
		}
	}
}

func TestAnyPluralIsWhatCLDRHas(t *testing.T) {
	forms := map[plural.Form]string{plural.One: "one", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	random := rand.New(rand.NewPCG(3, 4))
	for _, code := range Codes {
		tag := tags.MustParse(code)
		check := func(n int64) {
			t.Helper()
			want := forms[plural.Cardinal.MatchPlural(tag, int(n%10_000_000), 0, 0, 0, 0)]
			if got := PluralForm(code, n); got != want {
				t.Fatalf("%s: %d takes %q, CLDR has %q", code, n, got, want)
			}
		}
		for n := range int64(5000) {
			check(n)
		}
		for range 5000 {
			check(random.Int64N(rules.MaxCount))
		}
	}
}

// withPlainSpaces writes a text with spaces of one kind.
func withPlainSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}
