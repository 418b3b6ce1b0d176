package ask

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

func (a *Column) field(q form.Question) goapp.UI {
	d := a.Desk
	d.Breathe()
	f := field{report.Question{Report: &d.Report, Q: q}, a}
	switch {
	case q.Kind == form.AskHours:
		return f.recency()
	case q.Kind == form.AskFlag:
		return f.flag()
	case q.Kind == form.AskTargets:
		return f.targets()
	case q.Kind == form.AskYesNo && q.Standard != "":
		return f.chips([]string{form.Yes, form.No})
	case q.Kind == form.AskYesNo:
		return f.chips([]string{form.Yes, form.No, ""})
	case q.Kind == form.AskChoice && len(q.Options) <= 5:
		options := q.Options
		if f.MayBeUnknown() {
			options = append(slices.Clone(options), "")
		}
		return f.chips(options)
	case q.Kind == form.AskChoice:
		return f.selection(f.options(q.Options, f.OptionLabel))
	case q.Kind == form.AskCountry:
		return f.country()
	default:
		return f.input()
	}
}

// A setting is what every question and its texts may depend on.
type setting struct {
	language desk.ShownLanguage
	kind     rules.MessageType
	day      rules.Date
	currency string
	target   string // the currency to convert into
	options  model.FrameOptions
}

func (a *Column) setting() setting {
	d := a.Desk
	f := d.Form
	return setting{d.ShownLanguage(), f.Kind(), f.Day(), f.Currency(), f.Get(form.PathConvert), d.Options}
}

// asked are questions with what stands in them.
type asked struct {
	questions []form.Question
	answers   []string
	mistakes  []form.Mistake
	editing   string // the path of the one being typed into
}

// asked returns the questions of a group, or of a place where there are no
// groups.
func (s *Column) asked(p form.Place, group int) asked {
	d := s.Desk
	var a asked
	questions := d.Form.Questions()
	first := slices.IndexFunc(questions, func(q form.Question) bool { return q.Place == p && q.Group == group })
	if first < 0 {
		return a
	}
	// They stand together. A part of the list, unlike a copy, is known to be the
	// same without a look at each of them.
	end := first
	for ; end < len(questions) && questions[end].Place == p && questions[end].Group == group; end++ {
		path := questions[end].Path
		a.answers = append(a.answers, d.Form.Get(path))
		if m, wrong := d.MistakeAt(path); wrong {
			a.mistakes = append(a.mistakes, m)
		}
		if path == d.Editing {
			a.editing = path
		}
	}
	a.questions = questions[first:end]
	return a
}

// Draw is the column with the form.
func (a *Column) Draw() goapp.UI {
	d := a.Desk
	body := []goapp.UI{a.intro(), a.Start(), a.What(), a.Whom(), a.HowMuch(), a.DrawPrices()}
	if d.Options.ReadOnly {
		return kit.Tag("fieldset").Class("ask").Attr("disabled", true).Aria("label", d.Words().Text("frame.read-only")).Body(body...)
	}
	return kit.Div("ask", body...)
}

func (a *Column) intro() goapp.UI {
	d := a.Desk
	heading := kit.Tag("h1").Body(kit.Text(d.Words().Text("page.heading")))
	if d.Frame {
		return heading.Class("visually-hidden")
	}
	return kit.Div("intro", heading, kit.Tag("p").Class("lead").Body(kit.Text(d.Words().Text("page.lead"))))
}

// section is a numbered card of the form. Its heading takes the focus of who is led to it.
func (a *Column) section(number, title string, body ...goapp.UI) goapp.UI {
	d := a.Desk
	d.Breathe()
	id := desk.PartID(number)
	heading := kit.Tag("h2").ID(id).Attr("tabindex", "-1").Body(kit.Span("step", number), kit.Text(d.Words().Text(title)))
	return kit.Tag("section").Class("card").Attr("aria-labelledby", id).Body(append([]goapp.UI{heading}, body...)...)
}

// questionForm holds the questions of a place. At each key Chromium looks through all
// of the form that the field is in, to offer help with filling it in; fields in no form
// are one to it, which with many groups takes a slow phone longer than the answer. With
// few they stay in none: the next key of a phone's keyboard leads no further than the
// form.
func (a *Column) questionForm(class string, p form.Place, group int) goapp.UI {
	kind := "div"
	if a.hasForms() {
		kind = "form"
	}
	return kit.Tag(kind).Class(class).Body(a.fields(p, group)...)
}

func (a *Column) hasForms() bool { return a.Desk.Form.Groups >= manyGroups }

// fields shows the questions of a place; those for details stand behind a
// summary. It opens for a mistake and then stays open, so that no field closes
// over what is being typed into it.
func (a *Column) fields(p form.Place, group int) []goapp.UI {
	d := a.Desk
	var shown, details []goapp.UI
	key := PlaceName(p) + words.Itoa(group)
	for _, q := range d.Form.Questions() {
		if q.Place != p || q.Group != group || !d.Options.AsksFor(q) {
			continue
		}
		if !q.More {
			shown = append(shown, a.field(q))
			continue
		}
		details = append(details, a.field(q))
		if _, wrong := d.MistakeAt(q.Path); wrong {
			d.Opened[key] = true
		}
	}
	if len(details) > 0 {
		shown = append(shown, d.Details(key, d.Words().Text("more."+PlaceName(p)), "more-fields", details))
	}
	return shown
}

func PlaceName(p form.Place) string {
	return [...]string{form.InWhat: "what", form.InWhom: "whom", form.InHowMuch: "howMuch", form.InPricing: "pricing"}[p]
}
