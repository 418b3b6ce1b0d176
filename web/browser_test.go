package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"postage/web/internal/browsers"
	"postage/web/serve"
	"postage/web/site"
)

// How the tests of the pages work:
//
//	site := startSite(t, builtSite(t, "/", testDate), "/")
//	tab := newTab(t, 360, 740)
//	tab.open(site.url("/en/?q=1#x"))     // waits until the page is live
//	tab.click("#more")
//	tab.fill("#people", "1200")
//	tab.waitFor(`document.querySelector("#total").textContent.includes("66.000")`)
//	tab.do(`document.querySelector("dialog").showModal()`)
//	got := evaluate[string](tab, `document.title`)
//
// Nothing sleeps: waitFor looks again and again until its expression is true,
// and fails the test when that takes too long. A tab fails its test on every
// error in the console, exception, request that fails or is answered with an
// error, and request to anywhere but this machine, unless the test has said
// with tab.expect that it is coming. Each tab has a browser profile of its
// own, so storage, workers and caches are never shared between tests, and
// each site has a port, and so an origin, of its own.

// patience is how long a condition may take to become true. A machine that is busy
// with much else must not fail the tests; nobody waits longer than it takes.
const patience = 60 * time.Second

// patienceToStart is how long a browser may take to start and to open a tab.
const patienceToStart = 2 * time.Minute

// A chromium is one of the browsers of the test process, started by the first test that
// needs it.
type chromium struct {
	start func(context.Context, ...chromedp.ExecAllocatorOption) (*browsers.Chromium, error)

	once sync.Once
	*browsers.Chromium
	err error
}

// theShell is the browser of nearly all tests, and theBrowser that of the tests
// of what only one with windows has: apps that are installed.
var (
	theShell   = chromium{start: browsers.StartShell}
	theBrowser = chromium{start: browsers.StartChromium}
)

// context is that of chromedp for the browser.
func (b *chromium) context(t *testing.T) context.Context {
	t.Helper()
	b.once.Do(func() {
		b.Chromium, b.err = b.start(context.Background(),
			chromedp.Flag("disable-quic", true),
			// A page is open for a second or two: what compiling its program again, and
			// faster, costs, it never earns, nor what keeping it for a way back costs.
			chromedp.Flag("js-flags", "--liftoff-only"),
			// Nor does a tab earn the process that is made ready for the site it goes to next.
			chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,BackForwardCache,SpareRendererForSitePerProcess"),
		)
	})
	if b.err != nil {
		t.Fatal(b.err)
	}
	return b.Context()
}

// closeBrowser ends the browsers that were started.
func closeBrowser() {
	closeOthers()
	for _, b := range []*chromium{&theShell, &theBrowser} {
		if b.Chromium != nil {
			b.Close()
		}
	}
}

// newRemote opens a page with a profile of its own in a browser other than
// Chromium. What the browser tells of goes to problem.
type newRemote = func(ctx context.Context, problem browsers.Problem) (browsers.Page, error)

// otherBrowser returns what opens the tabs of a test, once it may; nil for
// Chromium.
var otherBrowser = func(t *testing.T) newRemote { return nil }

// onSite stands between the browser of a test and its sites.
var onSite = func(site http.Handler) http.Handler { return site }

// closeOthers ends the browsers beside Chromium that were started.
var closeOthers = func() {}

// A tab is one page in the browser, with a profile of its own.
type tab struct {
	t      *testing.T
	ctx    context.Context
	remote browsers.Page // nil in Chromium

	mu       sync.Mutex
	problems []string
	console  []string // all that has been said there
	expected []string
	requests []string
	urls     map[network.RequestID]string
	held     page.ScriptIdentifier // the script that holds the worker, "" where none does
}

// newTab opens an empty tab of a size in CSS pixels. It is closed when the
// test ends, and then reports what went wrong in it.
func newTab(t *testing.T, width, height int) *tab {
	t.Helper()
	if open := otherBrowser(t); open != nil {
		tb := attachRemote(t, open)
		tb.resize(width, height)
		return tb
	}
	tb := newTabIn(t, &theShell, width, height)
	tb.holdWorker()
	return tb
}

