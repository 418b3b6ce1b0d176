package screen

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// What comes in from outside: links, files, what other apps share, what the
// device has kept, what partners' pages ask, what people type. FuzzLink, FuzzForm
// and FuzzDraft are beside what they are about.

// hostileNames are what a link or a file could call something.
var hostileNames = []string{
	"", " ", "Hoa Mai", "Nhóm khách lẻ", "=1+1", "=HYPERLINK(\"http://a.example\",\"x\")", "+84 912", "-5", "-5.5", "-5+cmd|' /C calc'!A0", "@SUM(A1)",
	"\t=1", "\r\n=1", "a\n=1", "a;=1", `a;"=1`, `";=1`, `"=1"`, "'=1", " =1", "\u00a0=1", "\ufeff=1", "＝1", "，", "a,=1", "a\t=1", "a|=1", "a\x00=1",
	"\u202egpj.exe", "\u2066x\u2069", "\u200b", "\u061c-1", "a\u2028=1", "\x7f\x9b", "\xff\xfe", "\xed\xa0\x80", "{name} {n}", "<img src=x onerror=alert(1)>",
	`</script><script>alert(1)</script>`, "__proto__", strings.Repeat("ă", 5_000), "👨‍👩‍👧", "1e9", "0x1F", "2026-11-21", "TRUE",
}

// FuzzTable: the table is one of twelve columns whatever things are called, its
// numbers are numbers, and no spreadsheet finds a formula in it.
func FuzzTable(f *testing.F) {
	for _, name := range hostileNames {
		f.Add(name, name)
		f.Add("", name)
	}
	var base map[string]any
	if err := json.Unmarshal([]byte(jakarta), &base); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, group string) {
		if r := []rune(group); len(r) > rules.MaxName { // as long as a name can be
			group = string(r[:rules.MaxName])
		}
		base["audience"].([]any)[0].(map[string]any)["name"] = group
		scenario, err := json.Marshal(base)
		if err != nil {
			t.Fatal(err)
		}
		s := screenOf(t, "en", string(scenario))
		s.kept.name = name
		table := s.table()
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil {
			t.Fatalf("%v in\n%s", err, table)
		}
		var numbers, named []string
		for _, row := range rows {
			if row[0] == s.words().Text("sheet.title") {
				named = append(named, row[1])
			}
			if row[0] == s.words().Text("breakdown.title") {
				numbers = append(numbers, row[3:9]...)
			}
			for _, c := range row {
				if isFormula(c) {
					t.Errorf("a spreadsheet takes %q for a formula", c)
				}
			}
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(table, "\r\n"), "\r\n") {
			if strings.ContainsAny(line, "\r\n") {
				t.Errorf("a row is more than a line: %q", line)
			}
			for c := range strings.SplitSeq(line, ";") { // as where lists are separated by semicolons
				if isFormula(c) {
					t.Errorf("a spreadsheet cuts a formula out: %q", c)
				}
			}
		}
		var want []string
		for i := range s.quote.Lines {
			l := &s.quote.Lines[i]
			want = append(want, words.Itoa(int(l.Quantity)), l.UnitPrice.String(), l.Net.String(), l.TaxPercent.String(), l.Tax.String(), l.Gross.String())
		}
		if !slices.Equal(numbers, want) {
			t.Errorf("the numbers are read as %q, not %q", numbers, want)
		}
		if name != "" && (len(named) != 1 || sameSigns(named[0]) != sameSigns(name)) {
			t.Errorf("the name %q is read as %q", name, named)
		}
		if len(table) > 20_000+2*len(name) {
			t.Errorf("the table of a group with a name of %d bytes has %d", len(group), len(table))
		}
	})
}

// isFormula reports whether a spreadsheet could work a cell out.
func isFormula(c string) bool {
	if isPlainNumber(c) {
		return false
	}
	c = strings.TrimLeft(c, " \u00a0\"")
	return c != "" && strings.ContainsAny(c[:1], "=+-@\t\r\n") || strings.ContainsAny(firstSign(c), "＝＋－＠")
}

