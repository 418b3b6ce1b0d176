package protocol

import (
	"encoding/json"
	"strings"
	"testing"

	"postage/rules"
	"postage/rules/reach"
)

// soundListConfig has all that a configuration of a list may have.
const soundListConfig = `{"sender":{"tool":"openapi","oaPackage":"growth","includedPerMonth":2,"promotionBase":[30,30]},"assume":{"zalo.zns.vat":"8"},` +
	`"pricing":{"currency":"VND","markupPerMessage":"20","convert":{"currency":"VND","rates":{"USD":"26000"}}},"at":"09:30",` +
	`"ways":[{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true},"promotional":true,"automated":false,"tool":"openapi"},` +
	`{"type":"whatsapp.marketing","template":{"approved":true}},{"type":"zalo.uid.broadcast"}],"columns":{"phone":"Số điện thoại"},"dependsToo":true}`

func TestTheListConfigSchemaRefusesWhatTheRulesRefuse(t *testing.T) {
	schema := publishedSchemas(t)["list-config"]
	refuses := func(text string) error {
		c, err := rules.DecodeListConfig([]byte(text))
		if err != nil {
			return err
		}
		_, err = reach.Prepare(reach.Task{Purpose: rules.Promotion, On: 20261201, ListConfig: c})
		return err
	}
	for _, good := range []string{soundListConfig, `{}`} {
		if err := schema.Validate(toAny(t, []byte(good))); err != nil {
			t.Fatal(err)
		}
		if err := refuses(good); err != nil {
			t.Fatal(err)
		}
	}
	for _, change := range []struct{ from, to string }{
		{`"tool":"openapi","oaPackage"`, `"tool":"fax","oaPackage"`},
		{`"includedPerMonth":2`, `"includedPerMonth":-2`},
		{`[30,30]`, `[30]`},
		{`"zalo.zns.vat":"8"`, `"zalo.zns.vat":"9"`},
		{`"markupPerMessage":"20"`, `"markupPerMessage":20`},
		{`"09:30"`, `"9:30"`},
		{`"type":"zalo.zns"`, `"type":"zalo.sms"`},
		{`"type":"zalo.zns",`, ``},
		{`"tag":3`, `"tag":9`},
		{`"kind":"voucher"`, `"kind":"coupon"`},
		{`"approved":true},"promotional"`, `"approved":1},"promotional"`},
		{`"promotional":true`, `"promotional":"yes"`},
		{`"automated":false,"tool":"openapi"`, `"automated":false,"tool":"fax"`},
		{`"automated":false`, `"every":"day"`},
		{`{"phone":"Số điện thoại"}`, `{"age":"Tuổi"}`},
		{`"dependsToo":true`, `"dependsToo":"yes"`},
		{`"dependsToo"`, `"depends"`},
	} {
		bad := strings.Replace(soundListConfig, change.from, change.to, 1)
		if bad == soundListConfig {
			t.Fatalf("%q changes nothing", change.from)
		}
		if refuses(bad) == nil {
			t.Errorf("the rules take %s", bad)
		}
		if err := schema.Validate(toAny(t, []byte(bad))); err == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

// summaryOf is the summary of a list on which nearly everything happens.
func summaryOf(t *testing.T, config string) []byte {
	t.Helper()
	c, err := rules.DecodeListConfig([]byte(config))
	if err != nil {
		t.Fatal(err)
	}
	w, err := reach.Prepare(reach.Task{Purpose: rules.Promotion, On: 20261201, ListConfig: c})
	if err != nil {
		t.Fatal(err)
	}
	l := reach.NewList(w)
	for i := range 40 {
		one := reach.Contact{Row: int32(i + 2), Phone: reach.Phone(84912345678 + i/2), CareWithin6Months: rules.Some(i%8 < 6), Country: reach.CountryOf("VN")}
		if i%3 == 0 {
			one.UID, one.Follows, one.ZaloLast = "u", rules.Some(true), reach.On(20261130)
		}
		if i%5 == 0 {
			one.WhatsAppOptedIn = rules.Some(i%2 == 0)
		}
		if err := l.Add(&one); err != nil {
			t.Fatal(err)
		}
	}
	text, err := json.Marshal(Summarise(w.Plan(l.People()), 40, l.Doubles(), 0))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestSummariesOfListsFitTheSchema(t *testing.T) {
	schema := publishedSchemas(t)["list-summary"]
	noRate := strings.Replace(soundListConfig, `,"convert":{"currency":"VND","rates":{"USD":"26000"}}`, ``, 1)
	for _, config := range []string{soundListConfig, noRate} {
		text := summaryOf(t, config)
		if err := schema.Validate(toAny(t, text)); err != nil {
			t.Errorf("%s\n%v", text, err)
		}
	}
	good := string(summaryOf(t, noRate))
	for _, change := range []struct{ from, to string }{
		{`"contacts":40`, `"contacts":"40"`}, {`"days":`, `"daysInAll":`}, {`"needsRate":[{"type"`, `"needsRate":[{"kind"`}, {`"items":[`, `"items":7,"more":[`},
		{`"currency":"VND","net":"`, `"currency":"VND","net":"0`}, {`"would":{"type"`, `"would":{"kind"`},
	} {
		bad := strings.Replace(good, change.from, change.to, 1)
		if bad == good {
			t.Fatalf("%q changes nothing in %s", change.from, good)
		}
		if err := schema.Validate(toAny(t, []byte(bad))); err == nil {
			t.Errorf("the schema takes %s for %s", change.to, change.from)
		}
	}
	types := string(published(t)[Folder+"types.d.ts"])
	for _, want := range []string{"export interface ListConfig {", "export interface ListSummary {", "plan?: Plan;", "dependsToo?: boolean;", "ways?: ListConfigWay[];", "depends: ListPlan;"} {
		if !strings.Contains(types, want) {
			t.Errorf("the types lack %s", want)
		}
	}
}
