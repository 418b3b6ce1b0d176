package rules_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// The smallest questions that are answered, to be spoilt one field at a time.
var (
	smallest = question{on: "2024-06-10", message: "zalo.uid.consultation", audience: `{"recipients":1}`}
	smallZNS = question{on: "2024-06-10", message: znsMessage(1, "otp", ""), audience: `{"recipients":1}`}
	smallWA  = question{on: "2026-01-01", message: "whatsapp.service", audience: `{"recipients":1,"country":"VN"}`}
)

func (q question) to(audience string) question    { q.audience = audience; return q }
func (q question) segment(fields string) question { return q.to(`{"recipients":1,` + fields + `}`) }
func (q question) saying(fields string) question {
	q.message = `"type":"zalo.uid.consultation",` + fields
	return q
}
func (q question) day(on string) question          { q.on = on; return q }
func (q question) assuming(fields string) question { q.assume = fields; return q }
func (q question) telling(message string) question { q.message = message; return q }

func TestSmallestQuestionsAreAnswered(t *testing.T) {
	for _, q := range []question{smallest, smallZNS, smallWA} {
		ask(t, q.json())
	}
}

func TestRefusals(t *testing.T) {
	const message, audience = `"message":{"type":"zalo.uid.consultation"}`, `"audience":[{"recipients":1}]`
	type refusal struct {
		name, scenario, path string
	}
	for code, refusals := range map[rules.Code][]refusal{
		rules.Syntax: {
			{"nothing", ``, ""},
			{"blanks", " \n\t", ""},
			{"half an object", `{"on":"2024-06-10"`, ""},
			{"text behind the scenario", smallest.json() + "x", ""},
			{"a second scenario", smallest.json() + smallest.json(), ""},
			{"a comma too many", `{"on":"2024-06-10",}`, ""},
			{"a comment", `{/* */}`, ""},
			{"a bare word", `{"on":today}`, ""},
			{"single quotes", `{'on':'2024-06-10'}`, ""},
			{"a leading zero", smallest.to(`{"recipients":01}`).json(), ""},
			{"not a number", smallest.to(`{"recipients":NaN}`).json(), ""},
			{"bytes that are not UTF-8", strings.Replace(smallest.json(), "recipients", "recipient\xff", 1), ""},
			{"a name that is not UTF-8", smallest.segment("\"name\":\"\xc3\x28\"").json(), ""},
			{"a byte order mark", "\ufeff" + smallest.json(), ""},
			{"another encoding", "{\x00\"\x00", ""},
		},
		rules.UnknownField: {
			{"beside the others", `{"on":"2024-06-10",` + message + `,` + audience + `,"when":1}`, "when"},
			{"in other letters", `{"On":"2024-06-10",` + message + `,` + audience + `}`, "On"},
			{"of the message", smallest.saying(`"kind":1`).json(), "message.kind"},
			{"of the template", smallest.saying(`"template":{"button":1}`).json(), "message.template.button"},
			{"of a segment", smallest.to(`{"recipients":1},{"recipients":1,"email":true}`).json(), "audience[1].email"},
			{"of the sender", smallest.from(`"quota":1`).json(), "sender.quota"},
			{"of the pricing", smallest.priced(`"discount":"1"`).json(), "pricing.discount"},
			{"of the conversion", smallest.priced(`"convert":{"currency":"VND","rate":"1"}`).json(), "pricing.convert.rate"},
			{"a reading that does not exist", smallest.assuming(`"zalo.everything":"8"`).json(), "assume.zalo.everything"},
			{"a rate of no currency", smallest.priced(`"convert":{"currency":"VND","rates":{"dollar":"1"}}`).json(), "pricing.convert.rates.dollar"},
			{"an empty name", `{"":1}`, ""},
		},
		rules.WrongType: {
			{"null for the scenario", `null`, ""},
			{"an array for the scenario", `[]`, ""},
			{"a string for the scenario", `"x"`, ""},
			{"a number for the day", `{"on":20240610,` + message + `,` + audience + `}`, "on"},
			{"null for the day", `{"on":null,` + message + `,` + audience + `}`, "on"},
			{"a day without its zeros", smallest.day("2024-6-1").json(), "on"},
			{"a day and an hour", smallest.day("2024-06-10T00:00:00Z").json(), "on"},
			{"a day with slashes", smallest.day("2024/06/10").json(), "on"},
			{"a day the other way round", smallest.day("10-06-2024").json(), "on"},
			{"a day in other digits", smallest.day("２０２４-06-10").json(), "on"},
			{"an empty day", smallest.day("").json(), "on"},
			{"a string for the message", `{"on":"2024-06-10","message":"zalo.uid.consultation",` + audience + `}`, "message"},
			{"null for the message", `{"on":"2024-06-10","message":null,` + audience + `}`, "message"},
			{"a number for the type", `{"on":"2024-06-10","message":{"type":1},` + audience + `}`, "message.type"},
			{"a string for a boolean", smallest.saying(`"promotional":"no"`).json(), "message.promotional"},
			{"null for a boolean", smallest.saying(`"automated":null`).json(), "message.automated"},
			{"one for a boolean", smallest.saying(`"template":{"image":1}`).json(), "message.template.image"},
			{"an array for the template", smallest.saying(`"template":[]`).json(), "message.template"},
			{"a fraction of a tag", smallest.saying(`"tag":1.5`).json(), "message.tag"},
			{"an object for the audience", `{"on":"2024-06-10",` + message + `,"audience":{}}`, "audience"},
			{"null for the audience", `{"on":"2024-06-10",` + message + `,"audience":null}`, "audience"},
			{"a number for a segment", smallest.to("1").json(), "audience[0]"},
			{"null for a segment", smallest.to(`{"recipients":1},null`).json(), "audience[1]"},
			{"a fraction of a recipient", smallest.to(`{"recipients":1.5}`).json(), "audience[0].recipients"},
			{"a small fraction", smallest.to(`{"recipients":1.0000000000000000000001}`).json(), "audience[0].recipients"},
			{"a string for a count", smallest.to(`{"recipients":"1"}`).json(), "audience[0].recipients"},
			{"null for a count", smallest.to(`{"recipients":null}`).json(), "audience[0].recipients"},
			{"null for an optional count", smallest.segment(`"interactions":null`).json(), "audience[0].interactions"},
			{"null for a name", smallest.segment(`"name":null`).json(), "audience[0].name"},
			{"null for a country", smallest.segment(`"country":null`).json(), "audience[0].country"},
			{"a string for the hours", smallest.segment(`"hoursSinceInteraction":"48"`).json(), "audience[0].hoursSinceInteraction"},
			{"never as a word", smallest.segment(`"hoursSinceInteraction":false`).json(), "audience[0].hoursSinceInteraction"},
			{"an array for the sender", `{"on":"2024-06-10",` + message + `,` + audience + `,"sender":[]}`, "sender"},
			{"null for the sender", `{"on":"2024-06-10",` + message + `,` + audience + `,"sender":null}`, "sender"},
			{"one month of two", smallest.from(`"promotionBase":[1]`).json(), "sender.promotionBase"},
			{"three months of two", smallest.from(`"promotionBase":[1,2,3]`).json(), "sender.promotionBase"},
			{"a sum of two months", smallest.from(`"promotionBase":3`).json(), "sender.promotionBase"},
			{"a month in a string", smallest.from(`"promotionBase":[1,"2"]`).json(), "sender.promotionBase[1]"},
			{"a number for a reading", smallest.assuming(`"zalo.consultation.free-cap":8`).json(), "assume.zalo.consultation.free-cap"},
			{"null for the readings", `{"on":"2024-06-10",` + message + `,` + audience + `,"assume":null}`, "assume"},
			{"a number for an amount", smallest.priced(`"monthlyFee":10`).json(), "pricing.monthlyFee"},
			{"an empty amount", smallest.priced(`"monthlyFee":""`).json(), "pricing.monthlyFee"},
			{"an exponent in an amount", smallest.priced(`"monthlyFee":"1e3"`).json(), "pricing.monthlyFee"},
			{"a plus before an amount", smallest.priced(`"monthlyFee":"+1"`).json(), "pricing.monthlyFee"},
			{"a point without digits", smallest.priced(`"monthlyFee":"1."`).json(), "pricing.monthlyFee"},
			{"digits without a whole", smallest.priced(`"monthlyFee":".5"`).json(), "pricing.monthlyFee"},
			{"a comma for a point", smallest.priced(`"monthlyFee":"1,5"`).json(), "pricing.monthlyFee"},
			{"thousands with commas", smallest.priced(`"monthlyFee":"1,000"`).json(), "pricing.monthlyFee"},
			{"blanks around an amount", smallest.priced(`"monthlyFee":" 1"`).json(), "pricing.monthlyFee"},
			{"a per cent sign", smallest.priced(`"taxPercent":"10%"`).json(), "pricing.taxPercent"},
			{"null for the conversion", smallest.priced(`"convert":null`).json(), "pricing.convert"},
			{"null for the rates", smallest.priced(`"convert":{"currency":"USD","rates":null}`).json(), "pricing.convert.rates"},
			{"a number for a rate", smallest.priced(`"convert":{"currency":"USD","rates":{"VND":0.00004}}`).json(), "pricing.convert.rates.VND"},
		},
		rules.Required: {
			{"an empty scenario", `{}`, "on"},
			{"no day", `{` + message + `,` + audience + `}`, "on"},
			{"no message", `{"on":"2024-06-10",` + audience + `}`, "message"},
			{"no audience", `{"on":"2024-06-10",` + message + `}`, "audience"},
			{"no type", `{"on":"2024-06-10","message":{},` + audience + `}`, "message.type"},
			{"no recipients", smallest.to(`{"recipients":1},{"uid":true}`).json(), "audience[1].recipients"},
			{"no tag of a ZNS", smallest.telling(`"type":"zalo.zns","template":{"kind":"otp"}`).json(), "message.tag"},
			{"no template of a ZNS", smallest.telling(`"type":"zalo.zns","tag":1`).json(), "message.template.kind"},
			{"no kind of a ZNS template", smallest.telling(`"type":"zalo.zns","tag":1,"template":{"approved":true}`).json(), "message.template.kind"},
			{"no country for WhatsApp", smallWA.to(`{"recipients":1,"country":"VN"},{"recipients":1}`).json(), "audience[1].country"},
			{"no country for a WhatsApp template", smallWA.to(`{"recipients":1}`).telling("whatsapp.marketing").json(), "audience[0].country"},
			{"no currency to convert to", smallest.priced(`"convert":{"rates":{"VND":"1"}}`).json(), "pricing.convert.currency"},
			{"no rate to convert by", smallest.priced(`"convert":{"currency":"USD"}`).json(), "pricing.convert.rates.VND"},
			{"no rate of the billing currency", smallWA.priced(`"convert":{"currency":"VND","rates":{"EUR":"30000"}}`).json(), "pricing.convert.rates.USD"},
		},
		rules.OutOfRange: {
			{"a day that is in no calendar", smallest.day("2024-02-30").json(), "on"},
			{"a leap day of a common year", smallest.day("2023-02-29").json(), "on"},
			{"a leap day of 1900", smallest.day("1900-02-29").json(), "on"},
			{"month 13", smallest.day("2024-13-01").json(), "on"},
			{"month 0", smallest.day("2024-00-01").json(), "on"},
			{"day 0", smallest.day("2024-06-00").json(), "on"},
			{"day 31 of April", smallest.day("2024-04-31").json(), "on"},
			{"the year 0", smallest.day("0000-06-10").json(), "on"},
			{"an empty audience", smallest.to("").json(), "audience"},
			{"101 segments", smallest.to(strings.TrimSuffix(strings.Repeat(`{"recipients":1},`, 101), ",")).json(), "audience"},
			{"tag 0 from 2024-04-16", smallZNS.day("2024-04-16").telling(znsMessage(0, "otp", "")).json(), "message.tag"},
			{"tag 4 from 2024-04-16", smallZNS.day("2024-04-16").telling(znsMessage(4, "otp", "")).json(), "message.tag"},
			{"tag 5 from 2024-04-16", smallZNS.day("2024-04-16").telling(znsMessage(5, "otp", "")).json(), "message.tag"},
			{"tag 6 before", smallZNS.day("2024-04-15").telling(znsMessage(6, "otp", "")).json(), "message.tag"},
			{"more than int64", smallest.to(`{"recipients":9223372036854775808}`).json(), "audience[0].recipients"},
			{"a huge exponent", smallest.to(`{"recipients":1e1000000000}`).json(), "audience[0].recipients"},
			{"a huge negative exponent", smallest.to(`{"recipients":1e-1000000000}`).json(), "audience[0].recipients"},
			{"an exponent past its own type", smallest.to(`{"recipients":1e99999999999999999999}`).json(), "audience[0].recipients"},
			{"huge hours", smallest.segment(`"hoursSinceInteraction":1E+999999999`).json(), "audience[0].hoursSinceInteraction"},
			{"hours of a thousand digits", smallest.segment(`"hoursSinceInteraction":0.` + strings.Repeat("1", 1000)).json(), "audience[0].hoursSinceInteraction"},
			{"an amount of a thousand digits", smallest.priced(`"monthlyFee":"` + strings.Repeat("1", 1000) + `"`).json(), "pricing.monthlyFee"},
			{"thirteen decimals", smallest.priced(`"monthlyFee":"0.0000000000001"`).json(), "pricing.monthlyFee"},
			{"an amount below zero", smallest.priced(`"monthlyFee":"-0.01"`).json(), "pricing.monthlyFee"},
			{"a rate of zero", smallest.priced(`"convert":{"currency":"USD","rates":{"VND":"0"}}`).json(), "pricing.convert.rates.VND"},
			{"a rate below zero", smallest.priced(`"convert":{"currency":"USD","rates":{"VND":"-1"}}`).json(), "pricing.convert.rates.VND"},
		},
		rules.UnknownValue: {
			{"a type that does not exist", smallest.telling("zalo.uid.spam").json(), "message.type"},
			{"a type in other letters", smallest.telling("Zalo.ZNS").json(), "message.type"},
			{"an empty type", `{"on":"2024-06-10","message":{"type":""},` + audience + `}`, "message.type"},
			{"a kind of template", smallZNS.telling(znsMessage(1, "letter", "")).json(), "message.template.kind"},
			{"a kind of template where none is looked at", smallest.saying(`"template":{"kind":"x"}`).json(), "message.template.kind"},
			{"a tool", smallest.from(`"tool":"api"`).json(), "sender.tool"},
			{"a version", smallest.from(`"apiVersion":"v4"`).json(), "sender.apiVersion"},
			{"an empty package", smallest.from(`"oaPackage":""`).json(), "sender.oaPackage"},
			{"a package that never was", smallest.from(`"oaPackage":"gold"`).json(), "sender.oaPackage"},
			{"a package of later", smallest.day("2026-05-31").from(`"oaPackage":"growth"`).json(), "sender.oaPackage"},
			{"another package of later", smallest.day("2026-05-31").from(`"oaPackage":"standard"`).json(), "sender.oaPackage"},
			{"the dearest package of later", smallest.day("2026-05-31").from(`"oaPackage":"comprehensive"`).json(), "sender.oaPackage"},
			{"a package of before", smallest.day("2027-06-01").from(`"oaPackage":"premium"`).json(), "sender.oaPackage"},
			{"the trial package of before", smallest.day("2026-06-01").from(`"oaPackage":"trial"`).json(), "sender.oaPackage"},
			{"the advanced package of before", smallest.day("2027-06-01").from(`"oaPackage":"advanced"`).json(), "sender.oaPackage"},
			{"a country in small letters", smallWA.to(`{"recipients":1,"country":"vn"}`).json(), "audience[0].country"},
			{"a country of three letters", smallWA.to(`{"recipients":1,"country":"VNM"}`).json(), "audience[0].country"},
			{"a country that does not exist", smallWA.to(`{"recipients":1,"country":"ZZ"}`).json(), "audience[0].country"},
			{"a country across two codes", smallWA.to(`{"recipients":1,"country":"DA"}`).json(), "audience[0].country"},
			{"the star of the other countries", smallWA.to(`{"recipients":1,"country":"*"}`).json(), "audience[0].country"},
			{"a country where none is looked at", smallest.segment(`"country":"XX"`).json(), "audience[0].country"},
			{"the country of the sender", smallWA.from(`"country":"UK"`).json(), "sender.country"},
			{"an old quota between two rows", smallZNS.from(`"oldDailyQuota":3000`).json(), "sender.oldDailyQuota"},
			{"an old quota of the new table", smallZNS.from(`"oldDailyQuota":5000`).json(), "sender.oldDailyQuota"},
			{"an old quota of nothing", smallZNS.from(`"oldDailyQuota":0`).json(), "sender.oldDailyQuota"},
			{"a reading's value", smallest.assuming(`"zalo.consultation.free-cap":"9"`).json(), "assume.zalo.consultation.free-cap"},
			{"an empty reading", smallest.assuming(`"zalo.broadcast.premium-cap":""`).json(), "assume.zalo.broadcast.premium-cap"},
			{"another reading where there is one", smallest.assuming(`"windows":"outside"`).json(), "assume.windows"},
			{"a currency in small letters", smallest.priced(`"convert":{"currency":"usd","rates":{"VND":"1"}}`).json(), "pricing.convert.currency"},
			{"a currency by its sign", smallest.priced(`"convert":{"currency":"$","rates":{"VND":"1"}}`).json(), "pricing.convert.currency"},
		},
		rules.Conflict: {
			{"the day twice", `{"on":"2024-06-10","on":"2024-06-10",` + message + `,` + audience + `}`, "on"},
			{"the day twice in other spelling", `{"on":"2024-06-10","\u006fn":"2024-06-10",` + message + `,` + audience + `}`, "on"},
			{"the audience twice", `{"on":"2024-06-10",` + audience + `,` + audience + `}`, "audience"},
			{"the type twice", smallest.telling(`"type":"zalo.zns","type":"zalo.zns"`).json(), "message.type"},
			{"the kind twice", smallest.saying(`"template":{"kind":"otp","kind":"otp"}`).json(), "message.template.kind"},
			{"recipients twice", smallest.to(`{"recipients":1},{"recipients":1,"recipients":1}`).json(), "audience[1].recipients"},
			{"a field of the sender twice", smallest.from(`"tool":"openapi","tool":"openapi"`).json(), "sender.tool"},
			{"a reading twice", smallest.assuming(`"windows":"inside","windows":"inside"`).json(), "assume.windows"},
			{"a field of the pricing twice", smallest.priced(`"monthlyFee":"1","monthlyFee":"1"`).json(), "pricing.monthlyFee"},
			{"a field of the conversion twice", smallest.priced(`"convert":{"currency":"USD","currency":"USD"}`).json(), "pricing.convert.currency"},
			{"a rate twice", smallest.priced(`"convert":{"currency":"USD","rates":{"VND":"1","VND":"1"}}`).json(), "pricing.convert.rates.VND"},
			{"both quotas", smallZNS.from(`"dailyQuota":5000,"oldDailyQuota":500`).json(), "sender.oldDailyQuota"},
			{"both quotas where none is looked at", smallest.from(`"oldDailyQuota":500,"dailyQuota":5000`).json(), "sender.oldDailyQuota"},
			{"the old quota before the conversion", smallZNS.day("2024-03-11").from(`"oldDailyQuota":500`).json(), "sender.oldDailyQuota"},
		},
	} {
		if len(refusals) < 3 {
			t.Errorf("%s has %d cases", code, len(refusals))
		}
		for _, r := range refusals {
			t.Run(string(code)+" "+r.name, func(t *testing.T) {
				start := time.Now()
				e := mistake(t, r.scenario)
				if e.Code != code || e.Path != r.path {
					t.Errorf("%.200s\ngot  %q %s (%s)\nwant %q %s", r.scenario, e.Path, e.Code, e.Message, r.path, code)
				}
				if e.Message == "" {
					t.Error("the mistake is not explained")
				}
				if d := time.Since(start); d > time.Second {
					t.Errorf("it took %s", d)
				}
			})
		}
	}
}

