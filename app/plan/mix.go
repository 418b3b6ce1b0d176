package plan

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/form"
	"postage/app/model"
	"postage/app/report"
	"postage/app/words"
	"postage/rules"
)

// A Mixing is a message to several groups of people, of which each is to get the best
// way for it.
type Mixing struct {
	Asked   rules.Scenario
	Purpose rules.Purpose // empty where it has to be chosen first
	Item    int64         // the item of the plan whose place its messages take; 0: they come behind the others
	Counted bool          // the ways that depend count too
	Mix     *rules.Mix    // nil until it has been found

	said  []asking          // the questions that were answered here
	typed map[string]string // what stands in their fields until it can be used, by path
	wrong []form.Mistake    // what is wrong with it

	elsewhere map[string]map[string]any // what was answered of a message of another platform than the one that is asked about, by path
}

// MixingIn takes the groups out of a fragment, as the calculator's link has them. Wrong
// says why they cannot be had.
func MixingIn(fragment string) (m *Mixing, wrong *rules.Error) {
	purpose, text, ok := form.MixOf(fragment)
	if !ok {
		return nil, &rules.Error{Code: rules.Syntax}
	}
	if !slices.Contains(rules.Purposes(), purpose) {
		return nil, &rules.Error{Path: "purpose", Code: rules.UnknownValue}
	}
	asked, wrong := model.Decode(text)
	if wrong != nil {
		return nil, wrong
	}
	return &Mixing{Asked: asked, Purpose: purpose}, nil
}

// MixingOf is an item of the plan by its number, on the first day that it is sent; nil
// where it has not several groups or no answer.
func (a *Answer) MixingOf(p *Plan, item int) *Mixing {
	n := slices.Index(a.At, item)
	if n < 0 || a.Quote == nil || len(a.Asked.Items[n].Audience) < 2 {
		return nil
	}
	s := a.Asked.Scenario(n, a.Asked.Items[n].On)
	if s.Validate() != nil { // a plan may lack a rate, a scenario may not
		s.Pricing.Convert = rules.Opt[rules.Conversion]{}
	}
	return &Mixing{Asked: s, Purpose: rules.PurposeOf(s), Item: p.Items[item].ID}
}

// Link is the message with its groups in a fragment, without the "#", as the calculator
// opens it.
func (m *Mixing) Link() string {
	text, _ := m.Asked.MarshalJSON() // never fails
	return form.OwnLinkOf(text)
}

// Find works out the best way for each group, and rests between the types. It is nil
// where there is no purpose or the scenario is not valid.
func (m Mixing) Find(rest func()) *rules.Mix {
	if m.Purpose == "" {
		return nil
	}
	found, err := rules.MixOf(m.Asked, m.Purpose, func(message rules.Message) rules.Scenario {
		rest()
		return m.asked(message)
	})
	if err != nil {
		return nil
	}
	return &found
}

// Blend is what is shown: what surely goes, or what depends too; that also where
// nothing is sure.
func (m *Mixing) Blend() *rules.Blend {
	if m.Mix.Depends != nil && (m.Counted || m.IsOpen()) {
		return m.Mix.Depends
	}
	return &m.Mix.Sure
}

// IsOpen reports whether no group has a way that is sure.
func (m *Mixing) IsOpen() bool { return len(m.Mix.Sure.Plan.Items) == 0 }

// Verdict is that of all groups: those that nothing reaches are part of it.
func (m *Mixing) Verdict() rules.Verdict {
	b := m.Blend()
	switch {
	case len(b.Plan.Items) == 0:
		return rules.Ineligible
	case b != &m.Mix.Sure:
		return rules.Depends
	case b.Quote.Deliverable < m.Requested():
		return rules.Partial
	}
	return rules.Eligible
}

// Requested is how many messages are asked for, to all groups.
func (m *Mixing) Requested() (n int64) {
	for i := range m.Asked.Audience {
		n += m.Asked.Audience[i].Recipients.Or(0)
	}
	return n * m.Asked.PerRecipient.Or(1)
}

