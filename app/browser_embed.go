package app

import (
	"encoding/json"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// This file is the boundary to web/site/assets/frame.js, which speaks with the page
// around a frame. Outside a frame nothing of it is there.

// frameScript is what frame.js provides.
func frameScript() goapp.Value { return goapp.Window().Get("postageFrame") }

// readFrameOptions returns the options of the frame, which its script has
// checked.
func readFrameOptions() (o frameOptions) {
	tryJS(func() { _ = json.Unmarshal([]byte(frameScript().Get("options").String()), &o) })
	return o
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

// exposeFrame gives the frame's script what it asks of the program:
//
//	state()          {"scenario":…}, or {"mistakes":[…]} where there is none
//	set(text, done)  opens a scenario in JSON; done gets "" or {"error":…}
//	configure()      reads the options again
func (s *screen) exposeFrame() {
	later := func(work func()) { s.ctx.Dispatch(func(goapp.Context) { work() }) }
	tryJS(func() {
		postage := goapp.Window().Get("postage")
		postage.Set("state", goapp.FuncOf(func(goapp.Value, []goapp.Value) any { return s.frameState() }))
		postage.Set("set", goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
			scenario, done := args[0].String(), args[1]
			later(func() {
				answer := ""
				if err := s.openInFrame([]byte(scenario)); err != nil {
					text, _ := json.Marshal(map[string]*rules.Error{"error": err})
					answer = string(text)
				}
				tryJS(func() { done.Invoke(answer) })
			})
			return nil
		}))
		postage.Set("configure", goapp.FuncOf(func(goapp.Value, []goapp.Value) any {
			later(s.configureFrame)
			return nil
		}))
	})
}
