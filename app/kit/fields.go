package kit

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
)

// Fields are the inputs of a page as they were drawn, by their ids. A drawing must not
// take away what somebody types meanwhile: what it would draw was known before that.
type Fields struct {
	drawn  map[string]string // what was drawn last
	stands map[string]string // what stands there since, as far as is known, where that is something else
}

// Draw is what is drawn in a field: the value, but what was drawn before, which leaves
// the input alone, where something else stands in it by now than what was drawn, heard
// or written. That was typed, and is heard soon. It is looked at when it is drawn: the
// parts of a page are drawn one after the other, and the browser works in between. Who
// typed may have left the field again.
func (f *Fields) Draw(id, value string) string {
	before, known := f.drawn[id]
	if known && value != before {
		if has, there := browser.FieldHas(id); there && has != oneLine.Replace(f.standing(id)) {
			return before
		}
	}
	if f.drawn == nil {
		f.drawn, f.stands = map[string]string{}, map[string]string{}
	}
	f.drawn[id] = value
	delete(f.stands, id)
	return value
}

// oneLine makes of a text what an input makes of it.
var oneLine = strings.NewReplacer("\r", "", "\n", "")

// Drawn is what was drawn last in a field.
func (f *Fields) Drawn(id string) string { return f.drawn[id] }

// Heard notes what was typed into a field and is known by now.
func (f *Fields) Heard(id, value string) {
	if f.drawn != nil {
		f.stands[id] = value
	}
}

// Write puts a text into an input at once, in the place of what was typed. A drawing would
// not where that was drawn before. Where something else stands there by now it stays: what
// came of the typed text took a while.
func (f *Fields) Write(in goapp.Value, id, typed, text string) {
	if in.Get("value").String() != typed {
		return
	}
	browser.SetField(in, text)
	f.Heard(id, text)
}

func (f *Fields) standing(id string) string {
	if text, written := f.stands[id]; written {
		return text
	}
	return f.drawn[id]
}
