package screen

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/page"
	"postage/app/plan"
	"postage/app/screen/ask"
	"postage/app/screen/below"
	"postage/app/screen/desk"
	"postage/app/screen/keep"
	"postage/app/screen/reply"
	"postage/app/words"
	"postage/rules"
)

// A screen is the calculator in one language: it puts its parts together and tells
// them what comes from the page. go-app keeps it alive when the address changes to
// another language: it copies the exported fields alone.
type screen struct {
	goapp.Compo

	Lang  string
	Frame bool // in a partner's page, without what surrounds the calculator on its own

	desk *desk.Desk // what was entered, and the answer in words

	form   *ask.Column
	answer *reply.Column
	tools  *keep.Toolbar
	shelf  *keep.Shelf
	lists  *below.Lists
	news   *news

	early  [][2]string                               // what was entered before the screen was in the page, as taken over
	atRest struct{ head, foot, below *kit.Deferred } // what waits for a pause, as it is in the page
}

// New is the calculator in a language, as go-app mounts it.
func New(lang string, frame bool) goapp.Composer { return newScreen(lang, frame, nil) }

// newScreen is a screen with a form, nil for the one that OnInit finds.
func newScreen(lang string, frame bool, f *form.Form) *screen {
	d := desk.New(lang, frame)
	d.Form = f
	s := &screen{Lang: lang, Frame: frame, desk: d}
	d.Screen, d.Later = s, s.findLater
	s.form, s.shelf, s.lists, s.news = ask.New(d), keep.NewShelf(d), below.New(d), &news{Desk: d, retry: s.changeLanguage}
	s.tools = keep.New(d, s.shelf)
	s.answer = reply.New(d, s.tools.Draw)
	return s
}

// follow has the words follow the language of the address.
func (s *screen) follow() { s.desk.Lang, s.desk.Frame = s.Lang, s.Frame }

// Prerendered is the calculator as it stands in the page before the program comes,
// on a day written 2006-01-02.
func Prerendered(lang string, frame bool, today string) goapp.Composer {
	return newScreen(lang, frame, form.New(today, lang))
}

// OnInit starts from the link in the address, else from the draft that this tab
// left, else from the defaults.
func (s *screen) OnInit() {
	if s.desk.Form != nil {
		return
	}
	s.follow()
	s.desk.Pace.Unhurried(true)
	s.desk.Breathe()
	today := browser.Today()
	s.desk.Form = form.New(today, s.Lang)
	if s.Frame {
		s.desk.Options = readFrameOptions()
	}
	link := s.link()
	if !s.Frame { // in a partner's page nothing is kept of them
		s.form.Prices.Lists = model.NewPriceLists(browser.OfDevice)
	}
	s.desk.Breathe()
	d, hasDraft := model.LoadDraft(browser.OfTab)
	coded, hasLink := form.ScenarioOf(link)
	isLeft := hasDraft && d.IsOf(link, browser.IsReloaded())
	var opened *rules.Scenario
	if hasLink {
		opened = s.scenarioIn(coded)
	}
	switch {
	case hasDraft && !s.Frame && (!hasLink || isLeft):
		s.desk.Form.TakeUp(d)
		s.desk.Item, s.desk.Name = d.Item, d.Name
	case hasLink:
		s.desk.OpenScenario(opened)
		s.desk.Name = form.NameIn(link)
	case strings.HasPrefix(link, form.LinkPrefix):
		s.desk.BadLink = true
	default:
		s.form.Prices.Start()
	}
	s.desk.Options.Use(s.desk.Form)
	if hasLink {
		s.desk.Compute()
		s.desk.Hear(link, opened)
		if opened != nil && !s.Frame && !isLeft && !form.IsOwn(link) && !browser.AddressIsOwn() {
			s.desk.SayShared()
		}
	}
	s.desk.SeenPath, s.desk.SeenLink = browser.AddressPath(), link
	// The Rules page leads here for the changes of one's own scenario.
	s.desk.Opened[reply.ChangesKey] = link == reply.ChangesKey
	s.desk.Breathe()
	if s.takeEarlyAnswers() && s.desk.Quote != nil {
		s.desk.Compute()
	}
	s.news.offline = browser.IsOffline()
	s.tools.Shares = browser.CanShare()
	if !s.Frame {
		s.tools.ToPlan.Keeper = plan.NewKeeper(browser.OfDevice)
	}
	s.news.installable = browser.IsInstallable()
	s.shelf.Kept = model.NewShelf(browser.OfDevice)
	s.shelf.LookAtStorage()
}

// link is the fragment of the address; in a frame the part of it that may hold a
// scenario.
func (s *screen) link() string {
	if s.Frame {
		return browser.FrameLink()
	}
	return browser.AddressFragment()
}

// OnMount listens to the page, which stands as OnInit has it. It is not drawn
// again unless there is something new.
func (s *screen) OnMount(ctx goapp.Context) {
	d := s.desk
	d.Ctx = ctx
	d.Pace.Unhurried(false)
	if s.Frame {
		s.exposeFrame()
	}
	early := s.takeEarlyAnswers()
	if early || s.Frame { // the page around it waits for an answer
		d.Compute()
	}
	s.findLater()
	d.History.Note(d.Form)
	installable := s.news.installable
	s.OnAppInstallChange(ctx)
	if s.arrive(d.SeenLink) || early || s.news.installable != installable {
		s.Update()
	}
	browser.OnStepKeys(func(by int) { ctx.Dispatch(func(goapp.Context) { d.Step(by) }) })
	browser.OnUpdate(func() { ctx.Dispatch(func(goapp.Context) { s.news.updateReady = true }) })
	browser.OnNetworkChange(func() { ctx.Dispatch(func(goapp.Context) { s.news.offline = browser.IsOffline() }) })
	browser.OnReturn(func() {
		if browser.Today() != d.Form.Today {
			d.Act(d.FollowDay)
		}
	})
	browser.OnStored(model.SavedKey, func() { ctx.Dispatch(func(goapp.Context) { s.shelf.Kept.Read() }) })
	browser.OnStored(model.PricesKey, func() { ctx.Dispatch(func(goapp.Context) { s.form.Prices.Lists.Read() }) })
	ctx.Defer(func(goapp.Context) {
		browser.ReportReady()
		if s.Frame {
			browser.TellFrame("live")
		}
		if d.Opened[reply.ChangesKey] {
			browser.MoveTo(reply.ChangesKey)
		}
	})
}

