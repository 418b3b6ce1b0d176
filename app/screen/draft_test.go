package screen

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
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

func sameDraft(d, other form.Draft) bool {
	return d.Groups == other.Groups && d.Link == other.Link && d.Name == other.Name && maps.Equal(d.Values, other.Values) && maps.Equal(d.Carried, other.Carried)
}

// FuzzDraft: nothing in the storage can stop the page.
func FuzzDraft(f *testing.F) {
	for _, data := range hostileDrafts {
		f.Add(data)
	}
	for _, scenario := range workedExamples(f) {
		filled, err := formOfText(scenario, TestDay, "vi")
		if err != nil {
			continue
		}
		data, err := json.Marshal(form.Draft{Values: filled.Values, Groups: filled.Groups, Link: form.LinkOf(scenario), Carried: filled.Carried})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, data string) {
		d, ok := form.ReadDraft(data)
		if !ok {
			return
		}
		tab := memory{}
		if outcome := model.StoreDraft(tab, d); outcome != model.Done {
			t.Errorf("%+v is read, but not kept: %d", d, outcome)
		}
		if again, ok := model.LoadDraft(tab); !ok || !sameDraft(again, d) {
			t.Errorf("%+v is kept as %s", d, tab[model.DraftKey])
		}
		filled := form.New(TestDay, "vi")
		filled.TakeUp(d)
		s := &screen{Lang: "vi", form: filled}
		s.compute()
		goapp.HTMLString(s)
		filled.Translate("en")
		for filled.Groups > 1 {
			filled.RemoveGroup(filled.Groups - 1)
		}
		s.compute()
	})
}

func TestADraftThatIsNoneIsPassedOver(t *testing.T) {
	for _, data := range hostileDrafts[:9] {
		if d, ok := form.ReadDraft(data); ok {
			t.Errorf("%s is read as %+v", data, d)
		}
	}
	if _, ok := form.ReadDraft(hostileDrafts[9]); !ok {
		t.Error("a draft without answers is not read")
	}
}

func TestOfWhatIsCarriedOnlyTheSoundIsTaken(t *testing.T) {
	d, ok := form.ReadDraft(`{"groups":1,"carried":{"audience[0].tag":"7","audience[100].tag":"7","a[-1]":"7","sender.x":"{"}}`)
	if !ok || len(d.Carried) != 1 || d.Carried["audience[0].tag"] != "7" {
		t.Errorf("%v, %v", d.Carried, ok)
	}
}

// A draft that would come back as another one is not kept in the place of the
// last good one.
func TestADraftThatWouldNotBeReadIsNotKept(t *testing.T) {
	tab := memory{}
	good := form.Draft{Values: map[string]string{"on": "2026-11-21"}, Groups: rules.MaxSegments, Link: "s=e30", Carried: map[string]string{"audience[99].tag": "7"}}
	named := good
	named.Name = " Hoa\u202e  Mai " // as it is being typed
	if outcome := model.StoreDraft(tab, named); outcome != model.Done {
		t.Fatalf("a good one is not kept: %d", outcome)
	}
	good.Name = "Hoa Mai"
	for name, change := range map[string]func(*form.Draft){
		"too many groups":        func(d *form.Draft) { d.Groups = rules.MaxSegments + 1 },
		"no group":               func(d *form.Draft) { d.Groups = 0 },
		"carried beyond groups":  func(d *form.Draft) { d.Carried = map[string]string{"audience[100].tag": "7"} },
		"carried that is broken": func(d *form.Draft) { d.Carried = map[string]string{"sender.x": "{"} },
		"signs that are none":    func(d *form.Draft) { d.Values = map[string]string{"on": "\xff"} },
		"an endless answer":      func(d *form.Draft) { d.Values = map[string]string{"on": strings.Repeat("9", 1<<20)} },
	} {
		bad := good
		if change(&bad); model.StoreDraft(tab, bad) != model.Unread {
			t.Errorf("%s: %s", name, tab[model.DraftKey])
		}
		if kept, ok := model.LoadDraft(tab); !ok || !sameDraft(kept, good) {
			t.Errorf("%s: %+v stands there", name, kept)
		}
	}
	for _, odd := range []string{"", "\xff", "a\u2028b", "\u0000", "<>&\"", "\ufffd", "\U0010ffff", strings.Repeat("ă", 500)} {
		d := form.Draft{Values: map[string]string{odd: odd, "on": odd}, Groups: 1, Link: odd, Carried: map[string]string{"x" + odd: "7"}}
		if outcome := model.StoreDraft(tab, d); (outcome == model.Done) == (odd == "\xff") {
			t.Errorf("%q: %d", odd, outcome)
		}
		if kept, _ := model.LoadDraft(tab); odd != "\xff" && !sameDraft(kept, d) {
			t.Errorf("%q: %+v stands there", odd, kept)
		}
	}
	// Each scenario that can be opened can be kept, and what a user makes of it.
	for _, scenario := range workedExamples(t) {
		f, err := formOfText(scenario, TestDay, "vi")
		if err != nil {
			continue
		}
		for f.Groups < rules.MaxSegments {
			f.AddGroup(0)
		}
		d := form.Draft{Values: f.Values, Groups: f.Groups, Link: form.LinkOf(scenario), Carried: f.Carried}
		if outcome := model.StoreDraft(tab, d); outcome != model.Done {
			t.Errorf("%s is not kept: %d", scenario, outcome)
		}
		if kept, ok := model.LoadDraft(tab); !ok || !sameDraft(kept, d) {
			t.Errorf("%s comes back as %+v", scenario, kept)
		}
	}
}

func TestWhatCouldNotBeKeptIsToldWhereTheAddressHasItNotEither(t *testing.T) {
	for _, lang := range words.Codes {
		s := screenOf(t, lang, jakarta)
		says := func() bool { return strings.Contains(goapp.HTMLString(s.states()), s.words().Text("state.draft-lost")) }
		s.form.Set("audience[0].recipients", "x")
		s.changed() // outside a browser there is no storage
		if !s.draftLost || !says() {
			t.Errorf("%s: it is not told", lang)
		}
		s.form.Set("audience[0].recipients", "5")
		if s.changed(); says() {
			t.Errorf("%s: it is told, although the address has it", lang)
		}
	}
}
