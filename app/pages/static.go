//go:build !js

package pages

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/auditing"
	"postage/app/kit"
	"postage/app/listing"
	"postage/app/planning"
	"postage/app/screen"
	"postage/app/words"
	"postage/rules"
)

// This file and rulebook.go make the pages that need no program. They are left
// out of the one for the browser, with their texts.

func staticPages() []Page {
	pages := make([]Page, 0, 4*len(words.Codes))
	for _, code := range words.Codes {
		w := words.Of(code)
		pages = append(pages,
			Page{Path: kit.RulesPath(code), Lang: code, Title: w.Text("rules.title"), Description: w.Text("rules.description"), Static: true},
			Page{Path: kit.DesignPath(code), Lang: code, Title: w.Text("design.title"), Description: w.Text("design.description"), Static: true},
			Page{Path: kit.AboutPath(code), Lang: code, Title: w.Text("about.title"), Description: w.Text("about.description"), Static: true},
			Page{Path: kit.PartnersPath(code), Lang: code, Title: w.Text("partners.title"), Description: w.Text("partners.description"), Static: true},
		)
	}
	return pages
}

// A Build is what a page says of the site that it is in.
type Build struct {
	Parts         []Part // that the site is made of
	Origin        string // such as https://postage.example; empty if it is not known
	Base          string // the path of the site at its origin, with a slash at both ends
	Integrity     string // of the loader for partners, as in the attribute of that name
	PlanIntegrity string // and of that of the plan
}

// View returns the screen of a page as of a day written 2006-01-02, on which
// the site is built. It panics for a day that does not exist.
func View(p Page, today string, b Build) goapp.UI {
	day, err := rules.ParseDate(today)
	if err != nil {
		panic("app: today: " + err.Error())
	}
	switch p.Path {
	case kit.RulesPath(p.Lang):
		return ruleBook{words.Of(p.Lang), day}.page()
	case kit.DesignPath(p.Lang):
		return design{words.Of(p.Lang), day}.page()
	case kit.PartnersPath(p.Lang):
		return partners{words.Of(p.Lang), b}.page()
	case kit.AboutPath(p.Lang):
		return about{words.Of(p.Lang), b.Parts}.page()
	}
	if p.List {
		return listing.Prerendered(p.Lang, today)
	}
	if p.Audit {
		return auditing.Prerendered(p.Lang, today)
	}
	if p.Plan {
		return planning.Prerendered(p.Lang, p.Frame, today)
	}
	return screen.Prerendered(p.Lang, p.Frame, today)
}
