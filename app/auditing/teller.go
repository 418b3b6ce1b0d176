package auditing

import (
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/app/filing"
	"postage/rules"
	"postage/rules/audit"
)

// A teller puts what came of a bill into words.
type teller struct {
	amounts
	found   *billing.Found
	nations map[string]string // names of countries, by their codes
}

// days are those from one to another.
func (w *teller) days(from, to rules.Date) string {
	l := w.file.Words()
	if from >= to {
		return l.Date(from)
	}
	return l.Text("audit.days", "from", l.Date(from), "to", l.Date(to))
}

// channels are those of the bill.
func (w *teller) channels() string {
	var names []string
	for _, c := range w.found.Channels {
		names = append(names, w.file.Words().Text("channel."+c))
	}
	return strings.Join(names, ", ")
}

// nation is the name of a country.
func (w *teller) nation(code string) string {
	if name := w.nations[code]; name != "" {
		return name
	}
	return code
}

// place is where messages went: a country, or a channel that knows none.
func (w *teller) place(t *billing.Traffic) string {
	l := w.file.Words()
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
func (w *teller) kind(t *billing.Traffic) string {
	l := w.file.Words()
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
func (w *teller) typesOf(c *billing.Cause) string {
	l := w.file.Words()
	var names []string
	for _, t := range c.Types {
		names = append(names, l.First([]string{"audit.type." + t, "type." + t}))
	}
	return strings.Join(names, ", ")
}

// causePairs are what the texts of a cause may name.
func (w *teller) causePairs(c *billing.Cause, currency string) []string {
	l := w.file.Words()
	value, adds := c.Percent, "adds"
	if !c.Each.IsZero() {
		value = c.Each
	}
	if value.IsNegative() {
		adds = "takes"
	}
	amount, agreed := l.Percent(value.Abs()), l.Percent(c.Agreed)
	if !c.Each.IsZero() {
		amount, agreed = w.price(value.Abs(), currency), w.price(c.Agreed, currency)
	}
	where := l.Count("audit.countries", c.Markets)
	if c.Markets == 1 {
		where = w.nation(c.Country)
	}
	if c.Markets == 0 {
		where = l.Text("audit.everywhere")
	}
	return []string{
		"types", w.typesOf(c), "country", w.nation(c.Country), "where", where, "until", l.Date(c.Until), "amount", amount, "agreed", agreed, "percent", l.Percent(c.Percent),
		"market", l.First([]string{"market." + c.Market, c.Market}), "tier", l.Number(c.Tier), "messages", l.Count("messages", c.Messages), "rows", l.Count("list.rows", c.Rows),
		"currency", w.sign(currency), "provider", c.Provider, "does", l.Text("audit.cause." + adds),
	}
}

// causeText is what a cause is, in a few words.
func (w *teller) causeText(c *billing.Cause, currency string) string {
	return w.withAdded(w.file.Words().First(causeKeys(c, ""), w.causePairs(c, currency)...), c.Added)
}

// withAdded adds to what is said of a cause whether what is agreed with the provider is in
// the amounts that it explains.
func (w *teller) withAdded(said string, added audit.Added) string {
	if added == audit.AddedUnsaid {
		return said
	}
	return said + ", " + w.file.Words().Text("audit.cause.with."+string(added), "added", w.added())
}

// causeAbout says what it is about.
func (w *teller) causeAbout(c *billing.Cause, currency string) string {
	return filing.Capital(w.file.Words().First(causeKeys(c, ".about"), w.causePairs(c, currency)...))
}

// causeAsked says the same to the provider, whom the letter goes to: of every mark-up alike.
func (w *teller) causeAsked(c *billing.Cause, currency string) string {
	asked := *c
	if strings.HasPrefix(string(c.Code), "markup-") {
		asked.Code = "markup"
	}
	var keys []string
	for i, about := range causeKeys(c, ".about") {
		keys = append(keys, causeKeys(&asked, ".letter")[i], about)
	}
	return filing.Capital(w.file.Words().First(keys, w.causePairs(c, currency)...))
}

// flatText says that every message costs the same; empty where it is not so.
func (w *teller) flatText(s *billing.Sum) string {
	if s.Flat.IsZero() {
		return ""
	}
	return w.file.Words().Text("audit.flat", "price", w.price(s.Flat, s.Currency))
}

// unknownText is what is said of rows that no cause explains, in a few words: where every
// message costs the same, that explains them.
func (w *teller) unknownText(s *billing.Sum) string {
	if s.Flat.IsZero() {
		return w.file.Words().Text("audit.cause.unknown")
	}
	return w.file.Words().Text("audit.flat.rows")
}

// unknownAbout says how many they are.
func (w *teller) unknownAbout(s *billing.Sum) string {
	if s.Flat.IsZero() {
		return w.file.Words().Count("audit.cause.unknown.about", s.UnknownRows)
	}
	return w.file.Words().Count("list.rows", s.UnknownRows)
}

// rowText says what is known of a row.
func (w *teller) rowText(l *billing.Line, s *billing.Sum) string {
	t := w.file.Words()
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
		return w.unknownText(s)
	}
	c := &s.Causes[l.Cause]
	keys := []string{"audit.row." + string(c.Code), causeKeys(c, "")[0], "audit.cause." + string(c.Code)}
	if c.Agreed.IsPositive() {
		keys = append([]string{keys[0] + ".agreed"}, keys...)
	}
	return w.withAdded(t.First(keys, w.rowPairs(c, l)...), l.Added)
}

// rowPairs are what the text of a cause may name, of one row.
func (w *teller) rowPairs(c *billing.Cause, l *billing.Line) []string {
	one := *c
	if len(l.Countries) == 1 {
		one.Country, one.Markets = l.Countries[0], 1
	}
	one.Types, one.Messages, one.Rows = l.Types, l.Messages, 1
	return w.causePairs(&one, l.Currency)
}

// stateText says why there is no price.
func (w *teller) stateText(s audit.State, reason string) string {
	l := w.file.Words()
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
func (w *teller) whyText(c *billing.Change) string {
	l := w.file.Words()
	return l.Text("audit.then.why."+string(c.Why), "from", w.price(c.From, c.Currency), "to", w.price(c.To, c.Currency), "free", l.Number(c.Free))
}

// ends are by how much a sum changes, at least and at most.
func ends(s *billing.ThenSum) (low, high decimal.Decimal) {
	a, b := s.ThenLow.Sub(s.Low), s.ThenHigh.Sub(s.High)
	return decimal.Min(a, b), decimal.Max(a, b)
}

// plus is by how much traffic changes, with its sign.
func (w *teller) plus(s *billing.ThenSum) string {
	low, high := ends(s)
	if low.Equal(high) {
		return w.signed(low, s.Currency)
	}
	return w.file.Words().Text("audit.between", "low", w.signed(low, s.Currency), "high", w.signed(high, s.Currency))
}

// moreText says by how much a sum changes.
func (w *teller) moreText(s *billing.ThenSum) string {
	l := w.file.Words()
	low, high := ends(s)
	switch {
	case low.IsZero() && high.IsZero():
		return l.Text("audit.then.same")
	case low.IsNegative() && high.IsPositive():
		return l.Text("audit.then.changes", "amount", w.plus(s))
	}
	key := "audit.then.more"
	if low.IsNegative() {
		key, low, high = "audit.then.less", high.Neg(), low.Neg()
	}
	amount := w.spread(low, high, s.Currency)
	if s.High.IsZero() || !low.Equal(high) {
		return l.Text(key, "amount", amount)
	}
	const places = 5
	return l.Text(key+".percent", "amount", amount, "percent", l.Percent(high.DivRound(s.High, places).Shift(2).Round(1)))
}

// added is what is agreed with the provider: a per cent, an amount for each message, or
// both; empty where nothing is.
func (w *teller) added() string {
	l, f := w.file.Words(), w.found
	percent, each := l.Percent(f.Percent), l.Text("audit.added.each", "amount", w.price(f.Each, f.Adds))
	switch {
	case f.Percent.IsZero() && f.Each.IsZero():
		return ""
	case f.Each.IsZero():
		return percent
	case f.Percent.IsZero():
		return each
	}
	return l.Text("audit.added.both", "percent", percent, "each", each)
}

// label is what the figure of a stamp is.
func (w *teller) label(s *billing.Sum) string {
	key := "audit.stamp." + string(stateOf(s))
	if !s.Most.Equal(s.High) && s.Billed.GreaterThan(s.High) {
		return w.file.Words().First([]string{key + ".agreed", key})
	}
	return w.file.Words().Text(key, "tax", w.file.Words().Percent(taxOf(s)))
}

// mayBeMore is the most by which a sum may differ, where the book's is a range and that is
// more than what the rows differ by at least; zero where it is not.
func mayBeMore(s *billing.Sum) decimal.Decimal {
	most := s.Billed.Sub(s.Low)
	if s.Difference.IsNegative() {
		most = s.High.Sub(s.Billed)
	}
	if s.Low.Equal(s.High) || s.Difference.IsZero() || !most.GreaterThan(s.Difference.Abs()) {
		return decimal.Zero
	}
	return most
}

// atLeast says of a difference that it may be more, where it may.
func (w *teller) atLeast(said string, s *billing.Sum) string {
	if mayBeMore(s).IsZero() {
		return said
	}
	return w.file.Words().Text("audit.at-least", "amount", said)
}

// headline is the figure of a stamp.
func (w *teller) headline(s *billing.Sum) string {
	switch stateOf(s) {
	case unbilled:
		return w.between(s.UnbilledLow, s.UnbilledHigh, s.Currency)
	case unpriced:
		return w.money(s.Unexamined, s.Currency)
	case right:
		return w.money(s.Billed, s.Currency)
	}
	return w.atLeast(w.money(s.Difference.Abs(), s.Currency), s)
}

// rangeText says why the book's amount is a range, and what that means for the difference.
func (w *teller) rangeText(s *billing.Sum) string {
	l := w.file.Words()
	said := l.Text("audit.range")
	if most := mayBeMore(s); !most.IsZero() && s.Most.Equal(s.High) {
		said += " " + l.Text("audit.range.most", "amount", w.money(most, s.Currency))
	}
	return said
}

// beside is what stands below the figure.
func (w *teller) beside(s *billing.Sum) string {
	l := w.file.Words()
	switch stateOf(s) {
	case unbilled:
		return l.Count("messages", s.Messages)
	case unpriced:
		if len(w.found.Needs) > 0 {
			return l.Text("audit.beside.rate")
		}
		return l.Text("audit.beside.unknown")
	}
	return l.Text(w.agreedKey("audit.beside", s), w.sumPairs(s)...)
}

// agreedKey is the key of a text, or where something is agreed that counts of the text that
// says so.
func (w *teller) agreedKey(key string, s *billing.Sum) string {
	if s.Most.Equal(s.High) {
		return key
	}
	return key + ".agreed"
}

// sumPairs are what the texts of a sum may name.
func (w *teller) sumPairs(s *billing.Sum) []string {
	return []string{
		"billed", w.money(s.Billed, s.Currency), "book", w.between(s.Low, s.High, s.Currency), "most", w.money(s.Most, s.Currency), "added", w.added(),
		"difference", w.atLeast(w.signedMoney(s.Difference, s.Currency), s),
	}
}
