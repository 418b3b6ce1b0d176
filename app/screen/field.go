package screen

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// A field shows one question: its label, a hint, what is wrong with the answer,
// and the input. The value always comes from the form, as typed.
//
// The ids and names of inputs are the paths of the contract, so that errors,
// links to a question and what was typed before the program ran find them.
type field struct {
	s *screen
	q form.Question
}

func (s *screen) field(q form.Question) goapp.UI {
	s.breathe()
	f := field{s, q}
	switch {
	case q.Kind == form.AskHours:
		return f.recency()
	case q.Kind == form.AskFlag:
		return f.flag()
	case q.Kind == form.AskYesNo && q.Standard != "":
		return f.chips([]string{form.Yes, form.No})
	case q.Kind == form.AskYesNo:
		return f.chips([]string{form.Yes, form.No, ""})
	case q.Kind == form.AskChoice && len(q.Options) <= 5:
		options := q.Options
		if f.mayBeUnknown() {
			options = append(slices.Clone(options), "")
		}
		return f.chips(options)
	case q.Kind == form.AskChoice:
		return f.selection(q.Options, f.optionLabel)
	case q.Kind == form.AskCountry:
		return f.country()
	default:
		return f.input()
	}
}

// mayBeUnknown reports whether "not known" is an answer of its own. A reading of
// a contested fact always has one, its default, and so has what the contract has
// a standard answer for.
func (f field) mayBeUnknown() bool {
	return !f.q.Required && f.q.Standard == "" && !strings.HasPrefix(f.q.Path, "assume.")
}

// value is the answer; one that is not on offer, as on another day, counts as
// not given, and a contested fact is read the first way unless the user says so.
func (f field) value() string {
	v := f.s.form.Get(f.q.Path)
	if f.q.Kind == form.AskChoice && !slices.Contains(f.q.Options, v) {
		v = ""
		if strings.HasPrefix(f.q.Path, "assume.") {
			v = f.q.Options[0]
		}
	}
	return v
}

// label is the question's name; some have another one for a message type.
func (f field) label() string { return f.s.questionLabel(f.q) }

// labelKeys are the keys of the texts that may name a question, the one that
// fits best first.
func labelKeys(q form.Question, kind rules.MessageType) []string {
	key := "ask." + q.Name
	return []string{key + "." + string(kind), key + "." + string(kind.Channel()), key}
}

func hintKeys(q form.Question, kind rules.MessageType) []string {
	key := "hint." + q.Name
	return []string{key + "." + string(kind), key + "." + string(kind.Channel()), key}
}

func (s *screen) questionLabel(q form.Question) string {
	return s.words().First(labelKeys(q, s.form.Kind()), "currency", s.form.Currency(), "target", s.form.Get(form.PathConvert))
}

func (f field) hint() string {
	w := f.s.words()
	for _, k := range hintKeys(f.q, f.s.form.Kind()) {
		if w.Has(k) {
			return w.Text(k)
		}
	}
	return ""
}

func (f field) mistake() string {
	m, ok := f.s.mistakeAt(f.q.Path)
	if !ok {
		return ""
	}
	return f.s.mistakeText(m)
}

// notes are the hint and the mistake, and the ids by which the input names them.
func (f field) notes() (hint, wrong goapp.UI, ids string) {
	if h := f.hint(); h != "" {
		id := f.q.Path + "-hint"
		hint = kit.Tag("p").Class("hint").ID(id).Body(kit.Text(h))
		ids = id
	}
	if m := f.mistake(); m != "" {
		id := f.q.Path + "-error"
		wrong = kit.Tag("p").Class("mistake").ID(id).Body(kit.Text(m))
		ids = strings.TrimSpace(ids + " " + id)
	}
	return hint, wrong, ids
}

