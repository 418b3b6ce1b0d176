package form_test

import (
	"testing"

	"postage/app/form"
	"postage/app/form/formtest"
)

func TestADraftThatIsNoneIsPassedOver(t *testing.T) {
	for _, data := range formtest.HostileDrafts[:9] {
		if d, ok := form.ReadDraft(data); ok {
			t.Errorf("%s is read as %+v", data, d)
		}
	}
	if _, ok := form.ReadDraft(formtest.HostileDrafts[9]); !ok {
		t.Error("a draft without answers is not read")
	}
}

func TestOfWhatIsCarriedOnlyTheSoundIsTaken(t *testing.T) {
	d, ok := form.ReadDraft(`{"groups":1,"carried":{"audience[0].tag":"7","audience[100].tag":"7","a[-1]":"7","sender.x":"{"}}`)
	if !ok || len(d.Carried) != 1 || d.Carried["audience[0].tag"] != "7" {
		t.Errorf("%v, %v", d.Carried, ok)
	}
}

func TestADraftIsOfTheAddressThatAReloadOpens(t *testing.T) {
	d := form.Draft{Groups: 1, Link: "s=new", Before: "s=old"}
	for _, c := range []struct {
		fragment     string
		reloaded, is bool
	}{
		{"s=new", false, true},
		{"s=new", true, true},
		{"s=old", true, true},   // in Firefox, see Before
		{"s=old", false, false}, // the old link, opened again
		{"s=other", true, false},
	} {
		if is := d.IsOf(c.fragment, c.reloaded); is != c.is {
			t.Errorf("%+v: %v", c, is)
		}
	}
}
