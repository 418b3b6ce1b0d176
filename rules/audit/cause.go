package audit

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A Code is a cause for which a bill may differ from the book.
type Code string

// The causes.
const (
	Fee           Code = "fee"            // for no message that was sent and arrived
	OtherCurrency Code = "other-currency" // the bill does not say its currency, and cannot be in the book's
	ChargedFree   Code = "charged-free"   // messages that the bill itself calls free are charged
	Allowance     Code = "allowance"      // what is free by number in a month is charged
	FreeInWindow  Code = "free-in-window" // not charged, as inside the window when that was free
	FreeEntry     Code = "free-entry"     // not charged, as at a free entry point
	OtherReading  Code = "other-reading"  // as others read what is contested: another price list, another tax
	OldCard       Code = "old-card"       // the prices of before Until
	ListPrice     Code = "list-price"     // the list price where volume has a lower one
	LowerTier     Code = "lower-tier"     // the price of a volume tier that these rows alone do not reach
	TaxAdded      Code = "tax-added"      // a tax on prices that the book has without one
	TaxLeftOut    Code = "tax-left-out"   // without the tax that the book has
	OtherMarket   Code = "other-market"   // a country at the price of another market
	MarkupPercent Code = "markup-percent" // a steady per cent on the book's price
	MarkupAmount  Code = "markup-amount"  // a steady amount for each message
	MarkupCharged Code = "markup-charged" // a steady amount for each message that is charged
)

// Codes lists the causes, those that are taken first where several explain as much.
func Codes() []Code {
	return []Code{Fee, OtherCurrency, ChargedFree, Allowance, FreeInWindow, OtherReading, OldCard, FreeEntry, ListPrice, LowerTier, TaxLeftOut, TaxAdded, OtherMarket, MarkupPercent, MarkupAmount, MarkupCharged}
}

// An Added says whether what is agreed with the provider is in amounts that a cause explains.
type Added string

// What it may say.
const (
	AddedUnsaid Added = ""     // nothing is agreed, or the amounts do not show it
	AddedAll    Added = "all"  // in all of them
	AddedNone   Added = "none" // in none of them
	AddedSome   Added = "some" // in some of them
)

// and is what is said of amounts together with others.
func (a Added) and(other Added) Added {
	switch {
	case a == AddedUnsaid || a == other:
		return other
	case other == AddedUnsaid:
		return a
	}
	return AddedSome
}

// A Cause is why amounts differ.
type Cause struct {
	Code     Code
	Type     rules.MessageType // that it is about alone; empty: all
	Country  string            // that it is about alone; empty: all
	Percent  decimal.Decimal   // of a mark-up, below zero of a discount; of a tax
	Amount   decimal.Decimal   // of a mark-up for each message, in the currency of the sum
	Agreed   decimal.Decimal   // how much of a mark-up that is more is agreed with the provider, as a per cent or an amount
	Provider string            // who is known to add just that, where it is one alone
	Until    rules.Date        // the first day on which the old prices no longer hold
	Market   string            // whose price it is
	Tier     int64             // the number of the message from which the price of the tier holds
	Reading  string            // what is contested, one of [rules.Readings]
	Value    string            // how it is read
	Added    Added             // whether what is agreed is added to the prices that it names; unsaid of a mark-up and of what has no price
}

// enough is the share of a sum that a cause must explain.
var enough = decimal.New(95, -2)

// A candidate is a cause that may be, and what rows would cost by it.
type candidate struct {
	Cause
	rank      int
	scope     group
	price     pricer // not of rows that it is not about
	sharp     bool   // its prices are exact: nothing about it was fitted to the rows
	fitted    bool   // something about it was
	weighed   bool   // against the sample, by which it stood
	tells     bool   // whether the provider added what is agreed
	onTop     bool   // it is more than all that is agreed
	explained decimal.Decimal
	loose     bool            // it explains rows only as something between two prices
	left      decimal.Decimal // by a cause that is fitted, to the last decimal
}

// A pricer is what a row would cost, at the list price or with what is agreed with the
// provider.
type pricer func(row int, agreed bool) (low, high decimal.Decimal, ok bool)

// A group is the rows of a type, of a country, or of both; an empty name is all of them.
type group struct {
	kind    rules.MessageType
	country string
}

// A search looks for the causes of a currency.
type search struct {
	unexplained
	a        *auditor
	unit     decimal.Decimal
	all      decimal.Decimal // the sum of all differences, each as an amount from zero up
	currency string
	cards    []card
	views    map[view][]amounts
	flat     bool                  // every message costs the same, and that is told
	agrees   bool                  // something is agreed with the provider
	others   map[adds][]ends       // prices with one of the things that are
	settled  map[Code]map[int]bool // whether a row may not be charged for a reason
}

// A card is what the rows would cost at the prices of before a day.
type card struct {
	until          rules.Date
	prices, agreed []amounts // at the list prices, and with what is agreed with the provider
}

// maxCauses is how many causes of a currency are told at the most.
const maxCauses = 20

