package app

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/rules"
)

const waysID = "ways"

// A wayList is every type that could serve a purpose for the same people. It is
// not changed afterwards: working it out takes as long as some twenty answers,
// so a new one waits until typing pauses, and the rows show this one alone.
type wayList struct {
	key     string // what it was worked out for
	purpose rules.Purpose
	all     []way // those that may be sent first, by cost
}

// A way is one type in the place of the chosen one, as the rules compare it.
type way struct {
	rules.Option
	unsaid []rules.Check // that rest on what nobody said, one of each code
	ask    string        // the question that would settle the first of those
}

// as is the form with another message in the place of its own: the same people,
// number and day, and whatever else has been said and still matters. What nobody
// has said of the other type is left open there, not taken from the starts of its
// questions: those are for who chooses the type and reads them.
func (f *form) as(m rules.Message) *form {
	other := &form{values: maps.Clone(f.values), groups: f.groups, today: f.today, lang: f.lang}
	seen := map[string]string{}
	for _, q := range f.questions() {
		seen[q.path] = f.get(q.path)
		switch at := remembered(q.path, f.kind()); {
		case at != "":
			other.values[at] = f.get(q.path) // for the way back
		case q.path == pathOn:
			if day, chosen := f.values[pathOn]; chosen {
				other.values[pathOn] = day
			}
		case q.place == inWhom || q.path == pathPer:
			other.values[q.path] = f.get(q.path)
		case f.values[q.path] == "" && f.get(q.path) != "":
			other.values[q.path+"@"+string(f.kind())] = f.get(q.path)
		}
	}
	other.set(pathType, string(m.Type))
	say := func(path string, fact rules.Opt[bool]) {
		if is, known := fact.Get(); known {
			other.values[path] = map[bool]string{true: yes, false: no}[is]
		}
	}
	say("message.promotional", m.Promotional)
	say("message.automated", m.Automated)
	if tag, known := m.Tag.Get(); known {
		other.values["message.tag"] = itoa(int(tag))
		other.values["message.template.kind"] = string(m.Template.Kind)
	}
	for range 2 { // an open answer may bring another question
		other.asked = nil
		for _, q := range other.questions() {
			if at := remembered(q.path, m.Type); at != "" {
				other.values[q.path] = other.values[at]
			} else if _, said := other.values[q.path]; !said && !q.required && other.get(q.path) != seen[q.path] {
				other.values[q.path] = other.values[q.path+"@"+string(m.Type)]
			}
		}
	}
	other.asked = nil
	return other
}

// remembered is the path at which the answer to a question is remembered that
// holds for a platform or a type alone, empty for one that holds for all.
func remembered(path string, t rules.MessageType) string {
	switch rules.ReachOf(path, t) {
	case rules.HoldsForType:
		return path + "@" + string(t)
	case rules.HoldsOnPlatform:
		return path + "@" + t.Platform()
	}
	return ""
}

// allWays lists the ways to serve a purpose, and rests between them. The form
// must have an answer.
func allWays(f *form, purpose rules.Purpose, rest func()) []way {
	asked, mistakes := f.scenario()
	if len(mistakes) > 0 {
		return nil
	}
	options := rules.Compare(asked, purpose, func(m rules.Message) rules.Scenario {
		rest()
		other, _ := f.as(m).scenario()
		return other
	})
	list := make([]way, len(options))
	for i, o := range options {
		list[i].Option = o
		list[i].seeUnsaid()
	}
	return list
}

// seeUnsaid finds the checks that rest on what nobody said. Of the chosen way the
// answer itself tells.
func (w *way) seeUnsaid() {
	if w.Chosen || !w.Sent() {
		return
	}
	for i := range w.Quote.Segments {
		for _, c := range w.Quote.Segments[i].Checks {
			same := func(d rules.Check) bool { return d.Code == c.Code }
			if c.Outcome != rules.Unknown || slices.ContainsFunc(w.unsaid, same) {
				continue
			}
			w.unsaid = append(w.unsaid, c)
			if w.ask == "" && len(c.Needs) > 0 {
				w.ask = c.Needs[0]
			}
		}
	}
}

func totalCurrency(q *rules.Quote) string {
	if q == nil {
		return ""
	}
	t, _ := q.Total()
	return t.Currency
}

