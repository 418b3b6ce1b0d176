//go:build ignore

package main

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// hello is the component of go-app's own introduction.
type hello struct {
	goapp.Compo
	name string
}

func (h *hello) Render() goapp.UI {
	return goapp.Div().Body(
		goapp.H1().Body(
			goapp.Text("Hello, "),
			goapp.If(h.name != "", goapp.Text(h.name)).Else(goapp.Text("World!")),
		),
		goapp.P().Body(
			goapp.Input().Type("text").Value(h.name).Placeholder("What is your name?").AutoFocus(true).OnChange(h.ValueTo(&h.name)),
		),
	)
}
