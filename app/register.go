package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
)

// Register tells go-app which screen belongs to which address. Only the wasm
// program calls it.
func Register() {
	breath.Take() // behind it are the program's own start and the reading of the book
	for _, p := range Pages() {
		if p.Static {
			continue
		}
		goapp.RouteFunc(p.Path, func() goapp.Composer { return newScreen(p.Lang, p.Frame) })
	}
	exposeAnswer()
	breath.Take()
}
