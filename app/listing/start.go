package listing

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
)

// A start is the page without a list.
type start struct{ *work }

// wanted says which columns are of use.
func (v start) wanted() goapp.UI {
	w := v.Words()
	var rows []goapp.UI
	for _, key := range [...]string{"phone", "care", "uid", "page"} {
		rows = append(rows, kit.Tag("li").Body(kit.Span("", w.Text("list.wanted."+key)), kit.Span("hint", w.Text("list.wanted."+key+".for"))))
	}
	return kit.Tag("section").Class("card list-wanted").Attr("aria-labelledby", "list-wanted-title").Body(
		kit.Tag("h2").ID("list-wanted-title").Body(kit.Text(w.Text("list.wanted"))),
		kit.Tag("ul").Class("list-rows").Body(rows...),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.wanted.names"))),
		kit.Button("link", w.Text("list.blank"), func(goapp.Context, goapp.Event) {
			browser.Download(w.Text("list.blank.file"), "text/csv", w.Text("list.blank.header")+"\r\n")
		}, "blank").ID("list-blank"),
	)
}
