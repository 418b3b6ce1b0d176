package app

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/model"
	"postage/rules"
)

// A screen is the calculator in one language. go-app keeps it alive when the
// address changes to another language: it copies the exported fields alone.
type screen struct {
	goapp.Compo

	Lang  string
	Frame bool // in a partner's page, without what surrounds the calculator on its own

	options frameOptions // of a frame

	form      *form
	editing   string            // path of the field being typed into
	drawn     string            // what stood drawn in it when the typing began
	lastDrawn map[string]string // what was last drawn in the fields, by path
	mistakes  []mistake
	refused   *rules.Error // what the rules say against the scenario
	scenario  []byte
	quote     *rules.Quote // the last answer; stale while there are mistakes
	seenPath  string       // the address's path and fragment as last seen or set
	seenLink  string

	unhurried bool        // what is being done may wait for the browser
	early     [][2]string // what was entered before the screen was in the page, as taken over

	opened map[string]bool // the details that are open, by place and group

	history history
	said    string // what was done, spoken before the answer until the next change

	answerFirst bool // a key's answer is drawn alone; what is deferred comes after it
	turn        int  // of drawing all of it
	typing      bool // with no pause yet
	turnAtRest  int  // of drawing also what waits for one

	profiles       model.PriceLists
	typedProfile   string // the name to keep prices under
	shownProfile   string // that was last written into its field
	profileMistake string // the key of what is wrong with it

	daysOfChange daysOfType

	changeList changeList

	wayList    *wayList // the last ones worked out
	pictureSet *pictureSet
	meant      purposeMeant
	laters     int    // how often something was put off
	unwatch    func() // ends the wait for the pictures to be seen

	rested bool                                  // there was a pause: what waits for one is drawn
	atRest struct{ head, foot, below *deferred } // what waits for one, as it is in the page

	sheetWaits bool // at this pause the printed sheet has to be drawn

	told  *told // by a link, where today's answer is another one
	kept  keeping
	valid validity

	// ctx is the screen's own: work that is put off must not hang on an element
	// that the change takes away.
	ctx goapp.Context

	arrived     arrival
	installable bool // the browser can put the page on the home screen
	fresh       freshness
	updateReady bool
	offline     bool
	badLink     bool // the address has a scenario that cannot be read
	draftLost   bool // what is in the form could not be kept for the next page
	noWords     bool // the texts of Lang could not be fetched

	shownLang string // the language whose texts are on the screen

	countryLang  string
	countryCodes []string
	countryNames map[string]string
}

// words are the texts of the language, or, until they have been fetched, of the
// one before.
func (s *screen) words() *language {
	if l := languageIfLoaded(s.Lang); l != nil {
		s.shownLang = s.Lang
		return l
	}
	return languageOf(s.shownLang)
}

// OnInit starts from the link in the address, else from the draft that this tab
// left, else from the defaults.
func (s *screen) OnInit() {
	if s.form != nil {
		return
	}
	s.unhurried = true
	s.breathe()
	today := browserToday()
	s.form = newForm(today, s.Lang)
	s.fresh.built, _ = rules.ParseDate(dayOfBuild())
	if s.Frame {
		s.options = readFrameOptions()
	}
	link := s.link()
	if !s.Frame { // in a partner's page nothing is kept of them
		s.profiles = model.NewPriceLists(ofDevice)
	}
	s.breathe()
	d, hasDraft := loadDraft(ofTab)
	scenario, hasLink := scenarioOf(link)
	switch {
	case hasDraft && !s.Frame && (!hasLink || d.Link == link):
		s.form.takeUp(d)
	case hasLink:
		s.open(scenario)
	case strings.HasPrefix(link, linkPrefix):
		s.badLink = true
	default:
		s.startWithProfile()
	}
	s.kept.name = d.Name
	if hasLink {
		s.hear(link)
	}
	s.usePreset()
	s.seenPath, s.seenLink = addressPath(), link
	// The Rules page leads here for the changes of one's own scenario.
	s.opened = map[string]bool{changesKey: link == changesKey}
	s.breathe()
	s.takeEarlyAnswers()
	s.offline = isOffline()
	s.kept.shares = canShare()
	s.installable = isInstallable()
	s.kept.shelf = model.NewShelf(ofDevice)
	s.lookAtStorage()
}

// link is the fragment of the address; in a frame the part of it that may hold a
// scenario.
func (s *screen) link() string {
	if s.Frame {
		return frameLink()
	}
	return addressFragment()
}

// open puts the scenario of a link into the form. A link that cannot be read
// must not pass for what it was meant to show.
func (s *screen) open(scenario []byte) {
	f, err := formOf(scenario, s.form.today, s.Lang)
	if s.badLink = err != nil; err == nil {
		s.form = f
	}
}

