package app

import (
	"cmp"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

const waysID = "ways"

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
			barred = append(barred, barredWay(w, each))
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
	body = append(body, hint(w, said))
	if len(v.list.all) > 0 {
		body = append(body, tag("ol").Class("way-list").Body(rows...))
		for _, n := range notes {
			body = append(body, hint(w, n))
		}
		if len(barred) > 0 {
			body = append(body, tag("h3").Body(text(w.text("ways.barred"))), tag("ul").Class("barred-list").Body(barred...))
		}
	}
	return tag("section").Class("card ways").ID(waysID).Attr("tabindex", "-1").Attr("aria-labelledby", waysID+"-title").Body(body...)
}

// hint is a hint with the text of a key; without one its place alone.
func hint(l *language, key string) goapp.UI {
	if key == "" {
		return placeFor(nil)
	}
	return tag("p").Class("hint").Body(text(l.text(key)))
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
		total, diff, reach, reachDiff = wayFigures(w, v.list, each)
	} else {
		word = w.text("ways.missing")
		note("hint", w.text("ways.needs", "question", missingText(w, each)))
	}
	if each.Chosen && !slices.Contains(rules.PurposesOf(each.Type), v.list.purpose) {
		note("hint", w.text("ways.not-for"))
	}
	if hint := unsaidText(w, each); hint != "" {
		ask := goapp.UI(nil)
		if each.ask != "" {
			ask = button("link", w.text("why.answer"), func(goapp.Context, goapp.Event) { s.act(func() { s.takeOver(each, each.ask) }) }, "ask", v.list.key, string(each.Type)).
				Aria("describedby", "way-"+string(each.Type))
		}
		below = append(below, div("way-if", span("hint", hint), ask))
	}
	note("way-reply", replyText(w, each))
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
func missingText(w *language, v *way) string {
	key := "ask." + fieldName(v.missing())
	return w.first([]string{key + "." + string(v.Type), key + "." + string(v.Type.Channel()), key})
}

// wayFigures are the total and the reach of a way, each with the difference
// from the chosen type.
func wayFigures(w *language, l *wayList, v *way) (total, diff, reach, reachDiff string) {
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
func unsaidText(w *language, v *way) string {
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
func replyText(w *language, v *way) string {
	if v.Replied == nil {
		return ""
	}
	if v.Replied.Gross.IsZero() {
		return w.text("ways.reply-free")
	}
	return w.text("ways.reply", "total", w.roundTotal(v.Replied.Gross, v.Replied.Currency))
}

// barredWay is one way that may not be sent, with the first reason.
func barredWay(w *language, v *way) goapp.UI {
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
	if hint := replyText(w, v); hint != "" {
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
