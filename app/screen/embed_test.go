package screen

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/words"
	"postage/app/words/wordstest"
)

// TestAFrameNeverSaysWhatThePartnerEarns: who reads a partner's page is its
// customer, who is told what there is to pay.
func TestAFrameNeverSaysWhatThePartnerEarns(t *testing.T) {
	added := map[string]string{"pricing.markupPercent": "10", "pricing.markupPerMessage@VND": "5", "pricing.monthlyFee@VND": "100000", "pricing.taxPercent": "8"}
	const scenario = `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"perRecipient":2,"sender":{"tool":"oa-manager-web"},
		"audience":[{"name":"A","recipients":1000,"uid":true,"hoursSinceInteraction":100},{"name":"B","recipients":500,"uid":true,"hoursSinceInteraction":100}]`
	const own = `,"pricing":{"markupPercent":"10","markupPerMessage":"5","monthlyFee":"100000","taxPercent":"8"}}`
	ways := map[string]func(s *screen) string{
		"on the screen and on paper": func(s *screen) string { return goapp.HTMLString(s) },
		"as text":                    func(s *screen) string { return s.desk.PlainText() },
		"as a table":                 func(s *screen) string { return s.desk.Table() },
		"as a file":                  func(s *screen) string { return s.desk.File() },
		"in a sentence":              func(s *screen) string { return s.desk.Summary() + s.desk.PerMessage() },
	}
	for name, o := range map[string]model.FrameOptions{
		"to be edited":   {Preset: added, Partner: "ABC"},
		"fixed":          {Preset: added, Partner: "ABC", Fixed: true},
		"to be read":     {Preset: added, ReadOnly: true},
		"fixed, to read": {Preset: added, Fixed: true, ReadOnly: true},
		"without prices": {},
	} {
		given := scenario + own
		if len(o.Preset) > 0 {
			given = scenario + "}"
		}
		for _, lang := range words.Codes {
			s := newScreen(lang, true, form.New(formtest.TestDay, lang))
			s.desk.Options = o
			if err := s.openInFrame([]byte(given)); err != nil {
				t.Fatal(err)
			}
			w := s.desk.Words()
			for way, write := range ways {
				said := strings.ReplaceAll(write(s), "&#39;", "'")
				if strings.Contains(said, w.Text("total.earn")) {
					t.Errorf("%s, %s, %s: it says %q", name, lang, way, w.Text("total.earn"))
				}
				// 165,000 to the platform, 15,000 + 15,000 + 100,000 to the partner with 8 %.
				pays := s.desk.TotalText()
				if way == "as a file" || way == "as a table" {
					pays = s.desk.Quote.Totals[0].Gross.String()
				}
				if !strings.Contains(wordstest.WithPlainSpaces(said), wordstest.WithPlainSpaces(pays)) {
					t.Errorf("%s, %s, %s: it does not say %s, what there is to pay", name, lang, way, pays)
				}
				if len(o.Preset) == 0 {
					continue
				}
				for _, key := range []string{"total.own", "groups.shared.about"} {
					if strings.Contains(said, w.Text(key)) {
						t.Errorf("%s, %s, %s: it says %q to a customer", name, lang, way, w.Text(key))
					}
				}
			}
			if o.Fixed {
				for _, way := range []string{"as text", "as a table", "on the screen and on paper"} {
					if label := w.Text("ask.pricing.markupPercent"); strings.Contains(ways[way](s), label) {
						t.Errorf("%s, %s, %s: it asks for %q", name, lang, way, label)
					}
				}
			}
		}
	}
	// On one's own page it stands on the screen, and in nothing that goes to a customer.
	s := screenOf(t, "en", scenario+own)
	for way, write := range ways {
		if told := strings.Contains(strings.ReplaceAll(write(s), "&#39;", "'"), s.desk.Words().Text("total.earn")); told != (way == "on the screen and on paper") {
			t.Errorf("%s: whoever sells on is told what that earns: %v", way, told)
		}
	}
}
