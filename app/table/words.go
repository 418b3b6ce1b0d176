package table

import (
	"bytes"
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"postage/app/table/phone"
	"postage/rules/reach"
)

// words/vi.txt, en.txt and ru.txt are what columns and cells are called, a file for
// each language; all of them count at once. The keys:
//
//	FACT            names of a column with that fact
//	generic FACT    names that it has among others: what stands in the column decides
//	not FACT        words that show that a name is of something else
//	last            words for the last time that something was
//	channel NAME    words for zalo, messenger and whatsapp; with one of last they
//	                name the fact NAMELast
//	yes no          answers
//	never unknown   what stands where there was nothing, and where nothing is known
//	morning evening hour minute second month, month 1 to 12, filler
//	                words in dates
//	zone MINUTES    names of time zones, by minutes east of Greenwich
//	country CODE    names of countries beside those of countries.txt
//
//go:embed words/*.txt
var wordFiles embed.FS

// wordLanguages are the languages in which lists are read; a test names a file that is
// not among them.
var wordLanguages = [...]string{"en", "ru", "vi"}

// countries.txt has a line for each country: its code, its code of three letters, and
// its names in Vietnamese, English and Russian, with tabs between. A test holds it
// equal to CLDR.
//
//go:embed countries.txt
var countryNames string

// A vocabulary is all words, folded.
type vocabulary struct {
	lists     map[string][]string        // by key
	names     map[string][]string        // the facts that a column of that name may be
	answers   map[string]bool            // yes or no
	never     map[string]bool            // no interaction at all
	unknown   map[string]bool            // as if the cell were empty
	inDates   map[string]dateWord        // words in dates
	countries map[string]reach.Country   // by name
	codes     map[string]reach.Country   // by code of two or three letters
	calling   map[string]reach.Country   // by calling code
	channels  map[string]map[string]bool // the words of each channel
	generic   map[string][]string        // facts that a generic name may be
	not       map[string]map[string]bool // by fact, words that rule it out
	lasts     map[string]bool
}

type dateWord struct {
	kind  dateWordKind
	value int
}

type dateWordKind uint8

const (
	wordFiller dateWordKind = iota + 1
	wordMorning
	wordEvening
	wordHour
	wordMinute
	wordSecond
	wordMonthSign // a number follows
	wordMonth
	wordZone
)

var dateWordKinds = map[string]dateWordKind{
	"filler": wordFiller, "morning": wordMorning, "evening": wordEvening, "hour": wordHour, "minute": wordMinute, "second": wordSecond,
	"month": wordMonthSign,
}

var vocabularyOf = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{
		lists: map[string][]string{}, names: map[string][]string{}, answers: map[string]bool{}, never: map[string]bool{}, unknown: map[string]bool{},
		inDates: map[string]dateWord{}, countries: map[string]reach.Country{}, codes: map[string]reach.Country{}, channels: map[string]map[string]bool{},
		generic: map[string][]string{}, not: map[string]map[string]bool{}, lasts: map[string]bool{},
	}
	v.readCountries()
	for _, language := range wordLanguages {
		text, err := wordFiles.ReadFile("words/" + language + ".txt")
		if err != nil {
			panic("table: " + err.Error())
		}
		for line := range strings.Lines(string(text)) {
			if key, words, ok := strings.Cut(line, " = "); ok && line[0] != '#' {
				for word := range strings.SplitSeq(words, "|") {
					v.add(key, fold(word))
				}
			}
		}
	}
	return v
})

// add gives a word to a key.
func (v *vocabulary) add(key, word string) {
	v.lists[key] = append(v.lists[key], word)
	kind, of, ofOne := strings.Cut(key, " ")
	if !ofOne && slices.ContainsFunc(reach.Facts(), func(f reach.Fact) bool { return f.Name == key }) {
		v.names[word] = append(v.names[word], key)
		return
	}
	set := func(sets map[string]map[string]bool) {
		if sets[of] == nil {
			sets[of] = map[string]bool{}
		}
		sets[of][word] = true
	}
	switch kind {
	case "yes":
		v.answers[word] = true
	case "no":
		v.answers[word] = false
	case "never":
		v.never[word] = true
	case "unknown":
		v.unknown[word] = true
	case "last":
		v.lasts[word] = true
	case "not":
		set(v.not)
	case "channel":
		set(v.channels)
	case "generic":
		v.generic[word] = append(v.generic[word], of)
	case "country":
		v.countries[word] = reach.CountryOf(of)
	case "zone":
		minutes, _ := strconv.Atoi(of)
		v.inDates[word] = dateWord{wordZone, minutes}
	default:
		month, _ := strconv.Atoi(of)
		if of != "" {
			v.inDates[word] = dateWord{wordMonth, month}
		} else {
			v.inDates[word] = dateWord{dateWordKinds[kind], 0}
		}
	}
}

func (v *vocabulary) readCountries() {
	for line := range strings.Lines(countryNames) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		country := reach.CountryOf(fields[0])
		v.codes[fields[0]], v.codes[fields[1]] = country, country
		for _, name := range fields[2:] {
			v.countries[fold(name)] = country
		}
	}
	v.calling = phone.Calling()
}

// isWordRune reports whether a sign is part of a word; accents are not.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// fold is a text by which words are compared: in lower case, without accents, with one
// blank for all that is between words. lastSeen, as programs write names, is two.
func fold(text string) string {
	var b strings.Builder
	oneWord, pending := !strings.ContainsFunc(text, unicode.IsSpace), false
	before := ' '
	for _, r := range norm.NFKD.String(text) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if !isWordRune(r) {
			pending = b.Len() > 0
			before = ' '
			continue
		}
		if oneWord && unicode.IsUpper(r) && unicode.IsLower(before) {
			pending = true
		}
		before = r
		if pending {
			b.WriteByte(' ')
			pending = false
		}
		switch r = unicode.ToLower(r); r {
		case 'đ':
			r = 'd'
		case 'ё':
			r = 'е'
		}
		b.WriteRune(r)
	}
	return strings.Replace(b.String(), "whats app", "whatsapp", 1)
}

// foldCell is fold for a cell, which is often one short word in ASCII; the words of a
// cell are not told apart by capitals.
func foldCell(cell []byte) string {
	const short = 64
	if len(cell) > short {
		cell = cell[:min(len(cell), short+utf8.UTFMax)]
	}
	plain := true
	for _, c := range cell {
		plain = plain && ('a' <= c && c <= 'z' || '0' <= c && c <= '9')
	}
	if plain {
		return string(cell)
	}
	return fold(strings.ToLower(strings.ToValidUTF8(string(cell), "")))
}

// isUnknown reports whether a cell says nothing, as an empty one.
func isUnknown(cell []byte) bool {
	if len(cell) == 0 {
		return true
	}
	const longest = 24
	if len(cell) > longest || '0' <= cell[0] && cell[0] <= '9' || cell[0] == '+' {
		return false
	}
	word := foldCell(cell)
	return vocabularyOf().unknown[word] || word == "" && tick(cell) == 0
}

// tick reads a sign for yes, 1, or for no, -1.
func tick(cell []byte) int {
	switch string(bytes.TrimSpace(cell)) {
	case "✓", "✔", "☑", "✔️", "✅", "☒", "+":
		return 1
	case "✗", "✘", "☐", "×", "❌":
		return -1
	}
	return 0
}
