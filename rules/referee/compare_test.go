package referee

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// A quote is what the rules answer, as JSON.
type quote struct {
	On, Message, Verdict                                        string
	Priced                                                      bool
	Requested, Deliverable, Blocked, Undelivered, Free, Charged int64
	Segments                                                    []struct {
		Name, Verdict                                               string
		Requested, Deliverable, Blocked, Undelivered, Free, Charged int64
		Checks                                                      []struct{ Code, Outcome string }
	}
	Lines []struct {
		Segment                                *int
		Market                                 string
		TierFrom                               int64
		Code                                   string
		Quantity                               int64
		UnitPrice, TaxPercent, Net, Tax, Gross string
		TaxIncluded                            bool
	}
	Totals    []quoteTotal
	Converted *quoteTotal
	Schedule  *struct{ PerDay, Days int64 }
	Notices   []struct{ Code string }
}

type quoteTotal struct{ Currency, Net, Tax, Gross string }

// A field is one thing to be compared. A value of "any" agrees with every other.
type field struct{ name, value string }

const anyValue = "any"

// fields lists what is compared of an answer of the referee.
func (a *answer) fields(s *scenario) (list []field) {
	list = append(list, field{"on", s.On}, field{"message", s.Message.Type})
	list = append(list, a.whole.fields("")...)
	for i, p := range a.segments {
		at := fmt.Sprintf("segments[%d].", i)
		list = append(list, field{at + "name", s.Audience[i].Name})
		list = append(list, p.fields(at)...)
		var checks []string
		for _, c := range p.checks {
			checks = append(checks, c.code+"="+string(c.outcome))
		}
		list = append(list, field{at + "checks", strings.Join(s.checksCompared(checks), " ")})
	}
	schedule := "none"
	if a.perDay > 0 {
		schedule = fmt.Sprint(a.days, " days of ", a.perDay)
	}
	list = append(list, field{"schedule", schedule}, field{"before the book", fmt.Sprint(a.before)})
	if a.vague {
		return append(list, field{"priced", anyValue}, field{"totals", anyValue}, field{"lines", anyValue}, field{"converted", anyValue})
	}
	list = append(list, field{"priced", fmt.Sprint(a.priced)}, field{"totals", a.total.String()})
	lines := anyValue // what is known of a cost that is not known is not defined
	if a.priced {
		lines = s.sums(a.lines)
	}
	return append(list, field{"lines", lines}, field{"converted", a.converted.String()})
}

func (p *part) fields(at string) []field {
	return []field{
		{at + "verdict", p.verdict},
		{at + "requested", fmt.Sprint(p.requested)},
		{at + "deliverable", fmt.Sprint(p.deliverable)},
		{at + "blocked", fmt.Sprint(p.blocked)},
		{at + "undelivered", fmt.Sprint(p.undelivered)},
		{at + "free", fmt.Sprint(p.free)},
		{at + "charged", fmt.Sprint(p.charged)},
	}
}

// fields lists what is compared of a quote, in the same order.
func (q *quote) fields(s *scenario) (list []field) {
	list = append(list, field{"on", q.On}, field{"message", q.Message})
	whole := part{q.Verdict, q.Requested, q.Deliverable, q.Blocked, q.Undelivered, q.Free, q.Charged, nil}
	list = append(list, whole.fields("")...)
	for i, g := range q.Segments {
		at := fmt.Sprintf("segments[%d].", i)
		p := part{g.Verdict, g.Requested, g.Deliverable, g.Blocked, g.Undelivered, g.Free, g.Charged, nil}
		list = append(list, field{at + "name", g.Name})
		list = append(list, p.fields(at)...)
		var checks []string
		for _, c := range g.Checks {
			checks = append(checks, c.Code+"="+c.Outcome)
		}
		list = append(list, field{at + "checks", strings.Join(s.checksCompared(checks), " ")})
	}
	schedule := "none"
	if q.Schedule != nil {
		schedule = fmt.Sprint(q.Schedule.Days, " days of ", q.Schedule.PerDay)
	}
	before := false
	for _, n := range q.Notices {
		before = before || n.Code == "before-the-book"
	}
	totals := "none"
	if len(q.Totals) > 0 {
		totals = q.Totals[0].String()
	}
	list = append(list, field{"schedule", schedule}, field{"before the book", fmt.Sprint(before)},
		field{"priced", fmt.Sprint(q.Priced)}, field{"totals", totals})
	var lines []line
	for _, l := range q.Lines {
		n := line{-1, "", l.Quantity, plain(l.UnitPrice), plain(l.TaxPercent), l.TaxIncluded, plain(l.Net), plain(l.Tax), l.Market, l.TierFrom}
		switch l.Code {
		case "bundle", "fallback", "incoming", "package-fee":
			n.code = l.Code
		}
		if l.Segment != nil {
			n.segment = *l.Segment
		}
		if plain(l.Gross).Cmp(new(big.Rat).Add(n.net, n.tax)) != 0 {
			n.code = "gross " + l.Gross + "?"
		}
		lines = append(lines, n)
	}
	return append(list, field{"lines", s.sums(lines)}, field{"converted", q.Converted.String()})
}

