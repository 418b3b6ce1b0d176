package app

import (
	"cmp"
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/rules"
)

const picturesID = "pictures"

// A pictureSet is what the pictures of a scenario show. Like the list of ways it
// is not changed afterwards.
type pictureSet struct {
	key     string
	on      rules.Date
	today   rules.Date
	kind    rules.MessageType
	curve   curve
	priced  bool // there is a curve
	history priceHistory
	quote   *rules.Quote
	groups  []string // names
	ways    *wayList
}

// findPictures works out the pictures once somebody looks at them.
func (s *screen) findPictures() {
	if !s.opened[picturesID] || !s.current() || s.pictureSet != nil && s.pictureSet.key == s.waysKey() {
		return
	}
	asked := s.stands
	set := &pictureSet{key: s.waysKey(), on: asked.On, kind: asked.Message.Type, quote: s.quote, ways: s.wayList}
	set.today, _ = rules.ParseDate(s.form.today)
	set.curve, set.priced = curveOf(asked)
	set.history = historyOf(asked)
	for g := range s.form.groups {
		set.groups = append(set.groups, s.groupName(g))
	}
	if s.form.groups == 1 {
		set.groups[0] = s.words().text("picture.everyone")
	}
	s.pictureSet = set
}

// lookAtPictures draws the pictures from now on.
func (s *screen) lookAtPictures() {
	s.opened[picturesID] = true
	s.findWays()
	s.findPictures()
}

// A picturesView is the pictures as a part of the page.
type picturesView struct {
	language shownLanguage
	set      *pictureSet
	broken   bool
	tables   [4]bool // which tables are open
}

// pictureNames are the pictures in their order.
var pictureNames = [4]string{"volume", "history", "ways", "reach"}

func (s *screen) pictures(broken bool) goapp.UI {
	v := picturesView{language: s.shownLanguage(), set: s.pictureSet, broken: broken}
	for i, name := range pictureNames {
		v.tables[i] = s.opened[picturesID+name]
	}
	return s.part(v)
}

func (v picturesView) draw(s *screen) goapp.UI {
	w := s.words()
	said := ""
	if v.broken { // the last pictures stay, marked as such
		said = "fix.title"
	}
	body := []goapp.UI{tag("h2").ID(picturesID + "-title").Body(text(w.text("pictures.title"))), hint(w, said)}
	if v.set == nil {
		body = append(body, div("picture-wait",
			button("choose", w.text("pictures.draw"), func(goapp.Context, goapp.Event) { s.act(s.lookAtPictures) })))
	} else {
		body = append(body, div("picture-grid",
			v.frame(s, 0, volumePicture(w, v.set)),
			v.frame(s, 1, s.historyPicture(v.set)),
			v.frame(s, 2, waysPicture(w, v.set)),
			v.frame(s, 3, reachPicture(w, v.set)),
		))
	}
	return tag("section").Class("card pictures").ID(picturesID).Attr("tabindex", "-1").Attr("aria-labelledby", picturesID+"-title").Body(body...)
}

// A picture is one drawing with what it says in a sentence, what its signs mean
// and its numbers. Without a drawing the sentence says why there is none.
type picture struct {
	said   string
	height int64
	defs   []goapp.UI
	body   []goapp.UI
	keys   []goapp.UI
	head   []string
	rows   [][]string
}

// frame puts a picture on the page, with its table behind a tap.
func (v picturesView) frame(s *screen, i int, p picture) goapp.UI {
	w := s.words()
	name := pictureNames[i]
	id := "picture-" + name
	title := w.text("picture." + name)
	body := []goapp.UI{
		tag("figcaption").Body(tag("h3").Body(text(title)), tag("p").Class("hint").Body(text(p.said))),
	}
	if len(p.body) > 0 {
		open := picturesID + name
		var numbers []goapp.UI
		if v.tables[i] {
			numbers = append(numbers, table(title, p.head, p.rows))
		}
		body = append(body,
			chart(id, title, p.said, p.height, p.defs, p.body),
			tag("ul").Class("keys").Body(p.keys...),
			tag("details").Class("more").Attr("open", v.tables[i]).
				On("toggle", func(ctx goapp.Context, _ goapp.Event) {
					is := ctx.JSSrc().Get("open").Bool()
					s.act(func() { s.opened[open] = is })
				}, name).
				Body(tag("summary").Body(text(w.text("picture.table"))), div("", numbers...)),
		)
	}
	return tag("figure").Class("picture").ID(id).Body(body...)
}