// Put puts the messages of a mix into the plan, one for each way: into the place of their item,
// with its name and rhythm, else behind the others. It returns the first's id; 0: there is none.
func (p *Plan) Put(m *Mixing, today string, wayName func(rules.MessageType) string) (first int64) {
	asked := m.Blend().Plan
	if len(asked.Items) == 0 {
		return 0
	}
	at, before := p.Find(m.Item), Item{}
	if m.Item == 0 || at < 0 {
		at = len(p.Items)
	} else {
		before = p.Items[at]
		p.Remove(at)
	}
	other := Of(asked, today, p.Lang)
	next := max(p.freeID(), before.ID+1)
	for i := range other.Items {
		item := p.take(other.Form(i, today))
		item.ID, item.Every, item.Until, item.Same = next, before.Every, before.Until, before.Same
		if item.Name = before.Name; before.Name != "" && len(other.Items) > 1 {
			item.Name = words.ShortName(before.Name + ", " + wayName(asked.Items[i].Message.Type))
		}
		p.Items = slices.Insert(p.Items, at+i, item)
		next++
	}
	return p.Items[at].ID
}

// AddIn puts the messages of a plan in JSON, as base64url, behind those of this one. It
// returns the id of the first. Wrong says why they cannot be had.
func (p *Plan) AddIn(coded, today string) (first int64, wrong *rules.Error) {
	text, err := base64.RawURLEncoding.DecodeString(coded)
	if err != nil || len(coded) > form.MaxLink {
		return 0, &rules.Error{Code: rules.Syntax}
	}
	other, wrong := decoded(text, "", today, p.Lang)
	if wrong != nil {
		return 0, wrong
	}
	first = p.freeID()
	p.Join(&other, today)
	return first, nil
}

// A MixTeller tells a mix in words.
type MixTeller struct {
	*report.Report // its words, and who the groups are; not what it calculates
	*Mixing

	facts map[rules.MessageType]*report.Report // who the groups are, as a type asks
}

// Tell tells the mix in a language.
func (m *Mixing) Tell(lang, today string) MixTeller {
	r := &report.Report{Lang: lang}
	r.Form = form.Of(m.Asked, today, lang)
	return MixTeller{r, m, map[rules.MessageType]*report.Report{}}
}

// About says what is sent, to how many and when.
func (t MixTeller) About() string {
	w := t.Words()
	people := int64(0)
	for i := range t.Asked.Audience {
		people += t.Asked.Audience[i].Recipients.Or(0)
	}
	said := w.Count("people", people)
	if each := t.Asked.PerRecipient.Or(1); each > 1 {
		said += w.Text("mix.about.each", "messages", w.Count("messages", each))
	}
	return said + " · " + w.Date(t.Asked.On)
}

// WayName is a type as it stands among others of its platform.
func (t MixTeller) WayName(kind rules.MessageType) string {
	w := t.Words()
	if kind.Platform() == rules.ZNS.Platform() {
		return w.First([]string{"mix.name." + string(kind), "type." + string(kind)})
	}
	return w.TypeName(kind)
}

// Total is what a plan costs, in one currency where there are rates.
func (t MixTeller) Total(q *rules.PlanQuote) string {
	w := t.Words()
	switch {
	case !q.Priced:
		return w.Text("total.not-in-book")
	case q.Converted != nil:
		return w.RoundTotal(q.Converted.Gross, q.Converted.Currency)
	}
	var sums []string
	for _, total := range q.Totals {
		if !total.Gross.IsZero() {
			sums = append(sums, w.RoundTotal(total.Gross, total.Currency))
		}
	}
	if len(sums) == 0 {
		return w.RoundTotal(decimal.Zero, t.Mix.Currency)
	}
	return strings.Join(sums, " + ")
}

// Cost is an amount, in a word where there is none.
func (t MixTeller) Cost(total *rules.Total) string {
	w := t.Words()
	switch {
	case total == nil:
		return w.Text("total.not-in-book")
	case total.Gross.IsZero():
		return w.Text("price.free")
	}
	return w.RoundTotal(total.Gross, total.Currency)
}

// ItemCost is what one of the messages of a blend costs, by its number.
func (t MixTeller) ItemCost(b *rules.Blend, item int) string {
	q := &b.Quote.Items[item]
	if !q.Priced || len(q.Totals) == 0 {
		return t.Cost(nil)
	}
	return t.Cost(&q.Totals[0])
}

// Label stands above the total.
func (t MixTeller) Label() string {
	said, totals := t.Words().Text("stamp.label"), t.Blend().Quote.Totals
	if len(totals) != 1 {
		return said
	}
	return Teller{Report: t.Report}.withTax(said, totals[0])
}

