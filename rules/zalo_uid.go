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
	oaPackages     = theBook.rule("zalo.oa-packages")

	consultationWindow        = theBook.rule("zalo.uid.consultation.window")
	consultationManagerWindow = theBook.rule("zalo.uid.consultation.manager-window")
	consultationFreeWindow    = theBook.rule("zalo.uid.consultation.free-window")
	consultationFreeMessages  = theBook.rule("zalo.uid.consultation.free-messages")
	consultationPrice         = theBook.rule("zalo.uid.consultation.price")

	uidTools = map[MessageType]*rule{
		ZaloConsultation:      theBook.rule("zalo.uid.consultation.tools"),
		ZaloTransaction:       theBook.rule("zalo.uid.transaction.tools"),
		ZaloBroadcast:         theBook.rule("zalo.uid.broadcast.tools"),
		ZaloPersonalPromotion: theBook.rule("zalo.uid.personal-promotion.tools"),
		ZBSUID:                theBook.rule("zalo.zbs-uid.tools"),
	}
	uidPrices = map[MessageType]*rule{
		ZaloTransaction:       theBook.rule("zalo.uid.transaction.price"),
		ZaloBroadcast:         theBook.rule("zalo.uid.broadcast.price"),
		ZaloPersonalPromotion: theBook.rule("zalo.uid.personal-promotion.price"),
	}
	promotionCap  = theBook.rule("zalo.uid.promotion-cap")
	promotionCaps = map[OAPackage]*rule{
		PackageBasic:    theBook.rule("zalo.uid.promotion-cap.basic"),
		PackageTrial:    theBook.rule("zalo.uid.promotion-cap.trial"),
		PackageAdvanced: theBook.rule("zalo.uid.promotion-cap.advanced"),
		PackagePremium:  theBook.rule("zalo.uid.promotion-cap.premium"),
	}
	znsFollowerPrice = theBook.rule("zalo.zns-follower.price")
)

func zaloKinds() []*messageKind {
	const dong = "VND"
	return []*messageKind{
		{id: ZaloConsultation, channel: ChannelZalo, currency: dong, check: checkConsultation, price: priceConsultation},
		{id: ZaloTransaction, channel: ChannelZalo, currency: dong, check: checkTransaction, price: priceUID},
		{id: ZaloBroadcast, channel: ChannelZalo, currency: dong, check: checkPromotion, price: priceUID},
		{id: ZaloPersonalPromotion, channel: ChannelZalo, currency: dong, check: checkPromotion, price: priceUID},
		{id: ZNSFollower, channel: ChannelZalo, currency: dong, check: checkZNSFollower, price: priceZNSFollower},
	}
}

func checkConsultation(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("identity", uidIdentity, told(seg.UID))
	in.gate("consent", uidConsent, mayWrite(seg))
	in.window(e.consultationWindow(), seg.Recency)
	e.checkTool(in)
}

// consultationWindow is seven days, or a year for people who write by hand in
// an OA Manager and read the contested notice that way.
func (e *evaluation) consultationWindow() *rule {
	byHand := e.s.Sender.Tool == OAManagerWeb || e.s.Sender.Tool == OAManagerMiniApp
	if byHand && e.s.Assume["zalo.consultation.manager-window"] == "365d" {
		return consultationManagerWindow
	}
	return consultationWindow
}

func checkTransaction(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("identity", uidIdentity, told(seg.UID))
	in.gate("consent", uidConsent, mayWrite(seg))
	e.checkTool(in)
}

func checkPromotion(e *evaluation, seg *Segment, in *inspection) {
	in.available(e.kind)
	in.gate("identity", uidIdentity, told(seg.UID))
	in.gate("follow", uidFollow, told(seg.Follows))
	e.checkTool(in)
	e.checkPromotionCap(seg, in)
}

func checkZNSFollower(e *evaluation, _ *Segment, in *inspection) { in.available(e.kind) }

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

