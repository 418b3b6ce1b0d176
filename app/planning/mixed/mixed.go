package mixed

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/app/plan"
	"postage/app/report"
	"postage/rules"
)

// A View is the best way for each group on the screen.
type View struct {
	plan.MixTeller
	Deeds

	ItemName string                   // of the item that it is for; empty where it is for none
	Href     func(path string) string // a link to another page of the site
	Edit     string                   // a link to the groups in the calculator; empty where it is not at hand
	WrongDay string                   // the key of what is wrong with the day that was chosen; empty where nothing is
}

// Deeds are what can be done with a mix.
type Deeds struct {
	Put   func() // its messages go into the plan
	Close func() // back to the plan
	Count func() // the ways that depend count too, or no longer
	Mean  func(rules.Purpose)
	Move  func(day string)                         // to another day, 2006-01-02
	Say   func(q report.Question, answer string)   // by a word
	Typed func(list []report.Question)             // by what was typed
	Type  func(ctx goapp.Context, id, path string) // keeps what is being typed
	Shown func(id, value string) string            // what is drawn in a field
}

// The ids of its parts.
const (
	TitleID   = "mix-title"
	CountID   = "mix-count"
	stampID   = "mix-answer"
	dependsID = "mix-depends"
	groupsID  = "mix-groups"
)

// Draw is the whole page between its header and its foot.
func (v View) Draw() []goapp.UI {
	return []goapp.UI{
		kit.Div("columns plan-columns mix",
			kit.Div("plan-left", v.head(), kit.PlaceFor(v.groups()), v.purpose()),
			kit.Div("plan-right", kit.Div("plan-answer", v.stamp()), kit.PlaceFor(v.depends()), kit.PlaceFor(v.said()), kit.PlaceFor(v.put()), kit.PlaceFor(v.compared())),
		),
		kit.Div("columns plan-below", kit.PlaceFor(v.table())),
	}
}

// Parts are those that tell of the mix, without the title of the page.
func (v View) Parts() []goapp.UI {
	return []goapp.UI{v.stamp(), v.groups(), kit.PlaceFor(v.depends()), kit.PlaceFor(v.compared()), kit.PlaceFor(v.table())}
}

func (v View) head() goapp.UI {
	w := v.Words()
	body := []goapp.UI{
		kit.Tag("h1").ID(TitleID).Attr("tabindex", "-1").Body(kit.Text(w.Text("mix.title"))),
		para("lead", v.About()),
	}
	if v.ItemName != "" {
		body = append(body, para("hint", w.Text("mix.of-item", "name", v.ItemName)))
	}
	back := kit.Button("link mix-back", w.Text("mix.back"), func(goapp.Context, goapp.Event) { v.Close() }, "back")
	var edit goapp.UI
	if v.Edit != "" {
		edit = kit.Tag("a").Class("link mix-edit").Attr("href", v.Edit).Body(kit.Text(w.Text("mix.edit")))
	}
	return kit.Div("intro plan-head", append(body, kit.Div("mix-leave", edit, back))...)
}

// purpose asks what the message is for.
func (v View) purpose() goapp.UI {
	w := v.Words()
	var chips []goapp.UI
	for _, p := range rules.Purposes() {
		chips = append(chips, kit.Chip("mix-purpose", string(p), w.Text("ways.purpose."+string(p)), p == v.Purpose, func(string) { v.Mean(p) }))
	}
	return kit.Tag("section").Class("card").Body(
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(w.Text("ways.purpose"))), kit.Div("chips", chips...)),
		v.day(),
	)
}

// stamp is the one total, with what of it goes which way.
func (v View) stamp() goapp.UI {
	w := v.Words()
	section := kit.Tag("section").Class("answer plan-stamp").ID(stampID).Attr("tabindex", "-1").Aria("label", w.Text("section.answer"))
	if v.Mix == nil {
		text := w.Text("mix.finding")
		if v.Purpose == "" {
			text = w.Text("ways.choose-purpose")
		}
		return section.Body(spoken(""), kit.Div("stamp stamp-empty", kit.Div("stamp-inner", para("", text))))
	}
	b, verdict := v.Blend(), v.Verdict()
	total := v.Total(&b.Quote)
	inner := []goapp.UI{
		para("stamp-label", v.Label()), para(page.TotalClass(total), total), para("stamp-note", v.Note()),
		kit.Div("split-box", v.split(b)), list("mix-ways", v.ways(b)),
	}
	said := w.Text("answer.summary", "verdict", w.Text("verdict."+string(verdict)), "total", total)
	return section.Body(spoken(said), kit.Div("stamp verdict-"+string(verdict), kit.Div("stamp-inner", inner...),
		page.Postmark(w, verdict, page.Dotted(w, v.Asked.On), v.Ring())))
}

// whole is the length of a bar, and narrowest what can still be seen of it.
const (
	whole     = 1000
	narrowest = 15
)

