package app

import (
	"fmt"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// A Page is one address of the site.
type Page struct {
	Path        string // below the site's base, with a slash at both ends: "/", "/en/"
	Lang        string // BCP 47
	Title       string
	Description string
}

// Pages lists every address of the site; each of them is prerendered.
func Pages() []Page {
	pages := make([]Page, 0, len(languages))
	for _, code := range languages {
		w := languageOf(code)
		pages = append(pages, Page{homePath(code), code, w.text("page.title"), w.text("page.description")})
	}
	return pages
}

// homePath is the address of the calculator in a language; the default language
// has the site's root.
func homePath(code string) string {
	if code == languages[0] {
		return "/"
	}
	return "/" + code + "/"
}

// View returns the screen of a page as of a day written 2006-01-02; web gives
// the day of the build. It panics for a day that does not exist.
func View(p Page, today string) goapp.UI {
	if _, err := rules.ParseDate(today); err != nil {
		panic(fmt.Sprintf("app: today: %v", err))
	}
	return &screen{Lang: p.Lang, form: newForm(today)}
}

// Register tells go-app which screen belongs to which address. Only the wasm
// program calls it.
func Register() {
	for _, p := range Pages() {
		goapp.RouteFunc(p.Path, func() goapp.Composer { return &screen{Lang: p.Lang} })
	}
	exposeAnswer()
}
