package reply

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/report"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

const whyID = "why"

// CodePrefix begins the address of a platform's error code on the Rules page.
const CodePrefix = "code-"

// Why lists the checks, group by group, each with its reason and sources.
func (r *Column) Why() goapp.UI {
	d := r.Desk
	many := len(d.Quote.Segments) > 1
	body := []goapp.UI{kit.Tag("h2").ID(whyID + "-title").Body(kit.Text(d.Words().Text("why.title")))}
	for i, seg := range d.Quote.Segments {
		v := checksView{of: r,
			language: d.ShownLanguage(), on: d.Quote.On, message: d.Quote.Message, notices: d.Quote.Notices,
			group: i, many: many, checks: d.Checks(i), bites: d.Bites(i), opened: d.Opened["passed"+words.Itoa(i)],
		}
		for j := range v.checks {
			v.questions = append(v.questions, d.QuestionBehind(&v.checks[j]))
		}
		if many {
			body = append(body, d.Part(verdictView{r, d.ShownLanguage(), i, seg.Name, d.Quote.Shown(seg.Verdict), seg.Deliverable, seg.Requested}))
		}
		body = append(body, d.Part(v))
	}
	return kit.Tag("section").Class("card why").ID(whyID).Attr("tabindex", "-1").Attr("aria-labelledby", whyID+"-title").Body(body...)
}

// A verdictView is the verdict on one of several groups. It is apart from the
// checks, as its numbers change more often than those do.
type verdictView struct {
	of             *Column
	language       desk.ShownLanguage
	group          int
	name           string
	verdict        rules.Verdict
	out, requested int64
}

func (v verdictView) Draw() goapp.UI {
	w := v.of.Desk.Words()
	name := v.name
	if name == "" {
		name = w.Text("group.number", "n", words.Itoa(v.group+1))
	}
	return kit.Tag("h3").Class("why-group").Body(
		kit.Text(name+" · "), kit.Span("verdict-word verdict-"+string(v.verdict), w.Text("verdict."+string(v.verdict))),
		kit.Span("why-count", w.Text(report.AtMost("why.of", v.verdict), "out", w.Number(v.out), "all", w.Number(v.requested))),
	)
}

// A checksView is the checks of one group.
type checksView struct {
	of        *Column
	language  desk.ShownLanguage
	on        rules.Date
	message   rules.MessageType
	notices   []rules.Notice
	group     int
	many      bool // there are other groups
	checks    []rules.Check
	bites     report.Bites
	questions []string // for each check the one that would settle it
	opened    bool
}

func (v checksView) Draw() goapp.UI {
	d := v.of.Desk
	var items, passed []goapp.UI
	well := int64(0)
	// What stands in the way comes first.
	for _, outcome := range []rules.Outcome{rules.Fail, rules.Unknown, rules.Pass} {
		for i, c := range v.checks {
			list := &items
			if c.Outcome != outcome {
				continue
			}
			if outcome == rules.Pass && v.many && (c.Code != "window" || v.bites.Paid == "") {
				well++
				if list = &passed; !v.opened {
					continue // with many groups these are most of the page
				}
			}
			*list = append(*list, d.Part(checkView{v.of, v.language, v.on, v.message, v.notices, c, v.bites, v.questions[i]}))
		}
	}
	body := []goapp.UI{kit.Tag("ul").Class("checks").Body(items...)}
	// With several groups what went well would bury what did not.
	if well > 0 {
		title := d.Words().Count("why.passed", well)
		body = append(body, d.Details("passed"+words.Itoa(v.group), title, "passed", []goapp.UI{kit.Tag("ul").Class("checks").Body(passed...)}))
	}
	return kit.Tag("div").Body(body...)
}

// A checkView is one condition.
type checkView struct {
	of       *Column
	language desk.ShownLanguage
	on       rules.Date
	message  rules.MessageType
	notices  []rules.Notice
	check    rules.Check
	bites    report.Bites
	question string // the one that would settle it, if any
}

func (v checkView) Draw() goapp.UI { return v.of.check(&v.check, v.bites, v.question) }

func (r *Column) check(c *rules.Check, bites report.Bites, question string) goapp.UI {
	d := r.Desk
	w := d.Words()
	book := d.Href(kit.RulesPath(d.Lang)) + "#"
	body := []goapp.UI{
		kit.Tag("p").Body(kit.Hidden(w.Text("outcome."+string(c.Outcome))+": "), kit.Text(d.Reason(c, bites))),
	}
	if c.Code == "available" && c.Outcome == rules.Fail {
		// What to use instead belongs to the reason, not to the end of the page.
		for _, n := range d.Quote.Notices {
			if strings.HasSuffix(n.Code, "ended") {
				body = append(body, kit.Tag("p").Body(kit.Text(w.NoticeText(&n))))
			}
		}
	}
	if c.Error != "" {
		body = append(body, kit.Tag("p").Class("hint").Body(
			kit.Tag("a").Attr("href", book+CodePrefix+c.Error).Body(kit.Text(w.Text("why.error", "code", c.Error))),
		))
	}
	if question != "" {
		body = append(body, kit.Button("link", w.Text("why.answer"), func(goapp.Context, goapp.Event) { browser.MoveTo(question) }, question))
	}
	body = append(body, kit.Tag("div").Class("ground").Body(
		d.Sources(c.Sources, c.Status, c.Since),
		kit.Tag("a").Class("rule-link").Attr("href", book+c.Rule).Body(kit.Text(w.Text("why.rule"))),
	))
	return kit.Tag("li").Class("check check-" + string(c.Outcome)).Body(append([]goapp.UI{desk.OutcomeIcon(c.Outcome)}, kit.Tag("div").Body(body...))...)
}
