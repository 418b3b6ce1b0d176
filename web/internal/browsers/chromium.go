package browsers

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"
)

// chromiumNames are the commands that start a Chromium, and shellNames those that
// start one that never has a window: it draws no tabs and menus for nobody, and so
// takes half the time. It has no installed apps.
var (
	chromiumNames = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	shellNames    = []string{"chromium-headless-shell", "chrome-headless-shell"}
)

// FindChromium returns the first of the commands that exists.
func FindChromium() (string, error) { return find(chromiumNames) }

func find(names []string) (string, error) {
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("this needs one of %s: install the package chromium", strings.Join(chromiumNames, ", "))
}

// A Chromium is a running browser with a profile that nothing was kept in before.
type Chromium struct {
	ctx  context.Context
	stop []context.CancelFunc
}

// StartChromium starts one without a window, with further options.
func StartChromium(parent context.Context, further ...chromedp.ExecAllocatorOption) (*Chromium, error) {
	path, err := FindChromium()
	if err != nil {
		return nil, err
	}
	return start(parent, path, further)
}

// StartShell starts a Chromium that never has a window, or any where there is
// none. Frames of other origins and sandboxes run apart from the page, as in
// every other one.
func StartShell(parent context.Context, further ...chromedp.ExecAllocatorOption) (*Chromium, error) {
	path, err := find(slices.Concat(shellNames, chromiumNames))
	if err != nil {
		return nil, err
	}
	return start(parent, path, append(slices.Clone(further), chromedp.Flag("site-per-process", true),
		chromedp.Flag("enable-features", "NetworkService,NetworkServiceInProcess,IsolateSandboxedIframes")))
}

func start(parent context.Context, path string, further []chromedp.ExecAllocatorOption) (*Chromium, error) {
	options := slices.Concat(chromedp.DefaultExecAllocatorOptions[:], []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.Flag("disable-component-update", true), chromedp.WSURLReadTimeout(patienceToStart),
	}, further)
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	c := &Chromium{}
	allocator, stop := chromedp.NewExecAllocator(parent, options...)
	c.stop = append(c.stop, stop)
	ctx, stop := chromedp.NewContext(allocator)
	c.ctx, c.stop = ctx, append(c.stop, stop)
	if err := chromedp.Do(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Context is the one of chromedp for the browser and its first tab.
func (c *Chromium) Context() context.Context { return c.ctx }

// Close waits for the browser to end, which removes its profile.
func (c *Chromium) Close() {
	_ = chromedp.Cancel(c.ctx)
	for _, stop := range slices.Backward(c.stop) {
		stop()
	}
}
