package table

import (
	"bytes"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"postage/app/table/cells"
	"postage/rules"
	"postage/rules/reach"
)

// An Order is which of day and month stands first in dates such as 03/11/2026.
type Order uint8

// The orders.
const (
	OrderUnknown Order = iota
	DayFirst           // dmy
	MonthFirst         // mdy
)

// ParseOrder reads dmy or mdy.
func ParseOrder(text string) (Order, bool) {
	switch text {
	case "dmy":
		return DayFirst, true
	case "mdy":
		return MonthFirst, true
	}
	return OrderUnknown, false
}

// String is dmy or mdy, empty where the order is unknown.
func (o Order) String() string { return [...]string{"", "dmy", "mdy"}[o] }

// A written date is one as it stands in a cell: where the order of day and month is
// not clear, they are the first and the second number.
type writtenDate struct {
	year, first, second int
	clear               bool // first is the month and second the day
	hasHour             bool
	minute              int // of the day
	hasZone             bool
	east                int // minutes of the zone
}

// proves says which order a date shows: that the other is impossible, or neither.
func (w *writtenDate) proves() (o Order, either bool) {
	const months = 12
	switch {
	case w.clear, w.first == w.second:
		return OrderUnknown, false
	case w.first > months && w.second <= months:
		return DayFirst, false
	case w.second > months && w.first <= months:
		return MonthFirst, false
	}
	return OrderUnknown, w.first <= months && w.second <= months
}

// vietnam is how many minutes Vietnam's clocks are ahead of Greenwich.
const vietnam = 7 * 60

// moment is the date in Vietnam's time. The code says what is wrong with it.
func (w *writtenDate) moment(order Order) (reach.Moment, Code) {
	month, day := w.first, w.second
	if !w.clear && month != day {
		shown, either := w.proves()
		switch {
		case either && order == OrderUnknown:
			return reach.Moment{}, DateOrder
		case either:
			shown = order
		case order != OrderUnknown && shown != OrderUnknown && shown != order:
			return reach.Moment{}, cells.DateUnordered
		}
		if shown == DayFirst {
			month, day = day, month
		}
	}
	date, ok := dateOf(w.year, month, day)
	if !ok {
		return reach.Moment{}, cells.BadDate
	}
	if !w.hasHour {
		return reach.On(date), ""
	}
	minute := w.minute
	if w.hasZone {
		minute += vietnam - w.east
	}
	const minutesOfDay = 24 * 60
	for ; minute < 0; minute += minutesOfDay {
		date = date.AddDays(-1)
	}
	for ; minute >= minutesOfDay; minute -= minutesOfDay {
		date = date.AddDays(1)
	}
	return reach.At(date, minute), ""
}

// dateOf is a day of the calendar.
func dateOf(year, month, day int) (rules.Date, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || !inYears(year) {
		return 0, false
	}
	date := rules.Date(year*10000 + month*100 + day)
	const always = 28 // every month has so many days
	if day <= always {
		return date, true
	}
	next := rules.Date(year*10000 + month*100 + always).AddDays(day - always)
	return date, next == date
}

// A dateToken is a number, a word or a sign between them.
type dateToken struct {
	kind   byte // 'n', 'w', or the sign itself
	value  int
	digits int
	word   dateWord
	text   string
}

const maxDateTokens = 24

// tokens cuts a date up. It reports false where a word is none that dates have.
func tokens(cell []byte, list []dateToken) ([]dateToken, bool) {
	for len(cell) > 0 {
		if len(list) == maxDateTokens {
			return nil, false
		}
		c := cell[0]
		if '0' <= c && c <= '9' {
			t := dateToken{kind: 'n'}
			for len(cell) > 0 && '0' <= cell[0] && cell[0] <= '9' {
				if t.digits++; t.digits > 14 {
					return nil, false
				}
				t.value = t.value*10 + int(cell[0]-'0')
				cell = cell[1:]
			}
			list = append(list, t)
			continue
		}
		end := 0
		for end < len(cell) {
			r, n := utf8.DecodeRune(cell[end:])
			if !isWordRune(r) && !(end > 0 && 0x300 <= r && r < 0x370) || '0' <= r && r <= '9' {
				break
			}
			end += n
		}
		if end == 0 {
			r, n := utf8.DecodeRune(cell)
			switch {
			case r == '\u00a0' || r == '\u202f' || r == '\t' || r == '\n':
				r = ' '
			case strings.ContainsRune(cells.Unseen, r):
				cell = cell[n:]
				continue
			case r == '–' || r == '−':
				r = '-'
			case r >= utf8.RuneSelf || !strings.ContainsRune(" /-.:,+()", r):
				return nil, false
			}
			list = append(list, dateToken{kind: byte(r)})
			cell = cell[n:]
			continue
		}
		text := foldCell(cell[:end])
		cell = cell[end:]
		word, ok := vocabularyOf().inDates[text]
		if both, length := followed(text, cell); length > 0 {
			word, ok, text = both, true, ""
			cell = cell[length:]
		}
		if !ok && text != "a" && text != "p" {
			return nil, false
		}
		list = append(list, dateToken{kind: 'w', word: word, text: text})
	}
	return list, true
}

