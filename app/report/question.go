package report

import (
	"slices"
	"strings"

	"postage/app/form"
	"postage/app/words"
	"postage/rules"
)

// QuestionTitle is a question's label, with its group where there are several.
func (r *Report) QuestionTitle(questions []form.Question, path string) string {
	for _, q := range questions {
		if q.Path == path {
			return r.TitleOf(q)
		}
	}
	return path
}

// TitleOf is [Report.QuestionTitle] of a question.
func (r *Report) TitleOf(q form.Question) string {
	return ofGroup(r, q, q.Place == form.InWhom, r.QuestionLabel(q))
}

// ofGroup puts the name of a question's group before its label, if it belongs to one of
// several.
func ofGroup(r *Report, q form.Question, belongs bool, label string) string {
	if belongs && r.Form.Groups > 1 {
		return r.GroupName(q.Group) + ": " + label
	}
	return label
}

// A Question is one of the form, with what its texts depend on.
type Question struct {
	Report *Report
	Q      form.Question
}

// MayBeUnknown reports whether "not known" is an answer of its own. A reading of
// a contested fact always has one, its default, and so has what the contract has
// a standard answer for.
func (f Question) MayBeUnknown() bool {
	return !f.Q.Required && f.Q.Standard == "" && !strings.HasPrefix(f.Q.Path, "assume.")
}

// Value is the answer; one that is not on offer, as on another day, counts as
// not given, and a contested fact is read the first way unless the user says so.
func (f Question) Value() string {
	v := f.Report.Form.Get(f.Q.Path)
	if f.Q.Kind == form.AskChoice && !slices.Contains(f.Q.Options, v) {
		v = ""
		if strings.HasPrefix(f.Q.Path, "assume.") {
			v = f.Q.Options[0]
		}
	}
	return v
}

// LabelKeys are the keys of the texts that may name a question, the one that
// fits best first.
func LabelKeys(q form.Question, kind rules.MessageType) []string {
	key := "ask." + q.Name
	return []string{key + "." + string(kind), key + "." + string(kind.Channel()), key}
}

// HintKeys are those of the hint, which a question need not have.
func HintKeys(q form.Question, kind rules.MessageType) []string {
	key := "hint." + q.Name
	return []string{key + "." + string(kind), key + "." + string(kind.Channel()), key}
}

// QuestionLabel is a question's name; some have another one for a message type.
func (r *Report) QuestionLabel(q form.Question) string {
	label := r.Words().First(LabelKeys(q, r.Form.Kind()), "currency", r.Form.Currency(), "target", r.Form.Get(form.PathConvert))
	return ofGroup(r, q, q.Place == form.InPricing && strings.HasPrefix(q.Path, "audience"), label)
}

// Hint is what helps to answer, empty where nothing does.
func (f Question) Hint() string {
	r := f.Report
	w := r.Words()
	for _, k := range HintKeys(f.Q, r.Form.Kind()) {
		if w.Has(k) {
			return w.Text(k)
		}
	}
	return ""
}

// Mistake is what is wrong with the answer, empty where nothing is.
func (f Question) Mistake() string {
	r := f.Report
	m, ok := r.MistakeAt(f.Q.Path)
	if !ok {
		return ""
	}
	return r.MistakeText(m)
}

// Misfit says what of one's own answer does not fit the day of sending: a choice that
// there is not on it, a tag that means something else, a quota that is none of its
// tiers, one of two months that count only together. It is empty where all fits.
func (f Question) Misfit() string {
	form, path := f.Report.Form, f.Q.Path
	typed, key := form.Values[path], ""
	switch {
	case typed == "" && path == form.HalfPair():
		key = "misfit.pair"
	case typed == "":
	case path == "message.tag" && form.TagsChanged():
		key = "misfit.tag"
	case path == "sender.dailyQuota" && !fitsTiers(typed, form.Day()):
		key = "misfit.quota"
	case len(f.Q.Options) > 0 && !slices.Contains(f.Q.Options, typed) && strings.HasPrefix(path, "sender."):
		key = "misfit.gone"
	}
	if key == "" {
		return ""
	}
	return f.Report.Words().Text(key, "answer", f.OptionLabel(typed))
}

// fitsTiers reports whether a quota is one of the tiers of a day; where the highest has
// no limit there is no telling.
func fitsTiers(typed string, on rules.Date) bool {
	f, ok := rules.RuleOn("zalo.zns.quota-tiers", on)
	tiers := strings.Fields(f.Value)
	return !ok || slices.Contains(tiers, "unlimited") || slices.Contains(tiers, strings.TrimPrefix(typed, form.Exact))
}

// Unit is what stands behind the number in the box: what it counts, and while it
// is being typed also how it is read.
func (f Question) Unit() string {
	r := f.Report
	d, ok := f.Q.Number(f.Value(), r.Form.Lang)
	switch {
	case f.Q.Kind == form.AskDate:
		if day, err := rules.ParseDate(f.Value()); err == nil {
			return r.Words().Day(day)
		}
		return ""
	case !f.Q.IsNumber():
		return ""
	case ok && r.Editing == f.Q.Path:
		return "= " + r.NumberWithUnit(f.Q, d)
	case f.Q.Kind == form.AskCount || f.Q.Kind == form.AskHours:
		return strings.TrimSpace(r.Words().Count(f.Q.Counted, d.IntPart(), "n", ""))
	case f.Q.IsPercent():
		return "%"
	default:
		return r.CurrencyOf(f.Q)
	}
}

