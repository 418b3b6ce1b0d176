package reply

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/screen/desk"
)

// A Column is the answer.
type Column struct {
	Desk *desk.Desk

	// Tools draws what can be done with the answer.
	Tools func() goapp.UI

	list changeList
}

// New is the answer at a desk.
func New(d *desk.Desk, tools func() goapp.UI) *Column { return &Column{Desk: d, Tools: tools} }
