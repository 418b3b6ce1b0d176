package screen

import (
	"encoding/base64"
	"strings"
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
)

// TestWhatIsSharedIsOpenedOrAnswered: a scenario in any of the texts that come along is
// opened, and what is none is told in a short sentence and changes nothing. web has two
// of each in a browser.
func TestWhatIsSharedIsOpenedOrAnswered(t *testing.T) {
	const scenario = `{"on":"2026-11-21","message":{"type":"whatsapp.marketing","template":{"approved":true}},"audience":[{"recipients":4321,"country":"ID","optedIn":true}]}`
	link := "https://postage.example/#s=" + base64.RawURLEncoding.EncodeToString([]byte(scenario))
	const opened, none = "", "There is no Postage calculation in what was shared."
	for name, c := range map[string]struct {
		texts []string
		says  string
	}{
		"a link":                       {[]string{link}, opened},
		"a link with a title":          {[]string{"Postage", link}, opened},
		"a link in a sentence":         {[]string{"Zalo", "Xem giúp mình nhé: " + link + " cảm ơn"}, opened},
		"a link beside something else": {[]string{link, "https://news.example/"}, opened},
		"something else before a link": {[]string{"https://news.example/", link}, opened},
		"a scenario":                   {[]string{scenario}, opened},
		"a file's text":                {[]string{`{"postage":1,"name":"Hoa Mai","made":"2026-11-21","book":"x","scenario":` + scenario + `}`}, opened},
		"nothing":                      {[]string{""}, none},
		"a script":                     {[]string{`<script>window.hacked=1</script>`, "javascript:window.hacked=1"}, none},
		"a page of another site":       {[]string{"https://news.example/#top"}, none},
		"plain words":                  {[]string{"Hẹn 9 giờ nhé 🙂"}, none},
		"1 MB of words":                {[]string{strings.Repeat("word ", 200_000)}, none},
		"more than a scenario is":      {[]string{strings.Repeat("1234567 ", 140_000)}, "it is outside its limits"},
		"what is no UTF-8":             {[]string{"\xe0\xa4%A", "%zz%"}, none},
		"a link cut off":               {[]string{"https://postage.example/#s=eyJvbiI6IjIwMjYt"}, "This link cannot be read."},
		"a wrong field":                {[]string{`{"<b>x</b>":1}`}, "Postage does not know this field."},
		"a wrong scenario":             {[]string{strings.Replace(scenario, "4321", `"many"`, 1)}, "it is of the wrong type."},
		"a damaged scenario":           {[]string{scenario[:60]}, none},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen("en", false, form.New(formtest.TestDay, "en"))
			s.desk.Compute()
			before := string(s.desk.Scenario)
			s.openShared(c.texts)
			a, after := s.desk.Arrived, string(s.desk.Scenario)
			if a.Opened != (c.says == opened) || a.Opened != (after != before) {
				t.Errorf("opened: %t, and %s became %s", a.Opened, before, after)
			}
			if a.Opened && !strings.Contains(after, `"recipients":4321`) {
				t.Errorf("%s was opened", after)
			}
			if !strings.Contains(a.Said, c.says) || a.Said == "" || len([]rune(a.Said)) > 220 {
				t.Errorf("it says %q", a.Said)
			}
		})
	}
}