// TestBounds tries the ends of every numeric field and one step past them.
func TestBounds(t *testing.T) {
	in := func(q question, part string) func(string) question {
		return func(n string) question {
			q := q
			switch part {
			case "sender":
				q.sender = strings.ReplaceAll(q.sender, "#", n)
			case "pricing":
				q.pricing = strings.ReplaceAll(q.pricing, "#", n)
			case "message":
				q.message = strings.ReplaceAll(q.message, "#", n)
			default:
				q.audience = strings.ReplaceAll(q.audience, "#", n)
			}
			return q
		}
	}
	const trillion, past = "1000000000000", "1000000000001"
	segment := func(field string) func(string) question { return in(smallest.segment(`"`+field+`":#`), "audience") }
	sender := func(field string) func(string) question { return in(smallZNS.from(`"`+field+`":#`), "sender") }
	amount := func(field string) func(string) question { return in(smallWA.priced(`"`+field+`":"#"`), "pricing") }
	oldDay := smallZNS.day("2024-04-15")
	for _, b := range []struct {
		path        string
		with        func(string) question
		below       string
		least, most string
		above       string
	}{
		{"audience[0].recipients", in(smallest.to(`{"recipients":#}`), "audience"), "0", "1", "1000000000", "1000000001"},
		{"audience[0].hoursSinceInteraction", segment("hoursSinceInteraction"), "-0.001", "0", "87600", "87600.001"},
		{"audience[0].interactions", segment("interactions"), "0", "1", "100", "101"},
		{"audience[0].freeUsed", segment("freeUsed"), "-1", "0", trillion, past},
		{"audience[0].receivedThisMonth", segment("receivedThisMonth"), "-1", "0", trillion, past},
		{"message.tag", in(oldDay.telling(`"type":"zalo.zns","tag":#,"template":{"kind":"otp"}`), "message"), "-1", "0", "5", "6"},
		{"message.tag", in(smallZNS.telling(`"type":"zalo.zns","tag":#,"template":{"kind":"otp"}`), "message"), "0", "1", "3", "4"},
		{"message.tag", in(smallest.saying(`"tag":#`), "message"), "-1", "0", "5", "6"},
		{"message.template.buttons", in(smallest.saying(`"template":{"buttons":#}`), "message"), "-1", "0", "5", "6"},
		{"sender.includedMessages", sender("includedMessages"), "-1", "0", trillion, past},
		{"sender.dailyQuota", sender("dailyQuota"), "0", "1", trillion, past},
		{"sender.contentLevel", sender("contentLevel"), "-1", "0", "5", "6"},
		{"sender.promotionBase[0]", in(smallZNS.from(`"promotionBase":[#,0]`), "sender"), "-1", "0", trillion, past},
		{"sender.promotionBase[1]", in(smallZNS.from(`"promotionBase":[0,#]`), "sender"), "-1", "0", trillion, past},
		{"sender.promotionSentThisMonth", sender("promotionSentThisMonth"), "-1", "0", trillion, past},
		{"sender.chargedThisMonth", sender("chargedThisMonth"), "-1", "0", trillion, past},
		{"sender.freeServiceUsed", sender("freeServiceUsed"), "-1", "0", trillion, past},
		{"sender.messagingLimit", sender("messagingLimit"), "0", "1", trillion, past},
		{"pricing.markupPercent", amount("markupPercent"), "-1", "0", strconv.Itoa(rules.MaxPercent), strconv.Itoa(rules.MaxPercent + 1)},
		{"pricing.markupPerMessage", amount("markupPerMessage"), "-0.000000000001", "0", trillion, trillion + ".000000000001"},
		{"pricing.monthlyFee", amount("monthlyFee"), "-1", "0", trillion, past},
		{"pricing.taxPercent", amount("taxPercent"), "-1", "0", strconv.Itoa(rules.MaxPercent), strconv.Itoa(rules.MaxPercent + 1)},
		{"pricing.convert.rates.USD", in(smallWA.priced(`"convert":{"currency":"VND","rates":{"USD":"#"}}`), "pricing"), "0", "0.000000000001", trillion, past},
	} {
		for _, n := range []string{b.least, b.most} {
			t.Run(b.path+" takes "+n, func(t *testing.T) { ask(t, b.with(n).json()) })
		}
		for _, n := range []string{b.below, b.above} {
			t.Run(b.path+" refuses "+n, func(t *testing.T) {
				if e := mistake(t, b.with(n).json()); e.Path != b.path || e.Code != rules.OutOfRange {
					t.Errorf("got %q %s (%s)", e.Path, e.Code, e.Message)
				}
			})
		}
	}
	for _, n := range []string{"0", "1001", "-1"} {
		scenario := `{"perRecipient":` + n + "," + smallest.json()[1:]
		if e := mistake(t, scenario); e.Path != "perRecipient" || e.Code != rules.OutOfRange {
			t.Errorf("perRecipient %s: got %q %s", n, e.Path, e.Code)
		}
	}
	for _, n := range []int{1, 1000} {
		ask(t, smallest.each(n).json())
	}
	for _, n := range []int{1, 100} {
		ask(t, smallest.to(strings.TrimSuffix(strings.Repeat(`{"recipients":1},`, n), ",")).json())
	}
}

