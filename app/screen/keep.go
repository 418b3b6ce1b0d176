package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// A keeping is what stands in the toolbar below the stamp.
type keeping struct {
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

// otherAnswer shows what the link said beside today's answer, where they are not
// the same.
func (s *screen) otherAnswer() goapp.UI {
	t := s.Told
	if t == nil || !t.Unread && t.Scenario != string(s.Scenario) || t.Unread && !s.badLink {
		return nil
	}
	w := s.Words()
	row := func(label, verdict, total string) goapp.UI {
		return kit.Div("line", kit.Tag("dt").Body(kit.Text(label)), kit.Tag("dd").Body(kit.Text(verdict+" · "+total)))
	}
	total := w.Text("total.not-in-book")
	if t.Total != "" {
		total = w.PlainMoney(t.Total, t.Currency)
	}
	label := w.Text("told.link")
	if t.On != 0 {
		label = w.Text("told.link.on", "date", w.Date(t.On))
	}
	rows := []goapp.UI{row(label, w.Text("verdict."+string(t.Verdict)), total)}
	why := "told.why.unread"
	if !t.Unread {
		if why = "told.why"; t.Book == rules.BookVersion() {
			why = "told.why.same-book"
		}
		now := w.Text("total.not-in-book")
		if len(s.Quote.Totals) > 0 {
			now = w.RoundTotal(s.Quote.Totals[0].Gross, s.Quote.Totals[0].Currency)
		}
		rows = append(rows, row(w.Text("told.today"), s.VerdictText(), now))
	}
	return kit.Tag("section").Class("card told").Attr("aria-labelledby", "told-title").Body(
		kit.Tag("h2").ID("told-title").Body(kit.Text(w.Text("told.title"))),
		kit.Tag("dl").Class("lines").Body(rows...),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text(why))),
	)
}

// The pictures of the toolbar, drawn on a field of 20 by 20.
const (
	iconLink  = "M8.5 11.5a3.5 3.5 0 0 0 5 0l2.5-2.5a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-2.5 2.5a3.5 3.5 0 0 0 5 5l1-1"
	iconText  = "M5 3h10v14H5zM8 7h4M8 10h4M8 13h2"
	IconShare = "M10 12V3M6.5 6L10 2.5 13.5 6M5 9H4v8h12V9h-1"
	iconSave  = "M5 3h10v14l-5-3.5L5 17z"
	iconPrint = "M6 7V3h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8V17H6z"
	iconMore  = "M3.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M9.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M15.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0"
)

// toolbar is what one can do with the answer: pass it on, keep it, print it.
func (s *screen) toolbar() goapp.UI {
	w := s.Words()
	k := &s.kept
	tool := func(icon, key string, press goapp.EventHandler) goapp.HTMLElem {
		return kit.Tag("button").Class("act").Attr("type", "button").Attr("disabled", !s.Current()).Body(
			kit.Svg("svg").Attr("data-is", "icon").Attr("viewBox", "0 0 20 20").Aria("hidden", "true").Body(kit.Svg("path").Attr("d", icon)),
			kit.Span("", w.Text(key)),
		).On("click", press, key)
	}
	opener := func(icon, key, panel string) goapp.HTMLElem {
		return tool(icon, key, func(goapp.Context, goapp.Event) { s.openPanel(panel) }).
			Aria("expanded", k.panel == panel).Aria("controls", panel)
	}
	tools := []goapp.UI{
		tool(iconLink, "keep.link", func(goapp.Context, goapp.Event) { s.copy(browser.AddressWith(s.NewLink()), "keep.link.done") }),
		tool(iconText, "keep.text", func(goapp.Context, goapp.Event) { s.copy(s.PlainText(), "keep.text.done") }),
	}
	if k.shares {
		tools = append(tools, tool(IconShare, "keep.share", func(goapp.Context, goapp.Event) { s.share() }))
	}
	print := tool(iconPrint, "keep.print", func(goapp.Context, goapp.Event) { browser.PrintPage() })
	if s.Options.ReadOnly { // what can be opened elsewhere in the toolbar is another question
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
	return kit.Tag("section").Class("keep").Aria("label", w.Text("keep.title")).Body(
		kit.Div("acts", tools...),
		kit.Tag("p").Class("keep-said").Attr("role", "status").Body(kit.Text(k.said)),
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
	s.kept.said = s.Words().Text(key, pairs...)
}

// copy puts a text on the clipboard, and where that is shut into a field to copy
// it from.
func (s *screen) copy(content, done string) {
	browser.CopyText(content, func(ok bool) {
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
			s.ctx.Defer(func(goapp.Context) { browser.SelectText(panelByHand + "-text") })
		})
	})
}

func (s *screen) share() {
	address := browser.AddressWith(s.NewLink())
	browser.Share(s.FileTitle(), s.Summary(), address, func(ok bool) {
		s.ctx.Dispatch(func(goapp.Context) {
			if !ok {
				s.copy(address, "keep.link.done")
			}
		})
	})
}

