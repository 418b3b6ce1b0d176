package rules

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Scenarios are read and answers written by the code of this file, and not by
// encoding/json, which with the reflection behind it would be an eighth of the
// program in core/v1. Tests compare the two: the same texts are JSON, and the
// same values are written as the same bytes.

// maxDepth is how deep JSON may be nested, as in encoding/json.
const maxDepth = 10000

const whitespace = " \t\r\n"

// checkJSON returns the place, counted in bytes from 1, at which a text stops
// being JSON, with what is wrong there; no reason if it is JSON.
func checkJSON(text string) (place int, reason string) {
	var brackets []byte // those that are open
	at := 0
	skip := func() byte {
		for at < len(text) && strings.IndexByte(whitespace, text[at]) >= 0 {
			at++
		}
		if at == len(text) {
			return 0
		}
		return text[at]
	}
	bad := func(want string) (int, string) {
		if at >= len(text) {
			return len(text), "it ends where " + want + " is expected"
		}
		return at + 1, want + " is expected here"
	}
	for {
		// A value, or the end of an array or object that holds none.
		switch c := skip(); {
		case c == '{' || c == '[':
			if len(brackets) == maxDepth {
				return at + 1, "it is nested too deep"
			}
			brackets = append(brackets, c)
			at++
			switch end := skip(); {
			case end == c+2: // of the empty object or array; the closing bracket is two behind the opening one
			case c == '[':
				continue
			case end == '"':
				if !skipName(text, &at, skip) {
					return bad("a name and a colon")
				}
				continue
			default:
				return bad("a name in quotes or }")
			}
		case c == '"':
			if !skipString(text, &at) {
				return bad("the rest of a string")
			}
		default:
			if !skipWord(text, &at) {
				return bad("a value")
			}
		}
		// What may follow a value.
		for {
			c := skip()
			if len(brackets) == 0 {
				if at < len(text) {
					return bad("the end")
				}
				return 0, ""
			}
			open := brackets[len(brackets)-1]
			if c == ',' {
				at++
				if open == '{' {
					if skip() != '"' || !skipName(text, &at, skip) {
						return bad("a name and a colon")
					}
				}
				break
			}
			if c != open+2 {
				return bad("a comma or " + string(rune(open+2)))
			}
			at++
			brackets = brackets[:len(brackets)-1]
		}
	}
}

// skipName passes over the name of a field and its colon.
func skipName(text string, at *int, skip func() byte) bool {
	if !skipString(text, at) || skip() != ':' {
		return false
	}
	*at++
	return true
}

// skipString passes over a string. Where it is none it stops at the mistake.
func skipString(text string, at *int) bool {
	for *at++; *at < len(text) && text[*at] >= ' '; *at++ {
		switch text[*at] {
		case '"':
			*at++
			return true
		case '\\':
			*at++
			if *at == len(text) || strings.IndexByte(`"\/bfnrtu`, text[*at]) < 0 {
				return false
			}
			if text[*at] == 'u' {
				for range 4 {
					*at++
					if *at == len(text) || hexDigit(text[*at]) < 0 {
						return false
					}
				}
			}
		}
	}
	return false
}

