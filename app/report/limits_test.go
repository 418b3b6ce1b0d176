package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/words"
	"postage/rules"
)

// said is all that the report says, with plain spaces.
func (r *Report) said() string { return r.PlainText() }

const nine = `{"on":"2025-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":30}],"perRecipient":9,"sender":{"tool":"oa-manager-web"}}`

// The ninth message within 48 hours is named in the reasons and in the line of what it
// costs, and so is the reply behind a WhatsApp number's free thousand.
func TestTheFirstMessageThatCostsSomethingIsNamed(t *testing.T) {
	reply := `{"on":"2026-11-21","message":{"type":"whatsapp.service"},"audience":[{"recipients":3000,"country":"VN","hoursSinceInteraction":3}],"sender":{"phoneNumbers":2}}`
	for name, c := range map[string]struct{ scenario, line, reason string }{
		"the ninth":          {nine, "1.000 × 55 ₫ · từ tin thứ 9 của mỗi người", "từ tin thứ 9 tính tiền"},
		"the other reading":  {strings.Replace(strings.Replace(nine, "2025", "2026", 1), `"sender"`, `"assume":{"zalo.consultation.free-cap":"8"},"sender"`, 1), "từ tin thứ 9 của mỗi người", "mỗi người chỉ được 8 tin miễn phí"},
		"two interactions":   {strings.Replace(strings.Replace(nine, `"uid"`, `"interactions":2,"uid"`, 1), `:9`, `:20`, 1), "từ tin thứ 17 của mỗi người", "từ tin thứ 17"},
		"all free":           {strings.Replace(nine, "2025", "2026", 1), "", ""},
		"eight":              {strings.Replace(nine, ":9", ":8", 1), "", ""},
		"past 48 hours":      {strings.Replace(nine, ":30", ":90", 1), "", ""},
		"the free thousand":  {reply, "từ tin thứ 2.001", "mỗi số có 1.000 tin trả lời miễn phí"},
		"inside of thousand": {strings.Replace(reply, "3000", "300", 1), "", ""},
	} {
		got := reportOf(t, "vi", c.scenario).said()
		for _, want := range []string{c.line, c.reason} {
			if !strings.Contains(got, want) || want == "" && strings.Contains(got, "từ tin thứ") {
				t.Errorf("%s: no %q in\n%s", name, want, got)
			}
		}
	}
}

// Of the daily quota post-sale messages once had a quarter; the days say so.
func TestTheDaysSayOfWhichLimitTheyAre(t *testing.T) {
	scenario := `{"on":"2024-10-31","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true}},"audience":[{"recipients":12000,"phone":true}],"sender":{"dailyQuota":20000}}`
	for scenario, want := range map[string]string{
		scenario: "5,000 a day = 25% of your 20,000",
		strings.Replace(scenario, "dailyQuota\":20000", "oldDailyQuota\":16000", 1): "5,000 a day = 25% of your 20,000",
		strings.Replace(scenario, `:3,`, `:1,`, 1):                                  "Your quota allows 20,000 messages a day",
		strings.Replace(scenario, "2024-10-31", "2024-11-01", 1):                    "Your quota allows 20,000 messages a day",
	} {
		if got := reportOf(t, "en", scenario).said(); !strings.Contains(got, want) {
			t.Errorf("%s: no %q in\n%s", scenario, want, got)
		}
	}
}

