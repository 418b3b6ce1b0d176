package checking

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

// SampleBill is a bill of a provider that does not exist: CSV with the names of columns in
// a language. It is of the month before messages inside the window were last taken out of
// what is free, and has what bills have: eight per cent on marketing, messages that are
// charged although they were free, a country at the prices of an older card, and one at
// those of the market that it has left. All prices come from the book.
func SampleBill(lang string) []byte {
	m := sampleMonth()
	names := sampleNames(lang)
	var b strings.Builder
	b.WriteString(names.header + "\n")
	line := func(day int, country, of, charge string, count int64, amount decimal.Decimal) {
		const last, longest = 7, 27 // so that every month has the day
		b.WriteString(strings.Join([]string{m.AddDays(day * longest / last).String(), country, names.types[of], names.charges[charge], strconv.FormatInt(count, 10), amount.Round(2).StringFixed(2)}, ",") + "\n")
	}
	marketing, utility, authentication, service := rules.WhatsAppMarketing, rules.WhatsAppUtility, rules.WhatsAppAuthentication, rules.WhatsAppService
	price := func(of rules.MessageType, country string, on rules.Date) decimal.Decimal {
		p, _ := priced(of, country, on, rules.Never())
		return p
	}
	times := func(p decimal.Decimal, n int64) decimal.Decimal { return p.Mul(decimal.NewFromInt(n)) }
	more := decimal.New(108, -2)

	line(0, rules.Home, "marketing", "paid", 12400, times(price(marketing, rules.Home, m), 12400).Mul(more))
	line(1, rules.Home, "utility", "window", 4100, times(price(utility, rules.Home, m), 4100))
	line(2, "ID", "marketing", "paid", 3000, times(price(marketing, "ID", m), 3000).Mul(more))
	if country, before, ok := movedCountry(authentication, m); ok {
		line(3, country, "authentication", "paid", 1600, times(price(authentication, country, before), 1600))
	}
	line(4, "BR", "marketing", "paid", 1280, times(price(marketing, "BR", m), 1280).Mul(more))
	if country, before, ok := dearerBefore(utility, m); ok {
		line(5, country, "utility", "paid", 2200, times(price(utility, country, before), 2200))
	}
	line(6, rules.Home, "utility", "paid", 14500, times(price(utility, rules.Home, m), 14500))
	line(7, rules.Home, "service", "window", 6000, times(price(service, rules.Home, m), 0))
	return []byte(b.String())
}

// priced is what one message costs, and whether the book has a price.
func priced(of rules.MessageType, country string, on rules.Date, recency rules.Recency) (decimal.Decimal, bool) {
	q, err := rules.Evaluate(rules.Scenario{
		On: on, Message: rules.Message{Type: of},
		Audience: []rules.Segment{{Recipients: rules.Some[int64](1), Country: country, Recency: recency}},
	})
	if err != nil || q.Blocked > 0 || len(q.Totals) == 0 {
		return none, false
	}
	return q.Totals[0].Gross, true
}

// sampleMonth is the first day of the last month in which utility messages inside the
// window were free while they are not on the day after; of the last month that is known if
// they still are.
func sampleMonth() rules.Date {
	first, last := rules.Span()
	days := rules.ChangeDays(first, last)
	free := func(on rules.Date) bool {
		p, known := priced(rules.WhatsAppUtility, rules.Home, on, rules.HoursAgo(none))
		return known && p.IsZero()
	}
	for _, day := range slices.Backward(days) {
		if before := day.AddDays(-1); free(before) && !free(day) {
			return before.Month().First()
		}
	}
	return rules.Checked().Month().First()
}

// nearby are countries that a shop in Vietnam is likely to send to: a sample is of one of
// them, where there is one.
var nearby = []string{"SG", "US", "AU", "TH", "MY", "TW", "KR", "JP", "DE", "FR"}

// movedCountry is a country that got another market in the year before a day, and the day
// before it did; its price is another one since.
func movedCountry(of rules.MessageType, on rules.Date) (country string, before rules.Date, ok bool) {
	const year = 365
	for _, day := range slices.Backward(rules.ChangeDays(on.AddDays(-year), on)) {
		before = day.AddDays(-1)
		for _, country := range slices.Concat(nearby, rules.Countries()) {
			if rules.Market(country, before) != rules.Market(country, on) && differs(of, country, before, on) {
				return country, before, true
			}
		}
	}
	return "", 0, false
}

// dearerBefore is a country whose price fell in the year before a day, and the day before
// it did.
func dearerBefore(of rules.MessageType, on rules.Date) (country string, before rules.Date, ok bool) {
	const year = 365
	for _, country := range slices.Concat(nearby, rules.Countries()) {
		for _, day := range slices.Backward(rules.ChangeDays(on.AddDays(-year), on)) {
			before = day.AddDays(-1)
			if rules.Market(country, before) != rules.Market(country, on) {
				break
			}
			was, _ := priced(of, country, before, rules.Never())
			is, _ := priced(of, country, on, rules.Never())
			if was.GreaterThan(is) {
				return country, before, true
			}
		}
	}
	return "", 0, false
}

func differs(of rules.MessageType, country string, before, on rules.Date) bool {
	was, had := priced(of, country, before, rules.Never())
	is, has := priced(of, country, on, rules.Never())
	return had && has && !was.Equal(is)
}

// sampleWords are the words of a bill in a language, as package bills reads them.
type sampleWords struct {
	header         string
	types, charges map[string]string
}

func sampleNames(lang string) sampleWords {
	switch lang {
	case "en":
		return sampleWords{"Date,Country,Category,Billing type,Messages,Amount (USD)",
			map[string]string{"marketing": "marketing", "utility": "utility", "authentication": "authentication", "service": "service"},
			map[string]string{"paid": "regular", "window": "free customer service"}}
	case "ru":
		return sampleWords{"Дата,Страна,Категория,Тарификация,Количество,Сумма (USD)",
			map[string]string{"marketing": "маркетинг", "utility": "утилитарные", "authentication": "аутентификация", "service": "сервисные"},
			map[string]string{"paid": "платно", "window": "бесплатно в окне"}}
	}
	return sampleWords{"Ngày,Thị trường,Loại tin,Tính phí,Số tin,Thành tiền (USD)",
		map[string]string{"marketing": "tiếp thị", "utility": "tiện ích", "authentication": "xác thực", "service": "trả lời khách"},
		map[string]string{"paid": "có phí", "window": "miễn phí trong 24 giờ"}}
}
