package listing

import (
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/contacts"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// choices ask what is sent, when, by whom and by which ways.
type choices struct{ *work }

// show writes the numbers of the choices into their fields.
func (w *work) show() {
	l := w.Words()
	w.typed = map[string]string{}
	for id, n := range map[string]*int64{careSentID: w.choices.CareSent, careBeforeID: w.choices.CareBefore, dailyID: w.choices.Daily} {
		if n != nil {
			w.typed[id] = l.Number(*n)
		}
	}
	if w.choices.Rate != nil {
		w.typed[rateID] = l.Decimal(*w.choices.Rate, 0)
	}
}

// The ids of the fields.
const (
	dayID        = "list-day"
	packageID    = "list-package"
	careSentID   = "list-care-sent"
	careBeforeID = "list-care-before"
	dailyID      = "list-daily"
	rateID       = "list-rate"
)

// sent asks for the purpose and the day.
func (v choices) sent() goapp.UI {
	w := v.Words()
	var chips []goapp.UI
	for _, p := range [...]rules.Purpose{rules.Promotion, rules.TransactionUpdate, rules.AnswerQuestion, rules.OneTimePassword} {
		chips = append(chips, kit.Chip("list-purpose", string(p), w.Text("ways.purpose."+string(p)), p == v.work.choices.Purpose, func(string) {
			v.work.choices.Purpose = p
			v.Changed()
		}))
	}
	day := goapp.ElemSelfClosing("input").ID(dayID).Class("input").Attr("type", "date").Attr("value", v.Fields.Draw(dayID, v.work.choices.On.String())).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			on, err := rules.ParseDate(ctx.JSSrc().Get("value").String())
			if err != nil {
				return
			}
			v.work.choices.On = on
			v.Changed()
		}, dayID)
	return kit.Tag("section").Class("card list-sent").Attr("aria-labelledby", "list-sent-title").Body(
		kit.Tag("h2").ID("list-sent-title").Body(kit.Text(w.Text("list.sent"))),
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Class("visually-hidden").Body(kit.Text(w.Text("list.sent"))), kit.Div("chips", chips...)),
		kit.Div("field", kit.Tag("label").Attr("for", dayID).Body(kit.Text(w.Text("list.day"))), kit.Div("input-box", day)),
	)
}

// ways ask which ways the sender has, and for what some of them need to be sure.
func (v choices) ways() goapp.UI {
	w, c := v.Words(), &v.work.choices
	var chips []goapp.UI
	for _, way := range contacts.Ways() {
		id := "list-way-" + string(way)
		chips = append(chips, kit.Tag("label").Class("chip").Body(
			goapp.ElemSelfClosing("input").ID(id).Attr("type", "checkbox").Attr("checked", c.Has(way)).
				On("change", func(ctx goapp.Context, _ goapp.Event) {
					v.fixed = true
					c.Set(way, ctx.JSSrc().Get("checked").Bool())
					v.Changed()
				}, id),
			kit.Span("", w.Text("list.way."+string(way)))))
	}
	body := []goapp.UI{
		kit.Tag("h2").ID("list-ways-title").Body(kit.Text(w.Text("list.ways"))),
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Class("visually-hidden").Body(kit.Text(w.Text("list.ways"))), kit.Div("chips", chips...)),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.ways.hint"))),
	}
	if c.Has(contacts.OA) {
		body = append(body, v.oaPackage())
	}
	if c.Purpose == rules.Promotion && c.Has(contacts.ZNS) {
		body = append(body, kit.Tag("p").Class("hint list-why").Body(kit.Text(w.Text("list.care.why"))), kit.Div("pair", v.count(careSentID, w.Text("list.care.last"), &c.CareSent, 0), v.count(careBeforeID, w.Text("list.care.before"), &c.CareBefore, 0)))
	}
	if c.Has(contacts.ZNS) {
		body = append(body, v.count(dailyID, w.Text("ask.sender.dailyQuota"), &c.Daily, 1))
	}
	if c.Has(contacts.WhatsApp) {
		body = append(body, v.rate())
	}
	return kit.Tag("section").Class("card list-ways-card").ID("list-ways").Attr("tabindex", "-1").Attr("aria-labelledby", "list-ways-title").Body(body...)
}

func (v choices) oaPackage() goapp.UI {
	w := v.Words()
	option := func(value, label string) goapp.UI {
		return kit.Tag("option").Attr("value", value).Attr("selected", string(v.work.choices.Package) == value).Body(kit.Text(label))
	}
	options := []goapp.UI{option("", w.Text("answer.unknown"))}
	for _, p := range rules.OAPackages(v.work.choices.On) {
		options = append(options, option(string(p), w.First([]string{"option.sender.oaPackage-running." + string(p), "option.sender.oaPackage." + string(p)})))
	}
	list := kit.Tag("select").ID(packageID).Class("input").Body(options...).On("change", func(ctx goapp.Context, _ goapp.Event) {
		v.work.choices.Package = rules.OAPackage(ctx.JSSrc().Get("value").String())
		v.Changed()
	}, packageID)
	return kit.Div("field", kit.Tag("label").Attr("for", packageID).Body(kit.Text(w.Text("ask.sender.oaPackage"))), kit.Div("input-box", list))
}

// count asks for a number.
func (v choices) count(id, label string, to **int64, least int64) goapp.UI {
	return v.number(id, label, "", "list.count.wrong", func(typed string) bool {
		n, ok := words.ParseCount(typed)
		if *to = nil; typed == "" {
			return true
		}
		if ok = ok && n >= least; ok {
			*to = &n
		}
		return ok
	})
}

// rate asks for dong for a dollar.
func (v choices) rate() goapp.UI {
	return v.number(rateID, v.Words().Text("list.rate"), "₫", "list.rate.wrong", func(typed string) bool {
		d, ok := words.ParseDecimal(typed, v.Lang)
		if v.work.choices.Rate = nil; typed == "" {
			return true
		}
		if ok = ok && contacts.IsRate(d); ok {
			v.work.choices.Rate = &d
		}
		return ok
	})
}

// number is a field for a number, which takes what is typed and reports whether it can be.
func (v choices) number(id, label, unit, wrong string, take func(typed string) bool) goapp.UI {
	in := goapp.ElemSelfClosing("input").ID(id).Class("input number").Attr("type", "text").Attr("inputmode", "decimal").Attr("autocomplete", "off").
		Attr("value", v.Fields.Draw(id, v.typed[id])).
		On("change", func(ctx goapp.Context, _ goapp.Event) {
			typed := ctx.JSSrc().Get("value").String()
			v.typed[id] = typed
			v.Opened["wrong "+id] = !take(typed)
			v.Changed()
		}, id)
	var said goapp.UI
	if v.Opened["wrong "+id] {
		in = in.Attr("aria-invalid", "true").Attr("aria-describedby", id+"-error")
		said = kit.Tag("p").Class("mistake").ID(id + "-error").Body(kit.Text(v.Words().Text(wrong)))
	}
	box := []goapp.UI{in}
	if unit != "" {
		box = append(box, kit.Tag("span").Class("unit").Aria("hidden", "true").Body(kit.Text(unit)))
	}
	return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(label)), kit.Div("input-box", box...), kit.PlaceFor(said))
}

func itoa(n int) string { return strconv.Itoa(n) }