// skipWord passes over a number, true, false or null.
func skipWord(text string, at *int) bool {
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(text[*at:], word) {
			*at += len(word)
			return true
		}
	}
	digits := func() bool {
		start := *at
		for *at < len(text) && isDigit(text[*at]) {
			*at++
		}
		return *at > start
	}
	next := func(chars string) bool {
		if *at < len(text) && strings.IndexByte(chars, text[*at]) >= 0 {
			*at++
			return true
		}
		return false
	}
	next("-")
	if !next("0") && !digits() {
		return false
	}
	if next(".") && !digits() {
		return false
	}
	if next("eE") {
		next("+-")
		return digits()
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// hexDigit returns the value of a hexadecimal digit, -1 for another byte.
func hexDigit(c byte) rune {
	switch {
	case isDigit(c):
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	default:
		return -1
	}
}

// unquote turns a string of JSON, with its quotes, into what it stands for.
// Half of a surrogate pair stands for U+FFFD.
func unquote(token string) string {
	token = token[1 : len(token)-1]
	if !strings.Contains(token, `\`) {
		return token
	}
	text := make([]byte, 0, len(token))
	for token != "" {
		plain, behind, escaped := strings.Cut(token, `\`)
		text = append(text, plain...)
		if !escaped {
			break
		}
		if behind[0] != 'u' {
			text = append(text, unescaped(behind[0]))
			token = behind[1:]
			continue
		}
		r := hexRune(behind[1:5])
		token = behind[5:]
		if 0xD800 <= r && r < 0xDC00 && strings.HasPrefix(token, `\u`) {
			if low := hexRune(token[2:6]); 0xDC00 <= low && low < 0xE000 {
				r = (r-0xD800)<<10 + (low - 0xDC00) + 0x10000
				token = token[6:]
			}
		}
		text = utf8.AppendRune(text, r) // U+FFFD for what is left of a pair
	}
	return string(text)
}

func hexRune(digits string) (r rune) {
	for i := range len(digits) {
		r = r<<4 + hexDigit(digits[i])
	}
	return r
}

const (
	escapes  = `bfnrt`
	controls = "\b\f\n\r\t"
)

// unescaped returns what an escape of one letter stands for.
func unescaped(c byte) byte {
	if i := strings.IndexByte(escapes, c); i >= 0 {
		return controls[i]
	}
	return c
}

// A jsonWriter builds JSON as encoding/json writes it without escaping HTML.
type jsonWriter struct {
	text []byte
}

// next sets a comma before everything but the first of an object or array.
func (w *jsonWriter) next() {
	if n := len(w.text); n > 0 && strings.IndexByte("{[:", w.text[n-1]) < 0 {
		w.text = append(w.text, ',')
	}
}

func (w *jsonWriter) raw(s string) { w.text = append(w.text, s...) }

// key begins a field. Names of fields need no escapes.
func (w *jsonWriter) key(name string) {
	w.next()
	w.raw(`"` + name + `":`)
}

func (w *jsonWriter) quote(s string) {
	const hex = "0123456789abcdef"
	w.raw(`"`)
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		c := s[0]
		switch i := strings.IndexByte(controls, c); {
		case r == utf8.RuneError && size == 1:
			w.raw(`\ufffd`)
		case r == '\u2028' || r == '\u2029':
			w.raw(`\u202` + hex[r&15:r&15+1])
		case i >= 0:
			w.raw(`\` + escapes[i:i+1])
		case c < ' ':
			w.text = append(w.text, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c == '"' || c == '\\':
			w.text = append(w.text, '\\', c)
		default:
			w.raw(s[:size])
		}
		s = s[size:]
	}
	w.raw(`"`)
}

func (w *jsonWriter) string(name, value string) {
	w.key(name)
	w.quote(value)
}

// stringIf leaves the field out where it is empty.
func (w *jsonWriter) stringIf(name, value string) {
	if value != "" {
		w.string(name, value)
	}
}

func (w *jsonWriter) int(name string, value int64) {
	w.key(name)
	w.text = strconv.AppendInt(w.text, value, 10)
}

func (w *jsonWriter) bool(name string, value bool) {
	w.key(name)
	w.text = strconv.AppendBool(w.text, value)
}

func (w *jsonWriter) decimal(name string, value decimal.Decimal) { w.string(name, value.String()) }

func (w *jsonWriter) strings(name string, list []string) {
	w.key(name)
	if list == nil {
		w.raw("null")
		return
	}
	w.raw("[")
	for _, s := range list {
		w.next()
		w.quote(s)
	}
	w.raw("]")
}

// list writes an array of n objects, or null where there is none.
func (w *jsonWriter) list(name string, absent bool, n int, fields func(i int)) {
	w.key(name)
	if absent {
		w.raw("null")
		return
	}
	w.raw("[")
	for i := range n {
		w.next()
		w.raw("{")
		fields(i)
		w.raw("}")
	}
	w.raw("]")
}

func (w *jsonWriter) quoteFields(q *Quote) {
	w.string("on", q.On.String())
	w.string("message", string(q.Message))
	w.string("verdict", string(q.Verdict))
	w.bool("priced", q.Priced)
	w.int("requested", q.Requested)
	w.int("deliverable", q.Deliverable)
	w.int("blocked", q.Blocked)
	w.int("free", q.Free)
	w.int("charged", q.Charged)
	w.list("segments", q.Segments == nil, len(q.Segments), func(i int) { w.segment(&q.Segments[i]) })
	w.list("lines", q.Lines == nil, len(q.Lines), func(i int) { w.line(&q.Lines[i]) })
	if len(q.Totals) > 0 {
		w.list("totals", false, len(q.Totals), func(i int) { w.total(&q.Totals[i]) })
	}
	if q.Converted != nil {
		w.key("converted")
		w.raw("{")
		w.total(q.Converted)
		w.raw("}")
	}
	w.stringIf("tariff", q.Tariff.String())
	if q.Schedule != nil {
		w.key("schedule")
		w.raw("{")
		w.int("perDay", q.Schedule.PerDay)
		w.int("days", q.Schedule.Days)
		w.raw("}")
	}
	w.list("notices", q.Notices == nil, len(q.Notices), func(i int) {
		w.string("code", q.Notices[i].Code)
		w.strings("sources", q.Notices[i].Sources)
	})
}

func (w *jsonWriter) segment(s *SegmentQuote) {
	w.string("name", s.Name)
	w.string("verdict", string(s.Verdict))
	w.int("requested", s.Requested)
	w.int("deliverable", s.Deliverable)
	w.int("blocked", s.Blocked)
	w.int("free", s.Free)
	w.int("charged", s.Charged)
	w.list("checks", s.Checks == nil, len(s.Checks), func(i int) { w.check(&s.Checks[i]) })
}

func (w *jsonWriter) check(c *Check) {
	w.string("code", c.Code)
	w.string("outcome", string(c.Outcome))
	w.string("rule", c.Rule)
	w.stringIf("since", c.Since.String())
	w.string("status", string(c.Status))
	w.stringIf("limit", c.Limit)
	w.stringIf("error", c.Error)
	w.strings("sources", c.Sources)
}

func (w *jsonWriter) line(l *Line) {
	if l.Segment != nil {
		w.int("segment", int64(*l.Segment))
	}
	w.string("code", l.Code)
	w.int("quantity", l.Quantity)
	w.decimal("unitPrice", l.UnitPrice)
	w.decimal("taxPercent", l.TaxPercent)
	w.bool("taxIncluded", l.TaxIncluded)
	w.decimal("net", l.Net)
	w.decimal("tax", l.Tax)
	w.decimal("gross", l.Gross)
	w.stringIf("market", l.Market)
	if l.TierFrom != 0 {
		w.int("tierFrom", l.TierFrom)
	}
	w.stringIf("rule", l.Rule)
	w.stringIf("since", l.Since.String())
	w.stringIf("status", string(l.Status))
	w.strings("sources", l.Sources)
}

func (w *jsonWriter) total(t *Total) {
	w.string("currency", t.Currency)
	w.decimal("net", t.Net)
	w.decimal("tax", t.Tax)
	w.decimal("gross", t.Gross)
}

func (w *jsonWriter) change(c *Change) {
	w.string("on", c.On.String())
	w.list("differences", c.Differences == nil, len(c.Differences), func(i int) {
		d := &c.Differences[i]
		w.string("what", d.What)
		if d.Segment != nil {
			w.int("segment", int64(*d.Segment))
		}
		w.stringIf("code", d.Code)
		w.stringIf("before", d.Before)
		w.stringIf("after", d.After)
		w.stringIf("by", d.By)
		w.stringIf("currency", d.Currency)
	})
	w.strings("rules", c.Rules)
}

func (w *jsonWriter) mistake(e *Error) {
	w.string("path", e.Path)
	w.string("code", string(e.Code))
	w.string("message", e.Message)
}

// fact writes the value of an [Opt].
func (w *jsonWriter) fact(value any) error {
	switch v := value.(type) {
	case bool:
		w.text = strconv.AppendBool(w.text, v)
	case int64:
		w.text = strconv.AppendInt(w.text, v, 10)
	case [2]int64:
		w.raw("[" + strconv.FormatInt(v[0], 10) + "," + strconv.FormatInt(v[1], 10) + "]")
	case decimal.Decimal:
		w.quote(v.String())
	case Conversion:
		w.raw("{")
		w.string("currency", v.Currency)
		if len(v.Rates) > 0 {
			w.key("rates")
			w.raw("{")
			for _, currency := range sortedNames(v.Rates) {
				w.next()
				w.quote(currency)
				w.raw(":")
				w.quote(v.Rates[currency].String())
			}
			w.raw("}")
		}
		w.raw("}")
	default:
		return errors.New("rules: a fact of this type has no form in JSON")
	}
	return nil
}

// sortedNames returns the keys of a map in order.
func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
