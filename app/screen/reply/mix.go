package reply

import (
	"slices"
	"strconv"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

// A mixed is the best way for each group, with what its drawing says of the form. It
// is not changed afterwards: working it out takes as long as some answers for each
// group, so that a new one waits for a pause.
type mixed struct {
	key   string // what it was worked out for
	mix   *rules.Mix
	asked rules.Scenario
	asks  []string // the paths of the questions on the screen
}

// A mixing is the part of the answer where each group gets the best way for it.
type mixing struct {
	found   *mixed   // the last one worked out
	counted bool     // the ways that depend count too
	names   []string // of its groups
	facts   []string // who they are, in a line
}

func (r *Column) mixKey() string {
	d := r.Desk
	return string(d.Form.Mix()) + string(d.Scenario)
}

// FindMix works out the best way for each group, where that is asked for, and reports
// whether there is a new one.
func (r *Column) FindMix() bool {
	d := r.Desk
	if !d.Mixes() || !d.Current() || r.mixing.found != nil && r.mixing.found.key == r.mixKey() {
		return false
	}
	m := &mixed{key: r.mixKey(), asked: d.Stands, mix: model.MixOf(d.Form, d.Breathe)}
	if m.mix == nil {
		return false
	}
	for _, q := range d.Form.Questions() {
		m.asks = append(m.asks, q.Path)
	}
	r.mixing.found = m
	if m.mix.Depends == nil {
		r.mixing.counted = false
	}
	return true
}

// mixNow is the mix that answers what stands in the form; nil while there is none.
func (r *Column) mixNow() *mixed {
	if m := r.mixing.found; m != nil && r.Desk.Current() && m.key == r.mixKey() {
		return m
	}
	return nil
}

// drawMix is the answer where each group gets the best way for it.
func (r *Column) drawMix(column goapp.HTMLElem) goapp.UI {
	d := r.Desk
	w := d.Words()
	now := r.mixNow()
	text := ""
	switch {
	case !d.Current():
		text = w.Text("fix.title")
	case r.mixing.found == nil:
		text = w.Text("mix.finding")
	case now != nil:
		v := r.mixView()
		text = w.Text("answer.summary", "verdict", w.Text("verdict."+string(v.verdict())), "total", v.totalText())
	}
	if now == nil {
		column = column.Attr("data-stale", "true")
	}
	var answer goapp.UI
	if r.mixing.found != nil {
		answer = d.Part(*r.mixView())
	} else {
		answer = kit.Div("stamp stamp-empty", kit.Div("stamp-inner", para("", text)))
	}
	return column.Body(spoken(d.Said+" "+text), kit.PlaceFor(r.FixFirst()), answer)
}

// mixBar is the answer on a phone, in a line.
func (r *Column) mixBar(bar goapp.HTMLElem) goapp.UI {
	d := r.Desk
	w := d.Words()
	now := r.mixNow()
	if now == nil {
		note := "mix.finding"
		if !d.Current() {
			note = "fix.title"
		}
		return bar.Body(kit.Span("bar-total", "—"), kit.Span("bar-note", w.Text(note)), r.steps())
	}
	v := r.mixView()
	verdict := string(v.verdict())
	return bar.Body(
		kit.Span("bar-total", v.totalText()),
		kit.Tag("span").Class("pill verdict-"+verdict).Body(kit.Text(w.Text("verdict."+verdict))),
		leadTo(w.Text("mix.groups.short"), mixID),
		r.steps(),
	)
}

const mixID = "mix"

// A mixView is the answer of a mix as a part of the page.
type mixView struct {
	of       *Column
	language desk.ShownLanguage
	found    *mixed
	counted  bool
	names    []string
	facts    []string
}

// mixView is the last mix; who the groups are is as it was when that was found, where
// the form has gone on.
func (r *Column) mixView() *mixView {
	d := r.Desk
	m := &r.mixing
	if r.mixNow() != nil {
		m.names, m.facts = nil, nil
		for g := range d.Form.Groups {
			m.names, m.facts = append(m.names, d.GroupName(g)), append(m.facts, d.GroupFacts(g))
		}
	}
	return &mixView{r, d.ShownLanguage(), m.found, m.counted, m.names, m.facts}
}

// blend is what is shown: what surely goes, or what depends too; that also where
// nothing is sure.
func (v *mixView) blend() *rules.Blend {
	if m := v.found.mix; m.Depends != nil && (v.counted || v.isOpen()) {
		return m.Depends
	}
	return &v.found.mix.Sure
}

// isOpen reports whether nothing is sure.
func (v *mixView) isOpen() bool { return len(v.found.mix.Sure.Plan.Items) == 0 }

// verdict is that of all groups: those that nothing reaches are part of it.
func (v *mixView) verdict() rules.Verdict {
	b := v.blend()
	switch {
	case len(b.Plan.Items) == 0:
		return rules.Ineligible
	case b != &v.found.mix.Sure:
		return rules.Depends
	case b.Quote.Deliverable < v.requested():
		return rules.Partial
	}
	return rules.Eligible
}

// requested is how many messages are asked for, to all groups.
func (v *mixView) requested() (n int64) {
	each := v.found.asked.PerRecipient.Or(1)
	for i := range v.found.mix.Groups {
		n += v.found.mix.Groups[i].Recipients * each
	}
	return n
}

func (v *mixView) totalText() string {
	return blendTotal(v.of.Desk.Words(), &v.blend().Quote, v.found.mix.Currency)
}

// blendTotal is what a plan costs: in one currency where there are rates.
func blendTotal(w *words.Language, q *rules.PlanQuote, currency string) string {
	switch {
	case !q.Priced:
		return w.Text("total.not-in-book")
	case q.Converted != nil:
		return w.RoundTotal(q.Converted.Gross, q.Converted.Currency)
	}
	var sums []string
	for _, t := range q.Totals {
		if !t.Gross.IsZero() {
			sums = append(sums, w.RoundTotal(t.Gross, t.Currency))
		}
	}
	if len(sums) == 0 {
		return w.RoundTotal(decimal.Zero, currency)
	}
	return strings.Join(sums, " + ")
}

// wayName is a type as it stands among others of its platform.
func wayName(w *words.Language, t rules.MessageType) string {
	if t.Platform() == rules.ZNS.Platform() {
		return w.First([]string{"mix.name." + string(t), "type." + string(t)})
	}
	return w.TypeName(t)
}

func costText(w *words.Language, t *rules.Total) string {
	switch {
	case t == nil:
		return w.Text("total.not-in-book")
	case t.Gross.IsZero():
		return w.Text("price.free")
	}
	return w.RoundTotal(t.Gross, t.Currency)
}

func (v mixView) Draw() goapp.UI {
	return kit.Div("mix", v.stamp(), v.amber(), v.groups(), v.compared())
}

// Pieces of which the answer of a mix is made, each by one call: every step of go-app's
// chains is code that the program carries.

//go:noinline
func para(class, text string) goapp.UI { return kit.Tag("p").Class(class).Body(kit.Text(text)) }

//go:noinline
func list(class string, rows []goapp.UI) goapp.UI { return kit.Tag("ul").Class(class).Body(rows...) }

//go:noinline
func item(class string, body ...goapp.UI) goapp.UI { return kit.Tag("li").Class(class).Body(body...) }

//go:noinline
func said(class string, body ...goapp.UI) goapp.UI { return kit.Tag("p").Class(class).Body(body...) }

//go:noinline
func spoken(text string) goapp.UI {
	return kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(strings.TrimSpace(text)))
}

