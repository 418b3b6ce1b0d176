package app

import (
	"slices"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A priceSpan is a time in which one message of a type had one price.
type priceSpan struct {
	since, until rules.Date // until is the first day after; zero for as far as the book goes
	price        decimal.Decimal
	state        spanState
	talk         bool // the price is for a conversation
}

type spanState uint8

const (
	spanPriced  spanState = iota
	spanUnknown           // the price is not in the book
	spanOff               // the type could not be sent
)

// A priceHistory is what one message of a scenario's type costs on every day,
// the free allowances used up, in the currency that is billed.
type priceHistory struct {
	currency string
	country  string // whose price it is; empty where the country does not matter
	spans    []priceSpan
}

// historyOf works out the prices that the book has for a scenario's type.
func historyOf(s rules.Scenario) priceHistory {
	probe := rules.Scenario{Message: s.Message, Audience: []rules.Segment{{Recipients: rules.Some(int64(1))}}}
	probe.Sender = rules.Sender{
		BillingCurrency: s.Sender.BillingCurrency, InternationalAuth: s.Sender.InternationalAuth, Country: s.Sender.Country,
		FreeServiceUsed: rules.MaxCount,
	}
	if probe.Message.Tag.Known() {
		probe.Message.Tag = rules.Some(int64(1)) // which there was at every time
	}
	h := priceHistory{currency: s.Currency()}
	if s.Message.Type.Channel() == rules.ChannelWhatsApp {
		h.country = s.Audience[0].Country
		probe.Audience[0].Country = h.country
	}
	days := []rules.Date{firstDay}
	for _, e := range rules.History(s.Message.Type) {
		if e.On > firstDay {
			days = append(days, e.On)
		}
	}
	slices.Sort(days)
	for _, on := range slices.Compact(days) {
		probe.On = on
		span := priceSpanOf(probe)
		if k := len(h.spans); k > 0 {
			last := &h.spans[k-1]
			if last.state == span.state && last.price.Equal(span.price) && last.talk == span.talk {
				continue
			}
			last.until = on
		} else if span.state != spanPriced {
			continue // the picture begins with the first price
		}
		h.spans = append(h.spans, span)
	}
	return h
}

func priceSpanOf(s rules.Scenario) priceSpan {
	span := priceSpan{since: s.On, state: spanUnknown}
	available, _ := rules.Available(s.Message.Type, s.On)
	q, err := rules.Evaluate(s)
	switch {
	case !available:
		span.state = spanOff
	case err != nil:
	case len(q.Totals) > 0 && q.Deliverable > 0:
		span.state, span.price = spanPriced, q.Totals[0].Gross
		unit, _ := rules.RuleOn("whatsapp.unit", s.On)
		span.talk = s.Message.Type.Channel() == rules.ChannelWhatsApp && unit.Value == "conversation"
	case q.Deliverable == 0:
		span.state = spanOff
	}
	return span
}
