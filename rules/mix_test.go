package rules_test

import (
	"strconv"
	"strings"
	"testing"

	"postage/rules"
)

// A mixCase is a scenario with its mix as a person works it out.
type mixCase struct {
	name    string
	ask     question
	as      func(rules.Scenario, rules.Message) rules.Scenario // nil: as the rules do
	purpose rules.Purpose                                      // empty: the one that the scenario serves
	sure    string                                             // by group: type, messages, cost; the total behind it
	one     string                                             // the best single way: type, messages, total
	depends string                                             // as sure, with what each way hangs on
	rates   string
}

// The people of the cases: those who follow and wrote lately, those of whom there is
// the phone number, those who follow and are silent.
const (
	lately = `{"recipients":4000,"uid":true,"follows":true,"phone":false,"hoursSinceInteraction":72}`
	phones = `{"recipients":9000,"uid":false,"follows":false,"phone":true,"careWithin6Months":true}`
	silent = `{"recipients":7000,"uid":true,"follows":true,"phone":false,"hoursSinceInteraction":2000}`

	growth = `"tool":"openapi","oaPackage":"growth","promotionBase":[60000,60000]`
	offer  = `"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true,"approvedOn":"2026-01-10"}`
)

// tet asks for the Tet offer to some groups.
func tet(sender string, groups ...string) question {
	return question{on: "2026-12-20", message: offer, audience: strings.Join(groups, ","), sender: sender}
}

// approvedEverywhere says of a template that the other platform has approved it too.
func approvedEverywhere(s rules.Scenario, m rules.Message) rules.Scenario {
	other := s.As(m)
	other.Message.Template.Approved = rules.Some(true)
	return other
}

func inGroups(list ...string) string { return strings.Join(list, ",") }