// input is a text field. Numbers are typed into text fields too, as people
// group their digits.
func (f field) input() goapp.UI {
	q := f.q
	hint, wrong, notes := f.notes()
	in := goapp.ElemSelfClosing("input").ID(q.Path).Attr("name", q.Path).Attr("autocomplete", "off")
	kind, class := "text", "input"
	switch q.Kind {
	case form.AskDate:
		kind = "date"
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
	if wrong != nil {
		in = in.Attr("aria-invalid", "true")
	}
	if q.Required {
		in = in.Attr("aria-required", "true")
	}
	path := q.Path
	in = f.takesTyping(in)

	box := []goapp.UI{in}
	if unit := f.unit(); unit != "" {
		box = append(box, kit.Tag("span").Class("unit").Attr("data-echo", f.s.editing == path).Aria("hidden", "true").Body(kit.Text(unit)))
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
	if f.q.Path == form.PathOn {
		return f.s.dayShortcuts()
	}
	return nil
}

// unit is what stands behind the number in the box: what it counts, and while it
// is being typed also how it is read.
func (f field) unit() string {
	d, ok := f.q.Number(f.value(), f.s.form.Lang)
	switch {
	case !f.q.IsNumber():
		return ""
	case ok && f.s.editing == f.q.Path:
		return "= " + f.s.numberWithUnit(f.q, d)
	case f.q.Kind == form.AskCount || f.q.Kind == form.AskHours:
		return strings.TrimSpace(f.s.words().Count(f.q.Counted, d.IntPart(), "n", ""))
	case f.q.IsPercent():
		return "%"
	default:
		return f.s.currencyOf(f.q)
	}
}

// currencyOf is the currency of an amount: what is billed in, or what the user
// converts to.
func (s *screen) currencyOf(q form.Question) string {
	if strings.Contains(q.Path, "convert") {
		return s.form.Get(form.PathConvert)
	}
	return s.form.Currency()
}

// numberWithUnit says a number in words: "12.500 người", "10%", "26.000 ₫".
func (s *screen) numberWithUnit(q form.Question, d decimal.Decimal) string {
	w := s.words()
	switch {
	case q.Kind == form.AskCount && d.IsInteger():
		return w.Count(q.Counted, d.IntPart())
	case q.Kind == form.AskHours && d.IsInteger():
		return w.Hours(d.IntPart())
	case q.IsPercent():
		return w.Percent(d)
	case q.Kind == form.AskAmount:
		return w.Money(d, s.currencyOf(q))
	default:
		return w.Decimal(d, 0)
	}
}

// draws is what is shown, for a drawing, which it notes: a change that waits to
// be drawn when typing begins must not be drawn over what is typed.
func (f field) draws() string {
	v := f.shown()
	if f.s.lastDrawn == nil {
		f.s.lastDrawn = map[string]string{}
	}
	f.s.lastDrawn[f.q.Path] = v
	return v
}

// shown is what is drawn in the input: the answer as it was read, so that people
// see how. While it is being typed that stays as it was, and go-app leaves the
// input alone: what it would put there is what was typed when the drawing began,
// and would take away what has been typed since.
func (f field) shown() string {
	if f.s.editing == f.q.Path {
		return f.s.drawn
	}
	typed := f.value()
	if f.q.Kind == form.AskHours && typed == form.Never {
		return ""
	}
	if !f.q.IsNumber() {
		return typed
	}
	d, ok := f.q.Number(typed, f.s.form.Lang)
	if !ok {
		return typed
	}
	return f.s.words().Decimal(d, 0)
}

// takesTyping lets an input tell what is typed into it, and shows in it what was
// entered as it was read; a drawing would not where that was drawn before.
func (f field) takesTyping(in goapp.HTMLElemSelfClosing) goapp.HTMLElemSelfClosing {
	path := f.q.Path
	return in.On("input", func(ctx goapp.Context, _ goapp.Event) {
		f.s.typed(path, ctx.JSSrc().Get("value").String())
	}, "input", path).On("change", func(ctx goapp.Context, _ goapp.Event) {
		f.s.entered(path, ctx.JSSrc().Get("value").String())
		browser.SetField(ctx.JSSrc(), f.shown())
	}, "change", path)
}

// chips is a group of radio buttons.
func (f field) chips(options []string) goapp.UI { return f.radios(options, f.value(), f.optionLabel) }

func (f field) radios(options []string, chosen string, label func(string) string, below ...goapp.UI) goapp.UI {
	q := f.q
	hint, wrong, notes := f.notes()
	chips := make([]goapp.UI, 0, len(options))
	for _, o := range options {
		chips = append(chips, f.s.chip(q.Path, o, label(o), o == chosen, func(value string) { f.s.entered(q.Path, value) }))
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

// unknown is the value of the radio button for "not known". It may not be empty:
// go-app sets attributes in any order, and a radio button whose empty value is
// set before its type has the value "on".
const unknown = "unknown"

// chip is a radio button that looks like a pill.
func (s *screen) chip(name, value, label string, chosen bool, choose func(string)) goapp.UI {
	class, shown := "chip", value
	if value == "" {
		class, shown = "chip chip-unknown", unknown
	}
	return kit.Tag("label").Class(class).Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", name).Attr("value", shown).
			Attr("checked", chosen).Attr("data-chosen", chosen).
			On("change", func(goapp.Context, goapp.Event) { choose(value) }, name, value),
		kit.Tag("span").Body(kit.Text(label)),
	)
}

func (f field) optionLabel(value string) string {
	w := f.s.words()
	keys := optionKeys(f.q, value)
	if n, ok := words.ParseCount(value); ok {
		return w.First(keys, "n", w.Number(n))
	}
	return w.First(keys)
}

// optionKeys are the keys of the texts that may stand for an answer that is to
// be chosen, the one that fits best first. Of the tags there were other ones
// while there was a tag 0.
func optionKeys(q form.Question, value string) []string {
	key := "option." + q.Name + "." + value
	if q.Path == "message.tag" && slices.Contains(q.Options, "0") {
		key = "option.message.tag-before-2024-04-16." + value
	}
	switch _, isNumber := words.ParseCount(value); {
	case value == "":
		return []string{"answer.unknown." + q.Name, "answer.unknown"}
	case isNumber:
		return []string{key, "number"}
	default:
		return []string{key, "answer." + value}
	}
}

func (f field) flag() goapp.UI {
	path := f.q.Path
	hint, wrong, notes := f.notes()
	box := goapp.ElemSelfClosing("input").Attr("type", "checkbox").ID(path).Attr("name", path).
		Attr("checked", f.value() == form.Yes).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			answer := ""
			if ctx.JSSrc().Get("checked").Bool() {
				answer = form.Yes
			}
			f.s.entered(path, answer)
		}, path)
	if notes != "" {
		box = box.Attr("aria-describedby", notes)
	}
	return kit.Div("field flag", kit.Tag("label").Body(box, kit.Tag("span").Body(kit.Text(f.label()))), hint, wrong)
}

// selection is a list to choose from, for more options than fit as chips.
func (f field) selection(options []string, label func(string) string) goapp.UI {
	path, chosen := f.q.Path, f.value()
	hint, wrong, notes := f.notes()
	items := make([]goapp.UI, 0, len(options)+1)
	if f.mayBeUnknown() || chosen == "" {
		items = append(items, kit.Tag("option").Attr("value", "").Attr("selected", chosen == "").Body(kit.Text(f.s.words().Text("answer.unknown"))))
	}
	for _, o := range options {
		items = append(items, kit.Tag("option").Attr("value", o).Attr("selected", o == chosen).Body(kit.Text(label(o))))
	}
	list := kit.Tag("select").ID(path).Attr("name", path).Class("input").Body(items...).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			f.s.entered(path, ctx.JSSrc().Get("value").String())
		}, path)
	if notes != "" {
		list = list.Attr("aria-describedby", notes)
	}
	if wrong != nil {
		list = list.Attr("aria-invalid", "true")
	}
	return kit.Div("field", kit.Tag("label").Attr("for", path).Body(kit.Text(f.label())), hint, kit.Div("input-box", list), wrong)
}

