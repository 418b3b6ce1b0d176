package checking

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/billing"
	"postage/app/bills"
	"postage/rules"
	"postage/rules/audit"
)

var none = decimal.Zero

const (
	mostFaults  = 50  // of the rows that could not be read are shown
	mostLines   = 300 // of the rows
	mostChanges = 100 // of what costs something else on the other day
	unitPlaces  = 6   // decimals of a price for one message
)

func (d *Desk) found(c *billing.Choices, unsaidTax bool) *billing.Found {
	r := d.read
	f := &billing.Found{
		Format: string(d.file.Format), Rows: r.Rows, Sums: r.Sums, Unpaid: r.Unpaid, Unreadable: int64(len(r.Unreadable)), Stopped: r.Stopped || d.file.Stopped,
		Tax: r.Bill.Tax, Totals: []billing.Sum{}, Lines: []billing.Line{}, All: int64(len(d.report.Rows)), Open: refusals(d.report.Open),
	}
	f.Percent, f.Each = r.Bill.Agreed()
	for _, one := range r.Unreadable[:min(len(r.Unreadable), mostFaults)] {
		w := wrong(one.Err)
		w.Row = one.Row
		f.Faults = append(f.Faults, *w)
	}
	channels := map[string]bool{}
	for i := range d.report.Rows {
		row := &d.report.Rows[i]
		f.Messages += row.Row.Messages()
		if f.From == 0 || row.Row.On < f.From {
			f.From = row.Row.On
		}
		f.To, f.Card = max(f.To, row.Row.Last()), max(f.Card, row.Book.Tariff)
		for k := range row.Row.Traffic {
			channels[string(row.Row.Traffic[k].Message.Type.Channel())] = true
		}
	}
	for _, channel := range rules.Channels() {
		if channels[string(channel)] {
			f.Channels = append(f.Channels, string(channel))
		}
	}
	for i := range d.report.Sums {
		f.Totals = append(f.Totals, d.sum(&d.report.Sums[i]))
	}
	slices.SortStableFunc(f.Totals, func(x, y billing.Sum) int { return cmp.Compare(y.Rows, x.Rows) })
	f.Lines = d.lines(f.Totals)
	d.ask(f, c, unsaidTax)
	if d.report.AsOf != nil {
		f.Then = d.then(f.Totals)
	}
	return f
}

func refusals(list []audit.Refusal) (told []billing.Refusal) {
	for _, r := range list {
		told = append(told, billing.Refusal{State: r.State, Reason: reasonOf(r.State, r.Reason), Rows: r.Rows, Messages: r.Messages})
	}
	return told
}

// reasonOf is a reason in codes: what the rules say in English is of no use to a page.
func reasonOf(state audit.State, reason string) string {
	if state == audit.Refused {
		path, _, _ := strings.Cut(reason, ":")
		return path
	}
	return reason
}

