package ask

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A field shows one question: its label, a hint, what is wrong with the answer,
// and the input. The value always comes from the form, as typed.
//
// The ids and names of inputs are the paths of the contract, so that errors,
// links to a question and what was typed before the program ran find them.
type field struct {
	report.Question
	s *Column
}

// label is the question's name; some have another one for a message type.
func (f field) label() string { return f.s.Desk.QuestionLabel(f.Q) }

// notes are the hint and the mistake, and the ids by which the input names them.
func (f field) notes() (hint, wrong goapp.UI, ids string) {
	if h := f.Hint(); h != "" {
		id := f.Q.Path + "-hint"
		hint = kit.Tag("p").Class("hint").ID(id).Body(kit.Text(h))
		ids = id
	}
	class, said := "mistake", f.Mistake()
	if said == "" {
		class, said = "misfit", f.Misfit()
	}
	if said != "" {
		id := f.Q.Path + "-error"
		wrong = kit.Tag("p").Class(class).ID(id).Body(kit.Text(said))
		ids = strings.TrimSpace(ids + " " + id)
	}
	return hint, wrong, ids
}

// input is a text field. Numbers are typed into text fields too, as people
// group their digits.
func (f field) input() goapp.UI {
	q := f.Q
	hint, wrong, notes := f.notes()
	in := goapp.ElemSelfClosing("input").ID(q.Path).Attr("name", q.Path).Attr("autocomplete", "off")
	kind, class := "text", "input"
	switch q.Kind {
	case form.AskDate:
		kind = "date"
	case form.AskTime:
		kind = "time"
	case form.AskCount:
		in = in.Attr("inputmode", "numeric")
		class += " number"
	case form.AskAmount:
		in = in.Attr("inputmode", "decimal")
		class += " number"
	}
	in = in.Attr("type", kind).Class(class).Attr("value", f.draws())
	if notes != "" {
		in = in.Attr("aria-describedby", notes)
	}
	if f.Mistake() != "" {
		in = in.Attr("aria-invalid", "true")
	}
	if q.Required {
		in = in.Attr("aria-required", "true")
	}
	path := q.Path
	in = f.takesTyping(in)

	box := []goapp.UI{in}
	if unit := f.Unit(); unit != "" {
		box = append(box, kit.Tag("span").Class("unit").Attr("data-echo", f.s.Desk.Editing == path).Aria("hidden", "true").Body(kit.Text(unit)))
	}
	below := f.below()
	if below != nil {
		wrong = kit.PlaceFor(wrong)
	}
	return kit.Div("field",
		kit.Tag("label").Attr("for", q.Path).Body(kit.Text(f.label())),
		hint,
		kit.Div("input-box", box...),
		wrong,
		below,
	)
}

// below is what helps to answer.
func (f field) below() goapp.UI {
	if f.Q.Path == form.PathOn {
		return f.s.dayShortcuts()
	}
	if f.Q.Path == form.GroupPath(0, "recipients") && f.s.Desk.Form.Groups == 1 && !f.s.Desk.Options.ReadOnly {
		return f.s.budget.draw()
	}
	return nil
}

// draws is what is shown, for a drawing, which it notes: a change that waits to
// be drawn when typing begins must not be drawn over what is typed.
func (f field) draws() string {
	if f.s.Desk.Editing == f.Q.Path {
		return f.Shown()
	}
	return f.s.Desk.Fields.Draw(f.Q.Path, f.Shown())
}

// takesTyping lets an input tell what is typed into it, and shows in it what was
// entered as it was read; a drawing would not where that was drawn before.
func (f field) takesTyping(in goapp.HTMLElemSelfClosing) goapp.HTMLElemSelfClosing {
	path := f.Q.Path
	return in.On("input", func(ctx goapp.Context, _ goapp.Event) {
		f.s.Desk.Typed(path, ctx.JSSrc().Get("value").String())
	}, "input", path).On("change", func(ctx goapp.Context, _ goapp.Event) {
		typed := ctx.JSSrc().Get("value").String()
		f.s.Desk.Entered(path, typed)
		f.s.Desk.Fields.Write(ctx.JSSrc(), path, typed, f.Shown())
	}, "change", path)
}

// chips is a group of radio buttons.
func (f field) chips(options []string) goapp.UI { return f.radios(options, f.Value(), f.OptionLabel) }

func (f field) radios(options []string, chosen string, label func(string) string, below ...goapp.UI) goapp.UI {
	q := f.Q
	hint, wrong, notes := f.notes()
	chips := make([]goapp.UI, 0, len(options))
	for _, o := range options {
		chips = append(chips, kit.Chip(q.Path, o, label(o), o == chosen, func(value string) { f.s.Desk.Entered(q.Path, value) }))
	}
	set := kit.Tag("fieldset").Class("field").ID(q.Path).Attr("tabindex", "-1")
	if notes != "" {
		set = set.Attr("aria-describedby", notes)
	}
	body := []goapp.UI{kit.Tag("legend").Body(kit.Text(f.label())), hint, kit.Div("chips", chips...)}
	body = append(body, below...)
	// The mistake comes last: one that comes or goes must not move what is being
	// typed into, which go-app would make anew.
	return set.Body(append(body, wrong)...)
}

func (f field) flag() goapp.UI {
	path := f.Q.Path
	hint, wrong, notes := f.notes()
	box := goapp.ElemSelfClosing("input").Attr("type", "checkbox").ID(path).Attr("name", path).
		Attr("checked", f.Value() == form.Yes).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			answer := ""
			if ctx.JSSrc().Get("checked").Bool() {
				answer = form.Yes
			}
			f.s.Desk.Entered(path, answer)
		}, path)
	if notes != "" {
		box = box.Attr("aria-describedby", notes)
	}
	return kit.Div("field flag", kit.Tag("label").Body(box, kit.Tag("span").Body(kit.Text(f.label()))), hint, wrong)
}

