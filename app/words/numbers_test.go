package words_test

import (
	"slices"
	"strings"
	"testing"

	"postage/app/words"
	"postage/rules"
)

func TestNumbersAreReadLeniently(t *testing.T) {
	for typed, want := range map[string]int64{
		"2 nghìn": 2_000, "2 ngàn": 2_000, "3 nghin": 3_000, "1,5 triệu": 1_500_000, "1.5 trieu": 1_500_000, "1tr5": 1_500_000, "1tr250": 1_250_000, "2k5": 2_500, "2 tỷ": 2_000_000_000, "1 tỉ": 1_000_000_000,
		"12k": 12_000, "12 K": 12_000, "3 million": 3_000_000, "2 thousand": 2_000, "0.5m": 500_000, "1 billion": 1_000_000_000, "1,200k": 1_200_000,
		"2 тыс.": 2_000, "5 тысяч": 5_000, "1,5 млн": 1_500_000, "3 миллиона": 3_000_000, "1 млрд": 1_000_000_000, "7к": 7_000,
		"1.200": 1_200, "1 200": 1_200, "1,200": 1_200, "1\u202f200": 1_200, "500 ₫": 500, "$500": 500,
	} {
		if got, ok := words.ParseCount(typed); !ok || got != want {
			t.Errorf("%q is read as %d, %v, not %d", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"k5", "1,5k5", "1k k", "2 dozens", "1.23456k", "999999 tỷ", "1tr5tr", "k", "1..5k", "-2k"} {
		if got, ok := words.ParseCount(typed); ok {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
	for _, c := range []struct{ lang, typed, want string }{
		{"vi", "26k", "26000"}, {"vi", "1,5 triệu", "1500000"}, {"vi", "10%", "10"}, {"vi", "25.500 ₫", "25500"}, {"vi", "25.500đ", "25500"}, {"vi", "1tr5", "1500000"},
		{"en", "$0.05", "0.05"}, {"en", "2.5k", "2500"}, {"en", "7.5 %", "7.5"}, {"ru", "2,5 тыс.", "2500"}, {"ru", "0,05 $", "0.05"},
	} {
		if got, ok := words.ParseDecimal(c.typed, c.lang); !ok || got.String() != c.want {
			t.Errorf("%s: %q is read as %s, %v, not %s", c.lang, c.typed, got, ok, c.want)
		}
	}
}

func TestCountsAreReadAsPeopleWriteThem(t *testing.T) {
	for typed, want := range map[string]int64{
		"0": 0, "7": 7, "1200": 1200, "1.200": 1200, "1,200": 1200, "1 200": 1200, "1\u00a0200": 1200, "1'200": 1200,
		"12.500.000": 12_500_000, "12k": 12_000, "12 K": 12_000, "12 nghìn": 12_000, "1tr": 1_000_000, "1,5 tr": 1_500_000,
		"1.5tr": 1_500_000, "2 triệu": 2_000_000, "3 тыс.": 3_000, "0,5k": 500,
	} {
		if got, ok := words.ParseCount(typed); !ok || got != want {
			t.Errorf("%q is read as %d, %v, not %d", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", " ", "abc", "1.5", "1,20", "-5", "1..200", ".200", "12,34,567", "1e3", "99999999999999999999", "k", "0x10", "1.2345k", "18446744073709.551617m", "١٢"} {
		if got, ok := words.ParseCount(typed); ok {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
}

func TestDecimalsAreReadAsTheLanguageWritesThem(t *testing.T) {
	for _, c := range []struct{ lang, typed, want string }{
		{"vi", "10", "10"}, {"vi", "0,05", "0.05"}, {"vi", "0.05", "0.05"}, {"vi", "26.000", "26000"}, {"vi", "26.000,5", "26000.5"},
		{"vi", "1.125", "1125"}, {"vi", "1,125", "1.125"}, {"vi", "0.125", "0.125"}, {"vi", "1 234,56", "1234.56"}, {"vi", "1.085,25", "1085.25"},
		{"en", "26,000", "26000"}, {"en", "1.125", "1.125"}, {"en", "1,125", "1125"}, {"en", "26,000.5", "26000.5"}, {"en", ".5", "0.5"}, {"en", "0,05", "0.05"},
		{"ru", "1 234,56", "1234.56"}, {"ru", "1,125", "1.125"}, {"ru", "1.125", "1.125"},
	} {
		if got, ok := words.ParseDecimal(c.typed, c.lang); !ok || got.String() != c.want {
			t.Errorf("%s: %q is read as %s, %v, not %s", c.lang, c.typed, got, ok, c.want)
		}
	}
	for _, typed := range []string{"", "abc", "-1", "1e9", "NaN", "--", "1/2", "1.", "1.2.3,4,5", "1,2,3"} {
		for _, lang := range []string{"vi", "en", "ru"} {
			if got, ok := words.ParseDecimal(typed, lang); ok {
				t.Errorf("%s: %q is read as %s", lang, typed, got)
			}
		}
	}
}

// FuzzNumber: whatever is typed into a field for a number, it is none or one of
// bounded length that, as the page writes it, is read as the same.
func FuzzNumber(f *testing.F) {
	for _, typed := range []string{
		"", "1", "1.200", "1,5 triệu", "1tr5", "2k5", "-1", "1e9", "1e999999999", "0x10", "NaN", "Infinity", "١٢٣", "１２", "=1", "1..2", ",5", "5,", "'", "$", "%", "1’000", "999999 tỷ",
		strings.Repeat("9", 41), strings.Repeat("1,", 5_000), "0." + strings.Repeat("0", 100) + "1", "1\u202f200\u00a0000,5", "\u202e12", "1\x00", "\xff", "00000", "-0", "k", "k5",
	} {
		for _, lang := range words.Codes {
			f.Add(typed, lang)
		}
	}
	f.Fuzz(func(t *testing.T, typed, lang string) {
		if !slices.Contains(words.Codes, lang) {
			return
		}
		l := words.Of(lang)
		if n, ok := words.ParseCount(typed); ok {
			if n < 0 || n > rules.MaxCount {
				t.Errorf("%q is %d", typed, n)
			}
			if again, ok := words.ParseCount(l.Number(n)); !ok || again != n {
				t.Errorf("%s: %q is %d, written %q and read as %d", lang, typed, n, l.Number(n), again)
			}
		}
		d, ok := words.ParseDecimal(typed, lang)
		if !ok {
			return
		}
		if d.IsNegative() || len(d.String()) > 60 {
			t.Errorf("%q is %s", typed, d)
		}
		written := l.Decimal(d, 0)
		if again, ok := words.ParseDecimal(written, lang); !ok && len(d.String()) <= 40 || ok && !again.Equal(d) {
			t.Errorf("%s: %q is %s, written %q and read as %s", lang, typed, d, written, again)
		}
	})
}
