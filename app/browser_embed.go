package app

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// This file is the boundary to web/site/assets/frame.js, which speaks with the page
// around a frame. Outside a frame nothing of it is there.

// frameScript is what frame.js provides.
func frameScript() goapp.Value { return goapp.Window().Get("postageFrame") }

// frameOptionsText returns the options of the frame, which its script has
// checked.
func frameOptionsText() (options string) {
	tryJS(func() { options = frameScript().Get("options").String() })
	return options
}

// frameLink returns the scenario's part of a frame's fragment.
func frameLink() (link string) {
	tryJS(func() { link = frameScript().Call("link").String() })
	return link
}

// setFrameLink changes the scenario's part of a frame's fragment.
func setFrameLink(link string) { tryJS(func() { frameScript().Call("setLink", link) }) }

// tellFrame calls one of the functions of the frame's script.
func tellFrame(what string) { tryJS(func() { frameScript().Call(what) }) }

// A FrameAnswer is what a frame's script asks of the program.
type FrameAnswer struct {
	State     func() string                                  // {"scenario":…}, or {"mistakes":[…]} where there is none
	Set       func(scenario string, done func(wrong string)) // opens a scenario in JSON; done gets "" or {"error":…}
	Configure func()                                         // reads the options again
}

// exposeFrame gives the frame's script what it asks of the program: state(),
// set(text, done) and configure().
func exposeFrame(a FrameAnswer) {
	tryJS(func() {
		postage := goapp.Window().Get("postage")
		postage.Set("state", goapp.FuncOf(func(goapp.Value, []goapp.Value) any { return a.State() }))
		postage.Set("set", goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			scenario, done := args[0].String(), args[1]
			a.Set(scenario, func(wrong string) { tryJS(func() { done.Invoke(wrong) }) })
			return nil
		}))
		postage.Set("configure", goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			a.Configure()
			return nil
		}))
	})
}
