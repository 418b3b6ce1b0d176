package auditing

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/app/files"
	"postage/rules"
)

func itoa(n int) string { return strconv.Itoa(n) }

// WrongText says what is wrong with a file, a row or what was said of it.
func (w *work) WrongText(f *files.Wrong) string {
	if f.Code == files.WrongChoice {
		return w.Words().First([]string{"audit.wrong.choice." + f.Path, "audit.wrong.choice"})
	}
	return w.File.WrongText(f)
}

// FactName is what a column can be, in words.
func (w *work) FactName(fact string) string {
	if kind, counts := strings.CutPrefix(fact, countOf); counts {
		return w.Words().Text("audit.fact.count-of", "type", w.Words().TypeName(rules.MessageType(kind)))
	}
	return w.Words().Text("audit.fact." + fact)
}

// round rounds an amount for reading: dong to whole ones, others to cents, or to four
// decimals where it has less than a cent.
func round(d decimal.Decimal, currency string) decimal.Decimal {
	if currency == "VND" {
		return d.Round(0)
	}
	const cents, fine = 2, 4
	if d.Abs().LessThan(decimal.New(1, -cents)) {
		return d.Round(fine)
	}
	return d.Round(cents)
}

// causeKeys are the keys of the texts of a cause, the one that fits best first.
func causeKeys(c *billing.Cause, part string) []string {
	key := "audit.cause." + string(c.Code)
	switch {
	case c.Reading != "":
		return []string{key + "." + c.Reading + "." + c.Value + part, key + part}
	case c.Percent.IsNegative() || c.Each.IsNegative():
		return []string{key + ".less" + part, key + part}
	case c.Agreed.IsPositive():
		return []string{key + ".agreed" + part, key + part}
	case c.Provider != "":
		return []string{key + ".known" + part, key + part}
	}
	return []string{key + part}
}
