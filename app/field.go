package app

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/rules"
)

// A field shows one question: its label, a hint, what is wrong with the answer,
// and the input. The value always comes from the form, as typed.
//
// The ids and names of inputs are the paths of the contract, so that errors,
// links to a question and what was typed before the program ran find them.
type field struct {
	s *screen
	q question
}

func (s *screen) field(q question) goapp.UI {
	s.breathe()
	f := field{s, q}
	switch {
	case q.kind == askHours:
		return f.recency()
	case q.kind == askFlag:
		return f.flag()
	case q.kind == askYesNo:
		return f.chips([]string{yes, no, ""})
	case q.kind == askChoice && len(q.options) <= 5:
		options := q.options
		if f.mayBeUnknown() {
			options = append(slices.Clone(options), "")
		}
		return f.chips(options)
	case q.kind == askChoice:
		return f.selection(q.options, f.optionLabel)
	case q.kind == askCountry:
		return f.country()
	default:
		return f.input()
	}
}

// mayBeUnknown reports whether "not known" is an answer of its own. A reading of
// a contested fact always has one, its default, and so has what the contract has
// a standard answer for.
func (f field) mayBeUnknown() bool {
	return !f.q.required && f.q.standard == "" && !strings.HasPrefix(f.q.path, "assume.")
}

// value is the answer; one that is not on offer, as on another day, counts as
// not given, and a contested fact is read the first way unless the user says so.
func (f field) value() string {
	v := f.s.form.get(f.q.path)
	if f.q.kind == askChoice && !slices.Contains(f.q.options, v) {
		v = ""
		if strings.HasPrefix(f.q.path, "assume.") {
			v = f.q.options[0]
		}
	}
	return v
}

// label is the question's name; some have another one for a message type.
func (f field) label() string { return f.s.questionLabel(f.q) }

// labelKeys are the keys of the texts that may name a question, the one that
// fits best first.
func labelKeys(q question, kind rules.MessageType) []string {
	key := "ask." + q.name
	return []string{key + "." + string(kind), key + "." + string(kind.Channel()), key}
}

func hintKeys(q question, kind rules.MessageType) []string {
	key := "hint." + q.name
	return []string{key + "." + string(kind), key + "." + string(kind.Channel()), key}
}

func (s *screen) questionLabel(q question) string {
	return s.words().first(labelKeys(q, s.form.kind()), "currency", s.form.currency(), "target", s.form.get(pathConvert))
}

func (f field) hint() string {
	w := f.s.words()
	for _, k := range hintKeys(f.q, f.s.form.kind()) {
		if w.has(k) {
			return w.text(k)
		}
	}
	return ""
}

func (f field) mistake() string {
	m, ok := f.s.mistakeAt(f.q.path)
	if !ok {
		return ""
	}
	return f.s.mistakeText(m)
}

// notes are the hint and the mistake, and the ids by which the input names them.
func (f field) notes() (hint, wrong goapp.UI, ids string) {
	if h := f.hint(); h != "" {
		id := f.q.path + "-hint"
		hint = tag("p").Class("hint").ID(id).Body(text(h))
		ids = id
	}
	if m := f.mistake(); m != "" {
		id := f.q.path + "-error"
		wrong = tag("p").Class("mistake").ID(id).Body(text(m))
		ids = strings.TrimSpace(ids + " " + id)
	}
	return hint, wrong, ids
}

