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

// afterTheLast is a day on which a rule may have one more fact: the first of a
// quarter after its last one.
func afterTheLast(id string) Date {
	facts := theBook.rules[id].facts
	last := facts[len(facts)-1].Since
	for d := last.AddDays(1); ; d = d.AddDays(1) {
		if text := d.String(); strings.HasSuffix(text, "-01") && strings.Contains("01 04 07 10", text[5:7]) {
			return d
		}
	}
}

// cardFile is the text of a card of the book.
func cardFile(t *testing.T, name string) string {
	t.Helper()
	card, err := bookFiles.ReadFile("book/cards/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(card)
}

// TestACardIsAFileAndALine: a rate card that is put into the folder and the
// register prices messages from its day on, and changes nothing before.
func TestACardIsAFileAndALine(t *testing.T) {
	last := cardFile(t, "usd-2026-10-01")
	made := strings.Replace(last, "Rest of Asia Pacific,marketing,0,,0.0842", "Rest of Asia Pacific,marketing,0,,0.0999", 1)
	if made == last {
		t.Fatal("the card of October 2026 has changed")
	}
	since := afterTheLast("whatsapp.card")
	name := "usd-" + since.String()
	book, err := bookWith(t, map[string]string{
		"book/cards/" + name + ".csv": made,
		"book/whatsapp.csv":           "whatsapp.card," + since.String() + "," + name + ",single,WA-CARD-2026-10\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		on            Date
		country, want string
	}{
		{since, "VN", "0.0999"}, {since.AddDays(1), "TH", "0.0999"}, {since.AddDays(2000), "VN", "0.0999"}, {since, "IN", "0.0118"},
	} {
		got, ok := book.listRate("USD", WhatsAppMarketing, c.country, c.on)
		if !ok || got.String() != c.want {
			t.Errorf("to %s on %s: %s, %t, want %s", c.country, c.on, got, ok, c.want)
		}
	}
	for _, on := range []Date{since.AddDays(-1), since} {
		was, _ := ListRate(WhatsAppMarketing, "VN", on)
		if got, _ := book.listRate("USD", WhatsAppMarketing, "VN", on); on < since && !got.Equal(was) {
			t.Errorf("on %s, before the card, it has become %s, not %s", on, got, was)
		}
		if was.String() == "0.0999" {
			t.Errorf("the book itself has become another one: %s on %s", was, on)
		}
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

// listRatesOnly is a card with each printed tier but the first left out.
func listRatesOnly(card string) string {
	var list strings.Builder
	for line := range strings.Lines(card) {
		cells := strings.Split(line, ",")
		switch cells[2] {
		case "0":
			cells[3] = ""
		case "tier_from":
		default:
			continue
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
	printed := cardFile(t, "usd-2026-10-01")
	since := afterTheLast("whatsapp.card")
	card := "usd-" + since.String()
	for name, c := range map[string]struct {
		card, sheets, sheet string
		second              string // the price after the first tier, empty: there is none
	}{
		"no sheet: no tiers, and a notice": {card: listRatesOnly(printed)},
		"the older sheet goes on":          {card: listRatesOnly(printed), sheets: card + ",tiers-2026-10-01\n", second: "0.0107"},
		"a sheet of its own":               {card: listRatesOnly(printed), sheets: card + ",tiers-made-up\n", sheet: sheet, second: "0.0057"},
		"printed tiers need no sheet":      {card: printed, second: "0.0107"},
		"printed tiers go before a sheet":  {card: printed, sheets: card + ",tiers-made-up\n", sheet: sheet, second: "0.0107"},
	} {
		t.Run(name, func(t *testing.T) {
			additions := map[string]string{
				"book/cards/" + card + ".csv": c.card,
				"book/whatsapp.csv":           "whatsapp.card," + since.String() + "," + card + ",single,WA-CARD-2026-10\n",
			}
			if c.sheets != "" {
				additions["book/cards/tiers.csv"] = c.sheets
			}
			if c.sheet != "" {
				additions["book/cards/tiers-made-up.csv"] = c.sheet
			}
			book, err := bookWith(t, additions)
			if err != nil {
				t.Fatal(err)
			}
			ask := func(on Date, kind MessageType) Quote {
				t.Helper()
				s := Scenario{On: on, Message: Message{Type: kind}, Audience: []Segment{{Recipients: Some[int64](300_000), Country: "VN"}}}
				q, err := Evaluate(s)
				if err != nil {
					t.Fatal(err)
				}
				return q
			}
			before := ask(since.AddDays(-1), WhatsAppUtility)
			useBook(t, book)
			for _, name := range []string{"cards/" + card, "cards/tiers-made-up"} {
				if _, there := additions["book/"+name+".csv"]; there != slices.Contains(bookTables(), name) {
					t.Errorf("%s is among the files of the book: %t", name, !there)
				}
			}
			told := func(q Quote) bool {
				return slices.ContainsFunc(q.Notices, func(n Notice) bool { return n.Code == "whatsapp.no-tier-sheet" })
			}
			if q := ask(since.AddDays(-1), WhatsAppUtility); len(q.Lines) != len(before.Lines) || told(q) != told(before) {
				t.Errorf("the day before: %+v, %v", q.Lines, q.Notices)
			}
			q := ask(since, WhatsAppUtility)
			if c.second == "" {
				if len(q.Lines) != 1 || q.Lines[0].TierFrom != 0 || q.Totals[0].Net.String() != "3390" || !told(q) {
					t.Errorf("without a sheet: %+v, %v", q.Lines, q.Notices)
				}
			} else if len(q.Lines) != 2 || q.Lines[1].UnitPrice.String() != c.second || told(q) {
				t.Errorf("got %+v, %v, want the second tier at %s", q.Lines, q.Notices, c.second)
			}
			if told(ask(since, WhatsAppMarketing)) {
				t.Error("marketing has no tiers, and it says that they are missing")
			}
		})
	}
}

// TestACurrencyIsAFileAndALine: the first card of a currency, here the one that
// ISO 4217 keeps for tests, needs no
// more than a card of one that is there.
func TestACurrencyIsAFileAndALine(t *testing.T) {
	book, err := bookWith(t, map[string]string{
		"book/cards/xts-2027-01-01.csv": cardFile(t, "eur-2026-07-01"),
		"book/whatsapp.csv":             "whatsapp.card.xts,2027-01-01,xts-2027-01-01,single,WA-CARD-EUR-2026-07\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, currencies := book.cardRegisters(); len(currencies) != len(billingCurrencies)+1 || currencies[0] != "USD" {
		t.Errorf("currencies %v", currencies)
	}
	if _, ok := book.listRate("XTS", WhatsAppMarketing, "BR", day(t, "2026-12-31")); ok {
		t.Error("there is a price before the first card")
	}
	if got, ok := book.listRate("XTS", WhatsAppMarketing, "BR", day(t, "2027-01-01")); !ok || got.String() != "0.0518" {
		t.Errorf("got %s, %t", got, ok)
	}
}

func TestABookWithAMistakeIsNotRead(t *testing.T) {
	for name, additions := range map[string]map[string]string{
		"a card registered before the last one": {"book/whatsapp.csv": "whatsapp.card,2026-09-01,usd-2026-07-01,single,WA-CARD-2026-07\n"},
		"a day that is none":                    {"book/whatsapp.csv": "whatsapp.card,2999-02-30,usd-2999-01-01,single,WA-CARD-2026-10\n"},
		"a cell too few":                        {"book/whatsapp.csv": "whatsapp.card,2999-01-01,usd-2999-01-01,single\n"},
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
