package rules

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// Messages of a Zalo Official Account to a user id (UID), and ZNS Follower,
// which they replaced.
var (
	uidIdentity    = theBook.rule("zalo.uid.identity")
	uidConsent     = theBook.rule("zalo.uid.consent")
	uidFollow      = theBook.rule("zalo.uid.follow")
	uidAPIVersions = theBook.rule("zalo.uid.api-versions")
	uidAPIPackages = theBook.rule("zalo.uid.api-packages")
	uidVAT         = theBook.rule("zalo.uid.vat")
	uidNotTold     = theBook.rule("zalo.uid.api-packages.not-told")
	promotionHours = theBook.rule("zalo.uid.promotion.hours")
	promotionLeast = theBook.rule("zalo.uid.promotion-cap.least")
	oaPackages     = theBook.rule("zalo.oa-packages")

	consultationWindow        = theBook.rule("zalo.uid.consultation.window")
	consultationManagerWindow = theBook.rule("zalo.uid.consultation.manager-window")
	consultationFreeWindow    = theBook.rule("zalo.uid.consultation.free-window")
	consultationFreeMessages  = theBook.rule("zalo.uid.consultation.free-messages")
	consultationPrice         = theBook.rule("zalo.uid.consultation.price")

	uidTools  = rulesOf("", ".tools", ZaloConsultation, ZaloTransaction, ZaloBroadcast, ZaloPersonalPromotion, ZBSUID)
	uidPrices = rulesOf("", ".price", ZaloTransaction, ZaloBroadcast, ZaloPersonalPromotion)

	promotionCap  = theBook.rule("zalo.uid.promotion-cap")
	promotionCaps = rulesOf("zalo.uid.promotion-cap.", "", PackageBasic, PackageTrial, PackageAdvanced, PackagePremium)

	znsFollowerPrice = theBook.rule("zalo.zns-follower.price")
)

func zaloKinds() []*messageKind {
	const dong = "VND"
	return []*messageKind{
		{id: ZaloConsultation, channel: ChannelZalo, currency: dong, price: priceConsultation,
			checks: []*condition{&available, &uidIsKnown, &uidMayWrite, &consultationIsInWindow, &uidTool, &uidAPIVersion, &uidPackage},
			prices: []look{
				{field: "audience.hoursSinceInteraction"},
				{field: "sender.includedMessages"},
				{field: "assume.zalo.consultation.free-cap", when: freeCapIsContested},
				{field: "audience.interactions", when: freeConsultationsAreCounted},
				{field: "audience.freeUsed", when: freeConsultationsAreCounted},
			}},
		{id: ZaloTransaction, channel: ChannelZalo, currency: dong, price: priceUID,
			checks: []*condition{&available, &uidIsKnown, &uidMayWrite, &uidTool, &uidAPIVersion, &uidPackage}},
		{id: ZaloBroadcast, channel: ChannelZalo, currency: dong, price: priceUID, checks: append(promotionChecks[:len(promotionChecks):len(promotionChecks)], &inHours)},
		{id: ZaloPersonalPromotion, channel: ChannelZalo, currency: dong, price: priceUID, checks: promotionChecks},
		{id: ZNSFollower, channel: ChannelZalo, currency: dong, price: priceZNSFollower, checks: []*condition{&available}},
	}
}

var (
	uidIsKnown  = condition{code: "identity", looks: []look{{field: "audience.uid"}}, rule: &uidIdentity, outcome: func(_ *evaluation, g *Segment) Outcome { return told(g.UID) }}
	uidFollows  = condition{code: "follow", looks: []look{{field: "audience.follows"}}, rule: &uidFollow, outcome: func(_ *evaluation, g *Segment) Outcome { return told(g.Follows) }}
	uidMayWrite = condition{code: "consent", run: func(_ *evaluation, g *Segment, in *inspection) { in.gate("consent", uidConsent, mayWrite(g)) },
		looks: []look{
			{field: "audience.hoursSinceInteraction"},
			{field: "audience.consents", of: func(_ *evaluation, g *Segment) bool { _, interacted := g.Recency.Hours(); return !interacted }},
		}}
	consultationIsInWindow = condition{code: "window",
		run: func(e *evaluation, g *Segment, in *inspection) { in.window(windowOfConsultation(e), g.Recency) },
		looks: []look{
			{field: "audience.hoursSinceInteraction"},
			{field: "assume.zalo.consultation.manager-window", when: byHand},
		}}
	promotionChecks = []*condition{&available, &uidIsKnown, &uidFollows, &uidTool, &uidAPIVersion, &uidPackage, &promotionIsUnderCap}
)

