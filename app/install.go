package app

import goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

// The calculator on the home screen: the offer to put it there, which stands at
// the foot of the page and nowhere else, and what the installed app has in place
// of the browser's buttons. The stylesheet shows each where it belongs.

// installID is the part of the page on the method that says how to do it.
const installID = "install"

// OnAppInstallChange follows whether the browser can install the page.
func (s *screen) OnAppInstallChange(ctx goapp.Context) {
	s.installable = ctx.IsAppInstallable()
}

// install offers the home screen: by the browser's own question where it has
// one, elsewhere by saying how.
func (s *screen) install() goapp.UI {
	w := s.words()
	if s.installable {
		return tag("p").Class("in-browser").Body(button("link", w.text("install.do"), func(ctx goapp.Context, _ goapp.Event) { ctx.ShowAppInstallPrompt() }))
	}
	return installLink(w, s.href)
}

// installLink leads to how to put the calculator on the home screen.
func installLink(w *language, href func(path string) string) goapp.UI {
	return tag("p").Class("in-browser").Body(tag("a").Attr("href", href(aboutPath(w.code))+"#"+installID).Body(text(w.text("install.how"))))
}

// renew looks for a newer version, as the browser's button to reload would do in
// a tab.
func (s *screen) renew() goapp.UI {
	w := s.words()
	outcome := ""
	if s.fresh.look != "" {
		outcome = w.text("fresh." + s.fresh.look)
	}
	return tag("p").Class("in-app").Attr("role", "status").Body(
		button("link", w.text("fresh.check"), func(goapp.Context, goapp.Event) { s.lookForUpdate() }),
		span("", outcome),
	)
}
