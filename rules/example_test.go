package rules_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"postage/rules"
)

func Example() {
	answer, _ := rules.Answer([]byte(`{"on":"2023-07-01","message":{"type":"zalo.zns-follower"},"audience":[{"recipients":10}]}`))
	fmt.Print(string(answer))
	// Output:
	// {"on":"2023-07-01","message":"zalo.zns-follower","verdict":"ineligible","priced":true,"requested":10,"deliverable":0,"blocked":10,"free":0,"charged":0,"segments":[{"name":"","verdict":"ineligible","requested":10,"deliverable":0,"blocked":10,"free":0,"charged":0,"checks":[{"code":"available","outcome":"fail","rule":"zalo.zns-follower.available","since":"2023-06-20","status":"official","sources":["S000"]}]}],"lines":[],"totals":[{"currency":"VND","net":"0","tax":"0","gross":"0"}],"notices":[{"code":"zalo.zns-follower.ended","sources":["S000"]}]}
}

func ExampleEvaluate() {
	on, _ := rules.ParseDate("2023-07-01")
	quote, err := rules.Evaluate(rules.Scenario{
		On:      on,
		Message: rules.Message{Type: rules.ZaloConsultation},
		Audience: []rules.Segment{{
			Recipients: rules.Some[int64](1000),
			UID:        rules.Some(true),
			Recency:    rules.HoursAgo(decimal.NewFromInt(12)),
		}},
		PerRecipient: rules.Some[int64](10),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	total := quote.Totals[0]
	fmt.Println(quote.Verdict, quote.Free, "free,", quote.Charged, "charged:", total.Gross, total.Currency)
	// Output: eligible 8000 free, 2000 charged: 110000 VND
}

func ExampleDecode() {
	_, err := rules.Decode([]byte(`{"on":"2023-07-01","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":0}]}`))
	fmt.Println(err)
	// Output: audience[0].recipients: out-of-range: 1 to 1000000000, not 0
}

func ExampleAnswer() {
	answer, ok := rules.Answer([]byte(`{"on":"2023-07-01","message":{"type":"zalo.uid.consultation"},"audience":[]}`))
	fmt.Println(ok)
	fmt.Print(string(answer))
	// Output:
	// false
	// {"error":{"path":"audience","code":"out-of-range","message":"1 to 100 segments, not 0"}}
}

func ExampleMarket() {
	for _, day := range []string{"2026-06-30", "2026-07-01"} {
		on, _ := rules.ParseDate(day)
		fmt.Println(day, rules.Market("PL", on))
	}
	// Output:
	// 2026-06-30 Rest of Central & Eastern Europe
	// 2026-07-01 Poland
}

func ExampleRuleOn() {
	for _, day := range []string{"2023-06-20", "2023-06-21"} {
		on, _ := rules.ParseDate(day)
		fact, known := rules.RuleOn("zalo.uid.transaction.price", on)
		fmt.Println(known, fact.Value, "VND since", fact.Since, fact.Status, fact.Sources)
	}
	// Output:
	// true 0 VND since 2023-04-18 official [S000]
	// true 165 VND since 2023-06-21 official [S000 S002]
}

func ExampleEvaluatePlan() {
	first, _ := rules.ParseDate("2026-12-01")
	last, _ := rules.ParseDate("2027-02-28")
	// 150 order updates a day: how long do two million dong last?
	quote, err := rules.EvaluatePlan(rules.Plan{
		Items: []rules.PlanItem{{
			Name: "order update", On: first, Every: rules.EveryDay, Until: last,
			Message: rules.Message{Type: rules.ZNS, Tag: rules.Some[int64](1), Template: rules.Template{
				Kind: rules.TemplateCustom, Approved: rules.Some(true),
			}},
			Audience: []rules.Segment{{Recipients: rules.Some[int64](150), Phone: rules.Some(true)}},
		}},
		Balance: map[string]decimal.Decimal{"VND": decimal.NewFromInt(2_000_000)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, month := range quote.Months {
		fmt.Println(month.Month, month.Totals[0].Gross, month.Totals[0].Currency)
	}
	balance := quote.Balance["VND"]
	fmt.Println("runs out on", balance.RunsOut, "with", balance.Left, "left")
	// Output:
	// 2026-12 1534500 VND
	// 2027-01 1534500 VND
	// 2027-02 1386000 VND
	// runs out on 2027-01-10 with 20000 left
}

func ExampleDecodePlan() {
	_, err := rules.DecodePlan([]byte(`{"items":[{"on":"2026-12-01","every":"day","message":{"type":"messenger.standard"},"audience":[{"recipients":10}]}]}`))
	fmt.Println(err)
	// Output: items[0].until: required: this field must be given
}

func ExampleMost() {
	on, _ := rules.ParseDate("2026-12-01")
	confirmation := rules.Scenario{
		On: on,
		Message: rules.Message{Type: rules.ZNS, Tag: rules.Some[int64](1), Template: rules.Template{
			Kind: rules.TemplateCustom, Approved: rules.Some(true),
		}},
		Audience: []rules.Segment{{Phone: rules.Some(true)}},
	}
	most, quote, err := rules.Most(confirmation, decimal.NewFromInt(2_000_000))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(most, "people for", quote.Totals[0].Gross, quote.Totals[0].Currency)
	// Output: 6060 people for 1999800 VND
}
