//go:build !js

package app

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

	"postage/rules"
)

// A ruleBook is the page with the whole book, readable by a marketer: for each
// type what it is for, who may get it, when, with what, and what it costs; every
// value with its sources, days and status; and what changed when.
type ruleBook struct {
	w     *language
	today rules.Date
}

func (b ruleBook) href(path string) string { return relative(rulesPath(b.w.code), path) }

func (b ruleBook) page() goapp.UI {
	w := b.w
	body := []goapp.UI{
		div("intro", tag("h1").Body(text(w.text("rules.heading"))), tag("p").Class("lead").Body(text(w.text("rules.lead")))),
		b.filter(),
	}
	for _, c := range rules.Channels() {
		body = append(body, b.channel(c))
	}
	body = append(body, b.cards(), b.timeline(), b.sources())
	return tag("div").ID("app").Class("page book").Attr("data-today", b.today.String()).Body(
		siteHeader(w, rulesPath, b.href, overdueStates(w, b.href(homePath(w.code)))),
		tag("main").ID("main").Body(div("reading", body...)),
		siteFooter(w, b.href, nil, installLink(w, b.href)),
	)
}

// filter chooses a channel and a day. It works with a small script; without it
// everything is shown as of the day of the build.
func (b ruleBook) filter() goapp.UI {
	w := b.w
	chips := []goapp.UI{b.filterChip("all", w.text("rules.all"), true)}
	for _, c := range rules.Channels() {
		chips = append(chips, b.filterChip(string(c), w.text("channel."+string(c)), false))
	}
	return tag("form").Class("card filter").ID("filter").Body(
		tag("fieldset").Class("field").Body(tag("legend").Body(text(w.text("ask.channel"))), div("chips", chips...)),
		div("field",
			tag("label").Attr("for", "day").Body(text(w.text("rules.day"))),
			div("input-box", goapp.ElemSelfClosing("input").ID("day").Class("input").Attr("type", "date").Attr("value", b.today.String())),
		),
	)
}

func (b ruleBook) filterChip(value, label string, chosen bool) goapp.UI {
	return tag("label").Class("chip").Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", "channel").Attr("value", value).Attr("checked", chosen),
		tag("span").Body(text(label)),
	)
}

// channel shows the rules of a platform: those of all its types, then each type
// with its own.
func (b ruleBook) channel(c rules.Channel) goapp.UI {
	w := b.w
	types := rules.MessageTypes(c)
	parts := []goapp.UI{tag("h2").ID("channel-" + string(c)).Body(text(w.text("channel." + string(c))))}
	var shared []goapp.UI
	for _, r := range rules.TheBook().Rules {
		under := rules.TypesUnder(r.ID)
		if len(under) != 1 && len(under) > 0 && under[0].Channel() == c {
			shared = append(shared, b.rule(r, under, len(under) < len(types)))
		}
	}
	for _, t := range types {
		parts = append(parts, b.kind(t))
	}
	if len(shared) > 0 {
		parts = append(parts, tag("section").Class("card type-rules").Body(
			tag("h3").Body(text(w.text("rules.shared", "channel", w.text("channel."+string(c))))),
			tag("dl").Class("rules").Body(shared...),
		))
	}
	return tag("section").Class("channel").Attr("data-channel", string(c)).Attr("aria-labelledby", "channel-"+string(c)).Body(parts...)
}

func (b ruleBook) kind(t rules.MessageType) goapp.UI {
	w := b.w
	// The price in a word comes from the calculator's own cards.
	price, gone := prerendered(w.code, false, b.today.String()).priceInAWord(t)
	class := "type-price"
	if gone {
		class += " gone-price"
	}
	var own []goapp.UI
	for _, r := range rules.TheBook().Rules {
		if under := rules.TypesUnder(r.ID); len(under) == 1 && under[0] == t {
			own = append(own, b.rule(r, nil, false))
		}
	}
	var notices []goapp.UI
	for _, n := range rules.TheBook().Notices {
		if slices.ContainsFunc(n.Types, func(p string) bool { return p == string(t) }) {
			notices = append(notices, b.notice(n))
		}
	}
	parts := []goapp.UI{
		div("type-head", tag("h3").ID(string(t)).Body(text(w.text("type."+string(t)))), span(class, price)),
		tag("p").Class("hint").Body(text(w.text("about." + string(t)))),
		tag("dl").Class("rules").Body(own...),
	}
	if len(notices) > 0 {
		parts = append(parts, tag("details").Class("more").Body(
			tag("summary").Body(text(w.text("rules.notices"))),
			tag("ul").Class("rule-notices").Body(notices...),
		))
	}
	return tag("section").Class("card type-rules").Attr("aria-labelledby", string(t)).Body(parts...)
}

