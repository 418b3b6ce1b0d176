package listing

import (
	"cmp"
	"strconv"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/contacts"
	"postage/app/filing"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
)

// choices ask what is sent, when, by whom and by which ways.
type choices struct{ *work }

// show writes the numbers of the choices into their fields.
func (w *work) show() {
	l, c := w.Words(), &w.choices
	w.Typed = map[string]string{}
	for _, a := range c.Care {
		w.Typed[careID(a.Month)] = l.Number(a.N)
	}
	if c.Daily != nil {
		w.Typed[dailyID] = l.Number(*c.Daily)
	}
	if c.Rate != nil {
		w.Typed[rateID] = l.Decimal(*c.Rate, 0)
	}
}

// fill takes up choices that nobody has made on this page, and notes of what stands in the
// fields whose it is, by the key of a text that says so.
func (w *work) fill(c contacts.Choices, whose string) {
	w.choices = c
	w.show()
	w.given = map[string]string{}
	for id := range w.Typed {
		w.given[id] = whose
	}
	if c.Package != "" {
		w.given[packageID] = whose
	}
}

// The ids of the fields.
const (
	dayID     = "list-day"
	packageID = "list-package"
	dailyID   = "list-daily"
	rateID    = "list-rate"
)

// careID is the id of the field for what arrived in a month, by its first day.
func careID(month rules.Date) string { return "list-care-" + month.Month().String() }

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
	return kit.Tag("section").Class("card list-sent").Attr("aria-labelledby", "list-sent-title").Body(
		kit.Tag("h2").ID("list-sent-title").Body(kit.Text(w.Text("list.sent"))),
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Class("visually-hidden").Body(kit.Text(w.Text("list.sent"))), kit.Div("chips", chips...)),
		filing.Form{File: &v.File}.Day(dayID, w.Text("list.day"), v.work.choices.On, func(on rules.Date) { v.work.choices.On = on }),
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
					c.Switch(way, ctx.JSSrc().Get("checked").Bool())
					v.Changed()
				}, id),
			kit.Span("", w.Text("list.way."+string(way)))))
	}
	body := []goapp.UI{
		kit.Tag("h2").ID("list-ways-title").Body(kit.Text(w.Text("list.ways"))),
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Class("visually-hidden").Body(kit.Text(w.Text("list.ways"))), kit.Div("chips", chips...)),
		kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.ways.hint"))),
	}
	given := len(body)
	body = append(body, nil)
	whose := "" // what stands there is, where nobody has given it on this page
	add := func(ids []string, fields ...goapp.UI) {
		body = append(body, fields...)
		for _, id := range ids {
			whose = cmp.Or(whose, v.given[id])
		}
	}
	if c.Has(contacts.OA) || c.Has(contacts.ZNS) || c.Has(contacts.UID) { // it decides what each of these may
		var none goapp.UI
		if c.Has(contacts.UID) && c.Package != "" && !rules.HasAPI(c.Package, c.On) {
			none = kit.Tag("p").Class("hint list-no-api").Body(kit.Text(w.Text("list.no-api")))
		}
		add([]string{packageID}, v.oaPackage(), kit.PlaceFor(none))
	}
	if c.Purpose == rules.Promotion && c.Has(contacts.ZNS) {
		last, before := c.CareMonths()
		add([]string{careID(last), careID(before)}, kit.Tag("p").Class("hint list-why").Body(kit.Text(w.Text("list.care.why"))),
			kit.Div("pair", v.care(last), v.care(before)))
	}
	if c.Has(contacts.ZNS) {
		add([]string{dailyID}, v.daily(), kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.daily.why"))))
	}
	if c.Has(contacts.WhatsApp) {
		add([]string{rateID}, v.rate())
	}
	var said goapp.UI
	if whose != "" {
		said = kit.Tag("p").Class("hint list-given").Body(kit.Text(w.Text(whose)))
	}
	body[given] = kit.PlaceFor(said)
	return kit.Tag("section").Class("card list-ways-card").ID("list-ways").Attr("tabindex", "-1").Attr("aria-labelledby", "list-ways-title").Body(body...)
}

func (v choices) oaPackage() goapp.UI {
	w := v.Words()
	options := [][2]string{{"", w.Text("answer.unknown")}}
	for _, p := range rules.OAPackages(v.work.choices.On) {
		options = append(options, [2]string{string(p), w.First([]string{"option.sender.oaPackage-running." + string(p), "option.sender.oaPackage." + string(p)})})
	}
	return filing.Form{File: &v.File}.Select(packageID, w.Text("ask.sender.oaPackage"), string(v.work.choices.Package), options, v.takePackage)
}

func (v choices) takePackage(value string) {
	delete(v.work.given, packageID)
	v.work.choices.Package = rules.OAPackage(value)
}

// care asks how many ZNS arrived in a month, by its first day.
func (v choices) care(month rules.Date) goapp.UI {
	year, of, _ := month.Split()
	label := v.Words().Text("list.care.month", "n", itoa(of), "year", itoa(year))
	return v.number(careID(month), label, "", "list.count.wrong", func(typed string) bool { return v.takeCare(month, typed) })
}

func (v choices) takeCare(month rules.Date, typed string) bool {
	c := &v.work.choices
	delete(v.work.given, careID(month))
	c.ForgetCare(month)
	n, ok := words.ParseCount(typed)
	if ok {
		c.Care = append(c.Care, contacts.Arrived{Month: month, N: n})
	}
	return ok
}

// daily asks for how many ZNS may go out a day.
func (v choices) daily() goapp.UI {
	return v.number(dailyID, v.Words().Text("ask.sender.dailyQuota"), "", "list.count.wrong", v.takeDaily)
}

func (v choices) takeDaily(typed string) bool {
	delete(v.work.given, dailyID)
	v.work.choices.Daily = nil
	n, ok := words.ParseCount(typed)
	if ok = ok && n > 0; ok {
		v.work.choices.Daily = &n
	}
	return ok
}

// rate asks for dong for a dollar.
func (v choices) rate() goapp.UI {
	return v.number(rateID, v.Words().Text("list.rate"), "₫", "list.rate.wrong", v.takeRate)
}

func (v choices) takeRate(typed string) bool {
	delete(v.work.given, rateID)
	v.work.choices.Rate = nil
	d, ok := words.ParseDecimal(typed, v.Lang)
	if ok = ok && contacts.IsRate(d); ok {
		v.work.choices.Rate = &d
	}
	return ok
}

// number asks for a number that may be left open.
func (v choices) number(id, label, unit, wrong string, take func(typed string) bool) goapp.UI {
	return filing.Form{File: &v.File}.Number(id, label, unit, v.Words().Text(wrong), func(typed string) bool { return take(typed) || typed == "" })
}

func itoa(n int) string { return strconv.Itoa(n) }
