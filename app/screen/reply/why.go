package reply

import (
	"reflect"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/report"
	"postage/app/screen/desk"
	"postage/app/words"
	"postage/rules"
)

const whyID = "why"

// CodePrefix begins the address of a platform's error code on the Rules page.
const CodePrefix = "code-"

// Why lists the checks, group by group, each with its reason and sources. Groups with
// the same reasons share them.
func (r *Column) Why() goapp.UI {
	d := r.Desk
	body := []goapp.UI{kit.Tag("h2").ID(whyID + "-title").Body(kit.Text(d.Words().Text("why.title")))}
	for _, v := range r.shared() {
		for _, g := range v.groups {
			if v.many {
				body = append(body, d.Part(r.verdict(g)))
			}
		}
		body = append(body, d.Part(v))
	}
	body = append(body, kit.PlaceFor(r.forAll()), kit.PlaceFor(r.particular()))
	return kit.Tag("section").Class("card why").ID(whyID).Attr("tabindex", "-1").Attr("aria-labelledby", whyID+"-title").Body(body...)
}

// shared are the checks of all groups, those of several groups once where they are the
// same.
func (r *Column) shared() (all []checksView) {
	d := r.Desk
groups:
	for g := range d.Quote.Segments {
		v := checksView{of: r,
			language: d.ShownLanguage(), on: d.Quote.On, message: d.Quote.Message, notices: d.Quote.Notices,
			groups: []int{g}, many: len(d.Quote.Segments) > 1, checks: d.Checks(g), bites: d.Bites(g), opened: d.Opened[passedKey(g)],
		}
		for i := range v.checks {
			v.questions = append(v.questions, d.QuestionBehind(&v.checks[i]))
		}
		for i := range all {
			if all[i].says(&v) {
				all[i].groups = append(all[i].groups, g)
				continue groups
			}
		}
		all = append(all, v)
	}
	return all
}

func passedKey(group int) string { return "passed" + words.Itoa(group) }

// verdict is the verdict on one of several groups, with what it costs.
func (r *Column) verdict(g int) verdictView {
	d := r.Desk
	seg := &d.Quote.Segments[g]
	name := d.GroupName(g)
	if country := d.Stands.Audience[g].Country; country != "" {
		name += " · " + d.CountryName(country)
	}
	return verdictView{r, d.ShownLanguage(), name, d.Quote.Shown(seg.Verdict), seg.Deliverable, seg.Requested,
		r.costs(func(l *rules.Line) bool { return l.Segment != nil && *l.Segment == g })}
}

// costs is the sum of some lines in words, empty where there is no total.
func (r *Column) costs(of func(*rules.Line) bool) string {
	q := r.Desk.Quote
	if len(q.Totals) == 0 {
		return ""
	}
	sum, _ := model.SumOf(q, of)
	return r.Desk.Words().Money(sum.Gross, q.Totals[0].Currency)
}

// forAll is what several groups cost together beside what each costs.
func (r *Column) forAll() goapp.UI {
	d := r.Desk
	if len(d.Quote.Segments) < 2 || !slices.ContainsFunc(d.Quote.Lines, func(l rules.Line) bool { return l.Segment == nil && !l.Gross.IsZero() }) {
		return nil
	}
	return kit.Tag("p").Class("why-group").Body(
		kit.Span("why-name", d.Words().Text("groups.shared")),
		kit.Span("why-cost", r.costs(func(l *rules.Line) bool { return l.Segment == nil })),
		kit.Span("why-count", d.OwnText("groups.shared.about")))
}

// A verdictView is the verdict on one of several groups. It is apart from the
// checks, as its numbers change more often than those do.
type verdictView struct {
	of             *Column
	language       desk.ShownLanguage
	name           string
	verdict        rules.Verdict
	out, requested int64
	cost           string
}

func (v verdictView) Draw() goapp.UI {
	w := v.of.Desk.Words()
	return kit.Tag("h3").Class("why-group").Body(
		kit.Tag("span").Class("why-name").Body(kit.Text(v.name+" "), kit.Span("verdict-word verdict-"+string(v.verdict), w.Text("verdict."+string(v.verdict)))),
		kit.Span("why-cost", v.cost),
		kit.Span("why-count", w.Text(report.AtMost("why.of", v.verdict), "out", w.Number(v.out), "all", w.Number(v.requested))),
	)
}

// A checksView is the checks of one group, or of several that have the same.
type checksView struct {
	of        *Column
	language  desk.ShownLanguage
	on        rules.Date
	message   rules.MessageType
	notices   []rules.Notice
	groups    []int // the first one's questions are asked
	many      bool  // there are other groups
	checks    []rules.Check
	bites     report.Bites
	questions []string // for each check the one that would settle it
	opened    bool
}

// says reports whether the checks of another group are the same, in words too.
func (v *checksView) says(other *checksView) bool {
	if v.bites != other.bites || len(v.checks) != len(other.checks) {
		return false
	}
	for i := range v.checks {
		a, b := v.checks[i], other.checks[i]
		a.Needs, b.Needs = nil, nil // they name the group
		if form.FieldName(v.questions[i]) != form.FieldName(other.questions[i]) || !reflect.DeepEqual(a, b) {
			return false
		}
	}
	return true
}

func (v checksView) Draw() goapp.UI {
	d := v.of.Desk
	var items, passed []goapp.UI
	well := int64(0)
	// What stands in the way comes first. What went well would bury it; of that only
	// what says from which message on it is paid for stays in sight.
	for _, outcome := range []rules.Outcome{rules.Fail, rules.Unknown, rules.Pass} {
		for i, c := range v.checks {
			list := &items
			if c.Outcome != outcome {
				continue
			}
			if outcome == rules.Pass && (c.Code != "window" || v.bites.Paid == "") {
				well++
				if list = &passed; v.many && !v.opened {
					continue // with many groups these are most of the page
				}
			}
			*list = append(*list, d.Part(checkView{v.of, v.language, v.on, v.message, v.notices, c, v.bites, v.questions[i]}))
		}
	}
	body := []goapp.UI{kit.Tag("ul").Class("checks").Body(items...)}
	if well > 0 {
		body = append(body, d.Details(passedKey(v.groups[0]), d.Words().Count("why.passed", well), "passed", []goapp.UI{kit.Tag("ul").Class("checks").Body(passed...)}))
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
	if first := report.FirstMonth(&d.Report, c); first != "" && !d.Options.ReadOnly {
		body = append(body, kit.Tag("p").Class("screen-only").Body(kit.Text(first)))
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
	if c.Code == "content" && c.Outcome == rules.Fail && !d.Frame {
		body = append(body, desk.Lead("link", w.Text("why.offers"), desk.WaysID))
	}
	if question != "" {
		body = append(body, desk.Lead("link", w.Text("why.answer"), question))
	}
	body = append(body, kit.Tag("div").Class("ground").Body(
		d.Sources(c.Sources, c.Status, c.Since),
		kit.Tag("a").Class("rule-link").Attr("href", book+c.Rule).Body(kit.Text(w.Text("why.rule"))),
	))
	return kit.Tag("li").Class("check check-" + string(c.Outcome)).Body(append([]goapp.UI{desk.OutcomeIcon(c.Outcome)}, kit.Tag("div").Body(body...))...)
}
