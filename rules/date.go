package rules

import (
	"fmt"
	"strconv"
	"time"
)

// A Date is a day of the Gregorian calendar, from 0001-01-01 to 9999-12-31,
// without a time zone. The zero Date is no day at all. Dates compare with the
// ordinary operators.
type Date int32 // year*10000 + month*100 + day

// ParseDate reads a day written as 2006-01-02. It fails for other forms and for
// days that are in no calendar.
func ParseDate(s string) (Date, error) {
	if !looksLikeDate(s) {
		return 0, fmt.Errorf("%q is not a day written like 2026-11-21", s)
	}
	y, _ := strconv.Atoi(s[0:4])
	m, _ := strconv.Atoi(s[5:7])
	d, _ := strconv.Atoi(s[8:10])
	if y == 0 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, fmt.Errorf("there is no day %s", s)
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
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Split returns the year, the month (1 to 12) and the day of the month.
func (d Date) Split() (year, month, day int) {
	return int(d) / 10000, int(d) / 100 % 100, int(d) % 100
}

// AddDays returns the day that many days later, or earlier if days is negative.
func (d Date) AddDays(days int) Date {
	year, month, day := d.Split()
	t := time.Date(year, time.Month(month), day+days, 0, 0, 0, 0, time.UTC)
	return Date(t.Year()*10000 + int(t.Month())*100 + t.Day())
}

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
