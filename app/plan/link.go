package plan

import (
	"encoding/base64"
	"strings"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// LinkPrefix begins a fragment that holds a plan.
const LinkPrefix = "p="

// What leads from the plan to the calculator, and back, in a fragment.
const (
	ItemPrefix  = "item=" // and the id of an item: it is opened
	AddFragment = "plan"  // another message is to be put together

	// OverviewFragment asks for the plan itself, in the place of a flow or of the best ways.
	OverviewFragment = "overview"
)

// Link is the plan that was asked in a fragment, without the "#", with what a page of
// today says of it.
func (a *Answer) Link(name, today string) string {
	return LinkOf(a.Asked, name) + form.ClaimFor(a.outcome(), today).Says()
}

// outcome is the verdict and the totals of a plan as a claim tells them.
func (a *Answer) outcome() *rules.Quote {
	return &rules.Quote{Verdict: a.Quote.Verdict, Totals: a.Quote.Totals}
}

// Hear listens to what a link says the answer was, and reports whether that is another
// one than today's.
func (a *Answer) Hear(link string) (said form.Claim, other bool) {
	said, ok := form.ClaimOf(link)
	return said, ok && a.Quote != nil && !said.Agrees(a.outcome())
}

// Text is the plan that was asked as JSON.
func (a *Answer) Text() string {
	text, _ := a.Asked.MarshalJSON() // never fails
	return string(text)
}

// LinkOf puts a plan as the rules were asked into a fragment.
func LinkOf(asked rules.Plan, name string) string {
	text, _ := asked.MarshalJSON() // never fails
	return LinkPrefix + base64.RawURLEncoding.EncodeToString(text) + form.NamePart(name)
}

// InLink takes the plan out of a fragment. Wrong says why it cannot be had.
func InLink(fragment, today, lang string) (p Plan, wrong *rules.Error) {
	text, wrong := textInLink(fragment)
	if wrong != nil {
		return p, wrong
	}
	return decoded(text, form.NameIn(fragment), today, lang)
}

// textInLink takes the plan out of a fragment as JSON.
func textInLink(fragment string) (text []byte, wrong *rules.Error) {
	fragment = strings.TrimPrefix(fragment, "#")
	if len(fragment) > form.MaxLink {
		return nil, &rules.Error{Code: rules.OutOfRange, Message: "the link is too long"}
	}
	var err error
	for part := range strings.SplitSeq(fragment, "&") {
		if coded, ok := strings.CutPrefix(part, LinkPrefix); ok {
			if text, err = base64.RawURLEncoding.DecodeString(coded); err != nil {
				return nil, &rules.Error{Code: rules.Syntax, Message: "the link is not in base64url"}
			}
		}
	}
	if text == nil {
		return nil, &rules.Error{Code: rules.Syntax, Message: "the link holds no plan"}
	}
	return text, nil
}

func decoded(text []byte, name, today, lang string) (p Plan, wrong *rules.Error) {
	asked, err := rules.DecodePlan(text)
	if err != nil {
		return p, err.(*rules.Error) // the only kind of error that there is here
	}
	p = Of(asked, today, lang)
	p.Name = words.ShortName(strings.ToValidUTF8(name, ""))
	return p, nil
}
