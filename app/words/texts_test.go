package words_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
)

// pluralForms are the endings of keys by number.
var pluralForms = regexp.MustCompile(`\.(one|few|many|other)$`)

func TestEveryLanguageHasEveryText(t *testing.T) {
	first := words.Of(words.Codes[0])
	for _, code := range words.Codes[1:] {
		l := words.Of(code)
		for key, text := range first.Texts {
			if pluralForms.MatchString(key) {
				key = pluralForms.ReplaceAllString(key, ".other")
			}
			other, ok := l.Texts[key]
			if !ok {
				// A language may write a proper name as the book does.
				if !strings.HasPrefix(key, "market.") {
					t.Errorf("%s has no text for %s", code, key)
				}
				continue
			}
			want, got := wordstest.Placeholder.FindAllString(text, -1), wordstest.Placeholder.FindAllString(other, -1)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(slices.Compact(want), slices.Compact(got)) {
				t.Errorf("%s: %s has %v, %s has %v", key, first.Code, want, code, got)
			}
		}
		for key := range l.Texts {
			base := pluralForms.ReplaceAllString(key, ".other")
			if _, ok := first.Texts[base]; !ok && !strings.HasPrefix(key, "month.") {
				t.Errorf("%s has %s, which %s has not", code, key, first.Code)
			}
		}
	}
}

func TestEveryCountHasEveryPluralForm(t *testing.T) {
	for _, code := range words.Codes {
		l := words.Of(code)
		forms := map[string]bool{}
		for n := range int64(200) {
			forms[words.PluralForm(code, n)] = true
		}
		counts := 0
		for key, text := range l.Texts {
			base, isCount := strings.CutSuffix(key, ".other")
			if !isCount || !strings.Contains(text, "{n}") {
				continue
			}
			counts++
			for form := range forms {
				if !l.Has(base + "." + form) {
					t.Errorf("%s has no %s.%s", code, base, form)
				}
			}
		}
		if counts < 5 {
			t.Errorf("%s counts only %d things", code, counts)
		}
	}
}

// groupedNumber is a number in a text whose thousands are set apart.
var groupedNumber = regexp.MustCompile(`\d{1,3}(?:[.,’\x{202f}\x{a0} ]\d{3})+\b`)

func TestNumbersInTextsAreWrittenAsTheLanguageDoes(t *testing.T) {
	for _, code := range words.Codes {
		l := words.Of(code)
		found := 0
		for key, text := range l.Texts {
			for _, written := range groupedNumber.FindAllString(text, -1) {
				found++
				n, ok := words.ParseCount(written)
				if want := l.Number(n); !ok || written != want {
					t.Errorf("%s: %s writes %q, not %q", code, key, written, want)
				}
			}
		}
		if found < 20 {
			t.Errorf("%s: only %d numbers are found in the texts", code, found)
		}
	}
}

func TestAMissingTextIsFound(t *testing.T) {
	l := words.Of("vi")
	sections := map[string]bool{"ask": true}
	html := `<p title="x">` + l.Text("ask.none") + `</p><b aria-label="a {b}">fine. ask.</b>`
	var found []string
	for said := range wordstest.TextsIn(html) {
		if left := wordstest.LeftOver(said, sections); left != "" {
			found = append(found, left)
		}
	}
	if want := []string{"ask.none", "{b}"}; !slices.Equal(found, want) {
		t.Errorf("found %q, not %q", found, want)
	}
}

// TestNoNoticeComparesByItself: who says that another way costs less names the
// amounts, which the engine works out; and who names amounts has them.
func TestNoNoticeComparesByItself(t *testing.T) {
	comparing := regexp.MustCompile(`(?i)rẻ hơn|đắt hơn|mắc hơn|ít tốn hơn|cheaper|dearer|costs? (less|more)|more expensive|дешевле|дороже|выгодн`)
	for _, n := range rules.TheBook().Notices {
		for _, lang := range words.Codes {
			said := words.Of(lang).Text("notice." + n.Code)
			amounts := strings.Contains(said, "{here}") && strings.Contains(said, "{there}")
			if amounts != (n.Cheaper != "") || comparing.MatchString(said) && n.Cheaper == "" {
				t.Errorf("%s: the notice %s, which compares with %q, says %q", lang, n.Code, n.Cheaper, said)
			}
		}
	}
}

func TestEveryNoticeOfTheBookHasAText(t *testing.T) {
	for _, code := range rules.NoticeCodes() {
		for _, lang := range words.Codes {
			if !words.Of(lang).Has("notice." + code) {
				t.Errorf("%s has no text for the notice %s", lang, code)
			}
		}
	}
}