var mixCases = []mixCase{
	// A broadcast costs nothing; by phone a template of one's own is 300 ₫ and 10 % VAT.
	{name: "4,000 followers who wrote this week, 9,000 phone numbers, 7,000 silent followers: the Tet offer to all, at the least cost",
		ask:  tet(growth, lately, phones, silent),
		sure: "broadcast 4000 0; zns 9000 2970000; broadcast 7000 0 = 2970000", one: "broadcast 11000 0"},
	// Of a second broadcast in the month no number is published: for certain it is a template to the user id, 70 % of 330 ₫.
	{name: "twice in the month the second broadcast is not known to be allowed",
		ask:  twice(tet(growth, lately, phones, silent)),
		sure: "zbs-uid 8000 1848000; zns 18000 5940000; zbs-uid 14000 3234000 = 11022000", one: "zbs-uid 22000 5082000",
		depends: "broadcast 8000 0 cap; zns 18000 5940000; broadcast 14000 0 cap = 5940000"},
	{name: "by the interface the basic package sends nothing",
		ask: tet(`"tool":"openapi","oaPackage":"basic","promotionBase":[60000,60000]`, lately, phones), sure: "–; – = nobody"},
	{name: "in the OA Manager it sends the broadcast, and no template",
		ask:  tet(`"tool":"oa-manager-web","oaPackage":"basic","promotionBase":[60000,60000]`, lately, phones, silent),
		sure: "broadcast 4000 0; –; broadcast 7000 0 = 0", one: "broadcast 11000 0"},
	{name: "who does not follow gets the template by user id",
		ask:  tet(growth, lately, phones, strings.Replace(silent, `"follows":true`, `"follows":false`, 1)),
		sure: "broadcast 4000 0; zns 9000 2970000; zbs-uid 7000 1617000 = 4587000", one: "zbs-uid 11000 2541000"},
	{name: "for a year alone",
		ask:  tet(growth, phones, `{"recipients":7000,"uid":true,"follows":false,"phone":false,"hoursSinceInteraction":8761}`),
		sure: "zns 9000 2970000; – = 2970000", one: "zns 9000 2970000"},
	{name: "whoever can be reached in three ways gets the cheapest",
		ask:  tet(growth, `{"recipients":100,"uid":true,"follows":true,"phone":true,"careWithin6Months":true,"hoursSinceInteraction":1}`, phones),
		sure: "broadcast 100 0; zns 9000 2970000 = 2970000", one: "zns 9100 3003000"},
	{name: "what nobody said is a question",
		ask:  tet(growth, `{"recipients":100,"uid":true,"phone":false,"hoursSinceInteraction":1}`, phones),
		sure: "zbs-uid 100 23100; zns 9000 2970000 = 2993100", one: "zns 9000 2970000",
		depends: "broadcast 100 0 follow; zns 9000 2970000 = 2970000"},
	{name: "without the quota known, templates by phone depend",
		ask:  tet(`"tool":"openapi","oaPackage":"growth"`, lately, phones),
		sure: "broadcast 4000 0; – = 0", one: "broadcast 4000 0", depends: "broadcast 4000 0; zns 9000 2970000 quota = 2970000"},
	// A sixth of 60,000 is 10,000. With the other list of prices templates to user ids have none, and yet they reach all.
	{name: "a quota that two groups share sends the second one another way",
		ask: with(tet(`"tool":"openapi","oaPackage":"growth","promotionBase":[30000,30000]`, strings.Replace(phones, "9000", "6000", 1),
			`{"recipients":5000,"uid":true,"follows":false,"phone":true,"careWithin6Months":true,"hoursSinceInteraction":100}`), `"zalo.zbs.price-list":"public-list"`),
		sure: "zns 6000 1320000; zbs-uid 5000 ? = ?", one: "zns 10000 2200000"},
	// 500 messages of the package for 600 people: 100 at 55 ₫.
	{name: "what is in the package is there once",
		ask: question{on: "2026-12-20", message: "zalo.uid.consultation", sender: `"tool":"openapi","oaPackage":"growth","includedMessages":500`,
			audience: inGroups(`{"recipients":300,"uid":true,"hoursSinceInteraction":72}`, `{"recipients":300,"uid":true,"hoursSinceInteraction":72}`)},
		purpose: rules.TransactionUpdate,
		sure:    "consultation 300 0; consultation 300 5500 = 5500", one: "consultation 600 5500"},
	// 1,600 replies, of which 1,000 are free: 600 at 0.0113.
	{name: "so is the free thousand of WhatsApp",
		ask: question{on: "2026-12-20", message: "whatsapp.service",
			audience: inGroups(`{"recipients":800,"country":"VN","hoursSinceInteraction":1}`, `{"recipients":800,"country":"VN","hoursSinceInteraction":1}`)},
		sure: "whatsapp.service 800 0; whatsapp.service 800 6.78 = USD 6.78", one: "whatsapp.service 1600 USD 6.78"},
	{name: "between two that are free the own type stands first",
		ask: question{on: "2025-10-10", message: "zalo.uid.personal-promotion", sender: `"tool":"openapi","oaPackage":"advanced"`,
			audience: inGroups(lately, silent)},
		purpose: rules.Promotion,
		sure:    "personal-promotion 4000 0; personal-promotion 7000 0 = 0", one: "personal-promotion 11000 0"},
	{name: "else the order of the book decides",
		ask: question{on: "2025-10-10", message: `"type":"zalo.zns","tag":3,"template":{"kind":"custom","approved":true}`, sender: `"tool":"openapi","oaPackage":"advanced","promotionBase":[60000,60000]`,
			audience: inGroups(lately, silent)},
		sure: "broadcast 4000 0; broadcast 7000 0 = 0", one: "broadcast 11000 0"},
	// 0.0842 US$ to Vietnam; who has no phone number with Zalo gets it all the same.
	{name: "two currencies without a rate: the cheapest within each, and the rate is missing",
		ask:  tet(growth, strings.Replace(phones, "{", `{"optedIn":true,"country":"VN",`, 1), `{"recipients":1000,"uid":false,"phone":false,"optedIn":true,"country":"VN"}`),
		as:   approvedEverywhere,
		sure: "zns 9000 2970000; whatsapp.marketing 1000 84.2 = 2970000, USD 84.2", one: "whatsapp.marketing 10000 USD 842", rates: "USD"},
	{name: "with a rate the cheaper one, 0.0842 × 3,000",
		ask:  priced(tet(growth, strings.Replace(phones, "{", `{"optedIn":true,"country":"VN",`, 1), lately), `"convert":{"currency":"VND","rates":{"USD":"3000"}}`),
		as:   approvedEverywhere,
		sure: "whatsapp.marketing 9000 757.8; broadcast 4000 0 = 0, USD 757.8 → 2273400", one: "whatsapp.marketing 9000 USD 757.8 → 2273400"},
	{name: "and at 26,000 the other one",
		ask:  priced(tet(growth, strings.Replace(phones, "{", `{"optedIn":true,"country":"VN",`, 1), lately), `"convert":{"currency":"VND","rates":{"USD":"26000"}}`),
		as:   approvedEverywhere,
		sure: "zns 9000 2970000; broadcast 4000 0 = 2970000 → 2970000", one: "zns 9000 2970000 → 2970000"},
	// The broadcast leaves two of five (the trial gives four), the template four: 4 × 1,000 × 330 ₫.
	{name: "reach goes before cost",
		ask: question{on: "2025-10-10", message: `"type":"zalo.uid.broadcast","template":{"approved":true}`, perRecipient: 5,
			sender:   `"tool":"oa-manager-web","oaPackage":"trial","dailyQuota":20000,"promotionBase":[60000,60000]`,
			audience: `{"recipients":1000,"uid":true,"follows":true,"phone":true,"careWithin6Months":true,"receivedThisMonth":2}`},
		purpose: rules.Promotion,
		sure:    "zns 4000 1320000 = 1320000", one: "zns 4000 1320000"},
	{name: "what does not arrive costs nothing",
		ask:  tet(growth, lately, strings.Replace(phones, "{", `{"deliveredPercent":90,`, 1)),
		sure: "broadcast 4000 0; zns 9000 2673000 = 2673000", one: "zns 9000 2673000"},
	// 55 ₫ past 48 hours; nobody may be answered after a week.
	{name: "an answer to those who wrote today, this week and last week",
		ask: question{on: "2026-12-20", message: "zalo.uid.consultation", sender: `"tool":"openapi","oaPackage":"growth"`,
			audience: inGroups(`{"recipients":1000,"uid":true,"hoursSinceInteraction":1}`, `{"recipients":2000,"uid":true,"hoursSinceInteraction":72}`, `{"recipients":500,"uid":true,"hoursSinceInteraction":200}`)},
		sure: "consultation 1000 0; consultation 2000 110000; – = 110000", one: "consultation 3000 110000"},
	// 20,000 × 10 ₫ and 50,000 ₫ a month on top.
	{name: "what the user adds is in the total once",
		ask:  priced(tet(growth, lately, phones, silent), `"markupPerMessage":"10","monthlyFee":"50000"`),
		sure: "broadcast 4000 0; zns 9000 2970000; broadcast 7000 0 = 3220000", one: "broadcast 11000 160000"},
	// A twelfth of 2,500,000 ₫.
	{name: "so is the package",
		ask:  tet(growth+`,"includePackageFee":true`, lately, phones, silent),
		sure: "broadcast 4000 0; zns 9000 2970000; broadcast 7000 0 = 3178333.333333", one: "broadcast 11000 208333.333333"},
	{name: "a one-time password has two channels",
		ask: question{on: "2026-12-20", message: `"type":"zalo.zns","tag":1,"template":{"kind":"otp","approved":true}`,
			audience: inGroups(`{"recipients":1000,"phone":true}`, `{"recipients":50,"phone":false}`)},
		sure: "zns 1000 440000; – = 440000", one: "zns 1000 440000"},
}

