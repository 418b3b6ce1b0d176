package browsers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// WebKit, by WebDriver: commands in JSON over HTTP. WebKitWebDriver starts
// MiniBrowser, which is WebKitGTK with little around it, on a display that
// nobody sees. Each profile is a process of its own.

// WebKit opens pages on a display that nobody sees. Each profile is a process of
// its own, which ends with its last page.
type WebKit struct{ screen *display }

// StartWebKit starts the display.
func StartWebKit() (*WebKit, error) {
	screen, err := startDisplay()
	if err != nil {
		return nil, err
	}
	return &WebKit{screen}, nil
}

// Close ends the display.
func (w *WebKit) Close() { w.screen.stop() }

// Open opens a window with a profile of its own. What WebKit tells of what goes
// wrong in a page, the page has to keep itself: see [WatchedSite].
func (w *WebKit) Open(ctx context.Context, _ Problem) (Page, error) {
	browser, err := startProfileAnew(ctx, w.screen)
	if err != nil {
		return nil, err
	}
	page, err := browser.open(ctx)
	if err != nil {
		browser.stop()
		return nil, err
	}
	return page, nil
}

// A display is a running Xvfb.
type display struct {
	process *exec.Cmd
	name    string // such as ":1"
}

func startDisplay() (*display, error) {
	path, err := exec.LookPath("Xvfb")
	if err != nil {
		return nil, errors.New("the tests of the other browsers need a display: install the package xvfb")
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	d := &display{process: exec.Command(path, "-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp")}
	d.process.ExtraFiles = []*os.File{write}
	d.process.SysProcAttr = endWithUs
	err = d.process.Start()
	write.Close()
	if err != nil {
		return nil, err
	}
	// It tells its number once it can be used.
	number, err := io.ReadAll(io.LimitReader(read, 16))
	if err != nil || len(bytes.TrimSpace(number)) == 0 {
		d.stop()
		return nil, fmt.Errorf("the display does not run: %v", err)
	}
	d.name = ":" + string(bytes.TrimSpace(number))
	return d, nil
}

func (d *display) stop() {
	_ = d.process.Process.Signal(syscall.SIGTERM) // so that it removes its lock
	_ = d.process.Wait()
}

// A profile is a running browser: one session of WebDriver.
type profile struct {
	process *exec.Cmd
	home    string
	address string // of the driver, and once there is one, of the session
	door    *httptest.Server
	opener  string // the window that opens the others

	mu    sync.Mutex // what is current holds for all of the session
	pages int
}

// door is the page that opens the windows: the browser's first one cannot be
// as narrow as a phone because of the buttons above it.
const doorPage = `<!doctype html><title>door</title><link rel="icon" href="data:,"><h1>Open</h1>
<script>onclick = () => open("about:blank", "_blank", "width=390,height=844");</script>`

// gtkSettings are files of GTK: nothing moves, which costs much without a
// graphics card, and what is around the page is as narrow as it can be.
var gtkSettings = map[string]string{
	"settings.ini": "[Settings]\ngtk-enable-animations=0\n",
	"gtk.css":      "* { min-width: 0; min-height: 0; margin: 0; border-width: 0; padding: 0; font-size: 1px; }\n",
}

// startProfileAnew starts a browser, and another one where that does not answer
// within a third of the time that is left. WebKitWebDriver looks for a free port
// and lets it go before its browser listens there: if something else takes it in
// between, the driver waits forever.
func startProfileAnew(ctx context.Context, screen *display) (*profile, error) {
	for tries := 3; ; tries-- {
		end, limited := ctx.Deadline()
		if !limited || tries == 1 {
			return startProfile(ctx, screen)
		}
		try, cancel := context.WithTimeout(ctx, time.Until(end)/time.Duration(tries))
		w, err := startProfile(try, screen)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			return w, err
		}
	}
}

