package referee

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
)

// A line is a part of the cost: of a segment, or -1 for what is added.
type line struct {
	segment     int
	code        string // where the definition of an answer gives it one
	quantity    int64
	unit        *big.Rat
	taxPercent  *big.Rat
	taxIncluded bool
	net, tax    *big.Rat
	market      string
	tierFrom    int64 // 0 where there are no tiers
}

// bill makes a line of a price with or without its tax.
func bill(segment int, quantity int64, unit, percent *big.Rat, included bool) line {
	l := line{segment: segment, quantity: quantity, unit: unit, taxPercent: percent, taxIncluded: included}
	sum := new(big.Rat).Mul(unit, big.NewRat(quantity, 1))
	rate := new(big.Rat).Quo(percent, big.NewRat(100, 1))
	if included {
		l.net = halfUp(new(big.Rat).Quo(sum, new(big.Rat).Add(rate, big.NewRat(1, 1))), 6)
		l.tax = new(big.Rat).Sub(sum, l.net)
	} else {
		l.net = sum
		l.tax = new(big.Rat).Mul(sum, rate)
	}
	return l
}

// A month is what is used up from one segment to the next.
type month struct {
	quota             *int64 // of messages after a sale
	included          int64  // consultation messages past 48 hours in the package
	freeReplies       int64  // WhatsApp service messages
	freeConversations int64
	charged           map[string]int64 // by market and category
}

func (s *scenario) month() *month {
	m := &month{included: count(s.Sender.IncludedMessages, 0), charged: map[string]int64{}}
	if base := s.Sender.PromotionBase; len(base) == 2 {
		quota := (count(base[0], 0) + count(base[1], 0)) / 6
		if s.Sender.FirstPromotionMonth {
			quota += 10_000
		}
		quota -= count(s.Sender.PromotionSentThisMonth, 0)
		m.quota = &quota
	}
	m.freeReplies = max(0, 1000*count(s.Sender.PhoneNumbers, 1)-count(s.Sender.FreeServiceUsed, 0))
	if used := s.Sender.FreeConversationsUsed; used != nil {
		m.freeConversations = max(0, 1000-count(used, 0))
	}
	return m
}

// A cost is what the messages of a segment that arrive come to.
type cost struct {
	free, charged int64
	lines         []line
	priced        bool
	vague         bool // the definition of an answer does not say whether it is priced
}

func take(from *int64, most int64) int64 {
	n := min(*from, most)
	*from -= n
	return n
}