const managerWindowReading = "zalo.consultation.manager-window"

// byHand reports whether people write in an OA Manager.
func byHand(e *evaluation) bool {
	return e.s.Sender.Tool == OAManagerWeb || e.s.Sender.Tool == OAManagerMiniApp
}

// windowOfConsultation is seven days, or a year for people who write by hand in
// an OA Manager and read the contested notice that way.
func windowOfConsultation(e *evaluation) *rule {
	if byHand(e) && e.s.Assume[managerWindowReading] == "365d" {
		return consultationManagerWindow
	}
	return consultationWindow
}

// mayWrite: the user has interacted at least once, or allowed the OA to write.
func mayWrite(seg *Segment) Outcome {
	_, interacted := seg.Recency.Hours()
	consents, known := seg.Consents.Get()
	switch {
	case interacted || consents:
		return Pass
	case !seg.Recency.Known() || !known:
		return Unknown
	default:
		return Fail
	}
}

// What an OA sends with: the tool itself, the version of the interface, and the
// package that the interface needs.
var (
	uidTool = condition{code: "tool", run: checkTool, looks: []look{
		// With one reading of the notice the window depends on it too.
		{field: "sender.tool", when: func(e *evaluation) bool { return !takesEveryTool(e) || e.s.Assume[managerWindowReading] == "365d" }},
	}}
	uidAPIVersion = condition{code: "api-version", run: checkAPIVersion, looks: []look{
		{field: "sender.tool"}, {field: "sender.apiVersion", when: byAPI},
	}}
	uidPackage = condition{code: "package", run: checkPackage, looks: []look{
		{field: "sender.tool"}, {field: "sender.oaPackage", when: byAPI},
	}, when: func(e *evaluation) bool { return uidAPIPackages.on(e.s.On) != nil }}
)

func byAPI(e *evaluation) bool { return e.s.Sender.Tool == OpenAPI }

func takesEveryTool(e *evaluation) bool {
	return len(uidTools[e.kind.id].latest(e.s.On).words) == len(toolWords)
}

func checkTool(e *evaluation, _ *Segment, in *inspection) {
	tools := uidTools[e.kind.id]
	allowed := tools.latest(e.s.On)
	outcome := Unknown
	switch tool := e.s.Sender.Tool; {
	case takesEveryTool(e):
		outcome = Pass
	case tool != "":
		outcome = told(Some(allowed.has(string(tool))))
	}
	in.limitedGate("tool", tools, outcome, allowed.Value)
}

// checkAPIVersion adds a check only where the version is told.
func checkAPIVersion(e *evaluation, _ *Segment, in *inspection) {
	if version := e.s.Sender.APIVersion; byAPI(e) && version != "" {
		versions := uidAPIVersions.latest(e.s.On)
		in.limitedGate("api-version", uidAPIVersions, told(Some(versions.has(string(version)))), versions.Value)
	}
}

func checkPackage(e *evaluation, _ *Segment, in *inspection) {
	if !byAPI(e) {
		return
	}
	packages, outcome := uidAPIPackages.on(e.s.On), Unknown
	if own := e.s.Sender.OAPackage; own != "" {
		outcome = told(Some(packages.has(string(own))))
	} else if uidNotTold.on(e.s.On).Value == "passes" {
		return
	}
	in.limitedGate("package", uidAPIPackages, outcome, packages.Value)
}

// promotionIsUnderCap is the number of promotional messages that a follower may
// get in a month, by the OA's package. What they got counts where any package
// has a number.
var promotionIsUnderCap = condition{code: "cap", run: checkPromotionCap, looks: []look{
	{field: "perRecipient"},
	{field: "sender.oaPackage", when: hasPromotionCaps},
	{field: "audience.receivedThisMonth", when: countsPromotions},
	{field: "assume.zalo.broadcast.premium-cap", when: func(e *evaluation) bool {
		return e.s.Sender.OAPackage == PackagePremium && promotionCaps[PackagePremium].latest(e.s.On).Value != none
	}},
}}

func hasPromotionCaps(e *evaluation) bool {
	for _, r := range promotionCaps {
		if r.latest(e.s.On).Value != none {
			return true
		}
	}
	return promotionLeast.on(e.s.On) != nil
}

