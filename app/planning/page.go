package planning

import (
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/page"
	"postage/app/plan"
	"postage/app/planning/calendar"
	"postage/app/planning/packages"
	"postage/app/planning/under"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A Page is the plan in one language. go-app keeps it alive when the address changes to
// another language: it copies the exported fields alone.
type Page struct {
	goapp.Compo

	Lang  string
	Frame bool // in a partner's page

	work *work
}

// Register tells go-app the addresses of the page. Only its wasm program calls it.
func Register() {
	breath.Take() // behind it are the program's own start and the reading of the book
	for _, lang := range words.Codes {
		goapp.RouteFunc(kit.PlanPath(lang), func() goapp.Composer { return New(lang, false) })
		goapp.RouteFunc(kit.PlanFramePath(lang), func() goapp.Composer { return New(lang, true) })
	}
	browser.ExposeAnswer(rules.AnswerPlan)
	breath.Take()
}

// New is the page in a language, as go-app mounts it.
func New(lang string, frame bool) goapp.Composer { return &Page{Lang: lang, Frame: frame} }

// Prerendered is the page as it stands before the program comes, on a day written
// 2006-01-02: with an empty plan.
func Prerendered(lang string, frame bool, today string) goapp.Composer {
	w := workOf(plan.Plan{Lang: lang}, lang, today)
	w.report.Frame = frame
	return &Page{Lang: lang, Frame: frame, work: w}
}

// OnInit starts from the plan that the device keeps, and from a link in the address.
func (p *Page) OnInit() {
	if p.work != nil {
		return
	}
	breath.Take()
	today := browser.Today()
	if p.Frame {
		p.work = workOf(plan.Plan{Lang: p.Lang}, p.Lang, today)
		p.work.report.Frame, p.work.report.Options = true, model.ReadFrameOptions(browser.FrameOptionsText())
		p.arrive(browser.FrameLink())
		p.work.compute()
		p.work.history.Note(&p.work.plan)
		p.work.link = browser.FrameLink() // with what it says of the answer
		return
	}
	k := plan.NewKeeper(browser.OfDevice)
	kept, whole := k.Read(p.Lang, today)
	w := workOf(kept, p.Lang, today)
	p.work = w
	w.keeper, w.storage, w.unreadable = k, browser.OfDevice, !whole
	w.screen = p
	breath.Take()
	w.history.Note(&w.plan)
	if link := browser.AddressFragment(); link != "" {
		p.arrive(link)
	} else {
		w.goOnWithFlow()
	}
	w.shelf = model.NewShelfUnder(browser.OfDevice, plan.KeySaved)
	w.offline, w.shares = browser.IsOffline(), browser.CanShare()
	w.seen = browser.AddressPath()
}

// arrive does what the address asks for.
func (p *Page) arrive(fragment string) {
	w := p.work
	w.link = fragment
	if fragment == plan.OverviewFragment && !p.Frame {
		w.overview()
		return
	}
	if id, ok := strings.CutPrefix(fragment, plan.ItemPrefix); ok && !p.Frame {
		w.open, _ = strconv.ParseInt(id, 10, 64)
	}
	if strings.HasPrefix(fragment, form.MixPrefix) && !p.Frame {
		m, wrong := plan.MixingIn(fragment)
		if w.badLink = wrong != nil; !w.badLink {
			mixes{w}.openMix(m)
		}
	}
	if coded, ok := strings.CutPrefix(fragment, kit.AddToPlan); ok && !p.Frame {
		w.add(coded)
	}
	if !strings.HasPrefix(fragment, plan.LinkPrefix) {
		return
	}
	other, wrong := plan.InLink(fragment, w.today, p.Lang)
	if w.badLink = wrong != nil; w.badLink {
		return
	}
	mine := len(w.plan.Items) > 0
	w.take(other)
	w.hear(fragment)
	w.arrived = mine
	if !w.lost && !p.Frame { // the plan is the visitor's own from here on
		w.link = ""
		browser.SetAddressFragment("")
	}
}

// OnMount listens to the page, which stands as OnInit has it.
func (p *Page) OnMount(ctx goapp.Context) {
	w := p.work
	w.ctx, w.screen = ctx, p
	p.entitle(ctx)
	later := func(do func()) func() { return func() { ctx.Dispatch(func(goapp.Context) { do() }) } }
	browser.OnStepKeys(func(by int) { ctx.Dispatch(func(goapp.Context) { w.step(by) }) })
	browser.OnNetworkChange(later(func() { w.offline = browser.IsOffline() }))
	if p.Frame {
		browser.OnReturn(later(func() { w.followDay(browser.Today()) }))
		frame{w}.expose()
		ctx.Defer(func(goapp.Context) {
			browser.ReportReady()
			browser.TellFrame("live")
		})
		return
	}
	browser.OnUpdate(later(func() { w.updateReady = true }))
	browser.OnStored(plan.Key, later(w.readAgain))
	browser.OnStored(plan.KeySaved, later(w.shelf.Read))
	browser.OnReturn(later(func() {
		w.readAgain()
		w.followDay(browser.Today())
	}))
	if w.mixing != nil {
		mixes{w}.findMix(nil)
	}
	ctx.Defer(func(goapp.Context) {
		browser.ReportReady()
		if w.open != 0 {
			browser.MoveTo(rowID(w.open))
		}
	})
}

// OnNav follows the address: a pasted link is opened.
func (p *Page) OnNav(ctx goapp.Context) {
	w := p.work
	path, link := browser.AddressPath(), browser.AddressFragment()
	if p.Frame {
		if link = browser.FrameLink(); link == w.link || !strings.HasPrefix(link, plan.LinkPrefix) {
			return
		}
	}
	if path == w.seen && link != w.link {
		ctx.Dispatch(func(goapp.Context) { p.arrive(link) }) // which is drawn then
	}
	w.seen = path
}

// OnUpdate runs when the language has changed.
func (p *Page) OnUpdate(goapp.Context) { p.changeLanguage() }

// changeLanguage goes on in the language of the address as soon as its texts are there.
// Until then, and if they do not come, the page stays as it was.
func (p *Page) changeLanguage() {
	lang, w := p.Lang, p.work
	w.noWords = ""
	words.Load(lang, func(ok bool) {
		w.ctx.Dispatch(func(ctx goapp.Context) {
			switch {
			case p.Lang != lang: // on to yet another one
			case !ok:
				w.noWords = lang
			default:
				w.report.Lang = lang
				w.plan.Translate(lang, w.today)
				w.compute()
				ctx.Page().SetLang(lang)
				p.entitle(ctx)
			}
		})
	})
}

func (p *Page) entitle(ctx goapp.Context) {
	w := p.work.words()
	ctx.Page().SetTitle(w.Text("plan.title"))
	ctx.Page().SetDescription(w.Text("plan.description"))
}

// overview leaves what stands in the place of the plan, for the plan.
func (w *work) overview() {
	if w.flowing != nil {
		w.closeFlow()
	}
	mixes{w}.closeMix()
	w.link = ""
	browser.SetAddressFragment("")
}

// hrefOfWay is where a way at the top of the page leads. That to the plan leads back to it
// from what stands in its place.
func (w *work) hrefOfWay(path string) string {
	href := w.href(path)
	if (w.flowing != nil || w.mixing != nil) && path == kit.PlanPath(w.report.Lang) {
		href += "#" + plan.OverviewFragment
	}
	return href
}

// Render draws the page.
func (p *Page) Render() goapp.UI {
	w := p.work
	if p.Frame {
		return frame{w}.draw()
	}
	class := "page planning"
	var body []goapp.UI
	switch {
	case w.flowing != nil:
		body = flows{w}.draw()
	case w.mixing != nil:
		body = mixes{w}.mix().Draw()
	case len(w.plan.Items) == 0:
		class += " plan-empty"
		body = []goapp.UI{kit.Div("columns plan-start", starts{w}.head(), kit.PlaceFor(starts{w}.draw()), kit.PlaceFor(tools{w}.openPanel()), kit.PlaceFor(shelf{w}.draw()))}
	default:
		body = []goapp.UI{
			kit.Div("columns plan-columns",
				kit.Div("plan-left", head{w}.draw(), items{w}.draw(), reply{w}.balance(), kit.PlaceFor(reply{w}.shared()), kit.PlaceFor(w.packages().Draw()), kit.PlaceFor(w.under().Draw())),
				kit.Div("plan-right", kit.Div("plan-answer", reply{w}.draw(), tools{w}.draw()), kit.PlaceFor(reply{w}.months()), kit.PlaceFor(reply{w}.used())),
			),
			kit.Div("columns plan-below", kit.PlaceFor(w.calendar().Draw()), kit.PlaceFor(reply{w}.notices()), kit.PlaceFor(shelf{w}.draw())),
		}
	}
	return kit.Tag("div").ID("app").Class(class).Attr("data-title", w.tell().FileTitle()).Body(
		page.Header(w.words(), kit.PlanPath, w.hrefOfWay, w.states()),
		kit.Tag("main").ID("main").Body(body...),
		page.Footer(w.words(), w.href, nil, page.InstallLink(w.words(), w.href)),
		kit.PlaceFor(reply{w}.bar()),
	)
}

// calendar shows the days of sending.
func (w *work) calendar() calendar.View {
	return calendar.View{Teller: w.tell(), Open: w.days, Toggle: func(open bool) { w.days = open }}
}

// under shows the plan under the rules of another day.
func (w *work) under() under.View {
	return under.View{Teller: w.tell(), Day: w.underDay, Open: w.underOpen, Choose: func(day string) { w.underDay = day }, Toggle: func(open bool) { w.underOpen = open }}
}

// packages compares the packages of a Zalo account.
func (w *work) packages() packages.View {
	v := packages.View{Teller: w.tell(), Open: w.packagesOpen, Toggle: func(open bool) { w.packagesOpen = open }}
	v.Show = func() {
		w.packagesOpen = true
		w.moveAfter(packages.ID)
	}
	if w.mayChange() {
		v.Use = func(shared map[string]string) {
			if w.plan.Shared == nil {
				w.plan.Shared = map[string]string{}
			}
			for path, v := range shared {
				w.plan.Shared[path] = v
				delete(w.plan.Carried, path)
			}
			w.changed()
			w.moveAfter(answerID)
		}
	}
	return v
}

// workOf is the work on a plan that nothing keeps.
func workOf(p plan.Plan, lang, today string) *work {
	w := &work{report: report.Report{Lang: lang}, plan: p, today: today}
	w.storage = nowhere{}
	w.keeper = plan.NewKeeper(w.storage)
	w.compute()
	return w
}

// nowhere is a storage that keeps nothing.
type nowhere struct{}

func (nowhere) Read(string) (string, bool) { return "", true }
func (nowhere) Write(string, string) bool  { return false }

var _ model.Storage = nowhere{}
