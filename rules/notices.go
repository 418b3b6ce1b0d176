package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// NotAnnounced is the code of the notice on prices of WhatsApp that hold until Meta
// announces newer ones, on days of which it has announced none.
const NotAnnounced = "whatsapp.card.unannounced"

// A noticeRule says which messages carry a notice, and when.
type noticeRule struct {
	code         string
	types        []string    // message types; "zalo.uid.*" is every type below
	since, until Date        // both days included; zero: open
	when         string      // a condition of noticeConditions; empty: always
	cheaper      MessageType // it stands only where this type costs the same people less; empty: it compares nothing
	sources      []string
}

func (n *noticeRule) matches(t MessageType) bool {
	return slices.ContainsFunc(n.types, func(pattern string) bool { return isTypeLike(t, pattern) })
}

func (n *noticeRule) inForce(day Date) bool {
	return n.since <= day && (n.until == 0 || day <= n.until)
}

// isTypeLike reports whether a pattern stands for a type: its name, or its
// beginning and a star.
func isTypeLike(t MessageType, pattern string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(string(t), prefix)
	}
	return pattern == string(t)
}

// feeLooks are at the fee of a package that is to be added.
var feeLooks = []look{
	{field: "sender.includePackageFee"},
	{field: "sender.oaPackage", when: func(e *evaluation) bool { return e.s.Sender.IncludePackageFee }},
}

// kindLooks and partLooks are at what a template is.
var (
	kindLooks = []look{{field: "message.template.kind"}}
	partLooks = []look{{field: "message.template.kind"}, {field: "message.template.image"}, {field: "message.template.buttons"}}

	templateButtons = theBook.rule("zalo.zns.template.buttons")
)

// number is how many buttons there are.
func (b *Buttons) number() int64 { return b.Count + int64(len(b.Targets)) }

// A circumstance is what a notice may ask for beyond the type and the day, with
// the fields that decide it beside those that the checks and prices look at.
type circumstance struct {
	name  string // in the book
	looks []look
	holds func(*evaluation) bool
}

// noticeConditions are the circumstances by their names.
var noticeConditions = indexCircumstances()

func indexCircumstances() map[string]*circumstance {
	byName := make(map[string]*circumstance, len(circumstances))
	for i := range circumstances {
		byName[circumstances[i].name] = &circumstances[i]
	}
	return byName
}

