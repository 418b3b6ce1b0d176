package app

import (
	"github.com/shopspring/decimal"

	"postage/rules"
)

// priceInAWord is what stands beside a message type: its price on the chosen
// day in a few words, and whether the type is not to be had on that day.
func (s *screen) priceInAWord(t rules.MessageType) (words string, gone bool) {
	w := s.words()
	on := s.form.day()
	if on == 0 {
		on, _ = rules.ParseDate(s.form.today)
	}
	if _, ok := rules.RuleOn(string(t)+".countries", on); ok && t == rules.MessengerRecurring {
		return w.text("price.abroad"), true
	}
	if ok, since := rules.Available(t, on); !ok {
		if since == 0 {
			return w.text("price.not-yet"), true
		}
		if was, _ := rules.Available(t, since.AddDays(-1)); was {
			return w.text("price.ended", "date", w.date(since)), true
		}
		return w.text("price.not-yet"), true
	}
	switch t.Channel() {
	case rules.ChannelZalo:
		return s.zaloPrice(t, on), false
	case rules.ChannelZNS:
		if t == rules.ZBSUID {
			return w.text("price.below-phone"), false
		}
		return s.znsPrice(on), false
	case rules.ChannelWhatsApp:
		return s.whatsappPrice(t, on), false
	default:
		return s.messengerPrice(t, on), false
	}
}

// messengerPrice: most types are free.
func (s *screen) messengerPrice(t rules.MessageType, on rules.Date) string {
	w := s.words()
	if t == rules.MessengerSponsored {
		return w.text("price.auction")
	}
	if price, _ := bookNumber(string(t)+".price", on); price > 0 {
		return w.text("price.from", "price", w.money(decimal.NewFromInt(price), "VND"))
	}
	return w.text("price.free")
}

// bookNumber is the whole number that a rule gives on a day.
func bookNumber(id string, on rules.Date) (int64, bool) {
	f, ok := rules.RuleOn(id, on)
	if !ok {
		return 0, false
	}
	return parseCount(f.Value)
}

func (s *screen) zaloPrice(t rules.MessageType, on rules.Date) string {
	w := s.words()
	price, ok := bookNumber(string(t)+".price", on)
	if !ok {
		return w.text("price.unknown")
	}
	amount := w.money(decimal.NewFromInt(price), "VND")
	switch {
	case t == rules.ZaloConsultation:
		window, _ := bookNumber("zalo.uid.consultation.free-window", on)
		free, limited := bookNumber("zalo.uid.consultation.free-messages", on)
		if !limited {
			return w.text("price.consultation.unlimited", "hours", w.number(window), "price", amount)
		}
		return w.text("price.consultation.capped", "free", w.number(free), "hours", w.number(window), "price", amount)
	case price == 0:
		return w.text("price.free")
	default:
		return amount
	}
}

func (s *screen) znsPrice(on rules.Date) string {
	w := s.words()
	least := int64(-1)
	for _, k := range rules.TemplateKinds() {
		if n, ok := bookNumber("zalo.zns.price."+string(k), on); ok && (least < 0 || n < least) {
			least = n
		}
	}
	if least < 0 {
		return w.text("price.unknown")
	}
	return w.text("price.from-excl-vat", "price", w.money(decimal.NewFromInt(least), "VND"))
}

func (s *screen) whatsappPrice(t rules.MessageType, on rules.Date) string {
	w := s.words()
	currency := s.form.currency()
	if s.form.kind().Channel() != rules.ChannelWhatsApp {
		currency = t.Currency()
	}
	rate, ok := rules.ListRateIn(currency, t, s.form.get(groupPath(0, "country")), on)
	if !ok {
		return w.text("price.unknown")
	}
	if rate.IsZero() {
		return w.text("price.free")
	}
	amount := w.money(rate, currency)
	if free, has := bookNumber("whatsapp.service.free-messages", on); has && t == rules.WhatsAppService {
		return w.text("price.service", "free", w.number(free), "price", amount)
	}
	if f, ok := rules.RuleOn("whatsapp.unit", on); ok && f.Value == "conversation" {
		return w.text("price.conversation", "price", amount)
	}
	return amount
}
