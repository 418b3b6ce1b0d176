package screen

import (
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/breath"
	"postage/app/kit"
	"postage/rules"
)

// moreBelow is what stands under the two columns.
func (s *screen) moreBelow() goapp.UI { return kit.Div("more-below", s.lists.Draw(), s.shelf.Draw()) }

// typingPause is how long the lists wait for the next keystroke.
const typingPause = 250 * time.Millisecond

// findLater works out, once the answer is on the screen and typing has paused,
// what waits for that: the printed sheet, the warning of overdue tariffs, and the
// lists, of which a frame has none.
func (s *screen) findLater() {
	d := s.desk
	if d.Ctx == nil || s.Frame && d.Pace.Settled() {
		return
	}
	wait := time.Duration(0)
	mine, first := d.Pace.Await()
	if d.Editing != "" || first { // or at the start, when somebody may be about to
		wait = typingPause
	}
	d.After(wait, func() {
		s.inTurn(mine, s.atPause, s.readBook, s.drawSheetFoot, s.drawOverdue, s.findLists, s.drawLists)
	})
}

// inTurn does one thing after the other, each once the browser has drawn and done
// what waits, as long as nothing newer is to be found.
func (s *screen) inTurn(mine int, things ...func()) {
	d := s.desk
	if !d.Pace.IsLast(mine) || len(things) == 0 {
		return
	}
	breath.Take()
	things[0]()
	d.Ctx.Defer(func(goapp.Context) { d.After(0, func() { s.inTurn(mine, things[1:]...) }) })
}

// atPause draws the head of the printed sheet where it has waited for a pause.
func (s *screen) atPause() {
	if s.desk.Pace.Pause() {
		s.atRest.head.Update()
	}
}

// readBook has the book's version found, which the foot of the sheet names.
func (s *screen) readBook() {
	if s.desk.Pace.DueAtRest() {
		rules.BookVersion()
	}
}

func (s *screen) drawSheetFoot() {
	if s.desk.Pace.DueAtRest() {
		s.atRest.foot.Update()
	}
}

func (s *screen) drawOverdue() {
	if s.desk.Pace.DueAtRest() && s.news.overdueDay() != 0 {
		s.Update()
	}
}

func (s *screen) findLists() {
	d := s.desk
	if s.Frame {
		return
	}
	d.Pace.Unhurried(true)
	s.lists.FindWays()
	d.Pace.Unhurried(false)
	s.lists.FindPictures()
}

func (s *screen) drawLists() {
	if !s.Frame {
		s.atRest.below.Update()
	}
}
