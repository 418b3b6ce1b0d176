package kit

import (
	"reflect"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A Part is a piece of a screen that is drawn again only when what it shows has
// changed. Drawing is what a keystroke costs: on a cheap phone twenty groups and
// their reasons take ten times as long to draw and to compare as the one group
// that was typed into.
//
// The rule: a view holds everything that its drawing shows, as values that are
// not changed afterwards. From what it is of the drawing may take the words and
// what its handlers do later, and nothing else, for a change of anything else
// would not be seen. TestPartsShowWhatAFreshScreenShows holds every part of the
// calculator to it.
type Part struct {
	goapp.Compo

	Shows View // go-app compares the exported fields of a component

	pace  *Pace
	shown View     // when it was drawn last
	drawn goapp.UI // at first: what stays in the page
}

// A View is everything that a part shows.
type View interface {
	Draw() goapp.UI // one element, of the same kind each time
}

// NewPart is a part of a screen with a pace.
func NewPart(pace *Pace, v View) *Part {
	pace.Breathe()
	return &Part{Shows: v, pace: pace}
}

// Render draws the part. It is asked to also where only an event came from within,
// such as a key, whose answer is not to wait for that.
func (p *Part) Render() goapp.UI {
	p.pace.Breathe()
	if p.pace.AnswerAlone() && p.drawn != nil && reflect.DeepEqual(p.shown, p.Shows) {
		return p.drawn
	}
	p.shown = p.Shows
	ui := p.Shows.Draw()
	if p.drawn == nil {
		p.drawn = ui
	}
	return ui
}

// A Deferred is a section of a screen that waits while the answer to a key is
// drawn, until that is painted: a slow phone takes several frames for the rest of
// the screen.
type Deferred struct {
	goapp.Compo

	Turn int // of drawing the screen; another one has the section drawn too

	pace  *Pace
	draws func() goapp.UI // an element of the same kind each time
	drawn goapp.UI        // the first of them, which stays in the page
}

// Defer is a section that waits for the answer to a key.
func Defer(pace *Pace, draws func() goapp.UI) *Deferred {
	return &Deferred{Turn: pace.turn, pace: pace, draws: draws}
}

// DeferToRest is a section that waits for a pause.
func DeferToRest(pace *Pace, draws func() goapp.UI) *Deferred {
	return &Deferred{Turn: pace.turnAtRest, pace: pace, draws: draws}
}

// Render draws the section, or leaves it as it is. It is asked to also where
// only an event came from within.
func (d *Deferred) Render() goapp.UI {
	d.pace.Breathe()
	if d.drawn == nil {
		d.drawn = d.draws()
		d.pace.Breathe()
		return d.drawn
	}
	if d.pace.AnswerAlone() {
		return d.drawn
	}
	return d.draws()
}
