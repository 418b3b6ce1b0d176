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

// A way is one type in the place of the chosen one.
type way struct {
	kind    rules.MessageType
	message rules.Message
	chosen  bool
	quote   *rules.Quote // nil where an answer is missing
	missing question     // which one; only its path where no question asks for it
	unsaid  []rules.Check
	ask     string       // the question that would settle the first of those
	reply   *rules.Total // what it would cost had they just written; nil where that changes nothing
	dropped bool         // an extra charge in another currency is left out
	unmet   bool         // nobody said that these people have ever written to the page
}

// as is the form with another message in the place of its own: the same people,
// number and day, and whatever else has been said and still matters. What nobody
// has said of the other type is left open there, not taken from the fallbacks of
// its questions: those are for who chooses the type and reads them. It reports
// whether an amount that the user adds is left out, being in another currency.
func (f *form) as(m rules.Message) (other *form, dropped bool) {
	other = &form{values: maps.Clone(f.values), groups: f.groups, today: f.today, lang: f.lang}
	seen := map[string]string{}
	for _, q := range f.questions() {
		seen[q.path] = f.get(q.path)
		switch reach := reachOf(q.name(), f.kind()); {
		case reach != "":
			other.values[q.path+reach] = f.get(q.path) // for the way back
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
			if reach := reachOf(q.name(), m.Type); reach != "" {
				other.values[q.path] = other.values[q.path+reach]
			} else if _, said := other.values[q.path]; !said && !q.required && other.get(q.path) != seen[q.path] {
				other.values[q.path] = other.values[q.path+"@"+string(m.Type)]
			}
		}
	}
	other.asked = nil
	for _, path := range ownAmounts {
		dropped = dropped || f.get(path) != "" && other.get(path) == ""
	}
	return other, dropped
}

// reachOf tells how far an answer holds that is not true of every type: who has
// agreed or written on one platform, or to one kind of message, has not on
// another, who has commented has not written, and a template is approved by one
// platform. It ends the path that such an answer is remembered at; empty for
// what holds for all types that ask for it.
func reachOf(question string, t rules.MessageType) string {
	switch question {
	case "audience.optedIn", "audience.receivedThisMonth":
		if t.Channel() != rules.ChannelWhatsApp {
			return "@" + string(t)
		}
	case "audience.hoursSinceInteraction", "audience.interactions":
		if t == rules.MessengerPrivateReply {
			return "@" + string(t)
		}
	case "message.template.approved":
	default:
		return ""
	}
	return "@" + platformOf(t)
}

// platformOf is whose people and templates a type has: Zalo has two channels.
func platformOf(t rules.MessageType) string {
	if t.Channel() == rules.ChannelZNS {
		return string(rules.ChannelZalo)
	}
	return string(t.Channel())
}

// quote answers the form, or tells the path of what stands in the way.
func (f *form) quote() (*rules.Quote, string) {
	scenario, mistakes := f.scenario()
	if len(mistakes) > 0 {
		return nil, mistakes[0].path
	}
	q, err := answer(scenario)
	if err != nil {
		return nil, err.Path
	}
	return q, ""
}

// allWays lists the ways to serve a purpose, and rests between them. The form
// must have an answer.
func allWays(f *form, purpose rules.Purpose, rest func()) []way {
	scenario, _ := f.scenario()
	asked, err := rules.Decode(scenario)
	if err != nil {
		return nil
	}
	chosen, _ := f.quote()
	list := []way{{kind: f.kind(), chosen: true, quote: chosen}}
	list[0].seeReply(f)
	for _, o := range rules.Compare(asked, purpose) {
		if o.Type == f.kind() {
			continue
		}
		rest()
		w := way{kind: o.Type, message: o.Scenario.Message}
		var other *form
		other, w.dropped = f.as(w.message)
		var missing string
		if w.quote, missing = other.quote(); w.quote == nil {
			w.missing.path = missing
			for _, q := range other.questions() {
				if q.path == missing {
					w.missing = q
				}
			}
		} else {
			w.unmet = o.Type.Channel() == rules.ChannelMessenger && f.kind().Channel() != rules.ChannelMessenger
			w.seeUnsaid(other)
			w.seeReply(other)
		}
		list = append(list, w)
	}
	slices.SortStableFunc(list, func(a, b way) int { return a.order(&b, totalCurrency(chosen)) })
	return list
}

// seeUnsaid finds the checks that rest on what nobody said.
func (w *way) seeUnsaid(f *form) {
	for i := range w.quote.Segments {
		for _, c := range w.quote.Segments[i].Checks {
			same := func(d rules.Check) bool { return d.Code == c.Code }
			if c.Outcome != rules.Unknown || w.quote.Verdict == rules.Ineligible || slices.ContainsFunc(w.unsaid, same) {
				continue
			}
			w.unsaid = append(w.unsaid, c)
			if w.ask == "" {
				w.ask = f.questionBehind(i, c.Code, func(path string) bool { return f.get(path) == "" })
			}
		}
	}
	// Who may be answered, or has subscribed, has written.
	w.unmet = w.unmet && !slices.ContainsFunc(w.unsaid, func(c rules.Check) bool { return c.Code == "window" || c.Code == "consent" })
}

