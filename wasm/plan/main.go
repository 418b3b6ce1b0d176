//go:build js && wasm

// Command plan is the page with the plan as it runs in the browser. It is a program
// of its own: who works out one message does not download it.
package main

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/planning"
)

func main() {
	planning.Register()
	goapp.RunWhenOnBrowser()
}
