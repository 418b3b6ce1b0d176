//go:build !js

package app

import (
	"fmt"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// This file and rulebook.go make the pages that need no program. They are left
// out of the one for the browser, with their texts.

func staticPages() []Page {
	pages := make([]Page, 0, len(languages))
	for _, code := range languages {
		w := languageOf(code)
		pages = append(pages, Page{
			Path: rulesPath(code), Lang: code, Title: w.text("rules.title"), Description: w.text("rules.description"), Static: true,
		})
	}
	return pages
}

// View returns the screen of a page as of a day written 2006-01-02; web gives
// the day of the build. It panics for a day that does not exist.
func View(p Page, today string) goapp.UI {
	day, err := rules.ParseDate(today)
	if err != nil {
		panic(fmt.Sprintf("app: today: %v", err))
	}
	if p.Static {
		return ruleBook{languageOf(p.Lang), day}.page()
	}
	return &screen{Lang: p.Lang, form: newForm(today, p.Lang)}
}
