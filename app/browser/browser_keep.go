package browser

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// This file is the boundary to the page's script keep.js, under the rules of
// browser.go.

func keeper() goapp.Value { return goapp.Window().Get("postageKeep") }

// later is a function for JavaScript to call once.
func later(done func(goapp.Value)) goapp.Func {
	var f goapp.Func
	f = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		f.Release()
		done(args[0])
		return nil
	})
	return f
}

// AddressWith is the address of this page with another fragment.
func AddressWith(fragment string) (address string) {
	TryJS(func() {
		address, _, _ = strings.Cut(goapp.Window().Get("location").Get("href").String(), "#")
		address, _, _ = strings.Cut(address, "?")
	})
	// From a frame it leads to the calculator on its own.
	return strings.TrimSuffix(address, "embed/") + "#" + fragment
}

// CopyText puts a text on the clipboard and tells whether that was done.
func CopyText(text string, done func(ok bool)) {
	TryJS(func() { keeper().Call("copy", text, later(func(ok goapp.Value) { done(ok.Bool()) })) })
}

// CanShare reports whether there is a share sheet.
func CanShare() (can bool) {
	TryJS(func() { can = keeper().Get("canShare").Bool() })
	return can
}

// Share opens the share sheet and tells whether that could be done.
func Share(title, text, address string, done func(ok bool)) {
	TryJS(func() { keeper().Call("share", title, text, address, later(func(ok goapp.Value) { done(ok.Bool()) })) })
}

// Download gives the visitor a file, and reports whether it could.
func Download(name, kind, text string) (ok bool) {
	TryJS(func() {
		keeper().Call("download", name, kind, text)
		ok = true
	})
	return ok
}

// ReadFile reads the file chosen in an input, unless it is longer than limit.
func ReadFile(input goapp.Value, limit int, read func(text string, ok bool)) {
	TryJS(func() {
		keeper().Call("read", input, limit, later(func(text goapp.Value) {
			if text.Type() == goapp.TypeString {
				read(text.String(), true)
			} else {
				read("", false)
			}
		}))
	})
}

// TakeShared returns what another app has shared into the installed one, and
// takes it out of the address.
func TakeShared() (texts []string) {
	TryJS(func() {
		shared := keeper().Call("takeShared")
		for i := range shared.Length() {
			texts = append(texts, shared.Index(i).String())
		}
	})
	return texts
}

// SelectText moves to a text field and selects all that is in it.
func SelectText(id string) {
	TryJS(func() { keeper().Call("select", id) })
}

// PrintPage opens the browser's print dialog.
func PrintPage() {
	TryJS(func() { goapp.Window().Call("print") })
}

// OnStored calls back when another tab has changed what the device keeps under a
// key.
func OnStored(key string, changed func()) {
	TryJS(func() {
		keeper().Call("onStored", key, goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			changed()
			return nil
		}))
	})
}

// StorageFades reports whether the browser drops what is stored when its visitor
// stays away for a week.
func StorageFades() (fades bool) {
	TryJS(func() { fades = keeper().Get("fades").Bool() })
	return fades
}