func twice(q question) question { q.perRecipient = 2; return q }

func with(q question, assume string) question { q.assume = assume; return q }

func priced(q question, pricing string) question { q.pricing = pricing; return q }

func mixOf(t *testing.T, c mixCase) (rules.Scenario, rules.Mix) {
	t.Helper()
	s, err := rules.Decode([]byte(c.ask.json()))
	if err != nil {
		t.Fatal(err)
	}
	var as func(rules.Message) rules.Scenario
	if c.as != nil {
		as = func(m rules.Message) rules.Scenario { return c.as(s, m) }
	}
	p := c.purpose
	if p == "" {
		p = rules.PurposeOf(s)
	}
	m, err := rules.MixOf(s, p, as)
	if err != nil {
		t.Fatal(err)
	}
	return s, m
}

func shortType(t rules.MessageType) string {
	return strings.TrimPrefix(strings.TrimPrefix(string(t), "zalo.uid."), "zalo.")
}

func totalInWords(q *rules.PlanQuote) string {
	if len(q.Items) == 0 {
		return "nobody"
	}
	if !q.Priced {
		return "?"
	}
	var list []string
	for _, t := range q.Totals {
		list = append(list, strings.TrimPrefix(t.Currency+" ", "VND ")+t.Gross.String())
	}
	words := strings.Join(list, ", ")
	if q.Converted != nil {
		words += " → " + q.Converted.Gross.String()
	}
	return words
}

