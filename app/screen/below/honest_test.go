package below

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form/formtest"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

// waysFor are the ways beside a scenario, in a language.
func waysFor(t *testing.T, lang, scenario string) waysView {
	t.Helper()
	f, err := formtest.FormOfText([]byte(scenario), formtest.TestDay, lang)
	if err != nil {
		t.Fatal(err)
	}
	l := New(desk.New(lang, false))
	l.Desk.Form = f
	l.Desk.Compute()
	l.FindWays()
	if len(l.Ways.All) < 3 {
		t.Fatalf("%s: %d ways", scenario, len(l.Ways.All))
	}
	return waysView{of: l, purpose: l.Ways.Purpose, list: l.Ways}
}

// rowOf is the row of a type.
func (v waysView) rowOf(t *testing.T, kind rules.MessageType) string {
	t.Helper()
	for i := range v.list.All {
		if each := &v.list.All[i]; each.Type == kind {
			return goapp.HTMLString(v.row(each))
		}
	}
	t.Fatalf("%s is not among the ways", kind)
	return ""
}

const (
	// A ZNS has its tax in it, a message by WhatsApp has none.
	whatsAppInDong = `{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":true}},"sender":{"country":"VN"},"audience":[{"recipients":300,"phone":true,"country":"VN","optedIn":true}],"pricing":{"convert":{"currency":"VND","rates":{"USD":"26300"}}}}`
	// A bought list: a ZNS with an offer goes to none of them.
	offerByPhone = `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true}},"sender":{"tool":"openapi"},"audience":[{"recipients":300,"phone":true,"careWithin6Months":false}]}`
	toRussia     = `{"on":"2026-11-21","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":300,"country":"RU","optedIn":true}]}`
)

// TestAPriceWithoutTaxIsNotSubtractedFromOneWithIt: the two are not the same, and the row
// and the headline of what has no tax in it say so.
func TestAPriceWithoutTaxIsNotSubtractedFromOneWithIt(t *testing.T) {
	for _, lang := range words.Codes {
		v := waysFor(t, lang, whatsAppInDong)
		w := v.of.Desk.Words()
		zns, untaxed := v.rowOf(t, rules.ZNS), w.Text("ways.untaxed")
		if !strings.Contains(v.rowOf(t, rules.WhatsAppUtility), untaxed) || strings.Contains(zns, untaxed) {
			t.Errorf("%s: the rows do not tell the price without tax from that with it: %s", lang, zns)
		}
		now, _ := v.list.Chosen().Quote.Total()
		for i := range v.list.All {
			if each := &v.list.All[i]; each.Type == rules.ZNS {
				total, _ := each.Quote.Total()
				if between := w.RoundTotal(total.Gross.Sub(now.Gross).Abs(), "VND"); strings.Contains(zns, between) {
					t.Errorf("%s: %s is the difference of what has a tax and what has none", lang, between)
				}
			}
		}
		var notes []string
		for i := range v.list.All {
			notes = v.list.AddNotes(notes, &v.list.All[i])
		}
		if !strings.Contains(strings.Join(notes, " "), "ways.taxes") || strings.Contains(strings.Join(notes, " "), "ways.currencies") {
			t.Errorf("%s: %v is said of the list", lang, notes)
		}
		if strings.Contains(v.hint(), w.Text("ways.hint.none")) {
			t.Errorf("%s: what may be dearer is the cheapest: %s", lang, v.hint())
		}
	}
}

// TestTheHeadlineSaysWhatItsWayHangsOn: of people of whom only the phone number is known
// nobody knows that they can be reached by user id.
func TestTheHeadlineSaysWhatItsWayHangsOn(t *testing.T) {
	for lang, condition := range map[string]string{"vi": "nếu OA có UID của họ và điều kiện khác", "en": "if the OA has their UID and more", "ru": "если у OA есть их UID и другие условия"} {
		v := waysFor(t, lang, offerByPhone)
		if !strings.Contains(v.hint(), condition) {
			t.Errorf("%s: no %q in %q", lang, condition, v.hint())
		}
		// What cannot be sent has no price, not that of nothing.
		w, row := v.of.Desk.Words(), v.rowOf(t, rules.ZNS)
		if strings.Contains(row, w.Text("price.free")) || !strings.Contains(row, ">—<") || !strings.Contains(row, w.Text("verdict.ineligible")) {
			t.Errorf("%s: what cannot be sent reads %s", lang, row)
		}
	}
}