// followed reads a second word that belongs to the first, as in thứ ba, and how many
// bytes it takes; 0 where there is none.
func followed(first string, cell []byte) (word dateWord, length int) {
	if len(cell) < 2 || cell[0] != ' ' {
		return word, 0
	}
	length = 1
	for length < len(cell) && !bytes.ContainsRune([]byte(" ,.0123456789"), rune(cell[length])) {
		length++
	}
	if length == 1 {
		return word, 0
	}
	word, ok := vocabularyOf().inDates[first+" "+foldCell(cell[1:length])]
	if !ok {
		return word, 0
	}
	return word, length
}

// parseWhen reads a date, with or without an hour, as people and programs write it.
func parseWhen(cell []byte) (w writtenDate, ok bool) {
	const longest = 64
	cell = bytes.TrimSpace(cell)
	if len(cell) == 0 || len(cell) > longest {
		return w, false
	}
	if w, ok = usualWhen(cell); ok {
		return w, true
	}
	return anyWhen(cell)
}

// usualWhen reads what most exports write: 28/10/2026 14:20, 2026-10-28 14:20:05 and
// the same without the hour. It knows no more, but is quick.
func usualWhen(cell []byte) (w writtenDate, ok bool) {
	number := func(most int) (n, digits int) {
		for digits < most && len(cell) > 0 && '0' <= cell[0] && cell[0] <= '9' {
			n, digits = n*10+int(cell[0]-'0'), digits+1
			cell = cell[1:]
		}
		return n, digits
	}
	sign := func(c byte) bool {
		if len(cell) == 0 || cell[0] != c {
			return false
		}
		cell = cell[1:]
		return true
	}
	a, digits := number(4)
	if digits == 0 || len(cell) == 0 {
		return w, false
	}
	between := cell[0]
	if between != '/' && between != '-' && between != '.' {
		return w, false
	}
	cell = cell[1:]
	b, digitsB := number(2)
	if digitsB == 0 || !sign(between) {
		return w, false
	}
	c, digitsC := number(4)
	switch {
	case digits == 4 && 0 < digitsC && digitsC <= 2:
		w.year, w.first, w.second, w.clear = a, b, c, true
	case digits <= 2 && digitsC == 4:
		w.year, w.first, w.second = c, a, b
	default:
		return w, false
	}
	if len(cell) > 0 {
		if !sign(' ') && !(w.clear && sign('T')) {
			return w, false
		}
		hour, digits := number(2)
		if digits == 0 || !sign(':') {
			return w, false
		}
		minute, digits := number(2)
		if digits != 2 || hour > 23 || minute > 59 {
			return w, false
		}
		if sign(':') {
			if second, digits := number(2); digits != 2 || second > 59 {
				return w, false
			}
		}
		w.hasHour, w.minute = true, hour*60+minute
	}
	return w, len(cell) == 0 && w.isSound()
}

// isSound reports whether the numbers can be a day in one order or the other.
func (w *writtenDate) isSound() bool {
	return inYears(w.year) && (w.clear || 1 <= min(w.first, w.second) && min(w.first, w.second) <= 12 && max(w.first, w.second) <= 31)
}

// anyWhen reads a date piece by piece.
func anyWhen(cell []byte) (w writtenDate, ok bool) {
	if n, is := asNumber(cell); is {
		return fromNumber(n, cell)
	}
	var space [maxDateTokens]dateToken
	list, ok := tokens(cell, space[:0])
	if !ok {
		return w, false
	}
	p := dateParser{list: list}
	return p.read()
}

// asNumber reads digits with at most one point or comma.
func asNumber(cell []byte) (n float64, ok bool) {
	points := 0
	for _, c := range cell {
		switch {
		case c == '.' || c == ',':
			points++
		case c < '0' || '9' < c:
			return 0, false
		}
	}
	if points > 1 {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.Replace(string(cell), ",", ".", 1), 64)
	return n, err == nil
}