// split is what of the messages goes which way, and what goes nowhere.
func (v View) split(b *rules.Blend) goapp.UI {
	requested := max(1, v.Requested())
	pieces := []goapp.UI{piece("split-blocked", 0, whole)}
	if maybe := v.maybe(b); maybe > 0 {
		pieces = append(pieces, piece("split-maybe", 0, max(narrowest, (b.Quote.Deliverable+maybe)*whole/requested)))
	}
	at := int64(0)
	for i := range b.Quote.Items {
		width := max(narrowest, b.Quote.Items[i].Deliverable*whole/requested)
		at = min(at, whole-narrowest) // what is too small to be seen was made wider
		pieces = append(pieces, piece(swatchName(i), at, min(width, whole-at)))
		at += width
	}
	return bar("", pieces)
}

// ways are the messages of the mix with what each costs.
func (v View) ways(b *rules.Blend) (rows []goapp.UI) {
	w := v.Words()
	for i := range b.Quote.Items {
		name := v.WayName(b.Plan.Items[i].Message.Type) + ", " + w.Count("messages", b.Quote.Items[i].Deliverable)
		rows = append(rows, row("", swatch(i), kit.Span("mix-name", name), kit.Span("mix-cost", v.ItemCost(b, i))))
	}
	maybe := v.maybe(b)
	if maybe > 0 {
		rows = append(rows, row("mix-maybe", page.OutcomeIcon(rules.Unknown), kit.Span("mix-name", w.Text("verdict.depends")+" "+w.Number(maybe))))
	}
	if rest := v.Requested() - b.Quote.Deliverable - maybe; rest > 0 {
		rows = append(rows, row("mix-none", page.OutcomeIcon(rules.Fail), kit.Span("mix-name", w.Text("split.blocked", "n", w.Number(rest)))))
	}
	return rows
}

// maybe is how many messages more would go out if the ways that depend did.
func (v View) maybe(b *rules.Blend) int64 {
	if v.Mix.Depends == nil || v.Counted {
		return 0
	}
	return max(0, v.Mix.Depends.Quote.Deliverable-b.Quote.Deliverable)
}

// put puts the mix into the plan.
func (v View) put() goapp.UI {
	if v.Mix == nil || len(v.Blend().Plan.Items) == 0 {
		return nil
	}
	label := v.Words().Text("plan.to")
	if v.ItemName != "" {
		label = v.Words().Text("mix.replace")
	}
	press := kit.Pressable("press primary to-plan-button", "mix-put", func(goapp.Context, goapp.Event) { v.Put() }, "put", kit.Text(label))
	return kit.Div("to-plan-box", kit.Div("to-plan-row", press))
}

// groups is each group with its way.
func (v View) groups() goapp.UI {
	if v.Mix == nil {
		return nil
	}
	b := v.Blend()
	var rows []goapp.UI
	for g := range b.Groups {
		rows = append(rows, v.group(b, g))
	}
	body := []goapp.UI{list("mix-groups", rows)}
	for _, note := range v.Notes() {
		body = append(body, para("hint", note))
	}
	return card("", groupsID, []goapp.UI{kit.Text(v.Words().Text("mix.groups"))}, body)
}

// group is a group with its way, or with what would bring one.
func (v View) group(b *rules.Blend, g int) goapp.UI {
	w, group := v.Words(), &b.Groups[g]
	cost := ""
	if group.Type != "" {
		cost = v.Cost(group.Total)
	}
	body := []goapp.UI{
		kit.Div("mix-row", kit.Tag("h3").Body(kit.Text(v.GroupName(g))), kit.Span("mix-cost", cost)),
		para("hint", v.Facts(g)),
	}
	if group.Type == "" {
		class, icon, key := "mix-none", rules.Fail, "mix.unreached"
		if m := v.Mix.Depends; m != nil && m.Groups[g].Type != "" {
			class, icon, key = "verdict-word verdict-depends", rules.Unknown, "verdict.depends"
		}
		body = append(body, kit.Tag("p").Class("mix-why "+class).Body(page.OutcomeIcon(icon), kit.Span("", w.Text(key))))
		for _, text := range v.WouldReach(g) {
			body = append(body, para("hint mix-would", text))
		}
		return row("", body...)
	}
	body = append(body, kit.Tag("p").Class("mix-why").Body(swatch(group.Item), kit.Span("", v.Way(group))))
	if template := v.Template(group); template != "" {
		body = append(body, para("hint", template))
	}
	if l := v.Price(g, group); l != nil {
		body = append(body, kit.Div("mix-price", kit.Tag("a").Attr("href", v.Href(kit.RulesPath(w.Code))+"#"+l.Rule).Body(kit.Text(w.Text("mix.why-price"))), page.SourceLine(w, l.Sources, l.Status, l.Since)))
	}
	if sent := v.Sent(group); sent != "" {
		body = append(body, para("hint", sent))
	}
	if at := v.Mix.Way(b, g); at != nil && at.Verdict == rules.Depends {
		body = append(body, kit.Tag("p").Class("mix-why verdict-word verdict-depends").Body(page.OutcomeIcon(rules.Unknown), kit.Text(w.Text("verdict.depends"))))
	}
	return row("", body...)
}

