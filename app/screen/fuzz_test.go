package screen

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// FuzzName: a name is one short line without what deceives, and again a name.
func FuzzName(f *testing.F) {
	for _, name := range formtest.HostileNames {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, given string) {
		for _, name := range []string{words.ShortName(given), model.PriceListName(given)} {
			if !utf8.ValidString(name) || utf8.RuneCountInString(name) > words.MaxName || strings.ContainsAny(name, words.Unseen+"\r\n\t\x00") || name != strings.TrimSpace(name) {
				t.Errorf("%q becomes %q", given, name)
			}
			if words.ShortName(name) != name {
				t.Errorf("%q becomes %q, and that %q", given, name, words.ShortName(name))
			}
		}
		if name := model.PriceListName(given); model.PriceListName(name) != name {
			t.Errorf("%q becomes the profile %q, and that %q", given, name, model.PriceListName(name))
		}
		s := newScreen("en", false, form.New(formtest.TestDay, "en"))
		s.desk.Name = given
		if title := s.desk.FileTitle(); strings.ContainsAny(title, `/\:*?"<>|`+words.Unseen+"\n\x00") || len(title) > 4*words.MaxName+40 {
			t.Errorf("%q gives the file %q", given, title)
		}
	})
}

// FuzzOpen: nothing that is opened can stop the page; what is accepted stands in
// the address so that it opens again, and what is not says why and leaves the
// form as it is.
func FuzzOpen(f *testing.F) {
	for _, scenario := range formtest.WorkedExamples(f) {
		f.Add(string(scenario))
		f.Add(`{"postage":1,"scenario":` + string(scenario) + `,"quote":{"verdict":"eligible","totals":[{"currency":"VND","gross":"1e999999999"}]}}`)
		f.Add(`{"postage":1,"book":"%&a=#","made":"2026-10-01","scenario":` + string(scenario) + `,"quote":{"verdict":"eligible","totals":[{"currency":"VND","gross":"1"}]}}`)
		f.Add("https://a.example/%23#" + form.LinkOf(scenario) + "&b=%&a=eligible_1_VND&x=<script>")
	}
	for _, content := range formtest.HostileJSON {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content string) {
		s := newScreen("en", false, form.New(formtest.TestDay, "en"))
		s.desk.Form.Set(form.PathPer, "7")
		s.desk.Compute()
		before := s.desk.Form
		if wrong := s.desk.TakeIn(content); wrong != nil {
			if wrong.Code == "" || s.desk.Form != before || s.desk.Form.Get(form.PathPer) != "7" {
				t.Errorf("%q: %+v, and the form has %q", content, wrong, s.desk.Form.Get(form.PathPer))
			}
			if said := s.desk.CannotOpenText(wrong); len(said) > 1_000 {
				t.Errorf("%q is refused with %q", content, said)
			}
			return
		}
		if s.desk.Name != words.ShortName(s.desk.Name) {
			t.Errorf("the name %q", s.desk.Name)
		}
		link := s.desk.OwnLink()
		if strings.ContainsFunc(link, func(r rune) bool { return !strings.ContainsRune(form.LinkSigns, r) }) {
			t.Errorf("the address gets %q", link)
		}
		scenario, ok := form.ScenarioOf(link)
		if !ok {
			if len(link) <= form.MaxLink {
				t.Errorf("the address %q does not open again", link)
			}
			return
		}
		formtest.SurviveForm(t, scenario)
	})
}

// FuzzArrival: what is shared into the app, and what stands in the address beside
// a scenario, is answered with a sentence, and changes nothing unless it can be
// read.
func FuzzArrival(f *testing.F) {
	for _, content := range append(slices.Concat(formtest.HostileNames, formtest.HostileJSON), formtest.Jakarta, "#"+form.LinkOf([]byte(formtest.Jakarta)), "channel=zns", "channel=", "channel=%", "channel=__proto__", "zns", "CHANNEL=ZNS") {
		f.Add(content, content)
	}
	f.Fuzz(func(t *testing.T, link, shared string) {
		s := newScreen("vi", false, form.New(formtest.TestDay, "vi"))
		s.desk.Compute()
		before := string(s.desk.Scenario)
		s.arrive(link)
		name, _ := strings.CutPrefix(link, ChannelPrefix)
		if known := slices.Contains(rules.Channels(), rules.Channel(name)); !known && string(s.desk.Scenario) != before || known && s.desk.Form.Kind().Channel() != rules.Channel(name) {
			t.Errorf("%q turns %s into %s", link, before, s.desk.Scenario)
		}
		before = string(s.desk.Scenario)
		s.openShared([]string{shared})
		if s.desk.Arrived.Said == "" || len(s.desk.Arrived.Said) > 1_000 || !s.desk.Arrived.Opened && string(s.desk.Scenario) != before {
			t.Errorf("%q is answered with %+v and turns %s into %s", shared, s.desk.Arrived, before, s.desk.Scenario)
		}
	})
}

