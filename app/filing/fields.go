package filing

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/rules"
)

// A Form is the fields of a page, after each of which the answer follows.
type Form struct{ *File }

// Day is a field for a day, empty where that is zero. What is taken is a day.
func (f Form) Day(id, label string, day rules.Date, take func(rules.Date)) goapp.UI {
	value := ""
	if day != 0 {
		value = day.String()
	}
	in := goapp.ElemSelfClosing("input").ID(id).Class("input").Attr("type", "date").Attr("value", f.Fields.Draw(id, value)).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			on, err := rules.ParseDate(ctx.JSSrc().Get("value").String())
			if err != nil {
				return
			}
			take(on)
			f.page.Changed()
		}, id)
	return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label)), kit.Div("input-box", in, page.DayUnit(f.Words(), value)))
}

// Number is a field for a number, which takes what is typed and reports whether it can be;
// wrong is the text that says what would do.
func (f Form) Number(id, label, unit, wrong string, take func(typed string) bool) goapp.UI {
	in := goapp.ElemSelfClosing("input").ID(id).Class("input number").Attr("type", "text").Attr("inputmode", "decimal").Attr("autocomplete", "off").
		Attr("value", f.Fields.Draw(id, f.Typed[id])).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			typed := ctx.JSSrc().Get("value").String()
			f.Typed[id] = typed
			f.Fields.Heard(id, typed)
			f.Opened["wrong "+id] = !take(typed)
			f.page.Changed()
		}, id)
	var said goapp.UI
	if f.Opened["wrong "+id] {
		in = in.Attr("aria-invalid", "true").Attr("aria-describedby", id+"-error")
		said = kit.Tag("p").Class("mistake").ID(id + "-error").Body(kit.Text(wrong))
	}
	box := []goapp.UI{in}
	if unit != "" {
		box = append(box, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(unit)))
	}
	return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label)), kit.Div("input-box", box...), kit.PlaceFor(said))
}

// Select is a choice from a list: values, each with what it is called.
func (f Form) Select(id, label, chosen string, options [][2]string, take func(string)) goapp.UI {
	var body []goapp.UI
	for _, o := range options {
		body = append(body, Option(o[0], o[1], o[0] == chosen))
	}
	list := kit.Tag("select").ID(id).Class("input").Body(body...).On("change", func(ctx goapp.Context, _ goapp.Event) {
		take(ctx.JSSrc().Get("value").String())
		f.page.Changed()
	}, id)
	return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label)), kit.Div("input-box", list))
}
