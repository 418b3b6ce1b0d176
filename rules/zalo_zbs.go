package rules

import "strconv"

// ZBS template messages to a user id: from 2026 they take the place of UID
// transaction messages and of personal promotion. The same templates to a phone
// number are what ZNS was.
var (
	zbsWindow          = theBook.rule("zalo.zbs-uid.window")
	zbsTemplate        = theBook.rule("zalo.zbs-uid.template")
	zbsApprovedFrom    = theBook.rule("zalo.zbs-uid.template.approved-from")
	zbsExcludedKinds   = theBook.rule("zalo.zbs-uid.template.excluded-kinds")
	zbsExcludedJourney = theBook.rule("zalo.zbs-uid.template.excluded-kinds.journey")
)

// yearOfHours is a year as windows count it.
const yearOfHours = 8760

var (
	inZBSWindow     = condition{code: "window", looks: hoursLooks, rule: &zbsWindow}
	zbsTemplateFits = condition{code: "template", run: checkZBSTemplate,
		looks: []look{{field: "message.template.kind"}, {field: "message.template.approved"}, {field: "message.template.approvedOn"}}}
	// The tag counts whatever it meant before it was the one for post-sale messages.
	zbsIsUnderCap = condition{code: "cap",
		looks: []look{
			{field: "message.tag"}, {field: "perRecipient", when: hasTag3}, {field: "audience.receivedThisMonth", when: hasTag3},
			{field: "assume." + postSaleReading, while: &postSaleDaily, when: hasTag3},
		},
		run: func(e *evaluation, g *Segment, in *inspection) {
			if hasTag3(e) {
				n := mostPostSale(e)
				in.cut("cap", postSaleCap, perRecipientLeft(e, g, n), strconv.FormatInt(n, 10))
			}
		}}
)

func hasTag3(e *evaluation) bool {
	return e.s.Message.Tag.Or(0) == postSaleTag.facts[len(postSaleTag.facts)-1].n
}

// checkZBSTemplate adds the check that the template is approved and of the new
// sort, which goes to user ids too. It rests on the part that fails.
func checkZBSTemplate(e *evaluation, _ *Segment, in *inspection) {
	t := &e.s.Message.Template
	for _, r := range [...]*rule{zbsExcludedKinds, zbsExcludedJourney} {
		if r.latest(e.s.On).has(string(t.Kind)) {
			in.gate("template", r, Fail)
			return
		}
	}
	from := zbsApprovedFrom.latest(e.s.On)
	first, _ := ParseDate(from.Value) // a test reads it
	if t.ApprovedOn != 0 && t.ApprovedOn < first {
		in.limitedGate("template", zbsApprovedFrom, Fail, from.Value)
		return
	}
	outcome := told(t.Approved)
	if t.ApprovedOn == 0 {
		outcome = both(outcome, Unknown)
	}
	in.gate("template", zbsTemplate, outcome)
}
