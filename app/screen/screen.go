package screen

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// What is said of the answer is not an exported field of the screen.
type answerReport = report.Report

// A screen is the calculator in one language. go-app keeps it alive when the
// address changes to another language: it copies the exported fields alone.
type screen struct {
	goapp.Compo

	Lang  string
	Frame bool // in a partner's page, without what surrounds the calculator on its own

	answerReport // what was entered, and the answer in words

	seenPath string // the address's path and fragment as last seen or set
	seenLink string

	pace  kit.Pace    // what is drawn when
	early [][2]string // what was entered before the screen was in the page, as taken over

	opened map[string]bool // the details that are open, by place and group

	said string // what was done, spoken before the answer until the next change

	profiles       model.PriceLists
	typedProfile   string // the name to keep prices under
	shownProfile   string // that was last written into its field
	profileMistake string // the key of what is wrong with it

	daysOfChange model.DaysOfType

	changeList changeList

	wayList    *model.WayList // the last ones worked out
	pictureSet *pictureSet
	meant      model.PurposeMeant
	unwatch    func() // ends the wait for the pictures to be seen

	atRest struct{ head, foot, below *deferred } // what waits for a pause, as it is in the page

	kept keeping

	// ctx is the screen's own: work that is put off must not hang on an element
	// that the change takes away.
	ctx goapp.Context

	arrived     arrival
	installable bool // the browser can put the page on the home screen
	fresh       Freshness
	updateReady bool
	offline     bool
	badLink     bool // the address has a scenario that cannot be read
	draftLost   bool // what is in the form could not be kept for the next page
	noWords     bool // the texts of Lang could not be fetched
}

// New is the calculator in a language, as go-app mounts it.
func New(lang string, frame bool) goapp.Composer { return &screen{Lang: lang, Frame: frame} }

// screenWith is a screen with a form.
func screenWith(lang string, frame bool, f *form.Form) *screen {
	s := &screen{Lang: lang, Frame: frame}
	s.Form = f
	s.follow()
	return s
}

// follow has the words follow the language of the address.
func (s *screen) follow() { s.answerReport.Lang, s.answerReport.Frame = s.Lang, s.Frame }

// Prerendered is the calculator as it stands in the page before the program comes,
// on a day written 2006-01-02.
func Prerendered(lang string, frame bool, today string) *screen {
	return screenWith(lang, frame, form.New(today, lang))
}

// OnInit starts from the link in the address, else from the draft that this tab
// left, else from the defaults.
func (s *screen) OnInit() {
	if s.Form != nil {
		return
	}
	s.follow()
	s.pace.Unhurried(true)
	s.breathe()
	today := browser.BrowserToday()
	s.Form = form.New(today, s.Lang)
	if s.Frame {
		s.Options = readFrameOptions()
	}
	link := s.link()
	if !s.Frame { // in a partner's page nothing is kept of them
		s.profiles = model.NewPriceLists(browser.OfDevice)
	}
	s.breathe()
	d, hasDraft := model.LoadDraft(browser.OfTab)
	coded, hasLink := form.ScenarioOf(link)
	var opened *rules.Scenario
	if hasLink {
		if asked, wrong := model.Decode(coded); wrong == nil {
			opened = &asked
		}
	}
	switch {
	case hasDraft && !s.Frame && (!hasLink || d.Link == link):
		s.Form.TakeUp(d)
	case hasLink:
		s.open(opened)
	case strings.HasPrefix(link, form.LinkPrefix):
		s.badLink = true
	default:
		s.startWithProfile()
	}
	s.Name = d.Name
	s.Options.Use(s.Form)
	if hasLink {
		s.compute()
		s.Hear(link, opened)
	}
	s.seenPath, s.seenLink = browser.AddressPath(), link
	// The Rules page leads here for the changes of one's own scenario.
	s.opened = map[string]bool{ChangesKey: link == ChangesKey}
	s.breathe()
	if s.takeEarlyAnswers() && s.Quote != nil {
		s.compute()
	}
	s.offline = browser.IsOffline()
	s.kept.shares = browser.CanShare()
	s.installable = browser.IsInstallable()
	s.kept.shelf = model.NewShelf(browser.OfDevice)
	s.lookAtStorage()
}

// link is the fragment of the address; in a frame the part of it that may hold a
// scenario.
func (s *screen) link() string {
	if s.Frame {
		return browser.FrameLink()
	}
	return browser.AddressFragment()
}

// open puts the scenario of a link into the form, nil for a link that cannot be
// read: it must not pass for what it was meant to show.
func (s *screen) open(scenario *rules.Scenario) {
	if s.badLink = scenario == nil; scenario != nil {
		s.Open(*scenario)
	}
}