// findCauses explains the differences of a currency.
func (a *auditor) findCauses(rows []RowReport, sum *Sum) {
	s := &search{unexplained: unexplained{rows: rows, only: make([]group, len(rows))}, a: a, currency: sum.Currency, unit: a.unitOf(sum.Currency), views: map[view][]amounts{}, agrees: a.bill.agrees(), flat: a.bill.FlatTold && sum.Flat.Known(), others: map[adds][]ends{}, settled: map[Code]map[int]bool{}}
	s.off = make([]decimal.Decimal, len(rows))
	for i := range rows {
		s.only[i] = rows[i].Row.only()
		if rows[i].Compared && rows[i].Currency == sum.Currency {
			s.scope = append(s.scope, i)
			s.off[i] = rows[i].Difference.Abs()
			s.all = s.all.Add(s.off[i])
		}
	}
	if s.all.IsZero() {
		return
	}
	s.rank()
	s.readCards()
	for len(sum.Causes) < maxCauses && !a.stopped {
		s.draw()
		best := s.best()
		if best == nil {
			break
		}
		sum.Causes = append(sum.Causes, s.take(best, len(sum.Causes)))
	}
	s.order(sum)
	s.all = decimal.Zero
	for i := range rows {
		if rows[i].Currency == sum.Currency {
			s.all = s.all.Add(rows[i].Difference.Abs())
		}
	}
	for i := range sum.Causes {
		if s.explains(sum, i) {
			sum.Cause = i
		}
	}
	for _, i := range s.scope {
		sum.Unknown = sum.Unknown.Add(rows[i].Difference)
	}
}

// explains reports whether a cause explains 95 % of all differences.
func (s *search) explains(sum *Sum, cause int) bool {
	explained := decimal.Zero
	for i := range s.rows {
		if s.rows[i].Currency == s.currency && s.rows[i].Cause == cause {
			explained = explained.Add(s.rows[i].Difference.Abs())
		}
	}
	return explained.GreaterThanOrEqual(s.all.Mul(enough))
}

// order puts the causes that explain most first.
func (s *search) order(sum *Sum) {
	places := make([]int, len(sum.Causes))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(x, y int) int { return sum.Causes[y].Amount.Abs().Cmp(sum.Causes[x].Amount.Abs()) })
	sorted, now := make([]CauseReport, len(places)), make([]int, len(places))
	for i, was := range places {
		sorted[i], now[was] = sum.Causes[was], i
	}
	sum.Causes = sorted
	for i := range s.rows {
		if r := &s.rows[i]; r.Currency == s.currency && r.Cause >= 0 {
			r.Cause = now[r.Cause]
		}
	}
}

// take gives a cause the rows that it explains, and leaves the others.
func (s *search) take(c *candidate, number int) CauseReport {
	report := CauseReport{Cause: c.Cause}
	explained := map[int]bool{}
	for _, i := range s.in(c.scope, s.scope) {
		r := &s.rows[i]
		if r.Difference.IsZero() {
			continue
		}
		if left, agreed, about := s.residual(c, i); about && left.IsZero() {
			if c.tells {
				low, high := s.a.boundsWith(&r.Book, agreed)
				amount, _ := r.Row.Amount.Get()
				r.Difference = distance(amount, low, high, s.unit, within)
			}
			r.Added = s.added(c, i, agreed)
			report.Added = report.Added.and(r.Added)
			r.Cause = number
			explained[i] = true
			report.Rows++
			report.Amount = report.Amount.Add(r.Difference)
		}
	}
	s.scope = slices.DeleteFunc(s.scope, func(i int) bool { return explained[i] })
	s.worst = slices.DeleteFunc(s.worst, func(i int) bool { return explained[i] })
	return report
}

// added says of a row that a candidate explains whether what is agreed is in its amount, as
// the candidate found it.
func (s *search) added(c *candidate, i int, agreed bool) Added {
	switch {
	case !s.agrees || !c.tells && !c.onTop:
		return AddedUnsaid
	case agreed || c.onTop:
		return AddedAll
	}
	low, high, _ := c.price(i, false)
	lowest, most, with := c.price(i, true)
	if !with || low.Equal(lowest) && high.Equal(most) { // nothing is added to what is free
		return AddedUnsaid
	}
	return AddedNone
}

// sharply is the share of an amount that is not looked at where a price is exact.
var sharply = decimal.New(2, -4)

// residual is what a candidate leaves of the difference of a row, whether that is with what
// is agreed with the provider, and whether it is about the row.
func (s *search) residual(c *candidate, i int) (left decimal.Decimal, agreed, about bool) {
	if c.sharp {
		return s.leaves(c, i, sharply)
	}
	return s.leaves(c, i, within)
}

// leaves is likewise with the share of an amount that is not looked at.
func (s *search) leaves(c *candidate, i int, share decimal.Decimal) (left decimal.Decimal, agreed, about bool) {
	low, high, about := c.price(i, false)
	if !about {
		return left, false, false
	}
	amount, _ := s.rows[i].Row.Amount.Get()
	if !s.agrees {
		return distance(amount, low, high, s.unit, share), false, true
	}
	lowest, most, with := c.price(i, true)
	if with && s.rows[i].Difference.IsZero() { // what is right may have any part of what is agreed
		return distance(amount, decimal.Min(low, lowest), decimal.Max(high, most), s.unit, share), false, true
	}
	left = distance(amount, low, high, s.unit, share)
	if with && !left.IsZero() {
		if d := distance(amount, lowest, most, s.unit, share); d.Abs().LessThan(left.Abs()) {
			return d, true, true
		}
	}
	return left, false, true
}

