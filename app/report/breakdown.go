package report

import (
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// An entry is one row of the breakdown in words.
type Entry struct {
	Title, Detail, Amount string
	Line                  *rules.Line // nil for a sum
	Total                 bool
	Part                  bool // the sum of the lines above it, a part of the total
	Private               bool // not for the customer: it stands in no text, and not on paper
}

// Entries are the lines of the quote and the sums below them.
func (r *Report) Entries() []Entry { return breakdown{r}.entries() }

// A breakdown is what a report says of what the price is made of.
type breakdown struct{ *Report }

func (r breakdown) entries() []Entry {
	w := r.Words()
	q := r.Quote
	var list []Entry
	if q.Free > 0 {
		detail := w.Count("messages", q.Free)
		if why := "line.free." + string(q.Message); w.Has(why) {
			detail += " · " + w.Text(why)
		}
		list = append(list, Entry{Title: w.Text("line.free"), Detail: detail, Amount: w.Money(decimal.Zero, r.Form.Currency())})
	}
	for _, own := range []bool{false, true} {
		for i := range q.Lines {
			if model.IsOwn(&q.Lines[i]) == own {
				list = append(list, r.line(&q.Lines[i]))
			}
		}
		if !own {
			list = r.freeButtons(list)
		}
		list = append(list, r.partOfTotal(own)...)
	}
	if len(list) == 0 && q.Priced {
		list = append(list, Entry{Title: w.Text("line.nothing")})
	}
	return append(list, r.sums()...)
}

func (r breakdown) line(l *rules.Line) Entry {
	w := r.Words()
	currency := r.Form.Currency()
	title := r.OwnText("line." + l.Code)
	if target, ok := strings.CutPrefix(l.Rule, buttonRule); ok {
		title += " · " + w.Text("option.message.template.buttons."+target)
	}
	if l.Market != "" {
		title += " · " + r.marketName(l)
	}
	detail := w.Text("line.times", "quantity", w.Number(l.Quantity), "price", w.Money(l.UnitPrice, currency))
	if l.TierFrom > 1 {
		detail += " · " + w.Text("line.tier", "from", w.Number(l.TierFrom))
	}
	if from := r.paidFrom(l.Segment); from > 0 && l.Rule != "" {
		detail += " · " + w.Text("line.from."+string(r.Quote.Message), "n", w.Number(from))
	}
	if l.Code == "markup-percent" {
		if percent, known := r.MarkupPercent(); known {
			detail = w.Percent(percent)
		}
	}
	if l.Segment != nil && len(r.Quote.Segments) > 1 {
		detail = r.GroupName(*l.Segment) + " · " + detail
	}
	// The lines add up to the first sum below them.
	amount := l.Net
	if r.TaxIncluded() {
		amount = l.Gross
	}
	if l.Code == "template-price" {
		own := *l
		own.Sources = []string{"own"} // see SourcesByName: the user's
		l = &own
	}
	return Entry{Title: title, Detail: detail, Amount: w.Money(amount, currency), Line: l}
}

// freeButtons adds the buttons of a template that add nothing to its price, so that
// each is seen. Where their number alone counts, the line of them says it.
func (r breakdown) freeButtons(list []Entry) []Entry {
	t := &r.Stands.Message.Template
	if r.Quote.Charged == 0 || t.Price.Known() || r.Stands.Assume["zalo.zbs.price-list"] == "public-list" {
		return list
	}
buttons:
	for _, target := range t.Buttons.Targets {
		free := rules.Line{Code: "zns-button", Quantity: r.Quote.Charged, Rule: buttonRule + string(target)}
		for i := range r.Quote.Lines {
			if r.Quote.Lines[i].Rule == free.Rule {
				continue buttons
			}
		}
		list = append(list, r.line(&free))
	}
	return list
}

// buttonRule and where a button leads to is the rule of its price.
const buttonRule = "zalo.zns.price.button."

// paidFrom is the number of the first message that a group pays for where free ones
// go before it, 0 where none do: for one person the ninth within the free window, of
// a WhatsApp number's replies the one behind the free thousand.
func (r breakdown) paidFrom(group *int) int64 {
	if group == nil || r.Quote.Segments[*group].Charged == 0 {
		return 0
	}
	s := &r.Stands.Audience[*group]
	switch r.Quote.Message {
	case rules.ZBSUID:
		return 1 // what is told of it is by which way it goes
	case rules.ZaloConsultation:
		window, _ := bookNumber("zalo.uid.consultation.free-window", r.Quote.On)
		free, counted := bookNumber("zalo.uid.consultation.free-messages", r.Quote.On)
		if !counted {
			free, counted = words.ParseCount(r.Stands.Assume["zalo.consultation.free-cap"])
		}
		if counted && s.Recency.Within(window) {
			return free*s.Interactions.Or(1) + 1
		}
	case rules.WhatsAppService:
		if free, ok := bookNumber("whatsapp.service.free-messages", r.Quote.On); ok {
			return free*r.Stands.Sender.PhoneNumbers.Or(1) + 1
		}
	}
	return 0
}

// marketName is the name of a line's market: a region's from the tables, a
// country's as the browser knows it, else as the card prints it.
func (r breakdown) marketName(l *rules.Line) string {
	if w := r.Words(); w.Has("market." + l.Market) {
		return w.Text("market." + l.Market)
	}
	if l.Segment != nil {
		if _, names := r.Countries(); names[r.Form.Get(form.GroupPath(*l.Segment, "country"))] != "" {
			return names[r.Form.Get(form.GroupPath(*l.Segment, "country"))]
		}
	}
	return l.Market
}

// sums are net, tax and gross, or that the price is not in the book.
func (r breakdown) sums() []Entry {
	w := r.Words()
	q := r.Quote
	if len(q.Totals) == 0 {
		return []Entry{{Title: w.Text("total.not-in-book"), Detail: w.Text("total.not-in-book.why"), Amount: "—", Total: true}}
	}
	t := q.Totals[0]
	var list []Entry
	detail := ""
	switch {
	case t.Tax.IsZero():
	case r.TaxIncluded():
		detail = w.Text("total.tax-included", "tax", w.Money(t.Tax, t.Currency))
	default:
		list = append(list,
			Entry{Title: w.Text("total.net"), Amount: w.Money(t.Net, t.Currency)},
			Entry{Title: w.Text("total.tax"), Amount: w.Money(t.Tax, t.Currency)},
		)
	}
	list = append(list, Entry{Title: w.Text("total.gross"), Detail: detail, Amount: w.Money(t.Gross, t.Currency), Total: true})
	if c := q.Converted; c != nil && c.Currency != t.Currency {
		list = append(list, Entry{Title: w.Text("total.converted", "currency", c.Currency), Amount: w.RoundTotal(c.Gross, c.Currency)})
	}
	if own, ok := model.OwnTotal(q); ok && model.HasOwn(q) && !r.Frame { // there a partner's customer reads it
		list = append(list, Entry{Title: w.Text("total.earn"), Amount: r.ShownRate().Write(w, own.Net), Private: true})
	}
	return list
}

// partOfTotal is the sum of what the platform charges, or of what the user adds,
// where there are both.
func (r breakdown) partOfTotal(own bool) []Entry {
	sum, title := model.PlatformTotal, "total.platform"
	if own {
		sum, title = model.OwnTotal, "total.own"
	}
	total, ok := sum(r.Quote)
	if !ok || !model.HasOwn(r.Quote) {
		return nil
	}
	w := r.Words()
	amount := total.Net
	if r.TaxIncluded() {
		amount = total.Gross
	}
	return []Entry{{Title: r.OwnText(title), Amount: w.Money(amount, total.Currency), Part: true}}
}

// PartsOfPrice says what of the price of one message goes to whom.
func (r *Report) PartsOfPrice() string {
	platform, ok := model.PlatformTotal(r.Quote)
	if !ok || !model.HasOwn(r.Quote) || r.Quote.Deliverable == 0 || !r.Current() {
		return ""
	}
	own, _ := model.OwnTotal(r.Quote)
	rate := r.ShownRate()
	each := func(t rules.Total) string {
		return r.Words().RoundMoney(t.Gross.Mul(rate.Each).DivRound(decimal.NewFromInt(r.Quote.Deliverable), 6), rate.Currency)
	}
	return r.OwnText("stamp.parts", "platform", each(platform), "own", each(own))
}
