package app

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// A keeping is what stands in the toolbar below the stamp.
type keeping struct {
	name    string // of the quote or its client, as the user calls it
	panel   string // the part that is open, by its id
	shares  bool   // there is a share sheet
	said    string // what the last press of a button came to
	byHand  string // a text for the visitor to copy where the clipboard is shut
	pasted  string // what is to be opened
	problem string // why it cannot be
	drawn   string // what stood in the open part's field when it opened; see [field.shown]

	shelf   model.Shelf
	lasting bool // what is stored outlives the page
	fades   bool // but not a week without a visit

	views    map[string]*savedAnswer // of saved links, by link and language
	compared []int64                 // ids of the saved scenarios side by side; 0 is the one on the screen

	shelfSaid   shelfSaid
	renaming    model.Saved // the saved scenario that gets a new name; without an id none
	newName     string      // as it is being typed
	renameWrong string      // the key of why it cannot have that
}

// The parts of the toolbar that open.
const (
	panelByHand = "keep-by-hand"
	panelSave   = "keep-save"
	panelMore   = "keep-more"
)

// A told is a link's claim that is not today's answer to its scenario.
type told struct {
	claim
	link     string // the fragment
	scenario string // as the form writes it
	unread   bool   // today's book does not take the scenario
}

// hear listens to what a link that was just opened says of its answer to its
// scenario, nil where that cannot be read. Where it is today's answer too there is
// nothing to tell.
func (s *screen) hear(link string, scenario *rules.Scenario) {
	s.told = nil
	said, ok := claimOf(link)
	if !ok {
		return
	}
	t := &told{claim: said, link: strings.TrimPrefix(link, "#"), unread: true}
	if scenario != nil {
		// Today's answer is worked out from the link itself: what stands in the form
		// may be the visitor's own by now.
		own, _ := formOf(*scenario, s.form.today, s.Lang).scenario()
		t.scenario = textOf(own)
		q, refused := s.quote, (*rules.Error)(nil)
		if !s.current() || t.scenario != string(s.scenario) {
			q, refused = answer(own)
		}
		if t.unread = refused != nil; !t.unread && said.agrees(q) {
			return
		}
	}
	s.told = t
}

// newLink is the scenario on the screen with today's answer, for the fragment of
// an address.
func (s *screen) newLink() string {
	return linkOf(s.scenario) + claimFor(s.quote, s.form.today).says()
}

// ownLink is newLink, or the link that was opened, as long as it has something
// else to say of the same scenario.
func (s *screen) ownLink() string {
	if s.told != nil && s.told.scenario == string(s.scenario) {
		return s.told.link
	}
	return s.newLink()
}

// otherAnswer shows what the link said beside today's answer, where they are not
// the same.
func (s *screen) otherAnswer() goapp.UI {
	t := s.told
	if t == nil || !t.unread && t.scenario != string(s.scenario) || t.unread && !s.badLink {
		return nil
	}
	w := s.words()
	row := func(label, verdict, total string) goapp.UI {
		return div("line", tag("dt").Body(text(label)), tag("dd").Body(text(verdict+" · "+total)))
	}
	total := w.text("total.not-in-book")
	if t.total != "" {
		total = w.plainMoney(t.total, t.currency)
	}
	label := w.text("told.link")
	if t.on != 0 {
		label = w.text("told.link.on", "date", w.date(t.on))
	}
	rows := []goapp.UI{row(label, w.text("verdict."+string(t.verdict)), total)}
	why := "told.why.unread"
	if !t.unread {
		if why = "told.why"; t.book == rules.BookVersion() {
			why = "told.why.same-book"
		}
		now := w.text("total.not-in-book")
		if len(s.quote.Totals) > 0 {
			now = w.roundTotal(s.quote.Totals[0].Gross, s.quote.Totals[0].Currency)
		}
		rows = append(rows, row(w.text("told.today"), s.verdictText(), now))
	}
	return tag("section").Class("card told").Attr("aria-labelledby", "told-title").Body(
		tag("h2").ID("told-title").Body(text(w.text("told.title"))),
		tag("dl").Class("lines").Body(rows...),
		tag("p").Class("hint").Body(text(w.text(why))),
	)
}

// The pictures of the toolbar, drawn on a field of 20 by 20.
const (
	iconLink  = "M8.5 11.5a3.5 3.5 0 0 0 5 0l2.5-2.5a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-2.5 2.5a3.5 3.5 0 0 0 5 5l1-1"
	iconText  = "M5 3h10v14H5zM8 7h4M8 10h4M8 13h2"
	iconShare = "M10 12V3M6.5 6L10 2.5 13.5 6M5 9H4v8h12V9h-1"
	iconSave  = "M5 3h10v14l-5-3.5L5 17z"
	iconPrint = "M6 7V3h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8V17H6z"
	iconMore  = "M3.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M9.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M15.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0"
)

