package app

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

func waysTo(f *form, purpose rules.Purpose) []way { return allWays(f, purpose, func() {}) }

func formWith(answers map[string]string) *form {
	f := newForm(testDay, "vi")
	for path, v := range answers {
		f.set(path, v)
	}
	return f
}

// wayOf is the way with a type; it must be there once.
func wayOf(t *testing.T, list []way, kind rules.MessageType) way {
	t.Helper()
	var found []way
	for _, w := range list {
		if w.Type == kind {
			found = append(found, w)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s is listed %d times", kind, len(found))
	}
	return found[0]
}

// eachWayList looks at the ways to every purpose from every type, in several
// states of the form.
func eachWayList(t *testing.T, look func(name string, f *form, list []way)) {
	for _, variant := range []map[string]string{
		{},
		{"audience[0].hoursSinceInteraction": "1", pathPer: "7", "pricing.convert.currency": "VND", "pricing.convert.rates.USD": "26000"},
		{"audience[0].hoursSinceInteraction": "", "audience[0].uid": no, "pricing.convert.currency": "EUR", "pricing.convert.rates.VND": "0.00003", "pricing.markupPerMessage": "20"},
		{"audience[0].optedIn": no, pathOn: "2025-03-01", "audience[0].recipients": "250000", "pricing.markupPercent": "10"},
	} {
		for _, kind := range rules.MessageTypes("") {
			f := formWith(variant)
			f.set(pathType, string(kind))
			if q, _ := quoteOf(f); q == nil {
				continue // this form has no answer, so there is nothing to compare
			}
			for _, p := range rules.Purposes() {
				list := waysTo(f, p)
				if len(list) < 2 {
					t.Errorf("%s: no ways to %s", kind, p)
					continue
				}
				look(string(kind)+" to "+string(p), f, list)
			}
		}
	}
}

func TestTakingAWayOverGivesWhatItsRowShows(t *testing.T) {
	rows := 0
	eachWayList(t, func(name string, f *form, list []way) {
		for _, w := range list {
			if w.Chosen {
				continue
			}
			rows++
			s := &screen{Lang: "vi", form: &form{values: maps.Clone(f.values), groups: f.groups, today: f.today, lang: f.lang}}
			s.adopt(&w)
			taken := s.form
			q, missing := quoteOf(taken)
			got, _ := json.Marshal(q)
			want, _ := json.Marshal(w.Quote)
			if string(got) != string(want) || missing != w.missing() {
				t.Errorf("%s: %s shows %s %q, and gives %s %q", name, w.Type, want, w.missing(), got, missing)
			}
			for _, path := range []string{"audience[0].recipients", pathPer, pathOn} {
				if taken.get(path) != f.get(path) {
					t.Errorf("%s: %s makes %s of %s %s", name, w.Type, taken.get(path), path, f.get(path))
				}
			}
		}
	})
	if rows < 500 {
		t.Errorf("only %d rows were looked at", rows)
	}
}

func TestWaysThatMayBeSentComeFirstAndTheCheaperOnesBefore(t *testing.T) {
	eachWayList(t, func(name string, f *form, list []way) {
		chosen := 0
		rank := func(w way) int {
			switch {
			case w.Quote == nil:
				return 2
			default:
				return map[rules.Verdict]int{rules.Depends: 1, rules.Ineligible: 3}[w.Verdict()]
			}
		}
		for i, w := range list {
			if w.Chosen {
				chosen++
			}
			if i == 0 {
				continue
			}
			before := list[i-1]
			if rank(before) > rank(w) {
				t.Errorf("%s: %s (%s) stands before %s (%s)", name, before.Type, before.Verdict(), w.Type, w.Verdict())
			}
			if rank(before) != rank(w) || w.Quote == nil {
				continue
			}
			a, pricedA := before.Quote.Total()
			b, pricedB := w.Quote.Total()
			switch {
			case !pricedA && pricedB:
				t.Errorf("%s: %s, without a price, stands before %s", name, before.Type, w.Type)
			case pricedA && pricedB && a.Currency == b.Currency && a.Gross.GreaterThan(b.Gross):
				t.Errorf("%s: %s at %s stands before %s at %s", name, before.Type, a.Gross, w.Type, b.Gross)
			}
		}
		if chosen != 1 {
			t.Errorf("%s: %d rows are the chosen one", name, chosen)
		}
	})
}

// hangsOn tells on what nobody said a way hangs.
func hangsOn(w way) string {
	var list []string
	if w.Unmet {
		list = append(list, "met")
	}
	for _, c := range w.unsaid {
		list = append(list, c.Code)
	}
	return strings.Join(list, " ")
}

func TestTheSamePeopleStandAsTheyDid(t *testing.T) {
	f := formWith(map[string]string{pathType: string(rules.MessengerHumanAgent), "audience[0].hoursSinceInteraction": "100"})
	list := waysTo(f, rules.AnswerQuestion)
	standard := wayOf(t, list, rules.MessengerStandard)
	if standard.Verdict() != rules.Ineligible || standard.Replied == nil || !standard.Replied.Gross.IsZero() {
		t.Errorf("in the 24 hours of Messenger: %s, with a reply %v", standard.Verdict(), standard.Replied)
	}
	if chosen := wayOf(t, waysTo(formWith(nil), rules.AnswerQuestion), rules.ZaloConsultation); chosen.Replied == nil || !chosen.Replied.Gross.IsZero() {
		t.Errorf("a consultation with a reply costs %v", chosen.Replied)
	}
	f.set("audience[0].hoursSinceInteraction", "3")
	if standard := wayOf(t, waysTo(f, rules.AnswerQuestion), rules.MessengerStandard); standard.Verdict() != rules.Eligible || standard.Replied != nil {
		t.Errorf("three hours ago: %s, with a reply %v", standard.Verdict(), standard.Replied)
	}
}

func TestWhatIsTrueOnOnePlatformIsOpenOnAnother(t *testing.T) {
	f := formWith(map[string]string{
		pathType: string(rules.ZNS), "audience[0].recipients": "12000", "audience[0].phone": yes,
		"message.template.approved": yes, "audience[0].hoursSinceInteraction": "1",
	})
	for _, c := range []struct {
		purpose rules.Purpose
		kind    rules.MessageType
		want    string
	}{
		{rules.TransactionUpdate, rules.MessengerUtility, "met template"},
		{rules.TransactionUpdate, rules.WhatsAppUtility, "consent template"},
		{rules.AnswerQuestion, rules.MessengerHumanAgent, "window"},
	} {
		w := wayOf(t, waysTo(f, c.purpose), c.kind)
		if got := hangsOn(w); got != c.want || w.Verdict() != rules.Depends {
			t.Errorf("beside an approved ZNS, %s is %s: %s", c.kind, w.Verdict(), got)
		}
	}
	// A consultation an hour ago opens no window elsewhere.
	f = formWith(map[string]string{"audience[0].hoursSinceInteraction": "1"})
	for _, kind := range []rules.MessageType{rules.MessengerStandard, rules.MessengerHumanAgent, rules.WhatsAppService} {
		w := wayOf(t, waysTo(f, rules.AnswerQuestion), kind)
		if w.Verdict() != rules.Depends || hangsOn(w) != "window" || w.ask != "audience[0].hoursSinceInteraction" {
			t.Errorf("%s is %s: %s, asks %s", kind, w.Verdict(), hangsOn(w), w.ask)
		}
	}
}

func TestTheWayThereAndBackLosesNothing(t *testing.T) {
	there := wayOf(t, waysTo(formWith(nil), rules.TransactionUpdate), rules.ZNS)
	for _, hours := range []string{"", "2"} {
		f := formWith(nil)
		if hours != "" {
			f.set("audience[0].hoursSinceInteraction", hours)
		}
		before, _ := scenarioText(f)
		other := f.as(there.Scenario.Message)
		if other.get("audience[0].phone") != "" || other.get("message.template.approved") != "" {
			t.Error("the other type has answers that nobody gave")
		}
		other.set("message.template.approved", yes)
		back := other.as(rules.Message{Type: rules.ZaloConsultation})
		if after, _ := scenarioText(back); string(after) != string(before) {
			t.Errorf("there and back made %s of %s", after, before)
		}
		if w := wayOf(t, waysTo(back, rules.TransactionUpdate), rules.ZNS); hangsOn(w) != "identity" {
			t.Errorf("an approved ZNS hangs on %s", hangsOn(w))
		}
	}
}

func TestWhatNobodySaidIsNamed(t *testing.T) {
	f := formWith(nil)
	zns := wayOf(t, waysTo(f, rules.TransactionUpdate), rules.ZNS)
	if zns.Verdict() != rules.Depends || hangsOn(zns) != "identity template" || zns.ask != "audience[0].phone" {
		t.Errorf("a ZNS is %s: %s, asks %s", zns.Verdict(), hangsOn(zns), zns.ask)
	}
	f.set("audience[0].phone", no)
	if zns := wayOf(t, waysTo(f, rules.TransactionUpdate), rules.ZNS); zns.Verdict() != rules.Ineligible || hangsOn(zns) != "" {
		t.Errorf("without a phone number, a ZNS is %s: %s", zns.Verdict(), hangsOn(zns))
	}
}

func TestAnAgreementOnOnePlatformIsNoneOnAnother(t *testing.T) {
	f := formWith(map[string]string{pathType: string(rules.WhatsAppMarketing), "audience[0].optedIn": yes})
	hangsOn := func(list []way, kind rules.MessageType, code string) bool {
		w := wayOf(t, list, kind)
		return w.Verdict() == rules.Depends && slices.ContainsFunc(w.unsaid, func(c rules.Check) bool { return c.Code == code })
	}
	if list := waysTo(f, rules.Promotion); !hangsOn(list, rules.MessengerOneTime, "consent") || !hangsOn(list, rules.MessengerMarketing, "consent") {
		t.Error("who agreed on WhatsApp is taken to have agreed on Messenger")
	}
	f.set(pathType, string(rules.WhatsAppUtility))
	f.set("audience[0].optedIn", no)
	if w := wayOf(t, waysTo(f, rules.Promotion), rules.WhatsAppMarketing); w.Verdict() != rules.Ineligible {
		t.Errorf("who did not agree on WhatsApp is asked again: %s", w.Verdict())
	}
	if !hangsOn(waysTo(formWith(nil), rules.AnswerQuestion), rules.MessengerPrivateReply, "window") {
		t.Error("who wrote is taken to have commented")
	}
}

func TestTwoCurrenciesAreNeverSubtracted(t *testing.T) {
	f := formWith(nil)
	list := wayList{all: waysTo(f, rules.TransactionUpdate)}
	total := func(kind rules.MessageType) rules.Total {
		sum, ok := wayOf(t, list.all, kind).Quote.Total()
		if !ok {
			t.Fatalf("%s has no price", kind)
		}
		return sum
	}
	if _, _, ok := list.saving(total(rules.WhatsAppUtility)); ok {
		t.Error("dollars were taken from dong")
	}
	if saved, currency, ok := list.saving(total(rules.ZNS)); !ok || currency != "VND" || saved.String() != "-165000" {
		t.Errorf("a ZNS saves %s %s, %v", saved, currency, ok)
	}
	if saved, currency, ok := list.saving(total(rules.MessengerUtility)); !ok || currency != "VND" || saved.String() != "55000" {
		t.Errorf("what is free saves %s %s, %v", saved, currency, ok)
	}
	// With a rate there is one currency.
	f = formWith(map[string]string{pathType: string(rules.WhatsAppUtility), "pricing.convert.currency": "VND", "pricing.convert.rates.USD": "26000"})
	list = wayList{all: waysTo(f, rules.TransactionUpdate)}
	now := total(rules.WhatsAppUtility)
	saved, currency, ok := list.saving(total(rules.ZNS))
	if want := now.Gross.Sub(decimal.NewFromInt(220000)); !ok || currency != "VND" || now.Currency != "VND" || !saved.Equal(want) {
		t.Errorf("a ZNS saves %s %s, %v; not %s", saved, currency, ok, want)
	}
}

func TestAChargeInOneCurrencyIsNotTakenForAnother(t *testing.T) {
	f := formWith(map[string]string{"pricing.markupPerMessage": "20"}) // dong
	w := wayOf(t, waysTo(f, rules.TransactionUpdate), rules.WhatsAppUtility)
	if !w.Dropped || slices.ContainsFunc(w.Quote.Lines, func(l rules.Line) bool { return l.Code == "markup-per-message" }) {
		t.Errorf("20 dong became 20 dollars: %v %v", w.Dropped, w.Quote.Lines)
	}
	zns := wayOf(t, waysTo(f, rules.TransactionUpdate), rules.ZNS)
	if zns.Dropped || !slices.ContainsFunc(zns.Quote.Lines, func(l rules.Line) bool { return l.Code == "markup-per-message" && l.Net.String() == "20000" }) {
		t.Errorf("20 dong are lost among dong: %v %v", zns.Dropped, zns.Quote.Lines)
	}
}

func TestThePurposeIsTheTypesUnlessTheUserSaysOtherwise(t *testing.T) {
	for _, c := range []struct {
		kind    rules.MessageType
		answers map[string]string
		meant   purposeMeant
		want    rules.Purpose
	}{
		{rules.ZaloConsultation, nil, purposeMeant{}, rules.AnswerQuestion},
		{rules.ZaloConsultation, nil, purposeMeant{rules.TransactionUpdate, rules.ZNS}, rules.TransactionUpdate},
		{rules.ZaloConsultation, nil, purposeMeant{rules.OneTimePassword, rules.ZNS}, rules.AnswerQuestion},
		{rules.ZaloConsultation, nil, purposeMeant{rules.OneTimePassword, rules.ZaloConsultation}, rules.OneTimePassword},
		{rules.ZNS, nil, purposeMeant{}, rules.TransactionUpdate},
		{rules.ZNS, map[string]string{"message.tag": "3"}, purposeMeant{}, rules.Promotion},
		{rules.ZNS, map[string]string{"message.tag": "3", pathOn: "2024-01-01"}, purposeMeant{}, rules.TransactionUpdate},
		{rules.ZNS, map[string]string{"message.template.kind": "otp"}, purposeMeant{}, rules.OneTimePassword},
		{rules.MessengerStandard, map[string]string{"message.promotional": yes}, purposeMeant{}, rules.Promotion},
		{rules.MessengerSponsored, nil, purposeMeant{}, ""},
		{rules.MessengerSponsored, nil, purposeMeant{rules.Promotion, rules.MessengerSponsored}, rules.Promotion},
	} {
		f := formWith(c.answers)
		f.set(pathType, string(c.kind))
		if got := (&screen{Lang: "vi", form: f, meant: c.meant}).purpose(); got != c.want {
			t.Errorf("%s %v, said %v: %q, not %q", c.kind, c.answers, c.meant, got, c.want)
		}
	}
}
