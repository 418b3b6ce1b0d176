package below

import (
	"cmp"
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/kit"
	"postage/app/model"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

const PicturesID = "pictures"

// A pictureSet is what the pictures of a scenario show. Like the list of ways it
// is not changed afterwards.
type pictureSet struct {
	key     string
	on      rules.Date
	today   rules.Date
	kind    rules.MessageType
	curve   model.Curve
	priced  bool // there is a curve
	history model.PriceHistory
	quote   *rules.Quote
	groups  []string // names
	ways    *model.WayList
}

// FindPictures works out the pictures once somebody looks at them.
func (l *Lists) FindPictures() {
	d := l.Desk
	if !d.Opened[PicturesID] || !d.Current() || l.Pictures != nil && l.Pictures.key == l.waysKey() {
		return
	}
	asked := d.Stands
	set := &pictureSet{key: l.waysKey(), on: asked.On, kind: asked.Message.Type, quote: d.Quote, ways: l.Ways}
	set.today, _ = rules.ParseDate(d.Form.Today)
	set.curve, set.priced = model.CurveOf(asked)
	set.history = model.HistoryOf(asked)
	for g := range d.Form.Groups {
		set.groups = append(set.groups, d.GroupName(g))
	}
	if d.Form.Groups == 1 {
		set.groups[0] = d.Words().Text("picture.everyone")
	}
	l.Pictures = set
}

// A picturesView is the pictures as a part of the page.
type picturesView struct {
	of       *Lists
	language desk.ShownLanguage
	set      *pictureSet
	broken   bool
	open     bool
	tables   [4]bool // which tables are open
}

// PictureNames are the pictures in their order.
var PictureNames = [4]string{"volume", "history", "ways", "reach"}

func (l *Lists) pictures(broken bool) goapp.UI {
	d := l.Desk
	v := picturesView{of: l, language: d.ShownLanguage(), set: l.Pictures, broken: broken, open: d.Opened[PicturesID]}
	for i, name := range PictureNames {
		v.tables[i] = d.Opened[PicturesID+name]
	}
	return d.Part(v)
}

func (v picturesView) Draw() goapp.UI {
	d := v.of.Desk
	w := d.Words()
	said := ""
	if v.broken { // the last pictures stay, marked as such
		said = "fix.title"
	}
	body := []goapp.UI{desk.Hint(w, said)}
	if v.set != nil {
		body = append(body, kit.Div("picture-grid",
			v.frame(0, volumePicture(w, v.set)),
			v.frame(1, v.of.historyPicture(v.set)),
			v.frame(2, waysPicture(w, v.set)),
			v.frame(3, reachPicture(w, v.set)),
		))
	}
	opens := kit.Tag("details").Attr("open", v.open).On("toggle", func(ctx goapp.Context, _ goapp.Event) {
		is := ctx.JSSrc().Get("open").Bool()
		d.Act(func() {
			if d.Opened[PicturesID] = is; is {
				v.of.FindWays()
				v.of.FindPictures()
			}
		})
	})
	return desk.Brief(opens, PicturesID, "pictures", w.Text("pictures.title"), w.Text("pictures.hint"), body)
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
func (v picturesView) frame(i int, p picture) goapp.UI {
	d := v.of.Desk
	w := d.Words()
	name := PictureNames[i]
	id := "picture-" + name
	title := w.Text("picture." + name)
	body := []goapp.UI{
		kit.Tag("figcaption").Body(kit.Tag("h3").Body(kit.Text(title)), kit.Tag("p").Class("hint").Body(kit.Text(p.said))),
	}
	if len(p.body) > 0 {
		open := PicturesID + name
		var numbers []goapp.UI
		if v.tables[i] {
			numbers = append(numbers, kit.Table(title, p.head, p.rows))
		}
		body = append(body,
			kit.Chart(id, title, p.said, p.height, p.defs, p.body),
			kit.Tag("ul").Class("keys").Body(p.keys...),
			kit.Tag("details").Class("more").Attr("open", v.tables[i]).
				On("toggle", func(ctx goapp.Context, _ goapp.Event) {
					is := ctx.JSSrc().Get("open").Bool()
					d.Act(func() { d.Opened[open] = is })
				}, name).
				Body(kit.Tag("summary").Body(kit.Text(w.Text("picture.table"))), kit.Div("", numbers...)),
		)
	}
	return kit.Tag("figure").Class("picture").ID(id).Body(body...)
}

// volumePicture is the cost by the number of people.
func volumePicture(w *words.Language, set *pictureSet) picture {
	if !set.priced {
		return picture{said: w.Text("total.not-in-book.why")}
	}
	if set.quote.Verdict == rules.Ineligible {
		return picture{said: w.Text("line.nothing")}
	}
	c := &set.curve
	last := c.Points[len(c.Points)-1]
	most := last.Cost
	for _, p := range c.Points {
		if p.Cost.GreaterThan(most) {
			most = p.Cost
		}
	}
	amount := func(p model.CostPoint) string { return w.RoundTotal(p.Cost, c.Currency) }
	people := func(n int64) string { return w.Count("picture.people", n) }
	if most.IsZero() {
		return picture{said: w.Text("picture.volume.free", "people", people(last.People))}
	}
	plot := kit.NewPlot(w, most, model.ScaleStep(most), c.Currency)
	x := func(n int64) int64 { return kit.ShareOf(decimal.NewFromInt(n), decimal.NewFromInt(last.People)) }
	var area strings.Builder
	area.WriteString("M" + kit.Px(x(c.Points[0].People)) + " " + kit.Px(plot.Bottom))
	for i, p := range c.Points {
		area.WriteString("L" + kit.Px(x(p.People)) + " " + kit.Px(plot.Height(p.Cost)))
		if i > 0 {
			before := c.Points[i-1]
			plot.Line("curve", x(before.People), plot.Height(before.Cost), x(p.People), plot.Height(p.Cost))
		}
	}
	area.WriteString("L1000 " + kit.Px(plot.Bottom) + "Z")
	plot.Add(kit.Shape("svg", "", "width", "100%", "height", "212", "viewBox", "0 0 1000 212", "preserveAspectRatio", "none").Body(kit.Shape("path", "area", "d", area.String())))
	plot.Line("now-line", x(c.Now.People), plot.Height(c.Now.Cost), x(c.Now.People), plot.Bottom)
	for _, b := range c.Bends {
		plot.Add(kit.Shape("circle", "bend", "cx", kit.Across(x(b.People)), "cy", kit.Px(plot.Height(b.Cost)), "r", "4"))
	}
	plot.Add(kit.Shape("circle", "now", "cx", kit.Across(x(c.Now.People)), "cy", kit.Px(plot.Height(c.Now.Cost)), "r", "6"))
	var marks []kit.Mark
	step := model.CountStep(last.People)
	for n := int64(0); n <= last.People; n += step {
		marks = append(marks, kit.Mark{At: x(n), Words: w.Number(n)})
	}
	plot.Marks(marks)

	now := w.Text("picture.now", "people", people(c.Now.People), "cost", amount(c.Now))
	p := picture{said: w.Text("picture.volume.said", "people", people(last.People), "cost", amount(last)), height: 212, body: plot.Drawn()}
	p.keys = append(p.keys, kit.Key(kit.Shape("circle", "now", "cx", "10", "cy", "10", "r", "6"), now))
	if len(c.Bends) > 0 {
		var list []string
		for _, b := range c.Bends {
			list = append(list, w.Number(b.People))
		}
		p.keys = append(p.keys, kit.Key(kit.Shape("circle", "bend", "cx", "10", "cy", "10", "r", "4"), w.Text("picture.bends", "list", strings.Join(list, "; "))))
	}
	p.head = []string{w.Text("ask.audience.recipients"), w.Text("stamp.label"), w.Text("picture.each")}
	for _, q := range c.Points {
		p.rows = append(p.rows, []string{w.Number(q.People), w.Money(q.Cost, c.Currency), w.RoundMoney(q.Cost.DivRound(decimal.NewFromInt(q.People), 6), c.Currency)})
	}
	return p
}

// waysPicture is the cost of every way that may be sent. Lengths in two
// currencies cannot be compared, so there are bars for one of them alone.
func waysPicture(w *words.Language, set *pictureSet) picture {
	p := picture{head: []string{w.Text("picture.way"), w.Text("picture.verdict"), w.Text("stamp.label")}}
	var most decimal.Decimal
	var currency string
	var shown, elsewhere []*model.Way
	if c := set.ways.Chosen(); c != nil {
		currency = model.TotalCurrency(c.Quote)
	}
	for i := range set.ways.All {
		v := &set.ways.All[i]
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
	cost := func(v *model.Way) string {
		t, ok := v.Quote.Total()
		switch {
		case !ok:
			return w.Text("total.not-in-book")
		case t.Gross.IsZero():
			return w.Text("price.free")
		}
		return w.RoundTotal(t.Gross, t.Currency)
	}
	row := func(v *model.Way) []string {
		return []string{w.TypeName(v.Type), w.Text("verdict." + string(v.Verdict())), cost(v)}
	}
	if len(shown) == 0 {
		p.said = w.Text("picture.ways.none")
		return p
	}
	p.defs = []goapp.UI{kit.Stripes("ways-depends", "stripes depends", "45")}
	depends, chosen := false, false
	for i, v := range shown {
		y := int64(i) * 52
		name := w.Text("channel."+string(v.Type.Channel())) + " · " + w.Text("short."+string(v.Type))
		width := int64(0)
		if t, ok := v.Quote.Total(); ok && !t.Gross.IsZero() {
			width = max(6, kit.ShareOf(t.Gross, most)*62/100)
		}
		is, said := "bar", cost(v)
		switch {
		case v.Chosen:
			is, chosen = "bar chosen", true
		case v.Verdict() == rules.Depends:
			is, depends = "bar depends", depends || width > 0
			said += " · " + w.Text("verdict.depends") // a bar of no length has no stripes
		}
		bar := kit.Shape("rect", is, "x", "0", "y", kit.Px(y+22), "width", kit.Across(width), "height", "20", "rx", "3")
		if strings.HasSuffix(is, "depends") {
			bar = bar.Attr("fill", "url(#ways-depends)")
		}
		// A line at the foot of the bars, so that nothing at all is seen as such.
		p.body = append(p.body, bar, kit.Shape("line", "foot", "x1", "0", "x2", "0", "y1", kit.Px(y+19), "y2", kit.Px(y+45)),
			kit.Label(is, "0", kit.Px(y+14), "start", name),
			kit.Label("amount", kit.Across(width), kit.Px(y+37), "start", words.NoBreakSpace+words.NoBreakSpace+said))
		p.rows = append(p.rows, row(v))
	}
	p.height = int64(len(shown)) * 52
	best, worst := p.rows[0], p.rows[len(p.rows)-1]
	p.said = w.Text("picture.ways.said", "best", best[0], "cost", best[2], "last", worst[0], "lastCost", worst[2])
	if len(p.rows) == 1 {
		p.said = w.Text("picture.ways.single", "best", best[0], "cost", best[2])
	}
	box := func(is, fill string) goapp.UI {
		r := kit.Shape("rect", is, "y", "4", "width", "20", "height", "12", "rx", "2")
		if fill != "" {
			r = r.Attr("fill", fill)
		}
		return r
	}
	if chosen {
		p.keys = append(p.keys, kit.Key(box("bar chosen", ""), w.Text("ways.chosen")))
	}
	if depends {
		p.keys = append(p.keys, kit.Key(box("bar depends", "url(#ways-depends)"), w.Text("verdict.depends")))
	}
	var others []string
	for _, v := range elsewhere {
		p.rows = append(p.rows, row(v))
		others = append(others, w.TypeName(v.Type)+words.NoBreakSpace+"– "+cost(v))
	}
	if len(others) > 0 {
		p.said += " " + w.Text("picture.ways.elsewhere", "list", strings.Join(others, "; "))
	}
	return p
}

// mostGroups is how many groups the picture shows; the table has them all.
const mostGroups = 12

// reachPicture is who can be reached, group by group.
func reachPicture(w *words.Language, set *pictureSet) picture {
	q := set.quote
	p := picture{
		said:   w.Text("picture.reach.said", "out", w.Number(q.Deliverable), "all", w.Count("messages", q.Requested)),
		head:   []string{w.Text("picture.group"), w.Text("picture.verdict"), w.Text("picture.out"), w.Text("picture.blocked")},
		defs:   []goapp.UI{kit.Stripes("reach-depends", "stripes depends", "45"), kit.Stripes("reach-blocked", "stripes blocked", "-45")},
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
		return max(12, kit.ShareOf(decimal.NewFromInt(n), decimal.NewFromInt(most)))
	}
	box := func(is, fill string, x, y, width int64) goapp.UI {
		r := kit.Shape("rect", is, "x", kit.Across(x), "y", kit.Px(y), "width", kit.Across(width), "height", "22")
		if fill != "" {
			r = r.Attr("fill", fill)
		}
		return r
	}
	sign := func(is, fill string) goapp.UI {
		r := kit.Shape("rect", is, "y", "4", "width", "20", "height", "12", "rx", "2")
		if fill != "" {
			r = r.Attr("fill", fill)
		}
		return r
	}
	var sure, depends int64
	for i := range q.Segments {
		seg := &q.Segments[i]
		is, fill := "reach-out", ""
		goes, of := w.Number(seg.Deliverable), w.Text("why.of", "out", w.Number(seg.Deliverable), "all", w.Number(seg.Requested))
		verdict := q.Shown(seg.Verdict)
		if verdict == rules.Depends {
			is, fill = "reach-depends", "url(#reach-depends)"
			depends += seg.Deliverable
			goes = w.Text("picture.reach.maybe", "n", goes)
			of = goes
		} else {
			sure += seg.Deliverable
		}
		p.rows = append(p.rows, []string{set.groups[i], w.Text("verdict." + string(verdict)), goes, w.Number(seg.Blocked)})
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
			kit.Label("", "0", kit.Px(y+16), "start", string(name)),
			kit.Label("tick", "100%", kit.Px(y+16), "end", of),
			box(is, fill, 0, y+24, out),
			box("reach-blocked", "url(#reach-blocked)", out, y+24, blocked),
		)
	}
	if sure > 0 {
		p.keys = append(p.keys, kit.Key(sign("reach-out", ""), w.Text("verdict.eligible")+": "+w.Number(sure)))
	}
	if depends > 0 {
		p.keys = append(p.keys, kit.Key(sign("reach-depends", "url(#reach-depends)"), w.Text("verdict.depends")+": "+w.Number(depends)))
	}
	if q.Blocked > 0 {
		p.keys = append(p.keys, kit.Key(sign("reach-blocked", "url(#reach-blocked)"), w.Text("verdict.ineligible")+": "+w.Number(q.Blocked)))
	}
	if depends > 0 {
		p.said = w.Text("picture.reach.depends", "out", w.Number(sure), "maybe", w.Number(depends), "all", w.Count("messages", q.Requested))
	}
	if len(q.Segments) > mostGroups {
		p.said += " " + w.Text("picture.reach.more", "n", w.Number(mostGroups))
	}
	return p
}

// historyPicture is the price of one message over time.
func (l *Lists) historyPicture(set *pictureSet) picture {
	w := l.Desk.Words()
	h := &set.history
	name := w.TypeName(set.kind)
	if h.Country != "" {
		name += " · " + l.Desk.CountryName(h.Country)
	}
	if len(h.Spans) == 0 {
		return picture{said: w.Text("picture.history.none", "type", name)}
	}
	amount := func(span model.PriceSpan) string {
		switch {
		case span.State == model.SpanUnknown:
			return w.Text("total.not-in-book")
		case span.State == model.SpanOff:
			return w.Text("picture.off")
		case span.Price.IsZero():
			return w.Text("price.free")
		case span.Talk:
			return w.Text("price.conversation", "price", w.Money(span.Price, h.Currency))
		default:
			return w.Money(span.Price, h.Currency)
		}
	}
	// The axis runs on past what is last known, so that it is seen to go on.
	first, last := h.Spans[0].Since, max(set.on, set.today, h.Spans[len(h.Spans)-1].Since).AddDays(200)
	begin, end := dayNumber(first), dayNumber(last)
	x := func(d rules.Date) int64 { return min(1000, max(0, (dayNumber(d)-begin)*1000/(end-begin))) }
	most := decimal.Zero
	for _, span := range h.Spans {
		if span.Price.GreaterThan(most) {
			most = span.Price
		}
	}
	p := picture{
		defs: []goapp.UI{kit.Stripes("history-gap", "stripes gap", "45")}, height: 212,
		head: []string{w.Text("picture.since"), w.Text("picture.price")},
	}
	plot := kit.NewPlot(w, most, model.ScaleStep(most), h.Currency)
	var days []string
	gaps := map[model.SpanState]bool{}
	now, ahead := "", false
	for i, span := range h.Spans {
		until := last
		if span.Until != 0 {
			until = span.Until
		}
		from, to := x(span.Since), x(until)
		p.rows = append(p.rows, []string{w.Date(span.Since), amount(span)})
		if span.Since <= set.on && (span.Until == 0 || set.on < span.Until) {
			now = amount(span)
		}
		if i > 0 {
			day := w.Date(span.Since)
			if span.Since > set.today {
				day = w.Text("changes.announced", "date", day)
			}
			days = append(days, day)
		}
		if span.State != model.SpanPriced {
			gaps[span.State] = true
			plot.Add(kit.Shape("rect", "gap", "x", kit.Across(from), "y", kit.Px(plot.Top), "width", kit.Across(to-from), "height", kit.Px(plot.Bottom-plot.Top), "fill", "url(#history-gap)"))
			continue
		}
		y := plot.Height(span.Price)
		if i > 0 && h.Spans[i-1].State == model.SpanPriced {
			plot.Line("step", from, plot.Height(h.Spans[i-1].Price), from, y)
		}
		ahead = ahead || until > set.today
		switch today := x(set.today); {
		case span.Since > set.today:
			plot.Line("curve announced", from, y, to, y)
		case until > set.today:
			plot.Line("curve", from, y, today, y)
			plot.Line("curve announced", today, y, to, y)
		default:
			plot.Line("curve", from, y, to, y)
		}
		if i > 0 {
			plot.Add(kit.Shape("circle", "bend", "cx", kit.Across(from), "cy", kit.Px(y), "r", "4"))
		}
	}
	plot.Line("now-line", x(set.on), plot.Top, x(set.on), plot.Bottom)
	var marks []kit.Mark
	firstYear, _, _ := first.Split()
	lastYear, _, _ := last.Split()
	for year := firstYear + 1; year <= lastYear; year++ {
		marks = append(marks, kit.Mark{At: x(rules.Date(year*10000 + 101)), Words: strconv.Itoa(year)})
	}
	plot.Marks(marks)
	p.body = plot.Drawn()
	if now == "" {
		now = w.Text("total.not-in-book")
	}
	p.said = w.Text("picture.history.said", "type", name, "day", w.Date(set.on), "price", now)
	if t, ok := set.quote.Total(); ok && t.Gross.IsZero() && set.quote.Deliverable > 0 {
		p.said += " " + w.Text("picture.history.free")
	}
	p.keys = append(p.keys, kit.Key(kit.Shape("line", "now-line", "x1", "10", "x2", "10", "y1", "0", "y2", "20"), w.Text("picture.on", "day", w.Date(set.on), "price", now)))
	if len(days) > 0 {
		p.keys = append(p.keys, kit.Key(kit.Shape("circle", "bend", "cx", "10", "cy", "10", "r", "4"), w.Text("picture.changes", "list", strings.Join(days, "; "))))
	}
	if ahead {
		p.keys = append(p.keys, kit.Key(kit.Shape("line", "curve announced", "x1", "0", "x2", "20", "y1", "10", "y2", "10"), w.Text("picture.ahead")))
	}
	for state, words := range [...]string{model.SpanUnknown: "total.not-in-book", model.SpanOff: "picture.off"} {
		if gaps[model.SpanState(state)] {
			p.keys = append(p.keys, kit.Key(kit.Shape("rect", "gap", "y", "4", "width", "20", "height", "12", "fill", "url(#history-gap)"), w.Text(words)))
		}
	}
	return p
}

// dayNumber counts days near enough for a picture: every month has 31.
func dayNumber(d rules.Date) int64 {
	year, month, day := d.Split()
	return int64((year*12+month-1)*31 + day - 1)
}