// best is the candidate that explains most; of those that explain nearly as much the one
// that is looked for first.
func (s *search) best() *candidate {
	var found []*candidate
	for _, c := range s.candidates() {
		if c.weighed || s.weigh(c, s.ofSample(c.scope)) {
			found = append(found, c)
		}
	}
	for len(found) > 0 {
		most := slices.MaxFunc(found, func(x, y *candidate) int { return x.explained.Cmp(y.explained) }).explained
		nearly := most.Mul(decimal.New(99, -2))
		best := slices.MinFunc(found, func(x, y *candidate) int {
			return cmp.Or(boolOrder(y.explained.GreaterThanOrEqual(nearly), x.explained.GreaterThanOrEqual(nearly)), boolOrder(x.loose, y.loose), cmp.Compare(x.rank, y.rank), y.explained.Cmp(x.explained))
		})
		best = s.nearer(best, found, nearly)
		if len(s.sample) == len(s.scope) || s.weigh(best, s.ofWhole(best.scope)) {
			return best
		}
		found = slices.DeleteFunc(found, func(c *candidate) bool { return c == best })
	}
	return nil
}

// nearer is the mark-up that fits the same rows best to the last decimal: where prices are
// much alike, a per cent and an amount both fit within half a per cent.
func (s *search) nearer(best *candidate, found []*candidate, nearly decimal.Decimal) *candidate {
	if !best.fitted {
		return best
	}
	slack := s.unit.Mul(decimal.NewFromInt(int64(len(s.sample))))
	for _, c := range found {
		if c.fitted && c.scope == best.scope && !c.loose && c.explained.GreaterThanOrEqual(nearly) && c.left.LessThan(best.left.Sub(slack)) {
			best = c
		}
	}
	return best
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// fromEnd is how far the amount of a row is from the nearest end of the prices that it has
// by a candidate. Where that is a range many amounts are in it, but few are at its ends.
func (s *search) fromEnd(c *candidate, i int) (nearest decimal.Decimal) {
	amount, _ := s.rows[i].Row.Amount.Get()
	for n, agreed := range [...]bool{false, true} {
		low, high, about := c.price(i, agreed)
		if !about || agreed && !s.agrees {
			break
		}
		end := decimal.Min(amount.Sub(low).Abs(), amount.Sub(high).Abs())
		if n == 0 || end.LessThan(nearest) {
			nearest = end
		}
	}
	return nearest
}

// weigh tells how much a candidate explains of some rows, and whether that is enough. It
// ends where what is left is more than it may be of all differences: most candidates leave
// that much of the few rows that differ most.
func (s *search) weigh(c *candidate, of weights) bool {
	differences, left, wrong := decimal.Zero, decimal.Zero, 0
	part := decimal.NewFromInt(1).Sub(enough)
	most := of.all.Mul(part)
	for _, i := range of.rows {
		if !s.a.goesOn() {
			break
		}
		r, _, about := s.residual(c, i)
		if !about {
			continue
		}
		d := s.off[i]
		if !d.IsZero() {
			wrong++
			differences = differences.Add(d)
		}
		if !r.IsZero() { // a row is explained, or it is not
			if left = left.Add(decimal.Max(d, r.Abs())); left.GreaterThan(most) {
				return false
			}
		}
	}
	if wrong == 0 || left.GreaterThan(differences.Mul(part)) {
		return false
	}
	c.explained, c.loose = differences.Sub(left), s.precisely(c, of).GreaterThan(differences.Mul(part))
	slack := s.unit.Mul(decimal.NewFromInt(int64(wrong)))
	const coarse = 4 // units: differences that are so small fit anything
	if slack.Mul(decimal.NewFromInt(coarse)).GreaterThan(differences) && len(s.scope) > 1 {
		return c.sharp && !c.fitted
	}
	return !c.fitted || wrong > 1 || s.isRound(c, of.rows)
}

// isRound reports whether a mark-up that one row alone shows is a round number: only that
// speaks for it.
func (s *search) isRound(c *candidate, rows []int) bool {
	for _, i := range rows {
		if _, _, about := c.price(i, false); s.rows[i].Difference.IsZero() || !about {
			continue
		}
		if left, _, _ := s.leaves(c, i, decimal.Zero); !left.IsZero() {
			return false
		}
		const sure = 50 // units
		if s.rows[i].Difference.Abs().LessThan(s.unit.Mul(decimal.NewFromInt(sure))) {
			return false
		}
	}
	const digits = 2
	value := c.Percent
	if c.Code != MarkupPercent {
		value = c.Amount
	}
	return significant(value) <= digits
}

// significant is how many digits a number has between its first and its last one that
// are not zero.
func significant(d decimal.Decimal) int {
	text := d.Abs().Coefficient().String()
	end := len(text)
	for end > 1 && text[end-1] == '0' {
		end--
	}
	return end
}

// candidates are all causes that may be.
func (s *search) candidates() (list []*candidate) {
	add := func(c *candidate) {
		if c != nil {
			c.Type, c.Country = c.scope.kind, c.scope.country
			c.rank += slices.Index(Codes(), c.Code) * 1000
			list = append(list, c)
		}
	}
	add(s.fees())
	add(s.otherCurrency())
	add(s.repriced(ChargedFree, view{untold: true}, callsFree))
	add(s.repriced(Allowance, view{allowance: true}, func(r *Row) bool { return hasTypes(r, rules.WhatsAppService, rules.ZaloConsultation) }))
	add(s.notCharged(FreeInWindow, s.wasFreeInWindow))
	add(s.notCharged(FreeEntry, s.mayEnterFree))
	for n, scope := range s.scopes() {
		for k := range s.cards {
			add(s.byCard(&s.cards[k], k, scope))
		}
		s.addReadings(add, scope)
		s.addTaxes(add, scope)
		s.addTiers(add, scope)
		if !s.flat {
			s.addMarkups(add, scope, n)
			s.addMarkets(add, scope)
		}
	}
	return list
}

// A scoped is the rows of a group by which causes are looked for.
type scoped struct {
	group
	rows []int
}

// scopes are all rows, those of each type, of each country, and of each type to each
// country, as far as some of them differ.
func (s *search) scopes() []scoped {
	list := []scoped{{rows: s.sample}}
	at := map[group]int{}
	put := func(g group, row int) {
		k, known := at[g]
		if !known {
			k = len(list)
			at[g] = k
			list = append(list, scoped{group: g})
		}
		list[k].rows = append(list[k].rows, row)
	}
	for _, i := range s.sample {
		kind, country := s.only[i].kind, s.only[i].country
		if kind != "" {
			put(group{kind: kind}, i)
		}
		if country != "" {
			put(group{country: country}, i)
		}
		if kind != "" && country != "" {
			put(group{kind, country}, i)
		}
	}
	return slices.DeleteFunc(list, func(c scoped) bool {
		return !slices.ContainsFunc(c.rows, func(i int) bool { return !s.rows[i].Difference.IsZero() })
	})
}

// only is the type and the country of a row, empty where there are several.
func (r *Row) only() (g group) {
	for i := range r.Traffic {
		t := &r.Traffic[i]
		if i == 0 {
			g = group{t.Message.Type, t.Country}
		}
		if t.Message.Type != g.kind {
			g.kind = ""
		}
		if t.Country != g.country {
			g.country = ""
		}
	}
	return g
}

func hasTypes(r *Row, types ...rules.MessageType) bool {
	return slices.ContainsFunc(r.Traffic, func(t Traffic) bool { return slices.Contains(types, t.Message.Type) })
}

// fees are the rows of the bill that are about no messages.
func (s *search) fees() *candidate {
	return &candidate{Cause: Cause{Code: Fee}, sharp: true, price: func(i int, _ bool) (low, high decimal.Decimal, ok bool) {
		amount, _ := s.rows[i].Row.Amount.Get()
		return amount, amount, s.rows[i].Book.State == OnlyFee
	}}
}

// otherCurrency is rows whose amounts are so far above the price that they are in another
// currency, where the bill does not say in which.
func (s *search) otherCurrency() *candidate {
	return &candidate{Cause: Cause{Code: OtherCurrency}, sharp: true, price: func(i int, _ bool) (low, high decimal.Decimal, ok bool) {
		r := &s.rows[i]
		amount, _ := r.Row.Amount.Get()
		high = r.Book.Most(s.a.bill.Tax)
		return amount, amount, r.Row.Currency == "" && high.IsPositive() && amount.GreaterThan(high.Mul(decimal.NewFromInt(mostMarkup)))
	}}
}

// callsFree reports whether a bill says of a row that it is free.
func callsFree(r *Row) bool {
	return slices.ContainsFunc(r.Traffic, func(t Traffic) bool { return t.Told == ToldWindow || t.Told == ToldEntryPoint })
}

// repriced is what some rows cost in another view.
func (s *search) repriced(code Code, v view, of func(*Row) bool) *candidate {
	if !slices.ContainsFunc(s.sample, func(i int) bool { return !s.rows[i].Difference.IsZero() && of(s.rows[i].Row) }) {
		return nil
	}
	list, with := s.seen(v)
	return &candidate{Cause: Cause{Code: code}, sharp: true, tells: true, price: func(i int, agreed bool) (low, high decimal.Decimal, ok bool) {
		prices := list
		if agreed {
			prices = with
		}
		amount := s.a.side(&prices[i])
		return amount, amount, prices[i].state == Priced && of(s.rows[i].Row)
	}}
}

// seen is what all rows cost in a view, at the list price and with what is agreed.
func (s *search) seen(v view) (list, agreed []amounts) {
	look := func(v view) []amounts {
		prices, known := s.views[v]
		if !known {
			prices = s.a.all(v)
			s.views[v] = prices
		}
		return prices
	}
	list = look(v)
	if !s.agrees {
		return list, list
	}
	v.with = addsAgreed
	return list, look(v)
}

// side is the amount that the bill's are held against.
func (a *auditor) side(p *amounts) decimal.Decimal {
	if a.bill.Tax == TaxExcluded {
		return p.net
	}
	return p.gross
}

// notCharged is rows for which nothing was billed although the book has a price.
func (s *search) notCharged(code Code, of func(i int) bool) *candidate {
	settled := s.settled[code]
	if settled == nil {
		settled = map[int]bool{}
		s.settled[code] = settled
	}
	may := func(i int) bool {
		is, known := settled[i]
		if !known {
			is = of(i)
			settled[i] = is
		}
		return is
	}
	return &candidate{Cause: Cause{Code: code}, sharp: true, price: func(i int, _ bool) (low, high decimal.Decimal, ok bool) {
		amount, _ := s.rows[i].Row.Amount.Get()
		return decimal.Zero, decimal.Zero, amount.IsZero() && !s.rows[i].Difference.IsZero() && may(i)
	}}
}

// wasFreeInWindow reports whether all messages of a row would have been free inside the
// window before the prices of its day came.
func (s *search) wasFreeInWindow(i int) bool {
	r := s.rows[i].Row
	if !hasTypes(r, rules.WhatsAppUtility) || r.Traffic[0].Told == ToldCharged {
		return false
	}
	for k := range s.cards {
		one := s.a.row(&rules.Series{Under: s.cards[k].until.AddDays(-1)}, i, view{inside: true})
		if one.state == Priced && one.gross.IsZero() {
			return true
		}
	}
	return false
}

// mayEnterFree reports whether messages of a row are free at an entry point.
func (s *search) mayEnterFree(i int) bool {
	r := s.rows[i].Row
	for k := range r.Traffic {
		sc := s.a.scenario(i, k, view{})
		sc.Audience[0].FreeEntryPoint = true
		if q, err := rules.Evaluate(sc); err != nil || q.Charged > 0 || r.Traffic[k].Told == ToldCharged {
			return false
		}
	}
	return true
}

// readCards finds the days on which prices changed that the rows rest on, the latest
// first, and what the rows would have cost before.
func (s *search) readCards() {
	const mostCards = 12
	days := map[rules.Date]bool{}
	for _, i := range s.scope {
		if p := &s.rows[i].Book; p.Tariff != 0 {
			days[p.Tariff] = true
		}
	}
	done := map[rules.Date]bool{}
	for len(s.cards) < mostCards {
		var day rules.Date
		for d := range days {
			if !done[d] {
				day = max(day, d)
			}
		}
		if day == 0 {
			break
		}
		done[day] = true
		prices, agreed := s.seen(view{under: day.AddDays(-1)})
		s.cards = append(s.cards, card{day, prices, agreed})
		for _, i := range s.scope {
			if p := &prices[i]; p.state == Priced && p.tariff != 0 {
				days[p.tariff] = true
			}
		}
	}
}

// byCard is what rows would cost at old prices.
func (s *search) byCard(old *card, n int, scope scoped) *candidate {
	c := &candidate{Cause: Cause{Code: OldCard, Until: old.until}, scope: scope.group, rank: n, sharp: true, tells: true}
	moved := s.movedMarkets(scope, old.until)
	c.price = func(i int, agreed bool) (low, high decimal.Decimal, ok bool) {
		p := &old.prices[i]
		if agreed {
			p = &old.agreed[i]
		}
		if p.state != Priced || s.rows[i].Row.On < old.until {
			return low, high, false
		}
		if !moved && !s.rows[i].Difference.IsZero() && s.hasMoved(i, old.until) {
			return low, high, false // that it is in another market now says more
		}
		high = s.a.side(p)
		low = high
		if s.rows[i].Book.IsRange() {
			low, _ = s.a.boundsWith(&s.rows[i].Book, agreed)
			low = decimal.Min(low, high)
		}
		return low, high, true
	}
	if moved {
		c.rank += 1000 * len(Codes()) // the price of another market says more
	}
	return c
}

// movedMarkets reports whether all rows that differ are to countries that were in another
// market before a day.
func (s *search) movedMarkets(scope scoped, until rules.Date) bool {
	for _, i := range scope.rows {
		if !s.rows[i].Difference.IsZero() && !s.hasMoved(i, until) {
			return false
		}
	}
	return true
}

// hasMoved reports whether a row is to a country that was in another market before a day.
func (s *search) hasMoved(i int, until rules.Date) bool {
	country := s.only[i].country
	return country != "" && rules.Market(country, until.AddDays(-1)) != rules.Market(country, s.rows[i].Row.On)
}

// addReadings adds what the messages of a type cost as others read what is contested, where
// that is something else than by the bill's own reading.
func (s *search) addReadings(add func(*candidate), scope scoped) {
	if scope.kind == "" || scope.country != "" {
		return
	}
	k := slices.IndexFunc(scope.rows, func(i int) bool { return s.rows[i].Book.State == Priced && !s.rows[i].Difference.IsZero() })
	if k < 0 {
		return
	}
	alone := func(v view) decimal.Decimal {
		one := s.a.row(&rules.Series{}, scope.rows[k], v)
		return s.a.side(&one)
	}
	here, readings := alone(view{}), rules.Readings()
	ids := make([]string, 0, len(readings))
	for id := range readings {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		for _, value := range readings[id] {
			v := view{reading: id, value: value}
			if value == cmp.Or(s.a.bill.Assume[id], readings[id][0]) || alone(v).Equal(here) {
				continue
			}
			if c := s.repriced(OtherReading, v, func(r *Row) bool { return hasTypes(r, scope.kind) }); c != nil {
				c.scope, c.Reading, c.Value = scope.group, id, value
				add(c)
			}
		}
	}
}

// vatRule is the rule that has Vietnam's tax on messages.
const vatRule = "zalo.zns.vat"

// addTaxes adds a tax on prices that have none, and the lack of one.
func (s *search) addTaxes(add func(*candidate), scope scoped) {
	if scope.country != "" || s.a.bill.Tax == TaxExcluded {
		return
	}
	one := decimal.NewFromInt(1)
	taxed := func(i int) bool { return !s.rows[i].Book.High.Equal(s.rows[i].Book.highNet) }
	priced := func(i int) bool { return s.rows[i].Book.State == Priced }
	if k := slices.IndexFunc(scope.rows, func(i int) bool { return priced(i) && taxed(i) }); k >= 0 {
		p := &s.rows[scope.rows[k]].Book
		percent := p.High.Div(p.highNet).Sub(one).Shift(2).Round(2)
		add(&candidate{Cause: Cause{Code: TaxLeftOut, Percent: percent}, scope: scope.group, sharp: true, tells: true, price: func(i int, agreed bool) (low, high decimal.Decimal, ok bool) {
			p := s.rows[i].Book.ends()
			if agreed {
				p = s.rows[i].Book.agreed
			}
			return p.lowNet, p.highNet, priced(i) && taxed(i)
		}})
	}
	if k := slices.IndexFunc(scope.rows, func(i int) bool { return priced(i) && !taxed(i) }); k >= 0 {
		vat, known := rules.RuleOn(vatRule, s.rows[scope.rows[k]].Row.On)
		percent, err := decimal.NewFromString(vat.Value)
		if !known || err != nil {
			return
		}
		factor := one.Add(percent.Shift(-2))
		add(&candidate{Cause: Cause{Code: TaxAdded, Percent: percent}, scope: scope.group, sharp: true, onTop: true, price: func(i int, _ bool) (low, high decimal.Decimal, ok bool) {
			p := &s.rows[i].Book.agreed // a per cent on less is more of what is agreed
			return p.low.Mul(factor), p.high.Mul(factor), priced(i) && !taxed(i)
		}})
	}
}

// addTiers adds the prices of the volume tiers of a type to a country.
func (s *search) addTiers(add func(*candidate), scope scoped) {
	if scope.country == "" || scope.kind == "" {
		return
	}
	single := func(i int) bool { return len(s.rows[i].Row.Traffic) == 1 }
	k := slices.IndexFunc(scope.rows, single)
	if k < 0 {
		return
	}
	for n, from := range s.tiers(scope.rows[k]) {
		code := LowerTier
		if n == 0 {
			code = ListPrice
		}
		rank := n
		if from > likely*s.messages(scope.group) {
			rank += 1000 * len(Codes()) // the price of another market says more
		}
		add(&candidate{Cause: Cause{Code: code, Tier: from}, scope: scope.group, rank: rank, sharp: true, tells: true, price: func(i int, agreed bool) (low, high decimal.Decimal, ok bool) {
			if !single(i) {
				return low, high, false
			}
			return s.atUnit(i, scope.country, from-1, agreed)
		}})
	}
}

// likely is how many times as many messages as a bill has somebody may have sent by other
// accounts, so that a volume tier is the likeliest cause.
const likely = 10

// atUnit is what a row with one kind of traffic costs, at the price of one message to a
// country after so many others.
func (s *search) atUnit(i int, country string, before int64, agreed bool) (low, high decimal.Decimal, ok bool) {
	with := addsNothing
	if agreed {
		with = addsAgreed
	}
	u := s.a.unit(i, 0, country, before, with)
	if !u.known {
		return low, high, false
	}
	low, high = s.ofUnit(i, u, s.rows[i].Row.Traffic[0].Count, agreed)
	return low, high, true
}

// ofUnit is what so many messages cost, where one costs that: as a range where the row is
// one.
func (s *search) ofUnit(i int, u unitPrice, count int64, agreed bool) (low, high decimal.Decimal) {
	one := u.gross
	if s.a.bill.Tax == TaxExcluded {
		one = u.net
	}
	p := &s.rows[i].Book
	high = one.Mul(decimal.NewFromInt(count))
	least, _ := s.a.boundsWith(p, agreed)
	switch {
	case p.High.IsZero(): // free by the book, and by every card
		return s.a.boundsWith(p, agreed)
	case p.IsRange():
		return decimal.Min(least, high), high
	}
	return high, high
}

// tiers are the numbers of the messages from which the tiers hold that the traffic of a
// row belongs to, none where there is one alone.
func (s *search) tiers(row int) (from []int64) {
	sc := s.a.scenario(row, 0, view{untold: true})
	sc.Sender.ChargedThisMonth, sc.Audience[0].Recipients = 0, rules.Some[int64](rules.MaxRecipients)
	q, err := rules.Evaluate(sc)
	if err != nil {
		return nil
	}
	for i := range q.Lines {
		if l := &q.Lines[i]; l.TierFrom > 0 {
			from = append(from, l.TierFrom)
		}
	}
	if len(from) < 2 {
		return nil
	}
	return from
}

// addMarkets adds the prices of other markets for the people of a country.
func (s *search) addMarkets(add func(*candidate), scope scoped) {
	if scope.country == "" {
		return
	}
	for rank, m := range s.markets(scope) {
		add(&candidate{Cause: Cause{Code: OtherMarket, Market: m.name}, scope: scope.group, rank: rank, sharp: true, tells: true, price: func(i int, agreed bool) (low, high decimal.Decimal, ok bool) {
			r := s.rows[i].Row
			if len(r.Traffic) != 1 || r.Traffic[0].Message.Type.Platform() != rules.WhatsAppService.Platform() {
				return low, high, false
			}
			return s.atUnit(i, m.country, 0, agreed)
		}})
	}
}

// A market is one of WhatsApp's, and a country in it.
type market struct{ name, country string }

// markets are the other ones than that of a country: those that it was in before first,
// then that of countries in none, then by name.
func (s *search) markets(scope scoped) (list []market) {
	on := s.rows[scope.rows[0]].Row.On
	own := rules.Market(scope.country, on)
	put := func(country string, on rules.Date) {
		name := rules.Market(country, on)
		if name != own && !slices.ContainsFunc(list, func(m market) bool { return m.name == name }) {
			list = append(list, market{name, country})
		}
	}
	var before []string
	for i := range s.cards {
		if name := rules.Market(scope.country, s.cards[i].until.AddDays(-1)); name != own && !slices.Contains(before, name) {
			before = append(before, name)
		}
	}
	for _, country := range rules.Countries() {
		put(country, on)
	}
	const nowhere = "AQ" // Antarctica is in no market
	other := rules.Market(nowhere, on)
	place := func(m market) int {
		if i := slices.Index(before, m.name); i >= 0 {
			return i
		}
		if m.name == other {
			return len(before)
		}
		return len(before) + 1
	}
	slices.SortFunc(list, func(x, y market) int { return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(x.name, y.name)) })
	return list
}

