package rules

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// Zalo notifications by template to a phone number (ZNS; from 2026 "ZBS
// template message").
var (
	znsIdentity      = theBook.rule("zalo.zns.identity")
	znsTemplate      = theBook.rule("zalo.zns.template")
	znsTags          = theBook.rule("zalo.zns.tags")
	postSaleTag      = theBook.rule("zalo.zns.post-sale-tag")
	tagRegime        = theBook.rule("zalo.zns.tag")
	postSaleTier     = theBook.rule("zalo.zns.post-sale-tier")
	careMonths       = theBook.rule("zalo.zns.care-months")
	postSaleCap      = theBook.rule("zalo.zns.post-sale-cap")
	postSaleShare    = theBook.rule("zalo.zns.post-sale-daily-share")
	promotionDivisor = theBook.rule("zalo.zns.promotion-quota")
	promotionBonus   = theBook.rule("zalo.zns.promotion-quota.first-month")
	quotaConversion  = theBook.rule("zalo.zns.conversion")
	znsVAT           = theBook.rule("zalo.zns.vat")

	znsPrices = map[TemplateKind]*rule{
		TemplateCustom:  theBook.rule("zalo.zns.price.custom"),
		TemplateOTP:     theBook.rule("zalo.zns.price.otp"),
		TemplateRating:  theBook.rule("zalo.zns.price.rating"),
		TemplatePayment: theBook.rule("zalo.zns.price.payment"),
		TemplateVoucher: theBook.rule("zalo.zns.price.voucher"),
	}
	znsPublicService = theBook.rule("zalo.zns.price.public-service")
	znsButton        = theBook.rule("zalo.zns.price.button")
	znsFreeButtons   = theBook.rule("zalo.zns.free-buttons")
	znsImage         = theBook.rule("zalo.zns.price.image")
)

func znsKinds() []*messageKind {
	return []*messageKind{
		{id: ZNS, channel: ChannelZNS, currency: "VND", price: priceZNS, schedule: scheduleZNS,
			checks: []*condition{&available, &phoneIsKnown, &znsIsApproved, &znsTag, &careCameBefore, &postSaleIsUnderCap, &postSaleIsInQuota},
			prices: []look{
				{field: "message.template.kind"}, {field: "message.template.buttons"}, {field: "message.template.image"},
				{field: "message.template.publicService", when: func(e *evaluation) bool { return e.s.Message.Template.Kind == TemplateCustom }},
			},
			schedules: quotaLooks},
		{id: ZBSUID, channel: ChannelZNS, currency: "VND", price: priceZBSUID,
			checks: []*condition{&available, &uidIsKnown, &inZBSWindow, &uidTool, &uidAPIVersion, &uidPackage, &zbsTemplateFits, &zbsIsUnderCap}},
	}
}

// quotaLooks are at the daily quota, or the one of before the conversion.
var quotaLooks = []look{
	{field: "sender.dailyQuota", when: func(e *evaluation) bool { return !e.s.Sender.OldDailyQuota.Known() }},
	{field: "sender.oldDailyQuota", while: &quotaConversion},
}

// What a message by template to a phone number must meet. That after a sale must
// meet more.
var (
	phoneIsKnown  = condition{code: "identity", looks: []look{{field: "audience.phone"}}, rule: &znsIdentity, outcome: func(_ *evaluation, g *Segment) Outcome { return told(g.Phone) }}
	znsIsApproved = condition{code: "template", looks: approvedLooks, rule: &znsTemplate, outcome: isApproved}

	znsTag = condition{code: "tag", run: checkTag, looks: []look{
		{field: "message.tag"},
		{field: "sender.contentLevel", when: (*evaluation).goesByContentLevel},
		{field: "sender.extraConditionsMet", when: func(e *evaluation) bool { return e.goesByContentLevel() && e.isPostSale() }},
		{field: quotaLooks[0].field, when: func(e *evaluation) bool { return e.goesByTier() && quotaLooks[0].isTaken(e, nil) }},
		{field: quotaLooks[1].field, when: func(e *evaluation) bool { return e.goesByTier() && quotaLooks[1].isTaken(e, nil) }},
	}}

	careCameBefore = condition{code: "consent", looks: []look{{field: "audience.careWithin6Months"}},
		when: func(e *evaluation) bool { return e.isPostSale() && careMonths.on(e.s.On) != nil },
		run: func(_ *evaluation, g *Segment, in *inspection) {
			in.gate("consent", careMonths, told(g.CareWithin6Months))
		}}

	postSaleIsUnderCap = condition{code: "cap", looks: []look{{field: "perRecipient"}, {field: "audience.receivedThisMonth"}}, when: (*evaluation).isPostSale,
		run: func(e *evaluation, g *Segment, in *inspection) {
			limit := postSaleCap.latest(e.s.On).n
			in.cut("cap", postSaleCap, e.perRecipientLeft(g, limit), strconv.FormatInt(limit, 10))
		}}

	postSaleIsInQuota = condition{code: "quota", run: checkPromotionQuota,
		when: func(e *evaluation) bool { return e.isPostSale() && promotionDivisor.on(e.s.On) != nil },
		looks: []look{
			{field: "sender.promotionBase"}, {field: "sender.firstPromotionMonth", while: &promotionBonus}, {field: "sender.promotionSentThisMonth"},
		}}
)

