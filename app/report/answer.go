package report

import (
	"github.com/shopspring/decimal"

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
func (r *Report) VerdictText() string { return r.Words().Text("verdict." + string(r.Quote.Verdict)) }

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

// PerMessage is the price of one message that goes out, in a sentence.
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
		return w.Text("stamp.per-message", "price", r.EachText())
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
	people := int64(0)
	for i := range r.Stands.Audience {
		people += r.Stands.Audience[i].Recipients.Or(0)
	}
	return w.Text("type."+string(r.Form.Kind())) + ", " + w.Count("people", people)
}

// KindText is the channel and the message type.
func (r *Report) KindText() string {
	w := r.Words()
	kind := r.Form.Kind()
	return w.Text("channel."+string(kind.Channel())) + " · " + w.Text("type."+string(kind))
}

// StampLabel says what the total holds.
func (r *Report) StampLabel() string {
	w := r.Words()
	if !r.Quote.Priced {
		return w.Text("stamp.label.unpriced")
	}
	if rates := r.TaxRates(); len(rates) == 1 && !rates[0].IsZero() {
		return w.Text("stamp.label.vat", "percent", w.Percent(rates[0]))
	} else if len(rates) > 1 {
		return w.Text("stamp.label.taxes")
	}
	if r.Quote.Message.Channel() == rules.ChannelWhatsApp && len(r.Quote.Lines) > 0 {
		return w.Text("stamp.label.no-tax")
	}
	return w.Text("stamp.label")
}

// CheckText is the plain reason: the most specific text there is for the type.
func (r *Report) CheckText(c *rules.Check) string {
	return r.Words().CheckText("check."+c.Code+"."+string(c.Outcome), r.Quote, c)
}
