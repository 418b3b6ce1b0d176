//go:build ignore

package main

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// The browser's program, without the handler, which would more than double it.
func main() {
	goapp.Route("/", &hello{})
	goapp.RunWhenOnBrowser()
}
