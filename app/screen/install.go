package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/words"
)

// The calculator on the home screen: the offer to put it there, which stands at
// the foot of the page and nowhere else, and what the installed app has in place
// of the browser's buttons. The stylesheet shows each where it belongs.

// InstallID is the part of the page on the method that says how to do it.
const InstallID = "install"

// OnAppInstallChange follows whether the browser can install the page.
func (s *screen) OnAppInstallChange(ctx goapp.Context) {
	s.installable = ctx.IsAppInstallable()
}

// install offers the home screen: by the browser's own question where it has
// one, elsewhere by saying how.
func (s *screen) install() goapp.UI {
	w := s.Words()
	if s.installable {
		return kit.Tag("p").Class("in-browser").Body(kit.Button("link", w.Text("install.do"), func(ctx goapp.Context, _ goapp.Event) { ctx.ShowAppInstallPrompt() }))
	}
	return InstallLink(w, s.href)
}

// InstallLink leads to how to put the calculator on the home screen.
func InstallLink(w *words.Language, href func(path string) string) goapp.UI {
	return kit.Tag("p").Class("in-browser").Body(kit.Tag("a").Attr("href", href(kit.AboutPath(w.Code))+"#"+InstallID).Body(kit.Text(w.Text("install.how"))))
}

// renew looks for a newer version, as the browser's button to reload would do in
// a tab.
func (s *screen) renew() goapp.UI {
	w := s.Words()
	outcome := ""
	if s.fresh.look != "" {
		outcome = w.Text("fresh." + s.fresh.look)
	}
	return kit.Tag("p").Class("in-app").Attr("role", "status").Body(
		kit.Button("link", w.Text("fresh.check"), func(goapp.Context, goapp.Event) { s.lookForUpdate() }),
		kit.Span("", outcome),
	)
}
