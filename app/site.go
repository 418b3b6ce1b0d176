package app

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
)

// A Page is one address of the site.
type Page struct {
	Path        string // below the site's base, with a slash at both ends: "/", "/en/"
	Lang        string // BCP 47
	Title       string
	Description string
	Static      bool   // all of it is in the prerendered markup: no program runs in it
	Frame       bool   // for frames in the pages of partners
	Original    string // the path of the page that search engines are to show instead
	Named       bool   // the policy of frames names the site, as Safari needs it in a sandbox
}

// Pages lists every address of the site; each of them is prerendered.
func Pages() []Page {
	pages := make([]Page, 0, len(languages))
	for _, code := range languages {
		w := languageOf(code)
		home := Page{Path: homePath(code), Lang: code, Title: w.text("page.title"), Description: w.text("page.description")}
		frame := home
		frame.Path, frame.Frame, frame.Original = framePath(code), true, home.Path
		pages = append(pages, home, frame)
	}
	return append(pages, staticPages()...)
}

// Languages returns the codes of the site's languages, the default first.
func Languages() []string { return slices.Clone(languages) }

// homePath is the address of the calculator in a language; the default language
// has the site's root.
func homePath(code string) string {
	if code == languages[0] {
		return "/"
	}
	return "/" + code + "/"
}

// rulesPath is the address of the page with the book.
func rulesPath(code string) string { return homePath(code) + "rules/" }

// aboutPath is the address of the page on the method and the licences.
func aboutPath(code string) string { return homePath(code) + "about/" }

// framePath is the address of the calculator for a frame in a partner's page.
func framePath(code string) string { return homePath(code) + "embed/" }

// partnersPath is the address of the page that tells partners how to use it.
func partnersPath(code string) string { return homePath(code) + "partners/" }

// Register tells go-app which screen belongs to which address. Only the wasm
// program calls it.
func Register() {
	breath.Take() // behind it are the program's own start and the reading of the book
	for _, p := range Pages() {
		if p.Static {
			continue
		}
		goapp.RouteFunc(p.Path, func() goapp.Composer { return &screen{Lang: p.Lang, Frame: p.Frame} })
	}
	exposeAnswer()
	breath.Take()
}
