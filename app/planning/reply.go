package planning

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/plan"
	"postage/app/planning/calendar"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A reply is the answer to the whole plan.
type reply struct{ *work }

const answerID = "answer"

// draw is the total on a stamp, with the verdict as its postmark.
func (v reply) draw() goapp.UI {
	t, w, q := v.tell(), v.words(), v.answer.Quote
	section := kit.Tag("section").Class("answer plan-stamp").ID(answerID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	said := kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(t.Summary()))
	if q == nil {
		return section.Body(said, kit.Div("stamp stamp-empty", kit.Div("stamp-inner", kit.Tag("p").Body(kit.Text(w.Text("plan.not-asked"))), v.wrong())))
	}
	total, rest, without := t.Shown()
	inner := []goapp.UI{
		kit.Tag("p").Class("stamp-label").Body(kit.Text(t.Label())),
		kit.Tag("p").Class(page.TotalClass(total)).Body(kit.Text(total)),
	}
	for _, r := range rest {
		inner = append(inner, kit.Tag("p").Class("stamp-note").Body(kit.Text(r)))
	}
	goes := w.Text(report.AtMost("split.out", q.Verdict), "n", w.Number(q.Deliverable))
	stays := ""
	if q.Blocked > 0 {
		stays = w.Text(report.AtMost("split.blocked", q.Verdict), "n", w.Number(q.Blocked))
	}
	inner = append(inner, page.Split(q.Verdict, q.Requested, q.Deliverable, goes, stays), kit.PlaceFor(v.hangsOn()), kit.PlaceFor(v.own()), kit.PlaceFor(v.unpaid()), kit.PlaceFor(misfit(without)), kit.PlaceFor(v.leftOut()), kit.PlaceFor(v.unannounced()), kit.PlaceFor(v.foreign()), kit.PlaceFor(v.wrong()))
	first, last := v.answer.Period()
	mark := page.Postmark(w, q.Verdict, page.DottedSpan(w, first, last), w.Text("plan.postmark", "n", w.Number(int64(len(q.Items)))))
	return section.Body(said, kit.PlaceFor(v.claimed()), kit.Div("stamp verdict-"+string(q.Verdict), kit.Div("stamp-inner", inner...), mark))
}

// claimed shows what the link said beside today's answer, where they are not the same.
func (v reply) claimed() goapp.UI {
	c := v.claim
	if c == nil || v.claims != v.answer.Text() {
		return nil
	}
	w := v.words()
	row := func(label string, verdict rules.Verdict, total string) goapp.UI {
		return kit.Div("line", kit.Tag("dt").Body(kit.Text(label)), kit.Tag("dd").Body(kit.Text(w.Text("verdict."+string(verdict))+" · "+total)))
	}
	before, label := w.Text("total.not-in-book"), w.Text("told.link")
	if c.Total != "" {
		before = w.PlainMoney(c.Total, c.Currency)
	}
	if c.On != 0 {
		label = w.Text("told.link.on", "date", w.Date(c.On))
	}
	why := "told.why"
	if c.Book == rules.BookVersion() {
		why = "told.why.same-book"
	}
	now, _ := v.tell().Total()
	return kit.Tag("div").Class("card told").Body(
		kit.Tag("h2").Body(kit.Text(w.Text("told.title"))),
		kit.Tag("dl").Class("lines").Body(row(label, c.Verdict, before), row(w.Text("told.today"), v.answer.Quote.Verdict, now)),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text(why))),
	)
}

// leftOut says what the total is without.
func (v reply) leftOut() goapp.UI {
	n := v.answer.LeftOut(&v.plan)
	if n == 0 {
		return nil
	}
	return misfit(v.words().Count("plan.left-out", int64(n)))
}

// unannounced says that the total is at the last prices known: of all there is to know it
// is what may change the total by itself, so it is not folded away with the rest.
func (v reply) unannounced() goapp.UI {
	for i := range v.answer.Quote.Notices {
		if n := &v.answer.Quote.Notices[i]; n.Code == rules.NotAnnounced {
			return misfit(v.words().NoticeText(n))
		}
	}
	return nil
}

// own says what of the user's own is in the total. In a frame a partner's customer would
// read it.
func (v reply) own() goapp.UI {
	said := v.tell().Own()
	if said == "" || v.report.Frame {
		return nil
	}
	var earned goapp.UI
	if sums := v.answer.Earned(); len(sums) > 0 {
		list := make([]string, len(sums))
		for i, sum := range sums {
			list[i] = v.words().RoundTotal(sum.Net, sum.Currency)
		}
		// A printed plan is for the customer.
		earned = kit.Tag("p").Class("stamp-note screen-only").Body(kit.Text(v.words().Text("plan.own.earn", "amount", strings.Join(list, " + "))))
	}
	return kit.Div("", kit.Tag("p").Class("stamp-note").Body(kit.Text(said)), kit.PlaceFor(earned))
}

// unpaid says that the package's fee is not in the total. In a frame its user may not be
// the one who pays it.
func (v reply) unpaid() goapp.UI {
	if v.report.Frame {
		return nil
	}
	return v.packages().Unpaid()
}

// hangsOn names what the verdict hangs on: the first message that has it, which a press
// opens, and for several broadcasts whom they are taken to go to.
func (v reply) hangsOn() goapp.UI {
	w := v.words()
	var said []goapp.UI
	for i := range v.rows {
		// A plan of which a part may be sent has messages of which none may.
		if r := &v.rows[i]; r.why != "" && len(v.rows) > 1 && (r.verdict == v.answer.Quote.Verdict || v.answer.Quote.Verdict == rules.Partial) {
			why := strings.TrimPrefix(r.why, w.Text("verdict."+string(r.verdict))+". ") // which the postmark says
			said = append(said, kit.Tag("p").Class("stamp-note screen-only").Body(kit.Button("link", r.name+": "+words.ShortName(why), func(goapp.Context, goapp.Event) {
				v.work.open = r.id
				v.moveAfter(rowID(r.id))
			}, "because", r.id)))
			break
		}
	}
	if v.countBroadcasts() > 1 {
		said = append(said, kit.Tag("p").Class("stamp-note").Body(kit.Text(w.Text("plan.broadcasts.short"))))
	}
	if said == nil {
		return nil
	}
	return kit.Div("", said...)
}

// misfit says of the total what does not count in it.
func misfit(said string) goapp.UI {
	if said == "" {
		return nil
	}
	return kit.Tag("p").Class("misfit").Body(kit.Text(said))
}

// foreign says that some of the user's own prices do not count.
func (v reply) foreign() goapp.UI {
	if v.report.Frame { // there a partner's customer reads it
		return nil
	}
	return misfit(v.tell().Foreign())
}

// wrong says what is wrong with the plan itself.
func (v reply) wrong() goapp.UI {
	for _, m := range v.answer.MistakesOf(plan.Whole) {
		if m.Key != "plan.too-many" && !strings.HasPrefix(m.Path, "balance.") {
			return kit.Tag("p").Class("mistake").Body(kit.Text(v.report.MistakeText(m)))
		}
	}
	return nil
}

// bar keeps the answer in view on a phone, and undoes.
func (v reply) bar() goapp.UI {
	w := v.words()
	bar := kit.Tag("aside").Class("bar").Aria("label", w.Text("section.answer.short"))
	if v.mixing != nil {
		return bar.Body(mixes(v).mix().Bar()...)
	}
	if v.flowing != nil || len(v.plan.Items) == 0 && !v.history.Any() {
		return nil // a flow has a stamp of its own
	}
	var body []goapp.UI
	if q := v.answer.Quote; q != nil {
		body = append(body, kit.Span("bar-total", v.tell().Short()), kit.Tag("span").Class("pill verdict-"+string(q.Verdict)).Body(kit.Text(w.Text("verdict."+string(q.Verdict)))))
	} else {
		body = append(body, kit.Span("bar-note", w.Text("plan.nothing")))
	}
	return bar.Body(append(body, v.steps())...)
}

// steps are the buttons that undo and do again.
func (v reply) steps() goapp.UI {
	if !v.history.Any() || !v.mayChange() {
		return nil
	}
	one := func(by int, name, arrow string) goapp.UI {
		return kit.Pressable("step-button", name, func(goapp.Context, goapp.Event) { v.step(by) }, by, kit.Icon(arrow), kit.Span("step-word", v.words().Text(name))).
			Attr("aria-disabled", !v.history.Can(by))
	}
	buttons := []goapp.UI{one(undo, "undo", "M8 4L4 8l4 4M4.500 8H12a4 4 0 0 1 0 8H8")}
	if v.history.Can(redo) {
		buttons = append(buttons, one(redo, "redo", "M12 4l4 4-4 4M15.500 8H8a4 4 0 0 0 0 8h4"))
	}
	return kit.Tag("div").Class("steps").Attr("role", "group").Aria("label", v.words().Text("undo.group")).Body(buttons...)
}

