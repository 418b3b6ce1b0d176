package auditing

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/app/files"
	"postage/app/filing"
	"postage/app/words"
	"postage/rules"
	"postage/rules/audit"
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

// sign is what a currency is called.
func (w *work) sign(currency string) string {
	zero := w.Words().Money(decimal.Zero, currency)
	return strings.Trim(zero, "0.,"+words.NoBreakSpace)
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

// money is an amount with its currency.
func (w *work) money(d decimal.Decimal, currency string) string {
	return w.Words().Money(round(d, currency), currency)
}

// amount is an amount without its currency.
func (w *work) amount(d decimal.Decimal, currency string) string {
	if d = round(d, currency); d.IsZero() {
		return "0"
	}
	least := 2
	if currency == "VND" {
		least = 0
	}
	return w.Words().Decimal(d, least)
}

// between is an amount of which only the ends are known, with its currency.
func (w *work) between(low, high decimal.Decimal, currency string) string {
	if low.Equal(high) {
		return w.money(low, currency)
	}
	return w.Words().Text("audit.between", "low", w.amount(low, currency), "high", w.money(high, currency))
}

// spread is likewise an amount without its currency.
func (w *work) spread(low, high decimal.Decimal, currency string) string {
	if low.Equal(high) {
		return w.amount(low, currency)
	}
	return w.Words().Text("audit.between", "low", w.amount(low, currency), "high", w.amount(high, currency))
}

// price is what one message costs.
func (w *work) price(d decimal.Decimal, currency string) string { return w.Words().Money(d, currency) }

// days are those from one to another.
func (w *work) days(from, to rules.Date) string {
	l := w.Words()
	if from >= to {
		return l.Date(from)
	}
	return l.Text("audit.days", "from", l.Date(from), "to", l.Date(to))
}

// channels are those of the bill.
func (w *work) channels() string {
	var names []string
	for _, c := range w.found.Channels {
		names = append(names, w.Words().Text("channel."+c))
	}
	return strings.Join(names, ", ")
}

// nation is the name of a country.
func (w *work) nation(code string) string {
	if name := w.nations[code]; name != "" {
		return name
	}
	return code
}

// place is where messages went: a country, or a channel that knows none.
func (w *work) place(t *billing.Traffic) string {
	l := w.Words()
	var names []string
	for _, c := range t.Countries {
		names = append(names, w.nation(c))
	}
	if len(names) > 0 {
		return filing.Some(names)
	}
	if len(t.Types) == 0 {
		return l.Text("audit.place.fee")
	}
	return l.Text("channel." + string(rules.MessageType(t.Types[0]).Channel()))
}

// kind is what messages were.
func (w *work) kind(t *billing.Traffic) string {
	l := w.Words()
	var names []string
	for _, one := range t.Types {
		names = append(names, l.Text("type."+one))
	}
	said := strings.Join(names, ", ")
	if t.Kind != "" {
		said += ", " + l.Text("option.message.template.kind."+t.Kind)
	}
	if t.Told != audit.Untold && len(t.Types) == 1 && (t.Told != audit.ToldCharged || t.Types[0] == string(rules.WhatsAppUtility)) && t.Types[0] != string(rules.WhatsAppService) {
		said += ", " + l.Text("audit.told."+string(t.Told))
	}
	return said
}

// typesOf are the types that a cause is about.
func (w *work) typesOf(c *billing.Cause) string {
	l := w.Words()
	var names []string
	for _, t := range c.Types {
		names = append(names, l.First([]string{"audit.type." + t, "type." + t}))
	}
	return strings.Join(names, ", ")
}

// causePairs are what the texts of a cause may name.
func (w *work) causePairs(c *billing.Cause, currency string) []string {
	l := w.Words()
	value, adds := c.Percent, "adds"
	if !c.Each.IsZero() {
		value = c.Each
	}
	if value.IsNegative() {
		adds = "takes"
	}
	amount := l.Percent(value.Abs())
	if !c.Each.IsZero() {
		amount = w.price(value.Abs(), currency)
	}
	where := l.Count("audit.countries", c.Markets)
	if c.Markets == 1 {
		where = w.nation(c.Country)
	}
	if c.Markets == 0 {
		where = l.Text("audit.everywhere")
	}
	return []string{
		"types", w.typesOf(c), "country", w.nation(c.Country), "where", where, "until", l.Date(c.Until), "amount", amount, "percent", l.Percent(c.Percent),
		"market", l.First([]string{"market." + c.Market, c.Market}), "tier", l.Number(c.Tier), "messages", l.Count("messages", c.Messages), "rows", l.Count("list.rows", c.Rows),
		"currency", w.sign(currency), "provider", c.Provider, "does", l.Text("audit.cause." + adds),
	}
}

// causeText is what a cause is, in a few words.
func (w *work) causeText(c *billing.Cause, currency string) string {
	return w.Words().First(causeKeys(c, ""), w.causePairs(c, currency)...)
}

// causeAbout says what it is about.
func (w *work) causeAbout(c *billing.Cause, currency string) string {
	return filing.Capital(w.Words().First(causeKeys(c, ".about"), w.causePairs(c, currency)...))
}

// causeKeys are the keys of the texts of a cause, the one that fits best first.
func causeKeys(c *billing.Cause, part string) []string {
	key := "audit.cause." + string(c.Code)
	switch {
	case c.Percent.IsNegative() || c.Each.IsNegative():
		return []string{key + ".less" + part, key + part}
	case c.Provider != "":
		return []string{key + ".known" + part, key + part}
	}
	return []string{key + part}
}

// rowText says what is known of a row.
func (w *work) rowText(l *billing.Line, s *billing.Sum) string {
	t := w.Words()
	switch {
	case l.State == audit.Priced && l.Billed == nil:
		return t.Text("audit.row.unbilled")
	case !l.Compared:
		return w.stateText(l.State, l.Reason)
	case l.Difference.IsZero() && l.High.IsZero():
		return t.Text("audit.row.free")
	case l.Difference.IsZero() && !l.Low.Equal(l.High):
		return t.Text("audit.row.range")
	case l.Difference.IsZero():
		return t.Text("audit.row.right")
	case l.Cause < 0:
		return t.Text("audit.cause.unknown")
	}
	c := &s.Causes[l.Cause]
	return t.First([]string{"audit.row." + string(c.Code), causeKeys(c, "")[0], "audit.cause." + string(c.Code)}, w.rowPairs(c, l)...)
}

// rowPairs are what the text of a cause may name, of one row.
func (w *work) rowPairs(c *billing.Cause, l *billing.Line) []string {
	one := *c
	if len(l.Countries) == 1 {
		one.Country, one.Markets = l.Countries[0], 1
	}
	one.Types, one.Messages, one.Rows = l.Types, l.Messages, 1
	return w.causePairs(&one, l.Currency)
}

// stateText says why there is no price.
func (w *work) stateText(s audit.State, reason string) string {
	l := w.Words()
	switch s {
	case audit.NotAllowed:
		kind, codes, _ := strings.Cut(reason, ": ")
		return l.Text("audit.state.not-allowed", "type", l.TypeName(rules.MessageType(kind)), "reasons", filing.ReasonText(l, rules.MessageType(kind), strings.Fields(codes)))
	case audit.NotInBook:
		return l.Text("audit.state.not-in-book", "type", l.TypeName(rules.MessageType(reason)))
	case audit.NeedsRate:
		from, to, _ := strings.Cut(reason, " ")
		return l.Text("audit.state.needs-rate", "from", w.sign(from), "to", w.sign(to))
	case audit.Refused:
		return l.Text("audit.state.refused")
	}
	return l.Text("audit.state.fee")
}

// whyText says why traffic costs something else on the other day.
func (w *work) whyText(c *billing.Change) string {
	l := w.Words()
	return l.Text("audit.then.why."+string(c.Why), "from", w.price(c.From, c.Currency), "to", w.price(c.To, c.Currency), "free", l.Number(c.Free))
}