func startProfile(ctx context.Context, screen *display) (*profile, error) {
	path, err := exec.LookPath("WebKitWebDriver")
	if err != nil {
		return nil, errors.New("the tests of the other browsers need WebKit: install the package webkit2gtk-driver")
	}
	w := &profile{}
	if w.home, err = os.MkdirTemp("", "postage-webkit-"); err != nil {
		return nil, err
	}
	settings := filepath.Join(w.home, "gtk-3.0")
	if err := os.Mkdir(settings, 0o700); err != nil {
		return nil, err
	}
	for name, content := range gtkSettings {
		if err := os.WriteFile(filepath.Join(settings, name), []byte(content), 0o600); err != nil {
			return nil, err
		}
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := strconv.Itoa(free.Addr().(*net.TCPAddr).Port)
	free.Close()
	w.process = exec.Command(path, "--port="+port)
	w.process.Env = append(os.Environ(), "DISPLAY="+screen.name, "GDK_BACKEND=x11", "HOME="+w.home, "NO_AT_BRIDGE=1",
		"XDG_CACHE_HOME="+w.home, "XDG_CONFIG_HOME="+w.home, "XDG_DATA_HOME="+w.home)
	w.process.SysProcAttr = endWithUs
	if err := w.process.Start(); err != nil {
		return nil, err
	}
	w.address = "http://127.0.0.1:" + port
	if err := w.begin(ctx); err != nil {
		w.stop()
		return nil, err
	}
	return w, nil
}

// begin starts a session and opens the door.
func (w *profile) begin(ctx context.Context) error {
	for w.call(ctx, "GET", "/status", nil, nil) != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("WebKitWebDriver does not run: %w", ctx.Err())
		}
	}
	var session struct {
		SessionID    string
		Capabilities struct{ BrowserVersion string }
	}
	// The browser ends with its driver, whatever ends that.
	browsers, _ := filepath.Glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
	if len(browsers) == 0 {
		return errors.New("the tests of the other browsers need WebKit's MiniBrowser: install the package webkit2gtk-driver")
	}
	options := object{"binary": "/usr/bin/setpriv", "args": []string{"--pdeathsig", "KILL", browsers[0], "--automation"}}
	capabilities := object{"alwaysMatch": object{"webkitgtk:browserOptions": options}}
	if err := w.call(ctx, "POST", "/session", object{"capabilities": capabilities}, &session); err != nil {
		return err
	}
	w.address += "/session/" + session.SessionID
	if err := w.call(ctx, "GET", "/window", nil, &w.opener); err != nil {
		return err
	}
	w.door = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(rw, doorPage)
	}))
	return w.call(ctx, "POST", "/url", object{"url": w.door.URL}, nil)
}

func (w *profile) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), patienceToEnd)
	defer cancel()
	_ = w.call(ctx, "DELETE", "", nil, nil)
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
	if w.door != nil {
		w.door.CloseClientConnections()
		w.door.Close()
	}
	os.RemoveAll(w.home)
}

// call carries out a command and fills in its result.
func (w *profile) call(ctx context.Context, method, path string, params any, result any) error {
	var body io.Reader
	if params != nil {
		text, err := json.Marshal(params)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, w.address+path, body)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s: %s: %w", path, response.Status, err)
	}
	if response.StatusCode != http.StatusOK {
		var wrong struct{ Error, Message string }
		_ = json.Unmarshal(answer.Value, &wrong)
		return fmt.Errorf("%s: %s: %s", path, wrong.Error, wrong.Message)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, result)
}

// A webkitPage is a window, or a frame in one.
type webkitPage struct {
	browser *profile
	window  string
	frame   any // the element, nil for the window's own document
}

// open opens a window by a click on the door.
func (w *profile) open(ctx context.Context) (Page, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	handles := func() (list []string, err error) {
		err = w.call(ctx, "GET", "/window/handles", nil, &list)
		return list, err
	}
	before, err := handles()
	if err != nil {
		return nil, err
	}
	if err := w.call(ctx, "POST", "/window", object{"handle": w.opener}, nil); err != nil {
		return nil, err
	}
	var heading map[string]string
	if err := w.call(ctx, "POST", "/element", object{"using": "css selector", "value": "h1"}, &heading); err != nil {
		return nil, err
	}
	for _, id := range heading {
		if err := w.call(ctx, "POST", "/element/"+id+"/click", object{}, nil); err != nil {
			return nil, err
		}
	}
	for {
		after, err := handles()
		if err != nil {
			return nil, err
		}
		for _, handle := range after {
			if !strings.Contains(strings.Join(before, " "), handle) {
				w.pages++
				return &webkitPage{browser: w, window: handle}, nil
			}
		}
	}
}

