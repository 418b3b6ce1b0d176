package rules_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// A workedPlan is a plan with what its quote must say: all of what expect has. Null
// means that the quote has it not.
type workedPlan struct {
	Name   string          `json:"name"`
	Plan   json.RawMessage `json:"plan"`
	Expect map[string]any  `json:"expect"`
}

// workedPlans are those of testdata/cases/plans, with the file and the line in their
// names.
func workedPlans(t testing.TB) (list []workedPlan) {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/plans/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no worked plans: %v", err)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			var example workedPlan
			if err := json.Unmarshal(lines.Bytes(), &example); err != nil {
				t.Fatalf("%s:%d: %v", file, n, err)
			}
			example.Name = filepath.Base(file) + ":" + strconv.Itoa(n) + " " + example.Name
			list = append(list, example)
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func eachWorkedPlan(t *testing.T, test func(*testing.T, workedPlan)) {
	t.Helper()
	for _, example := range workedPlans(t) {
		t.Run(example.Name, func(t *testing.T) { test(t, example) })
	}
}

func TestWorkedPlans(t *testing.T) {
	eachWorkedPlan(t, func(t *testing.T, example workedPlan) {
		answer, _ := rules.AnswerPlan(example.Plan)
		var got map[string]any
		if err := json.Unmarshal(answer, &got); err != nil {
			t.Fatal(err)
		}
		for _, difference := range differing("", example.Expect, got) {
			t.Error(difference)
		}
		if t.Failed() {
			t.Logf("plan %s\nis answered with %s", example.Plan, answer)
		}
	})
}

// differing tells where an answer is not what is expected of it. What an expectation
// leaves out may be anything.
func differing(path string, want, got any) (found []string) {
	switch want := want.(type) {
	case map[string]any:
		have, _ := got.(map[string]any)
		for name, value := range want {
			found = append(found, differing(path+"."+name, value, have[name])...)
		}
		if have == nil {
			found = append(found, path+" is no object")
		}
		return found
	case []any:
		have, _ := got.([]any)
		if len(have) != len(want) {
			return []string{path + " has " + strconv.Itoa(len(have)) + " entries, not " + strconv.Itoa(len(want))}
		}
		for i := range want {
			found = append(found, differing(path+"["+strconv.Itoa(i)+"]", want[i], have[i])...)
		}
		return found
	}
	if !reflect.DeepEqual(want, got) {
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		return []string{path + " is " + string(a) + ", not " + string(b)}
	}
	return nil
}

// TestAMistakeOfALaterDayNamesTheDay, the first one of the item.
func TestAMistakeOfALaterDayNamesTheDay(t *testing.T) {
	for _, c := range []struct{ plan, path, day string }{
		{`{"items":[{"on":"2027-05-15","every":"week","until":"2027-07-15","message":{"type":"zalo.uid.broadcast"},"audience":[{"recipients":1}]}],"sender":{"oaPackage":"advanced"}}`, "sender.oaPackage", "2027-06-05"},
		{`{"items":[{"on":"2024-04-14","every":"day","until":"2024-05-14","message":{"type":"zalo.zns","tag":5,"template":{"kind":"custom"}},"audience":[{"recipients":1}]}]}`, "items[0].message.tag", "2024-04-16"},
		{`{"items":[{"on":"2024-04-10","message":{"type":"messenger.standard"},"audience":[{"recipients":1}]},{"on":"2024-04-10","every":"month","until":"2024-06-10","message":{"type":"zalo.zns","tag":4,"template":{"kind":"custom"}},"audience":[{"recipients":1}]}]}`, "items[1].message.tag", "2024-05-10"},
	} {
		_, err := rules.DecodePlan([]byte(c.plan))
		var e *rules.Error
		if !errors.As(err, &e) || e.Path != c.path || !strings.Contains(e.Message, c.day) {
			t.Errorf("%s: %v, not at %s of %s", c.plan, err, c.path, c.day)
		}
	}
}

// utilityInWindow could go as free replies, while there are any.
const utilityInWindow = `{"on":"2026-12-01","message":{"type":"whatsapp.utility","template":{"approved":true}},"audience":[{"recipients":500,"country":"VN","optedIn":true,"hoursSinceInteraction":1}]}`

// TestAScenarioHasNoFieldsOfPlans, and the other way round.
func TestAScenarioHasNoFieldsOfPlans(t *testing.T) {
	const scenario = `{"on":"2026-12-01","message":{"type":"messenger.standard"},"audience":[{"recipients":1}]`
	for path, text := range map[string]string{
		"sender.includedPerMonth": `,"sender":{"includedPerMonth":5}}`, "pricing.currency": `,"pricing":{"currency":"VND"}}`, "every": `,"every":"day"}`, "until": `,"until":"2026-12-02"}`,
		"name": `,"name":"x"}`, "tool": `,"tool":"openapi"}`, "samePeople": `,"samePeople":true}`, "balance": `,"balance":{"VND":"5"}}`, "items": `,"items":[]}`,
	} {
		_, err := rules.Decode([]byte(scenario + text))
		var e *rules.Error
		if !errors.As(err, &e) || e.Path != path || e.Code != rules.UnknownField {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, path := range []string{"on", "message", "audience", "perRecipient"} {
		_, err := rules.DecodePlan([]byte(`{"` + path + `":1}`))
		var e *rules.Error
		if !errors.As(err, &e) || e.Path != path || e.Code != rules.UnknownField {
			t.Errorf("a plan with %s: %v", path, err)
		}
	}
}

// TestPlansTellWhatNoNumberShows: the notices of plans alone, and those of any
// occurrence, each once.
func TestPlansTellWhatNoNumberShows(t *testing.T) {
	postSale := func(day, until, sender string) string {
		return `{"items":[{"on":"` + day + `","every":"day","until":"` + until + `","message":{"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":10,"phone":true,"careWithin6Months":true}]}],"sender":` + sender + `}`
	}
	const base, over = "zalo.zns.plan-promotion-base", "zalo.zns.plan-over-quota"
	for _, c := range []struct {
		name, plan string
		code       string
		stands     bool
	}{
		{"the base of a later month", postSale("2026-12-31", "2027-01-01", `{"promotionBase":[600,0]}`), base, true},
		{"the base of the first month is told by the user", postSale("2026-12-30", "2026-12-31", `{"promotionBase":[600,0]}`), base, false},
		{"nobody has told a base", postSale("2026-12-31", "2027-01-01", `{}`), base, false},
		{"more than a day's quota", postSale("2026-12-31", "2027-01-01", `{"dailyQuota":9}`), over, true},
		{"just a day's quota", postSale("2026-12-31", "2027-01-01", `{"dailyQuota":10}`), over, false},
		{"the quota of before the conversion", postSale("2026-12-31", "2027-01-01", `{"oldDailyQuota":500}`), over, false},
		{"nobody has told a quota", postSale("2026-12-31", "2027-01-01", `{}`), over, false},
		{"a notice of the first day", postSale("2026-12-31", "2027-01-02", `{}`), "zalo.zns.vat", true},
		{"a notice of the occurrences", postSale("2026-12-31", "2027-01-02", `{}`), "zalo.zns.post-sale-cap", true},
		{"another way costs less", `{"items":[` + utilityInWindow + `]}`, "whatsapp.free-form-instead", true},
		{"what others have used up is not there for another way", `{"items":[{"on":"2026-12-01","message":{"type":"whatsapp.service"},"audience":[{"recipients":1000,"country":"VN","hoursSinceInteraction":1}]},` + utilityInWindow + `]}`, "whatsapp.free-form-instead", false},
		{"the fee of the package", `{"items":[{"on":"2026-12-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"uid":true,"hoursSinceInteraction":1}]}],"sender":{"oaPackage":"growth","includePackageFee":true}}`, "zalo.package-fee.term", true},
	} {
		p, err := rules.DecodePlan([]byte(c.plan))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		codes := noticesOf(planQuote(t, p).Notices)
		if slices.Contains(codes, c.code) != c.stands {
			t.Errorf("%s: %s stands: %t; there are %v", c.name, c.code, !c.stands, codes)
		}
		slices.Sort(codes)
		if len(slices.Compact(slices.Clone(codes))) != len(codes) {
			t.Errorf("%s: a notice stands twice: %v", c.name, codes)
		}
	}
}

// TestTheLargestPlanAddsUp: nothing grows beyond what a number holds.
func TestTheLargestPlanAddsUp(t *testing.T) {
	on, _ := rules.ParseDate("9998-12-30")
	until, _ := rules.ParseDate("9999-12-31")
	segment := rules.Segment{
		Recipients: rules.Some[int64](rules.MaxRecipients), Country: "VN", OptedIn: rules.Some(true), Phone: rules.Some(true), UID: rules.Some(true), Follows: rules.Some(true),
		CareWithin6Months: rules.Some(true), FreeUsed: rules.MaxCount, Recency: rules.HoursAgo(decimal.NewFromInt(1)),
	}
	dear := rules.Some(decimal.NewFromInt(rules.MaxCount))
	p := rules.Plan{
		Sender: rules.PlanSender{Sender: rules.Sender{
			IncludedMessages: rules.MaxCount, PromotionBase: rules.Some([2]int64{rules.MaxCount, rules.MaxCount}), PromotionSent: rules.MaxCount, ChargedThisMonth: rules.MaxCount,
			FreeServiceUsed: rules.MaxCount, PhoneNumbers: rules.Some[int64](rules.MaxPhoneNumbers), DailyQuota: rules.Some[int64](1), FreeConversationsUsed: rules.Some[int64](rules.MaxCount),
		}},
		Pricing: rules.PlanPricing{Currency: "USD", Pricing: rules.Pricing{
			MarkupPercent: rules.Some(decimal.NewFromInt(rules.MaxPercent)), MarkupPerMessage: dear, MonthlyFee: dear, TaxPercent: rules.Some(decimal.NewFromInt(rules.MaxPercent)),
			FallbackPerMessage: dear, Incoming: rules.Incoming{Messages: rules.MaxCount, PerMessage: dear}, Bundle: rules.Bundle{Messages: rules.MaxCount, Fee: dear},
		}},
		Balance: map[string]decimal.Decimal{"VND": decimal.NewFromInt(rules.MaxCount), "USD": decimal.NewFromInt(rules.MaxCount)},
	}
	for _, kind := range []rules.MessageType{rules.ZNS, rules.WhatsAppUtility, rules.WhatsAppService, rules.ZaloConsultation, rules.WhatsAppAuthentication} {
		p.Items = append(p.Items, rules.PlanItem{
			On: on, Every: rules.EveryDay, Until: until, PerRecipient: rules.Some[int64](rules.MaxPerRecipient), SamePeople: true,
			Message:  rules.Message{Type: kind, Tag: rules.Some[int64](1), Template: rules.Template{Kind: rules.TemplateCustom, Approved: rules.Some(true)}},
			Audience: []rules.Segment{segment, segment},
		})
	}
	p.Items = append(p.Items, p.Items[0])
	p.Items[5].Message.Tag = rules.Some[int64](3)
	q := planQuote(t, p)
	if last := q.Items[0].Last; q.Items[0].Occurrences != 367 || last != until {
		t.Errorf("it is sent %d times, to %s", q.Items[0].Occurrences, last)
	}
	const each = 2 * int64(rules.MaxRecipients) * rules.MaxPerRecipient
	if want := 6 * 367 * each; q.Requested != want || q.Deliverable < 5*367*each || q.Deliverable > want || q.Charged+q.Free != q.Deliverable {
		t.Errorf("of %d messages %d are deliverable, %d free, %d charged", q.Requested, q.Deliverable, q.Free, q.Charged)
	}
	for _, d := range q.Days {
		if d.Item == 5 && d.OverQuota < each-1 {
			t.Errorf("%s is over by %d", d.On, d.OverQuota)
		}
	}
	for _, total := range q.Totals {
		if total.Gross.Sign() <= 0 {
			t.Errorf("it costs %v", total)
		}
	}
}

// TestAScenarioOfAPlanIsItsItems: what one occurrence asks alone.
func TestAScenarioOfAPlanIsItsItems(t *testing.T) {
	p, err := rules.DecodePlan([]byte(`{"items":[{"on":"2026-12-01","every":"day","until":"2026-12-05","tool":"openapi","at":"09:00","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":10}],"perRecipient":2}],
		"sender":{"tool":"oa-manager-web","apiVersion":"v3","oaPackage":"growth"},"assume":{"zalo.consultation.free-cap":"8"},"pricing":{"taxPercent":"8"}}`))
	if err != nil {
		t.Fatal(err)
	}
	on, _ := rules.ParseDate("2026-12-03")
	const want = `{"on":"2026-12-03","at":"09:00","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":10}],"perRecipient":2,` +
		`"sender":{"tool":"openapi","apiVersion":"v3","oaPackage":"growth"},"assume":{"zalo.consultation.free-cap":"8"},"pricing":{"taxPercent":"8"}}`
	if got := toJSON(t, p.Scenario(0, on)); got != want {
		t.Errorf("it is %s\nnot %s", got, want)
	}
}

// TestAPlanUnderTheRulesOfAnotherDay puts the messages of a month to the book of
// another one: the prices are that day's, the days and months the plan's.
func TestAPlanUnderTheRulesOfAnotherDay(t *testing.T) {
	item := func(on, message string) string {
		return `{"on":"` + on + `","every":"day","until":"2026-09-30","message":` + message + `,"audience":[{"recipients":1000,"country":"VN","optedIn":true,"phone":true,"uid":true,"hoursSinceInteraction":1}]}`
	}
	const marketing, service, custom = `{"type":"whatsapp.marketing","template":{"approved":true}}`, `{"type":"whatsapp.service"}`, `{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true,"buttons":["oa-page"]}}`
	for _, c := range []struct {
		what, plan string
		under      rules.Date
		here       string // gross, each currency, by the plan's own days
		there      string // and under the other day's rules
		refused    string // paths
	}{
		{"September's marketing at October's prices", `{"items":[` + item("2026-09-30", marketing) + `]}`, 20261001, "73.2 USD", "84.2 USD", ""},
		{"the free thousand is that of the month, not of the day", `{"items":[` + item("2026-09-29", service) + `]}`, 20261001, "0 USD", "11.3 USD", ""},
		{"in two months twice", `{"items":[{"on":"2026-08-31","message":` + service + `,"audience":[{"recipients":2000,"country":"VN","hoursSinceInteraction":1}]},{"on":"2026-09-01","message":` + service + `,"audience":[{"recipients":2000,"country":"VN","hoursSinceInteraction":1}]}]}`, 20261001, "0 USD", "22.6 USD", ""},
		{"what is not there on the day is left out and named", `{"items":[` + item("2026-09-30", custom) + `,` + item("2026-09-30", marketing) + `],"sender":{"oaPackage":"growth"}}`, 20260530, "330000 VND, 73.2 USD", "73.2 USD", "sender.oaPackage"},
		{"an older price of a template", `{"items":[` + item("2026-09-30", custom) + `]}`, 20260301, "330000 VND", "220000 VND", ""},
	} {
		p, err := rules.DecodePlan([]byte(c.plan))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		said := func(q rules.PlanQuote) string {
			var totals []string
			for _, t := range q.Totals {
				totals = append(totals, t.Gross.String()+" "+t.Currency)
			}
			return strings.Join(totals, ", ")
		}
		own, err := rules.EvaluatePlan(p)
		if err != nil || said(own) != c.here {
			t.Errorf("%s: by its own days %s, %v", c.what, said(own), err)
		}
		q, refused, err := rules.EvaluatePlanUnder(p, c.under)
		var paths []string
		for _, e := range refused {
			paths = append(paths, e.Path)
		}
		if err != nil || said(q) != c.there || strings.Join(paths, " ") != c.refused {
			t.Errorf("%s: under the rules of %s %s, refused %v, %v", c.what, c.under, said(q), paths, err)
		}
		for i, m := range q.Months {
			if len(refused) == 0 && m.Month != own.Months[i].Month {
				t.Errorf("%s: the month is %s", c.what, m.Month)
			}
		}
	}
}
