package plan

import (
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A Teller tells the answer to a plan in words.
type Teller struct {
	*report.Report // its words and countries; not what it calculates
	Plan           *Plan
	Answer         *Answer
	Today          string
}

// Name is what an item is called: as the user says, else what it is.
func (t Teller) Name(item int) string {
	if name := words.ShortName(t.Plan.Items[item].Name); name != "" {
		return name
	}
	if purpose := t.purpose(item); purpose != "" {
		return purpose
	}
	return t.Words().Text("type." + string(t.kind(item)))
}

// purpose tells a message by a template apart from others of the same type in the plan that
// have no name either; empty where there are none.
func (t Teller) purpose(item int) string {
	own := &t.Plan.Items[item]
	if own.Values["message.tag"] == "" || !slices.ContainsFunc(t.Plan.Items, func(i Item) bool {
		return i.ID != own.ID && i.Name == "" && i.Values[form.PathType] == own.Values[form.PathType]
	}) {
		return ""
	}
	r := *t.Report
	r.Form = t.Plan.Form(item, t.Today)
	for _, q := range r.Form.Questions() {
		if q.Path == "message.tag" {
			tag, _ := report.Question{Report: &r, Q: q}.Answered()
			_, purpose, _ := strings.Cut(tag.Answer, " · ")
			return purpose
		}
	}
	return ""
}

func (t Teller) kind(item int) rules.MessageType {
	kind := rules.MessageType(t.Plan.Items[item].Values[form.PathType])
	if kind.Channel() == "" {
		return rules.ZaloConsultation
	}
	return kind
}

// Kind is the channel and the type of an item.
func (t Teller) Kind(item int) string { return t.Words().TypeName(t.kind(item)) }

// Whom says to how many an item goes each time, and where they are.
func (t Teller) Whom(item int) string {
	w, f := t.Words(), t.Plan.Form(item, t.Today)
	people, country := int64(0), ""
	for g := range f.Groups {
		n, ok := words.ParseCount(strings.TrimPrefix(f.Get(form.GroupPath(g, "recipients")), form.Exact))
		if !ok {
			return "—"
		}
		people += n
		if path := form.GroupPath(g, "country"); f.Asks(path) && f.Groups == 1 && f.Get(path) != "" {
			country = ", " + t.CountryName(f.Get(path))
		}
	}
	said := w.Count("people", people)
	if every := t.Plan.Items[item].Every; every != "" {
		said = w.Text("plan.whom."+string(every), "people", said)
	}
	return said + country
}

// When says on which days an item is sent.
func (t Teller) When(item int) string {
	w := t.Words()
	i := &t.Plan.Items[item]
	on, err := rules.ParseDate(i.Values[form.PathOn])
	if err != nil {
		return "—"
	}
	said := w.Date(on)
	if q := t.Answer.Item(item); q != nil {
		said = t.Span(q.First, q.Last)
		if first, last := t.Answer.Period(); DaysBetween(first, last) < 365 && first != last { // the period says of which years
			said = t.without(q.First, q.First)
			if q.First != q.Last {
				said += words.NoBreakSpace + "– " + t.without(q.Last, q.Last)
			}
		}
	}
	if at := i.Values["at"]; at != "" {
		said += ", " + at
	}
	return said
}

// Span is the days from one to another.
func (t Teller) Span(first, last rules.Date) string {
	w := t.Words()
	if first == last {
		return w.Date(first)
	}
	return t.without(first, last) + words.NoBreakSpace + "– " + w.Date(last)
}

// without is a day without its year, where that is also the year of another one.
func (t Teller) without(day, other rules.Date) string {
	w := t.Words()
	year, _, _ := day.Split()
	if then, _, _ := other.Split(); then != year {
		return w.Date(day)
	}
	end := map[string]string{"vi": "/", "en": " ", "ru": " "}[w.Code] + words.Itoa(year)
	if w.Code == "ru" {
		end += words.NoBreakSpace + "г."
	}
	return strings.TrimSuffix(w.Date(day), end)
}

// Period is the time of the whole plan, empty where nothing is asked.
func (t Teller) Period() string {
	if t.Answer.Quote == nil {
		return ""
	}
	return t.Span(t.Answer.Period())
}

// Month names a calendar month.
func (t Teller) Month(m rules.Month) string {
	w := t.Words()
	year, month, _ := m.First().Split()
	if w.Code == "vi" {
		return words.Itoa(month) + "/" + words.Itoa(year)
	}
	return w.Text("month."+words.Itoa(month)) + words.NoBreakSpace + words.Itoa(year)
}

// Cost is what an item costs in all.
func (t Teller) Cost(q *rules.ItemQuote) string {
	w := t.Words()
	switch {
	case q.Deliverable == 0:
		return "—"
	case len(q.Totals) == 0:
		return w.Text("total.not-in-book")
	case q.Totals[0].Gross.IsZero():
		return w.Text("plan.free")
	}
	return w.RoundTotal(q.Totals[0].Gross, q.Totals[0].Currency)
}

// Count is how many messages of an item go out, of how many where not all do.
func (t Teller) Count(q *rules.ItemQuote) string {
	w := t.Words()
	if q.Blocked > 0 && q.Deliverable > 0 {
		return w.Text("groups.sent", "out", w.Number(q.Deliverable), "all", w.Number(q.Requested))
	}
	if q.Deliverable == 0 {
		return w.Count("messages", q.Requested)
	}
	return w.Count("messages", q.Deliverable)
}

// Reason says why an item does not all go out, or what that hangs on; empty where it does.
func (t Teller) Reason(q *rules.ItemQuote) string {
	w := t.Words()
	if q.Verdict == rules.Eligible {
		return ""
	}
	said := w.Text("verdict."+string(q.Verdict)) + "."
	kind := rules.MessageType("")
	for n := range t.Answer.Quote.Items {
		if &t.Answer.Quote.Items[n] == q {
			kind = t.Answer.Asked.Items[n].Message.Type
		}
	}
	outcome := rules.Fail
	if q.Verdict == rules.Depends {
		outcome = rules.Unknown
	}
	for i := range q.Checks {
		c := &q.Checks[i]
		if c.Outcome != outcome {
			continue
		}
		if c.On != q.First {
			said += " " + w.Text("plan.from", "date", w.Date(c.On))
		}
		return said + " " + w.CheckText("check."+c.Code+"."+string(c.Outcome), &rules.Quote{Message: kind, On: c.On}, &c.Check)
	}
	return said
}

// Mistake says what is wrong with an item.
func (t Teller) Mistake(item int, m form.Mistake) string {
	r := *t.Report
	r.Form = t.Plan.Form(item, t.Today)
	label := r.QuestionTitle(r.Form.Questions(), m.Path)
	switch m.Path {
	case PathUntil, PathEvery, PathName:
		label = t.Words().Text("plan.ask." + m.Path)
	}
	if label == m.Path { // of what another type is asked
		label = t.Words().First([]string{"ask." + form.FieldName(m.Path), ""}, "currency", "", "target", "")
	}
	said := r.MistakeText(m)
	if label == "" {
		return said
	}
	return label + ": " + said
}

// Total is the first of the totals; the others are in rest.
func (t Teller) Total() (total string, rest []string) {
	q := t.Answer.Quote
	switch {
	case q == nil:
		return "—", nil
	case len(q.Totals) == 0 && !q.Priced:
		return t.Words().Text("total.not-in-book"), nil
	}
	return t.totals(q.Totals)
}

// Known is the total of what has a price in the book, and what it is without, empty for nothing.
func (t Teller) Known() (total string, rest []string, without string) {
	totals, n, first := t.Answer.Known()
	if n == 0 || len(totals) == 0 {
		total, rest = t.Total()
		return total, rest, ""
	}
	total, rest = t.totals(totals)
	return total, rest, t.Words().Count("plan.unpriced", n, "date", t.Words().Date(first))
}

// Shown is [Teller.Known] in the currency that the user asked to convert to, where there
// are several.
func (t Teller) Shown() (total string, rest []string, without string) {
	total, rest, without = t.Known()
	if c := t.InOne(); c != nil {
		w := t.Words()
		totals, _, _ := t.Answer.Known()
		if total = t.withTax(total, totals[0]); len(totals) > 1 {
			total = w.Text("plan.of-it", "amount", total)
		} else {
			total = "(" + total + ")"
		}
		rest = append([]string{total}, rest...)
		total = w.RoundTotal(c.Gross, c.Currency)
	}
	return total, rest, without
}

// InOne is the total in the currency that was asked for, nil where it is billed in that or
// there is no rate.
func (t Teller) InOne() *rules.Total {
	totals, _, _ := t.Answer.Known()
	if c := t.Answer.Quote.Converted; c != nil && (len(totals) > 1 || len(totals) == 1 && totals[0].Currency != c.Currency) {
		return c
	}
	return nil
}

func (t Teller) totals(of []rules.Total) (total string, rest []string) {
	w := t.Words()
	if len(of) == 0 {
		return w.RoundTotal(decimal.Zero, "VND"), nil
	}
	for _, sum := range of[1:] {
		rest = append(rest, w.Text("plan.and", "amount", t.withTax(w.RoundTotal(sum.Gross, sum.Currency), sum)))
	}
	return w.RoundTotal(of[0].Gross, of[0].Currency), rest
}

// withTax says behind something whether a tax is in a total.
func (t Teller) withTax(said string, sum rules.Total) string {
	switch {
	case sum.Gross.IsZero():
		return said
	case sum.Tax.IsZero():
		return t.Words().Text("plan.no-tax", "what", said)
	case sum.Currency == "VND":
		return t.Words().Text("plan.vat", "what", said)
	}
	return t.Words().Text("plan.tax", "what", said)
}

// Label says what the total is of.
func (t Teller) Label() string {
	w, q := t.Words(), t.Answer.Quote
	if q == nil {
		return w.Text("stamp.label")
	}
	of := w.Count("plan.months", int64(len(q.Months)))
	if len(q.Months) == 1 {
		of = w.Text("plan.month", "month", t.Month(q.Months[0].Month))
	}
	said := w.Text("plan.total", "of", of)
	if c := t.InOne(); c != nil {
		return w.Text("plan.in-one", "what", said, "currency", c.Currency)
	}
	if totals, _, _ := t.Answer.Known(); len(totals) > 0 {
		said = t.withTax(said, totals[0])
	}
	return said
}

// ChannelName names a channel, or what is paid once a month.
func (t Teller) ChannelName(c rules.Channel) string {
	if c == "" {
		return t.Words().Text("plan.fees")
	}
	return t.Words().Text("channel." + string(c))
}

// Sum is money of a month.
func (t Teller) Sum(s ChannelSum) string {
	w := t.Words()
	if s.Unknown {
		return w.Text("total.not-in-book")
	}
	return w.RoundTotal(s.Gross, s.Currency)
}

// A Used is how far something free or limited is used.
type Used struct {
	Title, Amount, Note string
	Used, Limit         int64 // without a limit there is no bar
	Over                int64 // that did not fit
}

// slash stands between what is used and its limit, which stay together.
const slash = words.NoBreakSpace + "/" + words.NoBreakSpace

// fewMonths is up to how many months each has a bar of its own.
const fewMonths = 3

// Used lists what is free, and how far the limits are used.
func (t Teller) Used() (list []Used) {
	w, q := t.Words(), t.Answer.Quote
	if q.Free > 0 {
		list = append(list, Used{Title: w.Text("plan.use.free"), Amount: w.Count("messages", q.Free)})
	}
	for _, kind := range []struct {
		key string
		of  func(*rules.MonthUse) *rules.Use
	}{
		{"includedMessages", func(u *rules.MonthUse) *rules.Use { return u.IncludedMessages }},
		{"promotion", func(u *rules.MonthUse) *rules.Use { return u.Promotion }},
		{"freeService", func(u *rules.MonthUse) *rules.Use { return u.FreeService }},
		{"freeConversations", func(u *rules.MonthUse) *rules.Use { return u.FreeConversations }},
		{"bundle", func(u *rules.MonthUse) *rules.Use { return u.Bundle }},
	} {
		var months []Used
		for i := range q.Months {
			u := kind.of(&q.Months[i].Used)
			if u == nil {
				continue
			}
			one := Used{
				Title: w.Text("plan.use."+kind.key, "month", t.Month(q.Months[i].Month)), Amount: w.Number(u.Used) + slash + w.Number(u.Limit),
				Used: u.Used, Limit: u.Limit,
			}
			switch {
			case u.Used >= u.Limit && u.Limit > 0:
				one.Note = w.Text("plan.use.all")
			default:
				one.Note = w.Text("plan.use.left", "n", w.Number(max(0, u.Limit-u.Used)))
			}
			months = append(months, one)
		}
		if len(months) > fewMonths {
			most := months[0]
			for _, m := range months {
				if m.Used*most.Limit > most.Used*m.Limit {
					most = m
				}
			}
			most.Note = w.Text("plan.use.most") + " " + most.Note
			months = []Used{most}
		}
		list = append(list, months...)
	}
	if on, sent, quota, ok := t.Answer.QuotaPeak(); ok {
		peak := Used{
			Title: w.Text("plan.use.daily"), Amount: w.Number(sent) + slash + w.Number(quota), Used: min(sent, quota), Limit: quota, Over: max(0, sent-quota),
			Note: w.Text("plan.use.peak", "date", w.Date(on)),
		}
		if peak.Over > 0 {
			peak.Note += " " + w.Text("plan.use.over", "n", w.Number(peak.Over))
		}
		list = append(list, peak)
	}
	return list
}

// billedIn are the totals in other currencies, which money in this one does not pay.
func (t Teller) billedIn(notIn string) string {
	var others []string
	for _, sum := range t.Answer.Quote.Totals {
		if sum.Currency != notIn && !sum.Gross.IsZero() {
			others = append(others, t.Words().RoundTotal(sum.Gross, sum.Currency))
		}
	}
	return strings.Join(others, " + ")
}

// Lasts says how long the money in a currency lasts, in a sentence and what to add to
// it.
func (t Teller) Lasts(c Course) (said, more string) {
	w := t.Words()
	first, last := t.Answer.Period()
	if c.RunsOut == 0 {
		said = w.Text("plan.lasts.all", "left", w.RoundTotal(c.Left, c.Currency), "date", w.Date(last))
		if others := t.billedIn(c.Currency); others != "" {
			said = w.Text("plan.lasts.part", "left", w.RoundTotal(c.Left, c.Currency), "date", w.Date(last), "currency", c.Currency, "others", others)
		}
		switch until, ok := t.Answer.GoesOn(c.Currency); {
		case ok && until == 0:
			more = w.Text("plan.lasts.year")
		case ok:
			more = w.Text("plan.lasts.on", "days", w.Count("days", DaysBetween(first, until)+1), "first", w.Date(first), "date", w.Date(until))
		}
		return said, more
	}
	until := c.RunsOut.AddDays(-1)
	said = w.Text("plan.lasts.until", "days", w.Count("days", DaysBetween(first, until)+1), "date", w.Date(until))
	if c.RunsOut == first {
		said = w.Text("plan.lasts.not", "date", w.Date(first))
	}
	return said, w.Text("plan.lasts.more", "on", w.Date(c.RunsOut), "left", w.RoundTotal(c.Left, c.Currency), "amount", w.RoundTotal(c.Missing, c.Currency), "date", w.Date(last))
}

// Summary is the answer in one sentence.
func (t Teller) Summary() string {
	if t.Answer.Quote == nil {
		return t.Words().Text("fix.title")
	}
	total, rest, without := t.Shown()
	said := t.Words().Text("answer.summary", "verdict", t.Words().Text("verdict."+string(t.Answer.Quote.Verdict)), "total", strings.Join(append([]string{total}, rest...), " "))
	return strings.TrimSpace(said + " " + without)
}

// Title is the plan's name, else what it is called without one.
func (t Teller) Title() string {
	if t.Plan.Name != "" {
		return t.Plan.Name
	}
	return t.Words().Text("plan.heading")
}

// FileTitle is what a file with the plan is called, without its ending.
func (t Teller) FileTitle() string {
	name := t.Plan.Name
	if name == "" {
		name = t.Words().Text("nav.plan")
	}
	return report.FileName(name, t.Today)
}

// PlainText is the plan as a text to send to somebody. What one earns is not in it.
func (t Teller) PlainText(address string) string {
	w, q := t.Words(), t.Answer.Quote
	list := []string{t.Title(), "Postage · " + w.Text("nav.plan") + " · " + t.Period(), t.Summary()}
	if own := t.Own(); own != "" {
		list = append(list, own)
	}
	list = append(list, "")
	for n := range q.Items {
		i, item := &q.Items[n], t.Answer.At[n]
		said := "- " + t.When(item) + ": " + t.Name(item)
		if kind := t.Kind(item); !strings.HasSuffix(kind, t.Name(item)) {
			said += " (" + kind + ")"
		}
		said += ", " + t.Whom(item) + ": " + t.Cost(i) + ", " + t.Count(i)
		if why := t.Reason(i); why != "" {
			said += ". " + why
		}
		list = append(list, said)
	}
	list = append(list, "")
	for i := range q.Notices {
		list = append(list, "- "+w.NoticeText(&q.Notices[i]))
	}
	list = append(list, "", report.TariffText(w), address)
	return strings.ReplaceAll(strings.Join(list, "\n"), words.NoBreakSpace, " ") + "\n"
}

// Sums are the sums of a month that are wanted, in a line; a dash where there are none.
func (t Teller) Sums(sums []ChannelSum, wanted func(ChannelSum) bool) string {
	var list []string
	for _, s := range sums {
		if wanted(s) {
			list = append(list, t.Sum(s))
		}
	}
	if len(list) == 0 {
		return "—"
	}
	return strings.Join(list, "\n")
}

// Foreign says that the user's amounts in other currencies do not count; empty: there are none.
func (t Teller) Foreign() string {
	own := t.Plan.Shared[pathAmounts]
	for _, path := range slices.Sorted(maps.Keys(t.Plan.Shared)) {
		if _, currency, ok := strings.Cut(path, "@"); ok && isAmount(path) && t.Plan.Shared[path] != "" && currency != own {
			return t.Words().Text("plan.foreign", "own", own, "other", currency)
		}
	}
	return ""
}

// Shared are the answers that hold for all messages, in words.
func (t Teller) Shared() []report.Answered {
	return t.shared(func(string, string) bool { return true })
}

// shared are those that count, by their path and what was typed.
func (t Teller) shared(counts func(path, typed string) bool) (list []report.Answered) {
	known := map[string]bool{}
	for _, item := range t.Answer.At {
		r := *t.Report
		r.Form = t.Plan.Form(item, t.Today)
		for _, q := range r.Form.Questions() {
			if !isShared(q.Path) || !counts(q.Path, r.Form.Values[q.Path]) || known[q.Path] || strings.HasPrefix(q.Path, form.PricingPrefix) && r.Form.Values[q.Path] == "" || isAmount(q.Path) && r.Form.Currency() != t.Plan.Shared[pathAmounts] {
				continue
			}
			if a, ok := (report.Question{Report: &r, Q: q}).Answered(); ok {
				known[q.Path] = true
				list = append(list, a)
			}
		}
	}
	return list
}

// Own says what of the user's own is in the total; empty where that is nothing.
func (t Teller) Own() string {
	var list []string
	for _, s := range t.shared(func(path, typed string) bool {
		d, ok := Amount(typed, t.Plan.Lang)
		return ok && !d.IsZero() && (isAmount(path) || strings.HasSuffix(path, "Percent"))
	}) {
		list = append(list, s.Label+": "+s.Answer)
	}
	if len(list) == 0 {
		return ""
	}
	return t.Words().Text("plan.own", "what", strings.Join(list, "; "))
}

// Short is the total in all of its currencies, or in the one that the user asked for.
func (t Teller) Short() string {
	totals, _, _ := t.Answer.Known()
	list := make([]string, len(totals))
	for i, sum := range totals {
		list[i] = t.Words().RoundTotal(sum.Gross, sum.Currency)
	}
	if len(list) < 2 || t.InOne() != nil {
		total, _, _ := t.Shown()
		return total
	}
	return strings.Join(list, " + ")
}

// UnitOf is how a currency stands behind an amount.
func UnitOf(currency string) string {
	if currency == "VND" {
		return "₫"
	}
	return currency
}
