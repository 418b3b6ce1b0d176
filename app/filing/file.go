package filing

import (
	"encoding/json"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/files"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A Page is what a page does with its file.
type Page interface {
	Kind() files.Kind
	Section() string               // of its own texts
	Path(code string) string       // of the page in a language
	Kinds() string                 // of files that are offered, as an input of HTML takes them
	Facts() []string               // that a column can be
	FactName(fact string) string   // in words
	HoldsDates(fact string) bool   // whether the order of day and month matters
	Answered() bool                // there is an answer
	Look(sheet string)             // asks for the columns of the file that was chosen
	Chosen(wasMadeUp bool)         // follows the choice of another file
	MakeUp()                       // has a file made up
	Took()                         // follows new columns, before they are drawn
	Moved()                        // follows a column that is something else now
	Changed()                      // follows any other choice
	Counts(fact string) []string   // what could be read of a column, once it has been
	WrongText(*files.Wrong) string // says what is wrong
	Forget()                       // forgets what came of the file
}

// A File is the file of a page: what was asked of the worker, and what it has told.
type File struct {
	Lang  string
	Today rules.Date

	Name    string // of the file; empty for one that has none
	Sample  bool   // it is made up
	Columns *files.Columns
	Uses    []string // what each column is
	Orders  []string // of day and month in each, where that was answered

	Asked   files.Deed // last
	At      files.Progress
	Working bool
	Stale   bool         // another answer is asked for than the one that is shown
	Wrong   *files.Wrong // what came of the last request
	SaveAs  string       // the name of the file that is being written
	said    saying       // what the last press came to

	Opened map[string]bool   // parts that are open
	Typed  map[string]string // what stands in fields of numbers, by their ids
	Fields kit.Fields
	Over   bool // a file is held over the page
	Parts

	meters map[*Meter]goapp.Context
	page   Page
	turn   int64    // of the last request
	stands struct { // of the file whose columns stand there, while another one is looked at
		name   string
		sample bool
	}
	chosen  string // the name of the file that was chosen last, which may still be asked for its sheet
	pasted  string
	pasting bool // the field for it is open
	reader  readerState
	lost    string // which kind of file was there before the page was loaded anew: a text that says so
	noWords string
	offline bool

	updateReady bool
	fresh       model.Freshness
	looked      string // what came of the last look for a newer version
	ctx         goapp.Context
}

// A saying is a text that stays on the page, and is told in whatever language that is in.
type saying struct {
	key   string
	pairs []string
}

// Say tells what a press came to; an empty key: nothing.
func (f *File) Say(key string, pairs ...string) { f.said = saying{key, pairs} }

// Said is what the last press came to, empty where that is nothing.
func (f *File) Said() string {
	if f.said.key == "" {
		return ""
	}
	return f.Text(f.said.key, f.said.pairs...)
}

// A readerState is how the worker is.
type readerState uint8

const (
	readerComing readerState = iota
	readerReady
	readerFailed // its program could not be fetched
)

// Start begins without a file, on a day written 2006-01-02.
func (f *File) Start(p Page, lang, today string) {
	f.page, f.Lang = p, lang
	f.Today, _ = rules.ParseDate(today) // the browser's
	f.Reset()
}

// Words are those of the language.
func (f *File) Words() *words.Language { return words.Of(f.Lang) }

// own are the keys of a text of the section "list": the page's own first.
func (f *File) own(key string) []string {
	_, rest, _ := strings.Cut(key, ".")
	return []string{f.page.Section() + "." + rest, key}
}

// Text is a text of the section "list", or what the page has in its place.
func (f *File) Text(key string, pairs ...string) string { return f.Words().First(f.own(key), pairs...) }

// Count is likewise a text with a number.
func (f *File) Count(key string, n int64, pairs ...string) string {
	l := f.Words()
	if own := f.own(key)[0]; l.Has(own + ".other") {
		return l.Count(own, n, pairs...)
	}
	return l.Count(key, n, pairs...)
}

// Href is the link to another path of the site.
func (f *File) Href(path string) string { return kit.Relative(f.page.Path(f.Lang), path) }

// Reset forgets the file.
func (f *File) Reset() {
	f.Columns, f.Uses, f.Orders, f.Wrong, f.SaveAs = nil, nil, nil, nil, ""
	f.Say("")
	f.Working, f.Stale = false, false
	f.Opened = map[string]bool{}
	f.page.Forget()
}

// keyOpen is where it is noted that there was a file. Nothing of the file is.
func (f *File) keyOpen() string { return "postage." + f.page.Section() + ".open" }

// openPasted is noted where it was pasted.
const openPasted = "pasted"

// Recall finds out whether there was a file before the page was loaded anew.
func (f *File) Recall() {
	open, _ := browser.OfTab.Read(f.keyOpen())
	f.lost = map[string]string{"1": "list.lost", openPasted: "list.lost.pasted"}[open]
	browser.OfTab.Write(f.keyOpen(), "")
	f.offline = browser.IsOffline()
}

// Ask asks the worker for something; what it is doing is stopped. The request is the page's
// own, with the part that all have in it.
func (f *File) Ask(part *files.Request, request any, withFile bool) {
	f.Stop()
	f.turn++
	part.Turn, part.Lang, part.Of = f.turn, f.Lang, f.page.Kind()
	f.Asked, f.Working, f.At, f.Wrong = part.Do, true, files.Progress{}, nil
	f.send(request, withFile)
}

func (f *File) send(request any, withFile bool) {
	text, err := json.Marshal(request)
	if err != nil { // it is made of texts and numbers
		panic(err)
	}
	// A worker that works takes what the page needs to show that something was pressed.
	f.onceDrawn(func() { browser.AskReader(string(text), withFile) })
}

// Stop has the worker stop what it is doing; it tells what it has got so far.
func (f *File) Stop() {
	if f.Working {
		f.send(&files.Request{Do: files.Stop, Turn: f.turn, Of: f.page.Kind()}, false)
	}
}

// open has the file that was chosen looked at.
func (f *File) open(name string) {
	f.lost, f.pasting = "", false
	if f.Name = words.ShortName(name); f.Name != "" {
		f.pasted = ""
	}
	f.chosen = f.Name
	wasMadeUp := f.Sample
	f.Sample = false
	f.page.Chosen(wasMadeUp)
	f.page.Look("")
}

// makeUp has a file made up.
func (f *File) makeUp() {
	f.lost, f.pasting = "", false
	f.page.MakeUp()
}

// Hear takes what comes from the worker, as the page's own report with the part that all
// have in it, and reports whether it ends the last request.
func (f *File) Hear(what, text string, report any, part *files.Report) (ends bool) {
	switch what {
	case "ready":
		f.reader = readerReady
		return false
	case "failed":
		f.reader = readerFailed
		f.Working = false
		return false
	case "ended": // it had no memory left, most likely
		f.Reset()
		f.Wrong = &files.Wrong{Code: files.Internal}
		return false
	}
	if json.Unmarshal([]byte(text), report) != nil || part.Turn != f.turn {
		return false // it is of before
	}
	switch {
	case part.Progress != nil:
		f.At = *part.Progress
		return false
	case part.Columns != nil:
		f.take(part.Columns)
	case part.Written:
		browser.SaveList(part.Turn, f.SaveAs)
		f.Say("list.saved", "name", f.SaveAs)
	case part.Wrong != nil:
		if f.Columns != nil && f.Asked == files.Look {
			f.Name, f.Sample = f.stands.name, f.stands.sample
		}
		if f.Stale = false; part.Wrong.Code != files.Stopped {
			f.Wrong = part.Wrong
			mending{f}.mend()
		}
	}
	f.Working = false
	return true
}

// mend opens what was pasted again where it cannot be read, as it was: it is to be mended
// there, and not to be pasted anew.
func (f mending) mend() {
	if f.Asked != files.Look || f.chosen != "" || f.pasted == "" {
		return
	}
	f.pasting = true
	f.MoveAfter(f.mendAt())
}

// mendAt is where it is mended: by the button that adds names, else in the field. The button
// that was pressed is gone.
func (f mending) mendAt() string {
	if f.lacksHeading() {
		return headingID
	}
	return pasteID
}

// take takes up a file that was looked at.
func (f *File) take(c *files.Columns) {
	if f.Sample = f.Asked == files.Sample; !f.Sample {
		f.Name = f.chosen
	}
	f.stands.name, f.stands.sample = f.Name, f.Sample
	isFirst := f.Columns == nil
	f.Reset()
	f.Columns = c
	f.Uses, f.Orders = make([]string, len(c.List)), make([]string, len(c.List))
	for i := range c.List {
		f.Uses[i] = c.List[i].Fact
	}
	if !f.Sample {
		was := "1"
		if f.Name == "" {
			was = openPasted
		}
		browser.OfTab.Write(f.keyOpen(), was)
	}
	f.page.Took()
	if isFirst {
		f.InParts()
	}
	f.MoveAfter(HeadID)
}

// use takes a column for a fact, which no other one is then.
func (f *File) use(column int, fact string) {
	for i := range f.Uses {
		if fact != "" && f.Uses[i] == fact {
			f.Uses[i] = ""
		}
	}
	f.Uses[column] = fact
	f.page.Moved()
	f.page.Changed()
}

// asksOrder reports whether it must be asked how the dates of a column are written.
func asksOrder(f *File, i int) bool {
	return f.Columns.List[i].Either != "" && f.page.HoldsDates(f.Uses[i])
}

// Unordered lists the columns of which it is yet to be answered how dates are written.
func (f *File) Unordered() (columns []int) {
	for i := range f.Columns.List {
		if asksOrder(f, i) && f.Orders[i] == "" {
			columns = append(columns, i)
		}
	}
	return columns
}

// MoveAfter moves to an element once the change is on the screen.
func (f *File) MoveAfter(id string) {
	if f.ctx == nil {
		return
	}
	f.ctx.Defer(func(goapp.Context) { browser.MoveTo(id) })
}

// Later has something done when the page is not being drawn.
func (f *File) Later(do func()) {
	if f.ctx != nil {
		f.ctx.Dispatch(func(goapp.Context) { do() })
	}
}

// SelectAfter selects the text in a field once the change is on the screen.
func (f *File) SelectAfter(id string) {
	if f.ctx != nil {
		f.ctx.Defer(func(goapp.Context) { browser.SelectText(id) })
	}
}

// FileName is what the file is called.
func (f *File) FileName() string {
	switch {
	case f.Sample:
		return f.Text("list.sample.name")
	case f.Name == "":
		return f.Text("list.pasted.name")
	}
	return f.Name
}

// Called is what a column is called.
func (f *File) Called(i int) string {
	c := &f.Columns.List[i]
	if c.Name != "" {
		return c.Name
	}
	return f.Text("list.column", "letters", c.Letters)
}

// Mount listens to the page, and has the worker started once it is live.
func (f *File) Mount(ctx goapp.Context, hear func(what, report string)) {
	f.ctx, f.Parts.ctx = ctx, ctx
	f.entitle(ctx)
	later := func(do func()) func() { return func() { ctx.Dispatch(func(goapp.Context) { do() }) } }
	browser.OnNetworkChange(later(func() { f.offline = browser.IsOffline() }))
	browser.OnUpdate(later(func() { f.updateReady = true }))
	browser.OnListDropped(
		func(name string, size int64) { ctx.Dispatch(func(goapp.Context) { f.open(name) }) },
		func(is bool) { ctx.Dispatch(func(goapp.Context) { f.Over = is }) },
	)
	ctx.Defer(func(goapp.Context) {
		browser.ReportReady()
		browser.OpenReader(func(what, report string) {
			if !f.advances(report) {
				ctx.Dispatch(func(goapp.Context) { hear(what, report) })
			}
		})
	})
}

// Translate goes on in the language of the address as soon as its texts are there. Until
// then, and if they do not come, the page stays as it was.
func (f *File) Translate(now func() string, translated func()) {
	lang := now()
	f.noWords = ""
	words.Load(lang, func(ok bool) {
		f.ctx.Dispatch(func(ctx goapp.Context) {
			switch {
			case now() != lang: // on to yet another one
			case !ok:
				f.noWords = lang
			default:
				f.Lang = lang
				translated()
				ctx.Page().SetLang(lang)
				f.entitle(ctx)
			}
		})
	})
}

func (f *File) entitle(ctx goapp.Context) {
	ctx.Page().SetTitle(f.Text("list.title"))
	ctx.Page().SetDescription(f.Text("list.description"))
}

// States tells of the network and of updates.
func (f *File) States() goapp.UI {
	t := f.Words()
	var lines []goapp.UI
	line := func(said string, more ...goapp.UI) {
		lines = append(lines, kit.Div("state", append([]goapp.UI{kit.Span("", said)}, more...)...))
	}
	if f.updateReady {
		line(t.Text("state.update"), kit.Button("link", t.Text("state.reload"), func(goapp.Context, goapp.Event) { browser.ApplyUpdate() }, "update"))
	}
	if day := f.fresh.Overdue(f.Today.String()); day != 0 && !f.updateReady {
		lines = append(lines, kit.Div("state overdue", kit.Span("", report.OverdueText(t, day)), kit.Button("link", t.Text("fresh.check"), func(goapp.Context, goapp.Event) { f.lookForUpdate() }, "look"), kit.Span("", f.looked)))
	}
	if f.noWords != "" {
		line(t.Text("state.no-words", "language", t.Text("language."+f.noWords)))
	}
	if f.offline {
		line(t.Text("state.offline"))
	}
	if f.lost != "" {
		line(f.Text(f.lost))
	}
	return kit.Tag("div").Class("states").Attr("role", "status").Body(lines...)
}

func (f *File) lookForUpdate() {
	f.looked = f.Words().Text("fresh.looking")
	browser.CheckForUpdate(func(outcome string) {
		f.ctx.Dispatch(func(goapp.Context) { f.looked = f.Words().Text("fresh." + outcome) })
	})
}