// leadTo is a link to a part of the page.
//
//go:noinline
func leadTo(label, id string) goapp.UI {
	return kit.Button("link", label, func(goapp.Context, goapp.Event) { browser.MoveTo(id) }, id)
}

// titled is a card with its title.
//
//go:noinline
func titled(class, id string, title, body []goapp.UI) goapp.UI {
	heading := kit.Tag("h2").ID(id + "-title").Body(title...)
	return kit.Tag("section").Class("card mix-card "+class).ID(id).Attr("tabindex", "-1").Attr("aria-labelledby", id+"-title").
		Body(append([]goapp.UI{heading}, body...)...)
}

// piece is a piece of a bar, in thousandths of its length.
//
//go:noinline
func piece(is string, at, length int64) goapp.UI {
	return kit.Svg("rect").Attr("data-is", is).Attr("x", strconv.FormatInt(at, 10)).Attr("width", strconv.FormatInt(length, 10)).Attr("height", "24")
}

//go:noinline
func barOf(is string, pieces []goapp.UI) goapp.UI {
	return kit.Svg("svg").Attr("data-is", "split "+is).Attr("viewBox", "0 0 1000 24").Attr("preserveAspectRatio", "none").Aria("hidden", "true").Body(pieces...)
}

// named is a name with what it costs.
//
//go:noinline
func named(class, name, cost string) goapp.UI {
	return kit.Div("mix-row", kit.Span(class, name), kit.Span("mix-cost", cost))
}

