package screen

import (
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/browser"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

const whyID = "why"

// why lists the checks, group by group, each with its reason and sources.
func (s *screen) why() goapp.UI {
	many := len(s.Quote.Segments) > 1
	body := []goapp.UI{kit.Tag("h2").ID(whyID + "-title").Body(kit.Text(s.Words().Text("why.title")))}
	for i, seg := range s.Quote.Segments {
		v := checksView{
			language: s.shownLanguage(), on: s.Quote.On, message: s.Quote.Message, notices: s.Quote.Notices,
			group: i, many: many, checks: seg.Checks, opened: s.opened["passed"+words.Itoa(i)],
		}
		for j := range seg.Checks {
			v.questions = append(v.questions, s.QuestionBehind(&seg.Checks[j]))
		}
		if many {
			body = append(body, s.part(verdictView{s.shownLanguage(), i, seg.Name, seg.Verdict, seg.Deliverable, seg.Requested}))
		}
		body = append(body, s.part(v))
	}
	return kit.Tag("section").Class("card why").ID(whyID).Attr("tabindex", "-1").Attr("aria-labelledby", whyID+"-title").Body(body...)
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
	w := s.Words()
	name := v.name
	if name == "" {
		name = w.Text("group.number", "n", words.Itoa(v.group+1))
	}
	return kit.Tag("h3").Class("why-group").Body(
		kit.Text(name+" · "), kit.Span("verdict-word verdict-"+string(v.verdict), w.Text("verdict."+string(v.verdict))),
		kit.Span("why-count", w.Text("why.of", "out", w.Number(v.out), "all", w.Number(v.requested))),
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
	body := []goapp.UI{kit.Tag("ul").Class("checks").Body(items...)}
	// With several groups what went well would bury what did not.
	if well > 0 {
		title := s.Words().Count("why.passed", well)
		body = append(body, s.details("passed"+words.Itoa(v.group), title, "passed", []goapp.UI{kit.Tag("ul").Class("checks").Body(passed...)}))
	}
	return kit.Tag("div").Body(body...)
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
	w := s.Words()
	body := []goapp.UI{
		kit.Tag("p").Body(kit.Hidden(w.Text("outcome."+string(c.Outcome))+": "), kit.Text(s.CheckText(c))),
	}
	if c.Code == "available" && c.Outcome == rules.Fail {
		// What to use instead belongs to the reason, not to the end of the page.
		for _, n := range s.Quote.Notices {
			if strings.HasSuffix(n.Code, "ended") {
				body = append(body, kit.Tag("p").Body(kit.Text(w.NoticeText(&n))))
			}
		}
	}
	if c.Error != "" {
		body = append(body, kit.Tag("p").Class("hint").Body(kit.Text(w.Text("why.error", "code", c.Error))))
	}
	if question != "" {
		body = append(body, kit.Button("link", w.Text("why.answer"), func(goapp.Context, goapp.Event) { browser.MoveTo(question) }, question))
	}
	body = append(body, kit.Tag("div").Class("ground").Body(
		s.sources(c.Sources, c.Status, c.Since),
		kit.Tag("a").Class("rule-link").Attr("href", s.href(kit.RulesPath(s.Lang))+"#"+c.Rule).Body(kit.Text(w.Text("why.rule"))),
	))
	return kit.Tag("li").Class("check check-" + string(c.Outcome)).Body(append([]goapp.UI{outcomeIcon(c.Outcome)}, kit.Tag("div").Body(body...))...)
}

// outcomeIcon is the outcome as a shape; its word stands beside it for screen
// readers.
func outcomeIcon(o rules.Outcome) goapp.UI {
	shapes := map[rules.Outcome]string{
		rules.Pass:    "M4 10.5l4 4 8-9",
		rules.Fail:    "M5 5l10 10M15 5L5 15",
		rules.Unknown: "M7 7c0-4.5 6.5-4.5 6.5 0 0 3-3.5 2.500-3.5 5.5m0 3.5v.5",
	}
	return kit.Icon(shapes[o])
}

// sources names the documents that something rests on, with the status and the
// day of the fact where it has them.
func (s *screen) sources(ids []string, status rules.Status, since rules.Date) goapp.UI {
	return SourceLine(s.Words(), ids, status, since)
}

func SourceLine(w *words.Language, ids []string, status rules.Status, since rules.Date) goapp.UI {
	var parts []goapp.UI
	for i, src := range words.SourcesByName(w, ids) {
		if i > 0 {
			parts = append(parts, kit.Text(" · "))
		}
		if src.URL == "" {
			parts = append(parts, kit.Tag("span").Attr("title", src.Title).Body(kit.Text(src.Name)))
			continue
		}
		parts = append(parts, kit.Outside(src.URL, src.Title, src.Name))
	}
	if since != 0 {
		parts = append(parts, kit.Span("since", " · "+w.Text("since", "date", w.Date(since))))
	}
	if status != "" {
		parts = append(parts, kit.Span("status", " · "+w.Text("status."+string(status))))
	}
	return kit.Tag("p").Class("sources").Body(parts...)
}
