package listing

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/browser"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/words"
	"postage/rules"
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
	w.offline = browser.IsOffline()
	p.work = w
}

// OnMount listens to the page, and has the worker started once it is live.
func (p *Page) OnMount(ctx goapp.Context) {
	w := p.work
	w.ctx = ctx
	p.entitle(ctx)
	later := func(do func()) func() { return func() { ctx.Dispatch(func(goapp.Context) { do() }) } }
	browser.OnNetworkChange(later(func() { w.offline = browser.IsOffline() }))
	browser.OnUpdate(later(func() { w.updateReady = true }))
	browser.OnListDropped(
		func(name string, size int64) { ctx.Dispatch(func(goapp.Context) { w.open(name) }) },
		func(is bool) { ctx.Dispatch(func(goapp.Context) { w.over = is }) },
	)
	ctx.Defer(func(goapp.Context) {
		browser.ReportReady()
		browser.OpenReader(func(what, report string) { ctx.Dispatch(func(goapp.Context) { w.hear(what, report) }) })
	})
}

// OnUpdate runs when the language has changed.
func (p *Page) OnUpdate(goapp.Context) {
	lang, w := p.Lang, p.work
	w.noWords = ""
	words.Load(lang, func(ok bool) {
		w.ctx.Dispatch(func(ctx goapp.Context) {
			switch {
			case p.Lang != lang: // on to yet another one
			case !ok:
				w.noWords = lang
			default:
				w.lang = lang
				w.show()
				ctx.Page().SetLang(lang)
				p.entitle(ctx)
			}
		})
	})
}

func (p *Page) entitle(ctx goapp.Context) {
	w := p.work.words()
	ctx.Page().SetTitle(w.Text("list.title"))
	ctx.Page().SetDescription(w.Text("list.description"))
}

// Render draws the page.
func (p *Page) Render() goapp.UI {
	w := p.work
	class := "page planning listing"
	if w.over {
		class += " list-over"
	}
	var body goapp.UI
	if w.columns == nil {
		body = kit.Div("columns list-start", start{w}.draw()...)
	} else {
		body = kit.Div("columns plan-columns list-columns",
			kit.Div("plan-left", head{w}.draw(), file{w}.draw(), columns{w}.draw(), choices{w}.sent(), choices{w}.ways(), start{w}.private()),
			kit.Div("plan-right", kit.Div("plan-answer", reply{w}.draw(), kit.PlaceFor(reply{w}.acts())),
				kit.PlaceFor(reply{w}.ways()), kit.PlaceFor(reply{w}.missed()), kit.PlaceFor(reply{w}.depends()), kit.PlaceFor(reply{w}.compared())),
		)
	}
	return kit.Tag("div").ID("app").Class(class).Body(
		page.Header(w.words(), kit.ListPath, w.href, w.states()),
		kit.Tag("main").ID("main").Body(body),
		page.Footer(w.words(), w.href, nil, page.InstallLink(w.words(), w.href)),
		kit.PlaceFor(reply{w}.bar()),
	)
}

// workOf is the work of a page that nothing keeps.
func workOf(lang, today string) *work {
	w := &work{lang: lang}
	w.today, _ = rules.ParseDate(today) // the browser's
	w.reset()
	return w
}
