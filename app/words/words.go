package words

import (
	"strconv"
	"strings"
)

// Codes are the languages of the site, the default first.
var Codes = []string{"vi", "en", "ru"}

// A Language has every text of the screen and knows how to write numbers.
type Language struct {
	Code  string
	Texts map[string]string
}

// Of returns a language by its code, the default for another code. In
// the browser a language that has not been fetched yet is stood in for by one
// that has.
func Of(code string) *Language {
	for _, c := range append([]string{code}, Codes...) {
		if l := IfLoaded(c); l != nil {
			return l
		}
	}
	return &Language{code, nil}
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

// Has reports whether there is a text for the key.
func (l *Language) Has(key string) bool {
	_, ok := l.Texts[key]
	return ok
}

// Text returns the text of a key with its {names} replaced; the pairs are name
// and value. A key without a text stands for itself, which a test rules out for
// every key in use.
func (l *Language) Text(key string, pairs ...string) string {
	t, ok := l.Texts[key]
	if !ok {
		return key
	}
	return Fill(t, pairs)
}

// Fill replaces the {names} of a text. What it puts in stays as it is: a value
// can be what a user or a link calls something. One with a full stop at its end, as an
// abbreviation has, takes that of the text along.
func Fill(text string, pairs []string) string {
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
		if strings.HasSuffix(value, ".") { // it ends the sentence as it ends itself
			behind = strings.TrimPrefix(behind, ".")
		}
		text = behind
	}
}

// First returns the text of the first key that has one.
func (l *Language) First(keys []string, pairs ...string) string {
	for _, k := range keys {
		if l.Has(k) {
			return l.Text(k, pairs...)
		}
	}
	return keys[len(keys)-1]
}

// Count returns the text of a key in the plural form that n takes, with {n}
// replaced by the number.
func (l *Language) Count(key string, n int64, pairs ...string) string {
	return l.First([]string{key + "." + PluralForm(l.Code, n), key + ".other"}, append(pairs, "n", l.Number(n))...)
}

// PluralForm is CLDR's cardinal category of a whole number.
func PluralForm(code string, n int64) string {
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

func Itoa(n int) string { return strconv.Itoa(n) }