// Note says what goes out, and what each message costs.
func (t MixTeller) Note() string {
	w, q := t.Words(), &t.Blend().Quote
	if q.Deliverable == 0 {
		return w.Text("stamp.nothing")
	}
	goes := w.Count("messages", q.Deliverable)
	total := q.Converted
	if total == nil && len(q.Totals) == 1 {
		total = &q.Totals[0]
	}
	switch {
	case total == nil:
		return goes
	case total.Gross.IsZero():
		return goes + " · " + w.Text("stamp.free")
	}
	return w.Text("mix.each", "goes", goes, "price", w.RoundMoney(total.Gross.DivRound(decimal.NewFromInt(q.Deliverable), 6), total.Currency))
}

// Ring is what stands in the ring of the postmark.
func (t MixTeller) Ring() string {
	w, b := t.Words(), t.Blend()
	return w.Text("mix.ring", "groups", w.Count("mix.ring.groups", int64(len(b.Groups))), "ways", w.Count("mix.ring.ways", int64(len(b.Plan.Items))))
}

// Way is the way of a group with the price of a message, where all cost the same.
func (t MixTeller) Way(group *rules.BlendGroup) string {
	w, name := t.Words(), t.WayName(group.Type)
	if total := group.Total; total != nil && !total.Gross.IsZero() && group.Quote.Charged > 0 && group.Quote.Free == 0 {
		price := total.Gross.DivRound(decimal.NewFromInt(group.Quote.Charged), 6)
		name += ", " + w.Text("mix.price", "price", w.RoundMoney(price, total.Currency))
	}
	return name
}

// Template says which kind of template the way of a group is sent by, and for what; empty
// where it needs none.
func (t MixTeller) Template(group *rules.BlendGroup) string {
	var list []string
	r := t.as(group.Type)
	for _, path := range []string{"message.template.kind", form.PathTag} {
		for _, q := range r.Form.Questions() {
			if q.Path != path {
				continue
			}
			if a, ok := (report.Question{Report: r, Q: q}).Answered(); ok {
				list = append(list, a.Label+": "+a.Answer)
			}
		}
	}
	return strings.Join(list, " · ")
}

// Price is where the price of the way of a group stands, with its sources; nil where no
// price of the book is paid.
func (t MixTeller) Price(g int, group *rules.BlendGroup) *rules.Line {
	s := t.scenarioOf(group.Type)
	s.Audience = s.Audience[g : g+1]
	q, err := rules.Evaluate(s)
	if err != nil {
		return nil
	}
	for i := range q.Lines {
		if l := &q.Lines[i]; l.Rule != "" && l.UnitPrice.IsPositive() {
			return l
		}
	}
	return nil
}

// Sent says how many of the messages of a group go out, empty where all do.
func (t MixTeller) Sent(group *rules.BlendGroup) string {
	w, q := t.Words(), &group.Quote
	if q.Deliverable == q.Requested {
		return ""
	}
	return w.Text("groups.sent", "out", w.Number(q.Deliverable), "all", w.Number(q.Requested))
}

// Notes are what one must know of the amounts.
func (t MixTeller) Notes() (list []string) {
	w, p := t.Words(), &t.Asked.Pricing
	monthly := slices.ContainsFunc(t.Blend().Quote.Months, func(m rules.PlanMonth) bool { return len(m.Lines) > 0 })
	if monthly || p.MarkupPercent.Known() || p.MarkupPerMessage.Known() || p.FallbackPerMessage.Known() {
		list = append(list, w.Text("mix.added"))
	}
	if len(t.Mix.Rates) > 0 {
		list = append(list, w.Text("ways.currencies"))
	}
	return list
}

// asQuote is as much of a quote as the texts of a way's checks look at.
func (t MixTeller) asQuote(way *rules.GroupWay) *rules.Quote {
	return &rules.Quote{On: t.Asked.On, Message: way.Type}
}

// failed says what stands in the way of a way to a group.
func (t MixTeller) failed(g int, way *rules.GroupWay) (list []string) {
	failed := way.Failed()
	for i := range failed {
		need := int64(0)
		if failed[i].Code == "quota" {
			s := t.scenarioOf(way.Type)
			s.Audience = s.Audience[g : g+1]
			need = s.CareNeeded()
		}
		list = append(list, t.Words().FailText(t.asQuote(way), &failed[i], need))
	}
	return list
}