// checkTool adds the checks of what the OA sends with: the tool itself, the
// version of the interface, and the package that the interface needs.
func (e *evaluation) checkTool(in *inspection) {
	sender := &e.s.Sender
	tools := uidTools[e.kind.id]
	allowed := tools.latest(e.s.On)
	outcome := Unknown
	switch {
	case len(allowed.words) == len(Tools()):
		outcome = Pass
	case sender.Tool != "":
		outcome = told(Some(allowed.has(string(sender.Tool))))
	}
	in.limitedGate("tool", tools, outcome, allowed.Value)

	if sender.Tool != OpenAPI {
		return
	}
	if sender.APIVersion != "" {
		versions := uidAPIVersions.latest(e.s.On)
		in.limitedGate("api-version", uidAPIVersions, told(Some(versions.has(string(sender.APIVersion)))), versions.Value)
	}
	if packages := uidAPIPackages.on(e.s.On); packages != nil {
		outcome := Unknown
		if sender.OAPackage != "" {
			outcome = told(Some(packages.has(string(sender.OAPackage))))
		}
		in.limitedGate("package", uidAPIPackages, outcome, packages.Value)
	}
}

// checkPromotionCap adds the number of promotional messages that a follower may
// get in a month, by the OA's package.
func (e *evaluation) checkPromotionCap(seg *Segment, in *inspection) {
	r := promotionCaps[e.s.Sender.OAPackage]
	if r == nil || r.latest(e.s.On).Value == none {
		in.unknown("cap", promotionCap)
		return
	}
	f := r.latest(e.s.On)
	limit := f.n
	if e.s.Sender.OAPackage == PackagePremium && e.s.Assume["zalo.broadcast.premium-cap"] == "4" {
		limit = 4
	}
	in.cut("cap", r, e.perRecipientLeft(seg, limit), strconv.FormatInt(limit, 10))
}

// perRecipientLeft is what a monthly limit for each recipient leaves a segment.
func (e *evaluation) perRecipientLeft(seg *Segment, limit int64) int64 {
	return max(0, min(e.perRecipient, limit-seg.ReceivedThisMonth)) * seg.Recipients.Or(0)
}

func (e *evaluation) freeWindow() *Fact { return consultationFreeWindow.latest(e.s.On) }

func priceConsultation(e *evaluation, i int, seg *Segment, q *SegmentQuote) bool {
	p, ok := e.bookPrice(consultationPrice, vatOf(uidVAT, e.s.On), true)
	if !ok {
		q.Charged = q.Deliverable
		return false
	}
	if seg.Recency.within(e.freeWindow()) {
		e.tariff(consultationFreeMessages)
		q.Free = e.freeConsultations(seg, q.Deliverable)
	} else {
		q.Free = min(e.includedLeft, q.Deliverable)
		e.includedLeft -= q.Free
	}
	if q.Charged = q.Deliverable - q.Free; q.Charged > 0 {
		e.charge(i, "consultation", q.Charged, p)
	}
	return true
}

// freeConsultations is how many messages inside the free window cost nothing:
// eight for each interaction, all of them in the later reading of the notice.
func (e *evaluation) freeConsultations(seg *Segment, deliverable int64) int64 {
	f := consultationFreeMessages.latest(e.s.On)
	perInteraction := f.n
	if f.Value == "unlimited" {
		if e.s.Assume["zalo.consultation.free-cap"] != "8" {
			return deliverable
		}
		perInteraction = consultationFreeMessages.facts[0].n
	}
	perPerson := max(0, perInteraction*seg.Interactions.Or(1)-seg.FreeUsed)
	return min(e.perRecipient, perPerson) * seg.Recipients.Or(0)
}

// priceUID prices the types that cost the same for every recipient.
func priceUID(e *evaluation, i int, _ *Segment, q *SegmentQuote) bool {
	p, ok := e.bookPrice(uidPrices[e.kind.id], vatOf(uidVAT, e.s.On), true)
	switch {
	case !ok:
		q.Charged = q.Deliverable
	case p.unit.IsZero():
		q.Free = q.Deliverable
	default:
		q.Charged = q.Deliverable
		e.charge(i, string(e.kind.id[len("zalo.uid."):]), q.Charged, p)
	}
	return ok
}

// priceZNSFollower: no source gives the price of ZNS Follower.
func priceZNSFollower(e *evaluation, _ int, _ *Segment, q *SegmentQuote) bool {
	q.Charged = q.Deliverable
	return znsFollowerPrice.on(e.s.On) != nil
}

// vatOf is the VAT of a rule on a day, in percent.
func vatOf(r *rule, day Date) decimal.Decimal { return r.latest(day).amount }
