package audit

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A State says what is known of the price of a row by the book.
type State string

// The states.
const (
	Priced     State = "priced"
	NotInBook  State = "not-in-book" // the book has no price for it
	NotAllowed State = "not-allowed" // it could not have been sent
	NeedsRate  State = "needs-rate"  // the book has it in a currency for which no rate is given
	Refused    State = "refused"     // what the configuration says of it cannot be on that day
	OnlyFee    State = "fee"         // it is about no message that was sent and arrived
)

// A Price is what a row costs by the book. Amounts are in the currency of the row and
// exact.
type Price struct {
	State  State
	Reason string          // codes of the checks that fail, or what is refused; empty where there is a price
	Low    decimal.Decimal // with the tax, and without what is agreed with a provider; what is unknown taken as free
	High   decimal.Decimal // with the tax; equal to Low but for a range

	Charged int64      // messages of High that are charged
	Tariff  rules.Date // since when the prices hold; zero: not known

	lowNet, highNet decimal.Decimal

	agreed ends // with what is agreed with the provider
}

// ends are those of a price.
type ends struct{ low, high, lowNet, highNet decimal.Decimal }

// of are the ends that amounts with or without the tax are held against.
func (e *ends) of(t Tax) (low, high decimal.Decimal) {
	if t == TaxExcluded {
		return e.lowNet, e.highNet
	}
	return e.low, e.high
}

// ends are those of the list price.
func (p *Price) ends() ends { return ends{p.Low, p.High, p.lowNet, p.highNet} }

// IsRange reports whether the price depends on what the bill does not tell.
func (p *Price) IsRange() bool { return !p.Low.Equal(p.High) }

// Ends are the ends of the list price that amounts with or without the tax are held
// against.
func (p *Price) Ends(t Tax) (low, high decimal.Decimal) {
	e := p.ends()
	return e.of(t)
}

// Most is the most that may be billed, with or without the tax: the list price with what is
// agreed with the provider.
func (p *Price) Most(t Tax) decimal.Decimal {
	_, most := p.agreed.of(t)
	return most
}

// An adds says which additions of those that are agreed with the provider a price has.
type adds uint8

const (
	addsNothing adds = iota // the list price
	addsAgreed              // all of them
	addsPercent             // the per cent alone
	addsEach                // the amount for each message alone
)

// pricing is what is said of the provider, with some of the additions.
func (b *Bill) pricing(with adds) rules.Pricing {
	p := b.Pricing.Pricing
	if with == addsNothing || with == addsEach {
		p.MarkupPercent = rules.Opt[decimal.Decimal]{}
	}
	if with == addsNothing || with == addsPercent {
		p.MarkupPerMessage, p.MarkupOnFree = rules.Opt[decimal.Decimal]{}, rules.Opt[bool]{}
	}
	return p
}

// Agreed are what the provider may add at the most: a per cent of the price, and an amount
// for each message; zero where nothing is agreed.
func (b *Bill) Agreed() (percent, each decimal.Decimal) {
	p := &b.Pricing.Pricing
	return p.MarkupPercent.Or(decimal.Zero), p.MarkupPerMessage.Or(decimal.Zero)
}

// agrees reports whether the provider may add something.
func (b *Bill) agrees() bool {
	percent, each := b.Agreed()
	return !percent.IsZero() || !each.IsZero()
}

// A view is one way of looking at the traffic of a bill.
type view struct {
	under     rules.Date // whose rules hold; zero: those of each row's day
	inside    bool       // whoever may be inside a window is
	untold    bool       // what the bill says to be free is not
	allowance bool       // what is free by number in a month is used up
	with      adds       // of what is agreed with the provider
	reading   string     // what is read otherwise than the bill says; empty: nothing
	value     string     // how
}

// An auditor prices the rows of a bill.
type auditor struct {
	bill      *Bill
	rows      []Row // by day, those of one day as they stand
	currency  []string
	outside   [][]bool // by row and traffic: known to have been outside the window
	units     map[unitKey]unitPrice
	freeUnits map[unitKey]bool
	steps     int
	stopped   bool
}

// goesOn asks now and then whether to go on. Once it is to end nothing more is priced.
func (a *auditor) goesOn() bool {
	const atOnce = 256
	if a.steps++; a.steps%atOnce == 0 && !a.stopped && a.bill.GoOn != nil {
		a.stopped = !a.bill.GoOn()
	}
	return !a.stopped
}

// amounts are one side of a price.
type amounts struct {
	state      State
	reason     string
	net, gross decimal.Decimal
	charged    int64
	tariff     rules.Date
}