// A purposeMeant is what the user says the messages are for, and of which type.
type purposeMeant struct {
	purpose rules.Purpose
	kind    rules.MessageType
}

// purpose is what the messages are for: what the user said of the chosen type,
// or of another one if the chosen type can serve that too, else what the type is
// for first.
func (s *screen) purpose() rules.Purpose {
	kind := s.form.kind()
	can := rules.PurposesOf(kind)
	if m := s.meant; m.purpose != "" && (m.kind == kind || slices.Contains(can, m.purpose)) {
		return m.purpose
	}
	if len(can) == 0 {
		return ""
	}
	asked, _ := s.form.scenario()
	if s.form.get("message.promotional") == yes { // also where this type does not ask
		asked.Message.Promotional = rules.Some(true)
	}
	return rules.PurposeOf(asked)
}

// waysKey is what the list of ways must have been worked out for.
func (s *screen) waysKey() string {
	return s.Lang + " " + s.form.today + " " + string(s.purpose()) + string(s.scenario)
}

// findWays works out the list of ways.
func (s *screen) findWays() {
	key := s.waysKey()
	if s.wayList != nil && (s.wayList.key == key || !s.current()) {
		return
	}
	list := &wayList{key: key, purpose: s.purpose()}
	if s.current() && list.purpose != "" {
		list.all = slices.DeleteFunc(allWays(s.form, list.purpose, s.breathe), func(w way) bool { return !s.options.offers(w.Type) })
	}
	s.wayList = list
}

// adopt puts the answers of another way into the form.
func (s *screen) adopt(w *way) {
	other := s.form.as(w.Scenario.Message)
	s.form.values, s.form.carried, s.form.asked = other.values, nil, nil
}

// takeOver puts another way in the place of the chosen type, and moves to the
// answer, or to the question that the way hangs on.
func (s *screen) takeOver(w *way, focus string) {
	s.meant = purposeMeant{s.wayList.purpose, w.Type}
	s.adopt(w)
	s.changed()
	s.said = s.words().text("ways.done", "way", s.words().typeName(w.Type))
	s.moveAfter(cmp.Or(focus, w.missing(), answerID))
}

// A waysView is the list as a part of the page.
type waysView struct {
	language shownLanguage
	purpose  rules.Purpose
	list     *wayList
	broken   bool // there is no answer to compare with
}

func (v waysView) draw(s *screen) goapp.UI {
	w := s.words()
	chips := make([]goapp.UI, 0, 4)
	for _, p := range rules.Purposes() {
		chips = append(chips, s.chip("ways-purpose", string(p), w.text("ways.purpose."+string(p)), p == v.purpose, func(string) {
			s.act(func() {
				s.meant = purposeMeant{p, s.form.kind()}
				s.findWays()
				s.findPictures()
			})
		}))
	}
	body := []goapp.UI{
		tag("h2").ID(waysID + "-title").Body(text(w.text("ways.title"))),
		tag("fieldset").Class("field ways-purpose").Body(
			append([]goapp.UI{tag("legend").Body(text(w.text("ways.purpose")))}, div("chips", chips...))...,
		),
	}
	var rows, barred []goapp.UI
	var notes []string
	for i := range v.list.all {
		if each := &v.list.all[i]; !each.Chosen && each.Quote != nil && !each.Sent() {
			barred = append(barred, w.barredWay(each))
		} else {
			rows = append(rows, v.row(s, each))
			notes = v.list.addNotes(notes, each)
		}
	}
	said := ""
	switch {
	case v.broken: // the last list stays, marked as such
		said = "fix.title"
	case v.list.purpose == "":
		said = "ways.choose-purpose"
	}
	body = append(body, w.hint(said))
	if len(v.list.all) > 0 {
		body = append(body, tag("ol").Class("way-list").Body(rows...))
		for _, n := range notes {
			body = append(body, w.hint(n))
		}
		if len(barred) > 0 {
			body = append(body, tag("h3").Body(text(w.text("ways.barred"))), tag("ul").Class("barred-list").Body(barred...))
		}
	}
	return tag("section").Class("card ways").ID(waysID).Attr("tabindex", "-1").Attr("aria-labelledby", waysID+"-title").Body(body...)
}

// hint is a hint with the text of a key; without one its place alone.
func (l *language) hint(key string) goapp.UI {
	if key == "" {
		return placeFor(nil)
	}
	return tag("p").Class("hint").Body(text(l.text(key)))
}

