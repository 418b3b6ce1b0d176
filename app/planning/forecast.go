package planning

import (
	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"

	"postage/app/kit"
	"postage/app/page"
	"postage/app/plan"
	"postage/app/words"
	"postage/rules"
)

const forecastPrefix = "quota-"

// forecast tells whether the daily quota goes up or down, below the bar of its use.
func (v reply) forecast() goapp.UI {
	if _, _, _, ok := v.answer.QuotaPeak(); !ok {
		return nil
	}
	w, f := v.words(), &v.work.forecasted
	if f.Quality == "" {
		f.Quality = rules.QualityHigh
	}
	q, wrong, ok := v.answer.Forecast(*f)
	var chips []goapp.UI
	for _, quality := range []rules.Quality{rules.QualityHigh, rules.QualityMedium, rules.QualityLow} {
		chips = append(chips, kit.Chip(forecastPrefix+"quality", string(quality), w.Text("forecast.quality."+string(quality)), quality == f.Quality, func(chosen string) {
			f.Quality = rules.Quality(chosen)
		}))
	}
	field := func(path, placeholder string) goapp.UI {
		id := forecastPrefix + path
		in := goapp.ElemSelfClosing("input").ID(id).Class("input number").Attr("type", "text").Attr("inputmode", "numeric").Attr("autocomplete", "off").
			Attr("value", v.shown(id, *f.At(path))).Attr("aria-describedby", id+"-hint").
			On("input", func(ctx goapp.Context, _ goapp.Event) {
				*f.At(path) = v.heard(ctx, id)
			}, id).On("change", func(goapp.Context, goapp.Event) { v.work.editing = "" }, id)
		below := kit.Tag("p").Class("hint").ID(id + "-hint").Body(kit.Text(placeholder))
		if wrong == path {
			in = in.Attr("aria-invalid", "true")
			below = kit.Tag("p").Class("mistake").ID(id + "-hint").Body(kit.Text(w.Text("mistake.count")))
		}
		return kit.Div("field", kit.Tag("label").Attr("for", id).Body(kit.Text(w.Text("forecast."+path))), kit.Div("input-box", in), below)
	}
	body := []goapp.UI{
		kit.Tag("fieldset").Class("field").Body(kit.Tag("legend").Body(kit.Text(w.Text("forecast.quality"))), kit.Div("chips", chips...)),
		kit.Div("pair",
			field(plan.PathDelivered, w.Text("forecast.unsaid.delivered", "n", w.Number(v.answer.BusiestWeek()))),
			field(plan.PathReports, w.Text("forecast.unsaid.reports")),
			field(plan.PathSince, w.Text("forecast.unsaid.since")),
		),
	}
	said := []goapp.UI{}
	switch {
	case ok:
		said = append(said, kit.Tag("p").Class("forecast-said").Body(kit.Text(v.forecastText(q))))
		for _, r := range q.Reasons {
			said = append(said, kit.Tag("p").Body(kit.Text(v.because(r))), page.SourceLine(w, r.Sources, r.Status, r.Since))
		}
	case wrong == "":
		said = append(said, kit.Tag("p").Class("misfit").Body(kit.Text(w.Text("misfit.quota"))))
	}
	body = append(body, kit.Tag("div").Class("forecast").Attr("role", "status").Body(said...))
	return kit.Tag("details").Class("more quota-forecast").Attr("open", v.work.forecastOpen).
		On("toggle", func(ctx goapp.Context, _ goapp.Event) { v.work.forecastOpen = ctx.JSSrc().Get("open").Bool() }).
		Body(kit.Tag("summary").Body(kit.Text(w.Text("forecast.title"))), kit.Div("", body...))
}

// because is a reason in words, with the number of its rule.
func (v reply) because(r rules.QuotaReason) string {
	n, _ := words.ParseCount(r.Value)
	return v.words().Text("forecast.because."+r.Code, "days", v.words().Count("days", n), "percent", v.words().Number(n))
}

// forecastText is the quota that it is, the next one and the day of the look.
func (v reply) forecastText(q rules.QuotaForecast) string {
	w := v.words()
	amount := func(n int64) string {
		if n == rules.UnlimitedQuota {
			return w.Text("forecast.unlimited")
		}
		return w.Number(n)
	}
	return w.Text("forecast."+string(q.Move), "now", amount(q.Quota), "next", amount(q.Next), "date", w.Date(q.Look))
}