// FuzzProfiles: whatever the device has kept as prices, what is read of it is
// bounded, reads the same again and can be used.
func FuzzProfiles(f *testing.F) {
	for _, stored := range append(slices.Clone(formtest.HostileDrafts),
		`{"v":1,"profiles":[{"name":"A","prices":{"pricing.taxPercent":"=1e999999999","pricing.markupPercent":"<b>","pricing.":"x","pricing.convert.rates.":"1"}},{"name":"B","prices":null}],"using":"A"}`,
		`{"v":1,"profiles":[{"name":"\u202e","prices":{}},{"name":"__proto__","prices":{"pricing.markupPerMessage@USD":"=-5"}}],"using":"__proto__"}`,
		`{"v":1,"profiles":[`+strings.Repeat(`{"name":"x"},`, 99)+`{}],"using":7}`,
	) {
		f.Add(stored)
	}
	f.Fuzz(func(t *testing.T, stored string) {
		kept := formtest.Memory{model.PricesKey: stored}
		p := model.NewPriceLists(kept)
		lists := slices.Clone(p.All())
		p.Remove("") // which writes them
		again := model.NewPriceLists(kept)
		same := func(a, b model.PriceList) bool { return a.Name == b.Name && maps.Equal(a.Prices, b.Prices) }
		using, used := p.InUse()
		if still, ok := again.InUse(); len(lists) > model.MaxPriceLists || again.Damaged() || ok != used || still.Name != using.Name || !slices.EqualFunc(again.All(), lists, same) {
			t.Errorf("%q is read as %+v, and that as %+v", stored, lists, again)
		}
		for _, kind := range []rules.MessageType{rules.ZNS, rules.WhatsAppMarketing} {
			s := newScreen("en", false, form.New(formtest.TestDay, "en"))
			s.form.Prices.Lists = p
			s.desk.Form.Set(form.PathType, string(kind))
			for _, one := range lists[:min(2, len(lists))] {
				s.desk.Form.SetPrices(one.Prices)
				s.desk.Compute()
				if html := goapp.HTMLString(s); strings.Contains(html, "<script") {
					t.Errorf("markup got in: %s", html)
				}
			}
		}
	})
}

// FuzzFrame: whatever scenario the page around a frame gives, it is refused with
// a reason and nothing changes, or it stands there with what the partner has
// fixed.
func FuzzFrame(f *testing.F) {
	for _, scenario := range formtest.WorkedExamples(f) {
		f.Add([]byte(scenario), byte(len(scenario)))
	}
	for _, scenario := range formtest.HostileJSON {
		f.Add([]byte(scenario), byte(1))
	}
	kinds := []model.FrameOptions{
		{},
		{Types: []rules.MessageType{rules.ZNS, rules.ZaloConsultation}, ReadOnly: true},
		{Fixed: true, Preset: map[string]string{"pricing.markupPercent": "10", "pricing.markupPerMessage@VND": "5", "pricing.monthlyFee@USD": "1.5", "on": "2023-07-01"}, Partner: "<b>", Lead: "event"},
		{Fixed: true},
	}
	f.Fuzz(func(t *testing.T, scenario []byte, which byte) {
		s := newScreen("en", true, form.New(formtest.TestDay, "en"))
		s.desk.Options = kinds[int(which)%len(kinds)]
		s.desk.Options.Use(s.desk.Form)
		s.desk.Compute()
		before := s.frameState()
		refused := s.openInFrame(scenario)
		var state struct {
			Scenario json.RawMessage
			Mistakes []struct{ Path, Message string }
		}
		after := s.frameState()
		if err := json.Unmarshal([]byte(after), &state); err != nil {
			t.Fatalf("%s: %v", after, err)
		}
		if refused != nil {
			if refused.Code == "" || after != before {
				t.Errorf("%s is refused with %+v and turns %s into %s", scenario, refused, before, after)
			}
			return
		}
		if state.Scenario == nil {
			if len(state.Mistakes) == 0 {
				t.Errorf("%s leaves %s", scenario, after)
			}
			return
		}
		standing, err := rules.Decode(state.Scenario)
		if err != nil {
			t.Fatalf("%s stands there as %s: %v", scenario, state.Scenario, err)
		}
		if !s.desk.Options.Offers(standing.Message.Type) {
			t.Errorf("%s is not on offer", standing.Message.Type)
		}
		if want := s.desk.Options.Preset["pricing.markupPercent"]; s.desk.Options.Fixed && standing.Pricing.MarkupPercent.Or(decimal.Zero).String() != cmp.Or(want, "0") {
			t.Errorf("the partner's mark-up has become %v", standing.Pricing.MarkupPercent)
		}
		if strings.Contains(goapp.HTMLString(s), "<b>") {
			t.Error("markup got in")
		}
	})
}
