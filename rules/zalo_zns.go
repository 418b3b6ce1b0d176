package rules

import (
	"strconv"
	"strings"

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

	postSaleDaily = theBook.rule("zalo.zns.post-sale-cap-per-day")
	znsVATReduced = theBook.rule("zalo.zns.vat.reduced")
	znsPackages   = theBook.rule("zalo.zns.packages")
	znsCarousel   = theBook.rule("zalo.zns.template.carousel")
	znsHours      = theBook.family("zalo.zns.hours.tag", []string{"1", "2", "3"})
)

func znsKinds() []*messageKind {
	return []*messageKind{
		{id: ZNS, channel: ChannelZNS, currency: "VND", price: priceTemplate, schedule: scheduleZNS, prices: templateLooks,
			checks: []*condition{
				&available, &phoneIsKnown, &znsIsApproved, &znsTag, &careCameBefore, &postSaleIsUnderCap, &postSaleIsInQuota, &znsPackage, &inHours,
			},
			schedules: quotaLooks},
		{id: ZBSUID, channel: ChannelZNS, currency: "VND", price: priceTemplate, prices: templateLooks,
			checks: []*condition{&available, &uidIsKnown, &inZBSWindow, &uidTool, &uidAPIVersion, &uidPackage, &zbsTemplateFits, &zbsIsUnderCap, &inHours}},
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
	znsIsApproved = condition{code: "template", looks: []look{{field: "message.template.approved"}, {field: "message.template.kind"}}, run: func(e *evaluation, _ *Segment, in *inspection) {
		if e.s.Message.Template.Kind == TemplateCarousel && znsCarousel.on(e.s.On) == nil {
			in.limitedGate("template", znsCarousel, Fail, znsCarousel.facts[0].Since.String())
			return
		}
		in.gate("template", znsTemplate, isApproved(e, nil))
	}}

	znsTag = condition{code: "tag", run: checkTag, looks: []look{
		{field: "message.tag"},
		{field: "sender.contentLevel", when: goesByContentLevel},
		{field: "sender.extraConditionsMet", when: func(e *evaluation) bool { return goesByContentLevel(e) && isPostSale(e) }},
		{field: quotaLooks[0].field, when: func(e *evaluation) bool { return goesByTier(e) && quotaLooks[0].isTaken(e, nil) }},
		{field: quotaLooks[1].field, when: func(e *evaluation) bool { return goesByTier(e) && quotaLooks[1].isTaken(e, nil) }},
	}}

	careCameBefore = condition{code: "consent", looks: []look{{field: "audience.careWithin6Months"}},
		when: func(e *evaluation) bool { return isPostSale(e) && careMonths.on(e.s.On) != nil },
		run: func(_ *evaluation, g *Segment, in *inspection) {
			in.gate("consent", careMonths, told(g.CareWithin6Months))
		}}

	postSaleIsUnderCap = condition{code: "cap", looks: capLooks, when: isPostSale, rule: &postSaleCap, limit: mostPostSale}
	capLooks           = []look{
		{field: "perRecipient"}, {field: "audience.receivedThisMonth"}, {field: "assume." + postSaleReading, while: &postSaleDaily},
	}

	znsPackage = condition{code: "package", looks: []look{{field: "sender.oaPackage"}}, when: func(e *evaluation) bool { return znsPackages.on(e.s.On) != nil },
		run: func(e *evaluation, _ *Segment, in *inspection) {
			if own := e.s.Sender.OAPackage; own != "" {
				packages := znsPackages.on(e.s.On)
				in.limitedGate("package", znsPackages, told(Some(packages.has(string(own)))), packages.Value)
			}
		}}

	inHours = condition{code: "hours", looks: []look{{field: "at"}},
		when: func(e *evaluation) bool { r := hoursRule(e); return r != nil && r.on(e.s.On) != nil },
		run: func(e *evaluation, _ *Segment, in *inspection) {
			if e.s.At != "" {
				hours := hoursRule(e).on(e.s.On)
				in.limitedGate("hours", hoursRule(e), hours.passes(e.s.At), hours.words[0])
			}
		}}

	postSaleIsInQuota = condition{code: "quota", run: checkPromotionQuota,
		when: func(e *evaluation) bool { return isPostSale(e) && promotionDivisor.on(e.s.On) != nil },
		looks: []look{
			{field: "sender.promotionBase"}, {field: "sender.firstPromotionMonth", while: &promotionBonus}, {field: "sender.promotionSentThisMonth"},
		}}
)

func checkPromotionQuota(e *evaluation, _ *Segment, in *inspection) {
	if !e.s.Sender.PromotionBase.Known() {
		in.unknown("quota", promotionDivisor)
		return
	}
	in.cut("quota", promotionDivisor, e.left.promotion, strconv.FormatInt(promotionQuota(e), 10))
}

const postSaleReading = "zalo.zns.post-sale-cap"

// mostPostSale is how many post-sale messages a recipient may get in the month:
// so many, and one a day, or as many as before in the other reading.
func mostPostSale(e *evaluation) int64 {
	before, daily := &postSaleCap.facts[0], postSaleDaily.on(e.s.On)
	if daily == nil || e.s.Assume[postSaleReading] == before.Value {
		return before.n
	}
	return min(postSaleCap.latest(e.s.On).n, daily.n*daysOfMonth(e))
}

// hoursRule is the rule on the hours of the day in which the message may go out, nil
// where there is none.
func hoursRule(e *evaluation) *rule {
	if e.kind.id == ZaloBroadcast {
		return promotionHours
	}
	return znsHours[strconv.FormatInt(e.s.Message.Tag.Or(0), 10)]
}

// passes reports whether an hour is inside the first of the spans that a fact
// says; inside the second one nobody knows.
func (f *Fact) passes(at string) Outcome {
	for i, span := range f.words {
		if from, to, _ := strings.Cut(span, "-"); from <= at && at <= to {
			return [...]Outcome{Pass, Unknown}[i]
		}
	}
	return Fail
}

// isPostSale reports whether the tag is the one for post-sale messages.
func isPostSale(e *evaluation) bool {
	tag, known := e.s.Message.Tag.Get()
	return known && tag == postSaleTag.latest(e.s.On).n
}

// goesByContentLevel: the content level of the OA decides which tags it may send.
func goesByContentLevel(e *evaluation) bool {
	return tagRegime.latest(e.s.On).Value == "content-level"
}

// goesByTier: a post-sale message needs a daily quota of some height.
func goesByTier(e *evaluation) bool {
	return tagRegime.latest(e.s.On).Value == "daily-quota" && postSaleTier.on(e.s.On) != nil && isPostSale(e)
}

// checkTag adds the check that the OA may send this purpose: by its content
// level at first, then by its daily quota, later always.
func checkTag(e *evaluation, _ *Segment, in *inspection) {
	sender := &e.s.Sender
	outcome, limit, r := Pass, "", tagRegime
	switch {
	case goesByContentLevel(e):
		outcome, limit = Unknown, strconv.FormatInt(e.s.Message.Tag.Or(0), 10)
		if level, known := sender.ContentLevel.Get(); known {
			outcome = told(Some(e.s.Message.Tag.Or(0) <= level))
		}
		if isPostSale(e) {
			outcome = both(outcome, told(sender.ExtraConditionsMet))
		}
	case goesByTier(e):
		tier := postSaleTier.on(e.s.On)
		limit, outcome, r = tier.Value, Unknown, postSaleTier
		if quota, known := dailyQuota(e); known {
			outcome = told(Some(quota >= tier.n))
		}
	}
	in.limitedGate("tag", r, outcome, limit)
}

// dailyQuota is the number of ZNS a day, converted where the user gives the
// quota of before 2024-03-12.
func dailyQuota(e *evaluation) (int64, bool) {
	if old, known := e.s.Sender.OldDailyQuota.Get(); known {
		return theBook.conversions[old], true
	}
	return e.s.Sender.DailyQuota.Get()
}

// CareNeeded is how many messages of care must have been delivered in the two months
// before for the month's quota of post-sale messages to hold all that the other checks
// let through. The scenario must be valid and of a day that has the quota.
func (s *Scenario) CareNeeded() int64 {
	more := *s
	more.Sender.PromotionBase = Some([2]int64{MaxCount, MaxCount})
	q := &evaluationOf(&more).q
	wanted := q.Deliverable
	if wanted == 0 {
		wanted = q.Requested
	}
	wanted += s.Sender.PromotionSent
	if s.Sender.FirstPromotionMonth {
		wanted -= promotionBonus.latest(s.On).n
	}
	return promotionDivisor.latest(s.On).n * max(0, wanted)
}

// promotionQuota is how many post-sale ZNS the sender has left this month: a
// sixth of the care messages of the two months before, and more in the first
// month.
func promotionQuota(e *evaluation) int64 {
	quota, known := promotionLimit(e)
	if !known {
		return 0
	}
	return max(0, quota-e.s.Sender.PromotionSent)
}

// promotionLimit is how many post-sale ZNS the sender has each month, and false
// where that is unknown or not limited.
func promotionLimit(e *evaluation) (int64, bool) {
	base, known := e.s.Sender.PromotionBase.Get()
	divisor := promotionDivisor.on(e.s.On)
	if !known || divisor == nil {
		return 0, false
	}
	quota := (base[0] + base[1]) / divisor.n
	if bonus := promotionBonus.on(e.s.On); bonus != nil && e.s.Sender.FirstPromotionMonth {
		quota += bonus.n
	}
	return quota, true
}

// scheduleZNS spreads ZNS over days by the daily quota; post-sale messages had
// a share of it until 2024-10-31.
func scheduleZNS(e *evaluation) *Schedule {
	quota, known := dailyQuota(e)
	if !known {
		return nil
	}
	if share := postSaleShare.on(e.s.On); share != nil && isPostSale(e) {
		// Decimal, so that a quota near the limit of int64 cannot overflow.
		quota = max(1, decimal.NewFromInt(quota).Mul(decimal.NewFromInt(share.n)).Shift(-2).IntPart())
	}
	return &Schedule{quota, ceilDiv(e.q.Deliverable, quota)}
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }
