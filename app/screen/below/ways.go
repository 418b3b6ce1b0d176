package below

import (
	"cmp"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

// FindWays works out the list of ways.
func (l *Lists) FindWays() {
	d := l.Desk
	key := l.waysKey()
	if l.Ways != nil && (l.Ways.Key == key || !d.Current()) {
		return
	}
	list := &model.WayList{Key: key, Purpose: l.Meant.For(d.Form)}
	if d.Current() && list.Purpose != "" {
		away := true // all of them are known to be in other countries, where Zalo is no way to them
		l.abroad = false
		for i := range d.Stands.Audience {
			country := d.Stands.Audience[i].Country
			abroad := country != "" && country != rules.Home
			away, l.abroad = away && abroad, l.abroad || abroad
		}
		list.All = slices.DeleteFunc(model.AllWays(d.Form, list.Purpose, d.Breathe), func(w model.Way) bool {
			return !d.Options.Offers(w.Type) || away && w.Type[:4] == "zalo"
		})
	}
	l.Ways, l.each = list, ""
	if len(list.All) > 0 && d.Form.Groups > 1 {
		l.each = form.MixLink(list.Purpose, d.Scenario)
	}
}

// takeOver puts another way in the place of the chosen type, and moves to the
// answer, or to the question that the way hangs on.
func (l *Lists) takeOver(w *model.Way, focus string) {
	d := l.Desk
	l.Meant = model.PurposeMeant{Purpose: l.Ways.Purpose, Kind: w.Type}
	d.Adopt(w)
	d.Changed()
	d.Said = d.Words().Text("ways.done", "way", d.Words().TypeName(w.Type))
	d.MoveAfter(cmp.Or(focus, w.Missing(), desk.AnswerID))
}

// A waysView is the list as a part of the page.
type waysView struct {
	of       *Lists
	language desk.ShownLanguage
	purpose  rules.Purpose
	list     *model.WayList
	broken   bool // there is no answer to compare with
	open     bool
}

func (v waysView) Draw() goapp.UI {
	d := v.of.Desk
	w := d.Words()
	chips := make([]goapp.UI, 0, 4)
	for _, p := range rules.Purposes() {
		chips = append(chips, kit.Chip("ways-purpose", string(p), w.Text("ways.purpose."+string(p)), p == v.purpose, func(string) {
			d.Act(func() {
				v.of.Meant = model.PurposeMeant{Purpose: p, Kind: d.Form.Kind()}
				v.of.FindWays()
				v.of.FindPictures()
			})
		}))
	}
	body := []goapp.UI{
		kit.Tag("fieldset").Class("field ways-purpose").Body(
			append([]goapp.UI{kit.Tag("legend").Body(kit.Text(w.Text("ways.purpose")))}, kit.Div("chips", chips...))...,
		),
	}
	var rows, barred []goapp.UI
	var notes []string
	for i := range v.list.All {
		if each := &v.list.All[i]; !each.Chosen && each.Quote != nil && !each.Sent() {
			barred = append(barred, barredWay(w, each))
		} else {
			rows = append(rows, v.row(each))
			notes = v.list.AddNotes(notes, each)
		}
	}
	said := ""
	switch {
	case v.broken: // the last list stays, marked as such
		said = "fix.title"
	case v.list.Purpose == "":
		said = "ways.choose-purpose"
	}
	body = append(body, desk.Hint(w, said))
	if v.of.each != "" && !v.broken {
		body = append(body, kit.Tag("a").Class("press ways-each").Attr("href", d.Href(kit.PlanPath(d.Lang))+"#"+v.of.each).Body(kit.Text(w.Text("ways.each"))))
	}
	if len(v.list.All) > 0 {
		body = append(body, kit.Tag("ol").Class("way-list").Body(rows...))
		for _, n := range notes {
			body = append(body, desk.Hint(w, n))
		}
		if len(barred) > 0 {
			body = append(body, kit.Tag("h3").Body(kit.Text(w.Text("ways.barred"))), kit.Tag("ul").Class("barred-list").Body(barred...))
		}
	}
	return d.Brief(desk.WaysID, "ways", w.Text("ways.title"), v.hint(), body)
}

// hint is what the list comes to: the first way that is better than the chosen one.
func (v waysView) hint() string {
	w := v.of.Desk.Words()
	chosen := v.list.Chosen()
	if v.broken || chosen == nil || chosen.Quote == nil {
		return w.Text("ways.hint")
	}
	none := "ways.hint.none"
	for _, verdict := range [...]rules.Verdict{rules.Eligible, rules.Depends} {
		for i := range v.list.All {
			each := &v.list.All[i]
			if each.Chosen || each.Quote == nil || each.Verdict() != verdict || !each.Sent() || v.of.abroad && each.Type[:4] == "zalo" {
				continue
			}
			if _, priced := each.Quote.Total(); !priced {
				continue
			}
			if chosen.Sent() {
				saved, _, unlike := v.list.Saving(each)
				if unlike != "" {
					none = "ways.hint" // it may be cheaper all the same
				}
				if unlike != "" || saved.Sign() <= 0 {
					continue
				}
			}
			if warned, _ := v.of.Desk.Warning(each.Quote); warned != "" {
				none = "ways.hint" // it is cheaper, but no advice
				continue
			}
			cost := costText(w, each, "ways.hint.free")
			key := "ways.hint.cheaper"
			if !chosen.Sent() {
				key = "ways.hint.works"
			}
			said := w.Text(key+"."+string(verdict), "way", w.TypeName(each.Type), "cost", cost)
			if first, _, more := strings.Cut(unsaidText(w, each), between); first != "" {
				key = "ways.hint.if"
				if more {
					key = "ways.hint.if.more"
				}
				said += ", " + w.Text(key, "conditions", first)
			}
			return said
		}
	}
	if !chosen.Sent() {
		none = "ways.hint"
	}
	return w.Text(none)
}

// row is one way that may be sent, or would be with an answer more.
func (v waysView) row(each *model.Way) goapp.UI {
	d := v.of.Desk
	w := d.Words()
	verdict := each.Verdict()
	word := w.Text("verdict." + string(verdict))
	total, diff, reach, reachDiff := "—", "", "", ""
	var below []goapp.UI
	note := func(class, said string) {
		if said != "" {
			below = append(below, kit.Tag("p").Class(class).Body(kit.Text(said)))
		}
	}
	if each.Quote != nil {
		total, diff, reach, reachDiff = wayFigures(w, v.list, each)
		warning, _ := d.Warning(each.Quote)
		note("hint", warning)
	} else {
		word = w.Text("ways.missing")
		note("hint", w.Text("ways.needs", "question", missingText(w, each)))
	}
	note("hint", templateText(w, each))
	if v.of.abroad && each.Type[:4] == "zalo" {
		note("hint", w.Text("stamp.abroad.zalo"))
	}
	if each.Chosen && !slices.Contains(rules.PurposesOf(each.Type), v.list.Purpose) {
		note("hint", w.Text("ways.not-for"))
	}
	if hint := unsaidText(w, each); hint != "" {
		ask := goapp.UI(nil)
		if each.Ask != "" {
			ask = kit.Button("link", w.Text("why.answer"), func(goapp.Context, goapp.Event) { d.Act(func() { v.of.takeOver(each, each.Ask) }) }, "ask", v.list.Key, string(each.Type)).
				Aria("describedby", "way-"+string(each.Type))
		}
		below = append(below, kit.Div("way-if", kit.Span("hint", w.Text("ways.if", "conditions", hint)), ask))
	}
	note("way-reply", replyText(w, each))
	class, action := "way", goapp.UI(kit.Span("way-now", w.Text("ways.chosen")))
	if each.Chosen {
		class = "way way-chosen"
	} else {
		action = kit.Tag("button").Class("choose").Attr("type", "button").
			Body(kit.Text(w.Text("ways.choose")), kit.Hidden(" "+w.TypeName(each.Type))).
			On("click", func(goapp.Context, goapp.Event) { d.Act(func() { v.of.takeOver(each, "") }) }, "choose", v.list.Key, string(each.Type))
	}
	return kit.Tag("li").Class(class).Attr("data-type", string(each.Type)).Body(
		kit.Div("way-name",
			kit.Tag("p").Class("way-title").ID("way-"+string(each.Type)).Body(kit.Text(w.TypeName(each.Type))),
			kit.Tag("p").Class("way-diff").Body(kit.Text(w.Text("about."+string(each.Type)))),
			kit.Tag("p").Class("verdict-word verdict-"+string(verdict)).Body(verdictIcon(verdict), kit.Text(word)),
		),
		kit.Div("way-cost", kit.Tag("p").Class("way-total").Body(kit.Text(total)), kit.Tag("p").Class("way-diff").Body(kit.Text(diff))),
		kit.Div("way-reach", kit.Tag("p").Body(kit.Text(reach)), kit.Tag("p").Class("way-diff").Body(kit.Text(reachDiff))),
		kit.Div("way-action", action),
		kit.Div("way-below", below...),
	)
}

// templateText says of which kind of template the price of a way is, where each has its
// own: an offer is counted as a voucher, which costs more than what the form may hold.
func templateText(w *words.Language, v *model.Way) string {
	if kind := v.Scenario.Message.Template.Kind; kind != "" && v.Quote != nil && (v.Type == rules.ZNS || v.Type == rules.ZBSUID) {
		return w.Text("ways.template", "kind", w.Text("option.message.template.kind."+string(kind)))
	}
	return ""
}

// missingText names the question whose answer a way lacks.
func missingText(w *words.Language, v *model.Way) string {
	key := "ask." + form.FieldName(v.Missing())
	return w.First([]string{key + "." + string(v.Type), key + "." + string(v.Type.Channel()), key})
}

// costText is the total of a way, and that no tax is in it where none is; free is the key
// of what is said where nothing is to be paid.
func costText(w *words.Language, v *model.Way, free string) string {
	t, priced := v.Quote.Total()
	cost := w.RoundTotal(t.Gross, t.Currency)
	switch {
	case !priced:
		return w.Text("total.not-in-book")
	case t.Gross.IsZero():
		return w.Text(free)
	case model.IsUntaxed(v.Quote, &v.Scenario.Pricing):
		cost += " " + w.Text("ways.untaxed")
	}
	return cost
}

// wayFigures are the total and the reach of a way, each with the difference
// from the chosen type. What cannot be sent has no price.
func wayFigures(w *words.Language, l *model.WayList, v *model.Way) (total, diff, reach, reachDiff string) {
	_, ok := v.Quote.Total()
	total = "—"
	if v.Sent() {
		total = costText(w, v, "price.free")
	}
	if ok && v.Sent() {
		if saved, currency, unlike := l.Saving(v); unlike == "" && !v.Chosen && l.Chosen().Sent() {
			switch amount := w.RoundTotal(saved.Abs(), currency); saved.Sign() {
			case 1:
				diff = w.Text("ways.cheaper", "amount", amount)
			case -1:
				diff = w.Text("ways.dearer", "amount", amount)
			default:
				diff = w.Text("ways.same-cost")
			}
		}
	}
	reach = w.Count("ways.reach", v.Quote.Deliverable)
	if v.Verdict() == rules.Depends {
		reach = w.Text("picture.reach.maybe", "n", w.Number(v.Quote.Deliverable))
		if diff != "" {
			diff = w.Text("ways.then", "diff", diff)
		}
	}
	switch more := v.Quote.Deliverable - l.Chosen().Quote.Deliverable; {
	case v.Chosen || !l.Chosen().Sent() || v.Verdict() == rules.Depends:
	case more > 0:
		reachDiff = w.Text("ways.more", "n", w.Number(more))
	case more < 0:
		reachDiff = w.Text("ways.fewer", "n", w.Number(-more))
	}
	return total, diff, reach, reachDiff
}

// between stands between two conditions.
const between = "; "

// unsaidText names the conditions on which a way hangs and of which nobody has said
// anything yet.
func unsaidText(w *words.Language, v *model.Way) string {
	var parts []string
	if v.Unmet {
		parts = append(parts, w.Text("ways.if.met"))
	}
	for i := range v.Unsaid {
		parts = append(parts, w.CheckText("ways.if."+v.Unsaid[i].Code, v.Quote, &v.Unsaid[i]))
	}
	return strings.Join(parts, between)
}

// replyText says that waiting for a reply pays.
func replyText(w *words.Language, v *model.Way) string {
	if v.Replied == nil {
		return ""
	}
	if v.Replied.Gross.IsZero() {
		return w.Text("ways.reply-free")
	}
	return w.Text("ways.reply", "total", w.RoundTotal(v.Replied.Gross, v.Replied.Currency))
}

// barredWay is one way that may not be sent, with the first reason.
func barredWay(w *words.Language, v *model.Way) goapp.UI {
	var body []goapp.UI
reasons:
	for i := range v.Quote.Segments {
		for j := range v.Quote.Segments[i].Checks {
			if c := &v.Quote.Segments[i].Checks[j]; c.Outcome == rules.Fail {
				need := int64(0)
				if c.Code == "quota" {
					need = v.Scenario.CareNeeded()
				}
				body = append(body, kit.Tag("p").Class("hint").Body(kit.Text(w.FailText(v.Quote, c, need))))
				break reasons
			}
		}
	}
	if hint := replyText(w, v); hint != "" {
		body = append(body, kit.Tag("p").Class("way-reply").Body(kit.Text(hint)))
	}
	return kit.Tag("li").Class("barred").Body(verdictIcon(rules.Ineligible), kit.Div("",
		append([]goapp.UI{kit.Tag("p").Body(kit.Hidden(w.Text("verdict.ineligible")+": "), kit.Text(w.TypeName(v.Type)))}, body...)...))
}

// verdictIcon is a verdict as a shape; its word stands beside it.
func verdictIcon(v rules.Verdict) goapp.UI {
	switch v {
	case rules.Eligible:
		return desk.OutcomeIcon(rules.Pass)
	case rules.Ineligible:
		return desk.OutcomeIcon(rules.Fail)
	case rules.Depends:
		return desk.OutcomeIcon(rules.Unknown)
	default:
		return kit.Icon("M4 10h12")
	}
}