func (p *webkitPage) Another(ctx context.Context, _ Problem) (Page, error) {
	return p.browser.open(ctx)
}

// call carries out a command for the page.
func (p *webkitPage) call(ctx context.Context, method, path string, params any, result any) error {
	p.browser.mu.Lock()
	defer p.browser.mu.Unlock()
	if err := p.browser.call(ctx, "POST", "/window", object{"handle": p.window}, nil); err != nil {
		return err
	}
	if err := p.browser.call(ctx, "POST", "/frame", object{"id": nil}, nil); err != nil {
		return err
	}
	if p.frame != nil {
		if err := p.browser.call(ctx, "POST", "/frame", object{"id": p.frame}, nil); err != nil {
			return err
		}
	}
	return p.browser.call(ctx, method, path, params, result)
}

func (p *webkitPage) Navigate(ctx context.Context, address string) error {
	if err := p.call(ctx, "POST", "/url", object{"url": address}, nil); err != nil {
		return err
	}
	return p.watched(ctx)
}

func (p *webkitPage) Reload(ctx context.Context) error {
	if err := p.call(ctx, "POST", "/refresh", object{}, nil); err != nil {
		return err
	}
	return p.watched(ctx)
}

// watched has a document watched that came without the network and therefore
// without what watches it.
func (p *webkitPage) watched(ctx context.Context) error { return p.Do(ctx, watch) }

func (p *webkitPage) Evaluate(ctx context.Context, expression string) (json.RawMessage, error) {
	var answer struct {
		Value json.RawMessage
		Wrong *string
	}
	err := p.call(ctx, "POST", "/execute/async", object{"args": []any{}, "script": `const done = arguments[arguments.length - 1];
		const wrong = (err) => done({ wrong: String(err) });
		try { Promise.resolve(` + expression + `).then((value) => done({ value }), wrong); } catch (err) { wrong(err); }`}, &answer)
	if err == nil && answer.Wrong != nil {
		err = errors.New(*answer.Wrong)
	}
	return answer.Value, err
}

func (p *webkitPage) Do(ctx context.Context, statements string) error {
	return p.call(ctx, "POST", "/execute/sync", object{"args": []any{}, "script": statements}, nil)
}

func (p *webkitPage) Act(ctx context.Context, sources ...any) error {
	return p.call(ctx, "POST", "/actions", object{"actions": sources}, nil)
}

// resize changes the window's size until the page has it: a new window may come
// to its own after its first command.
func (p *webkitPage) Resize(ctx context.Context, width, height int) error {
	for {
		if err := p.call(ctx, "POST", "/window/rect", object{"width": width, "height": height}, nil); err != nil {
			return err
		}
		if inner, err := p.Evaluate(ctx, "innerWidth"); err != nil || string(inner) == strconv.Itoa(width) {
			return err
		}
	}
}

func (p *webkitPage) Before(context.Context, string) error {
	return errors.New("WebKit runs no script before those of a page")
}

func (p *webkitPage) Frames(ctx context.Context) (map[string]Page, error) {
	var elements []any
	err := p.call(ctx, "POST", "/execute/sync", object{"args": []any{}, "script": `const all = (root) => [...root.querySelectorAll("*")].flatMap((e) =>
		e.localName === "iframe" ? [e] : e.shadowRoot ? all(e.shadowRoot) : []);
		return all(document);`}, &elements)
	if err != nil {
		return nil, err
	}
	frames := map[string]Page{}
	for _, element := range elements {
		frame := &webkitPage{browser: p.browser, window: p.window, frame: element}
		var address string
		if err := frame.call(ctx, "POST", "/execute/sync", object{"args": []any{}, "script": `return location.href`}, &address); err != nil {
			return nil, err
		}
		frames[address] = frame
	}
	return frames, nil
}

func (p *webkitPage) Close() {
	if p.frame != nil {
		return
	}
	p.browser.mu.Lock()
	p.browser.pages--
	last := p.browser.pages == 0
	p.browser.mu.Unlock()
	if last {
		p.browser.stop()
	}
}
