//go:build browsers

package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
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

// A firefox is a running browser.
type firefox struct {
	process *exec.Cmd
	profile string
	socket  *webSocket

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

var theFirefox = sync.OnceValues(startFirefox)

func startFirefox() (*firefox, error) {
	path, err := exec.LookPath("firefox-esr")
	if err != nil {
		return nil, errors.New("the tests of the other browsers need Firefox: install the package firefox-esr")
	}
	f := &firefox{awaited: map[int]chan biDiMessage{}, parents: map[string]string{}, pages: map[string]*firefoxPage{}}
	if f.profile, err = os.MkdirTemp("", "postage-firefox-"); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(f.profile, "user.js"), []byte(firefoxSettings), 0o600); err != nil {
		return nil, err
	}
	f.process = exec.Command(path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", f.profile)
	f.process.Env = append(os.Environ(), "HOME="+f.profile)
	f.process.SysProcAttr = endWithTest
	output, err := f.process.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := f.process.Start(); err != nil {
		return nil, err
	}
	stopLater(f.stop)
	address, err := readAddress(output)
	if err != nil {
		return nil, err
	}
	if f.socket, err = dialWebSocket(address + "/session"); err != nil {
		return nil, err
	}
	go f.listen()
	ctx, cancel := context.WithTimeout(context.Background(), patienceToStart)
	defer cancel()
	if err := f.call(ctx, "session.new", obj{"capabilities": obj{}}, nil); err != nil {
		return nil, err
	}
	events := []string{"log.entryAdded", "browsingContext.contextCreated", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"}
	return f, f.call(ctx, "session.subscribe", obj{"events": events}, nil)
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

// stop ends the browser and removes its profile.
func (f *firefox) stop() {
	if f.socket != nil {
		f.socket.Close()
	}
	_ = f.process.Process.Kill()
	_ = f.process.Wait()
	os.RemoveAll(f.profile)
}

// call carries out a command and fills in its result.
func (f *firefox) call(ctx context.Context, method string, params any, result any) error {
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
	text, err := json.Marshal(obj{"id": id, "method": method, "params": params})
	if err != nil {
		return err
	}
	if err := f.socket.Write(text); err != nil {
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
func (f *firefox) listen() {
	for {
		text, err := f.socket.Read()
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
func (f *firefox) happened(method string, params json.RawMessage) {
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
		if e.ErrorText != "NS_BINDING_ABORTED" { // the page is left
			page.problem("request failed: %s %s", e.Request.URL, e.ErrorText)
		}
	}
}

// A firefoxPage is a tab, or a frame in one.
type firefoxPage struct {
	browser *firefox
	context string
	top     string // the context of its tab
	user    string // the user context
	problem func(format string, args ...any)
}

// newFirefoxPage opens a tab with a profile of its own.
func newFirefoxPage(ctx context.Context, problem func(string, ...any)) (remote, error) {
	f, err := theFirefox()
	if err != nil {
		return nil, err
	}
	var created struct{ UserContext string }
	if err := f.call(ctx, "browser.createUserContext", obj{}, &created); err != nil {
		return nil, err
	}
	return f.open(ctx, created.UserContext, problem)
}

func (f *firefox) open(ctx context.Context, user string, problem func(string, ...any)) (remote, error) {
	var made struct{ Context string }
	if err := f.call(ctx, "browsingContext.create", obj{"type": "window", "userContext": user}, &made); err != nil {
		return nil, err
	}
	p := &firefoxPage{browser: f, context: made.Context, top: made.Context, user: user, problem: problem}
	f.mu.Lock()
	f.pages[p.context] = p
	f.mu.Unlock()
	return p, p.before(ctx, clockFrom(noonOf(testDate))+watch)
}

func (p *firefoxPage) another(ctx context.Context, problem func(string, ...any)) (remote, error) {
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
	return p.browser.call(ctx, "browsingContext.activate", obj{"context": p.top}, nil)
}

func (p *firefoxPage) navigate(ctx context.Context, address string) error {
	return p.browser.call(ctx, "browsingContext.navigate", obj{"context": p.context, "url": address, "wait": "complete"}, nil)
}

func (p *firefoxPage) reload(ctx context.Context) error {
	return p.browser.call(ctx, "browsingContext.reload", obj{"context": p.context, "wait": "complete"}, nil)
}

func (p *firefoxPage) evaluate(ctx context.Context, expression string) (json.RawMessage, error) {
	return p.script(ctx, "Promise.resolve("+expression+").then((value) => JSON.stringify(value))")
}

func (p *firefoxPage) do(ctx context.Context, statements string) error {
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
	err := p.browser.call(ctx, "script.evaluate", obj{
		"expression": script, "target": obj{"context": p.context}, "awaitPromise": true, "userActivation": true,
	}, &ran)
	if err == nil && ran.Type == "exception" {
		err = errors.New(ran.ExceptionDetails.Text)
	}
	return json.RawMessage(ran.Result.Value), err
}

func (p *firefoxPage) act(ctx context.Context, sources ...any) error {
	if err := p.activate(ctx); err != nil {
		return err
	}
	return p.browser.call(ctx, "input.performActions", obj{"context": p.context, "actions": sources}, nil)
}

func (p *firefoxPage) resize(ctx context.Context, width, height int) error {
	return p.browser.call(ctx, "browsingContext.setViewport", obj{"context": p.context, "viewport": obj{"width": width, "height": height}}, nil)
}

func (p *firefoxPage) before(ctx context.Context, script string) error {
	// The empty page that a tab begins with has no storage to prepare.
	return p.browser.call(ctx, "script.addPreloadScript", obj{"functionDeclaration": `() => { if (location.protocol === "about:" || window.origin === "null") return; ` + script + "}", "contexts": []string{p.context}}, nil)
}

func (p *firefoxPage) frames(ctx context.Context) (map[string]remote, error) {
	type tree struct {
		Context, URL string
		Children     []tree
	}
	var found struct{ Contexts []tree }
	if err := p.browser.call(ctx, "browsingContext.getTree", obj{"root": p.context}, &found); err != nil {
		return nil, err
	}
	frames := map[string]remote{}
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

func (p *firefoxPage) close() {
	p.browser.mu.Lock()
	delete(p.browser.pages, p.context)
	p.browser.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = p.browser.call(ctx, "browsingContext.close", obj{"context": p.context}, nil)
}

// A webSocket is a connection for messages of text, as much of RFC 6455 as a
// browser on the same machine needs.
type webSocket struct {
	net.Conn
	reader *bufio.Reader
	mu     sync.Mutex // of writing
}

func dialWebSocket(address string) (*webSocket, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	connection, err := net.DialTimeout("tcp", u.Host, patience)
	if err != nil {
		return nil, err
	}
	key := make([]byte, 16)
	rand.Read(key)
	fmt.Fprintf(connection, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n",
		u.Path, u.Host, base64.StdEncoding.EncodeToString(key))
	s := &webSocket{Conn: connection, reader: bufio.NewReader(connection)}
	response, err := http.ReadResponse(s.reader, nil)
	if err == nil && response.StatusCode != http.StatusSwitchingProtocols {
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	if err != nil {
		connection.Close()
		return nil, err
	}
	return s, nil
}

// Kinds of frames.
const (
	textFrame  = 1
	closeFrame = 8
	pingFrame  = 9
	pongFrame  = 10
)

// Write sends a message of text.
func (s *webSocket) Write(message []byte) error { return s.write(textFrame, message) }

func (s *webSocket) write(kind byte, content []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	frame := []byte{0x80 | kind}
	switch n := len(content); {
	case n < 126:
		frame = append(frame, 0x80|byte(n))
	case n < 1<<16:
		frame = binary.BigEndian.AppendUint16(append(frame, 0x80|126), uint16(n))
	default:
		frame = binary.BigEndian.AppendUint64(append(frame, 0x80|127), uint64(n))
	}
	// A client masks what it sends.
	mask := make([]byte, 4)
	rand.Read(mask)
	frame = append(frame, mask...)
	for i, b := range content {
		frame = append(frame, b^mask[i%4])
	}
	_, err := s.Conn.Write(frame)
	return err
}

// Read returns the next message.
func (s *webSocket) Read() ([]byte, error) {
	var message []byte
	for {
		var head [2]byte
		if _, err := io.ReadFull(s.reader, head[:]); err != nil {
			return nil, err
		}
		length := uint64(head[1] & 0x7f)
		if length >= 126 {
			long := make([]byte, map[uint64]int{126: 2, 127: 8}[length])
			if _, err := io.ReadFull(s.reader, long); err != nil {
				return nil, err
			}
			length = 0
			for _, b := range long {
				length = length<<8 | uint64(b)
			}
		}
		content := make([]byte, length)
		if _, err := io.ReadFull(s.reader, content); err != nil {
			return nil, err
		}
		switch kind := head[0] & 0x0f; kind {
		case closeFrame:
			return nil, fmt.Errorf("closed with %q", content)
		case pingFrame:
			if err := s.write(pongFrame, content); err != nil {
				return nil, err
			}
		case 0, textFrame:
			message = append(message, content...)
			if head[0]&0x80 != 0 {
				return message, nil
			}
		}
	}
}

func TestMessagesOfTheWebSocketComeWhole(t *testing.T) {
	here, there := net.Pipe()
	defer here.Close()
	defer there.Close()
	s := &webSocket{Conn: here, reader: bufio.NewReader(here)}
	go func() {
		there.Write([]byte{0x01, 2, 'a', 'b'})
		there.Write([]byte{0x89, 0})
		io.ReadFull(there, make([]byte, 6)) // the pong
		there.Write(append([]byte{0x80, 126, 1, 0}, make([]byte, 256)...))
	}()
	message, err := s.Read()
	if err != nil || len(message) != 258 || string(message[:2]) != "ab" {
		t.Errorf("%d bytes, %v", len(message), err)
	}
}