// addMarkups adds what a provider may add, as the rows show it.
func (s *search) addMarkups(add func(*candidate), scope scoped, n int) {
	for _, code := range [...]Code{MarkupPercent, MarkupAmount, MarkupCharged} {
		var best *candidate
		for _, value := range s.shown(code, scope) {
			c := s.markup(code, value, scope.group)
			c.rank = n
			if !s.weigh(c, s.ofSample(scope.group)) {
				continue
			}
			c.weighed, c.left = true, s.precisely(c, s.ofSample(scope.group))
			// Of values that fit as well the one with fewer digits is meant.
			slack := s.unit.Mul(decimal.NewFromInt(int64(len(scope.rows))))
			if best == nil || c.left.LessThan(best.left.Sub(slack)) ||
				c.left.LessThan(best.left.Add(slack)) && significant(c.value()) < significant(best.value()) {
				best = c
			}
		}
		if best != nil {
			best.Provider = best.provider(s.currency)
			add(best)
		}
	}
}

// precisely is what a candidate leaves of the differences, where an amount is right only
// to the last decimal.
func (s *search) precisely(c *candidate, of weights) decimal.Decimal {
	left := decimal.Zero
	for _, i := range of.rows {
		if s.off[i].IsZero() { // so have all after it
			break
		}
		left = left.Add(s.fromEnd(c, i))
	}
	return left
}

// value is how much is added, in per cent or as an amount.
func (c *candidate) value() decimal.Decimal {
	if c.Code == MarkupPercent {
		return c.Percent
	}
	return c.Amount
}

// base is what a mark-up is on: an amount, or a number of messages.
func (s *search) base(code Code, i int) decimal.Decimal {
	r := &s.rows[i]
	switch code {
	case MarkupPercent:
		_, high := s.a.bounds(&r.Book)
		return high
	case MarkupAmount:
		return decimal.NewFromInt(r.Row.Messages())
	}
	return decimal.NewFromInt(r.Book.Charged)
}

// mostMarkup is how many times the book's amount a mark-up may be at the most.
const mostMarkup = 20

// shown are the mark-ups that rows show: that of all of them together, and those of the
// rows that differ most, each rounded.
func (s *search) shown(code Code, scope scoped) (values []decimal.Decimal) {
	const mostRows, decimalsOfPercent, decimalsOfAmount = 6, 3, 6
	decimals := int32(decimalsOfAmount)
	if code == MarkupPercent {
		decimals = decimalsOfPercent
	}
	put := func(difference, base, book decimal.Decimal) {
		// What is that much more is no mark-up: perhaps the bill is in another currency.
		if base.IsZero() || difference.Abs().GreaterThan(book.Mul(decimal.NewFromInt(mostMarkup))) {
			return
		}
		value := difference.Div(base)
		if code == MarkupPercent {
			value = value.Shift(2)
		}
		agreed := agreedOf(s.a.bill, code, s.currency)
		for d := range decimals + 1 {
			if v := value.Round(d); !v.IsZero() && (v.IsNegative() || v.GreaterThan(agreed)) && !slices.ContainsFunc(values, v.Equal) {
				values = append(values, v)
			}
		}
	}
	rows := slices.DeleteFunc(slices.Clone(s.ofSample(scope.group).rows), func(i int) bool { return s.off[i].IsZero() || s.rows[i].Book.State != Priced })
	for _, agreed := range [...]bool{false, true} {
		if agreed && s.without(code) == nil {
			break
		}
		differences, bases, books := decimal.Zero, decimal.Zero, decimal.Zero
		for _, i := range rows {
			books = books.Add(s.base(MarkupPercent, i))
		}
		for n, i := range rows {
			low, high := s.beside(code, i, agreed)
			amount, _ := s.rows[i].Row.Amount.Get()
			difference := distance(amount, low, high, decimal.Zero, decimal.Zero)
			if n < mostRows {
				put(difference, s.base(code, i), books)
			}
			differences, bases = differences.Add(difference), bases.Add(s.base(code, i))
		}
		put(differences, bases, books)
	}
	return values
}