// volumePicture is the cost by the number of people.
func volumePicture(w *language, set *pictureSet) picture {
	if !set.priced {
		return picture{said: w.text("total.not-in-book.why")}
	}
	if set.quote.Verdict == rules.Ineligible {
		return picture{said: w.text("line.nothing")}
	}
	c := &set.curve
	last := c.points[len(c.points)-1]
	most := last.cost
	for _, p := range c.points {
		if p.cost.GreaterThan(most) {
			most = p.cost
		}
	}
	amount := func(p costPoint) string { return w.roundTotal(p.cost, c.currency) }
	people := func(n int64) string { return w.count("picture.people", n) }
	if most.IsZero() {
		return picture{said: w.text("picture.volume.free", "people", people(last.people))}
	}
	plot := newPlot(w, most, scaleStep(most), c.currency)
	x := func(n int64) int64 { return shareOf(decimal.NewFromInt(n), decimal.NewFromInt(last.people)) }
	var area strings.Builder
	area.WriteString("M" + px(x(c.points[0].people)) + " " + px(plot.bottom))
	for i, p := range c.points {
		area.WriteString("L" + px(x(p.people)) + " " + px(plot.height(p.cost)))
		if i > 0 {
			before := c.points[i-1]
			plot.line("curve", x(before.people), plot.height(before.cost), x(p.people), plot.height(p.cost))
		}
	}
	area.WriteString("L1000 " + px(plot.bottom) + "Z")
	plot.add(shape("svg", "", "width", "100%", "height", "212", "viewBox", "0 0 1000 212", "preserveAspectRatio", "none").Body(shape("path", "area", "d", area.String())))
	plot.line("now-line", x(c.now.people), plot.height(c.now.cost), x(c.now.people), plot.bottom)
	for _, b := range c.bends {
		plot.add(shape("circle", "bend", "cx", across(x(b.people)), "cy", px(plot.height(b.cost)), "r", "4"))
	}
	plot.add(shape("circle", "now", "cx", across(x(c.now.people)), "cy", px(plot.height(c.now.cost)), "r", "6"))
	var marks []mark
	step := countStep(last.people)
	for n := int64(0); n <= last.people; n += step {
		marks = append(marks, mark{x(n), w.number(n)})
	}
	plot.marks(marks)

	now := w.text("picture.now", "people", people(c.now.people), "cost", amount(c.now))
	p := picture{said: w.text("picture.volume.said", "people", people(last.people), "cost", amount(last)), height: 212, body: plot.drawn()}
	p.keys = append(p.keys, key(shape("circle", "now", "cx", "10", "cy", "10", "r", "6"), now))
	if len(c.bends) > 0 {
		var list []string
		for _, b := range c.bends {
			list = append(list, w.number(b.people))
		}
		p.keys = append(p.keys, key(shape("circle", "bend", "cx", "10", "cy", "10", "r", "4"), w.text("picture.bends", "list", strings.Join(list, "; "))))
	}
	p.head = []string{w.text("ask.audience.recipients"), w.text("stamp.label"), w.text("picture.each")}
	for _, q := range c.points {
		p.rows = append(p.rows, []string{w.number(q.people), w.money(q.cost, c.currency), w.roundMoney(q.cost.DivRound(decimal.NewFromInt(q.people), 6), c.currency)})
	}
	return p
}

// waysPicture is the cost of every way that may be sent. Lengths in two
// currencies cannot be compared, so there are bars for one of them alone.
func waysPicture(w *language, set *pictureSet) picture {
	p := picture{head: []string{w.text("picture.way"), w.text("picture.verdict"), w.text("stamp.label")}}
	var most decimal.Decimal
	var currency string
	var shown, elsewhere []*way
	if c := set.ways.chosen(); c != nil {
		currency = totalCurrency(c.Quote)
	}
	for i := range set.ways.all {
		v := &set.ways.all[i]
		if !v.Sent() {
			continue
		}
		t, ok := v.Quote.Total()
		if ok && !t.Gross.IsZero() {
			currency = cmp.Or(currency, t.Currency)
			if t.Currency != currency {
				elsewhere = append(elsewhere, v)
				continue
			}
		}
		shown = append(shown, v)
		most = decimal.Max(most, t.Gross)
	}
	cost := func(v *way) string {
		t, ok := v.Quote.Total()
		switch {
		case !ok:
			return w.text("total.not-in-book")
		case t.Gross.IsZero():
			return w.text("price.free")
		}
		return w.roundTotal(t.Gross, t.Currency)
	}
	row := func(v *way) []string {
		return []string{w.typeName(v.Type), w.text("verdict." + string(v.Verdict())), cost(v)}
	}
	if len(shown) == 0 {
		p.said = w.text("picture.ways.none")
		return p
	}
	p.defs = []goapp.UI{stripes("ways-depends", "stripes depends", "45")}
	depends, chosen := false, false
	for i, v := range shown {
		y := int64(i) * 52
		name := w.text("channel."+string(v.Type.Channel())) + " · " + w.text("short."+string(v.Type))
		width := int64(0)
		if t, ok := v.Quote.Total(); ok && !t.Gross.IsZero() {
			width = max(6, shareOf(t.Gross, most)*62/100)
		}
		is, said := "bar", cost(v)
		switch {
		case v.Chosen:
			is, chosen = "bar chosen", true
		case v.Verdict() == rules.Depends:
			is, depends = "bar depends", depends || width > 0
			said += " · " + w.text("verdict.depends") // a bar of no length has no stripes
		}
		bar := shape("rect", is, "x", "0", "y", px(y+22), "width", across(width), "height", "20", "rx", "3")
		if strings.HasSuffix(is, "depends") {
			bar = bar.Attr("fill", "url(#ways-depends)")
		}
		// A line at the foot of the bars, so that nothing at all is seen as such.
		p.body = append(p.body, bar, shape("line", "foot", "x1", "0", "x2", "0", "y1", px(y+19), "y2", px(y+45)),
			label(is, "0", px(y+14), "start", name),
			label("amount", across(width), px(y+37), "start", noBreakSpace+noBreakSpace+said))
		p.rows = append(p.rows, row(v))
	}
	p.height = int64(len(shown)) * 52
	best, worst := p.rows[0], p.rows[len(p.rows)-1]
	p.said = w.text("picture.ways.said", "best", best[0], "cost", best[2], "last", worst[0], "lastCost", worst[2])
	if len(p.rows) == 1 {
		p.said = w.text("picture.ways.single", "best", best[0], "cost", best[2])
	}
	box := func(is, fill string) goapp.UI {
		r := shape("rect", is, "y", "4", "width", "20", "height", "12", "rx", "2")
		if fill != "" {
			r = r.Attr("fill", fill)
		}
		return r
	}
	if chosen {
		p.keys = append(p.keys, key(box("bar chosen", ""), w.text("ways.chosen")))
	}
	if depends {
		p.keys = append(p.keys, key(box("bar depends", "url(#ways-depends)"), w.text("verdict.depends")))
	}
	var others []string
	for _, v := range elsewhere {
		p.rows = append(p.rows, row(v))
		others = append(others, w.typeName(v.Type)+noBreakSpace+"– "+cost(v))
	}
	if len(others) > 0 {
		p.said += " " + w.text("picture.ways.elsewhere", "list", strings.Join(others, "; "))
	}
	return p
}

// mostGroups is how many groups the picture shows; the table has them all.
const mostGroups = 12

