package browsers

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

const (
	// patienceToStart is how long a browser may take until it answers.
	patienceToStart = 60 * time.Second
	// patienceToEnd is how long it may take over its last command.
	patienceToEnd = 20 * time.Second
)

// A Problem is told of what goes wrong in a page.
type Problem func(format string, args ...any)

// A Browser is one other than Chromium.
type Browser interface {
	// Open opens a page with a profile of its own. What the browser tells of goes to
	// problem until the page is closed.
	Open(ctx context.Context, problem Problem) (Page, error)
	// Close ends the browser and all of its pages.
	Close()
}

// A Page is a page in a browser other than Chromium, or a frame in one.
type Page interface {
	Navigate(ctx context.Context, address string) error
	Reload(ctx context.Context) error
	// Evaluate returns the value of an expression, or what it promises, in JSON.
	Evaluate(ctx context.Context, expression string) (json.RawMessage, error)
	// Do carries out statements.
	Do(ctx context.Context, statements string) error
	// Act moves keys and the mouse: sources of input as WebDriver has them, such as
	// those of [Typing] and [ClickAt].
	Act(ctx context.Context, sources ...any) error
	// Resize gives the page a size in CSS pixels.
	Resize(ctx context.Context, width, height int) error
	// Before has every document run a script before its own.
	Before(ctx context.Context, script string) error
	// Another opens a page with the same profile.
	Another(ctx context.Context, problem Problem) (Page, error)
	// Frames are those in the page, by their addresses.
	Frames(ctx context.Context) (map[string]Page, error)
	Close()
}

// object is one in JSON.
type object = map[string]any

// webDriverKeys are the keys that WebDriver names in another way than chromedp.
var webDriverKeys = strings.NewReplacer("\r", "\ue007", "\b", "\ue003", "\t", "\ue004", "\x1b", "\ue00c")

// modifierKeys are the keys of WebDriver that are held down meanwhile.
var modifierKeys = map[chromedp.Modifier]string{chromedp.ModifierShift: "\ue008", chromedp.ModifierCtrl: "\ue009", chromedp.ModifierAlt: "\ue00a", chromedp.ModifierMeta: "\ue03d"}

// Typing is the keyboard that presses the keys of a text one after the other, with
// others held down meanwhile.
func Typing(text string, held ...chromedp.Modifier) any {
	var actions []object
	for _, modifier := range held {
		actions = append(actions, object{"type": "keyDown", "value": modifierKeys[modifier]})
	}
	for _, r := range webDriverKeys.Replace(text) {
		actions = append(actions, object{"type": "keyDown", "value": string(r)}, object{"type": "keyUp", "value": string(r)})
	}
	for _, modifier := range held {
		actions = append(actions, object{"type": "keyUp", "value": modifierKeys[modifier]})
	}
	return object{"type": "key", "id": "keyboard", "actions": actions}
}

// ClickAt is the mouse that clicks at a place of the page, in CSS pixels.
func ClickAt(x, y int) any {
	return object{"type": "pointer", "id": "mouse", "actions": []object{
		{"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0},
	}}
}
