package planning

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/plan"
	"postage/app/planning/spreadsheet"
	"postage/app/words"
	"postage/rules"
)

// tools are what one can do with the plan: pass it on, print it, take it away.
type tools struct{ *work }

// The parts that open.
const (
	panelByHand = "plan-by-hand"
	panelMore   = "plan-more"
)

func (v tools) draw() goapp.UI {
	w := v.words()
	whole := v.answer.Quote != nil && v.answer.LeftOut(&v.plan) == 0
	tool := func(icon, key string, may bool, press func()) goapp.HTMLElem {
		return kit.Pressable("act", "tool-"+key, func(goapp.Context, goapp.Event) { press() }, key, kit.Icon(icon), kit.Span("", w.Text(key))).Attr("disabled", !may)
	}
	list := []goapp.UI{tool(iconLink, "keep.link", whole, v.copyLink).Attr(kit.Copies, "text")}
	if v.shares {
		list = append(list, tool(iconShare, "keep.share", whole, v.share))
	}
	list = append(list,
		tool(iconText, "keep.text", whole, func() { v.copy(v.tell().PlainText(v.address()), "keep.text.done") }).Attr(kit.Copies, "text"),
		tool(iconSave, "keep.save", whole, shelf(v).save),
		tool(iconPrint, "keep.print", v.answer.Quote != nil, browser.PrintPage),
		tool(iconMore, "keep.more", true, func() { v.toggle(panelMore) }).Aria("expanded", v.panel == panelMore).Aria("controls", panelMore),
	)
	said := v.said
	if !whole && said == "" {
		said = w.Text("plan.fix-first")
	}
	return kit.Tag("section").Class("keep").Aria("label", w.Text("keep.title")).Body(
		kit.Div("acts", list...),
		kit.PlaceFor(v.ownHint("plan.keep.own", "")),
		kit.Tag("p").Class("keep-said").Attr("role", "status").Body(kit.Text(said)),
		kit.PlaceFor(v.openPanel()),
		kit.Div("plan-clear", kit.Button("link", w.Text("plan.clear"), func(goapp.Context, goapp.Event) {
			v.take(plan.Plan{Lang: v.report.Lang})
			v.work.said = v.words().Text("plan.cleared")
		}, "clear")),
	)
}

// ownHint says something where the user adds to the platform's price, in a currency if
// one is given.
func (w *work) ownHint(key, currency string) goapp.UI {
	if w.report.Frame || !slices.ContainsFunc(w.answer.Earned(), func(t rules.Total) bool { return currency == "" || t.Currency == currency }) {
		return nil
	}
	return kit.Tag("p").Class("hint").Body(kit.Text(w.words().Text(key)))
}

// toggle opens a part, or closes it.
func (v tools) toggle(panel string) {
	v.work.said, v.work.problem = "", ""
	if v.panel == panel {
		v.work.panel = ""
	} else {
		v.work.panel = panel
	}
}

func (v tools) openPanel() goapp.UI {
	switch v.panel {
	case panelByHand:
		return v.byHandPanel()
	case panelMore:
		return v.morePanel()
	}
	return nil
}

// address is the address of the page with the plan in it; empty where that is too long.
func (v tools) address() string {
	link := v.answer.Link(v.plan.Name, v.today)
	if len(link) > form.MaxLink {
		return ""
	}
	return browser.AddressWith(link)
}

func (v tools) copyLink() {
	address := v.address()
	if address == "" {
		v.work.said = v.words().Text("plan.link.long")
		return
	}
	v.copy(address, "plan.link.done")
}

// copy puts a text on the clipboard, or shows it where that cannot be done.
func (v tools) copy(text, done string) {
	browser.CopyText(text, func(ok bool) {
		v.ctx.Dispatch(func(goapp.Context) {
			if v.work.byHand = text; ok {
				v.work.said, v.work.panel = v.words().Text(done), ""
				return
			}
			v.work.said, v.work.panel = "", panelByHand
			v.ctx.Defer(func(goapp.Context) { browser.SelectText(panelByHand + "-text") })
		})
	})
}

