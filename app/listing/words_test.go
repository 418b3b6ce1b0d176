package listing

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/contacts"
	"postage/app/contacts/reading"
	"postage/app/files"
	"postage/app/filing"
	"postage/app/words"
	"postage/app/words/wordstest"
	"postage/rules"
	"postage/rules/reach"
)

// checkCodes are the codes of the rules' checks, as the texts of failed ones have them.
func checkCodes() (codes []string) {
	for key := range words.Of("vi").Texts {
		if rest, ok := strings.CutPrefix(key, "check."); ok {
			if code, end, _ := strings.Cut(rest, "."); end == "fail" {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// TestEveryReasonAndEveryNeedHasWords, in each language and for every type.
func TestEveryReasonAndEveryNeedHasWords(t *testing.T) {
	codes := append(checkCodes(), contacts.RateCode)
	if len(codes) < 14 {
		t.Fatalf("only %v", codes)
	}
	for _, lang := range words.Codes {
		w := words.Of(lang)
		for _, p := range rules.Purposes() {
			for _, kind := range rules.TypesFor(p) {
				for _, code := range codes {
					for _, said := range []string{filing.ReasonText(w, kind, []string{code}), filing.NeedText(w, kind, []string{code})} {
						if left := wordstest.LeftOver(said, wordstest.KeySections()); left != "" || said == "" {
							t.Errorf("%s: %s of %s is told as %q", lang, code, kind, said)
						}
					}
				}
			}
		}
	}
}

func TestWhatSaysTheSameIsSaidOnce(t *testing.T) {
	w := words.Of("vi")
	for codes, want := range map[string]string{
		"identity follow": "chưa quan tâm OA", "country identity": "không có UID Zalo", "template quota": "mẫu tin chưa dùng được, đã hết lượt gửi tin ưu đãi trong tháng",
	} {
		if got := filing.ReasonText(w, rules.ZaloBroadcast, strings.Fields(codes)); got != want {
			t.Errorf("%s: %q, not %q", codes, got, want)
		}
	}
}

// TestOneQuotaHasOneName on the page of lists and in the calculator; in Russian each text of it
// says what can be done with the offers.
func TestOneQuotaHasOneName(t *testing.T) {
	for lang, name := range map[string]string{"vi": "tin ưu đãi", "en": "offers", "ru": "акци"} {
		for _, key := range []string{"list.not.quota", "list.not.quota-unsaid", "list.need.quota", "ways.if.quota"} {
			said := words.Of(lang).Text(key)
			if !strings.Contains(said, name) || lang == "ru" && !strings.Contains(said, "отправ") || lang == "vi" && strings.Contains(said, "số tin ưu đãi được gửi") {
				t.Errorf("%s: %s is %q", lang, key, said)
			}
		}
	}
}

// TestEveryFaultHasWords: whatever can be wrong with a file is said in each language,
// with what the English text of the reader names.
func TestEveryFaultHasWords(t *testing.T) {
	text, err := os.ReadFile("../table/cells/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(text)) {
		code, _, ok := strings.Cut(line, " = ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		seen++
		for _, lang := range words.Codes {
			if !words.Of(lang).Has("list.wrong." + code) {
				t.Errorf("%s has no text for %s", lang, code)
			}
		}
	}
	if seen < 40 || !slices.ContainsFunc(strings.Split(string(text), "\n"), func(l string) bool { return strings.HasPrefix(l, "zip-bomb ") }) {
		t.Errorf("only %d codes", seen)
	}
	w := workOf("vi", "2026-12-01")
	fault := files.Wrong{Code: "bad-phone", Row: 12, Column: "SĐT", Found: "0912"}
	if got := w.WrongText(&fault); got != "SĐT: “0912” không phải số điện thoại." {
		t.Errorf("%q", got)
	}
	for _, fault := range []files.Wrong{{Code: files.Internal}, {Code: "never heard of"}, {Code: contacts.NoWays}, {Code: files.WrongChoice, Path: "on"}, {Code: files.WrongChoice, Path: "ways[3].tag"}} {
		if got := w.WrongText(&fault); wordstest.LeftOver(got, wordstest.KeySections()) != "" {
			t.Errorf("%+v: %q", fault, got)
		}
	}
}

// TestEveryTextOfTheListIsUsed: a text that nothing shows is left over.
func TestEveryTextOfTheListIsUsed(t *testing.T) {
	source, err := wordstest.Source(".", "../filing")
	if err != nil {
		t.Fatal(err)
	}
	named := []string{"list.title", "list.description"}
	for _, q := range regexp.MustCompile(`"(list\.[a-z.-]+)"`).FindAllStringSubmatch(source, -1) {
		named = append(named, q[1])
	}
	for _, key := range wordstest.Unused(slices.Collect(maps.Keys(words.Of("vi").Texts)), named) {
		if strings.HasPrefix(key, "list.") {
			t.Errorf("%s is left over", key)
		}
	}
}

func TestEveryFactAndEveryPurposeHasAName(t *testing.T) {
	for _, lang := range words.Codes {
		w := words.Of(lang)
		for _, f := range reach.Facts() {
			if !w.Has("list.fact." + f.Name) {
				t.Errorf("%s: %s has no name", lang, f.Name)
			}
		}
		for _, p := range rules.Purposes() {
			for _, key := range []string{"list.for.", "list.ring.", "ways.purpose."} {
				if !w.Has(key + string(p)) {
					t.Errorf("%s has no %s%s", lang, key, p)
				}
			}
		}
		for _, way := range contacts.Ways() {
			if !w.Has("list.way." + string(way)) {
				t.Errorf("%s: %s has no name", lang, way)
			}
		}
	}
}

// TestTheEmptyFileIsReadAsItIsMeant: whoever fills it in has every column recognised.
func TestTheEmptyFileIsReadAsItIsMeant(t *testing.T) {
	for _, lang := range words.Codes {
		w := words.Of(lang)
		text := w.Text("list.blank.header") + "\nA,0912345678,3829104400000001,+,2026-11-20,+,2026-11-20,+,2026-11-20,+\n"
		var facts []string
		d := reading.Desk{Tell: func(r contacts.Report) {
			if r.Columns == nil {
				t.Fatalf("%s: %+v", lang, r.Wrong)
			}
			for _, c := range r.Columns.List {
				facts = append(facts, c.Fact)
			}
		}}
		d.Open(strings.NewReader(text), int64(len(text)))
		d.Handle(contacts.Request{Request: files.Request{Do: files.Look}})
		want := []string{"", "phone", "uid", "follows", "zaloLast", "careWithin6Months", "messengerLast", "messengerToken", "whatsappLast", "whatsappOptedIn"}
		if !slices.Equal(facts, want) {
			t.Errorf("%s: %q", lang, facts)
		}
	}
}

// TestSoManyOfSoManyHasItsCase: "1 400 / 1 902 клиентов", but "0 из 1 клиента".
func TestSoManyOfSoManyHasItsCase(t *testing.T) {
	for n, want := range map[int64]string{1: "1 клиента", 3: "3 клиентов", 21: "21 клиента", 1902: "1 902 клиентов"} {
		if said := strings.ReplaceAll(words.Of("ru").Count("list.of", n), words.NoBreakSpace, " "); said != want {
			t.Errorf("из %s, not %s", said, want)
		}
	}
}

// TestWhatNobodyToldIsNotSaidToBeSo: numbers alone may be reached by ZNS, which hangs on
// what the list does not tell. With the column and the counts the same people are refused.
func TestWhatNobodyToldIsNotSaidToBeSo(t *testing.T) {
	for _, lang := range words.Codes {
		for _, c := range []struct {
			header, care string
			sent         int64
			want         rules.Verdict
			unsaid       bool
		}{
			{"phone", "", -1, rules.Depends, true},
			{"phone,care ZNS within 6 months", ",no", 0, rules.Ineligible, false},
		} {
			w := workOf(lang, "2026-12-01")
			w.choices.Ways = []contacts.Way{contacts.ZNS}
			if last, before := w.choices.CareMonths(); c.sent >= 0 {
				w.choices.Care = []contacts.Arrived{{Month: last, N: c.sent}, {Month: before, N: c.sent}}
			}
			d := reading.Desk{Tell: func(r contacts.Report) {
				w.found = r.Found
			}}
			text := c.header + "\n0912345678" + c.care + "\n0987654321" + c.care + "\n"
			d.Open(strings.NewReader(text), int64(len(text)))
			d.Handle(contacts.Request{Request: files.Request{Do: files.Look}})
			w.Uses = []string{"phone", "careWithin6Months"}[:strings.Count(c.header, ",")+1]
			d.Handle(contacts.Request{Request: files.Request{Do: files.Answer, Facts: w.Uses}, Choices: w.choices})
			if w.found == nil || len(w.found.Missed) == 0 {
				t.Fatalf("%s, %s: %+v", lang, c.header, w.found)
			}
			if got := verdict(w.found); got != c.want {
				t.Errorf("%s, %s: it is called %s, not %s", lang, c.header, got, c.want)
			}
			said := w.missedText(&w.found.Missed[0])
			for code, unsaid := range map[string]string{"consent": "consent-unsaid", "quota": "quota-unsaid"} {
				if !slices.Contains(w.found.Missed[0].Codes, code) {
					continue
				}
				text := filing.ReasonText(w.Words(), rules.ZNS, []string{unsaid})
				if told := strings.Contains(strings.ToLower(said), strings.ToLower(text)); told != c.unsaid {
					t.Errorf("%s, %s: %q", lang, c.header, said)
				}
			}
		}
	}
}

// answered is a list as the page has it once there is an answer.
func answered(t *testing.T, lang, text string, uses []string, c contacts.Choices) *work {
	t.Helper()
	w := workOf(lang, "2026-12-01")
	w.Columns, w.Uses, w.choices = &files.Columns{}, uses, c
	d := reading.Desk{Tell: func(r contacts.Report) {
		if r.Columns != nil {
			w.Columns = r.Columns
		}
		w.found = r.Found
	}}
	d.Open(strings.NewReader(text), int64(len(text)))
	d.Handle(contacts.Request{Request: files.Request{Do: files.Look}})
	d.Handle(contacts.Request{Request: files.Request{Do: files.Answer, Facts: uses}, Choices: c})
	if w.found == nil {
		t.Fatalf("%s has no answer", text)
	}
	return w
}

// TestWhoIsReachedOnlyIfIsNotSaidToBeReached: with what hangs on something counted in, the
// stamp, what is spoken and the row of the way say that it depends.
func TestWhoIsReachedOnlyIfIsNotSaidToBeReached(t *testing.T) {
	c := contacts.Default(20261201)
	c.Ways, c.Depends = []contacts.Way{contacts.ZNS}, true
	sure := c
	sure.Purpose = rules.TransactionUpdate
	for lang, may := range map[string][2]string{
		"vi": {"Có thể gửi được cho", "Có thể gửi được cho 2 trên 2 khách"}, "en": {"May be reached", "2 of 2 people may be reached"}, "ru": {"Возможно, получится", "Возможно, получится отправить: 2 из 2 клиентов"},
	} {
		for _, one := range []contacts.Choices{c, sure} {
			w := answered(t, lang, "phone\n0912345678\n0987654321\n", []string{"phone"}, one)
			want := rules.Depends
			if one.Purpose != c.Purpose {
				want = rules.Eligible
			}
			if w.found.Reached != 2 || verdict(w.found) != want {
				t.Fatalf("%s: %d reached, %s", lang, w.found.Reached, verdict(w.found))
			}
			shown := wordstest.WithPlainSpaces(goapp.HTMLString(reply{w}.draw()))
			for _, said := range may {
				if strings.Contains(shown, said) != (want == rules.Depends) {
					t.Errorf("%s, %s: %q in %s", lang, one.Purpose, said, shown)
				}
			}
			if !strings.Contains(shown, "verdict-"+string(want)) || !strings.Contains(goapp.HTMLString(reply{w}.bar()), "verdict-"+string(want)) {
				t.Errorf("%s, %s: the stamp or the bar is not %s", lang, one.Purpose, want)
			}
		}
	}
}

// TestAPriceSaysOfWhichTemplateItIs: an offer by ZNS costs more than an order's message, for
// it goes by a voucher. The stamp, the row of the way, what else would reach people and what
// may be say so.
func TestAPriceSaysOfWhichTemplateItIs(t *testing.T) {
	kinds := map[string][2]string{"vi": {"giá mẫu Voucher", "giá mẫu Tuỳ chỉnh"}, "en": {"Voucher template price", "Custom template price"}, "ru": {"цена шаблона «Ваучер»", "цена шаблона «Свой»"}}
	for lang, said := range kinds {
		for i, p := range []rules.Purpose{rules.Promotion, rules.TransactionUpdate} {
			c := contacts.Default(20261201)
			c.Purpose, c.Ways, c.Depends = p, []contacts.Way{contacts.ZNS}, true
			w := answered(t, lang, "phone\n0912345678\n", []string{"phone"}, c)
			for where, shown := range map[string]goapp.UI{"stamp": reply{w}.draw(), "row": reply{w}.ways()} {
				if html := goapp.HTMLString(shown); !strings.Contains(html, said[i]) || strings.Contains(html, said[1-i]) {
					t.Errorf("%s, %s: no %q in the %s %s", lang, p, said[i], where, html)
				}
			}
			if p != rules.Promotion {
				continue
			}
			c.Depends = false
			if w = answered(t, lang, "phone\n0912345678\n", []string{"phone"}, c); !strings.Contains(goapp.HTMLString(reply{w}.depends()), said[i]) {
				t.Errorf("%s: no %q in %s", lang, said[i], goapp.HTMLString(reply{w}.depends()))
			}
			if would := w.wouldText(&contacts.Missed{Would: rules.ZNS, Price: "440", Currency: "VND"}); !strings.Contains(would, said[i]) {
				t.Errorf("%s: no %q in %q", lang, said[i], would)
			}
		}
	}
}

// TestTheMonthsAreNamed that messages are counted of: of a sending in January they are last
// year's.
func TestTheMonthsAreNamed(t *testing.T) {
	for on, want := range map[rules.Date][2]string{20261201: {"11/2026", "10/2026"}, 20270115: {"12/2026", "11/2026"}, 20270203: {"1/2027", "12/2026"}} {
		w := workOf("vi", "2026-11-30")
		w.choices.On, w.choices.Ways = on, []contacts.Way{contacts.ZNS}
		html := goapp.HTMLString(choices{w}.ways())
		for _, month := range want {
			if !strings.Contains(html, "tháng "+month) {
				t.Errorf("for a sending on %s no %s in %s", on, month, html)
			}
		}
	}
}

// TestANumberStaysWithItsMonth: with the day the months that are asked for change, and what
// was said of others stands with these alone; a month that was not asked for is not known.
func TestANumberStaysWithItsMonth(t *testing.T) {
	w := workOf("vi", "2026-09-01")
	w.storage = keeps(`{"purpose":"promotion","on":"2026-09-01","ways":["zns"],"Care":[{"Month":"2026-08-01","N":1500},{"Month":"2026-07-01","N":900},{"Month":"2026-06-01","N":5}]}`)
	w.recall()
	for _, one := range []struct {
		on    rules.Date
		shown [2]string // month and number, the later one first
		base  [2]int64  // zero: not known
	}{
		{20260901, [2]string{"8/2026 1.500", "7/2026 900"}, [2]int64{1500, 900}}, {20261001, [2]string{"9/2026 ", "8/2026 1.500"}, [2]int64{}},
		{20270115, [2]string{"12/2026 ", "11/2026 "}, [2]int64{}}, {20260915, [2]string{"8/2026 1.500", "7/2026 900"}, [2]int64{1500, 900}},
	} {
		w.choices.On = one.on
		html := goapp.HTMLString(choices{w}.ways())
		var shown []string
		for _, field := range strings.Split(html, `class="field"`)[1:] {
			if month := regexp.MustCompile(`tháng (\d+/\d+)`).FindStringSubmatch(field); month != nil {
				value := regexp.MustCompile(`value="([^"]*)"`).FindStringSubmatch(field)
				shown = append(shown, month[1]+" "+append(value, "", "")[1])
			}
		}
		if !slices.Equal(shown, one.shown[:]) {
			t.Errorf("on %s there stands %q, not %q", one.on, shown, one.shown)
		}
		if base, known := w.choices.Config().Sender.PromotionBase.Get(); base != one.base || known != (one.base[0] > 0) {
			t.Errorf("on %s the quota is worked out from %v, %v", one.on, base, known)
		}
	}
	if len(w.choices.Care) != 2 {
		t.Errorf("what no day to come asks for is kept: %v", w.choices.Care)
	}
}

// TestWhatIsFilledInSaysWhoseItIs: the made-up list's, or that of an earlier visit; what one
// has just said oneself needs no word, and what is not shown has none either.
func TestWhatIsFilledInSaysWhoseItIs(t *testing.T) {
	for _, lang := range words.Codes {
		w := workOf(lang, "2026-12-01")
		l, daily := w.Words(), int64(20_000)
		sample, kept := l.Text("list.given.sample"), l.Text("list.given.kept")
		says := func(want string) {
			t.Helper()
			html := goapp.HTMLString(choices{w}.ways())
			for _, text := range []string{sample, kept} {
				if strings.Contains(html, text) != (text == want) {
					t.Errorf("%s: %q in %s", lang, text, html)
				}
			}
		}
		says("")
		w.choices.Daily = &daily
		says("")
		w.storage = keeps(`{"purpose":"promotion","on":"2026-12-01","ways":["zns"],"Daily":20000}`)
		w.recall()
		says(kept)
		w.choices.Set(contacts.ZNS, false)
		says("")
		w.choices.Set(contacts.ZNS, true)
		v := choices{w}
		for field, change := range map[string]func(){
			`"package":"growth"`: func() { v.takePackage("") }, `"Care":[{"Month":"2026-10-01","N":7}]`: func() { v.takeCare(20261001, "8") },
			`"Daily":20000`: func() { v.takeDaily("5") }, `"Rate":"26000"`: func() { v.takeRate("26001") },
		} {
			w.storage = keeps(`{"purpose":"promotion","on":"2026-12-01","ways":["zns","whatsapp"],` + field + `}`)
			w.recall()
			v.takeCare(20261101, "7")
			says(kept)
			change()
			says("")
		}
		w.fill(contacts.SampleChoices(w.Today), "list.given.sample")
		says(sample)
	}
}

// keeps is a storage in which that stands.
type keeps string

func (k keeps) Read(string) (string, bool) { return string(k), true }
func (k keeps) Write(string, string) bool  { return true }

// TestWhatAPressCameToFollowsTheLanguage of the page.
func TestWhatAPressCameToFollowsTheLanguage(t *testing.T) {
	w := workOf("vi", "2026-12-01")
	w.Say("list.saved", "name", "a.csv")
	for lang, want := range map[string]string{"vi": "Đã ghi a.csv vào máy.", "en": "a.csv is on your device.", "ru": "Файл a.csv сохранён на устройстве."} {
		if w.Lang = lang; w.Said() != want {
			t.Errorf("%s: %q", lang, w.Said())
		}
	}
	if w.Say(""); w.Said() != "" {
		t.Errorf("%q", w.Said())
	}
}

// TestBareNumbersAreOneHelpAway: numbers without a heading are refused, as row 1 is that of
// the names; with the heading that the page adds in its language each of them is read.
func TestBareNumbersAreOneHelpAway(t *testing.T) {
	for _, lang := range words.Codes {
		w := workOf(lang, "2026-12-01")
		look := func(text string) (r contacts.Report) {
			d := reading.Desk{Tell: func(told contacts.Report) { r = told }}
			d.Open(strings.NewReader(text), int64(len(text)))
			d.Handle(contacts.Request{Request: files.Request{Do: files.Look}})
			return r
		}
		for _, c := range []struct {
			bare  string
			rows  int64
			facts []string
		}{
			{"0905123456\n0912345678\n", 2, []string{"phone"}}, {"0905123456", 1, []string{"phone"}}, {"0905123456, 0912345678", 2, []string{"phone"}},
			{"0905123456;0912345678;0905123457\r\n", 3, []string{"phone"}}, {"An\t0905123456\nBình\t0912345678\n", 2, []string{"", "phone"}},
			{"0905123456|An\n0912345678|Bình\n", 2, []string{"phone"}}, {"3829104400000001\n3829104400000002\n", 2, []string{"uid"}},
		} {
			r := look(c.bare)
			if r.Wrong == nil || len(r.Wrong.Facts) == 0 || r.Wrong.Found == "" {
				t.Errorf("%s: %q is not refused for its names: %+v", lang, c.bare, r.Wrong)
				continue
			}
			text := filing.WithHeading(c.bare, r.Wrong, w.FactName, func(letters string) string { return w.Words().Text("list.column", "letters", letters) })
			var facts []string
			if r = look(text); r.Columns != nil {
				for _, column := range r.Columns.List {
					facts = append(facts, column.Fact)
				}
			}
			if r.Columns == nil || r.Columns.Rows != c.rows || !slices.Equal(facts, c.facts) {
				t.Errorf("%s: of %q there are %q, of %q", lang, text, facts, c.bare)
			}
		}
	}
}
