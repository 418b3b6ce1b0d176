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

// A cardShelf holds a book's rate cards, markets and volume tiers. They are
// read on first use, as most questions need one card or none.
type cardShelf struct {
	files     folder
	markets   func() map[string][]marketSpan
	sheetRows func() []sheetRow

	mu      sync.Mutex
	read    map[string]rateCard
	sheets  map[string]tierSheet
	derived map[derivedKey][]rate
}

func newCardShelf(files folder) *cardShelf {
	return &cardShelf{
		files:   files,
		read:    map[string]rateCard{},
		sheets:  map[string]tierSheet{},
		derived: map[derivedKey][]rate{},
		markets: sync.OnceValue(func() map[string][]marketSpan { return must(readMarkets(files)) }),

		sheetRows: sync.OnceValue(func() []sheetRow { return must(readSheetRows(files)) }),
	}
}

// must is for files of the book, whose mistakes no caller can mend.
func must[T any](value T, err error) T {
	if err != nil {
		panic("rules: " + err.Error())
	}
	return value
}

func (s *cardShelf) card(name string) rateCard {
	s.mu.Lock()
	defer s.mu.Unlock()
	return onShelf(s, s.read, readCard, name)
}

func (s *cardShelf) sheet(name string) tierSheet {
	s.mu.Lock()
	defer s.mu.Unlock()
	return onShelf(s, s.sheets, readSheet, name)
}

// onShelf reads a file on first use. The shelf must be locked.
func onShelf[T any](s *cardShelf, read map[string]T, file func(folder, string) (T, error), name string) T {
	c, ok := read[name]
	if !ok {
		c = must(file(s.files, name))
		read[name] = c
	}
	return c
}