// reachPicture is who can be reached, group by group.
func reachPicture(w *language, set *pictureSet) picture {
	q := set.quote
	p := picture{
		said:   w.text("picture.reach.said", "out", w.number(q.Deliverable), "all", w.count("messages", q.Requested)),
		head:   []string{w.text("picture.group"), w.text("picture.verdict"), w.text("picture.out"), w.text("picture.blocked")},
		defs:   []goapp.UI{stripes("reach-depends", "stripes depends", "45"), stripes("reach-blocked", "stripes blocked", "-45")},
		height: int64(min(len(q.Segments), mostGroups)) * 58,
	}
	var most int64
	for i := range q.Segments {
		most = max(most, q.Segments[i].Requested)
	}
	share := func(n int64) int64 {
		if n == 0 {
			return 0
		}
		return max(12, shareOf(decimal.NewFromInt(n), decimal.NewFromInt(most)))
	}
	box := func(is, fill string, x, y, width int64) goapp.UI {
		r := shape("rect", is, "x", across(x), "y", px(y), "width", across(width), "height", "22")
		if fill != "" {
			r = r.Attr("fill", fill)
		}
		return r
	}
	sign := func(is, fill string) goapp.UI {
		r := shape("rect", is, "y", "4", "width", "20", "height", "12", "rx", "2")
		if fill != "" {
			r = r.Attr("fill", fill)
		}
		return r
	}
	var sure, depends int64
	for i := range q.Segments {
		seg := &q.Segments[i]
		is, fill := "reach-out", ""
		goes, of := w.number(seg.Deliverable), w.text("why.of", "out", w.number(seg.Deliverable), "all", w.number(seg.Requested))
		if seg.Verdict == rules.Depends {
			is, fill = "reach-depends", "url(#reach-depends)"
			depends += seg.Deliverable
			goes = w.text("picture.reach.maybe", "n", goes)
			of = goes
		} else {
			sure += seg.Deliverable
		}
		p.rows = append(p.rows, []string{set.groups[i], w.text("verdict." + string(seg.Verdict)), goes, w.number(seg.Blocked)})
		if i >= mostGroups {
			continue
		}
		y := int64(i) * 58
		out, blocked := share(seg.Deliverable), share(seg.Blocked)
		if over := out + blocked - 1000; over > 0 { // the few that were widened to be seen
			out, blocked = out-over*out/(out+blocked), blocked-over*blocked/(out+blocked)
		}
		name := []rune(set.groups[i])
		if len(name) > 20 {
			name = append(name[:19], '…')
		}
		p.body = append(p.body,
			label("", "0", px(y+16), "start", string(name)),
			label("tick", "100%", px(y+16), "end", of),
			box(is, fill, 0, y+24, out),
			box("reach-blocked", "url(#reach-blocked)", out, y+24, blocked),
		)
	}
	if sure > 0 {
		p.keys = append(p.keys, key(sign("reach-out", ""), w.text("verdict.eligible")+": "+w.number(sure)))
	}
	if depends > 0 {
		p.keys = append(p.keys, key(sign("reach-depends", "url(#reach-depends)"), w.text("verdict.depends")+": "+w.number(depends)))
	}
	if q.Blocked > 0 {
		p.keys = append(p.keys, key(sign("reach-blocked", "url(#reach-blocked)"), w.text("verdict.ineligible")+": "+w.number(q.Blocked)))
	}
	if depends > 0 {
		p.said = w.text("picture.reach.depends", "out", w.number(sure), "maybe", w.number(depends), "all", w.count("messages", q.Requested))
	}
	if len(q.Segments) > mostGroups {
		p.said += " " + w.text("picture.reach.more", "n", w.number(mostGroups))
	}
	return p
}