// toolbar is what one can do with the answer: pass it on, keep it, print it.
func (s *screen) toolbar() goapp.UI {
	w := s.words()
	k := &s.kept
	tool := func(icon, key string, press goapp.EventHandler) goapp.HTMLElem {
		return tag("button").Class("act").Attr("type", "button").Attr("disabled", !s.current()).Body(
			svg("svg").Attr("data-is", "icon").Attr("viewBox", "0 0 20 20").Aria("hidden", "true").Body(svg("path").Attr("d", icon)),
			span("", w.text(key)),
		).On("click", press, key)
	}
	opener := func(icon, key, panel string) goapp.HTMLElem {
		return tool(icon, key, func(goapp.Context, goapp.Event) { s.openPanel(panel) }).
			Aria("expanded", k.panel == panel).Aria("controls", panel)
	}
	tools := []goapp.UI{
		tool(iconLink, "keep.link", func(goapp.Context, goapp.Event) { s.copy(addressWith(s.newLink()), "keep.link.done") }),
		tool(iconText, "keep.text", func(goapp.Context, goapp.Event) { s.copy(s.plainText(), "keep.text.done") }),
	}
	if k.shares {
		tools = append(tools, tool(iconShare, "keep.share", func(goapp.Context, goapp.Event) { s.share() }))
	}
	print := tool(iconPrint, "keep.print", func(goapp.Context, goapp.Event) { printPage() })
	if s.options.ReadOnly { // what can be opened elsewhere in the toolbar is another question
		tools = append(tools, print)
	} else {
		tools = append(tools, opener(iconSave, "keep.save", panelSave), print, opener(iconMore, "keep.more", panelMore).Attr("disabled", false))
	}
	var panel goapp.UI
	switch k.panel {
	case panelByHand:
		panel = s.byHandPanel()
	case panelSave:
		panel = s.savePanel()
	case panelMore:
		panel = s.morePanel()
	}
	return tag("section").Class("keep").Aria("label", w.text("keep.title")).Body(
		div("acts", tools...),
		tag("p").Class("keep-said").Attr("role", "status").Body(text(k.said)),
		panel,
	)
}

// openPanel opens a part of the toolbar, or closes it.
func (s *screen) openPanel(panel string) {
	k := &s.kept
	k.said, k.problem = "", ""
	if k.panel == panel {
		k.panel = ""
		return
	}
	k.panel = panel
	k.drawn = s.freeName()
	if panel == panelMore {
		k.drawn = k.pasted
	}
}

// say tells what an action came to, once it is over.
func (s *screen) say(key string, pairs ...string) {
	s.kept.said = s.words().text(key, pairs...)
}

// copy puts a text on the clipboard, and where that is shut into a field to copy
// it from.
func (s *screen) copy(content, done string) {
	copyText(content, func(ok bool) {
		s.ctx.Dispatch(func(goapp.Context) {
			k := &s.kept
			k.byHand = content
			if k.panel == panelByHand {
				k.panel = ""
			}
			if ok {
				s.say(done)
				return
			}
			k.said, k.panel = "", panelByHand
			s.ctx.Defer(func(goapp.Context) { selectText(panelByHand + "-text") })
		})
	})
}

func (s *screen) share() {
	address := addressWith(s.newLink())
	share(s.fileTitle(), s.summary(), address, func(ok bool) {
		s.ctx.Dispatch(func(goapp.Context) {
			if !ok {
				s.copy(address, "keep.link.done")
			}
		})
	})
}

func (s *screen) byHandPanel() goapp.UI {
	const id = panelByHand + "-text"
	return div("card panel", div("field",
		tag("label").Attr("for", id).Body(text(s.words().text("keep.by-hand"))),
		div("input-box", tag("textarea").ID(id).Class("input").Attr("readonly", true).Attr("rows", "5").Body(text(s.kept.byHand))),
	))
}

// savePanel names the answer and saves it in this browser.
func (s *screen) savePanel() goapp.UI {
	w := s.words()
	const id = panelSave + "-name"
	return tag("form").Class("card panel").ID(panelSave).Body(
		div("field",
			tag("label").Attr("for", id).Body(text(w.text("keep.name"))),
			tag("p").Class("hint").ID(id+"-hint").Body(text(w.text("keep.name.hint"))),
			div("input-box", goapp.ElemSelfClosing("input").ID(id).Class("input").Attr("type", "text").Attr("autocomplete", "off").
				Attr("maxlength", itoa(words.MaxName)).Attr("aria-describedby", id+"-hint").Attr("value", s.kept.drawn).
				On("input", func(ctx goapp.Context, _ goapp.Event) {
					s.kept.name = ctx.JSSrc().Get("value").String()
					s.keepDraft()
				})),
		),
		tag("button").Class("press").Attr("type", "submit").Attr("disabled", !s.current()).Body(text(w.text("keep.save.do"))),
	).On("submit", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		s.save()
	})
}

