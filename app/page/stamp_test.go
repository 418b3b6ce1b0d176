package page_test

import (
	"strings"
	"testing"

	"postage/app/page"
	"postage/app/words"
	"postage/rules"
)

// TestASpanOfDaysFitsTheRing: of 26 signs a browser has cut off the first and the last. The
// widths of the texts themselves are measured in one, by TestThePostmarkHoldsItsWords.
func TestASpanOfDaysFitsTheRing(t *testing.T) {
	const most = 23
	for _, lang := range words.Codes {
		w := words.Of(lang)
		for first := rules.Date(20260130); first < 20270130; first = first.AddDays(5) {
			for last := first; last < first.AddDays(400); last = last.AddDays(13) {
				if said := page.DottedSpan(w, first, last); len([]rune(said)) > most || strings.ToUpper(said) != said {
					t.Errorf("%s: %s", lang, said)
				}
			}
		}
	}
}

// TestASpanOfDaysSaysEachDay, and the year once where it is the same.
func TestASpanOfDaysSaysEachDay(t *testing.T) {
	for _, c := range []struct {
		lang        string
		first, last rules.Date
		said        string
	}{
		{"vi", 20261130, 20261130, "30·11·2026"},
		{"vi", 20261130, 20261215, "30·11 – 15·12·2026"},
		{"vi", 20261130, 20270115, "30·11·2026 – 15·01·2027"},
		{"en", 20261130, 20261215, "30·NOV – 15·DEC·2026"},
		{"en", 20261130, 20270115, "30·NOV·26 – 15·JAN·27"},
		{"ru", 20261130, 20261130, "30·НОЯ·2026"},
		{"ru", 20261130, 20261215, "30·НОЯ – 15·ДЕК·2026"},
		{"ru", 20261130, 20270115, "30·НОЯ·26 – 15·ЯНВ·27"},
		{"ru", 20260501, 20260502, "1·МАЯ – 2·МАЯ·2026"},
	} {
		if said := page.DottedSpan(words.Of(c.lang), c.first, c.last); said != c.said {
			t.Errorf("%s: %q, not %q", c.lang, said, c.said)
		}
	}
}