// historyPicture is the price of one message over time.
func (s *screen) historyPicture(set *pictureSet) picture {
	w := s.words()
	h := &set.history
	name := w.typeName(set.kind)
	if h.country != "" {
		name += " · " + s.countryName(h.country)
	}
	if len(h.spans) == 0 {
		return picture{said: w.text("picture.history.none", "type", name)}
	}
	amount := func(span priceSpan) string {
		switch {
		case span.state == spanUnknown:
			return w.text("total.not-in-book")
		case span.state == spanOff:
			return w.text("picture.off")
		case span.price.IsZero():
			return w.text("price.free")
		case span.talk:
			return w.text("price.conversation", "price", w.money(span.price, h.currency))
		default:
			return w.money(span.price, h.currency)
		}
	}
	// The axis runs on past what is last known, so that it is seen to go on.
	first, last := h.spans[0].since, max(set.on, set.today, h.spans[len(h.spans)-1].since).AddDays(200)
	begin, end := dayNumber(first), dayNumber(last)
	x := func(d rules.Date) int64 { return min(1000, max(0, (dayNumber(d)-begin)*1000/(end-begin))) }
	most := decimal.Zero
	for _, span := range h.spans {
		if span.price.GreaterThan(most) {
			most = span.price
		}
	}
	p := picture{
		defs: []goapp.UI{stripes("history-gap", "stripes gap", "45")}, height: 212,
		head: []string{w.text("picture.since"), w.text("picture.price")},
	}
	plot := newPlot(w, most, scaleStep(most), h.currency)
	var days []string
	gaps := map[spanState]bool{}
	now, ahead := "", false
	for i, span := range h.spans {
		until := last
		if span.until != 0 {
			until = span.until
		}
		from, to := x(span.since), x(until)
		p.rows = append(p.rows, []string{w.date(span.since), amount(span)})
		if span.since <= set.on && (span.until == 0 || set.on < span.until) {
			now = amount(span)
		}
		if i > 0 {
			day := w.date(span.since)
			if span.since > set.today {
				day = w.text("changes.announced", "date", day)
			}
			days = append(days, day)
		}
		if span.state != spanPriced {
			gaps[span.state] = true
			plot.add(shape("rect", "gap", "x", across(from), "y", px(plot.top), "width", across(to-from), "height", px(plot.bottom-plot.top), "fill", "url(#history-gap)"))
			continue
		}
		y := plot.height(span.price)
		if i > 0 && h.spans[i-1].state == spanPriced {
			plot.line("step", from, plot.height(h.spans[i-1].price), from, y)
		}
		ahead = ahead || until > set.today
		switch today := x(set.today); {
		case span.since > set.today:
			plot.line("curve announced", from, y, to, y)
		case until > set.today:
			plot.line("curve", from, y, today, y)
			plot.line("curve announced", today, y, to, y)
		default:
			plot.line("curve", from, y, to, y)
		}
		if i > 0 {
			plot.add(shape("circle", "bend", "cx", across(from), "cy", px(y), "r", "4"))
		}
	}
	plot.line("now-line", x(set.on), plot.top, x(set.on), plot.bottom)
	var marks []mark
	firstYear, _, _ := first.Split()
	lastYear, _, _ := last.Split()
	for year := firstYear + 1; year <= lastYear; year++ {
		marks = append(marks, mark{x(rules.Date(year*10000 + 101)), strconv.Itoa(year)})
	}
	plot.marks(marks)
	p.body = plot.drawn()
	if now == "" {
		now = w.text("total.not-in-book")
	}
	p.said = w.text("picture.history.said", "type", name, "day", w.date(set.on), "price", now)
	if t, ok := set.quote.Total(); ok && t.Gross.IsZero() && set.quote.Deliverable > 0 {
		p.said += " " + w.text("picture.history.free")
	}
	p.keys = append(p.keys, key(shape("line", "now-line", "x1", "10", "x2", "10", "y1", "0", "y2", "20"), w.text("picture.on", "day", w.date(set.on), "price", now)))
	if len(days) > 0 {
		p.keys = append(p.keys, key(shape("circle", "bend", "cx", "10", "cy", "10", "r", "4"), w.text("picture.changes", "list", strings.Join(days, "; "))))
	}
	if ahead {
		p.keys = append(p.keys, key(shape("line", "curve announced", "x1", "0", "x2", "20", "y1", "10", "y2", "10"), w.text("picture.ahead")))
	}
	for state, words := range [...]string{spanUnknown: "total.not-in-book", spanOff: "picture.off"} {
		if gaps[spanState(state)] {
			p.keys = append(p.keys, key(shape("rect", "gap", "y", "4", "width", "20", "height", "12", "fill", "url(#history-gap)"), w.text(words)))
		}
	}
	return p
}

// dayNumber counts days near enough for a picture: every month has 31.
func dayNumber(d rules.Date) int64 {
	year, month, day := d.Split()
	return int64((year*12+month-1)*31 + day - 1)
}

// countryName is a country as the browser knows it, else its code.
func (s *screen) countryName(code string) string {
	if _, names := s.countries(); names[code] != "" {
		return names[code]
	}
	return code
}
