package auditing

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/billing"
	"postage/app/browser"
	"postage/app/files"
	"postage/app/filing"
	"postage/app/kit"
)

// tools are what one can do with the answer: ask the provider, print, take it away.
type tools struct{ *work }

// The parts that open.
const (
	panelText = "audit-text"
	panelMore = "audit-panel"
)

const (
	iconCopy  = "M7.500 7.500h9v9h-9zM4 12.500h-.5v-9h9V4"
	iconPrint = "M6 7.500V3h8v4.500M6 14H3.500V7.500h13V14H14M6 11.500h8V17H6z"
	iconMore  = "M3.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M9.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M15.3 10a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0"
)

func (v tools) draw() goapp.UI {
	if v.found == nil || len(v.found.Totals) == 0 {
		return nil
	}
	w := v.Words()
	tool := func(icon, key string, press func()) goapp.HTMLElem {
		return kit.Pressable("act", "tool-"+key, func(goapp.Context, goapp.Event) { press() }, key, kit.Icon(icon), kit.Span("", w.Text(key)))
	}
	var letter, read goapp.UI
	if v.differs() {
		letter = kit.Pressable("press primary audit-letter", "audit-letter", func(goapp.Context, goapp.Event) { v.copy(true) }, "letter", kit.Icon(iconCopy), kit.Span("", w.Text("audit.letter"))).Attr(kit.Copies, "text")
		read = v.readLetter()
	}
	return kit.Tag("section").Class("keep").Aria("label", w.Text("keep.title")).Body(
		// What a press came to stands by the largest of them: below the others a phone's bar hides it.
		kit.PlaceFor(letter), kit.Tag("p").Class("keep-said").Attr("role", "status").Body(kit.Text(v.Said())), kit.PlaceFor(read),
		kit.Div("acts",
			tool(iconCopy, "audit.copy", func() { v.copy(false) }).Attr(kit.Copies, "text"),
			tool(iconPrint, "keep.print", func() { v.onceFresh(browser.PrintPage) }),
			tool(filing.IconDown, "audit.save", v.save),
			tool(iconMore, "keep.more", func() { v.toggle(panelMore) }).Aria("expanded", v.panel == panelMore).Aria("controls", panelMore)),
		kit.PlaceFor(v.openPanel()),
	)
}

// readLetter is the letter, to be read before it is copied.
func (v tools) readLetter() goapp.UI {
	return kit.Tag("details").Class("more audit-read").Attr("open", v.Opened["letter"]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.Opened["letter"] = ctx.JSSrc().Get("open").Bool() }).
		Body(kit.Tag("summary").ID("audit-read").Body(kit.Text(v.Words().Text("audit.letter.read"))), kit.Tag("p").Class("audit-letter-text").Body(kit.Text(v.letterText())))
}

// onceFresh does something with the answer that is shown, or with the next one where that is
// on its way: a press that leaves a field has it asked for.
func (v tools) onceFresh(do func()) {
	if v.Stale {
		v.work.next = do
		return
	}
	do()
}

func (v tools) toggle(panel string) {
	v.work.leaving = false
	v.Say("")
	if v.panel == panel {
		v.work.panel = ""
	} else {
		v.work.panel = panel
	}
}

// text is the letter, or the summary.
func (v tools) text() string {
	if v.letter {
		return v.letterText()
	}
	return v.summaryText()
}

// copy puts a text into the clipboard, or shows it to be copied by hand.
func (v tools) copy(letter bool) { v.onceFresh(func() { v.copyNow(letter) }) }

func (v tools) copyNow(letter bool) {
	v.work.letter = letter
	done := "audit.copied"
	if letter {
		done = "audit.letter.copied"
	}
	browser.CopyText(v.text(), func(ok bool) {
		v.Later(func() {
			if ok {
				if v.Say(done); v.panel == panelText {
					v.work.panel = ""
				}
				return
			}
			v.work.panel = panelText
			v.Say("")
			v.SelectAfter(panelText + "-text")
		})
	})
}

// save has the lines written, as the command writes them.
func (v tools) save() {
	v.onceFresh(func() {
		v.work.SaveAs = v.fileTitle() + ".csv"
		v.ask(billing.Request{Request: files.Request{Do: files.Write}, Lines: v.lineWords()}, false)
	})
}

func (v tools) openPanel() goapp.UI {
	w := v.Words()
	switch v.panel {
	case panelText:
		return kit.Div("card panel", v.textField(w.Text("keep.by-hand"), v.text()))
	case panelMore:
		if v.leaving {
			return kit.Tag("div").ID(panelMore).Class("card panel").Body(kit.Tag("p").ID("audit-leaving").Attr("tabindex", "-1").Body(kit.Text(w.Text("audit.other.sure"))), kit.Div("presses",
				kit.Button("press", w.Text("audit.other.yes"), func(goapp.Context, goapp.Event) {
					v.Reset()
					v.MoveAfter("list-title")
				}, "leave").ID("audit-other-yes"),
				kit.Button("press", w.Text("audit.other.no"), func(goapp.Context, goapp.Event) { v.work.leaving = false }, "stay").ID("audit-other-no")))
		}
		return kit.Tag("div").ID(panelMore).Class("card panel").Body(kit.Tag("p").Attr("hidden", true), kit.Div("presses",
			kit.Button("press", w.Text("audit.other"), func(goapp.Context, goapp.Event) {
				v.work.leaving = true
				v.MoveAfter("audit-leaving")
			}, "other").ID("audit-other"),
			kit.Button("press", w.Text("audit.forget"), func(goapp.Context, goapp.Event) {
				v.work.choices = billing.Choices{}
				v.show()
				v.Changed()
				v.Say("audit.forgot")
			}, "forget").ID("audit-forget")))
	}
	return nil
}

func (v tools) textField(label, text string) goapp.UI {
	const id = panelText + "-text"
	return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label)),
		kit.Div("input-box", kit.Tag("textarea").ID(id).Class("input audit-text").Attr("readonly", true).Attr("rows", "9").Body(kit.Text(text))))
}