// OnMount listens to the page, which stands as OnInit has it. It is not drawn
// again unless there is something new.
func (s *screen) OnMount(ctx goapp.Context) {
	s.ctx, s.unhurried = ctx, false
	if s.Frame {
		s.exposeFrame()
	}
	early := s.takeEarlyAnswers()
	if early || s.Frame { // the page around it waits for an answer
		s.compute()
	}
	s.findLater()
	s.history.note(s.form)
	installable := s.installable
	s.OnAppInstallChange(ctx)
	if s.arrive(s.seenLink) || early || s.installable != installable {
		s.Update()
	}
	onStepKeys(func(by int) { ctx.Dispatch(func(goapp.Context) { s.step(by) }) })
	onUpdate(func() { ctx.Dispatch(func(goapp.Context) { s.updateReady = true }) })
	onNetworkChange(func() { ctx.Dispatch(func(goapp.Context) { s.offline = isOffline() }) })
	onStored(model.SavedKey, func() { ctx.Dispatch(func(goapp.Context) { s.kept.shelf.Read() }) })
	onStored(model.PricesKey, func() { ctx.Dispatch(func(goapp.Context) { s.profiles.Read() }) })
	ctx.Defer(func(goapp.Context) {
		reportReady()
		if s.Frame {
			tellFrame("live")
		}
		if s.opened[changesKey] {
			moveTo(changesKey)
		}
	})
}

// takeEarlyAnswers takes over what was entered while the program was on its way,
// and reports whether there was anything new.
func (s *screen) takeEarlyAnswers() bool {
	before := len(s.early)
	for _, early := range earlyAnswers() {
		if !slices.Contains(s.early, early) {
			s.early = append(s.early, early)
			s.takeEarly(early[0], early[1])
		}
	}
	return len(s.early) > before
}

// breathe lets the browser do what waits to be done. While the screen is made,
// which takes a slow phone a second, the page before it can be used, and while
// the lists below are worked out, the screen. A change of the screen must be
// whole before anybody sees or touches it, so it never rests.
func (s *screen) breathe() {
	if s.unhurried {
		breath.Take()
	}
}

// takeEarly sets an answer by the id or name of its input in the prerendered
// page. Names that no question has are passed over.
func (s *screen) takeEarly(id, answer string) {
	if id == channelName {
		s.chooseChannel(rules.Channel(answer))
		return
	}
	id = strings.TrimSuffix(id, "-exact")
	if id == pathType {
		s.form.set(pathType, answer)
		return
	}
	for _, q := range s.form.questions() {
		if q.path != id {
			continue
		}
		switch {
		case q.kind == askFlag:
			answer = map[string]string{"true": yes}[answer]
		case answer == unknown && q.kind != askText:
			answer = ""
		}
		s.form.set(id, answer)
	}
}

