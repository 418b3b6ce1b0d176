package plan_test

import (
	"encoding/base64"
	"maps"
	"reflect"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/plan"
	"postage/rules"
)

const twoTypes = `{"items":[{"on":"2026-12-20","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":10,"phone":true}]},` +
	`{"on":"2026-12-20","message":{"type":"whatsapp.utility"},"audience":[{"recipients":10,"country":"VN"}]}]PRICING}`

// framed is a plan in the frame of a partner, which a link has brought.
func framed(t *testing.T, pricing string, o *model.FrameOptions) plan.Plan {
	t.Helper()
	p, wrong := plan.InLink(link(strings.Replace(twoTypes, "PRICING", pricing, 1)), formtest.TestDay, "en")
	if wrong != nil {
		t.Fatal(wrong)
	}
	p.Follow(o, o, formtest.TestDay)
	return p
}

// asked are the prices that the rules are asked with.
func asked(p plan.Plan) string {
	text := p.Answer(formtest.TestDay).Text()
	_, after, _ := strings.Cut(text, `"pricing":`)
	return strings.TrimSuffix(after, "}")
}

func TestAPartnersPricesHold(t *testing.T) {
	preset := map[string]string{"pricing.markupPercent": "10", "pricing.markupPerMessage@VND": "20", "pricing.markupPerMessage@USD": "0.001"}
	const own = `,"pricing":{"currency":"USD","markupPercent":"1","markupPerMessage":"2","monthlyFee":"3","bundle":{"messages":5,"fee":"6"}}`
	for name, c := range map[string]struct {
		options model.FrameOptions
		pricing string
		want    string
	}{
		"fixed":                {model.FrameOptions{Preset: preset, Fixed: true}, own, `{"currency":"USD","markupPercent":"10","markupPerMessage":"0.001","markupOnFree":true}`},
		"fixed, of no plan":    {model.FrameOptions{Preset: preset, Fixed: true}, "", `{"currency":"VND","markupPercent":"10","markupPerMessage":"20","markupOnFree":true}`},
		"fixed without prices": {model.FrameOptions{Fixed: true}, own, `{"markupOnFree":true}`},
		"for who said nothing": {model.FrameOptions{Preset: preset}, "", `{"currency":"VND","markupPercent":"10","markupPerMessage":"20","markupOnFree":true}`},
		"as the plan says":     {model.FrameOptions{Preset: preset}, own, `{"currency":"USD","markupPercent":"1","markupPerMessage":"2","monthlyFee":"3","markupOnFree":true,"bundle":{"messages":5,"fee":"6"}}`},
	} {
		p := framed(t, c.pricing, &c.options)
		if got := asked(p); got != c.want {
			t.Errorf("%s: %s, not %s", name, got, c.want)
		}
		before := maps.Clone(p.Shared)
		if p.Follow(&c.options, &c.options, formtest.TestDay); !maps.Equal(before, p.Shared) {
			t.Errorf("%s: followed again it is %v, not %v", name, p.Shared, before)
		}
	}
	// What a partner says otherwise than before is answered anew, what a visitor has said is not.
	p := framed(t, "", &model.FrameOptions{Preset: preset})
	other := model.FrameOptions{Preset: map[string]string{"pricing.markupPercent": "15"}}
	if p.Follow(&other, &model.FrameOptions{Preset: preset}, formtest.TestDay); asked(p) != `{"markupPercent":"15","markupOnFree":true}` {
		t.Errorf("with other options it is %s", asked(p))
	}
}

func link(plan string) string { return "p=" + base64.RawURLEncoding.EncodeToString([]byte(plan)) }