// agreedOf is how much of a mark-up is agreed with the provider of a bill, in a currency.
func agreedOf(b *Bill, code Code, currency string) decimal.Decimal {
	percent, each := b.Agreed()
	if code == MarkupPercent {
		return percent
	}
	if c, known := b.Pricing.Convert.Get(); known && c.Currency == currency && len(c.Rates) == 1 {
		for _, rate := range c.Rates {
			each = each.Mul(rate)
		}
	}
	return each
}

// without is what the rows cost with what is agreed with the provider, but for what a
// mark-up stands in the place of; nil where nothing else is agreed.
func (s *search) without(code Code) []ends {
	percent, each := s.a.bill.Agreed()
	with, other := addsEach, each
	if code != MarkupPercent {
		with, other = addsPercent, percent
	}
	if other.IsZero() {
		return nil
	}
	list, known := s.others[with]
	if !known {
		prices := s.a.pricesWith(0, with)
		for i := range prices {
			list = append(list, prices[i].ends())
		}
		s.others[with] = list
	}
	return list
}

// beside is what a row costs before a mark-up is added: the list price, or that with what
// else is agreed.
func (s *search) beside(code Code, i int, agreed bool) (low, high decimal.Decimal) {
	if others := s.without(code); agreed && others != nil {
		return others[i].of(s.a.bill.Tax)
	}
	return s.a.bounds(&s.rows[i].Book)
}

