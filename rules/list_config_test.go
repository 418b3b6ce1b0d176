package rules_test

import (
	"errors"
	"testing"

	"postage/rules"
)

func TestAListConfigIsRead(t *testing.T) {
	c, err := rules.DecodeListConfig([]byte(`{"sender":{"oaPackage":"growth","includedPerMonth":5},"assume":{"zalo.zns.vat":"8"},` +
		`"pricing":{"markupPercent":"5","currency":"VND"},"at":"09:30","columns":{"phone":"Số điện thoại"},"dependsToo":true,` +
		`"ways":[{"type":"zalo.zns","tag":3,"template":{"kind":"voucher","approved":true},"promotional":true,"automated":false,"tool":"openapi"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	w := c.Ways[0]
	if c.Sender.OAPackage != "growth" || c.Sender.IncludedPerMonth.Or(0) != 5 || c.Assume["zalo.zns.vat"] != "8" || c.Pricing.Currency != "VND" ||
		!c.Pricing.MarkupPercent.Known() || c.At != "09:30" || c.Columns["phone"] != "Số điện thoại" || !c.DependsToo ||
		w.Message.Type != rules.ZNS || w.Message.Tag.Or(0) != 3 || w.Message.Template.Kind != "voucher" || !w.Message.Promotional.Or(false) || w.Message.Automated.Or(true) || w.Tool != rules.OpenAPI {
		t.Errorf("%+v", c)
	}
}

func TestAListConfigIsRefusedWhereItIsWrong(t *testing.T) {
	for text, want := range map[string]rules.Error{
		`{"way":1}`:     {Path: "way", Code: rules.UnknownField},
		`{"ways":[{}]}`: {Path: "ways[0].type", Code: rules.Required},
		`{"ways":[{"type":"zalo.zns","every":"day"}]}`:      {Path: "ways[0].every", Code: rules.UnknownField},
		`{"ways":[{"type":"zalo.zns","template":{"x":1}}]}`: {Path: "ways[0].template.x", Code: rules.UnknownField},
		`{"columns":{"phone":1}}`:                           {Path: "columns.phone", Code: rules.WrongType},
		`{"columns":{"phone":"a","phone":"b"}}`:             {Path: "columns.phone", Code: rules.Conflict},
		`{"dependsToo":"yes"}`:                              {Path: "dependsToo", Code: rules.WrongType},
		`{"at":"9:30"}`:                                     {Path: "at", Code: rules.WrongType},
		`[`:                                                 {Code: rules.Syntax},
		`{"ways":[` + repeated(`{"type":"zalo.zns"}`, rules.MaxWays+1) + `]}`: {Path: "ways", Code: rules.OutOfRange},
	} {
		_, err := rules.DecodeListConfig([]byte(text))
		var e *rules.Error
		if !errors.As(err, &e) || e.Path != want.Path || e.Code != want.Code {
			t.Errorf("%.60s: %v, not %s %s", text, err, want.Path, want.Code)
		}
	}
}

func repeated(text string, times int) string {
	all := text
	for range times - 1 {
		all += "," + text
	}
	return all
}
