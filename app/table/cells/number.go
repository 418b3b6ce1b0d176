package cells

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// AsText takes off what makes a spreadsheet keep a number as text: '0912 and ="0912".
func AsText(text string) string {
	if inner, ok := strings.CutPrefix(text, `="`); ok {
		if inner, ok := strings.CutSuffix(inner, `"`); ok {
			return inner
		}
	}
	return strings.TrimLeft(text, "'’`")
}

// Unseen are signs that are not seen, which come along when a number is copied.
const Unseen = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"

// FromScientific reads 8.4912345678E+10. The digits are all there only if as many
// stand behind the point as the exponent says; else whole is empty.
func FromScientific(text string) (scientific bool, whole string) {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(text), "E")
	if !ok || exponent == "" {
		return false, ""
	}
	n, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	before, behind, _ := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	if err != nil || n <= 0 || len(before) != 1 || !OnlyDigits(before) || behind != "" && !OnlyDigits(behind) {
		return false, ""
	}
	if len(behind) != n {
		return true, ""
	}
	return true, before + behind
}

// OnlyDigits reports whether a text is digits and nothing else.
func OnlyDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == "" && utf8.ValidString(s)
}
