package rules

import (
	"strings"

	"github.com/shopspring/decimal"
)

// The packages of a Zalo Official Account: what they cost, and how many
// consultation messages past 48 h they hold each month.
var (
	packageVAT          = theBook.rule("zalo.oa-packages.vat")
	packageYearFees     = rulesOf("zalo.oa-packages.fee-per-year.", "", PackageStandard, PackageGrowth, PackageComprehensive)
	packageHalfYearFees = rulesOf("zalo.oa-packages.fee-six-months.", "", PackageGrowth, PackageComprehensive)
	packageMonthFees    = rulesOf("zalo.oa-packages.fee-per-month.", "", PackageBasic, PackageTrial, PackageAdvanced, PackagePremium)
	includedMessages    = rulesOf("zalo.oa-packages.included-messages.", "",
		PackageBasic, PackageTrial, PackageAdvanced, PackagePremium, PackageStandard, PackageGrowth, PackageComprehensive)
)

// IncludedMessages is how many consultation messages past 48 h a package holds
// each month, and false where the book does not say. It is what
// Sender.IncludedMessages starts a month with.
func IncludedMessages(p OAPackage, on Date) (Fact, bool) {
	if r := includedMessages[p]; r != nil {
		if f := r.on(on); f != nil {
			return *f, true
		}
	}
	return Fact{}, false
}

// addPackageFee adds a month of the account's package where the user asks for it
// and the book has its fee.
func addPackageFee(e *evaluation) {
	if p, ok := packageFee(e); ok && e.s.Sender.IncludePackageFee && !p.unit.IsZero() {
		e.q.Lines = append(e.q.Lines, bookLine("package-fee", 1, p, e.s.On))
	}
}

// hasPackageFees reports whether any package of the day has a fee for the type.
func hasPackageFees(e *evaluation) bool {
	if !isOfZalo(e) {
		return false
	}
	for _, fees := range [...]map[OAPackage]*rule{packageYearFees, packageMonthFees} {
		for _, r := range fees {
			if r.on(e.s.On) != nil {
				return true
			}
		}
	}
	return false
}

func isOfZalo(e *evaluation) bool { return strings.HasPrefix(string(e.kind.id), "zalo.") }

// packageFee is what the package costs a month, in dong: a twelfth of a year's
// fee from 2026-06-01 on, with VAT; before that the fee as it was published,
// which does not say whether VAT is in it.
func packageFee(e *evaluation) (price, bool) {
	if !isOfZalo(e) {
		return price{}, false
	}
	return monthFee(e.s.Sender.OAPackage, e.s.On)
}

// PackageFee is what a package costs a month on a day, in dong: see the line
// "package-fee" of a quote. It is false where the book has no fee.
func PackageFee(p OAPackage, on Date) (decimal.Decimal, bool) {
	fee, ok := monthFee(p, on)
	return fee.unit, ok
}

// monthFee is [evaluation.packageFee] of a package on a day.
func monthFee(own OAPackage, on Date) (price, bool) {
	for _, term := range [...]*packageTerm{&packageTerms[0], &packageTerms[2]} {
		if p, ok := term.monthFee(own, on); ok {
			return p, true
		}
	}
	return price{}, false
}

// A packageTerm is how long a package may be bought for, with its fees.
type packageTerm struct {
	months int64
	fees   map[OAPackage]*rule
}

var packageTerms = [...]packageTerm{{12, packageYearFees}, {6, packageHalfYearFees}, {1, packageMonthFees}}

// monthFee is a month's part of the fee of a package, and false where the book has
// none for the term on the day.
func (t *packageTerm) monthFee(own OAPackage, on Date) (price, bool) {
	r := t.fees[own]
	if r == nil || r.on(on) == nil {
		return price{}, false
	}
	p := price{unit: divide(r.on(on).amount, decimal.NewFromInt(t.months)), rule: r}
	if f := packageVAT.on(on); f != nil {
		p.tax, p.included = f.amount, true
	}
	return p, true
}
