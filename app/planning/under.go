package planning

import (
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/app/plan"
	"postage/rules"
)

const underID = "plan-under"

// under asks what the same plan would cost under the rules of another day.
func (v reply) under() goapp.UI {
	if v.answer.Quote == nil {
		return nil
	}
	w := v.words()
	in := goapp.ElemSelfClosing("input").ID(underID).Class("input").Attr("type", "date").Attr("value", v.work.underDay).
		On("change", func(ctx goapp.Context, _ goapp.Event) { v.work.underDay = ctx.JSSrc().Get("value").String() })
	body := []goapp.UI{
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("plan.under.hint"))),
		kit.Div("field", kit.Tag("label").Attr("for", underID).Body(kit.Text(w.Text("plan.under.day"))), kit.Div("input-box", in, page.DayUnit(w, v.work.underDay))),
		kit.Tag("div").Attr("role", "status").Body(v.underDay()...),
	}
	return kit.Tag("section").Class("card plan-under").Body(kit.Tag("details").Class("more").Attr("open", v.work.underOpen).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.work.underOpen = ctx.JSSrc().Get("open").Bool() }).
		Body(kit.Tag("summary").Body(kit.Text(w.Text("plan.under"))), kit.Div("", body...)))
}

// underDay is the plan's total under the day's rules beside its own, and what could not
// have been sent.
func (v reply) underDay() (body []goapp.UI) {
	w := v.words()
	day, err := rules.ParseDate(v.work.underDay)
	if err != nil {
		return nil
	}
	other, refused := v.answer.Under(day)
	if other == nil {
		return nil
	}
	t := plan.Teller{Report: &v.work.report, Plan: &v.plan, Answer: other, Today: v.today}
	line := func(label string, t plan.Teller) goapp.UI {
		total, rest := t.Total()
		for _, r := range rest {
			total += " " + r
		}
		return kit.Div("line", kit.Tag("dt").Body(kit.Text(label)), kit.Tag("dd").Body(kit.Text(total)))
	}
	body = append(body, kit.Tag("dl").Class("lines").Body(line(w.Text("plan.under.own"), v.tell()), line(w.Text("plan.under.then", "date", w.Date(day)), t)))
	var list []goapp.UI
	for n := range other.Quote.Items {
		q := &other.Quote.Items[n]
		why := t.Reason(q)
		switch {
		case slices.Contains(refused, n):
			why = w.Text("plan.under.refused")
		case q.Verdict == v.answer.Quote.Items[n].Verdict:
			continue
		case why == "":
			why = w.Text("verdict." + string(q.Verdict))
		}
		list = append(list, kit.Tag("li").Body(kit.Tag("b").Body(kit.Text(t.Name(v.answer.At[n])+": ")), kit.Text(why)))
	}
	if len(list) > 0 {
		body = append(body, kit.Tag("ul").Class("under-changes").Body(list...))
	}
	return body
}
