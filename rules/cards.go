package rules

import (
	"strconv"
	"strings"
	"sync"

	"github.com/shopspring/decimal"
)

// category is the price category of a WhatsApp message, a column of the cards.
type category string

const (
	marketing         category = "marketing"
	utility           category = "utility"
	authentication    category = "authentication"
	authInternational category = "authentication-international"
	service           category = "service"
)

// otherMarket holds every country that is in no market of its own.
const otherMarket = "Other"

// A rate is a line of a rate card: the price of the charged messages of a month
// from the first one to the last one.
type rate struct {
	from, to int64 // message numbers, from 1; to is 0 for no end
	price    decimal.Decimal
	status   Status
}

type cardKey struct {
	market   string
	category category
}

// A rateCard holds the rates of each market and category, tiers in order.
type rateCard map[cardKey][]rate

var cards sync.Map // name → func() rateCard

// card reads a rate card on first use.
func card(name string) rateCard {
	read, ok := cards.Load(name)
	if !ok {
		read, _ = cards.LoadOrStore(name, sync.OnceValue(func() rateCard {
			c, err := readCard(name)
			if err != nil {
				panic("rules: " + err.Error())
			}
			return c
		}))
	}
	return read.(func() rateCard)()
}

func readCard(name string) (rateCard, error) {
	c := rateCard{}
	err := eachRow(cardFiles, "book/cards/"+name+".csv", "market,category,tier_from,tier_to,rate,confidence", func(cells []string) error {
		from, to, err := tierBounds(cells[2], cells[3])
		if err != nil {
			return err
		}
		price, err := decimal.NewFromString(cells[4])
		if err != nil {
			return err
		}
		status := Status(cells[5])
		if status == "weak" { // reconstructed with less support than the other derived rates
			status = Derived
		}
		key := cardKey{cells[0], category(cells[1])}
		c[key] = append(c[key], rate{from, to, price, status})
		return nil
	})
	return c, err
}

// tierBounds reads the first and the last message number of a tier. Cards print
// the first tier as starting at 0; it starts at message 1.
func tierBounds(from, to string) (int64, int64, error) {
	first, err := strconv.ParseInt(from, 10, 64)
	if err != nil {
		return 0, 0, err
	}
	if to == "" {
		return max(first, 1), 0, nil
	}
	last, err := strconv.ParseInt(to, 10, 64)
	return max(first, 1), last, err
}

// A tierStep is where a volume tier begins and the factor on the list rate.
type tierStep struct {
	from, to int64
	factor   decimal.Decimal
}

// tierSchedule reads the volume tiers of each market and category on first use.
var tierSchedule = sync.OnceValue(func() map[cardKey][]tierStep {
	steps := map[cardKey][]tierStep{}
	err := eachRow(cardFiles, "book/cards/tiers-2026-10-01.csv", "market,category,tier_from,tier_to,discount,rate", func(c []string) error {
		from, to, err := tierBounds(c[2], c[3])
		if err != nil {
			return err
		}
		discount, err := decimal.NewFromString(strings.Replace(c[4], "-.", "-0.", 1))
		if err != nil {
			return err
		}
		key := cardKey{c[0], category(c[1])}
		steps[key] = append(steps[key], tierStep{from, to, decimal.NewFromInt(1).Add(discount)})
		return nil
	})
	if err != nil {
		panic("rules: " + err.Error())
	}
	return steps
})

// tierDecimals is how many decimals the published cards give a tier's rate.
const tierDecimals = 4

// rates returns what charged messages of a category cost in a market, by their
// number in the month, and false where the card has no price. Before the first
// card with printed tiers the list rate is discounted by the later schedule.
func rates(cardName, market string, c category, tiered bool) ([]rate, bool) {
	list := card(cardName)[cardKey{market, c}]
	if len(list) == 0 {
		return nil, false
	}
	if !tiered || len(list) > 1 {
		return list, true
	}
	key := derivedKey{cardName, market, c}
	if known, ok := derivedRates.Load(key); ok {
		return known.([]rate), true
	}
	steps := tierSchedule()[cardKey{market, c}]
	if len(steps) == 0 {
		return list, true
	}
	derived := make([]rate, len(steps))
	for i, s := range steps {
		derived[i] = rate{s.from, s.to, list[0].price.Mul(s.factor).Round(tierDecimals), Derived}
	}
	derived[0].status = list[0].status
	derivedRates.Store(key, derived)
	return derived, true
}

type derivedKey struct {
	card, market string
	category     category
}

var derivedRates sync.Map // derivedKey → []rate

type marketSpan struct {
	market       string
	since, until Date // zero: open
}

var markets = sync.OnceValue(func() map[string][]marketSpan {
	spans := map[string][]marketSpan{}
	err := eachRow(cardFiles, "book/cards/markets.csv", "market,iso2,calling_code,effective_from,effective_to,confidence", func(c []string) error {
		since, err := optionalDate(c[3])
		if err != nil {
			return err
		}
		until, err := optionalDate(c[4])
		if err != nil {
			return err
		}
		spans[c[1]] = append(spans[c[1]], marketSpan{c[0], since, until})
		return nil
	})
	if err != nil {
		panic("rules: " + err.Error())
	}
	return spans
})

// Market returns the WhatsApp market that prices a country (ISO 3166-1 alpha-2)
// on a day; a country in no market is Other.
func Market(country string, on Date) string {
	for _, s := range markets()[country] {
		if s.since <= on && (s.until == 0 || on <= s.until) {
			return s.market
		}
	}
	return otherMarket
}

// ListRate returns the price in US dollars of one WhatsApp message of a type to
// a country, before volume tiers and free allowances, by the card in force on a
// day; per conversation before 2025-07-01. It is false where the book has none.
func ListRate(t MessageType, country string, on Date) (decimal.Decimal, bool) {
	name := whatsappCard.on(on)
	if name == nil || t.Channel() != ChannelWhatsApp {
		return decimal.Decimal{}, false
	}
	if t == WhatsAppService {
		f := whatsappServicePrice.on(on)
		if f == nil || f.Value == "0" {
			return decimal.Decimal{}, f != nil
		}
	}
	if t == WhatsAppAuthentication && !authenticationPriced(country, on) {
		return decimal.Decimal{}, false
	}
	list, ok := rates(name.Value, Market(country, on), t.category(), false)
	if !ok {
		return decimal.Decimal{}, false
	}
	return list[0].price, true
}