// all prices all rows in one view.
func (a *auditor) all(v view) []amounts {
	series := &rules.Series{Under: v.under, IncludedPerMonth: a.bill.Sender.IncludedPerMonth}
	list := make([]amounts, len(a.rows))
	for i := range a.rows {
		if !a.goesOn() {
			break
		}
		list[i] = a.row(series, i, v)
	}
	return list
}

// row prices a row.
func (a *auditor) row(series *rules.Series, i int, v view) amounts {
	r := &a.rows[i]
	sum := amounts{state: Priced}
	if len(r.Traffic) == 0 {
		sum.state = OnlyFee
		return sum
	}
	for k := range r.Traffic {
		s := a.scenario(i, k, v)
		one := a.answer(series, &s, a.currency[i])
		if one.state != Priced {
			if sum.state == Priced {
				sum.state, sum.reason = one.state, one.reason
			}
			continue
		}
		sum.net, sum.gross = sum.net.Add(one.net), sum.gross.Add(one.gross)
		sum.charged += one.charged
		sum.tariff = max(sum.tariff, one.tariff)
	}
	return sum
}

// answer prices a scenario in a currency.
func (a *auditor) answer(series *rules.Series, s *rules.Scenario, currency string) amounts {
	q, err := series.Next(s)
	if err != nil {
		return amounts{state: Refused, reason: err.Error()}
	}
	one := amounts{state: Priced, charged: q.Charged, tariff: q.Tariff}
	if q.Blocked > 0 {
		return amounts{state: NotAllowed, reason: string(q.Message) + ": " + strings.Join(failed(q), " ")}
	}
	if len(q.Totals) == 0 {
		return amounts{state: NotInBook, reason: string(q.Message)}
	}
	total := q.Totals[0]
	switch {
	case total.Currency == currency:
		one.net, one.gross = total.Net, total.Gross
	case q.Converted != nil && q.Converted.Currency == currency:
		one.net, one.gross = q.Converted.Net, q.Converted.Gross
	case total.Gross.IsZero(): // nothing is nothing in every currency
	default:
		return amounts{state: NeedsRate, reason: total.Currency + " " + currency}
	}
	return one
}

// failed lists the codes of the checks that fail, each once.
func failed(q *rules.Quote) (codes []string) {
	for i := range q.Segments {
		for k := range q.Segments[i].Checks {
			if c := &q.Segments[i].Checks[k]; c.Outcome == rules.Fail && !slices.Contains(codes, c.Code) {
				codes = append(codes, c.Code)
			}
		}
	}
	return codes
}

// scenario is what the traffic of a row asks.
func (a *auditor) scenario(row, k int, v view) rules.Scenario {
	r := &a.rows[row]
	t := &r.Traffic[k]
	s := rules.Scenario{On: r.On, At: a.bill.At, Message: t.Message, Sender: a.bill.Sender.Sender, Assume: a.bill.Assume, Pricing: a.bill.pricing(v.with)}
	g := rules.Segment{Recipients: rules.Some(t.Count), Country: t.Country}
	if slices.Contains(rules.BillingCurrencies(), r.Currency) && t.Message.Type.Platform() == rules.WhatsAppService.Platform() {
		s.Sender.BillingCurrency = r.Currency
	}
	if international, known := t.International.Get(); known {
		s.Sender.InternationalAuth = international
		if international && s.Sender.Country == t.Country {
			s.Sender.Country = ""
		}
	}
	if v.reading != "" {
		s.Assume = map[string]string{v.reading: v.value}
		for id, value := range a.bill.Assume {
			if id != v.reading {
				s.Assume[id] = value
			}
		}
	}
	within := rules.HoursAgo(decimal.Zero)
	told := t.Told
	if v.untold && told != ToldCharged {
		told = Untold
	}
	switch {
	case t.Message.Type == rules.WhatsAppService, told == ToldWindow:
		g.Recency = within // it could not have been sent, or would not be free, otherwise
	case told == ToldEntryPoint:
		g.FreeEntryPoint = true
	case a.outside[row][k] || v.untold:
		g.Recency = rules.Never()
	case v.inside && mayBeInside(t.Message.Type):
		g.Recency = within
	}
	if told == ToldEntryPoint {
		g.FreeEntryPoint = true
	}
	if v.allowance {
		s.Sender.FreeServiceUsed, s.Sender.IncludedMessages = rules.MaxCount, 0
	}
	s.Audience = []rules.Segment{g}
	return s
}

// mayBeInside reports whether there may be a window inside of which messages of a type
// are free, and outside of which they can be sent as well.
func mayBeInside(t rules.MessageType) bool {
	return t == rules.WhatsAppUtility || t == rules.ZaloConsultation
}