// countsPromotions reports whether it matters what somebody got this month: of a
// package without a number, only where no more than the least is sent.
func countsPromotions(e *evaluation) bool {
	own := e.s.Sender.OAPackage
	if r := promotionCaps[own]; own == "" || r != nil && r.latest(e.s.On).Value != none {
		return hasPromotionCaps(e)
	}
	least := promotionLeast.on(e.s.On)
	return least != nil && e.perRecipient <= least.n
}

func checkPromotionCap(e *evaluation, g *Segment, in *inspection) {
	r := promotionCaps[e.s.Sender.OAPackage]
	// Of the packages since June 2026 no number is published, and every one before
	// them gave at least one.
	if least := promotionLeast.on(e.s.On); least != nil && e.s.Sender.OAPackage != "" && (r == nil || r.latest(e.s.On).Value == none) {
		if e.perRecipient+g.ReceivedThisMonth <= least.n {
			in.cut("cap", promotionLeast, in.left, least.Value)
			return
		}
	}
	if r == nil || r.latest(e.s.On).Value == none {
		in.unknown("cap", promotionCap)
		return
	}
	limit := r.latest(e.s.On).n
	if e.s.Sender.OAPackage == PackagePremium && e.s.Assume["zalo.broadcast.premium-cap"] == "4" {
		limit = 4
	}
	in.cut("cap", r, perRecipientLeft(e, g, limit), strconv.FormatInt(limit, 10))
}

// perRecipientLeft is what a monthly limit for each recipient leaves a segment.
func perRecipientLeft(e *evaluation, seg *Segment, limit int64) int64 {
	return max(0, min(e.perRecipient, limit-seg.ReceivedThisMonth)) * seg.Recipients.Or(0)
}

func freeWindow(e *evaluation) *Fact { return consultationFreeWindow.latest(e.s.On) }

func priceConsultation(e *evaluation, i int, seg *Segment, q *SegmentQuote) bool {
	p, ok := e.bookPrice(consultationPrice, vatOf(uidVAT, e.s.On), true)
	if !ok {
		q.Charged = q.delivered()
		return false
	}
	if seg.Recency.within(freeWindow(e)) {
		e.tariff(consultationFreeMessages)
		q.Free = freeConsultations(e, seg, q.delivered())
	} else {
		q.Free = min(e.left.included, q.delivered())
		e.left.included -= q.Free
	}
	if q.Charged = q.delivered() - q.Free; q.Charged > 0 {
		e.charge(i, "consultation", q.Charged, p)
	}
	return true
}

// freeCapIsContested: on the day all messages in the free window may be free, or
// eight as before.
func freeCapIsContested(e *evaluation) bool {
	return consultationFreeMessages.latest(e.s.On).Value == "unlimited"
}

// freeConsultationsAreCounted: only so many messages in the free window are free.
func freeConsultationsAreCounted(e *evaluation) bool {
	return !freeCapIsContested(e) || e.s.Assume["zalo.consultation.free-cap"] == "8"
}

// freeConsultations is how many messages inside the free window cost nothing:
// eight for each interaction, all of them in the later reading of the notice.
func freeConsultations(e *evaluation, seg *Segment, delivered int64) int64 {
	if !freeConsultationsAreCounted(e) {
		return delivered
	}
	perInteraction := consultationFreeMessages.latest(e.s.On).n
	if freeCapIsContested(e) {
		perInteraction = consultationFreeMessages.facts[0].n
	}
	perPerson := max(0, perInteraction*seg.Interactions.Or(1)-seg.FreeUsed)
	return min(perPerson*seg.Recipients.Or(0), delivered)
}

// priceUID prices the types that cost the same for every recipient.
func priceUID(e *evaluation, i int, _ *Segment, q *SegmentQuote) bool {
	p, ok := e.bookPrice(uidPrices[e.kind.id], vatOf(uidVAT, e.s.On), true)
	switch {
	case !ok:
		q.Charged = q.delivered()
	case p.unit.IsZero():
		q.Free = q.delivered()
	default:
		q.Charged = q.delivered()
		e.charge(i, string(e.kind.id[len("zalo.uid."):]), q.Charged, p)
	}
	return ok
}

// priceZNSFollower: no source gives the price of ZNS Follower.
func priceZNSFollower(e *evaluation, _ int, _ *Segment, q *SegmentQuote) bool {
	q.Charged = q.delivered()
	return znsFollowerPrice.on(e.s.On) != nil
}

// vatOf is the VAT of a rule on a day, in percent.
func vatOf(r *rule, day Date) decimal.Decimal { return r.latest(day).amount }