// markup is what rows would cost with a mark-up.
func (s *search) markup(code Code, value decimal.Decimal, scope group) *candidate {
	c := &candidate{Cause: Cause{Code: code}, scope: scope, fitted: true}
	if code == MarkupPercent {
		c.Percent = value
	} else {
		c.Amount = value
	}
	if value.IsPositive() {
		c.Agreed = agreedOf(s.a.bill, code, s.currency)
	}
	c.price = func(i int, agreed bool) (low, high decimal.Decimal, ok bool) {
		p := &s.rows[i].Book
		if p.State != Priced {
			return low, high, false
		}
		low, high = s.beside(code, i, agreed)
		switch {
		case code == MarkupPercent:
			from, to := s.a.bounds(p)
			low, high = low.Add(from.Mul(c.Percent.Shift(-2))), high.Add(to.Mul(c.Percent.Shift(-2)))
		case code == MarkupAmount || !p.IsRange():
			extra := value.Mul(s.base(code, i))
			low, high = low.Add(extra), high.Add(extra)
		default: // what is free does not carry it
			high = high.Add(value.Mul(s.base(code, i)))
		}
		if low.GreaterThan(high) {
			low, high = high, low
		}
		return low, high, true
	}
	return c
}

// provider is who is known to add what a cause says in a currency, empty where it is
// nobody or several.
func (c *candidate) provider(currency string) (name string) {
	list := rules.Providers()
	for i := range list {
		p := &list[i]
		adds := false
		switch c.Code {
		case MarkupPercent:
			adds = p.Percent.Equal(c.Percent) && p.PerMessage.IsZero()
		case MarkupAmount:
			adds = p.AppliesToFree && p.Currency == currency && p.PerMessage.Equal(c.Amount) && p.Percent.IsZero()
		default:
			adds = !p.AppliesToFree && p.Currency == currency && p.PerMessage.Equal(c.Amount) && p.Percent.IsZero()
		}
		if adds && name != "" {
			return ""
		}
		if adds {
			name = p.Name
		}
	}
	return name
}