// mostSwatches is how many ways are told apart by their look; names and numbers stand
// beside it.
const mostSwatches = 4

func swatch(i int) string { return "mix-way mix-way-" + strconv.Itoa(i%mostSwatches) }

func swatchOf(i int) goapp.UI {
	return kit.Svg("svg").Attr("data-is", "swatch").Attr("viewBox", "0 0 14 14").Aria("hidden", "true").Body(
		kit.Svg("rect").Attr("data-is", swatch(i)).Attr("x", "1").Attr("y", "1").Attr("width", "12").Attr("height", "12").Attr("rx", "3"))
}

// stamp is the one total, with what of it goes which way.
func (v *mixView) stamp() goapp.UI {
	d := v.of.Desk
	w := d.Words()
	b := v.blend()
	verdict := v.verdict()
	total := v.totalText()
	class := "stamp-total"
	switch n := len([]rune(total)); {
	case n > 14:
		class += " wide long"
	case n > 10:
		class += " wide"
	}
	label := "stamp.label"
	if t := b.Quote.Totals; len(t) == 1 && !t[0].Tax.IsZero() {
		label = "stamp.label.taxes"
	}
	requested := v.requested()
	var ways []goapp.UI
	bar := []goapp.UI{piece("split-blocked", 0, 1000)}
	at := int64(0)
	for i := range b.Quote.Items {
		each := &b.Quote.Items[i]
		width := max(15, each.Deliverable*1000/max(1, requested))
		bar = append(bar, piece(swatch(i), at, width))
		at += width
		var cost *rules.Total
		if each.Priced && len(each.Totals) > 0 {
			cost = &each.Totals[0]
		}
		ways = append(ways, item("", swatchOf(i),
			kit.Span("mix-name", wayName(w, b.Plan.Items[i].Message.Type)+", "+w.Count("messages", each.Deliverable)), kit.Span("mix-cost", costText(w, cost))))
	}
	if rest := requested - b.Quote.Deliverable; rest > 0 {
		ways = append(ways, item("mix-none", desk.OutcomeIcon(rules.Fail), kit.Span("mix-name", w.Text("split.blocked", "n", w.Number(rest)))))
	}
	if at > 1000 { // what is too small to be seen was made wider
		bar[len(bar)-1] = piece(swatch(len(b.Quote.Items)-1), 985, 15)
	}
	inner := kit.Div("stamp-inner", para("stamp-label", w.Text(label)), para(class, total), para("stamp-note", v.note()), kit.Div("split-box", barOf("", bar)), list("mix-ways", ways))
	ring := w.Text("mix.ring", "groups", w.Count("mix.ring.groups", int64(len(b.Groups))), "ways", w.Count("mix.ring.ways", int64(len(b.Plan.Items))))
	return kit.Div("stamp verdict-"+string(verdict), inner, v.of.postmark(verdict, v.found.asked.On, 0, ring))
}

// note says what goes out, and what each message costs.
func (v *mixView) note() string {
	w := v.of.Desk.Words()
	q := &v.blend().Quote
	if q.Deliverable == 0 {
		return w.Text("stamp.nothing")
	}
	goes := w.Count("messages", q.Deliverable)
	t := q.Converted
	if t == nil && len(q.Totals) == 1 {
		t = &q.Totals[0]
	}
	switch {
	case t == nil:
		return goes
	case t.Gross.IsZero():
		return goes + " · " + w.Text("stamp.free")
	}
	return w.Text("mix.each", "goes", goes, "price", eachText(w, t, q.Deliverable))
}

// groups is each group with its way.
func (v *mixView) groups() goapp.UI {
	w := v.of.Desk.Words()
	b := v.blend()
	var rows []goapp.UI
	for g := range b.Groups {
		rows = append(rows, v.group(b, g))
	}
	body := []goapp.UI{list("mix-groups", rows)}
	p := &v.found.asked.Pricing
	monthly := len(b.Quote.Months) > 0 && len(b.Quote.Months[0].Lines) > 0 // there is one day
	if monthly || p.MarkupPercent.Known() || p.MarkupPerMessage.Known() || p.FallbackPerMessage.Known() {
		body = append(body, desk.Hint(w, "mix.added"))
	}
	if len(v.found.mix.Rates) > 0 {
		body = append(body, desk.Hint(w, "ways.currencies"))
	}
	return titled("", mixID, []goapp.UI{kit.Text(w.Text("mix.groups"))}, body)
}

