package reply

import (
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

// htmlOf is a part of the answer as it is drawn.
func htmlOf(ui goapp.UI) string { return goapp.HTMLString(goapp.Div().Body(ui)) }

const znsToday = `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":1,"template":{"kind":"otp","approved":true,"image":true}},"audience":[{"recipients":1000,"phone":true}]}`

// What is told of every ZNS is folded away, and counted; what this one is told stands in
// sight with the reasons. All of it is there, so that paper shows it.
func TestNoticesForEveryMessageAreFoldedAndNoneIsLost(t *testing.T) {
	for _, lang := range []string{"vi", "en", "ru"} {
		r := answerOf(t, lang, znsToday)
		folded, inSight := htmlOf(r.Notices()), htmlOf(r.Why())
		w, rest := r.Desk.Words(), int64(0)
		for i := range r.Desk.Quote.Notices {
			n := &r.Desk.Quote.Notices[i]
			if n.Code == priceList {
				continue // stands with the price
			}
			text := goapp.HTMLString(goapp.Text(w.NoticeText(n)))
			if strings.Contains(inSight, text) != n.Particular() || strings.Contains(folded, text) == n.Particular() {
				t.Errorf("%s: %s stands elsewhere", lang, n.Code)
			}
			if !n.Particular() {
				rest++
			}
		}
		if want := w.Count("notices.of", rest); !strings.Contains(folded, want) || rest < 3 {
			t.Errorf("%s: no %q in %s", lang, want, folded)
		}
	}
}

// A notice that leaves something open leads to where the sender can say it, but not in an
// answer that nobody can change.
func TestANoticeLeadsToWhereItIsSaid(t *testing.T) {
	for _, lang := range []string{"vi", "en", "ru"} {
		r := answerOf(t, lang, `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"sender":{"tool":"oa-manager-web"},"audience":[{"recipients":10,"hoursSinceInteraction":30,"uid":true}]}`)
		way := ">" + r.Desk.Words().Text("notice.zalo.consultation.free-cap.set") + "</button>"
		if all := htmlOf(r.Notices()) + htmlOf(r.Why()); strings.Count(all, way) != 1 {
			t.Errorf("%s: no %q in %s", lang, way, all)
		}
		r.Desk.Options.ReadOnly = true
		if all := htmlOf(r.Notices()) + htmlOf(r.Why()); strings.Contains(all, way) {
			t.Errorf("%s: %q in %s", lang, way, all)
		}
	}
}

// Groups with the same reasons stand together above them.
func TestGroupsShareTheirReasons(t *testing.T) {
	r := answerOf(t, "en", `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"sender":{"tool":"openapi"},"audience":[`+
		`{"recipients":1,"hoursSinceInteraction":200,"uid":true},{"recipients":2,"hoursSinceInteraction":100,"uid":true},{"recipients":3,"hoursSinceInteraction":300,"uid":true}]}`)
	why := htmlOf(r.Why())
	at := -1
	for _, next := range []string{"Group 1", "0 of 1 messages", "Group 3", "0 of 3 messages", "check-fail", "Group 2", "₫110", "2 of 2 messages", "</section>"} {
		after := strings.Index(why, next)
		if after <= at {
			t.Errorf("%q is not next in %s", next, why)
		}
		at = after
	}
	if n := strings.Count(why, "check-fail"); n != 1 {
		t.Errorf("the reason stands there %d times", n)
	}
}

// Which of the two lists of prices holds is told at the price, with the way to the
// other one, where the price is of a list.
func TestTheListOfPricesIsChosenAtThePrice(t *testing.T) {
	public := strings.Replace(znsToday, `"audience"`, `"assume":{"zalo.zbs.price-list":"public-list"},"audience"`, 1)
	for scenario, want := range map[string]string{
		znsToday: "Change to the public list", public: "Change to the prices on templates",
		strings.Replace(znsToday, "2026-11-21", "2026-03-15", 1):                                             "",
		strings.Replace(znsToday, `"image"`, `"price":"700","image"`, 1):                                     "",
		strings.NewReplacer("zalo.zns", "zalo.zbs-uid", "otp", "custom", `"phone"`, `"uid"`).Replace(public): "Change to the prices on templates",
	} {
		html := htmlOf(answerOf(t, "en", scenario).Breakdown())
		if !strings.Contains(html, want) || strings.Contains(html, "notice") != (want != "") {
			t.Errorf("%s: no %q in %s", scenario, want, html)
		}
	}
}

// The postmark of a utility message from a country that nobody has named is no yes.
func TestThePostmarkDependsOnTheCountryOfTheSender(t *testing.T) {
	scenario := `{"on":"2026-11-21","message":{"type":"messenger.utility-message","promotional":false,"template":{"approved":true}},"audience":[{"recipients":1000},{"recipients":5}]}`
	r := answerOf(t, "en", scenario)
	stamp, why := htmlOf(r.Stamp()), htmlOf(r.Why())
	for _, want := range []string{`verdict-depends`, "Depends on:", "Country of your business", "Up to 1,005 can be sent"} {
		if !strings.Contains(stamp, want) {
			t.Errorf("no %q in %s", want, stamp)
		}
	}
	if strings.Contains(stamp, "verdict-eligible") || strings.Count(why, "check-unknown") != 1 || strings.Count(why, "verdict-depends") != 2 || strings.Contains(why, "verdict-eligible") {
		t.Errorf("it is a yes after all: %s %s", stamp, why)
	}
	if r.Desk.Quote.Verdict != rules.Eligible {
		t.Error("the rules themselves answer otherwise")
	}
}
