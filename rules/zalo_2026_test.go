package rules_test

import (
	"testing"

	"postage/rules"
)

// template asks about a template of a kind to ten people by phone.
func templated(on, kind, parts string) question {
	return question{on: on, message: znsMessage(1, kind, `"approved":true`+parts), audience: znsPeople(10, "")}
}

func TestThePriceOfATemplate(t *testing.T) {
	byUID := func(on, kind, parts string) question {
		return question{on: on, message: `"type":"zalo.zbs-uid","tag":1,"template":{"kind":"` + kind + `","approved":true` + parts + `}`,
			audience: `{"recipients":10,"uid":true,"hoursSinceInteraction":1}`, sender: `"tool":"openapi"`}
	}
	public := func(q question) question { return q.assuming(`"zalo.zbs.price-list":"public-list"`) }
	const kept, now = `,"approvedOn":"2026-03-15"`, `,"approvedOn":"2026-03-16"`
	checkSentences(t, []sentence{
		{name: "the last day of the old prices", ask: templated("2026-03-15", "custom", ""), lines: "zns-custom 10 × 200"},
		{name: "the new ones begin", ask: templated("2026-03-16", "custom", ""), lines: "zns-custom 10 × 300"},
		{name: "and not for a template of the day before", ask: templated("2026-03-23", "voucher", kept+`,"image":true`), lines: "zns-voucher 10 × 300, zns-image 10 × 200"},
		{name: "but for one of the day", ask: templated("2026-03-23", "voucher", now+`,"image":true`), lines: "zns-voucher 10 × 400, zns-image 10 × 300"},
		{name: "a week later for all", ask: templated("2026-03-24", "voucher", kept), lines: "zns-voucher 10 × 400"},
		{name: "no public list before there were two", ask: public(templated("2026-03-23", "otp", kept)), lines: "zns-otp 10 × 300"},
		{name: "the public list", ask: public(templated("2026-03-16", "custom", `,"image":true,"buttons":["other-app","copy","call"]`)), lines: "zns-custom 10 × 200, zns-button 10 × 100, zns-image 10 × 200"},
		{name: "a bus ticket is on the public list alone", ask: public(templated("2026-03-16", "bus-ticket", "")), lines: "zns-bus-ticket 10 × 300"},
		{name: "not on templates", ask: templated("2026-03-16", "bus-ticket", ""), total: "no price", figures: "10 = 0 + 10"},
		{name: "public services are on the public list alone", ask: public(templated("2026-03-16", "custom", `,"publicService":true`)), lines: "zns-public-service 10 × 120"},
		{name: "what templates print of them is not known", ask: templated("2026-03-16", "custom", `,"publicService":true`), total: "no price"},
		{name: "it matters to no other kind", ask: templated("2026-03-16", "rating", `,"publicService":true`), lines: "zns-rating 10 × 300"},
		{name: "a journey has no price of its own", ask: templated("2026-10-15", "journey", ""), total: "no price"},

		{name: "the first button to an own place is free", ask: templated("2026-03-15", "custom", `,"buttons":["call","own-website","mini-app"]`), lines: "zns-custom 10 × 200, zns-button 10 × 100, zns-button 10 × 100"},
		{name: "a copy button takes no place", ask: templated("2026-03-15", "custom", `,"buttons":["copy","other-website","other-app"]`), lines: "zns-custom 10 × 200, zns-button 10 × 300, zns-button 10 × 700"},
		{name: "an article was not on the table", ask: templated("2026-03-15", "custom", `,"buttons":["oa-article"]`), total: "no price"},
		{name: "one of the own places is free", ask: templated("2026-03-16", "custom", `,"buttons":["own-website","oa-article","oa-page","e-invoice","e-invoice"]`), lines: "zns-custom 10 × 300, zns-button 10 × 100, zns-button 10 × 100, zns-button 10 × 100"},
		{name: "another one's website", ask: templated("2026-03-16", "custom", `,"buttons":["other-website","other-website"]`), lines: "zns-custom 10 × 300, zns-button 10 × 500, zns-button 10 × 500"},
		{name: "a shop on a marketplace is not known", ask: templated("2026-03-16", "custom", `,"buttons":["distribution"]`), total: "no price"},
		{name: "an empty list is none", ask: templated("2026-03-16", "custom", `,"buttons":[]`), lines: "zns-custom 10 × 300"},

		{name: "by user id seventy per cent of each part", ask: byUID("2026-03-16", "custom", now+`,"image":true,"buttons":["call"]`), lines: "zns-custom 10 × 210, zns-button 10 × 70, zns-image 10 × 210", total: "4900 + 490 = 5390"},
		{name: "of the old price too", ask: byUID("2026-03-16", "custom", kept), lines: "zns-custom 10 × 140"},
		{name: "not before", ask: byUID("2026-03-15", "custom", kept), total: "no price"},
		{name: "nor by the public list", ask: public(byUID("2026-10-15", "custom", now)), total: "no price"},
		{name: "what the template prints is the whole price", ask: byUID("2026-01-01", "custom", `,"approvedOn":"2025-12-10","image":true,"price":"612.5"`), lines: "template-price 10 × 612.5", total: "6125 + 612.5 = 6737.5"},
		{name: "on any day", ask: templated("2021-08-11", "journey", `,"price":"100"`), checks: "available?", figures: "10 = 0 + 10", total: "1000 + 100 = 1100"},
		{name: "a journey is charged once a recipient", ask: templated("2026-10-15", "journey", `,"price":"300"`).each(4), figures: "40 = 0 + 40", lines: "template-price 10 × 300"},
		{name: "whatever part of it arrives", ask: question{on: "2026-10-15", message: znsMessage(1, "journey", `"approved":true,"price":"300"`), audience: znsPeople(10, `,"deliveredPercent":60.5`), perRecipient: 4}, figures: "40 = 0 + 24", lines: "template-price 6 × 300"},
		{name: "VAT of eight per cent, if so", ask: templated("2025-07-01", "custom", "").assuming(`"zalo.zns.vat":"8"`), total: "2000 + 160 = 2160"},
		{name: "not on the day before", ask: templated("2025-06-30", "custom", "").assuming(`"zalo.zns.vat":"8"`), total: "2000 + 200 = 2200"},
	})
	l := ask(t, byUID("2026-03-16", "custom", now+`,"price":"1"`).json()).Lines[0]
	if l.Rule != "" || len(l.Sources) != 0 || l.Status != "" || l.Segment == nil {
		t.Errorf("the user's own price rests on %+v", l)
	}
	if l := ask(t, byUID("2026-03-16", "custom", now).json()).Lines[0]; l.Rule != "zalo.zns.price.custom" || l.Status != rules.Derived {
		t.Errorf("the price by user id rests on %+v", l)
	}
}

