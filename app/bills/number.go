package bills

import (
	"bytes"
	_ "embed" // the codes of currencies
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// A style is how the numbers of a bill are written: which sign stands before decimals.
type style struct {
	proofs [2]int // numbers that show a point, and those that show a comma, before decimals
	comma  bool   // a comma stands there
	plain  bool   // numbers of JSON and of the cells of a workbook have a point
}

// longestNumber is how many bytes a cell with an amount may have.
const longestNumber = 48

// A rawNumber is a number as it stands: digits and the signs , and . alone.
type rawNumber struct {
	text     string
	negative bool
	exponent int
	sign     string // of a currency, folded to its code; empty where there is none
}

// readRaw takes a number out of a cell.
func readRaw(cell []byte) (n rawNumber, ok bool) {
	if len(cell) == 0 || len(cell) > longestNumber {
		return n, false
	}
	text := strings.TrimSpace(string(cell))
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		n.negative, text = true, text[1:len(text)-1]
	}
	text = strings.TrimPrefix(text, "'")
	n.sign, text = takeCurrency(strings.TrimSpace(text))
	var b strings.Builder
	digits := false
	for i, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits = true
			b.WriteRune(r)
		case r == '.' || r == ',':
			b.WriteRune(r)
		case (r == '-' || r == '−' || r == '–') && !digits && b.Len() == 0:
			n.negative = !n.negative
		case r == '+' && !digits && b.Len() == 0:
		case r == '\'' || r == '’' || unicode.IsSpace(r) || r == '\u202f':
		case (r == 'e' || r == 'E') && digits:
			e, err := strconv.Atoi(text[i+1:])
			const most = 12
			if err != nil || e < -most || e > most {
				return n, false
			}
			n.exponent = e
			n.text = b.String()
			return n, true
		default:
			return n, false
		}
	}
	n.text = b.String()
	return n, digits
}

// takeCurrency takes the sign or the code of a currency off an amount.
func takeCurrency(text string) (code, rest string) {
	letters := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r)
	}
	start := strings.IndexFunc(text, letters)
	if start < 0 || 0 < start && (text[start] == 'e' || text[start] == 'E') && isNumeral(text[start-1]) && start+1 < len(text) && (isNumeral(text[start+1]) || text[start+1] == '-' || text[start+1] == '+') {
		return "", text
	}
	end := start
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !letters(r) && r != '.' || r == '.' && end+1 < len(text) && isNumeral(text[end+1]) {
			break
		}
		end += size
	}
	code, ok := currencyOf([]byte(strings.Trim(text[start:end], ".")))
	if !ok {
		return "", text
	}
	return code, strings.TrimSpace(text[:start] + text[end:])
}

func isNumeral(c byte) bool { return '0' <= c && c <= '9' }

// currencyOf reads the code of a currency, its word or its sign.
func currencyOf(cell []byte) (code string, ok bool) {
	const longest = 32
	text := strings.TrimSpace(string(cell))
	if text == "" || len(text) > longest {
		return "", false
	}
	v := vocabularyOf()
	for _, s := range v.signs {
		if strings.ToLower(text) == s.key {
			return s.value, true
		}
	}
	if code, ok := v.cell("currency", cell); ok {
		return code, true
	}
	code = strings.ToUpper(text)
	return code, isoCodes()[code]
}

// currencies.txt are the codes of ISO 4217, today's and former ones. A test holds it to
// golang.org/x/text/currency, which would cost the browser's program 0.2 MB with the
// languages that it brings.
//
//go:embed currencies.txt
var currencyCodes string

var isoCodes = sync.OnceValue(func() map[string]bool {
	codes := map[string]bool{}
	for code := range strings.FieldsSeq(currencyCodes) {
		codes[code] = true
	}
	return codes
})

// learn looks at what a number shows of the style. Of a whole number every sign is one
// between thousands.
func (s *style) learn(cell []byte, whole bool) {
	n, ok := readRaw(cell)
	if !ok {
		return
	}
	point, comma := strings.Count(n.text, "."), strings.Count(n.text, ",")
	const before, thousand = 3, 3
	shows := func(commaDecimal bool) {
		if commaDecimal {
			s.proofs[1]++
		} else {
			s.proofs[0]++
		}
	}
	switch {
	case point > 0 && comma > 0:
		shows(strings.LastIndexByte(n.text, ',') > strings.LastIndexByte(n.text, '.'))
	case point > 1:
		shows(true)
	case comma > 1:
		shows(false)
	case point+comma == 1:
		at := strings.IndexAny(n.text, ".,")
		head, tail := n.text[:at], n.text[at+1:]
		zeros := strings.Trim(tail, "0") == ""
		switch {
		case whole && len(tail) == thousand:
			shows(point == 1)
		case whole && zeros, len(tail) != thousand, len(head) > before, head == "" || head[0] == '0':
			shows(comma == 1)
		}
	}
}

// settle decides when all numbers were looked at. Where nothing proves anything a
// currency without decimals has a point between thousands, others before decimals.
func (s *style) settle(withoutDecimals bool) {
	switch {
	case s.plain:
		s.comma = false
	case s.proofs[0] != s.proofs[1]:
		s.comma = s.proofs[1] > s.proofs[0]
	default:
		s.comma = withoutDecimals
	}
}

// number reads an amount.
func (s *style) number(cell []byte) (d decimal.Decimal, currency string, ok bool) {
	n, ok := readRaw(cell)
	if !ok {
		return d, "", false
	}
	decimals, thousands := ".", ","
	if s.comma {
		decimals, thousands = ",", "."
	}
	text := n.text
	if strings.Count(text, decimals) > 1 { // as the currency of this one row is written
		decimals, thousands = thousands, decimals
	}
	if strings.Count(text, decimals) > 1 || strings.Contains(text, decimals) && strings.LastIndex(text, thousands) > strings.Index(text, decimals) {
		return d, "", false
	}
	text = strings.Replace(strings.ReplaceAll(text, thousands, ""), decimals, ".", 1)
	d, err := decimal.NewFromString(strings.TrimSuffix(text, "."))
	if err != nil {
		return d, "", false
	}
	const most = 9 // decimals: what is beyond them is how programs write numbers in binary
	d = d.Shift(int32(n.exponent)).Round(most)
	if d.GreaterThan(mostAmount) {
		return d, "", false
	}
	if n.negative {
		d = d.Neg()
	}
	return d, n.sign, true
}

var mostAmount = decimal.New(1, 12)

// whole reads a number of messages.
func (s *style) whole(cell []byte) (n int64, ok bool) {
	cell = bytes.TrimSpace(cell)
	raw, ok := readRaw(cell)
	if !ok || raw.sign != "" {
		return 0, false
	}
	text := raw.text
	if at := strings.IndexAny(text, ".,"); at >= 0 && strings.Count(text, ".")+strings.Count(text, ",") == 1 && len(text)-at-1 == 3 && !s.plain {
		text = text[:at] + text[at+1:] // 12.400 messages are twelve thousand
	} else if d, _, ok := s.number(cell); ok && d.IsInteger() {
		text = d.Abs().Truncate(0).String()
	} else {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && !raw.negative && raw.exponent >= 0
}
