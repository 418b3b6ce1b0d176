package auditing

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/browser"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/words"
)

// A Page is the bill in one language. go-app keeps it alive when the address changes to
// another language: it copies the exported fields alone.
type Page struct {
	goapp.Compo

	Lang string

	work *work
}

// Register tells go-app the addresses of the page. Only its wasm program calls it.
func Register() {
	for _, lang := range words.Codes {
		goapp.RouteFunc(kit.AuditPath(lang), func() goapp.Composer { return &Page{Lang: lang} })
	}
	breath.Take()
}

// Prerendered is the page as it stands before the program comes, on a day written
// 2006-01-02.
func Prerendered(lang, today string) goapp.Composer {
	return &Page{Lang: lang, work: workOf(lang, today)}
}

// OnInit starts with what the device keeps.
func (p *Page) OnInit() {
	if p.work != nil {
		return
	}
	breath.Take()
	w := workOf(p.Lang, browser.Today())
	w.storage = browser.OfDevice
	w.recall()
	w.Recall()
	p.work = w
}

// OnMount listens to the page, and has the worker started once it is live.
func (p *Page) OnMount(ctx goapp.Context) { p.work.Mount(ctx, p.work.hear) }

// OnUpdate runs when the language has changed.
func (p *Page) OnUpdate(goapp.Context) {
	p.work.Translate(func() string { return p.Lang }, func() {
		p.work.show()
		p.work.nameCountries()
	})
}

// Render draws the page.
func (p *Page) Render() goapp.UI {
	w := p.work
	class := "page planning listing auditing"
	if w.Over {
		class += " list-over"
	}
	var body []goapp.UI
	if w.Columns == nil {
		body = []goapp.UI{w.Begin(known{w}.draw())}
	} else {
		body = []goapp.UI{
			kit.Div("columns plan-columns",
				kit.Div("plan-left", file{w}.head(), file{w}.draw(), kit.PlaceFor(asks{w}.draw()), kit.PlaceFor(causes{w}.draw()), kit.PlaceFor(asks{w}.agreed())),
				kit.Div("plan-right", kit.Div("plan-answer", reply{w}.draw(), kit.PlaceFor(tools{w}.draw())), kit.PlaceFor(then{w}.short()), w.Private()),
			),
			kit.Div("columns plan-below audit-below", kit.PlaceFor(rows{w}.draw()), kit.PlaceFor(then{w}.draw())),
		}
	}
	return kit.Tag("div").ID("app").Class(class).Attr("data-title", w.fileTitle()).Body(
		page.Header(w.Words(), kit.AuditPath, w.Href, w.States()),
		kit.Tag("main").ID("main").Body(body...),
		page.Footer(w.Words(), w.Href, nil, page.InstallLink(w.Words(), w.Href)),
		kit.PlaceFor(reply{w}.bar()),
	)
}

// workOf is the work of a page that nothing keeps.
func workOf(lang, today string) *work {
	w := &work{}
	w.file = &w.File
	w.Start(w, lang, today)
	return w
}
