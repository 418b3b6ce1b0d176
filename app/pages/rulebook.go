//go:build !js

package pages

import (
	"slices"
	"sort"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
	"github.com/shopspring/decimal"

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
	body := []goapp.UI{
		kit.Div("intro", kit.Tag("h1").Body(kit.Text(w.Text("rules.heading"))), kit.Tag("p").Class("lead").Body(kit.Text(w.Text("rules.lead")))),
		b.filter(),
	}
	for _, c := range rules.Channels() {
		body = append(body, b.channel(c))
	}
	body = append(body, b.cards(), b.timeline(), b.sources())
	return kit.Tag("div").ID("app").Class("page book").Attr("data-today", b.today.String()).Body(
		page.Header(w, kit.RulesPath, b.href, overdueStates(w, b.href(kit.HomePath(w.Code)))),
		kit.Tag("main").ID("main").Body(kit.Div("reading", body...)),
		page.Footer(w, b.href, nil, page.InstallLink(w, b.href)),
	)
}

// filter chooses a channel and a day. It works with a small script; without it
// everything is shown as of the day of the build.
func (b ruleBook) filter() goapp.UI {
	w := b.w
	chips := []goapp.UI{b.filterChip("all", w.Text("rules.all"), true)}
	for _, c := range rules.Channels() {
		chips = append(chips, b.filterChip(string(c), w.Text("channel."+string(c)), false))
	}
	return kit.Tag("form").Class("card filter").ID("filter").Body(
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(w.Text("ask.channel"))), kit.Div("chips", chips...)),
		kit.Div("field",
			kit.Tag("label").Attr("for", "day").Body(kit.Text(w.Text("rules.day"))),
			kit.Div("input-box", goapp.ElemSelfClosing("input").ID("day").Class("input").Attr("type", "date").Attr("value", b.today.String())),
		),
	)
}

func (b ruleBook) filterChip(value, label string, chosen bool) goapp.UI {
	return kit.Tag("label").Class("chip").Body(
		goapp.ElemSelfClosing("input").Attr("type", "radio").Attr("name", "channel").Attr("value", value).Attr("checked", chosen),
		kit.Tag("span").Body(kit.Text(label)),
	)
}

// channel shows the rules of a platform: those of all its types, then each type
// with its own.
func (b ruleBook) channel(c rules.Channel) goapp.UI {
	w := b.w
	types := rules.MessageTypes(c)
	parts := []goapp.UI{kit.Tag("h2").ID("channel-" + string(c)).Body(kit.Text(w.Text("channel." + string(c))))}
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
		parts = append(parts, kit.Tag("section").Class("card type-rules").Body(
			kit.Tag("h3").Body(kit.Text(w.Text("rules.shared", "channel", w.Text("channel."+string(c))))),
			kit.Tag("dl").Class("rules").Body(shared...),
		))
	}
	return kit.Tag("section").Class("channel").Attr("data-channel", string(c)).Attr("aria-labelledby", "channel-"+string(c)).Body(parts...)
}

func (b ruleBook) kind(t rules.MessageType) goapp.UI {
	w := b.w
	// The price in a word comes from the calculator's own cards.
	prices := report.Report{Lang: w.Code}
	prices.Form = form.New(b.today.String(), w.Code)
	price, gone := prices.PriceInAWord(t)
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
		kit.Div("type-head", kit.Tag("h3").ID(string(t)).Body(kit.Text(w.Text("type."+string(t)))), kit.Span(class, price)),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("about." + string(t)))),
		kit.Tag("dl").Class("rules").Body(own...),
	}
	if len(notices) > 0 {
		parts = append(parts, kit.Tag("details").Class("more").Body(
			kit.Tag("summary").Body(kit.Text(w.Text("rules.notices"))),
			kit.Tag("ul").Class("rule-notices").Body(notices...),
		))
	}
	return kit.Tag("section").Class("card type-rules").Attr("aria-labelledby", string(t)).Body(parts...)
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
	sort.SliceStable(order, func(i, j int) bool { return order[i] > order[j] })
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
					said = w.Text("rules.changed", "before", before, "after", said)
				} else {
					said += " (" + w.Text("status."+string(c.after.Status)) + ")"
				}
			}
			rows = append(rows, kit.Tag("li").Attr("data-channel", channel).Body(
				kit.Tag("a").Class("anchor").Attr("href", "#"+c.rule).Body(kit.Text(w.Text("rule."+c.rule))), kit.Text(": "+said),
			))
		}
		class := "day"
		if d > b.today {
			class += " announced"
		}
		items = append(items, kit.Tag("li").Class(class).Body(kit.Tag("h3").Body(kit.Text(w.Date(d))), kit.Tag("ul").Body(rows...)))
	}
	return kit.Tag("section").Class("channel").Attr("aria-labelledby", "timeline").Body(
		kit.Tag("h2").ID("timeline").Body(kit.Text(w.Text("rules.timeline"))),
		kit.Tag("p").Body(kit.Tag("a").Class("own-changes").Attr("href", b.href(kit.HomePath(w.Code))+"#"+reply.ChangesKey).Body(kit.Text(w.Text("rules.own-changes")))),
		kit.Tag("ol").Class("card timeline").Body(items...),
	)
}

