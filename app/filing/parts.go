package filing

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
)

// Parts are the parts in which what has just come is drawn, a frame for each: at once it
// would keep the page from its visitor for a tenth of a second.
type Parts struct {
	drawn   int      // so many of them; 0: all
	waiting []func() // for what is drawn to be on the screen
	ctx     goapp.Context
}

const lastPart = 4

// InParts draws what has just come part by part. Nothing that stands on the screen may be
// in a part but the first.
func (p *Parts) InParts() {
	if p.ctx != nil {
		p.draw(1)
	}
}

func (p *Parts) draw(n int) {
	if n > lastPart { // the last is on the screen
		p.drawn = 0
		return
	}
	p.drawn = n
	p.afterPaint(func() { p.draw(n + 1) })
}

// Coming reports whether parts are still to be drawn.
func (p *Parts) Coming() bool { return p.drawn != 0 }

// Part draws something of a part but the first, once it is its turn.
func (p *Parts) Part(n int, draw func() goapp.UI) goapp.UI {
	if p.drawn != 0 && p.drawn < n {
		return kit.PlaceFor(nil)
	}
	return kit.PlaceFor(draw())
}

// onceDrawn does something in its turn once what is drawn now, and all parts, are on the
// screen.
func (p *Parts) onceDrawn(do func()) {
	p.afterPaint(func() {
		if p.drawn == 0 {
			do()
		} else {
			p.onceDrawn(do)
		}
	})
}

// afterPaint does something in its turn once what is drawn now is on the screen.
func (p *Parts) afterPaint(do func()) {
	if p.ctx == nil {
		do()
		return
	}
	p.waiting = append(p.waiting, do)
	browser.AfterPaint(func() {
		p.ctx.Dispatch(func(goapp.Context) {
			waiting := p.waiting
			p.waiting = nil
			for _, do := range waiting {
				do()
			}
		})
	})
}
