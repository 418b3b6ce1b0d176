package keep

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/form/formtest"
	"postage/app/model"
	"postage/app/plan"
	"postage/app/report"
	"postage/app/screen/desk"
	"postage/app/words"
)

// shelfOf is a shelf beside the answer to a scenario.
func shelfOf(t *testing.T, lang, scenario string) *Shelf {
	t.Helper()
	f, err := formtest.FormOfText([]byte(scenario), formtest.TestDay, lang)
	if err != nil {
		t.Fatal(err)
	}
	s := NewShelf(desk.New(lang, false))
	s.Desk.Form = f
	if s.Desk.Compute(); !s.Desk.Current() {
		t.Fatalf("%s: %v %v", scenario, s.Desk.Mistakes, s.Desk.Refused)
	}
	return s
}

// What was saved under a client's name and changed since bears that name nowhere: not in
// a file, a link, a text or the plan, by which the next client would read it.
func TestNothingBearsTheNameOfSomethingElse(t *testing.T) {
	s := shelfOf(t, "en", formtest.Jakarta)
	d := s.Desk
	New(d, s)
	d.Name = "Hoa Mai"
	named := func() []bool {
		return []bool{strings.Contains(d.FileTitle(), "Hoa Mai"), strings.Contains(d.PlainText(), "Hoa Mai"), strings.Contains(d.Table(), "Hoa Mai"), strings.Contains(d.File(), "Hoa Mai"), form.NameIn(strings.TrimPrefix(d.Address(), "#")) == "Hoa Mai"}
	}
	want := []bool{true, true, true, true, true}
	if got := named(); !slices.Equal(got, want) {
		t.Errorf("before it is saved: %v", got)
	}
	s.Kept = model.ShelfOf(model.Saved{ID: 1, Name: "Hoa Mai", Link: form.LinkOf(d.Scenario)})
	if got := named(); !slices.Equal(got, want) {
		t.Errorf("as it was saved: %v", got)
	}
	d.Form.Set(form.GroupPath(0, "country"), "VN")
	d.Compute()
	if got := named(); slices.Contains(got, true) || d.Called() != "" {
		t.Errorf("something else: %v, %q", got, d.Called())
	}
}

// Whoever copies a link with their mark-up in it reads so, and nobody else.
func TestWhoSellsOnReadsThatTheirPricesAreInTheLink(t *testing.T) {
	s := shelfOf(t, "vi", `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":1,"template":{"kind":"otp","approved":true}},"audience":[{"recipients":10,"phone":true}]}`)
	bar := New(s.Desk, s)
	if got := bar.linkSaid(); got != "keep.link.done" {
		t.Errorf("without a mark-up it says %s", got)
	}
	s.Desk.Form.Set("pricing.markupPercent", "20")
	s.Desk.Compute()
	if got := bar.linkSaid(); got != "keep.link.done.own" || !s.Desk.Words().Has(got) {
		t.Errorf("with a mark-up it says %s", got)
	}
	s.Desk.Frame = true // where a customer reads it
	if got := bar.linkSaid(); got != "keep.link.done" {
		t.Errorf("in a frame it says %s", got)
	}
}

// FuzzSaved: whatever the device has kept as saved scenarios, what is read of it
// is sound, reads the same again, and can be shown and opened.
func FuzzSaved(f *testing.F) {
	link := form.LinkOf([]byte(formtest.Jakarta))
	for _, stored := range append(slices.Clone(formtest.HostileDrafts),
		`{"v":1,"items":[{"id":1,"name":"\u202e<b>","link":"`+link+`&a=eligible_1_USD"},{"id":1,"name":"","link":"s=%"},{"id":9223372036854775807,"link":"`+link+`&a=<b>"}]}`,
		`{"v":1e0,"items":null}`, `{"v":1,"v":2,"items":[{}]}`, `{"v":"1"}`, `{"v":1,"items":[{"id":1e99}]}`, `{"v":1,"items":[[],{"id":true},{"id":2,"link":7}]}`, `{"v":1,"items":[`+strings.Repeat(`{"id":3},`, 99)+`7]}`,
	) {
		f.Add(stored)
	}
	f.Fuzz(func(t *testing.T, stored string) {
		kept := formtest.Memory{model.SavedKey: stored}
		shelf := model.NewShelf(kept)
		items := shelf.Items()
		if len(items) > model.MaxKept {
			t.Fatalf("%d items are read", len(items))
		}
		shelf.Delete(model.Saved{ID: -1}) // which writes them
		if again := model.NewShelf(kept); again.Damaged() || !slices.Equal(again.Items(), items) {
			t.Errorf("%q is written as %s, which is read as %+v", stored, kept[model.SavedKey], again)
		}
		s := shelfOf(t, "en", formtest.Jakarta)
		items = items[:min(3, len(items))]
		s.Kept = model.ShelfOf(items...)
		for _, item := range items {
			s.Compared = append(s.Compared, item.ID)
			s.Renaming = item
		}
		if html := goapp.HTMLString(goapp.Div().Body(s.Draw())); strings.Contains(html, "<script") || strings.Contains(html, "<img") {
			t.Errorf("markup got in: %s", html)
		}
		for _, item := range items {
			if wrong := s.Desk.OpenLink(item.Link); wrong != nil && wrong.Code == "" {
				t.Errorf("%q is refused without a reason", item.Link)
			}
		}
	})
}