// cards shows the list rates of the newest WhatsApp card by market.
func (b ruleBook) cards() goapp.UI {
	w := b.w
	parts := []goapp.UI{kit.Tag("h2").ID("cards").Body(kit.Text(w.Text("rules.cards")))}
	book := rules.RateCards()
	for i := len(book) - 1; i >= 0; i-- {
		c := book[i]
		cells := []goapp.UI{kit.Tag("th").Attr("scope", "col").Body(kit.Text(w.Text("rules.market")))}
		for _, category := range c.Categories {
			cells = append(cells, kit.Tag("th").Attr("scope", "col").Body(kit.Text(w.Text("line."+category))))
		}
		head := kit.Tag("tr").Body(cells...)
		var rows []goapp.UI
		for _, m := range c.Markets {
			cells := []goapp.UI{kit.Tag("th").Attr("scope", "row").Body(kit.Text(w.First([]string{"market." + m.Name, m.Name})))}
			for _, category := range c.Categories {
				rate := "–"
				if r, ok := m.Rates[category]; ok {
					rate = w.Decimal(r, 4)
				}
				cells = append(cells, kit.Tag("td").Body(kit.Text(rate)))
			}
			rows = append(rows, kit.Tag("tr").Body(cells...))
		}
		parts = append(parts, kit.Tag("details").Class("card rate-card").ID("card-"+c.Name).Body(
			kit.Tag("summary").Body(kit.Text(w.Text("rules.card", "currency", c.Currency, "date", w.Date(c.Since)))),
			page.SourceLine(w, c.Sources, c.Status, c.Since),
			kit.Tag("div").Class("table-box").Attr("tabindex", "0").Attr("role", "region").Aria("label", w.Text("rules.card", "currency", c.Currency, "date", w.Date(c.Since))).Body(kit.Tag("table").Body(kit.Tag("thead").Body(head), kit.Tag("tbody").Body(rows...))),
		))
	}
	return kit.Tag("section").Class("channel").Attr("data-channel", string(rules.ChannelWhatsApp)).Attr("aria-labelledby", "cards").Body(parts...)
}

// sources lists the register.
func (b ruleBook) sources() goapp.UI {
	w := b.w
	rows := make([]goapp.UI, 0)
	for _, s := range rules.Sources() {
		title := kit.Text(s.Title)
		if s.URL != "" {
			title = kit.Tag("a").Attr("href", s.URL).Attr("target", "_blank").Attr("rel", "noopener noreferrer").Attr("lang", s.Language).Body(kit.Text(s.Title))
		}
		publisher := s.Publisher + " · "
		if key := "source-name." + s.ID; w.Has(key) {
			title, publisher = kit.Text(w.Text(key)), ""
		}
		rows = append(rows, kit.Tag("li").ID("source-"+s.ID).Body(title, kit.Span("line-detail", publisher+s.Date+" · "+w.Text("source."+string(s.Status))+" · "+s.ID)))
	}
	return kit.Tag("section").Class("channel").Attr("aria-labelledby", "sources").Body(
		kit.Tag("h2").ID("sources").Body(kit.Text(w.Text("rules.sources"))),
		kit.Tag("ul").Class("card source-list").Body(rows...),
	)
}