func (f field) country() goapp.UI {
	codes, names := f.s.countries()
	return f.selection(codes, func(code string) string {
		if name := names[code]; name != "" {
			return name
		}
		return code
	})
}

// countries lists the country codes in the order of their names in the language,
// and those names.
func (s *screen) countries() ([]string, map[string]string) {
	if s.countryLang != s.Lang {
		codes := rules.Countries()
		s.countryNames = browser.CountryNames(s.Lang, codes)
		s.countryCodes = browser.SortNames(s.Lang, codes, s.countryNames)
		s.countryLang = s.Lang
	}
	return s.countryCodes, s.countryNames
}

// Recency in human words: a time in the middle of what the words stand for, as
// no platform says whether the last hour of a window is inside.
const (
	hoursDay    = "12"
	hoursTwo    = "36"
	hoursWeek   = "120"
	hoursLonger = "720"
)

// recencyWord is the chip that stands for a number of hours.
func (f field) recencyWord() string {
	typed := f.value()
	if typed == "" || typed == form.Never {
		return typed
	}
	d, ok := f.q.Number(typed, f.s.form.Lang)
	if !ok {
		return "?"
	}
	hours := rules.HoursAgo(d)
	switch {
	case hours.Within(24):
		return hoursDay
	case hours.Within(48):
		return hoursTwo
	case hours.Within(168):
		return hoursWeek
	default:
		return hoursLonger
	}
}

func (f field) recency() goapp.UI {
	exact := f.q.Path + "-exact"
	w := f.s.words()
	in := goapp.ElemSelfClosing("input").ID(exact).Attr("name", exact).Attr("type", "text").Attr("inputmode", "decimal").
		Attr("autocomplete", "off").Class("input number").Attr("value", f.draws())
	in = f.takesTyping(in)
	return f.radios([]string{hoursDay, hoursTwo, hoursWeek, hoursLonger, form.Never, ""}, f.recencyWord(),
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
				kit.Div("input-box", in, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(f.unit()))),
			),
		),
	)
}
