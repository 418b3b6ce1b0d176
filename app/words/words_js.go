//go:build js

package words

import "postage/app/browser"

// In the browser each language is a file of its own, so that a visitor
// downloads the one in use. The loader of the page fetches the page's language
// beside the program, and others when they are asked for.

var loadedLanguages = map[string]*Language{}

// IfLoaded returns a language whose texts have been fetched, else nil.
func IfLoaded(code string) *Language {
	if l, ok := loadedLanguages[code]; ok {
		return l
	}
	texts := browser.Words(code)
	if texts == "" {
		return nil
	}
	l := &Language{code, readTexts(texts)}
	loadedLanguages[code] = l
	return l
}

// Load fetches the texts of a language and tells whether they came.
func Load(code string, loaded func(ok bool)) { browser.LoadWords(code, loaded) }
