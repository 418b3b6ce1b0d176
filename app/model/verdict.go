package model

import "postage/rules"

// Verdict is the answer's, as it is shown.
//
//go:noinline
func (c *Calculation) Verdict() rules.Verdict { return c.Quote.Shown(c.Quote.Verdict) }

// Checks are those of a group, see [checksOf].
func (c *Calculation) Checks(group int) []rules.Check { return checksOf(c.Quote, group) }

// checksOf are the checks of a group in an answer, and behind them what no check looks
// at and the answer yet hangs on.
//
//go:noinline
func checksOf(q *rules.Quote, group int) []rules.Check {
	checks := q.Segments[group].Checks
	if n := q.Open(); n != nil {
		open := rules.OpenCheck
		open.Sources = n.Sources
		checks = append(checks[:len(checks):len(checks)], open)
	}
	return checks
}
