package words

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

const NoBreakSpace = "\u00a0"

// separators returns what groups thousands and what begins the decimals.
func (l *Language) separators() (group, point string) {
	switch l.Code {
	case "vi":
		return ".", ","
	case "ru":
		return NoBreakSpace, ","
	default:
		return ",", "."
	}
}

// Number writes a whole number with its thousands grouped.
func (l *Language) Number(n int64) string { return l.digits(strconv.FormatInt(n, 10), 0) }

// Decimal writes a number with all its decimals, and at least so many.
func (l *Language) Decimal(d decimal.Decimal, least int) string { return l.digits(d.String(), least) }

// digits groups a number in plain notation.
func (l *Language) digits(plain string, least int) string {
	group, point := l.separators()
	sign := ""
	if rest, ok := strings.CutPrefix(plain, "-"); ok {
		sign, plain = "-", rest
	}
	whole, fraction, _ := strings.Cut(plain, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteByte(whole[i])
	}
	for len(fraction) < least {
		fraction += "0"
	}
	if fraction != "" {
		b.WriteString(point + fraction)
	}
	return b.String()
}

// currencyDecimals is how many decimals an amount has at least.
func currencyDecimals(currency string) int {
	if currency == "VND" {
		return 0
	}
	return 2
}

// Money writes an amount exactly, with all its decimals.
func (l *Language) Money(d decimal.Decimal, currency string) string {
	return l.withCurrency(l.Decimal(d, currencyDecimals(currency)), currency)
}

// RoundMoney writes an amount rounded half-up for reading: dong to one decimal,
// dollars to four below one and to two from there.
func (l *Language) RoundMoney(d decimal.Decimal, currency string) string {
	places := int32(1)
	if currency != "VND" {
		places = 2
		if d.LessThan(decimal.NewFromInt(1)) {
			places = 4
		}
	}
	return l.Money(d.Round(places), currency)
}

func (l *Language) withCurrency(amount, currency string) string {
	symbol, ok := map[string]string{"VND": "₫", "USD": "$", "EUR": "€", "INR": "₹"}[currency]
	switch {
	case l.Code == "ru" && currency == "RUB":
		symbol = "₽"
	case l.Code == "vi" && currency == "USD":
		symbol = "US$"
	case !ok:
		symbol = currency
	}
	if l.Code != "en" {
		return amount + NoBreakSpace + symbol
	}
	if symbol == currency {
		symbol += NoBreakSpace
	}
	if rest, ok := strings.CutPrefix(amount, "-"); ok {
		return "-" + symbol + rest
	}
	return symbol + amount
}

// Percent writes a percentage.
func (l *Language) Percent(d decimal.Decimal) string {
	if l.Code == "ru" {
		return l.Decimal(d, 0) + NoBreakSpace + "%"
	}
	return l.Decimal(d, 0) + "%"
}

// Date writes a day.
func (l *Language) Date(d rules.Date) string {
	year, month, day := d.Split()
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	switch l.Code {
	case "vi":
		return two(day) + "/" + two(month) + "/" + Itoa(year)
	case "ru":
		return Itoa(day) + NoBreakSpace + l.Text("month."+Itoa(month)) + " " + Itoa(year) + NoBreakSpace + "г."
	default:
		return Itoa(day) + " " + l.Text("month."+Itoa(month)) + " " + Itoa(year)
	}
}

// Day writes a day with its day of the week, as people check one.
func (l *Language) Day(d rules.Date) string {
	return l.Text("weekday."+Itoa(d.Weekday())) + " " + l.Date(d)
}

// Hours writes a time since an interaction in days where they are whole.
func (l *Language) Hours(hours int64) string {
	if hours > 24 && hours%24 == 0 {
		return l.Count("days", hours/24)
	}
	return l.Count("hours", hours)
}

// RoundTotal writes a total for the stamp: exact where that is short, else
// rounded as people pay it. The breakdown has every decimal.
func (l *Language) RoundTotal(d decimal.Decimal, currency string) string {
	if currency == "VND" {
		return l.Money(d.Round(0), currency)
	}
	if d.LessThan(decimal.NewFromInt(10)) {
		return l.Money(d.Round(4), currency)
	}
	return l.Money(d.Round(2), currency)
}

// PlainMoney writes an amount that comes as plain digits, rounded as on the
// stamp.
func (l *Language) PlainMoney(plain, currency string) string {
	d, err := decimal.NewFromString(plain)
	if err != nil {
		return plain
	}
	return l.RoundTotal(d, currency)
}

// TypeName is a type with its channel before it.
func (l *Language) TypeName(t rules.MessageType) string {
	return l.Text("channel."+string(t.Channel())) + " · " + l.Text("type."+string(t))
}