func TestHoursOfTheDay(t *testing.T) {
	at := func(q question, hour string) question { q.at = hour; return q }
	tag := func(on string, tag int) question {
		return zns(on, tag, 10, `"dailyQuota":20000,"promotionBase":[600,0]`)
	}
	broadcast := question{on: "2026-01-01", message: "zalo.uid.broadcast", audience: `{"recipients":1,"uid":true,"follows":true}`, sender: `"tool":"oa-manager-web","oaPackage":"premium"`}
	const sent = "available identity template tag"
	checkSentences(t, []sentence{
		{name: "no rule before", ask: at(tag("2024-04-15", 1), "23:00"), checks: "available identity template tag"},
		{name: "nobody says whether a transaction goes at night", ask: at(tag("2024-04-16", 1), "22:00"), checks: sent + " hours?", verdict: "depends"},
		{name: "care does not", ask: at(tag("2024-04-16", 2), "22:00"), checks: sent + " hours!", verdict: "ineligible"},
		{name: "to the last minute", ask: at(tag("2024-04-16", 2), "21:59"), checks: sent + " hours"},
		{name: "from six", ask: at(tag("2025-12-31", 2), "06:00"), checks: sent + " hours"},
		{name: "nobody says in 2026", ask: at(tag("2026-01-01", 2), "06:59"), checks: sent + " hours?"},
		{name: "from seven", ask: at(tag("2026-01-01", 3), "07:00"), checks: sent + " consent? cap quota hours"},
		{name: "before six never", ask: at(tag("2026-01-01", 3), "05:59"), checks: sent + " consent? cap quota hours!"},
		{name: "a broadcast by day", ask: at(broadcast, "06:00"), checks: "available identity follow tool cap hours"},
		{name: "not by night", ask: at(broadcast, "05:59"), checks: "available identity follow tool cap hours!"},
		{name: "a day without a rule", ask: at(broadcast.day("2025-12-31"), "05:59"), checks: "available identity follow tool cap"},
	})
	for hour, code := range map[string]rules.Code{`"24:00"`: rules.OutOfRange, `"23:60"`: rules.OutOfRange, `"7:00"`: rules.WrongType, `""`: rules.WrongType, `7`: rules.WrongType, `"0a:00"`: rules.WrongType} {
		if e := mistake(t, `{"at":`+hour+`,`+broadcast.json()[1:]); e.Path != "at" || e.Code != code {
			t.Errorf("at %s: %v", hour, e)
		}
	}
}