// TestOnlyTheWayToAPartNamesIt: most texts stand on the Rules page, beside a plan, a list, a
// bill or in copied texts too, where there is no part 3. What leads there is a text of its
// own, and of a notice of the book.
func TestOnlyTheWayToAPartNamesIt(t *testing.T) {
	part := regexp.MustCompile(`(phần|part|част[ьи]) [0-9]`)
	for _, lang := range words.Codes {
		for key, text := range words.Of(lang).Texts {
			of, leads := strings.CutSuffix(strings.TrimPrefix(key, "notice."), ".set")
			leads = leads && strings.HasPrefix(key, "notice.")
			if part.MatchString(text) != leads || leads && !slices.Contains(rules.NoticeCodes(), of) {
				t.Errorf("%s: %s says %q", lang, key, text)
			}
		}
	}
}

// TestSourcesAreNamedForReaders: by who wrote them, not by the number of a note or the path
// of a repository.
func TestSourcesAreNamedForReaders(t *testing.T) {
	technical := regexp.MustCompile(`[0-9]{6}|(?i)public note [0-9]|^[^ ]+/[^ ]+$`)
	for _, lang := range words.Codes {
		for _, source := range rules.Sources() {
			for _, src := range words.SourcesByName(words.Of(lang), []string{source.ID}) {
				if technical.MatchString(src.Name) || src.Name == "" || lang != "en" && strings.HasPrefix(src.Name, "Public") {
					t.Errorf("%s: %s is named %q", lang, source.ID, src.Name)
				}
			}
		}
	}
}

func TestNumbersMoneyAndDaysAreWrittenAsTheLanguageDoes(t *testing.T) {
	million := decimal.RequireFromString("1234567")
	dollars := decimal.RequireFromString("1234.5")
	rate := decimal.RequireFromString("0.0113")
	on, _ := rules.ParseDate("2023-07-01")
	for _, c := range []struct{ code, number, dong, dollars, euros, rate, date string }{
		{"vi", "1.234.567", "1.234.567\u00a0₫", "1.234,50\u00a0US$", "1.234,50\u00a0€", "0,0113\u00a0US$", "01/07/2023"},
		{"en", "1,234,567", "₫1,234,567", "$1,234.50", "€1,234.50", "$0.0113", "1 Jul 2023"},
		{"ru", "1\u00a0234\u00a0567", "1\u00a0234\u00a0567\u00a0₫", "1\u00a0234,50\u00a0$", "1\u00a0234,50\u00a0€", "0,0113\u00a0$", "1\u00a0июл. 2023\u00a0г."},
	} {
		l := words.Of(c.code)
		for _, pair := range [][2]string{
			{l.Number(1234567), c.number}, {l.Money(million, "VND"), c.dong},
			{l.Money(dollars, "USD"), c.dollars}, {l.Money(dollars, "EUR"), c.euros}, {l.Money(rate, "USD"), c.rate}, {l.Date(on), c.date},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s writes %q, not %q", c.code, pair[0], pair[1])
			}
		}
	}
}

func TestWhatIsFilledInStaysAsItIs(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{name}: {n}", "{n}: 5"}, {"{n} {n}", "5 5"}, {"{other} {", "{other} {"}, {"a } {name", "a } {name"}, {"", ""}, {"{{n}}", "{{n}}"}, {"{n}}", "5}"},
		{"On {year}. Then {year}, {year}", "On 2026 г. Then 2026 г., 2026 г."},
	} {
		if got := words.Fill(c.text, []string{"name", "{n}", "n", "5", "year", "2026 г."}); got != c.want {
			t.Errorf("%q becomes %q, not %q", c.text, got, c.want)
		}
	}
}

func TestPluralForms(t *testing.T) {
	for _, c := range []struct {
		code string
		n    int64
		want string
	}{
		{"vi", 1, "other"}, {"vi", 5, "other"}, {"en", 1, "one"}, {"en", 0, "other"}, {"en", 2, "other"},
		{"ru", 1, "one"}, {"ru", 21, "one"}, {"ru", 11, "many"}, {"ru", 2, "few"}, {"ru", 14, "many"}, {"ru", 24, "few"}, {"ru", 0, "many"}, {"ru", 111, "many"},
	} {
		if got := words.PluralForm(c.code, c.n); got != c.want {
			t.Errorf("%s: %d takes %q, not %q", c.code, c.n, got, c.want)
		}
	}
}

