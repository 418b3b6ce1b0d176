//go:build js && wasm

// Command contacts is the page with the list of contacts as it runs in the browser. It
// is a program of its own, as it needs neither the calculator nor the plan: what reads
// the list is yet another one, ./wasm/list, which runs in a worker.
package main

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/listing"
)

func main() {
	listing.Register()
	goapp.RunWhenOnBrowser()
}