// addNotes adds what must be said once of all the rows.
func (l *wayList) addNotes(notes []string, v *way) []string {
	note := func(key string, holds bool) {
		if holds && !slices.Contains(notes, key) {
			notes = append(notes, key)
		}
	}
	note("ways.dropped", v.Dropped)
	if v.Quote == nil {
		return notes
	}
	if t, ok := v.Quote.Total(); ok && l.chosen().Sent() {
		_, _, comparable := l.saving(t)
		note("ways.currencies", !comparable && totalCurrency(l.chosen().Quote) != "")
	}
	note("ways.own", slices.ContainsFunc(v.Quote.Lines, func(l rules.Line) bool { return l.Segment == nil && l.Code != "package-fee" }))
	c := v.Quote.Converted
	note("ways.converted", c != nil && len(v.Quote.Totals) > 0 && c.Currency != v.Quote.Totals[0].Currency)
	return notes
}

// chosen is the row of the chosen type; nil where there is no list.
func (l *wayList) chosen() *way {
	for i := range l.all {
		if l.all[i].Chosen {
			return &l.all[i]
		}
	}
	return nil
}

// saving is what a total is less than the chosen type's. Of two currencies
// nothing can be said, and nothing of a type that does not go out at all.
func (l *wayList) saving(t rules.Total) (saved decimal.Decimal, currency string, ok bool) {
	now, priced := l.chosen().Quote.Total()
	currency = t.Currency
	if t.Gross.IsZero() {
		currency = now.Currency
	}
	return now.Gross.Sub(t.Gross), currency, priced && (now.Currency == t.Currency || now.Gross.IsZero() || t.Gross.IsZero())
}

// typeName is a type with its channel before it.
func (l *language) typeName(t rules.MessageType) string {
	return l.text("channel."+string(t.Channel())) + " · " + l.text("type."+string(t))
}

// row is one way that may be sent, or would be with an answer more.
func (v waysView) row(s *screen, each *way) goapp.UI {
	w := s.words()
	verdict := each.Verdict()
	word := w.text("verdict." + string(verdict))
	total, diff, reach, reachDiff := "—", "", "", ""
	var below []goapp.UI
	note := func(class, said string) {
		if said != "" {
			below = append(below, tag("p").Class(class).Body(text(said)))
		}
	}
	if each.Quote != nil {
		total, diff, reach, reachDiff = w.wayFigures(v.list, each)
	} else {
		word = w.text("ways.missing")
		note("hint", w.text("ways.needs", "question", w.missingText(each)))
	}
	if each.Chosen && !slices.Contains(rules.PurposesOf(each.Type), v.list.purpose) {
		note("hint", w.text("ways.not-for"))
	}
	if hint := w.unsaidText(each); hint != "" {
		ask := goapp.UI(nil)
		if each.ask != "" {
			ask = button("link", w.text("why.answer"), func(goapp.Context, goapp.Event) { s.act(func() { s.takeOver(each, each.ask) }) }, "ask", v.list.key, string(each.Type)).
				Aria("describedby", "way-"+string(each.Type))
		}
		below = append(below, div("way-if", span("hint", hint), ask))
	}
	note("way-reply", w.replyText(each))
	class, action := "way", goapp.UI(span("way-now", w.text("ways.chosen")))
	if each.Chosen {
		class = "way way-chosen"
	} else {
		action = tag("button").Class("choose").Attr("type", "button").
			Body(text(w.text("ways.choose")), hidden(" "+w.typeName(each.Type))).
			On("click", func(goapp.Context, goapp.Event) { s.act(func() { s.takeOver(each, "") }) }, "choose", v.list.key, string(each.Type))
	}
	return tag("li").Class(class).Attr("data-type", string(each.Type)).Body(
		div("way-name",
			tag("p").Class("way-title").ID("way-"+string(each.Type)).Body(text(w.typeName(each.Type))),
			tag("p").Class("way-diff").Body(text(w.text("about."+string(each.Type)))),
			tag("p").Class("verdict-word verdict-"+string(verdict)).Body(verdictIcon(verdict), text(word)),
		),
		div("way-cost", tag("p").Class("way-total").Body(text(total)), tag("p").Class("way-diff").Body(text(diff))),
		div("way-reach", tag("p").Body(text(reach)), tag("p").Class("way-diff").Body(text(reachDiff))),
		div("way-action", action),
		div("way-below", below...),
	)
}

