package planning

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/plan"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// fields are what is asked of an item: what it is called, how many people, when and
// how often. All else is asked by the calculator.
func (v items) fields(i int) []goapp.UI {
	w, item := v.words(), &v.plan.Items[i]
	f := v.plan.Form(i, v.today)
	fields := []goapp.UI{v.text(i, plan.PathName, w.Text("plan.ask.name"), "text", item.Name, "")}
	if path := form.GroupPath(0, "recipients"); f.Groups == 1 {
		for _, q := range f.Questions() {
			if q.Path == path {
				fields = append(fields, v.question(i, f, q))
			}
		}
	}
	first := "ask.on"
	if item.Every != "" {
		first = "plan.ask.first"
	}
	fields = append(fields, v.text(i, form.PathOn, w.Text(first), "date", item.Values[form.PathOn], page.DayText(w, item.Values[form.PathOn])), v.rhythm(i))
	if item.Every != "" {
		fields = append(fields, v.text(i, plan.PathUntil, w.Text("plan.ask.until"), "date", item.Until, page.DayText(w, item.Until)), v.askSame(i))
	}
	return fields
}

// question is one of the calculator's.
func (v items) question(i int, f *form.Form, q form.Question) goapp.UI {
	r := v.report
	r.Form, r.Editing = f, ""
	one := report.Question{Report: &r, Q: q}
	return v.text(i, q.Path, r.QuestionLabel(q), "number", one.Shown(), one.Unit())
}

// mistake is what is wrong with an answer of an item, empty where nothing is.
func (v items) mistake(i int, path string) string {
	for _, m := range v.answer.MistakesOf(i) {
		if m.Path == path {
			return v.report.MistakeText(m)
		}
	}
	return ""
}

// text is a field. What is typed is kept at once, and answered at a pause.
func (v items) text(i int, path, label, kind, value, unit string) goapp.UI {
	id := rowID(v.plan.Items[i].ID) + "-" + path
	in := goapp.ElemSelfClosing("input").ID(id).Class("input").Attr("autocomplete", "off").Attr("value", v.shown(id, value))
	switch kind {
	case "number":
		in = in.Attr("type", "text").Attr("inputmode", "numeric").Class("number")
	default:
		in = in.Attr("type", kind)
	}
	if path == plan.PathName {
		in = in.Attr("maxlength", words.Itoa(words.MaxName)).Attr("placeholder", v.rows[i].name)
	}
	var wrong goapp.UI
	if q := v.answer.Item(i); q != nil && path == plan.PathUntil {
		in = in.Attr("aria-describedby", id+"-hint")
		wrong = kit.Tag("p").Class("hint").ID(id + "-hint").Body(kit.Text(v.words().Count("plan.until.hint", q.Occurrences)))
	}
	if said := v.mistake(i, path); said != "" {
		in = in.Attr("aria-invalid", "true").Attr("aria-describedby", id+"-error")
		wrong = kit.Tag("p").Class("mistake").ID(id + "-error").Body(kit.Text(said))
	}
	in = in.On("input", func(ctx goapp.Context, _ goapp.Event) {
		v.plan.SetAnswer(i, path, v.heard(ctx, id), v.today)
		v.typed()
	}, "input", id).On("change", func(ctx goapp.Context, _ goapp.Event) {
		v.work.editing = ""
		typed := ctx.JSSrc().Get("value").String()
		v.plan.SetAnswer(i, path, typed, v.today)
		v.plan.Settle(i, path, v.today)
		v.changed()
		if kind == "number" {
			v.showRead(ctx.JSSrc(), id, typed, i, path)
		}
	}, "change", id)
	box := []goapp.UI{in}
	if unit != "" {
		box = append(box, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(unit)))
	}
	return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label)), kit.Div("input-box", box...), kit.PlaceFor(wrong))
}

// showRead shows in a field the number as it was read.
func (v items) showRead(in goapp.Value, id, typed string, i int, path string) {
	f := v.plan.Form(i, v.today)
	r := v.report
	r.Form, r.Editing = f, ""
	for _, q := range f.Questions() {
		if q.Path == path {
			v.work.fields.Write(in, id, typed, report.Question{Report: &r, Q: q}.Shown())
		}
	}
}

// rhythm asks how often an item is sent.
func (v items) rhythm(i int) goapp.UI {
	w, item := v.words(), &v.plan.Items[i]
	id := rowID(item.ID) + "-" + plan.PathEvery
	var chips []goapp.UI
	for _, e := range append([]rules.Every{""}, rules.Rhythms()...) {
		value, label := string(e), w.Text("plan.every.once")
		if e != "" {
			label = w.Text("plan.every." + string(e))
		} else {
			value = "once"
		}
		chips = append(chips, kit.Chip(id, value, label, e == item.Every, func(string) {
			v.repeat(i, e)
			v.changed()
		}))
	}
	return kit.Tag("fieldset").Class("field").ID(id).Attr("tabindex", "-1").Body(kit.Tag("legend").Body(kit.Text(w.Text("plan.ask.every"))), kit.Div("chips", chips...))
}

// repeat takes how often an item is sent. One of which each person may get only so many goes
// to the same people each time, as a newsletter does, unless told otherwise.
func (v items) repeat(i int, every rules.Every) {
	item := &v.plan.Items[i]
	if own, answered := v.same[item.ID]; every == "" {
		item.Same = false
	} else if item.Every == "" {
		item.Same = own || !answered && countsPerPerson(v.plan.Form(i, v.today))
	}
	v.plan.SetAnswer(i, plan.PathEvery, string(every), v.today)
}

// countsPerPerson reports whether each person may get only so many of a message in a month:
// the calculator asks then how many they had.
func countsPerPerson(f *form.Form) bool {
	return slices.ContainsFunc(f.Questions(), func(q form.Question) bool { return q.Path == form.GroupPath(0, "receivedThisMonth") })
}

// answerSame takes whether an item goes to the same people each time.
func (v items) answerSame(i int, same bool) {
	item := &v.plan.Items[i]
	item.Same = same
	if v.work.same == nil {
		v.work.same = map[int64]bool{}
	}
	v.work.same[item.ID] = same
}

// askSame asks whether an item goes to the same people each time.
func (v items) askSame(i int) goapp.UI {
	w, item := v.words(), &v.plan.Items[i]
	id := rowID(item.ID) + "-same"
	box := goapp.ElemSelfClosing("input").Attr("type", "checkbox").ID(id).Attr("checked", item.Same).Attr("aria-describedby", id+"-hint").
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			v.answerSame(i, ctx.JSSrc().Get("checked").Bool())
			v.changed()
		}, id)
	return kit.Div("field flag wide", kit.Tag("label").Body(box, kit.Tag("span").Body(kit.Text(w.Text("plan.same")))), kit.Tag("p").Class("hint").ID(id+"-hint").Body(kit.Text(w.Text("plan.same.hint"))))
}
