//go:build !js

package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// This file and rulebook.go make the pages that need no program. They are left
// out of the one for the browser, with their texts.

func staticPages() []Page {
	pages := make([]Page, 0, 4*len(languages))
	for _, code := range languages {
		w := languageOf(code)
		pages = append(pages,
			Page{Path: rulesPath(code), Lang: code, Title: w.text("rules.title"), Description: w.text("rules.description"), Static: true},
			Page{Path: designPath(code), Lang: code, Title: w.text("design.title"), Description: w.text("design.description"), Static: true},
			Page{Path: aboutPath(code), Lang: code, Title: w.text("about.title"), Description: w.text("about.description"), Static: true},
			Page{Path: partnersPath(code), Lang: code, Title: w.text("partners.title"), Description: w.text("partners.description"), Static: true},
		)
	}
	return pages
}

// View returns the screen of a page as of a day written 2006-01-02, on which
// the site is built, with the parts that the site is made of. It panics for a
// day that does not exist.
func View(p Page, today string, parts []Part) goapp.UI {
	day, err := rules.ParseDate(today)
	if err != nil {
		panic("app: today: " + err.Error())
	}
	switch p.Path {
	case rulesPath(p.Lang):
		return ruleBook{languageOf(p.Lang), day}.page()
	case designPath(p.Lang):
		return design{languageOf(p.Lang), day}.page()
	case partnersPath(p.Lang):
		return partners{languageOf(p.Lang), p.Named}.page()
	case aboutPath(p.Lang):
		return about{languageOf(p.Lang), parts}.page()
	}
	return prerendered(p.Lang, p.Frame, today)
}
