package screen

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/page"
	"postage/app/report"
	"postage/app/screen/desk"
	"postage/rules"
)

// News are what the page has to tell beside the answer: of the network, of updates
// and tariffs, and of the home screen.
type news struct {
	Desk *desk.Desk

	fresh       model.Freshness
	look        string // what came of the last look for newer tariffs: the end of a text's key, or empty
	updateReady bool
	offline     bool
	noWords     bool   // the texts of the page's language could not be fetched
	retry       func() // fetches them again
	installable bool   // the browser can put the page on the home screen
}

// arrivedState tells what came of something shared, until the next change.
func (n *news) arrivedState() goapp.UI {
	d := n.Desk
	if d.Arrived.Said == "" {
		return nil
	}
	var back goapp.UI
	if d.Arrived.Opened && d.History.Can(form.Undo) {
		back = kit.Button("link", d.Words().Text("shared.undo"), func(goapp.Context, goapp.Event) { d.Step(form.Undo) })
	}
	return kit.Div("state", kit.Span("", d.Arrived.Said), back)
}

// overdueState warns of tariffs that are probably no longer the newest, and
// looks for others. Where an update is ready, that is what to tell.
func (n *news) overdueState() goapp.UI {
	day := n.overdueDay()
	if day == 0 || n.updateReady {
		return nil
	}
	w := n.Desk.Words()
	look := ""
	if n.look != "" {
		look = w.Text("fresh." + n.look)
	}
	return kit.Div("state overdue",
		kit.Span("", report.OverdueText(w, day)),
		kit.Button("link", w.Text("fresh.check"), func(goapp.Context, goapp.Event) { n.lookForUpdate() }),
		kit.Span("", look),
	)
}

// overdueDay is the day to warn of, zero where there is none.
func (n *news) overdueDay() rules.Date {
	d := n.Desk
	if d.IsAwaited() {
		return 0
	}
	return n.fresh.Overdue(d.Form.Today)
}

func (n *news) lookForUpdate() {
	n.look = "looking"
	browser.CheckForUpdate(func(outcome string) {
		n.Desk.Act(func() { n.look = outcome })
	})
}

// install offers the home screen: by the browser's own question where it has
// one, elsewhere by saying how.
func (n *news) install() goapp.UI {
	d := n.Desk
	w := d.Words()
	if n.installable {
		return kit.Tag("p").Class("in-browser").Body(kit.Button("link", w.Text("install.do"), func(ctx goapp.Context, _ goapp.Event) { ctx.ShowAppInstallPrompt() }))
	}
	return page.InstallLink(w, d.Href)
}

// renew looks for a newer version, as the browser's button to reload would do in
// a tab.
func (n *news) renew() goapp.UI {
	w := n.Desk.Words()
	outcome := ""
	if n.look != "" {
		outcome = w.Text("fresh." + n.look)
	}
	return kit.Tag("p").Class("in-app").Attr("role", "status").Body(
		kit.Button("link", w.Text("fresh.check"), func(goapp.Context, goapp.Event) { n.lookForUpdate() }),
		kit.Span("", outcome),
	)
}

// states tells of the network and of updates.
func (n *news) states() goapp.UI {
	d := n.Desk
	w := d.Words()
	var lines []goapp.UI
	if n.updateReady {
		lines = append(lines, kit.Div("state",
			kit.Span("", w.Text("state.update")),
			kit.Button("link", w.Text("state.reload"), func(goapp.Context, goapp.Event) { d.Keep(); browser.ApplyUpdate() }),
		))
	}
	if overdue := n.overdueState(); overdue != nil {
		lines = append(lines, overdue)
	}
	if d.BadLink {
		lines = append(lines, kit.Div("state", kit.Span("", w.Text("state.bad-link"))))
	}
	if d.DraftLost && !d.Current() { // else it is in the address
		lines = append(lines, kit.Div("state", kit.Span("", w.Text("state.draft-lost"))))
	}
	if arrived := n.arrivedState(); arrived != nil {
		lines = append(lines, arrived)
	}
	if n.noWords {
		lines = append(lines, kit.Div("state",
			kit.Span("", w.Text("state.no-words", "language", w.Text("language."+d.Lang))),
			kit.Button("link", w.Text("state.retry"), func(goapp.Context, goapp.Event) {
				n.retry()
				d.MoveAfter(page.LanguageLink(d.Lang)) // this button goes away
			}),
		))
	}
	if n.offline {
		lines = append(lines, kit.Div("state", kit.Span("", w.Text("state.offline"))))
	}
	return kit.Tag("div").Class("states").Attr("role", "status").Body(lines...)
}