// TestAWayThatIsBlockedInTheirCountryIsOfferedWithAWarning, which is the book's: none the
// day before. It is no advice of the headline, and warned of once it is chosen too.
func TestAWayThatIsBlockedInTheirCountryIsOfferedWithAWarning(t *testing.T) {
	for _, lang := range words.Codes {
		for scenario, want := range map[string]bool{toRussia: true, strings.Replace(toRussia, "2026-11-21", "2026-02-10", 1): false, strings.Replace(toRussia, `"RU"`, `"DE"`, 1): false} {
			v := waysFor(t, lang, scenario)
			w := v.of.Desk.Words()
			said := w.Text("stamp.RU.messenger.russia.blocked")
			if row := v.rowOf(t, rules.MessengerMarketing); strings.Contains(row, said) != want {
				t.Errorf("%s, %s: a warning: %v, in %s", lang, scenario, !want, row)
			}
			if hint := v.hint(); strings.Contains(hint, "Messenger") == want || want && hint != w.Text("ways.hint") {
				t.Errorf("%s, %s: the list comes to %q", lang, scenario, hint)
			}
			for _, kind := range []rules.MessageType{rules.MessengerMarketing, rules.MessengerOneTime} { // the second does not ask for the country
				for i := range v.list.All {
					if v.list.All[i].Type == kind {
						v.of.Desk.Adopt(&v.list.All[i])
					}
				}
				v.of.Desk.Compute()
				v.of.FindWays()
				now := waysView{of: v.of, purpose: v.of.Ways.Purpose, list: v.of.Ways}
				chosen := now.list.Chosen()
				if row := now.rowOf(t, kind); chosen.Type != kind || want && !chosen.Sent() || strings.Contains(row, said) != want {
					t.Errorf("%s, %s: chosen, %s has a warning: %v, in %s", lang, scenario, kind, !want, row)
				}
			}
		}
		// Of what does not go out, nothing arrives late or not at all.
		v := waysFor(t, lang, strings.Replace(toRussia, `"optedIn":true`, `"optedIn":false`, 1))
		if row := v.rowOf(t, rules.WhatsAppMarketing); strings.Contains(row, v.of.Desk.Words().Text("stamp.RU.whatsapp.russia.blocked")) {
			t.Errorf("%s: what cannot be sent is warned of: %s", lang, row)
		}
	}
}

// TestAPriceWithoutTaxIsOneOnEachPlatform, until the user says what the tax is; 0 % is one.
func TestAPriceWithoutTaxIsOneOnEachPlatform(t *testing.T) {
	for _, lang := range words.Codes {
		for percent, want := range map[string]bool{"": true, "0": false, "10": false} {
			for kind, price := range map[rules.MessageType]string{rules.MessengerMarketing: `,"markupPerMessage":"300"`, rules.WhatsAppMarketing: ""} {
				pricing := `"convert":{"currency":"VND","rates":{"USD":"26300"}}` + price
				if percent != "" {
					pricing += `,"taxPercent":"` + percent + `"`
				}
				v := waysFor(t, lang, `{"on":"2026-11-21","message":{"type":"`+string(kind)+`"},"audience":[{"recipients":300,"country":"VN","optedIn":true,"hoursSinceInteraction":3}],"pricing":{`+pricing+`}}`)
				w := v.of.Desk.Words()
				row, label := v.rowOf(t, kind), v.of.Desk.StampLabel()
				if strings.Contains(row, w.Text("ways.untaxed")) != want || (label == w.Text("stamp.label.no-tax")) != want {
					t.Errorf("%s: with a tax of %q %% %s is without tax: %v, its stamp %q, in %s", lang, percent, kind, !want, label, row)
				}
			}
		}
		if said := words.Of(lang).Text("ways.taxes"); !strings.Contains(said, words.Of(lang).Text("section.pricing")) {
			t.Errorf("%s: no way out in %q", lang, said)
		}
	}
}
