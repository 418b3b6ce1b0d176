package model

import (
	"strings"

	"postage/app/form"
	"postage/rules"
)

// A Told is a link's claim that is not today's answer to its scenario.
type Told struct {
	form.Claim
	Link     string // the fragment
	Scenario string // as the form writes it
	Unread   bool   // today's book does not take the scenario
}

// Hear listens to what a link that was just opened says of its answer to its
// scenario, nil where that cannot be read. Where it is today's answer too there is
// nothing to tell.
func (c *Calculation) Hear(link string, scenario *rules.Scenario) {
	c.Told = nil
	said, ok := form.ClaimOf(link)
	if !ok {
		return
	}
	t := &Told{Claim: said, Link: strings.TrimPrefix(link, "#"), Unread: true}
	if scenario != nil {
		// Today's answer is worked out from the link itself: what stands in the form
		// may be the visitor's own by now.
		own, _ := form.Of(*scenario, c.Form.Today, c.Form.Lang).Scenario()
		t.Scenario = TextOf(own)
		q, refused := c.Quote, (*rules.Error)(nil)
		if !c.Current() || t.Scenario != string(c.Scenario) {
			q, refused = AnswerOf(own)
		}
		if t.Unread = refused != nil; !t.Unread && said.Agrees(q) {
			return
		}
	}
	c.Told = t
}

// NewLink is the scenario on the screen with today's answer, for the fragment of
// an address.
func (c *Calculation) NewLink() string {
	return form.LinkOf(c.Scenario) + form.ClaimFor(c.Quote, c.Form.Today).Says()
}

// OwnLink is [Calculation.NewLink], or the link that was opened, as long as it has something
// else to say of the same scenario.
func (c *Calculation) OwnLink() string {
	if c.Told != nil && c.Told.Scenario == string(c.Scenario) {
		return c.Told.Link
	}
	return c.NewLink()
}
