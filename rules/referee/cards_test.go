package referee

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
)

// A tier is the rate of the messages of a month from one to another, both
// inclusive.
type tier struct {
	from, to int64 // to is 0 where it is open
	rate     *big.Rat
	discount *big.Rat // of a sheet of tiers: at most 0
}

// cards are the tiers by file, market and category; marketOf are the markets of
// a country.
var (
	cards    = map[string]map[string][]tier{}
	marketOf = map[string][]market{}
)

type market struct{ name, from, to string }

const book = "../book/"

func table(name string) (header []string, rows [][]string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil || len(all) < 2 {
		return nil, nil, fmt.Errorf("%s: %v", name, err)
	}
	return all[0], all[1:], nil
}

// readCards reads the rate cards, the sheet of tiers and the markets.
func readCards() error {
	names, err := filepath.Glob(book + "cards/*.csv")
	if err != nil || len(names) == 0 {
		return fmt.Errorf("no cards: %v", err)
	}
	for _, name := range names {
		header, rows, err := table(name)
		if err != nil {
			return err
		}
		file := strings.TrimSuffix(filepath.Base(name), ".csv")
		switch {
		case file == "markets":
			for _, row := range rows {
				if row[1] != "*" {
					marketOf[row[1]] = append(marketOf[row[1]], market{row[0], row[3], row[4]})
				}
			}
		case header[0] == "market":
			card := map[string][]tier{}
			for _, row := range rows {
				var from, to int64
				fmt.Sscan(row[2], &from)
				fmt.Sscan(row[3], &to)
				t := tier{from: max(from, 1), to: to}
				if header[4] == "discount" {
					t.discount, t.rate = number(row[4]), number(row[5])
				} else {
					t.rate = number(row[4])
				}
				card[row[0]+"|"+row[1]] = append(card[row[0]+"|"+row[1]], t)
			}
			cards[file] = card
		}
	}
	return nil
}

// marketOn is the market that prices a country on a day.
func marketOn(country, on string) string {
	for _, m := range marketOf[country] {
		if on >= m.from && (m.to == "" || on <= m.to) {
			return m.name
		}
	}
	return "Other"
}

// cardOn is the card in force in a currency on a day, empty where there is
// none.
func cardOn(currency, on string) string {
	switch currency {
	case "EUR":
		if on >= "2026-07-01" && on <= "2026-09-30" {
			return "eur-2026-07-01"
		}
		return ""
	case "INR":
		if on >= "2025-10-01" && on <= "2025-12-31" {
			return "inr-2025-10-01"
		}
		return ""
	}
	card := ""
	for _, since := range []string{"2024-11-01", "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"} {
		if on >= since {
			card = "usd-" + since
		}
	}
	if card == "usd-2024-11-01" {
		card += "-per-conversation"
	}
	return card
}

// rates are the tiers at which messages of a category to a country are charged
// on a day, none where the book has no price. International says that an
// account pays the rates of international authentication abroad.
func (s *scenario) rates(country, category string) []tier {
	place := marketOn(country, s.On)
	currency := s.billed()
	if category == "authentication" && s.Sender.InternationalAuth && country != s.Sender.Country && s.hasInternational(place) {
		category = "authentication-international"
	}
	if currency == "INR" && s.On >= "2026-01-01" {
		if place != "India" {
			return nil
		}
		switch category {
		case "marketing":
			return []tier{{from: 1, rate: number("0.8631")}}
		case "utility", "authentication":
			return []tier{{from: 1, rate: number("0.1150")}}
		case "authentication-international":
			if s.On >= "2026-04-01" {
				return []tier{{from: 1, rate: number("2.4971")}}
			}
		}
		return nil
	}
	if s.On >= "2025-02-01" && s.On <= "2025-06-30" && strings.HasPrefix(category, "authentication") {
		switch country {
		case "EG", "MY", "NG", "PK", "SA", "ZA", "AE":
			return nil
		}
	}
	tiers := cards[cardOn(currency, s.On)][place+"|"+category]
	if len(tiers) == 0 {
		return nil
	}
	if currency == "USD" && s.On >= "2026-10-01" {
		return tiers // printed with its tiers
	}
	list := tiers[0].rate
	if currency == "USD" && place == "North America" && category == "authentication" && s.between("2025-07-01", "2025-09-30") {
		list = number(s.reading("whatsapp.na-authentication-2025", "0.0135"))
	}
	sheet := cards["tiers-2026-10-01"][place+"|"+category]
	if currency == "INR" || s.On < "2025-07-01" || len(sheet) == 0 {
		return []tier{{from: 1, rate: list}}
	}
	var discounted []tier
	for _, t := range sheet {
		t.rate = halfUp(new(big.Rat).Mul(list, new(big.Rat).Add(big.NewRat(1, 1), t.discount)), 4)
		discounted = append(discounted, t)
	}
	return discounted
}

// hasInternational reports whether a market has a rate for international
// authentication: the cards do, or it is India's in rupees, which begins later.
func (s *scenario) hasInternational(place string) bool {
	if s.billed() == "INR" && s.On >= "2026-01-01" {
		return place == "India"
	}
	return len(cards[cardOn(s.billed(), s.On)][place+"|authentication-international"]) > 0
}

// billed is the billing currency.
func (s *scenario) billed() string {
	if !s.is("whatsapp.*") {
		return "VND"
	}
	if s.Sender.BillingCurrency != "" {
		return s.Sender.BillingCurrency
	}
	return "USD"
}
