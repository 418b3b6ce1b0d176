//go:build !js

package pages

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/page"
	"postage/app/report"
	"postage/app/screen/reply"
	"postage/app/words"
	"postage/rules"
)

// A ruleBook is the page with the whole book, readable by a marketer: for each
// type what it is for, who may get it, when, with what, and what it costs; every
// value with its sources, days and status; and what changed when.
type ruleBook struct {
	w     *words.Language
	today rules.Date
}

func (b ruleBook) href(path string) string { return kit.Relative(kit.RulesPath(b.w.Code), path) }

func (b ruleBook) page() goapp.UI {
	w := b.w
	parts := []goapp.UI{b.news()}
	for _, c := range rules.Channels() {
		parts = append(parts, b.channel(c))
	}
	parts = append(parts, b.codes(), b.cards(), b.timeline(), b.sources())
	return kit.Tag("div").ID("app").Class("page book").Attr("data-today", b.today.String()).Body(
		page.Header(w, kit.RulesPath, b.href, overdueStates(w, b.href(kit.HomePath(w.Code)))),
		kit.Tag("main").ID("main").Body(kit.Div("reading",
			kit.Div("intro",
				kit.Tag("p").Class("back").Body(kit.Tag("a").Attr("href", b.href(kit.HomePath(w.Code))).Body(kit.Text(w.Text("rules.back")))),
				kit.Tag("h1").Body(kit.Text(w.Text("rules.heading"))), kit.Tag("p").Class("lead").Body(kit.Text(w.Text("rules.lead"))),
			),
			b.filter(),
			b.contents(),
			kit.Div("parts", parts...),
		)),
		page.Footer(w, b.href, nil, page.InstallLink(w, b.href)),
	)
}

// filter finds words, and chooses a channel and a day. It works with a small
// script; without it everything is shown as of the day of the build.
func (b ruleBook) filter() goapp.UI {
	w := b.w
	chips := []goapp.UI{b.filterChip("all", w.Text("rules.all"), true)}
	for _, c := range rules.Channels() {
		chips = append(chips, b.filterChip(string(c), w.Text("channel."+string(c)), false))
	}
	found := kit.Tag("p").ID("found").Class("hint").Attr("data-none", w.Text("rules.found.none"))
	for _, form := range []string{"one", "few", "many", "other"} {
		if key := "rules.found." + form; w.Has(key) {
			found = found.Attr("data-"+form, w.Text(key))
		}
	}
	return kit.Tag("form").Class("card filter").ID("filter").Attr("role", "search").Body(
		kit.Div("field words",
			kit.Tag("label").Attr("for", "words").Body(kit.Text(w.Text("rules.search"))),
			kit.Div("input-box", goapp.ElemSelfClosing("input").ID("words").Class("input").Attr("type", "search").Attr("enterkeyhint", "search").
				Attr("autocomplete", "off").Attr("autocapitalize", "none").Attr("spellcheck", "false").Attr("placeholder", w.Text("rules.search.such-as")).Attr("data-same", w.Text("rules.search.same"))),
			// The way on where nothing is found is read out with it.
			kit.Tag("div").Attr("role", "status").Aria("live", "polite").Body(found, kit.Tag("p").ID("beyond").Class("hint").Attr("hidden", true).Body(kit.Text(w.Text("rules.found.beyond")+" "), kit.Tag("a").Attr("href", b.href(kit.AboutPath(w.Code))+"#missing").Body(kit.Text(w.Text("about.missing.title"))))),
		),
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(w.Text("ask.channel"))), kit.Div("chips", chips...)),
		kit.Div("field",
			kit.Tag("label").Attr("for", "day").Body(kit.Text(w.Text("rules.day"))),
			kit.Div("input-box", goapp.ElemSelfClosing("input").ID("day").Class("input").Attr("type", "date").Attr("autocomplete", "off").Attr("value", b.today.String()), b.daySaid()),
		),
	)
}