// takeEarlyAnswers takes over what was entered while the program was on its way,
// and reports whether there was anything new.
func (s *screen) takeEarlyAnswers() bool {
	before := len(s.early)
	for _, early := range browser.EarlyAnswers() {
		if !slices.Contains(s.early, early) {
			s.early = append(s.early, early)
			s.takeEarly(early[0], early[1])
		}
	}
	return len(s.early) > before
}

// takeEarly sets an answer by the id or name of its input in the prerendered
// page. Names that no question has are passed over.
func (s *screen) takeEarly(id, answer string) {
	d := s.desk
	if id == ask.ChannelName {
		s.form.ChooseChannel(rules.Channel(answer))
		return
	}
	id = strings.TrimSuffix(id, "-exact")
	if id == form.PathType {
		d.Form.Set(form.PathType, answer)
		return
	}
	for _, q := range d.Form.Questions() {
		if q.Path != id {
			continue
		}
		switch {
		case q.Kind == form.AskFlag:
			answer = map[string]string{"true": form.Yes}[answer]
		case answer == kit.Unknown && q.Kind != form.AskText:
			answer = ""
		}
		d.Form.Set(id, answer)
	}
}

// OnNav follows the address: a pasted link is opened; another language, or a
// step back, keeps what was entered.
func (s *screen) OnNav(goapp.Context) {
	d := s.desk
	s.follow()
	path, link := browser.AddressPath(), s.link()
	if path != d.SeenPath || link != d.SeenLink {
		d.FollowDay() // a shortcut asks for today
		s.Update()
	}
	if path == d.SeenPath && link != d.SeenLink && strings.HasPrefix(link, form.LinkPrefix) {
		if coded, ok := form.ScenarioOf(link); ok {
			opened := s.scenarioIn(coded)
			d.OpenScenario(opened)
			d.Name = form.NameIn(link)
			d.Compute()
			d.Hear(link, opened)
		} else {
			d.BadLink = true
		}
		d.Compute()
	}
	another := path == d.SeenPath && link != d.SeenLink
	d.SeenPath, d.SeenLink = path, link
	if another {
		s.arrive(link)
	}
	if !d.BadLink {
		d.After(0, d.Keep) // the answer is drawn first
	}
}

// OnUpdate runs when the language has changed.
func (s *screen) OnUpdate(goapp.Context) {
	s.follow()
	s.changeLanguage()
}

// changeLanguage goes on in the language of the address as soon as its texts
// are there. Until then, and if they do not come, the page stays as it was.
func (s *screen) changeLanguage() {
	lang := s.Lang
	s.news.noWords = false
	words.Load(lang, func(ok bool) {
		s.desk.Ctx.Dispatch(func(ctx goapp.Context) {
			if s.Lang != lang {
				return // on to yet another one
			}
			if s.news.noWords = !ok; ok {
				s.translate(ctx)
			}
		})
	})
}

func (s *screen) translate(ctx goapp.Context) {
	d := s.desk
	d.Form.Translate(s.Lang)
	w := d.Words()
	ctx.Page().SetLang(s.Lang)
	ctx.Page().SetTitle(w.Text("page.title"))
	ctx.Page().SetDescription(w.Text("page.description"))
}

// Render draws the page.
func (s *screen) Render() goapp.UI {
	d := s.desk
	s.follow()
	if d.Quote == nil && len(d.Mistakes) == 0 && d.Refused == nil {
		d.Compute()
		d.Breathe()
	}
	d.Pace.Draw(d.Current())
	head, foot, below := kit.DeferToRest(&d.Pace, s.answer.SheetHead), kit.DeferToRest(&d.Pace, s.answer.SheetFoot), d.Deferred(s.moreBelow)
	if s.atRest.below == nil {
		s.atRest.head, s.atRest.foot, s.atRest.below = head, foot, below
	}
	class := "page"
	if s.Frame {
		class += " framed"
	}
	return kit.Tag("div").ID("app").Class(class).Body(
		d.Deferred(s.header),
		kit.Tag("main").ID("main").Body(
			head,
			kit.Div("columns", d.Deferred(s.form.Draw), s.answer.Draw()),
			foot,
			below,
		),
		d.Deferred(s.footer),
		s.answer.Bar(),
	)
}

func (s *screen) header() goapp.UI {
	d := s.desk
	if s.Frame {
		return s.news.states()
	}
	return page.Header(d.Words(), kit.HomePath, d.Href, s.news.states())
}

func (s *screen) footer() goapp.UI {
	d := s.desk
	if s.Frame {
		return s.frameFooter()
	}
	return page.Footer(d.Words(), d.Href, s.news.renew(), s.news.install())
}

// OnAppInstallChange follows whether the browser can install the page.
func (s *screen) OnAppInstallChange(ctx goapp.Context) {
	s.news.installable = ctx.IsAppInstallable()
}
