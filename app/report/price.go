package report

import (
	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// PriceInAWord is what stands beside a message type: its price on the chosen
// day in a few words, and whether the type is not to be had on that day.
func (r *Report) PriceInAWord(t rules.MessageType) (words string, gone bool) {
	w := r.Words()
	on := r.Form.Day()
	if on == 0 {
		on, _ = rules.ParseDate(r.Form.Today)
	}
	if _, ok := rules.RuleOn(string(t)+".countries", on); ok && t == rules.MessengerRecurring {
		return w.Text("price.abroad"), true
	}
	if ok, since := rules.Available(t, on); !ok {
		if since == 0 {
			return w.Text("price.not-yet"), true
		}
		if was, _ := rules.Available(t, since.AddDays(-1)); was {
			return w.Text("price.ended", "date", w.Date(since)), true
		}
		return w.Text("price.not-yet"), true
	}
	prices := dayPrices{r, on}
	switch t.Channel() {
	case rules.ChannelZalo:
		return prices.zalo(t), false
	case rules.ChannelZNS:
		if t == rules.ZBSUID {
			return w.Text("price.below-phone"), false
		}
		return prices.zns(), false
	case rules.ChannelWhatsApp:
		return prices.whatsapp(t), false
	default:
		return prices.messenger(t), false
	}
}

// dayPrices are the prices of a day in a few words.
type dayPrices struct {
	Report *Report
	on     rules.Date
}

// messenger: most types are free.
func (p dayPrices) messenger(t rules.MessageType) string {
	w := p.Report.Words()
	if t == rules.MessengerSponsored {
		return w.Text("price.auction")
	}
	if price, _ := bookNumber(string(t)+".price", p.on); price > 0 {
		return w.Text("price.from", "price", w.Money(decimal.NewFromInt(price), "VND"))
	}
	return w.Text("price.free")
}

// bookNumber is the whole number that a rule gives on a day.
func bookNumber(id string, on rules.Date) (int64, bool) {
	f, ok := rules.RuleOn(id, on)
	if !ok {
		return 0, false
	}
	return words.ParseCount(f.Value)
}

func (p dayPrices) zalo(t rules.MessageType) string {
	w := p.Report.Words()
	price, ok := bookNumber(string(t)+".price", p.on)
	if !ok {
		return w.Text("price.unknown")
	}
	amount := w.Money(decimal.NewFromInt(price), "VND")
	switch {
	case t == rules.ZaloConsultation:
		window, _ := bookNumber("zalo.uid.consultation.free-window", p.on)
		free, limited := bookNumber("zalo.uid.consultation.free-messages", p.on)
		if !limited {
			return w.Text("price.consultation.unlimited", "hours", w.Number(window), "price", amount)
		}
		return w.Text("price.consultation.capped", "free", w.Number(free), "hours", w.Number(window), "price", amount)
	case price == 0:
		return w.Text("price.free")
	default:
		return amount
	}
}

func (p dayPrices) zns() string {
	w := p.Report.Words()
	least := int64(-1)
	for _, k := range rules.TemplateKinds() {
		// A journey's price is told and not reckoned with.
		if n, ok := bookNumber("zalo.zns.price."+string(k), p.on); ok && k != rules.TemplateJourney && (least < 0 || n < least) {
			least = n
		}
	}
	if least < 0 {
		return w.Text("price.unknown")
	}
	return w.Text("price.from-excl-vat", "price", w.Money(decimal.NewFromInt(least), "VND"))
}

func (p dayPrices) whatsapp(t rules.MessageType) string {
	r := p.Report
	w := r.Words()
	currency := r.Form.Currency()
	if r.Form.Kind().Channel() != rules.ChannelWhatsApp {
		currency = t.Currency()
	}
	rate, ok := rules.ListRateIn(currency, t, r.Form.Get(form.GroupPath(0, "country")), p.on)
	if !ok {
		return w.Text("price.unknown")
	}
	if rate.IsZero() {
		return w.Text("price.free")
	}
	amount := w.Money(rate, currency)
	if free, has := bookNumber("whatsapp.service.free-messages", p.on); has && t == rules.WhatsAppService {
		return w.Text("price.service", "free", w.Number(free), "price", amount)
	}
	if f, ok := rules.RuleOn("whatsapp.unit", p.on); ok && f.Value == "conversation" {
		return w.Text("price.conversation", "price", amount)
	}
	return amount
}
