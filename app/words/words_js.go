//go:build js

package words

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
)

// In the browser each language is a file of its own, so that a visitor
// downloads the one in use. The loader of the page fetches the page's language
// beside the program, and others when they are asked for.

var loadedLanguages = map[string]*Language{}

// IfLoaded returns a language whose texts have been fetched, else nil.
func IfLoaded(code string) *Language {
	if l, ok := loadedLanguages[code]; ok {
		return l
	}
	var texts string
	browser.TryJS(func() {
		if t := goapp.Window().Get("postageWords").Get(code); t.Type() == goapp.TypeString {
			texts = t.String()
		}
	})
	if texts == "" {
		return nil
	}
	l := &Language{code, readTexts(texts)}
	loadedLanguages[code] = l
	return l
}

// Load fetches the texts of a language and tells whether they came.
func Load(code string, loaded func(ok bool)) {
	browser.TryJS(func() {
		var came, failed goapp.Func
		done := func(ok bool) func(goapp.Value, []goapp.Value) any {
			return func(goapp.Value, []goapp.Value) any {
				loaded(ok)
				came.Release()
				failed.Release()
				return nil
			}
		}
		came, failed = goapp.FuncOf(done(true)), goapp.FuncOf(done(false))
		goapp.Window().Call("postageLoadWords", code).Call("then", came, failed)
	})
}
