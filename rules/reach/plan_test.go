package reach

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"postage/rules"
)

// answered is the answer for people, each so many times.
func answered(t testing.TB, w *Ways, people map[*Contact]int64) *Answer {
	t.Helper()
	counts := map[Key]int64{}
	for c, n := range people {
		k, err := w.Key(c)
		if err != nil {
			t.Fatal(err)
		}
		counts[k] += n
	}
	return w.Plan(counts)
}

// ofZalo are people with a number and a user id.
func ofZalo(last Moment, follows bool) *Contact {
	return &Contact{Phone: 84912345678, UID: "u", Country: CountryOf("VN"), ZaloLast: last, Follows: rules.Some(follows), Consents: rules.Some(false)}
}

// waysOf are the ways of an outcome with how many go by each, as text.
func waysOf(o *Outcome) string {
	var list []string
	for _, w := range o.Ways {
		list = append(list, fmt.Sprint(w.Type, " ", w.People))
	}
	return strings.Join(list, ", ")
}

// TestWhoHasNotWrittenForAWeek: what the nearest way lacks, and what would do.
func TestWhoHasNotWrittenForAWeek(t *testing.T) {
	w := preparedFor(t, rules.AnswerQuestion, 20261201, `{"sender":{"tool":"oa-manager-web"},"ways":[{"type":"zalo.uid.consultation"}]}`)
	a := answered(t, w, map[*Contact]int64{
		ofZalo(At(20261201, 600), true): 7, ofZalo(On(20261126), true): 20, ofZalo(On(20261110), true): 4210, ofZalo(Never(), false): 5,
	})
	o := &a.Sure
	if got := waysOf(o); got != "zalo.uid.consultation 27" || o.Reached != 27 || o.People != 4242 {
		t.Errorf("%s of %d", got, o.People)
	}
	if one := o.Ways[0]; one.Totals[0].Gross.String() != "1100" || one.Price.String() != "40.740741" {
		t.Errorf("%+v costs %s each", one.Totals, one.Price)
	}
	if o.Unreached[0].People != 4210 || o.Unreached[0].Reason != "zalo.uid.consultation: window" || o.Unreached[1].Reason != "zalo.uid.consultation: consent window" {
		t.Errorf("%+v", o.Unreached)
	}
	if would := o.Unreached[0].Would; would == nil || would.Type != rules.MessengerStandard || would.Need != "window" {
		t.Errorf("%+v", would)
	}
	if o.Days != 1 || o.Single == nil || o.Single.Type != rules.ZaloConsultation || o.Single.People != 27 {
		t.Errorf("%d days, alone %+v", o.Days, o.Single)
	}
}

// TestATemplateByUserIDWouldReachThem: a way that nobody has thought of is named with
// its price.
func TestATemplateByUserIDWouldReachThem(t *testing.T) {
	w := preparedFor(t, rules.TransactionUpdate, 20261201, `{"sender":{"tool":"openapi","oaPackage":"growth"},"ways":[{"type":"zalo.uid.consultation"}]}`)
	a := answered(t, w, map[*Contact]int64{ofZalo(On(20261110), true): 4210})
	if a.Sure.Reached != 0 || len(a.Sure.Plan.Items) > 0 || a.Sure.Single != nil || a.Sure.Days != 0 {
		t.Errorf("%+v", a.Sure)
	}
	would := a.Sure.Unreached[0].Would
	if would == nil || would.Type != rules.ZNS || would.Need != "template" {
		t.Fatalf("%+v", would)
	}
	if price, ok := would.Price.Get(); !ok || price.String() != "330" || would.Currency != "VND" {
		t.Errorf("%s %s", price, would.Currency)
	}
}

// TestWhatIsSwitchedOffIsNeverNamed: not as what would reach people, however near it is, and
// it is no way where none is given.
func TestWhatIsSwitchedOffIsNeverNamed(t *testing.T) {
	people := map[*Contact]int64{
		ofZalo(On(20261110), true): 4210, ofZalo(Never(), false): 5, {Phone: 84912345678, Country: CountryOf("VN"), WhatsAppOptedIn: rules.Some(true)}: 3, {}: 2,
	}
	for _, purpose := range rules.Purposes() {
		types := rules.TypesFor(purpose)
		for _, only := range types {
			task := Task{Purpose: purpose, On: 20261201}
			task.Ways = []rules.ListWay{{Message: rules.Message{Type: only}}}
			for range types { // what is named is switched off, until nothing else is left
				w, err := Prepare(task)
				if err != nil {
					t.Fatal(err)
				}
				var next rules.MessageType
				a := answered(t, w, people)
				for _, o := range []*Outcome{&a.Sure, &a.Depends} {
					for _, way := range o.Ways {
						if slices.Contains(task.Without, way.Type) {
							t.Errorf("%s: %s is switched off and planned with", purpose, way.Type)
						}
					}
					for _, u := range o.Unreached {
						if u.Would == nil {
							continue
						}
						if slices.Contains(task.Without, u.Would.Type) {
							t.Errorf("%s by %s: %s is switched off and named", purpose, only, u.Would.Type)
						}
						if u.Would.Type != only {
							next = u.Would.Type
						}
					}
				}
				if next == "" || len(task.Without)+1 == len(types) {
					break
				}
				task.Without = append(task.Without, next)
			}
			if len(types) > 1 && len(task.Without) == 0 {
				t.Errorf("%s by %s: nothing else was named, so nothing was switched off", purpose, only)
			}
		}
	}
}

