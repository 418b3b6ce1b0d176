package reply

import (
	"fmt"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

// answerOf is the answer to a scenario.
func answerOf(t *testing.T, lang, scenario string) *Column {
	t.Helper()
	f, err := formtest.FormOfText([]byte(scenario), formtest.TestDay, lang)
	if err != nil {
		t.Fatal(err)
	}
	r := New(desk.New(lang, false), nil)
	r.Desk.Form = f
	if r.Desk.Compute(); !r.Desk.Current() {
		t.Fatalf("%s: %v %v", scenario, r.Desk.Mistakes, r.Desk.Refused)
	}
	return r
}

// hearLink listens to a link as one that is opened.
func (r *Column) hearLink(link string) {
	coded, _ := form.ScenarioOf(link)
	if asked, wrong := model.Decode(coded); wrong == nil {
		r.Desk.Hear(link, &asked)
		return
	}
	r.Desk.Hear(link, nil)
}

func TestALinkWithAnotherAnswerIsToldBesideTodays(t *testing.T) {
	s := answerOf(t, "en", `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"},"perRecipient":1}`)
	scenario := string(s.Desk.Scenario)
	html := func(link string) string {
		s.hearLink(link)
		return goapp.HTMLString(goapp.Div().Body(s.otherAnswer()))
	}
	base := form.LinkOf([]byte(scenario))
	for _, c := range []struct{ name, says, want string }{
		{"the same answer", form.ClaimFor(s.Desk.Quote, formtest.TestDay).Says(), ""},
		{"an old link without an answer", "", ""},
		{"another total", "&b=00000000&d=2026-10-01&a=eligible_50000_VND", "The link said on 1 Oct 2026|Can be sent · ₫50,000|Can be sent · ₫55,000|have been updated"},
		{"another verdict, no price, no day", "&a=depends__", "The link said<|Depends · No published price|have been updated"},
		{"the same book", "&b=" + rules.BookVersion() + "&d=2026-10-01&a=eligible_5_VND", "may have been altered"},
	} {
		got := html(base + c.says)
		for part := range strings.SplitSeq(c.want, "|") {
			if !strings.Contains(got, part) || (c.want == "") != (s.Desk.Told == nil) {
				t.Errorf("%s: no %q in %s", c.name, part, got)
			}
		}
	}
	// Another scenario has nothing to do with the link's answer any more.
	html(base + "&a=eligible_50000_VND")
	if link := s.Desk.OwnLink(); link != base+"&a=eligible_50000_VND" {
		t.Errorf("the link has become %s", link)
	}
	s.Desk.Form.Set(form.PathPer, "2")
	s.Desk.Compute()
	if got := goapp.HTMLString(goapp.Div().Body(s.otherAnswer())); strings.Contains(got, "told") || s.Desk.OwnLink() != s.Desk.NewLink() {
		t.Errorf("after a change still %s", got)
	}
}

// Who wants to send an offer by a type that may carry none is led to those that may,
// but not in a partner's page, which has no others.
func TestAnOfferLeadsToTheTypesThatMayCarryIt(t *testing.T) {
	const link = "Xem cách gửi được ưu đãi"
	for _, c := range []struct {
		promotional string
		frame, want bool
	}{{"true", false, true}, {"false", false, false}, {"true", true, false}} {
		s := answerOf(t, "vi", `{"on":"2026-11-21","message":{"type":"messenger.utility-message","promotional":`+c.promotional+`},"audience":[{"recipients":10}]}`)
		s.Desk.Frame = c.frame
		if got := strings.Contains(goapp.HTMLString(s.Why()), link); got != c.want {
			t.Errorf("promotional %s, in a frame %t: the link is there: %t", c.promotional, c.frame, got)
		}
	}
}

// The list of changes says where none is announced, and nothing of it where one is.
func TestTheChangesSayWhereNoneIsAnnounced(t *testing.T) {
	const scenario = `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"},"perRecipient":1}`
	for today, want := range map[string]bool{formtest.TestDay: true, "2021-01-01": false} {
		s := answerOf(t, "en", scenario)
		s.Desk.Form.Today = today
		shown := goapp.HTMLString(goapp.Ol().Body(s.changeItems()...))
		if got := strings.Contains(shown, "No change is announced"); got != want || !strings.Contains(shown, "change-day") {
			t.Errorf("on %s it is said: %t in %s", today, got, shown)
		}
	}
}

// TestPeopleAbroadAreNotTakenForThoseAtHome: a group whose country was said for WhatsApp
// keeps it, where an answer about Zalo or Messenger does not look at it.
func TestPeopleAbroadAreNotTakenForThoseAtHome(t *testing.T) {
	for _, lang := range words.Codes {
		r := answerOf(t, lang, `{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":300,"country":"VN"},{"recipients":200,"country":"DE"}]}`)
		for _, step := range []struct{ path, value, told string }{
			{"message.type", "whatsapp.utility", ""}, {"message.type", "zalo.zns", "stamp.abroad.zalo"},
			{"message.type", "messenger.standard", "stamp.abroad.messenger"},
			{"message.type", "messenger.marketing-message", ""}, // it asks for the country
			{"message.type", "messenger.standard", "stamp.abroad.messenger"}, {"audience[1].country", "VN", ""},
		} {
			r.Desk.Form.Set(step.path, step.value)
			r.Desk.Compute()
			if r.Desk.Quote == nil {
				t.Fatal(r.Desk.Mistakes)
			}
			shown := goapp.HTMLString(r.Stamp())
			for _, key := range []string{"stamp.abroad.zalo", "stamp.abroad.messenger"} {
				if told := strings.Contains(shown, r.Desk.Words().Text(key)); told != (key == step.told) {
					t.Errorf("%s, %s %s: %s is said: %v", lang, step.path, step.value, key, told)
				}
			}
		}
	}
}

// TestAYesToAZNSLeadsToWhatItLeavesOpen: offers have a purpose of their own, whoever has
// not said the account's package may have one that sends no ZNS, and a package has a fee.
func TestAYesToAZNSLeadsToWhatItLeavesOpen(t *testing.T) {
	const zns = `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":%d,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":300,"phone":true,"careWithin6Months":true}],"sender":{"dailyQuota":50000,"promotionBase":[6000,6000]%s}}`
	const free = `{"on":"2026-11-21","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":300,"uid":true,"follows":true}],"sender":{"tool":"oa-manager-web","oaPackage":"growth"}}`
	keys := [...]string{"stamp.offers", "stamp.package", "stamp.fee"}
	for _, lang := range words.Codes {
		for scenario, want := range map[string][len(keys)]bool{
			fmt.Sprintf(zns, 1, ""):                                               {true, true, false},
			fmt.Sprintf(zns, 3, ""):                                               {false, true, false},
			fmt.Sprintf(zns, 2, `,"oaPackage":"growth"`):                          {true, false, true},
			fmt.Sprintf(zns, 2, `,"oaPackage":"growth","includePackageFee":true`): {true, false, false},
			free: {false, false, true},
			fmt.Sprintf(zns, 1, `,"oaPackage":"basic"`):                             {false, false, false}, // it cannot be sent at all
			strings.Replace(fmt.Sprintf(zns, 1, ""), "2026-11-21", "2024-01-05", 1): {true, false, false},  // any package did
		} {
			r := answerOf(t, lang, scenario)
			shown := goapp.HTMLString(r.Stamp())
			var got [len(keys)]bool
			for k, key := range keys {
				got[k] = strings.Contains(shown, r.Desk.Words().Text(key))
			}
			if got != want {
				t.Errorf("%s: of %s the stamp says %v: %v, not %v", lang, scenario, keys, got, want)
			}
		}
	}
}

// TestTheStampWarnsOfWhatIsBlocked where the book does, and leads to what it says there.
func TestTheStampWarnsOfWhatIsBlocked(t *testing.T) {
	const toRussia = `{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":%t}},"audience":[{"recipients":400,"country":"RU","optedIn":true}]}`
	yes := fmt.Sprintf(toRussia, true)
	for lang, whom := range map[string]string{"vi": "gửi sang Nga", "en": "to Russia", "ru": "в Россию"} {
		for scenario, code := range map[string]string{
			yes: "whatsapp.russia.blocked", strings.Replace(yes, "2026-11-21", "2026-01-05", 1): "whatsapp.russia.slowed",
			strings.Replace(yes, "RU", "VN", 1): "", fmt.Sprintf(toRussia, false): "",
			// Those in Russia get none, the others do.
			strings.Replace(yes, `"optedIn":true}`, `"optedIn":false},{"recipients":9,"country":"VN","optedIn":true}`, 1): "",
		} {
			r := answerOf(t, lang, scenario)
			stamp := goapp.HTMLString(r.Stamp())
			for _, one := range []string{"whatsapp.russia.blocked", "whatsapp.russia.slowed"} {
				if said := r.Desk.Words().Text("stamp.RU." + one); strings.Contains(stamp, said) != (one == code) {
					t.Errorf("%s: of %s the stamp says %q: %v", lang, scenario, said, one != code)
				} else if !strings.Contains(said, whom) {
					t.Errorf("%s: %q does not say whom", lang, said)
				}
			}
			if code != "" && !strings.Contains(goapp.HTMLString(r.Why()), `id="notice-`+code+`"`) {
				t.Errorf("%s: there is no %s to lead to", lang, code)
			}
		}
	}
}

// TestAPriceLeadsToItsList: the document has no address of its own, so that it is shown on
// the Rules page.
func TestAPriceLeadsToItsList(t *testing.T) {
	for _, lang := range words.Codes {
		r := answerOf(t, lang, `{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":400,"country":"RU","optedIn":true}]}`)
		if shown := goapp.HTMLString(r.Breakdown()); !strings.Contains(shown, `rules/#source-WA-CARD-2026-10"`) {
			t.Errorf("%s: the price leads nowhere: %s", lang, shown)
		}
	}
}

// TestAGroupUnderTheReasonsHasItsCountry, where one is known.
func TestAGroupUnderTheReasonsHasItsCountry(t *testing.T) {
	r := answerOf(t, "en", `{"on":"2026-11-21","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":400,"country":"RU","optedIn":true},{"recipients":5,"country":"VN","optedIn":true}]}`)
	why := goapp.HTMLString(r.Why())
	for g, code := range []string{"RU", "VN"} {
		if want := fmt.Sprintf("Group %d · %s ", g+1, r.Desk.CountryName(code)); !strings.Contains(why, want) {
			t.Errorf("no %q in %s", want, why)
		}
	}
}

// TestWhatNobodyHasSaidIsNamedBesideAYes, in words for every question that starts with a yes;
// that people's ids are known follows from what they have done.
func TestWhatNobodyHasSaidIsNamedBesideAYes(t *testing.T) {
	for _, lang := range words.Codes {
		w := words.Of(lang)
		for _, kind := range rules.MessageTypes("") {
			r := New(desk.New(lang, false), nil)
			r.Desk.Form = form.New(formtest.TestDay, lang)
			r.Desk.Form.Set(form.PathType, string(kind))
			draw := func() string {
				r.Desk.Compute()
				return goapp.HTMLString(goapp.Div().Body(r.taken()))
			}
			shown := draw()
			if !r.Desk.Current() || r.Desk.Quote.Deliverable == 0 {
				continue
			}
			for _, q := range r.Desk.Form.Questions() {
				if q.Kind != form.AskYesNo || q.Standard != "" || r.Desk.Form.Get(q.Path) != form.Yes || q.Name == "audience.uid" {
					continue
				}
				said := goapp.HTMLString(goapp.Text(w.Text("stamp.taken." + q.Name)))
				if !w.Has("stamp.taken."+q.Name) || !strings.Contains(shown, said) {
					t.Errorf("%s, %s: nobody has answered %s: %s", lang, kind, q.Path, shown)
				}
				r.Desk.Form.Set(q.Path, form.Yes)
				if again := draw(); strings.Contains(again, said) {
					t.Errorf("%s, %s: %s has been answered: %s", lang, kind, q.Path, again)
				}
			}
		}
	}
}