// fromNumber reads the days of spreadsheets, the seconds and milliseconds of programs,
// and 20261128.
func fromNumber(n float64, cell []byte) (w writtenDate, ok bool) {
	const (
		firstSerial, lastSerial = 20_000, 80_000 // 1954 to 2119
		firstSecond, lastSecond = 100_000_000, 9_999_999_999
	)
	utc := func(t time.Time) (writtenDate, bool) {
		return writtenDate{year: t.Year(), first: int(t.Month()), second: t.Day(), clear: true, hasHour: true, minute: t.Hour()*60 + t.Minute(), hasZone: true}, true
	}
	switch {
	case len(cell) == len("20261128") && cells.OnlyDigits(string(cell)) && cell[0] <= '2' && cell[0] > '0':
		v := int(n)
		w = writtenDate{year: v / 10000, first: v / 100 % 100, second: v % 100, clear: true}
		return w, inYears(w.year)
	case firstSerial <= n && n < lastSerial:
		t, ok := cells.SerialTime(n, false)
		if !ok {
			return w, false
		}
		w, _ = utc(t)
		w.hasZone = false
		w.hasHour = w.minute > 0
		return w, true
	case firstSecond*10 <= n && n <= lastSecond:
		return utc(time.Unix(int64(n), 0).UTC())
	case firstSecond*10_000 <= n && n <= lastSecond*1000:
		return utc(time.UnixMilli(int64(n)).UTC())
	}
	return w, false
}

func inYears(year int) bool { return 1900 <= year && year < 2100 }

// A dateParser goes through the pieces of a date.
type dateParser struct {
	list []dateToken
	at   int

	w       writtenDate
	numbers [3]dateToken // of the date
	signs   [3]byte      // in front of each
	n       int
	month   int // from a word
	half    dateWordKind
	hour    int
	sign    byte // since the last number or word
}

func (p *dateParser) peek(ahead int) dateToken {
	if p.at+ahead < len(p.list) {
		return p.list[p.at+ahead]
	}
	return dateToken{}
}

// blanks is how many blanks stand from a place on.
func (p *dateParser) blanks(ahead int) int {
	n := 0
	for p.peek(ahead+n).kind == ' ' {
		n++
	}
	return n
}

func (p *dateParser) read() (w writtenDate, ok bool) {
	for p.at < len(p.list) {
		t := p.list[p.at]
		switch t.kind {
		case 'n':
			ok = p.number(t)
		case 'w':
			ok = p.word(t)
		default:
			ok = p.separator(t)
		}
		if !ok {
			return w, false
		}
	}
	return p.finish()
}

// number takes a number: of an hour, if a sign or word of one follows, else of the date.
func (p *dateParser) number(t dateToken) bool {
	p.at++
	if p.peek(0).kind == ':' && p.peek(1).kind == 'n' && !p.w.hasHour {
		minute := p.peek(1)
		p.at += 2
		if p.peek(0).kind == ':' && p.peek(1).kind == 'n' {
			if p.peek(1).value > 59 {
				return false
			}
			p.at += 2
			if (p.peek(0).kind == '.' || p.peek(0).kind == ',') && p.peek(1).kind == 'n' {
				p.at += 2
			}
		}
		return p.time(t.value, minute.value)
	}
	gap := p.blanks(0)
	if w := p.peek(gap); w.kind == 'w' && w.word.kind == wordHour && !p.w.hasHour {
		p.at += gap + 1
		minute := 0
		if gap := p.blanks(0); p.peek(gap).kind == 'n' && p.peek(gap).digits <= 2 && (gap == 0 || p.isMinute(gap)) {
			minute = p.peek(gap).value
			p.at += gap + 1
			if gap := p.blanks(0); p.peek(gap).kind == 'w' && p.peek(gap).word.kind == wordMinute {
				p.at += gap + 1
			}
		}
		return p.time(t.value, minute)
	}
	if p.n == 1 && p.numbers[0].digits == 8 && (t.digits == 4 || t.digits == 6) && !p.w.hasHour { // 20261128T1420
		if t.digits == 6 {
			t.value /= 100
		}
		return p.time(t.value/100, t.value%100)
	}
	if w := p.peek(gap); w.kind == 'w' && (p.n == 0 && p.month == 0 || p.isComplete()) && t.digits <= 2 && (w.word.kind == wordMorning || w.word.kind == wordEvening) {
		return p.time(t.value, 0) // 2 PM
	}
	if p.n == len(p.numbers) {
		return false
	}
	p.numbers[p.n], p.signs[p.n] = t, p.sign
	p.n++
	p.sign = 0
	return true
}

// isComplete reports whether a day has been read.
func (p *dateParser) isComplete() bool {
	return p.n == 3 || p.n == 2 && p.month != 0 || p.n == 1 && p.numbers[0].digits == 8
}

// isMinute reports whether the number that stands ahead is called minutes.
func (p *dateParser) isMinute(ahead int) bool {
	next := ahead + 1 + p.blanks(ahead+1)
	return p.peek(next).kind == 'w' && p.peek(next).word.kind == wordMinute
}