// input is a text field. Numbers are typed into text fields too, as people
// group their digits.
func (f field) input() goapp.UI {
	q := f.q
	hint, wrong, notes := f.notes()
	in := goapp.ElemSelfClosing("input").ID(q.path).Attr("name", q.path).Attr("autocomplete", "off")
	kind, class := "text", "input"
	switch q.kind {
	case askDate:
		kind = "date"
	case askCount:
		in = in.Attr("inputmode", "numeric")
		class += " number"
	case askAmount:
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
	if q.required {
		in = in.Attr("aria-required", "true")
	}
	path := q.path
	in = f.takesTyping(in)

	box := []goapp.UI{in}
	if unit := f.unit(); unit != "" {
		box = append(box, tag("span").Class("unit").Attr("data-echo", f.s.editing == path).Aria("hidden", "true").Body(text(unit)))
	}
	below := f.below()
	if below != nil {
		wrong = placeFor(wrong)
	}
	return div("field",
		tag("label").Attr("for", q.path).Body(text(f.label())),
		hint,
		div("input-box", box...),
		wrong,
		below,
	)
}

// below is what helps to answer.
func (f field) below() goapp.UI {
	if f.q.path == pathOn {
		return f.s.dayShortcuts()
	}
	return nil
}

// unit is what stands behind the number in the box: what it counts, and while it
// is being typed also how it is read.
func (f field) unit() string {
	d, ok := f.q.number(f.value(), f.s.form.lang)
	switch {
	case !f.q.isNumber():
		return ""
	case ok && f.s.editing == f.q.path:
		return "= " + f.s.numberWithUnit(f.q, d)
	case f.q.kind == askCount || f.q.kind == askHours:
		return strings.TrimSpace(f.s.words().count(f.q.counted, d.IntPart(), "n", ""))
	case f.q.isPercent():
		return "%"
	default:
		return f.s.currencyOf(f.q)
	}
}

// currencyOf is the currency of an amount: what is billed in, or what the user
// converts to.
func (s *screen) currencyOf(q question) string {
	if strings.Contains(q.path, "convert") {
		return s.form.get(pathConvert)
	}
	return s.form.currency()
}

// numberWithUnit says a number in words: "12.500 người", "10%", "26.000 ₫".
func (s *screen) numberWithUnit(q question, d decimal.Decimal) string {
	w := s.words()
	switch {
	case q.kind == askCount && d.IsInteger():
		return w.count(q.counted, d.IntPart())
	case q.kind == askHours && d.IsInteger():
		return w.hours(d.IntPart())
	case q.isPercent():
		return w.percent(d)
	case q.kind == askAmount:
		return w.money(d, s.currencyOf(q))
	default:
		return w.decimal(d, 0)
	}
}

// draws is what is shown, for a drawing, which it notes: a change that waits to
// be drawn when typing begins must not be drawn over what is typed.
func (f field) draws() string {
	v := f.shown()
	if f.s.lastDrawn == nil {
		f.s.lastDrawn = map[string]string{}
	}
	f.s.lastDrawn[f.q.path] = v
	return v
}

// shown is what is drawn in the input: the answer as it was read, so that people
// see how. While it is being typed that stays as it was, and go-app leaves the
// input alone: what it would put there is what was typed when the drawing began,
// and would take away what has been typed since.
func (f field) shown() string {
	if f.s.editing == f.q.path {
		return f.s.drawn
	}
	typed := f.value()
	if f.q.kind == askHours && typed == never {
		return ""
	}
	if !f.q.isNumber() {
		return typed
	}
	d, ok := f.q.number(typed, f.s.form.lang)
	if !ok {
		return typed
	}
	return f.s.words().decimal(d, 0)
}

// takesTyping lets an input tell what is typed into it, and shows in it what was
// entered as it was read; a drawing would not where that was drawn before.
func (f field) takesTyping(in goapp.HTMLElemSelfClosing) goapp.HTMLElemSelfClosing {
	path := f.q.path
	return in.On("input", func(ctx goapp.Context, _ goapp.Event) {
		f.s.typed(path, ctx.JSSrc().Get("value").String())
	}, "input", path).On("change", func(ctx goapp.Context, _ goapp.Event) {
		f.s.entered(path, ctx.JSSrc().Get("value").String())
		setField(ctx.JSSrc(), f.shown())
	}, "change", path)
}

// chips is a group of radio buttons.
func (f field) chips(options []string) goapp.UI { return f.radios(options, f.value(), f.optionLabel) }

func (f field) radios(options []string, chosen string, label func(string) string, below ...goapp.UI) goapp.UI {
	q := f.q
	hint, wrong, notes := f.notes()
	chips := make([]goapp.UI, 0, len(options))
	for _, o := range options {
		chips = append(chips, f.s.chip(q.path, o, label(o), o == chosen, func(value string) { f.s.entered(q.path, value) }))
	}
	set := tag("fieldset").Class("field").ID(q.path).Attr("tabindex", "-1")
	if notes != "" {
		set = set.Attr("aria-describedby", notes)
	}
	body := []goapp.UI{tag("legend").Body(text(f.label())), hint, div("chips", chips...)}
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
	return tag("label").Class(class).Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", name).Attr("value", shown).
			Attr("checked", chosen).Attr("data-chosen", chosen).
			On("change", func(goapp.Context, goapp.Event) { choose(value) }, name, value),
		tag("span").Body(text(label)),
	)
}