// balance asks for the money that there is, and says how long it lasts.
func (v reply) balance() goapp.UI {
	w := v.words()
	currencies := v.answer.Currencies()
	for currency := range v.plan.Balance {
		if !slices.Contains(currencies, currency) {
			currencies = append(currencies, currency)
		}
	}
	if len(currencies) == 0 {
		currencies = []string{"VND"}
	}
	var body []goapp.UI
	for _, currency := range currencies {
		body = append(body, v.purse(currency, len(currencies) > 1))
	}
	return kit.Tag("section").Class("card plan-balance").Attr("aria-labelledby", "balance-title").Body(append([]goapp.UI{
		kit.Tag("h2").ID("balance-title").Body(kit.Text(w.Text("plan.balance"))),
	}, body...)...)
}

// purse is the money in a currency.
func (v reply) purse(currency string, several bool) goapp.UI {
	w := v.words()
	id, value := plan.BalancePath(currency), v.plan.Balance[currency]
	shown := value
	if d, ok := plan.Amount(value, v.plan.Lang); ok {
		shown = w.Decimal(d, 0)
	}
	label := w.Text("plan.balance")
	if several {
		label += ", " + currency
	}
	in := goapp.ElemSelfClosing("input").ID(id).Class("input number").Attr("type", "text").Attr("inputmode", "decimal").Attr("autocomplete", "off").
		Aria("label", label).Attr("value", v.work.shown(id, shown))
	set := func(typed string) {
		if v.plan.Balance == nil {
			v.plan.Balance = map[string]string{}
		}
		if v.plan.Balance[currency] = typed; typed == "" {
			delete(v.plan.Balance, currency)
		}
	}
	var wrong goapp.UI
	for _, m := range v.answer.MistakesOf(plan.Whole) {
		if m.Path == id {
			in = in.Attr("aria-invalid", "true").Attr("aria-describedby", id+"-error")
			wrong = kit.Tag("p").Class("mistake").ID(id + "-error").Body(kit.Text(v.report.MistakeText(m)))
		}
	}
	in = in.On("input", func(ctx goapp.Context, _ goapp.Event) {
		set(v.heard(ctx, id))
		v.typed()
	}, "input", id).On("change", func(ctx goapp.Context, _ goapp.Event) {
		v.work.editing = ""
		typed := ctx.JSSrc().Get("value").String()
		if d, ok := plan.Amount(typed, v.plan.Lang); ok {
			v.work.fields.Write(ctx.JSSrc(), id, typed, v.words().Decimal(d, 0))
			typed = form.Exact + d.String()
		}
		set(typed)
		v.changed()
	}, "change", id)
	var own goapp.UI
	if value != "" {
		own = v.ownHint("plan.balance.own", currency)
	}
	paper := ""
	if d, ok := plan.Amount(value, v.plan.Lang); ok {
		paper = w.RoundTotal(d, currency)
	}
	return kit.Div("purse",
		kit.Tag("p").Class("paper-only").Body(kit.Text(paper)),
		kit.Div("field", kit.Div("input-box", in, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(plan.UnitOf(currency)))), kit.PlaceFor(wrong)),
		kit.PlaceFor(v.lasts(currency)), kit.PlaceFor(own),
	)
}

// lasts says how long the money lasts.
func (v reply) lasts(currency string) goapp.UI {
	w := v.words()
	c, ok := v.answer.Course(currency)
	switch {
	case v.plan.Balance[currency] == "":
		return kit.Tag("p").Class("hint").Body(kit.Text(w.Text("plan.balance.empty")))
	case !ok && v.answer.Quote != nil && !v.answer.Quote.Priced:
		return kit.Tag("p").Class("hint").Body(kit.Text(w.Text("plan.balance.unknown")))
	case !ok:
		return nil
	}
	said, more := v.tell().Lasts(c)
	class, icon := "lasts good", kit.Icon("M4 10.5l4 4 8-9")
	if c.RunsOut != 0 {
		class, icon = "lasts warn", kit.Icon(iconClock)
	}
	if n := v.answer.LeftOut(&v.plan); n > 0 {
		more = strings.TrimSpace(more + " " + w.Count("plan.left-out", int64(n)))
	}
	return kit.Tag("div").Class(class).Attr("role", "status").Body(icon, kit.Div("", kit.Tag("p").Class("lasts-said").Body(kit.Text(said)), kit.Tag("p").Class("soft").Body(kit.Text(more))))
}

