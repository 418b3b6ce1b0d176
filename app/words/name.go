package words

import "strings"

// MaxName bounds a name, in characters.
const MaxName = 80

// Unseen are signs that are not seen but change what is, such as the order in
// which letters stand: with them a name could look like another, or a file's like
// one of another kind.
const Unseen = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"

// OneLine is a name without what would break its line or deceive who reads it,
// cut to a number of characters. What it returns it leaves as it is.
func OneLine(name string, most int) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(Unseen, r), 0x7f <= r && r <= 0x9f:
			return -1
		case r < ' ':
			return ' '
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if r := []rune(name); len(r) > most {
		return strings.TrimSpace(string(r[:most]))
	}
	return name
}

// ShortName is a name as it stands among other words, in a list or in a file.
func ShortName(name string) string { return OneLine(name, MaxName) }
