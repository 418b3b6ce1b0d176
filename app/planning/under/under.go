package under

import (
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/app/plan"
	"postage/rules"
)

// A View asks for the day, and shows what comes of it.
type View struct {
	plan.Teller

	Day    string // under whose rules the plan is to be seen, 2006-01-02
	Open   bool   // the part is open
	Choose func(day string)
	Toggle func(open bool)
}

const dayID = "plan-under"

// Draw is the part of the page; nil where the plan has no answer.
func (v View) Draw() goapp.UI {
	if v.Answer.Quote == nil {
		return nil
	}
	w := v.Words()
	in := goapp.ElemSelfClosing("input").ID(dayID).Class("input").Attr("type", "date").Attr("value", v.Day).
		On("change", func(ctx goapp.Context, _ goapp.Event) { v.Choose(ctx.JSSrc().Get("value").String()) })
	body := []goapp.UI{
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("plan.under.hint"))),
		kit.Div("field", kit.Tag("label").Attr("for", dayID).Body(kit.Text(w.Text("plan.under.day"))), kit.Div("input-box", in, page.DayUnit(w, v.Day))),
		kit.Tag("div").Attr("role", "status").Body(v.then()...),
	}
	return kit.Tag("section").Class("card plan-under").Body(kit.Tag("details").Class("more").Attr("open", v.Open).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.Toggle(ctx.JSSrc().Get("open").Bool()) }).
		Body(kit.Tag("summary").Body(kit.Text(w.Text("plan.under"))), kit.Div("", body...)))
}

// then is the plan's total under the day's rules beside its own, by how much they differ,
// and which messages have changed, and why.
func (v View) then() (body []goapp.UI) {
	w := v.Words()
	day, err := rules.ParseDate(v.Day)
	if err != nil {
		return nil
	}
	other, refused := Of(v.Answer, day)
	if other == nil {
		return nil
	}
	t := v.Teller
	t.Answer = other
	line := func(label, said string) goapp.UI {
		return kit.Div("line", kit.Tag("dt").Body(kit.Text(label)), kit.Tag("dd").Body(kit.Text(said)))
	}
	total := func(t plan.Teller) string {
		first, rest := t.Total()
		return strings.Join(append([]string{first}, rest...), " ")
	}
	lines := []goapp.UI{line(w.Text("plan.under.own"), total(v.Teller)), line(w.Text("plan.under.then", "date", w.Date(day)), total(t))}
	if difference := Difference(v.Teller, other); difference != "" {
		lines = append(lines, line(w.Text("plan.under.difference"), difference))
	}
	body = append(body, kit.Tag("dl").Class("lines").Body(lines...))
	for i := range other.Quote.Notices {
		if n := &other.Quote.Notices[i]; n.Code == rules.NotAnnounced {
			body = append(body, kit.Tag("p").Class("misfit").Body(kit.Text(w.NoticeText(n))))
		}
	}
	var list []goapp.UI
	for n := range other.Quote.Items {
		why := w.Text("plan.under.refused")
		if !slices.Contains(refused, n) {
			why = strings.Join(Changed(t, v.Answer, n), "; ")
		}
		if why != "" {
			list = append(list, kit.Tag("li").Body(kit.Tag("b").Body(kit.Text(t.Name(v.Answer.At[n])+": ")), kit.Text(why)))
		}
	}
	if len(list) > 0 {
		body = append(body, kit.Tag("ul").Class("under-changes").Body(list...))
	}
	return body
}