func (b ruleBook) notice(n rules.NoticeRule) goapp.UI {
	return tag("li").Body(
		tag("p").Body(text(b.w.text("notice."+n.Code))),
		tag("p").Class("sources").Body(text(b.span(n.Since, n.Until))),
		sourceLine(b.w, n.Sources, "", 0),
	)
}

// rule shows a rule with all its facts, newest first; the one in force stands
// out.
func (b ruleBook) rule(r rules.Rule, types []rules.MessageType, nameTypes bool) goapp.UI {
	w := b.w
	label := []goapp.UI{
		tag("a").Class("anchor").Attr("href", "#"+r.ID).Attr("title", r.ID).Body(text(w.text("rule." + r.ID))),
	}
	if nameTypes {
		names := make([]string, len(types))
		for i, t := range types {
			names[i] = w.text("type." + string(t))
		}
		label = append(label, span("line-detail", strings.Join(names, ", ")))
	}
	facts := make([]goapp.UI, 0, len(r.Facts))
	for i := len(r.Facts) - 1; i >= 0; i-- {
		until := rules.Date(0)
		if i+1 < len(r.Facts) {
			until = r.Facts[i+1].Since.AddDays(-1)
		}
		facts = append(facts, b.fact(r.ID, &r.Facts[i], until))
	}
	return div("rule", tag("dt").ID(r.ID).Body(label...), tag("dd").Body(facts...))
}

func (b ruleBook) fact(id string, f *rules.Fact, until rules.Date) goapp.UI {
	class := "fact"
	if f.Since <= b.today && (until == 0 || b.today <= until) {
		class += " in-force"
	}
	return tag("div").Class(class).ID(id+"@"+f.Since.String()).
		Attr("data-since", f.Since.String()).Attr("data-until", until.String()).Body(
		tag("p").Class("fact-value").Body(text(b.value(id, f))),
		tag("p").Class("sources").Body(text(b.span(f.Since, until)+" · "+b.w.text("status."+string(f.Status)))),
		sourceLine(b.w, f.Sources, "", 0),
	)
}

// span writes the days on which something holds.
func (b ruleBook) span(since, until rules.Date) string {
	w := b.w
	switch {
	case since == 0 && until == 0:
		return w.text("rules.always")
	case since == 0:
		return w.text("rules.until", "until", w.date(until))
	case until == 0:
		return w.text("since", "date", w.date(since))
	default:
		return w.text("rules.span", "since", w.date(since), "until", w.date(until))
	}
}

// value says what a fact says, in words: a text for this rule and value, one
// for the rule, or one for each word of the value.
func (b ruleBook) value(id string, f *rules.Fact) string {
	w := b.w
	if f.Value == "none" {
		return w.first([]string{"fact." + id + ".none", "value.none"})
	}
	for _, key := range []string{"fact." + id + "." + strings.ReplaceAll(f.Value, " ", "-"), "fact." + id} {
		if !w.has(key) {
			continue
		}
		pairs := []string{"value", f.Value, "date", w.date(f.Since)}
		if n, ok := parseCount(f.Value); ok {
			pairs = append(pairs, "n", w.number(n), "money", w.money(decimal.NewFromInt(n), "VND"), "days", w.hours(n))
		}
		return w.text(key, pairs...)
	}
	words := strings.Fields(f.Value)
	for i, word := range words {
		words[i] = w.text("value." + word)
	}
	return strings.Join(words, ", ")
}