func (v tools) share() {
	address := v.address()
	if address == "" {
		v.work.said = v.words().Text("plan.link.long")
		return
	}
	t := v.tell()
	browser.Share(t.Title(), t.Summary(), address, func(ok bool) {
		if !ok {
			v.ctx.Dispatch(func(goapp.Context) { v.copyLink() })
		}
	})
}

func (v tools) byHandPanel() goapp.UI {
	const id = panelByHand + "-text"
	return kit.Div("card panel", kit.Div("field",
		kit.Tag("label").Attr("for", id).Body(kit.Text(v.words().Text("keep.by-hand"))),
		kit.Div("input-box", kit.Tag("textarea").ID(id).Class("input").Attr("readonly", true).Attr("rows", "5").Body(kit.Text(v.byHand))),
	))
}

// morePanel has the files to take away, opens one, and begins anew.
func (v tools) morePanel() goapp.UI {
	w := v.words()
	const paste = panelMore + "-paste"
	give := func(key, ending, kind string, content func() string) goapp.UI {
		return kit.Button("press", w.Text(key), func(goapp.Context, goapp.Event) {
			if name := v.tell().FileTitle() + ending; browser.Download(name, kind, content()) {
				v.work.said = v.words().Text("keep.file.done", "file", name)
			}
		}, key)
	}
	var body []goapp.UI
	if v.answer.Quote != nil && v.answer.LeftOut(&v.plan) == 0 {
		body = append(body, kit.Div("presses",
			give("keep.csv", ".csv", "text/csv;charset=utf-8", func() string { return spreadsheet.Of(v.tell()) }),
			give("keep.json", ".json", "application/json", func() string { return v.answer.File(v.plan.Name, v.today) }),
		))
	}
	field := kit.Tag("textarea").ID(paste).Class("input").Attr("rows", "3").Attr("spellcheck", "false").
		On("input", func(ctx goapp.Context, _ goapp.Event) { v.work.pasted = ctx.JSSrc().Get("value").String() })
	var wrong goapp.UI
	if v.problem != "" {
		field = field.Attr("aria-invalid", "true").Attr("aria-describedby", paste+"-error")
		wrong = kit.Tag("p").Class("mistake").ID(paste+"-error").Attr("role", "alert").Body(kit.Text(v.problem))
	}
	body = append(body,
		kit.Tag("h3").Body(kit.Text(w.Text("import.title"))),
		kit.Tag("label").Class("press pick").Body(
			goapp.ElemSelfClosing("input").ID(panelMore+"-file").Attr("type", "file").Attr("accept", ".json,application/json,text/plain").
				On("change", func(ctx goapp.Context, _ goapp.Event) {
					browser.ReadFile(ctx.JSSrc(), model.MaxImport, func(content string, ok bool) {
						v.ctx.Dispatch(func(goapp.Context) {
							if !ok {
								v.cannotOpen(&rules.Error{Code: rules.OutOfRange})
								return
							}
							v.openText(content)
						})
					})
				}),
			kit.Tag("span").Body(kit.Text(w.Text("import.file"))),
		),
		kit.Div("field",
			kit.Tag("label").Attr("for", paste).Body(kit.Text(w.Text("import.paste"))),
			kit.Div("input-box", field),
			kit.PlaceFor(wrong),
		),
		kit.Button("press", w.Text("import.open"), func(goapp.Context, goapp.Event) { v.openText(v.pasted) }),
	)
	return kit.Tag("div").Class("card panel more-panel").ID(panelMore).Body(body...)
}

// openText opens a file or what was pasted. The plan stays as it is unless all of it
// can be read.
func (v tools) openText(content string) {
	other, wrong := plan.In(content, v.today, v.report.Lang)
	if wrong != nil {
		v.cannotOpen(wrong)
		return
	}
	v.work.pasted, v.work.problem = "", ""
	v.take(other)
	v.hear(content)
	v.work.said = v.words().Text("plan.import.done")
	v.moveAfter(titleID)
}

// cannotOpen says what is wrong with what was to be opened, and where.
func (v tools) cannotOpen(wrong *rules.Error) {
	w := v.words()
	where := w.Text("import.whole")
	if wrong.Path != "" {
		where = wrong.Path
	}
	v.work.said, v.work.panel = "", panelMore
	v.work.problem = w.Text("plan.import.wrong", "what", words.ShortName(where), "why", w.Text("import."+string(wrong.Code)))
}