// holdWorker lets the pages of a tab wait for the worker that keeps the site, as on a
// slow network: in every new profile it fetches the whole site, which most tests never
// use. It comes with letWorker.
func (tb *tab) holdWorker() {
	tb.t.Helper()
	tb.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		added, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
			if (window.ServiceWorkerContainer) {
				const register = ServiceWorkerContainer.prototype.register;
				const allowed = new Promise((resolve) => Object.defineProperty(window, "letWorker", { value: resolve }));
				ServiceWorkerContainer.prototype.register = async function (...args) {
					await allowed;
					return register.apply(this, args);
				};
			}`})
		if err == nil {
			tb.held = added.Identifier
		}
		return err
	}))
}

// letWorker has the worker of the site come, in this page and in those after it.
func (tb *tab) letWorker() {
	tb.t.Helper()
	if tb.held == "" {
		return
	}
	held := tb.held
	tb.held = ""
	tb.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams{Identifier: held})
		return err
	}))
	tb.do(`window.letWorker?.()`)
}

// newTabIn opens an empty tab in one of the browsers.
func newTabIn(t *testing.T, b *chromium, width, height int) *tab {
	t.Helper()
	tb := attach(t, b.context(t), chromedp.WithNewBrowserContext())
	tb.onDay(testDate)
	tb.resize(width, height)
	return tb
}

// attachRemote makes a tab of a page in another browser.
func attachRemote(t *testing.T, open newRemote) *tab {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patienceToStart)
	defer cancel()
	tb := &tab{t: t, ctx: t.Context()}
	var err error
	if tb.remote, err = open(ctx, tb.problem); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		tb.hear(ctx)
		tb.remote.Close()
		tb.report()
	})
	return tb
}

// hear takes over what the document of another browser has kept.
func (tb *tab) hear(ctx context.Context) {
	kept, err := tb.remote.Evaluate(ctx, browsers.Kept)
	if err != nil {
		return // on its way to another document, which takes them over
	}
	problems, err := browsers.Problems(kept)
	if err != nil {
		return
	}
	for _, problem := range problems {
		tb.problem("%s", problem)
	}
}

// inRemote carries out something in another browser within the patience of the
// tests.
func (tb *tab) inRemote(act func(ctx context.Context) error) {
	tb.t.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	if err := act(ctx); err != nil {
		tb.t.Fatal(err)
	}
}

// attach makes a tab of a new browser context below parent.
func attach(t *testing.T, parent context.Context, option chromedp.ContextOption) *tab {
	t.Helper()
	tb := &tab{t: t, urls: map[network.RequestID]string{}}
	var cancel context.CancelFunc
	tb.ctx, cancel = chromedp.NewContext(parent, option, chromedp.WithListener(tb.listen))
	t.Cleanup(func() {
		cancel()
		tb.report()
	})
	// The first call creates the target, which must not end with a timeout.
	if err := chromedp.Do(tb.ctx); err != nil {
		t.Fatal(err)
	}
	tb.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, log.Enable, cdp.Empty{})
		return err
	}))
	return tb
}

// another opens an empty tab with the same browser profile.
func (tb *tab) another() *tab {
	tb.t.Helper()
	if tb.remote != nil {
		return attachRemote(tb.t, tb.remote.Another)
	}
	other := attach(tb.t, tb.ctx, func(*chromedp.Context) {})
	other.onDay(testDate)
	return other
}

// before has every document of the tab run a script before its own.
func (tb *tab) before(script string) {
	tb.t.Helper()
	if tb.remote != nil {
		tb.inRemote(func(ctx context.Context) error { return tb.remote.Before(ctx, script) })
		return
	}
	tb.run(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}

// frame returns the frame of the tab that shows an address and that the
// browser runs apart from the page around it, as it does every sandbox.
func (tb *tab) frame(address string) *tab {
	tb.t.Helper()
	return tb.frameThat("has the address "+address, func(url string) bool { return url == address })
}

// frameThat returns the frame whose address is the right one.
func (tb *tab) frameThat(what string, right func(url string) bool) *tab {
	tb.t.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	find := func() *tab {
		if tb.remote != nil {
			frames, err := tb.remote.Frames(ctx)
			if err != nil {
				return nil // on its way to another document
			}
			for address, frame := range frames {
				if right(address) {
					return &tab{t: tb.t, ctx: tb.ctx, remote: frame}
				}
			}
			return nil
		}
		infos, err := chromedp.Targets(ctx)
		if err != nil {
			tb.t.Fatal(err)
		}
		for _, info := range infos {
			if info.Type == "iframe" && right(info.URL) {
				return attach(tb.t, tb.ctx, chromedp.WithTargetID(info.TargetID))
			}
		}
		return nil
	}
	for {
		if frame := find(); frame != nil {
			return frame
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			tb.t.Fatalf("waited in vain for a frame that %s", what)
		}
	}
}

// in has what goes wrong with the tab be a failure of a part of its test, until that
// part ends.
func (tb *tab) in(part *testing.T) *tab {
	part.Helper()
	whole := tb.t
	tb.t = part
	part.Cleanup(func() { tb.t = whole })
	return tb
}

// expect says that problems which contain any of the texts are part of the
// test.
func (tb *tab) expect(texts ...string) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	tb.expected = append(tb.expected, texts...)
}

// run carries out chromedp actions within the patience of the tests.
func (tb *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	tb.t.Helper()
	if tb.remote != nil {
		tb.t.Fatal("this needs Chromium")
	}
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		tb.t.Fatal(err)
	}
}

// goTo opens an address without waiting for the program to run.
func (tb *tab) goTo(address string) {
	tb.t.Helper()
	if tb.remote != nil {
		tb.inRemote(func(ctx context.Context) error { return tb.remote.Navigate(ctx, address) })
		return
	}
	tb.run(chromedp.Navigate(address))
}

// open opens an address and waits until the page is live.
func (tb *tab) open(address string) {
	tb.t.Helper()
	tb.goTo(address)
	tb.waitLive()
}

// reload loads the page anew and waits until it is live.
func (tb *tab) reload() {
	tb.t.Helper()
	tb.reloadOnly()
	tb.waitLive()
}

// reloadOnly loads the page anew without waiting for the program to run.
func (tb *tab) reloadOnly() {
	tb.t.Helper()
	if tb.remote != nil {
		tb.inRemote(func(ctx context.Context) error { return tb.remote.Reload(ctx) })
		return
	}
	tb.run(chromedp.Reload())
}

// resize changes the size of the tab, in CSS pixels.
func (tb *tab) resize(width, height int) {
	tb.t.Helper()
	if tb.remote != nil {
		tb.inRemote(func(ctx context.Context) error { return tb.remote.Resize(ctx, width, height) })
		return
	}
	tb.run(chromedp.EmulateViewport(int64(width), int64(height)))
}

// waitLive waits until the program has taken over the page.
func (tb *tab) waitLive() {
	tb.t.Helper()
	tb.waitFor(`document.documentElement.dataset.ready === "true"`)
}

// waitOffline waits until the worker is active, which it is once it has kept
// every file, and answers for the page.
func (tb *tab) waitOffline() {
	tb.t.Helper()
	tb.letWorker()
	if tb.remote != nil {
		// To a page that came while the worker began, WebKit never says that it has
		// begun. It begins with every file kept too.
		tb.waitFor(`navigator.serviceWorker.getRegistration().then(r => /^activat/.test(r?.active?.state))`)
		return
	}
	tb.waitFor(`navigator.serviceWorker.getRegistration().then(r => r?.active?.state === "activated" && navigator.serviceWorker.controller === r.active)`)
}

// findUpdate has the worker look for a newer version, and waits until that waits
// to be taken over. A worker that begins or ends cannot look.
func (tb *tab) findUpdate() {
	tb.t.Helper()
	tb.waitOffline()
	tb.waitFor(`navigator.serviceWorker.getRegistration().then(r => !r.installing && !r.waiting)`)
	tb.do(`navigator.serviceWorker.getRegistration().then(r => r.update())`)
	tb.waitFor(`window.postageUpdateWaiting && navigator.serviceWorker.getRegistration().then(r => r.waiting?.state === "installed")`)
}

// atRest waits until the calculator has drawn what waits for a pause.
func (tb *tab) atRest() {
	tb.t.Helper()
	tb.waitLive()
	tb.waitFor(`!document.querySelector('.below:is([data-state="awaited"], [data-state="stale"])')`)
}

// waitFor waits until a JavaScript expression, or what it promises, is true.
// While a page is on its way to another, the expression counts as false.
func (tb *tab) waitFor(expression string) {
	tb.t.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	condition := fmt.Sprintf("Promise.resolve(%s).then(Boolean)", expression)
	for {
		met, err := valueIn[bool](ctx, tb, condition)
		if err == nil && met {
			return
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			if tb.remote != nil {
				tb.hear(tb.ctx)
			}
			tb.t.Fatalf("waited in vain for %s (%v)\nproblems: %q\nthe page: %s", expression, err, tb.unexpected(), tb.state())
		}
	}
}

// state is what a page shows and holds, for the report of a failure.
func (tb *tab) state() string {
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	got, err := valueIn[string](ctx, tb, `JSON.stringify({
		at: location.href,
		answer: document.querySelector(".answer .stamp")?.textContent.slice(0, 200),
		stale: document.querySelector(".answer[data-stale]") !== null,
		focus: document.activeElement?.id || document.activeElement?.tagName,
		mistakes: [...document.querySelectorAll(".mistake, .fix")].map((e) => e.textContent).slice(0, 5),
		fields: Object.fromEntries([...document.querySelectorAll("input:not([type=radio], [type=checkbox]), input:checked, select, textarea")].map((e) => [e.id || e.name, e.value])),
	})`)
	if err != nil {
		return err.Error()
	}
	return got
}

// click clicks the first element that matches a selector, as a visitor does.
func (tb *tab) click(selector string) {
	tb.t.Helper()
	if tb.remote != nil {
		tb.clickOn(`document.querySelector(` + quoted(selector) + `)`)
		return
	}
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		// What is drawn meanwhile can move the element away from under the mouse.
		place, err := valueIn[*struct{ X, Y float64 }](ctx, tb, `(() => {
			const element = document.querySelector(`+quoted(selector)+`);
			if (!element?.checkVisibility() || element.closest("[inert]")) return null;
			element.scrollIntoView({ block: "center", behavior: "instant" });
			const { left, top, width, height } = element.getClientRects()[0];
			const [x, y] = [left + width / 2, top + height / 2];
			if (!element.contains(document.elementFromPoint(x, y))) return null;
			window.testClicked = false;
			addEventListener("click", ({ target }) => { window.testClicked = element.contains(target); }, { capture: true, once: true });
			return { x, y };
		})()`)
		if err == nil && place != nil {
			tb.run(chromedp.MouseClickXY(place.X, place.Y))
			// In another document the click has led there.
			if missed, err := valueIn[bool](ctx, tb, `window.testClicked === false`); err != nil || !missed {
				return
			}
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			tb.t.Fatalf("waited in vain to click %s (%v)\nthe page: %s", selector, err, tb.state())
		}
	}
}

// on carries out statements on the element of an expression, which they know as
// e, once there is one that can be used. Between a look at the page and what is
// done about it the element could be replaced.
func (tb *tab) on(element, statements string) {
	tb.t.Helper()
	tb.waitFor(`(() => { const e = ` + element + `; if (!e || e.disabled || e.closest("[inert]")) return false; ` + statements + `; return true; })()`)
}

// onID does so with the element that has an id.
func (tb *tab) onID(id, statements string) {
	tb.t.Helper()
	tb.on(`document.getElementById(`+quoted(id)+`)`, statements)
}

// clickOn clicks the element of an expression with the mouse, in another
// browser.
func (tb *tab) clickOn(element string) {
	tb.t.Helper()
	tb.waitFor(element + `?.checkVisibility()`)
	place := evaluate[struct{ X, Y int }](tb, `(() => {
		const element = `+element+`;
		element.scrollIntoView({ block: "center", behavior: "instant" });
		const { left, top, width, height } = element.getClientRects()[0];
		return { x: Math.floor(left + width / 2), y: Math.floor(top + height / 2) };
	})()`)
	tb.act(browsers.ClickAt(place.X, place.Y))
}

// act moves keys and the mouse of another browser.
func (tb *tab) act(sources ...any) {
	tb.t.Helper()
	tb.inRemote(func(ctx context.Context) error { return tb.remote.Act(ctx, sources...) })
}

// keys presses the keys of a text one after the other where the focus is, with
// others held down meanwhile.
func (tb *tab) keys(text string, held ...chromedp.Modifier) {
	tb.t.Helper()
	if tb.remote == nil {
		tb.run(chromedp.KeyEvent(text, chromedp.KeyModifiers(held...)))
		return
	}
	if text != "" {
		tb.act(browsers.Typing(text, held...))
	}
}

// fill replaces the text of the first field that matches a selector by typing.
func (tb *tab) fill(selector, text string) {
	tb.t.Helper()
	if tb.remote != nil {
		tb.click(selector) // which gives its frame the focus too
	}
	tb.waitFor(fmt.Sprintf(`(() => { const f = document.querySelector(%s); f.focus(); f.select(); return document.activeElement === f; })()`, quoted(selector)))
	tb.keys(text)
}

// evaluate returns the value of a JavaScript expression, or what it promises.
func evaluate[T any](tb *tab, expression string) T {
	tb.t.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	value, err := valueIn[T](ctx, tb, expression)
	if err != nil {
		tb.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func valueIn[T any](ctx context.Context, tb *tab, expression string) (value T, err error) {
	if tb.remote == nil {
		return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	}
	text, err := tb.remote.Evaluate(ctx, expression)
	if err == nil && len(text) > 0 {
		err = json.Unmarshal(text, &value)
	}
	return value, err
}

// do carries out JavaScript statements.
func (tb *tab) do(statements string) {
	tb.t.Helper()
	if tb.remote != nil {
		tb.inRemote(func(ctx context.Context) error { return tb.remote.Do(ctx, statements) })
		return
	}
	evaluate[chromedp.Void](tb, "{"+statements+"}")
}

// quoted returns a string as a JavaScript literal.
func quoted(s string) string {
	literal, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(literal)
}

// requested returns the addresses that the tab has asked for so far.
func (tb *tab) requested() []string {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	return slices.Clone(tb.requests)
}

func (tb *tab) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		var words []string
		for _, arg := range e.Args {
			words = append(words, strings.TrimSpace(string(arg.Value)+" "+arg.Description))
		}
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			tb.problem("console: %s", strings.Join(words, " "))
		}
		tb.note("%s: %s", e.Type, strings.Join(words, " "))
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		tb.problem("exception: %s", text)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			tb.problem("browser: %s (%s)", e.Entry.Text, e.Entry.URL)
		}
		tb.note("%s: %s (%s)", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	case *network.EventRequestWillBeSent:
		tb.mu.Lock()
		tb.requests = append(tb.requests, e.Request.URL)
		tb.urls[e.RequestID] = e.Request.URL
		tb.mu.Unlock()
		if u, err := url.Parse(e.Request.URL); err != nil || strings.HasPrefix(u.Scheme, "http") && u.Hostname() != "127.0.0.1" {
			tb.problem("request to elsewhere: %s", e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			tb.problem("answer %d: %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			tb.mu.Lock()
			address := tb.urls[e.RequestID]
			tb.mu.Unlock()
			tb.problem("request failed: %s %s", address, e.ErrorText)
		}
	}
}

func (tb *tab) problem(format string, args ...any) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	tb.problems = append(tb.problems, fmt.Sprintf(format, args...))
}

// note keeps what has been said in the console, be it a problem or not.
func (tb *tab) note(format string, args ...any) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	tb.console = append(tb.console, fmt.Sprintf(format, args...))
}

// consoleSays returns everything in the console so far.
func (tb *tab) consoleSays() []string {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	return slices.Clone(tb.console)
}

// unexpected returns the problems so far that the test has not announced.
func (tb *tab) unexpected() []string {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	var list []string
	for _, problem := range tb.problems {
		if !slices.ContainsFunc(tb.expected, func(text string) bool { return strings.Contains(problem, text) }) {
			list = append(list, problem)
		}
	}
	return list
}

func (tb *tab) report() {
	for _, problem := range tb.unexpected() {
		tb.t.Errorf("in the tab: %s", problem)
	}
}

// A servedSite is a built site on a port of its own.
type servedSite struct {
	server *httptest.Server
	base   string
	dir    atomic.Pointer[string]
	origin string // if the build knows it
	// held is closed when the browser's program may be answered.
	held atomic.Pointer[chan struct{}]
	// broken makes the browser's program be answered with an error.
	broken atomic.Bool
	// refused is a part of an address; what has it is answered with an error.
	refused atomic.Pointer[string]
	// extra are further documents by path, without the site's policy.
	extra sync.Map
	// host stands between the browser and the site, if set.
	host atomic.Pointer[func(site http.Handler) http.Handler]
}

// startSite serves a built site until the test ends.
func startSite(t *testing.T, dir, base string) *servedSite {
	t.Helper()
	s := &servedSite{base: base}
	s.swap(dir)
	s.server = httptest.NewServer(onSite(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if document, ok := s.extra.Load(r.URL.Path); ok {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, document)
			return
		}
		if part := s.refused.Load(); part != nil && strings.Contains(r.URL.Path, *part) {
			http.Error(w, "refused for the test", http.StatusServiceUnavailable)
			return
		}
		if strings.HasSuffix(r.URL.Path, ".wasm") {
			if s.broken.Load() {
				http.Error(w, "broken for the test", http.StatusServiceUnavailable)
				return
			}
			if held := s.held.Load(); held != nil {
				select {
				case <-*held:
				case <-r.Context().Done():
					return
				}
			}
		}
		handler := serve.Site(*s.dir.Load(), base, s.origin)
		if host := s.host.Load(); host != nil {
			handler = (*host)(handler)
		}
		handler.ServeHTTP(w, r)
	})))
	t.Cleanup(s.stop)
	return s
}

// address puts a path that starts with a slash below a base.
func address(base, path string) string { return site.Address(base, path) }

// url returns the address of a page, given from below the base: "/en/?q#x".
func (s *servedSite) url(path string) string {
	return s.server.URL + address(s.base, path)
}

// named has a build served that knows where the site is; to be called before
// anything is opened.
func (s *servedSite) named(t *testing.T) {
	t.Helper()
	s.origin = s.server.URL
	s.swap(builtWith(t, site.Options{Base: s.base, Date: testDate, Origin: s.origin, Quick: true}))
}

// swap serves another build from now on.
func (s *servedSite) swap(dir string) { s.dir.Store(&dir) }

// hostedBy has every request go through a host from now on; nil takes it away.
func (s *servedSite) hostedBy(host func(site http.Handler) http.Handler) {
	if host == nil {
		s.host.Store(nil)
		return
	}
	s.host.Store(&host)
}

// stop takes the site off the network. Nothing answers at its port any more.
func (s *servedSite) stop() {
	s.server.CloseClientConnections()
	s.server.Close()
}

// refuse answers every address that has a part in it with an error, until
// accept is called.
func (s *servedSite) refuse(part string) (accept func()) {
	s.refused.Store(&part)
	return func() { s.refused.Store(nil) }
}

// holdProgram keeps the browser's program back until release is called.
func (s *servedSite) holdProgram() (release func()) {
	held := make(chan struct{})
	s.held.Store(&held)
	return sync.OnceFunc(func() { close(held) })
}

// valueOf is what stands in a field.
func (tb *tab) valueOf(id string) string {
	tb.t.Helper()
	return evaluate[string](tb, `document.getElementById(`+quoted(id)+`).value`)
}