// timeline lists every change of every rule, newest first.
func (b ruleBook) timeline() goapp.UI {
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
	order := make([]rules.Date, 0, len(days))
	for d := range days {
		order = append(order, d)
	}
	slices.Sort(order)
	slices.Reverse(order)
	items := make([]goapp.UI, 0, len(order))
	for _, d := range order {
		var rows []goapp.UI
		for _, c := range days[d] {
			channel := ""
			if under := rules.TypesUnder(c.rule); len(under) > 0 {
				channel = string(under[0].Channel())
			}
			said := b.value(c.rule, c.after)
			// A list of what happened has no before; and where the value is the
			// old one, its support has changed.
			if c.before != nil && !strings.HasSuffix(c.rule, "-changes") {
				if before := b.value(c.rule, c.before); before != said {
					said = w.text("rules.changed", "before", before, "after", said)
				} else {
					said += " (" + w.text("status."+string(c.after.Status)) + ")"
				}
			}
			rows = append(rows, tag("li").Attr("data-channel", channel).Body(
				tag("a").Class("anchor").Attr("href", "#"+c.rule).Body(text(w.text("rule."+c.rule))), text(": "+said),
			))
		}
		class := "day"
		if d > b.today {
			class += " announced"
		}
		items = append(items, tag("li").Class(class).Body(tag("h3").Body(text(w.date(d))), tag("ul").Body(rows...)))
	}
	return tag("section").Class("channel").Attr("aria-labelledby", "timeline").Body(
		tag("h2").ID("timeline").Body(text(w.text("rules.timeline"))),
		tag("p").Body(tag("a").Class("own-changes").Attr("href", b.href(homePath(w.code))+"#"+changesKey).Body(text(w.text("rules.own-changes")))),
		tag("ol").Class("card timeline").Body(items...),
	)
}

// cards shows the list rates of the newest WhatsApp card by market.
func (b ruleBook) cards() goapp.UI {
	w := b.w
	parts := []goapp.UI{tag("h2").ID("cards").Body(text(w.text("rules.cards")))}
	book := rules.RateCards()
	for i := len(book) - 1; i >= 0; i-- {
		c := book[i]
		cells := []goapp.UI{tag("th").Attr("scope", "col").Body(text(w.text("rules.market")))}
		for _, category := range c.Categories {
			cells = append(cells, tag("th").Attr("scope", "col").Body(text(w.text("line."+category))))
		}
		head := tag("tr").Body(cells...)
		var rows []goapp.UI
		for _, m := range c.Markets {
			cells := []goapp.UI{tag("th").Attr("scope", "row").Body(text(w.first([]string{"market." + m.Name, m.Name})))}
			for _, category := range c.Categories {
				rate := "–"
				if r, ok := m.Rates[category]; ok {
					rate = w.decimal(r, 4)
				}
				cells = append(cells, tag("td").Body(text(rate)))
			}
			rows = append(rows, tag("tr").Body(cells...))
		}
		parts = append(parts, tag("details").Class("card rate-card").ID("card-"+c.Name).Body(
			tag("summary").Body(text(w.text("rules.card", "currency", c.Currency, "date", w.date(c.Since)))),
			sourceLine(w, c.Sources, c.Status, c.Since),
			tag("div").Class("table-box").Attr("tabindex", "0").Attr("role", "region").Aria("label", w.text("rules.card", "currency", c.Currency, "date", w.date(c.Since))).Body(tag("table").Body(tag("thead").Body(head), tag("tbody").Body(rows...))),
		))
	}
	return tag("section").Class("channel").Attr("data-channel", string(rules.ChannelWhatsApp)).Attr("aria-labelledby", "cards").Body(parts...)
}

// sources lists the register.
func (b ruleBook) sources() goapp.UI {
	w := b.w
	rows := make([]goapp.UI, 0)
	for _, s := range rules.Sources() {
		title := text(s.Title)
		if s.URL != "" {
			title = tag("a").Attr("href", s.URL).Attr("target", "_blank").Attr("rel", "noopener noreferrer").Attr("lang", s.Language).Body(text(s.Title))
		}
		publisher := s.Publisher + " · "
		if key := "source-name." + s.ID; w.has(key) {
			title, publisher = text(w.text(key)), ""
		}
		rows = append(rows, tag("li").ID("source-"+s.ID).Body(title, span("line-detail", publisher+s.Date+" · "+w.text("source."+string(s.Status))+" · "+s.ID)))
	}
	return tag("section").Class("channel").Attr("aria-labelledby", "sources").Body(
		tag("h2").ID("sources").Body(text(w.text("rules.sources"))),
		tag("ul").Class("card source-list").Body(rows...),
	)
}
