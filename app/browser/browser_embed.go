package browser

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// This file is the boundary to web/site/assets/frame.js, which speaks with the page
// around a frame. Outside a frame nothing of it is there.

// frameScript is what frame.js provides.
func frameScript() goapp.Value { return goapp.Window().Get("postageFrame") }

// FrameOptionsText returns the options of the frame, which its script has
// checked.
func FrameOptionsText() (options string) {
	TryJS(func() { options = frameScript().Get("options").String() })
	return options
}

// FrameLink returns the scenario's part of a frame's fragment.
func FrameLink() (link string) {
	TryJS(func() { link = frameScript().Call("link").String() })
	return link
}

// SetFrameLink changes the scenario's part of a frame's fragment.
func SetFrameLink(link string) { TryJS(func() { frameScript().Call("setLink", link) }) }

// TellFrame calls one of the functions of the frame's script.
func TellFrame(what string, args ...any) { TryJS(func() { frameScript().Call(what, args...) }) }

// A FrameAnswer is what a frame's script asks of the program.
type FrameAnswer struct {
	State     func() string                                  // {"scenario":…}, or {"mistakes":[…]} where there is none
	Set       func(scenario string, done func(wrong string)) // opens a scenario in JSON; done gets "" or {"error":…}
	Configure func()                                         // reads the options again
}

// ExposeFrame gives the frame's script what it asks of the program: state(),
// set(text, done) and configure().
func ExposeFrame(a FrameAnswer) {
	TryJS(func() {
		postage := goapp.Window().Get("postage")
		postage.Set("state", goapp.FuncOf(func(goapp.Value, []goapp.Value) any { return a.State() }))
		postage.Set("set", goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			scenario, done := args[0].String(), args[1]
			a.Set(scenario, func(wrong string) { TryJS(func() { done.Invoke(wrong) }) })
			return nil
		}))
		postage.Set("configure", goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			a.Configure()
			return nil
		}))
	})
}