func (f field) optionLabel(value string) string {
	w := f.s.words()
	keys := optionKeys(f.q, value)
	if n, ok := parseCount(value); ok {
		return w.first(keys, "n", w.number(n))
	}
	return w.first(keys)
}

// optionKeys are the keys of the texts that may stand for an answer that is to
// be chosen, the one that fits best first. Of the tags there were other ones
// while there was a tag 0.
func optionKeys(q question, value string) []string {
	key := "option." + q.name + "." + value
	if q.path == "message.tag" && slices.Contains(q.options, "0") {
		key = "option.message.tag-before-2024-04-16." + value
	}
	switch _, isNumber := parseCount(value); {
	case value == "":
		return []string{"answer.unknown." + q.name, "answer.unknown"}
	case isNumber:
		return []string{key, "number"}
	default:
		return []string{key, "answer." + value}
	}
}

func (f field) flag() goapp.UI {
	path := f.q.path
	hint, wrong, notes := f.notes()
	box := goapp.ElemSelfClosing("input").Attr("type", "checkbox").ID(path).Attr("name", path).
		Attr("checked", f.value() == yes).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			answer := ""
			if ctx.JSSrc().Get("checked").Bool() {
				answer = yes
			}
			f.s.entered(path, answer)
		}, path)
	if notes != "" {
		box = box.Attr("aria-describedby", notes)
	}
	return div("field flag", tag("label").Body(box, tag("span").Body(text(f.label()))), hint, wrong)
}

// selection is a list to choose from, for more options than fit as chips.
func (f field) selection(options []string, label func(string) string) goapp.UI {
	path, chosen := f.q.path, f.value()
	hint, wrong, notes := f.notes()
	items := make([]goapp.UI, 0, len(options)+1)
	if f.mayBeUnknown() || chosen == "" {
		items = append(items, tag("option").Attr("value", "").Attr("selected", chosen == "").Body(text(f.s.words().text("answer.unknown"))))
	}
	for _, o := range options {
		items = append(items, tag("option").Attr("value", o).Attr("selected", o == chosen).Body(text(label(o))))
	}
	list := tag("select").ID(path).Attr("name", path).Class("input").Body(items...).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			f.s.entered(path, ctx.JSSrc().Get("value").String())
		}, path)
	if notes != "" {
		list = list.Attr("aria-describedby", notes)
	}
	if wrong != nil {
		list = list.Attr("aria-invalid", "true")
	}
	return div("field", tag("label").Attr("for", path).Body(text(f.label())), hint, div("input-box", list), wrong)
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
		s.countryNames = countryNames(s.Lang, codes)
		s.countryCodes = sortNames(s.Lang, codes, s.countryNames)
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
	if typed == "" || typed == never {
		return typed
	}
	d, ok := f.q.number(typed, f.s.form.lang)
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
	exact := f.q.path + "-exact"
	w := f.s.words()
	in := goapp.ElemSelfClosing("input").ID(exact).Attr("name", exact).Attr("type", "text").Attr("inputmode", "decimal").
		Attr("autocomplete", "off").Class("input number").Attr("value", f.draws())
	in = f.takesTyping(in)
	return f.radios([]string{hoursDay, hoursTwo, hoursWeek, hoursLonger, never, ""}, f.recencyWord(),
		func(o string) string {
			if o == "" {
				return w.text("answer.unknown")
			}
			return w.text("recency." + o)
		},
		tag("details").Class("exact").Body(
			tag("summary").Body(text(w.text("recency.exact"))),
			div("field",
				tag("label").Attr("for", exact).Body(text(w.text("recency.hours"))),
				div("input-box", in, tag("span").Class("unit").Aria("hidden", "true").Body(text(f.unit()))),
			),
		),
	)
}
