package ask

import (
	"postage/app/model"
	"postage/app/screen/desk"
)

// A Column is the form.
type Column struct {
	Desk   *desk.Desk
	Prices *Prices

	days   model.DaysOfType // on which the book changes, to choose from
	budget budget
}

// New is the form at a desk.
func New(d *desk.Desk) *Column {
	c := &Column{Desk: d, Prices: &Prices{Desk: d}}
	c.budget.of = c
	return c
}