// OnNav follows the address: a pasted link is opened; another language, or a
// step back, keeps what was entered.
func (s *screen) OnNav(goapp.Context) {
	path, link := addressPath(), s.link()
	if path != s.seenPath || link != s.seenLink {
		s.Update()
	}
	if path == s.seenPath && link != s.seenLink && strings.HasPrefix(link, linkPrefix) {
		if scenario, ok := scenarioOf(link); ok {
			s.open(scenario)
			s.hear(link)
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
func (s *screen) OnUpdate(goapp.Context) { s.changeLanguage() }

// changeLanguage goes on in the language of the address as soon as its texts
// are there. Until then, and if they do not come, the page stays as it was.
func (s *screen) changeLanguage() {
	lang := s.Lang
	s.noWords = false
	loadLanguage(lang, func(ok bool) {
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
	s.form.translate(s.Lang)
	w := s.words()
	ctx.Page().SetLang(s.Lang)
	ctx.Page().SetTitle(w.text("page.title"))
	ctx.Page().SetDescription(w.text("page.description"))
}

// typed takes over an answer while it is being typed.
func (s *screen) typed(path, value string) {
	if s.editing != path {
		s.drawn = s.lastDrawn[path]
	}
	s.editing, s.answerFirst, s.typing = path, true, true
	s.form.set(path, value)
	noteTyped(path, value)
	s.compute()
	afterPaint(func() {
		s.ctx.Dispatch(func(goapp.Context) {
			s.answerFirst = false
			s.keepDraft()
		})
	})
}

// entered takes over an answer that is complete.
func (s *screen) entered(path, value string) {
	s.editing, s.answerFirst, s.typing = "", false, false
	s.form.set(path, value)
	if s.Frame {
		noteTyped(path, value) // it has no draft, and no link while there is a mistake
	}
	s.form.settle(path)
	s.compute()
	s.keep()
}

// changed follows a change of the form's shape.
func (s *screen) changed() {
	s.editing, s.answerFirst, s.typing = "", false, false
	s.compute()
	s.keep()
}

// moveAfter moves to an element once the change is on the screen.
func (s *screen) moveAfter(id string) {
	s.ctx.Defer(func(goapp.Context) { moveTo(id) })
}

// keep takes the change into the history, and puts the scenario into the address
// and the answers into the draft.
func (s *screen) keep() {
	s.kept.said = ""
	s.history.note(s.form)
	if (len(s.form.values) > 0 || strings.HasPrefix(s.seenLink, linkPrefix)) && len(s.mistakes) == 0 && s.refused == nil && s.scenario != nil {
		if s.Frame {
			s.seenLink = linkOf(s.scenario)
			setFrameLink(s.seenLink)
			forgetTyped()
		} else {
			s.seenLink = s.ownLink()
			setAddressFragment(s.seenLink)
		}
		s.badLink = false
	}
	s.keepDraft()
}

func (s *screen) keepDraft() {
	if s.Frame {
		return // frames of one page would share it
	}
	d := draft{s.form.values, s.form.groups, s.seenLink, s.form.carried, s.kept.name}
	if s.draftLost = storeDraft(ofTab, d) != model.Done; !s.draftLost {
		forgetTyped()
	}
}

// compute works out the answer. While an answer cannot be used the last quote
// stays, marked as not up to date.
func (s *screen) compute() {
	s.refused, s.said, s.arrived = nil, "", arrival{}
	if s.Frame {
		s.holdPreset()
		defer tellFrame("changed")
	}
	scenario, mistakes := s.form.scenario()
	s.mistakes = mistakes
	if len(mistakes) > 0 {
		return
	}
	q, err := answer(scenario)
	if err != nil {
		s.refused = err
		return
	}
	s.scenario, s.quote = scenario, q
	s.findLater()
}

func answer(scenario []byte) (*rules.Quote, *rules.Error) {
	decoded, err := rules.Decode(scenario)
	if err == nil {
		var q rules.Quote
		if q, err = rules.Evaluate(decoded); err == nil {
			return &q, nil
		}
	}
	if refused, ok := err.(*rules.Error); ok {
		return nil, refused
	}
	return nil, &rules.Error{Message: err.Error()}
}

// current reports whether the quote answers what stands in the form.
func (s *screen) current() bool {
	return s.quote != nil && len(s.mistakes) == 0 && s.refused == nil
}

func (s *screen) mistakeAt(path string) (mistake, bool) {
	for _, m := range s.mistakes {
		if m.path == path {
			return m, true
		}
	}
	if s.refused != nil && s.refused.Path == path {
		return mistake{path, "mistake." + string(s.refused.Code), nil}, true
	}
	return mistake{}, false
}

// mistakeText says what is wrong; the numbers of a range are written as the
// language does.
func (s *screen) mistakeText(m mistake) string {
	w := s.words()
	args := slices.Clone(m.args)
	for i := 1; i < len(args); i += 2 {
		if n, ok := parseCount(args[i]); ok {
			args[i] = w.number(n)
		}
	}
	return w.first([]string{m.key, "mistake.other"}, args...)
}

// Render draws the page.
func (s *screen) Render() goapp.UI {
	if s.opened == nil {
		s.opened = map[string]bool{}
	}
	if s.quote == nil && len(s.mistakes) == 0 && s.refused == nil {
		s.compute()
		s.breathe()
	}
	if !s.answerFirst {
		s.turn++
		if !s.typing || !s.current() {
			s.turnAtRest++
		}
	}
	head, foot, below := s.deferred(s.turnAtRest, s.sheetHead), s.deferred(s.turnAtRest, s.sheetFoot), s.deferred(s.turn, s.moreBelow)
	if s.atRest.below == nil {
		s.atRest.head, s.atRest.foot, s.atRest.below = head, foot, below
	}
	class := "page"
	if s.Frame {
		class += " framed"
	}
	return tag("div").ID("app").Class(class).Body(
		s.deferred(s.turn, s.header),
		tag("main").ID("main").Body(
			head,
			div("columns", s.deferred(s.turn, s.ask), s.answer()),
			foot,
			below,
		),
		s.deferred(s.turn, s.footer),
		s.bar(),
	)
}

// href is a link from this page to another path of the site. It is relative, so
// that it holds under any base.
func (s *screen) href(path string) string {
	if s.Frame {
		return relative(framePath(s.Lang), path)
	}
	return relative(homePath(s.Lang), path)
}

// relative is the link from one path of the site to another.
func relative(from, to string) string {
	return "./" + strings.Repeat("../", strings.Count(from, "/")-1) + strings.TrimPrefix(to, "/")
}

// ask is the column with the form.
func (s *screen) ask() goapp.UI {
	body := []goapp.UI{s.intro(), s.start(), s.what(), s.whom(), s.howMuch(), s.prices()}
	if s.options.ReadOnly {
		return tag("fieldset").Class("ask").Attr("disabled", true).Aria("label", s.words().text("frame.read-only")).Body(body...)
	}
	return div("ask", body...)
}

func (s *screen) intro() goapp.UI {
	heading := tag("h1").Body(text(s.words().text("page.heading")))
	if s.Frame {
		return heading.Class("visually-hidden")
	}
	return div("intro", heading, tag("p").Class("lead").Body(text(s.words().text("page.lead"))))
}

func (s *screen) header() goapp.UI {
	if s.Frame {
		return s.states()
	}
	return siteHeader(s.words(), homePath, s.href, s.states())
}

// siteHeader is the top of every page: the way home, to the book and to the
// same page in another language. The page is given by its path in a language.
func siteHeader(w *language, page func(code string) string, href func(path string) string, below goapp.UI) goapp.UI {
	links := make([]goapp.UI, 0, len(languages))
	for _, code := range languages {
		link := tag("a").ID(languageLink(code)).Attr("href", href(page(code))).Attr("hreflang", code).Attr("lang", code).
			Body(span("short", strings.ToUpper(code)), hidden(w.text("language."+code)))
		if code == w.code {
			link = link.Attr("aria-current", "true")
		}
		links = append(links, link)
	}
	book := tag("a").Class("to-rules").Attr("href", href(rulesPath(w.code))).Body(text(w.text("nav.rules")))
	if page(w.code) == rulesPath(w.code) {
		book = book.Attr("aria-current", "page")
	}
	return tag("header").Class("top").Body(
		div("airmail"),
		div("top-row",
			tag("a").Class("brand").Attr("href", href(homePath(w.code))).Body(brandMark(), span("brand-name", "Postage")),
			tag("nav").Class("site").Aria("label", w.text("nav.site")).Body(book),
			tag("nav").Class("languages").Aria("label", w.text("nav.languages")).Body(links...),
		),
		below,
	)
}

func languageLink(code string) string { return "language-" + code }

// states tells of the network and of updates.
func (s *screen) states() goapp.UI {
	w := s.words()
	var lines []goapp.UI
	if s.updateReady {
		lines = append(lines, div("state",
			span("", w.text("state.update")),
			button("link", w.text("state.reload"), func(goapp.Context, goapp.Event) { s.keep(); applyUpdate() }),
		))
	}
	if overdue := s.overdueState(); overdue != nil {
		lines = append(lines, overdue)
	}
	if s.badLink {
		lines = append(lines, div("state", span("", w.text("state.bad-link"))))
	}
	if s.draftLost && !s.current() { // else it is in the address
		lines = append(lines, div("state", span("", w.text("state.draft-lost"))))
	}
	if arrived := s.arrivedState(); arrived != nil {
		lines = append(lines, arrived)
	}
	if s.noWords {
		lines = append(lines, div("state",
			span("", w.text("state.no-words", "language", w.text("language."+s.Lang))),
			button("link", w.text("state.retry"), func(goapp.Context, goapp.Event) {
				s.changeLanguage()
				s.moveAfter(languageLink(s.Lang)) // this button goes away
			}),
		))
	}
	if s.offline {
		lines = append(lines, div("state", span("", w.text("state.offline"))))
	}
	return tag("div").Class("states").Attr("role", "status").Body(lines...)
}

func (s *screen) footer() goapp.UI {
	if s.Frame {
		return s.frameFooter()
	}
	return siteFooter(s.words(), s.href, s.fresh.built, s.renew(), s.install())
}

// siteFooter is the bottom of every page of a site that was built on a day.
// Below that day stand what looks for a newer build and the offer to install.
func siteFooter(w *language, href func(path string) string, built rules.Date, renew, install goapp.UI) goapp.UI {
	return tag("footer").Class("foot").Body(
		tariffDate(w, built),
		renew,
		tag("p").Body(text(w.text("foot.method"))),
		tag("p").Body(text(w.text("foot.private"))),
		tag("p").Body(tag("a").Attr("href", href(aboutPath(w.code))).Body(text(w.text("foot.about")))),
		tag("p").Body(tag("a").Attr("href", href(partnersPath(w.code))).Body(text(w.text("foot.partners")))),
		install,
	)
}

// brandMark is the logo: a stamp with the sign of the dong.
func brandMark() goapp.UI {
	return svg("svg").Attr("data-is", "brand-mark").Attr("viewBox", "0 0 32 32").Aria("hidden", "true").Body(
		svg("rect").Attr("width", "32").Attr("height", "32").Attr("rx", "6"),
		svg("path").Attr("d", "M19.5 7v14.2M15.6 9.6h7M19.5 17.2a4.1 4.1 0 1 0-8.2 0 4.1 4.1 0 0 0 8.2 0zM11 25h9"),
	)
}