// seeReply finds what it would cost had everybody just written.
func (w *way) seeReply(f *form) {
	asked := false
	after := &form{values: maps.Clone(f.values), groups: f.groups, today: f.today, lang: f.lang, carried: f.carried}
	for _, q := range f.questions() {
		if q.kind == askHours {
			asked = true
			after.values[q.path] = exact + "1"
		}
	}
	if !asked || w.kind == rules.MessengerPrivateReply || w.quote == nil {
		return // a comment is not waited for
	}
	q, _ := after.quote()
	if q == nil || q.Verdict == rules.Ineligible {
		return
	}
	now, priced := totalOf(w.quote)
	then, ok := totalOf(q)
	if ok && (w.quote.Verdict == rules.Ineligible || priced && then.Currency == now.Currency && then.Gross.LessThan(now.Gross)) {
		w.reply = &then
	}
}

func totalCurrency(q *rules.Quote) string {
	if q == nil {
		return ""
	}
	t, _ := totalOf(q)
	return t.Currency
}

// verdict is what the row says: it depends where an answer is assumed.
func (w *way) verdict() rules.Verdict {
	switch {
	case w.quote == nil:
		return rules.Depends
	case w.quote.Verdict != rules.Ineligible && (w.unmet || len(w.unsaid) > 0):
		return rules.Depends
	default:
		return w.quote.Verdict
	}
}

// sent reports whether any message goes out.
func (w *way) sent() bool { return w.quote != nil && w.quote.Verdict != rules.Ineligible }

// order puts what may be sent before what depends on an answer and what may
// not be sent, and within these the cheaper one first. Amounts in another
// currency than the chosen type's stand behind all that can be compared with it.
func (w *way) order(other *way, currency string) int {
	rank := func(w *way) (rank int, class int, total decimal.Decimal, reach int64) {
		if w.quote == nil {
			return 2, 0, total, 0
		}
		rank = map[rules.Verdict]int{rules.Depends: 1, rules.Ineligible: 3}[w.verdict()]
		t, ok := totalOf(w.quote)
		switch {
		case !ok:
			class = 3
		case !t.Gross.IsZero() && t.Currency != currency:
			class = 2
		case !t.Gross.IsZero():
			class = 1
		}
		return rank, class, t.Gross, w.quote.Deliverable
	}
	rank1, class1, total1, reach1 := rank(w)
	rank2, class2, total2, reach2 := rank(other)
	return cmp.Or(rank1-rank2, class1-class2, total1.Cmp(total2), cmp.Compare(reach2, reach1))
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
	promotional := s.form.get("message.promotional") == yes
	switch kind {
	case rules.ZNS, rules.ZBSUID:
		tag := s.form.get("message.tag")
		promotional = tag == "5" || tag == "3" && s.form.day() >= dayTags
		if kind == rules.ZNS && s.form.get("message.template.kind") == string(rules.TemplateOTP) {
			return rules.OneTimePassword
		}
	}
	if promotional && slices.Contains(can, rules.Promotion) {
		return rules.Promotion
	}
	return can[0]
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
		list.all = slices.DeleteFunc(allWays(s.form, list.purpose, s.breathe), func(w way) bool { return !s.options.offers(w.kind) })
	}
	s.wayList = list
}

// adopt puts the answers of another way into the form.
func (s *screen) adopt(w *way) {
	other, _ := s.form.as(w.message)
	s.form.values, s.form.carried, s.form.asked = other.values, nil, nil
}