// daySaid says the chosen day in the reader's language, with what the page's script writes
// another one by: the names of the days of the week, and the 28th of each month of 2001.
func (b ruleBook) daySaid() goapp.UI {
	written := func(day string) string {
		d, _ := rules.ParseDate(day)
		return b.w.Date(d)
	}
	var weekdays, months []string
	for day := range 7 {
		weekdays = append(weekdays, b.w.Text("weekday."+words.Itoa(day)))
	}
	for month := 1; month <= 12; month++ {
		months = append(months, written(fmt.Sprintf("2001-%02d-28", month)))
	}
	said := kit.Tag("span").ID("day-said").Class("unit").Aria("hidden", "true").
		Attr("data-weekdays", strings.Join(weekdays, "|")).Attr("data-months", strings.Join(months, "|"))
	if strings.HasPrefix(written("2001-01-05"), "0") {
		said = said.Attr("data-two", "true") // digits
	}
	return said.Body(kit.Text(b.w.Day(b.today)))
}

func (b ruleBook) filterChip(value, label string, chosen bool) goapp.UI {
	return kit.Tag("label").Class("chip").Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", "channel").Attr("value", value).Attr("checked", chosen),
		kit.Tag("span").Body(kit.Text(label)),
	)
}

// contents lists what is on the page, each part with a link.
func (b ruleBook) contents() goapp.UI {
	w := b.w
	link := func(id, label string) goapp.UI { return kit.Tag("a").Attr("href", "#"+id).Body(kit.Text(label)) }
	items := []goapp.UI{kit.Tag("li").Body(link("news", w.Text("rules.news")))}
	for _, c := range rules.Channels() {
		var types []goapp.UI
		for _, t := range rules.MessageTypes(c) {
			types = append(types, kit.Tag("li").Body(link(string(t), w.Text("type."+string(t)))))
		}
		items = append(items, kit.Tag("li").Body(link("channel-"+string(c), w.Text("channel."+string(c))), kit.Tag("ul").Body(types...)))
	}
	for _, part := range []string{"codes", "cards", "timeline", "sources"} {
		items = append(items, kit.Tag("li").Body(link(part, w.Text("rules."+part))))
	}
	return kit.Tag("nav").Class("card toc").ID("contents").Aria("label", w.Text("rules.contents")).Body(
		kit.Tag("details").Body(kit.Tag("summary").Body(kit.Text(w.Text("rules.contents"))), kit.Tag("ul").Body(items...)),
	)
}

// A fold is a part that is closed until it is asked for. Its id is within it, so
// that browsers open it by themselves for a link that leads there.
func fold(id, title, beside string, body ...goapp.UI) goapp.HTMLElem {
	head := []goapp.UI{kit.Tag("h3").Body(kit.Text(title))}
	if beside != "" {
		head = append(head, kit.Span("beside", beside))
	}
	return kit.Tag("details").Class("fold").Body(kit.Tag("summary").Body(head...), kit.Tag("div").Class("fold-body").ID(id).Body(body...))
}

// channel shows the rules of a platform: each type with its own, then those of
// several types.
func (b ruleBook) channel(c rules.Channel) goapp.UI {
	w := b.w
	types := rules.MessageTypes(c)
	var shared, folds []goapp.UI
	for _, r := range rules.TheBook().Rules {
		under := rules.TypesUnder(r.ID)
		if len(under) != 1 && len(under) > 0 && under[0].Channel() == c {
			shared = append(shared, b.rule(r, under, len(under) < len(types)))
		}
	}
	for _, t := range types {
		folds = append(folds, b.kind(t))
	}
	forAll := func(pattern string) bool {
		beginning, open := strings.CutSuffix(pattern, "*")
		return open && slices.ContainsFunc(types, func(t rules.MessageType) bool { return strings.HasPrefix(string(t), beginning) })
	}
	if len(shared) > 0 {
		folds = append(folds, fold("shared-"+string(c), w.Text("rules.shared", "channel", w.Text("channel."+string(c))), "",
			append([]goapp.UI{kit.Tag("dl").Class("rules").Body(shared...)}, b.notices(forAll)...)...))
	}
	return kit.Tag("section").Class("channel").Attr("data-channel", string(c)).Attr("aria-labelledby", "channel-"+string(c)).Body(
		kit.Tag("h2").ID("channel-"+string(c)).Body(kit.Text(w.Text("channel."+string(c)))),
		kit.Div("card folds", folds...),
	)
}

