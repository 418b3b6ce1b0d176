package keep

import (
	"cmp"
	"slices"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

// A Toolbar is what one can do with the answer.
type Toolbar struct {
	Desk   *desk.Desk
	Shelf  *Shelf
	ToPlan *ToPlan

	Panel  string // the part that is open, by its id
	Shares bool   // there is a share sheet

	byHand  string // a text for the visitor to copy where the clipboard is shut
	pasted  string // what is to be opened
	problem string // why it cannot be
	drawn   string // what stood in the open part's field when it opened
}

// New is a toolbar at a desk, which saves on a shelf.
func New(d *desk.Desk, shelf *Shelf) *Toolbar {
	return &Toolbar{Desk: d, Shelf: shelf, ToPlan: &ToPlan{Desk: d, Shelf: shelf}}
}

// The parts of the toolbar that open.
const (
	PanelByHand = "keep-by-hand"
	PanelSave   = "keep-save"
	PanelMore   = "keep-more"
)

// The pictures of the toolbar, drawn on a field of 20 by 20.
const (
	iconLink  = "M8.5 11.5a3.5 3.5 0 0 0 5 0l2.5-2.5a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-2.5 2.5a3.5 3.5 0 0 0 5 5l1-1"
	iconText  = "M5 3h10v14H5zM8 7h4M8 10h4M8 13h2"
	IconShare = "M10 12V3M6.5 6L10 2.5 13.5 6M5 9H4v8h12V9h-1"
	iconSave  = "M5 3h10v14l-5-3.5L5 17z"
	iconPrint = "M6 7V3h8v4M6 14H3.5V7.5h13V14H14M6 11.5h8V17H6z"
	iconMore  = "M3.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M9.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M15.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0"
)

// Draw is what one can do with the answer: pass it on, keep it, print it.
func (t *Toolbar) Draw() goapp.UI {
	d := t.Desk
	w := d.Words()
	tool := func(icon, key string, press goapp.EventHandler) goapp.HTMLElem {
		return kit.Tag("button").Class("act").Attr("type", "button").Attr("disabled", !d.Current()).Body(
			kit.Svg("svg").Attr("data-is", "icon").Attr("viewBox", "0 0 20 20").Aria("hidden", "true").Body(kit.Svg("path").Attr("d", icon)),
			kit.Span("", w.Text(key)),
		).On("click", press, key)
	}
	opener := func(icon, key, panel string) goapp.HTMLElem {
		return tool(icon, key, func(goapp.Context, goapp.Event) { t.openPanel(panel) }).
			Aria("expanded", t.Panel == panel).Aria("controls", panel)
	}
	tools := []goapp.UI{
		tool(iconLink, "keep.link", func(goapp.Context, goapp.Event) { t.copyLink() }).Attr(kit.Copies, "text"),
		tool(iconText, "keep.text", func(goapp.Context, goapp.Event) { t.copy(d.PlainText(), "keep.text.done") }).Attr(kit.Copies, "text"),
	}
	if t.Shares {
		tools = append(tools, tool(IconShare, "keep.share", func(goapp.Context, goapp.Event) { t.share() }))
	}
	print := tool(iconPrint, "keep.print", func(goapp.Context, goapp.Event) { browser.PrintPage() })
	if d.Options.ReadOnly { // what can be opened elsewhere in the toolbar is another question
		tools = append(tools, print)
	} else {
		tools = append(tools, opener(iconSave, "keep.save", PanelSave), print, opener(iconMore, "keep.more", PanelMore).Attr("disabled", false))
	}
	var panel goapp.UI
	switch t.Panel {
	case PanelByHand:
		panel = t.byHandPanel()
	case PanelSave:
		panel = t.savePanel()
	case PanelMore:
		panel = t.morePanel()
	}
	return kit.Tag("section").Class("keep").Aria("label", w.Text("keep.title")).Body(
		kit.PlaceFor(t.ToPlan.draw()),
		kit.Div("acts", tools...),
		desk.Hint(w, map[bool]string{true: "keep.own"}[d.Quote != nil && !d.Frame && model.HasOwn(d.Quote)]),
		kit.Div("keep-said", kit.Tag("p").Attr("role", "status").Body(kit.Text(d.Outcome)), kit.PlaceFor(t.seeKept())),
		panel,
	)
}

// openPanel opens a part of the toolbar, or closes it.
func (t *Toolbar) openPanel(panel string) {
	t.Desk.Outcome, t.problem = "", ""
	if t.Panel == panel {
		t.Panel = ""
		return
	}
	t.Panel = panel
	t.drawn = t.freeName()
	if panel == PanelMore {
		t.drawn = t.pasted
	}
}

// copy puts a text on the clipboard, and where that is shut into a field to copy
// it from.
func (t *Toolbar) copy(content, done string) {
	d := t.Desk
	browser.CopyText(content, func(ok bool) {
		d.Ctx.Dispatch(func(goapp.Context) {
			t.byHand = content
			if t.Panel == PanelByHand {
				t.Panel = ""
			}
			if ok {
				d.Say(done)
				return
			}
			d.Outcome, t.Panel = "", PanelByHand
			d.Ctx.Defer(func(goapp.Context) { browser.SelectText(PanelByHand + "-text") })
		})
	})
}

func (t *Toolbar) copyLink() { t.copy(t.Desk.Address(), t.linkSaid()) }

// linkSaid is the text once the link is copied. Who sells on is told that their own prices
// are in it.
func (t *Toolbar) linkSaid() string {
	d := t.Desk
	if !d.Frame && d.Quote != nil && slices.ContainsFunc(d.Quote.Lines, func(l rules.Line) bool { return model.IsOwn(&l) }) {
		return "keep.link.done.own"
	}
	return "keep.link.done"
}

func (t *Toolbar) share() {
	d := t.Desk
	address := d.Address()
	browser.Share(d.FileTitle(), d.Summary(), address, func(ok bool) {
		d.Ctx.Dispatch(func(goapp.Context) {
			if !ok {
				t.copyLink()
			}
		})
	})
}

func (t *Toolbar) byHandPanel() goapp.UI {
	const id = PanelByHand + "-text"
	return kit.Div("card panel", kit.Div("field",
		kit.Tag("label").Attr("for", id).Body(kit.Text(t.Desk.Words().Text("keep.by-hand"))),
		kit.Div("input-box", kit.Tag("textarea").ID(id).Class("input").Attr("readonly", true).Attr("rows", "5").Body(kit.Text(t.byHand))),
	))
}

// savePanel names the answer and saves it in this browser.
func (t *Toolbar) savePanel() goapp.UI {
	d := t.Desk
	w := d.Words()
	const id = PanelSave + "-name"
	return kit.Tag("form").Class("card panel").ID(PanelSave).Body(
		kit.Div("field",
			kit.Tag("label").Attr("for", id).Body(kit.Text(w.Text("keep.name"))),
			kit.Tag("p").Class("hint").ID(id+"-hint").Body(kit.Text(w.Text("keep.name.hint"))),
			kit.Div("input-box", goapp.ElemSelfClosing("input").ID(id).Class("input").Attr("type", "text").Attr("autocomplete", "off").
				Attr("maxlength", words.Itoa(words.MaxName)).Attr("aria-describedby", id+"-hint").Attr("value", t.drawn).
				On("input", func(ctx goapp.Context, _ goapp.Event) {
					d.Name = ctx.JSSrc().Get("value").String()
					d.KeepDraft()
				})),
		),
		kit.Tag("button").Class("press").Attr("type", "submit").Attr("disabled", !d.Current()).Body(kit.Text(w.Text("keep.save.do"))),
	).On("submit", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		t.save()
	})
}

