package listing

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/contacts"
	"postage/app/kit"
)

// A start is where a list comes from.
type start struct{ *work }

const (
	headID  = "list-title"
	fileID  = "list-file"
	pasteID = "list-paste"
	iconUp  = "M10 16V4M5 9l5-5 5 5"
)

func (v start) draw() []goapp.UI {
	w := v.words()
	return []goapp.UI{
		kit.Div("intro",
			kit.Tag("h1").ID(headID).Attr("tabindex", "-1").Body(kit.Text(w.Text("list.heading"))),
			kit.Tag("p").Class("lead").Body(kit.Text(w.Text("list.lead"))),
		),
		v.drop(), v.private(), v.sampleCard(), v.wanted(),
	}
}

// drop takes a file, or what is pasted.
func (v start) drop() goapp.UI {
	w := v.words()
	return kit.Tag("section").Class("card list-drop").Aria("label", w.Text("list.file")).Body(
		letter(),
		kit.Tag("p").Class("list-drop-what").Body(kit.Text(w.Text("list.file"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.file.kinds"))),
		choose(v.work, "press primary", w.Text("list.choose"), iconUp),
		kit.Button("link", w.Text("list.paste"), func(goapp.Context, goapp.Event) {
			v.work.pasting = !v.work.pasting
			if v.work.pasting {
				v.moveAfter(pasteID)
			}
		}, "paste").Aria("expanded", v.work.pasting),
		kit.PlaceFor(v.paste()), kit.PlaceFor(progress(v).draw()), kit.PlaceFor(mistake(v).draw()),
	)
}

// choose is a button by which a file is chosen: the input lies over it.
func choose(w *work, class, label, icon string) goapp.UI {
	id := fileID
	body := []goapp.UI{kit.Span("", label)}
	if icon != "" {
		body = append([]goapp.UI{kit.Icon(icon)}, body...)
	}
	in := goapp.ElemSelfClosing("input").ID(id).Attr("type", "file").Attr("accept", ".csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").
		Aria("label", label).On("change", func(ctx goapp.Context, _ goapp.Event) {
		browser.ChooseList(ctx.JSSrc(), func(name string, size int64) { ctx.Dispatch(func(goapp.Context) { w.open(name) }) })
	}, id)
	return kit.Tag("label").Class(class + " list-choose").Body(append(body, in)...)
}

// paste takes cells that were copied from a spreadsheet.
func (v start) paste() goapp.UI {
	if !v.work.pasting {
		return nil
	}
	w := v.words()
	in := kit.Tag("textarea").ID(pasteID).Class("input").Attr("rows", "5").Attr("spellcheck", "false").Attr("autocomplete", "off").
		On("input", func(ctx goapp.Context, _ goapp.Event) { v.work.pasted = ctx.JSSrc().Get("value").String() }, pasteID)
	return kit.Div("field list-paste",
		kit.Tag("label").Attr("for", pasteID).Body(kit.Text(w.Text("list.paste.label"))), kit.Div("input-box", in),
		kit.Button("press", w.Text("list.paste.do"), func(goapp.Context, goapp.Event) {
			browser.PasteList(v.work.pasted)
			v.work.open("")
		}, "take"),
	)
}

// private says that nothing leaves the device.
func (v start) private() goapp.UI {
	w := v.words()
	return kit.Div("card list-private", kit.Icon("M5.500 9h9v8h-9zM7 9V6a3 3 0 0 1 6 0v3"),
		kit.Tag("p").Body(kit.Tag("b").Body(kit.Text(w.Text("list.private"))), kit.Text(" "+w.Text("list.private.why"))))
}

func (v start) sampleCard() goapp.UI {
	w := v.words()
	return kit.Tag("section").Class("card list-sample").Attr("aria-labelledby", "list-sample-title").Body(
		kit.Tag("h2").ID("list-sample-title").Body(kit.Text(w.Text("list.sample"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.sample.about"))),
		kit.Button("press", w.Text("list.sample.do"), func(goapp.Context, goapp.Event) { v.openSample() }, "sample").ID("list-sample"),
	)
}

// wanted says which columns are of use.
func (v start) wanted() goapp.UI {
	w := v.words()
	var rows []goapp.UI
	for _, key := range [...]string{"phone", "uid", "page"} {
		rows = append(rows, kit.Tag("li").Body(kit.Span("", w.Text("list.wanted."+key)), kit.Span("hint", w.Text("list.wanted."+key+".for"))))
	}
	return kit.Tag("section").Class("card list-wanted").Attr("aria-labelledby", "list-wanted-title").Body(
		kit.Tag("h2").ID("list-wanted-title").Body(kit.Text(w.Text("list.wanted"))),
		kit.Tag("ul").Class("list-rows").Body(rows...),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.wanted.names"))),
		kit.Button("link", w.Text("list.blank"), func(goapp.Context, goapp.Event) {
			browser.Download(w.Text("list.blank.file"), "text/csv", w.Text("list.blank.header")+"\r\n")
		}, "blank").ID("list-blank"),
	)
}

// letter is a letter in its envelope.
func letter() goapp.UI {
	return kit.Svg("svg").Attr("data-is", "list-letter").Attr("viewBox", "0 0 96 64").Aria("hidden", "true").Body(
		kit.Svg("path").Attr("d", "M10 22v36a4 4 0 0 0 4 4h68a4 4 0 0 0 4-4V22M10 24l38 24 38-24M10 22l12-8M86 22l-12-8"),
		kit.Svg("path").Attr("d", "M22 32V3h52v29M32 13h18M32 21h30"),
	)
}

// A progress is how far the worker is, with the way to stop it.
type progress struct{ *work }

// said is how far it is, in words.
func (v progress) said() string {
	w := v.words()
	switch {
	case v.reader == readerComing:
		return w.Text("list.coming")
	case v.asked == contacts.Write:
		return w.Text("list.writing")
	case v.at.Rows > 0 && v.asked == contacts.Answer:
		return w.Text("list.reading.of", "n", w.Number(v.at.Rows), "all", w.Number(v.columns.Rows))
	case v.at.Rows > 0:
		return w.Text("list.reading", "n", w.Number(v.at.Rows))
	}
	return w.Text("list.working")
}

func (v progress) draw() goapp.UI {
	if !v.working {
		return nil
	}
	w, said := v.words(), v.said()
	percent := strconv.FormatInt(v.at.Thousandth/10, 10)
	bar := kit.Svg("svg").Attr("data-is", "use-bar").Attr("viewBox", "0 0 1000 20").Attr("preserveAspectRatio", "none").Attr("role", "progressbar").
		Aria("label", w.Text("list.working")).Aria("valuemin", "0").Aria("valuemax", "100").Aria("valuenow", percent).Body(
		kit.Svg("rect").Attr("data-is", "use-room").Attr("width", "1000").Attr("height", "20"),
		kit.Svg("rect").Attr("data-is", "use-used").Attr("width", kit.Px(v.at.Thousandth)).Attr("height", "20"))
	return kit.Div("list-progress", kit.Div("list-progress-row", kit.Span("", said),
		kit.Button("link", w.Text("list.stop"), func(goapp.Context, goapp.Event) { v.stop() }, "stop").ID("list-stop")), bar)
}

// A mistake is what is wrong with a file, and what would do.
type mistake struct{ *work }

func (v mistake) draw() goapp.UI {
	w := v.words()
	if v.reader == readerFailed {
		return kit.Tag("div").Class("mistake list-mistake").Attr("role", "alert").Body(kit.Tag("p").Body(kit.Text(w.Text("list.failed"))),
			kit.Button("link", w.Text("list.retry"), func(goapp.Context, goapp.Event) {
				v.work.reader = readerComing
				browser.RetryReader()
			}, "retry"))
	}
	wrong := v.work.wrong
	if wrong == nil {
		return nil
	}
	body := []goapp.UI{kit.Tag("p").Body(kit.Text(v.faultText(wrong)))}
	if len(wrong.Sheets) > 0 {
		var chips []goapp.UI
		for i, name := range wrong.Sheets {
			chips = append(chips, kit.Chip("list-sheet", strconv.Itoa(i), name, false, func(string) {
				v.ask(contacts.Request{Do: contacts.Look, Sheet: name}, true)
			}))
		}
		body = append(body, kit.Div("chips", chips...))
	}
	return kit.Tag("div").Class("mistake list-mistake").Attr("role", "alert").Body(body...)
}
