package app

import (
	"strconv"
	"strings"
)

// languages are the languages of the site, the default first.
var languages = []string{"vi", "en", "ru"}

// A language has every text of the screen and knows how to write numbers.
type language struct {
	code  string
	texts map[string]string
}

// languageOf returns a language by its code, the default for another code. In
// the browser a language that has not been fetched yet is stood in for by one
// that has.
func languageOf(code string) *language {
	for _, c := range append([]string{code}, languages...) {
		if l := languageIfLoaded(c); l != nil {
			return l
		}
	}
	return &language{code, nil}
}

// readTexts reads tables of texts: a key, an equals sign and a text on each
// line; lines that are empty or begin with # are passed over.
func readTexts(tables string) map[string]string {
	texts := map[string]string{}
	for line := range strings.Lines(tables) {
		key, text, ok := strings.Cut(line, "=")
		if ok && !strings.HasPrefix(line, "#") {
			texts[strings.TrimSpace(key)] = strings.TrimSpace(text)
		}
	}
	return texts
}

// has reports whether there is a text for the key.
func (l *language) has(key string) bool {
	_, ok := l.texts[key]
	return ok
}

// text returns the text of a key with its {names} replaced; the pairs are name
// and value. A key without a text stands for itself, which a test rules out for
// every key in use.
func (l *language) text(key string, pairs ...string) string {
	t, ok := l.texts[key]
	if !ok {
		return key
	}
	return fill(t, pairs)
}

// fill replaces the {names} of a text. What it puts in stays as it is: a value
// can be what a user or a link calls something.
func fill(text string, pairs []string) string {
	if len(pairs) == 0 {
		return text
	}
	var filled strings.Builder
	for {
		before, rest, open := strings.Cut(text, "{")
		name, behind, closed := strings.Cut(rest, "}")
		filled.WriteString(before)
		if !open || !closed {
			filled.WriteString(text[len(before):])
			return filled.String()
		}
		value := "{" + name + "}"
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				value = pairs[i+1]
				break
			}
		}
		filled.WriteString(value)
		text = behind
	}
}

// first returns the text of the first key that has one.
func (l *language) first(keys []string, pairs ...string) string {
	for _, k := range keys {
		if l.has(k) {
			return l.text(k, pairs...)
		}
	}
	return keys[len(keys)-1]
}

// count returns the text of a key in the plural form that n takes, with {n}
// replaced by the number.
func (l *language) count(key string, n int64, pairs ...string) string {
	return l.first([]string{key + "." + pluralForm(l.code, n), key + ".other"}, append(pairs, "n", l.number(n))...)
}

// pluralForm is CLDR's cardinal category of a whole number.
func pluralForm(code string, n int64) string {
	switch code {
	case "en":
		if n == 1 {
			return "one"
		}
	case "ru":
		switch {
		case n%10 == 1 && n%100 != 11:
			return "one"
		case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
			return "few"
		default:
			return "many"
		}
	}
	return "other"
}

func itoa(n int) string { return strconv.Itoa(n) }