func blendInWords(m *rules.Mix, b *rules.Blend) string {
	var list []string
	for g := range b.Groups {
		group := &b.Groups[g]
		if group.Type == "" {
			list = append(list, "–")
			continue
		}
		cost := "?"
		if group.Total != nil {
			cost = group.Total.Gross.String()
		}
		words := shortType(group.Type) + " " + toText(group.Quote.Deliverable) + " " + cost
		for _, c := range m.Way(b, g).Open() {
			words += " " + c.Code
		}
		list = append(list, words)
	}
	return strings.Join(list, "; ") + " = " + totalInWords(&b.Quote)
}

func TestMixesWorkedByHand(t *testing.T) {
	for _, c := range mixCases {
		t.Run(c.name, func(t *testing.T) {
			_, m := mixOf(t, c)
			if got := blendInWords(&m, &m.Sure); got != c.sure {
				t.Errorf("the mix is %s\nnot %s", got, c.sure)
			}
			one := ""
			if len(m.OneWays) > 0 {
				w := &m.OneWays[0]
				one = shortType(w.Type) + " " + toText(w.Quote.Deliverable) + " " + totalInWords(&w.Quote)
			}
			if one != c.one {
				t.Errorf("the best single way is %q, not %q", one, c.one)
			}
			depends := ""
			if m.Depends != nil {
				depends = blendInWords(&m, m.Depends)
			}
			if depends != c.depends {
				t.Errorf("what depends is %q\nnot %q", depends, c.depends)
			}
			if got := strings.Join(m.Rates, " "); got != c.rates {
				t.Errorf("rates are missing of %q, not of %q", got, c.rates)
			}
		})
	}
}

func toText(n int64) string { return strconv.FormatInt(n, 10) }

// TestWhoIsNotReachedIsToldWhatWouldChangeIt: what stands in the way, and whether it
// would do if they wrote.
func TestWhoIsNotReachedIsToldWhatWouldChangeIt(t *testing.T) {
	strangers := `{"recipients":7000,"uid":true,"follows":false,"phone":false,"hoursSinceInteraction":8761}`
	for _, c := range []struct {
		name, sender, group string
		want                map[rules.MessageType]string // failed checks; a star: it would do if they wrote
	}{
		{"silent for more than a year", growth, strangers, map[rules.MessageType]string{
			rules.ZBSUID: "window *", rules.ZaloBroadcast: "follow", rules.ZNS: "identity consent"}},
		{"a package without the interface", `"tool":"openapi","oaPackage":"standard","promotionBase":[0,0]`, lately, map[rules.MessageType]string{
			rules.ZBSUID: "package", rules.ZaloBroadcast: "package", rules.ZNS: "identity quota"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			group := c.group
			if c.sender == growth {
				group = strings.Replace(group, "{", `{"careWithin6Months":false,`, 1)
			} else {
				group = strings.Replace(group, "{", `{"careWithin6Months":true,`, 1)
			}
			_, m := mixOf(t, mixCase{ask: tet(c.sender, phones, group)})
			if got := m.Sure.Unreached(); len(got) == 0 || got[len(got)-1] != 1 {
				t.Fatalf("unreached are %v", got)
			}
			for i := range m.Groups[1].Ways {
				w := &m.Groups[1].Ways[i]
				want, asked := c.want[w.Type]
				if !asked {
					continue
				}
				delete(c.want, w.Type)
				got := ""
				for _, check := range w.Failed() {
					got += check.Code + " "
				}
				if w.Replied != nil {
					got += "*"
				}
				if strings.TrimSpace(got) != want {
					t.Errorf("%s: %q stands in the way, not %q", w.Type, got, want)
				}
			}
			if len(c.want) > 0 {
				t.Errorf("nothing is said of %v", c.want)
			}
		})
	}
}