// Shown is what is drawn in the input: the answer as it was read, so that people
// see how. While it is being typed that stays as it was, and go-app leaves the
// input alone: what it would put there is what was typed when the drawing began,
// and would take away what has been typed since.
func (f Question) Shown() string {
	r := f.Report
	if r.Editing == f.Q.Path {
		return r.Drawn
	}
	typed := f.Value()
	if f.Q.Kind == form.AskHours && typed == form.Never {
		return ""
	}
	if !f.Q.IsNumber() {
		return typed
	}
	d, ok := f.Q.Number(typed, r.Form.Lang)
	if !ok {
		return typed
	}
	return r.Words().Decimal(d, 0)
}

// OptionLabel is an answer that is on offer.
func (f Question) OptionLabel(value string) string {
	w := f.Report.Words()
	keys := OptionKeys(f.Q, value)
	if n, ok := words.ParseCount(value); ok {
		return w.First(keys, "n", w.Number(n))
	}
	return w.First(keys)
}

// OptionKeys are the keys of the texts that may stand for an answer that is to
// be chosen, the one that fits best first. Of the tags there were other ones
// while there was a tag 0.
func OptionKeys(q form.Question, value string) []string {
	key := "option." + q.Name + "." + value
	if q.Path == "sender.oaPackage" && slices.Contains(q.Options, "growth") && (value == "advanced" || value == "premium") {
		key = "option.sender.oaPackage-running." + value
	}
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

// Recency in human words: a time in the middle of what the words stand for, as
// no platform says whether the last hour of a window is inside.
const (
	HoursDay    = "12"
	HoursTwo    = "36"
	HoursWeek   = "120"
	HoursLonger = "720"
)

// RecencyWord is the chip that stands for a number of hours.
func (f Question) RecencyWord() string {
	typed := f.Value()
	if typed == "" || typed == form.Never {
		return typed
	}
	d, ok := f.Q.Number(typed, f.Report.Form.Lang)
	if !ok {
		return "?"
	}
	hours := rules.HoursAgo(d)
	switch {
	case hours.Within(24):
		return HoursDay
	case hours.Within(48):
		return HoursTwo
	case hours.Within(168):
		return HoursWeek
	default:
		return HoursLonger
	}
}

// An Answered is a question with the answer that the quote rests on, in words.
type Answered struct{ Label, Answer string }

// Answers are the questions with an answer, the message type first. An answer
// that is not known is one where the verdict may hang on it.
func (r *Report) Answers() []Answered {
	list := []Answered{{r.Words().Text("ask.message.type"), r.KindText()}}
	for _, q := range r.Form.Questions() {
		if said := r.answerText(q); said != "" && r.Options.AsksFor(q) {
			list = append(list, Answered{r.TitleOf(q), said})
		}
	}
	return list
}

// Answered is the question with its answer, false where there is none.
func (f Question) Answered() (Answered, bool) {
	said := f.Report.answerText(f.Q)
	return Answered{f.Report.TitleOf(f.Q), said}, said != ""
}

func (r *Report) answerText(q form.Question) string {
	w := r.Words()
	f := Question{r, q}
	typed := f.Value()
	switch {
	case typed == "" && !q.More && (q.Kind == form.AskYesNo || q.Kind == form.AskHours):
		return w.Text("answer.unknown")
	case typed == "", q.Kind == form.AskText:
		return ""
	}
	switch q.Kind {
	case form.AskYesNo, form.AskFlag, form.AskChoice:
		return f.OptionLabel(typed)
	case form.AskCountry:
		if _, names := r.Countries(); names[typed] != "" {
			return names[typed]
		}
	case form.AskDate:
		if d, err := rules.ParseDate(typed); err == nil {
			return w.Date(d)
		}
	case form.AskHours:
		if word := f.RecencyWord(); word == strings.TrimPrefix(typed, form.Exact) {
			return w.Text("recency." + word)
		}
		return f.Shown() + words.NoBreakSpace + w.Text("unit.hours")
	case form.AskAmount:
		if unit := f.Unit(); unit != "" {
			return f.Shown() + words.NoBreakSpace + unit
		}
		return f.Shown()
	case form.AskCount:
		return f.Shown() // its unit does not follow the number's plural
	}
	return typed
}

// GroupFacts is a group in a line: how many people, and how they stand to the
// sender.
func (r *Report) GroupFacts(g int) string {
	var facts []string
	for _, q := range r.Form.Questions() {
		if q.Place != form.InWhom || q.Group != g {
			continue
		}
		typed := r.Form.Get(q.Path)
		switch q.Kind {
		case form.AskCount:
			if d, ok := q.Number(typed, r.Form.Lang); ok && strings.HasSuffix(q.Path, ".recipients") {
				facts = append(facts, r.NumberWithUnit(q, d))
			}
		case form.AskCountry:
			if _, names := r.Countries(); names[typed] != "" {
				facts = append(facts, names[typed])
			}
		case form.AskHours:
			if word := (Question{r, q}).RecencyWord(); word != "" && word != "?" && !q.More {
				facts = append(facts, r.Words().Text("recency."+word))
			}
		}
	}
	if total, ok := r.GroupTotal(g); ok {
		facts = append(facts, r.Words().RoundTotal(total.Gross, total.Currency))
	}
	return strings.Join(facts, " · ")
}
