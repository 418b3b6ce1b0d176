package app

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"postage/rules"
)

const noBreakSpace = "\u00a0"

// separators returns what groups thousands and what begins the decimals.
func (l *language) separators() (group, point string) {
	switch l.code {
	case "vi":
		return ".", ","
	case "ru":
		return noBreakSpace, ","
	default:
		return ",", "."
	}
}

// number writes a whole number with its thousands grouped.
func (l *language) number(n int64) string { return l.digits(strconv.FormatInt(n, 10), 0) }

// decimal writes a number with all its decimals, and at least so many.
func (l *language) decimal(d decimal.Decimal, least int) string { return l.digits(d.String(), least) }

// digits groups a number in plain notation.
func (l *language) digits(plain string, least int) string {
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

// money writes an amount exactly, with all its decimals.
func (l *language) money(d decimal.Decimal, currency string) string {
	return l.withCurrency(l.decimal(d, currencyDecimals(currency)), currency)
}

// roundMoney writes an amount rounded half-up for reading: dong to one decimal,
// dollars to four below one and to two from there.
func (l *language) roundMoney(d decimal.Decimal, currency string) string {
	places := int32(1)
	if currency != "VND" {
		places = 2
		if d.LessThan(decimal.NewFromInt(1)) {
			places = 4
		}
	}
	return l.money(d.Round(places), currency)
}

func (l *language) withCurrency(amount, currency string) string {
	symbol, ok := map[string]string{"VND": "₫", "USD": "$", "EUR": "€"}[currency]
	switch {
	case l.code == "ru" && currency == "RUB":
		symbol = "₽"
	case l.code == "vi" && currency == "USD":
		symbol = "US$"
	case !ok:
		symbol = currency
	}
	if l.code != "en" {
		return amount + noBreakSpace + symbol
	}
	if symbol == currency {
		symbol += noBreakSpace
	}
	if rest, ok := strings.CutPrefix(amount, "-"); ok {
		return "-" + symbol + rest
	}
	return symbol + amount
}

// percent writes a percentage.
func (l *language) percent(d decimal.Decimal) string {
	if l.code == "ru" {
		return l.decimal(d, 0) + noBreakSpace + "%"
	}
	return l.decimal(d, 0) + "%"
}

// date writes a day.
func (l *language) date(d rules.Date) string {
	year, month, day := d.Split()
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	switch l.code {
	case "vi":
		return two(day) + "/" + two(month) + "/" + itoa(year)
	case "ru":
		return itoa(day) + noBreakSpace + l.text("month."+itoa(month)) + " " + itoa(year) + noBreakSpace + "г."
	default:
		return itoa(day) + " " + l.text("month."+itoa(month)) + " " + itoa(year)
	}
}

// hours writes a time since an interaction in days where they are whole.
func (l *language) hours(hours int64) string {
	if hours > 24 && hours%24 == 0 {
		return l.count("days", hours/24)
	}
	return l.count("hours", hours)
}

// roundTotal writes a total for the stamp: exact where that is short, else
// rounded as people pay it. The breakdown has every decimal.
func (l *language) roundTotal(d decimal.Decimal, currency string) string {
	if currency == "VND" {
		return l.money(d.Round(0), currency)
	}
	if d.LessThan(decimal.NewFromInt(10)) {
		return l.money(d.Round(4), currency)
	}
	return l.money(d.Round(2), currency)
}

// plainMoney writes an amount that comes as plain digits, rounded as on the
// stamp.
func (l *language) plainMoney(plain, currency string) string {
	d, err := decimal.NewFromString(plain)
	if err != nil {
		return plain
	}
	return l.roundTotal(d, currency)
}

// typeName is a type with its channel before it.
func (l *language) typeName(t rules.MessageType) string {
	return l.text("channel."+string(t.Channel())) + " · " + l.text("type."+string(t))
}