func (b ruleBook) kind(t rules.MessageType) goapp.UI {
	w := b.w
	// The price in a word comes from the calculator's own cards.
	prices := report.Report{Lang: w.Code}
	prices.Form = form.New(b.today.String(), w.Code)
	price, gone := prices.PriceInAWord(t)
	var own []goapp.UI
	for _, r := range rules.TheBook().Rules {
		if under := rules.TypesUnder(r.ID); len(under) == 1 && under[0] == t {
			own = append(own, b.rule(r, nil, false))
		}
	}
	parts := []goapp.UI{
		kit.Tag("p").Class("about").Body(kit.Text(w.Text("about." + string(t)))),
		kit.Tag("p").Class("to-question").Body(b.question(t, nil, w.Text("rules.ask-type"))),
		kit.Tag("dl").Class("rules").Body(own...),
	}
	parts = append(parts, b.notices(func(pattern string) bool { return pattern == string(t) })...)
	f := fold(string(t), w.Text("type."+string(t)), price, parts...).Attr("data-type", string(t))
	if gone {
		f = f.Class("gone")
	}
	return f
}

// question leads to the calculator, with a type and what is said of it, as of the
// chosen day unless a day is said too. What is said is the path of a field and a
// value: "audience.follows=no".
func (b ruleBook) question(t rules.MessageType, said []string, label string) goapp.UI {
	asked, dated := b.asked(t, said)
	coded, err := asked.MarshalJSON()
	if err != nil {
		panic("pages: " + err.Error()) // what a form says can be written
	}
	link := kit.Tag("a").Class("to-calculator").Attr("href", b.href(kit.HomePath(b.w.Code))+"#"+form.OwnLinkOf(coded)).Body(kit.Text(label))
	if !dated {
		link = link.Attr("data-ask", true)
	}
	return link
}

// asked is the scenario of a question, and whether it has a day of its own.
func (b ruleBook) asked(t rules.MessageType, said []string) (s rules.Scenario, dated bool) {
	f := form.New(b.today.String(), b.w.Code)
	f.Set(form.PathType, string(t))
	for _, answer := range said {
		path, value, _ := strings.Cut(answer, "=")
		dated = dated || path == form.PathOn
		if field, ofGroup := strings.CutPrefix(path, "audience."); ofGroup {
			path = form.GroupPath(0, field)
		}
		f.Set(path, value)
	}
	s, _ = f.Scenario()
	return s, dated
}

// codes lists what the platforms answer to messages that they refuse: what each
// code means, what to do, the rule behind it and the way to its question.
func (b ruleBook) codes() goapp.UI {
	w := b.w
	byChannel := map[rules.Channel][]goapp.UI{}
	for _, c := range rules.ErrorCodes() {
		id := reply.CodePrefix + c.Code
		links := []goapp.UI{b.question(c.Type, c.Question, w.Text("rules.code.ask"))}
		if c.Rule != "" {
			links = append(links, kit.Tag("a").Attr("href", "#"+c.Rule).Body(kit.Text(w.Text("rules.code.rule", "rule", w.Text("rule."+c.Rule)))))
		}
		channel := c.Type.Channel()
		byChannel[channel] = append(byChannel[channel], kit.Tag("li").Class("code").ID(id).Attr("data-code", c.Code).Body(
			kit.Tag("p").Class("code-means").Body(kit.Tag("a").Class("anchor").Attr("href", "#"+id).Body(kit.Text(c.Code)), kit.Text(" "+w.Text("code."+c.Code))),
			kit.Tag("p").Class("code-do").Body(kit.Text(w.Text("code."+c.Code+".do"))),
			kit.Tag("p").Class("code-links").Body(links...),
			page.SourceLine(w, c.Sources, "", 0),
		))
	}
	var folds []goapp.UI
	for _, c := range rules.Channels() {
		list := byChannel[c]
		folds = append(folds, fold("codes-"+string(c), w.Text("rules.codes-of", "channel", w.Text("channel."+string(c))), w.Count("rules.codes-count", int64(len(list))),
			kit.Tag("ul").Class("codes").Body(list...)).Attr("data-channel", string(c)))
	}
	return kit.Tag("section").Class("channel all-codes").Attr("aria-labelledby", "codes").Body(
		kit.Tag("h2").ID("codes").Body(kit.Text(w.Text("rules.codes"))),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("rules.codes-lead"))),
		kit.Div("card folds", folds...),
	)
}