// WouldReach says what would bring a way to a group that has none: what stands in the
// way of the one that lacks the least, and whether waiting for a reply would do.
func (t MixTeller) WouldReach(g int) (list []string) {
	w, ways := t.Words(), t.Mix.Groups[g].Ways
	best := -1
	for i := range ways {
		way := &ways[i]
		ours := way.Type.Platform() == t.Asked.Message.Type.Platform()
		if available, _ := rules.Available(way.Type, t.Asked.On); way.Error != nil || !ours || !available {
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
	if failed := t.failed(g, way); len(failed) > 0 {
		for _, said := range failed {
			list = append(list, t.WayName(way.Type)+": "+said)
		}
	} else if open := t.conditions(way); open != "" {
		list = append(list, t.WayName(way.Type)+": "+w.Text("ways.if", "conditions", open))
	}
	for i := range ways {
		if ways[i].Replied != nil {
			return append(list, w.Text("mix.replied", "way", t.WayName(ways[i].Type)))
		}
	}
	return list
}

// conditions are those that a way hangs on.
func (t MixTeller) conditions(way *rules.GroupWay) string {
	w := t.Words()
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
		parts = append(parts, w.CheckText("ways.if."+c.Code, t.asQuote(way), c))
	}
	return strings.Join(parts, "; ")
}

// Why says in a few words why a way to a group is not sure, empty where it is.
func (t MixTeller) Why(g int, way *rules.GroupWay) string {
	open := t.conditions(way)
	if failed := t.failed(g, way); len(failed) > 0 && (open == "" || way.Verdict != rules.Depends) {
		return failed[0]
	}
	if open == "" {
		return ""
	}
	return t.Words().Text("ways.if", "conditions", open)
}

// DependsTitle says what the ways that depend would bring.
func (t MixTeller) DependsTitle() string {
	w, m := t.Words(), t.Mix
	total := t.Total(&m.Depends.Quote)
	switch {
	case t.IsOpen():
		return w.Text("mix.depends.open")
	case t.Counted:
		return w.Text("mix.depends.counted")
	case m.Depends.Quote.Deliverable > m.Sure.Quote.Deliverable:
		return w.Text("mix.depends.more", "messages", w.Count("messages", m.Depends.Quote.Deliverable), "total", total)
	}
	return w.Text("mix.depends.cheaper", "total", total)
}

// DependsOn says for each way that depends which groups it would be for and what it
// hangs on. Groups that hang on the same are told of together.
func (t MixTeller) DependsOn() (list []string) {
	const gap = "\x00"
	var texts []string
	var names [][]string
	for g := range t.Mix.Depends.Groups {
		way := t.open(g)
		if way == nil {
			continue
		}
		text := t.Words().Text("mix.depends.row", "names", gap, "way", t.WayName(way.Type), "conditions", t.conditions(way))
		at := slices.Index(texts, text)
		if at < 0 {
			at = len(texts)
			texts, names = append(texts, text), append(names, nil)
		}
		names[at] = append(names[at], t.GroupName(g))
	}
	for i, text := range texts {
		list = append(list, strings.Replace(text, gap, strings.Join(names[i], ", "), 1))
	}
	return list
}

// open is the way of a group that depends, nil where what it gets is sure.
func (t MixTeller) open(g int) *rules.GroupWay {
	if way := t.Mix.Way(t.Mix.Depends, g); way != nil && way.Verdict == rules.Depends {
		return way
	}
	return nil
}

// scenarioOf is the scenario with another type, as the mix has it.
func (m *Mixing) scenarioOf(kind rules.MessageType) rules.Scenario {
	if kind == m.Asked.Message.Type {
		return m.Asked
	}
	message, _ := rules.MessageFor(m.Purpose, kind, m.Asked.On)
	return m.asked(message)
}

// asked is what is asked with another message.
func (m *Mixing) asked(message rules.Message) rules.Scenario {
	s := m.Asked.As(message)
	for path, value := range m.elsewhere[message.Type.Platform()] {
		s.Set(path, value)
	}
	return s
}

// as is the form of what is asked with another type.
func (t MixTeller) as(kind rules.MessageType) *report.Report {
	r := &report.Report{Lang: t.Lang}
	r.Form = form.Of(t.scenarioOf(kind), t.Form.Today, t.Lang)
	return r
}

// Facts is a group in a line, as far as its way asks about it.
func (t MixTeller) Facts(g int) string {
	kind := t.Blend().Groups[g].Type
	if kind == "" {
		kind = t.Asked.Message.Type
	}
	if t.facts[kind] == nil {
		t.facts[kind] = t.as(kind)
	}
	return t.facts[kind].GroupFacts(g)
}
