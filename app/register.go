package app

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/browser"
	"postage/app/pages"
	"postage/app/screen"
	"postage/rules"
)

// Register tells go-app which screen belongs to which address. Only the wasm
// program calls it.
func Register() {
	breath.Take() // behind it are the program's own start and the reading of the book
	for _, p := range pages.Pages() {
		if p.Static || p.Plan || p.File() {
			continue
		}
		goapp.RouteFunc(p.Path, func() goapp.Composer { return screen.New(p.Lang, p.Frame) })
	}
	browser.ExposeAnswer(rules.Answer)
	breath.Take()
}