// notices shows those for some types, which a pattern names; nothing where there
// are none.
func (b ruleBook) notices(are func(pattern string) bool) []goapp.UI {
	var list []goapp.UI
	for _, n := range rules.TheBook().Notices {
		if slices.ContainsFunc(n.Types, are) {
			list = append(list, b.notice(n))
		}
	}
	if len(list) == 0 {
		return nil
	}
	return []goapp.UI{kit.Div("also", kit.Tag("h4").Body(kit.Text(b.w.Text("rules.notices"))), kit.Tag("ul").Class("rule-notices").Body(list...))}
}

func (b ruleBook) notice(n rules.NoticeRule) goapp.UI {
	return kit.Tag("li").Body(
		kit.Tag("p").Body(kit.Text(b.w.First([]string{"told." + n.Code, "notice." + n.Code}))),
		kit.Tag("p").Class("sources").Body(kit.Text(b.span(n.Since, n.Until))),
		page.SourceLine(b.w, n.Sources, "", 0),
	)
}

// rule shows a rule with all its facts, newest first; the one in force stands
// out.
func (b ruleBook) rule(r rules.Rule, types []rules.MessageType, nameTypes bool) goapp.UI {
	w := b.w
	label := []goapp.UI{
		kit.Tag("a").Class("anchor").Attr("href", "#"+r.ID).Attr("title", r.ID).Body(kit.Text(w.Text("rule." + r.ID))),
	}
	if nameTypes {
		names := make([]string, len(types))
		for i, t := range types {
			names[i] = w.Text("type." + string(t))
		}
		label = append(label, kit.Span("line-detail", strings.Join(names, ", ")))
	}
	facts := make([]goapp.UI, 0, len(r.Facts))
	for i := len(r.Facts) - 1; i >= 0; i-- {
		until := rules.Date(0)
		if i+1 < len(r.Facts) {
			until = r.Facts[i+1].Since.AddDays(-1)
		}
		facts = append(facts, b.fact(r.ID, &r.Facts[i], until))
	}
	return kit.Div("rule", kit.Tag("dt").ID(r.ID).Body(label...), kit.Tag("dd").Body(facts...))
}

func (b ruleBook) fact(id string, f *rules.Fact, until rules.Date) goapp.UI {
	class := "fact"
	if f.Since <= b.today && (until == 0 || b.today <= until) {
		class += " in-force"
	}
	return kit.Tag("div").Class(class).ID(id+"@"+f.Since.String()).
		Attr("data-since", f.Since.String()).Attr("data-until", until.String()).Body(
		kit.Tag("p").Class("fact-value").Body(kit.Text(b.value(id, f))),
		kit.Tag("p").Class("sources").Body(kit.Text(b.span(f.Since, until)+" · "+b.w.Text("status."+string(f.Status)))),
		page.SourceLine(b.w, f.Sources, "", 0),
	)
}

// span writes the days on which something holds.
func (b ruleBook) span(since, until rules.Date) string {
	w := b.w
	switch {
	case since == 0 && until == 0:
		return w.Text("rules.always")
	case since == 0:
		return w.Text("rules.until", "until", w.Date(until))
	case until == 0:
		return w.Text("since", "date", w.Date(since))
	default:
		return w.Text("rules.span", "since", w.Date(since), "until", w.Date(until))
	}
}