// TestOneCannotSwitchOffWhatOneSendsBy, nor all there is.
func TestOneCannotSwitchOffWhatOneSendsBy(t *testing.T) {
	for path, task := range map[string]Task{
		"ways[0].type": {ListConfig: rules.ListConfig{Ways: []rules.ListWay{{Message: rules.Message{Type: rules.ZNS}}}}, Without: []rules.MessageType{rules.ZNS}},
		"without":      {Without: rules.TypesFor(rules.Promotion)},
	} {
		task.Purpose, task.On = rules.Promotion, 20261201
		var e *rules.Error
		if _, err := Prepare(task); !errors.As(err, &e) || e.Path != path || e.Code != rules.Conflict {
			t.Errorf("%v, not of %s", err, path)
		}
	}
}

// TestWhatHangsOnSomethingIsPlannedApart: each such way names what holds it back.
func TestWhatHangsOnSomethingIsPlannedApart(t *testing.T) {
	w := prepared(t, `{"sender":{"tool":"openapi","oaPackage":"growth"},"ways":[{"type":"zalo.uid.broadcast"},{"type":"zalo.zbs-uid","template":{"approved":true,"approvedOn":"2026-01-10"}}]}`)
	got1, got2 := ofZalo(On(20261110), true), ofZalo(On(20261110), true)
	got1.ReceivedThisMonth, got2.ReceivedThisMonth = CountOf(0), CountOf(1)
	a := answered(t, w, map[*Contact]int64{got1: 10, got2: 4})
	if got := waysOf(&a.Sure); got != "zalo.uid.broadcast 10, zalo.zbs-uid 4" {
		t.Errorf("for sure: %s", got)
	}
	if got := waysOf(&a.Depends); got != "zalo.uid.broadcast 14" {
		t.Errorf("perhaps: %s", got)
	}
	// The number of broadcasts is not published for the package.
	if one := a.Depends.Ways[0]; !slices.Equal(one.Unknown, []string{"cap"}) || len(one.Needs) > 0 {
		t.Errorf("it hangs on %v, which %v would settle", one.Unknown, one.Needs)
	}
	if one := a.Sure.Ways[0]; len(one.Unknown) > 0 {
		t.Errorf("what is sure hangs on %v", one.Unknown)
	}
	noPackage := prepared(t, `{"sender":{"tool":"openapi"},"ways":[{"type":"zalo.uid.broadcast"}]}`)
	b := answered(t, noPackage, map[*Contact]int64{ofZalo(On(20261110), true): 3})
	if one := b.Depends.Ways[0]; !slices.Contains(one.Needs, "sender.oaPackage") || b.Sure.Reached != 0 {
		t.Errorf("%+v", one)
	}
}

func TestWaysOfTwoCurrenciesNeedARate(t *testing.T) {
	const ways = `"ways":[{"type":"whatsapp.marketing","template":{"approved":true}},{"type":"zalo.zns","template":{"approved":true}}]`
	c := &Contact{Phone: 84912345678, Country: CountryOf("VN"), WhatsAppOptedIn: rules.Some(true)}
	a := answered(t, prepared(t, `{`+ways+`}`), map[*Contact]int64{c: 5})
	if a.Currency != "VND" || len(a.Unrated) != 1 || a.Unrated[0] != (Unrated{rules.WhatsAppMarketing, "USD"}) || a.Sure.Reached != 0 {
		t.Errorf("%s, %+v, %d reached", a.Currency, a.Unrated, a.Sure.Reached)
	}
	if got := a.Sure.Unreached[0]; got.Reason != "zalo.zns: consent quota" && got.Reason != "whatsapp.marketing: needs a rate" {
		t.Errorf("%+v", got)
	}
	a = answered(t, prepared(t, `{`+ways+`,"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}}}`), map[*Contact]int64{c: 5})
	if len(a.Unrated) > 0 || waysOf(&a.Sure) != "whatsapp.marketing 5" || a.Sure.Quote.Converted == nil || a.Sure.Quote.Converted.Currency != "VND" {
		t.Errorf("%+v, %s", a.Unrated, waysOf(&a.Sure))
	}
	// WhatsApp alone needs none.
	a = answered(t, prepared(t, `{"ways":[{"type":"whatsapp.marketing","template":{"approved":true}}]}`), map[*Contact]int64{c: 5})
	if a.Currency != "USD" || a.Sure.Reached != 5 {
		t.Errorf("%s, %d reached", a.Currency, a.Sure.Reached)
	}
}