// group is a group with its way, or with what would bring one.
func (v *mixView) group(b *rules.Blend, g int) goapp.UI {
	w := v.of.Desk.Words()
	group := &b.Groups[g]
	cost, name, sent := "", "", ""
	icon := swatchOf(max(0, group.Item))
	class, state := "mix-why", goapp.UI(nil)
	var would []goapp.UI
	if group.Type == "" {
		mark, key := rules.Fail, "mix.unreached"
		class += " mix-none"
		if m := v.found.mix.Depends; m != nil && m.Groups[g].Type != "" {
			mark, key, class = rules.Unknown, "verdict.depends", "mix-why verdict-word verdict-depends"
		}
		icon, name = desk.OutcomeIcon(mark), w.Text(key)
		for _, text := range v.wouldReach(g) {
			would = append(would, para("hint mix-would", text))
		}
	} else {
		cost, name = costText(w, group.Total), wayName(w, group.Type)
		out := &group.Quote
		if t := group.Total; t != nil && !t.Gross.IsZero() && out.Charged > 0 && out.Free == 0 {
			name += ", " + w.Text("mix.price", "price", eachText(w, t, out.Charged))
		}
		if out.Deliverable < out.Requested {
			sent = w.Text("groups.sent", "out", w.Number(out.Deliverable), "all", w.Number(out.Requested))
		}
		if at := v.found.mix.Way(b, g); at.Verdict == rules.Depends {
			state = said("mix-why verdict-word verdict-depends", desk.OutcomeIcon(rules.Unknown), kit.Text(w.Text("verdict.depends")))
		}
	}
	if sent != "" {
		would = append(would, para("hint", sent))
	}
	return item("",
		kit.Div("mix-row", kit.Tag("h3").Body(kit.Text(v.names[g])), kit.Span("mix-cost", cost)),
		para("hint", v.facts[g]), said(class, icon, kit.Span("", name)), kit.PlaceFor(state), kit.Div("mix-woulds", would...))
}

// eachText is what one of so many messages costs.
//
//go:noinline
func eachText(w *words.Language, t *rules.Total, n int64) string {
	return w.RoundMoney(t.Gross.DivRound(decimal.NewFromInt(n), 6), t.Currency)
}

// asQuote is as much of a quote as the texts of a way's checks look at.
func (v *mixView) asQuote(way *rules.GroupWay) *rules.Quote {
	return &rules.Quote{On: v.found.asked.On, Message: way.Type}
}

