package ask

import (
	"postage/app/model"
	"postage/app/screen/desk"
)

// A Column is the form.
type Column struct {
	Desk   *desk.Desk
	Prices *Prices

	days model.DaysOfType // on which the book changes, to choose from
}

// New is the form at a desk.
func New(d *desk.Desk) *Column { return &Column{Desk: d, Prices: &Prices{Desk: d}} }
