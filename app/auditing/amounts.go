package auditing

import (
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/filing"
	"postage/app/words"
)

// amounts writes what things cost, in the language of a page.
type amounts struct{ file *filing.File }

// sign is what a currency is called.
func (w *amounts) sign(currency string) string {
	zero := w.file.Words().Money(decimal.Zero, currency)
	return strings.Trim(zero, "0.,"+words.NoBreakSpace)
}

// money is an amount with its currency.
func (w *amounts) money(d decimal.Decimal, currency string) string {
	return w.file.Words().Money(round(d, currency), currency)
}

// amount is an amount without its currency.
func (w *amounts) amount(d decimal.Decimal, currency string) string {
	if d = round(d, currency); d.IsZero() {
		return "0"
	}
	least := 2
	if currency == "VND" {
		least = 0
	}
	return w.file.Words().Decimal(d, least)
}

// between is an amount of which only the ends are known, with its currency.
func (w *amounts) between(low, high decimal.Decimal, currency string) string {
	if low.Equal(high) {
		return w.money(low, currency)
	}
	return w.file.Words().Text("audit.between", "low", w.amount(low, currency), "high", w.money(high, currency))
}

// spread is likewise an amount without its currency.
func (w *amounts) spread(low, high decimal.Decimal, currency string) string {
	if low.Equal(high) {
		return w.amount(low, currency)
	}
	return w.file.Words().Text("audit.between", "low", w.amount(low, currency), "high", w.amount(high, currency))
}

// price is what one message costs.
func (w *amounts) price(d decimal.Decimal, currency string) string {
	return w.file.Words().Money(d, currency)
}

// signedMoney is an amount with its sign and its currency.
func (w *amounts) signedMoney(d decimal.Decimal, currency string) string {
	plain := w.money(d.Abs(), currency)
	switch {
	case d.IsZero():
		return plain
	case d.IsNegative():
		return "−" + plain
	}
	return "+" + plain
}

// signed writes an amount with its sign, without its currency.
func (w *amounts) signed(d decimal.Decimal, currency string) string {
	switch plain := w.amount(d.Abs(), currency); {
	case d.IsZero():
		return "0"
	case d.IsNegative():
		return "−" + plain
	default:
		return "+" + plain
	}
}

// withMost adds to an amount by the book the most that may be billed, where that is more.
func (w *amounts) withMost(book string, high, most decimal.Decimal, currency string) string {
	if most.Equal(high) {
		return book
	}
	return book + ", " + w.file.Words().Text("audit.most", "most", w.amount(most, currency))
}