// missingText names the question whose answer a way lacks.
func (w *language) missingText(v *way) string {
	key := "ask." + fieldName(v.missing())
	return w.first([]string{key + "." + string(v.Type), key + "." + string(v.Type.Channel()), key})
}

// missing is the path of what a way lacks, empty where it lacks nothing.
func (w *way) missing() string {
	if w.Error == nil {
		return ""
	}
	return w.Error.Path
}

// wayFigures are the total and the reach of a way, each with the difference
// from the chosen type.
func (w *language) wayFigures(l *wayList, v *way) (total, diff, reach, reachDiff string) {
	t, ok := v.Quote.Total()
	total = w.text("total.not-in-book")
	if ok {
		total = w.roundTotal(t.Gross, t.Currency)
		if t.Gross.IsZero() {
			total = w.text("price.free")
		}
		if saved, currency, comparable := l.saving(t); comparable && !v.Chosen && l.chosen().Sent() {
			switch amount := w.roundTotal(saved.Abs(), currency); saved.Sign() {
			case 1:
				diff = w.text("ways.cheaper", "amount", amount)
			case -1:
				diff = w.text("ways.dearer", "amount", amount)
			default:
				diff = w.text("ways.same-cost")
			}
		}
	}
	reach = w.count("ways.reach", v.Quote.Deliverable)
	if !v.Chosen && v.Verdict() == rules.Depends {
		reach = w.text("picture.reach.maybe", "n", w.number(v.Quote.Deliverable))
		if diff != "" {
			diff = w.text("ways.then", "diff", diff)
		}
		return total, diff, reach, ""
	}
	switch more := v.Quote.Deliverable - l.chosen().Quote.Deliverable; {
	case v.Chosen || !l.chosen().Sent():
	case more > 0:
		reachDiff = w.text("ways.more", "n", w.number(more))
	case more < 0:
		reachDiff = w.text("ways.fewer", "n", w.number(-more))
	}
	return total, diff, reach, reachDiff
}

// unsaidText says on what nobody has said yet a way hangs.
func (w *language) unsaidText(v *way) string {
	var parts []string
	if v.Unmet {
		parts = append(parts, w.text("ways.if.met"))
	}
	for i := range v.unsaid {
		parts = append(parts, w.checkText("ways.if."+v.unsaid[i].Code, v.Quote, &v.unsaid[i]))
	}
	if len(parts) == 0 {
		return ""
	}
	return w.text("ways.if", "conditions", strings.Join(parts, "; "))
}

// replyText says that waiting for a reply pays.
func (w *language) replyText(v *way) string {
	if v.Replied == nil {
		return ""
	}
	if v.Replied.Gross.IsZero() {
		return w.text("ways.reply-free")
	}
	return w.text("ways.reply", "total", w.roundTotal(v.Replied.Gross, v.Replied.Currency))
}

// barredWay is one way that may not be sent, with the first reason.
func (w *language) barredWay(v *way) goapp.UI {
	var body []goapp.UI
reasons:
	for i := range v.Quote.Segments {
		for j := range v.Quote.Segments[i].Checks {
			if c := &v.Quote.Segments[i].Checks[j]; c.Outcome == rules.Fail {
				body = append(body, tag("p").Class("hint").Body(text(w.checkText("check."+c.Code+".fail", v.Quote, c))))
				break reasons
			}
		}
	}
	if hint := w.replyText(v); hint != "" {
		body = append(body, tag("p").Class("way-reply").Body(text(hint)))
	}
	return tag("li").Class("barred").Body(verdictIcon(rules.Ineligible), div("",
		append([]goapp.UI{tag("p").Body(hidden(w.text("verdict.ineligible")+": "), text(w.typeName(v.Type)))}, body...)...))
}

// verdictIcon is a verdict as a shape; its word stands beside it.
func verdictIcon(v rules.Verdict) goapp.UI {
	switch v {
	case rules.Eligible:
		return outcomeIcon(rules.Pass)
	case rules.Ineligible:
		return outcomeIcon(rules.Fail)
	case rules.Depends:
		return outcomeIcon(rules.Unknown)
	default:
		return icon("M4 10h12")
	}
}
