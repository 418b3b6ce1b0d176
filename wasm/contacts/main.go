//go:build js && wasm

// Command contacts is the pages with a file, the list of contacts and the bill, as they run
// in the browser. It is a program of its own, as they need neither the calculator nor the
// plan: what reads the file is yet another one, ./wasm/list, which runs in a worker.
package main

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/auditing"
	"postage/app/listing"
)

func main() {
	listing.Register()
	auditing.Register()
	goapp.RunWhenOnBrowser()
}