var circumstances = [...]circumstance{
	{"old-api", []look{{field: "sender.apiVersion"}}, func(e *evaluation) bool { return e.s.Sender.APIVersion == APIv2 }},
	// Only where some people get more messages inside the free window than eight cover.
	{"free-cap-matters", []look{{field: "audience.hoursSinceInteraction"}, {field: "audience.interactions"}, {field: "audience.freeUsed"}, {field: "perRecipient"}}, func(e *evaluation) bool {
		return e.anySegment(func(s *Segment) bool {
			free := consultationFreeMessages.facts[0].n*s.Interactions.Or(1) - s.FreeUsed
			return s.Recency.within(freeWindow(e)) && e.perRecipient > free
		})
	}},
	{"manager-tool", []look{{field: "sender.tool"}}, func(e *evaluation) bool {
		return e.s.Sender.Tool == OAManagerWeb || e.s.Sender.Tool == OAManagerMiniApp
	}},
	// The package has messages past 48 h that the scenario does not count on.
	{"package-allowance", []look{{field: "audience.hoursSinceInteraction"}, {field: "sender.includedMessages"}, {field: "sender.oaPackage"}}, func(e *evaluation) bool {
		late := e.anySegment(func(s *Segment) bool { return !s.Recency.within(freeWindow(e)) })
		allowance, _ := IncludedMessages(e.s.Sender.OAPackage, e.s.On)
		return late && e.q.Charged > 0 && e.s.Sender.IncludedMessages == 0 && (e.s.Sender.OAPackage == "" || allowance.n > 0)
	}},
	{"before-the-book", nil, (*evaluation).isBeforeBook},
	{"package-fee", feeLooks, func(e *evaluation) bool {
		p, ok := packageFee(e)
		return e.s.Sender.IncludePackageFee && e.q.Deliverable > 0 && e.q.Priced && ok && !p.unit.IsZero()
	}},
	{"package-fee-unknown", feeLooks, func(e *evaluation) bool {
		_, ok := packageFee(e)
		return e.s.Sender.IncludePackageFee && e.q.Deliverable > 0 && !ok
	}},
	{"past-year", []look{{field: "audience.hoursSinceInteraction"}}, func(e *evaluation) bool {
		return e.anySegment(func(s *Segment) bool {
			_, interacted := s.Recency.Hours()
			return interacted && !s.Recency.Within(yearOfHours)
		})
	}},
	{"europe-or-japan", []look{{field: "sender.country"}, {field: "audience.country"}}, func(e *evaluation) bool {
		return isEuropeOrJapan(e.s.Sender.Country, e.s.On) || e.anySegment(func(s *Segment) bool { return isEuropeOrJapan(s.Country, e.s.On) })
	}},
	{"outside-beta", []look{{field: "sender.country"}}, func(e *evaluation) bool {
		beta := utilityCountries.facts[0]
		return e.s.Sender.Country == "" || !beta.has(e.s.Sender.Country)
	}},
	{"premium-package", []look{{field: "sender.oaPackage"}}, func(e *evaluation) bool { return e.s.Sender.OAPackage == PackagePremium }},
	{"several-each", []look{{field: "perRecipient"}}, func(e *evaluation) bool { return e.perRecipient > 1 }},
	{"new-package", []look{{field: "sender.oaPackage"}}, func(e *evaluation) bool {
		r := promotionCaps[e.s.Sender.OAPackage]
		return r == nil || r.on(e.s.On) == nil
	}},
	{"running-package", []look{{field: "sender.oaPackage"}}, func(e *evaluation) bool {
		return e.s.Sender.OAPackage == PackageAdvanced || e.s.Sender.OAPackage == PackagePremium
	}},
	{"book-price", []look{{field: "message.template.price"}}, func(e *evaluation) bool { return !e.s.Message.Template.Price.Known() }},
	{"carousel", kindLooks, func(e *evaluation) bool { return e.s.Message.Template.Kind == TemplateCarousel }},
	{"journey", kindLooks, func(e *evaluation) bool { return e.s.Message.Template.Kind == TemplateJourney }},
	{"rating-with-image", partLooks, func(e *evaluation) bool { t := &e.s.Message.Template; return t.Kind == TemplateRating && t.Image }},
	{"many-buttons", partLooks, func(e *evaluation) bool { return e.s.Message.Template.Buttons.number() > templateButtons.facts[0].n }},
	{"image-without-button", partLooks, func(e *evaluation) bool {
		t := &e.s.Message.Template
		return t.Image && t.Kind != TemplateOTP && t.Kind != TemplateRating && t.Buttons.number() == 0
	}},
	{"otp-with-parts", partLooks, func(e *evaluation) bool {
		t := &e.s.Message.Template
		other := slices.ContainsFunc(t.Buttons.Targets, func(b ButtonTarget) bool { return b != ButtonCopy })
		return t.Kind == TemplateOTP && (t.Image || other || t.Buttons.Count > 0)
	}},
	{"post-sale", []look{{field: "message.tag"}}, isPostSale},
	{"post-sale-small-tier", []look{{field: "message.tag"}, {field: "sender.dailyQuota"}, {field: "sender.oldDailyQuota"}}, func(e *evaluation) bool {
		quota, known := dailyQuota(e)
		return isPostSale(e) && (!known || quota < postSaleTier.facts[0].n)
	}},
	{"payment-or-voucher", []look{{field: "message.template.kind"}}, func(e *evaluation) bool {
		kind := e.s.Message.Template.Kind
		return kind == TemplatePayment || kind == TemplateVoucher
	}},
	// What a platform punishes a page for: sending although the window or the content forbids it.
	{"failed-policy", nil, func(e *evaluation) bool {
		return slices.ContainsFunc(e.q.Segments, func(s SegmentQuote) bool {
			return slices.ContainsFunc(s.Checks, func(c Check) bool {
				return c.Outcome == Fail && (c.Code == "window" || c.Code == "content")
			})
		})
	}},
	// No platform says whether the last instant of a window is inside.
	{"window-edge", []look{{field: "audience.hoursSinceInteraction"}}, func(e *evaluation) bool {
		free := decimal.NewFromInt(consultationFreeWindow.latest(e.s.On).n)
		for i := range e.s.Audience {
			hours, ok := e.s.Audience[i].Recency.Hours()
			if !ok {
				continue
			}
			if e.kind.id == ZaloConsultation && hours.Equal(free) {
				return true
			}
			for _, c := range e.q.Segments[i].Checks {
				if c.Code == "window" && c.Limit == hours.String() {
					return true
				}
			}
			if e.kind.id == WhatsAppUtility && hours.Equal(decimal.NewFromInt(whatsappWindow.latest(e.s.On).n)) {
				return true
			}
		}
		return false
	}},
	{"inside-window", []look{{field: "audience.hoursSinceInteraction"}}, func(e *evaluation) bool {
		return e.anySegment(func(s *Segment) bool { return s.Recency.within(whatsappWindow.latest(e.s.On)) })
	}},
	{"free-conversations-open", []look{{field: "sender.freeConversationsUsed"}}, func(e *evaluation) bool { return !e.s.Sender.FreeConversationsUsed.Known() && !e.q.Priced }},
	{"no-card-in-currency", []look{{field: "sender.billingCurrency"}, {field: "audience.country"}}, func(e *evaluation) bool {
		if e.currency == defaultCurrency || e.q.Priced {
			return false
		}
		card := whatsappCards[e.currency].on(e.s.On)
		return card == nil || e.anySegment(func(s *Segment) bool {
			_, ok := theBook.shelf.rates(card.Value, Market(s.Country, e.s.On), e.kind.id.category(), false)
			return !ok
		})
	}},
	{"contested-rate", nil, func(e *evaluation) bool {
		return e.anyLine(func(l *Line) bool { return l.Status == Contested && l.Market != "" })
	}},
	{"authentication-abroad", []look{{field: "audience.country"}, {field: "sender.country"}}, func(e *evaluation) bool {
		countries := whatsappAuthMarkets.on(e.s.On)
		return countries != nil && e.anySegment(func(s *Segment) bool {
			return countries.has(s.Country) && s.Country != e.s.Sender.Country
		})
	}},
	{"limit-given", []look{{field: "sender.messagingLimit"}}, func(e *evaluation) bool { return e.s.Sender.MessagingLimit.Known() }},
	{"no-limit-level", []look{{field: "sender.messagingLimit"}}, func(e *evaluation) bool {
		limit, known := e.s.Sender.MessagingLimit.Get()
		levels := whatsappLimitLevels.on(e.s.On)
		return known && levels != nil && !levels.has(strconv.FormatInt(limit, 10))
	}},
	{"user-limited", []look{{field: "audience.country"}, {field: "sender.country"}}, func(e *evaluation) bool {
		return e.anySegment(func(s *Segment) bool { return !exemptFromUserLimit(e, s) })
	}},
	{"user-limit-exempt", []look{{field: "audience.country"}, {field: "sender.country"}}, func(e *evaluation) bool {
		return e.anySegment(func(s *Segment) bool { return exemptFromUserLimit(e, s) })
	}},
	{"automated", []look{{field: "message.automated"}}, func(e *evaluation) bool { return e.s.Message.Automated.Or(false) }},
	{"may-be-automated", []look{{field: "message.automated"}}, func(e *evaluation) bool { return e.s.Message.Automated.Or(true) }},
	{"promotional", []look{{field: "message.promotional"}}, func(e *evaluation) bool { return e.s.Message.Promotional.Or(false) }},
	{"ai-charged", []look{{field: "message.automated"}, {field: "audience.country"}}, func(e *evaluation) bool {
		charged := aiProviderCharge.on(e.s.On)
		return e.s.Message.Automated.Or(false) && charged != nil && e.anySegment(func(s *Segment) bool { return charged.has(s.Country) })
	}},
	{"sender-cannot-call", []look{{field: "sender.country"}}, func(e *evaluation) bool {
		countries := callingBlocked.on(e.s.On)
		return countries != nil && countries.has(e.s.Sender.Country)
	}},
	{"untaxed-in-vietnam", []look{{field: "sender.country"}, {field: "pricing.taxPercent"}}, func(e *evaluation) bool {
		return e.s.Sender.Country == Home && !e.s.Pricing.TaxPercent.Known()
	}},
	{"billed-in-rupees", []look{{field: "sender.billingCurrency"}}, func(e *evaluation) bool { return e.currency == "INR" }},
	{"recipients-in-russia", []look{{field: "audience.country"}}, func(e *evaluation) bool { return e.anySegment(func(s *Segment) bool { return s.Country == "RU" }) }},
	{"sender-in-russia", []look{{field: "sender.country"}}, func(e *evaluation) bool { return e.s.Sender.Country == "RU" }},
	// The newest card is older than the day from which the notice asks for one.
	{"card-before", []look{{field: "sender.billingCurrency"}}, func(e *evaluation) bool {
		card := whatsappCards[e.currency].on(e.s.On)
		return card != nil && card.Since < e.noticeSince
	}},
	{"pays-for-replies", []look{{field: "sender.exempt", while: &whatsappServiceExempt}}, paysForService},
	{"sender-in-india", []look{{field: "sender.country"}}, func(e *evaluation) bool { return e.s.Sender.Country == "IN" }},
	{"sender-in-brazil", []look{{field: "sender.country"}}, func(e *evaluation) bool { return e.s.Sender.Country == "BR" }},
	{"entry-point", []look{{field: "audience.freeEntryPoint"}}, func(e *evaluation) bool { return e.anySegment(func(s *Segment) bool { return s.FreeEntryPoint }) }},
	{"tier-reached", nil, func(e *evaluation) bool { return e.anyLine(func(l *Line) bool { return l.TierFrom > 1 }) }},
	// The price of many messages is too high where the book lacks the tiers of a card.
	{"no-tier-sheet", nil, func(e *evaluation) bool {
		card := whatsappCards[e.currency].on(e.s.On)
		charged := e.anyLine(func(l *Line) bool { return l.Market != "" })
		return charged && whatsappTiers.on(e.s.On) != nil && !theBook.shelf.hasTiers(card.Value)
	}},
	// What only the occurrences of a plan have.
	{"over-daily-quota", nil, func(e *evaluation) bool { return e.over > 0 }},
	{"later-month", nil, func(e *evaluation) bool {
		_, known := promotionLimit(e)
		return e.before != nil && e.before.later && known && isPostSale(e)
	}},
	{"derived-rate", nil, func(e *evaluation) bool {
		return e.anyLine(func(l *Line) bool { return l.Status == Derived && l.TierFrom <= 1 })
	}},
}