// price prices a segment of which something may go out.
func (s *scenario) price(segment int, g *segment, deliverable, delivered int64, m *month) cost {
	vat := big.NewRat(10, 1)
	free := cost{free: delivered, priced: true}
	paid := func(charged int64, unit *big.Rat, included bool) cost {
		c := cost{free: delivered - charged, charged: charged, priced: true}
		if charged > 0 {
			c.lines = []line{bill(segment, charged, unit, vat, included)}
		}
		return c
	}
	unpriced := cost{charged: delivered}
	if s.is("zalo.zns", "zalo.zbs-uid") {
		unit, priced := s.templatePrice()
		if !priced {
			return unpriced
		}
		if s.between("2025-07-01", "2026-12-31") {
			vat = number(s.reading("zalo.zns.vat", "10"))
		}
		quantity := delivered
		if s.Message.Template.Kind == "journey" {
			quantity = (delivered + s.each() - 1) / s.each()
		}
		c := cost{charged: delivered, priced: true}
		if quantity > 0 {
			c.lines = []line{bill(segment, quantity, unit, vat, false)}
		}
		return c
	}
	if s.beforeTheBook() {
		return unpriced
	}
	switch s.Message.Type {
	case "zalo.uid.consultation":
		switch {
		case !g.inside(48): // an unknown recency too
			return paid(delivered-take(&m.included, delivered), number("55"), true)
		case s.On >= "2026-01-01" && s.reading("zalo.consultation.free-cap", "unlimited") == "unlimited":
			return free
		}
		each := max(0, 8*count(g.Interactions, 1)-count(g.FreeUsed, 0))
		return paid(delivered-min(each*g.people(), delivered), number("55"), true)
	case "zalo.uid.transaction":
		if s.On <= "2023-06-20" {
			return free
		}
		return paid(delivered, number("165"), true)
	case "zalo.zns-follower", "messenger.sponsored-message":
		return unpriced
	case "messenger.marketing-message":
		vat = amount(s.Pricing.TaxPercent)
		return paid(delivered, number("250"), false)
	}
	if !s.is("whatsapp.*") {
		return free
	}
	vat = amount(s.Pricing.TaxPercent)
	if g.FreeEntryPoint {
		return free
	}
	category := strings.TrimPrefix(s.Message.Type, "whatsapp.")
	if s.On <= "2025-06-30" {
		conversations := g.arriving(g.people())
		if s.On < "2024-11-01" {
			taken := int64(0)
			if s.On <= "2023-05-31" || category == "service" {
				taken = take(&m.freeConversations, conversations)
			}
			return cost{free: taken * s.each(), charged: conversations - taken, priced: taken > 0 && taken == conversations}
		}
		if category == "service" {
			return free
		}
		tiers := s.rates(g.Country, category)
		if tiers == nil {
			return cost{charged: conversations}
		}
		c := cost{charged: conversations, priced: true}
		if conversations > 0 {
			c.lines = []line{bill(segment, conversations, tiers[0].rate, vat, false)}
			c.lines[0].market = marketOn(g.Country, s.On)
		}
		return c
	}
	c := cost{charged: delivered, priced: true}
	withinFree := false
	switch {
	case category == "utility" && s.On <= "2026-09-30" && g.inside(24),
		category == "service" && s.On <= "2026-09-30",
		category == "service" && s.On <= "2027-12-31" && s.Sender.Exempt:
		return free
	case category == "service":
		// Whether a price is missing of which nothing arrives cannot be said
		// where some of it might have been free.
		c.vague = m.freeReplies > 0 && deliverable > m.freeReplies && delivered <= m.freeReplies
		withinFree = deliverable <= m.freeReplies
		c.free = take(&m.freeReplies, delivered)
		c.charged -= c.free
	}
	tiers := s.rates(g.Country, category)
	if tiers == nil {
		c.priced = withinFree
		return c
	}
	c.vague = false
	place := marketOn(g.Country, s.On)
	counter := place + "|" + category
	if _, ok := m.charged[counter]; !ok {
		m.charged[counter] = count(s.Sender.ChargedThisMonth, 0)
	}
	for _, t := range tiers {
		// The messages of this segment are those after the ones counted so far.
		first, last := max(t.from, m.charged[counter]+1), m.charged[counter]+c.charged
		if t.to != 0 {
			last = min(last, t.to)
		}
		if first <= last {
			l := bill(segment, last-first+1, t.rate, vat, false)
			l.market = place
			if len(tiers) > 1 {
				l.tierFrom = t.from
			}
			c.lines = append(c.lines, l)
		}
	}
	m.charged[counter] += c.charged
	return c
}

// templatePrice is the price of a message by a template, without VAT.
func (s *scenario) templatePrice() (*big.Rat, bool) {
	t := s.Message.Template
	if t.Price != "" {
		return number(t.Price), true
	}
	list := s.reading("zalo.zbs.price-list", "template")
	if s.is("zalo.zbs-uid") && (s.On < "2026-03-16" || list == "public-list") {
		return nil, false
	}
	if s.On < "2022-01-01" {
		return nil, false
	}
	column := list
	if s.On <= "2026-03-15" || s.On <= "2026-03-23" && t.ApprovedOn != "" && t.ApprovedOn < "2026-03-16" {
		column = "old"
	}
	sum, ok := t.priced(column)
	if !ok {
		return nil, false
	}
	price := big.NewRat(sum, 1)
	if s.is("zalo.zbs-uid") {
		price.Mul(price, big.NewRat(70, 100))
	}
	return price, true
}

// none is what the book does not have.
const none = -1

// templatePrices are the columns old, template and public-list.
var templatePrices = map[string][3]int64{
	"custom":         {200, 300, 200},
	"otp":            {300, 400, 300},
	"rating":         {200, 300, 200},
	"payment":        {300, 300, 300},
	"voucher":        {300, 400, 300},
	"public-service": {120, none, 120},
	"bus-ticket":     {none, none, 300},
	"quick-response": {none, none, none},
	"journey":        {none, none, none},
	"carousel":       {none, none, none},
	"image":          {200, 300, 200},
}

