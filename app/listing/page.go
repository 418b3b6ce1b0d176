package listing

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/browser"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/words"
)

// A Page is the list in one language. go-app keeps it alive when the address changes to
// another language: it copies the exported fields alone.
type Page struct {
	goapp.Compo

	Lang string

	work *work
}

// Register tells go-app the addresses of the page. Only its wasm program calls it.
func Register() {
	breath.Take()
	for _, lang := range words.Codes {
		goapp.RouteFunc(kit.ListPath(lang), func() goapp.Composer { return &Page{Lang: lang} })
	}
	breath.Take()
}

// Prerendered is the page as it stands before the program comes, on a day written
// 2006-01-02.
func Prerendered(lang, today string) goapp.Composer {
	return &Page{Lang: lang, work: workOf(lang, today)}
}

// OnInit starts with the choices that the device keeps.
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
	p.work.Translate(func() string { return p.Lang }, p.work.show)
}

// Render draws the page.
func (p *Page) Render() goapp.UI {
	w := p.work
	class := "page planning listing"
	if w.Over {
		class += " list-over"
	}
	if w.Coming() { // what comes pushes down what stands below the stamp, and not the stamp out of view
		class += " list-coming"
	}
	var body goapp.UI
	if w.Columns == nil {
		body = w.Begin(start{w}.wanted())
	} else {
		chosen := w.Part
		if w.found != nil { // they have been there
			chosen = func(_ int, draw func() goapp.UI) goapp.UI { return draw() }
		}
		missed, depends := reply{w}.missed, reply{w}.depends
		if w.found != nil && w.found.Reached == 0 { // what may be comes before why it is not sure
			missed, depends = depends, missed
		}
		body = kit.Div("columns plan-columns list-columns",
			kit.Div("plan-left", head{w}.draw(), file{w}.draw(), chosen(2, columns{w}.draw), chosen(3, choices{w}.sent), chosen(4, choices{w}.ways), w.Private()),
			kit.Div("plan-right", kit.Div("plan-answer", reply{w}.draw(), kit.PlaceFor(reply{w}.acts())),
				w.Part(2, reply{w}.ways), w.Part(3, missed), w.Part(4, depends), w.Part(4, reply{w}.compared)),
		)
	}
	return kit.Tag("div").ID("app").Class(class).Body(
		page.Header(w.Words(), kit.ListPath, w.Href, w.States()),
		kit.Tag("main").ID("main").Body(body),
		page.Footer(w.Words(), w.Href, nil, page.InstallLink(w.Words(), w.Href)),
		kit.PlaceFor(reply{w}.bar()),
	)
}

// workOf is the work of a page that nothing keeps.
func workOf(lang, today string) *work {
	w := &work{}
	w.Start(w, lang, today)
	return w
}
