package app

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/rules"
)

const whyID = "why"

// why lists the checks, group by group, each with its reason and sources.
func (s *screen) why() goapp.UI {
	many := len(s.quote.Segments) > 1
	body := []goapp.UI{tag("h2").ID(whyID + "-title").Body(text(s.words().text("why.title")))}
	for i, seg := range s.quote.Segments {
		v := checksView{
			language: s.shownLanguage(), on: s.quote.On, message: s.quote.Message, notices: s.quote.Notices,
			group: i, many: many, checks: seg.Checks, opened: s.opened["passed"+itoa(i)],
		}
		for j := range seg.Checks {
			v.questions = append(v.questions, s.questionBehind(&seg.Checks[j]))
		}
		if many {
			body = append(body, s.part(verdictView{s.shownLanguage(), i, seg.Name, seg.Verdict, seg.Deliverable, seg.Requested}))
		}
		body = append(body, s.part(v))
	}
	return tag("section").Class("card why").ID(whyID).Attr("tabindex", "-1").Attr("aria-labelledby", whyID+"-title").Body(body...)
}

// A verdictView is the verdict on one of several groups. It is apart from the
// checks, as its numbers change more often than those do.
type verdictView struct {
	language       shownLanguage
	group          int
	name           string
	verdict        rules.Verdict
	out, requested int64
}

func (v verdictView) draw(s *screen) goapp.UI {
	w := s.words()
	name := v.name
	if name == "" {
		name = w.text("group.number", "n", itoa(v.group+1))
	}
	return tag("h3").Class("why-group").Body(
		text(name+" · "), span("verdict-word verdict-"+string(v.verdict), w.text("verdict."+string(v.verdict))),
		span("why-count", w.text("why.of", "out", w.number(v.out), "all", w.number(v.requested))),
	)
}

// A checksView is the checks of one group.
type checksView struct {
	language  shownLanguage
	on        rules.Date
	message   rules.MessageType
	notices   []rules.Notice
	group     int
	many      bool // there are other groups
	checks    []rules.Check
	questions []string // for each check the one that would settle it
	opened    bool
}

func (v checksView) draw(s *screen) goapp.UI {
	var items, passed []goapp.UI
	well := int64(0)
	// What stands in the way comes first.
	for _, outcome := range []rules.Outcome{rules.Fail, rules.Unknown, rules.Pass} {
		for i, c := range v.checks {
			list := &items
			if c.Outcome != outcome {
				continue
			}
			if outcome == rules.Pass && v.many {
				well++
				if list = &passed; !v.opened {
					continue // with many groups these are most of the page
				}
			}
			*list = append(*list, s.part(checkView{v.language, v.on, v.message, v.notices, c, v.questions[i]}))
		}
	}
	body := []goapp.UI{tag("ul").Class("checks").Body(items...)}
	// With several groups what went well would bury what did not.
	if well > 0 {
		title := s.words().count("why.passed", well)
		body = append(body, s.details("passed"+itoa(v.group), title, "passed", []goapp.UI{tag("ul").Class("checks").Body(passed...)}))
	}
	return tag("div").Body(body...)
}

// A checkView is one condition.
type checkView struct {
	language shownLanguage
	on       rules.Date
	message  rules.MessageType
	notices  []rules.Notice
	check    rules.Check
	question string // the one that would settle it, if any
}

func (v checkView) draw(s *screen) goapp.UI { return s.check(&v.check, v.question) }

func (s *screen) check(c *rules.Check, question string) goapp.UI {
	w := s.words()
	body := []goapp.UI{
		tag("p").Body(hidden(w.text("outcome."+string(c.Outcome))+": "), text(s.checkText(c))),
	}
	if c.Code == "available" && c.Outcome == rules.Fail {
		// What to use instead belongs to the reason, not to the end of the page.
		for _, n := range s.quote.Notices {
			if strings.HasSuffix(n.Code, "ended") {
				body = append(body, tag("p").Body(text(w.text("notice."+n.Code))))
			}
		}
	}
	if c.Error != "" {
		body = append(body, tag("p").Class("hint").Body(text(w.text("why.error", "code", c.Error))))
	}
	if question != "" {
		body = append(body, button("link", w.text("why.answer"), func(goapp.Context, goapp.Event) { moveTo(question) }, question))
	}
	body = append(body, tag("div").Class("ground").Body(
		s.sources(c.Sources, c.Status, c.Since),
		tag("a").Class("rule-link").Attr("href", s.href(rulesPath(s.Lang))+"#"+c.Rule).Body(text(w.text("why.rule"))),
	))
	return tag("li").Class("check check-" + string(c.Outcome)).Body(append([]goapp.UI{outcomeIcon(c.Outcome)}, tag("div").Body(body...))...)
}

// checkText is the plain reason: the most specific text there is for the type.
func (s *screen) checkText(c *rules.Check) string {
	return s.words().checkText("check."+c.Code+"."+string(c.Outcome), s.quote, c)
}

// questionBehind is the question that would settle an unknown check; empty where
// the book itself does not know.
func (s *screen) questionBehind(c *rules.Check) string {
	for _, path := range c.Needs {
		if path == pathBase {
			path += "[0]"
		}
		if s.form.asks(path) {
			return path
		}
	}
	return ""
}

// outcomeIcon is the outcome as a shape; its word stands beside it for screen
// readers.
func outcomeIcon(o rules.Outcome) goapp.UI {
	shapes := map[rules.Outcome]string{
		rules.Pass:    "M4 10.5l4 4 8-9",
		rules.Fail:    "M5 5l10 10M15 5L5 15",
		rules.Unknown: "M7 7c0-4.5 6.5-4.5 6.5 0 0 3-3.5 2.500-3.5 5.5m0 3.5v.5",
	}
	return icon(shapes[o])
}

// sources names the documents that something rests on, with the status and the
// day of the fact where it has them.
func (s *screen) sources(ids []string, status rules.Status, since rules.Date) goapp.UI {
	return sourceLine(s.words(), ids, status, since)
}

func sourceLine(w *language, ids []string, status rules.Status, since rules.Date) goapp.UI {
	var parts []goapp.UI
	for i, src := range sourcesByName(w, ids) {
		if i > 0 {
			parts = append(parts, text(" · "))
		}
		if src.URL == "" {
			parts = append(parts, tag("span").Attr("title", src.Title).Body(text(src.name)))
			continue
		}
		parts = append(parts, outside(src.URL, src.Title, src.name))
	}
	if since != 0 {
		parts = append(parts, span("since", " · "+w.text("since", "date", w.date(since))))
	}
	if status != "" {
		parts = append(parts, span("status", " · "+w.text("status."+string(status))))
	}
	return tag("p").Class("sources").Body(parts...)
}
