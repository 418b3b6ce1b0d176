package report

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"postage/app/browser"
	"postage/app/form"
	"postage/app/model"
	"postage/app/words"
	"postage/rules"
)

// A Report is a calculation in words.
type Report struct {
	model.Calculation

	Lang      string
	ShownLang string // the language whose texts are on the screen
	Frame     bool   // in a partner's page, which its customers read

	Drawn string // what stood drawn in the field being typed into when that began

	countryLang  string
	countryCodes []string
	countryNames map[string]string
}

// Partner is the name by which the partner's additions are told from the
// platform's price.
func (r *Report) Partner() string {
	if r.Options.Partner != "" {
		return r.Options.Partner
	}
	return r.Words().Text("frame.partner")
}

// Address is where others open what stands here, under the name it has: on the partner's page where that says so,
// else in the calculator.
func (r *Report) Address() string {
	link := r.NewLink() + form.NamePart(r.Called())
	if r.Options.Page != "" {
		return r.Options.Page + "#" + link
	}
	return browser.AddressWith(link)
}

// OwnText is the text of something that is added to the platform's price: by the
// partner, where it has set that, else by the user.
func (r *Report) OwnText(key string, pairs ...string) string {
	if w := r.Words(); r.Options.AddsToPrice() && w.Has("partner."+key) {
		return w.Text("partner."+key, append(pairs, "partner", r.Partner())...)
	}
	return r.Words().Text(key, pairs...)
}

// CurrencyOf is the currency of an amount: what is billed in, or what the user
// converts to.
func (r *Report) CurrencyOf(q form.Question) string {
	if strings.Contains(q.Path, "convert") {
		return r.Form.Get(form.PathConvert)
	}
	return r.Form.Currency()
}

// NumberWithUnit says a number in words: "12.500 người", "10%", "26.000 ₫".
func (r *Report) NumberWithUnit(q form.Question, d decimal.Decimal) string {
	w := r.Words()
	switch {
	case q.Kind == form.AskCount && d.IsInteger():
		return w.Count(q.Counted, d.IntPart())
	case q.Kind == form.AskHours && d.IsInteger():
		return w.Hours(d.IntPart())
	case q.IsPercent():
		return w.Percent(d)
	case q.Kind == form.AskAmount:
		return w.Money(d, r.CurrencyOf(q))
	default:
		return w.Decimal(d, 0)
	}
}

// Countries lists the country codes in the order of their names in the language,
// and those names.
func (r *Report) Countries() ([]string, map[string]string) {
	if r.countryLang != r.Lang {
		codes := rules.Countries()
		r.countryNames = browser.CountryNames(r.Lang, codes)
		r.countryCodes = browser.SortNames(r.Lang, codes, r.countryNames)
		r.countryLang = r.Lang
	}
	return r.countryCodes, r.countryNames
}

// CountriesByUse lists those that are chosen most: Vietnam, and those that WhatsApp's card
// of the day has a price of their own for; and the others. Both are in the order of their
// names, behind Vietnam.
func CountriesByUse(r *Report) (main, others []string) {
	codes, _ := r.Countries()
	on := r.Form.Day()
	sharing := map[string]int{} // countries to a market
	for _, code := range codes {
		sharing[rules.Market(code, on)]++
	}
	main = append(main, rules.Home)
	for _, code := range codes {
		switch {
		case code == rules.Home:
		case sharing[rules.Market(code, on)] == 1:
			main = append(main, code)
		default:
			others = append(others, code)
		}
	}
	return main, others
}

// CountryName is a country as the browser knows it, else its code.
func (r *Report) CountryName(code string) string {
	if _, names := r.Countries(); names[code] != "" {
		return names[code]
	}
	return code
}

// Words are the texts of the language, or, until they have been fetched, of the
// one before.
func (r *Report) Words() *words.Language {
	if l := words.IfLoaded(r.Lang); l != nil {
		r.ShownLang = r.Lang
		return l
	}
	return words.Of(r.ShownLang)
}

// MistakeText says what is wrong; the numbers of a range are written as the
// language does.
func (r *Report) MistakeText(m form.Mistake) string {
	w := r.Words()
	args := slices.Clone(m.Args)
	for i := 1; i < len(args); i += 2 {
		if d, ok := words.PlainDecimal(args[i]); ok {
			args[i] = w.Decimal(d, 0)
		}
	}
	return w.First([]string{m.Key, "mistake.other"}, args...)
}

// GroupName is the name that the user gave, as far as it can stand among other
// words, else the group's number.
func (r *Report) GroupName(g int) string {
	if name := words.ShortName(r.Form.Get(form.GroupPath(g, "name"))); name != "" {
		return name
	}
	return r.Words().Text("group.number", "n", words.Itoa(g+1))
}