func readCard(files folder, name string) (rateCard, error) {
	c := rateCard{}
	err := eachRow(files, "book/cards/"+name+".csv", "market,category,tier_from,tier_to,rate,confidence", func(cells []string) error {
		from, to, err := tierBounds(cells[2], cells[3])
		if err != nil {
			return err
		}
		price, err := decimal.NewFromString(cells[4])
		if err != nil {
			return err
		}
		key := cardKey{cells[0], category(cells[1])}
		c[key] = append(c[key], rate{from, to, price, Status(cells[5])})
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

// A tierSheet holds the volume tiers of each market and category.
type tierSheet map[cardKey][]tierStep

func readSheet(files folder, name string) (tierSheet, error) {
	steps := tierSheet{}
	err := eachRow(files, "book/cards/"+name+".csv", "market,category,tier_from,tier_to,discount,rate", func(c []string) error {
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
	return steps, err
}

// A sheetRow says by which sheet the list rates of a card are discounted.
type sheetRow struct{ card, sheet string }

func readSheetRows(files folder) ([]sheetRow, error) {
	var rows []sheetRow
	err := eachRow(files, "book/cards/tiers.csv", "card,sheet", func(c []string) error {
		rows = append(rows, sheetRow{c[0], c[1]})
		return nil
	})
	return rows, err
}

// sheetOf names the sheet of a card; it is empty where the book has none. A
// sheet never holds for a card that it is not registered for.
func (s *cardShelf) sheetOf(card string) string {
	for _, row := range s.sheetRows() {
		if row.card == card {
			return row.sheet
		}
	}
	return ""
}

// hasTiers reports whether the book knows the volume tiers of a card: by a
// sheet, or as the card prints them.
func (s *cardShelf) hasTiers(card string) bool {
	if s.sheetOf(card) != "" {
		return true
	}
	for _, list := range s.card(card) {
		if len(list) > 1 {
			return true
		}
	}
	return false
}

// tierDecimals is how many decimals the published cards give a tier's rate.
const tierDecimals = 4

// rates returns what charged messages of a category cost in a market, by their
// number in the month, and false where the card has no price. Where a card
// prints no tiers, its list rate is discounted by its sheet, if it has one.
func (s *cardShelf) rates(cardName, market string, c category, tiered bool) ([]rate, bool) {
	list := s.card(cardName)[cardKey{market, c}]
	if len(list) == 0 {
		return nil, false
	}
	if !tiered || len(list) > 1 {
		return list, true
	}
	key := derivedKey{cardName, market, c}
	s.mu.Lock()
	known, ok := s.derived[key]
	s.mu.Unlock()
	if !ok {
		known = s.discounted(cardName, cardKey{market, c}, list[0])
		s.mu.Lock()
		s.derived[key] = known
		s.mu.Unlock()
	}
	return known, true
}

// discounted is a list rate by the volume tiers of its card's sheet, the rate
// alone where the card has none.
func (s *cardShelf) discounted(cardName string, key cardKey, list rate) []rate {
	derived := []rate{list}
	if sheet := s.sheetOf(cardName); sheet != "" {
		for i, step := range s.sheet(sheet)[key] {
			r := rate{step.from, step.to, list.price.Mul(step.factor).Round(tierDecimals), Derived}
			if i == 0 {
				r.status = list.status
				derived = derived[:0]
			}
			derived = append(derived, r)
		}
	}
	return derived
}

type derivedKey struct {
	card, market string
	category     category
}

type marketSpan struct {
	market       string
	since, until Date // zero: open
}

func readMarkets(files folder) (map[string][]marketSpan, error) {
	spans := map[string][]marketSpan{}
	err := eachRow(files, "book/cards/markets.csv", "market,iso2,calling_code,effective_from,effective_to,confidence", func(c []string) error {
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
	return spans, err
}

// markets returns the markets of each country over time.
func markets() map[string][]marketSpan { return theBook.shelf.markets() }

func (s *cardShelf) market(country string, on Date) string {
	for _, span := range s.markets()[country] {
		if span.since <= on && (span.until == 0 || on <= span.until) {
			return span.market
		}
	}
	return otherMarket
}

// Market returns the WhatsApp market that prices a country (ISO 3166-1 alpha-2)
// on a day; a country in no market is Other.
func Market(country string, on Date) string { return theBook.shelf.market(country, on) }

// cardRule is the id of the register of the cards in a currency.
func cardRule(currency string) string {
	if currency == defaultCurrency {
		return "whatsapp.card"
	}
	return "whatsapp.card." + strings.ToLower(currency)
}

// cardRegisters returns the registers of the cards by currency, and the
// currencies in the book's order, the default first.
func (b *bookData) cardRegisters() (byCurrency map[string]*rule, currencies []string) {
	byCurrency = map[string]*rule{defaultCurrency: b.rules[cardRule(defaultCurrency)]}
	currencies = []string{defaultCurrency}
	for _, id := range b.order {
		if code, ok := strings.CutPrefix(id, cardRule(defaultCurrency)+"."); ok {
			code = strings.ToUpper(code)
			byCurrency[code] = b.rules[id]
			currencies = append(currencies, code)
		}
	}
	return byCurrency, currencies
}

// useCards is cardRegisters for the code that prices by them.
func (b *bookData) useCards() (byCurrency map[string]*rule, currencies []string) {
	byCurrency, currencies = b.cardRegisters()
	for currency := range byCurrency {
		b.rule(cardRule(currency))
	}
	return byCurrency, currencies
}

// ListRate returns the price in US dollars of one WhatsApp message of a type to
// a country, before volume tiers and free allowances, by the card in force on a
// day; per conversation before 2025-07-01. It is false where the book has none.
func ListRate(t MessageType, country string, on Date) (decimal.Decimal, bool) {
	return ListRateIn(defaultCurrency, t, country, on)
}

// ListRateIn is [ListRate] by the cards in a currency of [BillingCurrencies].
// Each currency has cards of its own; none is ever converted.
func ListRateIn(currency string, t MessageType, country string, on Date) (decimal.Decimal, bool) {
	return theBook.listRate(currency, t, country, on)
}

func (b *bookData) listRate(currency string, t MessageType, country string, on Date) (decimal.Decimal, bool) {
	if t.Channel() != ChannelWhatsApp {
		return decimal.Decimal{}, false
	}
	if t == WhatsAppService {
		f := b.rules["whatsapp.service.price"].on(on)
		if f == nil || f.Value == "0" {
			return decimal.Decimal{}, f != nil
		}
	}
	if t == WhatsAppAuthentication && !authenticationPriced(country, on) {
		return decimal.Decimal{}, false
	}
	cards := b.rules[cardRule(currency)]
	if cards == nil {
		return decimal.Decimal{}, false
	}
	name := cards.on(on)
	if name == nil {
		return decimal.Decimal{}, false
	}
	list, ok := b.shelf.rates(name.Value, b.shelf.market(country, on), t.category(), false)
	if !ok {
		return decimal.Decimal{}, false
	}
	return list[0].price, true
}