// What hangs on something is a number at the most.
func TestWhatDependsGoesOutAtTheMost(t *testing.T) {
	scenario := `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true}]}`
	for lang, want := range map[string]string{"vi": "Gửi được nhiều nhất 1.000", "en": "Up to 1,000 can be sent", "ru": "Уйдёт не больше 1 000"} {
		r := reportOf(t, lang, scenario)
		if got := strings.ReplaceAll(joined(r.SplitText()), words.NoBreakSpace, " "); got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
	r := reportOf(t, "en", strings.Replace(scenario, `}]`, `},{"recipients":20,"uid":false}]`, 1))
	if got := joined(r.SplitText()); got != "Up to 1,000 can be sent · At least 20 cannot" {
		t.Error(got)
	}
	r = reportOf(t, "en", strings.Replace(scenario, `:true`, `:true,"hoursSinceInteraction":1`, 1))
	if got := joined(r.SplitText()); got != "1,000 can be sent · 0 cannot" {
		t.Error(got)
	}
}

const template = `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true,"image":true,"buttons":["oa-page","own-website","other-website"]}},"audience":[{"recipients":1000,"phone":true}]}`

// Each part of a template stands in the breakdown with what it adds, a button that
// adds nothing too; by user id each is said to be a share of the price by phone.
func TestEachPartOfATemplateIsSeen(t *testing.T) {
	r := reportOf(t, "en", template)
	var got []string
	for _, e := range r.Entries() {
		if e.Line != nil {
			got = append(got, e.Title+" "+e.Amount)
		}
	}
	want := []string{"Custom template ₫300,000", "Buttons · Your own website ₫100,000", "Buttons · Another company's website ₫500,000", "Image ₫300,000", "Buttons · Your OA page ₫0"}
	if !slices.Equal(got, want) {
		t.Errorf("the parts are %q", got)
	}
	uid := strings.NewReplacer("zalo.zns", "zalo.zbs-uid", `"phone"`, `"hoursSinceInteraction":1,"uid"`, `true,"image"`, `true,"approvedOn":"2026-02-01","image"`, `"audience"`, `"sender":{"tool":"openapi","oaPackage":"growth"},"audience"`).Replace(template)
	if got := reportOf(t, "en", uid).said(); !strings.Contains(got, "Image (1,000 × ₫210 · by user id: 70% of the price by phone): ₫210,000") {
		t.Errorf("by user id it is\n%s", got)
	}
	if list := reportOf(t, "en", strings.Replace(template, `"audience"`, `"assume":{"zalo.zbs.price-list":"public-list"},"audience"`, 1)).said(); !strings.Contains(list, "- Buttons (2,000 × ₫100): ₫200,000") {
		t.Errorf("by the public list it is\n%s", list)
	}
}

// A price that the user has from their own template is said to be theirs: on the
// stamp, and as the source of its line.
func TestThePriceOfOnesOwnTemplateIsOnesOwn(t *testing.T) {
	r := reportOf(t, "vi", strings.Replace(template, `"approved"`, `"price":"800","approved"`, 1))
	if got := r.PerMessage(); got != "880\u00a0₫ mỗi tin gửi được, theo giá của bạn" {
		t.Errorf("the stamp says %q", got)
	}
	for _, e := range r.Entries() {
		if l := e.Line; l != nil && (e.Title != "Giá in trên mẫu" || words.SourceNames(r.Words(), l.Sources) != "Giá của bạn" || l.Rule != "") {
			t.Errorf("the line is %q from %q", e.Title, l.Sources)
		}
	}
	if got := words.SourceNames(r.Words(), r.Quote.Lines[0].Sources); got != "" {
		t.Errorf("the answer itself has the source %q", got)
	}
	if !strings.Contains(r.Table(), ",Giá của bạn\r\n") {
		t.Errorf("none in the table\n%s", r.Table())
	}
	if got := reportOf(t, "vi", template).PerMessage(); strings.Contains(got, "giá của bạn") {
		t.Errorf("a price of the book is called one's own: %q", got)
	}
}

// Since 2026-03-13 nobody has said from which countries utility messages go out: who
// does not say that the business is in one of the four of before gets no yes.
func TestAnUtilityMessageFromAnywhereIsNoYes(t *testing.T) {
	scenario := `{"on":"2026-11-21","message":{"type":"messenger.utility-message","promotional":false,"template":{"approved":true}},"audience":[{"recipients":1000}],"sender":{"country":"VN"}}`
	for country, want := range map[string]struct {
		verdict rules.Verdict
		open    []string
	}{
		`"VN"`: {rules.Eligible, nil},
		`"DE"`: {rules.Depends, []string{"sender.country"}},
		``:     {rules.Depends, []string{"sender.country"}},
	} {
		s := strings.Replace(scenario, `"country":"VN"`, `"country":`+country, 1)
		if country == "" {
			s = strings.Replace(scenario, `"country":"VN"`, "", 1)
		}
		r := reportOf(t, "en", s)
		if got := r.Verdict(); got != want.verdict || !slices.Equal(r.OpenQuestions(), want.open) {
			t.Errorf("from %q it is %s, with the questions %q", country, got, r.OpenQuestions())
		}
		if r.Quote.Verdict != rules.Eligible || len(r.Quote.Segments[0].Checks) != 3 {
			t.Errorf("from %q the rules themselves answer %s", country, r.Quote.Verdict)
		}
		if reason := "Depends: It depends on your country"; strings.Contains(r.said(), reason) != (want.verdict == rules.Depends) {
			t.Errorf("from %q:\n%s", country, r.said())
		}
	}
	if f := formtest.FormWith(map[string]string{form.PathType: string(rules.MessengerUtility)}); f.Get("sender.country") != "VN" || !f.Asks("sender.country") {
		t.Error("a form does not begin with a business in Vietnam")
	}
}

// What an answer means on another day is said where that has changed.
func TestAnAnswerThatDoesNotFitTheDayIsTold(t *testing.T) {
	misfit := func(r *Report, path string) string {
		for _, q := range r.Form.Questions() {
			if q.Path == path {
				return (Question{r, q}).Misfit()
			}
		}
		return "not asked"
	}
	r := reportWith("en", form.New(formtest.TestDay, "en"))
	r.Form.Set(form.PathType, string(rules.ZNS))
	r.Entered("sender.dailyQuota", "5000")
	r.Entered("sender.oaPackage", "growth")
	for _, c := range []struct{ on, tag, quota, tagSaid, packageSaid string }{
		{"2024-05-01", "", "", "", "You chose “Growth”, which there is not on this day. Choose again."},
		{"2023-01-01", "3", "There is no such tier on this day. Look again.", "", "not asked"},
		{"2024-03-12", "", "", "", "You chose “Growth”, which there is not on this day. Choose again."},
		{"2024-04-16", "", "", "You chose tag 3 · Post-sale for another day. On 16 Apr 2024 the numbers changed, post-sale from 5 to 3: choose again.", "You chose “Growth”, which there is not on this day. Choose again."},
		{"2024-04-15", "5", "", "", "You chose “Growth”, which there is not on this day. Choose again."},
		{"2026-11-21", "", "", "You chose tag 5 for another day. On 16 Apr 2024 the numbers changed, post-sale from 5 to 3: choose again.", ""},
		{"2026-11-21", "3", "", "", ""},
	} {
		r.Entered(form.PathOn, c.on)
		if c.tag != "" {
			r.Entered("message.tag", c.tag)
		}
		if got := r.Form.Get("sender.dailyQuota"); got != "=5000" {
			t.Errorf("on %s the quota has become %s", c.on, got)
		}
		for path, want := range map[string]string{"sender.dailyQuota": c.quota, "message.tag": c.tagSaid} {
			if got := misfit(r, path); got != want {
				t.Errorf("on %s %s is told %q, not %q", c.on, path, got, want)
			}
		}
		if got := misfit(r, "sender.oaPackage"); got != c.packageSaid && got != "not asked" {
			t.Errorf("on %s the package is told %q", c.on, got)
		}
	}
}

// TestWhatOneEarnsIsNotInTheTextForTheCustomer: who sets the prices sees it, and the text
// that is copied for a customer has the rest alone.
func TestWhatOneEarnsIsNotInTheTextForTheCustomer(t *testing.T) {
	for lang, earned := range map[string]string{"vi": "thu về trước thuế", "en": "you earn before tax", "ru": "Доход до налога"} {
		r := reportOf(t, lang, strings.Replace(template, `"audience"`, `"pricing":{"markupPerMessage":"50"},"audience"`, 1))
		private := ""
		for _, e := range r.Entries() {
			if e.Private {
				private += e.Title + " " + e.Amount
			}
		}
		if !strings.Contains(private, earned) || !strings.Contains(private, "50") {
			t.Errorf("%s: what one earns is %q", lang, private)
		}
		if said := r.PlainText(); strings.Contains(said, earned) || !strings.Contains(said, r.Words().Text("total.gross")) {
			t.Errorf("%s: the customer reads\n%s", lang, said)
		}
	}
}

// TestTheFirstMonthOfOffersIsNamedWhereTheQuotaBites: it is a box among many, and worth
// ten thousand messages.
func TestTheFirstMonthOfOffersIsNamedWhereTheQuotaBites(t *testing.T) {
	const offer = `{"on":"%s","message":{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true}},"audience":[{"recipients":3000,"phone":true,"careWithin6Months":true}],"sender":{"dailyQuota":50000,"promotionBase":[600,600]%s}}`
	for asked, want := range map[string]bool{
		fmt.Sprintf(offer, "2026-11-21", ""): true, fmt.Sprintf(offer, "2026-11-21", `,"firstPromotionMonth":true,"promotionSentThisMonth":9000`): false,
	} {
		for lang, bonus := range map[string]string{"vi": "có thêm 10.000 tin", "en": "there are 10,000 more", "ru": "их на 10 000 больше"} {
			r, said := reportOf(t, lang, asked), ""
			for _, c := range r.Checks(0) {
				said += FirstMonth(r, &c)
			}
			if strings.Contains(strings.ReplaceAll(said, "\u00a0", " "), bonus) != want || strings.Contains(r.said(), bonus) {
				t.Errorf("%s: %q is said: %v, and in the text for a customer: %v", lang, said, !want, strings.Contains(r.said(), bonus))
			}
		}
	}
}
