package rules

import (
	"cmp"
	"slices"
	"sort"

	"github.com/shopspring/decimal"
)

// A PackageCost is a plan with one of the packages that a Zalo Official Account may
// have, bought for one of its terms.
//
// The packages are those of the rule zalo.oa-packages on the plan's first day; what
// they hold is zalo.oa-packages.included-messages.* of that day, the whole of it in
// each month; what they cost is zalo.oa-packages.fee-per-year.*, of which a month has
// a twelfth, zalo.oa-packages.fee-six-months.*, of which it has a sixth, and
// zalo.oa-packages.fee-per-month.*, with the VAT of zalo.oa-packages.vat.
type PackageCost struct {
	Package   OAPackage
	Included  Opt[int64]      // consultation messages past 48 h that it holds each month; unknown where the book does not say, and none are counted on
	Term      int64           // months that are paid at once: 12, 6 or 1; 0 where no fee is published
	Fee       decimal.Decimal // of the whole term, as published
	Fees      []Line          // a month's part of it, for each month in which anything may go out; none where no fee is published
	Quote     *PlanQuote      // the plan with the package, without its fee; nil where the plan cannot be with it
	Error     *Error          // why it cannot, as where a package ends before the plan
	Barred    []PackageBar    // what cannot be sent with it
	Totals    []Total         // the plan and the fees: dong first, then by code; absent where a fee or a price is not published
	Converted *Total          // all of the totals in the plan's currency; absent where a rate is not given
}

// A PackageBar is a check of an item that a package fails: by the tool or by the
// package itself.
type PackageBar struct {
	Item int // index into the items
	PlanCheck
}

// PackagesFor tells what a plan costs with each package of a Zalo Official Account,
// side by side: what delivers the most first, and of these the cheapest; then those
// whose fee is not published or with which something has no price; then those with
// which an item may not be sent by its tool; then those that there are not on all days
// of the plan. What the plan says of its package, of what is left in it and of adding
// its fee does not matter. It is empty for a plan without Zalo.
//
// The error is an *[Error], of the plan.
func PackagesFor(p Plan) ([]PackageCost, error) {
	p.Sender.OAPackage, p.Sender.IncludePackageFee = "", false
	if e := p.firstMistake(); e != nil {
		return nil, e
	}
	first, ofZalo := p.Items[0].On, false
	for i := range p.Items {
		first = min(first, p.Items[i].On)
		ofZalo = ofZalo || p.Items[i].Message.Type.Platform() == ZNS.Platform()
	}
	if !ofZalo {
		return nil, nil
	}
	var list []PackageCost
	for _, own := range OAPackages(first) {
		c := PackageCost{Package: own}
		c.answer(p, first)
		terms := len(list)
		for i := range packageTerms {
			term := &packageTerms[i]
			if _, sold := term.monthFee(own, first); sold {
				list = append(list, c.boughtFor(term, p.Pricing.Convert, first))
			}
		}
		if len(list) == terms {
			list = append(list, c)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].order(&list[j]) < 0 })
	return list, nil
}

// answer answers the plan with the package.
func (c *PackageCost) answer(p Plan, first Date) {
	if f, ok := IncludedMessages(c.Package, first); ok {
		c.Included = Some(f.n)
	}
	p.Sender.OAPackage, p.Sender.IncludedMessages, p.Sender.IncludedPerMonth = c.Package, c.Included.Or(0), Some(c.Included.Or(0))
	q, err := EvaluatePlan(p)
	if err != nil {
		c.Error = err.(*Error) // the only kind of error that there is here
		return
	}
	c.Quote = &q
	for i := range q.Items {
		for _, check := range q.Items[i].Checks {
			if check.Outcome == Fail && (check.Code == uidTool.code || check.Code == uidPackage.code) {
				c.Barred = append(c.Barred, PackageBar{i, check})
			}
		}
	}
}

// boughtFor adds the fee of a term, on the day of each month on which the plan pays it.
func (c PackageCost) boughtFor(term *packageTerm, convert Opt[Conversion], first Date) PackageCost {
	c.Term, c.Fee = term.months, term.fees[c.Package].on(first).amount
	if c.Quote == nil {
		return c
	}
	c.Totals = slices.Clone(c.Quote.Totals)
	published := true
	for _, day := range c.Quote.payDays() {
		fee, ok := term.monthFee(c.Package, day)
		if published = published && ok; !ok {
			continue // it is sold no more
		}
		l := bookLine("package-fee", 1, fee, day)
		c.Fees = append(c.Fees, l)
		addTotal(&c.Totals, Total{"VND", l.Net, l.Tax, l.Gross})
	}
	if !published || !c.Quote.Priced {
		c.Totals = nil
		return c
	}
	if to, asked := convert.Get(); asked {
		c.Converted = to.all(c.Totals)
	}
	return c
}

// payDays are the days of work on which the months pay what is paid once: the first
// one of each month in which anything may go out.
func (q *PlanQuote) payDays() (days []Date) {
	var first Date // of the month
	paid := false
	for i := range q.Days {
		day := &q.Days[i]
		if first.Month() != day.On.Month() {
			first, paid = day.On, false
		}
		if day.Deliverable > 0 && !paid {
			days, paid = append(days, first), true
		}
	}
	return days
}

// rank is 0 where the costs can be weighed, 1 where a fee or a price is not published,
// 2 where something is barred, 3 where there is no answer.
func (c *PackageCost) rank() int {
	switch {
	case c.Quote == nil:
		return 3
	case len(c.Barred) > 0:
		return 2
	case c.Totals == nil:
		return 1
	}
	return 0
}

// order puts a package before or behind another one. Amounts in other currencies than
// dong do not hang on the package.
func (c *PackageCost) order(other *PackageCost) int {
	if by := c.rank() - other.rank(); by != 0 || c.Quote == nil {
		return by
	}
	cost := func(c *PackageCost) decimal.Decimal {
		if c.Totals == nil {
			return grossIn(c.Quote.Totals, "VND")
		}
		return grossIn(c.Totals, "VND")
	}
	return cmp.Or(cmp.Compare(other.Quote.Deliverable, c.Quote.Deliverable), cost(c).Cmp(cost(other)))
}