func (e *evaluation) anySegment(is func(*Segment) bool) bool {
	for i := range e.s.Audience {
		if is(&e.s.Audience[i]) {
			return true
		}
	}
	return false
}

func (e *evaluation) anyLine(is func(*Line) bool) bool {
	for i := range e.q.Lines {
		if is(&e.q.Lines[i]) {
			return true
		}
	}
	return false
}

func (e *evaluation) addNotices() {
	var space [24]Notice // most types have fewer
	found := space[:0]
	for _, i := range e.kind.notices {
		if n, stands := e.notice(&theBook.notices[i]); stands {
			found = append(found, n)
		}
	}
	e.q.Notices = append(make([]Notice, 0, len(found)), found...)
}

// notice is a notice of the type, and whether it stands.
func (e *evaluation) notice(n *noticeRule) (Notice, bool) {
	e.noticeSince = n.since
	if e.isBeforeBook() && n.when != "before-the-book" || !n.inForce(e.s.On) || n.when != "" && !noticeConditions[n.when].holds(e) {
		return Notice{}, false
	}
	var compared Comparison
	if n.cheaper != "" {
		if compared = e.compared(n.cheaper); compared.Type == "" {
			return Notice{}, false
		}
	}
	return Notice{n.code, compared, n.sources}, true
}

