package plan_test

import (
	"maps"
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

// framed is a plan in the frame of a partner.
func framed(t *testing.T, pricing string, o *model.FrameOptions) plan.Plan {
	t.Helper()
	p, wrong := plan.InFrame(strings.Replace(twoTypes, "PRICING", pricing, 1), o, formtest.TestDay, "en")
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