func TestAccepted(t *testing.T) {
	for _, c := range []struct {
		name string
		ask  question
	}{
		{"the first day of all", smallest.day("0001-01-01")},
		{"the last day of all", smallest.day("9999-12-31")},
		{"a leap day", smallest.day("2024-02-29")},
		{"a leap day of 2000", smallest.day("2000-02-29")},
		{"a whole number written with a point", smallest.to(`{"recipients":10.0}`)},
		{"a whole number written with an exponent", smallest.to(`{"recipients":1e9}`)},
		{"hours with a fraction", smallest.segment(`"hoursSinceInteraction":47.999`)},
		{"an empty name", smallest.segment(`"name":""`)},
		{"the first package on its last day", smallest.day("2026-05-31").from(`"oaPackage":"trial"`)},
		{"the basic package on any day", smallest.day("2026-06-01").from(`"oaPackage":"basic"`)},
		{"a tag on a message that has none", smallest.saying(`"tag":0`)},
		{"Kosovo", smallWA.to(`{"recipients":1,"country":"XK"}`)},
	} {
		t.Run(c.name, func(t *testing.T) { ask(t, c.ask.json()) })
	}
	ask(t, "\n "+smallest.json()+"\t\r\n")
}

// TestManyNamesAreRefusedFast: a short way to ask for much work.
func TestManyNamesAreRefusedFast(t *testing.T) {
	names := func(value string) string {
		var b strings.Builder
		for i := range 50_000 {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`"name-` + strconv.Itoa(100_000+i) + `":` + value)
		}
		return b.String()
	}
	for name, scenario := range map[string]string{
		"readings": smallest.assuming(names(`"8"`)).json(),
		"rates":    smallest.priced(`"convert":{"currency":"USD","rates":{` + names(`"1"`) + `}}`).json(),
		"fields":   smallest.from(names("1")).json(),
		"nesting":  smallest.from(`"x":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)).json(),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			mistake(t, scenario)
			if d := time.Since(start); d > time.Second {
				t.Errorf("it took %s", d)
			}
		})
	}
}

// TestEvaluateRefusesWhatDecodeWould: a scenario built in Go is checked too.
func TestEvaluateRefusesWhatDecodeWould(t *testing.T) {
	good := rules.Scenario{On: 20240610, Message: rules.Message{Type: rules.ZaloConsultation}, Audience: []rules.Segment{{Recipients: rules.Some[int64](1)}}}
	if _, err := rules.Evaluate(good); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		spoil func(*rules.Scenario)
		path  string
		code  rules.Code
	}{
		{"no day", func(s *rules.Scenario) { s.On = 0 }, "on", rules.Required},
		{"no type", func(s *rules.Scenario) { s.Message.Type = "" }, "message.type", rules.Required},
		{"no audience", func(s *rules.Scenario) { s.Audience = nil }, "audience", rules.OutOfRange},
		{"no recipients", func(s *rules.Scenario) { s.Audience = []rules.Segment{{}} }, "audience[0].recipients", rules.Required},
		{"hours below zero", func(s *rules.Scenario) {
			s.Audience = []rules.Segment{{Recipients: rules.Some[int64](1), Recency: rules.HoursAgo(decimal.NewFromInt(-1))}}
		}, "audience[0].hoursSinceInteraction", rules.OutOfRange},
		{"no currency", func(s *rules.Scenario) { s.Pricing.Convert = rules.Some(rules.Conversion{}) }, "pricing.convert.currency", rules.Required},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := good
			c.spoil(&s)
			_, err := rules.Evaluate(s)
			var e *rules.Error
			if !errors.As(err, &e) || e.Path != c.path || e.Code != c.code {
				t.Errorf("got %v, want %s %s", err, c.path, c.code)
			}
		})
	}
}