func (p *dateParser) time(hour, minute int) bool {
	if p.w.hasHour || hour > 23 || minute > 59 {
		return false
	}
	p.w.hasHour, p.hour, p.w.minute = true, hour, minute
	p.sign = 0
	return true
}

func (p *dateParser) word(t dateToken) bool {
	p.at++
	p.sign = 0
	if t.text == "a" || t.text == "p" { // a.m.
		next := 0
		for p.peek(next).kind == '.' || p.peek(next).kind == ' ' {
			next++
		}
		if p.peek(next).text != "m" {
			return false
		}
		p.at += next + 1
		t.word.kind = wordMorning
		if t.text == "p" {
			t.word.kind = wordEvening
		}
	}
	switch t.word.kind {
	case wordMorning, wordEvening:
		if p.half != 0 {
			return false
		}
		p.half = t.word.kind
	case wordFiller:
		if gap := p.blanks(0); (t.text == "t" || t.text == "thu") && p.peek(gap).kind == 'n' && p.peek(gap).digits == 1 && p.n == 0 {
			p.at += gap + 1 // thứ 2
		}
	case wordMonthSign:
		gap := p.blanks(0)
		if p.peek(gap).kind != 'n' || p.month != 0 {
			return false
		}
		p.month = p.peek(gap).value
		p.at += gap + 1
	case wordMonth:
		if p.month != 0 {
			return false
		}
		p.month = t.word.value
	case wordZone:
		if p.w.hasZone || !p.w.hasHour {
			return false
		}
		p.w.hasZone, p.w.east = true, t.word.value
		if k := p.peek(0).kind; k == '+' || k == '-' {
			return p.zone(k)
		}
	default:
		return false
	}
	return true
}

func (p *dateParser) separator(t dateToken) bool {
	p.at++
	switch t.kind {
	case '+', '-':
		if p.w.hasHour && p.isComplete() && !p.w.hasZone && p.peek(0).kind == 'n' {
			p.at--
			return p.zone(t.kind)
		}
		if t.kind == '+' {
			return false
		}
	case ':':
		return false
	case ' ', ',', '(', ')':
		if p.sign == 0 {
			p.sign = ' '
		}
		return true
	}
	if p.sign != 0 && p.sign != ' ' && t.kind != '.' {
		return false
	}
	if p.sign == 0 || p.sign == ' ' {
		p.sign = t.kind
	}
	return true
}

// zone reads +07:00, +0700 or +7.
func (p *dateParser) zone(sign byte) bool {
	p.at++
	t := p.peek(0)
	if t.kind != 'n' || t.digits > 4 {
		return false
	}
	p.at++
	hours, minutes := t.value, 0
	if t.digits > 2 {
		hours, minutes = t.value/100, t.value%100
	} else if p.peek(0).kind == ':' && p.peek(1).kind == 'n' {
		minutes = p.peek(1).value
		p.at += 2
	}
	if hours > 14 || minutes > 59 {
		return false
	}
	p.w.hasZone, p.w.east = true, hours*60+minutes
	if sign == '-' {
		p.w.east = -p.w.east
	}
	return true
}

// finish puts the date together.
func (p *dateParser) finish() (w writtenDate, ok bool) {
	w = p.w
	a, b, c := p.numbers[0], p.numbers[1], p.numbers[2]
	switch {
	case p.month != 0 && p.n == 2:
		w.clear, w.first = true, p.month
		switch {
		case a.digits == 4:
			w.year, w.second = a.value, b.value
		case b.digits == 4 || b.digits == 2 && a.digits <= 2:
			w.year, w.second = fullYear(b), a.value
		default:
			return w, false
		}
	case p.month != 0:
		return w, false
	case p.n == 1 && a.digits == 8:
		w.clear, w.year, w.first, w.second = true, a.value/10000, a.value/100%100, a.value%100
	case p.n != 3, p.signs[1] != p.signs[2], b.digits > 2:
		return w, false
	case a.digits == 4 && c.digits <= 2:
		w.clear, w.year, w.first, w.second = true, a.value, b.value, c.value
	case a.digits <= 2 && (c.digits == 4 || c.digits == 2):
		w.year, w.first, w.second = fullYear(c), a.value, b.value
	default:
		return w, false
	}
	if !w.isSound() {
		return w, false
	}
	if p.half != 0 {
		if !w.hasHour {
			return w, false
		}
		switch {
		case p.half == wordMorning && p.hour == 12:
			p.hour = 0
		case p.half == wordEvening && p.hour < 12:
			p.hour += 12
		}
	}
	if w.hasHour {
		w.minute += p.hour * 60
	}
	return w, true
}

func fullYear(t dateToken) int {
	if t.digits == 2 {
		return 2000 + t.value
	}
	return t.value
}
