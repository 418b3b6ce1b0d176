package words

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// Numbers are read as people write them, in whatever language.

// ParseCount reads a whole number: grouped by points, commas or spaces, with a
// word for thousands or millions behind it, as in "12k", "1,5 triệu", "1tr5".
func ParseCount(typed string) (int64, bool) {
	d, ok := WholeNumber(typed)
	if !ok || d.GreaterThan(decimal.NewFromInt(rules.MaxCount)) {
		return 0, false
	}
	return d.IntPart(), true
}

// WholeNumber is parseCount without a limit.
func WholeNumber(typed string) (decimal.Decimal, bool) {
	s, factor, rest := splitWord(typed)
	if digits, ok := ungroup(s); ok && rest == "" {
		return partOf(digits, factor, "")
	}
	if factor == 1 {
		return decimal.Decimal{}, false
	}
	d, ok := partOf(strings.Replace(s, ",", ".", 1), factor, rest)
	return d, ok && d.IsInteger()
}

// splitWord cuts a number from the word behind it that makes it a thousand or a
// million times as large, and from the digits behind that word.
func splitWord(typed string) (number string, factor int64, rest string) {
	s := strings.ToLower(strings.TrimSpace(typed))
	s = strings.TrimRight(strings.TrimLeft(s, "$€₫ "), "%$€₫đ ")
	begin := strings.IndexFunc(s, func(r rune) bool { return !isDigit(r) && !isGrouping(r) })
	if begin <= 0 {
		return s, 1, ""
	}
	word := strings.TrimRight(s[begin:], "0123456789")
	for _, m := range multipliers {
		if slices.Contains(strings.Fields(m.words), strings.Trim(word, ". ")) {
			return strings.TrimSpace(s[:begin]), m.factor, s[begin+len(word):]
		}
	}
	return s, 1, ""
}

// partOf multiplies a plain number by a factor. Digits behind the word go on
// where the number stops: "1tr5" is a million and a half.
func partOf(plain string, factor int64, rest string) (decimal.Decimal, bool) {
	if rest != "" {
		if !IsDigits(plain) {
			return decimal.Decimal{}, false
		}
		plain += "." + rest
	}
	d, ok := PlainDecimal(plain)
	return d.Mul(decimal.NewFromInt(factor)), ok
}

// multipliers are the words and letters behind a number that people write.
var multipliers = []struct {
	words  string
	factor int64
}{
	{"k nghìn nghin ngàn ngan thousand к тыс тысяча тысячи тысяч", 1_000},
	{"m mn mln tr triệu trieu million millions млн миллион миллиона миллионов", 1_000_000},
	{"bn tỷ tỉ ty billion млрд миллиард миллиарда миллиардов", 1_000_000_000},
}

// Signs are those of numbers as people write them in a language, for a script that reads
// numbers without this package.
type Signs struct {
	Group string         `json:"group"` // before the thousands
	Point string         `json:"point"` // before the decimals
	Zeros map[string]int `json:"zeros"` // of the words behind a number that make it larger
}

// SignsOf returns those of a language, by its code; those of English for another one.
func SignsOf(lang string) Signs {
	s := Signs{Zeros: map[string]int{}}
	s.Group, s.Point = (&Language{Code: lang}).separators()
	for _, m := range multipliers {
		for _, word := range strings.Fields(m.words) {
			s.Zeros[word] = len(strconv.FormatInt(m.factor, 10)) - 1
		}
	}
	return s
}

// ungroup takes the separators out of digits that may be grouped by threes.
func ungroup(s string) (string, bool) {
	groups := strings.FieldsFunc(s, isGrouping)
	separators := 0
	for _, r := range s {
		if isGrouping(r) {
			separators++
		}
	}
	if len(groups) == 0 || separators != len(groups)-1 {
		return "", false
	}
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return "", false
		}
	}
	joined := strings.Join(groups, "")
	return joined, IsDigits(joined)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func IsDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !isDigit(r) })
}

func isGrouping(r rune) bool {
	return r == '.' || r == ',' || r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\'' || r == '’'
}

// ParseDecimal reads a number as a language writes it: its own sign for
// decimals always is that, its own sign for thousands is that before exactly
// three digits, and any other sign that stands once begins the decimals. Signs
// of a currency or for per cent are passed over.
func ParseDecimal(typed, lang string) (decimal.Decimal, bool) {
	s, factor, rest := splitWord(typed)
	s = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, s)
	group, point := (&Language{Code: lang}).separators()
	switch {
	case strings.Contains(s, point):
		s = strings.ReplaceAll(s, group, "")
	case isGroup(s, group):
		s = strings.ReplaceAll(s, group, "")
	}
	s = strings.Replace(s, ",", ".", 1)
	if strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	return partOf(s, factor, rest)
}

// isGroup reports whether every separator stands before exactly three digits
// and behind one to three that do not begin with a zero.
func isGroup(s, group string) bool {
	parts := strings.Split(s, group)
	if len(parts) < 2 || len(parts[0]) < 1 || len(parts[0]) > 3 || parts[0][0] == '0' {
		return false
	}
	return !slices.ContainsFunc(parts[1:], func(p string) bool { return len(p) != 3 })
}

// PlainDecimal reads digits with a point before the decimals.
func PlainDecimal(s string) (decimal.Decimal, bool) {
	if s == "" || len(s) > 40 || strings.HasSuffix(s, ".") || strings.ContainsFunc(s, func(r rune) bool { return r != '.' && !isDigit(r) }) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil
}
