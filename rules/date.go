package rules

import (
	"errors"
	"strconv"
)

// A Date is a day of the Gregorian calendar, from 0001-01-01 to 9999-12-31,
// without a time zone. The zero Date is no day at all. Dates compare with the
// ordinary operators.
type Date int32 // year*10000 + month*100 + day

// ParseDate reads a day written as 2006-01-02. It fails for other forms and for
// days that are in no calendar.
func ParseDate(s string) (Date, error) {
	if !looksLikeDate(s) {
		return 0, errors.New(strconv.Quote(s) + " is not a day written like 2026-11-21")
	}
	y, _ := strconv.Atoi(s[0:4])
	m, _ := strconv.Atoi(s[5:7])
	d, _ := strconv.Atoi(s[8:10])
	if y == 0 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, errors.New("there is no day " + s)
	}
	return Date(y*10000 + m*100 + d), nil
}

func looksLikeDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	for i := range len(s) {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

func daysIn(year, month int) int {
	switch {
	case month == 2 && (year%4 != 0 || year%100 == 0 && year%400 != 0):
		return 28
	case month == 2:
		return 29
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	default:
		return 31
	}
}

// Split returns the year, the month (1 to 12) and the day of the month.
func (d Date) Split() (year, month, day int) {
	return int(d) / 10000, int(d) / 100 % 100, int(d) % 100
}

// Weekday is the day of the week, from 0 for Sunday to 6 for Saturday.
func (d Date) Weekday() int {
	const begins = "032503514624" // how far each month is into a week that begins with January, or March of leap years too
	year, month, day := d.Split()
	if month < 3 {
		year--
	}
	return (year + year/4 - year/100 + year/400 + int(begins[month-1]-'0') + day) % 7
}

// AddDays returns the day that many days later, or earlier if days is negative.
func (d Date) AddDays(days int) Date {
	year, month, day := d.Split()
	for day += days; day < 1; day += daysIn(year, month) {
		if month--; month == 0 {
			year, month = year-1, 12
		}
	}
	for day > daysIn(year, month) {
		day -= daysIn(year, month)
		if month++; month == 13 {
			year, month = year+1, 1
		}
	}
	return Date(year*10000 + month*100 + day)
}

// number counts the days from the first one of the calendar.
func (d Date) number() int64 {
	year, month, day := d.Split()
	before := year - 1
	days := before*365 + before/4 - before/100 + before/400 + day
	for m := 1; m < month; m++ {
		days += daysIn(year, m)
	}
	return int64(days)
}

// DaysBetween is the number of days from one day to another one, less than zero if
// that is earlier.
func DaysBetween(from, to Date) int64 { return to.number() - from.number() }

// String writes the day as 2006-01-02; the zero Date is empty.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	b := [10]byte{4: '-', 7: '-'}
	year, month, day := d.Split()
	for i, v := range [...]int{year / 1000, year / 100 % 10, year / 10 % 10, year % 10} {
		b[i] = byte('0' + v)
	}
	b[5], b[6] = byte('0'+month/10), byte('0'+month%10)
	b[8], b[9] = byte('0'+day/10), byte('0'+day%10)
	return string(b[:])
}

// MarshalText writes the day as 2006-01-02.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a day written as 2006-01-02; the empty text is the zero
// Date.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = optionalDate(string(text))
	return err
}
