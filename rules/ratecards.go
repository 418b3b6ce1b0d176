package rules

import (
	"github.com/shopspring/decimal"
	"sort"
)

// A CardTable is a WhatsApp rate card as a table of list rates, for reading.
type CardTable struct {
	Name       string        `json:"name"`     // the file, without its ending
	Currency   string        `json:"currency"` // ISO 4217
	Since      Date          `json:"since"`
	Status     Status        `json:"status"`
	Sources    []string      `json:"sources"`
	Categories []string      `json:"categories"` // columns, in the order of the prices' height
	Markets    []MarketRates `json:"markets"`    // rows, in alphabetical order, regions and Other last
}

// MarketRates are the list rates of a market by category: for one delivered
// message, or for one conversation before 2025-07-01.
type MarketRates struct {
	Name  string                     `json:"name"`
	Rates map[string]decimal.Decimal `json:"rates"`
}

// cardColumns are the categories in the order in which a card is read.
var cardColumns = []category{marketing, utility, authentication, authInternational, service}

// RateCards returns every WhatsApp rate card of the book, by currency and then
// oldest first.
func RateCards() []CardTable {
	registers, currencies := theBook.cardRegisters()
	var tables []CardTable
	for _, currency := range currencies {
		for _, f := range registers[currency].facts {
			if f.Value != none {
				tables = append(tables, cardTable(currency, &f))
			}
		}
	}
	return tables
}

func cardTable(currency string, f *Fact) CardTable {
	t := CardTable{Name: f.Value, Currency: currency, Since: f.Since, Status: f.Status, Sources: f.Sources}
	rows := map[string]*MarketRates{}
	used := map[category]bool{}
	for key, list := range theBook.shelf.card(f.Value) {
		row := rows[key.market]
		if row == nil {
			row = &MarketRates{key.market, map[string]decimal.Decimal{}}
			rows[key.market] = row
		}
		row.Rates[string(key.category)] = list[0].price
		used[key.category] = true
	}
	for _, c := range cardColumns {
		if used[c] {
			t.Categories = append(t.Categories, string(c))
		}
	}
	for _, row := range rows {
		t.Markets = append(t.Markets, *row)
	}
	m := t.Markets
	sort.SliceStable(m, func(i, j int) bool {
		a, b := regionRank(m[i].Name), regionRank(m[j].Name)
		return a < b || a == b && m[i].Name < m[j].Name
	})
	return t
}

// regionRank puts countries before regions, and Other last.
func regionRank(market string) int {
	switch {
	case market == otherMarket:
		return 2
	case len(market) > 8 && market[:8] == "Rest of ", market == "North America":
		return 1
	default:
		return 0
	}
}
