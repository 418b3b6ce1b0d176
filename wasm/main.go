//go:build js && wasm

// Command wasm is the calculator as it runs in the browser.
package main

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app"
)

func main() {
	app.Register()
	goapp.RunWhenOnBrowser()
}
