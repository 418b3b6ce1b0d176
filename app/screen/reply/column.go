package reply

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/screen/desk"
	"postage/rules"
)

// A Column is the answer.
type Column struct {
	Desk *desk.Desk

	// Tools draws what can be done with the answer.
	Tools func() goapp.UI
	// IntoPlan puts messages into the plan, and returns what is to be said of it and the
	// first item that has come, 0 where none has. It is nil where there is no plan.
	IntoPlan func(rules.Plan) (said string, first int64)

	list   changeList
	mixing mixing
}

// New is the answer at a desk.
func New(d *desk.Desk, tools func() goapp.UI) *Column { return &Column{Desk: d, Tools: tools} }
