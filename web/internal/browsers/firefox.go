package browsers

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/coder/websocket"
)

// Firefox, by WebDriver BiDi: commands and events in JSON over a websocket,
// which Firefox offers by itself. A tab has a user context of its own, which is
// a profile to its pages.

// firefoxSettings are what differs from a new profile: nothing moves, which
// costs much without a graphics card, and no icon is looked for where a page
// names none.
const firefoxSettings = `user_pref("ui.prefersReducedMotion", 1);
user_pref("browser.chrome.guess_favicon", false);
`

// A Firefox is a running browser.
type Firefox struct {
	process *exec.Cmd
	profile string
	first   string // the script before all others
	socket  *websocket.Conn

	mu       sync.Mutex
	last     int
	awaited  map[int]chan biDiMessage
	parents  map[string]string // of the frames
	pages    map[string]*firefoxPage
	finished error
	active   string // the page that was used last
}

// A biDiMessage is what comes from the browser.
type biDiMessage struct {
	Type    string // "success", "error" or "event"
	ID      int
	Method  string
	Params  json.RawMessage
	Result  json.RawMessage
	Error   string
	Message string
}

// StartFirefox starts one with a new profile. Every document runs the script first
// before any other; it may be empty.
func StartFirefox(first string) (*Firefox, error) {
	path, err := exec.LookPath("firefox-esr")
	if err != nil {
		return nil, errors.New("the tests of the other browsers need Firefox: install the package firefox-esr")
	}
	f := &Firefox{first: first, awaited: map[int]chan biDiMessage{}, parents: map[string]string{}, pages: map[string]*firefoxPage{}}
	if f.profile, err = os.MkdirTemp("", "postage-firefox-"); err != nil {
		return nil, err
	}
	if err := f.start(path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (f *Firefox) start(path string) error {
	if err := os.WriteFile(filepath.Join(f.profile, "user.js"), []byte(firefoxSettings), 0o600); err != nil {
		return err
	}
	process := exec.Command(path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", f.profile)
	process.Env = append(os.Environ(), "HOME="+f.profile)
	process.SysProcAttr = endWithUs
	output, err := process.StderrPipe()
	if err != nil {
		return err
	}
	if err := process.Start(); err != nil {
		return err
	}
	f.process = process
	address, err := readAddress(output)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patienceToStart)
	defer cancel()
	if f.socket, _, err = websocket.Dial(ctx, address+"/session", nil); err != nil {
		return err
	}
	f.socket.SetReadLimit(-1) // what a page is asked for may be of any length
	go f.listen()
	if err := f.call(ctx, "session.new", object{"capabilities": object{}}, nil); err != nil {
		return err
	}
	events := []string{"log.entryAdded", "browsingContext.contextCreated", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"}
	return f.call(ctx, "session.subscribe", object{"events": events}, nil)
}

// readAddress reads where the browser listens from what it prints, and goes on
// reading so that the browser never waits to print more.
func readAddress(output io.Reader) (string, error) {
	lines := bufio.NewScanner(output)
	var printed []string
	for lines.Scan() {
		printed = append(printed, lines.Text())
		if _, address, ok := strings.Cut(lines.Text(), "WebDriver BiDi listening on "); ok {
			go io.Copy(io.Discard, output)
			return strings.TrimSpace(address), nil
		}
	}
	return "", fmt.Errorf("Firefox does not run: %s", strings.Join(printed, "\n"))
}

// Close ends the browser and removes its profile.
func (f *Firefox) Close() {
	if f.socket != nil {
		_ = f.socket.CloseNow()
	}
	if f.process != nil {
		_ = f.process.Process.Kill()
		_ = f.process.Wait()
	}
	os.RemoveAll(f.profile)
}

// call carries out a command and fills in its result.
func (f *Firefox) call(ctx context.Context, method string, params any, result any) error {
	f.mu.Lock()
	if f.finished != nil {
		f.mu.Unlock()
		return f.finished
	}
	f.last++
	id := f.last
	answer := make(chan biDiMessage, 1)
	f.awaited[id] = answer
	f.mu.Unlock()
	text, err := json.Marshal(object{"id": id, "method": method, "params": params})
	if err != nil {
		return err
	}
	// A message that is only half sent would end the conversation, so that no test
	// may break it off.
	if err := f.socket.Write(context.Background(), websocket.MessageText, text); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	case m := <-answer:
		if m.Type != "success" {
			return fmt.Errorf("%s: %s: %s", method, m.Error, m.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	}
}

// listen hands out what comes from the browser until it ends.
func (f *Firefox) listen() {
	for {
		_, text, err := f.socket.Read(context.Background())
		var m biDiMessage
		if err == nil {
			err = json.Unmarshal(text, &m)
		}
		f.mu.Lock()
		if err != nil {
			f.finished = fmt.Errorf("Firefox has gone: %w", err)
			for _, answer := range f.awaited {
				answer <- biDiMessage{Type: "error", Message: f.finished.Error()}
			}
			f.mu.Unlock()
			return
		}
		answer := f.awaited[m.ID]
		delete(f.awaited, m.ID)
		f.mu.Unlock()
		if m.Type == "event" {
			f.happened(m.Method, m.Params)
		} else if answer != nil {
			answer <- m
		}
	}
}

// happened tells a page of what happened in it or in one of its frames.
func (f *Firefox) happened(method string, params json.RawMessage) {
	var e struct {
		Context string // of most events; the new one's
		Parent  string
		Source  struct{ Context string }
		Level   string
		Text    string
		Request struct{ URL string }
		Status  int `json:"-"`

		Response struct {
			Status int
			URL    string
		}
		ErrorText string
	}
	if json.Unmarshal(params, &e) != nil {
		return
	}
	f.mu.Lock()
	if method == "browsingContext.contextCreated" && e.Parent != "" {
		f.parents[e.Context] = e.Parent
	}
	context := e.Context + e.Source.Context
	for f.parents[context] != "" {
		context = f.parents[context]
	}
	page := f.pages[context]
	f.mu.Unlock()
	if page == nil {
		return
	}
	switch method {
	case "log.entryAdded":
		// It says so of what a page is fetching through a worker while it is left.
		left := strings.Contains(e.Text, "A ServiceWorker intercepted the request and encountered an unexpected error") ||
			strings.Contains(e.Text, "AbortError: The operation was aborted.")
		if e.Level == "error" && !left {
			page.problem("console: %s", e.Text)
		}
	case "network.beforeRequestSent":
		address, _, _ := strings.Cut(e.Request.URL, "#")
		if u, err := url.Parse(address); err != nil || strings.HasPrefix(u.Scheme, "http") && u.Hostname() != "127.0.0.1" {
			page.problem("request to elsewhere: %s", e.Request.URL)
		}
	case "network.responseCompleted":
		if e.Response.Status >= 400 {
			page.problem("answer %d: %s", e.Response.Status, e.Response.URL)
		}
	case "network.fetchError":
		// The page is left, with the request on its way or with its body still being read.
		if e.ErrorText != "NS_BINDING_ABORTED" && e.ErrorText != "NS_BASE_STREAM_CLOSED" {
			page.problem("request failed: %s %s", e.Request.URL, e.ErrorText)
		}
	}
}

// A firefoxPage is a tab, or a frame in one.
type firefoxPage struct {
	browser *Firefox
	context string
	top     string // the context of its tab
	user    string // the user context
	problem Problem
}

// Open opens a tab with a profile of its own.
func (f *Firefox) Open(ctx context.Context, problem Problem) (Page, error) {
	var created struct{ UserContext string }
	if err := f.call(ctx, "browser.createUserContext", object{}, &created); err != nil {
		return nil, err
	}
	return f.open(ctx, created.UserContext, problem)
}

func (f *Firefox) open(ctx context.Context, user string, problem Problem) (Page, error) {
	var made struct{ Context string }
	if err := f.call(ctx, "browsingContext.create", object{"type": "window", "userContext": user}, &made); err != nil {
		return nil, err
	}
	p := &firefoxPage{browser: f, context: made.Context, top: made.Context, user: user, problem: problem}
	f.mu.Lock()
	f.pages[p.context] = p
	f.mu.Unlock()
	return p, p.Before(ctx, f.first+watch)
}

func (p *firefoxPage) Another(ctx context.Context, problem Problem) (Page, error) {
	return p.browser.open(ctx, p.user, problem)
}

// activate brings the page to the front: without the focus of its window a field
// that is left tells of no change.
func (p *firefoxPage) activate(ctx context.Context) error {
	p.browser.mu.Lock()
	active := p.browser.active == p.top
	p.browser.active = p.top
	p.browser.mu.Unlock()
	if active {
		return nil
	}
	return p.browser.call(ctx, "browsingContext.activate", object{"context": p.top}, nil)
}

func (p *firefoxPage) Navigate(ctx context.Context, address string) error {
	return p.browser.call(ctx, "browsingContext.navigate", object{"context": p.context, "url": address, "wait": "complete"}, nil)
}

func (p *firefoxPage) Reload(ctx context.Context) error {
	return p.browser.call(ctx, "browsingContext.reload", object{"context": p.context, "wait": "complete"}, nil)
}

func (p *firefoxPage) Evaluate(ctx context.Context, expression string) (json.RawMessage, error) {
	return p.script(ctx, "Promise.resolve("+expression+").then((value) => JSON.stringify(value))")
}

func (p *firefoxPage) Do(ctx context.Context, statements string) error {
	_, err := p.script(ctx, "{"+statements+"\n;undefined}")
	return err
}

// script runs a script, which may end with a text in JSON or a promise of one.
func (p *firefoxPage) script(ctx context.Context, script string) (json.RawMessage, error) {
	var ran struct {
		Type             string
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	if err := p.activate(ctx); err != nil {
		return nil, err
	}
	err := p.browser.call(ctx, "script.evaluate", object{
		"expression": script, "target": object{"context": p.context}, "awaitPromise": true, "userActivation": true,
	}, &ran)
	if err == nil && ran.Type == "exception" {
		err = errors.New(ran.ExceptionDetails.Text)
	}
	return json.RawMessage(ran.Result.Value), err
}

func (p *firefoxPage) Act(ctx context.Context, sources ...any) error {
	if err := p.activate(ctx); err != nil {
		return err
	}
	return p.browser.call(ctx, "input.performActions", object{"context": p.context, "actions": sources}, nil)
}

func (p *firefoxPage) Resize(ctx context.Context, width, height int) error {
	return p.browser.call(ctx, "browsingContext.setViewport", object{"context": p.context, "viewport": object{"width": width, "height": height}}, nil)
}

func (p *firefoxPage) Before(ctx context.Context, script string) error {
	// The empty page that a tab begins with has no storage to prepare.
	return p.browser.call(ctx, "script.addPreloadScript", object{"functionDeclaration": `() => { if (location.protocol === "about:" || window.origin === "null") return; ` + script + "}", "contexts": []string{p.context}}, nil)
}

func (p *firefoxPage) Frames(ctx context.Context) (map[string]Page, error) {
	type tree struct {
		Context, URL string
		Children     []tree
	}
	var found struct{ Contexts []tree }
	if err := p.browser.call(ctx, "browsingContext.getTree", object{"root": p.context}, &found); err != nil {
		return nil, err
	}
	frames := map[string]Page{}
	var walk func([]tree)
	walk = func(below []tree) {
		for _, child := range below {
			frames[child.URL] = &firefoxPage{browser: p.browser, context: child.Context, top: p.top, user: p.user, problem: p.problem}
			walk(child.Children)
		}
	}
	for _, top := range found.Contexts {
		walk(top.Children)
	}
	return frames, nil
}

func (p *firefoxPage) Close() {
	p.browser.mu.Lock()
	delete(p.browser.pages, p.context)
	p.browser.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), patienceToEnd)
	defer cancel()
	_ = p.browser.call(ctx, "browsingContext.close", object{"context": p.context}, nil)
}
