package listing

import (
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
	l := w.Words()
	w.Typed = map[string]string{}
	for id, n := range map[string]*int64{careSentID: w.choices.CareSent, careBeforeID: w.choices.CareBefore, dailyID: w.choices.Daily} {
		if n != nil {
			w.Typed[id] = l.Number(*n)
		}
	}
	if w.choices.Rate != nil {
		w.Typed[rateID] = l.Decimal(*w.choices.Rate, 0)
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
		kit.PlaceFor(v.given()),
	}
	if c.Has(contacts.OA) || c.Has(contacts.ZNS) || c.Has(contacts.UID) { // it decides what each of these may
		body = append(body, v.oaPackage())
		var none goapp.UI
		if c.Has(contacts.UID) && c.Package != "" && !rules.HasAPI(c.Package, c.On) {
			none = kit.Tag("p").Class("hint list-no-api").Body(kit.Text(w.Text("list.no-api")))
		}
		body = append(body, kit.PlaceFor(none))
	}
	if c.Purpose == rules.Promotion && c.Has(contacts.ZNS) {
		body = append(body, kit.Tag("p").Class("hint list-why").Body(kit.Text(w.Text("list.care.why"))),
			kit.Div("pair", v.count(careSentID, v.careIn(1), &c.CareSent, 0), v.count(careBeforeID, v.careIn(2), &c.CareBefore, 0)))
	}
	if c.Has(contacts.ZNS) {
		body = append(body, v.count(dailyID, w.Text("ask.sender.dailyQuota"), &c.Daily, 1), kit.Tag("p").Class("hint").Body(kit.Text(w.Text("list.daily.why"))))
	}
	if c.Has(contacts.WhatsApp) {
		body = append(body, v.rate())
	}
	return kit.Tag("section").Class("card list-ways-card").ID("list-ways").Attr("tabindex", "-1").Attr("aria-labelledby", "list-ways-title").Body(body...)
}

// given says whose the answers are that stand there before anybody has given them on this
// page; nil where none does.
func (v choices) given() goapp.UI {
	c := &v.work.choices
	if c.Package == "" && c.CareSent == nil && c.CareBefore == nil && c.Daily == nil && c.Rate == nil {
		return nil
	}
	key := "list.given.kept"
	if v.Sample {
		key = "list.given.sample"
	} else if !v.recalled {
		return nil
	}
	return kit.Tag("p").Class("hint list-given").Body(kit.Text(v.Words().Text(key)))
}

// careIn is what is asked of a month, so many before that of the sending.
func (v choices) careIn(before int) string {
	const months = 12
	year, month, _ := v.work.choices.On.Split()
	if month -= before; month < 1 {
		year, month = year-1, month+months
	}
	return v.Words().Text("list.care.month", "n", itoa(month), "year", itoa(year))
}

func (v choices) oaPackage() goapp.UI {
	w := v.Words()
	options := [][2]string{{"", w.Text("answer.unknown")}}
	for _, p := range rules.OAPackages(v.work.choices.On) {
		options = append(options, [2]string{string(p), w.First([]string{"option.sender.oaPackage-running." + string(p), "option.sender.oaPackage." + string(p)})})
	}
	return filing.Form{File: &v.File}.Select(packageID, w.Text("ask.sender.oaPackage"), string(v.work.choices.Package), options, func(value string) { v.work.choices.Package = rules.OAPackage(value) })
}

// count asks for a number.
func (v choices) count(id, label string, to **int64, least int64) goapp.UI {
	return filing.Form{File: &v.File}.Number(id, label, "", v.Words().Text("list.count.wrong"), func(typed string) bool {
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
	return filing.Form{File: &v.File}.Number(rateID, v.Words().Text("list.rate"), "₫", v.Words().Text("list.rate.wrong"), func(typed string) bool {
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

func itoa(n int) string { return strconv.Itoa(n) }