// TestOtherPricesThanTheFixedOnesAreRefused, by the page around the frame and by a link,
// with the first path that is another one. What the frame itself tells is taken back.
func TestOtherPricesThanTheFixedOnesAreRefused(t *testing.T) {
	o := model.FrameOptions{Fixed: true, Preset: map[string]string{"pricing.markupPercent": "10.50", "pricing.markupPerMessage@VND": "20", "pricing.markupPerMessage@USD": "0.001"}}
	p := framed(t, "", &o)
	told := p.Answer(formtest.TestDay).Text()
	for pricing, path := range map[string]string{
		``:              "",
		`,"pricing":{}`: "",
		`,"pricing":{"currency":"VND","markupPercent":"10.5","markupPerMessage":"20","markupOnFree":true,"monthlyFee":"0"}`: "",
		`,"pricing":{"currency":"USD","markupPerMessage":"0.001"}`:                                                          "",
		`,"pricing":{"convert":{"currency":"VND","rates":{"USD":"26000"}}}`:                                                 "",
		`,"pricing":{"currency":"USD","markupPerMessage":"20"}`:                                                             "pricing.markupPerMessage",
		`,"pricing":{"markupPercent":"0"}`:                                                                                  "pricing.markupPercent",
		`,"pricing":{"markupPercent":"10.5","taxPercent":"8"}`:                                                              "pricing.taxPercent",
		`,"pricing":{"currency":"VND","monthlyFee":"1"}`:                                                                    "pricing.monthlyFee",
		`,"pricing":{"markupOnFree":false}`:                                                                                 "pricing.markupOnFree",
		`,"pricing":{"bundle":{"messages":5}}`:                                                                              "pricing.bundle.messages",
		"told":                                                                                                              "",
	} {
		text := strings.Replace(twoTypes, "PRICING", pricing, 1)
		if pricing == "told" {
			text = told
		}
		_, wrong := plan.InFrame(text, &o, formtest.TestDay, "en")
		if path == "" && wrong != nil || path != "" && (wrong == nil || wrong.Path != path || wrong.Code != rules.Conflict) {
			t.Errorf("%s: %v, not a mistake at %q", pricing, wrong, path)
		}
		if again := plan.RefusedInLink(link(text), &o, formtest.TestDay, "en"); !reflect.DeepEqual(again, wrong) {
			t.Errorf("%s: by a link it is %v, not %v", pricing, again, wrong)
		}
		edit := o
		edit.Fixed = false
		if _, wrong := plan.InFrame(text, &edit, formtest.TestDay, "en"); wrong != nil {
			t.Errorf("%s: where visitors may change the prices: %v", pricing, wrong)
		}
	}
}

func TestAPlanInAFrameIsOfTypesOnOffer(t *testing.T) {
	o := model.FrameOptions{Types: []rules.MessageType{rules.ZNS}}
	_, wrong := plan.InFrame(strings.Replace(twoTypes, "PRICING", "", 1), &o, formtest.TestDay, "en")
	if wrong == nil || wrong.Path != "items[1].message.type" || wrong.Code != rules.UnknownValue {
		t.Errorf("%v", wrong)
	}
	for text, path := range map[string]string{"": "", "[]": "", "{}": "items", `{"items":[{}]}`: "items[0].on"} {
		if _, wrong := plan.InFrame(text, &o, formtest.TestDay, "en"); wrong == nil || wrong.Path != path {
			t.Errorf("%q: %v, not a mistake at %q", text, wrong, path)
		}
	}
	p := framed(t, "", &model.FrameOptions{})
	if p.Follow(&o, &model.FrameOptions{}, formtest.TestDay); len(p.Items) != 1 || p.Items[0].Values[form.PathType] != string(rules.ZNS) {
		t.Errorf("the items are %+v", p.Items)
	}
}

func TestMistakesHaveTheirPathInThePlan(t *testing.T) {
	p := plan.Plan{Lang: "en"}
	a := p.Answer(formtest.TestDay)
	if got := a.Paths(&p); a.IsWhole(&p) || len(got) != 1 || got[0].Path != "items" {
		t.Errorf("of nothing: %v", got)
	}
	p = framed(t, "", &model.FrameOptions{})
	if a = p.Answer(formtest.TestDay); !a.IsWhole(&p) || len(a.Paths(&p)) > 0 {
		t.Errorf("of a plan that is whole: %v", a.Paths(&p))
	}
	p.SetAnswer(1, "audience[0].recipients", "none", formtest.TestDay)
	p.Balance = map[string]string{"VND": "x"}
	a = p.Answer(formtest.TestDay)
	var paths []string
	for _, m := range a.Paths(&p) {
		paths = append(paths, m.Path)
	}
	if got := strings.Join(paths, " "); a.IsWhole(&p) || got != "items[1].audience[0].recipients balance.VND" {
		t.Errorf("the mistakes are at %s", got)
	}
}