// morePanel has the files to take away, and opens one.
func (t *Toolbar) morePanel() goapp.UI {
	d := t.Desk
	w := d.Words()
	const paste = PanelMore + "-paste"
	give := func(key, ending, kind string, content func() string) goapp.UI {
		return kit.Button("press", w.Text(key), func(goapp.Context, goapp.Event) {
			if name := d.FileTitle() + ending; browser.Download(name, kind, content()) {
				d.Say("keep.file.done", "file", name)
			}
		}, key).Attr("disabled", !d.Current())
	}
	field := kit.Tag("textarea").ID(paste).Class("input").Attr("rows", "3").Attr("spellcheck", "false").Attr("value", t.drawn).
		On("input", func(ctx goapp.Context, _ goapp.Event) { t.pasted = ctx.JSSrc().Get("value").String() })
	var wrong goapp.UI
	if t.problem != "" {
		field = field.Attr("aria-invalid", "true").Attr("aria-describedby", paste+"-error")
		wrong = kit.Tag("p").Class("mistake").ID(paste+"-error").Attr("role", "alert").Body(kit.Text(t.problem))
	}
	return kit.Tag("div").Class("card panel more-panel").ID(PanelMore).Body(
		kit.Div("presses",
			give("keep.csv", ".csv", "text/csv;charset=utf-8", d.Table),
			give("keep.json", ".json", "application/json", d.File),
		),
		kit.Tag("h3").Body(kit.Text(w.Text("import.title"))),
		kit.Tag("label").Class("press pick").Body(
			goapp.ElemSelfClosing("input").ID(PanelMore+"-file").Attr("type", "file").Attr("accept", ".json,application/json,text/plain").
				On("change", func(ctx goapp.Context, _ goapp.Event) {
					browser.ReadFile(ctx.JSSrc(), model.MaxImport, func(content string, ok bool) {
						d.Ctx.Dispatch(func(goapp.Context) {
							if !ok {
								t.cannotOpen(&rules.Error{Code: rules.OutOfRange})
								return
							}
							t.openText(content)
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
		kit.Button("press", w.Text("import.open"), func(goapp.Context, goapp.Event) { t.openText(t.pasted) }),
	)
}

// openText opens a file or what was pasted. The form stays as it is unless all
// of it can be read.
func (t *Toolbar) openText(content string) {
	d := t.Desk
	if wrong := d.TakeIn(content); wrong != nil {
		t.cannotOpen(wrong)
		return
	}
	t.pasted, t.problem, t.Panel = "", "", ""
	d.Say("import.done")
	d.MoveAfter(desk.AnswerID)
}

// cannotOpen says what is wrong with what was to be opened, and where.
func (t *Toolbar) cannotOpen(wrong *rules.Error) {
	d := t.Desk
	if t.Panel != PanelMore {
		t.openPanel(PanelMore)
	}
	d.Outcome = ""
	t.problem = d.CannotOpenText(wrong)
}

// save keeps the answer on the screen under its name, or, without one, under what
// it is.
func (t *Toolbar) save() {
	d := t.Desk
	if !d.Current() {
		return
	}
	name := words.ShortName(d.Name)
	item, outcome := t.Shelf.Kept.Save(cmp.Or(name, d.OwnName()), d.NewLink(), time.Now().UnixMilli())
	switch outcome {
	case model.Done:
	case model.Full:
		d.Say("saved.too-many", "n", words.Itoa(model.MaxSaved))
		return
	case model.Unread:
		d.Say("saved.too-long")
		return
	default:
		d.Say("saved.full")
		return
	}
	if name != "" {
		name = item.Name
	}
	d.Name, t.Panel = name, ""
	t.Shelf.LookAtStorage()
	d.KeepDraft()
	if !t.Shelf.Lasting {
		d.Say("saved.passing")
		return
	}
	d.Say("saved.done", "name", item.Name)
	d.Kept = savedID(item)
}

// seeKept leads to what was just kept, which is at the end of the page.
func (t *Toolbar) seeKept() goapp.UI {
	d := t.Desk
	if d.Outcome == "" || d.Kept == "" {
		return nil
	}
	return desk.Lead("link", d.Words().Text("saved.see"), d.Kept)
}

// freeName is the answer's name as nothing else that is saved is called, and
// empty where it has none.
func (t *Toolbar) freeName() string { return t.Shelf.Kept.FreeName(t.Desk.Name) }