// morePanel has the files to take away, and opens one.
func (s *screen) morePanel() goapp.UI {
	w := s.words()
	const paste = panelMore + "-paste"
	give := func(key, ending, kind string, content func() string) goapp.UI {
		return button("press", w.text(key), func(goapp.Context, goapp.Event) {
			if name := s.fileTitle() + ending; download(name, kind, content()) {
				s.say("keep.file.done", "file", name)
			}
		}, key).Attr("disabled", !s.current())
	}
	field := tag("textarea").ID(paste).Class("input").Attr("rows", "3").Attr("spellcheck", "false").Attr("value", s.kept.drawn).
		On("input", func(ctx goapp.Context, _ goapp.Event) { s.kept.pasted = ctx.JSSrc().Get("value").String() })
	var wrong goapp.UI
	if s.kept.problem != "" {
		field = field.Attr("aria-invalid", "true").Attr("aria-describedby", paste+"-error")
		wrong = tag("p").Class("mistake").ID(paste+"-error").Attr("role", "alert").Body(text(s.kept.problem))
	}
	return tag("div").Class("card panel more-panel").ID(panelMore).Body(
		div("presses",
			give("keep.csv", ".csv", "text/csv;charset=utf-8", s.table),
			give("keep.json", ".json", "application/json", s.file),
		),
		tag("h3").Body(text(w.text("import.title"))),
		tag("label").Class("press pick").Body(
			goapp.ElemSelfClosing("input").ID(panelMore+"-file").Attr("type", "file").Attr("accept", ".json,application/json,text/plain").
				On("change", func(ctx goapp.Context, _ goapp.Event) {
					readFile(ctx.JSSrc(), maxImport, func(content string, ok bool) {
						s.ctx.Dispatch(func(goapp.Context) {
							if !ok {
								s.cannotOpen(&rules.Error{Code: rules.OutOfRange})
								return
							}
							s.openText(content)
						})
					})
				}),
			tag("span").Body(text(w.text("import.file"))),
		),
		div("field",
			tag("label").Attr("for", paste).Body(text(w.text("import.paste"))),
			div("input-box", field),
			wrong,
		),
		button("press", w.text("import.open"), func(goapp.Context, goapp.Event) { s.openText(s.kept.pasted) }),
	)
}

// openText opens a file or what was pasted. The form stays as it is unless all
// of it can be read.
func (s *screen) openText(content string) {
	if wrong := s.takeIn(content); wrong != nil {
		s.cannotOpen(wrong)
		return
	}
	s.kept.pasted, s.kept.problem, s.kept.panel = "", "", ""
	s.say("import.done")
	s.moveAfter(answerID)
}

// takeIn puts what a text holds in the place of the form: a scenario, a file with
// an answer, or a link.
func (s *screen) takeIn(content string) *rules.Error {
	link, name, wrong := linkIn(content)
	if wrong != nil {
		return wrong
	}
	if wrong := s.openLink(link); wrong != nil {
		return wrong
	}
	s.kept.name = name
	s.keepDraft()
	return nil
}

// openLink puts the scenario of a link in the place of the form, unless it
// cannot be read.
func (s *screen) openLink(link string) *rules.Error {
	scenario, ok := scenarioOf(link)
	if !ok {
		return &rules.Error{Code: rules.OutOfRange}
	}
	asked, wrong := decode(scenario)
	if wrong != nil {
		return wrong
	}
	s.form, s.badLink = formOf(asked, s.form.today, s.Lang), false
	s.compute()
	s.hear(link, &asked)
	s.changed()
	return nil
}

// cannotOpen says what is wrong with what was to be opened, and where.
func (s *screen) cannotOpen(wrong *rules.Error) {
	if s.kept.panel != panelMore {
		s.openPanel(panelMore)
	}
	s.kept.said = ""
	s.kept.problem = s.cannotOpenText(wrong)
}

func (s *screen) cannotOpenText(wrong *rules.Error) string {
	w := s.words()
	where := w.text("import.whole")
	if path := wrong.Path; path != "" {
		where = path
		if label := w.first([]string{"ask." + fieldName(path), ""}, "currency", s.form.currency(), "target", ""); label != "" {
			where = label + " (" + path + ")"
		}
	}
	return w.text("import.wrong", "what", words.ShortName(where), "why", w.text("import."+string(wrong.Code)))
}
