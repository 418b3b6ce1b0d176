package plan_test

import (
	"testing"

	"postage/app/plan"
	"postage/app/words"
	"postage/rules"
)

// TestTheQuotaOfAPlanIsForecast asks what becomes of a quota of 10,000 of which a plan
// uses 3,000 a day.
func TestTheQuotaOfAPlanIsForecast(t *testing.T) {
	asked, err := rules.DecodePlan([]byte(`{"items":[{"on":"2026-12-01","every":"day","until":"2026-12-31","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":3000,"phone":true}]},
		{"on":"2026-12-10","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":90000,"uid":true,"hoursSinceInteraction":1}]}],"sender":{"dailyQuota":10000}}`))
	if err != nil {
		t.Fatal(err)
	}
	p := plan.Of(asked, "2026-11-29", "vi")
	a := p.Answer("2026-11-29")
	if got := a.BusiestWeek(); got != 7*3000 {
		t.Errorf("in its busiest week it delivers %d ZNS", got)
	}
	good := plan.Forecast{Quality: rules.QualityHigh}
	for _, c := range []struct {
		what   string
		said   func(f *plan.Forecast)
		next   int64
		move   rules.QuotaMove
		reason string
		wrong  string
	}{
		{"the plan itself is twice the quota", func(*plan.Forecast) {}, 20000, rules.QuotaUp, rules.ReasonHighAndBusy, ""},
		{"less than twice", func(f *plan.Forecast) { f.Delivered = "19.999" }, 10000, rules.QuotaStay, rules.ReasonTooFew, ""},
		{"changed three days ago", func(f *plan.Forecast) { f.Since = "3" }, 10000, rules.QuotaStay, rules.ReasonWait, ""},
		{"too many reports", func(f *plan.Forecast) { f.Reports = "201" }, 1000, rules.QuotaDown, rules.ReasonPenalty, ""},
		{"poor quality", func(f *plan.Forecast) { f.Quality = rules.QualityLow }, 1000, rules.QuotaDown, rules.ReasonLow, ""},
		{"no number", func(f *plan.Forecast) { f.Reports = "vài" }, 0, "", "", plan.PathReports},
	} {
		f := good
		c.said(&f)
		q, wrong, ok := a.Forecast(f)
		reason := ""
		if ok {
			reason = q.Reasons[0].Code
		}
		if q.Next != c.next || q.Move != c.move || reason != c.reason || wrong != c.wrong || ok != (c.wrong == "") {
			t.Errorf("%s: %+v, %q", c.what, q, wrong)
		}
	}
	odd := asked
	odd.Sender.DailyQuota = rules.Some[int64](4999)
	other := plan.Of(odd, "2026-11-29", "vi")
	if _, wrong, ok := other.Answer("2026-11-29").Forecast(good); ok || wrong != "" {
		t.Errorf("a quota that is no tier is forecast, or %q is to blame", wrong)
	}
}

// TestEveryReasonOfAForecastHasItsWords in every language.
func TestEveryReasonOfAForecastHasItsWords(t *testing.T) {
	for _, code := range words.Codes {
		for _, reason := range rules.QuotaReasonCodes() {
			if !words.Of(code).Has("forecast.because." + reason) {
				t.Errorf("%s has no words for %s", code, reason)
			}
		}
		for _, move := range []rules.QuotaMove{rules.QuotaUp, rules.QuotaStay, rules.QuotaDown} {
			if !words.Of(code).Has("forecast." + string(move)) {
				t.Errorf("%s has no words for %s", code, move)
			}
		}
	}
}
