package kit

import "postage/app/breath"

// A Pace says what of a screen is drawn when. The answer to a key is drawn alone,
// so that it comes at once: a slow phone takes several frames for the rest of the
// screen, which follows when the answer is painted. What is for paper waits for a
// pause. A pace knows no page and no clock: it is told what happens, and asked
// what is due. The zero value is whole.
//
//	             key      painted   entered   pause
//	whole        keyed    whole     whole     whole
//	keyed        keyed    typing    whole     held
//	typing       keyed    typing    whole     whole
//	held         keyed    whole     whole     held
//
// What a drawing has in each state, beside the answer, which it always has:
//
//	             the rest   what waits for a pause
//	whole        yes        yes
//	keyed        no         no
//	typing       yes        only where there is no answer any more
//	held         no         no
//
// Until the first pause of all, what waits for one is not worked out: till then a
// pace is not [Pace.Rested].
type Pace struct {
	state  paceState
	rested bool // there was a pause
	due    bool // at this pause: what waits for one
	pauses int  // that were waited for

	turn, turnAtRest int // of drawing: the rest, and what waits for a pause

	unhurried bool // what is being done may wait for the browser
}

// A paceState is what has come since the last key.
type paceState uint8

const (
	whole  paceState = iota // nobody is typing
	keyed                   // the answer to a key is on its way to the screen
	typing                  // it is painted; there was no pause yet
	held                    // there was a pause before it was painted
)

// Key is told of a key in a field.
func (p *Pace) Key() { p.state = keyed }

// Painted is told that the answer to a key is on the screen.
func (p *Pace) Painted() {
	switch p.state {
	case keyed:
		p.state = typing
	case held:
		p.state = whole
	}
}

// Entered is told of an answer that is complete, and of every other change that is
// no key.
func (p *Pace) Entered() { p.state = whole }

// Pause is told of a pause, and reports whether what waits for one is due.
func (p *Pace) Pause() bool {
	p.due = !p.rested || p.state == keyed || p.state == typing
	p.rested = true
	switch p.state {
	case keyed:
		p.state = held
	case typing:
		p.state = whole
	}
	return p.due
}

// Draw is told that the screen is drawn, with an answer to what stands in the form
// or without one. What has another turn then is drawn too.
func (p *Pace) Draw(answered bool) {
	if p.AnswerAlone() {
		return
	}
	p.turn++
	if p.state != typing || !answered {
		p.turnAtRest++
	}
}

// AnswerAlone reports whether the answer is drawn by itself.
func (p *Pace) AnswerAlone() bool { return p.state == keyed || p.state == held }

// Rested reports whether there was a pause, so that what waits for one has been
// worked out.
func (p *Pace) Rested() bool { return p.rested }

// Settled reports whether nothing waits for a pause.
func (p *Pace) Settled() bool { return p.rested && p.state != keyed && p.state != typing }

// DueAtRest reports whether at the last pause there was something that had waited
// for it.
func (p *Pace) DueAtRest() bool { return p.due }

// Await is told that the next pause is waited for. It returns the number of the
// wait, and whether it is the first.
func (p *Pace) Await() (wait int, first bool) {
	p.pauses++
	return p.pauses, p.pauses == 1
}

// IsLast reports whether nothing newer is waited for.
func (p *Pace) IsLast(wait int) bool { return wait == p.pauses }

// Unhurried does what takes long, such as making the screen, so that the browser
// can do what waits meanwhile. A change of the screen must be whole before anybody
// sees or touches it, so it is never unhurried.
func (p *Pace) Unhurried(is bool) { p.unhurried = is }

// Breathe lets the browser do what waits, where that may be.
func (p *Pace) Breathe() {
	if p.unhurried {
		breath.Take()
	}
}