// value says what a fact says, in words: a text for this rule and value, one
// for the rule, or one for each word of the value.
func (b ruleBook) value(id string, f *rules.Fact) string {
	w := b.w
	if f.Value == "none" {
		return w.First([]string{"fact." + id + ".none", "value.none"})
	}
	for _, key := range []string{"fact." + id + "." + strings.ReplaceAll(f.Value, " ", "-"), "fact." + id} {
		if !w.Has(key) {
			continue
		}
		pairs := []string{"value", f.Value, "date", w.Date(f.Since)}
		if n, ok := words.ParseCount(f.Value); ok {
			pairs = append(pairs, "n", w.Number(n), "money", w.Money(decimal.NewFromInt(n), "VND"), "days", w.Hours(n))
		}
		return w.Text(key, pairs...)
	}
	words := strings.Fields(f.Value)
	for i, word := range words {
		words[i] = w.Text("value." + word)
	}
	return strings.Join(words, ", ")
}

// A dayOfChange is a day on which rules get values, with what is said of it.
type dayOfChange struct {
	on    rules.Date
	rows  []goapp.UI
	names []string // of the rules
	of    []string // the platforms
}

// daysOfChange lists the days on which any rule changes, newest first.
func (b ruleBook) daysOfChange() []dayOfChange {
	w := b.w
	type change struct {
		rule          string
		before, after *rules.Fact
	}
	days := map[rules.Date][]change{}
	for _, r := range rules.TheBook().Rules {
		for i := range r.Facts {
			c := change{r.ID, nil, &r.Facts[i]}
			if i > 0 {
				c.before = &r.Facts[i-1]
			}
			if c.after.Since != 0 {
				days[c.after.Since] = append(days[c.after.Since], c)
			}
		}
	}
	var list []dayOfChange
	for d, changes := range days {
		day := dayOfChange{on: d}
		for _, c := range changes {
			channel := ""
			if under := rules.TypesUnder(c.rule); len(under) > 0 {
				channel = string(under[0].Channel())
				if name := w.Text("channel." + channel); !slices.Contains(day.of, name) {
					day.of = append(day.of, name)
				}
			}
			said := b.value(c.rule, c.after)
			// A list of what happened has no before; and where the value is the
			// old one, its support has changed.
			if c.before != nil && !strings.HasSuffix(c.rule, "-changes") {
				if before := b.value(c.rule, c.before); before != said {
					said = w.Text("rules.changed", "before", before, "after", said)
				} else {
					said += " (" + w.Text("status."+string(c.after.Status)) + ")"
				}
			}
			name := w.Text("rule." + c.rule)
			day.names = append(day.names, name)
			day.rows = append(day.rows, kit.Tag("li").Attr("data-channel", channel).Body(
				kit.Tag("a").Class("anchor").Attr("href", "#"+c.rule).Body(kit.Text(name)), kit.Text(": "+said),
			))
		}
		list = append(list, day)
	}
	slices.SortFunc(list, func(a, b dayOfChange) int { return cmp.Compare(b.on, a.on) })
	return list
}

// day shows a day of change: one by its name, several by their number.
func (b ruleBook) day(d dayOfChange) goapp.UI {
	w := b.w
	class := "day"
	if d.on > b.today {
		class += " announced"
	}
	what := d.names[0]
	if len(d.rows) > 1 {
		what = strings.Join(d.of, ", ") + " · " + w.Count("rules.changes-count", int64(len(d.rows)))
	}
	return kit.Tag("li").Class(class).Attr("data-on", d.on.String()).Body(
		kit.Tag("details").Body(
			kit.Tag("summary").Body(kit.Tag("h4").Body(kit.Text(w.Date(d.on))), kit.Span("what", what)),
			kit.Tag("ul").Body(d.rows...),
		),
	)
}

// newsDays is how far before and behind the chosen day news are told.
const newsDays = 90