func (s *screen) byHandPanel() goapp.UI {
	const id = panelByHand + "-text"
	return kit.Div("card panel", kit.Div("field",
		kit.Tag("label").Attr("for", id).Body(kit.Text(s.Words().Text("keep.by-hand"))),
		kit.Div("input-box", kit.Tag("textarea").ID(id).Class("input").Attr("readonly", true).Attr("rows", "5").Body(kit.Text(s.kept.byHand))),
	))
}

// savePanel names the answer and saves it in this browser.
func (s *screen) savePanel() goapp.UI {
	w := s.Words()
	const id = panelSave + "-name"
	return kit.Tag("form").Class("card panel").ID(panelSave).Body(
		kit.Div("field",
			kit.Tag("label").Attr("for", id).Body(kit.Text(w.Text("keep.name"))),
			kit.Tag("p").Class("hint").ID(id+"-hint").Body(kit.Text(w.Text("keep.name.hint"))),
			kit.Div("input-box", goapp.ElemSelfClosing("input").ID(id).Class("input").Attr("type", "text").Attr("autocomplete", "off").
				Attr("maxlength", words.Itoa(words.MaxName)).Attr("aria-describedby", id+"-hint").Attr("value", s.kept.drawn).
				On("input", func(ctx goapp.Context, _ goapp.Event) {
					s.Name = ctx.JSSrc().Get("value").String()
					s.keepDraft()
				})),
		),
		kit.Tag("button").Class("press").Attr("type", "submit").Attr("disabled", !s.Current()).Body(kit.Text(w.Text("keep.save.do"))),
	).On("submit", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		s.save()
	})
}

// morePanel has the files to take away, and opens one.
func (s *screen) morePanel() goapp.UI {
	w := s.Words()
	const paste = panelMore + "-paste"
	give := func(key, ending, kind string, content func() string) goapp.UI {
		return kit.Button("press", w.Text(key), func(goapp.Context, goapp.Event) {
			if name := s.FileTitle() + ending; browser.Download(name, kind, content()) {
				s.say("keep.file.done", "file", name)
			}
		}, key).Attr("disabled", !s.Current())
	}
	field := kit.Tag("textarea").ID(paste).Class("input").Attr("rows", "3").Attr("spellcheck", "false").Attr("value", s.kept.drawn).
		On("input", func(ctx goapp.Context, _ goapp.Event) { s.kept.pasted = ctx.JSSrc().Get("value").String() })
	var wrong goapp.UI
	if s.kept.problem != "" {
		field = field.Attr("aria-invalid", "true").Attr("aria-describedby", paste+"-error")
		wrong = kit.Tag("p").Class("mistake").ID(paste+"-error").Attr("role", "alert").Body(kit.Text(s.kept.problem))
	}
	return kit.Tag("div").Class("card panel more-panel").ID(panelMore).Body(
		kit.Div("presses",
			give("keep.csv", ".csv", "text/csv;charset=utf-8", s.Table),
			give("keep.json", ".json", "application/json", s.File),
		),
		kit.Tag("h3").Body(kit.Text(w.Text("import.title"))),
		kit.Tag("label").Class("press pick").Body(
			goapp.ElemSelfClosing("input").ID(panelMore+"-file").Attr("type", "file").Attr("accept", ".json,application/json,text/plain").
				On("change", func(ctx goapp.Context, _ goapp.Event) {
					browser.ReadFile(ctx.JSSrc(), model.MaxImport, func(content string, ok bool) {
						s.ctx.Dispatch(func(goapp.Context) {
							if !ok {
								s.cannotOpen(&rules.Error{Code: rules.OutOfRange})
								return
							}
							s.openText(content)
						})
					})
				}),
			kit.Tag("span").Body(kit.Text(w.Text("import.file"))),
		),
		kit.Div("field",
			kit.Tag("label").Attr("for", paste).Body(kit.Text(w.Text("import.paste"))),
			kit.Div("input-box", field),
			wrong,
		),
		kit.Button("press", w.Text("import.open"), func(goapp.Context, goapp.Event) { s.openText(s.kept.pasted) }),
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
	link, name, wrong := model.LinkIn(content)
	if wrong != nil {
		return wrong
	}
	if wrong := s.openLink(link); wrong != nil {
		return wrong
	}
	s.Name = name
	s.keepDraft()
	return nil
}

// openLink puts the scenario of a link in the place of the form, unless it
// cannot be read.
func (s *screen) openLink(link string) *rules.Error {
	scenario, ok := form.ScenarioOf(link)
	if !ok {
		return &rules.Error{Code: rules.OutOfRange}
	}
	asked, wrong := model.Decode(scenario)
	if wrong != nil {
		return wrong
	}
	s.Form, s.badLink = form.Of(asked, s.Form.Today, s.Lang), false
	s.compute()
	s.Hear(link, &asked)
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
	w := s.Words()
	where := w.Text("import.whole")
	if path := wrong.Path; path != "" {
		where = path
		if label := w.First([]string{"ask." + form.FieldName(path), ""}, "currency", s.Form.Currency(), "target", ""); label != "" {
			where = label + " (" + path + ")"
		}
	}
	return w.Text("import.wrong", "what", words.ShortName(where), "why", w.Text("import."+string(wrong.Code)))
}
