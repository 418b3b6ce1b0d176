package rules

// ZBS template messages to a user id: from 2026 they take the place of UID
// transaction messages and of personal promotion. The same templates to a phone
// number are what ZNS was.
var (
	zbsWindow        = theBook.rule("zalo.zbs-uid.window")
	zbsTemplate      = theBook.rule("zalo.zbs-uid.template")
	zbsApprovedFrom  = theBook.rule("zalo.zbs-uid.template.approved-from")
	zbsExcludedKinds = theBook.rule("zalo.zbs-uid.template.excluded-kinds")
	zbsPromotionCap  = theBook.rule("zalo.zbs-uid.promotion-cap")
	zbsPrice         = theBook.rule("zalo.zbs-uid.price")
)

// yearOfHours is a year as windows count it.
const yearOfHours = 8760

var (
	inZBSWindow     = condition{code: "window", looks: hoursLooks, rule: &zbsWindow}
	zbsTemplateFits = condition{code: "template", run: checkZBSTemplate,
		looks: []look{{field: "message.template.kind"}, {field: "message.template.approved"}, {field: "message.template.approvedOn"}}}
	// All accounts share the cap, and nobody says how much it is.
	zbsIsUnderCap = condition{code: "cap", looks: []look{{field: "message.tag"}}, run: func(e *evaluation, _ *Segment, in *inspection) {
		if e.isPostSale() {
			in.unknown("cap", zbsPromotionCap)
		}
	}}
)

// checkZBSTemplate adds the check that the template is approved and of the new
// sort, which goes to user ids too. It rests on the part that fails.
func checkZBSTemplate(e *evaluation, _ *Segment, in *inspection) {
	t := &e.s.Message.Template
	if zbsExcludedKinds.latest(e.s.On).has(string(t.Kind)) {
		in.gate("template", zbsExcludedKinds, Fail)
		return
	}
	from := zbsApprovedFrom.latest(e.s.On)
	first, _ := ParseDate(from.Value) // a test reads it
	switch {
	case t.ApprovedOn != 0 && t.ApprovedOn < first:
		in.limitedGate("template", zbsApprovedFrom, Fail, from.Value)
	case t.ApprovedOn > e.s.On:
		in.gate("template", zbsTemplate, Fail)
	default:
		outcome := told(t.Approved)
		if t.ApprovedOn == 0 {
			outcome = both(outcome, Unknown)
		}
		in.gate("template", zbsTemplate, outcome)
	}
}

// priceZBSUID: it is cheaper than by phone, and no source says by how much.
func priceZBSUID(e *evaluation, _ int, _ *Segment, q *SegmentQuote) bool {
	q.Charged = q.delivered()
	return zbsPrice.on(e.s.On) != nil
}
