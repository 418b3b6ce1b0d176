package model

import "testing"

// A device keeps what it is given, unless it is full or shut.
type device struct {
	kept       map[string]string
	full, shut bool
	writes     int
}

func newDevice() *device { return &device{kept: map[string]string{}} }

func (d *device) Read(key string) (string, bool) { return d.kept[key], !d.shut }

func (d *device) Write(key, text string) bool {
	if d.full || d.shut {
		return false
	}
	d.kept[key] = text
	d.writes++
	return true
}

func TestOnlyWhatIsReadAgainIsWritten(t *testing.T) {
	d := newDevice()
	for name, c := range map[string]struct {
		value any
		reads bool
		want  Outcome
	}{
		"what is read again":         {"a", true, Done},
		"what is not":                {"b", false, Unread},
		"what has no form in JSON":   {func() {}, true, Unread},
		"what is read, with no room": {"c", true, NoRoom},
	} {
		d.full = c.want == NoRoom
		if got := Keep(d, "x", c.value, func(string) bool { return c.reads }); got != c.want {
			t.Errorf("%s: %d, not %d", name, got, c.want)
		}
	}
	if d.kept["x"] != `"a"` || d.writes != 1 {
		t.Errorf("the device keeps %q after %d writes", d.kept, d.writes)
	}
}

func TestWhatIsPutAsideStaysBesideWhatWasThereBefore(t *testing.T) {
	d := newDevice()
	for _, text := range []string{"one", "two", "one", "two"} {
		if !PutAside(d, "x", text) {
			t.Errorf("%s is not put aside", text)
		}
	}
	if got := d.kept["x.unreadable"]; got != "one\ntwo" {
		t.Errorf("aside is %q", got)
	}
	if d.full = true; PutAside(d, "x", "three") {
		t.Error("there is room without end")
	}
	if d.shut = true; PutAside(d, "x", "one") {
		t.Error("it is not known what is there")
	}
}
