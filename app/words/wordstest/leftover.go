// Package wordstest is what the tests of several packages need to look at texts.
package wordstest

import (
	"iter"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"postage/app/words"
)

// Placeholder is a {name} that stands in a text for what is filled in.
var Placeholder = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// KeySections are the words that keys begin with.
var KeySections = sync.OnceValue(func() map[string]bool {
	sections := map[string]bool{}
	for key := range words.Of(words.Codes[0]).Texts {
		section, _, _ := strings.Cut(key, ".")
		sections[section] = true
	}
	return sections
})

// TextsIn yields what a visitor reads or hears of a page: the texts between the
// tags, and the labels.
func TextsIn(html string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for html != "" {
			said, rest, _ := strings.Cut(html, "<")
			element, after, _ := strings.Cut(rest, ">")
			html = after
			if said = strings.TrimSpace(said); said != "" && !yield(said) {
				return
			}
			for _, name := range []string{` aria-label="`, ` title="`, ` placeholder="`} {
				if _, value, ok := strings.Cut(element, name); ok {
					label, _, _ := strings.Cut(value, `"`)
					if !yield(label) {
						return
					}
				}
			}
		}
	}
}

// LeftOver finds what should have been replaced: a {name}, or the key of a
// missing text, which is words joined by points that begins as other keys do.
func LeftOver(said string, sections map[string]bool) string {
	if found := Placeholder.FindString(said); found != "" {
		return found
	}
	for _, word := range strings.FieldsFunc(said, func(r rune) bool { return strings.ContainsRune(" \n\u00a0(){},:;&", r) }) {
		if section, rest, ok := strings.Cut(word, "."); ok && rest != "" && sections[section] {
			return word
		}
	}
	return ""
}

// WithPlainSpaces writes a text with spaces of one kind.
func WithPlainSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}
