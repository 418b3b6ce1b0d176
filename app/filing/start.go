package filing

import (
	"slices"
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/files"
	"postage/app/kit"
)

// The ids of what a page with a file has, and the shapes of its icons.
const (
	HeadID   = "list-title"
	AnswerID = "answer"
	fileID   = "list-file"
	pasteID  = "list-paste"

	headingID = "list-heading" // of the button that adds one

	IconUp   = "M10 16V4M5 9l5-5 5 5"
	IconDown = "M10 3v10M5.500 9l4.500 4.500L14.500 9M4 17h12"
	iconLock = "M5.500 9h9v8h-9zM7 9V6a3 3 0 0 1 6 0v3"
)

// Begin is the page without a file: where one comes from.
func (f *File) Begin(more ...goapp.UI) goapp.UI {
	return kit.Div("columns list-start", append([]goapp.UI{
		kit.Div("intro",
			kit.Tag("h1").ID(HeadID).Attr("tabindex", "-1").Body(kit.Text(f.Text("list.heading"))),
			kit.Tag("p").Class("lead").Body(kit.Text(f.Text("list.lead"))),
		),
		start{f}.drop(), start{f}.offerSample(), f.Private(),
	}, more...)...)
}

// A start is where a file comes from.
type start struct{ *File }

// drop takes a file, or what is pasted.
func (f start) drop() goapp.UI {
	return kit.Tag("section").Class("card list-drop").Aria("label", f.Text("list.file")).Body(
		letter(),
		kit.Tag("p").Class("list-drop-what").Body(kit.Text(f.Text("list.file"))),
		kit.Tag("p").Class("hint").Body(kit.Text(f.Text("list.file.kinds"))),
		f.choose("press primary", f.Text("list.choose"), IconUp),
		f.offerPaste("list.paste"),
		kit.PlaceFor(f.paste()), kit.PlaceFor(f.Progress()), kit.PlaceFor(f.Mistake()),
	)
}

// choose is a button by which a file is chosen: the input lies over it.
func (f start) choose(class, label, icon string) goapp.UI {
	body := []goapp.UI{kit.Span("", label)}
	if icon != "" {
		body = append([]goapp.UI{kit.Icon(icon)}, body...)
	}
	in := goapp.ElemSelfClosing("input").ID(fileID).Attr("type", "file").Attr("accept", f.page.Kinds()).
		Aria("label", label).On("change", func(ctx goapp.Context, _ goapp.Event) {
		browser.ChooseList(ctx.JSSrc(), func(name string, size int64) { ctx.Dispatch(func(goapp.Context) { f.open(name) }) })
	}, fileID)
	return kit.Tag("label").Class(class + " list-choose").Body(append(body, in)...)
}

// offerPaste opens the field for cells that were copied.
func (f start) offerPaste(key string) goapp.UI {
	return kit.Button("link", f.Text(key), func(goapp.Context, goapp.Event) {
		f.File.pasting = !f.pasting
		if f.pasting {
			f.MoveAfter(pasteID)
			f.SelectAfter(pasteID) // what is pasted now takes the place of what was
		}
	}, "paste").Aria("expanded", f.pasting)
}

// paste takes cells that were copied from a spreadsheet.
func (f start) paste() goapp.UI {
	if !f.pasting {
		return nil
	}
	in := kit.Tag("textarea").ID(pasteID).Class("input").Attr("rows", "5").Attr("spellcheck", "false").Attr("autocomplete", "off").
		On("input", func(ctx goapp.Context, _ goapp.Event) { f.File.pasted = ctx.JSSrc().Get("value").String() }, pasteID).Body(kit.Text(f.pasted))
	return kit.Div("field list-paste",
		kit.Tag("label").Attr("for", pasteID).Body(kit.Text(f.Text("list.paste.label"))), kit.Div("input-box", in),
		kit.Button("press", f.Text("list.paste.do"), func(goapp.Context, goapp.Event) {
			mending(f).readPasted()
		}, "take"),
	)
}

// Private says that nothing leaves the device.
func (f *File) Private() goapp.UI {
	return kit.Div("card list-private", kit.Icon(iconLock),
		kit.Tag("p").Body(kit.Tag("b").Body(kit.Text(f.Text("list.private"))), kit.Text(" "+f.Text("list.private.why"))))
}

func (f start) offerSample() goapp.UI {
	return kit.Tag("section").Class("card list-sample").Attr("aria-labelledby", "list-sample-title").Body(
		kit.Tag("h2").ID("list-sample-title").Body(kit.Text(f.Text("list.sample"))),
		kit.Tag("p").Class("hint").Body(kit.Text(f.Text("list.sample.about"))),
		kit.Button("press", f.Text("list.sample.do"), func(goapp.Context, goapp.Event) { f.makeUp() }, "sample").ID("list-sample"),
	)
}

// letter is a letter in its envelope.
func letter() goapp.UI {
	return kit.Svg("svg").Attr("data-is", "list-letter").Attr("viewBox", "0 0 96 64").Aria("hidden", "true").Body(
		kit.Svg("path").Attr("d", "M10 22v36a4 4 0 0 0 4 4h68a4 4 0 0 0 4-4V22M10 24l38 24 38-24M10 22l12-8M86 22l-12-8"),
		kit.Svg("path").Attr("d", "M22 32V3h52v29M32 13h18M32 21h30"),
	)
}