// checksCompared leaves out what is not defined: which further checks these
// types of Messenger's had on the days before there were such types.
func (s *scenario) checksCompared(checks []string) []string {
	if s.is("messenger.utility-message", "messenger.marketing-message", "messenger.recurring-notification") &&
		len(checks) > 0 && checks[0] == "available=fail" {
		return checks[:1]
	}
	return checks
}

// sums adds up the lines of a segment and a price. How the price of a template
// is split into lines, of which those of buttons may count buttons, is not
// defined: these are added up. Of what the user adds the amounts alone are
// compared.
func (s *scenario) sums(lines []line) string {
	type key struct {
		segment int
		what    string
	}
	type sum struct {
		quantity int64
		net, tax *big.Rat
	}
	of := map[key]sum{}
	for _, l := range lines {
		k := key{l.segment, fmt.Sprint(l.code, "with ", text(l.taxPercent), "%, included ", l.taxIncluded)}
		together := false
		switch {
		case l.segment < 0 && l.net.Sign() == 0:
			continue
		case l.segment < 0:
			k.what, l.quantity = l.code+" "+text(l.net), 1
		case s.is("zalo.zns", "zalo.zbs-uid"):
			together = true
		default:
			k.what += fmt.Sprint(", at ", text(l.unit), " ", l.market, " from ", l.tierFrom)
		}
		n, ok := of[k]
		if !ok {
			n = sum{0, new(big.Rat), new(big.Rat)}
		}
		if together && ok {
			n.quantity = min(n.quantity, l.quantity)
		} else {
			n.quantity += l.quantity
		}
		of[k] = sum{n.quantity, n.net.Add(n.net, l.net), n.tax.Add(n.tax, l.tax)}
	}
	var all []string
	for k, v := range of {
		all = append(all, fmt.Sprintf("[%d] %s: %d times, %s + %s", k.segment, k.what, v.quantity, text(v.net), text(v.tax)))
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

func (t *total) String() string {
	if t == nil {
		return "none"
	}
	return fmt.Sprint(t.currency, " ", text(t.net), " + ", text(t.tax), " = ", text(new(big.Rat).Add(t.net, t.tax)))
}

func (t *quoteTotal) String() string {
	if t == nil {
		return "none"
	}
	return fmt.Sprint(t.Currency, " ", t.Net, " + ", t.Tax, " = ", t.Gross)
}

// text writes an amount as amounts are written: without trailing zeros.
func text(r *big.Rat) string {
	s := r.FloatString(60)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

var plainForm = regexp.MustCompile(`^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$`)

// plain reads an amount of a quote, which must have no trailing zeros.
func plain(text string) *big.Rat {
	if !plainForm.MatchString(text) {
		return big.NewRat(-1, 1) // agrees with nothing
	}
	return number(text)
}

// difference returns the first field that differs, and what each says of it.
func difference(want, got []field) string {
	for i, w := range want {
		if i >= len(got) || got[i].name != w.name {
			return fmt.Sprintf("%s is missing", w.name)
		}
		if w.value != got[i].value && w.value != anyValue {
			return fmt.Sprintf("%s: the referee has %q, the rules have %q", w.name, w.value, got[i].value)
		}
	}
	if len(got) > len(want) {
		return fmt.Sprintf("%s is too much", got[len(want)].name)
	}
	return ""
}

func listed(list []field) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "\t%s: %s\n", f.name, f.value)
	}
	return b.String()
}