func firstSign(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// sameSigns is a text without what a cell may change about it.
func sameSigns(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || strings.ContainsRune("'\u0085\u2028\u2029", r) {
			return -1
		}
		return r
	}, s)
}

// FuzzName: a name is one short line without what deceives, and again a name.
func FuzzName(f *testing.F) {
	for _, name := range hostileNames {
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
		s := &screen{Lang: "en", form: form.New(TestDay, "en")}
		s.kept.name = given
		if title := s.fileTitle(); strings.ContainsAny(title, `/\:*?"<>|`+words.Unseen+"\n\x00") || len(title) > 4*words.MaxName+40 {
			t.Errorf("%q gives the file %q", given, title)
		}
	})
}

// FuzzOpen: nothing that is opened can stop the page; what is accepted stands in
// the address so that it opens again, and what is not says why and leaves the
// form as it is.
func FuzzOpen(f *testing.F) {
	for _, scenario := range workedExamples(f) {
		f.Add(string(scenario))
		f.Add(`{"postage":1,"scenario":` + string(scenario) + `,"quote":{"verdict":"eligible","totals":[{"currency":"VND","gross":"1e999999999"}]}}`)
		f.Add(`{"postage":1,"book":"%&a=#","made":"2026-10-01","scenario":` + string(scenario) + `,"quote":{"verdict":"eligible","totals":[{"currency":"VND","gross":"1"}]}}`)
		f.Add("https://a.example/%23#" + form.LinkOf(scenario) + "&b=%&a=eligible_1_VND&x=<script>")
	}
	for _, content := range hostileJSON {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content string) {
		s := &screen{Lang: "en", form: form.New(TestDay, "en")}
		s.form.Set(form.PathPer, "7")
		s.compute()
		before := s.form
		if wrong := s.takeIn(content); wrong != nil {
			if wrong.Code == "" || s.form != before || s.form.Get(form.PathPer) != "7" {
				t.Errorf("%q: %+v, and the form has %q", content, wrong, s.form.Get(form.PathPer))
			}
			if said := s.cannotOpenText(wrong); len(said) > 1_000 {
				t.Errorf("%q is refused with %q", content, said)
			}
			return
		}
		if s.kept.name != words.ShortName(s.kept.name) {
			t.Errorf("the name %q", s.kept.name)
		}
		link := s.ownLink()
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
		surviveForm(t, scenario)
	})
}

// hostileJSON is JSON, or nearly, that is meant to do harm.
var hostileJSON = []string{
	`{"__proto__":{"on":"2026-11-21"}}`, `{"scenario":{"__proto__":1},"postage":1}`, `{"on":"2026-11-21","on":"2020-01-01"}`, `{"scenario":null,"postage":1}`,
	`{"postage":1e0,"scenario":{}}`, `{"postage":1,"postage":2,"scenario":{}}`, `{"name":"\ud800","postage":1,"scenario":{}}`, "{\"\xff\":1}", "{\"\u202e\":1}",
	`{"on":1e999999999}`, `{"audience":[` + strings.Repeat(`{},`, 2_000) + `{}]}`, strings.Repeat(`{"":`, 200) + "1" + strings.Repeat("}", 200), strings.Repeat("[", 20_000),
	`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":-1}]}`,
	`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"hoursSinceInteraction":1e-999999999}]}`,
	`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"hoursSinceInteraction":NaN}]}`,
	`{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1,"name":"\u0000<img>\u202e"}]}`,
	"{\"on\":\"2026-11-21\",\"message\":{\"type\":\"zalo.uid.consultation\"},\"audience\":[{\"recipients\":1,\"name\":\"a\xff\xfeb\\ud800\"}]}",
	`{"on":"2026-11-21","message":{"type":"whatsapp.marketing"},"audience":[{"recipients":1,"country":"__"}],"pricing":{"convert":{"currency":"VND","rates":{"__proto__":"1"}}}}`,
}