// depends is what the ways that depend would bring, and what they hang on: with the
// question that would settle it, or where the platform has not said it.
func (v View) depends() goapp.UI {
	if v.Mix == nil || v.Mix.Depends == nil {
		return nil
	}
	w := v.Words()
	var told []goapp.UI
	for _, text := range v.DependsOn() {
		told = append(told, para("", text))
	}
	body := []goapp.UI{kit.Div("mix-said", told...)}
	if list := v.Open(); len(list) > 0 {
		body = append(body, v.ask(list))
	}
	if !v.IsOpen() {
		key := "mix.depends.count"
		if v.Counted {
			key = "mix.depends.back"
		}
		body = append(body, kit.Button("link", w.Text(key), func(goapp.Context, goapp.Event) { v.Count() }, key).ID(CountID))
	}
	return card("mix-depends", dependsID, []goapp.UI{page.OutcomeIcon(rules.Unknown), kit.Text(v.DependsTitle())}, body)
}

// mostCompared is how many single ways stand beside the mix.
const mostCompared = 3

// compared is the mix beside what one way alone does.
func (v View) compared() goapp.UI {
	if v.Mix == nil || len(v.Mix.OneWays) == 0 {
		return nil
	}
	w, all, out := v.Words(), v.Requested(), v.Blend().Quote.Deliverable
	var rows []goapp.UI
	add := func(class, name string, q *rules.PlanQuote) {
		reach := w.Text("groups.sent", "out", w.Number(q.Deliverable), "all", w.Number(all))
		if class != "" {
			reach += " · " + w.Text("mix.now")
		} else if q.Deliverable < out {
			reach += ", " + w.Text("ways.fewer", "n", w.Number(out-q.Deliverable))
		}
		rows = append(rows, row(class, kit.Div("mix-row", kit.Span("mix-name", name), kit.Span("mix-cost", v.Total(q))), para("hint", reach),
			bar("mix-share", []goapp.UI{piece("split-rest", 0, whole), piece("split-out", 0, q.Deliverable*whole/max(1, all))})))
	}
	add("mix-own", w.Text("mix.groups"), &v.Blend().Quote)
	for i := range v.Mix.OneWays[:min(len(v.Mix.OneWays), mostCompared)] {
		one := &v.Mix.OneWays[i]
		add("", w.Text("mix.only", "way", v.WayName(one.Type)), &one.Quote)
	}
	return card("", "mix-compared", []goapp.UI{kit.Text(w.Text("mix.compare"))}, []goapp.UI{list("mix-compared", rows)})
}

// Bar is the answer on a phone, in a line.
func (v View) Bar() []goapp.UI {
	w := v.Words()
	if v.Mix == nil {
		return []goapp.UI{kit.Span("bar-total", "—"), kit.Span("bar-note", w.Text("mix.finding"))}
	}
	verdict := string(v.Verdict())
	return []goapp.UI{
		kit.Span("bar-total", v.Total(&v.Blend().Quote)),
		kit.Tag("span").Class("pill verdict-" + verdict).Body(kit.Text(w.Text("verdict." + verdict))),
	}
}

func para(class, text string) goapp.UI { return kit.Tag("p").Class(class).Body(kit.Text(text)) }

func list(class string, rows []goapp.UI) goapp.UI { return kit.Tag("ul").Class(class).Body(rows...) }

func row(class string, body ...goapp.UI) goapp.UI { return kit.Tag("li").Class(class).Body(body...) }

func spoken(text string) goapp.UI {
	return kit.Tag("p").Class("visually-hidden").Attr("role", "status").Body(kit.Text(text))
}

// card is a card with its title.
func card(class, id string, title, body []goapp.UI) goapp.UI {
	heading := kit.Tag("h2").ID(id + "-title").Body(title...)
	return kit.Tag("section").Class("card mix-card "+class).ID(id).Attr("tabindex", "-1").Attr("aria-labelledby", id+"-title").
		Body(append([]goapp.UI{heading}, body...)...)
}

// piece is a piece of a bar.
func piece(is string, at, length int64) goapp.UI {
	return kit.Svg("rect").Attr("data-is", is).Attr("x", kit.Px(at)).Attr("width", kit.Px(length)).Attr("height", "24")
}

func bar(is string, pieces []goapp.UI) goapp.UI {
	return kit.Svg("svg").Attr("data-is", "split "+is).Attr("viewBox", "0 0 1000 24").Attr("preserveAspectRatio", "none").Aria("hidden", "true").Body(pieces...)
}

// mostSwatches is how many ways are told apart by their look; names and numbers stand
// beside it.
const mostSwatches = 4

func swatchName(i int) string { return "mix-way mix-way-" + strconv.Itoa(i%mostSwatches) }

func swatch(i int) goapp.UI {
	return kit.Svg("svg").Attr("data-is", "swatch").Attr("viewBox", "0 0 14 14").Aria("hidden", "true").Body(
		kit.Svg("rect").Attr("data-is", swatchName(i)).Attr("x", "1").Attr("y", "1").Attr("width", "12").Attr("height", "12").Attr("rx", "3"))
}