func TestPackagesForTemplates(t *testing.T) {
	checkSentences(t, []sentence{
		{name: "no rule before", ask: zns("2024-03-27", 1, 10, `"oaPackage":"basic"`), checks: "available identity template tag"},
		{name: "not the free one", ask: zns("2024-03-28", 1, 10, `"oaPackage":"basic"`), checks: "available identity template tag package!"},
		{name: "any other", ask: zns("2024-03-28", 1, 10, `"oaPackage":"trial"`), checks: "available identity template tag package"},
		{name: "of the new ones too", ask: zns("2026-06-01", 1, 10, `"oaPackage":"standard"`), checks: "available identity template tag package"},
		{name: "nobody has to tell", ask: zns("2026-06-01", 1, 10, ""), checks: "available identity template tag"},
	})
}

func TestButtonsAreRefused(t *testing.T) {
	for buttons, want := range map[string]rules.Error{
		`6`:           {Path: "message.template.buttons", Code: rules.OutOfRange},
		`"call"`:      {Path: "message.template.buttons", Code: rules.WrongType},
		`["fax"]`:     {Path: "message.template.buttons[0]", Code: rules.UnknownValue},
		`["call",1]`:  {Path: "message.template.buttons[1]", Code: rules.WrongType},
		`["call",""]`: {Path: "message.template.buttons[1]", Code: rules.UnknownValue},
		`["call","call","call","call","call","call"]`: {Path: "message.template.buttons", Code: rules.OutOfRange},
	} {
		if e := mistake(t, templated("2026-10-15", "custom", `,"buttons":`+buttons).json()); e.Path != want.Path || e.Code != want.Code {
			t.Errorf("%s: %v", buttons, e)
		}
	}
	both := rules.Scenario{}
	both.Message.Template.Buttons = rules.Buttons{Count: 1, Targets: []rules.ButtonTarget{rules.ButtonCall}}
	both.On = 20261015
	if err := both.Validate(); err == nil {
		t.Error("buttons that are both counted and named are taken")
	}
}

func TestWhatDoesNotArrive(t *testing.T) {
	part := func(share, pricing string) question {
		q := question{on: "2026-10-15", message: "zalo.uid.consultation", audience: `{"recipients":10,"uid":true,"hoursSinceInteraction":60,"deliveredPercent":` + share + `}`, sender: `"includedMessages":3`}
		return q.priced(pricing)
	}
	checkSentences(t, []sentence{
		{name: "what arrives uses up what the package holds", ask: part("50", ""), figures: "10 = 3 + 2", lines: "consultation 2 × 55"},
		{name: "half-up", ask: part("45", ""), figures: "10 = 3 + 2"},
		{name: "nothing arrives", ask: part("0", `"monthlyFee":"7"`), figures: "10 = 0 + 0", lines: "monthly-fee 1 × 7"},
		{name: "nothing arrives of what has no price", ask: templated("2026-10-15", "journey", "").to(znsPeople(10, `,"deliveredPercent":0`)), figures: "10 = 0 + 0", total: "no price"},
		{name: "SMS for the rest", ask: part("50", `"fallbackPerMessage":"700","taxPercent":"10"`), lines: "consultation 2 × 55, fallback 5 × 700", total: "3600 + 360 = 3960"},
		{name: "free messages carry the mark-up", ask: part("50", `"markupPerMessage":"5"`), lines: "consultation 2 × 55, markup-per-message 5 × 5"},
		{name: "unless not", ask: part("50", `"markupPerMessage":"5","markupOnFree":false`), lines: "consultation 2 × 55, markup-per-message 2 × 5"},
		{name: "those in a bundle do not", ask: part("50", `"markupPerMessage":"5","bundle":{"messages":4,"fee":"9"}`), lines: "consultation 2 × 55, markup-per-message 1 × 5, bundle 1 × 9"},
		{name: "a bundle with room", ask: part("50", `"markupPerMessage":"5","bundle":{"messages":40,"fee":"9"}`), lines: "consultation 2 × 55, bundle 1 × 9"},
		{name: "what people write", ask: part("50", `"incoming":{"messages":30,"perMessage":"2"},"markupPercent":"10"`), lines: "consultation 2 × 55, incoming 30 × 2, markup-percent 1 × 10"},
		{name: "nothing of it where nothing goes out", ask: question{on: "2026-10-15", message: "zalo.uid.consultation", audience: `{"recipients":1,"uid":false}`}.priced(`"incoming":{"messages":30,"perMessage":"2"},"bundle":{"fee":"9"}`), total: "0 + 0 = 0"},
	})
	for share, code := range map[string]rules.Code{"-1": rules.OutOfRange, "100.01": rules.OutOfRange, "33.333": rules.OutOfRange, `"50"`: rules.WrongType} {
		if e := mistake(t, part(share, "").json()); e.Path != "audience[0].deliveredPercent" || e.Code != code {
			t.Errorf("%s: %v", share, e)
		}
	}
}
