package pages

import (
	"slices"

	"postage/app/kit"
	"postage/app/words"
)

// A Page is one address of the site.
type Page struct {
	Path        string // below the site's base, with a slash at both ends: "/", "/en/"
	Lang        string // BCP 47
	Title       string
	Description string
	Static      bool   // all of it is in the prerendered markup: no program runs in it
	Frame       bool   // for frames in the pages of partners
	Plan        bool   // the plan, not the calculator
	List        bool   // the list of contacts, likewise
	Audit       bool   // the bill, likewise
	Original    string // the path of the page that search engines are to show instead
}

// File reports whether it is a page with a file, which a worker reads.
func (p Page) File() bool { return p.List || p.Audit }

// Pages lists every address of the site; each of them is prerendered.
func Pages() []Page {
	pages := make([]Page, 0, len(words.Codes))
	for _, code := range words.Codes {
		w := words.Of(code)
		home := Page{Path: kit.HomePath(code), Lang: code, Title: w.Text("page.title"), Description: w.Text("page.description")}
		frame := home
		frame.Path, frame.Frame, frame.Original = kit.FramePath(code), true, home.Path
		plan := Page{Path: kit.PlanPath(code), Lang: code, Title: w.Text("plan.title"), Description: w.Text("plan.description"), Plan: true}
		planFrame := plan
		planFrame.Path, planFrame.Frame, planFrame.Original = kit.PlanFramePath(code), true, plan.Path
		list := Page{Path: kit.ListPath(code), Lang: code, Title: w.Text("list.title"), Description: w.Text("list.description"), List: true}
		audit := Page{Path: kit.AuditPath(code), Lang: code, Title: w.Text("audit.title"), Description: w.Text("audit.description"), Audit: true}
		pages = append(pages, home, frame, plan, planFrame, list, audit)
	}
	return append(pages, staticPages()...)
}

// Languages returns the codes of the site's languages, the default first.
func Languages() []string { return slices.Clone(words.Codes) }