// Doing is how far the worker is, in words.
func (f *File) Doing() string {
	w := f.Words()
	switch {
	case f.reader == readerComing:
		return f.Text("list.coming")
	case f.Asked == files.Write:
		return f.Text("list.writing")
	case f.At.Rows > 0 && f.Asked == files.Answer:
		return f.Text("list.reading.of", "n", w.Number(f.At.Rows), "all", w.Number(f.Columns.Rows))
	case f.At.Rows > 0:
		return f.Text("list.reading", "n", w.Number(f.At.Rows))
	}
	return f.Text("list.working")
}

// Progress is how far the worker is, with the way to stop it; nil where it does nothing.
func (f *File) Progress() goapp.UI {
	if !f.Working {
		return nil
	}
	return f.Meter(f.drawProgress)
}

func (f *File) drawProgress() goapp.UI {
	said, percent := f.Doing(), strconv.FormatInt(f.At.Thousandth/10, 10)
	bar := kit.Svg("svg").Attr("data-is", "use-bar").Attr("viewBox", "0 0 1000 20").Attr("preserveAspectRatio", "none").Attr("role", "progressbar").
		Aria("label", f.Text("list.working")).Aria("valuemin", "0").Aria("valuemax", "100").Aria("valuenow", percent).Body(
		kit.Svg("rect").Attr("data-is", "use-room").Attr("width", "1000").Attr("height", "20"),
		kit.Svg("rect").Attr("data-is", "use-used").Attr("width", kit.Px(f.At.Thousandth)).Attr("height", "20"))
	return kit.Div("list-progress", kit.Div("list-progress-row", kit.Span("", said), f.StopButton("link").ID("list-stop")), bar)
}

// StopButton stops the worker.
func (f *File) StopButton(class string) goapp.HTMLElem {
	return kit.Button(class, f.Text("list.stop"), func(goapp.Context, goapp.Event) { f.Stop() }, "stop")
}

// Mistake is what is wrong with the file, and what would do; nil where nothing is.
func (f *File) Mistake() goapp.UI {
	if f.reader == readerFailed {
		return kit.Tag("div").Class("mistake list-mistake").Attr("role", "alert").Body(kit.Tag("p").Body(kit.Text(f.Text("list.failed"))),
			kit.Button("link", f.Text("list.retry"), func(goapp.Context, goapp.Event) {
				f.reader = readerComing
				browser.RetryReader()
			}, "retry"))
	}
	if f.Wrong == nil {
		return nil
	}
	body := []goapp.UI{kit.Tag("p").Body(kit.Text(f.page.WrongText(f.Wrong)))}
	if len(f.Wrong.Sheets) > 0 {
		body = append(body, kit.Div("chips", sheets(f, f.Wrong.Sheets, "")...))
	}
	if (mending{f}).lacksHeading() {
		body = append(body, kit.Button("press", f.Text("list.wrong.no-header.add"), func(goapp.Context, goapp.Event) { mending{f}.addHeading() }, "heading").ID(headingID))
	}
	return kit.Tag("div").Class("mistake list-mistake").Attr("role", "alert").Body(body...)
}

// A mending is a file of which what was pasted cannot be read as it is.
type mending struct{ *File }

// lacksHeading reports whether what was pasted begins with a contact in the place of the
// names of its columns.
func (f mending) lacksHeading() bool {
	return f.Wrong != nil && len(f.Wrong.Facts) > 0 && f.chosen == "" && f.pasted != ""
}

// addHeading puts names above what was pasted, and has that read.
func (f mending) addHeading() {
	f.pasted = WithHeading(f.pasted, f.Wrong, f.page.FactName, func(letters string) string { return f.Text("list.column", "letters", letters) })
	f.readPasted()
}

// readPasted has what was pasted read.
func (f mending) readPasted() {
	browser.PasteList(f.pasted)
	f.open("")
}

// WithHeading is cells that have no names under a line of these, by what was found in its
// place: each column is named as what is in it, or by its letters where that is no contact or
// another column is it already. One line of several phone numbers alone is a column of them.
func WithHeading(cells string, wrong *files.Wrong, factName, named func(string) string) string {
	const mostLetters = 26
	facts := wrong.Facts
	line := strings.TrimSpace(cells)
	if numbers := !slices.ContainsFunc(facts, func(fact string) bool { return fact != "phone" }); numbers && len(facts) > 1 && !strings.Contains(line, "\n") {
		facts, cells = facts[:1], strings.ReplaceAll(line, wrong.Between, "\n")
	}
	names := make([]string, min(len(facts), mostLetters))
	for i := range names {
		if fact := facts[i]; fact == "" || slices.Contains(facts[:i], fact) {
			names[i] = named(string(rune('A' + i)))
		} else {
			names[i] = factName(fact)
		}
	}
	return strings.Join(names, wrong.Between) + "\n" + cells
}

// sheets are those of a workbook to choose from.
func sheets(f *File, names []string, chosen string) (chips []goapp.UI) {
	for i, name := range names {
		chips = append(chips, kit.Chip("list-sheet", strconv.Itoa(i), name, name == chosen, func(string) { f.page.Look(name) }))
	}
	return chips
}