// OnMount listens to the page, which stands as OnInit has it. It is not drawn
// again unless there is something new.
func (s *screen) OnMount(ctx goapp.Context) {
	s.ctx = ctx
	s.pace.Unhurried(false)
	if s.Frame {
		s.exposeFrame()
	}
	early := s.takeEarlyAnswers()
	if early || s.Frame { // the page around it waits for an answer
		s.compute()
	}
	s.findLater()
	s.History.Note(s.Form)
	installable := s.installable
	s.OnAppInstallChange(ctx)
	if s.arrive(s.seenLink) || early || s.installable != installable {
		s.Update()
	}
	browser.OnStepKeys(func(by int) { ctx.Dispatch(func(goapp.Context) { s.step(by) }) })
	browser.OnUpdate(func() { ctx.Dispatch(func(goapp.Context) { s.updateReady = true }) })
	browser.OnNetworkChange(func() { ctx.Dispatch(func(goapp.Context) { s.offline = browser.IsOffline() }) })
	browser.OnReturn(func() {
		if browser.BrowserToday() != s.Form.Today {
			s.act(s.followDay)
		}
	})
	browser.OnStored(model.SavedKey, func() { ctx.Dispatch(func(goapp.Context) { s.kept.shelf.Read() }) })
	browser.OnStored(model.PricesKey, func() { ctx.Dispatch(func(goapp.Context) { s.profiles.Read() }) })
	ctx.Defer(func(goapp.Context) {
		browser.ReportReady()
		if s.Frame {
			browser.TellFrame("live")
		}
		if s.opened[ChangesKey] {
			browser.MoveTo(ChangesKey)
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

// breathe lets the browser do what waits to be done. While the screen is made,
// which takes a slow phone a second, the page before it can be used, and while
// the lists below are worked out, the screen.
func (s *screen) breathe() { s.pace.Breathe() }

// takeEarly sets an answer by the id or name of its input in the prerendered
// page. Names that no question has are passed over.
func (s *screen) takeEarly(id, answer string) {
	if id == channelName {
		s.chooseChannel(rules.Channel(answer))
		return
	}
	id = strings.TrimSuffix(id, "-exact")
	if id == form.PathType {
		s.Form.Set(form.PathType, answer)
		return
	}
	for _, q := range s.Form.Questions() {
		if q.Path != id {
			continue
		}
		switch {
		case q.Kind == form.AskFlag:
			answer = map[string]string{"true": form.Yes}[answer]
		case answer == unknown && q.Kind != form.AskText:
			answer = ""
		}
		s.Form.Set(id, answer)
	}
}

// OnNav follows the address: a pasted link is opened; another language, or a
// step back, keeps what was entered.
func (s *screen) OnNav(goapp.Context) {
	s.follow()
	path, link := browser.AddressPath(), s.link()
	if path != s.seenPath || link != s.seenLink {
		s.followDay() // a shortcut asks for today
		s.Update()
	}
	if path == s.seenPath && link != s.seenLink && strings.HasPrefix(link, form.LinkPrefix) {
		if coded, ok := form.ScenarioOf(link); ok {
			var opened *rules.Scenario
			if asked, wrong := model.Decode(coded); wrong == nil {
				opened = &asked
			}
			s.open(opened)
			s.compute()
			s.Hear(link, opened)
		} else {
			s.badLink = true
		}
		s.compute()
	}
	another := path == s.seenPath && link != s.seenLink
	s.seenPath, s.seenLink = path, link
	if another {
		s.arrive(link)
	}
	if !s.badLink {
		s.keep()
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
	s.noWords = false
	words.Load(lang, func(ok bool) {
		s.ctx.Dispatch(func(ctx goapp.Context) {
			if s.Lang != lang {
				return // on to yet another one
			}
			if s.noWords = !ok; ok {
				s.translate(ctx)
			}
		})
	})
}

func (s *screen) translate(ctx goapp.Context) {
	s.Form.Translate(s.Lang)
	w := s.Words()
	ctx.Page().SetLang(s.Lang)
	ctx.Page().SetTitle(w.Text("page.title"))
	ctx.Page().SetDescription(w.Text("page.description"))
}

// typed takes over an answer while it is being typed.
func (s *screen) typed(path, value string) {
	if s.Editing != path {
		s.Drawn = s.LastDrawn[path]
	}
	s.pace.Key()
	browser.NoteTyped(path, value)
	s.Typed(path, value)
	s.computed()
	browser.AfterPaint(func() {
		s.ctx.Dispatch(func(goapp.Context) {
			s.pace.Painted()
			s.keepDraft()
		})
	})
}

// entered takes over an answer that is complete.
func (s *screen) entered(path, value string) {
	s.pace.Entered()
	if s.Frame {
		browser.NoteTyped(path, value) // it has no draft, and no link while there is a mistake
	}
	s.Entered(path, value)
	s.computed()
	s.keep()
}

// changed follows a change of the form's shape.
func (s *screen) changed() {
	s.pace.Entered()
	s.Changed()
	s.computed()
	s.keep()
}

// moveAfter moves to an element once the change is on the screen.
func (s *screen) moveAfter(id string) {
	s.ctx.Defer(func(goapp.Context) { browser.MoveTo(id) })
}

// keep takes the change into the history, and puts the scenario into the address
// and the answers into the draft.
func (s *screen) keep() {
	s.kept.said = ""
	s.History.Note(s.Form)
	if (len(s.Form.Values) > 0 || strings.HasPrefix(s.seenLink, form.LinkPrefix)) && len(s.Mistakes) == 0 && s.Refused == nil && s.Scenario != nil {
		if s.Frame {
			s.seenLink = form.LinkOf(s.Scenario)
			browser.SetFrameLink(s.seenLink)
			browser.ForgetTyped()
		} else {
			s.seenLink = s.OwnLink()
			browser.SetAddressFragment(s.seenLink)
		}
		s.badLink = false
	}
	s.keepDraft()
}

func (s *screen) keepDraft() {
	if s.Frame {
		return // frames of one page would share it
	}
	d := form.Draft{Values: s.Form.Values, Groups: s.Form.Groups, Link: s.seenLink, Carried: s.Form.Carried, Name: s.Name}
	if s.draftLost = model.StoreDraft(browser.OfTab, d) != model.Done; !s.draftLost {
		browser.ForgetTyped()
	}
}

// compute works out the answer.
func (s *screen) compute() {
	s.Compute()
	s.computed()
}

// computed follows a new answer.
func (s *screen) computed() {
	s.said, s.arrived = "", arrival{}
	if s.Current() {
		s.findLater()
	}
	if s.Frame {
		browser.TellFrame("changed")
	}
}

// Render draws the page.
func (s *screen) Render() goapp.UI {
	s.follow()
	if s.opened == nil {
		s.opened = map[string]bool{}
	}
	if s.Quote == nil && len(s.Mistakes) == 0 && s.Refused == nil {
		s.compute()
		s.breathe()
	}
	s.pace.Draw(s.Current())
	head, foot, below := s.deferredToRest(s.sheetHead), s.deferredToRest(s.sheetFoot), s.deferred(s.moreBelow)
	if s.atRest.below == nil {
		s.atRest.head, s.atRest.foot, s.atRest.below = head, foot, below
	}
	class := "page"
	if s.Frame {
		class += " framed"
	}
	return kit.Tag("div").ID("app").Class(class).Body(
		s.deferred(s.header),
		kit.Tag("main").ID("main").Body(
			head,
			kit.Div("columns", s.deferred(s.ask), s.answer()),
			foot,
			below,
		),
		s.deferred(s.footer),
		s.bar(),
	)
}

// href is a link from this page to another path of the site. It is relative, so
// that it holds under any base.
func (s *screen) href(path string) string {
	if s.Frame {
		return kit.Relative(kit.FramePath(s.Lang), path)
	}
	return kit.Relative(kit.HomePath(s.Lang), path)
}

// ask is the column with the form.
func (s *screen) ask() goapp.UI {
	body := []goapp.UI{s.intro(), s.start(), s.what(), s.whom(), s.howMuch(), s.prices()}
	if s.Options.ReadOnly {
		return kit.Tag("fieldset").Class("ask").Attr("disabled", true).Aria("label", s.Words().Text("frame.read-only")).Body(body...)
	}
	return kit.Div("ask", body...)
}

func (s *screen) intro() goapp.UI {
	heading := kit.Tag("h1").Body(kit.Text(s.Words().Text("page.heading")))
	if s.Frame {
		return heading.Class("visually-hidden")
	}
	return kit.Div("intro", heading, kit.Tag("p").Class("lead").Body(kit.Text(s.Words().Text("page.lead"))))
}

func (s *screen) header() goapp.UI {
	if s.Frame {
		return s.states()
	}
	return SiteHeader(s.Words(), kit.HomePath, s.href, s.states())
}

// SiteHeader is the top of every page: the way home, to the book and to the
// same page in another language. The page is given by its path in a language.
func SiteHeader(w *words.Language, page func(code string) string, href func(path string) string, below goapp.UI) goapp.UI {
	links := make([]goapp.UI, 0, len(words.Codes))
	for _, code := range words.Codes {
		link := kit.Tag("a").ID(languageLink(code)).Attr("href", href(page(code))).Attr("hreflang", code).Attr("lang", code).
			Body(kit.Span("short", strings.ToUpper(code)), kit.Hidden(w.Text("language."+code)))
		if code == w.Code {
			link = link.Attr("aria-current", "true")
		}
		links = append(links, link)
	}
	book := kit.Tag("a").Class("to-rules").Attr("href", href(kit.RulesPath(w.Code))).Body(kit.Text(w.Text("nav.rules")))
	if page(w.Code) == kit.RulesPath(w.Code) {
		book = book.Attr("aria-current", "page")
	}
	return kit.Tag("header").Class("top").Body(
		kit.Div("airmail"),
		kit.Div("top-row",
			kit.Tag("a").Class("brand").Attr("href", href(kit.HomePath(w.Code))).Body(brandMark(), kit.Span("brand-name", "Postage")),
			kit.Tag("nav").Class("site").Aria("label", w.Text("nav.site")).Body(book),
			kit.Tag("nav").Class("languages").Aria("label", w.Text("nav.languages")).Body(links...),
		),
		below,
	)
}

func languageLink(code string) string { return "language-" + code }

// states tells of the network and of updates.
func (s *screen) states() goapp.UI {
	w := s.Words()
	var lines []goapp.UI
	if s.updateReady {
		lines = append(lines, kit.Div("state",
			kit.Span("", w.Text("state.update")),
			kit.Button("link", w.Text("state.reload"), func(goapp.Context, goapp.Event) { s.keep(); browser.ApplyUpdate() }),
		))
	}
	if overdue := s.overdueState(); overdue != nil {
		lines = append(lines, overdue)
	}
	if s.badLink {
		lines = append(lines, kit.Div("state", kit.Span("", w.Text("state.bad-link"))))
	}
	if s.draftLost && !s.Current() { // else it is in the address
		lines = append(lines, kit.Div("state", kit.Span("", w.Text("state.draft-lost"))))
	}
	if arrived := s.arrivedState(); arrived != nil {
		lines = append(lines, arrived)
	}
	if s.noWords {
		lines = append(lines, kit.Div("state",
			kit.Span("", w.Text("state.no-words", "language", w.Text("language."+s.Lang))),
			kit.Button("link", w.Text("state.retry"), func(goapp.Context, goapp.Event) {
				s.changeLanguage()
				s.moveAfter(languageLink(s.Lang)) // this button goes away
			}),
		))
	}
	if s.offline {
		lines = append(lines, kit.Div("state", kit.Span("", w.Text("state.offline"))))
	}
	return kit.Tag("div").Class("states").Attr("role", "status").Body(lines...)
}

func (s *screen) footer() goapp.UI {
	if s.Frame {
		return s.frameFooter()
	}
	return SiteFooter(s.Words(), s.href, s.renew(), s.install())
}

// SiteFooter is the bottom of every page of the site. Below the day of the
// tariffs stand what looks for a newer build and the offer to install.
func SiteFooter(w *words.Language, href func(path string) string, renew, install goapp.UI) goapp.UI {
	return kit.Tag("footer").Class("foot").Body(
		tariffDate(w),
		renew,
		kit.Tag("p").Body(kit.Text(w.Text("foot.method"))),
		kit.Tag("p").Body(kit.Text(w.Text("foot.private"))),
		kit.Tag("p").Body(kit.Tag("a").Attr("href", href(kit.AboutPath(w.Code))).Body(kit.Text(w.Text("foot.about")))),
		kit.Tag("p").Body(kit.Tag("a").Attr("href", href(kit.PartnersPath(w.Code))).Body(kit.Text(w.Text("foot.partners")))),
		install,
	)
}

// brandMark is the logo: a stamp with the sign of the dong.
func brandMark() goapp.UI {
	return kit.Svg("svg").Attr("data-is", "brand-mark").Attr("viewBox", "0 0 32 32").Aria("hidden", "true").Body(
		kit.Svg("rect").Attr("width", "32").Attr("height", "32").Attr("rx", "6"),
		kit.Svg("path").Attr("d", "M19.5 7v14.2M15.6 9.6h7M19.5 17.2a4.1 4.1 0 1 0-8.2 0 4.1 4.1 0 0 0 8.2 0zM11 25h9"),
	)
}