func TestDaysAreThoseOfTheSlowestLimit(t *testing.T) {
	w := prepared(t, `{"sender":{"dailyQuota":300,"messagingLimit":40,"promotionBase":[6000,0]},"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}},`+
		`"ways":[{"type":"whatsapp.marketing","template":{"approved":true}},{"type":"zalo.zns","template":{"approved":true}}]}`)
	byPhone := &Contact{Phone: 84912345678, CareWithin6Months: rules.Some(true), WhatsAppOptedIn: rules.Some(false)}
	byWhatsApp := &Contact{Phone: 84912345678, CareWithin6Months: rules.Some(false), WhatsAppOptedIn: rules.Some(true), Country: CountryOf("VN")}
	justWrote := *byWhatsApp
	justWrote.WhatsAppLast = On(20261201)
	for _, c := range []struct {
		people map[*Contact]int64
		days   int64
	}{
		{map[*Contact]int64{byPhone: 300}, 1}, {map[*Contact]int64{byPhone: 301}, 2}, {map[*Contact]int64{byWhatsApp: 81}, 3},
		{map[*Contact]int64{byPhone: 301, byWhatsApp: 81}, 3}, {map[*Contact]int64{byPhone: 1000, byWhatsApp: 81}, 4},
		{map[*Contact]int64{&justWrote: 500}, 1},
	} {
		if a := answered(t, w, c.people); a.Sure.Days != c.days {
			t.Errorf("%s take %d days, not %d", waysOf(&a.Sure), a.Sure.Days, c.days)
		}
	}
}

func TestMoreSegmentsThanAScenarioMayHaveArePlanned(t *testing.T) {
	w := preparedFor(t, rules.TransactionUpdate, 20261201, `{"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}},"ways":[{"type":"whatsapp.utility","template":{"approved":true}},{"type":"whatsapp.service"}]}`)
	people := map[*Contact]int64{}
	for _, country := range rules.Countries() {
		for _, last := range []Moment{{}, Never(), On(20261201), On(20261101)} {
			for _, opted := range []rules.Opt[bool]{{}, rules.Some(false), rules.Some(true)} {
				people[&Contact{Phone: 1, Country: CountryOf(country), WhatsAppLast: last, WhatsAppOptedIn: opted}] = 3
			}
		}
	}
	a := answered(t, w, people)
	if len(a.Segments) <= rules.MaxSegments || a.Sure.People != int64(3*len(people)) || a.Sure.Quote.Deliverable != a.Sure.Reached {
		t.Errorf("%d segments of %d people", len(a.Segments), a.Sure.People)
	}
	var last string
	for _, s := range a.Segments {
		country := w.people.segment(s.Key, rules.WhatsAppUtility).Country
		if country < last {
			t.Errorf("%s stands behind %s", country, last)
		}
		last = country
	}
}

func TestNobodyIsPlannedForOnAnEmptyList(t *testing.T) {
	a := prepared(t, `{}`).Plan(nil)
	if a.Sure.People != 0 || len(a.Segments) > 0 || len(a.Sure.Unreached) > 0 || a.Sure.Quote.Totals != nil {
		t.Errorf("%+v", a)
	}
}

func TestAmountsMayBeAsLargeAndAsFineAsTheyAreTaken(t *testing.T) {
	const most, finest = "999999999999.999999999999", "9999.999999999999"
	w := preparedFor(t, rules.TransactionUpdate, 20261201, `{"sender":{"tool":"openapi","oaPackage":"growth","includedMessages":1,"includePackageFee":true,"chargedThisMonth":249999},"pricing":{"currency":"VND",`+
		`"markupPercent":"`+finest+`","markupPerMessage":"`+most+`","taxPercent":"`+finest+`","bundle":{"messages":2,"fee":"`+most+`"},`+
		`"convert":{"currency":"EUR","rates":{"USD":"`+most+`","VND":"`+most+`"}}},`+
		`"ways":[{"type":"zalo.uid.consultation"},{"type":"zalo.zns","template":{"approved":true,"price":"`+most+`"}},{"type":"whatsapp.utility","template":{"approved":true}},{"type":"whatsapp.service"}]}`)
	c := &Contact{Phone: 84912345678, UID: "u", Country: CountryOf("VN"), ZaloLast: On(20261127), WhatsAppLast: On(20261201), WhatsAppOptedIn: rules.Some(true)}
	other := *c
	other.UID, other.WhatsAppLast = "", Moment{}
	a := answered(t, w, map[*Contact]int64{c: 1_000_000, &other: 1_500_000})
	if a.Sure.Reached != 2_500_000 || a.Sure.Quote.Converted == nil || a.Sure.Bound.Known() {
		t.Errorf("%d are reached: %s", a.Sure.Reached, waysOf(&a.Sure))
	}
}

func TestMorePeopleThanASegmentHasArePlanned(t *testing.T) {
	w := prepared(t, znsAlone[:1]+`"sender":{"promotionBase":[1000000000000,1000000000000]},`+znsAlone[1:])
	c := &Contact{Phone: 84912345678, CareWithin6Months: rules.Some(true)}
	a := answered(t, w, map[*Contact]int64{c: 2_500_000_000})
	if a.Sure.Reached != 2_500_000_000 || a.Sure.Quote.Deliverable != a.Sure.Reached || len(a.Sure.Plan.Items[0].Audience) != 3 {
		t.Errorf("%d are reached", a.Sure.Reached)
	}
}
