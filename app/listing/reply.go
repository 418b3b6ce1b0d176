package listing

import (
	"cmp"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/contacts"
	"postage/app/files"
	"postage/app/filing"
	"postage/app/kit"
	"postage/app/page"
	"postage/rules"
)

// A reply is who of the list is reached, how, and at what cost.
type reply struct{ *work }

// draw is the stamp, or what is to be done to have one.
func (v reply) draw() goapp.UI {
	w := v.Words()
	section := kit.Tag("section").Class("answer plan-stamp").ID(filing.AnswerID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	if v.Stale {
		section = section.Attr("data-stale", "true") // go-app sets no new attribute that is empty
	}
	if v.found == nil {
		said := w.Text("list.ready")
		if n := len(v.questions()); n > 0 {
			said = w.Count("list.questions", int64(n))
		}
		return section.Body(spoken(""), kit.Div("stamp stamp-empty", kit.Div("stamp-inner", kit.Tag("p").Body(kit.Text(said)), v.see("press primary"))))
	}
	o := &v.found.Outcome
	total := totalText(w, o.Totals, o.Reached)
	inner := []goapp.UI{
		kit.Tag("p").Class("stamp-label").Body(kit.Text(w.Text(mayBe("list.reached", o)))),
		kit.Tag("p").Class("stamp-total list-total").Body(kit.Text(w.Number(o.Reached)), kit.Span("list-of", " / "+w.Count("list.of", o.People))),
		kit.Tag("p").Class("list-money").Body(kit.Text(total)),
		kit.PlaceFor(v.converted(o)),
		kit.Tag("p").Class("stamp-note").Body(kit.Text(v.eachText(o))),
		kit.Div("split-box", v.bars(o)),
	}
	if len(v.found.Unrated) > 0 {
		inner = append(inner, kit.Tag("p").Class("misfit").Body(kit.Text(w.Text("list.unrated"))))
	}
	if v.found.Stopped {
		inner = append(inner, kit.Tag("p").Class("misfit").Body(kit.Text(w.Text("list.stopped.note"))))
	}
	if o.Bound != nil {
		inner = append(inner, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.bound", "least", w.RoundTotal(o.Bound.Gross, o.Bound.Currency)))))
	}
	mark := page.Postmark(w, verdict(v.found), page.Dotted(w, v.choices.On), w.Text("list.ring", "purpose", w.Text("list.ring."+string(v.choices.Purpose)), "ways", w.Count("mix.ring.ways", int64(len(o.Ways)))))
	said := w.Text(mayBe("list.said", o), "reached", w.Number(o.Reached), "all", w.Count("list.of", o.People), "total", total)
	if v.Stale {
		said = ""
	}
	return section.Body(spoken(said), kit.Div("stamp verdict-"+string(verdict(v.found)), kit.Div("stamp-inner", inner...), mark))
}

// mayBe is the key of a text, or where it hangs on something whom that is said of, of the
// text that says so.
func mayBe(key string, o *contacts.Outcome) string {
	if hangs(o) {
		return key + ".may"
	}
	return key
}

// converted says which amounts of other currencies the total has in it.
func (v reply) converted(o *contacts.Outcome) goapp.UI {
	w := v.Words()
	var each []rules.Total
	for i := range o.Ways {
		for _, t := range o.Ways[i].Totals {
			at := slices.IndexFunc(each, func(one rules.Total) bool { return one.Currency == t.Currency })
			if at < 0 {
				at = len(each)
				each = append(each, rules.Total{Currency: t.Currency})
			}
			each[at].Gross = each[at].Gross.Add(t.Gross)
		}
	}
	each = slices.DeleteFunc(each, func(t rules.Total) bool { return t.Gross.IsZero() })
	if len(each) < 2 || len(o.Totals) != 1 || v.choices.Rate == nil {
		return nil
	}
	return kit.Tag("p").Class("stamp-note").Body(kit.Text(w.Text("list.converted", "parts", totalText(w, each, o.Reached), "rate", w.Money(*v.choices.Rate, o.Totals[0].Currency))))
}

func spoken(text string) goapp.UI {
	return kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(text))
}

// see asks for the answer, or leads to the question that is left.
func (v reply) see(class string) goapp.UI {
	return kit.Button(class, v.Words().Text("list.see"), func(goapp.Context, goapp.Event) {
		left := v.questions()
		if len(left) == 0 {
			v.answer()
			return
		}
		if left[0].column >= 0 {
			v.MoveAfter(filing.OrderID(left[0].column))
		} else {
			v.MoveAfter(filing.ColumnsID)
		}
	}, "see")
}

// bars is who goes which way, and who goes nowhere.
func (v reply) bars(o *contacts.Outcome) goapp.UI {
	const whole, narrowest = 1000, 15
	people := max(1, o.People)
	pieces := []goapp.UI{patterns(), piece("list-none", 0, whole)}
	if o.Reached == o.People {
		pieces[1] = piece("split-rest", 0, whole)
	}
	at := int64(0)
	for i, s := range o.Ways {
		width := max(narrowest, s.People*whole/people)
		at = min(at, whole-narrowest) // what is too small to be seen was made wider
		if i == len(o.Ways)-1 && o.Reached == o.People {
			width = whole - at
		}
		pieces = append(pieces, piece(swatchName(i), at, min(width, whole-at)))
		at += width
	}
	return kit.Svg("svg").Attr("data-is", "split list-split").Aria("hidden", "true").Body(pieces...)
}

// patterns are how areas are filled that differ in more than their tint.
func patterns() goapp.UI {
	const straight, other = "45", "-45"
	return kit.Svg("defs").Body(kit.Stripes("list-none", "list-stripes list-none-stripes", other),
		kit.Stripes("list-way-4", "list-stripes", straight), kit.Stripes("list-way-5", "list-stripes list-light", other), kit.Stripes("list-way-6", "list-stripes", "0"), kit.Stripes("list-way-7", "list-stripes list-light", "90"))
}

func piece(is string, at, length int64) goapp.UI {
	return kit.Svg("rect").Attr("data-is", is).Attr("x", kit.Across(at)).Attr("width", kit.Across(length)).Attr("height", "100%")
}

// mostSwatches is how many ways are told apart by their look; names and numbers stand
// beside it.
const mostSwatches = 8

func swatchName(i int) string { return "mix-way mix-way-" + itoa(i%mostSwatches) }

func swatch(is string) goapp.UI {
	return kit.Svg("svg").Attr("data-is", "swatch").Attr("viewBox", "0 0 14 14").Aria("hidden", "true").Body(
		kit.Svg("rect").Attr("data-is", is).Attr("x", "1").Attr("y", "1").Attr("width", "12").Attr("height", "12").Attr("rx", "3"))
}

// acts are what can be done with the answer.
func (v reply) acts() goapp.UI {
	if v.found == nil {
		return nil
	}
	w := v.Words()
	var body []goapp.UI
	if v.toPlan != "" {
		body = append(body, kit.Tag("a").Class("press primary to-plan-button").ID("list-to-plan").Attr("href", v.toPlan).Body(kit.Text(w.Text("plan.to"))))
	}
	if v.tooLong {
		body = append(body, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.to-plan.long"))))
	}
	body = append(body, kit.Tag("p").Class("hint list-leaves").Body(kit.Text(w.Text("list.leaves"))))
	return kit.Div("to-plan-box", kit.Div("to-plan-row", body...))
}

// ways are what goes by each way, with its file.
func (v reply) ways() goapp.UI {
	if v.found == nil {
		return nil
	}
	w, o := v.Words(), &v.found.Outcome
	var rows []goapp.UI
	for i := range o.Ways {
		s := &o.Ways[i]
		about := w.Count("people", s.People) + " · " + totalText(w, s.Totals, s.People) + v.inOwn(o, s)
		if template := v.template(s.Type); template != "" {
			about += " · " + template
		}
		if s.Type == rules.ZNS && o.Days > 1 {
			about += " · " + w.Count("days", o.Days)
		}
		if len(s.Unknown) > 0 {
			about += " · " + w.Text("verdict.depends")
		}
		rows = append(rows, v.row(i, swatchName(i), filing.TypeName(w, s.Type), about, w.First([]string{"list.about." + string(s.Type) + "." + string(v.choices.Purpose), "about." + string(s.Type)})))
	}
	if v.rest() > 0 {
		var about []string
		if people := o.People - o.Reached; people > 0 {
			about = append(about, w.Count("people", people))
		}
		if v.found.Unreadable > 0 {
			about = append(about, w.Count("list.faults", v.found.Unreadable))
		}
		rows = append(rows, v.row(contacts.Unreached, "list-none", w.Text("list.unreached"), strings.Join(append(about, w.Text("list.with-reasons")), " · "), ""))
	}
	if len(rows) == 0 {
		return nil
	}
	body := []goapp.UI{kit.Tag("h2").ID("list-by-way").Body(kit.Text(w.Text("list.by-way"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.files.what"))), kit.Tag("ul").Class("list-ways").Body(rows...)}
	if len(rows) > 1 {
		body = append(body, kit.Pressable("press list-all", "list-all", func(goapp.Context, goapp.Event) { v.write(contacts.AllFiles) }, "all",
			kit.Icon(filing.IconDown), kit.Span("", w.Count("list.all", int64(len(rows))))))
	}
	body = append(body, kit.Tag("p").Class("keep-said").Attr("role", "status").Body(kit.Text(v.Said())))
	return kit.Tag("section").Class("card list-by-way").ID("list-files").Attr("tabindex", "-1").Attr("aria-labelledby", "list-by-way").Body(body...)
}

// rest is how many rows are in the file of those who are not reached.
func (v reply) rest() int64 { return v.found.People - v.found.Reached + v.found.Unreadable }

// inOwn is what a way costs in the currency of the total, where that is another one.
func (v reply) inOwn(o *contacts.Outcome, s *contacts.Sent) string {
	if len(s.Totals) != 1 || len(o.Totals) != 1 || s.Totals[0].Currency == o.Totals[0].Currency || s.Totals[0].Gross.IsZero() || v.choices.Rate == nil {
		return ""
	}
	return " ≈ " + v.Words().RoundTotal(s.Totals[0].Gross.Mul(*v.choices.Rate), o.Totals[0].Currency)
}

func (v reply) row(i int, is, name, about, what string) goapp.UI {
	id := "list-save-" + strings.TrimPrefix(itoa(i), "-")
	if i < 0 {
		id = "list-save-rest"
	}
	return kit.Tag("li").Body(swatch(is), kit.Div("list-way", kit.Span("list-way-name", name), kit.Span("list-way-n", about), kit.Span("hint", what)),
		kit.Pressable("icon-button list-save", id, func(goapp.Context, goapp.Event) { v.write(i) }, id, kit.Icon(filing.IconDown), kit.Hidden(v.Words().Text("list.save", "name", name))))
}

// write has a file written, and saves it.
func (v reply) write(i int) {
	w, o := v.Words(), &v.found.Outcome
	if v.Stale {
		return
	}
	name := func(what string) string { return "postage-" + v.choices.On.String() + "-" + what }
	q := contacts.Request{Request: files.Request{Do: files.Write}, File: i, Reasons: map[string]string{"reason": w.Text("list.reason"), "unreadable": w.Text("list.unreadable")}}
	for _, code := range v.found.Wrong {
		q.Reasons[contacts.WrongKey(code)] = w.Text("list.wrong." + code)
	}
	for at := range o.Missed {
		q.Reasons[o.Missed[at].Reason] = v.missedText(&o.Missed[at])
	}
	for _, s := range o.Ways {
		q.Names = append(q.Names, name(strings.ReplaceAll(string(s.Type), ".", "-"))+".csv")
	}
	if v.rest() > 0 {
		q.Names = append(q.Names, name("rest")+".csv")
	}
	switch {
	case i == contacts.AllFiles:
		v.SaveAs = name("all") + ".zip"
	case i == contacts.Unreached:
		v.SaveAs = name("rest") + ".csv"
	default:
		v.SaveAs = q.Names[i]
	}
	v.ask(q, false)
}

// missed are those who are not reached, why, and what would change that.
func (v reply) missed() goapp.UI {
	if v.found == nil || len(v.found.Missed) == 0 {
		return nil
	}
	w := v.Words()
	// What reads the same is one reason, whatever the engine tells apart.
	type reason struct {
		text   string
		people int64
		would  []string
	}
	var reasons []reason
	for i := range v.found.Missed {
		m := &v.found.Missed[i]
		text, would := v.missedText(m), v.wouldText(m)
		at := slices.IndexFunc(reasons, func(r reason) bool { return r.text == text })
		if at < 0 {
			at = len(reasons)
			reasons = append(reasons, reason{text: text})
		}
		reasons[at].people += m.People
		if would != "" && !slices.Contains(reasons[at].would, would) {
			reasons[at].would = append(reasons[at].would, would)
		}
	}
	slices.SortStableFunc(reasons, func(a, b reason) int { return cmp.Compare(b.people, a.people) })
	rows := make([]goapp.UI, len(reasons))
	for i, r := range reasons {
		body := []goapp.UI{kit.Tag("p").Body(kit.Text(r.text))}
		for _, would := range r.would {
			body = append(body, kit.Tag("p").Class("list-would").Body(kit.Icon("M3 10h13M11 5l5 5-5 5"), kit.Span("", would)))
		}
		rows[i] = kit.Tag("li").Body(kit.Span("list-n", w.Number(r.people)), kit.Div("", body...))
	}
	return kit.Tag("section").Class("card list-missed").Attr("aria-labelledby", "list-missed").Body(
		kit.Tag("h2").ID("list-missed").Body(kit.Text(w.Count("list.missed", v.found.People-v.found.Reached))), kit.Tag("ul").Class("list-reasons").Body(rows...))
}

// depends is what ways that hang on something would bring.
func (v reply) depends() goapp.UI {
	if v.found == nil {
		return nil
	}
	w, more := v.Words(), v.found.Depends
	if more == nil && !v.choices.Depends {
		return nil
	}
	count := func(to bool, key string) goapp.UI {
		return kit.Button("link", w.Text(key), func(goapp.Context, goapp.Event) {
			v.work.choices.Depends = to
			v.work.answer()
		}, key).ID("list-depends")
	}
	title, said := w.Text("list.depends.counted"), []goapp.UI{}
	act := count(false, "mix.depends.back")
	if more != nil {
		title = w.Text("list.depends.cheaper", "total", totalText(w, more.Totals, more.Reached))
		if n := more.Reached - v.found.Reached; n > 0 {
			title = w.Count("list.depends.more", n, "total", totalText(w, more.Totals, more.Reached))
		}
		for i := range more.Ways {
			if s := &more.Ways[i]; len(s.Unknown) > 0 {
				said = append(said, kit.Tag("p").Body(kit.Text(w.Text("list.depends.way", "way", v.wayName(s.Type), "needs", filing.NeedText(w, s.Type, s.Unknown)))))
			}
		}
		act = count(true, "mix.depends.count")
	}
	return kit.Tag("section").Class("card mix-card mix-depends").Attr("aria-labelledby", "list-depends-title").Body(
		kit.Tag("h2").ID("list-depends-title").Body(page.OutcomeIcon(rules.Unknown), kit.Text(title)), kit.Div("mix-said", said...), act)
}

// compared is the answer beside what one type alone does.
func (v reply) compared() goapp.UI {
	if v.found == nil || v.found.Single == nil || len(v.found.Ways) < 2 {
		return nil
	}
	w, o, s := v.Words(), &v.found.Outcome, v.found.Single
	row := func(class, name, money, about string, reached int64) goapp.UI {
		const whole = 1000
		return kit.Tag("li").Class(class).Body(kit.Div("mix-row", kit.Span("mix-name", name), kit.Span("mix-cost", money)), kit.Tag("p").Class("hint").Body(kit.Text(about)),
			kit.Svg("svg").Attr("data-is", "split mix-share").Aria("hidden", "true").
				Body(piece("split-rest", 0, whole), piece("split-out", 0, reached*whole/max(1, o.People))))
	}
	fewer := w.Count("people", s.People)
	if n := o.Reached - s.People; n > 0 {
		fewer += ", " + w.Count("list.fewer", n)
	}
	return kit.Tag("section").Class("card mix-card").Attr("aria-labelledby", "list-compared").Body(
		kit.Tag("h2").ID("list-compared").Body(kit.Text(w.Text("mix.compare"))),
		kit.Tag("ul").Class("mix-compared").Body(
			row("mix-own", w.Text("list.each-own"), totalText(w, o.Totals, o.Reached), w.Count("people", o.Reached)+" · "+w.Text("mix.now"), o.Reached),
			row("", w.Text("mix.only", "way", filing.TypeName(w, s.Type)), totalText(w, s.Totals, s.People), fewer, s.People)))
}

// bar keeps what is next in view on a phone.
func (v reply) bar() goapp.UI {
	if v.Columns == nil {
		return nil
	}
	w := v.Words()
	bar := kit.Tag("aside").Class("bar list-bar").Aria("label", w.Text("section.answer.short"))
	if v.Working && v.At.Rows > 0 { // it takes a while, and the card that tells of it may be out of view
		return bar.Body(
			kit.Div("list-bar-said", kit.Span("bar-total", v.FileName()), v.Meter(func() goapp.UI { return kit.Span("bar-note", v.Doing()) })),
			v.StopButton("press"),
		)
	}
	if v.found == nil {
		note := ""
		if n := len(v.questions()); n > 0 {
			note = w.Count("list.questions", int64(n))
		}
		return bar.Body(kit.Div("list-bar-said", kit.Span("bar-total", w.Count("list.rows", v.Columns.Rows)), kit.Span("bar-note list-left", note)), v.see("press primary"))
	}
	o := &v.found.Outcome
	return bar.Body(
		kit.Div("list-bar-said", kit.Span("bar-total", w.Number(o.Reached)+" / "+w.Number(o.People)), kit.Span("bar-note", totalText(w, o.Totals, o.Reached))),
		kit.Tag("span").Class("pill verdict-"+string(verdict(v.found))).Body(kit.Text(w.First([]string{"list.pill." + string(verdict(v.found)), "verdict." + string(verdict(v.found))}))),
		kit.Button("press", w.Text("list.files"), func(goapp.Context, goapp.Event) { v.MoveAfter("list-files") }, "files"),
	)
}
