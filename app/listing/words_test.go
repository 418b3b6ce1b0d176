package listing

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

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
		"identity follow": "chưa quan tâm OA", "country identity": "không có UID Zalo", "template quota": "mẫu tin chưa dùng được, hết hạn mức tin hậu mãi của tháng",
	} {
		if got := filing.ReasonText(w, rules.ZaloBroadcast, strings.Fields(codes)); got != want {
			t.Errorf("%s: %q, not %q", codes, got, want)
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
			if c.sent >= 0 {
				w.choices.CareSent, w.choices.CareBefore = &c.sent, &c.sent
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
