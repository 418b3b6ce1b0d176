package app

import (
	"encoding/json"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// hostileDrafts are what a script, a broken browser or a curious visitor could
// leave in the storage.
var hostileDrafts = []string{
	``, `null`, `{}`, `[]`, `"draft"`, `{"groups":0}`, `{"groups":-1}`, `{"groups":1e9}`, `{"groups":"2"}`,
	`{"groups":1,"values":null}`,
	`{"groups":2,"values":{"audience[1].name":"<script>alert(1)</script>","audience[0].name":"<img src=x onerror=alert(1)>"}}`,
	`{"groups":1,"values":{"message.type":"no.such.type","on":"0000-00-00","__proto__":"x","constructor":"x"}}`,
	`{"groups":1,"values":{"audience[0].recipients":"=1e999999999","perRecipient":"=-5","audience[0].hoursSinceInteraction":"=never"}}`,
	`{"groups":1,"values":{"message.type":"whatsapp.marketing","pricing.markupPercent":"=1e-999999999","audience[0].country":"<b>"}}`,
	`{"groups":1,"values":{},"carried":{"sender.country":"not JSON","audience[0].name":"\"<script>\""}}`,
	`{"groups":1,"values":{},"carried":{"audience[999999999].recipients":"1","audience[-1].recipients":"1","audience[x].name":"1","audience[":"1","audience[0][7]":"1"}}`,
	`{"groups":1,"values":{},"carried":{"message":"\"x\"","":"1",".":"1","assume.":"1","message.type.deep":"{}"}}`,
}

// FuzzDraft: nothing in the storage can stop the page.
func FuzzDraft(f *testing.F) {
	for _, data := range hostileDrafts {
		f.Add(data)
	}
	for _, scenario := range workedExamples(f) {
		form, err := formOfText(scenario, testDay, "vi")
		if err != nil {
			continue
		}
		data, err := json.Marshal(draft{Values: form.values, Groups: form.groups, Link: linkOf(scenario), Carried: form.carried})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, data string) {
		d, ok := readDraft(data)
		if !ok {
			return
		}
		form := newForm(testDay, "vi")
		form.takeUp(d)
		s := &screen{Lang: "vi", form: form}
		s.compute()
		goapp.HTMLString(s)
		form.translate("en")
		for form.groups > 1 {
			form.removeGroup(form.groups - 1)
		}
		s.compute()
	})
}

func TestADraftThatIsNoneIsPassedOver(t *testing.T) {
	for _, data := range hostileDrafts[:9] {
		if d, ok := readDraft(data); ok {
			t.Errorf("%s is read as %+v", data, d)
		}
	}
	if _, ok := readDraft(hostileDrafts[9]); !ok {
		t.Error("a draft without answers is not read")
	}
}

func TestOfWhatIsCarriedOnlyTheSoundIsTaken(t *testing.T) {
	d, ok := readDraft(`{"groups":1,"carried":{"audience[0].tag":"7","audience[100].tag":"7","a[-1]":"7","sender.x":"{"}}`)
	if !ok || len(d.Carried) != 1 || d.Carried["audience[0].tag"] != "7" {
		t.Errorf("%v, %v", d.Carried, ok)
	}
}
