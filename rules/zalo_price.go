package rules

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// The price of a message by template, to a phone number or to a user id: for its
// kind, an image and each button. From 2026-03-16 there are two lists of prices,
// the one printed on templates and the one on the public page, and a reading
// chooses between them.
var (
	templateParts = strings.Fields("custom otp rating payment voucher bus-ticket public-service image button")
	znsPrices     = theBook.family("zalo.zns.price.", templateParts)
	znsListPrices = theBook.family("zalo.zns.list-price.", templateParts)
	buttonPrices  = theBook.family("zalo.zns.price.button.", targetWords)
	znsFree       = theBook.rule("zalo.zns.free-buttons")
	buttonsFirst  = theBook.rule("zalo.zns.price.button.first-of")
	freeTargets   = theBook.rule("zalo.zns.price.button.unpriced")
	znsOldPrices  = theBook.rule("zalo.zns.old-prices.kept")
	zbsShare      = theBook.rule("zalo.zbs-uid.share")
)

// Readings that decide the price.
const (
	priceListReading = "zalo.zbs.price-list"
	vatReading       = "zalo.zns.vat"
)

var templateLooks = []look{
	{field: "message.template.price"},
	{field: "message.template.kind"}, {field: "message.template.buttons"}, {field: "message.template.image"},
	{field: "message.template.approvedOn", while: &znsOldPrices},
	{field: "message.template.publicService", when: func(e *evaluation) bool { return e.s.Message.Template.Kind == TemplateCustom }},
	{field: "assume." + priceListReading, while: &zbsShare},
	{field: "assume." + vatReading, while: &znsVATReduced},
}

func priceTemplate(e *evaluation, i int, _ *Segment, q *SegmentQuote) bool {
	q.Charged = q.delivered()
	if chargeOwnPrice(e, i, q) {
		return true
	}
	before := len(e.q.Lines)
	ok := chargeParts(e, i, chargedByTemplate(e, q))
	if !ok {
		e.q.Lines = e.q.Lines[:before]
	}
	return ok
}

// chargeOwnPrice charges what the user says that Zalo prints on the template, and
// reports whether it is said. Nobody else is the source of it.
func chargeOwnPrice(e *evaluation, i int, q *SegmentQuote) bool {
	own, given := e.s.Message.Template.Price.Get()
	if !given || !e.isByTemplate() {
		return false
	}
	if q.Charged > 0 {
		l := line("template-price", chargedByTemplate(e, q), price{unit: own, tax: templateVAT(e)})
		l.Segment = &e.numbers[i]
		e.q.Lines = append(e.q.Lines, l)
	}
	return true
}

// chargedByTemplate is how often the price is charged: a journey once a recipient.
func chargedByTemplate(e *evaluation, q *SegmentQuote) int64 {
	if e.s.Message.Template.Kind == TemplateJourney {
		return ceilDiv(q.Charged, e.perRecipient)
	}
	return q.Charged
}

// chargeParts adds a line for each part that costs something, and reports false
// where one of them is not in the book.
func chargeParts(e *evaluation, i int, quantity int64) bool {
	t := &e.s.Message.Template
	ok := e.kind.id == ZNS || zbsShare.on(e.s.On) != nil && !assumesPublicList(e)
	add := func(code string, r *rule, further int, times int64) {
		p, priced := templatePrice(e, r, further)
		if ok = ok && priced; ok && !p.unit.IsZero() {
			e.charge(i, code, quantity*times, p)
		}
	}
	prices := znsPrices
	if assumesPublicList(e) && priceDay(e) >= zbsShare.facts[0].Since {
		prices = znsListPrices
	}
	kind := string(t.Kind)
	if t.PublicService && t.Kind == TemplateCustom {
		kind = "public-service"
	}
	add("zns-"+kind, prices[kind], 0, 1)
	count := t.Buttons.Count
	for n, b := range t.Buttons.Targets {
		switch {
		case freeTargets.latest(e.s.On).has(string(b)):
		case prices["button"] == nil: // on the public list all are the same
			count++
		default:
			further := 0
			if group := buttonGroup(e, b); slices.ContainsFunc(t.Buttons.Targets[:n], func(b ButtonTarget) bool { return buttonGroup(e, b) == group }) {
				further = 1
			}
			add("zns-button", buttonPrices[string(b)], further, 1)
		}
	}
	if extra := count - znsFree.latest(e.s.On).n; extra > 0 {
		add("zns-button", znsPrices["button"], 0, extra)
	}
	if t.Image {
		add("zns-image", prices["image"], 0, 1)
	}
	return ok
}

// buttonGroup is the targets of which the first button has a price of its own.
func buttonGroup(e *evaluation, b ButtonTarget) string {
	target := string(b)
	for _, group := range buttonsFirst.latest(priceDay(e)).words {
		if slices.Contains(strings.Split(group, ":"), target) {
			return group
		}
	}
	return target
}

func assumesPublicList(e *evaluation) bool { return e.s.Assume[priceListReading] == "public-list" }

// priceDay is the day whose prices hold: for a while templates that were approved
// before the change went on paying the old ones.
func priceDay(e *evaluation) Date {
	if kept, approved := znsOldPrices.on(e.s.On), e.s.Message.Template.ApprovedOn; kept != nil && approved != 0 {
		if last, _ := ParseDate(kept.Value); approved <= last { // a test reads it
			return last
		}
	}
	return e.s.On
}

// templatePrice is what a rule says that a part costs, by the way of sending. Of a
// button it says two prices: of the first one and of a further one.
func templatePrice(e *evaluation, r *rule, further int) (price, bool) {
	if r == nil {
		return price{}, false
	}
	f := r.on(priceDay(e))
	if f == nil {
		return price{}, false
	}
	e.q.Tariff = max(e.q.Tariff, f.Since)
	p := price{unit: f.amount, tax: templateVAT(e), rule: r, fact: f}
	if len(f.words) > 1 {
		p.unit, _ = decimal.NewFromString(f.words[further]) // a test reads it
	}
	if share := zbsShare.on(e.s.On); share != nil && e.kind.id == ZBSUID {
		shared := *f
		shared.Status, shared.Sources = Derived, slices.Concat(f.Sources, share.Sources)
		slices.Sort(shared.Sources)
		shared.Sources = slices.Compact(shared.Sources)
		p.unit, p.fact = percentOf(share.amount, p.unit), &shared
	}
	return p, true
}

// templateVAT is in per cent. For a time it may be a lower one.
func templateVAT(e *evaluation) decimal.Decimal {
	if f := znsVATReduced.on(e.s.On); f != nil && e.s.Assume[vatReading] == f.Value {
		return f.amount
	}
	return vatOf(znsVAT, e.s.On)
}