// news tells what has changed of late and what will change soon. The page's
// script counts from the chosen day, with the days of the timeline; without it
// they count from the day of the build.
func (b ruleBook) news() goapp.UI {
	w := b.w
	var coming, recent []goapp.UI
	for _, d := range b.daysOfChange() {
		switch {
		case d.on > b.today && d.on <= b.today.AddDays(newsDays):
			coming = slices.Insert(coming, 0, b.day(d)) // the next one first
		case d.on <= b.today && d.on >= b.today.AddDays(-newsDays):
			recent = append(recent, b.day(d))
		}
	}
	list := func(id string, days []goapp.UI) goapp.UI {
		return kit.Div("card",
			kit.Tag("h3").ID(id+"-title").Body(kit.Text(w.Text("rules."+id, "days", w.Number(newsDays)))),
			kit.Tag("ol").Class("timeline").ID(id).Attr("aria-labelledby", id+"-title").Body(days...),
			kit.Tag("p").Class("hint nothing").Attr("hidden", len(days) > 0).Body(kit.Text(w.Text("rules.no-changes"))),
		)
	}
	return kit.Tag("section").Class("channel news").Attr("aria-labelledby", "news").Attr("data-aside", true).Attr("data-days", words.Itoa(newsDays)).Body(
		kit.Tag("h2").ID("news").Body(kit.Text(w.Text("rules.news"))),
		kit.Tag("p").ID("counted").Class("hint").Attr("data-chosen", w.Text("rules.counted-chosen")).Body(kit.Text(w.Text("rules.counted", "date", w.Date(b.today)))),
		kit.Div("news-lists", list("coming", coming), list("recent", recent)),
	)
}

// timeline lists every change of every rule, newest first, by the year.
func (b ruleBook) timeline() goapp.UI {
	w := b.w
	var years []goapp.UI
	days := b.daysOfChange()
	for len(days) > 0 {
		year := days[0].on.String()[:4]
		var items []goapp.UI
		count := 0
		for len(days) > 0 && days[0].on.String()[:4] == year {
			items, count, days = append(items, b.day(days[0])), count+len(days[0].rows), days[1:]
		}
		years = append(years, fold("year-"+year, year, w.Count("rules.changes-count", int64(count)), kit.Tag("ol").Class("timeline").Body(items...)))
	}
	return kit.Tag("section").Class("channel all-changes").Attr("aria-labelledby", "timeline").Attr("data-aside", true).Body(
		kit.Tag("h2").ID("timeline").Body(kit.Text(w.Text("rules.timeline"))),
		kit.Tag("p").Body(kit.Tag("a").Class("own-changes").Attr("href", b.href(kit.HomePath(w.Code))+"#"+reply.ChangesKey).Body(kit.Text(w.Text("rules.own-changes")))),
		kit.Div("card folds", years...),
	)
}

// cards shows the list rates of each WhatsApp card by market, the newest first.
func (b ruleBook) cards() goapp.UI {
	w := b.w
	var cards []goapp.UI
	book, of := rules.RateCards(), cardOf()
	for i := len(book) - 1; i >= 0; i-- {
		c := book[i]
		cells := []goapp.UI{kit.Tag("th").Attr("scope", "col").Body(kit.Text(w.Text("rules.market")))}
		for _, category := range c.Categories {
			cells = append(cells, kit.Tag("th").Attr("scope", "col").Body(kit.Text(w.Text("line."+category))))
		}
		head := kit.Tag("tr").Body(cells...)
		var rows []goapp.UI
		for _, m := range inOrderOfNames(w, c) {
			cells := []goapp.UI{kit.Tag("th").Attr("scope", "row").Body(kit.Text(marketName(w, m.Name)))}
			for _, category := range c.Categories {
				rate := "–"
				if r, ok := m.Rates[category]; ok {
					rate = w.Decimal(r, 4)
				}
				cells = append(cells, kit.Tag("td").Body(kit.Text(rate)))
			}
			names, countries := findsMarket(w, m.Name, c.Since)
			rows = append(rows, kit.Tag("tr").Class("rate").Attr("data-code", names).Attr("data-countries", countries).Body(cells...))
		}
		said := page.SourceLine(w, c.Sources, c.Status, c.Since)
		for id, name := range of {
			if name == c.Name {
				said = kit.Tag("div").ID("source-" + id).Body(said)
			}
		}
		name := w.Text("rules.card", "currency", c.Currency, "date", w.Date(c.Since))
		cards = append(cards, fold("card-"+c.Name, name, "",
			said,
			kit.Tag("div").Class("table-box").Attr("tabindex", "0").Attr("role", "region").Aria("label", name).Body(kit.Tag("table").Body(kit.Tag("thead").Body(head), kit.Tag("tbody").Body(rows...))),
		))
	}
	return kit.Tag("section").Class("channel all-cards").Attr("data-channel", string(rules.ChannelWhatsApp)).Attr("data-aside", true).Attr("aria-labelledby", "cards").Body(
		kit.Tag("h2").ID("cards").Body(kit.Text(w.Text("rules.cards"))),
		kit.Div("card folds", cards...),
	)
}

