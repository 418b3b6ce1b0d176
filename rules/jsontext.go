package rules

import (
	"strings"
	"unicode/utf8"
)

// This file reads and writes the texts that JSON is made of. It knows nothing of
// scenarios: the program for the browser is built with it a second time, as a
// part of what stands in for encoding/json there.

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

// atToken returns a text, known to be JSON, from its next token on. What stands
// between tokens then tells nothing.
func atToken(text string) string { return strings.TrimLeft(text, whitespace+",:") }

// cutToken returns the first token of a text that is known to be JSON, and what
// follows: a bracket, a string with its quotes, or a word.
func cutToken(text string) (token, rest string) {
	text = atToken(text)
	end := 1
	switch text[0] {
	case '{', '}', '[', ']':
	case '"':
		for ; text[end] != '"'; end++ {
			if text[end] == '\\' {
				end++
			}
		}
		end++
	default:
		if end = strings.IndexAny(text, whitespace+",:]}"); end < 0 {
			end = len(text)
		}
	}
	return text[:end], text[end:]
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

// appendQuoted appends s as a string of JSON, without escaping HTML.
func appendQuoted(text []byte, s string) []byte {
	const hex = "0123456789abcdef"
	text = append(text, '"')
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		c := s[0]
		switch i := strings.IndexByte(controls, c); {
		case r == utf8.RuneError && size == 1:
			text = append(text, `\ufffd`...)
		case r == '\u2028' || r == '\u2029':
			text = append(text, '\\', 'u', '2', '0', '2', hex[r&15])
		case i >= 0:
			text = append(text, '\\', escapes[i])
		case c < ' ':
			text = append(text, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c == '"' || c == '\\':
			text = append(text, '\\', c)
		default:
			text = append(text, s[:size]...)
		}
		s = s[size:]
	}
	return append(text, '"')
}
