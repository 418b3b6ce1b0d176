package model_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/rules"
)

// quoteOf is the answer to what stands in a form, or the path of what stands in
// its way.
func quoteOf(f *form.Form) (*rules.Quote, string) {
	asked, mistakes := f.Scenario()
	if len(mistakes) > 0 {
		return nil, mistakes[0].Path
	}
	q, wrong := model.AnswerOf(asked)
	if wrong != nil {
		return nil, wrong.Path
	}
	return q, ""
}

func waysTo(f *form.Form, purpose rules.Purpose) []model.Way {
	return model.AllWays(f, purpose, func() {})
}

// wayOf is the way with a type; it must be there once.
func wayOf(t *testing.T, list []model.Way, kind rules.MessageType) model.Way {
	t.Helper()
	var found []model.Way
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
func eachWayList(t *testing.T, look func(name string, f *form.Form, list []model.Way)) {
	for _, variant := range []map[string]string{
		{},
		{"audience[0].hoursSinceInteraction": "1", form.PathPer: "7", "pricing.convert.currency": "VND", "pricing.convert.rates.USD": "26000"},
		{"audience[0].hoursSinceInteraction": "", "audience[0].uid": form.No, "pricing.convert.currency": "EUR", "pricing.convert.rates.VND": "0.00003", "pricing.markupPerMessage": "20"},
		{"audience[0].optedIn": form.No, form.PathOn: "2025-03-01", "audience[0].recipients": "250000", "pricing.markupPercent": "10"},
	} {
		for _, kind := range rules.MessageTypes("") {
			f := formtest.FormWith(variant)
			f.Set(form.PathType, string(kind))
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
	eachWayList(t, func(name string, f *form.Form, list []model.Way) {
		for _, w := range list {
			if w.Chosen {
				continue
			}
			rows++
			s := &model.Calculation{Form: &form.Form{Values: maps.Clone(f.Values), Groups: f.Groups, Today: f.Today, Lang: f.Lang}}
			s.Adopt(&w)
			taken := s.Form
			q, missing := quoteOf(taken)
			got, _ := json.Marshal(q)
			want, _ := json.Marshal(w.Quote)
			if string(got) != string(want) || missing != w.Missing() {
				t.Errorf("%s: %s shows %s %q, and gives %s %q", name, w.Type, want, w.Missing(), got, missing)
			}
			for _, path := range []string{"audience[0].recipients", form.PathPer, form.PathOn} {
				if taken.Get(path) != f.Get(path) {
					t.Errorf("%s: %s makes %s of %s %s", name, w.Type, taken.Get(path), path, f.Get(path))
				}
			}
		}
	})
	if rows < 500 {
		t.Errorf("only %d rows were looked at", rows)
	}
}

func TestWaysThatMayBeSentComeFirstAndTheCheaperOnesBefore(t *testing.T) {
	eachWayList(t, func(name string, f *form.Form, list []model.Way) {
		chosen := 0
		rank := func(w model.Way) int {
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
func hangsOn(w model.Way) string {
	var list []string
	if w.Unmet {
		list = append(list, "met")
	}
	for _, c := range w.Unsaid {
		list = append(list, c.Code)
	}
	return strings.Join(list, " ")
}

func TestTheSamePeopleStandAsTheyDid(t *testing.T) {
	f := formtest.FormWith(map[string]string{form.PathType: string(rules.MessengerHumanAgent), "audience[0].hoursSinceInteraction": "100"})
	list := waysTo(f, rules.AnswerQuestion)
	standard := wayOf(t, list, rules.MessengerStandard)
	if standard.Verdict() != rules.Ineligible || standard.Replied == nil || !standard.Replied.Gross.IsZero() {
		t.Errorf("in the 24 hours of Messenger: %s, with a reply %v", standard.Verdict(), standard.Replied)
	}
	if chosen := wayOf(t, waysTo(formtest.FormWith(nil), rules.AnswerQuestion), rules.ZaloConsultation); chosen.Replied == nil || !chosen.Replied.Gross.IsZero() {
		t.Errorf("a consultation with a reply costs %v", chosen.Replied)
	}
	f.Set("audience[0].hoursSinceInteraction", "3")
	if standard := wayOf(t, waysTo(f, rules.AnswerQuestion), rules.MessengerStandard); standard.Verdict() != rules.Eligible || standard.Replied != nil {
		t.Errorf("three hours ago: %s, with a reply %v", standard.Verdict(), standard.Replied)
	}
}

func TestWhatIsTrueOnOnePlatformIsOpenOnAnother(t *testing.T) {
	f := formtest.FormWith(map[string]string{
		form.PathType: string(rules.ZNS), "audience[0].recipients": "12000", "audience[0].phone": form.Yes,
		"message.template.approved": form.Yes, "audience[0].hoursSinceInteraction": "1",
	})
	for _, c := range []struct {
		purpose rules.Purpose
		kind    rules.MessageType
		want    string
	}{
		{rules.TransactionUpdate, rules.MessengerUtility, "met template country"},
		{rules.TransactionUpdate, rules.WhatsAppUtility, "consent template"},
		{rules.AnswerQuestion, rules.MessengerHumanAgent, "window"},
	} {
		w := wayOf(t, waysTo(f, c.purpose), c.kind)
		if got := hangsOn(w); got != c.want || w.Verdict() != rules.Depends {
			t.Errorf("beside an approved ZNS, %s is %s: %s", c.kind, w.Verdict(), got)
		}
	}
	// A consultation an hour ago opens no window elsewhere.
	f = formtest.FormWith(map[string]string{"audience[0].hoursSinceInteraction": "1"})
	for _, kind := range []rules.MessageType{rules.MessengerStandard, rules.MessengerHumanAgent, rules.WhatsAppService} {
		w := wayOf(t, waysTo(f, rules.AnswerQuestion), kind)
		if w.Verdict() != rules.Depends || hangsOn(w) != "window" || w.Ask != "audience[0].hoursSinceInteraction" {
			t.Errorf("%s is %s: %s, asks %s", kind, w.Verdict(), hangsOn(w), w.Ask)
		}
	}
}

func TestTheWayThereAndBackLosesNothing(t *testing.T) {
	there := wayOf(t, waysTo(formtest.FormWith(nil), rules.TransactionUpdate), rules.ZNS)
	for _, hours := range []string{"", "2"} {
		f := formtest.FormWith(nil)
		if hours != "" {
			f.Set("audience[0].hoursSinceInteraction", hours)
		}
		before, _ := formtest.ScenarioText(f)
		other := f.As(there.Scenario.Message)
		if other.Get("audience[0].phone") != "" || other.Get("message.template.approved") != "" {
			t.Error("the other type has answers that nobody gave")
		}
		other.Set("message.template.approved", form.Yes)
		back := other.As(rules.Message{Type: rules.ZaloConsultation})
		if after, _ := formtest.ScenarioText(back); string(after) != string(before) {
			t.Errorf("there and back made %s of %s", after, before)
		}
		if w := wayOf(t, waysTo(back, rules.TransactionUpdate), rules.ZNS); hangsOn(w) != "identity" {
			t.Errorf("an approved ZNS hangs on %s", hangsOn(w))
		}
	}
}

func TestWhatNobodySaidIsNamed(t *testing.T) {
	f := formtest.FormWith(nil)
	zns := wayOf(t, waysTo(f, rules.TransactionUpdate), rules.ZNS)
	if zns.Verdict() != rules.Depends || hangsOn(zns) != "identity template" || zns.Ask != "audience[0].phone" {
		t.Errorf("a ZNS is %s: %s, asks %s", zns.Verdict(), hangsOn(zns), zns.Ask)
	}
	f.Set("audience[0].phone", form.No)
	if zns := wayOf(t, waysTo(f, rules.TransactionUpdate), rules.ZNS); zns.Verdict() != rules.Ineligible || hangsOn(zns) != "" {
		t.Errorf("without a phone number, a ZNS is %s: %s", zns.Verdict(), hangsOn(zns))
	}
}

func TestAnAgreementOnOnePlatformIsNoneOnAnother(t *testing.T) {
	f := formtest.FormWith(map[string]string{form.PathType: string(rules.WhatsAppMarketing), "audience[0].optedIn": form.Yes})
	hangsOn := func(list []model.Way, kind rules.MessageType, code string) bool {
		w := wayOf(t, list, kind)
		return w.Verdict() == rules.Depends && slices.ContainsFunc(w.Unsaid, func(c rules.Check) bool { return c.Code == code })
	}
	if list := waysTo(f, rules.Promotion); !hangsOn(list, rules.MessengerOneTime, "consent") || !hangsOn(list, rules.MessengerMarketing, "consent") {
		t.Error("who agreed on WhatsApp is taken to have agreed on Messenger")
	}
	f.Set(form.PathType, string(rules.WhatsAppUtility))
	f.Set("audience[0].optedIn", form.No)
	if w := wayOf(t, waysTo(f, rules.Promotion), rules.WhatsAppMarketing); w.Verdict() != rules.Ineligible {
		t.Errorf("who did not agree on WhatsApp is asked again: %s", w.Verdict())
	}
	if !hangsOn(waysTo(formtest.FormWith(nil), rules.AnswerQuestion), rules.MessengerPrivateReply, "window") {
		t.Error("who wrote is taken to have commented")
	}
}

func TestTwoCurrenciesAreNeverSubtracted(t *testing.T) {
	f := formtest.FormWith(nil)
	list := model.WayList{All: waysTo(f, rules.TransactionUpdate)}
	way := func(kind rules.MessageType) *model.Way {
		w := wayOf(t, list.All, kind)
		return &w
	}
	total := func(kind rules.MessageType) rules.Total {
		sum, ok := way(kind).Quote.Total()
		if !ok {
			t.Fatalf("%s has no price", kind)
		}
		return sum
	}
	if _, _, unlike := list.Saving(way(rules.WhatsAppUtility)); unlike != "ways.currencies" {
		t.Error("dollars were taken from dong")
	}
	if saved, currency, unlike := list.Saving(way(rules.ZNS)); unlike != "" || currency != "VND" || saved.String() != "-275000" {
		t.Errorf("a ZNS saves %s %s, %q", saved, currency, unlike)
	}
	if saved, currency, unlike := list.Saving(way(rules.MessengerUtility)); unlike != "" || currency != "VND" || saved.String() != "55000" {
		t.Errorf("what is free saves %s %s, %q", saved, currency, unlike)
	}
	// With a rate there is one currency, but a tax in one of the two alone.
	f = formtest.FormWith(map[string]string{form.PathType: string(rules.WhatsAppUtility), "pricing.convert.currency": "VND", "pricing.convert.rates.USD": "26000"})
	list = model.WayList{All: waysTo(f, rules.TransactionUpdate)}
	now := total(rules.WhatsAppUtility)
	if _, _, unlike := list.Saving(way(rules.ZNS)); unlike != "ways.taxes" || now.Currency != "VND" {
		t.Errorf("what holds a tax was taken from what does not: %q, %s", unlike, now.Currency)
	}
	for _, percent := range []string{"10", "0"} { // who says that there is none has said the tax too
		f.Set("pricing.taxPercent", percent)
		list = model.WayList{All: waysTo(f, rules.TransactionUpdate)}
		now = total(rules.WhatsAppUtility)
		saved, currency, unlike := list.Saving(way(rules.ZNS))
		if want := now.Gross.Sub(total(rules.ZNS).Gross); unlike != "" || currency != "VND" || !saved.Equal(want) || want.IsZero() {
			t.Errorf("with a tax of %s %% a ZNS saves %s %s, %q; not %s", percent, saved, currency, unlike, want)
		}
	}
}

func TestAChargeInOneCurrencyIsNotTakenForAnother(t *testing.T) {
	f := formtest.FormWith(map[string]string{"pricing.markupPerMessage": "20"}) // dong
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
		meant   model.PurposeMeant
		want    rules.Purpose
	}{
		{rules.ZaloConsultation, nil, model.PurposeMeant{}, rules.AnswerQuestion},
		{rules.ZaloConsultation, nil, model.PurposeMeant{Purpose: rules.TransactionUpdate, Kind: rules.ZNS}, rules.TransactionUpdate},
		{rules.ZaloConsultation, nil, model.PurposeMeant{Purpose: rules.OneTimePassword, Kind: rules.ZNS}, rules.AnswerQuestion},
		{rules.ZaloConsultation, nil, model.PurposeMeant{Purpose: rules.OneTimePassword, Kind: rules.ZaloConsultation}, rules.OneTimePassword},
		{rules.ZNS, nil, model.PurposeMeant{}, rules.TransactionUpdate},
		{rules.ZNS, map[string]string{"message.tag": "3"}, model.PurposeMeant{}, rules.Promotion},
		{rules.ZNS, map[string]string{"message.tag": "3", form.PathOn: "2024-01-01"}, model.PurposeMeant{}, rules.TransactionUpdate},
		{rules.ZNS, map[string]string{"message.template.kind": "otp"}, model.PurposeMeant{}, rules.OneTimePassword},
		{rules.MessengerStandard, map[string]string{"message.promotional": form.Yes}, model.PurposeMeant{}, rules.Promotion},
		{rules.MessengerUtility, map[string]string{"message.promotional": form.Yes}, model.PurposeMeant{}, rules.Promotion},
		{rules.WhatsAppAuthentication, map[string]string{"message.promotional": form.Yes}, model.PurposeMeant{}, rules.OneTimePassword}, // said of another type
		{rules.MessengerSponsored, nil, model.PurposeMeant{}, ""},
		{rules.MessengerSponsored, nil, model.PurposeMeant{Purpose: rules.Promotion, Kind: rules.MessengerSponsored}, rules.Promotion},
	} {
		f := formtest.FormWith(c.answers)
		f.Set(form.PathType, string(c.kind))
		if got := c.meant.For(f); got != c.want {
			t.Errorf("%s %v, said %v: %q, not %q", c.kind, c.answers, c.meant, got, c.want)
		}
	}
}

// A utility message hangs on the country of the business where nobody has said it:
// it is no yes among the ways, and stands behind those that are.
func TestAWayThatHangsOnTheCountryStandsBehindThoseThatGoOut(t *testing.T) {
	f := formtest.FormWith(map[string]string{form.PathType: string(rules.MessengerStandard), "audience[0].hoursSinceInteraction": "1", "message.template.approved": form.Yes})
	list := waysTo(f, rules.TransactionUpdate)
	w := wayOf(t, list, rules.MessengerUtility)
	if w.Verdict() != rules.Depends || !strings.Contains(hangsOn(w), "country") {
		t.Errorf("it is %s and hangs on %s", w.Verdict(), hangsOn(w))
	}
	sure := true
	for i := range list {
		v := list[i].Verdict()
		if goes := v == rules.Eligible || v == rules.Partial; goes && !sure {
			t.Errorf("%s stands behind what is not certain", list[i].Type)
		} else {
			sure = goes
		}
	}
}
