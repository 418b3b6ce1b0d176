//go:build ignore

package main

import (
	"log"
	"os"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Writes go-app's own page, loader, worker and manifest into a folder.
func main() {
	goapp.Route("/", &hello{})
	err := goapp.GenerateStaticWebsite(os.Args[1], &goapp.Handler{
		Name:        "Hello",
		Title:       "Hello",
		Description: "A hello world",
		Icon:        goapp.Icon{Default: "/web/icon.png", Large: "/web/icon.png", SVG: "/web/icon.svg"},
	})
	if err != nil {
		log.Fatal(err)
	}
}
