package screen

import (
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/browser"
	"postage/app/kit"
	"postage/rules"
)

// moreBelow is what stands under the two columns.
func (s *screen) moreBelow() goapp.UI { return kit.Div("more-below", s.below(), s.saved()) }

// below is the better ways and the pictures. Its lists take long to work out,
// so that they wait for a pause; until then the old ones stay, marked as such.
func (s *screen) below() goapp.UI {
	if s.Frame {
		return nil // a partner's page offers what the partner chose
	}
	if s.wayList == nil && s.Current() && goapp.IsClient {
		// They are called for when the answer is there. Until then those of the
		// page before the program stand in their place, where they are of the same
		// scenario: the page's script puts them there.
		var before goapp.UI
		if len(s.Form.Values) == 0 {
			before = kit.Tag("div").Class("below-before").Attr("inert", true)
		}
		return kit.Tag("div").Class("below").Attr("data-state", "awaited").Body(before)
	}
	if s.wayList == nil {
		s.findWays()
		s.findPictures()
	}
	state := "fresh"
	switch {
	case !s.Current():
		state = "broken"
	case s.wayList.Key != s.waysKey():
		state = "stale"
	}
	return kit.Tag("div").Class("below").Attr("data-state", state).Body(
		s.part(waysView{s.shownLanguage(), s.meant.For(s.Form), s.wayList, state == "broken"}),
		s.pictures(state == "broken"),
	)
}

// isAwaited reports whether the answer itself is still to come in the browser,
// and what can wait for the first pause is not worked out.
func (s *screen) isAwaited() bool { return goapp.IsClient && !s.pace.Rested() }

// typingPause is how long the lists wait for the next keystroke.
const typingPause = 250 * time.Millisecond

// findLater works out, once the answer is on the screen and typing has paused,
// what waits for that: the printed sheet, the warning of overdue tariffs, and the
// lists, of which a frame has none.
func (s *screen) findLater() {
	if s.ctx == nil || s.Frame && s.pace.Settled() {
		return
	}
	wait := time.Duration(0)
	mine, first := s.pace.Await()
	if s.Editing != "" || first { // or at the start, when somebody may be about to
		wait = typingPause
	}
	s.after(wait, func() {
		s.inTurn(mine, s.atPause, s.readBook, s.drawSheetFoot, s.drawOverdue, s.findLists, s.drawLists)
	})
}

// inTurn does one thing after the other, each once the browser has drawn and done
// what waits, as long as nothing newer is to be found.
func (s *screen) inTurn(mine int, things ...func()) {
	if !s.pace.IsLast(mine) || len(things) == 0 {
		return
	}
	breath.Take()
	things[0]()
	s.ctx.Defer(func(goapp.Context) { s.after(0, func() { s.inTurn(mine, things[1:]...) }) })
}

// atPause draws the head of the printed sheet where it has waited for a pause.
func (s *screen) atPause() {
	if s.pace.Pause() {
		s.atRest.head.Update()
	}
}

// readBook has the book's version found, which the foot of the sheet names.
func (s *screen) readBook() {
	if s.pace.DueAtRest() {
		rules.BookVersion()
	}
}

func (s *screen) drawSheetFoot() {
	if s.pace.DueAtRest() {
		s.atRest.foot.Update()
	}
}

func (s *screen) drawOverdue() {
	if s.pace.DueAtRest() && s.overdueDay() != 0 {
		s.Update()
	}
}

func (s *screen) findLists() {
	if s.Frame {
		return
	}
	s.pace.Unhurried(true)
	s.findWays()
	s.pace.Unhurried(false)
	s.findPictures()
}

func (s *screen) drawLists() {
	if !s.Frame {
		s.atRest.below.Update()
		s.watchPictures()
	}
}

// watchPictures lets the pictures be drawn once somebody scrolls to them. Each
// time the lists are found their element may be another one, so it is watched
// anew until it has been seen.
func (s *screen) watchPictures() {
	if s.opened[picturesID] || s.wayList == nil {
		return
	}
	s.ctx.Defer(func(goapp.Context) {
		if s.unwatch != nil {
			s.unwatch()
		}
		s.unwatch = browser.OnceSeen(picturesID, func() { s.act(s.lookAtPictures) })
	})
}

// after does something a while later that does not change the screen by itself.
func (s *screen) after(wait time.Duration, do func()) {
	s.ctx.Async(func() {
		time.Sleep(wait)
		s.ctx.Dispatcher().Dispatch(goapp.Dispatch{Mode: goapp.Next, Source: s, Function: func(goapp.Context) { do() }})
	})
}

// act carries out what was asked for in a part on behalf of the whole screen.
func (s *screen) act(do func()) { s.ctx.Dispatch(func(goapp.Context) { do() }) }
