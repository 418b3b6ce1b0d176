package model

import (
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A PriceSpan is a time in which one message of a type had one price.
type PriceSpan struct {
	Since, Until rules.Date // until is the first day after; zero for as far as the book goes
	Price        decimal.Decimal
	State        SpanState
	Talk         bool // the price is for a conversation
}

type SpanState uint8

const (
	SpanPriced  SpanState = iota
	SpanUnknown           // the price is not in the book
	SpanOff               // the type could not be sent
)

// A PriceHistory is what one message of a scenario's type costs on every day,
// the free allowances used up, in the currency that is billed.
type PriceHistory struct {
	Currency string
	Country  string // whose price it is; empty where the country does not matter
	Spans    []PriceSpan
}

// HistoryOf works out the prices that the book has for a scenario's type.
func HistoryOf(s rules.Scenario) PriceHistory {
	probe := rules.Scenario{Message: s.Message, Audience: []rules.Segment{{Recipients: rules.Some(int64(1))}}}
	probe.Sender = rules.Sender{
		BillingCurrency: s.Sender.BillingCurrency, InternationalAuth: s.Sender.InternationalAuth, Country: s.Sender.Country,
		FreeServiceUsed: rules.MaxCount,
	}
	if probe.Message.Tag.Known() {
		probe.Message.Tag = rules.Some(int64(1)) // which there was at every time
	}
	h := PriceHistory{Currency: s.Currency()}
	if s.Message.Type.Channel() == rules.ChannelWhatsApp {
		h.Country = s.Audience[0].Country
		probe.Audience[0].Country = h.Country
	}
	first, _ := rules.Span()
	days := []rules.Date{first}
	for _, e := range rules.History(s.Message.Type) {
		if e.On > first {
			days = append(days, e.On)
		}
	}
	sort.SliceStable(days, func(i, j int) bool { return days[i] < days[j] })
	for _, on := range slices.Compact(days) {
		probe.On = on
		span := priceSpanOf(probe)
		if k := len(h.Spans); k > 0 {
			last := &h.Spans[k-1]
			if last.State == span.State && last.Price.Equal(span.Price) && last.Talk == span.Talk {
				continue
			}
			last.Until = on
		} else if span.State != SpanPriced {
			continue // the picture begins with the first price
		}
		h.Spans = append(h.Spans, span)
	}
	return h
}

func priceSpanOf(s rules.Scenario) PriceSpan {
	span := PriceSpan{Since: s.On, State: SpanUnknown}
	available, _ := rules.Available(s.Message.Type, s.On)
	q, err := rules.Evaluate(s)
	switch {
	case !available:
		span.State = SpanOff
	case err != nil:
	case len(q.Totals) > 0 && q.Deliverable > 0:
		span.State, span.Price = SpanPriced, q.Totals[0].Gross
		unit, _ := rules.RuleOn("whatsapp.unit", s.On)
		span.Talk = s.Message.Type.Channel() == rules.ChannelWhatsApp && unit.Value == "conversation"
	case q.Deliverable == 0:
		span.State = SpanOff
	}
	return span
}
