// Package breath lets the browser do what waits to be done while the program
// works: draw, scroll, take a key. Outside a browser it does nothing.
//
// The program's own start is one piece of work. Go starts packages in the order
// of their paths as far as their imports allow, so this one, which imports next
// to nothing, takes its first breath before the book of package rules is read.
package breath

import "time"

// On a slow machine a breath itself takes long, so there it works longer at a
// time. The slow part of the start that was always the same work tells which it
// is.
const (
	short = 10 * time.Millisecond
	long  = 20 * time.Millisecond

	slowStart = 60 * time.Millisecond
)

var (
	taken time.Time // the last one
	turn  time.Duration
)

func init() { Take() }

// Take waits until the browser has done what waits, where it has been waiting for
// some time.
func Take() {
	working := time.Since(taken)
	if working < turn {
		return
	}
	if turn == 0 && !taken.IsZero() { // what was done since the first breath
		turn = short
		if working > slowStart {
			turn = long
		}
	}
	rest()
	taken = time.Now()
}
