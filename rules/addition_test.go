package rules

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// bookWith reads a book with files put in or lengthened: text that is added to
// a file that is there stands behind it.
func bookWith(t *testing.T, additions map[string]string) (*bookData, error) {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(bookFiles, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := bookFiles.ReadFile(path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range additions {
		if there := files[path]; there != nil {
			text = string(there.Data) + text
		}
		files[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return readBook(files)
}

// TestACardIsAFileAndALine: a rate card that is put into the folder and the
// register prices messages from its day on, and changes nothing before.
func TestACardIsAFileAndALine(t *testing.T) {
	last, err := bookFiles.ReadFile("book/cards/usd-2026-10-01.csv")
	if err != nil {
		t.Fatal(err)
	}
	made := strings.Replace(string(last), "Rest of Asia Pacific,marketing,0,,0.0842", "Rest of Asia Pacific,marketing,0,,0.0999", 1)
	if made == string(last) {
		t.Fatal("the card of October 2026 has changed")
	}
	book, err := bookWith(t, map[string]string{
		"book/cards/usd-2027-01-01.csv": made,
		"book/whatsapp.csv":             "whatsapp.card,2027-01-01,usd-2027-01-01,single,WA-CARD-2026-10\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ on, country, want string }{
		{"2026-12-31", "VN", "0.0842"}, {"2027-01-01", "VN", "0.0999"}, {"2027-01-02", "TH", "0.0999"}, {"2030-01-01", "VN", "0.0999"},
		{"2027-01-01", "IN", "0.0118"},
	} {
		got, ok := book.listRate("USD", WhatsAppMarketing, c.country, day(t, c.on))
		if !ok || got.String() != c.want {
			t.Errorf("to %s on %s: %s, %t, want %s", c.country, c.on, got, ok, c.want)
		}
	}
	if got, _ := ListRate(WhatsAppMarketing, "VN", day(t, "2027-01-01")); got.String() != "0.0842" {
		t.Errorf("the book itself has become another one: %s", got)
	}
}

// useBook has the package answer by another book until the test ends.
func useBook(t *testing.T, book *bookData) {
	t.Helper()
	before, cards, currencies := theBook, whatsappCards, billingCurrencies
	t.Cleanup(func() { theBook, whatsappCards, billingCurrencies = before, cards, currencies })
	theBook = book
	whatsappCards, billingCurrencies = book.useCards()
}

// listRatesOnly is the newest card with each printed tier but the first left out.
func listRatesOnly(t *testing.T) string {
	t.Helper()
	card, err := bookFiles.ReadFile("book/cards/usd-2026-10-01.csv")
	if err != nil {
		t.Fatal(err)
	}
	var list strings.Builder
	for line := range strings.Lines(string(card)) {
		cells := strings.Split(line, ",")
		if cells[2] != "0" && cells[2] != "tier_from" {
			continue
		}
		if cells[2] == "0" {
			cells[3] = ""
		}
		list.WriteString(strings.Join(cells, ","))
	}
	return list.String()
}

// TestASheetOfTiersHoldsForItsCardsAlone: a card later than the newest sheet is
// not discounted by that sheet unless the register says so.
func TestASheetOfTiersHoldsForItsCardsAlone(t *testing.T) {
	sheet := "market,category,tier_from,tier_to,discount,rate\n" +
		"Rest of Asia Pacific,utility,0,1000,0,0.0113\nRest of Asia Pacific,utility,1001,,-.50,0.0057\n"
	printed, err := bookFiles.ReadFile("book/cards/usd-2026-10-01.csv")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		card, sheets, sheet string
		second              string // the price after the first tier, empty: there is none
	}{
		"no sheet: no tiers, and a notice": {card: listRatesOnly(t)},
		"the older sheet goes on":          {card: listRatesOnly(t), sheets: "usd-2027-01-01,tiers-2026-10-01\n", second: "0.0107"},
		"a sheet of its own":               {card: listRatesOnly(t), sheets: "usd-2027-01-01,tiers-2027-01-01\n", sheet: sheet, second: "0.0057"},
		"printed tiers need no sheet":      {card: string(printed), second: "0.0107"},
		"printed tiers go before a sheet":  {card: string(printed), sheets: "usd-2027-01-01,tiers-2027-01-01\n", sheet: sheet, second: "0.0107"},
	} {
		t.Run(name, func(t *testing.T) {
			additions := map[string]string{
				"book/cards/usd-2027-01-01.csv": c.card,
				"book/whatsapp.csv":             "whatsapp.card,2027-01-01,usd-2027-01-01,single,WA-CARD-2026-10\n",
			}
			if c.sheets != "" {
				additions["book/cards/tiers.csv"] = c.sheets
			}
			if c.sheet != "" {
				additions["book/cards/tiers-2027-01-01.csv"] = c.sheet
			}
			book, err := bookWith(t, additions)
			if err != nil {
				t.Fatal(err)
			}
			useBook(t, book)
			for _, name := range []string{"cards/usd-2027-01-01", "cards/tiers-2027-01-01"} {
				if _, there := additions["book/"+name+".csv"]; there != slices.Contains(bookTables(), name) {
					t.Errorf("%s is among the files of the book: %t", name, !there)
				}
			}
			ask := func(on string, kind MessageType) Quote {
				t.Helper()
				s := Scenario{On: day(t, on), Message: Message{Type: kind}, Audience: []Segment{{Recipients: Some[int64](300_000), Country: "VN"}}}
				q, err := Evaluate(s)
				if err != nil {
					t.Fatal(err)
				}
				return q
			}
			told := func(q Quote) bool {
				return slices.ContainsFunc(q.Notices, func(n Notice) bool { return n.Code == "whatsapp.no-tier-sheet" })
			}
			if q := ask("2026-12-31", WhatsAppUtility); len(q.Lines) != 2 || told(q) {
				t.Errorf("the day before: %+v, %v", q.Lines, q.Notices)
			}
			q := ask("2027-01-01", WhatsAppUtility)
			if c.second == "" {
				if len(q.Lines) != 1 || q.Lines[0].TierFrom != 0 || q.Totals[0].Net.String() != "3390" || !told(q) {
					t.Errorf("without a sheet: %+v, %v", q.Lines, q.Notices)
				}
			} else if len(q.Lines) != 2 || q.Lines[1].UnitPrice.String() != c.second || told(q) {
				t.Errorf("got %+v, %v, want the second tier at %s", q.Lines, q.Notices, c.second)
			}
			if told(ask("2027-01-01", WhatsAppMarketing)) {
				t.Error("marketing has no tiers, and it says that they are missing")
			}
		})
	}
}

// TestACurrencyIsAFileAndALine: the first card of another currency needs no
// more than a card of one that is there.
func TestACurrencyIsAFileAndALine(t *testing.T) {
	euros, err := bookFiles.ReadFile("book/cards/eur-2026-07-01.csv")
	if err != nil {
		t.Fatal(err)
	}
	book, err := bookWith(t, map[string]string{
		"book/cards/gbp-2027-01-01.csv": string(euros),
		"book/whatsapp.csv":             "whatsapp.card.gbp,2027-01-01,gbp-2027-01-01,single,WA-CARD-EUR-2026-07\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, currencies := book.cardRegisters(); len(currencies) != 3 || currencies[0] != "USD" {
		t.Errorf("currencies %v", currencies)
	}
	if _, ok := book.listRate("GBP", WhatsAppMarketing, "BR", day(t, "2026-12-31")); ok {
		t.Error("there is a price before the first card")
	}
	if got, ok := book.listRate("GBP", WhatsAppMarketing, "BR", day(t, "2027-01-01")); !ok || got.String() != "0.0518" {
		t.Errorf("got %s, %t", got, ok)
	}
}

func TestABookWithAMistakeIsNotRead(t *testing.T) {
	for name, additions := range map[string]map[string]string{
		"a card registered before the last one": {"book/whatsapp.csv": "whatsapp.card,2026-09-01,usd-2026-07-01,single,WA-CARD-2026-07\n"},
		"a day that is none":                    {"book/whatsapp.csv": "whatsapp.card,2027-02-30,usd-2027-01-01,single,WA-CARD-2026-10\n"},
		"a cell too few":                        {"book/whatsapp.csv": "whatsapp.card,2027-01-01,usd-2027-01-01,single\n"},
		"a provider whose fee is no number":     {"book/providers.csv": "x,X,2026-01-01,cheap,USD,0,,0,no,single,TWILIO\n"},
		"a provider without a day":              {"book/providers.csv": "x,X,,0,USD,0,,0,no,single,TWILIO\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := bookWith(t, additions); err == nil {
				t.Error("it is read")
			}
		})
	}
}