// FuzzArrival: what is shared into the app, and what stands in the address beside
// a scenario, is answered with a sentence, and changes nothing unless it can be
// read.
func FuzzArrival(f *testing.F) {
	for _, content := range append(slices.Concat(hostileNames, hostileJSON), jakarta, "#"+form.LinkOf([]byte(jakarta)), "channel=zns", "channel=", "channel=%", "channel=__proto__", "zns", "CHANNEL=ZNS") {
		f.Add(content, content)
	}
	f.Fuzz(func(t *testing.T, link, shared string) {
		s := &screen{Lang: "vi", form: form.New(TestDay, "vi")}
		s.compute()
		before := string(s.scenario)
		s.arrive(link)
		name, _ := strings.CutPrefix(link, ChannelPrefix)
		if known := slices.Contains(rules.Channels(), rules.Channel(name)); !known && string(s.scenario) != before || known && s.form.Kind().Channel() != rules.Channel(name) {
			t.Errorf("%q turns %s into %s", link, before, s.scenario)
		}
		before = string(s.scenario)
		s.openShared([]string{shared})
		if s.arrived.said == "" || len(s.arrived.said) > 1_000 || !s.arrived.opened && string(s.scenario) != before {
			t.Errorf("%q is answered with %+v and turns %s into %s", shared, s.arrived, before, s.scenario)
		}
	})
}

// FuzzSaved: whatever the device has kept as saved scenarios, what is read of it
// is sound, reads the same again, and can be shown and opened.
func FuzzSaved(f *testing.F) {
	link := form.LinkOf([]byte(jakarta))
	for _, stored := range append(slices.Clone(hostileDrafts),
		`{"v":1,"items":[{"id":1,"name":"\u202e<b>","link":"`+link+`&a=eligible_1_USD"},{"id":1,"name":"","link":"s=%"},{"id":9223372036854775807,"link":"`+link+`&a=<b>"}]}`,
		`{"v":1e0,"items":null}`, `{"v":1,"v":2,"items":[{}]}`, `{"v":"1"}`, `{"v":1,"items":[{"id":1e99}]}`, `{"v":1,"items":[[],{"id":true},{"id":2,"link":7}]}`, `{"v":1,"items":[`+strings.Repeat(`{"id":3},`, 99)+`7]}`,
	) {
		f.Add(stored)
	}
	f.Fuzz(func(t *testing.T, stored string) {
		kept := memory{model.SavedKey: stored}
		shelf := model.NewShelf(kept)
		items := shelf.Items()
		if len(items) > model.MaxKept {
			t.Fatalf("%d items are read", len(items))
		}
		shelf.Delete(model.Saved{ID: -1}) // which writes them
		if again := model.NewShelf(kept); again.Damaged() || !slices.Equal(again.Items(), items) {
			t.Errorf("%q is written as %s, which is read as %+v", stored, kept[model.SavedKey], again)
		}
		s := screenOf(t, "en", jakarta)
		items = items[:min(3, len(items))]
		s.kept.shelf = model.ShelfOf(items...)
		for _, item := range items {
			s.kept.compared = append(s.kept.compared, item.ID)
			s.kept.renaming = item
		}
		if html := goapp.HTMLString(goapp.Div().Body(s.saved())); strings.Contains(html, "<script") || strings.Contains(html, "<img") {
			t.Errorf("markup got in: %s", html)
		}
		for _, item := range items {
			if wrong := s.openLink(item.Link); wrong != nil && wrong.Code == "" {
				t.Errorf("%q is refused without a reason", item.Link)
			}
		}
	})
}

// FuzzProfiles: whatever the device has kept as prices, what is read of it is
// bounded, reads the same again and can be used.
func FuzzProfiles(f *testing.F) {
	for _, stored := range append(slices.Clone(hostileDrafts),
		`{"v":1,"profiles":[{"name":"A","prices":{"pricing.taxPercent":"=1e999999999","pricing.markupPercent":"<b>","pricing.":"x","pricing.convert.rates.":"1"}},{"name":"B","prices":null}],"using":"A"}`,
		`{"v":1,"profiles":[{"name":"\u202e","prices":{}},{"name":"__proto__","prices":{"pricing.markupPerMessage@USD":"=-5"}}],"using":"__proto__"}`,
		`{"v":1,"profiles":[`+strings.Repeat(`{"name":"x"},`, 99)+`{}],"using":7}`,
	) {
		f.Add(stored)
	}
	f.Fuzz(func(t *testing.T, stored string) {
		kept := memory{model.PricesKey: stored}
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
			s := &screen{Lang: "en", form: form.New(TestDay, "en"), profiles: p}
			s.form.Set(form.PathType, string(kind))
			for _, one := range lists[:min(2, len(lists))] {
				s.form.SetPrices(one.Prices)
				s.compute()
				if html := goapp.HTMLString(s); strings.Contains(html, "<script") {
					t.Errorf("markup got in: %s", html)
				}
			}
		}
	})
}

