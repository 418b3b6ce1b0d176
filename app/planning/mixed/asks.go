package mixed

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/report"
)

// What is asked in place: all that a way hangs on, by a word or in a field.

// DayID is where the day is asked.
const DayID = "mix-on"

// QuestionID is where a question with a path is asked.
func QuestionID(path string) string { return "mix-" + path }

// Next is where one goes on who has answered questions: at those, where they were
// answered before and stand where one is, else at the next ones, else at the total.
func (v View) Next(answered []report.Question, again bool) string {
	if again {
		return QuestionID(answered[0].Q.Path)
	}
	if list := v.Open(); v.Mix != nil && len(list) > 0 {
		return QuestionID(list[0].Q.Path)
	}
	return stampID
}

// day asks for the day of sending.
func (v View) day() goapp.UI {
	w, day := v.Words(), v.Asked.On.String()
	in := goapp.ElemSelfClosing("input").ID(DayID).Class("input").Attr("type", "date").Attr("autocomplete", "off").Attr("value", v.shown(DayID, day)).
		On("change", func(ctx goapp.Context, _ goapp.Event) { v.Move(ctx.JSSrc().Get("value").String()) }, DayID)
	var wrong goapp.UI
	if v.WrongDay != "" {
		in = in.Attr("aria-invalid", "true").Attr("aria-describedby", DayID+"-error")
		wrong = kit.Tag("p").Class("mistake").ID(DayID + "-error").Body(kit.Text(w.Text(v.WrongDay)))
	}
	return kit.Div("field", kit.Tag("label").Attr("for", DayID).Body(kit.Text(w.Text("ask.on"))), kit.Div("input-box", in, page.DayUnit(w, day)), kit.PlaceFor(wrong))
}

// said are the questions that were answered here: an answer can be changed.
func (v View) said() goapp.UI {
	if v.Mix == nil {
		return nil
	}
	var fields []goapp.UI
	for _, list := range v.Said() {
		fields = append(fields, v.ask(list))
	}
	if len(fields) == 0 {
		return nil
	}
	return card("", "mix-answers", []goapp.UI{kit.Text(v.Words().Text("mix.said"))}, fields)
}

// ask asks questions that stand together.
func (v View) ask(list []report.Question) goapp.UI {
	if q := list[0].Q; q.Kind == form.AskYesNo || q.Kind == form.AskChoice || q.Kind == form.AskHours {
		return v.chips(list[0])
	}
	var fields []goapp.UI
	for _, q := range list {
		fields = append(fields, v.field(q))
	}
	done := kit.Tag("button").Class("press").Attr("type", "submit").Body(kit.Text(v.Words().Text("mix.answer")))
	return kit.Tag("form").Class("mix-typed").Attr("novalidate", true).Body(append(fields, done)...).On("submit", func(_ goapp.Context, e goapp.Event) {
		e.PreventDefault()
		v.Typed(list)
	}, "typed", QuestionID(list[0].Q.Path))
}

// chips ask a question that a word answers.
func (v View) chips(q report.Question) goapp.UI {
	w, path := v.Words(), q.Q.Path
	options, chosen, name := q.Q.Options, q.Value(), q.OptionLabel
	switch q.Q.Kind {
	case form.AskYesNo:
		options = []string{form.Yes, form.No}
	case form.AskHours:
		options, chosen = []string{report.HoursDay, report.HoursTwo, report.HoursWeek, report.HoursLonger, form.Never}, q.RecencyWord()
		name = func(word string) string {
			if word == "" {
				return w.Text("answer.unknown")
			}
			return w.Text("recency." + word)
		}
	}
	if q.MayBeUnknown() {
		options = append(options[:len(options):len(options)], "")
	}
	var chips []goapp.UI
	for _, o := range options {
		chips = append(chips, kit.Chip(QuestionID(path), o, name(o), o == chosen, func(answer string) { v.Say(q, answer) }))
	}
	return kit.Tag("fieldset").Class("field").ID(QuestionID(path)).Attr("tabindex", "-1").Body(kit.Tag("legend").Body(kit.Text(q.Report.TitleOf(q.Q))), kit.Div("chips", chips...))
}

// field asks a question whose answer is typed, ticked or picked from a long list.
func (v View) field(q report.Question) goapp.UI {
	id, path, label := QuestionID(q.Q.Path), q.Q.Path, q.Report.TitleOf(q.Q)
	hear := func(ctx goapp.Context, _ goapp.Event) { v.Type(ctx, id, path) }
	notes := ""
	var hint, wrong goapp.UI
	if said := q.Hint(); said != "" {
		hint, notes = kit.Tag("p").Class("hint").ID(id+"-hint").Body(kit.Text(said)), id+"-hint"
	}
	said := v.Wrong(q)
	if said != "" {
		wrong, notes = kit.Tag("p").Class("mistake").ID(id+"-error").Body(kit.Text(said)), notes+" "+id+"-error"
	}
	noted := func(in goapp.HTMLElem) goapp.HTMLElem {
		if notes != "" {
			in = in.Attr("aria-describedby", notes)
		}
		if said != "" {
			in = in.Attr("aria-invalid", "true")
		}
		return in
	}
	switch q.Q.Kind {
	case form.AskFlag:
		box := goapp.ElemSelfClosing("input").Attr("type", "checkbox").ID(id).Attr("checked", q.Value() == form.Yes).On("change", hear, id)
		if notes != "" {
			box = box.Attr("aria-describedby", notes)
		}
		return kit.Div("field flag", kit.Tag("label").Body(box, kit.Tag("span").Body(kit.Text(label))), kit.PlaceFor(hint), kit.PlaceFor(wrong))
	case form.AskCountry:
		options := []goapp.UI{kit.Tag("option").Attr("value", "").Body(kit.Text(v.Words().Text("answer.unknown")))}
		main, others := report.CountriesByUse(q.Report)
		for _, code := range append(main, others...) {
			options = append(options, kit.Tag("option").Attr("value", code).Attr("selected", code == q.Value()).Body(kit.Text(q.Report.CountryName(code))))
		}
		list := noted(kit.Tag("select").ID(id).Class("input")).Body(options...).On("change", hear, id)
		return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label)), kit.PlaceFor(hint), kit.Div("input-box", list), kit.PlaceFor(wrong))
	}
	kind, class, mode := "text", "input", ""
	switch q.Q.Kind {
	case form.AskDate:
		kind = "date"
	case form.AskTime:
		kind = "time"
	case form.AskCount:
		class, mode = "input number", "numeric"
	case form.AskAmount:
		class, mode = "input number", "decimal"
	}
	in := goapp.ElemSelfClosing("input").ID(id).Class(class).Attr("type", kind).Attr("autocomplete", "off").Attr("value", v.shown(id, q.Shown())).On("input", hear, id)
	if mode != "" {
		in = in.Attr("inputmode", mode)
	}
	if notes != "" {
		in = in.Attr("aria-describedby", notes)
	}
	if said != "" {
		in = in.Attr("aria-invalid", "true")
	}
	box := []goapp.UI{in}
	if unit := q.Unit(); unit != "" {
		box = append(box, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(unit)))
	}
	return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label)), kit.PlaceFor(hint), kit.Div("input-box", box...), kit.PlaceFor(wrong))
}

// shown is what is drawn in a field, which is the value where nobody types.
func (v View) shown(id, value string) string {
	if v.Shown == nil {
		return value
	}
	return v.Shown(id, value)
}