func checkPromotionQuota(e *evaluation, _ *Segment, in *inspection) {
	if !e.s.Sender.PromotionBase.Known() {
		in.unknown("quota", promotionDivisor)
		return
	}
	in.cut("quota", promotionDivisor, e.promotionLeft, strconv.FormatInt(e.promotionQuota(), 10))
	// Other gates of this segment have spoken already: what is left goes out.
	if !in.closed {
		e.promotionLeft -= in.left
	}
}

// isPostSale reports whether the tag is the one for post-sale messages.
func (e *evaluation) isPostSale() bool {
	tag, known := e.s.Message.Tag.Get()
	return known && tag == postSaleTag.latest(e.s.On).n
}

// goesByContentLevel: the content level of the OA decides which tags it may send.
func (e *evaluation) goesByContentLevel() bool {
	return tagRegime.latest(e.s.On).Value == "content-level"
}

// goesByTier: a post-sale message needs a daily quota of some height.
func (e *evaluation) goesByTier() bool {
	return tagRegime.latest(e.s.On).Value == "daily-quota" && postSaleTier.on(e.s.On) != nil && e.isPostSale()
}

// checkTag adds the check that the OA may send this purpose: by its content
// level at first, then by its daily quota, later always.
func checkTag(e *evaluation, _ *Segment, in *inspection) {
	sender := &e.s.Sender
	outcome, limit := Pass, ""
	switch {
	case e.goesByContentLevel():
		outcome = Unknown
		if level, known := sender.ContentLevel.Get(); known {
			outcome = told(Some(e.s.Message.Tag.Or(0) <= level))
		}
		if e.isPostSale() {
			outcome = both(outcome, told(sender.ExtraConditionsMet))
		}
	case e.goesByTier():
		tier := postSaleTier.on(e.s.On)
		limit, outcome = tier.Value, Unknown
		if quota, known := e.dailyQuota(); known {
			outcome = told(Some(quota >= tier.n))
		}
	}
	in.limitedGate("tag", tagRegime, outcome, limit)
}

// dailyQuota is the number of ZNS a day, converted where the user gives the
// quota of before 2024-03-12.
func (e *evaluation) dailyQuota() (int64, bool) {
	if old, known := e.s.Sender.OldDailyQuota.Get(); known {
		return theBook.conversions[old], true
	}
	return e.s.Sender.DailyQuota.Get()
}

// promotionQuota is how many post-sale ZNS the sender has left this month: a
// sixth of the care messages of the two months before, and more in the first
// month.
func (e *evaluation) promotionQuota() int64 {
	base, known := e.s.Sender.PromotionBase.Get()
	divisor := promotionDivisor.on(e.s.On)
	if !known || divisor == nil {
		return 0
	}
	quota := (base[0] + base[1]) / divisor.n
	if bonus := promotionBonus.on(e.s.On); bonus != nil && e.s.Sender.FirstPromotionMonth {
		quota += bonus.n
	}
	return max(0, quota-e.s.Sender.PromotionSent)
}

func priceZNS(e *evaluation, i int, _ *Segment, q *SegmentQuote) bool {
	q.Charged = q.delivered()
	t := &e.s.Message.Template
	vat := vatOf(znsVAT, e.s.On)
	code, r := "zns-"+string(t.Kind), znsPrices[t.Kind]
	if t.PublicService && t.Kind == TemplateCustom {
		code, r = "zns-public-service", znsPublicService
	}
	base, ok := e.bookPrice(r, vat, false)
	if !ok {
		return false
	}
	e.charge(i, code, q.Charged, base)
	if extra := t.Buttons - znsFreeButtons.latest(e.s.On).n; extra > 0 {
		button, ok := e.bookPrice(znsButton, vat, false)
		if !ok {
			return false
		}
		e.charge(i, "zns-button", q.Charged*extra, button)
	}
	if t.Image {
		image, ok := e.bookPrice(znsImage, vat, false)
		if !ok {
			return false
		}
		e.charge(i, "zns-image", q.Charged, image)
	}
	return true
}

// scheduleZNS spreads ZNS over days by the daily quota; post-sale messages had
// a share of it until 2024-10-31.
func scheduleZNS(e *evaluation) *Schedule {
	quota, known := e.dailyQuota()
	if !known {
		return nil
	}
	if share := postSaleShare.on(e.s.On); share != nil && e.isPostSale() {
		// Decimal, so that a quota near the limit of int64 cannot overflow.
		quota = max(1, decimal.NewFromInt(quota).Mul(decimal.NewFromInt(share.n)).Shift(-2).IntPart())
	}
	return &Schedule{quota, ceilDiv(e.q.Deliverable, quota)}
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }
