package auditing

import (
	"slices"

	"github.com/shopspring/decimal"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/billing"
	"postage/app/browser"
	"postage/app/filing"
	"postage/app/kit"
	"postage/app/words"
	"postage/rules"
	"postage/rules/audit"
)

// asks are the questions after what the bill does not say.
type asks struct{ *work }

// The ids of the fields.
const (
	asksID     = "audit-asks"
	fromID     = "audit-from"
	untilID    = "audit-until"
	countryID  = "audit-country"
	typeID     = "audit-type"
	kindID     = "audit-kind"
	priceID    = "audit-price"
	currencyID = "audit-currency"
	rateID     = "audit-rate"
	percentID  = "audit-percent"
	eachID     = "audit-each"
)

// asked reports whether something is to be asked: it is missing, or an answer would change
// what was found.
func (v asks) asked(a billing.Ask) bool {
	missing := map[billing.Ask]string{billing.AskDay: noDay, billing.AskCountry: noCountry, billing.AskType: noType}
	if code, may := missing[a]; may && v.lacks(code) {
		return true
	}
	if v.found == nil { // what was said stays to be seen and changed
		c := &v.choices
		said := map[billing.Ask]bool{
			billing.AskDay: c.On != 0, billing.AskType: c.Type != "", billing.AskKind: c.Kind != "", billing.AskCurrency: c.Currency != "",
		}
		return said[a] || a == billing.AskKind && v.lacks(noType) && rules.MessageType(c.Type).Platform() == rules.ZNS.Platform()
	}
	return slices.Contains(v.found.Asks, a)
}

func (v asks) draw() goapp.UI {
	var body []goapp.UI
	for _, a := range billing.Asks() {
		if v.asked(a) {
			body = append(body, v.field(a)...)
		}
	}
	if v.found != nil && len(v.found.Needs) > 0 {
		body = append(body, v.rate(v.found.Needs[0]))
	}
	if len(body) == 0 {
		return nil
	}
	w := v.Words()
	return kit.Tag("section").Class("card audit-asks").ID(asksID).Attr("tabindex", "-1").Attr("aria-labelledby", asksID+"-title").Body(append([]goapp.UI{
		kit.Tag("h2").ID(asksID + "-title").Body(kit.Text(w.Text("audit.asks")))}, body...)...)
}

func (v asks) field(a billing.Ask) []goapp.UI {
	w, c := v.Words(), &v.choices
	unsaid := [2]string{"", w.Text("answer.unknown")}
	switch a {
	case billing.AskDay:
		return []goapp.UI{kit.Div("pair",
			filing.Form{File: &v.File}.Day(fromID, w.Text("audit.ask.from"), c.On, func(d rules.Date) {
				if v.choices.On = d; v.choices.Until < d {
					v.choices.Until = 0
				}
			}),
			filing.Form{File: &v.File}.Day(untilID, w.Text("audit.ask.until"), c.Until, func(d rules.Date) {
				if v.choices.Until = d; v.choices.On == 0 || v.choices.On > d {
					v.choices.On = d
				}
			})), kit.Tag("p").Class("hint").Body(kit.Text(w.Text("audit.ask.day.why")))}
	case billing.AskCountry:
		codes := rules.Countries()
		names := browser.CountryNames(v.Lang, codes)
		options := [][2]string{unsaid}
		for _, code := range browser.SortNames(v.Lang, codes, names) {
			if name := names[code]; name != "" {
				options = append(options, [2]string{code, name})
			} else {
				options = append(options, [2]string{code, code})
			}
		}
		return []goapp.UI{filing.Form{File: &v.File}.Select(countryID, w.Text("audit.ask.country"), c.Country, options, func(code string) { v.choices.Country = code })}
	case billing.AskType:
		options := [][2]string{unsaid}
		for _, t := range billing.Types() {
			options = append(options, [2]string{string(t), filing.TypeName(w, t)})
		}
		return []goapp.UI{filing.Form{File: &v.File}.Select(typeID, w.Text("audit.ask.type"), string(c.Type), options, func(t string) { v.choices.Type = rules.MessageType(t) })}
	case billing.AskKind:
		options := [][2]string{unsaid}
		for _, k := range rules.TemplateKinds() {
			options = append(options, [2]string{string(k), w.Text("option.message.template.kind." + string(k))})
		}
		return []goapp.UI{filing.Form{File: &v.File}.Select(kindID, w.Text("audit.ask.kind"), string(c.Kind), options, func(k string) { v.choices.Kind = rules.TemplateKind(k) })}
	case billing.AskPrice:
		return []goapp.UI{filing.Form{File: &v.File}.Number(priceID, w.Text("ask.message.template.price"), v.sign("VND"), w.Text("audit.ask.number"), decimals(v.Lang, &v.choices.Price, billing.IsAmount)),
			kit.Tag("p").Class("hint").Body(kit.Text(w.Text("audit.ask.price.why")))}
	case billing.AskCurrency:
		options := [][2]string{{"", v.takenAs()}}
		for _, code := range billing.Currencies() {
			options = append(options, [2]string{code, v.sign(code)})
		}
		return []goapp.UI{filing.Form{File: &v.File}.Select(currencyID, w.Text("audit.ask.currency"), c.Currency, options, func(code string) { v.choices.Currency = code })}
	case billing.AskTax:
		return []goapp.UI{v.chips("audit-tax", w.Text("audit.ask.tax"), string(c.Tax), [][2]string{
			{string(audit.TaxIncluded), w.Text("audit.ask.tax.included")}, {string(audit.TaxExcluded), w.Text("audit.ask.tax.excluded")}, unsaid,
		}, func(t string) { v.choices.Tax = audit.Tax(t) })}
	}
	return []goapp.UI{v.chips("audit-international", w.Text("audit.ask.international"), c.International, [][2]string{
		{billing.Yes, w.Text("answer.yes")}, {billing.No, w.Text("answer.no")},
	}, func(answer string) { v.choices.International = answer })}
}

// takenAs is which currency amounts without one are taken to be in, as far as that is known.
func (v asks) takenAs() string {
	w := v.Words()
	if v.found == nil || v.choices.Currency != "" || len(v.found.Totals) != 1 {
		return w.Text("answer.unknown")
	}
	return w.Text("audit.ask.currency.as", "currency", v.sign(v.found.Totals[0].Currency))
}

func (v asks) chips(id, legend, chosen string, options [][2]string, take func(string)) goapp.UI {
	var list []goapp.UI
	for _, o := range options {
		list = append(list, kit.Chip(id, o[0], o[1], o[0] == chosen, func(value string) {
			take(value)
			v.Changed()
		}))
	}
	return kit.Tag("fieldset").Class("field").ID(id).Body(kit.Tag("legend").Body(kit.Text(legend)), kit.Div("chips", list...))
}

// rate asks for a rate between two currencies.
func (v asks) rate(r billing.Rate) goapp.UI {
	w := v.Words()
	return filing.Form{File: &v.File}.Number(rateID, w.Text("audit.ask.rate", "from", v.sign(r.From), "to", v.sign(r.To)), v.sign(r.To), w.Text("audit.ask.number"), func(typed string) bool {
		v.choices.Rate, v.choices.RateFrom, v.choices.RateTo = nil, "", ""
		if typed == "" {
			return true
		}
		d, ok := words.ParseDecimal(typed, v.Lang)
		if ok = ok && billing.IsRate(d); ok {
			v.choices.Rate, v.choices.RateFrom, v.choices.RateTo = &d, r.From, r.To
		}
		return ok
	})
}

// agreed asks what is agreed with the provider.
func (v asks) agreed() goapp.UI {
	if v.found == nil || len(v.found.Totals) == 0 {
		return nil
	}
	w := v.Words()
	given := v.choices.Percent != nil || v.choices.Each != nil
	return kit.Tag("section").Class("card audit-agreed").Aria("label", w.Text("audit.agreed")).Body(
		kit.Tag("details").Class("more").Attr("open", given || v.Opened["agreed"]).
			On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.Opened["agreed"] = ctx.JSSrc().Get("open").Bool() }).
			Body(
				kit.Tag("summary").ID("audit-agreed").Body(kit.Text(w.Text("audit.agreed"))),
				kit.Tag("p").Class("hint").Body(kit.Text(w.Text("audit.agreed.why"))),
				kit.Div("pair",
					filing.Form{File: &v.File}.Number(percentID, w.Text("audit.agreed.percent"), "%", w.Text("audit.ask.number"), decimals(v.Lang, &v.choices.Percent, billing.IsPercent)),
					filing.Form{File: &v.File}.Number(eachID, w.Text("audit.agreed.each"), v.sign(v.found.Adds), w.Text("audit.ask.number"), decimals(v.Lang, &v.choices.Each, billing.IsAmount))),
			),
	)
}

// decimals takes a number as people of a language write it; nothing typed is none.
func decimals(lang string, to **decimal.Decimal, sound func(decimal.Decimal) bool) func(typed string) bool {
	return func(typed string) bool {
		*to = nil
		if typed == "" {
			return true
		}
		d, ok := words.ParseDecimal(typed, lang)
		if ok = ok && sound(d); ok {
			*to = &d
		}
		return ok
	}
}