// FuzzNumber: whatever is typed into a field for a number, it is none or one of
// bounded length that, as the page writes it, is read as the same.
func FuzzNumber(f *testing.F) {
	for _, typed := range []string{
		"", "1", "1.200", "1,5 triệu", "1tr5", "2k5", "-1", "1e9", "1e999999999", "0x10", "NaN", "Infinity", "١٢٣", "１２", "=1", "1..2", ",5", "5,", "'", "$", "%", "1’000", "999999 tỷ",
		strings.Repeat("9", 41), strings.Repeat("1,", 5_000), "0." + strings.Repeat("0", 100) + "1", "1\u202f200\u00a0000,5", "\u202e12", "1\x00", "\xff", "00000", "-0", "k", "k5",
	} {
		for _, lang := range words.Codes {
			f.Add(typed, lang)
		}
	}
	f.Fuzz(func(t *testing.T, typed, lang string) {
		if !slices.Contains(words.Codes, lang) {
			return
		}
		l := words.Of(lang)
		if n, ok := words.ParseCount(typed); ok {
			if n < 0 || n > rules.MaxCount {
				t.Errorf("%q is %d", typed, n)
			}
			if again, ok := words.ParseCount(l.Number(n)); !ok || again != n {
				t.Errorf("%s: %q is %d, written %q and read as %d", lang, typed, n, l.Number(n), again)
			}
		}
		d, ok := words.ParseDecimal(typed, lang)
		if !ok {
			return
		}
		if d.IsNegative() || len(d.String()) > 60 {
			t.Errorf("%q is %s", typed, d)
		}
		written := l.Decimal(d, 0)
		if again, ok := words.ParseDecimal(written, lang); !ok && len(d.String()) <= 40 || ok && !again.Equal(d) {
			t.Errorf("%s: %q is %s, written %q and read as %s", lang, typed, d, written, again)
		}
	})
}

// FuzzFrame: whatever scenario the page around a frame gives, it is refused with
// a reason and nothing changes, or it stands there with what the partner has
// fixed.
func FuzzFrame(f *testing.F) {
	for _, scenario := range workedExamples(f) {
		f.Add([]byte(scenario), byte(len(scenario)))
	}
	for _, scenario := range hostileJSON {
		f.Add([]byte(scenario), byte(1))
	}
	kinds := []frameOptions{
		{},
		{Types: []rules.MessageType{rules.ZNS, rules.ZaloConsultation}, ReadOnly: true},
		{Fixed: true, Preset: map[string]string{"pricing.markupPercent": "10", "pricing.markupPerMessage@VND": "5", "pricing.monthlyFee@USD": "1.5", "on": "2023-07-01"}, Partner: "<b>", Lead: "event"},
		{Fixed: true},
	}
	f.Fuzz(func(t *testing.T, scenario []byte, which byte) {
		s := &screen{Lang: "en", Frame: true, form: form.New(TestDay, "en"), options: kinds[int(which)%len(kinds)]}
		s.usePreset()
		s.compute()
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
		if !s.options.offers(standing.Message.Type) {
			t.Errorf("%s is not on offer", standing.Message.Type)
		}
		if want := s.options.Preset["pricing.markupPercent"]; s.options.Fixed && standing.Pricing.MarkupPercent.Or(decimal.Zero).String() != cmp.Or(want, "0") {
			t.Errorf("the partner's mark-up has become %v", standing.Pricing.MarkupPercent)
		}
		if strings.Contains(goapp.HTMLString(s), "<b>") {
			t.Error("markup got in")
		}
	})
}