// cardOf is by their ids the card of each document that has no address of its own: the
// newest one's table is what there is to see of it.
func cardOf() map[string]string {
	of := map[string]string{}
	for _, c := range rules.RateCards() { // the oldest first
		for _, id := range c.Sources {
			if s, _ := rules.SourceByID(id); s.URL == "" {
				of[id] = c.Name
				break
			}
		}
	}
	return of
}

// marketName is what a market is called in a language.
func marketName(w *words.Language, market string) string {
	return w.First([]string{"market." + market, market})
}

// findsMarket is by what a market is found on a day, and shown first, divided by slashes:
// its name in the language and the card's own; and the codes of its countries (ISO 3166-1
// alpha-2), which the browser has names for, with what they are called here. What is left
// over when all have a market has no name of its own.
func findsMarket(w *words.Language, market string, on rules.Date) (names, countries string) {
	if market != rules.Market("", on) {
		names = marketName(w, market) + "/" + market
	}
	var within []string
	for _, code := range rules.Countries() {
		if rules.Market(code, on) == market {
			within = append(within, code)
			if key := "value." + code; w.Has(key) && w.Text(key) != marketName(w, market) {
				within = append(within, w.Text(key))
			}
		}
	}
	return names, strings.Join(within, "/")
}

// inOrderOfNames are the markets of a card as a reader looks for them: those of one
// country by the alphabet of the language, then those of many as the card has them.
func inOrderOfNames(w *words.Language, c rules.CardTable) []rules.MarketRates {
	sharing := map[string]int{} // countries to a market
	for _, code := range rules.Countries() {
		sharing[rules.Market(code, c.Since)]++
	}
	order := collate.New(language.Make(w.Code))
	markets := slices.Clone(c.Markets)
	slices.SortStableFunc(markets, func(a, b rules.MarketRates) int {
		manyA, manyB := sharing[a.Name] != 1, sharing[b.Name] != 1
		switch {
		case manyA && manyB:
			return 0
		case manyA:
			return 1
		case manyB:
			return -1
		}
		return order.CompareString(marketName(w, a.Name), marketName(w, b.Name))
	})
	return markets
}

// sources lists the register.
func (b ruleBook) sources() goapp.UI {
	w := b.w
	rows := make([]goapp.UI, 0)
	of := cardOf() // those are shown where their prices stand
	for _, s := range rules.Sources() {
		title := kit.Text(s.Title)
		if s.URL != "" {
			title = kit.Tag("a").Attr("href", s.URL).Attr("target", "_blank").Attr("rel", "noopener noreferrer").Attr("lang", s.Language).Body(kit.Text(s.Title))
		}
		publisher := s.Publisher + " · "
		if key := "source-name." + s.ID; w.Has(key) {
			title, publisher = kit.Text(w.Text(key)), ""
		}
		row := kit.Tag("li")
		if of[s.ID] == "" {
			row = row.ID("source-" + s.ID)
		}
		rows = append(rows, row.Body(title, kit.Span("line-detail", publisher+s.Date+" · "+w.Text("source."+string(s.Status))+" · "+s.ID)))
	}
	return kit.Tag("section").Class("channel").Attr("aria-labelledby", "sources").Attr("data-aside", true).Body(
		kit.Tag("h2").ID("sources").Body(kit.Text(w.Text("rules.sources"))),
		kit.Div("card folds", fold("all-sources", w.Text("rules.all-sources"), w.Number(int64(len(rows))), kit.Tag("ul").Class("source-list").Body(rows...))),
	)
}
