package ask

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/form"
	"postage/app/kit"
	"postage/app/model"
	"postage/app/words"
)

// A budget is the other side of the number of recipients: to how many an amount of
// money may go.
type budget struct {
	of    *Column
	typed string
}

const (
	budgetKey = "budget0"
	budgetID  = "budget"
)

// draw stands below the number of recipients of the one group.
func (b *budget) draw() goapp.UI {
	d := b.of.Desk
	w := d.Words()
	var body []goapp.UI
	if d.Opened[budgetKey] {
		body = b.fields()
	}
	return kit.Tag("details").Class("more").Attr("open", d.Opened[budgetKey]).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { d.Opened[budgetKey] = ctx.JSSrc().Get("open").Bool() }).
		Body(kit.Tag("summary").Body(kit.Text(w.Text("budget.open"))), kit.Div("field", body...))
}

func (b *budget) fields() []goapp.UI {
	d := b.of.Desk
	w := d.Words()
	answer := model.BudgetOf(d.Form, b.typed)
	in := goapp.ElemSelfClosing("input").ID(budgetID).Attr("name", budgetID).Attr("type", "text").Attr("inputmode", "decimal").
		Attr("autocomplete", "off").Class("input number").Attr("value", b.typed).Attr("aria-describedby", budgetID+"-answer").
		On("input", func(ctx goapp.Context, _ goapp.Event) { b.typed = ctx.JSSrc().Get("value").String() })
	if answer.Said == "budget.number" {
		in = in.Attr("aria-invalid", "true")
	}
	people := w.Count("people", answer.Most)
	total := w.Money(answer.Total.Gross, answer.Total.Currency)
	said := ""
	switch {
	case answer.Said != "":
		said = w.Text(answer.Said, "total", total)
	case answer.Most > 0:
		said = w.Text("budget.most", "people", people, "total", total)
		if answer.Own {
			said += " " + w.Text("ways.own")
		}
	}
	fields := []goapp.UI{
		kit.Tag("label").Attr("for", budgetID).Body(kit.Text(w.Text("budget.label"))),
		kit.Div("input-box", in, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(model.BudgetCurrency(d.Form)))),
		kit.Tag("p").Class("hint").ID(budgetID+"-answer").Attr("role", "status").Body(kit.Text(said)),
	}
	if answer.Most > 0 {
		fields = append(fields, kit.Button("link", w.Text("budget.take", "people", people), func(goapp.Context, goapp.Event) {
			d.Form.Set(form.GroupPath(0, "recipients"), form.Exact+words.Itoa(int(answer.Most)))
			d.Changed()
			d.Said = w.Text("budget.taken", "people", people)
		}, answer.Most).ID("budget-take"))
	}
	return fields
}
