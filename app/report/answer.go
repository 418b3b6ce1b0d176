package report

import (
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/model"
	"postage/rules"
)

// Summary is the answer in one sentence, for screen readers and for copying.
func (r *Report) Summary() string {
	if !r.Current() {
		return r.Words().Text("fix.title")
	}
	return r.Words().Text("answer.summary", "verdict", r.VerdictText(), "total", r.TotalText())
}

// VerdictText is the verdict.
func (r *Report) VerdictText() string { return r.Words().Text("verdict." + string(r.Verdict())) }

// TotalText is the total, in the currency that the user asked for if any.
func (r *Report) TotalText() string {
	w := r.Words()
	if !r.Current() {
		return "—" // an old number beside new answers would be a wrong one
	}
	switch t, ok := r.Total(); {
	case !ok:
		return w.Text("total.not-in-book")
	default:
		return w.RoundTotal(t.Gross, t.Currency)
	}
}

// SplitText says how many messages go out and how many do not: where that hangs on
// something, at the most so many and at least so many, if that is any at all.
func (r *Report) SplitText() (out, blocked string) {
	if n := r.Quote.Blocked; n > 0 || r.Verdict() != rules.Depends {
		blocked = splitText(r, "split.blocked", n)
	}
	return splitText(r, "split.out", r.Quote.Deliverable), blocked
}

func splitText(r *Report, key string, n int64) string {
	return r.Words().Text(AtMost(key, r.Verdict()), "n", r.Words().Number(n))
}

// AtMost is the key of a text with a number that is the most there can be where the
// verdict hangs on something.
func AtMost(key string, v rules.Verdict) string {
	if v == rules.Depends {
		return key + ".most"
	}
	return key
}

// PerMessage is the price of one message that goes out, in a sentence; an average is
// called one.
func (r *Report) PerMessage() string {
	w := r.Words()
	if !r.Current() {
		return ""
	}
	if r.Quote.Deliverable == 0 {
		return w.Text("stamp.nothing")
	}
	switch t, ok := r.Total(); {
	case !ok:
		return ""
	case t.Gross.IsZero():
		return w.Text("stamp.free")
	default:
		key := "stamp.per-message"
		if lines := r.Quote.Lines; len(lines) != 1 || lines[0].Quantity != r.Quote.Deliverable {
			key = "stamp.average"
		} else if r.Stands.Message.Template.Price.Known() && r.Quote.Message.Channel() == rules.ChannelZNS {
			key = "stamp.own-price"
		}
		return w.Text(key, "price", r.EachText())
	}
}

// EachText is the price of one message that goes out.
func (r *Report) EachText() string {
	t, ok := r.Total()
	if !ok || r.Quote.Deliverable == 0 {
		return "—"
	}
	return r.Words().RoundMoney(t.Gross.DivRound(decimal.NewFromInt(r.Quote.Deliverable), 6), t.Currency)
}

// OwnName is what the answer is called where the user does not say.
func (r *Report) OwnName() string {
	w := r.Words()
	return w.Text("type."+string(r.Form.Kind())) + ", " + w.Count("people", peopleOf(&r.Stands))
}

func peopleOf(s *rules.Scenario) (people int64) {
	for i := range s.Audience {
		people += s.Audience[i].Recipients.Or(0)
	}
	return people
}

// AskedText is what the answer is to, in three lines: what, to whom, when and by what.
func AskedText(r *Report) [3]string {
	w := r.Words()
	whom := w.Count("people", peopleOf(&r.Stands))
	if n := len(r.Stands.Audience); n > 1 {
		whom += ", " + w.Count("asked.groups", int64(n))
	}
	if n := r.Stands.PerRecipient.Or(1); n > 1 {
		whom += ", " + w.Count("asked.each", n)
	}
	how := []string{w.Date(r.Quote.On)}
	for _, q := range r.Form.Questions() {
		if typed := r.Form.Get(q.Path); typed != "" && (q.Path == "sender.tool" || q.Path == "sender.oaPackage") {
			how = append(how, w.First([]string{"asked." + q.Path, ""}, "answer", Question{r, q}.OptionLabel(typed)))
		}
	}
	return [3]string{r.KindText(), whom, strings.Join(how, " · ")}
}

// KindText is the channel and the message type.
func (r *Report) KindText() string {
	w := r.Words()
	kind := r.Form.Kind()
	return w.Text("channel."+string(kind.Channel())) + " · " + w.Text("type."+string(kind))
}

// StampLabel says what the total holds, and which part of it has no tax where the rest has.
func (r *Report) StampLabel() string {
	w := r.Words()
	if !r.Quote.Priced {
		return w.Text("stamp.label.unpriced")
	}
	if rates := r.TaxRates(); len(rates) == 1 && !rates[0].IsZero() {
		return w.Text("stamp.label.vat", "percent", w.Percent(rates[0]))
	} else if len(rates) > 1 {
		untaxed, _ := model.SumOf(r.Quote, func(l *rules.Line) bool { return l.TaxPercent.IsZero() })
		if untaxed.Gross.IsPositive() {
			return r.OwnText("stamp.label.untaxed", "amount", r.ShownRate().Write(w, untaxed.Gross))
		}
		return w.Text("stamp.label.taxes")
	}
	if model.IsUntaxed(r.Quote, &r.Stands.Pricing) {
		return w.Text("stamp.label.no-tax")
	}
	return w.Text("stamp.label")
}

// Bites are the limits of a group as its reasons name them.
type Bites struct {
	Care int64  // see [rules.Scenario.CareNeeded]
	Paid string // from which message on it costs something, empty where that is from the first or never
}

// Bites are those of a group.
func (r *Report) Bites(group int) (b Bites) {
	checks := r.Quote.Segments[group].Checks
	for i := range checks {
		if checks[i].Code == "quota" && checks[i].Outcome == rules.Fail {
			b.Care = r.Stands.CareNeeded()
		}
	}
	if from := (breakdown{r}).paidFrom(&group); from > 1 {
		w := r.Words()
		b.Paid = w.Text("why.from."+string(r.Quote.Message), "n", w.Number(from))
	}
	return b
}

// Reason is a check in plain words, the most specific there are for the type: with
// what would mend it, and where the limit lies that it is inside of.
func (r *Report) Reason(c *rules.Check, b Bites) string {
	switch {
	case c.Outcome == rules.Fail:
		return r.Words().FailText(r.Quote, c, b.Care)
	case c.Code == "window" && b.Paid != "":
		return r.checkText(c) + " " + b.Paid
	}
	return r.checkText(c)
}

// FirstMonth says what the first month of offers adds to a quota that does not do; empty
// where it is that month, or nothing is added.
func FirstMonth(r *Report, c *rules.Check) string {
	bonus, ok := bookNumber("zalo.zns.promotion-quota.first-month", r.Quote.On)
	if !ok || c.Code != "quota" || c.Outcome != rules.Fail || r.Stands.Sender.FirstPromotionMonth {
		return ""
	}
	return r.Words().Text("quota.first-month", "bonus", r.Words().Number(bonus))
}

func (r *Report) checkText(c *rules.Check) string {
	return r.Words().CheckText("check."+c.Code+"."+string(c.Outcome), r.Quote, c)
}