// settleOutside finds the traffic that the bill says to be charged where it would have
// been free inside the window: it was outside.
func (a *auditor) settleOutside() {
	a.outside = make([][]bool, len(a.rows))
	for i := range a.rows {
		a.outside[i] = make([]bool, len(a.rows[i].Traffic))
		for k := range a.rows[i].Traffic {
			if t := &a.rows[i].Traffic[k]; t.Told == ToldCharged && t.Message.Type == rules.WhatsAppUtility {
				a.outside[i][k] = a.isFreeInside(i, k)
			}
		}
	}
}

// isFreeInside reports whether messages inside the window are free on the day of a row.
func (a *auditor) isFreeInside(row, k int) bool {
	key := a.unitKey(row, k)
	free, known := a.freeUnits[key]
	if !known {
		s := a.scenario(row, k, view{})
		s.Audience[0].Recency, s.Audience[0].Recipients = rules.HoursAgo(decimal.Zero), rules.Some[int64](1)
		q, err := rules.Evaluate(s)
		free = err == nil && q.Deliverable > 0 && q.Charged == 0
		a.freeUnits[key] = free
	}
	return free
}

// prices is what the rows cost under the rules of a day; zero: each of its own.
func (a *auditor) prices(under rules.Date) []Price {
	list := a.pricesWith(under, addsNothing)
	agreed := list
	if under == 0 && a.bill.agrees() {
		agreed = a.pricesWith(under, addsAgreed)
	}
	for i := range list {
		p, with := &list[i], &agreed[i]
		if p.State == Priced && with.State != Priced {
			*p = *with
		}
		p.agreed = with.ends()
	}
	return list
}

// pricesWith is likewise with some of what is agreed with the provider.
func (a *auditor) pricesWith(under rules.Date, with adds) []Price {
	high, low := a.all(view{under: under, with: with}), a.all(view{under: under, inside: true, with: with})
	list := make([]Price, len(a.rows))
	for i := range list {
		p := &list[i]
		*p = Price{State: high[i].state, Reason: high[i].reason, Charged: high[i].charged, Tariff: high[i].tariff}
		if p.State != Priced || low[i].state != Priced {
			if p.State == Priced {
				p.State, p.Reason = low[i].state, low[i].reason
			}
			continue
		}
		p.Low, p.High, p.lowNet, p.highNet = low[i].gross, low[i].gross, low[i].net, low[i].net
		p.add(high[i])
		if under == 0 {
			a.addDays(i, p, with)
		}
	}
	return list
}

// add widens a price to one that it may have been as well.
func (p *Price) add(one amounts) {
	p.Low, p.High = decimal.Min(p.Low, one.gross), decimal.Max(p.High, one.gross)
	p.lowNet, p.highNet = decimal.Min(p.lowNet, one.net), decimal.Max(p.highNet, one.net)
}

// addDays widens the price of a row of several days by what it would have cost on those
// of them on which the book changes: nobody knows how much was sent before and after.
func (a *auditor) addDays(i int, p *Price, with adds) {
	r := &a.rows[i]
	if r.Last() == r.On {
		return
	}
	for _, inside := range [...]bool{false, true} {
		first := a.row(&rules.Series{}, i, view{inside: inside, with: with})
		for _, day := range rules.ChangeDays(r.On, r.Last()) {
			if one := a.row(&rules.Series{Under: day}, i, view{inside: inside, with: with}); one.state == Priced && !one.gross.Equal(first.gross) {
				p.add(one)
			}
		}
	}
}

// A unitKey is what the price of one message looks at, but for what messages of a month
// count.
type unitKey struct {
	kind          rules.MessageType
	country       string
	currency      string
	international rules.Opt[bool]
	on            rules.Date
	before        int64 // messages that were charged before it in the month
	with          adds
}

func (a *auditor) unitKey(row, k int) unitKey {
	r, t := &a.rows[row], &a.rows[row].Traffic[k]
	return unitKey{kind: t.Message.Type, country: t.Country, currency: a.currency[row], international: t.International, on: r.On}
}

// A unitPrice is what one message costs; not known where it has no price.
type unitPrice struct {
	net, gross decimal.Decimal
	known      bool
}

// unit is what one message of the traffic of a row costs, sent to a country, after so
// many others that were charged in the month: WhatsApp alone.
func (a *auditor) unit(row, k int, country string, before int64, with adds) unitPrice {
	key := a.unitKey(row, k)
	key.country, key.before, key.with = country, before, with
	u, known := a.units[key]
	if !known {
		s := a.scenario(row, k, view{untold: true, allowance: true, with: with})
		s.Audience[0].Country, s.Audience[0].Recipients = country, rules.Some[int64](1)
		s.Sender.ChargedThisMonth = before
		one := a.answer(&rules.Series{}, &s, a.currency[row])
		u = unitPrice{one.net, one.gross, one.state == Priced}
		a.units[key] = u
	}
	return u
}