// selection is a list to choose from, for more options than fit as chips.
func (f field) selection(items []goapp.UI) goapp.UI {
	path, chosen := f.Q.Path, f.Value()
	hint, wrong, notes := f.notes()
	if f.MayBeUnknown() || chosen == "" {
		items = append([]goapp.UI{kit.Tag("option").Attr("value", "").Attr("selected", chosen == "").Body(kit.Text(f.s.Desk.Words().Text("answer.unknown")))}, items...)
	}
	list := kit.Tag("select").ID(path).Attr("name", path).Class("input").Body(items...).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			f.s.Desk.Entered(path, ctx.JSSrc().Get("value").String())
		}, path)
	if notes != "" {
		list = list.Attr("aria-describedby", notes)
	}
	if f.Mistake() != "" {
		list = list.Attr("aria-invalid", "true")
	}
	return kit.Div("field", kit.Tag("label").Attr("for", path).Body(kit.Text(f.label())), hint, kit.Div("input-box", list), wrong)
}

// options are those of a list.
func (f field) options(values []string, label func(string) string) []goapp.UI {
	chosen := f.Value()
	items := make([]goapp.UI, len(values))
	for i, v := range values {
		items[i] = kit.Tag("option").Attr("value", v).Attr("selected", v == chosen).Body(kit.Text(label(v)))
	}
	return items
}

// targets is a row of lists, one for each button that there is and one for a
// further one. Where only their number is known, the first list says it.
func (f field) targets() goapp.UI {
	q, w := f.Q, f.s.Desk.Words()
	chosen := strings.Split(f.Value(), ",")
	if n, ok := words.ParseCount(strings.TrimPrefix(chosen[0], form.Exact)); ok && n == 0 {
		chosen[0] = ""
	}
	if chosen[len(chosen)-1] != "" && len(chosen) < rules.MaxButtons {
		chosen = append(chosen, "")
	}
	hint, wrong, notes := f.notes()
	rows := make([]goapp.UI, 0, len(chosen))
	for i, target := range chosen {
		id := q.Path
		if i > 0 {
			id += "-" + words.Itoa(i+1)
		}
		label := w.Text("buttons.nth", "n", words.Itoa(i+1))
		none := "buttons.none"
		if i > 0 {
			none = "buttons.no-more"
		}
		items := []goapp.UI{kit.Tag("option").Attr("value", "").Attr("selected", target == "").Body(kit.Text(w.Text(none)))}
		options := q.Options
		n, isNumber := words.ParseCount(strings.TrimPrefix(target, form.Exact))
		if isNumber {
			options = append([]string{target}, options...)
		}
		for _, o := range options {
			text := ""
			if isNumber && o == target {
				text = w.Text("buttons.counted", "n", w.Number(n))
			} else {
				text = f.OptionLabel(o)
			}
			items = append(items, kit.Tag("option").Attr("value", o).Attr("selected", o == target).Body(kit.Text(text)))
		}
		list := kit.Tag("select").ID(id).Attr("name", id).Class("input").Aria("label", f.label()+": "+label).Body(items...).
			On("change", func(ctx goapp.Context, _ goapp.Event) {
				now := slices.Clone(chosen)
				now[i] = ctx.JSSrc().Get("value").String()
				f.s.Desk.Entered(q.Path, strings.Join(slices.DeleteFunc(now, func(t string) bool { return t == "" }), ","))
			}, id, f.Value())
		if notes != "" {
			list = list.Attr("aria-describedby", notes)
		}
		rows = append(rows, kit.Div("input-box", list))
		if isNumber {
			break // how many says nothing of where a further one leads to
		}
	}
	body := []goapp.UI{kit.Tag("legend").Body(kit.Text(f.label())), hint}
	return kit.Tag("fieldset").Class("field").Body(append(append(body, rows...), wrong)...)
}

// country lists the countries that are chosen most, then the others. The page's script
// (keep.js) fills the place below with a field that finds one and with those chosen last.
func (f field) country() goapp.UI {
	r := &f.s.Desk.Report
	main, others := report.CountriesByUse(r)
	group := func(key string, codes []string) goapp.UI {
		return kit.Tag("optgroup").Attr("label", r.Words().Text(key)).Body(f.options(codes, r.CountryName)...)
	}
	return kit.Div("", f.selection([]goapp.UI{group("countries.main", main), group("countries.others", others)}),
		kit.Tag("div").Attr("data-find", r.Words().Text("countries.find")).Body())
}

func (f field) recency() goapp.UI {
	exact := f.Q.Path + "-exact"
	w := f.s.Desk.Words()
	in := goapp.ElemSelfClosing("input").ID(exact).Attr("name", exact).Attr("type", "text").Attr("inputmode", "decimal").
		Attr("autocomplete", "off").Class("input number").Attr("value", f.draws())
	in = f.takesTyping(in)
	return f.radios([]string{report.HoursDay, report.HoursTwo, report.HoursWeek, report.HoursLonger, form.Never, ""}, f.RecencyWord(),
		func(o string) string {
			if o == "" {
				return w.Text("answer.unknown")
			}
			return w.Text("recency." + o)
		},
		kit.Tag("details").Class("exact").Body(
			kit.Tag("summary").Body(kit.Text(w.Text("recency.exact"))),
			kit.Div("field",
				kit.Tag("label").Attr("for", exact).Body(kit.Text(w.Text("recency.hours"))),
				kit.Div("input-box", in, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(f.Unit()))),
			),
		),
	)
}