// takeOver puts another way in the place of the chosen type, and moves to the
// answer, or to the question that the way hangs on.
func (s *screen) takeOver(w *way, focus string) {
	s.meant = purposeMeant{s.wayList.purpose, w.kind}
	s.adopt(w)
	s.changed()
	s.said = s.words().text("ways.done", "way", s.words().typeName(w.kind))
	s.moveAfter(cmp.Or(focus, w.missing.path, answerID))
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
		if each := &v.list.all[i]; !each.chosen && each.quote != nil && !each.sent() {
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
	note("ways.dropped", v.dropped)
	if v.quote == nil {
		return notes
	}
	if t, ok := totalOf(v.quote); ok && l.chosen().sent() {
		_, _, comparable := l.saving(t)
		note("ways.currencies", !comparable && totalCurrency(l.chosen().quote) != "")
	}
	note("ways.own", slices.ContainsFunc(v.quote.Lines, func(l rules.Line) bool { return l.Segment == nil && l.Code != "package-fee" }))
	c := v.quote.Converted
	note("ways.converted", c != nil && len(v.quote.Totals) > 0 && c.Currency != v.quote.Totals[0].Currency)
	return notes
}

// chosen is the row of the chosen type; nil where there is no list.
func (l *wayList) chosen() *way {
	for i := range l.all {
		if l.all[i].chosen {
			return &l.all[i]
		}
	}
	return nil
}

// saving is what a total is less than the chosen type's. Of two currencies
// nothing can be said, and nothing of a type that does not go out at all.
func (l *wayList) saving(t rules.Total) (saved decimal.Decimal, currency string, ok bool) {
	now, priced := totalOf(l.chosen().quote)
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
	verdict := each.verdict()
	word := w.text("verdict." + string(verdict))
	total, diff, reach, reachDiff := "—", "", "", ""
	var below []goapp.UI
	note := func(class, said string) {
		if said != "" {
			below = append(below, tag("p").Class(class).Body(text(said)))
		}
	}
	if each.quote != nil {
		total, diff, reach, reachDiff = w.wayFigures(v.list, each)
	} else {
		word = w.text("ways.missing")
		note("hint", w.text("ways.needs", "question", w.missingText(each)))
	}
	if each.chosen && !slices.Contains(rules.PurposesOf(each.kind), v.list.purpose) {
		note("hint", w.text("ways.not-for"))
	}
	if hint := w.unsaidText(each); hint != "" {
		ask := goapp.UI(nil)
		if each.ask != "" {
			ask = button("link", w.text("why.answer"), func(goapp.Context, goapp.Event) { s.act(func() { s.takeOver(each, each.ask) }) }, "ask", v.list.key, string(each.kind)).
				Aria("describedby", "way-"+string(each.kind))
		}
		below = append(below, div("way-if", span("hint", hint), ask))
	}
	note("way-reply", w.replyText(each))
	class, action := "way", goapp.UI(span("way-now", w.text("ways.chosen")))
	if each.chosen {
		class = "way way-chosen"
	} else {
		action = tag("button").Class("choose").Attr("type", "button").
			Body(text(w.text("ways.choose")), hidden(" "+w.typeName(each.kind))).
			On("click", func(goapp.Context, goapp.Event) { s.act(func() { s.takeOver(each, "") }) }, "choose", v.list.key, string(each.kind))
	}
	return tag("li").Class(class).Attr("data-type", string(each.kind)).Body(
		div("way-name",
			tag("p").Class("way-title").ID("way-"+string(each.kind)).Body(text(w.typeName(each.kind))),
			tag("p").Class("way-diff").Body(text(w.text("about."+string(each.kind)))),
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
	key := "ask." + v.missing.name()
	return w.first([]string{key + "." + string(v.kind), key + "." + string(v.kind.Channel()), key})
}

// wayFigures are the total and the reach of a way, each with the difference
// from the chosen type.
func (w *language) wayFigures(l *wayList, v *way) (total, diff, reach, reachDiff string) {
	t, ok := totalOf(v.quote)
	total = w.text("total.not-in-book")
	if ok {
		total = w.roundTotal(t.Gross, t.Currency)
		if t.Gross.IsZero() {
			total = w.text("price.free")
		}
		if saved, currency, comparable := l.saving(t); comparable && !v.chosen && l.chosen().sent() {
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
	reach = w.count("ways.reach", v.quote.Deliverable)
	if !v.chosen && v.verdict() == rules.Depends {
		reach = w.text("picture.reach.maybe", "n", w.number(v.quote.Deliverable))
		if diff != "" {
			diff = w.text("ways.then", "diff", diff)
		}
		return total, diff, reach, ""
	}
	switch more := v.quote.Deliverable - l.chosen().quote.Deliverable; {
	case v.chosen || !l.chosen().sent():
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
	if v.unmet {
		parts = append(parts, w.text("ways.if.met"))
	}
	for i := range v.unsaid {
		parts = append(parts, w.checkText("ways.if."+v.unsaid[i].Code, v.quote, &v.unsaid[i]))
	}
	if len(parts) == 0 {
		return ""
	}
	return w.text("ways.if", "conditions", strings.Join(parts, "; "))
}

// replyText says that waiting for a reply pays.
func (w *language) replyText(v *way) string {
	if v.reply == nil {
		return ""
	}
	if v.reply.Gross.IsZero() {
		return w.text("ways.reply-free")
	}
	return w.text("ways.reply", "total", w.roundTotal(v.reply.Gross, v.reply.Currency))
}

// barredWay is one way that may not be sent, with the first reason.
func (w *language) barredWay(v *way) goapp.UI {
	var body []goapp.UI
reasons:
	for i := range v.quote.Segments {
		for j := range v.quote.Segments[i].Checks {
			if c := &v.quote.Segments[i].Checks[j]; c.Outcome == rules.Fail {
				body = append(body, tag("p").Class("hint").Body(text(w.checkText("check."+c.Code+".fail", v.quote, c))))
				break reasons
			}
		}
	}
	if hint := w.replyText(v); hint != "" {
		body = append(body, tag("p").Class("way-reply").Body(text(hint)))
	}
	return tag("li").Class("barred").Body(verdictIcon(rules.Ineligible), div("",
		append([]goapp.UI{tag("p").Body(hidden(w.text("verdict.ineligible")+": "), text(w.typeName(v.kind)))}, body...)...))
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
