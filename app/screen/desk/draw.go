package desk

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/words"
	"postage/rules"
)

// IsAwaited reports whether the answer itself is still to come in the browser,
// and what can wait for the first pause is not worked out.
func (d *Desk) IsAwaited() bool { return goapp.IsClient && !d.Pace.Rested() }

// Part is a part of the screen.
func (d *Desk) Part(v kit.View) goapp.UI { return kit.NewPart(&d.Pace, v) }

// Deferred is a section of the screen that waits for the answer to a key.
func (d *Desk) Deferred(draws func() goapp.UI) *kit.Deferred { return kit.Defer(&d.Pace, draws) }

// A ShownLanguage is that of the texts, which on the way from one language to
// another is not yet that of the page.
type ShownLanguage struct{ texts, page string }

// ShownLanguage is that of the screen.
func (d *Desk) ShownLanguage() ShownLanguage { return ShownLanguage{d.Words().Code, d.Lang} }

// Breathe lets the browser do what waits to be done. While the screen is made,
// which takes a slow phone a second, the page before it can be used, and while
// the lists below are worked out, the screen.
func (d *Desk) Breathe() { d.Pace.Breathe() }

// Href is a link from this page to another path of the site. It is relative, so
// that it holds under any base.
func (d *Desk) Href(path string) string {
	if d.Frame {
		return kit.Relative(kit.FramePath(d.Lang), path)
	}
	return kit.Relative(kit.HomePath(d.Lang), path)
}

// Lead is a button that moves to an element.
func Lead(class, label, id string) goapp.UI {
	return kit.Button(class, label, func(goapp.Context, goapp.Event) { browser.MoveTo(id) }, id)
}

// Hint is a hint with the text of a key; without one its place alone.
func Hint(l *words.Language, key string) goapp.UI {
	if key == "" {
		return kit.PlaceFor(nil)
	}
	return kit.Tag("p").Class("hint").Body(kit.Text(l.Text(key)))
}

// Details is a part that opens when asked, and stays as it is until asked again.
func (d *Desk) Details(key, title, class string, body []goapp.UI) goapp.UI {
	return d.opens(key).Class("more").Body(kit.Tag("summary").Body(kit.Text(title)), kit.Div(class, body...))
}

// Brief is a line of a card: it says what it holds in a few words, and opens to all of
// it. Its key is its id too.
func (d *Desk) Brief(key, class, title, hint string, body []goapp.UI) goapp.UI {
	return Brief(d.opens(key), key, class, title, hint, body)
}

// Brief is such a line, of a details element that opens in its own way.
func Brief(details goapp.HTMLElem, id, class, title, hint string, body []goapp.UI) goapp.UI {
	return details.Class("brief "+class).ID(id).Attr("tabindex", "-1").Body(
		kit.Tag("summary").Body(kit.Tag("h2").Body(kit.Text(title)), kit.Span("hint", hint)), kit.Div("", body...))
}

func (d *Desk) opens(key string) goapp.HTMLElem {
	return kit.Tag("details").Attr("open", d.Opened[key]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { d.Opened[key] = ctx.JSSrc().Get("open").Bool() }, key)
}

// OutcomeIcon is the outcome as a shape; its word stands beside it for screen
// readers.
func OutcomeIcon(o rules.Outcome) goapp.UI { return page.OutcomeIcon(o) }

// Sources names the documents that something rests on, with the status and the
// day of the fact where it has them. What has no address of its own is on the Rules page.
func (d *Desk) Sources(ids []string, status rules.Status, since rules.Date) goapp.UI {
	return page.SourceLinks(d.Words(), ids, status, since, d.Href(kit.RulesPath(d.Lang))+"#source-")
}