// buttonPrices are the prices of the old column: as the first of the list, and
// else.
var buttonPrices = map[string][2]int64{
	"own-website": {0, 100}, "call": {0, 100}, "oa-page": {0, 100}, "mini-app": {0, 100},
	"oa-article": {none, none}, "e-invoice": {none, none},
	"distribution": {400, 500}, "app-download": {400, 500}, "other-website": {300, 400}, "other-app": {600, 700},
}

func (t *template) priced(column string) (sum int64, ok bool) {
	at := slices.Index([]string{"old", "template", "public-list"}, column)
	kind := t.Kind
	if kind == "custom" && t.PublicService {
		kind = "public-service"
	}
	parts := []int64{templatePrices[kind][at]}
	if t.Image {
		parts = append(parts, templatePrices["image"][at])
	}
	var targets []string
	if err := json.Unmarshal(t.Buttons, &targets); err != nil {
		var n json.Number
		if json.Unmarshal(t.Buttons, &n) == nil {
			parts = append(parts, 100*max(0, count(&n, 0)-1))
		}
	}
	targets = slices.DeleteFunc(targets, func(target string) bool { return target == "copy" })
	places, invoices := 0, 0
	for i, target := range targets {
		switch column {
		case "old":
			parts = append(parts, buttonPrices[target][min(i, 1)])
		case "public-list":
			parts = append(parts, 100*int64(min(i, 1)))
		default:
			switch target {
			case "own-website", "call":
				parts = append(parts, 100)
			case "oa-page", "mini-app", "oa-article":
				parts = append(parts, 100*int64(min(places, 1)))
				places++
			case "e-invoice":
				parts = append(parts, 100*int64(min(invoices, 1)))
				invoices++
			case "other-website":
				parts = append(parts, 500)
			default:
				parts = append(parts, none)
			}
		}
	}
	for _, part := range parts {
		if part == none {
			return 0, false
		}
		sum += part
	}
	return sum, true
}

// additions are the lines that the user adds to the platform's price.
func (s *scenario) additions(a *answer) (lines []line) {
	p := s.Pricing
	add := func(code string, quantity int64, unit *big.Rat) {
		l := bill(-1, quantity, unit, amount(p.TaxPercent), false)
		l.code = code
		lines = append(lines, l)
	}
	if fee := s.packageFee(); fee != nil && s.is("zalo.*") && s.Sender.IncludePackageFee {
		l := bill(-1, 1, fee, big.NewRat(10, 1), true)
		l.code = "package-fee"
		lines = append(lines, l)
	}
	// The platform's charge is all that the book has a price for.
	net := new(big.Rat)
	for _, l := range slices.Concat(a.lines, lines) {
		net.Add(net, l.net)
	}
	add("", 1, net.Mul(net, new(big.Rat).Quo(amount(p.MarkupPercent), big.NewRat(100, 1))))
	carry := a.whole.deliverable - a.whole.undelivered
	if p.MarkupOnFree != nil && !*p.MarkupOnFree {
		carry = a.whole.charged
	}
	if p.Bundle.Messages != nil {
		carry = max(0, carry-count(p.Bundle.Messages, 0))
		add("bundle", 1, amount(p.Bundle.Fee))
	}
	add("", carry, amount(p.MarkupPerMessage))
	add("", 1, amount(p.MonthlyFee))
	add("fallback", a.whole.undelivered, amount(p.FallbackPerMessage))
	add("incoming", count(p.Incoming.Messages, 0), amount(p.Incoming.PerMessage))
	return slices.DeleteFunc(lines, func(l line) bool { return l.net.Sign() == 0 })
}

// packageFee is a month's fee of the package with VAT, nil where nobody knows
// of one.
func (s *scenario) packageFee() *big.Rat {
	switch s.Sender.OAPackage {
	case "standard":
		return halfUp(big.NewRat(1_000_000, 12), 6)
	case "growth":
		return halfUp(big.NewRat(2_500_000, 12), 6)
	case "comprehensive":
		return big.NewRat(500_000, 1)
	}
	return nil
}