func TestAFileThatCannotBeOpenedSaysWhyAndChangesNothing(t *testing.T) {
	s := shelfOf(t, "en", formtest.Jakarta)
	tools := New(s.Desk, s)
	before := string(s.Desk.Scenario)
	for content, want := range map[string]string{
		`{"on":"2026-11-21","message":{"type":"whatsapp.service"},"audience":[{"recipients":0,"country":"VN"}]}`: "How many people (audience[0].recipients): it is outside its limits.",
		`{"on":"2026-13-21","message":{"type":"zalo.zns"},"audience":[{"recipients":1}]}`:                        "Day of sending (on): ",
		`{"on":"2026-11-21","message":{"type":"x"},"audience":[{"recipients":1}]}`:                               "Message type (message.type): there is no such value",
		`{"on":"2026-11-21","message":{"type":"zalo.zns"},"audience":[{"recipients":1}],"<img src=x>":1}`:        "<img src=x>: Postage does not know this field.",
		`{"scenario":{"on":"2026-11-21"},"postage":1}`:                                                           "message: it is missing.",
		`nonsense`:                           "The content: it is neither JSON nor a link",
		strings.Repeat("[", 1<<20+1):         "The content: it is outside its limits.",
		strings.Repeat("[", 1<<19):           "The content: it is neither JSON nor a link",
		`{"a":` + strings.Repeat("[", 1<<19): "The content: it is neither JSON nor a link",
	} {
		tools.openText(content)
		if !strings.Contains(tools.problem, want) {
			t.Errorf("%.90s: %q has no %q", content, tools.problem, want)
		}
		if string(s.Desk.Scenario) != before || tools.Panel != PanelMore {
			t.Errorf("%.90s: the form has changed", content)
		}
		if html := goapp.HTMLString(goapp.Div().Body(tools.morePanel())); strings.Contains(html, "<img") {
			t.Errorf("markup got in: %s", html)
		}
	}
}

func TestComparedScenariosShowWhereTheyDiffer(t *testing.T) {
	one := `{"on":"2026-11-21","message":{"type":"zalo.uid.consultation"},"audience":[{"recipients":1000,"uid":true,"hoursSinceInteraction":120}],"sender":{"tool":"oa-manager-web"}}`
	s := shelfOf(t, "en", one)
	var items []model.Saved
	for i, scenario := range []string{strings.Replace(one, "1000", "2000", 1), strings.Replace(one, ":120", ":999", 1), "nonsense"} {
		items = append(items, model.Saved{ID: int64(i + 1), Name: "<b>" + words.Itoa(i), Link: form.LinkOf([]byte(scenario))})
	}
	s.Kept = model.ShelfOf(items...)
	s.Compared = []int64{0, 1, 2, 3}
	html := goapp.HTMLString(goapp.Div().Body(s.Draw()))
	for _, want := range []string{"The one on the screen", "&lt;b&gt;0", "₫110,000", "Cannot be sent", "How many people", "2,000", "When did they last interact", "cannot answer this one"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q in\n%s", want, html)
		}
	}
	if strings.Contains(html, "Sent with") || strings.Contains(html, "<b>") {
		t.Errorf("it shows too much:\n%s", html)
	}
}

func TestWhatNoComparedScenarioHasIsLeftOut(t *testing.T) {
	a, b := shelfOf(t, "en", formtest.Jakarta), shelfOf(t, "en", strings.Replace(formtest.Jakarta, "50000", "60000", 1))
	html := goapp.HTMLString(a.comparedTable([]string{"A", "B"}, []*report.Report{&a.Desk.Report, &b.Desk.Report}))
	if a.Desk.Quote.Schedule != nil || strings.Contains(html, a.Desk.Words().Text("compared.days")) {
		t.Error("there is a row of days, which neither has")
	}
	for _, key := range []string{"compared.each", "compared.verdict", "compared.out"} {
		if !strings.Contains(html, a.Desk.Words().Text(key)) {
			t.Errorf("there is no row of %s", key)
		}
	}
}

// TestWhoTakesAQuoteAlongKnowsThatTheMarkupIsSeen before it is sent to a customer.
func TestWhoTakesAQuoteAlongKnowsThatTheMarkupIsSeen(t *testing.T) {
	const plain = `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":300,"phone":true}]}`
	for _, lang := range words.Codes {
		for scenario, want := range map[string]bool{plain: false, strings.TrimSuffix(plain, "}") + `,"pricing":{"markupPerMessage":"40"}}`: true} {
			s := shelfOf(t, lang, scenario)
			if told := strings.Contains(goapp.HTMLString(New(s.Desk, s).Draw()), s.Desk.Words().Text("keep.own")); told != want {
				t.Errorf("%s, %s: it is said that the mark-up is seen: %v", lang, scenario, told)
			}
		}
	}
}

// TestAMessageThatChangesTheSenderForAllSaysSo: one that leaves the package open does not.
func TestAMessageThatChangesTheSenderForAllSaysSo(t *testing.T) {
	const zns = `{"on":"2026-11-21","message":{"type":"zalo.zns","tag":1,"template":{"kind":"custom","approved":true}},"audience":[{"recipients":300,"phone":true}],"sender":{"oaPackage":"%s"}}`
	for lang, want := range map[string]string{"vi": "Gói OA: Cơ bản", "en": "OA package: Basic", "ru": "Базовый"} {
		for oaPackage, changes := range map[string]bool{"basic": true, "growth": false} {
			first, second := shelfOf(t, lang, fmt.Sprintf(zns, "growth")), shelfOf(t, lang, fmt.Sprintf(zns, oaPackage))
			p := plan.Plan{Lang: lang}
			p.Add(first.Desk.Form, "")
			before := maps.Clone(p.Shared)
			p.Add(second.Desk.Form, "")
			to := ToPlan{Desk: second.Desk}
			if said := to.changedFor(&p, before); (said != "") != changes || changes && !strings.Contains(said, want) {
				t.Errorf("%s: after a message with the package %s it is said: %q", lang, oaPackage, said)
			}
		}
	}
}