// Words say the cause in English.
func (c *Cause) Words(currency string) string {
	text := c.words(currency)
	if c.Type != "" && c.Code != ListPrice && c.Code != LowerTier {
		text += ", on " + string(c.Type)
	}
	if c.Country != "" && c.Code != OtherMarket && c.Code != ListPrice && c.Code != LowerTier {
		text += " to " + c.Country
	}
	switch c.Added {
	case AddedAll:
		text += ", with what may be added"
	case AddedNone:
		text += ", without what may be added"
	case AddedSome:
		text += ", some rows with what may be added"
	}
	return text
}

func (c *Cause) words(currency string) string {
	switch c.Code {
	case Fee:
		return "a fee of the provider, or a charge for messages that did not arrive or came from people"
	case OtherCurrency:
		return "the amounts are far from " + currency + ": say which currency they are in, in the name of their column or in a column of its own"
	case ChargedFree:
		return "messages that the bill itself calls free are charged"
	case Allowance:
		return "what is free by number in a month is charged"
	case FreeInWindow:
		return "not charged, as inside the window when that was free"
	case FreeEntry:
		return "not charged, as at a free entry point"
	case OldCard:
		return "the prices of before " + c.Until.String()
	case ListPrice:
		return string(c.Type) + " to " + c.Country + " at the list price, without the volume tiers"
	case LowerTier:
		return string(c.Type) + " to " + c.Country + " at the price of the volume tier from message " + strconv.FormatInt(c.Tier, 10) + " on"
	case OtherReading:
		return "with " + c.Reading + " read as " + c.Value
	case TaxAdded:
		return "a tax of " + c.Percent.String() + " % is added, or as much by the provider"
	case TaxLeftOut:
		return "the tax of " + c.Percent.String() + " % is left out"
	case OtherMarket:
		return c.Country + " at the price of the market " + c.Market
	}
	text := "the provider "
	value := c.Percent
	if c.Code != MarkupPercent {
		value = c.Amount
	}
	if value.IsNegative() {
		text += "takes off " + value.Abs().String()
	} else {
		text += "adds " + value.String()
	}
	unit := " " + currency
	switch c.Code {
	case MarkupPercent:
		unit = " %"
		text += unit
	case MarkupAmount:
		text += " " + currency + " for each message"
	default:
		text += " " + currency + " for each message that is charged"
	}
	if c.Provider != "" {
		text += ", as " + c.Provider + " does"
	}
	if c.Agreed.IsPositive() {
		text += ", " + c.Agreed.String() + unit + " may be added"
	}
	return text
}