// sum tells a sum, with what its causes are about.
func (d *Desk) sum(s *audit.Sum) billing.Sum {
	t := billing.Sum{
		Currency: s.Currency, Rows: s.Rows, Right: s.Right, Billed: s.Billed, Low: s.Low, High: s.High, Most: s.Most, Difference: s.Difference,
		Unexamined: s.Unexamined, UnbilledLow: s.UnbilledLow, UnbilledHigh: s.UnbilledHigh, Causes: []billing.Cause{}, Unknown: s.Unknown,
	}
	t.Flat, _ = s.Flat.Get()
	for i := range s.Causes {
		c := &s.Causes[i]
		t.Causes = append(t.Causes, billing.Cause{
			Code: c.Code, Rows: c.Rows, Amount: c.Amount, Country: c.Country, Percent: c.Percent, Each: c.Cause.Amount, Agreed: c.Agreed,
			Provider: c.Provider, Until: c.Until, Market: c.Market, Tier: c.Tier, Reading: c.Reading, Value: c.Value, Added: c.Added,
		})
	}
	countries := make([]map[string]bool, len(t.Causes))
	for i := range countries {
		countries[i] = map[string]bool{}
	}
	for i := range d.report.Rows {
		row := &d.report.Rows[i]
		if row.Currency != s.Currency {
			continue
		}
		t.Messages += row.Row.Messages()
		if row.Compared {
			t.Compared += row.Row.Messages()
		}
		if row.IsRight() && row.Book.High.IsZero() {
			t.Free++
		}
		switch {
		case !row.Compared || row.IsRight():
		case row.Cause < 0:
			t.UnknownRows++
		default:
			c := &t.Causes[row.Cause]
			c.Messages += row.Row.Messages()
			for k := range row.Row.Traffic {
				c.Types = appendNew(c.Types, string(row.Row.Traffic[k].Message.Type))
				countries[row.Cause][row.Row.Traffic[k].Country] = true
			}
		}
	}
	for i := range t.Causes {
		delete(countries[i], "")
		c := &t.Causes[i]
		c.Markets = int64(len(countries[i]))
		for country := range countries[i] {
			if c.Markets == 1 {
				c.Country = country
			}
		}
	}
	return t
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// trafficOf is what a row is about.
func trafficOf(r *audit.Row) billing.Traffic {
	t := billing.Traffic{Messages: r.Messages()}
	for i := range r.Traffic {
		one := &r.Traffic[i]
		t.Types = appendNew(t.Types, string(one.Message.Type))
		if one.Country != "" {
			t.Countries = appendNew(t.Countries, one.Country)
		}
		t.Kind, t.Told = string(one.Message.Template.Kind), one.Told
	}
	return t
}

// lines are the rows that differ most, by currency, and what could not be compared before
// what is right.
func (d *Desk) lines(totals []billing.Sum) []billing.Line {
	order := make([]int, len(d.report.Rows))
	for i := range order {
		order[i] = i
	}
	place := map[string]int{}
	for i := range totals {
		place[totals[i].Currency] = i
	}
	weight := func(r *audit.RowReport) int { // those that differ, those without a price, those that are right
		switch {
		case !r.Compared && r.Book.State == audit.Priced:
			return 2 // of a log: there is nothing to compare
		case !r.Compared:
			return 1
		case r.IsRight():
			return 2
		}
		return 0
	}
	slices.SortStableFunc(order, func(x, y int) int {
		a, b := &d.report.Rows[x], &d.report.Rows[y]
		return cmp.Or(cmp.Compare(place[a.Currency], place[b.Currency]), cmp.Compare(weight(a), weight(b)), b.Difference.Abs().Cmp(a.Difference.Abs()), b.Book.High.Cmp(a.Book.High))
	})
	list := []billing.Line{}
	for _, i := range order[:min(len(order), mostLines)] {
		r := &d.report.Rows[i]
		l := billing.Line{
			Traffic: trafficOf(r.Row), Currency: r.Currency, Row: r.Row.Number, On: r.Row.On, Until: r.Row.Until,
			State: r.Book.State, Reason: reasonOf(r.Book.State, r.Book.Reason), Compared: r.Compared, Difference: r.Difference, Cause: r.Cause, Added: r.Added,
		}
		l.Low, l.High = r.Book.Ends(d.read.Bill.Tax)
		l.Most = r.Book.Most(d.read.Bill.Tax)
		if amount, billed := r.Row.Amount.Get(); billed {
			l.Billed = &amount
		}
		list = append(list, l)
	}
	return list
}

// ask tells what the bill does not say and what an answer would change.
func (d *Desk) ask(f *billing.Found, c *billing.Choices, unsaidTax bool) {
	add := func(a billing.Ask, when bool) {
		if when {
			f.Asks = append(f.Asks, a)
		}
	}
	has := func(fact audit.Fact) bool {
		return slices.ContainsFunc(d.file.Columns, func(c bills.Column) bool { return c.Fact == fact })
	}
	lacksKind := c.Kind != "" || slices.ContainsFunc(d.read.Unreadable, func(u bills.Unreadable) bool { return wrong(u.Err).Code == string(bills.NoKind) })
	var unsaidCurrency, taxed, abroad, whatsapp, parts bool
	tried := map[sending]bool{}
	for i := range d.report.Rows {
		row := &d.report.Rows[i]
		unsaidCurrency = unsaidCurrency || row.Row.Currency == "" && row.Row.Amount.Known()
		low, _ := row.Book.Ends(audit.TaxExcluded)
		_, high := row.Book.Ends(audit.TaxExcluded)
		taxed = taxed || !low.Equal(row.Book.Low) || !high.Equal(row.Book.High)
		for k := range row.Row.Traffic {
			t := &row.Row.Traffic[k]
			whatsapp = whatsapp || t.Message.Type.Channel() == rules.ChannelWhatsApp
			parts = parts || billing.HasParts(t.Message.Type)
			s := sending{message: t.Message.Type, country: t.Country}
			if t.Message.Type == rules.WhatsAppAuthentication && !t.International.Known() && !tried[s] {
				tried[s] = true
				abroad = abroad || s.priceOf(row.Row.On, true) != s.priceOf(row.Row.On, false)
			}
		}
	}
	add(billing.AskDay, !has(audit.FactDay))
	add(billing.AskCountry, !has(audit.FactCountry) && !has(audit.FactPhone) && (whatsapp || f.Messages == 0))
	// Where no word of the types is known, one answer for all of them may do.
	unknownTypes := len(d.report.Rows) == 0 && len(d.read.Unreadable) > 0 && !slices.ContainsFunc(d.read.Unreadable, func(u bills.Unreadable) bool { return wrong(u.Err).Code != string(bills.BadType) })
	add(billing.AskType, c.Type != "" || unknownTypes)
	add(billing.AskKind, lacksKind)
	add(billing.AskPrice, parts)
	f.Plain = parts && c.Price == nil
	add(billing.AskCurrency, unsaidCurrency || c.Currency != "")
	add(billing.AskTax, unsaidTax && taxed)
	add(billing.AskInternational, abroad || c.International != "")
	if c.Rate != nil {
		f.Needs = append(f.Needs, billing.Rate{From: c.RateFrom, To: c.RateTo})
	}
	for i := range d.report.Open {
		r := &d.report.Open[i]
		from, to, two := strings.Cut(r.Reason, " ")
		if need := (billing.Rate{From: from, To: to}); r.State == audit.NeedsRate && two && !slices.Contains(f.Needs, need) {
			f.Needs = append(f.Needs, need)
		}
	}
	for i := range d.report.Rows { // what is added is in the currency that the book has
		row := &d.report.Rows[i]
		if len(row.Row.Traffic) > 0 && f.Adds == "" {
			if f.Adds = row.Currency; len(f.Needs) > 0 && f.Needs[0].To == row.Currency {
				f.Adds = f.Needs[0].From
			}
		}
	}
}

// isUnannounced reports whether the bill has messages of WhatsApp, whose prices for a day
// are not announced yet.
func (d *Desk) isUnannounced(day rules.Date) bool {
	ofWhatsApp := func(r audit.Row) bool {
		return slices.ContainsFunc(r.Traffic, func(t audit.Traffic) bool { return t.Message.Type.Channel() == rules.ChannelWhatsApp })
	}
	if !slices.ContainsFunc(d.read.Bill.Rows, ofWhatsApp) {
		return false
	}
	q, err := rules.Evaluate(rules.Scenario{On: day, Message: rules.Message{Type: rules.WhatsAppMarketing}, Audience: []rules.Segment{{Recipients: rules.Some[int64](1), Country: rules.Home}}})
	return err == nil && slices.ContainsFunc(q.Notices, func(n rules.Notice) bool { return n.Code == rules.NotAnnounced })
}

// then tells the same traffic under the rules of the other day, the sums in the order of
// the totals.
func (d *Desk) then(totals []billing.Sum) *billing.Then {
	a := d.report.AsOf
	t := &billing.Then{Day: a.Day, Totals: []billing.ThenSum{}, Refused: refusals(a.Refused), Unannounced: d.isUnannounced(a.Day)}
	for i := range a.Sums {
		s := &a.Sums[i]
		t.Unchanged += s.Unchanged
		t.Totals = append(t.Totals, billing.ThenSum{Currency: s.Currency, Low: s.Low, High: s.High, ThenLow: s.ThenLow, ThenHigh: s.ThenHigh})
	}
	place := func(s billing.ThenSum) int {
		return slices.IndexFunc(totals, func(t billing.Sum) bool { return t.Currency == s.Currency })
	}
	slices.SortStableFunc(t.Totals, func(x, y billing.ThenSum) int { return cmp.Compare(place(x), place(y)) })
	places := map[string]int{}
	var groups []change
	for i := range d.report.Rows {
		r := &d.report.Rows[i]
		if r.Book.State != audit.Priced || r.Then.State != audit.Priced {
			continue
		}
		low, high := r.Book.Ends(d.read.Bill.Tax)
		thenLow, thenHigh := r.Then.Ends(d.read.Bill.Tax)
		if low.Equal(thenLow) && high.Equal(thenHigh) {
			continue
		}
		of := trafficOf(r.Row)
		key := strings.Join(append(append([]string{r.Currency, string(of.Told), of.Kind}, of.Types...), of.Countries...), "|")
		at, known := places[key]
		if !known {
			at = len(groups)
			places[key] = at
			groups = append(groups, change{Change: billing.Change{Traffic: of, ThenSum: billing.ThenSum{Currency: r.Currency}}})
			groups[at].Messages = 0
		}
		g := &groups[at]
		g.Rows++
		g.Messages += of.Messages
		g.Low, g.High, g.ThenLow, g.ThenHigh = g.Low.Add(low), g.High.Add(high), g.ThenLow.Add(thenLow), g.ThenHigh.Add(thenHigh)
		g.charged, g.thenCharged = g.charged+r.Book.Charged, g.thenCharged+r.Then.Charged
		_, net := r.Book.Ends(audit.TaxExcluded)
		_, thenNet := r.Then.Ends(audit.TaxExcluded)
		g.net, g.thenNet = g.net.Add(net), g.thenNet.Add(thenNet)
	}
	slices.SortStableFunc(groups, func(x, y change) int {
		return cmp.Or(cmp.Compare(place(x.ThenSum), place(y.ThenSum)), y.ThenHigh.Sub(y.High).Abs().Cmp(x.ThenHigh.Sub(x.High).Abs()))
	})
	for i := range groups[:min(len(groups), mostChanges)] {
		groups[i].explain()
		t.Changed = append(t.Changed, groups[i].Change)
	}
	return t
}

// A change is what is known of traffic that costs something else.
type change struct {
	billing.Change
	charged, thenCharged int64
	net, thenNet         decimal.Decimal
}

// explain finds out why it does.
func (c *change) explain() {
	unit := func(sum decimal.Decimal, n int64) decimal.Decimal {
		if n == 0 {
			return none
		}
		return sum.DivRound(decimal.NewFromInt(n), unitPlaces)
	}
	c.From, c.To = unit(c.High, c.charged), unit(c.ThenHigh, c.thenCharged)
	c.Free = c.Messages - c.thenCharged
	switch {
	case c.net.Equal(c.thenNet) && !c.High.Equal(c.ThenHigh):
		c.Why = billing.WhyTax
	case c.ThenHigh.IsZero():
		c.Why = billing.WhyFree
	case c.High.IsZero() && c.Free > 0:
		c.Why = billing.WhyPartFree
	case c.High.IsZero() && c.Told == audit.ToldWindow:
		c.Why = billing.WhyWindow
	case c.High.IsZero():
		c.Why = billing.WhyPaid
	case !c.Low.Equal(c.High) && c.ThenLow.Equal(c.ThenHigh) && c.From.Equal(c.To):
		c.Why = billing.WhyWindow
	case c.From.Equal(c.To):
		c.Why = billing.WhyCharged
	default:
		c.Why = billing.WhyPrice
	}
}