// compared weighs the scenario against the same as another type, for those people
// who get something now and may certainly get all of it then. It is zero where that
// costs them no less, or a price is not in the book.
func (e *evaluation) compared(t MessageType) (c Comparison) {
	here, there := *e.s, *e.s
	there.Message.Type = t
	other := evaluationAfter(&there, e.before)
	both := make([]Segment, 0, len(e.s.Audience))
	for i := range e.s.Audience {
		if e.q.Segments[i].Deliverable > 0 && other.q.Segments[i].Verdict == Eligible {
			both = append(both, e.s.Audience[i])
			c.Recipients += e.s.Audience[i].Recipients.Or(0)
		}
	}
	now, then := &e.q, &other.q
	switch len(both) {
	case 0:
		return Comparison{}
	case len(e.s.Audience):
	default:
		here.Audience, there.Audience = both, both
		now, then = &evaluationAfter(&here, e.before).q, &evaluationAfter(&there, e.before).q
	}
	a, ok := now.Total()
	b, also := then.Total()
	if !ok || !also || a.Currency != b.Currency || !b.Gross.LessThan(a.Gross) {
		return Comparison{}
	}
	c.Type, c.Currency, c.Here, c.There = t, a.Currency, a.Gross, b.Gross
	return c
}

// Particular reports whether a notice stands for something in the scenario, as
// against what is told of every message of its type.
func (n *Notice) Particular() bool {
	return slices.ContainsFunc(theBook.notices, func(r noticeRule) bool { return r.code == n.Code && r.when != "" })
}

// NoticeCodes lists the codes of all notices that a quote may carry.
func NoticeCodes() []string {
	codes := make([]string, len(theBook.notices))
	for i := range theBook.notices {
		codes[i] = theBook.notices[i].code
	}
	return codes
}