// months are the costs by month and channel.
func (v reply) months() goapp.UI {
	q := v.answer.Quote
	if q == nil {
		return nil
	}
	t, w := v.tell(), v.words()
	var channels []rules.Channel
	sums := make([][]plan.ChannelSum, len(q.Months))
	for i := range q.Months {
		sums[i] = v.answer.MonthSums(q.Months[i].Month)
		for _, s := range sums[i] {
			found := false
			for _, c := range channels {
				found = found || c == s.Channel
			}
			if !found {
				channels = append(channels, s.Channel)
			}
		}
	}
	head := []string{w.Text("plan.col.month")}
	for _, c := range channels {
		head = append(head, t.ChannelName(c))
	}
	if len(channels) > 1 {
		head = append(head, w.Text("plan.col.all"))
	}
	rows := [][]string{}
	for i := range q.Months {
		cells := []string{t.Month(q.Months[i].Month)}
		for _, c := range channels {
			cells = append(cells, t.Sums(sums[i], func(s plan.ChannelSum) bool { return s.Channel == c }))
		}
		if len(channels) > 1 {
			all := []string{}
			for _, total := range q.Months[i].Totals {
				all = append(all, w.RoundTotal(total.Gross, total.Currency))
			}
			if len(all) == 0 {
				all = append(all, w.Text("total.not-in-book"))
			}
			cells = append(cells, strings.Join(all, "\n"))
		}
		rows = append(rows, cells)
	}
	return kit.Div("card plan-months",
		kit.Tag("h2").Body(kit.Text(w.Text("plan.by-month"))),
		kit.PlaceFor(calendar.Costs(v.tell(), sums)),
		kit.Table(w.Text("plan.by-month"), head, rows),
	)
}

// used are what is free, and how far the limits are used.
func (v reply) used() goapp.UI {
	if v.answer.Quote == nil {
		return nil
	}
	w := v.words()
	var list []goapp.UI
	for _, u := range v.tell().Used() {
		body := []goapp.UI{kit.Div("use-head", kit.Span("", u.Title), kit.Tag("strong").Body(kit.Text(u.Amount)))}
		if u.Limit > 0 {
			body = append(body, useBar(u))
		}
		if u.Note != "" {
			body = append(body, kit.Tag("p").Class("soft").Body(kit.Text(u.Note)))
		}
		list = append(list, kit.Tag("li").Class("use").Body(body...))
	}
	if len(list) == 0 {
		return nil
	}
	return kit.Tag("section").Class("card plan-used").Attr("aria-labelledby", "used-title").Body(
		kit.Tag("h2").ID("used-title").Body(kit.Text(w.Text("plan.use"))),
		kit.Tag("ul").Class("uses").Body(list...),
		kit.PlaceFor(v.forecast()),
	)
}

// useBar is how far something is used. What did not fit is hatched.
func useBar(u plan.Used) goapp.UI {
	const width = 1000
	whole := u.Limit + u.Over
	used := min(u.Used, u.Limit) * width / whole
	shapes := []goapp.UI{
		kit.Svg("rect").Attr("data-is", "use-room").Attr("width", "1000").Attr("height", "20"),
		kit.Svg("rect").Attr("data-is", "use-used").Attr("width", kit.Px(used)).Attr("height", "20"),
	}
	if u.Over > 0 {
		shapes = append(shapes, kit.Svg("rect").Attr("data-is", "use-over").Attr("x", kit.Px(used)).Attr("width", kit.Px(width-used)).Attr("height", "20"))
	}
	return kit.Svg("svg").Attr("data-is", "use-bar").Attr("viewBox", "0 0 1000 20").Attr("preserveAspectRatio", "none").Aria("hidden", "true").Body(shapes...)
}

// shared are the answers that hold for all messages.
func (v reply) shared() goapp.UI {
	if len(v.answer.At) == 0 {
		return nil
	}
	w := v.words()
	var list []goapp.UI
	for _, s := range v.tell().Shared() {
		list = append(list, kit.Div("line", kit.Tag("dt").Body(kit.Text(s.Label)), kit.Tag("dd").Body(kit.Text(s.Answer))))
	}
	if len(list) == 0 {
		return nil
	}
	return kit.Div("card plan-shared", kit.Tag("details").Class("more").Body(
		kit.Tag("summary").Body(kit.Text(w.Text("plan.shared"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("plan.shared.about"))),
		kit.Tag("dl").Class("lines").Body(list...),
	))
}

// notices are what one must know of the messages of the plan.
func (v reply) notices() goapp.UI {
	q := v.answer.Quote
	if q == nil || len(q.Notices) == 0 {
		return nil
	}
	w := v.words()
	var list []goapp.UI
	if v.told {
		for i := range q.Notices {
			n := &q.Notices[i]
			list = append(list, kit.Tag("li").Body(kit.Div("notice", kit.Tag("p").Body(kit.Text(w.NoticeText(n))), page.SourceLine(w, n.Sources, "", 0))))
		}
	}
	return kit.Div("card notices plan-notices", kit.Tag("details").Class("more").Attr("open", v.told).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.work.told = ctx.JSSrc().Get("open").Bool() }).
		Body(kit.Tag("summary").Body(kit.Text(w.Count("plan.notices", int64(len(q.Notices))))), kit.Tag("ul").Body(list...)))
}