// wouldReach says what would bring a way to a group: the one that least stands in the
// way of first.
func (v *mixView) wouldReach(g int) (list []string) {
	w := v.of.Desk.Words()
	ways := v.found.mix.Groups[g].Ways
	best := -1
	for i := range ways {
		way := &ways[i]
		ours := way.Type.Platform() == v.found.asked.Message.Type.Platform()
		if available, _ := rules.Available(way.Type, v.found.asked.On); way.Error != nil || !ours || !available {
			continue
		}
		if best < 0 || len(way.Failed()) < len(ways[best].Failed()) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	way := &ways[best]
	if failed := way.Failed(); len(failed) > 0 {
		for i := range failed {
			care := int64(0)
			if failed[i].Code == "quota" {
				care = v.careNeeded(g, way)
			}
			list = append(list, wayName(w, way.Type)+": "+w.FailText(v.asQuote(way), &failed[i], care))
		}
	} else if open := v.conditions(way); open != "" {
		list = append(list, wayName(w, way.Type)+": "+w.Text("ways.if", "conditions", open))
	}
	for i := range ways {
		if ways[i].Replied != nil {
			list = append(list, w.Text("mix.replied", "way", wayName(w, ways[i].Type)))
			break
		}
	}
	return list
}

// careNeeded is what the quota would have to rest on, see [rules.Scenario.CareNeeded].
func (v *mixView) careNeeded(g int, way *rules.GroupWay) int64 {
	s := v.found.asked
	if s.Message.Type != way.Type {
		s.Message, _ = rules.MessageFor(v.found.mix.Purpose, way.Type, s.On)
	}
	s.Audience = s.Audience[g : g+1]
	return s.CareNeeded()
}

// conditions are those that a way hangs on.
func (v *mixView) conditions(way *rules.GroupWay) string {
	w := v.of.Desk.Words()
	var parts []string
	if way.Unmet {
		parts = append(parts, w.Text("ways.if.met"))
	}
	open := way.Open()
	for i := range open {
		c := &open[i]
		if len(c.Needs) > 0 {
			c.Outcome = rules.Fail // an answer would settle it, so that it is not said to be unpublished
		}
		parts = append(parts, w.CheckText("ways.if."+c.Code, v.asQuote(way), c))
	}
	return strings.Join(parts, "; ")
}

// question is the first on the screen that would settle what a way hangs on.
func (v *mixView) question(way *rules.GroupWay) string {
	open := way.Open()
	for i := range open {
		for _, path := range open[i].Needs {
			if slices.Contains(v.found.asks, path) {
				return path
			}
		}
	}
	return ""
}

// amber is what the ways that depend would bring, and what they hang on.
func (v *mixView) amber() goapp.UI {
	w := v.of.Desk.Words()
	m := v.found.mix
	if m.Depends == nil {
		return kit.PlaceFor(nil)
	}
	total := blendTotal(w, &m.Depends.Quote, m.Currency)
	title := w.Text("mix.depends.cheaper", "total", total)
	switch {
	case v.counted || v.isOpen():
		title = w.Text("mix.depends.counted")
	case m.Depends.Quote.Deliverable > m.Sure.Quote.Deliverable:
		title = w.Text("mix.depends.more", "messages", w.Count("messages", m.Depends.Quote.Deliverable), "total", total)
	}
	// Groups that hang on the same are told of together.
	var told []goapp.UI
	var texts []string
	var names [][]string
	ask := ""
	for g := range m.Depends.Groups {
		way := m.Way(m.Depends, g)
		if way == nil || way.Verdict != rules.Depends {
			continue
		}
		if ask == "" {
			ask = v.question(way)
		}
		text := w.Text("mix.depends.row", "names", "\x00", "way", wayName(w, way.Type), "conditions", v.conditions(way))
		at := slices.Index(texts, text)
		if at < 0 {
			at = len(texts)
			texts, names = append(texts, text), append(names, nil)
		}
		names[at] = append(names[at], v.names[g])
	}
	for i, text := range texts {
		told = append(told, para("", strings.Replace(text, "\x00", strings.Join(names[i], ", "), 1)))
	}
	var actions []goapp.UI
	if ask != "" {
		actions = append(actions, leadTo(w.Text("why.answer"), ask))
	}
	key := "mix.depends.count"
	if v.counted {
		key = "mix.depends.back"
	}
	d := v.of.Desk
	if !v.isOpen() {
		actions = append(actions, kit.Button("link", w.Text(key), func(goapp.Context, goapp.Event) {
			d.Act(func() { m := &v.of.mixing; m.counted = !m.counted })
		}, key))
	}
	return titled("mix-depends", mixID+"-depends", []goapp.UI{desk.OutcomeIcon(rules.Unknown), kit.Text(title)},
		[]goapp.UI{kit.Div("mix-said", told...), kit.Div("mix-actions", actions...)})
}

// mostCompared is how many single ways stand beside the mix.
const mostCompared = 3

// compared is the mix beside what one way alone does.
func (v *mixView) compared() goapp.UI {
	w := v.of.Desk.Words()
	b := v.blend()
	all := v.requested()
	out := b.Quote.Deliverable
	var rows []goapp.UI
	row := func(class, name string, q *rules.PlanQuote) {
		n := q.Deliverable
		reach := w.Text("groups.sent", "out", w.Number(n), "all", w.Number(all))
		if class != "" {
			reach += " · " + w.Text("mix.now")
		} else if n < out {
			reach += ", " + w.Text("ways.fewer", "n", w.Number(out-n))
		}
		rows = append(rows, item(class, named("mix-name", name, blendTotal(w, q, v.found.mix.Currency)), para("hint", reach),
			barOf("mix-share", []goapp.UI{piece("split-rest", 0, 1000), piece("split-out", 0, n*1000/max(1, all))})))
	}
	row("mix-own", w.Text("mix.groups"), &b.Quote)
	ones := v.found.mix.OneWays
	for i := range ones[:min(len(ones), mostCompared)] {
		row("", w.Text("mix.only", "way", wayName(w, ones[i].Type)), &ones[i].Quote)
	}
	if len(rows) == 1 {
		return kit.PlaceFor(nil)
	}
	return titled("", mixID+"-compared", []goapp.UI{kit.Text(w.Text("mix.compare"))}, []goapp.UI{list("mix-compared", rows)})
}
