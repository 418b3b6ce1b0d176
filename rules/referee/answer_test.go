package referee

import "math/big"

// A part is the answer for a segment, or the sums for all of them.
type part struct {
	verdict                                                     string
	requested, deliverable, blocked, undelivered, free, charged int64
	checks                                                      []check
}

type total struct {
	currency string
	net, tax *big.Rat
}

// An answer is what the definition of an answer fixes of a quote.
type answer struct {
	whole     part
	segments  []part
	priced    bool
	vague     bool // whether it is priced is not defined
	lines     []line
	total     *total
	converted *total
	perDay    int64 // 0 where there is no schedule
	days      int64
	before    bool // the notice that the day is before the book
}

// evaluate answers a scenario without mistakes.
func (s *scenario) evaluate() (a answer) {
	a.priced, a.before = true, s.beforeTheBook()
	m := s.month()
	var reached int64 // people who are written to outside their window
	for i := range s.Audience {
		g := &s.Audience[i]
		j := s.judge(g, m.quota)
		p := part{requested: g.people() * s.each(), deliverable: j.deliverable(), checks: j.checks}
		p.blocked = p.requested - p.deliverable
		if m.quota != nil {
			*m.quota -= p.deliverable
		}
		if p.deliverable > 0 {
			delivered := g.arriving(p.deliverable)
			p.undelivered = p.deliverable - delivered
			c := s.price(i, g, p.deliverable, delivered, m)
			p.free, p.charged = c.free, c.charged
			a.lines = append(a.lines, c.lines...)
			a.priced = a.priced && c.priced
			a.vague = a.vague || c.vague
			if !g.inside(24) {
				reached += g.people()
			}
		}
		p.verdict = verdict(p)
		a.segments = append(a.segments, p)
		a.whole.requested += p.requested
		a.whole.deliverable += p.deliverable
		a.whole.blocked += p.blocked
		a.whole.undelivered += p.undelivered
		a.whole.free += p.free
		a.whole.charged += p.charged
	}
	a.whole.verdict = together(a.segments)
	a.schedule(s, reached)
	if !a.priced {
		return a
	}
	if a.whole.deliverable > 0 {
		a.lines = append(a.lines, s.additions(&a)...)
	}
	a.total = &total{currency: s.billed(), net: new(big.Rat), tax: new(big.Rat)}
	for _, l := range a.lines {
		a.total.net.Add(a.total.net, l.net)
		a.total.tax.Add(a.total.tax, l.tax)
	}
	if into := s.Pricing.Convert; into != nil {
		rate := number(into.Rates[a.total.currency])
		a.converted = &total{into.Currency, new(big.Rat).Mul(a.total.net, rate), new(big.Rat).Mul(a.total.tax, rate)}
	}
	return a
}

func verdict(p part) string {
	if p.deliverable == 0 {
		return "ineligible"
	}
	for _, c := range p.checks {
		if c.outcome == unknown {
			return "depends"
		}
	}
	if p.blocked > 0 {
		return "partial"
	}
	return "eligible"
}

func together(segments []part) string {
	agreed, depends := true, false
	for _, p := range segments {
		agreed = agreed && p.verdict == segments[0].verdict
		depends = depends || p.verdict == "depends"
	}
	switch {
	case agreed:
		return segments[0].verdict
	case depends:
		return "depends"
	}
	return "partial"
}

// schedule says how many days the sending takes.
func (a *answer) schedule(s *scenario, reached int64) {
	number := a.whole.deliverable
	switch {
	case a.before:
		return
	case s.is("zalo.zns"):
		quota, given := s.quota()
		if !given {
			return
		}
		a.perDay = quota
		if s.isPostSale() && s.On <= "2024-10-31" {
			a.perDay = max(1, quota/4)
		}
	case s.is("whatsapp.utility", "whatsapp.authentication", "whatsapp.marketing") && s.Sender.MessagingLimit != nil:
		a.perDay = count(s.Sender.MessagingLimit, 0)
		number = reached
	default:
		return
	}
	a.days = (number + a.perDay - 1) / a.perDay
}