// What Postage read or put together itself has no title of anybody's: it is
// named in every language. All else has the title its publisher gave it.
func TestSourcesThatNobodyPublishedAreNamedInEveryLanguage(t *testing.T) {
	for _, s := range rules.Sources() {
		own := s.Status == rules.SourceReading || s.Status == rules.SourceDerived
		for _, code := range words.Codes {
			if named := words.Of(code).Has("source-name." + s.ID); named != own {
				t.Errorf("%s: the source %s, which is %s, has a name: %v", code, s.ID, s.Status, named)
			}
		}
	}
}

// told are the numbers of the book, by their rules, that the text of a notice names:
// those of its last day to come. Where nothing follows, the numbers are those of past
// days, which do not change.
var told = map[string][]string{
	"zalo.zbs.price-list": {
		"zalo.zns.price.custom", "zalo.zns.price.otp", "zalo.zns.price.image",
		"zalo.zns.list-price.custom", "zalo.zns.list-price.otp", "zalo.zns.list-price.image",
	},
	"zalo.package-fee.term":        {"zalo.oa-packages.fee-six-months.growth", "zalo.oa-packages.fee-six-months.comprehensive"},
	"zalo.zbs-uid.share":           {"zalo.zbs-uid.share"},
	"messenger.marketing-price":    {"messenger.marketing-message.price"},
	"zalo.transaction.paid-soon":   {},
	"zalo.transaction.boundary":    {},
	"zalo.zns.kind-prices":         {},
	"zalo.zns.prices-2026":         {},
	"zalo.package-fee.before-2026": {},
}

// TestNoticesNameTheNumbersOfTheBook finds the notice that goes on telling a price in
// dong after the book has another one.
func TestNoticesNameTheNumbersOfTheBook(t *testing.T) {
	const farAway = 99991231
	for _, code := range rules.NoticeCodes() {
		for _, lang := range words.Codes {
			w := words.Of(lang)
			plain := func(s string) string { return strings.Join(strings.Fields(s), " ") } // without the blanks that do not break
			text := plain(w.Text("notice." + code))
			of, listed := told[code]
			if strings.Contains(text, "₫") && !listed {
				t.Errorf("%s: the notice %s names an amount: say in this test of which rule", lang, code)
			}
			for _, id := range of {
				f, ok := rules.RuleOn(id, farAway)
				n, _ := words.ParseCount(f.Value)
				if !ok || !strings.Contains(text, plain(w.Number(n))) {
					t.Errorf("%s: the notice %s does not say %s, which the book has for %s", lang, code, f.Value, id)
				}
			}
		}
	}
}

// quoted are the words that a text puts in quotation marks.
var quoted = regexp.MustCompile(`“([^”{]+)”|«([^»{]+)»`)

// ofOthers are the keys of texts that name buttons of phones and platforms, words of
// documents, or columns of files.
var ofOthers = regexp.MustCompile(`^(install|fact|code|about)\.|consent|optedIn|\.wrong\.|^saved\.week$|^notice\.(messenger\.marketing-price|zalo\.)`)

// TestWhatATextNamesIsCalledSo: where a text sends the reader to a part or a button by
// its name, that is its name.
func TestWhatATextNamesIsCalledSo(t *testing.T) {
	for _, code := range words.Codes {
		l := words.Of(code)
		for key, text := range l.Texts {
			if ofOthers.MatchString(key) {
				continue
			}
			for _, m := range quoted.FindAllStringSubmatch(text, -1) {
				name := strings.Trim(m[1]+m[2], ",.")
				found := false
				for _, other := range l.Texts {
					found = found || strings.EqualFold(other, name)
				}
				if !found {
					t.Errorf("%s: %s names %q", code, key, name)
				}
			}
		}
	}
}

// TestAPartnersNameIsNotDeclined: in Russian it stands as the partner wrote it, so it is the
// subject, or apart behind a sign, nowhere what a verb or a noun would have decline it.
func TestAPartnersNameIsNotDeclined(t *testing.T) {
	stands := regexp.MustCompile(`(: |, |; |берёт )\{partner\}|\{partner\} берёт`)
	found := 0
	for key, text := range words.Of("ru").Texts {
		if !strings.Contains(text, "{partner}") {
			continue
		}
		found++
		if !stands.MatchString(text) {
			t.Errorf("%s: in %q the name would be declined", key, text)
		}
	}
	if found < 10 {
		t.Errorf("only %d texts name the partner", found)
	}
}
